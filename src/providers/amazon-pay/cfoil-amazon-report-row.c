/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-amazon-report-row.h"

#include "cfoil-amazon-id.h"
#include "cfoil-currency.h"
#include "cfoil-error.h"
#include "cfoil-money.h"
#include "cfoil-time.h"

#include <string.h>

void
cfoil_amazon_row_init (CfoilAmazonRow *self,
                       CfoilIntake    *intake)
{
  memset (self, 0, sizeof *self);
  self->intake = intake;
  self->names = g_ptr_array_new_with_free_func (g_free);
  self->json_names = g_ptr_array_new_with_free_func (g_free);
  self->unknown = g_array_new (FALSE, FALSE, sizeof (guint));
  self->json = g_string_new (NULL);
  self->settlement_id = g_string_new (NULL);
  self->start_us = CFOIL_UNKNOWN;
  self->end_us = CFOIL_UNKNOWN;
}

void
cfoil_amazon_row_clear (CfoilAmazonRow *self)
{
  g_ptr_array_unref (self->names);
  g_ptr_array_unref (self->json_names);
  g_array_unref (self->unknown);
  g_string_free (self->json, TRUE);
  g_string_free (self->settlement_id, TRUE);
  g_free (self->merchant_id);
}

static void
append_json_string (GString    *out,
                    const char *text,
                    gsize       length)
{
  const char *end = text + length;

  g_string_append_c (out, '"');
  while (text < end)
    {
      const char *run = text;

      while (text < end && (guchar) *text >= 0x20 && *text != '"' && *text != '\\')
        text++;
      g_string_append_len (out, run, text - run);
      if (text >= end)
        break;
      if ((guchar) *text < 0x20)
        g_string_append_printf (out, "\\u%04x", (guint) (guchar) *text);
      else
        {
          g_string_append_c (out, '\\');
          g_string_append_c (out, *text);
        }
      text++;
    }
  g_string_append_c (out, '"');
}

static gboolean
has_same_name (gconstpointer a,
               gconstpointer b)
{
  return g_ascii_strcasecmp (a, b) == 0;
}

static gboolean
add_name (CfoilAmazonRow *self,
          const char     *name,
          GError        **error)
{
  GString *json = g_string_new (NULL);

  if (g_ptr_array_find_with_equal_func (self->names, name, has_same_name, NULL))
    {
      g_set_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_SYNTAX, "The column “%.100s” is there twice", name);
      g_string_free (json, TRUE);
      return FALSE;
    }

  append_json_string (json, name, strlen (name));
  g_string_append_c (json, ':');
  g_ptr_array_add (self->names, g_strdup (name));
  g_ptr_array_add (self->json_names, g_string_free (json, FALSE));
  return TRUE;
}

static int
find_column (const CfoilAmazonReportKind *kind,
             const char                  *name)
{
  for (int i = 0; kind->columns[i] != NULL; i++)
    if (g_ascii_strcasecmp (kind->columns[i], name) == 0)
      return i;
  return -1;
}

gboolean
cfoil_amazon_row_set_header (CfoilAmazonRow              *self,
                             const CfoilAmazonReportKind *kind,
                             const CfoilCsvField         *fields,
                             guint                        n_fields,
                             GError                     **error)
{
  /* The header of a settlement ends with a comma too many. */
  while (n_fields > 0 && fields[n_fields - 1].length == 0)
    n_fields--;

  for (guint i = 0; i < CFOIL_AMAZON_MAX_COLUMNS; i++)
    self->index[i] = -1;

  for (guint i = 0; i < n_fields; i++)
    {
      g_autofree char *name = g_strstrip (g_strdup (fields[i].text));
      int column;

      if (*name == '\0')
        {
          g_free (name);
          name = g_strdup_printf ("column %u", i + 1);
        }
      if (!add_name (self, name, error))
        return FALSE;
      column = find_column (kind, name);
      if (column >= 0)
        self->index[column] = i;
      else
        g_array_append_val (self->unknown, i);
    }

  for (guint i = 0; i < kind->n_required; i++)
    if (self->index[i] < 0)
      {
        g_set_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_MISSING, "The column “%s” is missing", kind->columns[i]);
        return FALSE;
      }
  return TRUE;
}

