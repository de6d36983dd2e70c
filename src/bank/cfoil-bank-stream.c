/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-bank-private.h"

#include "cfoil-error.h"

#include <glib/gi18n.h>
#include <string.h>

#define CHUNK (64 * 1024)

struct _CfoilBankStream
{
  GInputStream *input;
  GSeekable *file;           /* below INPUT: tells how far it was read */
  guint64 size;
  CfoilBankProgressFunc progress; /* (nullable) */
  gpointer progress_data;
  GCancellable *cancellable; /* (nullable) */
  CfoilBankEncoding encoding;
  gboolean is_past_start;
  char buffer[CHUNK];
};

/* --- which encoding --- */

typedef struct
{
  gboolean is_utf8;
  guint n_wanted;      /* bytes that a character still has */
  guint64 counts[256];
  guint64 zeros[2];    /* at even and at odd places */
  guint64 n_bytes;
  guint64 n_high;      /* characters of Shift JIS that are not ASCII, */
  guint64 n_pairs;     /* of them two bytes of which the first is a C1 control */
  guint64 n_in_row;    /* of them those that follow another one */
  gboolean is_after_high;
  gboolean wants_trail;
  gboolean is_odd_pair;
} Look;

static void
look_at_pair (Look  *look,
              guint8 byte)
{
  gboolean is_c1 = byte > 0x80 && byte < 0xa0;

  if (look->wants_trail)
    {
      look->is_odd_pair = look->is_odd_pair || byte < 0x40 || byte == 0x7f || byte > 0xfc;
      look->wants_trail = FALSE;
    }
  else if (byte < 0x80)
    look->is_after_high = FALSE;
  else
    {
      look->wants_trail = is_c1 || (byte >= 0xe0 && byte <= 0xfc);
      look->is_odd_pair = look->is_odd_pair || byte == 0x80 || byte == 0xa0 || byte > 0xfc;
      look->n_pairs += is_c1;
      look->n_high++;
      look->n_in_row += look->is_after_high;
      look->is_after_high = TRUE;
    }
}

/* Lead and trail bytes; what is overlong is found by whoever reads it. */
static void
look_at_byte (Look  *look,
              guint8 byte)
{
  look->counts[byte]++;
  if (byte == 0)
    look->zeros[look->n_bytes % 2]++;
  look->n_bytes++;
  look_at_pair (look, byte);
  if (look->n_wanted > 0)
    {
      look->is_utf8 = look->is_utf8 && (byte & 0xc0) == 0x80;
      look->n_wanted--;
    }
  else if (byte >= 0xc2 && byte < 0xf5)
    look->n_wanted = byte >= 0xf0 ? 3 : byte >= 0xe0 ? 2 : 1;
  else if (byte >= 0x80)
    look->is_utf8 = FALSE;
}

/* Pictures and the like: a text has hardly any controls but tabs and line ends. */
static gboolean
is_text (const Look *look)
{
  guint64 n_controls = 0;

  for (guint i = 0; i < 0x20; i++)
    n_controls += i != '\t' && i != '\n' && i != '\r' && i != '\f' ? look->counts[i] : 0;
  return n_controls <= look->n_bytes / 64 + 1;
}

/* The way of writing of Windows in Japan: pairs that begin with C1 controls, which western texts hardly have but for
 * quotation marks and apostrophes; those stand alone, and words of Japan do not.  And no pair that is not whole. */
static gboolean
is_japanese (const Look *look)
{
  return !look->is_odd_pair && !look->wants_trail && look->n_pairs > 1 && look->n_pairs * 4 >= look->n_high &&
         look->n_in_row * 3 >= look->n_high;
}

/* Texts of one byte a character: C1 controls are letters of Windows; a euro tells the others. */
static CfoilBankEncoding
judge (const Look *look)
{
  guint64 n_c1 = 0;

  if (look->zeros[1] > look->n_bytes / 8)
    return CFOIL_BANK_UTF_16LE;
  if (look->zeros[0] > look->n_bytes / 8)
    return CFOIL_BANK_UTF_16BE;
  if (look->is_utf8 && look->n_wanted == 0)
    return CFOIL_BANK_UTF_8;
  if (is_japanese (look))
    return CFOIL_BANK_SHIFT_JIS;
  for (guint i = 0x80; i < 0xa0; i++)
    n_c1 += look->counts[i];
  return n_c1 == 0 && look->counts[0xa4] > 0 ? CFOIL_BANK_ISO_8859_15 : CFOIL_BANK_WINDOWS_1252;
}

static gboolean
fail_unknown (GError **error)
{
  g_set_error_literal (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_UNKNOWN,
                       _ ("This is no bank statement that can be read: download it as CSV, OFX or CAMT.053 (XML)"));
  return FALSE;
}

static gboolean
detect (const char        *path,
        CfoilBankEncoding *encoding,
        GCancellable      *cancellable,
        GError           **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) input = g_file_read (file, cancellable, error);
  g_autofree guint8 *buffer = g_malloc (CHUNK);
  Look look = { .is_utf8 = TRUE };
  gssize n;

  if (input == NULL)
    return FALSE;
  while ((n = g_input_stream_read (G_INPUT_STREAM (input), buffer, CHUNK, cancellable, error)) > 0)
    {
      if (look.n_bytes == 0 && n >= 2 && (memcmp (buffer, "\xff\xfe", 2) == 0 || memcmp (buffer, "\xfe\xff", 2) == 0))
        {
          *encoding = buffer[0] == 0xff ? CFOIL_BANK_UTF_16LE : CFOIL_BANK_UTF_16BE;
          return TRUE;
        }
      for (gssize i = 0; i < n; i++)
        look_at_byte (&look, buffer[i]);
    }
  *encoding = judge (&look);
  if (n == 0 && *encoding != CFOIL_BANK_UTF_16LE && *encoding != CFOIL_BANK_UTF_16BE && !is_text (&look))
    return fail_unknown (error);
  return n == 0;
}

