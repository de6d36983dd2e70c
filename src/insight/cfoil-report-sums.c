/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-report-private.h"

#include "cfoil-query.h"
#include "cfoil-ratio.h"

#include <glib/gi18n.h>
#include <string.h>

static const char *const bucket_titles[] = {
  [CFOIL_BUCKET_DAY] = N_ ("Day"),
  [CFOIL_BUCKET_WEEK] = N_ ("Week From"),
  [CFOIL_BUCKET_MONTH] = N_ ("Month"),
  [CFOIL_BUCKET_QUARTER] = N_ ("Quarter"),
  [CFOIL_BUCKET_YEAR] = N_ ("Year"),
};

struct _ReportSums
{
  CfoilReportRun *run;
  const ReportShape *shape;
  CfoilTable *table;   /* (owned) */
  char *currency;      /* (owned) (nullable): of the rows at hand */
  guint n_currencies;
  gint32 next_day;     /* the first bucket that has not been written */
  gboolean has_line;
  ReportLine line;     /* is added up still; its texts are owned */
  gint64 totals[REPORT_MAX_VALUES];
};

/* Each has its title, an only one, too: amounts without a currency mean nothing. */
static void
begin_currency (ReportSums *self,
                const char *currency)
{
  self->currency = g_strdup (currency);
  self->n_currencies++;
  self->next_day = self->run->is_by_time ? cfoil_bucket_floor (self->run->bucket, self->run->period.first_day) : 0;
  for (guint i = 0; i < REPORT_MAX_VALUES; i++)
    self->totals[i] = CFOIL_UNKNOWN;
  cfoil_table_begin_row (self->table, CFOIL_ROW_GROUP, NULL);
  cfoil_table_add_text (self->table, *currency != '\0' ? currency : _ ("Not known"));
}

ReportSums *
_report_sums_new (CfoilReportRun    *run,
                  const ReportShape *shape)
{
  ReportSums *self = g_new0 (ReportSums, 1);

  self->run = run;
  self->shape = shape;
  self->table = cfoil_table_new (run->info->name, _ (run->info->title));
  if (run->is_by_time)
    cfoil_table_set_bucket (self->table, run->bucket);
  cfoil_table_set_subject (self->table, shape->is_of_cases ? CFOIL_TABLE_OF_DISPUTES : CFOIL_TABLE_OF_TRANSACTIONS);
  for (guint i = 0; i < shape->n_keys; i++)
    if (i == 0 && run->is_by_time)
      cfoil_table_add_column (self->table, run->group, _ (bucket_titles[run->bucket]), CFOIL_COLUMN_DAY);
    else
      cfoil_table_add_column (self->table, shape->keys[i].name, _ (shape->keys[i].title), shape->keys[i].kind);
  for (guint i = 0; i < shape->n_columns; i++)
    cfoil_table_add_column (self->table, shape->columns[i].name, _ (shape->columns[i].title), shape->columns[i].kind);
  return self;
}

static void
clear_line (ReportLine *line)
{
  for (guint i = 0; i < REPORT_MAX_KEYS; i++)
    {
      g_clear_pointer ((char **) &line->keys[i], g_free);
      g_clear_pointer ((char **) &line->names[i], g_free);
    }
  g_clear_pointer ((char **) &line->query_value, g_free);
  g_clear_pointer ((char **) &line->query, g_free);
}

void
_report_sums_free (ReportSums *self)
{
  if (self == NULL)
    return;
  clear_line (&self->line);
  g_free (self->currency);
  g_clear_pointer (&self->table, cfoil_table_unref);
  g_free (self);
}

/* Of what is known. */
static void
add_to (gint64       *sums,
        const gint64 *values,
        guint         n)
{
  for (guint i = 0; i < n; i++)
    if (values[i] != CFOIL_UNKNOWN)
      sums[i] = sums[i] == CFOIL_UNKNOWN ? values[i] : sums[i] + values[i];
}

