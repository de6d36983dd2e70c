/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "answer-fixture.h"

#include "cfoil-amazon-provider.h"
#include "cfoil-evidence-file.h"
#include "cfoil-http.h"

#include <string.h>

#define MERCHANT "--seed 5 --transactions 400 --days 60 --until now --throttle off --processing-ms 20 "

const Exhibit answer_six_files[8] = {
  { CFOIL_EVIDENCE_PACKET, "The letter and its exhibits", "pdf", 1500000 },
  { CFOIL_EVIDENCE_RECEIPT, NULL, "jpg", 70001 },
  { CFOIL_EVIDENCE_SIGNATURE, NULL, "png", 1 },
  { CFOIL_EVIDENCE_ACCESS_LOG, NULL, "csv", 65536 },
  { CFOIL_EVIDENCE_COMMUNICATION, NULL, "docx", 4097 },
  { CFOIL_EVIDENCE_OTHER, NULL, "xlsx", 250000 },
  { CFOIL_EVIDENCE_TRACKING_NUMBER, "1Z 999 <b>&\"\\ \xe2\x9c\x93", NULL, 0 },
  { CFOIL_EVIDENCE_CARRIER_NAME, "UPS", NULL, 0 },
};
const Exhibit answer_one_file[2] = {
  { CFOIL_EVIDENCE_DELIVERY, NULL, "pdf", 20000 },
  { CFOIL_EVIDENCE_TRACKING_NUMBER, "1Z999", NULL, 0 },
};
const Exhibit answer_texts[2] = {
  { CFOIL_EVIDENCE_TRACKING_NUMBER, "1Z999", NULL, 0 },
  { CFOIL_EVIDENCE_CARRIER_NAME, "UPS", NULL, 0 },
};

static char *
dup_ready (AnswerFixture *self,
           const char    *name)
{
  return g_strdup (json_object_get_string_member (self->sim->ready, name));
}

static void
add_account (AnswerFixture *self)
{
  g_autoptr (CfoilAccount) account = cfoil_account_new ();
  g_autoptr (GError) error = NULL;

  account->name = g_strdup ("shop");
  account->provider = g_strdup ("amazon-pay");
  account->region = dup_ready (self, "region");
  account->environment = dup_ready (self, "environment");
  account->public_key_id = dup_ready (self, "publicKeyId");
  account->merchant_id = dup_ready (self, "merchantId");
  account->endpoint = dup_ready (self, "baseUrl");
  account->ca_file = dup_ready (self, "caFile");
  account->key_storage = g_strdup ("file");
  account->key_file = dup_ready (self, "privateKeyFile");
  account->request_rate = 100000;
  cfoil_account_add (self->mirror, account, &error);
  g_assert_no_error (error);
  self->account_id = account->account_id;
}

CfoilProvider *
answer_open_provider (CfoilMirror *mirror,
                      const char  *endpoint)
{
  g_autoptr (CfoilAccountConfig) config = cfoil_account_config_new ();
  g_autoptr (CfoilAccount) account = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *pem = NULL;
  CfoilProvider *provider;

  account = cfoil_account_find (mirror, "shop", &error);
  g_assert_no_error (error);
  g_file_get_contents (account->key_file, &pem, NULL, &error);
  g_assert_no_error (error);
  config->provider = g_strdup (account->provider);
  config->region = g_strdup (account->region);
  config->environment = g_strdup (account->environment);
  config->public_key_id = g_strdup (account->public_key_id);
  config->merchant_id = g_strdup (account->merchant_id);
  config->endpoint = g_strdup (endpoint != NULL ? endpoint : account->endpoint);
  config->ca_file = g_strdup (account->ca_file);
  config->request_rate = account->request_rate;
  provider = CFOIL_PROVIDER (cfoil_amazon_provider_new (config, pem, &error));
  g_assert_no_error (error);
  return provider;
}

AnswerFixture *
answer_fixture_new (const char *more)
{
  AnswerFixture *self = g_new0 (AnswerFixture, 1);
  g_autofree char *arguments = g_strconcat (MERCHANT, more, NULL);
  g_autoptr (GError) error = NULL;

  self->sim = fixture_new (arguments);
  self->folder = g_build_filename (self->sim->folder, "mirror", NULL);
  self->mirror = cfoil_mirror_open (self->folder, &error);
  g_assert_no_error (error);
  add_account (self);
  self->provider = answer_open_provider (self->mirror, NULL);
  return self;
}

void
answer_fixture_free (AnswerFixture *self)
{
  g_clear_object (&self->provider);
  g_clear_object (&self->mirror);
  fixture_free (self->sim);
  g_free (self->folder);
  g_free (self);
}

