/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bench-loop.h"
#include "test-mirror.h"

#include "cfoil-application.h"
#include "cfoil-transactions-page-private.h"
#include "cfoil-ui-resources.h"

#include <locale.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* bench-window FOLDER: the window over the mirror in FOLDER, opened, typed into,
 * sorted and scrolled, by tools/headless.  With --smoke over a small one of its own.
 *
 * The program itself runs here: only what drives it is ours.  What is measured in a
 * new process comes from this program called again as
 *   bench-window --open FOLDER START_US    "milliseconds resident anonymous" */

#define N_TURNS 5
#define PATIENCE_US (60 * G_USEC_PER_SEC)
#define KEY_PAUSE_MS 40
#define ROW_HEIGHT 30

typedef struct
{
  char *folder;
  gint64 start_us;  /* of --open */
  gboolean is_open; /* opens, and that is all */
  gboolean is_quick;
  BenchMemory empty; /* of the program over an empty mirror */

  GApplication *application; /* (borrowed) */
  BenchLoop *loop;           /* (owned) */
  CfoilTransactionsPage *page; /* (borrowed) (nullable) */
  gboolean is_complete;        /* the last frame lacked nothing */
  gboolean has_blank_row;
  gint64 frame_us;
  gint64 blank_since_us; /* 0: no row in sight is blank, or others are since */
  double longest_blank_ms;
} Bench;

/* --- what is to be seen --- */

