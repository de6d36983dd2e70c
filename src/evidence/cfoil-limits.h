/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-dispute.h"

G_BEGIN_DECLS

/* What a destination takes: data with a source and a date, which the user can change
 * (GSettings key "evidence-limits"; see cfoil_limits_apply ()). */

typedef struct
{
  const char *destination;   /* "amazon-pay", "stripe", "paypal", "other" */
  const char *title;
  gint64 file_bytes;         /* of one file; CFOIL_UNKNOWN: nobody has said */
  gint64 packet_bytes;       /* of all files together */
  gint64 pages;              /* of the PDF */
  gint64 text_characters;    /* of one text */
  gint64 all_characters;     /* of all texts */
  gint64 files;
  char **file_types;         /* "pdf", ...; NULL-terminated */
  gboolean is_confirmed;     /* published by the destination; FALSE: a cautious guess */
  const char *source;
  const char *date;          /* YYYY-MM-DD of that source */
  gboolean is_changed;       /* by the user */
} CfoilLimits;

void cfoil_limits_free (CfoilLimits *self);

/* For a destination that we do not know: "other". */
CfoilLimits *cfoil_limits_for (const char *destination);
/* All destinations.  (element-type CfoilLimits) */
GPtrArray *cfoil_limits_list (void);
/* CHANGES: "a{s(xxxxxx)}", by destination, in the order of the struct; -1: as shipped. */
void cfoil_limits_apply (CfoilLimits *self,
                         GVariant    *changes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilLimits, cfoil_limits_free)

G_END_DECLS
