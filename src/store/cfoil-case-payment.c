/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-case-payment.h"

static gboolean
run (CfoilDatabase *writer,
     const char    *sql,
     gint64         case_id,
     GError       **error)
{
  g_autoptr (CfoilStatement) statement = cfoil_database_prepare (writer, sql, error);

  if (statement == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (statement, 1, case_id);
  return cfoil_statement_run (statement, error);
}

gboolean
_cfoil_case_payment_refresh (CfoilDatabase *writer,
                             gint64         case_id,
                             GError       **error)
{
  return run (writer, "DELETE FROM case_payment WHERE case_id = ?1", case_id, error) &&
         run (writer, "INSERT INTO case_payment " CFOIL_CASE_PAYMENT_SQL "WHERE c.case_id = ?1", case_id, error);
}

gboolean
_cfoil_case_payment_make_all (CfoilDatabase *writer,
                              GError       **error)
{
  return cfoil_database_exec (writer, "DELETE FROM case_payment; INSERT INTO case_payment " CFOIL_CASE_PAYMENT_SQL, error);
}
