/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-reminders.h"

#include "cfoil-case.h"
#include "cfoil-currency.h"
#include "cfoil-shown-text.h"
#include "cfoil-time.h"

#include <glib/gi18n.h>

/* Timers stand still while the computer sleeps: look more often than needed. */
#define LOOK_SECONDS 300
#define SNOOZE_US (4 * G_TIME_SPAN_HOUR)

struct _CfoilReminders
{
  GObject parent_instance;

  GApplication *application;  /* (owned) */
  CfoilWorkspace *workspace;  /* (owned) */
  GSettings *settings;        /* (owned) */
  GCancellable *cancellable;  /* (owned) */
  GHashTable *shown;          /* (owned): case_id (gint64 *) of notifications that stand */
  guint timer;
  guint server_watch;
  gboolean has_server;        /* somebody shows notifications */
  gboolean is_looking;
  gboolean must_look_again;
};

G_DEFINE_FINAL_TYPE (CfoilReminders, cfoil_reminders, G_TYPE_OBJECT)

static void look (CfoilReminders *self);

/* --- on the reader's thread --- */

/* What a look finds: what to show, and which of those shown are over. */
typedef struct
{
  GArray *shown;        /* gint64: asked */
  GArray *over;         /* gint64: no longer waiting for an answer */
  GPtrArray *reminders; /* CfoilReminder */
  gint64 next_us;
} Look;

static void
look_free (gpointer data)
{
  Look *self = data;

  g_clear_pointer (&self->shown, g_array_unref);
  g_clear_pointer (&self->over, g_array_unref);
  g_clear_pointer (&self->reminders, g_ptr_array_unref);
  g_free (self);
}

static gboolean
is_over (CfoilDatabase *database,
         gint64         case_id)
{
  g_autoptr (CfoilCase) record = cfoil_case_read (database, case_id, NULL);

  return record == NULL || record->due_us == CFOIL_UNKNOWN || record->submission == CFOIL_SUBMISSION_DELIVERED;
}

static gpointer
look_at (CfoilDatabase *database,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  const Look *asked = data;
  g_autoptr (GPtrArray) reminders = NULL;
  gint64 next_us = CFOIL_UNKNOWN;
  Look *found;

  reminders = cfoil_reminder_list_due (database, cfoil_time_now_us (), &next_us, error);
  if (reminders == NULL)
    return NULL;
  found = g_new0 (Look, 1);
  found->reminders = g_steal_pointer (&reminders);
  found->next_us = next_us;
  found->over = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < asked->shown->len; i++)
    {
      gint64 case_id = g_array_index (asked->shown, gint64, i);

      if (is_over (database, case_id))
        g_array_append_val (found->over, case_id);
    }
  return found;
}

/* --- showing --- */

static char *
notification_id (gint64 case_id)
{
  return g_strdup_printf ("case-%" G_GINT64_FORMAT, case_id);
}

static char *
describe_time_left (gint64 left_us)
{
  /* A reminder of 24 hours that comes a second late does not say 23. */
  guint hours = (guint) ((left_us + LOOK_SECONDS * G_TIME_SPAN_SECOND) / G_TIME_SPAN_HOUR);

  if (left_us <= 0)
    return g_strdup (_("The time to answer a dispute is over"));
  if (hours < 1)
    return g_strdup (_("Less than an hour left to answer a dispute"));
  if (hours < 48)
    return g_strdup_printf (ngettext ("%u hour left to answer a dispute", "%u hours left to answer a dispute", hours), hours);
  return g_strdup_printf (ngettext ("%u day left to answer a dispute", "%u days left to answer a dispute", hours / 24), hours / 24);
}

static char *
describe_case (CfoilReminders  *self,
               const CfoilCase *record)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (record->due_us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_timezone (utc, cfoil_workspace_get_time_zone (self->workspace)) : NULL;
  /* Translators: a date and time with its zone, for strftime */
  g_autofree char *when = local != NULL ? g_date_time_format (local, _("%e %B, %H:%M %Z")) : g_strdup ("");
  /* Translators: kind of the case ("Chargeback"), date and time */
  g_autofree char *text = g_strdup_printf (record->due_is_estimate ? _("%s, due by %s (estimated)") : _("%s, due by %s"),
                                           _(cfoil_case_kind_get_title (record->kind)), g_strstrip (when));
  g_autofree char *amount = NULL;
  g_autofree char *buyer = NULL;

  if (!g_settings_get_boolean (self->settings, "notification-details") || record->currency == NULL ||
      record->amount_minor == CFOIL_UNKNOWN)
    return g_steal_pointer (&text);
  amount = cfoil_currency_format (record->amount_minor, record->currency);
  buyer = cfoil_shown_text (record->buyer_name != NULL ? record->buyer_name : "");
  return g_strdup_printf ("%s\n%s %s", text, amount, buyer);
}

