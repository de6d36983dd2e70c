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

/* Whether sums of a thousand such amounts cannot overflow. */
static gboolean
is_small (const CfoilNumberColumn *column)
{
  const gint64 limit = G_MAXINT64 / CFOIL_BLOCK_ROWS;

  return column == NULL || (column->min > -limit && column->max < limit);
}

/* The columns of a block that are added up. */
typedef struct
{
  const gint64 *type;
  const gint64 *gross;
  const gint64 *fee;
  const gint64 *net;
  const CfoilTextColumn *currency; /* (nullable) */
  gboolean are_small;
} Sums;

static gboolean
read_sums (Sums             *self,
           CfoilBlockReader *blocks,
           GError          **error)
{
  static const CfoilField fields[] = { CFOIL_FIELD_GROSS, CFOIL_FIELD_FEE, CFOIL_FIELD_NET };

  self->are_small = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      const CfoilNumberColumn *column;

      if (!_cfoil_block_reader_get_number (blocks, fields[i], &column, error))
        return FALSE;
      self->are_small &= is_small (column);
    }
  return _cfoil_block_reader_get_numbers (blocks, CFOIL_FIELD_TYPE, &self->type, error) &&
         _cfoil_block_reader_get_numbers (blocks, CFOIL_FIELD_GROSS, &self->gross, error) &&
         _cfoil_block_reader_get_numbers (blocks, CFOIL_FIELD_FEE, &self->fee, error) &&
         _cfoil_block_reader_get_numbers (blocks, CFOIL_FIELD_NET, &self->net, error) &&
         _cfoil_block_reader_get_text (blocks, CFOIL_FIELD_CURRENCY, &self->currency, error);
}

/* The frequent case, one currency and usual amounts, without a branch in it. */
static void
add_rows (CfoilTotal      *total,
          const Sums      *sums,
          const CfoilMask *mask,
          guint            n_rows)
{
  gint64 gross = 0, fee = 0, net = 0, refunded = 0, n_unknown = 0;

  for (guint i = 0; i < n_rows; i++)
    {
      gint64 in = -(gint64) _cfoil_mask_get (mask, i);
      gint64 knows_gross = -(gint64) (sums->gross[i] != CFOIL_UNKNOWN);
      gint64 knows_fee = -(gint64) (sums->fee[i] != CFOIL_UNKNOWN), knows_net = -(gint64) (sums->net[i] != CFOIL_UNKNOWN);

      gross += sums->gross[i] & in & knows_gross;
      fee += sums->fee[i] & in & knows_fee;
      net += sums->net[i] & in & knows_net;
      refunded -= sums->gross[i] & in & knows_gross & -(gint64) (sums->type[i] == CFOIL_TYPE_REFUND);
      n_unknown -= in & ~(knows_fee & knows_net);
    }
  total->n_rows += _cfoil_mask_count (mask);
  total->n_unknown_fees += (guint64) n_unknown;
  add_amount (total, &total->gross_minor, gross);
  add_amount (total, &total->fee_minor, fee);
  add_amount (total, &total->net_minor, net);
  add_amount (total, &total->refunded_minor, refunded);
}

static CfoilTotal *
total_of_value (CfoilTotaller         *self,
                const CfoilTextColumn *currency,
                guint                  index)
{
  gsize length;

  return find_total (self, cfoil_text_column_get (currency, index, &length));
}

static void
add_rows_one_by_one (CfoilTotaller   *self,
                     const Sums      *sums,
                     const CfoilMask *mask,
                     guint            n_rows)
{
  CfoilTotal *totals[CFOIL_BLOCK_ROWS] = { NULL };
  guint16 indexes[CFOIL_BLOCK_ROWS] = { 0 };

  if (sums->currency != NULL)
    cfoil_text_column_unpack (sums->currency, indexes);
  else
    totals[0] = find_total (self, "");
  for (guint i = 0; i < n_rows; i++)
    {
      guint index = indexes[i];

      if (!_cfoil_mask_get (mask, i))
        continue;
      if (totals[index] == NULL)
        totals[index] = total_of_value (self, sums->currency, index);
      add_row (totals[index], sums->type[i], sums->gross[i], sums->fee[i], sums->net[i]);
    }
}

gboolean
_cfoil_totaller_add (CfoilTotaller    *self,
                     CfoilBlockReader *blocks,
                     const CfoilMask  *mask,
                     GError          **error)
{
  guint n_rows = _cfoil_block_reader_get_n_rows (blocks);
  Sums sums;

  if (!read_sums (&sums, blocks, error))
    return FALSE;
  if (sums.are_small && sums.currency != NULL && sums.currency->n_values == 1)
    add_rows (total_of_value (self, sums.currency, 0), &sums, mask, n_rows);
  else
    add_rows_one_by_one (self, &sums, mask, n_rows);
  return TRUE;
}

void
_cfoil_totaller_merge (CfoilTotaller       *self,
                       const CfoilTotaller *other)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, other->totals);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const CfoilTotal *from = value;
      CfoilTotal *total = find_total (self, from->currency);

      total->n_rows += from->n_rows;
      total->n_unknown_fees += from->n_unknown_fees;
      total->is_overflown |= from->is_overflown;
      add_amount (total, &total->gross_minor, from->gross_minor);
      add_amount (total, &total->fee_minor, from->fee_minor);
      add_amount (total, &total->net_minor, from->net_minor);
      add_amount (total, &total->refunded_minor, from->refunded_minor);
    }
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
