/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cfoil-draft.h"
#include "cfoil-error.h"
#include "cfoil-letter.h"
#include "test-support.h"

#include <string.h>

#define HASH_A "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define HASH_B "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"

/* --- random drafts --- */

static char *
random_text (guint max)
{
  static const char *const parts[] = {
    "a", "Z", " ", "\"", "\\", "\n", "\t", "/", "<b>", "&amp;", "\u00e4", "\u0416", "\u9886", "\U0001f4b6", "{", "}", "null", "0",
  };
  GString *text = g_string_new (NULL);
  guint n = (guint) g_test_rand_int_range (0, (int) max);

  for (guint i = 0; i < n; i++)
    g_string_append (text, parts[g_test_rand_int_range (0, G_N_ELEMENTS (parts))]);
  return g_string_free (text, FALSE);
}

static void
set_random_fact (CfoilDraft *draft)
{
  CfoilFactKey key = (CfoilFactKey) g_test_rand_int_range (0, CFOIL_N_FACTS);
  g_autofree char *text = random_text (12);
  g_autofree char *value = NULL;
  g_autofree char *clean = NULL;

  switch (cfoil_fact_get_info (key)->kind)
    {
    case CFOIL_FACT_KIND_DATE:
      value = g_strdup_printf ("2026-%02d-%02d", g_test_rand_int_range (1, 13), g_test_rand_int_range (1, 29));
      break;
    case CFOIL_FACT_KIND_TIME:
      value = g_strdup_printf ("2026-07-%02dT%02d:53:00Z", g_test_rand_int_range (1, 29), g_test_rand_int_range (0, 24));
      break;
    case CFOIL_FACT_KIND_MONEY:
      value = g_strdup_printf ("KWD %d.540", g_test_rand_int_range (1, 1000));
      break;
    case CFOIL_FACT_KIND_COUNT:
      value = g_strdup_printf ("%d", g_test_rand_int_range (1, 1000));
      break;
    default:
      value = g_strconcat ("x", text, NULL);
    }
  clean = cfoil_fact_clean (key, value, NULL);
  g_assert_nonnull (clean);
  cfoil_draft_set_fact (draft, key, g_test_rand_int_range (0, 5) == 0 ? "" : clean,
                        (CfoilFactSource) g_test_rand_int_range (0, 3), g_test_rand_bit () ? text : NULL);
}

static void
add_random_exhibit (CfoilDraft *draft)
{
  CfoilExhibit *exhibit = cfoil_exhibit_new ((CfoilEvidenceType) g_test_rand_int_range (0, CFOIL_N_EVIDENCE_TYPES));

  g_free (exhibit->caption);
  exhibit->caption = random_text (30);
  for (int i = g_test_rand_int_range (0, 4); i > 0; i--)
    {
      g_autofree char *name = g_strdup_printf ("file %d.pdf", i);
      g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, exhibit->id, i);

      g_ptr_array_add (exhibit->files, cfoil_exhibit_file_new (sum, name, g_test_rand_bit () ? "pdf" : "csv"));
    }
  g_ptr_array_add (draft->exhibits, exhibit);
}

static CfoilDraft *
random_draft (void)
{
  CfoilDraft *draft = cfoil_draft_new ();

  draft->stance = (CfoilStance) g_test_rand_int_range (0, 4);
  draft->reason = (CfoilReason) g_test_rand_int_range (0, CFOIL_N_REASONS);
  draft->product = (CfoilProduct) g_test_rand_int_range (0, CFOIL_N_PRODUCTS);
  draft->letter_us = g_test_rand_int_range (0, G_MAXINT) * G_GINT64_CONSTANT (1000000);
  g_free (draft->why);
  draft->why = random_text (20);
  g_free (draft->recipient);
  draft->recipient = random_text (20);
  for (int i = g_test_rand_int_range (0, 30); i > 0; i--)
    set_random_fact (draft);
  for (int i = g_test_rand_int_range (0, 10); i > 0; i--)
    add_random_exhibit (draft);
  for (int i = g_test_rand_int_range (0, 5); i > 0; i--)
    {
      g_autofree char *text = random_text (200);

      cfoil_draft_set_own_words (draft, cfoil_letter_sections[g_test_rand_int_range (0, 10)], text);
      g_ptr_array_add (draft->left_out, g_strdup_printf ("fraud.sentence-%d", i));
    }
  return draft;
}

