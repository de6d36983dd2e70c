/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-provider.h"

G_BEGIN_DECLS

/* Longer mails are refused. */
#define CFOIL_AMAZON_MAIL_MAX (4 * 1024 * 1024)

/* Reads a mail (RFC 5322) that claims to be Amazon's about a chargeback or a claim: as
 * data.  Nothing is fetched, nothing is run, nothing is believed; ->doubts says why it
 * may be forged.  That there is none proves nothing either: a mail can name what it
 * likes, so the ids are looked up.  Any thread.
 *
 * CFOIL_INPUT_ERROR_SYNTAX: no mail; _LIMIT: too long. */
CfoilMail *cfoil_amazon_mail_parse (GBytes  *bytes,
                                    GError **error);

G_END_DECLS
