/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-overview.h"

G_BEGIN_DECLS

/* Rates that the user imported, and what amounts are by them.  A rate is a decimal as it
 * was written, "1.0842", for one major unit of the base in units of the quote; never a
 * floating-point number.  A rate that is missing is told, not guessed. */

/* At most so many digits before and behind the point. */
#define CFOIL_FX_DIGITS 12

typedef struct
{
  guint n_rates;        /* taken: new or changed */
  guint n_same;         /* were there already */
  GPtrArray *mistakes;  /* (element-type utf8): translated, with their line; at most 100 are told */
  guint n_mistakes;
} CfoilFxImport;

void cfoil_fx_import_free (CfoilFxImport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilFxImport, cfoil_fx_import_free)

/* Reads a CSV file with a header: base,quote,date,rate and, if it is there, source; in any
 * order.  All or nothing: with a mistake in it nothing is kept, but the mistakes are told.
 * A rate of a day that is there already is replaced.  Blocks.  Errors: CFOIL_INPUT_ERROR
 * (not such a file), G_IO_ERROR. */
CfoilFxImport *cfoil_fx_import_file (CfoilMirror  *mirror,
                                     GFile        *file,
                                     GCancellable *cancellable,
                                     GError      **error);

/* All rates, newest first: base, quote, day, rate, source. */
CfoilTable *cfoil_fx_list (CfoilDatabase *database,
                           GError       **error);

/* The rate that was used. */
typedef struct
{
  char base[4], quote[4]; /* as it was imported: maybe the other way round */
  gint32 day;
  char *rate;
  char *source;
} CfoilFxRate;

void cfoil_fx_rate_free (CfoilFxRate *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilFxRate, cfoil_fx_rate_free)

/* The newest rate between the two currencies, either way, of DAY or earlier; NULL without
 * an error: there is none. */
CfoilFxRate *cfoil_fx_find (CfoilDatabase *database,
                            const char    *from,
                            const char    *to,
                            gint32         day,
                            GError       **error);

/* MINOR of FROM in TO by RATE (one that cfoil_fx_find () gave for them), rounded half away
 * from zero to a minor unit.  FALSE: more than can be counted. */
gboolean cfoil_fx_convert (const CfoilFxRate *rate,
                           gint64             minor,
                           const char        *from,
                           const char        *to,
                           gint64            *converted);

/* The sums of an overview in one currency. */
typedef struct
{
  char *currency;
  gint64 values[CFOIL_N_METRICS]; /* of money that can be added up and of PAYMENTS; CFOIL_UNKNOWN: all others, or a rate is missing */
  GPtrArray *notes;               /* (element-type utf8): translated: each rate by name, day and source, and what is missing */
  gboolean is_complete;           /* FALSE: a rate is missing, or a sum is more than can be counted */
} CfoilOverviewConverted;

void cfoil_overview_converted_free (CfoilOverviewConverted *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilOverviewConverted, cfoil_overview_converted_free)

/* Each currency's sum is converted by the rate of the period's last day, or the newest before
 * it, rounded, and added.  Blocks, for a reader's thread. */
CfoilOverviewConverted *cfoil_overview_convert (CfoilDatabase       *database,
                                                const CfoilOverview *overview,
                                                const CfoilPeriod   *period,
                                                const char          *currency,
                                                GError             **error);

G_END_DECLS
