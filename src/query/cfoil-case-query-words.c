/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-case-query.h"
#include "cfoil-query-private.h"

#include <glib/gi18n.h>
#include <string.h>

#define F(id) [CFOIL_CASE_FIELD_##id]

static const struct
{
  const char *name;
  const char *title;
  CfoilFieldKind kind;
} fields[CFOIL_N_CASE_FIELDS] = {
  F (DUE) = { "due", N_ ("Due"), CFOIL_FIELD_KIND_TIME },
  F (REASON) = { "reason", N_ ("Reason"), CFOIL_FIELD_KIND_CODE },
  F (OUTCOME) = { "outcome", N_ ("Outcome"), CFOIL_FIELD_KIND_CODE },
  F (KIND) = { "kind", N_ ("Kind"), CFOIL_FIELD_KIND_CODE },
  F (STATE) = { "state", N_ ("State"), CFOIL_FIELD_KIND_CODE },
  F (AMOUNT) = { "amount", N_ ("Amount"), CFOIL_FIELD_KIND_MONEY },
  F (CURRENCY) = { "currency", N_ ("Currency"), CFOIL_FIELD_KIND_TEXT },
  F (BUYER) = { "buyer", N_ ("Buyer"), CFOIL_FIELD_KIND_TEXT },
  F (EMAIL) = { "email", N_ ("E-mail"), CFOIL_FIELD_KIND_ID },
  F (REFERENCE) = { "reference", N_ ("Reference"), CFOIL_FIELD_KIND_ID },
  F (ORDER) = { "order", N_ ("Order"), CFOIL_FIELD_KIND_ID },
  F (ID) = { "id", N_ ("Dispute ID"), CFOIL_FIELD_KIND_ID },
  F (CHARGE) = { "charge", N_ ("Charge ID"), CFOIL_FIELD_KIND_ID },
  F (ACCOUNT) = { "account", N_ ("Account"), CFOIL_FIELD_KIND_TEXT },
  F (OPENED) = { "opened", N_ ("Opened"), CFOIL_FIELD_KIND_TIME },
  F (HANDLER) = { "who", N_ ("Handled by"), CFOIL_FIELD_KIND_TEXT },
  F (CODE) = { "code", N_ ("Provider’s word"), CFOIL_FIELD_KIND_ID },
  F (DESCRIPTION) = { "description", N_ ("Description"), CFOIL_FIELD_KIND_TEXT },
  F (PRODUCT) = { "product", N_ ("Product"), CFOIL_FIELD_KIND_CODE },
  F (DECIDED) = { "decided", N_ ("Decided"), CFOIL_FIELD_KIND_TIME },
};

/* Their names are their usual words. */
static const char *const usual_words[CFOIL_N_CASE_FIELDS];

static const CfoilFieldWord aliases[] = {
  { "charge_id", (CfoilField) CFOIL_CASE_FIELD_CHARGE },
  { "date", (CfoilField) CFOIL_CASE_FIELD_OPENED },
  { "deadline", (CfoilField) CFOIL_CASE_FIELD_DUE },
  { "dispute", (CfoilField) CFOIL_CASE_FIELD_ID },
  { "dispute_id", (CfoilField) CFOIL_CASE_FIELD_ID },
  { "e_mail", (CfoilField) CFOIL_CASE_FIELD_EMAIL },
  { "handler", (CfoilField) CFOIL_CASE_FIELD_HANDLER },
  { "mail", (CfoilField) CFOIL_CASE_FIELD_EMAIL },
  { "name", (CfoilField) CFOIL_CASE_FIELD_BUYER },
  { "ref", (CfoilField) CFOIL_CASE_FIELD_REFERENCE },
  { "status", (CfoilField) CFOIL_CASE_FIELD_STATE },
  { "type", (CfoilField) CFOIL_CASE_FIELD_KIND },
};

