/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-sync.h"

#include "cfoil-error.h"
#include "cfoil-sync-answers.h"

#include <string.h>

/* A notification is a few hundred bytes; a mail with all its headers fits. */
#define MAX_NOTIFICATION (256 * 1024)
#define HEAD 8192
/* A report of ten million rows has 2 GiB. */
#define MAX_DECOMPRESSED (G_GUINT64_CONSTANT (8) << 30)

#define FEED_IMPORTS "imports"
#define FEED_NOTIFICATIONS "notifications"

gboolean
cfoil_sync_run (CfoilMirror            *mirror,
                CfoilProvider          *provider,
                gint64                  account_id,
                CfoilIntakeProgressFunc progress,
                gpointer                user_data,
                CfoilSyncTally         *tally,
                GCancellable           *cancellable,
                GError                **error)
{
  g_autoptr (CfoilMirrorIntake) intake = NULL;
  CfoilAnswerTally answers = { 0 };
  gboolean ok;

  /* Answers have deadlines, and the objects that are asked for then show them. */
  if (!cfoil_sync_answers (mirror, provider, account_id, progress, user_data, &answers, cancellable, error))
    return FALSE;
  intake = cfoil_mirror_intake_new (mirror, provider, account_id, progress, user_data, error);
  if (intake == NULL)
    return FALSE;
  ok = cfoil_mirror_intake_resume_documents (intake, cancellable, error) &&
       cfoil_provider_pull (provider, CFOIL_INTAKE (intake), cancellable, error);
  tally->n_failed = cfoil_mirror_intake_get_n_failed (intake);
  tally->n_fresh = cfoil_mirror_intake_get_n_fresh (intake);
  return ok;
}

static gboolean
read_head (GFile        *file,
           char          head[HEAD],
           gsize        *n_head,
           GCancellable *cancellable,
           GError      **error)
{
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, error);

  return stream != NULL &&
         g_input_stream_read_all (G_INPUT_STREAM (stream), head, HEAD, n_head, cancellable, error);
}

static gboolean
looks_like_json (const char *head,
                 gsize       n_head)
{
  gsize i = n_head >= 3 && memcmp (head, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;

  while (i < n_head && g_ascii_isspace (head[i]))
    i++;
  return i < n_head && head[i] == '{';
}

static gboolean
import_notification_file (CfoilMirror   *mirror,
                          CfoilProvider *provider,
                          gint64         account_id,
                          GFile         *file,
                          gboolean      *known,
                          GCancellable  *cancellable,
                          GError       **error)
{
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, error);
  g_autofree char *text = g_malloc (MAX_NOTIFICATION + 1);
  gsize length;

  if (stream == NULL ||
      !g_input_stream_read_all (G_INPUT_STREAM (stream), text, MAX_NOTIFICATION + 1, &length, cancellable, error))
    return FALSE;
  return cfoil_sync_import_notification (mirror, provider, account_id, text, length, known, error);
}

static gboolean
import_report (CfoilMirror            *mirror,
               CfoilProvider          *provider,
               gint64                  account_id,
               GFile                  *file,
               const CfoilDocumentType *type,
               CfoilIntakeProgressFunc progress,
               gpointer                user_data,
               guint64                *n_rows,
               gboolean               *known,
               GCancellable           *cancellable,
               GError                **error)
{
  g_autoptr (CfoilMirrorIntake) intake = cfoil_mirror_intake_new (mirror, provider, account_id, progress, user_data, error);

  return intake != NULL &&
         cfoil_mirror_intake_import_document (intake, file, type, n_rows, known, cancellable, error) &&
         cfoil_intake_begin_feed (CFOIL_INTAKE (intake), FEED_IMPORTS, error) &&
         cfoil_intake_end_feed (CFOIL_INTAKE (intake), NULL, error);
}

static gboolean
import_plain (CfoilMirror            *mirror,
              CfoilProvider          *provider,
              gint64                  account_id,
              GFile                  *file,
              CfoilIntakeProgressFunc progress,
              gpointer                user_data,
              const char            **type,
              guint64                *n_rows,
              gboolean               *known,
              GCancellable           *cancellable,
              GError                **error)
{
  CfoilDocumentType document_type = { 0 };
  char head[HEAD];
  gsize n_head;

  *type = NULL;
  *n_rows = 0;
  *known = FALSE;
  if (!read_head (file, head, &n_head, cancellable, error))
    return FALSE;

  if (looks_like_json (head, n_head))
    {
      *type = "notification";
      *n_rows = 1;
      return import_notification_file (mirror, provider, account_id, file, known, cancellable, error);
    }
  if (!cfoil_provider_identify_document (provider, head, n_head, &document_type))
    {
      g_set_error_literal (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_UNKNOWN,
                           n_head == 0 ? "The file is empty"
                                       : "This is not a report that the provider makes");
      return FALSE;
    }
  *type = document_type.type;
  return import_report (mirror, provider, account_id, file, &document_type, progress, user_data,
                        n_rows, known, cancellable, error);
}

static gboolean
is_compressed (GFile        *file,
               GCancellable *cancellable)
{
  char head[HEAD];
  gsize n_head = 0;

  return read_head (file, head, &n_head, cancellable, NULL) && n_head > 2 && memcmp (head, "\x1f\x8b", 2) == 0;
}

