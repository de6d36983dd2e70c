/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-bank-match.h"

#include "cfoil-bank-value.h"
#include "cfoil-error.h"
#include "cfoil-money.h"
#include "cfoil-time.h"
#include "cfoil-types.h"

#include <glib/gi18n.h>
#include <string.h>

/* Shorter ones stand in too many texts by chance. */
#define MIN_REFERENCE 6
#define US_PER_DAY G_TIME_SPAN_DAY

/* Payouts by settlement and currency: what the provider lists, or where it lists nothing,
 * the line of the transfer (the first condition is that of the index of such lines).  Columns:
 * provider, environment, settlement, currency, amount, moment, references (divided by line ends). */
#define SQL_PAYOUTS \
  "SELECT a.provider AS provider, a.environment AS environment, d.settlement_provider_id AS settlement, d.currency AS currency, " \
  "  sum (d.amount_minor) AS amount, max (d.transaction_us) AS at, group_concat (d.bank_reference, char (10)) AS reference, " \
  "  min (a.name) AS account " \
  "FROM disbursement AS d JOIN account AS a USING (account_id) GROUP BY 1, 2, 3, 4 " \
  "UNION ALL " \
  "SELECT a.provider, a.environment, s.provider_id, l.currency, -sum (l.net_minor), max (l.posted_us), '', min (a.name) " \
  "FROM settlement AS s CROSS JOIN settlement_line AS l INDEXED BY settlement_line_balance USING (settlement_id) " \
  "JOIN account AS a USING (account_id) " \
  "WHERE (l.type IN (0, 6) OR l.type IN (7, 8)) AND l.type = 6 AND NOT EXISTS (SELECT 1 FROM disbursement AS d WHERE d.account_id = s.account_id " \
  "  AND d.settlement_provider_id = s.provider_id AND d.currency = l.currency) GROUP BY 1, 2, 3, 4"

typedef struct
{
  char *provider, *environment, *settlement_id, *currency;
  char **references; /* folded */
  gint64 amount_minor;
  gint32 day;
  gboolean is_matched;
  gint64 candidate;     /* by amount: the entry; 0: none, -1: several */
} Payout;

static void
payout_free (gpointer data)
{
  Payout *self = data;

  g_free (self->provider);
  g_free (self->environment);
  g_free (self->settlement_id);
  g_free (self->currency);
  g_strfreev (self->references);
  g_free (self);
}

static gint32
day_of (gint64 us)
{
  return us == CFOIL_UNKNOWN ? 0 : (gint32) ((us - (us < 0 ? US_PER_DAY - 1 : 0)) / US_PER_DAY);
}

static char **
fold_references (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text != NULL ? text : "", "\n", -1);
  g_autoptr (GStrvBuilder) folded = g_strv_builder_new ();

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autofree char *reference = cfoil_bank_fold_reference (lines[i]);

      if (strlen (reference) >= MIN_REFERENCE)
        g_strv_builder_add (folded, reference);
    }
  return g_strv_builder_end (folded);
}

static Payout *
payout_from_row (CfoilStatement *row)
{
  Payout *self = g_new0 (Payout, 1);

  self->provider = g_strdup (cfoil_statement_column_text (row, 0));
  self->environment = g_strdup (cfoil_statement_column_text (row, 1));
  self->settlement_id = g_strdup (cfoil_statement_column_text (row, 2));
  self->currency = g_strdup (cfoil_statement_column_text (row, 3));
  self->amount_minor = cfoil_statement_column_int64 (row, 4);
  self->day = day_of (cfoil_statement_column_int64 (row, 5));
  self->references = fold_references (cfoil_statement_column_text (row, 6));
  self->is_matched = cfoil_statement_column_int64 (row, 8) != 0;
  return self;
}

static GPtrArray *
list_payouts (CfoilDatabase *database,
              GError       **error)
{
  g_autoptr (GPtrArray) payouts = g_ptr_array_new_with_free_func (payout_free);
  g_autoptr (CfoilStatement) row = NULL;
  CfoilStep step;

  row = cfoil_database_prepare (database, "SELECT p.*, EXISTS (SELECT 1 FROM bank_match AS m WHERE m.settlement_provider_id = p.settlement "
                                "AND m.currency = p.currency AND m.provider = p.provider AND m.environment = p.environment) "
                                "FROM (" SQL_PAYOUTS ") AS p WHERE p.environment = 'live' OR NOT EXISTS "
                                "(SELECT 1 FROM account WHERE environment = 'live') ORDER BY 3, 4", error);
  if (row == NULL)
    return NULL;
  while ((step = cfoil_statement_step (row, error)) == CFOIL_STEP_ROW)
    g_ptr_array_add (payouts, payout_from_row (row));
  return step == CFOIL_STEP_DONE ? g_steal_pointer (&payouts) : NULL;
}

