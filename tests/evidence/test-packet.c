/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <locale.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "cfoil-renderer.h"
#include "foreign-files.h"

/* --- where everything stands --- */

static CfoilPacketLayout *
make_layout (PacketFixture *fixture)
{
  return cfoil_packet_layout_new (fixture->draft, fixture->letter, fixture->files, 0);
}

static void
add_described (PacketFixture *fixture,
               guint          number,
               const char    *file_type,
               gint64         n_pages,
               const char    *problem)
{
  g_autofree char *name = g_strdup_printf ("file-%u.%s", number, file_type);
  g_autofree char *sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, name, -1);
  CfoilPacketFile *file = g_new0 (CfoilPacketFile, 1);
  CfoilExhibit *exhibit = cfoil_exhibit_new (CFOIL_EVIDENCE_RECEIPT);

  file->sha256 = g_strdup (sha256);
  file->path = g_strdup ("/nowhere");
  file->file_type = g_strdup (file_type);
  file->n_pages = n_pages;
  file->width = file->height = CFOIL_UNKNOWN;
  file->problem = g_strdup (problem);
  g_ptr_array_add (fixture->files, file);
  g_free (exhibit->caption);
  exhibit->caption = g_strdup_printf ("Receipt number %u, as the buyer was given it", number);
  g_ptr_array_add (exhibit->files, cfoil_exhibit_file_new (sha256, name, file_type));
  g_ptr_array_add (fixture->draft->exhibits, exhibit);
}

static void
test_layout (void)
{
  g_autoptr (PacketFixture) fixture = packet_fixture_new ();
  g_autoptr (CfoilPacketLayout) layout = NULL;
  static const struct { CfoilPacketPageKind kind; const char *label; gboolean is_foreign; } expected[] = {
    { CFOIL_PAGE_LETTER, "1", FALSE },          { CFOIL_PAGE_INDEX, "2", FALSE },          { CFOIL_PAGE_EXHIBIT, "Exhibit A-1", TRUE },
    { CFOIL_PAGE_EXHIBIT, "Exhibit A-2", TRUE }, { CFOIL_PAGE_EXHIBIT, "Exhibit C", FALSE }, { CFOIL_PAGE_EXHIBIT, "Exhibit D", FALSE },
    { CFOIL_PAGE_EXHIBIT, "Exhibit E", TRUE },
  };

  add_described (fixture, 1, "pdf", 2, NULL);
  add_described (fixture, 2, "csv", CFOIL_UNKNOWN, NULL);
  add_described (fixture, 3, "pdf", CFOIL_UNKNOWN, "encrypted");
  add_described (fixture, 4, "pdf", CFOIL_UNKNOWN, NULL);
  add_described (fixture, 5, "png", 1, NULL);
  packet_fixture_compose (fixture);
  layout = make_layout (fixture);
  g_assert_cmpuint (cfoil_packet_layout_get_n_pages (layout), ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      const CfoilPacketPage *page = cfoil_packet_layout_get_page (layout, i);

      g_assert_cmpint (page->kind, ==, expected[i].kind);
      g_assert_cmpstr (page->label, ==, expected[i].label);
      g_assert_cmpint (cfoil_packet_layout_page_is_foreign (layout, i), ==, expected[i].is_foreign);
    }
  g_assert_cmpuint (cfoil_packet_layout_get_page (layout, 3)->file_page, ==, 1);
  g_assert_cmpint (cfoil_packet_layout_find_sentence (layout, "subject.dispute"), ==, 0);
  g_assert_cmpint (cfoil_packet_layout_find_sentence (layout, "nothing.such"), ==, -1);
  g_assert_cmpuint (cfoil_packet_layout_get_n_unknown_glyphs (layout), ==, 0);
}

/* A long letter goes on on further pages, and a keystroke near its end leaves the first
 * one as it was. */
