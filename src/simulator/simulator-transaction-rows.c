/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "simulator-transaction-rows.h"

#include "simulator-catalogue.h"
#include "simulator-ledger.h"

#include <string.h>

/* One state change that a report tells about. */
typedef struct {
  gconstpointer object;
  const CfoilSimStep *step;
  const char *status;
  const char *reason;
} Change;

typedef struct {
  CfoilSimWriter *writer;
  const CfoilSimMerchant *merchant;
  GArray *changes;
  gint64 start;
  gint64 end;
} Report;

/* The reports still speak the language of the first API version. */
static const char *
capture_status (const CfoilSimHistory *history,
                const CfoilSimStep    *step,
                const char           **reason)
{
  *reason = cfoil_sim_reason_name (step->reason);
  switch (step->state)
    {
    case CFOIL_SIM_STATE_CaptureInitiated:
      return "Pending";
    case CFOIL_SIM_STATE_Captured:
      return "Completed";
    case CFOIL_SIM_STATE_Declined:
      return step > history->steps && step[-1].state == CFOIL_SIM_STATE_CaptureInitiated ? "Declined" : NULL;
    default:
      return NULL;
    }
}

static const char *
authorization_status (const CfoilSimHistory *history,
                      const CfoilSimStep    *step,
                      const char           **reason)
{
  *reason = cfoil_sim_reason_name (step->reason);
  switch (step->state)
    {
    case CFOIL_SIM_STATE_AuthorizationInitiated:
      return "Pending";
    case CFOIL_SIM_STATE_Authorized:
      return "Open";
    case CFOIL_SIM_STATE_Declined:
      return step > history->steps && step[-1].state == CFOIL_SIM_STATE_CaptureInitiated ? NULL : "Declined";
    case CFOIL_SIM_STATE_Captured:
      *reason = "MaxAmountCaptured";
      return "Closed";
    case CFOIL_SIM_STATE_Canceled:
      return "Closed";
    default:
      return NULL;
    }
}

static const char *
refund_status (const CfoilSimHistory *history,
               const CfoilSimStep    *step,
               const char           **reason)
{
  *reason = cfoil_sim_reason_name (step->reason);
  switch (step->state)
    {
    case CFOIL_SIM_STATE_RefundInitiated:
      return "Pending";
    case CFOIL_SIM_STATE_Refunded:
      return "Completed";
    default:
      return "Declined";
    }
}

static const char *
permission_status (const CfoilSimHistory *history,
                   const CfoilSimStep    *step,
                   const char           **reason)
{
  *reason = cfoil_sim_reason_name (step->reason);
  switch (step->state)
    {
    case CFOIL_SIM_STATE_Chargeable:
      return "Open";
    case CFOIL_SIM_STATE_NonChargeable:
      return "Suspended";
    default:
      return step->reason == CFOIL_SIM_REASON_BuyerCanceled || step->reason == CFOIL_SIM_REASON_AmazonCanceled
               ? "Canceled" : "Closed";
    }
}

/* A recurring order lives as long as its charge. */
static const char *
recurring_order_status (const CfoilSimHistory *history,
                        const CfoilSimStep    *step,
                        const char           **reason)
{
  *reason = NULL;
  if (step == history->steps)
    return "Open";
  return step->state == CFOIL_SIM_STATE_Captured || step->state == CFOIL_SIM_STATE_Canceled ||
             step->state == CFOIL_SIM_STATE_Declined ? "Closed" : NULL;
}

typedef const char *(*StatusFunc) (const CfoilSimHistory *history, const CfoilSimStep *step, const char **reason);

static void
gather (Report                *report,
        gconstpointer          object,
        const CfoilSimHistory *history,
        StatusFunc             status_of)
{
  for (guint i = 0; i < history->n; i++)
    {
      Change change = { object, &history->steps[i], NULL, NULL };

      if (change.step->at < report->start || change.step->at > report->end)
        continue;
      change.status = status_of (history, change.step, &change.reason);
      if (change.status != NULL)
        g_array_append_val (report->changes, change);
    }
}

static int
newest_first (gconstpointer a,
              gconstpointer b)
{
  const Change *x = a;
  const Change *y = b;

  if (x->step->at != y->step->at)
    return x->step->at > y->step->at ? -1 : 1;
  if (x->object == y->object)
    return x->step > y->step ? -1 : x->step < y->step;
  return 0;
}

static void
write_status (CfoilSimWriter *writer,
              const Change   *change,
              gint64          created)
{
  cfoil_sim_writer_field (writer, change->status);
  cfoil_sim_writer_time (writer, change->step->at);
  cfoil_sim_writer_field (writer, change->reason);
  cfoil_sim_writer_time (writer, created);
}

static void
authorization_id (const char *charge_id,
                  char        id[32])
{
  g_strlcpy (id, charge_id, 32);
  id[strlen (id) - 7] = 'A';
}

/* When the capture was asked for. */
static gint64
capture_created (const CfoilSimStep *step)
{
  return step->state != CFOIL_SIM_STATE_CaptureInitiated && step[-1].state == CFOIL_SIM_STATE_CaptureInitiated
           ? step[-1].at : step->at;
}

