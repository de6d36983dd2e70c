/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "simulator-service.h"

#include <libsoup/soup.h>

SoupServer *cfoil_sim_server_new (CfoilSimService *service, GTlsCertificate *certificate, guint port, gboolean quiet, GError **error);
