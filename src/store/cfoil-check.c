/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-check.h"

#include "cfoil-block-writer.h"
#include "cfoil-case-payment.h"
#include "cfoil-document-file.h"
#include "cfoil-evidence-file.h"
#include "cfoil-migrate.h"
#include "cfoil-period-lock.h"
#include "cfoil-summary.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct
{
  const char *name;
  CfoilFaultKind kind;
  const char *message; /* %d: how many */
  const char *sql;     /* SELECT that gives one row for each thing that is wrong */
} Check;

static const Check checks[] = {
  { "foreign_keys", CFOIL_FAULT_DAMAGE, "%d rows refer to rows that are not there",
    "SELECT * FROM pragma_foreign_key_check" },
  { "net", CFOIL_FAULT_DAMAGE, "%d transactions have a net amount that is not gross plus fee, and no settlement line that says so",
    "SELECT 1 FROM txn AS t WHERE net_minor IS NOT NULL AND gross_minor + fee_minor <> net_minor "
    "AND NOT EXISTS (SELECT 1 FROM settlement_line AS l WHERE l.txn_id = t.txn_id AND l.amount_minor + l.fee_minor <> l.net_minor)" },
  { "fee", CFOIL_FAULT_DAMAGE, "%d transactions have a fee that is not its two parts, and no settlement line that says so",
    "SELECT 1 FROM txn AS t WHERE fee_minor IS NOT NULL AND fee_percentage_minor + fee_fixed_minor <> fee_minor "
    "AND NOT EXISTS (SELECT 1 FROM settlement_line AS l WHERE l.txn_id = t.txn_id "
    "AND l.fee_percentage_minor + l.fee_fixed_minor <> l.fee_minor)" },
  { "settled", CFOIL_FAULT_DAMAGE, "%d settled transactions differ from the sum of their settlement lines",
    "SELECT 1 FROM (SELECT txn_id, sum (amount_minor) AS gross, "
    "iif (count (fee_percentage_minor) = count (*), sum (fee_percentage_minor), NULL) AS percentage, "
    "iif (count (fee_fixed_minor) = count (*), sum (fee_fixed_minor), NULL) AS fixed, sum (fee_minor) AS fee, sum (net_minor) AS net, min (posted_us) AS posted "
    "FROM settlement_line GROUP BY txn_id) AS l JOIN txn AS t USING (txn_id) "
    "WHERE t.gross_minor IS NOT l.gross OR t.fee_percentage_minor IS NOT l.percentage OR t.fee_fixed_minor IS NOT l.fixed "
    "OR t.fee_minor IS NOT l.fee OR t.net_minor IS NOT l.net OR t.posted_us IS NOT l.posted" },
  { "unsettled", CFOIL_FAULT_DAMAGE, "%d transactions claim to be settled, but no settlement line says so",
    "SELECT 1 FROM txn AS t WHERE (posted_us IS NOT NULL OR settlement_id IS NOT NULL) "
    "AND NOT EXISTS (SELECT 1 FROM settlement_line AS l WHERE l.txn_id = t.txn_id AND l.settlement_id = t.settlement_id)" },
  { "states", CFOIL_FAULT_DAMAGE, "%d settled transactions have a state or a type that no settlement line gives them",
    "SELECT 1 FROM txn AS t WHERE posted_us IS NOT NULL AND "
    "(NOT EXISTS (SELECT 1 FROM settlement_line AS l WHERE l.txn_id = t.txn_id AND l.type = t.type) "
    "OR (state <> CASE type WHEN 1 THEN 5 WHEN 2 THEN 8 ELSE 0 END AND "
    /* a charge that the provider gave no id to is a mere movement */
    "(state <> 0 OR EXISTS (SELECT 1 FROM settlement_line AS l WHERE l.txn_id = t.txn_id AND l.provider_id <> ''))))" },
  { "unsaid", CFOIL_FAULT_DAMAGE, "%d transactions without settlement lines say what nobody has said of them",
    "SELECT 1 FROM txn AS t WHERE NOT EXISTS (SELECT 1 FROM settlement_line AS l WHERE l.txn_id = t.txn_id) "
    "AND NOT EXISTS (SELECT 1 FROM observation AS o WHERE o.account_id = t.account_id AND o.kind = t.type "
    "AND o.object_id = t.transaction_id AND t.gross_minor IN (0, o.moved_minor))" },
  { "settlements", CFOIL_FAULT_DAMAGE, "%d settlements differ from the sum of their transactions",
    "WITH l AS (SELECT t.settlement_id AS id, t.currency AS currency, sum (t.net_minor) AS net FROM txn AS t "
    "WHERE t.settlement_id IS NOT NULL GROUP BY 1, 2), "
    "s AS (SELECT f.settlement_id AS id, l.currency AS currency, sum (l.net_minor) AS net FROM settlement_line AS l "
    "JOIN (SELECT txn_id, settlement_id FROM txn) AS f USING (txn_id) GROUP BY 1, 2) "
    "SELECT 1 FROM s LEFT JOIN l USING (id, currency) WHERE l.net IS NOT s.net" },
  { "objects", CFOIL_FAULT_DAMAGE, "%d payments or refunds were reported and have no transaction",
    "SELECT 1 FROM observation AS o WHERE kind IN (1, 2) "
    "AND NOT EXISTS (SELECT 1 FROM txn AS t WHERE t.account_id = o.account_id AND t.transaction_id = o.object_id)" },
  { "cases", CFOIL_FAULT_DAMAGE, "%d disputes have no case",
    "SELECT 1 FROM dispute AS d JOIN account AS a USING (account_id) WHERE NOT EXISTS (SELECT 1 FROM dispute_case AS c "
    "WHERE c.dispute_id = d.dispute_id AND c.provider = a.provider AND c.environment = a.environment)" },
  { "case_charges", CFOIL_FAULT_DAMAGE, "%d cases name another payment than their dispute",
    "SELECT 1 FROM dispute_case AS c JOIN dispute AS d ON d.account_id = c.account_id AND d.dispute_id = c.dispute_id "
    "WHERE d.charge_id IS NOT NULL AND c.charge_id <> d.charge_id AND c.kind = 1" },
  { "case_payments", CFOIL_FAULT_DAMAGE, "%d cases have another payment in the table for the overview, or none",
    "SELECT 1 FROM (SELECT * FROM (" CFOIL_CASE_PAYMENT_SQL "EXCEPT SELECT * FROM case_payment) "
    "UNION SELECT * FROM (SELECT * FROM case_payment EXCEPT " CFOIL_CASE_PAYMENT_SQL "))" },
  { "coverage", CFOIL_FAULT_DAMAGE, "%d coverage intervals overlap",
    "SELECT 1 FROM feed_coverage AS a JOIN feed_coverage AS b ON b.feed_id = a.feed_id AND b.start_us > a.start_us AND b.start_us <= a.end_us" },
  { "half_read", CFOIL_FAULT_MISSING, "%d documents are not read to their end",
    "SELECT 1 FROM document WHERE state = 'reading'" },
  /* Once a whole file has said the same rows, the cut one does not matter. */
  { "refused", CFOIL_FAULT_MISSING, "%d documents were refused or cut, and only their rows up to there are in the mirror; import them again from whole files",
    "SELECT 1 FROM document AS d WHERE state = 'refused' AND (n_rows_done = 0 "
    "OR EXISTS (SELECT 1 FROM settlement_line AS l WHERE l.document_id = d.document_id) "
    "OR EXISTS (SELECT 1 FROM observation AS o WHERE o.document_id = d.document_id))" },
  { "not_fetched", CFOIL_FAULT_MISSING, "%d finished reports have not been fetched",
    "SELECT 1 FROM report WHERE status = 2 AND document_id IS NULL" },
  { "provider_net", CFOIL_FAULT_PROVIDER, "%d settlement lines whose net amount is not amount plus fee",
    "SELECT 1 FROM settlement_line WHERE amount_minor + fee_minor <> net_minor" },
  { "provider_fee", CFOIL_FAULT_PROVIDER, "%d settlement lines whose fee is not its two parts",
    "SELECT 1 FROM settlement_line WHERE fee_percentage_minor + fee_fixed_minor <> fee_minor" },
  /* total () where others use sum (): it never overflows, and it is exact up to
   * more than anybody is paid. */
  { "payouts", CFOIL_FAULT_PROVIDER, "%d settlements whose lines do not come to what was paid out: lines and payout belong to different periods, or lines are missing",
    "SELECT 1 FROM disbursement AS d JOIN settlement AS s ON s.account_id = d.account_id AND s.provider_id = d.settlement_provider_id "
    "GROUP BY s.settlement_id, d.currency HAVING total (d.amount_minor) <> (SELECT total (l.net_minor) FROM settlement_line AS l "
    "WHERE l.settlement_id = s.settlement_id AND l.currency = d.currency AND l.type <> 6)" },
};

