/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-scan-private.h"

#include <string.h>

CfoilOrder *
_cfoil_order_ref (CfoilOrder *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
_cfoil_order_unref (CfoilOrder *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->ids);
  g_array_unref (self->groups);
  g_free (self);
}

/* What is collected of one group (of one currency) while blocks are read. */
typedef struct
{
  char *name;       /* (owned): sorts the groups */
  GArray *keys;     /* guint64, of numbers */
  GArray *offsets;  /* guint32, of texts */
  GArray *ids;      /* guint32, of both */
  GArray *unknown;  /* guint32 */
} Group;

typedef struct
{
  CfoilField field;
  gboolean is_text;
  gboolean is_money;
  GHashTable *ranks;  /* (owned) (nullable): number -> rank or value, of what has a dictionary */
  GPtrArray *groups;  /* (owned): Group */
  GHashTable *by_name; /* (owned): name -> Group, borrowed */
  GByteArray *bytes;  /* (owned): the texts */
} Builder;

static void
group_free (Group *self)
{
  g_free (self->name);
  g_array_unref (self->keys);
  g_array_unref (self->offsets);
  g_array_unref (self->ids);
  g_array_unref (self->unknown);
  g_free (self);
}

static Group *
find_group (Builder    *self,
            const char *name)
{
  Group *group = g_hash_table_lookup (self->by_name, name);

  if (group != NULL)
    return group;
  group = g_new0 (Group, 1);
  group->name = g_strdup (name);
  group->keys = g_array_new (FALSE, FALSE, sizeof (guint64));
  group->offsets = g_array_new (FALSE, FALSE, sizeof (guint32));
  group->ids = g_array_new (FALSE, FALSE, sizeof (guint32));
  group->unknown = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_hash_table_insert (self->by_name, group->name, group);
  g_ptr_array_add (self->groups, group);
  return group;
}

/* --- ranks of what stands for a text --- */

typedef struct
{
  gint64 number;
  char *text; /* (owned): folded */
} Entry;

static void
entry_clear (gpointer entry)
{
  g_free (((Entry *) entry)->text);
}

static int
compare_entries (gconstpointer a,
                 gconstpointer b)
{
  return strcmp (((const Entry *) a)->text, ((const Entry *) b)->text);
}

static void
insert_rank (GHashTable *ranks,
             gint64      number,
             gint64      rank)
{
  g_hash_table_insert (ranks, g_memdup2 (&number, sizeof number), g_memdup2 (&rank, sizeof rank));
}

/* Equal texts have equal ranks. */
static void
rank_entries (GArray     *entries,
              GHashTable *ranks)
{
  gint64 rank = 0;

  g_array_sort (entries, compare_entries);
  for (guint i = 0; i < entries->len; i++)
    {
      Entry *entry = &g_array_index (entries, Entry, i);

      if (i > 0 && strcmp (entry->text, g_array_index (entries, Entry, i - 1).text) != 0)
        rank++;
      if (*entry->text != '\0')
        insert_rank (ranks, entry->number, rank);
    }
}

static void
collect_entry (gint64      number,
               const char *text,
               gint64      value,
               gpointer    entries)
{
  Entry entry = { number, cfoil_fold (text) };

  g_array_append_val (entries, entry);
}

static void
collect_value (gint64      number,
               const char *text,
               gint64      value,
               gpointer    ranks)
{
  insert_rank (ranks, number, value);
}

static gboolean
read_ranks (Builder       *self,
            CfoilDatabase *database,
            GError       **error)
{
  const CfoilFieldInfo *info = cfoil_field_get_info (self->field);
  g_autoptr (GArray) entries = NULL;

  if (info->dictionary_sql == NULL && info->kind != CFOIL_FIELD_KIND_CODE)
    return TRUE;
  self->ranks = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  if (info->kind == CFOIL_FIELD_KIND_TIME)
    return _cfoil_dictionary_each (database, self->field, collect_value, self->ranks, error);

  entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  g_array_set_clear_func (entries, entry_clear);
  if (info->kind == CFOIL_FIELD_KIND_CODE)
    for (guint i = 0; i < cfoil_field_n_codes (self->field); i++)
      collect_entry (i, cfoil_field_code_name (self->field, i), 0, entries);
  else if (!_cfoil_dictionary_each (database, self->field, collect_entry, entries, error))
    return FALSE;
  rank_entries (entries, self->ranks);
  return TRUE;
}

