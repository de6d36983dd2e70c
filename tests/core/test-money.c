/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cfoil-error.h"
#include "cfoil-money.h"

#include <string.h>

#define OK (-1)
#define SYNTAX CFOIL_INPUT_ERROR_SYNTAX
#define RANGE CFOIL_INPUT_ERROR_RANGE

static const struct
{
  const char *text;
  int exponent;
  int code;
  gint64 minor;
} amounts[] = {
  { "0", 2, OK, 0 },
  { "0.00", 2, OK, 0 },
  { "-0.00", 2, OK, 0 },
  { "-0", 0, OK, 0 },
  { "10", 2, OK, 1000 },
  { "10.", 2, SYNTAX, 0 },
  { "12.3", 2, OK, 1230 },
  { "12.30", 2, OK, 1230 },
  { "0.30", 2, OK, 30 },
  { "-25.54", 2, OK, -2554 },
  { "-0.01", 2, OK, -1 },
  { "0.01", 2, OK, 1 },
  { "007.50", 2, OK, 750 },
  { "00000000000000000000000000000001", 2, OK, 100 },
  { "1e3", 2, SYNTAX, 0 },
  { "1E3", 2, SYNTAX, 0 },
  { "1,234.56", 2, SYNTAX, 0 },
  { "1.234,56", 2, SYNTAX, 0 },
  { "12,30", 2, SYNTAX, 0 },
  { " 12.30", 2, SYNTAX, 0 },
  { "12.30 ", 2, SYNTAX, 0 },
  { "1 234.56", 2, SYNTAX, 0 },
  { "1'234.56", 2, SYNTAX, 0 },
  { "+5", 2, SYNTAX, 0 },
  { "--5", 2, SYNTAX, 0 },
  { "5-", 2, SYNTAX, 0 },
  { "- 5", 2, SYNTAX, 0 },
  { "(12.30)", 2, SYNTAX, 0 },
  { "$12.30", 2, SYNTAX, 0 },
  { "12.30 USD", 2, SYNTAX, 0 },
  { "\xe2\x82\xac" "12.30", 2, SYNTAX, 0 },
  { "\xe2\x88\x92" "12.30", 2, SYNTAX, 0 },
  { "\xd9\xa1\xd9\xa2", 2, SYNTAX, 0 },
  { "\xef\xbc\x91", 2, SYNTAX, 0 },
  { "NaN", 2, SYNTAX, 0 },
  { "nan", 2, SYNTAX, 0 },
  { "Infinity", 2, SYNTAX, 0 },
  { "-inf", 2, SYNTAX, 0 },
  { "null", 2, SYNTAX, 0 },
  { "", 2, SYNTAX, 0 },
  { "-", 2, SYNTAX, 0 },
  { ".", 2, SYNTAX, 0 },
  { ".5", 2, SYNTAX, 0 },
  { "-.5", 2, SYNTAX, 0 },
  { "1.2.3", 2, SYNTAX, 0 },
  { "0x10", 2, SYNTAX, 0 },
  { "12a", 2, SYNTAX, 0 },
  { "12\n", 2, SYNTAX, 0 },
  { "\xff", 2, SYNTAX, 0 },
  { "12.345", 2, RANGE, 0 },
  { "12.300", 2, OK, 1230 },
  { "12.30000000000000000000000000000000", 2, OK, 1230 },
  { "12.300000000000000000000000000000001", 2, RANGE, 0 },
  { "5", 0, OK, 5 },
  { "5.0", 0, OK, 5 },
  { "5.1", 0, RANGE, 0 },
  { "5.1", 1, OK, 51 },
  { "5.12", 1, RANGE, 0 },
  { "1.234", 3, OK, 1234 },
  { "-1.234", 3, OK, -1234 },
  { "1.2345", 3, RANGE, 0 },
  { "1.2345", 4, OK, 12345 },
  { "0.0001", 4, OK, 1 },
  { "0.00001", 4, RANGE, 0 },
  { "1000000000000000", 0, OK, CFOIL_MONEY_MAX },
  { "1000000000000001", 0, RANGE, 0 },
  { "-1000000000000000", 0, OK, -CFOIL_MONEY_MAX },
  { "-1000000000000001", 0, RANGE, 0 },
  { "10000000000000000", 0, RANGE, 0 },
  { "10000000000000.00", 2, OK, CFOIL_MONEY_MAX },
  { "10000000000000", 2, OK, CFOIL_MONEY_MAX },
  { "10000000000000.01", 2, RANGE, 0 },
  { "-10000000000000.00", 2, OK, -CFOIL_MONEY_MAX },
  { "-10000000000000.01", 2, RANGE, 0 },
  { "1000000000000000", 2, RANGE, 0 },
  { "1000000000000000.99", 2, RANGE, 0 },
  { "1000000000000.000", 3, OK, CFOIL_MONEY_MAX },
  { "1000000000000.001", 3, RANGE, 0 },
  { "100000000000.0000", 4, OK, CFOIL_MONEY_MAX },
  { "100000000000.0001", 4, RANGE, 0 },
  { "9223372036854775807", 0, RANGE, 0 },
  { "-9223372036854775808", 0, RANGE, 0 },
  { "9223372036854775808", 0, RANGE, 0 },
  { "1000000000000000000000000000000000000000", 2, RANGE, 0 },
};

