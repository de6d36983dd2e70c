/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-database.h"
#include "cfoil-field.h"

#include <glib-object.h>

G_BEGIN_DECLS

/* Fields as a set of bits. */
typedef guint64 CfoilFieldSet;
G_STATIC_ASSERT (CFOIL_N_FIELDS <= 64);
#define CFOIL_FIELD_BIT(field) (G_GUINT64_CONSTANT (1) << (field))

/* FIELDS and what it takes to show them: amounts need their currency. */
CfoilFieldSet cfoil_field_set_complete (CfoilFieldSet fields);

/* Whether values of FIELD are texts in a record; else numbers. */
gboolean cfoil_field_is_text (CfoilField field);

/* One row of the list of transactions, as read: a value for each of some fields.
 * Immutable once it is read, counted references, any thread.  Texts are fit to be
 * shown (see cfoil_shown_text ()). */
#define CFOIL_TYPE_RECORD (cfoil_record_get_type ())
typedef struct _CfoilRecord CfoilRecord;

GType cfoil_record_get_type (void);

/* Without any value as yet; for who reads it. */
CfoilRecord *cfoil_record_new (gint64 id);
void cfoil_record_set_number (CfoilRecord *self,
                              CfoilField   field,
                              gint64       number);
void cfoil_record_set_text (CfoilRecord *self,
                            CfoilField   field,
                            const char  *text);

CfoilRecord *cfoil_record_ref (CfoilRecord *self);
void cfoil_record_unref (CfoilRecord *self);

gint64 cfoil_record_get_id (const CfoilRecord *self); /* of the row in the mirror */
CfoilFieldSet cfoil_record_get_fields (const CfoilRecord *self);
gboolean cfoil_record_equal (const CfoilRecord *a,
                             const CfoilRecord *b);

/* CFOIL_UNKNOWN where nobody has said, and for a field that was not read. */
gint64 cfoil_record_get_number (const CfoilRecord *self,
                                CfoilField         field);
/* NULL likewise. */
const char *cfoil_record_get_text (const CfoilRecord *self,
                                   CfoilField         field);

/* Reads FIELDS of the rows IDS, on a reader thread; those that are gone are left
 * out.  (element-type CfoilRecord) (transfer full) */
GPtrArray *cfoil_record_read (CfoilDatabase *database,
                              CfoilFieldSet  fields,
                              const gint64  *ids,
                              guint          n_ids,
                              GError       **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilRecord, cfoil_record_unref)

G_END_DECLS
