/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-mirror.h"

#include "cfoil-check.h"
#include "cfoil-document-file.h"
#include "cfoil-evidence-file.h"

#include <glib/gstdio.h>
#include <string.h>

/* The names and counts of what is found. */
static char *
check (CfoilMirror *mirror)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) findings = cfoil_check_run (mirror, NULL, NULL, NULL, &error);
  GString *text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < findings->len; i++)
    {
      const CfoilFault *finding = g_ptr_array_index (findings, i);

      g_assert_cmpuint (strlen (finding->message), >, 10);
      g_assert_cmpuint (strlen (cfoil_fault_advice (finding->kind)), >, 10);
      g_string_append_printf (text, "%s:%d ", finding->check, (int) finding->count);
    }
  return g_string_free (text, FALSE);
}

/* A sound mirror with something of everything that is checked. */
static TestMirror *
sound_mirror (void)
{
  TestMirror *mirror = test_mirror_new ();
  g_autofree char *path = test_folder_file (mirror->folder, "source");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  CfoilDocumentInfo info = { .feed_id = mirror->feed_id, .received_us = 1 };
  CfoilObservation said = test_observation (CFOIL_OBJECT_CHARGE, "C1", 5);
  CfoilReport report = { "r1", "settlement-reports", "T", CFOIL_REPORT_COMPLETED, NULL, NULL, 1, 2, 3, TRUE };
  CfoilDocumentState state;
  char sha256[65];

  test_write_text (path, "some report");
  g_assert_true (cfoil_document_file_keep (mirror->mirror, file, sha256, &info.n_bytes, NULL, NULL));
  info.sha256 = sha256;
  g_assert_true (cfoil_writer_open_document (mirror->writer, &info, &state, NULL));
  cfoil_writer_set_source (mirror->writer, mirror->feed_id, state.document_id, FALSE);
  test_put_observation (mirror->writer, &said);
  said.object_id = "C9";
  test_put_observation (mirror->writer, &said);
  for (guint i = 0; i < 8; i++)
    {
      g_autofree char *id = g_strdup_printf ("C%u", i % 5);
      CfoilSettlementLine line = test_line (i % 2 ? "S1" : "S2", CFOIL_TYPE_CHARGE, id, 1000 + i);

      line.posted_us += i;
      line.row_number = i + 1;
      line.fee_percentage_minor = i == 6 ? CFOIL_UNKNOWN : -20;
      line.fee_fixed_minor = i == 6 ? CFOIL_UNKNOWN : -10;
      line.fee_minor = -30;
      line.net_minor = line.amount_minor - 30;
      test_put_line (mirror->writer, &line);
    }
  g_assert_true (cfoil_writer_end_document (mirror->writer, state.document_id, 8, NULL, NULL));
  g_assert_true (cfoil_writer_put_report (mirror->writer, mirror->feed_id, &report, NULL));
  g_assert_true (cfoil_writer_link_report (mirror->writer, mirror->feed_id, "r1", state.document_id, NULL));
  g_assert_true (cfoil_writer_add_coverage (mirror->writer, mirror->feed_id, 0, 10, NULL));
  g_assert_true (cfoil_writer_add_coverage (mirror->writer, mirror->feed_id, 20, 30, NULL));
  test_commit (mirror->writer);
  /* the document that the fixture made has no file */
  g_clear_pointer (&mirror->writer, cfoil_writer_free);
  test_exec (mirror->mirror, "DELETE FROM document WHERE sha256 = 'document'");
  return mirror;
}

static void
test_sound (void)
{
  g_autoptr (TestMirror) mirror = sound_mirror ();
  g_autofree char *found = check (mirror->mirror);

  g_assert_cmpstr (found, ==, "");
}