static void
test_long_letter (void)
{
  g_autoptr (PacketFixture) fixture = packet_fixture_new ();
  g_autoptr (GString) words = g_string_new (NULL);
  g_autoptr (CfoilPacketLayout) layout = NULL;
  g_autoptr (CfoilPacketLayout) after = NULL;
  guint n_pages;

  for (guint i = 0; i < 300; i++)
    g_string_append_printf (words, "This is sentence number %u of what the shop has to say. ", i);
  cfoil_draft_set_own_words (fixture->draft, "closing", words->str);
  packet_fixture_compose (fixture);
  layout = make_layout (fixture);
  n_pages = cfoil_packet_layout_get_n_pages (layout);
  g_assert_cmpuint (n_pages, >=, 4);
  g_assert_cmpint (cfoil_packet_layout_find_sentence (layout, "own.closing"), ==, 0);
  g_assert_cmpint (cfoil_packet_layout_find_sentence (layout, "closing.request"), ==, n_pages - 1);

  g_string_append (words, "X");
  cfoil_draft_set_own_words (fixture->draft, "closing", words->str);
  packet_fixture_compose (fixture);
  after = make_layout (fixture);
  g_assert_cmpuint (cfoil_packet_layout_get_n_pages (after), ==, n_pages);
  /* The whole paragraph is the text of each of its pages; what is before it is not touched. */
  g_assert_cmpuint (cfoil_packet_layout_get_page_key (after, n_pages - 1), !=, cfoil_packet_layout_get_page_key (layout, n_pages - 1));
}

static void
test_keys (void)
{
  g_autoptr (PacketFixture) fixture = packet_fixture_new ();
  g_autoptr (CfoilPacketLayout) before = NULL;
  g_autoptr (CfoilPacketLayout) after = NULL;
  guint n_changed = 0;

  for (guint i = 0; i < 40; i++)
    add_described (fixture, i, "pdf", 5, NULL);
  packet_fixture_compose (fixture);
  before = make_layout (fixture);
  cfoil_draft_set_fact (fixture->draft, CFOIL_FACT_ITEMS, "A kettle & <b>two</b> cup", CFOIL_FACT_SOURCE_TYPED, NULL);
  packet_fixture_compose (fixture);
  after = make_layout (fixture);
  g_assert_cmpuint (cfoil_packet_layout_get_n_pages (before), ==, cfoil_packet_layout_get_n_pages (after));
  for (guint i = 0; i < cfoil_packet_layout_get_n_pages (before); i++)
    n_changed += cfoil_packet_layout_get_page_key (before, i) != cfoil_packet_layout_get_page_key (after, i);
  g_assert_cmpuint (n_changed, ==, 1);
}

/* 40 exhibits of 5 pages: no foreign file is there, so none was opened. */
static void
test_layout_speed (void)
{
  g_autoptr (PacketFixture) fixture = packet_fixture_new ();
  double best = G_MAXDOUBLE;

  for (guint i = 0; i < 40; i++)
    add_described (fixture, i, "pdf", 5, NULL);
  packet_fixture_compose (fixture);
  for (guint i = 0; i < 5; i++)
    {
      gint64 begin = g_get_monotonic_time ();
      g_autoptr (CfoilPacketLayout) layout = make_layout (fixture);

      best = MIN (best, (g_get_monotonic_time () - begin) / 1000.0);
      g_assert_cmpuint (cfoil_packet_layout_get_n_pages (layout), >=, 200);
    }
  g_test_message ("layout of 200 pages: %.1f ms", best);
  g_test_minimized_result (best, "layout of 200 pages: %.1f ms", best);
  g_assert_cmpfloat (best, <, 500);
}

static void
test_unknown_glyphs (void)
{
  g_autoptr (PacketFixture) fixture = packet_fixture_new ();
  g_autoptr (CfoilPacketLayout) layout = NULL;

  cfoil_draft_set_own_words (fixture->draft, "closing", "Nobody has \364\217\277\275 and \356\200\201.");
  packet_fixture_compose (fixture);
  layout = make_layout (fixture);
  g_assert_cmpuint (cfoil_packet_layout_get_n_unknown_glyphs (layout), ==, 2);
}

/* --- the file --- */

static gboolean
has_bytes (GBytes     *bytes,
           const void *needle,
           gsize       length)
{
  gsize n;
  const char *data = g_bytes_get_data (bytes, &n);

  for (gsize i = 0; i + length <= n; i++)
    if (memcmp (data + i, needle, length) == 0)
      return TRUE;
  return FALSE;
}

