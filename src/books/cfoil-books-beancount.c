/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-books-printer.h"
#include "cfoil-books-text.h"

/* beancount reads these years. */
#define FIRST_YEAR 1700
#define LAST_YEAR 2099

static void
begin (CfoilBooksPrint *self)
{
  g_string_append (self->out, "; Written by Counterfoil for beancount\n");
}

static void
declare (CfoilBooksPrint *self,
         GPtrArray       *accounts,
         GPtrArray       *currencies)
{
  g_string_append_c (self->out, '\n');
  for (guint i = 0; i < accounts->len; i++)
    {
      cfoil_books_append_date (self->out, self->first_day, FIRST_YEAR, LAST_YEAR);
      g_string_append_printf (self->out, " open %s\n", (const char *) g_ptr_array_index (accounts, i));
    }
}

/* One line has neither a quote nor a backslash that would have to be read. */
static void
append_string (GString    *out,
               const char *text)
{
  g_autoptr (GString) line = g_string_new (NULL);

  cfoil_books_append_line (line, text, "", 0);
  g_string_append_c (out, '"');
  for (const char *at = line->str; *at != '\0'; at++)
    {
      if (*at == '"' || *at == '\\')
        g_string_append_c (out, '\\');
      g_string_append_c (out, *at);
    }
  g_string_append_c (out, '"');
}

static void
print_entry (CfoilBooksPrint       *self,
             const CfoilBooksEntry *entry)
{
  g_autoptr (GString) title = g_string_new (NULL);
  CfoilBooksNote notes[CFOIL_BOOKS_MAX_NOTES];
  guint n_notes = cfoil_books_entry_list_notes (entry, notes);

  g_string_append_c (self->out, '\n');
  cfoil_books_append_date (self->out, entry->day, FIRST_YEAR, LAST_YEAR);
  g_string_append (self->out, " * ");
  cfoil_books_append_title (title, entry, "");
  append_string (self->out, title->str);
  g_string_append_c (self->out, '\n');
  for (guint i = 0; i < n_notes; i++)
    {
      g_string_append_printf (self->out, "  %s: ", notes[i].key);
      append_string (self->out, notes[i].text);
      g_string_append_c (self->out, '\n');
    }
  for (guint i = 0; i < entry->n_postings; i++)
    {
      const CfoilBooksPosting *posting = &entry->postings[i];

      g_string_append_printf (self->out, "  %s  ",
                              cfoil_books_print_name (self, &cfoil_books_printer_beancount, entry, posting->purpose));
      cfoil_books_append_money (self->out, posting->minor, entry->exponent);
      g_string_append_c (self->out, ' ');
      cfoil_books_append_beancount_currency (self->out, entry->currency);
      g_string_append_c (self->out, '\n');
    }
}

const CfoilBooksPrinter cfoil_books_printer_beancount = {
  .begin = begin,
  .declare = declare,
  .entry = print_entry,
  .make_name = cfoil_books_name_for_beancount,
};
