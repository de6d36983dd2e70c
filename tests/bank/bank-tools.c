/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bank-tools.h"

#include <string.h>

gboolean
bank_try_import (TestMirror      *self,
                 const char      *bytes,
                 gssize           length,
                 const char      *columns,
                 CfoilBankResult *result,
                 GError         **error)
{
  g_autofree char *path = test_folder_file (self->folder, "statement");
  g_autoptr (CfoilBankMapping) mapping = columns != NULL ? cfoil_bank_mapping_parse (columns, error) : NULL;

  test_write_bytes (path, bytes, length < 0 ? strlen (bytes) : (gsize) length);
  return cfoil_bank_import_sync (self->mirror, path, mapping, NULL, NULL, NULL, result, error);
}

void
bank_import (TestMirror      *self,
             const char      *bytes,
             gssize           length,
             const char      *columns,
             CfoilBankResult *result)
{
  g_autoptr (GError) error = NULL;

  bank_try_import (self, bytes, length, columns, result, &error);
  g_assert_no_error (error);
}

void
bank_assert_refused (TestMirror *self,
                     const char *bytes,
                     gssize      length,
                     const char *columns,
                     int         code,
                     const char *words)
{
  g_autofree char *before = test_dump (self->mirror, BANK_ENTRIES);
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  CfoilBankResult result;

  g_assert_false (bank_try_import (self, bytes, length, columns, &result, &error));
  if (!g_error_matches (error, CFOIL_INPUT_ERROR, code))
    g_error ("%s %d: %s", g_quark_to_string (error->domain), error->code, error->message);
  test_assert_contains (error->message, words);
  after = test_dump (self->mirror, BANK_ENTRIES);
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpint (test_count (self->mirror, "SELECT count (*) FROM bank_statement"), ==,
                   test_count (self->mirror, "SELECT count (DISTINCT statement_id) FROM bank_entry"));
}
