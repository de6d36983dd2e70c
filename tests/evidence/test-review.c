/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-renderer.h"
#include "cfoil-review.h"
#include "cfoil-time.h"

#include <locale.h>
#include <string.h>

#define NOW_US (G_GINT64_CONSTANT (1795000000) * G_USEC_PER_SEC)

/* A review of a draft against limits; everything can be bent before run (). */
typedef struct
{
  CfoilCase record;
  CfoilDossier dossier;
  CfoilDraft *draft;
  CfoilLimits *limits;
  GPtrArray *files;
  GHashTable *inspections;
  CfoilPacketResult *result;
  CfoilLetter *letter;
  CfoilReviewInput input;
  GPtrArray *findings;
} Fixture;

static CfoilPacketFile *
add_file (Fixture          *f,
          CfoilEvidenceType type,
          const char       *name,
          const char       *file_type,
          gint64            n_bytes,
          gint64            n_pages)
{
  CfoilPacketFile *file = g_new0 (CfoilPacketFile, 1);
  CfoilExhibit *exhibit = cfoil_exhibit_new (type);

  file->sha256 = g_strdup_printf ("%064x", f->files->len + 1);
  file->path = g_strdup ("/nowhere");
  file->file_type = g_strdup (file_type);
  file->n_bytes = n_bytes;
  file->n_pages = n_pages;
  g_ptr_array_add (f->files, file);
  g_free (exhibit->caption);
  exhibit->caption = g_strdup ("What it proves");
  g_ptr_array_add (exhibit->files, cfoil_exhibit_file_new (file->sha256, name, file_type));
  g_ptr_array_add (f->draft->exhibits, exhibit);
  return file;
}

static void
set_up (Fixture *f)
{
  memset (f, 0, sizeof *f);
  f->record.provider = (char *) "amazon-pay";
  f->record.account = (char *) "shop";
  f->record.account_id = 1;
  f->record.kind = CFOIL_CASE_CHARGEBACK;
  f->record.dispute_id = (char *) "P01-1234567-7654321-B012345";
  f->record.reason = CFOIL_REASON_NOT_RECEIVED;
  f->record.state = CFOIL_STATE_NEEDS_RESPONSE;
  f->record.currency = (char *) "USD";
  f->record.amount_minor = 2554;
  f->record.due_us = NOW_US + 5 * G_TIME_SPAN_DAY;
  f->dossier.record = &f->record;
  f->draft = cfoil_draft_new ();
  f->draft->stance = CFOIL_STANCE_CONTEST;
  f->draft->product = CFOIL_PRODUCT_PHYSICAL;
  f->limits = cfoil_limits_for ("amazon-pay");
  f->files = g_ptr_array_new_with_free_func ((GDestroyNotify) cfoil_packet_file_free);
  f->inspections = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) cfoil_inspection_free);
  cfoil_draft_set_fact (f->draft, CFOIL_FACT_CARRIER, "UPS", CFOIL_FACT_SOURCE_TYPED, NULL);
  cfoil_draft_set_fact (f->draft, CFOIL_FACT_TRACKING_NUMBER, "1Z999AA10123456784", CFOIL_FACT_SOURCE_TYPED, NULL);
  cfoil_draft_set_fact (f->draft, CFOIL_FACT_SHIPPED_DATE, "2026-10-02", CFOIL_FACT_SOURCE_TYPED, NULL);
  cfoil_draft_set_fact (f->draft, CFOIL_FACT_DELIVERED_DATE, "2026-10-05", CFOIL_FACT_SOURCE_TYPED, NULL);
  add_file (f, CFOIL_EVIDENCE_DELIVERY, "proof.pdf", "pdf", 100000, 2);
  add_file (f, CFOIL_EVIDENCE_SHIPPING, "label.jpg", "jpg", 200000, 1);
}

