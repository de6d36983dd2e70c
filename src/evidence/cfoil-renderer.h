/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>
#include <gio/gio.h>

#include "cfoil-dispute.h"

G_BEGIN_DECLS

/* Foreign files are opened by one program only, counterfoil-render, which runs with
 * limits of memory and time, writes nothing but the packet, and is killed when it does
 * not answer.  It has no network where the system allows user namespaces, no TCP where it
 * has Landlock (Linux 6.7); it can read what its user can.  Functions block and belong to
 * worker threads. */

/* Found beside the program, or by the environment variable COUNTERFOIL_RENDER. */
char *cfoil_renderer_find (void);

/* What is in a file.  Short names of problems: "encrypted", "broken", "too-many-pages"
 * (above CFOIL_RENDERER_MAX_PAGES), "too-large" (an image above
 * CFOIL_RENDERER_MAX_PIXELS), "timeout", "crashed", "empty", "unsupported". */
#define CFOIL_RENDERER_MAX_PAGES 500
#define CFOIL_RENDERER_MAX_PIXELS (G_GINT64_CONSTANT (100) * 1000 * 1000)

typedef struct
{
  gint64 n_pages;          /* CFOIL_UNKNOWN where that has no meaning */
  gint64 width, height;    /* of an image in pixels, of a PDF's first page in points */
  char *problem;           /* (nullable) */
  gboolean has_scripts;    /* these are dropped when it is merged */
  gboolean has_links;
  gboolean has_forms;
  gboolean has_attachments;
  guint n_card_numbers;    /* in the text of a PDF or of a csv, that pass the Luhn test */
  char *card_pages;        /* (nullable): "2, 5" */
  gboolean is_truncated;   /* an image that ends too early or is damaged: what there is is drawn */
} CfoilInspection;
void cfoil_inspection_free (CfoilInspection *self);

/* What the file does to the program is a problem of the file; an error is only that there
 * is no file or no program (G_IO_ERROR_NOT_FOUND), or G_IO_ERROR_CANCELLED. */
CfoilInspection *cfoil_renderer_inspect_sync (const char   *path,
                                              const char   *file_type,
                                              GCancellable *cancellable,
                                              GError      **error);
/* As JSON for evidence_file.findings, and back; NULL is all nothing. */
char *cfoil_inspection_to_json (const CfoilInspection *self);
CfoilInspection *cfoil_inspection_from_json (const char *json);

/* One page as pixels (CAIRO_FORMAT_RGB24), WIDTH pixels wide or less (an image is not
 * enlarged).  CFOIL_INPUT_ERROR_SYNTAX: it cannot be drawn; G_IO_ERROR_TIMED_OUT,
 * _BROKEN_PIPE (it crashed), _NOT_FOUND (no file, no program), _CANCELLED. */
cairo_surface_t *cfoil_renderer_draw_sync (const char   *path,
                                           const char   *file_type,
                                           guint         page,
                                           guint         width,
                                           GCancellable *cancellable,
                                           GError      **error);

/* Card numbers in TEXT: 13 to 19 digits that begin as cards do (2 to 6) and pass the Luhn
 * test, without separators or in the groups that are printed on cards. */
guint cfoil_count_card_numbers (const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilInspection, cfoil_inspection_free)

G_END_DECLS
