/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-mirror.h"

#include "cfoil-block-writer.h"

#include <sqlite3.h>

gint64
test_add_account (CfoilMirror *mirror,
                  const char  *name)
{
  return test_add_account_in (mirror, name, "live");
}

gint64
test_add_account_in (CfoilMirror *mirror,
                     const char  *name,
                     const char  *environment)
{
  g_autoptr (CfoilAccount) account = cfoil_account_new ();
  g_autoptr (GError) error = NULL;

  account->name = g_strdup (name);
  account->provider = g_strdup ("amazon-pay");
  account->region = g_strdup ("na");
  account->environment = g_strdup (environment);
  account->public_key_id = g_strdup ("LIVE-AAAA");
  account->key_storage = g_strdup ("keyring");
  account->created_us = 1;
  cfoil_account_add (mirror, account, &error);
  g_assert_no_error (error);
  g_assert_cmpint (account->account_id, >, 0);
  return account->account_id;
}

CfoilWriter *
test_writer_new (CfoilMirror *mirror,
                 gint64       account_id)
{
  g_autoptr (GError) error = NULL;
  CfoilWriter *writer = cfoil_writer_new (mirror, account_id, &error);

  g_assert_no_error (error);
  g_assert_nonnull (writer);
  return writer;
}

gint64
test_open_feed (CfoilWriter *writer,
                const char  *name,
                int          rank)
{
  g_autoptr (GError) error = NULL;
  gint64 feed_id = 0;

  cfoil_writer_open_feed (writer, name, rank, &feed_id, &error);
  g_assert_no_error (error);
  g_assert_cmpint (feed_id, >, 0);
  return feed_id;
}

gint64
test_open_document (CfoilWriter *writer,
                    gint64       feed_id,
                    const char  *name)
{
  CfoilDocumentInfo info = { .feed_id = feed_id, .sha256 = name, .type = "settlement", .n_bytes = 1, .received_us = 1 };
  g_autoptr (GError) error = NULL;
  CfoilDocumentState state;

  cfoil_writer_open_document (writer, &info, &state, &error);
  g_assert_no_error (error);
  g_assert_cmpint (state.document_id, >, 0);
  return state.document_id;
}

void
test_commit (CfoilWriter *writer)
{
  g_autoptr (GError) error = NULL;

  cfoil_writer_commit (writer, &error);
  g_assert_no_error (error);
}

TestMirror *
test_mirror_new (void)
{
  g_autoptr (GError) error = NULL;
  TestMirror *self = g_new0 (TestMirror, 1);

  self->folder = test_folder_new ();
  self->mirror = cfoil_mirror_open (self->folder->path, &error);
  g_assert_no_error (error);
  self->account_id = test_add_account (self->mirror, "shop");
  self->writer = test_writer_new (self->mirror, self->account_id);
  self->feed_id = test_open_feed (self->writer, "settlement-reports", 10);
  self->document_id = test_open_document (self->writer, self->feed_id, "document");
  cfoil_writer_set_source (self->writer, self->feed_id, self->document_id, FALSE);
  test_commit (self->writer);
  return self;
}

void
test_mirror_free (TestMirror *self)
{
  if (self == NULL)
    return;
  cfoil_writer_free (self->writer);
  g_clear_object (&self->mirror);
  test_folder_free (self->folder);
  g_free (self);
}

CfoilObservation
test_observation (CfoilObjectKind kind,
                  const char     *object_id,
                  gint64          said_us)
{
  return (CfoilObservation) {
    .kind = kind,
    .object_id = object_id,
    .said_us = said_us,
    .state = CFOIL_STATE_OTHER,
    .amount_minor = CFOIL_UNKNOWN,
    .moved_minor = CFOIL_UNKNOWN,
    .refunded_minor = CFOIL_UNKNOWN,
    .created_us = CFOIL_UNKNOWN,
    .expires_us = CFOIL_UNKNOWN,
    .deadline_us = CFOIL_UNKNOWN,
    .raw = "{}",
    .row_number = 1,
  };
}

CfoilSettlementLine
test_line (const char *settlement_id,
           CfoilType   type,
           const char *object_id,
           gint64      amount_minor)
{
  return (CfoilSettlementLine) {
    .settlement_id = settlement_id,
    .type = type,
    .provider_type = cfoil_type_to_string (type),
    .provider_id = object_id,
    .object_id = type == CFOIL_TYPE_CHARGE || type == CFOIL_TYPE_REFUND ? object_id : NULL,
    .posted_us = G_TIME_SPAN_DAY,
    .currency = "USD",
    .amount_minor = amount_minor,
    .net_minor = amount_minor,
    .row_number = 1,
  };
}

