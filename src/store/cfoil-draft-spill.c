/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-draft-spill.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

static char *
dup_path (CfoilMirror *mirror,
          gint64       case_id,
          guint        round)
{
  g_autofree char *name = g_strdup_printf ("%" G_GINT64_FORMAT "-%u", case_id, round);

  return g_build_filename (cfoil_mirror_get_folder (mirror), "drafts", name, NULL);
}

gboolean
cfoil_draft_spill_write (CfoilMirror *mirror,
                         gint64       case_id,
                         guint        round,
                         gint64       time_us,
                         const char  *text,
                         GError     **error)
{
  g_autofree char *path = dup_path (mirror, case_id, round);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *content = g_strdup_printf ("%" G_GINT64_FORMAT "\n%s", time_us, text);

  g_mkdir_with_parents (folder, 0700);
  /* Written beside and renamed, but not forced to the disk: the database is for that. */
  return g_file_set_contents_full (path, content, -1, G_FILE_SET_CONTENTS_CONSISTENT & ~G_FILE_SET_CONTENTS_DURABLE, 0600, error);
}

char *
cfoil_draft_spill_read (CfoilMirror *mirror,
                        gint64       case_id,
                        guint        round,
                        gint64      *time_us)
{
  g_autofree char *path = dup_path (mirror, case_id, round);
  g_autofree char *content = NULL;
  char *end;

  if (!g_file_get_contents (path, &content, NULL, NULL))
    return NULL;
  *time_us = g_ascii_strtoll (content, &end, 10);
  return *end == '\n' && end != content ? g_strdup (end + 1) : NULL;
}

void
cfoil_draft_spill_remove (CfoilMirror *mirror,
                          gint64       case_id,
                          guint        round,
                          gint64       time_us)
{
  g_autofree char *path = dup_path (mirror, case_id, round);
  gint64 its_time_us = 0;
  g_autofree char *text = cfoil_draft_spill_read (mirror, case_id, round, &its_time_us);

  if (text != NULL && its_time_us <= time_us)
    g_unlink (path);
}
