/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-books-printer.h"

#include "cfoil-books-text.h"
#include "cfoil-money.h"

/* Of stores and accounts there are few; should there be many, they are worked out again. */
#define MAX_NAMES 4096

const CfoilBooksPrinter *
cfoil_books_printer_get (CfoilBooksFormat format)
{
  static const CfoilBooksPrinter *const printers[CFOIL_N_BOOKS_FORMATS] = {
    [CFOIL_BOOKS_LEDGER] = &cfoil_books_printer_ledger,
    [CFOIL_BOOKS_HLEDGER] = &cfoil_books_printer_hledger,
    [CFOIL_BOOKS_BEANCOUNT] = &cfoil_books_printer_beancount,
    [CFOIL_BOOKS_QIF] = &cfoil_books_printer_qif,
    [CFOIL_BOOKS_OFX] = &cfoil_books_printer_ofx,
    [CFOIL_BOOKS_OFX1] = &cfoil_books_printer_ofx1,
    [CFOIL_BOOKS_JOURNAL] = &cfoil_books_printer_journal,
  };

  return printers[format];
}

typedef struct
{
  gint64 account_id;
  gint64 store_id;
  CfoilPurpose purpose;
} NameKey;

static guint
hash_name_key (gconstpointer data)
{
  const NameKey *key = data;

  return (guint) key->account_id * 31 + (guint) key->store_id * 17 + (guint) key->purpose;
}

static gboolean
equal_name_keys (gconstpointer a,
                 gconstpointer b)
{
  const NameKey *one = a, *other = b;

  return one->account_id == other->account_id && one->store_id == other->store_id && one->purpose == other->purpose;
}

const char *
cfoil_books_print_name (CfoilBooksPrint         *self,
                        const CfoilBooksPrinter *printer,
                        const CfoilBooksEntry   *entry,
                        CfoilPurpose             purpose)
{
  NameKey key = { entry->account_id, entry->store_id, purpose };
  g_autofree char *name = NULL;
  char *made;

  if (self->names == NULL)
    self->names = g_hash_table_new_full (hash_name_key, equal_name_keys, g_free, g_free);
  made = g_hash_table_lookup (self->names, &key);
  if (made != NULL)
    return made;
  /* An entry asks for CFOIL_BOOKS_MAX_POSTINGS names at most, one after the other. */
  if (g_hash_table_size (self->names) >= MAX_NAMES)
    g_hash_table_remove_all (self->names);
  name = cfoil_books_accounts_resolve (self->mapping, purpose, entry->provider, entry->account, entry->store);
  made = printer->make_name (name, purpose);
  g_hash_table_insert (self->names, g_memdup2 (&key, sizeof key), made);
  return made;
}

void
cfoil_books_append_money (GString *out,
                          gint64   minor,
                          int      exponent)
{
  char buffer[CFOIL_MONEY_BUFFER];

  g_string_append_len (out, buffer, (gssize) cfoil_money_format (buffer, minor, exponent));
}

void
cfoil_books_append_title (GString               *out,
                          const CfoilBooksEntry *entry,
                          const char            *forbidden)
{
  const char *more = entry->merchant_reference != NULL ? entry->merchant_reference : entry->description;

  g_string_append (out, cfoil_books_entry_get_title (entry));
  if (more == NULL || *more == '\0')
    more = entry->is_line && entry->settlement_id != NULL ? entry->settlement_id : entry->transaction_id;
  g_string_append_c (out, ' ');
  if (!cfoil_books_append_line (out, more, forbidden, 100))
    g_string_truncate (out, out->len - 1);
}

static void
add_note (CfoilBooksNote *notes,
          guint          *n_notes,
          const char     *key,
          const char     *text)
{
  if (text != NULL && *text != '\0')
    notes[(*n_notes)++] = (CfoilBooksNote){ key, text };
}

guint
cfoil_books_entry_list_notes (const CfoilBooksEntry *entry,
                              CfoilBooksNote         notes[CFOIL_BOOKS_MAX_NOTES])
{
  guint n_notes = 0;

  add_note (notes, &n_notes, "id", entry->transaction_id);
  add_note (notes, &n_notes, "charge", entry->charge_id);
  add_note (notes, &n_notes, "dispute", entry->dispute_id);
  add_note (notes, &n_notes, "reference", entry->merchant_reference);
  add_note (notes, &n_notes, "order", entry->order_reference);
  add_note (notes, &n_notes, "settlement", entry->settlement_id);
  add_note (notes, &n_notes, "store", entry->store);
  add_note (notes, &n_notes, "description", entry->description);
  return n_notes;
}
