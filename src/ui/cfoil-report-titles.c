/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-report-titles.h"

#include <glib/gi18n.h>

struct _CfoilReportTitles
{
  CfoilContext *context; /* (owned) */
  GHashTable *types;     /* account's name to its GPtrArray of CfoilReportType, (nullable): it has none */
};

static void
types_free (gpointer data)
{
  if (data != NULL)
    g_ptr_array_unref (data);
}

CfoilReportTitles *
cfoil_report_titles_new (CfoilContext *context)
{
  CfoilReportTitles *self = g_new0 (CfoilReportTitles, 1);

  self->context = g_object_ref (context);
  self->types = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, types_free);
  return self;
}

void
cfoil_report_titles_free (CfoilReportTitles *self)
{
  g_object_unref (self->context);
  g_hash_table_unref (self->types);
  g_free (self);
}

const char *
cfoil_report_titles_find (CfoilReportTitles *self,
                          const char        *account,
                          const char        *type)
{
  GPtrArray *types;

  if (account == NULL || type == NULL)
    return NULL;
  /* An account whose provider has no types is no failure: its files have other names. */
  if (!g_hash_table_contains (self->types, account))
    g_hash_table_insert (self->types, g_strdup (account), cfoil_context_list_report_types_sync (self->context, account, NULL, NULL));
  types = g_hash_table_lookup (self->types, account);
  for (guint i = 0; types != NULL && i < types->len; i++)
    if (g_strcmp0 (((CfoilReportType *) types->pdata[i])->type, type) == 0)
      return _(((CfoilReportType *) types->pdata[i])->title);
  return NULL;
}
