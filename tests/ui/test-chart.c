/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-chart-export.h"
#include "cfoil-chart-print.h"
#include "cfoil-chart-private.h"
#include "cfoil-chart-words.h"
#include "cfoil-report-file.h"
#include "cfoil-ui-resources.h"

#include <adwaita.h>
#include <glib/gstdio.h>
#include <string.h>
#include <time.h>

/* Charts in a window: what is painted, pointed at, walked through, read out and written is the same. */

#define HOSTILE "Gross <script>alert (1)</script> & \"more\""
/* The same as it may come in. */
#define HOSTILE_RAW "Gross\n<script>alert\x01(1)</script> & \"more\""
#define TEN_YEARS 3650

static const CfoilChartKind kinds[] = {
  CFOIL_CHART_COLUMNS, CFOIL_CHART_STACKED, CFOIL_CHART_LINES, CFOIL_CHART_HEAT_MAP, CFOIL_CHART_HISTOGRAM, CFOIL_CHART_GAUGE,
};

/* --- what is shown --- */

typedef struct
{
  GtkWidget *window;
  CfoilChart *chart;
  CfoilChartView *view;
  GString *log; /* (owned): of signals */
} Fixture;

static void
zoom_cb (CfoilChart *chart,
         guint       first,
         guint       last,
         gpointer    user_data)
{
  g_string_append_printf (((Fixture *) user_data)->log, "zoom %u %u;", first, last);
}

static void
activate_cb (CfoilChart *chart,
             const char *query,
             gpointer    user_data)
{
  g_string_append_printf (((Fixture *) user_data)->log, "open %s;", query);
}

static void
spin (guint ms)
{
  gint64 end = g_get_monotonic_time () + (gint64) ms * 1000;

  while (g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  user_data)
{
  gint64 end = g_get_monotonic_time () + 10 * G_TIME_SPAN_SECOND;

  fixture->log = g_string_new (NULL);
  fixture->chart = CFOIL_CHART (cfoil_chart_new ());
  fixture->view = cfoil_chart_get_view (fixture->chart);
  fixture->window = gtk_window_new ();
  g_signal_connect (fixture->chart, "zoom", G_CALLBACK (zoom_cb), fixture);
  g_signal_connect (fixture->chart, "activate-query", G_CALLBACK (activate_cb), fixture);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 640, 420);
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->chart));
  gtk_window_present (GTK_WINDOW (fixture->window));
  while (gtk_widget_get_width (GTK_WIDGET (fixture->view)) < 1 && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (fixture->view)), >, 100);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  user_data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  spin (5);
  g_string_free (fixture->log, TRUE);
}

static void
assert_log (Fixture    *fixture,
            const char *expected)
{
  g_assert_cmpstr (fixture->log->str, ==, expected);
  g_string_truncate (fixture->log, 0);
}

static gint64
value_of (guint series,
          guint point)
{
  gint64 value = (gint64) ((series * 7919 + point * 104729) % 9000) + 500;

  return (series + point) % 11 == 5 ? -value : value;
}

static CfoilChartData *
new_data (CfoilChartKind kind,
          guint          n_points,
          guint          n_series)
{
  CfoilChartData *data = cfoil_chart_data_new (kind, HOSTILE_RAW, CFOIL_UNIT_MONEY, "EUR");
  g_autofree gint64 *values = g_new (gint64, MAX (n_points, 1));

  for (guint i = 0; i < n_points; i++)
    {
      g_autofree char *label = g_strdup_printf ("%u Oct", i + 1);
      g_autofree char *title = g_strdup_printf ("Day %u", i + 1);
      g_autofree char *query = g_strdup_printf ("date:%u", i + 1);

      cfoil_chart_data_add_point (data, label, title, query);
    }
  for (guint series = 0; series < n_series; series++)
    {
      g_autofree char *title = g_strdup_printf ("Series %u", series + 1);

      for (guint i = 0; i < MAX (n_points, 1); i++)
        values[i] = value_of (series, i);
      cfoil_chart_data_add_series (data, title, values, series == 1 ? n_points - 1 : G_MAXUINT);
    }
  return data;
}

static void
show (Fixture        *fixture,
      CfoilChartData *data) /* (transfer full) */
{
  cfoil_chart_set_data (fixture->chart, data);
  cfoil_chart_data_unref (data);
}

static guint
n_points_of (CfoilChartKind kind)
{
  return kind == CFOIL_CHART_GAUGE ? 1 : 9;
}

