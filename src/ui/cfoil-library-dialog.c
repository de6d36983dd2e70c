/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-library-dialog.h"

#include "cfoil-draft.h"
#include "cfoil-library-words.h"
#include "cfoil-shown-text.h"

#include <glib/gi18n.h>

#define NAME_MAX_LENGTH 120

struct _CfoilLibraryDialog
{
  AdwWindow parent_instance;

  GtkWidget *save_button;
  AdwPreferencesGroup *about_group;
  AdwComboRow *kind;
  AdwEntryRow *name;
  AdwEntryRow *valid_from;
  GtkMenuButton *calendar_button;
  GtkCalendar *calendar;
  AdwComboRow *reason;
  AdwActionRow *file;
  AdwPreferencesGroup *text_group;
  GtkWidget *insert_button;
  GtkPopover *insert_popover;
  GtkListBox *facts;
  GtkTextView *text;
  GtkLabel *mistake;

  CfoilLibraryItem *item; /* (owned) (nullable) */
};

enum
{
  SAVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const char *const policies[] = { "refund_policy", "cancellation_policy", "terms" };

G_DEFINE_FINAL_TYPE (CfoilLibraryDialog, cfoil_library_dialog, ADW_TYPE_WINDOW)

/* --- what was entered --- */

static int
find_policy (const char *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (policies); i++)
    if (g_strcmp0 (policies[i], kind) == 0)
      return (int) i;
  return -1;
}

static gboolean
is_kind (CfoilLibraryDialog *self,
         const char         *kind)
{
  return g_strcmp0 (self->item->kind, kind) == 0;
}

static char *
dup_text (CfoilLibraryDialog *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return g_strstrip (gtk_text_buffer_get_text (buffer, &start, &end, FALSE));
}

static char *
dup_entry (AdwEntryRow *row)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));
}

/* What is wrong, NULL: nothing; "": something is missing as yet. */
static const char *
find_mistake (CfoilLibraryDialog *self)
{
  g_autofree char *name = dup_entry (self->name);
  g_autofree char *day = dup_entry (self->valid_from);
  g_autofree char *clean = cfoil_fact_clean (CFOIL_FACT_POLICY_DATE, day, NULL);
  g_autofree char *text = dup_text (self);

  if (find_policy (self->item->kind) >= 0 && clean == NULL)
    return _("The day is written as year, month and day, such as 2026-03-31.");
  if (g_utf8_strlen (text, -1) > CFOIL_DRAFT_MAX_TEXT)
    return _("This text is too long.");
  if (g_utf8_strlen (name, -1) > NAME_MAX_LENGTH)
    return _("This name is too long.");
  if (!is_kind (self, "shop") && *name == '\0')
    return "";
  if (!is_kind (self, "shop") && !is_kind (self, "file") && *text == '\0' && self->item->sha256 == NULL)
    return "";
  return NULL;
}

static void
changed_cb (CfoilLibraryDialog *self)
{
  const char *mistake;

  if (self->item == NULL)
    return;
  mistake = find_mistake (self);
  gtk_label_set_text (self->mistake, mistake != NULL ? mistake : "");
  gtk_widget_set_visible (GTK_WIDGET (self->mistake), mistake != NULL && *mistake != '\0');
  gtk_widget_set_sensitive (self->save_button, mistake == NULL);
}

static void
replace (char **field,
         char  *value)
{
  g_free (*field);
  *field = value;
}

static void
save_cb (CfoilLibraryDialog *self)
{
  int policy = find_policy (self->item->kind);
  g_autofree char *day = dup_entry (self->valid_from);

  if (find_mistake (self) != NULL)
    return;
  if (policy >= 0)
    {
      replace (&self->item->kind, g_strdup (policies[adw_combo_row_get_selected (self->kind)]));
      replace (&self->item->valid_from, *day != '\0' ? cfoil_fact_clean (CFOIL_FACT_POLICY_DATE, day, NULL) : NULL);
    }
  if (!is_kind (self, "shop"))
    replace (&self->item->name, dup_entry (self->name));
  if (is_kind (self, "template"))
    self->item->reason = (CfoilReason) adw_combo_row_get_selected (self->reason);
  replace (&self->item->text, dup_text (self));
  g_signal_emit (self, signals[SAVED], 0, self->item);
  gtk_window_close (GTK_WINDOW (self));
}

