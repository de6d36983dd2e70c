/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-portal.h"

#include <glib/gi18n.h>

#define BUS_NAME "org.freedesktop.portal.Desktop"
#define OBJECT_PATH "/org/freedesktop/portal/desktop"

/* A request: the portal answers by a signal on an object of its own, whose path follows
 * from our name on the bus and a token. */
typedef struct
{
  GDBusConnection *connection; /* (owned) */
  gboolean is_on;
  guint subscription;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  if (request->subscription != 0)
    g_dbus_connection_signal_unsubscribe (request->connection, request->subscription);
  g_clear_object (&request->connection);
  g_free (request);
}

static void
finish (GTask    *task,
        gboolean  is_granted)
{
  Request *request = g_task_get_task_data (task);

  if (request->subscription != 0)
    g_dbus_connection_signal_unsubscribe (request->connection, request->subscription);
  request->subscription = 0;
  if (is_granted)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, "%s",
                             _("The system does not allow Counterfoil to start with your session"));
  g_object_unref (task);
}

static void
response_cb (GDBusConnection *connection,
             const char      *sender,
             const char      *path,
             const char      *interface,
             const char      *signal,
             GVariant        *parameters,
             gpointer         user_data)
{
  GTask *task = user_data;
  const Request *request = g_task_get_task_data (task);
  g_autoptr (GVariant) results = NULL;
  guint32 response;
  gboolean autostart = FALSE;

  g_variant_get (parameters, "(u@a{sv})", &response, &results);
  g_variant_lookup (results, "autostart", "b", &autostart);
  finish (task, response == 0 && (!request->is_on || autostart));
}

static void
called_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  GTask *task = user_data;
  Request *request = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) handle = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (handle != NULL)
    return; /* the answer comes as a signal */
  g_debug ("The portal: %s", error->message);
  g_dbus_connection_signal_unsubscribe (request->connection, request->subscription);
  request->subscription = 0;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "%s",
                             _("This session has no portal through which a program could be started with it"));
  g_object_unref (task);
}

static GVariant *
make_options (gboolean    is_on,
              const char *token)
{
  static const char *const command[] = { "counterfoil", "--background", NULL };
  GVariantBuilder options;

  g_variant_builder_init (&options, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&options, "{sv}", "handle_token", g_variant_new_string (token));
  g_variant_builder_add (&options, "{sv}", "reason", g_variant_new_string (_("Reminders of deadlines while the window is closed")));
  g_variant_builder_add (&options, "{sv}", "autostart", g_variant_new_boolean (is_on));
  g_variant_builder_add (&options, "{sv}", "commandline", g_variant_new_strv (command, -1));
  return g_variant_builder_end (&options);
}

static void
ask (GTask *task)
{
  Request *request = g_task_get_task_data (task);
  g_autofree char *token = g_strdup_printf ("counterfoil%u", g_random_int ());
  g_autofree char *sender = g_strdup (g_dbus_connection_get_unique_name (request->connection) + 1);
  g_autofree char *path = NULL;

  g_strdelimit (sender, ".", '_');
  path = g_strdup_printf ("/org/freedesktop/portal/desktop/request/%s/%s", sender, token);
  request->subscription = g_dbus_connection_signal_subscribe (request->connection, BUS_NAME, "org.freedesktop.portal.Request",
                                                              "Response", path, NULL, G_DBUS_SIGNAL_FLAGS_NONE,
                                                              response_cb, task, NULL);
  g_dbus_connection_call (request->connection, BUS_NAME, OBJECT_PATH, "org.freedesktop.portal.Background", "RequestBackground",
                          g_variant_new ("(s@a{sv})", "", make_options (request->is_on, token)), G_VARIANT_TYPE ("(o)"),
                          G_DBUS_CALL_FLAGS_NONE, -1, g_task_get_cancellable (task), called_cb, task);
}

static void
connected_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  GTask *task = user_data;
  Request *request = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  request->connection = g_bus_get_finish (result, &error);
  if (request->connection != NULL)
    {
      ask (task);
      return;
    }
  g_task_return_error (task, g_steal_pointer (&error));
  g_object_unref (task);
}

void
cfoil_portal_set_autostart_async (gboolean            is_on,
                                  GCancellable       *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer            user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Request *request = g_new0 (Request, 1);

  request->is_on = is_on;
  g_task_set_task_data (task, request, request_free);
  g_bus_get (G_BUS_TYPE_SESSION, cancellable, connected_cb, task);
}

gboolean
cfoil_portal_set_autostart_finish (GAsyncResult *result,
                                   GError      **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
