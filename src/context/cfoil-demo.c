/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-demo.h"

#include <json-glib/json-glib.h>
#include <signal.h>

#define READY_LINE_MAX (64 * 1024)

struct _CfoilDemo
{
  GSubprocess *simulator; /* (owned) */
};

static const char *const arguments[] = {
  "serve", "--port", "0", "--seed", "7", "--transactions", "50000", "--days", "730",
  "--retention-days", "0", "--until", "now", "--throttle", "off", "--processing-ms", "20",
  "--exit-with-parent", "--quiet", NULL
};

char *
cfoil_demo_dup_folder (void)
{
  return g_build_filename (g_get_user_data_dir (), "counterfoil-demo", NULL);
}

static char *
find_simulator (void)
{
  const char *named = g_getenv ("COUNTERFOIL_SIMULATOR");
  g_autofree char *installed = g_build_filename (CFOIL_BINDIR, "counterfoil-simulator", NULL);

  if (named != NULL && *named != '\0')
    return g_strdup (named);
  if (g_file_test (installed, G_FILE_TEST_IS_EXECUTABLE))
    return g_steal_pointer (&installed);
  return g_find_program_in_path ("counterfoil-simulator");
}

static GSubprocess *
spawn (CfoilContext *context,
       GError      **error)
{
  g_autofree char *program = find_simulator ();
  g_autoptr (GPtrArray) argv = g_ptr_array_new_with_free_func (g_free);

  if (program == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                           "The demo merchant is not installed (counterfoil-simulator)");
      return NULL;
    }
  g_ptr_array_add (argv, g_strdup (program));
  for (guint i = 0; arguments[i] != NULL; i++)
    g_ptr_array_add (argv, g_strdup (arguments[i]));
  /* The same keys at each start, so that the account stays valid. */
  g_ptr_array_add (argv, g_strdup ("--state-dir"));
  g_ptr_array_add (argv, g_build_filename (cfoil_mirror_get_folder (cfoil_context_get_mirror (context)), "merchant", NULL));
  g_ptr_array_add (argv, NULL);
  return g_subprocess_newv ((const char *const *) argv->pdata, G_SUBPROCESS_FLAGS_STDOUT_PIPE, error);
}

/* The simulator says in one line of JSON where it is. */
static JsonObject *
read_ready_line (GSubprocess  *simulator,
                 GCancellable *cancellable,
                 GError      **error)
{
  g_autoptr (GDataInputStream) stream = g_data_input_stream_new (g_subprocess_get_stdout_pipe (simulator));
  g_autofree char *line = NULL;
  g_autoptr (JsonNode) node = NULL;

  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (stream), FALSE);
  g_buffered_input_stream_set_buffer_size (G_BUFFERED_INPUT_STREAM (stream), READY_LINE_MAX);
  line = g_data_input_stream_read_line_utf8 (stream, NULL, cancellable, error);
  if (line == NULL)
    {
      if (error != NULL && *error == NULL)
        g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "The demo merchant did not start");
      return NULL;
    }
  node = json_from_string (line, error);
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    {
      g_clear_error (error);
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "The demo merchant did not start: %s", line);
      return NULL;
    }
  return json_node_dup_object (node);
}

static char *
dup_member (JsonObject *ready,
            const char *name)
{
  return g_strdup (json_object_get_string_member_with_default (ready, name, ""));
}

/* The port differs each time: the account is made anew over the same rows. */
static gboolean
point_account (CfoilContext *context,
               JsonObject   *ready,
               GError      **error)
{
  CfoilMirror *mirror = cfoil_context_get_mirror (context);
  g_autoptr (CfoilAccount) account = cfoil_account_new ();
  g_autoptr (CfoilAccount) existing = NULL;
  g_autofree char *key_file = dup_member (ready, "privateKeyFile");

  account->name = g_strdup (CFOIL_DEMO_ACCOUNT);
  account->provider = g_strdup ("amazon-pay");
  account->region = dup_member (ready, "region");
  account->environment = dup_member (ready, "environment");
  account->public_key_id = dup_member (ready, "publicKeyId");
  account->merchant_id = dup_member (ready, "merchantId");
  account->endpoint = dup_member (ready, "baseUrl");
  account->ca_file = dup_member (ready, "caFile");
  account->key_storage = g_strdup ("file");
  /* Nobody has to be spared here. */
  account->request_rate = 100000;

  existing = cfoil_account_find (mirror, account->name, NULL);
  if (existing == NULL)
    return cfoil_context_add_account_sync (context, account, key_file, NULL, error);
  account->account_id = existing->account_id;
  account->key_file = g_steal_pointer (&key_file);
  return cfoil_account_update (mirror, account, error);
}

CfoilDemo *
cfoil_demo_start_sync (CfoilContext *context,
                       GCancellable *cancellable,
                       GError      **error)
{
  g_autoptr (CfoilDemo) self = g_new0 (CfoilDemo, 1);
  JsonObject *ready;
  gboolean ok;

  g_return_val_if_fail (CFOIL_IS_CONTEXT (context), NULL);

  self->simulator = spawn (context, error);
  if (self->simulator == NULL)
    return NULL;
  ready = read_ready_line (self->simulator, cancellable, error);
  if (ready == NULL)
    return NULL;
  ok = point_account (context, ready, error);
  json_object_unref (ready);
  return ok ? g_steal_pointer (&self) : NULL;
}

void
cfoil_demo_free (CfoilDemo *self)
{
  if (self == NULL)
    return;
  if (self->simulator != NULL)
    {
      g_subprocess_send_signal (self->simulator, SIGTERM);
      g_clear_object (&self->simulator);
    }
  g_free (self);
}