static void
show (CfoilReminders      *self,
      const CfoilReminder *reminder)
{
  const CfoilCase *record = reminder->record;
  g_autofree char *title = describe_time_left (record->due_us - cfoil_time_now_us ());
  g_autofree char *body = describe_case (self, record);
  g_autofree char *id = notification_id (reminder->case_id);
  g_autoptr (GNotification) notification = g_notification_new (title);
  g_autoptr (GIcon) icon = g_themed_icon_new (CFOIL_APPLICATION_ID);

  g_notification_set_body (notification, body);
  g_notification_set_icon (notification, icon);
  g_notification_set_priority (notification, reminder->stage <= 24 ? G_NOTIFICATION_PRIORITY_URGENT : G_NOTIFICATION_PRIORITY_HIGH);
  g_notification_set_default_action_and_target (notification, "app.open-case", "x", reminder->case_id);
  g_notification_add_button_with_target (notification, _("Open"), "app.open-case", "x", reminder->case_id);
  g_notification_add_button_with_target (notification, _("Remind Me Later"), "app.snooze-case", "x", reminder->case_id);
  g_application_send_notification (self->application, id, notification);
  g_hash_table_add (self->shown, g_memdup2 (&reminder->case_id, sizeof reminder->case_id));
}

/* --- writing down what was shown --- */

typedef struct
{
  CfoilMirror *mirror; /* (owned) */
  gint64 case_id;
  guint stage;
  gint64 until_us;     /* CFOIL_UNKNOWN: it was shown */
} Mark;

static void
mark_free (gpointer data)
{
  Mark *mark = data;

  g_object_unref (mark->mirror);
  g_free (mark);
}

static void
mark_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  const Mark *mark = task_data;
  g_autoptr (GError) error = NULL;
  gboolean ok = mark->until_us == CFOIL_UNKNOWN
                  ? cfoil_reminder_mark_shown (mark->mirror, mark->case_id, mark->stage, cfoil_time_now_us (), &error)
                  : cfoil_reminder_snooze (mark->mirror, mark->case_id, mark->until_us, &error);

  /* Then it is shown once more, which is better than once too seldom. */
  if (!ok)
    g_warning ("A reminder cannot be written down: %s", error->message);
  g_task_return_boolean (task, ok);
}

static void
marked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  look (CFOIL_REMINDERS (source));
}

static void
write_down (CfoilReminders *self,
            gint64          case_id,
            guint           stage,
            gint64          until_us)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, until_us != CFOIL_UNKNOWN ? marked_cb : NULL, NULL);
  Mark *mark = g_new0 (Mark, 1);

  mark->mirror = g_object_ref (cfoil_reader_get_mirror (cfoil_workspace_get_reader (self->workspace)));
  mark->case_id = case_id;
  mark->stage = stage;
  mark->until_us = until_us;
  g_task_set_task_data (task, mark, mark_free);
  g_task_run_in_thread (task, mark_thread);
}

/* --- looking --- */

static gboolean
timer_cb (gpointer user_data)
{
  CfoilReminders *self = user_data;

  self->timer = 0;
  look (self);
  return G_SOURCE_REMOVE;
}

static void
wait_until (CfoilReminders *self,
            gint64          next_us)
{
  gint64 left_us = next_us != CFOIL_UNKNOWN ? next_us - cfoil_time_now_us () : LOOK_SECONDS * G_TIME_SPAN_SECOND;

  g_clear_handle_id (&self->timer, g_source_remove);
  self->timer = g_timeout_add_seconds ((guint) CLAMP (left_us / G_TIME_SPAN_SECOND + 1, 1, LOOK_SECONDS), timer_cb, self);
}

