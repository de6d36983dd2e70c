/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-window-books.h"

#include "cfoil-bank-dialog.h"
#include "cfoil-books-dialog.h"

static void
export_books_cb (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       window)
{
  if (cfoil_window_get_workspace (window) != NULL)
    gtk_window_present (GTK_WINDOW (cfoil_books_dialog_new (window)));
}

static void
bank_statements_cb (GSimpleAction *action,
                    GVariant      *parameter,
                    gpointer       window)
{
  if (cfoil_window_get_workspace (window) != NULL)
    gtk_window_present (GTK_WINDOW (cfoil_bank_dialog_new (window)));
}

void
cfoil_window_add_books_action (CfoilWindow *window)
{
  static const GActionEntry entries[] = { { "export-books", export_books_cb }, { "bank-statements", bank_statements_cb } };

  g_action_map_add_action_entries (G_ACTION_MAP (window), entries, G_N_ELEMENTS (entries), window);
}