static void
ask_for (AnswerFixture *self,
         const char    *dispute_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CfoilMirrorIntake) intake = NULL;
  int lock = cfoil_mirror_lock (self->mirror, &error);

  g_assert_no_error (error);
  intake = cfoil_mirror_intake_new (self->mirror, self->provider, self->account_id, NULL, NULL, &error);
  g_assert_no_error (error);
  cfoil_provider_fetch (self->provider, CFOIL_INTAKE (intake), CFOIL_OBJECT_DISPUTE, dispute_id, NULL, &error);
  g_assert_no_error (error);
  g_clear_object (&intake);
  cfoil_mirror_unlock (self->mirror, lock);
}

gint64
answer_file_chargeback (AnswerFixture *self,
                        char         **dispute_id)
{
  g_autoptr (JsonNode) filed = fixture_control (self->sim, "POST", "/chargeback", "{}");
  g_autoptr (CfoilDatabase) reader = NULL;
  g_autoptr (CfoilCase) record = NULL;
  g_autoptr (GError) error = NULL;

  *dispute_id = g_strdup (json_object_get_string_member (json_node_get_object (filed), "disputeId"));
  ask_for (self, *dispute_id);
  reader = cfoil_mirror_open_reader (self->mirror, &error);
  g_assert_no_error (error);
  record = cfoil_case_find (reader, *dispute_id, &error);
  g_assert_no_error (error);
  g_assert_cmpint (record->account_id, ==, self->account_id);
  return record->case_id;
}

static CfoilSubmission *
new_submission (gint64 case_id,
                guint  round)
{
  CfoilSubmission *submission = cfoil_submission_new ();

  submission->case_id = case_id;
  submission->round = round;
  submission->account = g_strdup ("shop");
  submission->environment = g_strdup ("live");
  return submission;
}

static gint64
add (AnswerFixture   *self,
     CfoilSubmission *submission)
{
  g_autoptr (GError) error = NULL;

  cfoil_submission_add (self->mirror, submission, &error);
  g_assert_no_error (error);
  g_assert_cmpint (submission->submission_id, >, 0);
  return submission->submission_id;
}

/* Bytes of all values, the same in every run. */
static GBytes *
make_bytes (AnswerFixture *self,
            gsize          n)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (++self->n_files);
  guint8 *bytes = g_malloc (n);

  for (gsize i = 0; i < n; i++)
    bytes[i] = (guint8) g_rand_int (rand);
  return g_bytes_new_take (bytes, n);
}

gint64
answer_submit (AnswerFixture *self,
               gint64         case_id,
               guint          round,
               const Exhibit *exhibits,
               guint          n_exhibits)
{
  g_autoptr (CfoilSubmission) submission = new_submission (case_id, round);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < n_exhibits; i++)
    {
      CfoilSubmissionItem *item = g_new0 (CfoilSubmissionItem, 1);

      item->type = exhibits[i].type;
      item->text = g_strdup (exhibits[i].text);
      if (exhibits[i].file_type != NULL)
        {
          g_autoptr (GBytes) bytes = make_bytes (self, exhibits[i].n_bytes);
          g_autoptr (CfoilEvidenceFile) file = cfoil_evidence_file_keep_bytes (self->mirror, bytes, &error);

          g_assert_no_error (error);
          item->sha256 = g_strdup (file->sha256);
          item->file_type = g_strdup (exhibits[i].file_type);
          item->file_name = g_strdup_printf ("exhibit-%u.%s", i + 1, exhibits[i].file_type);
          item->n_bytes = file->n_bytes;
        }
      g_ptr_array_add (submission->items, item);
    }
  return add (self, submission);
}

gint64
answer_accept (AnswerFixture *self,
               gint64         case_id)
{
  g_autoptr (CfoilSubmission) submission = new_submission (case_id, 1);

  submission->accepts = TRUE;
  return add (self, submission);
}

CfoilAnswerTally
answer_send (AnswerFixture *self)
{
  CfoilAnswerTally tally = { 0 };
  g_autoptr (GError) error = NULL;
  int lock = cfoil_mirror_lock (self->mirror, &error);

  g_assert_no_error (error);
  cfoil_sync_answers (self->mirror, self->provider, self->account_id, NULL, NULL, &tally, NULL, &error);
  g_assert_no_error (error);
  cfoil_mirror_unlock (self->mirror, lock);
  return tally;
}

CfoilSubmission *
answer_read (AnswerFixture *self,
             gint64         submission_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CfoilDatabase) reader = cfoil_mirror_open_reader (self->mirror, &error);
  CfoilSubmission *submission;

  g_assert_no_error (error);
  submission = cfoil_submission_read (reader, submission_id, &error);
  g_assert_no_error (error);
  return submission;
}

void
answer_assert_state (AnswerFixture       *self,
                     gint64               submission_id,
                     CfoilSubmissionState state,
                     const char          *error_name)
{
  g_autoptr (CfoilSubmission) submission = answer_read (self, submission_id);

  if (submission->state != state)
    g_test_message ("%s: %s", submission->error_name, submission->error_message);
  g_assert_cmpint (submission->state, ==, state);
  g_assert_cmpstr (submission->error_name, ==, error_name);
}