static const char *const others[] = {
  "integrity", "schema", "search_columns", "sums", "closed_periods", "raw_files", "evidence_files",
};
/* Of those, the ones that look at the database alone. */
#define N_FIRST 5
#define N_CHECKS (G_N_ELEMENTS (checks) + G_N_ELEMENTS (others))

void
cfoil_fault_free (CfoilFault *finding)
{
  if (finding == NULL)
    return;
  g_free (finding->message);
  g_free (finding);
}

const char *
cfoil_fault_advice (CfoilFaultKind kind)
{
  switch (kind)
    {
    case CFOIL_FAULT_MISSING:
      return N_ ("Sync again; import files of your own again.");
    case CFOIL_FAULT_EVIDENCE:
      return N_ ("Take these files from a backup of the mirror, or add them to the answers again.");
    case CFOIL_FAULT_PROVIDER:
      return N_ ("These are the provider's own numbers, kept as they came; see the exceptions.");
    case CFOIL_FAULT_CLOSED:
      return N_ ("Compare these periods with a backup of the mirror, or with what you wrote down when you closed them.");
    case CFOIL_FAULT_DAMAGE:
    default:
      return N_ ("Run “counterfoil-cli rebuild”: it makes the mirror anew from the raw report files and keeps the old one.");
    }
}

