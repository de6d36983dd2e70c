/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-overview-figures.h"

#include "cfoil-overview-grid.h"
#include "cfoil-overview-maturity.h"
#include "cfoil-overview-section.h"
#include "cfoil-overview-tile.h"
#include "cfoil-words.h"

#include <glib/gi18n.h>

#define MAX_TILES 9

enum
{
  LAST_PAYOUT,
  NEXT_PAYOUT,
  RESERVE,
  UNSETTLED,
  N_FACTS
};

struct _CfoilOverviewFigures
{
  AdwBin parent_instance;

  CfoilFiguresKind kind;
  CfoilOverviewSection *section;
  CfoilOverviewGrid *grid;
  CfoilOverviewTile *tiles[MAX_TILES];
  guint n_tiles;
  CfoilOverviewTile *facts[N_FACTS];  /* of payouts */
  CfoilOverviewMaturity *maturity;    /* (nullable): of disputes */
};

static const struct
{
  const char *title;
  guint n_columns;
  CfoilMetric metrics[MAX_TILES];
  guint n_metrics;
} kinds[] = {
  [CFOIL_FIGURES_MONEY] = { N_ ("Money"), 3,
    { CFOIL_METRIC_GROSS, CFOIL_METRIC_NET, CFOIL_METRIC_FEES, CFOIL_METRIC_REFUNDS, CFOIL_METRIC_DISPUTE_LOSSES,
      CFOIL_METRIC_SUCCESS_RATE, CFOIL_METRIC_AVERAGE, CFOIL_METRIC_MEDIAN, CFOIL_METRIC_FEE_RATE }, 9 },
  [CFOIL_FIGURES_PAYOUTS] = { N_ ("Payouts"), 3, { CFOIL_METRIC_PAID_OUT, CFOIL_METRIC_DAYS_TO_MONEY }, 2 },
  [CFOIL_FIGURES_DISPUTES] = { N_ ("Dispute Health"), 2,
    { CFOIL_METRIC_DISPUTE_ACTIVITY, CFOIL_METRIC_DISPUTE_RATE, CFOIL_METRIC_WIN_RATE, CFOIL_METRIC_RECOVERY_RATE }, 4 },
};

static const struct
{
  const char *title;
  const char *explanation;
} facts[N_FACTS] = {
  [LAST_PAYOUT] = { N_ ("Last Payout"), N_ ("The newest payout to the bank that the provider tells of.") },
  [NEXT_PAYOUT] = { N_ ("Expected Next"),
    N_ ("What was captured and not settled yet, on the day that follows from the usual rhythm of payouts. Fees and refunds "
        "still to come make it less.") },
  [RESERVE] = { N_ ("Reserve"), N_ ("What the provider held back at the end of the last settlement.") },
  [UNSETTLED] = { N_ ("Not Settled Yet"), N_ ("Captured payments that stand in no settlement yet, of all days.") },
};

G_DEFINE_FINAL_TYPE (CfoilOverviewFigures, cfoil_overview_figures, ADW_TYPE_BIN)

static void
cfoil_overview_figures_class_init (CfoilOverviewFiguresClass *klass)
{
}

static void
cfoil_overview_figures_init (CfoilOverviewFigures *self)
{
}

static void
add_facts (CfoilOverviewFigures *self)
{
  for (guint i = 0; i < N_FACTS; i++)
    {
      self->facts[i] = CFOIL_OVERVIEW_TILE (cfoil_overview_tile_new_fact (_(facts[i].title), _(facts[i].explanation)));
      cfoil_overview_grid_append (self->grid, GTK_WIDGET (self->facts[i]));
    }
}

static void
add_tiles (CfoilOverviewFigures *self)
{
  for (guint i = 0; i < kinds[self->kind].n_metrics; i++)
    {
      self->tiles[self->n_tiles] = CFOIL_OVERVIEW_TILE (cfoil_overview_tile_new (kinds[self->kind].metrics[i]));
      cfoil_overview_grid_append (self->grid, GTK_WIDGET (self->tiles[self->n_tiles]));
      self->n_tiles++;
    }
}

