/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-scan-private.h"

#include "cfoil-currency.h"
#include "cfoil-number-set.h"
#include "cfoil-query-day.h"

#include <string.h>

/* An id that is pasted has a digit and about this length. */
#define MIN_ID_LENGTH 8

/* What a term asks of a row. */
typedef enum
{
  TEST_NEVER,
  TEST_KNOWN, /* the number is known */
  TEST_RANGE, /* it lies between min and max */
  TEST_SET,   /* it is one of set */
  TEST_BITS,  /* it has the bits of min (flags) */
  TEST_MONEY, /* it lies in the term's range, by the row's currency */
  TEST_SAID,  /* the text is not empty */
  TEST_TEXT,  /* it has one of the needles */
  TEST_WORD,  /* one of all searched fields has it */
} TestKind;

typedef struct
{
  TestKind kind;
  CfoilField field; /* with a packed column of its own */
  gboolean is_inverted;
  gint64 min, max;
  CfoilNumberSet *set;    /* (owned) (nullable) */
  const CfoilTerm *term;  /* (borrowed): of MONEY */
  char **needles;         /* (owned) (nullable): folded */
  GPtrArray *others;      /* (owned) (nullable): of WORD, its tests of numbers */
} Test;

/* The tests of a condition must all hold, or, if it is negated, not all. */
typedef struct
{
  GPtrArray *tests; /* (owned): Test */
  gboolean is_negated;
  guint cost; /* the cheapest is asked first */
} Condition;

struct _CfoilFilter
{
  CfoilQuery *query;     /* (owned) */
  GPtrArray *conditions; /* (owned): Condition, the cheapest first */
  Condition *id;         /* (borrowed) (nullable): the only word, if it looks like an id */
};

/* --- masks --- */

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

static void
mask_and (CfoilMask       *self,
          const CfoilMask *other)
{
  for (guint i = 0; i < CFOIL_MASK_WORDS; i++)
    self->words[i] &= other->words[i];
}

static void
mask_and_not (CfoilMask       *self,
              const CfoilMask *other)
{
  for (guint i = 0; i < CFOIL_MASK_WORDS; i++)
    self->words[i] &= ~other->words[i];
}

static void
mask_or (CfoilMask       *self,
         const CfoilMask *other)
{
  for (guint i = 0; i < CFOIL_MASK_WORDS; i++)
    self->words[i] |= other->words[i];
}

/* --- making ready --- */

static void
test_free (Test *self)
{
  g_clear_pointer (&self->set, _cfoil_number_set_free);
  g_strfreev (self->needles);
  g_clear_pointer (&self->others, g_ptr_array_unref);
  g_free (self);
}

static void
condition_free (Condition *self)
{
  g_ptr_array_unref (self->tests);
  g_free (self);
}

static Test *
test_new (TestKind   kind,
          CfoilField field)
{
  Test *self = g_new0 (Test, 1);

  self->kind = kind;
  self->field = field;
  return self;
}

static Test *
test_new_range (CfoilField field,
                gint64     min,
                gint64     max)
{
  Test *self = test_new (TEST_RANGE, field);

  self->min = min;
  self->max = max;
  return self;
}

static Test *
test_invert (Test *self)
{
  self->is_inverted = TRUE;
  return self;
}

static gboolean
is_text (CfoilField field)
{
  CfoilFieldKind kind = cfoil_field_get_info (field)->kind;

  return kind == CFOIL_FIELD_KIND_TEXT || kind == CFOIL_FIELD_KIND_ID;
}

/* What is not a word of a language is looked for in every part. */
static gboolean
is_searched_anywhere (CfoilField  field,
                      const char *needle)
{
  return (cfoil_field_get_info (field)->kind == CFOIL_FIELD_KIND_ID || field == CFOIL_FIELD_SETTLEMENT ||
          field == CFOIL_FIELD_PAYOUT_REFERENCE) &&
         g_utf8_strlen (needle, -1) >= CFOIL_MIN_PART;
}

static char **
fold_all (char **values)
{
  GPtrArray *folded = g_ptr_array_new ();

  for (guint i = 0; values[i] != NULL; i++)
    g_ptr_array_add (folded, cfoil_fold (values[i]));
  g_ptr_array_add (folded, NULL);
  return (char **) g_ptr_array_free (folded, FALSE);
}

/* The numbers that stand for what is looked for. */
typedef struct
{
  CfoilNumberSet *set;
  CfoilField field;
  char **needles;  /* of texts */
  gint64 min, max; /* of times */
} Gathering;

