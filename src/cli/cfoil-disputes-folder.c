/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-disputes.h"

#include "cfoil-dossier.h"
#include "cfoil-draft-store.h"
#include "cfoil-evidence-file.h"
#include "cfoil-renderer.h"
#include "cfoil-checklist.h"
#include "cfoil-error.h"
#include "cfoil-time.h"

#include <glib/gi18n.h>
#include <string.h>

/* A case as a folder: draft.json, files/, packet.pdf, case.json and case.txt.  What
 * stands in a folder is input: names are cleaned, files judged by what they hold. */

#define MAX_DRAFT (4 * 1024 * 1024)

/* --- reading --- */

static gboolean
inspect (CfoilMirror       *mirror,
         CfoilEvidenceFile *file,
         GCancellable      *cancellable,
         GError           **error)
{
  g_autofree char *path = cfoil_evidence_file_dup_path (mirror, file->sha256);
  g_autoptr (CfoilInspection) inspection = cfoil_renderer_inspect_sync (path, file->file_type, cancellable, error);

  if (inspection == NULL)
    return FALSE;
  file->n_pages = inspection->n_pages;
  file->width = inspection->width;
  file->height = inspection->height;
  file->inspected_us = cfoil_time_now_us ();
  g_free (file->problem);
  file->problem = g_strdup (inspection->problem);
  g_free (file->findings);
  file->findings = cfoil_inspection_to_json (inspection);
  return cfoil_evidence_file_set_inspected (mirror, file, error);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/* (element-type filename) sorted, hidden ones left out */
static GPtrArray *
list_files (const char *folder,
            GError    **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  GDir *dir = g_dir_open (folder, 0, error);
  const char *name;

  if (dir == NULL)
    return NULL;
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (*name != '.' && g_file_test (path, G_FILE_TEST_IS_REGULAR))
        g_ptr_array_add (names, g_steal_pointer (&path));
    }
  g_dir_close (dir);
  g_ptr_array_sort (names, compare_names);
  return g_steal_pointer (&names);
}

static CfoilEvidenceFile *
take_file (CfoilMirror  *mirror,
           const char   *path,
           GCancellable *cancellable,
           GError      **error)
{
  g_autoptr (GFile) source = g_file_new_for_path (path);
  g_autoptr (CfoilEvidenceFile) file = cfoil_evidence_file_keep (mirror, source, cancellable, error);

  if (file == NULL || (file->inspected_us == CFOIL_UNKNOWN && !inspect (mirror, file, cancellable, error)))
    {
      g_prefix_error (error, "%s: ", path);
      return NULL;
    }
  return g_steal_pointer (&file);
}

/* A caption is what people see of a file's name. */
static CfoilExhibit *
make_exhibit (const CfoilEvidenceFile *file,
              const char              *path)
{
  CfoilExhibit *exhibit = cfoil_exhibit_new (CFOIL_EVIDENCE_OTHER);
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *name = cfoil_evidence_clean_name (base);
  char *dot;

  g_ptr_array_add (exhibit->files, cfoil_exhibit_file_new (file->sha256, name, file->file_type));
  dot = strrchr (name, '.');
  if (dot != NULL && dot != name)
    *dot = '\0';
  g_free (exhibit->caption);
  exhibit->caption = g_strdup (name);
  return exhibit;
}

static CfoilDraft *
load_draft (const char *folder,
            GError    **error)
{
  g_autofree char *path = g_build_filename (folder, "draft.json", NULL);
  g_autofree char *text = NULL;
  CfoilDraft *draft;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, error))
    return NULL;
  if (length > MAX_DRAFT)
    {
      g_set_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_LIMIT, "%s is too long", path);
      return NULL;
    }
  draft = cfoil_draft_from_text (text, error);
  if (draft == NULL)
    g_prefix_error (error, "%s: ", path);
  return draft;
}

