-- SPDX-License-Identifier: GPL-3.0-or-later
-- Version 2: packed columns for searching, sorting and sums; what the merchant
-- says; saved views.

-- What some providers say of a payment.
ALTER TABLE txn ADD COLUMN first_seen_us INTEGER;
ALTER TABLE txn ADD COLUMN tax_minor INTEGER;
ALTER TABLE txn ADD COLUMN presentment_currency TEXT;
ALTER TABLE txn ADD COLUMN presentment_minor INTEGER;
ALTER TABLE txn ADD COLUMN fx_rate TEXT;
ALTER TABLE txn ADD COLUMN fx_us INTEGER;
ALTER TABLE txn ADD COLUMN method TEXT;
ALTER TABLE txn ADD COLUMN soft_descriptor TEXT;
ALTER TABLE txn ADD COLUMN tracking_carrier TEXT;
ALTER TABLE txn ADD COLUMN tracking_number TEXT;
ALTER TABLE txn ADD COLUMN risk_score INTEGER;

-- Settlements whose lines or payouts changed since they were last compared.
ALTER TABLE settlement ADD COLUMN needs_proof INTEGER NOT NULL DEFAULT 1;
CREATE INDEX settlement_unproved ON settlement (account_id) WHERE needs_proof = 1;

-- The transactions of a permission, and the permissions of a buyer.
CREATE INDEX txn_permission ON txn (permission_id) WHERE permission_id IS NOT NULL;
CREATE INDEX permission_buyer ON charge_permission (buyer_id) WHERE buyer_id IS NOT NULL;
CREATE INDEX permission_email ON charge_permission (buyer_email) WHERE buyer_id IS NULL AND buyer_email IS NOT NULL;
CREATE INDEX exception_subject ON exception (subject) WHERE subject <> '';

-- The rows of txn once more, column by column, 2048 ids to a block (cfoil-block.h).
-- Follows from txn: made anew by the writer, in the same transaction, for every
-- block that has a changed row.  place is column * 2^32 + block.
CREATE TABLE txn_column (
  place INTEGER PRIMARY KEY,
  data BLOB NOT NULL
) STRICT;

-- Grows whenever a block changed.
CREATE TABLE txn_generation (
  only_one INTEGER PRIMARY KEY CHECK (only_one = 1),
  generation INTEGER NOT NULL,
  format INTEGER NOT NULL
) STRICT;
INSERT INTO txn_generation VALUES (1, 0, 0);

-- What the merchant says of a transaction.  By the provider's id, so that it
-- outlives the row.  tags: ",a,b," in order; "" where there are none.
CREATE TABLE annotation (
  provider TEXT NOT NULL,
  environment TEXT NOT NULL,
  transaction_id TEXT NOT NULL,
  note TEXT NOT NULL,
  tags TEXT NOT NULL,
  reviewed_us INTEGER,
  changed_us INTEGER NOT NULL,
  PRIMARY KEY (provider, environment, transaction_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE saved_view (
  view_id INTEGER PRIMARY KEY,
  shipped_key TEXT UNIQUE,
  name TEXT NOT NULL UNIQUE COLLATE NOCASE,
  position INTEGER NOT NULL,
  query TEXT NOT NULL,
  sort TEXT,
  columns TEXT,
  density TEXT
) STRICT;
