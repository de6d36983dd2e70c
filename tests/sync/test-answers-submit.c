/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "answer-fixture.h"

#include "cfoil-context.h"
#include "cfoil-dossier.h"
#include "cfoil-draft-store.h"
#include "cfoil-error.h"
#include "cfoil-evidence-file.h"
#include "cfoil-limits.h"
#include "cfoil-review.h"

#include <string.h>

/* From a draft in the mirror to the other side: the packet, what travels beside it, and
 * what must not leave. */

typedef struct
{
  AnswerFixture *fixture;
  CfoilContext *context;
  gint64 case_id;
  char *dispute_id;
} Setup;

#define CSV "order,when,address\n4711,2026-10-01,198.51.100.7\n"

/* A draft without pictures: nothing about its packet can be made smaller. */
static void
write_draft (Setup *self)
{
  g_autoptr (CfoilDraft) draft = cfoil_draft_new ();
  CfoilExhibit *exhibit = cfoil_exhibit_new (CFOIL_EVIDENCE_ACCESS_LOG);
  g_autofree char *path = g_build_filename (self->fixture->sim->folder, "log.csv", NULL);
  g_autoptr (GFile) source = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (CfoilEvidenceFile) file = NULL;
  CfoilDraftRow row = { .case_id = self->case_id, .round = 1, .changed_us = 1, .product = CFOIL_PRODUCT_DIGITAL };
  g_autofree char *text = NULL;
  g_autoptr (CfoilDatabase) reader = cfoil_mirror_open_reader (self->fixture->mirror, NULL);
  g_autoptr (CfoilDossier) dossier = cfoil_dossier_read (reader, self->case_id, &error);

  g_assert_no_error (error);
  g_file_set_contents (path, CSV, -1, &error);
  g_assert_no_error (error);
  file = cfoil_evidence_file_keep (self->fixture->mirror, source, NULL, &error);
  g_assert_no_error (error);
  draft->stance = CFOIL_STANCE_CONTEST;
  draft->product = CFOIL_PRODUCT_DIGITAL;
  g_free (draft->why);
  draft->why = g_strdup ("The buyer downloaded what was bought and used it");
  draft->letter_us = 1790000000 * (gint64) G_USEC_PER_SEC;
  g_free (exhibit->caption);
  exhibit->caption = g_strdup ("Log of the downloads");
  g_ptr_array_add (exhibit->files, cfoil_exhibit_file_new (file->sha256, "log.csv", "csv"));
  g_ptr_array_add (draft->exhibits, exhibit);
  cfoil_draft_set_fact (draft, CFOIL_FACT_DEVICE_ID, "device-17", CFOIL_FACT_SOURCE_TYPED, NULL);
  cfoil_draft_set_fact (draft, CFOIL_FACT_IP_ADDRESS, "198.51.100.7", CFOIL_FACT_SOURCE_TYPED, NULL);
  cfoil_draft_set_fact (draft, CFOIL_FACT_DOWNLOAD_TIME, "2026-10-01T10:00:00Z", CFOIL_FACT_SOURCE_TYPED, NULL);
  cfoil_draft_take_facts (draft, dossier->facts);
  text = cfoil_draft_to_text (draft);
  row.text = text;
  cfoil_draft_row_write (self->fixture->mirror, &row, &error);
  g_assert_no_error (error);
}

static Setup *
setup_new (void)
{
  Setup *self = g_new0 (Setup, 1);
  g_autoptr (GError) error = NULL;

  self->fixture = answer_fixture_new ("");
  self->context = cfoil_context_new_sync (self->fixture->folder, &error);
  g_assert_no_error (error);
  self->case_id = answer_file_chargeback (self->fixture, &self->dispute_id);
  write_draft (self);
  return self;
}

static void
setup_free (Setup *self)
{
  g_clear_object (&self->context);
  answer_fixture_free (self->fixture);
  g_free (self->dispute_id);
  g_free (self);
}

/* Limits by position: bytes of a file, of all files, pages, characters of a text and of
 * all texts, files; -1: as shipped. */
static GVariant *
new_limits (guint  position,
            gint64 value)
{
  gint64 numbers[6] = { -1, -1, -1, -1, -1, -1 };

  if (position < G_N_ELEMENTS (numbers))
    numbers[position] = value;
  return g_variant_ref_sink (g_variant_new_parsed ("{'amazon-pay': (%x, %x, %x, %x, %x, %x)}", numbers[0], numbers[1], numbers[2],
                                                   numbers[3], numbers[4], numbers[5]));
}

