/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-summary-private.h"

#include "cfoil-amount-pack.h"

#include <gio/gio.h>
#include <stdlib.h>
#include <string.h>

/* Table daily_amount: what came to the amounts of a day, and what went. */
typedef struct
{
  gint64 account_id;
  const char *currency; /* (borrowed): one place for each text */
  gint64 day;
  GArray *added;        /* (owned): gint64 */
  GArray *removed;      /* (owned) (nullable) */
} Day;

struct _CfoilDailyAmounts
{
  GHashTable *days; /* (owned): Day, each its own key */
  Day *last;        /* (nullable): rows come in order, mostly */
};

static guint
hash_day (gconstpointer data)
{
  const Day *day = data;
  guint64 hash = (guint64) day->account_id * G_GUINT64_CONSTANT (0x9E3779B97F4A7C15);

  hash = (hash ^ (guint64) GPOINTER_TO_SIZE (day->currency)) * G_GUINT64_CONSTANT (0x9E3779B97F4A7C15);
  hash = (hash ^ (guint64) day->day) * G_GUINT64_CONSTANT (0x9E3779B97F4A7C15);
  return (guint) (hash >> 32);
}

static gboolean
equal_days (gconstpointer a,
            gconstpointer b)
{
  const Day *one = a, *other = b;

  return one->day == other->day && one->currency == other->currency && one->account_id == other->account_id;
}

static void
day_free (gpointer data)
{
  Day *self = data;

  g_array_unref (self->added);
  g_clear_pointer (&self->removed, g_array_unref);
  g_free (self);
}

CfoilDailyAmounts *
_cfoil_daily_amounts_new (void)
{
  CfoilDailyAmounts *self = g_new0 (CfoilDailyAmounts, 1);

  self->days = g_hash_table_new_full (hash_day, equal_days, day_free, NULL);
  return self;
}

void
_cfoil_daily_amounts_free (CfoilDailyAmounts *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->days);
  g_free (self);
}

void
_cfoil_daily_amounts_clear (CfoilDailyAmounts *self)
{
  g_hash_table_remove_all (self->days);
  self->last = NULL;
}

static Day *
find_day (CfoilDailyAmounts *self,
          gint64             account_id,
          const char        *currency,
          gint64             day)
{
  Day key = { .account_id = account_id, .currency = currency, .day = day }, *found = self->last;

  if (found != NULL && equal_days (found, &key))
    return found;
  found = g_hash_table_lookup (self->days, &key);
  if (found == NULL)
    {
      found = g_memdup2 (&key, sizeof key);
      found->added = g_array_new (FALSE, FALSE, sizeof (gint64));
      g_hash_table_add (self->days, found);
    }
  self->last = found;
  return found;
}

void
_cfoil_daily_amounts_add (CfoilDailyAmounts *self,
                          gint64             account_id,
                          const char        *currency,
                          gint64             day,
                          gint64             amount_minor,
                          int                sign)
{
  Day *found = find_day (self, account_id, currency, day);

  if (sign < 0 && found->removed == NULL)
    found->removed = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_append_val (sign < 0 ? found->removed : found->added, amount_minor);
}

/* --- in order --- */

static int
compare_amounts (gconstpointer a,
                 gconstpointer b)
{
  gint64 one = *(const gint64 *) a, other = *(const gint64 *) b;

  return (one > other) - (one < other);
}

/* What is in both arrays, as often as it is, is in neither afterwards.  Both in order. */
static void
cancel (GArray *some,
        GArray *others)
{
  gint64 *one = (gint64 *) (gpointer) some->data, *other = (gint64 *) (gpointer) others->data;
  guint i = 0, j = 0, n_left = 0, n_others_left = 0;

  while (i < some->len && j < others->len)
    if (one[i] == other[j])
      {
        i++;
        j++;
      }
    else if (one[i] < other[j])
      one[n_left++] = one[i++];
    else
      other[n_others_left++] = other[j++];
  while (i < some->len)
    one[n_left++] = one[i++];
  while (j < others->len)
    other[n_others_left++] = other[j++];
  g_array_set_size (some, n_left);
  g_array_set_size (others, n_others_left);
}

static void
put_in_order (Day *day)
{
  g_array_sort (day->added, compare_amounts);
  if (day->removed == NULL)
    return;
  g_array_sort (day->removed, compare_amounts);
  cancel (day->added, day->removed);
}

static gboolean
is_empty (const Day *day)
{
  return day->added->len == 0 && (day->removed == NULL || day->removed->len == 0);
}

/* --- the table --- */

typedef struct
{
  CfoilStatement *find, *put, *remove; /* (owned) */
  GArray *amounts;                     /* (owned): of a day */
  GByteArray *packed;                  /* (owned) */
} Table;

static void
table_clear (Table *self)
{
  g_clear_pointer (&self->find, cfoil_statement_free);
  g_clear_pointer (&self->put, cfoil_statement_free);
  g_clear_pointer (&self->remove, cfoil_statement_free);
  g_clear_pointer (&self->amounts, g_array_unref);
  g_clear_pointer (&self->packed, g_byte_array_unref);
}

