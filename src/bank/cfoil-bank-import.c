/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-bank.h"

#include "cfoil-bank-match.h"
#include "cfoil-digest.h"
#include "cfoil-error.h"
#include "cfoil-time.h"

#include <glib/gi18n.h>

#define CHUNK (64 * 1024)

typedef struct
{
  CfoilDatabase *writer;
  CfoilStatement *seen;
  CfoilStatement *insert;
  CfoilStatement *repeat;
  gint64 statement_id;
  CfoilBankResult *result;
  GCancellable *cancellable;
} Import;

const char *
cfoil_bank_format_to_string (CfoilBankFormat format)
{
  static const char *const names[] = { "csv", "ofx", "camt" };

  return names[format];
}

char *
cfoil_bank_result_dup_skipped (const CfoilBankResult *self)
{
  g_autofree char *number = g_strdup_printf ("%" G_GUINT64_FORMAT, self->n_skipped);

  if (self->n_skipped == 0)
    return NULL;
  if (self->format == CFOIL_BANK_CSV)
    /* Translators: a number of lines of a bank's file. */
    return g_strdup_printf (ngettext ("%s line without a date was left out", "%s lines without a date were left out", (gulong) self->n_skipped), number);
  /* Translators: a number of entries of a bank statement. */
  return g_strdup_printf (ngettext ("%s entry that is not booked yet was left out", "%s entries that are not booked yet were left out",
                                    (gulong) self->n_skipped), number);
}

static gboolean
hash_file (const char   *path,
           char          sha256[CFOIL_DIGEST_TEXT],
           GCancellable *cancellable,
           GError      **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) input = g_file_read (file, cancellable, error);
  g_autoptr (CfoilDigest) digest = cfoil_digest_new ();
  g_autofree char *buffer = g_malloc (CHUNK);
  gssize n;

  if (input == NULL)
    return FALSE;
  while ((n = g_input_stream_read (G_INPUT_STREAM (input), buffer, CHUNK, cancellable, error)) > 0)
    cfoil_digest_update (digest, buffer, (gsize) n);
  cfoil_digest_finish (digest, sha256);
  return n == 0;
}

/* Entries of one file that agree in all are so many entries; the same of another file are
 * the same ones. */
static gboolean
count_equal (Import               *self,
             const CfoilBankEntry *entry,
             gint64               *ordinal,
             GError              **error)
{
  CfoilStep step;

  cfoil_statement_bind_text (self->seen, 1, entry->bank_account);
  cfoil_statement_bind_int64 (self->seen, 2, entry->day);
  cfoil_statement_bind_text (self->seen, 3, entry->currency);
  cfoil_statement_bind_int64 (self->seen, 4, entry->amount_minor);
  cfoil_statement_bind_text (self->seen, 5, entry->reference);
  cfoil_statement_bind_text (self->seen, 6, entry->text);
  step = cfoil_statement_step (self->seen, error);
  if (step == CFOIL_STEP_ROW)
    *ordinal = cfoil_statement_column_int64 (self->seen, 0);
  cfoil_statement_reset (self->seen);
  return step == CFOIL_STEP_ROW;
}

static void
bind_entry (CfoilStatement       *statement,
            gint64                statement_id,
            const CfoilBankEntry *entry,
            gint64                ordinal)
{
  int i = 1;

  cfoil_statement_bind_int64 (statement, i++, statement_id);
  cfoil_statement_bind_text (statement, i++, entry->bank_account);
  cfoil_statement_bind_int64 (statement, i++, entry->day);
  cfoil_statement_bind_text (statement, i++, entry->currency);
  cfoil_statement_bind_int64 (statement, i++, entry->amount_minor);
  cfoil_statement_bind_text (statement, i++, entry->reference);
  cfoil_statement_bind_text (statement, i++, entry->text);
  cfoil_statement_bind_int64 (statement, i++, ordinal);
  cfoil_statement_bind_int64 (statement, i++, (gint64) entry->row_number);
}

/* An entry of an earlier statement. */
static gboolean
take_repeat (Import               *self,
             const CfoilBankEntry *entry,
             gint64                ordinal,
             GError              **error)
{
  bind_entry (self->repeat, self->statement_id, entry, ordinal);
  return cfoil_statement_run (self->repeat, error);
}

static gboolean
take_entry (const CfoilBankEntry *entry,
            gpointer              data,
            GError              **error)
{
  Import *self = data;
  gint64 ordinal = 1;

  if (g_cancellable_set_error_if_cancelled (self->cancellable, error) || !count_equal (self, entry, &ordinal, error))
    return FALSE;
  bind_entry (self->insert, self->statement_id, entry, ordinal);
  if (!cfoil_statement_run (self->insert, error))
    return FALSE;
  self->result->n_entries++;
  return cfoil_database_changes (self->writer) > 0 || take_repeat (self, entry, ordinal, error);
}

