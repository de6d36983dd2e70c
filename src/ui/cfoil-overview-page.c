/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-overview-page.h"

#include "cfoil-banner.h"
#include "cfoil-overview-attention.h"
#include "cfoil-overview-bar.h"
#include "cfoil-overview-changes.h"
#include "cfoil-overview-figures.h"
#include "cfoil-overview-jobs.h"
#include "cfoil-overview-layout.h"
#include "cfoil-overview-limits.h"
#include "cfoil-overview-patterns.h"
#include "cfoil-overview-together.h"
#include "cfoil-overview-top.h"
#include "cfoil-overview-trend.h"
#include "cfoil-overview-words.h"
#include "cfoil-time.h"
#include "cfoil-words.h"

#include <glib/gi18n.h>

#define TOP_ROWS 10
#define N_FIGURES 3
/* After drawing, before whatever has time. */
#define BUILD_PRIORITY (GDK_PRIORITY_REDRAW + 5)

struct _CfoilOverviewPage
{
  CfoilPage parent_instance;

  CfoilOverviewBar *bar;
  CfoilBanner *gap_banner;
  CfoilBanner *error_banner;
  GtkStack *stack;
  AdwStatusPage *error;
  GtkWidget *content;
  GtkBox *sections;

  CfoilOverviewAttention *attention;
  GtkWidget *nothing;
  GtkLabel *nothing_text;
  CfoilOverviewTogether *together;
  CfoilOverviewFigures *figures[N_FIGURES];
  CfoilOverviewTrend *trend;
  CfoilOverviewLimits *limits;
  CfoilOverviewTop *top;
  CfoilOverviewPatterns *patterns;
  CfoilOverviewChanges *changes;

  CfoilOverviewModel *model;       /* (owned) (nullable) */
  GSignalGroup *workspace_signals; /* (owned) */

  guint n_built;  /* of the parts */
  guint n_filled; /* with the present answer */
  guint build_id;
  guint fill_id;  /* a tick callback */
};

G_DEFINE_FINAL_TYPE (CfoilOverviewPage, cfoil_overview_page, CFOIL_TYPE_PAGE)

/* --- what is shown --- */

/* Said of each total; where days are missing or on their way, that too. */
static char *
dup_as_of (CfoilWorkspace      *workspace,
           const CfoilOverview *overview,
           GTimeZone           *zone)
{
  gboolean is_growing = cfoil_workspace_get_operation (workspace) != NULL;
  g_autofree char *time = overview->as_of_us != CFOIL_UNKNOWN ? cfoil_words_date_time (overview->as_of_us, zone) : NULL;
  /* Translators: %s is a moment: what the figures know of. */
  g_autofree char *text = time != NULL ? g_strdup_printf (_("As of %s"), time) : g_strdup (_("Never synced completely"));

  return g_strdup_printf ("%s%s%s%s%s", text, is_growing ? " · " : "", is_growing ? _("being updated") : "",
                          overview->gap != NULL ? " · " : "", overview->gap != NULL ? _("incomplete, see above") : "");
}

/* With the days, and those that they are compared with. */
static char *
dup_note (const CfoilOverviewAnswer *answer,
          const char                *as_of)
{
  const CfoilOverview *overview = answer->overview;
  g_autofree char *period = NULL, *former = NULL;
  GString *note = g_string_new (as_of);

  period = cfoil_overview_words_period (&answer->period);
  if (overview->knows_former)
    {
      former = cfoil_overview_words_period (&overview->former);
      g_string_append (note, " · ");
      /* Translators: two periods, for example "October 2026". */
      g_string_append_printf (note, _("%s, compared with %s"), period, former);
    }
  else
    g_string_append_printf (note, " · %s", period);
  return g_string_free (note, FALSE);
}

/* --- what is written --- */

static void
acknowledge_cb (CfoilOverviewPage *self,
                gint64             anomaly_id)
{
  CfoilWorkspace *workspace = cfoil_page_get_workspace (CFOIL_PAGE (self));

  if (workspace != NULL)
    cfoil_overview_acknowledge (workspace, GTK_WIDGET (self), anomaly_id);
}

static void
fraud_reports_cb (CfoilOverviewPage *self,
                  const char        *account,
                  const char        *currency,
                  int                month,
                  gint64             n_reports)
{
  CfoilWorkspace *workspace = cfoil_page_get_workspace (CFOIL_PAGE (self));

  if (workspace != NULL)
    cfoil_overview_say_reports (workspace, GTK_WIDGET (self), account, currency, month, n_reports);
}

/* --- its parts, from top to bottom --- */

