/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-mirror.h"

G_BEGIN_DECLS

/* The sums that the writer keeps of txn, by civil day (tables daily, hourly and
 * daily_settled; daily_amount has the amounts of a day themselves), and of
 * settlement_line, by settlement (settlement_sum).
 *
 * The day of a row is that of its sort_us in the mirror's zone, as "date:" of the
 * transactions page means it.  Done are the rows of these queries, and of no others; the
 * amounts are theirs:
 *
 *   type:charge state:captured,posted
 *   type:refund state:refunded,posted
 *   type:X                           of all other types (they are there once they are posted)
 *
 * Rows whose fee is not known yet (n_unsettled) are in gross_minor and unsettled_minor,
 * not in fee_minor and net_minor.
 *
 * Readers need not ask whether the sums are there: cfoil_mirror_open () made them. */

/* The zone in which the days of the mirror begin; NULL: an error.  Any connection. */
GTimeZone *cfoil_summary_get_zone (CfoilDatabase *database,
                                   GError       **error);

/* Another zone, by its name in the tz database, for all days from now on and before: the
 * sums are made anew, in one transaction.  Locked periods stay as they are, with the zone
 * that they were locked in.  Takes the mirror's lock (G_IO_ERROR_BUSY).  Blocks, for a
 * worker thread.  Errors: CFOIL_INPUT_ERROR_UNKNOWN, no such zone on this machine. */
gboolean cfoil_summary_set_zone_sync (CfoilMirror *mirror,
                                      const char  *zone,
                                      GError     **error);

/* Makes the sums of WRITER's mirror, in a transaction of its own, when nobody has yet (a
 * new mirror, or one of an older schema: then in the zone of this machine), or when the
 * zone has other rules than it had.  For cfoil_mirror_open (). */
gboolean cfoil_summary_ensure (CfoilDatabase *writer,
                               GError       **error);

/* How many sums are not what they come to from nothing.  Any connection, within one
 * snapshot; nothing is written. */
gboolean cfoil_summary_check (CfoilDatabase *reader,
                              GCancellable  *cancellable,
                              gint64        *n_wrong,
                              GError       **error);

G_END_DECLS