static GtkWidget *
find_widget (GtkWidget *widget,
             GType      type)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_widget (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
has_text (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    return *gtk_label_get_text (GTK_LABEL (widget)) != '\0';
  if (GTK_IS_INSCRIPTION (widget))
    return gtk_inscription_get_text (GTK_INSCRIPTION (widget)) != NULL && *gtk_inscription_get_text (GTK_INSCRIPTION (widget)) != '\0';
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (has_text (child))
      return TRUE;
  return FALSE;
}

/* Among the rows that are in sight. */
static gboolean
has_blank_row (GtkWidget *view)
{
  GtkWidget *list = find_widget (view, GTK_TYPE_LIST_VIEW);
  int height = gtk_widget_get_height (list);

  for (GtkWidget *row = gtk_widget_get_first_child (list); row != NULL; row = gtk_widget_get_next_sibling (row))
    {
      graphene_rect_t bounds;

      if (!gtk_widget_get_mapped (row) || !gtk_widget_compute_bounds (row, list, &bounds) ||
          bounds.origin.y + bounds.size.height <= 0 || bounds.origin.y >= (float) height)
        continue;
      if (!has_text (row))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_complete (Bench *bench)
{
  CfoilRecordModel *model = bench->page->model;

  if (!gtk_widget_get_mapped (GTK_WIDGET (bench->page)) || model == NULL || cfoil_record_model_get_loading (model))
    return FALSE;
  return cfoil_record_model_get_n_rows (model) == 0 ||
         (gtk_widget_get_mapped (GTK_WIDGET (bench->page->view)) && !bench->has_blank_row);
}

static void
frame_cb (gpointer user_data)
{
  Bench *bench = user_data;

  bench->frame_us = g_get_monotonic_time ();
  bench->has_blank_row = gtk_widget_get_mapped (GTK_WIDGET (bench->page->view)) && has_blank_row (GTK_WIDGET (bench->page->view));
  bench->is_complete = is_complete (bench);
  if (bench->has_blank_row && bench->blank_since_us == 0)
    bench->blank_since_us = bench->frame_us;
  if (bench->blank_since_us != 0)
    bench->longest_blank_ms = MAX (bench->longest_blank_ms, (double) (bench->frame_us - bench->blank_since_us) / 1e3);
  if (!bench->has_blank_row)
    bench->blank_since_us = 0;
}

/* --- driving --- */

static void
spin (guint ms)
{
  gint64 end = g_get_monotonic_time () + (gint64) ms * 1000;

  /* Frames do not stop coming. */
  while (g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
}

/* Until a frame that was begun after now lacks nothing; the milliseconds until then. */
static double
wait_for_complete (Bench *bench,
                   gint64 start_us)
{
  gint64 first_us = g_get_monotonic_time ();

  bench->is_complete = FALSE;
  while (!bench->is_complete)
    {
      if (g_get_monotonic_time () - first_us > PATIENCE_US)
        g_error ("bench-window: the window does not come to rest: page %d, model %d, loading %d, %u rows, blank %d, frame %d",
                 gtk_widget_get_mapped (GTK_WIDGET (bench->page)), bench->page->model != NULL,
                 bench->page->model != NULL && cfoil_record_model_get_loading (bench->page->model),
                 bench->page->model != NULL ? cfoil_record_model_get_n_rows (bench->page->model) : 0, bench->has_blank_row,
                 bench->frame_us > first_us);
      g_main_context_iteration (NULL, TRUE);
    }
  return (double) (bench->frame_us - start_us) / 1e3;
}

static void
begin (Bench *bench)
{
  spin (200);
  bench_loop_clear (bench->loop);
  bench->longest_blank_ms = 0;
  bench->blank_since_us = 0;
}

static void
end (Bench *bench)
{
  bench_print_line ("  longest without drawing, cpu", bench_loop_get_longest_cpu (bench->loop), 0, "ms", 8);
  bench_loop_print (bench->loop);
}

/* PAUSES: the next key comes whether there is an answer or not. */
static void
type_query (Bench       *bench,
            const char  *text,
            gboolean     pauses,
            BenchFigure *figure)
{
  GtkEditable *entry = GTK_EDITABLE (find_widget (GTK_WIDGET (bench->page->search), GTK_TYPE_ENTRY));

  for (const char *key = text; *key != '\0'; key = g_utf8_next_char (key))
    {
      BenchClock start = bench_clock_now (), took;
      gint64 start_us = g_get_monotonic_time ();
      int position = (int) g_utf8_strlen (gtk_editable_get_text (entry), -1);

      gtk_editable_insert_text (entry, key, (int) (g_utf8_next_char (key) - key), &position);
      if (pauses)
        {
          spin (KEY_PAUSE_MS);
          continue;
        }
      took = (BenchClock){ wait_for_complete (bench, start_us), 0 };
      bench_figure_add (figure, took.wall_ms, bench_clock_since (&start).cpu_ms);
    }
  wait_for_complete (bench, g_get_monotonic_time ());
  gtk_editable_set_text (entry, "");
  wait_for_complete (bench, g_get_monotonic_time ());
}

static void
measure_typing (Bench *bench)
{
  static const char *const queries[] = {
    "second", "paper thread", "C77", "P01-52", "amount:10..20 ", "amount:>50 outdoor", "date:last30d ", "date:2026 state:captured ",
    "-type:charge ", "is:refunded shelf", "no:settlement ", "nobodyhasthis",
  };
  g_autoptr (BenchFigure) figure = bench_figure_new ();

  begin (bench);
  for (guint i = 0; i < (bench->is_quick ? 2 : G_N_ELEMENTS (queries)); i++)
    type_query (bench, queries[i], FALSE, figure);
  bench_print_head ("Typing", "");
  bench_print_figure ("keystroke to a complete frame", figure, NULL, 50);
  end (bench);

  begin (bench);
  for (guint i = 0; i < (bench->is_quick ? 2 : G_N_ELEMENTS (queries)); i++)
    type_query (bench, queries[i], TRUE, NULL);
  printf ("\nTyping, a key each %d ms\n", KEY_PAUSE_MS);
  end (bench);
}

static void
measure_sorting (Bench *bench)
{
  GtkColumnView *view = GTK_COLUMN_VIEW (bench->page->view);
  GListModel *columns = gtk_column_view_get_columns (view);
  g_autoptr (BenchFigure) figure = bench_figure_new ();

  begin (bench);
  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);
      BenchClock start = bench_clock_now ();
      double ms;

      if (!gtk_column_view_column_get_visible (column) || gtk_column_view_column_get_sorter (column) == NULL)
        continue;
      gtk_column_view_sort_by_column (view, column, GTK_SORT_ASCENDING);
      ms = wait_for_complete (bench, g_get_monotonic_time ());
      bench_figure_add (figure, ms, bench_clock_since (&start).cpu_ms);
    }
  bench_print_head ("Sorting", "");
  bench_print_figure ("header to a complete frame", figure, NULL, 300);
  end (bench);
}

typedef enum
{
  BY_WHEEL,
  BY_PAGE,
  BY_DRAGGING,
} Scrolling;

static void
scroll (Bench         *bench,
        Scrolling      how,
        GtkAdjustment *adjustment,
        guint          step)
{
  double room = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment);
  double value = gtk_adjustment_get_value (adjustment);

  switch (how)
    {
    case BY_WHEEL:
      value += 3 * ROW_HEIGHT;
      break;
    case BY_PAGE:
      value += gtk_adjustment_get_page_size (adjustment);
      break;
    case BY_DRAGGING:
    default:
      /* there and back, and all over the place */
      value = step < 40 ? room * step / 40 : room * ((step * 7919) % 997) / 997;
      break;
    }
  gtk_adjustment_set_value (adjustment, value);
  /* Other rows are blank now. */
  if (how != BY_WHEEL)
    bench->blank_since_us = 0;
}

static void
measure_scrolling (Bench      *bench,
                   Scrolling   how,
                   const char *name)
{
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (bench->page->view));
  const GArray *frames;

  gtk_adjustment_set_value (adjustment, 0);
  begin (bench);
  for (guint step = 0; step < (bench->is_quick ? 5 : 100); step++)
    {
      gint64 before_us = bench->frame_us;

      scroll (bench, how, adjustment, step);
      while (bench->frame_us == before_us)
        g_main_context_iteration (NULL, TRUE);
      /* A person looks; who drags does so now and then. */
      if (how == BY_PAGE)
        spin (50);
      else if (how == BY_DRAGGING && step % 5 == 4)
        spin (150);
    }
  wait_for_complete (bench, g_get_monotonic_time ());
  frames = bench_loop_get_frames (bench->loop);
  printf ("\nScrolling %s\n", name);
  bench_print_line ("  between frames, p50", bench_percentile (frames, 50), 0, "ms", 0);
  bench_print_line ("  between frames, p95", bench_percentile (frames, 95), 0, "ms", 33);
  bench_print_line ("  between frames, longest", bench_percentile (frames, 100), 0, "ms", 33);
  bench_print_line ("  a row blank for, at most", bench->longest_blank_ms, 0, "ms", 100);
  end (bench);
}

