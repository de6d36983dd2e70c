/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-context.h"
#include "cfoil-mirror-status.h"
#include "cfoil-operation.h"
#include "cfoil-reader.h"

G_BEGIN_DECLS

/* What a window works on: a context and its reader, the state of the mirror, and
 * the operations that run on it.
 *
 * Properties: status (CfoilMirrorStatus, NULL until first read), operation (the
 * one that writes to the mirror, NULL: none), time-zone (GTimeZone).
 * ::sync-ended (gboolean is_partial, GError *error or NULL); ::idle when the last
 * operation has ended. */
#define CFOIL_TYPE_WORKSPACE (cfoil_workspace_get_type ())
G_DECLARE_FINAL_TYPE (CfoilWorkspace, cfoil_workspace, CFOIL, WORKSPACE, GObject)

/* FOLDER NULL: the user's own.  IS_DEMO: the demo's folder, with its merchant
 * started. */
void cfoil_workspace_open_async (const char          *folder,
                                 gboolean             is_demo,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data);
CfoilWorkspace *cfoil_workspace_open_finish (GAsyncResult *result,
                                             GError      **error);

/* Cancels all that runs.  Operations end soon, not at once. */
void cfoil_workspace_close (CfoilWorkspace *self);
gboolean cfoil_workspace_is_busy (CfoilWorkspace *self);

CfoilContext *cfoil_workspace_get_context (CfoilWorkspace *self);
CfoilReader *cfoil_workspace_get_reader (CfoilWorkspace *self);
gboolean cfoil_workspace_get_is_demo (CfoilWorkspace *self);
CfoilMirrorStatus *cfoil_workspace_get_status (CfoilWorkspace *self);  /* (nullable) */
CfoilOperation *cfoil_workspace_get_operation (CfoilWorkspace *self);  /* (nullable) */
GTimeZone *cfoil_workspace_get_time_zone (CfoilWorkspace *self);

/* The name of a time zone, empty: the system's. */
void cfoil_workspace_set_time_zone_name (CfoilWorkspace *self,
                                         const char     *name);
const char *cfoil_workspace_get_time_zone_name (CfoilWorkspace *self);

/* A feed's translated title, else its name. */
const char *cfoil_workspace_get_feed_title (CfoilWorkspace *self,
                                            const char     *feed);

/* Runs OPERATION so that closing the workspace ends it.  One that IS_WRITER
 * becomes the workspace's operation; there is one of those at a time. */
void cfoil_workspace_run (CfoilWorkspace      *self,
                          CfoilOperation      *operation,
                          gboolean             is_writer,
                          CfoilOperationFunc   func,
                          gpointer             data,
                          GDestroyNotify       free_data,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data);

/* Syncs ACCOUNT, NULL: all.  Does nothing while something else writes. */
void cfoil_workspace_sync (CfoilWorkspace *self,
                           const char     *account);

G_END_DECLS
