/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "chart-fixture.h"

#include "cfoil-chart-export.h"
#include "cfoil-chart-print.h"
#include "cfoil-chart-words.h"
#include "cfoil-report-file.h"
#include "cfoil-ui-resources.h"

#include <adwaita.h>
#include <glib/gstdio.h>
#include <string.h>

/* Charts in files and on paper: the same picture, of lines and areas. */

/* --- what is painted on --- */

static void
paint_all (const CfoilChartPlot *plot,
           CfoilChartCanvas     *canvas)
{
  cfoil_chart_plot_paint_frame (plot, canvas);
  plot->layer->paint (plot, canvas);
  cfoil_chart_plot_paint_limits (plot, canvas);
}

static cairo_surface_t *
new_surface (const CfoilChartPlot  *plot,
             cairo_t              **cr)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) plot->width, (int) plot->height);

  *cr = cairo_create (surface);
  cairo_set_source_rgb (*cr, 1, 1, 1);
  cairo_paint (*cr);
  return surface;
}

/* Pixels that anybody could tell apart. */
static guint
count_different (cairo_surface_t *a,
                 cairo_surface_t *b)
{
  gsize size = (gsize) cairo_image_surface_get_stride (a) * (gsize) cairo_image_surface_get_height (a);
  const guint8 *x = cairo_image_surface_get_data (a), *y = cairo_image_surface_get_data (b);
  guint n = 0;

  for (gsize i = 0; i < size; i += 4)
    n += ABS (x[i] - y[i]) > 48 || ABS (x[i + 1] - y[i + 1]) > 48 || ABS (x[i + 2] - y[i + 2]) > 48;
  return n;
}

/* The nodes of a window and what goes into files are the same picture. */
static void
test_canvas (ChartFixture  *fixture,
             gconstpointer  user_data)
{
  for (guint i = 0; i < 2 * CHART_N_KINDS; i++)
    {
      CfoilChartKind kind = chart_kinds[i / 2];
      g_autoptr (CfoilChartData) data = chart_new_data (kind, chart_n_points_of (kind), 4);
      g_autoptr (CfoilChartPlot) plot = NULL;
      CfoilChartCanvas window = { gtk_snapshot_new (), NULL }, paper = { NULL, NULL };
      cairo_surface_t *surfaces[2];
      GskRenderNode *node;
      cairo_t *cr;
      guint n;

      cfoil_chart_data_add_limit (data, "A limit of the house", 4000);
      plot = chart_lay_out (fixture, data, 700, 400, i % 2 == 1);
      paint_all (plot, &window);
      node = gtk_snapshot_free_to_node (window.snapshot);
      surfaces[0] = new_surface (plot, &cr);
      gsk_render_node_draw (node, cr);
      cairo_destroy (cr);
      surfaces[1] = new_surface (plot, &paper.cr);
      paint_all (plot, &paper);
      cairo_destroy (paper.cr);
      n = count_different (surfaces[0], surfaces[1]);
      g_test_message ("kind %u: %u pixels differ", i / 2, n);
      g_assert_cmpuint (n, <, 100);
      gsk_render_node_unref (node);
      cairo_surface_destroy (surfaces[0]);
      cairo_surface_destroy (surfaces[1]);
    }
}

/* --- files --- */

