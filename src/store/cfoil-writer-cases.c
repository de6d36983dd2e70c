/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-case-private.h"
#include "cfoil-time.h"
#include "cfoil-writer-private.h"

#include <glib/gi18n.h>
#include <string.h>

/* Cases are found here: whoever tells of one says by which ids, and the order in which
 * they tell does not matter.  A case is known by its dispute's id; until that is known
 * by its charge, and until that is known by its permission.  A chargeback and a claim
 * on the same charge are two cases. */

void
_cfoil_case_told_init (CaseTold     *told,
                       CfoilCaseKind kind)
{
  *told = (CaseTold){ .kind = kind, .amount_minor = CFOIL_UNKNOWN, .notice_us = CFOIL_UNKNOWN };
}

/* What is in the row of a case and can change here.  Texts are owned. */
typedef struct
{
  char *dispute_id;
  char *charge_id;
  char *permission_id;
  gint64 notice_us;
  gint64 account_id; /* 0: none */
  char *currency;
  gint64 amount_minor;
  CfoilCaseKind kind;
} CaseRow;

static void
case_row_clear (CaseRow *row)
{
  g_free (row->dispute_id);
  g_free (row->charge_id);
  g_free (row->permission_id);
  g_free (row->currency);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CaseRow, case_row_clear)

static gboolean
know_account (CfoilWriter *self,
              GError     **error)
{
  CfoilStatement *statement;
  CfoilStep step;

  if (self->provider != NULL)
    return TRUE;
  statement = _cfoil_writer_get (self, SQL_FIND_ACCOUNT, error);
  if (statement == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (statement, 1, self->account_id);
  step = cfoil_statement_step (statement, error);
  if (step == CFOIL_STEP_ROW)
    {
      self->provider = g_strdup (cfoil_statement_column_text (statement, 0));
      self->environment = g_strdup (cfoil_statement_column_text (statement, 1));
      self->account_name = g_strdup (cfoil_statement_column_text (statement, 2));
    }
  else if (step == CFOIL_STEP_DONE)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "The account is not in the mirror any more");
  cfoil_statement_reset (statement);
  return step == CFOIL_STEP_ROW;
}

/* *CASE_ID is 0 when ID is NULL or there is none.  ANY: also those that have an id. */
static gboolean
find_case (CfoilWriter   *self,
           SqlId          sql,
           const char    *id,
           CfoilCaseKind  kind,
           gboolean       any,
           gint64        *case_id,
           GError       **error)
{
  CfoilStatement *statement;
  CfoilStep step;

  *case_id = 0;
  if (id == NULL)
    return TRUE;
  statement = _cfoil_writer_get (self, sql, error);
  if (statement == NULL)
    return FALSE;
  cfoil_statement_bind_text (statement, 1, self->provider);
  cfoil_statement_bind_text (statement, 2, self->environment);
  cfoil_statement_bind_text (statement, 3, id);
  if (sql != SQL_FIND_CASE_BY_DISPUTE)
    {
      cfoil_statement_bind_int64 (statement, 4, kind);
      cfoil_statement_bind_int64 (statement, 5, any);
    }
  step = cfoil_statement_step (statement, error);
  if (step == CFOIL_STEP_ROW)
    *case_id = cfoil_statement_column_int64 (statement, 0);
  cfoil_statement_reset (statement);
  return step != CFOIL_STEP_ERROR;
}

