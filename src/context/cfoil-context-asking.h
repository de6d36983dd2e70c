/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-context-private.h"
#include "cfoil-context-provider-reports.h"
#include "cfoil-mirror-intake.h"

/* One account, its provider, and its side of the mirror, locked. */
typedef struct
{
  CfoilMirror *mirror;       /* (borrowed) */
  CfoilAccount *account;     /* (owned) */
  CfoilProvider *provider;   /* (owned) */
  CfoilMirrorIntake *intake; /* (owned) */
  CfoilReporter reporter;
  int lock;
} CfoilAsking;

/* Waits for the mirror's lock, half a minute at most.  Clear it also after a failure; ->lock is
 * -1 before. */
gboolean _cfoil_asking_open (CfoilAsking      *self,
                             CfoilContext     *context,
                             const char       *account_name,
                             CfoilProgressFunc progress,
                             gpointer          user_data,
                             GCancellable     *cancellable,
                             GError          **error);
void _cfoil_asking_clear (CfoilAsking *self);

/* Ends with what became of it.  FAILURE (taken, nullable if OK): what is kept and goes out again
 * is no failure of the request. */
gboolean _cfoil_asking_settle (CfoilAsked *asked,
                               gboolean    ok,
                               GError     *failure,
                               GError    **error);

/* The one of TYPES that has that word or name. */
const CfoilReportType *_cfoil_asking_find_type (GPtrArray  *types,
                                                const char *type,
                                                GError    **error);

/* FALSE: cancelled. */
gboolean _cfoil_asking_sleep (gint64        time_us,
                              GCancellable *cancellable,
                              GError      **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CfoilAsking, _cfoil_asking_clear)