static void
looked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (CfoilReminders) self = user_data;
  g_autoptr (GError) error = NULL;
  Look *found = cfoil_reader_run_finish (result, &error);

  self->is_looking = FALSE;
  if (g_cancellable_is_cancelled (self->cancellable))
    {
      g_clear_pointer (&found, look_free);
      return;
    }
  wait_until (self, found != NULL ? found->next_us : CFOIL_UNKNOWN);
  if (found == NULL)
    {
      g_debug ("Reminders cannot be read: %s", error->message);
      return;
    }
  for (guint i = 0; i < found->over->len; i++)
    {
      gint64 case_id = g_array_index (found->over, gint64, i);
      g_autofree char *id = notification_id (case_id);

      g_application_withdraw_notification (self->application, id);
      g_hash_table_remove (self->shown, &case_id);
    }
  for (guint i = 0; i < found->reminders->len; i++)
    {
      const CfoilReminder *reminder = g_ptr_array_index (found->reminders, i);

      show (self, reminder);
      write_down (self, reminder->case_id, reminder->stage, CFOIL_UNKNOWN);
    }
  look_free (found);
  if (self->must_look_again)
    look (self);
}

static void
look (CfoilReminders *self)
{
  GHashTableIter iter;
  gpointer key;
  Look *asked;

  if (g_cancellable_is_cancelled (self->cancellable) || !self->has_server || !g_settings_get_boolean (self->settings, "reminders"))
    return;
  self->must_look_again = self->is_looking;
  if (self->is_looking)
    return;
  self->is_looking = TRUE;
  asked = g_new0 (Look, 1);
  asked->shown = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_hash_table_iter_init (&iter, self->shown);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_array_append_vals (asked->shown, key, 1);
  cfoil_reader_run_async (cfoil_workspace_get_reader (self->workspace), CFOIL_READER_STATUS, look_at, asked, look_free,
                          look_free, self->cancellable, looked_cb, g_object_ref (self));
}

/* A reminder that nobody can show is not written down as shown: it comes once somebody can. */
static void
server_appeared_cb (GDBusConnection *bus,
                    const char      *name,
                    const char      *owner,
                    gpointer         user_data)
{
  CfoilReminders *self = user_data;

  self->has_server = TRUE;
  look (self);
}

static void
server_vanished_cb (GDBusConnection *bus,
                    const char      *name,
                    gpointer         user_data)
{
  CfoilReminders *self = user_data;

  self->has_server = FALSE;
}

/* Where GNotification sends them: inside Flatpak to the portal. */
static const char *
server_name (void)
{
  return g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS) ? "org.freedesktop.portal.Desktop" : "org.freedesktop.Notifications";
}

void
cfoil_reminders_snooze (CfoilReminders *self,
                        gint64          case_id)
{
  g_autofree char *id = notification_id (case_id);

  g_return_if_fail (CFOIL_IS_REMINDERS (self));

  g_application_withdraw_notification (self->application, id);
  g_hash_table_remove (self->shown, &case_id);
  write_down (self, case_id, 0, cfoil_time_now_us () + SNOOZE_US);
}

static void
cfoil_reminders_dispose (GObject *object)
{
  CfoilReminders *self = CFOIL_REMINDERS (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_handle_id (&self->server_watch, g_bus_unwatch_name);

  G_OBJECT_CLASS (cfoil_reminders_parent_class)->dispose (object);
}

static void
cfoil_reminders_finalize (GObject *object)
{
  CfoilReminders *self = CFOIL_REMINDERS (object);

  g_clear_object (&self->application);
  g_clear_object (&self->workspace);
  g_clear_object (&self->settings);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->shown, g_hash_table_unref);

  G_OBJECT_CLASS (cfoil_reminders_parent_class)->finalize (object);
}

static void
cfoil_reminders_class_init (CfoilRemindersClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfoil_reminders_dispose;
  G_OBJECT_CLASS (klass)->finalize = cfoil_reminders_finalize;
}

static void
cfoil_reminders_init (CfoilReminders *self)
{
  self->settings = g_settings_new (CFOIL_APPLICATION_ID);
  self->cancellable = g_cancellable_new ();
  self->shown = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_signal_connect_object (self->settings, "changed::reminders", G_CALLBACK (look), self, G_CONNECT_SWAPPED);
}

CfoilReminders *
cfoil_reminders_new (GApplication   *application,
                     CfoilWorkspace *workspace)
{
  CfoilReminders *self = g_object_new (CFOIL_TYPE_REMINDERS, NULL);

  g_return_val_if_fail (CFOIL_IS_WORKSPACE (workspace), NULL);

  self->application = g_object_ref (application);
  self->workspace = g_object_ref (workspace);
  g_signal_connect_object (cfoil_workspace_get_reader (workspace), "changed", G_CALLBACK (look), self, G_CONNECT_SWAPPED);
  self->server_watch = g_bus_watch_name (G_BUS_TYPE_SESSION, server_name (), G_BUS_NAME_WATCHER_FLAGS_AUTO_START,
                                         server_appeared_cb, server_vanished_cb, self, NULL);
  return self;
}