static gint64
submit (Setup      *self,
        GVariant   *limits,
        GPtrArray **findings,
        GError    **error)
{
  gint64 submission_id = 0;

  if (!cfoil_context_submit_draft_sync (self->context, self->case_id, 0, limits, NULL, &submission_id, findings, error))
    return 0;
  return submission_id;
}

static guint
count_all_requests (Setup *self)
{
  g_autoptr (JsonNode) node = fixture_control (self->fixture->sim, "GET", "/requests", NULL);
  JsonArray *counts = json_node_get_array (node);
  guint n = 0;

  for (guint i = 0; i < json_array_get_length (counts); i++)
    {
      JsonObject *count = json_array_get_object_element (counts, i);

      if (json_object_get_string_member (count, "operation")[0] != '_')
        n += (guint) json_object_get_int_member (count, "count");
    }
  return n;
}

static void
test_whole_way (void)
{
  Setup *self = setup_new ();
  g_autofree char *path = g_build_filename (self->fixture->sim->folder, "packet.pdf", NULL);
  g_autoptr (CfoilPacketResult) built = NULL;
  g_autoptr (GPtrArray) findings = NULL;
  g_autoptr (CfoilSubmission) submission = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *versions = NULL;
  const CfoilSubmissionItem *item;
  gint64 ids[] = { 0, 0 };
  guint n_delivered, n_waiting;

  cfoil_context_build_packet_sync (self->context, self->case_id, 1, NULL, path, NULL, &built, &error);
  g_assert_no_error (error);
  ids[0] = submit (self, NULL, &findings, &error);
  g_assert_no_error (error);
  g_assert_false (cfoil_review_has_blockers (findings));

  /* The same bytes as those that were written as a file; then the log; then the texts. */
  submission = answer_read (self->fixture, ids[0]);
  item = g_ptr_array_index (submission->items, 0);
  g_assert_cmpint (item->type, ==, CFOIL_EVIDENCE_PACKET);
  g_assert_cmpstr (item->sha256, ==, built->sha256);
  g_assert_cmpstr (item->file_name, ==, "packet.pdf");
  item = g_ptr_array_index (submission->items, 1);
  g_assert_cmpstr (item->file_type, ==, "csv");
  g_assert_cmpstr (item->file_name, ==, "log.csv");
  g_assert_cmpuint (submission->items->len, >, 2);
  g_assert_cmpstr (submission->dispute_id, ==, self->dispute_id);
  g_assert_cmpint (submission->amount_minor, >, 0);
  g_assert_cmpint (submission->due_us, !=, CFOIL_UNKNOWN);
  g_assert_nonnull (strstr (submission->draft, "device-17"));
  versions = fixture_dump (self->fixture->folder, "SELECT why FROM draft_version");
  g_assert_cmpstr (versions, ==, "sent|\n");

  cfoil_context_send_answers_sync (self->context, NULL, NULL, NULL, &n_delivered, &n_waiting, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_delivered, ==, 1);
  g_assert_cmpuint (n_waiting, ==, 0);
  answer_assert_received (self->fixture, self->dispute_id, ids);

  /* It was sent: there is no second one. */
  g_assert_cmpint (submit (self, NULL, NULL, &error), ==, 0);
  g_assert_nonnull (error);
  setup_free (self);
}

/* At each limit it passes, one above it does not, and nobody is asked anything. */
static void
test_limits (void)
{
  Setup *self = setup_new ();
  g_autofree char *path = g_build_filename (self->fixture->sim->folder, "packet.pdf", NULL);
  g_autoptr (CfoilPacketResult) built = NULL;
  g_autoptr (GError) error = NULL;
  guint n_requests;
  struct
  {
    guint position;
    gint64 used;
    const char *finding;
  } table[] = {
    { 0, 0, "file-too-large" },
    { 1, 0, "packet-too-large" },
    { 2, 0, "too-many-pages" },
    { 3, 0, "text-too-long" },
    { 5, 2, "too-many-files" },
  };

  cfoil_context_build_packet_sync (self->context, self->case_id, 1, NULL, path, NULL, &built, &error);
  g_assert_no_error (error);
  table[0].used = built->n_bytes;
  table[1].used = built->n_bytes + (gint64) strlen (CSV);
  table[2].used = built->n_pages;
  table[3].used = (gint64) strlen ("The buyer downloaded what was bought and used it. "
                                   "The letter and exhibit A are attached in one document.");
  n_requests = count_all_requests (self);
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (GVariant) exact = new_limits (table[i].position, table[i].used);
      g_autoptr (GVariant) less = new_limits (table[i].position, table[i].used - 1);
      g_autoptr (GPtrArray) findings = NULL;
      gboolean is_found = FALSE;
      gint64 submission_id;

      g_test_message ("%s: %" G_GINT64_FORMAT, table[i].finding, table[i].used);
      g_assert_cmpint (submit (self, less, &findings, &error), ==, 0);
      g_assert_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_BLOCKED);
      g_clear_error (&error);
      for (guint j = 0; j < findings->len; j++)
        {
          const CfoilFinding *finding = g_ptr_array_index (findings, j);

          is_found = is_found || (finding->weight == CFOIL_FINDING_BLOCKER && g_str_equal (finding->id, table[i].finding));
        }
      g_assert_true (is_found);
      submission_id = submit (self, exact, NULL, &error);
      g_assert_no_error (error);
      g_assert_true (cfoil_submission_withdraw (self->fixture->mirror, submission_id, NULL));
    }
  g_assert_cmpuint (count_all_requests (self), ==, n_requests);
  answer_assert_nothing_received (self->fixture, self->dispute_id);
  setup_free (self);
}

