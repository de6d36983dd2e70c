/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-bank-columns.h"
#include "cfoil-bank-dialog.h"
#include "cfoil-bank-job.h"
#include "cfoil-bank-list.h"
#include "cfoil-bank-statements.h"
#include "cfoil-banner.h"

G_BEGIN_DECLS

struct _CfoilBankDialog
{
  AdwWindow parent_instance;

  CfoilBanner *banner;
  GtkStack *stack;
  AdwViewStack *lists;
  AdwViewStackPage *open_page;
  CfoilBankList *open_list;
  CfoilBankList *matched_list;
  CfoilBankList *other_list;
  CfoilBankStatements *statements;
  CfoilBankColumns *columns;
  AdwViewSwitcherTitle *switcher;
  AdwViewSwitcherBar *switcher_bar;
  GtkWidget *import_button;
  GtkWidget *back_button;
  GtkWidget *take_button;
  GtkWidget *cancel_button;
  GtkSpinner *spinner;
  GtkProgressBar *progress_bar;
  GtkLabel *progress_label;

  CfoilWindow *window;       /* (owned) */
  GCancellable *cancellable; /* (owned) */
  CfoilOperation *operation; /* (owned) (nullable) */
  char *path;                /* (owned) (nullable): the file whose columns are asked for */
  CfoilBankPreview *preview; /* (owned) (nullable): of a file that could not be imported */
  CfoilBankMapping *suggestion; /* (owned) (nullable) */
  guint limit;
  guint progress_source;
};

/* A job for this mirror; and whether there still are a dialog and a mirror when it comes back. */
CfoilBankJob *cfoil_bank_dialog_job_new (CfoilBankDialog *self);
gboolean cfoil_bank_dialog_is_alive (CfoilBankDialog *self);

/* Takes JOB over. */
void cfoil_bank_dialog_run (CfoilBankDialog    *self,
                            CfoilBankJob       *job,
                            CfoilOperationFunc  func,
                            GAsyncReadyCallback callback);
/* For the callback.  FALSE: it failed, with ERROR (nullable: the dialog is gone, or a person gave it up). */
gboolean cfoil_bank_dialog_finish (CfoilBankDialog *self,
                                   GObject         *source,
                                   GAsyncResult    *result,
                                   GError         **error);

/* "loading", "lists", "none", "columns" or "progress". */
void cfoil_bank_dialog_show_page (CfoilBankDialog *self,
                                  const char      *name);
void cfoil_bank_dialog_tell_error (CfoilBankDialog *self,
                                   const GError    *error);
/* What a person is told of ERROR. */
const char *cfoil_bank_dialog_error_words (const GError *error);
/* Reads the lists anew, and shows them. */
void cfoil_bank_dialog_read_lists (CfoilBankDialog *self);
void cfoil_bank_dialog_remove_statement (CfoilBankDialog *self,
                                         gint64           statement_id);

/* --- cfoil-bank-dialog-import.c --- */

/* Of the class: what the template calls, and actions. */
void cfoil_bank_dialog_bind_import (GtkWidgetClass *widget_class);
/* Of an instance: files can be dropped. */
void cfoil_bank_dialog_init_import (CfoilBankDialog *self);
/* Gives up what is under way, or leads from the columns back to the lists.  FALSE: there is nothing like that. */
gboolean cfoil_bank_dialog_step_back (CfoilBankDialog *self);

G_END_DECLS
