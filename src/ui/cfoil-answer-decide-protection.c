/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-answer-decide-protection.h"

#include "cfoil-answer-step-page.h"
#include "cfoil-time.h"

#include <glib/gi18n.h>

gboolean
cfoil_answer_protection_applies (const CfoilDossier *dossier,
                                 const CfoilDraft   *draft)
{
  const CfoilCase *record = dossier->record;

  return g_strcmp0 (record->provider, "amazon-pay") == 0 && record->kind == CFOIL_CASE_CHARGEBACK &&
         (record->reason == CFOIL_REASON_FRAUD || record->reason == CFOIL_REASON_UNRECOGNIZED) &&
         (draft->product == CFOIL_PRODUCT_PHYSICAL || draft->product == CFOIL_PRODUCT_SEVERAL ||
          draft->product == CFOIL_PRODUCT_UNKNOWN);
}

static gboolean
has_exhibit (const CfoilDraft *draft,
             CfoilEvidenceType type)
{
  for (guint i = 0; i < draft->exhibits->len; i++)
    if (((const CfoilExhibit *) draft->exhibits->pdata[i])->type == type)
      return TRUE;
  return FALSE;
}

static void
activated_cb (CfoilAnswerStep *step,
              AdwActionRow    *row)
{
  cfoil_answer_step_go (step, g_object_get_data (G_OBJECT (row), "step"), g_object_get_data (G_OBJECT (row), "subject"));
}

/* SUBJECT (nullable) */
static void
add_row (CfoilAnswerStep     *step,
         AdwPreferencesGroup *group,
         gboolean             is_met,
         const char          *title,
         const char          *subtitle,
         const char          *where,
         const char          *subject)
{
  AdwActionRow *row = cfoil_answer_row_new (title, subtitle);
  GtkWidget *mark = gtk_image_new_from_icon_name (is_met ? "object-select-symbolic" : "dialog-question-symbolic");
  /* Translators: of a condition in a list of them */
  const char *word = is_met ? _("Met") : _("Not shown yet");
  GtkWidget *label = gtk_label_new (word);

  gtk_widget_add_css_class (mark, is_met ? "success" : "dim-label");
  gtk_widget_add_css_class (label, "dim-label");
  adw_action_row_add_prefix (row, mark);
  adw_action_row_add_suffix (row, label);
  if (!is_met && where != NULL)
    {
      g_object_set_data (G_OBJECT (row), "step", (gpointer) where);
      g_object_set_data (G_OBJECT (row), "subject", (gpointer) subject);
      adw_action_row_add_suffix (row, gtk_image_new_from_icon_name ("go-next-symbolic"));
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      g_signal_connect_object (row, "activated", G_CALLBACK (activated_cb), step, G_CONNECT_SWAPPED);
    }
  adw_preferences_group_add (group, GTK_WIDGET (row));
}

GtkWidget *
cfoil_answer_protection_new (CfoilAnswerStep    *step,
                             const CfoilDossier *dossier,
                             const CfoilDraft   *draft)
{
  AdwPreferencesGroup *group =
    cfoil_answer_group_new (_("Payment Protection Policy"),
                            _("Amazon may bear this chargeback itself, without a fee, if you show all of this."));
  gboolean has_tracking = cfoil_draft_get_fact (draft, CFOIL_FACT_TRACKING_NUMBER) != NULL &&
                          cfoil_draft_get_fact (draft, CFOIL_FACT_CARRIER) != NULL;

  add_row (step, group, draft->product == CFOIL_PRODUCT_PHYSICAL || draft->product == CFOIL_PRODUCT_SEVERAL,
           _("Goods that can be touched"), _("Downloads and services are not covered."), "facts", "product");
  add_row (step, group, cfoil_draft_get_fact (draft, CFOIL_FACT_SHIPPING_ADDRESS) != NULL,
           _("Sent to the address that Amazon gave"), _("To no other one, even if the buyer asked for it."),
           "facts", cfoil_fact_get_info (CFOIL_FACT_SHIPPING_ADDRESS)->name);
  add_row (step, group, has_tracking, _("Carrier and tracking number"), NULL,
           "facts", cfoil_fact_get_info (CFOIL_FACT_TRACKING_NUMBER)->name);
  add_row (step, group, has_exhibit (draft, CFOIL_EVIDENCE_DELIVERY) || has_exhibit (draft, CFOIL_EVIDENCE_SIGNATURE),
           _("Proof that it arrived"), _("The carrier’s page, or a signature."), "evidence", NULL);
  add_row (step, group, dossier->record->due_us != CFOIL_UNKNOWN && dossier->record->due_us > cfoil_time_now_us (),
           _("Answered in time"), NULL, NULL, NULL);
  return GTK_WIDGET (group);
}
