/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

/* A simulator as a child process, and mirrors that are filled from it through
 * the real counterfoil-cli. */
typedef struct
{
  char *folder;           /* temporary, removed at the end */
  GSubprocess *simulator;
  JsonObject *ready;      /* the simulator's own words */
  SoupSession *session;   /* (nullable): for control calls */
} Fixture;

/* SIMULATOR_ARGUMENTS: a shell-like line. */
Fixture *fixture_new (const char *simulator_arguments);
void fixture_free (Fixture *self);

/* A control call; BODY may be NULL.  The answer (nullable) is freed by the caller. */
JsonNode *fixture_control (Fixture    *self,
                           const char *method,
                           const char *path,
                           const char *body);

/* A new mirror with one account, "shop", on the simulator. */
char *fixture_new_mirror (Fixture    *self,
                          const char *name);

/* Runs counterfoil-cli on MIRROR; returns its exit code, or -SIGNAL.  OUTPUT and
 * ERRORS may be NULL.  KILL_AFTER_MS > 0: SIGKILL after so long. */
int fixture_cli (Fixture    *self,
                 const char *mirror,
                 guint       kill_after_ms,
                 char      **output,
                 char      **errors,
                 ...) G_GNUC_NULL_TERMINATED;

/* All rows of a query as text, one line each, in order of all columns. */
char *fixture_dump (const char *mirror,
                    const char *query);

/* The last day of the merchants of these tests: nothing but what we ask for
 * happens after it. */
#define FIXTURE_UNTIL "2026-06-30"
#define FIXTURE_UNTIL_US "1782777600000000"

/* All views of two mirrors must agree, but for what names the moment or the
 * window of asking. */
void fixture_assert_equal_views (const char *mirror,
                                 const char *reference);

/* The mirror's settlement lines must add up to the simulator's own totals. */
void fixture_assert_totals (Fixture    *self,
                            const char *mirror);

void fixture_assert_sound (Fixture    *self,
                           const char *mirror);
