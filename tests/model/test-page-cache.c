/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cfoil-page-cache.h"
#include "foreign-files.h"

#define WIDTH 700
/* Sanitizers cost several times the time. */
#ifdef __SANITIZE_ADDRESS__
#define SECOND 5000
#else
#define SECOND 1000
#endif

typedef struct
{
  PacketFixture *packet;
  CfoilPageCache *cache;
  guint n_ready;
  guint last_ready;
} Fixture;

static void
on_ready (CfoilPageCache *cache,
          guint           page,
          Fixture        *fixture)
{
  fixture->n_ready++;
  fixture->last_ready = page;
}

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  fixture->packet = packet_fixture_new ();
  fixture->cache = cfoil_page_cache_new ();
  g_signal_connect (fixture->cache, "ready", G_CALLBACK (on_ready), fixture);
}

/* Also waits for workers that were given up. */
static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  g_object_unref (fixture->cache);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  packet_fixture_free (fixture->packet);
}

static CfoilPacketLayout *
set_layout (Fixture *fixture)
{
  CfoilPacketLayout *layout;

  packet_fixture_compose (fixture->packet);
  layout = cfoil_packet_layout_new (fixture->packet->draft, fixture->packet->letter, fixture->packet->files, 0);
  cfoil_page_cache_set_layout (fixture->cache, layout);
  return layout;
}

/* Milliseconds until N more pages are ready. */
static double
wait_for (Fixture *fixture,
          guint    n)
{
  gint64 begin = g_get_monotonic_time ();

  for (n += fixture->n_ready; fixture->n_ready < n;)
    {
      g_assert_cmpint (g_get_monotonic_time () - begin, <, 20 * G_USEC_PER_SEC);
      g_main_context_iteration (NULL, TRUE);
    }
  return (g_get_monotonic_time () - begin) / 1000.0;
}

/* Drawn in its newest state; waits until it is. */
static cairo_surface_t *
get_page (Fixture *fixture,
          guint    page)
{
  cairo_surface_t *surface = cfoil_page_cache_get (fixture->cache, page, WIDTH);

  if (surface == NULL)
    {
      do
        wait_for (fixture, 1);
      while (fixture->last_ready != page);
      surface = cfoil_page_cache_get (fixture->cache, page, WIDTH);
    }
  g_assert_nonnull (surface);
  g_assert_cmpint (cairo_image_surface_get_width (surface), ==, WIDTH);
  return surface;
}

static void
type_key (Fixture    *fixture,
          const char *items)
{
  cfoil_draft_set_fact (fixture->packet->draft, CFOIL_FACT_ITEMS, items, CFOIL_FACT_SOURCE_TYPED, NULL);
}

/* A draft of 40 exhibits and 200 pages. */
static void
test_keystroke (Fixture      *fixture,
                gconstpointer data)
{
  g_autoptr (CfoilPacketLayout) first = NULL;
  g_autoptr (CfoilPacketLayout) second = NULL;
  cairo_surface_t *exhibit, *old;
  gint64 begin;
  double cold, warm, foreign;

  for (guint i = 0; i < 40; i++)
    {
      g_autofree char *text = g_strdup_printf ("Document %u", i);

      packet_fixture_add (fixture->packet, text, "pdf", foreign_pdf (text, 5));
    }
  begin = g_get_monotonic_time ();
  first = set_layout (fixture);
  g_assert_cmpuint (cfoil_packet_layout_get_n_pages (first), >, 200);
  get_page (fixture, 0);
  cold = (g_get_monotonic_time () - begin) / 1000.0;
  begin = g_get_monotonic_time ();
  exhibit = cairo_surface_reference (get_page (fixture, 10));
  foreign = (g_get_monotonic_time () - begin) / 1000.0;
  old = cairo_surface_reference (get_page (fixture, 0));

  type_key (fixture, "A kettle and three cups");
  begin = g_get_monotonic_time ();
  second = set_layout (fixture);
  /* The older picture is there at once, exhibits are not drawn again. */
  g_assert_true (cfoil_page_cache_get (fixture->cache, 0, WIDTH) == old);
  g_assert_true (cfoil_page_cache_get (fixture->cache, 10, WIDTH) == exhibit);
  wait_for (fixture, 1);
  warm = (g_get_monotonic_time () - begin) / 1000.0;
  g_assert_cmpuint (fixture->last_ready, ==, 0);
  g_assert_true (cfoil_page_cache_get (fixture->cache, 0, WIDTH) != old);
  g_test_message ("200 pages: first page after %.0f ms, an exhibit after %.0f ms, after a keystroke %.0f ms", cold, foreign, warm);
  g_assert_cmpfloat (cold, <, SECOND);
  g_assert_cmpfloat (warm, <, SECOND);
  cairo_surface_destroy (exhibit);
  cairo_surface_destroy (old);
}

/* When only the words around a foreign page change, its file is not opened again: here it
 * could not be. */
