/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-mirror.h"

G_BEGIN_DECLS

/* The accounts of a mirror.  Blocking, for worker threads. */
typedef struct
{
  gint64 account_id;
  char *name;
  char *provider;
  char *region;
  char *environment;
  char *public_key_id;
  char *merchant_id;  /* (nullable) */
  char *endpoint;     /* (nullable) */
  char *ca_file;      /* (nullable) */
  char *key_storage;  /* "keyring" or "file" */
  char *key_file;     /* (nullable) */
  guint history_days; /* 0: the provider's default */
  guint request_rate; /* per cent; 0: 100 */
  gint64 created_us;
} CfoilAccount;

CfoilAccount *cfoil_account_new (void);
CfoilAccount *cfoil_account_copy (const CfoilAccount *self);
void cfoil_account_free (CfoilAccount *self);

/* All accounts by name; elements are freed with the array. */
GPtrArray *cfoil_account_list (CfoilMirror *mirror,
                               GError     **error);
/* G_IO_ERROR_NOT_FOUND if there is none of that name. */
CfoilAccount *cfoil_account_find (CfoilMirror *mirror,
                                  const char  *name,
                                  GError     **error);
/* Sets ->account_id.  G_IO_ERROR_EXISTS if the name is taken. */
gboolean cfoil_account_add (CfoilMirror  *mirror,
                            CfoilAccount *account,
                            GError      **error);
/* Writes the changed settings of ->account_id. */
gboolean cfoil_account_update (CfoilMirror        *mirror,
                               const CfoilAccount *account,
                               GError            **error);
/* Removes the account and all that the mirror holds of it, raw files included. */
gboolean cfoil_account_remove (CfoilMirror *mirror,
                               const char  *name,
                               GError     **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilAccount, cfoil_account_free)

G_END_DECLS
