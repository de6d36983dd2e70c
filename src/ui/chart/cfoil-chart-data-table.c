/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-chart-data.h"

#include <glib/gi18n.h>

/* --- from a table --- */

static CfoilUnit
unit_of (CfoilColumnKind kind)
{
  switch (kind)
    {
    case CFOIL_COLUMN_MONEY:
      return CFOIL_UNIT_MONEY;
    case CFOIL_COLUMN_RATIO:
      return CFOIL_UNIT_RATIO;
    case CFOIL_COLUMN_SPAN:
      return CFOIL_UNIT_SPAN;
    default:
      return CFOIL_UNIT_COUNT;
    }
}

static gboolean
is_number (CfoilColumnKind kind)
{
  return kind == CFOIL_COLUMN_MONEY || kind == CFOIL_COLUMN_COUNT || kind == CFOIL_COLUMN_RATIO || kind == CFOIL_COLUMN_SPAN;
}

/* The first number says the unit; columns of another kind have no place in the picture. */
static guint
find_first_number (const CfoilTable *table)
{
  for (guint column = 1; column < cfoil_table_get_n_columns (table); column++)
    if (is_number (cfoil_table_get_column (table, column)->kind))
      return column;
  return 0;
}

/* Groups and sums are not points. */
static GArray *
find_points (const CfoilTable *table)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint row = 0; row < cfoil_table_get_n_rows (table); row++)
    if (cfoil_table_get_row_kind (table, row) == CFOIL_ROW_PLAIN)
      g_array_append_val (rows, row);
  return rows;
}

static const char *
find_currency (const CfoilTable *table,
               const GArray     *rows,
               guint             column)
{
  for (guint i = 0; i < rows->len; i++)
    {
      const char *currency = cfoil_table_get_currency (table, g_array_index (rows, guint, i), column);

      if (currency != NULL)
        return currency;
    }
  return NULL;
}

/* "3 Oct" says too little where the days of several years stand beside each other. */
static char *
dup_day_label (CfoilBucket bucket,
               gint32      day,
               gboolean    has_years)
{
  g_autofree char *title = cfoil_bucket_to_title (bucket, day);
  int year, month, day_of_month;

  cfoil_day_to_date (day, &year, &month, &day_of_month);
  if (has_years && (bucket == CFOIL_BUCKET_DAY || bucket == CFOIL_BUCKET_WEEK))
    {
      g_autofree char *digits = g_strdup_printf ("%d", year);

      if (strstr (title, digits) == NULL)
        /* Translators: a day and a year, for example "3 Oct" and "2026". */
        return g_strdup_printf (C_ ("day and year", "%s %s"), title, digits);
    }
  return g_steal_pointer (&title);
}

static gboolean
has_two_years (const CfoilTable *table,
               const GArray     *rows)
{
  int first = 0, last = 0, month, day;

  if (rows->len < 2)
    return FALSE;
  cfoil_day_to_date ((gint32) cfoil_table_get_number (table, g_array_index (rows, guint, 0), 0), &first, &month, &day);
  cfoil_day_to_date ((gint32) cfoil_table_get_number (table, g_array_index (rows, guint, rows->len - 1), 0), &last, &month, &day);
  return first != last;
}

/* The days again, as what begins with them: the table itself need not know about months. */
static CfoilTable *
make_days (const CfoilTable *table,
           const GArray     *rows,
           CfoilBucket       bucket)
{
  CfoilTable *days = cfoil_table_new ("days", "");

  cfoil_table_add_column (days, "day", "", CFOIL_COLUMN_DAY);
  cfoil_table_set_bucket (days, bucket);
  for (guint i = 0; i < rows->len; i++)
    {
      cfoil_table_begin_row (days, CFOIL_ROW_PLAIN, NULL);
      cfoil_table_add_number (days, cfoil_table_get_number (table, g_array_index (rows, guint, i), 0));
    }
  return days;
}

