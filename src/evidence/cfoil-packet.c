/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-packet.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cfoil-digest.h"
#include "cfoil-packet-private.h"
#include "cfoil-renderer-process.h"

#define STEP_MS 10000              /* without progress */
#define PIXELS_PER_MS 2000         /* more patience for large images */
#define MAX_RESTARTS 12            /* after deaths of the process, in all */
#define MAX_DEATHS_OF_FILE 3       /* then all of its pages are left out */

CfoilPacketFile *
cfoil_packet_file_copy (const CfoilPacketFile *self)
{
  CfoilPacketFile *copy = g_memdup2 (self, sizeof *self);

  copy->sha256 = g_strdup (self->sha256);
  copy->path = g_strdup (self->path);
  copy->file_type = g_strdup (self->file_type);
  copy->problem = g_strdup (self->problem);
  return copy;
}

void
cfoil_packet_file_free (CfoilPacketFile *self)
{
  if (self == NULL)
    return;
  g_free (self->sha256);
  g_free (self->path);
  g_free (self->file_type);
  g_free (self->problem);
  g_free (self);
}

static void
failure_free (gpointer data)
{
  CfoilPacketFailure *failure = data;

  g_free (failure->sha256);
  g_free (failure->message);
  g_free (failure);
}

void
cfoil_packet_result_free (CfoilPacketResult *result)
{
  if (result == NULL)
    return;
  g_free (result->sha256);
  g_ptr_array_unref (result->reduced);
  g_ptr_array_unref (result->failed);
  g_free (result);
}

/* --- one build and what came of it --- */

typedef struct
{
  CfoilPacketLayout *layout;   /* (owned) */
  JsonNode *content;           /* (owned) */
  char *target;                /* (owned): written, then renamed */
  CfoilPacketProgressFunc progress;
  gpointer user_data;
  GCancellable *cancellable;
  GPtrArray *skipped;          /* char *: "sha256:page" and "sha256" */
  GPtrArray *deaths;           /* CfoilPacketFailure: pages on which a process died */
  guint n_restarts;
  gboolean was_killed;         /* once, by somebody else, on this page: */
  int killed_page;
  /* of the process that runs */
  guint level;
  guint page;                  /* of the packet */
  gint64 progress_us;          /* when it came to that page */
  gboolean is_opening;
  gboolean is_done;
  guint n_pages;               /* that it made */
  int error;
  GPtrArray *reduced;          /* char * */
  GPtrArray *failed;           /* CfoilPacketFailure */
} Build;

static void
add_failure (GPtrArray  *failures,
             const char *sha256,
             guint       page,
             const char *message)
{
  CfoilPacketFailure *failure = g_new0 (CfoilPacketFailure, 1);

  failure->sha256 = g_strdup (sha256);
  failure->page = page;
  failure->message = g_utf8_make_valid (message, -1);
  g_ptr_array_add (failures, failure);
}

static char *
describe (const Build *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "level");
  json_builder_add_int_value (builder, self->level);
  json_builder_set_member_name (builder, "skip");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->skipped->len; i++)
    json_builder_add_string_value (builder, g_ptr_array_index (self->skipped, i));
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "content");
  json_builder_add_value (builder, json_node_copy (self->content));
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}

static void
add_reduced (GPtrArray  *reduced,
             const char *sha256)
{
  if (!g_ptr_array_find_with_equal_func (reduced, sha256, g_str_equal, NULL))
    g_ptr_array_add (reduced, g_strdup (sha256));
}

/* "failed SHA256 PAGE MESSAGE" */
static void
take_failure (Build      *self,
              const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", 4);

  if (g_strv_length (words) == 4)
    add_failure (self->failed, words[1], g_ascii_strtoull (words[2], NULL, 10), words[3]);
}

static void
set_page (Build *self,
          guint  page)
{
  /* Only what goes on buys time. */
  if (page > self->page)
    self->progress_us = g_get_monotonic_time ();
  self->page = page;
  if (self->progress != NULL)
    self->progress (page, cfoil_packet_layout_get_n_pages (self->layout), self->user_data);
}