static void
gather (gint64      number,
        const char *text,
        gint64      value,
        gpointer    user_data)
{
  Gathering *self = user_data;
  g_autofree char *folded = NULL;

  if (self->needles == NULL)
    {
      if (value >= self->min && value <= self->max)
        _cfoil_number_set_add (self->set, number);
      return;
    }
  folded = cfoil_fold (text);
  for (guint i = 0; self->needles[i] != NULL; i++)
    if (_cfoil_text_matches (folded, self->needles[i], is_searched_anywhere (self->field, self->needles[i])))
      {
        _cfoil_number_set_add (self->set, number);
        return;
      }
}

static Test *
test_new_dictionary (CfoilDatabase *database,
                     CfoilField     field,
                     char         **needles,
                     gint64         min,
                     gint64         max,
                     GError       **error)
{
  Test *self = test_new (TEST_SET, cfoil_field_get_info (field)->stored_as);
  Gathering gathering = { self->set = _cfoil_number_set_new (), field, needles, min, max };

  if (!_cfoil_dictionary_each (database, field, gather, &gathering, error))
    {
      test_free (self);
      return NULL;
    }
  return self;
}

static Test *
test_new_codes (const CfoilTerm *term)
{
  Test *self = test_new (TEST_SET, term->field);

  self->set = _cfoil_number_set_new ();
  for (guint code = 0; code < cfoil_field_n_codes (term->field); code++)
    if (g_strv_contains ((const char *const *) term->values, cfoil_field_code_name (term->field, code)))
      _cfoil_number_set_add (self->set, code);
  return self;
}

static Test *
test_new_values (CfoilDatabase   *database,
                 const CfoilTerm *term,
                 GError         **error)
{
  const CfoilFieldInfo *info = cfoil_field_get_info (term->field);
  g_auto (GStrv) needles = NULL;
  Test *self;

  if (info->kind == CFOIL_FIELD_KIND_CODE)
    return test_new_codes (term);
  needles = fold_all (term->values);
  if (info->dictionary_sql != NULL)
    return test_new_dictionary (database, term->field, needles, 0, 0, error);
  self = test_new (TEST_TEXT, term->field);
  self->needles = g_steal_pointer (&needles);
  return self;
}

/* A word: all texts, and what numbers stand for. */
static Test *
test_new_word (CfoilDatabase   *database,
               const CfoilTerm *term,
               GError         **error)
{
  Test *self = test_new (TEST_WORD, CFOIL_N_FIELDS);

  self->needles = fold_all (term->values);
  self->others = g_ptr_array_new_with_free_func ((GDestroyNotify) test_free);
  for (guint field = 0; field < CFOIL_N_FIELDS; field++)
    {
      const CfoilFieldInfo *info = cfoil_field_get_info (field);
      Test *other;

      if (!info->is_searched || info->dictionary_sql == NULL)
        continue;
      other = test_new_dictionary (database, field, self->needles, 0, 0, error);
      if (other == NULL)
        {
          test_free (self);
          return NULL;
        }
      g_ptr_array_add (self->others, other);
    }
  return self;
}

static Test *
test_new_time (CfoilDatabase       *database,
               const CfoilTerm     *term,
               const CfoilScanTime *time,
               GError             **error)
{
  gint64 from = G_MININT64 + 1, until = G_MAXINT64;

  if ((term->from.kind != CFOIL_DAY_NONE && !cfoil_day_resolve (&term->from, FALSE, time->zone, time->now_us, &from)) ||
      (term->until.kind != CFOIL_DAY_NONE && !cfoil_day_resolve (&term->until, TRUE, time->zone, time->now_us, &until)))
    return test_new (TEST_NEVER, term->field);
  if (cfoil_field_get_info (term->field)->dictionary_sql != NULL)
    return test_new_dictionary (database, term->field, NULL, from, until - 1, error);
  return test_new_range (term->field, from, until - 1);
}

/* DECIMAL in units of 10^-EXPONENT, rounded up or down; what is too large for any
 * amount is the largest. */
static gint64
scale_decimal (const CfoilDecimal *decimal,
               int                 exponent,
               gboolean            up,
               gboolean           *is_exact)
{
  __int128 value = decimal->digits, divisor = 1, quotient;

  for (int i = 0; i < exponent; i++)
    value *= 10;
  for (int i = 0; i < decimal->scale; i++)
    divisor *= 10;
  quotient = value / divisor;
  *is_exact = quotient * divisor == value;
  if (!*is_exact)
    quotient += up ? (value > 0) : -(value < 0);
  return (gint64) CLAMP (quotient, (__int128) G_MININT64 + 1, (__int128) G_MAXINT64);
}

