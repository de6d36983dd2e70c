/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cfoil-query.h"

#include <string.h>

#include "test-support.h"

static void
describe_day (GString        *text,
              const CfoilDay *day)
{
  switch (day->kind)
    {
    case CFOIL_DAY_DATE:
      g_string_append_printf (text, "%d/%d/%d", day->year, day->month, day->day);
      break;
    case CFOIL_DAY_RELATIVE:
      g_string_append_printf (text, "d%+d", day->days);
      break;
    case CFOIL_DAY_RELATIVE_MONTH:
      g_string_append_printf (text, "m%+d", day->months);
      break;
    case CFOIL_DAY_RELATIVE_YEAR:
      g_string_append_printf (text, "y%+d", day->years);
      break;
    case CFOIL_DAY_NONE:
    default:
      g_string_append (text, "none");
      break;
    }
}

static void
describe_bounds (GString         *text,
                 const CfoilTerm *term)
{
  if (term->has_min)
    g_string_append_printf (text, " %s%" G_GINT64_FORMAT "e-%d", term->excludes_min ? ">" : ">=", term->min.digits, term->min.scale);
  if (term->has_max)
    g_string_append_printf (text, " %s%" G_GINT64_FORMAT "e-%d", term->excludes_max ? "<" : "<=", term->max.digits, term->max.scale);
}

/* A term in a form that has nothing to do with how it was written. */
static void
describe (GString         *text,
          const CfoilTerm *term)
{
  if (text->len > 0)
    g_string_append (text, "; ");
  if (term->is_negated)
    g_string_append (text, "not ");
  if (term->kind != CFOIL_TERM_WORD && term->kind != CFOIL_TERM_IS)
    g_string_append (text, cfoil_field_get_info (term->field)->name);
  switch (term->kind)
    {
    case CFOIL_TERM_WORD:
    case CFOIL_TERM_VALUES:
      for (guint i = 0; term->values[i] != NULL; i++)
        g_string_append_printf (text, "[%s]", term->values[i]);
      break;
    case CFOIL_TERM_AMOUNT:
      describe_bounds (text, term);
      break;
    case CFOIL_TERM_NUMBER:
      g_string_append (text, " number");
      describe_bounds (text, term);
      break;
    case CFOIL_TERM_TIME:
      g_string_append_c (text, ' ');
      describe_day (text, &term->from);
      g_string_append (text, " to ");
      describe_day (text, &term->until);
      break;
    case CFOIL_TERM_HAS:
      g_string_append (text, " is there");
      break;
    case CFOIL_TERM_WEEKDAY:
    case CFOIL_TERM_HOUR:
      g_string_append_printf (text, " %s %x", term->kind == CFOIL_TERM_HOUR ? "hours" : "weekdays", term->slots);
      break;
    case CFOIL_TERM_IS:
    default:
      g_string_append_printf (text, "is %s", cfoil_is_to_string (term->is));
      break;
    }
}

static char *
describe_query (const char *typed)
{
  g_autoptr (CfoilQuery) query = cfoil_query_parse (typed);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < cfoil_query_get_n_terms (query); i++)
    describe (text, cfoil_query_get_term (query, i));
  for (guint i = 0; i < cfoil_query_get_n_mistakes (query); i++)
    {
      const CfoilQueryMistake *mistake = cfoil_query_get_mistake (query, i);

      g_string_append_printf (text, " !%u-%u", mistake->start, mistake->end);
      g_assert_cmpstr (mistake->message, !=, "");
      g_assert_true (g_utf8_validate (mistake->message, -1, NULL));
    }
  return g_string_free (text, FALSE);
}

typedef struct
{
  const char *typed;
  const char *meant; /* and where mistakes are: " !start-end" */
} Case;