static JsonObject *
read_evidence (AnswerFixture *self,
               const char    *dispute_id)
{
  g_autofree char *path = g_strconcat ("/evidence/", dispute_id, NULL);
  g_autoptr (JsonNode) node = fixture_control (self->sim, "GET", path, NULL);

  return json_node_dup_object (node);
}

static const char *
get (JsonObject *object,
     const char *name)
{
  return json_object_get_string_member_with_default (object, name, NULL);
}

/* The bytes as the other side has them. */
static void
assert_same_file (AnswerFixture             *self,
                  const CfoilSubmissionItem *item,
                  const char                *file_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CfoilHttp) http = cfoil_http_new (json_object_get_string_member (self->sim->ready, "caFile"), &error);
  g_autofree char *token = g_strconcat ("Bearer ", json_object_get_string_member (self->sim->ready, "controlToken"), NULL);
  g_autofree char *url = g_strconcat (json_object_get_string_member (self->sim->ready, "controlUrl"), "/files/", file_id, NULL);
  g_autofree char *path = cfoil_evidence_file_dup_path (self->mirror, item->sha256);
  g_autofree char *ours = NULL;
  const char *headers[] = { "authorization", token, NULL };
  CfoilHttpRequest request = { .method = "GET", .url = url, .headers = headers };
  g_autoptr (CfoilHttpResponse) response = cfoil_http_send (http, &request, NULL, &error);
  gsize length;

  g_assert_no_error (error);
  g_file_get_contents (path, &ours, &length, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (response->body, response->body_length, ours, length);
}

static void
assert_same_item (AnswerFixture             *self,
                  const CfoilSubmissionItem *item,
                  JsonObject                *evidence)
{
  g_assert_true (item->is_delivered);
  if (item->text != NULL)
    g_assert_cmpstr (get (evidence, "evidenceText"), ==, item->text);
  g_assert_true ((get (evidence, "fileId") != NULL) == (item->sha256 != NULL));
  if (item->sha256 == NULL)
    return;
  g_assert_cmpstr (get (evidence, "type"), ==, item->file_type);
  g_assert_cmpstr (get (evidence, "sha256"), ==, item->sha256);
  g_assert_cmpint (json_object_get_int_member (evidence, "size"), ==, item->n_bytes);
  assert_same_file (self, item, get (evidence, "fileId"));
}

void
answer_assert_received (AnswerFixture *self,
                        const char    *dispute_id,
                        const gint64  *submission_ids)
{
  g_autoptr (JsonObject) said = read_evidence (self, dispute_id);
  JsonArray *evidences = json_object_get_array_member (said, "evidences");
  guint n_submissions = 0, n = 0;

  for (; submission_ids[n_submissions] != 0; n_submissions++)
    {
      g_autoptr (CfoilSubmission) submission = answer_read (self, submission_ids[n_submissions]);

      for (guint i = 0; i < submission->items->len; i++)
        {
          g_assert_cmpuint (n, <, json_array_get_length (evidences));
          assert_same_item (self, g_ptr_array_index (submission->items, i), json_array_get_object_element (evidences, n++));
        }
    }
  g_assert_cmpuint (json_array_get_length (evidences), ==, n);
  g_assert_cmpint (json_object_get_int_member (said, "contests"), ==, n_submissions);
}

void
answer_assert_nothing_received (AnswerFixture *self,
                                const char    *dispute_id)
{
  const gint64 none[] = { 0 };

  answer_assert_received (self, dispute_id, none);
}

guint
answer_count_requests (AnswerFixture *self,
                       const char    *operation)
{
  g_autoptr (JsonNode) node = fixture_control (self->sim, "GET", "/requests", NULL);
  JsonArray *counts = json_node_get_array (node);
  guint n = 0;

  for (guint i = 0; i < json_array_get_length (counts); i++)
    {
      JsonObject *count = json_array_get_object_element (counts, i);

      if (g_str_equal (get (count, "operation"), operation))
        n += (guint) json_object_get_int_member (count, "count");
    }
  return n;
}

void
answer_set_faults (AnswerFixture *self,
                   const char    *faults)
{
  g_autofree char *body = g_strdup_printf ("{\"faults\":[%s]}", faults != NULL ? faults : "");
  g_autoptr (JsonNode) node = fixture_control (self->sim, "POST", "/faults", body);
}

void
answer_control (AnswerFixture *self,
                const char    *path,
                const char    *dispute_id,
                const char    *more)
{
  g_autofree char *body = g_strdup_printf ("{\"disputeId\":\"%s\"%s}", dispute_id, more);
  g_autoptr (JsonNode) node = fixture_control (self->sim, "POST", path, body);
}
