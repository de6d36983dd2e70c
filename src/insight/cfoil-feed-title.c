/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-feed-title.h"

#include <glib/gi18n.h>

static const struct
{
  const char *name, *title;
} titles[] = {
  { "settlement-reports", N_ ("Settlement reports") },
  { "disbursements", N_ ("Payouts") },
  { "capture-reports", N_ ("Capture reports") },
  { "authorization-reports", N_ ("Authorization reports") },
  { "refund-reports", N_ ("Refund reports") },
  { "order-reference-reports", N_ ("Order reports") },
  { "billing-agreement-reports", N_ ("Subscription reports") },
};

const char *
cfoil_feed_get_title (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    if (g_strcmp0 (titles[i].name, name) == 0)
      return gettext (titles[i].title);
  return name;
}
