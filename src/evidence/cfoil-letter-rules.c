/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-letter-private.h"

#include "cfoil-fact-private.h"

#include <glib/gi18n.h>
#include <string.h>

/* A civil day without a zone is somewhere between UTC+14 and UTC-12. */
#define EARLIEST_ZONE_US (14 * G_TIME_SPAN_HOUR)
#define LATEST_ZONE_US (12 * G_TIME_SPAN_HOUR)

/* What comes first must not be later. */
typedef struct
{
  CfoilFactKey first;
  CfoilFactKey second;
} Order;

static const Order orders[] = {
  { CFOIL_FACT_ORDER_DATE, CFOIL_FACT_SHIPPED_DATE },
  { CFOIL_FACT_ORDER_DATE, CFOIL_FACT_PROMISED_DATE },
  { CFOIL_FACT_ORDER_DATE, CFOIL_FACT_DELIVERED_DATE },
  { CFOIL_FACT_ORDER_DATE, CFOIL_FACT_DOWNLOAD_TIME },
  { CFOIL_FACT_ORDER_DATE, CFOIL_FACT_ACCESS_TIME },
  { CFOIL_FACT_ORDER_DATE, CFOIL_FACT_SERVICE_DATE },
  { CFOIL_FACT_SHIPPED_DATE, CFOIL_FACT_DELIVERED_DATE },
  { CFOIL_FACT_PAYMENT_TIME, CFOIL_FACT_DISPUTE_OPENED },
  { CFOIL_FACT_PAYMENT_TIME, CFOIL_FACT_REFUND_TIME },
  { CFOIL_FACT_DISPUTE_OPENED, CFOIL_FACT_WITHDRAWN },
  { CFOIL_FACT_SIGNUP_DATE, CFOIL_FACT_PAYMENT_TIME },
  { CFOIL_FACT_SIGNUP_DATE, CFOIL_FACT_RENEWAL_NOTICE },
  { CFOIL_FACT_SIGNUP_DATE, CFOIL_FACT_CANCELLED_DATE },
  { CFOIL_FACT_SIGNUP_DATE, CFOIL_FACT_USED_AFTER },
};

/* What a letter tells as past. */
static const CfoilFactKey past[] = {
  CFOIL_FACT_ORDER_DATE, CFOIL_FACT_SHIPPED_DATE, CFOIL_FACT_DELIVERED_DATE, CFOIL_FACT_DOWNLOAD_TIME,
  CFOIL_FACT_ACCESS_TIME, CFOIL_FACT_CONTACT_DATE, CFOIL_FACT_RETURN_OFFERED, CFOIL_FACT_OTHER_DATE,
  CFOIL_FACT_SIGNUP_DATE, CFOIL_FACT_RENEWAL_NOTICE, CFOIL_FACT_CANCELLED_DATE, CFOIL_FACT_USED_AFTER,
  CFOIL_FACT_WITHDRAWN, CFOIL_FACT_PAYMENT_TIME, CFOIL_FACT_REFUND_TIME, CFOIL_FACT_DISPUTE_OPENED,
};

/* --- times --- */

/* When it begins at the earliest and ends at the latest. */
static gboolean
get_span (const CfoilStatements *self,
          CfoilFactKey           key,
          gint64                *earliest_us,
          gint64                *latest_us)
{
  const CfoilFact *fact = self->facts[key];
  gint64 us;

  if (fact == NULL || !cfoil_fact_read_time (key, fact->value, &us))
    return FALSE;
  *earliest_us = *latest_us = us;
  if (cfoil_fact_get_info (key)->kind == CFOIL_FACT_KIND_DATE)
    {
      *earliest_us = us - EARLIEST_ZONE_US;
      *latest_us = us + G_TIME_SPAN_DAY + LATEST_ZONE_US;
    }
  return TRUE;
}

static gint64
day_of (gint64 us)
{
  return (us - ((us % G_TIME_SPAN_DAY) + G_TIME_SPAN_DAY) % G_TIME_SPAN_DAY) / G_TIME_SPAN_DAY;
}

static gboolean
get_day (const CfoilStatements *self,
         CfoilFactKey           key,
         gint64                *day)
{
  gint64 us;

  if (self->facts[key] == NULL || !cfoil_fact_read_time (key, self->facts[key]->value, &us))
    return FALSE;
  *day = day_of (us);
  return TRUE;
}

static gboolean
are_days (CfoilFactKey first,
          CfoilFactKey second)
{
  return cfoil_fact_get_info (first)->kind == CFOIL_FACT_KIND_DATE &&
         cfoil_fact_get_info (second)->kind == CFOIL_FACT_KIND_DATE;
}

