/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-log.h"

#include <string.h>

#define N_KEPT_LINES 2000

static GMutex kept_mutex;
static GQueue kept_lines = G_QUEUE_INIT; /* (mutex kept_mutex) */

typedef struct
{
  const char *pattern;
  const char *replacement;
} Mask;

/* A private key in any PEM form; what signs or authorises a request; the query
 * of a pre-signed address; e-mail addresses. */
static const Mask masks[] = {
  { "-----BEGIN [A-Z ]*PRIVATE KEY-----[\\s\\S]*?(-----END [A-Z ]*PRIVATE KEY-----|$)", "[private key]" },
  { "(?i)(signature|bearer|x-amz-signature|x-amz-security-token|x-amz-credential|awsaccesskeyid)([\\s=:\"']+)[^\\s,;&\"']+", "\\1\\2[masked]" },
  { "(https?://[^\\s?\"']+)\\?[^\\s\"']+", "\\1?[masked]" },
  { "[\\p{L}\\p{N}._%+-]+@[\\p{L}\\p{N}-]+\\.[\\p{L}\\p{N}.-]+", "[e-mail]" },
};

char *
cfoil_log_redact (const char *text)
{
  static GRegex *regexes[G_N_ELEMENTS (masks)];
  static gsize is_ready = 0;
  char *result;

  g_return_val_if_fail (text != NULL, NULL);

  if (g_once_init_enter (&is_ready))
    {
      for (guint i = 0; i < G_N_ELEMENTS (masks); i++)
        regexes[i] = g_regex_new (masks[i].pattern, G_REGEX_OPTIMIZE, 0, NULL);
      g_once_init_leave (&is_ready, 1);
    }

  result = g_utf8_make_valid (text, -1);
  for (guint i = 0; i < G_N_ELEMENTS (masks); i++)
    {
      char *masked = g_regex_replace (regexes[i], result, -1, 0, masks[i].replacement, 0, NULL);

      /* Rather no text than an unmasked one. */
      g_free (result);
      result = masked != NULL ? masked : g_strdup ("[masked]");
    }
  return result;
}

static void
keep (const char *line)
{
  g_mutex_lock (&kept_mutex);
  g_queue_push_tail (&kept_lines, g_strdup (line));
  if (kept_lines.length > N_KEPT_LINES)
    g_free (g_queue_pop_head (&kept_lines));
  g_mutex_unlock (&kept_mutex);
}

static GLogWriterOutput
write_log (GLogLevelFlags   level,
           const GLogField *fields,
           gsize            n_fields,
           gpointer         user_data)
{
  g_autofree GLogField *masked = g_memdup2 (fields, n_fields * sizeof *fields);
  g_autofree char *message = NULL;

  for (gsize i = 0; i < n_fields; i++)
    if (message == NULL && g_str_equal (fields[i].key, "MESSAGE"))
      {
        g_autofree char *text = fields[i].length < 0
                                  ? g_strdup (fields[i].value)
                                  : g_strndup (fields[i].value, fields[i].length);

        message = cfoil_log_redact (text);
        masked[i].value = message;
        masked[i].length = -1;
      }

  if (message != NULL && (level & G_LOG_LEVEL_MASK) <= G_LOG_LEVEL_INFO)
    keep (message);
  return g_log_writer_default (level, masked, n_fields, user_data);
}

void
cfoil_log_init (void)
{
  g_log_set_writer_func (write_log, NULL, NULL);
}

char *
cfoil_log_dup_recent (void)
{
  GString *text = g_string_new (NULL);

  g_mutex_lock (&kept_mutex);
  for (GList *l = kept_lines.head; l != NULL; l = l->next)
    g_string_append_printf (text, "%s\n", (const char *) l->data);
  g_mutex_unlock (&kept_mutex);
  return g_string_free (text, FALSE);
}
