/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Account time zones.  The rules are written out here, so that a report does
 * not depend on the time zone data of the machine. */
typedef enum {
  CFOIL_SIM_ZONE_UTC,
  CFOIL_SIM_ZONE_PACIFIC,
  CFOIL_SIM_ZONE_BERLIN,
  CFOIL_SIM_ZONE_LONDON,
  CFOIL_SIM_ZONE_TOKYO
} CfoilSimZone;

typedef struct {
  int year;
  int month;
  int day;
} CfoilSimDate;

#define CFOIL_SIM_DAY  G_GINT64_CONSTANT (86400)
#define CFOIL_SIM_HOUR G_GINT64_CONSTANT (3600)

gint64       cfoil_sim_days_from_date (int year, int month, int day);
CfoilSimDate cfoil_sim_date_from_days (gint64 days);
int          cfoil_sim_weekday        (gint64 days);
int          cfoil_sim_zone_offset    (CfoilSimZone zone, gint64 time, gint64 *valid_until);
char        *cfoil_sim_format_basic   (gint64 time);
char        *cfoil_sim_format_millis  (gint64 milliseconds);
gboolean     cfoil_sim_parse_time     (const char *text, gint64 *time);
gboolean     cfoil_sim_parse_date     (const char *text, gint64 *time);
