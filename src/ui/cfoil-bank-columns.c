/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-bank-columns.h"

#include "cfoil-shown-text.h"

#include <glib/gi18n.h>

#define MAX_SHOWN_ROWS 8
#define MAX_SHOWN_TEXT 40

/* Rows that choose a column. */
enum
{
  DATE,
  AMOUNT,
  CREDIT,
  DEBIT,
  REFERENCE,
  TEXT,
  MORE_TEXT,
  CURRENCY,
  N_CHOICES
};

static const char *const choice_titles[N_CHOICES] = {
  [DATE] = N_ ("Date"),
  [AMOUNT] = N_ ("Amount"),
  [CREDIT] = N_ ("Money In"),
  [DEBIT] = N_ ("Money Out"),
  [REFERENCE] = N_ ("Reference"),
  [TEXT] = N_ ("Text"),
  [MORE_TEXT] = N_ ("More Text"),
  [CURRENCY] = N_ ("Currency"),
};

struct _CfoilBankColumns
{
  AdwBin parent_instance;

  AdwEntryRow *name;
  AdwEntryRow *currency;
  AdwComboRow *choices[N_CHOICES];
  AdwComboRow *dates;
  AdwComboRow *mark;
  GtkGrid *grid;
  char **header; /* (owned) (nullable) */
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CfoilBankColumns, cfoil_bank_columns, ADW_TYPE_BIN)

static void
emit_changed (CfoilBankColumns *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static AdwComboRow *
add_combo (CfoilBankColumns    *self,
           AdwPreferencesGroup *group,
           const char          *title)
{
  AdwComboRow *row = ADW_COMBO_ROW (adw_combo_row_new ());

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_preferences_group_add (group, GTK_WIDGET (row));
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (emit_changed), self, G_CONNECT_SWAPPED);
  return row;
}

static AdwEntryRow *
add_entry (CfoilBankColumns    *self,
           AdwPreferencesGroup *group,
           const char          *title)
{
  AdwEntryRow *row = ADW_ENTRY_ROW (adw_entry_row_new ());

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_preferences_group_add (group, GTK_WIDGET (row));
  g_signal_connect_object (row, "changed", G_CALLBACK (emit_changed), self, G_CONNECT_SWAPPED);
  return row;
}

static void
set_strings (AdwComboRow       *row,
             const char *const *strings)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (strings);

  adw_combo_row_set_model (row, G_LIST_MODEL (list));
}

/* A column by its name, or by its number. */
static char *
column_title (char **header,
              guint  i)
{
  char *title = cfoil_shown_text (header[i]);

  if (title != NULL)
    return title;
  /* Translators: of a table without names of columns. */
  return g_strdup_printf (_("Column %u"), i + 1);
}

static void
fill_choices (CfoilBankColumns *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) titles = NULL;

  /* Translators: no column of the file. */
  g_strv_builder_add (builder, _("None"));
  for (guint i = 0; self->header[i] != NULL; i++)
    {
      g_autofree char *title = column_title (self->header, i);

      g_strv_builder_add (builder, title);
    }
  titles = g_strv_builder_end (builder);
  for (guint i = 0; i < N_CHOICES; i++)
    set_strings (self->choices[i], (const char *const *) titles);
}

static void
attach_text (CfoilBankColumns *self,
             const char       *text,
             guint             column,
             guint             row,
             const char       *style)
{
  g_autofree char *shown = cfoil_shown_text (text);
  GtkWidget *label = gtk_label_new (shown);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), MAX_SHOWN_TEXT);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  gtk_grid_attach (self->grid, label, (int) column, (int) row, 1, 1);
}

static void
fill_grid (CfoilBankColumns       *self,
           const CfoilBankPreview *preview)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->grid))) != NULL)
    gtk_grid_remove (self->grid, child);
  for (guint i = 0; self->header[i] != NULL; i++)
    {
      g_autofree char *title = column_title (self->header, i);

      attach_text (self, title, i, 0, "heading");
    }
  for (guint i = 0; i < MIN (preview->rows->len, MAX_SHOWN_ROWS); i++)
    {
      char **cells = g_ptr_array_index (preview->rows, i);

      for (guint k = 0; cells[k] != NULL && self->header[k] != NULL; k++)
        attach_text (self, cells[k], k, i + 1, NULL);
    }
}

