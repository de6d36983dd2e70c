/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-settlement-filters.h"

#include <glib/gi18n.h>

static const struct
{
  const char *text, *title;
} periods[] = {
  { "all", N_ ("All Time") },         { "thismonth", N_ ("This Month") }, { "lastmonth", N_ ("Last Month") },
  { "thisquarter", N_ ("This Quarter") }, { "lastquarter", N_ ("Last Quarter") },
  { "thisyear", N_ ("This Year") },   { "lastyear", N_ ("Last Year") },
};

void
cfoil_settlement_filters_fill (GtkDropDown *period,
                               GtkDropDown *shown)
{
  g_autoptr (GtkStringList) all = gtk_string_list_new (NULL);
  g_autoptr (GtkStringList) days = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (periods); i++)
    gtk_string_list_append (days, gettext (periods[i].title));
  gtk_string_list_append (all, _ ("All Settlements"));
  gtk_string_list_append (all, _ ("What Differs"));
  gtk_string_list_append (all, _ ("Not Paid Out Yet"));
  gtk_string_list_append (all, _ ("Differs at the Bank"));
  gtk_drop_down_set_model (period, G_LIST_MODEL (days));
  gtk_drop_down_set_model (shown, G_LIST_MODEL (all));
}

const char *
cfoil_settlement_filters_get_period (GtkDropDown *period)
{
  return periods[gtk_drop_down_get_selected (period)].text;
}
