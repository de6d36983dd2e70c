/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sync-fixture.h"

#include <cairo-pdf.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MERCHANT "--seed 11 --transactions 400 --days 120 --until now --retention-days 0 --throttle off --processing-ms 20"

/* A dispute from its filing to its end, as somebody who works on the command line. */

static JsonObject *
control (Fixture    *fixture,
         const char *path,
         const char *body)
{
  JsonNode *node = fixture_control (fixture, "POST", path, body);
  JsonObject *object = json_node_dup_object (node);

  json_node_unref (node);
  return object;
}

static char *
file_chargeback (Fixture    *fixture,
                 const char *reason)
{
  g_autofree char *body = g_strdup_printf ("{\"filingReason\": \"%s\"}", reason);
  g_autoptr (JsonObject) answer = control (fixture, "/chargeback", body);

  return g_strdup (json_object_get_string_member (answer, "disputeId"));
}

static JsonObject *
show (Fixture    *fixture,
      const char *mirror,
      const char *id)
{
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) node = NULL;

  g_assert_cmpint (fixture_cli (fixture, mirror, 0, &text, NULL, "--json", "disputes", "show", id, NULL), ==, 0);
  node = json_from_string (text, NULL);
  g_assert_nonnull (node);
  return json_node_dup_object (node);
}

static void
assert_shown (Fixture    *fixture,
              const char *mirror,
              const char *id,
              const char *member,
              const char *value)
{
  g_autoptr (JsonObject) object = show (fixture, mirror, id);

  g_assert_cmpstr (json_object_get_string_member_with_default (object, member, NULL), ==, value);
}

static void
sync_mirror (Fixture    *fixture,
             const char *mirror)
{
  g_autofree char *errors = NULL;
  int code = fixture_cli (fixture, mirror, 0, NULL, &errors, "sync", NULL);

  g_assert_cmpstr (errors, ==, "");
  g_assert_cmpint (code, ==, 0);
}

/* A settlement tells of it with the next sync. */
static void
find (Fixture    *fixture,
      const char *mirror,
      const char *id)
{
  g_autofree char *errors = NULL;
  int code = fixture_cli (fixture, mirror, 0, NULL, &errors, "disputes", "add", "--account", "shop", id, NULL);

  g_assert_cmpstr (errors, ==, "");
  g_assert_cmpint (code, ==, 0);
}

/* --- evidence --- */

static void
write_pdf (const char *path,
           const char *text)
{
  cairo_surface_t *surface = cairo_pdf_surface_create (path, 595, 842);
  cairo_t *cr = cairo_create (surface);

  cairo_move_to (cr, 72, 72);
  cairo_show_text (cr, text);
  cairo_show_page (cr);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

static void
write_png (const char *path)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 200, 100);

  g_assert_cmpint (cairo_surface_write_to_png (surface, path), ==, CAIRO_STATUS_SUCCESS);
  cairo_surface_destroy (surface);
}

static char *
make_evidence (Fixture *fixture)
{
  char *folder = g_build_filename (fixture->folder, "evidence", NULL);
  g_autofree char *pdf = g_build_filename (folder, "1 proof of delivery.pdf", NULL);
  g_autofree char *png = g_build_filename (folder, "2 label.png", NULL);
  g_autofree char *csv = g_build_filename (folder, "3 log.csv", NULL);
  g_autofree char *more = g_build_filename (folder, "4 receipt.pdf", NULL);

  g_mkdir (folder, 0700);
  write_pdf (pdf, "Delivered");
  write_pdf (more, "Receipt");
  write_png (png);
  g_assert_true (g_file_set_contents (csv, "time,what\n2026-01-01,login\n", -1, NULL));
  return folder;
}

static void
set_fact (JsonObject *facts,
          const char *key,
          const char *value)
{
  JsonObject *fact = json_object_new ();

  json_object_set_string_member (fact, "source", "typed");
  json_object_set_string_member (fact, "value", value);
  json_object_set_object_member (facts, key, fact);
}

/* What a script would write into the draft that was exported. */
static void
fill_in (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "draft.json", NULL);
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonObject *draft, *facts;
  JsonArray *exhibits;
  g_autofree char *changed = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  node = json_from_string (text, NULL);
  draft = json_node_get_object (node);
  facts = json_object_get_object_member (draft, "facts");
  json_object_set_string_member (draft, "product", "physical");
  set_fact (facts, "carrier", "UPS");
  set_fact (facts, "tracking_number", "1Z999AA10123456784");
  set_fact (facts, "delivered_date", "2026-01-05");
  exhibits = json_object_get_array_member (draft, "exhibits");
  json_object_set_string_member (json_array_get_object_element (exhibits, 0), "type", "delivery");
  changed = json_to_string (node, FALSE);
  g_assert_true (g_file_set_contents (path, changed, -1, NULL));
}

