/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-anomaly-private.h"
#include "cfoil-currency.h"
#include "cfoil-metric.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>

/* Sentences from numbers, in the user's language of today. */
typedef struct
{
  JsonObject *numbers;
  const char *currency;
} Found;

static gint64
number (const Found *found,
        const char  *name)
{
  return json_object_get_int_member_with_default (found->numbers, name, 0);
}

static const char *
text (const Found *found,
      const char  *name)
{
  return json_object_get_string_member_with_default (found->numbers, name, "");
}

static char *
money (const Found *found,
       const char  *name)
{
  return cfoil_currency_format (number (found, name), found->currency);
}

static char *
part (const Found *found,
      const char  *name)
{
  return cfoil_unit_format (CFOIL_UNIT_RATIO, number (found, name), NULL);
}

static char *
describe_card_testing (const Found *found)
{
  g_autofree char *most = money (found, "most_minor");

  /* Translators: number of attempts, an amount, minutes, the usual number */
  return g_strdup_printf (_("%d attempts of at most %s within %d minutes; usual are %d. Somebody may be trying stolen cards."),
                          (int) number (found, "n"), most, (int) number (found, "minutes"), (int) number (found, "usual"));
}

static char *
describe_decline_jump (const Found *found)
{
  g_autofree char *share = part (found, "share_ppm");
  g_autofree char *usual = part (found, "usual_ppm");

  /* Translators: 40 of 100 attempts were declined (40 %), usual are 5 % */
  return g_strdup_printf (_("%d of %d attempts were declined (%s); usual are %s."), (int) number (found, "n"), (int) number (found, "of"),
                          share, usual);
}

static char *
describe_duplicate (const Found *found)
{
  g_autofree char *amount = money (found, "amount_minor");

  return g_strdup_printf (_("The same buyer paid %s twice within %d seconds. If it was a mistake, refund one before the buyer disputes it."),
                          amount, (int) number (found, "seconds"));
}

static char *
describe_refund_ratio (const Found *found)
{
  g_autofree char *share = part (found, "share_ppm");
  g_autofree char *usual = part (found, "usual_ppm");

  return g_strdup_printf (_("Refunds of this week come to %s of its sales; usual are %s."), share, usual);
}

static char *
describe_refund_excess (const Found *found)
{
  g_autofree char *amount = money (found, "amount_minor");
  g_autofree char *refunded = money (found, "refunded_minor");

  return g_strdup_printf (_("Of a payment of %s, %s were refunded."), amount, refunded);
}

static char *
describe_refund_after_dispute (const Found *found)
{
  g_autofree char *amount = money (found, "amount_minor");

  return g_strdup_printf (_("%s were refunded after the bank had taken the payment back: the buyer may have the money twice."), amount);
}

static char *
describe_expiring (const Found *found)
{
  g_autofree char *amount = money (found, "amount_minor");
  g_autoptr (GDateTime) when = g_date_time_new_from_unix_utc (number (found, "expires_us") / G_USEC_PER_SEC);
  /* Translators: a date and time in UTC, for strftime */
  g_autofree char *shown = when != NULL ? g_date_time_format (when, _("%e %B, %H:%M UTC")) : g_strdup ("");

  return g_strdup_printf (_("An authorization of %s expires on %s and was not captured."), amount, g_strstrip (shown));
}

static char *
describe_late_capture (const Found *found)
{
  g_autofree char *amount = money (found, "amount_minor");
  int days = (int) number (found, "days");

  return g_strdup_printf (ngettext ("A payment of %s was captured %d day after it was authorized. After a week banks may refuse it, and "
                                    "buyers no longer expect it.",
                                    "A payment of %s was captured %d days after it was authorized. After a week banks may refuse it, and "
                                    "buyers no longer expect it.", (gulong) days), amount, days);
}

static char *
describe_large_amount (const Found *found)
{
  g_autofree char *amount = money (found, "amount_minor");
  g_autofree char *usual = money (found, "usual_minor");

  return g_strdup_printf (_("A payment of %s; 199 of 200 payments of this store are not above %s."), amount, usual);
}

