/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bench-merchant.h"

#include "cfoil-account.h"
#include "cfoil-writer.h"

#define DAYS (3 * 365)
#define WEEK_US (7 * G_TIME_SPAN_DAY)
#define ROWS_OF_COMMIT 250000
#define CHARGES_OF_PERMISSION 3

static const char *const currencies[] = { "USD", "EUR" };
static const char *const stores[] = { "Larkspur Outdoor Supply", "Paper & Thread", "Harbor Street Coffee", "Quiet Hours Books" };
static const char *const countries[] = { "US", "CA", "DE", "GB", "FR", "MX", "AU", "IT" };

/* Where the merchant's history stands. */
typedef struct
{
  CfoilWriter *writer; /* (owned) */
  GRand *random;       /* (owned) */
  guint64 n_rows;      /* put so far */
  guint64 n_charges;
  guint n_settlements;
  char settlement[16];
  gint64 settlement_us;                           /* when it begins */
  gint64 balance_minor[G_N_ELEMENTS (currencies)];
} Merchant;

static guint
pick (Merchant *merchant,
      guint     n)
{
  return (guint) g_rand_int_range (merchant->random, 0, (gint32) n);
}

static void
name_charge (guint64 n,
             char    permission[32],
             char    charge[48])
{
  guint64 of = n / CHARGES_OF_PERMISSION;

  g_snprintf (permission, 32, "P01-%07u-%07u", (guint) (of * 7919 % 9999991), (guint) (of % 9999973));
  g_snprintf (charge, 48, "%s-C%06u", permission, (guint) (n % 999983));
}

static CfoilSettlementLine
new_line (const Merchant *merchant,
          CfoilType       type,
          gint64          posted_us,
          guint           currency,
          gint64          amount_minor)
{
  return (CfoilSettlementLine){
    .settlement_id = merchant->settlement,
    .type = type,
    .provider_type = cfoil_type_to_string (type),
    .posted_us = posted_us,
    .currency = currencies[currency],
    .amount_minor = amount_minor,
    .fee_percentage_minor = CFOIL_UNKNOWN,
    .fee_fixed_minor = CFOIL_UNKNOWN,
    .net_minor = amount_minor,
    .row_number = merchant->n_rows + 1,
  };
}

static gboolean
put_line (Merchant            *merchant,
          guint                currency,
          CfoilSettlementLine *line,
          GError             **error)
{
  line->net_minor = line->amount_minor + line->fee_minor;
  merchant->balance_minor[currency] += line->net_minor;
  merchant->n_rows++;
  return cfoil_writer_put_line (merchant->writer, line, error);
}

/* --- payments --- */

/* Some buyers come very often. */
static gboolean
put_permission (Merchant   *merchant,
                const char *id,
                gint64      us,
                GError    **error)
{
  guint buyer = pick (merchant, 1 + pick (merchant, (guint) (merchant->n_charges / 4 + 1)));
  char buyer_id[32], name[32];
  CfoilObservation said = {
    .kind = CFOIL_OBJECT_PERMISSION, .object_id = id, .said_us = us, .state = CFOIL_STATE_OPEN, .amount_minor = CFOIL_UNKNOWN,
    .moved_minor = CFOIL_UNKNOWN, .refunded_minor = CFOIL_UNKNOWN, .created_us = us, .expires_us = CFOIL_UNKNOWN,
    .deadline_us = CFOIL_UNKNOWN, .buyer_id = buyer_id, .buyer_name = name, .buyer_country = countries[pick (merchant, 1 + buyer % 8)],
    .final = TRUE, .raw = "{}",
  };

  g_snprintf (buyer_id, sizeof buyer_id, "amzn1.account.B%07u", buyer);
  g_snprintf (name, sizeof name, "Buyer %u", buyer);
  return cfoil_writer_put_observation (merchant->writer, &said, error);
}

static gboolean
put_charge (Merchant *merchant,
            gint64    us,
            GError  **error)
{
  guint currency = pick (merchant, 6) == 0, store = pick (merchant, G_N_ELEMENTS (stores));
  gint64 amount = 299 + pick (merchant, 100) * pick (merchant, 300);
  CfoilSettlementLine line = new_line (merchant, CFOIL_TYPE_CHARGE, us, currency, amount);
  char permission[32], charge[48], reference[24];

  name_charge (merchant->n_charges, permission, charge);
  g_snprintf (reference, sizeof reference, "LOS-%09u", (guint) merchant->n_charges);
  if (merchant->n_charges % CHARGES_OF_PERMISSION == 0 && !put_permission (merchant, permission, us, error))
    return FALSE;
  line.provider_id = line.object_id = charge;
  line.permission_id = permission;
  line.merchant_reference = line.order_reference = reference;
  line.store = stores[store];
  line.fee_percentage_minor = -amount * 29 / 1000;
  line.fee_fixed_minor = -30;
  line.fee_minor = line.fee_percentage_minor + line.fee_fixed_minor;
  merchant->n_charges++;
  return put_line (merchant, currency, &line, error);
}

