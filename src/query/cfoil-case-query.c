/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-case-query.h"

#include "cfoil-currency.h"
#include "cfoil-query-day.h"

#include <string.h>

/* Shorter ones are in too many ids to be meant. */
#define SHORTEST_PART 3

/* A term, with what does not depend on the case. */
typedef struct
{
  const CfoilTerm *term;
  char **needles;           /* (owned) (nullable): its values, folded */
  gboolean is_never;        /* a day that there is not */
  gint64 from_us, until_us; /* CFOIL_UNKNOWN: no bound */
} Asked;

struct _CfoilCaseMatcher
{
  CfoilQuery *query; /* (owned) */
  GArray *asked;     /* Asked */
  gint64 now_us;
};

/* --- what a case is --- */

static gboolean
is_decided (const CfoilCase *record)
{
  return record->outcome != CFOIL_CASE_OUTCOME_NONE || record->state == CFOIL_STATE_WON ||
         record->state == CFOIL_STATE_LOST || record->state == CFOIL_STATE_CLOSED_NEUTRAL;
}

static gboolean
has_answer_on_its_way (const CfoilCase *record)
{
  return record->submission == CFOIL_SUBMISSION_WAITING || record->submission == CFOIL_SUBMISSION_SENDING ||
         record->submission == CFOIL_SUBMISSION_DELIVERED;
}

gboolean
cfoil_case_needs_answer (const CfoilCase *record)
{
  g_return_val_if_fail (record != NULL, FALSE);

  return record->state == CFOIL_STATE_NEEDS_RESPONSE && !is_decided (record) && !has_answer_on_its_way (record);
}

CfoilUrgency
cfoil_case_get_urgency (const CfoilCase *record,
                        gint64           now_us)
{
  g_return_val_if_fail (record != NULL, CFOIL_URGENCY_NONE);

  if (record->submission == CFOIL_SUBMISSION_DELIVERED || is_decided (record))
    return CFOIL_URGENCY_NONE;
  return cfoil_urgency_of (record->state, record->due_us, now_us);
}

static gboolean
is_won (const CfoilCase *record)
{
  return record->outcome == CFOIL_CASE_OUTCOME_WON ||
         (record->outcome == CFOIL_CASE_OUTCOME_NONE && record->state == CFOIL_STATE_WON);
}

static gboolean
is_lost (const CfoilCase *record)
{
  return record->outcome == CFOIL_CASE_OUTCOME_LOST || record->outcome == CFOIL_CASE_OUTCOME_ACCEPTED ||
         record->outcome == CFOIL_CASE_OUTCOME_EXPIRED ||
         (record->outcome == CFOIL_CASE_OUTCOME_NONE && record->state == CFOIL_STATE_LOST);
}

/* Of what reports tell of long ago, nobody knows how it went: that is not under way. */
static gboolean
is_under_way (const CfoilCase *record)
{
  return !is_decided (record) && !cfoil_case_needs_answer (record) &&
         (has_answer_on_its_way (record) || record->sent_us != CFOIL_UNKNOWN || record->state == CFOIL_STATE_UNDER_REVIEW ||
          record->state == CFOIL_STATE_WAITING_OTHER);
}

gboolean
cfoil_case_is_in_view (const CfoilCase *record,
                       CfoilCaseView    view)
{
  g_return_val_if_fail (record != NULL, FALSE);

  switch (view)
    {
    case CFOIL_CASES_NEED_ANSWER:
      return cfoil_case_needs_answer (record);
    case CFOIL_CASES_DRAFTS:
      return record->has_draft && cfoil_case_needs_answer (record);
    case CFOIL_CASES_SUBMITTED:
      return is_under_way (record);
    case CFOIL_CASES_WON:
      return is_won (record);
    case CFOIL_CASES_LOST:
      return is_lost (record);
    case CFOIL_CASES_ALL:
    case CFOIL_N_CASE_VIEWS:
    default:
      return TRUE;
    }
}

static int
compare_numbers (gint64 a,
                 gint64 b)
{
  return a < b ? -1 : a > b;
}

int
cfoil_case_compare (const CfoilCase *a,
                    const CfoilCase *b)
{
  gboolean a_needs = cfoil_case_needs_answer (a);
  int order;

  if (a_needs != cfoil_case_needs_answer (b))
    return a_needs ? -1 : 1;
  if (a_needs && a->due_us != b->due_us)
    {
      if (a->due_us == CFOIL_UNKNOWN || b->due_us == CFOIL_UNKNOWN)
        return a->due_us == CFOIL_UNKNOWN ? 1 : -1;
      return compare_numbers (a->due_us, b->due_us);
    }
  order = compare_numbers (b->opened_us, a->opened_us);
  return order != 0 ? order : compare_numbers (b->case_id, a->case_id);
}

