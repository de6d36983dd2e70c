/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-books.h"

#include "cfoil-atomic-file.h"
#include "cfoil-books-printer.h"
#include "cfoil-books-source.h"
#include "cfoil-digest.h"
#include "cfoil-error.h"
#include "cfoil-export.h"
#include "cfoil-money.h"

#include <glib/gi18n.h>
#include <string.h>

#define FLUSH_AT (256 * 1024)
#define PROGRESS_EVERY 20000

static const struct
{
  const char *name;
  const char *title;
  const char *suffix;
} formats[CFOIL_N_BOOKS_FORMATS] = {
  [CFOIL_BOOKS_LEDGER] = { "ledger", N_ ("Ledger"), ".ledger" },
  [CFOIL_BOOKS_HLEDGER] = { "hledger", N_ ("hledger"), ".journal" },
  [CFOIL_BOOKS_BEANCOUNT] = { "beancount", N_ ("Beancount"), ".beancount" },
  [CFOIL_BOOKS_QIF] = { "qif", N_ ("QIF"), ".qif" },
  [CFOIL_BOOKS_OFX] = { "ofx", N_ ("OFX 2"), ".ofx" },
  [CFOIL_BOOKS_OFX1] = { "ofx1", N_ ("OFX 1.6, for older programs"), ".ofx" },
  [CFOIL_BOOKS_JOURNAL] = { "journal", N_ ("Journal as CSV"), ".csv" },
};

static const char *const dates_names[CFOIL_N_BOOKS_DATES] = { "sale", "posting" };

gboolean
cfoil_books_format_from_string (const char       *text,
                                CfoilBooksFormat *format)
{
  for (guint i = 0; i < CFOIL_N_BOOKS_FORMATS; i++)
    if (g_str_equal (formats[i].name, text))
      {
        *format = (CfoilBooksFormat) i;
        return TRUE;
      }
  return FALSE;
}

const char *
cfoil_books_format_get_title (CfoilBooksFormat format)
{
  return gettext (formats[format].title);
}

const char *
cfoil_books_format_get_suffix (CfoilBooksFormat format)
{
  return formats[format].suffix;
}

gboolean
cfoil_books_format_is_register (CfoilBooksFormat format)
{
  return format == CFOIL_BOOKS_QIF || format == CFOIL_BOOKS_OFX || format == CFOIL_BOOKS_OFX1;
}

gboolean
cfoil_books_dates_from_string (const char      *text,
                               CfoilBooksDates *dates)
{
  for (guint i = 0; i < CFOIL_N_BOOKS_DATES; i++)
    if (g_str_equal (dates_names[i], text))
      {
        *dates = (CfoilBooksDates) i;
        return TRUE;
      }
  return FALSE;
}

typedef struct
{
  CfoilBooksPrint print;
  const CfoilBooksPrinter *printer;
  CfoilBooksSource *source;
  CfoilDigest *digest;
  CfoilBooksWriteFunc write;
  gpointer write_data;
  CfoilBooksProgressFunc progress;
  gpointer progress_data;
  GCancellable *cancellable;
  CfoilBooksResult *result;
  guint64 max_entries; /* 0: all; else only the beginning is wanted */
  CfoilBooksRegister about;
  char *account, *currency; /* of the register, (nullable) */
} Books;

static gboolean
flush (Books   *self,
       GError **error)
{
  GString *out = self->print.out;

  if (out->len == 0)
    return TRUE;
  cfoil_digest_update (self->digest, out->str, out->len);
  if (!self->write (out->str, out->len, self->write_data, error))
    return FALSE;
  self->result->n_bytes += out->len;
  g_string_truncate (out, 0);
  return TRUE;
}

/* --- what is declared before the first entry, and which days there are: all rows are read
 * once for it where the format wants it --- */

static void
add_name (GTree      *names,
          const char *name)
{
  if (g_tree_lookup (names, name) == NULL)
    g_tree_insert (names, g_strdup (name), GINT_TO_POINTER (1));
}

static void
see_entry (Books                 *self,
           const CfoilBooksEntry *entry,
           GTree                 *accounts,
           GTree                 *currencies)
{
  CfoilBooksPrint *print = &self->print;

  print->first_day = MIN (print->first_day, entry->day);
  print->last_day = MAX (print->last_day, entry->day);
  if (self->printer->declare == NULL)
    return;
  for (guint i = 0; i < entry->n_postings; i++)
    add_name (accounts, cfoil_books_print_name (print, self->printer, entry, entry->postings[i].purpose));
  add_name (currencies, entry->currency);
}

static gboolean
add_to_array (gpointer key,
              gpointer value,
              gpointer array)
{
  g_ptr_array_add (array, key);
  return FALSE;
}

static int
compare_names (gconstpointer a,
               gconstpointer b,
               gpointer      user_data)
{
  return strcmp (a, b);
}

