/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-error.h"
#include "cfoil-time.h"
#include "cfoil-writer-private.h"

#include <string.h>

/* A document's text that we keep of a row or an answer that cannot be read. */
#define MAX_RAW (64 * 1024)

gboolean
cfoil_writer_put_disbursement (CfoilWriter             *self,
                               const CfoilDisbursement *disbursement,
                               GError                 **error)
{
  CfoilStatement *statement;

  if (!_cfoil_writer_touch (self, error))
    return FALSE;
  statement = _cfoil_writer_get (self, SQL_PUT_DISBURSEMENT, error);
  if (statement == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (statement, 1, self->account_id);
  cfoil_statement_bind_text (statement, 2, disbursement->settlement_id);
  cfoil_statement_bind_text (statement, 3, disbursement->merchant_id);
  cfoil_statement_bind_text (statement, 4, disbursement->bank_reference != NULL ? disbursement->bank_reference : "");
  cfoil_statement_bind_text (statement, 5, disbursement->currency);
  cfoil_statement_bind_int64 (statement, 6, disbursement->amount_minor);
  cfoil_statement_bind_int64 (statement, 7, disbursement->transaction_us);
  cfoil_statement_bind_text (statement, 8, disbursement->raw);
  cfoil_statement_bind_int64 (statement, 9, self->feed_id);
  return cfoil_statement_run (statement, error) &&
         (cfoil_database_changes (self->database) == 0 ||
          _cfoil_writer_mark_unproved_by_name (self, disbursement->settlement_id, error));
}

gboolean
cfoil_writer_put_exception (CfoilWriter          *self,
                            const CfoilException *exception,
                            GError              **error)
{
  g_autofree char *cut = NULL;
  CfoilStatement *statement;

  if (!_cfoil_writer_touch (self, error))
    return FALSE;
  statement = _cfoil_writer_get (self, SQL_PUT_EXCEPTION, error);
  if (statement == NULL)
    return FALSE;
  if (exception->raw != NULL && strlen (exception->raw) > MAX_RAW)
    {
      g_autofree char *start = g_strndup (exception->raw, MAX_RAW);

      cut = g_utf8_make_valid (start, -1);
    }
  cfoil_statement_bind_int64 (statement, 1, self->account_id);
  cfoil_statement_bind_int64 (statement, 2, self->feed_id != 0 ? self->feed_id : CFOIL_UNKNOWN);
  cfoil_statement_bind_int64 (statement, 3, exception->kind);
  cfoil_statement_bind_text (statement, 4, exception->subject);
  cfoil_statement_bind_text (statement, 5, exception->message);
  cfoil_statement_bind_text (statement, 6, cut != NULL ? cut : exception->raw);
  cfoil_statement_bind_int64 (statement, 7, self->document_id != 0 ? self->document_id : CFOIL_UNKNOWN);
  cfoil_statement_bind_int64 (statement, 8, (gint64) exception->row_number);
  cfoil_statement_bind_int64 (statement, 9, cfoil_time_now_us ());
  return cfoil_statement_run (statement, error) &&
         _cfoil_writer_touch_transaction (self, exception->subject, error);
}

/* One that came before tells again of the same case. */
static gboolean
tell_case_of_notification (CfoilWriter *self,
                           const char  *dispute_id,
                           const char  *charge_id,
                           GError     **error)
{
  CaseTold told;
  gint64 case_id;

  _cfoil_case_told_init (&told, CFOIL_CASE_CHARGEBACK);
  told.dispute_id = dispute_id;
  told.charge_id = charge_id;
  told.notice_us = cfoil_time_now_us ();
  told.route = CASE_ROUTE_NOTIFICATION;
  return _cfoil_writer_tell_case (self, &told, &case_id, error);
}

gboolean
cfoil_writer_put_notification (CfoilWriter    *self,
                               const char     *message_id,
                               CfoilObjectKind kind,
                               const char     *object_id,
                               const char     *raw,
                               gboolean       *is_new,
                               GError        **error)
{
  CfoilStatement *statement;

  if (!_cfoil_writer_touch (self, error))
    return FALSE;
  statement = _cfoil_writer_get (self, SQL_PUT_NOTIFICATION, error);
  if (statement == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (statement, 1, self->account_id);
  cfoil_statement_bind_int64 (statement, 2, self->feed_id);
  cfoil_statement_bind_text (statement, 3, message_id);
  cfoil_statement_bind_int64 (statement, 4, kind);
  cfoil_statement_bind_text (statement, 5, object_id);
  cfoil_statement_bind_int64 (statement, 6, cfoil_time_now_us ());
  cfoil_statement_bind_text (statement, 7, raw);
  if (!cfoil_statement_run (statement, error))
    return FALSE;
  *is_new = cfoil_database_changes (self->database) > 0;
  return kind != CFOIL_OBJECT_DISPUTE || tell_case_of_notification (self, object_id, NULL, error);
}

gboolean
cfoil_writer_put_chargeback_notification (CfoilWriter *self,
                                          const char  *message_id,
                                          const char  *charge_id,
                                          const char  *raw,
                                          gboolean    *is_new,
                                          GError     **error)
{
  return cfoil_writer_put_notification (self, message_id, CFOIL_OBJECT_CHARGE, charge_id, raw, is_new, error) &&
         tell_case_of_notification (self, NULL, charge_id, error);
}

static gboolean
find_feed (CfoilWriter *self,
           const char  *name,
           gint64      *feed_id,
           gint64      *rank,
           GError     **error)
{
  CfoilStatement *statement = _cfoil_writer_get (self, SQL_FIND_FEED, error);
  CfoilStep step;

  if (statement == NULL)
    return FALSE;
  *feed_id = 0;
  cfoil_statement_bind_int64 (statement, 1, self->account_id);
  cfoil_statement_bind_text (statement, 2, name);
  step = cfoil_statement_step (statement, error);
  if (step == CFOIL_STEP_ROW)
    {
      *feed_id = cfoil_statement_column_int64 (statement, 0);
      *rank = cfoil_statement_column_int64 (statement, 1);
    }
  cfoil_statement_reset (statement);
  return step != CFOIL_STEP_ERROR;
}

/* Opens no transaction for a feed that is there: what follows is often a long
 * wait for the network, during which others may write. */
gboolean
cfoil_writer_open_feed (CfoilWriter *self,
                        const char  *name,
                        int          rank,
                        gint64      *feed_id,
                        GError     **error)
{
  CfoilStatement *statement;
  gint64 known_rank = 0;

  if (!find_feed (self, name, feed_id, &known_rank, error))
    return FALSE;
  if (*feed_id != 0 && known_rank == rank)
    return TRUE;

  statement = _cfoil_writer_get (self, SQL_ADD_FEED, error);
  if (statement == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (statement, 1, self->account_id);
  cfoil_statement_bind_text (statement, 2, name);
  cfoil_statement_bind_int64 (statement, 3, rank);
  return cfoil_statement_run (statement, error) &&
         find_feed (self, name, feed_id, &known_rank, error);
}

static gboolean
mark_failed (CfoilWriter  *self,
             gint64        feed_id,
             const GError *failure,
             GError      **error)
{
  const CfoilProviderErrorDetail *detail = cfoil_provider_error_get_detail (failure);
  g_autofree char *message = g_utf8_make_valid (failure->message, -1);
  CfoilStatement *statement = _cfoil_writer_get (self, SQL_MARK_FEED_FAILED, error);

  if (statement == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (statement, 1, feed_id);
  cfoil_statement_bind_int64 (statement, 2, cfoil_time_now_us ());
  cfoil_statement_bind_text (statement, 3, cfoil_error_to_name (failure));
  cfoil_statement_bind_text (statement, 4, message);
  cfoil_statement_bind_text (statement, 5, detail != NULL ? detail->request_id : NULL);
  return cfoil_statement_run (statement, error);
}

gboolean
cfoil_writer_mark_feed (CfoilWriter  *self,
                        gint64        feed_id,
                        gboolean      is_fresh,
                        const GError *failure,
                        GError      **error)
{
  CfoilStatement *statement;

  if (!_cfoil_writer_touch (self, error))
    return FALSE;
  if (failure != NULL)
    return mark_failed (self, feed_id, failure, error);
  if (!is_fresh)
    return TRUE;
  statement = _cfoil_writer_get (self, SQL_MARK_FEED_FRESH, error);
  if (statement == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (statement, 1, feed_id);
  cfoil_statement_bind_int64 (statement, 2, cfoil_time_now_us ());
  return cfoil_statement_run (statement, error);
}

gboolean
cfoil_writer_get_cursor (CfoilWriter *self,
                         gint64       feed_id,
                         char       **cursor,
                         GError     **error)
{
  CfoilStatement *statement = _cfoil_writer_get (self, SQL_GET_CURSOR, error);
  CfoilStep step;

  if (statement == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (statement, 1, feed_id);
  step = cfoil_statement_step (statement, error);
  if (step == CFOIL_STEP_ROW)
    *cursor = g_strdup (cfoil_statement_column_text (statement, 0));
  cfoil_statement_reset (statement);
  return step == CFOIL_STEP_ROW;
}

gboolean
cfoil_writer_set_cursor (CfoilWriter *self,
                         gint64       feed_id,
                         const char  *cursor,
                         GError     **error)
{
  CfoilStatement *statement;

  if (!_cfoil_writer_touch (self, error))
    return FALSE;
  statement = _cfoil_writer_get (self, SQL_SET_CURSOR, error);
  if (statement == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (statement, 1, feed_id);
  cfoil_statement_bind_text (statement, 2, cursor);
  return cfoil_statement_run (statement, error);
}

CfoilIntervalSet *
cfoil_writer_get_coverage (CfoilWriter *self,
                           gint64       feed_id,
                           GError     **error)
{
  g_autoptr (CfoilIntervalSet) set = cfoil_interval_set_new ();
  CfoilStatement *statement = _cfoil_writer_get (self, SQL_GET_COVERAGE, error);
  CfoilStep step;

  if (statement == NULL)
    return NULL;
  cfoil_statement_bind_int64 (statement, 1, feed_id);
  while ((step = cfoil_statement_step (statement, error)) == CFOIL_STEP_ROW)
    cfoil_interval_set_add (set, cfoil_statement_column_int64 (statement, 0),
                            cfoil_statement_column_int64 (statement, 1));
  cfoil_statement_reset (statement);
  return step == CFOIL_STEP_DONE ? g_steal_pointer (&set) : NULL;
}

gboolean
cfoil_writer_add_coverage (CfoilWriter *self,
                           gint64       feed_id,
                           gint64       start_us,
                           gint64       end_us,
                           GError     **error)
{
  g_autoptr (CfoilIntervalSet) set = NULL;
  const CfoilInterval *intervals;
  CfoilStatement *statement;
  guint n;

  if (!_cfoil_writer_touch (self, error))
    return FALSE;
  set = cfoil_writer_get_coverage (self, feed_id, error);
  if (set == NULL)
    return FALSE;
  cfoil_interval_set_add (set, start_us, end_us);

  statement = _cfoil_writer_get (self, SQL_CLEAR_COVERAGE, error);
  if (statement == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (statement, 1, feed_id);
  if (!cfoil_statement_run (statement, error))
    return FALSE;
  statement = _cfoil_writer_get (self, SQL_ADD_COVERAGE, error);
  if (statement == NULL)
    return FALSE;
  intervals = cfoil_interval_set_peek (set, &n);
  for (guint i = 0; i < n; i++)
    {
      cfoil_statement_bind_int64 (statement, 1, feed_id);
      cfoil_statement_bind_int64 (statement, 2, intervals[i].start_us);
      cfoil_statement_bind_int64 (statement, 3, intervals[i].end_us);
      if (!cfoil_statement_run (statement, error))
        return FALSE;
    }
  return TRUE;
}

gint64
cfoil_writer_get_earliest_us (CfoilWriter *self)
{
  g_autofree char *query = g_strdup_printf ("SELECT min (sort_us) FROM txn WHERE account_id = %" G_GINT64_FORMAT
                                            " AND sort_us > 0",
                                            self->account_id);
  gint64 earliest = CFOIL_UNKNOWN;

  cfoil_database_get_int64 (self->database, query, &earliest, NULL);
  return earliest;
}
