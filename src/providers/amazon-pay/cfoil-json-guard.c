/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-json-guard.h"

#include "cfoil-error.h"

#include <string.h>

#define MAX_NUMBER_LENGTH 64

typedef enum
{
  EXPECT_VALUE,
  EXPECT_VALUE_OR_END, /* after [ */
  EXPECT_NAME,
  EXPECT_NAME_OR_END,  /* after { */
  EXPECT_COLON,
  EXPECT_COMMA_OR_END,
  EXPECT_NOTHING,
} Expectation;

typedef struct
{
  const char *p;
  const char *end;
  Expectation expect;
  guint depth;
  char brackets[CFOIL_JSON_MAX_DEPTH];
  GHashTable *names[CFOIL_JSON_MAX_DEPTH]; /* (owned) (nullable): sets, kept for reuse */
  GString *string;                         /* (owned): the last string, unescaped */
  GError **error;
} Guard;

static gboolean
fail (Guard              *guard,
      CfoilInputErrorCode code,
      const char         *message)
{
  g_set_error_literal (guard->error, CFOIL_INPUT_ERROR, code, message);
  return FALSE;
}

static gboolean
fail_syntax (Guard *guard)
{
  if (guard->p >= guard->end)
    return fail (guard, CFOIL_INPUT_ERROR_TRUNCATED, "The JSON text ends too early");
  return fail (guard, CFOIL_INPUT_ERROR_SYNTAX, "This is not JSON");
}

static gboolean
read_hex4 (Guard    *guard,
           gunichar *unit)
{
  *unit = 0;
  for (guint i = 0; i < 4; i++, guard->p++)
    {
      if (guard->p >= guard->end || !g_ascii_isxdigit (*guard->p))
        return fail_syntax (guard);
      *unit = *unit * 16 + g_ascii_xdigit_value (*guard->p);
    }
  return TRUE;
}

/* After "\u". */
static gboolean
read_unicode_escape (Guard *guard)
{
  gunichar unit, low;

  if (!read_hex4 (guard, &unit))
    return FALSE;
  if (unit == 0)
    return fail (guard, CFOIL_INPUT_ERROR_ENCODING, "A JSON string holds a NUL");

  if (unit >= 0xd800 && unit <= 0xdfff)
    {
      if (unit >= 0xdc00)
        return fail (guard, CFOIL_INPUT_ERROR_ENCODING, "A JSON string holds half a character");
      if (guard->end - guard->p < 2)
        {
          guard->p = guard->end;
          return fail_syntax (guard);
        }
      if (guard->p[0] != '\\' || guard->p[1] != 'u')
        return fail (guard, CFOIL_INPUT_ERROR_ENCODING, "A JSON string holds half a character");
      guard->p += 2;
      if (!read_hex4 (guard, &low))
        return FALSE;
      if (low < 0xdc00 || low > 0xdfff)
        return fail (guard, CFOIL_INPUT_ERROR_ENCODING, "A JSON string holds half a character");
      unit = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
    }

  g_string_append_unichar (guard->string, unit);
  return TRUE;
}

/* After "\". */
static gboolean
read_escape (Guard *guard)
{
  static const char from[] = "\"\\/bfnrt";
  static const char to[] = "\"\\/\b\f\n\r\t";
  const char *found;

  if (guard->p >= guard->end)
    return fail_syntax (guard);
  if (*guard->p == 'u')
    {
      guard->p++;
      return read_unicode_escape (guard);
    }

  found = *guard->p != '\0' ? strchr (from, *guard->p) : NULL;
  if (found == NULL)
    return fail_syntax (guard);
  g_string_append_c (guard->string, to[found - from]);
  guard->p++;
  return TRUE;
}

/* At the opening quote. */
static gboolean
read_string (Guard *guard)
{
  g_string_truncate (guard->string, 0);
  guard->p++;
  while (guard->p < guard->end)
    {
      const char *run = guard->p;

      while (guard->p < guard->end && *guard->p != '"' && *guard->p != '\\' && (guchar) *guard->p >= 0x20)
        guard->p++;
      g_string_append_len (guard->string, run, guard->p - run);
      if (guard->p >= guard->end)
        break;
      if (*guard->p == '"')
        {
          guard->p++;
          return TRUE;
        }
      if (*guard->p != '\\')
        return fail_syntax (guard);
      guard->p++;
      if (!read_escape (guard))
        return FALSE;
    }
  return fail_syntax (guard);
}

static gboolean
read_digits (Guard *guard)
{
  const char *start = guard->p;

  while (guard->p < guard->end && g_ascii_isdigit (*guard->p))
    guard->p++;
  return guard->p > start || fail_syntax (guard);
}

static gboolean
read_number (Guard *guard)
{
  const char *start = guard->p;

  if (*guard->p == '-')
    guard->p++;
  if (guard->p < guard->end && *guard->p == '0')
    guard->p++;
  else if (!read_digits (guard))
    return FALSE;

  if (guard->p < guard->end && *guard->p == '.')
    {
      guard->p++;
      if (!read_digits (guard))
        return FALSE;
    }
  if (guard->p < guard->end && (*guard->p == 'e' || *guard->p == 'E'))
    {
      guard->p++;
      if (guard->p < guard->end && (*guard->p == '+' || *guard->p == '-'))
        guard->p++;
      if (!read_digits (guard))
        return FALSE;
    }

  if (guard->p - start > MAX_NUMBER_LENGTH)
    return fail (guard, CFOIL_INPUT_ERROR_LIMIT, "A JSON number is too long");
  return TRUE;
}