static void
test_build (void)
{
  g_autoptr (PacketFixture) fixture = packet_fixture_new ();
  g_autoptr (CfoilPacketResult) result = NULL;
  g_autoptr (CfoilPacketLayout) layout = NULL;
  g_autoptr (CfoilInspection) inspection = NULL;
  g_autoptr (GBytes) jpeg = foreign_jpeg (120, 80, TRUE);
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *sum = NULL;
  g_autofree char *text = NULL;

  packet_fixture_add (fixture, "a.pdf", "pdf", foreign_pdf ("Proof of delivery", 3));
  packet_fixture_add (fixture, "<b>b</b> & \342\200\256.jpg", "jpg", g_bytes_ref (jpeg));
  packet_fixture_add (fixture, "c.png", "png", foreign_png (50, 400, FALSE));
  layout = make_layout (fixture);
  result = packet_fixture_build (fixture, CFOIL_UNKNOWN);
  bytes = test_read_bytes (fixture->output);
  sum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  g_assert_cmpstr (result->sha256, ==, sum);
  g_assert_cmpint (result->n_bytes, ==, g_bytes_get_size (bytes));
  g_assert_cmpuint (result->n_pages, ==, 7);
  g_assert_cmpuint (result->n_pages, ==, cfoil_packet_layout_get_n_pages (layout));
  g_assert_cmpuint (result->failed->len, ==, 0);
  g_assert_cmpuint (result->reduced->len, ==, 0);
  g_assert_true (result->fits);
  g_assert_true (has_bytes (bytes, "%PDF-1.4", 8));
  /* As it was, byte for byte. */
  g_assert_true (has_bytes (bytes, g_bytes_get_data (jpeg, NULL), g_bytes_get_size (jpeg)));

  inspection = cfoil_renderer_inspect_sync (fixture->output, "pdf", NULL, NULL);
  g_assert_cmpint (inspection->n_pages, ==, 7);
  g_assert_null (inspection->problem);
  text = foreign_pdf_read_text (fixture->output);
  test_assert_contains (text, "Käthe’s Shop");
  test_assert_contains (text, "A kettle &\n<b>two</b> cups");
  test_assert_contains (text, "roof of delivery 3");
  test_assert_contains (text, "Exhibit A-2");
  test_assert_contains (text, "Page 7 of 7");
  test_assert_contains (text, "Case S01-1234567-1234567-B012345");
  test_assert_contains (text, "What <b>b</b> & .jpg shows");
  test_assert_contains (text, "20 November 2026");
}

/* What a camera writes into its pictures stays here, also when they come within a PDF; the pixels
 * are the same bytes. */
static void
test_private_pictures (void)
{
  g_autoptr (PacketFixture) fixture = packet_fixture_new ();
  g_autoptr (CfoilPacketResult) result = NULL;
  g_autoptr (GBytes) clean = foreign_jpeg_with_profile (120, 80);
  g_autoptr (GBytes) scanned = foreign_jpeg_with_profile (90, 70);
  GBytes *within = foreign_jpeg_add_secrets (scanned);
  g_autoptr (GBytes) bytes = NULL;

  packet_fixture_add (fixture, "photo.jpg", "jpg", foreign_jpeg_add_secrets (clean));
  packet_fixture_add (fixture, "scan.pdf", "pdf", foreign_pdf_with_jpeg (within, 90, 70));
  result = packet_fixture_build (fixture, CFOIL_UNKNOWN);
  bytes = test_read_bytes (fixture->output);
  g_assert_cmpuint (result->failed->len, ==, 0);
  g_assert_cmpuint (result->reduced->len, ==, 0);
  g_assert_true (has_bytes (bytes, g_bytes_get_data (clean, NULL), g_bytes_get_size (clean)));
  g_assert_true (has_bytes (bytes, g_bytes_get_data (scanned, NULL), g_bytes_get_size (scanned)));
  g_assert_false (has_bytes (bytes, "SECRET", 6));
}

