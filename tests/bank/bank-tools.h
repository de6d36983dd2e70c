/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-bank.h"
#include "cfoil-error.h"
#include "test-mirror.h"

/* All that statements brought, for test_dump (). */
#define BANK_ENTRIES \
  "SELECT bank_account, day, currency, amount_minor, reference, text, ordinal FROM bank_entry ORDER BY row_number, entry_id"

/* LENGTH bytes (-1: up to its end) are a statement.  COLUMNS (nullable): of CSV, what they mean. */
gboolean bank_try_import (TestMirror      *self,
                          const char      *bytes,
                          gssize           length,
                          const char      *columns,
                          CfoilBankResult *result,
                          GError         **error);
void bank_import (TestMirror      *self,
                  const char      *bytes,
                  gssize           length,
                  const char      *columns,
                  CfoilBankResult *result);
/* With CODE of CFOIL_INPUT_ERROR and a message that has WORDS; and nothing of it is there. */
void bank_assert_refused (TestMirror *self,
                          const char *bytes,
                          gssize      length,
                          const char *columns,
                          int         code,
                          const char *words);