gboolean
cfoil_amazon_row_fits (CfoilAmazonRow      *self,
                       const CfoilCsvField *fields,
                       guint                n_fields)
{
  if (n_fields < self->names->len)
    return FALSE;
  for (guint i = self->names->len; i < n_fields; i++)
    if (fields[i].length > 0)
      return FALSE;
  return n_fields <= self->names->len + 1;
}

const char *
cfoil_amazon_row_get (CfoilAmazonRow *self,
                      guint           column)
{
  int i = self->index[column];

  return i >= 0 && self->fields[i].length > 0 ? self->fields[i].text : NULL;
}

static const char *
get_name (CfoilAmazonRow *self,
          guint           column)
{
  return g_ptr_array_index (self->names, self->index[column]);
}

const char *
cfoil_amazon_row_need (CfoilAmazonRow *self,
                       guint           column,
                       GError        **error)
{
  const char *text = cfoil_amazon_row_get (self, column);

  if (text == NULL)
    {
      const char *name = self->index[column] >= 0 ? get_name (self, column) : "a column";

      g_set_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_MISSING, "%s is empty", name);
    }
  return text;
}

const char *
cfoil_amazon_row_need_currency (CfoilAmazonRow *self,
                                guint           column,
                                GError        **error)
{
  const char *code = cfoil_amazon_row_need (self, column, error);
  int exponent;

  if (code == NULL)
    return NULL;
  /* Nearly every row has the currency of the row before it. */
  if (memcmp (code, self->currency, MIN (strlen (code) + 1, sizeof self->currency)) == 0)
    return code;

  exponent = cfoil_currency_exponent (code);
  if (exponent < 0)
    {
      g_set_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_CURRENCY, "“%.16s” is not a currency", code);
      return NULL;
    }
  self->exponent = exponent;
  g_strlcpy (self->currency, code, sizeof self->currency);
  return code;
}

gboolean
cfoil_amazon_row_need_money (CfoilAmazonRow *self,
                             guint           column,
                             gint64         *minor,
                             GError        **error)
{
  return cfoil_amazon_row_need (self, column, error) != NULL
         && cfoil_amazon_row_get_money (self, column, minor, error);
}

gboolean
cfoil_amazon_row_get_money (CfoilAmazonRow *self,
                            guint           column,
                            gint64         *minor,
                            GError        **error)
{
  const char *text = cfoil_amazon_row_get (self, column);

  *minor = CFOIL_UNKNOWN;
  if (text == NULL)
    return TRUE;
  if (cfoil_money_parse (text, self->fields[self->index[column]].length, self->exponent, minor, error))
    return TRUE;
  g_prefix_error (error, "%s: ", get_name (self, column));
  return FALSE;
}

gboolean
cfoil_amazon_row_get_face_money (CfoilAmazonRow *self,
                                 guint           column,
                                 gint64         *minor,
                                 GError        **error)
{
  if (!cfoil_amazon_row_get_money (self, column, minor, error))
    return FALSE;
  if (*minor == CFOIL_UNKNOWN || *minor >= 0)
    return TRUE;
  g_set_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_RANGE, "%s is negative", get_name (self, column));
  return FALSE;
}

gboolean
cfoil_amazon_row_need_face_money (CfoilAmazonRow *self,
                                  guint           column,
                                  gint64         *minor,
                                  GError        **error)
{
  return cfoil_amazon_row_need (self, column, error) != NULL
         && cfoil_amazon_row_get_face_money (self, column, minor, error);
}

gboolean
cfoil_amazon_row_get_time (CfoilAmazonRow *self,
                           guint           column,
                           gint64         *us,
                           GError        **error)
{
  const char *text = cfoil_amazon_row_get (self, column);

  *us = CFOIL_UNKNOWN;
  if (text == NULL)
    return TRUE;
  if (cfoil_time_parse (text, self->fields[self->index[column]].length, us, error))
    return TRUE;
  g_prefix_error (error, "%s: ", get_name (self, column));
  return FALSE;
}

