/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-report-pages-private.h"

#include <math.h>
#include <string.h>

/* As long as a text can get before it is cut: no page shows more of a cell. */
#define MAX_CELL_CHARS 240
/* A text is not made narrower than this to save others from becoming smaller. */
#define MIN_TEXT_WIDTH 72.0
#define MAX_WORD_WIDTH 112.0
#define NARROW_STEP 4.0
/* Down to this the whole table becomes smaller before texts break. */
#define GOOD_SCALE 0.72
/* Rows that stay together with what they sum up. */
#define MAX_KEPT_ROWS 3

static const struct
{
  double size;
  PangoWeight weight;
} fonts[] = {
  [REPORT_FONT_TITLE] = { 17, PANGO_WEIGHT_BOLD },
  [REPORT_FONT_NOTE] = { 8.5, PANGO_WEIGHT_NORMAL },
  [REPORT_FONT_HEADER] = { 8.5, PANGO_WEIGHT_BOLD },
  [REPORT_FONT_CELL] = { 8.5, PANGO_WEIGHT_NORMAL },
  [REPORT_FONT_STRONG] = { 8.5, PANGO_WEIGHT_BOLD },
  [REPORT_FONT_GROUP] = { 10, PANGO_WEIGHT_BOLD },
};

/* --- texts --- */

/* A point is a unit, and a letter is as wide on the screen as on paper. */
static PangoContext *
make_context (void)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  cairo_font_options_t *options = cairo_font_options_create ();

  pango_cairo_context_set_resolution (context, 72);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  pango_cairo_context_set_font_options (context, options);
  cairo_font_options_destroy (options);
  pango_context_set_round_glyph_positions (context, FALSE);
  return context;
}

static PangoLayout *
make_layout (PangoContext *context)
{
  PangoLayout *layout = pango_layout_new (context);
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  return layout;
}

PangoLayout *
cfoil_report_pages_lay_out (CfoilReportPages *self,
                            ReportFont        font,
                            const char       *text,
                            double            width,
                            int               n_lines)
{
  pango_layout_set_font_description (self->layout, self->fonts[font]);
  pango_layout_set_width (self->layout, width < 0 ? -1 : (int) ceil (width * PANGO_SCALE));
  pango_layout_set_ellipsize (self->layout, width < 0 ? PANGO_ELLIPSIZE_NONE : PANGO_ELLIPSIZE_END);
  pango_layout_set_height (self->layout, -n_lines);
  pango_layout_set_text (self->layout, text, -1);
  return self->layout;
}

static double
measure_width (CfoilReportPages *self,
               ReportFont        font,
               const char       *text)
{
  int width;

  pango_layout_get_size (cfoil_report_pages_lay_out (self, font, text, -1, 1), &width, NULL);
  return (double) width / PANGO_SCALE;
}

static double
measure_height (CfoilReportPages *self,
                ReportFont        font,
                const char       *text,
                double            width,
                int               n_lines)
{
  int height;

  pango_layout_get_size (cfoil_report_pages_lay_out (self, font, text, width, n_lines), NULL, &height);
  return (double) height / PANGO_SCALE;
}

/* Controls, and what turns the direction of others' text. */
static gboolean
is_unwanted (gunichar c)
{
  return g_unichar_iscntrl (c) || c == 0x2028 || c == 0x2029 || (c >= 0x202a && c <= 0x202e) ||
         (c >= 0x2066 && c <= 0x206f) || (c >= 0xe0000 && c <= 0xe007f) || c == 0xfeff;
}

static char *
clean_text (char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *out = g_string_sized_new (MIN (strlen (valid), 64));
  guint n = 0;

  g_free (text);
  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at))
    {
      if (n++ == MAX_CELL_CHARS)
        {
          g_string_append (out, "…");
          break;
        }
      if (is_unwanted (g_utf8_get_char (at)))
        g_string_append_c (out, ' ');
      else
        g_string_append_len (out, at, g_utf8_next_char (at) - at);
    }
  return g_string_free (out, FALSE);
}

