/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-review-private.h"

#include <glib/gi18n.h>

/* What is wrong with the files of the exhibits. */

static const struct
{
  const char *problem;
  const char *format; /* exhibit's letter, file's name */
  const char *advice;
} problems[] = {
  { "encrypted", N_ ("Exhibit %s: “%s” is protected by a password."),
    N_ ("Open it with the password, save it without one, and add it again.") },
  { "broken", N_ ("Exhibit %s: “%s” is damaged and cannot be read."), N_ ("Download or scan it anew, and add it again.") },
  { "too-many-pages", N_ ("Exhibit %s: “%s” has too many pages."), N_ ("Add only the pages that prove something.") },
  { "too-large", N_ ("Exhibit %s: the picture “%s” has too many pixels."), N_ ("Save it smaller, and add it again.") },
  { "timeout", N_ ("Exhibit %s: “%s” takes too long to draw."), N_ ("Print it into a new PDF, and add that.") },
  { "crashed", N_ ("Exhibit %s: “%s” cannot be drawn."), N_ ("Print it into a new PDF, and add that.") },
  { "empty", N_ ("Exhibit %s: “%s” is empty."), N_ ("Look for the right file, and add it.") },
};

const CfoilPacketFile *
_cfoil_review_find_file (const CfoilReviewInput *input,
                         const char             *sha256)
{
  for (guint i = 0; input->files != NULL && i < input->files->len; i++)
    {
      const CfoilPacketFile *file = g_ptr_array_index (input->files, i);

      if (g_strcmp0 (file->sha256, sha256) == 0)
        return file;
    }
  return NULL;
}

GPtrArray *
_cfoil_review_list_separate (const CfoilReviewInput *input,
                             GArray                **types)
{
  GPtrArray *list = g_ptr_array_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  if (types != NULL)
    *types = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < input->draft->exhibits->len; i++)
    {
      const CfoilExhibit *exhibit = g_ptr_array_index (input->draft->exhibits, i);

      for (guint j = 0; j < exhibit->files->len; j++)
        {
          CfoilExhibitFile *file = g_ptr_array_index (exhibit->files, j);
          guint type = exhibit->type;

          if (cfoil_exhibit_file_is_page (file) || !g_hash_table_add (seen, file->sha256))
            continue;
          g_ptr_array_add (list, file);
          if (types != NULL)
            g_array_append_val (*types, type);
        }
    }
  return list;
}

static void
review_problem (CfoilReview  *self,
                const char   *problem,
                const char   *letter,
                const char   *name,
                const char   *exhibit_id)
{
  for (guint i = 0; i < G_N_ELEMENTS (problems); i++)
    if (g_strcmp0 (problems[i].problem, problem) == 0)
      {
        _cfoil_review_add (self, CFOIL_FINDING_BLOCKER, "unreadable", "evidence", exhibit_id,
                           g_strdup_printf (_(problems[i].format), letter, name), _(problems[i].advice));
        return;
      }
  _cfoil_review_add (self, CFOIL_FINDING_BLOCKER, "unreadable", "evidence", exhibit_id,
                     g_strdup_printf (_("Exhibit %s: “%s” cannot be used (%s)."), letter, name, problem), NULL);
}

static void
review_inspection (CfoilReview           *self,
                   const CfoilInspection *inspection,
                   const char            *letter,
                   const char            *name,
                   const char            *exhibit_id)
{
  if (inspection->n_card_numbers > 0)
    _cfoil_review_add (self, CFOIL_FINDING_WARNING, "card-number", "evidence", exhibit_id,
                       inspection->card_pages != NULL
                         ? g_strdup_printf (_("Exhibit %s: “%s” seems to hold a card number (page %s)."), letter, name, inspection->card_pages)
                         : g_strdup_printf (_("Exhibit %s: “%s” seems to hold a card number."), letter, name),
                       _("A full card number must not be sent to anybody. Black it out in the document, and add that instead."));
  if (inspection->is_truncated)
    _cfoil_review_add (self, CFOIL_FINDING_WARNING, "truncated", "evidence", exhibit_id,
                       g_strdup_printf (_("Exhibit %s: the picture “%s” ends too early; part of it is missing."), letter, name),
                       _("Look at it in the packet, and add a whole one if something is missing."));
  if (inspection->has_scripts || inspection->has_links || inspection->has_forms || inspection->has_attachments)
    _cfoil_review_add (self, CFOIL_FINDING_NOTE, "stripped", "evidence", exhibit_id,
                       g_strdup_printf (_("Exhibit %s: “%s” has scripts, links, forms or attachments; only what can be seen is sent."),
                                        letter, name), NULL);
}

