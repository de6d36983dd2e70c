/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-overview.h"

G_BEGIN_DECLS

/* How far a merchant is from the limits beyond which card networks and providers take
 * measures.  The limits are data with their source and date: they change.  Numbers are
 * compared exactly; what is shown is rounded.  Under Amazon Pay the card networks look at
 * Amazon, not at the merchant: every gauge is informative only.  Source: product notes 6.5. */
typedef enum
{
  CFOIL_THRESHOLD_VISA_VAMP,
  CFOIL_THRESHOLD_MASTERCARD_ECM,
  CFOIL_THRESHOLD_MASTERCARD_HECM,
  CFOIL_THRESHOLD_MASTERCARD_EFM,
  CFOIL_THRESHOLD_PAYPAL,
  CFOIL_THRESHOLD_HOUSE,
  CFOIL_N_THRESHOLDS
} CfoilThresholdKind;

typedef struct
{
  const char *name;        /* stable: "visa-vamp" */
  const char *title;       /* marked for translation */
  const char *formula;     /* marked for translation: what is divided by what, of which months, and the limits in words */
  const char *consequence; /* marked for translation: what happens beyond */
  const char *source;      /* who says so */
  const char *as_of;       /* since when, or when it was read: "2026-04-01" */
  gint64 limit_ppm;        /* at least this part … */
  gint64 limit_count;      /* … and at least so many events; 0: no such limit */
  gint64 limit_base;       /* … and at least so many payments; 0: no such limit */
  gint64 limit_minor;      /* … and at least so much money, in LIMIT_CURRENCY; 0: no such limit */
  const char *limit_currency; /* (nullable) */
  gboolean is_by_value;    /* money over money of one currency instead of counts */
  gboolean is_at_least;    /* what is known is a lower bound: fraud reports are unknown */
} CfoilThresholdInfo;

const CfoilThresholdInfo *cfoil_threshold_get_info (CfoilThresholdKind kind);

/* What a limit is compared with. */
typedef struct
{
  gint64 events;   /* disputes, or their value where is_by_value */
  gint64 base;     /* payments, or their value; of Mastercard those of the month before */
  gint64 n_base;   /* how many payments BASE is */
  gint64 minor;    /* of limit_minor: the value of the events; CFOIL_UNKNOWN: in another currency */
  gboolean has_reports; /* of Visa: fraud reports are known, and … */
  gint64 n_reports;     /* … so many of the events are such */
} CfoilThresholdCounts;

typedef struct
{
  CfoilThresholdKind kind;
  CfoilThresholdCounts counts;
  gint64 value_ppm;        /* events / base, rounded half up; CFOIL_UNKNOWN: nothing to divide by */
  gint64 distance;         /* so many disputes more (or so much money, is_by_value) until the limit is reached, at the
                            * present base; 0: reached; CFOIL_UNKNOWN: cannot be reached or said with this base */
  gboolean is_reached;
  guint n_accounts;        /* so many were compared */
  char *account;           /* whose counts these are */
  gint32 first_day, end_day; /* of the events */
  gint32 base_first_day, base_end_day;
  char *value_text;        /* translated: "at least 0.42 % (fraud reports unknown)" */
  char *distance_text;     /* translated: "12 more disputes until the limit of 1.5 %" */
  char *note;              /* translated: informative under Amazon Pay */
} CfoilThreshold;

void cfoil_threshold_free (CfoilThreshold *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilThreshold, cfoil_threshold_free)

/* Pure.  CURRENCY is that of limits by value. */
CfoilThreshold *cfoil_threshold_evaluate (CfoilThresholdKind          kind,
                                          const CfoilThresholdCounts *counts,
                                          const char                 *currency);

/* Remembers that the merchant was told of N_REPORTS reports of fraud in the month that begins with MONTH; CFOIL_UNKNOWN:
 * forgets it.  Blocks. */
gboolean cfoil_threshold_say_reports (CfoilMirror *mirror,
                                      const char  *account,
                                      const char  *currency,
                                      gint32       month,
                                      gint64       n_reports,
                                      gint64       now_us,
                                      GError     **error);

/* All of them in the calendar month in which REQUEST's period ends (in which NOW lies,
 * where that is earlier); PayPal's in the three months before it.  Each account counts by
 * itself, and of it what is in CURRENCY: nothing is added up that networks look at
 * separately.  Of several accounts the one is told that is nearest to the limit.  Blocks,
 * for a reader's thread.  (element-type CfoilThreshold) */
GPtrArray *cfoil_threshold_read (CfoilDatabase              *database,
                                 const CfoilOverviewRequest *request,
                                 const char                 *currency,
                                 GCancellable               *cancellable,
                                 GError                    **error);

G_END_DECLS