static void
declare (Books *self,
         GTree *accounts,
         GTree *currencies)
{
  g_autoptr (GPtrArray) account_list = g_ptr_array_new (), currency_list = g_ptr_array_new ();

  if (self->printer->declare == NULL)
    return;
  g_tree_foreach (accounts, add_to_array, account_list);
  g_tree_foreach (currencies, add_to_array, currency_list);
  self->printer->declare (&self->print, account_list, currency_list);
}

/* The period's own ends, where it has any. */
static void
take_period (CfoilBooksPrint *print)
{
  const CfoilPeriod *period = &print->options->period;

  if (period->kind != CFOIL_PERIOD_ALL)
    {
      print->first_day = period->first_day;
      print->last_day = period->end_day - 1;
    }
  /* Nothing at all is of a day, too. */
  else if (print->first_day > print->last_day)
    print->first_day = print->last_day = 0;
}

static gboolean
begin (Books   *self,
       GError **error)
{
  g_autoptr (GTree) accounts = g_tree_new_full (compare_names, NULL, g_free, NULL);
  g_autoptr (GTree) currencies = g_tree_new_full (compare_names, NULL, g_free, NULL);
  CfoilBooksEntry entry;
  CfoilStep step;

  self->print.first_day = CFOIL_DAY_MAX;
  self->print.last_day = CFOIL_DAY_MIN;
  if (self->printer->declare == NULL && self->printer->end_register == NULL)
    {
      self->printer->begin (&self->print);
      return TRUE;
    }
  if (!cfoil_books_source_start (self->source, FALSE, error))
    return FALSE;
  while ((step = cfoil_books_source_next (self->source, &entry, error)) == CFOIL_STEP_ROW)
    see_entry (self, &entry, accounts, currencies);
  if (step == CFOIL_STEP_ERROR)
    return FALSE;
  take_period (&self->print);
  self->printer->begin (&self->print);
  declare (self, accounts, currencies);
  return TRUE;
}

/* --- registers --- */

static void
end_register (Books *self)
{
  if (self->currency != NULL && self->printer->end_register != NULL)
    self->printer->end_register (&self->print, &self->about);
  g_clear_pointer (&self->account, g_free);
  g_clear_pointer (&self->currency, g_free);
}

/* Rows come account by account, and in it currency by currency. */
static gboolean
take_register (Books                 *self,
               const CfoilBooksEntry *entry,
               GError               **error)
{
  if (self->currency == NULL || entry->account_id != self->about.account_id || !g_str_equal (entry->currency, self->currency))
    {
      gint64 opening;

      end_register (self);
      if (!cfoil_books_source_get_opening (self->source, entry->account_id, entry->currency, &opening, error))
        return FALSE;
      self->account = g_strdup (entry->account);
      self->currency = g_strdup (entry->currency);
      self->about = (CfoilBooksRegister){ entry->account_id, self->account, self->currency, entry->exponent, opening };
      self->printer->begin_register (&self->print, &self->about);
    }
  if (cfoil_money_add (&self->about.balance_minor, entry->net_minor))
    return TRUE;
  g_set_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_RANGE, "The balance in %s is larger than can be counted", self->currency);
  return FALSE;
}

/* --- all of it --- */

static gboolean
print_entry (Books                 *self,
             const CfoilBooksEntry *entry,
             GError               **error)
{
  if (self->printer->begin_register != NULL && !take_register (self, entry, error))
    return FALSE;
  self->printer->entry (&self->print, entry);
  self->print.n_entries++;
  if (self->print.n_entries % PROGRESS_EVERY == 0)
    {
      if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return FALSE;
      if (self->progress != NULL)
        self->progress (self->print.n_entries, self->progress_data);
    }
  return self->print.out->len < FLUSH_AT || flush (self, error);
}

