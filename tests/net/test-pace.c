/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-backoff.h"
#include "cfoil-rate-limiter.h"

/* The token bucket and the back-off, on a clock made of numbers. */
#define SECOND ((gint64) G_USEC_PER_SEC)

static void
test_bucket (void)
{
  CfoilRateLimiter limiter;

  cfoil_rate_limiter_init (&limiter, 5, 1000, 0);
  for (guint i = 0; i < 5; i++)
    g_assert_cmpint (cfoil_rate_limiter_take (&limiter, 0), ==, 0);
  g_assert_cmpint (cfoil_rate_limiter_take (&limiter, 0), ==, SECOND);
  g_assert_cmpint (cfoil_rate_limiter_take (&limiter, SECOND / 4), ==, SECOND * 3 / 4);
  g_assert_cmpint (cfoil_rate_limiter_take (&limiter, SECOND - 1), ==, 1);
  g_assert_cmpint (cfoil_rate_limiter_take (&limiter, SECOND), ==, 0);
  g_assert_cmpint (cfoil_rate_limiter_take (&limiter, SECOND), ==, SECOND);

  /* A long rest fills it, and not more. */
  for (guint i = 0; i < 5; i++)
    g_assert_cmpint (cfoil_rate_limiter_take (&limiter, G_MAXINT64 / 2), ==, 0);
  g_assert_cmpint (cfoil_rate_limiter_take (&limiter, G_MAXINT64 / 2), >, 0);

  /* A clock that goes back gives nothing and breaks nothing. */
  g_assert_cmpint (cfoil_rate_limiter_take (&limiter, 0), ==, SECOND);
}

/* Over any time, never more than the bucket and the rate allow. */
static void
test_rate (void)
{
  CfoilRateLimiter limiter;
  gint64 now = 0;
  guint taken = 0;

  cfoil_rate_limiter_init (&limiter, 20, 4000, now);
  while (now < 1000 * SECOND)
    {
      gint64 wait = cfoil_rate_limiter_take (&limiter, now);

      if (wait == 0)
        taken++;
      else
        now += g_test_rand_int_range (1, 2 * (gint32) wait);
    }
  g_assert_cmpuint (taken, <=, 20 + 4000 + 1);
  g_assert_cmpuint (taken, >, 3000);
}

static void
test_drain (void)
{
  CfoilRateLimiter limiter;

  cfoil_rate_limiter_init (&limiter, 5, 2000, 0);
  cfoil_rate_limiter_drain (&limiter, 10);
  g_assert_cmpint (cfoil_rate_limiter_take (&limiter, 10), ==, SECOND / 2);
}

static void
test_backoff (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  static const gint64 limits[] = { 1, 2, 4, 8 };

  for (guint round = 0; round < 1000; round++)
    {
      CfoilBackoff backoff;

      cfoil_backoff_init (&backoff, CFOIL_BACKOFF_MAX_TRIES, CFOIL_BACKOFF_BASE_US, CFOIL_BACKOFF_CAP_US);
      for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
        {
          gint64 delay = cfoil_backoff_next (&backoff, 0, rand);

          g_assert_cmpint (delay, >=, 0);
          g_assert_cmpint (delay, <=, limits[i] * SECOND);
        }
      g_assert_cmpint (cfoil_backoff_next (&backoff, 0, rand), ==, -1);
    }
}

static void
test_backoff_cap (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  CfoilBackoff backoff;
  gint64 longest = 0;

  cfoil_backoff_init (&backoff, 1000, CFOIL_BACKOFF_BASE_US, CFOIL_BACKOFF_CAP_US);
  for (guint i = 0; i < 998; i++)
    longest = MAX (longest, cfoil_backoff_next (&backoff, 0, rand));
  g_assert_cmpint (longest, <=, CFOIL_BACKOFF_CAP_US);
  g_assert_cmpint (longest, >, CFOIL_BACKOFF_CAP_US * 9 / 10);
}

static void
test_retry_after (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  CfoilBackoff backoff;
  gint64 delay;

  cfoil_backoff_init (&backoff, 5, CFOIL_BACKOFF_BASE_US, CFOIL_BACKOFF_CAP_US);
  delay = cfoil_backoff_next (&backoff, 20 * SECOND, rand);
  g_assert_cmpint (delay, >=, 20 * SECOND);
  g_assert_cmpint (delay, <=, 25 * SECOND);
  delay = cfoil_backoff_next (&backoff, G_MAXINT64, rand);
  g_assert_cmpint (delay, >=, CFOIL_BACKOFF_RETRY_AFTER_CAP_US);
  g_assert_cmpint (delay, <=, CFOIL_BACKOFF_RETRY_AFTER_CAP_US + CFOIL_BACKOFF_CAP_US);
}

static void
test_retry_after_text (void)
{
  static const struct
  {
    const char *text;
    gint64 seconds;
  } table[] = {
    { NULL, 0 },
    { "", 0 },
    { "0", 0 },
    { "7", 7 },
    { "-7", 0 },
    { "1000000000", 900 },
    { "99999999999999999999999999", 900 },
    { "7x", 0 },
    { "soon", 0 },
    { "Tue, 14 Nov 2023 22:13:30 GMT", 10 },
    { "Tue, 14 Nov 2023 22:13:10 GMT", 0 },
    { "Tue, 14 Nov 2099 22:13:10 GMT", 900 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    g_assert_cmpint (cfoil_backoff_parse_retry_after (table[i].text, 1700000000 * SECOND), ==, table[i].seconds * SECOND);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/net/rate-limiter/bucket", test_bucket);
  g_test_add_func ("/net/rate-limiter/rate", test_rate);
  g_test_add_func ("/net/rate-limiter/drain", test_drain);
  g_test_add_func ("/net/backoff/jitter", test_backoff);
  g_test_add_func ("/net/backoff/cap", test_backoff_cap);
  g_test_add_func ("/net/backoff/retry-after", test_retry_after);
  g_test_add_func ("/net/backoff/retry-after-text", test_retry_after_text);

  return g_test_run ();
}
