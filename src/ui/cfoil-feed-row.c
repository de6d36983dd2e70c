/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-feed-row.h"

#include "cfoil-coverage-bar.h"
#include "cfoil-error.h"
#include "cfoil-time.h"
#include "cfoil-words.h"

#include <glib/gi18n.h>

struct _CfoilFeedRow
{
  AdwPreferencesRow parent_instance;

  GtkLabel *title;
  GtkLabel *n_rows;
  GtkLabel *fresh;
  GtkImage *icon;
  GtkWidget *coverage_box;
  CfoilCoverageBar *bar;
  GtkLabel *start;
  GtkLabel *gaps;
  GtkLabel *end;
  GtkWidget *error_box;
  GtkLabel *advice;
  GtkExpander *expander;
  GtkLabel *details;

  const CfoilFeedInfo *info; /* (borrowed): static */
};

G_DEFINE_FINAL_TYPE (CfoilFeedRow, cfoil_feed_row, ADW_TYPE_PREFERENCES_ROW)

static void
show_coverage (CfoilFeedRow          *self,
               const CfoilFeedStatus *status,
               GTimeZone             *zone)
{
  guint n = 0, n_gaps;
  const CfoilInterval *intervals = status != NULL ? cfoil_interval_set_peek (status->coverage, &n) : NULL;
  g_autofree char *start = NULL;
  g_autofree char *end = NULL;
  g_autofree char *gaps = NULL;

  gtk_widget_set_visible (self->coverage_box, n > 0);
  if (n == 0)
    return;
  cfoil_coverage_bar_set_coverage (self->bar, status->coverage, intervals[0].start_us, intervals[n - 1].end_us, zone);
  start = cfoil_words_date (intervals[0].start_us, zone);
  end = cfoil_words_date (intervals[n - 1].end_us, zone);
  n_gaps = cfoil_coverage_bar_get_n_gaps (self->bar);
  /* Translators: %u is a number of periods of which nothing is known. */
  gaps = g_strdup_printf (ngettext ("%u gap", "%u gaps", n_gaps), n_gaps);
  gtk_label_set_text (self->start, start);
  gtk_label_set_text (self->end, end);
  gtk_label_set_text (self->gaps, n_gaps > 0 ? gaps : _("no gaps"));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->gaps), cfoil_coverage_bar_get_description (self->bar));
  if (n_gaps > 0)
    gtk_widget_add_css_class (GTK_WIDGET (self->gaps), "warning");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->gaps), "warning");
}

static void
show_error (CfoilFeedRow          *self,
            const CfoilFeedStatus *status)
{
  g_autofree char *details = NULL;
  gboolean has_error = status != NULL && status->error_name != NULL;

  gtk_widget_set_visible (self->error_box, has_error);
  if (!has_error)
    return;
  gtk_label_set_text (self->advice, g_dgettext (GETTEXT_PACKAGE, cfoil_error_advice (status->error_name)));
  if (status->error_request_id != NULL)
    /* Translators: the message of an error, and on the next line the number by
     * which the provider's support finds the request. */
    details = g_strdup_printf (_("%s\nRequest ID: %s"),
                               status->error_message != NULL ? status->error_message : "", status->error_request_id);
  else
    details = g_strdup (status->error_message);
  gtk_label_set_text (self->details, details != NULL ? details : "");
  gtk_widget_set_visible (GTK_WIDGET (self->expander), details != NULL);
}

static char *
fresh_words (CfoilFeedRow          *self,
             const CfoilFeedStatus *status,
             GTimeZone             *zone)
{
  if (status != NULL && status->fresh_us != CFOIL_UNKNOWN)
    return cfoil_words_fresh (status->fresh_us, cfoil_time_now_us (), zone);
  if (self->info->kind == CFOIL_FEED_IMPORT)
    return g_strdup (_("No files imported yet"));
  if (self->info->kind == CFOIL_FEED_NOTIFICATIONS)
    return g_strdup (_("No notifications pasted or imported yet"));
  if (status != NULL && status->tried_us != CFOIL_UNKNOWN)
    return g_strdup (status->error_name != NULL ? _("Not complete yet") : _("In progress"));
  return g_strdup (_("Never synced"));
}

