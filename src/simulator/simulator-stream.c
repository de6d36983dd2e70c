/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "simulator-stream.h"

#include "simulator-catalogue.h"
#include "simulator-ledger.h"
#include "simulator-report-writer.h"

#include <string.h>

/* Sales that later rows may refer to.  A ring of them is all the memory that
 * a report of any length needs. */
#define RING 4096

typedef struct {
  char order_id[20];
  char reference[20];
  guint number;
  guint shop;
  gint64 amount;
  gint64 time;
  gboolean used;
} Sale;

typedef struct {
  CfoilSimWriter writer;
  CfoilSimRandom random;
  const CfoilSimOptions *options;
  CfoilSimCurrency currency;
  Sale *ring;
  guint sales;
  guint orders;
  gint64 start;
  char settlement_id[16];
} Stream;

static void
put_digits (char *to,
            guint number,
            guint digits)
{
  while (digits > 0)
    {
      to[--digits] = (char) ('0' + number % 10);
      number /= 10;
    }
}

static void
new_sale (Stream *stream,
          Sale   *sale,
          gint64  time)
{
  const char *prefix;
  gsize length;

  sale->order_id[0] = stream->options->sandbox ? 'S' : 'P';
  sale->order_id[1] = '0';
  sale->order_id[2] = (char) ('1' + stream->options->region);
  sale->order_id[3] = '-';
  put_digits (sale->order_id + 4, 1000000 + cfoil_sim_random_below (&stream->random, 9000000), 7);
  sale->order_id[11] = '-';
  /* The running number keeps ids apart however many there are. */
  put_digits (sale->order_id + 12, stream->orders % 10000000, 7);
  sale->order_id[19] = '\0';
  sale->shop = cfoil_sim_random_below (&stream->random, CFOIL_SIM_N_SHOPS);
  prefix = cfoil_sim_shop (stream->options->region, sale->shop)->prefix;
  length = strlen (prefix);
  memcpy (sale->reference, prefix, length);
  sale->reference[length] = '-';
  put_digits (sale->reference + length + 1, stream->orders, 9);
  sale->reference[length + 10] = '\0';
  sale->number = cfoil_sim_random_below (&stream->random, 1000000);
  sale->amount = cfoil_sim_basket_amount (&stream->random, stream->currency);
  sale->time = time;
  sale->used = FALSE;
  stream->orders++;
}

static Sale *
next_sale (Stream *stream,
           gint64  time)
{
  Sale *sale = &stream->ring[stream->sales++ % RING];

  new_sale (stream, sale, time);
  return sale;
}

/* An earlier sale to which nothing has happened yet. */
static Sale *
earlier_sale (Stream *stream)
{
  guint n = MIN (stream->sales, RING);
  Sale *sale = n > 0 ? &stream->ring[cfoil_sim_random_below (&stream->random, n)] : NULL;

  if (sale == NULL || sale->used)
    return NULL;
  sale->used = TRUE;
  return sale;
}

static void
child_id (const Sale *sale,
          char        letter,
          char        id[28])
{
  memcpy (id, sale->order_id, 19);
  id[19] = '-';
  id[20] = letter;
  put_digits (id + 21, sale->number, 6);
  id[27] = '\0';
}

static void
write_settlement_row (Stream *stream,
                      gint64  time)
{
  CfoilSimSettlementRow row = { 0 };
  guint roll = cfoil_sim_random_below (&stream->random, 1000);
  gboolean sale_only = roll >= 70;
  Sale *sale = sale_only ? NULL : earlier_sale (stream);
  CfoilSimLineType type = CFOIL_SIM_LINE_CAPTURE;
  char id[28];

  if (sale == NULL)
    sale = next_sale (stream, time);
  else
    type = roll < 62 ? CFOIL_SIM_LINE_REFUND : roll < 68 ? CFOIL_SIM_LINE_CHARGEBACK : CFOIL_SIM_LINE_CLAIM;
  child_id (sale, type == CFOIL_SIM_LINE_REFUND ? 'R' : type == CFOIL_SIM_LINE_CHARGEBACK ? 'B' : 'C', id);
  row.posted = time;
  row.settlement_id = stream->settlement_id;
  row.transaction_id = id;
  row.reference = sale->reference;
  row.type = cfoil_sim_line_type_name (type);
  row.order_id = sale->order_id;
  row.order_reference = sale->reference;
  row.store = cfoil_sim_shop (stream->options->region, sale->shop)->name;
  row.currency = stream->currency;
  row.amount = type == CFOIL_SIM_LINE_CAPTURE ? sale->amount : -sale->amount;
  if (type == CFOIL_SIM_LINE_CAPTURE)
    cfoil_sim_fees_for_capture (stream->currency, sale->amount, roll % 16 == 0, &row.percentage_fee, &row.fixed_fee);
  cfoil_sim_writer_settlement_row (&stream->writer, &row);
}

static void
write_buyer (Stream     *stream,
             const Sale *sale,
             gboolean    order)
{
  g_autoptr (CfoilSimBuyer) buyer = cfoil_sim_buyer_new (stream->options, sale->number % 100000);
  CfoilSimWriter *writer = &stream->writer;

  cfoil_sim_writer_field (writer, buyer->name);
  cfoil_sim_writer_field (writer, buyer->email);
  if (order)
    cfoil_sim_writer_field (writer, buyer->name);
  cfoil_sim_writer_field (writer, buyer->street);
  if (!order)
    {
      cfoil_sim_writer_field (writer, NULL);
      cfoil_sim_writer_field (writer, NULL);
    }
  cfoil_sim_writer_field (writer, buyer->city);
  if (!order)
    cfoil_sim_writer_field (writer, NULL);
  cfoil_sim_writer_field (writer, buyer->state);
  cfoil_sim_writer_field (writer, buyer->postal_code);
  cfoil_sim_writer_field (writer, buyer->country);
}

