/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "simulator-options.h"

#include "simulator-server.h"
#include "simulator-tls.h"

#include <glib-unix.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <signal.h>
#include <unistd.h>

typedef struct {
  CfoilSimCommonOptions common;
  int port;
  int retention_days;
  int processing_ms;
  int url_lifetime_ms;
  int pending_seconds;
  char *environment;
  char *state_dir;
  char *faults;
  char *throttle;
  char *capture_report;
  char *accept_by_api;
  gboolean quiet;
  gboolean exit_with_parent;
} Arguments;

static void
arguments_clear (Arguments *arguments)
{
  cfoil_sim_common_options_clear (&arguments->common);
  g_free (arguments->environment);
  g_free (arguments->state_dir);
  g_free (arguments->faults);
  g_free (arguments->throttle);
  g_free (arguments->capture_report);
  g_free (arguments->accept_by_api);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Arguments, arguments_clear)

static gboolean
parse (Arguments *arguments,
       int       *argc,
       char    ***argv,
       GError   **error)
{
  GOptionEntry entries[] = {
    { "port", 0, 0, G_OPTION_ARG_INT, &arguments->port, "Port to listen on; 0 takes a free one (default 0)", "N" },
    CFOIL_SIM_COMMON_OPTIONS (arguments->common),
    { "environment", 0, 0, G_OPTION_ARG_STRING, &arguments->environment, "live or sandbox (default live)", "NAME" },
    { "retention-days", 0, 0, G_OPTION_ARG_INT, &arguments->retention_days, "Age at which reports vanish; 0 keeps them (default 90)", "N" },
    { "state-dir", 0, 0, G_OPTION_ARG_FILENAME, &arguments->state_dir, "Keep keys and certificates here and use them again", "DIR" },
    { "faults", 0, 0, G_OPTION_ARG_FILENAME, &arguments->faults, "Misbehave as this JSON file says", "FILE" },
    { "throttle", 0, 0, G_OPTION_ARG_STRING, &arguments->throttle, "documented, off, or a factor (default documented)", "HOW" },
    { "processing-ms", 0, 0, G_OPTION_ARG_INT, &arguments->processing_ms, "How long a report is in progress (default 400)", "N" },
    { "url-lifetime-ms", 0, 0, G_OPTION_ARG_INT, &arguments->url_lifetime_ms, "How long a document address works (default 30000)", "N" },
    { "pending-seconds", 0, 0, G_OPTION_ARG_INT, &arguments->pending_seconds, "How long simulated pending states last (default 30)", "N" },
    { "capture-report", 0, 0, G_OPTION_ARG_STRING, &arguments->capture_report, "Whether capture reports can be made: on or off (default on)", "HOW" },
    { "accept-by-api", 0, 0, G_OPTION_ARG_STRING, &arguments->accept_by_api, "Whether the merchant may accept disputes: yes or no (default yes)", "HOW" },
    { "quiet", 0, 0, G_OPTION_ARG_NONE, &arguments->quiet, "Do not log requests to standard error", NULL },
    { "exit-with-parent", 0, 0, G_OPTION_ARG_NONE, &arguments->exit_with_parent, "End when the parent process ends", NULL },
    { NULL }
  };

  arguments->common.transactions = 2000;
  arguments->common.days = 90;
  arguments->retention_days = 90;
  arguments->processing_ms = 400;
  arguments->url_lifetime_ms = 30000;
  arguments->pending_seconds = 30;
  return cfoil_sim_options_parse (entries, "Serves a made-up merchant account over HTTPS on the loopback address.\n"
                                           "One line of JSON on standard output says where and with which key.",
                                  argc, argv, error);
}

static gboolean
apply (const Arguments *arguments,
       CfoilSimOptions *options,
       double          *throttle,
       GError         **error)
{
  char *end;

  if (!cfoil_sim_common_options_apply (&arguments->common, options, error))
    return FALSE;
  if (arguments->environment != NULL && !g_str_equal (arguments->environment, "live") &&
      !g_str_equal (arguments->environment, "sandbox"))
    return cfoil_sim_usage_error (error, "--environment: must be live or sandbox, not %s", arguments->environment);
  if (arguments->capture_report != NULL && !g_str_equal (arguments->capture_report, "on") &&
      !g_str_equal (arguments->capture_report, "off"))
    return cfoil_sim_usage_error (error, "--capture-report: must be on or off, not %s", arguments->capture_report);
  if (arguments->accept_by_api != NULL && !g_str_equal (arguments->accept_by_api, "yes") &&
      !g_str_equal (arguments->accept_by_api, "no"))
    return cfoil_sim_usage_error (error, "--accept-by-api: must be yes or no, not %s", arguments->accept_by_api);
  if (arguments->port < 0 || arguments->port > 65535)
    return cfoil_sim_usage_error (error, "--port: must be between 0 and 65535");
  if (arguments->retention_days < 0 || arguments->processing_ms < 0 || arguments->url_lifetime_ms < 0 ||
      arguments->pending_seconds < 0)
    return cfoil_sim_usage_error (error, "a duration must not be negative");
  options->sandbox = g_strcmp0 (arguments->environment, "sandbox") == 0;
  options->capture_report = g_strcmp0 (arguments->capture_report, "off") != 0;
  options->accepts_by_hand = g_strcmp0 (arguments->accept_by_api, "no") == 0;
  options->retention_days = (guint) arguments->retention_days;
  options->processing_ms = arguments->processing_ms;
  *throttle = 1;
  if (g_strcmp0 (arguments->throttle, "off") == 0)
    *throttle = 0;
  else if (arguments->throttle != NULL && !g_str_equal (arguments->throttle, "documented"))
    {
      *throttle = g_ascii_strtod (arguments->throttle, &end);
      if (end == arguments->throttle || *end != '\0' || !(*throttle > 0))
        return cfoil_sim_usage_error (error, "--throttle: must be documented, off or a factor, not %s", arguments->throttle);
    }
  return TRUE;
}

