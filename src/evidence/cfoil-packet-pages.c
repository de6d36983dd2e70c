/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-packet-layout-private.h"

/* The pages that are ours: the letter and the index of exhibits. */

#define GAP 9.0            /* between paragraphs */
#define CLOSE_GAP 3.6      /* between those that belong together: as between lines */
#define INDEX_LETTER 40.0  /* widths of the index's columns */
#define INDEX_PAGES 64.0
#define INDEX_MIDDLE (CFOIL_PACKET_COLUMN - INDEX_LETTER - INDEX_PAGES - 12)
#define MAX_CAPTION_LINES 6
#define MAX_FILES_SHOWN 20 /* files of one exhibit that the index names */

/* --- the letter --- */

typedef struct
{
  CfoilPacketLayout *layout;
  PangoContext *context;
  CfoilPacketSheet *sheet;
  double y;
} Pen;

static void
new_page (Pen                *pen,
          CfoilPacketPageKind kind)
{
  pen->sheet = cfoil_packet_sheet_new (pen->layout, kind, NULL);
  pen->y = CFOIL_PACKET_MARGIN;
}

/* Tops of the lines of LAYOUT, and its end: one more than there are lines. */
static GArray *
read_tops (PangoLayout *layout)
{
  GArray *tops = g_array_new (FALSE, FALSE, sizeof (double));
  PangoLayoutIter *iter = pango_layout_get_iter (layout);
  double end = 0;

  do
    {
      PangoRectangle logical;
      double top;

      pango_layout_iter_get_line_extents (iter, NULL, &logical);
      top = (double) logical.y / PANGO_SCALE;
      end = (double) (logical.y + logical.height) / PANGO_SCALE;
      g_array_append_val (tops, top);
    }
  while (pango_layout_iter_next_line (iter));
  pango_layout_iter_free (iter);
  g_array_append_val (tops, end);
  return tops;
}

/* How many lines from FIRST on fit above the margin; never one line alone at the end or
 * the beginning of a page. */
static guint
count_fitting (const Pen *pen,
               GArray    *tops,
               guint      first,
               gboolean   page_is_empty)
{
  guint n_lines = tops->len - 1;
  guint n = 0;

  while (first + n < n_lines
         && pen->y + g_array_index (tops, double, first + n + 1) - g_array_index (tops, double, first) <= CFOIL_PACKET_BOTTOM)
    n++;
  if (first + n == n_lines)
    return n;
  if (n > 1 && first + n + 1 == n_lines)
    n--;
  if (n < 2 && !page_is_empty)
    return 0;
  return MAX (n, page_is_empty ? 1 : 0);
}

static void
note_sentences (Pen                        *pen,
                const CfoilPacketParagraph *paragraph,
                PangoLayout                *layout,
                guint                       first,
                guint                       n)
{
  for (guint i = 0; i < paragraph->ids->len; i++)
    {
      const char *id = g_ptr_array_index (paragraph->ids, i);
      int line;

      pango_layout_index_to_line_x (layout, g_array_index (paragraph->offsets, guint, i), FALSE, &line, NULL);
      if ((guint) line >= first && (guint) line < first + n && !g_hash_table_contains (pen->layout->sentence_pages, id))
        g_hash_table_insert (pen->layout->sentence_pages, g_strdup (id), GINT_TO_POINTER (pen->layout->sheets->len));
    }
}

static void
add_paragraph (Pen                        *pen,
               const CfoilPacketParagraph *paragraph)
{
  CfoilPacketText text = {
    .font = paragraph->style == CFOIL_PACKET_SUBJECT ? CFOIL_PACKET_FONT_STRONG : CFOIL_PACKET_FONT_BODY,
    .x = CFOIL_PACKET_MARGIN, .width = CFOIL_PACKET_COLUMN, .is_list = paragraph->style == CFOIL_PACKET_LIST, .text = paragraph->text,
  };
  g_autoptr (PangoLayout) layout = cfoil_packet_text_layout (pen->context, &text);
  g_autoptr (GArray) tops = read_tops (layout);
  guint first = 0;

  pen->layout->n_unknown_glyphs += pango_layout_get_unknown_glyphs_count (layout);
  if (pen->y > CFOIL_PACKET_MARGIN)
    pen->y += paragraph->is_close ? CLOSE_GAP : paragraph->style == CFOIL_PACKET_SUBJECT ? 2 * GAP : GAP;
  while (first < tops->len - 1)
    {
      guint n = count_fitting (pen, tops, first, pen->y <= CFOIL_PACKET_MARGIN);

      if (n > 0)
        {
          text.y = pen->y;
          text.first_line = first;
          text.n_lines = n;
          cfoil_packet_sheet_add (pen->sheet, &text);
          note_sentences (pen, paragraph, layout, first, n);
          pen->y += g_array_index (tops, double, first + n) - g_array_index (tops, double, first);
          first += n;
        }
      if (first < tops->len - 1)
        new_page (pen, CFOIL_PAGE_LETTER);
    }
}

