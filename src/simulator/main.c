/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "simulator-options.h"

#include <locale.h>
#include <string.h>

#ifdef __SANITIZE_ADDRESS__
/* Leaks are looked for in the simulator's own test, which runs all of it in its
 * process; here the many stacks that this needs would only make others wait. */
int __lsan_is_turned_off (void);

int
__lsan_is_turned_off (void)
{
  return 1;
}
#endif

static const char help[] =
  "Usage: counterfoil-simulator COMMAND [OPTION…]\n"
  "\n"
  "Stands in for Amazon Pay: a made-up merchant account with a history.\n"
  "\n"
  "Commands:\n"
  "  serve     Serve the account over HTTPS on the loopback address\n"
  "  report    Write one report file of any length\n"
  "\n"
  "Options:\n"
  "  --help       Show this help; “counterfoil-simulator COMMAND --help” shows more\n"
  "  --version    Show the version\n";

int
main (int    argc,
      char **argv)
{
  g_autoptr (GError) error = NULL;

  setlocale (LC_CTYPE, "");
  if (argc > 1 && strcmp (argv[1], "serve") == 0)
    return cfoil_sim_command_serve (argc - 1, argv + 1);
  if (argc > 1 && strcmp (argv[1], "report") == 0)
    return cfoil_sim_command_report (argc - 1, argv + 1);
  if (argc > 1 && (strcmp (argv[1], "--help") == 0 || strcmp (argv[1], "-h") == 0))
    {
      g_print ("%s", help);
      return 0;
    }
  if (argc > 1 && strcmp (argv[1], "--version") == 0)
    {
      g_print ("counterfoil-simulator %s\n", CFOIL_VERSION);
      return 0;
    }
  if (argc > 1)
    cfoil_sim_usage_error (&error, "unknown command: %s", argv[1]);
  else
    cfoil_sim_usage_error (&error, "a command is missing");
  return cfoil_sim_exit_usage (error, "");
}