static void
add (GPtrArray       *findings,
     const char      *check,
     CfoilFaultKind kind,
     gint64           count,
     char            *message)
{
  CfoilFault *finding = g_new0 (CfoilFault, 1);

  finding->kind = kind;
  finding->check = check;
  finding->count = count;
  finding->message = message;
  g_ptr_array_add (findings, finding);
}

/* What SQLite cannot read, or cannot add up, is damage that was found; only what
 * is wrong with the machine, or a cancel, ends the checks. */
static gboolean
take_failure (GPtrArray  *findings,
              const char *check,
              GError     *failure,
              GError    **error)
{
  if (!g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_INVALID_DATA) && !g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_FAILED))
    {
      g_propagate_error (error, failure);
      return FALSE;
    }
  add (findings, check, CFOIL_FAULT_DAMAGE, 1, g_strdup_printf ("This could not be checked: %s", failure->message));
  g_error_free (failure);
  return TRUE;
}

static gboolean
run_check (CfoilDatabase *reader,
           const Check   *check,
           GPtrArray     *findings,
           GError       **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count (*) FROM (%s)", check->sql);
  GError *failure = NULL;
  gint64 count;

  if (!cfoil_database_get_int64 (reader, sql, &count, &failure))
    return take_failure (findings, check->name, failure, error);
  if (count > 0)
    add (findings, check->name, check->kind, count, g_strdup_printf (check->message, (int) MIN (count, G_MAXINT)));
  return TRUE;
}

static gboolean
check_integrity (CfoilDatabase *reader,
                 GPtrArray     *findings,
                 GError       **error)
{
  g_autoptr (CfoilStatement) rows = cfoil_database_prepare (reader, "PRAGMA integrity_check (20)", error);
  g_autoptr (GString) text = g_string_new (NULL);
  gint64 count = 0;
  CfoilStep step;

  if (rows == NULL)
    return FALSE;
  while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    {
      const char *line = cfoil_statement_column_text (rows, 0);

      if (g_strcmp0 (line, "ok") == 0)
        continue;
      count++;
      g_string_append_printf (text, "%s%s", text->len > 0 ? "; " : "", line);
    }
  if (count > 0) /* also when it broke off */
    add (findings, "integrity", CFOIL_FAULT_DAMAGE, count, g_strdup_printf ("The database file is damaged: %s", text->str));
  return step == CFOIL_STEP_DONE;
}

/* Reads the SQL of all tables, indexes and views. */
static GHashTable *
read_schema (CfoilDatabase *database,
             GError       **error)
{
  g_autoptr (GHashTable) schema = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (CfoilStatement) rows = cfoil_database_prepare (database, "SELECT type || ' ' || name, sql FROM sqlite_schema WHERE sql IS NOT NULL", error);
  CfoilStep step;

  if (rows == NULL)
    return NULL;
  while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    g_hash_table_replace (schema, g_strdup (cfoil_statement_column_text (rows, 0)), g_strdup (cfoil_statement_column_text (rows, 1)));
  return step == CFOIL_STEP_DONE ? g_steal_pointer (&schema) : NULL;
}

