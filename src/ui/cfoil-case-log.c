/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-case-log.h"

#include "cfoil-case-form.h"
#include "cfoil-time.h"

#include <glib/gi18n.h>

/* More than anybody types, less than hurts. */
#define MAX_CHARACTERS 10000

struct _CfoilCaseLog
{
  AdwBin parent_instance;

  GtkDropDown *how;
  GtkEntry *when;
  GtkTextView *text;
  GtkLabel *mistake;
  GtkWidget *add_button;

  GTimeZone *zone; /* (owned) */
};

enum
{
  ADD,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CfoilCaseLog, cfoil_case_log, ADW_TYPE_BIN)

static char *
dup_text (CfoilCaseLog *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return g_strstrip (gtk_text_buffer_get_text (buffer, &start, &end, FALSE));
}

static gboolean
is_contact (CfoilCaseLog *self)
{
  return gtk_drop_down_get_selected (self->how) > 0;
}

/* NULL: it is none, or not yet; empty is now. */
static GDateTime *
parse_when (CfoilCaseLog *self)
{
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->when));
  g_autoptr (GDateTime) utc = NULL;
  gint64 us;

  if (!cfoil_case_form_read_time (typed, FALSE, self->zone, &us))
    return NULL;
  if (us == CFOIL_UNKNOWN)
    return g_date_time_new_now (self->zone);
  if (us > cfoil_time_now_us ())
    return NULL;
  utc = g_date_time_new_from_unix_utc (us / G_USEC_PER_SEC);
  return g_date_time_to_timezone (utc, self->zone);
}

static void
changed_cb (CfoilCaseLog *self)
{
  g_autofree char *text = dup_text (self);
  g_autoptr (GDateTime) when = parse_when (self);
  gboolean is_wrong = is_contact (self) && when == NULL;

  if (is_wrong)
    gtk_widget_add_css_class (GTK_WIDGET (self->when), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->when), "error");
  if (is_wrong)
    gtk_label_set_text (self->mistake, _("Expected a date that has been, such as 2026-03-05 14:30."));
  else if (g_utf8_strlen (text, -1) > MAX_CHARACTERS)
    gtk_label_set_text (self->mistake, _("This is too long for one entry."));
  else
    gtk_label_set_text (self->mistake, "");
  gtk_widget_set_sensitive (self->add_button, *text != '\0' && *gtk_label_get_text (self->mistake) == '\0');
}

static void
how_changed_cb (CfoilCaseLog *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->when), is_contact (self));
  changed_cb (self);
}

static void
add_cb (CfoilCaseLog *self)
{
  g_autofree char *text = dup_text (self);
  g_autofree char *entry = NULL;

  if (*text == '\0')
    return;
  if (is_contact (self))
    {
      g_autoptr (GDateTime) when = parse_when (self);
      GtkStringObject *how = gtk_drop_down_get_selected_item (self->how);
      g_autofree char *time = NULL;

      if (when == NULL)
        return;
      time = g_date_time_format (when, "%Y-%m-%d %H:%M %Z");
      entry = g_strdup_printf ("%s, %s\n%s", gtk_string_object_get_string (how), time, text);
    }
  g_signal_emit (self, signals[ADD], 0, is_contact (self) ? "contact" : "note", entry != NULL ? entry : text);
  cfoil_case_log_clear (self);
}

static void
cfoil_case_log_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), CFOIL_TYPE_CASE_LOG);

  G_OBJECT_CLASS (cfoil_case_log_parent_class)->dispose (object);
}

static void
cfoil_case_log_finalize (GObject *object)
{
  g_time_zone_unref (CFOIL_CASE_LOG (object)->zone);

  G_OBJECT_CLASS (cfoil_case_log_parent_class)->finalize (object);
}

static void
cfoil_case_log_class_init (CfoilCaseLogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cfoil_case_log_dispose;
  G_OBJECT_CLASS (klass)->finalize = cfoil_case_log_finalize;
  signals[ADD] = g_signal_new ("add", CFOIL_TYPE_CASE_LOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/counterfoil/Counterfoil/ui/cfoil-case-log.ui");
  gtk_widget_class_bind_template_child (widget_class, CfoilCaseLog, how);
  gtk_widget_class_bind_template_child (widget_class, CfoilCaseLog, when);
  gtk_widget_class_bind_template_child (widget_class, CfoilCaseLog, text);
  gtk_widget_class_bind_template_child (widget_class, CfoilCaseLog, mistake);
  gtk_widget_class_bind_template_child (widget_class, CfoilCaseLog, add_button);
  gtk_widget_class_bind_template_callback (widget_class, add_cb);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, how_changed_cb);
}

static void
cfoil_case_log_init (CfoilCaseLog *self)
{
  self->zone = g_time_zone_new_local ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (gtk_text_view_get_buffer (self->text), "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
}

void
cfoil_case_log_clear (CfoilCaseLog *self)
{
  g_return_if_fail (CFOIL_IS_CASE_LOG (self));

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text), "", -1);
  gtk_editable_set_text (GTK_EDITABLE (self->when), "");
  gtk_drop_down_set_selected (self->how, 0);
}

void
cfoil_case_log_set_zone (CfoilCaseLog *self,
                         GTimeZone    *zone)
{
  g_return_if_fail (CFOIL_IS_CASE_LOG (self));
  g_return_if_fail (zone != NULL);

  g_time_zone_ref (zone);
  g_time_zone_unref (self->zone);
  self->zone = zone;
}
