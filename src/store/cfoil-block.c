/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-block.h"

#include <string.h>

/* Heads of columns. */
typedef struct
{
  guint8 kind;
  guint8 width;
  guint8 has_unknown;
  guint8 scale;
  guint16 n_rows;
  guint16 reserved;
  gint64 min;
  gint64 max;
} NumberHead;
G_STATIC_ASSERT (sizeof (NumberHead) == 24);

typedef struct
{
  guint8 kind;
  guint8 index_width; /* 0: row i has value i, or all have the only one */
  guint8 offset_width;
  guint8 reserved;
  guint16 n_rows;
  guint16 n_values;
  guint32 n_bytes;
} TextHead;
G_STATIC_ASSERT (sizeof (TextHead) == 12);

#define KIND_NUMBERS 1
#define KIND_TEXTS 2

/* Times are mostly whole seconds or milliseconds. */
static const gint64 scales[] = { 1, 1000, 1000000 };

static guint64
load (const guint8 *at,
      guint         width)
{
  switch (width)
    {
    case 1:
      return *at;
    case 2:
      {
        guint16 value;

        memcpy (&value, at, 2);
        return GUINT16_FROM_LE (value);
      }
    case 4:
      {
        guint32 value;

        memcpy (&value, at, 4);
        return GUINT32_FROM_LE (value);
      }
    default:
      {
        guint64 value;

        memcpy (&value, at, 8);
        return GUINT64_FROM_LE (value);
      }
    }
}

static void
append (GByteArray *out,
        guint64     value,
        guint       width)
{
  guint64 little = GUINT64_TO_LE (value);

  g_byte_array_append (out, (const guint8 *) &little, width);
}

static guint64
unknown_code (guint width)
{
  return width == 8 ? G_MAXUINT64 : (G_GUINT64_CONSTANT (1) << (8 * width)) - 1;
}

/* --- numbers --- */

/* The largest of SCALES that divides all distances from MIN. */
static guint
find_scale (const gint64 *values,
            guint         n_rows,
            gint64        min)
{
  for (guint s = G_N_ELEMENTS (scales) - 1; s > 0; s--)
    {
      gboolean fits = TRUE;

      for (guint i = 0; i < n_rows && fits; i++)
        fits = values[i] == CFOIL_UNKNOWN || ((guint64) values[i] - (guint64) min) % (guint64) scales[s] == 0;
      if (fits)
        return s;
    }
  return 0;
}

static guint
find_width (guint64  largest,
            gboolean has_unknown)
{
  /* The last code stands for what is unknown. */
  if (has_unknown)
    largest++;
  return largest == 0 ? 0 : largest <= 0xff ? 1 : largest <= 0xffff ? 2 : largest <= 0xffffffff ? 4 : 8;
}

gboolean
cfoil_number_column_pack (const gint64 *values,
                          guint         n_rows,
                          GByteArray   *out)
{
  NumberHead head = { .kind = KIND_NUMBERS, .n_rows = GUINT16_TO_LE (n_rows) };
  gint64 min = G_MAXINT64, max = G_MININT64;

  for (guint i = 0; i < n_rows; i++)
    if (values[i] != CFOIL_UNKNOWN)
      {
        min = MIN (min, values[i]);
        max = MAX (max, values[i]);
      }
    else
      head.has_unknown = TRUE;
  if (min > max)
    return FALSE;

  head.scale = (guint8) find_scale (values, n_rows, min);
  head.width = (guint8) find_width (((guint64) max - (guint64) min) / (guint64) scales[head.scale], head.has_unknown);
  head.min = GINT64_TO_LE (min);
  head.max = GINT64_TO_LE (max);
  g_byte_array_append (out, (const guint8 *) &head, sizeof head);
  for (guint i = 0; i < n_rows && head.width > 0; i++)
    append (out,
            values[i] == CFOIL_UNKNOWN ? unknown_code (head.width)
                                       : ((guint64) values[i] - (guint64) min) / (guint64) scales[head.scale],
            head.width);
  return TRUE;
}

