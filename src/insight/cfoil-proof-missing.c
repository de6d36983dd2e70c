/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-proof-private.h"

#include <glib/gi18n.h>

/* Payments, refunds and disputes of the period that stand in no settlement: with the usual
 * fee of their kind they may be the row that is missing, or together the rows that are. */

/* So long before it is captured or done a payment or refund was made, at most. */
#define MADE_US 5184000000000 /* 60 days */
#define MAX_MISSING 400
/* Rates are tried for each of so many together. */
#define MAX_TOGETHER 8

#define PAYMENTS_SQL \
  "SELECT t.transaction_id, t.gross_minor, t.type FROM txn AS t INDEXED BY txn_unsettled " \
  "WHERE t.type = 1 AND t.state = 5 AND t.settlement_id IS NULL AND t.sort_us >= ?3 - " G_STRINGIFY (MADE_US) " AND t.sort_us <= ?4 " \
  "AND coalesce (t.updated_us, t.sort_us) BETWEEN ?3 AND ?4 AND t.account_id = ?1 AND t.currency = ?2 LIMIT " G_STRINGIFY (MAX_MISSING)

#define REFUNDS_SQL \
  "SELECT t.transaction_id, t.gross_minor, t.type FROM txn AS t INDEXED BY txn_sort " \
  "WHERE t.type = 2 AND t.state = 8 AND t.settlement_id IS NULL AND t.sort_us >= ?3 - " G_STRINGIFY (MADE_US) " AND t.sort_us <= ?4 " \
  "AND coalesce (t.updated_us, t.sort_us) BETWEEN ?3 AND ?4 AND t.account_id = ?1 AND t.currency = ?2 LIMIT " G_STRINGIFY (MAX_MISSING)

#define DISPUTES_SQL \
  "SELECT d.dispute_id, -d.amount_minor, 3 FROM dispute AS d WHERE d.account_id = ?1 AND d.currency = ?2 AND d.amount_minor > 0 " \
  "AND d.opened_us BETWEEN ?3 AND ?4 " \
  "AND NOT EXISTS (SELECT 1 FROM txn AS t WHERE t.dispute_id = d.dispute_id AND t.account_id = ?1 AND t.type = 3) " \
  "AND NOT EXISTS (SELECT 1 FROM txn AS t WHERE t.charge_id = d.charge_id AND t.account_id = ?1 AND t.type = 3) LIMIT " \
  G_STRINGIFY (MAX_MISSING)

/* Of what expired or was canceled a fee is taken, where it is taken of others. */
#define UNUSED_SQL \
  "SELECT t.transaction_id, 0, 10 FROM txn AS t INDEXED BY txn_sort " \
  "WHERE t.type = 1 AND t.state = 7 AND t.sort_us >= ?3 - " G_STRINGIFY (MADE_US) " AND t.sort_us <= ?4 " \
  "AND t.updated_us BETWEEN ?3 AND ?4 AND t.account_id = ?1 AND t.currency = ?2 " \
  "AND NOT EXISTS (SELECT 1 FROM txn AS f WHERE f.charge_id = t.transaction_id AND f.type = 10) LIMIT " G_STRINGIFY (MAX_MISSING)

typedef struct
{
  char *id;      /* (owned) */
  CfoilType type;
  gint64 amount_minor;
  gint64 nets[G_N_ELEMENTS (((CfoilUsualFee *) NULL)->rates) + 1];
  guint n_nets;
} Missing;

static void
clear_missing (gpointer data)
{
  g_free (((Missing *) data)->id);
}

/* What it comes to by each usual rate; the fee of a refund comes back. */
static void
fill_nets (Missing             *self,
           const CfoilUsualFee *usual)
{
  gint64 fixed = usual->fixed_minor != CFOIL_UNKNOWN ? usual->fixed_minor : 0;

  for (guint i = 0; i < usual->n_rates; i++)
    {
      gint64 fee = _cfoil_usual_fee_of (self->amount_minor, usual->rates[i]);

      self->nets[self->n_nets++] = self->amount_minor + (self->amount_minor > 0 ? -fee : fee) + fixed;
    }
  if (usual->n_rates == 0)
    self->nets[self->n_nets++] = self->amount_minor + fixed;
}

