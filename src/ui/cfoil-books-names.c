/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-books-names.h"

#include <glib/gi18n.h>
#include <string.h>

struct _CfoilBooksNames
{
  AdwBin parent_instance;

  CfoilBooksAccounts *accounts; /* (owned) (nullable): as they are saved */
  CfoilBooksFormat format;
  GtkWidget *rows[CFOIL_N_PURPOSES];  /* AdwEntryRow */
  GtkWidget *hints[CFOIL_N_PURPOSES]; /* GtkImage */
  gboolean are_valid;
  gboolean is_filling;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CfoilBooksNames, cfoil_books_names, ADW_TYPE_BIN)

static const char *
get_name (CfoilBooksNames *self,
          guint            i)
{
  const char *name = gtk_editable_get_text (GTK_EDITABLE (self->rows[i]));

  return *name != '\0' ? name : cfoil_purpose_get_default ((CfoilPurpose) i);
}

/* --- what becomes of a name --- */

/* What stands for {…} is written like any other part. */
static char *
write_name (CfoilBooksNames *self,
            guint            i)
{
  g_autoptr (GString) name = g_string_new (get_name (self, i));

  g_string_replace (name, "{provider}", "Amazon Pay", 0);
  g_string_replace (name, "{account}", "Account", 0);
  g_string_replace (name, "{store}", "Store", 0);
  return cfoil_books_format_write_name (self->format, (CfoilPurpose) i, name->str);
}

static void
set_hint (CfoilBooksNames *self,
          guint            i,
          const char      *icon,
          const char      *text)
{
  gtk_widget_set_visible (self->hints[i], text != NULL);
  if (text == NULL)
    return;
  gtk_image_set_from_icon_name (GTK_IMAGE (self->hints[i]), icon);
  gtk_widget_set_tooltip_text (self->hints[i], text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->hints[i]), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

/* Two names that are one in the file, though they are two here. */
static gboolean
find_clash (CfoilBooksNames *self,
            char           **written,
            guint            i,
            guint           *other)
{
  for (guint k = 0; k < CFOIL_N_PURPOSES; k++)
    if (k != i && g_str_equal (written[k], written[i]) && !g_str_equal (get_name (self, k), get_name (self, i)))
      {
        *other = k;
        return TRUE;
      }
  return FALSE;
}

static void
update_hints (CfoilBooksNames *self)
{
  char *written[CFOIL_N_PURPOSES + 1] = { NULL };

  for (guint i = 0; i < CFOIL_N_PURPOSES; i++)
    written[i] = write_name (self, i);
  for (guint i = 0; i < CFOIL_N_PURPOSES; i++)
    {
      g_autofree char *text = NULL;
      guint other;

      if (find_clash (self, written, i, &other))
        /* Translators: the first is a name of an account, the second what another one is for. */
        text = g_strdup_printf (_("Written as %s, like “%s”"), written[i], cfoil_purpose_get_title ((CfoilPurpose) other));
      set_hint (self, i, "dialog-warning-symbolic", text);
      if (text != NULL || strstr (get_name (self, i), "{") != NULL || g_str_equal (written[i], get_name (self, i)))
        continue;
      /* Translators: a name of an account, as a format of books has it. */
      text = g_strdup_printf (_("Written as %s"), written[i]);
      set_hint (self, i, "dialog-information-symbolic", text);
    }
  for (guint i = 0; i < CFOIL_N_PURPOSES; i++)
    g_free (written[i]);
}

static void
update (CfoilBooksNames *self)
{
  if (self->is_filling)
    return;
  self->are_valid = TRUE;
  for (guint i = 0; i < CFOIL_N_PURPOSES; i++)
    {
      gboolean is_valid = cfoil_books_name_check (get_name (self, i), NULL);

      if (is_valid)
        gtk_widget_remove_css_class (self->rows[i], "error");
      else
        gtk_widget_add_css_class (self->rows[i], "error");
      self->are_valid = self->are_valid && is_valid;
    }
  if (self->are_valid)
    update_hints (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

gboolean
cfoil_books_names_are_valid (CfoilBooksNames *self)
{
  return self->are_valid;
}

void
cfoil_books_names_set_format (CfoilBooksNames *self,
                              CfoilBooksFormat format)
{
  self->format = format;
  update (self);
}

/* Each entry holds the name that counts. */
void
cfoil_books_names_set_accounts (CfoilBooksNames    *self,
                                CfoilBooksAccounts *accounts)
{
  g_clear_pointer (&self->accounts, cfoil_books_accounts_unref);
  self->accounts = cfoil_books_accounts_ref (accounts);
  self->is_filling = TRUE;
  for (guint i = 0; i < CFOIL_N_PURPOSES; i++)
    {
      const char *own = cfoil_books_accounts_get (accounts, cfoil_purpose_to_string ((CfoilPurpose) i));

      gtk_editable_set_text (GTK_EDITABLE (self->rows[i]), own != NULL ? own : cfoil_purpose_get_default ((CfoilPurpose) i));
    }
  self->is_filling = FALSE;
  update (self);
}

GPtrArray *
cfoil_books_names_list_changed (CfoilBooksNames *self)
{
  GPtrArray *changed = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; self->accounts != NULL && i < CFOIL_N_PURPOSES; i++)
    {
      const char *key = cfoil_purpose_to_string ((CfoilPurpose) i);
      const char *name = get_name (self, i);
      const char *own = cfoil_books_accounts_get (self->accounts, key);

      if (g_str_equal (name, cfoil_purpose_get_default ((CfoilPurpose) i)))
        name = "";
      if (g_str_equal (name, own != NULL ? own : ""))
        continue;
      g_ptr_array_add (changed, g_strdup (key));
      g_ptr_array_add (changed, g_strdup (name));
    }
  return changed;
}

/* --- the widget --- */

static void
cfoil_books_names_finalize (GObject *object)
{
  g_clear_pointer (&CFOIL_BOOKS_NAMES (object)->accounts, cfoil_books_accounts_unref);
  G_OBJECT_CLASS (cfoil_books_names_parent_class)->finalize (object);
}

static void
cfoil_books_names_class_init (CfoilBooksNamesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cfoil_books_names_finalize;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
add_row (CfoilBooksNames     *self,
         AdwPreferencesGroup *group,
         guint                i)
{
  const char *title = cfoil_purpose_get_title ((CfoilPurpose) i);
  GtkWidget *row = g_object_new (ADW_TYPE_ENTRY_ROW, "title", title,
                                 "input-hints", GTK_INPUT_HINT_NO_SPELLCHECK | GTK_INPUT_HINT_NO_EMOJI, NULL);

  self->rows[i] = row;
  self->hints[i] = g_object_new (GTK_TYPE_IMAGE, "visible", FALSE, NULL);
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (row), self->hints[i]);
  /* What has the focus is inside of the row, without a name of its own. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_editable_get_delegate (GTK_EDITABLE (row))),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  adw_preferences_group_add (group, row);
  g_signal_connect_object (row, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
}

static void
cfoil_books_names_init (CfoilBooksNames *self)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  adw_preferences_group_set_title (group, _("Accounts"));
  adw_preferences_group_set_description (group, _("What they are called in your books. Colons divide the parts; {provider}, {account} and {store} "
                                                  "stand for those of the payment."));
  self->is_filling = TRUE;
  for (guint i = 0; i < CFOIL_N_PURPOSES; i++)
    add_row (self, group, i);
  self->is_filling = FALSE;
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (group));
}