static void
write_money (Stream     *stream,
             const Sale *sale,
             const char *status,
             const char *reason,
             gint64      time)
{
  CfoilSimWriter *writer = &stream->writer;

  cfoil_sim_writer_amount (writer, sale->amount, stream->currency);
  cfoil_sim_writer_field (writer, cfoil_sim_currency_code (stream->currency));
  cfoil_sim_writer_field (writer, NULL);
  if (reason == NULL)
    cfoil_sim_writer_field (writer, sale->number % 25 == 0 ? "BuyerInitiated" : "SellerInitiated");
  cfoil_sim_writer_field (writer, status);
  cfoil_sim_writer_time (writer, time);
  cfoil_sim_writer_field (writer, reason);
  cfoil_sim_writer_time (writer, time - 90);
}

/* One finished object per row; these reports run from new to old. */
static void
write_transaction_row (Stream            *stream,
                       CfoilSimReportType type,
                       gint64             time)
{
  CfoilSimWriter *writer = &stream->writer;
  Sale *sale = next_sale (stream, time);
  char id[28];
  char other[28];

  child_id (sale, type == CFOIL_SIM_REPORT_REFUND ? 'R' : type == CFOIL_SIM_REPORT_AUTHORIZATION ? 'A' : 'C', id);
  child_id (sale, type == CFOIL_SIM_REPORT_REFUND ? 'C' : 'A', other);
  if (type == CFOIL_SIM_REPORT_ORDER_REFERENCE || type == CFOIL_SIM_REPORT_BILLING_AGREEMENT)
    {
      gboolean order = type == CFOIL_SIM_REPORT_ORDER_REFERENCE;

      if (!order)
        sale->order_id[0] = 'B';
      cfoil_sim_writer_field (writer, sale->order_id);
      cfoil_sim_writer_field (writer, sale->reference);
      cfoil_sim_writer_field (writer, cfoil_sim_shop (stream->options->region, sale->shop)->name);
      cfoil_sim_writer_field (writer, NULL);
      if (order)
        {
          cfoil_sim_writer_amount (writer, sale->amount, stream->currency);
          cfoil_sim_writer_field (writer, cfoil_sim_currency_code (stream->currency));
        }
      cfoil_sim_writer_field (writer, NULL);
      cfoil_sim_writer_field (writer, order ? "Closed" : "Open");
      cfoil_sim_writer_time (writer, time);
      cfoil_sim_writer_field (writer, NULL);
      cfoil_sim_writer_time (writer, time - 90);
      if (order)
        write_buyer (stream, sale, TRUE);
      cfoil_sim_writer_end (writer);
      return;
    }
  cfoil_sim_writer_field (writer, id);
  cfoil_sim_writer_field (writer, sale->reference);
  if (type != CFOIL_SIM_REPORT_AUTHORIZATION)
    cfoil_sim_writer_field (writer, other);
  cfoil_sim_writer_field (writer, sale->order_id);
  write_money (stream, sale, type == CFOIL_SIM_REPORT_AUTHORIZATION ? "Closed" : "Completed",
               type == CFOIL_SIM_REPORT_REFUND ? NULL : type == CFOIL_SIM_REPORT_AUTHORIZATION ? "MaxAmountCaptured" : "", time);
  if (type == CFOIL_SIM_REPORT_CAPTURE)
    write_buyer (stream, sale, FALSE);
  cfoil_sim_writer_end (writer);
}

/* Writes exactly as many data rows as @options has transactions, in constant
 * memory. */
gboolean
cfoil_sim_stream_report (FILE                  *file,
                         CfoilSimReportType     type,
                         const CfoilSimOptions *options)
{
  static const CfoilSimZone zones[] = { CFOIL_SIM_ZONE_PACIFIC, CFOIL_SIM_ZONE_BERLIN, CFOIL_SIM_ZONE_TOKYO };
  static const CfoilSimCurrency currencies[] = { CFOIL_SIM_USD, CFOIL_SIM_EUR, CFOIL_SIM_JPY };
  Stream stream = { 0 };
  gint64 span = options->days * CFOIL_SIM_DAY;
  guint n = options->transactions;
  gboolean ok;

  cfoil_sim_random_init (&stream.random, options->seed, "stream");
  cfoil_sim_writer_init (&stream.writer, file, zones[options->region]);
  stream.options = options;
  stream.currency = currencies[options->region];
  stream.ring = g_new0 (Sale, RING);
  stream.start = options->until - span;
  g_snprintf (stream.settlement_id, sizeof stream.settlement_id, "9%010u", cfoil_sim_random_below (&stream.random, 1000000000));
  if (type == CFOIL_SIM_REPORT_SETTLEMENT)
    cfoil_sim_writer_settlement_head (&stream.writer, "ABCDEFGHIJKLM", stream.start, options->until);
  else
    cfoil_sim_writer_header (&stream.writer, cfoil_sim_report_columns[type], FALSE);
  for (guint i = 0; i < n; i++)
    {
      gint64 time = stream.start + span * i / n;

      if (type == CFOIL_SIM_REPORT_SETTLEMENT)
        write_settlement_row (&stream, time);
      else
        write_transaction_row (&stream, type, options->until - 1 - (time - stream.start));
    }
  ok = cfoil_sim_writer_finish (&stream.writer);
  g_free (stream.ring);
  return ok;
}