static void
add_cells (ReportSums   *self,
           const gint64 *values,
           gboolean      is_total)
{
  for (guint i = 0; i < self->shape->n_columns; i++)
    {
      const ReportColumn *column = &self->shape->columns[i];
      gint64 value = is_total && column->is_level ? CFOIL_UNKNOWN : values[column->value];

      if (column->kind == CFOIL_COLUMN_MONEY)
        cfoil_table_add_money (self->table, value, self->currency);
      else if (column->kind != CFOIL_COLUMN_RATIO)
        cfoil_table_add_number (self->table, value);
      else
        cfoil_table_add_number (self->table, cfoil_ratio (value, values[column->divisor]));
    }
}

static char *
dup_row_query (ReportSums       *self,
               const ReportLine *line)
{
  CfoilReportRun *run = self->run;
  gint32 first = run->period.first_day, end = run->period.end_day;
  g_autofree char *term = NULL;
  g_autofree char *what = NULL;

  if (self->shape->query == NULL)
    return g_strdup (line->query);
  if (line->day != CFOIL_UNKNOWN)
    {
      first = MAX (first, (gint32) line->day);
      end = MIN (end, cfoil_bucket_next (run->bucket, (gint32) line->day));
    }
  if (self->shape->is_of_cases && !run->is_by_time)
    term = line->query_value != NULL ? g_strdup_printf ("%s:%s", run->group, line->query_value) : g_strconcat ("no:", run->group, NULL);
  else if (self->shape->query_field != CFOIL_N_FIELDS)
    term = cfoil_term_text_of_value (self->shape->query_field, line->query_value, FALSE);
  what = g_strconcat (self->shape->query, term != NULL && *self->shape->query != '\0' ? " " : "", term, NULL);
  return _cfoil_report_run_to_query (run, what, self->shape->is_of_cases ? "opened" : "date", self->currency, first, end);
}

static void
write_line (ReportSums       *self,
            const ReportLine *line)
{
  g_autofree char *query = dup_row_query (self, line);

  cfoil_table_begin_row (self->table, CFOIL_ROW_PLAIN, query);
  for (guint i = 0; i < self->shape->n_keys; i++)
    if (i == 0 && line->day != CFOIL_UNKNOWN)
      cfoil_table_add_number (self->table, line->day);
    else if (self->shape->keys[i].kind != CFOIL_COLUMN_TEXT)
      cfoil_table_add_number (self->table, line->key_numbers[i]);
    else if (line->names[i] != NULL)
      cfoil_table_add_named (self->table, line->keys[i], line->names[i]);
    else
      cfoil_table_add_text (self->table, line->keys[i]);
  add_cells (self, line->values, FALSE);
}

/* Days without rows are rows of zeros: a chart of the table has no other way to know. */
static void
fill_until (ReportSums *self,
            gint32      day)
{
  CfoilReportRun *run = self->run;
  gint32 span = run->bucket == CFOIL_BUCKET_DAY ? 1 : 7;

  if (!run->is_by_time || self->shape->n_keys > 1 || (run->period.end_day - run->period.first_day) / span > REPORT_MAX_FILLED)
    return;
  for (; self->next_day < day; self->next_day = cfoil_bucket_next (run->bucket, self->next_day))
    {
      const ReportLine line = { .day = self->next_day };

      write_line (self, &line);
    }
}

static void
end_line (ReportSums *self)
{
  if (!self->has_line)
    return;
  if (self->line.day != CFOIL_UNKNOWN)
    {
      fill_until (self, (gint32) self->line.day);
      self->next_day = cfoil_bucket_next (self->run->bucket, (gint32) self->line.day);
    }
  write_line (self, &self->line);
  add_to (self->totals, self->line.values, self->shape->n_values);
  clear_line (&self->line);
  self->has_line = FALSE;
}