static void
set_result (Fixture *f,
            gint64   n_bytes)
{
  f->result = g_new0 (CfoilPacketResult, 1);
  f->result->sha256 = g_strdup ("00");
  f->result->n_bytes = n_bytes;
  f->result->n_pages = 5;
  f->result->fits = TRUE;
  f->result->reduced = g_ptr_array_new_with_free_func (g_free);
  f->result->failed = g_ptr_array_new ();
}

static void
run (Fixture *f)
{
  g_clear_pointer (&f->findings, g_ptr_array_unref);
  g_clear_pointer (&f->letter, cfoil_letter_free);
  f->letter = cfoil_letter_compose (f->draft, f->record.reason, f->record.kind, "Amazon Pay");
  f->input = (CfoilReviewInput) {
    .dossier = &f->dossier, .draft = f->draft, .letter = f->letter, .files = f->files, .inspections = f->inspections,
    .result = f->result, .limits = f->limits, .now_us = NOW_US,
  };
  f->findings = cfoil_review (&f->input);
}

static void
tear_down (Fixture *f)
{
  g_clear_pointer (&f->findings, g_ptr_array_unref);
  g_clear_pointer (&f->letter, cfoil_letter_free);
  g_clear_pointer (&f->result, cfoil_packet_result_free);
  g_ptr_array_unref (f->files);
  g_hash_table_unref (f->inspections);
  cfoil_limits_free (f->limits);
  cfoil_draft_free (f->draft);
}

static const CfoilFinding *
find (Fixture    *f,
      const char *id)
{
  for (guint i = 0; i < f->findings->len; i++)
    if (g_str_equal (((CfoilFinding *) f->findings->pdata[i])->id, id))
      return f->findings->pdata[i];
  return NULL;
}

static void
assert_blocks (Fixture    *f,
               const char *id)
{
  const CfoilFinding *finding;

  run (f);
  finding = find (f, id);
  if (finding == NULL)
    g_error ("“%s” was not found", id);
  g_assert_cmpint (finding->weight, ==, CFOIL_FINDING_BLOCKER);
  g_assert_true (cfoil_review_has_blockers (f->findings));
}

static void
assert_passes (Fixture *f)
{
  run (f);
  for (guint i = 0; i < f->findings->len; i++)
    {
      const CfoilFinding *finding = f->findings->pdata[i];

      if (finding->weight == CFOIL_FINDING_BLOCKER)
        g_error ("In the way: %s: %s", finding->id, finding->text);
    }
}

static void
test_sound (void)
{
  Fixture f;

  set_up (&f);
  assert_passes (&f);
  g_assert_null (find (&f, "no-exhibits"));
  g_assert_null (find (&f, "not-referred-to"));
  tear_down (&f);
}

/* At each limit it passes; one above, it is stopped. */
static void
test_limits (void)
{
  Fixture f;
  GVariantBuilder changes;
  g_autoptr (GVariant) limits = NULL;

  set_up (&f);
  add_file (&f, CFOIL_EVIDENCE_OTHER, "orders.csv", "csv", 5000000, CFOIL_UNKNOWN);
  assert_passes (&f);
  ((CfoilPacketFile *) f.files->pdata[2])->n_bytes++;
  assert_blocks (&f, "file-too-large");
  ((CfoilPacketFile *) f.files->pdata[2])->n_bytes--;

  set_result (&f, 5000000);
  assert_passes (&f);
  f.result->n_bytes++;
  assert_blocks (&f, "packet-too-large");
  assert_blocks (&f, "file-too-large");
  f.result->n_bytes--;

  /* two files: the packet, and what is no page */
  g_variant_builder_init (&changes, G_VARIANT_TYPE ("a{s(xxxxxx)}"));
  g_variant_builder_add (&changes, "{s(xxxxxx)}", "amazon-pay", (gint64) -1, (gint64) -1, (gint64) -1, (gint64) 18, (gint64) -1, (gint64) 2);
  limits = g_variant_ref_sink (g_variant_builder_end (&changes));
  cfoil_limits_apply (f.limits, limits);
  g_assert_true (f.limits->is_changed);
  assert_blocks (&f, "text-too-long"); /* the summary of the packet is longer than the tracking number's 18 */
  f.limits->text_characters = 68;
  assert_passes (&f);
  /* 60 of the summary, 3 and 18 of the two facts that are sent as texts */
  f.limits->all_characters = 81;
  assert_passes (&f);
  f.limits->all_characters = 80;
  assert_blocks (&f, "texts-too-long");
  f.limits->all_characters = CFOIL_UNKNOWN;
  f.limits->files = 1;
  assert_blocks (&f, "too-many-files");
  tear_down (&f);
}

