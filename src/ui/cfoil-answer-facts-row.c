/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-answer-facts-row.h"

#include "cfoil-answer-facts-calendar.h"
#include "cfoil-answer-preview.h"
#include "cfoil-answer-step-page.h"
#include "cfoil-shown-text.h"

#include <glib/gi18n.h>

/* As cfoil_fact_clean () takes. */
#define MAX_CHARACTERS 4000
#define TEXT_HEIGHT 72

struct _CfoilAnswerFactsRow
{
  AdwPreferencesRow parent_instance;

  GtkWidget *entry;       /* (nullable): of one line */
  GtkTextBuffer *buffer;  /* (nullable): of several */
  GtkWidget *field;       /* either, for the focus */
  GtkWidget *tools;
  GtkWidget *take_back;
  GtkLabel *source;
  GtkLabel *mistake;

  CfoilDraftSession *session; /* (unowned) */
  CfoilFactKey key;
  char *taken;                /* (owned): the value that the draft holds for what stands in the field */
  gboolean is_showing;        /* what the session says, so nothing goes back to it */
};

G_DEFINE_FINAL_TYPE (CfoilAnswerFactsRow, cfoil_answer_facts_row, ADW_TYPE_PREFERENCES_ROW)

static const char *const placeholders[] = {
  /* Translators: how a date is written: year, month, day. */
  [CFOIL_FACT_KIND_DATE] = N_("YYYY-MM-DD"),
  /* Translators: how a date and time is written: year, month, day, hour, minute. */
  [CFOIL_FACT_KIND_TIME] = N_("YYYY-MM-DD hh:mm, in UTC"),
  /* Translators: how an amount is written: the currency's code and the decimal. */
  [CFOIL_FACT_KIND_MONEY] = N_("USD 0.00"),
};

static char *
dup_text (CfoilAnswerFactsRow *self)
{
  GtkTextIter start, end;

  if (self->entry != NULL)
    return g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  return gtk_text_buffer_get_text (self->buffer, &start, &end, FALSE);
}

static void
set_text (CfoilAnswerFactsRow *self,
          const char          *text)
{
  self->is_showing = TRUE;
  if (self->entry != NULL)
    {
      gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
      gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
    }
  else
    gtk_text_buffer_set_text (self->buffer, text, -1);
  self->is_showing = FALSE;
}

static const CfoilFact *
get_mirror_fact (CfoilAnswerFactsRow *self)
{
  CfoilDossier *dossier = cfoil_draft_session_get_dossier (self->session);

  for (guint i = 0; dossier != NULL && i < dossier->facts->len; i++)
    {
      const CfoilFact *fact = dossier->facts->pdata[i];

      if (fact->key == self->key)
        return fact;
    }
  return NULL;
}

/* --- what is said about the value --- */

static char *
dup_source (const CfoilFact *fact)
{
  g_autofree char *detail = NULL;

  if (fact == NULL)
    return g_strdup ("");
  detail = cfoil_shown_text (fact->detail);
  switch (fact->source)
    {
    case CFOIL_FACT_SOURCE_MIRROR:
      if (detail == NULL)
        return g_strdup (_("From your records"));
      /* Translators: %s is where it was found, such as "settlement report". */
      return g_strdup_printf (_("From your records: %s"), detail);
    case CFOIL_FACT_SOURCE_LIBRARY:
      if (detail == NULL)
        return g_strdup (_("From the library"));
      /* Translators: %s is the name of an item of the library. */
      return g_strdup_printf (_("From the library: %s"), detail);
    case CFOIL_FACT_SOURCE_TYPED:
    default:
      if (detail == NULL)
        return g_strdup (_("Typed"));
      /* Translators: %s is a person's name. */
      return g_strdup_printf (_("Typed by %s"), detail);
    }
}

/* How the letter writes it, where that is not what was typed. */
static void
show_source (CfoilAnswerFactsRow *self,
             const CfoilFact     *fact)
{
  g_autofree char *source = dup_source (fact);
  CfoilFactKind kind = cfoil_fact_get_info (self->key)->kind;
  g_autofree char *text = NULL;

  if (fact != NULL && (kind == CFOIL_FACT_KIND_DATE || kind == CFOIL_FACT_KIND_TIME || kind == CFOIL_FACT_KIND_MONEY))
    {
      g_autofree char *letter = cfoil_fact_to_letter (self->key, fact->value);

      text = g_strdup_printf ("%s · %s", letter, source);
    }
  else if (fact != NULL)
    text = g_steal_pointer (&source);
  else if (cfoil_fact_get_info (self->key)->hint != NULL)
    text = g_strdup (_(cfoil_fact_get_info (self->key)->hint));
  gtk_label_set_text (self->source, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->source), text != NULL && *text != '\0');
}

