/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "render.h"

#include <cairo-pdf.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cfoil-packet-private.h"
#include "cfoil-renderer.h"

/* Makes the file.  Before each foreign page and before each foreign file a line says
 * which, so that the parent knows what to leave out when this process dies of it. */

#define MAX_DESCRIPTION (64 << 20)
#define MAX_IMAGE_SCALE 1.0    /* a pixel is at most a point */
#define PROBE_SIDE 64          /* of an image that is decoded only to see whether that works */
#define REPAIR_QUALITY 92      /* of images that no reader would take as they are */

/* Quality and longer side, by level. */
static const struct { int quality; guint max_side; } ladder[CFOIL_IMAGE_LEVELS] = { { 0, 0 }, { 80, 3000 }, { 60, 2000 }, { 40, 1200 } };

typedef struct
{
  FILE *file;
  int error;                 /* errno of the first failure */
  CfoilPacketLayout *layout; /* (owned) */
  GHashTable *skipped;       /* "sha256:page" and "sha256" */
  GHashTable *numbers;       /* sha256 to number of the document, from 1 */
  char *open_sha256;         /* of what is open */
  PopplerDocument *document; /* (owned) (nullable) */
  guint page;                /* of the packet */
} Build;

static cairo_status_t
write_out (void                *closure,
           const unsigned char *data,
           unsigned int         length)
{
  Build *self = closure;

  if (self->error != 0)
    return CAIRO_STATUS_WRITE_ERROR;
  errno = 0;
  if (fwrite (data, 1, length, self->file) == length)
    return CAIRO_STATUS_SUCCESS;
  self->error = errno != 0 ? errno : EIO;
  return CAIRO_STATUS_WRITE_ERROR;
}

static gboolean
is_skipped (const Build           *self,
            const CfoilPacketPage *page)
{
  g_autofree char *key = g_strdup_printf ("%s:%u", page->file->sha256, page->file_page);

  return g_hash_table_contains (self->skipped, key) || g_hash_table_contains (self->skipped, page->file->sha256);
}

static gboolean
fail (const CfoilPacketPage *page,
      const char            *message)
{
  render_say ("failed %s %u %s", page->file->sha256, page->file_page, message);
  return FALSE;
}

/* --- PDF --- */

static void
open_document (Build                 *self,
               const CfoilPacketFile *file)
{
  const char *problem;
  gpointer number;

  if (g_strcmp0 (self->open_sha256, file->sha256) == 0)
    return;
  g_clear_object (&self->document);
  g_free (self->open_sha256);
  self->open_sha256 = g_strdup (file->sha256);
  number = g_hash_table_lookup (self->numbers, file->sha256);
  if (number == NULL)
    {
      number = GUINT_TO_POINTER (g_hash_table_size (self->numbers) + 1);
      g_hash_table_insert (self->numbers, g_strdup (file->sha256), number);
    }
  render_mime_set_document (GPOINTER_TO_UINT (number));
  render_say ("open %s", file->sha256);
  self->document = render_open_pdf (file->path, &problem);
  render_say ("opened");
}

static gboolean
draw_pdf (Build                 *self,
          const CfoilPacketPage *page,
          cairo_t               *cr,
          double                 box_width,
          double                 box_height)
{
  g_autoptr (RenderPage) foreign = NULL;
  double width, height, x, y, scale;

  open_document (self, page->file);
  if (self->document == NULL)
    return fail (page, "The file cannot be opened");
  if (page->file_page >= (guint) poppler_document_get_n_pages (self->document))
    return fail (page, "The file has fewer pages");
  render_say ("page %u %s %u", self->page, page->file->sha256, page->file_page);
  foreign = poppler_document_get_page (self->document, page->file_page);
  if (foreign == NULL)
    return fail (page, "The page is damaged");
  poppler_page_get_size (foreign, &width, &height);
  if (!(width > 0 && height > 0 && width < 1e6 && height < 1e6))
    return fail (page, "The page has no size");
  cfoil_packet_fit (box_width, box_height, width, height, G_MAXDOUBLE, &x, &y, &scale);
  cairo_translate (cr, x, y);
  cairo_scale (cr, scale, scale);
  cairo_rectangle (cr, 0, 0, width, height);
  cairo_clip (cr);
  poppler_page_render_for_printing (foreign, cr);
  return TRUE;
}

/* --- images --- */

static cairo_surface_t *
wrap (GBytes *bytes)
{
  RenderImageInfo info;
  gsize length;
  const guchar *data = g_bytes_get_data (bytes, &length);

  return render_image_read_info (data, length, &info) ? render_image_wrap (bytes, info.width, info.height) : NULL;
}

