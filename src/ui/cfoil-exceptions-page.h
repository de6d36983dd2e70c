/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-page.h"

G_BEGIN_DECLS

/* What did not fit and was kept.  Offered only while there is any. */
#define CFOIL_TYPE_EXCEPTIONS_PAGE (cfoil_exceptions_page_get_type ())
G_DECLARE_FINAL_TYPE (CfoilExceptionsPage, cfoil_exceptions_page, CFOIL, EXCEPTIONS_PAGE, CfoilPage)

G_END_DECLS
