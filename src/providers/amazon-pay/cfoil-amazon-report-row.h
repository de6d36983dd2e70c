/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-csv-reader.h"
#include "cfoil-provider.h"

G_BEGIN_DECLS

/* One kind of report: how it is recognised, which columns it has, and how a row
 * of it becomes records.  Columns are found by name, once for a document. */
typedef struct _CfoilAmazonReportKind CfoilAmazonReportKind;
typedef struct _CfoilAmazonRow CfoilAmazonRow;

#define CFOIL_AMAZON_MAX_COLUMNS 32

struct _CfoilAmazonReportKind
{
  const char *type;
  const char *feed;
  const char *const *columns; /* NULL-terminated; the index is the row's "column" */
  guint n_required;           /* the first so many must be there */
  guint signature;            /* a header is of this kind when it has this column ... */
  guint second;               /* ... and this one */
  gboolean notes_columns;     /* unknown columns are news: one exception for each */

  /* Puts the row.  An error of CFOIL_INPUT_ERROR means that the row cannot be
   * read; any other ends the document. */
  gboolean (*put) (CfoilAmazonRow *row, GError **error);
};

struct _CfoilAmazonRow
{
  CfoilIntake *intake;          /* (borrowed) */
  const CfoilCsvField *fields;  /* (borrowed): of the row being read */
  guint64 number;               /* of the data row, from 1 */
  int index[CFOIL_AMAZON_MAX_COLUMNS]; /* column to field, or -1 */
  GPtrArray *names;             /* (owned): of the header's cells */
  GPtrArray *json_names;        /* (owned): the same as "\"name\":" */
  GArray *unknown;              /* (owned): guint, cells that are no column of ours */
  GString *json;                /* (owned): reused from row to row */
  char currency[4];             /* the last code, and its exponent */
  int exponent;

  /* What stands above the header of a settlement. */
  char *merchant_id;            /* (owned) (nullable) */
  gint64 start_us;
  gint64 end_us;
  GString *settlement_id;       /* (owned): the last that was put */
};

extern const CfoilAmazonReportKind cfoil_amazon_settlement_rows;
extern const CfoilAmazonReportKind cfoil_amazon_refund_rows;
extern const CfoilAmazonReportKind cfoil_amazon_capture_rows;
extern const CfoilAmazonReportKind cfoil_amazon_authorization_rows;
extern const CfoilAmazonReportKind cfoil_amazon_order_rows;
extern const CfoilAmazonReportKind cfoil_amazon_agreement_rows;
extern const CfoilAmazonReportKind cfoil_amazon_currency_rows;

void cfoil_amazon_row_init (CfoilAmazonRow *self,
                            CfoilIntake    *intake);
void cfoil_amazon_row_clear (CfoilAmazonRow *self);

/* Learns where the columns of KIND are.  Errors: CFOIL_INPUT_ERROR_MISSING with
 * the name, _SYNTAX for a name that is there twice. */
gboolean cfoil_amazon_row_set_header (CfoilAmazonRow              *self,
                                      const CfoilAmazonReportKind *kind,
                                      const CfoilCsvField         *fields,
                                      guint                        n_fields,
                                      GError                     **error);

/* Whether a row of N_FIELDS has the columns of the header. */
gboolean cfoil_amazon_row_fits (CfoilAmazonRow      *self,
                                const CfoilCsvField *fields,
                                guint                n_fields);

/* A cell; NULL when it is empty or there is no such column. */
const char *cfoil_amazon_row_get (CfoilAmazonRow *self,
                                  guint           column);
/* A cell that must not be empty. */
const char *cfoil_amazon_row_need (CfoilAmazonRow *self,
                                   guint           column,
                                   GError        **error);
/* Reads the currency that the amounts after it are in. */
const char *cfoil_amazon_row_need_currency (CfoilAmazonRow *self,
                                            guint           column,
                                            GError        **error);
gboolean cfoil_amazon_row_need_money (CfoilAmazonRow *self,
                                      guint           column,
                                      gint64         *minor,
                                      GError        **error);
/* CFOIL_UNKNOWN when empty, as are times below. */
gboolean cfoil_amazon_row_get_money (CfoilAmazonRow *self,
                                     guint           column,
                                     gint64         *minor,
                                     GError        **error);
/* The amount of an object: which way it goes is said by what it is, so a minus is
 * an error. */
gboolean cfoil_amazon_row_get_face_money (CfoilAmazonRow *self,
                                          guint           column,
                                          gint64         *minor,
                                          GError        **error);
gboolean cfoil_amazon_row_need_face_money (CfoilAmazonRow *self,
                                           guint           column,
                                           gint64         *minor,
                                           GError        **error);
gboolean cfoil_amazon_row_get_time (CfoilAmazonRow *self,
                                    guint           column,
                                    gint64         *us,
                                    GError        **error);

/* The row, or its unknown columns alone (NULL if they are all empty), as a JSON
 * object.  Good until the next call. */
const char *cfoil_amazon_row_to_json (CfoilAmazonRow *self);
const char *cfoil_amazon_row_extra_to_json (CfoilAmazonRow *self);

/* Fields as they stand in a file, or near enough. */
char *cfoil_amazon_fields_to_csv (const CfoilCsvField *fields,
                                  guint                n_fields);

/* Puts an exception about this row, the row itself with it. */
gboolean cfoil_amazon_row_note (CfoilAmazonRow    *self,
                                CfoilExceptionKind kind,
                                const char        *subject,
                                const char        *message,
                                GError           **error);

/* An observation with everything unknown, the id from COLUMN and the row as its
 * raw form; FALSE if there is no id. */
gboolean cfoil_amazon_row_begin (CfoilAmazonRow   *self,
                                 CfoilObjectKind   kind,
                                 guint             column,
                                 CfoilObservation *observation,
                                 GError          **error);
/* Puts it, with an exception if its state word is not known. */
gboolean cfoil_amazon_row_end (CfoilAmazonRow         *self,
                               const CfoilObservation *observation,
                               GError                **error);

G_END_DECLS
