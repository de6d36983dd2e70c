/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-packet-private.h"

#include <string.h>

#include "cfoil-time.h"

#define MAX_CAPTION 1000 /* characters that are laid out at most; six lines are shown */

static void
paragraph_free (gpointer data)
{
  CfoilPacketParagraph *self = data;

  g_free (self->text);
  g_ptr_array_unref (self->ids);
  g_array_unref (self->offsets);
  g_free (self);
}

static void
item_free (gpointer data)
{
  CfoilPacketItem *self = data;

  g_free (self->name);
  cfoil_packet_file_free (self->file);
  g_free (self);
}

static void
exhibit_free (gpointer data)
{
  CfoilPacketExhibit *self = data;

  g_free (self->id);
  g_free (self->letter);
  g_free (self->type);
  g_free (self->caption);
  g_ptr_array_unref (self->items);
  g_free (self);
}

static CfoilPacketParagraph *
paragraph_new (void)
{
  CfoilPacketParagraph *self = g_new0 (CfoilPacketParagraph, 1);

  self->ids = g_ptr_array_new_with_free_func (g_free);
  self->offsets = g_array_new (FALSE, FALSE, sizeof (guint));
  return self;
}

static CfoilPacketContent *
content_alloc (void)
{
  CfoilPacketContent *self = g_new0 (CfoilPacketContent, 1);

  self->paragraphs = g_ptr_array_new_with_free_func (paragraph_free);
  self->exhibits = g_ptr_array_new_with_free_func (exhibit_free);
  return self;
}

void
cfoil_packet_content_free (CfoilPacketContent *self)
{
  if (self == NULL)
    return;
  g_free (self->title);
  g_free (self->author);
  g_free (self->reference);
  g_free (self->date);
  g_ptr_array_unref (self->paragraphs);
  g_ptr_array_unref (self->exhibits);
  g_free (self);
}

/* Valid UTF-8 without control characters and without marks that turn the direction of
 * what comes after them; lines stay when KEEP_LINES. */
static char *
clean (const char *text,
       gboolean    keep_lines)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  GString *clean_text = g_string_new (NULL);

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '\n' && keep_lines)
        g_string_append_c (clean_text, '\n');
      else if (c == '\n' || c == '\t' || c == 0x2028 || c == 0x2029)
        g_string_append_c (clean_text, ' ');
      else if (!g_unichar_iscntrl (c) && !(c >= 0x202a && c <= 0x202e) && !(c >= 0x2066 && c <= 0x2069))
        g_string_append_unichar (clean_text, c);
    }
  return g_string_free (clean_text, FALSE);
}

static char *
clean_caption (const char *text)
{
  g_autofree char *line = clean (text, FALSE);

  g_strstrip (line);
  return g_utf8_substring (line, 0, MIN (g_utf8_strlen (line, -1), MAX_CAPTION));
}

static CfoilPacketStyle
style_of (const char *section)
{
  if (g_str_equal (section, "address"))
    return CFOIL_PACKET_ADDRESS;
  if (g_str_equal (section, "subject"))
    return CFOIL_PACKET_SUBJECT;
  if (g_str_equal (section, "exhibits"))
    return CFOIL_PACKET_LIST;
  return CFOIL_PACKET_BODY;
}

/* Sentences of one section run on in one paragraph; the user's own words, lists and
 * addresses have their own lines. */
static gboolean
runs_on (const CfoilSentence *before,
         const CfoilSentence *sentence)
{
  return before != NULL && g_str_equal (before->section, sentence->section)
         && style_of (sentence->section) == CFOIL_PACKET_BODY && !before->is_own && !sentence->is_own
         && strchr (sentence->text, '\n') == NULL && strchr (before->text, '\n') == NULL;
}

/* Whether a line goes with the one before it: lines of the address do that are about the
 * same ("address.shop", "address.shop-contact"). */
static gboolean
is_close (const CfoilSentence *before,
          const CfoilSentence *sentence)
{
  gsize length;

  if (before == NULL || !g_str_equal (before->section, sentence->section))
    return FALSE;
  if (style_of (sentence->section) != CFOIL_PACKET_ADDRESS)
    return style_of (sentence->section) != CFOIL_PACKET_BODY;
  length = strcspn (sentence->id, "-");
  return strcspn (before->id, "-") == length && strncmp (before->id, sentence->id, length) == 0;
}

static void
add_sentences (CfoilPacketContent *self,
               const CfoilLetter  *letter)
{
  const CfoilSentence *before = NULL;

  for (guint i = 0; i < letter->sentences->len; i++)
    {
      const CfoilSentence *sentence = g_ptr_array_index (letter->sentences, i);
      g_autofree char *text = clean (sentence->text, TRUE);
      CfoilPacketParagraph *paragraph;
      guint offset = 0;

      g_strchomp (text);
      if (runs_on (before, sentence))
        {
          char *joined;

          paragraph = g_ptr_array_index (self->paragraphs, self->paragraphs->len - 1);
          offset = strlen (paragraph->text) + 1;
          joined = g_strconcat (paragraph->text, " ", text, NULL);
          g_free (paragraph->text);
          paragraph->text = joined;
        }
      else
        {
          paragraph = paragraph_new ();
          paragraph->style = style_of (sentence->section);
          paragraph->is_close = is_close (before, sentence);
          paragraph->text = g_steal_pointer (&text);
          g_ptr_array_add (self->paragraphs, paragraph);
        }
      g_ptr_array_add (paragraph->ids, g_strdup (sentence->id));
      g_array_append_val (paragraph->offsets, offset);
      before = sentence;
    }
}

