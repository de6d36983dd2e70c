/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-record-text.h"

#include "cfoil-currency.h"
#include "cfoil-money.h"
#include "cfoil-query.h"
#include "cfoil-shown-text.h"
#include "cfoil-words.h"

#include <glib/gi18n.h>

/* A rate is in parts per million. */
#define RATE_DECIMALS 6
#define PERCENT_DECIMALS 4

static const struct
{
  const char *title;
  const char *term; /* what is true of a row that has it */
} flags[CFOIL_N_FLAGS] = {
  { N_ ("Disputed"), "is:disputed" },
  { N_ ("Refunded"), "is:refunded" },
  { N_ ("Has a note"), "has:note" },
  { N_ ("Has tags"), "has:tags" },
  { N_ ("Reviewed"), "is:reviewed" },
  { N_ ("Something about it does not fit"), "is:exception" },
};

const char *
cfoil_field_get_title (CfoilField field)
{
  return _(cfoil_field_get_info (field)->title);
}

const char *
cfoil_flag_get_title (guint bit)
{
  g_return_val_if_fail (bit < CFOIL_N_FLAGS, NULL);

  return _(flags[bit].title);
}

static const char *
currency_of (const CfoilRecord *record,
             CfoilField         field)
{
  const char *currency = cfoil_record_get_text (record, field == CFOIL_FIELD_PRESENTMENT_AMOUNT ? CFOIL_FIELD_PRESENTMENT_CURRENCY
                                                                                                : CFOIL_FIELD_CURRENCY);

  return currency != NULL ? currency : "";
}

static char *
plain_amount (gint64      minor,
              const char *currency)
{
  char plain[CFOIL_MONEY_BUFFER];

  /* For calculating: no separators, and the minus of keyboards. */
  cfoil_money_format (plain, minor, MAX (cfoil_currency_exponent (currency), 0));
  return g_strdup (plain);
}

static char *
plain_number (CfoilField field,
              gint64     number,
              int        rate_decimals)
{
  char plain[CFOIL_MONEY_BUFFER];

  cfoil_money_format (plain, number, field == CFOIL_FIELD_FEE_RATE ? rate_decimals : 0);
  return g_strdup (plain);
}

/* --- shown --- */

static char *
shown_amount (const CfoilRecord *record,
              CfoilField         field,
              gint64             minor)
{
  return cfoil_currency_format_plain (minor, currency_of (record, field));
}

static char *
shown_number (CfoilField field,
              gint64     number)
{
  g_autofree char *percent = NULL;

  if (field != CFOIL_FIELD_FEE_RATE)
    return cfoil_words_number (number);
  /* Any currency of two decimals. */
  percent = cfoil_currency_format_plain (number / 100, "EUR");
  return g_strconcat (percent, "\u00a0%", NULL);
}

static char *
flags_text (gint64 value)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < CFOIL_N_FLAGS; i++)
    if ((value & 1 << i) != 0)
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", cfoil_flag_get_title (i));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
shown_code (const CfoilRecord *record,
            CfoilField         field)
{
  if (field == CFOIL_FIELD_TYPE)
    return g_strdup (cfoil_words_type (record));
  if (field == CFOIL_FIELD_STATE)
    return g_strdup (cfoil_words_state (record));
  return g_strdup (cfoil_words_state_of (cfoil_record_get_number (record, field), NULL));
}

char *
cfoil_record_dup_shown (const CfoilRecord *record,
                        CfoilField         field,
                        GTimeZone         *zone)
{
  CfoilFieldKind kind = cfoil_field_get_info (field)->kind;
  const char *text = cfoil_record_get_text (record, field);
  gint64 number = cfoil_record_get_number (record, field);

  if (cfoil_field_is_text (field))
    return g_strdup (text != NULL ? text : "");
  if (number == CFOIL_UNKNOWN)
    return g_strdup (kind == CFOIL_FIELD_KIND_MONEY ? CFOIL_WORDS_NONE : "");
  switch (kind)
    {
    case CFOIL_FIELD_KIND_CODE:
      return shown_code (record, field);
    case CFOIL_FIELD_KIND_MONEY:
      return shown_amount (record, field, number);
    case CFOIL_FIELD_KIND_TIME:
      return cfoil_words_date_time (number, zone);
    case CFOIL_FIELD_KIND_FLAGS:
      return flags_text (number);
    case CFOIL_FIELD_KIND_NUMBER:
      return shown_number (field, number);
    case CFOIL_FIELD_KIND_TEXT:
    case CFOIL_FIELD_KIND_ID:
    case CFOIL_FIELD_KIND_REF:
    default:
      return g_strdup ("");
    }
}

