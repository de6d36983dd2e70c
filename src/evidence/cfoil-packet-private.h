/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "cfoil-packet.h"

G_BEGIN_DECLS

/* What stands in a packet, without where: made of a draft, or read back from the text
 * in which the process that makes the file gets it.  So both lay out the same. */

typedef enum
{
  CFOIL_PACKET_ADDRESS, /* lines that belong together */
  CFOIL_PACKET_SUBJECT,
  CFOIL_PACKET_BODY,
  CFOIL_PACKET_LIST,    /* lines of a list */
} CfoilPacketStyle;

typedef struct
{
  CfoilPacketStyle style;
  gboolean is_close;    /* little room above: it goes with the one before */
  char *text;           /* plain, valid UTF-8, lines ended by \n */
  GPtrArray *ids;       /* char *: of the sentences in it */
  GArray *offsets;      /* guint: where in the text each of them begins */
} CfoilPacketParagraph;

typedef struct
{
  char *name;
  gboolean is_page;
  gboolean is_known;    /* the file is in the mirror */
  CfoilPacketFile *file;
} CfoilPacketItem;

typedef struct
{
  char *id;
  char *letter;         /* "A" */
  char *type;           /* English, for people */
  char *caption;        /* one line */
  GPtrArray *items;     /* CfoilPacketItem */
} CfoilPacketExhibit;

typedef struct
{
  char *title;          /* of the PDF */
  char *author;
  char *reference;      /* the case's, in the footer; "" */
  char *date;           /* of the letter, YYYY-MM-DDThh:mm:ssZ */
  GPtrArray *paragraphs;
  GPtrArray *exhibits;
} CfoilPacketContent;

CfoilPacketContent *cfoil_packet_content_new (const CfoilDraft  *draft,
                                              const CfoilLetter *letter,
                                              GPtrArray         *files);
void cfoil_packet_content_free (CfoilPacketContent *self);
JsonNode *cfoil_packet_content_to_json (const CfoilPacketContent *self);
/* Only what the above wrote; CFOIL_INPUT_ERROR_SYNTAX. */
CfoilPacketContent *cfoil_packet_content_from_json (JsonNode *node,
                                                    GError  **error);

/* Takes CONTENT. */
CfoilPacketLayout *cfoil_packet_layout_new_for_content (CfoilPacketContent *content,
                                                        guint               image_level);
const CfoilPacketContent *cfoil_packet_layout_get_content (const CfoilPacketLayout *self);
guint cfoil_packet_layout_get_image_level (const CfoilPacketLayout *self);

/* --- text on a page --- */

typedef enum
{
  CFOIL_PACKET_FONT_BODY,
  CFOIL_PACKET_FONT_STRONG,
  CFOIL_PACKET_FONT_TITLE,
  CFOIL_PACKET_FONT_SMALL,
  CFOIL_PACKET_FONT_SMALL_STRONG,
} CfoilPacketFont;

/* Lines of a text at a place.  MAX_LINES: cut with an ellipsis after so many, 0: not. */
typedef struct
{
  CfoilPacketFont font;
  double x, y, width;
  gboolean is_grey;
  gboolean is_list;     /* further lines begin further right */
  PangoAlignment alignment;
  guint max_lines;
  guint first_line, n_lines; /* drawn; G_MAXUINT: all */
  char *text;
} CfoilPacketText;

/* All text of packets is laid out by this: no setting of desktop, screen, language or
 * zone has a part in it.  One per thread. */
PangoContext *cfoil_packet_text_context (void);
PangoLayout *cfoil_packet_text_layout (PangoContext          *context,
                                       const CfoilPacketText *text);
void cfoil_packet_text_draw (PangoContext          *context,
                             const CfoilPacketText *text,
                             cairo_t               *cr);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilPacketContent, cfoil_packet_content_free)

G_END_DECLS
