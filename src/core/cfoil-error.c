/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-error.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>

typedef CfoilProviderErrorDetail CfoilProviderErrorPrivate;

static void
cfoil_provider_error_private_init (CfoilProviderErrorPrivate *priv)
{
}

static void
cfoil_provider_error_private_copy (const CfoilProviderErrorPrivate *src,
                                   CfoilProviderErrorPrivate       *dest)
{
  *dest = *src;
  dest->reason_code = g_strdup (src->reason_code);
  dest->request_id = g_strdup (src->request_id);
}

static void
cfoil_provider_error_private_clear (CfoilProviderErrorPrivate *priv)
{
  g_free (priv->reason_code);
  g_free (priv->request_id);
}

/* Defines cfoil_provider_error_quark () and an accessor of the private part. */
G_DEFINE_EXTENDED_ERROR (CfoilProviderError, cfoil_provider_error)

G_DEFINE_QUARK (cfoil_input_error, cfoil_input_error)

const CfoilProviderErrorDetail *
cfoil_provider_error_get_detail (const GError *error)
{
  if (error == NULL || error->domain != CFOIL_PROVIDER_ERROR)
    return NULL;
  return cfoil_provider_error_get_private (error);
}

GError *
cfoil_provider_error_new (CfoilProviderErrorCode code,
                          guint                  http_status,
                          const char            *reason_code,
                          const char            *request_id,
                          const char            *format,
                          ...)
{
  CfoilProviderErrorPrivate *priv;
  GError *error;
  va_list args;

  va_start (args, format);
  error = g_error_new_valist (CFOIL_PROVIDER_ERROR, code, format, args);
  va_end (args);

  priv = cfoil_provider_error_get_private (error);
  priv->http_status = http_status;
  priv->reason_code = g_strdup (reason_code);
  priv->request_id = g_strdup (request_id);
  return error;
}

void
cfoil_provider_error_set_retry_after (GError *error,
                                      gint64  retry_after_us)
{
  g_return_if_fail (g_error_matches (error, CFOIL_PROVIDER_ERROR, error->code));

  cfoil_provider_error_get_private (error)->retry_after_us = retry_after_us;
}

typedef struct
{
  const char *name;
  const char *advice;
} ErrorWords;

static const ErrorWords other_words = { "failed", N_ ("Try again. If it happens again, copy the details and ask for help.") };

static const ErrorWords provider_words[] = {
  [CFOIL_PROVIDER_ERROR_FAILED] = { "failed", N_ ("Try again. If it happens again, copy the details and ask for help.") },
  [CFOIL_PROVIDER_ERROR_NETWORK] = { "network", N_ ("Check the network connection. What is in the mirror stays usable; sync again when you are online.") },
  [CFOIL_PROVIDER_ERROR_TIMEOUT] = { "timeout", N_ ("The provider answered too slowly. Sync again later; nothing was lost.") },
  [CFOIL_PROVIDER_ERROR_TLS] = { "tls", N_ ("The server could not prove its identity. Check the network (a proxy or a log-in page?) and the endpoint of the account.") },
  [CFOIL_PROVIDER_ERROR_AUTHENTICATION] = { "authentication", N_ ("The key was refused. Check in Seller Central that the key is still active and belongs to this environment, then add it again.") },
  [CFOIL_PROVIDER_ERROR_SIGNATURE] = { "signature", N_ ("The private key does not belong to this public key ID. Choose the matching key file.") },
  [CFOIL_PROVIDER_ERROR_CLOCK] = { "clock", N_ ("The clock of this computer is wrong. Set date and time, then sync again.") },
  [CFOIL_PROVIDER_ERROR_THROTTLED] = { "throttled", N_ ("The provider asked us to slow down. Sync again in a few minutes; it goes on where it stopped.") },
  [CFOIL_PROVIDER_ERROR_NOT_FOUND] = { "not-found", N_ ("The provider does not know this object. Check the ID and the environment of the account.") },
  [CFOIL_PROVIDER_ERROR_REJECTED] = { "rejected", N_ ("The provider refused the request. The details say why.") },
  [CFOIL_PROVIDER_ERROR_SERVER] = { "server", N_ ("The provider has a fault. Sync again later; it goes on where it stopped.") },
  [CFOIL_PROVIDER_ERROR_MALFORMED] = { "malformed", N_ ("The answer was not what the provider documents. If you are on a network with a log-in page, log in first.") },
  [CFOIL_PROVIDER_ERROR_INCOMPLETE] = { "incomplete", N_ ("A document did not arrive whole and was not used. Sync again to fetch it anew.") },
  [CFOIL_PROVIDER_ERROR_EXPIRED] = { "expired", N_ ("The address of a document ran out before it was fetched. Sync again.") },
  [CFOIL_PROVIDER_ERROR_TOO_LARGE] = { "too-large", N_ ("An answer was larger than anything reasonable and was not used.") },
  [CFOIL_PROVIDER_ERROR_FORBIDDEN_URL] = { "forbidden-url", N_ ("The provider named an address that is not its own, so it was not opened.") },
  [CFOIL_PROVIDER_ERROR_KEY] = { "key", N_ ("The private key cannot be used. Choose an RSA key in PEM format that only you can read.") },
  [CFOIL_PROVIDER_ERROR_UNSUPPORTED] = { "unsupported", N_ ("This provider does not offer that.") },
  [CFOIL_PROVIDER_ERROR_HAND_OFF] = { "hand-off", N_ ("The provider does not take this from another program. Do it yourself on the provider’s page, then mark it here as done by hand.") },
  [CFOIL_PROVIDER_ERROR_DEADLINE] = { "deadline-passed", N_ ("The time to answer is over, so nothing was sent. Ask the provider whether a late answer is still taken.") },
};