static void
day_cb (CfoilLibraryDialog *self)
{
  g_autoptr (GDateTime) day = gtk_calendar_get_date (self->calendar);
  g_autofree char *text = g_date_time_format (day, "%Y-%m-%d");

  gtk_editable_set_text (GTK_EDITABLE (self->valid_from), text);
  gtk_menu_button_popdown (self->calendar_button);
}

static void
fact_cb (CfoilLibraryDialog *self,
         GtkListBoxRow      *row)
{
  CfoilFactKey key = (CfoilFactKey) gtk_list_box_row_get_index (row);
  g_autofree char *marker = g_strdup_printf ("{%s}", cfoil_fact_get_info (key)->name);

  gtk_popover_popdown (self->insert_popover);
  gtk_text_buffer_insert_at_cursor (gtk_text_view_get_buffer (self->text), marker, -1);
  gtk_widget_grab_focus (GTK_WIDGET (self->text));
}

/* --- showing --- */

static void
fill_lists (CfoilLibraryDialog *self)
{
  g_autoptr (GtkStringList) kinds = gtk_string_list_new (NULL);
  g_autoptr (GtkStringList) reasons = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (policies); i++)
    gtk_string_list_append (kinds, cfoil_library_words_kind (policies[i]));
  gtk_string_list_append (reasons, _("Anything"));
  for (guint i = 1; i < CFOIL_N_REASONS; i++)
    gtk_string_list_append (reasons, _(cfoil_reason_get_title (i)));
  adw_combo_row_set_model (self->kind, G_LIST_MODEL (kinds));
  adw_combo_row_set_model (self->reason, G_LIST_MODEL (reasons));
  for (guint i = 0; i < CFOIL_N_FACTS; i++)
    {
      GtkWidget *label = gtk_label_new (_(cfoil_fact_get_info (i)->title));

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_list_box_append (self->facts, label);
    }
}

static void
show_fields (CfoilLibraryDialog *self)
{
  gboolean is_shop = is_kind (self, "shop");
  gboolean is_template = is_kind (self, "template");
  gboolean has_file = self->item->sha256 != NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->kind), find_policy (self->item->kind) >= 0);
  gtk_widget_set_visible (GTK_WIDGET (self->valid_from), find_policy (self->item->kind) >= 0);
  gtk_widget_set_visible (GTK_WIDGET (self->name), !is_shop);
  gtk_widget_set_visible (GTK_WIDGET (self->reason), is_template);
  gtk_widget_set_visible (GTK_WIDGET (self->file), has_file);
  gtk_widget_set_visible (GTK_WIDGET (self->about_group), !is_shop);
  gtk_widget_set_visible (GTK_WIDGET (self->text_group), !is_kind (self, "file"));
  gtk_widget_set_visible (self->insert_button, is_template);
  if (find_policy (self->item->kind) >= 0)
    {
      adw_preferences_group_set_title (self->text_group, _("Clause"));
      adw_preferences_group_set_description (self->text_group, _("Only the part that applies. The one in force on the day of the sale is used."));
    }
  else if (is_template)
    {
      adw_preferences_group_set_title (self->text_group, _("Text"));
      adw_preferences_group_set_description (
          self->text_group, _("A name in braces, such as {tracking_number}, is replaced by the fact of the case. "
                              "A sentence whose fact is not known is left out. In an e-mail to the buyer, "
                              "{buyer}, {reference}, {amount} and {date} are known."));
    }
}

