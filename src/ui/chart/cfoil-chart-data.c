/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-chart-data.h"

#include "cfoil-shown-text.h"

#include <string.h>

typedef struct
{
  char *label; /* (owned) */
  char *title; /* (owned) (nullable) */
  char *name;  /* (owned) (nullable) */
  char *query; /* (owned) (nullable) */
} Point;

typedef struct
{
  char *title;    /* (owned) */
  char *name;     /* (owned) (nullable) */
  char *terms;    /* (owned) (nullable) */
  gint64 *values; /* (owned): one per point */
  guint n_values;
  guint immature_from;
} Series;

typedef struct
{
  char *title; /* (owned) */
  gint64 value;
} Limit;

struct _CfoilChartData
{
  CfoilChartKind kind;
  char *title; /* (owned) */
  CfoilUnit unit;
  char *currency;     /* (owned) (nullable) */
  char *points_title; /* (owned) (nullable) */
  char *points_name;  /* (owned) (nullable) */
  GArray *points;     /* (owned): Point */
  GArray *series;     /* (owned): Series */
  GArray *limits;     /* (owned): Limit */
};

/* Names of stores or products come from outside: one line, nothing that steers. */
static char *
dup_clean (const char *text)
{
  g_autofree char *shown = cfoil_shown_text (text);

  return shown != NULL ? cfoil_shown_text_to_plain (shown) : NULL;
}

static char *
dup_clean_or_empty (const char *text)
{
  char *clean = dup_clean (text);

  return clean != NULL ? clean : g_strdup ("");
}

static void
clear_point (gpointer data)
{
  Point *point = data;

  g_free (point->label);
  g_free (point->title);
  g_free (point->name);
  g_free (point->query);
}

static void
clear_series (gpointer data)
{
  Series *series = data;

  g_free (series->title);
  g_free (series->name);
  g_free (series->terms);
  g_free (series->values);
}

static void
clear_limit (gpointer data)
{
  g_free (((Limit *) data)->title);
}

static GArray *
new_array (gsize          size,
           GDestroyNotify clear)
{
  GArray *array = g_array_new (FALSE, FALSE, (guint) size);

  g_array_set_clear_func (array, clear);
  return array;
}

CfoilChartData *
cfoil_chart_data_new (CfoilChartKind kind,
                      const char    *title,
                      CfoilUnit      unit,
                      const char    *currency)
{
  CfoilChartData *self;

  g_return_val_if_fail (title != NULL, NULL);

  self = g_atomic_rc_box_new0 (CfoilChartData);
  self->kind = kind;
  self->title = dup_clean_or_empty (title);
  self->unit = unit;
  self->currency = g_strdup (currency);
  self->points = new_array (sizeof (Point), clear_point);
  self->series = new_array (sizeof (Series), clear_series);
  self->limits = new_array (sizeof (Limit), clear_limit);
  return self;
}