static int
contest (Fixture    *fixture,
         const char *mirror,
         const char *id,
         const char *folder,
         char      **errors)
{
  return fixture_cli (fixture, mirror, 0, NULL, errors, "disputes", "contest", id, "--packet", folder, NULL);
}

/* --- */

static void
test_loop (void)
{
  Fixture *fixture = fixture_new (MERCHANT);
  g_autofree char *mirror = fixture_new_mirror (fixture, "mirror");
  g_autofree char *evidence = make_evidence (fixture);
  g_autofree char *id = file_chargeback (fixture, "ProductNotReceived");
  g_autofree char *folder = g_build_filename (fixture->folder, "case", NULL);
  g_autofree char *packet = g_build_filename (folder, "packet.pdf", NULL);
  g_autofree char *again = g_build_filename (fixture->folder, "again.pdf", NULL);
  g_autofree char *errors = NULL;
  g_autofree char *more = NULL;
  g_autofree char *bytes = NULL;
  g_autofree char *other_bytes = NULL;
  g_autofree char *body = g_strdup_printf ("{\"disputeId\": \"%s\"}", id);
  g_autofree char *won = g_strdup_printf ("{\"disputeId\": \"%s\", \"resolution\": \"MerchantWon\"}", id);
  gsize length, other_length;
  JsonObject *answer;

  sync_mirror (fixture, mirror);
  find (fixture, mirror, id);
  assert_shown (fixture, mirror, id, "state", "needs_response");

  /* Files alone say nothing: it is not sent. */
  g_assert_cmpint (contest (fixture, mirror, id, evidence, &errors), ==, 1);
  g_assert_nonnull (strstr (errors, "does not say why"));
  assert_shown (fixture, mirror, id, "state", "needs_response");

  g_assert_cmpint (fixture_cli (fixture, mirror, 0, NULL, NULL, "disputes", "export", id, "--output", folder, NULL), ==, 0);
  g_assert_true (g_file_get_contents (packet, &bytes, &length, NULL));
  g_assert_cmpint (fixture_cli (fixture, mirror, 0, NULL, NULL, "disputes", "packet", id, "--output", again, NULL), ==, 0);
  g_assert_true (g_file_get_contents (again, &other_bytes, &other_length, NULL));
  g_assert_cmpmem (bytes, length, other_bytes, other_length);
  /* never over what is there */
  g_assert_cmpint (fixture_cli (fixture, mirror, 0, NULL, NULL, "disputes", "packet", id, "--output", again, NULL), ==, 2);

  fill_in (folder);
  g_assert_cmpint (contest (fixture, mirror, id, folder, &more), ==, 0);
  assert_shown (fixture, mirror, id, "state", "under_review");

  /* A second time there is nothing to answer. */
  g_clear_pointer (&more, g_free);
  g_assert_cmpint (contest (fixture, mirror, id, folder, &more), ==, 1);

  /* More is asked for; the second round; won. */
  answer = control (fixture, "/more-evidence", body);
  json_object_unref (answer);
  find (fixture, mirror, id);
  assert_shown (fixture, mirror, id, "state", "needs_response");
  assert_shown (fixture, mirror, id, "state_reason", "MerchantAdditionalEvidencesRequired");
  g_clear_pointer (&more, g_free);
  g_assert_cmpint (contest (fixture, mirror, id, folder, &more), ==, 0);
  answer = control (fixture, "/resolve", won);
  json_object_unref (answer);
  find (fixture, mirror, id);
  assert_shown (fixture, mirror, id, "state", "won");
  assert_shown (fixture, mirror, id, "outcome", "won");
  fixture_assert_sound (fixture, mirror);
  fixture_free (fixture);
}

#define assert_dump(mirror, query, expected) \
  G_STMT_START \
  { \
    g_autofree char *dump_ = fixture_dump ((mirror), (query)); \
    g_assert_cmpstr (dump_, ==, expected); \
  } \
  G_STMT_END

#define DRAFT_EXHIBITS "SELECT json_array_length (text, '$.exhibits') FROM draft"

static void
set_letter_date (const char *folder,
                 gint64      time_us)
{
  g_autofree char *path = g_build_filename (folder, "draft.json", NULL);
  g_autofree char *text = NULL;
  g_autofree char *changed = NULL;
  g_autoptr (JsonNode) node = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  node = json_from_string (text, NULL);
  json_object_set_int_member (json_node_get_object (node), "letter_us", time_us);
  changed = json_to_string (node, FALSE);
  g_assert_true (g_file_set_contents (path, changed, -1, NULL));
}

