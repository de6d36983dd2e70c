/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-cli-query.h"

#include "cfoil-saved-view.h"

#include <glib/gi18n.h>
#include <string.h>

/* A query is shown back in an error up to here. */
#define MAX_SHOWN 80

gboolean
cfoil_cli_query_is_given (const CfoilCliQuery *self)
{
  return self->query_text != NULL || self->view_name != NULL || self->sort_text != NULL || self->columns_text != NULL;
}

static void
tell_mistake (const CfoilQuery        *query,
              const CfoilQueryMistake *mistake)
{
  const char *text = cfoil_query_get_text (query);
  glong position = g_utf8_pointer_to_offset (text, text + mistake->start) + 1;
  g_autofree char *part = g_strndup (text + mistake->start, mistake->end - mistake->start);
  g_autofree char *shown = cfoil_cli_clean (part, MAX_SHOWN);
  g_autofree char *message = cfoil_cli_clean (mistake->message, 0);

  if (*shown != '\0')
    /* Translators: %ld is a place in what was typed, “%s” what stands there, the last
     * %s is what was expected. */
    g_printerr (_ ("The query, at character %ld, “%s”: %s\n"), position, shown, message);
  else
    /* Translators: %ld is a place in what was typed, %s is what was expected. */
    g_printerr (_ ("The query, at character %ld: %s\n"), position, message);
}

/* A script that got what it did not ask for would be worse off than without. */
static gboolean
check_query (const CfoilQuery *query)
{
  guint n_mistakes = cfoil_query_get_n_mistakes (query);

  for (guint i = 0; i < n_mistakes; i++)
    tell_mistake (query, cfoil_query_get_mistake (query, i));
  return n_mistakes == 0;
}

static gboolean
parse_sort (CfoilCliQuery *self)
{
  const char *name = self->sort_text;

  if (name == NULL)
    return TRUE;
  self->has_sort = TRUE;
  if (cfoil_sort_from_string (name, &self->sort))
    return TRUE;
  /* By the word of queries, "date". */
  self->sort.is_ascending = *name != '-';
  for (guint field = 0; field < CFOIL_N_FIELDS; field++)
    if (g_strcmp0 (cfoil_query_field_name ((CfoilField) field), name + (*name == '-')) == 0)
      {
        self->sort.field = (CfoilField) field;
        return TRUE;
      }
  {
    g_autofree char *shown = cfoil_cli_clean (name, MAX_SHOWN);

    cfoil_cli_usage (_ ("There is no column “%s” to sort by."), shown);
  }
  return FALSE;
}

static gboolean
parse_columns (CfoilCliQuery *self)
{
  g_autoptr (GArray) fields = NULL;
  g_autoptr (GError) error = NULL;

  if (self->columns_text == NULL)
    return TRUE;
  self->has_columns = TRUE;
  if (g_str_equal (self->columns_text, "all") || g_str_equal (self->columns_text, "shown"))
    return TRUE;
  fields = cfoil_export_columns_parse (self->columns_text, &error);
  if (fields == NULL)
    {
      g_autofree char *message = cfoil_cli_clean (error->message, 0);

      cfoil_cli_usage ("--columns: %s", message);
      return FALSE;
    }
  self->columns = g_strdup (self->columns_text);
  return TRUE;
}

gboolean
cfoil_cli_query_parse (CfoilCliQuery *self)
{
  g_autoptr (GError) error = NULL;

  if ((self->query_text != NULL && !g_utf8_validate (self->query_text, -1, NULL)) ||
      (self->view_name != NULL && !g_utf8_validate (self->view_name, -1, NULL)))
    {
      cfoil_cli_usage (_ ("A query and the name of a view are UTF-8 text."));
      return FALSE;
    }
  self->query = cfoil_query_parse (self->query_text);
  if (!check_query (self->query) || !parse_sort (self) || !parse_columns (self))
    return FALSE;
  self->zone = cfoil_export_open_zone (self->zone_name, &error);
  if (self->zone == NULL)
    {
      g_autofree char *message = cfoil_cli_clean (error->message, 0);

      cfoil_cli_usage ("%s", message);
      return FALSE;
    }
  return TRUE;
}

/* Both hold: the view's terms and the ones that were typed. */
static gboolean
join_queries (CfoilCliQuery *self,
              const char    *text)
{
  const char *typed = cfoil_query_get_text (self->query);
  g_autofree char *both = *typed != '\0' ? g_strconcat (text, " ", typed, NULL) : g_strdup (text);

  cfoil_query_unref (self->query);
  self->query = cfoil_query_parse (both);
  return check_query (self->query);
}

int
cfoil_cli_query_resolve (CfoilCliQuery *self,
                         CfoilCli      *cli,
                         CfoilDatabase *reader)
{
  g_autoptr (CfoilSavedView) view = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_shown = g_strcmp0 (self->columns_text, "shown") == 0;

  if (self->view_name != NULL)
    {
      view = cfoil_saved_view_find (reader, self->view_name, &error);
      if (view == NULL)
        return cfoil_cli_fail (cli, error);
      if (!join_queries (self, view->query))
        return CFOIL_EXIT_USAGE;
      if (!self->has_sort)
        {
          self->has_sort = TRUE;
          if (view->sort == NULL || !cfoil_sort_from_string (view->sort, &self->sort))
            self->sort = cfoil_sort_default;
        }
      is_shown = is_shown || !self->has_columns;
      self->has_columns = TRUE;
    }
  if (is_shown)
    self->columns = g_strdup (view != NULL && view->columns != NULL ? view->columns : CFOIL_EXPORT_USUAL_COLUMNS);
  return CFOIL_EXIT_DONE;
}

void
cfoil_cli_query_clear (CfoilCliQuery *self)
{
  g_free (self->query_text);
  g_free (self->view_name);
  g_free (self->sort_text);
  g_free (self->columns_text);
  g_free (self->zone_name);
  g_clear_pointer (&self->query, cfoil_query_unref);
  g_free (self->columns);
  g_clear_pointer (&self->zone, g_time_zone_unref);
}