static void
end_currency (ReportSums *self)
{
  CfoilReportRun *run = self->run;
  g_autofree char *query = NULL;
  g_autofree char *title = NULL;

  if (self->currency == NULL)
    return;
  end_line (self);
  fill_until (self, MIN (run->period.end_day, run->today + 1));
  if (self->shape->query != NULL)
    query = _cfoil_report_run_to_query (run, self->shape->query, self->shape->is_of_cases ? "opened" : "date", self->currency,
                                        run->period.first_day, run->period.end_day);
  /* Translators: the sum of all rows in a currency: "Total EUR" */
  title = *self->currency != '\0' ? g_strdup_printf (_ ("Total %s"), self->currency) : g_strdup (_ ("Total"));
  cfoil_table_begin_row (self->table, CFOIL_ROW_TOTAL, query);
  cfoil_table_add_text (self->table, title);
  for (guint i = 1; i < self->shape->n_keys; i++)
    cfoil_table_add_text (self->table, NULL);
  add_cells (self, self->totals, TRUE);
  g_clear_pointer (&self->currency, g_free);
}

static gboolean
is_same_line (const ReportSums *self,
              const ReportLine *line)
{
  if (!self->has_line || self->line.day != line->day)
    return FALSE;
  for (guint i = line->day != CFOIL_UNKNOWN ? 1 : 0; i < self->shape->n_keys; i++)
    if (g_strcmp0 (self->line.keys[i], line->keys[i]) != 0 || self->line.key_numbers[i] != line->key_numbers[i])
      return FALSE;
  return TRUE;
}

void
_report_sums_add (ReportSums       *self,
                  const char       *currency,
                  const ReportLine *given)
{
  ReportLine line = *given;

  if (line.day != CFOIL_UNKNOWN)
    line.day = cfoil_bucket_floor (self->run->bucket, (gint32) line.day);
  if (self->currency != NULL && !g_str_equal (self->currency, currency))
    end_currency (self);
  if (self->currency == NULL)
    begin_currency (self, currency);
  if (is_same_line (self, &line))
    {
      add_to (self->line.values, line.values, self->shape->n_values);
      return;
    }
  end_line (self);
  for (guint i = 0; i < REPORT_MAX_KEYS; i++)
    {
      line.keys[i] = g_strdup (line.keys[i]);
      line.names[i] = g_strdup (line.names[i]);
    }
  line.query_value = g_strdup (line.query_value);
  line.query = g_strdup (line.query);
  self->line = line;
  self->has_line = TRUE;
}

CfoilTable *
_report_sums_end (ReportSums *self)
{
  end_currency (self);
  return g_steal_pointer (&self->table);
}

/* For machines what is not known is empty. */
static void
set_key (ReportLine *line,
         guint       i,
         const char *text)
{
  gboolean is_known = text != NULL && *text != '\0';

  line->keys[i] = is_known ? text : _ ("Not known");
  line->names[i] = is_known ? NULL : "";
}

CfoilTable *
_report_sums_read (CfoilReportRun    *run,
                   const ReportShape *shape,
                   CfoilStatement    *statement,
                   GError           **error)
{
  g_autoptr (ReportSums) sums = _report_sums_new (run, shape);
  CfoilStep step;

  while ((step = cfoil_statement_step (statement, error)) == CFOIL_STEP_ROW)
    {
      ReportLine line = { .day = run->is_by_time ? cfoil_statement_column_int64 (statement, 1) : CFOIL_UNKNOWN };
      int column = 2;

      if (line.day == CFOIL_UNKNOWN)
        set_key (&line, 0, cfoil_statement_column_text (statement, 1));
      line.query_value = cfoil_statement_column_text (statement, column++);
      for (guint i = 1; i < shape->n_keys; i++)
        {
          if (shape->keys[i].kind == CFOIL_COLUMN_TEXT)
            set_key (&line, i, cfoil_statement_column_text (statement, column));
          else
            line.key_numbers[i] = cfoil_statement_column_int64 (statement, column);
          column++;
        }
      for (guint i = 0; i < shape->n_values; i++)
        line.values[i] = cfoil_statement_column_int64 (statement, column++);
      _report_sums_add (sums, cfoil_statement_column_text (statement, 0), &line);
    }
  return step == CFOIL_STEP_DONE ? _report_sums_end (sums) : NULL;
}
