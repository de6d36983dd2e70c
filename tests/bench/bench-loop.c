/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bench-loop.h"

#include <stdio.h>
#include <time.h>

/* Upper ends of the histogram, in ms; the last has none. */
static const double ends[] = { 1, 2, 4, 8, 16, 33, 100, G_MAXDOUBLE };
#define N_ENDS G_N_ELEMENTS (ends)

typedef struct
{
  guint counts[N_ENDS];
  double longest;
} Histogram;

typedef enum
{
  WITHOUT_DRAWING,
  WITHOUT_DRAWING_CPU,
  WITH_DRAWING,
  N_HISTOGRAMS,
} Which;

/* Time on the wall and of the main thread, in ms. */
typedef struct
{
  double wall, cpu;
} Moment;

struct _BenchLoop
{
  Histogram histograms[N_HISTOGRAMS];
  Moment woken;  /* when the loop last found something to do */
  Moment laid_out;
  Moment drawing; /* since then, for drawing alone */
  GArray *frames; /* (owned): double */
  double last_frame;
  GtkWidget *widget; /* (borrowed) (nullable) */
  guint tick;
  BenchFrameFunc each;
  gpointer user_data;
};

static BenchLoop *watching;

static double
read_clock (clockid_t clock)
{
  struct timespec now;

  clock_gettime (clock, &now);
  return (double) now.tv_sec * 1e3 + (double) now.tv_nsec / 1e6;
}

static Moment
moment_now (void)
{
  return (Moment){ read_clock (CLOCK_MONOTONIC), read_clock (CLOCK_THREAD_CPUTIME_ID) };
}

static void
histogram_add (Histogram *self,
               double     ms)
{
  guint i = 0;

  while (ms >= ends[i] && i + 1 < N_ENDS)
    i++;
  self->counts[i]++;
  self->longest = MAX (self->longest, ms);
}

/* Stands in for poll (): between its end and its next beginning, nothing is served. */
static int
watch_poll (GPollFD *descriptors,
            guint    n_descriptors,
            int      timeout_ms)
{
  BenchLoop *self = watching;
  Moment now = moment_now ();
  int result;

  histogram_add (&self->histograms[WITH_DRAWING], now.wall - self->woken.wall);
  histogram_add (&self->histograms[WITHOUT_DRAWING], now.wall - self->woken.wall - self->drawing.wall);
  histogram_add (&self->histograms[WITHOUT_DRAWING_CPU], now.cpu - self->woken.cpu - self->drawing.cpu);
  result = g_poll (descriptors, n_descriptors, timeout_ms);
  self->drawing = (Moment){ 0 };
  self->woken = moment_now ();
  return result;
}

BenchLoop *
bench_loop_new (void)
{
  BenchLoop *self = g_new0 (BenchLoop, 1);

  self->frames = g_array_new (FALSE, FALSE, sizeof (double));
  self->woken = moment_now ();
  watching = self;
  g_main_context_set_poll_func (NULL, watch_poll);
  return self;
}

static void
laid_out_cb (GdkFrameClock *clock,
             BenchLoop     *self)
{
  self->laid_out = moment_now ();
}

/* Runs behind the window's own handler, which draws.  What EACH takes is not the
 * program's doing either. */
static void
painted_cb (GdkFrameClock *clock,
            BenchLoop     *self)
{
  Moment drawn = moment_now (), now;

  if (self->last_frame > 0)
    {
      double ms = drawn.wall - self->last_frame;

      g_array_append_val (self->frames, ms);
    }
  self->last_frame = drawn.wall;
  self->each (self->user_data);
  now = moment_now ();
  self->drawing.wall += now.wall - self->laid_out.wall;
  self->drawing.cpu += now.cpu - self->laid_out.cpu;
}

static gboolean
tick_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       unused)
{
  gtk_widget_queue_draw (widget);
  return G_SOURCE_CONTINUE;
}

void
bench_loop_watch (BenchLoop      *self,
                  GtkWidget      *widget,
                  BenchFrameFunc  each,
                  gpointer        user_data)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (widget);

  self->widget = widget;
  self->each = each;
  self->user_data = user_data;
  self->laid_out = moment_now ();
  g_signal_connect_after (clock, "layout", G_CALLBACK (laid_out_cb), self);
  g_signal_connect_after (clock, "paint", G_CALLBACK (painted_cb), self);
  self->tick = gtk_widget_add_tick_callback (widget, tick_cb, NULL, NULL);
}

void
bench_loop_free (BenchLoop *self)
{
  GdkFrameClock *clock = self->widget != NULL ? gtk_widget_get_frame_clock (self->widget) : NULL;

  if (clock != NULL)
    {
      g_signal_handlers_disconnect_by_data (clock, self);
      gtk_widget_remove_tick_callback (self->widget, self->tick);
    }
  g_main_context_set_poll_func (NULL, NULL);
  watching = NULL;
  g_array_unref (self->frames);
  g_free (self);
}

void
bench_loop_clear (BenchLoop *self)
{
  for (Which which = 0; which < N_HISTOGRAMS; which++)
    self->histograms[which] = (Histogram){ { 0 }, 0 };
  g_array_set_size (self->frames, 0);
  self->last_frame = 0;
}

const GArray *
bench_loop_get_frames (BenchLoop *self)
{
  return self->frames;
}

double
bench_loop_get_longest (BenchLoop *self)
{
  return self->histograms[WITHOUT_DRAWING].longest;
}

double
bench_loop_get_longest_cpu (BenchLoop *self)
{
  return self->histograms[WITHOUT_DRAWING_CPU].longest;
}

void
bench_loop_print (BenchLoop *self)
{
  static const char *const names[N_HISTOGRAMS] = { "without drawing", "without drawing, cpu", "with drawing" };

  printf ("  %-22s %7s %7s %7s %7s %7s %7s %7s %7s  %9s\n", "the main loop busy", "<1 ms", "<2", "<4", "<8", "<16", "<33", "<100", "more",
          "longest");
  for (Which which = 0; which < N_HISTOGRAMS; which++)
    {
      const Histogram *histogram = &self->histograms[which];

      printf ("  %-22s", names[which]);
      for (guint i = 0; i < N_ENDS; i++)
        printf (" %7u", histogram->counts[i]);
      printf ("  %6.1f ms\n", histogram->longest);
    }
  fflush (stdout);
}
