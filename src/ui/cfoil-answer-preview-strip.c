/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-answer-preview-strip.h"

#include "cfoil-answer-preview-page.h"
#include "cfoil-answer-preview-words.h"

#include <glib/gi18n.h>

#define GAP 12
#define MIN_WIDTH 120
#define NATURAL_WIDTH 480
#define MAX_FIT_WIDTH 1100
#define POINTS_PER_INCH 72
#define PIXELS_PER_INCH 96
/* Pages beyond the screen that are drawn, too, for scrolling. */
#define AHEAD 1

struct _CfoilAnswerPreviewStrip
{
  GtkWidget parent_instance;

  CfoilDraftSession *session; /* (owned) (nullable) */
  CfoilPacketLayout *layout;  /* (owned) (nullable): that the pages were made for */
  GPtrArray *pages;           /* (owned) (element-type CfoilAnswerPreviewPage): children */
  GtkAdjustment *adjustment;  /* (owned) (nullable) */
  gulong adjustment_ids[2];
  guint zoom;
  guint current;
  int page_width, page_height; /* as allocated */
  int wanted;                  /* page to be shown as soon as there is a size; -1 */
  guint draw_id;
};

enum
{
  PROP_0,
  PROP_CURRENT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (CfoilAnswerPreviewStrip, cfoil_answer_preview_strip, GTK_TYPE_WIDGET)

/* --- sizes --- */

static void
get_paper (CfoilAnswerPreviewStrip *self,
           double                  *width,
           double                  *height)
{
  /* A4, until somebody knows better. */
  *width = 595;
  *height = 842;
  if (self->layout != NULL)
    cfoil_packet_layout_get_size (self->layout, width, height);
}

static int
get_page_width (CfoilAnswerPreviewStrip *self,
                int                      room)
{
  double width, height;

  get_paper (self, &width, &height);
  if (self->zoom == 0)
    return CLAMP (room - 2 * GAP, MIN_WIDTH, MAX_FIT_WIDTH);
  return (int) (width * PIXELS_PER_INCH / POINTS_PER_INCH * self->zoom / 100);
}

static int
get_page_height (CfoilAnswerPreviewStrip *self,
                 int                      page_width)
{
  double width, height;

  get_paper (self, &width, &height);
  return (int) (page_width * height / width);
}

static GtkSizeRequestMode
cfoil_answer_preview_strip_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
cfoil_answer_preview_strip_measure (GtkWidget     *widget,
                                    GtkOrientation orientation,
                                    int            for_size,
                                    int           *minimum,
                                    int           *natural,
                                    int           *minimum_baseline,
                                    int           *natural_baseline)
{
  CfoilAnswerPreviewStrip *self = CFOIL_ANSWER_PREVIEW_STRIP (widget);
  int width = get_page_width (self, for_size > 0 ? for_size : NATURAL_WIDTH);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = 2 * GAP + (self->zoom == 0 ? MIN_WIDTH : get_page_width (self, 0));
      *natural = MAX (*minimum, self->zoom == 0 ? NATURAL_WIDTH : 0);
    }
  else
    *minimum = *natural = GAP + (int) self->pages->len * (get_page_height (self, width) + GAP);
}

/* --- drawing what is on the screen --- */

static void
get_range (CfoilAnswerPreviewStrip *self,
           guint                   *first,
           guint                   *end)
{
  int step = self->page_height + GAP;
  double top = self->adjustment != NULL ? gtk_adjustment_get_value (self->adjustment) : 0;
  double size = self->adjustment != NULL ? gtk_adjustment_get_page_size (self->adjustment) : 0;

  *first = (guint) MAX (0, (int) top / step);
  *end = MIN (self->pages->len, (guint) MAX (0, (int) (top + size) / step + 1));
  *first = MIN (*first, *end);
}

static void
set_current (CfoilAnswerPreviewStrip *self)
{
  double middle = 0;
  guint current;

  if (self->adjustment != NULL)
    middle = gtk_adjustment_get_value (self->adjustment) + gtk_adjustment_get_page_size (self->adjustment) / 3;
  current = (guint) MAX (0, (int) middle / (self->page_height + GAP));
  current = self->pages->len > 0 ? MIN (current, self->pages->len - 1) : 0;
  if (current == self->current)
    return;
  self->current = current;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CURRENT]);
}

static void
draw_pages (CfoilAnswerPreviewStrip *self)
{
  guint width = (guint) (self->page_width * gtk_widget_get_scale_factor (GTK_WIDGET (self)));
  guint first, end;

  if (self->session == NULL || self->page_width == 0)
    return;
  get_range (self, &first, &end);
  for (guint i = 0; i < self->pages->len; i++)
    {
      gboolean is_near = i + AHEAD >= first && i < end + AHEAD;
      cairo_surface_t *surface = is_near ? cfoil_draft_session_get_page (self->session, i, width) : NULL;

      /* While it is drawn anew, what was there stays. */
      if (!is_near || surface != NULL)
        cfoil_answer_preview_page_set_surface (self->pages->pdata[i], surface);
      gtk_widget_set_child_visible (self->pages->pdata[i], is_near);
    }
}

