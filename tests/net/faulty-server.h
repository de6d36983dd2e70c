/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A server that misbehaves on demand, on a loopback port of its own.  The path
 * says how: /ok /short /chunkcut /chunkend /nolen /drip /stall /slowhead /bomb
 * /badgzip /cutgzip /goodgzip /junkgzip /twogzip /redir /loop /html /rst /garbage
 * /null /hdr /hdrs /endless /twolengths /big /big?n=BYTES /status?c=CODE. */
typedef struct _FaultyServer FaultyServer;

/* CERTIFICATE_FILE (nullable): PEM with its key; then the server speaks TLS. */
FaultyServer *faulty_server_start (const char *certificate_file);
void faulty_server_stop (FaultyServer *self);
char *faulty_server_dup_url (FaultyServer *self,
                             const char   *path);
guint faulty_server_get_n_requests (FaultyServer *self);

/* The last request's head as it came. */
char *faulty_server_dup_last_request (FaultyServer *self);

#define FAULTY_BODY "{\"transactions\":[],\"nextToken\":null}"

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FaultyServer, faulty_server_stop)

G_END_DECLS
