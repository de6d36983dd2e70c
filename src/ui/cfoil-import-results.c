/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-import-results.h"

#include "cfoil-shown-text.h"
#include "cfoil-words.h"

#include <glib/gi18n.h>

#define MAX_ROWS 200

/* An export of ours is worth more than a word when it is not what the mirror says. */
static gboolean
differs (const CfoilImportResult *result)
{
  return result->error == NULL && result->is_export && result->compared.n_different + result->compared.n_missing > 0;
}

/* FORMAT has a place for the number. */
static void
append_sentence (GString    *text,
                 const char *format,
                 guint64     n)
{
  g_autofree char *number = cfoil_words_number ((gint64) n);

  if (n == 0)
    return;
  if (text->len > 0)
    g_string_append_c (text, ' ');
  g_string_append_printf (text, format, number);
}

static char *
describe_export (const CfoilExportImportResult *compared)
{
  GString *text = g_string_new (NULL);

  append_sentence (text, ngettext ("%s row is as in the mirror.", "%s rows are as in the mirror.", (gulong) compared->n_equal),
                   compared->n_equal);
  append_sentence (text, ngettext ("%s row has other values.", "%s rows have other values.", (gulong) compared->n_different),
                   compared->n_different);
  append_sentence (text, ngettext ("%s row is not in the mirror.", "%s rows are not in the mirror.", (gulong) compared->n_missing),
                   compared->n_missing);
  append_sentence (text,
                   ngettext ("Notes and tags of %s row were put back.", "Notes and tags of %s rows were put back.",
                             (gulong) compared->n_restored),
                   compared->n_restored);
  return g_string_free (text, FALSE);
}

static char *
describe (const CfoilImportResult *result)
{
  g_autofree char *number = cfoil_words_number ((gint64) result->n_rows);

  if (result->error != NULL)
    return g_strdup (cfoil_words_error (result->error));
  if (result->is_export)
    return describe_export (&result->compared);
  if (result->was_known)
    return g_strdup (_("Already known, nothing to do"));
  /* Translators: %s is a number of rows. */
  return g_strdup_printf (ngettext ("%s row read", "%s rows read", (gulong) result->n_rows), number);
}

static GtkWidget *
new_row (const CfoilImportResult *result)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *icon;
  g_autofree char *name = g_path_get_basename (result->path);
  g_autofree char *utf8 = g_filename_display_name (name);
  g_autofree char *title = cfoil_shown_text (utf8);
  g_autofree char *subtitle = describe (result);
  gboolean is_well = result->error == NULL && !differs (result);

  /* Names of files come from anywhere. */
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 1);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 4);
  icon = gtk_image_new_from_icon_name (is_well ? "emblem-ok-symbolic" : "dialog-warning-symbolic");
  gtk_widget_add_css_class (icon, is_well ? "success" : "warning");
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  if (result->error != NULL)
    {
      g_autofree char *details = cfoil_words_error_details (result->error);
      g_autofree char *shown = cfoil_shown_lines (details, CFOIL_SHOWN_TEXT_MAX);

      gtk_widget_set_tooltip_text (row, shown);
    }
  return row;
}

static void
show_dialog (CfoilWindow *window,
             GPtrArray   *results,
             guint        n_failed)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (window), NULL, NULL);
  GtkWidget *list = gtk_list_box_new (), *scroller = gtk_scrolled_window_new ();
  AdwMessageDialog *message = ADW_MESSAGE_DIALOG (dialog);

  if (n_failed > 0)
    /* Translators: %u is a number of files. */
    adw_message_dialog_format_heading (message, ngettext ("%u File Could Not Be Imported", "%u Files Could Not Be Imported", n_failed), n_failed);
  else
    adw_message_dialog_set_heading (message, _("The Export Differs From the Mirror"));
  adw_message_dialog_set_body (message, n_failed == 0            ? _("An export is no report of the provider: what it says of payments was compared and not taken over.")
                                        : n_failed < results->len ? _("The others were imported.")
                                                                  : "");
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_widget_set_valign (list, GTK_ALIGN_START);
  for (guint i = 0; i < MIN (results->len, MAX_ROWS); i++)
    gtk_list_box_append (GTK_LIST_BOX (list), new_row (results->pdata[i]));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), list);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 320);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scroller), (int) MIN (results->len, 4) * 72);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  adw_message_dialog_set_extra_child (message, scroller);
  adw_message_dialog_add_response (message, "close", _("_Close"));
  adw_message_dialog_set_close_response (message, "close");
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
show_toast (CfoilWindow *window,
            GPtrArray   *results,
            guint        n_known,
            guint64      n_rows)
{
  g_autofree char *number = cfoil_words_number ((gint64) n_rows);
  g_autofree char *text = NULL;

  if (results->len == 1 && ((CfoilImportResult *) results->pdata[0])->is_export)
    {
      text = describe (results->pdata[0]);
      cfoil_window_toast (window, text);
      return;
    }
  if (n_known == results->len)
    {
      cfoil_window_toast (window, ngettext ("The file was already known", "All files were already known", results->len));
      return;
    }
  /* Translators: %s is a number of rows. */
  text = g_strdup_printf (ngettext ("Imported %s row", "Imported %s rows", (gulong) n_rows), number);
  cfoil_window_toast (window, text);
}

void
cfoil_import_results_show (CfoilWindow *window,
                           GPtrArray   *results)
{
  guint n_failed = 0, n_known = 0, n_different = 0;
  guint64 n_rows = 0;

  for (guint i = 0; i < results->len; i++)
    {
      const CfoilImportResult *result = results->pdata[i];

      n_failed += result->error != NULL;
      n_different += differs (result);
      n_known += result->was_known;
      n_rows += result->was_known ? 0 : result->n_rows;
    }
  if (n_failed + n_different > 0)
    show_dialog (window, results, n_failed);
  else
    show_toast (window, results, n_known, n_rows);
}
