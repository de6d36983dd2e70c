/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-answer-preview-words.h"

#include "cfoil-shown-text.h"

#include <glib/gi18n.h>

/* Of one page; a page of small print has some 5,000. */
#define TEXT_MAX 6000

char *
cfoil_answer_preview_words_page (const CfoilPacketLayout *layout,
                                 guint                    page)
{
  guint n_pages = cfoil_packet_layout_get_n_pages (layout);
  const CfoilPacketPage *info = cfoil_packet_layout_get_page (layout, page);

  if (info == NULL || info->kind == CFOIL_PAGE_LETTER)
    return g_strdup_printf (_("Page %u of %u"), page + 1, n_pages);
  if (info->kind == CFOIL_PAGE_INDEX)
    return g_strdup_printf (_("Page %u of %u, list of exhibits"), page + 1, n_pages);
  /* Translators: %s is for instance "Exhibit A-2". */
  return g_strdup_printf (_("Page %u of %u, %s"), page + 1, n_pages, info->label);
}

static void
append (GPtrArray  *texts,
        guint       page,
        const char *text)
{
  GString *string;

  if (page >= texts->len)
    return;
  if (texts->pdata[page] == NULL)
    texts->pdata[page] = g_string_new (NULL);
  string = texts->pdata[page];
  if (string->len > 0)
    g_string_append_c (string, '\n');
  g_string_append (string, text);
}

static void
append_sentences (GPtrArray               *texts,
                  const CfoilPacketLayout *layout,
                  const CfoilLetter       *letter)
{
  for (guint i = 0; letter != NULL && i < letter->sentences->len; i++)
    {
      const CfoilSentence *sentence = letter->sentences->pdata[i];
      int page = cfoil_packet_layout_find_sentence (layout, sentence->id);

      if (page >= 0)
        append (texts, (guint) page, sentence->text);
    }
}

static const CfoilExhibitFile *
find_file (const CfoilExhibit    *exhibit,
           const CfoilPacketFile *file)
{
  for (guint i = 0; exhibit != NULL && file != NULL && i < exhibit->files->len; i++)
    {
      const CfoilExhibitFile *own = exhibit->files->pdata[i];

      if (g_str_equal (own->sha256, file->sha256))
        return own;
    }
  return NULL;
}

static void
append_exhibits (GPtrArray               *texts,
                 const CfoilPacketLayout *layout,
                 const CfoilDraft        *draft)
{
  for (guint i = 0; i < texts->len; i++)
    {
      const CfoilPacketPage *page = cfoil_packet_layout_get_page (layout, i);
      const CfoilExhibit *exhibit = NULL;
      const CfoilExhibitFile *file;

      if (page != NULL && page->exhibit_id != NULL)
        exhibit = cfoil_draft_find_exhibit (draft, page->exhibit_id);
      if (exhibit == NULL)
        continue;
      file = find_file (exhibit, page->file);
      append (texts, i, *exhibit->caption != '\0' ? exhibit->caption : _(cfoil_evidence_type_get_title (exhibit->type)));
      if (file != NULL)
        append (texts, i, file->name);
    }
}

GPtrArray *
cfoil_answer_preview_words_texts (CfoilDraftSession *session)
{
  const CfoilPacketLayout *layout = cfoil_draft_session_get_layout (session);
  const CfoilDraft *draft = cfoil_draft_session_get_draft (session);
  GPtrArray *texts = g_ptr_array_new_with_free_func (g_free);

  if (layout == NULL || draft == NULL)
    return texts;
  g_ptr_array_set_size (texts, (int) cfoil_packet_layout_get_n_pages (layout));
  append_sentences (texts, layout, cfoil_draft_session_get_letter (session));
  append_exhibits (texts, layout, draft);
  for (guint i = 0; i < texts->len; i++)
    if (texts->pdata[i] != NULL)
      {
        g_autofree char *text = g_string_free (texts->pdata[i], FALSE);

        texts->pdata[i] = cfoil_shown_lines (text, TEXT_MAX);
      }
  return texts;
}

/* --- where something is --- */

static gboolean
asserts (const CfoilSentence *sentence,
         CfoilFactKey         key)
{
  for (guint i = 0; i < sentence->n_facts; i++)
    if (sentence->facts[i] == key)
      return TRUE;
  return FALSE;
}

static gboolean
is_about (const CfoilSentence *sentence,
          const char          *subject,
          gboolean             is_fact,
          CfoilFactKey         key)
{
  return g_str_equal (sentence->id, subject) || (is_fact && asserts (sentence, key));
}

static int
find_exhibit (const CfoilPacketLayout *layout,
              const char              *id)
{
  for (guint i = 0; i < cfoil_packet_layout_get_n_pages (layout); i++)
    if (g_strcmp0 (cfoil_packet_layout_get_page (layout, i)->exhibit_id, id) == 0)
      return (int) i;
  return -1;
}

int
cfoil_answer_preview_words_find (CfoilDraftSession *session,
                                 const char        *subject)
{
  const CfoilPacketLayout *layout = cfoil_draft_session_get_layout (session);
  const CfoilLetter *letter = cfoil_draft_session_get_letter (session);
  CfoilFactKey key = 0;
  gboolean is_fact = cfoil_fact_key_from_name (subject, &key);

  if (layout == NULL)
    return -1;
  for (guint i = 0; letter != NULL && i < letter->sentences->len; i++)
    {
      const CfoilSentence *sentence = letter->sentences->pdata[i];
      int page = is_about (sentence, subject, is_fact, key) ? cfoil_packet_layout_find_sentence (layout, sentence->id) : -1;

      if (page >= 0)
        return page;
    }
  return find_exhibit (layout, subject);
}