static const struct
{
  const char *sql;
  const char *finds; /* the check that must find it */
} faults[] = {
  { "UPDATE txn SET net_minor = net_minor + 1 WHERE transaction_id = 'C2'", "net:1 " },
  { "UPDATE txn SET gross_minor = gross_minor - 1 WHERE transaction_id = 'C2'", "settled:1 " },
  { "UPDATE txn SET fee_percentage_minor = -21 WHERE transaction_id = 'C2'", "fee:1 " },
  { "UPDATE txn SET fee_percentage_minor = NULL WHERE transaction_id = 'C2'", "settled:1 " },
  { "UPDATE txn SET fee_fixed_minor = 0 WHERE transaction_id = 'C2'", "settled:1 " },
  { "UPDATE txn SET posted_us = posted_us + 1 WHERE transaction_id = 'C2'", "settled:1 " },
  { "UPDATE txn SET posted_us = NULL WHERE transaction_id = 'C2'", "settled:1 " },
  { "UPDATE settlement_line SET amount_minor = amount_minor + 1, net_minor = net_minor + 1 WHERE row_number = 3", "settled:1 " },
  { "DELETE FROM settlement_line WHERE row_number = 5", "unsettled:1 " },
  { "UPDATE txn SET currency = 'EUR' WHERE transaction_id = 'C2'", "settlements:1 " },
  { "UPDATE txn SET settlement_id = 3 - settlement_id WHERE transaction_id = 'C9' OR txn_id = (SELECT txn_id FROM settlement_line WHERE row_number = 5)",
    "unsettled:1 " },
  { "UPDATE txn SET settlement_id = 1 WHERE transaction_id = 'C9'", "unsettled:1 " },
  { "UPDATE txn SET posted_us = 5 WHERE transaction_id = 'C9'", "unsettled:1 " },
  { "DELETE FROM txn WHERE transaction_id = 'C9'", "objects:1 " },
  { "DELETE FROM txn WHERE transaction_id = 'C4'", "foreign_keys:1 " },
  { "DELETE FROM word", "foreign_keys:" },
  { "DELETE FROM settlement", "foreign_keys:" },
  { "UPDATE feed_coverage SET end_us = 25 WHERE start_us = 0", "coverage:1 " },
  { "UPDATE feed_coverage SET end_us = 20 WHERE start_us = 0", "coverage:1 " },
  { "UPDATE document SET state = 'reading'", "half_read:1 " },
  { "UPDATE report SET document_id = NULL", "not_fetched:1 " },
  { "UPDATE document SET sha256 = 'abc'", "raw_files:1 " },
  { "UPDATE document SET state = 'refused', error_message = 'cut'", "refused:1 " },
  { "UPDATE document SET state = 'refused', n_rows_done = 0; DELETE FROM settlement_line; DELETE FROM observation", "refused:1 " },
  { "UPDATE txn SET state = 2 WHERE transaction_id = 'C2'", "states:1 " },
  { "UPDATE txn SET state = 8 WHERE transaction_id = 'C2'", "states:1 " },
  { "UPDATE txn SET type = 3 WHERE transaction_id = 'C2'", "states:1 " },
  { "UPDATE txn SET gross_minor = 77 WHERE transaction_id = 'C9'", "unsaid:1 " },
  { "UPDATE txn SET type = 2 WHERE transaction_id = 'C9'", "unsaid:1 " },
  { "INSERT INTO txn (account_id, transaction_id, type, state, gross_minor, sort_us) SELECT account_id, 'new', 1, 5, 0, 0 FROM account", "unsaid:1 " },
  { "UPDATE daily SET net_minor = net_minor + 1 WHERE day = (SELECT max (day) FROM daily)", "sums:1 " },
  { "UPDATE hourly SET n_done = 0", "sums:" },
  { "UPDATE settlement_sum SET n_unequal = 1 WHERE settlement_id = 1", "sums:1 " },
  { "INSERT INTO period_lock (zone, first_day, end_day, start_us, end_us, who, note, locked_us, sha256) "
    "VALUES ('UTC', 0, 1, 0, 86400000000, '', '', 5, 'not this')", "closed_periods:1 " },
  { "DROP INDEX txn_settlement", "schema:1 " },
  { "DROP INDEX txn_sort; CREATE INDEX txn_sort ON txn (type)", "schema:1 " },
  { "DROP VIEW refunds; CREATE VIEW refunds AS SELECT 1 AS account", "schema:1 " },
  { "DROP VIEW disputes", "schema:1 " },
  { "DROP TABLE notification", "schema:1 " },
  { "UPDATE settlement_line SET net_minor = 9223372036854775807", "settled:1 " },
  { "INSERT INTO disbursement (account_id, feed_id, settlement_provider_id, bank_reference, currency, amount_minor, raw) "
    "SELECT account_id, feed_id, 'S1', 'b', 'USD', 1, '{}' FROM feed LIMIT 1", "payouts:1 " },
  { "INSERT INTO dispute (account_id, dispute_id, state) SELECT account_id, 'B1', 12 FROM account", "cases:1 " },
  { "INSERT INTO dispute (account_id, dispute_id, charge_id, state) SELECT account_id, 'B1', 'C1', 12 FROM account; "
    "INSERT INTO dispute_case (uid, provider, environment, account_id, account_name, kind, dispute_id, charge_id, created_us, changed_us) "
    "SELECT 'u', provider, environment, account_id, name, 1, 'B1', 'C2', 1, 1 FROM account", "case_charges:1 " },
};

