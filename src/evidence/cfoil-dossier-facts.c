/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-dossier-private.h"

#include "cfoil-time.h"

#include <gio/gio.h>
#include <string.h>

/* A fact that is too long for a letter is none. */
#define MAX_LISTED 20

static void
put (CfoilDossierReading *reading,
     CfoilFactKey         key,
     const char          *value,
     CfoilFactSource      source,
     const char          *detail)
{
  /* What the mirror has may be anything; only what is of the fact's kind is one. */
  g_autofree char *clean = value != NULL ? cfoil_fact_clean (key, value, NULL) : NULL;

  if (clean != NULL && *clean != '\0')
    g_ptr_array_add (reading->dossier->facts, cfoil_fact_new (key, clean, source, detail));
}

static void
put_time (CfoilDossierReading *reading,
          CfoilFactKey         key,
          gint64               time_us,
          CfoilFactSource      source,
          const char          *detail)
{
  char text[CFOIL_TIME_BUFFER];

  if (time_us == CFOIL_UNKNOWN || !cfoil_time_is_in_calendar (time_us))
    return;
  /* Letters have no parts of seconds; rounded down also before 1970. */
  time_us -= (time_us % G_USEC_PER_SEC + G_USEC_PER_SEC) % G_USEC_PER_SEC;
  cfoil_time_format_iso (text, time_us);
  put (reading, key, text, source, detail);
}

static void
put_money (CfoilDossierReading *reading,
           CfoilFactKey         key,
           const char          *currency,
           gint64               minor,
           CfoilFactSource      source,
           const char          *detail)
{
  g_autofree char *text = NULL;

  if (currency == NULL || minor == CFOIL_UNKNOWN)
    return;
  text = cfoil_fact_money (currency, minor);
  put (reading, key, text, source, detail);
}

/* The feed that spoke last of the object; the settlement where none did. */
static char *
dup_feed (CfoilDossierReading *reading,
          CfoilObjectKind      kind,
          const char          *id)
{
  g_autoptr (CfoilStatement) row = NULL;

  row = _cfoil_dossier_prepare (reading,
                                "SELECT f.name FROM observation AS o JOIN feed AS f USING (feed_id) "
                                "WHERE o.account_id = ?1 AND o.kind = ?3 AND o.object_id = ?2 ORDER BY o.said_us DESC LIMIT 1",
                                id, NULL);
  if (row == NULL)
    return NULL;
  cfoil_statement_bind_int64 (row, 3, kind);
  return cfoil_statement_step (row, NULL) == CFOIL_STEP_ROW ? _cfoil_dossier_dup_text (row, 0) : g_strdup ("settlement-reports");
}

/* --- what the mirror says --- */

static void
put_charge (CfoilDossierReading *reading)
{
  const CfoilDossier *dossier = reading->dossier;
  g_autofree char *feed = NULL;

  if (dossier->charge == NULL)
    return;
  feed = dup_feed (reading, CFOIL_OBJECT_CHARGE, dossier->charge->transaction_id);
  put_time (reading, CFOIL_FACT_PAYMENT_TIME, reading->paid_us, CFOIL_FACT_SOURCE_MIRROR, feed);
  put_money (reading, CFOIL_FACT_PAYMENT_AMOUNT, dossier->charge->currency, dossier->charge->amount_minor, CFOIL_FACT_SOURCE_MIRROR, feed);
  put (reading, CFOIL_FACT_DESCRIPTOR, reading->descriptor, CFOIL_FACT_SOURCE_MIRROR, feed);
}

