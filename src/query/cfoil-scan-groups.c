/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-scan-groups-private.h"
#include "cfoil-scan-private.h"

#include <string.h>

/* Places in memory that are called for before they are needed. */
#define N_AHEAD 16

typedef struct
{
  const gint64 *time;    /* (nullable): all rows are of the span */
  const gint64 *type, *state, *gross, *fee, *ids;
  const gint64 *account; /* (nullable): all */
  const CfoilTextColumn *currency;
  guint16 currencies[CFOIL_BLOCK_ROWS];
  guint wanted_currency;
  guint n_rows;
} Columns;

/* The keys of a block's rows. */
typedef struct
{
  gboolean is_number;
  const gint64 *numbers;
  CfoilTextRows texts;
  guint32 known[CFOIL_BLOCK_ROWS]; /* the group of a value that was looked up before */
} Keys;

/* --- keys --- */

static gboolean
read_keys (CfoilBlockReader *blocks,
           CfoilField        field,
           Keys             *keys,
           GError          **error)
{
  const CfoilFieldInfo *info = cfoil_field_get_info (field);

  keys->is_number = info->kind == CFOIL_FIELD_KIND_REF;
  memset (keys->known, 0xff, sizeof keys->known);
  if (keys->is_number)
    return _cfoil_block_reader_get_numbers (blocks, info->stored_as, &keys->numbers, error);
  return _cfoil_block_reader_get_texts (blocks, info->stored_as, &keys->texts, error);
}

/* NULL: there is none. */
static const char *
get_key (const Keys *keys,
         guint       i,
         gsize      *length)
{
  const char *text;

  if (keys->is_number)
    {
      *length = sizeof keys->numbers[i];
      return keys->numbers[i] != CFOIL_UNKNOWN ? (const char *) &keys->numbers[i] : NULL;
    }
  if (keys->texts.own == NULL)
    return NULL;
  text = _cfoil_text_rows_get (&keys->texts, i, length);
  return *length > 0 ? text : NULL;
}

/* Where the value of a row that others of the block may have, too, is remembered. */
static guint32 *
get_known (Keys *keys,
           guint i)
{
  if (keys->is_number || keys->texts.own == NULL || keys->texts.indexes[i] >= CFOIL_BLOCK_ROWS)
    return NULL;
  return &keys->known[keys->texts.indexes[i]];
}

static guint32
group_of_row (CfoilGroups *self,
              Keys        *keys,
              guint        i,
              gboolean     is_fallback,
              gboolean    *has_key)
{
  guint32 *known = get_known (keys, i), group;
  const char *key;
  gsize length;

  *has_key = TRUE;
  if (known != NULL && *known != CFOIL_NO_GROUP)
    return *known;
  key = get_key (keys, i, &length);
  *has_key = key != NULL;
  if (key == NULL)
    return CFOIL_NO_GROUP;
  group = _cfoil_groups_find (self, key, length, is_fallback);
  if (known != NULL)
    *known = group;
  return group;
}

/* --- rows --- */

static gboolean
is_of_account (const CfoilScanGroupsRequest *request,
               gint64                        account_id)
{
  for (guint i = 0; i < request->n_accounts; i++)
    if (request->account_ids[i] == account_id)
      return TRUE;
  return FALSE;
}

static gboolean
is_dispute (gint64 type)
{
  return type == CFOIL_TYPE_CHARGEBACK || type == CFOIL_TYPE_CLAIM || type == CFOIL_TYPE_DISPUTE_FEE;
}

static gboolean
is_wanted (const CfoilGroups *self,
           const Columns     *columns,
           guint              i)
{
  gint64 type = columns->type[i], state = columns->state[i];

  if ((columns->time != NULL && (columns->time[i] < self->request->from_us || columns->time[i] >= self->request->until_us)) ||
      columns->currencies[i] != columns->wanted_currency || columns->gross[i] == CFOIL_UNKNOWN)
    return FALSE;
  if (columns->account != NULL && !is_of_account (self->request, columns->account[i]))
    return FALSE;
  return (type == CFOIL_TYPE_CHARGE && (state == CFOIL_STATE_CAPTURED || state == CFOIL_STATE_NONE)) ||
         (type == CFOIL_TYPE_REFUND && (state == CFOIL_STATE_REFUNDED || state == CFOIL_STATE_NONE)) || is_dispute (type);
}

static void
add_row (CfoilGroupEntry *entry,
         const Columns   *columns,
         guint            i)
{
  gint64 type = columns->type[i];

  entry->group.txn_id = MAX (entry->group.txn_id, columns->ids[i]);
  if (type == CFOIL_TYPE_CHARGE)
    {
      entry->group.n_payments++;
      _cfoil_group_entry_add (entry, &entry->group.gross_minor, columns->gross[i]);
    }
  else if (type == CFOIL_TYPE_REFUND)
    _cfoil_group_entry_add (entry, &entry->group.refunds_minor, columns->gross[i]);
  else
    {
      _cfoil_group_entry_add (entry, &entry->group.disputes_minor, columns->gross[i]);
      _cfoil_group_entry_add (entry, &entry->group.disputes_minor, columns->fee[i]);
    }
}

