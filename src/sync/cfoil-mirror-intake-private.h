/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-mirror-intake.h"

struct _CfoilMirrorIntake
{
  GObject parent_instance;

  CfoilMirror *mirror;              /* (owned) */
  CfoilProvider *provider;          /* (owned) */
  CfoilWriter *writer;              /* (owned) */
  GHashTable *failed_feeds;         /* (owned): names, a set */
  GHashTable *fresh_feeds;          /* (owned): names, a set; some may have failed later */
  gboolean has_answer;              /* an answer by id came in the current feed */
  CfoilIntakeProgressFunc progress;
  gpointer progress_data;           /* (borrowed) */

  const CfoilFeedInfo *feed; /* (nullable): the current one */
  gint64 feed_id;

  /* the document being read */
  gint64 document_id;
  gboolean document_is_imported;
  GSeekable *document_file; /* (borrowed) (nullable): the compressed file below it */
  guint64 document_size;    /* of that file */
  guint64 row; /* all rows before this one are in the open transaction or stored */
};

/* How many rows the document has, by what has been read of its file; 0: unknown. */
guint64 _cfoil_mirror_intake_estimate_rows (CfoilMirrorIntake *self,
                                            guint64            n_rows_done);

gboolean _cfoil_mirror_intake_take_document (CfoilIntake  *intake,
                                             GFile        *file,
                                             const char   *report_id,
                                             gboolean      whole,
                                             GCancellable *cancellable,
                                             GError      **error);

/* Puts in what cfoil-mirror-intake-requests.c has of the interface. */
void _cfoil_mirror_intake_init_requests (CfoilIntakeInterface *iface);