static gboolean
draw_cb (gpointer user_data)
{
  CfoilAnswerPreviewStrip *self = user_data;

  self->draw_id = 0;
  set_current (self);
  draw_pages (self);
  return G_SOURCE_REMOVE;
}

/* Many changes of size and place, one look. */
static void
queue_draw_pages (CfoilAnswerPreviewStrip *self)
{
  if (self->draw_id == 0)
    self->draw_id = g_idle_add_full (G_PRIORITY_DEFAULT, draw_cb, self, NULL);
}

static void
scroll_to (CfoilAnswerPreviewStrip *self,
           guint                    page)
{
  int step = self->page_height + GAP;
  double top = gtk_adjustment_get_value (self->adjustment);
  double size = gtk_adjustment_get_page_size (self->adjustment);
  double start = (double) page * step;

  /* Half of it, or half of what there is room for, is enough. */
  if (MIN (start + step, top + size) - MAX (start, top) < MIN (step, size) / 2)
    gtk_adjustment_set_value (self->adjustment, start);
}

static gboolean
show_wanted_cb (gpointer user_data)
{
  g_autoptr (CfoilAnswerPreviewStrip) self = user_data;

  if (self->wanted >= 0 && (guint) self->wanted < self->pages->len && self->adjustment != NULL && self->page_height > 0)
    scroll_to (self, (guint) self->wanted);
  self->wanted = -1;
  return G_SOURCE_REMOVE;
}

static void
cfoil_answer_preview_strip_size_allocate (GtkWidget *widget,
                                          int        width,
                                          int        height,
                                          int        baseline)
{
  CfoilAnswerPreviewStrip *self = CFOIL_ANSWER_PREVIEW_STRIP (widget);
  int page_width = get_page_width (self, width);
  int page_height = get_page_height (self, page_width);

  self->page_width = page_width;
  self->page_height = page_height;
  for (guint i = 0; i < self->pages->len; i++)
    {
      GtkAllocation area = { MAX (GAP, (width - page_width) / 2), GAP + (int) i * (page_height + GAP), page_width, page_height };

      gtk_widget_size_allocate (self->pages->pdata[i], &area, -1);
    }
  queue_draw_pages (self);
}

/* --- the scrolled window around --- */

static void
clear_adjustment (CfoilAnswerPreviewStrip *self)
{
  if (self->adjustment == NULL)
    return;
  g_clear_signal_handler (&self->adjustment_ids[0], self->adjustment);
  g_clear_signal_handler (&self->adjustment_ids[1], self->adjustment);
  g_clear_object (&self->adjustment);
}

static void
cfoil_answer_preview_strip_map (GtkWidget *widget)
{
  CfoilAnswerPreviewStrip *self = CFOIL_ANSWER_PREVIEW_STRIP (widget);
  GtkWidget *scrolled = gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW);

  GTK_WIDGET_CLASS (cfoil_answer_preview_strip_parent_class)->map (widget);
  clear_adjustment (self);
  if (scrolled == NULL)
    return;
  self->adjustment = g_object_ref (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled)));
  self->adjustment_ids[0] = g_signal_connect_swapped (self->adjustment, "value-changed", G_CALLBACK (queue_draw_pages), self);
  self->adjustment_ids[1] = g_signal_connect_swapped (self->adjustment, "changed", G_CALLBACK (queue_draw_pages), self);
  queue_draw_pages (self);
}

/* --- pages --- */

static void
set_n_pages (CfoilAnswerPreviewStrip *self,
             guint                    n_pages)
{
  while (self->pages->len > n_pages)
    gtk_widget_unparent (g_ptr_array_steal_index (self->pages, self->pages->len - 1));
  while (self->pages->len < n_pages)
    {
      GtkWidget *page = GTK_WIDGET (cfoil_answer_preview_page_new ());

      gtk_widget_set_parent (page, GTK_WIDGET (self));
      g_ptr_array_add (self->pages, page);
    }
}

static void
set_words (CfoilAnswerPreviewStrip *self)
{
  g_autoptr (GPtrArray) texts = cfoil_answer_preview_words_texts (self->session);

  for (guint i = 0; i < self->pages->len; i++)
    {
      g_autofree char *label = cfoil_answer_preview_words_page (self->layout, i);

      cfoil_answer_preview_page_set_words (self->pages->pdata[i], label, i < texts->len ? texts->pdata[i] : NULL);
    }
}

/* --- GObject --- */

