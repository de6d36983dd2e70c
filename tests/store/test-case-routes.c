/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-mirror.h"

#include "cfoil-case.h"
#include "cfoil-rebuild.h"
#include "cfoil-time.h"

#include <string.h>

/* One dispute is told of by every route, in every order, with what a run may do in
 * between: being rolled back, and saying everything again.  It is one case each time,
 * and they are all alike. */

#define MAX_ROUTES 6
#define OPENED_US (G_GINT64_CONSTANT (20000) * G_TIME_SPAN_DAY + 5)
#define DEADLINE_US (OPENED_US + 11 * G_TIME_SPAN_DAY)

/* Of the dispute number NUMBER. */
typedef struct
{
  char dispute[32], charge[32], permission[32], refund[32], message[32];
  guint number;
} Ids;

static void
make_ids (Ids  *ids,
          guint number)
{
  ids->number = number;
  g_snprintf (ids->dispute, sizeof ids->dispute, "P01-%05u-B1", number);
  g_snprintf (ids->charge, sizeof ids->charge, "P01-%05u-C1", number);
  g_snprintf (ids->permission, sizeof ids->permission, "P01-%05u", number);
  g_snprintf (ids->refund, sizeof ids->refund, "P01-%05u-R1", number);
  g_snprintf (ids->message, sizeof ids->message, "m-%05u", number);
}

typedef void (*Route) (TestMirror *mirror, const Ids *ids);

static void
put_line (TestMirror *mirror,
          const Ids  *ids,
          CfoilType   type,
          const char *dispute_id,
          const char *charge_id,
          const char *permission_id)
{
  CfoilSettlementLine line = test_line ("S1", type, NULL, -2500);

  line.provider_id = dispute_id != NULL ? dispute_id : charge_id != NULL ? charge_id : permission_id;
  line.dispute_id = dispute_id;
  line.charge_id = charge_id;
  line.permission_id = permission_id;
  line.posted_us = OPENED_US + G_TIME_SPAN_DAY;
  line.row_number = ids->number * 10 + (dispute_id != NULL) * 2 + (charge_id != NULL) + 1;
  cfoil_writer_set_source (mirror->writer, mirror->feed_id, mirror->document_id, FALSE);
  test_put_line (mirror->writer, &line);
}

static void
by_object (TestMirror *mirror,
           const Ids  *ids)
{
  CfoilObservation said = test_observation (CFOIL_OBJECT_DISPUTE, ids->dispute, OPENED_US + 100);

  said.state = CFOIL_STATE_NEEDS_RESPONSE;
  said.provider_state = "ActionRequired";
  said.state_code = "MerchantResponseRequired";
  said.reason = "ProductNotReceived";
  said.currency = "USD";
  said.amount_minor = 2500;
  said.created_us = OPENED_US;
  said.deadline_us = DEADLINE_US;
  said.charge_id = ids->charge;
  said.row_number = 0;
  cfoil_writer_set_source (mirror->writer, test_open_feed (mirror->writer, "objects", 30), 0, TRUE);
  test_put_observation (mirror->writer, &said);
}

static void
by_line_of_dispute (TestMirror *mirror,
                    const Ids  *ids)
{
  put_line (mirror, ids, CFOIL_TYPE_CHARGEBACK, ids->dispute, NULL, ids->permission);
}

static void
by_line_of_charge (TestMirror *mirror,
                   const Ids  *ids)
{
  put_line (mirror, ids, CFOIL_TYPE_CHARGEBACK, NULL, ids->charge, NULL);
}

static void
by_notification (TestMirror *mirror,
                 const Ids  *ids)
{
  g_autofree char *message = g_strconcat (ids->message, "-d", NULL);
  gboolean is_new;

  cfoil_writer_set_source (mirror->writer, test_open_feed (mirror->writer, "notifications", 5), 0, FALSE);
  g_assert_true (cfoil_writer_put_notification (mirror->writer, message, CFOIL_OBJECT_DISPUTE, ids->dispute, "{}", &is_new, NULL));
}

