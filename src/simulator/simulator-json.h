/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "simulator-money.h"

#include <json-glib/json-glib.h>

void        cfoil_sim_json_string  (JsonBuilder *json, const char *name, const char *value);
void        cfoil_sim_json_number  (JsonBuilder *json, const char *name, gint64 value);
void        cfoil_sim_json_boolean (JsonBuilder *json, const char *name, gboolean value);
void        cfoil_sim_json_null    (JsonBuilder *json, const char *name);
void        cfoil_sim_json_time    (JsonBuilder *json, const char *name, gint64 time);
void        cfoil_sim_json_price   (JsonBuilder *json, const char *name, gint64 minor, CfoilSimCurrency currency);
void        cfoil_sim_json_open    (JsonBuilder *json, const char *name);
void        cfoil_sim_json_list    (JsonBuilder *json, const char *name);
char       *cfoil_sim_json_text    (JsonBuilder *json);
const char *cfoil_sim_json_get     (JsonObject *object, const char *name);
JsonObject *cfoil_sim_json_object  (JsonObject *object, const char *name);
gint64      cfoil_sim_json_integer (JsonObject *object, const char *name, gint64 otherwise);
gboolean    cfoil_sim_json_flag    (JsonObject *object, const char *name);
