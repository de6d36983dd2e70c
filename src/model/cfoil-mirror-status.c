/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-mirror-status.h"

#include "cfoil-shown-text.h"

#define SQL_ACCOUNTS \
  "SELECT account_id, name, provider, region, environment = 'sandbox' FROM account ORDER BY name"
#define SQL_FEEDS \
  "SELECT f.feed_id, v.feed, v.fresh_at_us, v.tried_at_us, v.row_count, v.error, v.error_message, v.error_request_id " \
  "FROM account AS a JOIN feeds AS v ON v.account = a.name " \
  "JOIN feed AS f ON f.account_id = a.account_id AND f.name = v.feed " \
  "WHERE a.account_id = ? ORDER BY f.feed_id"
#define SQL_COVERAGE "SELECT start_us, end_us FROM feed_coverage WHERE feed_id = ? ORDER BY start_us"

G_DEFINE_BOXED_TYPE (CfoilMirrorStatus, cfoil_mirror_status, cfoil_mirror_status_ref, cfoil_mirror_status_unref)

static void
feed_free (gpointer data)
{
  CfoilFeedStatus *feed = data;

  g_free (feed->name);
  g_free (feed->error_name);
  g_free (feed->error_message);
  g_free (feed->error_request_id);
  cfoil_interval_set_free (feed->coverage);
  g_free (feed);
}

static void
account_free (gpointer data)
{
  CfoilAccountStatus *account = data;

  g_free (account->name);
  g_free (account->provider);
  g_free (account->region);
  g_ptr_array_unref (account->feeds);
  g_free (account);
}

CfoilMirrorStatus *
cfoil_mirror_status_ref (CfoilMirrorStatus *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
status_clear (gpointer data)
{
  CfoilMirrorStatus *self = data;

  g_ptr_array_unref (self->accounts);
  g_free (self->sqlite_version);
}

void
cfoil_mirror_status_unref (CfoilMirrorStatus *self)
{
  if (self != NULL)
    g_atomic_rc_box_release_full (self, status_clear);
}

/* --- on a reader thread --- */

static gboolean
read_coverage (CfoilDatabase   *database,
               gint64           feed_id,
               CfoilFeedStatus *feed,
               GError         **error)
{
  g_autoptr (CfoilStatement) row = cfoil_database_prepare (database, SQL_COVERAGE, error);
  CfoilStep step;

  if (row == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (row, 1, feed_id);
  while ((step = cfoil_statement_step (row, error)) == CFOIL_STEP_ROW)
    cfoil_interval_set_add (feed->coverage,
                            cfoil_statement_column_int64 (row, 0),
                            cfoil_statement_column_int64 (row, 1));
  return step == CFOIL_STEP_DONE;
}

static gboolean
read_feeds (CfoilDatabase      *database,
            CfoilAccountStatus *account,
            GError            **error)
{
  g_autoptr (CfoilStatement) row = cfoil_database_prepare (database, SQL_FEEDS, error);
  CfoilStep step;

  if (row == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (row, 1, account->account_id);
  while ((step = cfoil_statement_step (row, error)) == CFOIL_STEP_ROW)
    {
      CfoilFeedStatus *feed = g_new0 (CfoilFeedStatus, 1);

      g_ptr_array_add (account->feeds, feed);
      feed->coverage = cfoil_interval_set_new ();
      feed->name = g_strdup (cfoil_statement_column_text (row, 1));
      feed->fresh_us = cfoil_statement_column_int64 (row, 2);
      feed->tried_us = cfoil_statement_column_int64 (row, 3);
      feed->n_rows = cfoil_statement_column_int64 (row, 4);
      feed->error_name = g_strdup (cfoil_statement_column_text (row, 5));
      feed->error_message = cfoil_shown_text (cfoil_statement_column_text (row, 6));
      feed->error_request_id = cfoil_shown_text (cfoil_statement_column_text (row, 7));
      if (!read_coverage (database, cfoil_statement_column_int64 (row, 0), feed, error))
        return FALSE;
    }
  return step == CFOIL_STEP_DONE;
}

static gboolean
read_accounts (CfoilDatabase     *database,
               CfoilMirrorStatus *self,
               GError           **error)
{
  g_autoptr (CfoilStatement) row = cfoil_database_prepare (database, SQL_ACCOUNTS, error);
  CfoilStep step;

  if (row == NULL)
    return FALSE;
  while ((step = cfoil_statement_step (row, error)) == CFOIL_STEP_ROW)
    {
      CfoilAccountStatus *account = g_new0 (CfoilAccountStatus, 1);

      g_ptr_array_add (self->accounts, account);
      account->feeds = g_ptr_array_new_with_free_func (feed_free);
      account->account_id = cfoil_statement_column_int64 (row, 0);
      account->name = g_strdup (cfoil_statement_column_text (row, 1));
      account->provider = g_strdup (cfoil_statement_column_text (row, 2));
      account->region = g_strdup (cfoil_statement_column_text (row, 3));
      account->is_sandbox = cfoil_statement_column_int64 (row, 4) == 1;
      if (!read_feeds (database, account, error))
        return FALSE;
    }
  return step == CFOIL_STEP_DONE;
}

static void
read_version (CfoilDatabase     *database,
              CfoilMirrorStatus *self)
{
  g_autoptr (CfoilStatement) row = cfoil_database_prepare (database, "SELECT sqlite_version ()", NULL);

  if (row != NULL && cfoil_statement_step (row, NULL) == CFOIL_STEP_ROW)
    self->sqlite_version = g_strdup (cfoil_statement_column_text (row, 0));
}

static gpointer
read_status (CfoilDatabase *database,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  g_autoptr (CfoilMirrorStatus) self = g_atomic_rc_box_new0 (CfoilMirrorStatus);

  self->accounts = g_ptr_array_new_with_free_func (account_free);
  if (!read_accounts (database, self, error) ||
      !cfoil_database_get_int64 (database, "SELECT count (*) FROM exception", &self->n_exceptions, error))
    return NULL;
  read_version (database, self);
  return g_steal_pointer (&self);
}

/* --- public --- */

const CfoilAccountStatus *
cfoil_mirror_status_find_account (const CfoilMirrorStatus *self,
                                  gint64                   account_id)
{
  for (guint i = 0; i < self->accounts->len; i++)
    {
      const CfoilAccountStatus *account = self->accounts->pdata[i];

      if (account->account_id == account_id)
        return account;
    }
  return NULL;
}

const CfoilFeedStatus *
cfoil_account_status_find_feed (const CfoilAccountStatus *self,
                                const char               *name)
{
  for (guint i = 0; i < self->feeds->len; i++)
    {
      const CfoilFeedStatus *feed = self->feeds->pdata[i];

      if (g_str_equal (feed->name, name))
        return feed;
    }
  return NULL;
}

void
cfoil_mirror_status_read_async (CfoilReader         *reader,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  cfoil_reader_run_async (reader, CFOIL_READER_STATUS, read_status, NULL, NULL,
                          (GDestroyNotify) cfoil_mirror_status_unref, cancellable, callback, user_data);
}

CfoilMirrorStatus *
cfoil_mirror_status_read_finish (GAsyncResult *result,
                                 GError      **error)
{
  return cfoil_reader_run_finish (result, error);
}
