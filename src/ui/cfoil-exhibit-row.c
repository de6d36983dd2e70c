/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-exhibit-row.h"

#include "cfoil-answer-preview.h"
#include "cfoil-exhibit-drag.h"
#include "cfoil-exhibit-edit.h"
#include "cfoil-exhibit-file-row.h"
#include "cfoil-exhibit-type.h"
#include "cfoil-toast.h"

#include <glib/gi18n.h>

struct _CfoilExhibitRow
{
  AdwBin parent_instance;

  GtkLabel *letter;
  GtkEntry *caption;
  GtkBox *files;
  GtkWidget *no_files;
  GtkDropDown *type;
  GtkWidget *add;
  GtkWidget *up;
  GtkWidget *down;
  GtkWidget *remove;

  CfoilDraftSession *session; /* (owned) */
  CfoilExhibitThumbs *thumbs; /* (owned) */
  char *id;                   /* (owned) */
  GPtrArray *file_rows;       /* (owned) (element-type CfoilExhibitFileRow): in the box */
  char *shown_files;          /* (owned) (nullable): which files they show */
  guint position;
  gboolean is_updating;
};

G_DEFINE_FINAL_TYPE (CfoilExhibitRow, cfoil_exhibit_row, ADW_TYPE_BIN)

/* --- what is done here --- */

static void
caption_cb (CfoilExhibitRow *self)
{
  if (!self->is_updating)
    cfoil_exhibit_edit_set_caption (self->session, self->id, gtk_editable_get_text (GTK_EDITABLE (self->caption)));
}

static void
type_cb (CfoilExhibitRow *self)
{
  guint selected = gtk_drop_down_get_selected (self->type);

  if (!self->is_updating && selected != GTK_INVALID_LIST_POSITION)
    cfoil_exhibit_edit_set_type (self->session, self->id, cfoil_exhibit_type_at (selected));
}

static void
move_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  CfoilExhibitRow *self = CFOIL_EXHIBIT_ROW (widget);
  gboolean is_up = g_str_equal (action_name, "exhibit.move-up");

  if (self->position > 0 || !is_up)
    cfoil_exhibit_edit_move_to (self->session, self->id, is_up ? self->position - 1 : self->position + 1);
}

static void
remove_cb (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  CfoilExhibitRow *self = CFOIL_EXHIBIT_ROW (widget);
  GtkWidget *parent = gtk_widget_get_parent (widget);
  CfoilExhibitUndo *undo;
  g_autofree char *text = NULL;

  if (cfoil_draft_session_get_is_sealed (self->session))
    return;
  /* Translators: %s is the letter of an exhibit. */
  text = g_strdup_printf (_("Exhibit %s was removed"), gtk_label_get_text (self->letter));
  undo = cfoil_exhibit_undo_new (self->session, self->id);
  cfoil_exhibit_edit_remove (self->session, self->id);
  cfoil_exhibit_undo_arm (undo);
  cfoil_toast_show_undo (parent, text, cfoil_exhibit_undo_run, undo, cfoil_exhibit_undo_free);
}

static void
add_files_cb (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  CfoilExhibitRow *self = CFOIL_EXHIBIT_ROW (widget);

  gtk_widget_activate_action (widget, "evidence.add-files", "(is)",
                              (int) cfoil_exhibit_type_at (gtk_drop_down_get_selected (self->type)), self->id);
}

/* --- dragging --- */

static void
describe_drag (GtkWidget        *widget,
               CfoilExhibitDrag *drag)
{
  drag->exhibit_id = g_strdup (CFOIL_EXHIBIT_ROW (widget)->id);
}

static void
dropped_cb (GtkWidget              *widget,
            const CfoilExhibitDrag *drag,
            GFile                 **files,
            guint                   n_files)
{
  CfoilExhibitRow *self = CFOIL_EXHIBIT_ROW (widget);
  CfoilEvidenceType type = cfoil_exhibit_type_at (gtk_drop_down_get_selected (self->type));

  if (drag == NULL)
    cfoil_draft_session_add_files (self->session, files, n_files, type, self->id);
  else if (drag->file >= 0)
    cfoil_exhibit_edit_move_file (self->session, drag->exhibit_id, (guint) drag->file, self->id);
  else
    cfoil_exhibit_edit_move_to (self->session, drag->exhibit_id, self->position);
}