/* Opens the statement's row; is_known: the same bytes are there. */
static gboolean
open_statement (Import     *self,
                const char *path,
                const char *sha256,
                GError    **error)
{
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *name = g_filename_display_name (base);
  g_autoptr (CfoilStatement) row = NULL;

  row = cfoil_database_prepare (self->writer, "INSERT OR IGNORE INTO bank_statement (sha256, shown_name, format, bank_account, imported_us) "
                                "VALUES (?1, ?2, ?3, '', ?4)", error);
  if (row == NULL)
    return FALSE;
  cfoil_statement_bind_text (row, 1, sha256);
  cfoil_statement_bind_text (row, 2, name);
  cfoil_statement_bind_text (row, 3, cfoil_bank_format_to_string (self->result->format));
  cfoil_statement_bind_int64 (row, 4, cfoil_time_now_us ());
  if (!cfoil_statement_run (row, error))
    return FALSE;
  self->result->is_known = cfoil_database_changes (self->writer) == 0;
  self->statement_id = cfoil_database_last_insert_id (self->writer);
  self->result->statement_id = self->result->is_known ? 0 : self->statement_id;
  return TRUE;
}

static gboolean
prepare (Import  *self,
         GError **error)
{
  if (!cfoil_database_exec (self->writer, "CREATE TEMP TABLE bank_seen (bank_account TEXT, day INTEGER, currency TEXT, amount_minor INTEGER, "
                            "reference TEXT, text TEXT, n INTEGER, PRIMARY KEY (bank_account, day, currency, amount_minor, reference, text)) "
                            "WITHOUT ROWID", error))
    return FALSE;
  self->seen = cfoil_database_prepare (self->writer, "INSERT INTO bank_seen VALUES (?1, ?2, ?3, ?4, ?5, ?6, 1) "
                                       "ON CONFLICT DO UPDATE SET n = n + 1 RETURNING n", error);
  if (self->seen == NULL)
    return FALSE;
  self->insert = cfoil_database_prepare (self->writer, "INSERT OR IGNORE INTO bank_entry (statement_id, bank_account, day, currency, "
                                         "amount_minor, reference, text, ordinal, row_number) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                                         error);
  if (self->insert == NULL)
    return FALSE;
  self->repeat = cfoil_database_prepare (self->writer, "INSERT OR IGNORE INTO bank_repeat (entry_id, statement_id, row_number) "
                                         "SELECT entry_id, ?1, ?9 FROM bank_entry WHERE bank_account = ?2 AND day = ?3 AND currency = ?4 "
                                         "AND amount_minor = ?5 AND reference = ?6 AND text = ?7 AND ordinal = ?8 AND statement_id <> ?1", error);
  return self->repeat != NULL;
}

static gboolean
finish (Import  *self,
        GError **error)
{
  g_autofree char *count = g_strdup_printf ("SELECT count (*) FROM bank_entry WHERE statement_id = %" G_GINT64_FORMAT, self->statement_id);
  g_autofree char *name = g_strdup_printf ("UPDATE bank_statement SET bank_account = coalesce ((SELECT min (bank_account) FROM bank_seen), '') "
                                           "WHERE statement_id = %" G_GINT64_FORMAT, self->statement_id);
  gint64 n_new = 0;

  if (!cfoil_database_exec (self->writer, name, error) || !cfoil_database_get_int64 (self->writer, count, &n_new, error))
    return FALSE;
  self->result->n_new = (guint64) n_new;
  return cfoil_bank_match_run (self->writer, &self->result->n_matched, error);
}

static gboolean
run (Import                 *self,
     const char             *path,
     const CfoilBankMapping *mapping,
     const char             *sha256,
     CfoilBankProgressFunc   progress,
     gpointer                progress_data,
     GError                **error)
{
  if (!open_statement (self, path, sha256, error))
    return FALSE;
  if (self->result->is_known)
    return TRUE;
  return prepare (self, error) &&
         cfoil_bank_read_sync (path, mapping, take_entry, self, &self->result->n_skipped, progress, progress_data, self->cancellable,
                               error) &&
         finish (self, error);
}

/* --- which mapping --- */

/* A file that was guessed wrong has other names of columns: those that say how it is written are tried. */
static CfoilBankMapping *
find_by_writing (GPtrArray    *mappings,
                 const char   *path,
                 GCancellable *cancellable)
{
  for (guint i = 0; i < mappings->len; i++)
    {
      CfoilBankMapping *mapping = g_ptr_array_index (mappings, i);
      g_autoptr (CfoilBankPreview) preview = NULL;

      if (mapping->encoding == CFOIL_BANK_ENCODING_AUTO && mapping->separator == 0)
        continue;
      preview = cfoil_bank_preview_sync (path, mapping, cancellable, NULL);
      if (preview != NULL && preview->header != NULL &&
          g_strv_equal ((const char *const *) preview->header, (const char *const *) mapping->header))
        return mapping;
    }
  return NULL;
}

static gboolean
find_mapping (CfoilDatabase     *reader,
              const char        *path,
              char             **header,
              GCancellable      *cancellable,
              CfoilBankMapping **mapping,
              GError           **error)
{
  g_autoptr (GPtrArray) mappings = cfoil_bank_mapping_list (reader, error);
  g_autofree char *names = g_strjoinv (", ", header);
  CfoilBankMapping *found, *similar;

  if (mappings == NULL)
    return FALSE;
  found = cfoil_bank_mapping_find (mappings, header, &similar);
  if (found == NULL)
    found = find_by_writing (mappings, path, cancellable);
  if (found != NULL)
    *mapping = cfoil_bank_mapping_copy (found);
  else if (similar != NULL)
    g_set_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_COLUMNS,
                 _ ("The columns of “%s” have changed; they are now: %.500s. Say again what they mean"), similar->name, names);
  else
    g_set_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_COLUMNS,
                 _ ("A statement with these columns was never imported: %.500s. Say what they mean"), names);
  return found != NULL;
}

