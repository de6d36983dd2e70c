/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-details-link.h"

#include "cfoil-shown-text.h"

#include <string.h>

/* Longer than any id of theirs. */
#define ID_MAX 100

static const struct
{
  const char *region;
  const char *host;
} hosts[] = {
  { "na", "sellercentral.amazon.com" },
  { "us", "sellercentral.amazon.com" },
  { "eu", "sellercentral-europe.amazon.com" },
  { "de", "sellercentral-europe.amazon.com" },
  { "uk", "sellercentral-europe.amazon.com" },
  { "jp", "sellercentral.amazon.co.jp" },
};

char *
cfoil_details_link (const CfoilDetails *details)
{
  g_autofree char *plain = NULL;
  g_autofree char *escaped = NULL;

  if (details->permission_id == NULL || g_strcmp0 (details->provider, "amazon-pay") != 0 ||
      strlen (details->permission_id) > ID_MAX)
    return NULL;
  plain = cfoil_shown_text_to_plain (details->permission_id);
  escaped = g_uri_escape_string (plain, NULL, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (hosts); i++)
    if (g_strcmp0 (hosts[i].region, details->region) == 0)
      return g_strdup_printf ("https://%s/external-payments/pmd/payment-details?orderReferenceId=%s", hosts[i].host, escaped);
  return NULL;
}
