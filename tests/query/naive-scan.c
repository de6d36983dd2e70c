/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "naive-scan.h"

#include "cfoil-currency.h"
#include "cfoil-query-day.h"

#include <string.h>

__extension__ typedef __int128 Wide;

/* --- reading --- */

gboolean
naive_is_text (CfoilField field)
{
  const CfoilFieldInfo *info = cfoil_field_get_info (field);

  return info->kind == CFOIL_FIELD_KIND_TEXT || info->kind == CFOIL_FIELD_KIND_ID || info->kind == CFOIL_FIELD_KIND_CODE ||
         info->kind == CFOIL_FIELD_KIND_REF;
}

static void
row_clear (gpointer data)
{
  NaiveRow *row = data;

  for (guint field = 0; field < CFOIL_N_FIELDS; field++)
    {
      g_free (row->said[field]);
      g_free (row->folded[field]);
    }
}

/* What a number stands for is what exports show; of all else the value.  But for the
 * payout's reference: a row shows the one of its own currency, and is found and sorted
 * by all that its settlement has. */
static const char *
compared_sql (CfoilField field)
{
  const CfoilFieldInfo *info = cfoil_field_get_info (field);

  if (field == CFOIL_FIELD_PAYOUT_REFERENCE)
    return "(SELECT group_concat (x.bank_reference, ', ') FROM (SELECT d.bank_reference FROM disbursement AS d "
           "WHERE d.account_id = s.account_id AND d.settlement_provider_id = s.provider_id AND length (d.bank_reference) > 0 "
           "GROUP BY d.bank_reference ORDER BY d.bank_reference) AS x)";
  return info->kind == CFOIL_FIELD_KIND_CODE || info->kind == CFOIL_FIELD_KIND_REF ? info->shown_sql : info->value_sql;
}

static char *
build_sql (void)
{
  GString *sql = g_string_new ("SELECT t.txn_id");

  for (guint field = 0; field < CFOIL_N_FIELDS; field++)
    g_string_append_printf (sql, ", %s", compared_sql (field));
  g_string_append (sql, " FROM " CFOIL_FIELD_FROM "ORDER BY t.txn_id");
  return g_string_free (sql, FALSE);
}

static void
read_row (CfoilStatement *statement,
          NaiveRow       *row)
{
  row->id = cfoil_statement_column_int64 (statement, 0);
  for (guint field = 0; field < CFOIL_N_FIELDS; field++)
    if (naive_is_text (field))
      {
        const char *text = cfoil_statement_column_text (statement, (int) field + 1);

        row->said[field] = g_strdup (text != NULL ? text : "");
        row->folded[field] = cfoil_fold (text);
      }
    else
      row->numbers[field] = cfoil_statement_column_int64 (statement, (int) field + 1);
}

GArray *
naive_read_rows (CfoilMirror *mirror)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CfoilDatabase) database = cfoil_mirror_open_reader (mirror, &error);
  g_autofree char *sql = build_sql ();
  g_autoptr (CfoilStatement) statement = NULL;
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (NaiveRow));
  CfoilStep step;

  g_assert_no_error (error);
  statement = cfoil_database_prepare (database, sql, &error);
  g_assert_no_error (error);
  g_array_set_clear_func (rows, row_clear);
  while ((step = cfoil_statement_step (statement, &error)) == CFOIL_STEP_ROW)
    {
      NaiveRow row = { 0 };

      read_row (statement, &row);
      g_array_append_val (rows, row);
    }
  g_assert_no_error (error);
  g_clear_pointer (&statement, cfoil_statement_free);
  return rows;
}

/* --- terms --- */

/* A term, with what does not depend on the row. */
typedef struct
{
  const CfoilTerm *term;
  char **needles;           /* (owned) (nullable): its values, folded */
  gboolean is_never;        /* a day that there is not */
  gint64 from_us, until_us; /* CFOIL_UNKNOWN: no bound */
} Asked;

static void
asked_clear (gpointer asked)
{
  g_strfreev (((Asked *) asked)->needles);
}

static gboolean
resolve (const CfoilDay      *day,
         gboolean             end,
         const CfoilScanTime *time,
         gint64              *us)
{
  *us = CFOIL_UNKNOWN;
  return day->kind == CFOIL_DAY_NONE || cfoil_day_resolve (day, end, time->zone, time->now_us, us);
}

