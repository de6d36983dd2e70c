/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-query-private.h"

#include <string.h>

#define F(id) [CFOIL_FIELD_##id]

/* The word that is shown and offered.  Those that have none here go by their name. */
static const char *const usual_words[CFOIL_N_FIELDS] = {
  F (TRANSACTION_ID) = "id",
  F (TIME) = "date",
  F (CREATED) = "created",
  F (AUTHORIZED) = "authorized",
  F (CAPTURED) = "captured",
  F (EXPIRES) = "expires",
  F (POSTED) = "posted",
  F (FEE) = "fee",
  F (FEE_RATE) = "rate",
  F (REFERENCE) = "reference",
  F (ORDER_REFERENCE) = "order",
  F (PERMISSION_ID) = "permission",
  F (CHARGE_ID) = "charge",
  F (REFUND_ID) = "refund",
  F (DISPUTE_ID) = "dispute",
  F (SETTLEMENT) = "settlement",
  F (PAYOUT_REFERENCE) = "payout",
  F (BUYER_NAME) = "buyer",
  F (BUYER_EMAIL) = "email",
  F (BUYER_COUNTRY) = "country",
  F (SOFT_DESCRIPTOR) = "descriptor",
  F (TRACKING_CARRIER) = "carrier",
  F (TRACKING_NUMBER) = "tracking",
  F (RISK_SCORE) = "risk",
  F (TAGS) = "tag",
  F (REVIEWED) = "reviewed",
  F (FEED) = "feed",
};

/* Others that people may come up with. */
static const struct
{
  const char *word;
  CfoilField field;
} aliases[] = {
  { "authorised", CFOIL_FIELD_AUTHORIZED },
  { "authorised_at", CFOIL_FIELD_AUTHORIZED },
  { "changed", CFOIL_FIELD_LAST_CHANGED },
  { "e_mail", CFOIL_FIELD_BUYER_EMAIL },
  { "fees", CFOIL_FIELD_FEE },
  { "mail", CFOIL_FIELD_BUYER_EMAIL },
  { "name", CFOIL_FIELD_BUYER_NAME },
  { "notes", CFOIL_FIELD_NOTE },
  { "order_id", CFOIL_FIELD_ORDER_REFERENCE },
  { "permission_id", CFOIL_FIELD_PERMISSION_ID },
  { "ref", CFOIL_FIELD_REFERENCE },
  { "settled", CFOIL_FIELD_SETTLEMENT_DATE },
  { "status", CFOIL_FIELD_STATE },
  { "transaction", CFOIL_FIELD_TRANSACTION_ID },
};

static const char *const is_words[CFOIL_N_IS] = {
  [CFOIL_IS_UNCAPTURED] = "uncaptured",
  [CFOIL_IS_EXPIRING] = "expiring",
  [CFOIL_IS_PENDING] = "pending",
  [CFOIL_IS_UNSETTLED] = "unsettled",
  [CFOIL_IS_DISPUTED] = "disputed",
  [CFOIL_IS_REFUNDED] = "refunded",
  [CFOIL_IS_REVIEWED] = "reviewed",
  [CFOIL_IS_EXCEPTION] = "exception",
};

const char *
cfoil_is_to_string (CfoilIs is)
{
  g_return_val_if_fail ((guint) is < CFOIL_N_IS, NULL);

  return is_words[is];
}

const char *
cfoil_query_field_name (CfoilField field)
{
  g_return_val_if_fail ((guint) field < CFOIL_N_FIELDS, NULL);

  if (cfoil_field_get_info (field)->kind == CFOIL_FIELD_KIND_FLAGS)
    return NULL;
  return usual_words[field] != NULL ? usual_words[field] : cfoil_field_get_info (field)->name;
}

static gboolean
field_from_word (const char *word,
                 CfoilField *field)
{
  for (guint i = 0; i < CFOIL_N_FIELDS; i++)
    if (g_strcmp0 (usual_words[i], word) == 0)
      {
        *field = (CfoilField) i;
        return TRUE;
      }
  for (guint i = 0; i < G_N_ELEMENTS (aliases); i++)
    if (strcmp (aliases[i].word, word) == 0)
      {
        *field = aliases[i].field;
        return TRUE;
      }
  return cfoil_field_from_name (word, field);
}

CfoilPrefix
cfoil_query_prefix_from_name (const char *name,
                              CfoilField *field)
{
  if (strcmp (name, "has") == 0)
    return CFOIL_PREFIX_HAS;
  if (strcmp (name, "no") == 0)
    return CFOIL_PREFIX_NO;
  if (strcmp (name, "is") == 0)
    return CFOIL_PREFIX_IS;
  return field_from_word (name, field) ? CFOIL_PREFIX_FIELD : CFOIL_PREFIX_UNKNOWN;
}

gboolean
cfoil_query_is_from_name (const char *name,
                          CfoilIs    *is)
{
  for (guint i = 0; i < CFOIL_N_IS; i++)
    if (strcmp (is_words[i], name) == 0)
      {
        *is = (CfoilIs) i;
        return TRUE;
      }
  return FALSE;
}

