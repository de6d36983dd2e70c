/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-report-print.h"

#include "cfoil-compat.h"
#include "cfoil-report-pages.h"
#include "cfoil-toast.h"
#include "cfoil-words.h"

#include <glib/gi18n.h>

/* --- printer --- */

typedef struct
{
  CfoilTable *table;       /* (owned) */
  GTimeZone *zone;         /* (owned) */
  CfoilReportPages *pages; /* (owned) (nullable): once the paper is known */
} Print;

static void
print_free (gpointer data)
{
  Print *print = data;

  g_clear_pointer (&print->pages, cfoil_report_pages_free);
  cfoil_table_unref (print->table);
  g_time_zone_unref (print->zone);
  g_free (print);
}

static void
begin_print_cb (GtkPrintOperation *operation,
                GtkPrintContext   *context,
                gpointer           user_data)
{
  Print *print = user_data;

  g_clear_pointer (&print->pages, cfoil_report_pages_free);
  print->pages = cfoil_report_pages_new (print->table, gtk_print_context_get_width (context), gtk_print_context_get_height (context),
                                         print->zone);
  gtk_print_operation_set_n_pages (operation, (int) cfoil_report_pages_get_n_pages (print->pages));
}

static void
draw_page_cb (GtkPrintOperation *operation,
              GtkPrintContext   *context,
              int                page,
              gpointer           user_data)
{
  Print *print = user_data;

  cfoil_report_pages_draw (print->pages, (guint) page, gtk_print_context_get_cairo_context (context));
}

static GtkPageSetup *
make_page_setup (const CfoilReportPage *page)
{
  GtkPageSetup *setup = gtk_page_setup_new ();
  GtkPaperSize *size = gtk_paper_size_new (page->paper == CFOIL_PAPER_LETTER ? GTK_PAPER_NAME_LETTER : GTK_PAPER_NAME_A4);

  gtk_page_setup_set_paper_size_and_default_margins (setup, size);
  gtk_page_setup_set_orientation (setup, page->is_landscape ? GTK_PAGE_ORIENTATION_LANDSCAPE : GTK_PAGE_ORIENTATION_PORTRAIT);
  gtk_paper_size_free (size);
  return setup;
}

void
cfoil_report_print (GtkWindow             *parent,
                    CfoilTable            *table,
                    const CfoilReportPage *page,
                    GTimeZone             *zone)
{
  g_autoptr (GtkPrintOperation) operation = gtk_print_operation_new ();
  g_autoptr (GtkPageSetup) setup = make_page_setup (page);
  g_autoptr (GtkPrintSettings) settings = gtk_print_settings_new ();
  g_autofree char *name = g_strconcat ("counterfoil-", cfoil_table_get_name (table), NULL);
  g_autoptr (GError) error = NULL;
  Print *print = g_new0 (Print, 1);

  print->table = cfoil_table_ref (table);
  print->zone = g_time_zone_ref (zone);
  g_object_set_data_full (G_OBJECT (operation), "print", print, print_free);
  gtk_print_operation_set_job_name (operation, cfoil_table_get_title (table));
  gtk_print_operation_set_default_page_setup (operation, setup);
  /* What it is called when it is printed to a file. */
  gtk_print_settings_set (settings, GTK_PRINT_SETTINGS_OUTPUT_BASENAME, name);
  gtk_print_operation_set_print_settings (operation, settings);
  gtk_print_operation_set_embed_page_setup (operation, TRUE);
  gtk_print_operation_set_use_full_page (operation, TRUE);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_allow_async (operation, TRUE);
  g_signal_connect (operation, "begin-print", G_CALLBACK (begin_print_cb), print);
  g_signal_connect (operation, "draw-page", G_CALLBACK (draw_page_cb), print);
  if (gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, parent, &error) == GTK_PRINT_OPERATION_RESULT_ERROR)
    cfoil_compat_tell (parent, _("The Report Cannot Be Printed"), error->message);
}

/* --- file --- */

typedef struct
{
  GtkWidget *widget; /* (owned) */
  CfoilTable *table; /* (owned) */
  CfoilReportFormat format;
  CfoilReportPage page;
  GTimeZone *zone;   /* (owned) */
  char *path;        /* (owned) (nullable): not chosen yet */
} Save;

static void
save_free (Save *save)
{
  g_object_unref (save->widget);
  cfoil_table_unref (save->table);
  g_time_zone_unref (save->zone);
  g_free (save->path);
  g_free (save);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Save, save_free)

static void
save_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Save *save = task_data;
  GError *error = NULL;

  /* The dialog asked before a file is replaced. */
  if (cfoil_report_save (save->table, save->format, &save->page, save->zone, save->path, TRUE, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  Save *save = g_task_get_task_data (G_TASK (result));
  GtkRoot *root = gtk_widget_get_root (save->widget);
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_filename_display_basename (save->path);
  g_autofree char *text = NULL;

  if (root == NULL)
    return;
  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      cfoil_compat_tell (GTK_WINDOW (root), _("The Report Cannot Be Saved"), cfoil_words_error (error));
      return;
    }
  /* Translators: the name of a file */
  text = g_strdup_printf (_("Saved as “%s”"), name);
  cfoil_toast_show (save->widget, text);
}

/* Takes SAVE. */
static void
start_save (Save *save)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, saved_cb, NULL);

  g_task_set_task_data (task, save, (GDestroyNotify) save_free);
  g_task_run_in_thread (task, save_thread);
}

static void
path_chosen_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (Save) save = user_data;
  g_autoptr (GSettings) settings = g_settings_new (CFOIL_APPLICATION_ID);
  g_autofree char *folder = NULL;

  save->path = cfoil_compat_save_file_finish (result, NULL);
  if (save->path == NULL)
    return;
  folder = g_path_get_dirname (save->path);
  g_settings_set_string (settings, "export-directory", folder);
  start_save (g_steal_pointer (&save));
}

static Save *
save_new (GtkWidget             *widget,
          CfoilTable            *table,
          CfoilReportFormat      format,
          const CfoilReportPage *page,
          GTimeZone             *zone)
{
  Save *save = g_new0 (Save, 1);

  save->widget = g_object_ref (widget);
  save->table = cfoil_table_ref (table);
  save->format = format;
  save->page = *page;
  save->zone = g_time_zone_ref (zone);
  return save;
}

void
cfoil_report_save_as (GtkWidget             *widget,
                      CfoilTable            *table,
                      CfoilReportFormat      format,
                      const CfoilReportPage *page,
                      GTimeZone             *zone)
{
  g_autoptr (GSettings) settings = g_settings_new (CFOIL_APPLICATION_ID);
  g_autofree char *folder = g_settings_get_string (settings, "export-directory");
  g_autofree char *name = g_strdup_printf ("counterfoil-%s.%s", cfoil_table_get_name (table), cfoil_report_format_to_string (format));

  if (*folder == '\0')
    {
      g_free (folder);
      folder = g_strdup (g_get_user_special_dir (G_USER_DIRECTORY_DOCUMENTS));
    }
  cfoil_compat_save_file_async (GTK_WINDOW (gtk_widget_get_root (widget)), _("Save Report"), folder, name, path_chosen_cb,
                                save_new (widget, table, format, page, zone));
}

void
cfoil_report_save_to (GtkWidget             *widget,
                      CfoilTable            *table,
                      CfoilReportFormat      format,
                      const CfoilReportPage *page,
                      GTimeZone             *zone,
                      const char            *path)
{
  Save *save = save_new (widget, table, format, page, zone);

  save->path = g_strdup (path);
  start_save (save);
}
