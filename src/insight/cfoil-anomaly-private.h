/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-anomaly.h"

G_BEGIN_DECLS

/* How far back a look goes: what is older does not need anybody's attention now. */
#define LOOK_BACK_DAYS 35

#define NEVER_SEEN (G_MININT64 + 1)

/* One look at one account, within a transaction of the writing connection. */
typedef struct
{
  CfoilDatabase *writer;
  gint64 account_id;
  char *account;      /* (owned) */
  gboolean is_live;
  GTimeZone *zone;    /* (owned): that of the mirror's days */
  gint64 now_us;
  gint64 from_us;     /* LOOK_BACK_DAYS ago */
  gint64 seen_us;     /* rows that were first seen later are new */
  GHashTable *memory; /* (owned) (element-type utf8 gint64): what the rule found out today */
  gboolean has_told;         /* something new */
  gboolean has_looked_today; /* the rule did, before this look */
} CfoilLook;

typedef struct _CfoilTelling CfoilTelling;

/* What was found: numbers by name (amounts in minor units, shares in parts per million),
 * stored as they are and made into a sentence when it is read.  SUBJECT: the same subject
 * of the same rule is one anomaly. */
CfoilTelling *_cfoil_telling_new (const char *rule,
                                  const char *subject,
                                  const char *currency); /* (nullable) */
void _cfoil_telling_free (CfoilTelling *self);
void _cfoil_telling_set_span (CfoilTelling *self,
                              gint64        from_us,
                              gint64        until_us);
void _cfoil_telling_set_number (CfoilTelling *self,
                                const char   *name,
                                gint64        number);
void _cfoil_telling_set_text (CfoilTelling *self,
                              const char   *name,
                              const char   *text);
/* More of the query than the account and what _cfoil_look_tell () adds: "type:charge". */
void _cfoil_telling_set_query (CfoilTelling *self,
                               const char   *query);
/* Writes it down, unless the rule keeps quiet about the subject; what was told before gets
 * the new numbers.  Takes TELLING. */
gboolean _cfoil_look_tell (CfoilLook    *look,
                           CfoilTelling *telling,
                           GError      **error);

/* A statement over the new rows, with @NEW behind the name of their table: binds ?1 account, ?2 from_us, ?3 seen_us, ?4 now_us. */
CfoilStatement *_cfoil_look_prepare (CfoilLook  *look,
                                     const char *sql,
                                     GError    **error);
/* What is costly to find out and good for the day; kept with the rule's state. */
gboolean _cfoil_look_recall (CfoilLook  *look,
                             const char *key,
                             gint64     *number);
void _cfoil_look_remember (CfoilLook  *look,
                           const char *key,
                           gint64      number);
/* The civil day of a moment, as "date:2026-10-03". */
char *_cfoil_look_day_query (CfoilLook *look,
                             gint64     us);

/* The middle one; of an even number the lower of the two.  Sorts VALUES. */
gint64 _cfoil_median (gint64 *values,
                      guint   n_values);
/* The median distance from MEDIAN.  Sorts VALUES, which it overwrites. */
gint64 _cfoil_median_deviation (gint64 *values,
                                guint   n_values,
                                gint64  median);
/* How many standard deviations A1 of N1 is above A2 of N2, times 1000; 0 if nothing can be said. */
gint64 _cfoil_two_proportions (gint64 a1,
                               gint64 n1,
                               gint64 a2,
                               gint64 n2);

typedef gboolean (*CfoilLookFunc) (CfoilLook *look,
                                   GError   **error);
gboolean _cfoil_look_card_testing (CfoilLook *look, GError **error);
gboolean _cfoil_look_decline_jump (CfoilLook *look, GError **error);
gboolean _cfoil_look_duplicate (CfoilLook *look, GError **error);
gboolean _cfoil_look_refund_ratio (CfoilLook *look, GError **error);
gboolean _cfoil_look_refund_excess (CfoilLook *look, GError **error);
gboolean _cfoil_look_refund_after_dispute (CfoilLook *look, GError **error);
gboolean _cfoil_look_expiring (CfoilLook *look, GError **error);
gboolean _cfoil_look_late_capture (CfoilLook *look, GError **error);
gboolean _cfoil_look_large_amount (CfoilLook *look, GError **error);
gboolean _cfoil_look_new_country (CfoilLook *look, GError **error);
gboolean _cfoil_look_fee_drift (CfoilLook *look, GError **error);
gboolean _cfoil_look_missing_settlement (CfoilLook *look, GError **error);
gboolean _cfoil_look_unproved_settlement (CfoilLook *look, GError **error);
gboolean _cfoil_look_dispute_cluster (CfoilLook *look, GError **error);
gboolean _cfoil_look_repeat_disputer (CfoilLook *look, GError **error);
gboolean _cfoil_look_wrong_environment (CfoilLook *look, GError **error);

/* The sentence of RULE with the numbers of JSON. */
char *_cfoil_anomaly_describe (const char *rule,
                               const char *currency,
                               const char *json);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilTelling, _cfoil_telling_free)

G_END_DECLS
