/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-export-import.h"

#include "cfoil-annotation.h"
#include "cfoil-cell-writer.h"
#include "cfoil-currency.h"
#include "cfoil-error.h"
#include "cfoil-export-reader.h"

#include <string.h>

/* They follow from what is put back. */
#define FLAGS_OF_ANNOTATIONS (CFOIL_FLAG_NOTE | CFOIL_FLAG_TAGS | CFOIL_FLAG_REVIEWED)

typedef struct
{
  const CfoilExportImportOptions *options;
  CfoilExportImportResult *result;
  CfoilExportDifferenceFunc func; /* (nullable) */
  gpointer user_data;

  CfoilExportReader *file; /* (owned) */
  CfoilStatement *find;    /* (owned) */
  CfoilRowReader *rows;    /* (owned) */
  guint currency_place;    /* among the fields of rows; presentment is the next */
  GPtrArray *entries;      /* (owned) (element-type CfoilAnnotationEntry) */
  GString *cell;           /* (owned) */
  CfoilCellWriter *cells;  /* (owned): writes into cell */

  /* of the present row of the file */
  guint64 line_number;
  const char *transaction_id; /* (borrowed) */
  gboolean is_different;
} Import;

static gboolean
is_annotation (CfoilField field)
{
  return field == CFOIL_FIELD_NOTE || field == CFOIL_FIELD_TAGS || field == CFOIL_FIELD_REVIEWED;
}

static const CfoilExportColumn *
get_column (Import *self,
            guint   i)
{
  return &g_array_index (cfoil_export_reader_get_columns (self->file), CfoilExportColumn, i);
}

static gboolean
refuse_cell (Import  *self,
             guint    i,
             GError **error)
{
  g_set_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_SYNTAX,
               "Line %" G_GUINT64_FORMAT ": “%.60s” is nothing that the column %s can hold",
               self->line_number, cfoil_export_reader_get_cell (self->file, i), get_column (self, i)->name);
  return FALSE;
}

/* (nullable): what the file says, else what holds for all of it. */
static const char *
get_text (Import     *self,
          CfoilField  field,
          const char *otherwise)
{
  int place = cfoil_export_reader_find_column (self->file, field);
  CfoilRowValue value;

  if (place < 0 || !cfoil_export_reader_get_value (self->file, (guint) place, 0, &value) || value.text == NULL)
    return otherwise;
  return value.text;
}

/* --- what is the merchant's own --- */

static gboolean
take_annotation (Import     *self,
                 const char *provider,
                 const char *environment,
                 GError    **error)
{
  g_autoptr (CfoilAnnotation) annotation = cfoil_annotation_new ();
  const char *note = get_text (self, CFOIL_FIELD_NOTE, "");
  const char *tags = get_text (self, CFOIL_FIELD_TAGS, "");
  int reviewed = cfoil_export_reader_find_column (self->file, CFOIL_FIELD_REVIEWED);
  CfoilAnnotationEntry *entry;
  CfoilRowValue value = { .number = CFOIL_UNKNOWN };

  if (reviewed >= 0 && !cfoil_export_reader_get_value (self->file, (guint) reviewed, 0, &value))
    return refuse_cell (self, (guint) reviewed, error);
  if (*note == '\0' && *tags == '\0' && value.number == CFOIL_UNKNOWN)
    return TRUE;

  g_free (annotation->note);
  annotation->note = g_strdup (note);
  annotation->reviewed_us = value.number;
  g_strfreev (annotation->tags);
  annotation->tags = cfoil_tags_parse (tags, error);
  if (annotation->tags == NULL)
    return FALSE;
  entry = g_new0 (CfoilAnnotationEntry, 1);
  entry->provider = g_strdup (provider);
  entry->environment = g_strdup (environment);
  entry->transaction_id = g_strdup (self->transaction_id);
  entry->annotation = g_steal_pointer (&annotation);
  g_ptr_array_add (self->entries, entry);
  return TRUE;
}

/* --- all the rest --- */

static int
exponent_of (const CfoilRowValue *currency)
{
  return currency->text != NULL ? MAX (cfoil_currency_exponent (currency->text), 0) : 0;
}

