/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-draft.h"

#include "cfoil-draft-json.h"
#include "cfoil-error.h"
#include "cfoil-evidence-file.h"

#include <string.h>

/* A draft from its text, which may be damaged, a newer version's, or somebody's joke. */

#define MAX_FILES 200   /* of one exhibit */
#define MAX_LEFT_OUT 1000
#define MAX_NAME 100    /* bytes of an id, a section, a type */
#define MAX_DETAIL 1000

/* What is taken out of OBJECT is known; the rest is kept.  One mistake ends it all. */
typedef struct
{
  CfoilDraft *draft;
  GError **error;
  gboolean failed;
} Reading;

static void G_GNUC_PRINTF (3, 4)
mistake (Reading    *reading,
         int         code,
         const char *format,
         ...)
{
  va_list arguments;

  if (reading->failed)
    return;
  reading->failed = TRUE;
  if (reading->error == NULL)
    return;
  va_start (arguments, format);
  *reading->error = g_error_new_valist (CFOIL_INPUT_ERROR, code, format, arguments);
  va_end (arguments);
}

/* A text for which there is room; NULL: a mistake. */
static char *
dup_text (Reading    *reading,
          JsonNode   *node,
          const char *where,
          glong       max)
{
  const char *text = node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;

  if (text == NULL)
    mistake (reading, CFOIL_INPUT_ERROR_SYNTAX, "The draft: “%s” is no text", where);
  else if (g_utf8_strlen (text, -1) > max)
    mistake (reading, CFOIL_INPUT_ERROR_LIMIT, "The draft: “%s” has more than %ld characters", where, max);
  else
    return g_strdup (text);
  return NULL;
}

/* Takes a text member out; "" if there is none. */
static char *
take_text (Reading    *reading,
           JsonObject *object,
           const char *name,
           glong       max)
{
  JsonNode *node = json_object_get_member (object, name);
  char *text = node != NULL ? dup_text (reading, node, name, max) : NULL;

  if (node != NULL)
    json_object_remove_member (object, name);
  return text != NULL ? text : g_strdup ("");
}

/* A word of a list of ours; what is not in it stays in OBJECT. */
static void
take_word (Reading    *reading,
           JsonObject *object,
           const char *name,
           gboolean  (*from_string) (const char *word, guint *value),
           guint      *value)
{
  JsonNode *node = json_object_get_member (object, name);
  g_autofree char *word = node != NULL ? dup_text (reading, node, name, MAX_NAME) : NULL;

  if (word != NULL && from_string (word, value))
    json_object_remove_member (object, name);
}

static gboolean
stance_from_string (const char *word,
                    guint      *value)
{
  for (guint stance = CFOIL_STANCE_CONTEST; stance <= CFOIL_STANCE_REFUND; stance++)
    if (g_str_equal (word, cfoil_stance_to_string (stance)))
      {
        *value = stance;
        return TRUE;
      }
  return FALSE;
}

static gboolean
reason_from_string (const char *word,
                    guint      *value)
{
  CfoilReason reason;

  if (!cfoil_reason_from_string (word, &reason))
    return FALSE;
  *value = reason;
  return TRUE;
}

static gboolean
product_from_string (const char *word,
                     guint      *value)
{
  CfoilProduct product;

  if (!cfoil_product_from_string (word, &product))
    return FALSE;
  *value = product;
  return TRUE;
}

static gboolean
evidence_type_from_string (const char *word,
                           guint      *value)
{
  CfoilEvidenceType type;

  if (!cfoil_evidence_type_from_string (word, &type))
    return FALSE;
  *value = type;
  return TRUE;
}

static JsonObject *
take_object (Reading    *reading,
             JsonObject *object,
             const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      mistake (reading, CFOIL_INPUT_ERROR_SYNTAX, "The draft: “%s” is no object", name);
      return NULL;
    }
  return json_node_get_object (node);
}

/* At most MAX elements; NULL: none, or a mistake. */
static JsonArray *
get_array (Reading    *reading,
           JsonObject *object,
           const char *name,
           guint       max)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_ARRAY (node))
    mistake (reading, CFOIL_INPUT_ERROR_SYNTAX, "The draft: “%s” is no list", name);
  else if (json_array_get_length (json_node_get_array (node)) > max)
    mistake (reading, CFOIL_INPUT_ERROR_LIMIT, "The draft: “%s” has more than %u entries", name, max);
  else
    return json_node_get_array (node);
  return NULL;
}

/* A value that is none of its kind asserts nothing, but is kept. */
static gboolean
read_fact (Reading      *reading,
           CfoilFactKey  key,
           JsonObject   *object)
{
  g_autofree char *value = take_text (reading, object, "value", CFOIL_DRAFT_MAX_TEXT);
  g_autofree char *source = take_text (reading, object, "source", MAX_NAME);
  g_autofree char *detail = take_text (reading, object, "detail", MAX_DETAIL);
  g_autofree char *clean = cfoil_fact_clean (key, value, NULL);
  CfoilFactSource from = g_str_equal (source, "mirror") ? CFOIL_FACT_SOURCE_MIRROR :
                         g_str_equal (source, "library") ? CFOIL_FACT_SOURCE_LIBRARY : CFOIL_FACT_SOURCE_TYPED;

  if (clean != NULL && *clean != '\0')
    {
      cfoil_draft_set_fact (reading->draft, key, clean, from, *detail != '\0' ? detail : NULL);
      return TRUE;
    }
  cfoil_draft_json_set_text (object, "value", value);
  cfoil_draft_json_set_text (object, "source", source);
  cfoil_draft_json_set_text (object, "detail", detail);
  return FALSE;
}

