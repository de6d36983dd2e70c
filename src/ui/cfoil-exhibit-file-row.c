/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-exhibit-file-row.h"

#include "cfoil-exhibit-drag.h"
#include "cfoil-exhibit-edit.h"
#include "cfoil-exhibit-words.h"
#include "cfoil-shown-text.h"
#include "cfoil-toast.h"

#include <glib/gi18n.h>

struct _CfoilExhibitFileRow
{
  AdwBin parent_instance;

  GtkStack *picture_stack;
  GtkImage *icon;
  GtkPicture *picture;
  GtkLabel *name;
  GtkLabel *about;
  GtkLabel *findings;
  GtkMenuButton *menu;

  CfoilDraftSession *session; /* (owned) */
  CfoilExhibitThumbs *thumbs; /* (owned) */
  char *exhibit_id;           /* (owned) (nullable) */
  char *sha256;               /* (owned) (nullable) */
  guint file;
  guint n_files;
};

G_DEFINE_FINAL_TYPE (CfoilExhibitFileRow, cfoil_exhibit_file_row, ADW_TYPE_BIN)

/* --- what can be done --- */

static void
move_to_cb (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  CfoilExhibitFileRow *self = CFOIL_EXHIBIT_FILE_ROW (widget);
  const char *to_id = g_variant_get_string (parameter, NULL);

  cfoil_exhibit_edit_move_file (self->session, self->exhibit_id, self->file, *to_id != '\0' ? to_id : NULL);
}

static void
move_by_cb (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  CfoilExhibitFileRow *self = CFOIL_EXHIBIT_FILE_ROW (widget);

  cfoil_exhibit_edit_move_file_to (self->session, self->exhibit_id, self->file,
                                   self->file + (guint) g_variant_get_int32 (parameter));
}

static void
remove_cb (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  CfoilExhibitFileRow *self = CFOIL_EXHIBIT_FILE_ROW (widget);
  GtkWidget *parent = gtk_widget_get_parent (widget);
  CfoilExhibitUndo *undo;
  g_autofree char *text = NULL;

  if (cfoil_draft_session_get_is_sealed (self->session))
    return;
  /* Translators: %s is the name of a file. */
  text = g_strdup_printf (_("“%s” was removed"), gtk_label_get_text (self->name));
  undo = cfoil_exhibit_undo_new (self->session, self->exhibit_id);
  cfoil_exhibit_edit_remove_file (self->session, self->exhibit_id, self->file);
  cfoil_exhibit_undo_arm (undo);
  /* This row may be gone by now; its box stays until its exhibit is. */
  cfoil_toast_show_undo (gtk_widget_get_root (parent) != NULL ? parent : widget, text,
                         cfoil_exhibit_undo_run, undo, cfoil_exhibit_undo_free);
}

static void
add_targets (CfoilExhibitFileRow *self,
             GMenu               *menu)
{
  const CfoilDraft *draft = cfoil_draft_session_get_draft (self->session);

  for (guint i = 0; draft != NULL && i < draft->exhibits->len; i++)
    {
      const CfoilExhibit *exhibit = draft->exhibits->pdata[i];
      g_autoptr (GMenuItem) item = NULL;
      g_autofree char *letter = cfoil_exhibit_letter (i);
      g_autofree char *label = NULL;

      if (g_strcmp0 (exhibit->id, self->exhibit_id) == 0)
        continue;
      /* Translators: %s is the letter of an exhibit. */
      label = g_strdup_printf (_("Exhibit %s"), letter);
      item = g_menu_item_new (label, NULL);
      g_menu_item_set_action_and_target (item, "file.move-to", "s", exhibit->id);
      g_menu_append_item (menu, item);
    }
}

/* Made when it is opened: it names all exhibits. */
static void
popup_cb (GtkMenuButton *button,
          gpointer       user_data)
{
  CfoilExhibitFileRow *self = user_data;
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) places = g_menu_new ();
  g_autoptr (GMenu) targets = g_menu_new ();
  g_autoptr (GMenu) last = g_menu_new ();

  if (self->file > 0)
    g_menu_append (places, _("Move _Up"), "file.move-by(-1)");
  if (self->file + 1 < self->n_files)
    g_menu_append (places, _("Move _Down"), "file.move-by(1)");
  g_menu_append (places, _("Into a _New Exhibit"), "file.move-to('')");
  add_targets (self, targets);
  if (g_menu_model_get_n_items (G_MENU_MODEL (targets)) > 0)
    g_menu_append_submenu (places, _("Move _To"), G_MENU_MODEL (targets));
  g_menu_append (last, _("_Remove File"), "file.remove");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (places));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (last));
  gtk_menu_button_set_menu_model (button, G_MENU_MODEL (menu));
}

static void
describe_drag (GtkWidget        *widget,
               CfoilExhibitDrag *drag)
{
  CfoilExhibitFileRow *self = CFOIL_EXHIBIT_FILE_ROW (widget);

  drag->exhibit_id = g_strdup (self->exhibit_id);
  drag->file = (int) self->file;
}

/* --- showing --- */

static void
show_picture (CfoilExhibitFileRow   *self,
              const CfoilPacketFile *file,
              gboolean               is_loading)
{
  GdkPaintable *picture = is_loading ? NULL : cfoil_exhibit_thumbs_get (self->thumbs, file);

  gtk_picture_set_paintable (self->picture, picture);
  gtk_stack_set_visible_child_name (self->picture_stack, is_loading ? "loading" : picture != NULL ? "picture" : "icon");
}

