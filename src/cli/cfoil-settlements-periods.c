/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-settlements-periods.h"

#include "cfoil-period-lock.h"
#include "cfoil-period.h"
#include "cfoil-print-source.h"
#include "cfoil-summary.h"
#include "cfoil-time.h"

#include <glib/gi18n.h>

/* --- which period is meant --- */

typedef struct
{
  CfoilContext *context; /* (owned) (nullable) */
  CfoilMirror *mirror;   /* (borrowed) */
  CfoilDatabase *reader; /* (owned) (nullable) */
  GPtrArray *locks;      /* (owned) (nullable): CfoilPeriodLock, newest first */
  CfoilPeriod period;    /* .end_day 0: none is named */
} Periods;

static void
clear_periods (Periods *self)
{
  g_clear_pointer (&self->locks, g_ptr_array_unref);
  g_clear_pointer (&self->reader, cfoil_database_close);
  g_clear_object (&self->context);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Periods, clear_periods)

static gboolean
parse_period (Periods    *self,
              const char *text,
              int        *exit_code,
              GError    **error)
{
  g_autoptr (GTimeZone) zone = cfoil_summary_get_zone (self->reader, error);
  g_autoptr (GError) local = NULL;

  if (zone == NULL)
    return FALSE;
  if (cfoil_period_parse (text, cfoil_day_of_time (cfoil_time_now_us (), zone), &self->period, &local) &&
      self->period.kind != CFOIL_PERIOD_ALL)
    return TRUE;
  *exit_code = cfoil_cli_usage (_ ("This is no period that can be closed: %s. Write a month, for instance, as 2026-10."), text);
  return FALSE;
}

/* TEXT (nullable): a period.  FALSE: *EXIT_CODE says with what to end. */
static gboolean
open_periods (CfoilCli   *cli,
              Periods    *self,
              const char *text,
              int        *exit_code)
{
  g_autoptr (GError) error = NULL;

  *exit_code = CFOIL_EXIT_FAILED;
  self->context = cfoil_cli_open (cli);
  if (self->context == NULL)
    return FALSE;
  self->mirror = cfoil_context_get_mirror (self->context);
  self->reader = cfoil_mirror_open_reader (self->mirror, &error);
  if (self->reader != NULL && (text == NULL || parse_period (self, text, exit_code, &error)))
    self->locks = cfoil_period_lock_list (self->reader, &error);
  if (error != NULL)
    *exit_code = cfoil_cli_fail (cli, error);
  return self->locks != NULL;
}

/* That is closed now and has exactly these days; NULL: none. */
static const CfoilPeriodLock *
find_lock (const Periods *self)
{
  for (guint i = 0; i < self->locks->len; i++)
    {
      const CfoilPeriodLock *lock = g_ptr_array_index (self->locks, i);

      if (lock->opened_us == CFOIL_UNKNOWN && lock->first_day == self->period.first_day && lock->end_day == self->period.end_day)
        return lock;
    }
  return NULL;
}

static char *
name_days (const CfoilPeriodLock *lock)
{
  CfoilPeriod period = { CFOIL_PERIOD_DAYS, lock->first_day, lock->end_day };

  return cfoil_period_to_text (&period);
}

static int
say_done (CfoilCli      *cli,
          const Periods *self,
          const char    *done,
          const char    *sentence)
{
  g_autofree char *name = cfoil_period_to_text (&self->period);

  if (cli->json)
    cfoil_json_print_done ("period", name, done);
  else
    {
      g_print (sentence, name);
      g_print ("\n");
    }
  return CFOIL_EXIT_DONE;
}

static int
say_not_closed (const Periods *self)
{
  g_autofree char *name = cfoil_period_to_text (&self->period);

  return cfoil_cli_usage (_ ("No period that is closed has these days: %s. “counterfoil-cli settlements closed” prints those that are."), name);
}

/* --- closing and opening --- */

/* What each word begins with that does something to one period.  FALSE: *EXIT_CODE says with what
 * to end. */
static gboolean
begin (CfoilCli           *cli,
       char              **argv,
       const char         *usage,
       const char         *summary,
       const GOptionEntry *entries,
       Periods            *periods,
       int                *exit_code)
{
  if (!cfoil_cli_parse (cli, &argv, usage, summary, entries, exit_code))
    return FALSE;
  if (g_strv_length (argv) == 1)
    return open_periods (cli, periods, argv[0], exit_code);
  *exit_code = cfoil_cli_usage (_ ("Give one period, for instance 2026-10."));
  return FALSE;
}

/* The same where the period has to be closed already; NULL: *EXIT_CODE says with what to end. */
static const CfoilPeriodLock *
begin_with_closed (CfoilCli   *cli,
                   char      **argv,
                   const char *usage,
                   const char *summary,
                   Periods    *periods,
                   int        *exit_code)
{
  const GOptionEntry entries[] = { { NULL } };
  const CfoilPeriodLock *lock;

  if (!begin (cli, argv, usage, summary, entries, periods, exit_code))
    return NULL;
  lock = find_lock (periods);
  if (lock == NULL)
    *exit_code = say_not_closed (periods);
  return lock;
}