/* The same draft is the same text, whoever reads it and however often. */
static void
test_round_trip (void)
{
  for (guint i = 0; i < 500; i++)
    {
      g_autoptr (CfoilDraft) draft = random_draft ();
      g_autoptr (CfoilDraft) copy = cfoil_draft_copy (draft);
      g_autofree char *text = cfoil_draft_to_text (draft);
      g_autofree char *of_copy = cfoil_draft_to_text (copy);
      g_autoptr (GError) error = NULL;
      g_autoptr (CfoilDraft) read = cfoil_draft_from_text (text, &error);
      g_autoptr (GPtrArray) changes = NULL;
      g_autofree char *again = NULL;

      g_assert_no_error (error);
      g_assert_cmpstr (of_copy, ==, text);
      again = cfoil_draft_to_text (read);
      g_assert_cmpstr (again, ==, text);
      g_assert_null (read->unknown);
      g_assert_true (cfoil_draft_equal (draft, read));
      changes = cfoil_draft_diff (draft, read);
      g_assert_cmpuint (changes->len, ==, 0);
    }
}

/* Two drafts are equal exactly when their texts are. */
static void
test_equal (void)
{
  for (guint i = 0; i < 500; i++)
    {
      g_autoptr (CfoilDraft) draft = random_draft ();
      g_autoptr (CfoilDraft) other = cfoil_draft_copy (draft);
      g_autofree char *text = NULL;
      g_autofree char *others = NULL;

      switch (i % 6)
        {
        case 0:
          set_random_fact (other);
          break;
        case 1:
          add_random_exhibit (other);
          break;
        case 2:
          cfoil_draft_set_own_words (other, "closing", "x");
          break;
        case 3:
          g_ptr_array_set_size (other->exhibits, (int) other->exhibits->len / 2);
          break;
        case 4:
          other->stance = CFOIL_STANCE_CONTEST;
          break;
        default:
          g_ptr_array_set_size (other->left_out, (int) other->left_out->len / 2);
        }
      text = cfoil_draft_to_text (draft);
      others = cfoil_draft_to_text (other);
      g_assert_cmpint (cfoil_draft_equal (draft, other), ==, g_str_equal (text, others));
    }
}