static char *
describe_new_country (const Found *found)
{
  /* Translators: a country's code, payments of the last week from there, all of the last week, and the same of the months before */
  return g_strdup_printf (_("From %s came %d of %d payments of the last 7 days, but only %d of %d in the months before."),
                          text (found, "country"), (int) number (found, "n"), (int) number (found, "of"), (int) number (found, "before"),
                          (int) number (found, "before_of"));
}

static char *
describe_fee_drift (const Found *found)
{
  g_autofree char *share = part (found, "share_ppm");
  g_autofree char *usual = part (found, "usual_ppm");

  return g_strdup_printf (_("Fees of this week are %s of what was settled; usual are %s."), share, usual);
}

static char *
describe_missing_settlement (const Found *found)
{
  int days = (int) number (found, "days");

  return g_strdup_printf (ngettext ("After settlement %s, %d day is missing before the next one begins.",
                                    "After settlement %s, %d days are missing before the next one begins.", (gulong) days),
                          text (found, "settlement"), days);
}

static char *
describe_unproved_settlement (const Found *found)
{
  g_autofree char *remainder = money (found, "remainder_minor");

  return g_strdup_printf (_("Settlement %s does not add up: it is off by %s."), text (found, "settlement"), remainder);
}

static char *
describe_dispute_cluster (const Found *found)
{
  g_autofree char *usual = NULL;

  if (json_object_has_member (found->numbers, "day"))
    return g_strdup_printf (_("%d of the %d disputes of the last 60 days are about payments of one day, %s."), (int) number (found, "n"),
                            (int) number (found, "of"), text (found, "day"));
  usual = part (found, "usual_ppm");
  if (json_object_has_member (found->numbers, "product"))
    {
      g_autofree char *product = g_strdup (text (found, "product"));

      /* One line, whatever the shop wrote. */
      for (char *p = product; *p != '\0'; p++)
        *p = g_ascii_iscntrl (*p) ? ' ' : *p;
      /* Translators: disputes about a product, all disputes, the product's reference, its share of payments */
      return g_strdup_printf (_("%d of the %d disputes of the last 60 days are about “%s”, which has %s of the payments."),
                              (int) number (found, "n"), (int) number (found, "of"), product, usual);
    }
  /* Translators: disputes from a country, all disputes, the country's code, its share of payments */
  return g_strdup_printf (_("%d of the %d disputes of the last 60 days come from %s, which has %s of the payments."), (int) number (found, "n"),
                          (int) number (found, "of"), text (found, "country"), usual);
}

static char *
describe_repeat_disputer (const Found *found)
{
  return g_strdup_printf (_("One buyer has disputed %d payments."), (int) number (found, "n"));
}

static char *
describe_sandbox_rows (const Found *found)
{
  return g_strdup_printf (ngettext ("%d transaction of this live account has the ID of a test (%s).",
                                    "%d transactions of this live account have IDs of tests (%s …).", (gulong) number (found, "n")),
                          (int) number (found, "n"), text (found, "id"));
}

static const struct
{
  const char *rule;
  char *(*describe) (const Found *found);
} sentences[] = {
  { "card-testing", describe_card_testing },
  { "decline-jump", describe_decline_jump },
  { "duplicate", describe_duplicate },
  { "refund-ratio", describe_refund_ratio },
  { "refund-excess", describe_refund_excess },
  { "refund-after-dispute", describe_refund_after_dispute },
  { "expiring", describe_expiring },
  { "late-capture", describe_late_capture },
  { "large-amount", describe_large_amount },
  { "new-country", describe_new_country },
  { "fee-drift", describe_fee_drift },
  { "missing-settlement", describe_missing_settlement },
  { "unproved-settlement", describe_unproved_settlement },
  { "dispute-cluster", describe_dispute_cluster },
  { "repeat-disputer", describe_repeat_disputer },
  { "sandbox-rows", describe_sandbox_rows },
};

char *
_cfoil_anomaly_describe (const char *rule,
                         const char *currency,
                         const char *json)
{
  g_autoptr (JsonNode) node = json_from_string (json, NULL);
  Found found = { NULL, currency };

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return g_strdup (json);
  found.numbers = json_node_get_object (node);
  for (guint i = 0; i < G_N_ELEMENTS (sentences); i++)
    if (g_str_equal (sentences[i].rule, rule))
      return sentences[i].describe (&found);
  return g_strdup (json);
}
