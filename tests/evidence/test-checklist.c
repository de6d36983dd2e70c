/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cfoil-checklist.h"

#include <locale.h>
#include <string.h>

#include "letter-fixture.h"
#include "test-support.h"

static const CfoilChecklistItem *
find_item (GPtrArray  *items,
           const char *id)
{
  for (guint i = 0; i < items->len; i++)
    {
      const CfoilChecklistItem *item = g_ptr_array_index (items, i);

      if (g_str_equal (item->id, id))
        return item;
    }
  return NULL;
}

static gboolean
is_asked (GPtrArray   *groups,
          CfoilFactKey key)
{
  for (guint i = 0; i < groups->len; i++)
    {
      const CfoilFactGroup *group = g_ptr_array_index (groups, i);

      for (guint j = 0; j < group->n_keys; j++)
        if (group->keys[j] == key)
          return TRUE;
    }
  return FALSE;
}

/* An argument of the letter refers to it. */
static gboolean
is_referred_to (const CfoilLetter *letter,
                const CfoilDraft  *draft,
                CfoilEvidenceType  type)
{
  for (guint i = 0; i < letter->sentences->len; i++)
    {
      const CfoilSentence *sentence = g_ptr_array_index (letter->sentences, i);

      for (guint j = 0; sentence->exhibits[j] != NULL; j++)
        if (!g_str_equal (sentence->section, "exhibits") &&
            cfoil_draft_find_exhibit (draft, sentence->exhibits[j])->type == type)
          return TRUE;
    }
  return FALSE;
}

/* What it asks for is of use: the form asks for the fact, the letter refers to the exhibit. */
static void
check_list (CfoilReason  reason,
            CfoilProduct product,
            const char  *argument,
            gpointer     user_data)
{
  g_autoptr (CfoilDraft) full = letter_draft_new (reason, product, argument);
  g_autoptr (CfoilDraft) empty = cfoil_draft_new ();
  g_autoptr (CfoilLetter) letter = cfoil_letter_compose (full, reason, CFOIL_CASE_CHARGEBACK, NULL);
  g_autoptr (GPtrArray) items = cfoil_checklist_make (reason, product, full);
  g_autoptr (GPtrArray) undone = NULL;
  g_autoptr (GPtrArray) groups = cfoil_fact_groups_for (reason, product);
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  guint n_done, n_wanted;
  CfoilWeight last = CFOIL_WEIGHT_DECISIVE;

  g_assert_cmpuint (items->len, >=, 4);
  g_assert_cmpint (((CfoilChecklistItem *) g_ptr_array_index (items, 0))->weight, ==, CFOIL_WEIGHT_DECISIVE);
  for (guint i = 0; i < items->len; i++)
    {
      const CfoilChecklistItem *item = g_ptr_array_index (items, i);

      g_assert_true (g_hash_table_add (ids, (char *) item->id));
      g_assert_cmpint (item->weight, >=, last);
      last = item->weight;
      g_assert_true (g_str_has_suffix (item->why, "."));
      g_assert_true (item->is_satisfied || item->fact == CFOIL_FACT_AGREED_TOTAL);
      if (item->is_fact && !is_asked (groups, item->fact))
        g_error ("reason %d, product %d: %s is wanted, but the form does not ask for it", reason, product, item->id);
      if (!item->is_fact && !is_referred_to (letter, full, item->exhibit))
        g_error ("reason %d, product %d, argument “%s”: no sentence would refer to %s", reason, product, argument, item->id);
    }
  cfoil_checklist_count (items, &n_done, &n_wanted);
  g_assert_cmpuint (n_wanted - n_done, <=, 1);

  g_free (empty->argument);
  empty->argument = g_strdup (argument);
  undone = cfoil_checklist_make (reason, product, empty);
  cfoil_checklist_count (undone, &n_done, &n_wanted);
  g_assert_cmpuint (n_done, ==, 0);
  g_assert_cmpuint (n_wanted, >, 0);
}

static void
test_all (void)
{
  letter_foreach_kind (check_list, NULL);
}

/* The form asks for what a sentence could say, each once, and for nothing else. */
typedef struct
{
  gboolean is_asserted[CFOIL_N_FACTS];
} Asserted;

static void
mark (const char         *id,
      const CfoilFactKey *facts,
      guint               n_facts,
      gpointer            user_data)
{
  Asserted *self = user_data;

  g_assert_nonnull (id);
  for (guint i = 0; i < n_facts; i++)
    self->is_asserted[facts[i]] = TRUE;
}

static void
check_groups (CfoilReason  reason,
              CfoilProduct product,
              const char  *argument,
              gpointer     user_data)
{
  g_autoptr (GPtrArray) groups = NULL;
  Asserted asserted = { 0 };
  guint n_asked = 0, n_asserted = 0;

  if (*argument != '\0')
    return;
  groups = cfoil_fact_groups_for (reason, product);
  cfoil_letter_foreach_sentence (reason, product, mark, &asserted);
  for (guint i = 0; i < groups->len; i++)
    {
      const CfoilFactGroup *group = g_ptr_array_index (groups, i);

      g_assert_cmpuint (group->n_keys, >, 0);
      g_assert_cmpstr (group->title, !=, "");
      n_asked += group->n_keys;
    }
  for (guint i = 0; i < CFOIL_N_FACTS; i++)
    {
      n_asserted += asserted.is_asserted[i];
      g_assert_true (asserted.is_asserted[i] == is_asked (groups, (CfoilFactKey) i));
    }
  g_assert_cmpuint (n_asked, ==, n_asserted);
}

static void
test_groups (void)
{
  letter_foreach_kind (check_groups, NULL);
}

