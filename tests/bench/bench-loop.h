/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bench-figures.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Watches the main loop: for how long it did not look for events, and when frames
 * were there.  One at a time, on the main thread. */
typedef struct _BenchLoop BenchLoop;

/* Called after each frame was drawn. */
typedef void (*BenchFrameFunc) (gpointer user_data);

BenchLoop *bench_loop_new (void);
void bench_loop_free (BenchLoop *self);

/* From now on frames of WIDGET's window are watched, and drawn without pause. */
void bench_loop_watch (BenchLoop      *self,
                       GtkWidget      *widget,
                       BenchFrameFunc  each,
                       gpointer        user_data);

/* Forgets what was seen so far. */
void bench_loop_clear (BenchLoop *self);

/* Milliseconds between frames: (element-type double), borrowed. */
const GArray *bench_loop_get_frames (BenchLoop *self);

/* How long it was busy at a time: on the wall and on the processor, without what GTK
 * took for drawing, and on the wall with it. */
void bench_loop_print (BenchLoop *self);
double bench_loop_get_longest (BenchLoop *self);     /* without drawing, wall */
double bench_loop_get_longest_cpu (BenchLoop *self); /* without drawing, processor */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenchLoop, bench_loop_free)

G_END_DECLS
