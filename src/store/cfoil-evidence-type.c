/* SPDX-License-Identifier: GPL-3.0-or-later */
/* memmem () */
#define _GNU_SOURCE
#include "config.h"

#include "cfoil-evidence-file.h"

#include <string.h>

/* What a file is, by what it holds; and names of files, fit for people and for a PDF. */

static gboolean
begins_with (const char *head,
             gsize       length,
             const char *magic,
             gsize       magic_length)
{
  return length >= magic_length && memcmp (head, magic, magic_length) == 0;
}
#define BEGINS_WITH(head, length, magic) begins_with (head, length, magic, sizeof magic - 1)

static gboolean
holds (const char *head,
       gsize       length,
       const char *part,
       gsize       part_length)
{
  return memmem (head, length, part, part_length) != NULL;
}
#define HOLDS(head, length, part) holds (head, length, part, sizeof part - 1)

/* Entries of a zip stand by their names, before their bytes and once more at the end. */
static const char *
type_of_zip (const char *head,
             gsize       length)
{
  if (HOLDS (head, length, "mimetypeapplication/vnd.oasis.opendocument.spreadsheet"))
    return "ods";
  if (HOLDS (head, length, "word/document"))
    return "docx";
  if (HOLDS (head, length, "xl/workbook"))
    return "xlsx";
  return "other";
}

/* The names of streams in an OLE file, in UTF-16. */
static const char *
type_of_ole (const char *head,
             gsize       length)
{
  if (HOLDS (head, length, "W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0"))
    return "doc";
  if (HOLDS (head, length, "W\0o\0r\0k\0b\0o\0o\0k\0") || HOLDS (head, length, "B\0o\0o\0k\0\0\0"))
    return "xls";
  return "other";
}

/* UTF-8 and Latin-1 have in common that they have no such characters. */
static gboolean
is_text (const char *head,
         gsize       length)
{
  for (gsize i = 0; i < length; i++)
    {
      guchar c = (guchar) head[i];

      if ((c < 0x20 && c != '\t' && c != '\r' && c != '\n') || c == 0x7f)
        return FALSE;
    }
  return length > 0;
}

static gboolean
ends_in_csv (const char *name)
{
  gsize length = name != NULL ? strlen (name) : 0;

  return length >= 4 && g_ascii_strcasecmp (name + length - 4, ".csv") == 0;
}

const char *
cfoil_evidence_type_of (const char *head,
                        gsize       length,
                        const char *name)
{
  g_return_val_if_fail (head != NULL, "other");

  if (BEGINS_WITH (head, length, "\x89PNG\r\n\x1a\n"))
    return "png";
  if (BEGINS_WITH (head, length, "\xff\xd8\xff"))
    return "jpg";
  if (BEGINS_WITH (head, length, "PK\x03\x04"))
    return type_of_zip (head, length);
  if (BEGINS_WITH (head, length, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"))
    return type_of_ole (head, length);
  /* A reader of PDFs looks that far for its beginning. */
  if (HOLDS (head, MIN (length, 1024), "%PDF-"))
    return "pdf";
  if (ends_in_csv (name) && is_text (head, length))
    return "csv";
  return "other";
}

/* --- names --- */

static gboolean
is_invisible (gunichar c)
{
  switch (g_unichar_type (c))
    {
    case G_UNICODE_CONTROL:
    case G_UNICODE_FORMAT: /* marks of direction among them */
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
    case G_UNICODE_UNASSIGNED:
    case G_UNICODE_PRIVATE_USE:
      return TRUE;
    default:
      return FALSE;
    }
}

/* Folders of Windows, too. */
static const char *
last_part (const char *name)
{
  const char *part = name;

  for (const char *p = name; *p != '\0'; p++)
    if (*p == '/' || *p == '\\')
      part = p + 1;
  return part;
}

static char *
keep_visible (const char *name)
{
  GString *out = g_string_new (NULL);

  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    if (!is_invisible (g_utf8_get_char (p)))
      g_string_append_unichar (out, g_utf8_get_char (p));
  return g_strstrip (g_string_free (out, FALSE));
}

/* The ending stays: it says what the file is. */
static char *
shorten (const char *name,
         glong       length)
{
  const char *dot = strrchr (name, '.');
  glong ending = dot != NULL ? g_utf8_strlen (dot, -1) : 0;
  g_autofree char *start = NULL;

  if (length <= CFOIL_EVIDENCE_NAME_MAX)
    return g_strdup (name);
  if (ending > 10)
    ending = 0;
  start = g_utf8_substring (name, 0, CFOIL_EVIDENCE_NAME_MAX - 1 - ending);
  return g_strconcat (start, "\u2026", ending > 0 ? dot : "", NULL);
}

char *
cfoil_evidence_clean_name (const char *name)
{
  g_autofree char *valid = g_utf8_make_valid (name != NULL ? last_part (name) : "", -1);
  g_autofree char *visible = keep_visible (valid);

  if (*visible == '\0' || strspn (visible, ".") == strlen (visible))
    return g_strdup ("file");
  return shorten (visible, g_utf8_strlen (visible, -1));
}
