/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-overview-private.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>

typedef struct
{
  gint64 account_id;
  char *name;
  gboolean is_live;
  gboolean is_chosen;
} Account;

static void
clear_account (gpointer data)
{
  g_free (((Account *) data)->name);
}

/* --- accounts --- */

static GArray *
list_accounts (CfoilDatabase *database,
               GError       **error)
{
  g_autoptr (CfoilStatement) rows =
    cfoil_database_prepare (database, "SELECT account_id, name, environment = 'live' FROM account ORDER BY account_id", error);
  g_autoptr (GArray) accounts = g_array_new (FALSE, TRUE, sizeof (Account));
  CfoilStep step;

  if (rows == NULL)
    return NULL;
  g_array_set_clear_func (accounts, clear_account);
  while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    {
      Account account = { cfoil_statement_column_int64 (rows, 0), g_strdup (cfoil_statement_column_text (rows, 1)),
                          cfoil_statement_column_int64 (rows, 2) != 0, FALSE };

      g_array_append_val (accounts, account);
    }
  return step == CFOIL_STEP_ERROR ? NULL : g_steal_pointer (&accounts);
}

static gboolean
choose_named (GArray      *accounts,
              char *const *names,
              GError     **error)
{
  for (guint i = 0; names[i] != NULL; i++)
    {
      gboolean is_found = FALSE;

      for (guint j = 0; j < accounts->len; j++)
        if (g_ascii_strcasecmp (g_array_index (accounts, Account, j).name, names[i]) == 0)
          g_array_index (accounts, Account, j).is_chosen = is_found = TRUE;
      if (!is_found)
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _ ("There is no account “%s”."), names[i]);
          return FALSE;
        }
    }
  return TRUE;
}

/* Money that is real is never mixed with that of the sandbox. */
static void
choose_usual (GArray *accounts)
{
  gboolean wants_live = FALSE;

  for (guint i = 0; i < accounts->len; i++)
    wants_live |= g_array_index (accounts, Account, i).is_live;
  for (guint i = 0; i < accounts->len; i++)
    g_array_index (accounts, Account, i).is_chosen = g_array_index (accounts, Account, i).is_live == wants_live;
}

/* "account:" finds names by the beginnings of their words: those that it must not find are
 * taken out again. */
static void
append_accounts (GString *terms,
                 GArray  *accounts,
                 gboolean is_chosen)
{
  gboolean is_first = TRUE;

  for (guint i = 0; i < accounts->len; i++)
    {
      const Account *account = &g_array_index (accounts, Account, i);
      g_autofree char *term = NULL;

      if (account->is_chosen != is_chosen)
        continue;
      term = cfoil_term_text_of_value (CFOIL_FIELD_ACCOUNT, account->name, FALSE);
      if (term == NULL)
        continue;
      if (is_first)
        g_string_append (terms, is_chosen ? " account:" : " -account:");
      else
        g_string_append_c (terms, ',');
      g_string_append (terms, strchr (term, ':') + 1);
      is_first = FALSE;
    }
}

static gboolean
finds_too_much (GArray *accounts)
{
  for (guint i = 0; i < accounts->len; i++)
    for (guint j = 0; j < accounts->len; j++)
      {
        const Account *one = &g_array_index (accounts, Account, i), *other = &g_array_index (accounts, Account, j);
        g_autofree char *folded = cfoil_fold (one->name);
        g_autofree char *in = cfoil_fold (other->name);

        if (one->is_chosen && !other->is_chosen && strstr (in, folded) != NULL)
          return TRUE;
      }
  return FALSE;
}

static char *
name_accounts (GArray *accounts)
{
  g_autoptr (GString) terms = g_string_new (NULL);
  gboolean are_all = TRUE;

  for (guint i = 0; i < accounts->len; i++)
    are_all &= g_array_index (accounts, Account, i).is_chosen;
  if (are_all)
    return g_strdup ("");
  append_accounts (terms, accounts, TRUE);
  if (finds_too_much (accounts))
    append_accounts (terms, accounts, FALSE);
  return g_strdup (terms->str);
}

