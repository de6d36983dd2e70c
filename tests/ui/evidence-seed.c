/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "evidence-seed.h"

#include "cfoil-case.h"
#include "cfoil-draft-store.h"
#include "cfoil-draft.h"
#include "cfoil-evidence-file.h"
#include "cfoil-time.h"
#include "foreign-files.h"
#include "test-mirror.h"

#define DAY G_TIME_SPAN_DAY

static const struct
{
  CfoilFactKey key;
  const char *value;
} facts[] = {
  { CFOIL_FACT_MERCHANT, "Lamps & Shades" },
  { CFOIL_FACT_BUYER_NAME, "Ann <b>Field</b>" },
  { CFOIL_FACT_ORDER_REFERENCE, "ORDER-1001" },
  { CFOIL_FACT_PAYMENT_TIME, "2026-10-01T12:00:00Z" },
  { CFOIL_FACT_PAYMENT_AMOUNT, "USD 25.54" },
  { CFOIL_FACT_DISPUTE_AMOUNT, "USD 25.54" },
  { CFOIL_FACT_ITEMS, "1 desk lamp, green" },
  { CFOIL_FACT_CARRIER, "Parcel Post" },
  { CFOIL_FACT_TRACKING_NUMBER, "PP123456789" },
  { CFOIL_FACT_SHIPPED_DATE, "2026-10-02" },
  { CFOIL_FACT_DELIVERED_DATE, "2026-10-05" },
};

static const struct
{
  const char *kind;
  const char *name;
  const char *valid_from;
  CfoilReason reason;
  const char *text;
} library[] = {
  { "shop", "merchant", NULL, 0, "Lamps & Shades" },
  { "refund_policy", "Returns within 30 days", "2025-03-01", 0, "Goods may be returned within 30 days of delivery." },
  { "template", "Parcel", NULL, CFOIL_REASON_NOT_RECEIVED,
    "The parcel has the number {tracking_number}. It was signed for by {signed_by}. Nobody wrote to us before." },
  { "template", "Thanks", NULL, 0, "Thank you for looking into this." },
};

static CfoilExhibitFile *
keep (CfoilMirror *mirror,
      GBytes      *bytes,
      const char  *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CfoilEvidenceFile) file = cfoil_evidence_file_keep_bytes (mirror, bytes, &error);

  g_assert_no_error (error);
  g_bytes_unref (bytes);
  return cfoil_exhibit_file_new (file->sha256, name, file->file_type);
}

static void
add_exhibit (CfoilMirror *mirror,
             CfoilDraft  *draft,
             guint        i,
             guint        n_pages)
{
  static const CfoilEvidenceType types[] = { CFOIL_EVIDENCE_SHIPPING, CFOIL_EVIDENCE_RECEIPT, CFOIL_EVIDENCE_COMMUNICATION };
  CfoilExhibit *exhibit = cfoil_exhibit_new (types[i % G_N_ELEMENTS (types)]);
  g_autofree char *text = g_strdup_printf ("Document %u", i + 1);
  g_autofree char *name = g_strdup_printf ("document-%u.pdf", i + 1);

  g_free (exhibit->caption);
  exhibit->caption = g_strdup_printf ("Shows matter %u", i + 1);
  g_ptr_array_add (exhibit->files, keep (mirror, foreign_pdf (text, n_pages), name));
  if (i == 0)
    g_ptr_array_add (exhibit->files, keep (mirror, foreign_jpeg (400, 300, FALSE), "parcel.jpg"));
  g_ptr_array_add (draft->exhibits, exhibit);
}

static gint64
add_case (CfoilMirror *mirror)
{
  g_autoptr (GError) error = NULL;
  gint64 case_id = 0;
  const CfoilCaseWords words = {
    .kind = CFOIL_CASE_CHARGEBACK,
    .account = "shop",
    .dispute_id = EVIDENCE_SEED_DISPUTE,
    .state = CFOIL_STATE_NEEDS_RESPONSE,
    .reason = CFOIL_REASON_NOT_RECEIVED,
    .currency = "USD",
    .amount_minor = 2554,
    .opened_us = cfoil_time_now_us () - DAY,
    .due_us = cfoil_time_now_us () + 9 * DAY,
    .buyer = "Ann <b>Field</b>",
    .reference = "ORDER-1001",
  };

  cfoil_case_add (mirror, &words, "typed", NULL, &case_id, &error);
  g_assert_no_error (error);
  return case_id;
}

static void
add_draft (CfoilMirror *mirror,
           gint64       case_id,
           CfoilDraft  *draft)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = cfoil_draft_to_text (draft);
  const CfoilDraftRow row = { .case_id = case_id, .round = 1, .text = text, .changed_us = cfoil_time_now_us () };

  cfoil_draft_row_write (mirror, &row, &error);
  g_assert_no_error (error);
}

static void
add_library (CfoilMirror *mirror)
{
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (library); i++)
    {
      g_autoptr (CfoilLibraryItem) item = cfoil_library_item_new ();

      g_free (item->kind);
      item->kind = g_strdup (library[i].kind);
      g_free (item->name);
      item->name = g_strdup (library[i].name);
      item->valid_from = g_strdup (library[i].valid_from);
      item->reason = library[i].reason;
      g_free (item->text);
      item->text = g_strdup (library[i].text);
      cfoil_library_put (mirror, item, &error);
      g_assert_no_error (error);
    }
}

void
evidence_seed (const char *folder,
               guint       n_exhibits,
               guint       n_pages)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CfoilMirror) mirror = cfoil_mirror_open (folder, &error);
  g_autoptr (CfoilDraft) draft = cfoil_draft_new ();

  g_assert_no_error (error);
  test_add_account (mirror, "shop");
  draft->stance = CFOIL_STANCE_CONTEST;
  draft->product = CFOIL_PRODUCT_PHYSICAL;
  draft->letter_us = cfoil_time_now_us ();
  for (guint i = 0; i < G_N_ELEMENTS (facts); i++)
    cfoil_draft_set_fact (draft, facts[i].key, facts[i].value, CFOIL_FACT_SOURCE_TYPED, NULL);
  for (guint i = 0; i < n_exhibits; i++)
    add_exhibit (mirror, draft, i, n_pages);
  add_draft (mirror, add_case (mirror), draft);
  add_library (mirror);
}
