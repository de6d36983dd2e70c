/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cfoil-fact.h"

#include <locale.h>
#include <string.h>

#include "cfoil-error.h"
#include "test-support.h"

/* Every key has its row; names are kept in drafts, so they are told apart and hold. */
static void
test_table (void)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) titles = g_hash_table_new (g_str_hash, g_str_equal);
  guint n_texts = 0;

  for (guint i = 0; i < CFOIL_N_FACTS; i++)
    {
      const CfoilFactInfo *info = cfoil_fact_get_info ((CfoilFactKey) i);
      CfoilFactKey key = CFOIL_N_FACTS;

      g_assert_true (info->name != NULL && info->title != NULL);
      g_assert_true (g_hash_table_add (names, (char *) info->name));
      g_assert_true (g_hash_table_add (titles, (char *) info->title));
      g_assert_true (cfoil_fact_key_from_name (info->name, &key));
      g_assert_cmpuint (key, ==, i);
      g_assert_true (info->is_from_mirror || i > CFOIL_FACT_PRIOR_LIST);
      n_texts += info->text_evidence != CFOIL_EVIDENCE_OTHER;
    }
  g_assert_cmpuint (n_texts, ==, 5);
  g_assert_cmpint (cfoil_fact_get_info (CFOIL_FACT_TRACKING_NUMBER)->text_evidence, ==, CFOIL_EVIDENCE_TRACKING_NUMBER);
  g_assert_cmpint (cfoil_fact_get_info (CFOIL_FACT_DOWNLOAD_TIME)->text_evidence, ==, CFOIL_EVIDENCE_DOWNLOAD_TIME);
  g_assert_cmpstr (cfoil_fact_get_info (CFOIL_FACT_WITHDRAWN)->name, ==, "withdrawn");
}

static void
test_names (void)
{
  CfoilFactKey key = CFOIL_FACT_ITEMS;

  g_assert_false (cfoil_fact_key_from_name (NULL, &key));
  g_assert_false (cfoil_fact_key_from_name ("", &key));
  g_assert_false (cfoil_fact_key_from_name ("Carrier", &key));
  g_assert_cmpint (key, ==, CFOIL_FACT_ITEMS);
}

typedef struct
{
  CfoilFactKey key;
  const char *typed;
  const char *clean;  /* NULL: refused */
  const char *letter; /* NULL: as clean */
  int code;           /* of the refusal */
} Case;

