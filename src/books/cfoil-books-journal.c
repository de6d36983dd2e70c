/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-books-printer.h"
#include "cfoil-books-text.h"
#include "cfoil-csv-writer.h"
#include "cfoil-time.h"

#include <string.h>

/* One row per posting; rows of one entry have its number and add up to 0. */

static char *
make_name (const char  *name,
           CfoilPurpose purpose)
{
  return g_strdup (name);
}

static void
begin (CfoilBooksPrint *self)
{
  g_string_append (self->out, "entry,date,time_utc,ledger_account,debit,credit,amount,currency,what,type,provider,account,"
                   "transaction_id,settlement_id,reference,order_reference,charge_id,dispute_id,store,description\n");
}

static void
append_text (GString    *out,
             const char *text)
{
  g_string_append_c (out, ',');
  if (text != NULL)
    cfoil_csv_append_text (out, text, strlen (text), ',', TRUE);
}

static void
append_money (GString *out,
              gint64   minor,
              int      exponent)
{
  g_string_append_c (out, ',');
  if (minor != 0)
    cfoil_books_append_money (out, minor, exponent);
}

static void
append_row (CfoilBooksPrint         *self,
            const CfoilBooksEntry   *entry,
            const CfoilBooksPosting *posting)
{
  char time[CFOIL_TIME_BUFFER];

  g_string_append_printf (self->out, "%" G_GUINT64_FORMAT ",", self->n_entries + 1);
  cfoil_books_append_date (self->out, entry->day, 1, 9999);
  cfoil_time_format_iso (time, entry->at_us);
  append_text (self->out, time);
  append_text (self->out, cfoil_books_print_name (self, &cfoil_books_printer_journal, entry, posting->purpose));
  append_money (self->out, MAX (posting->minor, 0), entry->exponent);
  append_money (self->out, -MIN (posting->minor, 0), entry->exponent);
  append_money (self->out, posting->minor, entry->exponent);
  append_text (self->out, entry->currency);
  append_text (self->out, cfoil_books_entry_get_title (entry));
  append_text (self->out, cfoil_type_to_string (entry->type));
  append_text (self->out, entry->provider);
  append_text (self->out, entry->account);
  append_text (self->out, entry->transaction_id);
  append_text (self->out, entry->settlement_id);
  append_text (self->out, entry->merchant_reference);
  append_text (self->out, entry->order_reference);
  append_text (self->out, entry->charge_id);
  append_text (self->out, entry->dispute_id);
  append_text (self->out, entry->store);
  append_text (self->out, entry->description);
  g_string_append_c (self->out, '\n');
}

static void
print_entry (CfoilBooksPrint       *self,
             const CfoilBooksEntry *entry)
{
  for (guint i = 0; i < entry->n_postings; i++)
    append_row (self, entry, &entry->postings[i]);
}

const CfoilBooksPrinter cfoil_books_printer_journal = {
  .begin = begin,
  .entry = print_entry,
  .make_name = make_name,
};
