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
  CfoilIntakeProgressFunc progress;
  gpointer progress_data;           /* (borrowed) */

  const CfoilFeedInfo *feed; /* (nullable): the current one */
  gint64 feed_id;

  /* the document being read */
  gint64 document_id;
  gboolean document_is_imported;
  guint64 row; /* all rows before this one are in the open transaction or stored */
};

gboolean _cfoil_mirror_intake_take_document (CfoilIntake  *intake,
                                             GFile        *file,
                                             const char   *report_id,
                                             gboolean      whole,
                                             GCancellable *cancellable,
                                             GError      **error);
