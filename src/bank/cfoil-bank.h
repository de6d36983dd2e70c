/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-bank-mapping.h"
#include "cfoil-mirror.h"

G_BEGIN_DECLS

/* Bank statements: read, kept, and compared with payouts.  Blocking, for worker threads.
 * Messages of CFOIL_INPUT_ERROR are translated: they say where and what to do.
 * Files are foreign: lines are read one after the other, with limits, and memory does not
 * grow with them.  Signs are the bank's: what arrives is positive. */
typedef enum
{
  CFOIL_BANK_CSV,
  CFOIL_BANK_OFX,  /* 1 (SGML) and 2 (XML) */
  CFOIL_BANK_CAMT, /* ISO 20022: camt.052, .053 and .054 */
} CfoilBankFormat;

/* "csv", "ofx", "camt". */
const char *cfoil_bank_format_to_string (CfoilBankFormat format);

/* Larger files are CFOIL_INPUT_ERROR_LIMIT. */
#define CFOIL_BANK_MAX_BYTES (G_GINT64_CONSTANT (1) << 31)

typedef struct
{
  gint32 day;              /* the bank's, since 1970-01-01 */
  const char *currency;
  gint64 amount_minor;
  const char *bank_account;
  const char *reference;   /* "": none */
  const char *text;
  guint64 row_number;      /* line of CSV, else the entry's number */
} CfoilBankEntry;

typedef gboolean (*CfoilBankEntryFunc) (const CfoilBankEntry *entry,
                                        gpointer              user_data,
                                        GError              **error);

/* What a file is and, of CSV, how it begins. */
typedef struct
{
  CfoilBankFormat format;
  CfoilBankEncoding encoding;
  char separator;       /* of CSV from here on */
  guint header_row;     /* the line with the columns' names, from 1; without names the line before the first entry */
  char **header;        /* names, or as many empty ones as there are columns */
  GPtrArray *rows;      /* (element-type GStrv): the first ones after it */
  GArray *lines;        /* (element-type guint): in which line of the file each of them begins */
} CfoilBankPreview;

void cfoil_bank_preview_free (CfoilBankPreview *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilBankPreview, cfoil_bank_preview_free)

/* MAPPING (nullable): what it says of encoding, separator and header line counts.  Errors:
 * those of files, CFOIL_INPUT_ERROR_LIMIT, _ENCODING, _UNKNOWN (no statement). */
CfoilBankPreview *cfoil_bank_preview_sync (const char             *path,
                                           const CfoilBankMapping *mapping,
                                           GCancellable           *cancellable,
                                           GError                **error);

/* What MAPPING makes of a row of a preview. */
typedef struct
{
  guint line;
  gboolean is_skipped;  /* it has no date */
  gint32 day;
  gint64 amount_minor;
  char currency[4];
  char *reference;
  char *text;
  char *message;        /* (nullable): why it cannot be read; then nothing else is there but the line */
} CfoilBankSample;

/* The first N_ROWS of them, read as an import would.  Pure.  Errors: CFOIL_INPUT_ERROR_COLUMNS (MAPPING is not
 * complete, or dates or amounts can be read in two ways).  (element-type CfoilBankSample) */
GPtrArray *cfoil_bank_preview_read (const CfoilBankPreview *self,
                                    const CfoilBankMapping *mapping,
                                    guint                   n_rows,
                                    GError                **error);

/* How much of the file was read, in bytes; on the thread of the import. */
typedef void (*CfoilBankProgressFunc) (guint64  done,
                                       guint64  total,
                                       gpointer user_data);

/* Reads all entries.  MAPPING is needed for CSV.  Errors name the line: CFOIL_INPUT_ERROR_*;
 * a document type or an entity that is no character is CFOIL_INPUT_ERROR_SYNTAX; no line of CSV has a
 * date: CFOIL_INPUT_ERROR_COLUMNS. */
gboolean cfoil_bank_read_sync (const char             *path,
                               const CfoilBankMapping *mapping,
                               CfoilBankEntryFunc      func,
                               gpointer                user_data,
                               guint64                *n_skipped, /* lines of CSV without a date, entries that are not booked yet */
                               CfoilBankProgressFunc   progress, /* (nullable) */
                               gpointer                progress_data,
                               GCancellable           *cancellable,
                               GError                **error);

typedef struct
{
  CfoilBankFormat format;
  gboolean is_known;   /* the same bytes were imported before: nothing was changed */
  gint64 statement_id; /* 0: it is known */
  guint64 n_entries;   /* in the file */
  guint64 n_new;
  guint64 n_skipped;   /* lines of CSV without a date, entries that are not booked yet */
  guint n_matched;     /* with payouts, now */
} CfoilBankResult;

/* What a person is told of those that were left out; NULL: nothing was.  Free it. */
char *cfoil_bank_result_dup_skipped (const CfoilBankResult *self);

/* Imports a statement in one transaction, and looks for its payouts.  Of CSV: MAPPING, or
 * if NULL the saved one of that header; there is none, or it looks like a saved one whose
 * columns have changed: CFOIL_INPUT_ERROR_COLUMNS, in words that tell which. */
gboolean cfoil_bank_import_sync (CfoilMirror            *mirror,
                                 const char             *path,
                                 const CfoilBankMapping *mapping,
                                 CfoilBankProgressFunc   progress, /* (nullable) */
                                 gpointer                progress_data,
                                 GCancellable           *cancellable,
                                 CfoilBankResult        *result,
                                 GError                **error);

G_END_DECLS