static gpointer
add_section (CfoilOverviewPage *self,
             GtkWidget         *section)
{
  /* Until there is something in it. */
  gtk_widget_set_visible (section, FALSE);
  gtk_box_append (self->sections, section);
  return section;
}

static GTimeZone *
get_zone (CfoilOverviewPage *self)
{
  return cfoil_workspace_get_time_zone (cfoil_page_get_workspace (CFOIL_PAGE (self)));
}

static gboolean
show_if (GtkWidget *section,
         gboolean   is_shown)
{
  gtk_widget_set_visible (section, is_shown);
  return is_shown;
}

static void
fill_figures (CfoilOverviewPage         *self,
              guint                      i,
              const CfoilOverviewAnswer *answer)
{
  g_autofree char *as_of = dup_as_of (cfoil_page_get_workspace (CFOIL_PAGE (self)), answer->overview, get_zone (self));
  g_autofree char *note = dup_note (answer, as_of);

  if (show_if (GTK_WIDGET (self->figures[i]), answer->block != NULL))
    cfoil_overview_figures_set_answer (self->figures[i], answer, get_zone (self), i == 0 ? note : as_of);
}

static void
add_nothing (CfoilOverviewPage *self)
{
  GtkBox *box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 12));
  GtkWidget *button = g_object_new (GTK_TYPE_BUTTON, "label", _("_Sync Now"), "use-underline", TRUE, "action-name", "win.sync",
                                    "halign", GTK_ALIGN_CENTER, NULL);

  self->nothing_text = g_object_new (GTK_TYPE_LABEL, "wrap", TRUE, "justify", GTK_JUSTIFY_CENTER, NULL);
  gtk_widget_add_css_class (button, "pill");
  gtk_box_append (box, GTK_WIDGET (self->nothing_text));
  gtk_box_append (box, button);
  self->nothing = add_section (self, GTK_WIDGET (box));
}

static void
build_first (CfoilOverviewPage *self)
{
  self->attention = add_section (self, cfoil_overview_attention_new ());
  add_nothing (self);
  self->together = add_section (self, cfoil_overview_together_new ());
  self->figures[0] = add_section (self, cfoil_overview_figures_new (CFOIL_FIGURES_MONEY));
}

/* What is to be seen without scrolling comes at once. */
static void
fill_first (CfoilOverviewPage         *self,
            const CfoilOverviewAnswer *answer)
{
  /* Days begin while the program runs. */
  cfoil_overview_bar_set_today (self->bar, cfoil_day_of_time (answer->read_us, get_zone (self)));
  cfoil_overview_bar_set_answer (self->bar, answer);
  cfoil_page_set_badge (CFOIL_PAGE (self), answer->overview->attention->len);
  cfoil_overview_attention_set_answer (self->attention, answer);
  gtk_widget_set_visible (GTK_WIDGET (self->attention), TRUE);
  gtk_widget_set_visible (self->nothing, answer->block == NULL);
  if (answer->block == NULL)
    gtk_label_set_text (self->nothing_text, answer->overview->as_of_us != CFOIL_UNKNOWN
                                              ? _("There are no payments as yet. They appear here after the sync that finds them.")
                                              : _("Sync, or import a report: then this page says what came in and what it cost."));
  cfoil_overview_together_set_answer (self->together, answer);
  fill_figures (self, 0, answer);
}

static void
build_trend (CfoilOverviewPage *self)
{
  self->trend = add_section (self, cfoil_overview_trend_new (cfoil_overview_bar_get_settings (self->bar)));
}

static void
fill_trend (CfoilOverviewPage         *self,
            const CfoilOverviewAnswer *answer)
{
  if (show_if (GTK_WIDGET (self->trend), answer->block != NULL))
    cfoil_overview_trend_set_answer (self->trend, answer);
}

static void
build_payouts (CfoilOverviewPage *self)
{
  self->figures[1] = add_section (self, cfoil_overview_figures_new (CFOIL_FIGURES_PAYOUTS));
}

static void
fill_payouts (CfoilOverviewPage         *self,
              const CfoilOverviewAnswer *answer)
{
  fill_figures (self, 1, answer);
}

static void
build_disputes (CfoilOverviewPage *self)
{
  self->figures[2] = add_section (self, cfoil_overview_figures_new (CFOIL_FIGURES_DISPUTES));
}

static void
fill_disputes (CfoilOverviewPage         *self,
               const CfoilOverviewAnswer *answer)
{
  fill_figures (self, 2, answer);
}

static void
build_limits (CfoilOverviewPage *self)
{
  self->limits = add_section (self, cfoil_overview_limits_new ());
  g_signal_connect_object (self->limits, "fraud-reports", G_CALLBACK (fraud_reports_cb), self, G_CONNECT_SWAPPED);
}