/* The image re-compressed, NULL when that does not make it smaller than ORIGINAL. */
static cairo_surface_t *
reduce (cairo_surface_t *image,
        int              quality,
        gsize            original)
{
  g_autoptr (GBytes) bytes = render_image_encode (image, quality);

  return bytes != NULL && g_bytes_get_size (bytes) < original ? wrap (bytes) : NULL;
}

/* Whether readers of the packet will take the JPEG as it is. */
static gboolean
is_sound (const guchar          *data,
          gsize                  length,
          const RenderImageInfo *info)
{
  gboolean is_damaged = FALSE;
  cairo_surface_t *probe;

  if (!info->fits_pdf || info->is_truncated)
    return FALSE;
  probe = render_image_decode (data, length, info, PROBE_SIDE, &is_damaged);
  if (probe == NULL)
    return FALSE;
  cairo_surface_destroy (probe);
  return !is_damaged;
}

/* What is drawn for an image at this level; *IS_REDUCED: not the pixels that are in the file. */
static cairo_surface_t *
load_image (const guchar          *data,
            gsize                  length,
            GBytes                *bytes,
            const RenderImageInfo *info,
            guint                  level,
            gboolean              *is_reduced)
{
  gboolean is_damaged = info->is_truncated;
  cairo_surface_t *image;
  cairo_surface_t *reduced = NULL;

  *is_reduced = FALSE;
  image = level == 0 && is_sound (data, length, info) ? render_image_wrap (bytes, info->width, info->height) : NULL;
  if (image != NULL)
    return image;
  image = render_image_decode (data, length, info, ladder[level].max_side, &is_damaged);
  if (image == NULL)
    return NULL;
  if (level > 0)
    /* Decoded, an image takes about twice the room of a PNG. */
    reduced = reduce (image, ladder[level].quality, info->fits_pdf ? length : 2 * length);
  else if (is_damaged && info->is_jpeg)
    reduced = reduce (image, REPAIR_QUALITY, G_MAXSIZE);
  *is_reduced = reduced != NULL;
  if (reduced == NULL && level > 0 && info->fits_pdf && !is_damaged)
    reduced = render_image_wrap (bytes, info->width, info->height);
  else if (reduced == NULL && level > 0 && ladder[level].max_side > 0)
    {
      /* It is smaller as it is: then with all of its pixels. */
      cairo_surface_destroy (image);
      return render_image_decode (data, length, info, 0, NULL);
    }
  if (reduced != NULL)
    cairo_surface_destroy (image);
  return reduced != NULL ? reduced : image;
}

static gboolean
draw_image (Build                 *self,
            const CfoilPacketPage *page,
            cairo_t               *cr,
            double                 box_width,
            double                 box_height)
{
  g_autoptr (GBytes) bytes = NULL;
  const guchar *data;
  gsize length = 0;
  RenderImageInfo info;
  cairo_surface_t *image;
  gboolean is_reduced, is_turned;
  double width, height, x, y, scale;

  render_say ("page %u %s %u", self->page, page->file->sha256, page->file_page);
  bytes = render_read_file (page->file->path);
  data = bytes != NULL ? g_bytes_get_data (bytes, &length) : NULL;
  if (data == NULL)
    return fail (page, "The file cannot be read");
  if (!render_image_read_info (data, length, &info))
    return fail (page, "The image is damaged");
  if (info.width > CFOIL_RENDERER_MAX_PIXELS / info.height || MAX (info.width, info.height) > G_MAXINT16)
    return fail (page, "The image has too many pixels");
  image = load_image (data, length, bytes, &info, cfoil_packet_layout_get_image_level (self->layout), &is_reduced);
  if (image == NULL)
    return fail (page, "The image is damaged");
  is_turned = render_image_is_turned (&info);
  width = is_turned ? info.height : info.width;
  height = is_turned ? info.width : info.height;
  cfoil_packet_fit (box_width, box_height, width, height, MAX_IMAGE_SCALE, &x, &y, &scale);
  cairo_translate (cr, x, y);
  render_image_paint (cr, image, &info, width * scale, height * scale);
  cairo_surface_destroy (image);
  if (is_reduced)
    render_say ("reduced %s", page->file->sha256);
  return TRUE;
}

/* --- pages --- */

static gboolean
draw_foreign (const CfoilPacketPage *page,
              cairo_t               *cr,
              double                 width,
              double                 height,
              gpointer               user_data)
{
  Build *self = user_data;
  cairo_t *own;
  cairo_matrix_t matrix;
  gboolean drawn;

  if (is_skipped (self, page))
    return FALSE;
  /* A context of its own: an error in it stays in it. */
  own = cairo_create (cairo_get_target (cr));
  cairo_get_matrix (cr, &matrix);
  cairo_set_matrix (own, &matrix);
  cairo_rectangle (own, 0, 0, width, height);
  cairo_clip (own);
  if (g_str_equal (page->file->file_type, "pdf"))
    drawn = draw_pdf (self, page, own, width, height);
  else
    drawn = draw_image (self, page, own, width, height);
  if (drawn && cairo_status (own) != CAIRO_STATUS_SUCCESS)
    drawn = fail (page, "The page cannot be drawn");
  cairo_destroy (own);
  return drawn;
}

