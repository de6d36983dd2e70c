/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-cli.h"
#include "cfoil-error.h"

#include <glib/gi18n.h>

/* JSON piece by piece: a million rows are printed as they come, never held. */

static void
append_character (GString *out,
                  guchar   c)
{
  if (c == '"' || c == '\\')
    {
      g_string_append_c (out, '\\');
      g_string_append_c (out, (char) c);
    }
  else if (c < 0x20 || c == 0x7f)
    g_string_append_printf (out, "\\u%04x", c);
  else
    g_string_append_c (out, (char) c);
}

void
cfoil_json_append_string (GString    *out,
                          const char *text)
{
  g_autofree char *valid = NULL;

  if (text == NULL)
    {
      g_string_append (out, "null");
      return;
    }
  if (!g_utf8_validate (text, -1, NULL))
    text = valid = g_utf8_make_valid (text, -1);
  g_string_append_c (out, '"');
  for (; *text != '\0'; text++)
    append_character (out, (guchar) *text);
  g_string_append_c (out, '"');
}

void
cfoil_json_append_member (GString    *out,
                          const char *name,
                          const char *text)
{
  if (out->len > 0 && out->str[out->len - 1] != '{')
    g_string_append (out, ", ");
  cfoil_json_append_string (out, name);
  g_string_append (out, ": ");
  cfoil_json_append_string (out, text);
}

void
cfoil_json_append_error (GString      *out,
                         const char   *message_name,
                         const GError *error)
{
  const CfoilProviderErrorDetail *detail = cfoil_provider_error_get_detail (error);
  const char *name = cfoil_error_to_name (error);

  cfoil_json_append_member (out, "error", name);
  cfoil_json_append_member (out, message_name, error->message);
  if (detail != NULL && detail->http_status != 0)
    g_string_append_printf (out, ", \"httpStatus\": %u", detail->http_status);
  else
    g_string_append (out, ", \"httpStatus\": null");
  cfoil_json_append_member (out, "reasonCode", detail != NULL ? detail->reason_code : NULL);
  cfoil_json_append_member (out, "requestId", detail != NULL ? detail->request_id : NULL);
  cfoil_json_append_member (out, "advice", gettext (cfoil_error_advice (name)));
}

void
cfoil_json_print_done (const char *subject,
                       const char *value,
                       const char *done)
{
  g_autoptr (GString) out = g_string_new ("{");

  cfoil_json_append_member (out, subject, value);
  g_string_append_printf (out, ", \"%s\": true}\n", done);
  cfoil_cli_print (out->str);
}
