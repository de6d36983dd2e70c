/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* memmem () */

#include "test-support.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

TestFolder *
test_folder_new (void)
{
  g_autoptr (GError) error = NULL;
  TestFolder *self = g_new0 (TestFolder, 1);

  self->path = g_dir_make_tmp ("counterfoil-test-XXXXXX", &error);
  g_assert_no_error (error);
  return self;
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  if (!g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    dir = g_dir_open (path, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_remove (path);
}

void
test_folder_free (TestFolder *self)
{
  if (self == NULL)
    return;
  remove_tree (self->path);
  g_assert_false (g_file_test (self->path, G_FILE_TEST_EXISTS));
  g_free (self->path);
  g_free (self);
}

char *
test_folder_file (TestFolder *self,
                  const char *name)
{
  return g_build_filename (self->path, name, NULL);
}

guint
test_count_entries (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (path, 0, &error);
  guint n = 0;

  g_assert_no_error (error);
  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

GBytes *
test_read_bytes (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *contents = NULL;
  gsize length = 0;

  g_file_get_contents (path, &contents, &length, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (contents, length);
}

char *
test_read_text (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *contents = NULL;

  g_file_get_contents (path, &contents, NULL, &error);
  g_assert_no_error (error);
  return contents;
}

void
test_write_bytes (const char *path,
                  const char *bytes,
                  gsize       length)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, bytes, (gssize) length, &error);
  g_assert_no_error (error);
}

void
test_write_text (const char *path,
                 const char *text)
{
  test_write_bytes (path, text, strlen (text));
}

char *
test_data_file (const char *name)
{
  return g_test_build_filename (G_TEST_DIST, "..", "data", name, NULL);
}

static gboolean
has_bytes (const char *path,
           const char *needle)
{
  g_autoptr (GBytes) bytes = test_read_bytes (path);
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  return length > 0 && memmem (data, length, needle, strlen (needle)) != NULL;
}

char *
test_find_bytes (const char *folder,
                 const char *needle)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      char *found = NULL;

      if (strstr (name, needle) != NULL)
        return g_steal_pointer (&path);
      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        found = test_find_bytes (path, needle);
      else if (g_file_test (path, G_FILE_TEST_IS_REGULAR) && has_bytes (path, needle))
        found = g_strdup (path);
      if (found != NULL)
        return found;
    }
  return NULL;
}