GtkWidget *
cfoil_overview_figures_new (CfoilFiguresKind kind)
{
  CfoilOverviewFigures *self = g_object_new (CFOIL_TYPE_OVERVIEW_FIGURES, NULL);

  self->kind = kind;
  self->section = cfoil_overview_section_new (_(kinds[kind].title));
  self->grid = CFOIL_OVERVIEW_GRID (cfoil_overview_grid_new (kinds[kind].n_columns));
  if (kind == CFOIL_FIGURES_PAYOUTS)
    add_facts (self);
  add_tiles (self);
  gtk_box_append (GTK_BOX (self->section), GTK_WIDGET (self->grid));
  if (kind == CFOIL_FIGURES_DISPUTES)
    {
      self->maturity = CFOIL_OVERVIEW_MATURITY (cfoil_overview_maturity_new ());
      gtk_box_append (GTK_BOX (self->section), GTK_WIDGET (self->maturity));
    }
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->section));
  return GTK_WIDGET (self);
}

/* SETTLEMENT (nullable) says so, or ROWS (nullable) do. */
static void
set_money_fact (CfoilOverviewFigures *self,
                guint                 fact,
                gint64                minor,
                gint64                us,
                const char           *currency,
                GTimeZone            *zone,
                const char           *unknown,
                const char           *settlement,
                const char           *rows)
{
  g_autofree char *value = cfoil_unit_format (CFOIL_UNIT_MONEY, minor, currency);
  g_autofree char *day = us != CFOIL_UNKNOWN ? cfoil_words_date (us, zone) : NULL;
  const char *detail = minor == CFOIL_UNKNOWN ? unknown : day;

  if (rows != NULL)
    cfoil_overview_tile_set_fact (self->facts[fact], value, detail, "win.show-rows", rows);
  else if (settlement != NULL)
    cfoil_overview_tile_set_fact (self->facts[fact], value, detail, "win.show-settlements", settlement);
  else
    cfoil_overview_tile_set_fact (self->facts[fact], value, detail, "win.show-page", "settlements");
}

static void
set_facts (CfoilOverviewFigures     *self,
           const CfoilOverviewBlock *block,
           GTimeZone                *zone)
{
  set_money_fact (self, LAST_PAYOUT, block->last_payout_minor, block->last_payout_us, block->currency, zone,
                  _("No payout as yet"), block->last_payout_settlement, NULL);
  set_money_fact (self, NEXT_PAYOUT, block->next_payout_minor, block->next_payout_us, block->currency, zone,
                  _("Cannot be foreseen"), NULL, block->next_query);
  set_money_fact (self, RESERVE, block->reserve_minor, CFOIL_UNKNOWN, block->currency, zone, NULL, block->reserve_settlement, NULL);
  set_money_fact (self, UNSETTLED, block->unsettled_minor, CFOIL_UNKNOWN, block->currency, zone, NULL, NULL,
                  block->unsettled_query);
}

void
cfoil_overview_figures_set_answer (CfoilOverviewFigures      *self,
                                   const CfoilOverviewAnswer *answer,
                                   GTimeZone                 *zone,
                                   const char                *note)
{
  g_return_if_fail (CFOIL_IS_OVERVIEW_FIGURES (self));
  g_return_if_fail (answer != NULL && answer->block != NULL);

  cfoil_overview_section_set_note (self->section, note);
  for (guint i = 0; i < self->n_tiles; i++)
    cfoil_overview_tile_set_answer (self->tiles[i], answer);
  if (self->kind == CFOIL_FIGURES_PAYOUTS)
    set_facts (self, answer->block, zone);
  if (self->maturity != NULL)
    cfoil_overview_maturity_set_ppm (self->maturity, answer->block->immature_ppm);
}
