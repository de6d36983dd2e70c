-- SPDX-License-Identifier: GPL-3.0-or-later
-- The mirror's contract with analysts: tables may change, these views stay.
-- A comment at the end of a line becomes the column's description in views.md.

CREATE VIEW transactions AS -- One row per payment or other movement of money, whatever feeds mention it.
SELECT
  a.name AS account, -- the account's name in this program
  a.provider AS provider, -- "amazon-pay"
  a.environment AS environment, -- "live" or "sandbox"
  t.transaction_id AS transaction_id, -- unique within the account; the provider's id for charges and refunds
  tn.name AS type, -- charge, refund, chargeback, claim, dispute_fee, transfer, reserve, carryover, adjustment, authorization_fee, other
  pt.text AS provider_type, -- the provider's own word for the type, where a settlement said it
  sn.name AS state, -- pending, authorized, capturing, captured, declined, canceled, refunded; posted for movements without states
  t.provider_state AS provider_state, -- the provider's own word for the state
  t.reason AS reason, -- the provider's own reason code
  t.currency AS currency, -- ISO 4217
  t.amount_minor AS amount_minor, -- the face amount, never negative
  t.gross_minor AS gross_minor, -- what moved the merchant's balance before fees, signed; 0 when nothing moved
  t.fee_percentage_minor AS fee_percentage_minor, -- percentage part of the fee, negative is a cost; NULL until settled
  t.fee_fixed_minor AS fee_fixed_minor, -- fixed part of the fee; NULL until settled
  t.fee_minor AS fee_minor, -- the whole fee; NULL until settled
  t.net_minor AS net_minor, -- gross + fee; NULL until settled
  t.refunded_minor AS refunded_minor, -- of a charge: refunded so far, where known
  t.created_us AS created_at_us, -- when the payment was made
  t.updated_us AS updated_at_us, -- the provider's last change
  t.expires_us AS expires_at_us, -- of an authorisation: when it expires
  t.posted_us AS posted_at_us, -- when it was posted to a settlement (the first line, if several)
  s.provider_id AS settlement_id, -- the provider's settlement id
  CASE t.type WHEN 1 THEN t.transaction_id ELSE t.charge_id END AS charge_id, -- the charge it is or belongs to
  t.permission_id AS charge_permission_id, -- the charge permission (order reference) it belongs to
  t.dispute_id AS dispute_id, -- the dispute it belongs to
  coalesce (t.merchant_reference, p.merchant_reference) AS merchant_reference, -- the merchant's own reference
  t.order_reference AS order_reference, -- the merchant's order number, where it differs
  coalesce (st.text, ps.text) AS store, -- the store's name
  t.description AS description, -- the provider's description
  coalesce (t.buyer_id, p.buyer_id) AS buyer_id, -- the buyer's id at the provider
  coalesce (t.buyer_name, p.buyer_name) AS buyer_name, -- readable at the provider for 30 days only
  coalesce (t.buyer_email, p.buyer_email) AS buyer_email, -- as above
  coalesce (t.buyer_country, p.buyer_country) AS buyer_country, -- ISO 3166
  t.channel AS channel, -- Web, Phone, App and so on
  replace (trim (n.tags, ','), ',', ', ') AS tags, -- the merchant's own tags: "a, b"
  n.note AS note, -- the merchant's own note
  n.reviewed_us AS reviewed_at_us, -- when the merchant marked it as reviewed
  (SELECT c.name FROM state_name AS c WHERE c.state = coalesce (
    (SELECT d.state FROM dispute AS d WHERE d.account_id = t.account_id AND d.dispute_id = t.dispute_id),
    (SELECT d.state FROM dispute AS d WHERE d.charge_id = t.transaction_id AND d.account_id = t.account_id
      ORDER BY d.opened_us DESC, d.dispute_id DESC LIMIT 1))) AS dispute_state -- of its dispute, of several the newest: see disputes