static void
check (const Case *cases,
       guint       n_cases)
{
  for (guint i = 0; i < n_cases; i++)
    {
      g_autofree char *meant = describe_query (cases[i].typed);

      if (strcmp (meant, cases[i].meant) != 0)
        g_error ("%s: expected “%s”, got “%s”", cases[i].typed, cases[i].meant, meant);
    }
}

#define CHECK(cases) check (cases, G_N_ELEMENTS (cases))

static void
test_words (void)
{
  static const Case cases[] = {
    { "", "" },
    { "   ", "" },
    { "a", "[a]" },
    { "anna  B-1 ", "[anna]; [B-1]" },
    { "-foo", "not [foo]" },
    { "-", "[-]" },
    { "- foo", "[-]; [foo]" },
    { "--foo", "not [-foo]" },
    { "\"two words\"", "[two words]" },
    { "-\"a b\"", "not [a b]" },
    { "\"say \"\"hi\"\"\"", "[say \"hi\"]" },
    { "5\" a\"b", "[5\"]; [a\"b]" },
    { "\"a\"b", "[a]; [b]" },
    { "\"-a\" \"state:x\"", "[-a]; [state:x]" },
    { "12:30 http://a.b/c?d:e https:x :a ::", "[12:30]; [http://a.b/c?d:e]; [https:x]; [:a]; [::]" },
    { "S01-1234567-1234567:2 foo://bar", "[S01-1234567-1234567:2]; [foo://bar]" },
    { "a,b", "[a,b]" },
    { "\"\"", " !0-2" },
    { "\"", " !0-1" },
    { "store:\"", " !6-7" },
    { "a \"b c", "[a]; [b c] !2-6" },
    { "a\tb\nc\x01" "d\u00a0e\u2003f", "[a]; [b]; [c]; [d]; [e]; [f]" },
    { "\"a\tb\"", "[a b]" },
    /* invisible, combining, right to left: all of it stays */
    { "a\u200bb \u200f\u05d0\u05d1 e\u0301", "[a\u200bb]; [\u200f\u05d0\u05d1]; [e\u0301]" },
  };

  CHECK (cases);
}

static void
test_clocks (void)
{
  static const Case cases[] = {
    { "weekday:monday", "time weekdays 1" },
    { "-Weekday:SUN,tu", "not time weekdays 42" },
    { "weekday:monday..friday", "time weekdays 1f" },
    { "weekday:sat..mon", "time weekdays 61" },
    { "hour:0", "time hours 1" },
    { "hour:9..17,23", "time hours 83fe00" },
    { "hour:22..1", "time hours c00003" },
    { "hour:09 hour:\"8\"", "time hours 200; time hours 100" },
    { "hour:24", " !5-7" },
    { "hour:9,x,10", "time hours 600 !7-8" },
    { "hour:-1 hour:9.. hour:..9 hour:", " !5-7 !13-16 !22-25 !26-31" },
    { "weekday:m weekday:someday", " !8-9 !18-25" },
    { "weekday:mondays", " !8-15" },
    { "has:weekday is:hour", " !4-11 !15-19" },
  };

  CHECK (cases);
}

