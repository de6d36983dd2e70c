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
/* More at once, as after a holiday, are one notification. */
#define MAX_EACH 3
#define GROUP_ID "cases"

struct _CfoilReminders
{
  GObject parent_instance;

  GApplication *application;  /* (owned) */
  CfoilWorkspace *workspace;  /* (owned) */
  GSettings *settings;        /* (owned) */
  GCancellable *cancellable;  /* (owned) */
  GHashTable *shown;          /* (owned): case_id (gint64 *) of notifications that stand */
  GHashTable *grouped;        /* (owned): case_id (gint64 *), due_us (gint64 *) of the one that stands for many */
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

static gpointer
copy_id (gint64 number)
{
  return g_memdup2 (&number, sizeof number);
}

static void
withdraw_own (CfoilReminders *self,
              gint64          case_id)
{
  g_autofree char *id = notification_id (case_id);

  if (g_hash_table_remove (self->shown, &case_id))
    g_application_withdraw_notification (self->application, id);
}

/* What stands for many goes with the last of them. */
static void
leave_group (CfoilReminders *self,
             gint64          case_id)
{
  if (g_hash_table_remove (self->grouped, &case_id) && g_hash_table_size (self->grouped) == 0)
    g_application_withdraw_notification (self->application, GROUP_ID);
}

static void
withdraw (CfoilReminders *self,
          gint64          case_id)
{
  withdraw_own (self, case_id);
  leave_group (self, case_id);
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
format_time (CfoilReminders *self,
             gint64          us)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_timezone (utc, cfoil_workspace_get_time_zone (self->workspace)) : NULL;
  /* Translators: a date and time with its zone, for strftime */
  char *when = local != NULL ? g_date_time_format (local, _("%e %B, %H:%M %Z")) : g_strdup ("");

  return g_strstrip (when);
}

static char *
describe_case (CfoilReminders  *self,
               const CfoilCase *record)
{
  g_autofree char *when = format_time (self, record->due_us);
  /* Translators: kind of the case ("Chargeback"), date and time */
  g_autofree char *text = g_strdup_printf (record->due_is_estimate ? _("%s, due by %s (estimated)") : _("%s, due by %s"),
                                           _(cfoil_case_kind_get_title (record->kind)), when);
  g_autofree char *amount = NULL;
  g_autofree char *buyer = NULL;

  if (!g_settings_get_boolean (self->settings, "notification-details") || record->currency == NULL ||
      record->amount_minor == CFOIL_UNKNOWN)
    return g_steal_pointer (&text);
  amount = cfoil_currency_format (record->amount_minor, record->currency);
  buyer = cfoil_shown_text (record->buyer_name != NULL ? record->buyer_name : "");
  return g_strdup_printf ("%s\n%s %s", text, amount, buyer);
}

static GNotification *
make_notification (const char *title,
                   const char *body,
                   gboolean    is_urgent)
{
  GNotification *notification = g_notification_new (title);
  g_autoptr (GIcon) icon = g_themed_icon_new (CFOIL_APPLICATION_ID);

  g_notification_set_body (notification, body);
  g_notification_set_icon (notification, icon);
  g_notification_set_priority (notification, is_urgent ? G_NOTIFICATION_PRIORITY_URGENT : G_NOTIFICATION_PRIORITY_HIGH);
  return notification;
}

static gboolean
is_urgent (const CfoilReminder *reminder)
{
  return reminder->stage <= 24;
}

static void
show (CfoilReminders      *self,
      const CfoilReminder *reminder)
{
  const CfoilCase *record = reminder->record;
  g_autofree char *title = describe_time_left (record->due_us - cfoil_time_now_us ());
  g_autofree char *body = describe_case (self, record);
  g_autofree char *id = notification_id (reminder->case_id);
  g_autoptr (GNotification) notification = make_notification (title, body, is_urgent (reminder));

  g_notification_set_default_action_and_target (notification, "app.open-case", "x", reminder->case_id);
  g_notification_add_button_with_target (notification, _("Open"), "app.open-case", "x", reminder->case_id);
  g_notification_add_button_with_target (notification, _("Remind Me Later"), "app.snooze-case", "x", reminder->case_id);
  g_application_send_notification (self->application, id, notification);
  g_hash_table_add (self->shown, copy_id (reminder->case_id));
  leave_group (self, reminder->case_id);
}

static char *
describe_first (CfoilReminders *self,
                gint64          due_us)
{
  g_autofree char *when = format_time (self, due_us);

  if (due_us <= cfoil_time_now_us ())
    /* Translators: a date and time */
    return g_strdup_printf (_("The first was due %s. Answer at once: some providers still accept it."), when);
  /* Translators: a date and time */
  return g_strdup_printf (_("The first is due %s."), when);
}

/* All that wait and were told of in this way before are in it again: it replaces the one that stands. */
static void
show_group (CfoilReminders *self,
            GPtrArray      *reminders)
{
  g_autoptr (GVariantBuilder) ids = g_variant_builder_new (G_VARIANT_TYPE ("ax"));
  g_autoptr (GNotification) notification = NULL;
  g_autofree char *title = NULL, *body = NULL;
  gint64 first_us = G_MAXINT64;
  gboolean urgent = FALSE;
  GHashTableIter iter;
  gpointer key, due;
  guint n;

  for (guint i = 0; i < reminders->len; i++)
    {
      const CfoilReminder *reminder = reminders->pdata[i];

      withdraw_own (self, reminder->case_id);
      g_hash_table_insert (self->grouped, copy_id (reminder->case_id), copy_id (reminder->record->due_us));
      urgent |= is_urgent (reminder);
    }
  n = g_hash_table_size (self->grouped);
  g_hash_table_iter_init (&iter, self->grouped);
  while (g_hash_table_iter_next (&iter, &key, &due))
    {
      first_us = MIN (first_us, *(const gint64 *) due);
      g_variant_builder_add (ids, "x", *(const gint64 *) key);
    }
  title = g_strdup_printf (ngettext ("%u dispute must be answered", "%u disputes must be answered", n), n);
  body = describe_first (self, first_us);
  notification = make_notification (title, body, urgent);
  g_notification_set_default_action (notification, "app.open-cases");
  g_notification_add_button (notification, _("Open"), "app.open-cases");
  g_notification_add_button_with_target (notification, _("Remind Me Later"), "app.snooze-cases", "ax", ids);
  g_application_send_notification (self->application, GROUP_ID, notification);
}

static void
show_all (CfoilReminders *self,
          GPtrArray      *reminders)
{
  if (reminders->len > MAX_EACH)
    {
      show_group (self, reminders);
      return;
    }
  for (guint i = 0; i < reminders->len; i++)
    show (self, reminders->pdata[i]);
}

/* --- writing down what was shown --- */

typedef struct
{
  CfoilMirror *mirror;  /* (owned) */
  GPtrArray *reminders; /* (owned) (nullable): CfoilReminder: they were shown */
  gint64 case_id;       /* else: it is put off … */
  gint64 until_us;      /* … until then */
} Mark;

static void
mark_free (gpointer data)
{
  Mark *mark = data;

  g_object_unref (mark->mirror);
  g_clear_pointer (&mark->reminders, g_ptr_array_unref);
  g_free (mark);
}

static gboolean
write_mark (const Mark *mark,
            GError    **error)
{
  if (mark->reminders == NULL)
    return cfoil_reminder_snooze (mark->mirror, mark->case_id, mark->until_us, error);
  for (guint i = 0; i < mark->reminders->len; i++)
    {
      const CfoilReminder *reminder = mark->reminders->pdata[i];

      if (!cfoil_reminder_mark_shown (mark->mirror, reminder->case_id, reminder->stage, cfoil_time_now_us (), error))
        return FALSE;
    }
  return TRUE;
}

static void
mark_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  gboolean ok = write_mark (task_data, &error);

