/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-account.h"
#include "cfoil-case.h"
#include "cfoil-portal.h"
#include "cfoil-time.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

/* The program without a window, on a session bus of its own whose notifications and
 * portal are played by this test. */

static const char services[] =
  "<node><interface name='org.freedesktop.Notifications'>"
  "<method name='GetCapabilities'><arg type='as' direction='out'/></method>"
  "<method name='Notify'><arg type='s' direction='in'/><arg type='u' direction='in'/><arg type='s' direction='in'/>"
  "<arg type='s' direction='in'/><arg type='s' direction='in'/><arg type='as' direction='in'/><arg type='a{sv}' direction='in'/>"
  "<arg type='i' direction='in'/><arg type='u' direction='out'/></method>"
  "<method name='CloseNotification'><arg type='u' direction='in'/></method>"
  "</interface><interface name='org.freedesktop.portal.Background'>"
  "<method name='RequestBackground'><arg type='s' direction='in'/><arg type='a{sv}' direction='in'/><arg type='o' direction='out'/></method>"
  "</interface></node>";

typedef struct
{
  GDBusConnection *bus;
  GPtrArray *bodies;   /* of notifications, with their titles */
  GPtrArray *actions;  /* of the last one: key, label, ... */
  guint n_closed;
  gboolean grants;     /* of the portal */
  char **command;      /* that it was asked to start */
} Session;

static void
answer_portal (Session    *session,
               const char *sender,
               GVariant   *options)
{
  const char *token = NULL;
  gboolean wanted = FALSE;
  g_autofree char *name = g_strdup (sender + 1);
  g_autofree char *path = NULL;
  GVariantBuilder results;

  g_variant_lookup (options, "handle_token", "&s", &token);
  g_variant_lookup (options, "autostart", "b", &wanted);
  g_clear_pointer (&session->command, g_strfreev);
  g_variant_lookup (options, "commandline", "^as", &session->command);
  g_strdelimit (name, ".", '_');
  path = g_strdup_printf ("/org/freedesktop/portal/desktop/request/%s/%s", name, token);
  g_variant_builder_init (&results, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&results, "{sv}", "autostart", g_variant_new_boolean (wanted && session->grants));
  g_dbus_connection_emit_signal (session->bus, sender, path, "org.freedesktop.portal.Request", "Response",
                                 g_variant_new ("(u@a{sv})", session->grants ? 0 : 1, g_variant_builder_end (&results)), NULL);
}

static void
called_cb (GDBusConnection       *connection,
           const char            *sender,
           const char            *path,
           const char            *interface,
           const char            *method,
           GVariant              *parameters,
           GDBusMethodInvocation *invocation,
           gpointer               user_data)
{
  Session *session = user_data;

  if (g_str_equal (method, "Notify"))
    {
      const char *title, *body;
      char **actions;

      g_variant_get (parameters, "(&su&s&s&s^asa{sv}i)", NULL, NULL, NULL, &title, &body, &actions, NULL, NULL);
      g_ptr_array_add (session->bodies, g_strdup_printf ("%s\n%s", title, body));
      g_ptr_array_set_size (session->actions, 0);
      for (guint i = 0; actions[i] != NULL; i++)
        g_ptr_array_add (session->actions, g_strdup (actions[i]));
      g_strfreev (actions);
      g_dbus_method_invocation_return_value (invocation, g_variant_new ("(u)", session->bodies->len));
    }
  else if (g_str_equal (method, "CloseNotification"))
    {
      session->n_closed++;
      g_dbus_method_invocation_return_value (invocation, NULL);
    }
  else if (g_str_equal (method, "RequestBackground"))
    {
      g_autoptr (GVariant) options = g_variant_get_child_value (parameters, 1);

      g_dbus_method_invocation_return_value (invocation, g_variant_new ("(o)", "/x"));
      answer_portal (session, sender, options);
    }
  else
    g_dbus_method_invocation_return_value (invocation, g_variant_new ("(as)", NULL));
}

