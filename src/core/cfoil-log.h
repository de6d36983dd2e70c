/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Installs the program's log writer: warnings and above to standard error (all
 * with G_MESSAGES_DEBUG), every line through cfoil_log_redact (), the last 2,000
 * lines kept in memory for the debugging information.  Call once, first. */
void cfoil_log_init (void);

/* TEXT with keys, signatures, pre-signed queries and e-mail addresses masked. */
char *cfoil_log_redact (const char *text);

/* The kept lines, oldest first.  Free the result. */
char *cfoil_log_dup_recent (void);

G_END_DECLS
