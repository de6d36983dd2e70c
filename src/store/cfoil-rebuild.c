/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-rebuild.h"

#include "cfoil-account.h"
#include "cfoil-time.h"
#include "cfoil-writer.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#define REBUILT_NAME "mirror.rebuild.sqlite"

/* What nobody could ask for again, table by table, parents first.  Rows keep
 * their ids, so references stay right. */
static const char *const copies[] = {
  "INSERT INTO account SELECT * FROM old.account",
  "INSERT INTO word SELECT * FROM old.word",
  "INSERT INTO feed SELECT * FROM old.feed",
  "INSERT INTO feed_coverage SELECT * FROM old.feed_coverage",
  "INSERT INTO document SELECT * FROM old.document",
  "UPDATE document SET n_rows_done = 0, state = 'reading', error_message = NULL",
  "INSERT INTO report SELECT * FROM old.report",
  "INSERT INTO observation SELECT * FROM old.observation WHERE document_id IS NULL",
  "INSERT INTO pursuit SELECT * FROM old.pursuit",
  "INSERT INTO disbursement SELECT * FROM old.disbursement",
  "INSERT INTO exception SELECT * FROM old.exception WHERE document_id IS NULL",
  "INSERT INTO notification SELECT * FROM old.notification",
  "INSERT INTO outbox SELECT * FROM old.outbox",
};

static void
remove_database (const char *path)
{
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  g_autofree char *shm = g_strconcat (path, "-shm", NULL);

  g_unlink (path);
  g_unlink (wal);
  g_unlink (shm);
}

static gboolean
copy_tables (CfoilMirror  *old,
             CfoilMirror  *rebuilt,
             GCancellable *cancellable,
             GError      **error)
{
  g_autoptr (CfoilDatabase) writer = cfoil_mirror_open_writer (rebuilt, error);
  g_autoptr (CfoilStatement) attach = NULL;

  if (writer == NULL)
    return FALSE;
  cfoil_database_set_cancellable (writer, cancellable);
  attach = cfoil_database_prepare (writer, "ATTACH ?1 AS old", error);
  if (attach == NULL)
    return FALSE;
  cfoil_statement_bind_text (attach, 1, cfoil_mirror_get_path (old));
  if (!cfoil_statement_run (attach, error) || !cfoil_database_exec (writer, "BEGIN IMMEDIATE", error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (copies); i++)
    if (!cfoil_database_exec (writer, copies[i], error))
      {
        g_prefix_error (error, "The old mirror cannot be read: ");
        return FALSE;
      }
  return cfoil_database_exec (writer, "COMMIT", error);
}

static gboolean
derive_objects (CfoilMirror *rebuilt,
                GError     **error)
{
  g_autoptr (GPtrArray) accounts = cfoil_account_list (rebuilt, error);

  if (accounts == NULL)
    return FALSE;
  for (guint i = 0; i < accounts->len; i++)
    {
      CfoilAccount *account = g_ptr_array_index (accounts, i);
      g_autoptr (CfoilWriter) writer = cfoil_writer_new (rebuilt, account->account_id, error);

      if (writer == NULL || !cfoil_writer_derive_all (writer, error) || !cfoil_writer_commit (writer, error))
        return FALSE;
    }
  return TRUE;
}

CfoilMirror *
cfoil_rebuild_begin (CfoilMirror  *old,
                     GCancellable *cancellable,
                     GError      **error)
{
  const char *folder = cfoil_mirror_get_folder (old);
  g_autofree char *path = g_build_filename (folder, REBUILT_NAME, NULL);
  g_autoptr (CfoilMirror) rebuilt = NULL;

  /* What a killed rebuild left is of no use. */
  remove_database (path);
  rebuilt = cfoil_mirror_open_named (folder, REBUILT_NAME, error);
  if (rebuilt == NULL ||
      !copy_tables (old, rebuilt, cancellable, error) ||
      !derive_objects (rebuilt, error))
    return NULL;
  return g_steal_pointer (&rebuilt);
}

static gboolean
checkpoint (CfoilMirror *mirror,
            GError     **error)
{
  g_autoptr (CfoilDatabase) writer = cfoil_mirror_open_writer (mirror, error);

  return writer != NULL && cfoil_database_exec (writer, "PRAGMA wal_checkpoint (TRUNCATE)", error);
}

gboolean
cfoil_rebuild_finish (CfoilMirror *old,
                      CfoilMirror *rebuilt,
                      char       **kept_path,
                      GError     **error)
{
  const char *path = cfoil_mirror_get_path (old);
  g_autofree char *old_wal = g_strconcat (path, "-wal", NULL);
  g_autofree char *old_shm = g_strconcat (path, "-shm", NULL);
  g_autofree char *kept = NULL;
  char time[CFOIL_TIME_BUFFER];

  cfoil_time_format_basic (time, cfoil_time_now_us ());
  kept = g_strdup_printf ("%s.replaced-%s", path, time);
  if (!checkpoint (rebuilt, error) || !checkpoint (old, error))
    return FALSE;

  /* The log of the old file must not meet the new one. */
  g_unlink (old_wal);
  g_unlink (old_shm);
  if (g_rename (path, kept) != 0 || g_rename (cfoil_mirror_get_path (rebuilt), path) != 0)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "Cannot replace %s: %s", path, g_strerror (errno));
      return FALSE;
    }
  *kept_path = g_steal_pointer (&kept);
  cfoil_mirror_notify_changed (old);
  return TRUE;
}