/* Of one of the last few payments; now and then the bank takes one back. */
static gboolean
put_refund (Merchant *merchant,
            gint64    us,
            GError  **error)
{
  gboolean is_chargeback = pick (merchant, 10) == 0;
  CfoilSettlementLine line = new_line (merchant, is_chargeback ? CFOIL_TYPE_CHARGEBACK : CFOIL_TYPE_REFUND, us, 0,
                                       -(gint64) (299 + pick (merchant, 2000)));
  guint64 of = merchant->n_charges - 1 - pick (merchant, (guint) MIN (merchant->n_charges, 5000));
  char permission[32], charge[48], refund[56], reference[24];

  name_charge (of, permission, charge);
  g_snprintf (refund, sizeof refund, "%s-%c%05u", permission, is_chargeback ? 'D' : 'R', (guint) (merchant->n_rows % 99991));
  g_snprintf (reference, sizeof reference, "LOS-%09u", (guint) of);
  line.provider_id = refund;
  line.object_id = is_chargeback ? NULL : refund;
  line.charge_id = charge;
  line.permission_id = permission;
  line.merchant_reference = line.order_reference = reference;
  return put_line (merchant, 0, &line, error);
}

/* --- settlements --- */

static gboolean
pay_out (Merchant *merchant,
         guint     currency,
         gint64    us,
         GError  **error)
{
  gint64 paid = merchant->balance_minor[currency];
  g_autofree char *reference = g_strdup_printf ("BANK%u%s", merchant->n_settlements, currencies[currency]);
  CfoilSettlementLine line = new_line (merchant, CFOIL_TYPE_TRANSFER, us, currency, -paid);
  CfoilDisbursement out = { merchant->settlement, "MERCHANT", reference, currencies[currency], paid, us + G_TIME_SPAN_DAY, "{}" };

  if (paid <= 0)
    return TRUE;
  line.provider_id = reference;
  return put_line (merchant, currency, &line, error) && cfoil_writer_put_disbursement (merchant->writer, &out, error);
}

static gboolean
end_settlement (Merchant *merchant,
                gint64    us,
                GError  **error)
{
  CfoilSettlement head = { merchant->settlement, "MERCHANT", merchant->settlement_us, us };

  for (guint i = 0; i < G_N_ELEMENTS (currencies); i++)
    if (!pay_out (merchant, i, us - 1, error))
      return FALSE;
  return cfoil_writer_put_settlement (merchant->writer, &head, error);
}

static gboolean
begin_settlement (Merchant *merchant,
                  gint64    us,
                  GError  **error)
{
  if (merchant->n_settlements > 0 && !end_settlement (merchant, us, error))
    return FALSE;
  g_snprintf (merchant->settlement, sizeof merchant->settlement, "9%010u", ++merchant->n_settlements);
  merchant->settlement_us = us;
  return TRUE;
}

static gboolean
put_all (Merchant *merchant,
         guint64   n_rows,
         gint64    until_us,
         GError  **error)
{
  gint64 from_us = until_us - DAYS * G_TIME_SPAN_DAY, week = -1;

  for (guint64 i = 0; i < n_rows; i++)
    {
      gint64 us = from_us + (gint64) ((double) i / (double) n_rows * DAYS * G_TIME_SPAN_DAY);

      if ((us - from_us) / WEEK_US != week && !begin_settlement (merchant, from_us + ++week * WEEK_US, error))
        return FALSE;
      if (!(merchant->n_charges > 0 && pick (merchant, 15) == 0 ? put_refund (merchant, us, error) : put_charge (merchant, us, error)))
        return FALSE;
      if (i % ROWS_OF_COMMIT == ROWS_OF_COMMIT - 1 && !cfoil_writer_commit (merchant->writer, error))
        return FALSE;
    }
  return end_settlement (merchant, until_us, error) && cfoil_writer_commit (merchant->writer, error);
}

static gboolean
open_source (CfoilWriter *writer,
             GError     **error)
{
  CfoilDocumentInfo info = { .sha256 = "bench", .type = "settlement", .n_bytes = 1, .received_us = 1 };
  CfoilDocumentState state;

  if (!cfoil_writer_open_feed (writer, "settlement-reports", 10, &info.feed_id, error) ||
      !cfoil_writer_open_document (writer, &info, &state, error))
    return FALSE;
  cfoil_writer_set_source (writer, info.feed_id, state.document_id, FALSE);
  return TRUE;
}

static gint64
add_account (CfoilMirror *mirror,
             GError     **error)
{
  g_autoptr (CfoilAccount) account = cfoil_account_new ();

  account->name = g_strdup ("bench");
  account->provider = g_strdup ("amazon-pay");
  account->region = g_strdup ("na");
  account->environment = g_strdup ("live");
  account->public_key_id = g_strdup ("LIVE-AAAAAAAAAAAAAAAAAAAAAAAA");
  account->key_storage = g_strdup ("keyring");
  account->created_us = 1;
  return cfoil_account_add (mirror, account, error) ? account->account_id : 0;
}

gboolean
bench_merchant_make (const char *folder,
                     guint64     n_rows,
                     gint64      until_us,
                     GError    **error)
{
  g_autoptr (CfoilMirror) mirror = cfoil_mirror_open (folder, error);
  gint64 account_id = mirror != NULL ? add_account (mirror, error) : 0;
  Merchant merchant = { NULL };
  gboolean ok;

  if (account_id == 0)
    return FALSE;
  merchant.writer = cfoil_writer_new (mirror, account_id, error);
  if (merchant.writer == NULL)
    return FALSE;
  merchant.random = g_rand_new_with_seed (1);
  ok = open_source (merchant.writer, error) && put_all (&merchant, n_rows, until_us, error);
  g_rand_free (merchant.random);
  cfoil_writer_free (merchant.writer);
  return ok;
}
