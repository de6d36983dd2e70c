/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How long to wait before the next try, and when to stop trying.  Pure: chance
 * comes from the GRand that is passed in. */
typedef struct
{
  guint tries;     /* made so far */
  guint max_tries;
  gint64 base_us;
  gint64 cap_us;
} CfoilBackoff;

#define CFOIL_BACKOFF_MAX_TRIES 5
#define CFOIL_BACKOFF_BASE_US (1 * G_USEC_PER_SEC)
#define CFOIL_BACKOFF_CAP_US (30 * G_USEC_PER_SEC)
#define CFOIL_BACKOFF_RETRY_AFTER_CAP_US (15 * 60 * (gint64) G_USEC_PER_SEC)

void cfoil_backoff_init (CfoilBackoff *self,
                         guint         max_tries,
                         gint64        base_us,
                         gint64        cap_us);

/* A try has failed.  The wait before the next in microseconds, or -1 when that
 * was the last.  RETRY_AFTER_US is what the server asked for (0: nothing): never
 * less than that, up to a quarter of an hour. */
gint64 cfoil_backoff_next (CfoilBackoff *self,
                           gint64        retry_after_us,
                           GRand        *rand);

/* Reads the value of a Retry-After header, seconds or a date; 0 when it says
 * nothing that makes sense.  At most the cap above. */
gint64 cfoil_backoff_parse_retry_after (const char *text,
                                        gint64      now_us);

G_END_DECLS
