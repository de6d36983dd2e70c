/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-letter-private.h"

#include "cfoil-fact-private.h"

#include <string.h>

/* --- markers --- */

typedef enum
{
  MARKER_TEXT, /* no marker: what stands between them */
  MARKER_FACT,
  MARKER_DAY,
  MARKER_LINES,
  MARKER_CASE,
  MARKER_PROVIDER,
  MARKER_REASON,
  MARKER_RECIPIENT,
  MARKER_DATE,
} MarkerKind;

typedef struct
{
  MarkerKind kind;
  CfoilFactKey fact;
  const char *text; /* of TEXT */
  gsize length;
} Marker;

static gboolean
read_word (const char *name,
           MarkerKind *kind)
{
  static const struct
  {
    const char *name;
    MarkerKind kind;
  } words[] = {
    { "case", MARKER_CASE }, { "provider", MARKER_PROVIDER }, { "reason", MARKER_REASON },
    { "recipient", MARKER_RECIPIENT }, { "date", MARKER_DATE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (words[i].name, name))
      {
        *kind = words[i].kind;
        return TRUE;
      }
  return FALSE;
}

static void
read_marker (const char *name,
             Marker     *marker)
{
  g_autofree char *fact = g_strndup (name, strcspn (name, ":"));

  if (cfoil_fact_key_from_name (fact, &marker->fact))
    marker->kind = g_str_has_suffix (name, ":day")     ? MARKER_DAY
                   : g_str_has_suffix (name, ":lines") ? MARKER_LINES
                                                       : MARKER_FACT;
  else if (!read_word (name, &marker->kind))
    g_error ("The letter's catalogue has an unknown marker “%s”", name); /* it must never reach a bank */
}

/* The next piece of *TEXT; FALSE at its end. */
static gboolean
next_marker (const char **text,
             Marker      *marker)
{
  if (**text == '\0')
    return FALSE;
  if (**text == '{')
    {
      const char *end = strchr (*text, '}');
      g_autofree char *name = NULL;

      g_assert (end != NULL);
      name = g_strndup (*text + 1, (gsize) (end - *text - 1));
      read_marker (name, marker);
      *text = end + 1;
      return TRUE;
    }
  marker->kind = MARKER_TEXT;
  marker->text = *text;
  marker->length = strcspn (*text, "{");
  *text += marker->length;
  return TRUE;
}

static void
add_fact (CfoilTemplateFacts *facts,
          CfoilFactKey        key)
{
  for (guint i = 0; i < facts->n; i++)
    if (facts->keys[i] == key)
      return;
  g_assert (facts->n < CFOIL_TEMPLATE_MAX_FACTS);
  facts->keys[facts->n++] = key;
}

void
cfoil_template_list_facts (const CfoilTemplate *self,
                           CfoilTemplateFacts  *facts)
{
  const char *text = self->text;
  Marker marker;

  facts->n = 0;
  while (next_marker (&text, &marker))
    if (marker.kind >= MARKER_FACT && marker.kind <= MARKER_LINES)
      add_fact (facts, marker.fact);
  for (guint i = 0; i < CFOIL_TEMPLATE_N_RULES; i++)
    if (self->rules[i].kind != CFOIL_RULE_NONE)
      {
        add_fact (facts, self->rules[i].first);
        add_fact (facts, self->rules[i].second);
      }
}

/* --- values --- */

static const char *
case_noun (CfoilCaseKind kind)
{
  switch (kind)
    {
    case CFOIL_CASE_CHARGEBACK:
      return "chargeback";
    case CFOIL_CASE_CLAIM:
      return "claim";
    case CFOIL_CASE_INQUIRY:
      return "inquiry";
    default:
      return "dispute";
    }
}

/* As the provider gave it, not as it is argued against. */
static const char *
reason_clause (CfoilReason reason)
{
  static const char *const clauses[CFOIL_N_REASONS] = {
    [CFOIL_REASON_FRAUD] = "the buyer did not authorise the payment",
    [CFOIL_REASON_UNRECOGNIZED] = "the buyer does not recognise the payment",
    [CFOIL_REASON_NOT_RECEIVED] = "what was bought was not received",
    [CFOIL_REASON_NOT_AS_DESCRIBED] = "what was bought was not as described",
    [CFOIL_REASON_NO_LONGER_WANTED] = "what was bought is no longer wanted",
    [CFOIL_REASON_CREDIT_NOT_PROCESSED] = "a refund that is due was not made",
    [CFOIL_REASON_OVERCHARGED] = "the amount of the payment is wrong",
    [CFOIL_REASON_DUPLICATE] = "the payment was taken twice",
    [CFOIL_REASON_PAID_OTHERWISE] = "the purchase was paid in another way",
    [CFOIL_REASON_SUBSCRIPTION_CANCELLED] = "the subscription had been cancelled",
  };

  return reason < CFOIL_N_REASONS ? clauses[reason] : NULL;
}

/* Lines of an address or a list within a sentence: commas between them. */
static char *
join_lines (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  GString *out = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (*lines[i] == '\0')
        continue;
      if (out->len > 0)
        g_string_append (out, strchr (".,;:!?", out->str[out->len - 1]) != NULL ? " " : ", ");
      g_string_append (out, lines[i]);
    }
  return g_string_free (out, FALSE);
}