static GArray *
ask (const CfoilQuery    *query,
     const CfoilScanTime *time)
{
  GArray *all = g_array_new (FALSE, TRUE, sizeof (Asked));

  g_array_set_clear_func (all, asked_clear);
  for (guint i = 0; i < cfoil_query_get_n_terms (query); i++)
    {
      const CfoilTerm *term = cfoil_query_get_term (query, i);
      Asked asked = { .term = term, .needles = g_strdupv (term->values) };

      for (guint j = 0; asked.needles != NULL && asked.needles[j] != NULL; j++)
        {
          g_free (asked.needles[j]);
          asked.needles[j] = cfoil_fold (term->values[j]);
        }
      if (term->kind == CFOIL_TERM_TIME)
        asked.is_never = !resolve (&term->from, FALSE, time, &asked.from_us) || !resolve (&term->until, TRUE, time, &asked.until_us);
      g_array_append_val (all, asked);
    }
  return all;
}

static gboolean
begins_a_word (const char *text,
               const char *needle)
{
  gboolean is_begin = TRUE;

  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      if (is_begin && g_str_has_prefix (text, needle))
        return TRUE;
      is_begin = !g_unichar_isalnum (g_utf8_get_char (text));
    }
  return FALSE;
}

/* Ids in any part, from three characters on.  What folds to nothing (a word of accents
 * alone) is in every text that there is. */
static gboolean
has_needle (const NaiveRow *row,
            CfoilField      field,
            const char     *needle)
{
  gboolean is_id = cfoil_field_get_info (field)->kind == CFOIL_FIELD_KIND_ID || field == CFOIL_FIELD_SETTLEMENT ||
                   field == CFOIL_FIELD_PAYOUT_REFERENCE;

  if (*needle == '\0')
    return *row->folded[field] != '\0';
  if (strstr (row->folded[field], needle) == NULL)
    return FALSE;
  return (is_id && g_utf8_strlen (needle, -1) >= 3) || begins_a_word (row->folded[field], needle);
}

static gboolean
has_word (const NaiveRow *row,
          const Asked    *asked)
{
  for (guint field = 0; field < CFOIL_N_FIELDS; field++)
    if (cfoil_field_get_info (field)->is_searched && has_needle (row, field, asked->needles[0]))
      return TRUE;
  return FALSE;
}

static gboolean
has_value (const NaiveRow *row,
           const Asked    *asked)
{
  CfoilField field = asked->term->field;

  for (guint i = 0; asked->needles[i] != NULL; i++)
    if (cfoil_field_get_info (field)->kind == CFOIL_FIELD_KIND_CODE ? strcmp (row->said[field], asked->term->values[i]) == 0
                                                                    : has_needle (row, field, asked->needles[i]))
      return TRUE;
  return FALSE;
}

/* VALUE, which is in units of 10^-EXPONENT, against a decimal. */
static int
compare_exactly (gint64              value,
                 int                 exponent,
                 const CfoilDecimal *decimal)
{
  Wide left = value, right = decimal->digits;

  for (int i = 0; i < decimal->scale; i++)
    left *= 10;
  for (int i = 0; i < exponent; i++)
    right *= 10;
  return left < right ? -1 : left > right;
}

static gboolean
is_between (gint64           value,
            int              exponent,
            const CfoilTerm *term)
{
  int to_min = term->has_min ? compare_exactly (value, exponent, &term->min) : 1;
  int to_max = term->has_max ? compare_exactly (value, exponent, &term->max) : -1;

  return value != CFOIL_UNKNOWN && (to_min > 0 || (to_min == 0 && !term->excludes_min)) &&
         (to_max < 0 || (to_max == 0 && !term->excludes_max));
}

static CfoilField
currency_of (CfoilField field)
{
  return field == CFOIL_FIELD_PRESENTMENT_AMOUNT ? CFOIL_FIELD_PRESENTMENT_CURRENCY : CFOIL_FIELD_CURRENCY;
}

static gboolean
has_amount (const NaiveRow  *row,
            const CfoilTerm *term)
{
  int exponent = cfoil_currency_exponent (row->said[currency_of (term->field)]);

  return is_between (row->numbers[term->field], MAX (exponent, 0), term);
}

static gboolean
has_time (const NaiveRow *row,
          const Asked    *asked)
{
  gint64 value = row->numbers[asked->term->field];

  return value != CFOIL_UNKNOWN && !asked->is_never && (asked->from_us == CFOIL_UNKNOWN || value >= asked->from_us) &&
         (asked->until_us == CFOIL_UNKNOWN || value < asked->until_us);
}

static gboolean
is_said (const NaiveRow *row,
         CfoilField      field)
{
  return naive_is_text (field) ? *row->said[field] != '\0' : row->numbers[field] != CFOIL_UNKNOWN;
}

