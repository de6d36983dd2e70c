/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-scan-test.h"

#include <string.h>

/* An id that is pasted has a digit and about this length. */
#define MIN_ID_LENGTH 8

/* The tests of a condition must all hold, or, if it is negated, not all. */
typedef struct
{
  GPtrArray *tests; /* (owned): CfoilTest */
  gboolean is_negated;
  guint cost; /* the cheapest is asked first */
} Condition;

struct _CfoilFilter
{
  CfoilQuery *query;     /* (owned) */
  GPtrArray *conditions; /* (owned): Condition, the cheapest first */
  Condition *id;         /* (borrowed) (nullable): the only word, if it looks like an id */
};

static void
condition_free (Condition *self)
{
  g_ptr_array_unref (self->tests);
  g_free (self);
}

/* Days first: rows come in about their order, so that most blocks lie on one side. */
static guint
cost_of_test (const CfoilTest *test)
{
  switch (test->kind)
    {
    case TEST_WORD:
      return 4;
    case TEST_TEXT:
      return 3;
    case TEST_MONEY:
    case TEST_WEEKDAY:
    case TEST_HOUR:
      return 2;
    default:
      return test->kind == TEST_RANGE && cfoil_field_get_info (test->field)->kind == CFOIL_FIELD_KIND_TIME ? 0 : 1;
    }
}

static guint
cost_of (const Condition *condition)
{
  guint cost = 0;

  for (guint i = 0; i < condition->tests->len; i++)
    cost = MAX (cost, cost_of_test (condition->tests->pdata[i]));
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

      condition->tests = g_ptr_array_new_with_free_func ((GDestroyNotify) _cfoil_test_free);
      condition->is_negated = term->is_negated;
      g_ptr_array_add (self->conditions, condition);
      if (!_cfoil_test_add_all (condition->tests, database, term, time, error))
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

/* --- asking a block --- */

/* Rows of which the word is an id. */
static gboolean
find_owners (const Condition  *word,
             CfoilBlockReader *blocks,
             CfoilMask        *mask,
             GError          **error)
{
  const CfoilTest *test = word->tests->pdata[0];

  memset (mask, 0, sizeof *mask);
  for (guint field = 0; field < CFOIL_N_FIELDS; field++)
    if (_cfoil_is_searched_text (field) && cfoil_field_get_info (field)->kind == CFOIL_FIELD_KIND_ID &&
        !_cfoil_take_exact (field, test->needles[0], blocks, mask, error))
      return FALSE;
  return TRUE;
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
      const CfoilTest *test = condition->tests->pdata[i];
      CfoilMask passed = { 0 };

      if (!_cfoil_test_run (test, blocks, &passed, error))
        return FALSE;
      if (test->is_inverted)
        _cfoil_mask_and_not (&all, &passed);
      else
        _cfoil_mask_and (&all, &passed);
    }
  if (condition->is_negated)
    _cfoil_mask_and_not (mask, &all);
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
  _cfoil_mask_and_not (&outside, mask);
  *n_outside = _cfoil_mask_count (&outside);
  _cfoil_mask_or (mask, &owners);
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