static void
by_notification_of_charge (TestMirror *mirror,
                           const Ids  *ids)
{
  gboolean is_new;

  cfoil_writer_set_source (mirror->writer, test_open_feed (mirror->writer, "notifications", 5), 0, FALSE);
  g_assert_true (cfoil_writer_put_chargeback_notification (mirror->writer, ids->message, ids->charge, "{}", &is_new, NULL));
}

static void
by_claim_line (TestMirror *mirror,
               const Ids  *ids)
{
  put_line (mirror, ids, CFOIL_TYPE_CLAIM, NULL, ids->charge, ids->permission);
}

static void
by_claim_line_of_permission (TestMirror *mirror,
                             const Ids  *ids)
{
  put_line (mirror, ids, CFOIL_TYPE_CLAIM, NULL, NULL, ids->permission);
}

static void
by_refund (TestMirror *mirror,
           const Ids  *ids)
{
  CfoilObservation said = test_observation (CFOIL_OBJECT_REFUND, ids->refund, OPENED_US + 200);
  gint64 feed_id;

  said.state = CFOIL_STATE_REFUNDED;
  said.currency = "USD";
  said.amount_minor = 2500;
  said.created_us = OPENED_US;
  said.charge_id = ids->charge;
  said.permission_id = ids->permission;
  said.by_buyer = TRUE;
  feed_id = test_open_feed (mirror->writer, "refund-reports", 8);
  cfoil_writer_set_source (mirror->writer, feed_id, test_open_document (mirror->writer, feed_id, "refunds"), FALSE);
  test_put_observation (mirror->writer, &said);
}

/* A person, beside the run. */
static void
add_by_person (TestMirror   *mirror,
               CfoilCaseKind kind,
               const char   *dispute_id,
               const char   *charge_id,
               const char   *route)
{
  g_autoptr (GError) error = NULL;
  CfoilCaseWords words = {
    .kind = kind, .account = "shop", .dispute_id = dispute_id, .charge_id = charge_id, .state = CFOIL_STATE_OTHER,
    .amount_minor = CFOIL_UNKNOWN, .opened_us = OPENED_US, .due_us = CFOIL_UNKNOWN
  };
  gint64 case_id = 0;

  cfoil_case_add (mirror->mirror, &words, route, "Ann", &case_id, &error);
  g_assert_no_error (error);
  g_assert_cmpint (case_id, >, 0);
}

static void
by_typing (TestMirror *mirror,
           const Ids  *ids)
{
  add_by_person (mirror, CFOIL_CASE_CHARGEBACK, ids->dispute, NULL, "typed");
}

static void
by_hand (TestMirror *mirror,
         const Ids  *ids)
{
  add_by_person (mirror, CFOIL_CASE_CLAIM, NULL, ids->charge, "hand");
}

static gboolean
is_by_person (Route route)
{
  return route == by_typing || route == by_hand;
}

static const Route chargeback_routes[] = {
  by_object, by_line_of_dispute, by_line_of_charge, by_notification, by_notification_of_charge, by_typing
};
static const Route claim_routes[] = { by_claim_line, by_claim_line_of_permission, by_refund, by_hand };

/* --- every order --- */

static guint
factorial (guint n)
{
  return n < 2 ? 1 : n * factorial (n - 1);
}

/* The route that comes at STEP in the permutation NUMBER. */
static Route
route_at (const Route *routes,
          guint        n_routes,
          guint        number,
          guint        step)
{
  Route left[MAX_ROUTES];
  guint rest = number;

  memcpy (left, routes, n_routes * sizeof (Route));
  for (guint i = 0;; i++)
    {
      guint n_left = n_routes - i;
      guint choice = rest / factorial (n_left - 1);

      rest %= factorial (n_left - 1);
      if (i == step)
        return left[choice];
      memmove (&left[choice], &left[choice + 1], (n_left - choice - 1) * sizeof (Route));
    }
}

