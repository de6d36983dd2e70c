/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-mirror.h"
#include "cfoil-table.h"

G_BEGIN_DECLS

/* The report files that the provider makes, was asked for and refused, and those that were
 * imported.  Blocks, for a reader's thread. */
typedef struct
{
  char *account;
  char *feed;               /* (nullable): of a request that has no report */
  char *report_id;          /* (nullable): the provider's; of an import and of a request none */
  char *title;              /* (nullable): for who knows how the feed is called */
  char *provider_type;      /* (nullable): the provider's word; of an import what it turned out to be */
  char *status;             /* in_progress, completed, failed, cancelled, expired, unknown; "imported"; "waiting", "refused":
                               a request; "unreadable": here, but broken; "strange": here, with columns that
                               nobody has published */
  char *answer;             /* (nullable): why, in the provider's words or ours; English */
  gint64 start_us, end_us;  /* the window, or CFOIL_UNKNOWN */
  gint64 created_us;        /* made, arrived, or asked for */
  gboolean is_ours;         /* this program asked for it */
  char *sha256;             /* (nullable): not here yet */
  char *shown_name;         /* (nullable): of an import */
  gint64 n_rows;            /* CFOIL_UNKNOWN: not read */
} CfoilReportFile;

void cfoil_report_file_free (CfoilReportFile *self);

/* At most so many, the newest first. */
#define CFOIL_REPORT_FILES_MAX 2000
/* (element-type CfoilReportFile) */
GPtrArray *cfoil_report_files_list (CfoilDatabase *database,
                                    GError       **error);
/* How it stands and what comes next, in a sentence; "" where there is nothing to say.  Translated, to be freed. */
char *cfoil_report_file_explain (const CfoilReportFile *self);
/* The same as a table, row by row; from its first day to its last in ZONE. */
CfoilTable *cfoil_report_files_to_table (GPtrArray *files,
                                         GTimeZone *zone);

/* The rows of a file as they stand in it, with columns of the kinds that all of their values
 * have: times, whole numbers, amounts (where it is clear which column has their currency), texts.
 * SEARCH (nullable): only rows in which it stands, in any letter case.  Up to MAX_ROWS of them;
 * a note says that there are more.  Errors: those of the file and of its CSV. */
#define CFOIL_REPORT_FILE_MAX_ROWS 20000
CfoilTable *cfoil_report_file_read (CfoilMirror  *mirror,
                                    const char   *sha256,
                                    const char   *search,
                                    GCancellable *cancellable,
                                    GError      **error);

/* The query for the transactions that the file fed: those of its settlements, of the payments
 * and refunds or else of the orders that it names; NULL without error: none.  Of more names
 * than a query can have only the first; *N_MORE: how many are left out. */
char *cfoil_report_file_find_rows (CfoilDatabase *database,
                                   const char    *sha256,
                                   guint         *n_more,
                                   GError       **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilReportFile, cfoil_report_file_free)

G_END_DECLS
