/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "foreign-files.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <poppler.h>
#include <string.h>

#include "cfoil-renderer.h"
#include "cfoil-time.h"

struct _PdfMaker
{
  GByteArray *bytes;
  GArray *offsets; /* guint */
};

static void
append (GByteArray *bytes,
        const char *text)
{
  g_byte_array_append (bytes, (const guint8 *) text, strlen (text));
}

PdfMaker *
pdf_maker_new (void)
{
  PdfMaker *self = g_new0 (PdfMaker, 1);

  self->bytes = g_byte_array_new ();
  self->offsets = g_array_new (FALSE, FALSE, sizeof (guint));
  append (self->bytes, "%PDF-1.4\n");
  return self;
}

static void
begin_object (PdfMaker *self)
{
  g_autofree char *head = g_strdup_printf ("%u 0 obj\n", self->offsets->len + 1);

  g_array_append_val (self->offsets, self->bytes->len);
  append (self->bytes, head);
}

void
pdf_maker_add (PdfMaker   *self,
               const char *format,
               ...)
{
  va_list arguments;
  g_autofree char *text = NULL;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  begin_object (self);
  append (self->bytes, text);
  append (self->bytes, "\nendobj\n");
}

void
pdf_maker_add_stream (PdfMaker   *self,
                      const char *dictionary,
                      GBytes     *data)
{
  g_autofree char *head = g_strdup_printf ("<< %s /Length %" G_GSIZE_FORMAT " >>\nstream\n", dictionary, g_bytes_get_size (data));

  begin_object (self);
  append (self->bytes, head);
  g_byte_array_append (self->bytes, g_bytes_get_data (data, NULL), g_bytes_get_size (data));
  append (self->bytes, "\nendstream\nendobj\n");
  g_bytes_unref (data);
}

GBytes *
pdf_maker_finish (PdfMaker *self)
{
  g_autoptr (GString) end = g_string_new (NULL);
  GBytes *bytes;

  g_string_printf (end, "xref\n0 %u\n0000000000 65535 f \n", self->offsets->len + 1);
  for (guint i = 0; i < self->offsets->len; i++)
    g_string_append_printf (end, "%010u 00000 n \n", g_array_index (self->offsets, guint, i));
  g_string_append_printf (end, "trailer\n<< /Size %u /Root 1 0 R >>\nstartxref\n%u\n%%%%EOF\n", self->offsets->len + 1,
                          self->bytes->len);
  append (self->bytes, end->str);
  bytes = g_byte_array_free_to_bytes (self->bytes);
  g_array_unref (self->offsets);
  g_free (self);
  return bytes;
}

static GBytes *
text_bytes (const char *text)
{
  return g_bytes_new (text, strlen (text));
}