static void
take_line (Build      *self,
           const char *line)
{
  guint n_pages = cfoil_packet_layout_get_n_pages (self->layout);

  if (g_str_has_prefix (line, "at "))
    set_page (self, MIN (g_ascii_strtoull (line + 3, NULL, 10), n_pages));
  else if (g_str_has_prefix (line, "open "))
    self->is_opening = TRUE;
  else if (g_str_equal (line, "opened"))
    self->is_opening = FALSE;
  else if (g_str_has_prefix (line, "reduced ") && self->reduced->len < n_pages)
    add_reduced (self->reduced, line + strlen ("reduced "));
  else if (g_str_has_prefix (line, "failed ") && self->failed->len < n_pages)
    take_failure (self, line);
  else if (g_str_has_prefix (line, "error "))
    self->error = (int) g_ascii_strtoll (line + strlen ("error "), NULL, 10);
  else if (g_str_has_prefix (line, "done "))
    {
      self->is_done = TRUE;
      self->n_pages = g_ascii_strtoull (line + strlen ("done "), NULL, 10);
    }
}

/* For the page that is drawn, in milliseconds. */
static guint
get_patience (const Build *self)
{
  const CfoilPacketPage *page;

  if (self->page >= cfoil_packet_layout_get_n_pages (self->layout))
    return 3 * STEP_MS;
  page = cfoil_packet_layout_get_page (self->layout, self->page);
  if (page->file == NULL || page->file->width <= 0 || page->file->height <= 0 || g_str_equal (page->file->file_type, "pdf"))
    return STEP_MS;
  return STEP_MS + MIN (page->file->width * page->file->height / PIXELS_PER_MS, 10 * STEP_MS);
}

static guint
get_time_left (const Build *self)
{
  gint64 spent = (g_get_monotonic_time () - self->progress_us) / 1000;

  return MAX (get_patience (self) - spent, 0);
}

/* One process.  FALSE and *ERROR: it did not come to its end. */
static gboolean
run (Build   *self,
     GError **error)
{
  const char *const arguments[] = { "build", self->target, NULL };
  g_autofree char *description = describe (self);
  g_autoptr (CfoilRendererProcess) process = cfoil_renderer_process_new (arguments, description, error);
  GError *local_error = NULL;

  self->page = 0;
  self->progress_us = g_get_monotonic_time ();
  self->is_opening = FALSE;
  self->is_done = FALSE;
  self->error = 0;
  g_ptr_array_set_size (self->reduced, 0);
  g_ptr_array_set_size (self->failed, 0);
  if (process == NULL)
    return FALSE;
  for (;;)
    {
      g_autofree char *line = cfoil_renderer_process_read_line (process, get_time_left (self), self->cancellable, &local_error);

      if (line == NULL)
        break;
      take_line (self, line);
    }
  self->was_killed = local_error != NULL && cfoil_renderer_process_was_killed (process);
  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return FALSE;
    }
  if (self->is_done || self->error != 0)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_BROKEN_PIPE, "The program that makes the packet ended too early");
  return FALSE;
}

/* Leaves out what the process died of. */
static gboolean
blame (Build        *self,
       const GError *error)
{
  guint n_pages = cfoil_packet_layout_get_n_pages (self->layout);
  const CfoilPacketPage *page = self->page < n_pages ? cfoil_packet_layout_get_page (self->layout, self->page) : NULL;
  guint n_deaths = 0;

  if (self->was_killed && self->killed_page != (int) self->page)
    {
      /* Not by its own fault, as it seems: the same once more. */
      self->killed_page = self->page;
      return TRUE;
    }
  if (page == NULL || page->file == NULL)
    return FALSE;
  add_failure (self->deaths, page->file->sha256, page->file_page, error->message);
  for (guint i = 0; i < self->deaths->len; i++)
    n_deaths += g_str_equal (((CfoilPacketFailure *) g_ptr_array_index (self->deaths, i))->sha256, page->file->sha256);
  if (self->is_opening || n_deaths >= MAX_DEATHS_OF_FILE)
    g_ptr_array_add (self->skipped, g_strdup (page->file->sha256));
  else
    g_ptr_array_add (self->skipped, g_strdup_printf ("%s:%u", page->file->sha256, page->file_page));
  return TRUE;
}

