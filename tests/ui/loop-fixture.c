/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "loop-fixture.h"

#include "foreign-files.h"

#include <string.h>

#define SIMULATOR "--seed 5 --transactions 60 --days 30 --until now --throttle off --processing-ms 20"
#define SOON_US (20 * G_USEC_PER_SEC)
#define STEP_US 50000

Loop *
loop_new (void)
{
  Loop *self = g_new0 (Loop, 1);

  self->sim = fixture_new (SIMULATOR);
  self->mirror = fixture_new_mirror (self->sim, "mirror");
  self->folder = test_folder_new ();
  return self;
}

void
loop_free (Loop *self)
{
  test_folder_free (self->folder);
  fixture_free (self->sim);
  g_free (self->mirror);
  g_free (self);
}

char *
loop_file_chargeback (Loop       *self,
                      const char *filing_reason,
                      char      **charge_id)
{
  g_autofree char *body = g_strdup_printf ("{\"filingReason\":\"%s\"}", filing_reason);
  g_autoptr (JsonNode) filed = fixture_control (self->sim, "POST", "/chargeback", body);
  JsonObject *object = json_node_get_object (filed);

  if (charge_id != NULL)
    *charge_id = g_strdup (json_object_get_string_member (object, "chargeId"));
  return g_strdup (json_object_get_string_member (object, "disputeId"));
}

void
loop_control (Loop       *self,
              const char *path,
              const char *dispute_id,
              const char *more)
{
  g_autofree char *body = g_strdup_printf ("{\"disputeId\":\"%s\"%s}", dispute_id, more);
  g_autoptr (JsonNode) node = fixture_control (self->sim, "POST", path, body);
}

/* --- files --- */

static void
put_number (GByteArray *array,
            guint32     number,
            guint       n_bytes)
{
  for (guint i = 0; i < n_bytes; i++)
    {
      guint8 byte = (guint8) (number >> (8 * i));

      g_byte_array_append (array, &byte, 1);
    }
}

static guint32
crc_32 (const char *text)
{
  guint32 crc = 0xffffffff;

  for (; *text != '\0'; text++)
    {
      crc ^= (guint8) *text;
      for (guint bit = 0; bit < 8; bit++)
        crc = (crc >> 1) ^ (crc & 1 ? 0xedb88320 : 0);
    }
  return ~crc;
}

/* What both headers of a member of a ZIP file say: stored, on 2026-01-01. */
static void
put_member (GByteArray *array,
            const char *name,
            const char *text)
{
  put_number (array, 20, 2);
  put_number (array, 0, 4);
  put_number (array, 0x5c210000, 4);
  put_number (array, crc_32 (text), 4);
  put_number (array, (guint32) strlen (text), 4);
  put_number (array, (guint32) strlen (text), 4);
  put_number (array, (guint32) strlen (name), 2);
  put_number (array, 0, 2);
}

/* An office document of one member: as little as tells what it is. */
static GBytes *
make_office (const char *name,
             const char *text)
{
  GByteArray *array = g_byte_array_new ();
  guint32 directory, end;

  put_number (array, 0x04034b50, 4);
  put_member (array, name, text);
  g_byte_array_append (array, (const guint8 *) name, (guint) strlen (name));
  g_byte_array_append (array, (const guint8 *) text, (guint) strlen (text));
  directory = array->len;
  put_number (array, 0x02014b50, 4);
  put_number (array, 20, 2);
  put_member (array, name, text);
  put_number (array, 0, 4);
  put_number (array, 0, 4);
  put_number (array, 0, 4);
  put_number (array, 0, 2);
  g_byte_array_append (array, (const guint8 *) name, (guint) strlen (name));
  end = array->len;
  put_number (array, 0x06054b50, 4);
  put_number (array, 0, 4);
  put_number (array, 0x00010001, 4);
  put_number (array, end - directory, 4);
  put_number (array, directory, 4);
  put_number (array, 0, 2);
  return g_byte_array_free_to_bytes (array);
}

GStrv
loop_make_files (Loop *self)
{
  static const char csv[] = "day,event\n2026-11-02,\"parcel handed over\"\n2026-11-04,\"delivered, signed\"\n";
  GStrv paths = g_new0 (char *, LOOP_N_FILES + 1);

  paths[0] = foreign_write (self->folder, "delivery.pdf", foreign_pdf ("Delivered", 2));
  paths[1] = foreign_write (self->folder, "door.jpg", foreign_jpeg (320, 240, TRUE));
  paths[2] = foreign_write (self->folder, "label.png", foreign_png (200, 120, FALSE));
  paths[3] = foreign_write (self->folder, "events.csv", g_bytes_new_static (csv, strlen (csv)));
  paths[4] = foreign_write (self->folder, "stock.xlsx", make_office ("xl/workbook.xml", "<workbook/>"));
  paths[5] = foreign_write (self->folder, "messages.docx", make_office ("word/document.xml", "<document/>"));
  return paths;
}

/* --- the command line --- */

JsonObject *
loop_show (Loop       *self,
           const char *id)
{
  g_autofree char *output = NULL;
  g_autofree char *errors = NULL;
  g_autoptr (JsonNode) node = NULL;

  if (fixture_cli (self->sim, self->mirror, 0, &output, &errors, "disputes", "show", id, "--json", NULL) != 0)
    return NULL;
  node = json_from_string (output, NULL);
  return node != NULL ? json_node_dup_object (node) : NULL;
}

static void
wait_a_little (void)
{
  gint64 end = g_get_monotonic_time () + STEP_US;

  do
    {
      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_usleep (5000);
    }
  while (g_get_monotonic_time () < end);
}