static gboolean
read_case (CfoilWriter *self,
           gint64       case_id,
           CaseRow     *row,
           GError     **error)
{
  CfoilStatement *statement = _cfoil_writer_get (self, SQL_GET_CASE, error);
  CfoilStep step;

  if (statement == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (statement, 1, case_id);
  step = cfoil_statement_step (statement, error);
  if (step == CFOIL_STEP_ROW)
    {
      row->dispute_id = g_strdup (cfoil_statement_column_text (statement, 0));
      row->charge_id = g_strdup (cfoil_statement_column_text (statement, 1));
      row->permission_id = g_strdup (cfoil_statement_column_text (statement, 2));
      row->notice_us = cfoil_statement_column_int64 (statement, 3);
      row->account_id = cfoil_statement_column_type (statement, 4) != CFOIL_VALUE_NULL ? cfoil_statement_column_int64 (statement, 4) : 0;
      row->currency = g_strdup (cfoil_statement_column_text (statement, 5));
      row->amount_minor = cfoil_statement_column_int64 (statement, 6);
      row->kind = (CfoilCaseKind) cfoil_statement_column_int64 (statement, 7);
    }
  cfoil_statement_reset (statement);
  return step == CFOIL_STEP_ROW;
}

static gboolean
merge (CfoilWriter *self,
       gint64      *case_id,
       gint64       other_id,
       GError     **error)
{
  if (other_id == 0 || other_id == *case_id)
    return TRUE;
  if (*case_id == 0)
    {
      *case_id = other_id;
      return TRUE;
    }
  if (!_cfoil_case_merge (self->database, *case_id, other_id, case_id, error))
    return FALSE;
  _cfoil_writer_mark_case (self, *case_id, NULL);
  return TRUE;
}

/* --- an id that was mistyped --- */

static gboolean
is_case_mistyped (CfoilWriter    *self,
                  const CaseTold *told,
                  gint64          case_id,
                  gboolean       *is_mistyped,
                  GError        **error)
{
  CfoilStatement *statement = _cfoil_writer_get (self, SQL_FIND_MISTYPED_CASE, error);
  CfoilStep step;

  if (statement == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (statement, 1, case_id);
  cfoil_statement_bind_int64 (statement, 2, told->kind);
  cfoil_statement_bind_text (statement, 3, told->charge_id);
  step = cfoil_statement_step (statement, error);
  *is_mistyped = step == CFOIL_STEP_ROW;
  cfoil_statement_reset (statement);
  return step != CFOIL_STEP_ERROR;
}

static gboolean
run_on_case (CfoilWriter *self,
             const char  *sql,
             gint64       case_id,
             GError     **error)
{
  g_autoptr (CfoilStatement) statement = cfoil_database_prepare (self->database, sql, error);

  if (statement == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (statement, 1, case_id);
  cfoil_statement_bind_int64 (statement, 2, cfoil_time_now_us ());
  return cfoil_statement_run (statement, error);
}

/* The case is without an id again.  One that took its place meanwhile is the same, and an
 * answer that waits must not go to a stranger's dispute. */
static gboolean
take_off (CfoilWriter   *self,
          gint64         case_id,
          CfoilCaseKind  kind,
          const char    *charge_id,
          GError       **error)
{
  gint64 other_id, kept_id = case_id;

  if (!find_case (self, SQL_FIND_CASE_BY_CHARGE, charge_id, kind, FALSE, &other_id, error) ||
      !run_on_case (self,
                    "UPDATE submission SET state = 4, ended_us = ?2, error_name = 'taken', "
                    "error_message = 'The dispute is that of another payment' WHERE case_id = ?1 AND state = 1 AND by_hand = 0",
                    case_id, error) ||
      !run_on_case (self,
                    other_id != 0 ? "UPDATE dispute_case SET dispute_id = NULL, charge_id = NULL, permission_id = NULL, changed_us = ?2 WHERE case_id = ?1"
                                  : "UPDATE dispute_case SET dispute_id = NULL, changed_us = ?2 WHERE case_id = ?1",
                    case_id, error) ||
      !merge (self, &kept_id, other_id, error))
    return FALSE;
  _cfoil_writer_mark_case (self, kept_id, NULL);
  return _cfoil_writer_add_case_event (self, kept_id, cfoil_time_now_us (), NULL, "found",
                                       N_ ("The dispute’s ID that was typed in is that of another payment, so it was taken off again; "
                                           "look it up once more"),
                                       NULL, error);
}

/* What is told of a dispute shows that a person gave its id to the case of another payment
 * before anybody could know: *CASE_ID becomes 0. */
static gboolean
release_mistyped (CfoilWriter    *self,
                  const CaseTold *told,
                  gint64         *case_id,
                  GError        **error)
{
  g_auto (CaseRow) row = { NULL };
  gboolean is_mistyped;
  gint64 found_id = *case_id;

  if (found_id == 0 || told->by_person)
    return TRUE;
  if (!is_case_mistyped (self, told, found_id, &is_mistyped, error))
    return FALSE;
  if (!is_mistyped)
    return TRUE;
  *case_id = 0;
  return read_case (self, found_id, &row, error) && take_off (self, found_id, row.kind, row.charge_id, error);
}

/* --- which one --- */

/* Of several that turn out to be one, one is left. */
static gboolean
find_all (CfoilWriter    *self,
          const CaseTold *told,
          gint64         *case_id,
          GError        **error)
{
  gint64 by_charge, by_permission;

  if (!find_case (self, SQL_FIND_CASE_BY_DISPUTE, told->dispute_id, told->kind, TRUE, case_id, error) ||
      !release_mistyped (self, told, case_id, error) ||
      !find_case (self, SQL_FIND_CASE_BY_CHARGE, told->charge_id, told->kind, told->dispute_id == NULL, &by_charge, error) ||
      !merge (self, case_id, by_charge, error) ||
      !find_case (self, SQL_FIND_CASE_BY_PERMISSION, told->permission_id, told->kind,
                  told->dispute_id == NULL && told->charge_id == NULL, &by_permission, error))
    return FALSE;
  return merge (self, case_id, by_permission, error);
}

static gboolean
fill (char      **value,
      const char *told)
{
  if (*value != NULL || told == NULL)
    return FALSE;
  *value = g_strdup (told);
  return TRUE;
}

/* Of several amounts of one currency the largest: the rest are parts of it. */
static gboolean
fill_money (CaseRow        *row,
            const CaseTold *told)
{
  gint64 amount_minor = told->amount_minor != CFOIL_UNKNOWN ? ABS (told->amount_minor) : CFOIL_UNKNOWN;

  if (told->currency == NULL || amount_minor == CFOIL_UNKNOWN ||
      (row->amount_minor != CFOIL_UNKNOWN &&
       (g_strcmp0 (row->currency, told->currency) != 0 || row->amount_minor >= amount_minor)))
    return FALSE;
  g_free (row->currency);
  row->currency = g_strdup (told->currency);
  row->amount_minor = amount_minor;
  return TRUE;
}

static gboolean
fill_notice (CaseRow        *row,
             const CaseTold *told)
{
  if (told->notice_us == CFOIL_UNKNOWN || (row->notice_us != CFOIL_UNKNOWN && row->notice_us <= told->notice_us))
    return FALSE;
  row->notice_us = told->notice_us;
  return TRUE;
}

static gint64
estimate (CfoilCaseKind kind,
          gint64        notice_us)
{
  return notice_us != CFOIL_UNKNOWN ? cfoil_deadline_estimate_us (kind, notice_us) : CFOIL_UNKNOWN;
}

static gboolean
update_case (CfoilWriter    *self,
             gint64          case_id,
             const CaseTold *told,
             GError        **error)
{
  g_auto (CaseRow) row = { NULL };
  CfoilStatement *statement;
  gboolean changed = FALSE;

  if (!read_case (self, case_id, &row, error))
    return FALSE;
  changed |= fill (&row.dispute_id, told->dispute_id);
  changed |= fill (&row.charge_id, told->charge_id);
  changed |= fill (&row.permission_id, told->permission_id);
  if (!told->by_person)
    changed |= fill_notice (&row, told) | fill_money (&row, told);
  if (!changed && row.account_id != 0)
    return TRUE;

  statement = _cfoil_writer_get (self, SQL_SET_CASE, error);
  if (statement == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (statement, 1, case_id);
  cfoil_statement_bind_text (statement, 2, row.dispute_id);
  cfoil_statement_bind_text (statement, 3, row.charge_id);
  cfoil_statement_bind_text (statement, 4, row.permission_id);
  cfoil_statement_bind_int64 (statement, 5, row.notice_us);
  cfoil_statement_bind_int64 (statement, 6, estimate (row.kind, row.notice_us));
  cfoil_statement_bind_int64 (statement, 7, row.account_id != 0 ? row.account_id : self->account_id);
  cfoil_statement_bind_text (statement, 8, row.currency);
  cfoil_statement_bind_int64 (statement, 9, row.amount_minor);
  cfoil_statement_bind_int64 (statement, 10, cfoil_time_now_us ());
  _cfoil_writer_mark_case (self, case_id, row.charge_id);
  return cfoil_statement_run (statement, error);
}

static gboolean
add_case (CfoilWriter    *self,
          const CaseTold *told,
          gint64         *case_id,
          GError        **error)
{
  CfoilStatement *statement = _cfoil_writer_get (self, SQL_ADD_CASE, error);
  int i = 1;

  if (statement == NULL)
    return FALSE;
  cfoil_statement_bind_text (statement, i++, self->provider);
  cfoil_statement_bind_text (statement, i++, self->environment);
  cfoil_statement_bind_int64 (statement, i++, self->account_id);
  cfoil_statement_bind_text (statement, i++, self->account_name);
  cfoil_statement_bind_int64 (statement, i++, told->kind);
  cfoil_statement_bind_text (statement, i++, told->dispute_id);
  cfoil_statement_bind_text (statement, i++, told->charge_id);
  cfoil_statement_bind_text (statement, i++, told->permission_id);
  cfoil_statement_bind_int64 (statement, i++, told->notice_us);
  cfoil_statement_bind_int64 (statement, i++, estimate (told->kind, told->notice_us));
  cfoil_statement_bind_int64 (statement, i++, told->by_hand);
  cfoil_statement_bind_text (statement, i++, told->currency);
  cfoil_statement_bind_int64 (statement, i++, told->amount_minor != CFOIL_UNKNOWN ? ABS (told->amount_minor) : CFOIL_UNKNOWN);
  cfoil_statement_bind_int64 (statement, i++, cfoil_time_now_us ());
  if (!cfoil_statement_run (statement, error))
    return FALSE;
  *case_id = cfoil_database_last_insert_id (self->database);
  _cfoil_writer_mark_case (self, *case_id, told->charge_id);
  return TRUE;
}

/* --- sources --- */

static char *
dup_feed_name (CfoilWriter *self,
               GError     **error)
{
  CfoilStatement *statement = _cfoil_writer_get (self, SQL_FIND_FEED_NAME, error);
  char *name = NULL;
  CfoilStep step;

  if (statement == NULL)
    return NULL;
  cfoil_statement_bind_int64 (statement, 1, self->feed_id);
  cfoil_statement_bind_int64 (statement, 2, self->document_id);
  step = cfoil_statement_step (statement, error);
  if (step != CFOIL_STEP_ERROR)
    name = g_strdup (step == CFOIL_STEP_ROW ? cfoil_statement_column_text (statement, 0) : "");
  cfoil_statement_reset (statement);
  return name;
}

gboolean
_cfoil_writer_add_case_event (CfoilWriter *self,
                              gint64       case_id,
                              gint64       at_us,
                              const char  *who,
                              const char  *kind,
                              const char  *text,
                              const char  *detail,
                              GError     **error)
{
  CfoilStatement *statement = _cfoil_writer_get (self, SQL_ADD_CASE_EVENT, error);

  if (statement == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (statement, 1, case_id);
  cfoil_statement_bind_int64 (statement, 2, at_us);
  cfoil_statement_bind_text (statement, 3, who);
  cfoil_statement_bind_text (statement, 4, kind);
  cfoil_statement_bind_text (statement, 5, text);
  cfoil_statement_bind_text (statement, 6, detail);
  return cfoil_statement_run (statement, error);
}

static gboolean
add_source (CfoilWriter    *self,
            gint64          case_id,
            const CaseTold *told,
            GError        **error)
{
  g_autofree char *detail = told->detail != NULL ? g_strdup (told->detail) : dup_feed_name (self, error);
  CfoilStatement *statement = detail != NULL ? _cfoil_writer_get (self, SQL_ADD_CASE_SOURCE, error) : NULL;
  gint64 now_us = cfoil_time_now_us ();

  if (statement == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (statement, 1, case_id);
  cfoil_statement_bind_text (statement, 2, told->route);
  cfoil_statement_bind_text (statement, 3, detail);
  cfoil_statement_bind_int64 (statement, 4, now_us);
  if (!cfoil_statement_run (statement, error))
    return FALSE;
  return cfoil_database_changes (self->database) == 0 ||
         _cfoil_writer_add_case_event (self, case_id, now_us, told->by_person ? cfoil_case_who () : NULL, "found",
                                       _cfoil_case_route_words (told->route), NULL, error);
}

gboolean
_cfoil_writer_tell_case (CfoilWriter    *self,
                         const CaseTold *told,
                         gint64         *case_id,
                         GError        **error)
{
  *case_id = 0;
  if (!know_account (self, error) || !find_all (self, told, case_id, error))
    return FALSE;
  if (*case_id == 0 && told->dispute_id == NULL && told->charge_id == NULL && told->permission_id == NULL && !told->by_person)
    return TRUE;
  if (*case_id == 0 ? !add_case (self, told, case_id, error) : !update_case (self, *case_id, told, error))
    return FALSE;
  return told->route == NULL || add_source (self, *case_id, told, error);
}

/* --- who tells --- */

gboolean
_cfoil_writer_tell_case_of_line (CfoilWriter               *self,
                                 const CfoilSettlementLine *line,
                                 GError                   **error)
{
  CaseTold told;
  gint64 case_id;

  /* One with a dispute's id was told of by the dispute. */
  if ((line->type != CFOIL_TYPE_CHARGEBACK && line->type != CFOIL_TYPE_CLAIM) || line->dispute_id != NULL)
    return TRUE;
  _cfoil_case_told_init (&told, line->type == CFOIL_TYPE_CLAIM ? CFOIL_CASE_CLAIM : CFOIL_CASE_CHARGEBACK);
  told.charge_id = line->charge_id;
  told.permission_id = line->permission_id;
  told.currency = line->currency;
  told.amount_minor = line->amount_minor;
  told.notice_us = line->posted_us;
  told.route = CASE_ROUTE_SETTLEMENT;
  told.by_hand = told.kind == CFOIL_CASE_CLAIM;
  return _cfoil_writer_tell_case (self, &told, &case_id, error);
}

gboolean
_cfoil_writer_tell_case_of_refund (CfoilWriter            *self,
                                   const CfoilObservation *refund,
                                   GError                **error)
{
  CaseTold told;
  gint64 case_id;

  _cfoil_case_told_init (&told, CFOIL_CASE_CLAIM);
  told.charge_id = refund->charge_id;
  told.permission_id = refund->permission_id;
  told.currency = refund->currency;
  told.amount_minor = refund->amount_minor;
  told.notice_us = refund->created_us != CFOIL_UNKNOWN ? refund->created_us : refund->said_us;
  told.route = CASE_ROUTE_REFUND_REPORT;
  told.by_hand = TRUE;
  return _cfoil_writer_tell_case (self, &told, &case_id, error);
}