/* --- showing --- */

static void
set_label (gpointer    widget,
           const char *format,
           const char *letter)
{
  g_autofree char *text = g_strdup_printf (format, letter);

  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static void
show_letter (CfoilExhibitRow *self,
             guint            position)
{
  g_autofree char *letter = cfoil_exhibit_letter (position);

  if (g_strcmp0 (gtk_label_get_text (self->letter), letter) == 0)
    return;
  gtk_label_set_text (self->letter, letter);
  /* Translators: in all of these, %s is the letter of an exhibit. */
  set_label (self, _("Exhibit %s"), letter);
  set_label (self->caption, _("What Exhibit %s proves"), letter);
  set_label (self->type, _("Type of Exhibit %s"), letter);
  set_label (self->add, _("Add files to Exhibit %s"), letter);
  set_label (self->up, _("Move Exhibit %s up"), letter);
  set_label (self->down, _("Move Exhibit %s down"), letter);
  set_label (self->remove, _("Remove Exhibit %s"), letter);
}

static void
show_files (CfoilExhibitRow    *self,
            const CfoilExhibit *exhibit)
{
  while (self->file_rows->len > exhibit->files->len)
    gtk_box_remove (self->files, g_ptr_array_steal_index (self->file_rows, self->file_rows->len - 1));
  while (self->file_rows->len < exhibit->files->len)
    {
      CfoilExhibitFileRow *row = cfoil_exhibit_file_row_new (self->session, self->thumbs);

      gtk_box_append (self->files, GTK_WIDGET (row));
      g_ptr_array_add (self->file_rows, row);
    }
  for (guint i = 0; i < exhibit->files->len; i++)
    cfoil_exhibit_file_row_update (self->file_rows->pdata[i], exhibit, i);
  gtk_widget_set_visible (self->no_files, exhibit->files->len == 0);
  gtk_widget_set_visible (GTK_WIDGET (self->files), exhibit->files->len > 0);
}

/* A keystroke in a caption asks for nothing of files. */
static void
show_other_files (CfoilExhibitRow    *self,
                  const CfoilExhibit *exhibit)
{
  GString *shown = g_string_new (exhibit->id);

  for (guint i = 0; i < exhibit->files->len; i++)
    g_string_append_printf (shown, " %s", ((CfoilExhibitFile *) exhibit->files->pdata[i])->sha256);
  if (g_strcmp0 (shown->str, self->shown_files) != 0)
    {
      show_files (self, exhibit);
      g_free (self->shown_files);
      self->shown_files = g_strdup (shown->str);
    }
  g_string_free (shown, TRUE);
}

/* --- GObject --- */

static void
cfoil_exhibit_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), CFOIL_TYPE_EXHIBIT_ROW);

  G_OBJECT_CLASS (cfoil_exhibit_row_parent_class)->dispose (object);
}

static void
cfoil_exhibit_row_finalize (GObject *object)
{
  CfoilExhibitRow *self = CFOIL_EXHIBIT_ROW (object);

  g_clear_object (&self->session);
  g_clear_object (&self->thumbs);
  g_free (self->id);
  g_free (self->shown_files);
  g_ptr_array_unref (self->file_rows);

  G_OBJECT_CLASS (cfoil_exhibit_row_parent_class)->finalize (object);
}

