/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-books-accounts.h"

#include "cfoil-error.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_NAME_LENGTH 200

struct _CfoilBooksAccounts
{
  gatomicrefcount ref_count;
  GTree *names; /* (element-type utf8 utf8): by key */
};

static const struct
{
  const char *name;
  const char *title;
  const char *account;
} purposes[CFOIL_N_PURPOSES] = {
  [CFOIL_PURPOSE_RECEIVABLE] = { "receivable", N_ ("Sold, not settled yet"), "Assets:{provider}:Receivable" },
  [CFOIL_PURPOSE_CLEARING] = { "clearing", N_ ("Balance at the provider"), "Assets:{provider}:Clearing" },
  [CFOIL_PURPOSE_RESERVE] = { "reserve", N_ ("Reserve held back by the provider"), "Assets:{provider}:Reserve" },
  [CFOIL_PURPOSE_CARRYOVER] = { "carryover", N_ ("Carried to the next settlement"), "Assets:{provider}:Carryover" },
  [CFOIL_PURPOSE_BANK] = { "bank", N_ ("Bank account that receives payouts"), "Assets:Bank" },
  [CFOIL_PURPOSE_SALES] = { "sales", N_ ("Sales"), "Income:Sales" },
  [CFOIL_PURPOSE_REFUNDS] = { "refunds", N_ ("Refunds"), "Income:Refunds" },
  [CFOIL_PURPOSE_ADJUSTMENTS] = { "adjustments", N_ ("Adjustments by the provider"), "Income:Adjustments" },
  [CFOIL_PURPOSE_FEES] = { "fees", N_ ("Payment fees"), "Expenses:Payment Fees" },
  [CFOIL_PURPOSE_AUTHORIZATION_FEES] = { "authorization-fees", N_ ("Fees for authorizations"), "Expenses:Authorization Fees" },
  [CFOIL_PURPOSE_DISPUTE_FEES] = { "dispute-fees", N_ ("Fees for disputes"), "Expenses:Dispute Fees" },
  [CFOIL_PURPOSE_CHARGEBACKS] = { "chargebacks", N_ ("Chargebacks"), "Expenses:Chargebacks" },
  [CFOIL_PURPOSE_CLAIMS] = { "claims", N_ ("Claims"), "Expenses:Claims" },
  [CFOIL_PURPOSE_ROUNDING] = { "rounding", N_ ("Differences of rounding"), "Expenses:Rounding" },
  [CFOIL_PURPOSE_SUSPENSE] = { "suspense", N_ ("Movements of unknown types"), "Equity:Suspense" },
};

/* How providers are called where {provider} stands. */
static const struct
{
  const char *name;
  const char *title;
} providers[] = {
  { "amazon-pay", "Amazon Pay" },
};

const char *
cfoil_purpose_to_string (CfoilPurpose purpose)
{
  return purposes[purpose].name;
}

const char *
cfoil_purpose_get_title (CfoilPurpose purpose)
{
  return gettext (purposes[purpose].title);
}

const char *
cfoil_purpose_get_default (CfoilPurpose purpose)
{
  return purposes[purpose].account;
}

static gboolean
find_purpose (const char   *name,
              gsize         length,
              CfoilPurpose *purpose)
{
  for (guint i = 0; i < CFOIL_N_PURPOSES; i++)
    if (strlen (purposes[i].name) == length && strncmp (purposes[i].name, name, length) == 0)
      {
        *purpose = (CfoilPurpose) i;
        return TRUE;
      }
  return FALSE;
}

/* What stands after the purpose: nothing, a provider, or an account or store with its name. */
static gboolean
is_scope (const char *text)
{
  if (g_str_has_prefix (text, "account:") || g_str_has_prefix (text, "store:"))
    return strchr (text, ':')[1] != '\0';
  return *text != '\0' && strspn (text, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen (text);
}

gboolean
cfoil_books_key_parse (const char   *key,
                       CfoilPurpose *purpose,
                       GError      **error)
{
  gsize length = strcspn (key, ":");

  if (g_utf8_validate (key, -1, NULL) && find_purpose (key, length, purpose) &&
      (key[length] == '\0' || is_scope (key + length + 1)))
    return TRUE;
  g_set_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_SYNTAX,
               "“%s” is not what an account is for; “counterfoil-cli books accounts” lists the words, and :amazon-pay, "
               ":account:NAME or :store:NAME may follow one",
               g_utf8_validate (key, -1, NULL) ? key : "?");
  return FALSE;
}

gboolean
cfoil_books_name_check (const char *name,
                        GError    **error)
{
  gboolean has_part = FALSE, is_text = g_utf8_validate (name, -1, NULL);

  for (const char *at = name; is_text && *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);

      is_text = !g_unichar_iscntrl (character) && at - name < MAX_NAME_LENGTH * 4;
      has_part = has_part || g_unichar_isalnum (character);
    }
  if (is_text && has_part && g_utf8_strlen (name, -1) <= MAX_NAME_LENGTH)
    return TRUE;
  g_set_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_SYNTAX,
               "An account’s name has letters or digits, one line and at most %d characters, for example Assets:Bank", MAX_NAME_LENGTH);
  return FALSE;
}

static int
compare_keys (gconstpointer a,
              gconstpointer b,
              gpointer      user_data)
{
  return strcmp (a, b);
}

