/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-record-columns.h"

#include "cfoil-currency.h"
#include "cfoil-money.h"
#include "cfoil-shown-text.h"
#include "cfoil-words.h"

#include <glib/gi18n.h>

static const struct
{
  const char *title;
  int sort; /* CfoilRecordSort, -1: none */
  gboolean is_number;
  gboolean is_essential;
  guint min_chars;
  guint nat_chars;
} columns[CFOIL_N_COLUMNS] = {
  [CFOIL_COLUMN_TIME] = { N_ ("Date"), CFOIL_RECORD_SORT_TIME, FALSE, TRUE, 16, 16 },
  [CFOIL_COLUMN_TYPE] = { N_ ("Type"), -1, FALSE, TRUE, 9, 10 },
  [CFOIL_COLUMN_STATE] = { N_ ("State"), -1, FALSE, FALSE, 8, 9 },
  [CFOIL_COLUMN_DESCRIPTION] = { N_ ("Description"), -1, FALSE, TRUE, 10, 15 },
  [CFOIL_COLUMN_REFERENCE] = { N_ ("Reference"), -1, FALSE, FALSE, 11, 15 },
  [CFOIL_COLUMN_GROSS] = { N_ ("Gross"), CFOIL_RECORD_SORT_GROSS, TRUE, TRUE, 9, 9 },
  [CFOIL_COLUMN_FEE] = { N_ ("Fee"), CFOIL_RECORD_SORT_FEE, TRUE, FALSE, 6, 7 },
  [CFOIL_COLUMN_NET] = { N_ ("Net"), CFOIL_RECORD_SORT_NET, TRUE, FALSE, 9, 9 },
  [CFOIL_COLUMN_CURRENCY] = { N_ ("Currency"), -1, FALSE, TRUE, 3, 4 },
  [CFOIL_COLUMN_SETTLEMENT] = { N_ ("Settlement"), -1, FALSE, FALSE, 9, 11 },
  [CFOIL_COLUMN_ACCOUNT] = { N_ ("Account"), -1, FALSE, FALSE, 10, 12 },
};

/* What a cell needs to know of its column. */
typedef struct
{
  CfoilColumn column;
  GTimeZone **zone; /* (borrowed) */
} Cells;

const char *
cfoil_column_get_title (CfoilColumn column)
{
  return _(columns[column].title);
}

gboolean
cfoil_column_get_sort (CfoilColumn      column,
                       CfoilRecordSort *sort)
{
  if (columns[column].sort < 0)
    return FALSE;
  *sort = (CfoilRecordSort) columns[column].sort;
  return TRUE;
}

gboolean
cfoil_column_is_essential (CfoilColumn column)
{
  return columns[column].is_essential;
}

/* --- texts --- */

static char *
amount_text (gint64             minor,
             const CfoilRecord *record,
             gboolean           for_copying)
{
  const char *currency = record->currency != NULL ? record->currency : "";
  char plain[CFOIL_MONEY_BUFFER];

  if (minor == CFOIL_UNKNOWN)
    return g_strdup (for_copying ? "" : CFOIL_WORDS_NONE);
  if (!for_copying)
    return cfoil_currency_format_plain (minor, currency);
  /* For calculating: no separators, and the minus of keyboards. */
  cfoil_money_format (plain, minor, MAX (cfoil_currency_exponent (currency), 0));
  return g_strdup (plain);
}

static char *
description_text (const CfoilRecord *record)
{
  if (record->buyer != NULL && record->description != NULL)
    return g_strconcat (record->buyer, " · ", record->description, NULL);
  if (record->buyer != NULL || record->description != NULL)
    return g_strdup (record->buyer != NULL ? record->buyer : record->description);
  return NULL;
}

