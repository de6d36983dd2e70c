/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* JSON as drafts are written in it, for cfoil-draft-text.c and -read.c. */

#define CFOIL_DRAFT_JSON_VERSION 1

/* CFOIL_INPUT_ERROR when TEXT is too long, too deep or no object. */
JsonObject *cfoil_draft_json_parse (const char *text,
                                    GError    **error);
/* Members sorted by name, so that the same object is the same text. */
char *cfoil_draft_json_to_text (JsonObject *object);

/* Nothing is set to an empty text or object.  MEMBER (transfer full). */
void cfoil_draft_json_set_text (JsonObject *object,
                                const char *name,
                                const char *text);
void cfoil_draft_json_set_object (JsonObject *object,
                                  const char *name,
                                  JsonObject *member);

/* Adds what MORE (nullable) has and OBJECT has not, also inside of objects that both have. */
void cfoil_draft_json_merge (JsonObject *object,
                             JsonObject *more);
/* Takes out members that are objects with nothing in them. */
void cfoil_draft_json_prune (JsonObject *object);

G_END_DECLS