FROM txn AS t
JOIN account AS a USING (account_id)
JOIN type_name AS tn USING (type)
JOIN state_name AS sn USING (state)
LEFT JOIN word AS pt ON pt.word_id = t.provider_type_id
LEFT JOIN word AS st ON st.word_id = t.store_id
LEFT JOIN settlement AS s ON s.settlement_id = t.settlement_id
LEFT JOIN charge_permission AS p ON p.account_id = t.account_id AND p.permission_id = t.permission_id
LEFT JOIN word AS ps ON ps.word_id = p.store_id
LEFT JOIN annotation AS n ON n.provider = a.provider AND n.environment = a.environment AND n.transaction_id = t.transaction_id;

CREATE VIEW refunds AS -- One row per refund: the transactions of that type, with the charge they give back.
SELECT
  t.account AS account, -- the account's name
  t.transaction_id AS refund_id, -- the provider's refund id
  t.state AS state, -- pending, refunded, declined
  t.reason AS reason, -- the provider's reason code
  t.currency AS currency, -- ISO 4217
  t.amount_minor AS amount_minor, -- what is given back, never negative
  t.gross_minor AS gross_minor, -- what moved the merchant's balance, negative
  t.fee_minor AS fee_minor, -- fee given back (positive) or charged (negative); NULL until settled
  t.net_minor AS net_minor, -- gross + fee; NULL until settled
  t.created_at_us AS created_at_us, -- when the refund was asked for
  t.updated_at_us AS updated_at_us, -- the provider's last change
  t.posted_at_us AS posted_at_us, -- when it was posted to a settlement
  t.settlement_id AS settlement_id, -- the provider's settlement id
  t.charge_id AS charge_id, -- the charge that is given back
  t.charge_permission_id AS charge_permission_id, -- the charge permission it belongs to
  t.merchant_reference AS merchant_reference, -- the merchant's own reference
  t.description AS description -- the note of the refund
FROM transactions AS t
WHERE t.type = 'refund';

CREATE VIEW disputes AS -- One row per dispute whose id is known.
SELECT
  a.name AS account, -- the account's name
  d.dispute_id AS dispute_id, -- the provider's dispute id
  sn.name AS state, -- needs_response, waiting_other, under_review, won, lost, closed_neutral, other
  d.provider_state AS provider_state, -- the provider's own word
  d.reason AS filing_reason, -- the provider's word for what the buyer claims
  d.description AS state_reason, -- the provider's word for why the state is as it is
  d.state_code AS state_code, -- the same as the provider's code, where it has one
  d.resolution AS resolution, -- the provider's word for the outcome
  d.currency AS currency, -- ISO 4217
  d.amount_minor AS amount_minor, -- the disputed amount
  d.opened_us AS opened_at_us, -- when it was filed
  d.updated_us AS updated_at_us, -- the provider's last change
  d.deadline_us AS due_at_us, -- when the merchant's answer is due
  d.charge_id AS charge_id, -- the disputed charge
  t.permission_id AS charge_permission_id, -- its charge permission
  t.merchant_reference AS merchant_reference, -- its merchant reference
  rn.name AS reason, -- what the buyer claims, in the same words for every provider: fraud, not_received, duplicate and so on; unknown
  nullif (un.name, 'none') AS outcome -- won, lost, accepted, expired, neutral; NULL until it is decided
FROM dispute AS d
JOIN account AS a USING (account_id)
JOIN state_name AS sn USING (state)
JOIN reason_name AS rn ON rn.reason = d.neutral_reason
JOIN outcome_name AS un ON un.outcome = d.outcome
LEFT JOIN txn AS t ON t.account_id = d.account_id AND t.transaction_id = d.charge_id;

