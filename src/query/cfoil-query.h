/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-field.h"

#include <glib-object.h>

G_BEGIN_DECLS

/* What a person types into the search entry, understood.  Every term narrows the
 * list; within a term, values separated by commas widen it.
 *
 *   word            a word that begins so, or an id that has this part
 *   "two words"     the same with spaces
 *   field:value     field:a,b   field:"a b"   -field:value   -word
 *   "say ""hello"""             a quote within quotes is written twice
 *   amount:>50  amount:>=50  amount:<50  amount:10..20  amount:50
 *   date:2026  date:2026-03  date:2026-03-05  date:2026-03-01..2026-03-15
 *   date:last30d  date:next7d  date:today  date:yesterday  date:>2026-03
 *   date:thismonth  date:lastmonth  date:thisyear  date:lastyear  date:today-5
 *   weekday:monday,sun  weekday:monday..friday  hour:9  hour:22..5   (of date; hour 9 is 9:00 to 9:59)
 *   has:dispute  no:settlement  is:uncaptured      (has:refund is is:refunded)
 *
 * Amounts are in the units that people write (50 is 50.00 EUR and 50 JPY), always
 * with a decimal point.  What cannot be understood becomes an error beside the
 * terms that can: a mistake never empties a list.
 *
 * Pure: no I/O, any thread.  A CfoilQuery is immutable. */
#define CFOIL_TYPE_QUERY (cfoil_query_get_type ())
typedef struct _CfoilQuery CfoilQuery;

/* Which fields and properties there are to ask for: NULL is those of transactions,
 * others come with what they are about (cfoil-case-query.h).  Static. */
typedef struct _CfoilVocabulary CfoilVocabulary;

/* Longer text is cut here, and that is told as an error. */
#define CFOIL_QUERY_MAX_LENGTH 4096
#define CFOIL_QUERY_MAX_TERMS 64

typedef enum
{
  CFOIL_TERM_WORD,   /* values[0], in any searched field */
  CFOIL_TERM_VALUES, /* FIELD is one of values (codes: their right names; texts: word beginnings; ids: parts) */
  CFOIL_TERM_AMOUNT, /* FIELD (money) lies in the range */
  CFOIL_TERM_NUMBER, /* FIELD (number) lies in the range; fee_rate: in percent */
  CFOIL_TERM_TIME,   /* FIELD (time) lies in the span */
  CFOIL_TERM_HAS,    /* FIELD has a value; no:field is the same, negated */
  CFOIL_TERM_IS,     /* one of the properties below */
  CFOIL_TERM_WEEKDAY, /* the clocks of the list's zone show one of the weekdays of slots at FIELD (the time) */
  CFOIL_TERM_HOUR,    /* … one of the hours of slots */
} CfoilTermKind;

/* is:... */
typedef enum
{
  CFOIL_IS_UNCAPTURED, /* a charge that is authorised and neither captured, declined nor cancelled */
  CFOIL_IS_EXPIRING,   /* such a charge whose authorisation ends within 7 days */
  CFOIL_IS_PENDING,    /* pending or capturing */
  CFOIL_IS_UNSETTLED,  /* money that moved and stands in no settlement yet */
  CFOIL_IS_DISPUTED,
  CFOIL_IS_REFUNDED,
  CFOIL_IS_REVIEWED,
  CFOIL_IS_EXCEPTION,
  CFOIL_N_IS
} CfoilIs;

/* A decimal number as typed, exact: digits / 10^scale; at most 15 digits, without
 * zeros behind the point that say nothing. */
typedef struct
{
  gint64 digits;
  int scale; /* 0 to 12 */
} CfoilDecimal;

/* A civil date or a distance from today, without a time zone as yet; what it is in
 * UTC tells cfoil_day_resolve () in cfoil-query-day.h.  "last30d" is 30 days of which
 * today is the last, "next7d" 7 of which today is the first. */
typedef enum
{
  CFOIL_DAY_NONE,     /* no bound */
  CFOIL_DAY_DATE,     /* year, month, day; month 0: the whole year, day 0: the whole month */
  CFOIL_DAY_RELATIVE, /* days from today: 0 is today, -1 yesterday */
  CFOIL_DAY_RELATIVE_MONTH, /* a whole month, months from this one */
  CFOIL_DAY_RELATIVE_YEAR,  /* a whole year, years from this one */
  CFOIL_DAY_RELATIVE_HOURS, /* a moment, hours or days of 24 hours from now; of fields that are deadlines */
} CfoilDayKind;

typedef struct
{
  CfoilDayKind kind;
  int year, month, day;
  int days;   /* of RELATIVE and RELATIVE_HOURS */
  int months; /* of RELATIVE_MONTH */
  int years;  /* of RELATIVE_YEAR */
  int hours;  /* of RELATIVE_HOURS */
} CfoilDay;

