/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A push parser for RFC 4180 CSV: bytes in, in chunks of any size, rows out.
 * LF and CRLF end a row; a BOM at the start is skipped; blank lines are passed
 * over.  Not thread-safe; one reader, one document. */
typedef struct _CfoilCsvReader CfoilCsvReader;

typedef struct
{
  const char *text; /* NUL-terminated, valid UTF-8 without NUL inside; borrowed */
  gsize length;
} CfoilCsvField;

/* One row.  ROW_NUMBER counts from 1, LINE_NUMBER is the line in the file where
 * the row starts.  FALSE stops the parser; set ERROR. */
typedef gboolean (*CfoilCsvRowFunc) (const CfoilCsvField *fields,
                                     guint                n_fields,
                                     guint64              row_number,
                                     guint64              line_number,
                                     gpointer             user_data,
                                     GError             **error);

/* A row that is not text (not UTF-8, a NUL): TEXT is made valid, bad bytes
 * replaced by U+FFFD.  NULL handler: such a row is an error. */
typedef gboolean (*CfoilCsvBadRowFunc) (const char *text,
                                        const char *message,
                                        guint64     row_number,
                                        guint64     line_number,
                                        gpointer    user_data,
                                        GError    **error);

/* Limits: a field of CFOIL_CSV_MAX_FIELD bytes, a row of CFOIL_CSV_MAX_ROW bytes,
 * CFOIL_CSV_MAX_FIELDS fields; above is CFOIL_INPUT_ERROR_LIMIT. */
#define CFOIL_CSV_MAX_FIELD (1024 * 1024)
#define CFOIL_CSV_MAX_ROW (4 * 1024 * 1024)
#define CFOIL_CSV_MAX_FIELDS 1000

CfoilCsvReader *cfoil_csv_reader_new (CfoilCsvRowFunc    row_func,
                                      CfoilCsvBadRowFunc bad_row_func,
                                      gpointer           user_data);
void cfoil_csv_reader_free (CfoilCsvReader *self);

/* Default comma.  Set before the first push. */
void cfoil_csv_reader_set_delimiter (CfoilCsvReader *self,
                                     char            delimiter);

gboolean cfoil_csv_reader_push (CfoilCsvReader *self,
                                const char     *bytes,
                                gsize           length,
                                GError        **error);

/* The end of the document.  A row without its line end is not passed on: it may
 * have been cut.  CFOIL_INPUT_ERROR_TRUNCATED, after all whole rows. */
gboolean cfoil_csv_reader_finish (CfoilCsvReader *self,
                                  GError        **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilCsvReader, cfoil_csv_reader_free)

G_END_DECLS
