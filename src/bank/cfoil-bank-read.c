/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-bank-private.h"
#include "cfoil-bank-value.h"
#include "cfoil-error.h"

#include <glib/gi18n.h>

static const char *
cell (char **cells,
      guint  column)
{
  return column > 0 && column <= g_strv_length (cells) ? cells[column - 1] : "";
}

/* The order that all dates of the start can be in. */
static gboolean
resolve_dates (CfoilBankMapping       *mapping,
               const CfoilBankPreview *preview,
               GError                **error)
{
  guint orders = ~0u;

  if (mapping->dates != CFOIL_BANK_DATES_AUTO)
    return TRUE;
  for (guint i = 0; i < preview->rows->len; i++)
    {
      const char *text = cell (g_ptr_array_index (preview->rows, i), mapping->date);
      guint possible = cfoil_bank_guess_dates (text);

      if (possible != 0)
        orders &= possible;
    }
  for (guint i = CFOIL_BANK_DATES_YMD; i < CFOIL_N_BANK_DATES; i++)
    if (orders == 1u << i)
      mapping->dates = (CfoilBankDates) i;
  /* There is none at all: the first line that should have one is told. */
  if (orders == ~0u)
    mapping->dates = CFOIL_BANK_DATES_YMD;
  if (mapping->dates != CFOIL_BANK_DATES_AUTO)
    return TRUE;
  g_set_error_literal (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_COLUMNS,
                       _ ("The dates can be read in two ways; say whether the day or the month comes first"));
  return FALSE;
}

static void
look_at_amount (const char *text,
                gboolean   *has_comma,
                gboolean   *has_point,
                gboolean   *is_unclear)
{
  char mark = cfoil_bank_guess_mark (text);

  *has_comma = *has_comma || mark == ',';
  *has_point = *has_point || mark == '.';
  if (mark == 0)
    for (const char *at = text; *at != '\0'; at++)
      *is_unclear = *is_unclear || *at == ',' || *at == '.';
}

static gboolean
resolve_mark (CfoilBankMapping       *mapping,
              const CfoilBankPreview *preview,
              GError                **error)
{
  gboolean has_comma = FALSE, has_point = FALSE, is_unclear = FALSE;

  if (mapping->decimal_mark != 0)
    return TRUE;
  for (guint i = 0; i < preview->rows->len; i++)
    {
      char **cells = g_ptr_array_index (preview->rows, i);

      look_at_amount (cell (cells, mapping->amount), &has_comma, &has_point, &is_unclear);
      look_at_amount (cell (cells, mapping->credit), &has_comma, &has_point, &is_unclear);
      look_at_amount (cell (cells, mapping->debit), &has_comma, &has_point, &is_unclear);
    }
  if (has_comma != has_point || (!has_comma && !is_unclear))
    {
      mapping->decimal_mark = has_comma ? ',' : '.';
      return TRUE;
    }
  g_set_error_literal (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_COLUMNS,
                       _ ("The amounts can be read in two ways; say whether decimals follow a comma or a point"));
  return FALSE;
}

CfoilBankMapping *
_cfoil_bank_resolve (const CfoilBankMapping *mapping,
                     const CfoilBankPreview *preview,
                     GError                **error)
{
  g_autoptr (CfoilBankMapping) resolved = NULL;

  if (mapping == NULL)
    {
      g_set_error_literal (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_COLUMNS, _ ("Nobody has said what the columns of this file mean"));
      return NULL;
    }
  if (!cfoil_bank_mapping_check (mapping, error))
    return NULL;
  resolved = cfoil_bank_mapping_copy (mapping);
  resolved->separator = preview->separator;
  return resolve_dates (resolved, preview, error) && resolve_mark (resolved, preview, error) ? g_steal_pointer (&resolved) : NULL;
}

static gboolean
read_csv (CfoilBankReading       *reading,
          const CfoilBankMapping *mapping,
          const CfoilBankPreview *preview,
          GError                **error)
{
  g_autoptr (CfoilBankMapping) resolved = _cfoil_bank_resolve (mapping, preview, error);

  return resolved != NULL && _cfoil_bank_read_csv (reading, resolved, preview->header_row, error);
}

gboolean
cfoil_bank_read_sync (const char             *path,
                      const CfoilBankMapping *mapping,
                      CfoilBankEntryFunc      func,
                      gpointer                user_data,
                      guint64                *n_skipped,
                      CfoilBankProgressFunc   progress,
                      gpointer                progress_data,
                      GCancellable           *cancellable,
                      GError                **error)
{
  g_autoptr (CfoilBankPreview) preview = cfoil_bank_preview_sync (path, mapping, cancellable, error);
  g_autoptr (CfoilBankStream) stream = NULL;
  CfoilBankReading reading = { .func = func, .user_data = user_data };
  gboolean ok;

  if (preview == NULL || (stream = _cfoil_bank_stream_open (path, preview->encoding, cancellable, error)) == NULL)
    return FALSE;
  reading.stream = stream;
  _cfoil_bank_stream_set_progress (stream, progress, progress_data);
  if (preview->format == CFOIL_BANK_CSV)
    ok = read_csv (&reading, mapping, preview, error);
  else if (preview->format == CFOIL_BANK_OFX)
    ok = _cfoil_bank_read_ofx (&reading, error);
  else
    ok = _cfoil_bank_read_camt (&reading, error);
  *n_skipped = reading.n_skipped;
  return ok;
}