static const char *const is_words[CFOIL_N_CASE_IS] = {
  [CFOIL_CASE_IS_ANSWERED] = "answered",       [CFOIL_CASE_IS_URGENT] = "urgent",
  [CFOIL_CASE_IS_OVERDUE] = "overdue",         [CFOIL_CASE_IS_ESTIMATED] = "estimated",
  [CFOIL_CASE_IS_DRAFT] = "draft",             [CFOIL_CASE_IS_UNDELIVERED] = "undelivered",
};

static const char *const is_titles[CFOIL_N_CASE_IS] = {
  [CFOIL_CASE_IS_ANSWERED] = N_ ("Answered"),
  [CFOIL_CASE_IS_URGENT] = N_ ("Due within 72 hours"),
  [CFOIL_CASE_IS_OVERDUE] = N_ ("Overdue"),
  [CFOIL_CASE_IS_ESTIMATED] = N_ ("Deadline is estimated"),
  [CFOIL_CASE_IS_DRAFT] = N_ ("Draft begun"),
  [CFOIL_CASE_IS_UNDELIVERED] = N_ ("Not yet delivered"),
};

static const CfoilIsWord has_words[] = {
  { "draft", (CfoilIs) CFOIL_CASE_IS_DRAFT },
  { "answer", (CfoilIs) CFOIL_CASE_IS_ANSWERED },
};

static const CfoilField hinted[] = {
  (CfoilField) CFOIL_CASE_FIELD_OUTCOME,
  (CfoilField) CFOIL_CASE_FIELD_STATE,
  (CfoilField) CFOIL_CASE_FIELD_KIND,
  (CfoilField) CFOIL_CASE_FIELD_REASON,
};

static const char *
get_name (CfoilField field)
{
  return fields[field].name;
}

static const char *
get_title (CfoilField field)
{
  return fields[field].title;
}

static CfoilFieldKind
get_kind (CfoilField field)
{
  return fields[field].kind;
}

static guint
get_n_codes (CfoilField field)
{
  switch ((CfoilCaseField) field)
    {
    case CFOIL_CASE_FIELD_REASON:
      return CFOIL_N_REASONS;
    case CFOIL_CASE_FIELD_OUTCOME:
      return CFOIL_N_CASE_OUTCOMES;
    case CFOIL_CASE_FIELD_KIND:
      return CFOIL_N_CASE_KINDS;
    case CFOIL_CASE_FIELD_STATE:
      return CFOIL_N_STATES;
    case CFOIL_CASE_FIELD_PRODUCT:
      return CFOIL_N_PRODUCTS;
    default:
      return 0;
    }
}

static const char *
get_code_name (CfoilField field,
               gint64     code)
{
  switch ((CfoilCaseField) field)
    {
    case CFOIL_CASE_FIELD_REASON:
      return cfoil_reason_to_string ((CfoilReason) code);
    case CFOIL_CASE_FIELD_OUTCOME:
      return cfoil_case_outcome_to_string ((CfoilCaseOutcome) code);
    case CFOIL_CASE_FIELD_KIND:
      /* No kind is 0. */
      return code > 0 ? cfoil_case_kind_to_string ((CfoilCaseKind) code) : NULL;
    case CFOIL_CASE_FIELD_STATE:
      return cfoil_state_to_string ((CfoilState) code);
    case CFOIL_CASE_FIELD_PRODUCT:
      return cfoil_product_to_string ((CfoilProduct) code);
    default:
      return NULL;
    }
}

static gboolean
code_is_usual (CfoilField field,
               gint64     code)
{
  if ((CfoilCaseField) field == CFOIL_CASE_FIELD_STATE)
    return code >= CFOIL_STATE_NEEDS_RESPONSE || code == CFOIL_STATE_OTHER;
  return (CfoilCaseField) field != CFOIL_CASE_FIELD_KIND || code > 0;
}

