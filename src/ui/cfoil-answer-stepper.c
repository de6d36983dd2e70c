/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-answer-stepper.h"

#include <glib/gi18n.h>

typedef struct
{
  CfoilAnswerStep *step; /* (unowned): it lives as long as the window does */
  GtkToggleButton *button;
  GtkImage *icon;
  GtkWidget *label;
  gboolean is_done;
} Entry;

struct _CfoilAnswerStepper
{
  AdwBin parent_instance;

  GtkBox *box;
  GPtrArray *entries; /* (owned): Entry */
  gboolean is_narrow;
  gboolean is_selecting;
};

G_DEFINE_FINAL_TYPE (CfoilAnswerStepper, cfoil_answer_stepper, ADW_TYPE_BIN)

static Entry *
find (CfoilAnswerStepper *self,
      const char         *step)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = self->entries->pdata[i];

      if (g_strcmp0 (cfoil_answer_step_get_name (entry->step), step) == 0)
        return entry;
    }
  return NULL;
}

static void
update (CfoilAnswerStepper *self,
        Entry              *entry)
{
  const char *title = cfoil_answer_step_get_title (entry->step);
  g_autofree char *step_icon = NULL;
  g_autofree char *description = NULL;
  gboolean needs_attention;
  const char *icon;

  g_object_get (entry->step, "needs-attention", &needs_attention, "icon-name", &step_icon, NULL);
  if (needs_attention)
    {
      icon = "dialog-warning-symbolic";
      /* Translators: %s is a step of the editor, such as "Evidence". */
      description = g_strdup_printf (_("%s: something stands in the way"), title);
    }
  else if (entry->is_done)
    {
      icon = "object-select-symbolic";
      /* Translators: %s is a step of the editor, such as "Evidence". */
      description = g_strdup_printf (_("%s: done"), title);
    }
  else
    {
      icon = step_icon;
      description = g_strdup (title);
    }
  gtk_image_set_from_icon_name (entry->icon, icon);
  gtk_widget_set_tooltip_text (GTK_WIDGET (entry->button), description);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry->button), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description, -1);
  if (needs_attention)
    gtk_widget_add_css_class (GTK_WIDGET (entry->icon), "warning");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (entry->icon), "warning");
  if (entry->is_done && !needs_attention)
    gtk_widget_add_css_class (GTK_WIDGET (entry->icon), "success");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (entry->icon), "success");
  gtk_widget_set_visible (entry->label, !self->is_narrow || gtk_toggle_button_get_active (entry->button));
}

static void
attention_cb (CfoilAnswerStepper *self,
              GParamSpec         *pspec,
              CfoilAnswerStep    *step)
{
  update (self, find (self, cfoil_answer_step_get_name (step)));
}

static void
toggled_cb (CfoilAnswerStepper *self,
            GtkToggleButton    *button)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = self->entries->pdata[i];

      if (entry->button != button)
        continue;
      update (self, entry);
      if (gtk_toggle_button_get_active (button) && !self->is_selecting)
        cfoil_answer_step_go (entry->step, cfoil_answer_step_get_name (entry->step), NULL);
    }
}

static void
cfoil_answer_stepper_dispose (GObject *object)
{
  CfoilAnswerStepper *self = CFOIL_ANSWER_STEPPER (object);

  g_clear_pointer (&self->entries, g_ptr_array_unref);

  G_OBJECT_CLASS (cfoil_answer_stepper_parent_class)->dispose (object);
}

static void
cfoil_answer_stepper_class_init (CfoilAnswerStepperClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfoil_answer_stepper_dispose;
}

static void
cfoil_answer_stepper_init (CfoilAnswerStepper *self)
{
  self->entries = g_ptr_array_new_with_free_func (g_free);
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 3));
  gtk_widget_add_css_class (GTK_WIDGET (self), "answer-stepper");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->box), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Steps"), -1);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->box));
}

void
cfoil_answer_stepper_add (CfoilAnswerStepper *self,
                          CfoilAnswerStep    *step)
{
  Entry *entry = g_new0 (Entry, 1);
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);

  g_return_if_fail (CFOIL_IS_ANSWER_STEPPER (self));

  entry->step = step;
  entry->icon = GTK_IMAGE (gtk_image_new ());
  entry->label = gtk_label_new (cfoil_answer_step_get_title (step));
  gtk_label_set_xalign (GTK_LABEL (entry->label), 0);
  gtk_box_append (GTK_BOX (content), GTK_WIDGET (entry->icon));
  gtk_box_append (GTK_BOX (content), entry->label);
  entry->button = GTK_TOGGLE_BUTTON (gtk_toggle_button_new ());
  gtk_button_set_child (GTK_BUTTON (entry->button), content);
  gtk_widget_add_css_class (GTK_WIDGET (entry->button), "flat");
  if (self->entries->len > 0)
    gtk_toggle_button_set_group (entry->button, ((Entry *) self->entries->pdata[0])->button);
  g_ptr_array_add (self->entries, entry);
  g_signal_connect_object (entry->button, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (step, "notify::needs-attention", G_CALLBACK (attention_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (self->box, GTK_WIDGET (entry->button));
  update (self, entry);
}

void
cfoil_answer_stepper_select (CfoilAnswerStepper *self,
                             const char         *step)
{
  Entry *entry;

  g_return_if_fail (CFOIL_IS_ANSWER_STEPPER (self));

  entry = find (self, step);
  self->is_selecting = TRUE;
  if (entry != NULL)
    gtk_toggle_button_set_active (entry->button, TRUE);
  self->is_selecting = FALSE;
}

void
cfoil_answer_stepper_set_done (CfoilAnswerStepper *self,
                               const char         *step,
                               gboolean            is_done)
{
  Entry *entry;

  g_return_if_fail (CFOIL_IS_ANSWER_STEPPER (self));

  entry = find (self, step);
  if (entry == NULL || entry->is_done == is_done)
    return;
  entry->is_done = is_done;
  update (self, entry);
}

void
cfoil_answer_stepper_set_narrow (CfoilAnswerStepper *self,
                                 gboolean            is_narrow)
{
  g_return_if_fail (CFOIL_IS_ANSWER_STEPPER (self));

  self->is_narrow = is_narrow;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->box), is_narrow ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL);
  gtk_widget_set_halign (GTK_WIDGET (self->box), is_narrow ? GTK_ALIGN_CENTER : GTK_ALIGN_FILL);
  for (guint i = 0; i < self->entries->len; i++)
    update (self, self->entries->pdata[i]);
}
