/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-fx.h"

#include "cfoil-currency.h"
#include "cfoil-fx-private.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>

__extension__ typedef __int128 Wide;

/* A rate, exactly: digits / 10^scale. */
typedef struct
{
  gint64 digits;
  int scale;
} Rate;

/* Together so few digits that an amount times the rate can be counted. */
#define MAX_DIGITS 18

void
cfoil_fx_rate_free (CfoilFxRate *self)
{
  if (self == NULL)
    return;
  g_free (self->rate);
  g_free (self->source);
  g_free (self);
}

/* --- rates --- */

static gboolean
read_rate (const char *text,
           Rate       *rate)
{
  int n_before = 0, n_digits = 0;
  gboolean has_point = FALSE;

  *rate = (Rate){ 0 };
  for (; *text != '\0'; text++)
    {
      if (*text == '.' && !has_point && n_before > 0)
        {
          has_point = TRUE;
          continue;
        }
      if (!g_ascii_isdigit (*text))
        return FALSE;
      rate->digits = rate->digits * 10 + (*text - '0');
      rate->scale += has_point;
      n_before += !has_point;
      n_digits += rate->digits > 0;
      if (n_before > CFOIL_FX_DIGITS || rate->scale > CFOIL_FX_DIGITS || n_digits > MAX_DIGITS)
        return FALSE;
    }
  return n_before > 0 && (!has_point || rate->scale > 0) && rate->digits > 0;
}

gboolean
_cfoil_fx_is_rate (const char *text)
{
  Rate rate;

  return read_rate (text, &rate);
}

/* NUMBER / DIVISOR, halves away from zero. */
static Wide
divide (Wide number,
        Wide divisor)
{
  Wide half = divisor / 2;

  /* Of odd divisors there is no half. */
  return number < 0 ? -((-number + half) / divisor) : (number + half) / divisor;
}

static gboolean
scale_up (Wide *number,
          int   n)
{
  for (int i = 0; i < n; i++)
    if (__builtin_mul_overflow (*number, 10, number))
      return FALSE;
  return TRUE;
}

gboolean
cfoil_fx_convert (const CfoilFxRate *rate,
                  gint64             minor,
                  const char        *from,
                  const char        *to,
                  gint64            *converted)
{
  int shift = MAX (cfoil_currency_exponent (to), 0) - MAX (cfoil_currency_exponent (from), 0);
  Wide number = minor, divisor = 1;
  Rate exact;

  if (minor == CFOIL_UNKNOWN || !read_rate (rate->rate, &exact))
    return FALSE;
  if (g_str_equal (rate->base, from))
    {
      number *= exact.digits;
      shift -= exact.scale;
    }
  else
    {
      divisor = exact.digits;
      shift += exact.scale;
    }
  if (!scale_up (shift > 0 ? &number : &divisor, ABS (shift)))
    return FALSE;
  number = divide (number, divisor);
  if (number > G_MAXINT64 || number <= G_MININT64)
    return FALSE;
  *converted = (gint64) number;
  return TRUE;
}

CfoilFxRate *
cfoil_fx_find (CfoilDatabase *database,
               const char    *from,
               const char    *to,
               gint32         day,
               GError       **error)
{
  g_autoptr (CfoilStatement) row =
    cfoil_database_prepare (database,
                            "SELECT base, quote, day, rate, source FROM (SELECT * FROM fx_rate WHERE base = ?1 AND quote = ?2 "
                            "UNION ALL SELECT * FROM fx_rate WHERE base = ?2 AND quote = ?1) WHERE day <= ?3 "
                            "ORDER BY day DESC, base <> ?1 LIMIT 1",
                            error);
  CfoilFxRate *rate;

  if (row == NULL)
    return NULL;
  cfoil_statement_bind_text (row, 1, from);
  cfoil_statement_bind_text (row, 2, to);
  cfoil_statement_bind_int64 (row, 3, day);
  if (cfoil_statement_step (row, error) != CFOIL_STEP_ROW)
    return NULL;
  rate = g_new0 (CfoilFxRate, 1);
  g_strlcpy (rate->base, cfoil_statement_column_text (row, 0), sizeof rate->base);
  g_strlcpy (rate->quote, cfoil_statement_column_text (row, 1), sizeof rate->quote);
  rate->day = (gint32) cfoil_statement_column_int64 (row, 2);
  rate->rate = g_strdup (cfoil_statement_column_text (row, 3));
  rate->source = g_strdup (cfoil_statement_column_text (row, 4));
  return rate;
}

CfoilTable *
cfoil_fx_list (CfoilDatabase *database,
               GError       **error)
{
  g_autoptr (CfoilStatement) rows =
    cfoil_database_prepare (database, "SELECT base, quote, day, rate, source FROM fx_rate ORDER BY day DESC, base, quote", error);
  g_autoptr (CfoilTable) table = NULL;
  CfoilStep step;

  if (rows == NULL)
    return NULL;
  table = cfoil_table_new ("rates", _ ("Exchange Rates"));
  cfoil_table_add_column (table, "base", _ ("From"), CFOIL_COLUMN_TEXT);
  cfoil_table_add_column (table, "quote", _ ("To"), CFOIL_COLUMN_TEXT);
  cfoil_table_add_column (table, "date", _ ("Day"), CFOIL_COLUMN_DAY);
  cfoil_table_add_column (table, "rate", _ ("Rate"), CFOIL_COLUMN_TEXT);
  cfoil_table_add_column (table, "source", _ ("Source"), CFOIL_COLUMN_TEXT);
  while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    {
      cfoil_table_begin_row (table, CFOIL_ROW_PLAIN, NULL);
      cfoil_table_add_text (table, cfoil_statement_column_text (rows, 0));
      cfoil_table_add_text (table, cfoil_statement_column_text (rows, 1));
      cfoil_table_add_number (table, cfoil_statement_column_int64 (rows, 2));
      cfoil_table_add_text (table, cfoil_statement_column_text (rows, 3));
      cfoil_table_add_text (table, cfoil_statement_column_text (rows, 4));
    }
  return step == CFOIL_STEP_ERROR ? NULL : g_steal_pointer (&table);
}

