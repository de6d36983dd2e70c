/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-dispute.h"
#include "cfoil-mirror.h"

G_BEGIN_DECLS

/* Drafts as texts (what is in them: cfoil-draft.h), their versions, and the library.
 * Blocking, for worker threads; each write is one short transaction of its own. */

typedef struct
{
  gint64 case_id;
  guint round;
  char *text;
  guint n_done, n_wanted; /* of the checklist, for the inbox */
  gint64 changed_us;
  CfoilProduct product;   /* the case has it, too: for the inbox, and for its next draft */
} CfoilDraftRow;
void cfoil_draft_row_free (CfoilDraftRow *row);

/* NULL without error: there is none. */
CfoilDraftRow *cfoil_draft_row_read (CfoilDatabase *database,
                                     gint64         case_id,
                                     guint          round,
                                     GError       **error);
gboolean cfoil_draft_row_write (CfoilMirror         *mirror,
                                const CfoilDraftRow *row,
                                GError             **error);

/* The same for a draft that comes from elsewhere, a folder say.  WAS (nullable: there was
 * none) is the row as the caller has read it: if it is another by now, G_IO_ERROR_BUSY.
 * What is replaced, and words that a program had beside the database when it died
 * (cfoil-draft-spill.h), stay as versions ("import").  CFOIL_INPUT_ERROR_ANSWERED when the
 * answer was given or is on its way. */
gboolean cfoil_draft_row_replace (CfoilMirror         *mirror,
                                  const CfoilDraftRow *row,
                                  const CfoilDraftRow *was,
                                  GError             **error);

typedef struct
{
  gint64 version_id;
  guint round;
  gint64 at_us;
  char *who;
  char *why;  /* opened, pause, restored, sent, product, import */
  char *text;
} CfoilDraftVersion;
void cfoil_draft_version_free (CfoilDraftVersion *version);

/* Newest first.  (element-type CfoilDraftVersion) */
GPtrArray *cfoil_draft_version_list (CfoilDatabase *database,
                                     gint64         case_id,
                                     GError       **error);
/* Nothing is written when the newest version of that round has the same text. */
gboolean cfoil_draft_version_add (CfoilMirror *mirror,
                                  gint64       case_id,
                                  guint        round,
                                  const char  *why,
                                  const char  *text,
                                  GError     **error);

/* --- library --- */

typedef struct
{
  gint64 item_id;
  char *kind;       /* cancellation_policy, refund_policy, terms, shop, template, file */
  char *name;
  char *valid_from; /* (nullable): YYYY-MM-DD, the first day on which it held */
  CfoilReason reason; /* of a template: for which; 0: any */
  char *text;       /* "" if it is a file */
  char *sha256;     /* (nullable) */
  char *file_name;  /* (nullable) */
  gint64 changed_us;
} CfoilLibraryItem;

CfoilLibraryItem *cfoil_library_item_new (void);
CfoilLibraryItem *cfoil_library_item_copy (const CfoilLibraryItem *self);
void cfoil_library_item_free (CfoilLibraryItem *self);

/* By kind, name and newest first.  (element-type CfoilLibraryItem) */
GPtrArray *cfoil_library_list (CfoilDatabase *database,
                               GError       **error);
/* Adds it (item_id 0; it gets one) or changes it. */
gboolean cfoil_library_put (CfoilMirror      *mirror,
                            CfoilLibraryItem *item,
                            GError          **error);
gboolean cfoil_library_remove (CfoilMirror *mirror,
                               gint64       item_id,
                               GError     **error);
/* The one of KIND that was in force on DAY (YYYY-MM-DD): the newest that began on or
 * before it; one without a day held always.  NULL without error: none. */
CfoilLibraryItem *cfoil_library_find_in_force (CfoilDatabase *database,
                                               const char    *kind,
                                               const char    *day,
                                               GError       **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilDraftRow, cfoil_draft_row_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilDraftVersion, cfoil_draft_version_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilLibraryItem, cfoil_library_item_free)

G_END_DECLS
