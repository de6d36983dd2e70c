/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-summary-private.h"

#include <stdlib.h>
#include <string.h>

#define MAX_KEYS 5
#define MAX_NUMBERS 9

/* One row of a table: key columns in the order of its primary key, then numbers, the
 * first of which is 0 only when there is nothing left to tell. */
typedef struct
{
  const char *name;
  const char *keys[MAX_KEYS];
  const char *numbers[MAX_NUMBERS];
} TableInfo;

/* The second key of all of them, which is a text. */
#define CURRENCY 1

static const TableInfo tables[CFOIL_N_SUMS] = {
  [CFOIL_SUMS_DAILY] = { "daily",
                         { "account_id", "currency", "day", "type", "store_id" },
                         { "n_rows", "n_done", "n_declined", "n_unsettled", "gross_minor", "fee_minor", "net_minor", "unsettled_minor" } },
  [CFOIL_SUMS_HOURLY] = { "hourly", { "account_id", "currency", "day", "hour" }, { "n_done", "gross_minor" } },
  [CFOIL_SUMS_SETTLED] = { "daily_settled", { "account_id", "currency", "day", "settlement_id" }, { "n_done" } },
  [CFOIL_SUMS_SETTLEMENT] = { "settlement_sum",
                              { "settlement_id", "currency", "type" },
                              { "n_lines", "n_unequal", "amount_minor", "fee_minor", "net_minor" } },
};

enum
{
  DAILY_ROWS,
  DAILY_DONE,
  DAILY_DECLINED,
  DAILY_UNSETTLED,
  DAILY_GROSS,
  DAILY_FEE,
  DAILY_NET,
  DAILY_UNSETTLED_GROSS,
};

typedef struct
{
  gint64 keys[MAX_KEYS];       /* that of the currency is its place in ->currencies */
  guint64 numbers[MAX_NUMBERS];
} Entry;

struct _CfoilSums
{
  GHashTable *entries[CFOIL_N_SUMS]; /* (owned): Entry, each its own key */
  Entry *last[CFOIL_N_SUMS];         /* (nullable): rows come in order, mostly */
  CfoilDailyAmounts *amounts;        /* (owned) */
  GHashTable *places;                /* (owned): currency -> place + 1 */
  GPtrArray *currencies;             /* (owned): char * */
};

static guint
hash_entry (gconstpointer data)
{
  const Entry *entry = data;
  guint64 hash = G_GUINT64_CONSTANT (14695981039346656037);

  for (guint i = 0; i < MAX_KEYS; i++)
    hash = (hash ^ (guint64) entry->keys[i]) * G_GUINT64_CONSTANT (0x9E3779B97F4A7C15);
  return (guint) (hash >> 32);
}

static gboolean
equal_entries (gconstpointer a,
               gconstpointer b)
{
  return memcmp (((const Entry *) a)->keys, ((const Entry *) b)->keys, sizeof ((const Entry *) a)->keys) == 0;
}

CfoilSums *
_cfoil_sums_new (void)
{
  CfoilSums *self = g_new0 (CfoilSums, 1);

  for (guint i = 0; i < CFOIL_N_SUMS; i++)
    self->entries[i] = g_hash_table_new_full (hash_entry, equal_entries, g_free, NULL);
  self->amounts = _cfoil_daily_amounts_new ();
  self->currencies = g_ptr_array_new_with_free_func (g_free);
  self->places = g_hash_table_new (g_str_hash, g_str_equal);
  return self;
}

void
_cfoil_sums_free (CfoilSums *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < CFOIL_N_SUMS; i++)
    g_hash_table_unref (self->entries[i]);
  _cfoil_daily_amounts_free (self->amounts);
  g_hash_table_unref (self->places);
  g_ptr_array_unref (self->currencies);
  g_free (self);
}

void
_cfoil_sums_clear (CfoilSums *self)
{
  for (guint i = 0; i < CFOIL_N_SUMS; i++)
    g_hash_table_remove_all (self->entries[i]);
  _cfoil_daily_amounts_clear (self->amounts);
  memset (self->last, 0, sizeof self->last);
}

static gint64
place_of (CfoilSums  *self,
          const char *currency)
{
  const char *text = currency != NULL ? currency : "";
  gpointer known = g_hash_table_lookup (self->places, text);

  if (known == NULL)
    {
      char *copy = g_strdup (text);

      g_ptr_array_add (self->currencies, copy);
      known = GUINT_TO_POINTER (self->currencies->len);
      g_hash_table_insert (self->places, copy, known);
    }
  return GPOINTER_TO_UINT (known) - 1;
}