/* The mirror's value as a file has it. */
static const char *
format_value (Import                  *self,
              const CfoilExportColumn *column,
              const CfoilRowValue     *value,
              int                      exponent)
{
  g_string_truncate (self->cell, 0);
  if (value->text != NULL)
    return value->text;
  cfoil_cell_writer_append (self->cells, column, value, exponent);
  cfoil_cell_writer_end_line (self->cells);
  g_string_truncate (self->cell, self->cell->len - 1);
  cfoil_cell_writer_restart (self->cells);
  return g_str_equal (self->cell->str, "\"\"") ? "" : self->cell->str;
}

static void
tell_difference (Import              *self,
                 guint                i,
                 const CfoilRowValue *value,
                 int                  exponent)
{
  const CfoilExportColumn *column = get_column (self, i);
  CfoilExportDifference difference = {
    .line_number = self->line_number,
    .transaction_id = self->transaction_id,
    .column = column->name,
    .in_file = cfoil_export_reader_get_cell (self->file, i),
    .in_mirror = format_value (self, column, value, exponent),
  };

  self->is_different = TRUE;
  if (self->func != NULL)
    self->func (&difference, self->user_data);
}

/* What is only in the file is put back, and so no difference. */
static gboolean
is_settled (Import                  *self,
            const CfoilExportColumn *column,
            CfoilRowValue           *said,
            CfoilRowValue           *stands)
{
  if (column->field == CFOIL_FIELD_FLAGS)
    {
      said->number &= ~FLAGS_OF_ANNOTATIONS;
      stands->number = stands->number == CFOIL_UNKNOWN ? 0 : stands->number & ~FLAGS_OF_ANNOTATIONS;
    }
  if (is_annotation (column->field) &&
      (self->options->replaces || (stands->number == CFOIL_UNKNOWN && (stands->text == NULL || *stands->text == '\0'))))
    return said->number != CFOIL_UNKNOWN || (said->text != NULL && *said->text != '\0');
  return FALSE;
}

static void
compare_cell (Import *self,
              guint   i)
{
  const CfoilExportColumn *column = get_column (self, i);
  guint currency = self->currency_place + (column->field == CFOIL_FIELD_PRESENTMENT_AMOUNT ? 1 : 0);
  int exponent = exponent_of (cfoil_row_reader_get (self->rows, currency));
  CfoilRowValue stands, said;

  if (column->kind == CFOIL_EXPORT_COLUMN_ZONE)
    return;
  stands = *cfoil_row_reader_get (self->rows, i);
  self->result->n_values++;
  if (!cfoil_export_reader_get_value (self->file, i, exponent, &said) ||
      (!is_settled (self, column, &said, &stands) && !cfoil_row_value_equal (&said, &stands)))
    tell_difference (self, i, &stands, exponent);
}

/* *TXN_ID 0: the mirror has no such row. */
static gboolean
find_row (Import     *self,
          const char *provider,
          const char *environment,
          gint64     *txn_id,
          GError    **error)
{
  CfoilStep step;

  cfoil_statement_reset (self->find);
  cfoil_statement_bind_text (self->find, 1, provider);
  cfoil_statement_bind_text (self->find, 2, environment);
  cfoil_statement_bind_text (self->find, 3, self->transaction_id);
  cfoil_statement_bind_text (self->find, 4, get_text (self, CFOIL_FIELD_ACCOUNT, ""));
  step = cfoil_statement_step (self->find, error);
  *txn_id = step == CFOIL_STEP_ROW ? cfoil_statement_column_int64 (self->find, 0) : 0;
  return step != CFOIL_STEP_ERROR;
}

static gboolean
compare_row (Import  *self,
             gint64   txn_id,
             GError **error)
{
  CfoilStep step = cfoil_row_reader_find (self->rows, txn_id, error);

  if (step != CFOIL_STEP_ROW)
    return FALSE;
  for (guint i = 0; i < cfoil_export_reader_get_columns (self->file)->len; i++)
    compare_cell (self, i);
  if (self->is_different)
    self->result->n_different++;
  else
    self->result->n_equal++;
  return TRUE;
}

