/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-draft-session-private.h"

#include "cfoil-error.h"

/* Files of a draft: copied into the mirror, then looked at, both on a thread. */

/* --- what is known of them --- */

static gboolean
is_same_file (const CfoilPacketFile *a, /* (nullable) */
              const CfoilPacketFile *b)
{
  return a != NULL && a->n_bytes == b->n_bytes && a->n_pages == b->n_pages && a->width == b->width && a->height == b->height &&
         g_str_equal (a->file_type, b->file_type) && g_strcmp0 (a->problem, b->problem) == 0;
}

/* Somebody may hold what we gave: it stays as long as it says the same. */
static gboolean
take_packet_file (CfoilDraftSession       *self,
                  const CfoilEvidenceFile *file)
{
  g_autofree char *path = cfoil_evidence_file_dup_path (self->mirror, file->sha256);
  const CfoilPacketFile said = {
    file->sha256, path, file->file_type, file->n_bytes, file->n_pages, file->width, file->height, file->problem,
  };
  CfoilPacketFile *copy;

  if (is_same_file (g_hash_table_lookup (self->files, file->sha256), &said))
    return FALSE;
  copy = cfoil_packet_file_copy (&said);
  g_hash_table_replace (self->files, copy->sha256, copy);
  return TRUE;
}

gboolean
_cfoil_draft_session_take_file (CfoilDraftSession       *self,
                                const CfoilEvidenceFile *file)
{
  gboolean is_new = take_packet_file (self, file);
  CfoilInspection *inspection;

  if (file->inspected_us == CFOIL_UNKNOWN && file->findings == NULL)
    return is_new;
  /* Not to be looked at any more.  What was looked at in vain is, once by each session. */
  if (file->inspected_us != CFOIL_UNKNOWN)
    g_hash_table_add (self->uninspected, g_strdup (file->sha256));
  if (!is_new && g_hash_table_contains (self->inspections, file->sha256))
    return FALSE;
  inspection = cfoil_inspection_from_json (file->findings);
  if (inspection != NULL)
    g_hash_table_insert (self->inspections, g_strdup (file->sha256), inspection);
  return TRUE;
}

GPtrArray *
_cfoil_draft_session_list_files (CfoilDraftSession *self)
{
  GPtrArray *files = g_ptr_array_new_with_free_func ((GDestroyNotify) cfoil_packet_file_free);
  g_autoptr (GHashTable) listed = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->draft->exhibits->len; i++)
    {
      const CfoilExhibit *exhibit = g_ptr_array_index (self->draft->exhibits, i);

      for (guint j = 0; j < exhibit->files->len; j++)
        {
          const CfoilExhibitFile *named = g_ptr_array_index (exhibit->files, j);
          const CfoilPacketFile *file = g_hash_table_lookup (self->files, named->sha256);

          if (file != NULL && g_hash_table_add (listed, file->sha256))
            g_ptr_array_add (files, cfoil_packet_file_copy (file));
        }
    }
  return files;
}

const CfoilPacketFile *
cfoil_draft_session_get_file (CfoilDraftSession *self,
                              const char        *sha256)
{
  g_return_val_if_fail (CFOIL_IS_DRAFT_SESSION (self), NULL);
  g_return_val_if_fail (sha256 != NULL, NULL);

  return g_hash_table_lookup (self->files, sha256);
}

const CfoilInspection *
cfoil_draft_session_get_inspection (CfoilDraftSession *self,
                                    const char        *sha256)
{
  g_return_val_if_fail (CFOIL_IS_DRAFT_SESSION (self), NULL);
  g_return_val_if_fail (sha256 != NULL, NULL);

  return g_hash_table_lookup (self->inspections, sha256);
}

/* --- what went wrong --- */

static void
failure_free (gpointer data)
{
  CfoilFileFailure *failure = data;

  g_free (failure->name);
  g_error_free (failure->error);
  g_free (failure);
}