static const ErrorWords input_words[] = {
  [CFOIL_INPUT_ERROR_SYNTAX] = { "syntax", N_ ("The file is not in the expected format. Download it again and do not edit it with a spreadsheet.") },
  [CFOIL_INPUT_ERROR_ENCODING] = { "encoding", N_ ("The file is not UTF-8 text. Download it again and do not convert it.") },
  [CFOIL_INPUT_ERROR_LIMIT] = { "limit", N_ ("The file is larger or deeper than any report should be.") },
  [CFOIL_INPUT_ERROR_MISSING] = { "missing", N_ ("Something required is not there. Download the file again.") },
  [CFOIL_INPUT_ERROR_RANGE] = { "range", N_ ("A number or a date does not fit.") },
  [CFOIL_INPUT_ERROR_CURRENCY] = { "currency", N_ ("The currency is not known.") },
  [CFOIL_INPUT_ERROR_UNKNOWN] = { "unknown-file", N_ ("Choose a settlement, refund, capture, authorization, order reference or billing agreement report.") },
  [CFOIL_INPUT_ERROR_TRUNCATED] = { "truncated", N_ ("The file ends in the middle of a row. Its whole rows were kept; download it again to get the rest.") },
  [CFOIL_INPUT_ERROR_ACCOUNT] = { "no-account", N_ ("“counterfoil-cli account list” shows the accounts, “account add” adds one.") },
  [CFOIL_INPUT_ERROR_FOREIGN] = { "foreign", N_ ("Choose another folder for the mirror, or move that file away.") },
  [CFOIL_INPUT_ERROR_CHANGED] = { "file-changed", N_ ("A file of the answer is missing or was changed on the disk. Add it again, then send the answer anew.") },
  [CFOIL_INPUT_ERROR_BLOCKED] = { "blocked", N_ ("Open the answer and look at the step “Check”. It says what stands in the way and what to do about it.") },
  [CFOIL_INPUT_ERROR_ANSWERED] = { "answered", N_ ("Look at the history of the case: it says what was sent and how far it got. Sync to learn more.") },
  [CFOIL_INPUT_ERROR_TAKEN] = { "taken", N_ ("Check the ID. If it is right, search for it in the inbox and go on in the case that has it.") },
  [CFOIL_INPUT_ERROR_COLUMNS] = { "columns", N_ ("Say what the columns of the statement mean, then import it again.") },
};

static const ErrorWords io_words[] = {
  { "disk-full", N_ ("Free some space on the disk, then try again. Nothing that was stored is lost.") },
  { "permission", N_ ("Check who owns the file or folder and whether you may write there.") },
  { "cancelled", N_ ("It was stopped; run it again to go on where it stopped.") },
  { "busy", N_ ("Another Counterfoil is at work on the same data. Wait for it to finish.") },
  { "damaged", N_ ("The mirror is damaged. Run “counterfoil-cli rebuild”. If the file cannot be opened at all, move mirror.sqlite away, add the account again and import the raw files from the folder “reports”.") },
  { "no-file", N_ ("Check the name of the file.") },
  { "newer", N_ ("Install the newest version of Counterfoil, or choose another folder for the mirror.") },
  { "exists", N_ ("Choose another name, or say that it may be replaced.") },
};

/* GIO has no code of its own for a file that may not grow; for a person that is
 * a full disk. */
static gboolean
is_file_too_big (const GError *error)
{
  return error->code == G_IO_ERROR_FAILED && strstr (error->message, g_strerror (EFBIG)) != NULL;
}

static const ErrorWords *
io_error_words (const GError *error)
{
  if (is_file_too_big (error))
    return &io_words[0];
  switch (error->code)
    {
    case G_IO_ERROR_NO_SPACE:
      return &io_words[0];
    case G_IO_ERROR_PERMISSION_DENIED:
    case G_IO_ERROR_READ_ONLY:
      return &io_words[1];
    case G_IO_ERROR_CANCELLED:
      return &io_words[2];
    case G_IO_ERROR_BUSY:
      return &io_words[3];
    case G_IO_ERROR_INVALID_DATA:
      return &io_words[4];
    case G_IO_ERROR_NOT_FOUND:
      return &io_words[5];
    case G_IO_ERROR_NOT_SUPPORTED:
      return &io_words[6];
    case G_IO_ERROR_EXISTS:
      return &io_words[7];
    default:
      return &other_words;
    }
}

static const ErrorWords *
find_words (const GError *error)
{
  if (error->domain == CFOIL_PROVIDER_ERROR && (guint) error->code < G_N_ELEMENTS (provider_words))
    return &provider_words[error->code];
  if (error->domain == CFOIL_INPUT_ERROR && (guint) error->code < G_N_ELEMENTS (input_words))
    return &input_words[error->code];
  if (error->domain == G_IO_ERROR)
    return io_error_words (error);
  return &other_words;
}

const char *
cfoil_error_to_name (const GError *error)
{
  g_return_val_if_fail (error != NULL, "failed");

  return find_words (error)->name;
}

static const char *
advice_in (const ErrorWords *words,
           guint             n_words,
           const char       *name)
{
  for (guint i = 0; i < n_words; i++)
    if (words[i].name != NULL && g_str_equal (words[i].name, name))
      return words[i].advice;
  return NULL;
}

const char *
cfoil_error_advice (const char *name)
{
  const char *advice = NULL;

  if (name != NULL)
    {
      advice = advice_in (provider_words, G_N_ELEMENTS (provider_words), name);
      if (advice == NULL)
        advice = advice_in (input_words, G_N_ELEMENTS (input_words), name);
      if (advice == NULL)
        advice = advice_in (io_words, G_N_ELEMENTS (io_words), name);
    }
  return advice != NULL ? advice : other_words.advice;
}
