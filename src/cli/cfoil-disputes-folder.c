/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-disputes.h"

#include "cfoil-dossier.h"
#include "cfoil-draft-spill.h"
#include "cfoil-draft-store.h"
#include "cfoil-evidence-file.h"
#include "cfoil-renderer.h"
#include "cfoil-checklist.h"
#include "cfoil-error.h"
#include "cfoil-time.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixinputstream.h>
#include <glib/gi18n.h>
#include <string.h>
#include <sys/stat.h>

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

/* A pipe would keep us waiting, a device never end. */
static GInputStream *
open_draft (const char *path,
            GError    **error)
{
  int fd = open (path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  g_autoptr (GInputStream) stream = NULL;
  struct stat info;
  int number = errno;

  if (fd < 0)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (number), "%s: %s", path, g_strerror (number));
      return NULL;
    }
  stream = g_unix_input_stream_new (fd, TRUE);
  if (fstat (fd, &info) != 0 || !S_ISREG (info.st_mode))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE, "%s is no file", path);
      return NULL;
    }
  return g_steal_pointer (&stream);
}

static char *
load_text (const char *path,
           GError    **error)
{
  g_autoptr (GInputStream) stream = open_draft (path, error);
  g_autofree char *text = g_malloc (MAX_DRAFT + 2);
  gsize length;

  /* It may grow while it is read. */
  if (stream == NULL || !g_input_stream_read_all (stream, text, MAX_DRAFT + 1, &length, NULL, error))
    return NULL;
  if (length > MAX_DRAFT)
    {
      g_set_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_LIMIT, "%s is too long", path);
      return NULL;
    }
  text[length] = '\0';
  return g_steal_pointer (&text);
}

