/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui-look.h"

#include <string.h>

#define ROOT "/org/a11y/atspi/accessible/root"
#define ACCESSIBLE "org.a11y.atspi.Accessible"
#define CALL_MS 5000
#define MAX_DEPTH 60
#define MAX_ROWS 30
#define MAX_ACTIONS 8

typedef struct
{
  GDBusConnection *bus; /* (owned) */
  const char *name;     /* of the program on it */
  guint n_pending;
} Look;

typedef struct
{
  Look *look;
  GVariant **reply;
} Call;

static void
seen_free (gpointer data)
{
  UiSeen *self = data;

  g_free (self->path);
  g_free (self->name);
  g_free (self);
}

/* The accessibility bus is another one; it stays open with the session's. */
static GDBusConnection *
open_bus (UiDriver *driver)
{
  GDBusConnection *bus = g_object_get_data (G_OBJECT (driver->bus), "accessibility");
  g_autoptr (GVariant) reply = NULL;
  const char *address;

  if (bus != NULL)
    return g_object_ref (bus);
  reply = g_dbus_connection_call_sync (driver->bus, "org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress", NULL,
                                       G_VARIANT_TYPE ("(s)"), G_DBUS_CALL_FLAGS_NONE, CALL_MS, NULL, NULL);
  if (reply == NULL)
    return NULL;
  g_variant_get (reply, "(&s)", &address);
  bus = g_dbus_connection_new_for_address_sync (address, G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                                G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION, NULL, NULL, NULL);
  if (bus != NULL)
    g_object_set_data_full (G_OBJECT (driver->bus), "accessibility", g_object_ref (bus), g_object_unref);
  return bus;
}

/* --- questions --- */

static void
answered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  Call *call = user_data;

  *call->reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);
  call->look->n_pending--;
  g_free (call);
}

/* *REPLY gets the answer before wait_for_all () returns; NULL: it is gone. */
static void
ask (Look       *self,
     const char *path,
     const char *interface,
     const char *method,
     GVariant   *parameters,
     GVariant  **reply)
{
  Call *call = g_new (Call, 1);

  *call = (Call) { self, reply };
  *reply = NULL;
  self->n_pending++;
  g_dbus_connection_call (self->bus, self->name, path, interface, method, parameters, NULL, G_DBUS_CALL_FLAGS_NO_AUTO_START, CALL_MS,
                          NULL, answered_cb, call);
}

static void
wait_for_all (Look *self)
{
  while (self->n_pending > 0)
    g_main_context_iteration (NULL, TRUE);
}

static GVariant *
ask_children (Look       *self,
              const char *path)
{
  GVariant *reply;

  ask (self, path, ACCESSIBLE, "GetChildren", NULL, &reply);
  wait_for_all (self);
  return reply;
}

/* --- a level --- */

typedef struct
{
  UiSeen *seen; /* of the result */
  GVariant *role, *name, *children; /* (owned) (nullable) */
} Place;

static void
place_clear (gpointer data)
{
  Place *self = data;

  g_clear_pointer (&self->role, g_variant_unref);
  g_clear_pointer (&self->name, g_variant_unref);
  g_clear_pointer (&self->children, g_variant_unref);
}

static void
add_place (GArray     *level,
           GPtrArray  *seen,
           const char *path)
{
  Place place = { .seen = g_new0 (UiSeen, 1) };

  place.seen->path = g_strdup (path);
  g_ptr_array_add (seen, place.seen);
  g_array_append_val (level, place);
}

static void
ask_level (Look   *self,
           GArray *level)
{
  for (guint i = 0; i < level->len; i++)
    {
      Place *place = &g_array_index (level, Place, i);

      ask (self, place->seen->path, ACCESSIBLE, "GetRole", NULL, &place->role);
      ask (self, place->seen->path, ACCESSIBLE, "GetChildren", NULL, &place->children);
      ask (self, place->seen->path, "org.freedesktop.DBus.Properties", "Get", g_variant_new ("(ss)", ACCESSIBLE, "Name"), &place->name);
    }
  wait_for_all (self);
}

