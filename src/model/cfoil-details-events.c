/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-details-private.h"

#include "cfoil-shown-text.h"

/* What happened, put together from what each feed said last of each object.  Two
 * feeds that tell of the same step make one event; its time is the earlier one. */

typedef struct
{
  CfoilDetails *details;
  CfoilDatabase *database;
} Timeline;

void
_cfoil_event_free (gpointer data)
{
  CfoilEvent *self = data;

  g_free (self->currency);
  g_free (self->reason);
  g_free (self->subject);
  g_strfreev (self->feeds);
  g_free (self);
}

static void
add_feed (CfoilEvent *event,
          const char *feed)
{
  g_autoptr (GStrvBuilder) builder = NULL;

  if (feed == NULL || (event->feeds != NULL && g_strv_contains ((const char *const *) event->feeds, feed)))
    return;
  builder = g_strv_builder_new ();
  if (event->feeds != NULL)
    g_strv_builder_addv (builder, (const char **) event->feeds);
  g_strv_builder_add (builder, feed);
  g_strfreev (event->feeds);
  event->feeds = g_strv_builder_end (builder);
}

static CfoilEvent *
find_event (GPtrArray     *events,
            CfoilEventKind kind,
            CfoilState     state,
            const char    *subject)
{
  for (guint i = 0; i < events->len; i++)
    {
      CfoilEvent *event = events->pdata[i];

      if (event->kind == kind && event->state == state && g_strcmp0 (event->subject, subject) == 0)
        return event;
    }
  return NULL;
}

/* The event of that kind, state and subject; NULL when nobody knows when. */
static CfoilEvent *
add_event (GPtrArray     *events,
           CfoilEventKind kind,
           CfoilState     state,
           const char    *subject,
           gint64         time_us,
           const char    *feed)
{
  g_autofree char *shown = cfoil_shown_text (subject);
  CfoilEvent *event = find_event (events, kind, state, shown);

  if (time_us == CFOIL_UNKNOWN)
    return NULL;
  if (event == NULL)
    {
      event = g_new0 (CfoilEvent, 1);
      event->kind = kind;
      event->state = state;
      event->time_us = time_us;
      event->amount_minor = CFOIL_UNKNOWN;
      event->subject = g_steal_pointer (&shown);
      event->feeds = g_new0 (char *, 1);
      g_ptr_array_add (events, event);
    }
  event->time_us = MIN (event->time_us, time_us);
  add_feed (event, feed);
  return event;
}

static void
set_money (CfoilEvent *event,
           const char *currency,
           gint64      amount_minor)
{
  if (event == NULL || event->amount_minor != CFOIL_UNKNOWN || amount_minor == CFOIL_UNKNOWN)
    return;
  g_free (event->currency);
  event->currency = cfoil_shown_text (currency);
  event->amount_minor = amount_minor;
}

/* What an object can be, and which states of it are steps worth telling: one that
 * is only what it was made as is not. */
typedef struct
{
  CfoilObjectKind kind;
  CfoilEventKind created;
  CfoilEventKind state;
  gint64 first_states; /* bits */
} ObjectEvents;

#define BIT(state) (G_GINT64_CONSTANT (1) << CFOIL_STATE_##state)

static const ObjectEvents charge_events = {
  CFOIL_OBJECT_CHARGE, CFOIL_EVENT_CHARGE_CREATED, CFOIL_EVENT_CHARGE_STATE, BIT (PENDING)
};
static const ObjectEvents refund_events = {
  CFOIL_OBJECT_REFUND, CFOIL_EVENT_REFUND_CREATED, CFOIL_EVENT_REFUND_STATE, BIT (PENDING)
};
static const ObjectEvents permission_events = {
  CFOIL_OBJECT_PERMISSION, CFOIL_EVENT_PERMISSION_OPENED, CFOIL_EVENT_PERMISSION_STATE, BIT (OPEN)
};
static const ObjectEvents dispute_events = {
  CFOIL_OBJECT_DISPUTE, CFOIL_EVENT_DISPUTE_OPENED, CFOIL_EVENT_DISPUTE_STATE, BIT (NEEDS_RESPONSE)
};

