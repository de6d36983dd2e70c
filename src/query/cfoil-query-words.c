/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-query-private.h"

#include <glib/gi18n.h>
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
static const CfoilFieldWord aliases[] = {
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

/* A payment "has a refund" when something of it was given back; its refunded amount
 * is known, and zero, for all the others. */
static const CfoilIsWord has_words[] = {
  { "refund", CFOIL_IS_REFUNDED },
  { "refunds", CFOIL_IS_REFUNDED },
  { "refunded", CFOIL_IS_REFUNDED },
  { "exception", CFOIL_IS_EXCEPTION },
  { "exceptions", CFOIL_IS_EXCEPTION },
};

static const CfoilCodeWord code_words[] = {
  { CFOIL_FIELD_TYPE, "fee", { "dispute_fee", "authorization_fee" } },
  { CFOIL_FIELD_TYPE, "authorisation_fee", { "authorization_fee" } },
  { CFOIL_FIELD_STATE, "authorised", { "authorized" } },
  { CFOIL_FIELD_STATE, "cancelled", { "canceled" } },
  { CFOIL_FIELD_DISPUTE_STATE, "cancelled", { "canceled" } },
};

static const CfoilField hinted[] = { CFOIL_FIELD_STATE, CFOIL_FIELD_TYPE, CFOIL_FIELD_DISPUTE_STATE };

static const char *
get_name (CfoilField field)
{
  return cfoil_field_get_info (field)->name;
}

static const char *
get_title (CfoilField field)
{
  return cfoil_field_get_info (field)->title;
}

static CfoilFieldKind
get_kind (CfoilField field)
{
  return cfoil_field_get_info (field)->kind;
}

/* States of permissions and disputes have the same numbers as those of payments. */
static gboolean
code_is_usual (CfoilField field,
               gint64     code)
{
  if (field == CFOIL_FIELD_STATE)
    return code <= CFOIL_STATE_REFUNDED;
  if (field == CFOIL_FIELD_DISPUTE_STATE)
    return code >= CFOIL_STATE_NEEDS_RESPONSE || code == CFOIL_STATE_OTHER;
  return TRUE;
}

static const CfoilVocabulary transactions = {
  .n_fields = CFOIL_N_FIELDS,
  .usual_words = usual_words,
  .aliases = aliases,
  .n_aliases = G_N_ELEMENTS (aliases),
  .n_is = CFOIL_N_IS,
  .is_words = is_words,
  .has_words = has_words,
  .n_has_words = G_N_ELEMENTS (has_words),
  .code_words = code_words,
  .n_code_words = G_N_ELEMENTS (code_words),
  .hinted = hinted,
  .n_hinted = G_N_ELEMENTS (hinted),
  .percent_field = CFOIL_FIELD_FEE_RATE,
  .deadline_field = CFOIL_N_FIELDS,
  .long_has_field = CFOIL_FIELD_REFUND_ID,
  .get_name = get_name,
  .get_title = get_title,
  .get_kind = get_kind,
  .get_n_codes = cfoil_field_n_codes,
  .get_code_name = cfoil_field_code_name,
  .code_is_usual = code_is_usual,
  .expected_has = N_ ("Expected the name of a field, such as settlement, note or tag."),
  .no_such_has = N_ ("There is no field “%s”. Expected a field, such as settlement, note or tag."),
  .no_such_field = N_ ("There is no field “%s”. Fields are date, amount, state, type, currency, reference, buyer, "
                       "settlement, store, tag and others; put the text in quotes to search for it."),
};

const CfoilVocabulary *
cfoil_vocabulary_of (const CfoilVocabulary *vocabulary)
{
  return vocabulary != NULL ? vocabulary : &transactions;
}

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

  return cfoil_vocabulary_get_word (&transactions, field);
}

const char *
cfoil_vocabulary_get_word (const CfoilVocabulary *vocabulary,
                           CfoilField             field)
{
  if (vocabulary->get_kind (field) == CFOIL_FIELD_KIND_FLAGS)
    return NULL;
  return vocabulary->usual_words[field] != NULL ? vocabulary->usual_words[field] : vocabulary->get_name (field);
}

static gboolean
field_from_word (const CfoilVocabulary *vocabulary,
                 const char            *word,
                 CfoilField            *field)
{
  for (guint i = 0; i < vocabulary->n_fields; i++)
    if (g_strcmp0 (vocabulary->usual_words[i], word) == 0)
      {
        *field = (CfoilField) i;
        return TRUE;
      }
  for (guint i = 0; i < vocabulary->n_aliases; i++)
    if (strcmp (vocabulary->aliases[i].word, word) == 0)
      {
        *field = vocabulary->aliases[i].field;
        return TRUE;
      }
  for (guint i = 0; i < vocabulary->n_fields; i++)
    if (strcmp (vocabulary->get_name ((CfoilField) i), word) == 0)
      {
        *field = (CfoilField) i;
        return TRUE;
      }
  return FALSE;
}

