/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-amazon-canonical.h"

#include <string.h>

static gboolean
is_unreserved (char c)
{
  return g_ascii_isalnum (c) || c == '-' || c == '_' || c == '.' || c == '~';
}

static void
append_escaped (GString    *out,
                const char *text,
                gboolean    keep_slash)
{
  for (const char *p = text; *p != '\0'; p++)
    {
      if (is_unreserved (*p) || (keep_slash && *p == '/'))
        g_string_append_c (out, *p);
      else
        g_string_append_printf (out, "%%%02X", (guint) (guchar) *p);
    }
}

char *
cfoil_amazon_canonical_uri (const char *path)
{
  g_autoptr (GString) single = g_string_new (NULL);
  GString *out = g_string_new (NULL);

  for (const char *p = path; *p != '\0'; p++)
    if (*p != '/' || single->len == 0 || single->str[single->len - 1] != '/')
      g_string_append_c (single, *p);
  if (single->len == 0)
    g_string_append_c (single, '/');

  append_escaped (out, single->str, TRUE);
  return g_string_free (out, FALSE);
}

static int
compare_strings (gconstpointer a,
                 gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

char *
cfoil_amazon_canonical_query (const CfoilAmazonPair *pairs,
                              guint                  n_pairs)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < n_pairs; i++)
    {
      GString *part = g_string_new (NULL);

      append_escaped (part, pairs[i].name, FALSE);
      /* Below every escaped byte, so that a name sorts before its extensions. */
      g_string_append_c (part, '\x01');
      append_escaped (part, pairs[i].value, FALSE);
      g_ptr_array_add (parts, g_string_free (part, FALSE));
    }

  g_ptr_array_sort (parts, compare_strings);
  for (guint i = 0; i < parts->len; i++)
    *strchr (g_ptr_array_index (parts, i), '\x01') = '=';

  g_ptr_array_add (parts, NULL);
  return g_strjoinv ("&", (char **) parts->pdata);
}

/* Trimmed, inner runs of white space made one blank. */
static void
append_header_value (GString    *out,
                     const char *value)
{
  gboolean pending = FALSE;
  gboolean any = FALSE;

  for (const char *p = value; *p != '\0'; p++)
    {
      if (g_ascii_isspace (*p))
        {
          pending = any;
          continue;
        }
      if (pending)
        g_string_append_c (out, ' ');
      g_string_append_c (out, *p);
      pending = FALSE;
      any = TRUE;
    }
}

char *
cfoil_amazon_signed_headers (const CfoilAmazonPair *headers,
                             guint                  n_headers)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < n_headers; i++)
    g_string_append_printf (out, "%s%s", i > 0 ? ";" : "", headers[i].name);
  return g_string_free (out, FALSE);
}

char *
cfoil_amazon_canonical_request (const char            *method,
                                const char            *path,
                                const char            *query,
                                const CfoilAmazonPair *headers,
                                guint                  n_headers,
                                const char            *body,
                                gsize                  body_length)
{
  g_autofree char *uri = cfoil_amazon_canonical_uri (path);
  g_autofree char *names = cfoil_amazon_signed_headers (headers, n_headers);
  g_autofree char *hash = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) body, body_length);
  GString *out = g_string_new (NULL);

  g_string_append_printf (out, "%s\n%s\n%s\n", method, uri, query);
  for (guint i = 0; i < n_headers; i++)
    {
      g_string_append_printf (out, "%s:", headers[i].name);
      append_header_value (out, headers[i].value);
      g_string_append_c (out, '\n');
    }
  g_string_append_printf (out, "\n%s\n%s", names, hash);

  return g_string_free (out, FALSE);
}

char *
cfoil_amazon_string_to_sign (const char *canonical_request)
{
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, canonical_request, -1);

  return g_strconcat (CFOIL_AMAZON_ALGORITHM "\n", hash, NULL);
}