static void
compare_schemas (GHashTable *schema,
                 GHashTable *wanted,
                 GPtrArray  *findings)
{
  g_autoptr (GList) names = g_list_sort (g_hash_table_get_keys (wanted), (GCompareFunc) strcmp);
  const char *first = NULL;
  gint64 count = 0;

  for (GList *l = names; l != NULL; l = l->next)
    if (g_strcmp0 (g_hash_table_lookup (schema, l->data), g_hash_table_lookup (wanted, l->data)) != 0 && count++ == 0)
      first = l->data;
  if (count > 0)
    add (findings, "schema", CFOIL_FAULT_DAMAGE, count,
         g_strdup_printf ("%d tables, indexes or views are missing or are not what this program made, the first is the %s", (int) count, first));
}

/* What is there besides is the user's own business. */
static gboolean
check_schema (CfoilDatabase *reader,
              GPtrArray     *findings,
              GError       **error)
{
  g_autoptr (CfoilDatabase) fresh = cfoil_database_open (":memory:", CFOIL_DATABASE_CREATE, error);
  g_autoptr (GHashTable) schema = NULL;
  g_autoptr (GHashTable) wanted = NULL;

  if (fresh == NULL || !cfoil_migrate (fresh, ":memory:", error))
    return FALSE;
  schema = read_schema (reader, error);
  wanted = schema != NULL ? read_schema (fresh, error) : NULL;
  if (wanted == NULL)
    return FALSE;
  compare_schemas (schema, wanted, findings);
  return TRUE;
}

/* Every raw file is there and is what it was. */
static gboolean
check_documents (CfoilMirror   *mirror,
                 CfoilDatabase *reader,
                 GPtrArray     *findings,
                 GCancellable  *cancellable,
                 GError       **error)
{
  g_autoptr (CfoilStatement) rows = cfoil_database_prepare (reader, "SELECT DISTINCT sha256 FROM document ORDER BY 1", error);
  g_autofree char *first = NULL;
  gint64 count = 0;
  CfoilStep step;

  if (rows == NULL)
    return FALSE;
  while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    {
      const char *sha256 = cfoil_statement_column_text (rows, 0);

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (cfoil_document_file_is_intact (mirror, sha256, cancellable))
        continue;
      if (count++ == 0)
        first = g_strdup (sha256);
    }
  if (count > 0)
    add (findings, "raw_files", CFOIL_FAULT_MISSING, count,
         g_strdup_printf ("%d raw report files are missing or damaged, the first is reports/%s.gz; a damaged one is fetched again when you have deleted it", (int) count, first));
  return step == CFOIL_STEP_DONE;
}

/* Files that drafts, submissions and the library name: they are nowhere else. */
static gboolean
check_evidence (CfoilMirror   *mirror,
                CfoilDatabase *reader,
                GPtrArray     *findings,
                GCancellable  *cancellable,
                GError       **error)
{
  g_autoptr (CfoilStatement) rows = NULL;
  g_autofree char *first = NULL;
  gint64 count = 0;
  CfoilStep step;

  rows = cfoil_database_prepare (reader,
                                 "SELECT sha256 FROM submission_item WHERE sha256 IS NOT NULL "
                                 "UNION SELECT sha256 FROM library_item WHERE sha256 IS NOT NULL "
                                 "UNION SELECT j.atom FROM draft AS f JOIN json_tree (iif (json_valid (f.text), f.text, '{}')) AS j "
                                 "ON j.key = 'sha256' AND j.type = 'text' AND j.atom <> '' ORDER BY 1",
                                 error);
  if (rows == NULL)
    return FALSE;
  while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    {
      const char *sha256 = cfoil_statement_column_text (rows, 0);

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (cfoil_evidence_file_is_intact (mirror, sha256, cancellable))
        continue;
      if (count++ == 0)
        first = g_strdup (sha256);
    }
  if (count > 0)
    add (findings, "evidence_files", CFOIL_FAULT_EVIDENCE, count,
         g_strdup_printf ("%d files of answers to disputes are missing or damaged, the first is evidence/%s", (int) MIN (count, G_MAXINT), first));
  return step == CFOIL_STEP_DONE;
}

