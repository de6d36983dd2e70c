/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cfoil-workspace.h"

G_BEGIN_DECLS

/* A page of the window.  The sidebar, the header bar and the keys for switching
 * are made from its properties: page-name, title, subtitle, icon-name, badge (a
 * number, 0: none), available (FALSE: not offered). */
#define CFOIL_TYPE_PAGE (cfoil_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (CfoilPage, cfoil_page, CFOIL, PAGE, AdwBin)

struct _CfoilPageClass
{
  AdwBinClass parent_class;

  /* The window works on something else now, NULL: on nothing. */
  void (*workspace_changed) (CfoilPage *self);
};

const char *cfoil_page_get_name (CfoilPage *self);
const char *cfoil_page_get_title (CfoilPage *self);
const char *cfoil_page_get_icon_name (CfoilPage *self);
gboolean cfoil_page_get_available (CfoilPage *self);

CfoilWorkspace *cfoil_page_get_workspace (CfoilPage *self); /* (nullable) */
void cfoil_page_set_workspace (CfoilPage      *self,
                               CfoilWorkspace *workspace);

/* For the page itself. */
void cfoil_page_set_subtitle (CfoilPage  *self,
                              const char *subtitle);
void cfoil_page_set_badge (CfoilPage *self,
                           guint      badge);
void cfoil_page_set_available (CfoilPage *self,
                               gboolean   available);

G_END_DECLS
