/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "test-mirror.h"

G_BEGIN_DECLS

/* What may happen to an account of a mirror, at random: rows are said, said again, taken
 * back, annotated, removed, and programs end in the middle. */
#define HISTORY_N_FEEDS 3

typedef struct
{
  TestMirror *mirror;
  const char *environment;
  char *name; /* (owned): of the account, another one after each removal */
  guint n_accounts;
  gint64 account_id;
  CfoilWriter *writer; /* (owned) (nullable): one at a time, as programs do */
  gint64 feeds[HISTORY_N_FEEDS];
  gint64 documents[2];
  guint n_filler;
  guint64 row_number;
  gint64 from_us, unit_us; /* times are from_us and some units (0: hours) later */
} History;

void history_open_writer (History *run);
/* Another account, of ->environment, with its feeds, documents and a writer. */
void history_open_account (History *run);
/* The next thing; ->writer is open before and after it, with what is not committed yet. */
void history_happen (History *run);

G_END_DECLS
