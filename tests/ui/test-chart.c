/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "chart-fixture.h"

#include "cfoil-chart-words.h"
#include "cfoil-ui-resources.h"

#include <adwaita.h>
#include <string.h>
#include <time.h>

/* Charts in a window: what is painted, pointed at, walked through and read out is the same. */

#define TEN_YEARS 3650

/* --- layout --- */

/* Where a value is painted, it is found. */
static void
test_find (ChartFixture  *fixture,
           gconstpointer  user_data)
{
  for (guint round = 0; round < 2 * CHART_N_KINDS; round++)
    {
      CfoilChartKind kind = chart_kinds[round / 2];
      g_autoptr (CfoilChartData) data = chart_new_data (kind, chart_n_points_of (kind), kind == CFOIL_CHART_HISTOGRAM ? 1 : 3);
      g_autoptr (CfoilChartPlot) plot = chart_lay_out (fixture, data, 700, 400, round % 2 == 1);

      for (guint series = 0; series < plot->n_series; series++)
        for (guint point = 0; point < plot->n_points; point++)
          {
            graphene_rect_t place;
            guint found_series = G_MAXUINT, found_point = G_MAXUINT;

            g_assert_true (plot->layer->locate (plot, series, point, &place));
            g_assert_cmpfloat (place.size.width, >=, 1);
            g_assert_cmpfloat (place.origin.x, >=, -4);
            g_assert_cmpfloat (place.origin.x + place.size.width, <=, 704);
            plot->layer->find (plot, place.origin.x + place.size.width / 2, place.origin.y + place.size.height / 2, &found_series,
                               &found_point);
            g_assert_cmpuint (found_series, ==, series);
            g_assert_cmpuint (found_point, ==, point);
          }
    }
}

static void
assert_texts_apart (const CfoilChartPlot *plot)
{
  for (guint i = 0; i < plot->texts->len; i++)
    for (guint j = 0; j < i; j++)
      {
        graphene_rect_t a = g_array_index (plot->texts, CfoilChartText, i).place, both;
        graphene_rect_t b = g_array_index (plot->texts, CfoilChartText, j).place;

        /* Less than a pixel is rounding. */
        if (graphene_rect_intersection (&a, &b, &both) && both.size.width > 1 && both.size.height > 1)
          g_error ("kind %d, %.0f × %.0f: “%s” and “%s” overlap", plot->kind, (double) plot->width, (double) plot->height,
                   pango_layout_get_text (g_array_index (plot->texts, CfoilChartText, i).layout),
                   pango_layout_get_text (g_array_index (plot->texts, CfoilChartText, j).layout));
      }
}

static void
test_labels_apart (ChartFixture  *fixture,
                   gconstpointer  user_data)
{
  for (guint round = 0; round < 300; round++)
    {
      CfoilChartKind kind = chart_kinds[round % CHART_N_KINDS];
      guint n_series = (guint) g_test_rand_int_range (1, 5);
      CfoilChartData *data = chart_new_data (kind, kind == CFOIL_CHART_GAUGE ? 1 : (guint) g_test_rand_int_range (1, 400), n_series);
      g_autoptr (CfoilChartPlot) plot = NULL;

      for (int limit = 0; limit < g_test_rand_int_range (0, 4); limit++)
        cfoil_chart_data_add_limit (data, "A limit of the house", g_test_rand_int_range (-9000, 9000));
      plot = chart_lay_out (fixture, data, (float) g_test_rand_int_range (160, 1200), (float) g_test_rand_int_range (180, 600),
                      g_test_rand_bit ());
      assert_texts_apart (plot);
      cfoil_chart_data_unref (data);
    }
}

