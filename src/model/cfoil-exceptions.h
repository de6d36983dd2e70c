/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-reader.h"

G_BEGIN_DECLS

/* Things that do not fit and were kept, as a list for people: the latest first,
 * not more than CFOIL_EXCEPTIONS_MAX of them. */
#define CFOIL_TYPE_EXCEPTION_ITEM (cfoil_exception_item_get_type ())
G_DECLARE_FINAL_TYPE (CfoilExceptionItem, cfoil_exception_item, CFOIL, EXCEPTION_ITEM, GObject)

#define CFOIL_EXCEPTIONS_MAX 500

struct _CfoilExceptionItem
{
  GObject parent_instance;

  gint64 id;
  char *account;
  char *kind;     /* the stable name: "bad_row" */
  char *subject;  /* (nullable) */
  char *message;
  char *feed;     /* (nullable) */
  char *document; /* (nullable): the file's name, else the beginning of its hash */
  char *raw;      /* (nullable): several lines */
  gint64 row_number; /* 0: none */
};

/* The result: CfoilExceptionItem. */
void cfoil_exceptions_read_async (CfoilReader         *reader,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data);
GPtrArray *cfoil_exceptions_read_finish (GAsyncResult *result,
                                         GError      **error);

G_END_DECLS
