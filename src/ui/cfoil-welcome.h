/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* What there is to see before there is an account. */
#define CFOIL_TYPE_WELCOME (cfoil_welcome_get_type ())
G_DECLARE_FINAL_TYPE (CfoilWelcome, cfoil_welcome, CFOIL, WELCOME, AdwBin)

G_END_DECLS
