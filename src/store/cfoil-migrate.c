/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-migrate.h"

#include "cfoil-case-payment.h"
#include "cfoil-dispute.h"
#include "cfoil-mirror.h"
#include "cfoil-records.h"
#include "cfoil-store-resources.h"
#include "cfoil-writer-private.h"

#define RESOURCE_FOLDER "/io/github/counterfoil/Counterfoil/schema/"

/* Ten seconds in all. */
#define MAX_WAL_TRIES 1000
#define WAL_WAIT_US 10000

static const char *const steps[] = {
  "0001-initial.sql",
  "0002-search.sql",
  "0003-disputes.sql",
  "0004-overview.sql",
  "0005-days.sql",
};
/* From this one on there are cases. */
#define CASES_STEP 2
/* And from this one on where their payments are. */
#define CASE_PAYMENTS_STEP 4
G_STATIC_ASSERT (G_N_ELEMENTS (steps) == CFOIL_SCHEMA_VERSION);

static gboolean
run_resource (CfoilDatabase *writer,
              const char    *name,
              GError       **error)
{
  g_autofree char *path = g_strconcat (RESOURCE_FOLDER, name, NULL);
  g_autoptr (GBytes) sql = g_resource_lookup_data (cfoil_store_get_resource (), path, 0, error);

  return sql != NULL && cfoil_database_exec (writer, g_bytes_get_data (sql, NULL), error);
}

/* The views follow the program: made anew with each step. */
static gboolean
drop_views (CfoilDatabase *writer,
            GError       **error)
{
  g_autoptr (GString) sql = g_string_new (NULL);
  g_autoptr (CfoilStatement) names = NULL;
  CfoilStep step;

  names = cfoil_database_prepare (writer, "SELECT name FROM sqlite_schema WHERE type = 'view'", error);
  if (names == NULL)
    return FALSE;
  while ((step = cfoil_statement_step (names, error)) == CFOIL_STEP_ROW)
    g_string_append_printf (sql, "DROP VIEW \"%s\";", cfoil_statement_column_text (names, 0));
  cfoil_statement_reset (names);
  return step == CFOIL_STEP_DONE && cfoil_database_exec (writer, sql->str, error);
}

typedef const char *(*NameFunc) (int value);

