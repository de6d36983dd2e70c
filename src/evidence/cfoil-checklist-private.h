/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-checklist.h"

G_BEGIN_DECLS

/* One line of the table: masks as in cfoil-letter-private.h.  Of several with one id that
 * fit, the one that weighs most is taken. */
typedef struct
{
  const char *id;
  CfoilWeight weight;
  gboolean is_fact;
  CfoilFactKey fact;
  CfoilEvidenceType exhibit;
  CfoilEvidenceType or_exhibit; /* does as well; 0: none */
  guint reasons;
  guint products;
  guint arguments;
  const char *why;              /* marked for translation */
} CfoilChecklistEntry;

const CfoilChecklistEntry *cfoil_checklist_get_entries (guint *n_entries);

G_END_DECLS