static void
test_canonical (void)
{
  g_autoptr (CfoilDraft) draft = cfoil_draft_new ();
  g_autoptr (CfoilDraft) other = NULL;
  CfoilExhibit *exhibit = cfoil_exhibit_new (CFOIL_EVIDENCE_DELIVERY);
  g_autofree char *text = NULL;
  g_autofree char *others = NULL;
  g_autoptr (GError) error = NULL;

  draft->stance = CFOIL_STANCE_CONTEST;
  draft->letter_us = 5;
  cfoil_draft_set_fact (draft, CFOIL_FACT_TRACKING_NUMBER, "1Z \"9\"", CFOIL_FACT_SOURCE_TYPED, "me");
  cfoil_draft_set_fact (draft, CFOIL_FACT_CARRIER, "UPS", CFOIL_FACT_SOURCE_MIRROR, NULL);
  cfoil_draft_set_fact (draft, CFOIL_FACT_BUYER_NAME, "x", CFOIL_FACT_SOURCE_MIRROR, NULL);
  cfoil_draft_set_fact (draft, CFOIL_FACT_BUYER_NAME, "", CFOIL_FACT_SOURCE_TYPED, NULL);
  g_free (exhibit->id);
  exhibit->id = g_strdup ("0000000a");
  g_ptr_array_add (exhibit->files, cfoil_exhibit_file_new (HASH_A, "a.pdf", "pdf"));
  g_ptr_array_add (draft->exhibits, exhibit);
  text = cfoil_draft_to_text (draft);
  g_assert_cmpstr (text, ==,
                   "{\"cleared\":[\"buyer_name\"],\"exhibits\":[{\"files\":[{\"file_type\":\"pdf\",\"name\":\"a.pdf\",\"sha256\":\"" HASH_A
                   "\"}],\"id\":\"0000000a\",\"type\":\"delivery\"}],\"facts\":{\"carrier\":{\"source\":\"mirror\",\"value\":\"UPS\"},"
                   "\"tracking_number\":{\"detail\":\"me\",\"source\":\"typed\",\"value\":\"1Z \\\"9\\\"\"}},\"letter_us\":5,"
                   "\"stance\":\"contest\",\"version\":1}");
  /* However it was written before. */
  other = cfoil_draft_from_text ("{ \"version\": 1, \"stance\":\"contest\", \"letter_us\": 5, \"facts\": { \"tracking_number\": "
                                 "{\"value\": \"1Z \\u0022\\u0039\\\"\", \"source\": \"typed\", \"detail\": \"me\"}, "
                                 "\"carrier\": {\"value\":\" UPS \", \"source\":\"mirror\"}}, \"cleared\": [\"buyer_name\"], "
                                 "\"exhibits\": [{\"type\":\"delivery\",\"id\":\"0000000a\",\"caption\":\"\",\"files\":[{\"sha256\":\"" HASH_A
                                 "\",\"name\":\"../a.pdf\",\"file_type\":\"pdf\"}]}]}",
                                 &error);
  g_assert_no_error (error);
  others = cfoil_draft_to_text (other);
  g_assert_cmpstr (others, ==, text);
}

/* --- what a newer version wrote --- */

#define NEWER \
  "{\"exhibits\":[{\"caption\":\"c\",\"crop\":[1,2.5,true,null],\"files\":[{\"file_type\":\"pdf\",\"name\":\"a.pdf\"," \
  "\"pages\":\"1-3\",\"sha256\":\"" HASH_A "\"}],\"id\":\"00000001\",\"type\":\"hologram\"}]," \
  "\"facts\":{\"carrier\":{\"certainty\":3,\"source\":\"typed\",\"value\":\"UPS\"},\"shoe_size\":{\"value\":\"44\"}}," \
  "\"letter_us\":1,\"mood\":{\"a\":{\"b\":\"c\"}},\"reason\":\"solar_flare\",\"stance\":\"negotiate\",\"version\":7}"

static void
test_unknown (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CfoilDraft) draft = cfoil_draft_from_text (NEWER, &error);
  g_autofree char *text = NULL;
  g_autofree char *changed = NULL;

  g_assert_no_error (error);
  text = cfoil_draft_to_text (draft);
  g_assert_cmpstr (text, ==, NEWER);
  g_assert_cmpint (draft->stance, ==, CFOIL_STANCE_UNDECIDED);
  g_assert_cmpint (draft->reason, ==, CFOIL_REASON_UNKNOWN);

  /* What we change is ours; what is taken out does not come back. */
  draft->reason = CFOIL_REASON_FRAUD;
  cfoil_draft_set_fact (draft, CFOIL_FACT_CARRIER, "DHL", CFOIL_FACT_SOURCE_TYPED, NULL);
  g_ptr_array_set_size (draft->exhibits, 0);
  changed = cfoil_draft_to_text (draft);
  g_assert_cmpstr (changed, ==,
                   "{\"facts\":{\"carrier\":{\"certainty\":3,\"source\":\"typed\",\"value\":\"DHL\"},\"shoe_size\":{\"value\":\"44\"}},"
                   "\"letter_us\":1,\"mood\":{\"a\":{\"b\":\"c\"}},\"reason\":\"fraud\",\"stance\":\"negotiate\",\"version\":7}");
}

