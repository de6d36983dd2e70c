/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-window.h"

G_BEGIN_DECLS

/* Asks, and then removes the account and all that the mirror holds of it. */
void cfoil_account_removal_ask (CfoilWindow *window,
                                const char  *account);

G_END_DECLS
