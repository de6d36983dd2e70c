/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-exceptions.h"

#include "cfoil-shown-text.h"

#define RAW_MAX 8000

#define SQL_EXCEPTIONS \
  "SELECT e.exception_id, a.name, n.name, e.subject, e.message, f.name, " \
  "coalesce (d.shown_name, substr (d.sha256, 1, 12)), e.row_number, substr (e.raw, 1, 8100) " \
  "FROM exception AS e JOIN account AS a USING (account_id) " \
  "JOIN exception_name AS n USING (kind) " \
  "LEFT JOIN feed AS f ON f.feed_id = e.feed_id " \
  "LEFT JOIN document AS d ON d.document_id = e.document_id " \
  "ORDER BY e.exception_id DESC LIMIT ?1"

G_DEFINE_FINAL_TYPE (CfoilExceptionItem, cfoil_exception_item, G_TYPE_OBJECT)

static void
cfoil_exception_item_finalize (GObject *object)
{
  CfoilExceptionItem *self = CFOIL_EXCEPTION_ITEM (object);

  g_free (self->account);
  g_free (self->kind);
  g_free (self->subject);
  g_free (self->message);
  g_free (self->feed);
  g_free (self->document);
  g_free (self->raw);

  G_OBJECT_CLASS (cfoil_exception_item_parent_class)->finalize (object);
}

static void
cfoil_exception_item_class_init (CfoilExceptionItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cfoil_exception_item_finalize;
}

static void
cfoil_exception_item_init (CfoilExceptionItem *self)
{
}

static CfoilExceptionItem *
item_from_row (CfoilStatement *row)
{
  CfoilExceptionItem *self = g_object_new (CFOIL_TYPE_EXCEPTION_ITEM, NULL);

  self->id = cfoil_statement_column_int64 (row, 0);
  self->account = cfoil_shown_text (cfoil_statement_column_text (row, 1));
  self->kind = g_strdup (cfoil_statement_column_text (row, 2));
  self->subject = cfoil_shown_text (cfoil_statement_column_text (row, 3));
  self->message = cfoil_shown_text (cfoil_statement_column_text (row, 4));
  self->feed = g_strdup (cfoil_statement_column_text (row, 5));
  self->document = cfoil_shown_text (cfoil_statement_column_text (row, 6));
  self->row_number = cfoil_statement_column_int64 (row, 7);
  self->raw = cfoil_shown_lines (cfoil_statement_column_text (row, 8), RAW_MAX);
  return self;
}

static gpointer
read_exceptions (CfoilDatabase *database,
                 gpointer       data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (CfoilStatement) row = cfoil_database_prepare (database, SQL_EXCEPTIONS, error);
  CfoilStep step;

  if (row == NULL)
    return NULL;
  cfoil_statement_bind_int64 (row, 1, CFOIL_EXCEPTIONS_MAX);
  while ((step = cfoil_statement_step (row, error)) == CFOIL_STEP_ROW)
    g_ptr_array_add (items, item_from_row (row));
  return step == CFOIL_STEP_DONE ? g_steal_pointer (&items) : NULL;
}

void
cfoil_exceptions_read_async (CfoilReader         *reader,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  cfoil_reader_run_async (reader, CFOIL_READER_STATUS, read_exceptions, NULL, NULL,
                          (GDestroyNotify) g_ptr_array_unref, cancellable, callback, user_data);
}

GPtrArray *
cfoil_exceptions_read_finish (GAsyncResult *result,
                              GError      **error)
{
  return cfoil_reader_run_finish (result, error);
}