GBytes *
foreign_pdf (const char *text,
             guint       n_pages)
{
  PdfMaker *pdf = pdf_maker_new ();
  g_autoptr (GString) kids = g_string_new (NULL);

  for (guint i = 0; i < n_pages; i++)
    g_string_append_printf (kids, "%u 0 R ", 4 + 2 * i);
  pdf_maker_add (pdf, "<< /Type /Catalog /Pages 2 0 R >>");
  pdf_maker_add (pdf, "<< /Type /Pages /Kids [ %s] /Count %u >>", kids->str, n_pages);
  pdf_maker_add (pdf, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
  for (guint i = 0; i < n_pages; i++)
    {
      g_autofree char *content = g_strdup_printf ("BT /F1 24 Tf 72 700 Td (%s %u) Tj ET", text, i + 1);

      pdf_maker_add (pdf, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %u 0 R "
                          "/Resources << /Font << /F1 3 0 R >> >> >>", 5 + 2 * i);
      pdf_maker_add_stream (pdf, "", text_bytes (content));
    }
  return pdf_maker_finish (pdf);
}

GBytes *
foreign_pdf_with_image (double red,
                        double green,
                        double blue)
{
  PdfMaker *pdf = pdf_maker_new ();
  guchar pixels[16 * 16 * 3];

  for (guint i = 0; i < sizeof pixels; i += 3)
    {
      pixels[i] = red * 255;
      pixels[i + 1] = green * 255;
      pixels[i + 2] = blue * 255;
    }
  pdf_maker_add (pdf, "<< /Type /Catalog /Pages 2 0 R >>");
  pdf_maker_add (pdf, "<< /Type /Pages /Kids [ 3 0 R ] /Count 1 >>");
  pdf_maker_add (pdf, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
                      "/Resources << /XObject << /I 5 0 R >> >> >>");
  pdf_maker_add_stream (pdf, "", text_bytes ("q 595 0 0 842 0 0 cm /I Do Q"));
  pdf_maker_add_stream (pdf, "/Type /XObject /Subtype /Image /Width 16 /Height 16 /ColorSpace /DeviceRGB /BitsPerComponent 8",
                        g_bytes_new (pixels, sizeof pixels));
  return pdf_maker_finish (pdf);
}

GBytes *
foreign_pdf_with_jpeg (GBytes *jpeg,
                       guint   width,
                       guint   height)
{
  PdfMaker *pdf = pdf_maker_new ();
  g_autofree char *dictionary = g_strdup_printf ("/Type /XObject /Subtype /Image /Width %u /Height %u /ColorSpace /DeviceRGB "
                                                 "/BitsPerComponent 8 /Filter /DCTDecode", width, height);

  pdf_maker_add (pdf, "<< /Type /Catalog /Pages 2 0 R >>");
  pdf_maker_add (pdf, "<< /Type /Pages /Kids [ 3 0 R ] /Count 1 >>");
  pdf_maker_add (pdf, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
                      "/Resources << /XObject << /I 5 0 R >> >> >>");
  pdf_maker_add_stream (pdf, "", text_bytes ("q 595 0 0 842 0 0 cm /I Do Q"));
  pdf_maker_add_stream (pdf, dictionary, jpeg);
  return pdf_maker_finish (pdf);
}

GBytes *
foreign_pdf_with_actions (void)
{
  PdfMaker *pdf = pdf_maker_new ();

  pdf_maker_add (pdf, "<< /Type /Catalog /Pages 2 0 R /OpenAction 6 0 R /AA << /WC 6 0 R >> /AcroForm << /Fields [ 8 0 R ] >> "
                      "/Names << /JavaScript << /Names [ (a) 6 0 R ] >> /EmbeddedFiles << /Names [ (x.exe) 10 0 R ] >> >> >>");
  pdf_maker_add (pdf, "<< /Type /Pages /Kids [ 3 0 R ] /Count 1 >>");
  pdf_maker_add (pdf, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /AA << /O 6 0 R >> "
                      "/Resources << /Font << /F1 5 0 R >> >> /Annots [ 7 0 R 8 0 R 9 0 R ] >>");
  pdf_maker_add_stream (pdf, "", text_bytes ("BT /F1 24 Tf 72 700 Td (Visible evidence) Tj ET"));
  pdf_maker_add (pdf, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
  pdf_maker_add (pdf, "<< /S /JavaScript /JS (app.alert\\('boo'\\)) >>");
  pdf_maker_add (pdf, "<< /Type /Annot /Subtype /Link /Rect [72 690 300 720] /Border [0 0 0] "
                      "/A << /S /URI /URI (https://evil.example/) >> >>");
  pdf_maker_add (pdf, "<< /Type /Annot /Subtype /Widget /FT /Tx /T (field) /V (typed) /Rect [72 600 300 630] /P 3 0 R >>");
  pdf_maker_add (pdf, "<< /Type /Annot /Subtype /Link /Rect [72 500 300 520] /A << /S /Launch /F (calc.exe) >> >>");
  pdf_maker_add (pdf, "<< /Type /Filespec /F (x.exe) /EF << /F 11 0 R >> >>");
  pdf_maker_add_stream (pdf, "/Type /EmbeddedFile", text_bytes ("MZ evil"));
  return pdf_maker_finish (pdf);
}

#define N_LEVELS 9

GBytes *
foreign_pdf_endless (void)
{
  PdfMaker *pdf = pdf_maker_new ();
  g_autoptr (GString) content = g_string_new (NULL);

  /* Forms that draw the next one thirty times. */
  for (guint i = 0; i < 30; i++)
    g_string_append (content, "/X Do\n");
  pdf_maker_add (pdf, "<< /Type /Catalog /Pages 2 0 R >>");
  pdf_maker_add (pdf, "<< /Type /Pages /Kids [ 3 0 R ] /Count 1 >>");
  pdf_maker_add (pdf, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
                      "/Resources << /XObject << /X 5 0 R >> >> >>");
  pdf_maker_add_stream (pdf, "", text_bytes (content->str));
  for (guint i = 0; i < N_LEVELS; i++)
    {
      g_autofree char *dictionary =
        g_strdup_printf ("/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /XObject << /X %u 0 R >> >>", 6 + i);

      pdf_maker_add_stream (pdf, dictionary, text_bytes (content->str));
    }
  pdf_maker_add_stream (pdf, "/Type /XObject /Subtype /Form /BBox [0 0 595 842]", text_bytes ("0 0 m 9 9 l S"));
  return pdf_maker_finish (pdf);
}

GBytes *
foreign_pdf_bomb (void)
{
  PdfMaker *pdf = pdf_maker_new ();
  g_autoptr (GConverter) inner = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, 9));
  g_autoptr (GConverter) outer = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, 9));
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) once = g_converter_output_stream_new (memory, outer);
  g_autoptr (GOutputStream) twice = g_converter_output_stream_new (once, inner);
  g_autofree char *block = g_malloc (1 << 20);

  for (guint i = 0; i + 8 <= 1 << 20; i += 8)
    memcpy (block + i, "1 0 0 m ", 8);
  for (guint i = 0; i < 400; i++)
    g_assert_true (g_output_stream_write_all (twice, block, 1 << 20, NULL, NULL, NULL));
  g_assert_true (g_output_stream_close (twice, NULL, NULL));
  pdf_maker_add (pdf, "<< /Type /Catalog /Pages 2 0 R >>");
  pdf_maker_add (pdf, "<< /Type /Pages /Kids [ 3 0 R ] /Count 1 >>");
  pdf_maker_add (pdf, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>");
  pdf_maker_add_stream (pdf, "/Filter [ /FlateDecode /FlateDecode ]",
                        g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory)));
  return pdf_maker_finish (pdf);
}

