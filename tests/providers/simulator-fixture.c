/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "simulator-fixture.h"

#include "cfoil-amazon-provider.h"
#include "cfoil-http.h"

#include <glib/gstdio.h>
#include <string.h>

static char *
dup_member (JsonObject *object,
            const char *name)
{
  g_assert_true (json_object_has_member (object, name));
  return g_strdup (json_object_get_string_member (object, name));
}

static void
read_hello (Simulator *self)
{
  g_autoptr (GDataInputStream) stream = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *line = g_data_input_stream_read_line_utf8 (stream, NULL, NULL, &error);
  g_autofree char *key_file = NULL;
  JsonObject *hello;

  g_assert_no_error (error);
  g_assert_nonnull (line);
  json_parser_load_from_data (parser, line, -1, &error);
  g_assert_no_error (error);
  hello = json_node_get_object (json_parser_get_root (parser));
  self->base_url = dup_member (hello, "baseUrl");
  self->ca_file = dup_member (hello, "caFile");
  self->public_key_id = dup_member (hello, "publicKeyId");
  self->merchant_id = dup_member (hello, "merchantId");
  self->region = dup_member (hello, "region");
  self->environment = dup_member (hello, "environment");
  self->control_url = dup_member (hello, "controlUrl");
  self->control_token = dup_member (hello, "controlToken");
  key_file = dup_member (hello, "privateKeyFile");
  g_file_get_contents (key_file, &self->private_key, NULL, &error);
  g_assert_no_error (error);
}

Simulator *
simulator_start (const char *faults,
                 ...)
{
  Simulator *self = g_new0 (Simulator, 1);
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  const char *option;
  va_list options;

  g_ptr_array_add (arguments, (gpointer) g_getenv ("COUNTERFOIL_SIMULATOR"));
  g_ptr_array_add (arguments, (gpointer) "serve");
  g_ptr_array_add (arguments, (gpointer) "--quiet");
  g_ptr_array_add (arguments, (gpointer) "--exit-with-parent");
  va_start (options, faults);
  while ((option = va_arg (options, const char *)) != NULL)
    g_ptr_array_add (arguments, (gpointer) option);
  va_end (options);
  g_ptr_array_add (arguments, NULL);

  self->process = g_subprocess_newv ((const char *const *) arguments->pdata, G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_assert_no_error (error);
  read_hello (self);
  if (faults != NULL)
    {
      g_autoptr (JsonNode) answer = simulator_control (self, "faults", faults);
    }
  return self;
}

void
simulator_stop (Simulator *self)
{
  g_subprocess_send_signal (self->process, 15);
  g_subprocess_wait (self->process, NULL, NULL);
  g_object_unref (self->process);
  g_free (self->base_url);
  g_free (self->ca_file);
  g_free (self->public_key_id);
  g_free (self->private_key);
  g_free (self->merchant_id);
  g_free (self->region);
  g_free (self->environment);
  g_free (self->control_url);
  g_free (self->control_token);
  g_free (self);
}

CfoilAccountConfig *
simulator_dup_config (Simulator *self)
{
  CfoilAccountConfig *config = cfoil_account_config_new ();

  config->provider = g_strdup ("amazon-pay");
  config->region = g_strdup (self->region);
  config->environment = g_strdup (self->environment);
  config->public_key_id = g_strdup (self->public_key_id);
  config->merchant_id = g_strdup (self->merchant_id);
  config->endpoint = g_strdup (self->base_url);
  config->ca_file = g_strdup (self->ca_file);
  config->request_rate = 10000;
  return config;
}

CfoilProvider *
simulator_new_provider (Simulator *self)
{
  g_autoptr (CfoilAccountConfig) config = simulator_dup_config (self);
  g_autoptr (GError) error = NULL;
  CfoilProvider *provider = cfoil_amazon_provider_new (config, self->private_key, &error);

  g_assert_no_error (error);
  return provider;
}

JsonNode *
simulator_control (Simulator  *self,
                   const char *path,
                   const char *body)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CfoilHttp) http = cfoil_http_new (self->ca_file, &error);
  g_autofree char *authorization = g_strdup_printf ("Bearer %s", self->control_token);
  g_autofree char *url = g_strconcat (self->control_url, g_str_has_suffix (self->control_url, "/") ? "" : "/", path, NULL);
  const char *headers[] = { "authorization", authorization, "content-type", "application/json", NULL };
  CfoilHttpRequest request = { .method = body != NULL ? "POST" : "GET", .url = url, .headers = headers, .body = body };
  g_autoptr (CfoilHttpResponse) response = NULL;

  request.body_length = body != NULL ? strlen (body) : 0;
  response = cfoil_http_send (http, &request, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (response->status, >=, 200);
  g_assert_cmpuint (response->status, <, 300);
  return response->body_length > 0 ? json_from_string (response->body, NULL) : NULL;
}

guint
simulator_count_requests (Simulator  *self,
                          const char *operation,
                          guint       status)
{
  g_autoptr (JsonNode) node = simulator_control (self, "requests", NULL);
  JsonArray *array = json_node_get_array (node);
  guint n = 0;

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *entry = json_array_get_object_element (array, i);

      if ((operation == NULL || g_strcmp0 (json_object_get_string_member_with_default (entry, "operation", NULL), operation) == 0)
          && (status == 0 || json_object_get_int_member (entry, "status") == status))
        n += json_object_get_int_member (entry, "count");
    }
  return n;
}
