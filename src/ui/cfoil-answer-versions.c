/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-answer-versions.h"

#include "cfoil-answer-step-page.h"
#include "cfoil-shown-text.h"
#include "cfoil-words.h"

#include <glib/gi18n.h>

/* Of one value in a list of differences. */
#define MAX_SHOWN 400

struct _CfoilAnswerVersions
{
  AdwWindow parent_instance;

  GtkStack *views;
  AdwStatusPage *message;
  GtkBox *list;
  AdwToastOverlay *toasts;

  CfoilWorkspace *workspace;  /* (owned) */
  CfoilDraftSession *session; /* (owned) */
  GPtrArray *versions;        /* (owned) (nullable): CfoilDraftVersion, newest first */
};

G_DEFINE_FINAL_TYPE (CfoilAnswerVersions, cfoil_answer_versions, ADW_TYPE_WINDOW)

/* --- one version --- */

static const char *
describe_why (const char *why)
{
  static const struct { const char *why, *words; } known[] = {
    { "opened", N_ ("when it was opened") },
    { "pause", N_ ("during a pause") },
    { "restored", N_ ("before another version was restored") },
    { "sent", N_ ("when it was sent") },
    { "product", N_ ("before another product was chosen") },
    { "import", N_ ("when it was imported") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_strcmp0 (known[i].why, why) == 0)
      return _(known[i].words);
  return "";
}

static const char *
describe_change (CfoilDiffKind kind)
{
  switch (kind)
    {
    case CFOIL_DIFF_ADDED:
      return _("Added since then");
    case CFOIL_DIFF_REMOVED:
      return _("Removed since then");
    case CFOIL_DIFF_CHANGED:
      return _("Changed since then");
    case CFOIL_DIFF_SAME:
    default:
      return "";
    }
}

static AdwActionRow *
make_change (const CfoilDraftChange *change)
{
  g_autofree char *before = cfoil_shown_lines (change->before, MAX_SHOWN);
  g_autofree char *after = cfoil_shown_lines (change->after, MAX_SHOWN);
  g_autofree char *subtitle = NULL;

  if (before != NULL && after != NULL)
    /* Translators: what changed, and its value before and now. */
    subtitle = g_strdup_printf (_("%s\nThen: %s\nNow: %s"), describe_change (change->kind), before, after);
  else if (before != NULL)
    /* Translators: what changed, and its value before. */
    subtitle = g_strdup_printf (_("%s\nThen: %s"), describe_change (change->kind), before);
  else
    /* Translators: what changed, and its value now. */
    subtitle = g_strdup_printf (_("%s\nNow: %s"), describe_change (change->kind), after != NULL ? after : "");
  return cfoil_answer_row_new (change->what, subtitle);
}

static void
restore_cb (CfoilAnswerVersions *self,
            GtkButton           *button)
{
  const CfoilDraftVersion *version = g_object_get_data (G_OBJECT (button), "version");
  g_autoptr (GError) error = NULL;

  if (cfoil_draft_session_restore (self->session, version->text, &error))
    gtk_window_close (GTK_WINDOW (self));
  else
    adw_toast_overlay_add_toast (self->toasts, adw_toast_new (_("This version cannot be read, so it was not restored")));
}

static void
add_restore (CfoilAnswerVersions     *self,
             AdwExpanderRow          *row,
             const CfoilDraftVersion *version)
{
  GtkWidget *button = gtk_button_new_with_label (_("Restore"));

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_object_set_data (G_OBJECT (button), "version", (gpointer) version);
  g_signal_connect_object (button, "clicked", G_CALLBACK (restore_cb), self, G_CONNECT_SWAPPED);
  adw_expander_row_add_action (row, button);
}

/* What is different now: found when somebody looks. */
static void
expanded_cb (CfoilAnswerVersions *self,
             GParamSpec          *pspec,
             AdwExpanderRow      *row)
{
  const CfoilDraftVersion *version = g_object_get_data (G_OBJECT (row), "version");
  g_autoptr (CfoilDraft) then = NULL;
  g_autoptr (GPtrArray) changes = NULL;

  if (!adw_expander_row_get_expanded (row) || g_object_get_data (G_OBJECT (row), "filled") != NULL)
    return;
  g_object_set_data (G_OBJECT (row), "filled", row);
  then = cfoil_draft_from_text (version->text, NULL);
  if (then == NULL)
    {
      adw_expander_row_add_row (row, GTK_WIDGET (cfoil_answer_row_new (_("This version cannot be read"), NULL)));
      return;
    }
  changes = cfoil_draft_diff (then, cfoil_draft_session_get_draft (self->session));
  for (guint i = 0; i < changes->len; i++)
    adw_expander_row_add_row (row, GTK_WIDGET (make_change (changes->pdata[i])));
  if (changes->len == 0)
    adw_expander_row_add_row (row, GTK_WIDGET (cfoil_answer_row_new (_("The same as now"), NULL)));
}

static GtkWidget *
make_row (CfoilAnswerVersions     *self,
          const CfoilDraftVersion *version)
{
  AdwExpanderRow *row = ADW_EXPANDER_ROW (adw_expander_row_new ());
  g_autofree char *when = cfoil_words_date_time (version->at_us, cfoil_workspace_get_time_zone (self->workspace));
  g_autofree char *who = cfoil_shown_text (version->who);
  g_autofree char *subtitle = g_strjoin (", ", who != NULL ? who : describe_why (version->why),
                                         who != NULL ? describe_why (version->why) : NULL, NULL);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), when);
  adw_expander_row_set_subtitle (row, subtitle);
  g_object_set_data (G_OBJECT (row), "version", (gpointer) version);
  g_signal_connect_object (row, "notify::expanded", G_CALLBACK (expanded_cb), self, G_CONNECT_SWAPPED);
  if (version->round == cfoil_draft_session_get_round (self->session) && !cfoil_draft_session_get_is_sealed (self->session))
    add_restore (self, row, version);
  return GTK_WIDGET (row);
}