static char *
raw_text (CfoilColumn        column,
          const CfoilRecord *record,
          GTimeZone         *zone,
          gboolean           for_copying)
{
  switch (column)
    {
    case CFOIL_COLUMN_TIME:
      return for_copying ? cfoil_words_date_time_iso (record->time_us, zone)
                         : cfoil_words_date_time (record->time_us, zone);
    case CFOIL_COLUMN_TYPE:
      return g_strdup (cfoil_words_type (record));
    case CFOIL_COLUMN_STATE:
      return g_strdup (cfoil_words_state (record));
    case CFOIL_COLUMN_DESCRIPTION:
      return description_text (record);
    case CFOIL_COLUMN_REFERENCE:
      return g_strdup (record->reference);
    case CFOIL_COLUMN_GROSS:
      return amount_text (cfoil_record_is_only_face (record) && !for_copying
                            ? record->amount_minor
                            : record->gross_minor,
                          record, for_copying);
    case CFOIL_COLUMN_FEE:
      return amount_text (record->fee_minor, record, for_copying);
    case CFOIL_COLUMN_NET:
      return amount_text (record->net_minor, record, for_copying);
    case CFOIL_COLUMN_CURRENCY:
      return g_strdup (record->currency);
    case CFOIL_COLUMN_SETTLEMENT:
      return g_strdup (record->settlement);
    case CFOIL_COLUMN_ACCOUNT:
      return g_strdup (record->account);
    case CFOIL_N_COLUMNS:
    default:
      return NULL;
    }
}

char *
cfoil_column_dup_text (CfoilColumn        column,
                       const CfoilRecord *record,
                       GTimeZone         *zone,
                       gboolean           for_copying)
{
  g_autofree char *text = raw_text (column, record, zone, for_copying);

  if (text == NULL)
    return g_strdup ("");
  return for_copying ? cfoil_shown_text_to_plain (text) : g_steal_pointer (&text);
}

/* Amounts that did not move, and what nobody has said, stand back. */
static gboolean
is_dim (CfoilColumn        column,
        const CfoilRecord *record)
{
  switch (column)
    {
    case CFOIL_COLUMN_GROSS:
      return cfoil_record_is_only_face (record);
    case CFOIL_COLUMN_FEE:
      return record->fee_minor == CFOIL_UNKNOWN;
    case CFOIL_COLUMN_NET:
      return record->net_minor == CFOIL_UNKNOWN;
    case CFOIL_COLUMN_CURRENCY:
    case CFOIL_COLUMN_SETTLEMENT:
      return TRUE;
    default:
      return FALSE;
    }
}

/* --- cells --- */

static void
draw_cell (GtkListItem *list_item)
{
  CfoilRecordItem *item = gtk_list_item_get_item (list_item);
  GtkWidget *cell = gtk_list_item_get_child (list_item);
  const Cells *cells = g_object_get_data (G_OBJECT (list_item), "cells");
  const CfoilRecord *record = cfoil_record_item_get_record (item);
  g_autofree char *text = NULL;

  if (record != NULL)
    text = cfoil_column_dup_text (cells->column, record, *cells->zone, FALSE);
  gtk_inscription_set_text (GTK_INSCRIPTION (cell), text != NULL ? text : "");
  if (record != NULL && is_dim (cells->column, record))
    gtk_widget_add_css_class (cell, "dim-label");
  else
    gtk_widget_remove_css_class (cell, "dim-label");
}

/* What does not fit can be read all the same. */
static gboolean
query_tooltip_cb (GtkWidget  *cell,
                  int         x,
                  int         y,
                  gboolean    is_by_keys,
                  GtkTooltip *tooltip)
{
  const char *text = gtk_inscription_get_text (GTK_INSCRIPTION (cell));
  g_autoptr (PangoLayout) layout = NULL;
  int width;

  if (text == NULL || *text == '\0')
    return FALSE;
  layout = gtk_widget_create_pango_layout (cell, text);
  pango_layout_get_pixel_size (layout, &width, NULL);
  gtk_tooltip_set_text (tooltip, text);
  return width > gtk_widget_get_width (cell);
}

