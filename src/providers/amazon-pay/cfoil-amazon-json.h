/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "cfoil-records.h"

G_BEGIN_DECLS

/* JSON objects of the service as neutral records.  No member is trusted to be
 * there or to be of its type: one that must be makes an error, one that may be
 * is left out.  Strings of a record are borrowed from the JSON tree. */

/* A record, and what is needed beside it for as long as it is used. */
typedef struct
{
  CfoilObservation observation;
  gboolean unknown_state;
  GPtrArray *strings; /* (owned) (nullable): texts that had to be shortened */
} CfoilAmazonObject;

void cfoil_amazon_object_clear (CfoilAmazonObject *object);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CfoilAmazonObject, cfoil_amazon_object_clear)

/* RAW is the text of JSON.  Errors: CFOIL_INPUT_ERROR. */
gboolean cfoil_amazon_json_read_charge (JsonObject        *json,
                                        const char        *raw,
                                        CfoilAmazonObject *object,
                                        GError           **error);
gboolean cfoil_amazon_json_read_permission (JsonObject        *json,
                                            const char        *raw,
                                            CfoilAmazonObject *object,
                                            GError           **error);
gboolean cfoil_amazon_json_read_refund (JsonObject        *json,
                                        const char        *raw,
                                        CfoilAmazonObject *object,
                                        GError           **error);
/* NOW_US: a dispute is final only long after its last change. */
gboolean cfoil_amazon_json_read_dispute (JsonObject        *json,
                                         const char        *raw,
                                         gint64             now_us,
                                         CfoilAmazonObject *object,
                                         GError           **error);

/* The feed of REPORT is left to the caller. */
gboolean cfoil_amazon_json_read_report (JsonObject  *json,
                                        CfoilReport *report,
                                        GError     **error);
gboolean cfoil_amazon_json_read_disbursement (JsonObject        *json,
                                              const char        *raw,
                                              CfoilDisbursement *disbursement,
                                              GError           **error);

/* Members by name; NULL where there is none of that type.  An empty string is
 * none either. */
const char *cfoil_amazon_json_get_string (JsonObject *json,
                                          const char *name);
JsonObject *cfoil_amazon_json_get_object (JsonObject *json,
                                          const char *name);
JsonArray *cfoil_amazon_json_get_array (JsonObject *json,
                                        const char *name);

/* A time as text or as a number of seconds; CFOIL_UNKNOWN when absent. */
gboolean cfoil_amazon_json_get_time (JsonObject *json,
                                     const char *name,
                                     gint64     *us,
                                     GError    **error);

/* A price {amount, currencyCode}; CFOIL_UNKNOWN and no currency when absent. */
gboolean cfoil_amazon_json_get_price (JsonObject  *json,
                                      const char  *name,
                                      gint64      *minor,
                                      const char **currency,
                                      GError     **error);

/* An amount as text, or as a whole number. */
gboolean cfoil_amazon_json_get_amount (JsonObject *json,
                                       const char *name,
                                       const char *currency,
                                       gint64     *minor,
                                       GError    **error);

/* A text for people, shortened if somebody wrote a book. */
const char *cfoil_amazon_json_get_text (CfoilAmazonObject *object,
                                        JsonObject        *json,
                                        const char        *name);

/* A string that must be there and look like an id. */
const char *cfoil_amazon_json_need_id (JsonObject *json,
                                       const char *name,
                                       GError    **error);
/* The same, but NULL without an error when it does not. */
const char *cfoil_amazon_json_get_id (JsonObject *json,
                                      const char *name);

G_END_DECLS
