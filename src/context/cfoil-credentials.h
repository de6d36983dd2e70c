/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Private keys in the user's keyring (Secret Service).  Only the account's
 * folder and name are attributes; the key itself is the secret.  Blocking. */
gboolean cfoil_credentials_store (const char   *folder,
                                  const char   *account,
                                  const char   *pem,
                                  GCancellable *cancellable,
                                  GError      **error);

/* The key, to be wiped with cfoil_credentials_wipe ().  G_IO_ERROR_NOT_FOUND when
 * the keyring has none (or is locked and nobody unlocks it). */
char *cfoil_credentials_look_up (const char   *folder,
                                 const char   *account,
                                 GCancellable *cancellable,
                                 GError      **error);
gboolean cfoil_credentials_clear (const char   *folder,
                                  const char   *account,
                                  GCancellable *cancellable,
                                  GError      **error);

/* Reads a PEM file: a regular file of at most 64 KiB; IS_KEPT_THERE: it must also
 * be readable by its owner alone (0600), since the key stays in it. */
char *cfoil_credentials_read_file (const char *path,
                                   gboolean    is_kept_there,
                                   GError    **error);

/* Overwrites and frees. */
void cfoil_credentials_wipe (char *pem);

G_END_DECLS
