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

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilMail, cfoil_mail_free)

G_END_DECLS
