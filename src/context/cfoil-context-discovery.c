/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-context.h"

#include "cfoil-atomic-file.h"
#include "cfoil-case.h"
#include "cfoil-context-private.h"
#include "cfoil-error.h"
#include "cfoil-ics.h"
#include "cfoil-mirror-intake.h"
#include "cfoil-time.h"

#include <string.h>

/* How disputes become known by people: ids that are typed, mails that are dropped; and
 * their deadlines in a calendar. */

#define MAIL_MAX (4 * 1024 * 1024)

static gboolean
fetch (CfoilContext       *self,
       const CfoilAccount *account,
       const char         *dispute_id,
       GCancellable       *cancellable,
       GError            **error)
{
  CfoilMirror *mirror = cfoil_context_get_mirror (self);
  g_autoptr (CfoilProvider) provider = _cfoil_context_open_provider (self, account, cancellable, error);
  g_autoptr (CfoilMirrorIntake) intake = NULL;

  if (provider == NULL)
    return FALSE;
  intake = cfoil_mirror_intake_new (mirror, provider, account->account_id, NULL, NULL, error);
  return intake != NULL &&
         cfoil_intake_begin_feed (CFOIL_INTAKE (intake), "objects", error) &&
         cfoil_provider_fetch (provider, CFOIL_INTAKE (intake), CFOIL_OBJECT_DISPUTE, dispute_id, cancellable, error) &&
         cfoil_intake_commit (CFOIL_INTAKE (intake), error);
}

gboolean
cfoil_context_look_up_dispute_sync (CfoilContext *self,
                                    const char   *account_name,
                                    const char   *dispute_id,
                                    const char   *route,
                                    const char   *detail,
                                    GCancellable *cancellable,
                                    gint64       *case_id,
                                    GError      **error)
{
  CfoilMirror *mirror = cfoil_context_get_mirror (self);
  g_autoptr (CfoilAccount) account = NULL;
  g_autoptr (CfoilProvider) keyless = NULL;
  CfoilCaseWords words = {
    .kind = CFOIL_CASE_CHARGEBACK, .account = account_name, .dispute_id = dispute_id,
    .state = CFOIL_STATE_NEEDS_RESPONSE, .amount_minor = CFOIL_UNKNOWN,
    .opened_us = CFOIL_UNKNOWN, .due_us = CFOIL_UNKNOWN,
  };
  gboolean is_believed, ok;
  int lock;

  g_return_val_if_fail (CFOIL_IS_CONTEXT (self), FALSE);

  *case_id = 0;
  account = cfoil_context_find_account_sync (self, account_name, error);
  if (account == NULL || (keyless = _cfoil_context_open_keyless_provider (account, error)) == NULL)
    return FALSE;
  if (!cfoil_provider_is_dispute_id (keyless, dispute_id))
    {
      g_set_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_SYNTAX,
                   "“%.60s” is not the id of a dispute: those of Amazon Pay look like P01-1234567-1234567-B123456", dispute_id);
      return FALSE;
    }
  /* What was typed is not lost if nobody can be asked: the case is there before.  A mail
   * can name what it likes: only what the provider knows becomes a case. */
  is_believed = strcmp (route, "email") != 0;
  if ((is_believed && !cfoil_case_add (mirror, &words, route, detail, case_id, error)) ||
      (lock = cfoil_mirror_lock (mirror, error)) < 0)
    return FALSE;
  ok = fetch (self, account, dispute_id, cancellable, error);
  cfoil_mirror_unlock (mirror, lock);
  return ok && (is_believed || cfoil_case_add (mirror, &words, route, detail, case_id, error));
}

void
cfoil_mail_reading_free (CfoilMailReading *reading)
{
  if (reading == NULL)
    return;
  cfoil_mail_free (reading->mail);
  g_free (reading);
}

static GBytes *
load_mail (const char *path,
           GError    **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInfo) info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_SIZE,
                                                  G_FILE_QUERY_INFO_NONE, NULL, error);

  if (info == NULL)
    return NULL;
  if (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE, "“%s” is no file", path);
      return NULL;
    }
  if (g_file_info_get_size (info) > MAIL_MAX)
    {
      g_set_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_LIMIT, "The mail “%s” is too long", path);
      return NULL;
    }
  return g_file_load_bytes (file, NULL, NULL, error);
}

