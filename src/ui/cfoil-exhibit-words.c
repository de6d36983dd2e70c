/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-exhibit-words.h"

#include "cfoil-fit-words.h"
#include "cfoil-words.h"

#include <glib/gi18n.h>

static const struct
{
  const char *problem;
  const char *text;
} problems[] = {
  { "encrypted", N_ ("This file is locked with a password. Save a copy without it and add that.") },
  { "broken", N_ ("This file is damaged and cannot be read. Add it again from where it came from.") },
  { "too-many-pages", N_ ("This file has too many pages. Add only those that prove something.") },
  { "too-large", N_ ("This picture is too large to be drawn. Make it smaller and add it again.") },
  { "timeout", N_ ("Reading this file takes too long. Print it into a new PDF and add that.") },
  { "crashed", N_ ("This file could not be read. Print it into a new PDF and add that.") },
  { "empty", N_ ("There is nothing in this file.") },
  { "unsupported", N_ ("This type of file cannot be sent. Save it as a PDF and add that.") },
};

char *
cfoil_exhibit_words_about (const CfoilExhibitFile *exhibit_file,
                           const CfoilPacketFile  *file)
{
  g_autofree char *type = g_ascii_strup (exhibit_file->file_type, -1);
  GString *text = g_string_new (g_str_equal (exhibit_file->file_type, "other") ? _("Unknown type") : type);

  if (file != NULL && file->n_pages > 0 && cfoil_exhibit_file_is_page (exhibit_file))
    {
      g_autofree char *pages = cfoil_words_number (file->n_pages);

      g_string_append (text, ", ");
      g_string_append_printf (text, ngettext ("%s page", "%s pages", (gulong) file->n_pages), pages);
    }
  if (file != NULL && file->n_bytes > 0)
    {
      g_autofree char *size = cfoil_fit_words_bytes (file->n_bytes, TRUE);

      g_string_append_printf (text, ", %s", size);
    }
  if (!cfoil_exhibit_file_is_page (exhibit_file))
    g_string_append_printf (text, ", %s", _("sent beside the packet"));
  return g_string_free (text, FALSE);
}

static void
add (GString    *text,
     const char *line)
{
  if (text->len > 0)
    g_string_append_c (text, '\n');
  g_string_append (text, line);
}

static void
add_problem (GString    *text,
             const char *problem)
{
  for (guint i = 0; i < G_N_ELEMENTS (problems); i++)
    if (g_str_equal (problems[i].problem, problem))
      {
        add (text, _(problems[i].text));
        return;
      }
  add (text, _("This file cannot be drawn. Save it as a PDF and add that."));
}

static void
add_card_numbers (GString               *text,
                  const CfoilInspection *inspection)
{
  g_autofree char *line = NULL;

  if (inspection->card_pages != NULL)
    /* Translators: %s is one or more page numbers such as "2, 5". */
    line = g_strdup_printf (_("A card number seems to stand on page %s. Black it out and add the file again."),
                            inspection->card_pages);
  else
    line = g_strdup (_("A card number seems to stand in this file. Black it out and add the file again."));
  add (text, line);
}

char *
cfoil_exhibit_words_findings (const CfoilInspection *inspection,
                              gboolean              *is_problem)
{
  GString *text = g_string_new (NULL);

  *is_problem = inspection->problem != NULL || inspection->n_card_numbers > 0;
  if (inspection->problem != NULL)
    add_problem (text, inspection->problem);
  if (inspection->n_card_numbers > 0)
    add_card_numbers (text, inspection);
  if (inspection->is_truncated)
    add (text, _("This picture ends too early; what there is of it is drawn."));
  if (inspection->has_scripts)
    add (text, _("It contains a program, which is left out of the packet."));
  if (inspection->has_links)
    add (text, _("Its links are left out of the packet; reviewers do not follow them."));
  if (inspection->has_forms)
    add (text, _("It is a form; the packet has it as it looks now."));
  if (inspection->has_attachments)
    add (text, _("Files that are attached to it are left out of the packet."));
  if (text->len > 0)
    return g_string_free (text, FALSE);
  g_string_free (text, TRUE);
  return NULL;
}
