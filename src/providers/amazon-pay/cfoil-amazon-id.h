/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Ids say what they name: S01-5105180-3221187 is an order, with -C056351 behind
 * it a charge, with -R a refund, with -B a dispute, with -A (in reports) the
 * authorisation that the charge of the same digits began as. */
#define CFOIL_AMAZON_ID_MAX 128

/* Letters, digits and -_.~ only, at most CFOIL_AMAZON_ID_MAX of them. */
gboolean cfoil_amazon_id_is_safe (const char *id);

/* The letter of the fourth part, in capitals, or 0 when there is none. */
char cfoil_amazon_id_kind (const char *id);

/* The charge's id where ID is that of an authorisation, ID itself otherwise.
 * The result is ID or BUFFER. */
const char *cfoil_amazon_id_to_charge (const char *id,
                                       char        buffer[CFOIL_AMAZON_ID_MAX + 1]);

G_END_DECLS
