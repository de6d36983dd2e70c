-- SPDX-License-Identifier: GPL-3.0-or-later
-- Version 3: cases, what the merchant answers to them, and with what.
--
-- What a provider says of a dispute stands in dispute (derived).  A case is the
-- merchant's: it can be there before the dispute's id is known, or without one, and
-- outlives its account.  Its money, state and deadline are the dispute's where there
-- is one, else what the merchant said (said_*), or the account's last word before it was
-- removed.  told_*: what settlements and reports say was taken, while nobody said an amount.
-- notice_us: the earliest moment at which anybody told of it.

CREATE TABLE case_kind_name (kind INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE reason_name (reason INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE product_name (product INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE outcome_name (outcome INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;

-- Of the dispute, neutral (core/cfoil-dispute.h); filled by cfoil-derive.c.
ALTER TABLE dispute ADD COLUMN neutral_reason INTEGER NOT NULL DEFAULT 0;
ALTER TABLE dispute ADD COLUMN outcome INTEGER NOT NULL DEFAULT 0;
-- The provider's code for why the state is as it is; description is its sentence.
ALTER TABLE dispute ADD COLUMN state_code TEXT;
ALTER TABLE observation ADD COLUMN state_code TEXT;
-- A refund that the buyer forced: 1.
ALTER TABLE observation ADD COLUMN is_by_buyer INTEGER;
-- Until now there was one provider, whose words are in raw.
UPDATE observation SET state_code = json_extract (raw, '$.statusDetails.reasonCode') WHERE kind = 4 AND json_valid (raw);
UPDATE observation SET is_by_buyer = 1
  WHERE kind = 2 AND json_valid (raw) AND lower (json_extract (raw, '$.RefundType')) = 'buyerinitiated';

CREATE TABLE dispute_case (
  case_id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  provider TEXT NOT NULL,
  environment TEXT NOT NULL,
  account_id INTEGER REFERENCES account ON DELETE SET NULL,
  account_name TEXT NOT NULL,
  kind INTEGER NOT NULL,
  dispute_id TEXT,
  charge_id TEXT,
  permission_id TEXT,
  notice_us INTEGER,
  estimated_due_us INTEGER,
  is_by_hand INTEGER NOT NULL DEFAULT 0 CHECK (is_by_hand IN (0, 1)),
  said_state INTEGER,
  said_reason INTEGER,
  said_outcome INTEGER,
  said_currency TEXT,
  said_amount_minor INTEGER,
  told_currency TEXT,
  told_amount_minor INTEGER,
  said_opened_us INTEGER,
  said_due_us INTEGER,
  said_buyer TEXT,
  said_reference TEXT,
  claim_text TEXT,
  handler TEXT,
  product INTEGER NOT NULL DEFAULT 0,
  -- What is in case_event already: the next change is told against it.
  seen_state INTEGER,
  seen_reason TEXT,
  seen_due_us INTEGER,
  seen_us INTEGER,
  created_us INTEGER NOT NULL,
  changed_us INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX case_dispute ON dispute_case (dispute_id, provider, environment) WHERE dispute_id IS NOT NULL;
CREATE UNIQUE INDEX case_charge ON dispute_case (provider, environment, kind, charge_id)
  WHERE dispute_id IS NULL AND charge_id IS NOT NULL;
CREATE UNIQUE INDEX case_permission ON dispute_case (provider, environment, kind, permission_id)
  WHERE dispute_id IS NULL AND charge_id IS NULL AND permission_id IS NOT NULL;
CREATE INDEX case_of_permission ON dispute_case (permission_id) WHERE permission_id IS NOT NULL;
CREATE INDEX case_account ON dispute_case (account_id);
CREATE INDEX case_of_charge ON dispute_case (charge_id) WHERE charge_id IS NOT NULL;

-- By which routes it became known: object, settlement, refund_report, notification,
-- typed, email, hand.
CREATE TABLE case_source (
  case_id INTEGER NOT NULL REFERENCES dispute_case ON DELETE CASCADE,
  route TEXT NOT NULL,
  detail TEXT NOT NULL,
  seen_us INTEGER NOT NULL,
  PRIMARY KEY (case_id, route, detail)
) STRICT, WITHOUT ROWID;

-- What was done and what happened; never changed.
CREATE TABLE case_event (
  event_id INTEGER PRIMARY KEY,
  case_id INTEGER NOT NULL REFERENCES dispute_case ON DELETE CASCADE,
  at_us INTEGER NOT NULL,
  who TEXT,
  kind TEXT NOT NULL,
  text TEXT NOT NULL,
  detail TEXT
) STRICT;
CREATE INDEX case_event_case ON case_event (case_id, at_us);

-- Reminders that were shown or put off.  stage: hours before the deadline.
CREATE TABLE reminder (
  case_id INTEGER NOT NULL REFERENCES dispute_case ON DELETE CASCADE,
  due_us INTEGER NOT NULL,
  stage INTEGER NOT NULL,
  shown_us INTEGER,
  snoozed_us INTEGER,
  PRIMARY KEY (case_id, due_us, stage)
) STRICT, WITHOUT ROWID;

-- Files that belong to cases or to the library, once each: evidence/SHA256.
CREATE TABLE evidence_file (
  sha256 TEXT PRIMARY KEY,
  n_bytes INTEGER NOT NULL,
  file_type TEXT NOT NULL,
  added_us INTEGER NOT NULL,
  n_pages INTEGER,
  width INTEGER,
  height INTEGER,
  inspected_us INTEGER,
  problem TEXT,
  findings TEXT
) STRICT, WITHOUT ROWID;

-- The answer that is being written, and how it was.  round: 1 for the first answer.
CREATE TABLE draft (
  case_id INTEGER NOT NULL REFERENCES dispute_case ON DELETE CASCADE,
  round INTEGER NOT NULL,
  text TEXT NOT NULL,
  n_done INTEGER NOT NULL,
  n_wanted INTEGER NOT NULL,
  changed_us INTEGER NOT NULL,
  PRIMARY KEY (case_id, round)
) STRICT, WITHOUT ROWID;

CREATE TABLE draft_version (
  version_id INTEGER PRIMARY KEY,
  case_id INTEGER NOT NULL REFERENCES dispute_case ON DELETE CASCADE,
  round INTEGER NOT NULL,
  at_us INTEGER NOT NULL,
  who TEXT,
  why TEXT NOT NULL,
  text TEXT NOT NULL
) STRICT;
CREATE INDEX draft_version_case ON draft_version (case_id, round, at_us);

-- What is used again: policy, shop, template, file.
CREATE TABLE library_item (
  item_id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  valid_from TEXT,
  reason INTEGER,
  text TEXT NOT NULL,
  sha256 TEXT REFERENCES evidence_file,
  file_name TEXT,
  changed_us INTEGER NOT NULL
) STRICT;

-- What was or will be sent, as it was when somebody pressed Send.  Its requests are in
-- outbox, by the answer_id.
CREATE TABLE submission (
  submission_id INTEGER PRIMARY KEY,
  case_id INTEGER NOT NULL REFERENCES dispute_case ON DELETE CASCADE,
  round INTEGER NOT NULL,
  answer_id TEXT NOT NULL UNIQUE,
  accepts INTEGER NOT NULL CHECK (accepts IN (0, 1)),
  by_hand INTEGER NOT NULL CHECK (by_hand IN (0, 1)),
  dispute_id TEXT,
  account_name TEXT NOT NULL,
  environment TEXT NOT NULL,
  currency TEXT,
  amount_minor INTEGER,
  due_us INTEGER,
  who TEXT,
  created_us INTEGER NOT NULL,
  state INTEGER NOT NULL,
  tried_us INTEGER,
  ended_us INTEGER,
  error_name TEXT,
  error_message TEXT,
  answer TEXT,
  draft TEXT NOT NULL
) STRICT;
CREATE INDEX submission_case ON submission (case_id);
CREATE INDEX submission_open ON submission (state) WHERE state < 3;

-- How far an answer got is asked by what its requests are about, whoever's account it is.
CREATE INDEX outbox_subject ON outbox (subject);

CREATE TABLE submission_item (
  submission_id INTEGER NOT NULL REFERENCES submission ON DELETE CASCADE,
  ordinal INTEGER NOT NULL,
  type INTEGER NOT NULL,
  text TEXT,
  sha256 TEXT REFERENCES evidence_file,
  file_type TEXT,
  file_name TEXT,
  n_bytes INTEGER,
  PRIMARY KEY (submission_id, ordinal)
) STRICT, WITHOUT ROWID;
