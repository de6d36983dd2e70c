/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-mirror-intake.h"

#include "cfoil-document-file.h"
#include "cfoil-error.h"
#include "cfoil-mirror-intake-private.h"
#include "cfoil-time.h"

/* Documents: kept first, read then, and read on where a killed run left off. */

/* Looks at the compressed file below STREAM, whose place says how far we are. */
static void
watch_file (CfoilMirrorIntake *self,
            GInputStream      *stream)
{
  GInputStream *file = G_IS_FILTER_INPUT_STREAM (stream)
                         ? g_filter_input_stream_get_base_stream (G_FILTER_INPUT_STREAM (stream)) : NULL;
  g_autoptr (GFileInfo) info = NULL;

  self->document_file = NULL;
  if (!G_IS_FILE_INPUT_STREAM (file))
    return;
  info = g_file_input_stream_query_info (G_FILE_INPUT_STREAM (file), G_FILE_ATTRIBUTE_STANDARD_SIZE, NULL, NULL);
  if (info == NULL)
    return;
  self->document_file = G_SEEKABLE (file);
  self->document_size = (guint64) g_file_info_get_size (info);
}

guint64
_cfoil_mirror_intake_estimate_rows (CfoilMirrorIntake *self,
                                    guint64            n_rows_done)
{
  goffset place = self->document_file != NULL ? g_seekable_tell (self->document_file) : 0;

  if (place <= 0)
    return 0;
  return MAX (n_rows_done, (guint64) ((double) n_rows_done * (double) self->document_size / (double) place));
}

/* Reads the rows of a kept document from where it was left. */
static gboolean
read_document (CfoilMirrorIntake       *self,
               const char              *sha256,
               gint64                   document_id,
               guint64                  n_rows_done,
               const CfoilDocumentType *type,
               guint64                 *n_rows,
               GCancellable            *cancellable,
               GError                 **error)
{
  g_autoptr (GInputStream) stream = cfoil_document_file_read (self->mirror, sha256, error);
  g_autoptr (GError) local = NULL;
  gboolean ok;

  if (stream == NULL)
    return FALSE;

  *n_rows = n_rows_done;
  self->document_id = document_id;
  self->row = n_rows_done;
  watch_file (self, stream);
  cfoil_writer_set_source (self->writer, self->feed_id, document_id, FALSE);
  ok = cfoil_provider_parse_document (self->provider, stream, type, n_rows_done, CFOIL_INTAKE (self),
                                      n_rows, cancellable, &local);
  self->document_id = 0;
  self->document_file = NULL;
  cfoil_writer_set_source (self->writer, self->feed_id, 0, FALSE);

  /* What is wrong with the document itself will be so the next time too; what is
   * wrong with the machine (a full disk, a cancel) may not. */
  if (ok || local->domain == CFOIL_INPUT_ERROR)
    {
      if (!cfoil_writer_end_document (self->writer, document_id, *n_rows, local, error) ||
          (ok && !cfoil_writer_cover_document (self->writer, document_id, error)) ||
          !cfoil_writer_commit (self->writer, error))
        return FALSE;
    }
  else
    cfoil_writer_rollback (self->writer);

  if (!ok)
    g_propagate_error (error, g_steal_pointer (&local));
  return ok;
}

gboolean
_cfoil_mirror_intake_take_document (CfoilIntake  *intake,
               GFile        *file,
               const char   *report_id,
               gboolean      whole,
               GCancellable *cancellable,
               GError      **error)
{
  CfoilMirrorIntake *self = CFOIL_MIRROR_INTAKE (intake);
  CfoilDocumentInfo info = { .feed_id = self->feed_id, .is_proven_whole = whole };
  g_autoptr (GInputStream) head = NULL;
  CfoilDocumentType type = { 0 };
  CfoilDocumentState state;
  char sha256[65], bytes[8192];
  gsize n_head;
  guint64 n_rows;

  if (!cfoil_document_file_keep (self->mirror, file, sha256, &info.n_bytes, cancellable, error))
    return FALSE;
  g_file_delete (file, NULL, NULL);
  head = cfoil_document_file_read (self->mirror, sha256, error);
  if (head == NULL || !g_input_stream_read_all (head, bytes, sizeof bytes, &n_head, cancellable, error))
    return FALSE;
  if (!cfoil_provider_identify_document (self->provider, bytes, n_head, &type))
    type.feed = self->feed->name;

  info.sha256 = sha256;
  info.type = type.type;
  info.received_us = cfoil_time_now_us ();
  if (!cfoil_writer_open_document (self->writer, &info, &state, error) ||
      !cfoil_writer_link_report (self->writer, self->feed_id, report_id, state.document_id, error) ||
      !cfoil_writer_commit (self->writer, error))
    return FALSE;
  if (state.is_done)
    return cfoil_writer_cover_document (self->writer, state.document_id, error) &&
           cfoil_writer_commit (self->writer, error);
  return read_document (self, sha256, state.document_id, state.n_rows_done, &type, &n_rows, cancellable, error) &&
         cfoil_writer_drop_lost_documents (self->writer, error) &&
         cfoil_writer_commit (self->writer, error);
}

