/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-draft-store.h"

void
cfoil_draft_row_free (CfoilDraftRow *row)
{
}

CfoilDraftRow *
cfoil_draft_row_read (CfoilDatabase *database, gint64 case_id, guint round, GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "Not made yet");
  return NULL;
}

gboolean
cfoil_draft_row_write (CfoilMirror *mirror, const CfoilDraftRow *row, GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "Not made yet");
  return 0;
}

void
cfoil_draft_version_free (CfoilDraftVersion *version)
{
}

GPtrArray *
cfoil_draft_version_list (CfoilDatabase *database, gint64 case_id, GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "Not made yet");
  return NULL;
}

gboolean
cfoil_draft_version_add (CfoilMirror *mirror, gint64 case_id, guint round, const char *why, const char *text, GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "Not made yet");
  return 0;
}

CfoilLibraryItem *
cfoil_library_item_new (void)
{
  return NULL;
}

CfoilLibraryItem *
cfoil_library_item_copy (const CfoilLibraryItem *self)
{
  return NULL;
}

void
cfoil_library_item_free (CfoilLibraryItem *self)
{
}

GPtrArray *
cfoil_library_list (CfoilDatabase *database, GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "Not made yet");
  return NULL;
}

gboolean
cfoil_library_put (CfoilMirror *mirror, CfoilLibraryItem *item, GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "Not made yet");
  return 0;
}

gboolean
cfoil_library_remove (CfoilMirror *mirror, gint64 item_id, GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "Not made yet");
  return 0;
}

CfoilLibraryItem *
cfoil_library_find_in_force (CfoilDatabase *database, const char *kind, const char *day, GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "Not made yet");
  return NULL;
}