static void
add_failure (GPtrArray  *failures,
             const char *name,  /* (nullable) */
             GError     *error) /* (transfer full) */
{
  CfoilFileFailure *failure = g_new0 (CfoilFileFailure, 1);

  failure->name = name != NULL ? cfoil_evidence_clean_name (name) : NULL;
  failure->error = error;
  g_ptr_array_add (failures, failure);
}

/* The first name under which the draft has it. */
static const char *
find_name (CfoilDraftSession *self,
           const char        *sha256)
{
  for (guint i = 0; i < self->draft->exhibits->len; i++)
    {
      const CfoilExhibit *exhibit = g_ptr_array_index (self->draft->exhibits, i);

      for (guint j = 0; j < exhibit->files->len; j++)
        {
          const CfoilExhibitFile *file = g_ptr_array_index (exhibit->files, j);

          if (g_str_equal (file->sha256, sha256))
            return file->name;
        }
    }
  return NULL;
}

/* --- looking at them --- */

typedef struct
{
  CfoilMirror *mirror; /* (owned) */
  char *sha256;
  char *path;
  char *file_type;
} Look;

static void
look_free (gpointer data)
{
  Look *look = data;

  g_object_unref (look->mirror);
  g_free (look->sha256);
  g_free (look->path);
  g_free (look->file_type);
  g_free (look);
}

static CfoilEvidenceFile *
inspect (Look         *look,
         GCancellable *cancellable,
         GError      **error)
{
  g_autoptr (CfoilInspection) inspection = NULL;
  g_autoptr (CfoilDatabase) database = NULL;
  g_autoptr (CfoilEvidenceFile) file = NULL;

  inspection = cfoil_renderer_inspect_sync (look->path, look->file_type, cancellable, error);
  database = inspection != NULL ? cfoil_mirror_open_reader (look->mirror, error) : NULL;
  file = database != NULL ? cfoil_evidence_file_read (database, look->sha256, error) : NULL;
  if (file == NULL)
    return NULL;
  file->n_pages = inspection->n_pages;
  file->width = inspection->width;
  file->height = inspection->height;
  g_free (file->problem);
  file->problem = g_strdup (inspection->problem);
  g_free (file->findings);
  file->findings = cfoil_inspection_to_json (inspection);
  if (!cfoil_evidence_file_set_inspected (look->mirror, file, error))
    return NULL;
  g_clear_pointer (&file, cfoil_evidence_file_free);
  return cfoil_evidence_file_read (database, look->sha256, error);
}

static void
look_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  GError *error = NULL;
  CfoilEvidenceFile *file = inspect (task_data, cancellable, &error);

  if (file != NULL)
    g_task_return_pointer (task, file, (GDestroyNotify) cfoil_evidence_file_free);
  else
    g_task_return_error (task, error);
}

static void
tell_not_looked_at (CfoilDraftSession *self,
                    const char        *sha256,
                    const GError      *error)
{
  g_autoptr (GPtrArray) failures = g_ptr_array_new_with_free_func (failure_free);
  const char *name = find_name (self, sha256);

  if (name == NULL) /* it was removed meanwhile */
    return;
  add_failure (failures, name, g_error_copy (error));
  ((CfoilFileFailure *) failures->pdata[0])->is_added = TRUE;
  _cfoil_draft_session_emit_files_failed (self, failures);
}

static void
looked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (CfoilDraftSession) self = CFOIL_DRAFT_SESSION (g_object_ref (source));
  g_autoptr (GError) error = NULL;
  g_autoptr (CfoilEvidenceFile) file = g_task_propagate_pointer (G_TASK (result), &error);

  self->is_inspecting = FALSE;
  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (file != NULL)
    {
      _cfoil_draft_session_take_file (self, file);
      _cfoil_draft_session_follow (self, CFOIL_SESSION_FILES);
    }
  else if (!self->is_failure_told)
    {
      /* Mostly it is the same with all of them. */
      self->is_failure_told = TRUE;
      tell_not_looked_at (self, ((const Look *) g_task_get_task_data (G_TASK (result)))->sha256, error);
    }
  _cfoil_draft_session_inspect (self);
}

