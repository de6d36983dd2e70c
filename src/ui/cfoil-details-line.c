/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-details-line.h"

#include "cfoil-shown-text.h"
#include "cfoil-toast.h"

#include <glib/gi18n.h>

struct _CfoilDetailsLine
{
  GtkListBoxRow parent_instance;

  GtkLabel *title;
  GtkLabel *value;
  GtkLabel *below; /* the value of an id */
  GtkLabel *detail;
  GtkWidget *copy_button;
  GtkImage *arrow;

  char *copied; /* (owned) (nullable) */
  char *query;  /* (owned) (nullable) */
  gint64 txn_id;
};

G_DEFINE_FINAL_TYPE (CfoilDetailsLine, cfoil_details_line, GTK_TYPE_LIST_BOX_ROW)

CfoilLine *
cfoil_line_new (const char    *title,
                const char    *value,
                const char    *detail,
                CfoilLineFlags flags)
{
  CfoilLine *self = g_new0 (CfoilLine, 1);

  self->title = g_strdup (title);
  self->value = g_strdup (value);
  self->detail = g_strdup (detail);
  self->flags = flags;
  return self;
}

void
cfoil_line_free (gpointer line)
{
  CfoilLine *self = line;

  g_free (self->title);
  g_free (self->value);
  g_free (self->detail);
  g_free (self->copied);
  g_free (self->query);
  g_free (self);
}

static void
copy_cb (CfoilDetailsLine *self)
{
  g_autofree char *plain = cfoil_shown_text_to_plain (self->copied);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), plain);
  cfoil_toast_show (GTK_WIDGET (self), _("Copied"));
}

static void
cfoil_details_line_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), CFOIL_TYPE_DETAILS_LINE);

  G_OBJECT_CLASS (cfoil_details_line_parent_class)->dispose (object);
}

static void
cfoil_details_line_finalize (GObject *object)
{
  CfoilDetailsLine *self = CFOIL_DETAILS_LINE (object);

  g_free (self->copied);
  g_free (self->query);

  G_OBJECT_CLASS (cfoil_details_line_parent_class)->finalize (object);
}

static void
cfoil_details_line_class_init (CfoilDetailsLineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = cfoil_details_line_dispose;
  object_class->finalize = cfoil_details_line_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/counterfoil/Counterfoil/ui/cfoil-details-line.ui");
  gtk_widget_class_bind_template_child (widget_class, CfoilDetailsLine, title);
  gtk_widget_class_bind_template_child (widget_class, CfoilDetailsLine, value);
  gtk_widget_class_bind_template_child (widget_class, CfoilDetailsLine, below);
  gtk_widget_class_bind_template_child (widget_class, CfoilDetailsLine, detail);
  gtk_widget_class_bind_template_child (widget_class, CfoilDetailsLine, copy_button);
  gtk_widget_class_bind_template_child (widget_class, CfoilDetailsLine, arrow);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
}

static void
cfoil_details_line_init (CfoilDetailsLine *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
set_text (GtkLabel   *label,
          const char *text)
{
  gtk_label_set_text (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && *text != '\0');
}

static void
set_class (gpointer    widget,
           const char *name,
           gboolean    has_it)
{
  if (has_it)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

/* What a screen reader says of the row as a whole. */
static void
describe (CfoilDetailsLine *self,
          const CfoilLine  *line)
{
  g_autoptr (GString) text = g_string_new (line->title);
  g_autofree char *copy = NULL;

  if (line->value != NULL)
    g_string_append_printf (text, ": %s", line->value);
  if (line->detail != NULL)
    g_string_append_printf (text, ", %s", line->detail);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text->str, -1);

  /* Translators: %s is the name of a value, "Charge ID" for example. */
  copy = g_strdup_printf (_("Copy %s"), line->title);
  gtk_widget_set_tooltip_text (self->copy_button, copy);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->copy_button), GTK_ACCESSIBLE_PROPERTY_LABEL, copy, -1);
}

static void
set_line (CfoilDetailsLine *self,
          const CfoilLine  *line)
{
  gboolean is_id = (line->flags & CFOIL_LINE_IS_ID) != 0;
  gboolean is_active = line->txn_id != 0 || line->query != NULL;
  const char *tooltip = line->query != NULL ? _("Show these transactions in the list") : NULL;

  set_text (self->title, line->title);
  set_text (self->value, is_id ? NULL : line->value);
  set_text (self->below, is_id ? line->value : NULL);
  set_text (self->detail, line->detail);
  set_class (self->title, "caption", is_id);
  set_class (self->title, "dim-label", is_id);
  set_class (self->title, "heading", (line->flags & CFOIL_LINE_IS_STRONG) != 0);
  set_class (self->value, "heading", (line->flags & CFOIL_LINE_IS_STRONG) != 0);
  set_class (self->value, "dim-label", (line->flags & CFOIL_LINE_IS_UNKNOWN) != 0);
  describe (self, line);

  g_free (self->copied);
  self->copied = g_strdup (line->copied);
  g_free (self->query);
  self->query = g_strdup (line->query);
  self->txn_id = line->txn_id;
  gtk_widget_set_visible (self->copy_button, line->copied != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->arrow), is_active);
  gtk_image_set_from_icon_name (self->arrow, line->query != NULL ? "edit-find-symbolic" : "go-next-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), tooltip);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), is_active);
}

void
cfoil_details_line_show (GtkListBox *list,
                         GtkWidget  *heading,
                         GPtrArray  *lines)
{
  GtkListBoxRow *row;

  g_return_if_fail (GTK_IS_LIST_BOX (list));

  for (guint i = 0; i < lines->len; i++)
    {
      row = gtk_list_box_get_row_at_index (list, (int) i);
      if (row == NULL)
        {
          row = g_object_new (CFOIL_TYPE_DETAILS_LINE, NULL);
          gtk_list_box_append (list, GTK_WIDGET (row));
        }
      set_line (CFOIL_DETAILS_LINE (row), lines->pdata[i]);
    }
  while ((row = gtk_list_box_get_row_at_index (list, (int) lines->len)) != NULL)
    gtk_list_box_remove (list, GTK_WIDGET (row));
  gtk_widget_set_visible (GTK_WIDGET (list), lines->len > 0);
  if (heading != NULL)
    gtk_widget_set_visible (heading, lines->len > 0);
}

gint64
cfoil_details_line_get_txn_id (CfoilDetailsLine *self)
{
  g_return_val_if_fail (CFOIL_IS_DETAILS_LINE (self), 0);

  return self->txn_id;
}

const char *
cfoil_details_line_get_query (CfoilDetailsLine *self)
{
  g_return_val_if_fail (CFOIL_IS_DETAILS_LINE (self), NULL);

  return self->query;
}
