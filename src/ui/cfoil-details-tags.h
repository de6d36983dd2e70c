/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Tags as chips that can be removed, and an entry that adds more: "a, b".
 * ::changed: by the user. */
#define CFOIL_TYPE_DETAILS_TAGS (cfoil_details_tags_get_type ())
G_DECLARE_FINAL_TYPE (CfoilDetailsTags, cfoil_details_tags, CFOIL, DETAILS_TAGS, AdwBin)

void cfoil_details_tags_set_tags (CfoilDetailsTags *self,
                                  char            **tags);
char **cfoil_details_tags_get_tags (CfoilDetailsTags *self);
/* Adds what stands in the entry, if it can be a tag, and empties it. */
void cfoil_details_tags_flush (CfoilDetailsTags *self);

G_END_DECLS
