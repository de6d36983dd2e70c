/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cfoil-error.h"
#include "cfoil-renderer.h"
#include "foreign-files.h"

static CfoilInspection *
inspect (const char *path,
         const char *file_type)
{
  g_autoptr (GError) error = NULL;
  CfoilInspection *inspection = cfoil_renderer_inspect_sync (path, file_type, NULL, &error);

  g_assert_no_error (error);
  return inspection;
}

static CfoilInspection *
inspect_bytes (GBytes     *bytes,
               const char *file_type)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = foreign_write (folder, "file", bytes);

  return inspect (path, file_type);
}

static GBytes *
part_of (GBytes *bytes,
         gsize   length)
{
  GBytes *part = g_bytes_new (g_bytes_get_data (bytes, NULL), MIN (length, g_bytes_get_size (bytes)));

  g_bytes_unref (bytes);
  return part;
}

/* --- what is found --- */

static void
test_good_files (void)
{
  g_autoptr (CfoilInspection) pdf = inspect_bytes (foreign_pdf ("Hello", 3), "pdf");
  g_autoptr (CfoilInspection) png = inspect_bytes (foreign_png (30, 40, TRUE), "png");
  g_autoptr (CfoilInspection) sheet = inspect_bytes (g_bytes_new_static ("PK", 2), "xlsx");

  g_assert_null (pdf->problem);
  g_assert_cmpint (pdf->n_pages, ==, 3);
  g_assert_cmpint (pdf->width, ==, 595);
  g_assert_cmpint (pdf->height, ==, 842);
  g_assert_false (pdf->has_scripts || pdf->has_links || pdf->has_forms || pdf->has_attachments || pdf->is_truncated);
  g_assert_null (png->problem);
  g_assert_cmpint (png->n_pages, ==, 1);
  g_assert_cmpint (png->width, ==, 30);
  g_assert_cmpint (png->height, ==, 40);
  g_assert_false (png->is_truncated);
  g_assert_null (sheet->problem);
  g_assert_cmpint (sheet->n_pages, ==, CFOIL_UNKNOWN);
}

static void
test_problems (void)
{
  g_autofree char *encrypted_path = test_data_file ("evidence/password.pdf");
  g_autofree char *owner_path = test_data_file ("evidence/owner-password.pdf");
  g_autoptr (CfoilInspection) encrypted = inspect (encrypted_path, "pdf");
  g_autoptr (CfoilInspection) owner = inspect (owner_path, "pdf");
  g_autoptr (CfoilInspection) empty = inspect_bytes (g_bytes_new_static ("", 0), "pdf");
  g_autoptr (CfoilInspection) garbage = inspect_bytes (g_bytes_new_static ("%PDF-1.4\n\001\002\003 startxref 99999", 29), "pdf");
  g_autoptr (CfoilInspection) other = inspect_bytes (g_bytes_new_static ("MZ", 2), "other");
  g_autoptr (CfoilInspection) no_image = inspect_bytes (g_bytes_new_static ("no image", 8), "jpg");
  g_autoptr (CfoilInspection) large = inspect_bytes (foreign_png_header (30000, 30000), "png");
  g_autoptr (CfoilInspection) largest = inspect_bytes (foreign_png_header (0xffffffff, 0xffffffff), "png");
  g_autoptr (CfoilInspection) header_only = inspect_bytes (foreign_png_header (100, 100), "png");

  g_assert_cmpstr (encrypted->problem, ==, "encrypted");
  g_assert_null (owner->problem);
  g_assert_cmpint (owner->n_pages, ==, 1);
  g_assert_cmpstr (empty->problem, ==, "empty");
  g_assert_cmpstr (garbage->problem, ==, "broken");
  g_assert_cmpstr (other->problem, ==, "unsupported");
  g_assert_cmpstr (no_image->problem, ==, "broken");
  g_assert_cmpstr (large->problem, ==, "too-large");
  g_assert_cmpint (large->width, ==, 30000);
  g_assert_cmpstr (largest->problem, ==, "too-large");
  g_assert_true (g_strcmp0 (header_only->problem, "broken") == 0 || header_only->is_truncated);
}

