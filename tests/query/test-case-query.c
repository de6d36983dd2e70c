/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-case-query.h"

#include "cfoil-time.h"

#include <string.h>

#define HOUR G_TIME_SPAN_HOUR
#define DAY G_TIME_SPAN_DAY

static gint64
at (const char *time)
{
  gint64 us;

  g_assert_true (cfoil_time_parse (time, -1, &us, NULL));
  return us;
}

/* Sunday, a quarter past noon in UTC. */
static gint64
now (void)
{
  return at ("2026-11-22T12:15:00Z");
}

/* One that needs an answer in two days. */
static CfoilCase
make_case (void)
{
  return (CfoilCase) {
    .case_id = 1,
    .uid = (char *) "0123456789abcdef0123456789abcdef",
    .account = (char *) "Shop EU",
    .kind = CFOIL_CASE_CHARGEBACK,
    .dispute_id = (char *) "P01-1111111-2222222-B333333",
    .charge_id = (char *) "P01-1111111-2222222-C444444",
    .state = CFOIL_STATE_NEEDS_RESPONSE,
    .reason = CFOIL_REASON_NOT_RECEIVED,
    .provider_reason = (char *) "ProductNotReceived",
    .currency = (char *) "EUR",
    .amount_minor = 5990,
    .opened_us = now () - 5 * DAY,
    .updated_us = CFOIL_UNKNOWN,
    .due_us = now () + 2 * DAY,
    .buyer_name = (char *) "Jörg Müller",
    .buyer_email = (char *) "joerg@example.com",
    .merchant_reference = (char *) "HSC-100200",
    .round = 1,
    .sent_us = CFOIL_UNKNOWN,
  };
}

static gboolean
matches_at (const char      *text,
            const CfoilCase *record,
            GTimeZone       *zone,
            gint64           now_us)
{
  g_autoptr (CfoilQuery) query = cfoil_query_parse_with (text, cfoil_case_vocabulary ());
  g_autoptr (CfoilCaseMatcher) matcher = cfoil_case_matcher_new (query, zone, now_us);

  g_assert_cmpuint (cfoil_query_get_n_mistakes (query), ==, 0);
  return cfoil_case_matcher_matches (matcher, record);
}

static gboolean
matches (const char      *text,
         const CfoilCase *record)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();

  return matches_at (text, record, utc, now ());
}

static void
test_texts (void)
{
  CfoilCase record = make_case ();
  static const char *const found[] = {
    "", "muller", "JÖRG", "buyer:mull", "email:example.com", "2222222-C", "id:b333333", "dispute:B333333", "charge:C444444",
    "hsc-100200", "reference:100200", "reason:not_received", "code:notreceived", "account:eu", "currency:eur", "kind:chargeback,claim",
    "state:needs_response", "-outcome:won", "no:outcome", "has:id", "no:who", "-reason:fraud", "muller amount:>50", "89abcdef",
  };
  static const char *const missed[] = {
    "uller", "buyer:jack", "id:C444444", "reason:fraud", "kind:claim", "outcome:won", "has:who", "no:id", "-muller", "currency:usd",
    "state:won", "muller amount:<50", "order:100200",
  };

  for (guint i = 0; i < G_N_ELEMENTS (found); i++)
    if (!matches (found[i], &record))
      g_error ("Not found by “%s”", found[i]);
  for (guint i = 0; i < G_N_ELEMENTS (missed); i++)
    if (matches (missed[i], &record))
      g_error ("Found by “%s”", missed[i]);
}

static void
test_amounts (void)
{
  CfoilCase record = make_case ();

  g_assert_true (matches ("amount:59.9", &record));
  g_assert_true (matches ("amount:59.90..60", &record));
  g_assert_false (matches ("amount:>59.90", &record));
  g_assert_false (matches ("amount:59.901..", &record));
  record.currency = (char *) "JPY";
  g_assert_true (matches ("amount:5990", &record));
  record.currency = (char *) "KWD";
  g_assert_true (matches ("amount:5.99", &record));
  record.amount_minor = CFOIL_UNKNOWN;
  g_assert_false (matches ("amount:>=0", &record));
  g_assert_true (matches ("no:amount", &record));
}

