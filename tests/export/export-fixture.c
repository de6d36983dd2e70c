/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "export-fixture.h"

#include <string.h>

#define START_US G_GINT64_CONSTANT (1772323200000000) /* 2026-03-01 */

const char *const export_nasty_texts[] = {
  "plain",
  "\"",
  "a \"quoted\" word",
  "two\nlines",
  "two\r\nlines",
  "\rreturn",
  "\ttab",
  "a,b;c",
  "=1+1",
  "+1+1",
  "-1+1",
  "@SUM(A1)",
  "'=1+1",
  "''=1+1",
  "'",
  "'quoted'",
  " =2",
  "' =2",
  " blanks ",
  "-12.30",
  "'-12.30",
  "+49 123",
  "\xef\xbc\x9dwide",
  "'\xef\xbc\x8bwide",
  "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d \xe2\x80\xaertl",
  "e\xcc\x81" "combining",
  "\xf0\x9f\x92\xb6 \xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x92\xbb",
  "<b>&amp;</b>",
  "\xef\xbb\xbf" "bom",
  "NULL",
  "%s%n",
};

guint
export_n_nasty_texts (void)
{
  return G_N_ELEMENTS (export_nasty_texts);
}

gint64
export_find_txn (TestMirror *mirror,
                 const char *transaction_id)
{
  g_autofree char *sql = g_strdup_printf ("SELECT txn_id FROM txn WHERE transaction_id = '%s'", transaction_id);

  return test_count (mirror->mirror, sql);
}

void
export_annotate (TestMirror *mirror,
                 const char *transaction_id,
                 const char *note,
                 const char *tags,
                 gint64      reviewed_us)
{
  g_autoptr (CfoilAnnotation) annotation = cfoil_annotation_new ();
  g_autoptr (GError) error = NULL;

  g_free (annotation->note);
  annotation->note = g_strdup (note);
  g_strfreev (annotation->tags);
  annotation->tags = cfoil_tags_parse (tags, &error);
  g_assert_no_error (error);
  annotation->reviewed_us = reviewed_us;
  cfoil_annotation_write (mirror->mirror, export_find_txn (mirror, transaction_id), annotation, CFOIL_ANNOTATION_ALL, NULL, &error);
  g_assert_no_error (error);
}

static void
put_nasty (TestMirror *mirror)
{
  for (guint i = 0; i < export_n_nasty_texts (); i++)
    {
      g_autofree char *id = g_strdup_printf ("P01-1-%u-C1", i);
      CfoilObservation said = test_observation (CFOIL_OBJECT_CHARGE, id, START_US + i);

      said.state = CFOIL_STATE_AUTHORIZED;
      said.currency = i % 3 == 0 ? "JPY" : i % 3 == 1 ? "KWD" : "EUR";
      said.amount_minor = 1000 + i;
      said.created_us = START_US + i * G_TIME_SPAN_HOUR + i;
      said.expires_us = START_US + G_TIME_SPAN_DAY * 30;
      said.merchant_reference = said.description = said.buyer_name = said.store = said.reason = export_nasty_texts[i];
      test_put_observation (mirror->writer, &said);
    }
}

static void
put_more (TestMirror *mirror,
          guint       n)
{
  static const char *const currencies[] = { "USD", "EUR", "JPY", "XYZ" };
  static const CfoilType types[] = { CFOIL_TYPE_CHARGE, CFOIL_TYPE_REFUND, CFOIL_TYPE_CHARGE, CFOIL_TYPE_TRANSFER, CFOIL_TYPE_OTHER };
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);

  for (guint i = 0; i < n; i++)
    {
      CfoilType type = types[i % G_N_ELEMENTS (types)];
      g_autofree char *id = g_strdup_printf ("P02-%u-%s1", i, type == CFOIL_TYPE_REFUND ? "R" : "C");
      gint64 amount = g_rand_int_range (rand, 1, 100000);
      CfoilSettlementLine line = test_line (i % 2 == 0 ? "S1" : "S2", type, id, type == CFOIL_TYPE_CHARGE ? amount : -amount);

      line.row_number = i + 1;
      line.posted_us = START_US + g_rand_int_range (rand, 0, 60) * G_TIME_SPAN_DAY;
      line.currency = currencies[g_rand_int_range (rand, 0, G_N_ELEMENTS (currencies))];
      line.fee_minor = type == CFOIL_TYPE_CHARGE ? -amount / 30 : 0;
      line.fee_percentage_minor = line.fee_minor;
      line.fee_fixed_minor = 0;
      line.net_minor = line.amount_minor + line.fee_minor;
      test_put_line (mirror->writer, &line);
    }
}

static void
put_dispute (TestMirror *mirror)
{
  CfoilObservation said = test_observation (CFOIL_OBJECT_DISPUTE, "P01-1-0-B1", START_US);

  said.state = CFOIL_STATE_UNDER_REVIEW;
  said.charge_id = "P01-1-0-C1";
  said.currency = "JPY";
  said.amount_minor = 7;
  said.created_us = START_US + G_TIME_SPAN_DAY;
  test_put_observation (mirror->writer, &said);
}

TestMirror *
export_mirror_new (guint n_more)
{
  TestMirror *mirror = test_mirror_new ();
  CfoilSettlement settlement = { "S1", "M", START_US, START_US + G_TIME_SPAN_DAY * 14 };
  CfoilDisbursement disbursement = { "S1", NULL, "=BANK,1", "USD", 41218, 6, "{}" };
  CfoilDisbursement other = { "S1", NULL, "BANK EUR", "EUR", 5, 6, "{}" };

  g_assert_true (cfoil_writer_put_settlement (mirror->writer, &settlement, NULL));
  g_assert_true (cfoil_writer_put_disbursement (mirror->writer, &disbursement, NULL));
  g_assert_true (cfoil_writer_put_disbursement (mirror->writer, &other, NULL));
  other.bank_reference = "ANOTHER";
  g_assert_true (cfoil_writer_put_disbursement (mirror->writer, &other, NULL));
  put_nasty (mirror);
  put_more (mirror, n_more);
  put_dispute (mirror);
  test_commit (mirror->writer);
  for (guint i = 0; i < export_n_nasty_texts (); i += 2)
    {
      g_autofree char *id = g_strdup_printf ("P01-1-%u-C1", i);

      export_annotate (mirror, id, export_nasty_texts[i], i % 4 == 0 ? "b, =a" : "", i % 4 == 2 ? START_US + i : CFOIL_UNKNOWN);
    }
  return mirror;
}

char *
export_to_text (TestMirror        *mirror,
                CfoilExportOptions options,
                char             **manifest)
{
  g_autofree char *path = test_folder_file (mirror->folder, "out.csv");
  g_autofree char *manifest_path = g_strconcat (path, ".manifest.json", NULL);
  CfoilExportResult result;
  g_autoptr (GError) error = NULL;

  options.path = path;
  options.time_zone = "Europe/Berlin";
  options.overwrite = TRUE;
  cfoil_export_sync (mirror->mirror, &options, NULL, NULL, NULL, &result, &error);
  g_assert_no_error (error);
  if (manifest != NULL)
    *manifest = test_read_text (manifest_path);
  return test_read_text (path);
}
