/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-case-private.h"

#include "cfoil-account.h"
#include "cfoil-case-payment.h"
#include "cfoil-error.h"
#include "cfoil-time.h"
#include "cfoil-writer-private.h"

#include <glib/gi18n.h>
#include <string.h>

/* No provider's id is longer. */
#define MAX_ID 64
#define MAX_NAME 200

/* Ids stand in addresses of requests and in names: letters, digits and few signs. */
static gboolean
check_id (const char *id,
          GError    **error)
{
  gsize length;

  if (id == NULL)
    return TRUE;
  length = strlen (id);
  if (length > 0 && length <= MAX_ID && g_ascii_isalnum (*id) &&
      strspn (id, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.") == length)
    return TRUE;
  g_set_error_literal (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_SYNTAX,
                       "This cannot be an ID: it has letters, digits and hyphens, and no blanks. Copy it once more from where it stands");
  return FALSE;
}

static gboolean
check_name (const char *name,
            GError    **error)
{
  if (name == NULL || (g_utf8_validate (name, -1, NULL) && g_utf8_strlen (name, -1) <= MAX_NAME))
    return TRUE;
  g_set_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_LIMIT, "A name has at most %d characters", MAX_NAME);
  return FALSE;
}

/* Parameters that a statement does not have are left out. */
typedef struct
{
  gint64 case_id;
  gint64 number;
  const char *text;
} Value;

static gboolean
run (CfoilDatabase *writer,
     const char    *sql,
     const Value   *value,
     GError       **error)
{
  g_autoptr (CfoilStatement) statement = cfoil_database_prepare (writer, sql, error);

  if (statement == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (statement, 1, value->case_id);
  if (strstr (sql, "?2") != NULL)
    cfoil_statement_bind_int64 (statement, 2, value->number);
  if (strstr (sql, "?3") != NULL)
    cfoil_statement_bind_text (statement, 3, value->text);
  return cfoil_statement_run (statement, error);
}

/* Asks the provider for the dispute at the next opportunity, unless it has told of it. */
static gboolean
pursue (CfoilDatabase *writer,
        gint64         case_id,
        GError       **error)
{
  Value value = { .case_id = case_id };

  return run (writer,
              "INSERT INTO pursuit (account_id, kind, object_id, due_us) SELECT account_id, 4, dispute_id, 0 FROM dispute_case AS c "
              "WHERE case_id = ?1 AND account_id IS NOT NULL AND dispute_id IS NOT NULL "
              "AND NOT EXISTS (SELECT 1 FROM dispute AS d WHERE d.account_id = c.account_id AND d.dispute_id = c.dispute_id "
              "AND d.provider_state IS NOT NULL) "
              "ON CONFLICT (account_id, kind, object_id) DO UPDATE SET due_us = 0",
              &value, error);
}

/* --- handler --- */

static gboolean
set_handler (CfoilDatabase *writer,
             gpointer       data,
             GError       **error)
{
  const Value *value = data;
  g_autoptr (CfoilCase) record = cfoil_case_read (writer, value->case_id, error);

  if (record == NULL)
    return FALSE;
  if (g_strcmp0 (record->handler, value->text) == 0)
    return TRUE;
  return run (writer, "UPDATE dispute_case SET handler = ?3, changed_us = ?2 WHERE case_id = ?1", value, error) &&
         _cfoil_case_put_event (writer, value->case_id, "handler", value->text != NULL ? value->text : "", NULL, error);
}

gboolean
cfoil_case_set_handler (CfoilMirror *mirror,
                        gint64       case_id,
                        const char  *handler,
                        GError     **error)
{
  Value value = { case_id, cfoil_time_now_us (), handler != NULL && *handler != '\0' ? handler : NULL };

  g_return_val_if_fail (CFOIL_IS_MIRROR (mirror), FALSE);

  return check_name (handler, error) && _cfoil_case_transact (mirror, set_handler, &value, error);
}

/* --- what a person says --- */

typedef struct
{
  const CfoilCaseWords *words;
  gint64 case_id;
} Saying;

static gboolean
check_words (const CfoilCaseWords *words,
             GError              **error)
{
  return check_id (words->dispute_id, error) && check_id (words->charge_id, error) && check_name (words->buyer, error) &&
         check_name (words->reference, error) && _cfoil_case_check_text (words->claim_text, error);
}

static gint64
number_or_unknown (guint value)
{
  return value != 0 ? (gint64) value : CFOIL_UNKNOWN;
}

/* By hand it is the state that tells how a case was decided. */
static CfoilCaseOutcome
outcome_of (const CfoilCaseWords *words)
{
  CfoilCaseOutcome outcome = cfoil_case_outcome_of (words->state, NULL);

  return outcome == CFOIL_CASE_OUTCOME_LOST && words->outcome != CFOIL_CASE_OUTCOME_NONE ? words->outcome : outcome;
}

static gboolean
put_words (CfoilDatabase        *writer,
           gint64                case_id,
           const CfoilCaseWords *words,
           GError              **error)
{
  g_autoptr (CfoilStatement) update = NULL;
  int i = 1;

  update = cfoil_database_prepare (writer,
                                   "UPDATE dispute_case SET said_state = ?2, said_reason = ?3, said_outcome = ?4, said_currency = ?5, "
                                   "said_amount_minor = ?6, said_opened_us = ?7, said_due_us = ?8, said_buyer = ?9, said_reference = ?10, "
                                   "claim_text = ?11, estimated_due_us = coalesce (?12, estimated_due_us), changed_us = ?13 WHERE case_id = ?1",
                                   error);
  if (update == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (update, i++, case_id);
  cfoil_statement_bind_int64 (update, i++, number_or_unknown (words->state));
  cfoil_statement_bind_int64 (update, i++, number_or_unknown (words->reason));
  cfoil_statement_bind_int64 (update, i++, number_or_unknown (outcome_of (words)));
  cfoil_statement_bind_text (update, i++, words->currency);
  cfoil_statement_bind_int64 (update, i++, words->amount_minor);
  cfoil_statement_bind_int64 (update, i++, words->opened_us);
  cfoil_statement_bind_int64 (update, i++, words->due_us);
  cfoil_statement_bind_text (update, i++, words->buyer);
  cfoil_statement_bind_text (update, i++, words->reference);
  cfoil_statement_bind_text (update, i++, words->claim_text);
  cfoil_statement_bind_int64 (update, i++, words->opened_us != CFOIL_UNKNOWN ? cfoil_deadline_estimate_us (words->kind, words->opened_us)
                                                                           : CFOIL_UNKNOWN);
  cfoil_statement_bind_int64 (update, i++, cfoil_time_now_us ());
  return cfoil_statement_run (update, error);
}

/* Of one that is kept by hand also which it is. */
static gboolean
put_identity (CfoilDatabase        *writer,
              gint64                case_id,
              const CfoilCaseWords *words,
              GError              **error)
{
  Value value = { case_id, words->kind, words->charge_id };

  if (!run (writer, "UPDATE OR IGNORE dispute_case SET kind = ?2, charge_id = coalesce (?3, charge_id) WHERE case_id = ?1", &value, error))
    return FALSE;
  if (cfoil_database_changes (writer) > 0)
    return _cfoil_case_payment_refresh (writer, case_id, error);
  g_set_error_literal (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_TAKEN, "There is already a case of this kind for that payment");
  return FALSE;
}

static gboolean
note_said (CfoilDatabase   *writer,
           const CfoilCase *before,
           GError         **error)
{
  g_autoptr (CfoilCase) after = cfoil_case_read (writer, before->case_id, error);
  gboolean state_differs = after != NULL && (after->state != before->state || after->outcome != before->outcome);
  Value value = { before->case_id, cfoil_time_now_us (), NULL };

  if (after == NULL)
    return FALSE;
  return (!state_differs || run (writer, "UPDATE dispute_case SET seen_us = ?2 WHERE case_id = ?1", &value, error)) &&
         _cfoil_case_put_event (writer, before->case_id, "said",
                                state_differs ? _cfoil_case_state_words (after->state, after->outcome)
                                              : N_ ("The details of the case were changed"),
                                NULL, error);
}

static gboolean
say (CfoilDatabase *writer,
     gpointer       data,
     GError       **error)
{
  const Saying *saying = data;
  g_autoptr (CfoilCase) before = cfoil_case_read (writer, saying->case_id, error);

  return before != NULL &&
         (!before->is_by_hand || put_identity (writer, saying->case_id, saying->words, error)) &&
         put_words (writer, saying->case_id, saying->words, error) &&
         note_said (writer, before, error);
}

gboolean
cfoil_case_say (CfoilMirror          *mirror,
                gint64                case_id,
                const CfoilCaseWords *words,
                GError              **error)
{
  Saying saying = { words, case_id };

  g_return_val_if_fail (CFOIL_IS_MIRROR (mirror) && words != NULL, FALSE);

  return check_words (words, error) && _cfoil_case_transact (mirror, say, &saying, error);
}

/* --- which dispute it is --- */

/* Of the payment and kind of a case an id may be typed, unless it is known as that of
 * another payment or kind: then it is mistyped, and two disputes would become one. */
typedef struct
{
  const char *provider;
  const char *environment;
  const char *dispute_id;
  CfoilCaseKind kind;
  const char *charge_id;     /* (nullable) */
  const char *permission_id; /* (nullable) */
} Identity;

static gboolean
check_is_same (CfoilDatabase  *writer,
               const Identity *identity,
               GError        **error)
{
  g_autoptr (CfoilStatement) row = NULL;
  CfoilStep step;

  row = cfoil_database_prepare (writer,
                                "SELECT 1 FROM (SELECT o.kind, o.charge_id, coalesce (o.permission_id, t.permission_id) AS permission_id "
                                "FROM dispute_case AS o LEFT JOIN txn AS t ON t.account_id = o.account_id AND t.transaction_id = o.charge_id "
                                "WHERE o.dispute_id = ?1 AND o.provider = ?2 AND o.environment = ?3 UNION ALL "
                                "SELECT 1, d.charge_id, t.permission_id FROM account AS a "
                                "JOIN dispute AS d ON d.account_id = a.account_id AND d.dispute_id = ?1 "
                                "LEFT JOIN txn AS t ON t.account_id = a.account_id AND t.transaction_id = d.charge_id "
                                "WHERE a.provider = ?2 AND a.environment = ?3) "
                                "WHERE kind <> ?4 OR charge_id <> ?5 OR permission_id <> ?6 LIMIT 1",
                                error);
  if (row == NULL)
    return FALSE;
  cfoil_statement_bind_text (row, 1, identity->dispute_id);
  cfoil_statement_bind_text (row, 2, identity->provider);
  cfoil_statement_bind_text (row, 3, identity->environment);
  cfoil_statement_bind_int64 (row, 4, identity->kind);
  cfoil_statement_bind_text (row, 5, identity->charge_id);
  cfoil_statement_bind_text (row, 6, identity->permission_id);
  step = cfoil_statement_step (row, error);
  if (step == CFOIL_STEP_ROW)
    g_set_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_TAKEN, "The dispute %s is of another payment or of another kind than this case",
                 identity->dispute_id);
  return step == CFOIL_STEP_DONE;
}

/* --- making one --- */

static gboolean
is_of_provider (const CfoilCaseWords *words,
                const char           *route)
{
  return words->kind == CFOIL_CASE_CHARGEBACK && words->dispute_id != NULL && !g_str_equal (route, "hand");
}

static gboolean
tell (CfoilWriter          *writer,
      const CfoilCaseWords *words,
      const char           *route,
      const char           *detail,
      gint64               *case_id,
      GError              **error)
{
  gint64 last_id = 0;
  CaseTold told;

  _cfoil_case_told_init (&told, words->kind);
  told.dispute_id = words->dispute_id;
  told.charge_id = words->charge_id;
  told.notice_us = words->opened_us != CFOIL_UNKNOWN ? words->opened_us : cfoil_time_now_us ();
  told.route = route;
  told.detail = detail;
  told.by_person = TRUE;
  told.by_hand = !is_of_provider (words, route);
  /* A new row has a larger id than any before. */
  if (!cfoil_database_get_int64 (writer->database, "SELECT coalesce (max (case_id), 0) FROM dispute_case", &last_id, error) ||
      !_cfoil_writer_tell_case (writer, &told, case_id, error))
    return FALSE;
  if (*case_id > last_id && !put_words (writer->database, *case_id, words, error))
    return FALSE;
  return words->dispute_id == NULL || words->kind != CFOIL_CASE_CHARGEBACK ||
         pursue (writer->database, *case_id, error);
}

gboolean
cfoil_case_add (CfoilMirror          *mirror,
                const CfoilCaseWords *words,
                const char           *route,
                const char           *detail,
                gint64               *case_id,
                GError              **error)
{
  g_autoptr (CfoilAccount) account = NULL;
  g_autoptr (CfoilWriter) writer = NULL;
  Identity identity;

  g_return_val_if_fail (CFOIL_IS_MIRROR (mirror) && words != NULL && words->account != NULL, FALSE);
  g_return_val_if_fail (route != NULL && case_id != NULL, FALSE);

  if (!check_words (words, error))
    return FALSE;
  account = cfoil_account_find (mirror, words->account, error);
  writer = account != NULL ? cfoil_writer_new (mirror, account->account_id, error) : NULL;
  if (writer == NULL || !cfoil_database_begin_between (writer->database, error))
    return FALSE;
  identity = (Identity){ account->provider, account->environment, words->dispute_id, words->kind, words->charge_id, NULL };
  return (words->dispute_id == NULL || check_is_same (writer->database, &identity, error)) &&
         tell (writer, words, route, detail != NULL ? detail : cfoil_case_who (), case_id, error) &&
         cfoil_writer_commit (writer, error);
}

/* --- the missing id --- */

/* Of an id that nobody has confirmed. */
static gboolean
stop_pursuit (CfoilDatabase *writer,
              gint64         case_id,
              GError       **error)
{
  Value value = { .case_id = case_id };

  return run (writer,
              "DELETE FROM pursuit WHERE (account_id, kind, object_id) = "
              "(SELECT account_id, 4, dispute_id FROM dispute_case WHERE case_id = ?1)",
              &value, error);
}

static gboolean
find_other (CfoilDatabase *writer,
            const Value   *value,
            gint64        *other_id,
            GError       **error)
{
  g_autoptr (CfoilStatement) row = NULL;
  CfoilStep step;

  row = cfoil_database_prepare (writer,
                                "SELECT o.case_id FROM dispute_case AS c JOIN dispute_case AS o ON o.dispute_id = ?2 "
                                "AND o.provider = c.provider AND o.environment = c.environment WHERE c.case_id = ?1",
                                error);
  if (row == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (row, 1, value->case_id);
  cfoil_statement_bind_text (row, 2, value->text);
  step = cfoil_statement_step (row, error);
  *other_id = step == CFOIL_STEP_ROW ? cfoil_statement_column_int64 (row, 0) : 0;
  return step != CFOIL_STEP_ERROR;
}

static gboolean
set_dispute_id (CfoilDatabase *writer,
                gpointer       data,
                GError       **error)
{
  Value *value = data;
  g_autoptr (CfoilCase) record = cfoil_case_read (writer, value->case_id, error);
  Identity identity;
  gint64 other_id;

  if (record == NULL)
    return FALSE;
  if (g_strcmp0 (record->dispute_id, value->text) == 0)
    return TRUE;
  if (record->is_confirmed && record->dispute_id != NULL)
    {
      g_set_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_TAKEN,
                   "The provider says that this is the dispute %s", record->dispute_id);
      return FALSE;
    }
  identity = (Identity){ record->provider, record->environment, value->text, record->kind, record->charge_id, record->permission_id };
  if (!check_is_same (writer, &identity, error) ||
      !stop_pursuit (writer, value->case_id, error) || !find_other (writer, value, &other_id, error))
    return FALSE;
  value->number = cfoil_time_now_us ();
  if (other_id != 0 ? !run (writer, "UPDATE dispute_case SET dispute_id = NULL WHERE case_id = ?1 AND dispute_id IS NOT NULL", value, error) ||
                        !_cfoil_case_merge (writer, other_id, value->case_id, &value->case_id, error)
                    : !run (writer, "UPDATE dispute_case SET dispute_id = ?3, changed_us = ?2 WHERE case_id = ?1", value, error))
    return FALSE;
  return _cfoil_case_payment_refresh (writer, value->case_id, error) &&
         _cfoil_case_put_event (writer, value->case_id, "found", _cfoil_case_route_words ("typed"), NULL, error) &&
         run (writer, "INSERT INTO case_source VALUES (?1, 'typed', ?3, ?2) ON CONFLICT DO NOTHING",
              &(Value){ value->case_id, value->number, cfoil_case_who () }, error) &&
         pursue (writer, value->case_id, error);
}

gboolean
cfoil_case_set_dispute_id (CfoilMirror *mirror,
                           gint64       case_id,
                           const char  *dispute_id,
                           gint64      *merged_case_id,
                           GError     **error)
{
  Value value = { case_id, 0, dispute_id };

  g_return_val_if_fail (CFOIL_IS_MIRROR (mirror) && dispute_id != NULL, FALSE);

  if (!check_id (dispute_id, error) || !_cfoil_case_transact (mirror, set_dispute_id, &value, error))
    return FALSE;
  if (merged_case_id != NULL)
    *merged_case_id = value.case_id;
  return TRUE;
}

/* --- removing --- */

static gboolean
remove_case (CfoilDatabase *writer,
             gpointer       data,
             GError       **error)
{
  const Value *value = data;
  g_autoptr (CfoilCase) record = cfoil_case_read (writer, value->case_id, error);

  if (record == NULL)
    return FALSE;
  if (record->is_confirmed)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, "The provider has told of this dispute, so it stays");
      return FALSE;
    }
  if (record->submission == CFOIL_SUBMISSION_WAITING || record->submission == CFOIL_SUBMISSION_SENDING)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_BUSY, "An answer is being sent for this case; withdraw it first");
      return FALSE;
    }
  return stop_pursuit (writer, value->case_id, error) &&
         run (writer, "DELETE FROM dispute_case WHERE case_id = ?1", value, error);
}

gboolean
cfoil_case_remove (CfoilMirror *mirror,
                   gint64       case_id,
                   GError     **error)
{
  Value value = { .case_id = case_id };

  g_return_val_if_fail (CFOIL_IS_MIRROR (mirror), FALSE);

  return _cfoil_case_transact (mirror, remove_case, &value, error);
}