static CfoilPacketItem *
item_new (const CfoilExhibitFile *exhibit_file,
          GPtrArray              *files)
{
  CfoilPacketItem *item = g_new0 (CfoilPacketItem, 1);

  item->name = clean (exhibit_file->name, FALSE);
  item->is_page = cfoil_exhibit_file_is_page (exhibit_file);
  for (guint i = 0; files != NULL && i < files->len && item->file == NULL; i++)
    {
      const CfoilPacketFile *file = g_ptr_array_index (files, i);

      if (g_strcmp0 (file->sha256, exhibit_file->sha256) == 0)
        item->file = cfoil_packet_file_copy (file);
    }
  item->is_known = item->file != NULL;
  if (item->file == NULL)
    item->file = cfoil_packet_file_copy (&(CfoilPacketFile) {
      .sha256 = exhibit_file->sha256, .path = (char *) "", .file_type = exhibit_file->file_type,
      .n_pages = CFOIL_UNKNOWN, .width = CFOIL_UNKNOWN, .height = CFOIL_UNKNOWN, .n_bytes = CFOIL_UNKNOWN,
    });
  return item;
}

static void
add_exhibits (CfoilPacketContent *self,
              const CfoilDraft   *draft,
              GPtrArray          *files)
{
  for (guint i = 0; i < draft->exhibits->len; i++)
    {
      const CfoilExhibit *source = g_ptr_array_index (draft->exhibits, i);
      CfoilPacketExhibit *exhibit;

      /* One without a file is not in the packet; the others keep their letters. */
      if (source->files->len == 0)
        continue;
      exhibit = g_new0 (CfoilPacketExhibit, 1);
      exhibit->id = g_strdup (source->id);
      exhibit->letter = cfoil_exhibit_letter (i);
      /* The packet is in English whatever the desktop speaks: not through gettext. */
      exhibit->type = g_strdup (cfoil_evidence_type_get_title (source->type));
      exhibit->caption = clean_caption (source->caption);
      exhibit->items = g_ptr_array_new_with_free_func (item_free);
      for (guint j = 0; j < source->files->len; j++)
        g_ptr_array_add (exhibit->items, item_new (g_ptr_array_index (source->files, j), files));
      g_ptr_array_add (self->exhibits, exhibit);
    }
}

static char *
dup_fact (const CfoilDraft *draft,
          CfoilFactKey      key)
{
  const CfoilFact *fact = cfoil_draft_get_fact (draft, key);

  return clean (fact != NULL ? fact->value : "", FALSE);
}

CfoilPacketContent *
cfoil_packet_content_new (const CfoilDraft  *draft,
                          const CfoilLetter *letter,
                          GPtrArray         *files)
{
  CfoilPacketContent *self = content_alloc ();
  char date[CFOIL_TIME_BUFFER];

  self->reference = dup_fact (draft, CFOIL_FACT_DISPUTE_ID);
  if (*self->reference == '\0')
    {
      g_free (self->reference);
      self->reference = dup_fact (draft, CFOIL_FACT_CHARGE_ID);
    }
  self->author = dup_fact (draft, CFOIL_FACT_MERCHANT);
  self->title = *self->reference != '\0' ? g_strdup_printf ("Answer to dispute %s", self->reference) : g_strdup ("Answer to a dispute");
  cfoil_time_format_iso (date, draft->letter_us - draft->letter_us % G_USEC_PER_SEC);
  self->date = g_strdup (date);
  add_sentences (self, letter);
  add_exhibits (self, draft, files);
  return self;
}

/* --- as text --- */

static void
add_string (JsonBuilder *builder,
            const char  *name,
            const char  *value)
{
  json_builder_set_member_name (builder, name);
  if (value == NULL)
    json_builder_add_null_value (builder);
  else
    json_builder_add_string_value (builder, value);
}

