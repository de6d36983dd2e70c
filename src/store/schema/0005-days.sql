-- SPDX-License-Identifier: GPL-3.0-or-later
-- Version 5: what the overview asked all rows for before: amounts and payouts by
-- day, and when the payment was that a case is about.

-- How large the payments of a day are: the gross of each charge that is done, in order
-- (cfoil-amount-pack.h).  Follows from txn like daily; changed in the same transaction.
CREATE TABLE daily_amount (
  amount_id INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,
  currency TEXT NOT NULL,
  day INTEGER NOT NULL,
  amounts BLOB NOT NULL,
  UNIQUE (account_id, currency, day)
) STRICT;

-- How many of them each settlement has.
CREATE TABLE daily_settled (
  account_id INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,
  currency TEXT NOT NULL,
  day INTEGER NOT NULL,
  settlement_id INTEGER NOT NULL,
  n_done INTEGER NOT NULL,
  PRIMARY KEY (account_id, currency, day, settlement_id)
) STRICT, WITHOUT ROWID;

-- The sums are made anew when the mirror is opened, in the zone that they have.
UPDATE summary_zone SET rules = '';

-- Refunds that did not end as they should: few, which are asked for whenever the overview is read.
CREATE INDEX txn_refund_open ON txn (sort_us) WHERE type = 2 AND state NOT IN (0, 8);

-- The payment that a case is about, where the mirror has it as one that is done: when it
-- was, and whether "is:disputed" finds it (is_flagged).  Follows from dispute_case, txn and
-- dispute (cfoil-case-payment.c).
CREATE TABLE case_payment (
  case_id INTEGER PRIMARY KEY REFERENCES dispute_case ON DELETE CASCADE,
  txn_id INTEGER NOT NULL REFERENCES txn ON DELETE CASCADE,
  sort_us INTEGER NOT NULL,
  currency TEXT,
  is_flagged INTEGER NOT NULL CHECK (is_flagged IN (0, 1))
) STRICT;
CREATE INDEX case_payment_txn ON case_payment (txn_id);
