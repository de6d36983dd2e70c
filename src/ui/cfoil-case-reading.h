/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-decision.h"
#include "cfoil-details.h"

G_BEGIN_DECLS

/* What is shown of one case, as it was read at one moment. */
typedef struct
{
  CfoilDossier *dossier;
  CfoilDetails *details; /* (nullable): of its charge */
  GPtrArray *lessons;    /* CfoilLesson; empty while it is not decided */
  GPtrArray *templates;  /* CfoilLibraryItem: texts for mails to the buyer, those for the reason first */
} CfoilCaseReading;

void cfoil_case_reading_free (CfoilCaseReading *self);

/* G_IO_ERROR_NOT_FOUND: there is no such case (any more). */
void cfoil_case_reading_read_async (CfoilReader         *reader,
                                    gint64               case_id,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data);
CfoilCaseReading *cfoil_case_reading_read_finish (GAsyncResult *result,
                                                  GError      **error);

/* The case that ID (of a dispute, a charge, or its own) is of.  The result is on the heap:
 * g_free ().  G_IO_ERROR_NOT_FOUND. */
void cfoil_case_find_async (CfoilReader         *reader,
                            const char          *id,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data);
gint64 *cfoil_case_find_finish (GAsyncResult *result,
                                GError      **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilCaseReading, cfoil_case_reading_free)

G_END_DECLS
