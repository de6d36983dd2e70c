/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-case-row.h"

#include "cfoil-case-words.h"
#include "cfoil-shown-text.h"

#include <glib/gi18n.h>

struct _CfoilCaseRow
{
  AdwBin parent_instance;

  GtkLabel *title;
  GtkLabel *code;
  GtkLabel *narrow_amount;
  GtkLabel *about;
  GtkLabel *amount;
  GtkBox *rest;
  GtkWidget *due_box;
  GtkImage *urgency_icon;
  GtkLabel *relative;
  GtkLabel *absolute;
  GtkWidget *state_box;
  GtkLabel *state;
  GtkLabel *work;

  GSignalGroup *signals; /* (owned): of the item */
  CfoilCaseItem *item;   /* (owned) (nullable) */
  GTimeZone *zone;       /* (owned) (nullable) */
  gboolean is_narrow;
};

G_DEFINE_FINAL_TYPE (CfoilCaseRow, cfoil_case_row, ADW_TYPE_BIN)

static void
set_class (GtkWidget  *widget,
           const char *name) /* (nullable) */
{
  static const char *const classes[] = { "success", "warning", "error" };

  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    if (g_strcmp0 (classes[i], name) == 0)
      gtk_widget_add_css_class (widget, classes[i]);
    else
      gtk_widget_remove_css_class (widget, classes[i]);
}

/* Whose it is, and by what people here know it. */
static char *
describe (const CfoilCase *record)
{
  g_autofree char *buyer = cfoil_shown_text (record->buyer_name != NULL ? record->buyer_name : record->buyer_email);
  g_autofree char *reference = cfoil_shown_text (record->merchant_reference != NULL ? record->merchant_reference
                                                                                    : record->order_reference);
  g_autofree char *id = cfoil_shown_text (record->dispute_id);
  g_autofree char *charge = cfoil_shown_text (record->charge_id);
  g_autoptr (GString) text = g_string_new (buyer != NULL ? buyer : _("Buyer not known"));

  if (reference != NULL)
    g_string_append_printf (text, " · %s", reference);
  if (id != NULL)
    g_string_append_printf (text, " · %s", id);
  else if (charge != NULL)
    g_string_append_printf (text, " · %s", charge);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
describe_work (const CfoilCase *record)
{
  g_autofree char *draft = cfoil_case_words_draft (record);
  g_autofree char *handler = cfoil_shown_text (record->handler);

  if (draft != NULL && handler != NULL)
    return g_strdup_printf ("%s · %s", handler, draft);
  return g_strdup (draft != NULL ? draft : handler);
}

static char *
describe_due (CfoilCaseRow    *self,
              const CfoilCase *record)
{
  g_autofree char *time = cfoil_case_words_time (record->due_us, self->zone);

  /* Translators: a deadline that the provider did not give. */
  return record->due_is_estimate ? g_strdup_printf (_("%s · estimated"), time) : g_steal_pointer (&time);
}

static void
show_due (CfoilCaseRow *self,
          GString      *spoken)
{
  const CfoilCase *record = cfoil_case_item_get_record (self->item);
  gint64 now_us = cfoil_case_item_get_now_us (self->item);
  CfoilUrgency urgency = cfoil_case_get_urgency (record, now_us);
  const char *word = cfoil_case_words_urgency (urgency);
  g_autofree char *distance = NULL;
  g_autofree char *relative = NULL;
  g_autofree char *absolute = NULL;

  if (urgency != CFOIL_URGENCY_NONE)
    {
      distance = cfoil_case_words_distance (record->due_us, now_us);
      relative = word != NULL ? g_strdup_printf ("%s · %s", distance, word) : g_strdup (distance);
      absolute = describe_due (self, record);
      g_string_append (spoken, ", ");
      /* Translators: a deadline: time, and how far that is. */
      g_string_append_printf (spoken, _("answer due %s, %s"), absolute, relative);
    }
  gtk_label_set_text (self->relative, relative != NULL ? relative : "");
  gtk_label_set_text (self->absolute, absolute != NULL ? absolute : "");
  gtk_image_set_from_icon_name (self->urgency_icon, cfoil_case_urgency_icon (urgency));
  gtk_widget_set_visible (GTK_WIDGET (self->urgency_icon), word != NULL);
  set_class (GTK_WIDGET (self->relative), cfoil_case_urgency_class (urgency));
  set_class (GTK_WIDGET (self->urgency_icon), cfoil_case_urgency_class (urgency));
  gtk_widget_set_visible (self->due_box, !self->is_narrow || relative != NULL);
}

/* What is read aloud is one sentence: by itself a list calls its row nothing at all. */
static void
speak (CfoilCaseRow *self,
       const char   *text)
{
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self));

  if (parent != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (parent), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static void
show_item (CfoilCaseRow *self)
{
  const CfoilCase *record = cfoil_case_item_get_record (self->item);
  g_autofree char *title = cfoil_case_words_title (record);
  g_autofree char *code = cfoil_shown_text (record->provider_reason);
  g_autofree char *amount = cfoil_case_words_amount (record);
  g_autofree char *about = describe (record);
  g_autofree char *work = describe_work (record);
  g_autoptr (GString) spoken = g_string_new (title);

  gtk_label_set_text (self->title, title);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->title), title);
  gtk_label_set_text (self->code, code != NULL && !self->is_narrow ? code : "");
  gtk_label_set_text (self->about, about);
  gtk_label_set_text (self->amount, amount);
  gtk_label_set_text (self->narrow_amount, amount);
  gtk_label_set_text (self->state, cfoil_case_words_state (record));
  set_class (GTK_WIDGET (self->state), cfoil_case_state_class (record));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->state), cfoil_case_words_state (record));
  gtk_label_set_text (self->work, work != NULL ? work : "");
  /* Empty, it keeps the column's width. */
  gtk_widget_set_visible (GTK_WIDGET (self->work), work != NULL || !self->is_narrow);
  g_string_append_printf (spoken, ", %s, %s, %s", amount, about, cfoil_case_words_state (record));
  show_due (self, spoken);
  if (work != NULL)
    g_string_append_printf (spoken, ", %s", work);
  speak (self, spoken->str);
}

