/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-cli.h"

#include "cfoil-error.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

gboolean
cfoil_cli_parse (CfoilCli           *cli,
                 char             ***argv,
                 const char         *usage,
                 const char         *summary,
                 const GOptionEntry *entries,
                 int                *exit_code)
{
  const GOptionEntry common[] = {
    { "data-dir", 0, 0, G_OPTION_ARG_FILENAME, &cli->folder, N_ ("Folder of the mirror"), N_ ("DIR") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &cli->json, N_ ("Print JSON"), NULL },
    { NULL }
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *program = g_strdup_printf ("counterfoil-cli %s", usage);
  gboolean wants_help = FALSE;

  /* g_option_context_parse_strv () expects a program name first; --help is ours
   * so that it can name the command. */
  g_ptr_array_add (words, g_strdup (program));
  for (char **word = *argv; *word != NULL; word++)
    {
      if (g_str_equal (*word, "--help") || g_str_equal (*word, "-h"))
        wants_help = TRUE;
      else
        g_ptr_array_add (words, g_strdup (*word));
    }
  g_ptr_array_add (words, NULL);

  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_set_summary (context, gettext (summary));
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  if (entries != NULL)
    g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, common, GETTEXT_PACKAGE);

  if (wants_help)
    {
      g_autofree char *help = g_option_context_get_help (context, TRUE, NULL);
      /* Past the usage that GOption makes: ours names the command. */
      const char *rest = strstr (help, "\n\n");

      g_print ("%s\n  counterfoil-cli %s%s", _ ("Usage:"), usage, rest != NULL ? rest : "");
      *exit_code = CFOIL_EXIT_DONE;
      return FALSE;
    }

  cli->words = (char **) g_ptr_array_steal (words, NULL);
  if (!g_option_context_parse_strv (context, &cli->words, &error))
    {
      *exit_code = cfoil_cli_usage ("%s", error->message);
      return FALSE;
    }
  *argv = cli->words + 1; /* past the program's name */
  return TRUE;
}

int
cfoil_cli_usage (const char *message,
                 ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, message);
  text = g_strdup_vprintf (message, args);
  va_end (args);
  g_printerr ("%s\n%s\n", text, _ ("Try --help."));
  return CFOIL_EXIT_USAGE;
}

static int
print_words (const CfoilCommand *words,
             int                 exit_code)
{
  g_autoptr (GString) text = g_string_new (NULL);
  int width = 0;

  for (const CfoilCommand *word = words; word->name != NULL; word++)
    width = MAX (width, (int) strlen (word->usage));
  g_string_append_printf (text, "%s\n", _ ("Usage:"));
  for (const CfoilCommand *word = words; word->name != NULL; word++)
    g_string_append_printf (text, "  counterfoil-cli %-*s  %s\n", width, word->usage, gettext (word->summary));
  if (exit_code == CFOIL_EXIT_DONE)
    g_print ("%s", text->str);
  else
    g_printerr ("%s", text->str);
  return exit_code;
}

int
cfoil_cli_run_word (CfoilCli           *cli,
                    char              **argv,
                    const CfoilCommand *words)
{
  if (argv[0] == NULL)
    return print_words (words, CFOIL_EXIT_USAGE);
  if (g_str_equal (argv[0], "--help") || g_str_equal (argv[0], "-h"))
    return print_words (words, CFOIL_EXIT_DONE);
  for (const CfoilCommand *word = words; word->name != NULL; word++)
    if (g_str_equal (argv[0], word->name))
      return word->func (cli, argv + 1);
  return print_words (words, CFOIL_EXIT_USAGE);
}

gboolean
cfoil_cli_read_format (CfoilCli *cli,
                       char    **format)
{
  if (*format == NULL)
    *format = g_strdup (cli->json ? "json" : "table");
  if (g_str_equal (*format, "table") || g_str_equal (*format, "csv") || g_str_equal (*format, "json"))
    return TRUE;
  cfoil_cli_usage (_ ("--format is table, csv or json."));
  return FALSE;
}

