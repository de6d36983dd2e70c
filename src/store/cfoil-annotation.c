/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-annotation.h"

#include "cfoil-block-writer.h"
#include "cfoil-error.h"
#include "cfoil-field.h"
#include "cfoil-time.h"

#include <string.h>

/* Of whom something is said. */
typedef struct
{
  char *provider;
  char *environment;
  char *transaction_id;
} Subject;

static void
subject_clear (Subject *subject)
{
  g_free (subject->provider);
  g_free (subject->environment);
  g_free (subject->transaction_id);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Subject, subject_clear)

CfoilAnnotation *
cfoil_annotation_new (void)
{
  CfoilAnnotation *self = g_new0 (CfoilAnnotation, 1);

  self->note = g_strdup ("");
  self->tags = g_new0 (char *, 1);
  self->reviewed_us = CFOIL_UNKNOWN;
  return self;
}

CfoilAnnotation *
cfoil_annotation_copy (const CfoilAnnotation *self)
{
  CfoilAnnotation *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new0 (CfoilAnnotation, 1);
  copy->note = g_strdup (self->note);
  copy->tags = g_strdupv (self->tags);
  copy->reviewed_us = self->reviewed_us;
  return copy;
}

void
cfoil_annotation_free (CfoilAnnotation *self)
{
  if (self == NULL)
    return;
  g_free (self->note);
  g_strfreev (self->tags);
  g_free (self);
}

void
cfoil_annotation_take_parts (CfoilAnnotation       *self,
                             const CfoilAnnotation *from,
                             CfoilAnnotationParts   parts)
{
  g_return_if_fail (self != NULL && from != NULL && self != from);

  if ((parts & CFOIL_ANNOTATION_NOTE) != 0)
    {
      g_free (self->note);
      self->note = g_strdup (from->note);
    }
  if ((parts & CFOIL_ANNOTATION_TAGS) != 0)
    {
      g_strfreev (self->tags);
      self->tags = g_strdupv (from->tags);
    }
  if ((parts & CFOIL_ANNOTATION_REVIEWED) != 0)
    self->reviewed_us = from->reviewed_us;
}

/* --- tags --- */

static gboolean
set_input_error (GError            **error,
                 CfoilInputErrorCode code,
                 const char         *message)
{
  g_set_error_literal (error, CFOIL_INPUT_ERROR, code, message);
  return FALSE;
}

static gboolean
check_tag (const char *tag,
           GError    **error)
{
  if (!g_utf8_validate (tag, -1, NULL))
    return set_input_error (error, CFOIL_INPUT_ERROR_ENCODING, "A tag is not UTF-8 text");
  if (g_utf8_strlen (tag, -1) > CFOIL_TAG_MAX_LENGTH)
    {
      g_set_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_LIMIT, "A tag has at most %d characters", CFOIL_TAG_MAX_LENGTH);
      return FALSE;
    }
  for (const char *p = tag; *p != '\0'; p = g_utf8_next_char (p))
    if (*p == ',' || g_unichar_iscntrl (g_utf8_get_char (p)))
      return set_input_error (error, CFOIL_INPUT_ERROR_SYNTAX, "A tag has no commas and no control characters");
  return TRUE;
}

/* "vip" and "VIP" are one tag: queries do not tell them apart either. */
static int
compare_tags (gconstpointer a,
              gconstpointer b)
{
  const char *first = *(char *const *) a, *second = *(char *const *) b;
  g_autofree char *first_folded = cfoil_fold (first);
  g_autofree char *second_folded = cfoil_fold (second);

  return strcmp (first_folded, second_folded);
}

/* In order, without blanks around them, empty ones and doubles; of doubles the
 * first stays. */
static char **
clean_tags (char  **tags,
            GError **error)
{
  g_autoptr (GPtrArray) clean = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; tags != NULL && tags[i] != NULL; i++)
    {
      g_autofree char *tag = g_strstrip (g_strdup (tags[i]));
      guint place = 0;
      int order = -1;

      if (!check_tag (tag, error))
        return NULL;
      while (place < clean->len && (order = compare_tags (&clean->pdata[place], &tag)) < 0)
        place++;
      if (*tag != '\0' && (place == clean->len || order != 0))
        g_ptr_array_insert (clean, (int) place, g_steal_pointer (&tag));
      if (clean->len > CFOIL_MAX_TAGS)
        {
          g_set_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_LIMIT, "A transaction has at most %d tags", CFOIL_MAX_TAGS);
          return NULL;
        }
    }
  g_ptr_array_add (clean, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&clean), FALSE);
}