static void
fill_limits (CfoilOverviewPage         *self,
             const CfoilOverviewAnswer *answer)
{
  if (show_if (GTK_WIDGET (self->limits), answer->block != NULL))
    cfoil_overview_limits_set_answer (self->limits, answer);
}

static void
build_top (CfoilOverviewPage *self)
{
  self->top = add_section (self, cfoil_overview_top_new (cfoil_overview_bar_get_settings (self->bar)));
}

static void
fill_top (CfoilOverviewPage         *self,
          const CfoilOverviewAnswer *answer)
{
  if (show_if (GTK_WIDGET (self->top), answer->block != NULL))
    cfoil_overview_top_set_answer (self->top, answer);
}

static void
build_patterns (CfoilOverviewPage *self)
{
  self->patterns = add_section (self, cfoil_overview_patterns_new (cfoil_overview_bar_get_settings (self->bar)));
}

static void
fill_patterns (CfoilOverviewPage         *self,
               const CfoilOverviewAnswer *answer)
{
  if (show_if (GTK_WIDGET (self->patterns), answer->block != NULL))
    cfoil_overview_patterns_set_answer (self->patterns, answer);
}

static void
build_changes (CfoilOverviewPage *self)
{
  self->changes = add_section (self, cfoil_overview_changes_new ());
  g_signal_connect_object (self->changes, "acknowledge", G_CALLBACK (acknowledge_cb), self, G_CONNECT_SWAPPED);
}

static void
fill_changes (CfoilOverviewPage         *self,
              const CfoilOverviewAnswer *answer)
{
  cfoil_overview_changes_set_answer (self->changes, answer, get_zone (self));
  gtk_widget_set_visible (GTK_WIDGET (self->changes), TRUE);
}

static const struct
{
  void (*build) (CfoilOverviewPage *self);
  void (*fill) (CfoilOverviewPage         *self,
                const CfoilOverviewAnswer *answer);
} parts[] = {
  { build_first, fill_first },
  { build_trend, fill_trend },
  { build_payouts, fill_payouts },
  { build_disputes, fill_disputes },
  { build_limits, fill_limits },
  { build_top, fill_top },
  { build_patterns, fill_patterns },
  { build_changes, fill_changes },
};

/* --- one part after the other, so that the window answers in between --- */

/* While the first answer is being read. */
static gboolean
build_cb (gpointer user_data)
{
  CfoilOverviewPage *self = user_data;

  if (self->n_built < G_N_ELEMENTS (parts))
    parts[self->n_built++].build (self);
  if (self->n_built < G_N_ELEMENTS (parts))
    return G_SOURCE_CONTINUE;
  self->build_id = 0;
  return G_SOURCE_REMOVE;
}

static void
fill_next (CfoilOverviewPage         *self,
           const CfoilOverviewAnswer *answer)
{
  if (self->n_built == self->n_filled)
    parts[self->n_built++].build (self);
  parts[self->n_filled++].fill (self, answer);
}

/* With each frame, which lays out what it brought. */
static gboolean
fill_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       unused)
{
  CfoilOverviewPage *self = CFOIL_OVERVIEW_PAGE (widget);

  fill_next (self, cfoil_overview_model_get_answer (self->model));
  if (self->n_filled < G_N_ELEMENTS (parts))
    return G_SOURCE_CONTINUE;
  self->fill_id = 0;
  return G_SOURCE_REMOVE;
}

static void
stop_filling (CfoilOverviewPage *self)
{
  if (self->fill_id != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->fill_id);
  self->fill_id = 0;
}

static void
show_answer (CfoilOverviewPage         *self,
             const CfoilOverviewAnswer *answer)
{
  self->n_filled = 0;
  fill_next (self, answer);
  if (self->fill_id == 0)
    self->fill_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), fill_cb, NULL, NULL);
}

static void
update_subtitle (CfoilOverviewPage         *self,
                 const CfoilOverviewAnswer *answer)
{
  CfoilWorkspace *workspace = cfoil_page_get_workspace (CFOIL_PAGE (self));
  g_autofree char *period = NULL, *subtitle = NULL;

  if (workspace == NULL || answer == NULL)
    {
      cfoil_page_set_subtitle (CFOIL_PAGE (self), "");
      return;
    }
  period = cfoil_overview_words_period (&answer->period);
  subtitle = g_strdup_printf ("%s · %s", cfoil_workspace_get_time_zone_name (workspace), period);
  cfoil_page_set_subtitle (CFOIL_PAGE (self), subtitle);
}