static void
test_deadlines (void)
{
  CfoilCase record = make_case ();

  g_assert_true (matches ("due:<72h", &record));
  g_assert_true (matches ("due:72h", &record));
  g_assert_false (matches ("due:<24h", &record));
  g_assert_true (matches ("due:>24h", &record));
  g_assert_true (matches ("due:24h..72h", &record));
  g_assert_true (matches ("due:<12d due:<3d due:3d due:>1d due:24h..3d", &record));
  g_assert_false (matches ("due:<1d", &record));
  g_assert_true (matches ("due:next7d", &record));
  g_assert_true (matches ("due:2026-11-24", &record));
  g_assert_false (matches ("due:today", &record));
  g_assert_true (matches ("is:urgent", &record));
  g_assert_false (matches ("is:overdue", &record));
  /* To the hour, and what is over is within, too. */
  record.due_us = now () + 72 * HOUR;
  g_assert_false (matches ("due:<72h", &record));
  g_assert_false (matches ("due:<3d", &record));
  record.due_us--;
  g_assert_true (matches ("due:<72h due:<3d", &record));
  record.due_us = now () - HOUR;
  g_assert_true (matches ("due:<72h is:overdue due:today", &record));
  record.due_is_estimate = TRUE;
  g_assert_true (matches ("is:estimated", &record));
  /* Once it is answered there is none. */
  record.submission = CFOIL_SUBMISSION_DELIVERED;
  g_assert_false (matches ("due:<72h", &record));
  g_assert_true (matches ("no:due is:answered -is:overdue -is:estimated", &record));
}

/* What "today" is depends on the zone, hours do not. */
static void
test_zones (void)
{
  g_autoptr (GTimeZone) auckland = g_time_zone_new_identifier ("Pacific/Auckland");
  CfoilCase record = make_case ();

  g_assert_nonnull (auckland);
  record.due_us = at ("2026-11-22T10:30:00Z"); /* half past eleven in the evening there */
  g_assert_true (matches ("due:today", &record));
  g_assert_false (matches_at ("due:today", &record, auckland, now ())); /* there it is tomorrow already */
  g_assert_true (matches_at ("due:yesterday", &record, auckland, now ()));
  record.due_us = now () + 71 * HOUR;
  g_assert_true (matches_at ("due:<72h", &record, auckland, now ()));
}

static void
test_mistakes (void)
{
  static const struct
  {
    const char *text;
    const char *told;
  } mistakes[] = {
    { "due:soon", "72h" },    { "settlement:x", "due, reason" }, { "reson:fraud", "reason" }, { "reason:lazy", "not_received" },
    { "is:won", "outcome:won" }, { "has:tag", "id, who" },        { "opened:<72h", "date" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (mistakes); i++)
    {
      g_autoptr (CfoilQuery) query = cfoil_query_parse_with (mistakes[i].text, cfoil_case_vocabulary ());

      g_assert_cmpuint (cfoil_query_get_n_terms (query), ==, 0);
      g_assert_cmpuint (cfoil_query_get_n_mistakes (query), ==, 1);
      g_assert_nonnull (strstr (cfoil_query_get_mistake (query, 0)->message, mistakes[i].told));
    }
}

/* Terms of cases are written as they are read, and mean nothing to transactions. */
static void
test_spelling (void)
{
  static const char *const texts[] = { "due:<=72h", "due:>=24h", "due:24h..72h", "due:<=12d", "due:24h..3d", "due:today", "reason:fraud,not_received",
                                       "-is:draft", "no:who", "who:\"Anna Berger\"", "amount:>50" };
  g_autoptr (CfoilQuery) transactions = cfoil_query_parse ("due:<72h");

  g_assert_cmpuint (cfoil_query_get_n_mistakes (transactions), ==, 1);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (CfoilQuery) query = cfoil_query_parse_with (texts[i], cfoil_case_vocabulary ());
      g_autofree char *text = NULL;

      g_assert_cmpuint (cfoil_query_get_n_terms (query), ==, 1);
      text = cfoil_term_to_text (cfoil_query_get_term (query, 0));
      g_assert_cmpstr (text, ==, texts[i]);
    }
}

