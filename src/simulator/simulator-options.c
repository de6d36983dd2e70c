/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "simulator-options.h"

gboolean
cfoil_sim_usage_error (GError    **error,
                       const char *format,
                       ...)
{
  g_autofree char *message = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, message);
  return FALSE;
}

int
cfoil_sim_exit_usage (const GError *error,
                      const char   *command)
{
  g_printerr ("counterfoil-simulator: %s\nTry “counterfoil-simulator %s%s--help”.\n", error->message,
              command, command[0] != '\0' ? " " : "");
  return 2;
}

/* @argv: without the command word; nothing may be left over */
gboolean
cfoil_sim_options_parse (GOptionEntry *entries,
                         const char   *summary,
                         int          *argc,
                         char       ***argv,
                         GError      **error)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autofree char *name = g_strconcat ("counterfoil-simulator ", (*argv)[0], NULL);

  g_set_prgname (name);
  g_option_context_set_summary (context, summary);
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;
  if (*argc > 1)
    return cfoil_sim_usage_error (error, "unexpected argument: %s", (*argv)[1]);
  return TRUE;
}

static gboolean
parse_until (const char *text,
             gint64     *until,
             GError    **error)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;

  if (text == NULL)
    *until = now / CFOIL_SIM_DAY * CFOIL_SIM_DAY;
  else if (g_str_equal (text, "now"))
    *until = now;
  else if (!cfoil_sim_parse_date (text, until) && !cfoil_sim_parse_time (text, until))
    return cfoil_sim_usage_error (error, "--until: not a date such as 2026-03-31: %s", text);
  return TRUE;
}

static gboolean
parse_region (const char     *text,
              CfoilSimRegion *region,
              GError        **error)
{
  *region = CFOIL_SIM_REGION_NA;
  for (guint i = 0; text != NULL; i++)
    {
      if (i > CFOIL_SIM_REGION_JP)
        return cfoil_sim_usage_error (error, "--region: must be na, eu or jp, not %s", text);
      *region = (CfoilSimRegion) i;
      if (g_str_equal (text, cfoil_sim_region_name (*region)))
        break;
    }
  return TRUE;
}

gboolean
cfoil_sim_common_options_apply (const CfoilSimCommonOptions *common,
                                CfoilSimOptions             *options,
                                GError                     **error)
{
  if (common->seed != NULL && !g_ascii_string_to_unsigned (common->seed, 10, 0, G_MAXUINT64, &options->seed, NULL))
    return cfoil_sim_usage_error (error, "--seed: not a number: %s", common->seed);
  if (common->seed == NULL)
    options->seed = 7;
  if (common->transactions < 0)
    return cfoil_sim_usage_error (error, "--transactions: must not be negative");
  if (common->days < 1 || common->days > 3650)
    return cfoil_sim_usage_error (error, "--days: must be between 1 and 3650");
  options->transactions = (guint) common->transactions;
  options->days = (guint) common->days;
  options->returned_payouts = common->returned_payouts;
  return parse_until (common->until, &options->until, error) &&
         parse_region (common->region, &options->region, error);
}

void
cfoil_sim_common_options_clear (CfoilSimCommonOptions *common)
{
  g_free (common->seed);
  g_free (common->until);
  g_free (common->region);
}