void
_cfoil_draft_session_inspect (CfoilDraftSession *self)
{
  g_autoptr (GPtrArray) files = NULL;
  g_autoptr (GTask) task = NULL;
  Look *look;

  if (self->is_inspecting || self->draft == NULL)
    return;
  files = _cfoil_draft_session_list_files (self);
  for (guint i = 0; i < files->len && !self->is_inspecting; i++)
    {
      const CfoilPacketFile *file = g_ptr_array_index (files, i);

      if (g_strcmp0 (file->problem, "missing") == 0 || !g_hash_table_add (self->uninspected, g_strdup (file->sha256)))
        continue;
      look = g_new0 (Look, 1);
      look->mirror = g_object_ref (self->mirror);
      look->sha256 = g_strdup (file->sha256);
      look->path = g_strdup (file->path);
      look->file_type = g_strdup (file->file_type);
      self->is_inspecting = TRUE;
      task = g_task_new (self, self->cancellable, looked_cb, NULL);
      g_task_set_task_data (task, look, look_free);
      g_task_run_in_thread (task, look_thread);
    }
}

/* --- tidying --- */

static void
sweep_thread (GTask        *task,
              gpointer      source,
              gpointer      task_data,
              GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;

  if (!cfoil_evidence_file_sweep (task_data, cancellable, &error))
    g_debug ("Cannot tidy the evidence: %s", error->message);
  g_task_return_boolean (task, TRUE);
}

void
_cfoil_draft_session_sweep (CfoilDraftSession *self)
{
  static gboolean is_done = FALSE;
  g_autoptr (GTask) task = NULL;

  if (is_done)
    return;
  is_done = TRUE;
  task = g_task_new (NULL, self->cancellable, NULL, NULL);
  g_task_set_priority (task, G_PRIORITY_LOW);
  g_task_set_task_data (task, g_object_ref (self->mirror), g_object_unref);
  g_task_run_in_thread (task, sweep_thread);
}

/* --- adding --- */

typedef struct
{
  CfoilMirror *mirror;  /* (owned) */
  GPtrArray *sources;   /* (owned): GFile */
  GBytes *bytes;        /* (owned) (nullable): instead of them */
  char *name;           /* (nullable): otherwise the source's own */
  CfoilEvidenceType type;
  char *exhibit_id;     /* (nullable) */
  GPtrArray *kept;      /* (owned): CfoilEvidenceFile */
  GPtrArray *names;     /* (owned): char *, of those */
  GPtrArray *failures;  /* (owned): CfoilFileFailure, of the others */
} Addition;

static void
addition_free (gpointer data)
{
  Addition *addition = data;

  g_object_unref (addition->mirror);
  g_ptr_array_unref (addition->sources);
  g_clear_pointer (&addition->bytes, g_bytes_unref);
  g_free (addition->name);
  g_free (addition->exhibit_id);
  g_ptr_array_unref (addition->kept);
  g_ptr_array_unref (addition->names);
  g_ptr_array_unref (addition->failures);
  g_free (addition);
}

static void
take_kept (Addition          *addition,
           CfoilEvidenceFile *file,  /* (transfer full) (nullable) */
           const char        *name,
           GError            *error) /* (transfer full) (nullable) */
{
  if (file == NULL)
    {
      add_failure (addition->failures, name, error);
      return;
    }
  g_ptr_array_add (addition->kept, file);
  g_ptr_array_add (addition->names, cfoil_evidence_clean_name (name));
}

static void
add_thread (GTask        *task,
            gpointer      source,
            gpointer      task_data,
            GCancellable *cancellable)
{
  Addition *addition = task_data;

  for (guint i = 0; i < addition->sources->len && !g_cancellable_is_cancelled (cancellable); i++)
    {
      GFile *file = g_ptr_array_index (addition->sources, i);
      g_autofree char *name = addition->name != NULL ? g_strdup (addition->name) : g_file_get_basename (file);
      GError *error = NULL;
      CfoilEvidenceFile *kept = cfoil_evidence_file_keep (addition->mirror, file, cancellable, &error);

      take_kept (addition, kept, name, error);
    }
  if (addition->bytes != NULL)
    {
      GError *error = NULL;
      CfoilEvidenceFile *kept = cfoil_evidence_file_keep_bytes (addition->mirror, addition->bytes, &error);

      take_kept (addition, kept, addition->name, error);
    }
  g_task_return_boolean (task, TRUE);
}