static char *
fact_text (const CfoilStatements *statements,
           const Marker          *marker)
{
  const CfoilFact *fact = statements->facts[marker->fact];
  g_autofree char *text = NULL;
  gint64 us;

  if (fact == NULL || statements->is_doubtful[marker->fact])
    return NULL;
  if (marker->kind == MARKER_DAY)
    return cfoil_fact_read_time (fact->key, fact->value, &us) ? cfoil_fact_day_to_letter (us) : NULL;
  text = cfoil_fact_to_letter (fact->key, fact->value);
  if (text == NULL || marker->kind == MARKER_LINES)
    return g_steal_pointer (&text);
  return join_lines (text);
}

static char *
recipient_text (const CfoilDraft *draft)
{
  g_autofree char *text = cfoil_fact_tidy (draft->recipient != NULL ? draft->recipient : "", TRUE);

  return *text != '\0' ? g_steal_pointer (&text) : NULL;
}

static char *
date_text (const CfoilDraft *draft)
{
  return draft->letter_us > 0 ? cfoil_fact_day_to_letter (draft->letter_us) : NULL;
}

/* NULL: not known. */
static char *
marker_text (const CfoilLetterContext *context,
             const Marker             *marker)
{
  switch (marker->kind)
    {
    case MARKER_FACT:
    case MARKER_DAY:
    case MARKER_LINES:
      return fact_text (&context->statements, marker);
    case MARKER_CASE:
      return g_strdup (case_noun (context->kind));
    case MARKER_PROVIDER:
      return g_strdup (context->provider);
    case MARKER_REASON:
      return g_strdup (reason_clause (context->case_reason));
    case MARKER_RECIPIENT:
      return recipient_text (context->statements.draft);
    case MARKER_DATE:
      return date_text (context->statements.draft);
    case MARKER_TEXT:
    default:
      return g_strndup (marker->text, marker->length);
    }
}

/* --- sentences --- */

/* What people typed is the shop's record, not what the provider or a carrier says. */
static gboolean
speaks_of_records (const CfoilTemplate      *self,
                   const CfoilTemplateFacts *facts,
                   const CfoilStatements    *statements)
{
  if ((self->flags & CFOIL_TEMPLATE_LINE) != 0 || g_str_equal (self->section, "closing") ||
      strstr (self->text, "records") != NULL)
    return FALSE;
  for (guint i = 0; i < facts->n; i++)
    if (statements->facts[facts->keys[i]]->source == CFOIL_FACT_SOURCE_TYPED)
      return TRUE;
  return FALSE;
}

/* " (Exhibits A and C)"; "" for none. */
static char *
reference (const CfoilDraft *draft,
           GPtrArray        *exhibits)
{
  GString *out = g_string_new (exhibits->len == 0 ? "" : exhibits->len == 1 ? " (Exhibit " : " (Exhibits ");
  guint n = 0;

  for (guint i = 0; i < draft->exhibits->len; i++)
    {
      g_autofree char *letter = NULL;

      if (!g_ptr_array_find (exhibits, g_ptr_array_index (draft->exhibits, i), NULL))
        continue;
      letter = cfoil_exhibit_letter (i);
      if (n > 0)
        g_string_append (out, n + 1 == exhibits->len ? " and " : ", ");
      g_string_append (out, letter);
      n++;
    }
  return g_string_free (g_string_append (out, exhibits->len > 0 ? ")" : ""), FALSE);
}

