/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-context.h"

G_BEGIN_DECLS

/* Something that takes long: a function on a thread of its own, and in the main
 * context what can be said about it.  Properties: title, running, account, what,
 * done, total, fraction (-1: not known), rate (per second, 0: not known) and
 * time-left (seconds, -1: not known). */
#define CFOIL_TYPE_OPERATION (cfoil_operation_get_type ())
G_DECLARE_FINAL_TYPE (CfoilOperation, cfoil_operation, CFOIL, OPERATION, GObject)

/* On the thread; what it makes, it puts into DATA. */
typedef gboolean (*CfoilOperationFunc) (CfoilOperation *self,
                                        gpointer        data,
                                        GCancellable   *cancellable,
                                        GError        **error);

CfoilOperation *cfoil_operation_new (const char *title);

/* Once.  DATA lives until the operation is freed: see
 * cfoil_operation_get_data (). */
void cfoil_operation_run_async (CfoilOperation      *self,
                                CfoilOperationFunc   func,
                                gpointer             data,
                                GDestroyNotify       free_data,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data);
gboolean cfoil_operation_run_finish (CfoilOperation *self,
                                     GAsyncResult   *result,
                                     GError        **error);
void cfoil_operation_cancel (CfoilOperation *self);
gpointer cfoil_operation_get_data (CfoilOperation *self);

/* A CfoilProgressFunc, for the thread; OPERATION is its user data. */
void cfoil_operation_report (const CfoilProgress *progress,
                             gpointer             operation);

const char *cfoil_operation_get_title (CfoilOperation *self);
const char *cfoil_operation_get_account (CfoilOperation *self); /* (nullable) */
const char *cfoil_operation_get_what (CfoilOperation *self);    /* (nullable) */
guint64 cfoil_operation_get_done (CfoilOperation *self);
guint64 cfoil_operation_get_total (CfoilOperation *self);
double cfoil_operation_get_fraction (CfoilOperation *self);
double cfoil_operation_get_rate (CfoilOperation *self);
int cfoil_operation_get_time_left (CfoilOperation *self);
gboolean cfoil_operation_is_running (CfoilOperation *self);
gboolean cfoil_operation_is_cancelled (CfoilOperation *self);

G_END_DECLS
