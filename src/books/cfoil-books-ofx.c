/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-books-printer.h"
#include "cfoil-books-text.h"
#include "cfoil-digest.h"
#include "cfoil-period.h"

#include <string.h>

/* The balance at the provider as a bank statement, one per account and currency.  OFX 2 is
 * XML; OFX 1.6 the same without end tags of values.  FITID is the provider's id, so that
 * programs know again what they have. */
#define MAX_ID 255
#define MAX_NAME 32
#define MAX_MEMO 255
#define MAX_ACCOUNT 22

static char *
make_name (const char  *name,
           CfoilPurpose purpose)
{
  return g_strdup (name);
}

static gboolean
is_sgml (CfoilBooksPrint *self)
{
  return self->options->format == CFOIL_BOOKS_OFX1;
}

/* FALSE: nothing is left of TEXT. */
static gboolean
append_escaped (GString    *out,
                const char *text,
                gsize       max_length)
{
  g_autoptr (GString) line = g_string_new (NULL);

  if (!cfoil_books_append_line (line, text, "", max_length))
    return FALSE;
  for (const char *at = line->str; *at != '\0'; at++)
    {
      if (*at == '<')
        g_string_append (out, "&lt;");
      else if (*at == '>')
        g_string_append (out, "&gt;");
      else if (*at == '&')
        g_string_append (out, "&amp;");
      else
        g_string_append_c (out, *at);
    }
  return TRUE;
}

static void
end_value (CfoilBooksPrint *self,
           const char      *tag)
{
  if (is_sgml (self))
    g_string_append_c (self->out, '\n');
  else
    g_string_append_printf (self->out, "</%s>\n", tag);
}

static void
append_value (CfoilBooksPrint *self,
              const char      *tag,
              const char      *text,
              gsize            max_length)
{
  gsize start = self->out->len;

  g_string_append_printf (self->out, "<%s>", tag);
  if (append_escaped (self->out, text, max_length))
    end_value (self, tag);
  else
    g_string_truncate (self->out, start);
}

/* Days, as in the other formats: programs that read moments forget the zone. */
static void
append_day (CfoilBooksPrint *self,
            const char      *tag,
            gint32           day)
{
  int year, month, day_of_month;

  cfoil_day_to_date (CLAMP (day, CFOIL_DAY_MIN, CFOIL_DAY_MAX), &year, &month, &day_of_month);
  g_string_append_printf (self->out, "<%s>%04d%02d%02d", tag, year, month, day_of_month);
  end_value (self, tag);
}

static void
append_amount (CfoilBooksPrint *self,
               const char      *tag,
               gint64           minor,
               int              exponent)
{
  g_string_append_printf (self->out, "<%s>", tag);
  cfoil_books_append_money (self->out, minor, exponent);
  end_value (self, tag);
}

static void
begin (CfoilBooksPrint *self)
{
  if (is_sgml (self))
    g_string_append (self->out, "OFXHEADER:100\nDATA:OFXSGML\nVERSION:160\nSECURITY:NONE\nENCODING:UTF-8\nCHARSET:NONE\n"
                     "COMPRESSION:NONE\nOLDFILEUID:NONE\nNEWFILEUID:NONE\n\n");
  else
    g_string_append (self->out, "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>\n"
                     "<?OFX OFXHEADER=\"200\" VERSION=\"211\" SECURITY=\"NONE\" OLDFILEUID=\"NONE\" NEWFILEUID=\"NONE\"?>\n");
  g_string_append (self->out, "<OFX>\n<SIGNONMSGSRSV1>\n<SONRS>\n<STATUS>\n");
  append_value (self, "CODE", "0", 0);
  append_value (self, "SEVERITY", "INFO", 0);
  g_string_append (self->out, "</STATUS>\n");
  append_day (self, "DTSERVER", self->last_day);
  append_value (self, "LANGUAGE", "ENG", 0);
  g_string_append (self->out, "</SONRS>\n</SIGNONMSGSRSV1>\n<BANKMSGSRSV1>\n");
}

static void
digest_text (const char *text,
             char        sha256[CFOIL_DIGEST_TEXT])
{
  g_autoptr (CfoilDigest) digest = cfoil_digest_new ();

  cfoil_digest_update (digest, text, strlen (text));
  cfoil_digest_finish (digest, sha256);
}

/* One per currency; names that are too long end in what tells them apart. */
static void
append_account_id (CfoilBooksPrint          *self,
                   const CfoilBooksRegister *about)
{
  g_autofree char *id = g_strdup_printf ("%s %s", about->currency, about->account);
  char sha256[CFOIL_DIGEST_TEXT];

  if (g_utf8_strlen (id, -1) > MAX_ACCOUNT)
    {
      g_autofree char *start = g_utf8_substring (id, 0, MAX_ACCOUNT - 9);

      digest_text (id, sha256);
      g_free (id);
      id = g_strdup_printf ("%s-%.8s", start, sha256);
    }
  append_value (self, "ACCTID", id, 0);
}

