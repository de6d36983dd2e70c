/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-draft.h"

#include <string.h>

/* --- exhibits --- */

/* Not before any other of the program's ids, nor guessed from them: sentences of one
 * draft refer to it, and a case may get files of another. */
static char *
new_id (void)
{
  return g_strdup_printf ("%08x", g_random_int ());
}

CfoilExhibitFile *
cfoil_exhibit_file_new (const char *sha256,
                        const char *name,
                        const char *file_type)
{
  CfoilExhibitFile *self = g_new0 (CfoilExhibitFile, 1);

  self->sha256 = g_strdup (sha256);
  self->name = g_strdup (name);
  self->file_type = g_strdup (file_type);
  return self;
}

void
cfoil_exhibit_file_free (CfoilExhibitFile *self)
{
  if (self == NULL)
    return;
  g_free (self->sha256);
  g_free (self->name);
  g_free (self->file_type);
  g_free (self);
}

static gpointer
copy_exhibit_file (gconstpointer source,
                   gpointer      user_data)
{
  const CfoilExhibitFile *file = source;

  return cfoil_exhibit_file_new (file->sha256, file->name, file->file_type);
}

CfoilExhibit *
cfoil_exhibit_new (CfoilEvidenceType type)
{
  CfoilExhibit *self = g_new0 (CfoilExhibit, 1);

  self->id = new_id ();
  self->type = type;
  self->caption = g_strdup ("");
  self->files = g_ptr_array_new_with_free_func ((GDestroyNotify) cfoil_exhibit_file_free);
  return self;
}

void
cfoil_exhibit_free (CfoilExhibit *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->caption);
  g_ptr_array_unref (self->files);
  g_free (self);
}

/* An array of copies; those of FREE_FUNC are in it. */
static GPtrArray *
copy_array (GPtrArray     *source,
            GCopyFunc      copy,
            GDestroyNotify free_func)
{
  GPtrArray *array = g_ptr_array_new_full (source->len, free_func);

  for (guint i = 0; i < source->len; i++)
    g_ptr_array_add (array, copy (source->pdata[i], NULL));
  return array;
}

static gpointer
copy_exhibit (gconstpointer source,
              gpointer      user_data)
{
  const CfoilExhibit *exhibit = source;
  CfoilExhibit *self = g_new0 (CfoilExhibit, 1);

  self->id = g_strdup (exhibit->id);
  self->type = exhibit->type;
  self->caption = g_strdup (exhibit->caption);
  self->files = copy_array (exhibit->files, copy_exhibit_file, (GDestroyNotify) cfoil_exhibit_file_free);
  return self;
}

CfoilExhibit *
cfoil_draft_find_exhibit (const CfoilDraft *self,
                          const char       *id)
{
  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; id != NULL && i < self->exhibits->len; i++)
    {
      CfoilExhibit *exhibit = g_ptr_array_index (self->exhibits, i);

      if (g_str_equal (exhibit->id, id))
        return exhibit;
    }
  return NULL;
}

char *
cfoil_exhibit_letter (guint position)
{
  char buffer[16];
  guint at = sizeof buffer - 1;

  buffer[at] = '\0';
  do
    {
      buffer[--at] = (char) ('A' + position % 26);
      position /= 26;
    }
  while (position-- > 0);
  return g_strdup (buffer + at);
}

gboolean
cfoil_exhibit_file_is_page (const CfoilExhibitFile *file)
{
  static const char *const pages[] = { "pdf", "jpg", "png", NULL };

  g_return_val_if_fail (file != NULL, FALSE);

  return g_strv_contains (pages, file->file_type);
}

/* --- own words --- */

static void
own_words_free (gpointer data)
{
  CfoilOwnWords *words = data;

  g_free (words->section);
  g_free (words->text);
  g_free (words);
}

static CfoilOwnWords *
own_words_new (const char *section,
               const char *text)
{
  CfoilOwnWords *words = g_new0 (CfoilOwnWords, 1);

  words->section = g_strdup (section);
  words->text = g_strdup (text);
  return words;
}

static gpointer
copy_own_words (gconstpointer source,
                gpointer      user_data)
{
  const CfoilOwnWords *words = source;

  return own_words_new (words->section, words->text);
}

static gboolean
find_own_words (const CfoilDraft *self,
                const char       *section,
                guint            *position)
{
  for (guint i = 0; i < self->own_words->len; i++)
    {
      const CfoilOwnWords *words = g_ptr_array_index (self->own_words, i);

      if (!g_str_equal (words->section, section))
        continue;
      *position = i;
      return TRUE;
    }
  return FALSE;
}

