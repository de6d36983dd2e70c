/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "export-fixture.h"

#include "cfoil-currency.h"
#include "cfoil-error.h"
#include "cfoil-export-reader.h"
#include "cfoil-money.h"
#include "cfoil-time.h"

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <string.h>

/* A sanitizer is about memory, and that is the same with fewer rows. */
#ifdef __SANITIZE_ADDRESS__
#define N_MORE 150
#else
#define N_MORE 400
#endif
#define NOW_US G_GINT64_CONSTANT (1774000000000000) /* 2026-03-20 */

/* --- columns --- */

static void
test_columns_parse (void)
{
  static const struct
  {
    const char *text;
    const char *names; /* NULL: refused */
  } cases[] = {
    { "time", "time" },
    { "time,type", "time type" },
    { " time , type ", "time type" },
    { "date:150,type,-state,reference:1", "time type merchant_reference" },
    { "-state:120,gross", "gross" },
    { "fee,net", "fee_total net" },
    { "", NULL },
    { ",", NULL },
    { "time,", NULL },
    { "-time", NULL },
    { "nonsense", NULL },
    { "-nonsense,time", NULL },
    { "time,date", NULL },
    { "time:", NULL },
    { "time:x", NULL },
    { "time:1:2", NULL },
    { "TIME", NULL },
    { "\xff", NULL },
    { "a\xe2\x80\xae", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GArray) fields = cfoil_export_columns_parse (cases[i].text, &error);
      g_autoptr (GString) names = g_string_new (NULL);

      g_test_message ("%s", cases[i].text);
      if (cases[i].names == NULL)
        {
          g_assert_null (fields);
          g_assert_true (error->domain == CFOIL_INPUT_ERROR);
          g_assert_true (g_utf8_validate (error->message, -1, NULL));
          continue;
        }
      g_assert_no_error (error);
      for (guint f = 0; f < fields->len; f++)
        g_string_append_printf (names, "%s%s", f > 0 ? " " : "", cfoil_field_get_info (g_array_index (fields, CfoilField, f))->name);
      g_assert_cmpstr (names->str, ==, cases[i].names);
    }
}

typedef struct
{
  GPtrArray *ids;   /* utf8 */
  GPtrArray *cells; /* utf8: of one column */
  int column;
} Column;

static gboolean
take_cell (CfoilExportReader *reader,
           guint64            line_number,
           gpointer           user_data,
           GError           **error)
{
  Column *column = user_data;
  int id = cfoil_export_reader_find_column (reader, CFOIL_FIELD_TRANSACTION_ID);
  CfoilRowValue value;

  g_assert_true (cfoil_export_reader_get_value (reader, (guint) id, 0, &value));
  g_ptr_array_add (column->ids, g_strdup (value.text));
  g_ptr_array_add (column->cells, g_strdup (cfoil_export_reader_get_cell (reader, (guint) column->column)));
  return TRUE;
}

/* The ids of the file that was exported last, in order, and the cells of a column. */
static void
read_column (TestMirror *mirror,
             int         column,
             GPtrArray **ids,
             GPtrArray **cells)
{
  g_autofree char *path = test_folder_file (mirror->folder, "out.csv");
  g_autoptr (GError) error = NULL;
  g_autoptr (CfoilExportReader) reader = cfoil_export_reader_open (path, &error);
  Column found = { g_ptr_array_new_with_free_func (g_free), g_ptr_array_new_with_free_func (g_free), column };

  g_assert_no_error (error);
  cfoil_export_reader_run (reader, take_cell, &found, NULL, &error);
  g_assert_no_error (error);
  *ids = found.ids;
  *cells = found.cells;
}

