/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* One of a few, kept in a setting: what the setting says, and how it is called. */
typedef struct
{
  const char *value;
  const char *title; /* N_() */
} CfoilChoice;

/* KEY of SETTINGS is a string.  LABEL (translated): for who cannot see it. */
GtkWidget *cfoil_choice_new_drop_down (GSettings         *settings,
                                       const char        *key,
                                       const CfoilChoice *choices,
                                       guint              n_choices,
                                       const char        *label);
/* The same as buttons beside each other. */
GtkWidget *cfoil_choice_new_tabs (GSettings         *settings,
                                  const char        *key,
                                  const CfoilChoice *choices,
                                  guint              n_choices,
                                  const char        *label);

G_END_DECLS
