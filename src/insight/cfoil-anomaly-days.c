/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-anomaly-private.h"
#include "cfoil-period.h"
#include "cfoil-types.h"

/* Rules about days and weeks, from the daily sums: the same little work each time, however
 * many rows there are, and what becomes known late (a fee, a refusal) is looked at, too. */

#define BASE_DAYS 28
#define MIN_ATTEMPTS 30
#define MIN_DEVIATIONS 4000 /* times 1000 */
#define N_WEEKS 12
#define MIN_WEEKS 6
#define MIN_WEEK_PAYMENTS 20
/* A median absolute deviation is about 1 / 1.4826 of a standard deviation. */
#define TIMES_DEVIATION 8
#define MIN_REFUND_STEP 40000 /* parts per million */
#define MIN_FEE_STEP 1000
#define COUNTRY_DAYS 7
#define COUNTRY_BASE_DAYS 90
#define MIN_COUNTRY 10
#define NEW_COUNTRY_SHARE 100000 /* parts per million: a tenth */
#define RARE_COUNTRY_SHARE 10000

/* A day or week of one currency. */
typedef struct
{
  gint32 day;
  gint64 n_done, n_declined;
  gint64 gross_minor;   /* of charges */
  gint64 settled_minor; /* of it what has a fee */
  gint64 fee_minor;     /* of charges; a cost is negative */
  gint64 refund_minor;  /* negative */
} Sums;

/* Days of CURRENCY from FIRST to END, those without rows left out. */
static GArray *
read_days (CfoilLook  *look,
           const char *currency,
           gint32      first,
           gint32      end,
           GError    **error)
{
  g_autoptr (CfoilStatement) rows = NULL;
  g_autoptr (GArray) days = g_array_new (FALSE, FALSE, sizeof (Sums));
  CfoilStep step;

  rows = cfoil_database_prepare (look->writer,
                                 "SELECT day, sum (iif (type = 1, n_done, 0)), sum (iif (type = 1, n_declined, 0)), "
                                 "sum (iif (type = 1, gross_minor, 0)), sum (iif (type = 1, gross_minor - unsettled_minor, 0)), "
                                 "sum (iif (type = 1, fee_minor, 0)), sum (iif (type = 2, gross_minor, 0)) FROM daily "
                                 "WHERE account_id = ?1 AND currency = ?2 AND day >= ?3 AND day < ?4 GROUP BY day ORDER BY day",
                                 error);
  if (rows == NULL)
    return NULL;
  cfoil_statement_bind_int64 (rows, 1, look->account_id);
  cfoil_statement_bind_text (rows, 2, currency);
  cfoil_statement_bind_int64 (rows, 3, first);
  cfoil_statement_bind_int64 (rows, 4, end);
  while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    {
      Sums sums = {
        .day = (gint32) cfoil_statement_column_int64 (rows, 0),
        .n_done = cfoil_statement_column_int64 (rows, 1),
        .n_declined = cfoil_statement_column_int64 (rows, 2),
        .gross_minor = cfoil_statement_column_int64 (rows, 3),
        .settled_minor = cfoil_statement_column_int64 (rows, 4),
        .fee_minor = cfoil_statement_column_int64 (rows, 5),
        .refund_minor = cfoil_statement_column_int64 (rows, 6),
      };

      g_array_append_val (days, sums);
    }
  return step == CFOIL_STEP_DONE ? g_steal_pointer (&days) : NULL;
}

/* Calls FUNC with each currency and the days from FIRST to LAST. */
typedef gboolean (*DaysFunc) (CfoilLook  *look,
                              const char *currency,
                              gint32      first,
                              gint32      last,
                              GError    **error);