const char *
cfoil_report_pages_get_cell (const CfoilReportPages *self,
                             guint                   row,
                             guint                   column)
{
  return self->cells[(gsize) row * self->n_columns + column];
}

ReportFont
cfoil_report_pages_get_font (const CfoilReportPages *self,
                             guint                   row)
{
  switch (cfoil_table_get_row_kind (self->table, row))
    {
    case CFOIL_ROW_GROUP:
      return REPORT_FONT_GROUP;
    case CFOIL_ROW_SUBTOTAL:
    case CFOIL_ROW_TOTAL:
      return REPORT_FONT_STRONG;
    case CFOIL_ROW_PLAIN:
    default:
      return REPORT_FONT_CELL;
    }
}

guint
cfoil_report_pages_get_span (const CfoilReportPages *self,
                             guint                   row,
                             guint                   column)
{
  guint end = column + 1;

  if (column > 0 || cfoil_table_get_row_kind (self->table, row) == CFOIL_ROW_PLAIN)
    return 1;
  while (end < self->n_columns && *cfoil_report_pages_get_cell (self, row, end) == '\0')
    end++;
  return end - column;
}

static void
read_cells (CfoilReportPages *self,
            GTimeZone        *zone)
{
  self->cells = g_new0 (char *, (gsize) self->n_rows * self->n_columns + 1);
  for (guint row = 0; row < self->n_rows; row++)
    for (guint i = 0; i < self->n_columns; i++)
      self->cells[(gsize) row * self->n_columns + i] = clean_text (cfoil_table_format (self->table, row, i, zone));
}

/* --- columns --- */

/* A title may break between words, not within. */
static double
measure_title (CfoilReportPages *self,
               guint             column)
{
  g_auto (GStrv) words = g_strsplit (cfoil_table_get_column (self->table, column)->title, " ", -1);
  double width = 0;

  for (guint i = 0; words[i] != NULL; i++)
    width = MAX (width, measure_width (self, REPORT_FONT_HEADER, words[i]));
  return width;
}

static double
measure_column (CfoilReportPages *self,
                guint             column)
{
  double width = measure_title (self, column);

  for (guint row = 0; row < self->n_rows; row++)
    {
      const char *text = cfoil_report_pages_get_cell (self, row, column);

      if (*text != '\0' && cfoil_report_pages_get_span (self, row, column) == 1)
        width = MAX (width, measure_width (self, cfoil_report_pages_get_font (self, row), text));
    }
  return ceil (width) + 2 * REPORT_CELL_PAD_X;
}

static gboolean
can_wrap (const CfoilReportPages *self,
          guint                   column)
{
  return cfoil_table_get_column (self->table, column)->kind == CFOIL_COLUMN_TEXT;
}

/* The longest word of a column of texts, up to what a sensible word can be. */
static double
measure_longest_word (CfoilReportPages *self,
                      guint             column)
{
  g_autofree char *longest = g_strdup ("");
  glong max = 0;

  for (guint row = 0; row < self->n_rows; row++)
    {
      const char *text = cfoil_report_pages_get_cell (self, row, column);

      while (*text != '\0' && cfoil_report_pages_get_span (self, row, column) == 1)
        {
          gsize n_bytes = strcspn (text, " ");
          glong n = g_utf8_strlen (text, (gssize) n_bytes);

          if (n > max)
            {
              max = n;
              g_free (longest);
              longest = g_strndup (text, n_bytes);
            }
          text += n_bytes + strspn (text + n_bytes, " ");
        }
    }
  return MIN (measure_width (self, REPORT_FONT_CELL, longest), MAX_WORD_WIDTH);
}

static double
measure_least (CfoilReportPages *self,
               guint             column)
{
  double width = can_wrap (self, column) ? MAX (measure_title (self, column), measure_longest_word (self, column)) : 0;

  return MIN (self->columns[column].width, MAX (MIN_TEXT_WIDTH, ceil (width) + 2 * REPORT_CELL_PAD_X));
}