G_STATIC_ASSERT (CFOIL_NUMBER_HEAD == sizeof (NumberHead));

gboolean
cfoil_number_column_peek (CfoilNumberColumn *self,
                          const guint8      *bytes)
{
  NumberHead head;

  memcpy (&head, bytes, sizeof head);
  if (head.kind != KIND_NUMBERS || head.scale >= G_N_ELEMENTS (scales) ||
      (head.width != 0 && head.width != 1 && head.width != 2 && head.width != 4 && head.width != 8))
    return FALSE;
  *self = (CfoilNumberColumn){
    .n_rows = GUINT16_FROM_LE (head.n_rows),
    .min = GINT64_FROM_LE (head.min),
    .max = GINT64_FROM_LE (head.max),
    .width = head.width,
    .has_unknown = head.has_unknown != 0,
    .scale = scales[head.scale],
  };
  return self->n_rows <= CFOIL_BLOCK_ROWS && !(self->has_unknown && self->width == 0);
}

gboolean
cfoil_number_column_open (CfoilNumberColumn *self,
                          const guint8      *data,
                          gsize              length)
{
  if (data == NULL || length < CFOIL_NUMBER_HEAD || !cfoil_number_column_peek (self, data))
    return FALSE;
  self->codes = data + CFOIL_NUMBER_HEAD;
  return length - CFOIL_NUMBER_HEAD == (gsize) self->n_rows * self->width;
}

/* One loop for each width, which the compiler can make wide. */
#define UNPACK(type, from_le) \
  G_STMT_START \
    { \
      for (guint i = 0; i < self->n_rows; i++) \
        { \
          type code; \
\
          memcpy (&code, self->codes + i * sizeof code, sizeof code); \
          out[i] = (gint64) ((guint64) self->min + (guint64) from_le (code) * scale); \
        } \
      if (self->has_unknown) \
        for (guint i = 0; i < self->n_rows; i++) \
          { \
            type code; \
\
            memcpy (&code, self->codes + i * sizeof code, sizeof code); \
            if (code == (type) -1) \
              out[i] = CFOIL_UNKNOWN; \
          } \
    } \
  G_STMT_END

void
cfoil_number_column_unpack (const CfoilNumberColumn *self,
                            gint64                  *out)
{
  guint64 scale = (guint64) self->scale;

  switch (self->width)
    {
    case 0:
      for (guint i = 0; i < self->n_rows; i++)
        out[i] = self->min;
      break;
    case 1:
      UNPACK (guint8, );
      break;
    case 2:
      UNPACK (guint16, GUINT16_FROM_LE);
      break;
    case 4:
      UNPACK (guint32, GUINT32_FROM_LE);
      break;
    default:
      UNPACK (guint64, GUINT64_FROM_LE);
      break;
    }
}

/* --- texts --- */

/* Numbers the different values in order of appearance; TRUE when anything is
 * said at all. */
static gboolean
number_values (const char *const *values,
               guint              n_rows,
               guint16           *indexes,
               GPtrArray         *different)
{
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  gboolean is_said = FALSE;

  for (guint i = 0; i < n_rows; i++)
    {
      gpointer index;

      if (values[i] == NULL)
        {
          indexes[i] = CFOIL_TEXT_SAME;
          is_said = TRUE;
        }
      else if (i > 0 && values[i - 1] != NULL && strcmp (values[i], values[i - 1]) == 0)
        indexes[i] = indexes[i - 1];
      else if (g_hash_table_lookup_extended (known, values[i], NULL, &index))
        indexes[i] = (guint16) GPOINTER_TO_UINT (index);
      else
        {
          indexes[i] = (guint16) different->len;
          g_hash_table_insert (known, (gpointer) values[i], GUINT_TO_POINTER (different->len));
          g_ptr_array_add (different, (gpointer) values[i]);
          is_said |= *values[i] != '\0';
        }
    }
  return is_said;
}

