/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A token bucket.  It has no clock: the caller passes a monotonic time. */
typedef struct
{
  gint64 capacity; /* billionths of a token, as below */
  gint64 tokens;
  gint64 rate;     /* thousandths of a token per second */
  gint64 last_us;
} CfoilRateLimiter;

/* A bucket of BUCKET tokens, full at NOW_US, refilled by MILLI_PER_SECOND
 * thousandths of a token in a second. */
void cfoil_rate_limiter_init (CfoilRateLimiter *self,
                              guint             bucket,
                              guint             milli_per_second,
                              gint64            now_us);

/* Takes a token and returns 0, or takes none and returns after how many
 * microseconds there will be one. */
gint64 cfoil_rate_limiter_take (CfoilRateLimiter *self,
                                gint64            now_us);

/* The server says that we are too fast: the bucket is empty from now on. */
void cfoil_rate_limiter_drain (CfoilRateLimiter *self,
                               gint64            now_us);

G_END_DECLS
