/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "simulator-reports.h"

#include <string.h>

static void
report_free (gpointer data)
{
  CfoilSimReport *report = data;

  g_free (report->id);
  g_free (report->document_id);
  g_free (report);
}

static void
schedule_free (gpointer data)
{
  CfoilSimSchedule *schedule = data;

  g_free (schedule->id);
  g_free (schedule->frequency);
  g_free (schedule);
}

static char *
make_id (CfoilSimReports *reports,
         const char      *prefix,
         guint            length)
{
  static const char alphabet[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  GString *id = g_string_new (prefix);

  while (id->len < length)
    g_string_append_c (id, alphabet[cfoil_sim_random_below (&reports->random, 36)]);
  return g_string_free (id, FALSE);
}

static CfoilSimReport *
add (CfoilSimReports   *reports,
     CfoilSimReportType type,
     guint              settlement,
     gint64             start,
     gint64             end,
     gint64             created)
{
  CfoilSimReport *report = g_new0 (CfoilSimReport, 1);

  report->id = make_id (reports, "A", 21);
  report->document_id = make_id (reports, "amzn1.tortuga.3.", 52);
  report->type = type;
  report->settlement = settlement;
  report->start = start;
  report->end = end;
  report->created = created;
  report->done_ms = created * 1000 + 60000;
  g_ptr_array_add (reports->reports, report);
  g_hash_table_insert (reports->by_id, report->id, report);
  g_hash_table_insert (reports->by_document, report->document_id, report);
  return report;
}

/* @number: of the settlement, from one */
CfoilSimReport *
cfoil_sim_reports_add_settlement (CfoilSimReports *reports,
                                  guint            number,
                                  gint64           created)
{
  const CfoilSimSettlement *settlement = g_ptr_array_index (reports->merchant->settlements, number - 1);
  CfoilSimReport *report = add (reports, CFOIL_SIM_REPORT_SETTLEMENT, number, settlement->start, settlement->end, created);

  /* Settlement reports appear when they are ready. */
  report->done_ms = created * 1000;
  return report;
}

static int
compare_created (gconstpointer a,
                 gconstpointer b)
{
  const CfoilSimReport *x = *(const CfoilSimReport *const *) a;
  const CfoilSimReport *y = *(const CfoilSimReport *const *) b;

  if (x->created != y->created)
    return x->created < y->created ? -1 : 1;
  return strcmp (x->id, y->id);
}

/* The merchant had weekly transaction reports made by a schedule. */
static void
add_weekly_reports (CfoilSimReports *reports)
{
  static const CfoilSimReportType types[] = { CFOIL_SIM_REPORT_ORDER_REFERENCE, CFOIL_SIM_REPORT_BILLING_AGREEMENT,
                                              CFOIL_SIM_REPORT_AUTHORIZATION, CFOIL_SIM_REPORT_REFUND,
                                              CFOIL_SIM_REPORT_CAPTURE };
  const CfoilSimOptions *options = &reports->merchant->options;
  gint64 start = options->until - options->days * CFOIL_SIM_DAY;

  for (guint week = 4; week > 0; week--)
    for (guint i = 0; i < G_N_ELEMENTS (types); i++)
      {
        gint64 end = options->until - (gint64) (week * 7 - 4) * CFOIL_SIM_DAY;

        if (end - 7 * CFOIL_SIM_DAY < start || (types[i] == CFOIL_SIM_REPORT_CAPTURE && !options->capture_report))
          continue;
        add (reports, types[i], 0, end - 7 * CFOIL_SIM_DAY, end, end + 300 + 40 * i);
      }
  cfoil_sim_reports_add_schedule (reports, CFOIL_SIM_REPORT_REFUND, "P7D", options->until + 3 * CFOIL_SIM_DAY);
}

CfoilSimReports *
cfoil_sim_reports_new (CfoilSimMerchant *merchant)
{
  CfoilSimReports *reports = g_new0 (CfoilSimReports, 1);

  reports->merchant = merchant;
  reports->reports = g_ptr_array_new_with_free_func (report_free);
  reports->schedules = g_ptr_array_new_with_free_func (schedule_free);
  reports->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  reports->by_document = g_hash_table_new (g_str_hash, g_str_equal);
  cfoil_sim_random_init (&reports->random, merchant->options.seed, "reports");
  for (guint i = 0; i < merchant->settlements->len; i++)
    {
      const CfoilSimSettlement *settlement = g_ptr_array_index (merchant->settlements, i);

      cfoil_sim_reports_add_settlement (reports, i + 1, settlement->end + cfoil_sim_random_between (&reports->random, 600, 2700));
    }
  if (!merchant->options.sandbox)
    add_weekly_reports (reports);
  g_ptr_array_sort (reports->reports, compare_created);
  return reports;
}

void
cfoil_sim_reports_free (CfoilSimReports *reports)
{
  g_hash_table_unref (reports->by_id);
  g_hash_table_unref (reports->by_document);
  g_ptr_array_unref (reports->reports);
  g_ptr_array_unref (reports->schedules);
  g_free (reports);
}

CfoilSimReport *
cfoil_sim_reports_create (CfoilSimReports   *reports,
                          CfoilSimReportType type,
                          gint64             start,
                          gint64             end)
{
  CfoilSimMerchant *merchant = reports->merchant;
  gint64 now = cfoil_sim_merchant_now (merchant);
  CfoilSimReport *report = add (reports, type, 0, start, end, now);
  g_autoptr (GBytes) document = NULL;
  guint rows;

  report->done_ms = cfoil_sim_clock_merchant_millis (&merchant->clock) + merchant->options.processing_ms;
  document = cfoil_sim_document_build (merchant, type, 0, start, MIN (end, now), &rows);
  report->empty = rows == 0;
  report->forced = reports->next_status;
  reports->next_status = NULL;
  return report;
}

/* Older reports than the retention time are gone. */
gboolean
cfoil_sim_reports_serves (const CfoilSimReports *reports,
                          const CfoilSimReport  *report)
{
  const CfoilSimOptions *options = &reports->merchant->options;
  gint64 now = cfoil_sim_merchant_now (reports->merchant);

  return report->created <= now &&
         (options->retention_days == 0 || report->created >= now - options->retention_days * CFOIL_SIM_DAY);
}

CfoilSimReport *
cfoil_sim_reports_find (CfoilSimReports *reports,
                        const char      *id)
{
  CfoilSimReport *report = g_hash_table_lookup (reports->by_id, id);

  return report != NULL && cfoil_sim_reports_serves (reports, report) ? report : NULL;
}

CfoilSimReport *
cfoil_sim_reports_find_document (CfoilSimReports *reports,
                                 const char      *document_id)
{
  CfoilSimReport *report = g_hash_table_lookup (reports->by_document, document_id);

  return report != NULL && cfoil_sim_reports_serves (reports, report) &&
             strcmp (cfoil_sim_report_status (reports, report), "COMPLETED") == 0 ? report : NULL;
}

/* Whether a settlement row can be had from some report now. */
gboolean
cfoil_sim_reports_serves_line (const CfoilSimReports *reports,
                               const CfoilSimLine    *line)
{
  if (reports->merchant->options.sandbox)
    return line->posted <= cfoil_sim_merchant_now (reports->merchant);
  for (guint i = 0; line->settlement != 0 && i < reports->reports->len; i++)
    {
      const CfoilSimReport *report = g_ptr_array_index (reports->reports, i);

      if (report->settlement == line->settlement)
        return cfoil_sim_reports_serves (reports, report);
    }
  return FALSE;
}

const char *
cfoil_sim_report_status (const CfoilSimReports *reports,
                         const CfoilSimReport  *report)
{
  if (report->forced != NULL)
    return report->forced;
  if (cfoil_sim_clock_merchant_millis (&reports->merchant->clock) < report->done_ms)
    return "IN_PROGRESS";
  return report->empty ? "CANCELLED" : "COMPLETED";
}

GBytes *
cfoil_sim_report_document (const CfoilSimReports *reports,
                           const CfoilSimReport  *report)
{
  guint rows;

  return cfoil_sim_document_build (reports->merchant, report->type, report->settlement, report->start,
                                   report->settlement != 0 ? report->end : MIN (report->end, report->created), &rows);
}

CfoilSimSchedule *
cfoil_sim_reports_add_schedule (CfoilSimReports   *reports,
                                CfoilSimReportType type,
                                const char        *frequency,
                                gint64             next)
{
  CfoilSimSchedule *schedule = g_new0 (CfoilSimSchedule, 1);

  schedule->id = g_strdup_printf ("6%010u", cfoil_sim_random_below (&reports->random, 1000000000));
  schedule->type = type;
  schedule->frequency = g_strdup (frequency);
  schedule->next = next;
  g_ptr_array_add (reports->schedules, schedule);
  return schedule;
}

/* In seconds; 0: not a frequency. */
static gint64
frequency_seconds (const char *frequency)
{
  const char *number = frequency + strcspn (frequency, "0123456789");
  gint64 n = g_ascii_strtoll (number, NULL, 10);

  switch (frequency[strlen (frequency) - 1])
    {
    case 'M':
      return n * 60;
    case 'H':
      return n * 3600;
    case 'D':
      return n * CFOIL_SIM_DAY;
    default:
      return 0;
    }
}

/* Makes what is due by now. */
void
cfoil_sim_reports_run_schedules (CfoilSimReports *reports)
{
  gint64 now = cfoil_sim_merchant_now (reports->merchant);

  for (guint i = 0; i < reports->schedules->len; i++)
    {
      CfoilSimSchedule *schedule = g_ptr_array_index (reports->schedules, i);
      gint64 seconds = frequency_seconds (schedule->frequency);

      for (guint n = 0; seconds > 0 && schedule->next <= now && n < 100; n++)
        {
          cfoil_sim_reports_create (reports, schedule->type, schedule->next - seconds, schedule->next);
          schedule->next += seconds;
        }
    }
}
