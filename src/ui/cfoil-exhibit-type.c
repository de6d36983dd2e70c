/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-exhibit-type.h"

#include <glib/gi18n.h>

/* What the whole packet is, no exhibit is; "other" comes last. */
#define N_TYPES CFOIL_EVIDENCE_PACKET

CfoilEvidenceType
cfoil_exhibit_type_at (guint position)
{
  return position + 1 < N_TYPES ? position + 1 : CFOIL_EVIDENCE_OTHER;
}

guint
cfoil_exhibit_type_position (CfoilEvidenceType type)
{
  return type > CFOIL_EVIDENCE_OTHER && type < N_TYPES ? type - 1 : N_TYPES - 1;
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item,
          gpointer                  is_shown)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (GPOINTER_TO_INT (is_shown))
    gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_list_item_set_child (item, label);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item)
{
  GtkStringObject *string = gtk_list_item_get_item (item);

  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (item)), gtk_string_object_get_string (string));
}

static GtkListItemFactory *
make_factory (gboolean is_shown)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), GINT_TO_POINTER (is_shown));
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  return factory;
}

void
cfoil_exhibit_type_set_up (GtkDropDown *drop_down)
{
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);
  g_autoptr (GtkListItemFactory) shown = make_factory (TRUE);
  g_autoptr (GtkListItemFactory) listed = make_factory (FALSE);

  for (guint i = 0; i < N_TYPES; i++)
    gtk_string_list_append (titles, _(cfoil_evidence_type_get_title (cfoil_exhibit_type_at (i))));
  gtk_drop_down_set_factory (drop_down, shown);
  gtk_drop_down_set_list_factory (drop_down, listed);
  gtk_drop_down_set_model (drop_down, G_LIST_MODEL (titles));
}