const char *
cfoil_case_field_get_title (CfoilCaseField field)
{
  g_return_val_if_fail (field < CFOIL_N_CASE_FIELDS, "");

  return fields[field].title;
}

const char *
cfoil_case_is_get_title (CfoilCaseIs is)
{
  g_return_val_if_fail (is < CFOIL_N_CASE_IS, "");

  return is_titles[is];
}

static const char *
state_title (CfoilState state)
{
  switch (state)
    {
    case CFOIL_STATE_NEEDS_RESPONSE:
      return N_ ("Needs an answer");
    case CFOIL_STATE_WAITING_OTHER:
      return N_ ("Waiting for the other side");
    case CFOIL_STATE_UNDER_REVIEW:
      return N_ ("Under review");
    case CFOIL_STATE_WON:
      return N_ ("Won");
    case CFOIL_STATE_LOST:
      return N_ ("Lost");
    case CFOIL_STATE_CLOSED_NEUTRAL:
      return N_ ("Closed");
    default:
      return N_ ("Other state");
    }
}

const char *
cfoil_case_field_get_value_title (CfoilCaseField field,
                                  const char    *name)
{
  CfoilProduct product;
  CfoilReason reason;
  CfoilCaseOutcome outcome;
  CfoilCaseKind kind;

  g_return_val_if_fail (name != NULL, NULL);

  if (field == CFOIL_CASE_FIELD_REASON && cfoil_reason_from_string (name, &reason))
    return cfoil_reason_get_title (reason);
  if (field == CFOIL_CASE_FIELD_OUTCOME && cfoil_case_outcome_from_string (name, &outcome))
    return cfoil_case_outcome_get_title (outcome);
  if (field == CFOIL_CASE_FIELD_KIND && cfoil_case_kind_from_string (name, &kind))
    return cfoil_case_kind_get_title (kind);
  if (field == CFOIL_CASE_FIELD_PRODUCT && cfoil_product_from_string (name, &product))
    return cfoil_product_get_title (product);
  if (field == CFOIL_CASE_FIELD_STATE)
    for (guint i = 0; i < CFOIL_N_STATES; i++)
      if (strcmp (cfoil_state_to_string ((CfoilState) i), name) == 0)
        return state_title ((CfoilState) i);
  return NULL;
}

/* --- the vocabulary --- */

static const char *
get_code_title (CfoilField  field,
                const char *name)
{
  return cfoil_case_field_get_value_title ((CfoilCaseField) field, name);
}

static const CfoilVocabulary cases = {
  .n_fields = CFOIL_N_CASE_FIELDS,
  .usual_words = usual_words,
  .aliases = aliases,
  .n_aliases = G_N_ELEMENTS (aliases),
  .n_is = CFOIL_N_CASE_IS,
  .is_words = is_words,
  .has_words = has_words,
  .n_has_words = G_N_ELEMENTS (has_words),
  .hinted = hinted,
  .n_hinted = G_N_ELEMENTS (hinted),
  .percent_field = (CfoilField) CFOIL_N_CASE_FIELDS,
  .deadline_field = (CfoilField) CFOIL_CASE_FIELD_DUE,
  .long_has_field = (CfoilField) CFOIL_N_CASE_FIELDS,
  .get_name = get_name,
  .get_title = get_title,
  .get_kind = get_kind,
  .get_n_codes = get_n_codes,
  .get_code_name = get_code_name,
  .code_is_usual = code_is_usual,
  .is_titles = is_titles,
  .get_code_title = get_code_title,
  .expected_has = N_ ("Expected the name of a field, such as id, who or due."),
  .no_such_has = N_ ("There is no field “%s”. Expected a field, such as id, who or due."),
  .no_such_field = N_ ("There is no field “%s”. Fields are due, reason, outcome, kind, state, amount, buyer, reference, "
                       "who and others; put the text in quotes to search for it."),
};

const CfoilVocabulary *
cfoil_case_vocabulary (void)
{
  return &cases;
}