static void
use (Bench *bench)
{
  BenchMemory shown = bench_memory_now (), used;

  measure_scrolling (bench, BY_WHEEL, "with the wheel");
  measure_scrolling (bench, BY_PAGE, "by page");
  measure_scrolling (bench, BY_DRAGGING, "by dragging");
  measure_sorting (bench);
  measure_typing (bench);
  spin (500);
  used = bench_memory_now ();

  printf ("\nMemory above the program over an empty mirror\n");
  bench_print_line ("  resident, when shown", shown.resident - bench->empty.resident, 0, "MiB", 0);
  bench_print_line ("  anonymous, when shown", shown.anonymous - bench->empty.anonymous, 0, "MiB", 0);
  bench_print_line ("  resident, scrolled, sorted, searched", used.resident - bench->empty.resident, 0, "MiB", 60);
  bench_print_line ("  anonymous, the same", used.anonymous - bench->empty.anonymous, 0, "MiB", 0);
  bench_print_line ("  resident at its highest", used.highest - bench->empty.highest, 0, "MiB", 0);
}

/* --- the program --- */

static gboolean
drive_cb (gpointer user_data)
{
  Bench *bench = user_data;
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (bench->application));
  gint64 start_us = bench->start_us;
  BenchMemory memory;
  double ms;

  if (window == NULL || !gtk_widget_get_mapped (GTK_WIDGET (window)))
    return G_SOURCE_CONTINUE;
  bench->page = CFOIL_TRANSACTIONS_PAGE (find_widget (GTK_WIDGET (window), CFOIL_TYPE_TRANSACTIONS_PAGE));
  bench_loop_watch (bench->loop, GTK_WIDGET (window), frame_cb, bench);
  ms = wait_for_complete (bench, start_us);
  if (bench->is_open)
    {
      spin (500);
      memory = bench_memory_now ();
      printf ("%.3f %.3f %.3f %.3f\n", ms, memory.resident, memory.anonymous, memory.highest);
    }
  else
    use (bench);
  g_clear_pointer (&bench->loop, bench_loop_free);
  g_application_quit (bench->application);
  return G_SOURCE_REMOVE;
}