/* That is closed now and has some of these days; NULL: none. */
static const CfoilPeriodLock *
find_overlapping (const Periods *self)
{
  for (guint i = 0; i < self->locks->len; i++)
    {
      const CfoilPeriodLock *lock = g_ptr_array_index (self->locks, i);

      if (lock->opened_us == CFOIL_UNKNOWN && lock->first_day < self->period.end_day && lock->end_day > self->period.first_day)
        return lock;
    }
  return NULL;
}

static int
say_closed_already (const CfoilPeriodLock *lock)
{
  g_autofree char *days = name_days (lock);

  return cfoil_cli_usage (_ ("Some of these days are closed already: %s. Open that period first, or choose other days."), days);
}

int
cfoil_settlements_close (CfoilCli *cli,
                         char    **argv)
{
  g_autofree char *who = NULL;
  g_autofree char *note = NULL;
  g_auto (Periods) periods = { 0 };
  g_autoptr (GError) error = NULL;
  const CfoilPeriodLock *lock;
  int exit_code;
  const GOptionEntry entries[] = {
    { "by", 0, 0, G_OPTION_ARG_STRING, &who, N_ ("Who closes it; without it your name"), N_ ("NAME") },
    { "note", 0, 0, G_OPTION_ARG_STRING, &note, N_ ("Kept with it"), N_ ("TEXT") },
    { NULL }
  };

  if (!begin (cli, argv, "settlements close PERIOD",
              N_ ("Closes a period that is over, for instance 2026-10: what it came to is kept as it is. What the provider changes "
                  "of it later is told with its date and never rewrites it."), entries, &periods, &exit_code))
    return exit_code;
  lock = find_overlapping (&periods);
  if (lock != NULL)
    return say_closed_already (lock);
  if (who == NULL && g_strcmp0 (g_get_real_name (), "Unknown") != 0)
    who = g_strdup (g_get_real_name ());
  if (!cfoil_period_lock_add_sync (periods.mirror, periods.period.first_day, periods.period.end_day, who != NULL ? who : "",
                                   note != NULL ? note : "", cfoil_time_now_us (), NULL, &error))
    return cfoil_cli_fail (cli, error);
  return say_done (cli, &periods, "closed", _ ("%s is closed."));
}

int
cfoil_settlements_reopen (CfoilCli *cli,
                          char    **argv)
{
  g_auto (Periods) periods = { 0 };
  g_autoptr (GError) error = NULL;
  const CfoilPeriodLock *lock;
  int exit_code;

  lock = begin_with_closed (cli, argv, "settlements reopen PERIOD",
                            N_ ("Opens a closed period again: what changes of it is no longer told. What it came to stays written down."),
                            &periods, &exit_code);
  if (lock == NULL)
    return exit_code;
  if (!cfoil_period_lock_open_sync (periods.mirror, lock->lock_id, cfoil_time_now_us (), &error))
    return cfoil_cli_fail (cli, error);
  return say_done (cli, &periods, "opened", _ ("%s is open again."));
}

int
cfoil_settlements_acknowledge (CfoilCli *cli,
                               char    **argv)
{
  g_auto (Periods) periods = { 0 };
  g_autoptr (GError) error = NULL;
  const CfoilPeriodLock *lock;
  int exit_code;

  lock = begin_with_closed (cli, argv, "settlements acknowledge PERIOD",
                            N_ ("Marks the changes of a closed period as seen, once they are booked."), &periods, &exit_code);
  if (lock == NULL)
    return exit_code;
  if (!cfoil_period_lock_acknowledge (periods.mirror, lock->lock_id, 0, cfoil_time_now_us (), &error))
    return cfoil_cli_fail (cli, error);
  return say_done (cli, &periods, "acknowledged", _ ("The changes of %s are acknowledged."));
}

/* --- printing --- */

static const char *const closed_columns[] = {
  "period", "zone", "closed_at_us", "closed_by", "note", "opened_at_us", "changes", "unacknowledged", "accounts_missing", "sha256", NULL
};

static void
add_lock (CfoilPrintTable       *table,
          const CfoilPeriodLock *lock)
{
  g_autofree char *days = name_days (lock);

  cfoil_print_table_add_text (table, days);
  cfoil_print_table_add_text (table, lock->zone);
  cfoil_print_table_add_number (table, lock->locked_us);
  cfoil_print_table_add_text (table, lock->who);
  cfoil_print_table_add_text (table, lock->note);
  cfoil_print_table_add_number (table, lock->opened_us);
  cfoil_print_table_add_number (table, lock->n_adjustments);
  cfoil_print_table_add_number (table, lock->n_unacknowledged);
  cfoil_print_table_add_number (table, lock->n_returning);
  cfoil_print_table_add_text (table, lock->sha256);
}

