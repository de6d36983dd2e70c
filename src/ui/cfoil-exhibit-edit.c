/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-exhibit-edit.h"

struct _CfoilExhibitUndo
{
  CfoilDraftSession *session; /* (owned) */
  char *exhibit_id;           /* (owned) */
  CfoilDraft *before;         /* (owned) */
  char *after;                /* (owned) (nullable): the draft's text right after */
};

/* --- helpers --- */

static CfoilDraft *
copy_draft (CfoilDraftSession *session)
{
  const CfoilDraft *draft = cfoil_draft_session_get_draft (session);

  if (draft == NULL || cfoil_draft_session_get_is_sealed (session))
    return NULL;
  return cfoil_draft_copy (draft);
}

/* -1: not there. */
static int
find_position (const CfoilDraft *draft,
               const char       *exhibit_id)
{
  for (guint i = 0; i < draft->exhibits->len; i++)
    if (g_str_equal (((CfoilExhibit *) draft->exhibits->pdata[i])->id, exhibit_id))
      return (int) i;
  return -1;
}

static void
move_in_array (GPtrArray *array,
               guint      from,
               guint      to)
{
  gpointer element = g_ptr_array_steal_index (array, from);

  g_ptr_array_insert (array, (int) MIN (to, array->len), element);
}

static void
take (CfoilDraftSession *session,
      CfoilDraft       **draft,
      const char        *what)
{
  cfoil_draft_session_set_draft (session, g_steal_pointer (draft), what);
}

static CfoilExhibit *
copy_exhibit (const CfoilExhibit *exhibit)
{
  CfoilExhibit *copy = cfoil_exhibit_new (exhibit->type);

  g_free (copy->id);
  copy->id = g_strdup (exhibit->id);
  g_free (copy->caption);
  copy->caption = g_strdup (exhibit->caption);
  for (guint i = 0; i < exhibit->files->len; i++)
    {
      const CfoilExhibitFile *file = exhibit->files->pdata[i];

      g_ptr_array_add (copy->files, cfoil_exhibit_file_new (file->sha256, file->name, file->file_type));
    }
  return copy;
}

/* --- exhibits --- */

void
cfoil_exhibit_edit_move_to (CfoilDraftSession *session,
                            const char        *exhibit_id,
                            guint              position)
{
  g_autoptr (CfoilDraft) draft = copy_draft (session);
  int from = draft != NULL ? find_position (draft, exhibit_id) : -1;

  if (from < 0 || position >= draft->exhibits->len || (guint) from == position)
    return;
  move_in_array (draft->exhibits, (guint) from, position);
  take (session, &draft, NULL);
}

void
cfoil_exhibit_edit_set_caption (CfoilDraftSession *session,
                                const char        *exhibit_id,
                                const char        *caption)
{
  g_autoptr (CfoilDraft) draft = copy_draft (session);
  CfoilExhibit *exhibit = draft != NULL ? cfoil_draft_find_exhibit (draft, exhibit_id) : NULL;
  g_autofree char *what = NULL;

  if (exhibit == NULL || g_str_equal (exhibit->caption, caption))
    return;
  g_free (exhibit->caption);
  exhibit->caption = g_strdup (caption);
  what = g_strconcat ("caption:", exhibit_id, NULL);
  take (session, &draft, what);
}

void
cfoil_exhibit_edit_set_type (CfoilDraftSession *session,
                             const char        *exhibit_id,
                             CfoilEvidenceType  type)
{
  g_autoptr (CfoilDraft) draft = copy_draft (session);
  CfoilExhibit *exhibit = draft != NULL ? cfoil_draft_find_exhibit (draft, exhibit_id) : NULL;

  if (exhibit == NULL || exhibit->type == type)
    return;
  exhibit->type = type;
  take (session, &draft, NULL);
}

void
cfoil_exhibit_edit_remove (CfoilDraftSession *session,
                           const char        *exhibit_id)
{
  g_autoptr (CfoilDraft) draft = copy_draft (session);
  int position = draft != NULL ? find_position (draft, exhibit_id) : -1;

  if (position < 0)
    return;
  g_ptr_array_remove_index (draft->exhibits, (guint) position);
  take (session, &draft, NULL);
}

/* --- files --- */

static void
drop_if_empty (CfoilDraft *draft,
               const char *exhibit_id)
{
  int position = find_position (draft, exhibit_id);
  CfoilExhibit *exhibit = position >= 0 ? draft->exhibits->pdata[position] : NULL;

  if (exhibit != NULL && exhibit->files->len == 0 && *exhibit->caption == '\0')
    g_ptr_array_remove_index (draft->exhibits, (guint) position);
}