static void
setup_cb (GtkListItemFactory *factory,
          GtkListItem        *list_item,
          gpointer            user_data)
{
  Cells *cells = user_data;
  GtkWidget *cell = gtk_inscription_new (NULL);
  GtkInscription *inscription = GTK_INSCRIPTION (cell);

  gtk_inscription_set_text_overflow (inscription, GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_min_chars (inscription, columns[cells->column].min_chars);
  gtk_inscription_set_nat_chars (inscription, columns[cells->column].nat_chars);
  gtk_inscription_set_min_lines (inscription, 1);
  gtk_inscription_set_nat_lines (inscription, 1);
  gtk_inscription_set_xalign (inscription, columns[cells->column].is_number ? 1.0f : 0.0f);
  /* A heap of accents must not reach into the next row. */
  gtk_widget_set_overflow (cell, GTK_OVERFLOW_HIDDEN);
  gtk_widget_add_css_class (cell, "numeric");
  gtk_widget_set_has_tooltip (cell, TRUE);
  g_signal_connect (cell, "query-tooltip", G_CALLBACK (query_tooltip_cb), NULL);
  g_object_set_data (G_OBJECT (list_item), "cells", cells);
  gtk_list_item_set_child (list_item, cell);
}

static void
bind_cb (GtkListItemFactory *factory,
         GtkListItem        *list_item,
         gpointer            user_data)
{
  gulong handler = g_signal_connect_swapped (gtk_list_item_get_item (list_item), "changed",
                                             G_CALLBACK (draw_cell), list_item);

  g_object_set_data (G_OBJECT (list_item), "handler", (gpointer) handler);
  draw_cell (list_item);
}

static void
unbind_cb (GtkListItemFactory *factory,
           GtkListItem        *list_item,
           gpointer            user_data)
{
  gulong handler = (gulong) g_object_steal_data (G_OBJECT (list_item), "handler");

  if (handler != 0)
    g_signal_handler_disconnect (gtk_list_item_get_item (list_item), handler);
}

static void
free_cells (gpointer  data,
            GClosure *closure)
{
  g_free (data);
}

GtkColumnViewColumn *
cfoil_column_new (CfoilColumn   column,
                  GTimeZone   **zone,
                  GtkSorter    *sorter)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  Cells *cells = g_new (Cells, 1);
  GtkColumnViewColumn *view_column;

  cells->column = column;
  cells->zone = zone;
  g_signal_connect_data (factory, "setup", G_CALLBACK (setup_cb), cells, free_cells, 0);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);

  view_column = gtk_column_view_column_new (cfoil_column_get_title (column), factory);
  gtk_column_view_column_set_expand (view_column, column == CFOIL_COLUMN_DESCRIPTION || column == CFOIL_COLUMN_REFERENCE);
  gtk_column_view_column_set_resizable (view_column, TRUE);
  gtk_column_view_column_set_sorter (view_column, sorter);
  return view_column;
}

/* A title is a box of a label and an arrow, in GTK 4.8 and later alike; where it
 * is not, the title stays on the left.  The arrow goes first: it takes its room
 * also where it is not drawn, and the label shall end where the numbers end. */
static void
align_title (GtkWidget *title)
{
  GtkWidget *box = gtk_widget_get_first_child (title);
  GtkWidget *label = box != NULL ? gtk_widget_get_first_child (box) : NULL;
  GtkWidget *arrow;

  if (label == NULL || !GTK_IS_LABEL (label))
    return;
  gtk_widget_set_hexpand (label, TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 1.0f);
  arrow = gtk_widget_get_next_sibling (label);
  if (arrow != NULL)
    gtk_widget_insert_after (arrow, box, NULL);
}

void
cfoil_columns_align_titles (GtkColumnView *view)
{
  GtkWidget *titles = gtk_widget_get_first_child (GTK_WIDGET (view));
  GtkWidget *title = titles != NULL ? gtk_widget_get_first_child (titles) : NULL;

  for (guint i = 0; title != NULL && i < CFOIL_N_COLUMNS; i++)
    {
      if (columns[i].is_number)
        align_title (title);
      title = gtk_widget_get_next_sibling (title);
    }
}