int
cfoil_settlements_closed (CfoilCli *cli,
                          char    **argv)
{
  g_autofree char *format = NULL;
  g_auto (Periods) periods = { 0 };
  g_autoptr (CfoilPrintTable) table = cfoil_print_table_new (closed_columns, -1);
  g_autoptr (GError) error = NULL;
  int exit_code;
  const GOptionEntry entries[] = {
    { "format", 0, 0, G_OPTION_ARG_STRING, &format, N_ ("table, csv or json"), N_ ("FORMAT") },
    { NULL }
  };

  if (!cfoil_cli_parse (cli, &argv, "settlements closed",
                        N_ ("Prints the periods that are closed, and those that were and are open again, newest first."), entries, &exit_code))
    return exit_code;
  if (argv[0] != NULL)
    return cfoil_cli_usage (_ ("Nothing can stand there: %s"), argv[0]);
  if (!cfoil_cli_read_format (cli, &format))
    return CFOIL_EXIT_USAGE;
  if (!open_periods (cli, &periods, NULL, &exit_code))
    return exit_code;
  for (guint i = 0; i < periods.locks->len; i++)
    add_lock (table, g_ptr_array_index (periods.locks, i));
  if (!cfoil_print_source (cli, cfoil_print_table_get_source (table), format, &error))
    return cfoil_cli_fail (cli, error);
  return CFOIL_EXIT_DONE;
}

static const char *const change_columns[] = {
  "period", "seen_at_us", "account", "transaction_id", "type", "currency", "count", "gross_minor", "fee_minor", "net_minor",
  "acknowledged_at_us", NULL
};
#define CHANGE_CURRENCY 5

static void
add_change (CfoilPrintTable         *table,
            const Periods           *periods,
            const CfoilPeriodAmount *change)
{
  g_autofree char *days = NULL;

  for (guint i = 0; i < periods->locks->len && days == NULL; i++)
    if (((CfoilPeriodLock *) g_ptr_array_index (periods->locks, i))->lock_id == change->lock_id)
      days = name_days (g_ptr_array_index (periods->locks, i));
  cfoil_print_table_add_text (table, days);
  cfoil_print_table_add_number (table, change->seen_us);
  cfoil_print_table_add_text (table, change->account);
  cfoil_print_table_add_text (table, change->transaction_id);
  cfoil_print_table_add_text (table, cfoil_type_to_string ((CfoilType) change->type));
  cfoil_print_table_add_text (table, change->currency);
  cfoil_print_table_add_number (table, change->n_done);
  cfoil_print_table_add_number (table, change->gross_minor);
  cfoil_print_table_add_number (table, change->fee_minor);
  cfoil_print_table_add_number (table, change->net_minor);
  cfoil_print_table_add_number (table, change->acknowledged_us);
}

int
cfoil_settlements_changes (CfoilCli *cli,
                           char    **argv)
{
  g_autofree char *format = NULL;
  gboolean all = FALSE;
  g_auto (Periods) periods = { 0 };
  g_autoptr (GPtrArray) changes = NULL;
  g_autoptr (CfoilPrintTable) table = cfoil_print_table_new (change_columns, CHANGE_CURRENCY);
  g_autoptr (GError) error = NULL;
  const CfoilPeriodLock *lock = NULL;
  int exit_code;
  const GOptionEntry entries[] = {
    { "all", 0, 0, G_OPTION_ARG_NONE, &all, N_ ("Also what was acknowledged"), NULL },
    { "format", 0, 0, G_OPTION_ARG_STRING, &format, N_ ("table, csv or json"), N_ ("FORMAT") },
    { NULL }
  };

  if (!cfoil_cli_parse (cli, &argv, "settlements changes [PERIOD]",
                        N_ ("Prints what became known of closed periods after they were closed. Exit code 4: there is something."), entries,
                        &exit_code))
    return exit_code;
  if (g_strv_length (argv) > 1)
    return cfoil_cli_usage (_ ("Give one period, for instance 2026-10."));
  if (!cfoil_cli_read_format (cli, &format))
    return CFOIL_EXIT_USAGE;
  if (!open_periods (cli, &periods, argv[0], &exit_code))
    return exit_code;
  if (argv[0] != NULL && (lock = find_lock (&periods)) == NULL)
    return say_not_closed (&periods);
  changes = cfoil_period_lock_list_adjustments (periods.reader, lock != NULL ? lock->lock_id : 0, all, &error);
  if (changes == NULL)
    return cfoil_cli_fail (cli, error);
  for (guint i = 0; i < changes->len; i++)
    add_change (table, &periods, g_ptr_array_index (changes, i));
  if (!cfoil_print_source (cli, cfoil_print_table_get_source (table), format, &error))
    return cfoil_cli_fail (cli, error);
  return changes->len > 0 ? CFOIL_EXIT_DUE : CFOIL_EXIT_DONE;
}
