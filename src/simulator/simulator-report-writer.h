/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "simulator-merchant.h"

#include <stdio.h>

/* Writes report rows to a file or, with no file, to a string.  Fields are
 * always quoted. */
typedef struct {
  FILE *file;
  GString *text;
  char *buffer;
  gsize used;
  gboolean in_row;
  gboolean failed;
  CfoilSimZone zone;
  gint64 hour;
  int offset;
  gint64 day;
  char day_text[11];
  char offset_text[7];
} CfoilSimWriter;

/* The fields of one settlement row. */
typedef struct {
  gint64 posted;
  const char *settlement_id;
  const char *transaction_id;
  const char *reference;
  const char *type;
  const char *order_id;
  const char *order_reference;
  const char *store;
  const char *description;
  gint64 amount;
  gint64 percentage_fee;
  gint64 fixed_fee;
  CfoilSimCurrency currency;
} CfoilSimSettlementRow;

void     cfoil_sim_writer_init   (CfoilSimWriter *writer, FILE *file, CfoilSimZone zone);
gboolean cfoil_sim_writer_finish (CfoilSimWriter *writer);
void     cfoil_sim_writer_field  (CfoilSimWriter *writer, const char *text);
void     cfoil_sim_writer_amount (CfoilSimWriter *writer, gint64 minor, CfoilSimCurrency currency);
void     cfoil_sim_writer_time   (CfoilSimWriter *writer, gint64 time);
void     cfoil_sim_writer_end    (CfoilSimWriter *writer);
void     cfoil_sim_writer_header (CfoilSimWriter *writer, const char *const *names, gboolean trailing_comma);

void cfoil_sim_writer_settlement_head (CfoilSimWriter *writer, const char *merchant_id, gint64 start, gint64 end);
void cfoil_sim_writer_settlement_row  (CfoilSimWriter *writer, const CfoilSimSettlementRow *row);
