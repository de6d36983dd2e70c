/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-database.h"

#include "cfoil-types.h"

#include <errno.h>
#include <sqlite3.h>
#include <string.h>

/* Another process may hold the write lock for one batch. */
#define BUSY_TIMEOUT_MS 15000
#define BETWEEN_TIMEOUT_US (30 * G_TIME_SPAN_SECOND)
#define BETWEEN_INTERVAL_US 500

struct _CfoilDatabase
{
  sqlite3 *handle;           /* (owned) */
  GCancellable *cancellable; /* (owned) (nullable) */
  guint n_mapped;            /* by so many it is wanted that pages are mapped */
};

struct _CfoilStatement
{
  sqlite3_stmt *handle;    /* (owned) */
  CfoilDatabase *database; /* (borrowed) */
};

static int
io_error_code (sqlite3 *handle,
               int      code)
{
  switch (code & 0xff)
    {
    case SQLITE_FULL:
      return G_IO_ERROR_NO_SPACE;
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return G_IO_ERROR_PERMISSION_DENIED;
    case SQLITE_READONLY:
      return G_IO_ERROR_READ_ONLY;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return G_IO_ERROR_BUSY;
    case SQLITE_INTERRUPT:
      return G_IO_ERROR_CANCELLED;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return G_IO_ERROR_INVALID_DATA;
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
      if (handle != NULL && sqlite3_system_errno (handle) != 0)
        return g_io_error_from_errno (sqlite3_system_errno (handle));
      return G_IO_ERROR_FAILED;
    default:
      return G_IO_ERROR_FAILED;
    }
}

static void
set_error (CfoilDatabase *self,
           int            code,
           GError       **error)
{
  g_set_error (error, G_IO_ERROR, io_error_code (self->handle, code),
               "The mirror: %s",
               self->handle != NULL ? sqlite3_errmsg (self->handle) : sqlite3_errstr (code));
}

static int
progress_cb (gpointer user_data)
{
  CfoilDatabase *self = user_data;

  return self->cancellable != NULL && g_cancellable_is_cancelled (self->cancellable);
}

/* SQLite counts its memory for whoever asks, with a lock at each allocation: nobody does.
 * Too late, where a test was faster, it is refused, and nothing is lost. */
static void
configure_once (void)
{
  static gsize is_done = 0;

  if (!g_once_init_enter (&is_done))
    return;
  sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0);
  g_once_init_leave (&is_done, 1);
}

CfoilDatabase *
cfoil_database_open (const char       *path,
                     CfoilDatabaseMode mode,
                     GError          **error)
{
  g_autoptr (CfoilDatabase) self = g_new0 (CfoilDatabase, 1);
  int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  int code;

  g_return_val_if_fail (path != NULL, NULL);

  configure_once ();
  flags |= mode == CFOIL_DATABASE_CREATE
             ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
             : SQLITE_OPEN_READONLY;
  code = sqlite3_open_v2 (path, &self->handle, flags, NULL);
  if (code != SQLITE_OK)
    {
      set_error (self, code, error);
      g_prefix_error (error, "%s: ", path);
      return NULL;
    }

  sqlite3_busy_timeout (self->handle, BUSY_TIMEOUT_MS);
  /* The file may come from anywhere: nothing in it may run or reach out. */
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
  if (mode == CFOIL_DATABASE_READ_ONLY)
    sqlite3_limit (self->handle, SQLITE_LIMIT_ATTACHED, 0);
  return g_steal_pointer (&self);
}

void
cfoil_database_close (CfoilDatabase *self)
{
  if (self == NULL)
    return;
  if (self->handle != NULL && sqlite3_close (self->handle) != SQLITE_OK)
    g_critical ("A connection was closed before its statements");
  g_clear_object (&self->cancellable);
  g_free (self);
}

gboolean
cfoil_database_exec (CfoilDatabase *self,
                     const char    *sql,
                     GError       **error)
{
  int code;

  g_return_val_if_fail (self != NULL && sql != NULL, FALSE);

  code = sqlite3_exec (self->handle, sql, NULL, NULL, NULL);
  if (code == SQLITE_OK)
    return TRUE;
  set_error (self, code, error);
  return FALSE;
}

