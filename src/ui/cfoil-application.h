/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define CFOIL_TYPE_APPLICATION (cfoil_application_get_type ())
G_DECLARE_FINAL_TYPE (CfoilApplication, cfoil_application, CFOIL, APPLICATION, AdwApplication)

CfoilApplication *cfoil_application_new (void);

/* For the exit status. */
gboolean cfoil_application_has_failed (CfoilApplication *self);

G_END_DECLS