/* Takes EXCESS from the widest texts, down to what each needs at least; the rest is returned. */
static double
narrow_texts (CfoilReportPages *self,
              double            excess)
{
  while (excess > 0)
    {
      ReportColumn *widest = NULL;
      double cut;

      for (guint i = 0; i < self->n_columns; i++)
        if (can_wrap (self, i) && self->columns[i].width > self->columns[i].min_width &&
            (widest == NULL || self->columns[i].width > widest->width))
          widest = &self->columns[i];
      if (widest == NULL)
        return excess;
      cut = MIN (MIN (excess, NARROW_STEP), widest->width - widest->min_width);
      widest->width -= cut;
      excess -= cut;
    }
  return 0;
}

static void
fit_columns (CfoilReportPages *self)
{
  double available = self->width - 2 * REPORT_MARGIN;
  double total = 0, x = 0;

  for (guint i = 0; i < self->n_columns; i++)
    {
      self->columns[i].is_number = cfoil_table_is_number (self->table, i);
      self->columns[i].width = measure_column (self, i);
      self->columns[i].min_width = measure_least (self, i);
      total += self->columns[i].width;
    }
  /* A little smaller is easier to read than broken lines. */
  if (total * GOOD_SCALE > available)
    total = available / GOOD_SCALE + narrow_texts (self, total - available / GOOD_SCALE);
  self->scale = total > available ? available / total : 1;
  self->table_width = available / self->scale;
  for (guint i = 0; i < self->n_columns; i++)
    {
      self->columns[i].width += (self->table_width - MIN (total, self->table_width)) / self->n_columns;
      self->columns[i].x = x;
      x += self->columns[i].width;
    }
}

/* --- rows --- */

static double
measure_row (CfoilReportPages *self,
             guint             row)
{
  CfoilRowKind kind = cfoil_table_get_row_kind (self->table, row);
  ReportFont font = cfoil_report_pages_get_font (self, row);
  double height = self->line_height;

  if (kind == CFOIL_ROW_GROUP)
    return measure_height (self, font, "X", -1, 1) + 2 * REPORT_CELL_PAD_Y + REPORT_GROUP_SPACE;
  for (guint i = 0; i < self->n_columns; i++)
    {
      double width = self->columns[i].width - 2 * REPORT_CELL_PAD_X;
      const char *text = cfoil_report_pages_get_cell (self, row, i);

      if (can_wrap (self, i) && *text != '\0' && cfoil_report_pages_get_span (self, row, i) == 1)
        height = MAX (height, measure_height (self, font, text, width, REPORT_MAX_LINES));
    }
  return height + 2 * REPORT_CELL_PAD_Y;
}

static void
measure_rows (CfoilReportPages *self)
{
  self->line_height = measure_height (self, REPORT_FONT_CELL, "X", -1, 1);
  self->header_height = 0;
  for (guint i = 0; i < self->n_columns; i++)
    self->header_height = MAX (self->header_height,
                               measure_height (self, REPORT_FONT_HEADER, cfoil_table_get_column (self->table, i)->title,
                                               self->columns[i].width - 2 * REPORT_CELL_PAD_X, REPORT_MAX_TITLE_LINES));
  self->header_height += 2 * REPORT_CELL_PAD_Y;
  self->row_heights = g_new (float, self->n_rows + 1);
  for (guint row = 0; row < self->n_rows; row++)
    self->row_heights[row] = (float) measure_row (self, row);
}

static void
measure_top (CfoilReportPages *self)
{
  double width = self->width - 2 * REPORT_MARGIN;

  self->top_height = measure_height (self, REPORT_FONT_TITLE, cfoil_table_get_title (self->table), width, REPORT_MAX_LINES) +
                     REPORT_TITLE_SPACE;
  for (guint i = 0; i < cfoil_table_get_n_notes (self->table); i++)
    self->top_height += measure_height (self, REPORT_FONT_NOTE, cfoil_table_get_note (self->table, i), width, REPORT_MAX_LINES);
  self->top_height += REPORT_NOTES_SPACE;
}

/* --- pages --- */