/* --- finding --- */

typedef struct
{
  CfoilDatabase *writer;
  GPtrArray *payouts;
  GHashTable *by_reference; /* (element-type utf8 Payout) */
  GHashTable *by_amount;    /* (element-type utf8 GPtrArray): key "CUR minor" */
  CfoilStatement *insert;
  guint n;
} Match;

static char *
amount_key (const char *currency,
            gint64      minor)
{
  return g_strdup_printf ("%s %" G_GINT64_FORMAT, currency, minor);
}

static void
index_payouts (Match *self)
{
  for (guint i = 0; i < self->payouts->len; i++)
    {
      Payout *payout = g_ptr_array_index (self->payouts, i);
      char *key = amount_key (payout->currency, payout->amount_minor);
      GPtrArray *same = g_hash_table_lookup (self->by_amount, key);

      for (guint k = 0; payout->references[k] != NULL; k++)
        g_hash_table_insert (self->by_reference, payout->references[k], payout);
      if (same == NULL)
        {
          same = g_ptr_array_new ();
          g_hash_table_insert (self->by_amount, g_strdup (key), same);
        }
      g_ptr_array_add (same, payout);
      g_free (key);
    }
}

static gboolean
put_match (Match        *self,
           gint64        entry_id,
           const Payout *payout,
           const char   *how,
           GError      **error)
{
  cfoil_statement_bind_int64 (self->insert, 1, entry_id);
  cfoil_statement_bind_text (self->insert, 2, payout->provider);
  cfoil_statement_bind_text (self->insert, 3, payout->environment);
  cfoil_statement_bind_text (self->insert, 4, payout->settlement_id);
  cfoil_statement_bind_text (self->insert, 5, payout->currency);
  cfoil_statement_bind_text (self->insert, 6, how);
  cfoil_statement_bind_int64 (self->insert, 7, cfoil_time_now_us ());
  self->n++;
  return cfoil_statement_run (self->insert, error);
}

/* A word of the entry is a reference. */
static Payout *
find_word (Match      *self,
           const char *text,
           const char *currency)
{
  g_auto (GStrv) words = g_strsplit_set (text, " /:;,+*?()", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      g_autofree char *folded = cfoil_bank_fold_reference (words[i]);
      Payout *payout = g_hash_table_lookup (self->by_reference, folded);

      if (payout != NULL && g_str_equal (payout->currency, currency))
        return payout;
    }
  return NULL;
}

/* Banks break references in two, and glue others to them: of payouts of that amount it is
 * enough that it stands anywhere. */
static Payout *
find_inside (GPtrArray  *same,
             const char *folded)
{
  for (guint i = 0; same != NULL && i < same->len; i++)
    {
      Payout *payout = g_ptr_array_index (same, i);

      for (guint k = 0; payout->references[k] != NULL; k++)
        if (strstr (folded, payout->references[k]) != NULL)
          return payout;
    }
  return NULL;
}

static Payout *
find_by_reference (Match      *self,
                   GPtrArray  *same,
                   const char *reference,
                   const char *text,
                   const char *currency)
{
  g_autofree char *both = g_strconcat (reference, " ", text, NULL);
  Payout *payout = find_word (self, both, currency);

  if (payout == NULL && same != NULL)
    {
      g_autofree char *folded = cfoil_bank_fold_reference (both);

      payout = find_inside (same, folded);
    }
  return payout;
}

static void
note_candidates (GPtrArray *same,
                 gint64     entry_id,
                 gint32     day)
{
  Payout *only = NULL;
  guint n = 0;

  for (guint i = 0; i < same->len; i++)
    {
      Payout *payout = g_ptr_array_index (same, i);

      if (!payout->is_matched && day >= payout->day - 1 && day <= payout->day + CFOIL_BANK_MATCH_DAYS)
        {
          only = payout;
          n++;
        }
    }
  /* Neither of two payouts may take an entry that fits both. */
  for (guint i = 0; n > 1 && i < same->len; i++)
    ((Payout *) g_ptr_array_index (same, i))->candidate = -1;
  if (n == 1)
    only->candidate = only->candidate == 0 ? entry_id : -1;
}