static void
cfoil_answer_preview_strip_get_property (GObject    *object,
                                         guint       prop_id,
                                         GValue     *value,
                                         GParamSpec *pspec)
{
  if (prop_id == PROP_CURRENT)
    g_value_set_uint (value, CFOIL_ANSWER_PREVIEW_STRIP (object)->current);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
cfoil_answer_preview_strip_dispose (GObject *object)
{
  CfoilAnswerPreviewStrip *self = CFOIL_ANSWER_PREVIEW_STRIP (object);

  g_clear_handle_id (&self->draw_id, g_source_remove);
  clear_adjustment (self);
  set_n_pages (self, 0);
  g_clear_object (&self->session);
  g_clear_pointer (&self->layout, cfoil_packet_layout_unref);

  G_OBJECT_CLASS (cfoil_answer_preview_strip_parent_class)->dispose (object);
}

static void
cfoil_answer_preview_strip_finalize (GObject *object)
{
  g_clear_pointer (&CFOIL_ANSWER_PREVIEW_STRIP (object)->pages, g_ptr_array_unref);

  G_OBJECT_CLASS (cfoil_answer_preview_strip_parent_class)->finalize (object);
}

static void
cfoil_answer_preview_strip_class_init (CfoilAnswerPreviewStripClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = cfoil_answer_preview_strip_get_property;
  object_class->dispose = cfoil_answer_preview_strip_dispose;
  object_class->finalize = cfoil_answer_preview_strip_finalize;
  widget_class->get_request_mode = cfoil_answer_preview_strip_get_request_mode;
  widget_class->measure = cfoil_answer_preview_strip_measure;
  widget_class->size_allocate = cfoil_answer_preview_strip_size_allocate;
  widget_class->map = cfoil_answer_preview_strip_map;
  properties[PROP_CURRENT] = g_param_spec_uint ("current", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
cfoil_answer_preview_strip_init (CfoilAnswerPreviewStrip *self)
{
  self->pages = g_ptr_array_new ();
  self->wanted = -1;
  self->page_height = 1;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Pages"), -1);
}

/* --- public --- */

void
cfoil_answer_preview_strip_set_session (CfoilAnswerPreviewStrip *self,
                                        CfoilDraftSession       *session)
{
  g_return_if_fail (CFOIL_IS_ANSWER_PREVIEW_STRIP (self));

  g_set_object (&self->session, session);
  cfoil_answer_preview_strip_update (self);
}

void
cfoil_answer_preview_strip_update (CfoilAnswerPreviewStrip *self)
{
  CfoilPacketLayout *layout;

  g_return_if_fail (CFOIL_IS_ANSWER_PREVIEW_STRIP (self));

  layout = self->session != NULL ? cfoil_draft_session_get_layout (self->session) : NULL;
  if (layout != self->layout)
    {
      g_clear_pointer (&self->layout, cfoil_packet_layout_unref);
      self->layout = layout != NULL ? cfoil_packet_layout_ref (layout) : NULL;
      set_n_pages (self, layout != NULL ? cfoil_packet_layout_get_n_pages (layout) : 0);
      if (layout != NULL)
        set_words (self);
      gtk_widget_queue_resize (GTK_WIDGET (self));
    }
  queue_draw_pages (self);
}

void
cfoil_answer_preview_strip_set_zoom (CfoilAnswerPreviewStrip *self,
                                     guint                    zoom)
{
  guint page = self->current;

  g_return_if_fail (CFOIL_IS_ANSWER_PREVIEW_STRIP (self));

  self->zoom = zoom;
  gtk_widget_queue_resize (GTK_WIDGET (self));
  cfoil_answer_preview_strip_show_page (self, page);
}

guint
cfoil_answer_preview_strip_get_zoom (CfoilAnswerPreviewStrip *self)
{
  double width, height;

  g_return_val_if_fail (CFOIL_IS_ANSWER_PREVIEW_STRIP (self), 100);

  if (self->zoom != 0 || self->page_width == 0)
    return self->zoom != 0 ? self->zoom : 100;
  get_paper (self, &width, &height);
  return (guint) (self->page_width * 100.0 / (width * PIXELS_PER_INCH / POINTS_PER_INCH));
}

guint
cfoil_answer_preview_strip_get_current (CfoilAnswerPreviewStrip *self)
{
  g_return_val_if_fail (CFOIL_IS_ANSWER_PREVIEW_STRIP (self), 0);

  return self->current;
}

void
cfoil_answer_preview_strip_show_page (CfoilAnswerPreviewStrip *self,
                                      guint                    page)
{
  g_return_if_fail (CFOIL_IS_ANSWER_PREVIEW_STRIP (self));

  /* After sizes are what they will be. */
  if (self->wanted < 0)
    g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, show_wanted_cb, g_object_ref (self), NULL);
  self->wanted = (int) page;
}
