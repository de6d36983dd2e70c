/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A line above the content, with one button: as AdwBanner of later versions. */
#define CFOIL_TYPE_BANNER (cfoil_banner_get_type ())
G_DECLARE_FINAL_TYPE (CfoilBanner, cfoil_banner, CFOIL, BANNER, AdwBin)

/* TEXT is not markup; NULL: out of sight. */
void cfoil_banner_set_text (CfoilBanner *self,
                            const char  *text);
void cfoil_banner_set_button (CfoilBanner *self,
                              const char  *label,
                              const char  *action_name);
void cfoil_banner_set_tooltip (CfoilBanner *self,
                               const char  *text);

G_END_DECLS
