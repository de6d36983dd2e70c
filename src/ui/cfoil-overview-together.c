/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-overview-together.h"

#include "cfoil-overview-grid.h"
#include "cfoil-overview-section.h"
#include "cfoil-overview-tile.h"
#include "cfoil-query.h"

#include <glib/gi18n.h>

static const CfoilMetric metrics[] = {
  CFOIL_METRIC_GROSS, CFOIL_METRIC_NET, CFOIL_METRIC_FEES, CFOIL_METRIC_REFUNDS, CFOIL_METRIC_DISPUTE_LOSSES,
  CFOIL_METRIC_PAYMENTS,
};

struct _CfoilOverviewTogether
{
  AdwBin parent_instance;

  CfoilOverviewSection *section;
  CfoilOverviewTile *tiles[G_N_ELEMENTS (metrics)];
  GtkLabel *rates;
};

G_DEFINE_FINAL_TYPE (CfoilOverviewTogether, cfoil_overview_together, ADW_TYPE_BIN)

static void
cfoil_overview_together_class_init (CfoilOverviewTogetherClass *klass)
{
}

static void
cfoil_overview_together_init (CfoilOverviewTogether *self)
{
  CfoilOverviewGrid *grid = CFOIL_OVERVIEW_GRID (cfoil_overview_grid_new (3));
  GtkWidget *button = gtk_button_new_with_mnemonic (_("_Import Rates…"));

  self->section = cfoil_overview_section_new (_("All Currencies Together"));
  for (guint i = 0; i < G_N_ELEMENTS (metrics); i++)
    {
      const CfoilMetricInfo *info = cfoil_metric_get_info (metrics[i]);

      self->tiles[i] = CFOIL_OVERVIEW_TILE (cfoil_overview_tile_new_fact (_(info->title), _(info->formula)));
      cfoil_overview_grid_append (grid, GTK_WIDGET (self->tiles[i]));
    }
  gtk_box_append (GTK_BOX (self->section), GTK_WIDGET (grid));
  self->rates = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0f, "wrap", TRUE, "selectable", TRUE, NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self->rates), "caption");
  gtk_box_append (GTK_BOX (self->section), GTK_WIDGET (self->rates));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "overview.import-rates");
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (self->section), button);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->section));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
cfoil_overview_together_new (void)
{
  return g_object_new (CFOIL_TYPE_OVERVIEW_TOGETHER, NULL);
}

/* The rows of METRIC in whatever currency; NULL: nobody knows them.  Free it. */
static char *
dup_query (CfoilMetric                metric,
           const CfoilOverviewAnswer *answer)
{
  const char *query = answer->block != NULL ? answer->block->figures[metric].query : NULL;
  g_autofree char *term = NULL;
  GString *text;

  if (query == NULL)
    return NULL;
  term = cfoil_term_text_of_value (CFOIL_FIELD_CURRENCY, answer->block->currency, FALSE);
  text = g_string_new (query);
  g_string_replace (text, term, "", 1);
  g_string_replace (text, "  ", " ", 0);
  g_strstrip (text->str);
  return g_string_free (text, FALSE);
}

void
cfoil_overview_together_set_answer (CfoilOverviewTogether     *self,
                                    const CfoilOverviewAnswer *answer)
{
  const CfoilOverviewConverted *converted;
  g_autoptr (GString) rates = g_string_new (NULL);

  g_return_if_fail (CFOIL_IS_OVERVIEW_TOGETHER (self));

  converted = answer->converted;
  gtk_widget_set_visible (GTK_WIDGET (self), converted != NULL);
  if (converted == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (metrics); i++)
    {
      g_autofree char *value =
        cfoil_unit_format (cfoil_metric_get_info (metrics[i])->unit, converted->values[metrics[i]], converted->currency);
      g_autofree char *query = dup_query (metrics[i], answer);

      cfoil_overview_tile_set_fact (self->tiles[i], value, NULL, query != NULL ? "win.show-rows" : "win.show-page",
                                    query != NULL ? query : "transactions");
    }
  for (guint i = 0; i < converted->notes->len; i++)
    g_string_append_printf (rates, "%s%s", i > 0 ? "\n" : "", (char *) converted->notes->pdata[i]);
  gtk_label_set_text (self->rates, rates->str);
  cfoil_overview_section_set_note (self->section, converted->is_complete
                                                    ? _("By imported rates. Each currency alone stands below.")
                                                    : _("A rate is missing, so there is no sum. Import it from a CSV file."));
}
