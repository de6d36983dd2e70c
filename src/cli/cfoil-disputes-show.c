/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-disputes.h"

#include "cfoil-currency.h"
#include "cfoil-submission.h"
#include "cfoil-time.h"

#include <glib/gi18n.h>

/* One case, in lines or as JSON. */
typedef struct
{
  GString *out;
  gboolean is_json;
  gboolean has_member;
} Writer;

static void
begin_member (Writer     *self,
              const char *name)
{
  if (self->has_member)
    g_string_append (self->out, ", ");
  self->has_member = TRUE;
  cfoil_json_append_string (self->out, name);
  g_string_append (self->out, ": ");
}

static void
put_text (Writer     *self,
          const char *name,
          const char *text)
{
  g_autofree char *clean = NULL;

  if (self->is_json)
    {
      begin_member (self, name);
      cfoil_json_append_string (self->out, text);
      return;
    }
  if (text == NULL || *text == '\0')
    return;
  clean = cfoil_cli_clean (text, 0);
  g_string_append_printf (self->out, "%-20s %s\n", name, clean);
}

static void
put_time (Writer     *self,
          const char *name,
          gint64      us)
{
  char text[CFOIL_TIME_BUFFER];

  if (us != CFOIL_UNKNOWN)
    cfoil_time_format_iso (text, us);
  put_text (self, name, us != CFOIL_UNKNOWN ? text : NULL);
}

static void
put_amount (Writer          *self,
            const CfoilCase *record)
{
  g_autofree char *text = NULL;

  if (self->is_json)
    {
      begin_member (self, "amount_minor");
      if (record->amount_minor != CFOIL_UNKNOWN)
        g_string_append_printf (self->out, "%" G_GINT64_FORMAT, record->amount_minor);
      else
        g_string_append (self->out, "null");
      put_text (self, "currency", record->currency);
      return;
    }
  if (record->amount_minor != CFOIL_UNKNOWN && record->currency != NULL)
    text = cfoil_currency_format (record->amount_minor, record->currency);
  put_text (self, "amount", text);
}

static void
put_case (Writer          *self,
          const CfoilCase *record)
{
  put_text (self, "case", record->uid);
  put_text (self, "kind", cfoil_case_kind_to_string (record->kind));
  put_text (self, "account", record->account);
  put_text (self, "environment", record->environment);
  put_text (self, "dispute_id", record->dispute_id);
  put_text (self, "charge_id", record->charge_id);
  put_text (self, "state", cfoil_state_to_string (record->state));
  put_text (self, "provider_state", record->provider_state);
  put_text (self, "state_reason", record->state_reason);
  put_text (self, "reason", cfoil_reason_to_string (record->reason));
  put_text (self, "provider_reason", record->provider_reason);
  put_text (self, "outcome", record->outcome != CFOIL_CASE_OUTCOME_NONE ? cfoil_case_outcome_to_string (record->outcome) : NULL);
  put_amount (self, record);
  put_time (self, "opened_at", record->opened_us);
  put_time (self, "due_at", record->due_us);
  put_text (self, "due_is_estimate", record->due_us == CFOIL_UNKNOWN ? NULL : record->due_is_estimate ? "yes" : "no");
  put_text (self, "buyer", record->buyer_name);
  put_text (self, "buyer_email", record->buyer_email);
  put_text (self, "order", record->order_reference);
  put_text (self, "reference", record->merchant_reference);
  put_text (self, "handler", record->handler);
}

/* A list of objects: each FUNC puts one. */
typedef void (*PutFunc) (Writer *self, gpointer item);

static void
put_list (Writer     *self,
          const char *name,
          GPtrArray  *items,
          PutFunc     put)
{
  if (self->is_json)
    {
      begin_member (self, name);
      g_string_append_c (self->out, '[');
    }
  else if (items->len > 0)
    g_string_append_printf (self->out, "\n%s\n", name);
  for (guint i = 0; i < items->len; i++)
    {
      if (self->is_json)
        g_string_append (self->out, i > 0 ? ", {" : "{");
      self->has_member = FALSE;
      put (self, g_ptr_array_index (items, i));
      g_string_append (self->out, self->is_json ? "}" : i + 1 < items->len ? "\n" : "");
    }
  if (self->is_json)
    g_string_append_c (self->out, ']');
  self->has_member = TRUE;
}

