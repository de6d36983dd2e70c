/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bench-figures.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

BenchFigure *
bench_figure_new (void)
{
  BenchFigure *self = g_new0 (BenchFigure, 1);

  self->wall = g_array_new (FALSE, FALSE, sizeof (double));
  self->cpu = g_array_new (FALSE, FALSE, sizeof (double));
  return self;
}

void
bench_figure_free (BenchFigure *self)
{
  g_array_unref (self->wall);
  g_array_unref (self->cpu);
  g_free (self);
}

void
bench_figure_add (BenchFigure *self,
                  double       wall_ms,
                  double       cpu_ms)
{
  g_array_append_val (self->wall, wall_ms);
  g_array_append_val (self->cpu, cpu_ms);
}

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  double one = *(const double *) a, other = *(const double *) b;

  return one < other ? -1 : one > other;
}

double
bench_percentile (const GArray *samples,
                  double        percent)
{
  g_autoptr (GArray) sorted = g_array_copy ((GArray *) samples);
  guint place = (guint) ceil (percent / 100 * samples->len);

  if (sorted->len == 0)
    return 0;
  g_array_sort (sorted, compare_doubles);
  return g_array_index (sorted, double, CLAMP (place, 1, sorted->len) - 1);
}

static double
read_clock (clockid_t clock)
{
  struct timespec now;

  clock_gettime (clock, &now);
  return (double) now.tv_sec * 1e3 + (double) now.tv_nsec / 1e6;
}

BenchClock
bench_clock_now (void)
{
  return (BenchClock){ read_clock (CLOCK_MONOTONIC), read_clock (CLOCK_PROCESS_CPUTIME_ID) };
}

BenchClock
bench_clock_since (const BenchClock *start)
{
  BenchClock now = bench_clock_now ();

  return (BenchClock){ now.wall_ms - start->wall_ms, now.cpu_ms - start->cpu_ms };
}

void
bench_print_head (const char *title,
                  const char *note)
{
  printf ("\n%-30s %5s %8s %8s %8s %8s  %-22s %6s\n", title, "n", "p50 ms", "p95 ms", "max ms", "cpu p95", note, "goal");
}

static const char *
verdict (double value,
         double goal)
{
  return goal <= 0 ? "" : value <= goal ? "ok" : "over";
}

/* Where the clock on the wall says "over" and that of the processors does not, others had them. */
static const char *
figure_verdict (const BenchFigure *figure,
                double             goal)
{
  if (goal > 0 && bench_percentile (figure->wall, 95) > goal && bench_percentile (figure->cpu, 50) <= goal)
    return "busy";
  return verdict (bench_percentile (figure->wall, 95), goal);
}

void
bench_print_figure (const char        *name,
                    const BenchFigure *figure,
                    const char        *note,
                    double             goal_ms)
{
  double p95 = bench_percentile (figure->wall, 95);
  char goal[16] = "-";

  if (goal_ms > 0)
    g_snprintf (goal, sizeof goal, "%.0f", goal_ms);
  printf ("%-30s %5u %8.1f %8.1f %8.1f %8.1f  %-22s %6s  %s\n", name, figure->wall->len, bench_percentile (figure->wall, 50), p95,
          bench_percentile (figure->wall, 100), bench_percentile (figure->cpu, 95), note != NULL ? note : "", goal,
          figure_verdict (figure, goal_ms));
  fflush (stdout);
}

void
bench_print_line (const char *name,
                  double      ours,
                  double      reference,
                  const char *unit,
                  double      goal)
{
  double value = reference > 0 ? ours / reference : ours;

  if (reference > 0)
    printf ("%-52s %9.2f %9.2f %-4s %6.2f", name, ours, reference, unit, value);
  else
    printf ("%-52s %9.2f %9s %-4s %6s", name, ours, "", unit, "");
  if (goal > 0)
    printf (" %6.2f  %s\n", goal, verdict (value, goal));
  else
    printf ("\n");
  fflush (stdout);
}

static double
find_kilobytes (const char *text,
                const char *name)
{
  const char *found = text != NULL ? strstr (text, name) : NULL;

  return found != NULL ? g_ascii_strtod (found + strlen (name), NULL) / 1024 : 0;
}

BenchMemory
bench_memory_now (void)
{
  g_autofree char *maps = NULL, *status = NULL;

  g_file_get_contents ("/proc/self/smaps_rollup", &maps, NULL, NULL);
  g_file_get_contents ("/proc/self/status", &status, NULL, NULL);
  return (BenchMemory){
    .resident = find_kilobytes (maps, "\nRss:"),
    .proportional = find_kilobytes (maps, "\nPss:"),
    .anonymous = find_kilobytes (maps, "\nAnonymous:"),
    .highest = find_kilobytes (status, "\nVmHWM:"),
  };
}