/* Time goes to the left, numbers stand on the right. */
static void
test_rtl (ChartFixture  *fixture,
          gconstpointer  user_data)
{
  const CfoilChartPlot *plot;
  graphene_rect_t first, last;
  guint series, point;

  gtk_widget_set_direction (GTK_WIDGET (fixture->view), GTK_TEXT_DIR_RTL);
  chart_show (fixture, chart_new_data (CFOIL_CHART_COLUMNS, 9, 1));
  plot = cfoil_chart_view_get_plot (fixture->view);
  g_assert_true (plot->layer->locate (plot, 0, 0, &first));
  g_assert_true (plot->layer->locate (plot, 0, 8, &last));
  g_assert_cmpfloat (first.origin.x, >, last.origin.x);
  g_assert_cmpfloat (plot->area.origin.x, ==, 0);
  g_assert_cmpfloat (plot->area.size.width, <, plot->width);
  /* The arrow to the left goes to the next day. */
  g_assert_true (cfoil_chart_view_move (fixture->view, -1, 0));
  g_assert_true (cfoil_chart_view_get_cursor (fixture->view, &series, &point));
  g_assert_cmpuint (point, ==, 0);
  cfoil_chart_view_move (fixture->view, -1, 0);
  cfoil_chart_view_get_cursor (fixture->view, &series, &point);
  g_assert_cmpuint (point, ==, 1);
}

/* --- keys and words --- */

static void
assert_reading (ChartFixture *fixture,
                guint         series,
                guint         point)
{
  CfoilChartData *data = cfoil_chart_get_data (fixture->chart);
  g_autofree char *value = cfoil_chart_words_value (data, series, point);
  const char *reading = cfoil_chart_view_get_reading (fixture->view);

  g_assert_nonnull (strstr (reading, value));
  if (cfoil_chart_data_get_kind (data) != CFOIL_CHART_GAUGE)
    g_assert_nonnull (strstr (reading, cfoil_chart_data_get_point_title (data, point)));
  if (cfoil_chart_data_get_n_series (data) > 1)
    g_assert_nonnull (strstr (reading, cfoil_chart_data_get_series_title (data, series)));
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (fixture->view), GTK_ACCESSIBLE_PROPERTY_LABEL, reading);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (fixture->view), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, reading);
}

/* Every value can be reached with arrows, and is read out. */
static void
test_walk (ChartFixture  *fixture,
           gconstpointer  user_data)
{
  for (guint i = 0; i < CHART_N_KINDS; i++)
    {
      guint n_points = chart_n_points_of (chart_kinds[i]), series, point;
      int next = chart_kinds[i] == CFOIL_CHART_STACKED ? -1 : 1;

      chart_show (fixture, chart_new_data (chart_kinds[i], n_points, 3));
      g_assert_true (cfoil_chart_view_move (fixture->view, 1, 0));
      for (guint j = 0; j < 3; j++)
        {
          cfoil_chart_view_move_to (fixture->view, j, 0);
          for (guint k = 0; k < n_points; k++)
            {
              cfoil_chart_view_get_cursor (fixture->view, &series, &point);
              g_assert_cmpuint (series, ==, j);
              g_assert_cmpuint (point, ==, k);
              assert_reading (fixture, j, k);
              cfoil_chart_view_move (fixture->view, 1, 0);
            }
          cfoil_chart_view_move (fixture->view, 0, next);
          cfoil_chart_view_get_cursor (fixture->view, &series, &point);
          g_assert_cmpuint (series, ==, MIN (j + 1, 2));
          g_assert_cmpuint (point, ==, n_points - 1);
        }
    }
}

static void
test_description (ChartFixture  *fixture,
                  gconstpointer  user_data)
{
  g_autofree char *description = NULL;

  chart_show (fixture, chart_new_data (CFOIL_CHART_COLUMNS, 4, 1));
  description = cfoil_chart_words_description (cfoil_chart_get_data (fixture->chart));
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (fixture->chart), GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (fixture->view), GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (fixture->chart), GTK_ACCESSIBLE_PROPERTY_LABEL, CHART_HOSTILE);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (fixture->view), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description);
  g_assert_nonnull (strstr (description, "4 values, Day 1 to Day 4."));
}

static void
test_open (ChartFixture  *fixture,
           gconstpointer  user_data)
{
  chart_show (fixture, chart_new_data (CFOIL_CHART_COLUMNS, 9, 1));
  g_assert_false (cfoil_chart_view_activate (fixture->view));
  cfoil_chart_view_move_to (fixture->view, 0, 4);
  g_assert_true (cfoil_chart_view_activate (fixture->view));
  chart_assert_log (fixture, "open date:5;");
}

/* --- zoom --- */