static gboolean
run (Books   *self,
     GError **error)
{
  CfoilBooksEntry entry;
  CfoilStep step;

  if (!begin (self, error) || !cfoil_books_source_start (self->source, TRUE, error))
    return FALSE;
  while ((step = cfoil_books_source_next (self->source, &entry, error)) == CFOIL_STEP_ROW)
    {
      if (!print_entry (self, &entry, error))
        return FALSE;
      if (self->print.n_entries == self->max_entries)
        {
          self->result->n_entries = self->print.n_entries;
          return flush (self, error);
        }
    }
  if (step == CFOIL_STEP_ERROR)
    return FALSE;
  end_register (self);
  if (self->printer->end != NULL)
    self->printer->end (&self->print);
  if (!flush (self, error) || g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return FALSE;
  self->result->n_entries = self->print.n_entries;
  cfoil_digest_finish (self->digest, self->result->sha256);
  return TRUE;
}

static gboolean
run_in_reader (Books         *self,
               CfoilDatabase *reader,
               GTimeZone     *zone,
               GError       **error)
{
  const CfoilBooksOptions *options = self->print.options;
  gboolean ok;

  /* Putting a million rows in order needs a file, not memory. */
  cfoil_database_set_cancellable (reader, self->cancellable);
  if (!cfoil_database_exec (reader, "PRAGMA temp_store = FILE; PRAGMA cache_size = -16384; BEGIN", error))
    return FALSE;
  self->print.mapping = options->mapping != NULL ? cfoil_books_accounts_ref (options->mapping)
                                                 : cfoil_books_accounts_load (reader, error);
  ok = self->print.mapping != NULL && (self->source = cfoil_books_source_new (reader, options, zone, error)) != NULL && run (self, error);
  g_clear_pointer (&self->source, cfoil_books_source_free);
  g_clear_pointer (&self->print.mapping, cfoil_books_accounts_unref);
  return ok;
}

static gboolean
write_books (CfoilMirror             *mirror,
             const CfoilBooksOptions *options,
             guint                    max_entries,
             CfoilBooksWriteFunc      write,
             gpointer                 write_data,
             CfoilBooksProgressFunc   progress,
             gpointer                 progress_data,
             GCancellable            *cancellable,
             CfoilBooksResult        *result,
             GError                 **error)
{
  g_autoptr (CfoilDatabase) reader = NULL;
  g_autoptr (GTimeZone) zone = NULL;
  Books self = {
    .printer = cfoil_books_printer_get (options->format),
    .write = write, .write_data = write_data, .progress = progress, .progress_data = progress_data,
    .cancellable = cancellable, .result = result, .max_entries = max_entries,
  };
  gboolean ok;

  *result = (CfoilBooksResult){ 0 };
  zone = cfoil_export_open_zone (options->time_zone, error);
  if (zone == NULL || (reader = cfoil_mirror_open_reader (mirror, error)) == NULL)
    return FALSE;
  self.print.options = options;
  self.print.out = g_string_sized_new (FLUSH_AT + 16 * 1024);
  self.digest = cfoil_digest_new ();
  ok = run_in_reader (&self, reader, zone, error);
  g_string_free (self.print.out, TRUE);
  g_clear_pointer (&self.print.names, g_hash_table_unref);
  cfoil_digest_free (self.digest);
  g_free (self.account);
  g_free (self.currency);
  return ok;
}

gboolean
cfoil_books_write_sync (CfoilMirror             *mirror,
                        const CfoilBooksOptions *options,
                        CfoilBooksWriteFunc      write,
                        gpointer                 write_data,
                        CfoilBooksProgressFunc   progress,
                        gpointer                 progress_data,
                        GCancellable            *cancellable,
                        CfoilBooksResult        *result,
                        GError                 **error)
{
  g_return_val_if_fail (CFOIL_IS_MIRROR (mirror), FALSE);

  return write_books (mirror, options, 0, write, write_data, progress, progress_data, cancellable, result, error);
}

static gboolean
write_to_string (const char *bytes,
                 gsize       length,
                 gpointer    string,
                 GError    **error)
{
  g_string_append_len (string, bytes, (gssize) length);
  return TRUE;
}

char *
cfoil_books_preview_sync (CfoilMirror             *mirror,
                          const CfoilBooksOptions *options,
                          guint                    n_entries,
                          guint                   *n_found,
                          GCancellable            *cancellable,
                          GError                 **error)
{
  GString *text = g_string_new (NULL);
  CfoilBooksResult result;

  g_return_val_if_fail (CFOIL_IS_MIRROR (mirror), NULL);
  g_return_val_if_fail (n_entries > 0, NULL);

  if (!write_books (mirror, options, n_entries, write_to_string, text, NULL, NULL, cancellable, &result, error))
    return g_string_free (text, TRUE);
  *n_found = (guint) result.n_entries;
  return g_string_free (text, FALSE);
}

char *
cfoil_books_format_write_name (CfoilBooksFormat format,
                               CfoilPurpose     purpose,
                               const char      *name)
{
  return cfoil_books_printer_get (format)->make_name (name, purpose);
}

static gboolean
write_to_file (const char *bytes,
               gsize       length,
               gpointer    file,
               GError    **error)
{
  return cfoil_atomic_file_write (file, bytes, length, error);
}

gboolean
cfoil_books_export_sync (CfoilMirror             *mirror,
                         const CfoilBooksOptions *options,
                         const char              *path,
                         gboolean                 overwrite,
                         CfoilBooksProgressFunc   progress,
                         gpointer                 progress_data,
                         GCancellable            *cancellable,
                         CfoilBooksResult        *result,
                         GError                 **error)
{
  g_autoptr (CfoilAtomicFile) file = cfoil_atomic_file_new (path, overwrite, error);

  return file != NULL &&
         cfoil_books_write_sync (mirror, options, write_to_file, file, progress, progress_data, cancellable, result, error) &&
         cfoil_atomic_file_commit (file, error);
}
