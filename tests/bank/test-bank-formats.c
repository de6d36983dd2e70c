/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bank-tools.h"

/* Files as banks write them, and as nobody should. */

/* --- OFX --- */

#define OFX_ENTRY(day, amount, id, name) \
  "<STMTTRN><TRNTYPE>CREDIT<DTPOSTED>" day "<TRNAMT>" amount "<FITID>" id "<NAME>" name "</STMTTRN>\n"
#define OFX(entries) \
  "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nENCODING:USASCII\nCHARSET:1252\n\n<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>EUR" \
  "<BANKACCTFROM><BANKID>1<ACCTID>DE12</BANKACCTFROM><BANKTRANLIST>\n" entries "</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>\n"

static void
test_ofx (void)
{
  g_autoptr (TestMirror) self = test_mirror_new ();
  g_autofree char *dump = NULL;
  CfoilBankResult result;

  bank_import (self, OFX (OFX_ENTRY ("20261003", "12.50", "A1", "a &lt;b&gt; &amp;amp; &#228;&#x20AC;&nbsp;x") OFX_ENTRY ("20261004120000", "-1,25", "A2", "\xfc")),
          -1, NULL, &result);
  dump = test_dump (self->mirror, BANK_ENTRIES);
  g_assert_cmpstr (dump, ==, "DE12|20729|EUR|1250|A1|a <b> &amp; ä€ x|1\nDE12|20730|EUR|-125|A2|ü|1\n");
  bank_import (self, "<?xml version=\"1.0\"?><?OFX OFXHEADER=\"200\" VERSION=\"211\"?><OFX><STMTRS><CURDEF>JPY</CURDEF><BANKACCTFROM><ACCTID>77</ACCTID>"
          "</BANKACCTFROM><STMTTRN><DTPOSTED>20261005</DTPOSTED><TRNAMT>500</TRNAMT><FITID>9</FITID><REFNUM>R9</REFNUM><MEMO>m</MEMO></STMTTRN></STMTRS></OFX>",
          -1, NULL, &result);
  g_assert_cmpint (test_count (self->mirror, "SELECT amount_minor FROM bank_entry WHERE reference = 'R9' AND text = 'm 9' AND currency = 'JPY'"), ==, 500);
}

static void
test_ofx_hostile (void)
{
  g_autoptr (TestMirror) self = test_mirror_new ();
  g_autoptr (GString) long_text = g_string_new (NULL);
  g_autofree char *dump = NULL;
  CfoilBankResult result;

  bank_assert_refused (self, "<?xml version=\"1.0\"?><!DOCTYPE OFX [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><OFX><STMTRS><CURDEF>EUR</CURDEF></STMTRS></OFX>", -1,
                  NULL, CFOIL_INPUT_ERROR_SYNTAX, "refused");
  bank_assert_refused (self, OFX (OFX_ENTRY ("20261003", "1", "A", "<!ENTITY x SYSTEM \"file:///etc/passwd\">")), -1, NULL, CFOIL_INPUT_ERROR_SYNTAX, "refused");
  bank_assert_refused (self, "OFXHEADER:100\n\n<OFX><STMTRS><CURDEF>EUR" OFX_ENTRY ("20261003", "1", "A", "x"), -1, NULL, CFOIL_INPUT_ERROR_TRUNCATED, "whole");
  bank_assert_refused (self, "<OFX>" OFX_ENTRY ("20261003", "1", "A", "x") "</OFX>", -1, NULL, CFOIL_INPUT_ERROR_CURRENCY, "CURDEF");
  bank_assert_refused (self, OFX (OFX_ENTRY ("2026", "1", "A", "x")), -1, NULL, CFOIL_INPUT_ERROR_SYNTAX, "date");
  bank_assert_refused (self, OFX (OFX_ENTRY ("20261003", "1.2.3", "A", "x")), -1, NULL, CFOIL_INPUT_ERROR_SYNTAX, "it has no amount");
  g_string_append (long_text, "<OFX><STMTRS><CURDEF>EUR<NAME>");
  for (guint i = 0; i < 20000; i++)
    g_string_append (long_text, "xxxxxxxx");
  bank_assert_refused (self, long_text->str, -1, NULL, CFOIL_INPUT_ERROR_LIMIT, "too long");
  /* An entity that nobody declared is text. */
  bank_import (self, OFX (OFX_ENTRY ("20261003", "1", "A", "&a; &#0; &#xD800; &lol9; &")), -1, NULL, &result);
  dump = test_dump (self->mirror, BANK_ENTRIES);
  g_assert_cmpstr (dump, ==, "DE12|20729|EUR|100|A|&a; &#0; &#xD800; &lol9; &|1\n");
}

/* --- CAMT --- */

#define CAMT(head, entries) \
  "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" head "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\"><BkToCstmrStmt><Stmt>" \
  "<Acct><Id><IBAN>DE99</IBAN></Id></Acct>" entries "</Stmt></BkToCstmrStmt></Document>"