/* --- blocks --- */

/* FALSE without an error: no row of the block has the currency. */
static gboolean
find_currency (const CfoilGroups *self,
               CfoilBlockReader  *blocks,
               Columns           *columns,
               GError           **error)
{
  if (!_cfoil_block_reader_get_text (blocks, CFOIL_FIELD_CURRENCY, &columns->currency, error) || columns->currency == NULL)
    return FALSE;
  for (guint i = 0; i < columns->currency->n_values; i++)
    {
      gsize length;

      columns->wanted_currency = i;
      if (g_str_equal (cfoil_text_column_get (columns->currency, i, &length), self->currency))
        {
          cfoil_text_column_unpack (columns->currency, columns->currencies);
          return TRUE;
        }
    }
  return FALSE;
}

static gboolean
read_columns (const CfoilGroups       *self,
              CfoilBlockReader        *blocks,
              const CfoilNumberColumn *time,
              Columns                 *columns,
              GError                 **error)
{
  gboolean are_all_of_span = time->min >= self->request->from_us && time->max < self->request->until_us && !time->has_unknown;

  columns->n_rows = _cfoil_block_reader_get_n_rows (blocks);
  columns->time = columns->account = NULL;
  return (are_all_of_span || _cfoil_block_reader_get_numbers (blocks, CFOIL_FIELD_TIME, &columns->time, error)) &&
         _cfoil_block_reader_get_numbers (blocks, CFOIL_FIELD_TYPE, &columns->type, error) &&
         _cfoil_block_reader_get_numbers (blocks, CFOIL_FIELD_STATE, &columns->state, error) &&
         _cfoil_block_reader_get_numbers (blocks, CFOIL_FIELD_GROSS, &columns->gross, error) &&
         _cfoil_block_reader_get_numbers (blocks, CFOIL_FIELD_FEE, &columns->fee, error) &&
         _cfoil_block_reader_get_ids (blocks, &columns->ids, error) &&
         (self->request->account_ids == NULL ||
          _cfoil_block_reader_get_numbers (blocks, CFOIL_FIELD_ACCOUNT, &columns->account, error));
}

/* What came in; what went out makes no net larger. */
static void
add_to_bound (CfoilGroups   *self,
              const Columns *columns,
              guint          i,
              guint32        bucket)
{
  gint64 in = MAX (columns->gross[i], 0);
  guint32 *bound = &self->bounds[bucket];

  if (is_dispute (columns->type[i]) && columns->fee[i] > 0 && __builtin_add_overflow (in, columns->fee[i], &in))
    in = G_MAXINT64;
  *bound = in < (gint64) (CFOIL_MUCH - *bound) ? *bound + (guint32) in : CFOIL_MUCH;
}

/* CFOIL_NO_GROUP: it has no key. */
static guint32
number_of_row (Keys    *keys,
               guint    i,
               gboolean is_fallback)
{
  guint32 *known = get_known (keys, i), number;
  const char *key;
  gsize length;

  if (known != NULL && *known != CFOIL_NO_GROUP)
    return *known;
  key = get_key (keys, i, &length);
  if (key == NULL)
    return CFOIL_NO_GROUP;
  number = _cfoil_groups_get_number (_cfoil_groups_hash (key, length, is_fallback));
  if (known != NULL)
    *known = number;
  return number;
}

/* ROWS gets the numbers of those that are wanted. */
static void
find_numbers (CfoilGroups   *self,
              const Columns *columns,
              Keys          *keys,
              Keys          *others,
              guint32       *rows)
{
  for (guint i = 0; i < columns->n_rows; i++)
    {
      rows[i] = CFOIL_NO_GROUP;
      if (!is_wanted (self, columns, i))
        continue;
      rows[i] = number_of_row (keys, i, FALSE);
      if (rows[i] == CFOIL_NO_GROUP && others != NULL)
        rows[i] = number_of_row (others, i, TRUE);
    }
}

/* The table is larger than the processor's nearest memory, and buckets are all over it: what
 * is needed next is called for before. */
static void
add_to_bounds (CfoilGroups   *self,
               const Columns *columns,
               const guint32 *rows)
{
  for (guint i = 0; i < columns->n_rows; i++)
    {
      guint32 next = i + N_AHEAD < columns->n_rows ? rows[i + N_AHEAD] : CFOIL_NO_GROUP;

      if (next != CFOIL_NO_GROUP)
        __builtin_prefetch (&self->bounds[_cfoil_groups_get_bucket (self, next)], 1);
      if (rows[i] != CFOIL_NO_GROUP)
        add_to_bound (self, columns, i, _cfoil_groups_get_bucket (self, rows[i]));
    }
}

/* --- what is remembered of the first pass --- */

