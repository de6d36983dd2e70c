/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cfoil-annotation-saver.h"

G_BEGIN_DECLS

/* Where the merchant writes: reviewed, tags and a note of one transaction.  What is
 * typed is put into the saver a second after the last key, when the focus leaves,
 * and when asked to; each change can be undone. */
#define CFOIL_TYPE_DETAILS_NOTES (cfoil_details_notes_get_type ())
G_DECLARE_FINAL_TYPE (CfoilDetailsNotes, cfoil_details_notes, CFOIL, DETAILS_NOTES, AdwBin)

/* SAVER (nullable) */
void cfoil_details_notes_set_saver (CfoilDetailsNotes    *self,
                                    CfoilAnnotationSaver *saver);
/* For times. */
void cfoil_details_notes_set_time_zone (CfoilDetailsNotes *self,
                                        GTimeZone         *zone);

/* Shows what is said of TXN_ID: ANNOTATION as it was read, with what is newer in the
 * saver (cfoil_annotation_saver_overlay ()).  What is being typed of the same row
 * stays. */
void cfoil_details_notes_show (CfoilDetailsNotes     *self,
                               gint64                 txn_id,
                               const CfoilAnnotation *annotation);

/* Puts what was typed, now. */
void cfoil_details_notes_flush (CfoilDetailsNotes *self);

G_END_DECLS