/* The same draft, the same bytes: whenever, in every language and zone. */
static void
test_same_bytes (void)
{
  g_autoptr (PacketFixture) fixture = packet_fixture_new ();
  g_autoptr (CfoilPacketResult) first = NULL;
  g_autoptr (CfoilPacketResult) second = NULL;
  g_autofree char *language = g_strdup (g_getenv ("LANGUAGE"));
  g_autofree char *zone = g_strdup (g_getenv ("TZ"));

  packet_fixture_add (fixture, "a.pdf", "pdf", foreign_pdf ("Proof", 2));
  packet_fixture_add (fixture, "c.png", "png", foreign_png (50, 40, TRUE));
  packet_fixture_add (fixture, "d.jpg", "jpg", foreign_jpeg_turned (60, 40, 6));
  first = packet_fixture_build (fixture, CFOIL_UNKNOWN);

  g_usleep (1100000);
  g_setenv ("LANGUAGE", "de:ja", TRUE);
  g_setenv ("LC_ALL", "de_DE.UTF-8", TRUE);
  g_setenv ("TZ", "Asia/Kolkata", TRUE);
  tzset ();
  if (setlocale (LC_ALL, "de_DE.UTF-8") == NULL)
    g_test_message ("German is not installed: only the zone changes");
  packet_fixture_compose (fixture);
  second = packet_fixture_build (fixture, CFOIL_UNKNOWN);
  setlocale (LC_ALL, "C.UTF-8");
  g_setenv ("LC_ALL", "C.UTF-8", TRUE);
  g_setenv ("LANGUAGE", language != NULL ? language : "", TRUE);
  g_setenv ("TZ", zone != NULL ? zone : "UTC", TRUE);
  tzset ();
  g_assert_cmpstr (first->sha256, ==, second->sha256);
}

static void
test_actions_dropped (void)
{
  static const char *const names[] = { "/JS", "/JavaScript", "/URI", "/AA", "/OpenAction", "/Launch", "/EmbeddedFile", "/AcroForm",
                                       "/Annots", "evil.example", "calc.exe" };
  g_autoptr (PacketFixture) fixture = packet_fixture_new ();
  g_autoptr (CfoilPacketResult) result = NULL;
  g_autoptr (CfoilInspection) before = NULL;
  g_autoptr (CfoilInspection) after = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *text = NULL;
  CfoilPacketFile *file = packet_fixture_add (fixture, "a.pdf", "pdf", foreign_pdf_with_actions ());

  before = cfoil_renderer_inspect_sync (file->path, "pdf", NULL, NULL);
  g_assert_null (before->problem);
  g_assert_true (before->has_scripts && before->has_links && before->has_forms && before->has_attachments);
  result = packet_fixture_build (fixture, CFOIL_UNKNOWN);
  bytes = test_read_bytes (fixture->output);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (has_bytes (bytes, names[i], strlen (names[i])))
      g_error ("%s is in the packet", names[i]);
  after = cfoil_renderer_inspect_sync (fixture->output, "pdf", NULL, NULL);
  g_assert_false (after->has_scripts || after->has_links || after->has_forms || after->has_attachments);
  text = foreign_pdf_read_text (fixture->output);
  test_assert_contains (text, "Visible evidence");
}

static guint32
colour_of_page (PacketFixture *fixture,
                guint          page,
                double         x,
                double         y)
{
  g_autoptr (GError) error = NULL;
  cairo_surface_t *surface = cfoil_renderer_draw_sync (fixture->output, "pdf", page, 200, NULL, &error);
  guint32 pixel;

  g_assert_no_error (error);
  pixel = foreign_pixel (surface, x, y);
  cairo_surface_destroy (surface);
  return pixel;
}

/* poppler calls images by their number in their document: each exhibit keeps its own. */
static void
test_images_of_two_documents (void)
{
  g_autoptr (PacketFixture) fixture = packet_fixture_new ();
  g_autoptr (CfoilPacketResult) result = NULL;

  packet_fixture_add (fixture, "red.pdf", "pdf", foreign_pdf_with_image (1, 0, 0));
  packet_fixture_add (fixture, "green.pdf", "pdf", foreign_pdf_with_image (0, 1, 0));
  packet_fixture_add (fixture, "blue.pdf", "pdf", foreign_pdf_with_image (0, 0, 1));
  result = packet_fixture_build (fixture, CFOIL_UNKNOWN);
  g_assert_cmphex (colour_of_page (fixture, 2, 0.5, 0.5), ==, 0xff0000);
  g_assert_cmphex (colour_of_page (fixture, 3, 0.5, 0.5), ==, 0x00ff00);
  g_assert_cmphex (colour_of_page (fixture, 4, 0.5, 0.5), ==, 0x0000ff);
}

static gboolean
is_red (guint32 pixel)
{
  return (pixel >> 16) > 0xd0 && (pixel & 0xffff) < 0x6060 && (pixel & 0xff) < 0x60;
}

