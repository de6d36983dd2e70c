/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-answer-preview.h"

#include "cfoil-answer-preview-strip.h"
#include "cfoil-answer-preview-words.h"
#include "cfoil-fit-meter.h"

#include <glib/gi18n.h>

#define SUBJECT "cfoil-packet-subject"
/* The wheel turns only when there is something to wait for. */
#define SPINNER_DELAY_MS 250

static const guint zooms[] = { 25, 33, 50, 67, 80, 100, 125, 150, 200, 300 };

struct _CfoilAnswerPreview
{
  AdwBin parent_instance;

  CfoilFitMeter *meter;
  GtkStack *stack;
  GtkScrolledWindow *scrolled;
  CfoilAnswerPreviewStrip *strip;
  GtkLabel *place;
  GtkWidget *spinner;
  GtkButton *fit_button;

  GSettings *settings;        /* (owned) */
  CfoilDraftSession *session; /* (owned) (nullable) */
  gulong session_ids[2];
  GtkWindow *window;          /* (borrowed): while it is shown in it */
  gulong focus_id;
  char *subject;              /* (owned) (nullable): of what is being edited */
  int subject_page;           /* where that was, -1 */
  gboolean is_behind;         /* the draft is newer than the pages */
  guint spinner_id;
};

G_DEFINE_FINAL_TYPE (CfoilAnswerPreview, cfoil_answer_preview, ADW_TYPE_BIN)

/* --- following what is being edited --- */

static void
follow (CfoilAnswerPreview *self)
{
  int page;

  if (self->session == NULL || self->subject == NULL)
    return;
  page = cfoil_answer_preview_words_find (self->session, self->subject);
  if (page >= 0 && page != self->subject_page)
    cfoil_answer_preview_strip_show_page (self->strip, (guint) page);
  self->subject_page = page;
}

static void
focus_cb (CfoilAnswerPreview *self)
{
  GtkWidget *widget = gtk_window_get_focus (self->window);
  const char *subject = NULL;

  if (widget == NULL || gtk_widget_is_ancestor (widget, GTK_WIDGET (self)))
    return;
  for (; widget != NULL && subject == NULL; widget = gtk_widget_get_parent (widget))
    subject = g_object_get_data (G_OBJECT (widget), SUBJECT);
  if (subject == NULL || g_strcmp0 (subject, self->subject) == 0)
    return;
  g_free (self->subject);
  self->subject = g_strdup (subject);
  self->subject_page = -1;
  follow (self);
}

static void
cfoil_answer_preview_root (GtkWidget *widget)
{
  CfoilAnswerPreview *self = CFOIL_ANSWER_PREVIEW (widget);
  GtkRoot *root;

  GTK_WIDGET_CLASS (cfoil_answer_preview_parent_class)->root (widget);
  root = gtk_widget_get_root (widget);
  if (!GTK_IS_WINDOW (root))
    return;
  self->window = GTK_WINDOW (root);
  self->focus_id = g_signal_connect_swapped (root, "notify::focus-widget", G_CALLBACK (focus_cb), self);
}

static void
cfoil_answer_preview_unroot (GtkWidget *widget)
{
  CfoilAnswerPreview *self = CFOIL_ANSWER_PREVIEW (widget);

  if (self->window != NULL)
    g_clear_signal_handler (&self->focus_id, self->window);
  self->window = NULL;
  GTK_WIDGET_CLASS (cfoil_answer_preview_parent_class)->unroot (widget);
}

/* --- showing --- */

static void
update_place (CfoilAnswerPreview *self)
{
  CfoilPacketLayout *layout = self->session != NULL ? cfoil_draft_session_get_layout (self->session) : NULL;
  guint page = cfoil_answer_preview_strip_get_current (self->strip);
  g_autofree char *text = NULL;
  g_autofree char *zoom = NULL;

  if (layout != NULL && page < cfoil_packet_layout_get_n_pages (layout))
    text = cfoil_answer_preview_words_page (layout, page);
  gtk_label_set_text (self->place, text != NULL ? text : "");
  /* Translators: a zoom, in per cent. */
  zoom = g_strdup_printf (_("%u %%"), cfoil_answer_preview_strip_get_zoom (self->strip));
  gtk_button_set_label (self->fit_button, zoom);
}

