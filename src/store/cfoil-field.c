/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-field.h"

#include <string.h>

#define N_(text) text

/* The newest dispute of a charge, or the one that a chargeback belongs to. */
#define OF_DISPUTE(column) \
  "coalesce ((SELECT d." column " FROM dispute AS d WHERE d.account_id = t.account_id AND d.dispute_id = t.dispute_id), " \
  "(SELECT d." column " FROM dispute AS d WHERE d.charge_id = t.transaction_id AND d.account_id = t.account_id " \
  "ORDER BY d.opened_us DESC, d.dispute_id DESC LIMIT 1))"

/* In SQL, << and | bind alike: every shift has its own brackets. */
#define FLAGS \
  "((t.dispute_id IS NOT NULL OR EXISTS (SELECT 1 FROM dispute AS d " \
  "WHERE d.charge_id = t.transaction_id AND d.account_id = t.account_id)) " \
  "| ((t.type = 1 AND (coalesce (t.refunded_minor, 0) > 0 OR EXISTS (SELECT 1 FROM txn AS r " \
  "WHERE r.charge_id = t.transaction_id AND r.account_id = t.account_id AND r.type = 2))) << 1) " \
  "| ((coalesce (n.note, '') <> '') << 2) | ((coalesce (n.tags, '') <> '') << 3) | ((n.reviewed_us IS NOT NULL) << 4) " \
  "| ((t.type = 0 OR t.state = 1 OR EXISTS (SELECT 1 FROM exception AS e " \
  "WHERE e.subject = t.transaction_id AND e.subject <> '' AND e.account_id = t.account_id)) << 5))"

/* Who said it: settlements where there are lines, else whoever spoke last. */
#define FEED \
  "coalesce ((SELECT d.feed_id FROM settlement_line AS l JOIN document AS d USING (document_id) " \
  "WHERE l.txn_id = t.txn_id ORDER BY l.posted_us, d.feed_id LIMIT 1), " \
  "(SELECT o.feed_id FROM observation AS o WHERE o.account_id = t.account_id AND o.kind IN (1, 2) " \
  "AND o.object_id = t.transaction_id ORDER BY o.said_us DESC, o.feed_id LIMIT 1))"

#define STORE "coalesce (t.store_id, p.store_id)"
#define WORD(id) "(SELECT w.text FROM word AS w WHERE w.word_id = " id ")"
#define WORDS "SELECT word_id, text FROM word"

/* All that there are, "A, B": a settlement is paid out once for each currency. */
#define BANK_REFERENCES(account, settlement, more) \
  "(SELECT group_concat (b.reference, ', ') FROM (SELECT DISTINCT d.bank_reference AS reference FROM disbursement AS d " \
  "WHERE d.account_id = " account " AND d.settlement_provider_id = " settlement " AND d.bank_reference <> ''" more \
  " ORDER BY 1) AS b)"

#define SHOWN_CODE(table, key, column) "(SELECT c.name FROM " table " AS c WHERE c." key " = " column ")"

#define F(id) [CFOIL_FIELD_##id]
#define KIND(id) CFOIL_FIELD_KIND_##id
#define OWN(id) CFOIL_FIELD_##id
#define NOWHERE CFOIL_N_FIELDS