  /* Then it is shown once more, which is better than once too seldom. */
  if (!ok)
    g_warning ("A reminder cannot be written down: %s", error->message);
  g_task_return_boolean (task, ok);
}

static void
write_down (CfoilReminders      *self,
            Mark                *mark,
            GAsyncReadyCallback  callback)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, NULL);

  mark->mirror = g_object_ref (cfoil_reader_get_mirror (cfoil_workspace_get_reader (self->workspace)));
  g_task_set_task_data (task, mark, mark_free);
  g_task_run_in_thread (task, mark_thread);
}

static void
put_off_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  look (CFOIL_REMINDERS (source));
}

static void
shown_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  CfoilReminders *self = CFOIL_REMINDERS (source);

  self->is_looking = FALSE;
  if (self->must_look_again)
    look (self);
}

/* Until that is written, a look would find the same again. */
static void
write_shown (CfoilReminders *self,
             GPtrArray      *reminders)
{
  Mark *mark = g_new0 (Mark, 1);

  self->is_looking = TRUE;
  mark->reminders = g_ptr_array_ref (reminders);
  write_down (self, mark, shown_cb);
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
    withdraw (self, g_array_index (found->over, gint64, i));
  if (found->reminders->len > 0)
    {
      show_all (self, found->reminders);
      write_shown (self, found->reminders);
    }
  else if (self->must_look_again)
    look (self);
  look_free (found);
}

static void
add_keys (GArray     *ids,
          GHashTable *table)
{
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, table);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_array_append_vals (ids, key, 1);
}

static void
look (CfoilReminders *self)
{
  Look *asked;

  if (g_cancellable_is_cancelled (self->cancellable) || !self->has_server || !g_settings_get_boolean (self->settings, "reminders"))
    return;
  self->must_look_again = self->is_looking;
  if (self->is_looking)
    return;
  self->is_looking = TRUE;
  asked = g_new0 (Look, 1);
  asked->shown = g_array_new (FALSE, FALSE, sizeof (gint64));
  add_keys (asked->shown, self->shown);
  add_keys (asked->shown, self->grouped);
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
  Mark *mark;

  g_return_if_fail (CFOIL_IS_REMINDERS (self));

  withdraw (self, case_id);
  mark = g_new0 (Mark, 1);
  mark->case_id = case_id;
  mark->until_us = cfoil_time_now_us () + SNOOZE_US;
  write_down (self, mark, put_off_cb);
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
  g_clear_pointer (&self->grouped, g_hash_table_unref);

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
  self->grouped = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
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
