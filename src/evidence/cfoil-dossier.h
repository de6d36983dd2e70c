/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "cfoil-case.h"
#include "cfoil-draft-store.h"
#include "cfoil-submission.h"
#include "cfoil-fact.h"

G_BEGIN_DECLS

/* All that the mirror knows about one case and that an answer may rest on.  Immutable,
 * counted references, any thread. */
#define CFOIL_TYPE_DOSSIER (cfoil_dossier_get_type ())

/* A payment or refund in short. */
typedef struct
{
  gint64 txn_id;
  char *transaction_id;
  CfoilType type;
  CfoilState state;
  char *currency;         /* (nullable) */
  gint64 amount_minor;
  gint64 time_us;
  gboolean is_disputed;
  char *merchant_reference; /* (nullable) */
  char *description;      /* (nullable) */
} CfoilDossierPayment;

/* How the merchant's own decided cases went, of one scope. */
typedef struct
{
  guint n_won;
  guint n_lost;           /* contested and lost */
  guint n_unanswered;     /* accepted or expired: no word about the chances */
} CfoilTrackRecord;

typedef struct
{
  CfoilCase *record;
  GPtrArray *facts;       /* CfoilFact, what the mirror says */
  CfoilDossierPayment *charge; /* (nullable) */
  GPtrArray *refunds;     /* CfoilDossierPayment of this charge */
  GPtrArray *earlier;     /* CfoilDossierPayment: the buyer's payments before this one, newest first, at most 50 */
  guint n_earlier;        /* of all */
  GPtrArray *sources;     /* CfoilCaseSource */
  GPtrArray *events;      /* CfoilCaseEvent */
  GPtrArray *submissions; /* CfoilSubmission */
  char *raw;              /* (nullable): the provider's last word on the dispute, JSON as it came */
  /* Money that moved for this case, in the disputed currency. */
  gint64 fee_charged_minor; /* dispute fees so far, positive is a cost; 0 if none */
  gint64 last_fee_minor;    /* the newest dispute fee in this currency of this account, CFOIL_UNKNOWN: none seen */
  CfoilTrackRecord same;       /* same reason and kind */
  CfoilTrackRecord reason;     /* same reason */
  CfoilTrackRecord provider;   /* same provider */
  gboolean refund_is_blocked; /* a chargeback is open: a refund would pay twice */
} CfoilDossier;

GType cfoil_dossier_get_type (void);
CfoilDossier *cfoil_dossier_ref (CfoilDossier *self);
void cfoil_dossier_unref (CfoilDossier *self);

/* Reads it, with what the library says of the shop and of policies that were in force on
 * the day of the sale; for a reader's thread. */
CfoilDossier *cfoil_dossier_read (CfoilDatabase *database,
                                  gint64         case_id,
                                  GError       **error);

/* The day of the sale in UTC, "YYYY-MM-DD" (nullable): which policy was in force. */
char *cfoil_dossier_dup_sale_day (const CfoilDossier *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilDossier, cfoil_dossier_unref)

G_END_DECLS