static void
test_values (void)
{
  static const Case cases[] = {
    { "store:a", "store[a]" },
    { "STORE:\"a b\",c", "store[a b][c]" },
    { "-store:a,b x", "not store[a][b]; [x]" },
    { "store:\"a,\"\"b\"", "store[a,\"b]" },
    { "store:a\"b", "store[a\"b]" },
    { "store:\"a\"b", "store[a]; [b]" },
    { "store:a,,b,", "store[a][b]" },
    { "store: a", "[a] !0-6" },
    { "store:\"a b state:captured", "store[a b state:captured] !6-25" },
    { "date:", " !0-5" },
    { "-state:", " !0-7" },
    { "reference:x ref:x merchant_reference:x Merchant-Reference:x",
      "merchant_reference[x]; merchant_reference[x]; merchant_reference[x]; merchant_reference[x]" },
    { "\u200ftag:x", "tags[x]" },
    { "tag:\u200fx", "tags[\u200fx]" },
    { "tags:a tag:b note:c id:d charge:e refund:f permission:g dispute:h feed:i",
      "tags[a]; tags[b]; note[c]; transaction_id[d]; charge_id[e]; refund_id[f]; charge_permission_id[g]; dispute_id[h]; "
      "source_feed[i]" },
    { "order:a buyer:b email:c country:d settlement:e payout:f store:g currency:h channel:i method:j reason:k description:l",
      "order_reference[a]; buyer_name[b]; buyer_email[c]; buyer_country[d]; settlement_id[e]; payout_reference[f]; store[g]; "
      "currency[h]; channel[i]; method[j]; reason[k]; description[l]" },
    { "store:http://x/ tag:12:30", "store[http://x/]; tags[12:30]" },
    { "state:captured,Refunded", "state[captured][refunded]" },
    { "state:captured,nonsense,refunded", "state[captured][refunded] !15-23" },
    { "state:nonsense x", "[x] !6-14" },
    { "state:cancelled,canceled,AUTHORISED", "state[canceled][authorized]" },
    { "dispute_state:needs-response", "dispute_state[needs_response]" },
    { "-type:fee", "not type[dispute_fee][authorization_fee]" },
    { "type:fee,dispute_fee,refund", "type[dispute_fee][authorization_fee][refund]" },
    { "type:\u200erefund\u200e", "type[refund]" },
  };

  CHECK (cases);
}

static void
test_unknown_fields (void)
{
  static const Case cases[] = {
    { "foo:bar x", "[x] !0-4" },
    { "-foo:\"a b\",c x", "[x] !1-5" },
    { "gr\u00f6\u00dfe:5", " !0-8" },
    { "flags:disputed", " !0-14" },
  };
  static const struct
  {
    const char *typed;
    const char *part;
  } messages[] = {
    { "stat:captured", "Did you mean “state”?" },
    { "curency:EUR", "Did you mean “currency”?" },
    { "refernce:x", "Did you mean “reference”?" },
    { "merchant_referance:x", "Did you mean “reference”?" },
    { "ha:x", "Did you mean “has”?" },
    { "xyzzyfoo:x", "Fields are" },
    { "<b>&:x state:foo", "Expected one of posted" },
    { "is:captured", "state:captured" },
    { "is:nothing", "uncaptured, expiring" },
    { "amount:20..10", "10..20" },
    { "amount:10,50", "1234.50" },
    { "amount:1234567890123456", "15 digits" },
    { "date:2026-02-30", "There is no date 2026-02-30" },
    { "date:2026-13", "There is no date 2026-13" },
    { "has:foo", "no field “foo”" },
    { "\"abc", "not closed" },
  };

  CHECK (cases);
  for (guint i = 0; i < G_N_ELEMENTS (messages); i++)
    {
      g_autoptr (CfoilQuery) query = cfoil_query_parse (messages[i].typed);

      g_assert_cmpuint (cfoil_query_get_n_mistakes (query), ==, 1);
      test_assert_contains (cfoil_query_get_mistake (query, 0)->message, messages[i].part);
    }
}