static void
test_faults (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (TestMirror) mirror = sound_mirror ();
      g_autofree char *found = NULL;

      test_exec (mirror->mirror, faults[i].sql);
      found = check (mirror->mirror);
      g_test_message ("%s: %s", faults[i].sql, found);
      test_assert_contains (found, faults[i].finds);
    }
}

/* Cells that must not change unseen: each is edited alone. */
static void
test_every_cell (void)
{
  static const struct
  {
    const char *table, *column;
  } cells[] = {
    { "txn", "gross_minor" }, { "txn", "fee_percentage_minor" }, { "txn", "fee_fixed_minor" }, { "txn", "fee_minor" },
    { "txn", "net_minor" }, { "txn", "posted_us" }, { "txn", "settlement_id" },
    { "settlement_line", "amount_minor" }, { "settlement_line", "fee_percentage_minor" }, { "settlement_line", "fee_fixed_minor" },
    { "settlement_line", "fee_minor" }, { "settlement_line", "net_minor" }, { "settlement_line", "txn_id" },
  };
  g_autoptr (TestMirror) mirror = sound_mirror ();

  for (guint i = 0; i < G_N_ELEMENTS (cells); i++)
    {
      const char *where = g_str_equal (cells[i].table, "txn") ? "transaction_id = 'C3'" : "row_number = 4";
      g_autofree char *keep = g_strdup_printf ("CREATE TABLE kept AS SELECT * FROM %s; UPDATE %s SET %s = %s + 1 WHERE %s",
                                               cells[i].table, cells[i].table, cells[i].column, cells[i].column, where);
      g_autofree char *restore = g_strdup_printf ("DELETE FROM %s; INSERT INTO %s SELECT * FROM kept; DROP TABLE kept", cells[i].table, cells[i].table);
      g_autofree char *found = NULL;
      g_autofree char *sound = NULL;

      test_exec (mirror->mirror, keep);
      found = check (mirror->mirror);
      g_test_message ("%s.%s: %s", cells[i].table, cells[i].column, found);
      g_assert_cmpstr (found, !=, "");
      test_exec (mirror->mirror, restore);
      sound = check (mirror->mirror);
      g_assert_cmpstr (sound, ==, "");
    }
}

