/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cfoil-query.h"

#include <string.h>

static void
test_shortest (void)
{
  static const struct
  {
    const char *typed;
    const char *text;
  } terms[] = {
    { "\"foo\"", "foo" },
    { "\"12:30\"", "12:30" },
    { "\"state:x\"", "\"state:x\"" },
    { "\"foo:x\"", "\"foo:x\"" },
    { "-\"a b\"", "-\"a b\"" },
    { "\"-a\"", "\"-a\"" },
    { "--a", "-\"-a\"" },
    { "-", "-" },
    { "\"a,b\"", "a,b" },
    { "a\"b", "a\"b" },
    { "store:\"a\",\"b c\",\"d,e\"", "store:a,\"b c\",\"d,e\"" },
    { "store:\"say \"\"hi\"\"\"", "store:\"say \"\"hi\"\"\"" },
    { "status:Cancelled", "state:canceled" },
    { "merchant-reference:x", "reference:x" },
    { "amount:50.00", "amount:50" },
    { "amount:=0.50", "amount:0.5" },
    { "amount:.05..1.", "amount:0.05..1" },
    { "amount:-0.05", "amount:-0.05" },
    { "amount:10..", "amount:>=10" },
    { "amount:..10", "amount:<=10" },
    { "amount:>10", "amount:>10" },
    { "amount:<-1.5", "amount:<-1.5" },
    { "fee_rate:2.90%", "rate:2.9" },
    { "time:2026-3-5", "date:2026-03-05" },
    { "date:2026-03..2026-03", "date:2026-03" },
    { "date:>2026-03", "date:>=2026-04" },
    { "date:<2026", "date:<=2025" },
    { "date:LAST30D", "date:last30d" },
    { "date:today-6..today", "date:last7d" },
    { "date:today..today+6", "date:next7d" },
    { "date:last1d", "date:today" },
    { "date:today-29..yesterday", "date:today-29..yesterday" },
    { "date:thismonth-1", "date:lastmonth" },
    { "date:nextyear", "date:nextyear" },
    { "date:2026..today", "date:2026..today" },
    { "-has:note", "no:note" },
    { "-no:note", "has:note" },
    { "has:refund", "is:refunded" },
    { "has:refund_id", "has:refund_id" },
    { "-is:DISPUTED", "-is:disputed" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (terms); i++)
    {
      g_autoptr (CfoilQuery) query = cfoil_query_parse (terms[i].typed);
      g_autofree char *text = NULL;

      g_assert_cmpuint (cfoil_query_get_n_terms (query), ==, 1);
      text = cfoil_term_to_text (cfoil_query_get_term (query, 0));
      g_assert_cmpstr (text, ==, terms[i].text);
    }
}

static void
test_text_of_value (void)
{
  static const struct
  {
    CfoilField field;
    const char *value;
    gboolean is_negated;
    const char *text;
  } values[] = {
    { CFOIL_FIELD_STORE, "a", FALSE, "store:a" },
    { CFOIL_FIELD_STORE, "a b", TRUE, "-store:\"a b\"" },
    { CFOIL_FIELD_STORE, "a,\"b\"", FALSE, "store:\"a,\"\"b\"\"\"" },
    { CFOIL_FIELD_STORE, "", FALSE, "no:store" },
    { CFOIL_FIELD_STORE, NULL, TRUE, "has:store" },
    { CFOIL_FIELD_TIME, "2026-03-05", FALSE, "date:2026-03-05" },
    { CFOIL_FIELD_NET, "-5.00", FALSE, "net:-5.00" },
    { CFOIL_FIELD_REFUND_ID, "", FALSE, "no:refund_id" },
    { CFOIL_FIELD_FLAGS, "x", FALSE, NULL },
    { CFOIL_FIELD_STORE, "a\xff", FALSE, "store:a\ufffd" },
    { CFOIL_FIELD_STORE, "a\nb", FALSE, "store:\"a\nb\"" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autofree char *text = cfoil_term_text_of_value (values[i].field, values[i].value, values[i].is_negated);

      g_assert_cmpstr (text, ==, values[i].text);
    }
}

static void
test_replaced (void)
{
  static const struct
  {
    const char *typed;
    guint i;
    const char *replacement;
    const char *text;
  } changes[] = {
    { "a b c", 0, NULL, "b c" },
    { "a b c", 1, NULL, "a c" },
    { "a b c", 2, NULL, "a b" },
    { "a b c", 1, "", "a c" },
    { "a b c", 1, "state:x", "a state:x c" },
    { "  a   b   c  ", 1, NULL, "  a   c  " },
    { "  a   b   c  ", 2, NULL, "  a   b" },
    { "  a  ", 0, NULL, "" },
    { "a", 0, "b", "b" },
    { "a -state:captured foo:x \"open", 1, "no:note", "a no:note foo:x \"open" },
    { "a foo:x b", 1, NULL, "a foo:x" },
    /* quotes that stand where blanks might */
    { "store:\"a\"b", 0, NULL, "b" },
    { "store:\"a\"b\"c", 1, NULL, "store:\"a\"" },
    { "store:\"a\"b c", 1, NULL, "store:\"a\" c" },
    { "store:\"a\"b c", 0, "\"x\"", "\"x\" b c" },
    { "store:\"a\"b c", 1, "\"x\"", "store:\"a\" \"x\" c" },
    { "a \"b c", 1, "d", "a d" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autoptr (CfoilQuery) query = cfoil_query_parse (changes[i].typed);
      g_autofree char *text = cfoil_query_dup_replaced (query, changes[i].i, changes[i].replacement);

      g_assert_cmpstr (text, ==, changes[i].text);
    }
}

static void
test_added (void)
{
  static const struct
  {
    const char *typed;
    const char *term;
    const char *text;
  } changes[] = {
    { "", "a", "a" },
    { "a", "no:note", "a no:note" },
    { "a ", "no:note", "a no:note" },
    { "a\u00a0", "b", "a\u00a0" "b" },
    { "\"a", "b", "\"a\" b" },
    { "store:x,\"a\"\"", "b", "store:x,\"a\"\"\" b" },
    { "store:\"a\"", "b", "store:\"a\" b" },
    { "5\"", "b", "5\" b" },
    { "state:", "b", "state: b" },
    { "a", "", "a" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autoptr (CfoilQuery) query = cfoil_query_parse (changes[i].typed);
      g_autofree char *text = cfoil_query_dup_added (query, changes[i].term);

      g_assert_cmpstr (text, ==, changes[i].text);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/query-text/shortest", test_shortest);
  g_test_add_func ("/query-text/of-value", test_text_of_value);
  g_test_add_func ("/query-text/replaced", test_replaced);
  g_test_add_func ("/query-text/added", test_added);
  return g_test_run ();
}
