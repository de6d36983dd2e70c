/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-exception-row.h"

#include "cfoil-words.h"

#include <glib/gi18n.h>

struct _CfoilExceptionRow
{
  AdwBin parent_instance;

  GtkLabel *kind;
  GtkLabel *subject;
  GtkLabel *message;
  GtkLabel *origin;
  GtkExpander *expander;
  GtkLabel *raw;
};

G_DEFINE_FINAL_TYPE (CfoilExceptionRow, cfoil_exception_row, ADW_TYPE_BIN)

static void
cfoil_exception_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), CFOIL_TYPE_EXCEPTION_ROW);

  G_OBJECT_CLASS (cfoil_exception_row_parent_class)->dispose (object);
}

static void
cfoil_exception_row_class_init (CfoilExceptionRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cfoil_exception_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/counterfoil/Counterfoil/ui/cfoil-exception-row.ui");
  gtk_widget_class_bind_template_child (widget_class, CfoilExceptionRow, kind);
  gtk_widget_class_bind_template_child (widget_class, CfoilExceptionRow, subject);
  gtk_widget_class_bind_template_child (widget_class, CfoilExceptionRow, message);
  gtk_widget_class_bind_template_child (widget_class, CfoilExceptionRow, origin);
  gtk_widget_class_bind_template_child (widget_class, CfoilExceptionRow, expander);
  gtk_widget_class_bind_template_child (widget_class, CfoilExceptionRow, raw);
}

static void
cfoil_exception_row_init (CfoilExceptionRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

CfoilExceptionRow *
cfoil_exception_row_new (void)
{
  return g_object_new (CFOIL_TYPE_EXCEPTION_ROW, NULL);
}

static void
set_text (GtkLabel   *label,
          const char *text)
{
  gtk_label_set_text (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && *text != '\0');
}

static char *
describe_origin (CfoilExceptionItem *item,
                 const char         *feed_title)
{
  GString *text = g_string_new (item->account);

  if (feed_title != NULL)
    g_string_append_printf (text, " · %s", feed_title);
  if (item->document != NULL)
    g_string_append_printf (text, " · %s", item->document);
  if (item->row_number > 0)
    {
      g_autofree char *number = cfoil_words_number (item->row_number);

      g_string_append (text, " · ");
      /* Translators: %s is the number of a row in a file. */
      g_string_append_printf (text, _("row %s"), number);
    }
  return g_string_free (text, FALSE);
}

void
cfoil_exception_row_set_item (CfoilExceptionRow  *self,
                              CfoilExceptionItem *item,
                              const char         *feed_title)
{
  g_autofree char *origin = NULL;

  g_return_if_fail (CFOIL_IS_EXCEPTION_ROW (self));

  origin = describe_origin (item, feed_title);
  set_text (self->kind, cfoil_words_exception (item->kind));
  set_text (self->subject, item->subject);
  set_text (self->message, item->message);
  set_text (self->origin, origin);
  gtk_label_set_text (self->raw, item->raw != NULL ? item->raw : "");
  gtk_expander_set_expanded (self->expander, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->expander), item->raw != NULL);
}