static CfoilChartPlot *
lay_out (Fixture        *fixture,
         CfoilChartData *data,
         float           width,
         float           height,
         gboolean        is_rtl)
{
  CfoilChartStyle style;
  CfoilChartPlot *plot;

  cfoil_chart_style_init (&style, GTK_WIDGET (fixture->view));
  style.is_rtl = is_rtl;
  plot = cfoil_chart_plot_new (data, &style, width, height, 0, cfoil_chart_data_get_n_points (data));
  cfoil_chart_style_clear (&style);
  return plot;
}

/* --- layout --- */

/* Where a value is painted, it is found. */
static void
test_find (Fixture       *fixture,
           gconstpointer  user_data)
{
  for (guint round = 0; round < 2 * G_N_ELEMENTS (kinds); round++)
    {
      CfoilChartKind kind = kinds[round / 2];
      g_autoptr (CfoilChartData) data = new_data (kind, n_points_of (kind), kind == CFOIL_CHART_HISTOGRAM ? 1 : 3);
      g_autoptr (CfoilChartPlot) plot = lay_out (fixture, data, 700, 400, round % 2 == 1);

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
test_labels_apart (Fixture       *fixture,
                   gconstpointer  user_data)
{
  for (guint round = 0; round < 300; round++)
    {
      CfoilChartKind kind = kinds[round % G_N_ELEMENTS (kinds)];
      guint n_series = (guint) g_test_rand_int_range (1, 5);
      CfoilChartData *data = new_data (kind, kind == CFOIL_CHART_GAUGE ? 1 : (guint) g_test_rand_int_range (1, 400), n_series);
      g_autoptr (CfoilChartPlot) plot = NULL;

      for (int limit = 0; limit < g_test_rand_int_range (0, 4); limit++)
        cfoil_chart_data_add_limit (data, "A limit of the house", g_test_rand_int_range (-9000, 9000));
      plot = lay_out (fixture, data, (float) g_test_rand_int_range (160, 1200), (float) g_test_rand_int_range (180, 600),
                      g_test_rand_bit ());
      assert_texts_apart (plot);
      cfoil_chart_data_unref (data);
    }
}

/* Time goes to the left, numbers stand on the right. */
static void
test_rtl (Fixture       *fixture,
          gconstpointer  user_data)
{
  const CfoilChartPlot *plot;
  graphene_rect_t first, last;
  guint series, point;

  gtk_widget_set_direction (GTK_WIDGET (fixture->view), GTK_TEXT_DIR_RTL);
  show (fixture, new_data (CFOIL_CHART_COLUMNS, 9, 1));
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
assert_reading (Fixture *fixture,
                guint    series,
                guint    point)
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
test_walk (Fixture       *fixture,
           gconstpointer  user_data)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      guint n_points = n_points_of (kinds[i]), series, point;
      int next = kinds[i] == CFOIL_CHART_STACKED ? -1 : 1;

      show (fixture, new_data (kinds[i], n_points, 3));
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
test_description (Fixture       *fixture,
                  gconstpointer  user_data)
{
  g_autofree char *description = NULL;

  show (fixture, new_data (CFOIL_CHART_COLUMNS, 4, 1));
  description = cfoil_chart_words_description (cfoil_chart_get_data (fixture->chart));
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (fixture->chart), GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (fixture->view), GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (fixture->chart), GTK_ACCESSIBLE_PROPERTY_LABEL, HOSTILE);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (fixture->view), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description);
  g_assert_nonnull (strstr (description, "4 values, Day 1 to Day 4."));
}

static void
test_open (Fixture       *fixture,
           gconstpointer  user_data)
{
  show (fixture, new_data (CFOIL_CHART_COLUMNS, 9, 1));
  g_assert_false (cfoil_chart_view_activate (fixture->view));
  cfoil_chart_view_move_to (fixture->view, 0, 4);
  g_assert_true (cfoil_chart_view_activate (fixture->view));
  assert_log (fixture, "open date:5;");
}

/* --- zoom --- */

static void
test_zoom (Fixture       *fixture,
           gconstpointer  user_data)
{
  guint first, n_points, series, point;

  show (fixture, new_data (CFOIL_CHART_COLUMNS, 40, 2));
  cfoil_chart_view_zoom (fixture->view, 10, 8);
  assert_log (fixture, "zoom 10 17;");
  g_assert_cmpuint (cfoil_chart_view_get_plot (fixture->view)->first, ==, 10);
  g_assert_cmpuint (cfoil_chart_view_get_plot (fixture->view)->n_points, ==, 8);

  /* The cursor takes the window along. */
  cfoil_chart_view_move_to (fixture->view, 0, 17);
  assert_log (fixture, "");
  cfoil_chart_view_move (fixture->view, 1, 0);
  assert_log (fixture, "zoom 11 18;");
  cfoil_chart_view_move_to (fixture->view, 0, 0);
  assert_log (fixture, "zoom 0 7;");

  /* Newer numbers of the same days change nothing of it. */
  show (fixture, new_data (CFOIL_CHART_COLUMNS, 40, 2));
  cfoil_chart_view_get_zoom (fixture->view, &first, &n_points);
  g_assert_cmpuint (n_points, ==, 8);
  g_assert_true (cfoil_chart_view_get_cursor (fixture->view, &series, &point));

  gtk_widget_activate_action (GTK_WIDGET (fixture->chart), "chart.show-all", NULL);
  assert_log (fixture, "zoom 0 39;");
  g_assert_false (cfoil_chart_view_is_zoomed (fixture->view));
  cfoil_chart_view_move_to (fixture->view, 0, 39);
  gtk_widget_activate_action (GTK_WIDGET (fixture->chart), "chart.zoom-in", NULL);
  assert_log (fixture, "zoom 20 39;");
  for (guint i = 0; i < 10; i++)
    cfoil_chart_view_zoom_by (fixture->view, TRUE);
  cfoil_chart_view_get_zoom (fixture->view, &first, &n_points);
  g_assert_cmpuint (n_points, ==, 2);
  for (guint i = 0; i < 10; i++)
    cfoil_chart_view_zoom_by (fixture->view, FALSE);
  g_assert_false (cfoil_chart_view_is_zoomed (fixture->view));

  show (fixture, new_data (CFOIL_CHART_COLUMNS, 12, 2));
  g_assert_false (cfoil_chart_view_get_cursor (fixture->view, &series, &point));
}

/* Where points share a band, all of them are meant. */
static void
test_range (Fixture       *fixture,
            gconstpointer  user_data)
{
  g_autoptr (CfoilChartData) data = new_data (CFOIL_CHART_COLUMNS, TEN_YEARS, 1);
  g_autoptr (CfoilChartPlot) plot = lay_out (fixture, data, 700, 400, FALSE);
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
point_at (Fixture    *fixture,
          float       x,
          float       y,
          const char *arguments)
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
  spin (60);
}

static void
drag (Fixture    *fixture,
      guint       from,
      guint       to,
      const char *then)
{
  const CfoilChartPlot *plot = cfoil_chart_view_get_plot (fixture->view);
  float y = plot->area.origin.y + plot->area.size.height / 2;
  float a = cfoil_chart_bands_get_middle (&plot->bands, from), b = cfoil_chart_bands_get_middle (&plot->bands, to);

  point_at (fixture, a, y, "mousedown 1");
  point_at (fixture, (a + b) / 2, y, "");
  point_at (fixture, b, y, then);
}

static void
test_drag (Fixture       *fixture,
           gconstpointer  user_data)
{
  g_autofree char *xdotool = g_find_program_in_path ("xdotool");

  if (xdotool == NULL)
    {
      g_test_skip ("xdotool is missing");
      return;
    }
  gtk_window_set_title (GTK_WINDOW (fixture->window), "drag-in-a-chart");
  show (fixture, new_data (CFOIL_CHART_COLUMNS, 28, 1));
  spin (400);
  drag (fixture, 20, 11, "mouseup 1");
  assert_log (fixture, "zoom 11 20;");
  gtk_widget_activate_action (GTK_WIDGET (fixture->chart), "chart.show-all", NULL);
  assert_log (fixture, "zoom 0 27;");

  /* Numbers that come in meanwhile do not take it out of the hand. */
  drag (fixture, 5, 9, "");
  show (fixture, new_data (CFOIL_CHART_COLUMNS, 28, 1));
  drag (fixture, 5, 9, "mouseup 1");
  assert_log (fixture, "zoom 5 9;");
  gtk_widget_activate_action (GTK_WIDGET (fixture->chart), "chart.show-all", NULL);
  assert_log (fixture, "zoom 0 27;");

  /* Back to where it began, or taken back: nothing happens, and nothing is opened. */
  drag (fixture, 5, 9, "");
  drag (fixture, 9, 5, "mouseup 1");
  assert_log (fixture, "");
  drag (fixture, 5, 9, "key Escape mouseup 1");
  assert_log (fixture, "");
}

/* --- much, little, nothing --- */

static void
test_extremes (Fixture       *fixture,
               gconstpointer  user_data)
{
  static const gint64 values[] = { G_MAXINT64, -G_MAXINT64, 0, CFOIL_UNKNOWN };

  cfoil_chart_set_data (fixture->chart, NULL);
  spin (30);
  g_assert_null (cfoil_chart_view_get_plot (fixture->view));
  g_assert_false (cfoil_chart_view_move (fixture->view, 1, 0));
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      CfoilChartData *huge = cfoil_chart_data_new (kinds[i], "Huge", CFOIL_UNIT_COUNT, NULL);

      show (fixture, cfoil_chart_data_new (kinds[i], "Empty", CFOIL_UNIT_MONEY, NULL));
      spin (5);
      g_assert_null (cfoil_chart_view_get_plot (fixture->view));
      g_assert_false (cfoil_chart_view_move (fixture->view, 0, 1));
      gtk_test_accessible_assert_property (GTK_ACCESSIBLE (fixture->view), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                           "Nothing to show yet.");

      show (fixture, new_data (kinds[i], 1, 1));
      spin (5);
      g_assert_nonnull (cfoil_chart_view_get_plot (fixture->view));
      g_assert_true (cfoil_chart_view_move (fixture->view, 1, 0));
      assert_reading (fixture, 0, 0);

      for (guint point = 0; point < G_N_ELEMENTS (values); point++)
        cfoil_chart_data_add_point (huge, "x", NULL, NULL);
      cfoil_chart_data_add_series (huge, "a", values, 0);
      cfoil_chart_data_add_series (huge, "b", values, G_MAXUINT);
      show (fixture, huge);
      gtk_widget_grab_focus (GTK_WIDGET (fixture->view));
      cfoil_chart_view_move (fixture->view, 1, 0);
      spin (20);
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
test_ten_years (Fixture       *fixture,
                gconstpointer  user_data)
{
  for (guint i = 0; i < 6; i++)
    {
      CfoilChartKind kind = i < 5 ? kinds[i] : CFOIL_CHART_LINES;
      guint n_points = i < 5 ? TEN_YEARS : 280;
      const CfoilChartPlot *plot;
      gint64 start = g_get_monotonic_time (), laid_out;

      show (fixture, new_data (kind, n_points, i == 4 ? 1 : 2));
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
test_table (Fixture       *fixture,
            gconstpointer  user_data)
{
  CfoilChartTable *table = cfoil_chart_get_table (fixture->chart);
  GtkColumnView *view = cfoil_chart_table_get_view (table);
  GtkSelectionModel *model;
  gboolean is_table;

  show (fixture, new_data (CFOIL_CHART_COLUMNS, 9, 2));
  gtk_widget_grab_focus (GTK_WIDGET (fixture->view));
  gtk_widget_activate_action (GTK_WIDGET (fixture->view), "chart.show-as-table", NULL);
  spin (50);
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
  assert_log (fixture, "open date:4;");
  gtk_widget_activate_action (GTK_WIDGET (fixture->chart), "chart.show-as-table", NULL);
  g_assert_true (gtk_widget_has_focus (GTK_WIDGET (fixture->view)));
}

/* --- files --- */

static void
init_picture (Fixture           *fixture,
              CfoilChartPicture *picture,
              CfoilChartData    *data)
{
  *picture = (CfoilChartPicture){ data, gtk_widget_get_pango_context (GTK_WIDGET (fixture->view)), FALSE, 0, 0 };
}

typedef struct
{
  guint n_elements;
  guint n_strokes;
} Seen;

/* Nothing that runs, nothing from elsewhere, and no picture: it is sharp at any size. */
static void
element_cb (GMarkupParseContext  *context,
            const char           *name,
            const char          **attributes,
            const char          **values,
            gpointer              user_data,
            GError              **error)
{
  Seen *seen = user_data;

  seen->n_elements++;
  g_assert_cmpstr (name, !=, "script");
  g_assert_cmpstr (name, !=, "foreignObject");
  g_assert_cmpstr (name, !=, "image");
  for (guint i = 0; attributes[i] != NULL; i++)
    {
      g_assert_false (g_str_has_prefix (attributes[i], "on"));
      if (g_str_has_suffix (attributes[i], "href"))
        g_assert_cmpint (values[i][0], ==, '#');
      if (g_str_equal (name, "path") && g_str_equal (attributes[i], "style") && strstr (values[i], "fill:none;stroke-width:") != NULL)
        seen->n_strokes++;
    }
}

static void
assert_svg (const char     *text,
            gsize           length,
            CfoilChartData *data)
{
  const GMarkupParser parser = { .start_element = element_cb };
  Seen seen = { 0 };
  GMarkupParseContext *context = g_markup_parse_context_new (&parser, G_MARKUP_TREAT_CDATA_AS_TEXT, &seen, NULL);
  g_autoptr (GError) error = NULL;

  g_markup_parse_context_parse (context, text, (gssize) length, &error);
  g_assert_no_error (error);
  g_markup_parse_context_end_parse (context, &error);
  g_assert_no_error (error);
  g_markup_parse_context_free (context);
  g_assert_cmpuint (seen.n_elements, >, 20);
  /* Each line, or the texture of the second series; and the limit, which gauges and maps do not draw as a line. */
  if (cfoil_chart_data_get_kind (data) == CFOIL_CHART_LINES)
    g_assert_cmpuint (seen.n_strokes, >, cfoil_chart_data_get_n_series (data));
  else if (cfoil_chart_data_get_kind (data) != CFOIL_CHART_HEAT_MAP && cfoil_chart_data_get_kind (data) != CFOIL_CHART_GAUGE)
    g_assert_cmpuint (seen.n_strokes, >, 1);
  g_assert_nonnull (g_strstr_len (text, (gssize) length, "<title>Gross &lt;script&gt;"));
  g_assert_nonnull (g_strstr_len (text, (gssize) length, "<desc>"));
}

/* CHART_SVG is a folder for looking at them. */
static void
keep_svg (const char     *text,
          gsize           length,
          CfoilChartData *data)
{
  g_autofree char *name = g_strdup_printf ("%d-%u.svg", cfoil_chart_data_get_kind (data), cfoil_chart_data_get_n_points (data));
  g_autofree char *path = g_build_filename (g_getenv ("CHART_SVG"), name, NULL);

  g_assert_true (g_file_set_contents (path, text, (gssize) length, NULL));
}

static void
test_svg (Fixture       *fixture,
          gconstpointer  user_data)
{
  /* Few, and more than there are places, which layers paint another way. */
  for (guint i = 0; i < 2 * G_N_ELEMENTS (kinds); i++)
    {
      CfoilChartKind kind = kinds[i / 2];
      g_autoptr (CfoilChartData) data = new_data (kind, i % 2 == 0 ? n_points_of (kind) : 900, kind == CFOIL_CHART_STACKED ? 6 : 2);
      CfoilChartPicture picture;
      g_autoptr (GBytes) svg = NULL;
      g_autoptr (GError) error = NULL;
      const char *text;
      gsize length;

      cfoil_chart_data_add_limit (data, "A limit of the house", 4000);
      init_picture (fixture, &picture, data);
      svg = cfoil_chart_picture_to_svg (&picture, 800, 400, &error);
      g_assert_no_error (error);
      text = g_bytes_get_data (svg, &length);
      if (g_getenv ("CHART_SVG") != NULL)
        keep_svg (text, length, data);
      assert_svg (text, length, data);
    }
}

typedef struct
{
  gboolean is_done;
  GError *error; /* (owned) (nullable) */
} Saved;

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  Saved *saved = user_data;

  cfoil_chart_picture_save_finish (result, &saved->error);
  saved->is_done = TRUE;
}

static char *
save (Fixture          *fixture,
      CfoilChartData   *data,
      CfoilChartFormat  format,
      const char       *path,
      gsize            *length)
{
  CfoilChartPicture picture;
  Saved saved = { 0 };
  char *contents;

  init_picture (fixture, &picture, data);
  cfoil_chart_picture_save_async (&picture, format, path, NULL, saved_cb, &saved);
  while (!saved.is_done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_no_error (saved.error);
  g_assert_true (g_file_get_contents (path, &contents, length, NULL));
  return contents;
}

static void
test_files (Fixture       *fixture,
            gconstpointer  user_data)
{
  g_autofree char *folder = g_dir_make_tmp ("cfoil-chart-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "chart.file", NULL);
  g_autofree char *nowhere = g_build_filename (folder, "none", "chart.svg", NULL);
  g_autoptr (CfoilChartData) data = new_data (CFOIL_CHART_STACKED, 9, 3);
  g_autoptr (CfoilTable) table = cfoil_chart_data_to_table (data);
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autoptr (GBytes) bytes = cfoil_report_write_csv (table, CFOIL_EXPORT_PLAIN, zone);
  g_autofree char *csv = NULL, *png = NULL, *svg = NULL;
  g_auto (GStrv) lines = NULL;
  CfoilChartPicture picture;
  Saved saved = { 0 };
  gsize length;

  csv = save (fixture, data, CFOIL_CHART_FORMAT_CSV, path, &length);
  g_assert_cmpmem (csv, length, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  lines = g_strsplit (g_strchomp (csv), "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 10);
  g_assert_true (g_str_has_prefix (lines[0], "Point,currency,Series 1,Series 2,Series 3"));
  /* Whole: what was there is replaced. */
  png = save (fixture, data, CFOIL_CHART_FORMAT_PNG, path, &length);
  g_assert_cmpuint (length, >, 1000);
  g_assert_cmpint (memcmp (png, "\x89PNG\r\n", 6), ==, 0);
  svg = save (fixture, data, CFOIL_CHART_FORMAT_SVG, path, &length);
  g_assert_true (g_str_has_prefix (svg, "<?xml"));

  init_picture (fixture, &picture, data);
  cfoil_chart_picture_save_async (&picture, CFOIL_CHART_FORMAT_SVG, nowhere, NULL, saved_cb, &saved);
  while (!saved.is_done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_error (saved.error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&saved.error);

  g_assert_cmpint (cfoil_chart_format_from_path ("/a/b.PNG", CFOIL_CHART_FORMAT_SVG), ==, CFOIL_CHART_FORMAT_PNG);
  g_assert_cmpint (cfoil_chart_format_from_path ("/a.csv/b", CFOIL_CHART_FORMAT_SVG), ==, CFOIL_CHART_FORMAT_SVG);
  g_unlink (path);
  g_rmdir (folder);
}

/* Picture and table. */
static void
test_print (Fixture       *fixture,
            gconstpointer  user_data)
{
  g_autofree char *folder = g_dir_make_tmp ("cfoil-chart-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "chart.pdf", NULL);
  g_autoptr (CfoilChartData) data = new_data (CFOIL_CHART_LINES, 9, 3);
  g_autoptr (GtkPrintOperation) operation = NULL;
  g_autofree char *pdf = NULL;
  gsize length;
  CfoilChartPicture picture;
  g_autoptr (GError) error = NULL;

  init_picture (fixture, &picture, data);
  operation = cfoil_chart_print_new (&picture);
  gtk_print_operation_set_export_filename (operation, path);
  g_assert_cmpint (gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_EXPORT, NULL, &error), ==,
                   GTK_PRINT_OPERATION_RESULT_APPLY);
  g_assert_no_error (error);
  g_assert_cmpint (gtk_print_operation_get_n_pages_to_print (operation), ==, 2);
  g_assert_true (g_file_get_contents (path, &pdf, &length, NULL));
  g_assert_true (g_str_has_prefix (pdf, "%PDF-"));
  for (gsize i = 0; i + strlen ("/Image") <= length; i++)
    g_assert_cmpint (memcmp (pdf + i, "/Image", strlen ("/Image")), !=, 0);
  if (g_getenv ("CHART_PDF") == NULL)
    {
      g_unlink (path);
      g_rmdir (folder);
    }
  else
    g_test_message ("%s", path);
}

static void
test_sparkline (void)
{
  static const gint64 values[] = { 5, CFOIL_UNKNOWN, 7 };
  GtkWidget *line = g_object_ref_sink (cfoil_sparkline_new ());

  cfoil_sparkline_set_values (CFOIL_SPARKLINE (line), values, G_N_ELEMENTS (values), "Rising");
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (line), GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (line), GTK_ACCESSIBLE_PROPERTY_LABEL, "Rising");
  cfoil_sparkline_set_values (CFOIL_SPARKLINE (line), NULL, 0, NULL);
  g_object_unref (line);
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

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
  ADD ("/chart/svg", test_svg);
  ADD ("/chart/files", test_files);
  ADD ("/chart/print", test_print);
  g_test_add_func ("/chart/sparkline", test_sparkline);
  return g_test_run ();
}
