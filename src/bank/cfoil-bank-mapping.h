/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-mirror.h"

G_BEGIN_DECLS

/* What the columns of a bank's CSV files mean. */
typedef enum
{
  CFOIL_BANK_ENCODING_AUTO,
  CFOIL_BANK_UTF_8,
  CFOIL_BANK_UTF_16LE,
  CFOIL_BANK_UTF_16BE,
  CFOIL_BANK_WINDOWS_1252,
  CFOIL_BANK_ISO_8859_15,
  CFOIL_BANK_ISO_8859_1,
  CFOIL_BANK_SHIFT_JIS,    /* as Windows writes it (CP932) */
  CFOIL_BANK_WINDOWS_1250,
  CFOIL_N_BANK_ENCODINGS
} CfoilBankEncoding;

typedef enum
{
  CFOIL_BANK_DATES_AUTO,
  CFOIL_BANK_DATES_YMD,
  CFOIL_BANK_DATES_DMY,
  CFOIL_BANK_DATES_MDY,
  CFOIL_N_BANK_DATES
} CfoilBankDates;

/* Names as people know them ("UTF-8"), "auto". */
const char *cfoil_bank_encoding_to_string (CfoilBankEncoding encoding);

/* Columns count from 1; 0: there is none.  An amount is in one column, or what came and what
 * went are in two; a column of signs has words such as "S", "D", "debit" for what went. */
typedef struct
{
  char *name;              /* (owned): "" for one that is used once */
  char **header;           /* (owned) (nullable): which file it is for */
  CfoilBankEncoding encoding;
  CfoilBankDates dates;
  char separator;          /* 0: looked for */
  char decimal_mark;       /* 0: looked for */
  guint date;
  guint amount;
  guint credit;
  guint debit;
  guint sign;
  guint currency;
  guint reference;
  guint text[4];           /* joined by blanks */
  char *default_currency;  /* (owned) (nullable): where no column says one */
  char *bank_account;      /* (owned) (nullable): NAME, or "bank" */
} CfoilBankMapping;

CfoilBankMapping *cfoil_bank_mapping_new (void);
CfoilBankMapping *cfoil_bank_mapping_copy (const CfoilBankMapping *self);
void cfoil_bank_mapping_free (CfoilBankMapping *self);

/* "date=1,amount=3,text=4+5,currency=EUR,decimal=comma,dates=dmy": words are date, amount,
 * credit, debit, sign, currency (a column or a code), reference, text, decimal (comma,
 * point), dates (ymd, dmy, mdy), separator (comma, semicolon, tab, bar), encoding and
 * account.  Errors: CFOIL_INPUT_ERROR_SYNTAX. */
CfoilBankMapping *cfoil_bank_mapping_parse (const char *text,
                                            GError    **error);
/* The same text again; free it. */
char *cfoil_bank_mapping_to_text (const CfoilBankMapping *self);
/* It can be used: a date, an amount, a currency.  Errors: CFOIL_INPUT_ERROR_COLUMNS. */
gboolean cfoil_bank_mapping_check (const CfoilBankMapping *self,
                                   GError                **error);
/* What names of columns suggest. */
CfoilBankMapping *cfoil_bank_mapping_guess (char **header);
/* What SAVED says of columns of the same names; of a column that is not there any more nothing is said. */
CfoilBankMapping *cfoil_bank_mapping_adapt (const CfoilBankMapping *saved,
                                            char                  **header);

/* Saved ones, by name.  (element-type CfoilBankMapping) */
GPtrArray *cfoil_bank_mapping_list (CfoilDatabase *database,
                                    GError       **error);
/* Exactly that header; NULL: none.  SIMILAR (nullable) gets one that has most of its names. */
CfoilBankMapping *cfoil_bank_mapping_find (GPtrArray         *mappings,
                                           char             **header,
                                           CfoilBankMapping **similar);
/* By its name; one of that name is replaced. */
gboolean cfoil_bank_mapping_save_sync (CfoilMirror            *mirror,
                                       const CfoilBankMapping *mapping,
                                       GError                **error);
gboolean cfoil_bank_mapping_remove_sync (CfoilMirror *mirror,
                                         const char  *name,
                                         GError     **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilBankMapping, cfoil_bank_mapping_free)

G_END_DECLS
