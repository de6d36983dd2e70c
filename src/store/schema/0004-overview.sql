-- SPDX-License-Identifier: GPL-3.0-or-later
-- Version 4: sums by day and by settlement, kept by the writer; locked periods; bank
-- statements; what looks unusual; definitions of reports; schedules at the provider.

-- The zone in which days of this mirror begin: a name of the tz database.  Another zone
-- makes the sums anew, and so do other rules of the same (rules: what they were).
CREATE TABLE summary_zone (
  only_one INTEGER PRIMARY KEY CHECK (only_one = 1),
  zone TEXT NOT NULL,
  is_complete INTEGER NOT NULL CHECK (is_complete IN (0, 1)),
  rules TEXT NOT NULL
) STRICT;
INSERT INTO summary_zone VALUES (1, 'UTC', 0, '');

-- Sums of txn by the day of sort_us (days since 1970-01-01 in that zone).  Follows from
-- txn; changed by the writer in the same transaction.  currency "" and store_id 0: none;
-- the store is that of the row or of its charge permission.
-- n_done: charges that were captured (state 5, or 0: a movement without an id), refunds
-- that were refunded (8 or 0), others that were posted; n_declined: of state 6.  Amounts
-- are those of done rows; fee and net leave out what is not known yet: n_unsettled of
-- them, with a gross of unsettled_minor.
CREATE TABLE daily (
  account_id INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,
  currency TEXT NOT NULL,
  day INTEGER NOT NULL,
  type INTEGER NOT NULL,
  store_id INTEGER NOT NULL,
  n_rows INTEGER NOT NULL,
  n_done INTEGER NOT NULL,
  n_declined INTEGER NOT NULL,
  n_unsettled INTEGER NOT NULL,
  gross_minor INTEGER NOT NULL,
  fee_minor INTEGER NOT NULL,
  net_minor INTEGER NOT NULL,
  unsettled_minor INTEGER NOT NULL,
  PRIMARY KEY (account_id, currency, day, type, store_id)
) STRICT, WITHOUT ROWID;

-- The same of charges that are done, by the hour that clocks show (0 to 23).
CREATE TABLE hourly (
  account_id INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,
  currency TEXT NOT NULL,
  day INTEGER NOT NULL,
  hour INTEGER NOT NULL,
  n_done INTEGER NOT NULL,
  gross_minor INTEGER NOT NULL,
  PRIMARY KEY (account_id, currency, day, hour)
) STRICT, WITHOUT ROWID;

-- Sums of settlement_line; changed by the writer in the same transaction.
CREATE TABLE settlement_sum (
  settlement_id INTEGER NOT NULL REFERENCES settlement ON DELETE CASCADE,
  currency TEXT NOT NULL,
  type INTEGER NOT NULL,
  n_lines INTEGER NOT NULL,
  n_unequal INTEGER NOT NULL, -- lines whose net is not amount + fee
  amount_minor INTEGER NOT NULL,
  fee_minor INTEGER NOT NULL,
  net_minor INTEGER NOT NULL,
  PRIMARY KEY (settlement_id, currency, type)
) STRICT, WITHOUT ROWID;

-- The few lines that say what was carried from period to period and paid out, and
-- those of unknown types.  A list of more than two is a table of its own, made for each
-- line that is written: with one list, lines take half as long again.
CREATE INDEX settlement_line_balance ON settlement_line (settlement_id, type) WHERE type IN (0, 6) OR type IN (7, 8);

-- Payments that were captured and not settled yet.
CREATE INDEX txn_unsettled ON txn (sort_us) WHERE type = 1 AND state = 5 AND settlement_id IS NULL;
-- Authorizations that nobody captured yet, and payments that were captured a week or more after
-- they were made: few, which are looked for after each sync.
CREATE INDEX txn_authorized ON txn (sort_us) WHERE type = 1 AND state = 3;
CREATE INDEX txn_captured_late ON txn (sort_us) WHERE type = 1 AND state = 5 AND updated_us - created_us > 604800000000;

-- A period whose books are closed.  Days in ->zone, first to end (not included).
CREATE TABLE period_lock (
  lock_id INTEGER PRIMARY KEY,
  zone TEXT NOT NULL,
  first_day INTEGER NOT NULL,
  end_day INTEGER NOT NULL CHECK (end_day > first_day),
  start_us INTEGER NOT NULL,
  end_us INTEGER NOT NULL,
  who TEXT NOT NULL,
  note TEXT NOT NULL,
  locked_us INTEGER NOT NULL,
  opened_us INTEGER,
  sha256 TEXT NOT NULL -- of this row, its sums, and the hash of the lock before it
) STRICT;

-- What the period came to when it was locked.
CREATE TABLE period_lock_sum (
  lock_id INTEGER NOT NULL REFERENCES period_lock ON DELETE CASCADE,
  account_name TEXT NOT NULL,
  currency TEXT NOT NULL,
  type INTEGER NOT NULL,
  n_done INTEGER NOT NULL,
  gross_minor INTEGER NOT NULL,
  fee_minor INTEGER NOT NULL,
  net_minor INTEGER NOT NULL,
  PRIMARY KEY (lock_id, account_name, currency, type)
) STRICT, WITHOUT ROWID;

-- What became known of a locked period afterwards: differences, one per transaction and change.
CREATE TABLE period_adjustment (
  adjustment_id INTEGER PRIMARY KEY,
  lock_id INTEGER NOT NULL REFERENCES period_lock ON DELETE CASCADE,
  account_name TEXT NOT NULL,
  transaction_id TEXT NOT NULL,
  type INTEGER NOT NULL,
  currency TEXT NOT NULL,
  n_done INTEGER NOT NULL,
  gross_minor INTEGER NOT NULL,
  fee_minor INTEGER NOT NULL,
  net_minor INTEGER NOT NULL,
  seen_us INTEGER NOT NULL,
  acknowledged_us INTEGER
) STRICT;
CREATE INDEX period_adjustment_lock ON period_adjustment (lock_id);

