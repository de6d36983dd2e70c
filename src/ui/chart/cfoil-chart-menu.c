/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-chart-menu.h"

#include "cfoil-compat.h"
#include "cfoil-toast.h"
#include "cfoil-words.h"

#include <glib/gi18n.h>
#include <string.h>

/* Of a file's name, in letters. */
#define MAX_NAME 60

/* --- the menu --- */

static void
append (GMenu      *menu,
        const char *label,
        const char *action,
        const char *accelerator)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, action);

  if (accelerator != NULL)
    g_menu_item_set_attribute (item, "accel", "s", accelerator);
  g_menu_append_item (menu, item);
}

static void
append_section (GMenu *menu,
                GMenu *section)
{
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
}

GMenuModel *
cfoil_chart_menu_new (void)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) view = g_menu_new ();
  g_autoptr (GMenu) zoom = g_menu_new ();
  g_autoptr (GMenu) files = g_menu_new ();

  append (view, _("Show as _Table"), "chart.show-as-table", "<Control>t");
  append_section (menu, view);
  append (zoom, _("Zoom _In"), "chart.zoom-in", "plus");
  append (zoom, _("Zoom _Out"), "chart.zoom-out", "minus");
  append (zoom, _("Show _All"), "chart.show-all", "Escape");
  append_section (menu, zoom);
  append (files, _("Export as _SVG…"), "chart.export-svg", "<Control><Shift>e");
  append (files, _("Export as P_NG…"), "chart.export-png", NULL);
  append (files, _("Export as _CSV…"), "chart.export-csv", NULL);
  append (files, _("_Print…"), "chart.print", "<Control>p");
  append_section (menu, files);
  return G_MENU_MODEL (menu);
}

/* --- files --- */

typedef struct
{
  GWeakRef chart;
  CfoilChartPicture picture; /* data and context (owned) */
  CfoilChartFormat format;
} Export;

static void
export_free (Export *export)
{
  g_weak_ref_clear (&export->chart);
  cfoil_chart_data_unref (export->picture.data);
  g_object_unref (export->picture.context);
  g_free (export);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Export, export_free)

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (Export) export = user_data;
  g_autoptr (GtkWidget) chart = g_weak_ref_get (&export->chart);
  g_autoptr (GError) error = NULL;

  if (chart == NULL)
    return;
  if (cfoil_chart_picture_save_finish (result, &error))
    {
      cfoil_toast_show (chart, _("Exported"));
      return;
    }
  g_message ("A chart could not be exported: %s", error->message);
  cfoil_toast_show (chart, cfoil_words_error (error));
}

static void
chosen_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (Export) export = user_data;
  g_autofree char *path = cfoil_compat_save_file_finish (result, NULL);
  CfoilChartFormat format;

  if (path == NULL)
    return;
  format = cfoil_chart_format_from_path (path, export->format);
  cfoil_chart_picture_save_async (&export->picture, format, path, NULL, saved_cb, export);
  g_steal_pointer (&export);
}

/* "Gross Volume.svg": what a folder or a shell would read another way is left out. */
static char *
suggest_name (const CfoilChartPicture *picture,
              CfoilChartFormat         format)
{
  g_autofree char *title = g_strdup (cfoil_chart_data_get_title (picture->data));
  g_autofree char *start = NULL;

  for (char *c = title; *c != '\0'; c++)
    if (strchr ("/\\:*?\"<>|", *c) != NULL || g_ascii_iscntrl (*c))
      *c = '-';
  start = g_utf8_substring (title, 0, MIN (g_utf8_strlen (title, -1), MAX_NAME));
  return g_strdup_printf ("%s.%s", start[0] == '.' ? start + 1 : start, cfoil_chart_format_to_string (format));
}

void
cfoil_chart_menu_export (CfoilChart              *chart,
                         const CfoilChartPicture *picture,
                         CfoilChartFormat         format)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (chart));
  Export *export = g_new0 (Export, 1);
  g_autofree char *name = suggest_name (picture, format);

  g_weak_ref_init (&export->chart, chart);
  export->picture = *picture;
  cfoil_chart_data_ref (export->picture.data);
  g_object_ref (export->picture.context);
  export->format = format;
  cfoil_compat_save_file_async (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, _("Export Chart"), NULL, name, chosen_cb, export);
}
