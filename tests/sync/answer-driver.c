/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "answer-fixture.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* answer-driver FOLDER [WHAT NTH MS]: delivers what waits in a mirror.  With WHAT ("upload",
 * "uploaded" for its last byte, or "answer") it kills itself MS milliseconds after the NTH time that this progress is
 * told: SIGKILL, in the middle of whatever it does then. */

typedef struct
{
  const char *what;
  guint nth;
  guint ms;
} Death;

static gpointer
die_later (gpointer data)
{
  g_usleep (GPOINTER_TO_UINT (data) * 1000ul);
  kill (getpid (), SIGKILL);
  return NULL;
}

static void
progress (const char *what,
          guint64     done,
          guint64     total,
          gpointer    user_data)
{
  Death *death = user_data;

  if (g_str_equal (what, "upload") && done == total && g_strcmp0 (death->what, "uploaded") == 0)
    what = "uploaded";
  if (g_strcmp0 (what, death->what) != 0 || death->nth == 0 || --death->nth > 0)
    return;
  if (death->ms == 0)
    kill (getpid (), SIGKILL);
  g_thread_unref (g_thread_new ("death", die_later, GUINT_TO_POINTER (death->ms)));
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CfoilMirror) mirror = NULL;
  g_autoptr (CfoilProvider) provider = NULL;
  g_autoptr (CfoilAccount) account = NULL;
  CfoilAnswerTally tally = { 0 };
  Death death = { 0 };
  gboolean ok;
  int lock;

  g_assert_cmpint (argc, >=, 2);
  if (argc == 5)
    death = (Death) { argv[2], (guint) atoi (argv[3]), (guint) atoi (argv[4]) };
  mirror = cfoil_mirror_open (argv[1], &error);
  g_assert_no_error (error);
  account = cfoil_account_find (mirror, "shop", &error);
  g_assert_no_error (error);
  provider = answer_open_provider (mirror, NULL);
  lock = cfoil_mirror_lock (mirror, &error);
  g_assert_no_error (error);
  ok = cfoil_sync_answers (mirror, provider, account->account_id, progress, &death, &tally, NULL, &error);
  cfoil_mirror_unlock (mirror, lock);
  if (!ok)
    g_printerr ("%s\n", error->message);
  g_print ("%u %u %u\n", tally.n_delivered, tally.n_waiting, tally.n_failed);
  return ok ? 0 : 1;
}