/* --- images --- */

static GBytes *
save_image (guint       width,
            guint       height,
            gboolean    noisy,
            const char *type)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  char *bytes;
  gsize length;

  for (guint y = 0; y < height; y++)
    {
      guchar *p = gdk_pixbuf_get_pixels (pixbuf) + y * gdk_pixbuf_get_rowstride (pixbuf);

      for (guint x = 0; x < width; x++, p += 3)
        {
          gboolean is_red = x < width / 2 && y < height / 2;
          guint32 noise = noisy && !is_red ? g_rand_int (random) : 0x0000ff;

          p[0] = is_red ? 255 : noise >> 16 & 0xff;
          p[1] = is_red ? 0 : noise >> 8 & 0xff;
          p[2] = is_red ? 0 : noise & 0xff;
        }
    }
  g_assert_true (gdk_pixbuf_save_to_buffer (pixbuf, &bytes, &length, type, NULL, NULL));
  return g_bytes_new_take (bytes, length);
}

GBytes *
foreign_jpeg (guint    width,
              guint    height,
              gboolean noisy)
{
  return save_image (width, height, noisy, "jpeg");
}

GBytes *
foreign_png (guint    width,
             guint    height,
             gboolean noisy)
{
  return save_image (width, height, noisy, "png");
}

/* PLAIN with BLOCK after its first marker and TRAILER after its last. */
static GBytes *
extend_jpeg (GBytes       *plain,
             const guint8 *block,
             gsize         length,
             const char   *trailer)
{
  GByteArray *bytes = g_byte_array_new ();

  g_byte_array_append (bytes, g_bytes_get_data (plain, NULL), 2);
  g_byte_array_append (bytes, block, length);
  g_byte_array_append (bytes, (const guint8 *) g_bytes_get_data (plain, NULL) + 2, g_bytes_get_size (plain) - 2);
  g_byte_array_append (bytes, (const guint8 *) trailer, strlen (trailer));
  return g_byte_array_free_to_bytes (bytes);
}