/* All permutations at once, each on a dispute of its own. */
static void
run_step (TestMirror  *mirror,
          const Route *routes,
          guint        n_routes,
          guint        step,
          gboolean     by_person)
{
  for (guint number = 0; number < factorial (n_routes); number++)
    {
      Route route = route_at (routes, n_routes, number, step);
      Ids ids;

      make_ids (&ids, number);
      if (is_by_person (route) == by_person)
        route (mirror, &ids);
    }
}

static void
run_all (TestMirror  *mirror,
         const Route *routes,
         guint        n_routes)
{
  for (guint step = 0; step < n_routes; step++)
    {
      /* killed before it was committed, then again, and everything twice */
      run_step (mirror, routes, n_routes, step, FALSE);
      cfoil_writer_rollback (mirror->writer);
      run_step (mirror, routes, n_routes, step, FALSE);
      run_step (mirror, routes, n_routes, step, FALSE);
      test_commit (mirror->writer);
      run_step (mirror, routes, n_routes, step, TRUE);
    }
}

/* What each case is and how many are so.  Nothing in it depends on the order or on now. */
static const char describe_sql[] =
  "SELECT count (*), replace (text, substr (charge, 1, 9), 'N') AS line FROM (SELECT c.charge_id AS charge, "
  "v.kind || ' ' || coalesce (v.dispute_id, '-') || ' ' || v.charge_id || ' ' || v.state || ' ' || v.reason || ' ' || v.amount_minor || v.currency "
  "|| ' ' || v.opened_at_us || ' due ' || coalesce (v.due_at_us, '-') || ' ' || v.due_is_estimate || ' by hand ' || c.is_by_hand "
  "|| ' account ' || c.account_id || '; ' || (SELECT group_concat (s.route || ' ' || s.detail, ', ') FROM (SELECT * FROM case_source AS x "
  "WHERE x.case_id = c.case_id ORDER BY x.route, x.detail) AS s) || '; ' || (SELECT group_concat (e.line, ', ') FROM "
  "(SELECT x.kind || ' ' || count (*) AS line FROM case_event AS x WHERE x.case_id = c.case_id AND x.kind <> 'merged' "
  "GROUP BY x.kind ORDER BY x.kind) AS e) AS text FROM dispute_case AS c JOIN cases AS v USING (uid)) GROUP BY line";

static void
check_all_alike (TestMirror *mirror,
                 guint       n_routes,
                 const char *expected)
{
  g_autofree char *found = test_dump (mirror->mirror, describe_sql);
  g_autofree char *wanted = g_strdup_printf ("%u|%s\n", factorial (n_routes), expected);

  g_assert_cmpstr (found, ==, wanted);
}

static void
check_stays (TestMirror  *mirror,
             const Route *routes,
             guint        n_routes,
             const char  *expected)
{
  static const char *const tables[] = {
    "SELECT * FROM dispute_case ORDER BY 1", "SELECT * FROM case_source ORDER BY 1, 2, 3", "SELECT * FROM case_event ORDER BY 1"
  };
  g_autofree char *before[G_N_ELEMENTS (tables)] = { NULL };

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    before[i] = test_dump (mirror->mirror, tables[i]);
  run_all (mirror, routes, n_routes);
  g_assert_true (cfoil_writer_derive_all (mirror->writer, NULL));
  test_commit (mirror->writer);
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *after = test_dump (mirror->mirror, tables[i]);

      g_assert_cmpstr (after, ==, before[i]);
      g_clear_pointer (&before[i], g_free);
    }
  check_all_alike (mirror, n_routes, expected);
}