CREATE VIEW cases AS -- One row per chargeback, claim or inquiry that the merchant has to deal with, also without a known dispute id; it outlives its account.
SELECT
  coalesce (a.name, c.account_name) AS account, -- the account's name, also of one that was removed
  c.uid AS uid, -- 32 hexadecimal digits, for ever
  c.provider AS provider, -- "amazon-pay"
  c.environment AS environment, -- "live" or "sandbox"
  kn.name AS kind, -- chargeback, claim, inquiry
  c.dispute_id AS dispute_id, -- the provider's dispute id, NULL while nobody has said it
  c.charge_id AS charge_id, -- the disputed charge
  sn.name AS state, -- needs_response, waiting_other, under_review, won, lost, closed_neutral; other: nobody has said
  rn.name AS reason, -- what the buyer claims, in the same words for every provider; unknown
  c.provider_reason AS provider_reason, -- the provider's own word for it
  nullif (un.name, 'none') AS outcome, -- won, lost, accepted, expired, neutral; NULL until it is decided
  c.shown_amount_minor AS amount_minor, -- the disputed amount
  c.shown_currency AS currency, -- ISO 4217
  c.shown_opened_us AS opened_at_us, -- when it was filed, as far as known
  iif (c.submission_state IS 3, NULL, c.due_us) AS due_at_us, -- when the merchant's answer is due; NULL when none is awaited
  iif (c.submission_state IS 3 OR c.due_us IS NULL, 0, c.is_estimate) AS due_is_estimate, -- 1: nobody has given a deadline, this is the earliest that it can be
  c.handler AS handler, -- who takes care of it
  c.round AS round, -- of the answer that is awaited or was given last, from 1
  (SELECT f.n_done FROM draft AS f WHERE f.case_id = c.case_id AND f.round = c.round) AS draft_done, -- of its draft's checklist; NULL: no draft
  (SELECT f.n_wanted FROM draft AS f WHERE f.case_id = c.case_id AND f.round = c.round) AS draft_wanted, -- how much the checklist has
  CASE c.submission_state WHEN 1 THEN 'waiting' WHEN 2 THEN 'sending' WHEN 3 THEN 'delivered' WHEN 4 THEN 'failed'
    WHEN 5 THEN 'withdrawn' END AS submission_state -- of its answer: waiting, sending, delivered, failed, withdrawn; NULL: none
FROM (SELECT r.*, (SELECT s.state FROM submission AS s WHERE s.case_id = r.case_id AND s.round = r.round
    ORDER BY s.submission_id DESC LIMIT 1) AS submission_state
  FROM (SELECT w.*, iif (w.n_delivered > 0 AND NOT w.is_wanted, w.n_delivered, w.n_delivered + 1) AS round
    FROM (SELECT v.*, coalesce (v.state = 12 AND (v.seen_us > l.ended_us OR iif (v.is_told, v.deadline_us, NULL) > l.due_us), 0) AS is_wanted
      FROM (SELECT u.*, iif (u.state = 12, coalesce (iif (u.is_told, u.deadline_us, NULL), u.said_due_us, u.estimated_due_us), NULL) AS due_us,
          coalesce (iif (u.is_told, u.deadline_us, NULL), u.said_due_us) IS NULL AS is_estimate
        FROM (SELECT k.*, d.deadline_us, d.reason AS provider_reason,
            d.dispute_pk IS NOT NULL AND (d.state <> 1 OR d.provider_state IS NOT NULL) AS is_told,
            iif (d.dispute_pk IS NOT NULL AND (d.state <> 1 OR d.provider_state IS NOT NULL), d.state,
              coalesce (k.said_state, iif (k.estimated_due_us > k.created_us, 12, 1))) AS state,
            iif (d.dispute_pk IS NOT NULL AND (d.state <> 1 OR d.provider_state IS NOT NULL), d.outcome, k.said_outcome) AS outcome,
            coalesce (nullif (d.neutral_reason, 0), k.said_reason, 0) AS reason,
            coalesce (d.currency, iif ((k.said_currency IS NOT NULL AND k.said_amount_minor IS NOT NULL) OR k.told_currency IS NULL,
              k.said_currency, k.told_currency)) AS shown_currency,
            iif (d.currency IS NOT NULL, d.amount_minor, iif ((k.said_currency IS NOT NULL AND k.said_amount_minor IS NOT NULL)
              OR k.told_currency IS NULL, k.said_amount_minor, k.told_amount_minor)) AS shown_amount_minor,
            coalesce (d.opened_us, k.said_opened_us, k.notice_us, k.created_us) AS shown_opened_us,
            (SELECT count (*) FROM submission AS s WHERE s.case_id = k.case_id AND s.state = 3 AND s.accepts = 0) AS n_delivered,
            (SELECT max (s.submission_id) FROM submission AS s WHERE s.case_id = k.case_id AND s.state = 3 AND s.accepts = 0) AS last_id
          FROM dispute_case AS k
          LEFT JOIN dispute AS d ON d.account_id = k.account_id AND d.dispute_id = k.dispute_id) AS u) AS v
      LEFT JOIN submission AS l ON l.submission_id = v.last_id) AS w) AS r) AS c
