/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A part of the overview: a heading, what is said of it, controls beside it, and its
 * children below. */
#define CFOIL_TYPE_OVERVIEW_SECTION (cfoil_overview_section_get_type ())
G_DECLARE_FINAL_TYPE (CfoilOverviewSection, cfoil_overview_section, CFOIL, OVERVIEW_SECTION, GtkBox)

/* TITLE is translated. */
CfoilOverviewSection *cfoil_overview_section_new (const char *title);

/* A line below the heading; not markup; NULL: none. */
void cfoil_overview_section_set_note (CfoilOverviewSection *self,
                                      const char           *note);
/* At the end of the heading's line: one small control. */
void cfoil_overview_section_add_suffix (CfoilOverviewSection *self,
                                        GtkWidget            *control);
/* Below the heading, beside other controls where there is room. */
void cfoil_overview_section_add_control (CfoilOverviewSection *self,
                                         GtkWidget            *control);

G_END_DECLS