/* A payout that the lines come to, and one of a settlement that is not here. */
static void
test_payouts (void)
{
  g_autoptr (TestMirror) mirror = sound_mirror ();
  g_autofree char *found = NULL;

  test_exec (mirror->mirror,
             "INSERT INTO disbursement (account_id, feed_id, settlement_provider_id, bank_reference, currency, amount_minor, raw) "
             "SELECT account_id, (SELECT min (feed_id) FROM feed), s.provider_id, 'b', l.currency, sum (l.net_minor), '{}' "
             "FROM settlement AS s JOIN settlement_line AS l USING (settlement_id) GROUP BY s.settlement_id, l.currency;"
             "INSERT INTO disbursement (account_id, feed_id, settlement_provider_id, bank_reference, currency, amount_minor, raw) "
             "SELECT account_id, feed_id, 'S99', 'b', 'USD', 1, '{}' FROM feed LIMIT 1");
  found = check (mirror->mirror);
  g_assert_cmpstr (found, ==, "");
}

/* A cut document whose rows all stand in another one too. */
static void
test_replaced (void)
{
  g_autoptr (TestMirror) mirror = sound_mirror ();
  g_autofree char *found = NULL;

  test_exec (mirror->mirror,
             "INSERT INTO document (account_id, feed_id, sha256, source, n_bytes, is_proven_whole, received_us, n_rows_done, state) "
             "SELECT account_id, feed_id, sha256 || 'x', 'import', 9, 0, 1, 5, 'refused' FROM document");
  found = check (mirror->mirror);
  g_assert_cmpstr (found, ==, "raw_files:1 ");
}

/* The provider's own faults are named as such, not as damage. */
static void
test_provider (void)
{
  g_autoptr (TestMirror) mirror = sound_mirror ();
  g_autoptr (CfoilWriter) writer = test_writer_new (mirror->mirror, mirror->account_id);
  CfoilSettlementLine line = test_line ("S1", CFOIL_TYPE_CHARGE, "C7", 1000);
  g_autofree char *found = NULL;

  cfoil_writer_set_source (writer, mirror->feed_id, test_count (mirror->mirror, "SELECT document_id FROM document"), FALSE);
  line.row_number = 100;
  line.fee_percentage_minor = -5;
  line.fee_minor = -9;
  line.net_minor = 999;
  test_put_line (writer, &line);
  test_commit (writer);
  found = check (mirror->mirror);
  g_assert_cmpstr (found, ==, "provider_net:1 provider_fee:1 ");
}

static void
test_raw_files (void)
{
  g_autoptr (TestMirror) mirror = sound_mirror ();
  g_autofree char *sha256 = g_strchomp (test_dump (mirror->mirror, "SELECT sha256 FROM document"));
  g_autofree char *path = cfoil_mirror_dup_document_path (mirror->mirror, sha256);
  g_autofree char *bytes = NULL;
  g_autofree char *damaged = NULL;
  g_autofree char *missing = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  test_write_bytes (path, bytes, length - 3);
  damaged = check (mirror->mirror);
  g_assert_cmpstr (damaged, ==, "raw_files:1 ");
  g_unlink (path);
  missing = check (mirror->mirror);
  g_assert_cmpstr (missing, ==, "raw_files:1 ");
}