typedef struct
{
  CfoilTermKind kind;
  gboolean is_negated;
  CfoilField field; /* of VALUES, AMOUNT, NUMBER, TIME, HAS, WEEKDAY and HOUR */
  CfoilIs is;       /* of IS */
  char **values;    /* of WORD and VALUES: as typed without quotes, NULL-terminated; never empty texts */

  /* of AMOUNT and NUMBER */
  gboolean has_min, has_max;
  gboolean excludes_min, excludes_max; /* > and < */
  CfoilDecimal min, max;

  /* of TIME: from the beginning of FROM to the end of UNTIL */
  CfoilDay from, until;

  guint32 slots; /* of WEEKDAY, bit 0 is Monday, and of HOUR, bit 0 is midnight to 0:59 */

  /* Where it stands in the text, in bytes. */
  guint start, end;

  /* (nullable): what FIELD and IS are numbers of. */
  const CfoilVocabulary *vocabulary;
} CfoilTerm;

typedef struct
{
  guint start, end; /* what is wrong, in bytes of the text */
  char *message;    /* translated: what was expected there */
} CfoilQueryMistake;

GType cfoil_query_get_type (void);

/* TEXT may be anything; NULL is "". */
CfoilQuery *cfoil_query_parse (const char *text);
CfoilQuery *cfoil_query_parse_with (const char            *text,
                                    const CfoilVocabulary *vocabulary);
CfoilQuery *cfoil_query_ref (CfoilQuery *self);
void cfoil_query_unref (CfoilQuery *self);

/* The text as it was given, but for what was cut, made valid UTF-8. */
const char *cfoil_query_get_text (const CfoilQuery *self);

guint cfoil_query_get_n_terms (const CfoilQuery *self);
const CfoilTerm *cfoil_query_get_term (const CfoilQuery *self, guint i);
/* In the order of the text; of very many only the first are told. */
guint cfoil_query_get_n_mistakes (const CfoilQuery *self);
const CfoilQueryMistake *cfoil_query_get_mistake (const CfoilQuery *self, guint i);

/* The same terms, whatever their spelling and order. */
gboolean cfoil_query_equal (const CfoilQuery *a, const CfoilQuery *b);

/* The text of the query with term I taken out, or replaced by REPLACEMENT (NULL:
 * taken out).  All else stays as it was typed.  Free it. */
char *cfoil_query_dup_replaced (const CfoilQuery *self,
                                guint             i,
                                const char       *replacement);
/* The text with TERM (a text) added behind, an open quote closed first; a term on the same field that it
 * contradicts is not looked for.  Free it. */
char *cfoil_query_dup_added (const CfoilQuery *self,
                             const char       *term);

/* TERM in its shortest right spelling, quoted where needed: parsed again, it is
 * the same term. */
char *cfoil_term_to_text (const CfoilTerm *term);
/* "field:value" for one value, quoted where needed, with "-" if NEGATED.  Of an empty
 * VALUE (nullable) it is "no:field".  NULL when FIELD cannot be asked for. */
char *cfoil_term_text_of_value (CfoilField  field,
                                const char *value,
                                gboolean    is_negated);

const char *cfoil_is_to_string (CfoilIs is);
/* "monday" is 0. */
const char *cfoil_weekday_name (guint weekday);

/* The word by which queries call FIELD ("reference", "date"); NULL: it cannot be
 * asked for. */
const char *cfoil_query_field_name (CfoilField field);

/* --- completion --- */

typedef struct
{
  char *text;   /* what the word at the cursor becomes */
  char *detail; /* (nullable): translated, what it is */
} CfoilCompletion;

typedef enum
{
  CFOIL_COMPLETE_NOTHING,
  CFOIL_COMPLETE_FIELDS, /* OFFERS has them */
  CFOIL_COMPLETE_VALUES, /* of FIELD: codes and keywords are in OFFERS, texts are for the caller to look up */
} CfoilCompletionKind;

typedef struct
{
  CfoilCompletionKind kind;
  CfoilField field;
  gboolean has_field;  /* FALSE for is:, has: and no: */
  const CfoilVocabulary *vocabulary; /* (nullable): as it was asked for */
  guint start, end;    /* what an offer replaces, in bytes */
  char *prefix;        /* of the value that is being typed, without quotes */
  GPtrArray *offers;   /* (element-type CfoilCompletion) */
} CfoilCompletions;

/* What could stand at CURSOR (a byte of TEXT). */
CfoilCompletions *cfoil_query_complete (const char *text,
                                        guint       cursor);
CfoilCompletions *cfoil_query_complete_with (const char            *text,
                                             guint                  cursor,
                                             const CfoilVocabulary *vocabulary);
void cfoil_completions_free (CfoilCompletions *self);
/* Adds an offer for a looked-up VALUE, quoted where needed. */
void cfoil_completions_add_value (CfoilCompletions *self,
                                  const char       *value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilQuery, cfoil_query_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilCompletions, cfoil_completions_free)

G_END_DECLS