/* Upright, whatever the camera did: the red quarter is where the orientation says. */
static void
test_orientation (void)
{
  static const struct { int orientation; gboolean right, bottom; } all[] = {
    { 1, FALSE, FALSE }, { 2, TRUE, FALSE }, { 3, TRUE, TRUE }, { 4, FALSE, TRUE },
    { 5, FALSE, FALSE }, { 6, TRUE, FALSE }, { 7, TRUE, TRUE }, { 8, FALSE, TRUE },
  };
  g_autoptr (PacketFixture) fixture = packet_fixture_new ();
  g_autoptr (CfoilPacketResult) result = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      g_autofree char *name = g_strdup_printf ("%u.jpg", i);

      packet_fixture_add (fixture, name, "jpg", foreign_jpeg_turned (320, 200, all[i].orientation));
    }
  result = packet_fixture_build (fixture, CFOIL_UNKNOWN);
  g_assert_cmpuint (result->failed->len, ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      const CfoilPacketFile *file = g_ptr_array_index (fixture->files, i);
      gboolean turned = all[i].orientation >= 5;
      double width = turned ? 200 : 320;
      double height = turned ? 320 : 200;
      /* On the page: a point a pixel, in the middle, 24 below the top of the box. */
      double x = (297.5 + width * (all[i].right ? 0.25 : -0.25)) / 595;
      double y = (74 + height * (all[i].bottom ? 0.75 : 0.25)) / 842;
      cairo_surface_t *surface = cfoil_renderer_draw_sync (file->path, "jpg", 0, 320, NULL, NULL);

      g_assert_cmpint (file->width, ==, width);
      g_assert_cmpint (file->height, ==, height);
      g_assert_true (is_red (colour_of_page (fixture, 2 + i, x, y)));
      g_assert_cmpint (cairo_image_surface_get_width (surface), ==, width);
      g_assert_true (is_red (foreign_pixel (surface, all[i].right ? 0.75 : 0.25, all[i].bottom ? 0.75 : 0.25)));
      g_assert_false (is_red (foreign_pixel (surface, all[i].right ? 0.25 : 0.75, all[i].bottom ? 0.25 : 0.75)));
      cairo_surface_destroy (surface);
    }
}

/* Down the ladder only as far as it must be, and never silently. */
static void
test_ladder (void)
{
  g_autoptr (PacketFixture) fixture = packet_fixture_new ();
  g_autoptr (CfoilPacketResult) whole = NULL;
  g_autoptr (CfoilPacketResult) reduced = NULL;
  g_autoptr (CfoilPacketResult) exact = NULL;
  g_autoptr (CfoilPacketResult) none = NULL;
  CfoilPacketFile *noisy;

  packet_fixture_add (fixture, "a.pdf", "pdf", foreign_pdf ("Proof", 2));
  packet_fixture_add (fixture, "small.jpg", "jpg", foreign_jpeg (32, 32, FALSE));
  noisy = packet_fixture_add (fixture, "noisy.png", "png", foreign_png (900, 900, TRUE));
  whole = packet_fixture_build (fixture, CFOIL_UNKNOWN);
  g_assert_cmpuint (whole->image_level, ==, 0);

  exact = packet_fixture_build (fixture, whole->n_bytes);
  g_assert_true (exact->fits);
  g_assert_cmpuint (exact->image_level, ==, 0);
  g_assert_cmpuint (exact->reduced->len, ==, 0);

  reduced = packet_fixture_build (fixture, whole->n_bytes - 1);
  g_assert_true (reduced->fits);
  g_assert_cmpuint (reduced->image_level, ==, 1);
  g_assert_cmpuint (reduced->reduced->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (reduced->reduced, 0), ==, noisy->sha256);
  g_assert_cmpint (reduced->n_bytes, <, whole->n_bytes);

  none = packet_fixture_build (fixture, 10000);
  g_assert_false (none->fits);
  g_assert_cmpuint (none->image_level, ==, CFOIL_IMAGE_LEVELS - 1);
  g_assert_cmpint (none->n_bytes, >, 10000);
}

