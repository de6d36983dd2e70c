/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "cfoil-dispute.h"
#include "cfoil-intake.h"

G_BEGIN_DECLS

/* A payment provider.  All functions block and belong to one worker thread at a
 * time; none touches the mirror but through the CfoilIntake it is given. */
#define CFOIL_TYPE_PROVIDER (cfoil_provider_get_type ())
G_DECLARE_INTERFACE (CfoilProvider, cfoil_provider, CFOIL, PROVIDER, GObject)

typedef enum
{
  CFOIL_FEED_REPORTS,        /* documents made by the provider: has coverage */
  CFOIL_FEED_LIST,           /* a list call with a cursor or a window: has coverage */
  CFOIL_FEED_OBJECTS,        /* objects asked for by id */
  CFOIL_FEED_IMPORT,         /* files that the user brings */
  CFOIL_FEED_NOTIFICATIONS,  /* pushed messages that the user brings */
} CfoilFeedKind;

typedef struct
{
  const char *name;     /* stable, lower-case: "settlement-reports" */
  const char *title;    /* English, marked for translation: pass it through gettext */
  CfoilFeedKind kind;
  int rank;             /* of two statements of the same time the higher rank wins */
} CfoilFeedInfo;

/* What a mail says that claims to come from the provider.  Nothing of it is believed:
 * the ids are looked up in the mirror, and by asking the provider. */
typedef struct
{
  char *subject;        /* clean, one line */
  char *sender;         /* the address of From:, clean */
  gint64 sent_us;       /* CFOIL_UNKNOWN */
  CfoilCaseKind kind;
  char **dispute_ids;   /* never NULL */
  char **charge_ids;
  char **order_ids;
  CfoilReason reason;
  char *currency;       /* (nullable) */
  gint64 amount_minor;
  gint64 due_us;        /* that it names; CFOIL_UNKNOWN */
  char **doubts;        /* English sentences: why it may be forged (sender's domain, links that lead
                           elsewhere, failed authentication, attachments that run); none: no doubt was found */
} CfoilMail;
void cfoil_mail_free (CfoilMail *mail);

/* A type of report that the provider makes.  Strings live as long as the array that they
 * came in. */
typedef struct
{
  const char *type;                /* the provider's own word */
  const char *name;                /* stable, short, lower-case: "refund", for command lines */
  const char *title;               /* English, marked for translation: pass it through gettext */
  const char *feed;                /* of the mirror's feeds: the one that its rows go to */
  gboolean can_request;            /* FALSE: it comes by itself, or by a schedule only */
  gboolean needs_period;           /* a request has a start and an end */
  guint max_days;                  /* of a period that the provider is known to take, 0: nobody has said */
  gint64 available_from_us;        /* what it can tell of, CFOIL_UNKNOWN: nobody has said */
  gint64 available_until_us;
  const char *const *frequencies;  /* (nullable): how often a schedule may make it, ISO 8601 ("P14D"),
                                      most often first; NULL: it cannot be scheduled */
} CfoilReportType;

/* What a document turned out to be. */
typedef struct
{
  const char *feed;     /* static: the feed whose rows it holds, (nullable) if unknown */
  const char *type;     /* static: "settlement", "refund", ... (nullable) if unknown */
} CfoilDocumentType;

struct _CfoilProviderInterface
{
  GTypeInterface parent_iface;

  const CfoilFeedInfo *(*get_feeds) (CfoilProvider *self, guint *n_feeds);
  gboolean (*test) (CfoilProvider *self, GCancellable *cancellable, GError **error);
  gboolean (*pull) (CfoilProvider *self,
                    CfoilIntake   *intake,
                    GCancellable  *cancellable,
                    GError       **error);
  gboolean (*fetch) (CfoilProvider  *self,
                     CfoilIntake    *intake,
                     CfoilObjectKind kind,
                     const char     *object_id,
                     GCancellable   *cancellable,
                     GError        **error);
  gboolean (*identify_document) (CfoilProvider     *self,
                                 const char        *head,
                                 gsize              length,
                                 CfoilDocumentType *type);
  gboolean (*parse_document) (CfoilProvider           *self,
                              GInputStream            *stream,
                              const CfoilDocumentType *type,
                              guint64                  skip_rows,
                              CfoilIntake             *intake,
                              guint64                 *n_rows,
                              GCancellable            *cancellable,
                              GError                 **error);
  gboolean (*parse_notification) (CfoilProvider   *self,
                                  const char      *text,
                                  gsize            length,
                                  CfoilObjectKind *kind,
                                  char           **object_id,
                                  char           **message_id,
                                  GError         **error);
  gboolean (*answer_dispute) (CfoilProvider     *self,
                              CfoilIntake       *intake,
                              const CfoilAnswer *answer,
                              GCancellable      *cancellable,
                              GError           **error);
  gboolean (*parse_mail) (CfoilProvider *self,
                          GBytes        *bytes,
                          CfoilMail    **mail,
                          GError       **error);
  gboolean (*is_dispute_id) (CfoilProvider *self,
                             const char    *id);

