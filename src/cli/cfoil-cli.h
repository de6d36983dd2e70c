/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-context.h"

G_BEGIN_DECLS

/* Exit codes, the same for every command. */
enum
{
  CFOIL_EXIT_DONE = 0,
  CFOIL_EXIT_FAILED = 1,
  CFOIL_EXIT_USAGE = 2,
  CFOIL_EXIT_PARTIAL = 3,
  CFOIL_EXIT_DUE = 4, /* of "disputes due" and "settlements": there is something */
};

/* What every command works with. */
typedef struct
{
  char *folder;           /* --data-dir, (nullable) */
  gboolean json;          /* --json */
  gboolean has_printed;   /* JSON has begun on standard output: no second value may follow */
  gboolean is_terminal;   /* standard error is one: draw progress */
  GCancellable *cancellable;
  char **words;           /* the command's words, (nullable) */
} CfoilCli;

/* A command: ARGV are the words after its name, NULL-terminated, options
 * included.  Returns an exit code. */
typedef int (*CfoilCommandFunc) (CfoilCli *cli,
                                 char    **argv);

typedef struct
{
  const char *name;
  CfoilCommandFunc func;
  const char *usage;   /* the words after the program's and the command's name */
  const char *summary; /* marked for translation */
} CfoilCommand;

extern const CfoilCommand cfoil_commands[];

/* Parses *ARGV with ENTRIES (and --help, --data-dir, --json, which every command
 * has) and leaves the words that are no options.  FALSE: *EXIT_CODE says with
 * what to end. */
gboolean cfoil_cli_parse (CfoilCli           *cli,
                          char             ***argv,
                          const char         *usage,
                          const char         *summary,
                          const GOptionEntry *entries,
                          int                *exit_code);

/* Runs that of WORDS (up to one without a name) that ARGV begins with, of a command that is
 * several; --help prints them. */
int cfoil_cli_run_word (CfoilCli           *cli,
                        char              **argv,
                        const CfoilCommand *words);

/* *FORMAT NULL becomes "table", or "json" with --json.  FALSE: it is none of table, csv
 * and json, and that was said. */
gboolean cfoil_cli_read_format (CfoilCli *cli,
                                char    **format);

/* Opens the mirror; on failure says why and returns NULL. */
CfoilContext *cfoil_cli_open (CfoilCli *cli);

/* Prints to standard output as it is.  What cannot be written is told at the end
 * of the program; FALSE: it is of no use to print more. */
gboolean cfoil_cli_print (const char *text);

/* Text from outside, made harmless for a terminal: one line, no controls.  At most
 * MAX_LENGTH characters, 0: all. */
char *cfoil_cli_clean (const char *text,
                       guint       max_length);

/* Says what went wrong and what to do now, with --json also as an object on
 * standard output; returns CFOIL_EXIT_FAILED. */
int cfoil_cli_fail (CfoilCli     *cli,
                    const GError *error);
int cfoil_cli_usage (const char *message,
                     ...) G_GNUC_PRINTF (1, 2);

/* Says on standard error what went wrong with SUBJECT (an account, or one and its feed,
 * or a file) and what to do. */
void cfoil_cli_print_failure (const char *subject,
                              const char *message,
                              const char *error_name);
int cfoil_cli_exit_code_of (CfoilOutcome outcome);

/* A progress line on a terminal, with rate and time left. */
typedef struct _CfoilProgressLine CfoilProgressLine;
CfoilProgressLine *cfoil_progress_line_new (CfoilCli *cli);
void cfoil_progress_line_show (const CfoilProgress *progress,
                               gpointer             progress_line);
void cfoil_progress_line_free (CfoilProgressLine *self);

/* JSON: TEXT as a string, NULL as null; a member after "{" or other members; the
 * members that tell an error; an object that says that something was done. */
void cfoil_json_append_string (GString    *out,
                               const char *text);
void cfoil_json_append_member (GString    *out,
                               const char *name,
                               const char *text);
void cfoil_json_append_error (GString      *out,
                              const char   *message_name,
                              const GError *error);
void cfoil_json_print_done (const char *subject,
                            const char *value,
                            const char *done);

/* Prints the rows of STATEMENT as "table", "csv" or "json"; money columns
 * (*_minor) and times (*_us) are shown for people in tables, raw otherwise. */
gboolean cfoil_print_rows (CfoilCli       *cli,
                           CfoilStatement *statement,
                           const char     *format,
                           GError        **error);
/* As JSON, with the objects OBJECTS (JSON texts) before them. */
gboolean cfoil_print_json (CfoilCli       *cli,
                           GPtrArray      *objects,
                           CfoilStatement *statement,
                           GError        **error);

int cfoil_command_account (CfoilCli *cli, char **argv);
int cfoil_command_sync (CfoilCli *cli, char **argv);
int cfoil_command_import (CfoilCli *cli, char **argv);
int cfoil_command_list (CfoilCli *cli, char **argv);
int cfoil_command_export (CfoilCli *cli, char **argv);
int cfoil_command_status (CfoilCli *cli, char **argv);
int cfoil_command_sql (CfoilCli *cli, char **argv);
int cfoil_command_check (CfoilCli *cli, char **argv);
int cfoil_command_rebuild (CfoilCli *cli, char **argv);
int cfoil_command_totals (CfoilCli *cli, char **argv);
int cfoil_command_views (CfoilCli *cli, char **argv);
int cfoil_command_annotate (CfoilCli *cli, char **argv);
int cfoil_command_backup (CfoilCli *cli, char **argv);
int cfoil_command_anomalies (CfoilCli *cli, char **argv);
int cfoil_command_disputes (CfoilCli *cli, char **argv);
int cfoil_command_overview (CfoilCli *cli, char **argv);
int cfoil_command_rates (CfoilCli *cli, char **argv);
int cfoil_command_settlements (CfoilCli *cli, char **argv);
int cfoil_command_books (CfoilCli *cli, char **argv);
int cfoil_command_bank (CfoilCli *cli, char **argv);
int cfoil_command_report (CfoilCli *cli, char **argv);
int cfoil_command_provider_reports (CfoilCli *cli, char **argv);

G_END_DECLS