static gboolean
is_sum (const CfoilReportPages *self,
        guint                   row)
{
  CfoilRowKind kind = row < self->n_rows ? cfoil_table_get_row_kind (self->table, row) : CFOIL_ROW_PLAIN;

  return kind == CFOIL_ROW_SUBTOTAL || kind == CFOIL_ROW_TOTAL;
}

/* What must stand on one page beginning with ROW: a title with the first row below it, a
 * row with the sums below it. */
static double
measure_kept (const CfoilReportPages *self,
              guint                   row)
{
  double height = self->row_heights[row];
  guint end = row + 1;

  while (end < self->n_rows && end - row < MAX_KEPT_ROWS &&
         (cfoil_table_get_row_kind (self->table, end - 1) == CFOIL_ROW_GROUP || is_sum (self, end)))
    height += self->row_heights[end++];
  return height;
}

static void
divide (CfoilReportPages *self)
{
  double body = (self->height - 2 * REPORT_MARGIN - REPORT_FOOTER) / self->scale;
  double left = body - self->top_height / self->scale - self->header_height;
  ReportPage page = { 0, 0, G_MAXUINT };
  guint group = G_MAXUINT;

  for (guint row = 0; row < self->n_rows; row++)
    {
      gboolean is_group = cfoil_table_get_row_kind (self->table, row) == CFOIL_ROW_GROUP;

      if (measure_kept (self, row) > left && row > page.first_row)
        {
          page.end_row = row;
          g_array_append_val (self->pages, page);
          page.first_row = row;
          page.group = is_group || cfoil_table_get_row_kind (self->table, row) == CFOIL_ROW_TOTAL ? G_MAXUINT : group;
          left = body - self->header_height - (page.group != G_MAXUINT ? self->row_heights[group] : 0);
        }
      if (is_group)
        group = row;
      left -= self->row_heights[row];
    }
  page.end_row = self->n_rows;
  g_array_append_val (self->pages, page);
}

CfoilReportPages *
cfoil_report_pages_new (const CfoilTable *table,
                        double            width,
                        double            height,
                        GTimeZone        *zone)
{
  CfoilReportPages *self = g_new0 (CfoilReportPages, 1);

  self->table = cfoil_table_ref ((CfoilTable *) table);
  self->width = width;
  self->height = height;
  self->context = make_context ();
  self->layout = make_layout (self->context);
  for (guint i = 0; i < G_N_ELEMENTS (fonts); i++)
    {
      self->fonts[i] = pango_font_description_new ();
      pango_font_description_set_family_static (self->fonts[i], "Sans");
      pango_font_description_set_weight (self->fonts[i], fonts[i].weight);
      pango_font_description_set_absolute_size (self->fonts[i], fonts[i].size * PANGO_SCALE);
    }
  self->is_rtl = pango_layout_get_direction (cfoil_report_pages_lay_out (self, REPORT_FONT_TITLE, cfoil_table_get_title (table), -1, 1),
                                             0) == PANGO_DIRECTION_RTL;
  self->n_columns = cfoil_table_get_n_columns (table);
  self->n_rows = cfoil_table_get_n_rows (table);
  self->columns = g_new0 (ReportColumn, self->n_columns + 1);
  self->pages = g_array_new (FALSE, FALSE, sizeof (ReportPage));
  read_cells (self, zone);
  fit_columns (self);
  measure_rows (self);
  measure_top (self);
  divide (self);
  return self;
}

void
cfoil_report_pages_free (CfoilReportPages *self)
{
  if (self == NULL)
    return;
  for (gsize i = 0; i < (gsize) self->n_rows * self->n_columns; i++)
    g_free (self->cells[i]);
  g_free (self->cells);
  g_free (self->row_heights);
  g_free (self->columns);
  g_array_unref (self->pages);
  for (guint i = 0; i < G_N_ELEMENTS (self->fonts); i++)
    pango_font_description_free (self->fonts[i]);
  g_object_unref (self->layout);
  g_object_unref (self->context);
  cfoil_table_unref (self->table);
  g_free (self);
}

guint
cfoil_report_pages_get_n_pages (const CfoilReportPages *self)
{
  return self->pages->len;
}