static void
test_zoom (ChartFixture  *fixture,
           gconstpointer  user_data)
{
  guint first, n_points, series, point;

  chart_show (fixture, chart_new_data (CFOIL_CHART_COLUMNS, 40, 2));
  cfoil_chart_view_zoom (fixture->view, 10, 8);
  chart_assert_log (fixture, "zoom 10 17;");
  g_assert_cmpuint (cfoil_chart_view_get_plot (fixture->view)->first, ==, 10);
  g_assert_cmpuint (cfoil_chart_view_get_plot (fixture->view)->n_points, ==, 8);

  /* The cursor takes the window along. */
  cfoil_chart_view_move_to (fixture->view, 0, 17);
  chart_assert_log (fixture, "");
  cfoil_chart_view_move (fixture->view, 1, 0);
  chart_assert_log (fixture, "zoom 11 18;");
  cfoil_chart_view_move_to (fixture->view, 0, 0);
  chart_assert_log (fixture, "zoom 0 7;");

  /* Newer numbers of the same days change nothing of it. */
  chart_show (fixture, chart_new_data (CFOIL_CHART_COLUMNS, 40, 2));
  cfoil_chart_view_get_zoom (fixture->view, &first, &n_points);
  g_assert_cmpuint (n_points, ==, 8);
  g_assert_true (cfoil_chart_view_get_cursor (fixture->view, &series, &point));

  gtk_widget_activate_action (GTK_WIDGET (fixture->chart), "chart.show-all", NULL);
  chart_assert_log (fixture, "zoom 0 39;");
  g_assert_false (cfoil_chart_view_is_zoomed (fixture->view));
  cfoil_chart_view_move_to (fixture->view, 0, 39);
  gtk_widget_activate_action (GTK_WIDGET (fixture->chart), "chart.zoom-in", NULL);
  chart_assert_log (fixture, "zoom 20 39;");
  for (guint i = 0; i < 10; i++)
    cfoil_chart_view_zoom_by (fixture->view, TRUE);
  cfoil_chart_view_get_zoom (fixture->view, &first, &n_points);
  g_assert_cmpuint (n_points, ==, 2);
  for (guint i = 0; i < 10; i++)
    cfoil_chart_view_zoom_by (fixture->view, FALSE);
  g_assert_false (cfoil_chart_view_is_zoomed (fixture->view));

  chart_show (fixture, chart_new_data (CFOIL_CHART_COLUMNS, 12, 2));
  g_assert_false (cfoil_chart_view_get_cursor (fixture->view, &series, &point));
}

/* Where points share a band, all of them are meant. */
static void
test_range (ChartFixture  *fixture,
            gconstpointer  user_data)
{
  g_autoptr (CfoilChartData) data = chart_new_data (CFOIL_CHART_COLUMNS, TEN_YEARS, 1);
  g_autoptr (CfoilChartPlot) plot = chart_lay_out (fixture, data, 700, 400, FALSE);
  guint group = plot->bands.group, first, last;

  g_assert_cmpuint (group, >, 2);
  cfoil_chart_plot_get_range (plot, 7 * group + 1, 3 * group + 1, &first, &last);
  g_assert_cmpuint (first, ==, 3 * group);
  g_assert_cmpuint (last, ==, 8 * group - 1);
}

static void
exited_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  g_subprocess_wait_check_finish (G_SUBPROCESS (source), result, &error);
  g_assert_no_error (error);
  *(gboolean *) user_data = TRUE;
}

/* With the real pointer, at X, Y of the picture; ARGUMENTS follow. */
static void
point_at (ChartFixture *fixture,
          float         x,
          float         y,
          const char   *arguments)
{
  double left, top, dx, dy;
  g_autofree char *line = NULL;
  g_auto (GStrv) argv = NULL;
  g_autoptr (GSubprocess) xdotool = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_done = FALSE;

  gtk_native_get_surface_transform (GTK_NATIVE (fixture->window), &dx, &dy);
  g_assert_true (gtk_widget_translate_coordinates (GTK_WIDGET (fixture->view), fixture->window, x, y, &left, &top));
  line = g_strdup_printf ("xdotool search --sync --onlyvisible --name drag-in-a-chart mousemove --window %%1 %d %d %s",
                          (int) (left + dx), (int) (top + dy), arguments);
  argv = g_strsplit (line, " ", -1);
  for (guint i = g_strv_length (argv); i > 0 && argv[i - 1][0] == '\0'; i--)
    g_clear_pointer (&argv[i - 1], g_free);
  xdotool = g_subprocess_newv ((const char *const *) argv, G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error);
  g_assert_no_error (error);
  g_subprocess_wait_check_async (xdotool, NULL, exited_cb, &is_done);
  while (!is_done)
    g_main_context_iteration (NULL, TRUE);
  chart_spin (60);
}