/* What was not drawn before is not tried any more. */
static void
skip_rest (Build *self)
{
  for (guint i = self->page; i < cfoil_packet_layout_get_n_pages (self->layout); i++)
    if (cfoil_packet_layout_page_is_foreign (self->layout, i))
      {
        const CfoilPacketPage *page = cfoil_packet_layout_get_page (self->layout, i);

        g_ptr_array_add (self->skipped, g_strdup_printf ("%s:%u", page->file->sha256, page->file_page));
      }
}

/* The packet at this level, by as many processes as it takes. */
static gboolean
make (Build   *self,
      GError **error)
{
  for (;;)
    {
      g_autoptr (GError) local_error = NULL;

      if (run (self, &local_error))
        {
          if (self->error == 0)
            return TRUE;
          g_set_error (error, G_IO_ERROR, g_io_error_from_errno (self->error), "The packet cannot be written: %s",
                       g_strerror (self->error));
          return FALSE;
        }
      if (!g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_BROKEN_PIPE)
          && !g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      if (self->n_restarts++ > MAX_RESTARTS || !blame (self, local_error))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      if (self->n_restarts == MAX_RESTARTS)
        skip_rest (self);
    }
}

static gboolean
measure (const char        *path,
         CfoilPacketResult *result,
         GError           **error)
{
  g_autoptr (CfoilDigest) digest = cfoil_digest_new ();
  char text[CFOIL_DIGEST_TEXT];
  guchar buffer[65536];
  int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  gssize n = -1;

  result->n_bytes = 0;
  while (fd >= 0 && (n = read (fd, buffer, sizeof buffer)) > 0)
    {
      cfoil_digest_update (digest, buffer, n);
      result->n_bytes += n;
    }
  if (n < 0)
    {
      int code = errno;

      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), "The packet cannot be read: %s", g_strerror (code));
    }
  if (fd >= 0)
    close (fd);
  cfoil_digest_finish (digest, text);
  g_free (result->sha256);
  result->sha256 = g_strdup (text);
  return n >= 0;
}

static gboolean
has_images (const CfoilPacketLayout *layout)
{
  for (guint i = 0; i < cfoil_packet_layout_get_n_pages (layout); i++)
    {
      const CfoilPacketPage *page = cfoil_packet_layout_get_page (layout, i);

      if (cfoil_packet_layout_page_is_foreign (layout, i) && !g_str_equal (page->file->file_type, "pdf"))
        return TRUE;
    }
  return FALSE;
}

/* Each page that is not in the packet, once. */
static void
collect_failures (const Build       *self,
                  CfoilPacketResult *result)
{
  for (guint i = 0; i < self->failed->len; i++)
    {
      const CfoilPacketFailure *failure = g_ptr_array_index (self->failed, i);

      add_failure (result->failed, failure->sha256, failure->page, failure->message);
    }
  for (guint i = 0; i < cfoil_packet_layout_get_n_pages (self->layout); i++)
    {
      const CfoilPacketPage *page = cfoil_packet_layout_get_page (self->layout, i);
      const char *message = "The page was left out because the file does not let itself be drawn";
      g_autofree char *key = NULL;

      if (!cfoil_packet_layout_page_is_foreign (self->layout, i))
        continue;
      key = g_strdup_printf ("%s:%u", page->file->sha256, page->file_page);
      if (!g_ptr_array_find_with_equal_func (self->skipped, key, g_str_equal, NULL)
          && !g_ptr_array_find_with_equal_func (self->skipped, page->file->sha256, g_str_equal, NULL))
        continue;
      for (guint j = 0; j < self->deaths->len; j++)
        {
          const CfoilPacketFailure *death = g_ptr_array_index (self->deaths, j);

          if (death->page == page->file_page && g_str_equal (death->sha256, page->file->sha256))
            message = death->message;
        }
      add_failure (result->failed, page->file->sha256, page->file_page, message);
    }
}