static void
show_item (CfoilLibraryDialog *self)
{
  g_autofree char *file_name = cfoil_shown_text (self->item->file_name);
  g_autofree char *name = cfoil_library_words_name (self->item);
  int policy = find_policy (self->item->kind);

  gtk_window_set_title (GTK_WINDOW (self), is_kind (self, "shop") ? name : cfoil_library_words_kind (self->item->kind));
  if (policy >= 0)
    adw_combo_row_set_selected (self->kind, (guint) policy);
  gtk_editable_set_text (GTK_EDITABLE (self->name), self->item->name != NULL ? self->item->name : "");
  gtk_editable_set_text (GTK_EDITABLE (self->valid_from), self->item->valid_from != NULL ? self->item->valid_from : "");
  adw_combo_row_set_selected (self->reason, self->item->reason);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->file), FALSE);
  adw_action_row_set_subtitle (self->file, file_name != NULL ? file_name : "");
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text), self->item->text != NULL ? self->item->text : "", -1);
  show_fields (self);
  changed_cb (self);
  gtk_widget_grab_focus (is_kind (self, "shop") ? GTK_WIDGET (self->text) : GTK_WIDGET (self->name));
}

/* --- GObject --- */

static void
cfoil_library_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), CFOIL_TYPE_LIBRARY_DIALOG);

  G_OBJECT_CLASS (cfoil_library_dialog_parent_class)->dispose (object);
}

static void
cfoil_library_dialog_finalize (GObject *object)
{
  g_clear_pointer (&CFOIL_LIBRARY_DIALOG (object)->item, cfoil_library_item_free);

  G_OBJECT_CLASS (cfoil_library_dialog_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, CfoilLibraryDialog, save_button);
  gtk_widget_class_bind_template_child (widget_class, CfoilLibraryDialog, about_group);
  gtk_widget_class_bind_template_child (widget_class, CfoilLibraryDialog, kind);
  gtk_widget_class_bind_template_child (widget_class, CfoilLibraryDialog, name);
  gtk_widget_class_bind_template_child (widget_class, CfoilLibraryDialog, valid_from);
  gtk_widget_class_bind_template_child (widget_class, CfoilLibraryDialog, calendar_button);
  gtk_widget_class_bind_template_child (widget_class, CfoilLibraryDialog, calendar);
  gtk_widget_class_bind_template_child (widget_class, CfoilLibraryDialog, reason);
  gtk_widget_class_bind_template_child (widget_class, CfoilLibraryDialog, file);
  gtk_widget_class_bind_template_child (widget_class, CfoilLibraryDialog, text_group);
  gtk_widget_class_bind_template_child (widget_class, CfoilLibraryDialog, insert_button);
  gtk_widget_class_bind_template_child (widget_class, CfoilLibraryDialog, insert_popover);
  gtk_widget_class_bind_template_child (widget_class, CfoilLibraryDialog, facts);
  gtk_widget_class_bind_template_child (widget_class, CfoilLibraryDialog, text);
  gtk_widget_class_bind_template_child (widget_class, CfoilLibraryDialog, mistake);
}

static void
cfoil_library_dialog_class_init (CfoilLibraryDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cfoil_library_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = cfoil_library_dialog_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/counterfoil/Counterfoil/ui/cfoil-library-dialog.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_bind_template_callback (widget_class, day_cb);
  gtk_widget_class_bind_template_callback (widget_class, fact_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  signals[SAVED] = g_signal_new ("saved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
cfoil_library_dialog_init (CfoilLibraryDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_lists (self);
  g_signal_connect_object (gtk_text_view_get_buffer (self->text), "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
}

CfoilLibraryDialog *
cfoil_library_dialog_new (GtkWindow              *parent,
                          const CfoilLibraryItem *item)
{
  CfoilLibraryDialog *self = g_object_new (CFOIL_TYPE_LIBRARY_DIALOG, "transient-for", parent, NULL);

  self->item = cfoil_library_item_copy (item);
  show_item (self);
  return self;
}