LEFT JOIN account AS a ON a.account_id = c.account_id
JOIN case_kind_name AS kn ON kn.kind = c.kind
JOIN state_name AS sn ON sn.state = c.state
JOIN reason_name AS rn ON rn.reason = c.reason
LEFT JOIN outcome_name AS un ON un.outcome = c.outcome;

CREATE VIEW case_events AS -- One row per thing that happened to a case or was done in it.
SELECT
  coalesce (a.name, c.account_name) AS account, -- the account's name
  c.uid AS uid, -- the row in cases
  e.at_us AS happened_at_us, -- when
  e.who AS who, -- who did it; NULL: the provider, or the program
  e.kind AS kind, -- note, contact, handler, state, deadline, found, draft, sent, delivered, failed, accepted, withdrawn, merged, said, file, export
  e.text AS text, -- what, in English, or what a person wrote
  e.detail AS detail -- more, as JSON
FROM case_event AS e
JOIN dispute_case AS c USING (case_id)
LEFT JOIN account AS a ON a.account_id = c.account_id;

CREATE VIEW submissions AS -- One row per answer that was or will be sent.
SELECT
  s.account_name AS account, -- the account's name at that time
  c.uid AS uid, -- the row in cases
  s.dispute_id AS dispute_id, -- the provider's dispute id
  s.round AS round, -- from 1
  s.answer_id AS answer_id, -- 32 hexadecimal digits: names the answer at every try
  s.accepts AS accepts, -- 1: the merchant gave in
  s.by_hand AS by_hand, -- 1: delivered by a person, outside of this program
  CASE s.state WHEN 1 THEN 'waiting' WHEN 2 THEN 'sending' WHEN 3 THEN 'delivered' WHEN 4 THEN 'failed' WHEN 5 THEN 'withdrawn' END AS state, -- waiting, sending, delivered, failed, withdrawn
  s.currency AS currency, -- ISO 4217
  s.amount_minor AS amount_minor, -- the disputed amount
  s.due_us AS due_at_us, -- the deadline that it was made for
  s.who AS who, -- who sent it
  s.created_us AS created_at_us, -- when somebody pressed Send
  s.tried_us AS tried_at_us, -- the last try
  s.ended_us AS ended_at_us, -- when it was delivered, failed or was withdrawn
  s.error_name AS error, -- the last failure by name
  s.error_message AS error_message, -- its details
  (SELECT count (*) FROM submission_item AS i WHERE i.submission_id = s.submission_id) AS item_count, -- items of evidence
  (SELECT count (*) FROM submission_item AS i WHERE i.submission_id = s.submission_id AND i.sha256 IS NOT NULL) AS file_count, -- of them files
  (SELECT coalesce (sum (i.n_bytes), 0) FROM submission_item AS i WHERE i.submission_id = s.submission_id AND i.sha256 IS NOT NULL) AS byte_count -- their size
FROM submission AS s
JOIN dispute_case AS c USING (case_id);

CREATE VIEW settlement_lines AS -- One row per line of a settlement report.
SELECT
  a.name AS account, -- the account's name
  s.provider_id AS settlement_id, -- the provider's settlement id
  l.posted_us AS posted_at_us, -- when the line was posted
  w.text AS provider_type, -- the provider's own word
  tn.name AS type, -- the neutral type
  nullif (l.provider_id, '') AS provider_id, -- the provider's id, where the line has one
  t.transaction_id AS transaction_id, -- the row in transactions that it belongs to
  l.currency AS currency, -- ISO 4217
  l.amount_minor AS amount_minor, -- before fees, signed
  l.fee_percentage_minor AS fee_percentage_minor, -- percentage part, negative is a cost
  l.fee_fixed_minor AS fee_fixed_minor, -- fixed part
  l.fee_minor AS fee_minor, -- the whole fee
  l.net_minor AS net_minor, -- as the provider says; amount + fee
  l.merchant_reference AS merchant_reference, -- as in the file
  l.permission_id AS charge_permission_id, -- as in the file (order reference)
  l.description AS description, -- as in the file
  l.extra AS extra, -- columns that the program does not know, as JSON
  d.sha256 AS document_sha256, -- the file that said it
  l.row_number AS row_number -- the row in that file, from 1