/* All rows have the only value, or each its own. */
static gboolean
needs_indexes (const guint16 *indexes,
               guint          n_rows,
               guint          n_values)
{
  if (n_values == n_rows || n_values == 0)
    return FALSE;
  if (n_values > 1)
    return TRUE;
  for (guint i = 0; i < n_rows; i++)
    if (indexes[i] == CFOIL_TEXT_SAME)
      return TRUE;
  return FALSE;
}

gboolean
cfoil_text_column_pack (const char *const *values,
                        guint              n_rows,
                        GByteArray        *out)
{
  TextHead head = { .kind = KIND_TEXTS, .n_rows = GUINT16_TO_LE (n_rows) };
  g_autoptr (GPtrArray) different = g_ptr_array_new ();
  guint16 indexes[CFOIL_BLOCK_ROWS];
  guint64 n_bytes = 0;

  g_return_val_if_fail (n_rows <= CFOIL_BLOCK_ROWS, FALSE);

  if (!number_values (values, n_rows, indexes, different))
    return FALSE;
  for (guint i = 0; i < different->len; i++)
    n_bytes += strlen (different->pdata[i]) + 1;

  if (needs_indexes (indexes, n_rows, different->len))
    head.index_width = different->len < 0xff ? 1 : 2;
  head.offset_width = n_bytes <= 0xffff ? 2 : 4;
  head.n_values = GUINT16_TO_LE (different->len);
  head.n_bytes = GUINT32_TO_LE (n_bytes);
  g_byte_array_append (out, (const guint8 *) &head, sizeof head);

  for (guint i = 0; i < n_rows && head.index_width > 0; i++)
    append (out, indexes[i], head.index_width); /* CFOIL_TEXT_SAME cut to a byte is 0xff */
  n_bytes = 0;
  for (guint i = 0; i < different->len; i++)
    {
      append (out, n_bytes, head.offset_width);
      n_bytes += strlen (different->pdata[i]) + 1;
    }
  for (guint i = 0; i < different->len; i++)
    g_byte_array_append (out, different->pdata[i], (guint) strlen (different->pdata[i]) + 1);
  return TRUE;
}

/* Ascending from 0 and inside of the bytes, which end with NUL: then every value
 * ends, too. */
#define OFFSETS_ARE_SOUND(type, from_le) \
  G_STMT_START \
    { \
      type offset, next; \
\
      memcpy (&offset, self->offsets, sizeof offset); \
      is_sound = offset == 0; \
      for (guint i = 1; i < self->n_values; i++) \
        { \
          memcpy (&offset, self->offsets + (i - 1) * sizeof offset, sizeof offset); \
          memcpy (&next, self->offsets + i * sizeof next, sizeof next); \
          is_sound &= from_le (next) > from_le (offset); \
        } \
      memcpy (&offset, self->offsets + (self->n_values - 1) * sizeof offset, sizeof offset); \
      is_sound &= from_le (offset) < self->n_bytes; \
    } \
  G_STMT_END

static gboolean
offsets_are_sound (const CfoilTextColumn *self)
{
  gboolean is_sound = TRUE;

  if (self->n_values == 0)
    return self->n_bytes == 0;
  if (self->n_bytes == 0 || self->bytes[self->n_bytes - 1] != '\0')
    return FALSE;
  if (self->offset_width == 2)
    OFFSETS_ARE_SOUND (guint16, GUINT16_FROM_LE);
  else
    OFFSETS_ARE_SOUND (guint32, GUINT32_FROM_LE);
  return is_sound;
}

static gboolean
indexes_are_sound (CfoilTextColumn *self)
{
  guint same = self->index_width == 1 ? 0xff : CFOIL_TEXT_SAME;

  self->has_same = self->index_width == 0 && self->n_values == 0;
  if (self->index_width == 0)
    return self->n_values <= 1 || self->n_values == self->n_rows;
  for (guint i = 0; i < self->n_rows; i++)
    {
      guint index = (guint) load (self->indexes + i * self->index_width, self->index_width);

      if (index >= self->n_values && index != same)
        return FALSE;
      self->has_same |= index == same;
    }
  return TRUE;
}

