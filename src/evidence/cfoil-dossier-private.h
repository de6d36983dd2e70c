/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-dossier.h"

/* What is read on the way and is no part of the dossier. */
typedef struct
{
  CfoilDatabase *database;  /* (not owned) */
  CfoilDossier *dossier;    /* (not owned) */
  char *buyer_id;           /* (owned) (nullable) */
  char *buyer_email;        /* (owned) (nullable) */
  char *buyer_country;      /* (owned) (nullable) */
  char *descriptor;         /* (owned) (nullable) */
  gint64 paid_us;           /* when the charge was made, as its provider says; never the settlement's day */
  gint64 sort_us;           /* of the charge */
  gint64 opened_us;         /* of the dispute, as somebody said */
  guint n_undisputed;       /* of the earlier payments */
  GPtrArray *undisputed;    /* CfoilDossierPayment, newest first (owned): those whose day is known */
} CfoilDossierReading;

/* A statement with the account as ?1 and ID as ?2. */
CfoilStatement *_cfoil_dossier_prepare (const CfoilDossierReading *reading,
                                        const char                *sql,
                                        const char                *id,
                                        GError                   **error);
char *_cfoil_dossier_dup_text (CfoilStatement *row,
                               int             column);

void _cfoil_dossier_payment_free (gpointer data);
/* Charge, refunds, the buyer's earlier payments and fees (cfoil-dossier-payments.c). */
gboolean _cfoil_dossier_read_payments (CfoilDossierReading *reading,
                                       GError             **error);
/* After all the rest was read (cfoil-dossier-facts.c). */
gboolean _cfoil_dossier_make_facts (CfoilDossierReading *reading,
                                    GError             **error);
