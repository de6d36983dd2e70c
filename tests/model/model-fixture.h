/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-mirror.h"

/* A mirror in a folder of its own, filled by SQL. */
typedef struct
{
  char *folder;
  CfoilMirror *mirror;
  CfoilDatabase *writer;
} ModelFixture;

void model_fixture_set_up (ModelFixture *fixture,
                           gconstpointer user_data);
void model_fixture_tear_down (ModelFixture *fixture,
                              gconstpointer user_data);

/* Runs SQL and tells the mirror's readers, unless IS_SILENT. */
void model_fixture_exec (ModelFixture *fixture,
                         gboolean      is_silent,
                         const char   *format,
                         ...) G_GNUC_PRINTF (3, 4);

/* Adds rows FIRST to LAST to ACCOUNT, one a second: the id is the number. */
void model_fixture_add_rows (ModelFixture *fixture,
                             gint64        account,
                             gint64        first,
                             gint64        last);

/* Runs the main loop until CONDITION holds; fails after ten seconds. */
typedef gboolean (*ModelCondition) (gpointer user_data);
void model_wait (ModelCondition condition,
                 gpointer       user_data);
void model_spin (guint ms);
