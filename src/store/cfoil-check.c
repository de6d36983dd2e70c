/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-check.h"

#include "cfoil-document-file.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct
{
  const char *name;
  CfoilFindingKind kind;
  const char *message; /* %d: how many */
  const char *sql;     /* SELECT that gives one row for each thing that is wrong */
} Check;

static const Check checks[] = {
  { "foreign_keys", CFOIL_FINDING_DAMAGE, "%d rows refer to rows that are not there",
    "SELECT * FROM pragma_foreign_key_check" },
  { "net", CFOIL_FINDING_DAMAGE, "%d transactions have a net amount that is not gross plus fee, and no settlement line that says so",
    "SELECT 1 FROM txn AS t WHERE net_minor IS NOT NULL AND gross_minor + fee_minor <> net_minor "
    "AND NOT EXISTS (SELECT 1 FROM settlement_line AS l WHERE l.txn_id = t.txn_id AND l.amount_minor + l.fee_minor <> l.net_minor)" },
  { "fee", CFOIL_FINDING_DAMAGE, "%d transactions have a fee that is not its two parts, and no settlement line that says so",
    "SELECT 1 FROM txn AS t WHERE fee_minor IS NOT NULL AND fee_percentage_minor + fee_fixed_minor <> fee_minor "
    "AND NOT EXISTS (SELECT 1 FROM settlement_line AS l WHERE l.txn_id = t.txn_id "
    "AND l.fee_percentage_minor + l.fee_fixed_minor <> l.fee_minor)" },
  { "settled", CFOIL_FINDING_DAMAGE, "%d settled transactions differ from the sum of their settlement lines",
    "SELECT 1 FROM (SELECT txn_id, sum (amount_minor) AS gross, "
    "iif (count (fee_percentage_minor) = count (*), sum (fee_percentage_minor), NULL) AS percentage, "
    "iif (count (fee_fixed_minor) = count (*), sum (fee_fixed_minor), NULL) AS fixed, sum (fee_minor) AS fee, sum (net_minor) AS net, min (posted_us) AS posted "
    "FROM settlement_line GROUP BY txn_id) AS l JOIN txn AS t USING (txn_id) "
    "WHERE t.gross_minor IS NOT l.gross OR t.fee_percentage_minor IS NOT l.percentage OR t.fee_fixed_minor IS NOT l.fixed "
    "OR t.fee_minor IS NOT l.fee OR t.net_minor IS NOT l.net OR t.posted_us IS NOT l.posted" },
  { "unsettled", CFOIL_FINDING_DAMAGE, "%d transactions claim to be settled, but no settlement line says so",
    "SELECT 1 FROM txn AS t WHERE (posted_us IS NOT NULL OR settlement_id IS NOT NULL) "
    "AND NOT EXISTS (SELECT 1 FROM settlement_line AS l WHERE l.txn_id = t.txn_id AND l.settlement_id = t.settlement_id)" },
  { "settlements", CFOIL_FINDING_DAMAGE, "%d settlements differ from the sum of their transactions",
    "WITH l AS (SELECT t.settlement_id AS id, t.currency AS currency, sum (t.net_minor) AS net FROM txn AS t "
    "WHERE t.settlement_id IS NOT NULL GROUP BY 1, 2), "
    "s AS (SELECT f.settlement_id AS id, l.currency AS currency, sum (l.net_minor) AS net FROM settlement_line AS l "
    "JOIN (SELECT txn_id, settlement_id FROM txn) AS f USING (txn_id) GROUP BY 1, 2) "
    "SELECT 1 FROM s LEFT JOIN l USING (id, currency) WHERE l.net IS NOT s.net" },
  { "objects", CFOIL_FINDING_DAMAGE, "%d payments or refunds were reported and have no transaction",
    "SELECT 1 FROM observation AS o WHERE kind IN (1, 2) "
    "AND NOT EXISTS (SELECT 1 FROM txn AS t WHERE t.account_id = o.account_id AND t.transaction_id = o.object_id)" },
  { "coverage", CFOIL_FINDING_DAMAGE, "%d coverage intervals overlap",
    "SELECT 1 FROM feed_coverage AS a JOIN feed_coverage AS b ON b.feed_id = a.feed_id AND b.start_us > a.start_us AND b.start_us <= a.end_us" },
  { "half_read", CFOIL_FINDING_MISSING, "%d documents are not read to their end",
    "SELECT 1 FROM document WHERE state = 'reading'" },
  { "not_fetched", CFOIL_FINDING_MISSING, "%d finished reports have not been fetched",
    "SELECT 1 FROM report WHERE status = 2 AND document_id IS NULL" },
  { "provider_net", CFOIL_FINDING_PROVIDER, "%d settlement lines whose net amount is not amount plus fee",
    "SELECT 1 FROM settlement_line WHERE amount_minor + fee_minor <> net_minor" },
  { "provider_fee", CFOIL_FINDING_PROVIDER, "%d settlement lines whose fee is not its two parts",
    "SELECT 1 FROM settlement_line WHERE fee_percentage_minor + fee_fixed_minor <> fee_minor" },
};