gboolean
cfoil_record_is_unknown (const CfoilRecord *record,
                         CfoilField         field)
{
  return cfoil_field_get_info (field)->kind == CFOIL_FIELD_KIND_MONEY &&
         cfoil_record_get_number (record, field) == CFOIL_UNKNOWN;
}

gboolean
cfoil_record_is_dim (const CfoilRecord *record,
                     CfoilField         field)
{
  switch (field)
    {
    case CFOIL_FIELD_CURRENCY:
    case CFOIL_FIELD_SETTLEMENT:
      return TRUE;
    default:
      return cfoil_record_is_unknown (record, field);
    }
}

/* --- plain --- */

char *
cfoil_record_dup_plain (const CfoilRecord *record,
                        CfoilField         field,
                        GTimeZone         *zone)
{
  gint64 number = cfoil_record_get_number (record, field);
  g_autofree char *shown = NULL;

  if (!cfoil_field_is_text (field) && number == CFOIL_UNKNOWN)
    return g_strdup ("");
  switch (cfoil_field_get_info (field)->kind)
    {
    case CFOIL_FIELD_KIND_MONEY:
      return plain_amount (number, currency_of (record, field));
    case CFOIL_FIELD_KIND_TIME:
      return cfoil_words_date_time_iso (number, zone);
    case CFOIL_FIELD_KIND_NUMBER:
      return plain_number (field, number, RATE_DECIMALS);
    case CFOIL_FIELD_KIND_CODE:
    case CFOIL_FIELD_KIND_FLAGS:
    case CFOIL_FIELD_KIND_TEXT:
    case CFOIL_FIELD_KIND_ID:
    case CFOIL_FIELD_KIND_REF:
    default:
      shown = cfoil_record_dup_shown (record, field, zone);
      return cfoil_shown_text_to_plain (shown);
    }
}

/* --- terms --- */

static char *
day_text (gint64     us,
          GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;

  return local != NULL ? g_date_time_format (local, "%Y-%m-%d") : NULL;
}

/* As it is shown, but of what is too long only its beginning: that finds it, too. */
static char *
term_text (const char *shown)
{
  char *plain = cfoil_shown_text_to_plain (shown);

  if (g_str_has_suffix (plain, CFOIL_SHOWN_TEXT_ELLIPSIS) && g_utf8_strlen (plain, -1) > CFOIL_SHOWN_TEXT_MAX)
    plain[strlen (plain) - strlen (CFOIL_SHOWN_TEXT_ELLIPSIS)] = '\0';
  return plain;
}

/* NULL: nobody has said. */
static char *
term_value (const CfoilRecord *record,
            CfoilField         field,
            GTimeZone         *zone)
{
  gint64 number = cfoil_record_get_number (record, field);

  if (cfoil_field_is_text (field))
    return term_text (cfoil_record_get_text (record, field));
  if (number == CFOIL_UNKNOWN)
    return NULL;
  switch (cfoil_field_get_info (field)->kind)
    {
    case CFOIL_FIELD_KIND_CODE:
      return g_strdup (cfoil_field_code_name (field, number));
    case CFOIL_FIELD_KIND_MONEY:
      return plain_amount (number, currency_of (record, field));
    case CFOIL_FIELD_KIND_TIME:
      return day_text (number, zone);
    case CFOIL_FIELD_KIND_NUMBER:
      /* Queries have rates in percent. */
      return plain_number (field, number, PERCENT_DECIMALS);
    case CFOIL_FIELD_KIND_FLAGS:
    case CFOIL_FIELD_KIND_TEXT:
    case CFOIL_FIELD_KIND_ID:
    case CFOIL_FIELD_KIND_REF:
    default:
      return NULL;
    }
}

static char *
flag_term (gint64   value,
           gboolean is_negated)
{
  for (guint i = 0; value != CFOIL_UNKNOWN && i < CFOIL_N_FLAGS; i++)
    if ((value & 1 << i) != 0)
      return g_strconcat (is_negated ? "-" : "", flags[i].term, NULL);
  return NULL;
}

char *
cfoil_record_dup_term (const CfoilRecord *record,
                       CfoilField         field,
                       GTimeZone         *zone,
                       gboolean           is_negated)
{
  g_autofree char *value = NULL;

  if (field == CFOIL_FIELD_FLAGS)
    return flag_term (cfoil_record_get_number (record, field), is_negated);
  value = term_value (record, field, zone);
  return cfoil_term_text_of_value (field, value, is_negated);
}