/* What SQL says of each field of each row, one by one, in the form of a file. */
static char *
naive_cell (CfoilStatement *row,
            CfoilField      field)
{
  const char *text = cfoil_statement_column_text (row, 0);
  const char *currency = cfoil_statement_column_text (row, field == CFOIL_FIELD_PRESENTMENT_AMOUNT ? 2 : 1);
  gint64 number = cfoil_statement_column_int64 (row, 0);
  char buffer[64];

  if (text == NULL)
    return g_strdup ("");
  switch (cfoil_field_get_info (field)->kind)
    {
    case CFOIL_FIELD_KIND_MONEY:
      cfoil_money_format (buffer, number, currency != NULL ? MAX (cfoil_currency_exponent (currency), 0) : 0);
      return g_strdup (buffer);
    case CFOIL_FIELD_KIND_TIME:
      cfoil_time_format_iso (buffer, number);
      return g_strdup (buffer);
    case CFOIL_FIELD_KIND_NUMBER:
      if (field == CFOIL_FIELD_FEE_RATE)
        {
          cfoil_money_format (buffer, number, 6);
          return g_strdup (buffer);
        }
      return g_strdup (text);
    case CFOIL_FIELD_KIND_FLAGS:
      {
        static const char *const words[] = { "disputed", "refunded", "note", "tags", "reviewed", "exception" };
        GString *flags = g_string_new (NULL);

        for (guint i = 0; i < G_N_ELEMENTS (words); i++)
          if ((number & (1 << i)) != 0)
            g_string_append_printf (flags, "%s%s", flags->len > 0 ? " " : "", words[i]);
        return g_string_free (flags, FALSE);
      }
    case CFOIL_FIELD_KIND_TEXT:
    case CFOIL_FIELD_KIND_ID:
    case CFOIL_FIELD_KIND_CODE:
    case CFOIL_FIELD_KIND_REF:
    default:
      return g_strdup (text);
    }
}

static void
check_field (TestMirror *mirror,
             CfoilField  field)
{
  const CfoilFieldInfo *info = cfoil_field_get_info (field);
  g_autofree char *columns = field == CFOIL_FIELD_TRANSACTION_ID ? g_strdup (info->name) : g_strconcat (info->name, ",transaction_id", NULL);
  g_autofree char *text = export_to_text (mirror, (CfoilExportOptions){ .columns = columns }, NULL);
  g_autofree char *sql = g_strdup_printf ("SELECT %s, t.currency, t.presentment_currency FROM " CFOIL_FIELD_FROM "WHERE t.transaction_id = ?1",
                                          info->shown_sql != NULL ? info->shown_sql : info->value_sql);
  g_autoptr (CfoilDatabase) reader = cfoil_mirror_open_reader (mirror->mirror, NULL);
  g_autoptr (CfoilStatement) row = cfoil_database_prepare (reader, sql, NULL);
  g_autoptr (GPtrArray) ids = NULL;
  g_autoptr (GPtrArray) cells = NULL;
  gboolean is_text = info->kind == CFOIL_FIELD_KIND_TEXT || info->kind == CFOIL_FIELD_KIND_ID || info->kind == CFOIL_FIELD_KIND_REF;
  guint n_said = 0;

  read_column (mirror, 0, &ids, &cells);
  g_assert_cmpint (ids->len, ==, test_count (mirror->mirror, "SELECT count (*) FROM txn"));
  for (guint i = 0; i < ids->len; i++)
    {
      const char *cell = g_ptr_array_index (cells, i);
      g_autofree char *naive = NULL;

      cfoil_statement_reset (row);
      cfoil_statement_bind_text (row, 1, g_ptr_array_index (ids, i));
      g_assert_cmpint (cfoil_statement_step (row, NULL), ==, CFOIL_STEP_ROW);
      naive = naive_cell (row, field);
      n_said += *naive != '\0';
      /* With a guard, or as it is. */
      if (is_text && *cell == '\'' && g_str_equal (cell + 1, naive))
        continue;
      g_assert_cmpstr (cell, ==, naive);
    }
  g_test_message ("%s: %u rows", info->name, n_said);
  g_assert_cmpuint (n_said, >, 0);
  cfoil_statement_reset (row);
}

/* One settlement, paid out in several currencies: each row has its own reference, in
 * the table as in a selection, whatever stands before it. */
static void
test_payout_of_currency (void)
{
  static const char columns[] = "payout_reference,currency,settlement_id,transaction_id";
  static const char *const asked[] = { "", "settlement:S1", "payout:another" };
  g_autoptr (TestMirror) mirror = export_mirror_new (40);
  guint n[3] = { 0 };

  for (guint q = 0; q < G_N_ELEMENTS (asked); q++)
    {
      g_autofree char *text = export_to_text (mirror, (CfoilExportOptions){ .query = asked[q], .columns = columns }, NULL);
      g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

      for (guint i = 1; lines[i] != NULL; i++)
        if (strstr (lines[i], ",S1,") != NULL)
          {
            const char *expected = strstr (lines[i], ",USD,S1,") != NULL   ? "\"'=BANK,1\",USD,"
                                   : strstr (lines[i], ",EUR,S1,") != NULL ? "\"ANOTHER, BANK EUR\",EUR,"
                                                                           : ",";

            g_assert_true (g_str_has_prefix (lines[i], expected));
            n[*expected == ',' ? 0 : expected[1] == 'A' ? 1 : 2]++;
          }
    }
  for (guint i = 0; i < G_N_ELEMENTS (n); i++)
    g_assert_cmpuint (n[i], >, 0);
}