static void
show_icon (CfoilFeedRow          *self,
           const CfoilFeedStatus *status)
{
  const char *name = "content-loading-symbolic", *css_class = "dim-label";

  if (status != NULL && status->error_name != NULL)
    name = "dialog-warning-symbolic", css_class = "warning";
  else if (status != NULL && status->fresh_us != CFOIL_UNKNOWN)
    name = "emblem-ok-symbolic", css_class = "success";
  gtk_image_set_from_icon_name (self->icon, name);
  gtk_widget_set_css_classes (GTK_WIDGET (self->icon), (const char *[]) { css_class, NULL });
}

void
cfoil_feed_row_set_status (CfoilFeedRow          *self,
                           const CfoilFeedStatus *status,
                           GTimeZone             *zone)
{
  g_autofree char *fresh = NULL;
  g_autofree char *number = NULL;
  g_autofree char *n_rows = NULL;
  gint64 n = status != NULL ? status->n_rows : 0;

  g_return_if_fail (CFOIL_IS_FEED_ROW (self));

  fresh = fresh_words (self, status, zone);
  number = cfoil_words_number (n);
  /* Translators: %s is a number of rows that a source has brought so far. */
  n_rows = g_strdup_printf (ngettext ("%s row", "%s rows", (gulong) n), number);
  gtk_label_set_text (self->fresh, fresh);
  gtk_label_set_text (self->n_rows, n > 0 ? n_rows : "");
  show_icon (self, status);
  show_coverage (self, status, zone);
  show_error (self, status);
}

static void
copy_details_cb (CfoilFeedRow *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), gtk_label_get_text (self->details));
}

static void
cfoil_feed_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), CFOIL_TYPE_FEED_ROW);

  G_OBJECT_CLASS (cfoil_feed_row_parent_class)->dispose (object);
}

static void
cfoil_feed_row_class_init (CfoilFeedRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cfoil_feed_row_dispose;
  g_type_ensure (CFOIL_TYPE_COVERAGE_BAR);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/counterfoil/Counterfoil/ui/cfoil-feed-row.ui");
  gtk_widget_class_bind_template_child (widget_class, CfoilFeedRow, title);
  gtk_widget_class_bind_template_child (widget_class, CfoilFeedRow, n_rows);
  gtk_widget_class_bind_template_child (widget_class, CfoilFeedRow, fresh);
  gtk_widget_class_bind_template_child (widget_class, CfoilFeedRow, icon);
  gtk_widget_class_bind_template_child (widget_class, CfoilFeedRow, coverage_box);
  gtk_widget_class_bind_template_child (widget_class, CfoilFeedRow, bar);
  gtk_widget_class_bind_template_child (widget_class, CfoilFeedRow, start);
  gtk_widget_class_bind_template_child (widget_class, CfoilFeedRow, gaps);
  gtk_widget_class_bind_template_child (widget_class, CfoilFeedRow, end);
  gtk_widget_class_bind_template_child (widget_class, CfoilFeedRow, error_box);
  gtk_widget_class_bind_template_child (widget_class, CfoilFeedRow, advice);
  gtk_widget_class_bind_template_child (widget_class, CfoilFeedRow, expander);
  gtk_widget_class_bind_template_child (widget_class, CfoilFeedRow, details);
  gtk_widget_class_bind_template_callback (widget_class, copy_details_cb);
}

static void
cfoil_feed_row_init (CfoilFeedRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

CfoilFeedRow *
cfoil_feed_row_new (const CfoilFeedInfo *info)
{
  CfoilFeedRow *self = g_object_new (CFOIL_TYPE_FEED_ROW, NULL);
  const char *title = g_dgettext (GETTEXT_PACKAGE, info->title);

  self->info = info;
  gtk_label_set_text (self->title, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  return self;
}

const char *
cfoil_feed_row_get_name (CfoilFeedRow *self)
{
  g_return_val_if_fail (CFOIL_IS_FEED_ROW (self), NULL);

  return self->info->name;
}