CfoilContext *
cfoil_cli_open (CfoilCli *cli)
{
  g_autoptr (GError) error = NULL;
  CfoilContext *context = cfoil_context_new_sync (cli->folder, &error);

  /* SQLite's own words begin with "The mirror": those are about damage. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA) && !g_str_has_prefix (error->message, "The mirror:"))
    {
      error->domain = CFOIL_INPUT_ERROR;
      error->code = CFOIL_INPUT_ERROR_FOREIGN;
    }
  if (context == NULL)
    cfoil_cli_fail (cli, error);
  return context;
}

gboolean
cfoil_cli_print (const char *text)
{
  return fputs (text, stdout) >= 0;
}

char *
cfoil_cli_clean (const char *text,
                 guint       max_length)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *out = g_string_new (NULL);
  guint n = 0;

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (max_length > 0 && n++ == max_length)
        {
          g_string_append (out, "…");
          break;
        }
      g_string_append_unichar (out, g_unichar_iscntrl (c) || g_unichar_type (c) == G_UNICODE_FORMAT ? 0xFFFD : c);
    }
  return g_string_free (out, FALSE);
}

static void
print_error_object (CfoilCli     *cli,
                    const GError *error)
{
  g_autoptr (GString) out = g_string_new ("{");

  if (!cli->json || cli->has_printed)
    return;
  cfoil_json_append_error (out, "message", error);
  g_string_append (out, "}\n");
  cfoil_cli_print (out->str);
  cli->has_printed = TRUE;
}

int
cfoil_cli_fail (CfoilCli     *cli,
                const GError *error)
{
  const CfoilProviderErrorDetail *detail = cfoil_provider_error_get_detail (error);
  const char *name = cfoil_error_to_name (error);
  g_autofree char *message = cfoil_cli_clean (error->message, 0);

  print_error_object (cli, error);
  g_printerr ("%s\n", message);
  if (detail != NULL && detail->reason_code != NULL)
    {
      g_autofree char *reason = cfoil_cli_clean (detail->reason_code, 0);

      g_printerr (_ ("The provider's words: HTTP %u, %s\n"), detail->http_status, reason);
    }
  if (detail != NULL && detail->request_id != NULL)
    {
      g_autofree char *request_id = cfoil_cli_clean (detail->request_id, 0);

      g_printerr (_ ("Request ID for the provider's support: %s\n"), request_id);
    }
  if (!g_str_equal (name, "failed"))
    g_printerr ("%s\n", gettext (cfoil_error_advice (name)));
  return CFOIL_EXIT_FAILED;
}

void
cfoil_cli_print_failure (const char *subject,
                         const char *message,
                         const char *error_name)
{
  g_autofree char *clean = cfoil_cli_clean (message, 0);

  g_printerr ("%s: %s\n  %s\n", subject, clean, gettext (cfoil_error_advice (error_name)));
}

int
cfoil_cli_exit_code_of (CfoilOutcome outcome)
{
  switch (outcome)
    {
    case CFOIL_OUTCOME_DONE:
      return CFOIL_EXIT_DONE;
    case CFOIL_OUTCOME_PARTIAL:
      return CFOIL_EXIT_PARTIAL;
    case CFOIL_OUTCOME_FAILED:
    default:
      return CFOIL_EXIT_FAILED;
    }
}

#define BAR_WIDTH 20

struct _CfoilProgressLine
{
  gboolean is_terminal;
  gboolean is_drawn;
  char *what;
  gint64 start_us;
  guint64 start_done;
};

CfoilProgressLine *
cfoil_progress_line_new (CfoilCli *cli)
{
  CfoilProgressLine *self = g_new0 (CfoilProgressLine, 1);

  self->is_terminal = cli->is_terminal && !cli->json;
  return self;
}

static void
append_time_left (GString *line,
                  guint64  seconds)
{
  if (seconds >= 60)
    /* Translators: minutes and seconds until done. */
    g_string_append_printf (line, _ (", %u min %02u s left"), (guint) (seconds / 60), (guint) (seconds % 60));
  else
    g_string_append_printf (line, _ (", %u s left"), (guint) seconds);
}

/* [#####     ] 45 % */
static void
append_bar (GString *line,
            guint64  percent)
{
  g_string_append (line, "  [");
  for (guint i = 0; i < BAR_WIDTH; i++)
    g_string_append_c (line, i < percent * BAR_WIDTH / 100 ? '#' : ' ');
  g_string_append_printf (line, "] %u %%", (guint) percent);
}

void
cfoil_progress_line_show (const CfoilProgress *progress,
                          gpointer             progress_line)
{
  CfoilProgressLine *self = progress_line;
  g_autoptr (GString) line = g_string_new (NULL);
  gint64 now_us = g_get_monotonic_time ();
  guint64 elapsed_us, rate = 0;

  if (!self->is_terminal)
    return;
  if (g_strcmp0 (self->what, progress->what) != 0 || progress->done < self->start_done)
    {
      g_free (self->what);
      self->what = g_strdup (progress->what);
      self->start_us = now_us;
      self->start_done = progress->done;
    }
  elapsed_us = (guint64) (now_us - self->start_us);
  if (elapsed_us > G_USEC_PER_SEC / 2)
    rate = (progress->done - self->start_done) * G_USEC_PER_SEC / elapsed_us;

  if (progress->account != NULL)
    g_string_append_printf (line, "%s: ", progress->account);
  g_string_append (line, progress->what);
  if (progress->total > 0)
    append_bar (line, MIN (progress->done, progress->total) * 100 / progress->total);
  else
    g_string_append_printf (line, "  %'" G_GUINT64_FORMAT, progress->done);
  if (rate > 0)
    {
      g_autofree char *number = g_strdup_printf ("%'" G_GUINT64_FORMAT, rate);

      /* Translators: a rate, things per second. */
      g_string_append_printf (line, _ (" %s/s"), number);
      if (progress->total > progress->done)
        append_time_left (line, (progress->total - progress->done) / rate);
    }
  fprintf (stderr, "\r\033[K%s", line->str);
  fflush (stderr);
  self->is_drawn = TRUE;
}

void
cfoil_progress_line_free (CfoilProgressLine *self)
{
  if (self == NULL)
    return;
  if (self->is_drawn)
    fputs ("\r\033[K", stderr);
  g_free (self->what);
  g_free (self);
}
