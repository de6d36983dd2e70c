/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-amounts.h"

#include "cfoil-types.h"

/* Amounts from 0 to below this are counted, in tables of neighbours that are made when one
 * of them comes: most amounts are near each other, and memory that is touched for the first
 * time costs more than counting.  Only once there are so many that it pays: before, a
 * thousand currencies with a row each would be a thousand tables. */
#define COUNTED (1 << 20)
#define OF_TABLE (1 << 11)
#define N_TABLES (COUNTED / OF_TABLE)
#define MANY (1 << 12)

struct _CfoilAmounts
{
  guint64 n;
  GArray *others;   /* (owned): gint64, those that are not counted */
  guint32 **counts; /* (owned) (nullable): tables, NULL where there is none yet */
};

CfoilAmounts *
cfoil_amounts_new (void)
{
  CfoilAmounts *self = g_new0 (CfoilAmounts, 1);

  self->others = g_array_new (FALSE, FALSE, sizeof (gint64));
  return self;
}

void
cfoil_amounts_free (CfoilAmounts *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; self->counts != NULL && i < N_TABLES; i++)
    g_free (self->counts[i]);
  g_array_unref (self->others);
  g_free (self->counts);
  g_free (self);
}

static gboolean
is_counted (gint64 amount)
{
  return (guint64) amount < COUNTED;
}

static guint32 *
get_table (CfoilAmounts *self,
           guint         table)
{
  if (G_UNLIKELY (self->counts[table] == NULL))
    self->counts[table] = g_new0 (guint32, OF_TABLE);
  return self->counts[table];
}

static void
count (CfoilAmounts *self,
       gint64        amount)
{
  get_table (self, (guint) amount / OF_TABLE)[(guint) amount % OF_TABLE]++;
}

static void
begin_to_count (CfoilAmounts *self)
{
  guint n_left = 0;

  self->counts = g_new0 (guint32 *, N_TABLES);
  for (guint i = 0; i < self->others->len; i++)
    {
      gint64 amount = g_array_index (self->others, gint64, i);

      if (is_counted (amount))
        count (self, amount);
      else
        g_array_index (self->others, gint64, n_left++) = amount;
    }
  g_array_set_size (self->others, n_left);
}

void
cfoil_amounts_add (CfoilAmounts *self,
                   gint64        amount)
{
  self->n++;
  if (self->counts != NULL && is_counted (amount))
    {
      count (self, amount);
      return;
    }
  g_array_append_val (self->others, amount);
  if (self->counts == NULL && self->others->len >= MANY)
    begin_to_count (self);
}

void
cfoil_amounts_merge (CfoilAmounts       *self,
                     const CfoilAmounts *other)
{
  if (other->counts != NULL && self->counts == NULL)
    begin_to_count (self);
  for (guint i = 0; i < other->others->len; i++)
    cfoil_amounts_add (self, g_array_index (other->others, gint64, i));
  if (other->counts == NULL)
    return;
  for (guint i = 0; i < N_TABLES; i++)
    if (other->counts[i] != NULL)
      {
        guint32 *counts = get_table (self, i);

        for (guint j = 0; j < OF_TABLE; j++)
          counts[j] += other->counts[i][j];
      }
  self->n += other->n - other->others->len;
}

guint64
cfoil_amounts_get_n (const CfoilAmounts *self)
{
  return self->n;
}

/* --- the one at a place --- */

static void
swap (gint64 *a,
      gint64 *b)
{
  gint64 kept = *a;

  *a = *b;
  *b = kept;
}

static void
put_middle_of_three_last (gint64 *amounts,
                          guint   last)
{
  guint middle = last / 2;

  if (amounts[middle] < amounts[0])
    swap (&amounts[middle], &amounts[0]);
  if (amounts[last] < amounts[0])
    swap (&amounts[last], &amounts[0]);
  if (amounts[middle] < amounts[last])
    swap (&amounts[middle], &amounts[last]);
}

/* Three parts, as amounts repeat a lot: below, equal to, above the pivot. */
static gint64
select_nth (gint64 *amounts,
            guint   n,
            guint   place)
{
  while (n > 1)
    {
      guint below = 0, above = n, i = 0;
      gint64 pivot;

      put_middle_of_three_last (amounts, n - 1);
      pivot = amounts[n - 1];
      while (i < above)
        if (amounts[i] < pivot)
          swap (&amounts[i++], &amounts[below++]);
        else if (amounts[i] > pivot)
          swap (&amounts[i], &amounts[--above]);
        else
          i++;
      if (place >= below && place < above)
        return pivot;
      if (place < below)
        n = below;
      else
        {
          amounts += above;
          place -= above;
          n -= above;
        }
    }
  return amounts[0];
}

static guint
count_below_zero (const GArray *amounts)
{
  guint n = 0;

  for (guint i = 0; i < amounts->len; i++)
    n += g_array_index (amounts, gint64, i) < 0;
  return n;
}

static gint64
find_counted (const CfoilAmounts *self,
              guint64             place)
{
  for (guint i = 0; i < N_TABLES; i++)
    for (guint j = 0; self->counts[i] != NULL && j < OF_TABLE; j++)
      {
        if (place < self->counts[i][j])
          return (gint64) i * OF_TABLE + j;
        place -= self->counts[i][j];
      }
  return CFOIL_UNKNOWN;
}

gint64
cfoil_amounts_get_nth (CfoilAmounts *self,
                       guint64       i)
{
  guint64 n_counted = self->n - self->others->len;
  guint n_before = self->counts != NULL ? count_below_zero (self->others) : 0;

  g_return_val_if_fail (i < self->n, CFOIL_UNKNOWN);

  if (self->counts == NULL || i < n_before)
    return select_nth ((gint64 *) (gpointer) self->others->data, self->others->len, (guint) i);
  if (i >= n_before + n_counted)
    return select_nth ((gint64 *) (gpointer) self->others->data, self->others->len, (guint) (i - n_counted));
  i -= n_before;
  return find_counted (self, i);
}

gint64
cfoil_amounts_get_median (CfoilAmounts *self)
{
  __int128 sum;

  if (self->n == 0)
    return CFOIL_UNKNOWN;
  if (self->n % 2 == 1)
    return cfoil_amounts_get_nth (self, self->n / 2);
  sum = (__int128) cfoil_amounts_get_nth (self, self->n / 2 - 1) + cfoil_amounts_get_nth (self, self->n / 2);
  /* Shifted, halves of negative sums go up, too. */
  return (gint64) ((sum + 1) >> 1);
}

/* --- how many lie where --- */

static guint
find_bin (gint64        amount,
          const gint64 *bounds,
          guint         n_bounds)
{
  guint bin = 0;

  while (bin < n_bounds && amount >= bounds[bin])
    bin++;
  return bin;
}

void
cfoil_amounts_fill (const CfoilAmounts *self,
                    const gint64       *bounds,
                    guint               n_bounds,
                    guint64            *bins)
{
  guint bin;

  for (guint i = 0; i < self->others->len; i++)
    bins[find_bin (g_array_index (self->others, gint64, i), bounds, n_bounds)]++;
  if (self->counts == NULL)
    return;
  bin = find_bin (0, bounds, n_bounds);
  for (guint i = 0; i < N_TABLES; i++)
    for (guint j = 0; self->counts[i] != NULL && j < OF_TABLE; j++)
      {
        while (bin < n_bounds && (gint64) i * OF_TABLE + j >= bounds[bin])
          bin++;
        bins[bin] += self->counts[i][j];
      }
}
