/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-scan-payments.h"

#include "cfoil-scan-private.h"

#include <string.h>

typedef struct
{
  const CfoilScanPaymentsRequest *request;
  GHashTable *payouts;  /* (borrowed): CfoilScanPayout by itself, equal by settlement and currency */
  GHashTable *found;    /* (owned): CfoilScanPayments by itself, equal by span and currency */
  gint64 from_us, until_us; /* of all spans */
} Pass;

/* The columns of a block. */
typedef struct
{
  const gint64 *time, *type, *state, *gross, *settlement, *account;
  const CfoilTextColumn *currency; /* (nullable) */
  guint16 currencies[CFOIL_BLOCK_ROWS];
  guint n_rows;
} Columns;

static void
payments_free (gpointer data)
{
  CfoilScanPayments *self = data;

  cfoil_amounts_free (self->amounts);
  cfoil_amounts_free (self->waits);
  g_free (self);
}

static guint
payments_hash (gconstpointer data)
{
  const CfoilScanPayments *self = data;

  return g_str_hash (self->currency) * 31 + self->span;
}

static gboolean
payments_equal (gconstpointer a,
                gconstpointer b)
{
  const CfoilScanPayments *one = a, *other = b;

  return one->span == other->span && g_str_equal (one->currency, other->currency);
}

static guint
payout_hash (gconstpointer data)
{
  const CfoilScanPayout *self = data;

  return g_int64_hash (&self->settlement_id) * 31 + g_str_hash (self->currency);
}

static gboolean
payout_equal (gconstpointer a,
              gconstpointer b)
{
  const CfoilScanPayout *one = a, *other = b;

  return one->settlement_id == other->settlement_id && g_str_equal (one->currency, other->currency);
}

static CfoilScanPayments *
find_payments (Pass       *pass,
               guint       span,
               const char *currency)
{
  CfoilScanPayments key = { .span = span }, *payments;

  g_strlcpy (key.currency, currency, sizeof key.currency);
  payments = g_hash_table_lookup (pass->found, &key);
  if (payments != NULL)
    return payments;
  payments = g_memdup2 (&key, sizeof key);
  payments->amounts = cfoil_amounts_new ();
  payments->waits = cfoil_amounts_new ();
  g_hash_table_add (pass->found, payments);
  return payments;
}

/* --- rows --- */

static gboolean
is_of_account (const CfoilScanPaymentsRequest *request,
               gint64                          account_id)
{
  for (guint i = 0; i < request->n_accounts; i++)
    if (request->account_ids[i] == account_id)
      return TRUE;
  return FALSE;
}

/* The last payout that was looked for: neighbours mostly have the same. */
typedef struct
{
  CfoilScanPayout key;
  guint currency;
  gint64 paid_us; /* CFOIL_UNKNOWN: not paid out */
} LastPayout;

static gint64
find_payout (Pass       *pass,
             LastPayout *last,
             gint64      settlement_id,
             guint       currency,
             const char *code)
{
  const CfoilScanPayout *payout;

  if (last->key.settlement_id == settlement_id && last->currency == currency)
    return last->paid_us;
  last->key.settlement_id = settlement_id;
  last->currency = currency;
  g_strlcpy (last->key.currency, code, sizeof last->key.currency);
  payout = g_hash_table_lookup (pass->payouts, &last->key);
  last->paid_us = payout != NULL ? payout->paid_us : CFOIL_UNKNOWN;
  return last->paid_us;
}

static void
add_payment (Pass              *pass,
             CfoilScanPayments *payments,
             const Columns     *columns,
             guint              i,
             LastPayout        *last)
{
  gint64 gross = columns->gross[i], paid_us;

  cfoil_amounts_add (payments->amounts, gross != CFOIL_UNKNOWN ? gross : 0);
  if (columns->settlement[i] == CFOIL_UNKNOWN)
    return;
  paid_us = find_payout (pass, last, columns->settlement[i], columns->currencies[i], payments->currency);
  if (paid_us != CFOIL_UNKNOWN)
    cfoil_amounts_add (payments->waits, (paid_us - columns->time[i]) / G_TIME_SPAN_MINUTE);
}

static void
add_row (Pass               *pass,
         CfoilScanPayments **payments, /* by span */
         const Columns      *columns,
         guint               i,
         const char         *currency,
         LastPayout         *last)
{
  for (guint span = 0; span < pass->request->n_spans; span++)
    {
      if (columns->time[i] < pass->request->spans[span].from_us || columns->time[i] >= pass->request->spans[span].until_us)
        continue;
      if (payments[span] == NULL)
        payments[span] = find_payments (pass, span, currency);
      add_payment (pass, payments[span], columns, i, last);
    }
}

static gboolean
is_wanted (const Pass    *pass,
           const Columns *columns,
           guint          i)
{
  gint64 type = columns->type[i], state = columns->state[i];

  return type == CFOIL_TYPE_CHARGE && (state == CFOIL_STATE_CAPTURED || state == CFOIL_STATE_NONE) &&
         columns->time[i] >= pass->from_us && columns->time[i] < pass->until_us &&
         (columns->account == NULL || is_of_account (pass->request, columns->account[i]));
}

/* Values of the column are folded: codes in small letters. */
static void
get_code (const CfoilTextColumn *column,
          guint                  value,
          char                   code[16])
{
  gsize length = 0;
  const char *folded = column != NULL ? cfoil_text_column_get (column, value, &length) : "";

  length = MIN (length, 15);
  for (gsize i = 0; i < length; i++)
    code[i] = g_ascii_toupper (folded[i]);
  code[length] = '\0';
}