static void
test_foreign_is_kept (Fixture      *fixture,
                      gconstpointer data)
{
  g_autofree char *program = g_strdup (g_getenv ("COUNTERFOIL_RENDER"));
  g_autoptr (CfoilPacketLayout) first = NULL;
  g_autoptr (CfoilPacketLayout) second = NULL;
  cairo_surface_t *before, *after;
  guint64 key;

  packet_fixture_add (fixture->packet, "red.pdf", "pdf", foreign_pdf_with_image (1, 0, 0));
  first = set_layout (fixture);
  before = cairo_surface_reference (get_page (fixture, 2));
  key = cfoil_packet_layout_get_page_key (first, 2);
  g_assert_cmphex (foreign_pixel (before, 0.5, 0.5), ==, 0xff0000);

  packet_fixture_add (fixture->packet, "blue.pdf", "pdf", foreign_pdf_with_image (0, 0, 1));
  g_setenv ("COUNTERFOIL_RENDER", "/not/there", TRUE);
  second = set_layout (fixture);
  g_assert_cmpuint (cfoil_packet_layout_get_page_key (second, 2), !=, key);
  g_assert_true (cfoil_page_cache_get (fixture->cache, 2, WIDTH) == before);
  wait_for (fixture, 1);
  after = cfoil_page_cache_get (fixture->cache, 2, WIDTH);
  g_assert_true (after != before);
  for (guint i = 1; i < 20; i++)
    for (guint j = 1; j < 18; j++)
      g_assert_cmphex (foreign_pixel (before, i / 20.0, j / 20.0), ==, foreign_pixel (after, i / 20.0, j / 20.0));
  /* One that cannot be drawn says so in words, and the cache goes on. */
  g_assert_cmphex (foreign_pixel (get_page (fixture, 3), 0.5, 0.5), ==, 0xffffff);
  g_setenv ("COUNTERFOIL_RENDER", program, TRUE);
  cairo_surface_destroy (before);
}

/* What draws for ever holds nothing else up. */
static void
test_endless (Fixture      *fixture,
              gconstpointer data)
{
  g_autoptr (CfoilPacketLayout) layout = NULL;
  g_autoptr (GBytes) endless = foreign_pdf_endless ();

  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *text = g_strdup_printf ("Document %u", i);
      CfoilPacketFile *file = packet_fixture_add (fixture->packet, text, "pdf", foreign_pdf (text, 1));

      test_write_bytes (file->path, g_bytes_get_data (endless, NULL), g_bytes_get_size (endless));
    }
  layout = set_layout (fixture);
  for (guint i = 2; i < 5; i++)
    g_assert_null (cfoil_page_cache_get (fixture->cache, i, WIDTH));
  g_assert_null (cfoil_page_cache_get (fixture->cache, 0, WIDTH));
  g_assert_cmpfloat (wait_for (fixture, 1), <, SECOND);
  g_assert_cmpuint (fixture->last_ready, ==, 0);
}

/* Of many large pages only those are kept that were looked at last. */
static void
test_memory (Fixture      *fixture,
             gconstpointer data)
{
  g_autoptr (CfoilPacketLayout) layout = NULL;
  guint n_kept = 0;

  packet_fixture_add (fixture->packet, "a.pdf", "pdf", foreign_pdf ("Page", 40));
  layout = set_layout (fixture);
  for (guint i = 0; i < 40; i++)
    get_page (fixture, i);
  for (guint i = 40; i-- > 0;)
    {
      guint n_ready = fixture->n_ready;
      cairo_surface_t *surface = cfoil_page_cache_get (fixture->cache, i, WIDTH);

      if (surface == NULL || fixture->n_ready != n_ready)
        break;
      n_kept++;
    }
  g_assert_cmpuint (n_kept, ==, (64 * 1024 * 1024) / (WIDTH * 991 * 4));
}

static void
test_nothing (Fixture      *fixture,
              gconstpointer data)
{
  g_autoptr (CfoilPacketLayout) layout = NULL;

  g_assert_null (cfoil_page_cache_get (fixture->cache, 0, WIDTH));
  layout = set_layout (fixture);
  g_assert_null (cfoil_page_cache_get (fixture->cache, 99, WIDTH));
  g_assert_null (cfoil_page_cache_get (fixture->cache, 0, 0));
  cfoil_page_cache_set_layout (fixture->cache, NULL);
  g_assert_null (cfoil_page_cache_get (fixture->cache, 0, WIDTH));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/page-cache/keystroke", Fixture, NULL, set_up, test_keystroke, tear_down);
  g_test_add ("/page-cache/foreign-is-kept", Fixture, NULL, set_up, test_foreign_is_kept, tear_down);
  g_test_add ("/page-cache/memory", Fixture, NULL, set_up, test_memory, tear_down);
  g_test_add ("/page-cache/nothing", Fixture, NULL, set_up, test_nothing, tear_down);
  g_test_add ("/page-cache/endless", Fixture, NULL, set_up, test_endless, tear_down);
  return g_test_run ();
}