/* A value that is none asserts nothing, but nobody's words are thrown away. */
static void
test_bad_fact (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CfoilDraft) draft = NULL;
  g_autofree char *text = NULL;

  draft = cfoil_draft_from_text ("{\"facts\":{\"shipped_date\":{\"value\":\"soon\"}}}", &error);
  g_assert_no_error (error);
  g_assert_null (cfoil_draft_get_fact (draft, CFOIL_FACT_SHIPPED_DATE));
  text = cfoil_draft_to_text (draft);
  test_assert_contains (text, "soon");
}

/* --- hostile texts --- */

static char *
repeat (const char *part,
        guint       n)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append (text, part);
  return g_string_free (text, FALSE);
}

static void
assert_refused (const char *text)
{
  g_autoptr (GError) error = NULL;
  CfoilDraft *draft = cfoil_draft_from_text (text, &error);
  g_autofree char *shown = g_strescape (text, NULL);

  g_test_message ("%.60s: %s", shown, error != NULL ? error->message : "taken");
  g_assert_null (draft);
  g_assert_true (error->domain == CFOIL_INPUT_ERROR);
}

static void
test_hostile (void)
{
  static const char *const texts[] = {
    "", "x", "[]", "null", "1", "\"x\"", "{", "{\"a\":}", "{}{}", "{\"why\":1}", "{\"why\":null}", "{\"why\":[\"x\"]}",
    "{\"why\":{}}", "{\"stance\":3}", "{\"letter_us\":\"x\"}", "{\"letter_us\":1.5}", "{\"letter_us\":[]}", "{\"facts\":[]}",
    "{\"facts\":\"x\"}", "{\"facts\":{\"carrier\":\"UPS\"}}", "{\"facts\":{\"carrier\":{\"value\":7}}}", "{\"exhibits\":{}}",
    "{\"exhibits\":[1]}", "{\"exhibits\":[{}]}", "{\"exhibits\":[{\"id\":\"x\"}]}", "{\"exhibits\":[{\"id\":\"0000000A\"}]}",
    "{\"exhibits\":[{\"id\":\"00000001\"},{\"id\":\"00000001\"}]}", "{\"exhibits\":[{\"id\":\"00000001\",\"files\":{}}]}",
    "{\"exhibits\":[{\"id\":\"00000001\",\"files\":[{\"sha256\":\"../../../../etc/passwd\",\"file_type\":\"pdf\"}]}]}",
    "{\"exhibits\":[{\"id\":\"00000001\",\"files\":[{\"sha256\":\"" HASH_A "\",\"file_type\":\"../x\"}]}]}",
    "{\"exhibits\":[{\"id\":\"00000001\",\"files\":[{\"sha256\":\"" HASH_A "\"}]}]}",
    "{\"exhibits\":[{\"id\":\"00000001\",\"files\":[null]}]}", "{\"own_words\":[]}", "{\"own_words\":{\"closing\":1}}",
    "{\"left_out\":{}}", "{\"left_out\":[1]}", "{\"cleared\":[{}]}", "{\"why\":\"\\ud800\"}", "{\"why\":\"\\udc00\\udc00\"}",
    "{\"why\":\"\\ud800\\u0041\"}", "{\"why\":\"\\uzzzz\"}", "{\"why\":\"\xff\"}", "{/* \" */\"why\":\"\"}", "{'why':'x'}", "{\"a\":\"\\",
  };
  g_autofree char *deep = repeat ("[", 100000);
  g_autofree char *deep_object = g_strconcat ("{\"a\":", deep, NULL);
  g_autofree char *hidden = g_strconcat ("{\"a\":'\"',\"b\":", deep, NULL);
  g_autofree char *long_text = repeat ("x", 20001);
  g_autofree char *long_why = g_strdup_printf ("{\"why\":\"%s\"}", long_text);
  g_autofree char *huge = repeat ("x", 9 * 1024 * 1024);
  g_autofree char *huge_why = g_strdup_printf ("{\"unknown\":\"%s\"}", huge);
  g_autoptr (GString) many = g_string_new ("{\"exhibits\":[");

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_refused (texts[i]);
  assert_refused (deep);
  assert_refused (deep_object);
  assert_refused (hidden);
  assert_refused (long_why);
  assert_refused (huge_why);
  for (guint i = 0; i <= CFOIL_DRAFT_MAX_EXHIBITS; i++)
    g_string_append_printf (many, "%s{\"id\":\"%08x\"}", i > 0 ? "," : "", i);
  g_string_append (many, "]}");
  assert_refused (many->str);
}

