/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-interval-set.h"
#include "cfoil-reader.h"
#include "cfoil-types.h"

G_BEGIN_DECLS

/* What the mirror holds, in short: small enough to be read whole at each change.
 * Immutable.  Texts that came from outside are fit to be shown. */
#define CFOIL_TYPE_MIRROR_STATUS (cfoil_mirror_status_get_type ())

typedef struct
{
  char *name;
  gint64 fresh_us; /* CFOIL_UNKNOWN: never ended well */
  gint64 tried_us; /* CFOIL_UNKNOWN: never tried */
  gint64 n_rows;
  char *error_name;       /* (nullable): see cfoil_error_advice () */
  char *error_message;    /* (nullable) */
  char *error_request_id; /* (nullable) */
  CfoilIntervalSet *coverage;
} CfoilFeedStatus;

typedef struct
{
  gint64 account_id;
  char *name;
  char *provider;
  char *region;
  gboolean is_sandbox;
  GPtrArray *feeds; /* CfoilFeedStatus */
} CfoilAccountStatus;

typedef struct
{
  GPtrArray *accounts; /* CfoilAccountStatus, by name */
  gint64 n_exceptions;
  char *sqlite_version; /* (nullable): of the library, for the debugging information */
} CfoilMirrorStatus;

GType cfoil_mirror_status_get_type (void);
CfoilMirrorStatus *cfoil_mirror_status_ref (CfoilMirrorStatus *self);
void cfoil_mirror_status_unref (CfoilMirrorStatus *self);

/* (nullable), borrowed */
const CfoilAccountStatus *cfoil_mirror_status_find_account (const CfoilMirrorStatus *self,
                                                            gint64                   account_id);
const CfoilFeedStatus *cfoil_account_status_find_feed (const CfoilAccountStatus *self,
                                                       const char               *name);

void cfoil_mirror_status_read_async (CfoilReader         *reader,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data);
CfoilMirrorStatus *cfoil_mirror_status_read_finish (GAsyncResult *result,
                                                    GError      **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilMirrorStatus, cfoil_mirror_status_unref)

G_END_DECLS
