/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A file that is there whole or not at all: written beside its target, synced,
 * then renamed.  Freed without commit, it leaves nothing. */
typedef struct _CfoilAtomicFile CfoilAtomicFile;

/* OVERWRITE FALSE: a target that exists is G_IO_ERROR_EXISTS. */
CfoilAtomicFile *cfoil_atomic_file_new (const char *path,
                                        gboolean    overwrite,
                                        GError    **error);
void cfoil_atomic_file_free (CfoilAtomicFile *self);

gboolean cfoil_atomic_file_write (CfoilAtomicFile *self,
                                  const char      *bytes,
                                  gsize            length,
                                  GError         **error);
/* Removes what the commit would replace, if there is something, ahead of it: for a file
 * that must not be seen beside what is committed first. */
gboolean cfoil_atomic_file_remove_old (CfoilAtomicFile *self,
                                       GError         **error);
gboolean cfoil_atomic_file_commit (CfoilAtomicFile *self,
                                   GError         **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilAtomicFile, cfoil_atomic_file_free)

G_END_DECLS
