/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-row-reader.h"

#include "cfoil-packed-numbers.h"

#include <string.h>

/* A reader thinks of a row of a million in microseconds: what asks other tables for
 * each of them is had in other ways. */
typedef enum
{
  SOURCE_NUMBER,     /* a column of the statement */
  SOURCE_TEXT,       /* the same */
  SOURCE_DICTIONARY, /* a column that is a number with a text of its own */
  SOURCE_PACKED,     /* a packed column */
  SOURCE_PACKED_DICTIONARY,
  SOURCE_DISPUTE,    /* asked for only where there is a dispute */
  SOURCE_PAYOUT,     /* asked for once for each settlement and currency */
} Source;

typedef struct
{
  Source source;
  int place;               /* in the statement, or among the packed ones */
  GHashTable *dictionary;  /* (owned) (nullable): number -> text; of PAYOUT "number currency" -> text, as far as asked for */
  gint64 last_number;      /* what was looked up last */
  char *last_currency;     /* (owned) (nullable): of PAYOUT */
  const char *last_text;   /* (borrowed) (nullable) */
  gsize last_length;
  CfoilRowValue value;
} Column;

struct _CfoilRowReader
{
  CfoilDatabase *database; /* (borrowed) */
  Column *columns;         /* (owned) */
  guint n_columns;
  char *terms;             /* (owned): what the statements select */
  CfoilStatement *all;     /* (owned) (nullable) */
  CfoilStatement *one;     /* (owned) (nullable) */
  CfoilPackedNumbers *packed; /* (owned) (nullable) */
  gint64 *packed_numbers;  /* (owned) */
  CfoilStatement *dispute; /* (owned) (nullable) */
  CfoilStatement *payout;  /* (owned) (nullable) */
  int flags_place;         /* of the flags among the packed ones */
  int currency_place;      /* in the statement */
};

static Source
choose_source (CfoilField field)
{
  const CfoilFieldInfo *info = cfoil_field_get_info (field);

  if (field == CFOIL_FIELD_FEED)
    return SOURCE_PACKED_DICTIONARY;
  if (field == CFOIL_FIELD_FLAGS || field == CFOIL_FIELD_DISPUTE_STATE)
    return SOURCE_PACKED;
  if (field == CFOIL_FIELD_DISPUTE_ID)
    return SOURCE_DISPUTE;
  if (field == CFOIL_FIELD_PAYOUT_REFERENCE)
    return SOURCE_PAYOUT;
  switch (info->kind)
    {
    case CFOIL_FIELD_KIND_REF:
      return SOURCE_DICTIONARY;
    case CFOIL_FIELD_KIND_TEXT:
    case CFOIL_FIELD_KIND_ID:
      return SOURCE_TEXT;
    case CFOIL_FIELD_KIND_CODE:
    case CFOIL_FIELD_KIND_MONEY:
    case CFOIL_FIELD_KIND_TIME:
    case CFOIL_FIELD_KIND_NUMBER:
    case CFOIL_FIELD_KIND_FLAGS:
    default:
      return SOURCE_NUMBER;
    }
}

static GHashTable *
read_dictionary (CfoilDatabase *database,
                 const char    *sql,
                 GError       **error)
{
  g_autoptr (GHashTable) texts = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  g_autoptr (CfoilStatement) rows = cfoil_database_prepare (database, sql, error);
  CfoilStep step;

  if (rows == NULL)
    return NULL;
  while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    g_hash_table_insert (texts, GSIZE_TO_POINTER ((gsize) cfoil_statement_column_int64 (rows, 0)),
                         g_strdup (cfoil_statement_column_text (rows, 1)));
  return step == CFOIL_STEP_DONE ? g_steal_pointer (&texts) : NULL;
}

static int
add_term (GPtrArray  *terms,
          const char *sql)
{
  guint place;

  if (!g_ptr_array_find_with_equal_func (terms, sql, g_str_equal, &place))
    {
      place = terms->len;
      g_ptr_array_add (terms, (gpointer) sql);
    }
  return (int) place;
}

static int
add_packed (GArray    *packed,
            CfoilField field)
{
  for (guint i = 0; i < packed->len; i++)
    if (g_array_index (packed, CfoilField, i) == field)
      return (int) i;
  g_array_append_val (packed, field);
  return (int) packed->len - 1;
}