static gboolean
has_all_files (CfoilDatabase    *reader,
               const CfoilDraft *draft,
               GError          **error)
{
  for (guint i = 0; i < draft->exhibits->len; i++)
    {
      const CfoilExhibit *exhibit = g_ptr_array_index (draft->exhibits, i);

      for (guint j = 0; j < exhibit->files->len; j++)
        {
          const CfoilExhibitFile *file = g_ptr_array_index (exhibit->files, j);
          g_autoptr (CfoilEvidenceFile) known = cfoil_evidence_file_read (reader, file->sha256, NULL);

          if (known == NULL)
            {
              g_set_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_MISSING,
                           "The folder has no file with the content of “%s” (SHA-256 %s)", file->name, file->sha256);
              return FALSE;
            }
        }
    }
  return TRUE;
}

/* The draft that is there, or a new one with what the mirror knows. */
static CfoilDraft *
read_draft (CfoilDatabase   *reader,
            const CfoilCase *record,
            GError         **error)
{
  g_autoptr (CfoilDraftRow) row = NULL;
  g_autoptr (GError) local = NULL;
  CfoilDraft *draft;

  row = cfoil_draft_row_read (reader, record->case_id, record->round, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  if (row != NULL)
    return cfoil_draft_from_text (row->text, error);
  draft = cfoil_draft_new ();
  draft->letter_us = cfoil_time_now_us ();
  draft->product = record->product;
  return draft;
}

static gboolean
take_mirror_facts (CfoilDatabase   *reader,
                   const CfoilCase *record,
                   CfoilDraft      *draft,
                   GError         **error)
{
  g_autoptr (CfoilDossier) dossier = cfoil_dossier_read (reader, record->case_id, error);

  if (dossier == NULL)
    return FALSE;
  cfoil_draft_take_facts (draft, dossier->facts);
  return TRUE;
}

static gboolean
write_draft (CfoilMirror     *mirror,
             const CfoilCase *record,
             CfoilDraft      *draft,
             GError         **error)
{
  CfoilReason reason = draft->reason != CFOIL_REASON_UNKNOWN ? draft->reason : record->reason;
  g_autoptr (GPtrArray) items = cfoil_checklist_make (reason, draft->product, draft);
  g_autofree char *text = cfoil_draft_to_text (draft);
  CfoilDraftRow row = { record->case_id, record->round, text, 0, 0, cfoil_time_now_us () };

  cfoil_checklist_count (items, &row.n_done, &row.n_wanted);
  return cfoil_draft_row_write (mirror, &row, error) &&
         cfoil_draft_version_add (mirror, record->case_id, record->round, "import", text, error);
}

static CfoilDraft *
read_folder (CfoilMirror     *mirror,
             CfoilDatabase   *reader,
             const CfoilCase *record,
             const char      *folder,
             GCancellable    *cancellable,
             GError         **error)
{
  g_autofree char *draft_path = g_build_filename (folder, "draft.json", NULL);
  gboolean has_draft = g_file_test (draft_path, G_FILE_TEST_EXISTS);
  g_autofree char *files_folder = has_draft ? g_build_filename (folder, "files", NULL) : g_strdup (folder);
  g_autoptr (GPtrArray) paths = NULL;
  g_autoptr (CfoilDraft) draft = has_draft ? load_draft (folder, error) : read_draft (reader, record, error);

  if (draft == NULL)
    return NULL;
  if (!has_draft || g_file_test (files_folder, G_FILE_TEST_IS_DIR))
    {
      paths = list_files (files_folder, error);
      if (paths == NULL)
        return NULL;
    }
  for (guint i = 0; paths != NULL && i < paths->len; i++)
    {
      g_autoptr (CfoilEvidenceFile) file = take_file (mirror, g_ptr_array_index (paths, i), cancellable, error);

      if (file == NULL)
        return NULL;
      if (!has_draft)
        g_ptr_array_add (draft->exhibits, make_exhibit (file, g_ptr_array_index (paths, i)));
    }
  return has_all_files (reader, draft, error) ? g_steal_pointer (&draft) : NULL;
}

gboolean
cfoil_disputes_take_folder (CfoilContext    *context,
                            const CfoilCase *record,
                            const char      *folder,
                            GCancellable    *cancellable,
                            GError         **error)
{
  CfoilMirror *mirror = cfoil_context_get_mirror (context);
  g_autoptr (CfoilDatabase) reader = cfoil_mirror_open_reader (mirror, error);
  g_autoptr (CfoilDraft) draft = NULL;

  if (reader == NULL || (draft = read_folder (mirror, reader, record, folder, cancellable, error)) == NULL)
    return FALSE;
  draft->stance = CFOIL_STANCE_CONTEST;
  return take_mirror_facts (reader, record, draft, error) && write_draft (mirror, record, draft, error);
}

/* --- writing --- */

static gboolean
write_text (const char *folder,
            const char *name,
            const char *text,
            GError    **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  return g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
}

/* "A-1 receipt.pdf": in the order of the packet, and unique. */
static gboolean
copy_files (CfoilMirror      *mirror,
            const CfoilDraft *draft,
            const char       *folder,
            GCancellable     *cancellable,
            GError          **error)
{
  for (guint i = 0; i < draft->exhibits->len; i++)
    {
      const CfoilExhibit *exhibit = g_ptr_array_index (draft->exhibits, i);
      g_autofree char *letter = cfoil_exhibit_letter (i);

      for (guint j = 0; j < exhibit->files->len; j++)
        {
          const CfoilExhibitFile *file = g_ptr_array_index (exhibit->files, j);
          g_autofree char *clean = cfoil_evidence_clean_name (file->name);
          g_autofree char *name = g_strdup_printf ("%s-%u %s", letter, j + 1, clean);
          g_autofree char *from_path = cfoil_evidence_file_dup_path (mirror, file->sha256);
          g_autoptr (GFile) from = g_file_new_for_path (from_path);
          g_autoptr (GFile) to = g_file_new_build_filename (folder, name, NULL);

          if (!g_file_copy (from, to, G_FILE_COPY_NONE, cancellable, NULL, NULL, error))
            return FALSE;
        }
    }
  return TRUE;
}

static gboolean
write_draft_folder (CfoilContext    *context,
                    const CfoilCase *record,
                    const char      *text,
                    const char      *folder,
                    GCancellable    *cancellable,
                    GError         **error)
{
  g_autoptr (CfoilDraft) draft = cfoil_draft_from_text (text, error);
  g_autofree char *files = g_build_filename (folder, "files", NULL);
  g_autofree char *packet = g_build_filename (folder, "packet.pdf", NULL);
  g_autoptr (CfoilPacketResult) result = NULL;
  g_autoptr (GVariant) limits = cfoil_disputes_dup_limits ();

  return draft != NULL &&
         write_text (folder, "draft.json", text, error) &&
         (g_mkdir_with_parents (files, 0700) == 0 || (g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "Cannot make %s", files), FALSE)) &&
         copy_files (cfoil_context_get_mirror (context), draft, files, cancellable, error) &&
         cfoil_context_build_packet_sync (context, record->case_id, record->round, limits, packet, cancellable, &result, error);
}

gboolean
cfoil_disputes_write_folder (CfoilContext    *context,
                             const CfoilCase *record,
                             const char      *folder,
                             GCancellable    *cancellable,
                             GError         **error)
{
  g_autoptr (GFile) target = g_file_new_for_path (folder);
  g_autoptr (CfoilDatabase) reader = cfoil_mirror_open_reader (cfoil_context_get_mirror (context), error);
  g_autofree char *json = NULL;
  g_autofree char *text = NULL;
  g_autoptr (CfoilDraftRow) row = NULL;
  g_autoptr (GError) local = NULL;

  if (reader == NULL ||
      (json = cfoil_disputes_describe (reader, record, TRUE, error)) == NULL ||
      (text = cfoil_disputes_describe (reader, record, FALSE, error)) == NULL)
    return FALSE;
  row = cfoil_draft_row_read (reader, record->case_id, record->round, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  return g_file_make_directory (target, cancellable, error) &&
         write_text (folder, "case.json", json, error) &&
         write_text (folder, "case.txt", text, error) &&
         (row == NULL || write_draft_folder (context, record, row->text, folder, cancellable, error));
}
