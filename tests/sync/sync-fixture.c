/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sync-fixture.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <sqlite3.h>
#include <string.h>

/* Leaks are looked for in the programs that are run here.  In this one, whose
 * threads belong to libsoup, LeakSanitizer's tracer sometimes crashes itself. */
int __lsan_is_turned_off (void);

int
__lsan_is_turned_off (void)
{
  return 1;
}

static const char *
ready_member (Fixture    *self,
              const char *name)
{
  return json_object_get_string_member (self->ready, name);
}

Fixture *
fixture_new (const char *simulator_arguments)
{
  Fixture *self = g_new0 (Fixture, 1);
  g_autofree char *line = NULL;
  g_autofree char *ready = NULL;
  g_auto (GStrv) argv = NULL;
  g_autoptr (GDataInputStream) stream = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("counterfoil-sync-XXXXXX", &error);
  g_assert_no_error (error);
  line = g_strdup_printf ("%s serve --port 0 --exit-with-parent --quiet %s", g_getenv ("COUNTERFOIL_SIMULATOR"), simulator_arguments);
  g_shell_parse_argv (line, NULL, &argv, &error);
  g_assert_no_error (error);
  self->simulator = g_subprocess_newv ((const char *const *) argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_assert_no_error (error);

  stream = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->simulator));
  ready = g_data_input_stream_read_line (stream, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (ready);
  node = json_from_string (ready, &error);
  g_assert_no_error (error);
  self->ready = json_node_dup_object (node);
  return self;
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR) && !g_file_test (child, G_FILE_TEST_IS_SYMLINK))
        remove_tree (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

void
fixture_free (Fixture *self)
{
  g_subprocess_send_signal (self->simulator, SIGTERM);
  g_subprocess_wait (self->simulator, NULL, NULL);
  g_clear_object (&self->simulator);
  g_clear_object (&self->session);
  json_object_unref (self->ready);
  remove_tree (self->folder);
  g_free (self->folder);
  g_free (self);
}

/* One for all calls: connecting takes longer than asking. */
static SoupSession *
get_session (Fixture *self)
{
  if (self->session == NULL)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GTlsDatabase) trust = g_tls_file_database_new (ready_member (self, "caFile"), &error);

      g_assert_no_error (error);
      self->session = soup_session_new ();
      soup_session_set_tls_database (self->session, trust);
    }
  return self->session;
}

JsonNode *
fixture_control (Fixture    *self,
                 const char *method,
                 const char *path,
                 const char *body)
{
  SoupSession *session = get_session (self);
  g_autoptr (SoupMessage) message = NULL;
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *uri = g_strconcat (ready_member (self, "controlUrl"), path, NULL);
  g_autofree char *token = g_strconcat ("Bearer ", ready_member (self, "controlToken"), NULL);
  g_autofree char *text = NULL;

  message = soup_message_new (method, uri);
  soup_message_headers_append (soup_message_get_request_headers (message), "Authorization", token);
  if (body != NULL)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));

      soup_message_set_request_body_from_bytes (message, "application/json", bytes);
    }
  answer = soup_session_send_and_read (session, message, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (soup_message_get_status (message) / 100, ==, 2);
  text = g_strndup (g_bytes_get_data (answer, NULL), g_bytes_get_size (answer));
  return *text != '\0' ? json_from_string (text, NULL) : NULL;
}

char *
fixture_new_mirror (Fixture    *self,
                    const char *name)
{
  char *mirror = g_build_filename (self->folder, name, NULL);
  g_autofree char *errors = NULL;
  int code;

  code = fixture_cli (self, mirror, 0, NULL, &errors, "account", "add", "shop",
                      "--provider", "amazon-pay",
                      "--region", ready_member (self, "region"),
                      "--environment", ready_member (self, "environment"),
                      "--public-key-id", ready_member (self, "publicKeyId"),
                      "--key-file", ready_member (self, "privateKeyFile"),
                      "--key-storage", "file",
                      "--endpoint", ready_member (self, "baseUrl"),
                      "--ca-file", ready_member (self, "caFile"),
                      "--merchant-id", ready_member (self, "merchantId"),
                      /* the simulator of these tests does not throttle */
                      "--request-rate", "100000", NULL);
  g_assert_cmpstr (errors, ==, "");
  g_assert_cmpint (code, ==, 0);
  return mirror;
}

static gpointer
kill_later (gpointer user_data)
{
  gpointer *data = user_data;

  g_usleep (GPOINTER_TO_UINT (data[1]) * 1000ul);
  g_subprocess_send_signal (data[0], SIGKILL);
  return NULL;
}

int
fixture_cli (Fixture    *self,
             const char *mirror,
             guint       kill_after_ms,
             char      **output,
             char      **errors,
             ...)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *out = NULL;
  g_autofree char *err = NULL;
  GThread *killer = NULL;
  gpointer data[2];
  const char *word;
  va_list args;

  g_ptr_array_add (argv, (gpointer) g_getenv ("COUNTERFOIL_CLI"));
  g_ptr_array_add (argv, (gpointer) "--data-dir");
  g_ptr_array_add (argv, (gpointer) mirror);
  va_start (args, errors);
  while ((word = va_arg (args, const char *)) != NULL)
    g_ptr_array_add (argv, (gpointer) word);
  va_end (args);
  g_ptr_array_add (argv, NULL);

  process = g_subprocess_newv ((const char *const *) argv->pdata,
                               G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE, &error);
  g_assert_no_error (error);
  if (kill_after_ms > 0)
    {
      data[0] = process;
      data[1] = GUINT_TO_POINTER (kill_after_ms);
      killer = g_thread_new ("kill", kill_later, data);
    }
  g_subprocess_communicate_utf8 (process, NULL, NULL, &out, &err, &error);
  g_assert_no_error (error);
  if (killer != NULL)
    g_thread_join (killer);

  if (output != NULL)
    *output = g_steal_pointer (&out);
  if (errors != NULL)
    *errors = g_steal_pointer (&err);
  return g_subprocess_get_if_signaled (process) ? -g_subprocess_get_term_sig (process)
                                                : g_subprocess_get_exit_status (process);
}