/* --- reading --- */

static gboolean
check_size (GFile   *file,
            guint64 *size,
            GError **error)
{
  g_autoptr (GFileInfo) info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_STANDARD_TYPE,
                                                  G_FILE_QUERY_INFO_NONE, NULL, error);

  if (info == NULL)
    return FALSE;
  if (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE, _ ("This is not a file"));
      return FALSE;
    }
  *size = (guint64) g_file_info_get_size (info);
  if (*size <= CFOIL_BANK_MAX_BYTES)
    return TRUE;
  g_set_error_literal (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_LIMIT, _ ("The statement is larger than 2 GiB; download fewer days at once"));
  return FALSE;
}

CfoilBankStream *
_cfoil_bank_stream_open (const char       *path,
                         CfoilBankEncoding encoding,
                         GCancellable     *cancellable,
                         GError          **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (CfoilBankStream) self = g_new0 (CfoilBankStream, 1);
  g_autoptr (GInputStream) input = NULL;
  g_autoptr (GCharsetConverter) converter = NULL;

  if (!check_size (file, &self->size, error) || (encoding == CFOIL_BANK_ENCODING_AUTO && !detect (path, &encoding, cancellable, error)) ||
      (input = G_INPUT_STREAM (g_file_read (file, cancellable, error))) == NULL)
    return NULL;
  self->encoding = encoding;
  self->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  self->file = g_object_ref (G_SEEKABLE (input));
  if (encoding == CFOIL_BANK_UTF_8)
    self->input = g_steal_pointer (&input);
  else
    {
      /* Banks write what Windows calls so: with more signs. */
      converter = g_charset_converter_new ("UTF-8", encoding == CFOIL_BANK_SHIFT_JIS ? "CP932" : cfoil_bank_encoding_to_string (encoding), error);
      if (converter == NULL)
        return NULL;
      self->input = g_converter_input_stream_new (input, G_CONVERTER (converter));
    }
  return g_steal_pointer (&self);
}

void
_cfoil_bank_stream_free (CfoilBankStream *self)
{
  if (self == NULL)
    return;
  g_clear_object (&self->input);
  g_clear_object (&self->file);
  g_clear_object (&self->cancellable);
  g_free (self);
}

CfoilBankEncoding
_cfoil_bank_stream_get_encoding (CfoilBankStream *self)
{
  return self->encoding;
}

void
_cfoil_bank_stream_set_progress (CfoilBankStream      *self,
                                 CfoilBankProgressFunc progress,
                                 gpointer              progress_data)
{
  self->progress = progress;
  self->progress_data = progress_data;
}

gssize
_cfoil_bank_stream_read (CfoilBankStream *self,
                         const char     **bytes,
                         GError         **error)
{
  GError *own = NULL;
  gsize n;

  if (!g_input_stream_read_all (self->input, self->buffer, CHUNK, &n, self->cancellable, &own))
    {
      if (g_error_matches (own, G_IO_ERROR, G_IO_ERROR_INVALID_DATA) || g_error_matches (own, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT))
        {
          g_clear_error (&own);
          own = g_error_new (CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_ENCODING, _ ("The statement is not written in %s; choose another encoding"),
                             cfoil_bank_encoding_to_string (self->encoding));
        }
      g_propagate_error (error, own);
      return -1;
    }
  if (self->progress != NULL)
    self->progress ((guint64) MAX (g_seekable_tell (self->file), 0), self->size, self->progress_data);
  *bytes = self->buffer;
  if (!self->is_past_start)
    {
      self->is_past_start = TRUE;
      if (n >= 3 && memcmp (self->buffer, "\xef\xbb\xbf", 3) == 0)
        {
          *bytes += 3;
          n -= 3;
        }
    }
  return (gssize) n;
}

gboolean
_cfoil_bank_find_format (const char      *start,
                         CfoilBankFormat *format,
                         GError         **error)
{
  g_autofree char *head = g_ascii_strup (start, 4096);
  const char *at = head + strspn (head, " \t\r\n");

  if (g_str_has_prefix (at, "OFXHEADER") || strstr (at, "<OFX") != NULL || strstr (at, "<?OFX") != NULL)
    *format = CFOIL_BANK_OFX;
  else if (*at == '<' && (strstr (at, "CAMT.05") != NULL || strstr (at, "<DOCUMENT") != NULL || strstr (at, ":DOCUMENT") != NULL ||
                          g_str_has_prefix (at, "<?XML") || strstr (at, "<!DOCTYPE") != NULL))
    *format = CFOIL_BANK_CAMT;
  else if (*at == '<' || *at == '\0' || g_str_has_prefix (at, "%PDF") || g_str_has_prefix (at, "PK\003"))
    return fail_unknown (error);
  else
    *format = CFOIL_BANK_CSV;
  return TRUE;
}
