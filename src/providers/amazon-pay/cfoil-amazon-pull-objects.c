/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-amazon-pull.h"

#include "cfoil-amazon-failure.h"
#include "cfoil-amazon-json.h"
#include "cfoil-error.h"

/* So many answers in a row that are no answers: it is not about the objects. */
#define MAX_MALFORMED 3

static const struct
{
  CfoilObjectKind kind;
  CfoilAmazonOperation operation;
  const char *collection;
} kinds[] = {
  /* In the order of what waiting costs. */
  { CFOIL_OBJECT_DISPUTE, CFOIL_AMAZON_GET_DISPUTE, "disputes" },
  { CFOIL_OBJECT_REFUND, CFOIL_AMAZON_GET_REFUND, "refunds" },
  { CFOIL_OBJECT_CHARGE, CFOIL_AMAZON_GET_CHARGE, "charges" },
  { CFOIL_OBJECT_PERMISSION, CFOIL_AMAZON_GET_PERMISSION, "chargePermissions" },
};

static gboolean
read_object (CfoilAmazonRun    *run,
             CfoilObjectKind    kind,
             CfoilAmazonAnswer *answer,
             CfoilAmazonObject *object,
             GError           **error)
{
  switch (kind)
    {
    case CFOIL_OBJECT_CHARGE:
      return cfoil_amazon_json_read_charge (answer->object, answer->text, object, error);
    case CFOIL_OBJECT_REFUND:
      return cfoil_amazon_json_read_refund (answer->object, answer->text, object, error);
    case CFOIL_OBJECT_PERMISSION:
      return cfoil_amazon_json_read_permission (answer->object, answer->text, object, error);
    case CFOIL_OBJECT_DISPUTE:
    default:
      return cfoil_amazon_json_read_dispute (answer->object, answer->text, run->now_us, object, error);
    }
}

static gboolean
put_unknown_state (CfoilAmazonRun         *run,
                   const CfoilObservation *observation,
                   GError                **error)
{
  CfoilException exception = {
    .kind = CFOIL_EXCEPTION_UNKNOWN_STATE,
    .subject = observation->provider_state,
    .message = "A state that this version does not know",
    .raw = observation->raw,
  };

  return cfoil_intake_put_exception (run->intake, &exception, error);
}

static gboolean
put_answer (CfoilAmazonRun    *run,
            CfoilObjectKind    kind,
            const char        *object_id,
            CfoilAmazonAnswer *answer,
            GError           **error)
{
  g_auto (CfoilAmazonObject) object = { 0 };
  g_autoptr (GError) local_error = NULL;

  if (!read_object (run, kind, answer, &object, &local_error))
    {
      if (cfoil_amazon_put_bad_object (run, object_id, local_error->message, answer->text, error))
        g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (!g_str_equal (object.observation.object_id, object_id))
    {
      g_set_error (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_UNKNOWN, "The answer is about another object than %s", object_id);
      return FALSE;
    }

  return cfoil_intake_put_observation (run->intake, &object.observation, error)
         && (!object.unknown_state || put_unknown_state (run, &object.observation, error));
}

gboolean
cfoil_amazon_pull_object (CfoilAmazonRun *run,
                          CfoilObjectKind kind,
                          const char     *object_id,
                          GError        **error)
{
  g_autoptr (CfoilAmazonAnswer) answer = NULL;
  guint i = 0;

  while (i < G_N_ELEMENTS (kinds) && kinds[i].kind != kind)
    i++;
  if (i == G_N_ELEMENTS (kinds))
    {
      g_set_error_literal (error, CFOIL_PROVIDER_ERROR, CFOIL_PROVIDER_ERROR_UNSUPPORTED, "Amazon Pay has no such objects");
      return FALSE;
    }

  answer = cfoil_amazon_client_get (run->client, kinds[i].operation, kinds[i].collection, object_id, NULL, 0, run->cancellable, error);
  return answer != NULL && put_answer (run, kind, object_id, answer, error);
}

/* Whether an error is about this object, so that the next may be asked for. */
static gboolean
is_of_object (const GError *error,
              guint        *n_malformed)
{
  gboolean malformed = g_error_matches (error, CFOIL_PROVIDER_ERROR, CFOIL_PROVIDER_ERROR_MALFORMED);

  *n_malformed = malformed ? *n_malformed + 1 : 0;
  if (malformed)
    return *n_malformed < MAX_MALFORMED;
  return error->domain == CFOIL_INPUT_ERROR
         || g_error_matches (error, CFOIL_PROVIDER_ERROR, CFOIL_PROVIDER_ERROR_NOT_FOUND)
         || g_error_matches (error, CFOIL_PROVIDER_ERROR, CFOIL_PROVIDER_ERROR_REJECTED)
         || g_error_matches (error, CFOIL_PROVIDER_ERROR, CFOIL_PROVIDER_ERROR_TOO_LARGE);
}

static gboolean
pull_kind (CfoilAmazonRun *run,
           guint           index,
           GError        **error)
{
  g_autoptr (GArray) due = cfoil_intake_list_due (run->intake, kinds[index].kind, G_MAXUINT, error);
  guint n_malformed = 0;

  if (due == NULL)
    return FALSE;

  for (guint i = 0; i < due->len; i++)
    {
      const CfoilDueObject *object = &g_array_index (due, CfoilDueObject, i);
      g_autoptr (GError) failure = NULL;

      cfoil_intake_progress (run->intake, "objects", i, due->len);
      if (cfoil_amazon_pull_object (run, object->kind, object->object_id, &failure))
        {
          n_malformed = 0;
          continue;
        }
      if (!is_of_object (failure, &n_malformed))
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
      if (!cfoil_intake_defer (run->intake, object->kind, object->object_id, failure->message, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
objects_step (CfoilAmazonRun *run,
              gpointer        data,
              GError        **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (!pull_kind (run, i, error))
      return FALSE;
  return TRUE;
}

gboolean
cfoil_amazon_pull_objects (CfoilAmazonRun *run,
                           GError        **error)
{
  return cfoil_amazon_run_feed (run, "objects", objects_step, NULL, error);
}
