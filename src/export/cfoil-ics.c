/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-ics.h"

#include "cfoil-currency.h"
#include "cfoil-money.h"
#include "cfoil-time.h"

#include <glib/gi18n.h>
#include <string.h>

/* A line has at most 75 bytes; what is longer goes on in the next, after a blank. */
#define ICS_LINE 75

static void
add_line (GString    *out,
          const char *name,
          const char *value)
{
  g_autofree char *line = g_strconcat (name, ":", value, NULL);
  gsize length = 0;

  for (const char *p = line; *p != '\0'; p = g_utf8_next_char (p))
    {
      gsize n = (gsize) (g_utf8_next_char (p) - p);

      if (length + n > ICS_LINE)
        {
          g_string_append (out, "\r\n ");
          length = 1;
        }
      g_string_append_len (out, p, (gssize) n);
      length += n;
    }
  g_string_append (out, "\r\n");
}

/* Commas and the like have a meaning of their own; other controls have no place. */
static char *
escape (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *out = g_string_new (NULL);

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '\n')
        g_string_append (out, "\\n");
      else if (c == ',' || c == ';' || c == '\\')
        g_string_append_printf (out, "\\%c", (char) c);
      else if (!g_unichar_iscntrl (c))
        g_string_append_unichar (out, c);
    }
  return g_string_free (out, FALSE);
}

static void
add_text (GString    *out,
          const char *name,
          const char *text)
{
  g_autofree char *escaped = escape (text);

  add_line (out, name, escaped);
}

static void
add_time (GString    *out,
          const char *name,
          gint64      us)
{
  char text[CFOIL_TIME_BUFFER];

  cfoil_time_format_basic (text, us);
  add_line (out, name, text);
}

static char *
summarize (const CfoilCase *record)
{
  const char *id = record->dispute_id != NULL ? record->dispute_id
                   : record->charge_id != NULL ? record->charge_id : record->uid;

  /* Translators: kind of the case ("Chargeback"), its id */
  return g_strdup_printf (record->due_is_estimate ? _("Answer due (estimated): %s %s") : _("Answer due: %s %s"),
                          _(cfoil_case_kind_get_title (record->kind)), id);
}

static char *
describe (const CfoilCase *record)
{
  GString *text = g_string_new (_(cfoil_reason_get_title (record->reason)));

  if (record->amount_minor != CFOIL_UNKNOWN && record->currency != NULL)
    {
      g_autofree char *amount = cfoil_currency_format (record->amount_minor, record->currency);

      g_string_append_printf (text, "\n%s", amount);
    }
  g_string_append_printf (text, "\n%s (%s)", record->account, record->environment);
  return g_string_free (text, FALSE);
}

static void
add_alarms (GString    *out,
            const char *summary)
{
  for (guint i = 0; cfoil_reminder_stages[i] != 0; i++)
    {
      g_autofree char *trigger = g_strdup_printf ("-PT%uH", cfoil_reminder_stages[i]);

      add_line (out, "BEGIN", "VALARM");
      add_line (out, "ACTION", "DISPLAY");
      add_text (out, "DESCRIPTION", summary);
      add_line (out, "TRIGGER", trigger);
      add_line (out, "END", "VALARM");
    }
}

static void
add_event (GString         *out,
           const CfoilCase *record)
{
  g_autofree char *uid = g_strdup_printf ("%s@counterfoil", record->uid);
  g_autofree char *summary = summarize (record);
  g_autofree char *description = describe (record);

  add_line (out, "BEGIN", "VEVENT");
  add_line (out, "UID", uid);
  add_time (out, "DTSTAMP", record->updated_us != CFOIL_UNKNOWN ? record->updated_us : record->opened_us);
  add_time (out, "DTSTART", record->due_us);
  add_text (out, "SUMMARY", summary);
  add_text (out, "DESCRIPTION", description);
  /* A deadline takes no time. */
  add_line (out, "TRANSP", "TRANSPARENT");
  add_alarms (out, summary);
  add_line (out, "END", "VEVENT");
}

static int
compare_due (gconstpointer a,
             gconstpointer b)
{
  const CfoilCase *one = *(CfoilCase *const *) a;
  const CfoilCase *other = *(CfoilCase *const *) b;

  if (one->due_us != other->due_us)
    return one->due_us < other->due_us ? -1 : 1;
  return strcmp (one->uid, other->uid);
}

char *
cfoil_ics_make (GPtrArray *cases,
                guint     *n_events)
{
  GString *out = g_string_new (NULL);
  g_autoptr (GPtrArray) sorted = g_ptr_array_copy (cases, NULL, NULL);
  guint n = 0;

  g_ptr_array_set_free_func (sorted, NULL);
  g_ptr_array_sort (sorted, compare_due);
  add_line (out, "BEGIN", "VCALENDAR");
  add_line (out, "VERSION", "2.0");
  add_line (out, "PRODID", "-//Counterfoil//Deadlines//EN");
  for (guint i = 0; i < sorted->len; i++)
    {
      const CfoilCase *record = g_ptr_array_index (sorted, i);

      if (record->due_us == CFOIL_UNKNOWN || !cfoil_time_is_in_calendar (record->due_us))
        continue;
      add_event (out, record);
      n++;
    }
  add_line (out, "END", "VCALENDAR");
  if (n_events != NULL)
    *n_events = n;
  return g_string_free (out, FALSE);
}
