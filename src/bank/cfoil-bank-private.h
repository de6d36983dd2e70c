/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-bank.h"
#include "cfoil-csv-reader.h"

G_BEGIN_DECLS

/* A file as UTF-8, in pieces, whatever it is written in; without a byte order mark. */
typedef struct _CfoilBankStream CfoilBankStream;

/* ENCODING AUTO: found by reading the whole file once. */
CfoilBankStream *_cfoil_bank_stream_open (const char       *path,
                                          CfoilBankEncoding encoding,
                                          GCancellable     *cancellable,
                                          GError          **error);
void _cfoil_bank_stream_free (CfoilBankStream *self);
CfoilBankEncoding _cfoil_bank_stream_get_encoding (CfoilBankStream *self);
/* Told after each piece. */
void _cfoil_bank_stream_set_progress (CfoilBankStream      *self,
                                      CfoilBankProgressFunc progress,
                                      gpointer              progress_data);
/* The next bytes (borrowed until the next call); 0: the end, -1: an error. */
gssize _cfoil_bank_stream_read (CfoilBankStream *self,
                                const char     **bytes,
                                GError         **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilBankStream, _cfoil_bank_stream_free)

/* What a file is, by its first bytes as UTF-8. */
gboolean _cfoil_bank_find_format (const char      *start,
                                  CfoilBankFormat *format,
                                  GError         **error);

/* One reader per format; STREAM stands at its begin. */
typedef struct
{
  CfoilBankStream *stream;
  CfoilBankEntryFunc func;
  gpointer user_data;
  guint64 n_skipped;
} CfoilBankReading;

/* A row of CSV under a resolved mapping; the texts of ENTRY are those of the buffers. */
typedef struct
{
  char currency[4];
  GString *reference;
  GString *text;
} CfoilBankRowBuffer;

/* Balances and notes have no date, but perhaps a word in its place. */
gboolean _cfoil_bank_may_be_date (const char *text);

gboolean _cfoil_bank_read_row (const CfoilBankMapping *mapping,
                               const CfoilCsvField    *fields,
                               guint                   n_fields,
                               CfoilBankRowBuffer     *buffer,
                               CfoilBankEntry         *entry,
                               GError                **error);

/* A copy of MAPPING that leaves nothing to be found: what is open is taken from the first rows. */
CfoilBankMapping *_cfoil_bank_resolve (const CfoilBankMapping *mapping, /* (nullable) */
                                       const CfoilBankPreview *preview,
                                       GError                **error);

gboolean _cfoil_bank_read_csv (CfoilBankReading       *reading,
                               const CfoilBankMapping *mapping, /* without AUTO and 0 */
                               guint                   header_row,
                               GError                **error);
gboolean _cfoil_bank_read_ofx (CfoilBankReading *reading,
                               GError          **error);
gboolean _cfoil_bank_read_camt (CfoilBankReading *reading,
                                GError          **error);

G_END_DECLS
