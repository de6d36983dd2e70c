/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-renderer.h"

#include <json-glib/json-glib.h>

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cfoil-error.h"
#include "cfoil-renderer-process.h"

#define INSPECT_MS 10000       /* without a word */
#define INSPECT_TOTAL_US (60 * G_USEC_PER_SEC)
#define MAX_ANSWER_LINES (2 * CFOIL_RENDERER_MAX_PAGES)
#define DRAW_MS 5000
#define MAX_JSON 16384         /* bytes; also bounds how deep it can be nested */
#define MAX_HEIGHTS 16         /* a page is at most so many times as high as it is wide */
#define MAX_DRAWN_WIDTH 8192
#define MAX_DRAWN_PIXELS (32 * 1000 * 1000)

void
cfoil_inspection_free (CfoilInspection *self)
{
  if (self == NULL)
    return;
  g_free (self->problem);
  g_free (self->card_pages);
  g_free (self);
}

static CfoilInspection *
inspection_new (const char *problem)
{
  CfoilInspection *self = g_new0 (CfoilInspection, 1);

  self->n_pages = CFOIL_UNKNOWN;
  self->width = CFOIL_UNKNOWN;
  self->height = CFOIL_UNKNOWN;
  self->problem = g_strdup (problem);
  return self;
}

/* Beside this program, where it is installed, or where a build has it. */
char *
cfoil_renderer_find (void)
{
  const char *given = g_getenv ("COUNTERFOIL_RENDER");
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = self != NULL ? g_path_get_dirname (self) : NULL;
  const char *const folders[] = { folder, CFOIL_LIBEXECDIR };
  const char *const relative[] = { ".", "../libexec", "../render" };

  if (given != NULL)
    return g_file_test (given, G_FILE_TEST_IS_EXECUTABLE) ? g_strdup (given) : NULL;
  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    for (guint j = 0; folders[i] != NULL && j < G_N_ELEMENTS (relative); j++)
      {
        g_autofree char *path = g_build_filename (folders[i], relative[j], "counterfoil-render", NULL);

        if (g_file_test (path, G_FILE_TEST_IS_EXECUTABLE) && !g_file_test (path, G_FILE_TEST_IS_DIR))
          return g_steal_pointer (&path);
      }
  return NULL;
}

/* --- findings as text --- */

static void
add_flag (JsonBuilder *builder,
          const char  *name,
          gboolean     value)
{
  if (!value)
    return;
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, TRUE);
}

static void
add_number (JsonBuilder *builder,
            const char  *name,
            gint64       value)
{
  if (value == CFOIL_UNKNOWN)
    return;
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

static void
add_string (JsonBuilder *builder,
            const char  *name,
            const char  *value)
{
  if (value == NULL)
    return;
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

char *
cfoil_inspection_to_json (const CfoilInspection *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  add_number (builder, "n_pages", self->n_pages);
  add_number (builder, "width", self->width);
  add_number (builder, "height", self->height);
  add_string (builder, "problem", self->problem);
  add_flag (builder, "has_scripts", self->has_scripts);
  add_flag (builder, "has_links", self->has_links);
  add_flag (builder, "has_forms", self->has_forms);
  add_flag (builder, "has_attachments", self->has_attachments);
  add_number (builder, "n_card_numbers", self->n_card_numbers > 0 ? self->n_card_numbers : CFOIL_UNKNOWN);
  add_string (builder, "card_pages", self->card_pages);
  add_flag (builder, "is_truncated", self->is_truncated);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}

/* A word of ours, not whatever a foreign file made the other process say. */
static char *
dup_word (JsonObject *object,
          const char *name,
          const char *allowed,
          gsize       max)
{
  const char *word = json_object_get_string_member_with_default (object, name, NULL);

  if (word == NULL || *word == '\0' || strlen (word) > max || strspn (word, allowed) != strlen (word))
    return NULL;
  return g_strdup (word);
}

CfoilInspection *
cfoil_inspection_from_json (const char *json)
{
  CfoilInspection *self = inspection_new (NULL);
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  JsonNode *root;
  JsonObject *object;

  if (json == NULL || strlen (json) > MAX_JSON || !json_parser_load_from_data (parser, json, -1, NULL))
    return self;
  root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return self;
  object = json_node_get_object (root);
  self->n_pages = json_object_get_int_member_with_default (object, "n_pages", CFOIL_UNKNOWN);
  self->width = json_object_get_int_member_with_default (object, "width", CFOIL_UNKNOWN);
  self->height = json_object_get_int_member_with_default (object, "height", CFOIL_UNKNOWN);
  self->problem = dup_word (object, "problem", G_CSET_a_2_z "-", 40);
  self->has_scripts = json_object_get_boolean_member_with_default (object, "has_scripts", FALSE);
  self->has_links = json_object_get_boolean_member_with_default (object, "has_links", FALSE);
  self->has_forms = json_object_get_boolean_member_with_default (object, "has_forms", FALSE);
  self->has_attachments = json_object_get_boolean_member_with_default (object, "has_attachments", FALSE);
  self->n_card_numbers = CLAMP (json_object_get_int_member_with_default (object, "n_card_numbers", 0), 0, G_MAXINT);
  self->card_pages = dup_word (object, "card_pages", G_CSET_DIGITS ", …", 4000);
  self->is_truncated = json_object_get_boolean_member_with_default (object, "is_truncated", FALSE);
  return self;
}

/* --- asking --- */

/* What is to be pages must have been counted, or the answer is none. */
static CfoilInspection *
read_inspection (const char *answer,
                 const char *file_type)
{
  CfoilInspection *self = cfoil_inspection_from_json (answer);
  gboolean is_page = g_str_equal (file_type, "pdf") || g_str_equal (file_type, "jpg") || g_str_equal (file_type, "png");

  if (is_page && self->problem == NULL && self->n_pages <= 0)
    self->problem = g_strdup ("crashed");
  return self;
}

/* What the renderer's death says of the file; FALSE: nothing, ERROR is for the caller. */
static gboolean
problem_of_error (const GError *error,
                  const char  **problem)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    *problem = "timeout";
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_BROKEN_PIPE))
    *problem = "crashed";
  else
    return FALSE;
  return TRUE;
}