static gboolean
climb (Build             *self,
       gint64             max_bytes,
       CfoilPacketResult *result,
       GError           **error)
{
  guint n_levels = has_images (self->layout) ? CFOIL_IMAGE_LEVELS : 1;

  for (self->level = 0; self->level < n_levels; self->level++)
    {
      if (!make (self, error) || !measure (self->target, result, error))
        return FALSE;
      result->image_level = self->level;
      result->fits = max_bytes == CFOIL_UNKNOWN || result->n_bytes <= max_bytes;
      if (result->fits)
        break;
    }
  return TRUE;
}

static gboolean
publish (const char *from,
         const char *to,
         GError    **error)
{
  int code;

  if (g_rename (from, to) == 0)
    return TRUE;
  code = errno;
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), "The packet cannot be written: %s", g_strerror (code));
  return FALSE;
}

gint64
cfoil_packet_get_room (const CfoilLimits *limits,
                       GPtrArray         *files)
{
  gint64 room;

  g_return_val_if_fail (limits != NULL, CFOIL_UNKNOWN);

  room = limits->packet_bytes;
  for (guint i = 0; i < files->len && room != CFOIL_UNKNOWN; i++)
    {
      const CfoilPacketFile *file = g_ptr_array_index (files, i);
      const CfoilExhibitFile named = { file->sha256, (char *) "", file->file_type };

      if (!cfoil_exhibit_file_is_page (&named))
        room = MAX (room - file->n_bytes, 0);
    }
  if (limits->file_bytes == CFOIL_UNKNOWN)
    return room;
  return room == CFOIL_UNKNOWN ? limits->file_bytes : MIN (room, limits->file_bytes);
}

CfoilPacketResult *
cfoil_packet_build_sync (const CfoilDraft       *draft,
                         const CfoilLetter      *letter,
                         GPtrArray              *files,
                         gint64                  max_bytes,
                         const char             *path,
                         CfoilPacketProgressFunc progress,
                         gpointer                user_data,
                         GCancellable           *cancellable,
                         GError                **error)
{
  g_autoptr (CfoilPacketResult) result = g_new0 (CfoilPacketResult, 1);
  Build self = { .progress = progress, .user_data = user_data, .cancellable = cancellable, .killed_page = -1 };
  gboolean made;

  self.layout = cfoil_packet_layout_new (draft, letter, files, 0);
  self.content = cfoil_packet_content_to_json (cfoil_packet_layout_get_content (self.layout));
  self.target = g_strdup_printf ("%s.%u.part", path, g_random_int ());
  self.skipped = g_ptr_array_new_with_free_func (g_free);
  self.deaths = g_ptr_array_new_with_free_func (failure_free);
  self.reduced = g_ptr_array_new_with_free_func (g_free);
  self.failed = g_ptr_array_new_with_free_func (failure_free);
  result->reduced = g_ptr_array_new_with_free_func (g_free);
  result->failed = g_ptr_array_new_with_free_func (failure_free);

  made = climb (&self, max_bytes, result, error) && publish (self.target, path, error);
  if (made)
    {
      result->n_pages = self.n_pages;
      for (guint i = 0; i < self.reduced->len; i++)
        g_ptr_array_add (result->reduced, g_strdup (g_ptr_array_index (self.reduced, i)));
      collect_failures (&self, result);
    }
  else
    g_unlink (self.target);
  g_free (self.target);
  json_node_unref (self.content);
  g_ptr_array_unref (self.skipped);
  g_ptr_array_unref (self.deaths);
  g_ptr_array_unref (self.reduced);
  g_ptr_array_unref (self.failed);
  cfoil_packet_layout_unref (self.layout);
  return made ? g_steal_pointer (&result) : NULL;
}
