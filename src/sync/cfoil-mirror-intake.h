/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-intake.h"
#include "cfoil-provider.h"
#include "cfoil-writer.h"

G_BEGIN_DECLS

/* CfoilIntake over the mirror, for one run of one account on one thread. */
#define CFOIL_TYPE_MIRROR_INTAKE (cfoil_mirror_intake_get_type ())
G_DECLARE_FINAL_TYPE (CfoilMirrorIntake, cfoil_mirror_intake, CFOIL, MIRROR_INTAKE, GObject)

typedef void (*CfoilIntakeProgressFunc) (const char *what,
                                         guint64     done,
                                         guint64     total,
                                         gpointer    user_data);

/* The caller holds MIRROR's lock for as long as the intake lives. */
CfoilMirrorIntake *cfoil_mirror_intake_new (CfoilMirror            *mirror,
                                            CfoilProvider          *provider,
                                            gint64                  account_id,
                                            CfoilIntakeProgressFunc progress,
                                            gpointer                user_data,
                                            GError                **error);

CfoilWriter *cfoil_mirror_intake_get_writer (CfoilMirrorIntake *self);

/* How many feeds ended with a failure in this run, and how many became fresh. */
guint cfoil_mirror_intake_get_n_failed (CfoilMirrorIntake *self);
guint cfoil_mirror_intake_get_n_fresh (CfoilMirrorIntake *self);

/* A file that the user brings: kept, read, its rows put.  *KNOWN: these bytes had
 * been read to the end before, and nothing was done. */
gboolean cfoil_mirror_intake_import_document (CfoilMirrorIntake       *self,
                                              GFile                   *file,
                                              const CfoilDocumentType *type,
                                              guint64                 *n_rows,
                                              gboolean                *known,
                                              GCancellable            *cancellable,
                                              GError                 **error);

/* Reads on in documents that a killed run left half read. */
gboolean cfoil_mirror_intake_resume_documents (CfoilMirrorIntake *self,
                                               GCancellable      *cancellable,
                                               GError           **error);

G_END_DECLS