static gboolean
is_so (const NaiveRow      *row,
       CfoilIs              is,
       const CfoilScanTime *time)
{
  const char *state = row->said[CFOIL_FIELD_STATE];
  gint64 flags = row->numbers[CFOIL_FIELD_FLAGS], expires_us = row->numbers[CFOIL_FIELD_EXPIRES];
  gboolean is_uncaptured = strcmp (row->said[CFOIL_FIELD_TYPE], "charge") == 0 && strcmp (state, "authorized") == 0;

  switch (is)
    {
    case CFOIL_IS_UNCAPTURED:
      return is_uncaptured;
    case CFOIL_IS_EXPIRING:
      return is_uncaptured && expires_us >= time->now_us && expires_us <= time->now_us + 7 * CFOIL_USEC_PER_DAY;
    case CFOIL_IS_PENDING:
      return strcmp (state, "pending") == 0 || strcmp (state, "capturing") == 0;
    case CFOIL_IS_UNSETTLED:
      return row->numbers[CFOIL_FIELD_GROSS] != 0 && *row->said[CFOIL_FIELD_SETTLEMENT] == '\0';
    case CFOIL_IS_DISPUTED:
      return (flags & CFOIL_FLAG_DISPUTED) != 0;
    case CFOIL_IS_REFUNDED:
      return (flags & CFOIL_FLAG_REFUNDED) != 0;
    case CFOIL_IS_REVIEWED:
      return row->numbers[CFOIL_FIELD_REVIEWED] != CFOIL_UNKNOWN;
    case CFOIL_IS_EXCEPTION:
      return (flags & CFOIL_FLAG_EXCEPTION) != 0;
    case CFOIL_N_IS:
    default:
      g_assert_not_reached ();
    }
}

/* What GDateTime says: clocks that are put back over midnight are not in the tests' zones. */
static gboolean
is_at (const NaiveRow      *row,
       const CfoilTerm     *term,
       const CfoilScanTime *time)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (row->numbers[CFOIL_FIELD_TIME] / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, time->zone);

  return (term->slots >> (term->kind == CFOIL_TERM_HOUR ? g_date_time_get_hour (local) : g_date_time_get_day_of_week (local) - 1)) & 1;
}

static gboolean
holds (const NaiveRow      *row,
       const Asked         *asked,
       const CfoilScanTime *time)
{
  const CfoilTerm *term = asked->term;

  switch (term->kind)
    {
    case CFOIL_TERM_WORD:
      return has_word (row, asked);
    case CFOIL_TERM_VALUES:
      return has_value (row, asked);
    case CFOIL_TERM_AMOUNT:
      return has_amount (row, term);
    case CFOIL_TERM_NUMBER:
      return is_between (row->numbers[term->field], term->field == CFOIL_FIELD_FEE_RATE ? 4 : 0, term);
    case CFOIL_TERM_TIME:
      return has_time (row, asked);
    case CFOIL_TERM_HAS:
      return is_said (row, term->field);
    case CFOIL_TERM_IS:
      return is_so (row, term->is, time);
    case CFOIL_TERM_WEEKDAY:
    case CFOIL_TERM_HOUR:
      return is_at (row, term, time);
    default:
      g_assert_not_reached ();
    }
}

static gboolean
passes (const NaiveRow      *row,
        const GArray        *all,
        const CfoilScanTime *time)
{
  for (guint i = 0; i < all->len; i++)
    {
      const Asked *asked = &g_array_index (all, Asked, i);

      if (holds (row, asked, time) == asked->term->is_negated)
        return FALSE;
    }
  return TRUE;
}

/* The one word beside other terms that could be an id, folded. */
static char *
find_pasted_id (const CfoilQuery *query)
{
  const CfoilTerm *word = NULL;

  for (guint i = 0; i < cfoil_query_get_n_terms (query); i++)
    {
      const CfoilTerm *term = cfoil_query_get_term (query, i);

      if (term->kind == CFOIL_TERM_WORD && word != NULL)
        return NULL;
      if (term->kind == CFOIL_TERM_WORD)
        word = term;
    }
  if (word == NULL || word->is_negated || cfoil_query_get_n_terms (query) < 2 || strlen (word->values[0]) < 8 ||
      strpbrk (word->values[0], "0123456789") == NULL || strpbrk (word->values[0], " \t") != NULL)
    return NULL;
  return cfoil_fold (word->values[0]);
}

static gboolean
has_id (const NaiveRow *row,
        const char     *id)
{
  for (guint field = 0; field < CFOIL_N_FIELDS; field++)
    if (cfoil_field_get_info (field)->kind == CFOIL_FIELD_KIND_ID && cfoil_field_get_info (field)->is_searched &&
        strcmp (row->folded[field], id) == 0)
      return TRUE;
  return FALSE;
}

/* --- order --- */

static int
compare_numbers (gint64 a,
                 gint64 b)
{
  return a < b ? -1 : a > b;
}

