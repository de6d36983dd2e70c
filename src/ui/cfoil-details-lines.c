/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-details-lines.h"

#include "cfoil-currency.h"
#include "cfoil-details-words.h"
#include "cfoil-query.h"
#include "cfoil-words.h"

#include <glib/gi18n.h>

static GPtrArray *
lines_new (void)
{
  return g_ptr_array_new_with_free_func (cfoil_line_free);
}

static CfoilLine *
add_line (GPtrArray     *lines,
          const char    *title,
          const char    *value,
          const char    *detail,
          CfoilLineFlags flags)
{
  CfoilLine *line = cfoil_line_new (title, value, detail, flags);

  g_ptr_array_add (lines, line);
  return line;
}

char *
cfoil_details_format_amount (gint64      minor,
                             const char *currency)
{
  if (minor == CFOIL_UNKNOWN)
    return NULL;
  return currency != NULL ? cfoil_currency_format (minor, currency) : cfoil_words_number (minor);
}

/* "21 Nov 2026, 19:16 UTC": a deadline is the same for everybody. */
static char *
format_utc (gint64 us)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autofree char *time = cfoil_words_date_time (us, utc);

  /* Translators: %s is a date and time in universal time. */
  return g_strdup_printf (_("%s UTC"), time);
}

/* --- status --- */

static void
add_deadline (GPtrArray      *lines,
              const char     *title,
              gint64          us,
              CfoilWorkspace *workspace)
{
  g_autofree char *local = NULL;
  g_autofree char *utc = NULL;
  g_autofree char *detail = NULL;

  if (us == CFOIL_UNKNOWN)
    return;
  local = cfoil_words_date_time (us, cfoil_workspace_get_time_zone (workspace));
  utc = format_utc (us);
  /* Translators: a time zone, and the same time in universal time. */
  detail = g_strdup_printf (_("%s; %s"), cfoil_workspace_get_time_zone_name (workspace), utc);
  add_line (lines, title, local, detail, 0);
}

static void
add_dispute (GPtrArray    *lines,
             CfoilDetails *details)
{
  g_autofree char *claim = cfoil_details_words_reason_with_code (CFOIL_TYPE_CHARGE, details->dispute_reason);
  g_autofree char *why = cfoil_details_words_reason_with_code (CFOIL_TYPE_CHARGE, details->dispute_state_reason);
  g_autofree char *detail = NULL;

  if (details->dispute_state == CFOIL_STATE_NONE)
    return;
  detail = claim != NULL && why != NULL ? g_strdup_printf ("%s\n%s", claim, why) : g_strdup (claim != NULL ? claim : why);
  add_line (lines, _("Dispute"), cfoil_details_words_dispute_state (details->dispute_state, details->dispute_state_word), detail, 0);
}

GPtrArray *
cfoil_details_lines_status (CfoilDetails   *details,
                            CfoilWorkspace *workspace)
{
  GPtrArray *lines = lines_new ();
  const char *words = cfoil_details_words_reason (details->row->type, details->reason);
  g_autofree char *permission = cfoil_details_words_reason_with_code (CFOIL_TYPE_CHARGE, details->permission_reason);

  if (details->reason != NULL)
    add_line (lines, words != NULL ? words : details->reason, NULL, words != NULL ? details->reason : NULL, 0);
  add_deadline (lines, details->row->type == CFOIL_TYPE_CHARGE ? _("Authorization expires") : _("Expires"),
                details->expires_us, workspace);
  add_dispute (lines, details);
  add_deadline (lines, _("Answer due"), details->dispute_deadline_us, workspace);
  if (permission != NULL)
    add_line (lines, _("Charge permission"), details->permission_state_word, permission, 0);
  return lines;
}

/* --- amounts --- */

/* Fees come with the settlement; nothing that was refused or canceled gets there. */
static gboolean
can_be_settled (CfoilDetails *details)
{
  return details->row->state != CFOIL_STATE_DECLINED && details->row->state != CFOIL_STATE_CANCELED;
}

