/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-page-cache.h"

struct _CfoilPageCache
{
  GObject parent_instance;
};

G_DEFINE_TYPE (CfoilPageCache, cfoil_page_cache, G_TYPE_OBJECT)

static void
cfoil_page_cache_class_init (CfoilPageCacheClass *klass)
{
  g_signal_new ("ready", CFOIL_TYPE_PAGE_CACHE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
cfoil_page_cache_init (CfoilPageCache *self)
{
}

CfoilPageCache *
cfoil_page_cache_new (void)
{
  return g_object_new (CFOIL_TYPE_PAGE_CACHE, NULL);
}

void
cfoil_page_cache_set_layout (CfoilPageCache    *self,
                             CfoilPacketLayout *layout)
{
}

cairo_surface_t *
cfoil_page_cache_get (CfoilPageCache *self,
                      guint           page,
                      guint           width)
{
  return NULL;
}