/* Not below tables, and only the first rows of lists: as the driver. */
static GArray *
take_level (GArray    *level,
            GPtrArray *seen)
{
  GArray *next = g_array_new (FALSE, FALSE, sizeof (Place));

  g_array_set_clear_func (next, place_clear);
  for (guint i = 0; i < level->len; i++)
    {
      Place *place = &g_array_index (level, Place, i);
      g_autoptr (GVariant) name = NULL;
      g_autoptr (GVariantIter) children = NULL;
      const char *child;
      guint n = 0;

      if (place->name != NULL)
        g_variant_get (place->name, "(v)", &name);
      place->seen->name = name != NULL ? g_variant_dup_string (name, NULL) : g_strdup ("");
      if (place->role != NULL)
        g_variant_get (place->role, "(u)", &place->seen->role);
      if (place->children == NULL || place->seen->role == ATSPI_ROLE_TREE_TABLE)
        continue;
      g_variant_get (place->children, "(a(so))", &children);
      while (g_variant_iter_next (children, "(&s&o)", NULL, &child) && (place->seen->role != ATSPI_ROLE_LIST || n++ < MAX_ROWS))
        add_place (next, seen, child);
    }
  g_array_unref (level);
  return next;
}

GPtrArray *
ui_look (UiDriver *driver)
{
  GPtrArray *seen = g_ptr_array_new_with_free_func (seen_free);
  g_autoptr (GDBusConnection) bus = open_bus (driver);
  Look self = { .bus = bus, .name = ATSPI_OBJECT (driver->application)->app->bus_name };
  g_autoptr (GVariant) reply = bus != NULL ? ask_children (&self, ROOT) : NULL;
  g_autoptr (GVariant) windows = reply != NULL ? g_variant_get_child_value (reply, 0) : NULL;
  gsize n = windows != NULL ? g_variant_n_children (windows) : 0;
  GArray *level = g_array_new (FALSE, FALSE, sizeof (Place));
  const char *top;

  g_array_set_clear_func (level, place_clear);
  /* The first one is the main window; the one that was opened last is on top. */
  if (n > 1)
    {
      g_variant_get_child (windows, n - 1, "(&s&o)", NULL, &top);
      add_place (level, seen, top);
    }
  for (guint depth = 0; level->len > 0 && depth < MAX_DEPTH; depth++)
    {
      ask_level (&self, level);
      level = take_level (level, seen);
    }
  g_array_unref (level);
  return seen;
}

/* --- what is there --- */

/* GTK 4.8 says "_Save Save" of a button with a mnemonic. */
static gboolean
name_matches (const char *have,
              const char *want)
{
  g_autofree char *start = g_strconcat (want, " ", NULL);
  g_autofree char *end = g_strconcat (" ", want, NULL);

  return g_str_equal (have, want) || g_str_has_prefix (have, start) || (g_str_has_suffix (have, end) && strchr (have, '_') != NULL);
}

const UiSeen *
ui_look_find (GPtrArray  *seen,
              AtspiRole   role,
              const char *name)
{
  for (guint i = 0; i < seen->len; i++)
    {
      const UiSeen *one = g_ptr_array_index (seen, i);

      if (one->role == (guint) role && name_matches (one->name, name))
        return one;
    }
  return NULL;
}

const UiSeen *
ui_look_find_text (GPtrArray  *seen,
                   const char *part)
{
  for (guint i = 0; i < seen->len; i++)
    {
      const UiSeen *one = g_ptr_array_index (seen, i);

      if (one->role == ATSPI_ROLE_LABEL && strstr (one->name, part) != NULL)
        return one;
    }
  return NULL;
}

static GVariant *
call_action (GDBusConnection *bus,
             const char      *name,
             const char      *path,
             const char      *method,
             int              i)
{
  return g_dbus_connection_call_sync (bus, name, path, "org.a11y.atspi.Action", method, g_variant_new ("(i)", i), NULL,
                                      G_DBUS_CALL_FLAGS_NO_AUTO_START, CALL_MS, NULL, NULL);
}

gboolean
ui_look_click (UiDriver     *driver,
               const UiSeen *button)
{
  g_autoptr (GDBusConnection) bus = open_bus (driver);
  const char *name = ATSPI_OBJECT (driver->application)->app->bus_name;

  for (int i = 0; i < MAX_ACTIONS; i++)
    {
      g_autoptr (GVariant) reply = call_action (bus, name, button->path, "GetName", i);
      const char *action = "";

      if (reply != NULL)
        g_variant_get (reply, "(&s)", &action);
      if (g_str_equal (action, "click"))
        {
          g_autoptr (GVariant) done = call_action (bus, name, button->path, "DoAction", i);

          return done != NULL;
        }
    }
  return FALSE;
}