/* A file that went away or became another since it was looked at costs its own pages. */
static void
test_vanished (void)
{
  g_autoptr (PacketFixture) fixture = packet_fixture_new ();
  g_autoptr (CfoilPacketResult) result = NULL;
  g_autoptr (GBytes) shorter = foreign_pdf ("Shorter", 1);
  g_autofree char *text = NULL;
  CfoilPacketFile *gone = packet_fixture_add (fixture, "gone.pdf", "pdf", foreign_pdf ("Gone", 1));
  CfoilPacketFile *changed = packet_fixture_add (fixture, "changed.pdf", "pdf", foreign_pdf ("Changed", 2));
  CfoilPacketFile *image = packet_fixture_add (fixture, "gone.png", "png", foreign_png (10, 10, FALSE));

  packet_fixture_add (fixture, "good.pdf", "pdf", foreign_pdf ("Good", 1));
  g_free (gone->path);
  gone->path = test_folder_file (fixture->folder, "not-there.pdf");
  g_free (image->path);
  image->path = test_folder_file (fixture->folder, "not-there.png");
  test_write_bytes (changed->path, g_bytes_get_data (shorter, NULL), g_bytes_get_size (shorter));
  result = packet_fixture_build (fixture, CFOIL_UNKNOWN);
  g_assert_cmpuint (result->n_pages, ==, 7);
  g_assert_cmpuint (result->failed->len, ==, 3);
  g_assert_cmpstr (((CfoilPacketFailure *) g_ptr_array_index (result->failed, 0))->sha256, ==, gone->sha256);
  g_assert_cmpuint (((CfoilPacketFailure *) g_ptr_array_index (result->failed, 1))->page, ==, 1);
  g_assert_cmpstr (((CfoilPacketFailure *) g_ptr_array_index (result->failed, 2))->sha256, ==, image->sha256);
  text = foreign_pdf_read_text (fixture->output);
  test_assert_contains (text, "ood 1");
  test_assert_contains (text, "This page could not be drawn.");
}

/* A cut JPEG is drawn as far as it goes. */
static void
test_truncated_image (void)
{
  g_autoptr (PacketFixture) fixture = packet_fixture_new ();
  g_autoptr (CfoilPacketResult) result = NULL;
  g_autoptr (GBytes) whole = foreign_jpeg (400, 400, TRUE);
  CfoilPacketFile *file =
    packet_fixture_add (fixture, "cut.jpg", "jpg", g_bytes_new_from_bytes (whole, 0, g_bytes_get_size (whole) / 2));
  g_autoptr (CfoilInspection) inspection = cfoil_renderer_inspect_sync (file->path, "jpg", NULL, NULL);

  g_assert_null (inspection->problem);
  g_assert_true (inspection->is_truncated);
  g_assert_cmpint (inspection->width, ==, 400);
  result = packet_fixture_build (fixture, CFOIL_UNKNOWN);
  g_assert_cmpuint (result->failed->len, ==, 0);
  g_assert_cmpuint (result->reduced->len, ==, 1);
  g_assert_true (is_red (colour_of_page (fixture, 2, (297.5 - 100) / 595, (74 + 20) / 842.0)));
}

/* One that is damaged in the middle is not passed on to readers that choke on it. */
static void
test_damaged_image (void)
{
  g_autoptr (PacketFixture) fixture = packet_fixture_new ();
  g_autoptr (CfoilPacketResult) result = NULL;
  g_autoptr (CfoilInspection) inspection = NULL;
  g_autoptr (GBytes) packet = NULL;
  gsize length;
  guchar *data = g_bytes_unref_to_data (foreign_jpeg (400, 400, TRUE), &length);
  guchar middle[64];
  CfoilPacketFile *file;

  data[length / 2] = 0xff;
  data[length / 2 + 1] = 0xf0;
  memcpy (middle, data + length / 2 - 32, sizeof middle);
  file = packet_fixture_add (fixture, "damaged.jpg", "jpg", g_bytes_new_take (data, length));
  inspection = cfoil_renderer_inspect_sync (file->path, "jpg", NULL, NULL);
  g_assert_null (inspection->problem);
  g_assert_true (inspection->is_truncated);
  result = packet_fixture_build (fixture, CFOIL_UNKNOWN);
  g_assert_cmpuint (result->failed->len, ==, 0);
  g_assert_cmpuint (result->reduced->len, ==, 1);
  packet = test_read_bytes (fixture->output);
  g_assert_false (has_bytes (packet, middle, sizeof middle));
  g_assert_true (is_red (colour_of_page (fixture, 2, (297.5 - 100) / 595, (74 + 20) / 842.0)));
}

