/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-amazon-cursor.h"
#include "cfoil-amazon-pull.h"

G_BEGIN_DECLS

/* One type of report in one run: the windows that no report covers yet, and the
 * one report that is being made. */
typedef struct
{
  const CfoilAmazonReportFeed *feed;
  const char *type;
  GQueue windows;         /* CfoilInterval, owned: still to be asked for, in order */
  GPtrArray *pending;     /* (owned) (nullable): CfoilKnownReport of former runs */
  CfoilKnownReport *report; /* (owned) (nullable): being made */
  CfoilAmazonCursor cursor;
  gboolean was_accepted;  /* the service makes such reports */
  guint n_polls;
  gint64 due_us;          /* when to act next, monotonic */
  gint64 give_up_us;      /* on the report that is being made */
  gboolean done;
  guint n_done;
} CfoilAmazonLane;

/* Finds what is missing; the lane's feed is current. */
gboolean cfoil_amazon_lane_plan (CfoilAmazonLane *self,
                                 CfoilAmazonRun  *run,
                                 GError         **error);
void cfoil_amazon_lane_clear (CfoilAmazonLane *self);

/* The service refused WINDOW: halves of it go back into the queue, or it is
 * remembered how far back, or whether at all, there are such reports. */
gboolean cfoil_amazon_lane_refused (CfoilAmazonLane *self,
                                    CfoilAmazonRun  *run,
                                    CfoilInterval    window,
                                    GError         **error);

/* How long to wait before looking at a report for the (N_POLLS + 1)th time. */
gint64 cfoil_amazon_lane_get_poll_delay (guint    n_polls,
                                         gboolean custom);

/* Cuts [start, end) into windows of at most 30 days, the newest first. */
void cfoil_amazon_cut_windows (GQueue *windows,
                               gint64  start_us,
                               gint64  end_us);

G_END_DECLS
