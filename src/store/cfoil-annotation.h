/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-mirror.h"

G_BEGIN_DECLS

/* What the merchant says of a transaction: note, tags, reviewed.  No provider ever
 * overwrites it.  It belongs to the transaction's id at its provider, not to a row
 * or an account: it outlives both, and is there again when they come again. */

#define CFOIL_NOTE_MAX_LENGTH 10000 /* characters */
#define CFOIL_TAG_MAX_LENGTH 50
#define CFOIL_MAX_TAGS 50

typedef struct
{
  char *note;         /* "": none */
  char **tags;        /* sorted, without doubles; never NULL */
  gint64 reviewed_us; /* CFOIL_UNKNOWN: not reviewed */
} CfoilAnnotation;

typedef enum
{
  CFOIL_ANNOTATION_NOTE = 1 << 0,
  CFOIL_ANNOTATION_TAGS = 1 << 1,
  CFOIL_ANNOTATION_REVIEWED = 1 << 2,
} CfoilAnnotationParts;

#define CFOIL_ANNOTATION_ALL (CFOIL_ANNOTATION_NOTE | CFOIL_ANNOTATION_TAGS | CFOIL_ANNOTATION_REVIEWED)

CfoilAnnotation *cfoil_annotation_new (void);
CfoilAnnotation *cfoil_annotation_copy (const CfoilAnnotation *self);
void cfoil_annotation_free (CfoilAnnotation *self);

/* PARTS of SELF become those of FROM; the others stay. */
void cfoil_annotation_take_parts (CfoilAnnotation       *self,
                                  const CfoilAnnotation *from,
                                  CfoilAnnotationParts   parts);

/* Of the row TXN_ID; an empty one where nothing was said. */
CfoilAnnotation *cfoil_annotation_read (CfoilDatabase *database,
                                        gint64         txn_id,
                                        GError       **error);

/* Writes PARTS (at least one) of what is said of TXN_ID in one transaction of its own,
 * while others may be syncing.  The other parts stay what they are at that moment,
 * whatever ANNOTATION says: somebody else may have written them since they were read.
 * Blocks; for a worker thread.  PREVIOUS (nullable) gets what stood there before, all
 * of it.  A note or tag that is too long or a tag with a comma or a control character
 * is CFOIL_INPUT_ERROR. */
gboolean cfoil_annotation_write (CfoilMirror           *mirror,
                                 gint64                 txn_id,
                                 const CfoilAnnotation *annotation,
                                 CfoilAnnotationParts   parts,
                                 CfoilAnnotation      **previous,
                                 GError               **error);

/* What was said of a transaction, whether the mirror has a row of it or not. */
typedef struct
{
  char *provider;
  char *environment;
  char *transaction_id;
  CfoilAnnotation *annotation;
} CfoilAnnotationEntry;
void cfoil_annotation_entry_free (CfoilAnnotationEntry *entry);

/* Puts back what ENTRIES (element-type CfoilAnnotationEntry) say, in one transaction:
 * where nothing stands now, or also where something else does if that REPLACES it.
 * What they do not say stays.  *N_CHANGED gets how many had to be.  As
 * cfoil_annotation_write () otherwise. */
gboolean cfoil_annotation_restore (CfoilMirror *mirror,
                                   GPtrArray   *entries,
                                   gboolean     replaces,
                                   guint       *n_changed,
                                   GError     **error);

/* Tags in use, commonest first. (element-type utf8) (transfer full) */
GPtrArray *cfoil_annotation_list_tags (CfoilDatabase *database,
                                       GError       **error);

/* "a, b" to sorted tags without doubles; CFOIL_INPUT_ERROR tells what is wrong. */
char **cfoil_tags_parse (const char *text,
                         GError    **error);
char *cfoil_tags_to_text (char **tags); /* "a, b" */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilAnnotation, cfoil_annotation_free)

G_END_DECLS