/* What cannot be sent is refused before anything is stored. */
static void
test_refused (void)
{
  Setup *self = setup_new ();
  g_autofree char *other_id = NULL;
  gint64 other = answer_file_chargeback (self->fixture, &other_id);
  gint64 submission_id;
  g_autoptr (GError) error = NULL;
  g_autofree char *count = NULL;

  /* No draft. */
  g_assert_false (cfoil_context_submit_draft_sync (self->context, other, 0, NULL, NULL, &submission_id, NULL, &error));
  g_assert_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_BLOCKED);
  g_clear_error (&error);
  /* No account any more; what was done by hand may still be recorded. */
  g_assert_true (cfoil_account_remove (self->fixture->mirror, "shop", NULL));
  g_assert_cmpint (submit (self, NULL, NULL, &error), ==, 0);
  g_assert_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_ACCOUNT);
  g_clear_error (&error);
  g_assert_false (cfoil_context_accept_case_sync (self->context, self->case_id, FALSE, &submission_id, &error));
  g_assert_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_ACCOUNT);
  g_clear_error (&error);
  count = fixture_dump (self->fixture->folder, "SELECT count (*) FROM submission");
  g_assert_cmpstr (count, ==, "0|\n");
  g_assert_true (cfoil_context_accept_case_sync (self->context, self->case_id, TRUE, &submission_id, &error));
  g_assert_no_error (error);
  answer_assert_state (self->fixture, submission_id, CFOIL_SUBMISSION_DELIVERED, NULL);
  setup_free (self);
}

/* The day of the dispute, say, is another than when the draft was written: the letter has to be
 * looked at once more, and then it goes out as it is then. */
static void
test_stale (void)
{
  Setup *self = setup_new ();
  g_autofree char *path = g_build_filename (self->fixture->sim->folder, "packet.pdf", NULL);
  g_autoptr (CfoilDatabase) reader = NULL;
  g_autoptr (CfoilDraftRow) row = NULL;
  g_autoptr (CfoilDraftRow) now = NULL;
  g_autoptr (CfoilDraft) draft = NULL;
  g_autoptr (CfoilPacketResult) before = NULL;
  g_autoptr (CfoilPacketResult) fresh = NULL;
  g_autoptr (CfoilSubmission) submission = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *versions = NULL;
  const CfoilFact *fact;
  gint64 submission_id;

  reader = cfoil_mirror_open_reader (self->fixture->mirror, NULL);
  row = cfoil_draft_row_read (reader, self->case_id, 1, NULL);
  draft = cfoil_draft_from_text (row->text, NULL);
  fact = cfoil_draft_get_fact (draft, CFOIL_FACT_DISPUTE_ID);
  g_assert_cmpint (fact->source, ==, CFOIL_FACT_SOURCE_MIRROR);
  cfoil_context_build_packet_sync (self->context, self->case_id, 1, NULL, path, NULL, &before, &error);
  g_assert_no_error (error);
  cfoil_draft_set_fact (draft, CFOIL_FACT_DISPUTE_ID, "P01-0000000-0000000-B000000", CFOIL_FACT_SOURCE_MIRROR, NULL);
  text = cfoil_draft_to_text (draft);
  {
    const CfoilDraftRow old = { .case_id = self->case_id, .round = 1, .text = text, .changed_us = 2 };

    cfoil_draft_row_write (self->fixture->mirror, &old, &error);
    g_assert_no_error (error);
  }

  cfoil_context_build_packet_sync (self->context, self->case_id, 1, NULL, path, NULL, &fresh, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (fresh->sha256, ==, before->sha256);
  g_assert_cmpint (submit (self, NULL, NULL, &error), ==, 0);
  g_assert_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_BLOCKED);
  g_assert_nonnull (strstr (error->message, "look at the letter"));
  g_clear_error (&error);
  now = cfoil_draft_row_read (reader, self->case_id, 1, NULL);
  g_assert_null (strstr (now->text, "P01-0000000-0000000-B000000"));
  submission_id = submit (self, NULL, NULL, &error);
  g_assert_no_error (error);
  submission = answer_read (self->fixture, submission_id);
  g_assert_cmpstr (submission->draft, ==, now->text);
  versions = fixture_dump (self->fixture->folder, "SELECT why, text LIKE '%B000000%' FROM draft_version");
  g_assert_cmpstr (versions, ==, "import|1|\nsent|0|\n");
  setup_free (self);
}