static void
test_numbers (void)
{
  static const Case cases[] = {
    { "amount:50", "amount >=50e-0 <=50e-0" },
    { "amount:50.00", "amount >=50e-0 <=50e-0" },
    { "amount:=50.", "amount >=50e-0 <=50e-0" },
    { "amount:0.5", "amount >=5e-1 <=5e-1" },
    { "amount:.05", "amount >=5e-2 <=5e-2" },
    { "amount:100", "amount >=100e-0 <=100e-0" },
    { "amount:1.002", "amount >=1002e-3 <=1002e-3" },
    { "amount:0", "amount >=0e-0 <=0e-0" },
    { "amount:-0.00", "amount >=0e-0 <=0e-0" },
    { "amount:>50", "amount >50e-0" },
    { "amount:>=50", "amount >=50e-0" },
    { "amount:<50", "amount <50e-0" },
    { "-amount:<=50.10", "not amount <=501e-1" },
    { "amount:10..20", "amount >=10e-0 <=20e-0" },
    { "amount:10..", "amount >=10e-0" },
    { "amount:..20", "amount <=20e-0" },
    { "amount:\"10..20\"", "amount >=10e-0 <=20e-0" },
    { "net:-20..-10.5 fee:<-1", "net >=-20e-0 <=-105e-1; fee_total <-1e-0" },
    { "net:\u22125 gross:+5", "net >=-5e-0 <=-5e-0; gross >=5e-0 <=5e-0" },
    { "amount:\u200e50\u200f", "amount >=50e-0 <=50e-0" },
    { "amount:1...5", "" " !7-12" },
    { "amount:0...5", "amount >=0e-0 <=5e-1" },
    { "amount:999999999999999", "amount >=999999999999999e-0 <=999999999999999e-0" },
    { "amount:0.000000000001", "amount >=1e-12 <=1e-12" },
    { "amount:000000000000000000007", "amount >=7e-0 <=7e-0" },
    { "amount:1.00000000000000000000000", "amount >=1e-0 <=1e-0" },
    { "amount:1000000000000000", " !7-23" },
    { "amount:0.0000000000001", " !7-22" },
    { "amount:99999999999999999999999999", " !7-33" },
    { "amount:>abc x", "[x] !7-11" },
    { "amount:>", " !7-8" },
    { "amount:..", " !7-9" },
    { "amount:-", " !7-8" },
    { "amount:.", " !7-8" },
    { "amount:1.2.3", " !7-12" },
    { "amount:1e3", " !7-10" },
    { "amount:1,5 x", "[x] !7-10" },
    { "amount:20..10", " !7-13" },
    { "amount:0.000000000002..0.000000000001", " !7-37" },
    { "amount:999999999999999..0.1", " !7-27" },
    { "amount:0.1..999999999999999", "amount >=1e-1 <=999999999999999e-0" },
    { "amount:10..10.0", "amount >=10e-0 <=10e-0" },
    { "rate:2.9 rate:>=2.9% risk:>10", "fee_rate number >=29e-1 <=29e-1; fee_rate number >=29e-1; risk_score number >10e-0" },
    { "amount:5%", " !7-9" },
    { "amount:\u0665", " !7-9" },
  };

  CHECK (cases);
}