  /* Reports on demand; NULL: the provider makes none. */
  GPtrArray *(*list_report_types) (CfoilProvider *self,
                                   GCancellable  *cancellable,
                                   GError       **error);
  gboolean (*request_report) (CfoilProvider *self,
                              CfoilIntake   *intake,
                              const char    *type,
                              gint64         start_us,
                              gint64         end_us,
                              char         **report_id,
                              GCancellable  *cancellable,
                              GError       **error);
  gboolean (*fetch_report) (CfoilProvider     *self,
                            CfoilIntake       *intake,
                            const char        *report_id,
                            gint64             patience_us,
                            CfoilReportStatus *status,
                            GCancellable      *cancellable,
                            GError           **error);

  /* Schedules; NULL: it has none. */
  gboolean (*list_schedules) (CfoilProvider *self,
                              CfoilIntake   *intake,
                              GCancellable  *cancellable,
                              GError       **error);
  gboolean (*create_schedule) (CfoilProvider *self,
                               CfoilIntake   *intake,
                               const char    *type,
                               const char    *frequency,
                               gint64         next_us,
                               const char    *replaced_id,
                               char         **schedule_id,
                               char         **existing_id,
                               GCancellable  *cancellable,
                               GError       **error);
  gboolean (*cancel_schedule) (CfoilProvider *self,
                               CfoilIntake   *intake,
                               const char    *schedule_id,
                               GCancellable  *cancellable,
                               GError       **error);
};

/* The provider's feeds, in the order in which a person should see them.  Static. */
const CfoilFeedInfo *cfoil_provider_get_feeds (CfoilProvider *self, guint *n_feeds);

/* The cheapest call that proves that the credentials work. */
gboolean cfoil_provider_test (CfoilProvider *self, GCancellable *cancellable, GError **error);

/* Brings the mirror up to date from all feeds that can be pulled.  A feed that
 * fails is ended with its failure and the others go on; FALSE only for what
 * makes going on useless (credentials refused, clock wrong, cancelled, mirror
 * not writable).  Can be interrupted at any byte and run again. */
gboolean cfoil_provider_pull (CfoilProvider *self,
                              CfoilIntake   *intake,
                              GCancellable  *cancellable,
                              GError       **error);

/* Asks for one object by id and puts it. */
gboolean cfoil_provider_fetch (CfoilProvider  *self,
                               CfoilIntake    *intake,
                               CfoilObjectKind kind,
                               const char     *object_id,
                               GCancellable   *cancellable,
                               GError        **error);

/* What a file is, from its first bytes (8 KiB are enough).  FALSE: unknown. */
gboolean cfoil_provider_identify_document (CfoilProvider     *self,
                                           const char        *head,
                                           gsize              length,
                                           CfoilDocumentType *type);

/* Reads a document row by row into INTAKE, not passing on the first SKIP_ROWS
 * rows (they are in the mirror already).  A row that cannot be read becomes an
 * exception and the rest goes on; FALSE when the document as a whole cannot be
 * read (CFOIL_INPUT_ERROR).  A last line without its line end is
 * CFOIL_INPUT_ERROR_TRUNCATED, after all whole rows were put. */
gboolean cfoil_provider_parse_document (CfoilProvider           *self,
                                        GInputStream            *stream,
                                        const CfoilDocumentType *type,
                                        guint64                  skip_rows,
                                        CfoilIntake             *intake,
                                        guint64                 *n_rows,
                                        GCancellable            *cancellable,
                                        GError                 **error);

/* Reads a pushed message.  *KIND, *OBJECT_ID and *MESSAGE_ID (for telling
 * repeats) are set; the message carries no state, the object is then fetched.  One about a
 * dispute may name the disputed charge instead: cfoil_provider_is_dispute_id () tells. */
