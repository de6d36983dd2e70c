/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-document-file.h"
#include "cfoil-time.h"
#include "cfoil-writer-private.h"

gboolean
cfoil_writer_put_report (CfoilWriter       *self,
                         gint64             feed_id,
                         const CfoilReport *report,
                         GError           **error)
{
  CfoilStatement *statement;

  if (!_cfoil_writer_touch (self, error))
    return FALSE;
  statement = _cfoil_writer_get (self, SQL_PUT_REPORT, error);
  if (statement == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (statement, 1, feed_id);
  cfoil_statement_bind_text (statement, 2, report->report_id);
  cfoil_statement_bind_text (statement, 3, report->provider_type);
  cfoil_statement_bind_int64 (statement, 4, report->status);
  cfoil_statement_bind_text (statement, 5, report->provider_status);
  cfoil_statement_bind_text (statement, 6, report->document_id);
  cfoil_statement_bind_int64 (statement, 7, report->start_us);
  cfoil_statement_bind_int64 (statement, 8, report->end_us);
  cfoil_statement_bind_int64 (statement, 9, report->created_us);
  cfoil_statement_bind_int64 (statement, 10, report->ours);
  return cfoil_statement_run (statement, error);
}

void
_cfoil_report_of_row (CfoilReport    *report,
                      CfoilStatement *row)
{
  *report = (CfoilReport){
    .report_id = cfoil_statement_column_text (row, 0),
    .provider_type = cfoil_statement_column_text (row, 1),
    .document_id = cfoil_statement_column_text (row, 2),
    .status = (CfoilReportStatus) cfoil_statement_column_int64 (row, 3),
    .start_us = cfoil_statement_column_int64 (row, 4),
    .end_us = cfoil_statement_column_int64 (row, 5),
    .created_us = cfoil_statement_column_int64 (row, 6),
    .ours = cfoil_statement_column_int64 (row, 7) != 0,
  };
}

static gboolean
has_document (CfoilWriter    *self,
              CfoilStatement *report)
{
  const char *sha256 = cfoil_statement_column_text (report, 8);

  return sha256 != NULL && cfoil_document_file_seems_whole (self->mirror, sha256, cfoil_statement_column_int64 (report, 9));
}

gboolean
cfoil_writer_list_reports (CfoilWriter      *self,
                           gint64            feed_id,
                           CfoilReportStatus status,
                           gboolean          without_document,
                           CfoilReportFunc   each,
                           gpointer          user_data,
                           GError          **error)
{
  CfoilStatement *statement = _cfoil_writer_get (self, SQL_LIST_REPORTS, error);
  CfoilStep step;

  if (statement == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (statement, 1, feed_id);
  cfoil_statement_bind_int64 (statement, 2, status);
  while ((step = cfoil_statement_step (statement, error)) == CFOIL_STEP_ROW)
    {
      CfoilReport report;

      _cfoil_report_of_row (&report, statement);
      if (!without_document || !has_document (self, statement))
        each (&report, user_data);
    }
  cfoil_statement_reset (statement);
  return step == CFOIL_STEP_DONE;
}

gboolean
cfoil_writer_link_report (CfoilWriter *self,
                          gint64       feed_id,
                          const char  *report_id,
                          gint64       document_id,
                          GError     **error)
{
  CfoilStatement *statement;

  if (!_cfoil_writer_touch (self, error))
    return FALSE;
  statement = _cfoil_writer_get (self, SQL_LINK_REPORT, error);
  if (statement == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (statement, 1, feed_id);
  cfoil_statement_bind_text (statement, 2, report_id);
  cfoil_statement_bind_int64 (statement, 3, document_id);
  return cfoil_statement_run (statement, error);
}

static gboolean
find_document (CfoilWriter        *self,
               const char         *sha256,
               CfoilDocumentState *state,
               GError            **error)
{
  CfoilStatement *statement = _cfoil_writer_get (self, SQL_FIND_DOCUMENT, error);
  CfoilStep step;

  if (statement == NULL)
    return FALSE;
  *state = (CfoilDocumentState){ 0 };
  cfoil_statement_bind_int64 (statement, 1, self->account_id);
  cfoil_statement_bind_text (statement, 2, sha256);
  step = cfoil_statement_step (statement, error);
  if (step == CFOIL_STEP_ROW)
    {
      state->document_id = cfoil_statement_column_int64 (statement, 0);
      state->n_rows_done = (guint64) cfoil_statement_column_int64 (statement, 1);
      state->is_done = cfoil_statement_column_int64 (statement, 2) != 0;
    }
  cfoil_statement_reset (statement);
  return step != CFOIL_STEP_ERROR;
}

gboolean
cfoil_writer_open_document (CfoilWriter             *self,
                            const CfoilDocumentInfo *info,
                            CfoilDocumentState      *state,
                            GError                 **error)
{
  CfoilStatement *statement;

  if (!_cfoil_writer_touch (self, error) || !find_document (self, info->sha256, state, error))
    return FALSE;
  if (state->document_id != 0)
    return TRUE;

  statement = _cfoil_writer_get (self, SQL_ADD_DOCUMENT, error);
  if (statement == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (statement, 1, self->account_id);
  cfoil_statement_bind_int64 (statement, 2, info->feed_id);
  cfoil_statement_bind_text (statement, 3, info->sha256);
  cfoil_statement_bind_text (statement, 4, info->type);
  cfoil_statement_bind_text (statement, 5, info->is_imported ? "import" : "provider");
  cfoil_statement_bind_text (statement, 6, info->shown_name);
  cfoil_statement_bind_int64 (statement, 7, info->n_bytes);
  cfoil_statement_bind_int64 (statement, 8, info->is_proven_whole);
  cfoil_statement_bind_int64 (statement, 9, info->received_us);
  if (!cfoil_statement_run (statement, error))
    return FALSE;
  state->document_id = cfoil_database_last_insert_id (self->database);
  return TRUE;
}

gboolean
cfoil_writer_set_document_progress (CfoilWriter *self,
                                    gint64       document_id,
                                    guint64      n_rows_done,
                                    GError     **error)
{
  CfoilStatement *statement;

  if (!cfoil_writer_begin (self, error))
    return FALSE;
  statement = _cfoil_writer_get (self, SQL_SET_DOCUMENT_PROGRESS, error);
  if (statement == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (statement, 1, document_id);
  cfoil_statement_bind_int64 (statement, 2, (gint64) n_rows_done);
  return cfoil_statement_run (statement, error);
}

gboolean
cfoil_writer_end_document (CfoilWriter  *self,
                           gint64        document_id,
                           guint64       n_rows,
                           const GError *failure,
                           GError      **error)
{
  CfoilStatement *statement;

  if (!_cfoil_writer_touch (self, error))
    return FALSE;
  statement = _cfoil_writer_get (self, SQL_END_DOCUMENT, error);
  if (statement == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (statement, 1, document_id);
  cfoil_statement_bind_int64 (statement, 2, (gint64) n_rows);
  cfoil_statement_bind_text (statement, 3, failure != NULL ? "refused" : "done");
  cfoil_statement_bind_text (statement, 4, failure != NULL ? failure->message : NULL);
  return cfoil_statement_run (statement, error);
}

static gboolean
run_for_document (CfoilWriter *self,
                  SqlId        id,
                  gint64       document_id,
                  GError     **error)
{
  CfoilStatement *statement = _cfoil_writer_get (self, id, error);

  if (statement == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (statement, 1, document_id);
  return cfoil_statement_run (statement, error);
}

gboolean
cfoil_writer_lose_document (CfoilWriter  *self,
                            gint64        document_id,
                            guint64       n_rows,
                            const GError *failure,
                            GError      **error)
{
  return cfoil_writer_end_document (self, document_id, n_rows, failure, error) &&
         run_for_document (self, SQL_UNLINK_DOCUMENT, document_id, error) &&
         cfoil_writer_drop_lost_documents (self, error);
}

gboolean
cfoil_writer_drop_lost_documents (CfoilWriter *self,
                                  GError     **error)
{
  CfoilStatement *statement = _cfoil_writer_get (self, SQL_LIST_UNLINKED_DOCUMENTS, error);
  gboolean ok = TRUE;
  CfoilStep step = CFOIL_STEP_DONE;

  if (statement == NULL || !_cfoil_writer_touch (self, error))
    return FALSE;
  cfoil_statement_bind_int64 (statement, 1, self->account_id);
  while (ok && (step = cfoil_statement_step (statement, error)) == CFOIL_STEP_ROW)
    if (cfoil_statement_column_int64 (statement, 3) != 0 ||
        !cfoil_document_file_seems_whole (self->mirror, cfoil_statement_column_text (statement, 1),
                                          cfoil_statement_column_int64 (statement, 2)))
      ok = run_for_document (self, SQL_DROP_DOCUMENT, cfoil_statement_column_int64 (statement, 0), error);
  cfoil_statement_reset (statement);
  return ok && step == CFOIL_STEP_DONE;
}

gboolean
cfoil_writer_cover_document (CfoilWriter *self,
                             gint64       document_id,
                             GError     **error)
{
  CfoilStatement *statement = _cfoil_writer_get (self, SQL_LIST_REPORTS_OF_DOCUMENT, error);
  gint64 now_us = cfoil_time_now_us (), until_us;
  gboolean ok = TRUE;
  CfoilStep step = CFOIL_STEP_DONE;

  if (statement == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (statement, 1, document_id);
  while (ok && (step = cfoil_statement_step (statement, error)) == CFOIL_STEP_ROW)
    {
      gint64 start_us = cfoil_statement_column_int64 (statement, 1);

      if (cfoil_report_get_window (start_us, cfoil_statement_column_int64 (statement, 2),
                                   cfoil_statement_column_int64 (statement, 3), now_us, &until_us))
        ok = cfoil_writer_add_coverage (self, cfoil_statement_column_int64 (statement, 0), start_us, until_us, error);
    }
  cfoil_statement_reset (statement);
  return ok && step == CFOIL_STEP_DONE;
}

gboolean
cfoil_writer_find_action (CfoilWriter *self,
                          const char  *kind,
                          const char  *subject,
                          gint64      *action_id,
                          char       **idempotency_key,
                          char       **request,
                          GError     **error)
{
  CfoilStatement *statement = _cfoil_writer_get (self, SQL_FIND_ACTION, error);
  CfoilStep step;

  if (statement == NULL)
    return FALSE;
  *action_id = 0;
  cfoil_statement_bind_int64 (statement, 1, self->account_id);
  cfoil_statement_bind_text (statement, 2, kind);
  cfoil_statement_bind_text (statement, 3, subject);
  step = cfoil_statement_step (statement, error);
  if (step == CFOIL_STEP_ROW)
    {
      *action_id = cfoil_statement_column_int64 (statement, 0);
      *idempotency_key = g_strdup (cfoil_statement_column_text (statement, 1));
      *request = g_strdup (cfoil_statement_column_text (statement, 2));
    }
  cfoil_statement_reset (statement);
  return step != CFOIL_STEP_ERROR;
}

gboolean
cfoil_writer_add_action (CfoilWriter *self,
                         const char  *kind,
                         const char  *subject,
                         const char  *idempotency_key,
                         const char  *request,
                         gint64      *action_id,
                         GError     **error)
{
  CfoilStatement *statement;

  if (!_cfoil_writer_touch (self, error))
    return FALSE;
  statement = _cfoil_writer_get (self, SQL_ADD_ACTION, error);
  if (statement == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (statement, 1, self->account_id);
  cfoil_statement_bind_text (statement, 2, kind);
  cfoil_statement_bind_text (statement, 3, subject);
  cfoil_statement_bind_text (statement, 4, idempotency_key);
  cfoil_statement_bind_text (statement, 5, request);
  cfoil_statement_bind_int64 (statement, 6, cfoil_time_now_us ());
  if (!cfoil_statement_run (statement, error))
    return FALSE;
  *action_id = cfoil_database_last_insert_id (self->database);
  return TRUE;
}

/* HTTP_STATUS 0: the outcome is unknown, the action stays open and is sent again
 * with the same key. */
gboolean
cfoil_writer_end_action (CfoilWriter *self,
                         gint64       action_id,
                         guint        http_status,
                         const char  *answer,
                         GError     **error)
{
  CfoilStatement *statement;

  if (!_cfoil_writer_touch (self, error))
    return FALSE;
  statement = _cfoil_writer_get (self, SQL_END_ACTION, error);
  if (statement == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (statement, 1, action_id);
  cfoil_statement_bind_int64 (statement, 2, http_status != 0 ? (gint64) http_status : CFOIL_UNKNOWN);
  cfoil_statement_bind_text (statement, 3, answer);
  cfoil_statement_bind_int64 (statement, 4, http_status != 0 ? cfoil_time_now_us () : CFOIL_UNKNOWN);
  return cfoil_statement_run (statement, error);
}

gboolean
cfoil_writer_find_answer (CfoilWriter *self,
                          const char  *kind,
                          const char  *subject,
                          char       **answer,
                          GError     **error)
{
  CfoilStatement *statement = _cfoil_writer_get (self, SQL_FIND_ANSWER, error);
  CfoilStep step;

  *answer = NULL;
  if (statement == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (statement, 1, self->account_id);
  cfoil_statement_bind_text (statement, 2, kind);
  cfoil_statement_bind_text (statement, 3, subject);
  step = cfoil_statement_step (statement, error);
  if (step == CFOIL_STEP_ROW)
    *answer = g_strdup (cfoil_statement_column_text (statement, 0));
  cfoil_statement_reset (statement);
  return step != CFOIL_STEP_ERROR;
}
