/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-scan-test.h"

#include "cfoil-query-day.h"

void
_cfoil_test_free (CfoilTest *self)
{
  g_clear_pointer (&self->set, _cfoil_number_set_free);
  g_strfreev (self->needles);
  g_clear_pointer (&self->others, g_ptr_array_unref);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_free (self);
}

static CfoilTest *
test_new (CfoilTestKind kind,
          CfoilField    field)
{
  CfoilTest *self = g_new0 (CfoilTest, 1);

  self->kind = kind;
  self->field = field;
  return self;
}

static CfoilTest *
test_new_range (CfoilField field,
                gint64     min,
                gint64     max)
{
  CfoilTest *self = test_new (TEST_RANGE, field);

  self->min = min;
  self->max = max;
  return self;
}

static CfoilTest *
test_invert (CfoilTest *self)
{
  self->is_inverted = TRUE;
  return self;
}

gboolean
_cfoil_is_text (CfoilField field)
{
  CfoilFieldKind kind = cfoil_field_get_info (field)->kind;

  return kind == CFOIL_FIELD_KIND_TEXT || kind == CFOIL_FIELD_KIND_ID;
}

gboolean
_cfoil_is_searched_anywhere (CfoilField  field,
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

/* Several tags as they are shown, to what they are kept as. */
static void
join_tags (char **needles)
{
  for (guint i = 0; needles[i] != NULL; i++)
    {
      g_auto (GStrv) tags = g_strsplit (needles[i], ",", -1);

      for (guint t = 0; tags[t] != NULL; t++)
        g_strstrip (tags[t]);
      g_free (needles[i]);
      needles[i] = g_strjoinv (",", tags);
    }
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
    if (_cfoil_text_matches (folded, self->needles[i], _cfoil_is_searched_anywhere (self->field, self->needles[i])))
      {
        _cfoil_number_set_add (self->set, number);
        return;
      }
}

static CfoilTest *
test_new_dictionary (CfoilDatabase *database,
                     CfoilField     field,
                     char         **needles,
                     gint64         min,
                     gint64         max,
                     GError       **error)
{
  CfoilTest *self = test_new (TEST_SET, cfoil_field_get_info (field)->stored_as);
  Gathering gathering = { self->set = _cfoil_number_set_new (), field, needles, min, max };

  if (!_cfoil_dictionary_each (database, field, gather, &gathering, error))
    {
      _cfoil_test_free (self);
      return NULL;
    }
  return self;
}

static CfoilTest *
test_new_codes (const CfoilTerm *term)
{
  CfoilTest *self = test_new (TEST_SET, term->field);

  self->set = _cfoil_number_set_new ();
  for (guint code = 0; code < cfoil_field_n_codes (term->field); code++)
    if (g_strv_contains ((const char *const *) term->values, cfoil_field_code_name (term->field, code)))
      _cfoil_number_set_add (self->set, code);
  return self;
}

static CfoilTest *
test_new_values (CfoilDatabase   *database,
                 const CfoilTerm *term,
                 GError         **error)
{
  const CfoilFieldInfo *info = cfoil_field_get_info (term->field);
  g_auto (GStrv) needles = NULL;
  CfoilTest *self;

  if (info->kind == CFOIL_FIELD_KIND_CODE)
    return test_new_codes (term);
  needles = fold_all (term->values);
  if (info->dictionary_sql != NULL)
    return test_new_dictionary (database, term->field, needles, 0, 0, error);
  if (term->field == CFOIL_FIELD_TAGS)
    join_tags (needles);
  self = test_new (TEST_TEXT, term->field);
  self->needles = g_steal_pointer (&needles);
  return self;
}

/* A word: all texts, and what numbers stand for. */
static CfoilTest *
test_new_word (CfoilDatabase   *database,
               const CfoilTerm *term,
               GError         **error)
{
  CfoilTest *self = test_new (TEST_WORD, CFOIL_N_FIELDS);

  self->needles = fold_all (term->values);
  self->others = g_ptr_array_new_with_free_func ((GDestroyNotify) _cfoil_test_free);
  for (guint field = 0; field < CFOIL_N_FIELDS; field++)
    {
      const CfoilFieldInfo *info = cfoil_field_get_info (field);
      CfoilTest *other;

      if (!info->is_searched || info->dictionary_sql == NULL)
        continue;
      other = test_new_dictionary (database, field, self->needles, 0, 0, error);
      if (other == NULL)
        {
          _cfoil_test_free (self);
          return NULL;
        }
      g_ptr_array_add (self->others, other);
    }
  return self;
}

static CfoilTest *
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

void
_cfoil_range_in (const CfoilTerm *term,
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

static CfoilTest *
test_new_number (const CfoilTerm *term)
{
  gint64 min, max;

  /* A rate is typed in percent and kept in millionths. */
  _cfoil_range_in (term, term->field == CFOIL_FIELD_FEE_RATE ? 4 : 0, &min, &max);
  return test_new_range (term->field, min, max);
}

static CfoilTest *
test_new_money (const CfoilTerm *term)
{
  CfoilTest *self = test_new (TEST_MONEY, term->field);

  self->term = term;
  return self;
}

static CfoilTest *
test_new_flag (CfoilFlags flag)
{
  CfoilTest *self = test_new (TEST_BITS, CFOIL_FIELD_FLAGS);

  self->min = flag;
  return self;
}

static CfoilTest *
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
  return test_new (_cfoil_is_text (term->field) ? TEST_SAID : TEST_KNOWN, term->field);
}

static void
add_is (GPtrArray           *tests,
        CfoilIs              is,
        const CfoilScanTime *time)
{
  CfoilTest *test;

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

static CfoilTest *
test_new_clock (const CfoilTerm     *term,
                const CfoilScanTime *time)
{
  CfoilTest *self = test_new (term->kind == CFOIL_TERM_WEEKDAY ? TEST_WEEKDAY : TEST_HOUR, term->field);

  self->min = term->slots;
  self->zone = g_time_zone_ref (time->zone);
  return self;
}

static gboolean
add_test (GPtrArray *tests,
          CfoilTest *test)
{
  if (test != NULL)
    g_ptr_array_add (tests, test);
  return test != NULL;
}

gboolean
_cfoil_test_add_all (GPtrArray           *tests,
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
    case CFOIL_TERM_WEEKDAY:
    case CFOIL_TERM_HOUR:
      return add_test (tests, test_new_clock (term, time));
    case CFOIL_TERM_IS:
    default:
      add_is (tests, term->is, time);
      return TRUE;
    }
}