static void
test_every_field (void)
{
  g_autoptr (TestMirror) mirror = export_mirror_new (40);
  g_autoptr (CfoilMirror) again = NULL;

  test_exec (mirror->mirror, "UPDATE txn SET presentment_currency = 'JPY', presentment_minor = txn_id * 7, tax_minor = 3, "
                             "fx_rate = '1.0845', fx_us = 5, method = 'card', risk_score = -3, tracking_number = '=T', "
                             "tracking_carrier = 'DHL', soft_descriptor = 'X', refunded_minor = 2, order_reference = '-O', "
                             "permission_id = '@P', buyer_id = 'B', buyer_email = '+e', buyer_country = 'DE', channel = 'Web', "
                             "provider_state = '=S', updated_us = 9, state = iif (type = 1, 5, state) WHERE txn_id % 2 = 0");
  /* Flags follow from some of that: have the packed columns made anew. */
  test_exec (mirror->mirror, "UPDATE txn_generation SET format = 0");
  again = cfoil_mirror_open (mirror->folder->path, NULL);
  g_assert_nonnull (again);
  for (guint field = 0; field < CFOIL_N_FIELDS; field++)
    check_field (mirror, (CfoilField) field);
}

/* A time is there in both zones where columns are asked for. */
static void
test_times (void)
{
  g_autoptr (TestMirror) mirror = export_mirror_new (0);
  g_autofree char *text = export_to_text (mirror, (CfoilExportOptions){ .columns = "date,settlement_date,transaction_id" }, NULL);

  g_assert_true (g_str_has_prefix (text, "time_utc,time_local,settlement_date,settlement_date_local,transaction_id\n"
                                         "2026-03-01T00:00:00Z,2026-03-01T01:00:00+01:00,,,P01-1-0-C1\n"));
}

/* A row of nothing stays a row. */
static void
test_empty_cells (void)
{
  g_autoptr (TestMirror) mirror = export_mirror_new (5);
  g_autofree char *text = export_to_text (mirror, (CfoilExportOptions){ .columns = "channel" }, NULL);
  guint n_lines = 0;

  for (const char *p = text; (p = strchr (p, '\n')) != NULL; p++)
    n_lines++;
  g_assert_cmpuint (n_lines, ==, export_n_nasty_texts () + 5 + 1);
  g_assert_true (g_str_has_prefix (text, "channel\n\"\"\n\"\"\n"));
}

/* --- queries --- */

static const char *const queries[] = {
  "", "type:charge", "-type:charge", "currency:EUR,USD", "gross:>100", "gross:<0", "amount:10..200", "date:2026-03", "date:last30d",
  "has:note", "no:settlement", "is:disputed", "P01-1-7", "plain", "type:refund currency:JPY", "nothingatall",
  "date:thismonth", "date:>=lastyear", "date:2026", "is:expiring",
};

/* They find other rows on another day. */
static const char *const queries_of_today[] = { "date:last30d", "date:thismonth", "date:>=lastyear", "is:expiring", NULL };

static GPtrArray *
scan_ids (TestMirror      *mirror,
          const char      *query_text,
          const CfoilSort *sort,
          GArray         **totals)
{
  g_autoptr (CfoilDatabase) reader = cfoil_mirror_open_reader (mirror->mirror, NULL);
  g_autoptr (CfoilQuery) query = cfoil_query_parse (query_text);
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Berlin");
  CfoilScanTime time = { zone, NOW_US };
  g_autoptr (GError) error = NULL;
  g_autoptr (CfoilScanResult) result = cfoil_scan (reader, NULL, query, sort, &time, NULL, &error);
  g_autoptr (CfoilStatement) row = cfoil_database_prepare (reader, "SELECT transaction_id FROM txn WHERE txn_id = ?1", NULL);
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);

  g_assert_no_error (error);
  for (guint i = 0; i < result->ids->len; i++)
    {
      cfoil_statement_reset (row);
      cfoil_statement_bind_int64 (row, 1, g_array_index (result->ids, gint64, i));
      g_assert_cmpint (cfoil_statement_step (row, NULL), ==, CFOIL_STEP_ROW);
      g_ptr_array_add (ids, g_strdup (cfoil_statement_column_text (row, 0)));
    }
  cfoil_statement_reset (row);
  if (totals != NULL)
    *totals = g_array_ref (result->totals);
  return ids;
}

