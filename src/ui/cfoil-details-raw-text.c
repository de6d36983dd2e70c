/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-details-raw-text.h"

#include "cfoil-words.h"

#include <glib/gi18n.h>

static void
append_heading (GString               *text,
                const CfoilDetailsRaw *raw,
                CfoilWorkspace        *workspace)
{
  g_string_append_printf (text, "# %s", cfoil_workspace_get_feed_title (workspace, raw->feed));
  if (raw->what != NULL)
    g_string_append_printf (text, " · %s", raw->what);
  if (raw->said_us != CFOIL_UNKNOWN)
    {
      g_autofree char *time = cfoil_words_date_time (raw->said_us, cfoil_workspace_get_time_zone (workspace));

      g_string_append_printf (text, " · %s", time);
    }
  if (raw->document != NULL)
    g_string_append_printf (text, " · %s", raw->document);
  if (raw->row_number > 0)
    {
      g_autofree char *number = cfoil_words_number (raw->row_number);

      g_string_append (text, " · ");
      /* Translators: %s is the number of a row in a file. */
      g_string_append_printf (text, _("row %s"), number);
    }
  g_string_append_c (text, '\n');
}

char *
cfoil_details_raw_text (CfoilDetails   *details,
                        CfoilWorkspace *workspace)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < details->raws->len; i++)
    {
      const CfoilDetailsRaw *raw = details->raws->pdata[i];

      if (i > 0)
        g_string_append (text, "\n\n");
      append_heading (text, raw, workspace);
      g_string_append (text, raw->text);
      if (raw->is_cut)
        g_string_append_printf (text, "\n%s", _("(The rest is too long to be shown. It is in the mirror.)"));
    }
  return g_string_free (text, FALSE);
}