static void
begin_register (CfoilBooksPrint          *self,
                const CfoilBooksRegister *about)
{
  g_string_append (self->out, "<STMTTRNRS>\n");
  append_value (self, "TRNUID", "0", 0);
  g_string_append (self->out, "<STATUS>\n");
  append_value (self, "CODE", "0", 0);
  append_value (self, "SEVERITY", "INFO", 0);
  g_string_append (self->out, "</STATUS>\n<STMTRS>\n");
  append_value (self, "CURDEF", about->currency, 3);
  g_string_append (self->out, "<BANKACCTFROM>\n");
  append_value (self, "BANKID", "COUNTERFL", 9);
  append_account_id (self, about);
  append_value (self, "ACCTTYPE", "CHECKING", 0);
  g_string_append (self->out, "</BANKACCTFROM>\n<BANKTRANLIST>\n");
  append_day (self, "DTSTART", self->first_day);
  append_day (self, "DTEND", self->last_day);
}

static const char *
kind_of (const CfoilBooksEntry *entry)
{
  if (entry->type == CFOIL_TYPE_TRANSFER || entry->type == CFOIL_TYPE_RESERVE || entry->type == CFOIL_TYPE_CARRYOVER)
    return "XFER";
  if (entry->type == CFOIL_TYPE_DISPUTE_FEE || entry->type == CFOIL_TYPE_AUTHORIZATION_FEE)
    return "FEE";
  return entry->net_minor < 0 ? "DEBIT" : "CREDIT";
}

/* The first line of a transaction has its id; further ones that and a number. */
static void
append_id (CfoilBooksPrint       *self,
           const CfoilBooksEntry *entry)
{
  g_autoptr (GString) id = g_string_new (entry->transaction_id);
  char sha256[CFOIL_DIGEST_TEXT];

  if (entry->nth_line > 0)
    g_string_append_printf (id, "/%u", entry->nth_line + 1);
  if (g_utf8_strlen (id->str, -1) > MAX_ID)
    {
      digest_text (id->str, sha256);
      append_value (self, "FITID", sha256, 0);
    }
  else
    append_value (self, "FITID", id->str, 0);
}

static void
append_memo (CfoilBooksPrint       *self,
             const CfoilBooksEntry *entry)
{
  g_autoptr (GString) memo = g_string_new ("gross ");

  cfoil_books_append_money (memo, entry->amount_minor, entry->exponent);
  g_string_append (memo, ", fee ");
  cfoil_books_append_money (memo, entry->fee_minor, entry->exponent);
  g_string_append_printf (memo, ", settlement %s", entry->settlement_id != NULL ? entry->settlement_id : "");
  if (entry->description != NULL)
    g_string_append_printf (memo, ", %s", entry->description);
  append_value (self, "MEMO", memo->str, MAX_MEMO);
}

static void
print_entry (CfoilBooksPrint       *self,
             const CfoilBooksEntry *entry)
{
  g_autoptr (GString) title = g_string_new (NULL);

  g_string_append (self->out, "<STMTTRN>\n");
  append_value (self, "TRNTYPE", kind_of (entry), 0);
  append_day (self, "DTPOSTED", entry->day);
  append_amount (self, "TRNAMT", entry->net_minor, entry->exponent);
  append_id (self, entry);
  append_value (self, "REFNUM", entry->merchant_reference, MAX_NAME);
  cfoil_books_append_title (title, entry, "");
  append_value (self, "NAME", title->str, MAX_NAME);
  append_memo (self, entry);
  g_string_append (self->out, "</STMTTRN>\n");
}

static void
end_register (CfoilBooksPrint          *self,
              const CfoilBooksRegister *about)
{
  g_string_append (self->out, "</BANKTRANLIST>\n<LEDGERBAL>\n");
  append_amount (self, "BALAMT", about->balance_minor, about->exponent);
  append_day (self, "DTASOF", self->last_day);
  g_string_append (self->out, "</LEDGERBAL>\n</STMTRS>\n</STMTTRNRS>\n");
}

static void
end (CfoilBooksPrint *self)
{
  g_string_append (self->out, "</BANKMSGSRSV1>\n</OFX>\n");
}

const CfoilBooksPrinter cfoil_books_printer_ofx = {
  .begin = begin,
  .begin_register = begin_register,
  .entry = print_entry,
  .end_register = end_register,
  .end = end,
  .make_name = make_name,
};

const CfoilBooksPrinter cfoil_books_printer_ofx1 = {
  .begin = begin,
  .begin_register = begin_register,
  .entry = print_entry,
  .end_register = end_register,
  .end = end,
  .make_name = make_name,
};
