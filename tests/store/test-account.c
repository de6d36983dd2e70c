/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-mirror.h"

#include "cfoil-document-file.h"
#include "cfoil-time.h"

#include <string.h>

static void
test_fields (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_autoptr (CfoilAccount) account = cfoil_account_new ();
  g_autoptr (CfoilAccount) found = NULL;
  g_autoptr (CfoilAccount) copy = NULL;
  g_autoptr (CfoilAccount) changed = NULL;
  g_autoptr (GError) error = NULL;

  account->name = g_strdup ("B\xc3\xbc" "cher");
  account->provider = g_strdup ("amazon-pay");
  account->region = g_strdup ("eu");
  account->environment = g_strdup ("sandbox");
  account->public_key_id = g_strdup ("SANDBOX-X");
  account->merchant_id = g_strdup ("M");
  account->endpoint = g_strdup ("https://localhost:1");
  account->ca_file = g_strdup ("/ca");
  account->key_storage = g_strdup ("file");
  account->key_file = g_strdup ("/key");
  account->history_days = 90;
  account->request_rate = 50;
  account->created_us = 5;
  g_assert_true (cfoil_account_add (mirror->mirror, account, NULL));
  found = cfoil_account_find (mirror->mirror, account->name, NULL);
  copy = cfoil_account_copy (found);
  g_assert_cmpint (copy->account_id, ==, account->account_id);
  g_assert_cmpstr (copy->name, ==, account->name);
  g_assert_cmpstr (copy->region, ==, "eu");
  g_assert_cmpstr (copy->environment, ==, "sandbox");
  g_assert_cmpstr (copy->public_key_id, ==, "SANDBOX-X");
  g_assert_cmpstr (copy->merchant_id, ==, "M");
  g_assert_cmpstr (copy->endpoint, ==, "https://localhost:1");
  g_assert_cmpstr (copy->ca_file, ==, "/ca");
  g_assert_cmpstr (copy->key_storage, ==, "file");
  g_assert_cmpstr (copy->key_file, ==, "/key");
  g_assert_cmpuint (copy->history_days, ==, 90);
  g_assert_cmpuint (copy->request_rate, ==, 50);
  g_assert_cmpint (copy->created_us, ==, 5);

  g_free (copy->name);
  copy->name = g_strdup ("New");
  copy->history_days = 7;
  g_clear_pointer (&copy->merchant_id, g_free);
  copy->created_us = 0;
  g_assert_true (cfoil_account_update (mirror->mirror, copy, NULL));
  g_assert_null (cfoil_account_find (mirror->mirror, account->name, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  changed = cfoil_account_find (mirror->mirror, "NEW", NULL);
  g_assert_cmpuint (changed->history_days, ==, 7);
  g_assert_null (changed->merchant_id);
  g_assert_cmpint (changed->created_us, ==, 5);
  g_assert_cmpstr (changed->public_key_id, ==, "SANDBOX-X");
}

static void
test_same_name (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_autoptr (CfoilAccount) account = cfoil_account_find (mirror->mirror, "shop", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (cfoil_account_add (mirror->mirror, account, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS);
  g_clear_error (&error);
  g_free (account->name);
  account->name = g_strdup ("SHOP");
  g_assert_false (cfoil_account_add (mirror->mirror, account, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS);
  g_assert_cmpint (test_count (mirror->mirror, "SELECT count (*) FROM account"), ==, 1);
}

static void
test_list (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_autoptr (GPtrArray) accounts = NULL;

  test_add_account (mirror->mirror, "Zebra");
  test_add_account (mirror->mirror, "apple");
  accounts = cfoil_account_list (mirror->mirror, NULL);
  g_assert_cmpuint (accounts->len, ==, 3);
  g_assert_cmpstr (((CfoilAccount *) g_ptr_array_index (accounts, 0))->name, ==, "apple");
  g_assert_cmpstr (((CfoilAccount *) g_ptr_array_index (accounts, 2))->name, ==, "Zebra");
}

/* Something of everything, with CANARY in every text. */
static void
fill (CfoilWriter *writer,
      const char  *canary,
      const char  *sha256)
{
  gint64 feed = test_open_feed (writer, "settlement-reports", 1);
  CfoilDocumentInfo info = { .feed_id = feed, .sha256 = sha256, .shown_name = canary, .n_bytes = 1, .received_us = 1 };
  CfoilSettlementLine line = test_line (canary, CFOIL_TYPE_CHARGEBACK, NULL, 100);
  CfoilException exception = { CFOIL_EXCEPTION_BAD_ROW, canary, canary, canary, 1 };
  CfoilDisbursement disbursement = { canary, canary, canary, "USD", 1, 1, canary };
  CfoilReport report = { canary, "settlement-reports", canary, CFOIL_REPORT_COMPLETED, canary, canary, 1, 2, 3, TRUE };
  CfoilSettlement settlement = { canary, canary, 1, 2 };
  g_autofree char *raw = g_strdup_printf ("{\"a\":\"%s\"}", canary);
  g_autofree char *key = g_strdup_printf ("key-%s", canary);
  CfoilDocumentState state;
  gboolean is_new;
  gint64 action;

  g_assert_true (cfoil_writer_open_document (writer, &info, &state, NULL));
  cfoil_writer_set_source (writer, feed, state.document_id, FALSE);
  line.provider_id = line.charge_id = line.permission_id = line.dispute_id = canary;
  line.merchant_reference = line.order_reference = line.store = line.description = line.extra = canary;
  line.provider_type = canary;
  g_assert_true (cfoil_writer_put_settlement (writer, &settlement, NULL));
  test_put_line (writer, &line);
  for (CfoilObjectKind kind = CFOIL_OBJECT_CHARGE; kind <= CFOIL_OBJECT_DISPUTE; kind++)
    {
      CfoilObservation said = test_observation (kind, canary, 5);

      said.provider_state = said.reason = said.merchant_reference = said.store = said.description = canary;
      said.buyer_id = said.buyer_name = said.buyer_email = said.channel = said.resolution = canary;
      said.raw = raw;
      test_put_observation (writer, &said);
    }
  g_assert_true (cfoil_writer_put_exception (writer, &exception, NULL));
  g_assert_true (cfoil_writer_put_disbursement (writer, &disbursement, NULL));
  g_assert_true (cfoil_writer_put_report (writer, feed, &report, NULL));
  g_assert_true (cfoil_writer_set_cursor (writer, feed, canary, NULL));
  g_assert_true (cfoil_writer_add_coverage (writer, feed, 1, 2, NULL));
  g_assert_true (cfoil_writer_put_notification (writer, canary, CFOIL_OBJECT_CHARGE, canary, raw, &is_new, NULL));
  g_assert_true (cfoil_writer_pursue (writer, CFOIL_OBJECT_CHARGE, canary, NULL));
  g_assert_true (cfoil_writer_add_action (writer, canary, canary, key, raw, &action, NULL));
  g_assert_true (cfoil_writer_link_report (writer, feed, canary, state.document_id, NULL));
  test_commit (writer);
}

static void
keep_file (TestMirror *mirror,
           const char *text,
           char        sha256[65])
{
  g_autofree char *path = g_build_filename (mirror->folder->path, "incoming", "file", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  gint64 n_bytes;

  test_write_text (path, text);
  g_assert_true (cfoil_document_file_keep (mirror->mirror, file, sha256, &n_bytes, NULL, NULL));
  g_assert_true (g_file_delete (file, NULL, NULL));
}

static char *
dump_of (TestMirror *mirror,
         const char *account)
{
  static const char *const views[] = {
    "transactions", "refunds", "disputes", "settlement_lines", "settlements", "disbursements", "reports",
    "documents", "feeds", "exceptions", "provenance"
  };
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (views); i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT * FROM %s WHERE account = '%s' ORDER BY 1, 2, 3", views[i], account);
      g_autofree char *rows = test_dump (mirror->mirror, sql);

      g_string_append (text, rows);
    }
  return g_string_free (text, FALSE);
}

static void
test_remove (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  gint64 gone = test_add_account (mirror->mirror, "NAMECANARY");
  g_autoptr (CfoilWriter) writer = test_writer_new (mirror->mirror, gone);
  char own[65], shared[65], others[65];
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *found = NULL;
  g_autofree char *found_case = NULL;
  g_autofree char *own_path = NULL;
  g_autofree char *shared_path = NULL;
  g_autoptr (GError) error = NULL;

  keep_file (mirror, "only of the one that goes", own);
  keep_file (mirror, "of both", shared);
  keep_file (mirror, "only of the one that stays", others);
  fill (mirror->writer, "STAYS", shared);
  fill (mirror->writer, "STAYS2", others);
  fill (writer, "CANARY1", own);
  /* enough of it to leave whole pages behind */
  for (guint i = 0; i < 2000; i++)
    {
      g_autofree char *id = g_strdup_printf ("CANARY%u", i);
      CfoilSettlementLine line = test_line ("CANARY1", CFOIL_TYPE_CHARGE, id, i);

      line.row_number = i + 10;
      test_put_line (writer, &line);
    }
  fill (writer, "CANARY2", shared);
  g_clear_pointer (&writer, cfoil_writer_free);
  g_clear_pointer (&mirror->writer, cfoil_writer_free);
  before = dump_of (mirror, "shop");
  test_assert_contains (before, "STAYS");
  found = test_find_bytes (mirror->folder->path, "CANARY");
  g_assert_nonnull (found);

  cfoil_account_remove (mirror->mirror, "namecanary", &error);
  g_assert_no_error (error);

  /* The case is the merchant's: its ids stay, and nothing of the buyer's. */
  found_case = test_dump (mirror->mirror, "SELECT account_id, account_name, dispute_id, charge_id FROM dispute_case WHERE account_id IS NULL");
  g_assert_cmpstr (found_case, ==, "~|NAMECANARY|CANARY1|CANARY1\n~|NAMECANARY|CANARY2|CANARY2\n");
  test_exec (mirror->mirror, "PRAGMA secure_delete = 1; PRAGMA foreign_keys = 1; DELETE FROM dispute_case WHERE account_id IS NULL; VACUUM; "
                             "PRAGMA wal_checkpoint (TRUNCATE)");
  g_clear_pointer (&found, g_free);
  found = test_find_bytes (mirror->folder->path, "CANARY");
  g_assert_cmpstr (found, ==, NULL);
  found = test_find_bytes (mirror->folder->path, "STAYS");
  g_assert_nonnull (found);
  after = dump_of (mirror, "shop");
  g_assert_cmpstr (after, ==, before);
  own_path = cfoil_mirror_dup_document_path (mirror->mirror, own);
  shared_path = cfoil_mirror_dup_document_path (mirror->mirror, shared);
  g_assert_false (g_file_test (own_path, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (shared_path, G_FILE_TEST_EXISTS));
  g_assert_cmpint (test_count (mirror->mirror, "SELECT count (*) FROM pragma_foreign_key_check"), ==, 0);
  g_assert_cmpint (test_count (mirror->mirror, "PRAGMA freelist_count"), ==, 0);
}

/* Whatever table belongs to accounts, also one that is new: nothing in it outlives its account. */
static void
test_remove_every_table (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  gint64 account_id = test_add_account (mirror->mirror, "goes");
  g_autofree char *names =
    test_dump (mirror->mirror, "SELECT DISTINCT m.name FROM sqlite_schema AS m JOIN pragma_foreign_key_list (m.name) AS f "
                               "ON f.\"table\" = 'account' WHERE m.type = 'table' AND m.name <> 'dispute_case'");
  g_auto (GStrv) tables = g_strsplit (g_strchomp (names), "\n", -1);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (g_strv_length (tables), >, 15);
  for (char **table = tables; *table != NULL; table++)
    {
      g_autofree char *list = g_strdup_printf ("SELECT group_concat (CASE WHEN name = 'account_id' THEN '%" G_GINT64_FORMAT "' "
                                               "WHEN type = 'TEXT' THEN '''x''' WHEN type = 'BLOB' THEN 'x''00''' ELSE '77' END) "
                                               "FROM pragma_table_info ('%s')", account_id, *table);
      g_autofree char *values = test_dump (mirror->mirror, list);
      g_autofree char *insert = g_strdup_printf ("PRAGMA ignore_check_constraints = 1; INSERT INTO %s VALUES (%s)", *table, values);

      test_exec (mirror->mirror, insert);
    }
  cfoil_account_remove (mirror->mirror, "goes", &error);
  g_assert_no_error (error);
  for (char **table = tables; *table != NULL; table++)
    {
      g_autofree char *count = g_strdup_printf ("SELECT count (*) FROM %s WHERE account_id = %" G_GINT64_FORMAT, *table, account_id);

      g_test_message ("%s", *table);
      g_assert_cmpint (test_count (mirror->mirror, count), ==, 0);
    }
}

static void
test_remove_unknown (void)
{
  g_autoptr (TestMirror) mirror = test_mirror_new ();
  g_autoptr (GError) error = NULL;

  g_assert_false (cfoil_account_remove (mirror->mirror, "nobody", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_cmpint (test_count (mirror->mirror, "SELECT count (*) FROM account"), ==, 1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/account/fields", test_fields);
  g_test_add_func ("/account/same-name", test_same_name);
  g_test_add_func ("/account/list", test_list);
  g_test_add_func ("/account/remove", test_remove);
  g_test_add_func ("/account/remove-every-table", test_remove_every_table);
  g_test_add_func ("/account/remove-unknown", test_remove_unknown);

  return g_test_run ();
}