static void
test_dates (void)
{
  static const Case cases[] = {
    { "date:2026", "time 2026/0/0 to 2026/0/0" },
    { "date:2026-03", "time 2026/3/0 to 2026/3/0" },
    { "date:2026-3-5", "time 2026/3/5 to 2026/3/5" },
    { "time:2026-03-05", "time 2026/3/5 to 2026/3/5" },
    { "date:>2026-03", "time 2026/4/0 to none" },
    { "date:>2026-12", "time 2027/1/0 to none" },
    { "date:>2026", "time 2027/0/0 to none" },
    { "date:>2024-02-28", "time 2024/2/29 to none" },
    { "date:>2026-12-31", "time 2027/1/1 to none" },
    { "date:>=2026-03", "time 2026/3/0 to none" },
    { "date:<2026-03", "time none to 2026/2/0" },
    { "date:<2026-01", "time none to 2025/12/0" },
    { "date:<2026-03-01", "time none to 2026/2/28" },
    { "-date:<=2026-03", "not time none to 2026/3/0" },
    { "date:2026-03-01..2026-03-15", "time 2026/3/1 to 2026/3/15" },
    { "date:2026-03..2026-03-15", "time 2026/3/0 to 2026/3/15" },
    { "date:2026-03-15..2026-03", "time 2026/3/15 to 2026/3/0" },
    { "date:2026..", "time 2026/0/0 to none" },
    { "date:..2026-03", "time none to 2026/3/0" },
    { "date:today", "time d+0 to d+0" },
    { "date:Yesterday", "time d-1 to d-1" },
    { "date:last30d", "time d-29 to d+0" },
    { "date:last1d", "time d+0 to d+0" },
    { "expires:next7d", "expires_at d+0 to d+6" },
    { "date:today-5..tomorrow", "time d-5 to d+1" },
    { "date:<today", "time none to d-1" },
    { "date:>last30d", "time d+1 to none" },
    { "date:<last30d", "time none to d-30" },
    { "date:thismonth", "time m+0 to m+0" },
    { "date:lastmonth", "time m-1 to m-1" },
    { "date:thismonth-3..lastmonth", "time m-3 to m-1" },
    { "date:thisyear created:lastyear", "time y+0 to y+0; created_at y-1 to y-1" },
    { "date:2026-03..today", "time 2026/3/0 to d+0" },
    { "date:\u200e2026", "time 2026/0/0 to 2026/0/0" },
    { "captured:2026 authorized:2026 posted:2026 reviewed:today settled:2026",
      "captured_at 2026/0/0 to 2026/0/0; authorized_at 2026/0/0 to 2026/0/0; posted_at 2026/0/0 to 2026/0/0; "
      "reviewed_at d+0 to d+0; settlement_date 2026/0/0 to 2026/0/0" },
    { "date:2026-02-29", " !5-15" },
    { "date:2026-13", " !5-12" },
    { "date:2026-00", " !5-12" },
    { "date:0000", " !5-9" },
    { "date:202", " !5-8" },
    { "date:20266", " !5-10" },
    { "date:2026-", " !5-10" },
    { "date:5.3.2026 x", "[x] !5-13" },
    { "date:2026,2027", " !5-14" },
    { "date:last0d", " !5-11" },
    { "date:last99999999999d", " !5-21" },
    { "date:today-99999", " !5-16" },
    { "date:>9999", " !5-10" },
    { "date:<0001-01-01", " !5-16" },
    { "date:2026-04..2026-03", " !5-21" },
    { "date:today..yesterday", " !5-21" },
    { "date:lastmonth..thismonth-2", " !5-27" },
    { "date:..", " !5-7" },
    { "date:>", " !5-6" },
    { "date:todayish", " !5-13" },
  };

  CHECK (cases);
}

static void
test_conditions (void)
{
  static const Case cases[] = {
    { "has:dispute", "dispute_id is there" },
    { "no:settlement", "not settlement_id is there" },
    { "-has:note", "not note is there" },
    { "-no:tag", "tags is there" },
    { "HAS:Tracking", "tracking_number is there" },
    { "has:fee has:reviewed", "fee_total is there; reviewed_at is there" },
    { "has:refund -has:refund no:refunds", "is refunded; not is refunded; not is refunded" },
    { "has:refund_id", "refund_id is there" },
    { "has:exception", "is exception" },
    { "is:uncaptured is:Expiring -is:pending is:unsettled is:disputed is:refunded is:reviewed is:exception",
      "is uncaptured; is expiring; not is pending; is unsettled; is disputed; is refunded; is reviewed; is exception" },
    { "has:foo x", "[x] !4-7" },
    { "has:flags", " !4-9" },
    { "has:note,tag", " !4-12" },
    { "is:", " !0-3" },
    { "is:captured", " !3-11" },
    { "no:", " !0-3" },
  };

  CHECK (cases);
}