/* One word where all of the live ones are meant, or all others. */
static char *
name_environment (GArray *accounts)
{
  guint n[2][2] = { { 0 } };

  for (guint i = 0; i < accounts->len; i++)
    n[g_array_index (accounts, Account, i).is_live][g_array_index (accounts, Account, i).is_chosen]++;
  if (n[0][0] == 0 && n[1][0] == 0)
    return g_strdup ("");
  if (n[1][0] == 0 && n[0][1] == 0)
    return g_strdup (" environment:live");
  if (n[0][0] == 0 && n[1][1] == 0)
    return g_strdup (" environment:sandbox");
  return NULL;
}

static void
take_accounts (CfoilScope *self,
               GArray     *accounts)
{
  g_autoptr (GString) list = g_string_new ("(");

  self->account_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < accounts->len; i++)
    {
      const Account *account = &g_array_index (accounts, Account, i);

      if (!account->is_chosen)
        continue;
      g_string_append_printf (list, "%s%" G_GINT64_FORMAT, list->len > 1 ? "," : "", account->account_id);
      g_array_append_val (self->account_ids, account->account_id);
    }
  g_string_append_c (list, ')');
  self->account_list = g_strdup (list->str);
  self->case_account_terms = name_accounts (accounts);
  self->account_terms = name_environment (accounts);
  if (self->account_terms == NULL)
    self->account_terms = g_strdup (self->case_account_terms);
}

/* --- days --- */

static gboolean
get_end_of_days (const CfoilScope *self,
                 const char       *function,
                 gint64           *day,
                 GError          **error)
{
  g_autoptr (GPtrArray) currencies = _cfoil_scope_list_currencies (self, error);
  g_autofree char *sql = g_strdup_printf ("SELECT %s (day) FROM daily WHERE account_id = ?1 AND currency = ?2", function);
  g_autoptr (CfoilStatement) row = NULL;

  if (currencies == NULL || (row = cfoil_database_prepare (self->database, sql, error)) == NULL)
    return FALSE;
  *day = CFOIL_UNKNOWN;
  for (guint i = 0; i < currencies->len * self->account_ids->len; i++)
    {
      gint64 found;

      cfoil_statement_bind_int64 (row, 1, g_array_index (self->account_ids, gint64, i / currencies->len));
      cfoil_statement_bind_text (row, 2, currencies->pdata[i % currencies->len]);
      if (cfoil_statement_step (row, error) != CFOIL_STEP_ROW)
        return FALSE;
      found = cfoil_statement_column_int64 (row, 0);
      cfoil_statement_reset (row);
      if (found != CFOIL_UNKNOWN && (*day == CFOIL_UNKNOWN || (function[1] == 'i' ? found < *day : found > *day)))
        *day = found;
    }
  return TRUE;
}

/* Zeros of days before the history begins are no measure: a shop may be older than its mirror. */
static gboolean
resolve_former (CfoilScope *self,
                GError    **error)
{
  g_autoptr (CfoilStatement) payout = NULL;
  gint64 first;

  self->former_from_us = _cfoil_scope_start_of (self, self->former.first_day);
  self->former_until_us = _cfoil_scope_start_of (self, self->former.end_day);
  if (!get_end_of_days (self, "min", &first, error))
    return FALSE;
  self->knows_former = first != CFOIL_UNKNOWN && first < self->former.end_day;
  if (self->knows_former)
    return TRUE;
  payout = _cfoil_scope_prepare (self, "SELECT EXISTS (SELECT 1 FROM disbursement WHERE account_id IN {A} AND transaction_us < ?1)", error);
  if (payout == NULL)
    return FALSE;
  cfoil_statement_bind_int64 (payout, 1, self->former_until_us);
  if (cfoil_statement_step (payout, error) != CFOIL_STEP_ROW)
    return FALSE;
  self->knows_former = cfoil_statement_column_int64 (payout, 0) != 0;
  return TRUE;
}

/* ALL is from the first row to the last, at least until today. */
static gboolean
resolve_period (CfoilScope *self,
                GError    **error)
{
  gint64 first, last;

  self->period = self->request->period;
  if (self->period.kind == CFOIL_PERIOD_ALL)
    {
      if (!get_end_of_days (self, "min", &first, error) || !get_end_of_days (self, "max", &last, error))
        return FALSE;
      self->period.first_day = first != CFOIL_UNKNOWN ? (gint32) MIN (first, self->today) : self->today;
      self->period.end_day = (gint32) MAX (last != CFOIL_UNKNOWN ? last : self->today, self->today) + 1;
    }
  self->has_former = cfoil_period_compare_to (&self->request->period, self->request->comparison, &self->former);
  self->period_from_us = _cfoil_scope_start_of (self, self->period.first_day);
  self->period_until_us = _cfoil_scope_start_of (self, self->period.end_day);
  return !self->has_former || resolve_former (self, error);
}

