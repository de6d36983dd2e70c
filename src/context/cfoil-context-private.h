/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-context.h"

/* The provider of an account, with its key from wherever it is kept. */
CfoilProvider *_cfoil_context_open_provider (CfoilContext       *self,
                                             const CfoilAccount *account,
                                             GCancellable       *cancellable,
                                             GError            **error);

/* Imported files need no key: what they hold is read without asking anybody. */
CfoilProvider *_cfoil_context_open_keyless_provider (const CfoilAccount *account,
                                                     GError            **error);
