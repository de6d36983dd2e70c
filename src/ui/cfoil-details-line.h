/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  CFOIL_LINE_IS_STRONG = 1 << 0,  /* a sum */
  CFOIL_LINE_IS_UNKNOWN = 1 << 1, /* the value says that nobody knows */
  CFOIL_LINE_IS_ID = 1 << 2,      /* title above, value below it in letters of one width */
} CfoilLineFlags;

/* What one line of a list of details says.  Texts are fit to be shown, never
 * markup. */
typedef struct
{
  char *title;
  char *value;   /* (nullable) */
  char *detail;  /* (nullable): below, of several lines perhaps */
  char *copied;  /* (nullable): what the copy button copies; NULL: there is none */
  char *query;   /* (nullable): activated, it filters the list */
  gint64 txn_id; /* not 0: activated, it opens this row */
  CfoilLineFlags flags;
} CfoilLine;

/* Texts are copied; nullable but for TITLE. */
CfoilLine *cfoil_line_new (const char    *title,
                           const char    *value,
                           const char    *detail,
                           CfoilLineFlags flags);
void cfoil_line_free (gpointer line);

/* A row of such a list. */
#define CFOIL_TYPE_DETAILS_LINE (cfoil_details_line_get_type ())
G_DECLARE_FINAL_TYPE (CfoilDetailsLine, cfoil_details_line, CFOIL, DETAILS_LINE, GtkListBoxRow)

/* Makes LIST show LINES (element-type CfoilLine); rows that are there are changed,
 * so that focus and scrolling stay.  Without lines it is hidden, with HEADING
 * (nullable). */
void cfoil_details_line_show (GtkListBox *list,
                              GtkWidget  *heading,
                              GPtrArray  *lines);

gint64 cfoil_details_line_get_txn_id (CfoilDetailsLine *self);
const char *cfoil_details_line_get_query (CfoilDetailsLine *self); /* (nullable) */

G_END_DECLS