static void
write_capture (Report       *report,
               const Change *change)
{
  const CfoilSimCharge *charge = change->object;
  CfoilSimWriter *writer = report->writer;
  g_autoptr (CfoilSimBuyer) buyer = cfoil_sim_buyer_new (&report->merchant->options, charge->permission->buyer);
  char id[32];

  authorization_id (charge->id, id);
  cfoil_sim_writer_field (writer, charge->id);
  cfoil_sim_writer_field (writer, charge->reference);
  cfoil_sim_writer_field (writer, id);
  cfoil_sim_writer_field (writer, charge->order_id);
  cfoil_sim_writer_amount (writer, charge->captured, charge->permission->currency);
  cfoil_sim_writer_field (writer, cfoil_sim_currency_code (charge->permission->currency));
  cfoil_sim_writer_field (writer, charge->note);
  write_status (writer, change, capture_created (change->step));
  cfoil_sim_writer_field (writer, buyer->name);
  cfoil_sim_writer_field (writer, buyer->email);
  cfoil_sim_writer_field (writer, buyer->street);
  cfoil_sim_writer_field (writer, NULL);
  cfoil_sim_writer_field (writer, NULL);
  cfoil_sim_writer_field (writer, buyer->city);
  cfoil_sim_writer_field (writer, NULL);
  cfoil_sim_writer_field (writer, buyer->state);
  cfoil_sim_writer_field (writer, buyer->postal_code);
  cfoil_sim_writer_field (writer, buyer->country);
}

static void
write_authorization (Report       *report,
                     const Change *change)
{
  const CfoilSimCharge *charge = change->object;
  CfoilSimWriter *writer = report->writer;
  char id[32];

  authorization_id (charge->id, id);
  cfoil_sim_writer_field (writer, id);
  cfoil_sim_writer_field (writer, charge->reference);
  cfoil_sim_writer_field (writer, charge->order_id);
  cfoil_sim_writer_amount (writer, charge->amount, charge->permission->currency);
  cfoil_sim_writer_field (writer, cfoil_sim_currency_code (charge->permission->currency));
  cfoil_sim_writer_field (writer, charge->note);
  write_status (writer, change, charge->created);
}

static void
write_refund (Report       *report,
              const Change *change)
{
  const CfoilSimRefund *refund = change->object;
  CfoilSimWriter *writer = report->writer;

  cfoil_sim_writer_field (writer, refund->id);
  cfoil_sim_writer_field (writer, refund->reference);
  cfoil_sim_writer_field (writer, refund->charge->id);
  cfoil_sim_writer_field (writer, refund->charge->order_id);
  cfoil_sim_writer_amount (writer, refund->amount, refund->charge->permission->currency);
  cfoil_sim_writer_field (writer, cfoil_sim_currency_code (refund->charge->permission->currency));
  cfoil_sim_writer_field (writer, NULL);
  cfoil_sim_writer_field (writer, refund->buyer_initiated ? "BuyerInitiated" : "SellerInitiated");
  write_status (writer, change, refund->created);
}

static void
write_order (Report                  *report,
             const Change            *change,
             const CfoilSimPermission *permission,
             const char              *id,
             gint64                   amount,
             gint64                   created)
{
  CfoilSimWriter *writer = report->writer;
  g_autoptr (CfoilSimBuyer) buyer = cfoil_sim_buyer_new (&report->merchant->options, permission->buyer);

  cfoil_sim_writer_field (writer, id);
  cfoil_sim_writer_field (writer, permission->reference);
  cfoil_sim_writer_field (writer, permission->store);
  cfoil_sim_writer_field (writer, permission->custom);
  cfoil_sim_writer_amount (writer, amount, permission->currency);
  cfoil_sim_writer_field (writer, cfoil_sim_currency_code (permission->currency));
  cfoil_sim_writer_field (writer, permission->note);
  write_status (writer, change, created);
  cfoil_sim_writer_field (writer, buyer->name);
  cfoil_sim_writer_field (writer, buyer->email);
  cfoil_sim_writer_field (writer, buyer->name);
  cfoil_sim_writer_field (writer, buyer->street);
  cfoil_sim_writer_field (writer, buyer->city);
  cfoil_sim_writer_field (writer, buyer->state);
  cfoil_sim_writer_field (writer, buyer->postal_code);
  cfoil_sim_writer_field (writer, buyer->country);
}

static void
write_agreement (Report       *report,
                 const Change *change)
{
  const CfoilSimPermission *permission = change->object;
  CfoilSimWriter *writer = report->writer;

  cfoil_sim_writer_field (writer, permission->id);
  cfoil_sim_writer_field (writer, permission->reference);
  cfoil_sim_writer_field (writer, permission->store);
  cfoil_sim_writer_field (writer, permission->custom);
  cfoil_sim_writer_field (writer, permission->note);
  write_status (writer, change, permission->created);
}

