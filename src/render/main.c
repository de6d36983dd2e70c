/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "render.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* The only program that opens files that somebody else made.  Everything it is told, it
 * is told by its parent; everything it says goes to its parent, which does not believe it. */

static const char usage[] =
  "counterfoil-render inspect TYPE FILE\n"
  "counterfoil-render draw TYPE FILE PAGE WIDTH\n"
  "counterfoil-render build OUTPUT < DESCRIPTION\n";

void
render_say (const char *format,
            ...)
{
  va_list arguments;

  va_start (arguments, format);
  vprintf (format, arguments);
  va_end (arguments);
  putchar ('\n');
  fflush (stdout);
}

static gboolean
parse_number (const char *text,
              guint64     max,
              guint64    *number)
{
  return g_ascii_string_to_unsigned (text, 10, 0, max, number, NULL);
}

static int
run (int    argc,
     char **argv)
{
  const char *command = argc > 1 ? argv[1] : "";
  guint64 first, second;

  if (g_str_equal (command, "inspect") && argc == 4)
    return render_inspect (argv[2], argv[3]);
  if (g_str_equal (command, "draw") && argc == 6 && parse_number (argv[4], G_MAXINT, &first)
      && parse_number (argv[5], 8192, &second) && second > 0)
    return render_draw (argv[2], argv[3], first, second);
  if (g_str_equal (command, "build") && argc == 3)
    return render_build (argv[2]);
  fputs (usage, stderr);
  return 2;
}

/* poppler tells the terminal what it thinks of a file. */
static void
say_nothing (const char    *domain,
             GLogLevelFlags level,
             const char    *message,
             gpointer       data)
{
}

int
main (int    argc,
      char **argv)
{
  gboolean is_build = argc == 3 && g_str_equal (argv[1], "build");

  render_limit (is_build ? RENDER_LONG : RENDER_QUICK, is_build ? argv[2] : NULL);
  g_log_set_default_handler (say_nothing, NULL);
  return run (argc, argv);
}
