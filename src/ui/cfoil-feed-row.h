/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cfoil-mirror-status.h"
#include "cfoil-provider.h"

G_BEGIN_DECLS

/* One feed of an account: how fresh, how complete, and what is wrong. */
#define CFOIL_TYPE_FEED_ROW (cfoil_feed_row_get_type ())
G_DECLARE_FINAL_TYPE (CfoilFeedRow, cfoil_feed_row, CFOIL, FEED_ROW, AdwPreferencesRow)

CfoilFeedRow *cfoil_feed_row_new (const CfoilFeedInfo *info);
const char *cfoil_feed_row_get_name (CfoilFeedRow *self);

/* STATUS NULL: never tried. */
void cfoil_feed_row_set_status (CfoilFeedRow          *self,
                                const CfoilFeedStatus *status,
                                GTimeZone             *zone);

G_END_DECLS
