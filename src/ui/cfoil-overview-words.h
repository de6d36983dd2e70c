/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-overview.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Words of the overview, translated.  Results are to be freed. */

/* How VALUE differs from FORMER. */
typedef struct
{
  int direction;    /* 1: more, -1: less, 0: the same, or it cannot be said */
  int judgement;    /* 1: better, -1: worse, 0: neither */
  char *difference; /* "+12.3 %", "−0.4 points"; "": it cannot be said */
  char *text;       /* "up from €1,234.50"; "nothing to compare with" */
} CfoilChange;

void cfoil_change_free (CfoilChange *self);
/* NULL: there is no value that could have changed. */
CfoilChange *cfoil_change_new (CfoilMetric        metric,
                               const CfoilFigure *figure,
                               const char        *currency);

/* What is divided by what, or added to what: a line for each number of the formula. */
char *cfoil_overview_words_numbers (CfoilMetric               metric,
                                    const CfoilOverviewBlock *block);
/* Beside the win rate: "3 of 12 · likely 13 % to 41 %"; NULL: nothing to say. */
char *cfoil_overview_words_sample (CfoilMetric        metric,
                                   const CfoilFigure *figure);

/* "October 2026", "3 Oct 2026 – 1 Nov 2026". */
char *cfoil_overview_words_period (const CfoilPeriod *period);
char *cfoil_overview_words_day (gint32 day);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilChange, cfoil_change_free)

G_END_DECLS