static CfoilDraft *
load_draft (const char *folder,
            GError    **error)
{
  g_autofree char *path = g_build_filename (folder, "draft.json", NULL);
  g_autofree char *text = load_text (path, error);
  CfoilDraft *draft;

  if (text == NULL)
    return NULL;
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

/* *ROW: as it is, NULL if there is none. */
static gboolean
read_row (CfoilDatabase   *reader,
          const CfoilCase *record,
          CfoilDraftRow  **row,
          GError         **error)
{
  g_autoptr (GError) local = NULL;

  *row = cfoil_draft_row_read (reader, record->case_id, record->round, &local);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* The draft that is there, or a new one.  What a window had not yet written when it died is
 * newer than the row. */
static CfoilDraft *
make_draft (CfoilMirror         *mirror,
            const CfoilCase     *record,
            const CfoilDraftRow *row, /* (nullable) */
            GError             **error)
{
  gint64 spilled_us = 0;
  g_autofree char *spilled = cfoil_draft_spill_read (mirror, record->case_id, record->round, &spilled_us);
  CfoilDraft *draft = NULL;

  if (spilled != NULL && (row == NULL || spilled_us > row->changed_us))
    draft = cfoil_draft_from_text (spilled, NULL);
  if (draft != NULL)
    return draft;
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

/* What it says is said today. */
static void
date_letter (CfoilDraft *draft)
{
  gint64 now_us = cfoil_time_now_us ();

  if (draft->letter_us / G_TIME_SPAN_DAY < now_us / G_TIME_SPAN_DAY)
    draft->letter_us = now_us;
}

static gboolean
write_draft (CfoilMirror         *mirror,
             const CfoilCase     *record,
             const CfoilDraftRow *was, /* (nullable) */
             CfoilDraft          *draft,
             GError             **error)
{
  CfoilReason reason = draft->reason != CFOIL_REASON_UNKNOWN ? draft->reason : record->reason;
  g_autoptr (GPtrArray) items = cfoil_checklist_make (reason, draft->product, draft);
  g_autofree char *text = cfoil_draft_to_text (draft);
  CfoilDraftRow row = { .case_id = record->case_id, .round = record->round, .product = draft->product };

  /* The same draft is the same letter, whenever it is taken. */
  if (was == NULL || !g_str_equal (text, was->text))
    {
      date_letter (draft);
      g_free (text);
      text = cfoil_draft_to_text (draft);
    }
  row.text = text;
  row.changed_us = cfoil_time_now_us ();
  cfoil_checklist_count (items, &row.n_done, &row.n_wanted);
  return cfoil_draft_row_replace (mirror, &row, was, error);
}

static gboolean
has_file (const CfoilDraft *draft,
          const char       *sha256)
{
  for (guint i = 0; i < draft->exhibits->len; i++)
    {
      const CfoilExhibit *exhibit = g_ptr_array_index (draft->exhibits, i);

      for (guint j = 0; j < exhibit->files->len; j++)
        if (g_str_equal (((const CfoilExhibitFile *) g_ptr_array_index (exhibit->files, j))->sha256, sha256))
          return TRUE;
    }
  return FALSE;
}

/* Each file of FOLDER is kept; as an exhibit of DRAFT, too, if ADDS and it is none as yet. */
static gboolean
take_files (CfoilMirror  *mirror,
            const char   *folder,
            CfoilDraft   *draft,
            gboolean      adds,
            GCancellable *cancellable,
            GError      **error)
{
  g_autoptr (GPtrArray) paths = list_files (folder, error);

  if (paths == NULL)
    return FALSE;
  for (guint i = 0; i < paths->len; i++)
    {
      g_autoptr (CfoilEvidenceFile) file = take_file (mirror, g_ptr_array_index (paths, i), cancellable, error);

      if (file == NULL)
        return FALSE;
      if (adds && !has_file (draft, file->sha256))
        g_ptr_array_add (draft->exhibits, make_exhibit (file, g_ptr_array_index (paths, i)));
    }
  return TRUE;
}

/* ROW (nullable): the draft that is there. */
static CfoilDraft *
read_folder (CfoilMirror         *mirror,
             const CfoilCase     *record,
             const CfoilDraftRow *row,
             const char          *folder,
             GCancellable        *cancellable,
             GError             **error)
{
  g_autofree char *draft_path = g_build_filename (folder, "draft.json", NULL);
  gboolean has_draft = g_file_test (draft_path, G_FILE_TEST_EXISTS);
  g_autofree char *files_folder = has_draft ? g_build_filename (folder, "files", NULL) : g_strdup (folder);
  g_autoptr (CfoilDraft) draft = has_draft ? load_draft (folder, error) : make_draft (mirror, record, row, error);

  if (draft == NULL)
    return NULL;
  if ((!has_draft || g_file_test (files_folder, G_FILE_TEST_IS_DIR)) &&
      !take_files (mirror, files_folder, draft, !has_draft, cancellable, error))
    return NULL;
  return g_steal_pointer (&draft);
}

gboolean
cfoil_disputes_take_folder (CfoilContext    *context,
                            const CfoilCase *record,
                            const char      *folder,
                            GCancellable    *cancellable,
                            GError         **error)
{
  CfoilMirror *mirror = cfoil_context_get_mirror (context);
  g_autoptr (CfoilDatabase) reader = NULL;
  g_autoptr (CfoilDraftRow) row = NULL;
  g_autoptr (CfoilDraft) draft = NULL;

  if (!cfoil_context_check_answer_sync (context, record->case_id, record->round, error) ||
      (reader = cfoil_mirror_open_reader (mirror, error)) == NULL ||
      !read_row (reader, record, &row, error) ||
      (draft = read_folder (mirror, record, row, folder, cancellable, error)) == NULL ||
      !has_all_files (reader, draft, error))
    return FALSE;
  draft->stance = CFOIL_STANCE_CONTEST;
  return take_mirror_facts (reader, record, draft, error) && write_draft (mirror, record, row, draft, error);
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

  if (reader == NULL ||
      (json = cfoil_disputes_describe (reader, record, TRUE, error)) == NULL ||
      (text = cfoil_disputes_describe (reader, record, FALSE, error)) == NULL ||
      !read_row (reader, record, &row, error))
    return FALSE;
  return g_file_make_directory (target, cancellable, error) &&
         write_text (folder, "case.json", json, error) &&
         write_text (folder, "case.txt", text, error) &&
         (row == NULL || write_draft_folder (context, record, row->text, folder, cancellable, error));
}