static void
cfoil_exhibit_row_class_init (CfoilExhibitRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = cfoil_exhibit_row_dispose;
  object_class->finalize = cfoil_exhibit_row_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/counterfoil/Counterfoil/ui/cfoil-exhibit-row.ui");
  gtk_widget_class_bind_template_child (widget_class, CfoilExhibitRow, letter);
  gtk_widget_class_bind_template_child (widget_class, CfoilExhibitRow, caption);
  gtk_widget_class_bind_template_child (widget_class, CfoilExhibitRow, files);
  gtk_widget_class_bind_template_child (widget_class, CfoilExhibitRow, no_files);
  gtk_widget_class_bind_template_child (widget_class, CfoilExhibitRow, type);
  gtk_widget_class_bind_template_child (widget_class, CfoilExhibitRow, add);
  gtk_widget_class_bind_template_child (widget_class, CfoilExhibitRow, up);
  gtk_widget_class_bind_template_child (widget_class, CfoilExhibitRow, down);
  gtk_widget_class_bind_template_child (widget_class, CfoilExhibitRow, remove);
  gtk_widget_class_bind_template_callback (widget_class, caption_cb);
  gtk_widget_class_bind_template_callback (widget_class, type_cb);
  gtk_widget_class_install_action (widget_class, "exhibit.move-up", NULL, move_cb);
  gtk_widget_class_install_action (widget_class, "exhibit.move-down", NULL, move_cb);
  gtk_widget_class_install_action (widget_class, "exhibit.remove", NULL, remove_cb);
  gtk_widget_class_install_action (widget_class, "exhibit.add-files", NULL, add_files_cb);
}

/* Before the entry sees them. */
static void
add_shortcuts (CfoilExhibitRow *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                        gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("<Alt>Up|<Alt>KP_Up"),
                                                          gtk_named_action_new ("exhibit.move-up")));
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                        gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("<Alt>Down|<Alt>KP_Down"),
                                                          gtk_named_action_new ("exhibit.move-down")));
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

static void
cfoil_exhibit_row_init (CfoilExhibitRow *self)
{
  self->file_rows = g_ptr_array_new ();
  self->is_updating = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  cfoil_exhibit_type_set_up (self->type);
  self->is_updating = FALSE;
  cfoil_exhibit_drag_add_source (GTK_WIDGET (self->letter), GTK_WIDGET (self), describe_drag);
  cfoil_exhibit_drag_add_target (GTK_WIDGET (self), TRUE, dropped_cb);
  add_shortcuts (self);
}

/* --- public --- */

CfoilExhibitRow *
cfoil_exhibit_row_new (CfoilDraftSession  *session,
                       CfoilExhibitThumbs *thumbs,
                       const char         *exhibit_id)
{
  CfoilExhibitRow *self = g_object_new (CFOIL_TYPE_EXHIBIT_ROW, NULL);

  self->session = g_object_ref (session);
  self->thumbs = g_object_ref (thumbs);
  self->id = g_strdup (exhibit_id);
  cfoil_answer_preview_mark (GTK_WIDGET (self), exhibit_id);
  return self;
}

void
cfoil_exhibit_row_update (CfoilExhibitRow    *self,
                          const CfoilExhibit *exhibit,
                          guint               position,
                          guint               n_exhibits)
{
  guint type = cfoil_exhibit_type_position (exhibit->type);

  g_return_if_fail (CFOIL_IS_EXHIBIT_ROW (self));

  self->is_updating = TRUE;
  self->position = position;
  show_letter (self, position);
  if (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (self->caption)), exhibit->caption) != 0)
    gtk_editable_set_text (GTK_EDITABLE (self->caption), exhibit->caption);
  if (gtk_drop_down_get_selected (self->type) != type)
    gtk_drop_down_set_selected (self->type, type);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "exhibit.move-up", position > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "exhibit.move-down", position + 1 < n_exhibits);
  show_other_files (self, exhibit);
  self->is_updating = FALSE;
}

void
cfoil_exhibit_row_update_files (CfoilExhibitRow    *self,
                                const CfoilExhibit *exhibit,
                                const char         *sha256)
{
  g_return_if_fail (CFOIL_IS_EXHIBIT_ROW (self));

  if (sha256 == NULL)
    show_files (self, exhibit);
  for (guint i = 0; sha256 != NULL && i < self->file_rows->len; i++)
    cfoil_exhibit_file_row_update_picture (self->file_rows->pdata[i], sha256);
}
