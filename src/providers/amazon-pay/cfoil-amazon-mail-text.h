/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-provider.h"

G_BEGIN_DECLS

/* Ids, kind, reason and amount that TEXT (valid UTF-8) names. */
void _cfoil_amazon_mail_read_text (const char *text,
                                   CfoilMail  *mail);
/* The words of HTML, roughly: for finding ids in it, not for showing. */
char *_cfoil_amazon_mail_from_html (const char *html);
/* The hosts of all web addresses in SOURCE, each once, in small letters. */
char **_cfoil_amazon_mail_list_hosts (const char *source);

G_END_DECLS
