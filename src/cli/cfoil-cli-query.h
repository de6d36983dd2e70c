/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-cli.h"

G_BEGIN_DECLS

/* The options by which commands say which transactions, in which order and with which
 * columns: --query, --view, --sort, --columns and --time-zone. */
typedef struct
{
  /* as typed; all (owned) (nullable) */
  char *query_text;
  char *view_name;
  char *sort_text;
  char *columns_text;
  char *zone_name;

  /* what it means */
  CfoilQuery *query;   /* (owned): without mistakes */
  gboolean has_sort;
  CfoilSort sort;
  char *columns;       /* (owned) (nullable): for cfoil_export_columns_parse (); NULL: all */
  gboolean has_columns;
  GTimeZone *zone;     /* (owned) */
} CfoilCliQuery;

#define CFOIL_CLI_QUERY_ENTRY(q) \
  { "query", 0, 0, G_OPTION_ARG_FILENAME, &(q).query_text, N_ ("Which, as in the window’s search: 'date:2026-03 amount:>50 -type:refund'"), N_ ("TEXT") }, \
  { "view", 0, 0, G_OPTION_ARG_FILENAME, &(q).view_name, N_ ("A saved view, by name or key: its query, order and columns"), N_ ("NAME") }
#define CFOIL_CLI_ZONE_ENTRY(q) \
  { "time-zone", 0, 0, G_OPTION_ARG_STRING, &(q).zone_name, N_ ("Zone of dates and local times, such as Europe/Berlin"), N_ ("ZONE") }
#define CFOIL_CLI_COLUMNS_ENTRY(q) \
  { "sort", 0, 0, G_OPTION_ARG_STRING, &(q).sort_text, N_ ("A column to sort by; -COLUMN: largest first"), N_ ("COLUMN") }, \
  { "columns", 0, 0, G_OPTION_ARG_STRING, &(q).columns_text, N_ ("Columns by name, all, or shown: those of the view"), N_ ("A,B,…") }

/* Whether any of the options is there that only transactions have. */
gboolean cfoil_cli_query_is_given (const CfoilCliQuery *self);

/* What can be judged without a mirror: call it before one is opened.  FALSE: it has
 * said what is wrong, and the command ends with CFOIL_EXIT_USAGE. */
gboolean cfoil_cli_query_parse (CfoilCliQuery *self);

/* Takes what the view says, if there is one, and puts the query before it.  Anything
 * but CFOIL_EXIT_DONE: it has said what is wrong, and the command ends with it. */
int cfoil_cli_query_resolve (CfoilCliQuery *self,
                             CfoilCli      *cli,
                             CfoilDatabase *reader);

void cfoil_cli_query_clear (CfoilCliQuery *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CfoilCliQuery, cfoil_cli_query_clear)

G_END_DECLS