static gboolean
is_taken (const CfoilLimits *limits,
          const char        *file_type)
{
  return g_strv_contains ((const char *const *) limits->file_types, file_type);
}

static void
review_separate (CfoilReview            *self,
                 const CfoilExhibitFile *file,
                 const CfoilPacketFile  *known,
                 const char             *letter,
                 const char             *exhibit_id)
{
  const CfoilLimits *limits = self->input->limits;

  if (!is_taken (limits, file->file_type))
    {
      g_autofree char *types = g_strjoinv (", ", limits->file_types);

      _cfoil_review_add (self, CFOIL_FINDING_BLOCKER, "file-type", "evidence", exhibit_id,
                         /* Translators: letter of the exhibit, destination, name of the file, list of types */
                         g_strdup_printf (_("Exhibit %s: %s does not take the type of “%s” (it takes %s)."), letter,
                                          _(limits->title), file->name, types),
                         _("Save it as a PDF or as a picture, and add that."));
    }
  if (limits->file_bytes != CFOIL_UNKNOWN && known->n_bytes > limits->file_bytes)
    {
      g_autofree char *has = g_format_size_full ((guint64) known->n_bytes, G_FORMAT_SIZE_LONG_FORMAT);
      g_autofree char *may = g_format_size_full ((guint64) limits->file_bytes, G_FORMAT_SIZE_LONG_FORMAT);

      _cfoil_review_add (self, CFOIL_FINDING_BLOCKER, "file-too-large", "evidence", exhibit_id,
                         g_strdup_printf (_("Exhibit %s: “%s” has %s; a file may have %s."), letter, file->name, has, may),
                         _("Save it as a PDF, which becomes part of the packet, or leave out what is not needed."));
    }
}

static void
review_file (CfoilReview            *self,
             const CfoilExhibitFile *file,
             const char             *letter,
             const char             *exhibit_id)
{
  const CfoilPacketFile *known = _cfoil_review_find_file (self->input, file->sha256);
  const CfoilInspection *inspection =
    self->input->inspections != NULL ? g_hash_table_lookup (self->input->inspections, file->sha256) : NULL;

  /* Its row may be there without the file. */
  if (known == NULL || g_strcmp0 (known->problem, "missing") == 0)
    {
      _cfoil_review_add (self, CFOIL_FINDING_BLOCKER, "file-missing", "evidence", exhibit_id,
                         g_strdup_printf (_("Exhibit %s: the copy of “%s” is gone from the mirror’s folder."), letter, file->name),
                         _("Add the file again."));
      return;
    }
  if (known->problem != NULL)
    review_problem (self, known->problem, letter, file->name, exhibit_id);
  else if (cfoil_exhibit_file_is_page (file) && known->n_pages == CFOIL_UNKNOWN)
    _cfoil_review_add (self, CFOIL_FINDING_BLOCKER, "not-inspected", "evidence", exhibit_id,
                       g_strdup_printf (_("Exhibit %s: “%s” is still being read."), letter, file->name), NULL);
  if (!cfoil_exhibit_file_is_page (file))
    review_separate (self, file, known, letter, exhibit_id);
  if (inspection != NULL)
    review_inspection (self, inspection, letter, file->name, exhibit_id);
}

static void
review_exhibit (CfoilReview        *self,
                const CfoilExhibit *exhibit,
                const char         *letter)
{
  if (exhibit->files->len == 0)
    _cfoil_review_add (self, CFOIL_FINDING_BLOCKER, "exhibit-empty", "evidence", exhibit->id,
                       g_strdup_printf (_("Exhibit %s has no file."), letter), _("Add a file to it, or remove it."));
  if (*exhibit->caption == '\0')
    _cfoil_review_add (self, CFOIL_FINDING_WARNING, "no-caption", "evidence", exhibit->id,
                       g_strdup_printf (_("Exhibit %s does not say what it proves."), letter),
                       _("Write one line: reviewers look at captions first."));
  for (guint i = 0; i < exhibit->files->len; i++)
    review_file (self, g_ptr_array_index (exhibit->files, i), letter, exhibit->id);
}

void
_cfoil_review_files (CfoilReview *self)
{
  GPtrArray *exhibits = self->input->draft->exhibits;

  if (exhibits->len == 0)
    _cfoil_review_add (self, CFOIL_FINDING_WARNING, "no-exhibits", "evidence", NULL,
                       g_strdup (_("There is no exhibit: nothing proves what the letter says.")),
                       _("Add what proves it; see the list under Evidence."));
  for (guint i = 0; i < exhibits->len; i++)
    {
      g_autofree char *letter = cfoil_exhibit_letter (i);

      review_exhibit (self, g_ptr_array_index (exhibits, i), letter);
    }
}
