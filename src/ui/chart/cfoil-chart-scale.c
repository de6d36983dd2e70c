/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-chart-scale.h"

#include <math.h>

float
cfoil_chart_scale_place (const CfoilChartScale *self,
                         gint64                 value)
{
  double part;

  if (self->high <= self->low)
    return self->start;
  part = ((double) CLAMP (value, self->low, self->high) - (double) self->low) / ((double) self->high - (double) self->low);
  return (float) (self->start + part * (self->end - self->start));
}

void
cfoil_chart_bands_init (CfoilChartBands *self,
                        guint            first,
                        guint            n_points,
                        float            x,
                        float            width,
                        float            min_width,
                        gboolean         is_rtl)
{
  guint room = (guint) MAX (floorf (width / min_width), 1);

  self->first = first;
  self->n_points = MAX (n_points, 1);
  self->group = (self->n_points + room - 1) / room;
  self->x = x;
  self->width = MAX (width, 1);
  self->is_rtl = is_rtl;
}

guint
cfoil_chart_bands_get_n_groups (const CfoilChartBands *self)
{
  return (self->n_points + self->group - 1) / self->group;
}

/* Of points that share a band the last group may have fewer: it is as wide as the others, a little beyond its share. */
float
cfoil_chart_bands_get_width (const CfoilChartBands *self)
{
  return self->width / (float) cfoil_chart_bands_get_n_groups (self);
}

float
cfoil_chart_bands_get_left (const CfoilChartBands *self,
                            guint                  group)
{
  float width = cfoil_chart_bands_get_width (self);

  return self->is_rtl ? self->x + self->width - (float) (group + 1) * width : self->x + (float) group * width;
}

guint
cfoil_chart_bands_group_of (const CfoilChartBands *self,
                            guint                  point)
{
  guint shown = point > self->first ? point - self->first : 0;

  return MIN (shown, self->n_points - 1) / self->group;
}

void
cfoil_chart_bands_get_points (const CfoilChartBands *self,
                              guint                  group,
                              guint                 *first,
                              guint                 *end)
{
  *first = self->first + MIN (group * self->group, self->n_points - 1);
  *end = self->first + MIN ((group + 1) * self->group, self->n_points);
}

float
cfoil_chart_bands_get_middle (const CfoilChartBands *self,
                              guint                  point)
{
  float width = cfoil_chart_bands_get_width (self) / (float) self->group;
  float middle = ((float) point - (float) self->first + 0.5f) * width;

  return self->is_rtl ? self->x + self->width - middle : self->x + middle;
}

guint
cfoil_chart_bands_find (const CfoilChartBands *self,
                        float                  x)
{
  guint n = cfoil_chart_bands_get_n_groups (self);
  float from_start = self->is_rtl ? self->x + self->width - x : x - self->x;
  float group = floorf (from_start / cfoil_chart_bands_get_width (self));

  return group <= 0 ? 0 : MIN ((guint) group, n - 1);
}

float
cfoil_chart_label_place (float middle,
                         float width,
                         float from,
                         float to)
{
  return MAX (MIN (middle - width / 2, to - width), from);
}

gboolean
cfoil_chart_labels_fit (const float *middles,
                        const float *widths,
                        guint        n_labels,
                        float        gap,
                        float        from,
                        float        to)
{
  float end = -G_MAXFLOAT;

  for (guint i = 0; i < n_labels; i++)
    {
      float left = cfoil_chart_label_place (middles[i], widths[i], from, to);

      if (left < end)
        return FALSE;
      end = left + widths[i] + gap;
    }
  return TRUE;
}
