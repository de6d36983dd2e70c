/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-packet.h"

int
main (void)
{
  return 1;
}
