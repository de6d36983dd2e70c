/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-page-cache.h"

#include <math.h>
#include <string.h>

#include "cfoil-renderer.h"

#define MAX_BYTES (64 * 1024 * 1024)
#define MAX_WAITING 32     /* pages asked for; older wishes are forgotten */
#define MAX_QUICK 1        /* at work at the same time, of pages of ours and of pages for which a file is opened: */
#define MAX_SLOW 2         /* one that takes its time never holds up the letter */

/* A page as pixels. */
typedef struct
{
  guint64 key;        /* of the layout's page */
  guint width;
  guint page;         /* number, when it was drawn last */
  char *foreign;      /* (nullable) (owned): which foreign page is on it */
  gboolean is_whole;  /* FALSE: the foreign page could not be drawn */
  cairo_surface_t *surface;
  gsize n_bytes;
  GList link;
} Entry;

/* A page to be drawn.  What the worker reads is the job's own. */
typedef struct
{
  GWeakRef cache;
  CfoilPacketLayout *layout; /* (owned) */
  guint page;
  guint width;
  guint64 key;
  char *foreign;             /* (nullable) (owned) */
  cairo_surface_t *old;      /* (nullable) (owned): has the same foreign page on it */
  gboolean is_quick;         /* no foreign file is opened for it */
  GCancellable *cancellable; /* (owned) */
  gboolean is_whole;
} Job;

struct _CfoilPageCache
{
  GObject parent_instance;
  CfoilPacketLayout *layout; /* (nullable) (owned) */
  GQueue entries;            /* the one used last first */
  gsize n_bytes;
  GQueue waiting;            /* Job, the one asked for last first */
  GPtrArray *running;        /* Job, borrowed */
  guint n_quick, n_slow;     /* running */
  GCancellable *cancellable; /* (owned) */
};

G_DEFINE_TYPE (CfoilPageCache, cfoil_page_cache, G_TYPE_OBJECT)

