/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof-file.h"

#include <string.h>

void
proof_file_set (char      **line,
                guint       column,
                const char *value)
{
  g_auto (GStrv) fields = g_strsplit (*line, "\",\"", -1);
  gboolean is_last = column + 1 == g_strv_length (fields);

  g_free (fields[column]);
  fields[column] = is_last ? g_strconcat (value, "\"", NULL) : g_strdup (value);
  g_free (*line);
  *line = g_strjoinv ("\",\"", fields);
}

char *
proof_file_get (const char *line,
                guint       column)
{
  g_auto (GStrv) fields = g_strsplit (line, "\",\"", -1);
  char *value = g_strdup (fields[column]);

  if (column + 1 == g_strv_length (fields))
    value[strlen (value) - 1] = '\0';
  return value;
}

gint64
proof_file_get_minor (const char *line,
                      guint       column,
                      gboolean    has_cents)
{
  g_autofree char *field = proof_file_get (line, column);
  gint64 minor = 0;

  if (!has_cents)
    return g_ascii_strtoll (field, NULL, 10);
  for (const char *c = field; *c != '\0'; c++)
    if (g_ascii_isdigit (*c))
      minor = minor * 10 + (*c - '0');
  if (strchr (field, '.') == NULL)
    minor *= 100;
  return field[0] == '-' ? -minor : minor;
}

void
proof_file_add (char    **line,
                guint     column,
                gboolean  has_cents)
{
  gint64 minor = proof_file_get_minor (*line, column, has_cents) + 1;
  g_autofree char *changed = NULL;

  if (has_cents)
    changed = g_strdup_printf ("%s%" G_GINT64_FORMAT ".%02d", minor < 0 ? "-" : "", ABS (minor) / 100, (int) (ABS (minor) % 100));
  else
    changed = g_strdup_printf ("%" G_GINT64_FORMAT, minor);
  proof_file_set (line, column, changed);
}

guint
proof_file_count_rows (const char *text)
{
  guint n = 0;

  for (const char *c = text; *c != '\0'; c++)
    n += *c == '\n';
  return n - PROOF_FILE_N_HEAD;
}

char *
proof_file_get_type (const char *text,
                     guint       row)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autofree char *type = proof_file_get (lines[PROOF_FILE_N_HEAD + row], PROOF_COLUMN_TYPE);
  g_autofree char *amount = proof_file_get (lines[PROOF_FILE_N_HEAD + row], PROOF_COLUMN_AMOUNT);
  gboolean is_back = (g_str_equal (type, "Transfer") || g_str_equal (type, "Chargeback")) && *amount != '-';

  return g_strconcat (type, is_back ? "+" : "", NULL);
}

void
proof_file_negate (char **line,
                   guint  column)
{
  g_autofree char *field = proof_file_get (*line, column);
  g_autofree char *negated = NULL;

  if (strpbrk (field, "123456789") == NULL)
    return;
  negated = field[0] == '-' ? g_strdup (field + 1) : g_strconcat ("-", field, NULL);
  proof_file_set (line, column, negated);
}