static gboolean
look_at_entries (Match   *self,
                 GError **error)
{
  g_autoptr (CfoilStatement) row = NULL;
  CfoilStep step;

  row = cfoil_database_prepare (self->writer, "SELECT e.entry_id, e.day, e.currency, e.amount_minor, e.reference, e.text FROM bank_entry AS e "
                                "WHERE NOT EXISTS (SELECT 1 FROM bank_match AS m WHERE m.entry_id = e.entry_id) ORDER BY e.entry_id", error);
  if (row == NULL)
    return FALSE;
  while ((step = cfoil_statement_step (row, error)) == CFOIL_STEP_ROW)
    {
      gint64 entry_id = cfoil_statement_column_int64 (row, 0);
      const char *currency = cfoil_statement_column_text (row, 2);
      g_autofree char *key = amount_key (currency, cfoil_statement_column_int64 (row, 3));
      GPtrArray *same = g_hash_table_lookup (self->by_amount, key);
      Payout *payout = find_by_reference (self, same, cfoil_statement_column_text (row, 4), cfoil_statement_column_text (row, 5), currency);

      if (payout != NULL)
        {
          payout->is_matched = TRUE;
          if (!put_match (self, entry_id, payout, "reference", error))
            return FALSE;
        }
      else if (same != NULL)
        note_candidates (same, entry_id, (gint32) cfoil_statement_column_int64 (row, 1));
    }
  return step == CFOIL_STEP_DONE;
}

static gboolean
take_candidates (Match   *self,
                 GError **error)
{
  for (guint i = 0; i < self->payouts->len; i++)
    {
      Payout *payout = g_ptr_array_index (self->payouts, i);

      if (!payout->is_matched && payout->candidate > 0 && payout->amount_minor != 0 &&
          !put_match (self, payout->candidate, payout, "amount", error))
        return FALSE;
    }
  return TRUE;
}

#define SQL_INSERT "INSERT OR REPLACE INTO bank_match VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"

gboolean
cfoil_bank_match_run (CfoilDatabase *writer,
                      guint         *n,
                      GError       **error)
{
  Match self = { .writer = writer };
  gboolean ok = FALSE;

  self.payouts = list_payouts (writer, error);
  if (self.payouts == NULL)
    return FALSE;
  self.by_reference = g_hash_table_new (g_str_hash, g_str_equal);
  self.by_amount = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  index_payouts (&self);
  self.insert = cfoil_database_prepare (writer, SQL_INSERT, error);
  if (self.insert != NULL)
    ok = self.payouts->len == 0 || (look_at_entries (&self, error) && take_candidates (&self, error));
  g_clear_pointer (&self.insert, cfoil_statement_free);
  g_hash_table_unref (self.by_reference);
  g_hash_table_unref (self.by_amount);
  g_ptr_array_unref (self.payouts);
  if (n != NULL)
    *n = self.n;
  return ok;
}

gboolean
cfoil_bank_match_sync (CfoilMirror *mirror,
                       guint       *n,
                       GError     **error)
{
  g_autoptr (CfoilDatabase) writer = cfoil_mirror_open_writer (mirror, error);

  return writer != NULL && cfoil_database_begin_between (writer, error) && cfoil_bank_match_run (writer, n, error) &&
         cfoil_database_exec (writer, "COMMIT", error);
}

/* --- by hand --- */

static gboolean
find_payout (CfoilDatabase *writer,
             gint64         entry_id,
             const char    *settlement_id,
             Payout       **payout,
             GError       **error)
{
  g_autoptr (GPtrArray) payouts = list_payouts (writer, error);
  g_autofree char *sql = g_strdup_printf ("SELECT currency FROM bank_entry WHERE entry_id = %" G_GINT64_FORMAT, entry_id);
  g_autoptr (CfoilStatement) row = cfoil_database_prepare (writer, sql, error);
  gboolean has_other = FALSE;

  if (payouts == NULL || row == NULL)
    return FALSE;
  if (cfoil_statement_step (row, NULL) != CFOIL_STEP_ROW)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _ ("There is no bank entry %ld"), (glong) entry_id);
      return FALSE;
    }
  for (guint i = 0; i < payouts->len; i++)
    {
      Payout *each = g_ptr_array_index (payouts, i);

      if (!g_str_equal (each->settlement_id, settlement_id))
        continue;
      if (g_str_equal (each->currency, cfoil_statement_column_text (row, 0)))
        {
          *payout = g_ptr_array_steal_index (payouts, i);
          return TRUE;
        }
      has_other = TRUE;
    }
  if (has_other)
    g_set_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_CURRENCY, _ ("The payout of settlement %s is in another currency"), settlement_id);
  else
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _ ("There is no payout of a settlement %s"), settlement_id);
  return FALSE;
}

