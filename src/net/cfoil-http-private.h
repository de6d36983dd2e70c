/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "cfoil-inflate.h"

G_BEGIN_DECLS

/* The word in CfoilProviderErrorDetail.reason_code for "there is no network at
 * all": asking again at once is of no use. */
#define CFOIL_HTTP_REASON_OFFLINE "Offline"

/* One request, run to its end inside a context of its own. */
typedef struct
{
  SoupSession *session;      /* (borrowed) */
  GMainContext *context;     /* (borrowed) */
  SoupMessage *message;      /* (borrowed) */
  GCancellable *cancellable; /* (borrowed) (nullable): the caller's */
  gint64 deadline_us;
  guint64 min_bytes_per_second;
  gint64 speed_window_us;
  guint64 headers_max_bytes;
  guint64 max_bytes;         /* before decompression */
  guint64 upload_bytes;      /* that the request carries, if its speed matters */

  /* Called when the headers are there, before the first byte of the body. */
  gboolean (*started) (gpointer user_data, GError **error);
  CfoilSinkFunc sink;
  gpointer user_data;

  guint64 n_bytes;           /* out: of the body as it came */
  gboolean length_proven;    /* out */
} CfoilHttpCall;

gboolean _cfoil_http_call_run (CfoilHttpCall *call,
                               GError       **error);

G_END_DECLS
