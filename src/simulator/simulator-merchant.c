/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "simulator-merchant.h"

#include "simulator-generate.h"

#include <string.h>

#define NAME(name) #name,

static const char *const region_names[] = { "na", "eu", "jp" };
static const char *const state_names[] = { NULL, CFOIL_SIM_STATES (NAME) };
static const char *const reason_names[] = { NULL, CFOIL_SIM_REASONS (NAME) };
static const char *const resolution_names[] = { NULL, CFOIL_SIM_RESOLUTIONS (NAME) };

const char *
cfoil_sim_region_name (CfoilSimRegion region)
{
  return region_names[region];
}

const char *
cfoil_sim_state_name (guint state)
{
  return state_names[state];
}

const char *
cfoil_sim_reason_name (guint reason)
{
  return reason_names[reason];
}

const char *
cfoil_sim_resolution_name (guint resolution)
{
  return resolution_names[resolution];
}

static guint
find_name (const char *const *names,
           guint              n,
           const char        *name)
{
  for (guint i = 1; i < n; i++)
    if (g_strcmp0 (names[i], name) == 0)
      return i;
  return 0;
}

guint
cfoil_sim_reason_parse (const char *name)
{
  return find_name (reason_names, G_N_ELEMENTS (reason_names), name);
}

guint
cfoil_sim_resolution_parse (const char *name)
{
  return find_name (resolution_names, G_N_ELEMENTS (resolution_names), name);
}

void
cfoil_sim_history_add (CfoilSimHistory *history,
                       gint64           at,
                       guint            state,
                       guint            reason)
{
  CfoilSimStep *step;

  history->steps = g_renew (CfoilSimStep, history->steps, history->n + 1);
  step = &history->steps[history->n++];
  step->at = at;
  step->state = (guint8) state;
  step->reason = (guint8) reason;
  step->resolution = CFOIL_SIM_RESOLUTION_NONE;
}

/* Forgets what was to come: something else happens now. */
void
cfoil_sim_history_cut (CfoilSimHistory *history,
                       gint64           now)
{
  while (history->n > 1 && history->steps[history->n - 1].at > now)
    history->n--;
}

const CfoilSimStep *
cfoil_sim_history_at (const CfoilSimHistory *history,
                      gint64                 now)
{
  guint i = history->n;

  while (i > 1 && history->steps[i - 1].at > now)
    i--;
  return &history->steps[i - 1];
}

gboolean
cfoil_sim_history_reached (const CfoilSimHistory *history,
                           guint                  state,
                           gint64                 now)
{
  for (guint i = 0; i < history->n; i++)
    if (history->steps[i].state == state && history->steps[i].at <= now)
      return TRUE;
  return FALSE;
}

static void
permission_free (gpointer data)
{
  CfoilSimPermission *permission = data;

  g_free (permission->history.steps);
  g_free (permission);
}

static void
charge_free (gpointer data)
{
  CfoilSimCharge *charge = data;

  g_free (charge->history.steps);
  g_free (charge);
}

static void
refund_free (gpointer data)
{
  CfoilSimRefund *refund = data;

  g_free (refund->history.steps);
  g_free (refund);
}

static void
evidence_free (gpointer data)
{
  CfoilSimEvidence *evidence = data;

  g_free (evidence->type);
  g_free (evidence->file_id);
  g_free (evidence->text);
  g_free (evidence);
}

static void
dispute_free (gpointer data)
{
  CfoilSimDispute *dispute = data;

  g_free (dispute->history.steps);
  g_ptr_array_unref (dispute->evidences);
  g_free (dispute);
}

static CfoilSimZone
zone_of (const CfoilSimOptions *options)
{
  switch (options->region)
    {
    case CFOIL_SIM_REGION_JP:
      return CFOIL_SIM_ZONE_TOKYO;
    case CFOIL_SIM_REGION_EU:
      return options->seed % 2 == 0 ? CFOIL_SIM_ZONE_LONDON : CFOIL_SIM_ZONE_BERLIN;
    case CFOIL_SIM_REGION_NA:
    default:
      return CFOIL_SIM_ZONE_PACIFIC;
    }
}

static const char *
make_merchant_id (CfoilSimMerchant *merchant)
{
  static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
  char id[15] = "A";
  CfoilSimRandom random;

  cfoil_sim_random_init (&random, merchant->options.seed, "merchant-id");
  for (guint i = 1; i < 14; i++)
    id[i] = alphabet[cfoil_sim_random_below (&random, 36)];
  id[14] = '\0';
  return cfoil_sim_merchant_keep (merchant, id);
}