const char *
cfoil_draft_get_own_words (const CfoilDraft *self,
                           const char       *section)
{
  guint position;

  g_return_val_if_fail (self != NULL, "");
  g_return_val_if_fail (section != NULL, "");

  if (!find_own_words (self, section, &position))
    return "";
  return ((const CfoilOwnWords *) g_ptr_array_index (self->own_words, position))->text;
}

void
cfoil_draft_set_own_words (CfoilDraft *self,
                           const char *section,
                           const char *text)
{
  guint position;

  g_return_if_fail (self != NULL);
  g_return_if_fail (section != NULL);

  if (find_own_words (self, section, &position))
    {
      CfoilOwnWords *words = g_ptr_array_index (self->own_words, position);

      if (text == NULL || *text == '\0')
        {
          g_ptr_array_remove_index (self->own_words, position);
          return;
        }
      g_free (words->text);
      words->text = g_strdup (text);
    }
  else if (text != NULL && *text != '\0')
    g_ptr_array_add (self->own_words, own_words_new (section, text));
}

/* --- facts --- */

static gboolean
find_fact (const CfoilDraft *self,
           CfoilFactKey      key,
           guint            *position)
{
  guint i;

  for (i = 0; i < self->facts->len; i++)
    {
      const CfoilFact *fact = g_ptr_array_index (self->facts, i);

      if (fact->key >= key)
        break;
    }
  *position = i;
  return i < self->facts->len && ((const CfoilFact *) g_ptr_array_index (self->facts, i))->key == key;
}

const CfoilFact *
cfoil_draft_get_fact (const CfoilDraft *self,
                      CfoilFactKey      key)
{
  guint position;

  g_return_val_if_fail (self != NULL, NULL);

  return find_fact (self, key, &position) ? g_ptr_array_index (self->facts, position) : NULL;
}

void
cfoil_draft_set_fact (CfoilDraft     *self,
                      CfoilFactKey    key,
                      const char     *value,
                      CfoilFactSource source,
                      const char     *detail)
{
  gboolean is_empty = value == NULL || *value == '\0', was_there;
  guint position;

  g_return_if_fail (self != NULL);
  g_return_if_fail (key < CFOIL_N_FACTS);

  was_there = find_fact (self, key, &position);
  if (was_there)
    g_ptr_array_remove_index (self->facts, position);
  self->is_cleared[key] = is_empty && (was_there || self->is_cleared[key]);
  if (!is_empty)
    g_ptr_array_insert (self->facts, (int) position,
                        cfoil_fact_new (key, value, source, detail != NULL && *detail != '\0' ? detail : NULL));
}

/* Whether what the mirror says may take the place of what the draft says. */
static gboolean
yields (const CfoilFact *present,
        const CfoilFact *said)
{
  switch (present->source)
    {
    case CFOIL_FACT_SOURCE_TYPED:
      /* Nobody's name: typed into the case, from where it was taken over. */
      return said->source == CFOIL_FACT_SOURCE_TYPED && present->detail == NULL;
    case CFOIL_FACT_SOURCE_MIRROR:
      return TRUE;
    case CFOIL_FACT_SOURCE_LIBRARY:
      /* Another item of the library may have been chosen on purpose. */
      return said->source == CFOIL_FACT_SOURCE_LIBRARY && g_strcmp0 (present->detail, said->detail) == 0;
    default:
      return FALSE;
    }
}

void
cfoil_draft_take_facts (CfoilDraft *self,
                        GPtrArray  *facts)
{
  gboolean is_said[CFOIL_N_FACTS] = { FALSE };

  g_return_if_fail (self != NULL);
  g_return_if_fail (facts != NULL);

  for (guint i = 0; i < facts->len; i++)
    {
      const CfoilFact *said = g_ptr_array_index (facts, i);
      const CfoilFact *present = cfoil_draft_get_fact (self, said->key);

      is_said[said->key] = TRUE;
      if (!self->is_cleared[said->key] && (present == NULL || yields (present, said)))
        cfoil_draft_set_fact (self, said->key, said->value, said->source, said->detail);
    }
  for (guint i = self->facts->len; i-- > 0;)
    {
      const CfoilFact *present = g_ptr_array_index (self->facts, i);

      if (present->source == CFOIL_FACT_SOURCE_MIRROR && !is_said[present->key])
        g_ptr_array_remove_index (self->facts, i);
    }
}

/* --- the draft --- */

