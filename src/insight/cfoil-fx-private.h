/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-fx.h"

G_BEGIN_DECLS

/* TEXT is a rate that can be reckoned with: "1.0842", "0.00931"; more than 0, no sign, no
 * exponent. */
gboolean _cfoil_fx_is_rate (const char *text);

G_END_DECLS
