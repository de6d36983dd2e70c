/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-time.h"
#include "cfoil-writer-private.h"

/* How long an answer by id holds before we ask again.  Refunds and pending
 * captures: the provider advises hourly.  An authorisation matters at its
 * expiry; a permission hardly changes.  Disputes are few and have a clock:
 * each sync asks for them again. */
static gint64
ask_again_after (const CfoilObservation *observation,
                 gint64                  now_us)
{
  gint64 wait_us = G_TIME_SPAN_HOUR;

  if (observation->kind == CFOIL_OBJECT_PERMISSION)
    wait_us = 7 * G_TIME_SPAN_DAY;
  else if (observation->state == CFOIL_STATE_AUTHORIZED)
    wait_us = G_TIME_SPAN_DAY;
  else if (observation->kind == CFOIL_OBJECT_DISPUTE)
    wait_us = 0;
  return now_us + wait_us;
}

static gboolean
put_pursuit (CfoilWriter    *self,
             CfoilObjectKind kind,
             const char     *object_id,
             gint64          due_us,
             gint64          deadline_us,
             gint64          asked_us,
             GError        **error)
{
  CfoilStatement *statement = _cfoil_writer_get (self, SQL_PUT_PURSUIT, error);

  if (statement == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (statement, 1, self->account_id);
  cfoil_statement_bind_int64 (statement, 2, kind);
  cfoil_statement_bind_text (statement, 3, object_id);
  cfoil_statement_bind_int64 (statement, 4, due_us);
  cfoil_statement_bind_int64 (statement, 5, deadline_us);
  cfoil_statement_bind_int64 (statement, 6, asked_us);
  return cfoil_statement_run (statement, error);
}

gboolean
cfoil_writer_pursue (CfoilWriter    *self,
                     CfoilObjectKind kind,
                     const char     *object_id,
                     GError        **error)
{
  return _cfoil_writer_touch (self, error) &&
         put_pursuit (self, kind, object_id, 0, CFOIL_UNKNOWN, CFOIL_UNKNOWN, error);
}

static gboolean
drop_pursuit (CfoilWriter    *self,
              CfoilObjectKind kind,
              const char     *object_id,
              GError        **error)
{
  CfoilStatement *statement = _cfoil_writer_get (self, SQL_DROP_PURSUIT, error);

  if (statement == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (statement, 1, self->account_id);
  cfoil_statement_bind_int64 (statement, 2, kind);
  cfoil_statement_bind_text (statement, 3, object_id);
  return cfoil_statement_run (statement, error);
}

static gboolean
update_pursuit (CfoilWriter            *self,
                const CfoilObservation *observation,
                gboolean                is_final,
                gint64                  now_us,
                GError                **error)
{
  gint64 deadline_us = observation->deadline_us != CFOIL_UNKNOWN ? observation->deadline_us
                                                                 : observation->expires_us;

  if (is_final)
    return drop_pursuit (self, observation->kind, observation->object_id, error);
  return put_pursuit (self, observation->kind, observation->object_id,
                      self->is_asked ? ask_again_after (observation, now_us) : 0, deadline_us,
                      self->is_asked ? now_us : CFOIL_UNKNOWN, error);
}

static void
bind_observation (CfoilWriter            *self,
                  CfoilStatement         *statement,
                  const CfoilObservation *observation,
                  gint64                  said_us,
                  gint64                  store_id)
{
  int i = 1;

  cfoil_statement_bind_int64 (statement, i++, said_us);
  cfoil_statement_bind_int64 (statement, i++, observation->said_us);
  cfoil_statement_bind_int64 (statement, i++, observation->state);
  cfoil_statement_bind_text (statement, i++, observation->provider_state);
  cfoil_statement_bind_text (statement, i++, observation->reason);
  cfoil_statement_bind_text (statement, i++, observation->currency);
  cfoil_statement_bind_int64 (statement, i++, observation->amount_minor);
  cfoil_statement_bind_int64 (statement, i++, observation->moved_minor);
  cfoil_statement_bind_int64 (statement, i++, observation->refunded_minor);
  cfoil_statement_bind_int64 (statement, i++, observation->created_us);
  cfoil_statement_bind_int64 (statement, i++, observation->expires_us);
  cfoil_statement_bind_int64 (statement, i++, observation->deadline_us);
  cfoil_statement_bind_text (statement, i++, observation->charge_id);
  cfoil_statement_bind_text (statement, i++, observation->permission_id);
  cfoil_statement_bind_text (statement, i++, observation->merchant_reference);
  cfoil_statement_bind_text (statement, i++, observation->order_reference);
  cfoil_statement_bind_int64 (statement, i++, store_id);
  cfoil_statement_bind_text (statement, i++, observation->description);
  cfoil_statement_bind_text (statement, i++, observation->buyer_id);
  cfoil_statement_bind_text (statement, i++, observation->buyer_name);
  cfoil_statement_bind_text (statement, i++, observation->buyer_email);
  cfoil_statement_bind_text (statement, i++, observation->buyer_country);
  cfoil_statement_bind_text (statement, i++, observation->channel);
  cfoil_statement_bind_text (statement, i++, observation->resolution);
  cfoil_statement_bind_int64 (statement, i++, observation->final);
  cfoil_statement_bind_text (statement, i++, observation->raw);
  cfoil_statement_bind_int64 (statement, i++, self->document_id != 0 ? self->document_id : CFOIL_UNKNOWN);
  cfoil_statement_bind_int64 (statement, i++, observation->row_number != 0 ? (gint64) observation->row_number : CFOIL_UNKNOWN);
  cfoil_statement_bind_int64 (statement, i++, self->account_id);
  cfoil_statement_bind_int64 (statement, i++, observation->kind);
  cfoil_statement_bind_text (statement, i++, observation->object_id);
  cfoil_statement_bind_int64 (statement, i++, self->feed_id);
  cfoil_statement_bind_text (statement, i++, observation->state_code);
  cfoil_statement_bind_int64 (statement, i++, observation->by_buyer ? 1 : CFOIL_UNKNOWN);
}

static gboolean
derive_object (CfoilWriter    *self,
               CfoilObjectKind kind,
               const char     *object_id,
               const char     *route,
               gboolean       *is_final,
               GError        **error)
{
  switch (kind)
    {
    case CFOIL_OBJECT_PERMISSION:
      return _cfoil_writer_derive_permission (self, object_id, is_final, error);
    case CFOIL_OBJECT_DISPUTE:
      return _cfoil_writer_derive_dispute (self, object_id, route, is_final, error);
    case CFOIL_OBJECT_CHARGE:
    case CFOIL_OBJECT_REFUND:
    default:
      return _cfoil_writer_derive_txn (self, kind, object_id, is_final, error);
    }
}

gboolean
cfoil_writer_put_observation (CfoilWriter            *self,
                              const CfoilObservation *observation,
                              GError                **error)
{
  gint64 now_us = cfoil_time_now_us ();
  gboolean is_final = FALSE;
  gint64 store_id;
  CfoilStatement *statement;

  g_return_val_if_fail (observation->object_id != NULL && observation->raw != NULL, FALSE);

  if (!_cfoil_writer_touch (self, error) ||
      !_cfoil_writer_intern (self, observation->store, &store_id, error))
    return FALSE;
  statement = _cfoil_writer_get (self, SQL_PUT_OBSERVATION, error);
  if (statement == NULL)
    return FALSE;

  /* What is answered by id holds now; what stands in a report held when the
   * object last changed. */
  bind_observation (self, statement, observation,
                    self->is_asked ? MAX (now_us, observation->said_us) : observation->said_us, store_id);
  if (!cfoil_statement_run (statement, error))
    return FALSE;
  if (cfoil_database_changes (self->database) == 0)
    return TRUE;
  return derive_object (self, observation->kind, observation->object_id, CASE_ROUTE_OBJECT, &is_final, error) &&
         update_pursuit (self, observation, is_final, now_us, error) &&
         (!observation->by_buyer || _cfoil_writer_tell_case_of_refund (self, observation, error));
}

gboolean
cfoil_writer_derive_all (CfoilWriter *self,
                         GError     **error)
{
  g_autoptr (CfoilStatement) objects = NULL;
  gboolean ok = TRUE;
  CfoilStep step = CFOIL_STEP_DONE;

  if (!cfoil_writer_begin (self, error))
    return FALSE;
  objects = cfoil_database_prepare (self->database,
                                    "SELECT DISTINCT kind, object_id FROM observation WHERE account_id = ?1", error);
  if (objects == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (objects, 1, self->account_id);
  while (ok && (step = cfoil_statement_step (objects, error)) == CFOIL_STEP_ROW)
    ok = derive_object (self, (CfoilObjectKind) cfoil_statement_column_int64 (objects, 0),
                        cfoil_statement_column_text (objects, 1), NULL, NULL, error);
  return ok && step == CFOIL_STEP_DONE;
}

gboolean
cfoil_writer_list_due (CfoilWriter    *self,
                       CfoilObjectKind kind,
                       guint           limit,
                       CfoilDueFunc    each,
                       gpointer        user_data,
                       GError        **error)
{
  CfoilStatement *statement = _cfoil_writer_get (self, SQL_LIST_DUE, error);
  CfoilStep step;

  if (statement == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (statement, 1, self->account_id);
  cfoil_statement_bind_int64 (statement, 2, kind);
  cfoil_statement_bind_int64 (statement, 3, cfoil_time_now_us ());
  cfoil_statement_bind_int64 (statement, 4, limit);
  while ((step = cfoil_statement_step (statement, error)) == CFOIL_STEP_ROW)
    each (kind, cfoil_statement_column_text (statement, 0), user_data);
  cfoil_statement_reset (statement);
  return step == CFOIL_STEP_DONE;
}

gboolean
cfoil_writer_defer (CfoilWriter    *self,
                    CfoilObjectKind kind,
                    const char     *object_id,
                    const char     *why,
                    GError        **error)
{
  gint64 now_us = cfoil_time_now_us ();
  CfoilStatement *statement;

  if (!_cfoil_writer_touch (self, error))
    return FALSE;
  statement = _cfoil_writer_get (self, SQL_DEFER_PURSUIT, error);
  if (statement == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (statement, 1, self->account_id);
  cfoil_statement_bind_int64 (statement, 2, kind);
  cfoil_statement_bind_text (statement, 3, object_id);
  cfoil_statement_bind_int64 (statement, 4, now_us + G_TIME_SPAN_DAY);
  cfoil_statement_bind_int64 (statement, 5, now_us);
  cfoil_statement_bind_text (statement, 6, why);
  return cfoil_statement_run (statement, error);
}