/* The first number that SQL gives, of ID as ?1 and the account as ?2; 0 if none.  What
 * another account knows proves nothing. */
static gint64
find_number (CfoilDatabase      *database,
             const char         *sql,
             const char         *id,
             const CfoilAccount *account)
{
  g_autoptr (CfoilStatement) statement = cfoil_database_prepare (database, sql, NULL);
  gint64 number;

  if (statement == NULL)
    return 0;
  cfoil_statement_bind_text (statement, 1, id);
  cfoil_statement_bind_int64 (statement, 2, account->account_id);
  number = cfoil_statement_step (statement, NULL) == CFOIL_STEP_ROW ? cfoil_statement_column_int64 (statement, 0) : 0;
  cfoil_statement_reset (statement);
  return number;
}

static gboolean
knows_any (CfoilDatabase      *database,
           const char         *sql,
           char              **ids,
           const CfoilAccount *account)
{
  for (guint i = 0; ids[i] != NULL; i++)
    if (find_number (database, sql, ids[i], account) != 0)
      return TRUE;
  return FALSE;
}

static void
compare_with_mirror (CfoilDatabase      *database,
                     const CfoilAccount *account,
                     CfoilMailReading   *reading)
{
  const CfoilMail *mail = reading->mail;

  for (guint i = 0; mail->dispute_ids[i] != NULL && reading->case_id == 0; i++)
    reading->case_id = find_number (database,
                                    "SELECT c.case_id FROM dispute_case AS c JOIN account AS a USING (provider, environment) "
                                    "WHERE c.dispute_id = ?1 AND a.account_id = ?2",
                                    mail->dispute_ids[i], account);
  reading->charge_is_known =
    knows_any (database, "SELECT txn_id FROM txn WHERE transaction_id = ?1 AND account_id = ?2", mail->charge_ids, account) ||
    knows_any (database, "SELECT txn_id FROM txn WHERE permission_id = ?1 AND account_id = ?2", mail->order_ids, account);
}

CfoilMailReading *
cfoil_context_read_mail_sync (CfoilContext *self,
                              const char   *account_name,
                              const char   *path,
                              GError      **error)
{
  g_autoptr (CfoilAccount) account = NULL;
  g_autoptr (CfoilProvider) provider = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (CfoilMail) mail = NULL;
  CfoilDatabase *database;
  CfoilMailReading *reading;

  g_return_val_if_fail (CFOIL_IS_CONTEXT (self), NULL);

  account = cfoil_context_find_account_sync (self, account_name, error);
  if (account == NULL ||
      (provider = _cfoil_context_open_keyless_provider (account, error)) == NULL ||
      (bytes = load_mail (path, error)) == NULL ||
      !cfoil_provider_parse_mail (provider, bytes, &mail, error) ||
      (database = cfoil_mirror_open_reader (cfoil_context_get_mirror (self), error)) == NULL)
    return NULL;
  reading = g_new0 (CfoilMailReading, 1);
  reading->mail = g_steal_pointer (&mail);
  compare_with_mirror (database, account, reading);
  cfoil_database_close (database);
  return reading;
}

gboolean
cfoil_context_export_deadlines_sync (CfoilContext *self,
                                     const char   *path,
                                     gboolean      overwrite,
                                     guint        *n_events,
                                     GError      **error)
{
  g_autoptr (GPtrArray) cases = NULL;
  g_autoptr (CfoilAtomicFile) file = NULL;
  g_autofree char *text = NULL;
  CfoilDatabase *database;

  g_return_val_if_fail (CFOIL_IS_CONTEXT (self), FALSE);

  database = cfoil_mirror_open_reader (cfoil_context_get_mirror (self), error);
  if (database == NULL)
    return FALSE;
  cases = cfoil_case_list (database, error);
  cfoil_database_close (database);
  if (cases == NULL || (file = cfoil_atomic_file_new (path, overwrite, error)) == NULL)
    return FALSE;
  text = cfoil_ics_make (cases, n_events);
  return cfoil_atomic_file_write (file, text, strlen (text), error) && cfoil_atomic_file_commit (file, error);
}
