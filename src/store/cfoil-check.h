/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-mirror.h"

G_BEGIN_DECLS

/* Verifies the mirror.  Blocking; reads everything. */
typedef enum
{
  CFOIL_FAULT_DAMAGE,  /* the mirror is not as it must be: rebuild it */
  CFOIL_FAULT_MISSING, /* something is not there, or half read: sync or import again */
  CFOIL_FAULT_PROVIDER,/* the provider's own numbers do not add up: kept as they came */
  CFOIL_FAULT_EVIDENCE,/* a file that a person added is gone: nobody else has it */
  CFOIL_FAULT_CLOSED,  /* what a closed period came to was changed by somebody */
} CfoilFaultKind;

typedef struct
{
  CfoilFaultKind kind;
  const char *check;   /* static, stable name: "net" */
  char *message;       /* what was found, English */
  gint64 count;
} CfoilFault;

void cfoil_fault_free (CfoilFault *finding);

/* What to do about a finding of KIND, marked for translation.  Static. */
const char *cfoil_fault_advice (CfoilFaultKind kind);

typedef void (*CfoilCheckProgressFunc) (const char *check,
                                        guint       done,
                                        guint       total,
                                        gpointer    user_data);

/* Elements: CfoilFault; an empty array: all is well.  NULL: could not be
 * checked at all. */
GPtrArray *cfoil_check_run (CfoilMirror           *mirror,
                            CfoilCheckProgressFunc progress,
                            gpointer               user_data,
                            GCancellable          *cancellable,
                            GError               **error);

G_END_DECLS