static void
put_source (Writer  *self,
            gpointer item)
{
  const CfoilCaseSource *source = item;

  put_text (self, "route", source->route);
  put_text (self, "detail", source->detail);
  put_time (self, "seen_at", source->seen_us);
}

static void
put_event (Writer  *self,
           gpointer item)
{
  const CfoilCaseEvent *event = item;

  put_time (self, "at", event->at_us);
  put_text (self, "who", event->who);
  put_text (self, "what", event->kind);
  put_text (self, "text", event->text);
}

static void
put_item (Writer  *self,
          gpointer data)
{
  const CfoilSubmissionItem *item = data;
  g_autofree char *bytes = item->sha256 != NULL ? g_strdup_printf ("%" G_GINT64_FORMAT, item->n_bytes) : NULL;

  put_text (self, "type", cfoil_evidence_type_to_string (item->type));
  put_text (self, "text", item->text);
  put_text (self, "file", item->file_name);
  put_text (self, "sha256", item->sha256);
  put_text (self, "bytes", bytes);
  put_text (self, "is_delivered", item->sha256 == NULL ? NULL : item->is_delivered ? "yes" : "no");
}

static void
put_submission (Writer  *self,
                gpointer data)
{
  static const char *const states[] = { NULL, "waiting", "sending", "delivered", "failed", "withdrawn" };
  const CfoilSubmission *submission = data;

  put_text (self, "answer", submission->answer_id);
  put_text (self, "is", submission->accepts ? "accepts" : "contests");
  put_text (self, "state", submission->state < G_N_ELEMENTS (states) ? states[submission->state] : NULL);
  put_text (self, "who", submission->who);
  put_time (self, "created_at", submission->created_us);
  put_time (self, "ended_at", submission->ended_us);
  put_text (self, "error", submission->error_message);
  put_list (self, "items", submission->items, put_item);
}

static gboolean
put_all (Writer          *self,
         CfoilDatabase   *reader,
         const CfoilCase *record,
         GError         **error)
{
  g_autoptr (GPtrArray) sources = cfoil_case_list_sources (reader, record->case_id, error);
  g_autoptr (GPtrArray) events = sources != NULL ? cfoil_case_list_events (reader, record->case_id, error) : NULL;
  g_autoptr (GPtrArray) submissions = events != NULL ? cfoil_submission_list (reader, record->case_id, error) : NULL;

  if (submissions == NULL)
    return FALSE;
  put_case (self, record);
  put_list (self, "sources", sources, put_source);
  put_list (self, "events", events, put_event);
  put_list (self, "submissions", submissions, put_submission);
  return TRUE;
}

char *
cfoil_disputes_describe (CfoilDatabase   *reader,
                         const CfoilCase *record,
                         gboolean         is_json,
                         GError         **error)
{
  Writer self = { g_string_new (is_json ? "{" : ""), is_json, FALSE };

  if (!put_all (&self, reader, record, error))
    {
      g_string_free (self.out, TRUE);
      return NULL;
    }
  if (is_json)
    g_string_append (self.out, "}\n");
  return g_string_free (self.out, FALSE);
}

int
cfoil_disputes_show (CfoilCli *cli,
                     char    **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CfoilContext) context = NULL;
  g_autoptr (CfoilCase) record = NULL;
  g_autoptr (CfoilDatabase) reader = NULL;
  g_autofree char *text = NULL;
  int exit_code;

  if (!cfoil_cli_parse (cli, &argv, "disputes show ID", N_ ("Prints a case with where it was heard of, its history and what was sent."),
                        NULL, &exit_code))
    return exit_code;
  if (g_strv_length (argv) != 1)
    return cfoil_cli_usage (_ ("Name one case, by its own id, that of the dispute or that of the charge."));
  context = cfoil_cli_open (cli);
  if (context == NULL)
    return CFOIL_EXIT_FAILED;
  record = cfoil_disputes_find (cli, context, argv[0], &exit_code);
  if (record == NULL)
    return exit_code;
  reader = cfoil_mirror_open_reader (cfoil_context_get_mirror (context), &error);
  if (reader == NULL || (text = cfoil_disputes_describe (reader, record, cli->json, &error)) == NULL)
    return cfoil_cli_fail (cli, error);
  cfoil_cli_print (text);
  return CFOIL_EXIT_DONE;
}
