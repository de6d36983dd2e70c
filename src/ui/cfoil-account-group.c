/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-account-group.h"

#include "cfoil-feed-row.h"
#include "cfoil-words.h"

#include <glib/gi18n.h>

struct _CfoilAccountGroup
{
  AdwPreferencesGroup parent_instance;

  gint64 account_id;
  GPtrArray *rows; /* (owned): CfoilFeedRow, borrowed */
};

G_DEFINE_FINAL_TYPE (CfoilAccountGroup, cfoil_account_group, ADW_TYPE_PREFERENCES_GROUP)

static void
cfoil_account_group_finalize (GObject *object)
{
  g_ptr_array_unref (CFOIL_ACCOUNT_GROUP (object)->rows);

  G_OBJECT_CLASS (cfoil_account_group_parent_class)->finalize (object);
}

static void
cfoil_account_group_class_init (CfoilAccountGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cfoil_account_group_finalize;
}

static void
cfoil_account_group_init (CfoilAccountGroup *self)
{
  self->rows = g_ptr_array_new ();
}

static char *
describe (const CfoilAccountStatus *account)
{
  return g_strdup_printf ("%s · %s · %s",
                          g_str_equal (account->provider, "amazon-pay") ? "Amazon Pay" : account->provider,
                          cfoil_words_region (account->region),
                          account->is_sandbox ? _("Sandbox") : _("Live"));
}

static GtkWidget *
new_remove_button (const CfoilAccountStatus *account)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");
  /* Translators: %s is the name of an account. */
  g_autofree char *label = g_strdup_printf (_("Remove the account “%s”"), account->name);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.remove-account");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", account->name);
  gtk_widget_set_tooltip_text (button, _("Remove Account…"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  return button;
}

CfoilAccountGroup *
cfoil_account_group_new (CfoilWorkspace           *workspace,
                         const CfoilAccountStatus *account)
{
  CfoilAccountGroup *self = g_object_new (CFOIL_TYPE_ACCOUNT_GROUP, NULL);
  g_autofree char *title = g_markup_escape_text (account->name, -1);
  g_autofree char *words = describe (account);
  g_autofree char *description = g_markup_escape_text (words, -1);
  guint n_feeds = 0;
  const CfoilFeedInfo *feeds;

  self->account_id = account->account_id;
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), title);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), description);
  if (!cfoil_workspace_get_is_demo (workspace))
    adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (self), new_remove_button (account));

  feeds = cfoil_context_get_feeds (cfoil_workspace_get_context (workspace), account->provider, &n_feeds);
  for (guint i = 0; i < n_feeds; i++)
    {
      CfoilFeedRow *row = cfoil_feed_row_new (&feeds[i]);

      g_ptr_array_add (self->rows, row);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (row));
    }
  return self;
}

gint64
cfoil_account_group_get_account_id (CfoilAccountGroup *self)
{
  g_return_val_if_fail (CFOIL_IS_ACCOUNT_GROUP (self), 0);

  return self->account_id;
}

void
cfoil_account_group_set_status (CfoilAccountGroup        *self,
                                const CfoilAccountStatus *account,
                                GTimeZone                *zone)
{
  g_return_if_fail (CFOIL_IS_ACCOUNT_GROUP (self));

  for (guint i = 0; i < self->rows->len; i++)
    {
      CfoilFeedRow *row = self->rows->pdata[i];

      cfoil_feed_row_set_status (row, cfoil_account_status_find_feed (account, cfoil_feed_row_get_name (row)), zone);
    }
}
