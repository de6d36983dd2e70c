/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-search-lookup.h"

#include "cfoil-scan.h"

typedef struct
{
  CfoilField field;
  char *prefix;
  guint limit;
} Lookup;

static void
lookup_free (gpointer data)
{
  Lookup *lookup = data;

  g_free (lookup->prefix);
  g_free (lookup);
}

/* On a reader's thread. */
static gpointer
run (CfoilDatabase *database,
     gpointer       data,
     GCancellable  *cancellable,
     GError       **error)
{
  const Lookup *lookup = data;
  g_autofree char *folded = cfoil_fold (lookup->prefix);

  return cfoil_scan_values (database, lookup->field, folded, lookup->limit, cancellable, error);
}

gboolean
cfoil_search_lookup_has_values (CfoilField field)
{
  switch (cfoil_field_get_info (field)->kind)
    {
    case CFOIL_FIELD_KIND_REF:
      return TRUE;
    case CFOIL_FIELD_KIND_TEXT:
      return field != CFOIL_FIELD_NOTE && field != CFOIL_FIELD_FX_RATE;
    case CFOIL_FIELD_KIND_ID:
    case CFOIL_FIELD_KIND_CODE:
    case CFOIL_FIELD_KIND_MONEY:
    case CFOIL_FIELD_KIND_TIME:
    case CFOIL_FIELD_KIND_NUMBER:
    case CFOIL_FIELD_KIND_FLAGS:
    default:
      return FALSE;
    }
}

void
cfoil_search_lookup_async (CfoilReader         *reader,
                           CfoilField           field,
                           const char          *prefix,
                           guint                limit,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  Lookup *lookup = g_new0 (Lookup, 1);

  lookup->field = field;
  lookup->prefix = g_strdup (prefix);
  lookup->limit = limit;
  cfoil_reader_run_async (reader, CFOIL_READER_STATUS, run, lookup, lookup_free,
                          (GDestroyNotify) g_ptr_array_unref, cancellable, callback, user_data);
}

GPtrArray *
cfoil_search_lookup_finish (GAsyncResult *result,
                            GError      **error)
{
  return cfoil_reader_run_finish (result, error);
}