void
test_put_observation (CfoilWriter            *writer,
                      const CfoilObservation *observation)
{
  g_autoptr (GError) error = NULL;
  gboolean ok = cfoil_writer_put_observation (writer, observation, &error);

  g_assert_no_error (error);
  g_assert_true (ok);
}

void
test_put_line (CfoilWriter               *writer,
               const CfoilSettlementLine *line)
{
  g_autoptr (GError) error = NULL;
  gboolean ok = cfoil_writer_put_line (writer, line, &error);

  g_assert_no_error (error);
  g_assert_true (ok);
}

char *
test_dump (CfoilMirror *mirror,
           const char  *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CfoilDatabase) reader = cfoil_mirror_open_reader (mirror, &error);
  g_autoptr (CfoilStatement) rows = NULL;
  GString *text = g_string_new (NULL);
  CfoilStep step;

  g_assert_no_error (error);
  rows = cfoil_database_prepare (reader, sql, &error);
  g_assert_no_error (error);
  while ((step = cfoil_statement_step (rows, &error)) == CFOIL_STEP_ROW)
    {
      for (int i = 0; i < cfoil_statement_n_columns (rows); i++)
        {
          const char *cell = cfoil_statement_column_text (rows, i);

          g_string_append_printf (text, "%s%s", i > 0 ? "|" : "", cell != NULL ? cell : "~");
        }
      g_string_append_c (text, '\n');
    }
  g_assert_no_error (error);
  g_assert_cmpint (step, ==, CFOIL_STEP_DONE);
  g_clear_pointer (&rows, cfoil_statement_free);
  return g_string_free (text, FALSE);
}

gint64
test_count (CfoilMirror *mirror,
            const char  *sql)
{
  g_autofree char *text = test_dump (mirror, sql);

  return g_ascii_strtoll (text, NULL, 10);
}

char *
test_dump_views (CfoilMirror *mirror)
{
  static const char *const queries[] = {
    "SELECT * FROM transactions ORDER BY account, transaction_id",
    "SELECT * FROM refunds ORDER BY account, refund_id",
    "SELECT * FROM disputes ORDER BY account, dispute_id",
    "SELECT account, settlement_id, posted_at_us, provider_type, type, provider_id, transaction_id, currency, amount_minor, "
    "fee_percentage_minor, fee_fixed_minor, fee_minor, net_minor, merchant_reference, charge_permission_id, description, extra "
    "FROM settlement_lines ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16",
    "SELECT * FROM settlements ORDER BY account, settlement_id, currency",
    "SELECT * FROM disbursements ORDER BY 1, 2, 3, 4, 5",
    "SELECT * FROM exceptions ORDER BY account, kind, subject, feed, document_sha256, row_number",
    "SELECT * FROM reports ORDER BY 1, 2, 3",
    "SELECT * FROM daily_sums ORDER BY account, currency, day, type, store",
    "SELECT * FROM settlement_sums ORDER BY account, settlement_id, currency, type",
    "SELECT account, feed, row_count, covered_from_us, covered_until_us, gap_count, error, error_message FROM feeds ORDER BY 1, 2",
  };
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      g_autofree char *rows = test_dump (mirror, queries[i]);

      g_string_append_printf (text, "== %u\n%s", i, rows);
    }
  return g_string_free (text, FALSE);
}

void
test_exec (CfoilMirror *mirror,
           const char  *sql)
{
  sqlite3 *handle = NULL;
  char *message = NULL;

  g_assert_cmpint (sqlite3_open (cfoil_mirror_get_path (mirror), &handle), ==, SQLITE_OK);
  sqlite3_busy_timeout (handle, 5000);
  if (sqlite3_exec (handle, sql, NULL, NULL, &message) != SQLITE_OK)
    g_error ("%s: %s", sql, message);
  g_assert_cmpint (sqlite3_close (handle), ==, SQLITE_OK);
}

void
test_remake_columns (CfoilMirror *mirror)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CfoilDatabase) writer = NULL;
  gboolean ok;

  test_exec (mirror, "UPDATE txn_generation SET format = 0");
  writer = cfoil_mirror_open_writer (mirror, &error);
  g_assert_no_error (error);
  ok = cfoil_blocks_ensure (writer, &error);
  g_assert_no_error (error);
  g_assert_true (ok);
}
