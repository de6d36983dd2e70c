/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Looks over a JSON text before a parser that builds a tree may have it: that
 * parser recurses, and takes much for JSON that is not.  Passes exactly one
 * object by RFC 8259, at most 64 levels deep, of valid UTF-8, without NUL,
 * without halves of surrogate pairs and without a name twice in one object.
 * Linear in time.
 *
 * Errors are CFOIL_INPUT_ERROR: _TRUNCATED when the text ends too early, _LIMIT,
 * _ENCODING, _SYNTAX. */
#define CFOIL_JSON_MAX_DEPTH 64

gboolean cfoil_json_guard (const char *text,
                           gsize       length,
                           GError    **error);

G_END_DECLS