static void
test_field_names (void)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < CFOIL_N_FIELDS; i++)
    {
      const char *name = cfoil_query_field_name ((CfoilField) i);
      const char *words[] = { name, cfoil_field_get_info ((CfoilField) i)->name };

      if (i == CFOIL_FIELD_FLAGS)
        {
          g_assert_null (name);
          continue;
        }
      g_assert_true (g_hash_table_add (names, (gpointer) name));
      for (guint j = 0; j < G_N_ELEMENTS (words); j++)
        {
          g_autofree char *typed = g_strdup_printf ("%s:1 %s:2026 %s:refund %s:lost", words[j], words[j], words[j], words[j]);
          g_autoptr (CfoilQuery) query = cfoil_query_parse (typed);

          g_assert_cmpuint (cfoil_query_get_n_terms (query), >, 0);
          g_assert_cmpint (cfoil_query_get_term (query, 0)->field, ==, i);
        }
    }
  g_assert_cmpstr (cfoil_query_field_name (CFOIL_FIELD_TIME), ==, "date");
  g_assert_cmpstr (cfoil_query_field_name (CFOIL_FIELD_REFERENCE), ==, "reference");
  g_assert_cmpstr (cfoil_query_field_name (CFOIL_FIELD_STORE), ==, "store");
}

static void
test_too_much (void)
{
  g_autoptr (GString) many = g_string_new (NULL);
  g_autofree char *words = NULL;
  g_autoptr (CfoilQuery) query = NULL;
  g_autoptr (CfoilQuery) exact = NULL;

  for (guint i = 0; i < CFOIL_QUERY_MAX_TERMS; i++)
    g_string_append (many, "a ");
  exact = cfoil_query_parse (many->str);
  g_assert_cmpuint (cfoil_query_get_n_terms (exact), ==, CFOIL_QUERY_MAX_TERMS);
  g_assert_cmpuint (cfoil_query_get_n_mistakes (exact), ==, 0);

  g_string_append (many, "b c");
  query = cfoil_query_parse (many->str);
  g_assert_cmpuint (cfoil_query_get_n_terms (query), ==, CFOIL_QUERY_MAX_TERMS);
  g_assert_cmpuint (cfoil_query_get_n_mistakes (query), ==, 1);
  g_assert_cmpuint (cfoil_query_get_mistake (query, 0)->start, ==, many->len - 3);
  g_assert_cmpuint (cfoil_query_get_mistake (query, 0)->end, ==, many->len);
}

static void
test_pasted (void)
{
  /* of 1, 2, 3 and 4 bytes, no UTF-8 at all, and what gives most to read */
  static const char *const parts[] = { "a", "\u00e4", "\u20ac", "\U0001f600", "\xff", "\xe2\x82", "\x80", " a", "\"", "a:", "id:a,", "- ", ",-",
                                       "state:x ", "foo:\"" };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    for (guint lead = 0; lead < 4; lead++)
      {
        g_autoptr (GString) text = g_string_new (NULL);
        g_autoptr (CfoilQuery) query = NULL;
        gint64 before;

        g_string_append_len (text, "xyz", lead);
        while (text->len < 100 * 1024)
          g_string_append (text, parts[i]);
        before = g_get_monotonic_time ();
        query = cfoil_query_parse (text->str);
        /* It takes a tenth of that; other programs want to work as well. */
        g_assert_cmpint (g_get_monotonic_time () - before, <, 20000);
        g_assert_cmpuint (strlen (cfoil_query_get_text (query)), <=, CFOIL_QUERY_MAX_LENGTH);
        g_assert_cmpuint (strlen (cfoil_query_get_text (query)), >, CFOIL_QUERY_MAX_LENGTH - 4);
        g_assert_true (g_utf8_validate (cfoil_query_get_text (query), -1, NULL));
        g_assert_cmpuint (cfoil_query_get_n_mistakes (query), >, 0);
        g_assert_cmpuint (cfoil_query_get_n_mistakes (query), <, 70);
        test_assert_contains (cfoil_query_get_mistake (query, cfoil_query_get_n_mistakes (query) - 1)->message, "too long");
      }
}

