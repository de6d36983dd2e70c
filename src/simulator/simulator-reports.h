/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "simulator-documents.h"

typedef struct {
  char *id;
  char *document_id;
  CfoilSimReportType type;
  guint settlement;
  gint64 start;
  gint64 end;
  gint64 created;
  gint64 done_ms;
  gboolean empty;
  const char *forced; /* the status that a control call gave it */
} CfoilSimReport;

typedef struct {
  char *id;
  CfoilSimReportType type;
  char *frequency;
  gint64 next;
} CfoilSimSchedule;

/* Oldest report first. */
typedef struct {
  CfoilSimMerchant *merchant;
  CfoilSimRandom random;
  GPtrArray *reports;
  GPtrArray *schedules;
  GHashTable *by_id;
  GHashTable *by_document;
  const char *next_status; /* that the next report gets for good */
} CfoilSimReports;

CfoilSimReports  *cfoil_sim_reports_new            (CfoilSimMerchant *merchant);
void              cfoil_sim_reports_free           (CfoilSimReports *reports);
CfoilSimReport   *cfoil_sim_reports_create         (CfoilSimReports *reports, CfoilSimReportType type, gint64 start, gint64 end);
CfoilSimReport   *cfoil_sim_reports_add_settlement (CfoilSimReports *reports, guint number, gint64 created);
CfoilSimReport   *cfoil_sim_reports_find           (CfoilSimReports *reports, const char *id);
CfoilSimReport   *cfoil_sim_reports_find_document  (CfoilSimReports *reports, const char *document_id);
gboolean          cfoil_sim_reports_serves         (const CfoilSimReports *reports, const CfoilSimReport *report);
gboolean          cfoil_sim_reports_serves_line    (const CfoilSimReports *reports, const CfoilSimLine *line);
void              cfoil_sim_reports_run_schedules  (CfoilSimReports *reports);
const char       *cfoil_sim_report_status          (const CfoilSimReports *reports, const CfoilSimReport *report);
GBytes           *cfoil_sim_report_document        (const CfoilSimReports *reports, const CfoilSimReport *report);
CfoilSimSchedule *cfoil_sim_reports_add_schedule   (CfoilSimReports *reports, CfoilSimReportType type, const char *frequency, gint64 next);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilSimReports, cfoil_sim_reports_free)
