/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-account.h"
#include "cfoil-mirror.h"
#include "cfoil-writer.h"
#include "test-support.h"

G_BEGIN_DECLS

/* A mirror in a folder of its own, with one account, a feed and a document. */
typedef struct
{
  TestFolder *folder;
  CfoilMirror *mirror;
  CfoilWriter *writer;
  gint64 account_id;
  gint64 feed_id;
  gint64 document_id;
} TestMirror;

TestMirror *test_mirror_new (void);
void test_mirror_free (TestMirror *self);

gint64 test_add_account (CfoilMirror *mirror,
                         const char  *name);
gint64 test_add_account_in (CfoilMirror *mirror,
                            const char  *name,
                            const char  *environment);
CfoilWriter *test_writer_new (CfoilMirror *mirror,
                              gint64       account_id);
gint64 test_open_feed (CfoilWriter *writer,
                       const char  *name,
                       int          rank);
/* A document row of that name; its file is not there. */
gint64 test_open_document (CfoilWriter *writer,
                           gint64       feed_id,
                           const char  *name);
void test_commit (CfoilWriter *writer);

/* Records with nothing said but what is not NULL. */
CfoilObservation test_observation (CfoilObjectKind kind,
                                   const char     *object_id,
                                   gint64          said_us);
CfoilSettlementLine test_line (const char *settlement_id,
                               CfoilType   type,
                               const char *object_id,
                               gint64      amount_minor);
void test_put_observation (CfoilWriter            *writer,
                           const CfoilObservation *observation);
void test_put_line (CfoilWriter               *writer,
                    const CfoilSettlementLine *line);

/* The rows of SQL, one line each, cells divided by |; NULL is written ~. */
char *test_dump (CfoilMirror *mirror,
                 const char  *sql);
gint64 test_count (CfoilMirror *mirror,
                   const char  *sql);
/* All views whose rows do not depend on when or in which order things came. */
char *test_dump_views (CfoilMirror *mirror);

/* On a plain connection, past all that the program checks. */
void test_exec (CfoilMirror *mirror,
                const char  *sql);

/* Makes the packed columns of all rows anew. */
void test_remake_columns (CfoilMirror *mirror);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestMirror, test_mirror_free)

G_END_DECLS