gboolean
cfoil_mirror_intake_import_document (CfoilMirrorIntake       *self,
                                     GFile                   *file,
                                     const CfoilDocumentType *type,
                                     guint64                 *n_rows,
                                     gboolean                *known,
                                     GCancellable            *cancellable,
                                     GError                 **error)
{
  CfoilDocumentInfo info = { .is_imported = TRUE };
  g_autofree char *base_name = g_file_get_basename (file);
  g_autofree char *shown_name = g_utf8_make_valid (base_name, -1);
  CfoilDocumentState state;
  char sha256[65];
  gboolean ok;

  g_return_val_if_fail (CFOIL_IS_MIRROR_INTAKE (self), FALSE);

  *known = FALSE;
  if (!cfoil_document_file_keep (self->mirror, file, sha256, &info.n_bytes, cancellable, error) ||
      !cfoil_intake_begin_feed (CFOIL_INTAKE (self), type->feed, error))
    return FALSE;
  info.feed_id = self->feed_id;
  info.sha256 = sha256;
  info.type = type->type;
  info.shown_name = shown_name;
  info.received_us = cfoil_time_now_us ();
  if (!cfoil_writer_open_document (self->writer, &info, &state, error) ||
      !cfoil_writer_commit (self->writer, error))
    return FALSE;
  if (state.is_done)
    {
      *n_rows = state.n_rows_done;
      *known = TRUE;
      return TRUE;
    }

  self->document_is_imported = TRUE;
  ok = read_document (self, sha256, state.document_id, state.n_rows_done, type, n_rows, cancellable, error);
  self->document_is_imported = FALSE;
  return ok;
}

typedef struct
{
  char *sha256;
  char *feed;
  char *type;
  gint64 document_id;
  guint64 n_rows_done;
  gboolean is_imported;
} HalfRead;

static void
half_read_free (HalfRead *half)
{
  g_free (half->sha256);
  g_free (half->feed);
  g_free (half->type);
  g_free (half);
}

static GPtrArray *
list_half_read (CfoilMirrorIntake *self,
                GError           **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) half_read_free);
  g_autoptr (CfoilDatabase) reader = cfoil_mirror_open_reader (self->mirror, error);
  g_autoptr (CfoilStatement) statement = NULL;
  CfoilStep step;

  if (reader == NULL)
    return NULL;
  statement = cfoil_database_prepare (reader,
                                      "SELECT d.sha256, f.name, d.type, d.document_id, d.n_rows_done, d.source = 'import' "
                                      "FROM document AS d JOIN feed AS f USING (feed_id) "
                                      "WHERE d.account_id = ?1 AND d.state = 'reading' ORDER BY d.document_id",
                                      error);
  if (statement == NULL)
    return NULL;
  cfoil_statement_bind_int64 (statement, 1, cfoil_writer_get_account_id (self->writer));
  while ((step = cfoil_statement_step (statement, error)) == CFOIL_STEP_ROW)
    {
      HalfRead *half = g_new0 (HalfRead, 1);

      half->sha256 = g_strdup (cfoil_statement_column_text (statement, 0));
      half->feed = g_strdup (cfoil_statement_column_text (statement, 1));
      half->type = g_strdup (cfoil_statement_column_text (statement, 2));
      half->document_id = cfoil_statement_column_int64 (statement, 3);
      half->n_rows_done = (guint64) cfoil_statement_column_int64 (statement, 4);
      half->is_imported = cfoil_statement_column_int64 (statement, 5) != 0;
      g_ptr_array_add (list, half);
    }
  g_clear_pointer (&statement, cfoil_statement_free);
  return step == CFOIL_STEP_DONE ? g_steal_pointer (&list) : NULL;
}

/* What the file said so far stays.  The provider is asked for it again; a file of
 * the user's own only the user can bring. */
static gboolean
lose_document (CfoilMirrorIntake *self,
               HalfRead          *half,
               GError           **failure,
               GError           **error)
{
  g_set_error (failure, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_MISSING,
               "The raw file reports/%s.gz is missing or damaged and was not read to its end", half->sha256);
  return cfoil_writer_lose_document (self->writer, half->document_id, half->n_rows_done, *failure, error) &&
         cfoil_writer_commit (self->writer, error);
}

/* FAILURE is about the document alone. */
static gboolean
resume_document (CfoilMirrorIntake *self,
                 HalfRead          *half,
                 GError           **failure,
                 GCancellable      *cancellable,
                 GError           **error)
{
  CfoilDocumentType type = { half->feed, half->type };
  g_autoptr (GError) local = NULL;
  guint64 n_rows;
  gboolean ok;

  if (!cfoil_document_file_is_intact (self->mirror, half->sha256, cancellable))
    return !g_cancellable_set_error_if_cancelled (cancellable, error) && lose_document (self, half, failure, error);

  self->document_is_imported = half->is_imported;
  ok = read_document (self, half->sha256, half->document_id, half->n_rows_done, &type, &n_rows, cancellable, &local);
  self->document_is_imported = FALSE;
  if (!ok)
    g_propagate_error (local->domain == CFOIL_INPUT_ERROR ? failure : error, g_error_copy (local));
  return ok || local->domain == CFOIL_INPUT_ERROR;
}

gboolean
cfoil_mirror_intake_resume_documents (CfoilMirrorIntake *self,
                                      GCancellable      *cancellable,
                                      GError           **error)
{
  g_autoptr (GPtrArray) list = NULL;

  g_return_val_if_fail (CFOIL_IS_MIRROR_INTAKE (self), FALSE);

  list = list_half_read (self, error);
  if (list == NULL)
    return FALSE;
  for (guint i = 0; i < list->len; i++)
    {
      HalfRead *half = g_ptr_array_index (list, i);
      g_autoptr (GError) failure = NULL;

      if (!cfoil_intake_begin_feed (CFOIL_INTAKE (self), half->feed, error) ||
          !resume_document (self, half, &failure, cancellable, error) ||
          !cfoil_intake_end_feed (CFOIL_INTAKE (self), failure, error))
        return FALSE;
    }
  return TRUE;
}