/* feed, updated, state, reason, currency, amount, moved, created, description */
static void
take_observation (Timeline           *self,
                  const ObjectEvents *events,
                  const char         *object_id,
                  CfoilStatement     *row)
{
  const char *feed = cfoil_statement_column_text (row, 0);
  CfoilState state = (CfoilState) cfoil_statement_column_int64 (row, 2);
  gboolean is_dispute = events->kind == CFOIL_OBJECT_DISPUTE;
  const char *reason = cfoil_statement_column_text (row, 3);
  const char *currency = cfoil_statement_column_text (row, 4);
  gint64 moved = cfoil_statement_column_int64 (row, 6);
  CfoilEvent *event;

  event = add_event (self->details->events, events->created, CFOIL_STATE_NONE, object_id,
                     cfoil_statement_column_int64 (row, 7), feed);
  set_money (event, currency, cfoil_statement_column_int64 (row, 5));
  if (event != NULL && is_dispute && event->reason == NULL)
    event->reason = cfoil_shown_text (reason);
  if ((events->first_states >> state) & 1)
    return;

  event = add_event (self->details->events, events->state, state, object_id, cfoil_statement_column_int64 (row, 1), feed);
  if (moved != CFOIL_UNKNOWN && moved != 0)
    set_money (event, currency, moved);
  if (event != NULL && event->reason == NULL)
    event->reason = cfoil_shown_text (is_dispute ? cfoil_statement_column_text (row, 8) : reason);
}