#define N_CHECKS (G_N_ELEMENTS (checks) + 2)

void
cfoil_finding_free (CfoilFinding *finding)
{
  if (finding == NULL)
    return;
  g_free (finding->message);
  g_free (finding);
}

const char *
cfoil_finding_advice (CfoilFindingKind kind)
{
  switch (kind)
    {
    case CFOIL_FINDING_MISSING:
      return N_ ("Sync again; import files of your own again.");
    case CFOIL_FINDING_PROVIDER:
      return N_ ("These are the provider's own numbers, kept as they came; see the exceptions.");
    case CFOIL_FINDING_DAMAGE:
    default:
      return N_ ("Run “counterfoil-cli rebuild”: it makes the mirror anew from the raw report files and keeps the old one.");
    }
}

static void
add (GPtrArray       *findings,
     const char      *check,
     CfoilFindingKind kind,
     gint64           count,
     char            *message)
{
  CfoilFinding *finding = g_new0 (CfoilFinding, 1);

  finding->kind = kind;
  finding->check = check;
  finding->count = count;
  finding->message = message;
  g_ptr_array_add (findings, finding);
}

static gboolean
run_check (CfoilDatabase *reader,
           const Check   *check,
           GPtrArray     *findings,
           GError       **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count (*) FROM (%s)", check->sql);
  gint64 count;

  if (!cfoil_database_get_int64 (reader, sql, &count, error))
    return FALSE;
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
  if (count > 0)
    add (findings, "integrity", CFOIL_FINDING_DAMAGE, count, g_strdup_printf ("The database file is damaged: %s", text->str));
  return step == CFOIL_STEP_DONE;
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
    add (findings, "raw_files", CFOIL_FINDING_MISSING, count,
         g_strdup_printf ("%d raw report files are missing or damaged, the first is reports/%s.gz", (int) count, first));
  return step == CFOIL_STEP_DONE;
}

GPtrArray *
cfoil_check_run (CfoilMirror           *mirror,
                 CfoilCheckProgressFunc progress,
                 gpointer               user_data,
                 GCancellable          *cancellable,
                 GError               **error)
{
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func ((GDestroyNotify) cfoil_finding_free);
  g_autoptr (CfoilDatabase) reader = NULL;

  g_return_val_if_fail (CFOIL_IS_MIRROR (mirror), NULL);

  reader = cfoil_mirror_open_reader (mirror, error);
  if (reader == NULL)
    return NULL;
  cfoil_database_set_cancellable (reader, cancellable);

  if (progress != NULL)
    progress ("integrity", 0, N_CHECKS, user_data);
  if (!check_integrity (reader, findings, error))
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (checks); i++)
    {
      if (progress != NULL)
        progress (checks[i].name, i + 1, N_CHECKS, user_data);
      if (!run_check (reader, &checks[i], findings, error))
        return NULL;
    }
  if (progress != NULL)
    progress ("raw_files", N_CHECKS - 1, N_CHECKS, user_data);
  if (!check_documents (mirror, reader, findings, cancellable, error))
    return NULL;
  return g_steal_pointer (&findings);
}
