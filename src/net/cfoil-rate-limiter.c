/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-rate-limiter.h"

/* One thousandth of a token per second is one billionth per microsecond, so all
 * arithmetic is exact. */
#define TOKEN G_GINT64_CONSTANT (1000000000)

static void
refill (CfoilRateLimiter *self,
        gint64            now_us)
{
  gint64 elapsed_us = now_us - self->last_us;
  gint64 missing = self->capacity - self->tokens;

  /* A clock that stood still or went back gives nothing. */
  if (elapsed_us <= 0)
    return;

  self->last_us = now_us;
  if (elapsed_us >= missing / self->rate + 1)
    self->tokens = self->capacity;
  else
    self->tokens += elapsed_us * self->rate;
}

void
cfoil_rate_limiter_init (CfoilRateLimiter *self,
                         guint             bucket,
                         guint             milli_per_second,
                         gint64            now_us)
{
  self->capacity = MAX (bucket, 1) * TOKEN;
  self->tokens = self->capacity;
  self->rate = MAX (milli_per_second, 1);
  self->last_us = now_us;
}

gint64
cfoil_rate_limiter_take (CfoilRateLimiter *self,
                         gint64            now_us)
{
  refill (self, now_us);
  if (self->tokens < TOKEN)
    return (TOKEN - self->tokens + self->rate - 1) / self->rate;

  self->tokens -= TOKEN;
  return 0;
}

void
cfoil_rate_limiter_drain (CfoilRateLimiter *self,
                          gint64            now_us)
{
  self->tokens = 0;
  self->last_us = MAX (self->last_us, now_us);
}