void
cfoil_exhibit_edit_move_file (CfoilDraftSession *session,
                              const char        *exhibit_id,
                              guint              file,
                              const char        *to_id)
{
  g_autoptr (CfoilDraft) draft = copy_draft (session);
  CfoilExhibit *from = draft != NULL ? cfoil_draft_find_exhibit (draft, exhibit_id) : NULL;
  CfoilExhibit *to = draft != NULL && to_id != NULL ? cfoil_draft_find_exhibit (draft, to_id) : NULL;

  if (from == NULL || file >= from->files->len || from == to || (to_id != NULL && to == NULL))
    return;
  if (to == NULL && draft->exhibits->len >= CFOIL_DRAFT_MAX_EXHIBITS)
    return;
  if (to == NULL)
    {
      to = cfoil_exhibit_new (from->type);
      g_ptr_array_insert (draft->exhibits, find_position (draft, exhibit_id) + 1, to);
    }
  g_ptr_array_add (to->files, g_ptr_array_steal_index (from->files, file));
  drop_if_empty (draft, exhibit_id);
  take (session, &draft, NULL);
}

void
cfoil_exhibit_edit_move_file_to (CfoilDraftSession *session,
                                 const char        *exhibit_id,
                                 guint              file,
                                 guint              position)
{
  g_autoptr (CfoilDraft) draft = copy_draft (session);
  CfoilExhibit *exhibit = draft != NULL ? cfoil_draft_find_exhibit (draft, exhibit_id) : NULL;

  if (exhibit == NULL || file >= exhibit->files->len || position >= exhibit->files->len || file == position)
    return;
  move_in_array (exhibit->files, file, position);
  take (session, &draft, NULL);
}

void
cfoil_exhibit_edit_remove_file (CfoilDraftSession *session,
                                const char        *exhibit_id,
                                guint              file)
{
  g_autoptr (CfoilDraft) draft = copy_draft (session);
  CfoilExhibit *exhibit = draft != NULL ? cfoil_draft_find_exhibit (draft, exhibit_id) : NULL;

  if (exhibit == NULL || file >= exhibit->files->len)
    return;
  g_ptr_array_remove_index (exhibit->files, file);
  drop_if_empty (draft, exhibit_id);
  take (session, &draft, NULL);
}

/* --- undo --- */

CfoilExhibitUndo *
cfoil_exhibit_undo_new (CfoilDraftSession *session,
                        const char        *exhibit_id)
{
  CfoilExhibitUndo *undo = g_new0 (CfoilExhibitUndo, 1);

  undo->session = g_object_ref (session);
  undo->exhibit_id = g_strdup (exhibit_id);
  undo->before = cfoil_draft_copy (cfoil_draft_session_get_draft (session));
  return undo;
}

void
cfoil_exhibit_undo_arm (CfoilExhibitUndo *undo)
{
  undo->after = cfoil_draft_to_text (cfoil_draft_session_get_draft (undo->session));
}

static void
put_back (CfoilExhibitUndo *undo)
{
  g_autoptr (CfoilDraft) draft = copy_draft (undo->session);
  const CfoilExhibit *exhibit = cfoil_draft_find_exhibit (undo->before, undo->exhibit_id);
  int position;

  if (draft == NULL || exhibit == NULL)
    return;
  position = find_position (draft, undo->exhibit_id);
  if (position >= 0)
    g_ptr_array_remove_index (draft->exhibits, (guint) position);
  else
    position = MIN (find_position (undo->before, undo->exhibit_id), (int) draft->exhibits->len);
  g_ptr_array_insert (draft->exhibits, position, copy_exhibit (exhibit));
  take (undo->session, &draft, NULL);
}

void
cfoil_exhibit_undo_run (gpointer data)
{
  CfoilExhibitUndo *undo = data;
  const CfoilDraft *draft = cfoil_draft_session_get_draft (undo->session);
  g_autofree char *now = draft != NULL ? cfoil_draft_to_text (draft) : NULL;

  if (g_strcmp0 (now, undo->after) == 0)
    cfoil_draft_session_undo (undo->session);
  else
    put_back (undo);
}

void
cfoil_exhibit_undo_free (gpointer data)
{
  CfoilExhibitUndo *undo = data;

  g_object_unref (undo->session);
  g_free (undo->exhibit_id);
  cfoil_draft_free (undo->before);
  g_free (undo->after);
  g_free (undo);
}