static void
show_mistake (CfoilAnswerFactsRow *self,
              const GError        *error)
{
  gtk_label_set_text (self->mistake, error != NULL ? error->message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->mistake), error != NULL);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->field), GTK_ACCESSIBLE_STATE_INVALID,
                               error != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
  if (error != NULL)
    gtk_widget_add_css_class (self->field, "error");
  else
    gtk_widget_remove_css_class (self->field, "error");
}

/* --- typing --- */

/* What is no date as yet must not leave an older date in the letter; words that are too
 * many leave those that were taken before. */
static gboolean
is_exact (CfoilFactKind kind)
{
  return kind == CFOIL_FACT_KIND_DATE || kind == CFOIL_FACT_KIND_TIME || kind == CFOIL_FACT_KIND_MONEY;
}

static void
typed_cb (CfoilAnswerFactsRow *self)
{
  g_autofree char *text = NULL;
  g_autofree char *clean = NULL;
  g_autoptr (GError) error = NULL;

  if (self->is_showing)
    return;
  text = dup_text (self);
  clean = cfoil_fact_clean (self->key, text, &error);
  show_mistake (self, error);
  if (clean == NULL && is_exact (cfoil_fact_get_info (self->key)->kind))
    clean = g_strdup ("");
  if (clean == NULL || g_strcmp0 (clean, self->taken) == 0)
    return;
  g_free (self->taken);
  self->taken = g_strdup (clean);
  cfoil_draft_session_set_fact (self->session, self->key, clean, NULL);
}

static void
take_back_cb (CfoilAnswerFactsRow *self)
{
  const CfoilFact *fact = get_mirror_fact (self);
  CfoilDraft *draft;

  if (fact == NULL)
    return;
  draft = cfoil_draft_copy (cfoil_draft_session_get_draft (self->session));
  cfoil_draft_set_fact (draft, self->key, fact->value, fact->source, fact->detail);
  cfoil_draft_session_set_draft (self->session, draft, NULL);
  gtk_widget_grab_focus (self->field);
}

/* --- from the session --- */

static void
show_value (CfoilAnswerFactsRow *self,
            const CfoilFact     *fact)
{
  const char *value = fact != NULL ? fact->value : "";

  /* What is being typed stays as it is, blanks at its end and all. */
  if (g_strcmp0 (value, self->taken) == 0)
    return;
  g_free (self->taken);
  self->taken = g_strdup (value);
  set_text (self, value);
  show_mistake (self, NULL);
}

void
cfoil_answer_facts_row_update (CfoilAnswerFactsRow *self)
{
  const CfoilFact *fact, *said;
  gboolean is_sealed;

  g_return_if_fail (CFOIL_IS_ANSWER_FACTS_ROW (self));

  fact = cfoil_draft_get_fact (cfoil_draft_session_get_draft (self->session), self->key);
  said = get_mirror_fact (self);
  is_sealed = cfoil_draft_session_get_is_sealed (self->session);
  show_value (self, fact);
  show_source (self, fact);
  gtk_widget_set_visible (self->take_back, said != NULL && !is_sealed &&
                          (fact == NULL || fact->source == CFOIL_FACT_SOURCE_TYPED || !g_str_equal (fact->value, said->value)));
  gtk_widget_set_visible (self->tools, !is_sealed && (gtk_widget_get_visible (self->take_back) ||
                                                      gtk_widget_get_next_sibling (self->take_back) != NULL));
  if (self->entry != NULL)
    gtk_editable_set_editable (GTK_EDITABLE (self->entry), !is_sealed);
  else
    gtk_text_view_set_editable (GTK_TEXT_VIEW (self->field), !is_sealed);
}

/* --- making --- */