gboolean
cfoil_database_get_int64 (CfoilDatabase *self,
                          const char    *sql,
                          gint64        *value,
                          GError       **error)
{
  g_autoptr (CfoilStatement) statement = cfoil_database_prepare (self, sql, error);

  if (statement == NULL)
    return FALSE;
  switch (cfoil_statement_step (statement, error))
    {
    case CFOIL_STEP_ROW:
      *value = cfoil_statement_column_int64 (statement, 0);
      return TRUE;
    case CFOIL_STEP_DONE:
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "The mirror: no such row");
      return FALSE;
    default:
      return FALSE;
    }
}

gint64
cfoil_database_last_insert_id (CfoilDatabase *self)
{
  return sqlite3_last_insert_rowid (self->handle);
}

gint64
cfoil_database_changes (CfoilDatabase *self)
{
  return sqlite3_changes64 (self->handle);
}

gboolean
cfoil_database_in_transaction (CfoilDatabase *self)
{
  return sqlite3_get_autocommit (self->handle) == 0;
}

void
cfoil_database_set_busy_timeout (CfoilDatabase *self,
                                 int            timeout_ms)
{
  sqlite3_busy_timeout (self->handle, timeout_ms);
}

gboolean
cfoil_database_begin_between (CfoilDatabase *self,
                              GError       **error)
{
  gint64 end = g_get_monotonic_time () + BETWEEN_TIMEOUT_US;

  sqlite3_busy_timeout (self->handle, 0);
  for (;;)
    {
      g_autoptr (GError) local = NULL;

      if (cfoil_database_exec (self, "BEGIN IMMEDIATE", &local))
        return TRUE;
      if (!g_error_matches (local, G_IO_ERROR, G_IO_ERROR_BUSY) || g_get_monotonic_time () > end)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      g_usleep (BETWEEN_INTERVAL_US);
    }
}

void
cfoil_database_set_mapped (CfoilDatabase *self,
                           gboolean       is_mapped)
{
  if (is_mapped ? self->n_mapped++ > 0 : --self->n_mapped > 0)
    return;
  /* Without it all is right, too, only slower. */
  sqlite3_exec (self->handle, is_mapped ? "PRAGMA mmap_size = 2147418112" : "PRAGMA mmap_size = 0", NULL, NULL, NULL);
}

void
cfoil_database_set_cancellable (CfoilDatabase *self,
                                GCancellable  *cancellable)
{
  g_set_object (&self->cancellable, cancellable);
  sqlite3_progress_handler (self->handle, cancellable != NULL ? 5000 : 0, progress_cb, self);
}

CfoilStatement *
cfoil_database_prepare (CfoilDatabase *self,
                        const char    *sql,
                        GError       **error)
{
  CfoilStatement *statement;
  sqlite3_stmt *handle = NULL;
  const char *tail = NULL;
  int code;

  g_return_val_if_fail (self != NULL && sql != NULL, NULL);

  code = sqlite3_prepare_v3 (self->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &handle, &tail);
  if (code != SQLITE_OK)
    {
      set_error (self, code, error);
      return NULL;
    }
  while (tail != NULL && (g_ascii_isspace (*tail) || *tail == ';'))
    tail++;
  if (handle == NULL || (tail != NULL && *tail != '\0'))
    {
      sqlite3_finalize (handle);
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                           handle == NULL ? "There is no SQL statement" : "There is more than one SQL statement");
      return NULL;
    }

  statement = g_new0 (CfoilStatement, 1);
  statement->handle = handle;
  statement->database = self;
  return statement;
}

void
cfoil_statement_free (CfoilStatement *self)
{
  if (self == NULL)
    return;
  sqlite3_finalize (self->handle);
  g_free (self);
}

void
cfoil_statement_bind_int64 (CfoilStatement *self,
                            int             parameter,
                            gint64          value)
{
  int code = value == CFOIL_UNKNOWN
               ? sqlite3_bind_null (self->handle, parameter)
               : sqlite3_bind_int64 (self->handle, parameter, value);

  if (code != SQLITE_OK)
    g_critical ("Cannot bind parameter %d of: %s", parameter, sqlite3_sql (self->handle));
}

void
cfoil_statement_bind_text (CfoilStatement *self,
                           int             parameter,
                           const char     *text)
{
  int code = sqlite3_bind_text (self->handle, parameter, text, -1, SQLITE_STATIC);

  if (code != SQLITE_OK)
    g_critical ("Cannot bind parameter %d of: %s", parameter, sqlite3_sql (self->handle));
}