static void
test_case (void)
{
  Fixture f;

  set_up (&f);
  f.record.due_us = NOW_US;
  assert_blocks (&f, "deadline-passed");
  f.record.due_us = NOW_US + 1;
  assert_passes (&f);
  g_assert_nonnull (find (&f, "deadline-near"));
  f.record.due_us = NOW_US - G_TIME_SPAN_DAY;
  f.record.due_is_estimate = TRUE;
  assert_passes (&f); /* an estimate is on the safe side */
  g_assert_nonnull (find (&f, "deadline-passed"));
  f.record.dispute_id = NULL;
  assert_blocks (&f, "no-id");
  f.record.dispute_id = (char *) "P01-1234567-7654321-B012345";
  f.record.account_id = 0;
  assert_blocks (&f, "no-account");
  f.record.account_id = 1;
  f.record.state = CFOIL_STATE_UNDER_REVIEW;
  assert_blocks (&f, "not-awaited");
  f.record.state = CFOIL_STATE_NEEDS_RESPONSE;
  f.draft->stance = CFOIL_STANCE_UNDECIDED;
  assert_blocks (&f, "not-contested");
  tear_down (&f);
}

static void
test_files (void)
{
  Fixture f;
  CfoilInspection *inspection;
  CfoilPacketFile *file;

  set_up (&f);
  file = f.files->pdata[0];
  file->problem = g_strdup ("encrypted");
  assert_blocks (&f, "unreadable");
  g_free (file->problem);
  file->problem = g_strdup ("missing");
  assert_blocks (&f, "file-missing");
  g_assert_null (find (&f, "unreadable"));
  g_clear_pointer (&file->problem, g_free);
  file->n_pages = CFOIL_UNKNOWN;
  assert_blocks (&f, "not-inspected");
  file->n_pages = 2;

  inspection = g_new0 (CfoilInspection, 1);
  inspection->n_card_numbers = 1;
  inspection->card_pages = g_strdup ("2");
  inspection->is_truncated = TRUE;
  inspection->has_scripts = TRUE;
  g_hash_table_insert (f.inspections, g_strdup (file->sha256), inspection);
  assert_passes (&f);
  g_assert_nonnull (strstr (find (&f, "card-number")->text, "page 2"));
  g_assert_nonnull (find (&f, "truncated"));
  g_assert_cmpint (find (&f, "stripped")->weight, ==, CFOIL_FINDING_NOTE);

  add_file (&f, CFOIL_EVIDENCE_OTHER, "x.gif", "other", 10, CFOIL_UNKNOWN);
  assert_blocks (&f, "file-type");
  g_ptr_array_remove_index (f.files, 2);
  assert_blocks (&f, "file-missing");
  g_ptr_array_set_size (((CfoilExhibit *) f.draft->exhibits->pdata[2])->files, 0);
  assert_blocks (&f, "exhibit-empty");
  g_ptr_array_remove_index (f.draft->exhibits, 2);

  set_result (&f, 1000);
  g_ptr_array_add (f.result->reduced, g_strdup (file->sha256));
  assert_passes (&f);
  g_assert_nonnull (find (&f, "images-reduced"));
  tear_down (&f);
}

