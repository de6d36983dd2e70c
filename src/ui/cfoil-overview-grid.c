/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-overview-grid.h"

#define SPACING 12

struct _CfoilOverviewGrid
{
  GtkWidget parent_instance;

  guint max_columns;
};

G_DEFINE_FINAL_TYPE (CfoilOverviewGrid, cfoil_overview_grid, GTK_TYPE_WIDGET)

/* Of those that are shown. */
static GtkWidget *
first_of (GtkWidget *child)
{
  while (child != NULL && !gtk_widget_should_layout (child))
    child = gtk_widget_get_next_sibling (child);
  return child;
}

static GtkWidget *
next_of (GtkWidget *child)
{
  return first_of (gtk_widget_get_next_sibling (child));
}

static GtkWidget *
first_child_of (GtkWidget *self)
{
  return first_of (gtk_widget_get_first_child (self));
}

static void
measure_children (GtkWidget *self,
                  guint     *n,
                  int       *minimum,
                  int       *natural)
{
  *n = 0;
  *minimum = *natural = 0;
  for (GtkWidget *child = first_child_of (self); child != NULL; child = next_of (child))
    {
      int child_minimum, child_natural;

      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &child_minimum, &child_natural, NULL, NULL);
      *minimum = MAX (*minimum, child_minimum);
      *natural = MAX (*natural, child_natural);
      (*n)++;
    }
}

static guint
count_columns (CfoilOverviewGrid *self,
               int                width)
{
  guint n, fit;
  int minimum, natural;

  measure_children (GTK_WIDGET (self), &n, &minimum, &natural);
  fit = (guint) MAX (1, (width + SPACING) / (MAX (minimum, 1) + SPACING));
  fit = MAX (1, MIN (MIN (fit, self->max_columns), n));
  /* Full rows, unless that would make the columns twice as wide. */
  for (guint columns = fit; columns * 2 > fit; columns--)
    if (n % columns == 0)
      return columns;
  return fit;
}

static int
column_width (int   width,
              guint n_columns)
{
  return MAX (0, (width - (int) (n_columns - 1) * SPACING) / (int) n_columns);
}

/* Puts FIRST and the rest of its row at Y, if that is not negative; returns the row's height. */
static int
do_row (GtkWidget  *self,
        GtkWidget **child,
        int         width,
        guint       n_columns,
        int         y)
{
  int each = column_width (width, n_columns), height = 0;
  gboolean is_rtl = gtk_widget_get_direction (self) == GTK_TEXT_DIR_RTL;
  GtkWidget *first = *child;
  guint n = 0;

  for (; *child != NULL && n < n_columns; *child = next_of (*child), n++)
    {
      int natural;

      gtk_widget_measure (*child, GTK_ORIENTATION_VERTICAL, each, NULL, &natural, NULL, NULL);
      height = MAX (height, natural);
    }
  if (y < 0)
    return height;
  for (guint i = 0; i < n; i++, first = next_of (first))
    {
      int x = (int) i * (each + SPACING);
      GtkAllocation allocation = { is_rtl ? width - x - each : x, y, each, height };

      gtk_widget_size_allocate (first, &allocation, -1);
    }
  return height;
}

static void
cfoil_overview_grid_measure (GtkWidget     *widget,
                             GtkOrientation orientation,
                             int            for_size,
                             int           *minimum,
                             int           *natural,
                             int           *minimum_baseline,
                             int           *natural_baseline)
{
  CfoilOverviewGrid *self = CFOIL_OVERVIEW_GRID (widget);
  GtkWidget *child = first_child_of (widget);
  guint n, n_columns;
  int height = 0;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      measure_children (widget, &n, minimum, natural);
      n_columns = MAX (1, MIN (n, self->max_columns));
      *natural = *natural * (int) n_columns + SPACING * (int) (n_columns - 1);
      return;
    }
  if (for_size < 0)
    gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &for_size, NULL, NULL);
  n_columns = count_columns (self, for_size);
  while (child != NULL)
    height += do_row (widget, &child, for_size, n_columns, -1) + (child != NULL ? SPACING : 0);
  *minimum = *natural = height;
}

static void
cfoil_overview_grid_size_allocate (GtkWidget *widget,
                                   int        width,
                                   int        height,
                                   int        baseline)
{
  guint n_columns = count_columns (CFOIL_OVERVIEW_GRID (widget), width);
  GtkWidget *child = first_child_of (widget);
  int y = 0;

  while (child != NULL)
    y += do_row (widget, &child, width, n_columns, y) + SPACING;
}

static GtkSizeRequestMode
cfoil_overview_grid_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
cfoil_overview_grid_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (cfoil_overview_grid_parent_class)->dispose (object);
}

static void
cfoil_overview_grid_class_init (CfoilOverviewGridClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cfoil_overview_grid_dispose;
  widget_class->measure = cfoil_overview_grid_measure;
  widget_class->size_allocate = cfoil_overview_grid_size_allocate;
  widget_class->get_request_mode = cfoil_overview_grid_get_request_mode;
}

static void
cfoil_overview_grid_init (CfoilOverviewGrid *self)
{
}

GtkWidget *
cfoil_overview_grid_new (guint max_columns)
{
  CfoilOverviewGrid *self = g_object_new (CFOIL_TYPE_OVERVIEW_GRID, NULL);

  self->max_columns = MAX (1, max_columns);
  return GTK_WIDGET (self);
}

void
cfoil_overview_grid_append (CfoilOverviewGrid *self,
                            GtkWidget         *child)
{
  g_return_if_fail (CFOIL_IS_OVERVIEW_GRID (self));

  gtk_widget_set_parent (child, GTK_WIDGET (self));
}