static gboolean
table_init (Table         *self,
            CfoilDatabase *writer,
            GError       **error)
{
  self->find = cfoil_database_prepare (writer, "SELECT amounts FROM daily_amount WHERE account_id = ?1 AND currency = ?2 AND day = ?3",
                                       error);
  self->put = cfoil_database_prepare (writer,
                                      "INSERT INTO daily_amount (account_id, currency, day, amounts) VALUES (?1, ?2, ?3, ?4) "
                                      "ON CONFLICT (account_id, currency, day) DO UPDATE SET amounts = ?4",
                                      error);
  self->remove = cfoil_database_prepare (writer, "DELETE FROM daily_amount WHERE account_id = ?1 AND currency = ?2 AND day = ?3", error);
  self->amounts = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->packed = g_byte_array_new ();
  return self->find != NULL && self->put != NULL && self->remove != NULL;
}

static void
append_amount (gpointer data,
               gint64   amount)
{
  g_array_append_val ((GArray *) data, amount);
}

static void
bind_day (CfoilStatement *statement,
          const Day      *day)
{
  cfoil_statement_bind_int64 (statement, 1, day->account_id);
  cfoil_statement_bind_text (statement, 2, day->currency);
  cfoil_statement_bind_int64 (statement, 3, day->day);
}

static gboolean
set_damaged (GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "The mirror: the amounts of a day are damaged");
  return FALSE;
}

/* ->amounts gets what the table has. */
static gboolean
read_stored (Table     *table,
             const Day *day,
             GError   **error)
{
  CfoilStep step;
  gboolean ok = TRUE;

  g_array_set_size (table->amounts, 0);
  bind_day (table->find, day);
  step = cfoil_statement_step (table->find, error);
  if (step == CFOIL_STEP_ROW)
    ok = cfoil_amount_unpack (cfoil_statement_column_blob (table->find, 0), cfoil_statement_column_length (table->find, 0),
                              append_amount, table->amounts) || set_damaged (error);
  cfoil_statement_reset (table->find);
  return ok && step != CFOIL_STEP_ERROR;
}

static gboolean
write_day (Table   *table,
           Day     *day,
           GError **error)
{
  if (!read_stored (table, day, error))
    return FALSE;
  if (day->removed != NULL)
    cancel (table->amounts, day->removed);
  g_array_append_vals (table->amounts, day->added->data, day->added->len);
  g_array_sort (table->amounts, compare_amounts);
  if (table->amounts->len == 0)
    {
      bind_day (table->remove, day);
      return cfoil_statement_run (table->remove, error);
    }
  g_byte_array_set_size (table->packed, 0);
  cfoil_amount_pack ((const gint64 *) (gpointer) table->amounts->data, table->amounts->len, table->packed);
  bind_day (table->put, day);
  cfoil_statement_bind_blob (table->put, 4, table->packed->data, table->packed->len);
  return cfoil_statement_run (table->put, error);
}

static int
compare_days (gconstpointer a,
              gconstpointer b)
{
  const Day *one = *(Day *const *) a, *other = *(Day *const *) b;

  if (one->account_id != other->account_id)
    return one->account_id < other->account_id ? -1 : 1;
  if (one->currency != other->currency)
    return strcmp (one->currency, other->currency);
  return (one->day > other->day) - (one->day < other->day);
}

gboolean
_cfoil_daily_amounts_write (CfoilDailyAmounts *self,
                            CfoilDatabase     *writer,
                            GError           **error)
{
  g_autofree Day **days = NULL;
  Table table = { NULL };
  guint n_days;
  gboolean ok;

  if (g_hash_table_size (self->days) == 0)
    return TRUE;
  /* in the order of the index: neighbours share pages */
  days = (Day **) g_hash_table_get_keys_as_array (self->days, &n_days);
  qsort (days, n_days, sizeof *days, compare_days);
  ok = table_init (&table, writer, error);
  for (guint i = 0; ok && i < n_days; i++)
    {
      put_in_order (days[i]);
      ok = is_empty (days[i]) || write_day (&table, days[i], error);
    }
  table_clear (&table);
  return ok;
}

/* --- comparing --- */

static gboolean
is_right (Day            *day,
          CfoilStatement *row)
{
  g_autoptr (GByteArray) packed = g_byte_array_new ();

  put_in_order (day);
  cfoil_amount_pack ((const gint64 *) (gpointer) day->added->data, day->added->len, packed);
  return packed->len == cfoil_statement_column_length (row, 3) &&
         memcmp (packed->data, cfoil_statement_column_blob (row, 3), packed->len) == 0;
}

/* What the table has right is taken out: what is left is missing there. */
gboolean
_cfoil_daily_amounts_compare (CfoilDailyAmounts *self,
                              CfoilDatabase     *reader,
                              CfoilPlaceFunc     place_of,
                              gpointer           user_data,
                              gint64            *n_wrong,
                              GError           **error)
{
  g_autoptr (CfoilStatement) rows = cfoil_database_prepare (reader, "SELECT account_id, currency, day, amounts FROM daily_amount", error);
  CfoilStep step;

  if (rows == NULL)
    return FALSE;
  self->last = NULL;
  while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    {
      Day key = { .account_id = cfoil_statement_column_int64 (rows, 0), .day = cfoil_statement_column_int64 (rows, 2) }, *day;

      key.currency = place_of (user_data, cfoil_statement_column_text (rows, 1));
      day = g_hash_table_lookup (self->days, &key);
      if (day == NULL || !is_right (day, rows))
        (*n_wrong)++;
      if (day != NULL)
        g_hash_table_remove (self->days, day);
    }
  *n_wrong += g_hash_table_size (self->days);
  return step == CFOIL_STEP_DONE;
}
