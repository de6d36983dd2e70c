/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "simulator-auth.h"

#include <string.h>

#define UNRESERVED "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~"

static void
append_encoded (GString    *to,
                const char *text,
                gsize       length,
                const char *also_kept)
{
  static const char hex[] = "0123456789ABCDEF";

  for (gsize i = 0; i < length; i++)
    {
      guchar c = (guchar) text[i];

      if (c != 0 && (strchr (UNRESERVED, c) != NULL || strchr (also_kept, c) != NULL))
        g_string_append_c (to, (char) c);
      else
        g_string_append_printf (to, "%%%c%c", hex[c >> 4], hex[c & 15]);
    }
}

static void
parameter_free (gpointer data)
{
  CfoilSimParameter *parameter = data;

  g_free (parameter->name);
  g_free (parameter->value);
  g_free (parameter);
}

static char *
decode (const char *text,
        gssize      length)
{
  g_autofree char *copy = g_strndup (text, (gsize) length);
  char *decoded = g_uri_unescape_string (copy, NULL);

  /* A stray percent sign: keep what was sent. */
  return decoded != NULL ? decoded : g_steal_pointer (&copy);
}

/* Returns: (transfer full) (element-type CfoilSimParameter): in wire order */
GPtrArray *
cfoil_sim_query_parse (const char *query)
{
  GPtrArray *parameters = g_ptr_array_new_with_free_func (parameter_free);
  g_auto (GStrv) parts = g_strsplit (query != NULL ? query : "", "&", -1);

  for (char **part = parts; *part != NULL; part++)
    {
      const char *equals = strchr (*part, '=');
      CfoilSimParameter *parameter;

      if (**part == '\0')
        continue;
      parameter = g_new0 (CfoilSimParameter, 1);
      parameter->name = decode (*part, equals != NULL ? equals - *part : (gssize) strlen (*part));
      parameter->value = equals != NULL ? decode (equals + 1, (gssize) strlen (equals + 1)) : g_strdup ("");
      g_ptr_array_add (parameters, parameter);
    }
  return parameters;
}

/* Every byte outside the unreserved set and "/" is encoded; runs of slashes
 * collapse; an empty path is "/". */
char *
cfoil_sim_canonical_path (const char *decoded_path)
{
  g_autoptr (GString) collapsed = g_string_new (NULL);
  GString *result = g_string_new (NULL);

  for (const char *p = decoded_path; *p != '\0'; p++)
    if (*p != '/' || collapsed->len == 0 || collapsed->str[collapsed->len - 1] != '/')
      g_string_append_c (collapsed, *p);
  if (collapsed->len == 0)
    g_string_append_c (collapsed, '/');
  append_encoded (result, collapsed->str, collapsed->len, "/");
  return g_string_free (result, FALSE);
}

static int
compare_strings (gconstpointer a,
                 gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Sorting "name=value" whole would put "a-b=" before "a="; a separator below
 * every encoded character sorts by name first and by value then. */
char *
cfoil_sim_canonical_query (GPtrArray *parameters)
{
  g_autoptr (GPtrArray) encoded = g_ptr_array_new_with_free_func (g_free);
  GString *result = g_string_new (NULL);

  for (guint i = 0; i < parameters->len; i++)
    {
      const CfoilSimParameter *parameter = g_ptr_array_index (parameters, i);
      GString *pair = g_string_new (NULL);

      append_encoded (pair, parameter->name, strlen (parameter->name), "");
      g_string_append_c (pair, '\001');
      append_encoded (pair, parameter->value, strlen (parameter->value), "");
      g_ptr_array_add (encoded, g_string_free (pair, FALSE));
    }
  g_ptr_array_sort (encoded, compare_strings);
  for (guint i = 0; i < encoded->len; i++)
    {
      if (i > 0)
        g_string_append_c (result, '&');
      g_string_append (result, g_ptr_array_index (encoded, i));
    }
  g_strdelimit (result->str, "\001", '=');
  return g_string_free (result, FALSE);
}

static void
append_header (GString    *to,
               const char *name,
               const char *value)
{
  gboolean pending_space = FALSE;

  g_string_append (to, name);
  g_string_append_c (to, ':');
  for (const char *p = g_strchug ((char *) value); *p != '\0'; p++)
    {
      if (g_ascii_isspace (*p))
        {
          pending_space = TRUE;
          continue;
        }
      if (pending_space)
        g_string_append_c (to, ' ');
      pending_space = FALSE;
      g_string_append_c (to, *p);
    }
  g_string_append_c (to, '\n');
}

/* The headers are taken from the list that the client says it signed. */
char *
cfoil_sim_canonical_request (const CfoilSimRequest *request,
                             const char            *signed_headers)
{
  GString *text = g_string_new (NULL);
  g_auto (GStrv) names = g_strsplit (signed_headers, ";", -1);
  g_autofree char *decoded_path = decode (request->path, (gssize) strlen (request->path));
  g_autofree char *path = cfoil_sim_canonical_path (decoded_path);
  g_autoptr (GPtrArray) parameters = cfoil_sim_query_parse (request->query);
  g_autofree char *query = cfoil_sim_canonical_query (parameters);
  g_autofree char *hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, request->body);

  g_string_append_printf (text, "%s\n%s\n%s\n", request->method, path, query);
  for (char **name = names; *name != NULL; name++)
    {
      const char *value = g_hash_table_lookup (request->headers, *name);
      g_autofree char *copy = g_strdup (value != NULL ? value : "");

      append_header (text, *name, copy);
    }
  g_string_append_printf (text, "\n%s\n%s", signed_headers, hash);
  return g_string_free (text, FALSE);
}

char *
cfoil_sim_string_to_sign (const char *algorithm,
                          const char *canonical_request)
{
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, canonical_request, -1);

  return g_strdup_printf ("%s\n%s", algorithm, hash);
}