/* --- values --- */

/* One case has up to three texts by which a field knows it. */
#define MAX_TEXTS 3

static guint
get_texts (const CfoilCase *record,
           CfoilCaseField   field,
           const char      *texts[MAX_TEXTS])
{
  guint n = 0;

  switch (field)
    {
    case CFOIL_CASE_FIELD_REASON:
      texts[n++] = cfoil_reason_to_string (record->reason);
      break;
    case CFOIL_CASE_FIELD_OUTCOME:
      texts[n++] = cfoil_case_outcome_to_string (record->outcome);
      break;
    case CFOIL_CASE_FIELD_KIND:
      texts[n++] = cfoil_case_kind_to_string (record->kind);
      break;
    case CFOIL_CASE_FIELD_STATE:
      texts[n++] = cfoil_state_to_string (record->state);
      break;
    case CFOIL_CASE_FIELD_PRODUCT:
      texts[n++] = cfoil_product_to_string (record->product);
      break;
    case CFOIL_CASE_FIELD_CURRENCY:
      texts[n++] = record->currency;
      break;
    case CFOIL_CASE_FIELD_BUYER:
      texts[n++] = record->buyer_name;
      break;
    case CFOIL_CASE_FIELD_EMAIL:
      texts[n++] = record->buyer_email;
      break;
    case CFOIL_CASE_FIELD_REFERENCE:
      texts[n++] = record->merchant_reference;
      texts[n++] = record->order_reference;
      break;
    case CFOIL_CASE_FIELD_ORDER:
      texts[n++] = record->order_reference;
      break;
    case CFOIL_CASE_FIELD_ID:
      texts[n++] = record->dispute_id;
      break;
    case CFOIL_CASE_FIELD_CHARGE:
      texts[n++] = record->charge_id;
      texts[n++] = record->permission_id;
      break;
    case CFOIL_CASE_FIELD_ACCOUNT:
      texts[n++] = record->account;
      break;
    case CFOIL_CASE_FIELD_HANDLER:
      texts[n++] = record->handler;
      break;
    case CFOIL_CASE_FIELD_CODE:
      texts[n++] = record->provider_reason;
      texts[n++] = record->state_reason;
      break;
    case CFOIL_CASE_FIELD_DESCRIPTION:
      texts[n++] = record->description;
      texts[n++] = record->claim_text;
      break;
    case CFOIL_CASE_FIELD_DUE:
    case CFOIL_CASE_FIELD_AMOUNT:
    case CFOIL_CASE_FIELD_OPENED:
    case CFOIL_CASE_FIELD_DECIDED:
    case CFOIL_N_CASE_FIELDS:
    default:
      break;
    }
  return n;
}

static gint64
get_time (const CfoilCase *record,
          CfoilCaseField   field)
{
  if (field == CFOIL_CASE_FIELD_OPENED)
    return record->opened_us;
  if (field == CFOIL_CASE_FIELD_DECIDED)
    return record->outcome != CFOIL_CASE_OUTCOME_NONE ? record->updated_us : CFOIL_UNKNOWN;
  return record->submission == CFOIL_SUBMISSION_DELIVERED ? CFOIL_UNKNOWN : record->due_us;
}

static gboolean
is_id (CfoilCaseField field)
{
  return field == CFOIL_CASE_FIELD_EMAIL || field == CFOIL_CASE_FIELD_REFERENCE || field == CFOIL_CASE_FIELD_ORDER ||
         field == CFOIL_CASE_FIELD_ID || field == CFOIL_CASE_FIELD_CHARGE || field == CFOIL_CASE_FIELD_CODE;
}

static gboolean
is_code (CfoilCaseField field)
{
  return field == CFOIL_CASE_FIELD_REASON || field == CFOIL_CASE_FIELD_OUTCOME || field == CFOIL_CASE_FIELD_KIND ||
         field == CFOIL_CASE_FIELD_STATE || field == CFOIL_CASE_FIELD_PRODUCT;
}

/* --- texts --- */

static gboolean
begins_a_word (const char *text,
               const char *needle)
{
  gboolean is_begin = TRUE;

  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      if (is_begin && g_str_has_prefix (text, needle))
        return TRUE;
      is_begin = !g_unichar_isalnum (g_utf8_get_char (text));
    }
  return FALSE;
}

