/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "cfoil-dispute.h"
#include "cfoil-mirror.h"

G_BEGIN_DECLS

/* A dispute as the merchant has to deal with it: a chargeback, a claim, an inquiry.
 * Made by the mirror's writer as soon as anything tells of one (a dispute by its id, a
 * settlement line, a refund that the buyer forced), in the same transaction, or by a
 * person.  However many routes tell of it and in whatever order, it is one case.
 *
 * A record is what could be read at one moment; immutable, counted references, any
 * thread.  Texts are as they came (clean them with cfoil_shown_text () where they are
 * shown).  NULL and CFOIL_UNKNOWN: nobody has said. */
#define CFOIL_TYPE_CASE (cfoil_case_get_type ())

typedef enum
{
  CFOIL_SUBMISSION_NONE = 0,
  CFOIL_SUBMISSION_WAITING = 1,   /* not one byte was delivered as yet */
  CFOIL_SUBMISSION_SENDING = 2,   /* begun; some of it may be there */
  CFOIL_SUBMISSION_DELIVERED = 3, /* the provider has confirmed it */
  CFOIL_SUBMISSION_FAILED = 4,    /* will not be tried again by itself */
  CFOIL_SUBMISSION_WITHDRAWN = 5, /* by the merchant, before it was delivered */
} CfoilSubmissionState;

typedef struct
{
  gint64 case_id;
  char *uid;               /* 32 hexadecimal digits, for ever */
  char *provider;
  char *environment;
  gint64 account_id;       /* 0: the account was removed */
  char *account;
  char *region;            /* (nullable) */
  CfoilCaseKind kind;
  char *dispute_id;        /* (nullable): nobody has said it yet, or there is none */
  char *charge_id;         /* (nullable) */
  char *permission_id;     /* (nullable) */
  gint64 txn_id;           /* of the charge; 0: it is not in the mirror */

  CfoilState state;
  char *provider_state;    /* (nullable) */
  char *state_reason;      /* (nullable): the provider's word for why the state is so */
  CfoilReason reason;
  char *provider_reason;   /* (nullable) */
  CfoilCaseOutcome outcome;
  char *resolution;        /* (nullable): the provider's word */
  char *currency;          /* (nullable) */
  gint64 amount_minor;
  gint64 opened_us;        /* the provider's word, else when we first heard of it */
  gint64 updated_us;
  gint64 due_us;           /* while an answer is awaited, otherwise unknown */
  gboolean due_is_estimate;
  gboolean is_confirmed;   /* the provider has told of it by its id */
  gboolean is_by_hand;     /* its state is what the merchant says */

  char *claim_text;        /* (nullable): what the buyer wrote, typed in */
  char *buyer_name;        /* (nullable) */
  char *buyer_email;       /* (nullable) */
  char *merchant_reference;/* (nullable) */
  char *order_reference;   /* (nullable) */
  char *description;       /* (nullable): of the charge */
  char *handler;           /* (nullable): who takes care of it */
  CfoilProduct product;    /* of its draft (cfoil-draft-store.h) */

  guint round;             /* of the answer that is awaited or was given last; from 1 */
  gboolean has_draft;      /* of that round */
  guint draft_done;        /* of its checklist */
  guint draft_wanted;
  gint64 draft_changed_us;
  CfoilSubmissionState submission; /* of that round */
  gboolean accepts;        /* that submission gives in */
  gint64 sent_us;          /* when the last answer was delivered */
} CfoilCase;

GType cfoil_case_get_type (void);
CfoilCase *cfoil_case_ref (CfoilCase *self);
void cfoil_case_unref (CfoilCase *self);

/* All of them, in no order.  (element-type CfoilCase) (transfer full) */
GPtrArray *cfoil_case_list (CfoilDatabase *database,
                            GError       **error);
CfoilCase *cfoil_case_read (CfoilDatabase *database,
                            gint64         case_id,
                            GError       **error);
/* By uid (eight digits or more of it that are unambiguous), dispute id, or charge id;
 * G_IO_ERROR_NOT_FOUND. */
CfoilCase *cfoil_case_find (CfoilDatabase *database,
                            const char    *id,
                            GError       **error);

/* --- routes --- */

typedef struct
{
  char *route;  /* object, settlement, refund_report, notification, typed, email, hand */
  char *detail; /* the feed's name, the file's, who typed it */
  gint64 seen_us;
} CfoilCaseSource;
/* (element-type CfoilCaseSource), oldest first */
GPtrArray *cfoil_case_list_sources (CfoilDatabase *database,
                                    gint64         case_id,
                                    GError       **error);

/* --- what was done --- */