static const CfoilFieldInfo infos[CFOIL_N_FIELDS] = {
  F (PROVIDER) = { "provider", N_ ("Provider"), KIND (REF), FALSE, "t.account_id", "a.provider",
                   "SELECT account_id, provider FROM account", OWN (ACCOUNT) },
  F (ACCOUNT) = { "account", N_ ("Account"), KIND (REF), FALSE, "t.account_id", "a.name",
                  "SELECT account_id, name FROM account", OWN (ACCOUNT) },
  F (ENVIRONMENT) = { "environment", N_ ("Environment"), KIND (REF), FALSE, "t.account_id", "a.environment",
                      "SELECT account_id, environment FROM account", OWN (ACCOUNT) },
  F (TRANSACTION_ID) = { "transaction_id", N_ ("Transaction ID"), KIND (ID), TRUE, "t.transaction_id", NULL, NULL,
                         OWN (TRANSACTION_ID) },
  F (TYPE) = { "type", N_ ("Type"), KIND (CODE), FALSE, "t.type", SHOWN_CODE ("type_name", "type", "t.type"), NULL, OWN (TYPE) },
  F (STATE) = { "state", N_ ("State"), KIND (CODE), FALSE, "t.state", SHOWN_CODE ("state_name", "state", "t.state"), NULL,
                OWN (STATE) },
  F (FLAGS) = { "flags", N_ ("Flags"), KIND (FLAGS), FALSE, FLAGS, NULL, NULL, OWN (FLAGS) },
  F (TIME) = { "time", N_ ("Date"), KIND (TIME), FALSE, "t.sort_us", NULL, NULL, OWN (TIME) },
  F (CREATED) = { "created_at", N_ ("Created"), KIND (TIME), FALSE, "t.created_us", NULL, NULL, OWN (CREATED) },
  F (AUTHORIZED) = { "authorized_at", N_ ("Authorized"), KIND (TIME), FALSE,
                     "iif (t.type = 1 AND t.state NOT IN (2, 6), t.created_us, NULL)", NULL, NULL, OWN (AUTHORIZED) },
  F (CAPTURED) = { "captured_at", N_ ("Captured"), KIND (TIME), FALSE, "iif (t.type = 1 AND t.state = 5, t.updated_us, NULL)",
                   NULL, NULL, OWN (CAPTURED) },
  F (EXPIRES) = { "expires_at", N_ ("Expires"), KIND (TIME), FALSE, "t.expires_us", NULL, NULL, OWN (EXPIRES) },
  F (POSTED) = { "posted_at", N_ ("Posted"), KIND (TIME), FALSE, "t.posted_us", NULL, NULL, OWN (POSTED) },
  F (CURRENCY) = { "currency", N_ ("Currency"), KIND (TEXT), FALSE, "t.currency", NULL, NULL, OWN (CURRENCY) },
  F (AMOUNT) = { "amount", N_ ("Amount"), KIND (MONEY), FALSE, "t.amount_minor", NULL, NULL, OWN (AMOUNT) },
  F (GROSS) = { "gross", N_ ("Gross"), KIND (MONEY), FALSE, "t.gross_minor", NULL, NULL, OWN (GROSS) },
  F (FEE_PERCENTAGE) = { "fee_percentage", N_ ("Percentage Fee"), KIND (MONEY), FALSE, "t.fee_percentage_minor", NULL, NULL,
                         OWN (FEE_PERCENTAGE) },
  F (FEE_FIXED) = { "fee_fixed", N_ ("Fixed Fee"), KIND (MONEY), FALSE, "t.fee_fixed_minor", NULL, NULL, OWN (FEE_FIXED) },
  F (FEE) = { "fee_total", N_ ("Fee"), KIND (MONEY), FALSE, "t.fee_minor", NULL, NULL, OWN (FEE) },
  F (FEE_RATE) = { "fee_rate", N_ ("Fee Rate"), KIND (NUMBER), FALSE,
                   "iif (t.gross_minor <> 0 AND abs (t.fee_minor) < 9000000000000, -t.fee_minor * 1000000 / t.gross_minor, NULL)",
                   NULL, NULL, OWN (FEE_RATE) },
  F (FEE_TAX) = { "fee_tax", N_ ("Fee Tax"), KIND (MONEY), FALSE, "t.tax_minor", NULL, NULL, OWN (FEE_TAX) },
  F (NET) = { "net", N_ ("Net"), KIND (MONEY), FALSE, "t.net_minor", NULL, NULL, OWN (NET) },
  F (REFUNDED) = { "refunded", N_ ("Refunded"), KIND (MONEY), FALSE, "t.refunded_minor", NULL, NULL, OWN (REFUNDED) },
  F (PRESENTMENT_CURRENCY) = { "presentment_currency", N_ ("Presentment Currency"), KIND (TEXT), FALSE,
                               "t.presentment_currency", NULL, NULL, OWN (PRESENTMENT_CURRENCY) },
  F (PRESENTMENT_AMOUNT) = { "presentment_amount", N_ ("Presentment Amount"), KIND (MONEY), FALSE, "t.presentment_minor",
                             NULL, NULL, OWN (PRESENTMENT_AMOUNT) },
  F (FX_RATE) = { "fx_rate", N_ ("Exchange Rate"), KIND (TEXT), FALSE, "t.fx_rate", NULL, NULL, OWN (FX_RATE) },
  F (FX_DATE) = { "fx_date", N_ ("Exchange Date"), KIND (TIME), FALSE, "t.fx_us", NULL, NULL, OWN (FX_DATE) },
  F (REFERENCE) = { "merchant_reference", N_ ("Reference"), KIND (ID), TRUE,
                    "coalesce (t.merchant_reference, p.merchant_reference)", NULL, NULL, OWN (REFERENCE) },
  F (ORDER_REFERENCE) = { "order_reference", N_ ("Order Reference"), KIND (ID), TRUE, "t.order_reference", NULL, NULL,
                          OWN (ORDER_REFERENCE) },
  F (STORE) = { "store", N_ ("Store"), KIND (REF), TRUE, STORE, WORD (STORE), WORDS, OWN (STORE) },
  F (PERMISSION_ID) = { "charge_permission_id", N_ ("Charge Permission ID"), KIND (ID), TRUE, "t.permission_id", NULL, NULL,
                        OWN (PERMISSION_ID) },
  F (CHARGE_ID) = { "charge_id", N_ ("Charge ID"), KIND (ID), TRUE, "iif (t.type = 1, t.transaction_id, t.charge_id)", NULL,
                    NULL, OWN (CHARGE_ID) },
  F (REFUND_ID) = { "refund_id", N_ ("Refund ID"), KIND (ID), FALSE, "iif (t.type = 2, t.transaction_id, NULL)", NULL, NULL,
                    OWN (REFUND_ID) },
  F (PROVIDER_ID) = { "provider_id", N_ ("Provider ID"), KIND (ID), TRUE, "t.provider_id", NULL, NULL, OWN (PROVIDER_ID) },
  F (DISPUTE_ID) = { "dispute_id", N_ ("Dispute ID"), KIND (ID), TRUE,
                     "coalesce (t.dispute_id, " OF_DISPUTE ("dispute_id") ")", NULL, NULL, OWN (DISPUTE_ID) },
  F (DISPUTE_STATE) = { "dispute_state", N_ ("Dispute State"), KIND (CODE), FALSE, OF_DISPUTE ("state"),
                        SHOWN_CODE ("state_name", "state", OF_DISPUTE ("state")), NULL, OWN (DISPUTE_STATE) },
  F (SETTLEMENT) = { "settlement_id", N_ ("Settlement"), KIND (REF), TRUE, "t.settlement_id", "s.provider_id",
                     "SELECT settlement_id, provider_id FROM settlement", OWN (SETTLEMENT) },
  F (SETTLEMENT_DATE) = { "settlement_date", N_ ("Settlement Date"), KIND (TIME), FALSE, "s.end_us", NULL,
                          "SELECT settlement_id, end_us FROM settlement WHERE end_us IS NOT NULL", OWN (SETTLEMENT) },
  /* Shown is what was paid out in the row's own currency.  The number is the settlement,
   * which knows of no currency: searched, sorted and asked for by has: is the text of all
   * its payouts.  So a row may be found by the reference of another currency's payout of
   * its settlement, but never shows it. */
  F (PAYOUT_REFERENCE) = { "payout_reference", N_ ("Payout Reference"), KIND (REF), TRUE, "t.settlement_id",
                           BANK_REFERENCES ("t.account_id", "s.provider_id", " AND d.currency = t.currency"),
                           "SELECT s.settlement_id, " BANK_REFERENCES ("s.account_id", "s.provider_id", "") " AS reference "
                           "FROM settlement AS s WHERE reference IS NOT NULL", OWN (SETTLEMENT) },
  F (BUYER_ID) = { "buyer_id", N_ ("Buyer ID"), KIND (ID), TRUE, "coalesce (t.buyer_id, p.buyer_id)", NULL, NULL, OWN (BUYER_ID) },
  F (BUYER_NAME) = { "buyer_name", N_ ("Buyer"), KIND (TEXT), TRUE, "coalesce (t.buyer_name, p.buyer_name)", NULL, NULL,
                     OWN (BUYER_NAME) },
  F (BUYER_EMAIL) = { "buyer_email", N_ ("E-Mail"), KIND (TEXT), TRUE, "coalesce (t.buyer_email, p.buyer_email)", NULL, NULL,
                      OWN (BUYER_EMAIL) },
  F (BUYER_COUNTRY) = { "buyer_country", N_ ("Country"), KIND (TEXT), FALSE, "coalesce (t.buyer_country, p.buyer_country)", NULL,
                        NULL, OWN (BUYER_COUNTRY) },
  F (CHANNEL) = { "channel", N_ ("Channel"), KIND (TEXT), FALSE, "t.channel", NULL, NULL, OWN (CHANNEL) },
  F (METHOD) = { "method", N_ ("Method"), KIND (TEXT), FALSE, "t.method", NULL, NULL, OWN (METHOD) },
  F (DESCRIPTION) = { "description", N_ ("Description"), KIND (TEXT), TRUE, "t.description", NULL, NULL, OWN (DESCRIPTION) },
  F (REASON) = { "reason", N_ ("Reason"), KIND (TEXT), FALSE, "t.reason", NULL, NULL, OWN (REASON) },
  F (SOFT_DESCRIPTOR) = { "soft_descriptor", N_ ("Soft Descriptor"), KIND (TEXT), FALSE, "t.soft_descriptor", NULL, NULL,
                          OWN (SOFT_DESCRIPTOR) },
  F (TRACKING_CARRIER) = { "tracking_carrier", N_ ("Carrier"), KIND (TEXT), FALSE, "t.tracking_carrier", NULL, NULL,
                           OWN (TRACKING_CARRIER) },
  F (TRACKING_NUMBER) = { "tracking_number", N_ ("Tracking Number"), KIND (ID), FALSE, "t.tracking_number", NULL, NULL,
                          OWN (TRACKING_NUMBER) },
  F (RISK_SCORE) = { "risk_score", N_ ("Risk Score"), KIND (NUMBER), FALSE, "t.risk_score", NULL, NULL, OWN (RISK_SCORE) },
  F (TAGS) = { "tags", N_ ("Tags"), KIND (TEXT), TRUE, "n.tags", "replace (trim (n.tags, ','), ',', ', ')", NULL, OWN (TAGS) },
  F (NOTE) = { "note", N_ ("Note"), KIND (TEXT), TRUE, "n.note", NULL, NULL, OWN (NOTE) },
  F (REVIEWED) = { "reviewed_at", N_ ("Reviewed"), KIND (TIME), FALSE, "n.reviewed_us", NULL, NULL, OWN (REVIEWED) },
  F (PROVIDER_TYPE) = { "provider_type", N_ ("Provider Type"), KIND (REF), FALSE, "t.provider_type_id",
                        WORD ("t.provider_type_id"), WORDS, OWN (PROVIDER_TYPE) },
  F (PROVIDER_STATE) = { "provider_state", N_ ("Provider State"), KIND (TEXT), FALSE, "t.provider_state", NULL, NULL,
                         OWN (PROVIDER_STATE) },
  F (FEED) = { "source_feed", N_ ("Feed"), KIND (REF), FALSE, FEED, "(SELECT f.name FROM feed AS f WHERE f.feed_id = " FEED ")",
               "SELECT feed_id, name FROM feed", OWN (FEED) },
  F (FIRST_SEEN) = { "first_seen", N_ ("First Seen"), KIND (TIME), FALSE, "t.first_seen_us", NULL, NULL, OWN (FIRST_SEEN) },
  F (LAST_CHANGED) = { "last_changed", N_ ("Last Changed"), KIND (TIME), FALSE, "t.updated_us", NULL, NULL, OWN (LAST_CHANGED) },
};

