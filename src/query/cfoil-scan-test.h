/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-number-set.h"
#include "cfoil-scan-private.h"

/* What a term asks of a row. */
typedef enum
{
  TEST_NEVER,
  TEST_KNOWN, /* the number is known */
  TEST_RANGE, /* it lies between min and max */
  TEST_SET,   /* it is one of set */
  TEST_BITS,  /* it has the bits of min (flags) */
  TEST_MONEY, /* it lies in the term's range, by the row's currency */
  TEST_SAID,  /* the text is not empty */
  TEST_TEXT,  /* it has one of the needles */
  TEST_WORD,  /* one of all searched fields has it */
  TEST_WEEKDAY, /* clocks of zone show one of the weekdays whose bits are in min */
  TEST_HOUR,    /* … one of the hours */
} CfoilTestKind;

typedef struct
{
  CfoilTestKind kind;
  CfoilField field; /* with a packed column of its own */
  gboolean is_inverted;
  gint64 min, max;
  CfoilNumberSet *set;    /* (owned) (nullable) */
  const CfoilTerm *term;  /* (borrowed): of MONEY */
  char **needles;         /* (owned) (nullable): folded */
  GPtrArray *others;      /* (owned) (nullable): of WORD, its tests of numbers */
  GTimeZone *zone;        /* (owned) (nullable): of WEEKDAY and HOUR */
} CfoilTest;

void _cfoil_test_free (CfoilTest *self);

/* Adds the tests that TERM means; a row must pass all of them. */
gboolean _cfoil_test_add_all (GPtrArray           *tests,
                              CfoilDatabase       *database,
                              const CfoilTerm     *term,
                              const CfoilScanTime *time,
                              GError             **error);

/* Sets the bits of the rows of the current block that pass. */
gboolean _cfoil_test_run (const CfoilTest  *test,
                          CfoilBlockReader *blocks,
                          CfoilMask        *mask,
                          GError          **error);

gboolean _cfoil_is_text (CfoilField field);
gboolean _cfoil_is_searched_text (CfoilField field);
/* What is not a word of a language is looked for in every part. */
gboolean _cfoil_is_searched_anywhere (CfoilField  field,
                                      const char *needle);
/* The bounds of an amount or number in units of 10^-EXPONENT. */
void _cfoil_range_in (const CfoilTerm *term,
                      int              exponent,
                      gint64          *min,
                      gint64          *max);
/* Rows of which NEEDLE is FIELD, from beginning to end. */
gboolean _cfoil_take_exact (CfoilField        field,
                            const char       *needle,
                            CfoilBlockReader *blocks,
                            CfoilMask        *mask,
                            GError          **error);
