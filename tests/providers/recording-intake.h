/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-provider.h"

G_BEGIN_DECLS

/* A mirror made of arrays.  It keeps what it is given as lines of text, so that
 * tests compare text, and plays the part of the store: documents of the same
 * bytes count once, newer observations replace older ones, unanswered actions
 * come back. */
#define RECORDING_TYPE_INTAKE (recording_intake_get_type ())
G_DECLARE_FINAL_TYPE (RecordingIntake, recording_intake, RECORDING, INTAKE, GObject)

struct _RecordingIntake
{
  GObject parent_instance;

  CfoilProvider *provider;   /* (owned) (nullable) */
  char *folder;              /* (owned) (nullable): for documents */
  char *feed;                /* (owned) (nullable): the current one */
  GPtrArray *events;         /* (owned): everything put, as text, in order */
  GHashTable *observations;  /* (owned): "feed|kind|id" to said_us and text */
  GHashTable *lines;         /* (owned): "settlement|row" to text */
  GHashTable *disbursements; /* (owned): settlement to text */
  GHashTable *reports;       /* (owned): id to Report */
  GHashTable *documents;     /* (owned): SHA-256 to nothing */
  GHashTable *cursors;       /* (owned) */
  GHashTable *coverage;      /* (owned): feed to CfoilIntervalSet */
  GHashTable *failures;      /* (owned): feed to GError */
  GHashTable *objects;       /* (owned): "kind|id" to whether it is to be asked for */
  GPtrArray *exceptions;     /* (owned): text */
  GPtrArray *actions;        /* (owned): CfoilAction without an answer */
  GHashTable *answers;       /* (owned): "kind subject" to the text of a success */
  char *action_name;         /* (owned) (nullable): of the last action begun */
  GHashTable *net_minor;     /* (owned): "currency|type" to gint64: sums of the lines */
  gint64 earliest_us;
  guint n_actions;
  guint n_unproven;
  guint64 document_rows;
  gboolean die_at_end_action; /* fail there as a full disk would */
  guint list_due_limit;       /* of each kind; 0: none are due */
};

RecordingIntake *recording_intake_new (CfoilProvider *provider);

/* Everything but the order in which it came. */
char *recording_intake_dump (RecordingIntake *self);
const GError *recording_intake_get_failure (RecordingIntake *self,
                                            const char      *feed);
guint recording_intake_count_exceptions (RecordingIntake *self,
                                         const char      *kind);

G_END_DECLS
