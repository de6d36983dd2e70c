/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-database.h"

G_BEGIN_DECLS

/* The folder that holds one mirror:
 *
 *   mirror.sqlite     the database (0600)
 *   reports/          raw report files, SHA256.gz
 *   evidence/         files of cases and the library (0700), SHA256
 *   drafts/           what was typed and is not in the database as yet (0700), CASE-ROUND
 *   incoming/         what is being fetched; emptied at the next run
 *   mirror.lock       held by whoever syncs or imports
 *
 * One process at a time writes in bulk (cfoil_mirror_lock ()); any number reads.
 * The object itself may be used from any thread; its connections may not. */
#define CFOIL_TYPE_MIRROR (cfoil_mirror_get_type ())
G_DECLARE_FINAL_TYPE (CfoilMirror, cfoil_mirror, CFOIL, MIRROR, GObject)

/* Marks the file as ours ("Cfoi"). */
#define CFOIL_MIRROR_APPLICATION_ID 0x43666f69

/* Opens or makes the mirror in FOLDER (0700) and brings its schema up to date.  A
 * mirror made by a newer version is G_IO_ERROR_NOT_SUPPORTED, a file that is not
 * a mirror G_IO_ERROR_INVALID_DATA; neither is touched. */
CfoilMirror *cfoil_mirror_open (const char *folder,
                                GError    **error);

/* The same with a database of another name, for cfoil-rebuild.c. */
CfoilMirror *cfoil_mirror_open_named (const char *folder,
                                      const char *name,
                                      GError    **error);

const char *cfoil_mirror_get_folder (CfoilMirror *self);
const char *cfoil_mirror_get_path (CfoilMirror *self);

/* The path of a raw report file, and a new name in incoming/. */
char *cfoil_mirror_dup_document_path (CfoilMirror *self,
                                      const char  *sha256);
char *cfoil_mirror_dup_incoming_path (CfoilMirror *self);

/* A new connection.  Close it in the thread that uses it. */
CfoilDatabase *cfoil_mirror_open_reader (CfoilMirror *self,
                                         GError     **error);
CfoilDatabase *cfoil_mirror_open_writer (CfoilMirror *self,
                                         GError     **error);

/* Files beside the database that were the mirror before a rebuild. */
#define CFOIL_MIRROR_REPLACED_INFIX ".replaced-"
/* Removes them all but KEEP (a path, nullable), which may be the newest. */
void cfoil_mirror_remove_replaced (CfoilMirror *self,
                                   const char  *keep);

/* The right to sync and import, held until the descriptor is closed with
 * cfoil_mirror_unlock ().  -1 and G_IO_ERROR_BUSY when another process or
 * thread holds it. */
int cfoil_mirror_lock (CfoilMirror *self,
                       GError     **error);
void cfoil_mirror_unlock (CfoilMirror *self,
                          int          lock);

/* From any thread, after a commit: emits ::changed, soon and once for many
 * calls, in the main context. */
void cfoil_mirror_notify_changed (CfoilMirror *self);

G_END_DECLS