/* The whole history up to the end of the options' period. */
CfoilSimMerchant *
cfoil_sim_merchant_new (const CfoilSimOptions *options)
{
  CfoilSimMerchant *merchant = g_new0 (CfoilSimMerchant, 1);

  merchant->options = *options;
  merchant->zone = zone_of (options);
  merchant->strings = g_string_chunk_new (64 * 1024);
  merchant->permissions = g_ptr_array_new_with_free_func (permission_free);
  merchant->charges = g_ptr_array_new_with_free_func (charge_free);
  merchant->refunds = g_ptr_array_new_with_free_func (refund_free);
  merchant->disputes = g_ptr_array_new_with_free_func (dispute_free);
  merchant->settlements = g_ptr_array_new_with_free_func (g_free);
  merchant->lines = g_array_new (FALSE, TRUE, sizeof (CfoilSimLine));
  merchant->permissions_by_id = g_hash_table_new (g_str_hash, g_str_equal);
  merchant->charges_by_id = g_hash_table_new (g_str_hash, g_str_equal);
  merchant->refunds_by_id = g_hash_table_new (g_str_hash, g_str_equal);
  merchant->disputes_by_id = g_hash_table_new (g_str_hash, g_str_equal);
  merchant->merchant_id = make_merchant_id (merchant);
  cfoil_sim_random_init (&merchant->random, options->seed, "after");
  cfoil_sim_generate (merchant);
  cfoil_sim_clock_init (&merchant->clock, options->until);
  return merchant;
}

void
cfoil_sim_merchant_free (CfoilSimMerchant *merchant)
{
  g_hash_table_unref (merchant->permissions_by_id);
  g_hash_table_unref (merchant->charges_by_id);
  g_hash_table_unref (merchant->refunds_by_id);
  g_hash_table_unref (merchant->disputes_by_id);
  g_ptr_array_unref (merchant->disputes);
  g_ptr_array_unref (merchant->refunds);
  g_ptr_array_unref (merchant->charges);
  g_ptr_array_unref (merchant->permissions);
  g_ptr_array_unref (merchant->settlements);
  g_array_unref (merchant->lines);
  g_string_chunk_free (merchant->strings);
  g_free (merchant);
}

gint64
cfoil_sim_merchant_now (const CfoilSimMerchant *merchant)
{
  return cfoil_sim_clock_merchant (&merchant->clock);
}

/* @text: (nullable) */
const char *
cfoil_sim_merchant_keep (CfoilSimMerchant *merchant,
                         const char       *text)
{
  return text != NULL ? g_string_chunk_insert (merchant->strings, text) : NULL;
}

/* P live, S sandbox; B and C for recurring permissions; the digits name the
 * region. */
const char *
cfoil_sim_merchant_order_id (CfoilSimMerchant *merchant,
                             CfoilSimRandom   *random,
                             gboolean          recurring)
{
  char id[20];
  char letter = merchant->options.sandbox ? (recurring ? 'C' : 'S') : (recurring ? 'B' : 'P');

  g_snprintf (id, sizeof id, "%c%02u-%07u-%07u", letter, merchant->options.region + 1,
              1000000 + cfoil_sim_random_below (random, 9000000),
              1000000 + cfoil_sim_random_below (random, 9000000));
  return cfoil_sim_merchant_keep (merchant, id);
}

const char *
cfoil_sim_merchant_child_id (CfoilSimMerchant *merchant,
                             CfoilSimRandom   *random,
                             GHashTable       *taken,
                             const char       *order_id,
                             char              letter)
{
  char id[32];

  do
    g_snprintf (id, sizeof id, "%s-%c%06u", order_id, letter, cfoil_sim_random_below (random, 1000000));
  while (g_hash_table_contains (taken, id));
  return cfoil_sim_merchant_keep (merchant, id);
}

CfoilSimPermission *
cfoil_sim_merchant_add_permission (CfoilSimMerchant *merchant,
                                   CfoilSimRandom   *random,
                                   gboolean          recurring,
                                   gint64            created)
{
  CfoilSimPermission *permission = g_new0 (CfoilSimPermission, 1);

  permission->id = cfoil_sim_merchant_order_id (merchant, random, recurring);
  permission->recurring = recurring;
  permission->created = created;
  permission->expires = created + (recurring ? 395 : 180) * CFOIL_SIM_DAY;
  cfoil_sim_history_add (&permission->history, created, CFOIL_SIM_STATE_Chargeable, 0);
  g_ptr_array_add (merchant->permissions, permission);
  g_hash_table_insert (merchant->permissions_by_id, (char *) permission->id, permission);
  return permission;
}

