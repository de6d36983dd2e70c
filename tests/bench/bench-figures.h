/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Samples of one figure, and how they are printed.  Milliseconds. */
typedef struct
{
  GArray *wall; /* (owned): double */
  GArray *cpu;  /* (owned): double, of all threads */
} BenchFigure;

BenchFigure *bench_figure_new (void);
void bench_figure_free (BenchFigure *self);
void bench_figure_add (BenchFigure *self,
                       double       wall_ms,
                       double       cpu_ms);

/* PERCENT of SAMPLES (double) are not above it; 0 when there are none. */
double bench_percentile (const GArray *samples,
                         double        percent);

/* A running clock: of the wall and of the processors. */
typedef struct
{
  double wall_ms, cpu_ms;
} BenchClock;

BenchClock bench_clock_now (void);
/* The milliseconds since START. */
BenchClock bench_clock_since (const BenchClock *start);

/* A line of a table: name, number of samples, p50, p95 and max of the wall, p95 of the
 * processors, NOTE (nullable), and the goal for p95 with a verdict (0: none): "ok", "over", or
 * "busy", when only the wall is over the goal: others had the processors, or the disk. */
void bench_print_head (const char *title,
                       const char *note);
void bench_print_figure (const char        *name,
                         const BenchFigure *figure,
                         const char        *note,
                         double             goal_ms);

/* A line "NAME OURS REFERENCE UNIT RATIO GOAL VERDICT", as tools/bench has them.  The
 * goal is one for the ratio, or, without a reference (0), for the value itself. */
void bench_print_line (const char *name,
                       double      ours,
                       double      reference,
                       const char *unit,
                       double      goal);

/* Of this process, in MiB. */
typedef struct
{
  double resident, proportional, anonymous, highest;
} BenchMemory;
BenchMemory bench_memory_now (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenchFigure, bench_figure_free)

G_END_DECLS
