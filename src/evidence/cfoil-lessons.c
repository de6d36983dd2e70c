/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-decision.h"

#include "cfoil-checklist.h"

#include <glib/gi18n.h>

/* What was in the answers to the merchant's own decided cases of one reason, and how
 * those ended.  Counts, not advice: they speak where there are any. */

/* The last answer to each decided case of the reason ?1, with its outcome, that to the case
 * ?4 first.  Cases of the sandbox, or of another provider, teach nothing about this one. */
static const char answers_sql[] =
  "SELECT c.case_id, s.draft, coalesce (nullif (d.outcome, 0), c.said_outcome) "
  "FROM dispute_case AS c "
  "LEFT JOIN dispute AS d ON d.account_id = c.account_id AND d.dispute_id = c.dispute_id "
  "JOIN submission AS s ON s.submission_id = (SELECT max (l.submission_id) FROM submission AS l "
  "WHERE l.case_id = c.case_id AND l.state = 3 AND l.accepts = 0) "
  "WHERE coalesce (nullif (d.neutral_reason, 0), c.said_reason) = ?1 "
  "AND coalesce (nullif (d.outcome, 0), c.said_outcome) IN (1, 2) AND s.draft <> '' "
  "AND c.provider = ?2 AND c.environment = ?3 ORDER BY c.case_id <> ?4, c.case_id";

void
cfoil_lesson_free (CfoilLesson *lesson)
{
  if (lesson == NULL)
    return;
  g_free (lesson->title);
  g_free (lesson);
}

static void
count (CfoilLesson *lesson,
       gboolean     is_present,
       gboolean     is_won)
{
  guint *counter = is_present ? (is_won ? &lesson->n_won_with : &lesson->n_lost_with)
                              : (is_won ? &lesson->n_won_without : &lesson->n_lost_without);

  (*counter)++;
}

/* Each list is of the product of its own answer; what is not in that of this case does not
 * matter for it. */
static void
add_answer (GPtrArray        *lessons,
            CfoilReason       reason,
            const CfoilDraft *draft,
            gboolean          is_won,
            gboolean          is_this)
{
  g_autoptr (GPtrArray) items = cfoil_checklist_make (reason, draft->product, draft);

  for (guint i = 0; i < items->len; i++)
    {
      const CfoilChecklistItem *item = g_ptr_array_index (items, i);
      CfoilLesson *lesson = NULL;

      for (guint j = 0; j < lessons->len && lesson == NULL; j++)
        if (g_strcmp0 (((CfoilLesson *) g_ptr_array_index (lessons, j))->title, item->title) == 0)
          lesson = g_ptr_array_index (lessons, j);
      if (lesson == NULL && !is_this)
        continue;
      if (lesson == NULL)
        {
          lesson = g_new0 (CfoilLesson, 1);
          lesson->title = g_strdup (item->title);
          g_ptr_array_add (lessons, lesson);
        }
      count (lesson, item->is_satisfied, is_won);
      if (is_this)
        lesson->was_present = item->is_satisfied;
    }
}

GPtrArray *
cfoil_lessons_read (CfoilDatabase *database,
                    gint64         case_id,
                    GError       **error)
{
  g_autoptr (CfoilCase) record = cfoil_case_read (database, case_id, error);
  g_autoptr (CfoilStatement) rows = NULL;
  g_autoptr (GPtrArray) lessons = g_ptr_array_new_with_free_func ((GDestroyNotify) cfoil_lesson_free);
  CfoilStep step;

  if (record == NULL)
    return NULL;
  rows = cfoil_database_prepare (database, answers_sql, error);
  if (rows == NULL)
    return NULL;
  cfoil_statement_bind_int64 (rows, 1, record->reason);
  cfoil_statement_bind_text (rows, 2, record->provider);
  cfoil_statement_bind_text (rows, 3, record->environment);
  cfoil_statement_bind_int64 (rows, 4, case_id);
  while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    {
      gboolean is_this = cfoil_statement_column_int64 (rows, 0) == case_id;
      g_autoptr (CfoilDraft) draft = cfoil_draft_from_text (cfoil_statement_column_text (rows, 1), NULL);

      if (draft == NULL)
        continue;
      add_answer (lessons, record->reason, draft,
                  cfoil_statement_column_int64 (rows, 2) == CFOIL_CASE_OUTCOME_WON, is_this);
    }
  /* Of a case that was never answered nothing was there or missing. */
  return step == CFOIL_STEP_ERROR ? NULL : g_steal_pointer (&lessons);
}
