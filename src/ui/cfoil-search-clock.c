/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-search-pane.h"
#include "cfoil-search-words.h"

#define MAX_SLOTS 24
#define HOURS_PER_LINE 6

/* Weekdays or hours, any of them. */
#define CFOIL_TYPE_SEARCH_CLOCK (cfoil_search_clock_get_type ())
G_DECLARE_FINAL_TYPE (CfoilSearchClock, cfoil_search_clock, CFOIL, SEARCH_CLOCK, CfoilSearchPane)

struct _CfoilSearchClock
{
  CfoilSearchPane parent_instance;

  CfoilTermKind kind;
  guint n_slots;
  GtkCheckButton *buttons[MAX_SLOTS];
};

G_DEFINE_FINAL_TYPE (CfoilSearchClock, cfoil_search_clock, CFOIL_TYPE_SEARCH_PANE)

static char *
cfoil_search_clock_dup_text (CfoilSearchPane *pane)
{
  CfoilSearchClock *self = CFOIL_SEARCH_CLOCK (pane);
  CfoilTerm term = { .kind = self->kind, .field = CFOIL_FIELD_TIME };

  for (guint i = 0; i < self->n_slots; i++)
    if (gtk_check_button_get_active (self->buttons[i]))
      term.slots |= (guint32) 1 << i;
  return term.slots != 0 ? cfoil_term_to_text (&term) : NULL;
}

static void
cfoil_search_clock_class_init (CfoilSearchClockClass *klass)
{
  CFOIL_SEARCH_PANE_CLASS (klass)->dup_text = cfoil_search_clock_dup_text;
}

static void
cfoil_search_clock_init (CfoilSearchClock *self)
{
}

CfoilSearchPane *
cfoil_search_pane_new_clock (const CfoilTerm *term)
{
  CfoilSearchClock *self = g_object_new (CFOIL_TYPE_SEARCH_CLOCK, NULL);
  GtkGrid *grid = GTK_GRID (gtk_grid_new ());
  guint per_line;

  self->kind = term->kind;
  self->n_slots = term->kind == CFOIL_TERM_WEEKDAY ? 7 : MAX_SLOTS;
  per_line = term->kind == CFOIL_TERM_WEEKDAY ? 1 : HOURS_PER_LINE;
  gtk_grid_set_column_spacing (grid, 6);
  for (guint i = 0; i < self->n_slots; i++)
    {
      g_autofree char *label = cfoil_search_words_slot (term->kind, i);

      self->buttons[i] = GTK_CHECK_BUTTON (gtk_check_button_new_with_label (label));
      gtk_check_button_set_active (self->buttons[i], (term->slots >> i & 1) == 1);
      cfoil_search_pane_tame_arrows (GTK_WIDGET (self->buttons[i]));
      g_signal_connect_swapped (self->buttons[i], "toggled", G_CALLBACK (cfoil_search_pane_emit_changed), self);
      gtk_grid_attach (grid, GTK_WIDGET (self->buttons[i]), (int) (i % per_line), (int) (i / per_line), 1, 1);
    }
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (grid));
  return CFOIL_SEARCH_PANE (self);
}
