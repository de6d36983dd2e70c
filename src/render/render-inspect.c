/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE
#include "config.h"

#include "render.h"

#include <glib/gstdio.h>
#include <string.h>

#include "cfoil-renderer.h"

#define MAX_CARD_PAGES 20  /* pages that are named */
#define NAME_SURROUNDINGS 8
#define PROBE_SIDE 64      /* of an image that is decoded only to see whether that works */

static void
say_inspection (const CfoilInspection *inspection)
{
  g_autofree char *json = cfoil_inspection_to_json (inspection);

  render_say ("%s", json);
}

static void
set_problem (CfoilInspection *self,
             const char      *problem)
{
  if (self->problem == NULL)
    self->problem = g_strdup (problem);
}

/* --- PDF --- */

static void
look_at_page (CfoilInspection *self,
              PopplerPage     *page)
{
  GList *links = poppler_page_get_link_mapping (page);
  GList *fields = poppler_page_get_form_field_mapping (page);

  for (GList *l = links; l != NULL; l = l->next)
    {
      const PopplerLinkMapping *link = l->data;

      self->has_links = self->has_links || link->action->type != POPPLER_ACTION_GOTO_DEST;
      self->has_scripts = self->has_scripts || link->action->type == POPPLER_ACTION_JAVASCRIPT
                          || link->action->type == POPPLER_ACTION_LAUNCH;
    }
  self->has_forms = self->has_forms || fields != NULL;
  poppler_page_free_link_mapping (links);
  poppler_page_free_form_field_mapping (fields);
}

static void
count_cards (CfoilInspection *self,
             PopplerPage     *page,
             guint            number,
             GString         *pages,
             guint           *n_named)
{
  g_autofree char *text = poppler_page_get_text (page);
  guint n = cfoil_count_card_numbers (text);

  self->n_card_numbers += n;
  if (n == 0 || *n_named > MAX_CARD_PAGES)
    return;
  if (++*n_named > MAX_CARD_PAGES)
    g_string_append (pages, ", …");
  else
    g_string_append_printf (pages, "%s%u", pages->len > 0 ? ", " : "", number);
}

/* Text, not bytes of an image that look like a name. */
static gboolean
is_text (const char *p,
         const char *end)
{
  for (; p < end; p++)
    if (!g_ascii_isprint (*p) && !g_ascii_isspace (*p))
      return FALSE;
  return TRUE;
}

/* What poppler's questions do not reach: names of actions that stand in the file as they
 * are. */
static gboolean
has_name (GBytes     *bytes,
          const char *name)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  gsize name_length = strlen (name);
  const char *p = data;

  while (p != NULL && (p = memmem (p, length - (p - data), name, name_length)) != NULL)
    {
      const char *after = p + name_length;

      /* A name ends where something begins that cannot be in a name. */
      if ((after == data + length || strchr (" \t\r\n\f/<>[](){}%", *after) != NULL)
          && is_text (MAX (data, p - NAME_SURROUNDINGS), p) && is_text (after, MIN (data + length, after + NAME_SURROUNDINGS)))
        return TRUE;
      p += name_length;
    }
  return FALSE;
}

static void
look_at_bytes (CfoilInspection *self,
               const char      *path)
{
  static const char *const scripts[] = { "/JavaScript", "/JS", "/Launch", "/SubmitForm", "/ImportData" };
  g_autoptr (GBytes) bytes = render_read_file (path);

  if (bytes == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (scripts); i++)
    self->has_scripts = self->has_scripts || has_name (bytes, scripts[i]);
  self->has_links = self->has_links || has_name (bytes, "/URI");
  self->has_attachments = self->has_attachments || has_name (bytes, "/EmbeddedFile") || has_name (bytes, "/EmbeddedFiles");
}

