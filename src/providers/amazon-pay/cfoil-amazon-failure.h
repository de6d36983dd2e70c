/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-http.h"

G_BEGIN_DECLS

/* What an answer that is not a success means. */
GError *cfoil_amazon_failure_new (const CfoilHttpResponse *response,
                                  gint64                   now_us);

/* An answer that is no answer of the service at all. */
GError *cfoil_amazon_failure_new_foreign (const CfoilHttpResponse *response);

/* Whether the same request may succeed a little later. */
gboolean cfoil_amazon_failure_is_transient (const GError *error);

/* Whether no request of this account can succeed before a person does something. */
gboolean cfoil_amazon_failure_is_fatal (const GError *error);

/* Whether it is about one feed only, and the others can go on. */
gboolean cfoil_amazon_failure_is_of_feed (const GError *error);

guint cfoil_amazon_failure_get_status (const GError *error);

/* With what status an action of the outbox ends that failed so: 0 while nobody knows what
 * became of it, and the same has to be sent again. */
guint cfoil_amazon_failure_get_final_status (const GError *error);

G_END_DECLS
