-- SPDX-License-Identifier: GPL-3.0-or-later
-- Version 1 of the mirror.  A step that was ever released is never changed.
--
-- Two kinds of table.  What somebody said: settlement_line, observation,
-- disbursement, report.  What follows from it: txn, charge_permission, dispute;
-- each of their rows is computed from all that was said of it, by one function
-- (cfoil-derive.c), so the order in which feeds speak does not matter.
--
-- *_minor: integer minor units of the currency beside it.  *_us: microseconds
-- since 1970-01-01T00:00:00Z.  NULL: nobody has said.

CREATE TABLE account (
  account_id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE COLLATE NOCASE,
  provider TEXT NOT NULL,
  region TEXT NOT NULL,
  environment TEXT NOT NULL CHECK (environment IN ('live', 'sandbox')),
  public_key_id TEXT,
  merchant_id TEXT,
  endpoint TEXT,
  ca_file TEXT,
  key_storage TEXT NOT NULL CHECK (key_storage IN ('keyring', 'file')),
  key_file TEXT,
  history_days INTEGER NOT NULL DEFAULT 0,
  request_rate INTEGER NOT NULL DEFAULT 0,
  created_us INTEGER NOT NULL
) STRICT;

-- Words that providers repeat in every row: type names, store names.
CREATE TABLE word (
  word_id INTEGER PRIMARY KEY,
  text TEXT NOT NULL UNIQUE
) STRICT;

