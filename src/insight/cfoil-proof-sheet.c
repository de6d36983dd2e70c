/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-proof-figure.h"

#include "cfoil-proof-private.h"

#include <glib/gi18n.h>

/* --- the list --- */

/* What fits on a sheet. */
enum
{
  SUM_OPENING,
  SUM_CAPTURES,
  SUM_REFUNDS,
  SUM_FEES,
  SUM_DISPUTES,
  SUM_OTHER,
  SUM_CLOSING,
  SUM_COMPUTED,
  SUM_DISBURSED,
  SUM_DIFFERENCE,
  N_SUMS
};

static void
get_amounts (const CfoilProof *proof,
             gint64            amounts[N_SUMS])
{
  amounts[SUM_OPENING] = proof->opening_minor;
  amounts[SUM_CAPTURES] = proof->captures_minor;
  amounts[SUM_REFUNDS] = proof->refunds_minor;
  amounts[SUM_FEES] = proof->fees_minor;
  amounts[SUM_DISPUTES] = proof->chargebacks_minor + proof->claims_minor;
  amounts[SUM_OTHER] = proof->adjustments_minor + proof->other_minor + proof->rounding_minor;
  amounts[SUM_CLOSING] = proof->closing_minor;
  amounts[SUM_COMPUTED] = proof->computed_minor;
  amounts[SUM_DISBURSED] = proof->disbursed_minor;
  amounts[SUM_DIFFERENCE] = cfoil_proof_figure_get_minor (CFOIL_PROOF_DIFFERENCE, proof);
}

static void
add_sheet_columns (CfoilTable *table)
{
  static const char *const titles[N_SUMS] = {
    N_ ("Opening"), N_ ("Captures"), N_ ("Refunds"), N_ ("Fees"), N_ ("Disputes"), N_ ("Other"), N_ ("Closing"), N_ ("To Be Paid Out"),
    N_ ("Paid Out"), N_ ("Difference"),
  };
  static const char *const names[N_SUMS] = {
    "opening", "captures", "refunds", "fees", "disputes", "other", "closing", "computed", "disbursed", "difference",
  };

  /* Titles of groups and sums stand in the first column. */
  cfoil_table_add_column (table, "settlement_id", _ ("Settlement"), CFOIL_COLUMN_TEXT);
  cfoil_table_add_column (table, "until", _ ("Until"), CFOIL_COLUMN_TIME);
  for (guint i = 0; i < N_SUMS; i++)
    cfoil_table_add_column (table, names[i], gettext (titles[i]), CFOIL_COLUMN_MONEY);
  cfoil_table_add_column (table, "proof", _ ("Proof"), CFOIL_COLUMN_TEXT);
}

static void
add_proof (CfoilTable       *table,
           const CfoilProof *proof,
           gint64            sums[N_SUMS])
{
  gint64 amounts[N_SUMS];

  get_amounts (proof, amounts);
  cfoil_table_begin_row (table, CFOIL_ROW_PLAIN, NULL);
  cfoil_table_add_text (table, proof->settlement_id);
  cfoil_table_add_number (table, proof->end_us != CFOIL_UNKNOWN ? proof->end_us : proof->disbursed_us);
  for (guint i = 0; i < N_SUMS; i++)
    {
      cfoil_table_add_money (table, amounts[i], proof->currency);
      if (amounts[i] != CFOIL_UNKNOWN)
        sums[i] += amounts[i];
    }
  cfoil_table_add_named (table, gettext (cfoil_proof_state_get_title (proof->state)), cfoil_proof_state_to_string (proof->state));
}

/* Balances are no movements: their sum would say nothing. */
static void
add_sums (CfoilTable   *table,
          const char   *currency,
          const gint64  sums[N_SUMS])
{
  cfoil_table_begin_row (table, CFOIL_ROW_TOTAL, NULL);
  cfoil_table_add_text (table, _ ("Total"));
  cfoil_table_add_number (table, CFOIL_UNKNOWN);
  for (guint i = 0; i < N_SUMS; i++)
    cfoil_table_add_money (table, i == SUM_OPENING || i == SUM_CLOSING ? CFOIL_UNKNOWN : sums[i], currency);
  cfoil_table_add_text (table, NULL);
}

static void
add_group (CfoilTable *table,
           const char *title)
{
  guint n = cfoil_table_get_n_columns (table);

  cfoil_table_begin_row (table, CFOIL_ROW_GROUP, NULL);
  for (guint i = 0; i < n; i++)
    switch (cfoil_table_get_column (table, i)->kind)
      {
      case CFOIL_COLUMN_TEXT:
        cfoil_table_add_text (table, title);
        title = NULL;
        break;
      case CFOIL_COLUMN_MONEY:
        cfoil_table_add_money (table, CFOIL_UNKNOWN, NULL);
        break;
      case CFOIL_COLUMN_COUNT:
      case CFOIL_COLUMN_RATIO:
      case CFOIL_COLUMN_DAY:
      case CFOIL_COLUMN_TIME:
      case CFOIL_COLUMN_SPAN:
      default:
        cfoil_table_add_number (table, CFOIL_UNKNOWN);
        break;
      }
}