static void
layout (CfoilCaseRow *self)
{
  GtkWidget *box = adw_bin_get_child (ADW_BIN (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (box),
                                  self->is_narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_box_set_spacing (GTK_BOX (box), self->is_narrow ? 6 : 18);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->state_box),
                                  self->is_narrow ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->rest),
                                  self->is_narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_box_set_spacing (self->rest, self->is_narrow ? 6 : 18);
  gtk_label_set_width_chars (self->absolute, self->is_narrow ? -1 : 31);
  gtk_label_set_width_chars (self->work, self->is_narrow ? -1 : 22);
  gtk_widget_set_visible (GTK_WIDGET (self->narrow_amount), self->is_narrow);
  gtk_widget_set_visible (GTK_WIDGET (self->amount), !self->is_narrow);
}

static void
cfoil_case_row_dispose (GObject *object)
{
  CfoilCaseRow *self = CFOIL_CASE_ROW (object);

  if (self->signals != NULL)
    g_signal_group_set_target (self->signals, NULL);
  g_clear_object (&self->signals);
  g_clear_object (&self->item);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), CFOIL_TYPE_CASE_ROW);

  G_OBJECT_CLASS (cfoil_case_row_parent_class)->dispose (object);
}

static void
cfoil_case_row_class_init (CfoilCaseRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cfoil_case_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/counterfoil/Counterfoil/ui/cfoil-case-row.ui");
  gtk_widget_class_bind_template_child (widget_class, CfoilCaseRow, title);
  gtk_widget_class_bind_template_child (widget_class, CfoilCaseRow, code);
  gtk_widget_class_bind_template_child (widget_class, CfoilCaseRow, narrow_amount);
  gtk_widget_class_bind_template_child (widget_class, CfoilCaseRow, about);
  gtk_widget_class_bind_template_child (widget_class, CfoilCaseRow, amount);
  gtk_widget_class_bind_template_child (widget_class, CfoilCaseRow, rest);
  gtk_widget_class_bind_template_child (widget_class, CfoilCaseRow, due_box);
  gtk_widget_class_bind_template_child (widget_class, CfoilCaseRow, urgency_icon);
  gtk_widget_class_bind_template_child (widget_class, CfoilCaseRow, relative);
  gtk_widget_class_bind_template_child (widget_class, CfoilCaseRow, absolute);
  gtk_widget_class_bind_template_child (widget_class, CfoilCaseRow, state_box);
  gtk_widget_class_bind_template_child (widget_class, CfoilCaseRow, state);
  gtk_widget_class_bind_template_child (widget_class, CfoilCaseRow, work);
}

static void
cfoil_case_row_init (CfoilCaseRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->signals = g_signal_group_new (CFOIL_TYPE_CASE_ITEM);
  g_signal_group_connect_swapped (self->signals, "changed", G_CALLBACK (show_item), self);
}

CfoilCaseRow *
cfoil_case_row_new (void)
{
  return g_object_new (CFOIL_TYPE_CASE_ROW, NULL);
}

void
cfoil_case_row_set_item (CfoilCaseRow  *self,
                         CfoilCaseItem *item,
                         GTimeZone     *zone)
{
  g_return_if_fail (CFOIL_IS_CASE_ROW (self));

  g_set_object (&self->item, item);
  g_signal_group_set_target (self->signals, item);
  cfoil_case_row_set_zone (self, zone);
}

void
cfoil_case_row_set_zone (CfoilCaseRow *self,
                         GTimeZone    *zone)
{
  g_return_if_fail (CFOIL_IS_CASE_ROW (self));
  g_return_if_fail (zone != NULL);

  g_time_zone_ref (zone);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  self->zone = zone;
  if (self->item != NULL)
    show_item (self);
}

void
cfoil_case_row_set_narrow (CfoilCaseRow *self,
                           gboolean      is_narrow)
{
  g_return_if_fail (CFOIL_IS_CASE_ROW (self));

  if (self->is_narrow == is_narrow)
    return;
  self->is_narrow = is_narrow;
  layout (self);
  if (self->item != NULL)
    show_item (self);
}
