/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-evidence-file.h"

CfoilEvidenceFile *
cfoil_evidence_file_copy (const CfoilEvidenceFile *self)
{
  return NULL;
}

void
cfoil_evidence_file_free (CfoilEvidenceFile *self)
{
}

CfoilEvidenceFile *
cfoil_evidence_file_keep (CfoilMirror *mirror, GFile *source, GCancellable *cancellable, GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "Not made yet");
  return NULL;
}

CfoilEvidenceFile *
cfoil_evidence_file_keep_bytes (CfoilMirror *mirror, GBytes *bytes, GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "Not made yet");
  return NULL;
}

CfoilEvidenceFile *
cfoil_evidence_file_read (CfoilDatabase *database, const char *sha256, GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "Not made yet");
  return NULL;
}

char *
cfoil_evidence_file_dup_path (CfoilMirror *mirror, const char *sha256)
{
  return NULL;
}

gboolean
cfoil_evidence_file_is_intact (CfoilMirror *mirror, const char *sha256, GCancellable *cancellable)
{
  return 0;
}

gboolean
cfoil_evidence_file_set_inspected (CfoilMirror *mirror, const CfoilEvidenceFile *file, GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "Not made yet");
  return 0;
}

gboolean
cfoil_evidence_file_sweep (CfoilMirror *mirror, GCancellable *cancellable, GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "Not made yet");
  return 0;
}

char *
cfoil_evidence_clean_name (const char *name)
{
  return NULL;
}

const char *
cfoil_evidence_type_of (const char *head, gsize length, const char *name)
{
  return NULL;
}
