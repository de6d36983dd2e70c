/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-context-provider-reports.h"
#include "cfoil-workspace.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Something that a person asks the provider for: a report, a schedule, how they stand.  It runs as
 * the workspace's operation, with its progress, and can be cancelled as any. */
typedef enum
{
  CFOIL_REPORT_ASK_REQUEST,   /* ->type, ->start_us, ->end_us */
  CFOIL_REPORT_ASK_DOWNLOAD,  /* ->id */
  CFOIL_REPORT_ASK_CREATE,    /* ->type, ->frequency, ->replaced_id (nullable) */
  CFOIL_REPORT_ASK_CANCEL,    /* ->id, ->of_others */
  CFOIL_REPORT_ASK_SCHEDULES, /* what schedules there are; ->account NULL: of all accounts */
} CfoilReportAskKind;

typedef struct
{
  CfoilReportAskKind kind;
  CfoilContext *context;  /* (owned) */
  char *account;          /* (owned) (nullable) */
  char *type;             /* (owned): the provider's word */
  char *frequency;        /* (owned) */
  char *id;               /* (owned): of the report or schedule */
  char *replaced_id;      /* (owned) (nullable) */
  gint64 start_us, end_us;
  gboolean of_others;

  /* What became of it. */
  CfoilAsked asked;
  CfoilReportStatus status;
  char *sha256;           /* (owned) (nullable) */
  char *existing_id;      /* (owned) (nullable) */
} CfoilReportAsk;

/* ERROR NULL: it went well.  In the main thread, once; ASK is freed afterwards. */
typedef void (*CfoilReportAskedFunc) (GtkWidget            *widget,
                                      const CfoilReportAsk *ask,
                                      const GError         *error);

CfoilReportAsk *cfoil_report_ask_new (CfoilWorkspace    *workspace,
                                      CfoilReportAskKind kind,
                                      const char        *account);
void cfoil_report_ask_free (CfoilReportAsk *self);

/* Takes SELF.  FUNC is called for WIDGET, which is held until then.  FALSE: something else is
 * running, and FUNC is not called. */
gboolean cfoil_report_ask_run (CfoilReportAsk      *self,
                               CfoilWorkspace      *workspace,
                               GtkWidget           *widget,
                               CfoilReportAskedFunc func);

/* What comes of asking for a report of TYPE, or for a schedule of it.  Translated, to be freed. */
char *cfoil_report_ask_explain (CfoilWorkspace        *workspace,
                                const CfoilReportType *type,
                                gboolean               is_schedule);

/* What to think of before a schedule of another program goes: with an account goes what this
 * program knew of its own ones, and it cannot tell them from others.  Translated. */
const char *cfoil_report_ask_whose (void);

/* What to do about ERROR, in words for reports. */
const char *cfoil_report_ask_words (const GError *error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilReportAsk, cfoil_report_ask_free)

G_END_DECLS
