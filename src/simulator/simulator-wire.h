/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "simulator-faults.h"

#include <libsoup/soup.h>

gboolean cfoil_sim_wire_misbehaves (const CfoilSimFault *fault);
void     cfoil_sim_wire_send       (SoupServerMessage *message, const CfoilSimFault *fault, GBytes *body);
GBytes  *cfoil_sim_gzip_bomb       (gsize blocks);