/* A payment "has a refund" when something of it was given back; its refunded amount
 * is known, and zero, for all the others. */
gboolean
cfoil_query_has_from_name (const char *name,
                           CfoilField *field,
                           CfoilIs    *is,
                           gboolean   *is_property)
{
  static const struct
  {
    const char *word;
    CfoilIs is;
  } properties[] = {
    { "refund", CFOIL_IS_REFUNDED },
    { "refunds", CFOIL_IS_REFUNDED },
    { "refunded", CFOIL_IS_REFUNDED },
    { "exception", CFOIL_IS_EXCEPTION },
    { "exceptions", CFOIL_IS_EXCEPTION },
  };

  for (guint i = 0; i < G_N_ELEMENTS (properties); i++)
    if (strcmp (properties[i].word, name) == 0)
      {
        *is = properties[i].is;
        *is_property = TRUE;
        return TRUE;
      }
  *is_property = FALSE;
  return field_from_word (name, field) && cfoil_query_field_name (*field) != NULL;
}

const char *
cfoil_query_has_name (CfoilField field)
{
  if (field == CFOIL_FIELD_REFUND_ID)
    return cfoil_field_get_info (field)->name;
  return cfoil_query_field_name (field);
}

char **
cfoil_query_codes_from_name (CfoilField  field,
                             const char *name)
{
  static const struct
  {
    CfoilField field;
    const char *word;
    const char *names[3];
  } others[] = {
    { CFOIL_FIELD_TYPE, "fee", { "dispute_fee", "authorization_fee" } },
    { CFOIL_FIELD_TYPE, "authorisation_fee", { "authorization_fee" } },
    { CFOIL_FIELD_STATE, "authorised", { "authorized" } },
    { CFOIL_FIELD_STATE, "cancelled", { "canceled" } },
    { CFOIL_FIELD_DISPUTE_STATE, "cancelled", { "canceled" } },
  };
  const char *itself[] = { name, NULL };

  for (guint i = 0; i < cfoil_field_n_codes (field); i++)
    if (strcmp (cfoil_field_code_name (field, i), name) == 0)
      return g_strdupv ((char **) itself);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    if (others[i].field == field && strcmp (others[i].word, name) == 0)
      return g_strdupv ((char **) others[i].names);
  return NULL;
}

/* States of permissions and disputes have the same numbers as those of payments. */
gboolean
cfoil_query_code_is_usual (CfoilField field,
                           gint64     code)
{
  if (field == CFOIL_FIELD_STATE)
    return code <= CFOIL_STATE_REFUNDED;
  if (field == CFOIL_FIELD_DISPUTE_STATE)
    return code >= CFOIL_STATE_NEEDS_RESPONSE || code == CFOIL_STATE_OTHER;
  return TRUE;
}

gboolean
cfoil_query_field_has_alias (CfoilField  field,
                             const char *prefix)
{
  for (guint i = 0; i < G_N_ELEMENTS (aliases); i++)
    if (aliases[i].field == field && g_str_has_prefix (aliases[i].word, prefix))
      return TRUE;
  return g_str_has_prefix (cfoil_field_get_info (field)->name, prefix);
}

/* --- what was meant --- */

#define LONGEST_WORD 24

/* How many letters must be put in, taken out or changed. */
static guint
distance (const char *a,
          const char *b)
{
  gsize length = strlen (b);
  guint row[LONGEST_WORD + 1];

  for (guint j = 0; j <= length; j++)
    row[j] = j;
  for (guint i = 0; a[i] != '\0'; i++)
    {
      guint diagonal = row[0];

      row[0] = i + 1;
      for (guint j = 0; j < length; j++)
        {
          guint changed = diagonal + (a[i] == b[j] ? 0 : 1);

          diagonal = row[j + 1];
          row[j + 1] = MIN (changed, MIN (row[j], row[j + 1]) + 1);
        }
    }
  return row[length];
}

static void
consider (const char  *name,
          const char  *word,
          const char  *offer,
          guint       *best,
          const char **suggestion)
{
  guint d = strlen (word) > LONGEST_WORD ? G_MAXUINT : distance (name, word);

  if (d < *best)
    {
      *best = d;
      *suggestion = offer;
    }
}

const char *
cfoil_query_suggest_field (const char *name)
{
  static const char *const others[] = { "has", "is" };
  const char *suggestion = NULL;
  gsize length = strlen (name);
  /* One letter of three or four may be wrong, two of longer words. */
  guint best = length <= 4 ? 2 : 3;

  if (length < 2 || length > LONGEST_WORD)
    return NULL;
  for (guint i = 0; i < CFOIL_N_FIELDS; i++)
    {
      const char *word = cfoil_query_field_name ((CfoilField) i);

      if (word == NULL)
        continue;
      consider (name, word, word, &best, &suggestion);
      consider (name, cfoil_field_get_info ((CfoilField) i)->name, word, &best, &suggestion);
    }
  for (guint i = 0; i < G_N_ELEMENTS (aliases); i++)
    consider (name, aliases[i].word, cfoil_query_field_name (aliases[i].field), &best, &suggestion);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    consider (name, others[i], others[i], &best, &suggestion);
  return suggestion;
}