static void
write_multi_currency (Report       *report,
                      const Change *change)
{
  const CfoilSimCharge *charge = change->object;
  CfoilSimCurrency currency = charge->permission->currency;
  CfoilSimWriter *writer = report->writer;
  gint64 percentage;
  gint64 fixed;

  cfoil_sim_fees_for_capture (currency, charge->captured, charge->cross_border, &percentage, &fixed);
  cfoil_sim_writer_field (writer, charge->id);
  cfoil_sim_writer_field (writer, charge->order_id);
  cfoil_sim_writer_amount (writer, charge->captured, currency);
  cfoil_sim_writer_field (writer, cfoil_sim_currency_code (currency));
  cfoil_sim_writer_amount (writer, charge->captured, currency);
  cfoil_sim_writer_field (writer, cfoil_sim_currency_code (currency));
  cfoil_sim_writer_field (writer, "1");
  cfoil_sim_writer_amount (writer, percentage + fixed, currency);
  cfoil_sim_writer_time (writer, change->step->at);
}

static const char *
completed_only (const CfoilSimHistory *history,
                const CfoilSimStep    *step,
                const char           **reason)
{
  return step->state == CFOIL_SIM_STATE_Captured ? "Completed" : NULL;
}

static void
gather_all (Report            *report,
            CfoilSimReportType type)
{
  const CfoilSimMerchant *merchant = report->merchant;
  StatusFunc of_charge = type == CFOIL_SIM_REPORT_CAPTURE ? capture_status
                         : type == CFOIL_SIM_REPORT_AUTHORIZATION ? authorization_status
                         : type == CFOIL_SIM_REPORT_MULTI_CURRENCY && merchant->options.region == CFOIL_SIM_REGION_EU ? completed_only
                                                                                                                      : NULL;

  for (guint i = 0; of_charge != NULL && i < merchant->charges->len; i++)
    {
      const CfoilSimCharge *charge = g_ptr_array_index (merchant->charges, i);

      gather (report, charge, &charge->history, of_charge);
    }
  for (guint i = 0; type == CFOIL_SIM_REPORT_REFUND && i < merchant->refunds->len; i++)
    {
      const CfoilSimRefund *refund = g_ptr_array_index (merchant->refunds, i);

      gather (report, refund, &refund->history, refund_status);
    }
  for (guint i = 0; i < merchant->permissions->len; i++)
    {
      const CfoilSimPermission *permission = g_ptr_array_index (merchant->permissions, i);

      if (type == (permission->recurring ? CFOIL_SIM_REPORT_BILLING_AGREEMENT : CFOIL_SIM_REPORT_ORDER_REFERENCE))
        gather (report, permission, &permission->history, permission_status);
    }
}

static void
write_recurring_orders (Report *report)
{
  const CfoilSimMerchant *merchant = report->merchant;

  g_array_set_size (report->changes, 0);
  for (guint i = 0; i < merchant->charges->len; i++)
    {
      const CfoilSimCharge *charge = g_ptr_array_index (merchant->charges, i);

      if (charge->permission->recurring)
        gather (report, charge, &charge->history, recurring_order_status);
    }
  g_array_sort (report->changes, newest_first);
  for (guint i = 0; i < report->changes->len; i++)
    {
      const Change *change = &g_array_index (report->changes, Change, i);
      const CfoilSimCharge *charge = change->object;

      write_order (report, change, charge->permission, charge->order_id, charge->amount, charge->created);
      cfoil_sim_writer_end (report->writer);
    }
}

static void
write_change (Report            *report,
              CfoilSimReportType type,
              const Change      *change)
{
  const CfoilSimPermission *permission = change->object;

  if (type == CFOIL_SIM_REPORT_CAPTURE)
    write_capture (report, change);
  else if (type == CFOIL_SIM_REPORT_AUTHORIZATION)
    write_authorization (report, change);
  else if (type == CFOIL_SIM_REPORT_REFUND)
    write_refund (report, change);
  else if (type == CFOIL_SIM_REPORT_BILLING_AGREEMENT)
    write_agreement (report, change);
  else if (type == CFOIL_SIM_REPORT_MULTI_CURRENCY)
    write_multi_currency (report, change);
  else
    write_order (report, change, permission, permission->id, permission->limit, permission->created);
}

/* Writes the state changes of the window, newest first, and returns how many
 * there are. */
guint
cfoil_sim_write_transactions (CfoilSimWriter         *writer,
                              const CfoilSimMerchant *merchant,
                              CfoilSimReportType      type,
                              gint64                  start,
                              gint64                  end)
{
  g_autoptr (GArray) changes = g_array_new (FALSE, FALSE, sizeof (Change));
  Report report = { writer, merchant, changes, start, end };
  guint rows;

  gather_all (&report, type);
  g_array_sort (changes, newest_first);
  rows = changes->len;
  for (guint i = 0; i < changes->len; i++)
    {
      write_change (&report, type, &g_array_index (changes, Change, i));
      cfoil_sim_writer_end (writer);
    }
  if (type == CFOIL_SIM_REPORT_ORDER_REFERENCE)
    {
      write_recurring_orders (&report);
      rows += changes->len;
    }
  return rows;
}
