/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-details.h"

G_BEGIN_DECLS

/* The address of the transaction at its provider's own site, made of nothing but
 * our own words and an escaped id; NULL: there is none.  Free it. */
char *cfoil_details_link (const CfoilDetails *details);

G_END_DECLS
