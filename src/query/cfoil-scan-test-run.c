/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-scan-test.h"

#include "cfoil-currency.h"
#include "cfoil-scan-clock.h"

#include <string.h>

/* CFOIL_UNKNOWN is below every minimum. */
static void
set_range (CfoilMask    *mask,
           const gint64 *values,
           guint         n_rows,
           gint64        min,
           gint64        max)
{
  guint64 span = (guint64) max - (guint64) min;

  if (max < min)
    return;
  for (guint first = 0; first < n_rows; first += 64)
    {
      guint n = MIN (n_rows - first, 64);
      guint64 word = 0;

      for (guint i = 0; i < n; i++)
        word |= (guint64) ((guint64) values[first + i] - (guint64) min <= span) << i;
      mask->words[first / 64] |= word;
    }
}

/* Times take much room, and rows come in about their order: that of most blocks is not read,
 * as all or none of their rows pass. */
static gboolean
get_span (const CfoilTest   *test,
          CfoilBlockReader  *blocks,
          CfoilNumberColumn *column,
          gboolean          *is_there,
          GError           **error)
{
  const CfoilNumberColumn *whole;

  if (cfoil_field_get_info (test->field)->kind == CFOIL_FIELD_KIND_TIME)
    return _cfoil_block_reader_peek_number (blocks, test->field, column, is_there, error);
  if (!_cfoil_block_reader_get_number (blocks, test->field, &whole, error))
    return FALSE;
  *is_there = whole != NULL;
  if (whole != NULL)
    *column = *whole;
  return TRUE;
}

static gboolean
test_range (const CfoilTest  *test,
            CfoilBlockReader *blocks,
            CfoilMask        *mask,
            GError          **error)
{
  guint n_rows = _cfoil_block_reader_get_n_rows (blocks);
  CfoilNumberColumn column;
  const gint64 *values;
  gboolean is_there;

  if (!get_span (test, blocks, &column, &is_there, error))
    return FALSE;
  if (!is_there || column.max < test->min || column.min > test->max)
    return TRUE;
  if (column.min >= test->min && column.max <= test->max && !column.has_unknown)
    {
      _cfoil_mask_fill (mask, n_rows);
      return TRUE;
    }
  if (!_cfoil_block_reader_get_numbers (blocks, test->field, &values, error))
    return FALSE;
  set_range (mask, values, n_rows, test->min, test->max);
  return TRUE;
}

static void
set_hits (CfoilMask    *mask,
          const guint8 *hits,
          guint         n_rows)
{
  for (guint first = 0; first < n_rows; first += 64)
    {
      guint n = MIN (n_rows - first, 64);
      guint64 word = 0;

      for (guint i = 0; i < n; i++)
        word |= (guint64) hits[first + i] << i;
      mask->words[first / 64] |= word;
    }
}

static void
find_numbers (const CfoilTest *test,
              const gint64    *values,
              guint            n_rows,
              guint8          *hits)
{
  if (test->kind == TEST_SET)
    _cfoil_number_set_find (test->set, values, n_rows, hits);
  else
    for (guint i = 0; i < n_rows; i++)
      hits[i] = values[i] != CFOIL_UNKNOWN && (test->kind == TEST_KNOWN || (values[i] & test->min) == test->min);
}

static gboolean
test_numbers (const CfoilTest  *test,
              CfoilBlockReader *blocks,
              CfoilMask        *mask,
              GError          **error)
{
  guint n_rows = _cfoil_block_reader_get_n_rows (blocks);
  const CfoilNumberColumn *column;
  guint8 hits[CFOIL_BLOCK_ROWS];
  const gint64 *values;

  if (test->kind == TEST_SET && _cfoil_number_set_is_empty (test->set))
    return TRUE;
  if (!_cfoil_block_reader_get_number (blocks, test->field, &column, error))
    return FALSE;
  if (column == NULL)
    return TRUE;
  if (!_cfoil_block_reader_get_numbers (blocks, test->field, &values, error))
    return FALSE;
  find_numbers (test, values, n_rows, hits);
  set_hits (mask, hits, n_rows);
  return TRUE;
}

/* The bounds of each currency of the block. */
static void
bounds_of (const CfoilTerm       *term,
           const CfoilTextColumn *currency,
           gint64                *min,
           gint64                *max)
{
  for (guint i = 0; i < currency->n_values; i++)
    {
      g_autofree char *code = NULL;
      gsize length;

      code = g_ascii_strup (cfoil_text_column_get (currency, i, &length), -1);
      /* A currency that we do not know: whole minor units, as they are shown. */
      _cfoil_range_in (term, MAX (cfoil_currency_exponent (code), 0), &min[i], &max[i]);
    }
}

