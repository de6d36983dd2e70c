/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-packet-layout-private.h"

#include "cfoil-renderer.h"

G_DEFINE_BOXED_TYPE (CfoilPacketLayout, cfoil_packet_layout, cfoil_packet_layout_ref, cfoil_packet_layout_unref)

static void
text_free (gpointer data)
{
  CfoilPacketText *text = data;

  g_free (text->text);
  g_free (text);
}

static void
sheet_free (gpointer data)
{
  CfoilPacketSheet *sheet = data;

  g_free (sheet->label);
  g_free (sheet->note);
  g_ptr_array_unref (sheet->texts);
  g_array_unref (sheet->rules);
  g_free (sheet);
}

CfoilPacketSheet *
cfoil_packet_sheet_new (CfoilPacketLayout  *self,
                        CfoilPacketPageKind kind,
                        const char         *label)
{
  CfoilPacketSheet *sheet = g_new0 (CfoilPacketSheet, 1);

  sheet->page.kind = kind;
  sheet->label = label != NULL ? g_strdup (label) : g_strdup_printf ("%u", self->sheets->len + 1);
  sheet->page.label = sheet->label;
  sheet->texts = g_ptr_array_new_with_free_func (text_free);
  sheet->rules = g_array_new (FALSE, FALSE, sizeof (double));
  g_ptr_array_add (self->sheets, sheet);
  return sheet;
}

void
cfoil_packet_sheet_add (CfoilPacketSheet      *sheet,
                        const CfoilPacketText *text)
{
  CfoilPacketText *copy = g_memdup2 (text, sizeof *text);

  copy->text = g_strdup (text->text);
  if (copy->n_lines == 0)
    copy->n_lines = G_MAXUINT;
  g_ptr_array_add (sheet->texts, copy);
}

guint
cfoil_packet_item_get_n_pages (const CfoilPacketItem *item)
{
  if (!item->is_page)
    return 0;
  if (!item->is_known || item->file->problem != NULL || item->file->n_pages <= 0)
    return 1;
  return MIN (item->file->n_pages, CFOIL_RENDERER_MAX_PAGES);
}

/* --- exhibits --- */