/* A folder adds to what was written before and destroys nothing of it. */
static void
test_folder (void)
{
  Fixture *fixture = fixture_new (MERCHANT);
  g_autofree char *mirror = fixture_new_mirror (fixture, "mirror");
  g_autofree char *evidence = make_evidence (fixture);
  g_autofree char *id = file_chargeback (fixture, "ProductNotReceived");
  g_autofree char *folder = g_build_filename (fixture->folder, "case", NULL);
  g_autofree char *errors = NULL;
  g_autofree char *more = NULL;
  gint64 now_us = g_get_real_time ();

  find (fixture, mirror, id);
  g_assert_cmpint (contest (fixture, mirror, id, evidence, NULL), ==, 1);
  assert_dump (mirror, DRAFT_EXHIBITS, "4|\n");
  /* What is an exhibit already is not added again. */
  g_assert_cmpint (contest (fixture, mirror, id, evidence, NULL), ==, 1);
  assert_dump (mirror, DRAFT_EXHIBITS, "4|\n");
  assert_dump (mirror, "SELECT count (*) FROM draft_version", "0|\n");

  /* What is replaced stays as a version; the letter has the day on which it was changed. */
  g_assert_cmpint (fixture_cli (fixture, mirror, 0, NULL, NULL, "disputes", "export", id, "--output", folder, NULL), ==, 0);
  fill_in (folder);
  set_letter_date (folder, now_us - 3 * G_TIME_SPAN_DAY);
  g_assert_cmpint (contest (fixture, mirror, id, folder, &errors), ==, 0);
  assert_dump (mirror, "SELECT why, json_extract (text, '$.product') FROM draft_version",
               "import|NULL|\nsent|physical|\n");
  {
    g_autofree char *query = g_strdup_printf ("SELECT json_extract (text, '$.letter_us') >= %" G_GINT64_FORMAT " FROM draft", now_us);

    assert_dump (mirror, query, "1|\n");
  }

  /* What was sent stays what it was. */
  g_assert_cmpint (contest (fixture, mirror, id, evidence, &more), ==, 1);
  g_assert_nonnull (strstr (more, "answered already"));
  g_clear_pointer (&more, g_free);
  set_letter_date (folder, now_us);
  g_assert_cmpint (contest (fixture, mirror, id, folder, &more), ==, 1);
  assert_dump (mirror, "SELECT d.text = s.draft FROM draft AS d JOIN submission AS s USING (case_id, round)", "1|\n");
  fixture_free (fixture);
}

/* Pipes, devices and what is far too long are told, not waited for. */
static void
test_folder_hostile (void)
{
  Fixture *fixture = fixture_new (MERCHANT);
  g_autofree char *mirror = fixture_new_mirror (fixture, "mirror");
  g_autofree char *id = file_chargeback (fixture, "Other");
  g_autofree char *folder = g_build_filename (fixture->folder, "case", NULL);
  g_autofree char *path = g_build_filename (folder, "draft.json", NULL);
  static const char *const kinds[] = { "pipe", "device", "long" };

  find (fixture, mirror, id);
  g_assert_no_errno (g_mkdir (folder, 0700));
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *errors = NULL;

      g_test_message ("%s", kinds[i]);
      if (i == 0)
        g_assert_no_errno (mkfifo (path, 0600));
      else if (i == 1)
        g_assert_no_errno (symlink ("/dev/zero", path));
      else
        {
          g_assert_true (g_file_set_contents (path, "{", -1, NULL));
          g_assert_no_errno (truncate (path, 5 * 1024 * 1024));
        }
      g_assert_cmpint (fixture_cli (fixture, mirror, i < 2 ? 8000 : 0, NULL, &errors, "disputes", "contest", id, "--packet", folder, NULL), ==, 1);
      g_assert_nonnull (strstr (errors, i < 2 ? "is no file" : "is too long"));
      g_assert_no_errno (g_unlink (path));
    }
  assert_dump (mirror, "SELECT count (*) FROM draft", "0|\n");
  fixture_free (fixture);
}

static void
test_accept (void)
{
  Fixture *fixture = fixture_new (MERCHANT);
  g_autofree char *mirror = fixture_new_mirror (fixture, "mirror");
  g_autofree char *id = file_chargeback (fixture, "DuplicateCharge");
  g_autofree char *late = file_chargeback (fixture, "Other");
  g_autofree char *body = g_strdup_printf ("{\"disputeId\": \"%s\"}", late);
  JsonObject *answer;

  find (fixture, mirror, id);
  g_assert_cmpint (fixture_cli (fixture, mirror, 0, NULL, NULL, "disputes", "accept", id, NULL), ==, 2);
  assert_shown (fixture, mirror, id, "state", "needs_response");
  g_assert_cmpint (fixture_cli (fixture, mirror, 0, NULL, NULL, "disputes", "accept", id, "--yes", NULL), ==, 0);
  assert_shown (fixture, mirror, id, "outcome", "accepted");

  /* One that nobody answered. */
  find (fixture, mirror, late);
  answer = control (fixture, "/expire-deadline", body);
  json_object_unref (answer);
  find (fixture, mirror, late);
  assert_shown (fixture, mirror, late, "outcome", "expired");
  fixture_free (fixture);
}