static gboolean
test_money (const CfoilTest  *test,
            CfoilBlockReader *blocks,
            CfoilMask        *mask,
            GError          **error)
{
  CfoilField currency_field =
    test->field == CFOIL_FIELD_PRESENTMENT_AMOUNT ? CFOIL_FIELD_PRESENTMENT_CURRENCY : CFOIL_FIELD_CURRENCY;
  guint n_rows = _cfoil_block_reader_get_n_rows (blocks);
  gint64 min[CFOIL_BLOCK_ROWS], max[CFOIL_BLOCK_ROWS];
  guint16 indexes[CFOIL_BLOCK_ROWS] = { 0 };
  const CfoilTextColumn *currency;
  const CfoilNumberColumn *column;
  const gint64 *values;

  if (!_cfoil_block_reader_get_number (blocks, test->field, &column, error))
    return FALSE;
  if (column == NULL)
    return TRUE;
  if (!_cfoil_block_reader_get_numbers (blocks, test->field, &values, error) ||
      !_cfoil_block_reader_get_text (blocks, currency_field, &currency, error))
    return FALSE;
  if (currency != NULL)
    {
      bounds_of (test->term, currency, min, max);
      cfoil_text_column_unpack (currency, indexes);
    }
  else
    _cfoil_range_in (test->term, 0, &min[0], &max[0]);
  if (currency == NULL || currency->n_values == 1)
    {
      set_range (mask, values, n_rows, min[0], max[0]);
      return TRUE;
    }
  for (guint i = 0; i < n_rows; i++)
    mask->words[i / 64] |=
      (guint64) (values[i] != CFOIL_UNKNOWN && values[i] >= min[indexes[i]] && values[i] <= max[indexes[i]]) << (i % 64);
  return TRUE;
}

/* Rows whose value is marked in HITS. */
static void
take_hits (const CfoilTextColumn *column,
           const guint8          *hits,
           CfoilMask             *mask)
{
  guint16 indexes[CFOIL_BLOCK_ROWS];

  if (column->n_values == 0 || memchr (hits, 1, column->n_values) == NULL)
    return;
  if (column->n_values == column->n_rows)
    {
      set_hits (mask, hits, column->n_rows);
      return;
    }
  cfoil_text_column_unpack (column, indexes);
  for (guint i = 0; i < column->n_rows; i++)
    if (indexes[i] != CFOIL_TEXT_SAME && hits[indexes[i]])
      _cfoil_mask_set (mask, i);
}

static gboolean
text_has (const char *text,
          gsize       length,
          CfoilField  field,
          char      **needles)
{
  g_autofree char *copy = g_strndup (text, length);

  for (guint i = 0; needles[i] != NULL; i++)
    if (_cfoil_text_matches (copy, needles[i], _cfoil_is_searched_anywhere (field, needles[i])))
      return TRUE;
  return FALSE;
}

/* The rows whose text follows from another field's: those where that has a needle
 * are looked at closer. */
static gboolean
take_followers (const CfoilTest  *test,
                CfoilBlockReader *blocks,
                CfoilMask        *mask,
                GError          **error)
{
  guint8 hits[CFOIL_BLOCK_ROWS] = { 0 };
  CfoilTextRows rows;

  if (!_cfoil_block_reader_get_texts (blocks, test->field, &rows, error))
    return FALSE;
  if (rows.base == NULL)
    return TRUE;
  for (guint i = 0; test->kind == TEST_TEXT && test->needles[i] != NULL; i++)
    _cfoil_text_search (rows.base, test->needles[i], _cfoil_is_searched_anywhere (test->field, test->needles[i]), hits);
  for (guint i = 0; i < rows.own->n_rows; i++)
    {
      gsize length;
      const char *text;

      if (!_cfoil_text_rows_follows (&rows, i) || rows.base_indexes[i] == CFOIL_TEXT_SAME ||
          (test->kind == TEST_TEXT && !hits[rows.base_indexes[i]]))
        continue;
      text = _cfoil_text_rows_get (&rows, i, &length);
      if (test->kind == TEST_SAID ? length > 0 : text_has (text, length, test->field, test->needles))
        _cfoil_mask_set (mask, i);
    }
  return TRUE;
}

