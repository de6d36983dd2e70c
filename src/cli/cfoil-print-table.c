/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-print-source.h"

typedef struct
{
  CfoilValueType type;
  gint64 number;
  char *text; /* (owned) (nullable) */
} Cell;

struct _CfoilPrintTable
{
  CfoilPrintSource source;
  const char *const *names; /* (borrowed) */
  int currency_column;
  GArray *cells; /* (owned) (element-type Cell): row by row */
  guint next;    /* the cell after those of the present row */
};

static void
cell_clear (gpointer data)
{
  g_free (((Cell *) data)->text);
}

static const Cell *
get_cell (CfoilPrintSource *source,
          guint             i)
{
  CfoilPrintTable *self = (CfoilPrintTable *) source;

  return &g_array_index (self->cells, Cell, self->next - source->n_columns + i);
}

static const char *
get_name (CfoilPrintSource *source,
          guint             i)
{
  return ((CfoilPrintTable *) source)->names[i];
}

static CfoilStep
step (CfoilPrintSource *source,
      GError          **error)
{
  CfoilPrintTable *self = (CfoilPrintTable *) source;

  if (self->next + source->n_columns > self->cells->len)
    return CFOIL_STEP_DONE;
  self->next += source->n_columns;
  return CFOIL_STEP_ROW;
}

static CfoilValueType
get_type (CfoilPrintSource *source,
          guint             i)
{
  return get_cell (source, i)->type;
}

static const char *
get_text (CfoilPrintSource *source,
          guint             i)
{
  return get_cell (source, i)->text;
}

static gint64
get_int64 (CfoilPrintSource *source,
           guint             i)
{
  return get_cell (source, i)->number;
}

static const char *
get_currency (CfoilPrintSource *source,
              guint             i)
{
  return get_cell (source, (guint) ((CfoilPrintTable *) source)->currency_column)->text;
}

CfoilPrintTable *
cfoil_print_table_new (const char *const *names,
                       int                currency_column)
{
  CfoilPrintTable *self = g_new0 (CfoilPrintTable, 1);

  self->names = names;
  self->currency_column = currency_column;
  self->cells = g_array_new (FALSE, FALSE, sizeof (Cell));
  g_array_set_clear_func (self->cells, cell_clear);
  self->source = (CfoilPrintSource){
    .n_columns = g_strv_length ((char **) names),
    .get_name = get_name,
    .step = step,
    .get_type = get_type,
    .get_text = get_text,
    .get_int64 = get_int64,
    .get_currency = currency_column >= 0 ? get_currency : NULL,
  };
  return self;
}

void
cfoil_print_table_free (CfoilPrintTable *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->cells);
  g_free (self);
}

void
cfoil_print_table_add_text (CfoilPrintTable *self,
                            const char      *text)
{
  Cell cell = { text != NULL ? CFOIL_VALUE_TEXT : CFOIL_VALUE_NULL, CFOIL_UNKNOWN, g_strdup (text) };

  g_array_append_val (self->cells, cell);
}

void
cfoil_print_table_add_number (CfoilPrintTable *self,
                              gint64           number)
{
  Cell cell = { CFOIL_VALUE_NULL, number, NULL };

  if (number != CFOIL_UNKNOWN)
    {
      cell.type = CFOIL_VALUE_INTEGER;
      cell.text = g_strdup_printf ("%" G_GINT64_FORMAT, number);
    }
  g_array_append_val (self->cells, cell);
}

CfoilPrintSource *
cfoil_print_table_get_source (CfoilPrintTable *self)
{
  return &self->source;
}