static gboolean
add_column (CfoilRowReader *self,
            guint           i,
            CfoilField      field,
            GPtrArray      *terms,
            GArray         *packed,
            GError        **error)
{
  const CfoilFieldInfo *info = cfoil_field_get_info (field);
  Column *column = &self->columns[i];

  column->source = choose_source (field);
  column->last_number = CFOIL_UNKNOWN;
  column->value.number = CFOIL_UNKNOWN;
  if (column->source == SOURCE_DICTIONARY || column->source == SOURCE_PACKED_DICTIONARY)
    {
      column->dictionary = read_dictionary (self->database, info->dictionary_sql, error);
      if (column->dictionary == NULL)
        return FALSE;
    }
  if (column->source == SOURCE_PACKED || column->source == SOURCE_PACKED_DICTIONARY)
    column->place = add_packed (packed, field);
  else if (column->source == SOURCE_DISPUTE)
    self->flags_place = add_packed (packed, CFOIL_FIELD_FLAGS);
  else
    column->place = add_term (terms, field == CFOIL_FIELD_TAGS ? info->shown_sql : info->value_sql);
  if (column->source == SOURCE_PAYOUT)
    {
      column->dictionary = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      self->currency_place = add_term (terms, cfoil_field_get_info (CFOIL_FIELD_CURRENCY)->value_sql);
    }
  return TRUE;
}

CfoilRowReader *
cfoil_row_reader_new (CfoilDatabase    *database,
                      const CfoilField *fields,
                      guint             n_fields,
                      GError          **error)
{
  g_autoptr (CfoilRowReader) self = g_new0 (CfoilRowReader, 1);
  g_autoptr (GPtrArray) terms = g_ptr_array_new ();
  g_autoptr (GArray) packed = g_array_new (FALSE, FALSE, sizeof (CfoilField));

  self->database = database;
  self->columns = g_new0 (Column, n_fields);
  self->n_columns = n_fields;
  add_term (terms, "t.txn_id");
  for (guint i = 0; i < n_fields; i++)
    if (!add_column (self, i, fields[i], terms, packed, error))
      return NULL;
  g_ptr_array_add (terms, NULL);
  self->terms = g_strjoinv (", ", (char **) terms->pdata);
  self->packed_numbers = g_new0 (gint64, packed->len + 1);
  if (packed->len > 0)
    {
      self->packed = cfoil_packed_numbers_new (database, (const CfoilField *) (gpointer) packed->data, packed->len, error);
      if (self->packed == NULL)
        return NULL;
    }
  return g_steal_pointer (&self);
}

void
cfoil_row_reader_free (CfoilRowReader *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < self->n_columns; i++)
    {
      g_clear_pointer (&self->columns[i].dictionary, g_hash_table_unref);
      g_free (self->columns[i].last_currency);
    }
  g_clear_pointer (&self->all, cfoil_statement_free);
  g_clear_pointer (&self->one, cfoil_statement_free);
  g_clear_pointer (&self->dispute, cfoil_statement_free);
  g_clear_pointer (&self->payout, cfoil_statement_free);
  g_clear_pointer (&self->packed, cfoil_packed_numbers_free);
  g_free (self->packed_numbers);
  g_free (self->columns);
  g_free (self->terms);
  g_free (self);
}

/* A million rows have few such numbers, mostly the same as before. */
static void
look_up (Column *column,
         gint64  number)
{
  if (number != column->last_number)
    {
      column->last_number = number;
      column->last_text = number != CFOIL_UNKNOWN
                            ? g_hash_table_lookup (column->dictionary, GSIZE_TO_POINTER ((gsize) number)) : NULL;
      column->last_length = column->last_text != NULL ? strlen (column->last_text) : 0;
    }
  column->value.text = column->last_text;
  column->value.length = column->last_length;
}

/* What a field's SQL says of the row TXN_ID alone. */
static CfoilStep
ask_for (CfoilRowReader  *self,
         CfoilStatement **statement,
         const char      *sql_of_field,
         gint64           txn_id,
         GError         **error)
{
  if (*statement == NULL)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT %s FROM " CFOIL_FIELD_FROM "WHERE t.txn_id = ?1", sql_of_field);

      *statement = cfoil_database_prepare (self->database, sql, error);
      if (*statement == NULL)
        return CFOIL_STEP_ERROR;
    }
  cfoil_statement_reset (*statement);
  cfoil_statement_bind_int64 (*statement, 1, txn_id);
  return cfoil_statement_step (*statement, error);
}

static gboolean
look_up_payout (CfoilRowReader *self,
                Column         *column,
                gint64          txn_id,
                GError        **error)
{
  g_autofree char *key = g_strdup_printf ("%" G_GINT64_FORMAT " %s", column->last_number, column->last_currency);
  gpointer text;

  if (!g_hash_table_lookup_extended (column->dictionary, key, NULL, &text))
    {
      CfoilStep step = ask_for (self, &self->payout, cfoil_field_get_info (CFOIL_FIELD_PAYOUT_REFERENCE)->shown_sql, txn_id, error);

      if (step == CFOIL_STEP_ERROR)
        return FALSE;
      text = step == CFOIL_STEP_ROW ? g_strdup (cfoil_statement_column_text (self->payout, 0)) : NULL;
      cfoil_statement_reset (self->payout);
      g_hash_table_insert (column->dictionary, g_steal_pointer (&key), text);
    }
  column->last_text = text;
  column->last_length = text != NULL ? strlen (text) : 0;
  return TRUE;
}

