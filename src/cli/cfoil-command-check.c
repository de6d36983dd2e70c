/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-check.h"
#include "cfoil-cli.h"

#include <glib/gi18n.h>

static const char *const kind_names[] = {
  [CFOIL_FAULT_DAMAGE] = "damage",
  [CFOIL_FAULT_MISSING] = "missing",
  [CFOIL_FAULT_PROVIDER] = "provider",
  [CFOIL_FAULT_EVIDENCE] = "evidence",
  [CFOIL_FAULT_CLOSED] = "closed",
};

static void
show_check (const char *check,
            guint       done,
            guint       total,
            gpointer    user_data)
{
  CfoilProgress progress = { NULL, check, done, total };

  cfoil_progress_line_show (&progress, user_data);
}

static void
print_findings (CfoilCli  *cli,
                GPtrArray *findings)
{
  if (cli->json)
    g_print ("[");
  for (guint i = 0; i < findings->len; i++)
    {
      const CfoilFault *finding = g_ptr_array_index (findings, i);

      if (cli->json)
        {
          g_autoptr (GString) out = g_string_new ("{");

          cfoil_json_append_member (out, "check", finding->check);
          cfoil_json_append_member (out, "kind", kind_names[finding->kind]);
          g_string_append_printf (out, ", \"count\": %" G_GINT64_FORMAT, finding->count);
          cfoil_json_append_member (out, "message", finding->message);
          g_print ("%s\n  %s}", i > 0 ? "," : "", out->str);
        }
      else
        g_print ("%s: %s\n  %s\n", finding->check, finding->message, gettext (cfoil_fault_advice (finding->kind)));
    }
  if (cli->json)
    g_print ("%s]\n", findings->len > 0 ? "\n" : "");
  else if (findings->len == 0)
    g_print ("%s\n", _ ("The mirror is sound and adds up."));
}

/* Damage is a failure, what is missing or the provider's own is not all. */
static int
judge (GPtrArray *findings)
{
  int exit_code = CFOIL_EXIT_DONE;

  for (guint i = 0; i < findings->len; i++)
    {
      const CfoilFault *finding = g_ptr_array_index (findings, i);

      if (finding->kind == CFOIL_FAULT_DAMAGE)
        return CFOIL_EXIT_FAILED;
      exit_code = CFOIL_EXIT_PARTIAL;
    }
  return exit_code;
}

int
cfoil_command_check (CfoilCli *cli,
                     char    **argv)
{
  g_autoptr (CfoilContext) context = NULL;
  g_autoptr (GPtrArray) findings = NULL;
  g_autoptr (GError) error = NULL;
  CfoilProgressLine *line;
  int exit_code;

  if (!cfoil_cli_parse (cli, &argv, "check",
                        N_ ("Verifies the database file, that rows refer to rows, that every amount adds up, and the raw report files. "
                            "Exit code 1: damaged; 3: something is missing, or the provider's own numbers do not add up."),
                        NULL, &exit_code))
    return exit_code;
  context = cfoil_cli_open (cli);
  if (context == NULL)
    return CFOIL_EXIT_FAILED;
  line = cfoil_progress_line_new (cli);
  findings = cfoil_check_run (cfoil_context_get_mirror (context), show_check, line, cli->cancellable, &error);
  cfoil_progress_line_free (line);
  if (findings == NULL)
    return cfoil_cli_fail (cli, error);
  print_findings (cli, findings);
  return judge (findings);
}

int
cfoil_command_rebuild (CfoilCli *cli,
                       char    **argv)
{
  g_autoptr (CfoilContext) context = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *kept_path = NULL;
  CfoilProgressLine *line;
  gboolean ok;
  int exit_code;

  if (!cfoil_cli_parse (cli, &argv, "rebuild",
                        N_ ("Makes the mirror anew from the raw report files and the provider's answers. The old one is kept."),
                        NULL, &exit_code))
    return exit_code;
  context = cfoil_cli_open (cli);
  if (context == NULL)
    return CFOIL_EXIT_FAILED;
  line = cfoil_progress_line_new (cli);
  ok = cfoil_context_rebuild_sync (context, cfoil_progress_line_show, line, cli->cancellable, &kept_path, &error);
  cfoil_progress_line_free (line);
  if (!ok)
    return cfoil_cli_fail (cli, error);
  if (cli->json)
    cfoil_json_print_done ("kept", kept_path, "rebuilt");
  else
    g_print (_ ("Rebuilt. The old mirror is kept as %s\n"), kept_path);
  return CFOIL_EXIT_DONE;
}
