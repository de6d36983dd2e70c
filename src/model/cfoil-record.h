/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-database.h"
#include "cfoil-types.h"

G_BEGIN_DECLS

/* One row of the list of transactions, as read.  Immutable, counted references,
 * any thread.  Texts are fit to be shown (see cfoil_shown_text ()). */
#define CFOIL_TYPE_RECORD (cfoil_record_get_type ())

typedef struct
{
  gint64 id; /* of the row in the mirror */
  gint64 account_id;
  char *account;
  char *transaction_id;
  CfoilType type;
  CfoilState state;
  char *provider_type;  /* (nullable): the provider's own word */
  char *provider_state; /* (nullable) */
  char *description;    /* (nullable) */
  char *buyer;          /* (nullable) */
  char *reference;      /* (nullable) */
  char *settlement;     /* (nullable) */
  char *currency;       /* (nullable) */
  gint64 time_us;
  gint64 amount_minor; /* CFOIL_UNKNOWN where nobody has said */
  gint64 gross_minor;
  gint64 fee_minor;
  gint64 net_minor;
} CfoilRecord;

GType cfoil_record_get_type (void);
CfoilRecord *cfoil_record_ref (CfoilRecord *self);
void cfoil_record_unref (CfoilRecord *self);

/* TRUE when nothing moved the merchant's balance: what is known is an amount
 * that was asked for. */
gboolean cfoil_record_is_only_face (const CfoilRecord *self);

/* Reads the rows IDS, on a reader thread; those that are gone are left out. */
GPtrArray *cfoil_record_read (CfoilDatabase *database,
                              const gint64  *ids,
                              guint          n_ids,
                              GError       **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilRecord, cfoil_record_unref)

G_END_DECLS