/* The dictionary has all references of the settlement; the row shows those of its own
 * currency. */
static gboolean
read_payout (CfoilRowReader *self,
             Column         *column,
             CfoilStatement *row,
             GError        **error)
{
  gint64 settlement = cfoil_statement_column_int64 (row, column->place);
  const char *currency = cfoil_statement_column_text (row, self->currency_place);

  column->value.text = NULL;
  column->value.length = 0;
  if (settlement == CFOIL_UNKNOWN || currency == NULL)
    return TRUE;
  if (settlement != column->last_number || g_strcmp0 (currency, column->last_currency) != 0)
    {
      column->last_number = settlement;
      g_free (column->last_currency);
      column->last_currency = g_strdup (currency);
      if (!look_up_payout (self, column, cfoil_statement_column_int64 (row, 0), error))
        return FALSE;
    }
  column->value.text = column->last_text;
  column->value.length = column->last_length;
  return TRUE;
}

static gboolean
read_dispute (CfoilRowReader *self,
              Column         *column,
              gint64          txn_id,
              GError        **error)
{
  CfoilStep step;

  column->value.text = NULL;
  column->value.length = 0;
  if ((self->packed_numbers[self->flags_place] & CFOIL_FLAG_DISPUTED) == 0)
    return TRUE;
  step = ask_for (self, &self->dispute, cfoil_field_get_info (CFOIL_FIELD_DISPUTE_ID)->value_sql, txn_id, error);
  if (step == CFOIL_STEP_ROW)
    {
      column->value.text = cfoil_statement_column_text (self->dispute, 0);
      column->value.length = cfoil_statement_column_length (self->dispute, 0);
    }
  return step != CFOIL_STEP_ERROR;
}

static gboolean
take_column (CfoilRowReader *self,
             Column         *column,
             CfoilStatement *row,
             GError        **error)
{
  switch (column->source)
    {
    case SOURCE_NUMBER:
      column->value.number = cfoil_statement_column_int64 (row, column->place);
      break;
    case SOURCE_TEXT:
      column->value.text = cfoil_statement_column_text (row, column->place);
      column->value.length = column->value.text != NULL ? cfoil_statement_column_length (row, column->place) : 0;
      break;
    case SOURCE_DICTIONARY:
      look_up (column, cfoil_statement_column_int64 (row, column->place));
      break;
    case SOURCE_PACKED:
      column->value.number = self->packed_numbers[column->place];
      break;
    case SOURCE_PACKED_DICTIONARY:
      look_up (column, self->packed_numbers[column->place]);
      break;
    case SOURCE_PAYOUT:
      return read_payout (self, column, row, error);
    case SOURCE_DISPUTE:
    default:
      return read_dispute (self, column, cfoil_statement_column_int64 (row, 0), error);
    }
  return TRUE;
}

static CfoilStep
take_row (CfoilRowReader *self,
          CfoilStatement *row,
          GError        **error)
{
  CfoilStep step = cfoil_statement_step (row, error);

  if (step != CFOIL_STEP_ROW)
    return step;
  if (self->packed != NULL &&
      !cfoil_packed_numbers_get (self->packed, cfoil_statement_column_int64 (row, 0), self->packed_numbers, error))
    return CFOIL_STEP_ERROR;
  for (guint i = 0; i < self->n_columns; i++)
    if (!take_column (self, &self->columns[i], row, error))
      return CFOIL_STEP_ERROR;
  return CFOIL_STEP_ROW;
}

static gboolean
prepare (CfoilRowReader  *self,
         const char      *rest,
         CfoilStatement **statement,
         GError         **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT %s FROM " CFOIL_FIELD_FROM "%s", self->terms, rest);

  *statement = cfoil_database_prepare (self->database, sql, error);
  return *statement != NULL;
}

CfoilStep
cfoil_row_reader_next (CfoilRowReader *self,
                       GError        **error)
{
  /* The index gives them in order of time: only rows of the same moment have to be
   * sorted. */
  if (self->all == NULL && !prepare (self, "ORDER BY t.sort_us, a.name, t.transaction_id", &self->all, error))
    return CFOIL_STEP_ERROR;
  return take_row (self, self->all, error);
}

CfoilStep
cfoil_row_reader_find (CfoilRowReader *self,
                       gint64          txn_id,
                       GError        **error)
{
  if (self->one == NULL && !prepare (self, "WHERE t.txn_id = ?1", &self->one, error))
    return CFOIL_STEP_ERROR;
  cfoil_statement_reset (self->one);
  cfoil_statement_bind_int64 (self->one, 1, txn_id);
  return take_row (self, self->one, error);
}

const CfoilRowValue *
cfoil_row_reader_get (const CfoilRowReader *self,
                      guint                 i)
{
  g_return_val_if_fail (i < self->n_columns, NULL);

  return &self->columns[i].value;
}
