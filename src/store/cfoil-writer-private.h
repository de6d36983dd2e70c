/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-block-writer.h"
#include "cfoil-case.h"
#include "cfoil-summary-private.h"
#include "cfoil-writer.h"

/* Every statement of the writer, prepared once.  The SQL stands in
 * cfoil-writer.c in the same order. */
typedef enum
{
  SQL_FIND_WORD,
  SQL_ADD_WORD,
  SQL_PUT_SETTLEMENT,
  SQL_FIND_LINE,
  SQL_FIND_LAST_TWIN,
  SQL_ADD_LINE,
  SQL_MOVE_LINE,
  SQL_FEED_OF_DOCUMENT,
  SQL_FIND_PLACE,
  SQL_FIND_FIRST_ROW,
  SQL_EXCHANGE_LINES,
  SQL_RENAME_TXN,
  SQL_FIND_TXN,
  SQL_ADD_TXN,
  SQL_UPDATE_TXN,
  SQL_GET_SUMMED_ROW,
  SQL_FIND_STORE,
  SQL_LIST_ROWS_BY_PERMISSION_STORE,
  SQL_FIND_FORMER_CHARGE,
  SQL_LIST_TXNS_OF_PERMISSION,
  SQL_LIST_TXNS_OF_DISPUTE,
  SQL_LIST_OBSERVATIONS,
  SQL_LIST_LINES_OF_TXN,
  SQL_PUT_OBSERVATION,
  SQL_PUT_PERMISSION,
  SQL_PUT_DISPUTE,
  SQL_FIRST_LINE_OF_DISPUTE,
  SQL_FIND_ACCOUNT,
  SQL_FIND_FEED_NAME,
  SQL_FIND_CASE_BY_DISPUTE,
  SQL_FIND_MISTYPED_CASE,
  SQL_FIND_CASE_BY_CHARGE,
  SQL_FIND_CASE_BY_PERMISSION,
  SQL_ADD_CASE,
  SQL_GET_CASE,
  SQL_SET_CASE,
  SQL_GET_CASE_SEEN,
  SQL_SET_CASE_SEEN,
  SQL_ADD_CASE_SOURCE,
  SQL_ADD_CASE_EVENT,
  SQL_LIST_CASES_OF_CHARGE,
  SQL_LIST_CASES_OF_DISPUTE,
  SQL_DROP_CASE_PAYMENT,
  SQL_ADD_CASE_PAYMENT,
  SQL_PUT_PURSUIT,
  SQL_DROP_PURSUIT,
  SQL_DEFER_PURSUIT,
  SQL_LIST_DUE,
  SQL_PUT_DISBURSEMENT,
  SQL_PUT_EXCEPTION,
  SQL_PUT_NOTIFICATION,
  SQL_ADD_FEED,
  SQL_FIND_FEED,
  SQL_MARK_FEED_FRESH,
  SQL_MARK_FEED_FAILED,
  SQL_GET_CURSOR,
  SQL_SET_CURSOR,
  SQL_GET_COVERAGE,
  SQL_CLEAR_COVERAGE,
  SQL_ADD_COVERAGE,
  SQL_PUT_REPORT,
  SQL_LIST_REPORTS,
  SQL_LINK_REPORT,
  SQL_LIST_REPORTS_OF_DOCUMENT,
  SQL_LIST_REPORTS_OF_SETTLEMENT,
  SQL_LIST_IMBALANCES,
  SQL_FIND_IMBALANCE,
  SQL_DROP_IMBALANCE,
  SQL_DROP_OLD_IMBALANCES,
  SQL_MARK_PROVED,
  SQL_MARK_UNPROVED,
  SQL_MARK_UNPROVED_BY_NAME,
  SQL_UNLINK_DOCUMENT,
  SQL_LIST_UNLINKED_DOCUMENTS,
  SQL_DROP_DOCUMENT,
  SQL_FIND_DOCUMENT,
  SQL_ADD_DOCUMENT,
  SQL_SET_DOCUMENT_PROGRESS,
  SQL_END_DOCUMENT,
  SQL_FIND_ACTION,
  SQL_ADD_ACTION,
  SQL_END_ACTION,
  SQL_FIND_ANSWER,
  N_SQL
} SqlId;

struct _CfoilWriter
{
  CfoilMirror *mirror;                /* (owned) */
  CfoilDatabase *database;            /* (owned) */
  CfoilStatement *statements[N_SQL];  /* (owned) (nullable): prepared when first used */
  CfoilBlockWriter *blocks;           /* (owned) */
  CfoilSummaryWriter *summary;        /* (owned) */
  GHashTable *words;                  /* (owned): text -> gint64* word_id */
  GStringChunk *chunk;                /* (owned): texts of the row being derived */
  gint64 account_id;

  /* the account's, read when first needed */
  char *provider;                     /* (owned) (nullable) */
  char *environment;                  /* (owned) (nullable) */
  char *account_name;                 /* (owned) (nullable) */

