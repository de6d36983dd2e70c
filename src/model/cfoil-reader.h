/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-mirror.h"
#include "cfoil-scan.h"

G_BEGIN_DECLS

/* Reads from a mirror without ever blocking the caller: two threads with a
 * read-only connection each, one of them kept free for rows that are on the
 * screen.  Jobs of a lower priority value go first.
 *
 * ::changed tells, in the main context, that the mirror is different from what
 * was read before, whoever changed it: this program (CfoilMirror::changed) or
 * another process (looked for every two seconds). */
#define CFOIL_TYPE_READER (cfoil_reader_get_type ())
G_DECLARE_FINAL_TYPE (CfoilReader, cfoil_reader, CFOIL, READER, GObject)

typedef enum
{
  CFOIL_READER_ROWS,   /* rows on the screen */
  CFOIL_READER_QUERY,  /* which rows there are */
  CFOIL_READER_STATUS, /* all that can wait */
} CfoilReaderPriority;

/* Runs on a reader thread.  Returns the result, or NULL with *ERROR set.  SQL is
 * interrupted when CANCELLABLE is cancelled. */
typedef gpointer (*CfoilReaderFunc) (CfoilDatabase *database,
                                     gpointer       data,
                                     GCancellable  *cancellable,
                                     GError       **error);

CfoilReader *cfoil_reader_new (CfoilMirror *mirror);

CfoilMirror *cfoil_reader_get_mirror (CfoilReader *self);

/* Shared by all scans of this mirror. */
CfoilScanCache *cfoil_reader_get_scan_cache (CfoilReader *self);

/* DATA is freed with FREE_DATA, on any thread.  A result that nobody takes is
 * freed with FREE_RESULT.  CALLBACK gets NULL as its source object and is always
 * called, with G_IO_ERROR_CANCELLED after the reader was closed. */
void cfoil_reader_run_async (CfoilReader         *self,
                             CfoilReaderPriority  priority,
                             CfoilReaderFunc      func,
                             gpointer             data,
                             GDestroyNotify       free_data,
                             GDestroyNotify       free_result,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data);
gpointer cfoil_reader_run_finish (GAsyncResult *result,
                                  GError      **error);

/* Interrupts what runs, cancels what waits and ends the threads. */
void cfoil_reader_close (CfoilReader *self);

G_END_DECLS