static void
test_products (void)
{
  g_autoptr (GPtrArray) goods = cfoil_checklist_make (CFOIL_REASON_NOT_RECEIVED, CFOIL_PRODUCT_PHYSICAL, NULL);
  g_autoptr (GPtrArray) download = cfoil_checklist_make (CFOIL_REASON_NOT_RECEIVED, CFOIL_PRODUCT_DIGITAL, NULL);
  g_autoptr (GPtrArray) event = cfoil_checklist_make (CFOIL_REASON_NOT_RECEIVED, CFOIL_PRODUCT_EVENT, NULL);
  static const char *const decisive[] = { "tracking-number", "carrier", "shipped-date", "shipping-address",
                                          "exhibit-shipping", "exhibit-delivery" };

  for (guint i = 0; i < G_N_ELEMENTS (decisive); i++)
    {
      g_assert_cmpint (find_item (goods, decisive[i])->weight, ==, CFOIL_WEIGHT_DECISIVE);
      g_assert_null (find_item (download, decisive[i]));
      g_assert_null (find_item (event, decisive[i]));
    }
  g_assert_cmpint (find_item (download, "exhibit-access-log")->weight, ==, CFOIL_WEIGHT_DECISIVE);
  g_assert_cmpint (find_item (download, "exhibit-receipt")->weight, ==, CFOIL_WEIGHT_DECISIVE);
  g_assert_cmpint (find_item (goods, "exhibit-receipt")->weight, ==, CFOIL_WEIGHT_RECOMMENDED);
  g_assert_cmpint (find_item (event, "exhibit-service")->weight, ==, CFOIL_WEIGHT_DECISIVE);
}

/* Whether there was a refund, and whether it is a duplicate, changes what is needed. */
static void
test_arguments (void)
{
  g_autoptr (CfoilDraft) draft = cfoil_draft_new ();
  g_autoptr (GPtrArray) owed = cfoil_checklist_make (CFOIL_REASON_CREDIT_NOT_PROCESSED, CFOIL_PRODUCT_PHYSICAL, draft);
  g_autoptr (GPtrArray) refunded = NULL;
  g_autoptr (GPtrArray) distinct = cfoil_checklist_make (CFOIL_REASON_DUPLICATE, CFOIL_PRODUCT_PHYSICAL, draft);
  g_autoptr (GPtrArray) duplicate = NULL;

  g_assert_nonnull (find_item (owed, "refund-refused"));
  g_assert_null (find_item (owed, "refund-id"));
  cfoil_draft_set_fact (draft, CFOIL_FACT_REFUND_ID, "R1", CFOIL_FACT_SOURCE_MIRROR, NULL);
  refunded = cfoil_checklist_make (CFOIL_REASON_CREDIT_NOT_PROCESSED, CFOIL_PRODUCT_PHYSICAL, draft);
  g_assert_null (find_item (refunded, "refund-refused"));
  g_assert_true (find_item (refunded, "refund-id")->is_satisfied);
  g_assert_false (find_item (refunded, "exhibit-refund")->is_satisfied);

  g_assert_nonnull (find_item (distinct, "exhibit-other-payment"));
  g_free (draft->argument);
  draft->argument = g_strdup ("refunded");
  duplicate = cfoil_checklist_make (CFOIL_REASON_DUPLICATE, CFOIL_PRODUCT_PHYSICAL, draft);
  g_assert_null (find_item (duplicate, "exhibit-other-payment"));
  g_assert_nonnull (find_item (duplicate, "exhibit-refund"));
}

/* An exhibit is there when it has a file. */
static void
test_satisfied (void)
{
  g_autoptr (CfoilDraft) draft = cfoil_draft_new ();
  CfoilExhibit *exhibit = cfoil_exhibit_new (CFOIL_EVIDENCE_SIGNATURE);
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;

  g_ptr_array_add (draft->exhibits, exhibit);
  before = cfoil_checklist_make (CFOIL_REASON_NOT_RECEIVED, CFOIL_PRODUCT_PHYSICAL, draft);
  g_assert_false (find_item (before, "exhibit-signature")->is_satisfied);
  g_ptr_array_add (exhibit->files, cfoil_exhibit_file_new ("00", "s.png", "png"));
  after = cfoil_checklist_make (CFOIL_REASON_NOT_RECEIVED, CFOIL_PRODUCT_PHYSICAL, draft);
  g_assert_true (find_item (after, "exhibit-signature")->is_satisfied);
  g_assert_true (find_item (after, "exhibit-delivery")->is_satisfied);
  g_assert_false (find_item (after, "exhibit-shipping")->is_satisfied);
}

static void
test_argument_lists (void)
{
  for (guint reason = 0; reason < CFOIL_N_REASONS + 1; reason++)
    {
      guint n = 0, n_other = 0;
      const CfoilArgument *arguments = cfoil_arguments_for ((CfoilReason) reason, &n);
      g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);

      g_assert_cmpuint (n, >=, 3);
      for (guint i = 0; i < n; i++)
        {
          g_assert_true (g_hash_table_add (ids, (char *) arguments[i].id));
          g_assert_cmpstr (arguments[i].title, !=, "");
          n_other += g_str_equal (arguments[i].id, "other");
        }
      g_assert_cmpuint (n_other, ==, 1);
    }
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/checklist/all", test_all);
  g_test_add_func ("/checklist/groups", test_groups);
  g_test_add_func ("/checklist/products", test_products);
  g_test_add_func ("/checklist/arguments", test_arguments);
  g_test_add_func ("/checklist/satisfied", test_satisfied);
  g_test_add_func ("/checklist/argument-lists", test_argument_lists);
  return g_test_run ();
}