static Session *
session_new (void)
{
  static const GDBusInterfaceVTable vtable = { .method_call = called_cb };
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (services, &error);
  Session *session = g_new0 (Session, 1);

  g_assert_no_error (error);
  session->bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  g_assert_no_error (error);
  session->bodies = g_ptr_array_new_with_free_func (g_free);
  session->actions = g_ptr_array_new_with_free_func (g_free);
  g_dbus_connection_register_object (session->bus, "/org/freedesktop/Notifications", node->interfaces[0], &vtable, session, NULL, &error);
  g_assert_no_error (error);
  g_dbus_connection_register_object (session->bus, "/org/freedesktop/portal/desktop", node->interfaces[1], &vtable, session, NULL, &error);
  g_assert_no_error (error);
  return session;
}

static void
own (Session    *session,
     const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) result =
    g_dbus_connection_call_sync (session->bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "RequestName",
                                 g_variant_new ("(su)", name, 0), G_VARIANT_TYPE ("(u)"), 0, -1, NULL, &error);

  g_assert_no_error (error);
}

/* --- the portal --- */

static void
take_result_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static gboolean
ask_portal (gboolean  is_on,
            GError  **error)
{
  GAsyncResult *result = NULL;
  gboolean ok;

  cfoil_portal_set_autostart_async (is_on, NULL, take_result_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  ok = cfoil_portal_set_autostart_finish (result, error);
  g_object_unref (result);
  return ok;
}

static void
test_portal (gconstpointer data)
{
  Session *session = (Session *) data;
  g_autoptr (GError) error = NULL;

  g_assert_false (ask_portal (TRUE, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
  g_clear_error (&error);

  own (session, "org.freedesktop.portal.Desktop");
  session->grants = FALSE;
  g_assert_false (ask_portal (TRUE, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED);
  g_clear_error (&error);

  session->grants = TRUE;
  g_assert_true (ask_portal (TRUE, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (session->command[0], ==, "counterfoil");
  g_assert_cmpstr (session->command[1], ==, "--background");
  g_assert_true (ask_portal (FALSE, &error));
}

/* --- reminders --- */

static char *
mirror_folder (void)
{
  return g_build_filename (g_get_user_data_dir (), "counterfoil", NULL);
}

static gint64
add_claim (CfoilMirror *mirror,
           const char  *reference,
           gint64       hours)
{
  g_autoptr (GError) error = NULL;
  CfoilCaseWords words = {
    .kind = CFOIL_CASE_CLAIM, .account = "shop", .state = CFOIL_STATE_NEEDS_RESPONSE, .reason = CFOIL_REASON_NOT_RECEIVED,
    .currency = "USD", .amount_minor = 987654, .opened_us = cfoil_time_now_us (),
    .due_us = cfoil_time_now_us () + hours * G_TIME_SPAN_HOUR, .buyer = "Erika Mustermann", .reference = reference,
  };
  gint64 case_id = 0;

  g_assert_true (cfoil_case_add (mirror, &words, "hand", reference, &case_id, &error));
  g_assert_no_error (error);
  return case_id;
}

static CfoilMirror *
make_mirror (void)
{
  g_autofree char *folder = mirror_folder ();
  g_autoptr (GError) error = NULL;
  g_autoptr (CfoilAccount) account = cfoil_account_new ();
  CfoilMirror *mirror = cfoil_mirror_open (folder, &error);

  g_assert_no_error (error);
  account->name = g_strdup ("shop");
  account->provider = g_strdup ("amazon-pay");
  account->region = g_strdup ("na");
  account->environment = g_strdup ("live");
  account->public_key_id = g_strdup ("LIVE-AAAAAAAAAAAAAAAAAAAAAAAA");
  account->key_storage = g_strdup ("file");
  account->key_file = g_strdup ("/nowhere");
  g_assert_true (cfoil_account_add (mirror, account, &error));
  g_assert_no_error (error);
  return mirror;
}

static void
switch_on (void)
{
  g_autofree char *folder = g_build_filename (g_get_user_config_dir (), "glib-2.0", "settings", NULL);
  g_autofree char *path = g_build_filename (folder, "keyfile", NULL);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "[io/github/counterfoil/Counterfoil]\nbackground=true\nbackground-sync=false\n", -1, NULL));
}

static gboolean
timeout_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

/* Until *COUNTER is WANTED, at most SECONDS. */
static gboolean
wait_for (const guint *counter,
          guint        wanted,
          guint        seconds)
{
  gboolean is_late = FALSE;
  guint timer = g_timeout_add_seconds (seconds, timeout_cb, &is_late);

  while (*counter < wanted && !is_late)
    g_main_context_iteration (NULL, TRUE);
  if (!is_late)
    g_source_remove (timer);
  return *counter >= wanted;
}

static GSubprocess *
start (const char *program)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  g_autoptr (GError) error = NULL;
  GSubprocess *process;

  g_subprocess_launcher_setenv (launcher, "GSETTINGS_BACKEND", "keyfile", TRUE);
  process = g_subprocess_launcher_spawn (launcher, &error, program, "--background", NULL);
  g_assert_no_error (error);
  return process;
}

static void
stop (GSubprocess *process)
{
  g_subprocess_send_signal (process, SIGTERM);
  g_subprocess_wait (process, NULL, NULL);
  g_object_unref (process);
}

static gint64
count (CfoilMirror *mirror,
       const char  *sql)
{
  CfoilDatabase *reader = cfoil_mirror_open_reader (mirror, NULL);
  gint64 n = -1;

  g_assert_true (cfoil_database_get_int64 (reader, sql, &n, NULL));
  cfoil_database_close (reader);
  return n;
}

static void
invoke (Session    *session,
        guint       id,
        const char *label)
{
  for (guint i = 0; i + 1 < session->actions->len; i += 2)
    if (g_strcmp0 (session->actions->pdata[i + 1], label) == 0)
      {
        g_dbus_connection_emit_signal (session->bus, NULL, "/org/freedesktop/Notifications", "org.freedesktop.Notifications", "ActionInvoked",
                                       g_variant_new ("(us)", id, session->actions->pdata[i]), NULL);
        return;
      }
  g_error ("There is no button “%s”", label);
}

static gint64
count_shown (CfoilMirror *mirror)
{
  return count (mirror, "SELECT count (DISTINCT case_id) FROM reminder WHERE shown_us IS NOT NULL");
}

/* Many at once, as after a holiday, are one notification, and each of them is written down. */
static void
check_many (Session     *session,
            CfoilMirror *mirror,
            const char  *program)
{
  static const char *const references[] = { "many-1", "many-2", "many-3", "many-4", "many-5" };
  gint64 cases[G_N_ELEMENTS (references)], n_before = count_shown (mirror);
  guint n_bodies = session->bodies->len, n_closed = session->n_closed;
  CfoilCaseWords answered = { .kind = CFOIL_CASE_CLAIM, .state = CFOIL_STATE_UNDER_REVIEW, .amount_minor = CFOIL_UNKNOWN,
                              .opened_us = CFOIL_UNKNOWN, .due_us = CFOIL_UNKNOWN };
  GSubprocess *process;

  for (guint i = 0; i < G_N_ELEMENTS (references); i++)
    cases[i] = add_claim (mirror, references[i], 30 + i);
  process = start (program);
  g_assert_true (wait_for (&session->bodies->len, n_bodies + 1, 30));
  g_assert_nonnull (strstr (session->bodies->pdata[n_bodies], "5 disputes must be answered"));
  g_assert_nonnull (strstr (session->bodies->pdata[n_bodies], "The first is due"));
  g_assert_null (strstr (session->bodies->pdata[n_bodies], "Erika"));
  g_assert_false (wait_for (&session->bodies->len, n_bodies + 2, 2));
  g_assert_cmpint (count_shown (mirror), ==, n_before + G_N_ELEMENTS (references));

  /* It stands as long as one of them waits. */
  for (guint i = 0; i + 1 < G_N_ELEMENTS (references); i++)
    g_assert_true (cfoil_case_say (mirror, cases[i], &answered, NULL));
  g_assert_false (wait_for (&session->n_closed, n_closed + 1, 2));
  g_assert_true (cfoil_case_say (mirror, cases[G_N_ELEMENTS (references) - 1], &answered, NULL));
  g_assert_true (wait_for (&session->n_closed, n_closed + 1, 20));
  g_assert_cmpuint (session->bodies->len, ==, n_bodies + 1);
  stop (process);
}

/* All of them are put off by its one button. */
static void
check_many_later (Session     *session,
                  CfoilMirror *mirror,
                  const char  *program)
{
  static const char *const references[] = { "more-1", "more-2", "more-3", "more-4" };
  gint64 n_before = count (mirror, "SELECT count (*) FROM reminder WHERE snoozed_us IS NOT NULL");
  guint n_bodies = session->bodies->len, n_closed = session->n_closed;
  GSubprocess *process;

  for (guint i = 0; i < G_N_ELEMENTS (references); i++)
    add_claim (mirror, references[i], 40 + i);
  process = start (program);
  g_assert_true (wait_for (&session->bodies->len, n_bodies + 1, 30));
  invoke (session, session->bodies->len, "Remind Me Later");
  g_assert_true (wait_for (&session->n_closed, n_closed + 1, 10));
  for (guint i = 0; i < 50 && count (mirror, "SELECT count (*) FROM reminder WHERE snoozed_us IS NOT NULL") < n_before + 4; i++)
    g_usleep (100000);
  g_assert_cmpint (count (mirror, "SELECT count (*) FROM reminder WHERE snoozed_us IS NOT NULL"), ==, n_before + 4);
  stop (process);
}

static void
test_reminders (gconstpointer data)
{
  Session *session = (Session *) data;
  g_autoptr (CfoilMirror) mirror = make_mirror ();
  const char *program = g_getenv ("COUNTERFOIL");
  GSubprocess *process;
  g_autoptr (GError) error = NULL;
  CfoilCaseWords answered = { .kind = CFOIL_CASE_CLAIM, .state = CFOIL_STATE_UNDER_REVIEW, .amount_minor = CFOIL_UNKNOWN,
                              .opened_us = CFOIL_UNKNOWN, .due_us = CFOIL_UNKNOWN };
  gint64 case_id;

  own (session, "org.freedesktop.Notifications");
  switch_on ();
  add_claim (mirror, "order-1", 20);
  process = start (program);
  g_assert_true (wait_for (&session->bodies->len, 1, 30));
  g_assert_nonnull (strstr (session->bodies->pdata[0], "20 hours left"));
  /* What stands on a lock screen. */
  g_assert_null (strstr (session->bodies->pdata[0], "9,876"));
  g_assert_null (strstr (session->bodies->pdata[0], "Erika"));

  /* Put off. */
  invoke (session, 1, "Remind Me Later");
  g_assert_true (wait_for (&session->n_closed, 1, 10));

  /* Another program adds one; it is reminded of, and no longer once it is answered. */
  case_id = add_claim (mirror, "order-2", 3);
  g_assert_true (wait_for (&session->bodies->len, 2, 20));
  g_assert_true (cfoil_case_say (mirror, case_id, &answered, &error));
  g_assert_no_error (error);
  g_assert_true (wait_for (&session->n_closed, 2, 20));
  stop (process);
  g_assert_cmpint (count (mirror, "SELECT count (*) FROM reminder WHERE snoozed_us IS NOT NULL"), >, 0);

  /* Started anew it says nothing twice. */
  process = start (program);
  g_assert_false (wait_for (&session->bodies->len, 3, 4));
  stop (process);
  check_many (session, mirror, program);
  check_many_later (session, mirror, program);
}

/* Without the switch it ends at once. */
static void
test_off (gconstpointer data)
{
  const char *argv[] = { g_getenv ("COUNTERFOIL"), "--background", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error);

  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait_check (process, NULL, &error));
}

int
main (int    argc,
      char **argv)
{
  Session *session;

  g_test_init (&argc, &argv, NULL);
  session = session_new ();
  g_test_add_data_func ("/background/off", session, test_off);
  g_test_add_data_func ("/background/portal", session, test_portal);
  g_test_add_data_func ("/background/reminders", session, test_reminders);
  return g_test_run ();
}
