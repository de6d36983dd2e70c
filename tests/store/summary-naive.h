/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "test-mirror.h"

/* The sums of a mirror once more, from its rows and naively. */

/* All sums of MIRROR are those of a naive addition that shares nothing with them, and "check" says so. */
void summary_naive_check (CfoilMirror *mirror);
/* What cfoil_summary_check () finds. */
gint64 summary_count_wrong (CfoilMirror *mirror);
/* FALSE: this machine does not know it. */
gboolean summary_set_zone (CfoilMirror *mirror,
                           const char  *name);
