/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-disputes-page.h"

#include "cfoil-case-inbox.h"
#include "cfoil-words.h"

#include <glib/gi18n.h>

struct _CfoilDisputesPage
{
  CfoilPage parent_instance;

  CfoilCaseInbox *inbox;

  GSignalGroup *workspace_signals; /* (owned) */
  gint64 case_id;                  /* that is open, 0: none */
};

G_DEFINE_FINAL_TYPE (CfoilDisputesPage, cfoil_disputes_page, CFOIL_TYPE_PAGE)

static void
update_subtitle (CfoilDisputesPage *self)
{
  CfoilWorkspace *workspace = cfoil_page_get_workspace (CFOIL_PAGE (self));
  CfoilCaseList *list = cfoil_case_inbox_get_list (self->inbox);
  guint n = list != NULL ? cfoil_case_list_get_n_cases (list) : 0;
  g_autofree char *number = cfoil_words_number (n);
  g_autofree char *text = NULL;
  g_autofree char *subtitle = NULL;

  if (workspace == NULL || list == NULL || n == 0)
    {
      cfoil_page_set_subtitle (CFOIL_PAGE (self), "");
      return;
    }
  /* Translators: %s is a number. */
  text = g_strdup_printf (ngettext ("%s dispute", "%s disputes", n), number);
  subtitle = g_strdup_printf ("%s · %s", cfoil_workspace_get_time_zone_name (workspace), text);
  cfoil_page_set_subtitle (CFOIL_PAGE (self), subtitle);
}

static void
updated_cb (CfoilDisputesPage *self)
{
  CfoilCaseList *list = cfoil_case_inbox_get_list (self->inbox);

  cfoil_page_set_badge (CFOIL_PAGE (self), list != NULL ? cfoil_case_list_get_n_need_answer (list) : 0);
  update_subtitle (self);
}

static void
activated_cb (CfoilDisputesPage *self,
              gint64             case_id)
{
  cfoil_disputes_page_open_case (self, case_id);
}

static void
cfoil_disputes_page_workspace_changed (CfoilPage *page)
{
  CfoilDisputesPage *self = CFOIL_DISPUTES_PAGE (page);
  CfoilWorkspace *workspace = cfoil_page_get_workspace (page);

  cfoil_disputes_page_open_case (self, 0);
  cfoil_case_inbox_set_workspace (self->inbox, workspace);
  g_signal_group_set_target (self->workspace_signals, workspace);
  updated_cb (self);
}

static void
cfoil_disputes_page_dispose (GObject *object)
{
  CfoilDisputesPage *self = CFOIL_DISPUTES_PAGE (object);

  if (self->workspace_signals != NULL)
    g_signal_group_set_target (self->workspace_signals, NULL);
  g_clear_object (&self->workspace_signals);
  gtk_widget_dispose_template (GTK_WIDGET (self), CFOIL_TYPE_DISPUTES_PAGE);

  G_OBJECT_CLASS (cfoil_disputes_page_parent_class)->dispose (object);
}

static void
cfoil_disputes_page_class_init (CfoilDisputesPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cfoil_disputes_page_dispose;
  CFOIL_PAGE_CLASS (klass)->workspace_changed = cfoil_disputes_page_workspace_changed;

  g_type_ensure (CFOIL_TYPE_CASE_INBOX);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/counterfoil/Counterfoil/ui/cfoil-disputes-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CfoilDisputesPage, inbox);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, updated_cb);
}

static void
cfoil_disputes_page_init (CfoilDisputesPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->workspace_signals = g_signal_group_new (CFOIL_TYPE_WORKSPACE);
  g_signal_group_connect_swapped (self->workspace_signals, "notify::time-zone", G_CALLBACK (update_subtitle), self);
}

void
cfoil_disputes_page_open_case (CfoilDisputesPage *self,
                               gint64             case_id)
{
  g_return_if_fail (CFOIL_IS_DISPUTES_PAGE (self));

  self->case_id = case_id;
}