CfoilPrefix
cfoil_query_prefix_from_name (const CfoilVocabulary *vocabulary,
                              const char            *name,
                              CfoilField            *field)
{
  if (strcmp (name, "has") == 0)
    return CFOIL_PREFIX_HAS;
  if (strcmp (name, "no") == 0)
    return CFOIL_PREFIX_NO;
  if (strcmp (name, "is") == 0)
    return CFOIL_PREFIX_IS;
  /* Of all times of a row only the one that sums are made by has them. */
  if (vocabulary == &transactions && strcmp (name, "weekday") == 0)
    return CFOIL_PREFIX_WEEKDAY;
  if (vocabulary == &transactions && strcmp (name, "hour") == 0)
    return CFOIL_PREFIX_HOUR;
  return field_from_word (vocabulary, name, field) ? CFOIL_PREFIX_FIELD : CFOIL_PREFIX_UNKNOWN;
}

gboolean
cfoil_query_is_from_name (const CfoilVocabulary *vocabulary,
                          const char            *name,
                          CfoilIs               *is)
{
  for (guint i = 0; i < vocabulary->n_is; i++)
    if (strcmp (vocabulary->is_words[i], name) == 0)
      {
        *is = (CfoilIs) i;
        return TRUE;
      }
  return FALSE;
}

gboolean
cfoil_query_has_from_name (const CfoilVocabulary *vocabulary,
                           const char            *name,
                           CfoilField            *field,
                           CfoilIs               *is,
                           gboolean              *is_property)
{
  for (guint i = 0; i < vocabulary->n_has_words; i++)
    if (strcmp (vocabulary->has_words[i].word, name) == 0)
      {
        *is = vocabulary->has_words[i].is;
        *is_property = TRUE;
        return TRUE;
      }
  *is_property = FALSE;
  return field_from_word (vocabulary, name, field) && cfoil_vocabulary_get_word (vocabulary, *field) != NULL;
}

const char *
cfoil_query_has_name (const CfoilVocabulary *vocabulary,
                      CfoilField             field)
{
  if (field == vocabulary->long_has_field)
    return vocabulary->get_name (field);
  return cfoil_vocabulary_get_word (vocabulary, field);
}

char **
cfoil_query_codes_from_name (const CfoilVocabulary *vocabulary,
                             CfoilField             field,
                             const char            *name)
{
  const char *itself[] = { name, NULL };

  for (guint i = 0; i < vocabulary->get_n_codes (field); i++)
    if (g_strcmp0 (vocabulary->get_code_name (field, i), name) == 0)
      return g_strdupv ((char **) itself);
  for (guint i = 0; i < vocabulary->n_code_words; i++)
    if (vocabulary->code_words[i].field == field && strcmp (vocabulary->code_words[i].word, name) == 0)
      return g_strdupv ((char **) vocabulary->code_words[i].names);
  return NULL;
}

gboolean
cfoil_query_field_has_alias (const CfoilVocabulary *vocabulary,
                             CfoilField             field,
                             const char            *prefix)
{
  for (guint i = 0; i < vocabulary->n_aliases; i++)
    if (vocabulary->aliases[i].field == field && g_str_has_prefix (vocabulary->aliases[i].word, prefix))
      return TRUE;
  return g_str_has_prefix (vocabulary->get_name (field), prefix);
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
cfoil_query_suggest_field (const CfoilVocabulary *vocabulary,
                           const char            *name)
{
  static const char *const others[] = { "has", "is" };
  const char *suggestion = NULL;
  gsize length = strlen (name);
  /* One letter of three or four may be wrong, two of longer words. */
  guint best = length <= 4 ? 2 : 3;

  if (length < 2 || length > LONGEST_WORD)
    return NULL;
  for (guint i = 0; i < vocabulary->n_fields; i++)
    {
      const char *word = cfoil_vocabulary_get_word (vocabulary, (CfoilField) i);

      if (word == NULL)
        continue;
      consider (name, word, word, &best, &suggestion);
      consider (name, vocabulary->get_name ((CfoilField) i), word, &best, &suggestion);
    }
  for (guint i = 0; i < vocabulary->n_aliases; i++)
    consider (name, vocabulary->aliases[i].word, cfoil_vocabulary_get_word (vocabulary, vocabulary->aliases[i].field), &best,
              &suggestion);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    consider (name, others[i], others[i], &best, &suggestion);
  return suggestion;
}
