/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "simulator-random.h"

#include <json-glib/json-glib.h>

typedef enum {
  CFOIL_SIM_FAULT_DROP,
  CFOIL_SIM_FAULT_CUT,
  CFOIL_SIM_FAULT_CHUNK_END,
  CFOIL_SIM_FAULT_HALF_LINES,
  CFOIL_SIM_FAULT_CUT_ROWS,
  CFOIL_SIM_FAULT_WRONG_LENGTH,
  CFOIL_SIM_FAULT_SLOW,
  CFOIL_SIM_FAULT_DELAY,
  CFOIL_SIM_FAULT_STATUS,
  CFOIL_SIM_FAULT_THROTTLE,
  CFOIL_SIM_FAULT_GARBAGE_CSV,
  CFOIL_SIM_FAULT_HTML,
  CFOIL_SIM_FAULT_EXPIRE_URL,
  CFOIL_SIM_FAULT_GZIP_BOMB,
  CFOIL_SIM_FAULT_REPEAT_TOKEN,
  CFOIL_SIM_N_FAULT_KINDS
} CfoilSimFaultKind;

typedef struct {
  CfoilSimFaultKind kind;
  char *operation;
  char *body;
  double probability;
  guint nth;
  guint every;
  guint after;
  guint count;
  guint code;
  guint ms;
  gint64 bytes;
  gint64 bytes_per_second;
  int retry_after;
  gboolean before;
  guint seen;
  guint fired;
} CfoilSimFault;

typedef struct {
  GPtrArray *list;
  CfoilSimRandom random;
} CfoilSimFaults;

void                 cfoil_sim_faults_init  (CfoilSimFaults *faults, guint64 seed);
void                 cfoil_sim_faults_clear (CfoilSimFaults *faults);
gboolean             cfoil_sim_faults_load  (CfoilSimFaults *faults, const char *text, gssize length, GError **error);
const CfoilSimFault *cfoil_sim_faults_pick  (CfoilSimFaults *faults, const char *operation);
void                 cfoil_sim_faults_write (const CfoilSimFaults *faults, JsonBuilder *json);