/* Two days of the shop's calendar are compared as days; a day and a time only where no
 * zone could turn them round. */
static gboolean
is_before (const CfoilStatements *self,
           CfoilFactKey           first,
           CfoilFactKey           second)
{
  gint64 first_earliest, first_latest, second_earliest, second_latest, first_day, second_day;

  if (!get_span (self, first, &first_earliest, &first_latest) || !get_span (self, second, &second_earliest, &second_latest))
    return FALSE;
  if (are_days (first, second))
    return get_day (self, first, &first_day) && get_day (self, second, &second_day) && first_day < second_day;
  return first_latest < second_earliest;
}

static gboolean
is_not_after (const CfoilStatements *self,
              CfoilFactKey           first,
              CfoilFactKey           second)
{
  gint64 first_day, second_day;

  return get_day (self, first, &first_day) && get_day (self, second, &second_day) && first_day <= second_day;
}

static gboolean
is_past (const CfoilStatements *self,
         CfoilFactKey           key)
{
  gint64 day;

  return self->draft->letter_us > 0 && get_day (self, key, &day) && day <= day_of (self->draft->letter_us);
}

/* --- texts, amounts and counts --- */

static gboolean
is_same (const CfoilStatements *self,
         CfoilFactKey           first,
         CfoilFactKey           second)
{
  g_autofree char *first_text = g_utf8_casefold (self->facts[first]->value, -1);
  g_autofree char *second_text = g_utf8_casefold (self->facts[second]->value, -1);
  char first_currency[4], second_currency[4];
  gint64 first_minor, second_minor;

  if (cfoil_fact_get_info (first)->kind != CFOIL_FACT_KIND_MONEY)
    return g_str_equal (first_text, second_text);
  return cfoil_fact_read_money (self->facts[first]->value, first_currency, &first_minor) &&
         cfoil_fact_read_money (self->facts[second]->value, second_currency, &second_minor) &&
         first_minor == second_minor && g_str_equal (first_currency, second_currency);
}

static guint64
get_count (const CfoilStatements *self,
           CfoilFactKey           key)
{
  return g_ascii_strtoull (self->facts[key]->value, NULL, 10);
}

gboolean
cfoil_rule_holds (const CfoilRule       *rule,
                  const CfoilStatements *statements)
{
  if (rule->kind == CFOIL_RULE_NONE)
    return TRUE;
  if (statements->facts[rule->first] == NULL || statements->facts[rule->second] == NULL)
    return FALSE;
  switch (rule->kind)
    {
    case CFOIL_RULE_BEFORE:
      return is_before (statements, rule->first, rule->second);
    case CFOIL_RULE_NOT_AFTER:
      return is_not_after (statements, rule->first, rule->second);
    case CFOIL_RULE_SAME:
      return is_same (statements, rule->first, rule->second);
    case CFOIL_RULE_DIFFERENT:
      return !is_same (statements, rule->first, rule->second);
    case CFOIL_RULE_ONE:
      return get_count (statements, rule->first) == 1;
    case CFOIL_RULE_SEVERAL:
      return get_count (statements, rule->first) > 1;
    case CFOIL_RULE_IN_PAST:
      return is_past (statements, rule->first);
    case CFOIL_RULE_KNOWN:
    case CFOIL_RULE_NONE:
    default:
      return TRUE;
    }
}

/* --- what does not fit --- */

/* Of two facts of which one comes from the provider, it is the other that is wrong. */
static void
doubt (CfoilStatements *self,
       CfoilFactKey     first,
       CfoilFactKey     second)
{
  gboolean first_is_mirror = self->facts[first]->source == CFOIL_FACT_SOURCE_MIRROR;
  gboolean second_is_mirror = self->facts[second]->source == CFOIL_FACT_SOURCE_MIRROR;

  if (!first_is_mirror || second_is_mirror)
    self->is_doubtful[first] = TRUE;
  if (!second_is_mirror || first_is_mirror)
    self->is_doubtful[second] = TRUE;
}

typedef void (*ContradictionFunc) (CfoilStatements *self,
                                   CfoilFactKey     first,
                                   CfoilFactKey     second,
                                   const char      *format,
                                   gpointer         user_data);

static gboolean
has_both (const CfoilStatements *self,
          CfoilFactKey           first,
          CfoilFactKey           second)
{
  return self->facts[first] != NULL && self->facts[second] != NULL;
}

static void
find_same (CfoilStatements  *self,
           CfoilFactKey      first,
           CfoilFactKey      second,
           ContradictionFunc each,
           gpointer          user_data)
{
  if (has_both (self, first, second) && is_same (self, first, second))
    each (self, first, second,
          /* Translators: %1$s and %3$s are titles of fields ("Payment ID"), the others what stands in them */
          N_ ("“%1$s” (%2$s) and “%3$s” (%4$s) are the same: this is not another payment."), user_data);
}