CfoilDraft *
cfoil_draft_new (void)
{
  CfoilDraft *self = g_new0 (CfoilDraft, 1);

  self->why = g_strdup ("");
  self->argument = g_strdup ("");
  self->recipient = g_strdup ("");
  self->facts = g_ptr_array_new_with_free_func ((GDestroyNotify) cfoil_fact_free);
  self->exhibits = g_ptr_array_new_with_free_func ((GDestroyNotify) cfoil_exhibit_free);
  self->own_words = g_ptr_array_new_with_free_func (own_words_free);
  self->left_out = g_ptr_array_new_with_free_func (g_free);
  return self;
}

static gpointer
copy_fact (gconstpointer source,
           gpointer      user_data)
{
  return cfoil_fact_copy (source);
}

static gpointer
copy_text (gconstpointer source,
           gpointer      user_data)
{
  return g_strdup (source);
}

CfoilDraft *
cfoil_draft_copy (const CfoilDraft *self)
{
  CfoilDraft *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new0 (CfoilDraft, 1);
  *copy = *self;
  copy->why = g_strdup (self->why);
  copy->argument = g_strdup (self->argument);
  copy->facts = copy_array (self->facts, copy_fact, (GDestroyNotify) cfoil_fact_free);
  copy->exhibits = copy_array (self->exhibits, copy_exhibit, (GDestroyNotify) cfoil_exhibit_free);
  copy->own_words = copy_array (self->own_words, copy_own_words, own_words_free);
  copy->left_out = copy_array (self->left_out, copy_text, g_free);
  copy->recipient = g_strdup (self->recipient);
  copy->unknown = g_strdup (self->unknown);
  return copy;
}

void
cfoil_draft_free (CfoilDraft *self)
{
  if (self == NULL)
    return;
  g_free (self->why);
  g_free (self->argument);
  g_ptr_array_unref (self->facts);
  g_ptr_array_unref (self->exhibits);
  g_ptr_array_unref (self->own_words);
  g_ptr_array_unref (self->left_out);
  g_free (self->recipient);
  g_free (self->unknown);
  g_free (self);
}

/* --- the same --- */

static gboolean
equal_arrays (GPtrArray *a,
              GPtrArray *b,
              GEqualFunc equal)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    if (!equal (a->pdata[i], b->pdata[i]))
      return FALSE;
  return TRUE;
}

static gboolean
equal_facts (gconstpointer a,
             gconstpointer b)
{
  const CfoilFact *first = a, *second = b;

  return first->key == second->key && first->source == second->source && g_str_equal (first->value, second->value) &&
         g_strcmp0 (first->detail, second->detail) == 0;
}

static gboolean
equal_files (gconstpointer a,
             gconstpointer b)
{
  const CfoilExhibitFile *first = a, *second = b;

  return g_str_equal (first->sha256, second->sha256) && g_str_equal (first->name, second->name) &&
         g_str_equal (first->file_type, second->file_type);
}

static gboolean
equal_exhibits (gconstpointer a,
                gconstpointer b)
{
  const CfoilExhibit *first = a, *second = b;

  return first->type == second->type && g_str_equal (first->id, second->id) && g_str_equal (first->caption, second->caption) &&
         equal_arrays (first->files, second->files, equal_files);
}

/* In whatever order they were written. */
static gboolean
equal_own_words (const CfoilDraft *a,
                 const CfoilDraft *b)
{
  if (a->own_words->len != b->own_words->len)
    return FALSE;
  for (guint i = 0; i < a->own_words->len; i++)
    {
      const CfoilOwnWords *words = g_ptr_array_index (a->own_words, i);

      if (!g_str_equal (words->text, cfoil_draft_get_own_words (b, words->section)))
        return FALSE;
    }
  return TRUE;
}

gboolean
cfoil_draft_equal (const CfoilDraft *a,
                   const CfoilDraft *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  return a->stance == b->stance && a->reason == b->reason && a->product == b->product && a->letter_us == b->letter_us &&
         g_str_equal (a->why, b->why) && g_str_equal (a->argument, b->argument) && g_str_equal (a->recipient, b->recipient) &&
         g_strcmp0 (a->unknown, b->unknown) == 0 && memcmp (a->is_cleared, b->is_cleared, sizeof a->is_cleared) == 0 &&
         equal_arrays (a->facts, b->facts, equal_facts) && equal_arrays (a->exhibits, b->exhibits, equal_exhibits) &&
         equal_arrays (a->left_out, b->left_out, g_str_equal) && equal_own_words (a, b);
}

const char *
cfoil_stance_to_string (CfoilStance stance)
{
  switch (stance)
    {
    case CFOIL_STANCE_CONTEST:
      return "contest";
    case CFOIL_STANCE_ACCEPT:
      return "accept";
    case CFOIL_STANCE_REFUND:
      return "refund";
    case CFOIL_STANCE_UNDECIDED:
    default:
      return "undecided";
    }
}
