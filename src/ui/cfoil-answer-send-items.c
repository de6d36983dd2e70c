/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-answer-send-items.h"

#include "cfoil-answer-step-page.h"
#include "cfoil-shown-text.h"

#include <glib/gi18n.h>

struct _CfoilAnswerSendItems
{
  AdwBin parent_instance;

  AdwPreferencesGroup *group;
  GPtrArray *bars; /* (owned): GtkProgressBar, by position */
};

G_DEFINE_FINAL_TYPE (CfoilAnswerSendItems, cfoil_answer_send_items, ADW_TYPE_BIN)

static void
copy_cb (GtkButton *button)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (button)), g_object_get_data (G_OBJECT (button), "text"));
}

static char *
dup_title (const CfoilSubmissionItem *item)
{
  g_autofree char *name = cfoil_shown_text (item->file_name);

  if (item->type == CFOIL_EVIDENCE_PACKET)
    return g_strdup (_("Packet: the letter and its exhibits"));
  /* Translators: a kind of evidence and the name of its file. */
  return name != NULL ? g_strdup_printf (_("%s: %s"), _(cfoil_evidence_type_get_title (item->type)), name)
                      : g_strdup (_(cfoil_evidence_type_get_title (item->type)));
}

static GtkWidget *
make_hash (const char *sha256)
{
  g_autofree char *text = g_strdup_printf ("SHA-256 %s", sha256);
  GtkWidget *label = cfoil_answer_label_new (text, "caption");

  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "monospace");
  gtk_widget_add_css_class (label, "dim-label");
  return label;
}

static void
fill_file (GtkBox                    *box,
           const CfoilSubmissionItem *item)
{
  g_autofree char *type = item->file_type != NULL ? g_ascii_strup (item->file_type, -1) : NULL;
  g_autofree char *size = g_format_size_full ((guint64) MAX (item->n_bytes, 0), G_FORMAT_SIZE_LONG_FORMAT);
  /* Translators: the type of a file and its size. */
  g_autofree char *words = type != NULL ? g_strdup_printf (_("%s, %s"), type, size) : g_strdup (size);

  gtk_box_append (box, cfoil_answer_label_new (words, "caption"));
  gtk_box_append (box, make_hash (item->sha256));
}

static GtkWidget *
make_copy (const char *text)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("edit-copy-symbolic");

  gtk_widget_set_tooltip_text (button, _("Copy the Text"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  g_object_set_data_full (G_OBJECT (button), "text", g_strdup (text), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (copy_cb), NULL);
  return button;
}

void
cfoil_answer_send_items_add (CfoilAnswerSendItems      *self,
                             const CfoilSubmissionItem *item)
{
  GtkWidget *row = adw_preferences_row_new ();
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *bar = gtk_progress_bar_new ();
  g_autofree char *title = dup_title (item);
  g_autofree char *text = cfoil_shown_lines (item->text, CFOIL_SHOWN_TEXT_MAX);

  g_return_if_fail (CFOIL_IS_ANSWER_SEND_ITEMS (self));

  gtk_box_append (GTK_BOX (box), cfoil_answer_label_new (title, NULL));
  if (text != NULL)
    gtk_box_append (GTK_BOX (box), cfoil_answer_label_new (text, "dim-label"));
  if (item->sha256 != NULL)
    fill_file (GTK_BOX (box), item);
  gtk_widget_set_visible (bar, FALSE);
  gtk_box_append (GTK_BOX (box), bar);
  gtk_widget_set_hexpand (box, TRUE);
  gtk_box_append (GTK_BOX (line), box);
  if (item->text != NULL)
    gtk_box_append (GTK_BOX (line), make_copy (item->text));
  if (item->is_delivered)
    {
      GtkWidget *tick = gtk_image_new_from_icon_name ("object-select-symbolic");

      gtk_widget_set_tooltip_text (tick, _("It is at the provider"));
      gtk_widget_add_css_class (tick, "success");
      gtk_box_append (GTK_BOX (line), tick);
    }
  gtk_widget_add_css_class (line, "answer-field");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), line);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  adw_preferences_group_add (self->group, row);
  g_ptr_array_add (self->bars, bar);
}

void
cfoil_answer_send_items_set_progress (CfoilAnswerSendItems *self,
                                      guint                 position,
                                      double                fraction)
{
  g_return_if_fail (CFOIL_IS_ANSWER_SEND_ITEMS (self));

  if (position >= self->bars->len)
    return;
  gtk_widget_set_visible (self->bars->pdata[position], TRUE);
  gtk_progress_bar_set_fraction (self->bars->pdata[position], CLAMP (fraction, 0, 1));
}

static void
cfoil_answer_send_items_dispose (GObject *object)
{
  g_clear_pointer (&CFOIL_ANSWER_SEND_ITEMS (object)->bars, g_ptr_array_unref);

  G_OBJECT_CLASS (cfoil_answer_send_items_parent_class)->dispose (object);
}

static void
cfoil_answer_send_items_class_init (CfoilAnswerSendItemsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfoil_answer_send_items_dispose;
}

static void
cfoil_answer_send_items_init (CfoilAnswerSendItems *self)
{
  self->bars = g_ptr_array_new ();
}

CfoilAnswerSendItems *
cfoil_answer_send_items_new (const char *title)
{
  CfoilAnswerSendItems *self = g_object_new (CFOIL_TYPE_ANSWER_SEND_ITEMS, NULL);

  self->group = cfoil_answer_group_new (title, NULL);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->group));
  return self;
}