static void
put_dispute (CfoilDossierReading *reading)
{
  const CfoilCase *record = reading->dossier->record;
  gboolean is_typed = record->is_by_hand || !record->is_confirmed;
  g_autofree char *feed = is_typed ? NULL : dup_feed (reading, CFOIL_OBJECT_DISPUTE, record->dispute_id);
  CfoilFactSource source = is_typed ? CFOIL_FACT_SOURCE_TYPED : CFOIL_FACT_SOURCE_MIRROR;

  put (reading, CFOIL_FACT_DISPUTE_ID, record->dispute_id, source, feed);
  put (reading, CFOIL_FACT_CHARGE_ID, record->charge_id, reading->dossier->charge != NULL ? CFOIL_FACT_SOURCE_MIRROR : source, feed);
  put_money (reading, CFOIL_FACT_DISPUTE_AMOUNT, record->currency, record->amount_minor, source, feed);
  put_time (reading, CFOIL_FACT_DISPUTE_OPENED, reading->opened_us, source, feed);
}

static void
put_buyer (CfoilDossierReading *reading)
{
  const CfoilCase *record = reading->dossier->record;
  gboolean is_typed = reading->dossier->charge == NULL;
  g_autofree char *feed = is_typed ? NULL : dup_feed (reading, CFOIL_OBJECT_PERMISSION, record->permission_id);
  CfoilFactSource source = is_typed ? CFOIL_FACT_SOURCE_TYPED : CFOIL_FACT_SOURCE_MIRROR;

  put (reading, CFOIL_FACT_BUYER_NAME, record->buyer_name, source, feed);
  put (reading, CFOIL_FACT_BUYER_EMAIL, record->buyer_email, source, feed);
  put (reading, CFOIL_FACT_BUYER_COUNTRY, reading->buyer_country, source, feed);
  put (reading, CFOIL_FACT_ORDER_REFERENCE, record->order_reference != NULL ? record->order_reference : record->merchant_reference,
       source, feed);
}

/* The refund that the merchant made last, whole or in part: id, day and amount are of
 * one and the same. */
static void
put_refund (CfoilDossierReading *reading)
{
  const CfoilDossierPayment *refund = NULL;
  g_autofree char *feed = NULL;

  for (guint i = 0; i < reading->dossier->refunds->len; i++)
    {
      const CfoilDossierPayment *one = g_ptr_array_index (reading->dossier->refunds, i);

      if (one->state == CFOIL_STATE_REFUNDED)
        refund = one;
    }
  if (refund == NULL)
    return;
  feed = dup_feed (reading, CFOIL_OBJECT_REFUND, refund->transaction_id);
  put (reading, CFOIL_FACT_REFUND_ID, refund->transaction_id, CFOIL_FACT_SOURCE_MIRROR, feed);
  put_time (reading, CFOIL_FACT_REFUND_TIME, refund->time_us, CFOIL_FACT_SOURCE_MIRROR, feed);
  put_money (reading, CFOIL_FACT_REFUND_AMOUNT, refund->currency, refund->amount_minor, CFOIL_FACT_SOURCE_MIRROR, feed);
}

static void
append_payment (GString                   *list,
                const CfoilDossierPayment *payment)
{
  g_autofree char *money = cfoil_fact_money (payment->currency, payment->amount_minor);
  g_autofree char *shown_money = cfoil_fact_to_letter (CFOIL_FACT_PAYMENT_AMOUNT, money);
  g_autofree char *shown_day = NULL;
  char day[CFOIL_TIME_BUFFER];

  cfoil_time_format_iso (day, payment->time_us);
  day[strlen ("YYYY-MM-DD")] = '\0';
  shown_day = cfoil_fact_to_letter (CFOIL_FACT_ORDER_DATE, day);
  g_string_append_printf (list, "%s%s, %s, %s", list->len > 0 ? "\n" : "", shown_day, shown_money, payment->transaction_id);
}

static void
put_earlier (CfoilDossierReading *reading)
{
  g_autoptr (GString) list = g_string_new (NULL);
  g_autofree char *text = g_strdup_printf ("%u", reading->n_undisputed);

  if (reading->n_undisputed == 0)
    return;
  put (reading, CFOIL_FACT_PRIOR_COUNT, text, CFOIL_FACT_SOURCE_MIRROR, NULL);
  for (guint i = 0; i < MIN (reading->undisputed->len, MAX_LISTED); i++)
    append_payment (list, g_ptr_array_index (reading->undisputed, i));
  put (reading, CFOIL_FACT_PRIOR_LIST, list->str, CFOIL_FACT_SOURCE_MIRROR, NULL);
}

