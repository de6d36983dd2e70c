/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "simulator-report-writer.h"

#include <string.h>

#define BUFFER_SIZE (256 * 1024)

static const char *const settlement_columns[] = {
  "TransactionPostedDate", "SettlementId", "AmazonTransactionId", "SellerReferenceId", "TransactionType",
  "AmazonOrderReferenceId", "SellerOrderId", "StoreName", "CurrencyCode", "TransactionDescription",
  "TransactionAmount", "TransactionPercentageFee", "TransactionFixedFee", "TotalTransactionFee",
  "NetTransactionAmount", NULL
};

/* @file: (nullable): without it the rows gather in @writer's text */
void
cfoil_sim_writer_init (CfoilSimWriter *writer,
                       FILE           *file,
                       CfoilSimZone    zone)
{
  memset (writer, 0, sizeof *writer);
  writer->file = file;
  writer->text = file == NULL ? g_string_new (NULL) : NULL;
  writer->buffer = g_malloc (BUFFER_SIZE);
  writer->zone = zone;
  writer->hour = G_MININT64;
  writer->day = G_MININT64;
}

static void
flush (CfoilSimWriter *writer)
{
  if (writer->file == NULL)
    g_string_append_len (writer->text, writer->buffer, (gssize) writer->used);
  else if (fwrite (writer->buffer, 1, writer->used, writer->file) != writer->used)
    writer->failed = TRUE;
  writer->used = 0;
}

/* The text, if any, is left to the caller.  FALSE when the disk is full. */
gboolean
cfoil_sim_writer_finish (CfoilSimWriter *writer)
{
  flush (writer);
  g_clear_pointer (&writer->buffer, g_free);
  return !writer->failed;
}

static void
put (CfoilSimWriter *writer,
     const char     *text,
     gsize           length)
{
  if (writer->used + length > BUFFER_SIZE)
    flush (writer);
  if (length > BUFFER_SIZE)
    length = BUFFER_SIZE;
  memcpy (writer->buffer + writer->used, text, length);
  writer->used += length;
}

static void
open_field (CfoilSimWriter *writer)
{
  if (writer->in_row)
    put (writer, ",\"", 2);
  else
    put (writer, "\"", 1);
  writer->in_row = TRUE;
}

void
cfoil_sim_writer_field (CfoilSimWriter *writer,
                        const char     *text)
{
  open_field (writer);
  while (text != NULL && *text != '\0')
    {
      gsize length = strcspn (text, "\"");

      put (writer, text, length);
      text += length;
      if (*text == '"')
        {
          put (writer, "\"\"", 2);
          text++;
        }
    }
  put (writer, "\"", 1);
}

/* Nothing is "0" in every currency. */
void
cfoil_sim_writer_amount (CfoilSimWriter  *writer,
                         gint64           minor,
                         CfoilSimCurrency currency)
{
  char text[CFOIL_SIM_AMOUNT_SIZE];

  open_field (writer);
  if (minor == 0)
    put (writer, "0\"", 2);
  else
    {
      put (writer, text, cfoil_sim_money_write (text, minor, currency));
      put (writer, "\"", 1);
    }
}

static void
two_digits (char *to,
            int   number)
{
  to[0] = (char) ('0' + number / 10);
  to[1] = (char) ('0' + number % 10);
}

/* Offsets change on whole hours only, so an hour is what may be kept. */
static void
remember_offset (CfoilSimWriter *writer,
                 gint64          time)
{
  gint64 hour = time / CFOIL_SIM_HOUR;
  gint64 unused;

  if (hour == writer->hour)
    return;
  writer->hour = hour;
  writer->offset = cfoil_sim_zone_offset (writer->zone, time, &unused);
  writer->offset_text[0] = ' ';
  writer->offset_text[1] = writer->offset < 0 ? '-' : '+';
  two_digits (writer->offset_text + 2, ABS (writer->offset) / 3600);
  two_digits (writer->offset_text + 4, ABS (writer->offset) / 60 % 60);
}

