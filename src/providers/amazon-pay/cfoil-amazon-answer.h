/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-amazon-pull.h"
#include "cfoil-dispute.h"

G_BEGIN_DECLS

/* Answers to disputes: files first, then what is said, each step exactly once
 * (see cfoil_provider_answer_dispute ()). */
gboolean cfoil_amazon_answer_dispute (CfoilAmazonRun    *run,
                                      const CfoilAnswer *answer,
                                      GError           **error);

G_END_DECLS
