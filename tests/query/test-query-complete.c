/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cfoil-query.h"

#include <string.h>

static const char *const kinds[] = { "nothing", "fields", "values" };

/* TYPED has the cursor as "|". */
static CfoilCompletions *
complete (const char *typed,
          char      **text)
{
  const char *cursor = strchr (typed, '|');

  *text = g_strdup_printf ("%.*s%s", (int) (cursor - typed), typed, cursor + 1);
  return cfoil_query_complete (*text, (guint) (cursor - typed));
}

/* kind, what is replaced, prefix, the first offers */
static char *
describe (const char *typed,
          guint       n_offers)
{
  g_autofree char *text = NULL;
  g_autoptr (CfoilCompletions) completions = complete (typed, &text);
  GString *description = g_string_new (kinds[completions->kind]);

  if (completions->has_field)
    g_string_append_printf (description, " of %s", cfoil_query_field_name (completions->field));
  g_string_append_printf (description, " <%.*s> %s", (int) (completions->end - completions->start), text + completions->start,
                          completions->prefix);
  for (guint i = 0; i < MIN (n_offers, completions->offers->len); i++)
    g_string_append_printf (description, " %s", ((CfoilCompletion *) g_ptr_array_index (completions->offers, i))->text);
  return g_string_free (description, FALSE);
}

static void
test_places (void)
{
  static const struct
  {
    const char *typed;
    const char *expected;
  } places[] = {
    { "sta|", "fields <sta> sta state:" },
    { "STAT|", "fields <STAT> STAT state:" },
    { "a curr|", "fields <curr> curr currency:" },
    { "-cur|", "fields <cur> cur currency:" },
    { "-|", "fields <>  provider: account: environment:" },
    { "|", "fields <>  provider: account: environment:" },
    { "a | b", "fields <>  provider: account: environment:" },
    { "|abc", "fields <>  provider: account: environment:" },
    { "cu|rr", "fields <curr> cu currency:" },
    { "cu|rr:EUR", "fields <curr:> cu currency:" },
    { "cu| x", "fields <cu> cu currency:" },
    { "ha|", "fields <ha> ha has:" },
    { "merchant_r|", "fields <merchant_r> merchant_r reference:" },
    { "xyz|", "nothing <xyz> xyz" },
    { "\"sta|", "nothing <> " },
    { "12|", "nothing <12> 12" },
    { "state:|", "values of state <>  posted other pending" },
    { "state:ca|", "values of state <ca> ca capturing captured canceled" },
    { "-state:captured,ca|", "values of state <ca> ca capturing canceled" },
    { "state:captured,|", "values of state <>  posted other pending" },
    { "state:cap|tured,refunded", "values of state <captured> cap capturing captured" },
    { "state:ca|,canceled x", "values of state <ca> ca capturing captured" },
    { "state:xyz|", "nothing of state <xyz> xyz" },
    { "type:re|", "values of type <re> re refund reserve" },
    { "date:la|", "values of date <la> la last7d last30d last90d" },
    { "date:>la|", "values of date <la> la last7d last30d last90d" },
    { "date:2026..la|", "values of date <la> la last7d last30d last90d" },
    { "date:2026-|", "nothing of date <2026-> 2026-" },
    { "expires:|", "values of expires <>  today yesterday last7d" },
    { "is:un|", "values <un> un uncaptured unsettled" },
    { "wee|", "fields <wee> wee weekday:" },
    { "weekday:t|", "values <t> t tuesday thursday" },
    { "weekday:tuesday,t|", "values <t> t thursday" },
    { "hour:|", "nothing <> " },
    { "has:set|", "values <set> set settlement settlement_date" },
    { "no:refund_|", "values <refund_> refund_ refund_id" },
    { "amount:5|", "nothing of amount <5> 5" },
    { "store:a|", "values of store <a> a" },
    { "store:x,a| y", "values of store <a> a" },
    { "store:\"a b|", "values of store <\"a b> a b" },
    { "store:\"a b| state:captured", "values of store <\"a b> a b" },
    { "store:\"a b|c\" x", "values of store <\"a bc\"> a b" },
    { "store:\"a b\"|", "values of store <\"a b\"> a b" },
    { "tag:\u00e4|", "values of tag <\u00e4> \u00e4" },
    { "foo:b|", "nothing <b> b" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *description = describe (places[i].typed, 3);

      if (!g_str_has_prefix (description, places[i].expected))
        g_error ("%s: expected “%s”, got “%s”", places[i].typed, places[i].expected, description);
    }
}

static void
test_details (void)
{
  g_autoptr (CfoilCompletions) fields = cfoil_query_complete ("sta", 3);
  g_autoptr (CfoilCompletions) dates = cfoil_query_complete ("date:last7", 10);

  g_assert_cmpstr (((CfoilCompletion *) g_ptr_array_index (fields->offers, 0))->detail, ==, "State");
  g_assert_cmpuint (dates->offers->len, ==, 1);
  g_assert_cmpstr (((CfoilCompletion *) g_ptr_array_index (dates->offers, 0))->detail, ==, "Last 7 days");
}

static void
test_add_value (void)
{
  g_autoptr (CfoilCompletions) completions = cfoil_query_complete ("store:a", 7);

  cfoil_completions_add_value (completions, "abc");
  cfoil_completions_add_value (completions, "a \"b\", c");
  g_assert_cmpuint (completions->offers->len, ==, 2);
  g_assert_cmpstr (((CfoilCompletion *) g_ptr_array_index (completions->offers, 0))->text, ==, "abc");
  g_assert_cmpstr (((CfoilCompletion *) g_ptr_array_index (completions->offers, 1))->text, ==, "\"a \"\"b\"\", c\"");
}

/* Every offer gives something that is understood, or a field that waits for a value. */
static void
test_accepted (void)
{
  static const char *const places[] = { "|", "-|", "a |", "state:|", "type:charge,|", "dispute_state:|", "date:|", "date:>=|", "is:|",
                                        "has:|", "-no:|" };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *text = NULL;
      g_autoptr (CfoilCompletions) completions = complete (places[i], &text);

      g_assert_cmpuint (completions->offers->len, >, 2);
      for (guint j = 0; j < completions->offers->len; j++)
        {
          const CfoilCompletion *offer = g_ptr_array_index (completions->offers, j);
          g_autofree char *accepted = g_strdup_printf ("%.*s%s%s", (int) completions->start, text, offer->text,
                                                       text + completions->end);
          g_autoptr (CfoilQuery) query = cfoil_query_parse (accepted);
          gboolean is_field = g_str_has_suffix (offer->text, ":");

          g_assert_cmpint (is_field, ==, completions->kind == CFOIL_COMPLETE_FIELDS);
          g_assert_cmpuint (cfoil_query_get_n_mistakes (query), ==, is_field ? 1 : 0);
          if (is_field)
            {
              g_assert_null (strstr (cfoil_query_get_mistake (query, 0)->message, "no field"));
              g_assert_nonnull (strstr (cfoil_query_get_mistake (query, 0)->message, "Expected"));
            }
        }
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/query-complete/places", test_places);
  g_test_add_func ("/query-complete/details", test_details);
  g_test_add_func ("/query-complete/add-value", test_add_value);
  g_test_add_func ("/query-complete/accepted", test_accepted);
  return g_test_run ();
}