/* --- collecting --- */

/* Numbers below zero come before the others. */
static guint64
key_of_number (gint64 number)
{
  return (guint64) number ^ (G_GUINT64_CONSTANT (1) << 63);
}

static void
add_number (Builder *self,
            Group   *group,
            gint64   number,
            guint32  id)
{
  guint64 key;

  if (number != CFOIL_UNKNOWN && self->ranks != NULL)
    {
      const gint64 *rank = g_hash_table_lookup (self->ranks, &number);

      number = rank != NULL ? *rank : CFOIL_UNKNOWN;
    }
  if (number == CFOIL_UNKNOWN)
    {
      g_array_append_val (group->unknown, id);
      return;
    }
  key = key_of_number (number);
  g_array_append_val (group->keys, key);
  g_array_append_val (group->ids, id);
}

/* The group of each row: by currency, for money. */
static gboolean
find_groups (Builder          *self,
             CfoilBlockReader *blocks,
             Group           **groups,
             GError          **error)
{
  CfoilField field = self->field == CFOIL_FIELD_PRESENTMENT_AMOUNT ? CFOIL_FIELD_PRESENTMENT_CURRENCY : CFOIL_FIELD_CURRENCY;
  guint n_rows = _cfoil_block_reader_get_n_rows (blocks);
  const CfoilTextColumn *currency = NULL;
  guint16 indexes[CFOIL_BLOCK_ROWS];
  Group *last = NULL;

  if (self->is_money && !_cfoil_block_reader_get_text (blocks, field, &currency, error))
    return FALSE;
  if (currency != NULL)
    cfoil_text_column_unpack (currency, indexes);
  for (guint i = 0; i < n_rows; i++)
    {
      gsize length;

      if (i == 0 || (currency != NULL && indexes[i] != indexes[i - 1]))
        last = find_group (self, currency != NULL ? cfoil_text_column_get (currency, indexes[i], &length) : "");
      groups[i] = last;
    }
  return TRUE;
}

/* The frequent case: all rows of the block in one group, each value known and what
 * it is sorted by. */
static void
add_block (Group        *group,
           const gint64 *values,
           const gint64 *ids,
           guint         n_rows)
{
  guint first = group->ids->len;
  guint64 *keys;
  guint32 *ids_out;

  g_array_set_size (group->keys, first + n_rows);
  g_array_set_size (group->ids, first + n_rows);
  keys = &g_array_index (group->keys, guint64, first);
  ids_out = &g_array_index (group->ids, guint32, first);
  for (guint i = 0; i < n_rows; i++)
    {
      keys[i] = key_of_number (values[i]);
      ids_out[i] = (guint32) ids[i];
    }
}

static gboolean
is_uniform (Group *const *groups,
            const gint64 *values,
            guint         n_rows)
{
  gboolean is_uniform = TRUE;

  for (guint i = 0; i < n_rows; i++)
    is_uniform &= groups[i] == groups[0] && values[i] != CFOIL_UNKNOWN;
  return is_uniform;
}

static gboolean
collect_numbers (Builder          *self,
                 CfoilBlockReader *blocks,
                 const gint64     *ids,
                 GError          **error)
{
  guint n_rows = _cfoil_block_reader_get_n_rows (blocks);
  Group *groups[CFOIL_BLOCK_ROWS];
  const gint64 *values;

  if (!find_groups (self, blocks, groups, error) ||
      !_cfoil_block_reader_get_numbers (blocks, cfoil_field_get_info (self->field)->stored_as, &values, error))
    return FALSE;
  if (n_rows > 0 && self->ranks == NULL && is_uniform (groups, values, n_rows))
    {
      add_block (groups[0], values, ids, n_rows);
      return TRUE;
    }
  for (guint i = 0; i < n_rows; i++)
    add_number (self, groups[i], values[i], (guint32) ids[i]);
  return TRUE;
}