static void
drag (ChartFixture *fixture,
      guint         from,
      guint         to,
      const char   *then)
{
  const CfoilChartPlot *plot = cfoil_chart_view_get_plot (fixture->view);
  float y = plot->area.origin.y + plot->area.size.height / 2;
  float a = cfoil_chart_bands_get_middle (&plot->bands, from), b = cfoil_chart_bands_get_middle (&plot->bands, to);

  point_at (fixture, a, y, "mousedown 1");
  point_at (fixture, (a + b) / 2, y, "");
  point_at (fixture, b, y, then);
}

static void
test_drag (ChartFixture  *fixture,
           gconstpointer  user_data)
{
  gtk_window_set_title (GTK_WINDOW (fixture->window), "drag-in-a-chart");
  chart_show (fixture, chart_new_data (CFOIL_CHART_COLUMNS, 28, 1));
  chart_spin (400);
  drag (fixture, 20, 11, "mouseup 1");
  chart_assert_log (fixture, "zoom 11 20;");
  gtk_widget_activate_action (GTK_WIDGET (fixture->chart), "chart.show-all", NULL);
  chart_assert_log (fixture, "zoom 0 27;");

  /* Numbers that come in meanwhile do not take it out of the hand. */
  drag (fixture, 5, 9, "");
  chart_show (fixture, chart_new_data (CFOIL_CHART_COLUMNS, 28, 1));
  drag (fixture, 5, 9, "mouseup 1");
  chart_assert_log (fixture, "zoom 5 9;");
  gtk_widget_activate_action (GTK_WIDGET (fixture->chart), "chart.show-all", NULL);
  chart_assert_log (fixture, "zoom 0 27;");

  /* Back to where it began, or taken back: nothing happens, and nothing is opened. */
  drag (fixture, 5, 9, "");
  drag (fixture, 9, 5, "mouseup 1");
  chart_assert_log (fixture, "");
  drag (fixture, 5, 9, "key Escape mouseup 1");
  chart_assert_log (fixture, "");
}

/* --- much, little, nothing --- */

static void
test_extremes (ChartFixture  *fixture,
               gconstpointer  user_data)
{
  static const gint64 values[] = { G_MAXINT64, -G_MAXINT64, 0, CFOIL_UNKNOWN };

  cfoil_chart_set_data (fixture->chart, NULL);
  chart_spin (30);
  g_assert_null (cfoil_chart_view_get_plot (fixture->view));
  g_assert_false (cfoil_chart_view_move (fixture->view, 1, 0));
  for (guint i = 0; i < CHART_N_KINDS; i++)
    {
      CfoilChartData *huge = cfoil_chart_data_new (chart_kinds[i], "Huge", CFOIL_UNIT_COUNT, NULL);

      chart_show (fixture, cfoil_chart_data_new (chart_kinds[i], "Empty", CFOIL_UNIT_MONEY, NULL));
      chart_spin (5);
      g_assert_null (cfoil_chart_view_get_plot (fixture->view));
      g_assert_false (cfoil_chart_view_move (fixture->view, 0, 1));
      gtk_test_accessible_assert_property (GTK_ACCESSIBLE (fixture->view), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                           "Nothing to show yet.");

      chart_show (fixture, chart_new_data (chart_kinds[i], 1, 1));
      chart_spin (5);
      g_assert_nonnull (cfoil_chart_view_get_plot (fixture->view));
      g_assert_true (cfoil_chart_view_move (fixture->view, 1, 0));
      assert_reading (fixture, 0, 0);

      for (guint point = 0; point < G_N_ELEMENTS (values); point++)
        cfoil_chart_data_add_point (huge, "x", NULL, NULL);
      cfoil_chart_data_add_series (huge, "a", values, 0);
      cfoil_chart_data_add_series (huge, "b", values, G_MAXUINT);
      chart_show (fixture, huge);
      gtk_widget_grab_focus (GTK_WIDGET (fixture->view));
      cfoil_chart_view_move (fixture->view, 1, 0);
      chart_spin (20);
      g_assert_nonnull (cfoil_chart_view_get_plot (fixture->view));
    }
}

