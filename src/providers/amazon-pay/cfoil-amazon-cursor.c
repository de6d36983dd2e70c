/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-amazon-cursor.h"

#include "cfoil-time.h"

#include <string.h>

/* The text is "created=2024-01-15T09:30:00Z;floor=...": a person can read it. */
static gint64
find (const char *text,
      const char *name)
{
  g_auto (GStrv) parts = g_strsplit (text, ";", -1);
  gsize length = strlen (name);
  gint64 us;

  for (guint i = 0; parts[i] != NULL; i++)
    if (strncmp (parts[i], name, length) == 0 && parts[i][length] == '='
        && cfoil_time_parse (parts[i] + length + 1, -1, &us, NULL))
      return us;
  return CFOIL_UNKNOWN;
}

static void
append (GString    *text,
        const char *name,
        gint64      us)
{
  char time[CFOIL_TIME_BUFFER];

  if (us == CFOIL_UNKNOWN)
    return;
  cfoil_time_format_iso (time, us);
  g_string_append_printf (text, "%s%s=%s", text->len > 0 ? ";" : "", name, time);
}

gboolean
cfoil_amazon_cursor_load (CfoilAmazonCursor *self,
                          CfoilIntake       *intake,
                          GError           **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *text = cfoil_intake_dup_cursor (intake, &local_error);

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  self->created_us = find (text != NULL ? text : "", "created");
  self->floor_us = find (text != NULL ? text : "", "floor");
  self->refused_us = find (text != NULL ? text : "", "refused");
  return TRUE;
}

gboolean
cfoil_amazon_cursor_save (const CfoilAmazonCursor *self,
                          CfoilIntake             *intake,
                          GError                 **error)
{
  g_autoptr (GString) text = g_string_new (NULL);

  append (text, "created", self->created_us);
  append (text, "floor", self->floor_us);
  append (text, "refused", self->refused_us);
  return text->len == 0 || cfoil_intake_set_cursor (intake, text->str, error);
}
