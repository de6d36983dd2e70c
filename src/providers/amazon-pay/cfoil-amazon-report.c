/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-amazon-report.h"

#include "cfoil-amazon-report-row.h"
#include "cfoil-error.h"
#include "cfoil-time.h"

#include <string.h>

#define CHUNK_SIZE (128 * 1024)
/* A settlement has five lines above its header; more than this is no report. */
#define MAX_PREAMBLE 50

/* In the order of trial: some columns occur in several kinds. */
static const CfoilAmazonReportKind *const kinds[] = {
  &cfoil_amazon_currency_rows,
  &cfoil_amazon_settlement_rows,
  &cfoil_amazon_refund_rows,
  &cfoil_amazon_capture_rows,
  &cfoil_amazon_authorization_rows,
  &cfoil_amazon_agreement_rows,
  &cfoil_amazon_order_rows,
};

/* --- reports whose columns nobody has published --- */

/* Their file is kept and can be looked into; nothing is read from it, so it has no columns. */
static const CfoilAmazonReportKind strange_rows = { .type = CFOIL_DOCUMENT_NOT_UNDERSTOOD, .feed = "imports" };

/* Amounts in more than one currency, of this provider. */
static gboolean
looks_like_currencies (const CfoilCsvField *fields,
                       guint                n_fields)
{
  guint n_currencies = 0;
  gboolean is_ours = FALSE;

  for (guint i = 0; i < n_fields; i++)
    {
      g_autofree char *name = g_ascii_strdown (fields[i].text, -1);

      n_currencies += strstr (name, "currency") != NULL;
      is_ours = is_ours || g_str_has_prefix (name, "amazon") || g_str_equal (name, "chargeid") || g_str_equal (name, "chargepermissionid");
    }
  return is_ours && n_currencies > 1;
}

typedef struct
{
  const CfoilAmazonReportKind *kind; /* (nullable): known from the header on */
  const char *wanted;                /* (nullable): the type that the caller expects */
  gboolean takes_strange;            /* the first row that is wide enough is a header, whatever is in it */
  CfoilAmazonRow row;
  guint64 skip_rows;
  guint64 n_rows;
  guint64 n_odd_rows;
  gboolean is_form_only; /* nothing is put */
} Reader;

static gboolean
has_cell (const CfoilCsvField *fields,
          guint                n_fields,
          const char          *name)
{
  for (guint i = 0; i < n_fields; i++)
    if (g_ascii_strcasecmp (fields[i].text, name) == 0)
      return TRUE;
  return FALSE;
}

static const CfoilAmazonReportKind *
find_kind (const CfoilCsvField *fields,
           guint                n_fields)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (has_cell (fields, n_fields, kinds[i]->columns[kinds[i]->signature])
        && has_cell (fields, n_fields, kinds[i]->columns[kinds[i]->second]))
      return kinds[i];
  return looks_like_currencies (fields, n_fields) ? &strange_rows : NULL;
}

/* A line above the header of a settlement: a name and a value.  A date that
 * cannot be read is not worth losing the report over. */
static void
read_preamble (Reader              *reader,
               const CfoilCsvField *fields,
               guint                n_fields)
{
  CfoilAmazonRow *row = &reader->row;

  if (n_fields < 2 || fields[1].length == 0)
    return;

  if (g_ascii_strcasecmp (fields[0].text, "SellerId") == 0)
    {
      g_free (row->merchant_id);
      row->merchant_id = g_strdup (fields[1].text);
    }
  else if (g_ascii_strcasecmp (fields[0].text, "SettlementStartDate") == 0)
    {
      if (!cfoil_time_parse (fields[1].text, fields[1].length, &row->start_us, NULL))
        row->start_us = CFOIL_UNKNOWN;
    }
  else if (g_ascii_strcasecmp (fields[0].text, "SettlementEndDate") == 0)
    {
      if (!cfoil_time_parse (fields[1].text, fields[1].length, &row->end_us, NULL))
        row->end_us = CFOIL_UNKNOWN;
    }
}