static void
add_amount (GPtrArray     *lines,
            CfoilDetails  *details,
            const char    *title,
            gint64         minor,
            gboolean       is_of_settlement,
            CfoilLineFlags flags)
{
  g_autofree char *amount = cfoil_details_format_amount (minor, details->row->currency);

  if (amount != NULL)
    add_line (lines, title, amount, NULL, flags);
  else if (!is_of_settlement)
    add_line (lines, title, _("not known"), NULL, flags | CFOIL_LINE_IS_UNKNOWN);
  else if (details->settlement_id != NULL)
    add_line (lines, title, _("not said by the settlement"), NULL, flags | CFOIL_LINE_IS_UNKNOWN);
  else if (can_be_settled (details))
    add_line (lines, title, _("not known until settled"), NULL, flags | CFOIL_LINE_IS_UNKNOWN);
}

/* Two decimals, written like an amount. */
static void
add_rate (GPtrArray    *lines,
          CfoilDetails *details)
{
  g_autofree char *number = NULL;
  g_autofree char *text = NULL;

  if (details->fee_rate_ppm == CFOIL_UNKNOWN || details->fee_minor == 0)
    return;
  number = cfoil_currency_format_plain (details->fee_rate_ppm / 100, "EUR");
  /* Translators: %s is a number: per cent. */
  text = g_strdup_printf (_("%s %%"), number);
  add_line (lines, _("Fee rate"), text, NULL, 0);
}

static void
add_presentment (GPtrArray      *lines,
                 CfoilDetails   *details,
                 CfoilWorkspace *workspace)
{
  g_autofree char *amount = cfoil_details_format_amount (details->presentment_minor, details->presentment_currency);
  g_autofree char *date = NULL;

  if (amount != NULL)
    add_line (lines, _("The buyer paid"), amount, NULL, 0);
  if (details->fx_us != CFOIL_UNKNOWN)
    date = cfoil_words_date (details->fx_us, cfoil_workspace_get_time_zone (workspace));
  if (details->fx_rate != NULL)
    add_line (lines, _("Exchange rate"), details->fx_rate, date, 0);
}

GPtrArray *
cfoil_details_lines_amounts (CfoilDetails   *details,
                             CfoilWorkspace *workspace)
{
  GPtrArray *lines = lines_new ();

  add_amount (lines, details, _("Amount"), details->row->amount_minor, FALSE, 0);
  add_amount (lines, details, _("Gross"), details->row->gross_minor, FALSE, 0);
  add_amount (lines, details, _("Percentage fee"), details->fee_percentage_minor, TRUE, 0);
  add_amount (lines, details, _("Fixed fee"), details->fee_fixed_minor, TRUE, 0);
  add_amount (lines, details, _("Fees in total"), details->fee_minor, TRUE, 0);
  add_rate (lines, details);
  if (details->tax_minor != CFOIL_UNKNOWN)
    add_amount (lines, details, _("Tax on fees"), details->tax_minor, TRUE, 0);
  add_amount (lines, details, _("Net"), details->net_minor, TRUE, CFOIL_LINE_IS_STRONG);
  if (details->row->type == CFOIL_TYPE_CHARGE && details->refunded_minor != CFOIL_UNKNOWN)
    add_amount (lines, details, _("Refunded so far"), details->refunded_minor, FALSE, 0);
  add_presentment (lines, details, workspace);
  return lines;
}

/* --- timeline --- */

/* The transaction's own ids stand below, and lines of a settlement have none. */
static gboolean
names_subject (CfoilEventKind kind)
{
  return kind == CFOIL_EVENT_REFUND_CREATED || kind == CFOIL_EVENT_REFUND_STATE || kind == CFOIL_EVENT_DISPUTE_OPENED ||
         kind == CFOIL_EVENT_SETTLED;
}

