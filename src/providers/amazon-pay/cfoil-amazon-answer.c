/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-amazon-answer.h"

#include "cfoil-error.h"

gboolean
cfoil_amazon_answer_dispute (CfoilAmazonRun    *run,
                             const CfoilAnswer *answer,
                             GError           **error)
{
  g_propagate_error (error, cfoil_provider_error_new (CFOIL_PROVIDER_ERROR_UNSUPPORTED, 0, NULL, NULL,
                                                      "Disputes cannot be answered as yet"));
  return FALSE;
}
