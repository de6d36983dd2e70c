/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-bank-match.h"
#include "cfoil-bank-statement.h"
#include "cfoil-bank.h"
#include "cfoil-operation.h"

G_BEGIN_DECLS

/* What the dialog of bank statements has done on threads.  All of it is (owned). */
typedef struct
{
  CfoilContext *context;
  char *path;                   /* (nullable): to import, or to look at */
  CfoilBankMapping *mapping;    /* (nullable) */
  gint64 id;                    /* of an entry or a statement */
  char *text;                   /* (nullable): a settlement, or the name of a mapping */
  CfoilBankResult result;
  CfoilBankPreview *preview;    /* (nullable): of CSV: its columns can be said */
  CfoilBankMapping *suggestion; /* (nullable): what they probably mean */
  gboolean asks_for_columns;    /* nobody knows what they mean */
} CfoilBankJob;

CfoilBankJob *cfoil_bank_job_new (CfoilContext *context);
void cfoil_bank_job_free (gpointer job);

/* CfoilOperationFunc.  When an import of CSV fails, there are preview and suggestion. */
gboolean cfoil_bank_job_import (CfoilOperation *operation,
                                gpointer        data,
                                GCancellable   *cancellable,
                                GError        **error);
gboolean cfoil_bank_job_preview (CfoilOperation *operation,
                                 gpointer        data,
                                 GCancellable   *cancellable,
                                 GError        **error);
/* ID 0: looks for payouts that came after the statements; else TEXT is the settlement of that entry, "": none. */
gboolean cfoil_bank_job_match (CfoilOperation *operation,
                               gpointer        data,
                               GCancellable   *cancellable,
                               GError        **error);
gboolean cfoil_bank_job_remove (CfoilOperation *operation,
                                gpointer        data,
                                GCancellable   *cancellable,
                                GError        **error);
gboolean cfoil_bank_job_forget (CfoilOperation *operation,
                                gpointer        data,
                                GCancellable   *cancellable,
                                GError        **error);

/* All that the dialog lists. */
typedef struct
{
  GPtrArray *pairs;      /* (element-type CfoilBankPair): of all kinds */
  GPtrArray *statements; /* (element-type CfoilBankStatement) */
  GPtrArray *mappings;   /* (element-type CfoilBankMapping) */
} CfoilBankLists;

void cfoil_bank_lists_free (CfoilBankLists *self);
/* A CfoilReaderFunc; DATA: how many of each, as GUINT_TO_POINTER. */
gpointer cfoil_bank_lists_read (CfoilDatabase *database,
                                gpointer       data,
                                GCancellable  *cancellable,
                                GError       **error);

G_END_DECLS
