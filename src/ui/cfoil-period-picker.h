/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-period.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Which days, and what they are compared with: named ones, paging to the ones before and
 * after, and any range.  Main thread.
 *
 * Actions: period.choose (s), period.compare (s: previous, year-ago, none), period.page
 * (i: -1 or 1), period.range.  ::changed when the user chose something else. */
#define CFOIL_TYPE_PERIOD_PICKER (cfoil_period_picker_get_type ())
G_DECLARE_FINAL_TYPE (CfoilPeriodPicker, cfoil_period_picker, CFOIL, PERIOD_PICKER, AdwBin)

GtkWidget *cfoil_period_picker_new (void);

/* TODAY: what "today" means.  Does not emit ::changed. */
void cfoil_period_picker_set_today (CfoilPeriodPicker *self,
                                    gint32             today);

/* As for cfoil_period_parse (): named ones go with the days.  What cannot be read is the
 * last 28 days.  Does not emit ::changed. */
void cfoil_period_picker_set_text (CfoilPeriodPicker *self,
                                   const char        *text);
const char *cfoil_period_picker_get_text (CfoilPeriodPicker *self);
/* What a period that goes with the days is called: "Last Month", translated.  NULL: TEXT has no name. */
const char *cfoil_period_picker_find_name (const char *text);

void cfoil_period_picker_set_comparison (CfoilPeriodPicker *self,
                                         CfoilComparison    comparison);
CfoilComparison cfoil_period_picker_get_comparison (CfoilPeriodPicker *self);

/* Where nothing is compared, the menu does not offer it. */
void cfoil_period_picker_set_can_compare (CfoilPeriodPicker *self,
                                          gboolean           can_compare);

/* For settings: "previous", "year-ago", "none". */
const char *cfoil_comparison_to_string (CfoilComparison comparison);
CfoilComparison cfoil_comparison_from_string (const char *text);

G_END_DECLS
