/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "test-support.h"

G_BEGIN_DECLS

/* The built counterfoil-cli on a mirror of its own. */
typedef struct
{
  TestFolder *folder;
  char *data_dir;
  char *key_file; /* RSA, 0600 */
  char *ca_file;  /* a certificate of nobody */
  char **environment;
} Cli;

Cli *cli_new (void);
/* The same with an account "shop" whose key is kept in its file. */
Cli *cli_new_with_account (void);
void cli_free (Cli *self);

typedef struct
{
  int exit_code;
  char *out;
  char *err;
} CliResult;

/* Runs it with these words, NULL-terminated; --data-dir is put before them. */
CliResult *cli_run (Cli *self,
                    ...) G_GNUC_NULL_TERMINATED;
CliResult *cli_run_strv (Cli               *self,
                         const char *const *words);
void cli_result_free (CliResult *result);

/* Runs it and fails unless it ends with EXIT_CODE. */
CliResult *cli_expect (Cli *self,
                       int  exit_code,
                       ...) G_GNUC_NULL_TERMINATED;

/* Standard output of a SQL question as CSV. */
char *cli_sql (Cli        *self,
               const char *sql);
/* All views but the times of feeds. */
char *cli_dump (Cli *self);

char *cli_write_file (Cli        *self,
                      const char *name,
                      const char *bytes,
                      gssize      length);
char *cli_sample (const char *name);

JsonNode *cli_parse_json (const char *text);

/* Makes a private key; EC unless IS_RSA. */
void cli_write_key (const char *path,
                    gboolean    is_rsa,
                    int         mode);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Cli, cli_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CliResult, cli_result_free)

G_END_DECLS
