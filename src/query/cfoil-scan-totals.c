/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-scan-private.h"

#include <string.h>

struct _CfoilTotaller
{
  GHashTable *totals; /* (owned): currency -> CfoilTotal */
};

CfoilTotaller *
_cfoil_totaller_new (void)
{
  CfoilTotaller *self = g_new0 (CfoilTotaller, 1);

  self->totals = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  return self;
}

void
_cfoil_totaller_free (CfoilTotaller *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->totals);
  g_free (self);
}

/* Folded codes are small letters; anything longer than a code is cut. */
static CfoilTotal *
find_total (CfoilTotaller *self,
            const char    *folded)
{
  char currency[sizeof ((CfoilTotal *) NULL)->currency];
  CfoilTotal *total;
  gsize i;

  for (i = 0; i < sizeof currency - 1 && folded[i] != '\0'; i++)
    currency[i] = g_ascii_toupper (folded[i]);
  currency[i] = '\0';
  total = g_hash_table_lookup (self->totals, currency);
  if (total == NULL)
    {
      total = g_new0 (CfoilTotal, 1);
      memcpy (total->currency, currency, sizeof currency);
      g_hash_table_insert (self->totals, total->currency, total);
    }
  return total;
}

static void
add_amount (CfoilTotal *total,
            gint64     *sum,
            gint64      amount)
{
  if (amount != CFOIL_UNKNOWN && __builtin_add_overflow (*sum, amount, sum))
    total->is_overflown = TRUE;
}

static void
add_row (CfoilTotal *total,
         gint64      type,
         gint64      gross,
         gint64      fee,
         gint64      net)
{
  total->n_rows++;
  add_amount (total, &total->gross_minor, gross);
  add_amount (total, &total->fee_minor, fee);
  add_amount (total, &total->net_minor, net);
  if (fee == CFOIL_UNKNOWN || net == CFOIL_UNKNOWN)
    total->n_unknown_fees++;
  if (type == CFOIL_TYPE_REFUND && gross != CFOIL_UNKNOWN)
    add_amount (total, &total->refunded_minor, -gross);
}

gboolean
_cfoil_totaller_add (CfoilTotaller    *self,
                     CfoilBlockReader *blocks,
                     const CfoilMask  *mask,
                     GError          **error)
{
  guint n_rows = _cfoil_block_reader_get_n_rows (blocks);
  const gint64 *type, *gross, *fee, *net;
  const CfoilTextColumn *currency;
  CfoilTotal *totals[CFOIL_BLOCK_ROWS + 1];
  guint16 indexes[CFOIL_BLOCK_ROWS];

  if (!_cfoil_block_reader_get_numbers (blocks, CFOIL_FIELD_TYPE, &type, error) ||
      !_cfoil_block_reader_get_numbers (blocks, CFOIL_FIELD_GROSS, &gross, error) ||
      !_cfoil_block_reader_get_numbers (blocks, CFOIL_FIELD_FEE, &fee, error) ||
      !_cfoil_block_reader_get_numbers (blocks, CFOIL_FIELD_NET, &net, error) ||
      !_cfoil_block_reader_get_text (blocks, CFOIL_FIELD_CURRENCY, &currency, error))
    return FALSE;

  if (currency != NULL)
    {
      cfoil_text_column_unpack (currency, indexes);
      memset (totals, 0, currency->n_values * sizeof *totals);
    }
  else
    {
      memset (indexes, 0, sizeof indexes);
      totals[0] = find_total (self, "");
    }
  for (guint i = 0; i < n_rows; i++)
    {
      guint index = indexes[i];

      if (!_cfoil_mask_get (mask, i))
        continue;
      if (index == CFOIL_TEXT_SAME)
        index = 0;
      if (totals[index] == NULL)
        {
          gsize length;

          totals[index] = find_total (self, cfoil_text_column_get (currency, index, &length));
        }
      add_row (totals[index], type[i], gross[i], fee[i], net[i]);
    }
  return TRUE;
}

static int
compare_totals (gconstpointer a,
                gconstpointer b)
{
  return strcmp (((const CfoilTotal *) a)->currency, ((const CfoilTotal *) b)->currency);
}

/* A sum that is no number any more is not shown as one. */
GArray *
_cfoil_totaller_finish (CfoilTotaller *self)
{
  GArray *totals = g_array_new (FALSE, FALSE, sizeof (CfoilTotal));
  GHashTableIter iter;
  gpointer total;

  g_hash_table_iter_init (&iter, self->totals);
  while (g_hash_table_iter_next (&iter, NULL, &total))
    g_array_append_vals (totals, total, 1);
  g_array_sort (totals, compare_totals);
  return totals;
}