static gboolean
ends_a_sentence (const char *text)
{
  static const char *const ends[] = { "!", "?", ".”", "!”", "?”" };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    if (g_str_has_suffix (text, ends[i]))
      return TRUE;
  return FALSE;
}

/* A template's last full stop comes after the reference, and is not doubled when what
 * somebody typed ends a sentence itself. */
static void
finish (GString    *out,
        const char *exhibits)
{
  if (!g_str_has_suffix (out->str, "."))
    return;
  g_string_truncate (out, out->len - 1);
  if (g_str_has_suffix (out->str, "."))
    g_string_truncate (out, out->len - 1);
  g_string_append (out, exhibits);
  if (*exhibits != '\0' || !ends_a_sentence (out->str))
    g_string_append_c (out, '.');
}

static gboolean
ends_in_lines (const CfoilTemplate *self)
{
  return g_str_has_suffix (self->text, ":lines}");
}

/* The reference of a list stands before it, where its colon is. */
static void
refer_before_lines (GString    *out,
                    const char *exhibits)
{
  char *colon = strstr (out->str, ":\n");

  if (colon != NULL)
    g_string_insert (out, colon - out->str, exhibits);
}

char *
cfoil_template_render (const CfoilTemplate      *self,
                       const CfoilTemplateFacts *facts,
                       const CfoilLetterContext *context,
                       GPtrArray                *exhibits)
{
  g_autofree char *references = reference (context->statements.draft, exhibits);
  g_autoptr (GString) out = g_string_new (NULL);
  const char *text = self->text;
  Marker marker;

  while (next_marker (&text, &marker))
    {
      g_autofree char *piece = marker_text (context, &marker);

      if (piece == NULL)
        return NULL;
      g_string_append (out, piece);
      /* Before what was typed comes in, which may have a colon, too. */
      if (marker.kind == MARKER_TEXT && ends_in_lines (self))
        refer_before_lines (out, references);
    }
  if (speaks_of_records (self, facts, &context->statements))
    {
      out->str[0] = g_ascii_tolower (out->str[0]);
      g_string_prepend (out, "According to our records, ");
    }
  if ((self->flags & CFOIL_TEMPLATE_LINE) == 0 && !ends_in_lines (self))
    finish (out, references);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* --- exhibits --- */

GPtrArray *
cfoil_template_find_exhibits (const CfoilTemplate *self,
                              const CfoilDraft    *draft)
{
  GPtrArray *exhibits = g_ptr_array_new ();

  for (guint i = 0; i < draft->exhibits->len; i++)
    {
      CfoilExhibit *exhibit = g_ptr_array_index (draft->exhibits, i);

      for (guint j = 0; j < CFOIL_TEMPLATE_N_PROOFS && self->proofs[j] != CFOIL_EVIDENCE_OTHER; j++)
        if (self->proofs[j] == exhibit->type && exhibit->files->len > 0)
          g_ptr_array_add (exhibits, exhibit);
    }
  return exhibits;
}

char *
cfoil_letter_exhibit_line (const CfoilDraft *draft,
                           guint             position)
{
  const CfoilExhibit *exhibit = g_ptr_array_index (draft->exhibits, position);
  g_autofree char *letter = cfoil_exhibit_letter (position);
  g_autofree char *caption = cfoil_fact_tidy (exhibit->caption != NULL ? exhibit->caption : "", FALSE);
  const char *type = cfoil_evidence_type_get_title (exhibit->type);

  if (*caption == '\0')
    return g_strdup_printf ("Exhibit %s: %s", letter, type);
  if (exhibit->type == CFOIL_EVIDENCE_OTHER)
    return g_strdup_printf ("Exhibit %s: %s", letter, caption);
  return g_strdup_printf ("Exhibit %s: %s (%s)", letter, caption, type);
}