CfoilSimCharge *
cfoil_sim_merchant_add_charge (CfoilSimMerchant   *merchant,
                               CfoilSimRandom     *random,
                               CfoilSimPermission *permission,
                               gint64              created,
                               gint64              amount)
{
  CfoilSimCharge *charge = g_new0 (CfoilSimCharge, 1);

  charge->permission = permission;
  charge->order_id = permission->recurring ? cfoil_sim_merchant_order_id (merchant, random, FALSE)
                                           : permission->id;
  charge->id = cfoil_sim_merchant_child_id (merchant, random, merchant->charges_by_id, charge->order_id, 'C');
  charge->store = permission->store;
  charge->created = created;
  charge->expires = created + 30 * CFOIL_SIM_DAY;
  charge->amount = amount;
  charge->channel = "Web";
  charge->initiator = permission->recurring ? "MITR" : "CITU";
  charge->next = permission->charges;
  permission->charges = charge;
  g_ptr_array_add (merchant->charges, charge);
  g_hash_table_insert (merchant->charges_by_id, (char *) charge->id, charge);
  return charge;
}

CfoilSimRefund *
cfoil_sim_merchant_add_refund (CfoilSimMerchant *merchant,
                               CfoilSimRandom   *random,
                               CfoilSimCharge   *charge,
                               gint64            created,
                               gint64            amount)
{
  CfoilSimRefund *refund = g_new0 (CfoilSimRefund, 1);
  char reference[24];

  g_snprintf (reference, sizeof reference, "REFUND_%06u", cfoil_sim_random_below (random, 1000000));
  refund->id = cfoil_sim_merchant_child_id (merchant, random, merchant->refunds_by_id, charge->order_id, 'R');
  refund->reference = cfoil_sim_merchant_keep (merchant, reference);
  refund->charge = charge;
  refund->created = created;
  refund->amount = amount;
  refund->next = charge->refunds;
  charge->refunds = refund;
  cfoil_sim_history_add (&refund->history, created, CFOIL_SIM_STATE_RefundInitiated, 0);
  g_ptr_array_add (merchant->refunds, refund);
  g_hash_table_insert (merchant->refunds_by_id, (char *) refund->id, refund);
  return refund;
}

CfoilSimDispute *
cfoil_sim_merchant_add_dispute (CfoilSimMerchant *merchant,
                                CfoilSimRandom   *random,
                                CfoilSimCharge   *charge,
                                gint64            created,
                                const char       *filing_reason)
{
  CfoilSimDispute *dispute = g_new0 (CfoilSimDispute, 1);

  dispute->id = cfoil_sim_merchant_child_id (merchant, random, merchant->disputes_by_id, charge->order_id, 'B');
  dispute->filing_reason = filing_reason;
  dispute->charge = charge;
  dispute->evidences = g_ptr_array_new_with_free_func (evidence_free);
  dispute->created = created;
  dispute->deadline = created + 11 * CFOIL_SIM_DAY;
  dispute->amount = charge->captured;
  charge->disputed = TRUE;
  cfoil_sim_history_add (&dispute->history, created, CFOIL_SIM_STATE_ActionRequired,
                         CFOIL_SIM_REASON_MerchantResponseRequired);
  g_ptr_array_add (merchant->disputes, dispute);
  g_hash_table_insert (merchant->disputes_by_id, (char *) dispute->id, dispute);
  return dispute;
}

void
cfoil_sim_dispute_add_evidence (CfoilSimDispute *dispute,
                                const char      *type,
                                const char      *file_id,
                                const char      *text)
{
  CfoilSimEvidence *evidence = g_new0 (CfoilSimEvidence, 1);

  evidence->type = g_strdup (type);
  evidence->file_id = g_strdup (file_id);
  evidence->text = g_strdup (text);
  g_ptr_array_add (dispute->evidences, evidence);
}

gint64
cfoil_sim_charge_refunded (const CfoilSimCharge *charge,
                           gint64                now,
                           gboolean              with_pending)
{
  gint64 total = 0;

  for (const CfoilSimRefund *refund = charge->refunds; refund != NULL; refund = refund->next)
    {
      guint state = cfoil_sim_history_at (&refund->history, now)->state;

      if (state == CFOIL_SIM_STATE_Refunded || (with_pending && state == CFOIL_SIM_STATE_RefundInitiated))
        total += refund->amount;
    }
  return total;
}

/* What may still be charged; recurring limits count the month of thirty days
 * before @now. */
gint64
cfoil_sim_permission_balance (const CfoilSimPermission *permission,
                              gint64                    now)
{
  gint64 balance = permission->limit;

  for (const CfoilSimCharge *charge = permission->charges; charge != NULL; charge = charge->next)
    {
      guint state = cfoil_sim_history_at (&charge->history, now)->state;

      if (state == CFOIL_SIM_STATE_Declined || state == CFOIL_SIM_STATE_Canceled ||
          (permission->recurring && charge->created < now - 30 * CFOIL_SIM_DAY))
        continue;
      balance -= state == CFOIL_SIM_STATE_Captured ? charge->captured : charge->amount;
    }
  return MAX (balance, 0);
}