/* The same cases, with their ids, after the mirror was made anew. */
static void
check_rebuild (TestMirror *mirror,
               guint       n_routes,
               const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CfoilRebuild) rebuild = NULL;
  g_autofree char *before = test_dump (mirror->mirror, "SELECT * FROM dispute_case ORDER BY 1");
  g_autofree char *events = test_dump (mirror->mirror, "SELECT * FROM case_event ORDER BY 1");
  g_autofree char *after = NULL;
  g_autofree char *events_after = NULL;
  g_autofree char *kept = NULL;

  g_clear_pointer (&mirror->writer, cfoil_writer_free);
  rebuild = cfoil_rebuild_begin (mirror->mirror, NULL, &error);
  g_assert_no_error (error);
  cfoil_rebuild_finish (rebuild, &kept, &error);
  g_assert_no_error (error);
  cfoil_rebuild_free (g_steal_pointer (&rebuild));
  after = test_dump (mirror->mirror, "SELECT * FROM dispute_case ORDER BY 1");
  g_assert_cmpstr (after, ==, before);
  events_after = test_dump (mirror->mirror, "SELECT * FROM case_event ORDER BY 1");
  g_assert_cmpstr (events_after, ==, events);
  check_all_alike (mirror, n_routes, expected);
}

static void
check_routes (const Route *routes,
              guint        n_routes,
              const char  *expected)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();

  run_all (mirror, routes, n_routes);
  check_all_alike (mirror, n_routes, expected);
  check_stays (mirror, routes, n_routes, expected);
  check_rebuild (mirror, n_routes, expected);
}

static void
test_chargeback (void)
{
  g_autofree char *expected =
    g_strdup_printf ("chargeback N-B1 N-C1 needs_response not_received 2500USD %" G_GINT64_FORMAT " due %" G_GINT64_FORMAT
                     " 0 by hand 0 account 1; notification notifications, object objects, settlement settlement-reports, typed Ann; "
                     "deadline 1, found 4, state 1",
                     OPENED_US, DEADLINE_US);

  check_routes (chargeback_routes, G_N_ELEMENTS (chargeback_routes), expected);
}

static void
test_claim (void)
{
  g_autofree char *expected =
    g_strdup_printf ("claim - N-C1 other unknown 2500USD %" G_GINT64_FORMAT " due - 0 by hand 1 account 1; hand Ann, "
                     "refund_report refund-reports, settlement settlement-reports; found 3",
                     OPENED_US);

  check_routes (claim_routes, G_N_ELEMENTS (claim_routes), expected);
}

/* --- other cases --- */

/* A chargeback and a claim on one charge are two. */
static void
test_two_kinds (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_autofree char *cases = NULL;
  Ids ids;

  make_ids (&ids, 1);
  by_claim_line (mirror, &ids);
  by_line_of_charge (mirror, &ids);
  by_refund (mirror, &ids);
  by_object (mirror, &ids);
  test_commit (mirror->writer);
  cases = test_dump (mirror->mirror, "SELECT kind, dispute_id, charge_id, state FROM cases ORDER BY kind");
  g_assert_cmpstr (cases, ==, "chargeback|P01-00001-B1|P01-00001-C1|needs_response\nclaim|~|P01-00001-C1|other\n");
}

/* Two chargebacks on one charge are two, as soon as their ids are known. */
static void
test_two_disputes (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  CfoilObservation said = test_observation (CFOIL_OBJECT_DISPUTE, "B1", 5);
  CfoilSettlementLine line = test_line ("S1", CFOIL_TYPE_CHARGEBACK, NULL, -5);
  g_autofree char *cases = NULL;

  line.charge_id = said.charge_id = "C1";
  said.state = CFOIL_STATE_LOST;
  test_put_line (mirror->writer, &line);
  test_put_observation (mirror->writer, &said);
  said.object_id = "B2";
  said.row_number = 2;
  test_put_observation (mirror->writer, &said);
  test_commit (mirror->writer);
  cases = test_dump (mirror->mirror, "SELECT dispute_id, charge_id FROM cases ORDER BY 1");
  g_assert_cmpstr (cases, ==, "B1|C1\nB2|C1\n");
}