static guint32 *
get_rows (const CfoilGroups *self,
          CfoilBlockReader  *blocks)
{
  guint block = _cfoil_block_reader_get_block (blocks);

  return block < self->n_blocks ? self->rows[block] : NULL;
}

/* Each block is of one part. */
static guint32 *
remember_rows (const CfoilGroups *self,
               CfoilBlockReader  *blocks)
{
  guint block = _cfoil_block_reader_get_block (blocks);

  g_return_val_if_fail (block < self->n_blocks, NULL);

  if (self->rows[block] == NULL)
    self->rows[block] = g_new (guint32, CFOIL_BLOCK_ROWS);
  return self->rows[block];
}

static gboolean
is_marked (const guint8 *marks,
           guint         bucket)
{
  return (marks[bucket / 8] >> bucket % 8 & 1) != 0;
}

static gboolean
is_number_wanted (const CfoilGroups *self,
                  guint32            number)
{
  return number != CFOIL_NO_GROUP && is_marked (self->wanted, _cfoil_groups_get_bucket (self, number)) &&
         (self->wanted_too == NULL || is_marked (self->wanted_too, _cfoil_groups_get_other_bucket (self, number)));
}

/* What the first pass did not look into has none. */
static gboolean
has_wanted_rows (const CfoilGroups *self,
                 CfoilBlockReader  *blocks)
{
  const guint32 *rows = self->wanted != NULL ? get_rows (self, blocks) : NULL;
  guint n_rows = _cfoil_block_reader_get_n_rows (blocks);

  for (guint i = 0; rows != NULL && i < n_rows; i++)
    if (is_number_wanted (self, rows[i]))
      return TRUE;
  return self->wanted == NULL;
}

static gboolean
add_rows (CfoilGroups      *self,
          CfoilBlockReader *blocks,
          const Columns    *columns,
          GError          **error)
{
  gboolean has_fallback = self->request->fallback != CFOIL_N_FIELDS, has_key;
  const guint32 *rows = self->wanted != NULL ? get_rows (self, blocks) : NULL;
  Keys keys, others;

  if (!read_keys (blocks, self->request->field, &keys, error) ||
      (has_fallback && !read_keys (blocks, self->request->fallback, &others, error)))
    return FALSE;
  if (self->bounds != NULL)
    {
      guint32 *numbers = remember_rows (self, blocks);

      find_numbers (self, columns, &keys, has_fallback ? &others : NULL, numbers);
      add_to_bounds (self, columns, numbers);
      return TRUE;
    }
  for (guint i = 0; i < columns->n_rows; i++)
    {
      guint32 group;

      if (rows != NULL ? !is_number_wanted (self, rows[i]) : !is_wanted (self, columns, i))
        continue;
      group = group_of_row (self, &keys, i, FALSE, &has_key);
      if (!has_key && has_fallback)
        group = group_of_row (self, &others, i, TRUE, &has_key);
      if (group != CFOIL_NO_GROUP)
        add_row (&g_array_index (self->entries, CfoilGroupEntry, group), columns, i);
    }
  return TRUE;
}

/* The second bounds, of rows whose numbers are known: by the other buckets. */
static gboolean
add_to_other_bounds (CfoilGroups      *self,
                     CfoilBlockReader *blocks,
                     GError          **error)
{
  const guint32 *rows = get_rows (self, blocks);
  Columns columns;

  columns.n_rows = _cfoil_block_reader_get_n_rows (blocks);
  if (!_cfoil_block_reader_get_numbers (blocks, CFOIL_FIELD_TYPE, &columns.type, error) ||
      !_cfoil_block_reader_get_numbers (blocks, CFOIL_FIELD_GROSS, &columns.gross, error) ||
      !_cfoil_block_reader_get_numbers (blocks, CFOIL_FIELD_FEE, &columns.fee, error))
    return FALSE;
  for (guint i = 0; i < columns.n_rows; i++)
    if (is_number_wanted (self, rows[i]))
      add_to_bound (self, &columns, i, _cfoil_groups_get_other_bucket (self, rows[i]));
  return TRUE;
}

gboolean
_cfoil_groups_add_block (CfoilBlockReader *blocks,
                         gpointer          data,
                         GError          **error)
{
  CfoilGroups *self = data;
  CfoilNumberColumn time;
  gboolean is_there;
  GError *local = NULL;
  Columns columns;

  if (!_cfoil_block_reader_peek_number (blocks, CFOIL_FIELD_TIME, &time, &is_there, error))
    return FALSE;
  if (!is_there || time.max < self->request->from_us || time.min >= self->request->until_us || !has_wanted_rows (self, blocks))
    return TRUE;
  if (self->bounds != NULL && self->wanted != NULL)
    return add_to_other_bounds (self, blocks, error);
  if (find_currency (self, blocks, &columns, &local))
    return read_columns (self, blocks, &time, &columns, error) && add_rows (self, blocks, &columns, error);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}