/* One page; FALSE: the target failed. */
static gboolean
draw_page (Build           *self,
           cairo_surface_t *surface)
{
  cairo_t *cr = cairo_create (surface);
  gboolean is_good;

  render_say ("at %u", self->page);
  cfoil_packet_layout_paint (self->layout, self->page, cr, draw_foreign, self);
  cairo_show_page (cr);
  is_good = cairo_status (cr) == CAIRO_STATUS_SUCCESS && cairo_surface_status (surface) == CAIRO_STATUS_SUCCESS;
  cairo_destroy (cr);
  return is_good;
}

static cairo_surface_t *
make_target (Build *self)
{
  const CfoilPacketContent *content = cfoil_packet_layout_get_content (self->layout);
  double width, height;
  cairo_surface_t *surface;

  cfoil_packet_layout_get_size (self->layout, &width, &height);
  surface = cairo_pdf_surface_create_for_stream (write_out, self, width, height);
  cairo_pdf_surface_restrict_to_version (surface, CAIRO_PDF_VERSION_1_4);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, content->title);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_AUTHOR, content->author);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Counterfoil");
  /* The only date: the file says the same whenever it is made. */
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, content->date);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_MOD_DATE, content->date);
  return surface;
}

/* --- what to make --- */

static char *
read_input (void)
{
  GString *input = g_string_new (NULL);
  char buffer[65536];
  gsize n;

  while ((n = fread (buffer, 1, sizeof buffer, stdin)) > 0 && input->len < MAX_DESCRIPTION)
    g_string_append_len (input, buffer, n);
  return g_string_free (input, FALSE);
}

static gboolean
read_description (Build *self)
{
  g_autofree char *input = read_input ();
  g_autoptr (JsonNode) root = json_from_string (input, NULL);
  JsonObject *object;
  CfoilPacketContent *content;
  JsonArray *skipped;

  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return FALSE;
  object = json_node_get_object (root);
  if (!json_object_has_member (object, "content") || !json_object_has_member (object, "skip"))
    return FALSE;
  content = cfoil_packet_content_from_json (json_object_get_member (object, "content"), NULL);
  if (content == NULL)
    return FALSE;
  self->layout = cfoil_packet_layout_new_for_content (content, json_object_get_int_member_with_default (object, "level", 0));
  skipped = json_object_get_array_member (object, "skip");
  for (guint i = 0; i < json_array_get_length (skipped); i++)
    g_hash_table_add (self->skipped, g_strdup (json_array_get_string_element (skipped, i)));
  return TRUE;
}

static gboolean
draw_all (Build *self)
{
  cairo_surface_t *surface = make_target (self);
  guint n_pages = cfoil_packet_layout_get_n_pages (self->layout);
  gboolean is_good = TRUE;

  for (self->page = 0; is_good && self->page < n_pages; self->page++)
    is_good = draw_page (self, surface);
  if (is_good)
    render_say ("at %u", n_pages);
  cairo_surface_finish (surface);
  is_good = is_good && cairo_surface_status (surface) == CAIRO_STATUS_SUCCESS;
  cairo_surface_destroy (surface);
  return is_good;
}

int
render_build (const char *output)
{
  Build self = { 0 };
  gboolean is_good = FALSE;

  self.skipped = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self.numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self.file = fopen (output, "wbe");
  if (self.file == NULL)
    self.error = errno;
  else if (read_description (&self))
    is_good = draw_all (&self);
  if (self.file != NULL && (fflush (self.file) != 0 || fsync (fileno (self.file)) != 0) && self.error == 0)
    self.error = errno;
  if (self.file != NULL && fclose (self.file) != 0 && self.error == 0)
    self.error = errno;
  if (self.error != 0)
    render_say ("error %d", self.error);
  else if (is_good)
    render_say ("done %u", cfoil_packet_layout_get_n_pages (self.layout));
  g_clear_pointer (&self.layout, cfoil_packet_layout_unref);
  g_clear_object (&self.document);
  g_free (self.open_sha256);
  g_hash_table_unref (self.skipped);
  g_hash_table_unref (self.numbers);
  /* Neither done nor an error of the disk: the page that was drawn last spoilt the whole. */
  return self.error != 0 || is_good ? 0 : 1;
}
