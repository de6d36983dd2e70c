/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-row-writer.h"

#include "cfoil-currency.h"

static const CfoilExportColumn *
column_at (const GArray *columns,
           guint         i)
{
  return &g_array_index (columns, CfoilExportColumn, i);
}

/* Behind the columns' fields stand two more, for the exponents. */
CfoilRowReader *
cfoil_row_writer_open_rows (CfoilDatabase *database,
                            const GArray  *columns,
                            GError       **error)
{
  g_autoptr (GArray) fields = g_array_new (FALSE, FALSE, sizeof (CfoilField));
  static const CfoilField currencies[] = { CFOIL_FIELD_CURRENCY, CFOIL_FIELD_PRESENTMENT_CURRENCY };

  for (guint i = 0; i < columns->len; i++)
    {
      const CfoilExportColumn *column = column_at (columns, i);
      /* What is made here needs no field; any will do. */
      CfoilField field = column->field < CFOIL_N_FIELDS ? column->field : CFOIL_FIELD_CURRENCY;

      g_array_append_val (fields, field);
    }
  g_array_append_vals (fields, currencies, G_N_ELEMENTS (currencies));
  return cfoil_row_reader_new (database, (const CfoilField *) (gpointer) fields->data, fields->len, error);
}

gboolean
cfoil_row_writer_find (CfoilRowReader *rows,
                       gint64          txn_id,
                       GError        **error)
{
  CfoilStep step = cfoil_row_reader_find (rows, txn_id, error);

  if (step == CFOIL_STEP_DONE)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                         "A transaction that was to be exported is no longer in the mirror");
  return step == CFOIL_STEP_ROW;
}

void
cfoil_row_writer_append_header (CfoilCellWriter *cells,
                                const GArray    *columns)
{
  for (guint i = 0; i < columns->len; i++)
    cfoil_cell_writer_append_header (cells, column_at (columns, i)->name);
  cfoil_cell_writer_end_line (cells);
}

/* A currency that we do not know: the whole minor units, never a guess. */
static int
exponent_of (const CfoilRowValue *currency)
{
  return currency->text != NULL ? MAX (cfoil_currency_exponent (currency->text), 0) : 0;
}

void
cfoil_row_writer_append (CfoilCellWriter      *cells,
                         const GArray         *columns,
                         const CfoilRowReader *rows)
{
  guint n = columns->len;
  int exponent = exponent_of (cfoil_row_reader_get (rows, n));
  int presentment = exponent_of (cfoil_row_reader_get (rows, n + 1));

  for (guint i = 0; i < n; i++)
    {
      const CfoilExportColumn *column = column_at (columns, i);

      cfoil_cell_writer_append (cells, column, cfoil_row_reader_get (rows, i),
                                column->field == CFOIL_FIELD_PRESENTMENT_AMOUNT ? presentment : exponent);
    }
  cfoil_cell_writer_end_line (cells);
}

/* --- as text --- */

static gboolean
append_rows (CfoilCellWriter *cells,
             const GArray    *columns,
             CfoilDatabase   *database,
             const GArray    *ids,
             GCancellable    *cancellable,
             GError         **error)
{
  g_autoptr (CfoilRowReader) rows = cfoil_row_writer_open_rows (database, columns, error);

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !cfoil_row_writer_find (rows, g_array_index (ids, gint64, i), error))
        return FALSE;
      cfoil_row_writer_append (cells, columns, rows);
    }
  return TRUE;
}

char *
cfoil_row_writer_to_text (CfoilDatabase *database,
                          const GArray  *ids,
                          const GArray  *fields,
                          GTimeZone     *zone,
                          GCancellable  *cancellable,
                          GError       **error)
{
  g_autoptr (GArray) columns = cfoil_export_columns_of_fields (fields);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (CfoilCellWriter) cells = cfoil_cell_writer_new (text, CFOIL_EXPORT_PLAIN, ',', '.', zone);
  gboolean ok;

  if (!cfoil_database_exec (database, "BEGIN", error))
    return NULL;
  cfoil_row_writer_append_header (cells, columns);
  ok = append_rows (cells, columns, database, ids, cancellable, error);
  /* Nothing was written. */
  cfoil_database_exec (database, "ROLLBACK", NULL);
  return ok ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}