static gboolean
text_has (const char *text,
          gboolean    by_part,
          const char *needle)
{
  g_autofree char *folded = NULL;

  if (text == NULL || *needle == '\0')
    return FALSE;
  folded = cfoil_fold (text);
  if (by_part && g_utf8_strlen (needle, -1) >= SHORTEST_PART && strstr (folded, needle) != NULL)
    return TRUE;
  return begins_a_word (folded, needle);
}

static gboolean
field_has (const CfoilCase *record,
           CfoilCaseField   field,
           const char      *needle)
{
  const char *texts[MAX_TEXTS];
  guint n = get_texts (record, field, texts);

  for (guint i = 0; i < n; i++)
    if (is_code (field) ? strcmp (texts[i], needle) == 0 : text_has (texts[i], is_id (field), needle))
      return TRUE;
  return FALSE;
}

/* Without a field, whatever a person knows of a case is looked through. */
static gboolean
any_field_has (const CfoilCase *record,
               const char      *needle)
{
  for (guint field = 0; field < CFOIL_N_CASE_FIELDS; field++)
    if (!is_code ((CfoilCaseField) field) && field_has (record, (CfoilCaseField) field, needle))
      return TRUE;
  return text_has (record->uid, TRUE, needle);
}

static gboolean
has_any_value (const CfoilCase *record,
               char *const     *needles,
               CfoilCaseField   field)
{
  for (guint i = 0; needles[i] != NULL; i++)
    if (field_has (record, field, needles[i]))
      return TRUE;
  return FALSE;
}

/* --- numbers and times --- */

/* MINOR units of EXPONENT decimals and NUMBER, exactly. */
static int
compare_amount (gint64              minor,
                int                 exponent,
                const CfoilDecimal *number)
{
  __extension__ typedef __int128 Wide;
  Wide a = minor, b = number->digits;

  for (int i = exponent; i < number->scale; i++)
    a *= 10;
  for (int i = number->scale; i < exponent; i++)
    b *= 10;
  return a < b ? -1 : a > b;
}

static gboolean
amount_matches (const CfoilTerm *term,
                const CfoilCase *record)
{
  int exponent = record->currency != NULL ? MAX (cfoil_currency_exponent (record->currency), 0) : 0;
  int order;

  if (record->amount_minor == CFOIL_UNKNOWN || record->currency == NULL)
    return FALSE;
  if (term->has_min)
    {
      order = compare_amount (record->amount_minor, exponent, &term->min);
      if (order < 0 || (order == 0 && term->excludes_min))
        return FALSE;
    }
  if (term->has_max)
    {
      order = compare_amount (record->amount_minor, exponent, &term->max);
      if (order > 0 || (order == 0 && term->excludes_max))
        return FALSE;
    }
  return TRUE;
}

static gboolean
time_matches (const Asked *asked,
              gint64       time_us)
{
  return !asked->is_never && time_us != CFOIL_UNKNOWN &&
         (asked->from_us == CFOIL_UNKNOWN || time_us >= asked->from_us) &&
         (asked->until_us == CFOIL_UNKNOWN || time_us < asked->until_us);
}

/* --- properties --- */

static gboolean
has_value (const CfoilCase *record,
           CfoilCaseField   field)
{
  const char *texts[MAX_TEXTS];
  guint n;

  switch (field)
    {
    case CFOIL_CASE_FIELD_DUE:
    case CFOIL_CASE_FIELD_OPENED:
    case CFOIL_CASE_FIELD_DECIDED:
      return get_time (record, field) != CFOIL_UNKNOWN;
    case CFOIL_CASE_FIELD_AMOUNT:
      return record->amount_minor != CFOIL_UNKNOWN;
    case CFOIL_CASE_FIELD_REASON:
      return record->reason != CFOIL_REASON_UNKNOWN;
    case CFOIL_CASE_FIELD_OUTCOME:
      return record->outcome != CFOIL_CASE_OUTCOME_NONE;
    case CFOIL_CASE_FIELD_PRODUCT:
      return record->product != CFOIL_PRODUCT_UNKNOWN;
    default:
      break;
    }
  n = get_texts (record, field, texts);
  for (guint i = 0; i < n; i++)
    if (texts[i] != NULL && *texts[i] != '\0')
      return TRUE;
  return FALSE;
}