FROM settlement_line AS l
JOIN settlement AS s USING (settlement_id)
JOIN account AS a USING (account_id)
JOIN word AS w ON w.word_id = l.provider_type_id
JOIN type_name AS tn ON tn.type = l.type
JOIN txn AS t USING (txn_id)
JOIN document AS d ON d.document_id = l.document_id;

CREATE VIEW settlements AS -- One row per settlement and currency, with the sums of its lines.
SELECT
  a.name AS account, -- the account's name
  s.provider_id AS settlement_id, -- the provider's settlement id
  s.start_us AS start_at_us, -- the period's start
  s.end_us AS end_at_us, -- the period's end
  l.currency AS currency, -- ISO 4217
  count (*) AS line_count, -- how many lines
  sum (l.amount_minor) AS amount_minor, -- sum of all lines before fees
  sum (l.fee_minor) AS fee_minor, -- sum of all fees
  sum (l.net_minor) AS net_minor, -- sum of all lines after fees: the change of the balance
  sum (CASE WHEN l.type = 6 THEN l.net_minor ELSE 0 END) AS transfer_minor, -- of it paid out (negative)
  (SELECT group_concat (b.reference, ', ') FROM (SELECT DISTINCT d.bank_reference AS reference FROM disbursement AS d
    WHERE d.account_id = s.account_id AND d.settlement_provider_id = s.provider_id
      AND d.currency = l.currency AND d.bank_reference <> ''
    ORDER BY 1) AS b) AS bank_reference, -- of the payout in this currency, as printed on the bank statement; of several "a, b"
  (SELECT sum (d.amount_minor) FROM disbursement AS d
    WHERE d.account_id = s.account_id AND d.settlement_provider_id = s.provider_id
      AND d.currency = l.currency) AS disbursed_minor -- what the provider says it paid out
FROM settlement AS s
JOIN account AS a USING (account_id)
JOIN settlement_line AS l USING (settlement_id)
GROUP BY s.settlement_id, l.currency;

CREATE VIEW disbursements AS -- One row per payout to the bank.
SELECT
  a.name AS account, -- the account's name
  d.settlement_provider_id AS settlement_id, -- the settlement that it pays out
  d.bank_reference AS bank_reference, -- as printed on the bank statement
  d.currency AS currency, -- ISO 4217
  d.amount_minor AS amount_minor, -- what was paid out
  d.transaction_us AS transaction_at_us -- when
FROM disbursement AS d
JOIN account AS a USING (account_id);

CREATE VIEW reports AS -- One row per report at the provider.
SELECT
  a.name AS account, -- the account's name
  f.name AS feed, -- the feed it belongs to
  r.report_id AS report_id, -- the provider's id
  r.provider_type AS provider_type, -- the provider's own word for its type
  n.name AS status, -- in_progress, completed, failed, cancelled, expired, unknown
  r.start_us AS start_at_us, -- the window's start
  r.end_us AS end_at_us, -- the window's end
  r.created_us AS created_at_us, -- when the provider made it
  r.is_ours AS is_ours, -- 1: this program asked for it
  d.sha256 AS document_sha256, -- the document's hash, once it is here
  d.n_rows_done AS row_count, -- rows read from it
  d.state AS document_state -- reading, done, refused
FROM report AS r
JOIN feed AS f USING (feed_id)
JOIN account AS a USING (account_id)
JOIN report_status_name AS n USING (status)
LEFT JOIN document AS d ON d.document_id = r.document_id;