/* Damaged anywhere, a text is read or refused, and what is read can be written. */
static void
test_damaged (void)
{
  g_autoptr (CfoilDraft) draft = random_draft ();
  g_autofree char *text = NULL;
  gsize length;

  add_random_exhibit (draft);
  set_random_fact (draft);
  text = cfoil_draft_to_text (draft);
  length = strlen (text);
  for (guint i = 0; i < 3000; i++)
    {
      g_autofree char *damaged = g_strdup (text);
      g_autoptr (GError) error = NULL;
      g_autoptr (CfoilDraft) read = NULL;

      for (int j = g_test_rand_int_range (1, 4); j > 0; j--)
        damaged[g_test_rand_int_range (0, (int) length)] = "\"{}[],:\\u0x\n\xff"[g_test_rand_int_range (0, 13)];
      read = cfoil_draft_from_text (damaged, &error);
      g_assert_true ((read == NULL) == (error != NULL));
      if (read != NULL)
        {
          g_autofree char *once = cfoil_draft_to_text (read);
          g_autoptr (CfoilDraft) again = cfoil_draft_from_text (once, &error);

          g_assert_no_error (error);
          g_assert_true (cfoil_draft_equal (read, again));
        }
    }
}

/* --- facts --- */

static void
assert_fact (const CfoilDraft *draft,
             CfoilFactKey      key,
             const char       *value)
{
  const CfoilFact *fact = cfoil_draft_get_fact (draft, key);

  g_assert_cmpstr (fact != NULL ? fact->value : NULL, ==, value);
}

