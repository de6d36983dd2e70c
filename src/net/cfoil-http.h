/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A client for a worker thread: its functions block, and end at a deadline of
 * the clock on the wall, whatever the other side does.  Redirections are never
 * followed and bodies never decoded behind our back.  One thread at a time.
 *
 * Errors are CFOIL_PROVIDER_ERROR; G_IO_ERROR_CANCELLED when the caller
 * cancelled; and, from a download, other G_IO_ERRORs of the local disk. */
typedef struct _CfoilHttp CfoilHttp;

typedef struct
{
  gint64 page_deadline_us;      /* of a whole request for a page */
  gint64 document_deadline_us;  /* of a whole download */
  guint64 page_max_bytes;       /* after decompression */
  guint64 document_max_bytes;
  guint64 headers_max_bytes;
  guint64 min_bytes_per_second; /* of a download, in each window */
  gint64 speed_window_us;
} CfoilHttpLimits;

extern const CfoilHttpLimits cfoil_http_default_limits;

/* CA_FILE (absolute, nullable): trust the certificates in this file and no
 * others, and do not use the proxy; for a custom endpoint on this machine. */
CfoilHttp *cfoil_http_new (const char *ca_file,
                           GError    **error);
void cfoil_http_free (CfoilHttp *self);
void cfoil_http_set_limits (CfoilHttp             *self,
                            const CfoilHttpLimits *limits);

typedef struct
{
  const char *method;
  const char *url;            /* encoded; checked by the caller */
  const char *const *headers; /* (nullable): name, value, name, value, ..., NULL */
  const char *body;           /* (nullable) */
  gsize body_length;
} CfoilHttpRequest;

typedef struct
{
  guint status;
  GHashTable *headers;    /* (owned): lower-case name to value */
  char *body;             /* (owned): always NUL-terminated */
  gsize body_length;
  gboolean length_proven; /* the body is known to have come whole */
} CfoilHttpResponse;

/* Any answer of HTTP is a success here, whatever its status. */
CfoilHttpResponse *cfoil_http_send (CfoilHttp              *self,
                                    const CfoilHttpRequest *request,
                                    GCancellable           *cancellable,
                                    GError                **error);
const char *cfoil_http_response_get_header (const CfoilHttpResponse *response,
                                            const char              *name);
/* Whether its Content-Type is TYPE, or "...+json" where TYPE is JSON. */
gboolean cfoil_http_response_is_json (const CfoilHttpResponse *response);
void cfoil_http_response_free (CfoilHttpResponse *response);

typedef struct
{
  guint status;           /* the file is there only with 200 */
  char content_type[64];
  guint64 n_bytes;        /* written to the file */
  gboolean length_proven; /* FALSE: nothing tells whether the end was cut off */
  char sha256[65];        /* of the file */
} CfoilHttpDownload;

/* Writes the body at URL to FILE, which must not exist; no header of ours that
 * could be a secret is sent.  GUNZIP: the document is compressed even where
 * HTTP does not say so.  Nothing is left of FILE on failure. */
gboolean cfoil_http_download (CfoilHttp         *self,
                              const char        *url,
                              gboolean           gunzip,
                              GFile             *file,
                              CfoilHttpDownload *download,
                              GCancellable      *cancellable,
                              GError           **error);

/* How much of the body has left; on the caller's thread. */
typedef void (*CfoilHttpSentFunc) (guint64  done,
                                   guint64  total,
                                   gpointer user_data);

/* Puts BYTES at URL, a pre-signed address: no header of ours that could be a secret is
 * sent.  May take as long as a download, and is ended as one when it hardly moves.  Any
 * answer is a success here.  SENT (nullable). */
CfoilHttpResponse *cfoil_http_upload (CfoilHttp        *self,
                                      const char       *url,
                                      const char       *content_type,
                                      GBytes           *bytes,
                                      CfoilHttpSentFunc sent,
                                      gpointer          user_data,
                                      GCancellable     *cancellable,
                                      GError          **error);

/* Waits; FALSE only when cancelled. */
gboolean cfoil_http_sleep (CfoilHttp    *self,
                           gint64        us,
                           GCancellable *cancellable,
                           GError      **error);

/* The time in a Date header, or CFOIL_UNKNOWN. */
gint64 cfoil_http_parse_date (const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilHttp, cfoil_http_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilHttpResponse, cfoil_http_response_free)

G_END_DECLS