gboolean
loop_becomes (Loop       *self,
              const char *id,
              const char *member,
              const char *text)
{
  gint64 end = g_get_monotonic_time () + SOON_US;

  for (;;)
    {
      g_autoptr (JsonObject) record = loop_show (self, id);
      const char *have = record != NULL ? json_object_get_string_member_with_default (record, member, NULL) : NULL;

      if (record != NULL && g_strcmp0 (have, text) == 0)
        return TRUE;
      if (g_get_monotonic_time () > end)
        {
          g_print ("# %s: %s is “%s”, expected “%s”\n", id, member, record != NULL ? have : "(no case)", text);
          return FALSE;
        }
      wait_a_little ();
    }
}

static guint
count_answers (JsonObject *record,
               const char *state)
{
  JsonArray *answers = json_object_get_array_member (record, "submissions");
  guint n = 0;

  for (guint i = 0; i < json_array_get_length (answers); i++)
    n += g_str_equal (json_object_get_string_member (json_array_get_object_element (answers, i), "state"), state);
  return n;
}

gboolean
loop_has_answers (Loop       *self,
                  const char *id,
                  const char *state,
                  guint       n)
{
  gint64 end = g_get_monotonic_time () + SOON_US;

  do
    {
      g_autoptr (JsonObject) record = loop_show (self, id);

      if (record != NULL && count_answers (record, state) == n)
        return TRUE;
      wait_a_little ();
    }
  while (g_get_monotonic_time () < end);
  return FALSE;
}

GBytes *
loop_read_packet (Loop       *self,
                  const char *id,
                  guint       round)
{
  g_autofree char *path = test_folder_file (self->folder, "packet.pdf");
  g_autofree char *number = g_strdup_printf ("%u", round);
  g_autofree char *errors = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path);

  if (fixture_cli (self->sim, self->mirror, 0, NULL, &errors, "disputes", "packet", id, "--output", path, "--overwrite", "--round",
                   number, NULL) != 0)
    {
      g_print ("# no packet: %s\n", errors);
      return NULL;
    }
  return g_file_load_bytes (file, NULL, NULL, NULL);
}

/* --- what arrived --- */

static JsonObject *
read_evidence (Loop       *self,
               const char *dispute_id)
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

gboolean
loop_received (Loop       *self,
               const char *dispute_id,
               guint       n_evidences,
               guint       n_contests)
{
  g_autoptr (JsonObject) said = read_evidence (self, dispute_id);
  guint n = json_array_get_length (json_object_get_array_member (said, "evidences"));
  gint64 contests = json_object_get_int_member (said, "contests");

  if (n == n_evidences && contests == n_contests)
    return TRUE;
  g_print ("# received: %u in %" G_GINT64_FORMAT " contests\n", n, contests);
  return FALSE;
}

static GBytes *
download (Loop       *self,
          const char *file_id)
{
  g_autofree char *uri = g_strconcat (json_object_get_string_member (self->sim->ready, "controlUrl"), "/files/", file_id, NULL);
  g_autofree char *token = g_strconcat ("Bearer ", json_object_get_string_member (self->sim->ready, "controlToken"), NULL);
  g_autoptr (SoupMessage) message = soup_message_new ("GET", uri);

  soup_message_headers_append (soup_message_get_request_headers (message), "Authorization", token);
  /* The session is there since the first control call. */
  return soup_session_send_and_read (self->sim->session, message, NULL, NULL);
}

static gboolean
is_that (Loop       *self,
         JsonObject *evidence,
         const char *file_type,
         GBytes     *bytes)
{
  g_autofree char *sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  g_autoptr (GBytes) have = NULL;

  if (get (evidence, "fileId") == NULL)
    return FALSE;
  have = download (self, get (evidence, "fileId"));
  return have != NULL && g_bytes_equal (have, bytes) && g_strcmp0 (get (evidence, "type"), file_type) == 0 &&
         g_strcmp0 (get (evidence, "sha256"), sha256) == 0;
}

gboolean
loop_received_bytes (Loop       *self,
                     const char *dispute_id,
                     const char *file_type,
                     GBytes     *bytes)
{
  g_autoptr (JsonObject) said = read_evidence (self, dispute_id);
  JsonArray *evidences = json_object_get_array_member (said, "evidences");
  guint n = 0;

  for (guint i = 0; bytes != NULL && i < json_array_get_length (evidences); i++)
    n += is_that (self, json_array_get_object_element (evidences, i), file_type, bytes);
  if (n != 1)
    g_print ("# received %u times: %s\n", n, file_type);
  return n == 1;
}

gboolean
loop_received_file (Loop       *self,
                    const char *dispute_id,
                    const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GBytes) bytes = g_file_load_bytes (file, NULL, NULL, NULL);

  return loop_received_bytes (self, dispute_id, strrchr (path, '.') + 1, bytes);
}

gboolean
loop_received_text (Loop       *self,
                    const char *dispute_id,
                    const char *type,
                    const char *text)
{
  g_autoptr (JsonObject) said = read_evidence (self, dispute_id);
  JsonArray *evidences = json_object_get_array_member (said, "evidences");

  for (guint i = 0; i < json_array_get_length (evidences); i++)
    {
      JsonObject *evidence = json_array_get_object_element (evidences, i);

      if (g_strcmp0 (get (evidence, "evidenceType"), type) == 0 && g_strcmp0 (get (evidence, "evidenceText"), text) == 0)
        return TRUE;
    }
  return FALSE;
}
