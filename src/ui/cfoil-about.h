/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-window.h"

G_BEGIN_DECLS

/* PARENT (nullable) */
void cfoil_about_show (CfoilWindow *parent);

G_END_DECLS