static void
assert_same_ids (GPtrArray *ids,
                 GPtrArray *others)
{
  g_assert_cmpuint (ids->len, ==, others->len);
  for (guint i = 0; i < ids->len; i++)
    g_assert_cmpstr (g_ptr_array_index (ids, i), ==, g_ptr_array_index (others, i));
}

static void
test_order (void)
{
  static const char *const sorts[] = { "time", "-time", "gross", "-net", "merchant_reference", "-currency", "state", "source_feed" };
  g_autoptr (TestMirror) mirror = export_mirror_new (N_MORE);
  guint n_rows = 0;

  for (guint q = 0; q < G_N_ELEMENTS (queries); q++)
    for (guint s = 0; s < G_N_ELEMENTS (sorts); s++)
      {
        CfoilSort sort;
        g_autoptr (GPtrArray) scanned = NULL;
        g_autoptr (GPtrArray) ids = NULL;
        g_autoptr (GPtrArray) cells = NULL;
        g_autofree char *text = NULL;

        g_assert_true (cfoil_sort_from_string (sorts[s], &sort));
        g_test_message ("%s by %s", queries[q], sorts[s]);
        text = export_to_text (mirror, (CfoilExportOptions){ .query = queries[q], .sort = &sort, .now_us = NOW_US,
                                                             .columns = "transaction_id,gross" }, NULL);
        scanned = scan_ids (mirror, queries[q], &sort, NULL);
        read_column (mirror, 0, &ids, &cells);
        assert_same_ids (ids, scanned);
        n_rows += ids->len;
      }
  g_assert_cmpuint (n_rows, >, 1000);
}

/* Without a query and an order it is the same file as ever. */
static void
test_whole (void)
{
  g_autoptr (TestMirror) mirror = export_mirror_new (50);
  g_autofree char *manifests[2] = { NULL, NULL };
  g_autofree char *plain = export_to_text (mirror, (CfoilExportOptions){ .columns = NULL }, &manifests[0]);
  g_autofree char *empty = export_to_text (mirror, (CfoilExportOptions){ .query = "" }, &manifests[1]);
  g_autofree char *ids = test_dump (mirror->mirror, "SELECT transaction_id FROM txn ORDER BY sort_us, transaction_id");
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GPtrArray) cells = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_cmpstr (plain, ==, empty);
  g_assert_cmpstr (manifests[0], ==, manifests[1]);
  read_column (mirror, 0, &found, &cells);
  for (guint i = 0; i < found->len; i++)
    g_string_append_printf (text, "%s\n", (const char *) g_ptr_array_index (found, i));
  g_assert_cmpstr (text->str, ==, ids);
  g_clear_pointer (&manifests[1], g_free);
}

static JsonObject *
parse_manifest (JsonParser *parser,
                const char *manifest)
{
  g_assert_true (json_parser_load_from_data (parser, manifest, -1, NULL));
  return json_node_get_object (json_parser_get_root (parser));
}

static void
check_sum (JsonObject *total,
           const char *name,
           gint64      minor,
           const char *currency)
{
  char text[CFOIL_MONEY_BUFFER];

  cfoil_money_format (text, minor, MAX (cfoil_currency_exponent (currency), 0));
  g_assert_cmpstr (json_object_get_string_member (total, name), ==, text);
}

/* Twice on one day, as clocks show it in the zone, is the same to the byte; only what
 * depends on the second tells it. */
static void
test_asked_at (void)
{
  static const struct
  {
    const char *query, *asked_at, *later_at;
    gint64 later_us;
  } cases[] = {
    { "date:last30d", "2026-03-20", "2026-03-20", NOW_US + 13 * G_TIME_SPAN_HOUR },
    { "date:last30d", "2026-03-20", "2026-03-21", NOW_US + 14 * G_TIME_SPAN_HOUR }, /* 23:46 UTC: 00:46 in Berlin */
    { "-is:expiring date:last30d", "2026-03-20T09:46:40Z", "2026-03-20T09:46:41Z", NOW_US + G_TIME_SPAN_SECOND },
    { "date:2026", NULL, NULL, NOW_US + 14 * G_TIME_SPAN_HOUR },
  };
  g_autoptr (TestMirror) mirror = export_mirror_new (5);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      CfoilExportOptions options = { .query = cases[i].query, .now_us = NOW_US };
      g_autofree char *first = NULL;
      g_autofree char *later = NULL;
      g_autofree char *text = export_to_text (mirror, options, &first);
      g_autofree char *again = NULL;
      g_autoptr (JsonParser) parser = json_parser_new ();

      options.now_us = cases[i].later_us;
      again = export_to_text (mirror, options, &later);
      g_assert_cmpstr (json_object_get_string_member_with_default (parse_manifest (parser, first), "query_asked_at", NULL), ==,
                       cases[i].asked_at);
      g_assert_cmpstr (json_object_get_string_member_with_default (parse_manifest (parser, later), "query_asked_at", NULL), ==,
                       cases[i].later_at);
      if (g_strcmp0 (cases[i].asked_at, cases[i].later_at) == 0)
        {
          g_assert_cmpstr (later, ==, first);
          g_assert_cmpstr (again, ==, text);
        }
    }
}