static gboolean
set_match (CfoilDatabase *writer,
           gint64         entry_id,
           const char    *settlement_id,
           GError       **error)
{
  Match self = { .writer = writer };
  Payout *payout = NULL;
  gboolean ok;

  if (settlement_id == NULL)
    {
      g_autofree char *sql = g_strdup_printf ("DELETE FROM bank_match WHERE entry_id = %" G_GINT64_FORMAT, entry_id);

      return cfoil_database_exec (writer, sql, error);
    }
  if (!find_payout (writer, entry_id, settlement_id, &payout, error))
    return FALSE;
  self.insert = cfoil_database_prepare (writer, SQL_INSERT, error);
  ok = self.insert != NULL && put_match (&self, entry_id, payout, "hand", error);
  g_clear_pointer (&self.insert, cfoil_statement_free);
  payout_free (payout);
  return ok;
}

gboolean
cfoil_bank_match_set_sync (CfoilMirror *mirror,
                           gint64       entry_id,
                           const char  *settlement_id,
                           GError     **error)
{
  g_autoptr (CfoilDatabase) writer = cfoil_mirror_open_writer (mirror, error);

  if (writer == NULL || !cfoil_database_begin_between (writer, error) || !set_match (writer, entry_id, settlement_id, error) ||
      !cfoil_database_exec (writer, "COMMIT", error))
    return FALSE;
  cfoil_mirror_notify_changed (mirror);
  return TRUE;
}

/* --- the list --- */

void
cfoil_bank_pair_free (CfoilBankPair *self)
{
  g_free (self->bank_account);
  g_free (self->reference);
  g_free (self->text);
  g_free (self->currency);
  g_free (self->settlement_id);
  g_free (self->account);
  g_free (self->how);
  g_free (self);
}

CfoilBankKinds
cfoil_bank_pair_get_kind (const CfoilBankPair *self)
{
  if (self->entry_id == 0)
    return CFOIL_BANK_MISSING;
  if (self->settlement_id == NULL)
    return CFOIL_BANK_OTHER;
  return self->payout_minor == CFOIL_UNKNOWN || self->difference_minor != 0 ? CFOIL_BANK_DIFFERENT : CFOIL_BANK_MATCHED;
}

/* Columns: entry, day, bank account, reference, text, currency, entry's amount, settlement,
 * account, moment of the payout, its amount, how, sum of the payout's entries. */
#define SQL_MATCHED \
  "SELECT e.entry_id, e.day, e.bank_account, e.reference, e.text, e.currency, e.amount_minor, m.settlement_provider_id, p.account, p.at, " \
  "p.amount, m.how, " \
  "(SELECT sum (o.amount_minor) FROM bank_match AS n JOIN bank_entry AS o USING (entry_id) WHERE n.settlement_provider_id = " \
  "  m.settlement_provider_id AND n.currency = m.currency AND n.provider = m.provider AND n.environment = m.environment) AS total " \
  "FROM bank_match AS m JOIN bank_entry AS e USING (entry_id) LEFT JOIN payout AS p ON p.settlement = m.settlement_provider_id " \
  "AND p.currency = m.currency AND p.provider = m.provider AND p.environment = m.environment "
#define SQL_NEWEST "ORDER BY e.day DESC, e.entry_id DESC LIMIT ?1"
#define SQL_ENTRIES \
  "SELECT e.entry_id, e.day, e.bank_account, e.reference, e.text, e.currency, e.amount_minor, NULL, NULL, NULL, NULL, NULL, NULL " \
  "FROM bank_entry AS e WHERE NOT EXISTS (SELECT 1 FROM bank_match AS m WHERE m.entry_id = e.entry_id) " \
  SQL_NEWEST