GBytes *
foreign_jpeg_turned (guint width,
                     guint height,
                     int   orientation)
{
  g_autoptr (GBytes) plain = foreign_jpeg (width, height, FALSE);
  const guchar block[] = { 0xff, 0xe1, 0, 34, 'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1,
                           0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0 };

  return extend_jpeg (plain, block, sizeof block, "");
}

GBytes *
foreign_jpeg_with_profile (guint width,
                           guint height)
{
  g_autoptr (GBytes) plain = foreign_jpeg (width, height, TRUE);
  static const guint8 block[] = "\xff\xe2\0\024ICC_PROFILE\0\1\1none";

  return extend_jpeg (plain, block, sizeof block - 1, "");
}

GBytes *
foreign_jpeg_add_secrets (GBytes *jpeg)
{
  static const guint8 blocks[] = "\xff\xe0\0\016JFXX\0\020SECRET"
                                 "\xff\xe1\0\016Exif\0\0SECRET"
                                 "\xff\xe1\0\014http" "SECRET"
                                 "\xff\xe2\0\014MPF\0SECRET"
                                 "\xff\xed\0\010SECRET"
                                 "\xff\xff\xef\0\010SECRET"
                                 "\xff\xfe\0\010SECRET";

  return extend_jpeg (jpeg, blocks, sizeof blocks - 1, "\xff\xd8SECRET film\xff\xd9");
}

GBytes *
foreign_png_header (guint32 width,
                    guint32 height)
{
  guchar bytes[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R',
                     0, 0, 0, 0, 0, 0, 0, 0, 8, 2, 0, 0, 0, 0, 0, 0, 0 };

  width = GUINT32_TO_BE (width);
  height = GUINT32_TO_BE (height);
  memcpy (bytes + 16, &width, 4);
  memcpy (bytes + 20, &height, 4);
  return g_bytes_new (bytes, sizeof bytes);
}

char *
foreign_write (TestFolder *folder,
               const char *name,
               GBytes     *bytes)
{
  char *path = test_folder_file (folder, name);

  test_write_bytes (path, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_bytes_unref (bytes);
  return path;
}

CfoilPacketFile *
foreign_describe (const char *path,
                  const char *file_type)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CfoilInspection) inspection = cfoil_renderer_inspect_sync (path, file_type, NULL, &error);
  g_autoptr (GBytes) bytes = test_read_bytes (path);
  CfoilPacketFile *file = g_new0 (CfoilPacketFile, 1);

  g_assert_no_error (error);
  file->sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  file->path = g_strdup (path);
  file->file_type = g_strdup (file_type);
  file->n_bytes = g_bytes_get_size (bytes);
  file->n_pages = inspection->n_pages;
  file->width = inspection->width;
  file->height = inspection->height;
  file->problem = g_strdup (inspection->problem);
  return file;
}

char *
foreign_pdf_read_text (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  PopplerDocument *document = poppler_document_new_from_file (uri, NULL, &error);
  GString *text = g_string_new (NULL);

  g_assert_no_error (error);
  for (int i = 0; i < poppler_document_get_n_pages (document); i++)
    {
      PopplerPage *page = poppler_document_get_page (document, i);
      g_autofree char *of_page = poppler_page_get_text (page);

      g_string_append_printf (text, "%s\n", of_page);
      g_object_unref (page);
    }
  g_object_unref (document);
  return g_string_free (text, FALSE);
}