/* --- mails --- */

static CfoilMailReading *
read_mail (Setup      *self,
           const char *account,
           const char *charge_id)
{
  g_autofree char *path = g_build_filename (self->fixture->sim->folder, "mail.eml", NULL);
  g_autofree char *text = g_strdup_printf ("From: \"Amazon Payments\" <payments-messages@amazon.com>\r\nSubject: Chargeback\r\n"
                                           "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
                                           "A chargeback was filed. Dispute %s on the charge %s.\r\n",
                                           self->dispute_id, charge_id);
  g_autoptr (GError) error = NULL;
  CfoilMailReading *reading;

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  reading = cfoil_context_read_mail_sync (self->context, account, path, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (reading->mail->dispute_ids[0], ==, self->dispute_id);
  return reading;
}

/* What a mail names is held against the account that it is read for, not against any. */
static void
test_mail (void)
{
  Setup *self = setup_new ();
  const char *const names[] = { "shop", NULL };
  g_autoptr (CfoilAccount) other = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *charge_id = NULL;
  const char *environment;
  CfoilMailReading *reading;
  CfoilOutcome outcome;

  cfoil_context_sync_sync (self->context, names, NULL, NULL, NULL, &outcome, &error);
  g_assert_no_error (error);
  charge_id = fixture_dump (self->fixture->folder, "SELECT max (transaction_id) FROM txn WHERE transaction_id LIKE '%-C%'");
  *strchr (charge_id, '|') = '\0';
  reading = read_mail (self, "shop", charge_id);
  g_assert_cmpint (reading->case_id, ==, self->case_id);
  g_assert_true (reading->charge_is_known);
  cfoil_mail_reading_free (reading);

  other = cfoil_account_find (self->fixture->mirror, "shop", NULL);
  g_free (other->name);
  other->name = g_strdup ("other");
  environment = g_str_equal (other->environment, "live") ? "sandbox" : "live";
  g_free (other->environment);
  other->environment = g_strdup (environment);
  cfoil_account_add (self->fixture->mirror, other, &error);
  g_assert_no_error (error);
  reading = read_mail (self, "other", charge_id);
  g_assert_cmpint (reading->case_id, ==, 0);
  g_assert_false (reading->charge_is_known);
  cfoil_mail_reading_free (reading);
  setup_free (self);
}

/* A sync sends what waits before anything else; while it goes on nobody else sends. */
static void
test_with_sync (void)
{
  Setup *self = setup_new ();
  const char *const names[] = { "shop", NULL };
  g_autoptr (GError) error = NULL;
  gint64 submission_id;
  guint n_delivered, n_waiting;
  CfoilOutcome outcome;
  int lock;

  g_assert_true (cfoil_context_accept_case_sync (self->context, self->case_id, FALSE, &submission_id, &error));
  lock = cfoil_mirror_lock (self->fixture->mirror, NULL);
  g_assert_false (cfoil_context_send_answers_sync (self->context, NULL, NULL, NULL, &n_delivered, &n_waiting, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_BUSY);
  g_clear_error (&error);
  cfoil_mirror_unlock (self->fixture->mirror, lock);
  answer_assert_state (self->fixture, submission_id, CFOIL_SUBMISSION_WAITING, NULL);
  cfoil_context_sync_sync (self->context, names, NULL, NULL, NULL, &outcome, &error);
  g_assert_no_error (error);
  answer_assert_state (self->fixture, submission_id, CFOIL_SUBMISSION_DELIVERED, NULL);
  setup_free (self);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/answers/submit/whole-way", test_whole_way);
  g_test_add_func ("/answers/submit/limits", test_limits);
  g_test_add_func ("/answers/submit/refused", test_refused);
  g_test_add_func ("/answers/submit/stale", test_stale);
  g_test_add_func ("/answers/submit/mail", test_mail);
  g_test_add_func ("/answers/submit/with-sync", test_with_sync);
  return g_test_run ();
}