static void
add_points (CfoilChartData   *self,
            const CfoilTable *table,
            const GArray     *rows,
            CfoilBucket       bucket)
{
  gboolean is_day = cfoil_table_get_column (table, 0)->kind == CFOIL_COLUMN_DAY;
  gboolean has_years = is_day && has_two_years (table, rows);
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (CfoilTable) days = is_day ? make_days (table, rows, bucket) : NULL;

  for (guint i = 0; i < rows->len; i++)
    {
      guint row = g_array_index (rows, guint, i);
      g_autofree char *title = is_day ? cfoil_table_format (days, i, 0, utc) : cfoil_table_format (table, row, 0, utc);
      g_autofree char *name = is_day ? cfoil_table_format_plain (days, i, 0) : cfoil_table_format_plain (table, row, 0);
      g_autofree char *label = NULL;

      if (is_day && cfoil_table_get_number (table, row, 0) != CFOIL_UNKNOWN)
        label = dup_day_label (bucket, (gint32) cfoil_table_get_number (table, row, 0), has_years);
      cfoil_chart_data_add_point (self, label != NULL ? label : title, title, cfoil_table_get_query (table, row));
      cfoil_chart_data_set_point_name (self, i, name);
    }
}

/* Who tabulates days need not know that they will stand for months. */
static void
name_points (CfoilChartData         *self,
             const CfoilTableColumn *key,
             CfoilBucket             bucket)
{
  static const char *const titles[] = {
    [CFOIL_BUCKET_DAY] = N_("Day"),
    [CFOIL_BUCKET_WEEK] = N_("Week From"),
    [CFOIL_BUCKET_MONTH] = N_("Month"),
    [CFOIL_BUCKET_QUARTER] = N_("Quarter"),
    [CFOIL_BUCKET_YEAR] = N_("Year"),
  };
  gboolean is_bucket = key->kind == CFOIL_COLUMN_DAY && bucket != CFOIL_BUCKET_DAY;

  cfoil_chart_data_set_points_title (self, is_bucket ? _(titles[bucket]) : key->title);
  cfoil_chart_data_set_points_name (self, is_bucket ? cfoil_bucket_to_string (bucket) : key->name);
}

CfoilChartData *
cfoil_chart_data_new_from_table (CfoilChartKind    kind,
                                 const CfoilTable *table,
                                 CfoilBucket       bucket)
{
  guint first = find_first_number (table);
  CfoilColumnKind column_kind = cfoil_table_get_column (table, first)->kind;
  g_autoptr (GArray) rows = find_points (table);
  g_autofree gint64 *values = g_new (gint64, MAX (rows->len, 1));
  const char *currency = first > 0 ? find_currency (table, rows, first) : NULL;
  CfoilChartData *self = cfoil_chart_data_new (kind, cfoil_table_get_title (table), unit_of (column_kind), currency);

  name_points (self, cfoil_table_get_column (table, 0), bucket);
  add_points (self, table, rows, bucket);
  for (guint column = first; first > 0 && column < cfoil_table_get_n_columns (table); column++)
    {
      const CfoilTableColumn *info = cfoil_table_get_column (table, column);

      if (info->kind != column_kind)
        continue;
      for (guint i = 0; i < rows->len; i++)
        {
          guint row = g_array_index (rows, guint, i);
          const char *own = cfoil_table_get_currency (table, row, column);

          /* Amounts of two currencies have no common axis. */
          values[i] = own != NULL && g_strcmp0 (own, currency) != 0 ? CFOIL_UNKNOWN : cfoil_table_get_number (table, row, column);
        }
      cfoil_chart_data_set_series_name (self, cfoil_chart_data_add_series (self, info->title, values, G_MAXUINT), info->name);
    }
  return self;
}

/* --- to a table --- */

static CfoilColumnKind
column_kind_of (CfoilUnit unit)
{
  switch (unit)
    {
    case CFOIL_UNIT_MONEY:
      return CFOIL_COLUMN_MONEY;
    case CFOIL_UNIT_RATIO:
      return CFOIL_COLUMN_RATIO;
    case CFOIL_UNIT_SPAN:
      return CFOIL_COLUMN_SPAN;
    default:
      return CFOIL_COLUMN_COUNT;
    }
}