CREATE VIEW documents AS -- One row per report file kept beside the mirror.
SELECT
  a.name AS account, -- the account's name
  f.name AS feed, -- the feed that it belongs to
  d.sha256 AS sha256, -- of its bytes; the file is reports/SHA256.gz
  d.type AS type, -- settlement, refund, capture and so on
  d.source AS source, -- "provider" (fetched) or "import" (brought by the user)
  d.shown_name AS shown_name, -- the name it came with
  d.n_bytes AS byte_count, -- before compression
  d.is_proven_whole AS is_proven_whole, -- 0: nothing proved that it arrived whole
  d.received_us AS received_at_us, -- when it arrived
  d.n_rows_done AS row_count, -- rows read
  d.state AS state, -- reading, done, refused
  d.error_message AS error_message -- why it was refused
FROM document AS d
JOIN account AS a USING (account_id)
JOIN feed AS f ON f.feed_id = d.feed_id;

CREATE VIEW feeds AS -- One row per feed: how fresh, how complete.
SELECT
  a.name AS account, -- the account's name
  f.name AS feed, -- the feed's name
  f.fresh_us AS fresh_at_us, -- when it last ended without failure
  f.tried_us AS tried_at_us, -- when it was last tried
  CASE f.name
    WHEN 'imports' THEN (SELECT coalesce (sum (d.n_rows_done), 0) FROM document AS d
      WHERE d.account_id = f.account_id AND d.source = 'import')
    ELSE (SELECT coalesce (sum (d.n_rows_done), 0) FROM document AS d
      WHERE d.feed_id = f.feed_id AND d.source = 'provider') END
    + (SELECT count (*) FROM observation AS o WHERE o.feed_id = f.feed_id AND o.document_id IS NULL)
    + (SELECT count (*) FROM disbursement AS b WHERE b.feed_id = f.feed_id)
    + (SELECT count (*) FROM notification AS n WHERE n.feed_id = f.feed_id) AS row_count, -- rows that it brought so far
  (SELECT min (c.start_us) FROM feed_coverage AS c WHERE c.feed_id = f.feed_id) AS covered_from_us, -- start of what is covered
  (SELECT max (c.end_us) FROM feed_coverage AS c WHERE c.feed_id = f.feed_id) AS covered_until_us, -- end of what is covered
  (SELECT max (count (*) - 1, 0) FROM feed_coverage AS c WHERE c.feed_id = f.feed_id) AS gap_count, -- holes in between
  f.error_name AS error, -- the last failure by name, NULL if the last run succeeded
  f.error_message AS error_message, -- its details
  f.error_request_id AS error_request_id -- the provider's request id, for its support
FROM feed AS f
JOIN account AS a USING (account_id);

CREATE VIEW exceptions AS -- One row per thing that does not fit and was kept.
SELECT
  a.name AS account, -- the account's name
  n.name AS kind, -- bad_row, unknown_type, unknown_state, unknown_column, arithmetic, dispute_id, bad_object, conflict
  nullif (e.subject, '') AS subject, -- what it is about
  e.message AS message, -- what is wrong
  f.name AS feed, -- the feed that brought it
  d.sha256 AS document_sha256, -- the file it stands in
  nullif (e.row_number, 0) AS row_number, -- the row in that file
  e.raw AS raw -- as it came
FROM exception AS e
JOIN account AS a USING (account_id)
JOIN exception_name AS n USING (kind)
LEFT JOIN feed AS f ON f.feed_id = e.feed_id
LEFT JOIN document AS d ON d.document_id = e.document_id;

CREATE VIEW provenance AS -- One row per value of an object and feed: who said it, and when.
SELECT
  a.name AS account, -- the account's name
  k.name AS kind, -- charge, refund, permission, dispute
  o.object_id AS object_id, -- the provider's id
  f.name AS feed, -- the feed that said it
  o.said_us AS said_at_us, -- as of when
  d.sha256 AS document_sha256, -- in which file, if it was a file
  o.row_number AS row_number, -- in which row of it
  j.fullkey AS field, -- the provider's name of the value, as a JSON path
  j.atom AS value -- the value
