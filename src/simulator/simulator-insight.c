/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "simulator-control.h"

#include "simulator-ledger.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
  gint64 count;
  gint64 amount;
  gint64 fee;
} Total;

/* Which settlements can be read from a report now, by their number. */
static gboolean *
served_settlements (CfoilSimCall *call)
{
  const CfoilSimReports *reports = call->service->reports;
  gboolean *served = g_new0 (gboolean, call->merchant->settlements->len + 1);

  for (guint i = 0; i < reports->reports->len; i++)
    {
      const CfoilSimReport *report = g_ptr_array_index (reports->reports, i);

      if (report->settlement != 0)
        served[report->settlement] = cfoil_sim_reports_serves (reports, report);
    }
  return served;
}

/* The sums of all settlement rows that a client can get. */
gboolean
cfoil_sim_control_totals (CfoilSimCall *call)
{
  Total totals[CFOIL_SIM_N_CURRENCIES][CFOIL_SIM_N_LINE_TYPES] = { 0 };
  const GArray *lines = call->merchant->lines;
  g_autofree gboolean *served = served_settlements (call);

  for (guint i = 0; i < lines->len; i++)
    {
      const CfoilSimLine *line = &g_array_index (lines, CfoilSimLine, i);
      Total *total = &totals[line->currency][line->type];

      if (call->merchant->options.sandbox ? line->posted > call->now : !served[line->settlement])
        continue;
      total->count++;
      total->amount += line->amount;
      total->fee += line->percentage_fee + line->fixed_fee;
    }
  json_builder_begin_array (call->json);
  for (guint i = 0; i < CFOIL_SIM_N_CURRENCIES * CFOIL_SIM_N_LINE_TYPES; i++)
    {
      const Total *total = &totals[i / CFOIL_SIM_N_LINE_TYPES][i % CFOIL_SIM_N_LINE_TYPES];

      if (total->count == 0)
        continue;
      json_builder_begin_object (call->json);
      cfoil_sim_json_string (call->json, "currency", cfoil_sim_currency_code (i / CFOIL_SIM_N_LINE_TYPES));
      cfoil_sim_json_string (call->json, "type", cfoil_sim_line_type_name (i % CFOIL_SIM_N_LINE_TYPES));
      cfoil_sim_json_number (call->json, "count", total->count);
      cfoil_sim_json_number (call->json, "amountMinor", total->amount);
      cfoil_sim_json_number (call->json, "feeMinor", total->fee);
      cfoil_sim_json_number (call->json, "netMinor", total->amount + total->fee);
      json_builder_end_object (call->json);
    }
  json_builder_end_array (call->json);
  return TRUE;
}

gboolean
cfoil_sim_control_disputes (CfoilSimCall *call)
{
  json_builder_begin_array (call->json);
  for (guint i = 0; i < call->merchant->disputes->len; i++)
    {
      const CfoilSimDispute *dispute = g_ptr_array_index (call->merchant->disputes, i);
      const CfoilSimStep *step = cfoil_sim_history_at (&dispute->history, call->now);

      json_builder_begin_object (call->json);
      cfoil_sim_json_string (call->json, "disputeId", dispute->id);
      cfoil_sim_json_string (call->json, "chargeId", dispute->charge->id);
      cfoil_sim_json_string (call->json, "filingReason", dispute->filing_reason);
      cfoil_sim_json_string (call->json, "state", cfoil_sim_state_name (step->state));
      cfoil_sim_json_string (call->json, "reasonCode", cfoil_sim_reason_name (step->reason));
      cfoil_sim_json_string (call->json, "resolution", cfoil_sim_resolution_name (step->resolution));
      cfoil_sim_json_string (call->json, "currency", cfoil_sim_currency_code (dispute->charge->permission->currency));
      cfoil_sim_json_number (call->json, "amountMinor", dispute->amount);
      cfoil_sim_json_time (call->json, "merchantResponseDeadline", dispute->deadline);
      json_builder_end_object (call->json);
    }
  json_builder_end_array (call->json);
  return TRUE;
}

gboolean
cfoil_sim_control_state (CfoilSimCall *call)
{
  const CfoilSimMerchant *merchant = call->merchant;
  JsonBuilder *json = call->json;

  json_builder_begin_object (json);
  cfoil_sim_json_string (json, "merchantId", merchant->merchant_id);
  cfoil_sim_json_string (json, "region", cfoil_sim_region_name (merchant->options.region));
  cfoil_sim_json_string (json, "environment", merchant->options.sandbox ? "sandbox" : "live");
  cfoil_sim_json_time (json, "merchantNow", call->now);
  cfoil_sim_json_number (json, "skewSeconds", merchant->clock.skew);
  cfoil_sim_json_boolean (json, "keyRevoked", call->service->auth.revoked);
  cfoil_sim_json_number (json, "chargePermissions", merchant->permissions->len);
  cfoil_sim_json_number (json, "charges", merchant->charges->len);
  cfoil_sim_json_number (json, "refunds", merchant->refunds->len);
  cfoil_sim_json_number (json, "disputes", merchant->disputes->len);
  cfoil_sim_json_number (json, "settlements", merchant->settlements->len);
  cfoil_sim_json_number (json, "settlementLines", merchant->lines->len);
  cfoil_sim_json_number (json, "reports", call->service->reports->reports->len);
  cfoil_sim_json_number (json, "schedules", call->service->reports->schedules->len);
  cfoil_sim_json_number (json, "files", g_hash_table_size (call->service->files));
  cfoil_sim_faults_write (&call->service->faults, json);
  json_builder_end_object (json);
  return TRUE;
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (a, b);
}

