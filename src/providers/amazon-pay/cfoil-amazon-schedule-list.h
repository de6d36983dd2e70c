/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-amazon-pull.h"

G_BEGIN_DECLS

/* A schedule as the service lists it. */
typedef struct
{
  char *id;
  char *type;
  char *frequency;
  gint64 next_us;
} CfoilAmazonSchedule;

/* Asks which schedules there are, and keeps them in the mirror instead of those that it had.
 * (element-type CfoilAmazonSchedule) */
GPtrArray *cfoil_amazon_read_schedules (CfoilAmazonRun *run,
                                        GError        **error);

G_END_DECLS