FROM observation AS o
JOIN account AS a USING (account_id)
JOIN kind_name AS k ON k.kind = o.kind
JOIN feed AS f ON f.feed_id = o.feed_id
LEFT JOIN document AS d ON d.document_id = o.document_id
JOIN json_tree (o.raw) AS j ON j.atom IS NOT NULL
UNION ALL
SELECT a.name, tn.name, t.transaction_id, f.name, l.posted_us, d.sha256, l.row_number, n.field,
  CASE n.field
    WHEN 'amount_minor' THEN l.amount_minor
    WHEN 'fee_minor' THEN l.fee_minor
    WHEN 'net_minor' THEN l.net_minor
    WHEN 'provider_type' THEN w.text
    ELSE l.merchant_reference
  END
FROM settlement_line AS l
JOIN txn AS t USING (txn_id)
JOIN account AS a USING (account_id)
JOIN type_name AS tn ON tn.type = t.type
JOIN document AS d ON d.document_id = l.document_id
JOIN feed AS f ON f.feed_id = d.feed_id
JOIN word AS w ON w.word_id = l.provider_type_id
JOIN (SELECT 'amount_minor' AS field UNION ALL SELECT 'fee_minor' UNION ALL SELECT 'net_minor'
      UNION ALL SELECT 'provider_type' UNION ALL SELECT 'merchant_reference') AS n;

CREATE VIEW annotations AS -- One row per transaction of which the merchant said something; it outlives account and transaction.
SELECT
  n.provider AS provider, -- "amazon-pay"
  n.environment AS environment, -- "live" or "sandbox"
  n.transaction_id AS transaction_id, -- the row in transactions, if it is there
  n.note AS note, -- "" where there is none
  replace (trim (n.tags, ','), ',', ', ') AS tags, -- in order, "a, b"; "" where there are none
  n.reviewed_us AS reviewed_at_us, -- when it was marked as reviewed, NULL if it is not
  n.changed_us AS changed_at_us -- the last change of any of them
FROM annotation AS n;

CREATE VIEW daily_sums AS -- One row per account, currency, civil day, type and store: what its transactions come to, kept by the program.
SELECT
  a.name AS account, -- the account's name
  a.environment AS environment, -- "live" or "sandbox"
  d.currency AS currency, -- ISO 4217, "" where nobody has said
  date (d.day * 86400, 'unixepoch') AS day, -- the civil day in the mirror's time zone, YYYY-MM-DD
  z.zone AS zone, -- the mirror's time zone
  tn.name AS type, -- as in transactions
  w.text AS store, -- the store's name, NULL where nobody has said
  d.n_rows AS row_count, -- transactions, whatever became of them
  d.n_done AS done_count, -- charges that were captured, refunds that were refunded, other movements
  d.n_declined AS declined_count, -- those that were declined
  d.n_unsettled AS unsettled_count, -- done, and the fee is not known yet
  d.gross_minor AS gross_minor, -- of all that are done
  d.fee_minor AS fee_minor, -- of those whose fee is known
  d.net_minor AS net_minor, -- of those whose net amount is known
  d.unsettled_minor AS unsettled_gross_minor -- gross of those whose fee is not known yet
FROM daily AS d
JOIN account AS a USING (account_id)
JOIN summary_zone AS z
JOIN type_name AS tn ON tn.type = d.type
LEFT JOIN word AS w ON w.word_id = d.store_id;

CREATE VIEW settlement_sums AS -- One row per settlement, currency and type of line: what its lines come to, kept by the program.
SELECT
  a.name AS account, -- the account's name
  s.provider_id AS settlement_id, -- the provider's id
  m.currency AS currency, -- ISO 4217
  tn.name AS type, -- as in transactions
  m.n_lines AS line_count, -- lines of that type
  m.n_unequal AS unequal_count, -- those whose net amount is not amount + fee
  m.amount_minor AS amount_minor, -- before fees
  m.fee_minor AS fee_minor, -- negative is a cost
  m.net_minor AS net_minor -- as the provider says it
FROM settlement_sum AS m
JOIN settlement AS s USING (settlement_id)
JOIN account AS a USING (account_id)
JOIN type_name AS tn ON tn.type = m.type;