gboolean
cfoil_sim_control_requests (CfoilSimCall *call)
{
  g_autoptr (GList) names = g_list_sort (g_hash_table_get_keys (call->service->counters), compare_names);

  json_builder_begin_array (call->json);
  for (GList *l = names; l != NULL; l = l->next)
    {
      const char *name = l->data;
      const char *space = strrchr (name, ' ');
      g_autofree char *operation = g_strndup (name, (gsize) (space - name));

      json_builder_begin_object (call->json);
      cfoil_sim_json_string (call->json, "operation", operation);
      cfoil_sim_json_number (call->json, "status", atoi (space + 1));
      cfoil_sim_json_number (call->json, "count", GPOINTER_TO_UINT (g_hash_table_lookup (call->service->counters, name)));
      json_builder_end_object (call->json);
    }
  json_builder_end_array (call->json);
  return TRUE;
}

static void
write_file (JsonBuilder        *json,
            const CfoilSimFile *file)
{
  g_autofree char *hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, file->content);

  cfoil_sim_json_string (json, "type", file->type);
  cfoil_sim_json_number (json, "size", (gint64) g_bytes_get_size (file->content));
  cfoil_sim_json_string (json, "sha256", hash);
  cfoil_sim_json_time (json, "uploadTimestamp", file->uploaded);
}

/* What the merchant has said of a dispute, and how often it was taken. */
gboolean
cfoil_sim_control_evidence (CfoilSimCall *call)
{
  const CfoilSimDispute *dispute = g_hash_table_lookup (call->merchant->disputes_by_id, call->id);
  JsonBuilder *json = call->json;

  if (dispute == NULL)
    return cfoil_sim_not_here (call);
  json_builder_begin_object (json);
  cfoil_sim_json_string (json, "disputeId", dispute->id);
  cfoil_sim_json_number (json, "contests", dispute->contests);
  cfoil_sim_json_list (json, "evidences");
  for (guint i = 0; i < dispute->evidences->len; i++)
    {
      const CfoilSimEvidence *evidence = g_ptr_array_index (dispute->evidences, i);
      const CfoilSimFile *file = evidence->file_id != NULL ? g_hash_table_lookup (call->service->files, evidence->file_id) : NULL;

      json_builder_begin_object (json);
      cfoil_sim_json_string (json, "evidenceType", evidence->type);
      cfoil_sim_json_string (json, "fileId", evidence->file_id);
      cfoil_sim_json_string (json, "evidenceText", evidence->text);
      if (file != NULL)
        write_file (json, file);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
  json_builder_end_object (json);
  return TRUE;
}

static char *
inner_message (CfoilSimCall *call,
               const char   *type,
               const char   *object_id,
               const char   *permission_id)
{
  g_autoptr (JsonBuilder) json = json_builder_new ();
  g_autofree char *id = g_uuid_string_random ();

  json_builder_begin_object (json);
  cfoil_sim_json_string (json, "MerchantID", call->merchant->merchant_id);
  cfoil_sim_json_string (json, "ObjectType", type);
  cfoil_sim_json_string (json, "ObjectId", object_id);
  cfoil_sim_json_string (json, "ChargePermissionId", permission_id);
  cfoil_sim_json_string (json, "NotificationType", "STATE_CHANGE");
  cfoil_sim_json_string (json, "NotificationId", id);
  cfoil_sim_json_string (json, "NotificationVersion", "V2");
  json_builder_end_object (json);
  return cfoil_sim_json_text (json);
}

/* The envelope as SNS sends it.  Its signature is of the right shape only:
 * nobody but SNS has the key. */
void
cfoil_sim_write_notification (CfoilSimCall *call,
                              const char   *type,
                              const char   *object_id,
                              const char   *permission_id)
{
  JsonBuilder *json = call->json;
  g_autofree char *message = inner_message (call, type, object_id, permission_id);
  g_autofree char *message_id = g_uuid_string_random ();
  g_autofree char *topic = g_strconcat ("arn:aws:sns:us-east-1:291180941288:", call->merchant->merchant_id, NULL);
  g_autofree char *time = cfoil_sim_format_millis (cfoil_sim_clock_merchant_millis (&call->merchant->clock));
  g_autofree char *noise = cfoil_sim_random_token (256);
  g_autofree char *signature = g_base64_encode ((guchar *) noise, 256);

  json_builder_begin_object (json);
  cfoil_sim_json_string (json, "Type", "Notification");
  cfoil_sim_json_string (json, "MessageId", message_id);
  cfoil_sim_json_string (json, "TopicArn", topic);
  cfoil_sim_json_string (json, "Message", message);
  cfoil_sim_json_string (json, "Timestamp", time);
  cfoil_sim_json_string (json, "SignatureVersion", "1");
  cfoil_sim_json_string (json, "Signature", signature);
  cfoil_sim_json_string (json, "SigningCertURL", "https://sns.us-east-1.amazonaws.com/SimpleNotificationService-0000000000000000000000000000000.pem");
  cfoil_sim_json_string (json, "UnsubscribeURL", "https://sns.us-east-1.amazonaws.com/?Action=Unsubscribe");
  json_builder_end_object (json);
}
