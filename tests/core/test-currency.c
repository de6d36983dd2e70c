/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cfoil-currency.h"

#include <string.h>

/* ISO 4217, all codes that name money one can be paid in. */
static const char *const by_exponent[] = {
  "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
  "",
  "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD "
  "CAD CDF CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS "
  "GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL "
  "MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK "
  "PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS "
  "TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VES WST XCD YER ZAR ZMW",
  "BHD IQD JOD KWD LYD OMR TND",
  "CLF UYW",
};

static void
test_exponents (void)
{
  for (guint exponent = 0; exponent < G_N_ELEMENTS (by_exponent); exponent++)
    {
      g_auto (GStrv) codes = g_strsplit (by_exponent[exponent], " ", -1);

      for (char **code = codes; *code != NULL; code++)
        {
          g_test_message ("%s", *code);
          g_assert_cmpint (cfoil_currency_exponent (*code), ==, (int) exponent);
          /* and from the memory of the last one */
          g_assert_cmpint (cfoil_currency_exponent (*code), ==, (int) exponent);
        }
    }
}

static void
test_unknown (void)
{
  static const char *const codes[] = {
    "", "U", "US", "USDX", "USDUSD", "usd", "Usd", "uSD", "QQQ", "ZZZ", "ABC", "US1", "U D", "\xc3\x84" "B", "$$$", " USD", "USD "
  };

  g_assert_cmpint (cfoil_currency_exponent ("USD"), ==, 2);
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_test_message ("“%s”", codes[i]);
      g_assert_cmpint (cfoil_currency_exponent (codes[i]), ==, -1);
    }
  g_assert_cmpint (cfoil_currency_exponent ("USD"), ==, 2);
}

static const struct
{
  gint64 minor;
  const char *code;
  const char *text;
  const char *plain;
} formats[] = {
  { 0, "USD", "$0.00", "0.00" },
  { 123456, "USD", "$1,234.56", "1,234.56" },
  { -2554, "USD", "\xe2\x88\x92" "$25.54", "\xe2\x88\x92" "25.54" },
  { 5, "USD", "$0.05", "0.05" },
  { 123456, "JPY", "\xc2\xa5" "123,456", "123,456" },
  { 123456, "EUR", "\xe2\x82\xac" "1,234.56", "1,234.56" },
  { 123456, "KWD", "KWD\xc2\xa0" "123.456", "123.456" },
  { 123456, "CLF", "CLF\xc2\xa0" "12.3456", "12.3456" },
  { G_MAXINT64, "USD", "$92,233,720,368,547,758.07", "92,233,720,368,547,758.07" },
  { -G_MAXINT64, "USD", "\xe2\x88\x92" "$92,233,720,368,547,758.07", "\xe2\x88\x92" "92,233,720,368,547,758.07" },
  { G_MAXINT64, "JPY", "\xc2\xa5" "9,223,372,036,854,775,807", "9,223,372,036,854,775,807" },
  { G_MAXINT64, "IQD", "IQD\xc2\xa0" "9,223,372,036,854,775.807", "9,223,372,036,854,775.807" },
  { 123456, "QQQ", "123456 QQQ", "123456" },
  { -5, "usd", "\xe2\x88\x92" "5 usd", "\xe2\x88\x92" "5" },
};

static void
test_format (void)
{
  /* Twice: the formatters are kept. */
  for (guint round = 0; round < 2; round++)
    for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
      {
        g_autofree char *text = cfoil_currency_format (formats[i].minor, formats[i].code);
        g_autofree char *plain = cfoil_currency_format_plain (formats[i].minor, formats[i].code);

        g_assert_cmpstr (text, ==, formats[i].text);
        g_assert_cmpstr (plain, ==, formats[i].plain);
      }
}

static gpointer
format_many (gpointer user_data)
{
  const char *expected = user_data;

  for (guint i = 0; i < 2000; i++)
    {
      g_autofree char *text = cfoil_currency_format (123456, i % 2 ? "EUR" : "USD");

      g_assert_cmpint (cfoil_currency_exponent (i % 2 ? "JPY" : "KWD"), ==, i % 2 ? 0 : 3);
      if (i % 2 == 0)
        g_assert_cmpstr (text, ==, expected);
    }
  return NULL;
}

static void
test_threads (void)
{
  GThread *threads[4];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("format", format_many, (gpointer) "$1,234.56");
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/currency/exponents", test_exponents);
  g_test_add_func ("/currency/unknown", test_unknown);
  g_test_add_func ("/currency/format", test_format);
  g_test_add_func ("/currency/threads", test_threads);

  return g_test_run ();
}
