/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-annotation.h"

G_BEGIN_DECLS

/* Writes what people type, one after the other on a thread, and keeps it until it
 * is written: of several things put for one part of one row the last
 * one counts, parts that were not put are left alone, and what could not be written
 * stays.  While it writes, the application is held, so that
 * closing the last window does not lose a word.  Main thread.
 *
 * ::changed (gint64 txn_id): where that row stands is different. */
#define CFOIL_TYPE_ANNOTATION_SAVER (cfoil_annotation_saver_get_type ())
G_DECLARE_FINAL_TYPE (CfoilAnnotationSaver, cfoil_annotation_saver, CFOIL, ANNOTATION_SAVER, GObject)

typedef enum
{
  CFOIL_SAVER_NOTHING, /* nothing was put for this row as yet */
  CFOIL_SAVER_SAVING,
  CFOIL_SAVER_SAVED,
  CFOIL_SAVER_FAILED,
} CfoilSaverState;

CfoilAnnotationSaver *cfoil_annotation_saver_new (CfoilMirror *mirror);

void cfoil_annotation_saver_put (CfoilAnnotationSaver  *self,
                                 gint64                 txn_id,
                                 const CfoilAnnotation *annotation,
                                 CfoilAnnotationParts   parts);
/* Tries again with all that failed. */
void cfoil_annotation_saver_retry (CfoilAnnotationSaver *self);

/* ANNOTATION, as it was read when the serial was SERIAL, gets what is newer: the parts
 * that are not written as yet, and those put or written since.  G_MAXUINT: only what is
 * not written. */
void cfoil_annotation_saver_overlay (CfoilAnnotationSaver *self,
                                     gint64                txn_id,
                                     guint                 serial,
                                     CfoilAnnotation      *annotation);
/* ERROR (nullable) gets the error of FAILED, borrowed. */
CfoilSaverState cfoil_annotation_saver_get_state (CfoilAnnotationSaver *self,
                                                  gint64                txn_id,
                                                  const GError        **error);
/* A row other than EXCEPT (0: none) whose last words could not be written; 0: there
 * is none. */
gint64 cfoil_annotation_saver_find_failed (CfoilAnnotationSaver *self,
                                           gint64                except);
gboolean cfoil_annotation_saver_is_busy (CfoilAnnotationSaver *self);

/* Grows with every change: what was read from the mirror before may be older than
 * what was put. */
guint cfoil_annotation_saver_get_serial (CfoilAnnotationSaver *self);

G_END_DECLS