void
cfoil_packet_layout_add_letter (CfoilPacketLayout *self,
                                PangoContext      *context)
{
  Pen pen = { self, context, NULL, 0 };

  new_page (&pen, CFOIL_PAGE_LETTER);
  for (guint i = 0; i < self->content->paragraphs->len; i++)
    add_paragraph (&pen, g_ptr_array_index (self->content->paragraphs, i));
}

/* --- the index --- */

typedef struct
{
  guint sheet;  /* where the row is */
  double y;
} Row;

static double
measure (Pen             *pen,
         CfoilPacketText *text)
{
  g_autoptr (PangoLayout) layout = cfoil_packet_text_layout (pen->context, text);
  PangoRectangle logical;

  pen->layout->n_unknown_glyphs += pango_layout_get_unknown_glyphs_count (layout);
  pango_layout_get_extents (layout, NULL, &logical);
  return (double) (logical.y + logical.height) / PANGO_SCALE;
}

static char *
file_in_words (const CfoilPacketItem *item)
{
  guint n_pages = cfoil_packet_item_get_n_pages (item);

  if (n_pages == 0)
    return g_strdup_printf ("%s: sent as a separate file", item->name);
  return n_pages == 1 ? g_strdup_printf ("%s: 1 page", item->name) : g_strdup_printf ("%s: %u pages", item->name, n_pages);
}

/* The lines of the middle column: caption, type, files. */
static GPtrArray *
row_texts (const CfoilPacketExhibit *exhibit)
{
  GPtrArray *texts = g_ptr_array_new_with_free_func (g_free);
  gboolean has_caption = *exhibit->caption != '\0';

  g_ptr_array_add (texts, g_strdup (has_caption ? exhibit->caption : exhibit->type));
  if (has_caption)
    g_ptr_array_add (texts, g_strdup (exhibit->type));
  for (guint i = 0; i < MIN (exhibit->items->len, MAX_FILES_SHOWN); i++)
    g_ptr_array_add (texts, file_in_words (g_ptr_array_index (exhibit->items, i)));
  if (exhibit->items->len > MAX_FILES_SHOWN)
    g_ptr_array_add (texts, g_strdup_printf ("and %u more", exhibit->items->len - MAX_FILES_SHOWN));
  return texts;
}

static void
add_heading (Pen *pen)
{
  static const struct { double x, width; PangoAlignment alignment; const char *text; } columns[] = {
    { 0, INDEX_LETTER, PANGO_ALIGN_LEFT, "Exhibit" },
    { INDEX_LETTER + 6, INDEX_MIDDLE, PANGO_ALIGN_LEFT, "What it shows" },
    { CFOIL_PACKET_COLUMN - INDEX_PAGES, INDEX_PAGES, PANGO_ALIGN_RIGHT, "Pages" },
  };
  CfoilPacketText title = {
    .font = CFOIL_PACKET_FONT_TITLE, .x = CFOIL_PACKET_MARGIN, .y = pen->y, .width = CFOIL_PACKET_COLUMN, .text = (char *) "Exhibits",
  };
  double rule;

  cfoil_packet_sheet_add (pen->sheet, &title);
  pen->y += measure (pen, &title) + GAP;
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    cfoil_packet_sheet_add (pen->sheet, &(CfoilPacketText) {
      .font = CFOIL_PACKET_FONT_SMALL_STRONG, .x = CFOIL_PACKET_MARGIN + columns[i].x, .y = pen->y, .width = columns[i].width,
      .alignment = columns[i].alignment, .text = (char *) columns[i].text,
    });
  pen->y += 15;
  rule = pen->y;
  g_array_append_val (pen->sheet->rules, rule);
  pen->y += 5;
}

