/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-record-cells.h"

#include "cfoil-record-item.h"
#include "cfoil-record-text.h"

#include <glib/gi18n.h>

/* Of a text. */
#define MIN_CHARS 9

static const char *const flag_icons[CFOIL_N_FLAGS] = {
  "dialog-warning-symbolic",
  "edit-undo-symbolic",
  "document-edit-symbolic",
  "user-bookmarks-symbolic",
  "object-select-symbolic",
  "dialog-question-symbolic",
};

/* What a cell needs to know of its column. */
typedef struct
{
  CfoilField field;
  GTimeZone **zone; /* (borrowed) */
} Cells;

static GQuark
field_quark (void)
{
  return g_quark_from_static_string ("cfoil-cell-field");
}

gboolean
cfoil_record_cells_is_number (CfoilField field)
{
  CfoilFieldKind kind = cfoil_field_get_info (field)->kind;

  return kind == CFOIL_FIELD_KIND_MONEY || kind == CFOIL_FIELD_KIND_NUMBER;
}

guint
cfoil_record_cells_n_chars (CfoilField field)
{
  switch (field)
    {
    case CFOIL_FIELD_CURRENCY:
    case CFOIL_FIELD_PRESENTMENT_CURRENCY:
    case CFOIL_FIELD_BUYER_COUNTRY:
      return 4;
    case CFOIL_FIELD_FEE:
    case CFOIL_FIELD_FEE_PERCENTAGE:
    case CFOIL_FIELD_FEE_FIXED:
    case CFOIL_FIELD_FEE_TAX:
      return 7;
    case CFOIL_FIELD_TRANSACTION_ID:
    case CFOIL_FIELD_PERMISSION_ID:
    case CFOIL_FIELD_CHARGE_ID:
    case CFOIL_FIELD_REFUND_ID:
    case CFOIL_FIELD_DISPUTE_ID:
      return 24;
    case CFOIL_FIELD_DESCRIPTION:
    case CFOIL_FIELD_BUYER_NAME:
    case CFOIL_FIELD_BUYER_EMAIL:
    case CFOIL_FIELD_NOTE:
      return 14;
    case CFOIL_FIELD_REFERENCE:
      return 15;
    default:
      break;
    }
  switch (cfoil_field_get_info (field)->kind)
    {
    case CFOIL_FIELD_KIND_TIME:
      return 16;
    case CFOIL_FIELD_KIND_MONEY:
    case CFOIL_FIELD_KIND_CODE:
      return 9;
    case CFOIL_FIELD_KIND_FLAGS:
      return 6;
    case CFOIL_FIELD_KIND_NUMBER:
      return 7;
    case CFOIL_FIELD_KIND_TEXT:
    case CFOIL_FIELD_KIND_ID:
    case CFOIL_FIELD_KIND_REF:
    default:
      return 11;
    }
}

/* Half a number would be another number, and the end of a reference is what differs;
 * half a name is told by its tooltip. */
guint
cfoil_record_cells_min_chars (CfoilField field)
{
  guint n_chars = cfoil_record_cells_n_chars (field);

  return cfoil_field_is_text (field) && field != CFOIL_FIELD_REFERENCE ? MIN (n_chars, MIN_CHARS) : n_chars;
}

gboolean
cfoil_record_cells_find_field (GtkWidget  *widget,
                               CfoilField *field)
{
  for (; widget != NULL && !GTK_IS_COLUMN_VIEW (widget); widget = gtk_widget_get_parent (widget))
    {
      GtkWidget *child = gtk_widget_get_first_child (widget);
      gpointer data = g_object_get_qdata (G_OBJECT (widget), field_quark ());

      /* Beside what is drawn, the cell around it is hit. */
      if (data == NULL && child != NULL && gtk_widget_get_next_sibling (child) == NULL)
        data = g_object_get_qdata (G_OBJECT (child), field_quark ());
      if (data != NULL)
        {
          *field = (CfoilField) (GPOINTER_TO_UINT (data) - 1);
          return TRUE;
        }
    }
  return FALSE;
}

/* --- texts --- */

static void
set_dim (GtkWidget *cell,
         gboolean   is_dim)
{
  if (is_dim)
    gtk_widget_add_css_class (cell, "dim-label");
  else
    gtk_widget_remove_css_class (cell, "dim-label");
}

/* A dash says nothing to who cannot see it. */
static void
set_unknown (GtkWidget *cell,
             gboolean   is_unknown)
{
  static GQuark quark;
  gboolean was_unknown;

  if (quark == 0)
    quark = g_quark_from_static_string ("cfoil-cell-unknown");
  was_unknown = g_object_get_qdata (G_OBJECT (cell), quark) != NULL;
  if (is_unknown == was_unknown)
    return;
  g_object_set_qdata (G_OBJECT (cell), quark, GINT_TO_POINTER (is_unknown));
  if (is_unknown)
    gtk_accessible_update_property (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_PROPERTY_LABEL, _("not known"), -1);
  else
    gtk_accessible_reset_property (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_PROPERTY_LABEL);
}