#define CAMT_ENTRY(amount, sign, more) \
  "<Ntry><Amt Ccy=\"EUR\">" amount "</Amt><CdtDbtInd>" sign "</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-10-03</Dt></BookgDt>" \
  "<AcctSvcrRef>S1</AcctSvcrRef>" more "</Ntry>"

static void
test_camt (void)
{
  g_autoptr (TestMirror) self = test_mirror_new ();
  g_autofree char *dump = NULL;
  CfoilBankResult result;

  bank_import (self, CAMT ("", CAMT_ENTRY ("12.50", "CRDT", "<NtryDtls><TxDtls><Refs><EndToEndId>E1</EndToEndId></Refs><RmtInf><Ustrd>a &amp; <![CDATA[<b>]]></Ustrd>"
          "</RmtInf></TxDtls></NtryDtls>") CAMT_ENTRY ("1", "DBIT", "")
          "<Ntry><Amt Ccy=\"EUR\">5</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>PDNG</Sts><BookgDt><Dt>2026-10-04</Dt></BookgDt></Ntry>"), -1, NULL, &result);
  dump = test_dump (self->mirror, BANK_ENTRIES);
  g_assert_cmpstr (dump, ==, "DE99|20729|EUR|1250|E1|a & <b> S1|1\nDE99|20729|EUR|-100|S1||1\n");
  g_assert_cmpuint (result.n_skipped, ==, 1);
}

static void
test_camt_hostile (void)
{
  g_autoptr (TestMirror) self = test_mirror_new ();
  g_autoptr (GString) deep = g_string_new ("<?xml version=\"1.0\"?><Document>");
  g_autoptr (GString) wide = g_string_new ("<?xml version=\"1.0\"?><Document><BkToCstmrStmt>");

  bank_assert_refused (self, CAMT ("<!DOCTYPE Document [<!ENTITY a \"aaaa\">]>", CAMT_ENTRY ("1", "CRDT", "")), -1, NULL, CFOIL_INPUT_ERROR_SYNTAX, "DOCTYPE");
  bank_assert_refused (self, CAMT ("<!DOCTYPE Document SYSTEM \"http://127.0.0.1/x.dtd\">", ""), -1, NULL, CFOIL_INPUT_ERROR_SYNTAX, "DOCTYPE");
  bank_assert_refused (self, CAMT ("", CAMT_ENTRY ("1", "CRDT", "<AddtlNtryInf>&a;</AddtlNtryInf>")), -1, NULL, CFOIL_INPUT_ERROR_SYNTAX, "CAMT");
  bank_assert_refused (self, CAMT ("", CAMT_ENTRY ("1", "", "")), -1, NULL, CFOIL_INPUT_ERROR_SYNTAX, "came or went");
  bank_assert_refused (self, CAMT ("", CAMT_ENTRY ("1", "CRDT", "") CAMT_ENTRY ("1,5", "CRDT", "")), -1, NULL, CFOIL_INPUT_ERROR_SYNTAX,
                       "Entry 2 of the CAMT file: it has no amount");
  bank_assert_refused (self, "<?xml version=\"1.0\"?><html/>", -1, NULL, CFOIL_INPUT_ERROR_UNKNOWN, "CAMT.053");
  bank_assert_refused (self, "<?xml version=\"1.0\"?><Document><BkToCstmrStmt>", -1, NULL, CFOIL_INPUT_ERROR_SYNTAX, "CAMT");
  for (guint i = 0; i < 5000; i++)
    g_string_append (deep, "<a>");
  bank_assert_refused (self, deep->str, -1, NULL, CFOIL_INPUT_ERROR_LIMIT, "deeply");
  for (guint i = 0; i < 200000; i++)
    g_string_append (wide, "xxxxxxxx");
  bank_assert_refused (self, wide->str, -1, NULL, CFOIL_INPUT_ERROR_LIMIT, "too long");
}

/* --- CSV --- */

#define HEADER "Buchungstag;Zweck;Betrag;Währung\n"
#define COLUMNS "date=1,text=2,amount=3,currency=4"

/* What banks put around entries is left out, and told; what is wrong in an entry is refused with its line. */
static void
test_csv_rows (void)
{
  g_autoptr (TestMirror) self = test_mirror_new ();
  g_autofree char *dump = NULL;
  g_autofree char *words = NULL;
  CfoilBankResult result;

  bank_import (self, HEADER "05.10.2026;x;1,00;EUR\nVorgemerkt;y;2,00;EUR\n;;;\nSaldo;;1,00;EUR\n", -1, COLUMNS, &result);
  dump = test_dump (self->mirror, BANK_ENTRIES);
  g_assert_cmpstr (dump, ==, "bank|20731|EUR|100||x|1\n");
  g_assert_cmpuint (result.n_skipped, ==, 2);
  words = cfoil_bank_result_dup_skipped (&result);
  g_assert_cmpstr (words, ==, "2 lines without a date were left out");
  bank_assert_refused (self, HEADER "05.10.2026;x;1,00;EUR\n06.10.2026;y\n", -1, COLUMNS, CFOIL_INPUT_ERROR_CURRENCY, "Line 3: it has no currency");
  bank_assert_refused (self, HEADER "05.10.2026;x;1,00;EUR\n06.10.2026;y;;EUR\n", -1, COLUMNS, CFOIL_INPUT_ERROR_SYNTAX, "Line 3: it has no amount");
  bank_assert_refused (self, HEADER "05.10.2026;x;1,00;EUR\n06.13.2026;y;1,00;EUR\n", -1, COLUMNS ",dates=dmy", CFOIL_INPUT_ERROR_SYNTAX,
                       "Line 3: “06.13.2026” is not a date");
  bank_assert_refused (self, HEADER "gestern;x;1,00;EUR\nheute;y;1,00;EUR\n", -1, COLUMNS, CFOIL_INPUT_ERROR_COLUMNS, "No row has a date");
}

