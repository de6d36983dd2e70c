/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-column-choice.h"

#include "cfoil-export.h"

#include <string.h>

static gboolean
parse_one (const char        *text,
           CfoilColumnChoice *choice)
{
  g_auto (GStrv) parts = g_strsplit (text + (*text == '-'), ":", 2);
  guint64 width = 0;

  if (parts[0] == NULL || !cfoil_field_from_name (g_strstrip (parts[0]), &choice->field))
    return FALSE;
  if (parts[1] != NULL &&
      !g_ascii_string_to_unsigned (g_strstrip (parts[1]), 10, 0, CFOIL_COLUMN_MAX_WIDTH, &width, NULL))
    width = 0;
  choice->is_visible = *text != '-';
  choice->width = (int) width;
  return TRUE;
}

static void
append (GArray                  *choices,
        const CfoilColumnChoice *choice,
        CfoilFieldSet           *seen)
{
  if ((*seen & CFOIL_FIELD_BIT (choice->field)) != 0)
    return;
  *seen |= CFOIL_FIELD_BIT (choice->field);
  g_array_append_val (choices, *choice);
}

static GArray *
parse (const char *text)
{
  GArray *choices = g_array_new (FALSE, FALSE, sizeof (CfoilColumnChoice));
  g_auto (GStrv) parts = g_strsplit (text, ",", -1);
  CfoilFieldSet seen = 0;

  for (guint i = 0; parts[i] != NULL; i++)
    {
      CfoilColumnChoice choice;

      if (parse_one (g_strstrip (parts[i]), &choice))
        append (choices, &choice, &seen);
    }
  for (guint i = 0; i < CFOIL_N_FIELDS; i++)
    append (choices, &(CfoilColumnChoice) { .field = i }, &seen);
  return choices;
}

GArray *
cfoil_column_choices_parse (const char *text)
{
  g_autoptr (GArray) choices = parse (text != NULL ? text : CFOIL_EXPORT_USUAL_COLUMNS);

  if (cfoil_column_choices_get_fields (choices) == 0)
    return parse (CFOIL_EXPORT_USUAL_COLUMNS);
  return g_steal_pointer (&choices);
}

static void
append_text (GString                 *text,
             const CfoilColumnChoice *choice)
{
  if (text->len > 0)
    g_string_append_c (text, ',');
  if (!choice->is_visible)
    g_string_append_c (text, '-');
  g_string_append (text, cfoil_field_get_info (choice->field)->name);
  if (choice->width > 0)
    g_string_append_printf (text, ":%d", choice->width);
}

char *
cfoil_column_choices_to_text (const GArray *choices)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GArray) usual = parse (CFOIL_EXPORT_USUAL_COLUMNS);
  CfoilFieldSet usual_fields = cfoil_column_choices_get_fields (usual);

  for (guint i = 0; i < choices->len; i++)
    {
      const CfoilColumnChoice *choice = &g_array_index (choices, CfoilColumnChoice, i);

      /* Most are hidden; only of the usual ones is that worth a word. */
      if (choice->is_visible || choice->width > 0 || (usual_fields & CFOIL_FIELD_BIT (choice->field)) != 0)
        append_text (text, choice);
    }
  if (g_str_equal (text->str, CFOIL_EXPORT_USUAL_COLUMNS))
    return NULL;
  return g_string_free (g_steal_pointer (&text), FALSE);
}

CfoilFieldSet
cfoil_column_choices_get_fields (const GArray *choices)
{
  CfoilFieldSet fields = 0;

  for (guint i = 0; i < choices->len; i++)
    {
      const CfoilColumnChoice *choice = &g_array_index (choices, CfoilColumnChoice, i);

      if (choice->is_visible)
        fields |= CFOIL_FIELD_BIT (choice->field);
    }
  return fields;
}