/* What was paid out is more than this transaction. */
static void
append_payout (GString          *text,
               const CfoilEvent *event)
{
  g_autofree char *amount = cfoil_details_format_amount (event->amount_minor, event->currency);

  if (amount != NULL)
    {
      g_string_append_c (text, '\n');
      /* Translators: %s is an amount: that of the payout as a whole. */
      g_string_append_printf (text, _("%s altogether"), amount);
    }
  if (event->subject != NULL)
    g_string_append_printf (text, "\n%s", event->subject);
}

static char *
describe_event (const CfoilEvent *event,
                CfoilWorkspace   *workspace)
{
  g_autofree char *time = cfoil_words_date_time (event->time_us, cfoil_workspace_get_time_zone (workspace));
  g_autoptr (GString) text = g_string_new (time);
  g_autofree char *reason = cfoil_details_words_reason_with_code (event->kind == CFOIL_EVENT_REFUND_STATE ? CFOIL_TYPE_REFUND
                                                                                                         : CFOIL_TYPE_CHARGE,
                                                                  event->reason);

  for (guint i = 0; event->feeds[i] != NULL; i++)
    g_string_append_printf (text, "%s%s", i == 0 ? " · " : ", ", cfoil_workspace_get_feed_title (workspace, event->feeds[i]));
  if (event->kind == CFOIL_EVENT_PAID_OUT)
    append_payout (text, event);
  else if (names_subject (event->kind))
    g_string_append_printf (text, "\n%s", event->subject);
  if (reason != NULL)
    g_string_append_printf (text, "\n%s", reason);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

GPtrArray *
cfoil_details_lines_timeline (CfoilDetails   *details,
                              CfoilWorkspace *workspace)
{
  GPtrArray *lines = lines_new ();

  for (guint i = 0; i < details->events->len; i++)
    {
      const CfoilEvent *event = details->events->pdata[i];
      g_autofree char *amount = cfoil_details_format_amount (event->amount_minor, event->currency);
      g_autofree char *detail = describe_event (event, workspace);
      gboolean is_payout = event->kind == CFOIL_EVENT_PAID_OUT;

      add_line (lines, cfoil_details_words_event (event), is_payout ? NULL : amount, detail, 0);
    }
  return lines;
}

/* --- other transactions --- */

static void
add_row (GPtrArray             *lines,
         const CfoilDetailsRow *row,
         CfoilWorkspace        *workspace)
{
  gint64 minor = row->gross_minor != 0 || row->amount_minor == CFOIL_UNKNOWN ? row->gross_minor : row->amount_minor;
  g_autofree char *amount = cfoil_details_format_amount (minor, row->currency);
  g_autofree char *time = cfoil_words_date_time (row->time_us, cfoil_workspace_get_time_zone (workspace));
  g_autofree char *title = g_strdup_printf ("%s · %s", cfoil_details_words_type (row), cfoil_details_words_state (row));
  g_autofree char *detail = g_strdup_printf ("%s\n%s", time, row->transaction_id);

  add_line (lines, title, amount, detail, 0)->txn_id = row->txn_id;
}

static char *
query_of (CfoilField  field,
          const char *value)
{
  return cfoil_term_text_of_value (field, value, FALSE);
}

GPtrArray *
cfoil_details_lines_related (CfoilDetails   *details,
                             CfoilWorkspace *workspace)
{
  GPtrArray *lines = lines_new ();

  for (guint i = 0; i < details->related->len; i++)
    add_row (lines, details->related->pdata[i], workspace);
  if (details->n_related > details->related->len && details->charge_id != NULL)
    {
      g_autofree char *n = cfoil_words_number (details->n_related);

      add_line (lines, _("Show all"), n, NULL, 0)->query = query_of (CFOIL_FIELD_CHARGE_ID, details->charge_id);
    }
  return lines;
}

static void
add_fact (GPtrArray  *lines,
          const char *title,
          const char *value)
{
  if (value != NULL)
    add_line (lines, title, value, NULL, CFOIL_LINE_IS_ID)->copied = g_strdup (value);
}

GPtrArray *
cfoil_details_lines_buyer (CfoilDetails   *details,
                           CfoilWorkspace *workspace)
{
  GPtrArray *lines = lines_new ();

  add_fact (lines, _("Name"), details->buyer_name);
  add_fact (lines, _("E-mail"), details->buyer_email);
  add_fact (lines, _("Country"), details->buyer_country);
  add_fact (lines, _("Buyer ID"), details->buyer_id);
  for (guint i = 0; i < details->others->len; i++)
    add_row (lines, details->others->pdata[i], workspace);
  if (details->n_others > 0)
    {
      gboolean has_id = details->buyer_id != NULL;
      g_autofree char *n = cfoil_words_number (details->n_others);
      /* Translators: %s is a number, at least 1. */
      g_autofree char *detail = g_strdup_printf (ngettext ("%s other payment", "%s other payments", (gulong) details->n_others), n);

      add_line (lines, _("Show all payments of this buyer"), NULL, detail, 0)->query =
        query_of (has_id ? CFOIL_FIELD_BUYER_ID : CFOIL_FIELD_BUYER_EMAIL, has_id ? details->buyer_id : details->buyer_email);
    }
  return lines;
}

/* --- the rest --- */

GPtrArray *
cfoil_details_lines_order (CfoilDetails   *details,
                           CfoilWorkspace *workspace)
{
  GPtrArray *lines = lines_new ();
  g_autofree char *risk = details->risk_score != CFOIL_UNKNOWN ? cfoil_words_number (details->risk_score) : NULL;
  const struct
  {
    const char *title;
    const char *value;
  } facts[] = {
    { _("Description"), details->description },
    { _("Store"), details->store },
    { _("Channel"), details->channel },
    { _("Payment method"), details->method },
    { _("On the buyer’s statement"), details->soft_descriptor },
    { _("Carrier"), details->tracking_carrier },
    { _("Tracking number"), details->tracking_number },
    { _("Risk score"), risk },
    { _("Account"), details->account },
  };

  for (guint i = 0; i < G_N_ELEMENTS (facts); i++)
    if (facts[i].value != NULL)
      add_line (lines, facts[i].title, facts[i].value, NULL, CFOIL_LINE_IS_ID);
  return lines;
}

static void
add_id (GPtrArray  *lines,
        const char *title,
        const char *id,
        CfoilField  field) /* CFOIL_N_FIELDS: not to filter by */
{
  CfoilLine *line;

  if (id == NULL)
    return;
  line = add_line (lines, title, id, NULL, CFOIL_LINE_IS_ID);
  line->copied = g_strdup (id);
  if (field != CFOIL_N_FIELDS)
    line->query = query_of (field, id);
}

GPtrArray *
cfoil_details_lines_ids (CfoilDetails   *details,
                         CfoilWorkspace *workspace)
{
  GPtrArray *lines = lines_new ();
  gboolean is_charge = details->row->type == CFOIL_TYPE_CHARGE;

  add_id (lines, _("Transaction ID"), details->row->transaction_id, CFOIL_N_FIELDS);
  if (!is_charge)
    add_id (lines, _("Charge ID"), details->charge_id, CFOIL_FIELD_CHARGE_ID);
  add_id (lines, _("Charge permission ID"), details->permission_id, CFOIL_FIELD_PERMISSION_ID);
  if (g_strcmp0 (details->provider_id, details->row->transaction_id) != 0)
    add_id (lines, _("Provider ID"), details->provider_id, CFOIL_N_FIELDS);
  add_id (lines, _("Merchant reference"), details->merchant_reference, CFOIL_N_FIELDS);
  add_id (lines, _("Order reference"), details->order_reference, CFOIL_N_FIELDS);
  add_id (lines, _("Settlement"), details->settlement_id, CFOIL_FIELD_SETTLEMENT);
  add_id (lines, _("Payout reference"), details->payout_reference, CFOIL_N_FIELDS);
  add_id (lines, _("Dispute ID"), details->dispute_id, CFOIL_N_FIELDS);
  return lines;
}