/* *OWN gets what was found. */
static gboolean
choose_mapping (CfoilMirror            *mirror,
                const char             *path,
                const CfoilBankMapping *mapping,
                CfoilBankMapping      **own,
                CfoilBankFormat        *format,
                GCancellable           *cancellable,
                GError                **error)
{
  g_autoptr (CfoilBankPreview) preview = cfoil_bank_preview_sync (path, mapping, cancellable, error);
  g_autoptr (CfoilDatabase) reader = NULL;

  if (preview == NULL)
    return FALSE;
  *format = preview->format;
  if (preview->format != CFOIL_BANK_CSV)
    return TRUE;
  if (mapping == NULL)
    return (reader = cfoil_mirror_open_reader (mirror, error)) != NULL &&
           find_mapping (reader, path, preview->header, cancellable, own, error);
  if (mapping->header == NULL || g_strv_equal ((const char *const *) mapping->header, (const char *const *) preview->header))
    return TRUE;
  g_set_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_COLUMNS,
               _ ("The columns of this file are not those of “%s”; say again what they mean"), mapping->name);
  return FALSE;
}

gboolean
cfoil_bank_import_sync (CfoilMirror            *mirror,
                        const char             *path,
                        const CfoilBankMapping *mapping,
                        CfoilBankProgressFunc   progress,
                        gpointer                progress_data,
                        GCancellable           *cancellable,
                        CfoilBankResult        *result,
                        GError                **error)
{
  g_autoptr (CfoilBankMapping) own = NULL;
  Import self = { .result = result, .cancellable = cancellable };
  char sha256[CFOIL_DIGEST_TEXT];
  gboolean ok;

  g_return_val_if_fail (CFOIL_IS_MIRROR (mirror), FALSE);

  *result = (CfoilBankResult){ 0 };
  if (!choose_mapping (mirror, path, mapping, &own, &result->format, cancellable, error) || !hash_file (path, sha256, cancellable, error) ||
      (self.writer = cfoil_mirror_open_writer (mirror, error)) == NULL)
    return FALSE;
  /* What was seen in a long file does not have to be in memory. */
  ok = cfoil_database_exec (self.writer, "PRAGMA temp_store = FILE", error) && cfoil_database_begin_between (self.writer, error) &&
       run (&self, path, own != NULL ? own : mapping, sha256, progress, progress_data, error);
  g_clear_pointer (&self.seen, cfoil_statement_free);
  g_clear_pointer (&self.insert, cfoil_statement_free);
  g_clear_pointer (&self.repeat, cfoil_statement_free);
  /* Who gives it up while payouts are looked for does not get it after all. */
  ok = ok && !g_cancellable_set_error_if_cancelled (cancellable, error) && cfoil_database_exec (self.writer, "COMMIT", error);
  if (!ok && cfoil_database_in_transaction (self.writer))
    cfoil_database_exec (self.writer, "ROLLBACK", NULL);
  cfoil_database_close (self.writer);
  if (ok)
    cfoil_mirror_notify_changed (mirror);
  return ok;
}
