/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-backoff.h"

#include "cfoil-http.h"
#include "cfoil-types.h"

void
cfoil_backoff_init (CfoilBackoff *self,
                    guint         max_tries,
                    gint64        base_us,
                    gint64        cap_us)
{
  self->tries = 0;
  self->max_tries = max_tries;
  self->base_us = base_us;
  self->cap_us = cap_us;
}

/* Between 0 and LIMIT_US.  Full jitter spreads clients that failed together. */
static gint64
jitter (GRand *rand,
        gint64 limit_us)
{
  return (gint64) (g_rand_double (rand) * (double) limit_us);
}

gint64
cfoil_backoff_next (CfoilBackoff *self,
                    gint64        retry_after_us,
                    GRand        *rand)
{
  gint64 limit_us = self->base_us;

  if (++self->tries >= self->max_tries)
    return -1;

  for (guint i = 1; i < self->tries && limit_us < self->cap_us; i++)
    limit_us *= 2;
  limit_us = MIN (limit_us, self->cap_us);

  if (retry_after_us <= 0)
    return jitter (rand, limit_us);

  /* Everybody was told the same moment: come a little later than that. */
  retry_after_us = MIN (retry_after_us, CFOIL_BACKOFF_RETRY_AFTER_CAP_US);
  return retry_after_us + jitter (rand, MIN (retry_after_us / 4, limit_us));
}

gint64
cfoil_backoff_parse_retry_after (const char *text,
                                 gint64      now_us)
{
  guint64 seconds;
  gint64 date_us;

  if (text == NULL)
    return 0;

  if (g_ascii_isdigit (*text))
    {
      char *end;

      seconds = g_ascii_strtoull (text, &end, 10);
      if (*end != '\0' && *end != ' ')
        return 0;
      return (gint64) MIN (seconds, CFOIL_BACKOFF_RETRY_AFTER_CAP_US / G_USEC_PER_SEC) * G_USEC_PER_SEC;
    }

  date_us = cfoil_http_parse_date (text);
  if (date_us == CFOIL_UNKNOWN)
    return 0;
  return CLAMP (date_us - now_us, 0, CFOIL_BACKOFF_RETRY_AFTER_CAP_US);
}