  /* payments that have a case (cfoil-writer-case-payments.c) */
  GHashTable *stale_cases;            /* (owned): gint64* case_id */
  GHashTable *case_charges;           /* (owned) (nullable): their ids, some more */
  gint64 data_version;                /* of the mirror that they were read from */
  gboolean knows_case_charges;        /* in this transaction */

  /* the source of what is put */
  gint64 feed_id;
  gint64 document_id;
  gboolean is_asked;

  /* the settlement of the last line, which is that of the next one too */
  char *settlement_name;              /* (owned) (nullable) */
  gint64 settlement_id;
  gint64 unproved_id;                 /* the one that was last marked as to be proved, 0: none */

  /* lines of the document that agree in their key (cfoil-writer-lines.c) */
  GHashTable *twins;                  /* (owned) (nullable) */
  gint64 twins_document_id;

  /* the documents between which the last line moved, and whether they are of
   * different feeds */
  gint64 moved_from_id;
  gint64 moved_to_id;
  gboolean moved_between_feeds;

  gint64 begun_us; /* monotonic: when the transaction began */
  guint n_pending;
};

/* The statement, reset, ready to bind; NULL and ERROR if it cannot be prepared. */
CfoilStatement *_cfoil_writer_get (CfoilWriter *self, SqlId id, GError **error);

/* The id of TEXT in the table of words; *WORD_ID is CFOIL_UNKNOWN for NULL or "". */
gboolean _cfoil_writer_intern (CfoilWriter *self,
                               const char  *text,
                               gint64      *word_id,
                               GError     **error);

/* What a field of the row TXN_ID is computed from has changed; the same of the row
 * of that transaction id, if there is one, and of the rows that ID lists (whose
 * parameters are the account and OBJECT_ID). */
void _cfoil_writer_touch_row (CfoilWriter *self, gint64 txn_id);
gboolean _cfoil_writer_touch_transaction (CfoilWriter *self,
                                          const char  *transaction_id,
                                          GError     **error);
gboolean _cfoil_writer_touch_rows_of (CfoilWriter *self,
                                      SqlId        id,
                                      const char  *object_id,
                                      GError     **error);

/* Sums and locked periods (cfoil-writer-sums.c): the row as it stands in the mirror is
 * there now (SIGN 1), or is about to become another (-1). */
gboolean _cfoil_writer_sum_row (CfoilWriter *self,
                                gint64       txn_id,
                                int          sign,
                                GError     **error);
/* The store of the permission; CFOIL_UNKNOWN: none. */
gboolean _cfoil_writer_find_store (CfoilWriter *self,
                                   const char  *permission_id,
                                   gint64      *store_id,
                                   GError     **error);
/* All rows that have their store of the permission. */
gboolean _cfoil_writer_sum_rows_by_store (CfoilWriter *self,
                                          const char  *permission_id,
                                          int          sign,
                                          GError     **error);

/* The lines or payouts of the settlement are no longer those that were compared. */
gboolean _cfoil_writer_mark_unproved (CfoilWriter *self,
                                      gint64       settlement_id,
                                      GError     **error);
gboolean _cfoil_writer_mark_unproved_by_name (CfoilWriter *self,
                                              const char  *settlement_id,
                                              GError     **error);

/* The payment of the case is to be looked for anew before the commit; CHARGE_ID (nullable):
 * which one that is from now on. */
void _cfoil_writer_mark_case (CfoilWriter *self,
                              gint64       case_id,
                              const char  *charge_id);
/* The same of all cases whose payment is that row, or is the one that the dispute names. */
gboolean _cfoil_writer_mark_cases_of_payment (CfoilWriter *self,
                                              const char  *transaction_id,
                                              GError     **error);
gboolean _cfoil_writer_mark_cases_of_dispute (CfoilWriter *self,
                                              const char  *dispute_id,
                                              GError     **error);
gboolean _cfoil_writer_flush_case_payments (CfoilWriter *self,
                                            GError     **error);
void _cfoil_writer_forget_case_payments (CfoilWriter *self);

/* What is remembered of twins is void after a rollback. */
void _cfoil_writer_forget_twins (CfoilWriter *self);

/* Opens the transaction if there is none, and counts a record. */
gboolean _cfoil_writer_touch (CfoilWriter *self, GError **error);

/* The first columns of SQL_LIST_REPORTS and SQL_LIST_REPORTS_OF_SETTLEMENT; borrowed. */
void _cfoil_report_of_row (CfoilReport *report, CfoilStatement *row);