const CfoilFieldInfo *
cfoil_field_get_info (CfoilField field)
{
  g_return_val_if_fail ((guint) field < CFOIL_N_FIELDS, NULL);

  return &infos[field];
}

gboolean
cfoil_field_from_name (const char *name,
                       CfoilField *field)
{
  for (guint i = 0; i < CFOIL_N_FIELDS; i++)
    if (g_strcmp0 (infos[i].name, name) == 0)
      {
        *field = (CfoilField) i;
        return TRUE;
      }
  return FALSE;
}

gboolean
cfoil_field_is_stored (CfoilField field)
{
  g_return_val_if_fail ((guint) field < CFOIL_N_FIELDS, FALSE);

  return infos[field].stored_as == field;
}

const char *
cfoil_field_code_name (CfoilField field,
                       gint64     value)
{
  g_return_val_if_fail (infos[field].kind == CFOIL_FIELD_KIND_CODE, NULL);

  if (field == CFOIL_FIELD_TYPE)
    return cfoil_type_to_string ((CfoilType) value);
  return cfoil_state_to_string ((CfoilState) value);
}

guint
cfoil_field_n_codes (CfoilField field)
{
  g_return_val_if_fail (infos[field].kind == CFOIL_FIELD_KIND_CODE, 0);

  return field == CFOIL_FIELD_TYPE ? CFOIL_N_TYPES : CFOIL_N_STATES;
}

