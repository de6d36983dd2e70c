/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-draft.h"

#include "cfoil-checklist.h"
#include "cfoil-letter.h"

#include <glib/gi18n.h>
#include <string.h>

/* What is different between two drafts, in words. */

void
cfoil_draft_change_free (CfoilDraftChange *change)
{
  if (change == NULL)
    return;
  g_free (change->what);
  g_free (change->before);
  g_free (change->after);
  g_free (change);
}

/* Empty and NULL: it was not there. */
static void
add_change (GPtrArray  *changes,
            const char *what,
            const char *before,
            const char *after)
{
  gboolean was = before != NULL && *before != '\0', is = after != NULL && *after != '\0';
  CfoilDraftChange *change;

  if ((!was && !is) || (was && is && g_str_equal (before, after)))
    return;
  change = g_new0 (CfoilDraftChange, 1);
  change->kind = !was ? CFOIL_DIFF_ADDED : !is ? CFOIL_DIFF_REMOVED : CFOIL_DIFF_CHANGED;
  change->what = g_strdup (what);
  change->before = was ? g_strdup (before) : NULL;
  change->after = is ? g_strdup (after) : NULL;
  g_ptr_array_add (changes, change);
}

static const char *
stance_title (CfoilStance stance)
{
  switch (stance)
    {
    case CFOIL_STANCE_CONTEST:
      return _("Contest");
    case CFOIL_STANCE_ACCEPT:
      return _("Accept");
    case CFOIL_STANCE_REFUND:
      return _("Refund");
    case CFOIL_STANCE_UNDECIDED:
    default:
      return NULL;
    }
}

/* An English title, translated; NULL for 0, which nobody has chosen. */
static const char *
chosen (guint       value,
        const char *title)
{
  return value != 0 && title != NULL ? _(title) : NULL;
}

static void
diff_choices (GPtrArray        *changes,
              const CfoilDraft *before,
              const CfoilDraft *after)
{
  add_change (changes, _("Decision"), stance_title (before->stance), stance_title (after->stance));
  add_change (changes, _("Reason Argued Against"),
              chosen (before->reason, cfoil_reason_get_title (before->reason)),
              chosen (after->reason, cfoil_reason_get_title (after->reason)));
  add_change (changes, _("Product Type"),
              chosen (before->product, cfoil_product_get_title (before->product)),
              chosen (after->product, cfoil_product_get_title (after->product)));
  add_change (changes, _("Why You Should Win"), before->why, after->why);
  add_change (changes, _("Recipient"), before->recipient, after->recipient);
}

static void
diff_facts (GPtrArray        *changes,
            const CfoilDraft *before,
            const CfoilDraft *after)
{
  for (CfoilFactKey key = 0; key < CFOIL_N_FACTS; key++)
    {
      const CfoilFact *was = cfoil_draft_get_fact (before, key), *is = cfoil_draft_get_fact (after, key);
      g_autofree char *said_before = was != NULL ? cfoil_fact_to_letter (key, was->value) : NULL;
      g_autofree char *said_after = is != NULL ? cfoil_fact_to_letter (key, is->value) : NULL;

      add_change (changes, _(cfoil_fact_get_info (key)->title), said_before, said_after);
    }
}

/* --- exhibits --- */

static gboolean
find_position (const CfoilDraft *draft,
               const char       *id,
               guint            *position)
{
  for (guint i = 0; i < draft->exhibits->len; i++)
    if (g_str_equal (((const CfoilExhibit *) g_ptr_array_index (draft->exhibits, i))->id, id))
      {
        *position = i;
        return TRUE;
      }
  return FALSE;
}

static char *
name_exhibit (guint position)
{
  g_autofree char *letter = cfoil_exhibit_letter (position);

  /* Translators: a letter, as in Exhibit B. */
  return g_strdup_printf (_("Exhibit %s"), letter);
}

/* Its type and caption, and the files, a line each. */
static char *
describe_exhibit (const CfoilExhibit *exhibit)
{
  GString *text = g_string_new (chosen (TRUE, cfoil_evidence_type_get_title (exhibit->type)));

  if (*exhibit->caption != '\0')
    g_string_append_printf (text, "%s%s", text->len > 0 ? ": " : "", exhibit->caption);
  for (guint i = 0; i < exhibit->files->len; i++)
    g_string_append_printf (text, "\n%s", ((const CfoilExhibitFile *) g_ptr_array_index (exhibit->files, i))->name);
  return g_string_free (text, FALSE);
}

/* The same names may be of other files. */
static gboolean
has_same_files (const CfoilExhibit *a,
                const CfoilExhibit *b)
{
  if (a->files->len != b->files->len)
    return FALSE;
  for (guint i = 0; i < a->files->len; i++)
    if (!g_str_equal (((const CfoilExhibitFile *) g_ptr_array_index (a->files, i))->sha256,
                      ((const CfoilExhibitFile *) g_ptr_array_index (b->files, i))->sha256))
      return FALSE;
  return TRUE;
}

