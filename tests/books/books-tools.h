/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The accounting programs themselves, asked what they make of a file.  Each fails the
 * test when the program does not accept it.  Balances are lines "account|CUR|minor",
 * sorted, none of them 0. */
char *books_ask_hledger (const char *path);
char *books_ask_beancount (const char *path);
char *books_ask_ledger (const char *path);

/* The same of SQL that gives account, currency and minor units, on a mirror's folder. */
char *books_ask_mirror (const char *folder,
                        const char *sql);

/* Runs a command; fails the test unless it ends well.  Its standard output. */
char *books_run (const char *const *argv);

G_END_DECLS
