/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-bank-columns.h"

#include "cfoil-bank-rows.h"
#include "cfoil-shown-text.h"

#include <glib/gi18n.h>
#include <string.h>

/* Rows that choose a column. */
enum
{
  DATE,
  AMOUNT,
  CREDIT,
  DEBIT,
  SIGN,
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
  /* Translators: the column that says of each amount whether it came in or went out. */
  [SIGN] = N_ ("Debit or Credit"),
  [REFERENCE] = N_ ("Reference"),
  [TEXT] = N_ ("Text"),
  [MORE_TEXT] = N_ ("More Text"),
  [CURRENCY] = N_ ("Currency"),
};

static const char separators[] = { 0, ',', ';', '\t', '|' };
static const char *const separator_titles[G_N_ELEMENTS (separators)] = {
  N_ ("As Found"), N_ ("Comma"), N_ ("Semicolon"), N_ ("Tab"), N_ ("Vertical Bar"),
};
static const char marks[] = { 0, ',', '.' };
static const char *const mark_titles[G_N_ELEMENTS (marks)] = { N_ ("As Found"), N_ ("Comma"), N_ ("Point") };
static const char *const dates_titles[CFOIL_N_BANK_DATES] = { N_ ("As Found"), N_ ("Year First"), N_ ("Day First"), N_ ("Month First") };

struct _CfoilBankColumns
{
  AdwBin parent_instance;

  AdwEntryRow *name;
  AdwEntryRow *currency;
  AdwComboRow *choices[N_CHOICES];
  AdwComboRow *encoding;
  AdwComboRow *separator;
  AdwComboRow *dates;
  AdwComboRow *mark;
  CfoilBankRows *rows;
  GtkLabel *why;
  CfoilBankPreview *preview; /* (owned) (nullable) */
  guint kept_texts[2];       /* columns of texts that there are no choices for */
  gboolean is_filling;
  gboolean is_readable;
};

enum
{
  CHANGED,
  REREAD,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CfoilBankColumns, cfoil_bank_columns, ADW_TYPE_BIN)

static guint
get_choice (AdwComboRow *row,
            guint        n)
{
  guint selected = adw_combo_row_get_selected (row);

  return selected < n ? selected : 0;
}

/* --- what it would look like --- */

static void
update_samples (CfoilBankColumns *self)
{
  g_autoptr (CfoilBankMapping) mapping = NULL;
  g_autoptr (GError) error = NULL;

  if (self->is_filling || self->preview == NULL)
    return;
  mapping = cfoil_bank_columns_get_mapping (self);
  self->is_readable = cfoil_bank_rows_show (self->rows, self->preview, mapping, &error);
  if (error != NULL)
    cfoil_bank_rows_set_message (self->rows, error->message);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
reread (CfoilBankColumns *self)
{
  if (!self->is_filling)
    g_signal_emit (self, signals[REREAD], 0);
}

void
cfoil_bank_columns_set_message (CfoilBankColumns *self,
                                const char       *message)
{
  self->is_readable = FALSE;
  cfoil_bank_rows_set_message (self->rows, message);
  g_signal_emit (self, signals[CHANGED], 0);
}

gboolean
cfoil_bank_columns_is_ready (CfoilBankColumns *self)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name))));

  return self->is_readable && *name != '\0';
}

/* --- choices --- */

static void
set_strings (AdwComboRow       *row,
             const char *const *strings,
             guint              n)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);

  for (guint i = 0; i < n; i++)
    gtk_string_list_append (list, gettext (strings[i]));
  adw_combo_row_set_model (row, G_LIST_MODEL (list));
}

static void
fill_choices (CfoilBankColumns *self)
{
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);

  /* Translators: no column of the file. */
  gtk_string_list_append (titles, _("None"));
  for (guint i = 0; self->preview->header[i] != NULL; i++)
    {
      g_autofree char *title = cfoil_bank_rows_dup_title (self->preview->header, i);

      gtk_string_list_append (titles, title);
    }
  for (guint i = 0; i < N_CHOICES; i++)
    adw_combo_row_set_model (self->choices[i], G_LIST_MODEL (titles));
}

static guint
find_byte (const char *bytes,
           guint       n,
           char        byte)
{
  for (guint i = 0; i < n; i++)
    if (bytes[i] == byte)
      return i;
  return 0;
}

static void
choose_columns (CfoilBankColumns       *self,
                const CfoilBankMapping *mapping)
{
  const guint columns[N_CHOICES] = {
    [DATE] = mapping->date, [AMOUNT] = mapping->amount, [CREDIT] = mapping->credit, [DEBIT] = mapping->debit, [SIGN] = mapping->sign,
    [REFERENCE] = mapping->reference, [TEXT] = mapping->text[0], [MORE_TEXT] = mapping->text[1], [CURRENCY] = mapping->currency,
  };

  for (guint i = 0; i < N_CHOICES; i++)
    adw_combo_row_set_selected (self->choices[i], columns[i]);
  memcpy (self->kept_texts, mapping->text + 2, sizeof self->kept_texts);
}

