/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-scan-private.h"

#include <string.h>

void
_cfoil_mask_fill (CfoilMask *self,
                  guint      n_rows)
{
  memset (self, 0, sizeof *self);
  memset (self->words, 0xff, n_rows / 64 * 8);
  if (n_rows % 64 != 0)
    self->words[n_rows / 64] = (G_GUINT64_CONSTANT (1) << (n_rows % 64)) - 1;
}

gboolean
_cfoil_mask_is_empty (const CfoilMask *self)
{
  guint64 any = 0;

  for (guint i = 0; i < CFOIL_MASK_WORDS; i++)
    any |= self->words[i];
  return any == 0;
}

guint
_cfoil_mask_count (const CfoilMask *self)
{
  guint n = 0;

  for (guint i = 0; i < CFOIL_MASK_WORDS; i++)
    n += (guint) __builtin_popcountll (self->words[i]);
  return n;
}

void
_cfoil_mask_and (CfoilMask       *self,
                 const CfoilMask *other)
{
  for (guint i = 0; i < CFOIL_MASK_WORDS; i++)
    self->words[i] &= other->words[i];
}

void
_cfoil_mask_and_not (CfoilMask       *self,
                     const CfoilMask *other)
{
  for (guint i = 0; i < CFOIL_MASK_WORDS; i++)
    self->words[i] &= ~other->words[i];
}

void
_cfoil_mask_or (CfoilMask       *self,
                const CfoilMask *other)
{
  for (guint i = 0; i < CFOIL_MASK_WORDS; i++)
    self->words[i] |= other->words[i];
}
