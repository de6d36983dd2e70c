/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-search-flow.h"

#define SPACING 6
/* Of more lines than fit in here one scrolls. */
#define MAX_HEIGHT 150

/* The lines themselves. */
#define CFOIL_TYPE_SEARCH_LINES (cfoil_search_lines_get_type ())
G_DECLARE_FINAL_TYPE (CfoilSearchLines, cfoil_search_lines, CFOIL, SEARCH_LINES, GtkWidget)

struct _CfoilSearchLines
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (CfoilSearchLines, cfoil_search_lines, GTK_TYPE_WIDGET)

/* A scrolled window alone would not ask its child how high it is at its width. */
struct _CfoilSearchFlow
{
  GtkWidget parent_instance;

  GtkWidget *scroller;
  GtkWidget *lines;
};

G_DEFINE_FINAL_TYPE (CfoilSearchFlow, cfoil_search_flow, GTK_TYPE_WIDGET)

static GtkWidget *
next_shown (GtkWidget *child)
{
  while (child != NULL && !gtk_widget_should_layout (child))
    child = gtk_widget_get_next_sibling (child);
  return child;
}

static GtkWidget *
first_shown (GtkWidget *self)
{
  return next_shown (gtk_widget_get_first_child (self));
}

static int
width_of (GtkWidget *child,
          int        width)
{
  int minimum;
  int natural;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  return MAX (minimum, MIN (natural, width));
}

static int
height_of (GtkWidget *child,
           int        width)
{
  int natural;

  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, NULL, &natural, NULL, NULL);
  return natural;
}

/* Begins at FIRST; the child after the line, or NULL. */
static GtkWidget *
measure_line (GtkWidget *first,
              int        width,
              int       *height)
{
  GtkWidget *child;
  int x = 0;

  *height = 0;
  for (child = first; child != NULL; child = next_shown (gtk_widget_get_next_sibling (child)))
    {
      int taken = width_of (child, width);

      if (child != first && x + taken > width)
        break;
      *height = MAX (*height, height_of (child, taken));
      x += taken + SPACING;
    }
  return child;
}

static int
measure_lines (GtkWidget *self,
               int        width)
{
  GtkWidget *child = first_shown (self);
  int y = 0;

  while (child != NULL)
    {
      int height;

      child = measure_line (child, width, &height);
      y += height + (child != NULL ? SPACING : 0);
    }
  return y;
}

static void
measure_width (GtkWidget *self,
               int       *minimum,
               int       *natural)
{
  *minimum = 0;
  *natural = 0;
  for (GtkWidget *child = first_shown (self); child != NULL; child = next_shown (gtk_widget_get_next_sibling (child)))
    {
      int child_minimum;
      int child_natural;

      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &child_minimum, &child_natural, NULL, NULL);
      *minimum = MAX (*minimum, child_minimum);
      *natural += child_natural + (*natural > 0 ? SPACING : 0);
    }
}

static GtkSizeRequestMode
cfoil_search_lines_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
cfoil_search_lines_measure (GtkWidget      *widget,
                           GtkOrientation  orientation,
                           int             for_size,
                           int            *minimum,
                           int            *natural,
                           int            *minimum_baseline,
                           int            *natural_baseline)
{
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      measure_width (widget, minimum, natural);
      return;
    }
  *minimum = measure_lines (widget, for_size >= 0 ? for_size : G_MAXINT / 2);
  *natural = *minimum;
}

static void
cfoil_search_lines_size_allocate (GtkWidget *widget,
                                 int        width,
                                 int        height,
                                 int        baseline)
{
  gboolean is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  GtkWidget *child = first_shown (widget);
  int y = 0;

  while (child != NULL)
    {
      int line_height;
      GtkWidget *end = measure_line (child, width, &line_height);
      int x = 0;

      for (; child != end; child = next_shown (gtk_widget_get_next_sibling (child)))
        {
          int taken = width_of (child, width);

          gtk_widget_size_allocate (child, &(GtkAllocation) { is_rtl ? width - x - taken : x, y, taken, line_height }, -1);
          x += taken + SPACING;
        }
      y += line_height + SPACING;
    }
}

static void
cfoil_search_lines_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (cfoil_search_lines_parent_class)->dispose (object);
}

static void
cfoil_search_lines_class_init (CfoilSearchLinesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cfoil_search_lines_dispose;
  widget_class->get_request_mode = cfoil_search_lines_get_request_mode;
  widget_class->measure = cfoil_search_lines_measure;
  widget_class->size_allocate = cfoil_search_lines_size_allocate;
}

static void
cfoil_search_lines_init (CfoilSearchLines *self)
{
}

/* --- what scrolls them --- */

static GtkSizeRequestMode
cfoil_search_flow_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
cfoil_search_flow_measure (GtkWidget      *widget,
                           GtkOrientation  orientation,
                           int             for_size,
                           int            *minimum,
                           int            *natural,
                           int            *minimum_baseline,
                           int            *natural_baseline)
{
  CfoilSearchFlow *self = CFOIL_SEARCH_FLOW (widget);

  gtk_widget_measure (self->lines, orientation, for_size, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    return;
  *natural = MIN (*natural, MAX_HEIGHT);
  *minimum = *natural;
}

static void
cfoil_search_flow_size_allocate (GtkWidget *widget,
                                 int        width,
                                 int        height,
                                 int        baseline)
{
  gtk_widget_size_allocate (CFOIL_SEARCH_FLOW (widget)->scroller, &(GtkAllocation) { 0, 0, width, height }, -1);
}

static void
cfoil_search_flow_dispose (GObject *object)
{
  g_clear_pointer (&CFOIL_SEARCH_FLOW (object)->scroller, gtk_widget_unparent);

  G_OBJECT_CLASS (cfoil_search_flow_parent_class)->dispose (object);
}

static void
cfoil_search_flow_class_init (CfoilSearchFlowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cfoil_search_flow_dispose;
  widget_class->get_request_mode = cfoil_search_flow_get_request_mode;
  widget_class->measure = cfoil_search_flow_measure;
  widget_class->size_allocate = cfoil_search_flow_size_allocate;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
cfoil_search_flow_init (CfoilSearchFlow *self)
{
  self->lines = g_object_new (CFOIL_TYPE_SEARCH_LINES, NULL);
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), self->lines);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
}

void
cfoil_search_flow_append (CfoilSearchFlow *self,
                          GtkWidget       *child)
{
  g_return_if_fail (CFOIL_IS_SEARCH_FLOW (self));

  gtk_widget_set_parent (child, self->lines);
}

void
cfoil_search_flow_remove (CfoilSearchFlow *self,
                          GtkWidget       *child)
{
  g_return_if_fail (CFOIL_IS_SEARCH_FLOW (self));
  g_return_if_fail (gtk_widget_get_parent (child) == self->lines);

  gtk_widget_unparent (child);
}