static void
choose_all (CfoilBankColumns       *self,
            const CfoilBankMapping *mapping)
{
  choose_columns (self, mapping);
  gtk_editable_set_text (GTK_EDITABLE (self->name), mapping->name);
  gtk_editable_set_text (GTK_EDITABLE (self->currency), mapping->default_currency != NULL ? mapping->default_currency : "");
  adw_combo_row_set_selected (self->encoding, mapping->encoding);
  adw_combo_row_set_selected (self->dates, mapping->dates);
  adw_combo_row_set_selected (self->separator, find_byte (separators, G_N_ELEMENTS (separators), mapping->separator));
  adw_combo_row_set_selected (self->mark, find_byte (marks, G_N_ELEMENTS (marks), mapping->decimal_mark));
}

/* What "As Found" means now. */
static void
tell_found (CfoilBankColumns *self)
{
  gboolean is_found = adw_combo_row_get_selected (self->encoding) == CFOIL_BANK_ENCODING_AUTO;
  guint separator = find_byte (separators, G_N_ELEMENTS (separators), self->preview->separator);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->encoding),
                               is_found ? cfoil_bank_encoding_to_string (self->preview->encoding) : "");
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->separator),
                               adw_combo_row_get_selected (self->separator) == 0 ? gettext (separator_titles[separator]) : "");
}

static void
take_preview (CfoilBankColumns *self,
              CfoilBankPreview *preview)
{
  g_clear_pointer (&self->preview, cfoil_bank_preview_free);
  self->preview = preview;
  fill_choices (self);
}

void
cfoil_bank_columns_begin (CfoilBankColumns       *self,
                          CfoilBankPreview       *preview,
                          const CfoilBankMapping *mapping,
                          const char             *why)
{
  g_autoptr (CfoilBankMapping) guess = cfoil_bank_mapping_guess (preview->header);

  self->is_filling = TRUE;
  gtk_label_set_text (self->why, why != NULL ? why : "");
  gtk_widget_set_visible (GTK_WIDGET (self->why), why != NULL);
  take_preview (self, preview);
  choose_all (self, mapping != NULL ? mapping : guess);
  tell_found (self);
  self->is_filling = FALSE;
  update_samples (self);
}

void
cfoil_bank_columns_set_preview (CfoilBankColumns *self,
                                CfoilBankPreview *preview)
{
  g_autoptr (CfoilBankMapping) mapping = cfoil_bank_columns_get_mapping (self);
  g_autoptr (CfoilBankMapping) guess = NULL;

  self->is_filling = TRUE;
  /* In another encoding names look different; with another separator there are other columns. */
  if (g_strv_length (preview->header) != g_strv_length (mapping->header))
    guess = cfoil_bank_mapping_guess (preview->header);
  take_preview (self, preview);
  choose_columns (self, guess != NULL ? guess : mapping);
  tell_found (self);
  self->is_filling = FALSE;
  update_samples (self);
}

static void
take_texts (CfoilBankColumns *self,
            CfoilBankMapping *mapping)
{
  const guint texts[] = { adw_combo_row_get_selected (self->choices[TEXT]), adw_combo_row_get_selected (self->choices[MORE_TEXT]),
                          self->kept_texts[0], self->kept_texts[1] };
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (texts[i] > 0 && texts[i] != GTK_INVALID_LIST_POSITION)
      mapping->text[n++] = texts[i];
}

CfoilBankMapping *
cfoil_bank_columns_get_mapping (CfoilBankColumns *self)
{
  CfoilBankMapping *mapping = cfoil_bank_mapping_new ();
  g_autofree char *currency = g_strstrip (g_ascii_strup (gtk_editable_get_text (GTK_EDITABLE (self->currency)), -1));
  guint chosen[N_CHOICES];

  for (guint i = 0; i < N_CHOICES; i++)
    chosen[i] = get_choice (self->choices[i], G_MAXUINT);
  g_free (mapping->name);
  mapping->name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name))));
  mapping->header = self->preview != NULL ? g_strdupv (self->preview->header) : NULL;
  mapping->date = chosen[DATE];
  mapping->amount = chosen[AMOUNT];
  mapping->credit = chosen[CREDIT];
  mapping->debit = chosen[DEBIT];
  mapping->sign = chosen[SIGN];
  mapping->reference = chosen[REFERENCE];
  take_texts (self, mapping);
  mapping->currency = chosen[CURRENCY];
  mapping->default_currency = *currency != '\0' ? g_steal_pointer (&currency) : NULL;
  mapping->encoding = (CfoilBankEncoding) get_choice (self->encoding, CFOIL_N_BANK_ENCODINGS);
  mapping->dates = (CfoilBankDates) get_choice (self->dates, CFOIL_N_BANK_DATES);
  mapping->separator = separators[get_choice (self->separator, G_N_ELEMENTS (separators))];
  mapping->decimal_mark = marks[get_choice (self->mark, G_N_ELEMENTS (marks))];
  return mapping;
}

/* --- the widget --- */