char **
cfoil_tags_parse (const char *text,
                  GError    **error)
{
  g_auto (GStrv) parts = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  parts = g_strsplit (text, ",", -1);
  return clean_tags (parts, error);
}

char *
cfoil_tags_to_text (char **tags)
{
  return tags != NULL ? g_strjoinv (", ", tags) : g_strdup ("");
}

static char *
pack_tags (char **tags)
{
  g_autofree char *joined = g_strjoinv (",", tags);

  return *joined != '\0' ? g_strconcat (",", joined, ",", NULL) : g_strdup ("");
}

static char **
unpack_tags (const char *packed)
{
  g_auto (GStrv) parts = g_strsplit (packed != NULL ? packed : "", ",", -1);
  char **tags = clean_tags (parts, NULL);

  /* Whatever a foreign hand wrote there: nobody is kept from reading the rest. */
  return tags != NULL ? tags : g_new0 (char *, 1);
}

/* --- reading --- */

static CfoilAnnotation *
annotation_from_row (CfoilStatement *row)
{
  CfoilAnnotation *self = g_new0 (CfoilAnnotation, 1);
  const char *note = cfoil_statement_column_text (row, 0);

  self->note = g_utf8_make_valid (note != NULL ? note : "", -1);
  self->tags = unpack_tags (cfoil_statement_column_text (row, 1));
  self->reviewed_us = cfoil_statement_column_int64 (row, 2);
  return self;
}

CfoilAnnotation *
cfoil_annotation_read (CfoilDatabase *database,
                       gint64         txn_id,
                       GError       **error)
{
  g_autoptr (CfoilStatement) row = NULL;
  CfoilStep step;

  g_return_val_if_fail (database != NULL, NULL);

  row = cfoil_database_prepare (database,
                                "SELECT n.note, n.tags, n.reviewed_us FROM txn AS t JOIN account AS a USING (account_id) "
                                "JOIN annotation AS n ON n.provider = a.provider AND n.environment = a.environment "
                                "AND n.transaction_id = t.transaction_id WHERE t.txn_id = ?1",
                                error);
  if (row == NULL)
    return NULL;
  cfoil_statement_bind_int64 (row, 1, txn_id);
  step = cfoil_statement_step (row, error);
  if (step == CFOIL_STEP_ERROR)
    return NULL;
  return step == CFOIL_STEP_ROW ? annotation_from_row (row) : cfoil_annotation_new ();
}

typedef struct
{
  char *tag;
  guint n_uses;
} TagCount;

static void
tag_count_free (gpointer data)
{
  g_free (((TagCount *) data)->tag);
  g_free (data);
}

static int
compare_counts (gconstpointer a,
                gconstpointer b)
{
  const TagCount *first = *(TagCount *const *) a, *second = *(TagCount *const *) b;

  if (first->n_uses != second->n_uses)
    return first->n_uses > second->n_uses ? -1 : 1;
  return compare_tags (&first->tag, &second->tag);
}

/* COUNTS owns what BY_TAG finds. */
static void
count_tags (GPtrArray  *counts,
            GHashTable *by_tag,
            const char *packed)
{
  g_auto (GStrv) tags = unpack_tags (packed);

  for (guint i = 0; tags[i] != NULL; i++)
    {
      g_autofree char *folded = cfoil_fold (tags[i]);
      TagCount *count = g_hash_table_lookup (by_tag, folded);

      if (count == NULL)
        {
          count = g_new0 (TagCount, 1);
          count->tag = g_strdup (tags[i]);
          g_ptr_array_add (counts, count);
          g_hash_table_insert (by_tag, g_steal_pointer (&folded), count);
        }
      count->n_uses++;
    }
}

