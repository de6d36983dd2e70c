/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-overview-tile.h"

#include "cfoil-chart.h"
#include "cfoil-overview-popover.h"
#include "cfoil-overview-words.h"
#include "cfoil-words.h"

#include <glib/gi18n.h>

struct _CfoilOverviewTile
{
  AdwBin parent_instance;

  GtkButton *button;
  GtkLabel *title;
  GtkLabel *value;
  GtkBox *change;
  GtkImage *arrow;
  GtkLabel *difference;
  GtkLabel *change_text;
  GtkLabel *detail;
  GtkWidget *sparkline; /* (nullable) */
  GtkLabel *formula;
  GtkLabel *numbers;
  GtkMenuButton *info;

  CfoilMetric metric;   /* CFOIL_N_METRICS: none */
};

G_DEFINE_FINAL_TYPE (CfoilOverviewTile, cfoil_overview_tile, ADW_TYPE_BIN)

/* --- building --- */

static GtkLabel *
append_label (GtkBox     *box,
              const char *css_class)
{
  GtkLabel *label = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0f, NULL);

  gtk_widget_add_css_class (GTK_WIDGET (label), css_class);
  gtk_box_append (box, GTK_WIDGET (label));
  return label;
}

static void
make_change (CfoilOverviewTile *self,
             GtkBox            *box)
{
  self->change = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 3));
  self->arrow = GTK_IMAGE (gtk_image_new ());
  gtk_image_set_pixel_size (self->arrow, 12);
  gtk_widget_set_valign (GTK_WIDGET (self->arrow), GTK_ALIGN_BASELINE);
  gtk_box_append (self->change, GTK_WIDGET (self->arrow));
  self->difference = append_label (self->change, "caption-heading");
  gtk_widget_add_css_class (GTK_WIDGET (self->difference), "numeric");
  gtk_widget_set_valign (GTK_WIDGET (self->difference), GTK_ALIGN_BASELINE);
  gtk_label_set_wrap (self->difference, TRUE);
  self->change_text = append_label (self->change, "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->change_text), "dim-label");
  gtk_label_set_wrap (self->change_text, TRUE);
  /* Rather fewer tiles beside each other than a word to a line. */
  gtk_label_set_width_chars (self->change_text, 15);
  gtk_widget_set_valign (GTK_WIDGET (self->change_text), GTK_ALIGN_BASELINE);
  gtk_box_append (box, GTK_WIDGET (self->change));
}

static GtkWidget *
make_content (CfoilOverviewTile *self)
{
  GtkBox *box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 3));

  self->title = append_label (box, "caption-heading");
  gtk_label_set_wrap (self->title, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->title), "dim-label");
  /* Room for the button above. */
  gtk_widget_set_margin_end (GTK_WIDGET (self->title), 30);
  self->value = append_label (box, "title-2");
  gtk_widget_add_css_class (GTK_WIDGET (self->value), "numeric");
  make_change (self, box);
  self->detail = append_label (box, "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->detail), "dim-label");
  gtk_label_set_wrap (self->detail, TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->detail), FALSE);
  return GTK_WIDGET (box);
}

static GtkMenuButton *
make_info (CfoilOverviewTile *self)
{
  GtkBox *box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 9));

  self->formula = cfoil_overview_info_add_text (box, "body");
  self->numbers = cfoil_overview_info_add_text (box, "numeric");
  gtk_label_set_selectable (self->numbers, TRUE);
  return cfoil_overview_info_new (box);
}

static void
cfoil_overview_tile_class_init (CfoilOverviewTileClass *klass)
{
}

static void
cfoil_overview_tile_init (CfoilOverviewTile *self)
{
  GtkOverlay *overlay = GTK_OVERLAY (gtk_overlay_new ());

  self->metric = CFOIL_N_METRICS;
  self->button = GTK_BUTTON (gtk_button_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->button), "card");
  gtk_widget_add_css_class (GTK_WIDGET (self->button), "activatable");
  gtk_widget_add_css_class (GTK_WIDGET (self->button), "overview-tile");
  gtk_button_set_child (self->button, make_content (self));
  gtk_overlay_set_child (overlay, GTK_WIDGET (self->button));

  self->info = make_info (self);
  gtk_widget_set_halign (GTK_WIDGET (self->info), GTK_ALIGN_END);
  gtk_widget_set_valign (GTK_WIDGET (self->info), GTK_ALIGN_START);
  gtk_overlay_add_overlay (overlay, GTK_WIDGET (self->info));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (overlay));
}

/* --- what it says --- */

