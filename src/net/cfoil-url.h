/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Which addresses we open at all.  Checked before any socket is. */
typedef struct
{
  const char *const *hosts;    /* (nullable): exact host names */
  const char *const *domains;  /* (nullable): registrable domains; they and their subdomains */
  const char *custom_endpoint; /* (nullable): when set, its host and nothing else, any port */
} CfoilUrlPolicy;

#define CFOIL_URL_MAX_LENGTH 8192

/* https, an allowed host, port 443, no user name, no fragment, ASCII without
 * blanks.  Error: CFOIL_PROVIDER_ERROR_FORBIDDEN_URL; its message does not
 * contain the query, which may be a signature. */
gboolean cfoil_url_check (const char           *url,
                          const CfoilUrlPolicy *policy,
                          GError              **error);

/* A custom endpoint: https://, a loopback host, a port, and nothing after it. */
gboolean cfoil_url_check_endpoint (const char *url,
                                   GError    **error);

G_END_DECLS