static void
add_row (Pen                      *pen,
         const CfoilPacketExhibit *exhibit,
         Row                      *row)
{
  g_autoptr (GPtrArray) strings = row_texts (exhibit);
  g_autoptr (GArray) heights = g_array_new (FALSE, FALSE, sizeof (double));
  CfoilPacketText text = { .x = CFOIL_PACKET_MARGIN + INDEX_LETTER + 6, .width = INDEX_MIDDLE, .max_lines = MAX_CAPTION_LINES };
  double height = 0;
  double y;

  for (guint i = 0; i < strings->len; i++)
    {
      double one;

      text.font = i == 0 ? CFOIL_PACKET_FONT_BODY : CFOIL_PACKET_FONT_SMALL;
      text.text = g_ptr_array_index (strings, i);
      one = measure (pen, &text);
      g_array_append_val (heights, one);
      height += one;
    }
  if (pen->y + height > CFOIL_PACKET_BOTTOM && pen->y > CFOIL_PACKET_MARGIN + 60)
    {
      new_page (pen, CFOIL_PAGE_INDEX);
      add_heading (pen);
    }
  row->sheet = pen->layout->sheets->len - 1;
  row->y = pen->y;
  cfoil_packet_sheet_add (pen->sheet, &(CfoilPacketText) {
    .font = CFOIL_PACKET_FONT_STRONG, .x = CFOIL_PACKET_MARGIN, .y = pen->y, .width = INDEX_LETTER, .max_lines = 1, .text = exhibit->letter,
  });
  y = pen->y;
  for (guint i = 0; i < strings->len; i++)
    {
      text.font = i == 0 ? CFOIL_PACKET_FONT_BODY : CFOIL_PACKET_FONT_SMALL;
      text.is_grey = i > 0;
      text.y = y;
      text.text = g_ptr_array_index (strings, i);
      cfoil_packet_sheet_add (pen->sheet, &text);
      y += g_array_index (heights, double, i);
    }
  pen->y = y + 4;
  g_array_append_val (pen->sheet->rules, pen->y);
  pen->y += 5;
}

/* The numbers of pages are known only when the index has all of its own. */
static void
add_numbers (Pen    *pen,
             GArray *rows)
{
  guint page = pen->layout->sheets->len + 1;

  for (guint i = 0; i < rows->len; i++)
    {
      const CfoilPacketExhibit *exhibit = g_ptr_array_index (pen->layout->content->exhibits, i);
      const Row *row = &g_array_index (rows, Row, i);
      g_autofree char *numbers = NULL;
      guint n_pages = 0;

      for (guint j = 0; j < exhibit->items->len; j++)
        n_pages += cfoil_packet_item_get_n_pages (g_ptr_array_index (exhibit->items, j));
      if (n_pages == 0)
        numbers = g_strdup ("–");
      else if (n_pages == 1)
        numbers = g_strdup_printf ("%u", page);
      else
        numbers = g_strdup_printf ("%u–%u", page, page + n_pages - 1);
      page += n_pages;
      cfoil_packet_sheet_add (g_ptr_array_index (pen->layout->sheets, row->sheet), &(CfoilPacketText) {
        .font = CFOIL_PACKET_FONT_BODY, .x = CFOIL_PACKET_MARGIN + CFOIL_PACKET_COLUMN - INDEX_PAGES, .y = row->y, .width = INDEX_PAGES,
        .alignment = PANGO_ALIGN_RIGHT, .text = numbers,
      });
    }
}

void
cfoil_packet_layout_add_index (CfoilPacketLayout *self,
                               PangoContext      *context)
{
  Pen pen = { self, context, NULL, 0 };
  g_autoptr (GArray) rows = g_array_new (FALSE, TRUE, sizeof (Row));

  new_page (&pen, CFOIL_PAGE_INDEX);
  add_heading (&pen);
  g_array_set_size (rows, self->content->exhibits->len);
  for (guint i = 0; i < rows->len; i++)
    add_row (&pen, g_ptr_array_index (self->content->exhibits, i), &g_array_index (rows, Row, i));
  add_numbers (&pen, rows);
}
