/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-url.h"

#include "cfoil-error.h"

#include <gio/gio.h>
#include <string.h>

#define PARSE_FLAGS \
  (G_URI_FLAGS_HAS_PASSWORD | G_URI_FLAGS_ENCODED_PATH | G_URI_FLAGS_ENCODED_QUERY | G_URI_FLAGS_ENCODED_FRAGMENT)

static gboolean
refuse (GError    **error,
        const char *why)
{
  g_set_error (error, CFOIL_PROVIDER_ERROR, CFOIL_PROVIDER_ERROR_FORBIDDEN_URL, "Address refused: %s", why);
  return FALSE;
}

/* Parsers disagree on blanks, control characters, backslashes and non-ASCII;
 * none of them belongs into an address on the wire. */
static gboolean
has_plain_bytes (const char *url)
{
  for (const char *p = url; *p != '\0'; p++)
    if ((guchar) *p <= 0x20 || (guchar) *p >= 0x7f || strchr ("\\\"<>^`{|}", *p) != NULL)
      return FALSE;
  return TRUE;
}

/* Letters, digits, dots and hyphens: no IPv6 literal, no %-escape, no trailing
 * dot, and a last label that does not look like part of an IPv4 address. */
static gboolean
is_host_name (const char *host)
{
  const char *last = strrchr (host, '.');

  if (last == NULL || !g_ascii_isalpha (last[1]))
    return FALSE;
  return strspn (host, "abcdefghijklmnopqrstuvwxyz0123456789.-") == strlen (host) && strstr (host, "..") == NULL && host[0] != '.';
}

static gboolean
is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = NULL;

  if (g_str_equal (host, "localhost"))
    return TRUE;
  /* Only the dotted form: "0x7f.1" and "2130706433" are nobody's own address. */
  address = g_inet_address_new_from_string (host);
  return address != NULL && g_inet_address_get_is_loopback (address);
}

static gboolean
host_is_allowed (const char           *host,
                 const CfoilUrlPolicy *policy)
{
  for (guint i = 0; policy->hosts != NULL && policy->hosts[i] != NULL; i++)
    if (g_str_equal (host, policy->hosts[i]))
      return TRUE;

  for (guint i = 0; policy->domains != NULL && policy->domains[i] != NULL; i++)
    {
      gsize length = strlen (host);
      gsize domain_length = strlen (policy->domains[i]);

      if (length < domain_length || !g_str_equal (host + length - domain_length, policy->domains[i]))
        continue;
      if (length == domain_length || host[length - domain_length - 1] == '.')
        return TRUE;
    }

  return FALSE;
}

/* A parser would decode it, another might not. */
static gboolean
has_escaped_host (const char *url)
{
  const char *start = strstr (url, "//");

  return start != NULL && memchr (start + 2, '%', strcspn (start + 2, "/?#")) != NULL;
}

/* The parts that both kinds of address have in common. */
static GUri *
parse (const char *url,
       char      **host,
       GError    **error)
{
  g_autoptr (GUri) uri = NULL;

  if (strlen (url) > CFOIL_URL_MAX_LENGTH)
    {
      refuse (error, "it is too long");
      return NULL;
    }
  if (!has_plain_bytes (url) || has_escaped_host (url))
    {
      refuse (error, "it has characters that an address cannot have");
      return NULL;
    }

  uri = g_uri_parse (url, PARSE_FLAGS, NULL);
  if (uri == NULL || g_uri_get_host (uri) == NULL)
    {
      refuse (error, "it cannot be read");
      return NULL;
    }
  if (g_ascii_strcasecmp (g_uri_get_scheme (uri), "https") != 0)
    {
      refuse (error, "it does not begin with https:");
      return NULL;
    }
  if (g_uri_get_userinfo (uri) != NULL)
    {
      refuse (error, "it has a user name");
      return NULL;
    }
  if (g_uri_get_fragment (uri) != NULL)
    {
      refuse (error, "it has a fragment");
      return NULL;
    }

  *host = g_ascii_strdown (g_uri_get_host (uri), -1);
  return g_steal_pointer (&uri);
}

static gboolean
check_custom (const char *host,
              const char *endpoint,
              GError    **error)
{
  g_autofree char *custom_host = NULL;
  g_autoptr (GUri) custom = parse (endpoint, &custom_host, error);

  if (custom == NULL)
    return FALSE;
  if (!is_loopback (custom_host) || !g_str_equal (host, custom_host))
    return refuse (error, "it is not on the host of the custom endpoint");
  return TRUE;
}

gboolean
cfoil_url_check (const char           *url,
                 const CfoilUrlPolicy *policy,
                 GError              **error)
{
  g_autoptr (GUri) uri = NULL;
  g_autofree char *host = NULL;

  g_return_val_if_fail (policy != NULL, FALSE);

  uri = parse (url, &host, error);
  if (uri == NULL)
    return FALSE;

  if (policy->custom_endpoint != NULL)
    return check_custom (host, policy->custom_endpoint, error);

  if (g_uri_get_port (uri) != -1 && g_uri_get_port (uri) != 443)
    return refuse (error, "it names another port");
  if (!is_host_name (host) || !host_is_allowed (host, policy))
    return refuse (error, "its host is not one that we know");
  return TRUE;
}

gboolean
cfoil_url_check_endpoint (const char *url,
                          GError    **error)
{
  g_autoptr (GUri) uri = NULL;
  g_autofree char *host = NULL;
  const char *path;

  uri = parse (url, &host, error);
  if (uri == NULL)
    return FALSE;

  path = g_uri_get_path (uri);
  if (!is_loopback (host))
    return refuse (error, "a custom endpoint must be on this machine");
  if (g_uri_get_query (uri) != NULL || (*path != '\0' && !g_str_equal (path, "/")))
    return refuse (error, "a custom endpoint is a host and a port only");
  return TRUE;
}