static gboolean
spinner_cb (gpointer user_data)
{
  CfoilAnswerPreview *self = user_data;

  self->spinner_id = 0;
  gtk_widget_set_visible (self->spinner, TRUE);
  return G_SOURCE_REMOVE;
}

static void
update_spinner (CfoilAnswerPreview *self)
{
  gboolean is_waiting = self->session != NULL && (self->is_behind || cfoil_draft_session_get_building (self->session));

  if (!is_waiting)
    {
      g_clear_handle_id (&self->spinner_id, g_source_remove);
      gtk_widget_set_visible (self->spinner, FALSE);
    }
  else if (self->spinner_id == 0 && !gtk_widget_get_visible (self->spinner))
    self->spinner_id = g_timeout_add (SPINNER_DELAY_MS, spinner_cb, self);
}

static void
update_pages (CfoilAnswerPreview *self)
{
  CfoilPacketLayout *layout = self->session != NULL ? cfoil_draft_session_get_layout (self->session) : NULL;
  gboolean has_pages = layout != NULL && cfoil_packet_layout_get_n_pages (layout) > 0;

  gtk_stack_set_visible_child_name (self->stack, has_pages ? "pages" : "empty");
  cfoil_answer_preview_strip_update (self->strip);
  update_place (self);
  follow (self);
}

static void
update_fit (CfoilAnswerPreview *self)
{
  if (self->session != NULL)
    cfoil_fit_meter_show (self->meter, cfoil_draft_session_get_fit (self->session),
                          cfoil_draft_session_get_limits (self->session));
}

/* What fits is measured against what the preferences say. */
static void
limits_cb (CfoilAnswerPreview *self)
{
  g_autoptr (GVariant) limits = NULL;

  if (self->session == NULL)
    return;
  limits = g_settings_get_value (self->settings, "evidence-limits");
  cfoil_draft_session_set_limits (self->session, limits);
  update_fit (self);
}

static void
changed_cb (CfoilAnswerPreview *self,
            CfoilSessionParts   parts)
{
  if (parts & CFOIL_SESSION_DRAFT)
    self->is_behind = TRUE;
  if (parts & CFOIL_SESSION_LAYOUT)
    {
      self->is_behind = FALSE;
      update_pages (self);
    }
  if (parts & (CFOIL_SESSION_REVIEW | CFOIL_SESSION_PACKET | CFOIL_SESSION_LAYOUT | CFOIL_SESSION_DOSSIER))
    update_fit (self);
  update_spinner (self);
}

/* --- zoom --- */

static void
set_zoom (CfoilAnswerPreview *self,
          guint               zoom)
{
  gtk_scrolled_window_set_policy (self->scrolled, zoom == 0 ? GTK_POLICY_NEVER : GTK_POLICY_AUTOMATIC, GTK_POLICY_AUTOMATIC);
  cfoil_answer_preview_strip_set_zoom (self->strip, zoom);
  update_place (self);
}

static void
zoom_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  CfoilAnswerPreview *self = CFOIL_ANSWER_PREVIEW (widget);
  guint now = cfoil_answer_preview_strip_get_zoom (self->strip);
  guint next = 0;

  if (g_str_equal (action_name, "preview.zoom-in"))
    {
      for (guint i = G_N_ELEMENTS (zooms); i-- > 0 && zooms[i] > now;)
        next = zooms[i];
      set_zoom (self, next != 0 ? next : zooms[G_N_ELEMENTS (zooms) - 1]);
    }
  else if (g_str_equal (action_name, "preview.zoom-out"))
    {
      for (guint i = 0; i < G_N_ELEMENTS (zooms) && zooms[i] < now; i++)
        next = zooms[i];
      set_zoom (self, next != 0 ? next : zooms[0]);
    }
  else
    set_zoom (self, 0);
}

/* In the whole window: what is typed into is on its other side. */
static void
add_shortcuts (CfoilAnswerPreview *self)
{
  static const struct
  {
    const char *trigger;
    const char *action;
  } shortcuts[] = {
    { "<Control>plus|<Control>equal|<Control>KP_Add", "preview.zoom-in" },
    { "<Control>minus|<Control>KP_Subtract", "preview.zoom-out" },
    { "<Control>0|<Control>KP_0", "preview.fit-width" },
  };
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (controller), GTK_SHORTCUT_SCOPE_GLOBAL);
  for (guint i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                          gtk_shortcut_new (gtk_shortcut_trigger_parse_string (shortcuts[i].trigger),
                                                            gtk_named_action_new (shortcuts[i].action)));
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

