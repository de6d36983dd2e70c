/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-preferences-limits.h"

#include "cfoil-fit-words.h"
#include "cfoil-limits.h"
#include "cfoil-words.h"

#include <glib/gi18n.h>

#define KEY "evidence-limits"
#define N_NUMBERS 6

struct _CfoilPreferencesLimits
{
  AdwPreferencesPage parent_instance;

  GSettings *settings;      /* (owned) */
  GPtrArray *destinations;  /* (owned) (element-type Destination) */
};

typedef struct
{
  CfoilPreferencesLimits *page; /* (borrowed): owns this */
  char *name;                   /* (owned) */
  AdwExpanderRow *row;          /* (borrowed) */
  GtkWidget *reset;             /* (borrowed) */
  AdwEntryRow *entries[N_NUMBERS]; /* (borrowed) */
} Destination;

static const struct
{
  const char *title;
  gboolean is_size;
} numbers[N_NUMBERS] = {
  { N_ ("Size of One File"), TRUE },
  { N_ ("Size of All Files Together"), TRUE },
  { N_ ("Pages of the Packet"), FALSE },
  { N_ ("Characters of One Text"), FALSE },
  { N_ ("Characters of All Texts"), FALSE },
  { N_ ("Number of Files"), FALSE },
};

G_DEFINE_FINAL_TYPE (CfoilPreferencesLimits, cfoil_preferences_limits, ADW_TYPE_PREFERENCES_PAGE)

static void
destination_free (gpointer data)
{
  Destination *destination = data;

  g_free (destination->name);
  g_free (destination);
}

static gint64
get_number (const CfoilLimits *limits,
            guint              i)
{
  const gint64 values[N_NUMBERS] = {
    limits->file_bytes, limits->packet_bytes, limits->pages, limits->text_characters, limits->all_characters, limits->files,
  };

  return values[i];
}

static char *
dup_number (const CfoilLimits *limits,
            guint              i)
{
  gint64 value = get_number (limits, i);

  if (value == CFOIL_UNKNOWN)
    return g_strdup ("");
  return numbers[i].is_size ? cfoil_fit_words_exact_bytes (value) : cfoil_words_number (value);
}

/* --- keeping --- */

/* NUMBERS NULL: as shipped. */
static void
keep (Destination  *destination,
      const gint64 *values)
{
  g_autoptr (GVariant) old = g_settings_get_value (destination->page->settings, KEY);
  GVariantBuilder builder;
  GVariantIter iter;
  const char *name;
  GVariant *value;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{s(xxxxxx)}"));
  g_variant_iter_init (&iter, old);
  while (g_variant_iter_loop (&iter, "{&s@(xxxxxx)}", &name, &value))
    if (!g_str_equal (name, destination->name))
      g_variant_builder_add (&builder, "{s@(xxxxxx)}", name, value);
  if (values != NULL)
    g_variant_builder_add (&builder, "{s(xxxxxx)}", destination->name,
                           values[0], values[1], values[2], values[3], values[4], values[5]);
  g_settings_set_value (destination->page->settings, KEY, g_variant_builder_end (&builder));
}

/* -1: as shipped, as somebody has nothing or the same to say. */
static gboolean
read_entry (Destination       *destination,
            const CfoilLimits *shipped,
            guint              i,
            gint64            *value)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (destination->entries[i]))));
  gboolean is_right;

  *value = -1;
  is_right = *text == '\0' || (numbers[i].is_size ? cfoil_fit_words_parse_bytes (text, value)
                                                  : cfoil_fit_words_parse_number (text, value));
  if (is_right && *value == get_number (shipped, i))
    *value = -1;
  if (is_right)
    gtk_widget_remove_css_class (GTK_WIDGET (destination->entries[i]), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (destination->entries[i]), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (destination->entries[i]), GTK_ACCESSIBLE_STATE_INVALID,
                               is_right ? GTK_ACCESSIBLE_INVALID_FALSE : GTK_ACCESSIBLE_INVALID_TRUE, -1);
  return is_right;
}

static void
apply_cb (Destination *destination)
{
  g_autoptr (CfoilLimits) shipped = cfoil_limits_for (destination->name);
  gint64 values[N_NUMBERS];
  gboolean is_right = TRUE;
  gboolean is_changed = FALSE;

  for (guint i = 0; i < N_NUMBERS; i++)
    {
      is_right = read_entry (destination, shipped, i, &values[i]) && is_right;
      is_changed = is_changed || values[i] != -1;
    }
  if (is_right)
    keep (destination, is_changed ? values : NULL);
}

static void
reset_cb (Destination *destination)
{
  keep (destination, NULL);
}

/* --- showing --- */