-- Accounts that were removed after a period was closed, and have come back with all that they had in it.
CREATE TABLE period_return (
  lock_id INTEGER NOT NULL REFERENCES period_lock ON DELETE CASCADE,
  account_id INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,
  PRIMARY KEY (lock_id, account_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE bank_mapping (
  mapping_id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE COLLATE NOCASE,
  header TEXT NOT NULL, -- the columns' names as in the file, JSON: recognises the next file
  mapping TEXT NOT NULL -- JSON
) STRICT;

CREATE TABLE bank_statement (
  statement_id INTEGER PRIMARY KEY,
  sha256 TEXT NOT NULL UNIQUE,
  shown_name TEXT NOT NULL,
  format TEXT NOT NULL CHECK (format IN ('csv', 'ofx', 'camt')),
  bank_account TEXT NOT NULL,
  imported_us INTEGER NOT NULL
) STRICT;

-- Booked days as in the file: banks book days, not moments.  day: since 1970-01-01.
CREATE TABLE bank_entry (
  entry_id INTEGER PRIMARY KEY,
  statement_id INTEGER NOT NULL REFERENCES bank_statement ON DELETE CASCADE,
  bank_account TEXT NOT NULL,
  day INTEGER NOT NULL,
  currency TEXT NOT NULL,
  amount_minor INTEGER NOT NULL,
  reference TEXT NOT NULL,
  text TEXT NOT NULL,
  ordinal INTEGER NOT NULL,
  row_number INTEGER NOT NULL,
  UNIQUE (bank_account, day, currency, amount_minor, reference, text, ordinal)
) STRICT;
CREATE INDEX bank_entry_amount ON bank_entry (currency, amount_minor);

-- Entries that a later statement has, too: they stay when the first one is removed.
CREATE TABLE bank_repeat (
  entry_id INTEGER NOT NULL REFERENCES bank_entry ON DELETE CASCADE,
  statement_id INTEGER NOT NULL REFERENCES bank_statement ON DELETE CASCADE,
  row_number INTEGER NOT NULL,
  PRIMARY KEY (entry_id, statement_id)
) STRICT, WITHOUT ROWID;

-- Which payout an entry is; by the provider's words, so that it outlives the rows.
CREATE TABLE bank_match (
  entry_id INTEGER PRIMARY KEY REFERENCES bank_entry ON DELETE CASCADE,
  provider TEXT NOT NULL,
  environment TEXT NOT NULL,
  settlement_provider_id TEXT NOT NULL,
  currency TEXT NOT NULL,
  how TEXT NOT NULL CHECK (how IN ('reference', 'amount', 'hand')),
  matched_us INTEGER NOT NULL
) STRICT;
CREATE INDEX bank_match_settlement ON bank_match (settlement_provider_id);

-- What looks unusual; numbers: JSON, from which the sentence is made; query: the rows.
CREATE TABLE anomaly (
  anomaly_id INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,
  rule TEXT NOT NULL,
  subject TEXT NOT NULL,
  currency TEXT NOT NULL,
  from_us INTEGER NOT NULL,
  until_us INTEGER NOT NULL,
  numbers TEXT NOT NULL,
  query TEXT NOT NULL,
  found_us INTEGER NOT NULL,
  acknowledged_us INTEGER,
  UNIQUE (account_id, rule, subject, currency)
) STRICT;

-- Up to where each rule has looked, and since when it keeps quiet.
CREATE TABLE anomaly_state (
  account_id INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,
  rule TEXT NOT NULL,
  seen_us INTEGER NOT NULL,
  quiet_until_us INTEGER NOT NULL,
  state TEXT NOT NULL, -- JSON
  PRIMARY KEY (account_id, rule)
) STRICT, WITHOUT ROWID;
-- Rows in the order in which they became known or changed.
CREATE INDEX txn_first_seen ON txn (first_seen_us);

CREATE TABLE report_definition (
  definition_id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE COLLATE NOCASE,
  definition TEXT NOT NULL -- JSON
) STRICT;

-- Accounts of the books, by what they are for ("fees", "payouts:amazon-pay").
CREATE TABLE ledger_account (
  purpose TEXT PRIMARY KEY,
  name TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Rates that the user imported: one unit of base in units of quote, as written.
CREATE TABLE fx_rate (
  base TEXT NOT NULL,
  quote TEXT NOT NULL,
  day INTEGER NOT NULL,
  rate TEXT NOT NULL,
  source TEXT NOT NULL,
  PRIMARY KEY (base, quote, day)
) STRICT, WITHOUT ROWID;

-- How many payments of a month were reported as fraud to a card network (TC40): the merchant asks for it and types it in.
-- month: its first day, in days since 1970-01-01.
CREATE TABLE fraud_report (
  account_id INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,
  currency TEXT NOT NULL,
  month INTEGER NOT NULL,
  n_reports INTEGER NOT NULL CHECK (n_reports >= 0),
  said_us INTEGER NOT NULL,
  PRIMARY KEY (account_id, currency, month)
) STRICT, WITHOUT ROWID;

CREATE TABLE report_schedule (
  account_id INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,
  schedule_id TEXT NOT NULL,
  provider_type TEXT NOT NULL,
  frequency TEXT NOT NULL,
  next_us INTEGER,
  is_ours INTEGER NOT NULL CHECK (is_ours IN (0, 1)),
  seen_us INTEGER NOT NULL,
  PRIMARY KEY (account_id, schedule_id)
) STRICT, WITHOUT ROWID;
