/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-draft-session.h"
#include "test-mirror.h"

G_BEGIN_DECLS

/* A mirror with one chargeback that waits for its answer. */
typedef struct
{
  TestMirror *mirror;
  CfoilReader *reader;
  gint64 case_id;
} DraftFixture;

DraftFixture *draft_fixture_new (void);
void draft_fixture_free (DraftFixture *self);

/* Says of the case who the buyer is. */
void draft_fixture_say_buyer (DraftFixture *self,
                              const char   *buyer);
/* An answer of ROUND with the draft TEXT, as STATE. */
void draft_fixture_submit (DraftFixture        *self,
                           guint                round,
                           const char          *text,
                           CfoilSubmissionState state);

/* Waits until it is loaded. */
CfoilDraftSession *draft_fixture_open (DraftFixture *self,
                                       guint         round);
/* Writes all that is not written; the error, if any. */
GError *draft_flush (CfoilDraftSession *session);
/* Runs the main loop until it holds, at most for LIMIT_MS. */
#define draft_wait(condition, limit_ms) \
  G_STMT_START \
  { \
    guint timer_ = g_timeout_add (10, draft_tick, NULL); \
    gint64 end_ = g_get_monotonic_time () + (limit_ms) * 1000; \
    while (!(condition)) \
      { \
        g_assert_cmpint (g_get_monotonic_time (), <, end_); \
        g_main_context_iteration (NULL, TRUE); \
      } \
    g_source_remove (timer_); \
  } \
  G_STMT_END
gboolean draft_tick (gpointer user_data);

/* The user's own words of the closing, the simplest that one can type. */
void draft_type (CfoilDraftSession *session,
                 const char        *words);
/* The draft as the mirror has it; NULL: there is none. */
CfoilDraft *draft_fixture_read (DraftFixture *self,
                                guint         round);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DraftFixture, draft_fixture_free)

G_END_DECLS
