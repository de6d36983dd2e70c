/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The text forms of a request over which Amazon Pay's signatures are made. */
#define CFOIL_AMAZON_ALGORITHM "AMZN-PAY-RSASSA-PSS-V2"

/* A header or a query parameter. */
typedef struct
{
  const char *name;
  const char *value;
} CfoilAmazonPair;

/* PATH with bytes outside A-Za-z0-9-_.~/ escaped and runs of / made one. */
char *cfoil_amazon_canonical_uri (const char *path);

/* Escaped and sorted by name, then value; what is sent is exactly this. */
char *cfoil_amazon_canonical_query (const CfoilAmazonPair *pairs,
                                    guint                  n_pairs);

/* HEADERS have lower-case names in sorted order.  QUERY is canonical. */
char *cfoil_amazon_canonical_request (const char            *method,
                                      const char            *path,
                                      const char            *query,
                                      const CfoilAmazonPair *headers,
                                      guint                  n_headers,
                                      const char            *body,
                                      gsize                  body_length);
char *cfoil_amazon_signed_headers (const CfoilAmazonPair *headers,
                                   guint                  n_headers);
char *cfoil_amazon_string_to_sign (const char *canonical_request);

G_END_DECLS
