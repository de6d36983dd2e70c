/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-amount-pack.h"

#define MORE 0x80

static void
append (GByteArray *out,
        guint64     value)
{
  guint8 bytes[10];
  guint n = 0;

  for (; value >= MORE; value >>= 7)
    bytes[n++] = (guint8) (value | MORE);
  bytes[n++] = (guint8) value;
  g_byte_array_append (out, bytes, n);
}

static guint64
fold (gint64 value)
{
  return ((guint64) value << 1) ^ (value < 0 ? G_MAXUINT64 : 0);
}

static gint64
unfold (guint64 value)
{
  return (gint64) ((value >> 1) ^ ((value & 1) != 0 ? G_MAXUINT64 : 0));
}

void
cfoil_amount_pack (const gint64 *amounts,
                   guint         n,
                   GByteArray   *out)
{
  for (guint i = 0; i < n; i++)
    append (out, i == 0 ? fold (amounts[0]) : (guint64) amounts[i] - (guint64) amounts[i - 1]);
}

/* *AT is behind it; FALSE: it has no end, or is more than 64 bits. */
static gboolean
take (const guint8 **at,
      const guint8  *end,
      guint64       *value)
{
  guint64 byte;

  *value = 0;
  for (guint shift = 0; *at < end && shift < 64; shift += 7)
    {
      byte = *(*at)++;
      *value |= (byte & (MORE - 1)) << shift;
      if (byte < MORE)
        return shift < 63 || byte <= 1;
    }
  return FALSE;
}

gboolean
cfoil_amount_unpack (const guint8   *data,
                     gsize           length,
                     CfoilAmountFunc func,
                     gpointer        user_data)
{
  const guint8 *at = data, *end = data + length;
  guint64 value;
  gint64 amount;

  if (length == 0)
    return TRUE;
  if (!take (&at, end, &value))
    return FALSE;
  amount = unfold (value);
  func (user_data, amount);
  while (at < end)
    {
      if (!take (&at, end, &value))
        return FALSE;
      amount = (gint64) ((guint64) amount + value);
      func (user_data, amount);
    }
  return TRUE;
}