static gboolean
read_missing (CfoilProofDig *self,
              const char    *sql,
              GArray        *found,
              GError       **error)
{
  const CfoilProof *proof = self->item->proof;
  g_autoptr (CfoilStatement) rows = cfoil_database_prepare (self->database, sql, error);
  CfoilStep step;

  if (rows == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (rows, 1, self->item->account_id);
  cfoil_statement_bind_text (rows, 2, proof->currency);
  cfoil_statement_bind_int64 (rows, 3, proof->start_us);
  cfoil_statement_bind_int64 (rows, 4, proof->end_us);
  while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    {
      Missing missing = {
        .id = g_strdup (cfoil_statement_column_text (rows, 0)),
        .amount_minor = cfoil_statement_column_int64 (rows, 1),
        .type = (CfoilType) cfoil_statement_column_int64 (rows, 2),
      };

      fill_nets (&missing, &self->usual[missing.type]);
      g_array_append_val (found, missing);
    }
  return step == CFOIL_STEP_DONE;
}

static char *
describe (const CfoilProof *proof,
          const Missing    *missing,
          gint64            net)
{
  g_autofree char *amount = _cfoil_proof_money (proof, missing->amount_minor);
  g_autofree char *sum = _cfoil_proof_money (proof, net);

  switch ((guint) missing->type)
    {
    case CFOIL_TYPE_CHARGE:
      return g_strdup_printf (
        /* Translators: an id, two amounts. */
        _ ("Payment %s of %s was captured in this period but stands in no settlement; with the usual fee it comes to %s"), missing->id,
        amount, sum);
    case CFOIL_TYPE_REFUND:
      return g_strdup_printf (
        /* Translators: an id, two amounts. */
        _ ("Refund %s of %s was made in this period but stands in no settlement; with the usual fee it comes to %s"), missing->id,
        amount, sum);
    case CFOIL_TYPE_AUTHORIZATION_FEE:
      return g_strdup_printf (
        /* Translators: an id, an amount. */
        _ ("Payment %s was canceled in this period; such payments usually have a line with a fee of %s, and it has none"), missing->id, sum);
    default:
      return g_strdup_printf (
        /* Translators: an id, an amount. */
        _ ("Dispute %s of %s was opened in this period, and no settlement says that it was taken"), missing->id, amount);
    }
}

/* Each that comes to the remainder alone. */
static void
add_single (CfoilProofDig *self,
            const Missing *missing,
            gint64         target)
{
  for (guint i = 0; i < missing->n_nets; i++)
    if (missing->nets[i] == target && target != 0)
      {
        CfoilCandidate *candidate = _cfoil_candidates_add (self->candidates, CFOIL_CAUSE_MISSING_DAY, target,
                                                           describe (self->item->proof, missing, target));

        candidate->query = _cfoil_proof_query_of_id (missing->id);
        return;
      }
}

/* Whether the rates can be chosen so that all from AT on come to TARGET. */
static gboolean
come_to (const GArray *found,
         guint         at,
         gint64        target)
{
  const Missing *missing;

  if (at == found->len)
    return target == 0;
  missing = &g_array_index (found, Missing, at);
  for (guint i = 0; i < missing->n_nets; i++)
    if (come_to (found, at + 1, target - missing->nets[i]))
      return TRUE;
  return FALSE;
}

static void
add_together (CfoilProofDig *self,
              const GArray  *found,
              gint64         target)
{
  g_autofree char *sum = NULL;

  if (found->len < 2 || found->len > MAX_TOGETHER || !come_to (found, 0, target))
    return;
  sum = _cfoil_proof_money (self->item->proof, target);
  _cfoil_candidates_add (self->candidates, CFOIL_CAUSE_MISSING_DAY, target,
                         /* Translators: a number, an amount. */
                         g_strdup_printf (_ ("%d payments and refunds of this period stand in no settlement; with the usual fees they "
                                             "come to %s"), (int) found->len, sum));
}

static void
add_singles (CfoilProofDig *self,
             const GArray  *found)
{
  for (guint i = 0; i < found->len; i++)
    for (guint k = 0; k < self->n_targets; k++)
      add_single (self, &g_array_index (found, Missing, i), self->targets[k]);
}

gboolean
_cfoil_proof_dig_add_missing (CfoilProofDig *self,
                              guint         *n,
                              gint64        *sum,
                              GError       **error)
{
  const CfoilProof *proof = self->item->proof;
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (Missing));
  g_autoptr (GArray) others = g_array_new (FALSE, FALSE, sizeof (Missing));

  *n = 0;
  *sum = 0;
  g_array_set_clear_func (found, clear_missing);
  g_array_set_clear_func (others, clear_missing);
  if (proof->start_us == CFOIL_UNKNOWN || proof->end_us == CFOIL_UNKNOWN)
    return TRUE;
  if (!read_missing (self, PAYMENTS_SQL, found, error) || !read_missing (self, REFUNDS_SQL, found, error) ||
      !read_missing (self, DISPUTES_SQL, others, error) || !read_missing (self, UNUSED_SQL, others, error))
    return FALSE;
  *n = found->len;
  for (guint i = 0; i < found->len; i++)
    *sum += g_array_index (found, Missing, i).amount_minor;
  add_singles (self, found);
  add_singles (self, others);
  for (guint k = 0; k < self->n_targets; k++)
    add_together (self, found, self->targets[k]);
  return TRUE;
}
