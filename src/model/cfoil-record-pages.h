/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-reader.h"
#include "cfoil-record-item.h"

G_BEGIN_DECLS

/* The rows behind the ids of a list: an object for each position that somebody
 * holds, filled from what is known at once and from the mirror soon.  The part of
 * CfoilRecordModel that has to do with contents.  For the main thread. */
typedef struct _CfoilRecordPages CfoilRecordPages;

#define CFOIL_RECORD_PAGE 128

/* ERROR: rows cannot be read. */
typedef void (*CfoilRecordPagesFailed) (gpointer      user_data,
                                        const GError *error);

/* READER (nullable) */
CfoilRecordPages *cfoil_record_pages_new (CfoilReader            *reader,
                                          CfoilRecordPagesFailed  failed,
                                          gpointer                user_data);
/* Ends all that is under way; FAILED is not called again. */
void cfoil_record_pages_close (CfoilRecordPages *self);

/* Between the two the items show what stood there before. */
void cfoil_record_pages_set_ids (CfoilRecordPages *self,
                                 GArray           *ids);
void cfoil_record_pages_show (CfoilRecordPages *self);

/* Rows that were read elsewhere.  (element-type CfoilRecord) */
void cfoil_record_pages_add (CfoilRecordPages *self,
                             GPtrArray        *records);

/* What has been read so far is to be read again. */
void cfoil_record_pages_age (CfoilRecordPages *self);

/* What to read of each row. */
void cfoil_record_pages_set_fields (CfoilRecordPages *self,
                                    CfoilFieldSet     fields);
CfoilFieldSet cfoil_record_pages_get_fields (CfoilRecordPages *self);

/* All items say that they changed. */
void cfoil_record_pages_redraw (CfoilRecordPages *self);

/* Rows near POSITION are filled first. */
void cfoil_record_pages_set_centre (CfoilRecordPages *self,
                                    guint             position);

/* Behind the last id it is an empty one.  (transfer full) */
CfoilRecordItem *cfoil_record_pages_get_item (CfoilRecordPages *self,
                                              guint             position);

G_END_DECLS