/* --- a scope --- */

static gboolean
fill (CfoilScope *self,
      GError    **error)
{
  g_autoptr (GArray) accounts = list_accounts (self->database, error);

  if (accounts == NULL)
    return FALSE;
  if (self->request->accounts == NULL)
    choose_usual (accounts);
  else if (!choose_named (accounts, self->request->accounts, error))
    return FALSE;
  take_accounts (self, accounts);
  self->today = cfoil_day_of_time (self->request->now_us, self->request->zone);
  return resolve_period (self, error);
}

CfoilScope *
_cfoil_scope_new (CfoilDatabase              *database,
                  CfoilScanCache             *cache,
                  const CfoilOverviewRequest *request,
                  GCancellable               *cancellable,
                  GError                    **error)
{
  g_autoptr (CfoilScope) self = g_new0 (CfoilScope, 1);

  self->database = database;
  self->cache = cache;
  self->request = request;
  self->cancellable = cancellable;
  cfoil_database_set_cancellable (database, cancellable);
  if (!cfoil_database_in_transaction (database))
    {
      if (!cfoil_database_exec (database, "BEGIN", error))
        return NULL;
      self->has_begun = TRUE;
    }
  return fill (self, error) ? g_steal_pointer (&self) : NULL;
}

void
_cfoil_scope_free (CfoilScope *self)
{
  if (self == NULL)
    return;
  cfoil_database_set_cancellable (self->database, NULL);
  if (self->has_begun)
    cfoil_database_exec (self->database, "COMMIT", NULL);
  g_clear_pointer (&self->account_ids, g_array_unref);
  g_free (self->account_list);
  g_free (self->account_terms);
  g_free (self->case_account_terms);
  g_free (self);
}

/* --- queries --- */

static void
append_currency (GString    *query,
                 const char *currency)
{
  g_autofree char *term = NULL;

  if (currency == NULL)
    return;
  term = cfoil_term_text_of_value (CFOIL_FIELD_CURRENCY, currency, FALSE);
  g_string_append_printf (query, " %s", term);
}

char *
_cfoil_scope_query (const CfoilScope  *self,
                    const char        *terms,
                    const CfoilPeriod *period,
                    const char        *currency)
{
  g_autoptr (GString) query = g_string_new (terms);
  g_autofree char *days = period != NULL ? cfoil_period_to_query (period) : NULL;

  if (days != NULL && *days != '\0')
    g_string_append_printf (query, " %s", days);
  append_currency (query, currency);
  g_string_append (query, self->account_terms);
  return g_strdup (g_strstrip (query->str));
}

char *
_cfoil_scope_case_query (const CfoilScope  *self,
                         const char        *terms,
                         const char        *date_field,
                         const CfoilPeriod *period,
                         const char        *currency)
{
  g_autoptr (GString) query = g_string_new (terms);
  g_autofree char *days = cfoil_period_to_query (period);

  if (*days != '\0')
    g_string_append_printf (query, " %s:%s", date_field, days + strlen ("date:"));
  append_currency (query, currency);
  g_string_append (query, self->case_account_terms);
  return g_strdup (g_strstrip (query->str));
}

gint64
_cfoil_scope_start_of (const CfoilScope *self,
                       gint32            day)
{
  if (day <= CFOIL_DAY_MIN)
    return G_MININT64;
  if (day > CFOIL_DAY_MAX)
    return G_MAXINT64;
  return cfoil_day_to_time (day, self->request->zone);
}

gboolean
_cfoil_scope_in_period (const CfoilScope *self,
                        gint64            us)
{
  return us != CFOIL_UNKNOWN && us >= self->period_from_us && us < self->period_until_us;
}

gboolean
_cfoil_scope_in_former (const CfoilScope *self,
                        gint64            us)
{
  return self->has_former && us != CFOIL_UNKNOWN && us >= self->former_from_us && us < self->former_until_us;
}

