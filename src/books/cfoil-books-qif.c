/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-books-printer.h"
#include "cfoil-books-text.h"

#include "cfoil-period.h"

/* QIF knows no currencies: each has an account of its own, with the code in its name. */

static char *
make_name (const char  *name,
           CfoilPurpose purpose)
{
  return cfoil_books_name_for_qif (name);
}

static void
begin (CfoilBooksPrint *self)
{
}

static void
begin_register (CfoilBooksPrint          *self,
                const CfoilBooksRegister *about)
{
  g_string_append (self->out, "!Account\nN");
  if (cfoil_books_append_line (self->out, about->account, "^[]/:", 60))
    g_string_append_c (self->out, ' ');
  cfoil_books_append_line (self->out, about->currency, "^[]/:", 0);
  g_string_append (self->out, "\nTBank\n^\n!Type:Bank\n");
}

/* Month before day, as in Quicken's own country; programs ask. */
static void
append_date (GString *out,
             gint32   day)
{
  int year, month, day_of_month;

  cfoil_day_to_date (CLAMP (day, CFOIL_DAY_MIN, CFOIL_DAY_MAX), &year, &month, &day_of_month);
  g_string_append_printf (out, "%02d/%02d/%04d", month, day_of_month, year);
}

static void
append_category (CfoilBooksPrint       *self,
                 const CfoilBooksEntry *entry,
                 CfoilPurpose           purpose)
{
  const char *name = cfoil_books_print_name (self, &cfoil_books_printer_qif, entry, purpose);

  g_string_append_printf (self->out, cfoil_books_purpose_is_asset (purpose) ? "[%s]\n" : "%s\n", name);
}

static void
print_entry (CfoilBooksPrint       *self,
             const CfoilBooksEntry *entry)
{
  guint n_others = 0;

  g_string_append_c (self->out, 'D');
  append_date (self->out, entry->day);
  g_string_append (self->out, "\nT");
  cfoil_books_append_money (self->out, entry->net_minor, entry->exponent);
  g_string_append (self->out, "\nN");
  cfoil_books_append_line (self->out, entry->transaction_id, "", 0);
  g_string_append (self->out, "\nP");
  cfoil_books_append_title (self->out, entry, "");
  g_string_append (self->out, "\nMSettlement ");
  cfoil_books_append_line (self->out, entry->settlement_id, "", 0);
  g_string_append_c (self->out, '\n');
  for (guint i = 0; i < entry->n_postings; i++)
    if (entry->postings[i].purpose != CFOIL_PURPOSE_CLEARING)
      n_others++;
  for (guint i = 0; i < entry->n_postings; i++)
    {
      const CfoilBooksPosting *posting = &entry->postings[i];

      if (posting->purpose == CFOIL_PURPOSE_CLEARING)
        continue;
      g_string_append_c (self->out, n_others > 1 ? 'S' : 'L');
      append_category (self, entry, posting->purpose);
      if (n_others > 1)
        {
          g_string_append_c (self->out, '$');
          cfoil_books_append_money (self->out, -posting->minor, entry->exponent);
          g_string_append_c (self->out, '\n');
        }
    }
  g_string_append (self->out, "^\n");
}

const CfoilBooksPrinter cfoil_books_printer_qif = {
  .begin = begin,
  .begin_register = begin_register,
  .entry = print_entry,
  .make_name = make_name,
};