static void
on_progress (guint    done,
             guint    total,
             gpointer user_data)
{
  GArray *seen = user_data;

  g_assert_cmpuint (done, <=, total);
  g_array_append_val (seen, done);
}

static void
on_progress_cancel (guint    done,
                    guint    total,
                    gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

static void
test_progress_and_cancel (void)
{
  g_autoptr (PacketFixture) fixture = packet_fixture_new ();
  g_autoptr (CfoilPacketResult) result = NULL;
  g_autoptr (CfoilPacketResult) cancelled = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GArray) seen = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GError) error = NULL;

  packet_fixture_add (fixture, "a.pdf", "pdf", foreign_pdf ("Proof", 4));
  result = cfoil_packet_build_sync (fixture->draft, fixture->letter, fixture->files, CFOIL_UNKNOWN, fixture->output, on_progress,
                                    seen, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (seen->len, ==, result->n_pages + 1);
  g_assert_cmpuint (g_array_index (seen, guint, seen->len - 1), ==, result->n_pages);

  cancelled = cfoil_packet_build_sync (fixture->draft, fixture->letter, fixture->files, CFOIL_UNKNOWN, fixture->output,
                                       on_progress_cancel, cancellable, cancellable, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (cancelled);
  /* The older packet is still there, and nothing half. */
  g_assert_cmpuint (test_count_entries (fixture->folder->path), ==, 2);
}

static void
test_no_room (void)
{
  g_autoptr (PacketFixture) fixture = packet_fixture_new ();
  g_autoptr (CfoilPacketResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = test_folder_file (fixture->folder, "no/such/folder/packet.pdf");

  result = cfoil_packet_build_sync (fixture->draft, fixture->letter, fixture->files, CFOIL_UNKNOWN, path, NULL, NULL, NULL, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_null (result);
}

/* The disk is full in the middle: the error says so, the older packet stays, and no part
 * of the new one does. */
static void
test_disk_full (void)
{
  g_autoptr (PacketFixture) fixture = NULL;
  g_autoptr (CfoilPacketResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
      g_test_trap_assert_passed ();
      return;
    }
  fixture = packet_fixture_new ();
  packet_fixture_add (fixture, "noisy.png", "png", foreign_png (200, 200, TRUE));
  test_write_text (fixture->output, "older");
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &(struct rlimit) { 30000, 30000 }), ==, 0);
  result = cfoil_packet_build_sync (fixture->draft, fixture->letter, fixture->files, CFOIL_UNKNOWN, fixture->output, NULL, NULL, NULL,
                                    &error);
  g_assert_null (result);
  g_assert_nonnull (error);
  test_assert_contains (error->message, "cannot be written");
  text = test_read_text (fixture->output);
  g_assert_cmpstr (text, ==, "older");
  g_assert_cmpuint (test_count_entries (fixture->folder->path), ==, 2);
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/packet/layout", test_layout);
  g_test_add_func ("/packet/long-letter", test_long_letter);
  g_test_add_func ("/packet/keys", test_keys);
  g_test_add_func ("/packet/layout-speed", test_layout_speed);
  g_test_add_func ("/packet/unknown-glyphs", test_unknown_glyphs);
  g_test_add_func ("/packet/build", test_build);
  g_test_add_func ("/packet/private-pictures", test_private_pictures);
  g_test_add_func ("/packet/same-bytes", test_same_bytes);
  g_test_add_func ("/packet/actions-dropped", test_actions_dropped);
  g_test_add_func ("/packet/images-of-two-documents", test_images_of_two_documents);
  g_test_add_func ("/packet/orientation", test_orientation);
  g_test_add_func ("/packet/ladder", test_ladder);
  g_test_add_func ("/packet/vanished", test_vanished);
  g_test_add_func ("/packet/truncated-image", test_truncated_image);
  g_test_add_func ("/packet/damaged-image", test_damaged_image);
  g_test_add_func ("/packet/progress-and-cancel", test_progress_and_cancel);
  g_test_add_func ("/packet/no-room", test_no_room);
  g_test_add_func ("/packet/disk-full", test_disk_full);
  return g_test_run ();
}