static gboolean
load_faults (CfoilSimService *service,
             const char      *path,
             GError         **error)
{
  g_autofree char *text = NULL;
  gsize length;

  if (path == NULL)
    return TRUE;
  if (!g_file_get_contents (path, &text, &length, error) ||
      !cfoil_sim_faults_load (&service->faults, text, (gssize) length, error))
    {
      g_prefix_error (error, "--faults: ");
      return FALSE;
    }
  return TRUE;
}

/* The one line that tests wait for. */
static void
announce (const CfoilSimService *service,
          const CfoilSimState   *state)
{
  const CfoilSimMerchant *merchant = service->merchant;
  g_autoptr (JsonBuilder) json = json_builder_new ();
  g_autofree char *control = g_strconcat (service->base_url, "/_sim", NULL);
  g_autofree char *text = NULL;

  json_builder_begin_object (json);
  cfoil_sim_json_string (json, "baseUrl", service->base_url);
  cfoil_sim_json_string (json, "caFile", state->ca_file);
  cfoil_sim_json_string (json, "publicKeyId", service->auth.key_id);
  cfoil_sim_json_string (json, "privateKeyFile", state->private_key_file);
  cfoil_sim_json_string (json, "merchantId", merchant->merchant_id);
  cfoil_sim_json_string (json, "region", cfoil_sim_region_name (merchant->options.region));
  cfoil_sim_json_string (json, "environment", merchant->options.sandbox ? "sandbox" : "live");
  cfoil_sim_json_string (json, "controlUrl", control);
  cfoil_sim_json_string (json, "controlToken", service->control_token);
  json_builder_end_object (json);
  text = cfoil_sim_json_text (json);
  printf ("%s\n", text);
  fflush (stdout);
}

static gboolean
on_signal (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_CONTINUE;
}

static int
run (CfoilSimService *service,
     CfoilSimState   *state,
     const Arguments *arguments)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (SoupServer) server = NULL;
  g_autoptr (GError) error = NULL;

  g_unix_signal_add (SIGTERM, on_signal, loop);
  g_unix_signal_add (SIGINT, on_signal, loop);
  server = cfoil_sim_server_new (service, state->certificate, (guint) arguments->port, arguments->quiet, &error);
  if (server == NULL)
    {
      g_printerr ("counterfoil-simulator: %s\n", error->message);
      return 1;
    }
  announce (service, state);
  g_main_loop_run (loop);
  soup_server_disconnect (server);
  return 0;
}

static CfoilSimService *
make_service (const Arguments       *arguments,
              const CfoilSimOptions *options,
              const CfoilSimState   *state,
              double                 throttle,
              GError               **error)
{
  g_autofree char *key_id = g_strconcat (options->sandbox ? "SANDBOX-" : "LIVE-", state->key_suffix, NULL);
  g_autoptr (CfoilSimService) service = cfoil_sim_service_new (cfoil_sim_merchant_new (options),
                                                               state->public_key_pem, key_id, error);

  if (service == NULL)
    return NULL;
  cfoil_sim_throttle_free (service->throttle);
  service->throttle = cfoil_sim_throttle_new (options->sandbox, throttle);
  service->url_lifetime = arguments->url_lifetime_ms * G_GINT64_CONSTANT (1000);
  service->pending_seconds = arguments->pending_seconds;
  return load_faults (service, arguments->faults, error) ? g_steal_pointer (&service) : NULL;
}

int
cfoil_sim_command_serve (int    argc,
                         char **argv)
{
  g_auto (Arguments) arguments = { 0 };
  g_autoptr (CfoilSimState) state = NULL;
  g_autoptr (CfoilSimService) service = NULL;
  g_autoptr (GError) error = NULL;
  CfoilSimOptions options = { 0 };
  double throttle = 1;
  pid_t parent = getppid ();

  if (!parse (&arguments, &argc, &argv, &error) || !apply (&arguments, &options, &throttle, &error))
    return cfoil_sim_exit_usage (error, "serve");
  /* The parent may be gone before the kernel knows of our wish. */
  if (arguments.exit_with_parent && (prctl (PR_SET_PDEATHSIG, SIGTERM) != 0 || getppid () != parent))
    return 1;
  state = cfoil_sim_state_open (arguments.state_dir, &error);
  if (state != NULL)
    service = make_service (&arguments, &options, state, throttle, &error);
  if (service == NULL)
    {
      g_printerr ("counterfoil-simulator: %s\n", error->message);
      return 1;
    }
  return run (service, state, &arguments);
}