static gboolean
test_text (const CfoilTest  *test,
           CfoilBlockReader *blocks,
           CfoilMask        *mask,
           GError          **error)
{
  guint8 hits[CFOIL_BLOCK_ROWS] = { 0 };
  const CfoilTextColumn *column;
  CfoilField base;
  gboolean is_stem;

  if (!_cfoil_block_reader_get_text (blocks, test->field, &column, error))
    return FALSE;
  if (column == NULL)
    return TRUE;
  if (test->kind == TEST_SAID)
    for (guint i = 0; i < column->n_values; i++)
      {
        gsize length;

        cfoil_text_column_get (column, i, &length);
        hits[i] = length > 0;
      }
  else
    for (guint i = 0; test->needles[i] != NULL; i++)
      _cfoil_text_search (column, test->needles[i], _cfoil_is_searched_anywhere (test->field, test->needles[i]), hits);
  take_hits (column, hits, mask);
  return !cfoil_field_get_base (test->field, &base, &is_stem) || take_followers (test, blocks, mask, error);
}

gboolean
_cfoil_take_exact (CfoilField        field,
                   const char       *needle,
                   CfoilBlockReader *blocks,
                   CfoilMask        *mask,
                   GError          **error)
{
  gsize needle_length = strlen (needle);
  CfoilTextRows rows;

  if (!_cfoil_block_reader_get_texts (blocks, field, &rows, error))
    return FALSE;
  for (guint i = 0; rows.own != NULL && i < rows.own->n_rows; i++)
    {
      gsize length;
      const char *text = _cfoil_text_rows_get (&rows, i, &length);

      if (length == needle_length && memcmp (text, needle, length) == 0)
        _cfoil_mask_set (mask, i);
    }
  return TRUE;
}

gboolean
_cfoil_is_searched_text (CfoilField field)
{
  return cfoil_field_get_info (field)->is_searched && _cfoil_is_text (field);
}

/* What follows from another field need not be searched: that one is. */
static gboolean
test_word (const CfoilTest  *test,
           CfoilBlockReader *blocks,
           CfoilMask        *mask,
           GError          **error)
{
  const char *needle = test->needles[0];

  for (guint i = 0; i < test->others->len; i++)
    if (!test_numbers (test->others->pdata[i], blocks, mask, error))
      return FALSE;
  for (guint field = 0; field < CFOIL_N_FIELDS; field++)
    {
      guint8 hits[CFOIL_BLOCK_ROWS] = { 0 };
      const CfoilTextColumn *column;

      if (!_cfoil_is_searched_text (field))
        continue;
      if (!_cfoil_block_reader_get_text (blocks, field, &column, error))
        return FALSE;
      if (column == NULL)
        continue;
      _cfoil_text_search (column, needle, _cfoil_is_searched_anywhere (field, needle), hits);
      take_hits (column, hits, mask);
    }
  return TRUE;
}

static gboolean
test_clock (const CfoilTest  *test,
            CfoilBlockReader *blocks,
            CfoilMask        *mask,
            GError          **error)
{
  guint n_rows = _cfoil_block_reader_get_n_rows (blocks);
  const CfoilNumberColumn *column;
  guint8 hits[CFOIL_BLOCK_ROWS];
  const gint64 *values;
  CfoilClock clock;

  if (!_cfoil_block_reader_get_number (blocks, test->field, &column, error))
    return FALSE;
  if (column == NULL)
    return TRUE;
  if (!_cfoil_block_reader_get_numbers (blocks, test->field, &values, error))
    return FALSE;
  _cfoil_clock_init (&clock, test->zone);
  for (guint i = 0; i < n_rows; i++)
    {
      guint weekday, hour;

      hits[i] = FALSE;
      if (values[i] == CFOIL_UNKNOWN)
        continue;
      _cfoil_clock_read (&clock, values[i], &weekday, &hour);
      hits[i] = test->min >> (test->kind == TEST_WEEKDAY ? weekday : hour) & 1;
    }
  _cfoil_clock_clear (&clock);
  set_hits (mask, hits, n_rows);
  return TRUE;
}

gboolean
_cfoil_test_run (const CfoilTest  *test,
                 CfoilBlockReader *blocks,
                 CfoilMask        *mask,
                 GError          **error)
{
  switch (test->kind)
    {
    case TEST_RANGE:
      return test_range (test, blocks, mask, error);
    case TEST_MONEY:
      return test_money (test, blocks, mask, error);
    case TEST_SAID:
    case TEST_TEXT:
      return test_text (test, blocks, mask, error);
    case TEST_WORD:
      return test_word (test, blocks, mask, error);
    case TEST_KNOWN:
    case TEST_SET:
    case TEST_BITS:
      return test_numbers (test, blocks, mask, error);
    case TEST_WEEKDAY:
    case TEST_HOUR:
      return test_clock (test, blocks, mask, error);
    case TEST_NEVER:
    default:
      return TRUE;
    }
}
