/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A connection to a SQLite file and its statements.  Blocking, for worker
 * threads; one connection belongs to one thread at a time.  Errors are G_IO_ERROR
 * codes that a person can act on: NO_SPACE, PERMISSION_DENIED, READ_ONLY, BUSY,
 * CANCELLED (interrupted), INVALID_DATA (damaged or not a database), FAILED. */
typedef struct _CfoilDatabase CfoilDatabase;
typedef struct _CfoilStatement CfoilStatement;

typedef enum
{
  CFOIL_DATABASE_CREATE,     /* read and write, made if missing */
  CFOIL_DATABASE_READ_ONLY,  /* writing is impossible, whatever the SQL */
} CfoilDatabaseMode;

typedef enum
{
  CFOIL_STEP_ERROR = -1,
  CFOIL_STEP_DONE = 0,
  CFOIL_STEP_ROW = 1,
} CfoilStep;

CfoilDatabase *cfoil_database_open (const char       *path,
                                    CfoilDatabaseMode mode,
                                    GError          **error);
void cfoil_database_close (CfoilDatabase *self);

/* Runs SQL, which may hold several statements; results are thrown away. */
gboolean cfoil_database_exec (CfoilDatabase *self,
                              const char    *sql,
                              GError       **error);

/* Runs SQL that gives one integer; FALSE also when it gives no row. */
gboolean cfoil_database_get_int64 (CfoilDatabase *self,
                                   const char    *sql,
                                   gint64        *value,
                                   GError       **error);

gint64 cfoil_database_last_insert_id (CfoilDatabase *self);
gint64 cfoil_database_changes (CfoilDatabase *self);
/* Begins to write between two transactions of somebody who writes a lot: a sync
 * holds the right from one commit to the next and lets go of it for an instant
 * only, so that is looked for often.  G_IO_ERROR_BUSY after half a minute. */
gboolean cfoil_database_begin_between (CfoilDatabase *self,
                                       GError       **error);

/* Reads pages where they lie in the file's cache instead of copying them, while
 * much is gone through one after the other; after the last FALSE nothing stays mapped.
 * For pages here and there copying is cheaper.  Not with a statement under way. */
void cfoil_database_set_mapped (CfoilDatabase *self,
                                gboolean       is_mapped);

gboolean cfoil_database_in_transaction (CfoilDatabase *self);

/* How long to wait for another connection's lock; 15 seconds unless set. */
void cfoil_database_set_busy_timeout (CfoilDatabase *self,
                                      int            timeout_ms);

/* Interrupts statements when CANCELLABLE is cancelled; NULL: never. */
void cfoil_database_set_cancellable (CfoilDatabase *self,
                                     GCancellable  *cancellable);

/* Exactly one statement; free it before its connection.  Trailing text after the
 * statement is an error. */
CfoilStatement *cfoil_database_prepare (CfoilDatabase *self,
                                        const char    *sql,
                                        GError       **error);
void cfoil_statement_free (CfoilStatement *self);

/* Parameters and columns count from 1 and from 0, as in SQLite.  Text is not
 * copied: it must stay until the next reset or bind.  CFOIL_UNKNOWN and NULL
 * text bind as NULL, and a NULL column reads as CFOIL_UNKNOWN and NULL. */
void cfoil_statement_bind_int64 (CfoilStatement *self,
                                 int             parameter,
                                 gint64          value);
void cfoil_statement_bind_text (CfoilStatement *self,
                                int             parameter,
                                const char     *text);
/* DATA must stay until the statement is reset or bound anew. */
void cfoil_statement_bind_blob (CfoilStatement *self,
                                int             parameter,
                                const guint8   *data,
                                gsize           length);

CfoilStep cfoil_statement_step (CfoilStatement *self,
                                GError        **error);
/* Steps to the end and resets, with the bindings cleared. */
gboolean cfoil_statement_run (CfoilStatement *self,
                              GError        **error);
void cfoil_statement_reset (CfoilStatement *self);

int cfoil_statement_n_columns (CfoilStatement *self);
const char *cfoil_statement_column_name (CfoilStatement *self,
                                         int             column);

typedef enum
{
  CFOIL_VALUE_NULL,
  CFOIL_VALUE_INTEGER,
  CFOIL_VALUE_REAL,
  CFOIL_VALUE_TEXT,
  CFOIL_VALUE_BLOB,
} CfoilValueType;

CfoilValueType cfoil_statement_column_type (CfoilStatement *self,
                                            int             column);
gint64 cfoil_statement_column_int64 (CfoilStatement *self,
                                     int             column);
/* Borrowed until the next step.  Numbers are turned into text. */
const char *cfoil_statement_column_text (CfoilStatement *self,
                                         int             column);
/* The bytes as they are, NULL for none, until the next step. */
const guint8 *cfoil_statement_column_blob (CfoilStatement *self,
                                           int             column);
gsize cfoil_statement_column_length (CfoilStatement *self,
                                     int             column);
/* TRUE when the statement cannot change the database. */
/* The beginnings of the blobs of one column, without the rest of them, which may be on many
 * pages.  Within one read transaction, on its connection's thread. */
typedef struct _CfoilBlobPeek CfoilBlobPeek;

CfoilBlobPeek *cfoil_blob_peek_new (CfoilDatabase *self,
                                    const char    *table,
                                    const char    *column);
void cfoil_blob_peek_free (CfoilBlobPeek *self);
/* OUT gets the first LENGTH bytes of the row's blob.  FALSE: there is no such row, or its blob is shorter. */
gboolean cfoil_blob_peek_read (CfoilBlobPeek *self,
                               gint64         rowid,
                               guint8        *out,
                               gsize          length,
                               GError       **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilBlobPeek, cfoil_blob_peek_free)

gboolean cfoil_statement_is_read_only (CfoilStatement *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilDatabase, cfoil_database_close)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilStatement, cfoil_statement_free)

G_END_DECLS
