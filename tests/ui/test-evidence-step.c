/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "evidence-seed.h"

#include <stdlib.h>

int
main (int    argc,
      char **argv)
{
  if (argc == 5 && g_str_equal (argv[1], "--seed"))
    {
      evidence_seed (argv[2], (guint) atoi (argv[3]), (guint) atoi (argv[4]));
      return 0;
    }
  return 0;
}