static void
updated_cb (CfoilOverviewPage *self)
{
  const CfoilOverviewAnswer *answer = cfoil_overview_model_get_answer (self->model);
  const GError *error = cfoil_overview_model_get_error (self->model);
  g_autofree char *advice = error != NULL ? g_markup_escape_text (cfoil_words_error (error), -1) : NULL;

  if (advice != NULL)
    adw_status_page_set_description (self->error, advice);
  cfoil_banner_set_text (self->error_banner, error != NULL && answer != NULL ? cfoil_words_error (error) : NULL);
  cfoil_banner_set_tooltip (self->error_banner, error != NULL ? error->message : NULL);
  cfoil_banner_set_text (self->gap_banner, answer != NULL ? answer->overview->gap : NULL);
  if (answer != NULL)
    show_answer (self, answer);
  update_subtitle (self, answer);
  gtk_stack_set_visible_child_name (self->stack, answer != NULL ? "content" : error != NULL ? "error" : "loading");
}

/* --- what is asked for --- */

static void
wish_cb (CfoilOverviewPage *self)
{
  GSettings *settings = cfoil_overview_bar_get_settings (self->bar);
  g_autofree char *hours = g_settings_get_string (settings, "overview-hours");
  g_autoptr (CfoilOverviewWish) wish = NULL;

  if (self->model == NULL)
    return;
  wish = g_new0 (CfoilOverviewWish, 1);
  cfoil_overview_bar_wish (self->bar, wish);
  cfoil_overview_trend_wish (settings, wish);
  wish->by = g_settings_get_string (settings, "overview-by");
  wish->hours_are_counts = !g_str_equal (hours, "gross");
  wish->limit = TOP_ROWS;
  cfoil_overview_model_set_wish (self->model, wish);
  /* Another kind of chart shows the same figures. */
  if (self->trend != NULL && cfoil_overview_model_get_answer (self->model) != NULL)
    fill_trend (self, cfoil_overview_model_get_answer (self->model));
}

static void
status_cb (CfoilOverviewPage *self)
{
  CfoilWorkspace *workspace = cfoil_page_get_workspace (CFOIL_PAGE (self));

  cfoil_overview_bar_set_status (self->bar, workspace != NULL ? cfoil_workspace_get_status (workspace) : NULL);
  wish_cb (self);
}

static void
zone_cb (CfoilOverviewPage *self)
{
  CfoilWorkspace *workspace = cfoil_page_get_workspace (CFOIL_PAGE (self));
  GTimeZone *zone;

  if (workspace == NULL || self->model == NULL)
    return;
  zone = cfoil_workspace_get_time_zone (workspace);
  cfoil_overview_bar_set_today (self->bar, cfoil_day_of_time (cfoil_time_now_us (), zone));
  cfoil_overview_model_set_zone (self->model, zone);
  cfoil_overview_follow_zone (workspace);
}

static void
operation_cb (CfoilOverviewPage *self)
{
  CfoilWorkspace *workspace = cfoil_page_get_workspace (CFOIL_PAGE (self));

  /* What had to wait for it. */
  if (workspace != NULL && cfoil_workspace_get_operation (workspace) == NULL)
    cfoil_overview_follow_zone (workspace);
  /* What is said of their age. */
  if (workspace != NULL && self->model != NULL && cfoil_overview_model_get_answer (self->model) != NULL)
    updated_cb (self);
}

static void
cfoil_overview_page_workspace_changed (CfoilPage *page)
{
  CfoilOverviewPage *self = CFOIL_OVERVIEW_PAGE (page);
  CfoilWorkspace *workspace = cfoil_page_get_workspace (page);

  if (self->model != NULL)
    {
      cfoil_overview_model_set_active (self->model, FALSE);
      g_signal_handlers_disconnect_by_data (self->model, self);
    }
  stop_filling (self);
  g_clear_object (&self->model);
  g_signal_group_set_target (self->workspace_signals, workspace);
  cfoil_page_set_badge (page, 0);
  cfoil_banner_set_text (self->gap_banner, NULL);
  cfoil_banner_set_text (self->error_banner, NULL);
  gtk_stack_set_visible_child_name (self->stack, "loading");
  update_subtitle (self, NULL);
  if (workspace == NULL)
    return;
  self->model = cfoil_overview_model_new (cfoil_workspace_get_reader (workspace), cfoil_workspace_get_time_zone (workspace));
  g_signal_connect_object (self->model, "updated", G_CALLBACK (updated_cb), self, G_CONNECT_SWAPPED);
  zone_cb (self);
  status_cb (self);
  cfoil_overview_model_set_active (self->model, gtk_widget_get_mapped (GTK_WIDGET (self)));
}

