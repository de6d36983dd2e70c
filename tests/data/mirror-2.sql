-- SPDX-License-Identifier: GPL-3.0-or-later
-- A mirror of schema 2: the four sample reports, a settlement with chargebacks and a claim, and one dispute
-- as the provider answers it.
PRAGMA application_id = 1130786665;
PRAGMA user_version = 2;
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
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
INSERT INTO account VALUES(1,'Old Shop','amazon-pay','na','live','LIVE-AAAAAAAAAAAAAAAAAAAAAAAA',NULL,NULL,NULL,'file','/home/merchant/key.pem',0,0,1795316417265947);
CREATE TABLE word (
  word_id INTEGER PRIMARY KEY,
  text TEXT NOT NULL UNIQUE
) STRICT;
INSERT INTO word VALUES(1,'Transfer');
INSERT INTO word VALUES(2,'Capture');
INSERT INTO word VALUES(3,'Reserve');
INSERT INTO word VALUES(4,'SmashPig Foundation - Alexa Donations');
INSERT INTO word VALUES(5,'Chargeback');
INSERT INTO word VALUES(6,'Dispute');
INSERT INTO word VALUES(7,'A-to-z Guarantee Refund');
CREATE TABLE type_name (type INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
INSERT INTO type_name VALUES(0,'other');
INSERT INTO type_name VALUES(1,'charge');
INSERT INTO type_name VALUES(2,'refund');
INSERT INTO type_name VALUES(3,'chargeback');
INSERT INTO type_name VALUES(4,'claim');
INSERT INTO type_name VALUES(5,'dispute_fee');
INSERT INTO type_name VALUES(6,'transfer');
INSERT INTO type_name VALUES(7,'reserve');
INSERT INTO type_name VALUES(8,'carryover');
INSERT INTO type_name VALUES(9,'adjustment');
INSERT INTO type_name VALUES(10,'authorization_fee');
CREATE TABLE state_name (state INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
INSERT INTO state_name VALUES(0,'posted');
INSERT INTO state_name VALUES(1,'other');
INSERT INTO state_name VALUES(2,'pending');
INSERT INTO state_name VALUES(3,'authorized');
INSERT INTO state_name VALUES(4,'capturing');
INSERT INTO state_name VALUES(5,'captured');
INSERT INTO state_name VALUES(6,'declined');
INSERT INTO state_name VALUES(7,'canceled');
INSERT INTO state_name VALUES(8,'refunded');
INSERT INTO state_name VALUES(9,'open');
INSERT INTO state_name VALUES(10,'blocked');
INSERT INTO state_name VALUES(11,'closed');
INSERT INTO state_name VALUES(12,'needs_response');
INSERT INTO state_name VALUES(13,'waiting_other');
INSERT INTO state_name VALUES(14,'under_review');
INSERT INTO state_name VALUES(15,'won');
INSERT INTO state_name VALUES(16,'lost');
INSERT INTO state_name VALUES(17,'closed_neutral');
CREATE TABLE kind_name (kind INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
INSERT INTO kind_name VALUES(1,'charge');
INSERT INTO kind_name VALUES(2,'refund');
INSERT INTO kind_name VALUES(3,'permission');
INSERT INTO kind_name VALUES(4,'dispute');
CREATE TABLE exception_name (kind INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
INSERT INTO exception_name VALUES(1,'bad_row');
INSERT INTO exception_name VALUES(2,'unknown_type');
INSERT INTO exception_name VALUES(3,'unknown_state');
INSERT INTO exception_name VALUES(4,'unknown_column');
INSERT INTO exception_name VALUES(5,'arithmetic');
INSERT INTO exception_name VALUES(6,'dispute_id');
INSERT INTO exception_name VALUES(7,'bad_object');
INSERT INTO exception_name VALUES(8,'conflict');
CREATE TABLE report_status_name (status INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
INSERT INTO report_status_name VALUES(1,'in_progress');
INSERT INTO report_status_name VALUES(2,'completed');
INSERT INTO report_status_name VALUES(3,'failed');
INSERT INTO report_status_name VALUES(4,'cancelled');
INSERT INTO report_status_name VALUES(5,'expired');
INSERT INTO report_status_name VALUES(6,'unknown');
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
INSERT INTO feed VALUES(1,1,'settlement-reports',60,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO feed VALUES(2,1,'imports',20,NULL,1795316425308660,1795316425308660,NULL,NULL,NULL);
INSERT INTO feed VALUES(3,1,'refund-reports',40,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO feed VALUES(4,1,'objects',80,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE feed_coverage (
  feed_id INTEGER NOT NULL REFERENCES feed ON DELETE CASCADE,
  start_us INTEGER NOT NULL,
  end_us INTEGER NOT NULL CHECK (end_us > start_us),
  PRIMARY KEY (feed_id, start_us)
) STRICT, WITHOUT ROWID;
INSERT INTO feed_coverage VALUES(1,1443650444000000,1443736784000000);
INSERT INTO feed_coverage VALUES(1,1536649443000000,1537254003000000);
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
INSERT INTO document VALUES(1,1,1,'c1d816d014d27ecc6da06a819cf716ab9637696e4e02dabb557972981efaee68','settlement','import','amazon-pay-2015-10-01-SETTLEMENT_DATA_371273040777777.csv',831,0,1795316425156628,2,'done',NULL);
INSERT INTO document VALUES(2,1,3,'e25bb1c78bb4373ce4661447de5f4bcac5b1ea552a079d84460e2e2042af32df','refund','import','amazon-pay-2015-10-06-REFUND_DATA_414749300022222.csv',616,0,1795316425200655,2,'done',NULL);
INSERT INTO document VALUES(3,1,3,'578ecea47e327a6289621f65a26960d1b080ca7c67b03871aff3857b0b232a6d','refund','import','amazon-pay-2015-10-06-REFUND_DATA_414749300033333.csv',614,0,1795316425228646,2,'done',NULL);
INSERT INTO document VALUES(4,1,1,'1c46d3981e9f36fe7989bb57bd3136a9ab2e95b508744999cded4510b81c450b','settlement','import','amazon-pay-2018-09-18-SETTLEMENT_DATA_11308757837017792.csv',826,0,1795316425267645,2,'done',NULL);
INSERT INTO document VALUES(5,1,1,'ddb4a0dca900a915e0f61d7f241c42ff949a9c8869be5d52387dbd808a8e6197','settlement','import','settle.csv',1426,0,1795316425296677,6,'done',NULL);
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
CREATE TABLE settlement (
  settlement_id INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,
  provider_id TEXT NOT NULL,
  merchant_id TEXT,
  start_us INTEGER,
  end_us INTEGER, needs_proof INTEGER NOT NULL DEFAULT 1,
  UNIQUE (account_id, provider_id)
) STRICT;
INSERT INTO settlement VALUES(1,1,'5984862222','ABCDEFGHIJKLM',1443650444000000,1537254003000000,1);
INSERT INTO settlement VALUES(2,1,'7000000001','ABCDEFGHIJKLM',1536649443000000,1537254003000000,1);
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
, first_seen_us INTEGER, tax_minor INTEGER, presentment_currency TEXT, presentment_minor INTEGER, fx_rate TEXT, fx_us INTEGER, method TEXT, soft_descriptor TEXT, tracking_carrier TEXT, tracking_number TEXT, risk_score INTEGER) STRICT;
INSERT INTO txn VALUES(1,1,'5984862222/Transfer//20151001T140647Z/-2554/USD/1',NULL,6,1,0,NULL,NULL,'USD',2554,-2554,0,0,0,-2554,NULL,NULL,NULL,NULL,1443708407000000,1443708407000000,1,NULL,NULL,NULL,NULL,NULL,NULL,'SellerPayments_DateRangeReport_transfer_accounting_ending_with_trace_id',NULL,NULL,NULL,NULL,NULL,1795316425158016,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO txn VALUES(2,1,'P01-1488694-1234567-C034811',NULL,1,2,5,NULL,NULL,'USD',1000,1000,-29,-30,-59,941,NULL,NULL,NULL,NULL,1443723034000000,1443723034000000,1,NULL,'P01-1234567-2138100',NULL,'87654321-0',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1795316425158093,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO txn VALUES(3,1,'P01-4968629-7654321-R017571',NULL,2,NULL,8,'Completed',NULL,'USD',100,-100,NULL,NULL,NULL,NULL,NULL,1444081398000000,1444087249000000,NULL,NULL,1444081398000000,NULL,'P01-4968629-7654321-C070794','P01-4968629-7654321',NULL,'REFUND_684981',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1795316425202317,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO txn VALUES(4,1,'P01-4968629-2345678-R017571',NULL,2,NULL,8,'Completed','BuyerInitiated','USD',100,-100,NULL,NULL,NULL,NULL,NULL,1444081398000000,1444087249000000,NULL,NULL,1444081398000000,NULL,'P01-4968629-2345678-C070794','P01-4968629-2345678',NULL,'REFUND_684981',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1795316425241061,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO txn VALUES(5,1,'5984862222/Reserve//20180911T071953Z/2400/USD/1',NULL,7,3,0,NULL,NULL,'USD',2400,2400,0,0,0,2400,NULL,NULL,NULL,NULL,1536650393000000,1536650393000000,1,NULL,NULL,NULL,NULL,NULL,NULL,'Previous Reserve Balance',NULL,NULL,NULL,NULL,NULL,1795316425275918,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO txn VALUES(6,1,'P01-5551212-4903176-C039376',NULL,1,2,5,NULL,NULL,'USD',500,500,-11,-30,-41,459,NULL,NULL,NULL,NULL,1536786608000000,1536786608000000,1,NULL,'P01-5551212-4903176',NULL,'8032276654432210046',NULL,4,NULL,NULL,NULL,NULL,NULL,NULL,1795316425275991,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO txn VALUES(7,1,'P01-1111111-1111111-C000001',NULL,1,2,5,NULL,NULL,'USD',3000,3000,-60,-30,-90,2910,NULL,NULL,NULL,NULL,1536771600000000,1536771600000000,2,NULL,'P01-1111111-1111111',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1795316425305751,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO txn VALUES(8,1,'7000000001/Chargeback/P01-1111111-1111111-B000001/20180913T170000Z/-3000/USD/1','P01-1111111-1111111-B000001',3,5,0,NULL,NULL,'USD',3000,-3000,0,0,0,-3000,NULL,NULL,NULL,NULL,1536858000000000,1536858000000000,2,NULL,'P01-1111111-1111111','P01-1111111-1111111-B000001',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1795316425305813,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO txn VALUES(9,1,'7000000001/Dispute/P01-1111111-1111111-B000001/20180913T170001Z/0/USD/1','P01-1111111-1111111-B000001',5,6,0,NULL,NULL,'USD',0,0,0,-2000,-2000,-2000,NULL,NULL,NULL,NULL,1536858001000000,1536858001000000,2,NULL,'P01-1111111-1111111','P01-1111111-1111111-B000001',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1795316425306013,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO txn VALUES(10,1,'7000000001/Chargeback/P01-2222222-2222222-C000002/20180914T170000Z/-1200/USD/1','P01-2222222-2222222-C000002',3,5,0,NULL,NULL,'USD',1200,-1200,0,0,0,-1200,NULL,NULL,NULL,NULL,1536944400000000,1536944400000000,2,'P01-2222222-2222222-C000002','P01-2222222-2222222',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1795316425306042,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO txn VALUES(11,1,'7000000001/A-to-z Guarantee Refund/P01-3333333-3333333-C000003/20180915T170000Z/-750/USD/1','P01-3333333-3333333-C000003',4,7,0,NULL,NULL,'USD',750,-750,0,0,0,-750,NULL,NULL,NULL,NULL,1537030800000000,1537030800000000,2,'P01-3333333-3333333-C000003','P01-3333333-3333333',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1795316425306091,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO txn VALUES(12,1,'7000000001/Chargeback/P01-4444444-4444444-B000004/20180916T170000Z/-900/USD/1','P01-4444444-4444444-B000004',3,5,0,NULL,NULL,'USD',900,-900,0,0,0,-900,NULL,NULL,NULL,NULL,1537117200000000,1537117200000000,2,NULL,'P01-4444444-4444444','P01-4444444-4444444-B000004',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1795316425306101,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
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
INSERT INTO settlement_line VALUES(1,1443708407000000,1,'',-2554,'USD',1,1,6,0,0,0,-2554,NULL,NULL,NULL,NULL,NULL,NULL,'SellerPayments_DateRangeReport_transfer_accounting_ending_with_trace_id',NULL,1,1);
INSERT INTO settlement_line VALUES(1,1443723034000000,2,'P01-1488694-1234567-C034811',1000,'USD',1,2,1,-29,-30,-59,941,'P01-1488694-1234567-C034811','P01-1234567-2138100',NULL,'87654321-0',NULL,NULL,NULL,NULL,1,2);
INSERT INTO settlement_line VALUES(1,1536650393000000,3,'',2400,'USD',1,5,7,0,0,0,2400,NULL,NULL,NULL,NULL,NULL,NULL,'Previous Reserve Balance',NULL,4,1);
INSERT INTO settlement_line VALUES(1,1536786608000000,2,'P01-5551212-4903176-C039376',500,'USD',1,6,1,-11,-30,-41,459,'P01-5551212-4903176-C039376','P01-5551212-4903176',NULL,'8032276654432210046',NULL,4,NULL,NULL,4,2);
INSERT INTO settlement_line VALUES(2,1536771600000000,2,'P01-1111111-1111111-C000001',3000,'USD',1,7,1,-60,-30,-90,2910,'P01-1111111-1111111-C000001','P01-1111111-1111111',NULL,NULL,NULL,NULL,NULL,NULL,5,1);
INSERT INTO settlement_line VALUES(2,1536858000000000,5,'P01-1111111-1111111-B000001',-3000,'USD',1,8,3,0,0,0,-3000,NULL,'P01-1111111-1111111','P01-1111111-1111111-B000001',NULL,NULL,NULL,NULL,NULL,5,2);
INSERT INTO settlement_line VALUES(2,1536858001000000,6,'P01-1111111-1111111-B000001',0,'USD',1,9,5,0,-2000,-2000,-2000,NULL,'P01-1111111-1111111','P01-1111111-1111111-B000001',NULL,NULL,NULL,NULL,NULL,5,3);
INSERT INTO settlement_line VALUES(2,1536944400000000,5,'P01-2222222-2222222-C000002',-1200,'USD',1,10,3,0,0,0,-1200,'P01-2222222-2222222-C000002','P01-2222222-2222222',NULL,NULL,NULL,NULL,NULL,NULL,5,4);
INSERT INTO settlement_line VALUES(2,1537030800000000,7,'P01-3333333-3333333-C000003',-750,'USD',1,11,4,0,0,0,-750,'P01-3333333-3333333-C000003','P01-3333333-3333333',NULL,NULL,NULL,NULL,NULL,NULL,5,5);
INSERT INTO settlement_line VALUES(2,1537117200000000,5,'P01-4444444-4444444-B000004',-900,'USD',1,12,3,0,0,0,-900,NULL,'P01-4444444-4444444','P01-4444444-4444444-B000004',NULL,NULL,NULL,NULL,NULL,5,6);
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
INSERT INTO observation VALUES(1,2,'P01-4968629-2345678-R017571',3,1444087249000000,1444087249000000,8,'Completed','BuyerInitiated','USD',100,-100,NULL,1444081398000000,NULL,NULL,'P01-4968629-2345678-C070794','P01-4968629-2345678','REFUND_684981',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1,'{"AmazonRefundId":"P01-4968629-2345678-R017571","RefundReferenceId":"REFUND_684981","AmazonCaptureId":"P01-4968629-2345678-C070794","AmazonOrderReferenceId":"P01-4968629-2345678","RefundAmount":"1.00","CurrencyCode":"USD","RefundType":"BuyerInitiated","RefundStatus":"Completed","LastUpdateTimestamp":"2015-10-05T16:20:49 -0700","CreationTimestamp":"2015-10-05T14:43:18 -0700"}',3,1);
INSERT INTO observation VALUES(1,2,'P01-4968629-7654321-R017571',3,1444087249000000,1444087249000000,8,'Completed',NULL,'USD',100,-100,NULL,1444081398000000,NULL,NULL,'P01-4968629-7654321-C070794','P01-4968629-7654321','REFUND_684981',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1,'{"AmazonRefundId":"P01-4968629-7654321-R017571","RefundReferenceId":"REFUND_684981","AmazonCaptureId":"P01-4968629-7654321-C070794","AmazonOrderReferenceId":"P01-4968629-7654321","RefundAmount":"1.00","CurrencyCode":"USD","RefundType":"SellerInitiated","RefundStatus":"Completed","LastUpdateTimestamp":"2015-10-05T16:20:49 -0700","CreationTimestamp":"2015-10-05T14:43:18 -0700"}',2,1);
INSERT INTO observation VALUES(1,4,'P01-1111111-1111111-B000001',4,1795316425308660,1537650000000000,16,'Resolved','ProductNotReceived','USD',3000,NULL,NULL,1536771600000000,NULL,1537722000000000,'P01-1111111-1111111-C000001',NULL,NULL,NULL,NULL,'The merchant accepted the dispute.',NULL,NULL,NULL,NULL,NULL,'BuyerWon',1,'{"disputeId":"P01-1111111-1111111-B000001","chargeId":"P01-1111111-1111111-C000001","disputeType":"Chargeback","disputeAmount":{"amount":"30.00","currencyCode":"USD"},"filingReason":"ProductNotReceived","statusDetails":{"state":"Resolved","reasonCode":"MerchantAcceptedDispute","reasonDescription":"The merchant accepted the dispute.","resolution":"BuyerWon","lastUpdatedTimestamp":"20180922T210000Z"},"merchantResponseDeadline":"20180923T170000Z","creationTimestamp":"20180912T170000Z","releaseEnvironment":"Live"}',NULL,NULL);
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
INSERT INTO dispute VALUES(1,1,'P01-1111111-1111111-B000001','P01-1111111-1111111-C000001',16,'Resolved','ProductNotReceived','BuyerWon','The merchant accepted the dispute.','USD',3000,1536771600000000,1537650000000000,1537722000000000);
INSERT INTO dispute VALUES(2,1,'P01-4444444-4444444-B000004',NULL,1,NULL,NULL,NULL,NULL,'USD',900,1537117200000000,NULL,NULL);
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
INSERT INTO pursuit VALUES(1,4,'P01-4444444-4444444-B000004',0,NULL,NULL,NULL);
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
INSERT INTO exception VALUES(1,1,1,6,'P01-2222222-2222222-C000002','A chargeback on the charge P01-2222222-2222222-C000002: the report does not say the dispute''s id (the same digits with -B in the fourth part). It stands in Amazon''s e-mail about the chargeback, in the CHARGEBACK notification, and in Seller Central under Chargeback claims','"2018-09-14T10:00:00 -0700","7000000001","P01-2222222-2222222-C000002","","Chargeback","P01-2222222-2222222","","","USD","","-12.00","0","0","0","-12.00"',5,4,1795316425306068);
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
CREATE TABLE txn_column (
  place INTEGER PRIMARY KEY,
  data BLOB NOT NULL
) STRICT;
INSERT INTO txn_column VALUES(4294967296,X'010000020c00000001000000000000000100000000000000');
INSERT INTO txn_column VALUES(12884901888,X'020002000c000c007d020000000032004e006a008600b600d200ee003d018501d4012f02353938343836323232322f7472616e736665722f2f3230313531303031743134303634377a2f2d323535342f7573642f31007030312d313438383639342d313233343536372d63303334383131007030312d343936383632392d373635343332312d72303137353731007030312d343936383632392d323334353637382d7230313735373100353938343836323232322f726573657276652f2f3230313830393131743037313935337a2f323430302f7573642f31007030312d353535313231322d343930333137362d63303339333736007030312d313131313131312d313131313131312d6330303030303100373030303030303030312f6368617267656261636b2f7030312d313131313131312d313131313131312d623030303030312f3230313830393133743137303030307a2f2d333030302f7573642f3100373030303030303030312f646973707574652f7030312d313131313131312d313131313131312d623030303030312f3230313830393133743137303030317a2f302f7573642f3100373030303030303030312f6368617267656261636b2f7030312d323232323232322d323232323232322d633030303030322f3230313830393134743137303030307a2f2d313230302f7573642f3100373030303030303030312f612d746f2d7a2067756172616e74656520726566756e642f7030312d333333333333332d333333333333332d633030303030332f3230313830393135743137303030307a2f2d3735302f7573642f3100373030303030303030312f6368617267656261636b2f7030312d343434343434342d343434343434342d623030303030342f3230313830393136743137303030307a2f2d3930302f7573642f3100');
INSERT INTO txn_column VALUES(17179869184,X'010100000c00000001000000000000000700000000000000050001010600000204020302');
INSERT INTO txn_column VALUES(21474836480,X'010100000c00000000000000000000000800000000000000000508080005050000000000');
INSERT INTO txn_column VALUES(25769803776,X'010100000c00000000000000000000000d000000000000000000000000000d0101000001');
INSERT INTO txn_column VALUES(30064771072,X'010400020c000000c02bc28e0b2105000024affcff7505000000000023390000ffb00500ffb00500a22e8a05b9428c0519088c0599598d059a598d0519ab8e0599fc8f05194e9105');
INSERT INTO txn_column VALUES(34359738368,X'010101020c0000008029c166622105008029c16662210500ffff0000ffffffffffffffff');
INSERT INTO txn_column VALUES(51539607552,X'010401020c000000c02bc28e0b2105000024affcff7505000000000023390000ffffffffffffffffa22e8a05b9428c0519088c0599598d059a598d0519ab8e0599fc8f05194e9105');
INSERT INTO txn_column VALUES(55834574848,X'020002000c00010004000000000075736400');
INSERT INTO txn_column VALUES(60129542144,X'010200000c0000000000000000000000b80b000000000000fa09e803640064006009f401b80bb80b0000b004ee028403');
INSERT INTO txn_column VALUES(64424509440,X'010200000c00000048f4ffffffffffffb80b000000000000be01a00f540b540b1815ac0d70170000b80b0807ca083408');
INSERT INTO txn_column VALUES(68719476736,X'010101000c000000c4ffffffffffffff00000000000000003c1fffff3c31003c3c3c3c3c');
INSERT INTO txn_column VALUES(73014444032,X'010201000c00000030f8ffffffffffff0000000000000000d007b207ffffffffd007b207b207d0070000d007d007d007');
INSERT INTO txn_column VALUES(77309411328,X'010201000c00000030f8ffffffffffff0000000000000000d0079507ffffffffd007a7077607d0070000d007d007d007');
INSERT INTO txn_column VALUES(81604378624,X'010101010c00000000000000000000005040010000000000003bffff00521e00ff000000');
INSERT INTO txn_column VALUES(90194313216,X'010201000c00000048f4ffffffffffff5e0b000000000000be01650fffffffff1815830d16170000e8030807ca083408');
INSERT INTO txn_column VALUES(115964116992,X'020102000c0004002e000000000102020003000000000000000001000c001a000038373635343332312d3000726566756e645f363834393831003830333232373636353434333232313030343600');
INSERT INTO txn_column VALUES(124554051584,X'010101020c00000004000000000000000400000000000000ffffffffff00ffffffffffff');
INSERT INTO txn_column VALUES(128849018880,X'020102000c000600650000000001ffff00ffff020203040500000100150029003d005100007030312d313233343536372d32313338313030007030312d313131313131312d31313131313131007030312d323232323232322d32323232323232007030312d333333333333332d33333333333333007030312d343434343434342d3434343434343400');
INSERT INTO txn_column VALUES(133143986176,X'020102000c0005007100000000ff010200ffff0000030400000001001d0039005500007030312d343936383632392d373635343332312d63303730373934007030312d343936383632392d323334353637382d63303730373934007030312d323232323232322d323232323232322d63303030303032007030312d333333333333332d333333333333332d6330303030303300');
INSERT INTO txn_column VALUES(137438953472,X'020102000c00030039000000000001020000000000000000000001001d00007030312d343936383632392d373635343332312d72303137353731007030312d343936383632392d323334353637382d7230313735373100');
INSERT INTO txn_column VALUES(141733920768,X'020102000c00050071000000000000000000000101020304000001001d0039005500007030312d313131313131312d313131313131312d62303030303031007030312d323232323232322d323232323232322d63303030303032007030312d333333333333332d333333333333332d63303030303033007030312d343434343434342d343434343434342d6230303030303400');
INSERT INTO txn_column VALUES(146028888064,X'020102000c00030039000000000000000000010101000002000001001d00007030312d313131313131312d313131313131312d62303030303031007030312d343434343434342d343434343434342d6230303030303400');
INSERT INTO txn_column VALUES(150323855360,X'010101000c00000001000000000000001000000000000000ffffffffffff0f0f0fffff00');
INSERT INTO txn_column VALUES(154618822656,X'010101000c000000010000000000000002000000000000000000ffff0000010101010101');
INSERT INTO txn_column VALUES(193273528320,X'020102000c0003006200000000010101020101010101010100004800490073656c6c65727061796d656e74735f6461746572616e67657265706f72745f7472616e736665725f6163636f756e74696e675f656e64696e675f776974685f74726163655f6964000070726576696f757320726573657276652062616c616e636500');
INSERT INTO txn_column VALUES(197568495616,X'020102000c0002001000000000000001000000000000000000000100006275796572696e6974696174656400');
INSERT INTO txn_column VALUES(219043332096,X'020102000c0002000700000000000000000001000000000000000100002c7669702c00');
INSERT INTO txn_column VALUES(223338299392,X'020102000c00020012000000000000000000010000000000000001000063616c6c65642074686520627579657200');
INSERT INTO txn_column VALUES(231928233984,X'010101000c000000010000000000000007000000000000000001ffff0201010405040604');
INSERT INTO txn_column VALUES(236223201280,X'020102000c0002000b0000000000010100000000000000000000010000636f6d706c6574656400');
INSERT INTO txn_column VALUES(240518168576,X'010100000c00000001000000000000000300000000000000000002020000000000000000');
INSERT INTO txn_column VALUES(244813135872,X'010400000c00000080edc7add4600600f52fcaadd4600600000000004d0000000dad0000654401008ecc0100d7cc010017410200554102001d4202003a4202006b42020075420200');
INSERT INTO txn_column VALUES(249108103168,X'010101020c000000405680c363210500405680c363210500ffff0000ffffffffffffffff');
INSERT INTO txn_column VALUES(4393751543808,X'010100000c00000001000000000000000c00000000000000000102030405060708090a0b');
CREATE TABLE txn_generation (
  only_one INTEGER PRIMARY KEY CHECK (only_one = 1),
  generation INTEGER NOT NULL,
  format INTEGER NOT NULL
) STRICT;
INSERT INTO txn_generation VALUES(1,9,3);
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
INSERT INTO annotation VALUES('amazon-pay','live','P01-1111111-1111111-C000001','called the buyer',',vip,',NULL,1795316425342801);
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
CREATE INDEX document_feed ON document (feed_id);
CREATE INDEX report_document ON report (document_id) WHERE document_id IS NOT NULL;
CREATE UNIQUE INDEX txn_key ON txn (account_id, transaction_id);
CREATE INDEX txn_sort ON txn (sort_us);
CREATE INDEX txn_settlement ON txn (settlement_id);
CREATE INDEX txn_reference ON txn (merchant_reference) WHERE merchant_reference IS NOT NULL;
CREATE INDEX txn_charge ON txn (charge_id) WHERE charge_id IS NOT NULL;
CREATE INDEX txn_dispute ON txn (dispute_id) WHERE dispute_id IS NOT NULL;
CREATE INDEX settlement_line_txn ON settlement_line (txn_id);
CREATE INDEX observation_asked ON observation (feed_id) WHERE document_id IS NULL;
CREATE INDEX dispute_charge ON dispute (charge_id) WHERE charge_id IS NOT NULL;
CREATE UNIQUE INDEX exception_key ON exception (account_id, kind, subject, coalesce (document_id, 0), row_number);
CREATE INDEX outbox_open ON outbox (account_id, kind, subject) WHERE answered_us IS NULL;
CREATE INDEX settlement_unproved ON settlement (account_id) WHERE needs_proof = 1;
CREATE INDEX txn_permission ON txn (permission_id) WHERE permission_id IS NOT NULL;
CREATE INDEX permission_buyer ON charge_permission (buyer_id) WHERE buyer_id IS NOT NULL;
CREATE INDEX permission_email ON charge_permission (buyer_email) WHERE buyer_id IS NULL AND buyer_email IS NOT NULL;
CREATE INDEX exception_subject ON exception (subject) WHERE subject <> '';
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
LEFT JOIN annotation AS n ON n.provider = a.provider AND n.environment = a.environment AND n.transaction_id = t.transaction_id
;
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
WHERE t.type = 'refund'
;
CREATE VIEW disputes AS -- One row per dispute whose id is known.
SELECT
  a.name AS account, -- the account's name
  d.dispute_id AS dispute_id, -- the provider's dispute id
  sn.name AS state, -- needs_response, waiting_other, under_review, won, lost, closed_neutral, other
  d.provider_state AS provider_state, -- the provider's own word
  d.reason AS filing_reason, -- the provider's word for what the buyer claims
  d.description AS state_reason, -- the provider's word for why the state is as it is
  d.resolution AS resolution, -- the provider's word for the outcome
  d.currency AS currency, -- ISO 4217
  d.amount_minor AS amount_minor, -- the disputed amount
  d.opened_us AS opened_at_us, -- when it was filed
  d.updated_us AS updated_at_us, -- the provider's last change
  d.deadline_us AS due_at_us, -- when the merchant's answer is due
  d.charge_id AS charge_id, -- the disputed charge
  t.permission_id AS charge_permission_id, -- its charge permission
  t.merchant_reference AS merchant_reference -- its merchant reference
FROM dispute AS d
JOIN account AS a USING (account_id)
JOIN state_name AS sn USING (state)
LEFT JOIN txn AS t ON t.account_id = d.account_id AND t.transaction_id = d.charge_id
;
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
JOIN document AS d ON d.document_id = l.document_id
;
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
  (SELECT group_concat (r.reference, ', ') FROM (SELECT DISTINCT d.bank_reference AS reference FROM disbursement AS d
    WHERE d.account_id = s.account_id AND d.settlement_provider_id = s.provider_id
      AND d.currency = l.currency AND d.bank_reference <> ''
    ORDER BY 1) AS r) AS bank_reference, -- of the payout in this currency, as printed on the bank statement; of several "a, b"
  (SELECT sum (d.amount_minor) FROM disbursement AS d
    WHERE d.account_id = s.account_id AND d.settlement_provider_id = s.provider_id
      AND d.currency = l.currency) AS disbursed_minor -- what the provider says it paid out
FROM settlement AS s
JOIN account AS a USING (account_id)
JOIN settlement_line AS l USING (settlement_id)
GROUP BY s.settlement_id, l.currency
;
CREATE VIEW disbursements AS -- One row per payout to the bank.
SELECT
  a.name AS account, -- the account's name
  d.settlement_provider_id AS settlement_id, -- the settlement that it pays out
  d.bank_reference AS bank_reference, -- as printed on the bank statement
  d.currency AS currency, -- ISO 4217
  d.amount_minor AS amount_minor, -- what was paid out
  d.transaction_us AS transaction_at_us -- when
FROM disbursement AS d
JOIN account AS a USING (account_id)
;
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
LEFT JOIN document AS d ON d.document_id = r.document_id
;
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
JOIN feed AS f ON f.feed_id = d.feed_id
;
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
JOIN account AS a USING (account_id)
;
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
LEFT JOIN document AS d ON d.document_id = e.document_id
;
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
      UNION ALL SELECT 'provider_type' UNION ALL SELECT 'merchant_reference') AS n
;
CREATE VIEW annotations AS -- One row per transaction of which the merchant said something; it outlives account and transaction.
SELECT
  n.provider AS provider, -- "amazon-pay"
  n.environment AS environment, -- "live" or "sandbox"
  n.transaction_id AS transaction_id, -- the row in transactions, if it is there
  n.note AS note, -- "" where there is none
  replace (trim (n.tags, ','), ',', ', ') AS tags, -- in order, "a, b"; "" where there are none
  n.reviewed_us AS reviewed_at_us, -- when it was marked as reviewed, NULL if it is not
  n.changed_us AS changed_at_us -- the last change of any of them
FROM annotation AS n
;
COMMIT;
