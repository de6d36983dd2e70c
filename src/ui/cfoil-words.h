/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-operation.h"
#include "cfoil-record.h"

G_BEGIN_DECLS

/* Words for people, translated.  Results that are not const are to be freed. */

/* A provider's own word stays as it is where we have none. */
const char *cfoil_words_type (const CfoilRecord *record);
const char *cfoil_words_state (const CfoilRecord *record);
/* Of a CfoilType and a CfoilState alone; the provider's word is nullable. */
const char *cfoil_words_type_of (gint64      type,
                                 const char *provider_type);
const char *cfoil_words_state_of (gint64      state,
                                  const char *provider_state);

/* Of an exception: "bad_row" and so on. */
const char *cfoil_words_exception (const char *kind);
const char *cfoil_words_region (const char *region);

/* "—": nobody has said. */
#define CFOIL_WORDS_NONE "\u2014"

/* A whole number with the separators of the user's language. */
char *cfoil_words_number (gint64 number);
char *cfoil_words_date_time (gint64     us,
                             GTimeZone *zone);
char *cfoil_words_date (gint64     us,
                        GTimeZone *zone);
/* 2026-03-29T02:30:00+02:00, for machines. */
char *cfoil_words_date_time_iso (gint64     us,
                                 GTimeZone *zone);
/* How long ago something was fresh, as a whole sentence. */
char *cfoil_words_fresh (gint64     fresh_us,
                         gint64     now_us,
                         GTimeZone *zone);
char *cfoil_words_time_left (int seconds);

/* TEXT, in which no line is broken between a minus sign and the currency behind it. */
char *cfoil_words_keep_signs (const char *text);

/* One line on how OPERATION is getting on; WHAT is what it is at. */
char *cfoil_words_progress (CfoilOperation *operation,
                            const char     *what);

/* What to do about ERROR. */
const char *cfoil_words_error (const GError *error);
/* The details for support: message, reason and request id. */
char *cfoil_words_error_details (const GError *error);

G_END_DECLS