static const char *
currency_of (CfoilSums   *self,
             const Entry *entry)
{
  return g_ptr_array_index (self->currencies, (guint) entry->keys[CURRENCY]);
}

static Entry *
find_entry (CfoilSums     *self,
            CfoilSumsTable table,
            const Entry   *key)
{
  Entry *entry = self->last[table];

  if (entry != NULL && equal_entries (entry, key))
    return entry;
  entry = g_hash_table_lookup (self->entries[table], key);
  if (entry == NULL)
    {
      entry = g_memdup2 (key, sizeof *key);
      g_hash_table_add (self->entries[table], entry);
    }
  self->last[table] = entry;
  return entry;
}

/* What is kept of payments only. */
static void
add_payment (CfoilSums            *self,
             CfoilCivilDays       *days,
             const CfoilSummedRow *row,
             gint64                place,
             gint32                day,
             int                   sign)
{
  guint64 times = (guint64) (gint64) sign;
  Entry hour = { { row->account_id, place, day, cfoil_civil_days_get_hour (days, row->sort_us) }, { 0 } };
  Entry settled = { { row->account_id, place, day, row->settlement_id }, { 0 } };
  Entry *entry = find_entry (self, CFOIL_SUMS_HOURLY, &hour);

  entry->numbers[0] += times;
  entry->numbers[1] += times * (guint64) row->gross_minor;
  if (row->settlement_id != CFOIL_UNKNOWN)
    find_entry (self, CFOIL_SUMS_SETTLED, &settled)->numbers[0] += times;
  _cfoil_daily_amounts_add (self->amounts, row->account_id, g_ptr_array_index (self->currencies, (guint) place), day,
                            row->gross_minor, sign);
}

void
_cfoil_sums_add_row (CfoilSums            *self,
                     CfoilCivilDays       *days,
                     const CfoilSummedRow *row,
                     int                   sign)
{
  guint64 times = (guint64) (gint64) sign;
  gint32 day = cfoil_civil_days_find (days, row->sort_us);
  gint64 place = place_of (self, row->currency);
  Entry key = { { row->account_id, place, day, row->type, row->store_id != CFOIL_UNKNOWN ? row->store_id : 0 }, { 0 } };
  Entry *entry = find_entry (self, CFOIL_SUMS_DAILY, &key);

  entry->numbers[DAILY_ROWS] += times;
  if (row->state == CFOIL_STATE_DECLINED)
    entry->numbers[DAILY_DECLINED] += times;
  if (!_cfoil_summed_row_is_done (row))
    return;

  entry->numbers[DAILY_DONE] += times;
  entry->numbers[DAILY_GROSS] += times * (guint64) row->gross_minor;
  if (row->fee_minor == CFOIL_UNKNOWN)
    {
      entry->numbers[DAILY_UNSETTLED] += times;
      entry->numbers[DAILY_UNSETTLED_GROSS] += times * (guint64) row->gross_minor;
    }
  else
    entry->numbers[DAILY_FEE] += times * (guint64) row->fee_minor;
  if (row->net_minor != CFOIL_UNKNOWN)
    entry->numbers[DAILY_NET] += times * (guint64) row->net_minor;
  if (row->type == CFOIL_TYPE_CHARGE)
    add_payment (self, days, row, place, day, sign);
}

void
_cfoil_sums_add_line (CfoilSums  *self,
                      gint64      settlement_id,
                      const char *currency,
                      int         type,
                      gint64      amount_minor,
                      gint64      fee_minor,
                      gint64      net_minor)
{
  Entry key = { { settlement_id, place_of (self, currency), type }, { 0 } };
  Entry *entry = find_entry (self, CFOIL_SUMS_SETTLEMENT, &key);

  entry->numbers[0]++;
  if ((guint64) amount_minor + (guint64) fee_minor != (guint64) net_minor)
    entry->numbers[1]++;
  entry->numbers[2] += (guint64) amount_minor;
  entry->numbers[3] += (guint64) fee_minor;
  entry->numbers[4] += (guint64) net_minor;
}

/* --- the tables --- */

static guint
count_keys (CfoilSumsTable table)
{
  guint n = 0;

  while (n < MAX_KEYS && tables[table].keys[n] != NULL)
    n++;
  return n;
}

static guint
count_numbers (CfoilSumsTable table)
{
  guint n = 0;

  while (n < MAX_NUMBERS && tables[table].numbers[n] != NULL)
    n++;
  return n;
}

/* FORMAT for each name, with SEPARATOR between them; a %u is its parameter, from FIRST on. */
static void
append_names (GString           *sql,
              const char *const *names,
              guint              n,
              guint              first,
              const char        *separator,
              gboolean           with_parameter)
{
  for (guint i = 0; i < n; i++)
    {
      g_string_append (sql, i > 0 ? separator : "");
      g_string_append (sql, names[i]);
      if (with_parameter)
        g_string_append_printf (sql, " = ?%u", first + i);
    }
}

