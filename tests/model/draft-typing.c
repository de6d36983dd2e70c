/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cfoil-draft-session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Types without end into the draft of a case, a word each 20 ms, and tells of each when it
 * was taken; for test-draft-kill.c, which kills it.
 *
 *   draft-typing FOLDER CASE FIRST */

#define KEY_MS 20
/* Every so many words a file is added. */
#define FILE_EVERY 10

static guint n;

static gboolean
type_cb (gpointer user_data)
{
  CfoilDraftSession *session = user_data;
  CfoilDraft *draft;
  g_autofree char *words = g_strdup_printf ("%u", n);

  if (!cfoil_draft_session_get_loaded (session))
    return G_SOURCE_CONTINUE;
  draft = cfoil_draft_copy (cfoil_draft_session_get_draft (session));
  cfoil_draft_set_own_words (draft, "closing", words);
  cfoil_draft_session_set_draft (session, draft, "own:closing");
  printf ("%u %" G_GINT64_FORMAT "\n", n, g_get_monotonic_time ());
  fflush (stdout);
  if (n++ % FILE_EVERY == 0)
    {
      g_autofree char *content = g_strnfill (300000, (char) ('a' + n / FILE_EVERY % 26));
      g_autoptr (GBytes) bytes = g_bytes_new (content, strlen (content));

      cfoil_draft_session_add_bytes (session, bytes, words, CFOIL_EVIDENCE_OTHER,
                                     draft->exhibits->len > 0 ? ((CfoilExhibit *) draft->exhibits->pdata[0])->id : NULL);
    }
  return G_SOURCE_CONTINUE;
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (CfoilMirror) mirror = NULL;
  g_autoptr (CfoilReader) reader = NULL;
  g_autoptr (CfoilDraftSession) session = NULL;
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GError) error = NULL;

  if (argc != 4)
    return 2;
  mirror = cfoil_mirror_open (argv[1], &error);
  if (mirror == NULL)
    {
      fprintf (stderr, "%s\n", error->message);
      return 1;
    }
  n = (guint) strtoul (argv[3], NULL, 10);
  reader = cfoil_reader_new (mirror);
  session = cfoil_draft_session_new (reader, strtoll (argv[2], NULL, 10), 0);
  g_timeout_add (KEY_MS, type_cb, session);
  g_main_loop_run (loop);
  return 0;
}
