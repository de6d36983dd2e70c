/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync-fixture.h"
#include "test-support.h"

/* Both ends of what the window does with disputes: what the simulator was told and has, and
 * what the command line says of the mirror.  The window is between them. */
typedef struct
{
  Fixture *sim;
  char *mirror;       /* folder */
  TestFolder *folder; /* of files to add */
} Loop;

Loop *loop_new (void);
void loop_free (Loop *self);

/* A chargeback for that reason in the provider's words; its id.  CHARGE_ID (nullable): of
 * the charge. */
char *loop_file_chargeback (Loop       *self,
                            const char *filing_reason,
                                  char      **charge_id);
/* A control call that names the dispute; MORE like ",\"resolution\":\"MerchantWon\"". */
void loop_control (Loop       *self,
                   const char *path,
                   const char *dispute_id,
                   const char *more);

/* Six files, one of each of these types, that an answer is made of; paths. */
#define LOOP_N_FILES 6
GStrv loop_make_files (Loop *self);

/* --- what the command line says --- */

/* NULL: there is no such case. */
JsonObject *loop_show (Loop       *self,
                       const char *id);
/* Waits until that member of the case is TEXT; says what it is otherwise. */
gboolean loop_becomes (Loop       *self,
                       const char *id,
                       const char *member,
                       const char *text);
/* The answers in that state. */
gboolean loop_has_answers (Loop       *self,
                           const char *id,
                           const char *state,
                           guint       n);
/* The packet of that round. */
GBytes *loop_read_packet (Loop       *self,
                          const char *id,
                          guint       round);

/* --- what arrived --- */

/* The dispute has exactly so many evidences and contests. */
gboolean loop_received (Loop       *self,
                        const char *dispute_id,
                        guint       n_evidences,
                        guint       n_contests);
/* Once, and the same to the last byte. */
gboolean loop_received_bytes (Loop       *self,
                              const char *dispute_id,
                              const char *file_type,
                              GBytes     *bytes);
gboolean loop_received_file (Loop       *self,
                             const char *dispute_id,
                             const char *path);
gboolean loop_received_text (Loop       *self,
                             const char *dispute_id,
                             const char *type,
                             const char *text);
