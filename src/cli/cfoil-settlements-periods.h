/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-cli.h"

G_BEGIN_DECLS

/* The words of "settlements" about closed periods. */
int cfoil_settlements_close (CfoilCli *cli, char **argv);
int cfoil_settlements_reopen (CfoilCli *cli, char **argv);
int cfoil_settlements_closed (CfoilCli *cli, char **argv);
int cfoil_settlements_changes (CfoilCli *cli, char **argv);
int cfoil_settlements_acknowledge (CfoilCli *cli, char **argv);

G_END_DECLS