void
cfoil_statement_bind_blob (CfoilStatement *self,
                           int             parameter,
                           const guint8   *data,
                           gsize           length)
{
  int code = sqlite3_bind_blob64 (self->handle, parameter, data, length, SQLITE_STATIC);

  if (code != SQLITE_OK)
    g_critical ("Cannot bind parameter %d of: %s", parameter, sqlite3_sql (self->handle));
}

CfoilStep
cfoil_statement_step (CfoilStatement *self,
                      GError        **error)
{
  int code = sqlite3_step (self->handle);

  if (code == SQLITE_ROW)
    return CFOIL_STEP_ROW;
  if (code == SQLITE_DONE)
    return CFOIL_STEP_DONE;
  set_error (self->database, code, error);
  return CFOIL_STEP_ERROR;
}

gboolean
cfoil_statement_run (CfoilStatement *self,
                     GError        **error)
{
  CfoilStep step;

  do
    step = cfoil_statement_step (self, error);
  while (step == CFOIL_STEP_ROW);

  cfoil_statement_reset (self);
  return step == CFOIL_STEP_DONE;
}

void
cfoil_statement_reset (CfoilStatement *self)
{
  sqlite3_reset (self->handle);
  sqlite3_clear_bindings (self->handle);
}

int
cfoil_statement_n_columns (CfoilStatement *self)
{
  return sqlite3_column_count (self->handle);
}

const char *
cfoil_statement_column_name (CfoilStatement *self,
                             int             column)
{
  return sqlite3_column_name (self->handle, column);
}

CfoilValueType
cfoil_statement_column_type (CfoilStatement *self,
                             int             column)
{
  switch (sqlite3_column_type (self->handle, column))
    {
    case SQLITE_INTEGER:
      return CFOIL_VALUE_INTEGER;
    case SQLITE_FLOAT:
      return CFOIL_VALUE_REAL;
    case SQLITE_TEXT:
      return CFOIL_VALUE_TEXT;
    case SQLITE_BLOB:
      return CFOIL_VALUE_BLOB;
    default:
      return CFOIL_VALUE_NULL;
    }
}

gint64
cfoil_statement_column_int64 (CfoilStatement *self,
                              int             column)
{
  if (sqlite3_column_type (self->handle, column) == SQLITE_NULL)
    return CFOIL_UNKNOWN;
  return sqlite3_column_int64 (self->handle, column);
}

const char *
cfoil_statement_column_text (CfoilStatement *self,
                             int             column)
{
  return (const char *) sqlite3_column_text (self->handle, column);
}

const guint8 *
cfoil_statement_column_blob (CfoilStatement *self,
                             int             column)
{
  return sqlite3_column_blob (self->handle, column);
}

gsize
cfoil_statement_column_length (CfoilStatement *self,
                               int             column)
{
  return (gsize) sqlite3_column_bytes (self->handle, column);
}

gboolean
cfoil_statement_is_read_only (CfoilStatement *self)
{
  return sqlite3_stmt_readonly (self->handle) != 0;
}

/* --- beginnings of blobs --- */

struct _CfoilBlobPeek
{
  CfoilDatabase *database; /* (borrowed) */
  char *table;             /* (owned) */
  char *column;            /* (owned) */
  sqlite3_blob *handle;    /* (owned) (nullable): at the row that was read last */
};

CfoilBlobPeek *
cfoil_blob_peek_new (CfoilDatabase *database,
                     const char    *table,
                     const char    *column)
{
  CfoilBlobPeek *self = g_new0 (CfoilBlobPeek, 1);

  self->database = database;
  self->table = g_strdup (table);
  self->column = g_strdup (column);
  return self;
}

void
cfoil_blob_peek_free (CfoilBlobPeek *self)
{
  if (self == NULL)
    return;
  sqlite3_blob_close (self->handle);
  g_free (self->table);
  g_free (self->column);
  g_free (self);
}

gboolean
cfoil_blob_peek_read (CfoilBlobPeek *self,
                      gint64         rowid,
                      guint8        *out,
                      gsize          length,
                      GError       **error)
{
  int code = self->handle != NULL ? sqlite3_blob_reopen (self->handle, rowid)
                                  : sqlite3_blob_open (self->database->handle, "main", self->table, self->column, rowid, 0, &self->handle);

  if (code == SQLITE_OK)
    code = sqlite3_blob_read (self->handle, out, (int) length, 0);
  if (code != SQLITE_OK)
    set_error (self->database, code, error);
  return code == SQLITE_OK;
}