/* One row of txn before it is written.  Texts are borrowed. */
typedef struct
{
  const char *transaction_id;
  const char *provider_id;
  CfoilType type;
  gint64 provider_type_id;
  CfoilState state;
  const char *provider_state;
  const char *reason;
  const char *currency;
  gint64 amount_minor;
  gint64 gross_minor;
  gint64 fee_percentage_minor;
  gint64 fee_fixed_minor;
  gint64 fee_minor;
  gint64 net_minor;
  gint64 refunded_minor;
  gint64 created_us;
  gint64 updated_us;
  gint64 expires_us;
  gint64 posted_us;
  gint64 settlement_id;
  const char *charge_id;
  const char *permission_id;
  const char *dispute_id;
  const char *merchant_reference;
  const char *order_reference;
  gint64 store_id;
  const char *description;
  const char *buyer_id;
  const char *buyer_name;
  const char *buyer_email;
  const char *buyer_country;
  const char *channel;
} TxnValues;

void _cfoil_txn_values_init (TxnValues *values);
/* When a person would say that it happened. */
gint64 _cfoil_txn_values_get_sort_time (const TxnValues *values);
/* A row with these values is there now. */
gboolean _cfoil_writer_sum_values (CfoilWriter     *self,
                                   const TxnValues *values,
                                   GError         **error);
gboolean _cfoil_writer_find_txn (CfoilWriter *self,
                                 const char  *transaction_id,
                                 gint64      *txn_id,
                                 GError     **error);
gboolean _cfoil_writer_add_txn (CfoilWriter     *self,
                                const TxnValues *values,
                                gint64          *txn_id,
                                GError         **error);
gboolean _cfoil_writer_update_txn (CfoilWriter     *self,
                                   gint64           txn_id,
                                   const TxnValues *values,
                                   GError         **error);

/* Computes one row anew from all that was said of it (cfoil-derive.c).
 * *IS_FINAL (nullable): no later state is possible. */
gboolean _cfoil_writer_derive_txn (CfoilWriter    *self,
                                   CfoilObjectKind kind,
                                   const char     *object_id,
                                   gboolean       *is_final,
                                   GError        **error);
gboolean _cfoil_writer_derive_permission (CfoilWriter *self,
                                          const char  *permission_id,
                                          gboolean    *is_final,
                                          GError     **error);
/* ROUTE (nullable): by which a case of it becomes known. */
gboolean _cfoil_writer_derive_dispute (CfoilWriter *self,
                                       const char  *dispute_id,
                                       const char  *route,
                                       gboolean    *is_final,
                                       GError     **error);

/* What tells of a case (cfoil-writer-cases.c).  Texts are borrowed. */
typedef struct
{
  CfoilCaseKind kind;
  const char *dispute_id;    /* (nullable) */
  const char *charge_id;     /* (nullable) */
  const char *permission_id; /* (nullable) */
  const char *currency;      /* (nullable) */
  gint64 amount_minor;       /* either sign */
  gint64 notice_us;
  const char *route;         /* (nullable): nobody new tells of it */
  const char *detail;        /* (nullable): the feed's name */
  gboolean by_person;        /* what is known of it stays as it is */
  gboolean by_hand;          /* of a new one */
} CaseTold;

#define CASE_ROUTE_OBJECT "object"
#define CASE_ROUTE_SETTLEMENT "settlement"
#define CASE_ROUTE_REFUND_REPORT "refund_report"
#define CASE_ROUTE_NOTIFICATION "notification"

/* Nothing told. */
void _cfoil_case_told_init (CaseTold *told, CfoilCaseKind kind);
/* Finds the case or makes it, merges what turns out to be one, and keeps the source.
 * *CASE_ID is 0 when nothing says of which dispute or payment it is. */
gboolean _cfoil_writer_tell_case (CfoilWriter    *self,
                                  const CaseTold *told,
                                  gint64         *case_id,
                                  GError        **error);
/* A line that took money back, or a refund that the buyer forced. */
gboolean _cfoil_writer_tell_case_of_line (CfoilWriter               *self,
                                          const CfoilSettlementLine *line,
                                          GError                   **error);
gboolean _cfoil_writer_tell_case_of_refund (CfoilWriter            *self,
                                            const CfoilObservation *refund,
                                            GError                **error);
/* What the provider says now of the dispute of a case: what changed becomes an event
 * (cfoil-writer-case-seen.c). */
gboolean _cfoil_writer_note_dispute (CfoilWriter *self,
                                     gint64       case_id,
                                     CfoilState   state,
                                     const char  *state_code,
                                     gint64       deadline_us,
                                     gint64       updated_us,
                                     GError     **error);
gboolean _cfoil_writer_add_case_event (CfoilWriter *self,
                                       gint64       case_id,
                                       gint64       at_us,
                                       const char  *who,
                                       const char  *kind,
                                       const char  *text,
                                       const char  *detail,
                                       GError     **error);

/* Of a mirror that was made before there were cases: those that follow from what is in
 * it already.  Within a transaction of DATABASE. */
gboolean _cfoil_writer_discover_cases (CfoilDatabase *database,
                                       GError       **error);
