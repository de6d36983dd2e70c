/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-dispute.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The types an exhibit can have, for a drop-down that stays as narrow as there is room. */
void cfoil_exhibit_type_set_up (GtkDropDown *drop_down);
CfoilEvidenceType cfoil_exhibit_type_at (guint position);
guint cfoil_exhibit_type_position (CfoilEvidenceType type);

G_END_DECLS