static void
set_title (CfoilOverviewTile *self,
           const char        *title)
{
  gtk_label_set_text (self->title, title);
  cfoil_overview_info_set_subject (self->info, title);
}

/* All that is on it, in one sentence. */
static void
name_button (CfoilOverviewTile *self,
             const CfoilChange *change)
{
  GString *name = g_string_new (NULL);

  g_string_append_printf (name, "%s: %s", gtk_label_get_text (self->title), gtk_label_get_text (self->value));
  if (change != NULL)
    g_string_append_printf (name, ", %s%s%s", change->difference, *change->difference != '\0' ? ", " : "", change->text);
  if (change != NULL && change->judgement != 0)
    g_string_append_printf (name, ", %s", change->judgement > 0 ? _("better") : _("worse"));
  if (gtk_widget_get_visible (GTK_WIDGET (self->detail)))
    g_string_append_printf (name, ", %s", gtk_label_get_text (self->detail));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, name->str, -1);
  g_string_free (name, TRUE);
}

/* Signs and units stay on their side of a number where text runs the other way. */
static void
set_number (GtkLabel   *label,
            const char *text)
{
  g_autofree char *isolated = NULL;

  if (gtk_widget_get_direction (GTK_WIDGET (label)) == GTK_TEXT_DIR_RTL && *text != '\0')
    isolated = g_strdup_printf ("\u2066%s\u2069", text);
  gtk_label_set_text (label, isolated != NULL ? isolated : text);
}

static void
set_class (GtkWidget  *widget,
           int         judgement)
{
  gtk_widget_remove_css_class (widget, "success");
  gtk_widget_remove_css_class (widget, "error");
  if (judgement != 0)
    gtk_widget_add_css_class (widget, judgement > 0 ? "success" : "error");
}

static void
show_change (CfoilOverviewTile *self,
             const CfoilChange *change)
{
  g_autofree char *text = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->change), change != NULL);
  if (change == NULL)
    return;
  gtk_widget_set_visible (GTK_WIDGET (self->arrow), change->direction != 0);
  gtk_image_set_from_icon_name (self->arrow, change->direction > 0 ? "go-up-symbolic" : "go-down-symbolic");
  set_number (self->difference, change->difference);
  gtk_widget_set_visible (GTK_WIDGET (self->difference), *change->difference != '\0');
  gtk_widget_set_margin_start (GTK_WIDGET (self->change_text), change->direction != 0 ? 3 : 0);
  text = cfoil_words_keep_signs (change->text);
  gtk_label_set_text (self->change_text, text);
  set_class (GTK_WIDGET (self->arrow), change->judgement);
  set_class (GTK_WIDGET (self->difference), change->judgement);
}

static void
show_detail (CfoilOverviewTile *self,
             const char        *detail)
{
  gtk_label_set_text (self->detail, detail != NULL ? detail : "");
  gtk_widget_set_visible (GTK_WIDGET (self->detail), detail != NULL);
}

/* Where a click leads when there is no query: to the page that has the figure. */
static const char *
page_of (CfoilMetric metric)
{
  switch ((int) metric)
    {
    case CFOIL_METRIC_PAID_OUT:
    case CFOIL_METRIC_DAYS_TO_MONEY:
      return "settlements";
    case CFOIL_METRIC_DISPUTE_ACTIVITY:
    case CFOIL_METRIC_DISPUTE_RATE:
    case CFOIL_METRIC_WIN_RATE:
    case CFOIL_METRIC_RECOVERY_RATE:
      return "disputes";
    default:
      return "transactions";
    }
}

static void
set_action (CfoilOverviewTile *self,
            const char        *query)
{
  const char *page = page_of (self->metric);
  const char *action = g_str_equal (page, "disputes") ? "win.show-disputes" : "win.show-rows";

  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->button), "s", query != NULL ? query : page);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), query != NULL ? action : "win.show-page");
}

static void
show_sparkline (CfoilOverviewTile         *self,
                const CfoilOverviewAnswer *answer)
{
  const gint64 *values = answer->block->spark[self->metric];
  g_autofree char *description = NULL;

  if (self->sparkline == NULL)
    return;
  gtk_widget_set_visible (self->sparkline, values != NULL && answer->overview->n_buckets > 1);
  /* Translators: %s is a figure, for example "Net Volume". */
  description = g_strdup_printf (_("%s over the period"), gtk_label_get_text (self->title));
  if (values != NULL)
    cfoil_sparkline_set_values (CFOIL_SPARKLINE (self->sparkline), values, answer->overview->n_buckets, description);
}