static gboolean
fill_names (CfoilDatabase *writer,
            const char    *sql,
            int            first,
            int            n,
            NameFunc       name_of,
            GError       **error)
{
  g_autoptr (CfoilStatement) insert = cfoil_database_prepare (writer, sql, error);

  if (insert == NULL)
    return FALSE;
  for (int value = first; value < n; value++)
    {
      cfoil_statement_bind_int64 (insert, 1, value);
      cfoil_statement_bind_text (insert, 2, name_of (value));
      if (!cfoil_statement_run (insert, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
fill_all_names (CfoilDatabase *writer,
                GError       **error)
{
  return fill_names (writer, "INSERT OR REPLACE INTO type_name VALUES (?, ?)",
                     0, CFOIL_N_TYPES, (NameFunc) cfoil_type_to_string, error) &&
         fill_names (writer, "INSERT OR REPLACE INTO state_name VALUES (?, ?)",
                     0, CFOIL_N_STATES, (NameFunc) cfoil_state_to_string, error) &&
         fill_names (writer, "INSERT OR REPLACE INTO kind_name VALUES (?, ?)",
                     1, CFOIL_N_OBJECT_KINDS, (NameFunc) cfoil_object_kind_to_string, error) &&
         fill_names (writer, "INSERT OR REPLACE INTO exception_name VALUES (?, ?)",
                     1, CFOIL_N_EXCEPTION_KINDS, (NameFunc) cfoil_exception_kind_to_string, error) &&
         fill_names (writer, "INSERT OR REPLACE INTO report_status_name VALUES (?, ?)",
                     1, CFOIL_REPORT_UNKNOWN + 1, (NameFunc) cfoil_report_status_to_string, error);
}

/* Of schema 3. */
static gboolean
fill_case_names (CfoilDatabase *writer,
                 GError       **error)
{
  return fill_names (writer, "INSERT OR REPLACE INTO case_kind_name VALUES (?, ?)",
                     1, CFOIL_N_CASE_KINDS, (NameFunc) cfoil_case_kind_to_string, error) &&
         fill_names (writer, "INSERT OR REPLACE INTO reason_name VALUES (?, ?)",
                     0, CFOIL_N_REASONS, (NameFunc) cfoil_reason_to_string, error) &&
         fill_names (writer, "INSERT OR REPLACE INTO product_name VALUES (?, ?)",
                     0, CFOIL_N_PRODUCTS, (NameFunc) cfoil_product_to_string, error) &&
         fill_names (writer, "INSERT OR REPLACE INTO outcome_name VALUES (?, ?)",
                     0, CFOIL_N_CASE_OUTCOMES, (NameFunc) cfoil_case_outcome_to_string, error);
}

static gboolean
run_step (CfoilDatabase *writer,
          guint          step,
          GError       **error)
{
  g_autofree char *version = g_strdup_printf ("PRAGMA user_version = %u;", step + 1);

  return run_resource (writer, steps[step], error) &&
         drop_views (writer, error) &&
         run_resource (writer, "views.sql", error) &&
         fill_all_names (writer, error) &&
         (step < CASES_STEP || fill_case_names (writer, error)) &&
         (step != CASES_STEP || _cfoil_writer_discover_cases (writer, error)) &&
         (step != CASE_PAYMENTS_STEP || _cfoil_case_payment_make_all (writer, error)) &&
         cfoil_database_exec (writer, version, error);
}

/* Another program may migrate at the same moment: look at the version again
 * once we are the writer. */
static gboolean
take_next_step (CfoilDatabase *writer,
                gint64        *version,
                GError       **error)
{
  if (!cfoil_database_exec (writer, "BEGIN IMMEDIATE", error))
    return FALSE;
  if (cfoil_database_get_int64 (writer, "PRAGMA user_version", version, error) &&
      (*version >= CFOIL_SCHEMA_VERSION || run_step (writer, (guint) *version, error)) &&
      cfoil_database_exec (writer, "COMMIT", error))
    {
      if (*version < CFOIL_SCHEMA_VERSION)
        (*version)++;
      return TRUE;
    }
  cfoil_database_exec (writer, "ROLLBACK", NULL);
  return FALSE;
}

static gboolean
check_identity (CfoilDatabase *writer,
                gint64         version,
                const char    *path,
                GError       **error)
{
  gint64 application_id, n_objects;

  if (!cfoil_database_get_int64 (writer, "PRAGMA application_id", &application_id, error) ||
      !cfoil_database_get_int64 (writer, "SELECT count(*) FROM sqlite_schema", &n_objects, error))
    return FALSE;

  if (application_id != CFOIL_MIRROR_APPLICATION_ID && (application_id != 0 || n_objects > 0))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                   "%s is a database of another program and was not touched", path);
      return FALSE;
    }
  if (version > CFOIL_SCHEMA_VERSION)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                   "%s was made by a newer Counterfoil (schema %" G_GINT64_FORMAT ", this program knows %d). "
                   "It was not touched; install the newer version to use it",
                   path, version, CFOIL_SCHEMA_VERSION);
      return FALSE;
    }
  return TRUE;
}

/* In one transaction: another program may be making the file at this moment. */
static gboolean
look (CfoilDatabase *writer,
      const char    *path,
      gint64        *version,
      GError       **error)
{
  gboolean ok;

  if (!cfoil_database_exec (writer, "BEGIN", error))
    return FALSE;
  ok = cfoil_database_get_int64 (writer, "PRAGMA user_version", version, error) &&
       check_identity (writer, *version, path, error);
  cfoil_database_exec (writer, "ROLLBACK", NULL);
  return ok;
}

/* SQLite does not wait when another connection changes the mode, too. */
static gboolean
use_wal (CfoilDatabase *writer,
         GError       **error)
{
  for (guint n = 0;; n++)
    {
      g_autoptr (GError) local = NULL;

      if (cfoil_database_exec (writer, "PRAGMA journal_mode = WAL", &local))
        return TRUE;
      if (n == MAX_WAL_TRIES || !g_error_matches (local, G_IO_ERROR, G_IO_ERROR_BUSY))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      g_usleep (WAL_WAIT_US);
    }
}

gboolean
cfoil_migrate (CfoilDatabase *writer,
               const char    *path,
               GError       **error)
{
  gint64 version;

  g_return_val_if_fail (writer != NULL, FALSE);

  if (!look (writer, path, &version, error))
    return FALSE;

  /* The mode cannot be set inside a transaction.  It stays with the file, but a
   * rebuild that was killed may have left another one. */
  if ((version == 0 &&
       !cfoil_database_exec (writer, "PRAGMA application_id = " G_STRINGIFY (CFOIL_MIRROR_APPLICATION_ID), error)) ||
      !use_wal (writer, error))
    return FALSE;

  while (version < CFOIL_SCHEMA_VERSION)
    if (!take_next_step (writer, &version, error))
      {
        g_prefix_error (error, "%s: ", path);
        return FALSE;
      }
  return TRUE;
}