static int
run_program (Bench *bench)
{
  g_autoptr (CfoilApplication) application = NULL;
  g_autoptr (GSettings) settings = NULL;
  char *words[] = { (char *) "counterfoil", (char *) "--data-dir", bench->folder, NULL };

  /* As in the program's main (). */
  mallopt (M_MMAP_THRESHOLD, 256 * 1024);
  mallopt (M_TRIM_THRESHOLD, 1024 * 1024);
  mallopt (M_ARENA_MAX, 4);
  setlocale (LC_ALL, "");
  g_resources_register (cfoil_ui_get_resource ());

  /* What is measured is the list, whichever page is the first. */
  settings = g_settings_new (CFOIL_APPLICATION_ID);
  g_settings_set_string (settings, "last-page", "transactions");
  application = cfoil_application_new ();
  bench->application = G_APPLICATION (application);
  bench->loop = bench_loop_new ();
  g_timeout_add (1, drive_cb, bench);
  return g_application_run (bench->application, 3, words);
}

/* --- time to the first frame, in new processes --- */

typedef struct
{
  double ms;
  BenchMemory memory;
} Opened;

static Opened
open_in_new_process (const char *program,
                     const char *folder)
{
  g_autofree char *start = g_strdup_printf ("%" G_GINT64_FORMAT, g_get_monotonic_time ());
  const char *words[] = { program, "--open", folder, start, NULL };
  g_autofree char *output = NULL;
  g_autoptr (GError) error = NULL;
  Opened opened = { 0 };
  int status;

  if (!g_spawn_sync (NULL, (char **) words, NULL, G_SPAWN_DEFAULT, NULL, NULL, &output, NULL, &status, &error) ||
      !g_spawn_check_wait_status (status, &error))
    g_error ("bench-window: %s", error->message);
  if (sscanf (output, "%lf %lf %lf %lf", &opened.ms, &opened.memory.resident, &opened.memory.anonymous, &opened.memory.highest) != 4)
    g_error ("bench-window: not understood: %s", output);
  return opened;
}

/* A mirror with an account and nothing else: without an account there is no list. */
static TestFolder *
make_empty_mirror (void)
{
  TestFolder *folder = test_folder_new ();
  g_autoptr (CfoilMirror) mirror = cfoil_mirror_open (folder->path, NULL);

  g_assert_nonnull (mirror);
  test_add_account (mirror, "shop");
  return folder;
}

static void
measure_opening (Bench      *bench,
                 const char *program)
{
  g_autoptr (TestFolder) empty = make_empty_mirror ();
  g_autoptr (BenchFigure) without = bench_figure_new (), with = bench_figure_new ();

  for (guint i = 0; i < (bench->is_quick ? 1 : N_TURNS); i++)
    {
      Opened opened = open_in_new_process (program, empty->path);

      bench->empty = opened.memory;
      bench_figure_add (without, opened.ms, 0);
      opened = open_in_new_process (program, bench->folder);
      bench_figure_add (with, opened.ms, 0);
    }
  printf ("%-52s %9s %9s %-4s %6s %6s\n", "The window", "ours", "reference", "", "ratio", "goal");
  bench_print_line ("first complete frame : over an empty mirror", bench_percentile (with->wall, 50),
                    bench_percentile (without->wall, 50), "ms", 1.5);
}

static int
run_all (Bench      *bench,
         const char *program)
{
  measure_opening (bench, program);
  return run_program (bench);
}

static int
run_smoke (const char *program)
{
  TestMirror *mirror = test_mirror_new ();
  Bench bench = { .is_quick = TRUE };
  int status;

  for (guint i = 0; i < 300; i++)
    {
      g_autofree char *id = g_strdup_printf ("P01-%07u-C%u", i, i);
      CfoilSettlementLine line = test_line ("S1", CFOIL_TYPE_CHARGE, id, 100 + i);

      line.row_number = i + 1;
      test_put_line (mirror->writer, &line);
    }
  test_commit (mirror->writer);
  bench.folder = g_strdup (cfoil_mirror_get_folder (mirror->mirror));
  status = run_all (&bench, program);
  g_free (bench.folder);
  test_mirror_free (mirror);
  return status;
}

int
main (int    argc,
      char **argv)
{
  Bench bench = { 0 };

  if (argc == 4 && strcmp (argv[1], "--open") == 0)
    {
      bench.is_open = TRUE;
      bench.folder = argv[2];
      bench.start_us = g_ascii_strtoll (argv[3], NULL, 10);
      return run_program (&bench);
    }
  if (argc == 2 && strcmp (argv[1], "--smoke") == 0)
    return run_smoke (argv[0]);
  if (argc != 2)
    {
      fprintf (stderr, "Usage: bench-window FOLDER | --smoke\n");
      return 2;
    }
  bench.folder = argv[1];
  bench.start_us = g_get_monotonic_time ();
  return run_all (&bench, argv[0]);
}
