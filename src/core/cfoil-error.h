/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Errors of a provider and of the road to it.  The code says what a person can
 * do; the extra fields say what happened, for support and for the log.  The
 * message is English detail for logs and the command line; windows translate
 * the code (see cfoil_error_advice ()). */
#define CFOIL_PROVIDER_ERROR (cfoil_provider_error_quark ())

typedef enum
{
  CFOIL_PROVIDER_ERROR_FAILED,         /* anything else */
  CFOIL_PROVIDER_ERROR_NETWORK,        /* no route, refused, reset, no name */
  CFOIL_PROVIDER_ERROR_TIMEOUT,        /* silence, or slower than the deadline allows */
  CFOIL_PROVIDER_ERROR_TLS,            /* certificate not acceptable */
  CFOIL_PROVIDER_ERROR_AUTHENTICATION, /* key unknown, revoked, or not allowed to do this */
  CFOIL_PROVIDER_ERROR_SIGNATURE,      /* key known, signature wrong: not the matching private key */
  CFOIL_PROVIDER_ERROR_CLOCK,          /* this machine's clock is wrong */
  CFOIL_PROVIDER_ERROR_THROTTLED,      /* 429 to the end of our patience */
  CFOIL_PROVIDER_ERROR_NOT_FOUND,
  CFOIL_PROVIDER_ERROR_REJECTED,       /* another 4xx: asking again will not help */
  CFOIL_PROVIDER_ERROR_SERVER,         /* 5xx to the end of our patience */
  CFOIL_PROVIDER_ERROR_MALFORMED,      /* an answer that is not what the protocol says */
  CFOIL_PROVIDER_ERROR_INCOMPLETE,     /* a document that is not whole */
  CFOIL_PROVIDER_ERROR_EXPIRED,        /* a document address that is no longer valid */
  CFOIL_PROVIDER_ERROR_TOO_LARGE,      /* an answer above our limits */
  CFOIL_PROVIDER_ERROR_FORBIDDEN_URL,  /* an address that we do not follow */
  CFOIL_PROVIDER_ERROR_KEY,            /* the private key cannot be read or is of a wrong kind */
  CFOIL_PROVIDER_ERROR_UNSUPPORTED,    /* this provider has no such thing */
  CFOIL_PROVIDER_ERROR_HAND_OFF,       /* a person has to do it at the provider's page */
  CFOIL_PROVIDER_ERROR_DEADLINE,       /* too late, by the provider's clock */
} CfoilProviderErrorCode;

typedef struct
{
  guint http_status;     /* 0: there was no answer */
  char *reason_code;     /* (nullable): the provider's own word */
  char *request_id;      /* (nullable): quote it to the provider's support */
  gint64 retry_after_us; /* how long the server asked us to wait, or 0 */
} CfoilProviderErrorDetail;

GQuark cfoil_provider_error_quark (void);

/* The detail of ERROR, or NULL when it is of another domain.  Borrowed. */
const CfoilProviderErrorDetail *cfoil_provider_error_get_detail (const GError *error);

/* Makes an error with detail.  REASON_CODE and REQUEST_ID may be NULL. */
GError *cfoil_provider_error_new (CfoilProviderErrorCode code,
                                  guint                  http_status,
                                  const char            *reason_code,
                                  const char            *request_id,
                                  const char            *format,
                                  ...) G_GNUC_PRINTF (5, 6);
void cfoil_provider_error_set_retry_after (GError *error,
                                           gint64  retry_after_us);

/* Errors of input that we read: report files, amounts, times, queries. */
#define CFOIL_INPUT_ERROR (cfoil_input_error_quark ())

typedef enum
{
  CFOIL_INPUT_ERROR_SYNTAX,      /* not the format: quoting, bytes, numbers */
  CFOIL_INPUT_ERROR_ENCODING,    /* not UTF-8 */
  CFOIL_INPUT_ERROR_LIMIT,       /* too long, too deep, too many */
  CFOIL_INPUT_ERROR_MISSING,     /* a required column or value is not there */
  CFOIL_INPUT_ERROR_RANGE,       /* does not fit, or more decimals than the currency has */
  CFOIL_INPUT_ERROR_CURRENCY,    /* no such currency */
  CFOIL_INPUT_ERROR_UNKNOWN,     /* a file of a kind that we do not know */
  CFOIL_INPUT_ERROR_TRUNCATED,   /* ends in the middle */
  CFOIL_INPUT_ERROR_ACCOUNT,     /* no account of that name, or none at all */
  CFOIL_INPUT_ERROR_FOREIGN,     /* a database that is no mirror of ours */
  CFOIL_INPUT_ERROR_CHANGED,     /* a file that we keep is gone or is not what it was */
  CFOIL_INPUT_ERROR_BLOCKED,     /* an answer to a dispute that must not leave as it is */
  CFOIL_INPUT_ERROR_ANSWERED,    /* there is an answer that was delivered, or is on its way */
  CFOIL_INPUT_ERROR_TAKEN,       /* an id or a payment that belongs to another case */
  CFOIL_INPUT_ERROR_COLUMNS,     /* nobody has said what the columns of a file mean, or they have changed */
} CfoilInputErrorCode;

GQuark cfoil_input_error_quark (void);

/* A short name of the error for machines ("throttled", "disk-full", ...), kept
 * in the mirror beside the message.  Static. */
const char *cfoil_error_to_name (const GError *error);

/* What to do about an error of that name, one plain English sentence that is
 * marked for translation: pass it through gettext.  Static, never NULL. */
const char *cfoil_error_advice (const char *name);