/* The exhibit for one more file; NULL: there are too many. */
static CfoilExhibit *
exhibit_for (CfoilDraft       *draft,
             CfoilEvidenceType type,
             const char       *exhibit_id)
{
  CfoilExhibit *exhibit = cfoil_draft_find_exhibit (draft, exhibit_id);

  if (exhibit != NULL || draft->exhibits->len >= CFOIL_DRAFT_MAX_EXHIBITS)
    return exhibit;
  exhibit = cfoil_exhibit_new (type);
  g_ptr_array_add (draft->exhibits, exhibit);
  return exhibit;
}

static void
add_kept (CfoilDraftSession *self,
          Addition          *addition)
{
  CfoilDraft *draft = cfoil_draft_copy (self->draft);
  gboolean is_full = FALSE;

  for (guint i = 0; i < addition->kept->len; i++)
    {
      const CfoilEvidenceFile *file = g_ptr_array_index (addition->kept, i);
      CfoilExhibit *exhibit = exhibit_for (draft, addition->type, addition->exhibit_id);

      _cfoil_draft_session_take_file (self, file);
      /* Whoever adds it again wants it tried again. */
      if (file->inspected_us == CFOIL_UNKNOWN)
        g_hash_table_remove (self->uninspected, file->sha256);
      if (exhibit != NULL)
        g_ptr_array_add (exhibit->files, cfoil_exhibit_file_new (file->sha256, g_ptr_array_index (addition->names, i), file->file_type));
      else
        is_full = TRUE;
    }
  cfoil_draft_session_set_draft (self, draft, NULL);
  if (is_full)
    add_failure (addition->failures, NULL,
                 g_error_new (CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_LIMIT,
                              "An answer has at most %d exhibits: put several files into one", CFOIL_DRAFT_MAX_EXHIBITS));
}

static void
added_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (CfoilDraftSession) self = CFOIL_DRAFT_SESSION (g_object_ref (source));
  Addition *addition = g_task_get_task_data (G_TASK (result));

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (addition->kept->len > 0)
    add_kept (self, addition);
  if (addition->failures->len > 0)
    _cfoil_draft_session_emit_files_failed (self, addition->failures);
  _cfoil_draft_session_inspect (self);
}

static Addition *
addition_new (CfoilDraftSession *self,
              CfoilEvidenceType  type,
              const char        *exhibit_id)
{
  Addition *addition = g_new0 (Addition, 1);

  addition->mirror = g_object_ref (self->mirror);
  addition->sources = g_ptr_array_new_with_free_func (g_object_unref);
  addition->kept = g_ptr_array_new_with_free_func ((GDestroyNotify) cfoil_evidence_file_free);
  addition->names = g_ptr_array_new_with_free_func (g_free);
  addition->failures = g_ptr_array_new_with_free_func (failure_free);
  addition->type = type;
  addition->exhibit_id = g_strdup (exhibit_id);
  return addition;
}

static void
run_addition (CfoilDraftSession *self,
              Addition          *addition)
{
  g_autoptr (GTask) task = g_task_new (self, self->cancellable, added_cb, NULL);

  g_task_set_task_data (task, addition, addition_free);
  g_task_run_in_thread (task, add_thread);
}

void
cfoil_draft_session_add_files (CfoilDraftSession *self,
                               GFile            **files,
                               guint              n_files,
                               CfoilEvidenceType  type,
                               const char        *exhibit_id)
{
  Addition *addition;

  g_return_if_fail (CFOIL_IS_DRAFT_SESSION (self));

  if (!self->is_loaded || self->is_sealed || n_files == 0)
    return;
  addition = addition_new (self, type, exhibit_id);
  for (guint i = 0; i < n_files; i++)
    g_ptr_array_add (addition->sources, g_object_ref (files[i]));
  run_addition (self, addition);
}