static const Case cases[] = {
  /* days */
  { CFOIL_FACT_SHIPPED_DATE, "2026-07-14", "2026-07-14", "14 July 2026" },
  { CFOIL_FACT_SHIPPED_DATE, " 2024-02-29\n", "2024-02-29", "29 February 2024" },
  { CFOIL_FACT_SHIPPED_DATE, "2026-02-29", NULL, NULL, CFOIL_INPUT_ERROR_SYNTAX },
  { CFOIL_FACT_SHIPPED_DATE, "2026-13-01", NULL, NULL, CFOIL_INPUT_ERROR_SYNTAX },
  { CFOIL_FACT_SHIPPED_DATE, "14.07.2026", NULL, NULL, CFOIL_INPUT_ERROR_SYNTAX },
  { CFOIL_FACT_SHIPPED_DATE, "0206-07-14", NULL, NULL, CFOIL_INPUT_ERROR_SYNTAX },
  { CFOIL_FACT_SHIPPED_DATE, "2026-07-14T00:00:00Z", NULL, NULL, CFOIL_INPUT_ERROR_SYNTAX },
  { CFOIL_FACT_SHIPPED_DATE, "2026-7-14", NULL, NULL, CFOIL_INPUT_ERROR_SYNTAX },
  { CFOIL_FACT_SHIPPED_DATE, "   ", "", "" },
  /* times */
  { CFOIL_FACT_PAYMENT_TIME, "2026-07-14 15:53", "2026-07-14T15:53:00Z", "14 July 2026, 15:53 UTC" },
  { CFOIL_FACT_PAYMENT_TIME, "2026-07-14 15:53:59 UTC", "2026-07-14T15:53:59Z", "14 July 2026, 15:53 UTC" },
  { CFOIL_FACT_PAYMENT_TIME, "2026-07-14T15:53:00.250Z", "2026-07-14T15:53:00Z", "14 July 2026, 15:53 UTC" },
  { CFOIL_FACT_PAYMENT_TIME, "2026-07-14T23:30:00-02:00", "2026-07-15T01:30:00Z", "15 July 2026, 01:30 UTC" },
  { CFOIL_FACT_PAYMENT_TIME, "2026-07-14", NULL, NULL, CFOIL_INPUT_ERROR_SYNTAX },
  { CFOIL_FACT_PAYMENT_TIME, "2026-07-14 24:00", NULL, NULL, CFOIL_INPUT_ERROR_SYNTAX },
  { CFOIL_FACT_PAYMENT_TIME, "2026-07-14 15:53 CET", NULL, NULL, CFOIL_INPUT_ERROR_SYNTAX },
  /* money, by the currency's own decimals */
  { CFOIL_FACT_PAYMENT_AMOUNT, "USD 25.54", "USD 25.54", "USD 25.54" },
  { CFOIL_FACT_PAYMENT_AMOUNT, "25.5 usd", "USD 25.50", "USD 25.50" },
  { CFOIL_FACT_PAYMENT_AMOUNT, "JPY 2554", "JPY 2554", "JPY 2,554" },
  { CFOIL_FACT_PAYMENT_AMOUNT, "KWD 25.54", "KWD 25.540", "KWD 25.540" },
  { CFOIL_FACT_PAYMENT_AMOUNT, "KWD 1234567.001", "KWD 1234567.001", "KWD 1,234,567.001" },
  { CFOIL_FACT_PAYMENT_AMOUNT, "USD 999", "USD 999.00", "USD 999.00" },
  { CFOIL_FACT_PAYMENT_AMOUNT, "USD 0.00", "USD 0.00", "USD 0.00" },
  { CFOIL_FACT_PAYMENT_AMOUNT, "25.54", NULL, NULL, CFOIL_INPUT_ERROR_SYNTAX },
  { CFOIL_FACT_PAYMENT_AMOUNT, "$25.54", NULL, NULL, CFOIL_INPUT_ERROR_SYNTAX },
  { CFOIL_FACT_PAYMENT_AMOUNT, "JPY 25.54", NULL, NULL, CFOIL_INPUT_ERROR_RANGE },
  { CFOIL_FACT_PAYMENT_AMOUNT, "USD 1,234.50", NULL, NULL, CFOIL_INPUT_ERROR_SYNTAX },
  { CFOIL_FACT_PAYMENT_AMOUNT, "USD -3", NULL, NULL, CFOIL_INPUT_ERROR_RANGE },
  { CFOIL_FACT_PAYMENT_AMOUNT, "QQQ 3", NULL, NULL, CFOIL_INPUT_ERROR_CURRENCY },
  { CFOIL_FACT_PAYMENT_AMOUNT, "USD 99999999999999999999", NULL, NULL, CFOIL_INPUT_ERROR_RANGE },
  /* counts */
  { CFOIL_FACT_PRIOR_COUNT, "007", "7", "7" },
  { CFOIL_FACT_PRIOR_COUNT, "12345", "12345", "12,345" },
  { CFOIL_FACT_PRIOR_COUNT, "-1", NULL, NULL, CFOIL_INPUT_ERROR_SYNTAX },
  { CFOIL_FACT_PRIOR_COUNT, "many", NULL, NULL, CFOIL_INPUT_ERROR_SYNTAX },
  /* texts */
  { CFOIL_FACT_CARRIER, "  UPS \t Express\n", "UPS Express", NULL },
  { CFOIL_FACT_CARRIER, "a\x1b[0m\x07\xc2\x85" "b", "a [0m b", NULL },
  { CFOIL_FACT_CARRIER, "\u202eSPU\u202c\u200b", "SPU", NULL },
  { CFOIL_FACT_CARRIER, "bad \xff bytes", "bad \ufffd bytes", NULL },
  { CFOIL_FACT_CARRIER, "שליחים", "שליחים", "\u2068שליחים\u2069" },
  { CFOIL_FACT_ITEMS, "One \r\n\r\n\n\n  Two\u2028Three  ", "One\n\nTwo\nThree", NULL },
  { CFOIL_FACT_ITEMS, "<b>x</b> & %s", "<b>x</b> & %s", NULL },
  { CFOIL_FACT_TRACKING_NUMBER, "\u20661Z 999\u2069", "1Z 999", NULL },
  { CFOIL_FACT_CARRIER, NULL, "", "" },
};