static char *
dup_source (const CfoilLimits *limits)
{
  const char *source = _(limits->source);

  if (limits->is_changed)
    /* Translators: the first %s says who published a limit, the second is a date. */
    return g_strdup_printf (_("Changed by you. As shipped: %s, %s"), source, limits->date);
  if (!limits->is_confirmed)
    return g_strdup_printf (_("A cautious guess. %s, %s"), source, limits->date);
  return g_strdup_printf (_("%s, %s"), source, limits->date);
}

static void
show (Destination *destination)
{
  g_autoptr (CfoilLimits) limits = cfoil_limits_for (destination->name);
  g_autoptr (GVariant) changes = g_settings_get_value (destination->page->settings, KEY);
  g_autofree char *source = NULL;

  cfoil_limits_apply (limits, changes);
  source = dup_source (limits);
  adw_expander_row_set_subtitle (destination->row, source);
  gtk_widget_set_visible (destination->reset, limits->is_changed);
  for (guint i = 0; i < N_NUMBERS; i++)
    {
      g_autofree char *text = dup_number (limits, i);

      gtk_editable_set_text (GTK_EDITABLE (destination->entries[i]), text);
      gtk_widget_remove_css_class (GTK_WIDGET (destination->entries[i]), "error");
      /* Setting a text offers to apply it; there is nothing to apply. */
      adw_entry_row_set_show_apply_button (destination->entries[i], FALSE);
      adw_entry_row_set_show_apply_button (destination->entries[i], TRUE);
    }
}

static void
changed_cb (CfoilPreferencesLimits *self)
{
  for (guint i = 0; i < self->destinations->len; i++)
    show (self->destinations->pdata[i]);
}

static GtkWidget *
make_reset (Destination *destination)
{
  g_autofree char *label = NULL;
  GtkWidget *button = gtk_button_new_with_label (_("Reset"));

  /* Translators: %s is the title of a destination such as "Stripe". */
  label = g_strdup_printf (_("Reset the limits of %s"), adw_preferences_row_get_title (ADW_PREFERENCES_ROW (destination->row)));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _("Back to the Limits as Shipped"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (reset_cb), destination);
  return button;
}

static Destination *
make_destination (CfoilPreferencesLimits *self,
                  const CfoilLimits      *limits)
{
  Destination *destination = g_new0 (Destination, 1);

  destination->page = self;
  destination->name = g_strdup (limits->destination);
  destination->row = ADW_EXPANDER_ROW (adw_expander_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (destination->row), _(limits->title));
  destination->reset = make_reset (destination);
  adw_expander_row_add_action (destination->row, destination->reset);
  for (guint i = 0; i < N_NUMBERS; i++)
    {
      destination->entries[i] = ADW_ENTRY_ROW (adw_entry_row_new ());
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (destination->entries[i]), _(numbers[i].title));
      g_signal_connect_swapped (destination->entries[i], "apply", G_CALLBACK (apply_cb), destination);
      adw_expander_row_add_row (destination->row, GTK_WIDGET (destination->entries[i]));
    }
  return destination;
}

static void
cfoil_preferences_limits_dispose (GObject *object)
{
  CfoilPreferencesLimits *self = CFOIL_PREFERENCES_LIMITS (object);

  g_clear_object (&self->settings);

  G_OBJECT_CLASS (cfoil_preferences_limits_parent_class)->dispose (object);
}

static void
cfoil_preferences_limits_finalize (GObject *object)
{
  g_clear_pointer (&CFOIL_PREFERENCES_LIMITS (object)->destinations, g_ptr_array_unref);

  G_OBJECT_CLASS (cfoil_preferences_limits_parent_class)->finalize (object);
}

static void
cfoil_preferences_limits_class_init (CfoilPreferencesLimitsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfoil_preferences_limits_dispose;
  G_OBJECT_CLASS (klass)->finalize = cfoil_preferences_limits_finalize;
}

static void
cfoil_preferences_limits_init (CfoilPreferencesLimits *self)
{
  g_autoptr (GPtrArray) list = cfoil_limits_list ();
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  self->settings = g_settings_new (CFOIL_APPLICATION_ID);
  self->destinations = g_ptr_array_new_with_free_func (destination_free);
  adw_preferences_page_set_title (ADW_PREFERENCES_PAGE (self), _("Limits"));
  adw_preferences_page_set_name (ADW_PREFERENCES_PAGE (self), "limits");
  adw_preferences_page_set_icon_name (ADW_PREFERENCES_PAGE (self), "mail-attachment-symbolic");
  adw_preferences_group_set_title (group, _("What Each Destination Takes"));
  adw_preferences_group_set_description (
      group, _("Answers to disputes are checked against these limits before they are sent. An empty field is as shipped."));
  for (guint i = 0; i < list->len; i++)
    {
      Destination *destination = make_destination (self, list->pdata[i]);

      g_ptr_array_add (self->destinations, destination);
      adw_preferences_group_add (group, GTK_WIDGET (destination->row));
    }
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self), group);
  g_signal_connect_object (self->settings, "changed::" KEY, G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  changed_cb (self);
}