CREATE VIEW period_locks AS -- One row per closed period, account, currency and type: what it came to when it was closed, and since.
SELECT
  l.lock_id AS lock_id, -- grows with each closed period
  date (l.first_day * 86400, 'unixepoch') AS first_day, -- YYYY-MM-DD in its zone
  date ((l.end_day - 1) * 86400, 'unixepoch') AS last_day, -- the last that belongs to it
  l.zone AS zone, -- in which its days begin
  l.who AS who, -- who closed it, as typed
  l.note AS note, -- why, as typed
  l.locked_us AS locked_at_us, -- when it was closed
  l.opened_us AS opened_at_us, -- when it was opened again, NULL while it is closed
  s.account_name AS account, -- the account's name then; NULL in a period without movements
  s.currency AS currency, -- ISO 4217
  (SELECT tn.name FROM type_name AS tn WHERE tn.type = s.type) AS type, -- as in transactions
  s.n_done AS done_count, -- as in daily_sums, when it was closed
  s.gross_minor AS gross_minor, -- when it was closed
  s.fee_minor AS fee_minor, -- when it was closed
  s.net_minor AS net_minor, -- when it was closed
  (SELECT coalesce (sum (p.net_minor), 0) FROM period_adjustment AS p WHERE p.lock_id = l.lock_id
    AND p.account_name = s.account_name AND p.currency = s.currency AND p.type = s.type) AS adjusted_net_minor, -- what became known since, see period_adjustments
  l.sha256 AS sha256 -- of what was closed, and of the hash of the period closed before
FROM period_lock AS l
LEFT JOIN period_lock_sum AS s USING (lock_id);

CREATE VIEW period_adjustments AS -- One row per transaction and change that became known after its period was closed.
SELECT
  p.lock_id AS lock_id, -- the period in period_locks
  p.account_name AS account, -- the account's name then
  p.transaction_id AS transaction_id, -- the row in transactions, if it is still there
  tn.name AS type, -- as in transactions
  p.currency AS currency, -- ISO 4217
  p.n_done AS done_count, -- 1: came into the period; -1: is no longer in it; 0: another amount
  p.gross_minor AS gross_minor, -- the difference: what is said now less what was said before
  p.fee_minor AS fee_minor, -- the difference
  p.net_minor AS net_minor, -- the difference
  p.seen_us AS seen_at_us, -- when it became known
  p.acknowledged_us AS acknowledged_at_us -- when somebody acknowledged it
FROM period_adjustment AS p
JOIN type_name AS tn ON tn.type = p.type;

CREATE VIEW bank_entries AS -- One row per entry of an imported bank statement, with the payout that it is.
SELECT
  e.bank_account AS bank_account, -- as the file names it
  date (e.day * 86400, 'unixepoch') AS day, -- when the bank booked it, YYYY-MM-DD
  e.currency AS currency, -- ISO 4217
  e.amount_minor AS amount_minor, -- positive: came in
  e.reference AS reference, -- the bank's or the sender's reference
  e.text AS text, -- the bank's words
  b.shown_name AS file, -- of the statement
  b.sha256 AS file_sha256, -- of the statement
  e.row_number AS row_number, -- the row in that file
  m.provider AS provider, -- "amazon-pay"; NULL: it is no payout that we know of
  m.environment AS environment, -- "live" or "sandbox"
  m.settlement_provider_id AS settlement_id, -- the row in settlements, if it is there
  m.how AS matched_by, -- reference, amount, hand
  m.matched_us AS matched_at_us -- when
FROM bank_entry AS e
JOIN bank_statement AS b USING (statement_id)
LEFT JOIN bank_match AS m USING (entry_id);

CREATE VIEW anomalies AS -- One row per thing that looked unusual.
SELECT
  a.name AS account, -- the account's name
  n.rule AS rule, -- the rule that found it
  n.subject AS subject, -- what it found it in
  nullif (n.currency, '') AS currency, -- ISO 4217, where it is about money
  n.from_us AS started_at_us, -- when it began
  n.until_us AS ended_at_us, -- when it ended
  n.numbers AS numbers, -- JSON
  n.query AS query, -- its rows, in the language of the search entry
  n.found_us AS found_at_us, -- when it was found
  n.acknowledged_us AS acknowledged_at_us -- when somebody acknowledged it
FROM anomaly AS n
JOIN account AS a USING (account_id);