static gboolean
add_object (Timeline           *self,
            const ObjectEvents *events,
            const char         *object_id,
            GError            **error)
{
  g_autoptr (CfoilStatement) rows = NULL;
  CfoilStep step;

  if (object_id == NULL)
    return TRUE;
  rows = _cfoil_details_prepare (self->database,
                                 "SELECT f.name, o.updated_us, o.state, o.reason, o.currency, o.amount_minor, o.moved_minor, "
                                 "o.created_us, o.description FROM observation AS o JOIN feed AS f USING (feed_id) "
                                 "WHERE o.account_id = ?1 AND o.object_id = ?2 AND o.kind = ?3 ORDER BY o.said_us, f.rank DESC, f.name",
                                 self->details->account_id, object_id, error);
  if (rows == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (rows, 3, events->kind);
  while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    take_observation (self, events, object_id, rows);
  return step == CFOIL_STEP_DONE;
}

/* --- settlements --- */

#define SQL_LINES \
  "SELECT f.name, s.provider_id, min (l.posted_us), sum (l.net_minor), l.currency, sum (l.amount_minor) " \
  "FROM settlement_line AS l JOIN settlement AS s USING (settlement_id) JOIN document AS d ON d.document_id = l.document_id " \
  "JOIN feed AS f ON f.feed_id = d.feed_id WHERE l.txn_id = ?1 GROUP BY s.settlement_id, l.currency, f.name ORDER BY 3"

/* In the transaction's own currency: others are none of its money. */
static gboolean
add_payouts (Timeline   *self,
             const char *settlement_id,
             GError    **error)
{
  g_autoptr (CfoilStatement) rows = NULL;
  CfoilStep step;

  rows = _cfoil_details_prepare (self->database,
                                 "SELECT f.name, b.bank_reference, b.transaction_us, b.amount_minor, b.currency "
                                 "FROM disbursement AS b JOIN feed AS f USING (feed_id) "
                                 "WHERE b.account_id = ?1 AND b.settlement_provider_id = ?2 "
                                 "AND b.currency = coalesce (?3, b.currency) ORDER BY b.disbursement_id",
                                 self->details->account_id, settlement_id, error);
  if (rows == NULL)
    return FALSE;
  cfoil_statement_bind_text (rows, 3, self->details->row->currency);
  while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    {
      CfoilEvent *event = add_event (self->details->events, CFOIL_EVENT_PAID_OUT, CFOIL_STATE_NONE,
                                     cfoil_statement_column_text (rows, 1), cfoil_statement_column_int64 (rows, 2),
                                     cfoil_statement_column_text (rows, 0));

      set_money (event, cfoil_statement_column_text (rows, 4), cfoil_statement_column_int64 (rows, 3));
    }
  return step == CFOIL_STEP_DONE;
}

/* The settlements of the transaction itself, and what was paid out with them. */
static gboolean
add_settlements (Timeline *self,
                 GError  **error)
{
  g_autoptr (CfoilStatement) rows = _cfoil_details_prepare (self->database, SQL_LINES, self->details->row->txn_id, NULL, error);
  g_autoptr (GPtrArray) settlements = g_ptr_array_new_with_free_func (g_free);
  CfoilStep step;

  if (rows == NULL)
    return FALSE;
  while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    {
      const char *settlement = cfoil_statement_column_text (rows, 1);
      CfoilEvent *event = add_event (self->details->events, CFOIL_EVENT_SETTLED, CFOIL_STATE_NONE, settlement,
                                     cfoil_statement_column_int64 (rows, 2), cfoil_statement_column_text (rows, 0));

      set_money (event, cfoil_statement_column_text (rows, 4), cfoil_statement_column_int64 (rows, 3));
      g_ptr_array_add (settlements, g_strdup (settlement));
    }
  if (step != CFOIL_STEP_DONE)
    return FALSE;
  for (guint i = 0; i < settlements->len; i++)
    if (!add_payouts (self, settlements->pdata[i], error))
      return FALSE;
  return TRUE;
}

/* A related row of which only settlements tell: when its money moved. */
static gboolean
add_lines_of (Timeline              *self,
              const CfoilDetailsRow *row,
              CfoilEventKind         kind,
              CfoilState             state,
              GError               **error)
{
  g_autoptr (CfoilStatement) rows = _cfoil_details_prepare (self->database, SQL_LINES, row->txn_id, NULL, error);
  CfoilStep step;

  if (rows == NULL)
    return FALSE;
  while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    {
      CfoilEvent *event = add_event (self->details->events, kind, state, row->transaction_id,
                                     cfoil_statement_column_int64 (rows, 2), cfoil_statement_column_text (rows, 0));

      set_money (event, cfoil_statement_column_text (rows, 4), cfoil_statement_column_int64 (rows, 5));
      if (event != NULL)
        event->type = row->type;
    }
  return step == CFOIL_STEP_DONE;
}

static gboolean
add_refund (Timeline              *self,
            const CfoilDetailsRow *row,
            GError               **error)
{
  if (!add_object (self, &refund_events, row->transaction_id, error))
    return FALSE;
  if (row->state != CFOIL_STATE_REFUNDED ||
      find_event (self->details->events, CFOIL_EVENT_REFUND_STATE, CFOIL_STATE_REFUNDED, row->transaction_id) != NULL)
    return TRUE;
  return add_lines_of (self, row, CFOIL_EVENT_REFUND_STATE, CFOIL_STATE_REFUNDED, error);
}

static gboolean
add_related (Timeline *self,
             GError  **error)
{
  for (guint i = 0; i < self->details->related->len; i++)
    {
      const CfoilDetailsRow *row = self->details->related->pdata[i];
      gboolean ok = TRUE;

      /* A refund's own story does not have those of its brothers in it. */
      if (row->type == CFOIL_TYPE_REFUND && self->details->row->type != CFOIL_TYPE_REFUND)
        ok = add_refund (self, row, error);
      else if (row->type == CFOIL_TYPE_CHARGEBACK || row->type == CFOIL_TYPE_CLAIM || row->type == CFOIL_TYPE_DISPUTE_FEE)
        ok = add_lines_of (self, row, CFOIL_EVENT_REVERSAL, CFOIL_STATE_NONE, error);
      if (!ok)
        return FALSE;
    }
  return TRUE;
}

/* At the same time: in the order of the kinds, which is that of things. */
static int
compare_events (gconstpointer a,
                gconstpointer b)
{
  const CfoilEvent *first = *(CfoilEvent *const *) a, *second = *(CfoilEvent *const *) b;

  if (first->time_us != second->time_us)
    return first->time_us < second->time_us ? -1 : 1;
  if (first->kind != second->kind)
    return (int) first->kind - (int) second->kind;
  return g_strcmp0 (first->subject, second->subject);
}

gboolean
_cfoil_details_read_events (CfoilDetails  *details,
                            CfoilDatabase *database,
                            GError       **error)
{
  Timeline self = { details, database };
  gboolean is_refund = details->row->type == CFOIL_TYPE_REFUND;

  if (!add_object (&self, &permission_events, details->permission_id, error) ||
      !add_object (&self, &charge_events, details->charge_id, error) ||
      (is_refund && !add_refund (&self, details->row, error)) ||
      !add_object (&self, &dispute_events, details->dispute_id, error) ||
      !add_related (&self, error) ||
      !add_settlements (&self, error))
    return FALSE;
  g_ptr_array_sort (details->events, compare_events);
  return TRUE;
}