static guint32
add_bytes (Builder    *self,
           const char *text,
           gsize       length)
{
  guint32 offset = self->bytes->len;

  g_byte_array_append (self->bytes, (const guint8 *) text, (guint) length);
  g_byte_array_append (self->bytes, (const guint8 *) "", 1);
  return offset;
}

static gboolean
collect_texts (Builder          *self,
               CfoilBlockReader *blocks,
               const gint64     *ids,
               GError          **error)
{
  guint n_rows = _cfoil_block_reader_get_n_rows (blocks);
  Group *group = find_group (self, "");
  guint32 offsets[CFOIL_BLOCK_ROWS]; /* of the values that were seen */
  CfoilTextRows rows;

  if (!_cfoil_block_reader_get_texts (blocks, self->field, &rows, error))
    return FALSE;
  memset (offsets, 0xff, sizeof offsets);
  for (guint i = 0; i < n_rows; i++)
    {
      gboolean follows = _cfoil_text_rows_follows (&rows, i);
      guint32 id = (guint32) ids[i], offset;
      gsize length;
      const char *text = _cfoil_text_rows_get (&rows, i, &length);

      if (length == 0)
        {
          g_array_append_val (group->unknown, id);
          continue;
        }
      offset = follows ? G_MAXUINT32 : offsets[rows.indexes[i]];
      if (offset == G_MAXUINT32)
        offset = add_bytes (self, text, length);
      if (!follows)
        offsets[rows.indexes[i]] = offset;
      g_array_append_val (group->offsets, offset);
      g_array_append_val (group->ids, id);
    }
  return TRUE;
}