void
cfoil_draft_session_add_bytes (CfoilDraftSession *self,
                               GBytes            *bytes,
                               const char        *name,
                               CfoilEvidenceType  type,
                               const char        *exhibit_id)
{
  Addition *addition;

  g_return_if_fail (CFOIL_IS_DRAFT_SESSION (self));
  g_return_if_fail (bytes != NULL && name != NULL);

  if (!self->is_loaded || self->is_sealed)
    return;
  addition = addition_new (self, type, exhibit_id);
  addition->bytes = g_bytes_ref (bytes);
  addition->name = g_strdup (name);
  run_addition (self, addition);
}

/* --- from the library --- */

static CfoilEvidenceType
type_of_item (const CfoilLibraryItem *item)
{
  if (g_str_equal (item->kind, "cancellation_policy"))
    return CFOIL_EVIDENCE_CANCELLATION_POLICY;
  if (g_str_equal (item->kind, "refund_policy"))
    return CFOIL_EVIDENCE_REFUND_POLICY;
  if (g_str_equal (item->kind, "terms"))
    return CFOIL_EVIDENCE_TERMS;
  return CFOIL_EVIDENCE_OTHER;
}

static void
set_library_fact (CfoilDraft             *draft,
                  CfoilFactKey            key,
                  const char             *value,
                  const CfoilLibraryItem *item)
{
  g_autofree char *clean = value != NULL ? cfoil_fact_clean (key, value, NULL) : NULL;

  if (clean != NULL && *clean != '\0')
    cfoil_draft_set_fact (draft, key, clean, CFOIL_FACT_SOURCE_LIBRARY, item->name);
}

static void
add_template (CfoilDraft *draft,
              const char *text)
{
  const char *present = cfoil_draft_get_own_words (draft, "argument");
  g_autofree char *both = *present != '\0' ? g_strconcat (present, "\n\n", text, NULL) : g_strdup (text);

  cfoil_draft_set_own_words (draft, "argument", both);
}

static void
add_item_text (CfoilDraft             *draft,
               const CfoilLibraryItem *item)
{
  if (g_str_equal (item->kind, "shop"))
    set_library_fact (draft, CFOIL_FACT_SHOP_DESCRIPTION, item->text, item);
  else if (type_of_item (item) != CFOIL_EVIDENCE_OTHER)
    {
      set_library_fact (draft, CFOIL_FACT_POLICY_TEXT, item->text, item);
      set_library_fact (draft, CFOIL_FACT_POLICY_DATE, item->valid_from, item);
    }
  else
    add_template (draft, item->text);
}

/* Its type is known when it was read: not by its name. */
static void
add_item_file (CfoilDraftSession      *self,
               const CfoilLibraryItem *item)
{
  g_autofree char *path = cfoil_evidence_file_dup_path (self->mirror, item->sha256);
  Addition *addition = addition_new (self, type_of_item (item), NULL);

  g_ptr_array_add (addition->sources, g_file_new_for_path (path));
  addition->name = g_strdup (item->file_name != NULL ? item->file_name : item->name);
  run_addition (self, addition);
}

void
cfoil_draft_session_add_library_item (CfoilDraftSession      *self,
                                      const CfoilLibraryItem *item)
{
  g_return_if_fail (CFOIL_IS_DRAFT_SESSION (self));
  g_return_if_fail (item != NULL);

  if (!self->is_loaded || self->is_sealed)
    return;
  if (*item->text != '\0')
    {
      CfoilDraft *draft = cfoil_draft_copy (self->draft);

      add_item_text (draft, item);
      cfoil_draft_session_set_draft (self, draft, NULL);
    }
  if (item->sha256 != NULL)
    add_item_file (self, item);
}