static void
test_manifest (void)
{
  g_autoptr (TestMirror) mirror = export_mirror_new (N_MORE);
  const CfoilSort sort = { CFOIL_FIELD_GROSS, FALSE };

  for (guint q = 0; q < G_N_ELEMENTS (queries); q++)
    {
      g_autoptr (GArray) totals = NULL;
      g_autoptr (GPtrArray) ids = scan_ids (mirror, queries[q], &sort, &totals);
      g_autofree char *manifest = NULL;
      g_autofree char *text = export_to_text (mirror, (CfoilExportOptions){ .query = queries[q], .sort = &sort, .now_us = NOW_US,
                                                                            .columns = "time,transaction_id" }, &manifest);
      g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
      g_autoptr (JsonParser) parser = json_parser_new ();
      JsonObject *root = parse_manifest (parser, manifest);
      JsonArray *array = json_object_get_array_member (root, "totals");

      g_assert_cmpstr (json_object_get_string_member (root, "query"), ==, queries[q]);
      g_assert_cmpstr (json_object_get_string_member (root, "sort"), ==, "-gross");
      g_assert_cmpstr (json_object_get_string_member (root, "sha256"), ==, hash);
      g_assert_cmpint (json_object_get_int_member (root, "rows"), ==, ids->len);
      g_assert_false (json_object_get_boolean_member (root, "selection"));
      g_assert_false (json_object_has_member (root, "query_ignored"));
      g_assert_cmpint (json_object_has_member (root, "query_asked_at"), ==,
                       g_strv_contains (queries_of_today, queries[q]));
      g_assert_cmpuint (json_array_get_length (json_object_get_array_member (root, "columns")), ==, 3);
      g_assert_cmpuint (json_array_get_length (array), ==, totals->len);
      for (guint i = 0; i < totals->len; i++)
        {
          const CfoilTotal *total = &g_array_index (totals, CfoilTotal, i);
          JsonObject *object = json_array_get_object_element (array, i);

          g_assert_cmpstr (json_object_get_string_member (object, "currency"), ==, total->currency);
          g_assert_cmpint (json_object_get_int_member (object, "rows"), ==, total->n_rows);
          g_assert_cmpint (json_object_get_int_member (object, "rows_without_fee"), ==, total->n_unknown_fees);
          check_sum (object, "gross", total->gross_minor, total->currency);
          check_sum (object, "fee", total->fee_minor, total->currency);
          check_sum (object, "net", total->net_minor, total->currency);
          check_sum (object, "refunded", total->refunded_minor, total->currency);
        }
    }
}

/* As the list has it: what is wrong is passed over, but not in silence. */
static void
test_mistake (void)
{
  g_autoptr (TestMirror) mirror = export_mirror_new (30);
  g_autofree char *manifest = NULL;
  g_autofree char *text = export_to_text (mirror, (CfoilExportOptions){ .query = "type:refund amount:>abc" }, &manifest);
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *root = parse_manifest (parser, manifest);
  JsonArray *ignored = json_object_get_array_member (root, "query_ignored");

  g_assert_cmpstr (json_object_get_string_member (root, "query"), ==, "type:refund amount:>abc");
  g_assert_cmpuint (json_array_get_length (ignored), ==, 1);
  test_assert_contains ("amount:>abc", json_array_get_string_element (ignored, 0));
  g_assert_cmpint (json_object_get_int_member (root, "rows"), ==, test_count (mirror->mirror, "SELECT count (*) FROM txn WHERE type = 2"));
}

/* --- selections --- */