static void
test_many_pages (void)
{
  gint64 begin = g_get_monotonic_time ();
  g_autoptr (CfoilInspection) inspection = inspect_bytes (foreign_pdf ("Page", 2000), "pdf");

  g_assert_cmpstr (inspection->problem, ==, "too-many-pages");
  g_assert_cmpint (inspection->n_pages, ==, 2000);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 5 * G_USEC_PER_SEC);
}

/* A file that was cut anywhere is broken, or what is left of it opens; nothing else. */
static void
test_cut_files (void)
{
  g_autoptr (GBytes) pdf = foreign_pdf_with_actions ();
  g_autoptr (GBytes) jpeg = foreign_jpeg (64, 64, TRUE);

  for (guint i = 1; i < 8; i++)
    {
      g_autoptr (CfoilInspection) cut_pdf = inspect_bytes (part_of (g_bytes_ref (pdf), g_bytes_get_size (pdf) * i / 8), "pdf");
      g_autoptr (CfoilInspection) cut_jpeg = inspect_bytes (part_of (g_bytes_ref (jpeg), g_bytes_get_size (jpeg) * i / 8), "jpg");

      g_assert_true (cut_pdf->problem == NULL || g_str_equal (cut_pdf->problem, "broken"));
      g_assert_true (cut_jpeg->is_truncated || g_strcmp0 (cut_jpeg->problem, "broken") == 0);
    }
}

static void
test_actions (void)
{
  g_autoptr (CfoilInspection) inspection = inspect_bytes (foreign_pdf_with_actions (), "pdf");

  g_assert_null (inspection->problem);
  g_assert_true (inspection->has_scripts);
  g_assert_true (inspection->has_links);
  g_assert_true (inspection->has_forms);
  g_assert_true (inspection->has_attachments);
}