/* Where days begin first it may be the day after that of the letter.  The provider's clock
 * is believed. */
static void
find_future (CfoilStatements  *self,
             ContradictionFunc each,
             gpointer          user_data)
{
  gint64 day;

  for (guint i = 0; self->draft->letter_us > 0 && i < G_N_ELEMENTS (past); i++)
    if (get_day (self, past[i], &day) && day > day_of (self->draft->letter_us) + 1 &&
        self->facts[past[i]]->source != CFOIL_FACT_SOURCE_MIRROR)
      each (self, past[i], past[i],
            /* Translators: %1$s is the title of a field ("Delivered On"), %2$s what stands in it */
            N_ ("“%1$s” (%2$s) is later than the date of the letter: the letter cannot say that it happened."), user_data);
}

static void
foreach_contradiction (CfoilStatements  *self,
                       ContradictionFunc each,
                       gpointer          user_data)
{
  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    if (is_before (self, orders[i].second, orders[i].first))
      each (self, orders[i].second, orders[i].first,
            /* Translators: %1$s and %3$s are titles of fields ("Delivered On"), the others what stands in them */
            N_ ("“%1$s” (%2$s) is before “%3$s” (%4$s): both cannot be true."), user_data);

  if (has_both (self, CFOIL_FACT_POLICY_DATE, CFOIL_FACT_PAYMENT_TIME) &&
      !is_not_after (self, CFOIL_FACT_POLICY_DATE, CFOIL_FACT_PAYMENT_TIME))
    each (self, CFOIL_FACT_POLICY_DATE, CFOIL_FACT_PAYMENT_TIME,
          N_ ("“%1$s” (%2$s) is after “%3$s” (%4$s): the policy does not apply to this payment."), user_data);
  if (is_before (self, CFOIL_FACT_PAYMENT_TIME, CFOIL_FACT_RENEWAL_NOTICE))
    each (self, CFOIL_FACT_RENEWAL_NOTICE, CFOIL_FACT_PAYMENT_TIME,
          N_ ("“%1$s” (%2$s) is after “%3$s” (%4$s): this was no notice of that renewal."), user_data);

  find_future (self, each, user_data);
  find_same (self, CFOIL_FACT_OTHER_ORDER, CFOIL_FACT_ORDER_REFERENCE, each, user_data);
  find_same (self, CFOIL_FACT_OTHER_CHARGE_ID, CFOIL_FACT_CHARGE_ID, each, user_data);
  if (has_both (self, CFOIL_FACT_AGREED_TOTAL, CFOIL_FACT_PAYMENT_AMOUNT) &&
      !is_same (self, CFOIL_FACT_AGREED_TOTAL, CFOIL_FACT_PAYMENT_AMOUNT))
    each (self, CFOIL_FACT_AGREED_TOTAL, CFOIL_FACT_PAYMENT_AMOUNT,
          N_ ("“%1$s” (%2$s) is not “%3$s” (%4$s): the letter cannot say that the buyer agreed to the price."), user_data);
}

static void
doubt_both (CfoilStatements *self,
            CfoilFactKey     first,
            CfoilFactKey     second,
            const char      *format,
            gpointer         user_data)
{
  doubt (self, first, second);
}

void
cfoil_statements_init (CfoilStatements  *self,
                       const CfoilDraft *draft)
{
  memset (self, 0, sizeof *self);
  self->draft = draft;
  for (guint i = 0; i < draft->facts->len; i++)
    {
      const CfoilFact *fact = g_ptr_array_index (draft->facts, i);
      g_autofree char *text = cfoil_fact_to_letter (fact->key, fact->value);

      if (text != NULL)
        self->facts[fact->key] = fact;
    }
  foreach_contradiction (self, doubt_both, NULL);
}

static void
describe (CfoilStatements *self,
          CfoilFactKey     first,
          CfoilFactKey     second,
          const char      *format,
          gpointer         user_data)
{
  GPtrArray *texts = user_data;

  g_ptr_array_add (texts, g_strdup_printf (_(format),
                                           _(cfoil_fact_get_info (first)->title), self->facts[first]->value,
                                           _(cfoil_fact_get_info (second)->title), self->facts[second]->value));
}

GPtrArray *
cfoil_letter_find_contradictions (const CfoilDraft *draft)
{
  GPtrArray *texts = g_ptr_array_new_with_free_func (g_free);
  CfoilStatements statements;

  g_return_val_if_fail (draft != NULL, texts);

  cfoil_statements_init (&statements, draft);
  foreach_contradiction (&statements, describe, texts);
  return texts;
}
