/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <pango/pangocairo.h>

#include "cfoil-letter.h"
#include "cfoil-limits.h"

G_BEGIN_DECLS

/* The packet: one PDF with the letter, an index of the exhibits, and the exhibits page
 * by page, made of a draft.  A layout knows every page without drawing one, is made
 * within milliseconds, and is immutable; the same layout draws the file and the preview.
 * A4 or Letter (by the destination's country; A4 unless said), PDF 1.4 fonts embedded,
 * no date but the letter's: the same draft gives the same bytes. */

/* A file of the draft as the packet needs it. */
typedef struct
{
  char *sha256;
  char *path;        /* in the mirror */
  char *file_type;
  gint64 n_bytes;
  gint64 n_pages;    /* CFOIL_UNKNOWN: not inspected as yet, drawn as one page that says so */
  gint64 width, height;
  char *problem;     /* (nullable): it cannot be drawn */
} CfoilPacketFile;
CfoilPacketFile *cfoil_packet_file_copy (const CfoilPacketFile *self);
void cfoil_packet_file_free (CfoilPacketFile *self);

#define CFOIL_TYPE_PACKET_LAYOUT (cfoil_packet_layout_get_type ())
typedef struct _CfoilPacketLayout CfoilPacketLayout;

typedef enum { CFOIL_PAGE_LETTER, CFOIL_PAGE_INDEX, CFOIL_PAGE_EXHIBIT } CfoilPacketPageKind;

typedef struct
{
  CfoilPacketPageKind kind;
  const char *label;        /* "1", "Exhibit A-2" */
  const char *exhibit_id;   /* (nullable) */
  const CfoilPacketFile *file; /* (nullable): of an exhibit */
  guint file_page;          /* from 0 */
} CfoilPacketPage;

/* FILES (element-type CfoilPacketFile): those that the draft names.  IMAGE_LEVEL: see
 * below.  Any thread. */
CfoilPacketLayout *cfoil_packet_layout_new (const CfoilDraft  *draft,
                                            const CfoilLetter *letter,
                                            GPtrArray         *files,
                                            guint              image_level);
GType cfoil_packet_layout_get_type (void);
CfoilPacketLayout *cfoil_packet_layout_ref (CfoilPacketLayout *self);
void cfoil_packet_layout_unref (CfoilPacketLayout *self);

guint cfoil_packet_layout_get_n_pages (const CfoilPacketLayout *self);
const CfoilPacketPage *cfoil_packet_layout_get_page (const CfoilPacketLayout *self,
                                                     guint                    page);
/* The same key, the same picture, but for what a foreign file holds under its hash. */
guint64 cfoil_packet_layout_get_page_key (const CfoilPacketLayout *self,
                                          guint                    page);
/* A file is drawn on it; else it is ours altogether, even if it stands for a file. */
gboolean cfoil_packet_layout_page_is_foreign (const CfoilPacketLayout *self,
                                              guint                    page);
void cfoil_packet_layout_get_size (const CfoilPacketLayout *self,
                                   double                  *width,
                                   double                  *height); /* in points */
/* Characters that no installed font can draw. */
guint cfoil_packet_layout_get_n_unknown_glyphs (const CfoilPacketLayout *self);
/* Where a sentence stands, for showing it: its first page; -1: nowhere. */
int cfoil_packet_layout_find_sentence (const CfoilPacketLayout *self,
                                       const char              *sentence_id);

/* Draws what foreign files hold into the box 0, 0, WIDTH, HEIGHT of CR, which is set up
 * for that.  FALSE: it cannot be drawn; a note is drawn instead. */
typedef gboolean (*CfoilForeignFunc) (const CfoilPacketPage *page,
                                      cairo_t               *cr,
                                      double                 width,
                                      double                 height,
                                      gpointer               user_data);
void cfoil_packet_layout_paint (const CfoilPacketLayout *self,
                                guint                    page,
                                cairo_t                 *cr,
                                CfoilForeignFunc         foreign,
                                gpointer                 user_data);

/* How WIDTH x HEIGHT is placed in a box: whole, in the middle, near the top, and
 * enlarged MAX_SCALE times at most. */
void cfoil_packet_fit (double  box_width,
                       double  box_height,
                       double  width,
                       double  height,
                       double  max_scale,
                       double *x,
                       double *y,
                       double *scale);

/* --- images, re-compressed only when they must be: the ladder --- */
/* 0: as they are.  1: JPEG of quality 80, at most 3,000 pixels on the longer side.
 * 2: 60, 2,000.  3: 40, 1,200.  Nothing beyond. */
#define CFOIL_IMAGE_LEVELS 4

/* --- making the file, in a process of its own (counterfoil-render) --- */

typedef struct
{
  char *sha256;
  gint64 n_bytes;
  guint n_pages;
  guint image_level;       /* the lowest at which it fits */
  GPtrArray *reduced;      /* sha256 of images that were re-compressed (char *); at level 0 only those
                              that are cut or damaged, which readers would not take as they are */
  GPtrArray *failed;       /* CfoilPacketFailure */
  gboolean fits;           /* FALSE: not even at the last level */
} CfoilPacketResult;

typedef struct
{
  char *sha256;            /* of the foreign file */
  guint page;              /* from 0 */
  char *message;           /* English */
} CfoilPacketFailure;

void cfoil_packet_result_free (CfoilPacketResult *result);

/* What is left for the packet, in bytes: it must fit as a file, and with those of FILES
 * (element-type CfoilPacketFile) that travel beside it.  CFOIL_UNKNOWN: no limit. */
gint64 cfoil_packet_get_room (const CfoilLimits *limits,
                              GPtrArray         *files);

/* Makes the packet as PATH (replaced as a whole), trying level after level until it has
 * at most MAX_BYTES (CFOIL_UNKNOWN: no limit).  Blocks, for a worker thread; PROGRESS
 * (nullable) is called on it, and begins at 0 again when another try is needed.  Foreign files are read only by the process that draws
 * them; whatever they do to it, this function returns: a page that cannot be drawn
 * within its limits of time and memory is a failure, and the rest goes on. */
typedef void (*CfoilPacketProgressFunc) (guint    done,
                                         guint    total,
                                         gpointer user_data);
CfoilPacketResult *cfoil_packet_build_sync (const CfoilDraft       *draft,
                                            const CfoilLetter      *letter,
                                            GPtrArray              *files,
                                            gint64                  max_bytes,
                                            const char             *path,
                                            CfoilPacketProgressFunc progress,
                                            gpointer                user_data,
                                            GCancellable           *cancellable,
                                            GError                **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilPacketLayout, cfoil_packet_layout_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilPacketResult, cfoil_packet_result_free)

G_END_DECLS