enum { READY, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
entry_free (Entry *entry)
{
  cairo_surface_destroy (entry->surface);
  g_free (entry->foreign);
  g_free (entry);
}

static void
job_free (gpointer data)
{
  Job *job = data;

  g_weak_ref_clear (&job->cache);
  cfoil_packet_layout_unref (job->layout);
  g_clear_pointer (&job->old, cairo_surface_destroy);
  g_object_unref (job->cancellable);
  g_free (job->foreign);
  g_free (job);
}

/* --- drawing, on a worker --- */

static cairo_surface_t *
new_sheet (const Job *job,
           double    *scale)
{
  double width, height;

  cfoil_packet_layout_get_size (job->layout, &width, &height);
  *scale = job->width / width;
  return cairo_image_surface_create (CAIRO_FORMAT_RGB24, job->width, MAX (1, (int) lround (height * *scale)));
}

typedef struct
{
  Job *job;
  double scale;
  cairo_rectangle_t box; /* where the foreign page was drawn, in pixels */
} Painter;

static gboolean
draw_foreign (const CfoilPacketPage *page,
              cairo_t               *cr,
              double                 width,
              double                 height,
              gpointer               user_data)
{
  Painter *painter = user_data;
  gboolean is_image = !g_str_equal (page->file->file_type, "pdf");
  cairo_surface_t *surface;
  double x = 0, y = 0, scale, pixels;

  painter->box = (cairo_rectangle_t) { 0, 0, width, height };
  cairo_user_to_device (cr, &painter->box.x, &painter->box.y);
  cairo_user_to_device_distance (cr, &painter->box.width, &painter->box.height);
  if (painter->job->old != NULL)
    return TRUE;
  surface = cfoil_renderer_draw_sync (page->file->path, page->file->file_type, page->file_page,
                                      (guint) ceil (width * painter->scale), painter->job->cancellable, NULL);
  painter->job->is_whole = surface != NULL;
  if (surface == NULL)
    return FALSE;
  pixels = cairo_image_surface_get_width (surface);
  /* As in the file: an image's pixel is at most a point. */
  cfoil_packet_fit (width, height, pixels, cairo_image_surface_get_height (surface),
                    is_image && page->file->width > 0 ? page->file->width / pixels : G_MAXDOUBLE, &x, &y, &scale);
  cairo_translate (cr, x, y);
  cairo_scale (cr, scale, scale);
  cairo_set_source_surface (cr, surface, 0, 0);
  cairo_pattern_set_extend (cairo_get_source (cr), CAIRO_EXTEND_PAD);
  cairo_rectangle (cr, 0, 0, pixels, cairo_image_surface_get_height (surface));
  cairo_fill (cr);
  cairo_surface_destroy (surface);
  return TRUE;
}

/* The foreign page as it is on the older picture.  By bytes: the main thread may be
 * drawing from that. */
static void
copy_box (const Painter   *painter,
          cairo_surface_t *target)
{
  cairo_surface_t *old = painter->job->old;
  int left = floor (painter->box.x);
  int top = floor (painter->box.y);
  int right = MIN ((int) ceil (painter->box.x + painter->box.width), cairo_image_surface_get_width (target));
  int bottom = MIN ((int) ceil (painter->box.y + painter->box.height), cairo_image_surface_get_height (target));
  int stride = cairo_image_surface_get_stride (target);

  cairo_surface_flush (target);
  for (int y = top; y < bottom; y++)
    memcpy (cairo_image_surface_get_data (target) + (gsize) y * stride + left * 4,
            cairo_image_surface_get_data (old) + (gsize) y * stride + left * 4, (right - left) * 4);
  cairo_surface_mark_dirty (target);
}

static void
draw (GTask        *task,
      gpointer      source,
      gpointer      task_data,
      GCancellable *cancellable)
{
  Job *job = task_data;
  Painter painter = { .job = job };
  cairo_surface_t *surface = new_sheet (job, &painter.scale);
  cairo_t *cr = cairo_create (surface);

  job->is_whole = TRUE;
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, painter.scale, painter.scale);
  cfoil_packet_layout_paint (job->layout, job->page, cr, draw_foreign, &painter);
  cairo_destroy (cr);
  if (job->old != NULL)
    copy_box (&painter, surface);
  g_task_return_pointer (task, surface, (GDestroyNotify) cairo_surface_destroy);
}

/* --- what there is --- */

static Entry *
find_entry (CfoilPageCache *self,
            guint64         key,
            guint           width)
{
  for (GList *l = self->entries.head; l != NULL; l = l->next)
    {
      Entry *entry = l->data;

      if (entry->key == key && entry->width == width)
        return entry;
    }
  return NULL;
}

static void
use_entry (CfoilPageCache *self,
           Entry          *entry)
{
  g_queue_unlink (&self->entries, &entry->link);
  g_queue_push_head_link (&self->entries, &entry->link);
}

/* The last picture of the page of that number, of an older layout or another width. */
static Entry *
find_older (CfoilPageCache *self,
            guint           page,
            guint           width)
{
  Entry *other = NULL;

  for (GList *l = self->entries.head; l != NULL; l = l->next)
    {
      Entry *entry = l->data;

      if (entry->page == page && entry->width == width)
        return entry;
      if (entry->page == page && other == NULL)
        other = entry;
    }
  return other;
}

static cairo_surface_t *
find_foreign (CfoilPageCache *self,
              const char     *foreign)
{
  for (GList *l = self->entries.head; l != NULL; l = l->next)
    {
      Entry *entry = l->data;

      if (entry->is_whole && g_strcmp0 (entry->foreign, foreign) == 0)
        return cairo_surface_reference (entry->surface);
    }
  return NULL;
}