guint32
foreign_pixel (cairo_surface_t *surface,
               double           x,
               double           y)
{
  int column = x * cairo_image_surface_get_width (surface);
  int row = y * cairo_image_surface_get_height (surface);
  const guchar *line = cairo_image_surface_get_data (surface) + row * cairo_image_surface_get_stride (surface);

  return ((const guint32 *) (const void *) line)[column] & 0xffffff;
}

/* --- packets --- */

PacketFixture *
packet_fixture_new (void)
{
  PacketFixture *self = g_new0 (PacketFixture, 1);

  self->folder = test_folder_new ();
  self->output = test_folder_file (self->folder, "packet.pdf");
  self->files = g_ptr_array_new_with_free_func ((GDestroyNotify) cfoil_packet_file_free);
  self->draft = cfoil_draft_new ();
  g_assert_true (cfoil_time_from_civil (2026, 11, 20, 9, 30, 0, &self->draft->letter_us));
  self->draft->product = CFOIL_PRODUCT_PHYSICAL;
  cfoil_draft_set_fact (self->draft, CFOIL_FACT_MERCHANT, "Käthe’s Shop", CFOIL_FACT_SOURCE_TYPED, NULL);
  cfoil_draft_set_fact (self->draft, CFOIL_FACT_DISPUTE_ID, "S01-1234567-1234567-B012345", CFOIL_FACT_SOURCE_MIRROR, "feed");
  cfoil_draft_set_fact (self->draft, CFOIL_FACT_DISPUTE_AMOUNT, "JPY 2554", CFOIL_FACT_SOURCE_MIRROR, "feed");
  cfoil_draft_set_fact (self->draft, CFOIL_FACT_ITEMS, "A kettle & <b>two</b> cups", CFOIL_FACT_SOURCE_TYPED, NULL);
  packet_fixture_compose (self);
  return self;
}

void
packet_fixture_free (PacketFixture *self)
{
  cfoil_draft_free (self->draft);
  cfoil_letter_free (self->letter);
  g_ptr_array_unref (self->files);
  g_free (self->output);
  test_folder_free (self->folder);
  g_free (self);
}

void
packet_fixture_compose (PacketFixture *self)
{
  g_clear_pointer (&self->letter, cfoil_letter_free);
  self->letter = cfoil_letter_compose (self->draft, CFOIL_REASON_NOT_RECEIVED, CFOIL_CASE_CHARGEBACK, "Amazon Pay");
}

CfoilPacketFile *
packet_fixture_add (PacketFixture *self,
                    const char    *name,
                    const char    *file_type,
                    GBytes        *bytes)
{
  g_autofree char *kept_name = g_strdup_printf ("kept-%u", self->files->len);
  g_autofree char *path = foreign_write (self->folder, kept_name, bytes);
  CfoilPacketFile *file = foreign_describe (path, file_type);
  CfoilExhibit *exhibit = cfoil_exhibit_new (CFOIL_EVIDENCE_DELIVERY);

  g_free (exhibit->caption);
  exhibit->caption = g_strdup_printf ("What %s shows", name);
  g_ptr_array_add (exhibit->files, cfoil_exhibit_file_new (file->sha256, name, file_type));
  g_ptr_array_add (self->draft->exhibits, exhibit);
  g_ptr_array_add (self->files, file);
  packet_fixture_compose (self);
  return file;
}

CfoilPacketResult *
packet_fixture_build (PacketFixture *self,
                      gint64         max_bytes)
{
  g_autoptr (GError) error = NULL;
  CfoilPacketResult *result = cfoil_packet_build_sync (self->draft, self->letter, self->files, max_bytes, self->output, NULL, NULL,
                                                       NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (test_count_entries (self->folder->path), ==, self->files->len + 1);
  return result;
}