gboolean cfoil_provider_parse_notification (CfoilProvider   *self,
                                            const char      *text,
                                            gsize            length,
                                            CfoilObjectKind *kind,
                                            char           **object_id,
                                            char           **message_id,
                                            GError         **error);

/* Sends ANSWER, step by step: uploads each file, then says it.  Every step is in the
 * outbox (cfoil_intake_begin_action ()) with its key before its first byte goes out, and
 * its result when it came; called again with the same answer_id, it goes on where it
 * stopped and does nothing twice, also when the answer of the last step was lost.  The
 * dispute is asked for first: one that no longer waits is CFOIL_PROVIDER_ERROR_REJECTED,
 * unless it holds this very answer, which is then a success.  When it returns TRUE the
 * provider's new state of the dispute is in the mirror.  progress (): "upload" with bytes,
 * then "answer". */
gboolean cfoil_provider_answer_dispute (CfoilProvider     *self,
                                        CfoilIntake       *intake,
                                        const CfoilAnswer *answer,
                                        GCancellable      *cancellable,
                                        GError           **error);

/* Reads a mail (RFC 5322) that may be about a dispute. */
gboolean cfoil_provider_parse_mail (CfoilProvider *self,
                                    GBytes        *bytes,
                                    CfoilMail    **mail,
                                    GError       **error);

/* Whether ID has the form of a dispute's. */
gboolean cfoil_provider_is_dispute_id (CfoilProvider *self,
                                       const char    *id);

/* What follows is CFOIL_PROVIDER_ERROR_UNSUPPORTED where the provider has no such thing
 * (_has_reports (), _has_schedules ()).
 *
 * A request is in the outbox with its key before its first byte goes out.  While nobody
 * knows what became of it (no network, a lost answer, a kill) it stays there: the same
 * call, or the next cfoil_provider_pull (), sends the same bytes with the same key again,
 * so the provider does it once.  An error for which that holds is one that
 * cfoil_provider_request_waits () is TRUE of; after any other nothing is left to be sent. */
gboolean cfoil_provider_has_reports (CfoilProvider *self);
gboolean cfoil_provider_has_schedules (CfoilProvider *self);
gboolean cfoil_provider_request_waits (const GError *error);

/* The types of report of this account, in showing order.  (element-type CfoilReportType) */
GPtrArray *cfoil_provider_list_report_types (CfoilProvider *self,
                                             GCancellable  *cancellable,
                                             GError       **error);

/* Asks for a report of TYPE about [START_US, END_US), whole seconds (CFOIL_UNKNOWN where the
 * type needs no period).  When it returns TRUE the report is in the mirror as being made. */
gboolean cfoil_provider_request_report (CfoilProvider *self,
                                        CfoilIntake   *intake,
                                        const char    *type,
                                        gint64         start_us,
                                        gint64         end_us,
                                        char         **report_id,
                                        GCancellable  *cancellable,
                                        GError       **error);

/* Asks how a report stands, for up to PATIENCE_US until it is made, and if it is made
 * brings its document in as a sync does.  *STATUS is told whenever it returns TRUE. */
gboolean cfoil_provider_fetch_report (CfoilProvider     *self,
                                      CfoilIntake       *intake,
                                      const char        *report_id,
                                      gint64             patience_us,
                                      CfoilReportStatus *status,
                                      GCancellable      *cancellable,
                                      GError           **error);

/* Puts the schedules that there are, and drops those that are no more. */
gboolean cfoil_provider_list_schedules (CfoilProvider *self,
                                        CfoilIntake   *intake,
                                        GCancellable  *cancellable,
                                        GError       **error);

/* Makes a schedule.  Where the provider keeps one of each TYPE, the one there is stands in
 * the way unless this program made it or REPLACED_ID (nullable) names it: then it is
 * G_IO_ERROR_EXISTS with *EXISTING_ID, and nothing was changed.  One of ours that is the
 * same already is a success. */
gboolean cfoil_provider_create_schedule (CfoilProvider *self,
                                         CfoilIntake   *intake,
                                         const char    *type,
                                         const char    *frequency,
                                         gint64         next_us,
                                         const char    *replaced_id,
                                         char         **schedule_id,
                                         char         **existing_id,
                                         GCancellable  *cancellable,
                                         GError       **error);

/* One that is gone already is a success. */
gboolean cfoil_provider_cancel_schedule (CfoilProvider *self,
                                         CfoilIntake   *intake,
                                         const char    *schedule_id,
                                         GCancellable  *cancellable,
                                         GError       **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilMail, cfoil_mail_free)

G_END_DECLS