static void
test_take_facts (void)
{
  g_autoptr (CfoilDraft) draft = cfoil_draft_new ();
  g_autoptr (GPtrArray) facts = g_ptr_array_new_with_free_func ((GDestroyNotify) cfoil_fact_free);

  g_ptr_array_add (facts, cfoil_fact_new (CFOIL_FACT_BUYER_NAME, "Ada", CFOIL_FACT_SOURCE_MIRROR, "object"));
  g_ptr_array_add (facts, cfoil_fact_new (CFOIL_FACT_CHARGE_ID, "C1", CFOIL_FACT_SOURCE_MIRROR, NULL));
  g_ptr_array_add (facts, cfoil_fact_new (CFOIL_FACT_ORDER_REFERENCE, "O1", CFOIL_FACT_SOURCE_MIRROR, NULL));
  g_ptr_array_add (facts, cfoil_fact_new (CFOIL_FACT_SHOP_DESCRIPTION, "Shoes", CFOIL_FACT_SOURCE_LIBRARY, "Us"));
  g_ptr_array_add (facts, cfoil_fact_new (CFOIL_FACT_POLICY_TEXT, "Thirty days", CFOIL_FACT_SOURCE_LIBRARY, "Refunds"));
  cfoil_draft_set_fact (draft, CFOIL_FACT_BUYER_NAME, "Ada L.", CFOIL_FACT_SOURCE_TYPED, "me");
  cfoil_draft_set_fact (draft, CFOIL_FACT_POLICY_TEXT, "Special", CFOIL_FACT_SOURCE_LIBRARY, "Sale");
  cfoil_draft_set_fact (draft, CFOIL_FACT_REFUND_ID, "R1", CFOIL_FACT_SOURCE_MIRROR, NULL);
  cfoil_draft_set_fact (draft, CFOIL_FACT_CARRIER, "UPS", CFOIL_FACT_SOURCE_TYPED, NULL);
  cfoil_draft_set_fact (draft, CFOIL_FACT_ORDER_REFERENCE, "O0", CFOIL_FACT_SOURCE_MIRROR, NULL);
  cfoil_draft_set_fact (draft, CFOIL_FACT_CHARGE_ID, "C0", CFOIL_FACT_SOURCE_MIRROR, NULL);
  cfoil_draft_set_fact (draft, CFOIL_FACT_CHARGE_ID, "", CFOIL_FACT_SOURCE_TYPED, NULL);

  for (guint i = 0; i < 2; i++)
    {
      cfoil_draft_take_facts (draft, facts);
      assert_fact (draft, CFOIL_FACT_BUYER_NAME, "Ada L.");
      assert_fact (draft, CFOIL_FACT_ORDER_REFERENCE, "O1");
      assert_fact (draft, CFOIL_FACT_SHOP_DESCRIPTION, "Shoes");
      assert_fact (draft, CFOIL_FACT_POLICY_TEXT, "Special"); /* chosen */
      assert_fact (draft, CFOIL_FACT_REFUND_ID, NULL);        /* no longer said */
      assert_fact (draft, CFOIL_FACT_CARRIER, "UPS");
      assert_fact (draft, CFOIL_FACT_CHARGE_ID, NULL);        /* taken out */
    }
  for (guint i = 1; i < draft->facts->len; i++)
    g_assert_cmpint (((CfoilFact *) draft->facts->pdata[i - 1])->key, <, ((CfoilFact *) draft->facts->pdata[i])->key);
  cfoil_draft_set_fact (draft, CFOIL_FACT_CHARGE_ID, "C1", CFOIL_FACT_SOURCE_MIRROR, NULL);
  cfoil_draft_take_facts (draft, facts);
  assert_fact (draft, CFOIL_FACT_CHARGE_ID, "C1");
}

static void
test_letters (void)
{
  static const struct
  {
    guint position;
    const char *letter;
  } cases[] = { { 0, "A" }, { 25, "Z" }, { 26, "AA" }, { 27, "AB" }, { 51, "AZ" }, { 52, "BA" }, { 99, "CV" }, { 702, "AAA" } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *letter = cfoil_exhibit_letter (cases[i].position);

      g_assert_cmpstr (letter, ==, cases[i].letter);
    }
}

/* --- differences --- */

static void
assert_change (GPtrArray    *changes,
               guint         i,
               CfoilDiffKind kind,
               const char   *what,
               const char   *before,
               const char   *after)
{
  const CfoilDraftChange *change = g_ptr_array_index (changes, i);

  g_assert_cmpstr (change->what, ==, what);
  g_assert_cmpint (change->kind, ==, kind);
  g_assert_cmpstr (change->before, ==, before);
  g_assert_cmpstr (change->after, ==, after);
}