/* A quotation mark that is never closed takes in the rest of the file. */
static void
test_open_quote (void)
{
  g_autoptr (TestMirror) self = test_mirror_new ();

  bank_assert_refused (self, HEADER "05.10.2026;\"x;1,00;EUR\n06.10.2026;y;1,00;EUR\n07.10.2026;z;1,00;EUR\n", -1, COLUMNS,
                       CFOIL_INPUT_ERROR_SYNTAX, "never closed");
  bank_assert_refused (self, "Day|Sum|Text\n2026-10-05|1.00|\"a;b;c;d;e\n", -1, "date=1,amount=2,text=3,currency=EUR",
                       CFOIL_INPUT_ERROR_SYNTAX, "never closed");
}

static void
assert_encoding (const char       *text,
                 const char       *encoding,
                 CfoilBankEncoding expected)
{
  g_autoptr (TestMirror) self = test_mirror_new ();
  g_autofree char *path = test_folder_file (self->folder, "statement");
  g_autofree char *bytes = NULL;
  g_autoptr (CfoilBankPreview) preview = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  bytes = g_convert (text, -1, encoding, "UTF-8", NULL, &length, &error);
  g_assert_no_error (error);
  test_write_bytes (path, bytes, length);
  preview = cfoil_bank_preview_sync (path, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (cfoil_bank_encoding_to_string (preview->encoding), ==, cfoil_bank_encoding_to_string (expected));
}

/* Japan's is known by itself, also with narrow letters, and western texts are not taken for it. */
static void
test_shift_jis (void)
{
  g_autoptr (TestMirror) self = test_mirror_new ();
  g_autofree char *bytes = NULL;
  g_autofree char *dump = NULL;
  CfoilBankResult result;
  gsize length;

  assert_encoding ("日付,摘要,金額\n2026-10-05,アマゾン①,1234\n", "CP932", CFOIL_BANK_SHIFT_JIS);
  assert_encoding ("取引日,摘要,入金\n2026-10-05,ｱﾏｿﾞﾝｼﾞﾔﾊﾟﾝ ｷﾞﾝｺｳ,1234\n", "CP932", CFOIL_BANK_SHIFT_JIS);
  assert_encoding ("Tag;Zweck;Betrag\n05.10.2026;„Größe“ – für €;1,00\n", "WINDOWS-1252", CFOIL_BANK_WINDOWS_1252);
  assert_encoding ("Date,Text,Amount\n2026-10-05,Joe’s,1.00\n2026-10-05,Jim’s „Grün“a,1.00\n", "WINDOWS-1252", CFOIL_BANK_WINDOWS_1252);
  bytes = g_convert ("日付,摘要,金額\n2026-10-05,アマゾン①～,1234\n", -1, "CP932", "UTF-8", NULL, &length, NULL);
  bank_import (self, bytes, (gssize) length, "date=1,text=2,amount=3,currency=JPY", &result);
  dump = test_dump (self->mirror, BANK_ENTRIES);
  g_assert_cmpstr (dump, ==, "bank|20731|JPY|1234||アマゾン①～|1\n");
}

/* A picture that was called a statement. */
static void
test_binary (void)
{
  g_autoptr (TestMirror) self = test_mirror_new ();
  char bytes[4096] = "\x89PNG\r\n\x1a\n";

  for (guint i = 8; i < sizeof bytes; i++)
    bytes[i] = (char) (i * 2654435761u >> 13);
  bank_assert_refused (self, bytes, sizeof bytes, NULL, CFOIL_INPUT_ERROR_UNKNOWN, "CSV, OFX or CAMT.053");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bank/ofx", test_ofx);
  g_test_add_func ("/bank/ofx-hostile", test_ofx_hostile);
  g_test_add_func ("/bank/camt", test_camt);
  g_test_add_func ("/bank/camt-hostile", test_camt_hostile);
  g_test_add_func ("/bank/csv/rows", test_csv_rows);
  g_test_add_func ("/bank/csv/open-quote", test_open_quote);
  g_test_add_func ("/bank/csv/shift-jis", test_shift_jis);
  g_test_add_func ("/bank/binary", test_binary);
  return g_test_run ();
}