static int
compare_lines (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

char *
fixture_dump (const char *mirror,
              const char *query)
{
  g_autofree char *path = g_build_filename (mirror, "mirror.sqlite", NULL);
  GString *dump = g_string_new (NULL);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  sqlite3 *database;
  sqlite3_stmt *statement;
  int code;

  g_assert_cmpint (sqlite3_open_v2 (path, &database, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  if (sqlite3_prepare_v2 (database, query, -1, &statement, NULL) != SQLITE_OK)
    g_error ("%s: %s", query, sqlite3_errmsg (database));
  while ((code = sqlite3_step (statement)) == SQLITE_ROW)
    {
      GString *line = g_string_new (NULL);

      for (int i = 0; i < sqlite3_column_count (statement); i++)
        g_string_append_printf (line, "%s|", sqlite3_column_type (statement, i) == SQLITE_NULL
                                               ? "NULL"
                                               : (const char *) sqlite3_column_text (statement, i));
      g_ptr_array_add (lines, g_string_free (line, FALSE));
    }
  g_assert_cmpint (code, ==, SQLITE_DONE);
  sqlite3_finalize (statement);
  sqlite3_close (database);

  g_ptr_array_sort (lines, compare_lines);
  for (guint i = 0; i < lines->len; i++)
    g_string_append_printf (dump, "%s\n", (const char *) g_ptr_array_index (lines, i));
  return g_string_free (dump, FALSE);
}

static void
assert_equal_dumps (const char *query,
                    const char *ours,
                    const char *theirs)
{
  g_auto (GStrv) a = NULL;
  g_auto (GStrv) b = NULL;

  if (g_str_equal (ours, theirs))
    return;
  a = g_strsplit (ours, "\n", -1);
  b = g_strsplit (theirs, "\n", -1);
  g_test_message ("%s", query);
  for (guint i = 0; a[i] != NULL || b[i] != NULL; i++)
    if (g_strcmp0 (a[i], b[i]) != 0)
      {
        g_test_message ("have %s", a[i]);
        g_test_message ("want %s", b[i]);
        break;
      }
  g_test_fail ();
}

void
fixture_assert_equal_views (const char *mirror,
                            const char *reference)
{
  static const char *const queries[] = {
    "SELECT * FROM transactions",
    "SELECT * FROM refunds",
    "SELECT * FROM disputes",
    "SELECT * FROM settlements",
    "SELECT * FROM settlement_lines",
    "SELECT * FROM disbursements",
    "SELECT account, kind, subject, message, feed, document_sha256, row_number, raw FROM exceptions",
    /* Reports asked for since then (by any of the mirrors) cover other windows. */
    "SELECT account, feed, report_id, provider_type, status, start_at_us, end_at_us, created_at_us, document_sha256, row_count, document_state "
    "FROM reports WHERE created_at_us < " FIXTURE_UNTIL_US,
    "SELECT account, feed, gap_count, error FROM feeds",
    /* Settlements are made by the provider, so what they cover is the same for all. */
    "SELECT covered_from_us, covered_until_us FROM feeds WHERE feed = 'settlement-reports'",
  };

  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      g_autofree char *ours = fixture_dump (mirror, queries[i]);
      g_autofree char *theirs = fixture_dump (reference, queries[i]);

      assert_equal_dumps (queries[i], ours, theirs);
    }
}

void
fixture_assert_totals (Fixture    *self,
                       const char *mirror)
{
  g_autofree char *ours = fixture_dump (mirror,
                                        "SELECT currency, provider_type, count(*), sum(amount_minor), sum(fee_minor), sum(net_minor) "
                                        "FROM settlement_lines GROUP BY 1, 2");
  g_autoptr (JsonNode) node = fixture_control (self, "GET", "/totals", NULL);
  JsonArray *totals = json_node_get_array (node);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) theirs = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (totals); i++)
    {
      JsonObject *total = json_array_get_object_element (totals, i);

      g_ptr_array_add (lines, g_strdup_printf ("%s|%s|%" G_GINT64_FORMAT "|%" G_GINT64_FORMAT "|%" G_GINT64_FORMAT "|%" G_GINT64_FORMAT "|",
                                               json_object_get_string_member (total, "currency"),
                                               json_object_get_string_member (total, "type"),
                                               json_object_get_int_member (total, "count"),
                                               json_object_get_int_member (total, "amountMinor"),
                                               json_object_get_int_member (total, "feeMinor"),
                                               json_object_get_int_member (total, "netMinor")));
    }
  g_assert_cmpint (lines->len, >, 3);
  g_ptr_array_sort (lines, compare_lines);
  for (guint i = 0; i < lines->len; i++)
    g_string_append_printf (theirs, "%s\n", (const char *) g_ptr_array_index (lines, i));
  assert_equal_dumps ("totals", ours, theirs->str);
}

void
fixture_assert_sound (Fixture    *self,
                      const char *mirror)
{
  g_autofree char *output = NULL;

  g_assert_cmpint (fixture_cli (self, mirror, 0, &output, NULL, "check", NULL), ==, 0);
  g_assert_nonnull (strstr (output, "sound"));
}