static void
check_parse (const char *text,
             gssize      length,
             int         exponent,
             int         code,
             gint64      expected)
{
  g_autoptr (GError) error = NULL;
  gint64 minor = 4711;
  gboolean ok = cfoil_money_parse (text, length, exponent, &minor, &error);

  g_test_message ("“%s” with %d decimals", text, exponent);
  if (code == OK)
    {
      g_assert_no_error (error);
      g_assert_true (ok);
      g_assert_cmpint (minor, ==, expected);
      return;
    }
  g_assert_false (ok);
  g_assert_error (error, CFOIL_INPUT_ERROR, code);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_cmpint (minor, ==, 4711);
}

static void
test_parse (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (amounts); i++)
    check_parse (amounts[i].text, -1, amounts[i].exponent, amounts[i].code, amounts[i].minor);
}

/* A length counts, not the NUL: what follows is not looked at, and a NUL inside
 * does not end the amount. */
static void
test_length (void)
{
  check_parse ("12.30|", 5, 2, OK, 1230);
  check_parse ("12.30|", 2, 2, OK, 1200);
  check_parse ("12.30|", 0, 2, SYNTAX, 0);
  check_parse ("12\0" "30", 5, 2, SYNTAX, 0);
  check_parse ("12\0", 3, 2, SYNTAX, 0);
}

static void
test_long_text (void)
{
  g_autofree char *text = g_strnfill (100000, '9');
  g_autofree char *letters = g_strnfill (100000, 'x');
  g_autoptr (GError) error = NULL;
  gint64 minor;

  check_parse (text, -1, 2, RANGE, 0);
  g_assert_false (cfoil_money_parse (letters, -1, 2, &minor, &error));
  g_assert_cmpuint (strlen (error->message), <, 200);
}

static const struct
{
  gint64 minor;
  const char *texts[5];
} formats[] = {
  { 0, { "0", "0.0", "0.00", "0.000", "0.0000" } },
  { 1, { "1", "0.1", "0.01", "0.001", "0.0001" } },
  { -1, { "-1", "-0.1", "-0.01", "-0.001", "-0.0001" } },
  { 10, { "10", "1.0", "0.10", "0.010", "0.0010" } },
  { 99999, { "99999", "9999.9", "999.99", "99.999", "9.9999" } },
  { -2554, { "-2554", "-255.4", "-25.54", "-2.554", "-0.2554" } },
  { G_MAXINT64, { "9223372036854775807", "922337203685477580.7", "92233720368547758.07", "9223372036854775.807", "922337203685477.5807" } },
  { G_MININT64, { "-9223372036854775808", "-922337203685477580.8", "-92233720368547758.08", "-9223372036854775.808", "-922337203685477.5808" } },
};