static void
init_picture (ChartFixture      *fixture,
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
test_svg (ChartFixture  *fixture,
          gconstpointer  user_data)
{
  /* Few, and more than there are places, which layers paint another way. */
  for (guint i = 0; i < 2 * CHART_N_KINDS; i++)
    {
      CfoilChartKind kind = chart_kinds[i / 2];
      g_autoptr (CfoilChartData) data = chart_new_data (kind, i % 2 == 0 ? chart_n_points_of (kind) : 900,
                                                              kind == CFOIL_CHART_STACKED ? 6 : 2);
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
save (ChartFixture     *fixture,
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
test_files (ChartFixture  *fixture,
            gconstpointer  user_data)
{
  g_autofree char *folder = g_dir_make_tmp ("cfoil-chart-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "chart.file", NULL);
  g_autofree char *nowhere = g_build_filename (folder, "none", "chart.svg", NULL);
  g_autoptr (CfoilChartData) data = chart_new_data (CFOIL_CHART_STACKED, 9, 3);
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
  g_assert_true (g_str_has_prefix (lines[0], "point,currency,Series 1,Series 2,Series 3"));
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

static CfoilTable *
make_figures (void)
{
  CfoilTable *table = cfoil_table_new ("series", "Figures over Time");

  cfoil_table_add_column (table, "day", "Day", CFOIL_COLUMN_DAY);
  cfoil_table_add_column (table, "gross", "Gross Volume", CFOIL_COLUMN_MONEY);
  cfoil_table_add_column (table, "refunds", "Refunds", CFOIL_COLUMN_MONEY);
  for (gint32 i = 0; i < 2; i++)
    {
      cfoil_table_begin_row (table, CFOIL_ROW_PLAIN, NULL);
      cfoil_table_add_number (table, 20727 + 31 * i);
      cfoil_table_add_money (table, 123450 + i, "EUR");
      cfoil_table_add_money (table, -5, "EUR");
    }
  return table;
}

/* What machines read is said in their language, as the files of reports say it. */
static void
test_csv (ChartFixture  *fixture,
          gconstpointer  user_data)
{
  static const struct
  {
    CfoilBucket bucket;
    const char *title;
    const char *subtitle;
    const char *csv;
  } wanted[] = {
    { CFOIL_BUCKET_DAY, "Day", "1 Oct 2026 – 1 Nov 2026 · EUR",
      "day,currency,gross,refunds\n2026-10-01,EUR,1234.50,-0.05\n2026-11-01,EUR,1234.51,-0.05\n" },
    { CFOIL_BUCKET_WEEK, "Week From", "EUR",
      "week,currency,gross,refunds\n2026-10-01,EUR,1234.50,-0.05\n2026-11-01,EUR,1234.51,-0.05\n" },
    { CFOIL_BUCKET_MONTH, "Month", "Oct 2026 – Nov 2026 · EUR",
      "month,currency,gross,refunds\n2026-10,EUR,1234.50,-0.05\n2026-11,EUR,1234.51,-0.05\n" },
  };
  g_autofree char *folder = g_dir_make_tmp ("cfoil-chart-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "chart.csv", NULL);
  g_autoptr (CfoilTable) figures = make_figures ();

  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    {
      g_autoptr (CfoilChartData) data = cfoil_chart_data_new_from_table (CFOIL_CHART_LINES, figures, wanted[i].bucket);
      g_autofree char *subtitle = cfoil_chart_words_subtitle (data, 0, 2);
      g_autofree char *csv = NULL;
      gsize length;

      g_assert_cmpstr (cfoil_chart_data_get_points_title (data), ==, wanted[i].title);
      g_assert_cmpstr (subtitle, ==, wanted[i].subtitle);
      csv = save (fixture, data, CFOIL_CHART_FORMAT_CSV, path, &length);
      g_assert_cmpstr (csv, ==, wanted[i].csv);
    }
  g_unlink (path);
  g_rmdir (folder);
}

/* Weekdays are called by the word that the search has for them. */
static void
test_csv_of_map (ChartFixture  *fixture,
                 gconstpointer  user_data)
{
  g_autofree char *folder = g_dir_make_tmp ("cfoil-chart-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "chart.csv", NULL);
  g_autoptr (CfoilChartData) data = cfoil_chart_data_new (CFOIL_CHART_HEAT_MAP, "Hours", CFOIL_UNIT_COUNT, NULL);
  const gint64 value = 7;
  g_autofree char *csv = NULL;
  gsize length;

  cfoil_chart_data_set_points_name (data, "hour");
  cfoil_chart_data_add_point (data, "0", "0:00 to 1:00", NULL);
  cfoil_chart_data_set_point_name (data, 0, "0");
  cfoil_chart_data_set_series_terms (data, cfoil_chart_data_add_series (data, "Montag", &value, G_MAXUINT), "weekday:monday");
  csv = save (fixture, data, CFOIL_CHART_FORMAT_CSV, path, &length);
  g_assert_cmpstr (csv, ==, "hour,monday\n0,7\n");
  g_unlink (path);
  g_rmdir (folder);
}

/* Picture and table. */
static void
test_print (ChartFixture  *fixture,
            gconstpointer  user_data)
{
  g_autofree char *folder = g_dir_make_tmp ("cfoil-chart-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "chart.pdf", NULL);
  g_autoptr (CfoilTable) figures = make_figures ();
  g_autoptr (CfoilChartData) data = cfoil_chart_data_new_from_table (CFOIL_CHART_LINES, figures, CFOIL_BUCKET_DAY);
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

#define ADD(path, function) g_test_add (path, ChartFixture, NULL, chart_set_up, function, chart_tear_down)

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_resources_register (cfoil_ui_get_resource ());

  ADD ("/chart-files/canvas", test_canvas);
  ADD ("/chart-files/svg", test_svg);
  ADD ("/chart-files/files", test_files);
  ADD ("/chart-files/csv", test_csv);
  ADD ("/chart-files/csv-of-map", test_csv_of_map);
  ADD ("/chart-files/print", test_print);
  return g_test_run ();
}
