/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cfoil-column-choice.h"
#include "cfoil-scan.h"

G_BEGIN_DECLS

/* The columns of the list of transactions: which there are, in which order, how
 * wide, and by which of them the list is sorted.
 *
 * ::changed - the user changed which columns there are, their order or width.
 * ::fields-changed - other fields are to be read.
 * ::sort-changed - the user chose another order. */
#define CFOIL_TYPE_RECORD_COLUMNS (cfoil_record_columns_get_type ())
G_DECLARE_FINAL_TYPE (CfoilRecordColumns, cfoil_record_columns, CFOIL, RECORD_COLUMNS, GObject)

/* Of VIEW, which has none so far.  To be kept as long as it. */
CfoilRecordColumns *cfoil_record_columns_new (GtkColumnView *view);

/* In which times are shown.  Cells are not drawn again by that. */
void cfoil_record_columns_set_zone (CfoilRecordColumns *self,
                                    GTimeZone          *zone);

/* CHOICES as of cfoil_column_choices_parse (), copied. */
const GArray *cfoil_record_columns_get_choices (CfoilRecordColumns *self);
void cfoil_record_columns_set_choices (CfoilRecordColumns *self,
                                       const GArray       *choices);
/* The same as the user's doing: ::changed follows. */
void cfoil_record_columns_choose (CfoilRecordColumns *self,
                                  const GArray       *choices);

/* What is to be read to show them. */
CfoilFieldSet cfoil_record_columns_get_fields (CfoilRecordColumns *self);

const CfoilSort *cfoil_record_columns_get_sort (CfoilRecordColumns *self);
void cfoil_record_columns_set_sort (CfoilRecordColumns *self,
                                    const CfoilSort    *sort);
/* What a click on the title of FIELD does, for who has no pointer: smallest first, and
 * the other way round if it is so already; ::sort-changed follows. */
void cfoil_record_columns_sort_by (CfoilRecordColumns *self,
                                   CfoilField          field);

/* For text of the usual size: where there is not room for all, those stay that would
 * be missed most. */
void cfoil_record_columns_set_room (CfoilRecordColumns *self,
                                    int                 width);

G_END_DECLS
