/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-types.h"

G_BEGIN_DECLS

/* The provider's words for states and kinds, old (reports) and new (objects), in
 * neutral ones.  Words that we do not know are CFOIL_STATE_OTHER, CFOIL_TYPE_OTHER. */
CfoilState cfoil_amazon_charge_state (const char *word);
CfoilState cfoil_amazon_permission_state (const char *word);
CfoilState cfoil_amazon_refund_state (const char *word);
CfoilState cfoil_amazon_dispute_state (const char *word,
                                       const char *reason,
                                       const char *resolution);

/* The words of the reports. */
CfoilState cfoil_amazon_capture_report_state (const char *word);
CfoilState cfoil_amazon_authorization_report_state (const char *word,
                                                    const char *reason);
CfoilState cfoil_amazon_refund_report_state (const char *word);
CfoilState cfoil_amazon_permission_report_state (const char *word);

/* The TransactionType of a settlement line. */
CfoilType cfoil_amazon_line_type (const char *word);

G_END_DECLS
