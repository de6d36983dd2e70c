/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-draft.h"

#include "cfoil-draft-json.h"

/* The text of a draft.  What has its default is left out, so that what a newer version
 * wrote there and we did not understand can be put back in its place. */

static JsonObject *
facts_to_json (const CfoilDraft *self)
{
  static const char *const sources[] = { "typed", "mirror", "library" };
  JsonObject *facts = json_object_new ();

  for (guint i = 0; i < self->facts->len; i++)
    {
      const CfoilFact *fact = g_ptr_array_index (self->facts, i);
      JsonObject *object = json_object_new ();

      cfoil_draft_json_set_text (object, "value", fact->value);
      cfoil_draft_json_set_text (object, "source", sources[MIN (fact->source, G_N_ELEMENTS (sources) - 1)]);
      cfoil_draft_json_set_text (object, "detail", fact->detail);
      json_object_set_object_member (facts, cfoil_fact_get_info (fact->key)->name, object);
    }
  return facts;
}

static JsonArray *
cleared_to_json (const CfoilDraft *self)
{
  JsonArray *cleared = json_array_new ();

  for (guint key = 0; key < CFOIL_N_FACTS; key++)
    if (self->is_cleared[key])
      json_array_add_string_element (cleared, cfoil_fact_get_info (key)->name);
  return cleared;
}

static JsonObject *
get_unknown (JsonObject *unknown, /* (nullable) */
             const char *name)
{
  JsonNode *node = unknown != NULL ? json_object_get_member (unknown, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static JsonArray *
files_to_json (const CfoilExhibit *exhibit,
               JsonObject         *unknown)
{
  JsonArray *files = json_array_sized_new (exhibit->files->len);

  for (guint i = 0; i < exhibit->files->len; i++)
    {
      const CfoilExhibitFile *file = g_ptr_array_index (exhibit->files, i);
      JsonObject *object = json_object_new ();

      cfoil_draft_json_set_text (object, "sha256", file->sha256);
      cfoil_draft_json_set_text (object, "name", file->name);
      cfoil_draft_json_set_text (object, "file_type", file->file_type);
      cfoil_draft_json_merge (object, get_unknown (unknown, file->sha256));
      json_array_add_object_element (files, object);
    }
  return files;
}

static JsonArray *
exhibits_to_json (const CfoilDraft *self,
                  JsonObject       *unknown)
{
  JsonArray *exhibits = json_array_sized_new (self->exhibits->len);

  for (guint i = 0; i < self->exhibits->len; i++)
    {
      const CfoilExhibit *exhibit = g_ptr_array_index (self->exhibits, i);
      JsonObject *more = get_unknown (unknown, exhibit->id);
      JsonObject *object = json_object_new ();

      cfoil_draft_json_set_text (object, "id", exhibit->id);
      if (exhibit->type != CFOIL_EVIDENCE_OTHER)
        cfoil_draft_json_set_text (object, "type", cfoil_evidence_type_to_string (exhibit->type));
      cfoil_draft_json_set_text (object, "caption", exhibit->caption);
      json_object_set_array_member (object, "files", files_to_json (exhibit, get_unknown (more, "files")));
      cfoil_draft_json_merge (object, more);
      json_array_add_object_element (exhibits, object);
    }
  return exhibits;
}

static JsonObject *
own_words_to_json (const CfoilDraft *self)
{
  JsonObject *object = json_object_new ();

  for (guint i = 0; i < self->own_words->len; i++)
    {
      const CfoilOwnWords *words = g_ptr_array_index (self->own_words, i);

      cfoil_draft_json_set_text (object, words->section, words->text);
    }
  return object;
}

static JsonArray *
left_out_to_json (const CfoilDraft *self)
{
  JsonArray *ids = json_array_sized_new (self->left_out->len);

  for (guint i = 0; i < self->left_out->len; i++)
    json_array_add_string_element (ids, g_ptr_array_index (self->left_out, i));
  return ids;
}

static void
set_array (JsonObject *object,
           const char *name,
           JsonArray  *array) /* (transfer full) */
{
  if (json_array_get_length (array) > 0)
    json_object_set_array_member (object, name, array);
  else
    json_array_unref (array);
}

char *
cfoil_draft_to_text (const CfoilDraft *self)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonObject) unknown = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->unknown != NULL)
    unknown = cfoil_draft_json_parse (self->unknown, NULL);
  if (unknown == NULL || !json_object_has_member (unknown, "version"))
    json_object_set_int_member (object, "version", CFOIL_DRAFT_JSON_VERSION);
  if (self->stance != CFOIL_STANCE_UNDECIDED)
    cfoil_draft_json_set_text (object, "stance", cfoil_stance_to_string (self->stance));
  if (self->reason != CFOIL_REASON_UNKNOWN)
    cfoil_draft_json_set_text (object, "reason", cfoil_reason_to_string (self->reason));
  if (self->product != CFOIL_PRODUCT_UNKNOWN)
    cfoil_draft_json_set_text (object, "product", cfoil_product_to_string (self->product));
  cfoil_draft_json_set_text (object, "why", self->why);
  cfoil_draft_json_set_text (object, "argument", self->argument);
  cfoil_draft_json_set_text (object, "recipient", self->recipient);
  json_object_set_int_member (object, "letter_us", self->letter_us);
  cfoil_draft_json_set_object (object, "facts", facts_to_json (self));
  set_array (object, "cleared", cleared_to_json (self));
  set_array (object, "exhibits", exhibits_to_json (self, get_unknown (unknown, "exhibits")));
  cfoil_draft_json_set_object (object, "own_words", own_words_to_json (self));
  set_array (object, "left_out", left_out_to_json (self));
  if (unknown != NULL)
    {
      json_object_remove_member (unknown, "exhibits");
      cfoil_draft_json_merge (object, unknown);
    }
  return cfoil_draft_json_to_text (object);
}