static void
assert_offers (const char *text,
               const char *offer)
{
  g_autoptr (CfoilCompletions) completions = cfoil_query_complete_with (text, (guint) strlen (text), cfoil_case_vocabulary ());

  for (guint i = 0; i < completions->offers->len; i++)
    if (g_str_equal (((CfoilCompletion *) completions->offers->pdata[i])->text, offer))
      return;
  g_error ("“%s” does not offer “%s”", text, offer);
}

static void
test_completion (void)
{
  assert_offers ("du", "due:");
  assert_offers ("due:<", "72h");
  assert_offers ("reason:not", "not_received");
  assert_offers ("is:ur", "urgent");
  assert_offers ("has:wh", "who");
  assert_offers ("handl", "who:");
}

/* --- views and order --- */

static void
test_views (void)
{
  CfoilCase record = make_case ();
  const struct
  {
    CfoilState state;
    CfoilCaseOutcome outcome;
    CfoilSubmissionState submission;
    gboolean has_draft;
    guint views; /* without all */
  } rows[] = {
    { CFOIL_STATE_NEEDS_RESPONSE, 0, 0, FALSE, 1 << CFOIL_CASES_NEED_ANSWER },
    { CFOIL_STATE_NEEDS_RESPONSE, 0, 0, TRUE, 1 << CFOIL_CASES_NEED_ANSWER | 1 << CFOIL_CASES_DRAFTS },
    { CFOIL_STATE_NEEDS_RESPONSE, 0, CFOIL_SUBMISSION_FAILED, TRUE, 1 << CFOIL_CASES_NEED_ANSWER | 1 << CFOIL_CASES_DRAFTS },
    { CFOIL_STATE_NEEDS_RESPONSE, 0, CFOIL_SUBMISSION_WAITING, TRUE, 1 << CFOIL_CASES_SUBMITTED },
    { CFOIL_STATE_UNDER_REVIEW, 0, CFOIL_SUBMISSION_DELIVERED, TRUE, 1 << CFOIL_CASES_SUBMITTED },
    { CFOIL_STATE_WON, CFOIL_CASE_OUTCOME_WON, 0, FALSE, 1 << CFOIL_CASES_WON },
    { CFOIL_STATE_LOST, CFOIL_CASE_OUTCOME_EXPIRED, 0, FALSE, 1 << CFOIL_CASES_LOST },
    { CFOIL_STATE_LOST, CFOIL_CASE_OUTCOME_ACCEPTED, 0, FALSE, 1 << CFOIL_CASES_LOST },
    { CFOIL_STATE_CLOSED_NEUTRAL, CFOIL_CASE_OUTCOME_NEUTRAL, 0, FALSE, 0 },
    { CFOIL_STATE_OTHER, 0, 0, FALSE, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      guint views = 0;

      record.state = rows[i].state;
      record.outcome = rows[i].outcome;
      record.submission = rows[i].submission;
      record.has_draft = rows[i].has_draft;
      for (guint view = 0; view < CFOIL_CASES_ALL; view++)
        views |= cfoil_case_is_in_view (&record, (CfoilCaseView) view) ? 1u << view : 0;
      g_assert_cmpuint (views, ==, rows[i].views);
      g_assert_true (cfoil_case_is_in_view (&record, CFOIL_CASES_ALL));
    }
}

static void
test_order (void)
{
  CfoilCase soon = make_case (), later = make_case (), unknown = make_case (), won = make_case (), old = make_case ();

  later.case_id = 2;
  later.due_us += DAY;
  unknown.case_id = 3;
  unknown.due_us = CFOIL_UNKNOWN;
  won.case_id = 4;
  won.outcome = CFOIL_CASE_OUTCOME_WON;
  won.opened_us = now ();
  old.case_id = 5;
  old.outcome = CFOIL_CASE_OUTCOME_LOST;
  old.opened_us = now () - 100 * DAY;

  const CfoilCase *const order[] = { &soon, &later, &unknown, &won, &old };
  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    for (guint j = 0; j < G_N_ELEMENTS (order); j++)
      {
        int compared = cfoil_case_compare (order[i], order[j]);

        g_assert_cmpint (compared < 0 ? -1 : compared > 0, ==, i < j ? -1 : i > j);
      }
}

/* --- against a naive evaluation, of random cases and pairs of terms --- */

typedef struct
{
  const char *text;
  gboolean (*is_true) (const CfoilCase *record);
} Claim;

static gboolean is_fraud (const CfoilCase *r) { return r->reason == CFOIL_REASON_FRAUD; }
static gboolean is_claim (const CfoilCase *r) { return r->kind == CFOIL_CASE_CLAIM; }
static gboolean is_big (const CfoilCase *r) { return r->amount_minor != CFOIL_UNKNOWN && r->amount_minor > 5000; }
static gboolean is_soon (const CfoilCase *r) { return r->due_us != CFOIL_UNKNOWN && r->due_us < now () + 72 * HOUR; }
static gboolean is_won (const CfoilCase *r) { return r->outcome == CFOIL_CASE_OUTCOME_WON; }
static gboolean has_id (const CfoilCase *r) { return r->dispute_id != NULL; }
static gboolean is_anna (const CfoilCase *r) { return r->handler != NULL && g_str_has_prefix (r->handler, "Anna"); }
static gboolean is_new (const CfoilCase *r) { return r->opened_us >= at ("2026-11-20T00:00:00Z"); }

static const Claim claims[] = {
  { "reason:fraud", is_fraud }, { "kind:claim", is_claim }, { "amount:>50", is_big },       { "due:<72h", is_soon },
  { "outcome:won", is_won },    { "has:id", has_id },       { "who:anna", is_anna },        { "opened:>=2026-11-20", is_new },
};

static CfoilCase
make_random (GRand *rand)
{
  CfoilCase record = make_case ();

  record.kind = (CfoilCaseKind) g_rand_int_range (rand, 1, CFOIL_N_CASE_KINDS);
  record.reason = (CfoilReason) g_rand_int_range (rand, 0, CFOIL_N_REASONS);
  record.outcome = (CfoilCaseOutcome) g_rand_int_range (rand, 0, CFOIL_N_CASE_OUTCOMES);
  record.amount_minor = g_rand_boolean (rand) ? g_rand_int_range (rand, 4998, 5003) : CFOIL_UNKNOWN;
  record.due_us = g_rand_boolean (rand) ? now () + g_rand_int_range (rand, -10, 100) * HOUR : CFOIL_UNKNOWN;
  record.opened_us = now () - g_rand_int_range (rand, 0, 8) * DAY;
  record.handler = (char *) (g_rand_boolean (rand) ? "Anna Berger" : g_rand_boolean (rand) ? "Hannah" : NULL);
  if (g_rand_boolean (rand))
    record.dispute_id = NULL;
  return record;
}

static void
test_random (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (4);

  for (guint i = 0; i < 3000; i++)
    {
      CfoilCase record = make_random (rand);
      const Claim *a = &claims[g_rand_int_range (rand, 0, G_N_ELEMENTS (claims))];
      const Claim *b = &claims[g_rand_int_range (rand, 0, G_N_ELEMENTS (claims))];
      gboolean is_negated = g_rand_boolean (rand);
      g_autofree char *text = g_strdup_printf ("%s %s%s", a->text, is_negated ? "-" : "", b->text);

      if (matches (text, &record) != (a->is_true (&record) && b->is_true (&record) != is_negated))
        g_error ("“%s”, round %u", text, i);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/case-query/texts", test_texts);
  g_test_add_func ("/case-query/amounts", test_amounts);
  g_test_add_func ("/case-query/deadlines", test_deadlines);
  g_test_add_func ("/case-query/zones", test_zones);
  g_test_add_func ("/case-query/mistakes", test_mistakes);
  g_test_add_func ("/case-query/spelling", test_spelling);
  g_test_add_func ("/case-query/completion", test_completion);
  g_test_add_func ("/case-query/views", test_views);
  g_test_add_func ("/case-query/order", test_order);
  g_test_add_func ("/case-query/random", test_random);
  return g_test_run ();
}