static void
make_line (CfoilAnswerFactsRow *self,
           GtkBox              *line)
{
  const CfoilFactInfo *info = cfoil_fact_get_info (self->key);

  self->entry = gtk_entry_new ();
  self->field = self->entry;
  /* Undo is the session's, over all of the draft. */
  gtk_editable_set_enable_undo (GTK_EDITABLE (self->entry), FALSE);
  gtk_entry_set_max_length (GTK_ENTRY (self->entry), MAX_CHARACTERS);
  if (info->kind < G_N_ELEMENTS (placeholders) && placeholders[info->kind] != NULL)
    gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), _(placeholders[info->kind]));
  gtk_widget_set_hexpand (self->entry, TRUE);
  gtk_box_append (line, self->entry);
  if (info->kind == CFOIL_FACT_KIND_DATE || info->kind == CFOIL_FACT_KIND_TIME)
    gtk_box_append (GTK_BOX (self->tools),
                    cfoil_answer_facts_calendar_new (GTK_EDITABLE (self->entry), info->kind == CFOIL_FACT_KIND_TIME));
  g_signal_connect_object (self->entry, "changed", G_CALLBACK (typed_cb), self, G_CONNECT_SWAPPED);
}

static void
make_text (CfoilAnswerFactsRow *self,
           GtkBox              *line)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->field = gtk_text_view_new ();
  self->buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->field));
  gtk_text_buffer_set_enable_undo (self->buffer, FALSE);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (self->field), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (self->field), FALSE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), self->field);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scrolled), TEXT_HEIGHT);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), 3 * TEXT_HEIGHT);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_widget_set_hexpand (scrolled, TRUE);
  gtk_widget_add_css_class (scrolled, "answer-text");
  gtk_box_append (line, scrolled);
  g_signal_connect_object (self->buffer, "changed", G_CALLBACK (typed_cb), self, G_CONNECT_SWAPPED);
}

static void
make_tools (CfoilAnswerFactsRow *self)
{
  self->tools = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_set_valign (self->tools, GTK_ALIGN_START);
  self->take_back = gtk_button_new_from_icon_name ("edit-clear-all-symbolic");
  gtk_widget_set_tooltip_text (self->take_back, _("Take the Value of Your Records Again"));
  g_signal_connect_object (self->take_back, "clicked", G_CALLBACK (take_back_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->tools), self->take_back);
}

static void
make (CfoilAnswerFactsRow *self)
{
  const CfoilFactInfo *info = cfoil_fact_get_info (self->key);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *title = cfoil_answer_label_new (_(info->title), NULL);

  make_tools (self);
  if (info->kind == CFOIL_FACT_KIND_TEXT)
    make_text (self, GTK_BOX (line));
  else
    make_line (self, GTK_BOX (line));
  gtk_box_append (GTK_BOX (line), self->tools);
  self->source = GTK_LABEL (cfoil_answer_label_new ("", "caption"));
  gtk_widget_add_css_class (GTK_WIDGET (self->source), "dim-label");
  self->mistake = GTK_LABEL (cfoil_answer_label_new ("", "caption"));
  gtk_widget_add_css_class (GTK_WIDGET (self->mistake), "error");
  gtk_widget_set_visible (GTK_WIDGET (self->mistake), FALSE);
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), line);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->mistake));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->source));
  gtk_widget_add_css_class (box, "answer-field");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  /* The field is what is used, not the row around it. */
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->field), GTK_ACCESSIBLE_PROPERTY_LABEL, _(info->title), -1);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->field), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY,
                                  self->mistake, self->source, NULL, -1);
  cfoil_answer_preview_mark (GTK_WIDGET (self), info->name);
}

static void
cfoil_answer_facts_row_finalize (GObject *object)
{
  g_free (CFOIL_ANSWER_FACTS_ROW (object)->taken);

  G_OBJECT_CLASS (cfoil_answer_facts_row_parent_class)->finalize (object);
}

static void
cfoil_answer_facts_row_class_init (CfoilAnswerFactsRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cfoil_answer_facts_row_finalize;
}

static void
cfoil_answer_facts_row_init (CfoilAnswerFactsRow *self)
{
  self->taken = g_strdup ("");
}

GtkWidget *
cfoil_answer_facts_row_new (CfoilDraftSession *session,
                            CfoilFactKey       key)
{
  CfoilAnswerFactsRow *self = g_object_new (CFOIL_TYPE_ANSWER_FACTS_ROW, NULL);

  self->session = session;
  self->key = key;
  make (self);
  cfoil_answer_facts_row_update (self);
  return GTK_WIDGET (self);
}

CfoilFactKey
cfoil_answer_facts_row_get_key (CfoilAnswerFactsRow *self)
{
  g_return_val_if_fail (CFOIL_IS_ANSWER_FACTS_ROW (self), CFOIL_N_FACTS);

  return self->key;
}

void
cfoil_answer_facts_row_focus (CfoilAnswerFactsRow *self)
{
  g_return_if_fail (CFOIL_IS_ANSWER_FACTS_ROW (self));

  cfoil_answer_focus_soon (self->field);
}
