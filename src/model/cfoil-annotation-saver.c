/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-annotation-saver.h"

#define N_PARTS 3

typedef struct
{
  gint64 txn_id;
  CfoilAnnotation *annotation; /* (owned): what was put last of each part that was put at all */
  CfoilAnnotationParts waiting; /* to be written, or could not be */
  CfoilAnnotationParts writing; /* what the thread has */
  guint serials[N_PARTS];       /* when the part was put or written last; 0: never */
  CfoilSaverState state;
  GError *error; /* (owned) (nullable): of FAILED */
  guint version; /* of annotation */
} Draft;

/* What the thread writes. */
typedef struct
{
  CfoilMirror *mirror; /* (owned) */
  gint64 txn_id;
  CfoilAnnotation *annotation; /* (owned) */
  CfoilAnnotationParts parts;
  guint version;
} Job;

struct _CfoilAnnotationSaver
{
  GObject parent_instance;

  CfoilMirror *mirror; /* (owned) */
  GHashTable *drafts;  /* (owned): gint64 to Draft, both in the value */
  gboolean is_busy;
  guint serial;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void write_next (CfoilAnnotationSaver *self);

G_DEFINE_FINAL_TYPE (CfoilAnnotationSaver, cfoil_annotation_saver, G_TYPE_OBJECT)

static void
draft_free (gpointer data)
{
  Draft *draft = data;

  cfoil_annotation_free (draft->annotation);
  g_clear_error (&draft->error);
  g_free (draft);
}

static void
job_free (gpointer data)
{
  Job *job = data;

  g_object_unref (job->mirror);
  cfoil_annotation_free (job->annotation);
  g_free (job);
}

static void
set_state (CfoilAnnotationSaver *self,
           Draft                *draft,
           CfoilSaverState       state,
           GError               *error) /* (transfer full) (nullable) */
{
  g_clear_error (&draft->error);
  draft->error = error;
  draft->state = state;
  self->serial++;
}

/* As of now. */
static void
stamp (CfoilAnnotationSaver *self,
       Draft                *draft,
       CfoilAnnotationParts  parts)
{
  for (guint i = 0; i < N_PARTS; i++)
    if ((parts & (1U << i)) != 0)
      draft->serials[i] = self->serial;
}

static void
write_thread (GTask        *task,
              gpointer      source,
              gpointer      task_data,
              GCancellable *cancellable)
{
  Job *job = task_data;
  GError *error = NULL;

  if (cfoil_annotation_write (job->mirror, job->txn_id, job->annotation, job->parts, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (CfoilAnnotationSaver) self = CFOIL_ANNOTATION_SAVER (g_object_ref (source));
  GApplication *application = user_data;
  const Job *job = g_task_get_task_data (G_TASK (result));
  gint64 txn_id = job->txn_id;
  Draft *draft = g_hash_table_lookup (self->drafts, &txn_id);
  GError *error = NULL;
  gboolean ok = g_task_propagate_boolean (G_TASK (result), &error);

  self->is_busy = FALSE;
  if (!ok)
    {
      g_message ("Cannot save a note: %s", error->message);
      draft->waiting |= draft->writing;
    }
  /* Something newer may have been put meanwhile. */
  if (draft->version == job->version)
    set_state (self, draft, ok ? CFOIL_SAVER_SAVED : CFOIL_SAVER_FAILED, g_steal_pointer (&error));
  self->serial++;
  stamp (self, draft, draft->writing);
  draft->writing = 0;
  g_clear_error (&error);
  g_signal_emit (self, signals[CHANGED], 0, txn_id);
  write_next (self);
  if (application != NULL)
    {
      g_application_release (application);
      g_object_unref (application);
    }
}

static void
write_draft (CfoilAnnotationSaver *self,
             Draft                *draft)
{
  GApplication *application = g_application_get_default ();
  g_autoptr (GTask) task = NULL;
  Job *job = g_new0 (Job, 1);

  job->mirror = g_object_ref (self->mirror);
  job->txn_id = draft->txn_id;
  job->annotation = cfoil_annotation_copy (draft->annotation);
  job->parts = draft->writing = draft->waiting;
  draft->waiting = 0;
  job->version = draft->version;
  if (application != NULL)
    {
      g_application_hold (application);
      g_object_ref (application);
    }
  self->is_busy = TRUE;
  task = g_task_new (self, NULL, written_cb, application);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, write_thread);
}

static void
write_next (CfoilAnnotationSaver *self)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->drafts);
  while (!self->is_busy && g_hash_table_iter_next (&iter, NULL, &value))
    if (((Draft *) value)->state == CFOIL_SAVER_SAVING)
      write_draft (self, value);
}

static void
cfoil_annotation_saver_finalize (GObject *object)
{
  CfoilAnnotationSaver *self = CFOIL_ANNOTATION_SAVER (object);

  g_hash_table_unref (self->drafts);
  g_object_unref (self->mirror);

  G_OBJECT_CLASS (cfoil_annotation_saver_parent_class)->finalize (object);
}