static void
test_selection (void)
{
  g_autoptr (TestMirror) mirror = export_mirror_new (30);
  static const char *const wanted[] = { "P01-1-9-C1", "P01-1-2-C1", "P02-3-C1", "P01-1-5-C1" };
  g_autoptr (GArray) selected = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GPtrArray) ids = NULL;
  g_autoptr (GPtrArray) cells = NULL;
  g_autofree char *manifest = NULL;
  g_autofree char *text = NULL;

  for (guint i = 0; i < 4; i++)
    {
      gint64 id = i == 2 ? test_count (mirror->mirror, "SELECT min (txn_id) FROM txn WHERE type = 2") : export_find_txn (mirror, wanted[i]);

      g_array_append_val (selected, id);
    }
  /* The query would hide them. */
  text = export_to_text (mirror, (CfoilExportOptions){ .ids = selected, .query = "type:transfer", .columns = "transaction_id" }, &manifest);
  read_column (mirror, 0, &ids, &cells);
  g_assert_cmpuint (ids->len, ==, 4);
  for (guint i = 0; i < 4; i++)
    if (i != 2)
      g_assert_cmpstr (g_ptr_array_index (ids, i), ==, wanted[i]);
  test_assert_contains (manifest, "\"selection\" : true");
  test_assert_contains (manifest, "\"rows\" : 4");

  /* None. */
  g_array_set_size (selected, 0);
  g_free (text);
  text = export_to_text (mirror, (CfoilExportOptions){ .ids = selected, .columns = "transaction_id" }, NULL);
  g_assert_cmpstr (text, ==, "transaction_id\n");
}

static void
test_gone (void)
{
  g_autoptr (TestMirror) mirror = export_mirror_new (0);
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_folder_file (folder, "out.csv");
  g_autoptr (GArray) selected = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 ids[] = { 1, 999999 };
  CfoilExportOptions options = { .path = path, .ids = selected };
  CfoilExportResult result;
  g_autoptr (GError) error = NULL;

  g_array_append_vals (selected, ids, 2);
  g_assert_false (cfoil_export_sync (mirror->mirror, &options, NULL, NULL, NULL, &result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_cmpuint (test_count_entries (folder->path), ==, 0);
}

static void
test_bad_columns (void)
{
  g_autoptr (TestMirror) mirror = export_mirror_new (0);
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_folder_file (folder, "out.csv");
  CfoilExportOptions options = { .path = path, .columns = "time,nonsense" };
  CfoilExportResult result;
  g_autoptr (GError) error = NULL;

  g_assert_false (cfoil_export_sync (mirror->mirror, &options, NULL, NULL, NULL, &result, &error));
  g_assert_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_UNKNOWN);
  g_assert_cmpuint (test_count_entries (folder->path), ==, 0);
}

/* Columns that do not fit the rows are no answer. */
static void
test_damaged (void)
{
  static const char *const damages[] = {
    "DELETE FROM txn_column",
    "DELETE FROM txn WHERE txn_id = 5",
    "UPDATE txn_column SET data = x'00'",
  };

  for (guint i = 0; i < G_N_ELEMENTS (damages); i++)
    {
      g_autoptr (TestMirror) mirror = export_mirror_new (0);
      g_autoptr (TestFolder) folder = test_folder_new ();
      g_autofree char *path = test_folder_file (folder, "out.csv");
      CfoilExportOptions options = { .path = path };
      CfoilExportResult result;
      g_autoptr (GError) error = NULL;

      test_exec (mirror->mirror, damages[i]);
      g_assert_false (cfoil_export_sync (mirror->mirror, &options, NULL, NULL, NULL, &result, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
      g_assert_cmpuint (test_count_entries (folder->path), ==, 0);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/export-query/columns-parse", test_columns_parse);
  g_test_add_func ("/export-query/every-field", test_every_field);
  g_test_add_func ("/export-query/payout-of-currency", test_payout_of_currency);
  g_test_add_func ("/export-query/times", test_times);
  g_test_add_func ("/export-query/empty-cells", test_empty_cells);
  g_test_add_func ("/export-query/order", test_order);
  g_test_add_func ("/export-query/whole", test_whole);
  g_test_add_func ("/export-query/manifest", test_manifest);
  g_test_add_func ("/export-query/asked-at", test_asked_at);
  g_test_add_func ("/export-query/mistake", test_mistake);
  g_test_add_func ("/export-query/selection", test_selection);
  g_test_add_func ("/export-query/gone", test_gone);
  g_test_add_func ("/export-query/bad-columns", test_bad_columns);
  g_test_add_func ("/export-query/damaged", test_damaged);

  return g_test_run ();
}