typedef enum
{
  FIND,
  ADD,
  CHANGE,
  REMOVE,
  N_STATEMENTS
} StatementId;

/* Parameters: the keys, then the numbers. */
static CfoilStatement *
prepare (CfoilDatabase *database,
         CfoilSumsTable table,
         StatementId    id,
         GError       **error)
{
  const TableInfo *info = &tables[table];
  guint n_keys = count_keys (table), n_numbers = count_numbers (table);
  g_autoptr (GString) sql = g_string_new (NULL);

  switch (id)
    {
    case FIND:
      g_string_append (sql, "SELECT ");
      append_names (sql, info->numbers, n_numbers, 0, ", ", FALSE);
      g_string_append_printf (sql, " FROM %s", info->name);
      break;
    case ADD:
      g_string_append_printf (sql, "INSERT INTO %s VALUES (?1", info->name);
      for (guint i = 2; i <= n_keys + n_numbers; i++)
        g_string_append_printf (sql, ", ?%u", i);
      g_string_append_c (sql, ')');
      return cfoil_database_prepare (database, sql->str, error);
    case CHANGE:
      g_string_append_printf (sql, "UPDATE %s SET ", info->name);
      append_names (sql, info->numbers, n_numbers, n_keys + 1, ", ", TRUE);
      break;
    case REMOVE:
    default:
      g_string_append_printf (sql, "DELETE FROM %s", info->name);
    }
  g_string_append (sql, " WHERE ");
  append_names (sql, info->keys, n_keys, 1, " AND ", TRUE);
  return cfoil_database_prepare (database, sql->str, error);
}

static void
bind_keys (CfoilSums      *self,
           CfoilStatement *statement,
           CfoilSumsTable  table,
           const Entry    *entry)
{
  for (guint i = 0; i < count_keys (table); i++)
    if (i == CURRENCY)
      cfoil_statement_bind_text (statement, (int) i + 1, currency_of (self, entry));
    else
      cfoil_statement_bind_int64 (statement, (int) i + 1, entry->keys[i]);
}

/* Adds what stands in the table to ENTRY. */
static gboolean
add_stored (CfoilSums      *self,
            CfoilStatement *find,
            CfoilSumsTable  table,
            Entry          *entry,
            gboolean       *is_there,
            GError        **error)
{
  CfoilStep step;

  bind_keys (self, find, table, entry);
  step = cfoil_statement_step (find, error);
  *is_there = step == CFOIL_STEP_ROW;
  for (guint i = 0; *is_there && i < count_numbers (table); i++)
    entry->numbers[i] += (guint64) cfoil_statement_column_int64 (find, (int) i);
  cfoil_statement_reset (find);
  return step != CFOIL_STEP_ERROR;
}

static gboolean
write_entry (CfoilSums       *self,
             CfoilDatabase   *writer,
             CfoilStatement **statements,
             CfoilSumsTable   table,
             Entry           *entry,
             GError         **error)
{
  guint n_keys = count_keys (table);
  gboolean is_there;
  StatementId id;

  if (!add_stored (self, statements[FIND], table, entry, &is_there, error))
    return FALSE;
  if (!is_there && entry->numbers[0] == 0)
    return TRUE;
  id = !is_there ? ADD : entry->numbers[0] == 0 ? REMOVE : CHANGE;
  if (statements[id] == NULL && (statements[id] = prepare (writer, table, id, error)) == NULL)
    return FALSE;
  bind_keys (self, statements[id], table, entry);
  for (guint i = 0; id != REMOVE && i < count_numbers (table); i++)
    cfoil_statement_bind_int64 (statements[id], (int) (n_keys + i + 1), (gint64) entry->numbers[i]);
  return cfoil_statement_run (statements[id], error);
}

static gboolean
changes_nothing (const Entry *entry)
{
  static const guint64 none[MAX_NUMBERS];

  return memcmp (entry->numbers, none, sizeof none) == 0;
}

static int
compare_entries (gconstpointer a,
                 gconstpointer b,
                 gpointer      user_data)
{
  const Entry *one = *(Entry *const *) a, *other = *(Entry *const *) b;

  for (guint i = 0; i < MAX_KEYS; i++)
    {
      int order = i == CURRENCY ? strcmp (currency_of (user_data, one), currency_of (user_data, other))
                                : (one->keys[i] > other->keys[i]) - (one->keys[i] < other->keys[i]);

      if (order != 0)
        return order;
    }
  return 0;
}