static void
show_findings (CfoilExhibitFileRow   *self,
               const CfoilInspection *inspection)
{
  gboolean is_problem = FALSE;
  g_autofree char *text = inspection != NULL ? cfoil_exhibit_words_findings (inspection, &is_problem) : NULL;

  gtk_label_set_text (self->findings, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->findings), text != NULL);
  if (is_problem)
    gtk_widget_add_css_class (GTK_WIDGET (self->findings), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->findings), "error");
  gtk_image_set_from_icon_name (self->icon, is_problem ? "dialog-warning-symbolic" : "text-x-generic-symbolic");
}

static void
show_words (CfoilExhibitFileRow    *self,
            const CfoilExhibitFile *exhibit_file,
            const CfoilPacketFile  *file,
            gboolean                is_loading)
{
  g_autofree char *name = cfoil_shown_text (exhibit_file->name);
  g_autofree char *about = is_loading ? g_strdup (_("Looking into this file…")) : cfoil_exhibit_words_about (exhibit_file, file);
  g_autofree char *menu = NULL;

  gtk_label_set_text (self->name, name != NULL ? name : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->name), name);
  gtk_label_set_text (self->about, about);
  /* Translators: %s is the name of a file. */
  menu = g_strdup_printf (_("Menu of %s"), name != NULL ? name : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->menu), GTK_ACCESSIBLE_PROPERTY_LABEL, menu, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name != NULL ? name : "",
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, about, -1);
}

/* --- GObject --- */

static void
cfoil_exhibit_file_row_dispose (GObject *object)
{
  CfoilExhibitFileRow *self = CFOIL_EXHIBIT_FILE_ROW (object);

  if (self->menu != NULL)
    gtk_menu_button_set_create_popup_func (self->menu, NULL, NULL, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), CFOIL_TYPE_EXHIBIT_FILE_ROW);

  G_OBJECT_CLASS (cfoil_exhibit_file_row_parent_class)->dispose (object);
}

static void
cfoil_exhibit_file_row_finalize (GObject *object)
{
  CfoilExhibitFileRow *self = CFOIL_EXHIBIT_FILE_ROW (object);

  g_clear_object (&self->session);
  g_clear_object (&self->thumbs);
  g_free (self->exhibit_id);
  g_free (self->sha256);

  G_OBJECT_CLASS (cfoil_exhibit_file_row_parent_class)->finalize (object);
}

static void
cfoil_exhibit_file_row_class_init (CfoilExhibitFileRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = cfoil_exhibit_file_row_dispose;
  object_class->finalize = cfoil_exhibit_file_row_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/counterfoil/Counterfoil/ui/cfoil-exhibit-file-row.ui");
  gtk_widget_class_bind_template_child (widget_class, CfoilExhibitFileRow, picture_stack);
  gtk_widget_class_bind_template_child (widget_class, CfoilExhibitFileRow, icon);
  gtk_widget_class_bind_template_child (widget_class, CfoilExhibitFileRow, picture);
  gtk_widget_class_bind_template_child (widget_class, CfoilExhibitFileRow, name);
  gtk_widget_class_bind_template_child (widget_class, CfoilExhibitFileRow, about);
  gtk_widget_class_bind_template_child (widget_class, CfoilExhibitFileRow, findings);
  gtk_widget_class_bind_template_child (widget_class, CfoilExhibitFileRow, menu);
  gtk_widget_class_install_action (widget_class, "file.move-to", "s", move_to_cb);
  gtk_widget_class_install_action (widget_class, "file.move-by", "i", move_by_cb);
  gtk_widget_class_install_action (widget_class, "file.remove", NULL, remove_cb);
}

static void
cfoil_exhibit_file_row_init (CfoilExhibitFileRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_create_popup_func (self->menu, popup_cb, self, NULL);
  cfoil_exhibit_drag_add_source (GTK_WIDGET (self->picture_stack), GTK_WIDGET (self), describe_drag);
}

CfoilExhibitFileRow *
cfoil_exhibit_file_row_new (CfoilDraftSession  *session,
                            CfoilExhibitThumbs *thumbs)
{
  CfoilExhibitFileRow *self = g_object_new (CFOIL_TYPE_EXHIBIT_FILE_ROW, NULL);

  self->session = g_object_ref (session);
  self->thumbs = g_object_ref (thumbs);
  return self;
}

void
cfoil_exhibit_file_row_update (CfoilExhibitFileRow *self,
                               const CfoilExhibit  *exhibit,
                               guint                file)
{
  const CfoilExhibitFile *exhibit_file = exhibit->files->pdata[file];
  const CfoilPacketFile *packet_file = cfoil_draft_session_get_file (self->session, exhibit_file->sha256);
  const CfoilInspection *inspection = cfoil_draft_session_get_inspection (self->session, exhibit_file->sha256);
  gboolean is_loading = inspection == NULL && cfoil_exhibit_file_is_page (exhibit_file);

  g_return_if_fail (CFOIL_IS_EXHIBIT_FILE_ROW (self));

  if (g_strcmp0 (self->exhibit_id, exhibit->id) != 0)
    {
      g_free (self->exhibit_id);
      self->exhibit_id = g_strdup (exhibit->id);
    }
  if (g_strcmp0 (self->sha256, exhibit_file->sha256) != 0)
    {
      g_free (self->sha256);
      self->sha256 = g_strdup (exhibit_file->sha256);
    }
  self->file = file;
  self->n_files = exhibit->files->len;
  show_words (self, exhibit_file, packet_file, is_loading);
  show_findings (self, inspection);
  show_picture (self, packet_file, is_loading);
}

void
cfoil_exhibit_file_row_update_picture (CfoilExhibitFileRow *self,
                                       const char          *sha256)
{
  g_return_if_fail (CFOIL_IS_EXHIBIT_FILE_ROW (self));

  if (g_strcmp0 (self->sha256, sha256) == 0)
    show_picture (self, cfoil_draft_session_get_file (self->session, sha256), FALSE);
}