static void
draw_text (GtkListItem *list_item)
{
  CfoilRecordItem *item = gtk_list_item_get_item (list_item);
  GtkWidget *cell = gtk_list_item_get_child (list_item);
  const Cells *cells = g_object_get_data (G_OBJECT (list_item), "cells");
  const CfoilRecord *record = cfoil_record_item_get_record (item);
  g_autofree char *text = NULL;

  if (record != NULL)
    text = cfoil_record_dup_shown (record, cells->field, *cells->zone);
  gtk_inscription_set_text (GTK_INSCRIPTION (cell), text != NULL ? text : "");
  set_dim (cell, record != NULL && cfoil_record_is_dim (record, cells->field));
  set_unknown (cell, record != NULL && cfoil_record_is_unknown (record, cells->field));
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

static GtkWidget *
new_text_cell (CfoilField field)
{
  GtkWidget *cell = gtk_inscription_new (NULL);
  GtkInscription *inscription = GTK_INSCRIPTION (cell);

  gtk_inscription_set_text_overflow (inscription, GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_min_chars (inscription, cfoil_record_cells_min_chars (field));
  gtk_inscription_set_nat_chars (inscription, cfoil_record_cells_n_chars (field));
  gtk_inscription_set_min_lines (inscription, 1);
  gtk_inscription_set_nat_lines (inscription, 1);
  gtk_inscription_set_xalign (inscription, cfoil_record_cells_is_number (field) ? 1.0f : 0.0f);
  /* A heap of accents must not reach into the next row. */
  gtk_widget_set_overflow (cell, GTK_OVERFLOW_HIDDEN);
  gtk_widget_add_css_class (cell, "numeric");
  gtk_widget_set_has_tooltip (cell, TRUE);
  g_signal_connect (cell, "query-tooltip", G_CALLBACK (query_tooltip_cb), NULL);
  return cell;
}

/* --- flags --- */

static GtkWidget *
new_flag (guint bit)
{
  GtkWidget *image = gtk_image_new_from_icon_name (flag_icons[bit]);
  const char *title = cfoil_flag_get_title (bit);

  gtk_widget_set_tooltip_text (image, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (image), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_widget_set_name (image, flag_icons[bit]);
  return image;
}

static GtkWidget *
find_flag (GtkWidget *cell,
           guint      bit)
{
  GtkWidget *flag = gtk_widget_get_first_child (cell);

  while (flag != NULL && !g_str_equal (gtk_widget_get_name (flag), flag_icons[bit]))
    flag = gtk_widget_get_next_sibling (flag);
  return flag;
}

/* Most rows have none: an image is made when it is first needed. */
static void
draw_flags (GtkListItem *list_item)
{
  CfoilRecordItem *item = gtk_list_item_get_item (list_item);
  GtkWidget *cell = gtk_list_item_get_child (list_item);
  const CfoilRecord *record = cfoil_record_item_get_record (item);
  gint64 flags = record != NULL ? cfoil_record_get_number (record, CFOIL_FIELD_FLAGS) : 0;
  GtkWidget *previous = NULL;

  if (flags == CFOIL_UNKNOWN)
    flags = 0;
  if (flags == 0 && gtk_widget_get_first_child (cell) == NULL)
    return;
  for (guint i = 0; i < CFOIL_N_FLAGS; i++)
    {
      gboolean is_set = (flags & 1 << i) != 0;
      GtkWidget *flag = find_flag (cell, i);

      if (flag == NULL && is_set)
        {
          flag = new_flag (i);
          gtk_box_insert_child_after (GTK_BOX (cell), flag, previous);
        }
      else if (flag != NULL)
        gtk_widget_set_visible (flag, is_set);
      if (flag != NULL)
        previous = flag;
    }
}

static GtkWidget *
new_flags_cell (void)
{
  GtkWidget *cell = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);

  gtk_widget_set_size_request (cell, 56, -1);
  return cell;
}

/* --- the factory --- */

static void
draw (GtkListItem *list_item)
{
  const Cells *cells = g_object_get_data (G_OBJECT (list_item), "cells");

  if (cells->field == CFOIL_FIELD_FLAGS)
    draw_flags (list_item);
  else
    draw_text (list_item);
}

static void
setup_cb (GtkListItemFactory *factory,
          GtkListItem        *list_item,
          gpointer            user_data)
{
  Cells *cells = user_data;
  GtkWidget *cell = cells->field == CFOIL_FIELD_FLAGS ? new_flags_cell () : new_text_cell (cells->field);

  g_object_set_qdata (G_OBJECT (cell), field_quark (), GUINT_TO_POINTER (cells->field + 1));
  g_object_set_data (G_OBJECT (list_item), "cells", cells);
  gtk_list_item_set_child (list_item, cell);
}

static void
bind_cb (GtkListItemFactory *factory,
         GtkListItem        *list_item,
         gpointer            user_data)
{
  gulong handler = g_signal_connect_swapped (gtk_list_item_get_item (list_item), "changed", G_CALLBACK (draw), list_item);

  g_object_set_data (G_OBJECT (list_item), "handler", (gpointer) handler);
  draw (list_item);
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

GtkListItemFactory *
cfoil_record_cells_new (CfoilField   field,
                        GTimeZone  **zone)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  Cells *cells = g_new (Cells, 1);

  cells->field = field;
  cells->zone = zone;
  g_signal_connect_data (factory, "setup", G_CALLBACK (setup_cb), cells, free_cells, 0);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);
  return factory;
}