CfoilBooksAccounts *
cfoil_books_accounts_new (void)
{
  CfoilBooksAccounts *self = g_new0 (CfoilBooksAccounts, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->names = g_tree_new_full (compare_keys, NULL, g_free, g_free);
  return self;
}

CfoilBooksAccounts *
cfoil_books_accounts_load (CfoilDatabase *database,
                           GError       **error)
{
  g_autoptr (CfoilBooksAccounts) self = cfoil_books_accounts_new ();
  g_autoptr (CfoilStatement) row = NULL;
  CfoilStep step;

  row = cfoil_database_prepare (database, "SELECT purpose, name FROM ledger_account", error);
  if (row == NULL)
    return NULL;
  while ((step = cfoil_statement_step (row, error)) == CFOIL_STEP_ROW)
    {
      const char *key = cfoil_statement_column_text (row, 0);

      /* A newer version may know more purposes. */
      cfoil_books_accounts_set (self, key, cfoil_statement_column_text (row, 1), NULL);
    }
  return step == CFOIL_STEP_DONE ? g_steal_pointer (&self) : NULL;
}

CfoilBooksAccounts *
cfoil_books_accounts_ref (CfoilBooksAccounts *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
cfoil_books_accounts_unref (CfoilBooksAccounts *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_tree_unref (self->names);
  g_free (self);
}

static gboolean
check (const char *key,
       const char *name,
       GError    **error)
{
  CfoilPurpose purpose;

  return cfoil_books_key_parse (key, &purpose, error) &&
         (name == NULL || *name == '\0' || cfoil_books_name_check (name, error));
}

gboolean
cfoil_books_accounts_set (CfoilBooksAccounts *self,
                          const char         *key,
                          const char         *name,
                          GError            **error)
{
  if (!check (key, name, error))
    return FALSE;
  if (name == NULL || *name == '\0')
    g_tree_remove (self->names, key);
  else
    g_tree_replace (self->names, g_strdup (key), g_strdup (name));
  return TRUE;
}

const char *
cfoil_books_accounts_get (CfoilBooksAccounts *self,
                          const char         *key)
{
  return g_tree_lookup (self->names, key);
}

static gboolean
add_key (gpointer key,
         gpointer value,
         gpointer keys)
{
  g_ptr_array_add (keys, key);
  return FALSE;
}

GPtrArray *
cfoil_books_accounts_list_keys (CfoilBooksAccounts *self)
{
  GPtrArray *keys = g_ptr_array_new ();

  g_tree_foreach (self->names, add_key, keys);
  return keys;
}

static const char *
find_name (CfoilBooksAccounts *self,
           CfoilPurpose        purpose,
           const char         *provider,
           const char         *account,
           const char         *store)
{
  const char *word = purposes[purpose].name;
  g_autofree char *of_store = g_strconcat (word, ":store:", store != NULL ? store : "", NULL);
  g_autofree char *of_account = g_strconcat (word, ":account:", account, NULL);
  g_autofree char *of_provider = g_strconcat (word, ":", provider, NULL);
  const char *keys[] = { of_store, of_account, of_provider, word };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      const char *name = g_tree_lookup (self->names, keys[i]);

      if (name != NULL)
        return name;
    }
  return purposes[purpose].account;
}

static const char *
provider_title (const char *provider)
{
  for (guint i = 0; i < G_N_ELEMENTS (providers); i++)
    if (g_str_equal (providers[i].name, provider))
      return providers[i].title;
  return provider;
}

/* A colon in a shop's name does not divide accounts. */
static void
append_value (GString    *out,
              const char *value)
{
  for (const char *at = value != NULL && *value != '\0' ? value : "None"; *at != '\0'; at++)
    g_string_append_c (out, *at == ':' ? '-' : *at);
}

char *
cfoil_books_accounts_resolve (CfoilBooksAccounts *self,
                              CfoilPurpose        purpose,
                              const char         *provider,
                              const char         *account,
                              const char         *store)
{
  const struct { const char *word, *value; } places[] = {
    { "{provider}", provider_title (provider) },
    { "{account}", account },
    { "{store}", store },
  };
  GString *out = g_string_new (NULL);

  for (const char *at = find_name (self, purpose, provider, account, store); *at != '\0'; at++)
    {
      guint i;

      for (i = 0; i < G_N_ELEMENTS (places); i++)
        if (g_str_has_prefix (at, places[i].word))
          break;
      if (i == G_N_ELEMENTS (places))
        g_string_append_c (out, *at);
      else
        {
          append_value (out, places[i].value);
          at += strlen (places[i].word) - 1;
        }
    }
  return g_string_free (out, FALSE);
}

static gboolean
save (CfoilDatabase *writer,
      const char    *key,
      const char    *name,
      GError       **error)
{
  g_autoptr (CfoilStatement) statement = NULL;

  if (name == NULL || *name == '\0')
    statement = cfoil_database_prepare (writer, "DELETE FROM ledger_account WHERE purpose = ?1", error);
  else
    statement = cfoil_database_prepare (writer, "INSERT INTO ledger_account VALUES (?1, ?2) "
                                        "ON CONFLICT (purpose) DO UPDATE SET name = excluded.name", error);
  if (statement == NULL)
    return FALSE;
  cfoil_statement_bind_text (statement, 1, key);
  if (name != NULL && *name != '\0')
    cfoil_statement_bind_text (statement, 2, name);
  return cfoil_statement_run (statement, error);
}

gboolean
cfoil_books_accounts_save_sync (CfoilMirror *mirror,
                                const char  *key,
                                const char  *name,
                                GError     **error)
{
  g_autoptr (CfoilDatabase) writer = NULL;

  g_return_val_if_fail (CFOIL_IS_MIRROR (mirror), FALSE);

  if (!check (key, name, error) || (writer = cfoil_mirror_open_writer (mirror, error)) == NULL ||
      !cfoil_database_begin_between (writer, error))
    return FALSE;
  if (save (writer, key, name, error) && cfoil_database_exec (writer, "COMMIT", error))
    return TRUE;
  if (cfoil_database_in_transaction (writer))
    cfoil_database_exec (writer, "ROLLBACK", NULL);
  return FALSE;
}