static const char *
problem_in_words (const char *problem)
{
  static const struct { const char *problem, *words; } all[] = {
    { "encrypted", "it is protected by a password" },
    { "broken", "it is damaged" },
    { "too-many-pages", "it has too many pages" },
    { "too-large", "it has too many pixels" },
    { "timeout", "it took too long to open" },
    { "crashed", "it is damaged" },
    { "empty", "it is empty" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    if (g_str_equal (problem, all[i].problem))
      return all[i].words;
  return "it is of a kind that cannot be shown";
}

static char *
note_of (const CfoilPacketItem *item)
{
  if (!item->is_known)
    return g_strdup_printf ("The file “%s” is missing.", item->name);
  if (item->file->problem != NULL)
    return g_strdup_printf ("The file “%s” cannot be shown: %s.", item->name, problem_in_words (item->file->problem));
  if (item->file->n_pages <= 0)
    return g_strdup_printf ("The file “%s” has not been looked at yet.", item->name);
  return NULL;
}

static void
add_exhibit_page (CfoilPacketLayout        *self,
                  const CfoilPacketExhibit *exhibit,
                  const CfoilPacketItem    *item,
                  guint                     file_page,
                  const char               *label)
{
  CfoilPacketSheet *sheet = cfoil_packet_sheet_new (self, CFOIL_PAGE_EXHIBIT, label);

  sheet->page.exhibit_id = exhibit->id;
  sheet->page.file = item->file;
  sheet->page.file_page = file_page;
  sheet->note = note_of (item);
  sheet->is_foreign = sheet->note == NULL;
  cfoil_packet_sheet_add (sheet, &(CfoilPacketText) {
    .font = CFOIL_PACKET_FONT_SMALL_STRONG, .x = CFOIL_PACKET_BOX_X, .y = 26, .width = 88, .max_lines = 1, .text = sheet->label,
  });
  cfoil_packet_sheet_add (sheet, &(CfoilPacketText) {
    .font = CFOIL_PACKET_FONT_SMALL, .x = CFOIL_PACKET_BOX_X + 92, .y = 26, .width = CFOIL_PACKET_BOX_WIDTH - 92, .max_lines = 1,
    .text = *exhibit->caption != '\0' ? exhibit->caption : exhibit->type,
  });
}

void
cfoil_packet_layout_add_exhibits (CfoilPacketLayout *self)
{
  for (guint i = 0; i < self->content->exhibits->len; i++)
    {
      const CfoilPacketExhibit *exhibit = g_ptr_array_index (self->content->exhibits, i);
      guint n_all = 0;
      guint n = 0;

      for (guint j = 0; j < exhibit->items->len; j++)
        n_all += cfoil_packet_item_get_n_pages (g_ptr_array_index (exhibit->items, j));
      for (guint j = 0; j < exhibit->items->len; j++)
        {
          const CfoilPacketItem *item = g_ptr_array_index (exhibit->items, j);
          guint n_pages = cfoil_packet_item_get_n_pages (item);

          for (guint k = 0; k < n_pages; k++)
            {
              g_autofree char *label = NULL;

              n++;
              label = n_all == 1 ? g_strdup_printf ("Exhibit %s", exhibit->letter) : g_strdup_printf ("Exhibit %s-%u", exhibit->letter, n);
              add_exhibit_page (self, exhibit, item, k, label);
            }
        }
    }
}

/* --- the whole --- */

static void
add_footers (CfoilPacketLayout *self)
{
  for (guint i = 0; i < self->sheets->len; i++)
    {
      CfoilPacketSheet *sheet = g_ptr_array_index (self->sheets, i);
      double margin = sheet->page.kind == CFOIL_PAGE_EXHIBIT ? CFOIL_PACKET_BOX_X : CFOIL_PACKET_MARGIN;
      double width = CFOIL_PACKET_WIDTH - 2 * margin;
      g_autofree char *number = g_strdup_printf ("Page %u of %u", i + 1, self->sheets->len);
      g_autofree char *reference = g_strdup_printf ("Case %s", self->content->reference);

      cfoil_packet_sheet_add (sheet, &(CfoilPacketText) {
        .font = CFOIL_PACKET_FONT_SMALL, .x = margin, .y = CFOIL_PACKET_FOOTER, .width = width, .is_grey = TRUE, .max_lines = 1,
        .alignment = PANGO_ALIGN_RIGHT, .text = number,
      });
      if (*self->content->reference != '\0')
        cfoil_packet_sheet_add (sheet, &(CfoilPacketText) {
          .font = CFOIL_PACKET_FONT_SMALL, .x = margin, .y = CFOIL_PACKET_FOOTER, .width = width - 90, .is_grey = TRUE, .max_lines = 1,
          .text = reference,
        });
    }
}

/* FNV-1a */
static void
add_to_key (guint64      *key,
            gconstpointer bytes,
            gsize         length)
{
  for (gsize i = 0; i < length; i++)
    *key = (*key ^ ((const guint8 *) bytes)[i]) * G_GUINT64_CONSTANT (0x100000001b3);
}

static void
add_string_to_key (guint64    *key,
                   const char *string)
{
  if (string != NULL)
    add_to_key (key, string, strlen (string));
  add_to_key (key, "", 1);
}

static void
set_key (CfoilPacketSheet *sheet)
{
  guint64 key = G_GUINT64_CONSTANT (0xcbf29ce484222325);

  for (guint i = 0; i < sheet->texts->len; i++)
    {
      const CfoilPacketText *text = g_ptr_array_index (sheet->texts, i);
      double place[] = { text->x, text->y, text->width };
      guint how[] = { text->font, text->first_line, text->n_lines, text->max_lines };

      add_to_key (&key, place, sizeof place);
      add_to_key (&key, how, sizeof how);
      add_string_to_key (&key, text->text);
    }
  add_to_key (&key, sheet->rules->data, sheet->rules->len * sizeof (double));
  add_string_to_key (&key, sheet->note);
  if (sheet->page.file != NULL)
    {
      add_string_to_key (&key, sheet->page.file->sha256);
      add_to_key (&key, &sheet->page.file_page, sizeof sheet->page.file_page);
    }
  sheet->key = key;
}

CfoilPacketLayout *
cfoil_packet_layout_new_for_content (CfoilPacketContent *content,
                                     guint               image_level)
{
  CfoilPacketLayout *self = g_new0 (CfoilPacketLayout, 1);
  PangoContext *context = cfoil_packet_text_context ();

  self->ref_count = 1;
  self->content = content;
  self->image_level = MIN (image_level, CFOIL_IMAGE_LEVELS - 1);
  self->sheets = g_ptr_array_new_with_free_func (sheet_free);
  self->sentence_pages = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  cfoil_packet_layout_add_letter (self, context);
  if (content->exhibits->len > 0)
    cfoil_packet_layout_add_index (self, context);
  cfoil_packet_layout_add_exhibits (self);
  add_footers (self);
  for (guint i = 0; i < self->sheets->len; i++)
    set_key (g_ptr_array_index (self->sheets, i));
  g_object_unref (context);
  return self;
}

CfoilPacketLayout *
cfoil_packet_layout_new (const CfoilDraft  *draft,
                         const CfoilLetter *letter,
                         GPtrArray         *files,
                         guint              image_level)
{
  return cfoil_packet_layout_new_for_content (cfoil_packet_content_new (draft, letter, files), image_level);
}

CfoilPacketLayout *
cfoil_packet_layout_ref (CfoilPacketLayout *self)
{
  g_atomic_int_inc (&self->ref_count);
  return self;
}

void
cfoil_packet_layout_unref (CfoilPacketLayout *self)
{
  if (self == NULL || !g_atomic_int_dec_and_test (&self->ref_count))
    return;
  cfoil_packet_content_free (self->content);
  g_ptr_array_unref (self->sheets);
  g_hash_table_unref (self->sentence_pages);
  g_free (self);
}

const CfoilPacketContent *
cfoil_packet_layout_get_content (const CfoilPacketLayout *self)
{
  return self->content;
}

guint
cfoil_packet_layout_get_image_level (const CfoilPacketLayout *self)
{
  return self->image_level;
}

guint
cfoil_packet_layout_get_n_pages (const CfoilPacketLayout *self)
{
  return self->sheets->len;
}

const CfoilPacketPage *
cfoil_packet_layout_get_page (const CfoilPacketLayout *self,
                              guint                    page)
{
  const CfoilPacketSheet *sheet;

  g_return_val_if_fail (page < self->sheets->len, NULL);
  sheet = g_ptr_array_index (self->sheets, page);
  return &sheet->page;
}

guint64
cfoil_packet_layout_get_page_key (const CfoilPacketLayout *self,
                                  guint                    page)
{
  const CfoilPacketSheet *sheet;

  g_return_val_if_fail (page < self->sheets->len, 0);
  sheet = g_ptr_array_index (self->sheets, page);
  return sheet->key;
}

gboolean
cfoil_packet_layout_page_is_foreign (const CfoilPacketLayout *self,
                                     guint                    page)
{
  const CfoilPacketSheet *sheet;

  g_return_val_if_fail (page < self->sheets->len, FALSE);
  sheet = g_ptr_array_index (self->sheets, page);
  return sheet->is_foreign;
}

void
cfoil_packet_layout_get_size (const CfoilPacketLayout *self,
                              double                  *width,
                              double                  *height)
{
  *width = CFOIL_PACKET_WIDTH;
  *height = CFOIL_PACKET_HEIGHT;
}

guint
cfoil_packet_layout_get_n_unknown_glyphs (const CfoilPacketLayout *self)
{
  return self->n_unknown_glyphs;
}

int
cfoil_packet_layout_find_sentence (const CfoilPacketLayout *self,
                                   const char              *sentence_id)
{
  return GPOINTER_TO_INT (g_hash_table_lookup (self->sentence_pages, sentence_id)) - 1;
}

/* --- painting --- */

static void
draw_note (PangoContext *context,
           const char   *note,
           cairo_t      *cr)
{
  cfoil_packet_text_draw (context, &(CfoilPacketText) {
    .font = CFOIL_PACKET_FONT_BODY, .x = CFOIL_PACKET_MARGIN, .y = CFOIL_PACKET_HEIGHT / 3, .width = CFOIL_PACKET_COLUMN,
    .alignment = PANGO_ALIGN_CENTER, .n_lines = G_MAXUINT, .is_grey = TRUE, .text = (char *) note,
  }, cr);
}

static void
draw_rule (cairo_t *cr,
           double   x,
           double   y)
{
  cairo_set_source_rgb (cr, 0.6, 0.6, 0.6);
  cairo_set_line_width (cr, 0.5);
  cairo_move_to (cr, x, y);
  cairo_line_to (cr, CFOIL_PACKET_WIDTH - x, y);
  cairo_stroke (cr);
}

static gboolean
draw_foreign (const CfoilPacketSheet *sheet,
              cairo_t                *cr,
              CfoilForeignFunc        foreign,
              gpointer                user_data)
{
  gboolean drawn;

  cairo_save (cr);
  cairo_translate (cr, CFOIL_PACKET_BOX_X, CFOIL_PACKET_BOX_Y);
  cairo_rectangle (cr, 0, 0, CFOIL_PACKET_BOX_WIDTH, CFOIL_PACKET_BOX_HEIGHT);
  cairo_clip (cr);
  drawn = foreign != NULL && foreign (&sheet->page, cr, CFOIL_PACKET_BOX_WIDTH, CFOIL_PACKET_BOX_HEIGHT, user_data);
  cairo_restore (cr);
  return drawn;
}

void
cfoil_packet_layout_paint (const CfoilPacketLayout *self,
                           guint                    page,
                           cairo_t                 *cr,
                           CfoilForeignFunc         foreign,
                           gpointer                 user_data)
{
  PangoContext *context;
  const CfoilPacketSheet *sheet;

  g_return_if_fail (page < self->sheets->len);
  sheet = g_ptr_array_index (self->sheets, page);
  context = cfoil_packet_text_context ();
  if (sheet->note != NULL)
    draw_note (context, sheet->note, cr);
  else if (sheet->is_foreign && !draw_foreign (sheet, cr, foreign, user_data))
    draw_note (context, "This page could not be drawn.", cr);
  for (guint i = 0; i < sheet->rules->len; i++)
    draw_rule (cr, CFOIL_PACKET_MARGIN, g_array_index (sheet->rules, double, i));
  if (sheet->page.kind == CFOIL_PAGE_EXHIBIT)
    draw_rule (cr, CFOIL_PACKET_BOX_X, CFOIL_PACKET_BOX_Y - 7);
  for (guint i = 0; i < sheet->texts->len; i++)
    cfoil_packet_text_draw (context, g_ptr_array_index (sheet->texts, i), cr);
  g_object_unref (context);
}

void
cfoil_packet_fit (double  box_width,
                  double  box_height,
                  double  width,
                  double  height,
                  double  max_scale,
                  double *x,
                  double *y,
                  double *scale)
{
  *scale = MIN (MIN (box_width / width, box_height / height), max_scale);
  *x = (box_width - width * *scale) / 2;
  *y = MIN ((box_height - height * *scale) / 2, 24);
}
