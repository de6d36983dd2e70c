/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-number-set.h"

#define MAX_DENSE (1 << 22)

struct _CfoilNumberSet
{
  GByteArray *dense;  /* (owned): 1 where a number is in */
  GHashTable *others; /* (owned): gint64, of those that are not small */
};

CfoilNumberSet *
_cfoil_number_set_new (void)
{
  CfoilNumberSet *self = g_new0 (CfoilNumberSet, 1);

  self->dense = g_byte_array_new ();
  self->others = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  return self;
}

void
_cfoil_number_set_free (CfoilNumberSet *self)
{
  if (self == NULL)
    return;
  g_byte_array_unref (self->dense);
  g_hash_table_unref (self->others);
  g_free (self);
}

void
_cfoil_number_set_add (CfoilNumberSet *self,
                       gint64          number)
{
  if (number < 0 || number >= MAX_DENSE)
    {
      g_hash_table_add (self->others, g_memdup2 (&number, sizeof number));
      return;
    }
  if (number >= self->dense->len)
    {
      guint length = self->dense->len;

      g_byte_array_set_size (self->dense, (guint) number + 1);
      while (length < self->dense->len)
        self->dense->data[length++] = 0;
    }
  self->dense->data[number] = 1;
}

gboolean
_cfoil_number_set_has (const CfoilNumberSet *self,
                       gint64                number)
{
  if (number >= 0 && number < MAX_DENSE)
    return number < self->dense->len && self->dense->data[number] != 0;
  return g_hash_table_contains (self->others, &number);
}

void
_cfoil_number_set_find (const CfoilNumberSet *self,
                        const gint64         *values,
                        guint                 n_values,
                        guint8               *hits)
{
  const guint8 *dense = self->dense->data;
  guint64 n_dense = self->dense->len;

  if (g_hash_table_size (self->others) == 0)
    for (guint i = 0; i < n_values; i++)
      hits[i] = (guint64) values[i] < n_dense ? dense[values[i]] : 0;
  else
    for (guint i = 0; i < n_values; i++)
      hits[i] = (guint8) _cfoil_number_set_has (self, values[i]);
}

gboolean
_cfoil_number_set_is_empty (const CfoilNumberSet *self)
{
  return self->dense->len == 0 && g_hash_table_size (self->others) == 0;
}