static void
range_in (const CfoilTerm *term,
          int              exponent,
          gint64          *min,
          gint64          *max)
{
  gboolean is_exact;

  *min = G_MININT64 + 1;
  *max = G_MAXINT64;
  if (term->has_min)
    {
      *min = scale_decimal (&term->min, exponent, TRUE, &is_exact);
      if (is_exact && term->excludes_min)
        (*min)++;
    }
  if (term->has_max)
    {
      *max = scale_decimal (&term->max, exponent, FALSE, &is_exact);
      if (is_exact && term->excludes_max)
        (*max)--;
    }
}

static Test *
test_new_number (const CfoilTerm *term)
{
  gint64 min, max;

  /* A rate is typed in percent and kept in millionths. */
  range_in (term, term->field == CFOIL_FIELD_FEE_RATE ? 4 : 0, &min, &max);
  return test_new_range (term->field, min, max);
}

static Test *
test_new_money (const CfoilTerm *term)
{
  Test *self = test_new (TEST_MONEY, term->field);

  self->term = term;
  return self;
}

static Test *
test_new_flag (CfoilFlags flag)
{
  Test *self = test_new (TEST_BITS, CFOIL_FIELD_FLAGS);

  self->min = flag;
  return self;
}

static Test *
test_new_has (CfoilDatabase   *database,
              const CfoilTerm *term,
              GError         **error)
{
  static char *any[] = { (char *) "", NULL };
  const CfoilFieldInfo *info = cfoil_field_get_info (term->field);

  if (info->kind == CFOIL_FIELD_KIND_TIME && info->dictionary_sql != NULL)
    return test_new_dictionary (database, term->field, NULL, G_MININT64 + 1, G_MAXINT64, error);
  if (info->dictionary_sql != NULL)
    return test_new_dictionary (database, term->field, any, 0, 0, error);
  return test_new (is_text (term->field) ? TEST_SAID : TEST_KNOWN, term->field);
}

static void
add_is (GPtrArray           *tests,
        CfoilIs              is,
        const CfoilScanTime *time)
{
  Test *test;

  switch (is)
    {
    case CFOIL_IS_UNCAPTURED:
    case CFOIL_IS_EXPIRING:
      g_ptr_array_add (tests, test_new_range (CFOIL_FIELD_TYPE, CFOIL_TYPE_CHARGE, CFOIL_TYPE_CHARGE));
      g_ptr_array_add (tests, test_new_range (CFOIL_FIELD_STATE, CFOIL_STATE_AUTHORIZED, CFOIL_STATE_AUTHORIZED));
      if (is == CFOIL_IS_EXPIRING)
        g_ptr_array_add (tests, test_new_range (CFOIL_FIELD_EXPIRES, time->now_us, time->now_us + 7 * CFOIL_USEC_PER_DAY));
      break;
    case CFOIL_IS_PENDING:
      test = test_new (TEST_SET, CFOIL_FIELD_STATE);
      test->set = _cfoil_number_set_new ();
      _cfoil_number_set_add (test->set, CFOIL_STATE_PENDING);
      _cfoil_number_set_add (test->set, CFOIL_STATE_CAPTURING);
      g_ptr_array_add (tests, test);
      break;
    case CFOIL_IS_DISPUTED:
      g_ptr_array_add (tests, test_new_flag (CFOIL_FLAG_DISPUTED));
      break;
    case CFOIL_IS_REFUNDED:
      g_ptr_array_add (tests, test_new_flag (CFOIL_FLAG_REFUNDED));
      break;
    case CFOIL_IS_REVIEWED:
      g_ptr_array_add (tests, test_new_flag (CFOIL_FLAG_REVIEWED));
      break;
    case CFOIL_IS_EXCEPTION:
      g_ptr_array_add (tests, test_new_flag (CFOIL_FLAG_EXCEPTION));
      break;
    case CFOIL_IS_UNSETTLED:
    case CFOIL_N_IS:
    default:
      g_ptr_array_add (tests, test_invert (test_new_range (CFOIL_FIELD_GROSS, 0, 0)));
      g_ptr_array_add (tests, test_invert (test_new (TEST_KNOWN, CFOIL_FIELD_SETTLEMENT)));
      break;
    }
}


static gboolean
add_test (GPtrArray *tests,
          Test      *test)
{
  if (test != NULL)
    g_ptr_array_add (tests, test);
  return test != NULL;
}