-- The names of the numbers in txn.type, txn.state and observation.kind; filled
-- by the program from its own tables.
CREATE TABLE type_name (type INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE state_name (state INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE kind_name (kind INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE exception_name (kind INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE report_status_name (status INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;

CREATE TABLE feed (
  feed_id INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,
  name TEXT NOT NULL,
  rank INTEGER NOT NULL,
  cursor TEXT,
  fresh_us INTEGER,
  tried_us INTEGER,
  error_name TEXT,
  error_message TEXT,
  error_request_id TEXT,
  UNIQUE (account_id, name)
) STRICT;

-- Half-open intervals, merged.
CREATE TABLE feed_coverage (
  feed_id INTEGER NOT NULL REFERENCES feed ON DELETE CASCADE,
  start_us INTEGER NOT NULL,
  end_us INTEGER NOT NULL CHECK (end_us > start_us),
  PRIMARY KEY (feed_id, start_us)
) STRICT, WITHOUT ROWID;

-- A file that was fetched or imported.  Its bytes lie compressed in reports/,
-- named by their hash.
CREATE TABLE document (
  document_id INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,
  feed_id INTEGER NOT NULL REFERENCES feed,
  sha256 TEXT NOT NULL,
  type TEXT,
  source TEXT NOT NULL CHECK (source IN ('provider', 'import')),
  shown_name TEXT,
  n_bytes INTEGER NOT NULL,
  is_proven_whole INTEGER NOT NULL CHECK (is_proven_whole IN (0, 1)),
  received_us INTEGER NOT NULL,
  n_rows_done INTEGER NOT NULL DEFAULT 0,
  state TEXT NOT NULL CHECK (state IN ('reading', 'done', 'refused')),
  error_message TEXT,
  UNIQUE (account_id, sha256)
) STRICT;
CREATE INDEX document_feed ON document (feed_id);

CREATE TABLE report (
  report_pk INTEGER PRIMARY KEY,
  feed_id INTEGER NOT NULL REFERENCES feed ON DELETE CASCADE,
  report_id TEXT NOT NULL,
  provider_type TEXT NOT NULL,
  status INTEGER NOT NULL,
  provider_status TEXT,
  provider_document_id TEXT,
  start_us INTEGER,
  end_us INTEGER,
  created_us INTEGER,
  is_ours INTEGER NOT NULL CHECK (is_ours IN (0, 1)),
  document_id INTEGER REFERENCES document,
  UNIQUE (feed_id, report_id)
) STRICT;
CREATE INDEX report_document ON report (document_id) WHERE document_id IS NOT NULL;

CREATE TABLE settlement (
  settlement_id INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,
  provider_id TEXT NOT NULL,
  merchant_id TEXT,
  start_us INTEGER,
  end_us INTEGER,
  UNIQUE (account_id, provider_id)
) STRICT;

-- One row per payment or other movement of money, computed.
CREATE TABLE txn (
  txn_id INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,
  transaction_id TEXT NOT NULL,
  provider_id TEXT,
  type INTEGER NOT NULL,
  provider_type_id INTEGER REFERENCES word,
  state INTEGER NOT NULL,
  provider_state TEXT,
  reason TEXT,
  currency TEXT,
  amount_minor INTEGER,
  gross_minor INTEGER NOT NULL,
  fee_percentage_minor INTEGER,
  fee_fixed_minor INTEGER,
  fee_minor INTEGER,
  net_minor INTEGER,
  refunded_minor INTEGER,
  created_us INTEGER,
  updated_us INTEGER,
  expires_us INTEGER,
  posted_us INTEGER,
  sort_us INTEGER NOT NULL,
  settlement_id INTEGER REFERENCES settlement,
  charge_id TEXT,
  permission_id TEXT,
  dispute_id TEXT,
  merchant_reference TEXT,
  order_reference TEXT,
  store_id INTEGER REFERENCES word,
  description TEXT,
  buyer_id TEXT,
  buyer_name TEXT,
  buyer_email TEXT,
  buyer_country TEXT,
  channel TEXT
) STRICT;
CREATE UNIQUE INDEX txn_key ON txn (account_id, transaction_id);
CREATE INDEX txn_sort ON txn (sort_us);
CREATE INDEX txn_settlement ON txn (settlement_id);
CREATE INDEX txn_reference ON txn (merchant_reference) WHERE merchant_reference IS NOT NULL;
-- Of refunds, chargebacks and the like; a charge's own id is its transaction_id.
CREATE INDEX txn_charge ON txn (charge_id) WHERE charge_id IS NOT NULL;
CREATE INDEX txn_dispute ON txn (dispute_id) WHERE dispute_id IS NOT NULL;

CREATE TABLE settlement_line (
  settlement_id INTEGER NOT NULL REFERENCES settlement,
  posted_us INTEGER NOT NULL,
  provider_type_id INTEGER NOT NULL REFERENCES word,
  provider_id TEXT NOT NULL,
  amount_minor INTEGER NOT NULL,
  currency TEXT NOT NULL,
  ordinal INTEGER NOT NULL,
  txn_id INTEGER NOT NULL REFERENCES txn,
  type INTEGER NOT NULL,
  fee_percentage_minor INTEGER,
  fee_fixed_minor INTEGER,
  fee_minor INTEGER NOT NULL,
  net_minor INTEGER NOT NULL,
  charge_id TEXT,
  permission_id TEXT,
  dispute_id TEXT,
  merchant_reference TEXT,
  order_reference TEXT,
  store_id INTEGER REFERENCES word,
  description TEXT,
  extra TEXT,
  document_id INTEGER NOT NULL REFERENCES document,
  row_number INTEGER NOT NULL,
  PRIMARY KEY (settlement_id, posted_us, provider_type_id, provider_id, amount_minor, currency, ordinal)
) STRICT, WITHOUT ROWID;
CREATE INDEX settlement_line_txn ON settlement_line (txn_id);

-- What one feed said last of one object.
CREATE TABLE observation (
  account_id INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,
  kind INTEGER NOT NULL,
  object_id TEXT NOT NULL,
  feed_id INTEGER NOT NULL REFERENCES feed,
  said_us INTEGER NOT NULL,
  updated_us INTEGER,
  state INTEGER NOT NULL,
  provider_state TEXT,
  reason TEXT,
  currency TEXT,
  amount_minor INTEGER,
  moved_minor INTEGER,
  refunded_minor INTEGER,
  created_us INTEGER,
  expires_us INTEGER,
  deadline_us INTEGER,
  charge_id TEXT,
  permission_id TEXT,
  merchant_reference TEXT,
  order_reference TEXT,
  store_id INTEGER REFERENCES word,
  description TEXT,
  buyer_id TEXT,
  buyer_name TEXT,
  buyer_email TEXT,
  buyer_country TEXT,
  channel TEXT,
  resolution TEXT,
  is_final INTEGER NOT NULL CHECK (is_final IN (0, 1)),
  raw TEXT NOT NULL,
  document_id INTEGER REFERENCES document,
  row_number INTEGER,
  PRIMARY KEY (account_id, kind, object_id, feed_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX observation_asked ON observation (feed_id) WHERE document_id IS NULL;

CREATE TABLE charge_permission (
  permission_pk INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,
  permission_id TEXT NOT NULL,
  state INTEGER NOT NULL,
  provider_state TEXT,
  reason TEXT,
  currency TEXT,
  amount_minor INTEGER,
  created_us INTEGER,
  updated_us INTEGER,
  expires_us INTEGER,
  merchant_reference TEXT,
  store_id INTEGER REFERENCES word,
  description TEXT,
  buyer_id TEXT,
  buyer_name TEXT,
  buyer_email TEXT,
  buyer_country TEXT,
  UNIQUE (account_id, permission_id)
) STRICT;

CREATE TABLE dispute (
  dispute_pk INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,
  dispute_id TEXT NOT NULL,
  charge_id TEXT,
  state INTEGER NOT NULL,
  provider_state TEXT,
  reason TEXT,
  resolution TEXT,
  description TEXT,
  currency TEXT,
  amount_minor INTEGER,
  opened_us INTEGER,
  updated_us INTEGER,
  deadline_us INTEGER,
  UNIQUE (account_id, dispute_id)
) STRICT;
CREATE INDEX dispute_charge ON dispute (charge_id) WHERE charge_id IS NOT NULL;

-- Objects that are not final, and when to ask for them again.
CREATE TABLE pursuit (
  account_id INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,
  kind INTEGER NOT NULL,
  object_id TEXT NOT NULL,
  due_us INTEGER NOT NULL,
  deadline_us INTEGER,
  asked_us INTEGER,
  why TEXT,
  PRIMARY KEY (account_id, kind, object_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE disbursement (
  disbursement_id INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,
  feed_id INTEGER NOT NULL REFERENCES feed,
  settlement_provider_id TEXT NOT NULL,
  merchant_id TEXT,
  bank_reference TEXT NOT NULL,
  currency TEXT NOT NULL,
  amount_minor INTEGER NOT NULL,
  transaction_us INTEGER,
  raw TEXT NOT NULL,
  UNIQUE (account_id, settlement_provider_id, bank_reference, currency)
) STRICT;

CREATE TABLE exception (
  exception_id INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,
  feed_id INTEGER REFERENCES feed,
  kind INTEGER NOT NULL,
  subject TEXT NOT NULL,
  message TEXT NOT NULL,
  raw TEXT,
  document_id INTEGER REFERENCES document,
  row_number INTEGER NOT NULL,
  seen_us INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX exception_key ON exception (account_id, kind, subject, coalesce (document_id, 0), row_number);

-- Pushed messages; the id tells a repeat.
CREATE TABLE notification (
  account_id INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,
  feed_id INTEGER NOT NULL REFERENCES feed,
  message_id TEXT NOT NULL,
  kind INTEGER NOT NULL,
  object_id TEXT NOT NULL,
  received_us INTEGER NOT NULL,
  raw TEXT NOT NULL,
  PRIMARY KEY (account_id, message_id)
) STRICT, WITHOUT ROWID;

-- What was or will be asked of the provider exactly once.
CREATE TABLE outbox (
  action_id INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  idempotency_key TEXT NOT NULL UNIQUE,
  request TEXT NOT NULL,
  created_us INTEGER NOT NULL,
  answered_us INTEGER,
  http_status INTEGER,
  answer TEXT
) STRICT;
CREATE INDEX outbox_open ON outbox (account_id, kind, subject) WHERE answered_us IS NULL;