static void
add_entry (CfoilPageCache  *self,
           Job             *job,
           cairo_surface_t *surface)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->key = job->key;
  entry->width = job->width;
  entry->page = job->page;
  entry->foreign = g_strdup (job->foreign);
  entry->is_whole = job->is_whole;
  entry->surface = surface;
  entry->n_bytes = (gsize) cairo_image_surface_get_stride (surface) * cairo_image_surface_get_height (surface);
  entry->link.data = entry;
  self->n_bytes += entry->n_bytes;
  g_queue_push_head_link (&self->entries, &entry->link);
  while (self->n_bytes > MAX_BYTES && self->entries.length > 1)
    {
      Entry *last = g_queue_pop_tail_link (&self->entries)->data;

      self->n_bytes -= last->n_bytes;
      entry_free (last);
    }
}

/* --- what is to be done --- */

static gboolean
is_running (CfoilPageCache *self,
            const Job      *job)
{
  for (guint i = 0; i < self->running->len; i++)
    {
      const Job *other = g_ptr_array_index (self->running, i);

      if (other->width == job->width && (other->key == job->key || (job->foreign != NULL && g_strcmp0 (other->foreign, job->foreign) == 0)))
        return TRUE;
    }
  return FALSE;
}

static void on_drawn (GObject      *source,
                      GAsyncResult *result,
                      gpointer      user_data);

static void
start (CfoilPageCache *self,
       Job            *job)
{
  g_autoptr (GTask) task = g_task_new (NULL, self->cancellable, on_drawn, NULL);

  *(job->is_quick ? &self->n_quick : &self->n_slow) += 1;
  g_ptr_array_add (self->running, job);
  g_task_set_task_data (task, job, job_free);
  g_task_set_return_on_cancel (task, FALSE);
  g_task_run_in_thread (task, draw);
}

/* Takes up what was asked for last, as far as there is somebody to do it. */
static void
work (CfoilPageCache *self)
{
  GList *next;

  for (GList *l = self->waiting.head; l != NULL; l = next)
    {
      Job *job = l->data;

      next = l->next;
      /* One that draws the same foreign page is waited for: then it is only copied. */
      if (is_running (self, job))
        continue;
      if (job->foreign != NULL && job->old == NULL)
        job->old = find_foreign (self, job->foreign);
      job->is_quick = job->foreign == NULL || job->old != NULL;
      if (job->is_quick ? self->n_quick >= MAX_QUICK : self->n_slow >= MAX_SLOW)
        continue;
      g_queue_delete_link (&self->waiting, l);
      start (self, job);
    }
}

static void
on_drawn (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  Job *job = g_task_get_task_data (G_TASK (result));
  g_autoptr (CfoilPageCache) self = g_weak_ref_get (&job->cache);
  cairo_surface_t *surface = g_task_propagate_pointer (G_TASK (result), NULL);

  if (self == NULL)
    {
      g_clear_pointer (&surface, cairo_surface_destroy);
      return;
    }
  g_ptr_array_remove_fast (self->running, job);
  *(job->is_quick ? &self->n_quick : &self->n_slow) -= 1;
  if (surface != NULL && find_entry (self, job->key, job->width) == NULL)
    add_entry (self, job, surface);
  else
    g_clear_pointer (&surface, cairo_surface_destroy);
  work (self);
  if (self->layout != NULL && job->page < cfoil_packet_layout_get_n_pages (self->layout)
      && cfoil_packet_layout_get_page_key (self->layout, job->page) == job->key)
    g_signal_emit (self, signals[READY], 0, job->page);
}

static char *
describe_foreign (CfoilPacketLayout *layout,
                  guint              page,
                  guint              width)
{
  const CfoilPacketPage *info = cfoil_packet_layout_get_page (layout, page);

  if (!cfoil_packet_layout_page_is_foreign (layout, page))
    return NULL;
  return g_strdup_printf ("%s:%u:%u", info->file->sha256, info->file_page, width);
}