static void
add_rows (Pass          *pass,
          const Columns *columns)
{
  guint n_values = columns->currency != NULL ? columns->currency->n_values : 1;
  g_autofree CfoilScanPayments **payments = g_new0 (CfoilScanPayments *, n_values * CFOIL_SCAN_MAX_SPANS);
  LastPayout last = { .currency = G_MAXUINT };
  char code[16] = "";
  guint of_code = G_MAXUINT;

  for (guint i = 0; i < columns->n_rows; i++)
    {
      guint currency = columns->currencies[i];

      if (!is_wanted (pass, columns, i))
        continue;
      if (currency != of_code)
        get_code (columns->currency, currency, code);
      of_code = currency;
      add_row (pass, payments + currency * CFOIL_SCAN_MAX_SPANS, columns, i, code, &last);
    }
}

/* --- blocks --- */

static gboolean
read_columns (Pass             *pass,
              CfoilBlockReader *blocks,
              Columns          *columns,
              GError          **error)
{
  columns->n_rows = _cfoil_block_reader_get_n_rows (blocks);
  columns->account = NULL;
  if (!_cfoil_block_reader_get_numbers (blocks, CFOIL_FIELD_TIME, &columns->time, error) ||
      !_cfoil_block_reader_get_numbers (blocks, CFOIL_FIELD_TYPE, &columns->type, error) ||
      !_cfoil_block_reader_get_numbers (blocks, CFOIL_FIELD_STATE, &columns->state, error) ||
      !_cfoil_block_reader_get_numbers (blocks, CFOIL_FIELD_GROSS, &columns->gross, error) ||
      !_cfoil_block_reader_get_numbers (blocks, CFOIL_FIELD_SETTLEMENT, &columns->settlement, error) ||
      !_cfoil_block_reader_get_text (blocks, CFOIL_FIELD_CURRENCY, &columns->currency, error) ||
      (pass->request->account_ids != NULL &&
       !_cfoil_block_reader_get_numbers (blocks, CFOIL_FIELD_ACCOUNT, &columns->account, error)))
    return FALSE;
  if (columns->currency != NULL)
    cfoil_text_column_unpack (columns->currency, columns->currencies);
  else
    memset (columns->currencies, 0, sizeof columns->currencies);
  return TRUE;
}

static gboolean
add_block (CfoilBlockReader *blocks,
           gpointer          data,
           GError          **error)
{
  Pass *pass = data;
  const CfoilNumberColumn *time;
  Columns columns;

  if (!_cfoil_block_reader_get_number (blocks, CFOIL_FIELD_TIME, &time, error))
    return FALSE;
  if (time == NULL || time->max < pass->from_us || time->min >= pass->until_us)
    return TRUE;
  if (!read_columns (pass, blocks, &columns, error))
    return FALSE;
  add_rows (pass, &columns);
  return TRUE;
}

/* --- passes --- */

static gpointer
pass_new (gpointer shared)
{
  Pass *pass = g_memdup2 (shared, sizeof *pass);

  pass->found = g_hash_table_new_full (payments_hash, payments_equal, NULL, payments_free);
  return pass;
}

static void
pass_free (gpointer data)
{
  Pass *pass = data;

  if (pass == NULL)
    return;
  g_hash_table_unref (pass->found);
  g_free (pass);
}

static void
pass_merge (gpointer data,
            gpointer from)
{
  Pass *pass = data, *other = from;
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, other->found);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      CfoilScanPayments *one = value, *all = find_payments (pass, one->span, one->currency);

      cfoil_amounts_merge (all->amounts, one->amounts);
      cfoil_amounts_merge (all->waits, one->waits);
    }
}

static int
compare_payments (gconstpointer a,
                  gconstpointer b)
{
  const CfoilScanPayments *one = *(const CfoilScanPayments *const *) a, *other = *(const CfoilScanPayments *const *) b;

  return one->span != other->span ? (one->span < other->span ? -1 : 1) : strcmp (one->currency, other->currency);
}

static GPtrArray *
take_found (Pass *pass)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (payments_free);
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, pass->found);
  while (g_hash_table_iter_next (&iter, &value, NULL))
    {
      g_ptr_array_add (found, value);
      g_hash_table_iter_steal (&iter);
    }
  g_ptr_array_sort (found, compare_payments);
  return found;
}

GPtrArray *
cfoil_scan_payments (CfoilDatabase                  *database,
                     CfoilScanCache                 *cache,
                     const CfoilScanPaymentsRequest *request,
                     GCancellable                   *cancellable,
                     GError                        **error)
{
  static const CfoilScanPartsFuncs funcs = { pass_new, pass_free, add_block, NULL, pass_merge };
  g_autoptr (GHashTable) payouts = g_hash_table_new (payout_hash, payout_equal);
  Pass shared = { request, payouts, NULL, G_MAXINT64, G_MININT64 }, *pass;
  GPtrArray *found;

  g_return_val_if_fail (request->n_spans <= CFOIL_SCAN_MAX_SPANS, NULL);

  for (guint i = 0; i < request->n_payouts; i++)
    g_hash_table_add (payouts, (gpointer) &request->payouts[i]);
  for (guint i = 0; i < request->n_spans; i++)
    {
      shared.from_us = MIN (shared.from_us, request->spans[i].from_us);
      shared.until_us = MAX (shared.until_us, request->spans[i].until_us);
    }
  pass = _cfoil_scan_parts_run (database, cache, &funcs, &shared, cancellable, error);
  if (pass == NULL)
    return NULL;
  found = take_found (pass);
  pass_free (pass);
  return found;
}
