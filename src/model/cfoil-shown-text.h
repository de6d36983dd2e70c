/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The longest text that reaches a widget, in characters. */
#define CFOIL_SHOWN_TEXT_MAX 1000
/* What stands at the end of one that was cut. */
#define CFOIL_SHOWN_TEXT_ELLIPSIS "\u2026"

/* Text from outside, fit for one line: control characters and line ends become
 * blanks, invisible direction marks go away, long texts and heaps of combining
 * marks are cut, and text of the other direction is isolated so that it cannot
 * reorder what stands beside it.  NULL and empty text give NULL. */
char *cfoil_shown_text (const char *text);

/* The same, but for several lines of up to MAX characters: line ends stay. */
char *cfoil_shown_lines (const char *text,
                         guint       max);

/* For the clipboard: a shown text without the isolating marks. */
char *cfoil_shown_text_to_plain (const char *shown);

G_END_DECLS