CfoilTable *
cfoil_proof_to_sheet (GPtrArray *proofs)
{
  CfoilTable *table = cfoil_table_new ("settlements", _ ("Settlements"));
  g_autoptr (GHashTable) done = g_hash_table_new (g_str_hash, g_str_equal);

  add_sheet_columns (table);
  for (guint first = 0; first < proofs->len; first++)
    {
      const char *currency = ((CfoilProof *) g_ptr_array_index (proofs, first))->currency;
      gint64 sums[N_SUMS] = { 0 };

      if (!g_hash_table_add (done, (gpointer) currency))
        continue;
      add_group (table, currency);
      for (guint i = first; i < proofs->len; i++)
        if (g_str_equal (((CfoilProof *) g_ptr_array_index (proofs, i))->currency, currency))
          add_proof (table, g_ptr_array_index (proofs, i), sums);
      add_sums (table, currency, sums);
    }
  return table;
}

/* --- one of them --- */

static void
add_page_columns (CfoilTable *table)
{
  cfoil_table_add_column (table, "what", _ ("What"), CFOIL_COLUMN_TEXT);
  cfoil_table_add_column (table, "row", _ ("Row"), CFOIL_COLUMN_COUNT);
  cfoil_table_add_column (table, "posted", _ ("Posted"), CFOIL_COLUMN_TIME);
  cfoil_table_add_column (table, "id", _ ("Transaction ID"), CFOIL_COLUMN_TEXT);
  cfoil_table_add_column (table, "amount", _ ("Amount"), CFOIL_COLUMN_MONEY);
  cfoil_table_add_column (table, "fee", _ ("Fee"), CFOIL_COLUMN_MONEY);
  cfoil_table_add_column (table, "net", _ ("Net"), CFOIL_COLUMN_MONEY);
}

static void
add_figure (CfoilTable       *table,
            const CfoilProof *proof,
            CfoilProofFigure  figure)
{
  const CfoilProofFigureInfo *info = cfoil_proof_figure_get_info (figure);

  if (!cfoil_proof_figure_is_shown (figure, proof))
    return;
  cfoil_table_begin_row (table, info->is_sum ? CFOIL_ROW_SUBTOTAL : CFOIL_ROW_PLAIN, NULL);
  cfoil_table_add_text (table, gettext (info->title));
  cfoil_table_add_number (table, CFOIL_UNKNOWN);
  cfoil_table_add_number (table, figure == CFOIL_PROOF_DISBURSED ? proof->disbursed_us : CFOIL_UNKNOWN);
  cfoil_table_add_text (table, figure == CFOIL_PROOF_DISBURSED ? proof->bank_reference : NULL);
  /* A part is in the figure above it already. */
  cfoil_table_add_money (table, info->is_part ? cfoil_proof_figure_get_minor (figure, proof) : CFOIL_UNKNOWN, proof->currency);
  cfoil_table_add_money (table, CFOIL_UNKNOWN, proof->currency);
  cfoil_table_add_money (table, info->is_part ? CFOIL_UNKNOWN : cfoil_proof_figure_get_minor (figure, proof), proof->currency);
}

static void
add_causes (CfoilTable       *table,
            const CfoilProof *proof)
{
  for (guint i = 0; i < proof->causes->len; i++)
    {
      const CfoilCause *cause = g_ptr_array_index (proof->causes, i);
      g_autofree char *amount = cause->minor != 0 ? _cfoil_proof_money (proof, cause->minor) : NULL;
      g_autofree char *sentence = cfoil_cause_dup_sentence (cause);
      g_autofree char *text = amount != NULL ? g_strdup_printf ("%s (%s)", sentence, amount) : g_strdup (sentence);

      cfoil_table_add_note (table, text);
    }
}

/* Columns are those of cfoil_proof_read_lines (). */
static void
add_line (CfoilTable       *table,
          const CfoilProof *proof,
          const CfoilTable *lines,
          guint             row)
{
  const char *id = cfoil_table_get_text (lines, row, 4);

  cfoil_table_begin_row (table, CFOIL_ROW_PLAIN, NULL);
  cfoil_table_add_text (table, cfoil_table_get_text (lines, row, 3));
  cfoil_table_add_number (table, cfoil_table_get_number (lines, row, 0));
  cfoil_table_add_number (table, cfoil_table_get_number (lines, row, 1));
  cfoil_table_add_text (table, id != NULL && *id != '\0' ? id : cfoil_table_get_text (lines, row, 6));
  for (guint column = 7; column <= 9; column++)
    cfoil_table_add_money (table, cfoil_table_get_number (lines, row, column), proof->currency);
}

CfoilTable *
cfoil_proof_to_page (const CfoilProof *proof,
                     const CfoilTable *lines)
{
  /* Translators: the number of a settlement. */
  g_autofree char *title = g_strdup_printf (_ ("Settlement %s"), proof->settlement_id);
  CfoilTable *table = cfoil_table_new ("settlement", title);
  g_autofree char *about = g_strdup_printf ("%s · %s · %s", proof->account, proof->currency,
                                            gettext (cfoil_proof_state_get_title (proof->state)));

  add_page_columns (table);
  cfoil_table_add_note (table, about);
  add_causes (table, proof);
  add_group (table, _ ("How It Adds Up"));
  for (guint i = 0; i < CFOIL_N_PROOF_FIGURES; i++)
    add_figure (table, proof, (CfoilProofFigure) i);
  add_group (table, C_ ("of a settlement", "Lines"));
  for (guint row = 0; row < cfoil_table_get_n_rows (lines); row++)
    add_line (table, proof, lines, row);
  return table;
}
