/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-answer-evidence-step.h"

#include "cfoil-answer-step-page.h"
#include "cfoil-compat.h"
#include "cfoil-exhibit-checklist.h"
#include "cfoil-exhibit-row.h"
#include "cfoil-exhibit-thumbs.h"
#include "cfoil-library-picker.h"

#include <glib/gi18n.h>

/* Around what was moved, when it is scrolled to. */
#define MARGIN 24

struct _CfoilAnswerEvidenceStep
{
  CfoilAnswerStep parent_instance;

  GtkBox *content;
  CfoilExhibitChecklist *checklist;
  CfoilLibraryPicker *picker;
  GtkWidget *add_button;
  GtkLabel *heading;
  GtkWidget *empty;
  GtkBox *exhibits;

  CfoilExhibitThumbs *thumbs; /* (owned) (nullable) */
  GHashTable *rows;           /* (owned): id to CfoilExhibitRow, in the box */
  guint scroll_id;
};

/* Files being chosen for an exhibit. */
typedef struct
{
  CfoilAnswerEvidenceStep *step; /* (owned) */
  CfoilEvidenceType type;
  char *exhibit_id;              /* (owned): "" for one of its own */
} Choice;

static void files_chosen_cb (GObject      *source,
                             GAsyncResult *result,
                             gpointer      user_data);

G_DEFINE_FINAL_TYPE (CfoilAnswerEvidenceStep, cfoil_answer_evidence_step, CFOIL_TYPE_ANSWER_STEP)

static CfoilDraftSession *
session_of (CfoilAnswerEvidenceStep *self)
{
  return cfoil_answer_step_get_session (CFOIL_ANSWER_STEP (self));
}

/* --- adding --- */

static void
add_files_cb (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  static const char *const patterns[] = {
    "*.pdf", "*.jpg", "*.jpeg", "*.png", "*.csv", "*.xls", "*.xlsx", "*.doc", "*.docx", "*.ods", NULL,
  };
  CfoilAnswerEvidenceStep *self = CFOIL_ANSWER_EVIDENCE_STEP (widget);
  Choice *choice = g_new0 (Choice, 1);
  int type;

  choice->step = g_object_ref (self);
  g_variant_get (parameter, "(is)", &type, &choice->exhibit_id);
  choice->type = (CfoilEvidenceType) type;
  cfoil_compat_open_files_async (GTK_WINDOW (gtk_widget_get_root (widget)), _("Add Files"), TRUE, patterns,
                                 _("Documents and Pictures"), files_chosen_cb, choice);
}

static void
choice_free (Choice *choice)
{
  g_object_unref (choice->step);
  g_free (choice->exhibit_id);
  g_free (choice);
}

static void
files_chosen_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  Choice *choice = user_data;
  CfoilDraftSession *session = session_of (choice->step);
  g_auto (GStrv) paths = cfoil_compat_open_files_finish (result, NULL);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; paths != NULL && paths[i] != NULL; i++)
    g_ptr_array_add (files, g_file_new_for_path (paths[i]));
  if (session != NULL && files->len > 0)
    cfoil_draft_session_add_files (session, (GFile **) files->pdata, files->len, choice->type,
                                   *choice->exhibit_id != '\0' ? choice->exhibit_id : NULL);
  choice_free (choice);
}

static void
picked_cb (CfoilAnswerEvidenceStep *self,
           gpointer                 item)
{
  if (session_of (self) != NULL)
    cfoil_draft_session_add_library_item (session_of (self), item);
}

/* --- scrolling --- */

static gboolean
scroll_cb (gpointer user_data)
{
  CfoilAnswerEvidenceStep *self = user_data;
  GtkWidget *child = gtk_widget_get_focus_child (GTK_WIDGET (self->exhibits));
  GtkWidget *scrolled = gtk_widget_get_ancestor (GTK_WIDGET (self->exhibits), GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *adjustment;
  graphene_rect_t bounds;

  self->scroll_id = 0;
  if (child == NULL || scrolled == NULL || !gtk_widget_compute_bounds (child, scrolled, &bounds))
    return G_SOURCE_REMOVE;
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));
  if (bounds.origin.y < 0)
    gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + (double) bounds.origin.y - MARGIN);
  else if (bounds.origin.y + bounds.size.height > (float) gtk_widget_get_height (scrolled))
    gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + (double) (bounds.origin.y + bounds.size.height) -
                                              gtk_widget_get_height (scrolled) + MARGIN);
  return G_SOURCE_REMOVE;
}