/* --- folding --- */

static gboolean
is_ascii (const char *text)
{
  for (; *text != '\0'; text++)
    if ((guchar) *text >= 0x80)
      return FALSE;
  return TRUE;
}

/* Ends of lines and the like: in a query, and where a value is shown in one line, they
 * are blanks. */
static gboolean
is_blank (gunichar c)
{
  GUnicodeType type = g_unichar_type (c);

  return type == G_UNICODE_CONTROL || type == G_UNICODE_LINE_SEPARATOR || type == G_UNICODE_PARAGRAPH_SEPARATOR;
}

static char *
fold_ascii (const char *text)
{
  char *folded = g_ascii_strdown (text, -1);

  for (char *at = folded; *at != '\0'; at++)
    if (g_ascii_iscntrl (*at))
      *at = ' ';
  return folded;
}

/* Accents stand behind their letter once it is taken apart. */
static char *
drop_marks (const char *text)
{
  GString *bare = g_string_sized_new (strlen (text));

  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);

      if (!g_unichar_ismark (c))
        g_string_append_unichar (bare, is_blank (c) ? ' ' : c);
    }
  return g_string_free (bare, FALSE);
}

char *
cfoil_fold (const char *text)
{
  g_autofree char *valid = NULL;
  g_autofree char *apart = NULL;
  g_autofree char *folded = NULL;
  g_autofree char *again = NULL;

  if (text == NULL)
    return g_strdup ("");
  if (is_ascii (text))
    return fold_ascii (text);
  valid = g_utf8_make_valid (text, -1);
  apart = g_utf8_normalize (valid, -1, G_NORMALIZE_ALL);
  folded = g_utf8_casefold (apart, -1);
  /* Folding may put together what was apart. */
  again = g_utf8_normalize (folded, -1, G_NORMALIZE_ALL);
  return drop_marks (again);
}