static void
add_int (JsonBuilder *builder,
         const char  *name,
         gint64       value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

static void
add_item (JsonBuilder           *builder,
          const CfoilPacketItem *item)
{
  json_builder_begin_object (builder);
  add_string (builder, "name", item->name);
  add_int (builder, "is_page", item->is_page);
  add_int (builder, "is_known", item->is_known);
  add_string (builder, "sha256", item->file->sha256);
  add_string (builder, "path", item->file->path);
  add_string (builder, "file_type", item->file->file_type);
  add_string (builder, "problem", item->file->problem);
  add_int (builder, "n_bytes", item->file->n_bytes);
  add_int (builder, "n_pages", item->file->n_pages);
  add_int (builder, "width", item->file->width);
  add_int (builder, "height", item->file->height);
  json_builder_end_object (builder);
}

JsonNode *
cfoil_packet_content_to_json (const CfoilPacketContent *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  json_builder_begin_object (builder);
  add_string (builder, "title", self->title);
  add_string (builder, "author", self->author);
  add_string (builder, "reference", self->reference);
  add_string (builder, "date", self->date);
  json_builder_set_member_name (builder, "paragraphs");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->paragraphs->len; i++)
    {
      const CfoilPacketParagraph *paragraph = g_ptr_array_index (self->paragraphs, i);

      json_builder_begin_object (builder);
      add_int (builder, "style", paragraph->style);
      add_int (builder, "is_close", paragraph->is_close);
      add_string (builder, "text", paragraph->text);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "exhibits");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->exhibits->len; i++)
    {
      const CfoilPacketExhibit *exhibit = g_ptr_array_index (self->exhibits, i);

      json_builder_begin_object (builder);
      add_string (builder, "id", exhibit->id);
      add_string (builder, "letter", exhibit->letter);
      add_string (builder, "type", exhibit->type);
      add_string (builder, "caption", exhibit->caption);
      json_builder_set_member_name (builder, "files");
      json_builder_begin_array (builder);
      for (guint j = 0; j < exhibit->items->len; j++)
        add_item (builder, g_ptr_array_index (exhibit->items, j));
      json_builder_end_array (builder);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

static char *
get_string (JsonObject *object,
            const char *name)
{
  return g_strdup (json_object_get_string_member_with_default (object, name, NULL));
}

static char *
get_text (JsonObject *object,
          const char *name)
{
  return g_strdup (json_object_get_string_member_with_default (object, name, ""));
}

static gint64
get_int (JsonObject *object,
         const char *name)
{
  return json_object_get_int_member_with_default (object, name, 0);
}

/* The objects of an array, or none. */
static GList *
get_objects (JsonObject *object,
             const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_array_get_elements (json_node_get_array (node)) : NULL;
}

static CfoilPacketItem *
read_item (JsonObject *object)
{
  CfoilPacketItem *item = g_new0 (CfoilPacketItem, 1);

  item->name = get_text (object, "name");
  item->is_page = get_int (object, "is_page") != 0;
  item->is_known = get_int (object, "is_known") != 0;
  item->file = g_new0 (CfoilPacketFile, 1);
  item->file->sha256 = get_text (object, "sha256");
  item->file->path = get_text (object, "path");
  item->file->file_type = get_text (object, "file_type");
  item->file->problem = get_string (object, "problem");
  item->file->n_bytes = get_int (object, "n_bytes");
  item->file->n_pages = get_int (object, "n_pages");
  item->file->width = get_int (object, "width");
  item->file->height = get_int (object, "height");
  return item;
}

static CfoilPacketExhibit *
read_exhibit (JsonObject *object)
{
  CfoilPacketExhibit *exhibit = g_new0 (CfoilPacketExhibit, 1);
  g_autoptr (GList) files = get_objects (object, "files");

  exhibit->id = get_text (object, "id");
  exhibit->letter = get_text (object, "letter");
  exhibit->type = get_text (object, "type");
  exhibit->caption = get_text (object, "caption");
  exhibit->items = g_ptr_array_new_with_free_func (item_free);
  for (GList *l = files; l != NULL; l = l->next)
    if (JSON_NODE_HOLDS_OBJECT ((JsonNode *) l->data))
      g_ptr_array_add (exhibit->items, read_item (json_node_get_object (l->data)));
  return exhibit;
}

CfoilPacketContent *
cfoil_packet_content_from_json (JsonNode *node,
                                GError  **error)
{
  CfoilPacketContent *self;
  JsonObject *object;
  g_autoptr (GList) paragraphs = NULL;
  g_autoptr (GList) exhibits = NULL;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "The description of a packet is no object");
      return NULL;
    }
  object = json_node_get_object (node);
  self = content_alloc ();
  self->title = get_text (object, "title");
  self->author = get_text (object, "author");
  self->reference = get_text (object, "reference");
  self->date = get_text (object, "date");
  paragraphs = get_objects (object, "paragraphs");
  for (GList *l = paragraphs; l != NULL; l = l->next)
    if (JSON_NODE_HOLDS_OBJECT ((JsonNode *) l->data))
      {
        CfoilPacketParagraph *paragraph = paragraph_new ();

        paragraph->style = CLAMP (get_int (json_node_get_object (l->data), "style"), 0, CFOIL_PACKET_LIST);
        paragraph->is_close = get_int (json_node_get_object (l->data), "is_close") != 0;
        paragraph->text = get_text (json_node_get_object (l->data), "text");
        g_ptr_array_add (self->paragraphs, paragraph);
      }
  exhibits = get_objects (object, "exhibits");
  for (GList *l = exhibits; l != NULL; l = l->next)
    if (JSON_NODE_HOLDS_OBJECT ((JsonNode *) l->data))
      g_ptr_array_add (self->exhibits, read_exhibit (json_node_get_object (l->data)));
  return self;
}
