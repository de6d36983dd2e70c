/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "model-fixture.h"

#include "cfoil-block-writer.h"

#include <glib/gstdio.h>

void
model_fixture_exec (ModelFixture *fixture,
                    gboolean      is_silent,
                    const char   *format,
                    ...)
{
  g_autoptr (CfoilBlockWriter) blocks = cfoil_block_writer_new (fixture->writer);
  g_autoptr (GError) error = NULL;
  g_autofree char *sql = NULL;
  va_list arguments;

  va_start (arguments, format);
  sql = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  /* As writers do: what was there before and what is there after. */
  g_assert_true (cfoil_database_exec (fixture->writer, "BEGIN IMMEDIATE", &error));
  g_assert_true (cfoil_block_writer_touch_account (blocks, 0, &error));
  g_assert_true (cfoil_database_exec (fixture->writer, sql, &error));
  g_assert_true (cfoil_block_writer_touch_account (blocks, 0, &error));
  g_assert_true (cfoil_block_writer_flush (blocks, &error));
  g_assert_true (cfoil_database_exec (fixture->writer, "COMMIT", &error));
  g_assert_no_error (error);
  if (!is_silent)
    cfoil_mirror_notify_changed (fixture->mirror);
}

void
model_fixture_add_rows (ModelFixture *fixture,
                        gint64        account,
                        gint64        first,
                        gint64        last)
{
  model_fixture_exec (fixture, FALSE,
                      "WITH RECURSIVE n (i) AS (SELECT %" G_GINT64_FORMAT " UNION ALL SELECT i + 1 FROM n WHERE i < %" G_GINT64_FORMAT ") "
                      "INSERT INTO txn (txn_id, account_id, transaction_id, type, state, currency, amount_minor, gross_minor, sort_us, buyer_name) "
                      "SELECT i, %" G_GINT64_FORMAT ", 'T' || i, 1, 5, 'USD', i, i * (1 - 2 * (i %% 2)), i * 1000000, 'Buyer ' || i FROM n",
                      first, last, account);
}

void
model_fixture_set_up (ModelFixture *fixture,
                      gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("model-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->mirror = cfoil_mirror_open (fixture->folder, &error);
  g_assert_no_error (error);
  fixture->writer = cfoil_mirror_open_writer (fixture->mirror, &error);
  g_assert_no_error (error);
  for (int i = 1; i <= 2; i++)
    model_fixture_exec (fixture, TRUE,
                        "INSERT INTO account (account_id, name, provider, region, environment, key_storage, created_us) "
                        "VALUES (%d, 'Shop %d', 'amazon-pay', 'eu', 'sandbox', 'file', 0)",
                        i, i);
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_remove (path);
}

void
model_fixture_tear_down (ModelFixture *fixture,
                         gconstpointer user_data)
{
  cfoil_database_close (fixture->writer);
  /* A notice that is on its way holds the mirror. */
  model_spin (300);
  g_assert_finalize_object (fixture->mirror);
  remove_tree (fixture->folder);
  g_free (fixture->folder);
}

void
model_wait (ModelCondition condition,
            gpointer       user_data)
{
  gint64 end = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;

  while (!condition (user_data))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_usleep (1000);
    }
}

void
model_spin (guint ms)
{
  gint64 end = g_get_monotonic_time () + (gint64) ms * 1000;

  do
    {
      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_usleep (1000);
    }
  while (g_get_monotonic_time () < end);
}
