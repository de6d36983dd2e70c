/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-chart-print.h"

#include "cfoil-chart-words.h"
#include "cfoil-report-pages.h"
#include "cfoil-toast.h"

#include <glib/gi18n.h>

/* A CSS pixel in points. */
#define POINTS_PER_PIXEL 0.75
/* Of height to width: a picture that fills an upright page reads worse than one that leaves some of it empty. */
#define MAX_ASPECT 0.75
/* Together with the picture's own margin as wide as that of the table's pages. */
#define MARGIN 32

typedef struct
{
  CfoilChartPicture picture; /* data and context (owned) */
  CfoilReportPages *pages;   /* (owned) (nullable): of the table */
} Job;

static void
job_free (gpointer data,
          GClosure *closure)
{
  Job *job = data;

  cfoil_chart_data_unref (job->picture.data);
  g_object_unref (job->picture.context);
  g_clear_pointer (&job->pages, cfoil_report_pages_free);
  g_free (job);
}

static void
begin_print_cb (GtkPrintOperation *operation,
                GtkPrintContext   *context,
                gpointer           user_data)
{
  Job *job = user_data;
  g_autoptr (CfoilTable) table = cfoil_chart_data_to_table (job->picture.data);
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autofree char *subtitle = cfoil_chart_words_subtitle (job->picture.data, 0, cfoil_chart_data_get_n_points (job->picture.data));

  if (subtitle != NULL)
    cfoil_table_add_note (table, subtitle);
  job->pages = cfoil_report_pages_new (table, gtk_print_context_get_width (context), gtk_print_context_get_height (context), zone);
  gtk_print_operation_set_n_pages (operation, 1 + (int) cfoil_report_pages_get_n_pages (job->pages));
}

static void
draw_page_cb (GtkPrintOperation *operation,
              GtkPrintContext   *context,
              int                page,
              gpointer           user_data)
{
  Job *job = user_data;
  cairo_t *cr = gtk_print_context_get_cairo_context (context);
  double width = gtk_print_context_get_width (context) / POINTS_PER_PIXEL - 2 * MARGIN;
  double height = gtk_print_context_get_height (context) / POINTS_PER_PIXEL - 2 * MARGIN;

  if (page > 0)
    {
      cfoil_report_pages_draw (job->pages, (guint) page - 1, cr);
      return;
    }
  cairo_save (cr);
  cairo_scale (cr, POINTS_PER_PIXEL, POINTS_PER_PIXEL);
  cairo_translate (cr, MARGIN, MARGIN);
  cfoil_chart_picture_draw (&job->picture, cr, width, MIN (height, width * MAX_ASPECT));
  cairo_restore (cr);
}

GtkPrintOperation *
cfoil_chart_print_new (const CfoilChartPicture *picture)
{
  GtkPrintOperation *operation = gtk_print_operation_new ();
  g_autoptr (GtkPageSetup) page = gtk_page_setup_new ();
  Job *job = g_new0 (Job, 1);

  job->picture = *picture;
  cfoil_chart_data_ref (job->picture.data);
  /* Not the one of the window, which changes with the size of its letters while the dialog is open. */
  job->picture.context = g_object_ref (picture->context);
  gtk_page_setup_set_orientation (page, GTK_PAGE_ORIENTATION_LANDSCAPE);
  gtk_print_operation_set_default_page_setup (operation, page);
  gtk_print_operation_set_embed_page_setup (operation, TRUE);
  gtk_print_operation_set_job_name (operation, cfoil_chart_data_get_title (picture->data));
  /* The pages of the table have margins of their own, the picture, too. */
  gtk_print_operation_set_use_full_page (operation, TRUE);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  g_signal_connect_data (operation, "begin-print", G_CALLBACK (begin_print_cb), job, job_free, 0);
  g_signal_connect (operation, "draw-page", G_CALLBACK (draw_page_cb), job);
  return operation;
}

static void
done_cb (GtkPrintOperation       *operation,
         GtkPrintOperationResult  result,
         gpointer                 user_data)
{
  GtkWidget *widget = user_data;
  g_autoptr (GError) error = NULL;

  if (result != GTK_PRINT_OPERATION_RESULT_ERROR)
    return;
  gtk_print_operation_get_error (operation, &error);
  g_message ("Printing failed: %s", error != NULL ? error->message : "unknown");
  cfoil_toast_show (widget, _("The chart could not be printed. Choose another printer, or export it as a file."));
}

void
cfoil_chart_print_run (const CfoilChartPicture *picture,
                       GtkWidget               *widget)
{
  g_autoptr (GtkPrintOperation) operation = cfoil_chart_print_new (picture);
  GtkRoot *root = gtk_widget_get_root (widget);

  gtk_print_operation_set_allow_async (operation, TRUE);
  g_signal_connect_object (operation, "done", G_CALLBACK (done_cb), widget, 0);
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, NULL);
}