/* --- reading --- */

static gpointer
list_func (CfoilDatabase *database,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  return cfoil_draft_version_list (database, *(gint64 *) data, error);
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (CfoilAnswerVersions) self = user_data;
  g_autoptr (GError) error = NULL;
  AdwPreferencesGroup *group;

  self->versions = cfoil_reader_run_finish (result, &error);
  if (self->session == NULL)
    return;
  if (self->versions == NULL || self->versions->len == 0)
    {
      adw_status_page_set_title (self->message, error != NULL ? _("Cannot Read the Versions") : _("No Versions Yet"));
      adw_status_page_set_description (self->message, error != NULL ? cfoil_words_error (error)
                                       : _("One is kept whenever you pause, and whenever you send."));
      gtk_stack_set_visible_child_name (self->views, "message");
      return;
    }
  group = cfoil_answer_group_new (_("Versions"), _("Open one to see what is different now. Restoring can be undone."));
  for (guint i = 0; i < self->versions->len; i++)
    adw_preferences_group_add (group, make_row (self, self->versions->pdata[i]));
  gtk_box_append (self->list, GTK_WIDGET (group));
  gtk_stack_set_visible_child_name (self->views, "list");
}

/* --- GObject --- */

static void
cfoil_answer_versions_dispose (GObject *object)
{
  CfoilAnswerVersions *self = CFOIL_ANSWER_VERSIONS (object);

  g_clear_object (&self->session);
  g_clear_object (&self->workspace);

  G_OBJECT_CLASS (cfoil_answer_versions_parent_class)->dispose (object);
}

static void
cfoil_answer_versions_finalize (GObject *object)
{
  g_clear_pointer (&CFOIL_ANSWER_VERSIONS (object)->versions, g_ptr_array_unref);

  G_OBJECT_CLASS (cfoil_answer_versions_parent_class)->finalize (object);
}

static void
cfoil_answer_versions_class_init (CfoilAnswerVersionsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfoil_answer_versions_dispose;
  G_OBJECT_CLASS (klass)->finalize = cfoil_answer_versions_finalize;
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
make_views (CfoilAnswerVersions *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *spinner = gtk_spinner_new ();

  self->views = GTK_STACK (gtk_stack_new ());
  self->list = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  self->message = ADW_STATUS_PAGE (adw_status_page_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "answer-page");
  gtk_spinner_start (GTK_SPINNER (spinner));
  adw_clamp_set_child (ADW_CLAMP (clamp), GTK_WIDGET (self->list));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  gtk_widget_set_vexpand (GTK_WIDGET (self->views), TRUE);
  gtk_stack_add_named (self->views, spinner, "loading");
  gtk_stack_add_named (self->views, GTK_WIDGET (self->message), "message");
  gtk_stack_add_named (self->views, scrolled, "list");
}

static void
cfoil_answer_versions_init (CfoilAnswerVersions *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  make_views (self);
  self->toasts = ADW_TOAST_OVERLAY (adw_toast_overlay_new ());
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->views));
  adw_toast_overlay_set_child (self->toasts, box);
  adw_window_set_content (ADW_WINDOW (self), GTK_WIDGET (self->toasts));
  gtk_window_set_title (GTK_WINDOW (self), _("Versions"));
  gtk_window_set_default_size (GTK_WINDOW (self), 560, 600);
}

void
cfoil_answer_versions_show (GtkWindow         *parent,
                            CfoilWorkspace    *workspace,
                            CfoilDraftSession *session)
{
  CfoilAnswerVersions *self = g_object_new (CFOIL_TYPE_ANSWER_VERSIONS, "transient-for", parent, "modal", TRUE, NULL);
  gint64 *case_id = g_new (gint64, 1);

  self->workspace = g_object_ref (workspace);
  self->session = g_object_ref (session);
  *case_id = cfoil_draft_session_get_case_id (session);
  cfoil_reader_run_async (cfoil_workspace_get_reader (workspace), CFOIL_READER_QUERY, list_func, case_id, g_free,
                          (GDestroyNotify) g_ptr_array_unref, NULL, listed_cb, g_object_ref (self));
  gtk_window_present (GTK_WINDOW (self));
}
