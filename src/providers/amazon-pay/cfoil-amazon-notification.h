/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-types.h"

G_BEGIN_DECLS

/* Reads a notification that the user brings, in its SNS envelope or without.
 * MERCHANT_ID (nullable): one that is for somebody else is refused.
 *
 * Its signature is not checked: that needs a certificate from the network, and
 * nothing depends on it.  The message only says which object to ask for; what is
 * then shown is the service's own answer to our signed request. */
gboolean cfoil_amazon_notification_parse (const char      *text,
                                          gsize            length,
                                          const char      *merchant_id,
                                          CfoilObjectKind *kind,
                                          char           **object_id,
                                          char           **message_id,
                                          GError         **error);

G_END_DECLS