static gboolean
check_readable (const char *path,
                GError    **error)
{
  if (g_file_test (path, G_FILE_TEST_IS_REGULAR) && access (path, R_OK) == 0)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "The file %s is not there", path);
  return FALSE;
}

static gboolean
check_time (gint64   until,
            GError **error)
{
  if (g_get_monotonic_time () <= until)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "The file took too long to open");
  return FALSE;
}

/* Lines of the form {"page": 3} say that it is getting on; the last line is the answer. */
static char *
read_answer (CfoilRendererProcess *process,
             GCancellable         *cancellable,
             GError              **error)
{
  gint64 until = g_get_monotonic_time () + INSPECT_TOTAL_US;
  g_autofree char *answer = NULL;

  for (guint n_lines = 0;; n_lines++)
    {
      GError *local_error = NULL;
      char *line;

      if (n_lines > MAX_ANSWER_LINES)
        {
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_BROKEN_PIPE, "The program that opens files says what it should not");
          return NULL;
        }
      if (!check_time (until, error))
        return NULL;
      line = cfoil_renderer_process_read_line (process, INSPECT_MS, cancellable, &local_error);
      if (local_error != NULL)
        {
          g_propagate_error (error, local_error);
          return NULL;
        }
      if (line == NULL)
        return g_steal_pointer (&answer);
      g_free (answer);
      answer = line;
    }
}

CfoilInspection *
cfoil_renderer_inspect_sync (const char   *path,
                             const char   *file_type,
                             GCancellable *cancellable,
                             GError      **error)
{
  const char *const arguments[] = { "inspect", file_type, path, NULL };
  /* Killed by somebody else once: that says nothing about the file. */
  for (guint attempt = 0;; attempt++)
    {
      g_autoptr (CfoilRendererProcess) process = NULL;
      g_autoptr (GError) local_error = NULL;
      g_autofree char *answer = NULL;
      const char *problem;

      if (!check_readable (path, error))
        return NULL;
      process = cfoil_renderer_process_new (arguments, NULL, error);
      if (process == NULL)
        return NULL;
      answer = read_answer (process, cancellable, &local_error);
      if (answer != NULL)
        return read_inspection (answer, file_type);
      if (attempt == 0 && cfoil_renderer_process_was_killed (process))
        continue;
      if (local_error == NULL)
        return inspection_new ("crashed");
      if (problem_of_error (local_error, &problem))
        return inspection_new (problem);
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
}

/* "pixels WIDTH HEIGHT" */
static gboolean
parse_size (const char *line,
            guint       max_width,
            int        *width,
            int        *height)
{
  return sscanf (line, "pixels %d %d", width, height) == 2 && *width > 0 && *height > 0
         && *width <= (int) max_width && *height / MAX_HEIGHTS <= *width && *height <= MAX_DRAWN_PIXELS / *width;
}

static cairo_surface_t *
read_pixels (CfoilRendererProcess *process,
             guint                 max_width,
             GCancellable         *cancellable,
             GError              **error)
{
  GError *local_error = NULL;
  g_autofree char *line = cfoil_renderer_process_read_line (process, DRAW_MS, cancellable, &local_error);
  cairo_surface_t *surface;
  int width, height;

  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return NULL;
    }
  if (line == NULL || !parse_size (line, max_width, &width, &height))
    {
      g_set_error_literal (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_SYNTAX, "The page cannot be drawn");
      return NULL;
    }
  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  if (cairo_surface_status (surface) != CAIRO_STATUS_SUCCESS)
    {
      cairo_surface_destroy (surface);
      g_set_error_literal (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_LIMIT, "The page is too large to be drawn");
      return NULL;
    }
  /* Four bytes a pixel: rows of this format have no padding. */
  if (!cfoil_renderer_process_read_bytes (process, cairo_image_surface_get_data (surface), (gsize) width * height * 4,
                                          DRAW_MS, cancellable, error))
    g_clear_pointer (&surface, cairo_surface_destroy);
  else
    cairo_surface_mark_dirty (surface);
  return surface;
}

cairo_surface_t *
cfoil_renderer_draw_sync (const char   *path,
                          const char   *file_type,
                          guint         page,
                          guint         width,
                          GCancellable *cancellable,
                          GError      **error)
{
  guint max_width = CLAMP (width, 1, MAX_DRAWN_WIDTH);
  g_autofree char *page_text = g_strdup_printf ("%u", page);
  g_autofree char *width_text = g_strdup_printf ("%u", max_width);
  const char *const arguments[] = { "draw", file_type, path, page_text, width_text, NULL };

  for (guint attempt = 0;; attempt++)
    {
      g_autoptr (CfoilRendererProcess) process = NULL;
      g_autoptr (GError) local_error = NULL;
      cairo_surface_t *surface;

      if (!check_readable (path, error))
        return NULL;
      process = cfoil_renderer_process_new (arguments, NULL, error);
      if (process == NULL)
        return NULL;
      surface = read_pixels (process, max_width, cancellable, &local_error);
      if (surface != NULL)
        return surface;
      if (attempt > 0 || !cfoil_renderer_process_was_killed (process))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return NULL;
        }
    }
}
