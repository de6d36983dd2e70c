/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-context.h"
#include "cfoil-submission.h"

/* Passes progress on, not more often than anybody can see. */
typedef struct
{
  const char *account;
  CfoilProgressFunc func; /* (nullable) */
  gpointer user_data;     /* (borrowed) */
  char *last_what;        /* (owned) (nullable) */
  gint64 last_us;
} CfoilReporter;

/* USER_DATA: the CfoilReporter. */
void _cfoil_context_report (const char *what,
                            guint64     done,
                            guint64     total,
                            gpointer    user_data);

/* The provider of an account, with its key from wherever it is kept. */
CfoilProvider *_cfoil_context_open_provider (CfoilContext       *self,
                                             const CfoilAccount *account,
                                             GCancellable       *cancellable,
                                             GError            **error);

/* Imported files need no key: what they hold is read without asking anybody. */
CfoilProvider *_cfoil_context_open_keyless_provider (const CfoilAccount *account,
                                                     GError            **error);

/* An answer to a case as it is now, without items. */
CfoilSubmission *_cfoil_context_new_submission (const CfoilCase *record,
                                                guint            round);
/* CFOIL_INPUT_ERROR_ACCOUNT, _BLOCKED, CFOIL_PROVIDER_ERROR_HAND_OFF */
gboolean _cfoil_context_check_sendable (const CfoilCase *record,
                                        GError         **error);
