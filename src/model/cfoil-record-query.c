/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-record-query.h"

G_DEFINE_BOXED_TYPE (CfoilRecordQuery, cfoil_record_query, cfoil_record_query_copy, cfoil_record_query_free)

static const char *const sort_columns[CFOIL_N_RECORD_SORTS] = {
  [CFOIL_RECORD_SORT_TIME] = "sort_us",
  [CFOIL_RECORD_SORT_GROSS] = "gross_minor",
  [CFOIL_RECORD_SORT_FEE] = "fee_minor",
  [CFOIL_RECORD_SORT_NET] = "net_minor",
};

CfoilRecordQuery *
cfoil_record_query_new (void)
{
  return g_new0 (CfoilRecordQuery, 1);
}

CfoilRecordQuery *
cfoil_record_query_copy (const CfoilRecordQuery *self)
{
  return g_memdup2 (self, sizeof *self);
}

void
cfoil_record_query_free (CfoilRecordQuery *self)
{
  g_free (self);
}

gboolean
cfoil_record_query_equal (const CfoilRecordQuery *a,
                          const CfoilRecordQuery *b)
{
  return a->account_id == b->account_id && a->sort == b->sort && a->is_ascending == b->is_ascending;
}

char *
cfoil_record_query_to_sql (const CfoilRecordQuery *self)
{
  const char *direction = self->is_ascending ? "ASC" : "DESC";
  GString *sql = g_string_new ("SELECT txn_id FROM txn");

  if (self->account_id != 0)
    g_string_append (sql, " WHERE account_id = ?1");
  g_string_append (sql, " ORDER BY ");
  if (self->sort != CFOIL_RECORD_SORT_TIME)
    g_string_append (sql, "currency, ");
  g_string_append_printf (sql, "%s %s", sort_columns[self->sort], direction);
  /* What nobody knows comes last, whichever way the rest goes. */
  if (self->sort != CFOIL_RECORD_SORT_TIME)
    g_string_append (sql, " NULLS LAST");
  g_string_append_printf (sql, ", txn_id %s", direction);
  return g_string_free (sql, FALSE);
}