static void
cfoil_annotation_saver_class_init (CfoilAnnotationSaverClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cfoil_annotation_saver_finalize;

  signals[CHANGED] = g_signal_new ("changed", CFOIL_TYPE_ANNOTATION_SAVER, G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
}

static void
cfoil_annotation_saver_init (CfoilAnnotationSaver *self)
{
  self->drafts = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, draft_free);
}

CfoilAnnotationSaver *
cfoil_annotation_saver_new (CfoilMirror *mirror)
{
  CfoilAnnotationSaver *self;

  g_return_val_if_fail (CFOIL_IS_MIRROR (mirror), NULL);

  self = g_object_new (CFOIL_TYPE_ANNOTATION_SAVER, NULL);
  self->mirror = g_object_ref (mirror);
  return self;
}

void
cfoil_annotation_saver_put (CfoilAnnotationSaver  *self,
                            gint64                 txn_id,
                            const CfoilAnnotation *annotation,
                            CfoilAnnotationParts   parts)
{
  Draft *draft;

  g_return_if_fail (CFOIL_IS_ANNOTATION_SAVER (self));
  g_return_if_fail (annotation != NULL);
  g_return_if_fail ((parts & CFOIL_ANNOTATION_ALL) != 0);

  draft = g_hash_table_lookup (self->drafts, &txn_id);
  if (draft == NULL)
    {
      draft = g_new0 (Draft, 1);
      draft->txn_id = txn_id;
      draft->annotation = cfoil_annotation_new ();
      g_hash_table_insert (self->drafts, &draft->txn_id, draft);
    }
  cfoil_annotation_take_parts (draft->annotation, annotation, parts);
  draft->waiting |= parts;
  draft->version++;
  set_state (self, draft, CFOIL_SAVER_SAVING, NULL);
  stamp (self, draft, parts);
  write_next (self);
  g_signal_emit (self, signals[CHANGED], 0, txn_id);
}

void
cfoil_annotation_saver_retry (CfoilAnnotationSaver *self)
{
  g_autoptr (GArray) again = g_array_new (FALSE, FALSE, sizeof (gint64));
  GHashTableIter iter;
  gpointer value;

  g_return_if_fail (CFOIL_IS_ANNOTATION_SAVER (self));

  g_hash_table_iter_init (&iter, self->drafts);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Draft *draft = value;

      if (draft->state != CFOIL_SAVER_FAILED)
        continue;
      set_state (self, draft, CFOIL_SAVER_SAVING, NULL);
      g_array_append_val (again, draft->txn_id);
    }
  write_next (self);
  for (guint i = 0; i < again->len; i++)
    g_signal_emit (self, signals[CHANGED], 0, g_array_index (again, gint64, i));
}

void
cfoil_annotation_saver_overlay (CfoilAnnotationSaver *self,
                                gint64                txn_id,
                                guint                 serial,
                                CfoilAnnotation      *annotation)
{
  CfoilAnnotationParts parts;
  Draft *draft;

  g_return_if_fail (CFOIL_IS_ANNOTATION_SAVER (self));
  g_return_if_fail (annotation != NULL);

  draft = g_hash_table_lookup (self->drafts, &txn_id);
  if (draft == NULL)
    return;
  parts = draft->waiting | draft->writing;
  for (guint i = 0; i < N_PARTS; i++)
    if (draft->serials[i] > serial)
      parts |= 1U << i;
  cfoil_annotation_take_parts (annotation, draft->annotation, parts);
}

CfoilSaverState
cfoil_annotation_saver_get_state (CfoilAnnotationSaver *self,
                                  gint64                txn_id,
                                  const GError        **error)
{
  Draft *draft;

  g_return_val_if_fail (CFOIL_IS_ANNOTATION_SAVER (self), CFOIL_SAVER_NOTHING);

  draft = g_hash_table_lookup (self->drafts, &txn_id);
  if (error != NULL)
    *error = draft != NULL ? draft->error : NULL;
  return draft != NULL ? draft->state : CFOIL_SAVER_NOTHING;
}

gint64
cfoil_annotation_saver_find_failed (CfoilAnnotationSaver *self,
                                    gint64                except)
{
  GHashTableIter iter;
  gpointer value;

  g_return_val_if_fail (CFOIL_IS_ANNOTATION_SAVER (self), 0);

  g_hash_table_iter_init (&iter, self->drafts);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const Draft *draft = value;

      if (draft->state == CFOIL_SAVER_FAILED && draft->txn_id != except)
        return draft->txn_id;
    }
  return 0;
}

gboolean
cfoil_annotation_saver_is_busy (CfoilAnnotationSaver *self)
{
  g_return_val_if_fail (CFOIL_IS_ANNOTATION_SAVER (self), FALSE);

  return self->is_busy;
}

guint
cfoil_annotation_saver_get_serial (CfoilAnnotationSaver *self)
{
  g_return_val_if_fail (CFOIL_IS_ANNOTATION_SAVER (self), 0);

  return self->serial;
}