static gboolean
write_table (CfoilSums     *self,
             CfoilDatabase *writer,
             CfoilSumsTable table,
             GError       **error)
{
  CfoilStatement *statements[N_STATEMENTS] = { NULL };
  g_autofree gpointer *entries = NULL;
  guint n_entries;
  gboolean ok = TRUE;

  if (g_hash_table_size (self->entries[table]) == 0)
    return TRUE;
  /* in the order of the table: neighbours share pages */
  entries = g_hash_table_get_keys_as_array (self->entries[table], &n_entries);
  g_qsort_with_data (entries, (int) n_entries, sizeof *entries, compare_entries, self);

  statements[FIND] = prepare (writer, table, FIND, error);
  ok = statements[FIND] != NULL;
  for (guint i = 0; ok && i < n_entries; i++)
    if (!changes_nothing (entries[i]))
      ok = write_entry (self, writer, statements, table, entries[i], error);
  for (guint i = 0; i < N_STATEMENTS; i++)
    g_clear_pointer (&statements[i], cfoil_statement_free);
  return ok;
}

gboolean
_cfoil_sums_write (CfoilSums     *self,
                   CfoilDatabase *writer,
                   GError       **error)
{
  for (guint i = 0; i < CFOIL_N_SUMS; i++)
    if (!write_table (self, writer, (CfoilSumsTable) i, error))
      return FALSE;
  if (!_cfoil_daily_amounts_write (self->amounts, writer, error))
    return FALSE;
  _cfoil_sums_clear (self);
  return TRUE;
}

/* --- comparing --- */

static CfoilStatement *
prepare_all (CfoilDatabase *reader,
             CfoilSumsTable table,
             GError       **error)
{
  g_autoptr (GString) sql = g_string_new ("SELECT ");

  append_names (sql, tables[table].keys, count_keys (table), 0, ", ", FALSE);
  g_string_append (sql, ", ");
  append_names (sql, tables[table].numbers, count_numbers (table), 0, ", ", FALSE);
  g_string_append_printf (sql, " FROM %s", tables[table].name);
  return cfoil_database_prepare (reader, sql->str, error);
}

static void
read_keys (CfoilSums      *self,
           CfoilStatement *row,
           guint           n_keys,
           Entry          *key)
{
  memset (key, 0, sizeof *key);
  for (guint i = 0; i < n_keys; i++)
    key->keys[i] = i == CURRENCY ? place_of (self, cfoil_statement_column_text (row, (int) i))
                                 : cfoil_statement_column_int64 (row, (int) i);
}

/* Takes what the table says from what should be there: nothing is left where it is right. */
static gboolean
compare_table (CfoilSums     *self,
               CfoilDatabase *reader,
               CfoilSumsTable table,
               gint64        *n_wrong,
               GError       **error)
{
  g_autoptr (CfoilStatement) rows = prepare_all (reader, table, error);
  guint n_keys = count_keys (table), n_numbers = count_numbers (table);
  CfoilStep step;
  GHashTableIter iter;
  gpointer entry;

  if (rows == NULL)
    return FALSE;
  while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    {
      Entry key;
      Entry *found;

      read_keys (self, rows, n_keys, &key);
      found = find_entry (self, table, &key);
      /* One that tells of nothing should not be there. */
      if (changes_nothing (found))
        found->numbers[n_numbers] = 1;
      for (guint i = 0; i < n_numbers; i++)
        found->numbers[i] -= (guint64) cfoil_statement_column_int64 (rows, (int) (n_keys + i));
    }
  g_hash_table_iter_init (&iter, self->entries[table]);
  while (g_hash_table_iter_next (&iter, &entry, NULL))
    if (!changes_nothing (entry))
      (*n_wrong)++;
  return step == CFOIL_STEP_DONE;
}
G_STATIC_ASSERT (MAX_NUMBERS > DAILY_UNSETTLED_GROSS + 1);

static const char *
keep_currency (gpointer    self,
               const char *currency)
{
  gint64 place = place_of (self, currency);

  return g_ptr_array_index (((CfoilSums *) self)->currencies, (guint) place);
}

gboolean
_cfoil_sums_compare (CfoilSums     *self,
                     CfoilDatabase *reader,
                     gint64        *n_wrong,
                     GError       **error)
{
  *n_wrong = 0;
  for (guint i = 0; i < CFOIL_N_SUMS; i++)
    if (!compare_table (self, reader, (CfoilSumsTable) i, n_wrong, error))
      return FALSE;
  return _cfoil_daily_amounts_compare (self->amounts, reader, keep_currency, self, n_wrong, error);
}
