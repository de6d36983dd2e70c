/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-packet-private.h"

G_BEGIN_DECLS

#define CFOIL_PACKET_WIDTH 595.0
#define CFOIL_PACKET_HEIGHT 842.0
#define CFOIL_PACKET_MARGIN 56.0
#define CFOIL_PACKET_COLUMN (CFOIL_PACKET_WIDTH - 2 * CFOIL_PACKET_MARGIN)
#define CFOIL_PACKET_BOTTOM (CFOIL_PACKET_HEIGHT - CFOIL_PACKET_MARGIN)
#define CFOIL_PACKET_FOOTER (CFOIL_PACKET_HEIGHT - 38)
/* Foreign pages get more room than our own: they were made for a whole sheet. */
#define CFOIL_PACKET_BOX_X 28.0
#define CFOIL_PACKET_BOX_Y 50.0
#define CFOIL_PACKET_BOX_WIDTH (CFOIL_PACKET_WIDTH - 2 * CFOIL_PACKET_BOX_X)
#define CFOIL_PACKET_BOX_HEIGHT (CFOIL_PACKET_HEIGHT - CFOIL_PACKET_BOX_Y - 46)

typedef struct
{
  CfoilPacketPage page;
  char *label;        /* (owned): page.label */
  GPtrArray *texts;   /* CfoilPacketText */
  GArray *rules;      /* double: y of lines across the column */
  char *note;         /* (nullable): what is drawn in place of the foreign page */
  gboolean is_foreign;
  guint64 key;
} CfoilPacketSheet;

struct _CfoilPacketLayout
{
  int ref_count;
  CfoilPacketContent *content; /* (owned) */
  guint image_level;
  GPtrArray *sheets;           /* CfoilPacketSheet */
  GHashTable *sentence_pages;  /* id to page + 1 */
  guint n_unknown_glyphs;
};

CfoilPacketSheet *cfoil_packet_sheet_new (CfoilPacketLayout  *self,
                                          CfoilPacketPageKind kind,
                                          const char         *label);
/* Its string is copied. */
void cfoil_packet_sheet_add (CfoilPacketSheet      *sheet,
                             const CfoilPacketText *text);

/* Each appends its pages; the letter first. */
void cfoil_packet_layout_add_letter (CfoilPacketLayout *self,
                                     PangoContext      *context);
void cfoil_packet_layout_add_index (CfoilPacketLayout *self,
                                    PangoContext      *context);
void cfoil_packet_layout_add_exhibits (CfoilPacketLayout *self);

guint cfoil_packet_item_get_n_pages (const CfoilPacketItem *item);

G_END_DECLS