static gboolean
collect (Builder       *self,
         CfoilDatabase *database,
         GCancellable  *cancellable,
         GError       **error)
{
  g_autoptr (CfoilBlockReader) blocks = _cfoil_block_reader_new (database);
  GError *local = NULL;

  while (_cfoil_block_reader_next (blocks, cancellable, &local))
    {
      const gint64 *ids;

      if (!_cfoil_block_reader_get_ids (blocks, &ids, error) ||
          !(self->is_text ? collect_texts (self, blocks, ids, error) : collect_numbers (self, blocks, ids, error)))
        return FALSE;
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

/* --- putting together --- */

static int
compare_groups (gconstpointer a,
                gconstpointer b)
{
  return strcmp ((*(const Group *const *) a)->name, (*(const Group *const *) b)->name);
}

static gboolean
sort_group (Builder      *self,
            Group        *group,
            GCancellable *cancellable)
{
  guint32 *ids = (guint32 *) (gpointer) group->ids->data;

  if (self->is_text)
    return _cfoil_sort_texts ((const char *) self->bytes->data, (guint32 *) (gpointer) group->offsets->data, ids,
                              group->ids->len, cancellable);
  return _cfoil_sort_numbers ((guint64 *) (gpointer) group->keys->data, ids, group->ids->len, cancellable);
}

static void
append_ids (CfoilOrder *order,
            GArray     *ids)
{
  if (ids->len > 0)
    memcpy (order->ids + order->n_rows, ids->data, ids->len * sizeof (guint32));
  order->n_rows += ids->len;
}

static CfoilOrder *
put_together (Builder      *self,
              GCancellable *cancellable,
              GError      **error)
{
  g_autoptr (CfoilOrder) order = g_new0 (CfoilOrder, 1);
  guint n_rows = 0;

  g_atomic_ref_count_init (&order->ref_count);
  order->field = self->field;
  order->groups = g_array_new (FALSE, FALSE, sizeof (CfoilOrderGroup));
  for (guint i = 0; i < self->groups->len; i++)
    n_rows += ((Group *) self->groups->pdata[i])->ids->len + ((Group *) self->groups->pdata[i])->unknown->len;
  order->ids = g_new (guint32, n_rows);

  g_ptr_array_sort (self->groups, compare_groups);
  for (guint i = 0; i < self->groups->len; i++)
    {
      Group *group = self->groups->pdata[i];
      CfoilOrderGroup place = { order->n_rows, group->ids->len, group->ids->len + group->unknown->len };

      if (!sort_group (self, group, cancellable))
        {
          g_cancellable_set_error_if_cancelled (cancellable, error);
          return NULL;
        }
      append_ids (order, group->ids);
      append_ids (order, group->unknown);
      g_array_append_val (order->groups, place);
    }
  return g_steal_pointer (&order);
}

CfoilOrder *
_cfoil_order_build (CfoilDatabase *database,
                    CfoilField     field,
                    GCancellable  *cancellable,
                    GError       **error)
{
  CfoilFieldKind kind = cfoil_field_get_info (field)->kind;
  Builder self = {
    .field = field,
    .is_text = kind == CFOIL_FIELD_KIND_TEXT || kind == CFOIL_FIELD_KIND_ID,
    .is_money = kind == CFOIL_FIELD_KIND_MONEY,
    .groups = g_ptr_array_new_with_free_func ((GDestroyNotify) group_free),
    .by_name = g_hash_table_new (g_str_hash, g_str_equal),
    .bytes = g_byte_array_new (),
  };
  CfoilOrder *order = NULL;

  if (read_ranks (&self, database, error) && collect (&self, database, cancellable, error))
    order = put_together (&self, cancellable, error);
  g_ptr_array_unref (self.groups);
  g_hash_table_unref (self.by_name);
  g_byte_array_unref (self.bytes);
  g_clear_pointer (&self.ranks, g_hash_table_unref);
  return order;
}

/* --- picking --- */

typedef struct
{
  const guint32 *from;
  const guint64 *bits; /* (nullable) */
  guint n_bits;        /* words */
  gint64 *to;          /* room for one more than there are */
  guint n, room;
} Pick;

/* Writes always and counts what is in: no branch that could be mistaken. */
static inline void
pick_one (Pick   *self,
          guint32 id)
{
  guint word = id / 64;

  self->to[MIN (self->n, self->room)] = id;
  self->n += self->bits == NULL ? 1 : word < self->n_bits ? (guint) (self->bits[word] >> (id % 64) & 1) : 0;
}

static void
pick_range (Pick    *self,
            guint    first,
            guint    end,
            gboolean is_ascending)
{
  if (is_ascending)
    for (guint i = first; i < end; i++)
      pick_one (self, self->from[i]);
  else
    for (guint i = end; i > first; i--)
      pick_one (self, self->from[i - 1]);
}

GArray *
_cfoil_order_pick (const CfoilOrder *self,
                   gboolean          is_ascending,
                   const GArray     *bits,
                   guint             n)
{
  GArray *ids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), n + 1);
  Pick pick = {
    .from = self->ids,
    .bits = bits != NULL ? (const guint64 *) (gpointer) bits->data : NULL,
    .n_bits = bits != NULL ? bits->len : 0,
    .to = (gint64 *) (gpointer) ids->data,
    .room = n,
  };

  /* What nobody knows comes last, whichever way the rest goes. */
  for (guint i = 0; i < self->groups->len && n > 0; i++)
    {
      const CfoilOrderGroup *group = &g_array_index (self->groups, CfoilOrderGroup, i);

      pick_range (&pick, group->first, group->first + group->n_known, is_ascending);
      pick_range (&pick, group->first + group->n_known, group->first + group->n_rows, is_ascending);
    }
  g_array_set_size (ids, MIN (pick.n, n));
  return ids;
}