/* A notification alone makes one that calls for an answer, whichever id it has; the same
 * message again makes no other. */
static void
test_notifications (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_autofree char *cases = NULL;
  Ids first, second;

  make_ids (&first, 1);
  make_ids (&second, 2);
  for (guint i = 0; i < 2; i++)
    {
      by_notification (mirror, &first);
      by_notification_of_charge (mirror, &second);
    }
  test_commit (mirror->writer);
  cases = test_dump (mirror->mirror, "SELECT kind, dispute_id, charge_id, state, due_is_estimate FROM cases ORDER BY dispute_id IS NULL");
  g_assert_cmpstr (cases, ==, "chargeback|P01-00001-B1|~|needs_response|1\nchargeback|~|P01-00002-C1|needs_response|1\n");
}

/* What names no dispute, charge or order makes no case; other lines do not either. */
static void
test_no_case (void)
{
  static const CfoilType others[] = {
    CFOIL_TYPE_OTHER, CFOIL_TYPE_CHARGE, CFOIL_TYPE_REFUND, CFOIL_TYPE_DISPUTE_FEE, CFOIL_TYPE_TRANSFER, CFOIL_TYPE_RESERVE
  };
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  CfoilSettlementLine line = test_line ("S1", CFOIL_TYPE_CHARGEBACK, NULL, -5);
  CfoilObservation said = test_observation (CFOIL_OBJECT_REFUND, "R1", 5);

  test_put_line (mirror->writer, &line);
  line.charge_id = "C1";
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      line.type = others[i];
      line.row_number = i + 2;
      test_put_line (mirror->writer, &line);
    }
  said.charge_id = "C1";
  test_put_observation (mirror->writer, &said);
  test_commit (mirror->writer);
  g_assert_cmpint (test_count (mirror->mirror, "SELECT count (*) FROM dispute_case"), ==, 0);
}

/* One that waits for its id calls for an answer while there may be time, and an old
 * settlement does not. */
static void
test_waits_for_its_id (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  CfoilSettlementLine line = test_line ("S1", CFOIL_TYPE_CHARGEBACK, NULL, -5);
  gint64 now_us = cfoil_time_now_us ();
  g_autofree char *cases = NULL;
  g_autofree char *expected = NULL;

  line.charge_id = "C1";
  line.posted_us = now_us;
  test_put_line (mirror->writer, &line);
  line.charge_id = "C2";
  line.posted_us = now_us - 60 * G_TIME_SPAN_DAY;
  line.row_number = 2;
  test_put_line (mirror->writer, &line);
  test_commit (mirror->writer);
  cases = test_dump (mirror->mirror, "SELECT charge_id, dispute_id, state, due_at_us, due_is_estimate, amount_minor FROM cases ORDER BY 1");
  expected = g_strdup_printf ("C1|~|needs_response|%" G_GINT64_FORMAT "|1|5\nC2|~|other|~|0|5\n",
                              cfoil_deadline_estimate_us (CFOIL_CASE_CHARGEBACK, now_us));
  g_assert_cmpstr (cases, ==, expected);
}

