/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cfoil-mirror-status.h"
#include "cfoil-workspace.h"

G_BEGIN_DECLS

/* One account and its feeds. */
#define CFOIL_TYPE_ACCOUNT_GROUP (cfoil_account_group_get_type ())
G_DECLARE_FINAL_TYPE (CfoilAccountGroup, cfoil_account_group, CFOIL, ACCOUNT_GROUP, AdwPreferencesGroup)

CfoilAccountGroup *cfoil_account_group_new (CfoilWorkspace           *workspace,
                                            const CfoilAccountStatus *account);
gint64 cfoil_account_group_get_account_id (CfoilAccountGroup *self);
void cfoil_account_group_set_status (CfoilAccountGroup        *self,
                                     const CfoilAccountStatus *account,
                                     GTimeZone                *zone);

G_END_DECLS