GPtrArray *
cfoil_annotation_list_tags (CfoilDatabase *database,
                            GError       **error)
{
  g_autoptr (CfoilStatement) rows = NULL;
  g_autoptr (GPtrArray) counts = g_ptr_array_new_with_free_func (tag_count_free);
  g_autoptr (GHashTable) by_tag = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GPtrArray *tags;
  CfoilStep step;

  g_return_val_if_fail (database != NULL, NULL);

  rows = cfoil_database_prepare (database, "SELECT tags FROM annotation WHERE tags <> ''", error);
  if (rows == NULL)
    return NULL;
  while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    count_tags (counts, by_tag, cfoil_statement_column_text (rows, 0));
  if (step != CFOIL_STEP_DONE)
    return NULL;

  g_ptr_array_sort (counts, compare_counts);
  tags = g_ptr_array_new_full (counts->len, g_free);
  for (guint i = 0; i < counts->len; i++)
    g_ptr_array_add (tags, g_strdup (((TagCount *) counts->pdata[i])->tag));
  return tags;
}

/* --- writing --- */

static CfoilAnnotation *
clean_annotation (const CfoilAnnotation *annotation,
                  GError               **error)
{
  g_autoptr (CfoilAnnotation) clean = cfoil_annotation_new ();
  g_autofree char *bare = NULL;
  char **tags;

  if (!g_utf8_validate (annotation->note, -1, NULL))
    {
      set_input_error (error, CFOIL_INPUT_ERROR_ENCODING, "The note is not UTF-8 text");
      return NULL;
    }
  if (g_utf8_strlen (annotation->note, -1) > CFOIL_NOTE_MAX_LENGTH)
    {
      g_set_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_LIMIT, "A note has at most %d characters", CFOIL_NOTE_MAX_LENGTH);
      return NULL;
    }
  tags = clean_tags (annotation->tags, error);
  if (tags == NULL)
    return NULL;
  g_strfreev (clean->tags);
  clean->tags = tags;
  /* Nothing but blanks is no note; otherwise every blank is meant. */
  bare = g_strstrip (g_strdup (annotation->note));
  if (*bare != '\0')
    {
      g_free (clean->note);
      clean->note = g_strdup (annotation->note);
    }
  clean->reviewed_us = annotation->reviewed_us;
  return g_steal_pointer (&clean);
}

static gboolean
find_subject (CfoilDatabase *writer,
              gint64         txn_id,
              Subject       *subject,
              GError       **error)
{
  g_autoptr (CfoilStatement) row = NULL;
  CfoilStep step;

  row = cfoil_database_prepare (writer,
                                "SELECT a.provider, a.environment, t.transaction_id FROM txn AS t "
                                "JOIN account AS a USING (account_id) WHERE t.txn_id = ?1",
                                error);
  if (row == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (row, 1, txn_id);
  step = cfoil_statement_step (row, error);
  if (step == CFOIL_STEP_ROW)
    {
      subject->provider = g_strdup (cfoil_statement_column_text (row, 0));
      subject->environment = g_strdup (cfoil_statement_column_text (row, 1));
      subject->transaction_id = g_strdup (cfoil_statement_column_text (row, 2));
    }
  else if (step == CFOIL_STEP_DONE)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "This transaction is not in the mirror any more");
  return step == CFOIL_STEP_ROW;
}

