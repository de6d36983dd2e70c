/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-query-private.h"

#include <string.h>

G_DEFINE_BOXED_TYPE (CfoilQuery, cfoil_query, cfoil_query_ref, cfoil_query_unref)

static void
term_free (gpointer data)
{
  CfoilTerm *term = data;

  g_strfreev (term->values);
  g_free (term);
}

static void
mistake_free (gpointer data)
{
  CfoilQueryMistake *mistake = data;

  g_free (mistake->message);
  g_free (mistake);
}

CfoilQuery *
cfoil_query_new_for_text (char                  *text,
                          const CfoilVocabulary *vocabulary)
{
  CfoilQuery *self = g_new0 (CfoilQuery, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->vocabulary = vocabulary;
  self->text = text;
  self->terms = g_ptr_array_new_with_free_func (term_free);
  self->mistakes = g_ptr_array_new_with_free_func (mistake_free);
  return self;
}

void
cfoil_query_add_mistake (CfoilQuery *self,
                         guint       start,
                         guint       end,
                         char       *message)
{
  CfoilQueryMistake *mistake = g_new0 (CfoilQueryMistake, 1);

  mistake->start = start;
  mistake->end = end;
  mistake->message = message;
  g_ptr_array_add (self->mistakes, mistake);
}

CfoilQuery *
cfoil_query_ref (CfoilQuery *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
cfoil_query_unref (CfoilQuery *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_ptr_array_unref (self->terms);
  g_ptr_array_unref (self->mistakes);
  g_free (self->text);
  g_free (self);
}

const char *
cfoil_query_get_text (const CfoilQuery *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->text;
}

guint
cfoil_query_get_n_terms (const CfoilQuery *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->terms->len;
}

const CfoilTerm *
cfoil_query_get_term (const CfoilQuery *self,
                      guint             i)
{
  g_return_val_if_fail (self != NULL && i < self->terms->len, NULL);

  return g_ptr_array_index (self->terms, i);
}

guint
cfoil_query_get_n_mistakes (const CfoilQuery *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->mistakes->len;
}

const CfoilQueryMistake *
cfoil_query_get_mistake (const CfoilQuery *self,
                         guint             i)
{
  g_return_val_if_fail (self != NULL && i < self->mistakes->len, NULL);

  return g_ptr_array_index (self->mistakes, i);
}

/* --- sameness --- */

/* Texts are compared as the search compares them. */
static GHashTable *
fold_values (char *const *values)
{
  GHashTable *set = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (; *values != NULL; values++)
    g_hash_table_add (set, cfoil_fold (*values));
  return set;
}

static gboolean
values_are_equal (char *const *a,
                  char *const *b)
{
  g_autoptr (GHashTable) set_a = fold_values (a);
  g_autoptr (GHashTable) set_b = fold_values (b);
  GHashTableIter iter;
  gpointer value;

  if (g_hash_table_size (set_a) != g_hash_table_size (set_b))
    return FALSE;
  g_hash_table_iter_init (&iter, set_a);
  while (g_hash_table_iter_next (&iter, &value, NULL))
    if (!g_hash_table_contains (set_b, value))
      return FALSE;
  return TRUE;
}

static gboolean
bounds_are_equal (gboolean     has_a,
                  gboolean     excludes_a,
                  CfoilDecimal a,
                  gboolean     has_b,
                  gboolean     excludes_b,
                  CfoilDecimal b)
{
  return has_a == has_b && (!has_a || (excludes_a == excludes_b && a.digits == b.digits && a.scale == b.scale));
}

gboolean
cfoil_query_days_are_equal (const CfoilDay *a,
                            const CfoilDay *b)
{
  return a->kind == b->kind && a->year == b->year && a->month == b->month && a->day == b->day &&
         a->days == b->days && a->months == b->months && a->years == b->years && a->hours == b->hours;
}

static gboolean
terms_are_equal (const CfoilTerm *a,
                 const CfoilTerm *b)
{
  if (a->kind != b->kind || a->is_negated != b->is_negated || a->vocabulary != b->vocabulary)
    return FALSE;
  if (a->kind == CFOIL_TERM_IS)
    return a->is == b->is;
  if (a->kind == CFOIL_TERM_WEEKDAY || a->kind == CFOIL_TERM_HOUR)
    return a->slots == b->slots;
  if (a->kind != CFOIL_TERM_WORD && a->field != b->field)
    return FALSE;
  switch (a->kind)
    {
    case CFOIL_TERM_WORD:
    case CFOIL_TERM_VALUES:
      return values_are_equal (a->values, b->values);
    case CFOIL_TERM_AMOUNT:
    case CFOIL_TERM_NUMBER:
      return bounds_are_equal (a->has_min, a->excludes_min, a->min, b->has_min, b->excludes_min, b->min) &&
             bounds_are_equal (a->has_max, a->excludes_max, a->max, b->has_max, b->excludes_max, b->max);
    case CFOIL_TERM_TIME:
      return cfoil_query_days_are_equal (&a->from, &b->from) && cfoil_query_days_are_equal (&a->until, &b->until);
    case CFOIL_TERM_HAS:
    case CFOIL_TERM_IS:
    case CFOIL_TERM_WEEKDAY:
    case CFOIL_TERM_HOUR:
    default:
      return TRUE;
    }
}

/* Every term narrows, so neither order nor repetition means anything. */
static gboolean
includes_terms (const CfoilQuery *self,
                const CfoilQuery *other)
{
  for (guint i = 0; i < other->terms->len; i++)
    {
      gboolean is_found = FALSE;

      /* Mostly it stands in the same place. */
      for (guint j = 0; j < self->terms->len && !is_found; j++)
        is_found = terms_are_equal (g_ptr_array_index (self->terms, (i + j) % self->terms->len),
                                    g_ptr_array_index (other->terms, i));
      if (!is_found)
        return FALSE;
    }
  return TRUE;
}

gboolean
cfoil_query_equal (const CfoilQuery *a,
                   const CfoilQuery *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  return a == b || (includes_terms (a, b) && includes_terms (b, a));
}
