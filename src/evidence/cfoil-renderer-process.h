/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* counterfoil-render, run once.  What it writes is taken within limits and not
 * believed: it has read a foreign file.  Blocking, for the thread that started it (the
 * child dies with that thread). */
typedef struct _CfoilRendererProcess CfoilRendererProcess;

/* In its environment: the number of the process that it is not to outlive. */
#define CFOIL_RENDERER_PARENT "COUNTERFOIL_RENDER_PARENT"

/* INPUT (nullable) is what it reads.  G_IO_ERROR_NOT_FOUND: there is no such program. */
CfoilRendererProcess *cfoil_renderer_process_new (const char *const *arguments,
                                                  const char        *input,
                                                  GError           **error);
/* Kills it if it still runs. */
void cfoil_renderer_process_free (CfoilRendererProcess *self);

/* The next line, without its end.  NULL: it has ended (*ERROR is not set when it ended
 * well), or it said nothing for TIMEOUT_MS (G_IO_ERROR_TIMED_OUT), or it died
 * (G_IO_ERROR_BROKEN_PIPE), or was cancelled. */
char *cfoil_renderer_process_read_line (CfoilRendererProcess *self,
                                        guint                 timeout_ms,
                                        GCancellable         *cancellable,
                                        GError              **error);
/* Exactly LENGTH bytes, in all within TIMEOUT_MS. */
gboolean cfoil_renderer_process_read_bytes (CfoilRendererProcess *self,
                                            guchar               *bytes,
                                            gsize                 length,
                                            guint                 timeout_ms,
                                            GCancellable         *cancellable,
                                            GError              **error);
/* After a G_IO_ERROR_BROKEN_PIPE: it was killed by somebody else (or for want of
 * memory), which says little about the file. */
gboolean cfoil_renderer_process_was_killed (CfoilRendererProcess *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilRendererProcess, cfoil_renderer_process_free)

G_END_DECLS