static void
append_member (CfoilAmazonRow *self,
               guint           i)
{
  if (self->fields[i].length == 0)
    return;
  g_string_append_c (self->json, self->json->len == 0 ? '{' : ',');
  g_string_append (self->json, g_ptr_array_index (self->json_names, i));
  append_json_string (self->json, self->fields[i].text, self->fields[i].length);
}

const char *
cfoil_amazon_row_to_json (CfoilAmazonRow *self)
{
  g_string_truncate (self->json, 0);
  for (guint i = 0; i < self->names->len; i++)
    append_member (self, i);
  g_string_append (self->json, self->json->len == 0 ? "{}" : "}");
  return self->json->str;
}

const char *
cfoil_amazon_row_extra_to_json (CfoilAmazonRow *self)
{
  if (self->unknown->len == 0)
    return NULL;

  g_string_truncate (self->json, 0);
  for (guint i = 0; i < self->unknown->len; i++)
    append_member (self, g_array_index (self->unknown, guint, i));
  if (self->json->len == 0)
    return NULL;
  g_string_append_c (self->json, '}');
  return self->json->str;
}

char *
cfoil_amazon_fields_to_csv (const CfoilCsvField *fields,
                            guint                n_fields)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < n_fields; i++)
    {
      g_string_append (out, i > 0 ? ",\"" : "\"");
      for (const char *p = fields[i].text; *p != '\0'; p++)
        {
          if (*p == '"')
            g_string_append_c (out, '"');
          g_string_append_c (out, *p);
        }
      g_string_append_c (out, '"');
    }
  return g_string_free (out, FALSE);
}

gboolean
cfoil_amazon_row_note (CfoilAmazonRow    *self,
                       CfoilExceptionKind kind,
                       const char        *subject,
                       const char        *message,
                       GError           **error)
{
  g_autofree char *raw = cfoil_amazon_fields_to_csv (self->fields, self->names->len);
  CfoilException exception = {
    .kind = kind,
    .subject = subject != NULL ? subject : "",
    .message = message,
    .raw = raw,
    .row_number = self->number,
  };

  return cfoil_intake_put_exception (self->intake, &exception, error);
}

gboolean
cfoil_amazon_row_begin (CfoilAmazonRow   *self,
                        CfoilObjectKind   kind,
                        guint             column,
                        CfoilObservation *observation,
                        GError          **error)
{
  const char *id = cfoil_amazon_row_need (self, column, error);

  if (id == NULL)
    return FALSE;
  if (!cfoil_amazon_id_is_safe (id))
    {
      g_set_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_SYNTAX, "%s is not an id", get_name (self, column));
      return FALSE;
    }

  *observation = (CfoilObservation) {
    .kind = kind,
    .object_id = id,
    .said_us = CFOIL_UNKNOWN,
    .amount_minor = CFOIL_UNKNOWN,
    .refunded_minor = CFOIL_UNKNOWN,
    .created_us = CFOIL_UNKNOWN,
    .expires_us = CFOIL_UNKNOWN,
    .deadline_us = CFOIL_UNKNOWN,
    .raw = cfoil_amazon_row_to_json (self),
    .row_number = self->number,
  };
  return TRUE;
}

gboolean
cfoil_amazon_row_end (CfoilAmazonRow         *self,
                      const CfoilObservation *observation,
                      GError                **error)
{
  if (observation->said_us == CFOIL_UNKNOWN)
    {
      g_set_error_literal (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_MISSING, "The time of the last change is empty");
      return FALSE;
    }
  if (!cfoil_intake_put_observation (self->intake, observation, error))
    return FALSE;
  if (observation->state != CFOIL_STATE_OTHER)
    return TRUE;
  return cfoil_amazon_row_note (self, CFOIL_EXCEPTION_UNKNOWN_STATE,
                                observation->provider_state, "A state that this version does not know", error);
}