static void
test_text_is_kept (void)
{
  g_autoptr (CfoilQuery) null = cfoil_query_parse (NULL);
  g_autoptr (CfoilQuery) spaces = cfoil_query_parse ("  a \t b  ");
  g_autoptr (CfoilQuery) broken = cfoil_query_parse ("a\xff" "b");

  g_assert_cmpstr (cfoil_query_get_text (null), ==, "");
  g_assert_cmpstr (cfoil_query_get_text (spaces), ==, "  a \t b  ");
  g_assert_cmpstr (cfoil_query_get_text (broken), ==, "a\ufffd" "b");
  g_assert_cmpuint (cfoil_query_get_term (spaces, 1)->start, ==, 6);
  g_assert_cmpuint (cfoil_query_get_term (spaces, 1)->end, ==, 7);
}

static void
test_equal (void)
{
  static const struct
  {
    const char *a;
    const char *b;
    gboolean is_equal;
  } pairs[] = {
    { "", "  ", TRUE },
    { "a b", "b  \"a\"", TRUE },
    { "a", "a a", TRUE },
    { "a", "A", TRUE },
    { "a", "-a", FALSE },
    { "a", "b", FALSE },
    { "a", "a b", FALSE },
    { "caf\u00e9", "cafe\u0301", TRUE },
    { "state:captured,refunded", "status:refunded,captured", TRUE },
    { "state:captured", "state:captured,refunded", FALSE },
    { "state:captured", "state:refunded", FALSE },
    { "store:a", "tag:a", FALSE },
    { "store:a", "a", FALSE },
    { "amount:50", "amount:50.00..50.0", TRUE },
    { "amount:>50", "amount:>=50", FALSE },
    { "amount:>50", "amount:<50", FALSE },
    { "amount:>50", "gross:>50", FALSE },
    { "amount:>5", "amount:>0.5", FALSE },
    { "date:2026-03", "date:2026-3", TRUE },
    { "date:2026-03", "date:2026-03-01..2026-03", FALSE },
    { "date:last1d", "date:today", TRUE },
    { "date:thismonth", "date:thisyear", FALSE },
    { "date:today-3", "date:today+3", FALSE },
    { "no:note", "-has:note", TRUE },
    { "has:note", "has:tag", FALSE },
    { "is:refunded", "has:refund", TRUE },
    { "is:refunded", "is:disputed", FALSE },
    { "a foo:b", "a", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autoptr (CfoilQuery) a = cfoil_query_parse (pairs[i].a);
      g_autoptr (CfoilQuery) b = cfoil_query_parse (pairs[i].b);

      if (cfoil_query_equal (a, b) != pairs[i].is_equal || cfoil_query_equal (b, a) != pairs[i].is_equal)
        g_error ("%s and %s", pairs[i].a, pairs[i].b);
      g_assert_true (cfoil_query_equal (a, a));
    }
}

static void
test_reference (void)
{
  GValue value = G_VALUE_INIT;
  CfoilQuery *query = cfoil_query_parse ("a");

  g_value_init (&value, CFOIL_TYPE_QUERY);
  g_value_set_boxed (&value, query);
  cfoil_query_unref (query);
  g_assert_cmpstr (cfoil_query_get_text (g_value_get_boxed (&value)), ==, "a");
  g_value_unset (&value);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/query/words", test_words);
  g_test_add_func ("/query/values", test_values);
  g_test_add_func ("/query/clocks", test_clocks);
  g_test_add_func ("/query/unknown-fields", test_unknown_fields);
  g_test_add_func ("/query/numbers", test_numbers);
  g_test_add_func ("/query/dates", test_dates);
  g_test_add_func ("/query/conditions", test_conditions);
  g_test_add_func ("/query/field-names", test_field_names);
  g_test_add_func ("/query/too-much", test_too_much);
  g_test_add_func ("/query/pasted", test_pasted);
  g_test_add_func ("/query/text-is-kept", test_text_is_kept);
  g_test_add_func ("/query/equal", test_equal);
  g_test_add_func ("/query/reference", test_reference);
  return g_test_run ();
}