/* --- what the library says --- */

static gboolean
holds_on (const CfoilLibraryItem *item,
          const char             *day)
{
  return item->valid_from == NULL || (day != NULL && strcmp (item->valid_from, day) <= 0);
}

/* Of several the newest that held. */
static const CfoilLibraryItem *
find_shop_item (GPtrArray  *items,
                const char *name,
                const char *day)
{
  const CfoilLibraryItem *found = NULL;

  for (guint i = 0; i < items->len; i++)
    {
      const CfoilLibraryItem *item = g_ptr_array_index (items, i);

      if (g_str_equal (item->kind, "shop") && g_str_equal (item->name, name) && holds_on (item, day) &&
          (found == NULL || g_strcmp0 (item->valid_from, found->valid_from) > 0))
        found = item;
    }
  return found;
}

static gboolean
put_shop (CfoilDossierReading *reading,
          const char          *day,
          GError             **error)
{
  static const CfoilFactKey keys[] = {
    CFOIL_FACT_MERCHANT, CFOIL_FACT_MERCHANT_ADDRESS, CFOIL_FACT_MERCHANT_CONTACT, CFOIL_FACT_SHOP_DESCRIPTION
  };
  g_autoptr (GPtrArray) items = cfoil_library_list (reading->database, error);

  if (items == NULL)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      const char *name = cfoil_fact_get_info (keys[i])->name;
      const CfoilLibraryItem *item = find_shop_item (items, name, day);

      if (item != NULL)
        put (reading, keys[i], item->text, CFOIL_FACT_SOURCE_LIBRARY, item->name);
    }
  return TRUE;
}

static void
list_policies (CfoilReason reason,
               const char *kinds[3])
{
  gboolean cancels = reason == CFOIL_REASON_SUBSCRIPTION_CANCELLED || reason == CFOIL_REASON_NO_LONGER_WANTED;

  kinds[0] = cancels ? "cancellation_policy" : "refund_policy";
  kinds[1] = cancels ? "refund_policy" : "cancellation_policy";
  kinds[2] = "terms";
}

/* The policy that the claim is about, if one was in force on the day of the sale; it has
 * to have begun before, as the letter says since when it held. */
static gboolean
put_policy (CfoilDossierReading *reading,
            const char          *day,
            GError             **error)
{
  const char *kinds[3];

  list_policies (reading->dossier->record->reason, kinds);
  for (guint i = 0; day != NULL && i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (GError) local = NULL;
      g_autoptr (CfoilLibraryItem) item = cfoil_library_find_in_force (reading->database, kinds[i], day, &local);

      if (local != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      if (item == NULL || item->sha256 != NULL || *item->text == '\0')
        continue;
      put (reading, CFOIL_FACT_POLICY_TEXT, item->text, CFOIL_FACT_SOURCE_LIBRARY, item->name);
      put (reading, CFOIL_FACT_POLICY_DATE, item->valid_from, CFOIL_FACT_SOURCE_LIBRARY, item->name);
      return TRUE;
    }
  return TRUE;
}

gboolean
_cfoil_dossier_make_facts (CfoilDossierReading *reading,
                           GError             **error)
{
  g_autofree char *day = cfoil_dossier_dup_sale_day (reading->dossier);

  reading->dossier->facts = g_ptr_array_new_with_free_func ((GDestroyNotify) cfoil_fact_free);
  put_charge (reading);
  put_dispute (reading);
  put_buyer (reading);
  put_refund (reading);
  put_earlier (reading);
  return put_shop (reading, day, error) && put_policy (reading, day, error);
}
