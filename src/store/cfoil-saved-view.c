/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-saved-view.h"

#include "cfoil-error.h"

#include <glib/gi18n.h>

#define COLUMNS "view_id, shipped_key, name, query, sort, columns, density"

/* Where no money has moved, gross, fee and net are 0.00: what was asked for says more. */
#define ASKED_COLUMNS \
  "time,type,state,description,buyer_name,merchant_reference,amount,-gross,-fee_total,-net,currency,-settlement_id,flags"

static const struct
{
  const char *key;
  const char *title;
  const char *query;
  const char *columns; /* (nullable): the usual ones */
} shipped[] = {
  { "all", N_ ("All Transactions"), "", NULL },
  { "awaiting-capture", N_ ("Awaiting Capture"), "is:uncaptured", ASKED_COLUMNS },
  { "expiring", N_ ("Authorizations Expiring"), "is:expiring", ASKED_COLUMNS },
  { "refunds-pending", N_ ("Refunds Pending"), "type:refund is:pending", NULL },
  { "disputed", N_ ("Disputed"), "is:disputed", NULL },
  { "unsettled", N_ ("Unsettled"), "is:unsettled", NULL },
  { "declined", N_ ("Declined"), "state:declined", ASKED_COLUMNS },
  /* Translators: transactions about which something does not fit. */
  { "exceptions", N_ ("With Exceptions"), "is:exception", NULL },
};

/* --- a view --- */

CfoilSavedView *
cfoil_saved_view_new (void)
{
  return g_new0 (CfoilSavedView, 1);
}

CfoilSavedView *
cfoil_saved_view_copy (const CfoilSavedView *self)
{
  CfoilSavedView *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->key = g_strdup (self->key);
  copy->name = g_strdup (self->name);
  copy->query = g_strdup (self->query);
  copy->sort = g_strdup (self->sort);
  copy->columns = g_strdup (self->columns);
  copy->density = g_strdup (self->density);
  return copy;
}

void
cfoil_saved_view_free (CfoilSavedView *self)
{
  if (self == NULL)
    return;
  g_free (self->key);
  g_free (self->name);
  g_free (self->query);
  g_free (self->sort);
  g_free (self->columns);
  g_free (self->density);
  g_free (self);
}

const char *
cfoil_saved_view_get_title (const CfoilSavedView *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->key != NULL ? _(self->name) : self->name;
}

const char *
cfoil_saved_view_get_shipped_columns (const char *key)
{
  for (guint i = 0; key != NULL && i < G_N_ELEMENTS (shipped); i++)
    if (g_str_equal (shipped[i].key, key))
      return shipped[i].columns;
  return NULL;
}

gboolean
cfoil_saved_view_columns_are_shipped (const char *columns)
{
  for (guint i = 0; i < G_N_ELEMENTS (shipped); i++)
    if (g_strcmp0 (shipped[i].columns, columns) == 0)
      return TRUE;
  return FALSE;
}

/* As names are compared: "STRASSE" is "Straße", however its letters are composed. */
static char *
fold_name (const char *name)
{
  g_autofree char *folded = g_utf8_casefold (name, -1);

  return g_utf8_normalize (folded, -1, G_NORMALIZE_ALL);
}

static gboolean
names_equal (const char *folded,
             const char *name)
{
  g_autofree char *other = name != NULL ? fold_name (name) : NULL;

  return g_strcmp0 (folded, other) == 0;
}

gboolean
cfoil_saved_view_is_called (const CfoilSavedView *self,
                            const char           *name)
{
  g_autofree char *folded = NULL;

  g_return_val_if_fail (self != NULL, FALSE);

  if (name == NULL || !g_utf8_validate (name, -1, NULL))
    return FALSE;
  folded = fold_name (name);
  return names_equal (folded, self->name) ||
         (self->key != NULL && (names_equal (folded, self->key) || names_equal (folded, _(self->name))));
}

char *
cfoil_saved_view_clean_name (const char *name,
                             GError    **error)
{
  g_autofree char *clean = NULL;
  glong n_characters;

  if (name == NULL || !g_utf8_validate (name, -1, NULL))
    {
      g_set_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_ENCODING, "The name of a view is not UTF-8");
      return NULL;
    }
  clean = g_strstrip (g_strdup (name));
  n_characters = g_utf8_strlen (clean, -1);
  if (n_characters == 0)
    {
      g_set_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_MISSING, "A view needs a name");
      return NULL;
    }
  if (n_characters > CFOIL_SAVED_VIEW_MAX_NAME)
    {
      g_set_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_LIMIT,
                   "The name of a view has at most %d characters", CFOIL_SAVED_VIEW_MAX_NAME);
      return NULL;
    }
  for (const char *p = clean; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_iscntrl (g_utf8_get_char (p)) || g_utf8_get_char (p) == 0x2028 || g_utf8_get_char (p) == 0x2029)
      {
        g_set_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_ENCODING, "The name of a view has a control character");
        return NULL;
      }
  return g_steal_pointer (&clean);
}