/* What becomes of a dispute is told once, by what differs. */
static void
test_events (void)
{
  static const struct
  {
    CfoilState state;
    const char *code;
    gint64 deadline_us;
  } words[] = {
    { CFOIL_STATE_NEEDS_RESPONSE, "MerchantResponseRequired", 1000 },
    { CFOIL_STATE_NEEDS_RESPONSE, "MerchantResponseRequired", 1000 },
    { CFOIL_STATE_NEEDS_RESPONSE, "MerchantResponseRequired", 2000 },
    { CFOIL_STATE_UNDER_REVIEW, NULL, 2000 },
    { CFOIL_STATE_NEEDS_RESPONSE, "MerchantAdditionalEvidencesRequired", 5000 },
    { CFOIL_STATE_UNDER_REVIEW, NULL, CFOIL_UNKNOWN },
    { CFOIL_STATE_LOST, "MerchantAcceptedDispute", CFOIL_UNKNOWN },
    { CFOIL_STATE_LOST, "MerchantAcceptedDispute", 5000 },
  };
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_autofree char *events = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      CfoilObservation said = test_observation (CFOIL_OBJECT_DISPUTE, "B1", 100 + i);

      said.state = words[i].state;
      said.state_code = words[i].code;
      said.deadline_us = words[i].deadline_us;
      test_put_observation (mirror->writer, &said);
      g_assert_true (cfoil_writer_derive_all (mirror->writer, NULL));
    }
  test_commit (mirror->writer);
  events = test_dump (mirror->mirror, "SELECT kind, text, who, detail FROM case_event ORDER BY event_id");
  g_assert_cmpstr (events, ==,
                   "found|The provider told of this dispute|~|~\n"
                   "state|An answer is needed|~|{\"state\":\"needs_response\",\"outcome\":\"none\"}\n"
                   "deadline|The answer is due by 1970-01-01T00:00:00.001000Z|~|{\"due_us\":1000}\n"
                   "deadline|The answer is now due by 1970-01-01T00:00:00.002000Z|~|{\"due_us\":2000,\"was_us\":1000}\n"
                   "state|Under review|~|{\"state\":\"under_review\",\"outcome\":\"none\"}\n"
                   "state|An answer is needed|~|{\"state\":\"needs_response\",\"outcome\":\"none\"}\n"
                   "deadline|The answer is now due by 1970-01-01T00:00:00.005000Z|~|{\"due_us\":5000,\"was_us\":2000}\n"
                   "state|Under review|~|{\"state\":\"under_review\",\"outcome\":\"none\"}\n"
                   "state|Closed: the merchant accepted it|~|{\"state\":\"lost\",\"outcome\":\"accepted\"}\n");
}

/* The next sync asks for a dispute again, however far its deadline is, until it is decided. */
static void
test_pursuit (void)
{
  static const struct
  {
    CfoilState state;
    gint64 final;
    guint n_pursued;
  } table[] = {
    { CFOIL_STATE_NEEDS_RESPONSE, FALSE, 1 },
    { CFOIL_STATE_UNDER_REVIEW, FALSE, 1 },
    { CFOIL_STATE_WON, TRUE, 0 },
  };
  g_autoptr (TestMirror) mirror = test_mirror_new ();

  cfoil_writer_set_source (mirror->writer, mirror->feed_id, 0, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      CfoilObservation said = test_observation (CFOIL_OBJECT_DISPUTE, "B1", 5);
      g_autofree char *sql = NULL;

      said.state = table[i].state;
      said.final = table[i].final;
      said.deadline_us = cfoil_time_now_us () + 9 * G_TIME_SPAN_DAY;
      test_put_observation (mirror->writer, &said);
      test_commit (mirror->writer);
      sql = g_strdup_printf ("SELECT count (*) FROM pursuit WHERE object_id = 'B1' AND due_us <= %" G_GINT64_FORMAT, cfoil_time_now_us ());
      g_assert_cmpint (test_count (mirror->mirror, sql), ==, table[i].n_pursued);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/case-routes/chargeback", test_chargeback);
  g_test_add_func ("/case-routes/claim", test_claim);
  g_test_add_func ("/case-routes/two-kinds", test_two_kinds);
  g_test_add_func ("/case-routes/two-disputes", test_two_disputes);
  g_test_add_func ("/case-routes/notifications", test_notifications);
  g_test_add_func ("/case-routes/no-case", test_no_case);
  g_test_add_func ("/case-routes/waits-for-its-id", test_waits_for_its_id);
  g_test_add_func ("/case-routes/events", test_events);
  g_test_add_func ("/case-routes/pursuit", test_pursuit);

  return g_test_run ();
}