static gboolean
note_columns (Reader  *reader,
              GError **error)
{
  CfoilAmazonRow *row = &reader->row;

  if (reader->is_form_only || reader->skip_rows > 0 || !reader->kind->notes_columns)
    return TRUE;

  for (guint i = 0; i < row->unknown->len; i++)
    {
      CfoilException exception = {
        .kind = CFOIL_EXCEPTION_UNKNOWN_COLUMN,
        .subject = g_ptr_array_index (row->names, g_array_index (row->unknown, guint, i)),
        .message = "A column that this version does not know; its values are kept with the lines",
      };

      if (!cfoil_intake_put_exception (row->intake, &exception, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
note_strange (Reader  *reader,
              GError **error)
{
  const CfoilException exception = {
    .kind = CFOIL_EXCEPTION_UNKNOWN_COLUMN,
    .subject = "",
    .message = "The columns of this report are not published and not understood: the file is kept, and nothing was read from it",
  };

  return reader->is_form_only || reader->skip_rows > 0 || cfoil_intake_put_exception (reader->row.intake, &exception, error);
}

static gboolean
read_header (Reader              *reader,
             const CfoilCsvField *fields,
             guint                n_fields,
             guint64              row_number,
             GError             **error)
{
  reader->kind = find_kind (fields, n_fields);
  if (reader->kind == NULL && reader->takes_strange && n_fields > 2)
    reader->kind = &strange_rows;
  if (reader->kind == NULL)
    {
      read_preamble (reader, fields, n_fields);
      if (row_number < MAX_PREAMBLE)
        return TRUE;
      g_set_error_literal (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_UNKNOWN, "This is not a report that we know");
      return FALSE;
    }

  if (reader->wanted != NULL && !g_str_equal (reader->wanted, reader->kind->type))
    {
      g_set_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_UNKNOWN, "This is a report of the type %s, not %s", reader->kind->type, reader->wanted);
      return FALSE;
    }
  if (reader->kind == &strange_rows)
    return note_strange (reader, error);
  return cfoil_amazon_row_set_header (&reader->row, reader->kind, fields, n_fields, error)
         && note_columns (reader, error);
}

static gboolean
put_bad_row (Reader     *reader,
             const char *raw,
             const char *message,
             GError    **error)
{
  CfoilException exception = {
    .kind = CFOIL_EXCEPTION_BAD_ROW,
    .subject = "",
    .message = message,
    .raw = raw,
    .row_number = reader->n_rows,
  };

  return cfoil_intake_put_exception (reader->row.intake, &exception, error);
}

static gboolean
put_row (Reader              *reader,
         const CfoilCsvField *fields,
         guint                n_fields,
         GError             **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *raw = NULL;

  reader->row.fields = fields;
  reader->row.number = reader->n_rows;
  if (reader->kind->put (&reader->row, &local_error))
    return TRUE;
  if (local_error->domain != CFOIL_INPUT_ERROR)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  raw = cfoil_amazon_fields_to_csv (fields, n_fields);
  return put_bad_row (reader, raw, local_error->message, error);
}

static gboolean
row_cb (const CfoilCsvField *fields,
        guint                n_fields,
        guint64              row_number,
        guint64              line_number,
        gpointer             user_data,
        GError             **error)
{
  Reader *reader = user_data;
  gboolean fits;

  if (reader->kind == NULL)
    return read_header (reader, fields, n_fields, row_number, error);

  reader->n_rows++;
  if (reader->kind == &strange_rows)
    return TRUE;
  fits = cfoil_amazon_row_fits (&reader->row, fields, n_fields);
  if (!fits)
    reader->n_odd_rows++;
  if (reader->is_form_only || reader->n_rows <= reader->skip_rows)
    return TRUE;
  if (fits)
    return put_row (reader, fields, n_fields, error);

  {
    g_autofree char *raw = cfoil_amazon_fields_to_csv (fields, n_fields);
    g_autofree char *message = g_strdup_printf ("The row has %u columns, the header has %u", n_fields, reader->row.names->len);

    return put_bad_row (reader, raw, message, error);
  }
}

static gboolean
bad_row_cb (const char *text,
            const char *message,
            guint64     row_number,
            guint64     line_number,
            gpointer    user_data,
            GError    **error)
{
  Reader *reader = user_data;

  if (reader->kind == NULL)
    {
      g_set_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_ENCODING, "The document's first lines cannot be read: %s", message);
      return FALSE;
    }

  reader->n_rows++;
  if (reader->kind == &strange_rows)
    return TRUE;
  reader->n_odd_rows++;
  if (reader->is_form_only || reader->n_rows <= reader->skip_rows)
    return TRUE;
  return put_bad_row (reader, text, message, error);
}

/* Commas, although the reports are called flat files; tabs are the other thing
 * that a spreadsheet may have made of one. */
static char
find_delimiter (const char *head,
                gsize       length)
{
  guint commas = 0, tabs = 0;

  for (gsize i = 0; i < MIN (length, 8192); i++)
    {
      commas += head[i] == ',';
      tabs += head[i] == '\t';
    }
  return tabs > commas ? '\t' : ',';
}

static gboolean
read_stream (Reader       *reader,
             GInputStream *stream,
             GCancellable *cancellable,
             GError      **error)
{
  g_autoptr (CfoilCsvReader) csv = cfoil_csv_reader_new (row_cb, bad_row_cb, reader);
  g_autofree char *chunk = g_malloc (CHUNK_SIZE);
  gboolean is_first = TRUE;
  gsize n_read;

  do
    {
      /* Whole chunks, so that the first one is enough to see the delimiter. */
      if (!g_input_stream_read_all (stream, chunk, CHUNK_SIZE, &n_read, cancellable, error))
        return FALSE;
      if (is_first)
        cfoil_csv_reader_set_delimiter (csv, find_delimiter (chunk, n_read));
      is_first = FALSE;
      if (!cfoil_csv_reader_push (csv, chunk, n_read, error))
        return FALSE;
    }
  while (n_read == CHUNK_SIZE);

  if (!cfoil_csv_reader_finish (csv, error))
    return FALSE;
  if (reader->kind == NULL)
    {
      g_set_error_literal (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_TRUNCATED, "The document ends before its header");
      return FALSE;
    }
  return TRUE;
}

gboolean
cfoil_amazon_report_parse (GInputStream            *stream,
                           const CfoilDocumentType *type,
                           guint64                  skip_rows,
                           CfoilIntake             *intake,
                           guint64                 *n_rows,
                           GCancellable            *cancellable,
                           GError                 **error)
{
  Reader reader = { .wanted = type != NULL ? type->type : NULL, .skip_rows = skip_rows };
  gboolean ok;

  /* What came as a report without a feed and could not be told by its head. */
  reader.takes_strange = type != NULL && type->type == NULL && g_strcmp0 (type->feed, strange_rows.feed) == 0;
  cfoil_amazon_row_init (&reader.row, intake);
  ok = read_stream (&reader, stream, cancellable, error);
  cfoil_amazon_row_clear (&reader.row);

  if (n_rows != NULL)
    *n_rows = reader.n_rows;
  return ok;
}

gboolean
cfoil_amazon_report_examine (GInputStream     *stream,
                             CfoilReportShape *shape,
                             GCancellable     *cancellable,
                             GError          **error)
{
  Reader reader = { .is_form_only = TRUE };
  gboolean ok;

  cfoil_amazon_row_init (&reader.row, NULL);
  ok = read_stream (&reader, stream, cancellable, error);
  cfoil_amazon_row_clear (&reader.row);

  *shape = (CfoilReportShape) { .n_rows = reader.n_rows, .n_odd_rows = reader.n_odd_rows };
  if (reader.kind != NULL)
    shape->type = (CfoilDocumentType) { .feed = reader.kind->feed, .type = reader.kind->type };
  return ok;
}

static gboolean
identify_row_cb (const CfoilCsvField *fields,
                 guint                n_fields,
                 guint64              row_number,
                 guint64              line_number,
                 gpointer             user_data,
                 GError             **error)
{
  const CfoilAmazonReportKind **kind = user_data;

  if (*kind == NULL && row_number < MAX_PREAMBLE)
    *kind = find_kind (fields, n_fields);
  return TRUE;
}

gboolean
cfoil_amazon_report_identify (const char        *head,
                              gsize              length,
                              CfoilDocumentType *type)
{
  const CfoilAmazonReportKind *kind = NULL;
  g_autoptr (CfoilCsvReader) csv = cfoil_csv_reader_new (identify_row_cb, NULL, &kind);

  /* The head may end anywhere, so an error after the header says nothing. */
  cfoil_csv_reader_set_delimiter (csv, find_delimiter (head, length));
  cfoil_csv_reader_push (csv, head, length, NULL);
  if (kind == NULL)
    return FALSE;

  *type = (CfoilDocumentType) { .feed = kind->feed, .type = kind->type };
  return TRUE;
}
