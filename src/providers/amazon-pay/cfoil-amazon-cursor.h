/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-intake.h"

G_BEGIN_DECLS

/* What a feed remembers between runs; each CFOIL_UNKNOWN at first. */
typedef struct
{
  gint64 created_us; /* of the newest report that was listed */
  gint64 floor_us;   /* the service says nothing about the time before this */
  gint64 refused_us; /* when it said that it does not make such reports */
} CfoilAmazonCursor;

/* Of the intake's current feed. */
gboolean cfoil_amazon_cursor_load (CfoilAmazonCursor *self,
                                   CfoilIntake       *intake,
                                   GError           **error);
gboolean cfoil_amazon_cursor_save (const CfoilAmazonCursor *self,
                                   CfoilIntake             *intake,
                                   GError                 **error);

G_END_DECLS
