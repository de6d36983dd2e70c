/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-review.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* How much of what the destination takes is used: bytes, pages, characters, files, by
 * colour and in words, with the rule behind each. */
#define CFOIL_TYPE_FIT_METER (cfoil_fit_meter_get_type ())
G_DECLARE_FINAL_TYPE (CfoilFitMeter, cfoil_fit_meter, CFOIL, FIT_METER, AdwBin)

/* FIT and LIMITS (both nullable: nothing is known as yet) are only looked at. */
void cfoil_fit_meter_show (CfoilFitMeter     *self,
                           const CfoilFit    *fit,
                           const CfoilLimits *limits);

G_END_DECLS