static void
remember_day (CfoilSimWriter *writer,
              gint64          day)
{
  CfoilSimDate date;

  if (day == writer->day)
    return;
  writer->day = day;
  date = cfoil_sim_date_from_days (day);
  two_digits (writer->day_text, date.year / 100);
  two_digits (writer->day_text + 2, date.year % 100);
  writer->day_text[4] = '-';
  two_digits (writer->day_text + 5, date.month);
  writer->day_text[7] = '-';
  two_digits (writer->day_text + 8, date.day);
  writer->day_text[10] = '\0';
}

/* 2015-10-01T07:06:47 -0700 */
void
cfoil_sim_writer_time (CfoilSimWriter *writer,
                       gint64          time)
{
  char text[25];
  gint64 local;
  int second;

  remember_offset (writer, time);
  local = time + writer->offset;
  remember_day (writer, local / CFOIL_SIM_DAY);
  second = (int) (local % CFOIL_SIM_DAY);
  memcpy (text, writer->day_text, 10);
  text[10] = 'T';
  two_digits (text + 11, second / 3600);
  text[13] = ':';
  two_digits (text + 14, second / 60 % 60);
  text[16] = ':';
  two_digits (text + 17, second % 60);
  memcpy (text + 19, writer->offset_text, 6);
  open_field (writer);
  put (writer, text, sizeof text);
  put (writer, "\"", 1);
}

void
cfoil_sim_writer_end (CfoilSimWriter *writer)
{
  put (writer, "\n", 1);
  writer->in_row = FALSE;
}

void
cfoil_sim_writer_header (CfoilSimWriter    *writer,
                         const char *const *names,
                         gboolean           trailing_comma)
{
  for (; *names != NULL; names++)
    cfoil_sim_writer_field (writer, *names);
  if (trailing_comma)
    put (writer, ",", 1);
  cfoil_sim_writer_end (writer);
}

/* Byte order mark, five lines and the columns; the commas at the end of
 * lines one, two and six are how Amazon writes them. */
void
cfoil_sim_writer_settlement_head (CfoilSimWriter *writer,
                                  const char     *merchant_id,
                                  gint64          start,
                                  gint64          end)
{
  const char *title[] = { "Amazon Payments Advanced", NULL };
  const char *subtitle[] = { "Settlement Report", NULL };
  const char *seller[] = { "SellerId", merchant_id, NULL };

  put (writer, "\xEF\xBB\xBF", 3);
  cfoil_sim_writer_header (writer, title, TRUE);
  cfoil_sim_writer_header (writer, subtitle, TRUE);
  cfoil_sim_writer_header (writer, seller, FALSE);
  cfoil_sim_writer_field (writer, "SettlementStartDate");
  cfoil_sim_writer_time (writer, start);
  cfoil_sim_writer_end (writer);
  cfoil_sim_writer_field (writer, "SettlementEndDate");
  cfoil_sim_writer_time (writer, end);
  cfoil_sim_writer_end (writer);
  cfoil_sim_writer_header (writer, settlement_columns, TRUE);
}

void
cfoil_sim_writer_settlement_row (CfoilSimWriter              *writer,
                                 const CfoilSimSettlementRow *row)
{
  gint64 fee = row->percentage_fee + row->fixed_fee;

  cfoil_sim_writer_time (writer, row->posted);
  cfoil_sim_writer_field (writer, row->settlement_id);
  cfoil_sim_writer_field (writer, row->transaction_id);
  cfoil_sim_writer_field (writer, row->reference);
  cfoil_sim_writer_field (writer, row->type);
  cfoil_sim_writer_field (writer, row->order_id);
  cfoil_sim_writer_field (writer, row->order_reference);
  cfoil_sim_writer_field (writer, row->store);
  cfoil_sim_writer_field (writer, cfoil_sim_currency_code (row->currency));
  cfoil_sim_writer_field (writer, row->description);
  cfoil_sim_writer_amount (writer, row->amount, row->currency);
  cfoil_sim_writer_amount (writer, row->percentage_fee, row->currency);
  cfoil_sim_writer_amount (writer, row->fixed_fee, row->currency);
  cfoil_sim_writer_amount (writer, fee, row->currency);
  cfoil_sim_writer_amount (writer, row->amount + fee, row->currency);
  cfoil_sim_writer_end (writer);
}
