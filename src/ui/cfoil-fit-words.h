/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Sizes for people, without floating point: "4.5 MB", "812 kB", "17 bytes".  ROUND_UP: a
 * size that is used is never shown smaller than it is; a limit never larger.  Free it. */
char *cfoil_fit_words_bytes (gint64   n_bytes,
                             gboolean round_up);

/* The same as the first without rounding, as it can be typed: "4.5 MB", "9,999,999 bytes". */
char *cfoil_fit_words_exact_bytes (gint64 n_bytes);
/* FALSE: TEXT is no size ("5 MB", "4,5 mb", "9999999"), or none above nothing. */
gboolean cfoil_fit_words_parse_bytes (const char *text,
                                      gint64     *n_bytes);
/* FALSE: TEXT is no whole number above nothing. */
gboolean cfoil_fit_words_parse_number (const char *text,
                                       gint64     *number);

G_END_DECLS