static gboolean
put_row (CfoilDatabase         *writer,
         const Subject         *subject,
         const CfoilAnnotation *annotation,
         GError               **error)
{
  gboolean is_empty = *annotation->note == '\0' && annotation->tags[0] == NULL && annotation->reviewed_us == CFOIL_UNKNOWN;
  g_autofree char *tags = pack_tags (annotation->tags);
  g_autoptr (CfoilStatement) statement = NULL;

  statement = cfoil_database_prepare (writer,
                                      is_empty
                                        ? "DELETE FROM annotation WHERE provider = ?1 AND environment = ?2 AND transaction_id = ?3"
                                        : "INSERT OR REPLACE INTO annotation (provider, environment, transaction_id, note, tags, "
                                          "reviewed_us, changed_us) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                                      error);
  if (statement == NULL)
    return FALSE;
  cfoil_statement_bind_text (statement, 1, subject->provider);
  cfoil_statement_bind_text (statement, 2, subject->environment);
  cfoil_statement_bind_text (statement, 3, subject->transaction_id);
  if (!is_empty)
    {
      cfoil_statement_bind_text (statement, 4, annotation->note);
      cfoil_statement_bind_text (statement, 5, tags);
      cfoil_statement_bind_int64 (statement, 6, annotation->reviewed_us);
      cfoil_statement_bind_int64 (statement, 7, cfoil_time_now_us ());
    }
  return cfoil_statement_run (statement, error);
}

/* The same transaction may be in two accounts: a merchant's two keys, say. */
static gboolean
touch_rows (CfoilDatabase    *writer,
            CfoilBlockWriter *blocks,
            const Subject    *subject,
            GError          **error)
{
  g_autoptr (CfoilStatement) rows = NULL;
  CfoilStep step;

  rows = cfoil_database_prepare (writer,
                                 "SELECT t.txn_id FROM account AS a CROSS JOIN txn AS t USING (account_id) "
                                 "WHERE a.provider = ?1 AND a.environment = ?2 AND t.transaction_id = ?3",
                                 error);
  if (rows == NULL)
    return FALSE;
  cfoil_statement_bind_text (rows, 1, subject->provider);
  cfoil_statement_bind_text (rows, 2, subject->environment);
  cfoil_statement_bind_text (rows, 3, subject->transaction_id);
  while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    cfoil_block_writer_touch (blocks, cfoil_statement_column_int64 (rows, 0));
  return step == CFOIL_STEP_DONE;
}

static gboolean
write_row (CfoilDatabase         *writer,
           gint64                 txn_id,
           const CfoilAnnotation *annotation,
           CfoilAnnotationParts   parts,
           CfoilAnnotation      **previous,
           GError               **error)
{
  g_autoptr (CfoilBlockWriter) blocks = cfoil_block_writer_new (writer);
  g_autoptr (CfoilAnnotation) merged = NULL;
  g_auto (Subject) subject = { NULL };

  if (!find_subject (writer, txn_id, &subject, error))
    return FALSE;
  *previous = cfoil_annotation_read (writer, txn_id, error);
  if (*previous == NULL)
    return FALSE;
  merged = cfoil_annotation_copy (*previous);
  cfoil_annotation_take_parts (merged, annotation, parts);
  return put_row (writer, &subject, merged, error) &&
         touch_rows (writer, blocks, &subject, error) &&
         cfoil_block_writer_flush (blocks, error);
}

gboolean
cfoil_annotation_write (CfoilMirror           *mirror,
                        gint64                 txn_id,
                        const CfoilAnnotation *annotation,
                        CfoilAnnotationParts   parts,
                        CfoilAnnotation      **previous,
                        GError               **error)
{
  g_autoptr (CfoilAnnotation) said = cfoil_annotation_new ();
  g_autoptr (CfoilAnnotation) clean = NULL;
  g_autoptr (CfoilAnnotation) before = NULL;
  g_autoptr (CfoilDatabase) writer = NULL;

  g_return_val_if_fail (CFOIL_IS_MIRROR (mirror), FALSE);
  g_return_val_if_fail (annotation != NULL, FALSE);
  g_return_val_if_fail ((parts & CFOIL_ANNOTATION_ALL) != 0, FALSE);

  /* What is not written need not be right. */
  cfoil_annotation_take_parts (said, annotation, parts);
  clean = clean_annotation (said, error);
  if (clean == NULL)
    return FALSE;
  writer = cfoil_mirror_open_writer (mirror, error);
  if (writer == NULL || !cfoil_database_begin_between (writer, error))
    return FALSE;
  if (write_row (writer, txn_id, clean, parts, &before, error) &&
      cfoil_database_exec (writer, "COMMIT", error))
    {
      cfoil_mirror_notify_changed (mirror);
      if (previous != NULL)
        *previous = g_steal_pointer (&before);
      return TRUE;
    }
  if (cfoil_database_in_transaction (writer))
    cfoil_database_exec (writer, "ROLLBACK", NULL);
  return FALSE;
}

/* --- putting back --- */

void
cfoil_annotation_entry_free (CfoilAnnotationEntry *entry)
{
  if (entry == NULL)
    return;
  g_free (entry->provider);
  g_free (entry->environment);
  g_free (entry->transaction_id);
  cfoil_annotation_free (entry->annotation);
  g_free (entry);
}

static CfoilAnnotation *
read_subject (CfoilDatabase *database,
              const Subject *subject,
              GError       **error)
{
  g_autoptr (CfoilStatement) row = NULL;
  CfoilStep step;

  row = cfoil_database_prepare (database,
                                "SELECT note, tags, reviewed_us FROM annotation "
                                "WHERE provider = ?1 AND environment = ?2 AND transaction_id = ?3",
                                error);
  if (row == NULL)
    return NULL;
  cfoil_statement_bind_text (row, 1, subject->provider);
  cfoil_statement_bind_text (row, 2, subject->environment);
  cfoil_statement_bind_text (row, 3, subject->transaction_id);
  step = cfoil_statement_step (row, error);
  if (step == CFOIL_STEP_ERROR)
    return NULL;
  return step == CFOIL_STEP_ROW ? annotation_from_row (row) : cfoil_annotation_new ();
}

/* What SAID says and PRESENT does not, or says otherwise if that REPLACES it.  TRUE:
 * PRESENT is another now. */
static gboolean
merge (CfoilAnnotation       *present,
       const CfoilAnnotation *said,
       gboolean               replaces)
{
  gboolean is_changed = FALSE;

  if (*said->note != '\0' && (replaces || *present->note == '\0') && !g_str_equal (said->note, present->note))
    {
      g_free (present->note);
      present->note = g_strdup (said->note);
      is_changed = TRUE;
    }
  if (said->tags[0] != NULL && (replaces || present->tags[0] == NULL) &&
      !g_strv_equal ((const char *const *) said->tags, (const char *const *) present->tags))
    {
      g_strfreev (present->tags);
      present->tags = g_strdupv (said->tags);
      is_changed = TRUE;
    }
  if (said->reviewed_us != CFOIL_UNKNOWN && (replaces || present->reviewed_us == CFOIL_UNKNOWN) &&
      said->reviewed_us != present->reviewed_us)
    {
      present->reviewed_us = said->reviewed_us;
      is_changed = TRUE;
    }
  return is_changed;
}

static gboolean
restore_entry (CfoilDatabase              *writer,
               CfoilBlockWriter           *blocks,
               const CfoilAnnotationEntry *entry,
               gboolean                    replaces,
               guint                      *n_changed,
               GError                    **error)
{
  const Subject subject = { entry->provider, entry->environment, entry->transaction_id };
  g_autoptr (CfoilAnnotation) said = clean_annotation (entry->annotation, error);
  g_autoptr (CfoilAnnotation) present = said != NULL ? read_subject (writer, &subject, error) : NULL;

  if (present == NULL)
    return FALSE;
  if (!merge (present, said, replaces))
    return TRUE;
  (*n_changed)++;
  return put_row (writer, &subject, present, error) && touch_rows (writer, blocks, &subject, error);
}

static gboolean
restore_all (CfoilDatabase *writer,
             GPtrArray     *entries,
             gboolean       replaces,
             guint         *n_changed,
             GError       **error)
{
  g_autoptr (CfoilBlockWriter) blocks = cfoil_block_writer_new (writer);

  for (guint i = 0; i < entries->len; i++)
    if (!restore_entry (writer, blocks, g_ptr_array_index (entries, i), replaces, n_changed, error))
      return FALSE;
  return cfoil_block_writer_flush (blocks, error) && cfoil_database_exec (writer, "COMMIT", error);
}

gboolean
cfoil_annotation_restore (CfoilMirror *mirror,
                          GPtrArray   *entries,
                          gboolean     replaces,
                          guint       *n_changed,
                          GError     **error)
{
  g_autoptr (CfoilDatabase) writer = NULL;

  g_return_val_if_fail (CFOIL_IS_MIRROR (mirror), FALSE);

  *n_changed = 0;
  writer = cfoil_mirror_open_writer (mirror, error);
  if (writer == NULL || !cfoil_database_begin_between (writer, error))
    return FALSE;
  if (restore_all (writer, entries, replaces, n_changed, error))
    {
      cfoil_mirror_notify_changed (mirror);
      return TRUE;
    }
  *n_changed = 0;
  if (cfoil_database_in_transaction (writer))
    cfoil_database_exec (writer, "ROLLBACK", NULL);
  return FALSE;
}