/* --- actions --- */

static void
copy_details_action_cb (GtkWidget  *widget,
                        const char *name,
                        GVariant   *parameter)
{
  CfoilOverviewPage *self = CFOIL_OVERVIEW_PAGE (widget);
  const GError *error = self->model != NULL ? cfoil_overview_model_get_error (self->model) : NULL;

  if (error != NULL)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), error->message);
}

static void
import_rates_action_cb (GtkWidget  *widget,
                        const char *name,
                        GVariant   *parameter)
{
  CfoilWorkspace *workspace = cfoil_page_get_workspace (CFOIL_PAGE (widget));

  if (workspace != NULL)
    cfoil_overview_import_rates (workspace, widget);
}

/* --- GObject --- */

static void
cfoil_overview_page_map (GtkWidget *widget)
{
  CfoilOverviewPage *self = CFOIL_OVERVIEW_PAGE (widget);

  GTK_WIDGET_CLASS (cfoil_overview_page_parent_class)->map (widget);
  if (self->n_built < G_N_ELEMENTS (parts) && self->build_id == 0)
    self->build_id = g_idle_add_full (BUILD_PRIORITY, build_cb, self, NULL);
  if (self->model != NULL)
    cfoil_overview_model_set_active (self->model, TRUE);
}

static void
cfoil_overview_page_unmap (GtkWidget *widget)
{
  CfoilOverviewPage *self = CFOIL_OVERVIEW_PAGE (widget);

  if (self->model != NULL)
    cfoil_overview_model_set_active (self->model, FALSE);
  GTK_WIDGET_CLASS (cfoil_overview_page_parent_class)->unmap (widget);
}

static void
cfoil_overview_page_dispose (GObject *object)
{
  CfoilOverviewPage *self = CFOIL_OVERVIEW_PAGE (object);

  if (self->workspace_signals != NULL)
    g_signal_group_set_target (self->workspace_signals, NULL);
  g_clear_object (&self->workspace_signals);
  g_clear_handle_id (&self->build_id, g_source_remove);
  stop_filling (self);
  g_clear_object (&self->model);
  gtk_widget_dispose_template (GTK_WIDGET (self), CFOIL_TYPE_OVERVIEW_PAGE);

  G_OBJECT_CLASS (cfoil_overview_page_parent_class)->dispose (object);
}

static void
cfoil_overview_page_class_init (CfoilOverviewPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cfoil_overview_page_dispose;
  widget_class->map = cfoil_overview_page_map;
  widget_class->unmap = cfoil_overview_page_unmap;
  CFOIL_PAGE_CLASS (klass)->workspace_changed = cfoil_overview_page_workspace_changed;

  g_type_ensure (CFOIL_TYPE_BANNER);
  g_type_ensure (CFOIL_TYPE_OVERVIEW_BAR);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/counterfoil/Counterfoil/ui/cfoil-overview-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CfoilOverviewPage, bar);
  gtk_widget_class_bind_template_child (widget_class, CfoilOverviewPage, gap_banner);
  gtk_widget_class_bind_template_child (widget_class, CfoilOverviewPage, error_banner);
  gtk_widget_class_bind_template_child (widget_class, CfoilOverviewPage, stack);
  gtk_widget_class_bind_template_child (widget_class, CfoilOverviewPage, error);
  gtk_widget_class_bind_template_child (widget_class, CfoilOverviewPage, content);
  gtk_widget_class_bind_template_child (widget_class, CfoilOverviewPage, sections);
  gtk_widget_class_bind_template_callback (widget_class, wish_cb);
  gtk_widget_class_install_action (widget_class, "overview.copy-details", NULL, copy_details_action_cb);
  gtk_widget_class_install_action (widget_class, "overview.import-rates", NULL, import_rates_action_cb);
}

static void
cfoil_overview_page_init (CfoilOverviewPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_layout_manager (self->content, cfoil_overview_layout_new ());
  cfoil_banner_set_button (self->gap_banner, _("_Open Sync"), "win.show-page::sync");
  self->workspace_signals = g_signal_group_new (CFOIL_TYPE_WORKSPACE);
  g_signal_group_connect_swapped (self->workspace_signals, "notify::status", G_CALLBACK (status_cb), self);
  g_signal_group_connect_swapped (self->workspace_signals, "notify::time-zone", G_CALLBACK (zone_cb), self);
  g_signal_group_connect_swapped (self->workspace_signals, "notify::operation", G_CALLBACK (operation_cb), self);
}