CfoilChartData *
cfoil_chart_data_ref (CfoilChartData *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
free_contents (gpointer data)
{
  CfoilChartData *self = data;

  g_free (self->title);
  g_free (self->currency);
  g_free (self->points_title);
  g_free (self->points_name);
  g_array_unref (self->points);
  g_array_unref (self->series);
  g_array_unref (self->limits);
}

void
cfoil_chart_data_unref (CfoilChartData *self)
{
  g_atomic_rc_box_release_full (self, free_contents);
}

void
cfoil_chart_data_set_points_title (CfoilChartData *self,
                                   const char     *title)
{
  g_free (self->points_title);
  self->points_title = dup_clean (title);
}

void
cfoil_chart_data_set_points_name (CfoilChartData *self,
                                  const char     *name)
{
  g_free (self->points_name);
  self->points_name = dup_clean (name);
}

void
cfoil_chart_data_add_point (CfoilChartData *self,
                            const char     *label,
                            const char     *title,
                            const char     *query)
{
  Point point = { dup_clean_or_empty (label), dup_clean (title), NULL, g_strdup (query) };

  g_array_append_val (self->points, point);
}

void
cfoil_chart_data_set_point_name (CfoilChartData *self,
                                 guint           point,
                                 const char     *name)
{
  Point *changed;

  g_return_if_fail (point < self->points->len);

  changed = &g_array_index (self->points, Point, point);
  g_free (changed->name);
  changed->name = dup_clean (name);
}

guint
cfoil_chart_data_add_series (CfoilChartData *self,
                             const char     *title,
                             const gint64   *values,
                             guint           immature_from)
{
  Series series = { 0 };

  series.title = dup_clean_or_empty (title);
  series.n_values = self->kind == CFOIL_CHART_GAUGE ? 1 : self->points->len;
  series.values = g_memdup2 (values, series.n_values * sizeof (gint64));
  series.immature_from = immature_from;
  g_array_append_val (self->series, series);
  return self->series->len - 1;
}

void
cfoil_chart_data_set_series_name (CfoilChartData *self,
                                  guint           series,
                                  const char     *name)
{
  Series *changed;

  g_return_if_fail (series < self->series->len);

  changed = &g_array_index (self->series, Series, series);
  g_free (changed->name);
  changed->name = dup_clean (name);
}

void
cfoil_chart_data_set_series_terms (CfoilChartData *self,
                                   guint           series,
                                   const char     *terms)
{
  Series *changed;

  g_return_if_fail (series < self->series->len);

  changed = &g_array_index (self->series, Series, series);
  g_free (changed->terms);
  changed->terms = g_strdup (terms);
}

void
cfoil_chart_data_add_limit (CfoilChartData *self,
                            const char     *title,
                            gint64          value)
{
  Limit limit = { dup_clean_or_empty (title), value };

  g_array_append_val (self->limits, limit);
}

CfoilChartKind
cfoil_chart_data_get_kind (const CfoilChartData *self)
{
  return self->kind;
}

const char *
cfoil_chart_data_get_title (const CfoilChartData *self)
{
  return self->title;
}

CfoilUnit
cfoil_chart_data_get_unit (const CfoilChartData *self)
{
  return self->unit;
}

const char *
cfoil_chart_data_get_currency (const CfoilChartData *self)
{
  return self->currency;
}

const char *
cfoil_chart_data_get_points_title (const CfoilChartData *self)
{
  return self->points_title;
}

const char *
cfoil_chart_data_get_points_name (const CfoilChartData *self)
{
  return self->points_name;
}

guint
cfoil_chart_data_get_n_points (const CfoilChartData *self)
{
  return self->points->len;
}

const char *
cfoil_chart_data_get_label (const CfoilChartData *self,
                            guint                 point)
{
  g_return_val_if_fail (point < self->points->len, "");
  return g_array_index (self->points, Point, point).label;
}

const char *
cfoil_chart_data_get_point_title (const CfoilChartData *self,
                                  guint                 point)
{
  const Point *found;

  g_return_val_if_fail (point < self->points->len, "");
  found = &g_array_index (self->points, Point, point);
  return found->title != NULL ? found->title : found->label;
}

const char *
cfoil_chart_data_get_point_name (const CfoilChartData *self,
                                 guint                 point)
{
  const char *name;

  g_return_val_if_fail (point < self->points->len, "");
  name = g_array_index (self->points, Point, point).name;
  return name != NULL ? name : cfoil_chart_data_get_point_title (self, point);
}

const char *
cfoil_chart_data_get_query (const CfoilChartData *self,
                            guint                 point)
{
  g_return_val_if_fail (point < self->points->len, NULL);
  return g_array_index (self->points, Point, point).query;
}

char *
cfoil_chart_data_dup_query (const CfoilChartData *self,
                            guint                 series,
                            guint                 point)
{
  const char *query = cfoil_chart_data_get_query (self, point);
  const char *terms = series < self->series->len ? g_array_index (self->series, Series, series).terms : NULL;

  return query != NULL && terms != NULL ? g_strconcat (query, " ", terms, NULL) : g_strdup (query);
}

guint
cfoil_chart_data_get_n_series (const CfoilChartData *self)
{
  return self->series->len;
}

const char *
cfoil_chart_data_get_series_title (const CfoilChartData *self,
                                   guint                 series)
{
  g_return_val_if_fail (series < self->series->len, "");
  return g_array_index (self->series, Series, series).title;
}

const char *
cfoil_chart_data_get_series_name (const CfoilChartData *self,
                                  guint                 series)
{
  const Series *found;
  const char *value;

  g_return_val_if_fail (series < self->series->len, "");
  found = &g_array_index (self->series, Series, series);
  value = found->terms != NULL ? strchr (found->terms, ':') : NULL;
  return found->name != NULL ? found->name : value != NULL ? value + 1 : found->title;
}

gint64
cfoil_chart_data_get_value (const CfoilChartData *self,
                            guint                 series,
                            guint                 point)
{
  const Series *found;

  g_return_val_if_fail (series < self->series->len, CFOIL_UNKNOWN);
  found = &g_array_index (self->series, Series, series);
  return point < found->n_values ? found->values[point] : CFOIL_UNKNOWN;
}

guint
cfoil_chart_data_get_immature_from (const CfoilChartData *self,
                                    guint                 series)
{
  g_return_val_if_fail (series < self->series->len, G_MAXUINT);
  return g_array_index (self->series, Series, series).immature_from;
}

guint
cfoil_chart_data_get_n_limits (const CfoilChartData *self)
{
  return self->limits->len;
}

const char *
cfoil_chart_data_get_limit_title (const CfoilChartData *self,
                                  guint                 limit)
{
  g_return_val_if_fail (limit < self->limits->len, "");
  return g_array_index (self->limits, Limit, limit).title;
}

gint64
cfoil_chart_data_get_limit_value (const CfoilChartData *self,
                                  guint                 limit)
{
  g_return_val_if_fail (limit < self->limits->len, 0);
  return g_array_index (self->limits, Limit, limit).value;
}
