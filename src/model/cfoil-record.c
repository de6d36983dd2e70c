/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-record.h"

#include "cfoil-shown-text.h"

typedef union
{
  gint64 number;
  char *text; /* (owned) (nullable) */
} Value;

struct _CfoilRecord
{
  gint64 id;
  CfoilFieldSet fields;
  Value values[CFOIL_N_FIELDS];
};

G_DEFINE_BOXED_TYPE (CfoilRecord, cfoil_record, cfoil_record_ref, cfoil_record_unref)

static const guint text_kinds =
  1 << CFOIL_FIELD_KIND_TEXT | 1 << CFOIL_FIELD_KIND_ID | 1 << CFOIL_FIELD_KIND_REF;

gboolean
cfoil_field_is_text (CfoilField field)
{
  return (text_kinds & 1u << cfoil_field_get_info (field)->kind) != 0;
}

static gboolean
has_field (CfoilFieldSet fields,
           CfoilField    field)
{
  return (fields & CFOIL_FIELD_BIT (field)) != 0;
}

CfoilFieldSet
cfoil_field_set_complete (CfoilFieldSet fields)
{
  for (guint i = 0; i < CFOIL_N_FIELDS; i++)
    if (has_field (fields, i) && cfoil_field_get_info (i)->kind == CFOIL_FIELD_KIND_MONEY)
      fields |= CFOIL_FIELD_BIT (CFOIL_FIELD_CURRENCY);
  /* A provider's own word stands in where we have none. */
  if (has_field (fields, CFOIL_FIELD_TYPE))
    fields |= CFOIL_FIELD_BIT (CFOIL_FIELD_PROVIDER_TYPE);
  if (has_field (fields, CFOIL_FIELD_STATE))
    fields |= CFOIL_FIELD_BIT (CFOIL_FIELD_PROVIDER_STATE);
  if (has_field (fields, CFOIL_FIELD_PRESENTMENT_AMOUNT))
    fields |= CFOIL_FIELD_BIT (CFOIL_FIELD_PRESENTMENT_CURRENCY);
  return fields;
}

/* --- one record --- */

CfoilRecord *
cfoil_record_new (gint64 id)
{
  CfoilRecord *self = g_atomic_rc_box_new0 (CfoilRecord);

  self->id = id;
  return self;
}

void
cfoil_record_set_number (CfoilRecord *self,
                         CfoilField   field,
                         gint64       number)
{
  g_return_if_fail (!cfoil_field_is_text (field));

  self->fields |= CFOIL_FIELD_BIT (field);
  self->values[field].number = number;
}

void
cfoil_record_set_text (CfoilRecord *self,
                       CfoilField   field,
                       const char  *text)
{
  g_return_if_fail (cfoil_field_is_text (field));

  self->fields |= CFOIL_FIELD_BIT (field);
  g_free (self->values[field].text);
  self->values[field].text = cfoil_shown_text (text);
}

CfoilRecord *
cfoil_record_ref (CfoilRecord *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
record_clear (gpointer data)
{
  CfoilRecord *self = data;

  for (guint i = 0; i < CFOIL_N_FIELDS; i++)
    if (has_field (self->fields, i) && cfoil_field_is_text (i))
      g_free (self->values[i].text);
}

void
cfoil_record_unref (CfoilRecord *self)
{
  if (self != NULL)
    g_atomic_rc_box_release_full (self, record_clear);
}

gint64
cfoil_record_get_id (const CfoilRecord *self)
{
  return self->id;
}

CfoilFieldSet
cfoil_record_get_fields (const CfoilRecord *self)
{
  return self->fields;
}

gboolean
cfoil_record_equal (const CfoilRecord *a,
                    const CfoilRecord *b)
{
  if (a->id != b->id || a->fields != b->fields)
    return FALSE;
  for (guint i = 0; i < CFOIL_N_FIELDS; i++)
    if (!has_field (a->fields, i))
      continue;
    else if (cfoil_field_is_text (i) ? g_strcmp0 (a->values[i].text, b->values[i].text) != 0
                                     : a->values[i].number != b->values[i].number)
      return FALSE;
  return TRUE;
}

gint64
cfoil_record_get_number (const CfoilRecord *self,
                         CfoilField         field)
{
  return has_field (self->fields, field) && !cfoil_field_is_text (field) ? self->values[field].number : CFOIL_UNKNOWN;
}

const char *
cfoil_record_get_text (const CfoilRecord *self,
                       CfoilField         field)
{
  return has_field (self->fields, field) && cfoil_field_is_text (field) ? self->values[field].text : NULL;
}

/* --- reading --- */

/* A number stands for itself, a text for what is shown of it. */
static const char *
sql_of (CfoilField field)
{
  const CfoilFieldInfo *info = cfoil_field_get_info (field);

  return cfoil_field_is_text (field) && info->shown_sql != NULL ? info->shown_sql : info->value_sql;
}

static CfoilStatement *
prepare (CfoilDatabase *database,
         CfoilFieldSet  fields,
         GError       **error)
{
  g_autoptr (GString) sql = g_string_new ("SELECT t.txn_id");

  for (guint i = 0; i < CFOIL_N_FIELDS; i++)
    if (has_field (fields, i))
      g_string_append_printf (sql, ", %s", sql_of (i));
  g_string_append (sql, " FROM " CFOIL_FIELD_FROM "WHERE t.txn_id = ?");
  return cfoil_database_prepare (database, sql->str, error);
}

static CfoilRecord *
record_from_row (CfoilStatement *row,
                 CfoilFieldSet   fields)
{
  CfoilRecord *self = cfoil_record_new (cfoil_statement_column_int64 (row, 0));
  int column = 1;

  for (guint i = 0; i < CFOIL_N_FIELDS; i++)
    if (!has_field (fields, i))
      continue;
    else if (cfoil_field_is_text (i))
      cfoil_record_set_text (self, i, cfoil_statement_column_text (row, column++));
    else
      cfoil_record_set_number (self, i, cfoil_statement_column_int64 (row, column++));
  return self;
}

GPtrArray *
cfoil_record_read (CfoilDatabase *database,
                   CfoilFieldSet  fields,
                   const gint64  *ids,
                   guint          n_ids,
                   GError       **error)
{
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (CfoilStatement) row = NULL;

  g_return_val_if_fail (database != NULL, NULL);

  row = prepare (database, fields, error);
  if (row == NULL)
    return NULL;

  records = g_ptr_array_new_full (n_ids, (GDestroyNotify) cfoil_record_unref);
  for (guint i = 0; i < n_ids; i++)
    {
      CfoilStep step;

      cfoil_statement_bind_int64 (row, 1, ids[i]);
      step = cfoil_statement_step (row, error);
      if (step == CFOIL_STEP_ERROR)
        return NULL;
      if (step == CFOIL_STEP_ROW)
        g_ptr_array_add (records, record_from_row (row, fields));
      cfoil_statement_reset (row);
    }
  return g_steal_pointer (&records);
}