static gboolean
add_tests (GPtrArray           *tests,
           CfoilDatabase       *database,
           const CfoilTerm     *term,
           const CfoilScanTime *time,
           GError             **error)
{
  switch (term->kind)
    {
    case CFOIL_TERM_WORD:
      return add_test (tests, test_new_word (database, term, error));
    case CFOIL_TERM_VALUES:
      return add_test (tests, test_new_values (database, term, error));
    case CFOIL_TERM_AMOUNT:
      return add_test (tests, test_new_money (term));
    case CFOIL_TERM_NUMBER:
      return add_test (tests, test_new_number (term));
    case CFOIL_TERM_TIME:
      return add_test (tests, test_new_time (database, term, time, error));
    case CFOIL_TERM_HAS:
      return add_test (tests, test_new_has (database, term, error));
    case CFOIL_TERM_IS:
    default:
      add_is (tests, term->is, time);
      return TRUE;
    }
}

static guint
cost_of (const Condition *condition)
{
  guint cost = 0;

  for (guint i = 0; i < condition->tests->len; i++)
    {
      const Test *test = condition->tests->pdata[i];

      cost = MAX (cost, test->kind == TEST_WORD ? 3 : test->kind == TEST_TEXT ? 2 : test->kind == TEST_MONEY ? 1 : 0);
    }
  return cost;
}

static int
compare_costs (gconstpointer a,
               gconstpointer b)
{
  const Condition *one = *(const Condition *const *) a, *other = *(const Condition *const *) b;

  return one->cost < other->cost ? -1 : one->cost > other->cost;
}

static gboolean
looks_like_id (const CfoilTerm *term)
{
  const char *value = term->values[0];

  return !term->is_negated && strlen (value) >= MIN_ID_LENGTH && strpbrk (value, "0123456789") != NULL &&
         strpbrk (value, " \t") == NULL;
}

/* The only word beside other terms: if it is somebody's id, that one is shown
 * whatever the others say. */
static void
find_id (CfoilFilter *self,
         guint        n_words,
         Condition   *word,
         gboolean     is_id)
{
  if (n_words == 1 && is_id && self->conditions->len > 1)
    self->id = word;
}

CfoilFilter *
_cfoil_filter_new (CfoilDatabase       *database,
                   const CfoilQuery    *query,
                   const CfoilScanTime *time,
                   GError             **error)
{
  g_autoptr (CfoilFilter) self = g_new0 (CfoilFilter, 1);
  Condition *word = NULL;
  gboolean is_id = FALSE;
  guint n_words = 0;

  self->query = cfoil_query_ref ((CfoilQuery *) query);
  self->conditions = g_ptr_array_new_with_free_func ((GDestroyNotify) condition_free);
  for (guint i = 0; i < cfoil_query_get_n_terms (query); i++)
    {
      const CfoilTerm *term = cfoil_query_get_term (query, i);
      Condition *condition = g_new0 (Condition, 1);

      condition->tests = g_ptr_array_new_with_free_func ((GDestroyNotify) test_free);
      condition->is_negated = term->is_negated;
      g_ptr_array_add (self->conditions, condition);
      if (!add_tests (condition->tests, database, term, time, error))
        return NULL;
      condition->cost = cost_of (condition);
      if (term->kind == CFOIL_TERM_WORD)
        {
          n_words++;
          word = condition;
          is_id = looks_like_id (term);
        }
    }
  g_ptr_array_sort (self->conditions, compare_costs);
  find_id (self, n_words, word, is_id);
  return g_steal_pointer (&self);
}

void
_cfoil_filter_free (CfoilFilter *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->conditions);
  cfoil_query_unref (self->query);
  g_free (self);
}

gboolean
_cfoil_filter_is_empty (const CfoilFilter *self)
{
  return self->conditions->len == 0;
}

/* --- asking a block: each test sets the bits of the rows that pass --- */

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

static gboolean
test_range (const Test       *test,
            CfoilBlockReader *blocks,
            CfoilMask        *mask,
            GError          **error)
{
  guint n_rows = _cfoil_block_reader_get_n_rows (blocks);
  const CfoilNumberColumn *column;
  const gint64 *values;

  if (!_cfoil_block_reader_get_number (blocks, test->field, &column, error))
    return FALSE;
  if (column == NULL || column->max < test->min || column->min > test->max)
    return TRUE;
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
find_numbers (const Test   *test,
              const gint64 *values,
              guint         n_rows,
              guint8       *hits)
{
  if (test->kind == TEST_SET)
    _cfoil_number_set_find (test->set, values, n_rows, hits);
  else
    for (guint i = 0; i < n_rows; i++)
      hits[i] = values[i] != CFOIL_UNKNOWN && (test->kind == TEST_KNOWN || (values[i] & test->min) == test->min);
}

static gboolean
test_numbers (const Test       *test,
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
      range_in (term, MAX (cfoil_currency_exponent (code), 0), &min[i], &max[i]);
    }
}