typedef struct
{
  gint64 event_id;
  gint64 at_us;
  char *who;    /* (nullable): the provider, or this program */
  char *kind;   /* note, contact, handler, state, deadline, found, draft, sent, delivered,
                   failed, accepted, withdrawn, merged, said, file, export */
  char *text;   /* in English, or what a person wrote */
  char *detail; /* (nullable): JSON */
} CfoilCaseEvent;
/* (element-type CfoilCaseEvent), oldest first */
GPtrArray *cfoil_case_list_events (CfoilDatabase *database,
                                   gint64         case_id,
                                   GError       **error);
/* Who works here: the user's full name, else the login. */
const char *cfoil_case_who (void);

/* --- writing --- each blocks, is one short transaction of its own beside whatever else
 * writes, and is for a worker thread. */

gboolean cfoil_case_add_event (CfoilMirror *mirror,
                               gint64       case_id,
                               const char  *kind,
                               const char  *text,
                               const char  *detail,
                               GError     **error);

/* HANDLER NULL: nobody. */
gboolean cfoil_case_set_handler (CfoilMirror *mirror,
                                 gint64       case_id,
                                 const char  *handler,
                                 GError     **error);

/* What a person says of a case: of one that is kept by hand all of it counts, of others
 * what the provider has not said. */
typedef struct
{
  CfoilCaseKind kind;
  const char *account;       /* name; when it is made */
  const char *dispute_id;    /* (nullable) */
  const char *charge_id;     /* (nullable) */
  CfoilState state;          /* NEEDS_RESPONSE when it is made */
  CfoilReason reason;
  CfoilCaseOutcome outcome;
  const char *currency;      /* (nullable) */
  gint64 amount_minor;
  gint64 opened_us;
  gint64 due_us;             /* CFOIL_UNKNOWN: estimated from opened_us */
  const char *buyer;         /* (nullable) */
  const char *reference;     /* (nullable): the order */
  const char *claim_text;    /* (nullable) */
} CfoilCaseWords;

/* ROUTE: typed, email or hand.  Finds the case if there is one already (then nothing of
 * it changes but its sources), also the one of the same charge whose id was missing.
 * CFOIL_INPUT_ERROR for an id that cannot be one, or (_TAKEN) that is of another payment
 * or kind. */
gboolean cfoil_case_add (CfoilMirror          *mirror,
                         const CfoilCaseWords *words,
                         const char           *route,
                         const char           *detail,
                         gint64               *case_id,
                         GError              **error);
gboolean cfoil_case_say (CfoilMirror          *mirror,
                         gint64                case_id,
                         const CfoilCaseWords *words,
                         GError              **error);
/* The missing id of a case; merges it with the case of that id if there is one: notes,
 * drafts and history of both are kept.  CFOIL_INPUT_ERROR_TAKEN: the id is that of another
 * payment or kind.  If that comes out only later, the writer takes it off again. */
gboolean cfoil_case_set_dispute_id (CfoilMirror *mirror,
                                    gint64       case_id,
                                    const char  *dispute_id,
                                    gint64      *merged_case_id,
                                    GError     **error);
/* Only one that no provider has confirmed. */
gboolean cfoil_case_remove (CfoilMirror *mirror,
                            gint64       case_id,
                            GError     **error);

/* --- reminders --- */

/* Hours before the deadline at which people are reminded, longest first, ended by 0. */
extern const guint cfoil_reminder_stages[]; /* 120, 72, 24, 4, 0 */

typedef struct
{
  gint64 case_id;
  guint stage;
  CfoilCase *record; /* (owned) */
} CfoilReminder;
void cfoil_reminder_free (CfoilReminder *reminder);

/* What should be shown at NOW_US: of each case that waits for an answer the latest stage
 * that is reached, unless it was shown or is snoozed.  *NEXT_US: when to ask again, or
 * CFOIL_UNKNOWN. */
GPtrArray *cfoil_reminder_list_due (CfoilDatabase *database,
                                    gint64         now_us,
                                    gint64        *next_us,
                                    GError       **error);
gboolean cfoil_reminder_mark_shown (CfoilMirror *mirror,
                                    gint64       case_id,
                                    guint        stage,
                                    gint64       now_us,
                                    GError     **error);
/* Not before UNTIL_US, whatever stage is reached until then. */
gboolean cfoil_reminder_snooze (CfoilMirror *mirror,
                                gint64       case_id,
                                gint64       until_us,
                                GError     **error);

void cfoil_case_source_free (CfoilCaseSource *source);
void cfoil_case_event_free (CfoilCaseEvent *event);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilCase, cfoil_case_unref)

G_END_DECLS
