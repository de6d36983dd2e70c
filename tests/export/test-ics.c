/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-ics.h"

#include <locale.h>
#include <string.h>

#define OPENED_US (G_GINT64_CONSTANT (1794300000) * G_USEC_PER_SEC) /* 2026-11-10T08:40:00Z */

static void
fill (CfoilCase  *record,
      const char *uid,
      gint64      due_us)
{
  memset (record, 0, sizeof *record);
  record->uid = (char *) uid;
  record->account = (char *) "Shop; with, marks\\";
  record->environment = (char *) "live";
  record->kind = CFOIL_CASE_CHARGEBACK;
  record->dispute_id = (char *) "P01-1234567-7654321-B012345";
  record->reason = CFOIL_REASON_FRAUD;
  record->currency = (char *) "JPY";
  record->amount_minor = 2554;
  record->opened_us = OPENED_US;
  record->updated_us = CFOIL_UNKNOWN;
  record->due_us = due_us;
}

/* Lines as a calendar reads them: folded ones put together again. */
static char **
unfold (const char *text)
{
  g_autoptr (GString) whole = g_string_new (text);
  g_auto (GStrv) lines = g_strsplit (text, "\r\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_assert_null (strchr (lines[i], '\n'));
      g_assert_cmpuint (strlen (lines[i]), <=, 75);
      g_assert_true (g_utf8_validate (lines[i], -1, NULL));
    }
  g_string_replace (whole, "\r\n ", "", 0);
  return g_strsplit (whole->str, "\r\n", -1);
}

static gboolean
has_line (char      **lines,
          const char *line)
{
  return g_strv_contains ((const char *const *) lines, line);
}

static void
test_events (void)
{
  CfoilCase soon, later, answered;
  g_autoptr (GPtrArray) cases = g_ptr_array_new ();
  g_autofree char *text = NULL;
  g_autofree char *again = NULL;
  g_auto (GStrv) lines = NULL;
  guint n = 0;

  fill (&later, "bbb", OPENED_US + 11 * G_TIME_SPAN_DAY);
  fill (&soon, "aaa", OPENED_US + 5 * G_TIME_SPAN_DAY);
  fill (&answered, "ccc", CFOIL_UNKNOWN);
  soon.due_is_estimate = TRUE;
  soon.dispute_id = NULL;
  soon.charge_id = (char *) "P01-1234567-7654321-C012345\r\nATTACH:http://evil.example";
  g_ptr_array_add (cases, &later);
  g_ptr_array_add (cases, &answered);
  g_ptr_array_add (cases, &soon);
  text = cfoil_ics_make (cases, &n);
  again = cfoil_ics_make (cases, NULL);
  g_assert_cmpstr (text, ==, again);
  g_assert_cmpuint (n, ==, 2);
  lines = unfold (text);
  g_assert_cmpstr (lines[0], ==, "BEGIN:VCALENDAR");
  g_assert_true (has_line (lines, "UID:bbb@counterfoil"));
  g_assert_true (has_line (lines, "DTSTART:20261121T084000Z"));
  g_assert_true (has_line (lines, "DTSTAMP:20261110T084000Z"));
  g_assert_true (has_line (lines, "SUMMARY:Answer due: Chargeback P01-1234567-7654321-B012345"));
  g_assert_true (has_line (lines, "TRIGGER:-PT120H"));
  g_assert_true (has_line (lines, "TRIGGER:-PT4H"));
  g_assert_nonnull (strstr (text, "estimated"));
  g_assert_nonnull (strstr (text, "Shop\\; with\\, marks\\\\"));
  /* What came from outside cannot become a line. */
  for (guint i = 0; lines[i] != NULL; i++)
    g_assert_false (g_str_has_prefix (lines[i], "ATTACH"));
  /* The sooner one is first. */
  g_assert_true (strstr (text, "UID:aaa") < strstr (text, "UID:bbb"));
}

static void
test_none (void)
{
  g_autoptr (GPtrArray) cases = g_ptr_array_new ();
  guint n = 7;
  g_autofree char *text = cfoil_ics_make (cases, &n);

  g_assert_cmpuint (n, ==, 0);
  g_assert_cmpstr (text, ==, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Counterfoil//Deadlines//EN\r\nEND:VCALENDAR\r\n");
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ics/events", test_events);
  g_test_add_func ("/ics/none", test_none);
  return g_test_run ();
}