void
cfoil_bank_columns_set_preview (CfoilBankColumns       *self,
                                const CfoilBankPreview *preview)
{
  g_autoptr (CfoilBankMapping) guess = cfoil_bank_mapping_guess (preview->header);
  const guint guessed[N_CHOICES] = { guess->date, guess->amount, guess->credit, guess->debit, guess->reference,
                                     guess->text[0], guess->text[1], guess->currency };

  g_strfreev (self->header);
  self->header = g_strdupv (preview->header);
  fill_choices (self);
  fill_grid (self, preview);
  for (guint i = 0; i < N_CHOICES; i++)
    adw_combo_row_set_selected (self->choices[i], guessed[i]);
}

CfoilBankMapping *
cfoil_bank_columns_get_mapping (CfoilBankColumns *self)
{
  CfoilBankMapping *mapping = cfoil_bank_mapping_new ();
  const char *currency = gtk_editable_get_text (GTK_EDITABLE (self->currency));
  guint chosen[N_CHOICES];

  for (guint i = 0; i < N_CHOICES; i++)
    chosen[i] = adw_combo_row_get_selected (self->choices[i]);
  g_free (mapping->name);
  mapping->name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name))));
  mapping->header = g_strdupv (self->header);
  mapping->date = chosen[DATE];
  mapping->amount = chosen[AMOUNT];
  mapping->credit = chosen[CREDIT];
  mapping->debit = chosen[DEBIT];
  mapping->reference = chosen[REFERENCE];
  mapping->text[0] = chosen[TEXT] > 0 ? chosen[TEXT] : chosen[MORE_TEXT];
  mapping->text[1] = chosen[TEXT] > 0 ? chosen[MORE_TEXT] : 0;
  mapping->currency = chosen[CURRENCY];
  mapping->default_currency = *currency != '\0' ? g_ascii_strup (currency, -1) : NULL;
  mapping->dates = (CfoilBankDates) MIN (adw_combo_row_get_selected (self->dates), CFOIL_N_BANK_DATES - 1);
  mapping->decimal_mark = "\0,."[MIN (adw_combo_row_get_selected (self->mark), 2)];
  return mapping;
}

static void
cfoil_bank_columns_finalize (GObject *object)
{
  g_strfreev (CFOIL_BANK_COLUMNS (object)->header);
  G_OBJECT_CLASS (cfoil_bank_columns_parent_class)->finalize (object);
}

static void
cfoil_bank_columns_class_init (CfoilBankColumnsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cfoil_bank_columns_finalize;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static AdwPreferencesGroup *
add_group (GtkBox     *box,
           const char *title,
           const char *description)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  adw_preferences_group_set_title (group, title);
  adw_preferences_group_set_description (group, description);
  gtk_box_append (box, GTK_WIDGET (group));
  return group;
}

static void
add_preview (CfoilBankColumns    *self,
             AdwPreferencesGroup *group)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->grid = GTK_GRID (gtk_grid_new ());
  gtk_grid_set_column_spacing (self->grid, 12);
  gtk_grid_set_row_spacing (self->grid, 6);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_AUTOMATIC, GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->grid));
  adw_preferences_group_add (group, scroller);
}

static void
cfoil_bank_columns_init (CfoilBankColumns *self)
{
  const char *const dates[] = { _("As Found"), _("Year First"), _("Day First"), _("Month First"), NULL };
  const char *const marks[] = { _("As Found"), _("Comma"), _("Point"), NULL };
  GtkBox *box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 18));
  AdwPreferencesGroup *group;

  group = add_group (box, NULL, _("Files with these columns are recognised from now on."));
  /* Translators: the name of a bank account, by which the columns of its files are kept. */
  self->name = add_entry (self, group, _("Name of the Bank Account"));
  group = add_group (box, _("Columns"), _("An amount is in one column, or in two: money in and money out."));
  for (guint i = 0; i < N_CHOICES; i++)
    self->choices[i] = add_combo (self, group, gettext (choice_titles[i]));
  self->currency = add_entry (self, group, _("Currency Where No Column Says It, such as EUR"));
  self->dates = add_combo (self, group, _("Order of Dates"));
  self->mark = add_combo (self, group, _("Decimal Mark"));
  set_strings (self->dates, dates);
  set_strings (self->mark, marks);
  add_preview (self, add_group (box, _("First Rows of the File"), NULL));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (box));
}