static void
diff_exhibit (GPtrArray          *changes,
              const CfoilExhibit *was,
              guint               was_at,
              const CfoilExhibit *is,
              guint               is_at)
{
  g_autofree char *name_before = name_exhibit (was_at);
  g_autofree char *name_after = name_exhibit (is_at);
  g_autofree char *before = describe_exhibit (was);
  g_autofree char *after = describe_exhibit (is);

  if (!has_same_files (was, is) && g_str_equal (before, after))
    add_change (changes, name_after, _("Other files of the same names"), after);
  else
    add_change (changes, name_after, before, after);
  if (was_at != is_at)
    {
      g_autofree char *what = g_strdup_printf (_("Place of “%s”"), *is->caption != '\0' ? is->caption : name_after);

      add_change (changes, what, name_before, name_after);
    }
}

static void
diff_exhibits (GPtrArray        *changes,
               const CfoilDraft *before,
               const CfoilDraft *after)
{
  guint place;

  for (guint i = 0; i < after->exhibits->len; i++)
    {
      const CfoilExhibit *is = g_ptr_array_index (after->exhibits, i);
      g_autofree char *name = name_exhibit (i);
      g_autofree char *text = describe_exhibit (is);

      if (find_position (before, is->id, &place))
        diff_exhibit (changes, g_ptr_array_index (before->exhibits, place), place, is, i);
      else
        add_change (changes, name, NULL, text);
    }
  for (guint i = 0; i < before->exhibits->len; i++)
    {
      const CfoilExhibit *was = g_ptr_array_index (before->exhibits, i);
      g_autofree char *name = name_exhibit (i);
      g_autofree char *text = describe_exhibit (was);

      if (!find_position (after, was->id, &place))
        add_change (changes, name, text, NULL);
    }
}

/* --- letter --- */

static void
diff_words_of (GPtrArray        *changes,
               const CfoilDraft *draft,
               const CfoilDraft *before,
               const CfoilDraft *after,
               gboolean          is_removed)
{
  for (guint i = 0; i < draft->own_words->len; i++)
    {
      const CfoilOwnWords *words = g_ptr_array_index (draft->own_words, i);
      const char *title = cfoil_letter_section_get_title (words->section);
      g_autofree char *what = g_strdup_printf (_("Own Words: %s"), title != NULL ? title : words->section);

      if (!is_removed || *cfoil_draft_get_own_words (after, words->section) == '\0')
        add_change (changes, what, cfoil_draft_get_own_words (before, words->section),
                    cfoil_draft_get_own_words (after, words->section));
    }
}

static gboolean
is_in (GPtrArray  *ids,
       const char *id)
{
  return g_ptr_array_find_with_equal_func (ids, id, g_str_equal, NULL);
}

/* The ids mean nothing to people, their number does. */
static void
diff_left_out (GPtrArray        *changes,
               const CfoilDraft *before,
               const CfoilDraft *after)
{
  guint n_out = 0, n_back = 0;

  for (guint i = 0; i < after->left_out->len; i++)
    n_out += !is_in (before->left_out, g_ptr_array_index (after->left_out, i));
  for (guint i = 0; i < before->left_out->len; i++)
    n_back += !is_in (after->left_out, g_ptr_array_index (before->left_out, i));
  if (n_out > 0)
    {
      g_autofree char *text = g_strdup_printf (ngettext ("%u sentence", "%u sentences", n_out), n_out);

      add_change (changes, _("Taken out of the Letter"), NULL, text);
    }
  if (n_back > 0)
    {
      g_autofree char *text = g_strdup_printf (ngettext ("%u sentence", "%u sentences", n_back), n_back);

      add_change (changes, _("Put Back into the Letter"), NULL, text);
    }
}

/* By an id that may be of any reason. */
static const char *
argument_title (const char *id)
{
  for (guint reason = 0; reason < CFOIL_N_REASONS; reason++)
    {
      guint n = 0;
      const CfoilArgument *arguments = cfoil_arguments_for (reason, &n);

      for (guint i = 0; i < n; i++)
        if (g_str_equal (arguments[i].id, id))
          return arguments[i].title;
    }
  return *id != '\0' ? id : NULL;
}

GPtrArray *
cfoil_draft_diff (const CfoilDraft *before,
                  const CfoilDraft *after)
{
  GPtrArray *changes;

  g_return_val_if_fail (before != NULL, NULL);
  g_return_val_if_fail (after != NULL, NULL);

  changes = g_ptr_array_new_with_free_func ((GDestroyNotify) cfoil_draft_change_free);
  diff_choices (changes, before, after);
  add_change (changes, _("Argument"), argument_title (before->argument), argument_title (after->argument));
  diff_facts (changes, before, after);
  diff_exhibits (changes, before, after);
  diff_words_of (changes, after, before, after, FALSE);
  diff_words_of (changes, before, before, after, TRUE);
  diff_left_out (changes, before, after);
  return changes;
}