static gboolean
take_row (CfoilExportReader *file,
          guint64            line_number,
          gpointer           user_data,
          GError           **error)
{
  Import *self = user_data;
  const char *provider, *environment;
  gint64 txn_id;

  self->line_number = line_number;
  self->is_different = FALSE;
  self->transaction_id = get_text (self, CFOIL_FIELD_TRANSACTION_ID, NULL);
  provider = get_text (self, CFOIL_FIELD_PROVIDER, self->options->provider);
  environment = get_text (self, CFOIL_FIELD_ENVIRONMENT, self->options->environment);
  if (self->transaction_id == NULL || provider == NULL || environment == NULL)
    {
      g_set_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_MISSING,
                   "Line %" G_GUINT64_FORMAT " does not say of which transaction, provider and environment it is",
                   line_number);
      return FALSE;
    }
  self->result->n_rows++;
  if (!take_annotation (self, provider, environment, error) ||
      !find_row (self, provider, environment, &txn_id, error))
    return FALSE;
  if (txn_id != 0)
    return compare_row (self, txn_id, error);
  self->result->n_missing++;
  return TRUE;
}

/* --- the whole --- */

static gboolean
open_rows (Import        *self,
           CfoilDatabase *reader,
           GError       **error)
{
  static const CfoilField currencies[] = { CFOIL_FIELD_CURRENCY, CFOIL_FIELD_PRESENTMENT_CURRENCY };
  const GArray *columns = cfoil_export_reader_get_columns (self->file);
  g_autoptr (GArray) fields = g_array_new (FALSE, FALSE, sizeof (CfoilField));

  for (guint i = 0; i < columns->len; i++)
    {
      CfoilField field = MIN (get_column (self, i)->field, CFOIL_N_FIELDS - 1);

      g_array_append_val (fields, field);
    }
  self->currency_place = fields->len;
  g_array_append_vals (fields, currencies, G_N_ELEMENTS (currencies));
  self->rows = cfoil_row_reader_new (reader, (const CfoilField *) (gpointer) fields->data, fields->len, error);
  if (self->rows == NULL)
    return FALSE;
  /* The account of the file's name first: a transaction may be in two. */
  self->find = cfoil_database_prepare (reader,
                                       "SELECT t.txn_id FROM account AS a CROSS JOIN txn AS t USING (account_id) "
                                       "WHERE a.provider = ?1 AND a.environment = ?2 AND t.transaction_id = ?3 "
                                       "ORDER BY a.name <> ?4, a.account_id LIMIT 1",
                                       error);
  return self->find != NULL;
}

/* One snapshot for all rows of the file. */
static gboolean
compare_all (Import       *self,
             CfoilMirror  *mirror,
             GCancellable *cancellable,
             GError      **error)
{
  g_autoptr (CfoilDatabase) reader = cfoil_mirror_open_reader (mirror, error);
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  gboolean ok;

  if (reader == NULL)
    return FALSE;
  cfoil_database_set_cancellable (reader, cancellable);
  self->cell = g_string_new (NULL);
  self->cells = cfoil_cell_writer_new (self->cell, CFOIL_EXPORT_PLAIN, ',', '.', zone);
  ok = cfoil_database_exec (reader, "BEGIN", error) && open_rows (self, reader, error) &&
       cfoil_export_reader_run (self->file, take_row, self, cancellable, error);
  g_clear_pointer (&self->rows, cfoil_row_reader_free);
  g_clear_pointer (&self->find, cfoil_statement_free);
  cfoil_cell_writer_free (self->cells);
  g_string_free (self->cell, TRUE);
  return ok;
}

gboolean
cfoil_export_import_sync (CfoilMirror                    *mirror,
                          const CfoilExportImportOptions *options,
                          CfoilExportDifferenceFunc       func,
                          gpointer                        user_data,
                          GCancellable                   *cancellable,
                          CfoilExportImportResult        *result,
                          GError                        **error)
{
  g_autoptr (CfoilExportReader) file = NULL;
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify) cfoil_annotation_entry_free);
  Import self = { .options = options, .result = result, .func = func, .user_data = user_data, .entries = entries };

  g_return_val_if_fail (CFOIL_IS_MIRROR (mirror), FALSE);

  *result = (CfoilExportImportResult){ 0 };
  file = cfoil_export_reader_open (options->path, error);
  self.file = file;
  return file != NULL && compare_all (&self, mirror, cancellable, error) &&
         (entries->len == 0 || cfoil_annotation_restore (mirror, entries, options->replaces, &result->n_restored, error));
}