static void
read_facts (Reading    *reading,
            JsonObject *object)
{
  JsonObject *facts = take_object (reading, object, "facts");
  g_autoptr (GList) names = facts != NULL ? json_object_get_members (facts) : NULL;

  for (GList *link = names; link != NULL; link = link->next)
    {
      const char *name = link->data;
      JsonNode *node = json_object_get_member (facts, name);
      CfoilFactKey key;

      if (!JSON_NODE_HOLDS_OBJECT (node))
        mistake (reading, CFOIL_INPUT_ERROR_SYNTAX, "The draft: the fact “%.100s” is no object", name);
      else if (cfoil_fact_key_from_name (name, &key) && read_fact (reading, key, json_node_get_object (node)) &&
               json_object_get_size (json_node_get_object (node)) == 0)
        json_object_remove_member (facts, name);
    }
}

static void
read_cleared (Reading    *reading,
              JsonObject *object)
{
  JsonArray *names = get_array (reading, object, "cleared", MAX_LEFT_OUT);

  for (guint i = 0; names != NULL && i < json_array_get_length (names); i++)
    {
      g_autofree char *name = dup_text (reading, json_array_get_element (names, i), "cleared", MAX_NAME);
      CfoilFactKey key;

      if (name != NULL && cfoil_fact_key_from_name (name, &key))
        reading->draft->is_cleared[key] = cfoil_draft_get_fact (reading->draft, key) == NULL;
    }
  json_object_remove_member (object, "cleared");
}

static gboolean
is_hex (const char *text,
        gsize       length)
{
  return strlen (text) == length && strspn (text, "0123456789abcdef") == length;
}

static gboolean
is_type_name (const char *text)
{
  return *text != '\0' && strlen (text) <= 10 && strspn (text, "abcdefghijklmnopqrstuvwxyz0123456789") == strlen (text);
}

/* What is left of FILE goes to MORE, by its hash. */
static void
read_file (Reading      *reading,
           CfoilExhibit *exhibit,
           JsonObject   *file,
           JsonObject   *more)
{
  g_autofree char *sha256 = take_text (reading, file, "sha256", MAX_NAME);
  g_autofree char *name = take_text (reading, file, "name", MAX_DETAIL);
  g_autofree char *file_type = take_text (reading, file, "file_type", MAX_NAME);
  g_autofree char *clean = cfoil_evidence_clean_name (name);

  /* It becomes part of a path. */
  if (!is_hex (sha256, 64))
    mistake (reading, CFOIL_INPUT_ERROR_SYNTAX, "The draft: “%s” is no hash of a file", sha256);
  else if (!is_type_name (file_type))
    mistake (reading, CFOIL_INPUT_ERROR_SYNTAX, "The draft: “%s” is no type of a file", file_type);
  else
    {
      g_ptr_array_add (exhibit->files, cfoil_exhibit_file_new (sha256, clean, file_type));
      if (json_object_get_size (file) > 0)
        json_object_set_object_member (more, sha256, json_object_ref (file));
    }
}

static void
read_files (Reading      *reading,
            CfoilExhibit *exhibit,
            JsonObject   *object)
{
  JsonArray *files = get_array (reading, object, "files", MAX_FILES);
  JsonObject *more = json_object_new ();

  for (guint i = 0; files != NULL && i < json_array_get_length (files); i++)
    {
      JsonNode *node = json_array_get_element (files, i);

      if (JSON_NODE_HOLDS_OBJECT (node))
        read_file (reading, exhibit, json_node_get_object (node), more);
      else
        mistake (reading, CFOIL_INPUT_ERROR_SYNTAX, "The draft: a file of an exhibit is no object");
    }
  json_object_remove_member (object, "files");
  cfoil_draft_json_set_object (object, "files", more);
}

static void
read_exhibit (Reading    *reading,
              JsonObject *object,
              JsonObject *more)
{
  CfoilExhibit *exhibit = cfoil_exhibit_new (CFOIL_EVIDENCE_OTHER);
  guint type = CFOIL_EVIDENCE_OTHER;

  g_free (exhibit->id);
  exhibit->id = take_text (reading, object, "id", MAX_NAME);
  if (!is_hex (exhibit->id, 8) || cfoil_draft_find_exhibit (reading->draft, exhibit->id) != NULL)
    mistake (reading, CFOIL_INPUT_ERROR_SYNTAX, "The draft: “%s” is no id of an exhibit, or of two", exhibit->id);
  g_ptr_array_add (reading->draft->exhibits, exhibit);
  take_word (reading, object, "type", evidence_type_from_string, &type);
  exhibit->type = type;
  g_free (exhibit->caption);
  exhibit->caption = take_text (reading, object, "caption", CFOIL_DRAFT_MAX_TEXT);
  read_files (reading, exhibit, object);
  if (json_object_get_size (object) > 0)
    json_object_set_object_member (more, exhibit->id, json_object_ref (object));
}