gboolean
cfoil_text_column_open (CfoilTextColumn *self,
                        const guint8    *data,
                        gsize            length)
{
  gsize n_indexes, n_offsets;
  TextHead head;

  if (data == NULL || length < sizeof head)
    return FALSE;
  memcpy (&head, data, sizeof head);
  *self = (CfoilTextColumn){
    .n_rows = GUINT16_FROM_LE (head.n_rows),
    .n_values = GUINT16_FROM_LE (head.n_values),
    .n_bytes = GUINT32_FROM_LE (head.n_bytes),
    .index_width = head.index_width,
    .offset_width = head.offset_width,
  };
  if (head.kind != KIND_TEXTS || self->index_width > 2 || (self->offset_width != 2 && self->offset_width != 4) ||
      self->n_rows > CFOIL_BLOCK_ROWS || self->n_values > self->n_rows)
    return FALSE;
  n_indexes = (gsize) self->n_rows * self->index_width;
  n_offsets = (gsize) self->n_values * self->offset_width;
  if (length != sizeof head + n_indexes + n_offsets + self->n_bytes)
    return FALSE;
  self->indexes = data + sizeof head;
  self->offsets = self->indexes + n_indexes;
  self->bytes = (const char *) self->offsets + n_offsets;
  return offsets_are_sound (self) && indexes_are_sound (self);
}

void
cfoil_text_column_unpack (const CfoilTextColumn *self,
                          guint16               *out)
{
  for (guint i = 0; i < self->n_rows; i++)
    switch (self->index_width)
      {
      case 0:
        out[i] = (guint16) (self->n_values == 0 ? CFOIL_TEXT_SAME : self->n_values == 1 ? 0 : i);
        break;
      case 1:
        out[i] = self->indexes[i] == 0xff ? CFOIL_TEXT_SAME : self->indexes[i];
        break;
      default:
        out[i] = (guint16) load (self->indexes + 2 * i, 2);
        break;
      }
}

const char *
cfoil_text_column_get (const CfoilTextColumn *self,
                       guint                  i,
                       gsize                 *length)
{
  gsize start = load (self->offsets + i * self->offset_width, self->offset_width);
  gsize end = i + 1 < self->n_values ? load (self->offsets + (i + 1) * self->offset_width, self->offset_width)
                                     : self->n_bytes;

  *length = end - start - 1;
  return self->bytes + start;
}

guint
cfoil_text_column_find (const CfoilTextColumn *self,
                        guint                  from,
                        gsize                  offset)
{
  guint low = from, high = self->n_values;

  /* Mostly it is near. */
  for (guint step = 1; low + step < high; step *= 2)
    if (load (self->offsets + (low + step) * self->offset_width, self->offset_width) > offset)
      {
        high = low + step;
        break;
      }
    else
      low += step;
  while (high - low > 1)
    {
      guint middle = (low + high) / 2;

      if (load (self->offsets + middle * self->offset_width, self->offset_width) <= offset)
        low = middle;
      else
        high = middle;
    }
  return low;
}

/* --- texts that follow from others --- */

gboolean
cfoil_field_get_base (CfoilField  field,
                      CfoilField *base,
                      gboolean   *is_stem)
{
  *is_stem = field == CFOIL_FIELD_PERMISSION_ID;
  *base = field == CFOIL_FIELD_ORDER_REFERENCE ? CFOIL_FIELD_REFERENCE : CFOIL_FIELD_TRANSACTION_ID;
  return field == CFOIL_FIELD_PERMISSION_ID || field == CFOIL_FIELD_CHARGE_ID || field == CFOIL_FIELD_ORDER_REFERENCE;
}

gsize
cfoil_text_stem (const char *text,
                 gsize       length)
{
  while (length > 0 && text[length - 1] != '-')
    length--;
  return length > 0 ? length - 1 : 0;
}