/* Where to begin reading, and bytes that look like a name, are no script. */
static void
test_harmless (void)
{
  PdfMaker *pdf = pdf_maker_new ();
  g_autoptr (CfoilInspection) inspection = NULL;

  pdf_maker_add (pdf, "<< /Type /Catalog /Pages 2 0 R /OpenAction [ 3 0 R /Fit ] >>");
  pdf_maker_add (pdf, "<< /Type /Pages /Kids [ 3 0 R ] /Count 1 >>");
  pdf_maker_add (pdf, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Annots [ 4 0 R ] >>");
  pdf_maker_add (pdf, "<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /GoTo /D [ 3 0 R /Fit ] >> >>");
  pdf_maker_add_stream (pdf, "", g_bytes_new_static ("\001\002\377/JS \001\002/URI(\003", 16));
  inspection = inspect_bytes (pdf_maker_finish (pdf), "pdf");
  g_assert_null (inspection->problem);
  g_assert_false (inspection->has_scripts || inspection->has_links || inspection->has_forms || inspection->has_attachments);
}

static void
test_cards (void)
{
  static const struct { const char *text; guint n; } all[] = {
    { "4111111111111111", 1 },
    { "4111 1111 1111 1111", 1 },
    { "4111-1111-1111-1111, 5500 0000 0000 0004.", 2 },
    { "3782 822463 10005", 1 },
    { "378282246310005", 1 },
    { "4222222222222", 1 },
    { "pan=4111111111111111;", 1 },
    { "4111\302\2401111\302\2401111\302\2401111", 1 },
    { "4111111111111112", 0 },
    { "4111 1111-1111 1111", 0 },
    { "0000000000000000", 0 },
    { "5555555555555555", 0 },
    { "S01-1234567-1234567-C012345", 0 },
    { "2026-07-14 15:53:00", 0 },
    { "41111111111111110000", 0 },
    { "", 0 },
    { NULL, 0 },
  };
  g_autoptr (CfoilInspection) pdf = inspect_bytes (foreign_pdf ("4111 1111 1111 1111 is mine, page", 3), "pdf");
  g_autoptr (CfoilInspection) csv = inspect_bytes (g_bytes_new_static ("a;b\n5500000000000004;\3444\n", 24), "csv");

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    g_assert_cmpuint (cfoil_count_card_numbers (all[i].text), ==, all[i].n);
  g_assert_cmpuint (pdf->n_card_numbers, ==, 3);
  g_assert_cmpstr (pdf->card_pages, ==, "1, 2, 3");
  g_assert_cmpuint (csv->n_card_numbers, ==, 1);
  g_assert_null (csv->card_pages);
}

static void
test_json (void)
{
  CfoilInspection inspection = {
    .n_pages = 7, .width = CFOIL_UNKNOWN, .height = 20, .problem = (char *) "broken", .has_links = TRUE, .has_forms = TRUE,
    .n_card_numbers = 3, .card_pages = (char *) "2, 5",
  };
  g_autofree char *json = cfoil_inspection_to_json (&inspection);
  g_autoptr (CfoilInspection) back = cfoil_inspection_from_json (json);
  g_autofree char *again = cfoil_inspection_to_json (back);
  g_autoptr (CfoilInspection) nothing = cfoil_inspection_from_json (NULL);
  g_autoptr (CfoilInspection) hostile = cfoil_inspection_from_json ("{\"problem\":\"<b>x\\n\",\"n_card_numbers\":-1}");

  g_assert_cmpstr (json, ==, again);
  g_assert_cmpint (back->n_pages, ==, 7);
  g_assert_cmpint (back->width, ==, CFOIL_UNKNOWN);
  g_assert_cmpstr (back->card_pages, ==, "2, 5");
  g_assert_true (back->has_links && back->has_forms && !back->has_scripts);
  g_assert_null (nothing->problem);
  g_assert_cmpint (nothing->n_pages, ==, CFOIL_UNKNOWN);
  g_assert_null (hostile->problem);
  g_assert_cmpuint (hostile->n_card_numbers, ==, 0);
}

/* --- drawing --- */

static cairo_surface_t *
draw (GBytes     *bytes,
      const char *file_type,
      guint       page,
      guint       width,
      GError    **error)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = foreign_write (folder, "file", bytes);

  return cfoil_renderer_draw_sync (path, file_type, page, width, NULL, error);
}

static void
test_draw (void)
{
  g_autoptr (GError) error = NULL;
  cairo_surface_t *pdf = draw (foreign_pdf_with_image (1, 0, 0), "pdf", 0, 300, &error);
  cairo_surface_t *small = draw (foreign_png (20, 10, FALSE), "png", 0, 300, &error);
  cairo_surface_t *wide = draw (foreign_png (400, 100, FALSE), "png", 0, 200, &error);

  g_assert_no_error (error);
  g_assert_cmpint (cairo_image_surface_get_width (pdf), ==, 300);
  g_assert_cmpint (cairo_image_surface_get_height (pdf), ==, 424);
  g_assert_cmphex (foreign_pixel (pdf, 0.5, 0.5), ==, 0xff0000);
  g_assert_cmpint (cairo_image_surface_get_width (small), ==, 20);
  g_assert_cmphex (foreign_pixel (small, 0.2, 0.2), ==, 0xff0000);
  g_assert_cmphex (foreign_pixel (small, 0.8, 0.8), ==, 0x0000ff);
  g_assert_cmpint (cairo_image_surface_get_width (wide), ==, 200);
  g_assert_cmpint (cairo_image_surface_get_height (wide), ==, 50);
  cairo_surface_destroy (pdf);
  cairo_surface_destroy (small);
  cairo_surface_destroy (wide);
}