/* --- the overview in one currency --- */

void
cfoil_overview_converted_free (CfoilOverviewConverted *self)
{
  if (self == NULL)
    return;
  g_free (self->currency);
  g_clear_pointer (&self->notes, g_ptr_array_unref);
  g_free (self);
}

static const CfoilMetric sums[] = {
  CFOIL_METRIC_GROSS,          CFOIL_METRIC_NET,         CFOIL_METRIC_FEES,     CFOIL_METRIC_REFUNDS,
  CFOIL_METRIC_DISPUTE_LOSSES, CFOIL_METRIC_ADJUSTMENTS, CFOIL_METRIC_PAID_OUT,
};

static void
void_all (CfoilOverviewConverted *self)
{
  for (guint i = 0; i < CFOIL_N_METRICS; i++)
    self->values[i] = CFOIL_UNKNOWN;
  self->is_complete = FALSE;
}

/* What nobody knows of one currency, nobody knows of all; but where no payout was ever told
 * of, that is no payout. */
static void
add_figure (CfoilOverviewConverted   *self,
            const CfoilOverviewBlock *block,
            CfoilMetric               metric,
            const CfoilFxRate        *rate)
{
  gint64 value = block->figures[metric].value, converted = value;

  if (self->values[metric] == CFOIL_UNKNOWN || (metric == CFOIL_METRIC_PAID_OUT && value == CFOIL_UNKNOWN))
    return;
  if (value == CFOIL_UNKNOWN || (rate != NULL && !cfoil_fx_convert (rate, value, block->currency, self->currency, &converted)) ||
      __builtin_add_overflow (self->values[metric], converted, &self->values[metric]))
    {
      self->values[metric] = CFOIL_UNKNOWN;
      self->is_complete = FALSE;
    }
}

static char *
describe_rate (const CfoilFxRate *rate)
{
  CfoilPeriod day = { CFOIL_PERIOD_DAYS, rate->day, rate->day + 1 };
  g_autofree char *title = cfoil_period_to_title (&day);

  if (*rate->source == '\0')
    /* Translators: two currency codes around a rate, a day: "1 EUR = 1.0842 USD, 31 October 2026" */
    return g_strdup_printf (_ ("1 %s = %s %s, %s"), rate->base, rate->rate, rate->quote, title);
  /* Translators: the same with where the rate is from */
  return g_strdup_printf (_ ("1 %s = %s %s, %s, from %s"), rate->base, rate->rate, rate->quote, title, rate->source);
}

static gboolean
add_block (CfoilOverviewConverted   *self,
           CfoilDatabase            *database,
           const CfoilOverviewBlock *block,
           gint32                    day,
           GError                  **error)
{
  g_autoptr (CfoilFxRate) rate = NULL;
  GError *local = NULL;

  if (!g_str_equal (block->currency, self->currency))
    {
      rate = cfoil_fx_find (database, block->currency, self->currency, day, &local);
      if (local != NULL)
        {
          g_propagate_error (error, local);
          return FALSE;
        }
      if (rate != NULL)
        g_ptr_array_add (self->notes, describe_rate (rate));
      else
        /* Translators: two currency codes */
        g_ptr_array_add (self->notes, g_strdup_printf (_ ("There is no rate from %s to %s for this period. Import one."),
                                                       block->currency, self->currency));
      if (rate == NULL)
        void_all (self);
    }
  for (guint i = 0; i < G_N_ELEMENTS (sums); i++)
    add_figure (self, block, sums[i], rate);
  return TRUE;
}

CfoilOverviewConverted *
cfoil_overview_convert (CfoilDatabase       *database,
                        const CfoilOverview *overview,
                        const CfoilPeriod   *period,
                        const char          *currency,
                        GError             **error)
{
  g_autoptr (CfoilOverviewConverted) self = g_new0 (CfoilOverviewConverted, 1);
  gint64 n_payments = 0;

  self->currency = g_strdup (currency);
  self->notes = g_ptr_array_new_with_free_func (g_free);
  self->is_complete = TRUE;
  for (guint i = 0; i < CFOIL_N_METRICS; i++)
    self->values[i] = CFOIL_UNKNOWN;
  for (guint i = 0; i < G_N_ELEMENTS (sums); i++)
    self->values[sums[i]] = 0;
  for (guint i = 0; i < overview->blocks->len; i++)
    {
      const CfoilOverviewBlock *block = overview->blocks->pdata[i];

      n_payments += block->figures[CFOIL_METRIC_PAYMENTS].value;
      if (!add_block (self, database, block, period->end_day - 1, error))
        return NULL;
    }
  self->values[CFOIL_METRIC_PAYMENTS] = n_payments;
  return g_steal_pointer (&self);
}