static gboolean
test_money (const Test       *test,
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
    range_in (test->term, 0, &min[0], &max[0]);
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
    if (_cfoil_text_matches (copy, needles[i], is_searched_anywhere (field, needles[i])))
      return TRUE;
  return FALSE;
}

/* The rows whose text follows from another field's: those where that has a needle
 * are looked at closer. */
static gboolean
take_followers (const Test       *test,
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
    _cfoil_text_search (rows.base, test->needles[i], is_searched_anywhere (test->field, test->needles[i]), hits);
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
test_text (const Test       *test,
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
      _cfoil_text_search (column, test->needles[i], is_searched_anywhere (test->field, test->needles[i]), hits);
  take_hits (column, hits, mask);
  return !cfoil_field_get_base (test->field, &base, &is_stem) || take_followers (test, blocks, mask, error);
}

/* Rows of which NEEDLE is FIELD, from beginning to end. */
static gboolean
take_exact (CfoilField        field,
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

static gboolean
is_searched_text (CfoilField field)
{
  return cfoil_field_get_info (field)->is_searched && is_text (field);
}

/* What follows from another field need not be searched: that one is. */
static gboolean
test_word (const Test       *test,
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

      if (!is_searched_text (field))
        continue;
      if (!_cfoil_block_reader_get_text (blocks, field, &column, error))
        return FALSE;
      if (column == NULL)
        continue;
      _cfoil_text_search (column, needle, is_searched_anywhere (field, needle), hits);
      take_hits (column, hits, mask);
    }
  return TRUE;
}

/* Rows of which the word is an id. */
static gboolean
find_owners (const Condition  *word,
             CfoilBlockReader *blocks,
             CfoilMask        *mask,
             GError          **error)
{
  const Test *test = word->tests->pdata[0];

  memset (mask, 0, sizeof *mask);
  for (guint field = 0; field < CFOIL_N_FIELDS; field++)
    if (is_searched_text (field) && cfoil_field_get_info (field)->kind == CFOIL_FIELD_KIND_ID &&
        !take_exact (field, test->needles[0], blocks, mask, error))
      return FALSE;
  return TRUE;
}

static gboolean
run_test (const Test       *test,
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
    case TEST_NEVER:
    default:
      return TRUE;
    }
}

/* Takes from MASK the rows that do not meet the condition. */
static gboolean
run_condition (const Condition  *condition,
               CfoilBlockReader *blocks,
               CfoilMask        *mask,
               GError          **error)
{
  CfoilMask all = *mask;

  for (guint i = 0; i < condition->tests->len && !_cfoil_mask_is_empty (&all); i++)
    {
      const Test *test = condition->tests->pdata[i];
      CfoilMask passed = { 0 };

      if (!run_test (test, blocks, &passed, error))
        return FALSE;
      if (test->is_inverted)
        mask_and_not (&all, &passed);
      else
        mask_and (&all, &passed);
    }
  if (condition->is_negated)
    mask_and_not (mask, &all);
  else
    *mask = all;
  return TRUE;
}

/* All rows with the word, and those of which it is the id even if the other
 * conditions would hide them. */
static gboolean
apply_id (const CfoilFilter *self,
          CfoilBlockReader  *blocks,
          CfoilMask         *mask,
          guint             *n_outside,
          GError           **error)
{
  CfoilMask owners, outside;

  if (!run_condition (self->id, blocks, mask, error))
    return FALSE;
  if (_cfoil_mask_is_empty (mask))
    return TRUE;
  if (!find_owners (self->id, blocks, &owners, error))
    return FALSE;
  for (guint i = 0; i < self->conditions->len; i++)
    if (self->conditions->pdata[i] != self->id && !run_condition (self->conditions->pdata[i], blocks, mask, error))
      return FALSE;
  outside = owners;
  mask_and_not (&outside, mask);
  *n_outside = _cfoil_mask_count (&outside);
  mask_or (mask, &owners);
  return TRUE;
}

gboolean
_cfoil_filter_apply (const CfoilFilter *self,
                     CfoilBlockReader  *blocks,
                     CfoilMask         *mask,
                     guint             *n_outside,
                     GError           **error)
{
  *n_outside = 0;
  _cfoil_mask_fill (mask, _cfoil_block_reader_get_n_rows (blocks));
  if (self->id != NULL)
    return apply_id (self, blocks, mask, n_outside, error);
  for (guint i = 0; i < self->conditions->len && !_cfoil_mask_is_empty (mask); i++)
    if (!run_condition (self->conditions->pdata[i], blocks, mask, error))
      return FALSE;
  return TRUE;
}