static gboolean
check_columns (CfoilDatabase *reader,
               GPtrArray     *findings,
               GCancellable  *cancellable,
               GError       **error)
{
  gint64 n_wrong;
  gboolean ok;

  /* Rows and columns of one moment: somebody may be writing. */
  if (!cfoil_database_exec (reader, "BEGIN", error))
    return FALSE;
  ok = cfoil_blocks_check (reader, cancellable, &n_wrong, error);
  cfoil_database_exec (reader, "ROLLBACK", NULL);
  if (!ok)
    return FALSE;
  if (n_wrong > 0)
    add (findings, "search_columns", CFOIL_FAULT_DAMAGE, n_wrong,
         g_strdup_printf ("%d columns for searching are not what the transactions say", (int) MIN (n_wrong, G_MAXINT)));
  return TRUE;
}

static gboolean
check_sums (CfoilDatabase *reader,
            GPtrArray     *findings,
            GCancellable  *cancellable,
            GError       **error)
{
  gint64 n_wrong;
  gboolean ok;

  if (!cfoil_database_exec (reader, "BEGIN", error))
    return FALSE;
  ok = cfoil_summary_check (reader, cancellable, &n_wrong, error);
  cfoil_database_exec (reader, "ROLLBACK", NULL);
  if (ok && n_wrong > 0)
    add (findings, "sums", CFOIL_FAULT_DAMAGE, n_wrong,
         g_strdup_printf ("%d sums by day or settlement are not what their rows come to", (int) MIN (n_wrong, G_MAXINT)));
  return ok;
}

static gboolean
check_periods (CfoilDatabase *reader,
               GPtrArray     *findings,
               GError       **error)
{
  gint64 n_wrong;

  if (!cfoil_period_lock_check (reader, &n_wrong, error))
    return FALSE;
  if (n_wrong > 0)
    add (findings, "closed_periods", CFOIL_FAULT_CLOSED, n_wrong,
         g_strdup_printf ("%d closed periods are not as they were when they were closed, or follow one that is not",
                          (int) MIN (n_wrong, G_MAXINT)));
  return TRUE;
}

/* The checks that are not one SELECT. */
static gboolean
check_others (CfoilMirror   *mirror,
              CfoilDatabase *reader,
              const char    *name,
              GPtrArray     *findings,
              GCancellable  *cancellable,
              GError       **error)
{
  GError *failure = NULL;
  gboolean ok;

  if (g_str_equal (name, "integrity"))
    ok = check_integrity (reader, findings, &failure);
  else if (g_str_equal (name, "schema"))
    ok = check_schema (reader, findings, &failure);
  else if (g_str_equal (name, "search_columns"))
    ok = check_columns (reader, findings, cancellable, &failure);
  else if (g_str_equal (name, "sums"))
    ok = check_sums (reader, findings, cancellable, &failure);
  else if (g_str_equal (name, "closed_periods"))
    ok = check_periods (reader, findings, &failure);
  else if (g_str_equal (name, "evidence_files"))
    ok = check_evidence (mirror, reader, findings, cancellable, &failure);
  else
    ok = check_documents (mirror, reader, findings, cancellable, &failure);
  return ok || take_failure (findings, name, failure, error);
}

static gboolean
check_all (CfoilMirror           *mirror,
           GPtrArray             *findings,
           CfoilCheckProgressFunc progress,
           gpointer               user_data,
           GCancellable          *cancellable,
           GError               **error)
{
  g_autoptr (CfoilDatabase) reader = NULL;
  GError *failure = NULL;

  reader = cfoil_mirror_open_reader (mirror, &failure);
  if (reader == NULL)
    return take_failure (findings, "integrity", failure, error);
  cfoil_database_set_cancellable (reader, cancellable);

  for (guint i = 0; i < N_CHECKS; i++)
    {
      /* the file and its form first, the files beside it last */
      const Check *check = i >= N_FIRST && i < N_FIRST + G_N_ELEMENTS (checks) ? &checks[i - N_FIRST] : NULL;
      const char *name = check != NULL ? check->name : others[i < N_FIRST ? i : i - G_N_ELEMENTS (checks)];

      if (progress != NULL)
        progress (name, i, N_CHECKS, user_data);
      if (check != NULL ? !run_check (reader, check, findings, error)
                        : !check_others (mirror, reader, name, findings, cancellable, error))
        return FALSE;
    }
  return TRUE;
}

GPtrArray *
cfoil_check_run (CfoilMirror           *mirror,
                 CfoilCheckProgressFunc progress,
                 gpointer               user_data,
                 GCancellable          *cancellable,
                 GError               **error)
{
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func ((GDestroyNotify) cfoil_fault_free);

  g_return_val_if_fail (CFOIL_IS_MIRROR (mirror), NULL);

  return check_all (mirror, findings, progress, user_data, cancellable, error) ? g_steal_pointer (&findings) : NULL;
}
