/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "letter-fixture.h"

#include <string.h>

#include "cfoil-checklist.h"
#include "test-support.h"

/* One story: subscribed, told of the renewal, paid, shipped, delivered, cancelled, used,
 * refunded, disputed, withdrawn.  AGREED_TOTAL is not there: to be true it would have to
 * be the amount paid. */
static const struct
{
  CfoilFactKey key;
  const char *value;
} story[] = {
  { CFOIL_FACT_SIGNUP_DATE, "2024-01-05" },
  { CFOIL_FACT_POLICY_DATE, "2025-02-06" },
  { CFOIL_FACT_ORDER_DATE, "2026-03-01" },
  { CFOIL_FACT_RENEWAL_NOTICE, "2026-03-02" },
  { CFOIL_FACT_OTHER_DATE, "2026-03-09" },
  { CFOIL_FACT_PAYMENT_TIME, "2026-03-10T08:09:10Z" },
  { CFOIL_FACT_DOWNLOAD_TIME, "2026-03-11T11:12:13Z" },
  { CFOIL_FACT_SHIPPED_DATE, "2026-03-12" },
  { CFOIL_FACT_ACCESS_TIME, "2026-03-13T14:15:16Z" },
  { CFOIL_FACT_SERVICE_DATE, "2026-03-14" },
  { CFOIL_FACT_DELIVERED_DATE, "2026-03-15" },
  { CFOIL_FACT_PROMISED_DATE, "2026-03-17" },
  { CFOIL_FACT_CANCELLED_DATE, "2026-03-20" },
  { CFOIL_FACT_USED_AFTER, "2026-03-22" },
  { CFOIL_FACT_REFUND_TIME, "2026-03-25T17:18:19Z" },
  { CFOIL_FACT_CONTACT_DATE, "2026-03-27" },
  { CFOIL_FACT_RETURN_OFFERED, "2026-03-28" },
  { CFOIL_FACT_DISPUTE_OPENED, "2026-04-05T20:21:22Z" },
  { CFOIL_FACT_WITHDRAWN, "2026-04-10" },
  { CFOIL_FACT_PAYMENT_AMOUNT, "USD 25.54" },
  { CFOIL_FACT_DISPUTE_AMOUNT, "USD 20.11" },
  { CFOIL_FACT_REFUND_AMOUNT, "USD 3.33" },
  { CFOIL_FACT_OTHER_AMOUNT, "USD 7.77" },
  { CFOIL_FACT_PRIOR_COUNT, "987" },
};

const char *
letter_value (CfoilFactKey key)
{
  static char texts[CFOIL_N_FACTS][32];

  if (key == CFOIL_FACT_AGREED_TOTAL)
    return "";
  for (guint i = 0; i < G_N_ELEMENTS (story); i++)
    if (story[i].key == key)
      return story[i].value;
  g_snprintf (texts[key], sizeof texts[key], "Zq%02ux value", (guint) key);
  return texts[key];
}

void
letter_add_exhibit (CfoilDraft       *draft,
                    CfoilEvidenceType type,
                    const char       *caption)
{
  CfoilExhibit *exhibit = cfoil_exhibit_new (type);

  g_free (exhibit->caption);
  exhibit->caption = g_strdup (caption);
  g_ptr_array_add (exhibit->files, cfoil_exhibit_file_new ("00", "file.pdf", "pdf"));
  g_ptr_array_add (draft->exhibits, exhibit);
}

void
letter_type (CfoilDraft  *draft,
             CfoilFactKey key,
             const char  *value)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *clean = cfoil_fact_clean (key, value, &error);

  g_assert_no_error (error);
  cfoil_draft_set_fact (draft, key, clean, CFOIL_FACT_SOURCE_TYPED, "ann");
}

CfoilDraft *
letter_draft_new (CfoilReason  reason,
                  CfoilProduct product,
                  const char  *argument)
{
  CfoilDraft *draft = cfoil_draft_new ();

  draft->stance = CFOIL_STANCE_CONTEST;
  draft->reason = reason;
  draft->product = product;
  g_free (draft->argument);
  draft->argument = g_strdup (argument);
  draft->letter_us = G_GINT64_CONSTANT (1776643200) * G_USEC_PER_SEC; /* 20 April 2026 */
  for (guint i = 0; i < CFOIL_N_FACTS; i++)
    {
      CfoilFactKey key = (CfoilFactKey) i;

      if (*letter_value (key) != '\0')
        cfoil_draft_set_fact (draft, key, letter_value (key),
                              cfoil_fact_get_info (key)->is_from_mirror ? CFOIL_FACT_SOURCE_MIRROR : CFOIL_FACT_SOURCE_TYPED,
                              NULL);
    }
  for (guint i = 1; i < CFOIL_N_EVIDENCE_TYPES; i++)
    letter_add_exhibit (draft, (CfoilEvidenceType) i, "");
  return draft;
}

const CfoilSentence *
letter_find (const CfoilLetter *letter,
             const char        *id)
{
  for (guint i = 0; i < letter->sentences->len; i++)
    {
      const CfoilSentence *sentence = g_ptr_array_index (letter->sentences, i);

      if (g_str_equal (sentence->id, id))
        return sentence;
    }
  return NULL;
}

static gboolean
has_own_end (const CfoilSentence *sentence)
{
  static const char *const lines[] = { "address", "subject", "exhibits", NULL };

  return sentence->is_own || g_strv_contains (lines, sentence->section) || g_str_equal (sentence->id, "closing.signature") ||
         g_str_equal (sentence->id, "history.list");
}

static void
check_form (const CfoilSentence *sentence)
{
  static const char *const never[] = { "{", "}", "<", ">", "%", "  ", " .", " ,", "..", "(null)", "()", "Exhibit )", NULL };

  g_assert_cmpstr (sentence->text, !=, "");
  g_assert_true (g_utf8_validate (sentence->text, -1, NULL));
  for (guint i = 0; never[i] != NULL && !sentence->is_own; i++)
    test_assert_lacks (sentence->text, never[i]);
  if (!has_own_end (sentence))
    {
      g_assert_true (g_ascii_isupper (sentence->text[0]));
      g_assert_true (g_str_has_suffix (sentence->text, ".") || g_str_has_suffix (sentence->text, ".”"));
    }
}

void
letter_check_forms (const CfoilLetter *letter)
{
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < letter->sentences->len; i++)
    {
      const CfoilSentence *sentence = g_ptr_array_index (letter->sentences, i);

      check_form (sentence);
      g_assert_true (g_hash_table_add (ids, sentence->id));
    }
}

gboolean
letter_has_words (const char *text,
                  const char *needle)
{
  gsize length = strlen (needle);

  for (const char *at = strstr (text, needle); at != NULL; at = strstr (at + 1, needle))
    if ((at == text || !g_ascii_isalnum (at[-1])) && !g_ascii_isalnum (at[length]))
      return TRUE;
  return FALSE;
}

void
letter_foreach_kind (LetterEachFunc each,
                     gpointer       user_data)
{
  for (guint reason = 0; reason < CFOIL_N_REASONS; reason++)
    for (guint product = 0; product < CFOIL_N_PRODUCTS; product++)
      {
        guint n_arguments;
        const CfoilArgument *arguments = cfoil_arguments_for ((CfoilReason) reason, &n_arguments);

        each ((CfoilReason) reason, (CfoilProduct) product, "", user_data);
        for (guint i = 0; i < n_arguments; i++)
          each ((CfoilReason) reason, (CfoilProduct) product, arguments[i].id, user_data);
      }
}
