/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-review-private.h"

#include <string.h>

/* What the provider gets, and how much of its limits that is. */

/* The letter's pages before anything was drawn: fonts and text. */
#define LETTER_BYTES 60000

static gboolean
ends_sentence (const char *text)
{
  const char *last = g_utf8_find_prev_char (text, text + strlen (text));

  return last != NULL && g_unichar_ispunct (g_utf8_get_char (last));
}

char *
_cfoil_review_dup_summary (const CfoilReviewInput *input)
{
  const CfoilDraft *draft = input->draft;
  guint n = draft->exhibits->len;
  g_autofree char *last = n > 0 ? cfoil_exhibit_letter (n - 1) : NULL;
  g_autofree char *contents = n == 0 ? g_strdup ("The letter is attached.")
                              : n == 1 ? g_strdup ("The letter and exhibit A are attached in one document.")
                                       : g_strdup_printf ("The letter and exhibits A to %s are attached in one document.", last);

  if (*draft->why == '\0')
    return g_steal_pointer (&contents);
  return g_strdup_printf ("%s%s %s", draft->why, ends_sentence (draft->why) ? "" : ".", contents);
}

static gboolean
is_sent_as_text (const CfoilFact *fact)
{
  return cfoil_fact_get_info (fact->key)->text_evidence != CFOIL_EVIDENCE_OTHER;
}

static gint64
count_longest_text (const CfoilReviewInput *input,
                    gint64                 *all)
{
  g_autofree char *summary = _cfoil_review_dup_summary (input);
  gint64 longest = g_utf8_strlen (summary, -1);

  *all = longest;

  for (guint i = 0; i < input->draft->facts->len; i++)
    {
      const CfoilFact *fact = g_ptr_array_index (input->draft->facts, i);

      if (!is_sent_as_text (fact))
        continue;
      *all += g_utf8_strlen (fact->value, -1);
      longest = MAX (longest, g_utf8_strlen (fact->value, -1));
    }
  return longest;
}

static gint64
sum_pages_files (const CfoilReviewInput *input)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  gint64 sum = LETTER_BYTES;

  for (guint i = 0; i < input->draft->exhibits->len; i++)
    {
      const CfoilExhibit *exhibit = g_ptr_array_index (input->draft->exhibits, i);

      for (guint j = 0; j < exhibit->files->len; j++)
        {
          const CfoilExhibitFile *file = g_ptr_array_index (exhibit->files, j);
          const CfoilPacketFile *known = _cfoil_review_find_file (input, file->sha256);

          if (known != NULL && cfoil_exhibit_file_is_page (file) && g_hash_table_add (seen, file->sha256))
            sum += known->n_bytes;
        }
    }
  return sum;
}

void
cfoil_fit_measure (const CfoilReviewInput *input,
                   CfoilFit               *fit)
{
  g_autoptr (GPtrArray) separate = _cfoil_review_list_separate (input, NULL);

  fit->bytes_are_exact = input->result != NULL;
  fit->bytes = input->result != NULL ? input->result->n_bytes : sum_pages_files (input);
  for (guint i = 0; i < separate->len; i++)
    {
      const CfoilExhibitFile *file = g_ptr_array_index (separate, i);
      const CfoilPacketFile *known = _cfoil_review_find_file (input, file->sha256);

      fit->bytes += known != NULL ? known->n_bytes : 0;
    }
  /* Before images were made smaller the sum says nothing for certain. */
  fit->max_bytes = input->limits->packet_bytes;
  fit->pages = input->layout != NULL ? cfoil_packet_layout_get_n_pages (input->layout) : 0;
  fit->max_pages = input->limits->pages;
  fit->characters = count_longest_text (input, &fit->all_characters);
  fit->max_all_characters = input->limits->all_characters;
  fit->max_characters = input->limits->text_characters;
  fit->files = 1 + separate->len;
  fit->max_files = input->limits->files;
}

static void
item_free (gpointer data)
{
  CfoilAnswerItem *item = data;

  g_free ((char *) item->text);
  g_free ((char *) item->path);
  g_free ((char *) item->sha256);
  g_free ((char *) item->file_type);
  g_free (item);
}

static CfoilAnswerItem *
add_item (GPtrArray        *items,
          CfoilEvidenceType type,
          const char       *text)
{
  CfoilAnswerItem *item = g_new0 (CfoilAnswerItem, 1);

  item->type = type;
  item->text = g_strdup (text);
  g_ptr_array_add (items, item);
  return item;
}

static void
set_file (CfoilAnswerItem *item,
          const char      *path,
          const char      *sha256,
          const char      *file_type,
          gint64           n_bytes)
{
  item->path = g_strdup (path);
  item->sha256 = g_strdup (sha256);
  item->file_type = g_strdup (file_type);
  item->n_bytes = n_bytes;
}

GPtrArray *
cfoil_review_make_items (const CfoilReviewInput *input,
                         const char             *packet_path,
                         const char             *packet_sha256,
                         gint64                  packet_bytes)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (item_free);
  g_autofree char *summary = _cfoil_review_dup_summary (input);
  g_autoptr (GArray) types = NULL;
  g_autoptr (GPtrArray) separate = _cfoil_review_list_separate (input, &types);

  set_file (add_item (items, CFOIL_EVIDENCE_PACKET, summary), packet_path, packet_sha256, "pdf", packet_bytes);
  for (guint i = 0; i < separate->len; i++)
    {
      const CfoilExhibitFile *file = g_ptr_array_index (separate, i);
      const CfoilPacketFile *known = _cfoil_review_find_file (input, file->sha256);

      if (known != NULL)
        set_file (add_item (items, (CfoilEvidenceType) g_array_index (types, guint, i), NULL), known->path, known->sha256,
                  file->file_type, known->n_bytes);
    }
  for (guint i = 0; i < input->draft->facts->len; i++)
    {
      const CfoilFact *fact = g_ptr_array_index (input->draft->facts, i);

      if (is_sent_as_text (fact))
        add_item (items, cfoil_fact_get_info (fact->key)->text_evidence, fact->value);
    }
  return items;
}
