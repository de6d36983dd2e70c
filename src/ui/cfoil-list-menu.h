/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "cfoil-record.h"

G_BEGIN_DECLS

/* The menu of a row of the list: what can be done with it, with its value of FIELD
 * and with the selection.  RECORD (nullable): no row.  FIELDS are those that are
 * shown.  For the actions of CfoilTransactionsPage. */
GMenuModel *cfoil_list_menu_new (const CfoilRecord *record,
                                 CfoilField         field,
                                 CfoilFieldSet      fields,
                                 GTimeZone         *zone,
                                 gboolean           has_selection);

G_END_DECLS