static int
compare_rows (gconstpointer a,
              gconstpointer b,
              gpointer      user_data)
{
  const NaiveRow *one = *(const NaiveRow *const *) a, *other = *(const NaiveRow *const *) b;
  const CfoilSort *sort = user_data;
  gboolean one_is_said = is_said (one, sort->field), other_is_said = is_said (other, sort->field);
  int sign = sort->is_ascending ? 1 : -1, result;

  if (cfoil_field_get_info (sort->field)->kind == CFOIL_FIELD_KIND_MONEY)
    {
      CfoilField currency = currency_of (sort->field);

      result = strcmp (one->folded[currency], other->folded[currency]);
      if (result != 0)
        return result;
    }
  if (one_is_said != other_is_said)
    return one_is_said ? -1 : 1;
  result = !one_is_said ? 0 : naive_is_text (sort->field) ? strcmp (one->folded[sort->field], other->folded[sort->field])
                                                         : compare_numbers (one->numbers[sort->field], other->numbers[sort->field]);
  return sign * (result != 0 ? result : compare_numbers (one->id, other->id));
}

/* --- sums --- */

static CfoilTotal *
find_total (GArray     *totals,
            const char *currency)
{
  CfoilTotal total = { "" };

  for (guint i = 0; i < totals->len; i++)
    if (strcmp (g_array_index (totals, CfoilTotal, i).currency, currency) == 0)
      return &g_array_index (totals, CfoilTotal, i);
  g_strlcpy (total.currency, currency, sizeof total.currency);
  g_array_append_val (totals, total);
  return &g_array_index (totals, CfoilTotal, totals->len - 1);
}

static void
add (CfoilTotal *total,
     gint64     *sum,
     gint64      sign,
     gint64      minor)
{
  if (minor != CFOIL_UNKNOWN && __builtin_add_overflow (*sum, sign * minor, sum))
    total->is_overflown = TRUE;
}

static void
add_row (GArray         *totals,
         const NaiveRow *row)
{
  CfoilTotal *total = find_total (totals, row->said[CFOIL_FIELD_CURRENCY]);
  gint64 gross = row->numbers[CFOIL_FIELD_GROSS], fee = row->numbers[CFOIL_FIELD_FEE], net = row->numbers[CFOIL_FIELD_NET];

  total->n_rows++;
  add (total, &total->gross_minor, 1, gross);
  add (total, &total->fee_minor, 1, fee);
  add (total, &total->net_minor, 1, net);
  if (strcmp (row->said[CFOIL_FIELD_TYPE], "refund") == 0)
    add (total, &total->refunded_minor, -1, gross);
  total->n_unknown_fees += fee == CFOIL_UNKNOWN || net == CFOIL_UNKNOWN;
}

static int
compare_totals (gconstpointer a,
                gconstpointer b)
{
  return strcmp (((const CfoilTotal *) a)->currency, ((const CfoilTotal *) b)->currency);
}

GArray *
naive_totals_of (const GArray *rows,
                 const gint64 *ids,
                 guint         n_ids)
{
  g_autoptr (GHashTable) wanted = g_hash_table_new (g_int64_hash, g_int64_equal);
  GArray *totals = g_array_new (FALSE, FALSE, sizeof (CfoilTotal));

  for (guint i = 0; i < n_ids; i++)
    g_hash_table_add (wanted, (gpointer) &ids[i]);
  for (guint i = 0; i < rows->len; i++)
    if (g_hash_table_contains (wanted, &g_array_index (rows, NaiveRow, i).id))
      add_row (totals, &g_array_index (rows, NaiveRow, i));
  g_array_sort (totals, compare_totals);
  return totals;
}

/* --- all --- */

CfoilScanResult *
naive_scan (const GArray        *rows,
            const CfoilQuery    *query,
            const CfoilSort     *sort,
            const CfoilScanTime *time)
{
  g_autofree char *pasted = find_pasted_id (query);
  g_autoptr (GArray) asked = ask (query, time);
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  CfoilScanResult *result = g_new0 (CfoilScanResult, 1);

  result->totals = g_array_new (FALSE, FALSE, sizeof (CfoilTotal));
  result->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < rows->len; i++)
    {
      NaiveRow *row = &g_array_index (rows, NaiveRow, i);
      gboolean is_in = passes (row, asked, time);

      if (!is_in && (pasted == NULL || !has_id (row, pasted)))
        continue;
      result->n_outside += !is_in;
      g_ptr_array_add (found, row);
      add_row (result->totals, row);
    }
  g_ptr_array_sort_with_data (found, compare_rows, (gpointer) sort);
  g_array_sort (result->totals, compare_totals);
  for (guint i = 0; i < found->len; i++)
    g_array_append_val (result->ids, ((const NaiveRow *) found->pdata[i])->id);
  return result;
}