/* What is moved by keys stays in sight: after it has its place. */
static void
scroll_to_focus_soon (CfoilAnswerEvidenceStep *self)
{
  if (self->scroll_id == 0)
    self->scroll_id = g_timeout_add_full (G_PRIORITY_DEFAULT_IDLE, 50, scroll_cb, self, NULL);
}

/* --- exhibits --- */

/* Where the focus goes when ROW does: to what takes its place. */
static void
leave_row (CfoilAnswerEvidenceStep *self,
           GtkWidget               *row)
{
  GtkWidget *other = gtk_widget_get_next_sibling (row);

  if (gtk_widget_get_focus_child (GTK_WIDGET (self->exhibits)) != row)
    return;
  if (other == NULL)
    other = gtk_widget_get_prev_sibling (row);
  if (other == NULL || !gtk_widget_child_focus (other, GTK_DIR_TAB_FORWARD))
    gtk_widget_grab_focus (self->add_button);
}

static void
remove_missing_rows (CfoilAnswerEvidenceStep *self,
                     const CfoilDraft        *draft)
{
  GHashTableIter iter;
  gpointer id, row;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &id, &row))
    if (cfoil_draft_find_exhibit (draft, id) == NULL)
      {
        leave_row (self, row);
        gtk_box_remove (self->exhibits, row);
        g_hash_table_iter_remove (&iter);
      }
}

static CfoilExhibitRow *
ensure_row (CfoilAnswerEvidenceStep *self,
            const CfoilExhibit      *exhibit)
{
  CfoilExhibitRow *row = g_hash_table_lookup (self->rows, exhibit->id);

  if (row != NULL)
    return row;
  row = cfoil_exhibit_row_new (session_of (self), self->thumbs, exhibit->id);
  gtk_box_append (self->exhibits, GTK_WIDGET (row));
  g_hash_table_insert (self->rows, g_strdup (exhibit->id), row);
  return row;
}

static void
show_exhibits (CfoilAnswerEvidenceStep *self)
{
  const CfoilDraft *draft = cfoil_draft_session_get_draft (session_of (self));
  GtkWidget *before = NULL;
  g_autofree char *heading = NULL;
  gboolean has_moved = FALSE;

  remove_missing_rows (self, draft);
  for (guint i = 0; i < draft->exhibits->len; i++)
    {
      CfoilExhibitRow *row = ensure_row (self, draft->exhibits->pdata[i]);

      if (gtk_widget_get_prev_sibling (GTK_WIDGET (row)) != before)
        {
          gtk_box_reorder_child_after (self->exhibits, GTK_WIDGET (row), before);
          has_moved = TRUE;
        }
      cfoil_exhibit_row_update (row, draft->exhibits->pdata[i], i, draft->exhibits->len);
      before = GTK_WIDGET (row);
    }
  if (has_moved)
    scroll_to_focus_soon (self);
  heading = draft->exhibits->len > 0 ? g_strdup_printf (ngettext ("%u Exhibit", "%u Exhibits", draft->exhibits->len), draft->exhibits->len)
                                     : g_strdup (_("Exhibits"));
  gtk_label_set_text (self->heading, heading);
  gtk_widget_set_visible (self->empty, draft->exhibits->len == 0);
}

static void
show_files (CfoilAnswerEvidenceStep *self,
            const char              *sha256)
{
  const CfoilDraft *draft = cfoil_draft_session_get_draft (session_of (self));

  for (guint i = 0; draft != NULL && i < draft->exhibits->len; i++)
    {
      const CfoilExhibit *exhibit = draft->exhibits->pdata[i];
      CfoilExhibitRow *row = g_hash_table_lookup (self->rows, exhibit->id);

      if (row != NULL)
        cfoil_exhibit_row_update_files (row, exhibit, sha256);
    }
}

static void
picture_cb (CfoilAnswerEvidenceStep *self,
            const char              *sha256)
{
  if (session_of (self) != NULL)
    show_files (self, sha256);
}

/* --- the step --- */

static GtkWidget *
make_buttons (CfoilAnswerEvidenceStep *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->add_button = gtk_button_new_with_mnemonic (_("_Add Files…"));
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->add_button), "(is)", (int) CFOIL_EVIDENCE_OTHER, "");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->add_button), "evidence.add-files");
  gtk_widget_add_css_class (self->add_button, "suggested-action");
  self->picker = cfoil_library_picker_new (_("From _Library"), FALSE);
  g_signal_connect_object (self->picker, "picked", G_CALLBACK (picked_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), self->add_button);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->picker));
  return box;
}