static void
test_words (void)
{
  static const char *const placeholders[] = { "Dear {buyer_name}", "Sent on [DATE]", "by <carrier>", "order XXXXX" };
  Fixture f;

  set_up (&f);
  for (guint i = 0; i < G_N_ELEMENTS (placeholders); i++)
    {
      cfoil_draft_set_own_words (f.draft, "closing", placeholders[i]);
      assert_blocks (&f, "placeholder");
    }
  cfoil_draft_set_own_words (f.draft, "closing", "Paid with 4111 1111 1111 1111. 2 < 3 and a [sic].");
  assert_passes (&f);
  g_assert_nonnull (find (&f, "card-number"));
  g_free (f.draft->why);
  f.draft->why = g_strdup ("We sent it to {address}.");
  assert_blocks (&f, "placeholder");
  g_free (f.draft->why);
  f.draft->why = g_strdup ("");

  /* An exhibit that no argument refers to, until the user's words do. */
  add_file (&f, CFOIL_EVIDENCE_OTHER, "c.png", "png", 10, 1);
  run (&f);
  g_assert_nonnull (find (&f, "not-referred-to"));
  cfoil_draft_set_own_words (f.draft, "closing", "See exhibit C.");
  run (&f);
  g_assert_null (find (&f, "not-referred-to"));

  /* A statement whose proof was taken away. */
  g_ptr_array_set_size (f.draft->exhibits, 0);
  cfoil_draft_set_own_words (f.draft, "closing", "");
  run (&f);
  g_assert_nonnull (find (&f, "no-proof"));
  g_assert_nonnull (find (&f, "no-exhibits"));

  /* Nothing to say is no answer. */
  g_ptr_array_set_size (f.draft->facts, 0);
  assert_blocks (&f, "no-argument");
  tear_down (&f);
}

static void
test_items (void)
{
  Fixture f;
  g_autoptr (GPtrArray) items = NULL;
  const CfoilAnswerItem *packet, *table;
  gboolean has_tracking = FALSE, has_carrier = FALSE;

  set_up (&f);
  add_file (&f, CFOIL_EVIDENCE_ACCESS_LOG, "log.csv", "csv", 10, CFOIL_UNKNOWN);
  add_file (&f, CFOIL_EVIDENCE_OTHER, "log again.csv", "csv", 10, CFOIL_UNKNOWN);
  /* the same file twice is sent once */
  g_free (((CfoilExhibitFile *) ((CfoilExhibit *) f.draft->exhibits->pdata[3])->files->pdata[0])->sha256);
  ((CfoilExhibitFile *) ((CfoilExhibit *) f.draft->exhibits->pdata[3])->files->pdata[0])->sha256 =
    g_strdup (((CfoilPacketFile *) f.files->pdata[2])->sha256);
  run (&f);
  items = cfoil_review_make_items (&f.input, "/packet.pdf", "abc", 1234);
  packet = items->pdata[0];
  table = items->pdata[1];
  g_assert_cmpint (packet->type, ==, CFOIL_EVIDENCE_PACKET);
  g_assert_cmpstr (packet->path, ==, "/packet.pdf");
  g_assert_cmpint (packet->n_bytes, ==, 1234);
  g_assert_nonnull (strstr (packet->text, "exhibits A to D"));
  g_assert_cmpint (table->type, ==, CFOIL_EVIDENCE_ACCESS_LOG);
  g_assert_cmpstr (table->file_type, ==, "csv");
  for (guint i = 2; i < items->len; i++)
    {
      const CfoilAnswerItem *item = items->pdata[i];

      g_assert_null (item->path);
      has_tracking = has_tracking || (item->type == CFOIL_EVIDENCE_TRACKING_NUMBER && g_str_equal (item->text, "1Z999AA10123456784"));
      has_carrier = has_carrier || (item->type == CFOIL_EVIDENCE_CARRIER_NAME && g_str_equal (item->text, "UPS"));
    }
  g_assert_true (has_tracking && has_carrier);
  tear_down (&f);
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/review/sound", test_sound);
  g_test_add_func ("/review/limits", test_limits);
  g_test_add_func ("/review/case", test_case);
  g_test_add_func ("/review/files", test_files);
  g_test_add_func ("/review/words", test_words);
  g_test_add_func ("/review/items", test_items);
  return g_test_run ();
}