/* --- GObject --- */

static void
cfoil_answer_preview_dispose (GObject *object)
{
  CfoilAnswerPreview *self = CFOIL_ANSWER_PREVIEW (object);

  if (self->strip != NULL)
    cfoil_answer_preview_set_session (self, NULL);
  g_clear_handle_id (&self->spinner_id, g_source_remove);
  g_clear_object (&self->settings);
  gtk_widget_dispose_template (GTK_WIDGET (self), CFOIL_TYPE_ANSWER_PREVIEW);

  G_OBJECT_CLASS (cfoil_answer_preview_parent_class)->dispose (object);
}

static void
cfoil_answer_preview_finalize (GObject *object)
{
  g_free (CFOIL_ANSWER_PREVIEW (object)->subject);

  G_OBJECT_CLASS (cfoil_answer_preview_parent_class)->finalize (object);
}

static void
cfoil_answer_preview_class_init (CfoilAnswerPreviewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = cfoil_answer_preview_dispose;
  object_class->finalize = cfoil_answer_preview_finalize;
  widget_class->root = cfoil_answer_preview_root;
  widget_class->unroot = cfoil_answer_preview_unroot;
  g_type_ensure (CFOIL_TYPE_FIT_METER);
  g_type_ensure (CFOIL_TYPE_ANSWER_PREVIEW_STRIP);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/counterfoil/Counterfoil/ui/cfoil-answer-preview.ui");
  gtk_widget_class_bind_template_child (widget_class, CfoilAnswerPreview, meter);
  gtk_widget_class_bind_template_child (widget_class, CfoilAnswerPreview, stack);
  gtk_widget_class_bind_template_child (widget_class, CfoilAnswerPreview, scrolled);
  gtk_widget_class_bind_template_child (widget_class, CfoilAnswerPreview, strip);
  gtk_widget_class_bind_template_child (widget_class, CfoilAnswerPreview, place);
  gtk_widget_class_bind_template_child (widget_class, CfoilAnswerPreview, spinner);
  gtk_widget_class_bind_template_child (widget_class, CfoilAnswerPreview, fit_button);
  gtk_widget_class_install_action (widget_class, "preview.zoom-in", NULL, zoom_cb);
  gtk_widget_class_install_action (widget_class, "preview.zoom-out", NULL, zoom_cb);
  gtk_widget_class_install_action (widget_class, "preview.fit-width", NULL, zoom_cb);
}

static void
cfoil_answer_preview_init (CfoilAnswerPreview *self)
{
  self->subject_page = -1;
  self->settings = g_settings_new (CFOIL_APPLICATION_ID);
  g_signal_connect_object (self->settings, "changed::evidence-limits", G_CALLBACK (limits_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_init_template (GTK_WIDGET (self));
  cfoil_fit_meter_show (self->meter, NULL, NULL);
  gtk_scrolled_window_set_policy (self->scrolled, GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  g_signal_connect_object (self->strip, "notify::current", G_CALLBACK (update_place), self, G_CONNECT_SWAPPED);
  add_shortcuts (self);
  update_place (self);
}

CfoilAnswerPreview *
cfoil_answer_preview_new (void)
{
  return g_object_new (CFOIL_TYPE_ANSWER_PREVIEW, NULL);
}

void
cfoil_answer_preview_set_session (CfoilAnswerPreview *self,
                                  CfoilDraftSession  *session)
{
  g_return_if_fail (CFOIL_IS_ANSWER_PREVIEW (self));

  if (self->session == session)
    return;
  for (guint i = 0; self->session != NULL && i < G_N_ELEMENTS (self->session_ids); i++)
    g_clear_signal_handler (&self->session_ids[i], self->session);
  g_set_object (&self->session, session);
  cfoil_answer_preview_strip_set_session (self->strip, session);
  if (session == NULL)
    return;
  self->session_ids[0] = g_signal_connect_swapped (session, "changed", G_CALLBACK (changed_cb), self);
  self->session_ids[1] = g_signal_connect_swapped (session, "notify::building", G_CALLBACK (update_spinner), self);
  update_pages (self);
  limits_cb (self);
}

void
cfoil_answer_preview_mark (GtkWidget  *widget,
                           const char *subject)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));

  g_object_set_data_full (G_OBJECT (widget), SUBJECT, g_strdup (subject), g_free);
}