static GtkWidget *
make_exhibits (CfoilAnswerEvidenceStep *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->heading = GTK_LABEL (cfoil_answer_label_new (_("Exhibits"), "heading"));
  self->empty = cfoil_answer_label_new (_("None as yet. Drop files anywhere in this window, or paste a picture with Ctrl+V: what shows "
                                          "that the goods were sent and arrived, what was said, what was agreed."),
                                        "dim-label");
  self->exhibits = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 12));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->heading));
  gtk_box_append (GTK_BOX (box), self->empty);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->exhibits));
  return box;
}

static void
cfoil_answer_evidence_step_set_up (CfoilAnswerStep *step)
{
  CfoilAnswerEvidenceStep *self = CFOIL_ANSWER_EVIDENCE_STEP (step);

  cfoil_library_picker_set_workspace (self->picker, cfoil_answer_step_get_workspace (step));
  cfoil_exhibit_checklist_update (self->checklist, session_of (self));
  show_exhibits (self);
  gtk_widget_set_sensitive (GTK_WIDGET (self->content), !cfoil_draft_session_get_is_sealed (session_of (self)));
}

static void
cfoil_answer_evidence_step_changed (CfoilAnswerStep  *step,
                                    CfoilSessionParts parts)
{
  CfoilAnswerEvidenceStep *self = CFOIL_ANSWER_EVIDENCE_STEP (step);

  if (parts & (CFOIL_SESSION_DRAFT | CFOIL_SESSION_DOSSIER))
    {
      cfoil_exhibit_checklist_update (self->checklist, session_of (self));
      show_exhibits (self);
      gtk_widget_set_sensitive (GTK_WIDGET (self->content), !cfoil_draft_session_get_is_sealed (session_of (self)));
    }
  if (parts & CFOIL_SESSION_FILES)
    show_files (self, NULL);
}

static void
cfoil_answer_evidence_step_show_subject (CfoilAnswerStep *step,
                                         const char      *subject)
{
  CfoilAnswerEvidenceStep *self = CFOIL_ANSWER_EVIDENCE_STEP (step);
  GtkWidget *row = subject != NULL ? g_hash_table_lookup (self->rows, subject) : NULL;

  cfoil_answer_focus_soon (row != NULL ? row : self->add_button);
}

static void
cfoil_answer_evidence_step_dispose (GObject *object)
{
  CfoilAnswerEvidenceStep *self = CFOIL_ANSWER_EVIDENCE_STEP (object);

  g_clear_handle_id (&self->scroll_id, g_source_remove);
  if (self->thumbs != NULL)
    cfoil_exhibit_thumbs_close (self->thumbs);
  g_clear_object (&self->thumbs);

  G_OBJECT_CLASS (cfoil_answer_evidence_step_parent_class)->dispose (object);
}

static void
cfoil_answer_evidence_step_finalize (GObject *object)
{
  g_hash_table_unref (CFOIL_ANSWER_EVIDENCE_STEP (object)->rows);

  G_OBJECT_CLASS (cfoil_answer_evidence_step_parent_class)->finalize (object);
}

static void
cfoil_answer_evidence_step_class_init (CfoilAnswerEvidenceStepClass *klass)
{
  CfoilAnswerStepClass *step_class = CFOIL_ANSWER_STEP_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cfoil_answer_evidence_step_dispose;
  G_OBJECT_CLASS (klass)->finalize = cfoil_answer_evidence_step_finalize;
  step_class->set_up = cfoil_answer_evidence_step_set_up;
  step_class->changed = cfoil_answer_evidence_step_changed;
  step_class->show_subject = cfoil_answer_evidence_step_show_subject;
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "evidence.add-files", "(is)", add_files_cb);
}

static void
cfoil_answer_evidence_step_init (CfoilAnswerEvidenceStep *self)
{
  self->rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->thumbs = cfoil_exhibit_thumbs_new ();
  g_signal_connect_object (self->thumbs, "ready", G_CALLBACK (picture_cb), self, G_CONNECT_SWAPPED);
  self->content = cfoil_answer_step_make_page (
      CFOIL_ANSWER_STEP (self), _("Evidence"),
      _("What proves your answer. Each exhibit gets a letter, which the letter to the bank refers to; say in a few words what it proves."));
  self->checklist = cfoil_exhibit_checklist_new ();
  gtk_box_append (self->content, make_buttons (self));
  gtk_box_append (self->content, GTK_WIDGET (self->checklist));
  gtk_box_append (self->content, make_exhibits (self));
}

CfoilAnswerStep *
cfoil_answer_evidence_step_new (void)
{
  return g_object_new (CFOIL_TYPE_ANSWER_EVIDENCE_STEP, "step-name", "evidence", "title", _("Evidence"),
                       "icon-name", "mail-attachment-symbolic", NULL);
}