static void
test_draw_nothing (void)
{
  g_autoptr (GError) no_page = NULL;
  g_autoptr (GError) no_image = NULL;
  g_autoptr (GError) large = NULL;
  g_autoptr (GError) gone = NULL;

  g_assert_null (draw (foreign_pdf ("Hello", 1), "pdf", 1, 100, &no_page));
  g_assert_error (no_page, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_SYNTAX);
  g_assert_null (draw (g_bytes_new_static ("no image", 8), "png", 0, 100, &no_image));
  g_assert_error (no_image, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_SYNTAX);
  g_assert_null (draw (foreign_png_header (30000, 30000), "png", 0, 100, &large));
  g_assert_error (large, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_SYNTAX);
  g_assert_null (cfoil_renderer_draw_sync ("/not/there", "pdf", 0, 100, NULL, &gone));
  g_assert_error (gone, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

/* --- a process that misbehaves --- */

static void
test_missing_program (void)
{
  g_autofree char *program = g_strdup (g_getenv ("COUNTERFOIL_RENDER"));
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = foreign_write (folder, "a.pdf", foreign_pdf ("Hello", 1));
  g_autoptr (GError) error = NULL;

  g_setenv ("COUNTERFOIL_RENDER", "/not/there", TRUE);
  g_assert_null (cfoil_renderer_inspect_sync (path, "pdf", NULL, &error));
  g_setenv ("COUNTERFOIL_RENDER", program, TRUE);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  test_assert_contains (error->message, "counterfoil-render");
}

/* A renderer that a file has taken over says and does what it likes. */
static void
test_hostile_program (void)
{
  static const char *const all[] = {
    "kill -SEGV $$",
    "exit 3",
    "exit 0",
    "yes",
    "yes \"$(head -c 99999 /dev/zero | tr '\\0' x)\"",
    "head -c 99999 /dev/zero | tr '\\0' '['; echo",
    "head -c 60000 /dev/zero | tr '\\0' '['; echo",
    "echo '{\"problem\":\"<b>\",\"n_pages\":\"x\"}'",
    "echo 'pixels 8192 131072'; echo 'pixels 8192 131072'",
    "echo 'pixels 10 10'; echo 'at 7'",
    "echo 'at 3'; echo 'failed x'; echo 'reduced'; exec 1>&-; exec sleep 60",
  };
  g_autofree char *program = g_strdup (g_getenv ("COUNTERFOIL_RENDER"));
  g_autoptr (PacketFixture) fixture = packet_fixture_new ();
  g_autofree char *fake = test_folder_file (fixture->folder, "fake");
  CfoilPacketFile *file = packet_fixture_add (fixture, "a.pdf", "pdf", foreign_pdf ("Hello", 1));

  g_setenv ("COUNTERFOIL_RENDER", fake, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      g_autofree char *script = g_strdup_printf ("#!/bin/sh\n%s\n", all[i]);
      g_autoptr (CfoilInspection) inspection = NULL;
      g_autoptr (GError) draw_error = NULL;
      g_autoptr (GError) build_error = NULL;

      test_write_text (fake, script);
      g_assert_cmpint (chmod (fake, 0700), ==, 0);
      inspection = inspect (file->path, "pdf");
      g_assert_cmpstr (inspection->problem, ==, "crashed");
      g_assert_null (cfoil_renderer_draw_sync (file->path, "pdf", 0, 100, NULL, &draw_error));
      g_assert_nonnull (draw_error);
      if (g_str_equal (all[i], "yes"))
        continue;
      g_assert_null (cfoil_packet_build_sync (fixture->draft, fixture->letter, fixture->files, CFOIL_UNKNOWN, fixture->output, NULL,
                                              NULL, NULL, &build_error));
      g_assert_error (build_error, G_IO_ERROR, G_IO_ERROR_BROKEN_PIPE);
    }
  g_setenv ("COUNTERFOIL_RENDER", program, TRUE);
}

static void
test_deadlines (void)
{
  g_autoptr (GError) endless_error = NULL;
  g_autoptr (GError) bomb_error = NULL;
  gint64 begin = g_get_monotonic_time ();
  cairo_surface_t *bomb;

  g_assert_null (draw (foreign_pdf_endless (), "pdf", 0, 200, &endless_error));
  g_assert_error (endless_error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 8 * G_USEC_PER_SEC);

  /* Drawn, out of time or out of memory: it ends. */
  begin = g_get_monotonic_time ();
  bomb = draw (foreign_pdf_bomb (), "pdf", 0, 200, &bomb_error);
  g_clear_pointer (&bomb, cairo_surface_destroy);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 12 * G_USEC_PER_SEC);
}

static void
test_cancel (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = foreign_write (folder, "a.pdf", foreign_pdf_endless ());
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  gint64 begin = g_get_monotonic_time ();

  g_cancellable_cancel (cancellable);
  g_assert_null (cfoil_renderer_draw_sync (path, "pdf", 0, 100, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 2 * G_USEC_PER_SEC);
}

/* A page on which the drawing never ends costs itself; what is before and after it is there. */
static void
test_build_with_endless_page (void)
{
  g_autoptr (PacketFixture) fixture = packet_fixture_new ();
  g_autoptr (CfoilPacketResult) result = NULL;
  g_autoptr (GBytes) endless = foreign_pdf_endless ();
  g_autofree char *text = NULL;
  CfoilPacketFile *bad;
  const CfoilPacketFailure *failure;
  gint64 begin;

  packet_fixture_add (fixture, "good.pdf", "pdf", foreign_pdf ("Before", 1));
  bad = packet_fixture_add (fixture, "bad.pdf", "pdf", foreign_pdf ("Bad", 1));
  packet_fixture_add (fixture, "after.pdf", "pdf", foreign_pdf ("After", 1));
  /* Inspection would have found it; it changed since. */
  test_write_bytes (bad->path, g_bytes_get_data (endless, NULL), g_bytes_get_size (endless));
  begin = g_get_monotonic_time ();
  result = packet_fixture_build (fixture, CFOIL_UNKNOWN);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 20 * G_USEC_PER_SEC);
  g_assert_cmpuint (result->failed->len, ==, 1);
  failure = g_ptr_array_index (result->failed, 0);
  g_assert_cmpstr (failure->sha256, ==, bad->sha256);
  g_assert_cmpuint (failure->page, ==, 0);
  text = foreign_pdf_read_text (fixture->output);
  test_assert_contains (text, "efore 1");
  test_assert_contains (text, "fter 1");
  test_assert_contains (text, "This page could not be drawn.");
}

/* --- its parent --- */

/* Its parent is the first process, as in a container, and says NUMBER; the exit code of the
 * renderer. */
static int
run_below_first (const char *number)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = foreign_write (folder, "a.png", foreign_png (10, 10, FALSE));
  g_autofree char *render = cfoil_renderer_find ();
  g_autofree char *script =
    g_strdup_printf ("test $$ = 1 || exit 99; COUNTERFOIL_RENDER_PARENT=%s '%s' inspect png '%s'; exit $?", number, render, path);
  const char *const command[] = { "unshare", "--user", "--map-root-user", "--pid", "--fork", "sh", "-c", script, NULL };
  g_autoptr (GError) error = NULL;
  int status;

  g_spawn_sync (NULL, (char **) command, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_true (WIFEXITED (status));
  return WEXITSTATUS (status);
}

static void
test_first_process (void)
{
  const char *const probe[] = { "unshare", "--user", "--map-root-user", "--pid", "--fork", "true", NULL };
  int status = -1;

  if (!g_spawn_sync (NULL, (char **) probe, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, NULL, NULL, &status,
                     NULL) || status != 0)
    {
      g_test_skip ("No process can be the first here");
      return;
    }
  g_assert_cmpint (run_below_first ("1"), ==, 0);
  /* Whose parent has gone. */
  g_assert_cmpint (run_below_first ("2"), ==, 1);
}

/* --- kill -9 --- */

/* The renderers that this process has started, the newest. */
static int
find_child (void)
{
  g_autofree char *folder = g_strdup ("/proc/self/task");
  g_autoptr (GDir) tasks = g_dir_open (folder, 0, NULL);
  const char *task;
  int child = 0;

  while ((task = g_dir_read_name (tasks)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, task, "children", NULL);
      g_autofree char *children = NULL;

      if (g_file_get_contents (path, &children, NULL, NULL))
        child = MAX (child, atoi (children));
    }
  return child;
}

typedef struct
{
  guint at;         /* page */
  guint n_kills;    /* to be done */
} Killer;

static void
on_progress_kill (guint    done,
                  guint    total,
                  gpointer user_data)
{
  Killer *killer = user_data;
  int child;

  if (killer->n_kills == 0 || done != killer->at)
    return;
  child = find_child ();
  g_assert_cmpint (child, >, 0);
  killer->n_kills--;
  kill (child, SIGKILL);
}

static CfoilPacketResult *
build_and_kill (PacketFixture *fixture,
                guint          n_kills)
{
  Killer killer = { 4, n_kills };
  g_autoptr (GError) error = NULL;
  CfoilPacketResult *result = cfoil_packet_build_sync (fixture->draft, fixture->letter, fixture->files, CFOIL_UNKNOWN,
                                                       fixture->output, on_progress_kill, &killer, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (killer.n_kills, ==, 0);
  return result;
}

static void
test_killed (void)
{
  g_autoptr (PacketFixture) fixture = packet_fixture_new ();
  g_autoptr (CfoilPacketResult) whole = NULL;
  g_autoptr (CfoilPacketResult) once = NULL;
  g_autoptr (CfoilPacketResult) often = NULL;

  /* Enough pages that a process is still at work when the line of page 4 is read. */
  packet_fixture_add (fixture, "a.pdf", "pdf", foreign_pdf ("Page", 400));
  whole = packet_fixture_build (fixture, CFOIL_UNKNOWN);
  once = build_and_kill (fixture, 1);
  g_assert_cmpuint (once->failed->len, ==, 0);
  g_assert_cmpstr (once->sha256, ==, whole->sha256);

  /* Again and again: it ends nevertheless, with a packet or pages left out. */
  often = build_and_kill (fixture, 5);
  g_assert_cmpuint (often->n_pages, ==, whole->n_pages);
  g_assert_cmpuint (test_count_entries (fixture->folder->path), ==, 2);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/renderer/good-files", test_good_files);
  g_test_add_func ("/renderer/problems", test_problems);
  g_test_add_func ("/renderer/many-pages", test_many_pages);
  g_test_add_func ("/renderer/cut-files", test_cut_files);
  g_test_add_func ("/renderer/actions", test_actions);
  g_test_add_func ("/renderer/harmless", test_harmless);
  g_test_add_func ("/renderer/cards", test_cards);
  g_test_add_func ("/renderer/json", test_json);
  g_test_add_func ("/renderer/draw", test_draw);
  g_test_add_func ("/renderer/draw-nothing", test_draw_nothing);
  g_test_add_func ("/renderer/missing-program", test_missing_program);
  g_test_add_func ("/renderer/hostile-program", test_hostile_program);
  g_test_add_func ("/renderer/deadlines", test_deadlines);
  g_test_add_func ("/renderer/cancel", test_cancel);
  g_test_add_func ("/renderer/endless-page", test_build_with_endless_page);
  g_test_add_func ("/renderer/first-process", test_first_process);
  g_test_add_func ("/renderer/killed", test_killed);
  return g_test_run ();
}
