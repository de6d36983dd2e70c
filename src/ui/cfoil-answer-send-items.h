/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-submission.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* What goes, or went, to the provider: files with their size and hash, and texts. */
#define CFOIL_TYPE_ANSWER_SEND_ITEMS (cfoil_answer_send_items_get_type ())
G_DECLARE_FINAL_TYPE (CfoilAnswerSendItems, cfoil_answer_send_items, CFOIL, ANSWER_SEND_ITEMS, AdwBin)

CfoilAnswerSendItems *cfoil_answer_send_items_new (const char *title);
void cfoil_answer_send_items_add (CfoilAnswerSendItems      *self,
                                  const CfoilSubmissionItem *item);
/* The file at POSITION is on its way: FRACTION of it is there. */
void cfoil_answer_send_items_set_progress (CfoilAnswerSendItems *self,
                                           guint                 position,
                                           double                fraction);

G_END_DECLS