static void
read_exhibits (Reading    *reading,
               JsonObject *object)
{
  JsonArray *exhibits = get_array (reading, object, "exhibits", CFOIL_DRAFT_MAX_EXHIBITS);
  JsonObject *more = json_object_new ();

  for (guint i = 0; exhibits != NULL && i < json_array_get_length (exhibits); i++)
    {
      JsonNode *node = json_array_get_element (exhibits, i);

      if (JSON_NODE_HOLDS_OBJECT (node))
        read_exhibit (reading, json_node_get_object (node), more);
      else
        mistake (reading, CFOIL_INPUT_ERROR_SYNTAX, "The draft: an exhibit is no object");
    }
  json_object_remove_member (object, "exhibits");
  cfoil_draft_json_set_object (object, "exhibits", more);
}

static void
read_own_words (Reading    *reading,
                JsonObject *object)
{
  JsonObject *sections = take_object (reading, object, "own_words");
  g_autoptr (GList) names = sections != NULL ? json_object_get_members (sections) : NULL;

  if (g_list_length (names) > MAX_NAME)
    mistake (reading, CFOIL_INPUT_ERROR_LIMIT, "The draft: own words for too many sections");
  for (GList *link = names; link != NULL && !reading->failed; link = link->next)
    {
      g_autofree char *text = dup_text (reading, json_object_get_member (sections, link->data), "own_words", CFOIL_DRAFT_MAX_TEXT);

      if (strlen (link->data) > MAX_NAME)
        mistake (reading, CFOIL_INPUT_ERROR_LIMIT, "The draft: the name of a section is too long");
      else if (text != NULL)
        cfoil_draft_set_own_words (reading->draft, link->data, text);
    }
  json_object_remove_member (object, "own_words");
}

static void
read_left_out (Reading    *reading,
               JsonObject *object)
{
  JsonArray *ids = get_array (reading, object, "left_out", MAX_LEFT_OUT);

  for (guint i = 0; ids != NULL && i < json_array_get_length (ids); i++)
    {
      char *id = dup_text (reading, json_array_get_element (ids, i), "left_out", MAX_NAME);

      if (id != NULL)
        g_ptr_array_add (reading->draft->left_out, id);
    }
  json_object_remove_member (object, "left_out");
}

static void
read_time (Reading    *reading,
           JsonObject *object)
{
  JsonNode *node = json_object_get_member (object, "letter_us");

  if (node != NULL && (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64))
    mistake (reading, CFOIL_INPUT_ERROR_SYNTAX, "The draft: “letter_us” is no whole number");
  else if (node != NULL)
    reading->draft->letter_us = json_node_get_int (node);
  json_object_remove_member (object, "letter_us");
}

static void
read_words (Reading    *reading,
            JsonObject *object)
{
  CfoilDraft *draft = reading->draft;
  guint stance = CFOIL_STANCE_UNDECIDED, reason = CFOIL_REASON_UNKNOWN, product = CFOIL_PRODUCT_UNKNOWN;

  take_word (reading, object, "stance", stance_from_string, &stance);
  take_word (reading, object, "reason", reason_from_string, &reason);
  take_word (reading, object, "product", product_from_string, &product);
  draft->stance = stance;
  draft->reason = reason;
  draft->product = product;
  g_free (draft->why);
  draft->why = take_text (reading, object, "why", CFOIL_DRAFT_MAX_TEXT);
  g_free (draft->argument);
  draft->argument = take_text (reading, object, "argument", MAX_NAME);
  g_free (draft->recipient);
  draft->recipient = take_text (reading, object, "recipient", CFOIL_DRAFT_MAX_TEXT);
}

CfoilDraft *
cfoil_draft_from_text (const char *text,
                       GError    **error)
{
  g_autoptr (CfoilDraft) draft = cfoil_draft_new ();
  g_autoptr (JsonObject) object = NULL;
  Reading reading = { draft, error, FALSE };

  g_return_val_if_fail (text != NULL, NULL);

  object = cfoil_draft_json_parse (text, error);
  if (object == NULL)
    return NULL;
  read_words (&reading, object);
  read_time (&reading, object);
  read_facts (&reading, object);
  read_cleared (&reading, object);
  read_exhibits (&reading, object);
  read_own_words (&reading, object);
  read_left_out (&reading, object);
  if (reading.failed)
    return NULL;
  if (json_object_get_int_member_with_default (object, "version", CFOIL_DRAFT_JSON_VERSION) <= CFOIL_DRAFT_JSON_VERSION)
    json_object_remove_member (object, "version");
  cfoil_draft_json_prune (object);
  if (json_object_get_size (object) > 0)
    draft->unknown = cfoil_draft_json_to_text (object);
  return g_steal_pointer (&draft);
}
