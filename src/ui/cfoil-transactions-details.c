/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-transactions-page-private.h"

/* The details of one row: beside the list, or in a narrow window in its place. */

/* Below this width, for text of the usual size, the details cover the list. */
#define NARROW_WIDTH 700

static gboolean
is_narrow (CfoilTransactionsPage *self)
{
  return gtk_widget_get_width (GTK_WIDGET (self)) < NARROW_WIDTH * _cfoil_transactions_page_get_text_scale (self);
}

gboolean
_cfoil_transactions_page_details_are_open (CfoilTransactionsPage *self)
{
  return gtk_widget_get_visible (GTK_WIDGET (self->details));
}

void
_cfoil_transactions_page_layout_details (CfoilTransactionsPage *self)
{
  gtk_widget_set_visible (self->list_side, !_cfoil_transactions_page_details_are_open (self) || !is_narrow (self));
}

void
_cfoil_transactions_page_show_details (CfoilTransactionsPage *self,
                                       guint                  position)
{
  GArray *ids = cfoil_record_model_get_ids (self->model);

  if (position >= ids->len)
    return;
  cfoil_details_pane_set_transaction (self->details, g_array_index (ids, gint64, position));
  if (_cfoil_transactions_page_details_are_open (self))
    return;
  gtk_widget_set_visible (GTK_WIDGET (self->details), TRUE);
  _cfoil_transactions_page_layout_details (self);
  if (is_narrow (self))
    gtk_widget_child_focus (GTK_WIDGET (self->details), GTK_DIR_TAB_FORWARD);
}

void
_cfoil_transactions_page_hide_details (CfoilTransactionsPage *self)
{
  if (!_cfoil_transactions_page_details_are_open (self))
    return;
  gtk_widget_set_visible (GTK_WIDGET (self->details), FALSE);
  _cfoil_transactions_page_layout_details (self);
  cfoil_details_pane_set_transaction (self->details, 0);
  _cfoil_transactions_page_focus_list (self);
}

void
_cfoil_transactions_page_open_transaction (CfoilTransactionsPage *self,
                                           gint64                 id)
{
  guint position;

  cfoil_details_pane_set_transaction (self->details, id);
  if (!cfoil_record_model_find (self->model, id, &position))
    {
      /* It is not in the list: what was selected there is another one. */
      gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self->selection));
      return;
    }
  gtk_widget_activate_action (GTK_WIDGET (self), "page.scroll-to", "u", position);
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), position, TRUE);
}
