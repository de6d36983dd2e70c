/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-record.h"

G_BEGIN_DECLS

/* How the columns of the list stand, as a saved view has it: "time:150,type,-state"
 * is a time of 150 pixels, a type as wide as it likes, and a state that is not shown
 * but keeps its place.  Pure. */
typedef struct
{
  CfoilField field;
  gboolean is_visible;
  int width; /* pixels; 0: as wide as it likes */
} CfoilColumnChoice;

#define CFOIL_COLUMN_MAX_WIDTH 2000

/* All fields, each once: those of TEXT (nullable: the usual ones) in its order, then
 * the others, hidden.  What cannot be understood is passed over; without any column
 * left they are the usual ones.  (element-type CfoilColumnChoice) (transfer full) */
GArray *cfoil_column_choices_parse (const char *text);

/* NULL when they are the usual ones. */
char *cfoil_column_choices_to_text (const GArray *choices);

/* Those that are shown, as a set. */
CfoilFieldSet cfoil_column_choices_get_fields (const GArray *choices);

G_END_DECLS