/* Of the processor, as a frame does it, with what is kept between frames. */
static gint64
time_painting (const CfoilChartPlot *plot)
{
  CfoilChartCanvas canvas = { gtk_snapshot_new (), NULL };
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (int) plot->width, (int) plot->height);
  cairo_t *cr = cairo_create (surface);
  GskRenderNode *node;
  clock_t start;

  cfoil_chart_plot_paint_frame (plot, &canvas);
  plot->layer->paint (plot, &canvas);
  node = gtk_snapshot_free_to_node (canvas.snapshot);
  gsk_render_node_draw (node, cr);
  start = clock ();
  gsk_render_node_draw (node, cr);
  start = clock () - start;
  gsk_render_node_unref (node);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return (gint64) start * G_USEC_PER_SEC / CLOCKS_PER_SEC;
}

/* Ten years: no column is lost between pixels, laying out and painting take a frame at most, and it is done once. */
static void
test_ten_years (ChartFixture  *fixture,
                gconstpointer  user_data)
{
  for (guint i = 0; i < 6; i++)
    {
      CfoilChartKind kind = i < 5 ? chart_kinds[i] : CFOIL_CHART_LINES;
      guint n_points = i < 5 ? TEN_YEARS : 280;
      const CfoilChartPlot *plot;
      gint64 start = g_get_monotonic_time (), laid_out;

      chart_show (fixture, chart_new_data (kind, n_points, i == 4 ? 1 : 2));
      plot = cfoil_chart_view_get_plot (fixture->view);
      laid_out = g_get_monotonic_time () - start;
      g_test_message ("kind %u: data, layout and nodes in %" G_GINT64_FORMAT " µs, painted in %" G_GINT64_FORMAT " µs", i, laid_out,
                      time_painting (plot));
      g_assert_cmpfloat (cfoil_chart_bands_get_width (&plot->bands), >=, 1);
      g_assert_true (cfoil_chart_view_get_plot (fixture->view) == plot);
      cfoil_chart_view_move_to (fixture->view, 0, n_points - 1);
      g_assert_true (cfoil_chart_view_get_plot (fixture->view) == plot);
      assert_reading (fixture, 0, n_points - 1);
      /* Also under sanitizers. */
      g_assert_cmpint (laid_out, <, 2 * G_TIME_SPAN_SECOND);
    }
}

/* --- the table --- */

static void
test_table (ChartFixture  *fixture,
            gconstpointer  user_data)
{
  CfoilChartTable *table = cfoil_chart_get_table (fixture->chart);
  GtkColumnView *view = cfoil_chart_table_get_view (table);
  GtkSelectionModel *model;
  gboolean is_table;

  chart_show (fixture, chart_new_data (CFOIL_CHART_COLUMNS, 9, 2));
  gtk_widget_grab_focus (GTK_WIDGET (fixture->view));
  gtk_widget_activate_action (GTK_WIDGET (fixture->view), "chart.show-as-table", NULL);
  chart_spin (50);
  g_object_get (fixture->chart, "show-as-table", &is_table, NULL);
  g_assert_true (is_table);
  g_assert_true (gtk_widget_is_ancestor (gtk_root_get_focus (GTK_ROOT (fixture->window)), GTK_WIDGET (table)));
  model = gtk_column_view_get_model (view);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, 9);
  g_assert_cmpuint (g_list_model_get_n_items (gtk_column_view_get_columns (view)), ==, 3);
  for (guint row = 0; row < 9; row++)
    {
      g_autofree char *title = cfoil_chart_table_dup_cell (table, row, 0);

      g_assert_cmpstr (title, ==, cfoil_chart_data_get_point_title (cfoil_chart_get_data (fixture->chart), row));
      for (guint series = 0; series < 2; series++)
        {
          g_autofree char *cell = cfoil_chart_table_dup_cell (table, row, series + 1);
          g_autofree char *value = cfoil_chart_words_value (cfoil_chart_get_data (fixture->chart), series, row);

          g_assert_cmpstr (cell, ==, value);
        }
    }
  g_signal_emit_by_name (view, "activate", 3);
  chart_assert_log (fixture, "open date:4;");
  gtk_widget_activate_action (GTK_WIDGET (fixture->chart), "chart.show-as-table", NULL);
  g_assert_true (gtk_widget_has_focus (GTK_WIDGET (fixture->view)));
}