static gboolean
decompress (GFile        *file,
            GFile        *plain,
            GCancellable *cancellable,
            GError      **error)
{
  g_autoptr (GFileInputStream) raw = g_file_read (file, cancellable, error);
  g_autoptr (GFileOutputStream) output = NULL;
  g_autoptr (GConverter) converter = NULL;
  g_autoptr (GInputStream) input = NULL;
  g_autofree char *buffer = g_malloc (HEAD);
  guint64 n_bytes = 0;
  gssize n = -1;

  if (raw == NULL)
    return FALSE;
  output = g_file_create (plain, G_FILE_CREATE_PRIVATE, cancellable, error);
  if (output == NULL)
    return FALSE;
  converter = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP));
  input = g_converter_input_stream_new (G_INPUT_STREAM (raw), converter);
  while ((n = g_input_stream_read (input, buffer, HEAD, cancellable, error)) > 0)
    {
      n_bytes += (guint64) n;
      if (n_bytes > MAX_DECOMPRESSED)
        {
          g_set_error_literal (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_LIMIT, "The compressed file holds more than any report");
          return FALSE;
        }
      if (!g_output_stream_write_all (G_OUTPUT_STREAM (output), buffer, (gsize) n, NULL, cancellable, error))
        return FALSE;
    }
  return n == 0 && g_output_stream_close (G_OUTPUT_STREAM (output), cancellable, error);
}

/* What the decompressor says in words of streams, in words of files. */
static void
explain_damage (GError **error)
{
  if (!g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA) &&
      !g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT))
    return;
  g_clear_error (error);
  g_set_error_literal (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_SYNTAX, "The compressed file is damaged or cut");
}

/* It is looked into before it is read: a pipe would have given away its beginning, or
 * nobody would ever write into it.  What is not there is told by who opens it. */
static gboolean
check_is_file (GFile        *file,
               GCancellable *cancellable,
               GError      **error)
{
  GFileType type = g_file_query_file_type (file, G_FILE_QUERY_INFO_NONE, cancellable);

  if (type == G_FILE_TYPE_REGULAR || type == G_FILE_TYPE_UNKNOWN)
    return TRUE;
  if (type == G_FILE_TYPE_DIRECTORY)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY, "This is a directory, not a file");
  else
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE,
                         "This is not a regular file but a pipe or a device; save what comes out of it as a file and import that");
  return FALSE;
}

/* So the raw files of a mirror that is lost can be read back as they are. */
gboolean
cfoil_sync_import (CfoilMirror            *mirror,
                   CfoilProvider          *provider,
                   gint64                  account_id,
                   GFile                  *file,
                   CfoilIntakeProgressFunc progress,
                   gpointer                user_data,
                   const char            **type,
                   guint64                *n_rows,
                   gboolean               *known,
                   GCancellable           *cancellable,
                   GError                **error)
{
  g_autofree char *path = NULL;
  g_autoptr (GFile) plain = NULL;
  g_autoptr (GError) damage = NULL;
  gboolean ok;

  *type = NULL;
  *n_rows = 0;
  *known = FALSE;
  if (!check_is_file (file, cancellable, error))
    return FALSE;
  if (!is_compressed (file, cancellable))
    return import_plain (mirror, provider, account_id, file, progress, user_data, type, n_rows, known, cancellable, error);

  path = cfoil_mirror_dup_incoming_path (mirror);
  plain = g_file_new_for_path (path);
  ok = decompress (file, plain, cancellable, &damage);
  if (!ok)
    {
      explain_damage (&damage);
      g_propagate_error (error, g_steal_pointer (&damage));
    }
  ok = ok &&
       import_plain (mirror, provider, account_id, plain, progress, user_data, type, n_rows, known, cancellable, error);
  g_file_delete (plain, NULL, NULL);
  return ok;
}

/* Some tell of a dispute and name the disputed charge: nobody can be asked for the dispute
 * then, but its case is there at once. */
static gboolean
put_notification (CfoilProvider  *provider,
                  CfoilWriter    *writer,
                  CfoilObjectKind kind,
                  const char     *object_id,
                  const char     *message_id,
                  const char     *raw,
                  gboolean       *is_new,
                  GError        **error)
{
  gboolean names_charge = kind == CFOIL_OBJECT_DISPUTE && !cfoil_provider_is_dispute_id (provider, object_id);
  gboolean ok = names_charge ? cfoil_writer_put_chargeback_notification (writer, message_id, object_id, raw, is_new, error)
                             : cfoil_writer_put_notification (writer, message_id, kind, object_id, raw, is_new, error);

  return ok && (!*is_new || cfoil_writer_pursue (writer, names_charge ? CFOIL_OBJECT_CHARGE : kind, object_id, error));
}

gboolean
cfoil_sync_import_notification (CfoilMirror   *mirror,
                                CfoilProvider *provider,
                                gint64         account_id,
                                const char    *text,
                                gsize          length,
                                gboolean      *known,
                                GError       **error)
{
  g_autoptr (CfoilMirrorIntake) intake = NULL;
  g_autofree char *object_id = NULL;
  g_autofree char *message_id = NULL;
  g_autofree char *raw = NULL;
  CfoilObjectKind kind;
  CfoilWriter *writer;
  gboolean is_new;

  if (length > MAX_NOTIFICATION)
    {
      g_set_error_literal (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_LIMIT,
                           "This is too long to be a notification");
      return FALSE;
    }
  if (!cfoil_provider_parse_notification (provider, text, length, &kind, &object_id, &message_id, error))
    return FALSE;
  intake = cfoil_mirror_intake_new (mirror, provider, account_id, NULL, NULL, error);
  if (intake == NULL || !cfoil_intake_begin_feed (CFOIL_INTAKE (intake), FEED_NOTIFICATIONS, error))
    return FALSE;

  writer = cfoil_mirror_intake_get_writer (intake);
  raw = g_utf8_make_valid (text, length);
  if (!put_notification (provider, writer, kind, object_id, message_id, raw, &is_new, error))
    return FALSE;
  *known = !is_new;
  return cfoil_intake_end_feed (CFOIL_INTAKE (intake), NULL, error);
}