static void
add_value (CfoilTable           *table,
           const CfoilChartData *self,
           gint64                value)
{
  if (cfoil_chart_data_get_unit (self) == CFOIL_UNIT_MONEY)
    cfoil_table_add_money (table, value, cfoil_chart_data_get_currency (self));
  else
    cfoil_table_add_number (table, value);
}

/* Gauges have one value each and no points to speak of: a row for each of them, then one for each mark. */
static void
add_gauge_rows (CfoilTable           *table,
                const CfoilChartData *self)
{
  for (guint series = 0; series < cfoil_chart_data_get_n_series (self); series++)
    {
      cfoil_table_begin_row (table, CFOIL_ROW_PLAIN,
                             cfoil_chart_data_get_n_points (self) > 0 ? cfoil_chart_data_get_query (self, 0) : NULL);
      cfoil_table_add_text (table, cfoil_chart_data_get_series_title (self, series));
      add_value (table, self, cfoil_chart_data_get_value (self, series, 0));
    }
  for (guint limit = 0; limit < cfoil_chart_data_get_n_limits (self); limit++)
    {
      cfoil_table_begin_row (table, CFOIL_ROW_PLAIN, NULL);
      cfoil_table_add_text (table, cfoil_chart_data_get_limit_title (self, limit));
      add_value (table, self, cfoil_chart_data_get_limit_value (self, limit));
    }
}

static void
add_point_rows (CfoilTable           *table,
                const CfoilChartData *self)
{
  for (guint point = 0; point < cfoil_chart_data_get_n_points (self); point++)
    {
      cfoil_table_begin_row (table, CFOIL_ROW_PLAIN, cfoil_chart_data_get_query (self, point));
      cfoil_table_add_named (table, cfoil_chart_data_get_point_title (self, point), cfoil_chart_data_get_point_name (self, point));
      for (guint series = 0; series < cfoil_chart_data_get_n_series (self); series++)
        add_value (table, self, cfoil_chart_data_get_value (self, series, point));
    }
}

static void
add_immature_note (CfoilTable           *table,
                   const CfoilChartData *self)
{
  for (guint series = 0; series < cfoil_chart_data_get_n_series (self); series++)
    {
      guint from = cfoil_chart_data_get_immature_from (self, series);

      if (from < cfoil_chart_data_get_n_points (self))
        {
          /* Translators: the first %s is a name ("Dispute Rate"), the second a day or month. */
          g_autofree char *note = g_strdup_printf (_("%s: from %s on the numbers may still change."),
                                                   cfoil_chart_data_get_series_title (self, series),
                                                   cfoil_chart_data_get_point_title (self, from));

          cfoil_table_add_note (table, note);
        }
    }
}

CfoilTable *
cfoil_chart_data_to_table (const CfoilChartData *self)
{
  gboolean is_gauge = cfoil_chart_data_get_kind (self) == CFOIL_CHART_GAUGE;
  CfoilColumnKind kind = column_kind_of (cfoil_chart_data_get_unit (self));
  CfoilTable *table = cfoil_table_new ("chart", cfoil_chart_data_get_title (self));
  const char *title = cfoil_chart_data_get_points_title (self), *name = cfoil_chart_data_get_points_name (self);

  if (is_gauge)
    {
      cfoil_table_add_column (table, "name", _("Name"), CFOIL_COLUMN_TEXT);
      cfoil_table_add_column (table, "value", _("Value"), kind);
      add_gauge_rows (table, self);
      return table;
    }
  cfoil_table_add_column (table, name != NULL ? name : "point", title != NULL ? title : "", CFOIL_COLUMN_TEXT);
  for (guint series = 0; series < cfoil_chart_data_get_n_series (self); series++)
    cfoil_table_add_column (table, cfoil_chart_data_get_series_name (self, series), cfoil_chart_data_get_series_title (self, series), kind);
  add_point_rows (table, self);
  add_immature_note (table, self);
  return table;
}