static void
test_format (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    for (int exponent = 0; exponent <= 4; exponent++)
      {
        char buffer[CFOIL_MONEY_BUFFER];
        gsize length = cfoil_money_format (buffer, formats[i].minor, exponent);

        g_assert_cmpstr (buffer, ==, formats[i].texts[exponent]);
        g_assert_cmpuint (length, ==, strlen (buffer));
      }
}

static gint64
random_int64 (void)
{
  guint64 bits = ((guint64) (guint32) g_test_rand_int () << 32) | (guint32) g_test_rand_int ();

  return (gint64) (bits >> g_test_rand_int_range (0, 64)) * (g_test_rand_bit () ? 1 : -1);
}

static void
test_round_trip (void)
{
  for (guint i = 0; i < 200000; i++)
    {
      gint64 minor = random_int64 (), back = 0;
      int exponent = g_test_rand_int_range (0, 5);
      char buffer[CFOIL_MONEY_BUFFER];
      gsize length = cfoil_money_format (buffer, minor, exponent);

      g_assert_cmpuint (length, <, CFOIL_MONEY_BUFFER);
      if (minor < -CFOIL_MONEY_MAX || minor > CFOIL_MONEY_MAX)
        {
          g_assert_false (cfoil_money_parse (buffer, (gssize) length, exponent, &back, NULL));
          continue;
        }
      g_assert_true (cfoil_money_parse (buffer, (gssize) length, exponent, &back, NULL));
      g_assert_cmpint (back, ==, minor);
    }
}

static void
test_add (void)
{
  gint64 sum = 0;

  g_assert_true (cfoil_money_add (&sum, 5));
  g_assert_true (cfoil_money_add (&sum, -12));
  g_assert_cmpint (sum, ==, -7);

  sum = G_MAXINT64 - 1;
  g_assert_true (cfoil_money_add (&sum, 1));
  g_assert_cmpint (sum, ==, G_MAXINT64);
  g_assert_false (cfoil_money_add (&sum, 1));
  g_assert_cmpint (sum, ==, G_MAXINT64);

  sum = -G_MAXINT64;
  g_assert_false (cfoil_money_add (&sum, -1));
  g_assert_cmpint (sum, ==, -G_MAXINT64);
  g_assert_false (cfoil_money_add (&sum, G_MININT64));
  g_assert_cmpint (sum, ==, -G_MAXINT64);
}

/* Ten million amounts of up to 10^12 each, against 128 bits. */
static void
test_large_sum (void)
{
  gint64 sum = 0;
  __int128 wide = 0;

  for (guint i = 0; i < 10000000; i++)
    {
      gint64 minor = (gint64) ((guint64) (i * 2654435761u) * 233 % G_GUINT64_CONSTANT (1000000000000)) * (i % 3 == 0 ? -1 : 1);

      g_assert_true (cfoil_money_add (&sum, minor));
      wide += minor;
    }
  g_assert_true (wide == sum);
}

/* As large as may be read, and as many as one payment will never have. */
static void
test_sum_of_largest (void)
{
  gint64 sum = 0;

  for (guint i = 0; i < 9000; i++)
    g_assert_true (cfoil_money_add (&sum, CFOIL_MONEY_MAX));
  g_assert_cmpint (sum, ==, 9000 * CFOIL_MONEY_MAX);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/money/parse", test_parse);
  g_test_add_func ("/money/length", test_length);
  g_test_add_func ("/money/long-text", test_long_text);
  g_test_add_func ("/money/format", test_format);
  g_test_add_func ("/money/round-trip", test_round_trip);
  g_test_add_func ("/money/add", test_add);
  g_test_add_func ("/money/large-sum", test_large_sum);
  g_test_add_func ("/money/sum-of-largest", test_sum_of_largest);

  return g_test_run ();
}