static gboolean
for_currencies (CfoilLook *look,
                DaysFunc   func,
                GError   **error)
{
  g_autoptr (CfoilStatement) rows = NULL;
  gint32 last = cfoil_day_of_time (look->now_us, look->zone);
  CfoilStep step;

  rows = cfoil_database_prepare (look->writer, "SELECT DISTINCT currency FROM daily WHERE account_id = ?1 AND currency <> ''", error);
  if (rows == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (rows, 1, look->account_id);
  while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    {
      g_autofree char *currency = g_strdup (cfoil_statement_column_text (rows, 0));

      if (!func (look, currency, last - LOOK_BACK_DAYS, last, error))
        return FALSE;
    }
  return step == CFOIL_STEP_DONE;
}

static char *
dup_days_query (gint32      first,
                gint32      end,
                const char *more)
{
  CfoilPeriod period = { CFOIL_PERIOD_DAYS, first, end };
  g_autofree char *days = cfoil_period_to_query (&period);

  return g_strdup_printf ("%s %s", days, more);
}

static void
set_days (CfoilLook    *look,
          CfoilTelling *telling,
          gint32        first,
          gint32        end,
          const char   *more)
{
  g_autofree char *query = dup_days_query (first, end, more);

  _cfoil_telling_set_span (telling, cfoil_day_to_time (first, look->zone), cfoil_day_to_time (end, look->zone) - 1);
  _cfoil_telling_set_query (telling, query);
}

static gint64
share (gint64 part,
       gint64 whole)
{
  return whole > 0 ? (gint64) ((__int128) part * 1000000 / whole) : 0;
}

/* --- declined payments --- */

static gboolean
tell_declines (CfoilLook  *look,
               const char *currency,
               const Sums *day,
               gint64      declined,
               gint64      attempts,
               GError    **error)
{
  g_autofree char *subject = g_strdup_printf ("%d", day->day);
  CfoilTelling *telling = _cfoil_telling_new ("decline-jump", subject, currency);

  set_days (look, telling, day->day, day->day + 1, "type:charge state:declined");
  _cfoil_telling_set_number (telling, "n", day->n_declined);
  _cfoil_telling_set_number (telling, "of", day->n_declined + day->n_done);
  _cfoil_telling_set_number (telling, "share_ppm", share (day->n_declined, day->n_declined + day->n_done));
  _cfoil_telling_set_number (telling, "usual_ppm", share (declined, attempts));
  return _cfoil_look_tell (look, telling, error);
}

static gboolean
find_declines (CfoilLook  *look,
               const char *currency,
               gint32      first,
               gint32      last,
               GError    **error)
{
  g_autoptr (GArray) days = read_days (look, currency, first - BASE_DAYS, last + 1, error);

  if (days == NULL)
    return FALSE;
  for (guint i = 0; i < days->len; i++)
    {
      const Sums *day = &g_array_index (days, Sums, i);
      gint64 declined = 0, attempts = 0;

      if (day->day < first || day->n_done + day->n_declined < MIN_ATTEMPTS)
        continue;
      for (guint j = 0; j < i; j++)
        {
          const Sums *before = &g_array_index (days, Sums, j);

          if (before->day < day->day - BASE_DAYS)
            continue;
          declined += before->n_declined;
          attempts += before->n_done + before->n_declined;
        }
      if (attempts >= MIN_ATTEMPTS &&
          _cfoil_two_proportions (day->n_declined, day->n_done + day->n_declined, declined, attempts) > MIN_DEVIATIONS &&
          !tell_declines (look, currency, day, declined, attempts, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
_cfoil_look_decline_jump (CfoilLook *look,
                          GError   **error)
{
  return for_currencies (look, find_declines, error);
}

/* --- weeks --- */

/* Seven days each, the last ending with the day before END; weeks[N_WEEKS] is the newest. */
static void
sum_weeks (const GArray *days,
           gint32        end,
           Sums          weeks[N_WEEKS + 1])
{
  for (guint i = 0; i <= N_WEEKS; i++)
    weeks[i] = (Sums){ .day = end - 7 * (gint32) (N_WEEKS + 1 - i) };
  for (guint i = 0; i < days->len; i++)
    {
      const Sums *day = &g_array_index (days, Sums, i);
      int week = (day->day - weeks[0].day) / 7;

      if (day->day < weeks[0].day || week > N_WEEKS)
        continue;
      weeks[week].n_done += day->n_done;
      weeks[week].gross_minor += day->gross_minor;
      weeks[week].settled_minor += day->settled_minor;
      weeks[week].fee_minor += day->fee_minor;
      weeks[week].refund_minor += day->refund_minor;
    }
}

typedef gboolean (*WeekRatio) (const Sums *week,
                               gint64     *ratio);

static gboolean
refund_ratio (const Sums *week,
              gint64     *ratio)
{
  *ratio = share (-week->refund_minor, week->gross_minor);
  return week->n_done >= MIN_WEEK_PAYMENTS && week->gross_minor > 0;
}

static gboolean
fee_ratio (const Sums *week,
           gint64     *ratio)
{
  *ratio = share (-week->fee_minor, week->settled_minor);
  return week->n_done >= MIN_WEEK_PAYMENTS && week->settled_minor > 0;
}

/* Whether the newest week is outside of what the weeks before it were. */
static gboolean
is_outside (const Sums weeks[N_WEEKS + 1],
            WeekRatio  ratio_of,
            gint64     min_step,
            gint64    *ratio,
            gint64    *median)
{
  gint64 values[N_WEEKS], deviation;
  guint n = 0;

  if (!ratio_of (&weeks[N_WEEKS], ratio))
    return FALSE;
  for (guint i = 0; i < N_WEEKS; i++)
    if (ratio_of (&weeks[i], &values[n]))
      n++;
  if (n < MIN_WEEKS)
    return FALSE;
  *median = _cfoil_median (values, n);
  deviation = _cfoil_median_deviation (values, n, *median);
  return ABS (*ratio - *median) > MAX (deviation * TIMES_DEVIATION, min_step);
}

static gboolean
find_weeks (CfoilLook  *look,
            const char *currency,
            gint32      first,
            gint32      last,
            const char *rule,
            WeekRatio   ratio_of,
            gint64      min_step,
            const char *query,
            GError    **error)
{
  g_autoptr (GArray) days = read_days (look, currency, first - 7 * (N_WEEKS + 1), last + 1, error);

  if (days == NULL)
    return FALSE;
  /* Whole weeks only, from Monday: half a week has another mixture of weekdays. */
  for (gint32 day = cfoil_bucket_floor (CFOIL_BUCKET_WEEK, first); day + 7 <= cfoil_day_of_time (look->now_us, look->zone) && day <= last;
       day += 7)
    {
      Sums weeks[N_WEEKS + 1];
      gint64 ratio, median;
      g_autofree char *subject = g_strdup_printf ("%d", day);
      CfoilTelling *telling;

      sum_weeks (days, day + 7, weeks);
      if (!is_outside (weeks, ratio_of, min_step, &ratio, &median))
        continue;
      telling = _cfoil_telling_new (rule, subject, currency);
      set_days (look, telling, day, day + 7, query);
      _cfoil_telling_set_number (telling, "share_ppm", ratio);
      _cfoil_telling_set_number (telling, "usual_ppm", median);
      if (!_cfoil_look_tell (look, telling, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
find_refund_weeks (CfoilLook  *look,
                   const char *currency,
                   gint32      first,
                   gint32      last,
                   GError    **error)
{
  return find_weeks (look, currency, first, last, "refund-ratio", refund_ratio, MIN_REFUND_STEP, "type:refund", error);
}

gboolean
_cfoil_look_refund_ratio (CfoilLook *look,
                          GError   **error)
{
  return for_currencies (look, find_refund_weeks, error);
}

static gboolean
find_fee_weeks (CfoilLook  *look,
                const char *currency,
                gint32      first,
                gint32      last,
                GError    **error)
{
  return find_weeks (look, currency, first, last, "fee-drift", fee_ratio, MIN_FEE_STEP, "type:charge has:fee_total", error);
}

gboolean
_cfoil_look_fee_drift (CfoilLook *look,
                       GError   **error)
{
  return for_currencies (look, find_fee_weeks, error);
}

/* --- countries --- */

static gboolean
tell_country (CfoilLook      *look,
              CfoilStatement *row,
              gint32          today,
              GError        **error)
{
  const char *country = cfoil_statement_column_text (row, 0);
  g_autofree char *query = g_strdup_printf ("type:charge country:%s", country);
  CfoilTelling *telling = _cfoil_telling_new ("new-country", country, NULL);

  set_days (look, telling, today - COUNTRY_DAYS + 1, today + 1, query);
  _cfoil_telling_set_text (telling, "country", country);
  _cfoil_telling_set_number (telling, "n", cfoil_statement_column_int64 (row, 1));
  _cfoil_telling_set_number (telling, "of", cfoil_statement_column_int64 (row, 3));
  _cfoil_telling_set_number (telling, "before", cfoil_statement_column_int64 (row, 2));
  _cfoil_telling_set_number (telling, "before_of", cfoil_statement_column_int64 (row, 4));
  return _cfoil_look_tell (look, telling, error);
}

/* A country with a tenth of the last week's payments and hardly any before. */
gboolean
_cfoil_look_new_country (CfoilLook *look,
                         GError   **error)
{
  g_autoptr (CfoilStatement) rows = NULL;
  gint32 today = cfoil_day_of_time (look->now_us, look->zone);
  CfoilStep step;

  /* It goes through three months of payments. */
  if (look->has_looked_today)
    return TRUE;
  rows = cfoil_database_prepare (look->writer,
                                 "WITH paid AS (SELECT coalesce (t.buyer_country, p.buyer_country) AS country, t.sort_us >= ?3 AS is_new "
                                 "FROM txn AS t INDEXED BY txn_sort LEFT JOIN charge_permission AS p ON p.account_id = t.account_id "
                                 "AND p.permission_id = t.permission_id WHERE t.sort_us BETWEEN ?2 AND ?4 AND t.account_id = ?1 "
                                 "AND t.type = 1 AND t.state IN (3, 5)), "
                                 "sums AS (SELECT country, sum (is_new) AS n, sum (1 - is_new) AS before FROM paid WHERE country IS NOT NULL "
                                 "GROUP BY country) "
                                 "SELECT country, n, before, sum (n) OVER (), sum (before) OVER () FROM sums",
                                 error);
  if (rows == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (rows, 1, look->account_id);
  cfoil_statement_bind_int64 (rows, 2, cfoil_day_to_time (today - COUNTRY_BASE_DAYS, look->zone));
  cfoil_statement_bind_int64 (rows, 3, cfoil_day_to_time (today - COUNTRY_DAYS + 1, look->zone));
  cfoil_statement_bind_int64 (rows, 4, look->now_us);
  while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    {
      gint64 n = cfoil_statement_column_int64 (rows, 1), before = cfoil_statement_column_int64 (rows, 2);
      gint64 all = cfoil_statement_column_int64 (rows, 3), all_before = cfoil_statement_column_int64 (rows, 4);

      if (n >= MIN_COUNTRY && all_before >= MIN_COUNTRY * 10 && share (n, all) >= NEW_COUNTRY_SHARE &&
          share (before, all_before) < RARE_COUNTRY_SHARE && !tell_country (look, rows, today, error))
        return FALSE;
    }
  return step == CFOIL_STEP_DONE;
}