static void
test_values (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const Case *c = &cases[i];
      g_autoptr (GError) error = NULL;
      g_autofree char *clean = cfoil_fact_clean (c->key, c->typed, &error);
      g_autofree char *letter = NULL;
      g_autofree char *again = NULL;

      g_assert_cmpstr (clean, ==, c->clean);
      if (c->clean == NULL)
        {
          g_assert_error (error, CFOIL_INPUT_ERROR, c->code);
          g_assert_true (g_str_has_suffix (error->message, "."));
          continue;
        }
      g_assert_no_error (error);
      if (*clean == '\0')
        continue;
      letter = cfoil_fact_to_letter (c->key, clean);
      g_assert_cmpstr (letter, ==, c->letter != NULL ? c->letter : c->clean);
      again = cfoil_fact_clean (c->key, clean, NULL);
      g_assert_cmpstr (again, ==, clean);
    }
}

static void
test_length (void)
{
  g_autofree char *fits = g_strnfill (4000, 'x');
  g_autofree char *too_long = g_strnfill (4001, 'x');
  g_autoptr (GString) marks = g_string_new ("e");
  g_autoptr (GError) error = NULL;
  g_autofree char *clean = cfoil_fact_clean (CFOIL_FACT_ITEMS, fits, &error);
  g_autofree char *tamed = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (clean, ==, fits);
  g_assert_null (cfoil_fact_clean (CFOIL_FACT_ITEMS, too_long, &error));
  g_assert_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_LIMIT);
  for (guint i = 0; i < 500; i++)
    g_string_append (marks, "\u0301");
  tamed = cfoil_fact_clean (CFOIL_FACT_CARRIER, marks->str, NULL);
  g_assert_cmpint (g_utf8_strlen (tamed, -1), ==, 9);
}

/* A draft can hold anything: what is no value says nothing. */
static void
test_letter_of_nonsense (void)
{
  g_assert_null (cfoil_fact_to_letter (CFOIL_FACT_SHIPPED_DATE, "soon"));
  g_assert_null (cfoil_fact_to_letter (CFOIL_FACT_PAYMENT_TIME, "2026-07-14"));
  g_assert_null (cfoil_fact_to_letter (CFOIL_FACT_PAYMENT_AMOUNT, "25.54"));
  g_assert_null (cfoil_fact_to_letter (CFOIL_FACT_PAYMENT_AMOUNT, "JPY 0.5"));
  g_assert_null (cfoil_fact_to_letter (CFOIL_FACT_PRIOR_COUNT, "x"));
  g_assert_null (cfoil_fact_to_letter (CFOIL_FACT_CARRIER, " \u202e "));
}

static void
test_money (void)
{
  g_autofree char *kwd = cfoil_fact_money ("KWD", 25540);
  g_autofree char *jpy = cfoil_fact_money ("JPY", 2554);
  g_autofree char *cent = cfoil_fact_money ("USD", 1);

  g_assert_cmpstr (kwd, ==, "KWD 25.540");
  g_assert_cmpstr (jpy, ==, "JPY 2554");
  g_assert_cmpstr (cent, ==, "USD 0.01");
  g_assert_null (cfoil_fact_money (NULL, 1));
  g_assert_null (cfoil_fact_money ("QQQ", 1));
  g_assert_null (cfoil_fact_money ("USD", CFOIL_UNKNOWN));
}

static void
test_copy (void)
{
  CfoilFact *fact = cfoil_fact_new (CFOIL_FACT_CARRIER, "UPS", CFOIL_FACT_SOURCE_TYPED, "ann");
  CfoilFact *copy = cfoil_fact_copy (fact);

  cfoil_fact_free (fact);
  g_assert_cmpint (copy->key, ==, CFOIL_FACT_CARRIER);
  g_assert_cmpstr (copy->value, ==, "UPS");
  g_assert_cmpint (copy->source, ==, CFOIL_FACT_SOURCE_TYPED);
  g_assert_cmpstr (copy->detail, ==, "ann");
  cfoil_fact_free (copy);
  cfoil_fact_free (NULL);
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fact/table", test_table);
  g_test_add_func ("/fact/names", test_names);
  g_test_add_func ("/fact/values", test_values);
  g_test_add_func ("/fact/length", test_length);
  g_test_add_func ("/fact/letter-of-nonsense", test_letter_of_nonsense);
  g_test_add_func ("/fact/money", test_money);
  g_test_add_func ("/fact/copy", test_copy);
  return g_test_run ();
}