/* --- daily sums --- */

CfoilStatement *
_cfoil_scope_prepare (const CfoilScope *self,
                      const char       *sql,
                      GError          **error)
{
  g_auto (GStrv) parts = g_strsplit (sql, "{A}", -1);
  g_autofree char *full = g_strjoinv (self->account_list, parts);

  return cfoil_database_prepare (self->database, full, error);
}

static int
compare_texts (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* From one to the next by the key: the table has many rows and few currencies. */
static const char currencies_sql[] =
  "WITH RECURSIVE c (x) AS (SELECT min (currency) FROM daily WHERE account_id = ?1 "
  "UNION ALL SELECT (SELECT min (currency) FROM daily WHERE account_id = ?1 AND currency > x) FROM c WHERE x IS NOT NULL) "
  "SELECT x FROM c WHERE x IS NOT NULL";

GPtrArray *
_cfoil_scope_list_currencies (const CfoilScope *self,
                              GError          **error)
{
  g_autoptr (CfoilStatement) rows = cfoil_database_prepare (self->database, currencies_sql, error);
  g_autoptr (GPtrArray) currencies = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  if (rows == NULL)
    return NULL;
  for (guint i = 0; i < self->account_ids->len; i++)
    {
      CfoilStep step;

      cfoil_statement_bind_int64 (rows, 1, g_array_index (self->account_ids, gint64, i));
      while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
        {
          const char *currency = cfoil_statement_column_text (rows, 0);
          char *copy;

          if (g_hash_table_contains (seen, currency))
            continue;
          copy = g_strdup (currency);
          g_ptr_array_add (currencies, copy);
          g_hash_table_add (seen, copy);
        }
      if (step == CFOIL_STEP_ERROR)
        return NULL;
      cfoil_statement_reset (rows);
    }
  g_ptr_array_sort (currencies, compare_texts);
  return g_steal_pointer (&currencies);
}

static gboolean
each_row (CfoilStatement *rows,
          CfoilDayFunc    func,
          gpointer        user_data,
          GError        **error)
{
  CfoilStep step;

  while ((step = cfoil_statement_step (rows, error)) == CFOIL_STEP_ROW)
    {
      gint64 type = cfoil_statement_column_int64 (rows, 1);
      CfoilMetricSums sums = {
        .n_done = cfoil_statement_column_int64 (rows, 3),
        .n_declined = cfoil_statement_column_int64 (rows, 4),
        .n_unsettled = cfoil_statement_column_int64 (rows, 5),
        .gross_minor = cfoil_statement_column_int64 (rows, 6),
        .fee_minor = cfoil_statement_column_int64 (rows, 7),
        .unsettled_minor = cfoil_statement_column_int64 (rows, 8),
      };

      if (type >= 0 && type < CFOIL_N_TYPES)
        func ((gint32) cfoil_statement_column_int64 (rows, 0), (CfoilType) type, cfoil_statement_column_int64 (rows, 2), &sums,
              user_data);
    }
  return step == CFOIL_STEP_DONE;
}

gboolean
_cfoil_scope_each_day (const CfoilScope *self,
                       const char       *currency,
                       gint32            first_day,
                       gint32            end_day,
                       CfoilDayFunc      func,
                       gpointer          user_data,
                       GError          **error)
{
  g_autoptr (CfoilStatement) rows =
    cfoil_database_prepare (self->database,
                            "SELECT day, type, store_id, n_done, n_declined, n_unsettled, gross_minor, fee_minor, unsettled_minor "
                            "FROM daily WHERE account_id = ?1 AND currency = ?2 AND day >= ?3 AND day < ?4 ORDER BY day",
                            error);

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < self->account_ids->len; i++)
    {
      cfoil_statement_bind_int64 (rows, 1, g_array_index (self->account_ids, gint64, i));
      cfoil_statement_bind_text (rows, 2, currency);
      cfoil_statement_bind_int64 (rows, 3, first_day);
      cfoil_statement_bind_int64 (rows, 4, end_day);
      if (!each_row (rows, func, user_data, error))
        return FALSE;
      cfoil_statement_reset (rows);
    }
  return TRUE;
}