/* What people added is nowhere else: drafts, answers that were sent, the library. */
static void
test_evidence_files (void)
{
  static const char *const places[] = {
    "INSERT INTO draft VALUES (1, 1, '{\"exhibits\":[{\"files\":[{\"sha256\":\"%s\"}]}]}', 0, 1, 1)",
    "INSERT INTO library_item (kind, name, text, sha256, changed_us) VALUES ('file', 'x', '', '%s', 1)",
    "INSERT INTO submission (submission_id, case_id, round, answer_id, accepts, by_hand, account_name, environment, created_us, state, draft) "
    "VALUES (1, 1, 1, 'a', 0, 0, 'shop', 'live', 1, 3, ''); INSERT INTO submission_item (submission_id, ordinal, type, sha256) VALUES (1, 1, 0, '%s')",
  };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autoptr (TestMirror) mirror = sound_mirror ();
      g_autoptr (GBytes) bytes = g_bytes_new_static ("%PDF-1.4", 8);
      g_autoptr (GError) error = NULL;
      g_autoptr (CfoilEvidenceFile) file = cfoil_evidence_file_keep_bytes (mirror->mirror, bytes, &error);
      g_autofree char *path = NULL;
      g_autofree char *sql = NULL;
      g_autofree char *sound = NULL;
      g_autofree char *damaged = NULL;
      g_autofree char *missing = NULL;

      g_assert_no_error (error);
      path = cfoil_evidence_file_dup_path (mirror->mirror, file->sha256);
      sql = g_strdup_printf (places[i], file->sha256);
      test_exec (mirror->mirror,
                 "INSERT INTO dispute_case (case_id, uid, provider, environment, account_name, kind, created_us, changed_us) "
                 "VALUES (1, 'u', 'amazon-pay', 'live', 'gone', 2, 1, 1)");
      test_exec (mirror->mirror, sql);
      sound = check (mirror->mirror);
      g_assert_cmpstr (sound, ==, "");
      test_write_bytes (path, "%PDF-1.5", 8);
      damaged = check (mirror->mirror);
      g_assert_cmpstr (damaged, ==, "evidence_files:1 ");
      g_unlink (path);
      missing = check (mirror->mirror);
      g_assert_cmpstr (missing, ==, "evidence_files:1 ");
    }
}

/* Pages overwritten in the file itself. */
static void
test_damaged_file (void)
{
  guint n_found = 0, n_pages;
  g_autoptr (TestMirror) mirror = sound_mirror ();
  g_autofree char *bytes = NULL;
  gsize length;

  test_exec (mirror->mirror, "PRAGMA wal_checkpoint (TRUNCATE)");
  g_assert_true (g_file_get_contents (cfoil_mirror_get_path (mirror->mirror), &bytes, &length, NULL));
  n_pages = (guint) (length / 4096);
  g_assert_cmpuint (n_pages, >, 20);
  for (guint page = 2; page < n_pages; page++)
    {
      g_autoptr (TestFolder) folder = test_folder_new ();
      g_autofree char *path = test_folder_file (folder, "mirror.sqlite");
      g_autofree char *copy = g_memdup2 (bytes, length);
      g_autoptr (CfoilMirror) damaged = NULL;
      g_autoptr (GPtrArray) findings = NULL;
      g_autoptr (GError) error = NULL;

      memset (copy + page * 4096, 0xa5, 4096);
      test_write_bytes (path, copy, length);
      damaged = cfoil_mirror_open (folder->path, &error);
      findings = damaged != NULL ? cfoil_check_run (damaged, NULL, NULL, NULL, &error) : NULL;
      if (damaged == NULL)
        {
          n_found++;
          continue;
        }
      g_assert_no_error (error);
      /* that the raw files are not there is found in any case */
      g_assert_cmpuint (findings->len, >, 0);
      n_found += findings->len > 1;
    }
  /* free pages may hold anything */
  g_assert_cmpuint (n_found, >=, n_pages - 2 - (guint) test_count (mirror->mirror, "PRAGMA freelist_count"));
}

static void
cancel (const char *name,
        guint       done,
        guint       total,
        gpointer    user_data)
{
  g_assert_cmpuint (done, <, total);
  if (done == 3)
    g_cancellable_cancel (user_data);
}

static void
test_cancel (void)
{
  g_autoptr (TestMirror) mirror = sound_mirror ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (cfoil_check_run (mirror->mirror, cancel, cancellable, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/check/sound", test_sound);
  g_test_add_func ("/check/faults", test_faults);
  g_test_add_func ("/check/every-cell", test_every_cell);
  g_test_add_func ("/check/payouts", test_payouts);
  g_test_add_func ("/check/replaced", test_replaced);
  g_test_add_func ("/check/provider", test_provider);
  g_test_add_func ("/check/raw-files", test_raw_files);
  g_test_add_func ("/check/evidence-files", test_evidence_files);
  g_test_add_func ("/check/damaged-file", test_damaged_file);
  g_test_add_func ("/check/cancel", test_cancel);

  return g_test_run ();
}
