/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The dispute of the seed, for cfoil_case_find (). */
#define EVIDENCE_SEED_DISPUTE "P01-1111111-2222222-D000001"

/* Makes a mirror in FOLDER with one chargeback, goods that never came, whose answer is
 * being written: facts of a delivery, N_EXHIBITS exhibits of N_PAGES pages each (the first
 * has a picture, too), and a library. */
void evidence_seed (const char *folder,
                    guint       n_exhibits,
                    guint       n_pages);

G_END_DECLS