static gboolean
is_so (const CfoilCase *record,
       CfoilCaseIs      is,
       gint64           now_us)
{
  CfoilUrgency urgency = cfoil_case_get_urgency (record, now_us);

  switch (is)
    {
    case CFOIL_CASE_IS_ANSWERED:
      return has_answer_on_its_way (record) || (!cfoil_case_needs_answer (record) && record->sent_us != CFOIL_UNKNOWN);
    case CFOIL_CASE_IS_URGENT:
      return urgency == CFOIL_URGENCY_URGENT || urgency == CFOIL_URGENCY_CRITICAL;
    case CFOIL_CASE_IS_OVERDUE:
      return urgency == CFOIL_URGENCY_OVERDUE;
    case CFOIL_CASE_IS_ESTIMATED:
      return record->due_is_estimate && get_time (record, CFOIL_CASE_FIELD_DUE) != CFOIL_UNKNOWN;
    case CFOIL_CASE_IS_DRAFT:
      return cfoil_case_is_in_view (record, CFOIL_CASES_DRAFTS);
    case CFOIL_CASE_IS_UNDELIVERED:
      return record->submission == CFOIL_SUBMISSION_WAITING || record->submission == CFOIL_SUBMISSION_SENDING;
    case CFOIL_N_CASE_IS:
    default:
      return FALSE;
    }
}

/* --- the matcher --- */

static gboolean
matches (const CfoilCaseMatcher *self,
         const Asked            *asked,
         const CfoilCase        *record)
{
  const CfoilTerm *term = asked->term;
  CfoilCaseField field = (CfoilCaseField) term->field;

  switch (term->kind)
    {
    case CFOIL_TERM_WORD:
      return any_field_has (record, asked->needles[0]);
    case CFOIL_TERM_VALUES:
      return has_any_value (record, asked->needles, field);
    case CFOIL_TERM_AMOUNT:
      return amount_matches (term, record);
    case CFOIL_TERM_TIME:
      return time_matches (asked, get_time (record, field));
    case CFOIL_TERM_HAS:
      return has_value (record, field);
    case CFOIL_TERM_IS:
      return is_so (record, (CfoilCaseIs) term->is, self->now_us);
    case CFOIL_TERM_NUMBER:
    default:
      return FALSE;
    }
}

static void
asked_clear (gpointer data)
{
  g_strfreev (((Asked *) data)->needles);
}

static void
fold_values (char **values)
{
  for (; *values != NULL; values++)
    {
      char *folded = cfoil_fold (*values);

      g_free (*values);
      *values = folded;
    }
}

CfoilCaseMatcher *
cfoil_case_matcher_new (CfoilQuery *query,
                        GTimeZone  *zone,
                        gint64      now_us)
{
  CfoilCaseMatcher *self;

  g_return_val_if_fail (query != NULL && zone != NULL, NULL);

  self = g_new0 (CfoilCaseMatcher, 1);
  self->query = cfoil_query_ref (query);
  self->now_us = now_us;
  self->asked = g_array_new (FALSE, TRUE, sizeof (Asked));
  g_array_set_clear_func (self->asked, asked_clear);
  for (guint i = 0; i < cfoil_query_get_n_terms (query); i++)
    {
      const CfoilTerm *term = cfoil_query_get_term (query, i);
      Asked asked = { .term = term, .needles = g_strdupv (term->values), .from_us = CFOIL_UNKNOWN, .until_us = CFOIL_UNKNOWN };

      /* Names of ours are as they are. */
      if (asked.needles != NULL && (term->kind == CFOIL_TERM_WORD || !is_code ((CfoilCaseField) term->field)))
        fold_values (asked.needles);
      if (term->kind == CFOIL_TERM_TIME)
        asked.is_never =
          (term->from.kind != CFOIL_DAY_NONE && !cfoil_day_resolve (&term->from, FALSE, zone, now_us, &asked.from_us)) ||
          (term->until.kind != CFOIL_DAY_NONE && !cfoil_day_resolve (&term->until, TRUE, zone, now_us, &asked.until_us));
      g_array_append_val (self->asked, asked);
    }
  return self;
}

void
cfoil_case_matcher_free (CfoilCaseMatcher *self)
{
  g_return_if_fail (self != NULL);

  g_array_unref (self->asked);
  cfoil_query_unref (self->query);
  g_free (self);
}

gboolean
cfoil_case_matcher_matches (const CfoilCaseMatcher *self,
                            const CfoilCase        *record)
{
  g_return_val_if_fail (self != NULL && record != NULL, FALSE);

  for (guint i = 0; i < self->asked->len; i++)
    {
      const Asked *asked = &g_array_index (self->asked, Asked, i);

      if (matches (self, asked, record) == asked->term->is_negated)
        return FALSE;
    }
  return TRUE;
}
