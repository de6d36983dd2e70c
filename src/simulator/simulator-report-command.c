/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "simulator-options.h"

#include "simulator-stream.h"

#include <errno.h>
#include <string.h>

static const struct {
  const char *name;
  CfoilSimReportType type;
} types[] = {
  { "settlement", CFOIL_SIM_REPORT_SETTLEMENT },
  { "refund", CFOIL_SIM_REPORT_REFUND },
  { "capture", CFOIL_SIM_REPORT_CAPTURE },
  { "authorization", CFOIL_SIM_REPORT_AUTHORIZATION },
  { "order-reference", CFOIL_SIM_REPORT_ORDER_REFERENCE },
  { "billing-agreement", CFOIL_SIM_REPORT_BILLING_AGREEMENT },
};

static gboolean
parse_type (const char         *name,
            CfoilSimReportType *type,
            GError            **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_strcmp0 (types[i].name, name) == 0)
      {
        *type = types[i].type;
        return TRUE;
      }
  if (name == NULL)
    return cfoil_sim_usage_error (error, "--type is missing");
  return cfoil_sim_usage_error (error, "--type: there is no report called %s", name);
}

static int
write_file (const char            *path,
            CfoilSimReportType     type,
            const CfoilSimOptions *options)
{
  FILE *file = fopen (path, "wb");
  gboolean ok;

  if (file == NULL)
    {
      g_printerr ("counterfoil-simulator: %s: %s\n", path, g_strerror (errno));
      return 1;
    }
  /* The writer brings its own buffer. */
  setvbuf (file, NULL, _IONBF, 0);
  ok = cfoil_sim_stream_report (file, type, options);
  if (fclose (file) != 0 || !ok)
    {
      g_printerr ("counterfoil-simulator: %s: cannot write\n", path);
      return 1;
    }
  return 0;
}

int
cfoil_sim_command_report (int    argc,
                          char **argv)
{
  CfoilSimCommonOptions common = { NULL, 2000, 90, NULL, NULL, FALSE };
  CfoilSimOptions options = { 0 };
  CfoilSimReportType type = CFOIL_SIM_REPORT_SETTLEMENT;
  g_autofree char *name = NULL;
  g_autofree char *output = NULL;
  g_autoptr (GError) error = NULL;
  GOptionEntry entries[] = {
    { "type", 0, 0, G_OPTION_ARG_STRING, &name, "settlement, refund, capture, authorization, order-reference or billing-agreement", "NAME" },
    CFOIL_SIM_COMMON_OPTIONS (common),
    { "output", 0, 0, G_OPTION_ARG_FILENAME, &output, "File to write", "FILE" },
    { NULL }
  };
  gboolean ok;

  ok = cfoil_sim_options_parse (entries, "Writes one report file with as many data rows as there are transactions.",
                                &argc, &argv, &error) &&
       parse_type (name, &type, &error) &&
       cfoil_sim_common_options_apply (&common, &options, &error) &&
       (output != NULL || cfoil_sim_usage_error (&error, "--output is missing"));
  cfoil_sim_common_options_clear (&common);
  return ok ? write_file (output, type, &options) : cfoil_sim_exit_usage (error, "report");
}
