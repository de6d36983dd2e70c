/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-mirror.h"

G_BEGIN_DECLS

/* Which account of the books is for what: the user's own names, or those that the program
 * proposes.  Names are parts divided by ":" ("Assets:Amazon Pay:Clearing"); {provider},
 * {account} and {store} in them stand for those of the movement.  Printers make them valid
 * for their format. */
typedef enum
{
  CFOIL_PURPOSE_RECEIVABLE,         /* sold, not settled yet */
  CFOIL_PURPOSE_CLEARING,           /* the balance at the provider */
  CFOIL_PURPOSE_RESERVE,            /* withheld by the provider */
  CFOIL_PURPOSE_CARRYOVER,          /* carried from one settlement to the next */
  CFOIL_PURPOSE_BANK,               /* where payouts arrive */
  CFOIL_PURPOSE_SALES,
  CFOIL_PURPOSE_REFUNDS,
  CFOIL_PURPOSE_ADJUSTMENTS,
  CFOIL_PURPOSE_FEES,
  CFOIL_PURPOSE_AUTHORIZATION_FEES,
  CFOIL_PURPOSE_DISPUTE_FEES,
  CFOIL_PURPOSE_CHARGEBACKS,
  CFOIL_PURPOSE_CLAIMS,
  CFOIL_PURPOSE_ROUNDING,           /* where the provider's net is not amount + fee */
  CFOIL_PURPOSE_SUSPENSE,           /* movements of a type that the program does not know */
  CFOIL_N_PURPOSES
} CfoilPurpose;

/* "sales", "dispute-fees" …: never translated. */
const char *cfoil_purpose_to_string (CfoilPurpose purpose);
/* Translated: what it is for. */
const char *cfoil_purpose_get_title (CfoilPurpose purpose);
/* The name that is used until the user gives another. */
const char *cfoil_purpose_get_default (CfoilPurpose purpose);

/* A key names a purpose, alone or for one provider, account or store: "sales",
 * "sales:amazon-pay", "sales:account:My shop", "sales:store:Shop 2".  The most special one
 * counts: store, account, provider, plain.  Errors: CFOIL_INPUT_ERROR_SYNTAX. */
gboolean cfoil_books_key_parse (const char   *key,
                                CfoilPurpose *purpose,
                                GError      **error);
/* A name must have a part beside ":" and be at most 200 characters of text without controls.
 * Errors: CFOIL_INPUT_ERROR_SYNTAX. */
gboolean cfoil_books_name_check (const char *name,
                                 GError    **error);

typedef struct _CfoilBooksAccounts CfoilBooksAccounts;

CfoilBooksAccounts *cfoil_books_accounts_new (void); /* defaults only */
/* With what is saved. */
CfoilBooksAccounts *cfoil_books_accounts_load (CfoilDatabase *database,
                                               GError       **error);
CfoilBooksAccounts *cfoil_books_accounts_ref (CfoilBooksAccounts *self);
void cfoil_books_accounts_unref (CfoilBooksAccounts *self);

/* NAME NULL or "": back to the default.  Errors as above. */
gboolean cfoil_books_accounts_set (CfoilBooksAccounts *self,
                                   const char         *key,
                                   const char         *name,
                                   GError            **error);
/* The user's own name of KEY, or NULL. */
const char *cfoil_books_accounts_get (CfoilBooksAccounts *self,
                                      const char         *key);
/* Keys that the user named, sorted.  (transfer container) */
GPtrArray *cfoil_books_accounts_list_keys (CfoilBooksAccounts *self);

/* The name for a movement of ACCOUNT at PROVIDER ("amazon-pay") in STORE (nullable), with
 * {…} replaced.  Free it. */
char *cfoil_books_accounts_resolve (CfoilBooksAccounts *self,
                                    CfoilPurpose        purpose,
                                    const char         *provider,
                                    const char         *account,
                                    const char         *store);

/* Saves one name in the mirror (NULL or "": the default again), in a short transaction of its
 * own, while a sync may be going on.  Blocks. */
gboolean cfoil_books_accounts_save_sync (CfoilMirror *mirror,
                                         const char  *key,
                                         const char  *name,
                                         GError     **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilBooksAccounts, cfoil_books_accounts_unref)

G_END_DECLS