static char *
dup_title (CfoilMetric               metric,
           const CfoilOverviewBlock *block)
{
  const char *title = _(cfoil_metric_get_info (metric)->title);
  gboolean is_so_far = block->n_unknown_fees > 0 && (metric == CFOIL_METRIC_FEES || metric == CFOIL_METRIC_NET);

  /* Translators: %s is "Fees" or "Net Volume", of which a part is not known yet. */
  return is_so_far ? g_strdup_printf (_("%s So Far"), title) : g_strdup (title);
}

static char *
dup_detail (CfoilMetric               metric,
            const CfoilOverviewBlock *block)
{
  g_autofree char *part = NULL;

  if (metric != CFOIL_METRIC_DISPUTE_RATE || block->immature_ppm == CFOIL_UNKNOWN || block->immature_ppm == 0)
    return cfoil_overview_words_sample (metric, &block->figures[metric]);
  part = cfoil_unit_format (CFOIL_UNIT_RATIO, block->immature_ppm, NULL);
  /* Translators: %s is a percentage: of so many payments it is too early to tell. */
  return g_strdup_printf (_("Too early for %s of the payments: it may still rise"), part);
}

static void
show_numbers (CfoilOverviewTile        *self,
              const CfoilOverviewBlock *block)
{
  g_autofree char *numbers = cfoil_overview_words_numbers (self->metric, block);
  g_autofree char *so_far = NULL;

  if (block->n_unknown_fees > 0 && (self->metric == CFOIL_METRIC_FEES || self->metric == CFOIL_METRIC_NET))
    so_far = g_strdup_printf (ngettext ("The fee of %d payment is not known yet.", "The fees of %d payments are not known yet.",
                                        (gulong) block->n_unknown_fees),
                              (int) block->n_unknown_fees);
  if (so_far != NULL)
    {
      g_autofree char *both = g_strdup_printf ("%s\n%s", numbers, so_far);

      gtk_label_set_text (self->numbers, both);
    }
  else
    gtk_label_set_text (self->numbers, numbers);
}

/* --- public --- */

GtkWidget *
cfoil_overview_tile_new (CfoilMetric metric)
{
  CfoilOverviewTile *self = g_object_new (CFOIL_TYPE_OVERVIEW_TILE, NULL);
  const CfoilMetricInfo *info = cfoil_metric_get_info (metric);

  self->metric = metric;
  self->sparkline = cfoil_sparkline_new ();
  gtk_widget_set_size_request (self->sparkline, -1, 32);
  gtk_widget_set_visible (self->sparkline, FALSE);
  gtk_box_append (GTK_BOX (gtk_button_get_child (self->button)), self->sparkline);
  set_title (self, _(info->title));
  gtk_label_set_text (self->formula, _(info->formula));
  return GTK_WIDGET (self);
}

void
cfoil_overview_tile_set_answer (CfoilOverviewTile         *self,
                                const CfoilOverviewAnswer *answer)
{
  const CfoilOverviewBlock *block;
  const CfoilFigure *figure;
  g_autoptr (CfoilChange) change = NULL;
  g_autofree char *title = NULL, *value = NULL, *detail = NULL;

  g_return_if_fail (CFOIL_IS_OVERVIEW_TILE (self) && self->metric < CFOIL_N_METRICS);
  g_return_if_fail (answer != NULL && answer->block != NULL);

  block = answer->block;
  figure = &block->figures[self->metric];
  title = dup_title (self->metric, block);
  value = cfoil_unit_format (cfoil_metric_get_info (self->metric)->unit, figure->value, block->currency);
  detail = dup_detail (self->metric, block);
  if (answer->overview->has_former)
    change = cfoil_change_new (self->metric, figure, block->currency);
  set_title (self, title);
  set_number (self->value, value);
  show_change (self, change);
  show_detail (self, detail);
  show_sparkline (self, answer);
  show_numbers (self, block);
  set_action (self, figure->query);
  name_button (self, change);
}

GtkWidget *
cfoil_overview_tile_new_fact (const char *title,
                              const char *explanation)
{
  CfoilOverviewTile *self = g_object_new (CFOIL_TYPE_OVERVIEW_TILE, NULL);

  set_title (self, title);
  gtk_label_set_text (self->formula, explanation);
  gtk_widget_set_visible (GTK_WIDGET (self->numbers), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->change), FALSE);
  return GTK_WIDGET (self);
}

void
cfoil_overview_tile_set_fact (CfoilOverviewTile *self,
                              const char        *value,
                              const char        *detail,
                              const char        *action,
                              const char        *target)
{
  g_return_if_fail (CFOIL_IS_OVERVIEW_TILE (self));

  set_number (self->value, value);
  show_detail (self, detail);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->button), "s", target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), action);
  name_button (self, NULL);
}