/* --- reading --- */

static CfoilSavedView *
shipped_view_new (guint i)
{
  CfoilSavedView *view = cfoil_saved_view_new ();

  view->key = g_strdup (shipped[i].key);
  view->name = g_strdup (shipped[i].title);
  view->query = g_strdup (shipped[i].query);
  view->columns = g_strdup (shipped[i].columns);
  return view;
}

static CfoilSavedView *
find_shipped (GPtrArray  *views,
              const char *key)
{
  for (guint i = 0; i < G_N_ELEMENTS (shipped); i++)
    {
      CfoilSavedView *view = g_ptr_array_index (views, i);

      if (g_str_equal (view->key, key))
        return view;
    }
  return NULL;
}

/* "" is kept where the usual ones were chosen in place of those that were shipped. */
static void
read_columns (CfoilSavedView *view,
              const char     *columns)
{
  if (columns == NULL)
    return;
  g_free (view->columns);
  view->columns = *columns != '\0' ? g_strdup (columns) : NULL;
}

/* VIEW, found by its key, gets what is kept of it; NULL: a new one of the user's own. */
static CfoilSavedView *
read_view (CfoilStatement *row,
           CfoilSavedView *view)
{
  if (view == NULL)
    {
      view = cfoil_saved_view_new ();
      view->name = g_utf8_make_valid (cfoil_statement_column_text (row, 2), -1);
      view->query = g_utf8_make_valid (cfoil_statement_column_text (row, 3), -1);
    }
  view->view_id = cfoil_statement_column_int64 (row, 0);
  view->sort = g_strdup (cfoil_statement_column_text (row, 4));
  read_columns (view, cfoil_statement_column_text (row, 5));
  view->density = g_strdup (cfoil_statement_column_text (row, 6));
  return view;
}

GPtrArray *
cfoil_saved_view_list (CfoilDatabase *database,
                       GError       **error)
{
  g_autoptr (GPtrArray) views = g_ptr_array_new_with_free_func ((GDestroyNotify) cfoil_saved_view_free);
  g_autoptr (CfoilStatement) row = NULL;
  CfoilStep step;

  g_return_val_if_fail (database != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (shipped); i++)
    g_ptr_array_add (views, shipped_view_new (i));
  row = cfoil_database_prepare (database, "SELECT " COLUMNS " FROM saved_view ORDER BY position, view_id", error);
  if (row == NULL)
    return NULL;
  while ((step = cfoil_statement_step (row, error)) == CFOIL_STEP_ROW)
    {
      const char *key = cfoil_statement_column_text (row, 1);
      CfoilSavedView *view = key != NULL ? find_shipped (views, key) : NULL;

      /* A key that is not known is another version's. */
      if (key == NULL)
        g_ptr_array_add (views, read_view (row, NULL));
      else if (view != NULL)
        read_view (row, view);
    }
  return step == CFOIL_STEP_DONE ? g_steal_pointer (&views) : NULL;
}

static CfoilSavedView *
find_called (GPtrArray  *views,
             const char *name)
{
  for (guint i = 0; i < views->len; i++)
    if (cfoil_saved_view_is_called (views->pdata[i], name))
      return views->pdata[i];
  return NULL;
}

CfoilSavedView *
cfoil_saved_view_find (CfoilDatabase *database,
                       const char    *name,
                       GError       **error)
{
  g_autofree char *clean = NULL;
  g_autoptr (GPtrArray) views = NULL;
  CfoilSavedView *view;

  g_return_val_if_fail (name != NULL, NULL);

  views = cfoil_saved_view_list (database, error);
  if (views == NULL)
    return NULL;
  clean = g_strstrip (g_strdup (name));
  view = find_called (views, clean);
  if (view == NULL)
    {
      g_autofree char *valid = g_utf8_make_valid (clean, -1);

      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "There is no view “%s”", valid);
      return NULL;
    }
  return cfoil_saved_view_copy (view);
}
