// SPDX-License-Identifier: GPL-3.0-or-later
//
// Usage: node sdk-test.js /path/to/counterfoil-simulator
//
// Lets the official SDK talk to the simulator and prints TAP.  Only the
// address of the service and the trusted CA are changed; the CA has to be in
// the environment before Node starts, so the script runs itself once more.
'use strict';

const { spawn, spawnSync } = require('child_process');
const crypto = require('crypto');
const fs = require('fs');
const readline = require('readline');

const simulator = process.argv[2];
if (!simulator) {
  console.error('usage: sdk-test.js SIMULATOR');
  process.exit(2);
}

async function startSimulator() {
  const child = spawn(simulator, ['serve', '--environment', 'sandbox', '--transactions', '300', '--throttle', 'off',
    '--quiet', '--exit-with-parent'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = readline.createInterface({ input: child.stdout });
  const [line] = await new Promise((resolve) => lines.once('line', (...text) => resolve(text)));
  return { child, info: JSON.parse(line) };
}

async function outer() {
  const { child, info } = await startSimulator();
  const result = spawnSync(process.execPath, [__filename, simulator], {
    stdio: 'inherit',
    env: { ...process.env, NODE_EXTRA_CA_CERTS: info.caFile, SIMULATOR_INFO: JSON.stringify(info) },
  });
  child.kill('SIGTERM');
  process.exit(result.status === null ? 1 : result.status);
}

const info = process.env.SIMULATOR_INFO ? JSON.parse(process.env.SIMULATOR_INFO) : null;
let count = 0;
let failed = 0;

async function test(name, body) {
  count += 1;
  try {
    await body();
    console.log(`ok ${count} - ${name}`);
  } catch (error) {
    failed += 1;
    const text = error.response ? `${error.response.status} ${JSON.stringify(error.response.data)}` : error.stack;
    console.log(`not ok ${count} - ${name}`);
    console.log(`# ${String(text).replace(/\n/g, '\n# ')}`);
  }
}

function check(condition, text) {
  if (!condition) throw new Error(text);
}

async function rejected(promise, status, reasonCode) {
  const error = await promise.then(() => null, (reason) => reason);
  check(error !== null, 'the request was not refused');
  check(error.response, `no answer: ${error.message}`);
  check(error.response.status === status, `status ${error.response.status}`);
  check(error.response.data.reasonCode === reasonCode, `reasonCode ${error.response.data.reasonCode}`);
}

function config(changes) {
  return {
    publicKeyId: info.publicKeyId,
    privateKey: fs.readFileSync(info.privateKeyFile),
    region: 'us',
    sandbox: true,
    ...changes,
  };
}

function idempotent() {
  return { 'x-amz-pay-idempotency-key': crypto.randomBytes(16).toString('hex') };
}

async function control(method, path, body) {
  const response = await fetch(info.controlUrl + path, {
    method, headers: { authorization: `Bearer ${info.controlToken}` }, body: body && JSON.stringify(body),
  });
  return response.json();
}

async function inner() {
  const sdk = require('@amazonpay/amazon-pay-api-sdk-nodejs');
  const constants = require('@amazonpay/amazon-pay-api-sdk-nodejs/src/constants');
  const disputes = await control('GET', '/disputes');
  const open = disputes.find((dispute) => dispute.state === 'ActionRequired');
  constants.API_ENDPOINTS.na = new URL(info.baseUrl).host;

  for (const algorithm of [undefined, 'AMZN-PAY-RSASSA-PSS-V2']) {
    const name = algorithm || 'default algorithm';
    const client = new sdk.WebStoreClient(config({ algorithm }));
    let charge;

    await test(`${name}: get charge`, async () => {
      charge = (await client.getCharge(open.chargeId)).data;
      check(charge.chargeId === open.chargeId, 'another charge came back');
      check(charge.statusDetails.state === 'Captured', 'not captured');
    });
    await test(`${name}: get charge permission`, async () => {
      const permission = (await client.getChargePermission(charge.chargePermissionId)).data;
      check(permission.chargePermissionId === charge.chargePermissionId, 'another permission came back');
    });
    await test(`${name}: create report, read it`, async () => {
      const created = await client.createReport({
        reportType: '_GET_FLAT_FILE_OFFAMAZONPAYMENTS_SANDBOX_SETTLEMENT_DATA_',
        startTime: '20200101T000000Z',
        endTime: '20300101T000000Z',
      }, idempotent());
      check(created.status === 201, `status ${created.status}`);
      let report = {};
      for (let i = 0; i < 50 && report.processingStatus !== 'COMPLETED'; i += 1) {
        await new Promise((resolve) => setTimeout(resolve, 100));
        report = (await client.getReportById(created.data.reportId)).data;
      }
      const document = (await client.getReportDocument(report.reportDocumentId)).data;
      const text = await (await fetch(document.url)).text();
      check(text.includes('"TransactionPostedDate","SettlementId"'), 'not a settlement report');
    });
    await test(`${name}: list reports`, async () => {
      const list = (await client.getReports({
        reportTypes: '_GET_FLAT_FILE_OFFAMAZONPAYMENTS_SANDBOX_SETTLEMENT_DATA_',
        processingStatuses: 'COMPLETED',
      })).data;
      check(list.reports.length >= 1, 'the list is empty');
    });
    await test(`${name}: disbursements`, async () => {
      const answer = (await client.apiCall({
        method: 'GET',
        urlFragment: 'disbursements',
        queryParams: { startTime: '20240101T000000Z', endTime: '20300101T000000Z', pageSize: 10 },
      })).data;
      check(Array.isArray(answer.disbursements), 'no list');
    });
    await test(`${name}: refund, then the same again under its key`, async () => {
      const free = await control('POST', '/chargeback', {});
      await control('POST', '/resolve', { disputeId: free.disputeId, resolution: 'MerchantWon' });
      const headers = idempotent();
      const body = { chargeId: free.chargeId, refundAmount: { amount: '1.00', currencyCode: 'USD' } };
      const first = (await client.createRefund(body, headers)).data;
      const second = (await client.createRefund(body, headers)).data;
      check(first.refundId === second.refundId, 'two refunds were made');
      check((await client.getRefund(first.refundId)).data.chargeId === free.chargeId, 'another charge');
      await rejected(client.createRefund({ ...body, softDescriptor: 'x' }, headers), 400, 'DuplicateIdempotencyKey');
    });
    await test(`${name}: without its prefix the key needs the path`, async () => {
      const bare = new sdk.WebStoreClient(config({ algorithm, publicKeyId: info.publicKeyId.replace('SANDBOX-', '') }));
      check((await bare.getCharge(open.chargeId)).data.chargeId === open.chargeId, 'another charge came back');
    });
    await test(`${name}: a wrong key is refused`, async () => {
      const { privateKey } = crypto.generateKeyPairSync('rsa', {
        modulusLength: 2048,
        publicKeyEncoding: { type: 'spki', format: 'pem' },
        privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      });
      const stranger = new sdk.WebStoreClient(config({ algorithm, privateKey }));
      await rejected(stranger.getCharge(open.chargeId), 403, 'InvalidRequestSignature');
      const unknown = new sdk.WebStoreClient(config({ algorithm, publicKeyId: 'SANDBOX-AAAAAAAAAAAAAAAAAAAAAAAA' }));
      await rejected(unknown.getCharge(open.chargeId), 403, 'InvalidAuthentication');
    });
  }

  const client = new sdk.AmazonPayClient(config({ algorithm: 'AMZN-PAY-RSASSA-PSS-V2' }));
  await test('contest a dispute with an uploaded file', async () => {
    const file = (await client.apiCall({
      method: 'POST', urlFragment: 'files', headers: idempotent(), payload: { type: 'jpg', purpose: 'disputeEvidence' },
    })).data;
    const sent = await fetch(file.url, { method: 'PUT', headers: { 'content-type': 'image/jpeg' }, body: Buffer.from([255, 216, 255, 217]) });
    check(sent.status === 200, `upload ${sent.status}`);
    const dispute = (await client.apiCall({
      method: 'POST',
      urlFragment: `disputes/${open.disputeId}/contest`,
      headers: idempotent(),
      payload: { merchantEvidences: [{ evidenceType: 'CustomerSignature', fileId: file.id, evidenceText: 'délivré ✓' }] },
    })).data;
    check(dispute.statusDetails.state === 'UnderReview', `state ${dispute.statusDetails.state}`);
    check(dispute.merchantEvidences.length === 1, 'the evidence is missing');
  });

  console.log(`1..${count}`);
  process.exit(failed === 0 ? 0 : 1);
}

(info ? inner() : outer()).catch((error) => {
  console.log(`Bail out! ${error.stack}`);
  process.exit(1);
});
