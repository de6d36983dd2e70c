/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A folder for one test, removed with all that is in it. */
typedef struct
{
  char *path;
} TestFolder;

TestFolder *test_folder_new (void);
void test_folder_free (TestFolder *self);
char *test_folder_file (TestFolder *self,
                        const char *name);
/* How many entries PATH has. */
guint test_count_entries (const char *path);

/* Whole files.  Fails the test when it cannot be done. */
GBytes *test_read_bytes (const char *path);
char *test_read_text (const char *path);
void test_write_text (const char *path,
                      const char *text);
void test_write_bytes (const char *path,
                       const char *bytes,
                       gsize       length);
/* The path of a file below tests/data. */
char *test_data_file (const char *name);

/* Whether BYTES of NEEDLE stand in any file below FOLDER; the first one's path. */
char *test_find_bytes (const char *folder,
                       const char *needle);

#define test_assert_contains(text, part) \
  G_STMT_START \
  { \
    const char *text_ = (text); \
    const char *part_ = (part); \
    if (text_ == NULL || strstr (text_, part_) == NULL) \
      g_error ("%s: “%s” is not in:\n%s", G_STRLOC, part_, text_); \
  } \
  G_STMT_END

#define test_assert_lacks(text, part) \
  G_STMT_START \
  { \
    const char *text_ = (text); \
    const char *part_ = (part); \
    if (text_ != NULL && strstr (text_, part_) != NULL) \
      g_error ("%s: “%s” is in:\n%s", G_STRLOC, part_, text_); \
  } \
  G_STMT_END

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestFolder, test_folder_free)

G_END_DECLS