/* The label of a title, in the box that its column has among the titles. */
static GtkLabel *
find_title (GtkColumnView *view,
            guint          column)
{
  GtkWidget *title = gtk_widget_get_first_child (gtk_widget_get_first_child (GTK_WIDGET (view)));
  GtkWidget *label;

  while (column-- > 0)
    title = gtk_widget_get_next_sibling (title);
  label = gtk_widget_get_first_child (gtk_widget_get_first_child (title));
  while (label != NULL && !GTK_IS_LABEL (label))
    label = gtk_widget_get_next_sibling (label);
  g_assert_nonnull (label);
  return GTK_LABEL (label);
}

static GtkLabel *
find_cut_label (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) && pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (widget))))
    return GTK_LABEL (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkLabel *found = find_cut_label (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* Titles stand over their numbers, and what a row is about can be read beside many of them. */
static void
test_table_columns (ChartFixture  *fixture,
                    gconstpointer  user_data)
{
  GtkColumnView *view = cfoil_chart_table_get_view (cfoil_chart_get_table (fixture->chart));
  CfoilChartData *data = cfoil_chart_data_new (CFOIL_CHART_HEAT_MAP, "Hours", CFOIL_UNIT_MONEY, "EUR");
  GtkLabel *cut;

  for (guint hour = 0; hour < 24; hour++)
    {
      g_autofree char *title = g_strdup_printf ("%u:00 to %u:00", hour, hour + 1);

      cfoil_chart_data_add_point (data, title, NULL, NULL);
    }
  for (guint weekday = 0; weekday < 7; weekday++)
    {
      gint64 values[24];

      for (guint hour = 0; hour < 24; hour++)
        values[hour] = 123456789;
      cfoil_chart_data_add_series (data, "Wednesday", values, G_MAXUINT);
    }
  chart_show (fixture, data);
  gtk_widget_activate_action (GTK_WIDGET (fixture->view), "chart.show-as-table", NULL);
  chart_spin (300);
  cut = find_cut_label (GTK_WIDGET (view));
  g_assert_cmpstr (cut != NULL ? gtk_label_get_text (cut) : NULL, ==, NULL);
  g_assert_cmpfloat (gtk_label_get_xalign (find_title (view, 0)), <, 1);
  g_assert_cmpstr (gtk_label_get_text (find_title (view, 0)), ==, "");
  g_assert_cmpstr (gtk_label_get_text (find_title (view, 7)), ==, "Wednesday");
  for (guint i = 1; i <= 7; i++)
    g_assert_cmpfloat (gtk_label_get_xalign (find_title (view, i)), ==, 1);
}

static void
test_sparkline ( void)
{
  static const gint64 values[] = { 5, CFOIL_UNKNOWN, 7 };
  GtkWidget *line = g_object_ref_sink (cfoil_sparkline_new ());

  cfoil_sparkline_set_values (CFOIL_SPARKLINE (line), values, G_N_ELEMENTS (values), "Rising");
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (line), GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (line), GTK_ACCESSIBLE_PROPERTY_LABEL, "Rising");
  cfoil_sparkline_set_values (CFOIL_SPARKLINE (line), NULL, 0, NULL);
  g_object_unref (line);
}

#define ADD(path, function) g_test_add (path, ChartFixture, NULL, chart_set_up, function, chart_tear_down)

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_resources_register (cfoil_ui_get_resource ());

  ADD ("/chart/find", test_find);
  ADD ("/chart/labels-apart", test_labels_apart);
  ADD ("/chart/rtl", test_rtl);
  ADD ("/chart/walk", test_walk);
  ADD ("/chart/description", test_description);
  ADD ("/chart/open", test_open);
  ADD ("/chart/zoom", test_zoom);
  ADD ("/chart/range", test_range);
  ADD ("/chart/drag", test_drag);
  ADD ("/chart/extremes", test_extremes);
  ADD ("/chart/ten-years", test_ten_years);
  ADD ("/chart/table", test_table);
  ADD ("/chart/table-columns", test_table_columns);
  g_test_add_func ("/chart/sparkline", test_sparkline);
  return g_test_run ();
}