static void
ask (CfoilPageCache *self,
     guint           page,
     guint           width,
     guint64         key)
{
  Job *job = NULL;

  for (guint i = 0; i < self->running->len; i++)
    {
      const Job *other = g_ptr_array_index (self->running, i);

      if (other->key == key && other->width == width)
        return;
    }
  for (GList *l = self->waiting.head; l != NULL && job == NULL; l = l->next)
    {
      Job *other = l->data;

      if (other->key == key && other->width == width)
        {
          job = other;
          g_queue_delete_link (&self->waiting, l);
          break;
        }
    }
  if (job == NULL)
    {
      job = g_new0 (Job, 1);
      g_weak_ref_init (&job->cache, self);
      job->layout = cfoil_packet_layout_ref (self->layout);
      job->page = page;
      job->width = width;
      job->key = key;
      job->foreign = describe_foreign (self->layout, page, width);
      job->cancellable = g_object_ref (self->cancellable);
    }
  g_queue_push_head (&self->waiting, job);
  if (self->waiting.length > MAX_WAITING)
    job_free (g_queue_pop_tail (&self->waiting));
  work (self);
}

cairo_surface_t *
cfoil_page_cache_get (CfoilPageCache *self,
                      guint           page,
                      guint           width)
{
  guint64 key;
  Entry *entry;

  g_return_val_if_fail (CFOIL_IS_PAGE_CACHE (self), NULL);
  if (self->layout == NULL || page >= cfoil_packet_layout_get_n_pages (self->layout) || width == 0)
    return NULL;
  width = MIN (width, CFOIL_PAGE_CACHE_MAX_WIDTH);
  key = cfoil_packet_layout_get_page_key (self->layout, page);
  entry = find_entry (self, key, width);
  if (entry != NULL)
    entry->page = page;
  else
    {
      ask (self, page, width, key);
      entry = find_older (self, page, width);
    }
  if (entry == NULL)
    return NULL;
  use_entry (self, entry);
  return entry->surface;
}

void
cfoil_page_cache_set_layout (CfoilPageCache    *self,
                             CfoilPacketLayout *layout)
{
  g_return_if_fail (CFOIL_IS_PAGE_CACHE (self));

  if (layout == self->layout)
    return;
  if (layout != NULL)
    cfoil_packet_layout_ref (layout);
  g_clear_pointer (&self->layout, cfoil_packet_layout_unref);
  self->layout = layout;
  /* Who looks at pages asks for them again. */
  g_queue_clear_full (&self->waiting, job_free);
}

CfoilPageCache *
cfoil_page_cache_new (void)
{
  return g_object_new (CFOIL_TYPE_PAGE_CACHE, NULL);
}

static void
cfoil_page_cache_dispose (GObject *object)
{
  CfoilPageCache *self = CFOIL_PAGE_CACHE (object);

  g_cancellable_cancel (self->cancellable);
  g_queue_clear_full (&self->waiting, job_free);
  G_OBJECT_CLASS (cfoil_page_cache_parent_class)->dispose (object);
}

static void
cfoil_page_cache_finalize (GObject *object)
{
  CfoilPageCache *self = CFOIL_PAGE_CACHE (object);

  while (self->entries.length > 0)
    entry_free (g_queue_pop_head_link (&self->entries)->data);
  g_clear_pointer (&self->layout, cfoil_packet_layout_unref);
  g_ptr_array_unref (self->running);
  g_object_unref (self->cancellable);
  G_OBJECT_CLASS (cfoil_page_cache_parent_class)->finalize (object);
}

static void
cfoil_page_cache_class_init (CfoilPageCacheClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfoil_page_cache_dispose;
  G_OBJECT_CLASS (klass)->finalize = cfoil_page_cache_finalize;
  signals[READY] = g_signal_new ("ready", CFOIL_TYPE_PAGE_CACHE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
cfoil_page_cache_init (CfoilPageCache *self)
{
  g_queue_init (&self->entries);
  g_queue_init (&self->waiting);
  self->running = g_ptr_array_new ();
  self->cancellable = g_cancellable_new ();
}
