/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-scan-private.h"

gboolean
_cfoil_dictionary_each (CfoilDatabase      *database,
                        CfoilField          field,
                        CfoilDictionaryFunc each,
                        gpointer            user_data,
                        GError            **error)
{
  g_autoptr (CfoilStatement) rows =
    cfoil_database_prepare (database, cfoil_field_get_info (field)->dictionary_sql, error);
  gboolean is_number = cfoil_field_get_info (field)->kind == CFOIL_FIELD_KIND_TIME;
  CfoilStep step;

  if (rows == NULL)
    return FALSE;
  while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    {
      gint64 number = cfoil_statement_column_int64 (rows, 0);

      if (is_number)
        each (number, NULL, cfoil_statement_column_int64 (rows, 1), user_data);
      else
        each (number, cfoil_statement_column_text (rows, 1), 0, user_data);
    }
  return step == CFOIL_STEP_DONE;
}
