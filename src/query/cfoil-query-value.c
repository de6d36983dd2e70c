/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-query-private.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_DIGITS 15
#define MAX_SCALE 12

CfoilShape
cfoil_query_take_apart (const char *text,
                        char      **a,
                        char      **b)
{
  const char *dots = strstr (text, "..");
  CfoilShape shape = CFOIL_SHAPE_EXACT;

  *b = NULL;
  if (text[0] == '>' || text[0] == '<')
    {
      gboolean is_inclusive = text[1] == '=';

      if (text[0] == '>')
        shape = is_inclusive ? CFOIL_SHAPE_AT_LEAST : CFOIL_SHAPE_ABOVE;
      else
        shape = is_inclusive ? CFOIL_SHAPE_AT_MOST : CFOIL_SHAPE_BELOW;
      text += is_inclusive ? 2 : 1;
    }
  else if (text[0] == '=')
    text++;
  else if (dots != NULL)
    {
      *a = g_strndup (text, (gsize) (dots - text));
      *b = g_strdup (dots + 2);
      return CFOIL_SHAPE_RANGE;
    }
  *a = g_strdup (text);
  return shape;
}

typedef enum
{
  NUMBER_OK,
  NUMBER_NONE, /* that is no number */
  NUMBER_LONG, /* one, with too many digits */
} NumberResult;

#define MINUS_SIGN "\xe2\x88\x92"

static const char *
skip_sign (const char *text,
           gboolean   *is_negative)
{
  *is_negative = FALSE;
  if (g_str_has_prefix (text, MINUS_SIGN))
    {
      *is_negative = TRUE;
      return text + strlen (MINUS_SIGN);
    }
  *is_negative = text[0] == '-';
  return text + (text[0] == '-' || text[0] == '+' ? 1 : 0);
}

static NumberResult
parse_decimal (const char   *text,
               CfoilDecimal *decimal)
{
  gboolean is_negative;
  gboolean is_behind_point = FALSE;
  guint n_read = 0;
  guint n_pending = 0; /* zeros behind the point: they count once a digit follows */

  decimal->digits = 0;
  decimal->scale = 0;
  for (text = skip_sign (text, &is_negative); *text != '\0'; text++)
    {
      if (*text == '.' && !is_behind_point)
        {
          is_behind_point = TRUE;
          continue;
        }
      if (!g_ascii_isdigit (*text))
        return NUMBER_NONE;
      n_read++;
      if (is_behind_point && *text == '0')
        {
          n_pending++;
          continue;
        }
      for (; n_pending > 0; n_pending--, decimal->scale++)
        {
          if (decimal->scale == MAX_SCALE || decimal->digits > G_MAXINT64 / 100)
            return NUMBER_LONG;
          decimal->digits *= 10;
        }
      if (decimal->digits > G_MAXINT64 / 100)
        return NUMBER_LONG;
      decimal->digits = decimal->digits * 10 + (*text - '0');
      decimal->scale += is_behind_point ? 1 : 0;
    }
  if (n_read == 0)
    return NUMBER_NONE;
  if (decimal->scale > MAX_SCALE || decimal->digits >= G_GINT64_CONSTANT (1000000000000000))
    return NUMBER_LONG;
  if (is_negative)
    decimal->digits = -decimal->digits;
  return NUMBER_OK;
}

static int
compare_decimals (const CfoilDecimal *a,
                  const CfoilDecimal *b)
{
  /* 15 digits with 12 more: beyond 64 bits. */
  __extension__ typedef __int128 Wide;
  Wide wide_a = a->digits;
  Wide wide_b = b->digits;

  for (int i = a->scale; i < b->scale; i++)
    wide_a *= 10;
  for (int i = b->scale; i < a->scale; i++)
    wide_b *= 10;
  return wide_a < wide_b ? -1 : wide_a > wide_b;
}

static gboolean
parse_bound (const CfoilTerm *term,
             char            *text,
             CfoilDecimal    *decimal,
             char           **message)
{
  NumberResult result;

  if (term->field == cfoil_vocabulary_of (term->vocabulary)->percent_field && g_str_has_suffix (text, "%"))
    text[strlen (text) - 1] = '\0';
  result = parse_decimal (text, decimal);
  if (result == NUMBER_LONG)
    *message = g_strdup_printf (_ ("A number has at most %d digits, and %d of them behind the point."), MAX_DIGITS, MAX_SCALE);
  return result == NUMBER_OK;
}

gboolean
cfoil_query_parse_range (const char *text,
                         CfoilTerm  *term,
                         char      **message)
{
  g_autofree char *a = NULL;
  g_autofree char *b = NULL;
  CfoilShape shape = cfoil_query_take_apart (text, &a, &b);
  gboolean is_upper_only = shape == CFOIL_SHAPE_BELOW || shape == CFOIL_SHAPE_AT_MOST;

  term->has_min = !is_upper_only && !(shape == CFOIL_SHAPE_RANGE && a[0] == '\0');
  term->has_max = is_upper_only || (shape == CFOIL_SHAPE_RANGE && b[0] != '\0');
  term->excludes_min = shape == CFOIL_SHAPE_ABOVE;
  term->excludes_max = shape == CFOIL_SHAPE_BELOW;
  if (!term->has_min && !term->has_max)
    return FALSE;
  if (term->has_min && !parse_bound (term, a, &term->min, message))
    return FALSE;
  if (term->has_max && !parse_bound (term, shape == CFOIL_SHAPE_RANGE ? b : a, &term->max, message))
    return FALSE;
  if (shape == CFOIL_SHAPE_EXACT)
    {
      term->has_max = TRUE;
      term->max = term->min;
    }
  if (!term->has_min || !term->has_max || compare_decimals (&term->min, &term->max) <= 0)
    return TRUE;
  *message = g_strdup_printf (_ ("The smaller number stands first: %s..%s."), b, a);
  return FALSE;
}

static void
append_decimal (GString            *text,
                const CfoilDecimal *decimal)
{
  char digits[32];
  int length = g_snprintf (digits, sizeof digits, "%0*" G_GINT64_FORMAT, decimal->scale + 1, ABS (decimal->digits));

  if (decimal->digits < 0)
    g_string_append_c (text, '-');
  g_string_append_len (text, digits, length - decimal->scale);
  if (decimal->scale > 0)
    g_string_append_printf (text, ".%s", digits + length - decimal->scale);
}

void
cfoil_query_append_range (GString         *text,
                          const CfoilTerm *term)
{
  if (term->has_min && term->has_max)
    {
      append_decimal (text, &term->min);
      if (compare_decimals (&term->min, &term->max) == 0)
        return;
      g_string_append (text, "..");
      append_decimal (text, &term->max);
      return;
    }
  g_string_append (text, term->has_min ? (term->excludes_min ? ">" : ">=") : (term->excludes_max ? "<" : "<="));
  append_decimal (text, term->has_min ? &term->min : &term->max);
}