#define SQL_UNPAID \
  "SELECT NULL, NULL, NULL, replace (p.reference, char (10), ', '), NULL, p.currency, NULL, p.settlement, p.account, p.at, p.amount, " \
  "NULL, NULL FROM payout AS p " \
  "WHERE p.amount <> 0 AND p.at >= (SELECT min (day) FROM bank_entry) * 86400000000 " \
  "AND p.at < ((SELECT max (day) FROM bank_entry) + 1) * 86400000000 AND (p.environment = 'live' OR NOT EXISTS " \
  "(SELECT 1 FROM account WHERE environment = 'live')) AND NOT EXISTS (SELECT 1 FROM bank_match AS m WHERE " \
  "m.settlement_provider_id = p.settlement AND m.currency = p.currency AND m.provider = p.provider AND m.environment = p.environment) " \
  "ORDER BY p.at DESC, p.settlement LIMIT ?1"

static gint64
minus (gint64 a,
       gint64 b)
{
  gint64 sum = a;

  return b != G_MININT64 && cfoil_money_add (&sum, -b) ? sum : CFOIL_UNKNOWN;
}

static CfoilBankPair *
pair_from_row (CfoilStatement *row)
{
  CfoilBankPair *self = g_new0 (CfoilBankPair, 1);
  gint64 sum = cfoil_statement_column_int64 (row, 12);
  gint64 entry = sum != CFOIL_UNKNOWN ? sum : cfoil_statement_column_int64 (row, 6);

  self->entry_id = MAX (cfoil_statement_column_int64 (row, 0), 0);
  self->day = self->entry_id > 0 ? (gint32) cfoil_statement_column_int64 (row, 1) : 0;
  self->bank_account = g_strdup (cfoil_statement_column_text (row, 2));
  self->reference = g_strdup (cfoil_statement_column_text (row, 3));
  self->text = g_strdup (cfoil_statement_column_text (row, 4));
  self->currency = g_strdup (cfoil_statement_column_text (row, 5));
  self->entry_minor = cfoil_statement_column_int64 (row, 6);
  self->settlement_id = g_strdup (cfoil_statement_column_text (row, 7));
  self->account = g_strdup (cfoil_statement_column_text (row, 8));
  self->payout_day = day_of (cfoil_statement_column_int64 (row, 9));
  self->payout_minor = cfoil_statement_column_int64 (row, 10);
  self->how = g_strdup (cfoil_statement_column_text (row, 11));
  self->difference_minor = minus (entry != CFOIL_UNKNOWN ? entry : 0, self->payout_minor != CFOIL_UNKNOWN ? self->payout_minor : 0);
  return self;
}

static gboolean
add_pairs (CfoilDatabase *database,
           const char    *sql,
           guint          limit,
           GPtrArray     *pairs,
           GError       **error)
{
  g_autofree char *whole = g_strconcat ("WITH payout AS (" SQL_PAYOUTS ") ", sql, NULL);
  g_autoptr (CfoilStatement) row = cfoil_database_prepare (database, whole, error);
  CfoilStep step;

  if (row == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (row, 1, limit);
  while ((step = cfoil_statement_step (row, error)) == CFOIL_STEP_ROW)
    g_ptr_array_add (pairs, pair_from_row (row));
  return step == CFOIL_STEP_DONE;
}

GPtrArray *
cfoil_bank_match_list (CfoilDatabase *database,
                       CfoilBankKinds kinds,
                       guint          limit,
                       GError       **error)
{
  static const struct { CfoilBankKinds kind; const char *sql; } lists[] = {
    { CFOIL_BANK_MISSING, SQL_UNPAID },
    { CFOIL_BANK_DIFFERENT, SQL_MATCHED "WHERE p.amount IS NULL OR total <> p.amount " SQL_NEWEST },
    { CFOIL_BANK_MATCHED, SQL_MATCHED "WHERE total = p.amount " SQL_NEWEST },
    { CFOIL_BANK_OTHER, SQL_ENTRIES },
  };
  g_autoptr (GPtrArray) pairs = g_ptr_array_new_with_free_func ((GDestroyNotify) cfoil_bank_pair_free);

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    if ((kinds & lists[i].kind) != 0 && !add_pairs (database, lists[i].sql, limit, pairs, error))
      return NULL;
  return g_steal_pointer (&pairs);
}
