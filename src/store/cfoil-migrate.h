/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-database.h"

G_BEGIN_DECLS

/* The schema version that this program writes. */
#define CFOIL_SCHEMA_VERSION 5

/* Brings WRITER's file to CFOIL_SCHEMA_VERSION, each step in its own transaction.
 * PATH is for messages.  G_IO_ERROR_NOT_SUPPORTED: made by a newer version;
 * G_IO_ERROR_INVALID_DATA: a database of another program. */
gboolean cfoil_migrate (CfoilDatabase *writer,
                        const char    *path,
                        GError       **error);

G_END_DECLS
