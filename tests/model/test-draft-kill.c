/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "draft-fixture.h"

#include "cfoil-evidence-file.h"

#include <signal.h>
#include <stdlib.h>

#define N_KILLS 20

typedef struct
{
  guint first, last; /* words that were typed */
  gint64 *times;     /* (owned) when, from the first on */
  gint64 killed_us;
} Run;

static void
take_line (Run        *run,
           const char *line)
{
  char *end;
  guint n = (guint) strtoul (line, &end, 10);

  g_assert_cmpuint (n, ==, run->last + 1);
  run->last = n;
  run->times = g_renew (gint64, run->times, n - run->first + 1);
  run->times[n - run->first] = strtoll (end, NULL, 10);
}

/* Types from FIRST on and is killed so long after the first word; meanwhile somebody else
 * may hold the right to write. */
static void
type_and_kill (DraftFixture *fixture,
               guint         first,
               guint         after_ms,
               gboolean      is_held,
               Run          *run)
{
  g_autoptr (CfoilDatabase) holder = NULL;
  g_autofree char *case_id = g_strdup_printf ("%" G_GINT64_FORMAT, fixture->case_id);
  g_autofree char *number = g_strdup_printf ("%u", first);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) child = NULL;
  g_autoptr (GDataInputStream) lines = NULL;
  char *line;

  *run = (Run){ first, first - 1, NULL, 0 };
  child = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, g_getenv ("DRAFT_TYPING"),
                            cfoil_mirror_get_folder (fixture->mirror->mirror), case_id, number, NULL);
  g_assert_no_error (error);
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (child));
  line = g_data_input_stream_read_line (lines, NULL, NULL, &error);
  g_assert_nonnull (line);
  take_line (run, line);
  g_free (line);
  holder = is_held ? cfoil_mirror_open_writer (fixture->mirror->mirror, &error) : NULL;
  g_assert_true (holder == NULL || cfoil_database_begin_between (holder, &error));
  g_usleep (after_ms * 1000);
  run->killed_us = g_get_monotonic_time ();
  g_subprocess_force_exit (child);
  g_subprocess_wait (child, NULL, NULL);
  g_assert_true (g_subprocess_get_if_signaled (child));
  g_assert_cmpint (g_subprocess_get_term_sig (child), ==, SIGKILL);
  while ((line = g_data_input_stream_read_line (lines, NULL, NULL, NULL)) != NULL)
    {
      take_line (run, line);
      g_free (line);
    }
}

/* The word that is there for whoever opens the draft; 0: none as yet. */
static guint
read_word (DraftFixture *fixture,
           guint        *n_files)
{
  g_autoptr (CfoilDraftSession) session = draft_fixture_open (fixture, 1);
  const CfoilDraft *draft = cfoil_draft_session_get_draft (session);
  g_autoptr (GError) error = NULL;

  *n_files = 0;
  for (guint i = 0; i < draft->exhibits->len; i++)
    {
      const CfoilExhibit *exhibit = g_ptr_array_index (draft->exhibits, i);

      for (guint j = 0; j < exhibit->files->len; j++, (*n_files)++)
        g_assert_true (cfoil_evidence_file_is_intact (fixture->mirror->mirror,
                                                      ((CfoilExhibitFile *) exhibit->files->pdata[j])->sha256, NULL));
    }
  error = draft_flush (session);
  g_assert_no_error (error);
  return (guint) strtoul (cfoil_draft_get_own_words (draft, "closing"), NULL, 10);
}

/* Microseconds of words that were lost. */
static gint64
kill_once (DraftFixture *fixture,
           guint        *first,
           guint         after_ms,
           gboolean      is_held)
{
  guint word, n_files;
  gint64 lost_us;
  Run run;

  type_and_kill (fixture, *first, after_ms, is_held, &run);
  word = read_word (fixture, &n_files);
  g_assert_cmpuint (word, <=, run.last);
  /* Of the words of this run the first that is not there. */
  lost_us = word < run.last ? run.killed_us - run.times[MAX (word + 1, *first) - *first] : 0;
  g_test_message ("killed after %u ms: typed to %u, kept to %u, lost the last %d ms, %u files", after_ms, run.last, word,
                  (int) (lost_us / 1000), n_files);
  g_assert_cmpint (lost_us, <, G_USEC_PER_SEC);
  g_assert_cmpint (test_count (fixture->mirror->mirror, "SELECT integrity_check = 'ok' FROM pragma_integrity_check"), ==, 1);
  *first = run.last + 1;
  g_free (run.times);
  return lost_us;
}

/* Killed at any moment, at most the last second is lost, and what there is is whole. */
static void
test_kill (void)
{
  g_autoptr (DraftFixture) fixture = draft_fixture_new ();
  guint first = 1;
  gint64 worst_us = 0;

  for (guint i = 0; i < N_KILLS; i++)
    {
      guint after_ms = (guint) g_test_rand_int_range (1, i % 2 == 0 ? 1800 : 500);
      gint64 lost_us = kill_once (fixture, &first, after_ms, FALSE);

      worst_us = MAX (worst_us, lost_us);
    }
  g_test_message ("at worst the last %d ms were lost", (int) (worst_us / 1000));
  g_assert_cmpint (test_count (fixture->mirror->mirror, "SELECT count (*) FROM evidence_file"), >, 0);
}

/* The same while the database is not to be had, as during an import. */
static void
test_held (void)
{
  g_autoptr (DraftFixture) fixture = draft_fixture_new ();
  guint first = 1;

  for (guint i = 0; i < 4; i++)
    kill_once (fixture, &first, 1500 + i * 300, TRUE);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/draft-kill/kill", test_kill);
  g_test_add_func ("/draft-kill/held", test_held);

  return g_test_run ();
}