static void
test_diff (void)
{
  g_autoptr (CfoilDraft) before = cfoil_draft_new ();
  g_autoptr (CfoilDraft) after = NULL;
  g_autoptr (GPtrArray) changes = NULL;
  g_autoptr (GPtrArray) back = NULL;
  CfoilExhibit *first = cfoil_exhibit_new (CFOIL_EVIDENCE_DELIVERY), *second = cfoil_exhibit_new (CFOIL_EVIDENCE_OTHER);
  CfoilExhibit *moved;

  cfoil_draft_set_fact (before, CFOIL_FACT_CARRIER, "UPS", CFOIL_FACT_SOURCE_TYPED, NULL);
  cfoil_draft_set_fact (before, CFOIL_FACT_SHIPPED_DATE, "2026-07-14", CFOIL_FACT_SOURCE_TYPED, NULL);
  cfoil_draft_set_own_words (before, "closing", "Bye");
  g_ptr_array_add (first->files, cfoil_exhibit_file_new (HASH_A, "a.pdf", "pdf"));
  g_ptr_array_add (before->exhibits, first);
  second->caption = (g_free (second->caption), g_strdup ("Chat"));
  g_ptr_array_add (before->exhibits, second);

  after = cfoil_draft_copy (before);
  after->stance = CFOIL_STANCE_CONTEST;
  cfoil_draft_set_fact (after, CFOIL_FACT_CARRIER, "DHL", CFOIL_FACT_SOURCE_TYPED, NULL);
  cfoil_draft_set_fact (after, CFOIL_FACT_SHIPPED_DATE, "", CFOIL_FACT_SOURCE_TYPED, NULL);
  cfoil_draft_set_own_words (after, "closing", "");
  cfoil_draft_set_own_words (after, "opening", "Hello");
  g_ptr_array_add (after->left_out, g_strdup ("fraud.one"));
  g_ptr_array_add (after->left_out, g_strdup ("fraud.two"));
  g_ptr_array_remove_index (after->exhibits, 0);
  moved = cfoil_exhibit_new (CFOIL_EVIDENCE_OTHER);
  g_ptr_array_add (moved->files, cfoil_exhibit_file_new (HASH_B, "b.png", "png"));
  g_ptr_array_add (after->exhibits, moved);

  changes = cfoil_draft_diff (before, after);
  for (guint i = 0; i < changes->len; i++)
    {
      const CfoilDraftChange *change = g_ptr_array_index (changes, i);

      g_test_message ("%d %s: %s -> %s", change->kind, change->what, change->before, change->after);
    }
  g_assert_cmpuint (changes->len, ==, 9);
  assert_change (changes, 0, CFOIL_DIFF_ADDED, "Decision", NULL, "Contest");
  assert_change (changes, 1, CFOIL_DIFF_CHANGED, "Carrier", "UPS", "DHL");
  assert_change (changes, 2, CFOIL_DIFF_REMOVED, cfoil_fact_get_info (CFOIL_FACT_SHIPPED_DATE)->title, "14 July 2026", NULL);
  assert_change (changes, 3, CFOIL_DIFF_CHANGED, "Place of \342\200\234Chat\342\200\235", "Exhibit B", "Exhibit A");
  assert_change (changes, 4, CFOIL_DIFF_ADDED, "Exhibit B", NULL, "Other Document\nb.png");
  assert_change (changes, 5, CFOIL_DIFF_REMOVED, "Exhibit A", "Proof of Delivery\na.pdf", NULL);
  assert_change (changes, 6, CFOIL_DIFF_ADDED, "Own Words: Introduction", NULL, "Hello");
  assert_change (changes, 7, CFOIL_DIFF_REMOVED, "Own Words: Closing", "Bye", NULL);
  assert_change (changes, 8, CFOIL_DIFF_ADDED, "Taken out of the Letter", NULL, "2 sentences");
  back = cfoil_draft_diff (after, before);
  g_assert_cmpuint (back->len, ==, changes->len);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/draft/round-trip", test_round_trip);
  g_test_add_func ("/draft/equal", test_equal);
  g_test_add_func ("/draft/canonical", test_canonical);
  g_test_add_func ("/draft/unknown", test_unknown);
  g_test_add_func ("/draft/bad-fact", test_bad_fact);
  g_test_add_func ("/draft/hostile", test_hostile);
  g_test_add_func ("/draft/damaged", test_damaged);
  g_test_add_func ("/draft/take-facts", test_take_facts);
  g_test_add_func ("/draft/letters", test_letters);
  g_test_add_func ("/draft/diff", test_diff);

  return g_test_run ();
}
