/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a feed is called in texts, translated.  Feeds are the provider's; these names have every
 * one's.  Others go by their name.  Any thread. */
const char *cfoil_feed_get_title (const char *name);

G_END_DECLS