static gboolean
read_word (Guard      *guard,
           const char *word)
{
  for (; *word != '\0'; word++, guard->p++)
    if (guard->p >= guard->end || *guard->p != *word)
      return fail_syntax (guard);
  return TRUE;
}

static gboolean
open_bracket (Guard *guard)
{
  if (guard->depth == CFOIL_JSON_MAX_DEPTH)
    return fail (guard, CFOIL_INPUT_ERROR_LIMIT, "The JSON text is nested too deeply");

  if (*guard->p == '{')
    {
      GHashTable **names = &guard->names[guard->depth];

      if (*names == NULL)
        *names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      g_hash_table_remove_all (*names);
    }
  guard->expect = *guard->p == '{' ? EXPECT_NAME_OR_END : EXPECT_VALUE_OR_END;
  guard->brackets[guard->depth++] = *guard->p++;
  return TRUE;
}

static gboolean
close_bracket (Guard *guard)
{
  char open = guard->brackets[guard->depth - 1];

  if (*guard->p != (open == '{' ? '}' : ']'))
    return fail_syntax (guard);
  guard->p++;
  guard->depth--;
  guard->expect = guard->depth > 0 ? EXPECT_COMMA_OR_END : EXPECT_NOTHING;
  return TRUE;
}

static gboolean
read_value (Guard *guard)
{
  if (*guard->p == '{' || *guard->p == '[')
    return open_bracket (guard);

  guard->expect = EXPECT_COMMA_OR_END;
  switch (*guard->p)
    {
    case '"':
      return read_string (guard);
    case 't':
      return read_word (guard, "true");
    case 'f':
      return read_word (guard, "false");
    case 'n':
      return read_word (guard, "null");
    default:
      if (*guard->p == '-' || g_ascii_isdigit (*guard->p))
        return read_number (guard);
      return fail_syntax (guard);
    }
}

static gboolean
read_name (Guard *guard)
{
  if (*guard->p != '"')
    return fail_syntax (guard);
  if (!read_string (guard))
    return FALSE;
  if (!g_hash_table_add (guard->names[guard->depth - 1], g_strdup (guard->string->str)))
    return fail (guard, CFOIL_INPUT_ERROR_SYNTAX, "A JSON object has the same name twice");
  guard->expect = EXPECT_COLON;
  return TRUE;
}

static gboolean
read_token (Guard *guard)
{
  switch (guard->expect)
    {
    case EXPECT_VALUE_OR_END:
      if (*guard->p == ']')
        return close_bracket (guard);
      return read_value (guard);
    case EXPECT_VALUE:
      return read_value (guard);
    case EXPECT_NAME_OR_END:
      if (*guard->p == '}')
        return close_bracket (guard);
      return read_name (guard);
    case EXPECT_NAME:
      return read_name (guard);
    case EXPECT_COLON:
      guard->expect = EXPECT_VALUE;
      if (*guard->p++ == ':')
        return TRUE;
      guard->p--;
      return fail_syntax (guard);
    case EXPECT_COMMA_OR_END:
      if (*guard->p != ',')
        return close_bracket (guard);
      guard->p++;
      guard->expect = guard->brackets[guard->depth - 1] == '{' ? EXPECT_NAME : EXPECT_VALUE;
      return TRUE;
    case EXPECT_NOTHING:
    default:
      return fail_syntax (guard);
    }
}

static gboolean
run (Guard *guard)
{
  for (;;)
    {
      while (guard->p < guard->end && strchr (" \t\r\n", *guard->p) != NULL && *guard->p != '\0')
        guard->p++;
      if (guard->p >= guard->end)
        return guard->expect == EXPECT_NOTHING || fail_syntax (guard);
      if (guard->depth == 0 && guard->expect == EXPECT_VALUE && *guard->p != '{')
        return fail (guard, CFOIL_INPUT_ERROR_SYNTAX, "This is not a JSON object");
      if (!read_token (guard))
        return FALSE;
    }
}

gboolean
cfoil_json_guard (const char *text,
                  gsize       length,
                  GError    **error)
{
  Guard guard = { .p = text, .end = text + length, .expect = EXPECT_VALUE, .error = error };
  const char *bad;
  gboolean ok;

  if (!g_utf8_validate_len (text, length, &bad))
    {
      /* The end may have been cut off inside a character. */
      gboolean cut = text + length - bad < 4 && g_utf8_get_char_validated (bad, text + length - bad) == (gunichar) -2;

      return fail (&guard, cut ? CFOIL_INPUT_ERROR_TRUNCATED : CFOIL_INPUT_ERROR_ENCODING, "The JSON text is not UTF-8");
    }

  guard.string = g_string_new (NULL);
  ok = run (&guard);
  g_string_free (guard.string, TRUE);
  for (guint i = 0; i < CFOIL_JSON_MAX_DEPTH; i++)
    g_clear_pointer (&guard.names[i], g_hash_table_unref);
  return ok;
}
