/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "test-mirror.h"

G_BEGIN_DECLS

/* When scan_mirror_new ()'s rows are about. */
#define SCAN_MIRROR_FROM_US (G_GINT64_CONSTANT (1704067200) * G_USEC_PER_SEC) /* 2024-01-01 */
#define SCAN_MIRROR_UNTIL_US (G_GINT64_CONSTANT (1798761600) * G_USEC_PER_SEC) /* 2027-01-01 */

/* A mirror of about N_ROWS random rows of all kinds, of a live and a sandbox account;
 * those of a third were removed and have left gaps. */
TestMirror *scan_mirror_new (guint n_rows);

/* A row of ITS account for each of N_ROWS payments, an hour apart, captured and
 * settled, and nothing that would surprise. */
void scan_mirror_add_plain_rows (TestMirror *mirror,
                                 guint       n_rows);

G_END_DECLS
