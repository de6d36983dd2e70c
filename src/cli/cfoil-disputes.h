/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-case.h"
#include "cfoil-cli.h"

G_BEGIN_DECLS

/* What the words after "disputes" share.  Each returns an exit code. */
int cfoil_disputes_list (CfoilCli *cli, char **argv);
int cfoil_disputes_due (CfoilCli *cli, char **argv);
int cfoil_disputes_show (CfoilCli *cli, char **argv);
int cfoil_disputes_add (CfoilCli *cli, char **argv);
int cfoil_disputes_packet (CfoilCli *cli, char **argv);
int cfoil_disputes_contest (CfoilCli *cli, char **argv);
int cfoil_disputes_accept (CfoilCli *cli, char **argv);
int cfoil_disputes_export (CfoilCli *cli, char **argv);

/* The case that ID (of the case, its dispute or its charge) names; NULL: that was said,
 * and *EXIT_CODE is set. */
CfoilCase *cfoil_disputes_find (CfoilCli     *cli,
                                CfoilContext *context,
                                const char   *id,
                                int          *exit_code);

/* The user's limits of destinations, as in the window; NULL: none were changed. */
GVariant *cfoil_disputes_dup_limits (void);

/* All about RECORD, in lines or as JSON.  Free it. */
char *cfoil_disputes_describe (CfoilDatabase   *reader,
                               const CfoilCase *record,
                               gboolean         is_json,
                               GError         **error);

/* Prints FINDINGS (element-type CfoilFinding) on standard error. */
void cfoil_disputes_print_findings (GPtrArray *findings);

/* Puts what lies in FOLDER into the draft of RECORD: draft.json and files/, as "disputes
 * export" writes them, or else each file as an exhibit, in the order of their names. */
gboolean cfoil_disputes_take_folder (CfoilContext    *context,
                                     const CfoilCase *record,
                                     const char      *folder,
                                     GCancellable    *cancellable,
                                     GError         **error);

/* Writes the draft, its files, the packet and the history of RECORD into FOLDER, which
 * must not be there. */
gboolean cfoil_disputes_write_folder (CfoilContext    *context,
                                      const CfoilCase *record,
                                      const char      *folder,
                                      GCancellable    *cancellable,
                                      GError         **error);

G_END_DECLS
