/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-case.h"
#include "cfoil-workspace.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Changes of cases, each on a thread of its own while WIDGET is kept alive.  What went
 * wrong is said in a toast, unless DONE takes it. */
typedef struct
{
  /* What is to be done. (owned) (nullable) */
  CfoilContext *context;
  gint64 case_id;
  char *text;
  char *kind;
  char *detail;
  gboolean by_hand;
  CfoilCaseWords words; /* its texts are OWNED */
  GPtrArray *owned;     /* of texts */

  /* What came of it. */
  gint64 made_id;       /* of a case or a submission */
  guint n;
} CfoilCaseEdit;

/* On the thread. */
typedef gboolean (*CfoilCaseEditFunc) (CfoilCaseEdit *edit,
                                       GCancellable  *cancellable,
                                       GError       **error);
/* In the main context; ERROR (nullable).  EDIT is freed afterwards. */
typedef void (*CfoilCaseEditDone) (GtkWidget     *widget,
                                   CfoilCaseEdit *edit,
                                   const GError  *error);

CfoilCaseEdit *cfoil_case_edit_new (CfoilWorkspace *workspace,
                                    gint64          case_id);
/* One that is not run. */
void cfoil_case_edit_free (CfoilCaseEdit *edit);
/* A copy of TEXT that lives as long as EDIT, for its words; NULL for "" and NULL. */
const char *cfoil_case_edit_keep (CfoilCaseEdit *edit,
                                  const char    *text);
/* Takes EDIT.  DONE (nullable). */
void cfoil_case_edit_run (CfoilCaseEdit     *edit,
                          CfoilWorkspace    *workspace,
                          GtkWidget         *widget,
                          CfoilCaseEditFunc  func,
                          CfoilCaseEditDone  done);

/* --- those that several places need --- */

/* KIND: note or contact. */
void cfoil_case_edit_add_event (CfoilWorkspace *workspace,
                                GtkWidget      *widget,
                                gint64          case_id,
                                const char     *kind,
                                const char     *text);
void cfoil_case_edit_set_handler (CfoilWorkspace *workspace,
                                  GtkWidget      *widget,
                                  gint64          case_id,
                                  const char     *handler);

G_END_DECLS
