/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-overview-private.h"

#include "cfoil-currency.h"
#include "cfoil-money.h"

#include <glib/gi18n.h>
#include <string.h>

/* How large payments are: bars of one width with round bounds, so wide that some twenty of
 * them hold all but the largest hundredth; the last one is open. */
#define MAX_BARS 20

/* 1, 2 or 5 with zeros behind, at least AT_LEAST. */
static gint64
round_up (gint64 at_least)
{
  gint64 power = 1;

  while (power < at_least && power <= G_MAXINT64 / 100)
    {
      if (power * 2 >= at_least)
        return power * 2;
      if (power * 5 >= at_least)
        return power * 5;
      power *= 10;
    }
  return power;
}

static GArray *
choose_bounds (CfoilAmounts *amounts)
{
  GArray *bounds = g_array_new (FALSE, FALSE, sizeof (gint64));
  guint64 n = cfoil_amounts_get_n (amounts);
  gint64 smallest = MIN (cfoil_amounts_get_nth (amounts, 0), 0), usual = cfoil_amounts_get_nth (amounts, (n - 1) - (n - 1) / 100);
  gint64 width, bound;

  usual = CLAMP (usual, 0, G_MAXINT64 / 4);
  smallest = MAX (smallest, -(G_MAXINT64 / 4));
  width = round_up ((usual - smallest) / MAX_BARS + 1);
  bound = smallest < 0 ? -((-smallest + width - 1) / width) * width : 0;
  for (; bound <= usual; bound += width)
    g_array_append_val (bounds, bound);
  g_array_append_val (bounds, bound);
  return bounds;
}

static void
add_bar (CfoilTable *table,
         gint64      from,
         gint64      until,
         guint64     n,
         const char *query,
         const char *currency)
{
  cfoil_table_begin_row (table, CFOIL_ROW_PLAIN, query);
  cfoil_table_add_money (table, from, currency);
  cfoil_table_add_money (table, until, currency);
  cfoil_table_add_number (table, (gint64) n);
}

/* Bounds in the language of the search entry, in major units; UNTIL is not in it. */
static char *
query_of_bar (const CfoilScope *scope,
              gint64            from,
              gint64            until,
              const char       *currency)
{
  int exponent = MAX (cfoil_currency_exponent (currency), 0);
  char from_text[CFOIL_MONEY_BUFFER], until_text[CFOIL_MONEY_BUFFER] = "";
  g_autofree char *terms = NULL;

  cfoil_money_format (from_text, from, exponent);
  if (until != CFOIL_UNKNOWN)
    cfoil_money_format (until_text, until, exponent);
  terms = g_strdup_printf ("%s gross:>=%s%s%s", cfoil_metric_get_info (CFOIL_METRIC_PAYMENTS)->query, from_text,
                           until != CFOIL_UNKNOWN ? " gross:<" : "", until_text);
  return _cfoil_scope_query (scope, terms, &scope->period, currency);
}

static void
add_bars (const CfoilScope *scope,
          CfoilTable       *table,
          CfoilAmounts     *amounts,
          const char       *currency)
{
  g_autoptr (GArray) bounds = choose_bounds (amounts);
  const gint64 *bound = (const gint64 *) (gpointer) bounds->data;
  g_autofree guint64 *bins = g_new0 (guint64, bounds->len + 1);

  cfoil_amounts_fill (amounts, bound, bounds->len, bins);
  for (guint i = 0; i < bounds->len; i++)
    {
      gint64 until = i + 1 < bounds->len ? bound[i + 1] : CFOIL_UNKNOWN;
      g_autofree char *query = query_of_bar (scope, bound[i], until, currency);

      /* The open bar is there only if something is in it. */
      if (until != CFOIL_UNKNOWN || bins[i + 1] > 0)
        add_bar (table, bound[i], until, bins[i + 1], query, currency);
    }
}

CfoilTable *
cfoil_overview_read_histogram (CfoilDatabase              *database,
                               const CfoilOverviewRequest *request,
                               const char                 *currency,
                               GCancellable               *cancellable,
                               GError                    **error)
{
  g_autoptr (CfoilScope) scope = _cfoil_scope_new (database, NULL, request, cancellable, error);
  g_autoptr (CfoilAmounts) amounts = NULL;
  CfoilTable *table;

  if (scope == NULL || (amounts = _cfoil_overview_read_amounts (scope, currency, &scope->period, error)) == NULL)
    return NULL;
  table = cfoil_table_new ("histogram", _ ("Size of Payments"));
  cfoil_table_add_column (table, "from", _ ("From"), CFOIL_COLUMN_MONEY);
  cfoil_table_add_column (table, "until", _ ("Below"), CFOIL_COLUMN_MONEY);
  cfoil_table_add_column (table, "payments", _ ("Payments"), CFOIL_COLUMN_COUNT);
  if (cfoil_amounts_get_n (amounts) > 0)
    add_bars (scope, table, amounts, currency);
  return table;
}