static void
inspect_pages (CfoilInspection *self,
               PopplerDocument *document)
{
  g_autoptr (GString) pages = g_string_new (NULL);
  guint n_named = 0;

  for (int i = 0; i < self->n_pages; i++)
    {
      g_autoptr (RenderPage) page = poppler_document_get_page (document, i);
      double width, height;

      if (page == NULL)
        {
          set_problem (self, "broken");
          return;
        }
      poppler_page_get_size (page, &width, &height);
      if (i == 0)
        {
          self->width = width < 1e6 ? width + 0.5 : 1000000;
          self->height = height < 1e6 ? height + 0.5 : 1000000;
        }
      if (!(width > 0 && height > 0))
        set_problem (self, "broken");
      look_at_page (self, page);
      count_cards (self, page, i + 1, pages, &n_named);
      render_say ("{\"page\":%d}", i);
    }
  if (pages->len > 0)
    self->card_pages = g_strdup (pages->str);
}

static void
inspect_pdf (CfoilInspection *self,
             const char      *path)
{
  const char *problem;
  g_autoptr (RenderDocument) document = render_open_pdf (path, &problem);

  look_at_bytes (self, path);
  if (problem != NULL)
    set_problem (self, problem);
  if (document == NULL)
    return;
  self->n_pages = poppler_document_get_n_pages (document);
  if (problem != NULL)
    return;
  self->has_scripts = self->has_scripts || poppler_document_has_javascript (document);
  self->has_attachments = self->has_attachments || poppler_document_has_attachments (document);
  inspect_pages (self, document);
}

/* --- images --- */

static void
inspect_image (CfoilInspection *self,
               const char      *path)
{
  g_autoptr (GBytes) bytes = render_read_file (path);
  gsize length = 0;
  const guchar *data = bytes != NULL ? g_bytes_get_data (bytes, &length) : NULL;
  RenderImageInfo info;
  cairo_surface_t *surface;
  gboolean is_damaged;

  if (data == NULL || !render_image_read_info (data, length, &info))
    {
      set_problem (self, "broken");
      return;
    }
  self->n_pages = 1;
  self->width = render_image_is_turned (&info) ? info.height : info.width;
  self->height = render_image_is_turned (&info) ? info.width : info.height;
  if (info.width > CFOIL_RENDERER_MAX_PIXELS / info.height || MAX (info.width, info.height) > G_MAXINT16)
    {
      set_problem (self, "too-large");
      return;
    }
  surface = render_image_decode (data, length, &info, PROBE_SIDE, &is_damaged);
  if (surface == NULL)
    set_problem (self, "broken");
  else
    cairo_surface_destroy (surface);
  self->is_truncated = is_damaged;
}

/* --- text --- */

/* Valid UTF-8: what is none is Latin-1. */
static char *
dup_csv (const char *path)
{
  g_autoptr (GBytes) bytes = render_read_file (path);
  gsize length = 0;
  const char *data = bytes != NULL ? g_bytes_get_data (bytes, &length) : NULL;
  char *text;

  if (data == NULL)
    return g_strdup ("");
  if (g_utf8_validate (data, length, NULL))
    return g_strndup (data, length);
  text = g_convert (data, length, "UTF-8", "ISO-8859-1", NULL, NULL, NULL);
  return text != NULL ? text : g_strdup ("");
}

int
render_inspect (const char *file_type,
                const char *path)
{
  g_autoptr (CfoilInspection) self = cfoil_inspection_from_json (NULL);
  GStatBuf status;

  if (g_stat (path, &status) != 0)
    set_problem (self, "broken");
  else if (status.st_size == 0)
    set_problem (self, "empty");
  else if (g_str_equal (file_type, "pdf"))
    inspect_pdf (self, path);
  else if (g_str_equal (file_type, "jpg") || g_str_equal (file_type, "png"))
    inspect_image (self, path);
  else if (g_str_equal (file_type, "csv"))
    {
      g_autofree char *text = dup_csv (path);

      self->n_card_numbers = cfoil_count_card_numbers (text);
    }
  else if (g_str_equal (file_type, "other"))
    set_problem (self, "unsupported");
  say_inspection (self);
  return 0;
}
