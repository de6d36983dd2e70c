/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bench-figures.h"

#include "cfoil-checklist.h"
#include "cfoil-packet.h"
#include "cfoil-renderer.h"
#include "cfoil-review.h"

#include <cairo-pdf.h>
#include <glib/gstdio.h>
#include <stdio.h>

/* An answer with 40 exhibits and 200 pages: what a keystroke costs, how soon pages can be
 * seen, and how long the packet takes.  Goals: product/quality, and issue "Disputes". */

#define N_EXHIBITS 40

typedef struct
{
  guint count;
  guint pages_each;
  char *folder;
  CfoilDraft *draft;
  GPtrArray *files;
  CfoilCase record;
  CfoilDossier dossier;
  CfoilLimits *limits;
} Bench;

static void
write_pdf (const char *path,
           guint       n_pages)
{
  cairo_surface_t *surface = cairo_pdf_surface_create (path, 595, 842);
  cairo_t *cr = cairo_create (surface);

  for (guint page = 0; page < n_pages; page++)
    {
      for (guint line = 0; line < 40; line++)
        {
          g_autofree char *text = g_strdup_printf ("Page %u, line %u of a document like those that shops have", page + 1, line);

          cairo_move_to (cr, 56, 60 + 18 * line);
          cairo_show_text (cr, text);
        }
      cairo_show_page (cr);
    }
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

static void
add_exhibit (Bench *self,
             guint  i)
{
  CfoilExhibit *exhibit = cfoil_exhibit_new (i % 2 == 0 ? CFOIL_EVIDENCE_DELIVERY : CFOIL_EVIDENCE_OTHER);
  CfoilPacketFile *file = g_new0 (CfoilPacketFile, 1);
  g_autofree char *name = g_strdup_printf ("document %u.pdf", i);
  g_autoptr (GFile) source = NULL;
  g_autoptr (GFileInfo) info = NULL;

  file->sha256 = g_strdup_printf ("%064x", i + 1);
  file->path = g_build_filename (self->folder, name, NULL);
  file->file_type = g_strdup ("pdf");
  file->n_pages = self->pages_each;
  write_pdf (file->path, self->pages_each);
  source = g_file_new_for_path (file->path);
  info = g_file_query_info (source, G_FILE_ATTRIBUTE_STANDARD_SIZE, 0, NULL, NULL);
  file->n_bytes = g_file_info_get_size (info);
  g_ptr_array_add (self->files, file);
  g_free (exhibit->caption);
  exhibit->caption = g_strdup_printf ("What document %u proves", i);
  g_ptr_array_add (exhibit->files, cfoil_exhibit_file_new (file->sha256, name, "pdf"));
  g_ptr_array_add (self->draft->exhibits, exhibit);
}

static void
set_up (Bench *self)
{
  self->folder = g_dir_make_tmp ("bench-packet-XXXXXX", NULL);
  self->draft = cfoil_draft_new ();
  self->draft->stance = CFOIL_STANCE_CONTEST;
  self->draft->product = CFOIL_PRODUCT_PHYSICAL;
  self->files = g_ptr_array_new_with_free_func ((GDestroyNotify) cfoil_packet_file_free);
  self->limits = cfoil_limits_for ("amazon-pay");
  self->record.provider = (char *) "amazon-pay";
  self->record.account = (char *) "shop";
  self->record.kind = CFOIL_CASE_CHARGEBACK;
  self->record.reason = CFOIL_REASON_NOT_RECEIVED;
  self->record.due_us = CFOIL_UNKNOWN;
  self->dossier.record = &self->record;
  for (guint i = 0; i < N_EXHIBITS; i++)
    add_exhibit (self, i);
  cfoil_draft_set_fact (self->draft, CFOIL_FACT_CARRIER, "UPS", CFOIL_FACT_SOURCE_TYPED, NULL);
  cfoil_draft_set_fact (self->draft, CFOIL_FACT_TRACKING_NUMBER, "1Z999AA10123456784", CFOIL_FACT_SOURCE_TYPED, NULL);
  cfoil_draft_set_fact (self->draft, CFOIL_FACT_DELIVERED_DATE, "2026-10-05", CFOIL_FACT_SOURCE_TYPED, NULL);
}

static void
tear_down (Bench *self)
{
  for (guint i = 0; i < self->files->len; i++)
    g_remove (((CfoilPacketFile *) self->files->pdata[i])->path);
  g_rmdir (self->folder);
  g_free (self->folder);
  cfoil_draft_free (self->draft);
  cfoil_limits_free (self->limits);
  g_ptr_array_unref (self->files);
}

static void
add_since (BenchFigure      *figure,
           const BenchClock *start)
{
  BenchClock passed = bench_clock_since (start);

  bench_figure_add (figure, passed.wall_ms, passed.cpu_ms);
}

/* All that follows from a change at once: text to keep, letter, checklist, review. */
static void
measure_keystroke (Bench *self)
{
  g_autoptr (BenchFigure) figure = bench_figure_new ();

  for (guint i = 0; i < self->count * 10; i++)
    {
      BenchClock start = bench_clock_now ();
      g_autofree char *words = g_strdup_printf ("What somebody types, letter %u", i);
      g_autoptr (CfoilDraft) draft = cfoil_draft_copy (self->draft);
      g_autofree char *text = NULL;
      g_autoptr (CfoilLetter) letter = NULL;
      g_autoptr (GPtrArray) checklist = NULL;
      g_autoptr (GPtrArray) findings = NULL;
      CfoilReviewInput input = { .dossier = &self->dossier, .draft = draft, .files = self->files, .limits = self->limits };

      cfoil_draft_set_own_words (draft, "closing", words);
      text = cfoil_draft_to_text (draft);
      input.letter = letter = cfoil_letter_compose (draft, self->record.reason, self->record.kind, "Amazon Pay");
      checklist = cfoil_checklist_make (self->record.reason, draft->product, draft);
      findings = cfoil_review (&input);
      add_since (figure, &start);
    }
  bench_print_figure ("a keystroke, all that follows at once", figure, NULL, 8);
}

static void
measure_layout (Bench             *self,
                const CfoilLetter *letter)
{
  g_autoptr (BenchFigure) figure = bench_figure_new ();

  for (guint i = 0; i < self->count; i++)
    {
      BenchClock start = bench_clock_now ();
      g_autoptr (CfoilPacketLayout) layout = cfoil_packet_layout_new (self->draft, letter, self->files, 0);

      add_since (figure, &start);
    }
  bench_print_figure ("all pages laid out", figure, NULL, 50);
}

static void
measure_pages (Bench *self)
{
  g_autoptr (BenchFigure) figure = bench_figure_new ();

  for (guint i = 0; i < self->count; i++)
    {
      const CfoilPacketFile *file = g_ptr_array_index (self->files, i % self->files->len);
      BenchClock start = bench_clock_now ();
      cairo_surface_t *surface = cfoil_renderer_draw_sync (file->path, "pdf", i % self->pages_each, 700, NULL, NULL);

      add_since (figure, &start);
      g_clear_pointer (&surface, cairo_surface_destroy);
    }
  bench_print_figure ("one foreign page as pixels", figure, "own process", 300);
}

static void
measure_build (Bench             *self,
               const CfoilLetter *letter)
{
  g_autoptr (BenchFigure) figure = bench_figure_new ();
  g_autofree char *path = g_build_filename (self->folder, "packet.pdf", NULL);
  g_autofree char *note = NULL;

  for (guint i = 0; i < MAX (self->count / 10, 1); i++)
    {
      g_autoptr (GError) error = NULL;
      BenchClock start = bench_clock_now ();
      g_autoptr (CfoilPacketResult) result =
        cfoil_packet_build_sync (self->draft, letter, self->files, CFOIL_UNKNOWN, path, NULL, NULL, NULL, &error);

      add_since (figure, &start);
      if (result == NULL)
        g_error ("%s", error->message);
      g_free (note);
      note = g_strdup_printf ("%u pages, %" G_GINT64_FORMAT " KiB", result->n_pages, result->n_bytes / 1024);
    }
  g_remove (path);
  bench_print_figure ("the packet made", figure, note, 10000);
}

int
main (int    argc,
      char **argv)
{
  gboolean is_smoke = argc == 2 && g_str_equal (argv[1], "--smoke");
  Bench self = { .count = is_smoke ? 2 : 50, .pages_each = is_smoke ? 1 : 5 };
  g_autoptr (CfoilLetter) letter = NULL;
  BenchMemory memory;

  set_up (&self);
  letter = cfoil_letter_compose (self.draft, self.record.reason, self.record.kind, "Amazon Pay");
  bench_print_head ("An answer with 40 exhibits", is_smoke ? "40 pages" : "200 pages");
  measure_keystroke (&self);
  measure_layout (&self, letter);
  measure_pages (&self);
  measure_build (&self, letter);
  memory = bench_memory_now ();
  printf ("\nresident %.1f MiB, at most %.1f MiB\n", memory.resident, memory.highest);
  tear_down (&self);
  return 0;
}