static void
test_due (void)
{
  Fixture *fixture = fixture_new (MERCHANT);
  g_autofree char *mirror = fixture_new_mirror (fixture, "mirror");
  g_autofree char *id = file_chargeback (fixture, "Fraudulent");
  g_autofree char *listed = NULL;
  g_autofree char *none = NULL;
  g_autofree char *errors = NULL;
  g_autofree char *calendar = NULL;
  g_autofree char *ics = g_build_filename (fixture->folder, "due.ics", NULL);

  find (fixture, mirror, id);
  /* due in eleven days */
  g_assert_cmpint (fixture_cli (fixture, mirror, 0, NULL, NULL, "disputes", "due", "--within", "72h", NULL), ==, 0);
  g_assert_cmpint (fixture_cli (fixture, mirror, 0, &listed, NULL, "disputes", "due", "--within", "12d", NULL), ==, 4);
  g_assert_nonnull (strstr (listed, id));
  g_assert_cmpint (fixture_cli (fixture, mirror, 0, NULL, NULL, "disputes", "due", "--within", "soon", NULL), ==, 2);

  g_clear_pointer (&listed, g_free);
  g_assert_cmpint (fixture_cli (fixture, mirror, 0, &listed, NULL, "disputes", "list", "--query", "reason:fraud due:<288h", "--format", "csv", NULL), ==, 0);
  g_assert_nonnull (strstr (listed, id));
  g_assert_cmpint (fixture_cli (fixture, mirror, 0, &none, NULL, "disputes", "list", "--query", "due:<72h", "--format", "csv", NULL), ==, 0);
  g_assert_null (strstr (none, id));
  g_assert_cmpint (fixture_cli (fixture, mirror, 0, NULL, &errors, "disputes", "list", "--query", "due:whenever", NULL), ==, 2);
  g_assert_cmpint (fixture_cli (fixture, mirror, 0, NULL, NULL, "disputes", "list", "--view", "nothing", NULL), ==, 2);

  g_assert_cmpint (fixture_cli (fixture, mirror, 0, NULL, NULL, "disputes", "export", "--ics", ics, NULL), ==, 0);
  g_assert_true (g_file_get_contents (ics, &calendar, NULL, NULL));
  g_assert_nonnull (strstr (calendar, "BEGIN:VEVENT\r\n"));
  g_assert_nonnull (strstr (calendar, "TRIGGER:-PT72H\r\n"));
  fixture_free (fixture);
}

/* Ids that nobody knows, and none at all. */
static void
test_unknown (void)
{
  Fixture *fixture = fixture_new (MERCHANT);
  g_autofree char *mirror = fixture_new_mirror (fixture, "mirror");
  g_autofree char *errors = NULL;

  g_assert_cmpint (fixture_cli (fixture, mirror, 0, NULL, &errors, "disputes", "add", "--account", "shop", "P01-1-2-C3", NULL), ==, 1);
  g_assert_nonnull (strstr (errors, "not the id of a dispute"));
  g_assert_cmpint (fixture_cli (fixture, mirror, 0, NULL, NULL, "disputes", "show", "P01-0000000-0000000-B000000", NULL), ==, 1);
  /* The case is there, unconfirmed, and the provider is asked again. */
  g_assert_cmpint (fixture_cli (fixture, mirror, 0, NULL, NULL, "disputes", "add", "--account", "shop", "P01-0000000-0000000-B000000", NULL), ==, 3);
  g_assert_cmpint (fixture_cli (fixture, mirror, 0, NULL, NULL, "disputes", "show", "P01-0000000-0000000-B000000", NULL), ==, 0);
  g_assert_cmpint (fixture_cli (fixture, mirror, 0, NULL, NULL, "disputes", "nothing", NULL), ==, 2);
  g_assert_cmpint (fixture_cli (fixture, mirror, 0, NULL, NULL, "disputes", "contest", "P01-0000000-0000000-B000000", "--packet", "/nowhere", NULL), ==, 1);
  fixture_free (fixture);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/disputes/loop", test_loop);
  g_test_add_func ("/disputes/folder", test_folder);
  g_test_add_func ("/disputes/folder-hostile", test_folder_hostile);
  g_test_add_func ("/disputes/accept", test_accept);
  g_test_add_func ("/disputes/due", test_due);
  g_test_add_func ("/disputes/unknown", test_unknown);
  return g_test_run ();
}