static void
cfoil_bank_columns_finalize (GObject *object)
{
  g_clear_pointer (&CFOIL_BANK_COLUMNS (object)->preview, cfoil_bank_preview_free);
  G_OBJECT_CLASS (cfoil_bank_columns_parent_class)->finalize (object);
}

static void
cfoil_bank_columns_class_init (CfoilBankColumnsClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = cfoil_bank_columns_finalize;
  signals[CHANGED] = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[REREAD] = g_signal_new ("reread", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
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

static AdwComboRow *
add_combo (CfoilBankColumns    *self,
           AdwPreferencesGroup *group,
           const char          *title,
           GCallback            callback)
{
  AdwComboRow *row = ADW_COMBO_ROW (adw_combo_row_new ());

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_preferences_group_add (group, GTK_WIDGET (row));
  g_signal_connect_object (row, "notify::selected", callback, self, G_CONNECT_SWAPPED);
  return row;
}

static AdwEntryRow *
add_entry (CfoilBankColumns    *self,
           AdwPreferencesGroup *group,
           const char          *title)
{
  AdwEntryRow *row = g_object_new (ADW_TYPE_ENTRY_ROW, "title", title, "activates-default", TRUE,
                                   "input-hints", GTK_INPUT_HINT_NO_SPELLCHECK | GTK_INPUT_HINT_NO_EMOJI, NULL);

  /* What has the focus is inside of the row, without a name of its own. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_editable_get_delegate (GTK_EDITABLE (row))),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  adw_preferences_group_add (group, GTK_WIDGET (row));
  g_signal_connect_object (row, "changed", G_CALLBACK (update_samples), self, G_CONNECT_SWAPPED);
  return row;
}

static void
add_file_group (CfoilBankColumns *self,
                GtkBox           *box)
{
  AdwPreferencesGroup *group = add_group (box, _("File"), _("Change this if letters or columns look wrong below."));
  g_autoptr (GtkStringList) encodings = gtk_string_list_new (NULL);

  gtk_string_list_append (encodings, _("As Found"));
  for (guint i = 1; i < CFOIL_N_BANK_ENCODINGS; i++)
    gtk_string_list_append (encodings, cfoil_bank_encoding_to_string ((CfoilBankEncoding) i));
  self->encoding = add_combo (self, group, _("Encoding"), G_CALLBACK (reread));
  adw_combo_row_set_model (self->encoding, G_LIST_MODEL (encodings));
  self->separator = add_combo (self, group, _("Separator"), G_CALLBACK (reread));
  set_strings (self->separator, separator_titles, G_N_ELEMENTS (separator_titles));
}

static void
add_column_groups (CfoilBankColumns *self,
                   GtkBox           *box)
{
  AdwPreferencesGroup *group = add_group (box, _("Columns"), _("An amount is in one column, or in two: money in and money out."));

  for (guint i = 0; i < N_CHOICES; i++)
    self->choices[i] = add_combo (self, group, gettext (choice_titles[i]), G_CALLBACK (update_samples));
  self->currency = add_entry (self, group, _("Currency Where No Column Says It, such as EUR"));
  group = add_group (box, _("Dates and Amounts"), NULL);
  self->dates = add_combo (self, group, _("Order of Dates"), G_CALLBACK (update_samples));
  set_strings (self->dates, dates_titles, G_N_ELEMENTS (dates_titles));
  self->mark = add_combo (self, group, _("Decimal Mark"), G_CALLBACK (update_samples));
  set_strings (self->mark, mark_titles, G_N_ELEMENTS (mark_titles));
}

static void
cfoil_bank_columns_init (CfoilBankColumns *self)
{
  GtkBox *box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 18));
  GtkWidget *whole = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *clamp = g_object_new (ADW_TYPE_CLAMP, "child", box, "margin-top", 18, "margin-bottom", 24, "margin-start", 12,
                                   "margin-end", 12, NULL);
  GtkWidget *scroller = g_object_new (GTK_TYPE_SCROLLED_WINDOW, "hscrollbar-policy", GTK_POLICY_NEVER, "vexpand", TRUE, "child", clamp, NULL);
  AdwPreferencesGroup *group;

  self->is_filling = TRUE;
  /* All of it: names of columns can be many, and what to do comes after them. */
  self->why = g_object_new (GTK_TYPE_LABEL, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, "xalign", 0.0f, NULL);
  gtk_box_append (box, GTK_WIDGET (self->why));
  group = add_group (box, NULL, _("Files with these columns are recognised from now on."));
  /* Translators: the name of a bank account, by which the columns of its files are kept. */
  self->name = add_entry (self, group, _("Name of the Bank Account"));
  add_file_group (self, box);
  add_column_groups (self, box);
  self->rows = g_object_new (CFOIL_TYPE_BANK_ROWS, NULL);
  gtk_box_append (GTK_BOX (whole), scroller);
  gtk_box_append (GTK_BOX (whole), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (whole), GTK_WIDGET (self->rows));
  adw_bin_set_child (ADW_BIN (self), whole);
  self->is_filling = FALSE;
}
