/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-review.h"

#include "cfoil-checklist.h"
#include "cfoil-review-private.h"

#include <glib/gi18n.h>

/* The case, its deadline and the limits of the destination. */

/* Reviewers hardly read further, whatever is allowed. */
#define MANY_PAGES 50

void
cfoil_finding_free (CfoilFinding *finding)
{
  if (finding == NULL)
    return;
  g_free (finding->text);
  g_free (finding->advice);
  g_free (finding->subject);
  g_free (finding);
}

void
_cfoil_review_add (CfoilReview       *self,
                   CfoilFindingWeight weight,
                   const char        *id,
                   const char        *step,
                   const char        *subject,
                   char              *text,
                   const char        *advice)
{
  CfoilFinding *finding = g_new0 (CfoilFinding, 1);

  finding->weight = weight;
  finding->id = id;
  finding->step = step;
  finding->subject = g_strdup (subject);
  finding->text = text;
  finding->advice = g_strdup (advice);
  g_ptr_array_add (self->findings, finding);
}

static void
review_case (CfoilReview *self)
{
  const CfoilCase *record = self->input->dossier->record;

  if (self->input->draft->stance != CFOIL_STANCE_CONTEST)
    _cfoil_review_add (self, CFOIL_FINDING_BLOCKER, "not-contested", "decide", NULL,
                       g_strdup (_("You have not decided to contest this case.")),
                       _("Choose Contest in the first step, or accept the case there."));
  if (record->kind == CFOIL_CASE_CHARGEBACK && record->dispute_id == NULL)
    _cfoil_review_add (self, CFOIL_FINDING_BLOCKER, "no-id", "send", NULL,
                       g_strdup (_("The dispute’s id is not known, and without it nothing can be sent.")),
                       _("It stands in the provider’s e-mail about the chargeback; type it into the case."));
  if (record->account_id == 0)
    _cfoil_review_add (self, CFOIL_FINDING_BLOCKER, "no-account", "send", NULL,
                       g_strdup_printf (_("The account “%s” was removed."), record->account),
                       _("Add the account again; the case and this draft stay."));
  if (record->state != CFOIL_STATE_NEEDS_RESPONSE && record->state != CFOIL_STATE_OTHER)
    _cfoil_review_add (self, CFOIL_FINDING_BLOCKER, "not-awaited", "send", NULL,
                       g_strdup (_("The provider does not wait for an answer to this case.")),
                       _("Sync to see what has become of it."));
}

static void
review_deadline (CfoilReview *self)
{
  const CfoilCase *record = self->input->dossier->record;
  gint64 left_us;
  guint hours;

  if (record->due_us == CFOIL_UNKNOWN)
    return;
  left_us = record->due_us - self->input->now_us;
  hours = (guint) MAX (left_us / G_TIME_SPAN_HOUR, 0);
  /* An estimate is on the safe side: the provider may still take it. */
  if (left_us <= 0 && !record->due_is_estimate)
    _cfoil_review_add (self, CFOIL_FINDING_BLOCKER, "deadline-passed", "send", NULL,
                       g_strdup (_("The time to answer is over.")),
                       _("Sync to see whether the provider still waits; ask its support about late answers."));
  else if (left_us <= 0)
    _cfoil_review_add (self, CFOIL_FINDING_WARNING, "deadline-passed", "send", NULL,
                       g_strdup (_("The time to answer is over, as far as it can be estimated.")),
                       _("The provider has named no deadline. Send it now; it may still be taken."));
  else if (left_us < 24 * G_TIME_SPAN_HOUR)
    _cfoil_review_add (self, CFOIL_FINDING_WARNING, "deadline-near", "send", NULL,
                       g_strdup_printf (ngettext ("Less than %u hour is left.", "Less than %u hours are left.", hours + 1), hours + 1),
                       _("Send what you have: a complete answer that comes too late does not count."));
  if (record->due_is_estimate)
    _cfoil_review_add (self, CFOIL_FINDING_NOTE, "deadline-estimated", "send", NULL,
                       g_strdup (_("The deadline is an estimate: the provider has named none.")), NULL);
}

static void
review_limit (CfoilReview *self,
              const char  *id,
              const char  *step,
              const char  *format,
              gint64       value,
              gint64       limit)
{
  g_autofree char *advice = NULL;
  g_autofree char *has = NULL;
  g_autofree char *may = NULL;

  if (limit == CFOIL_UNKNOWN || value <= limit)
    return;
  has = g_strdup_printf ("%" G_GINT64_FORMAT, value);
  may = g_strdup_printf ("%" G_GINT64_FORMAT, limit);
  advice = self->input->limits->is_confirmed || self->input->limits->is_changed
             ? g_strdup (_("Leave something out, or make files smaller."))
             : g_strdup (_("Leave something out. This limit is a cautious guess: if you know better, change it in the preferences."));
  _cfoil_review_add (self, CFOIL_FINDING_BLOCKER, id, step, NULL,
                     g_strdup_printf (format, has, may), advice);
}

static void
review_bytes (CfoilReview    *self,
              const CfoilFit *fit)
{
  g_autofree char *has = NULL, *may = NULL;

  if (fit->max_bytes == CFOIL_UNKNOWN || fit->bytes <= fit->max_bytes)
    return;
  has = g_format_size_full ((guint64) fit->bytes, G_FORMAT_SIZE_LONG_FORMAT);
  may = g_format_size_full ((guint64) fit->max_bytes, G_FORMAT_SIZE_LONG_FORMAT);
  if (!fit->bytes_are_exact)
    {
      _cfoil_review_add (self, CFOIL_FINDING_WARNING, "perhaps-too-large", "evidence", NULL,
                         /* Translators: two sizes */
                         g_strdup_printf (_("All files together have about %s; %s are allowed."), has, may),
                         _("Pictures are made smaller when the packet is made; whether that is enough is known then."));
      return;
    }
  _cfoil_review_add (self, CFOIL_FINDING_BLOCKER, "packet-too-large", "evidence", NULL,
                     /* Translators: two sizes, "5.1 MB (5,100,000 bytes)" */
                     g_strdup_printf (_("All files together have %s; %s are allowed."), has, may),
                     _("Leave files out, or replace large ones by smaller ones. If you know that more is taken, "
                       "change the limit in the preferences."));
}

/* The packet is one file among others. */
static void
review_packet (CfoilReview *self)
{
  const CfoilPacketResult *result = self->input->result;
  gint64 limit = self->input->limits->file_bytes;

  if (result == NULL)
    return;
  if (limit != CFOIL_UNKNOWN && result->n_bytes > limit)
    {
      g_autofree char *has = g_format_size_full ((guint64) result->n_bytes, G_FORMAT_SIZE_LONG_FORMAT);
      g_autofree char *may = g_format_size_full ((guint64) limit, G_FORMAT_SIZE_LONG_FORMAT);

      _cfoil_review_add (self, CFOIL_FINDING_BLOCKER, "file-too-large", "evidence", "packet",
                         g_strdup_printf (_("The packet has %s; a file may have %s."), has, may),
                         _("Leave exhibits out, or replace large ones by smaller ones."));
    }
  if (result->reduced->len > 0)
    _cfoil_review_add (self, CFOIL_FINDING_WARNING, "images-reduced", "evidence", NULL,
                       g_strdup_printf (ngettext ("%u image was made smaller to fit.", "%u images were made smaller to fit.",
                                                  result->reduced->len), result->reduced->len),
                       _("Look at the packet: small print must still be readable."));
  for (guint i = 0; i < result->failed->len; i++)
    {
      const CfoilPacketFailure *failure = g_ptr_array_index (result->failed, i);

      _cfoil_review_add (self, CFOIL_FINDING_BLOCKER, "page-failed", "evidence", failure->sha256,
                         g_strdup_printf (_("Page %u of a file cannot be drawn."), failure->page + 1),
                         _("Save that document anew as a PDF, or as pictures of its pages, and add it again."));
    }
}

static void
review_limits (CfoilReview *self)
{
  CfoilFit fit;

  cfoil_fit_measure (self->input, &fit);
  review_bytes (self, &fit);
  review_limit (self, "too-many-pages", "evidence",
                /* Translators: two numbers, the first above the second */
                _("The packet has %s pages; %s are allowed."), fit.pages, fit.max_pages);
  review_limit (self, "text-too-long", "letter",
                _("A text has %s characters; %s are allowed."), fit.characters, fit.max_characters);
  review_limit (self, "texts-too-long", "letter",
                _("All texts together have %s characters; %s are allowed."), fit.all_characters, fit.max_all_characters);
  review_limit (self, "too-many-files", "evidence",
                _("There are %s files; %s are allowed."), fit.files, fit.max_files);
  if (fit.max_pages == CFOIL_UNKNOWN && fit.pages > MANY_PAGES)
    _cfoil_review_add (self, CFOIL_FINDING_WARNING, "many-pages", "evidence", NULL,
                       g_strdup_printf (_("The packet has %u pages. Reviewers seldom read so far."), (guint) fit.pages),
                       _("Put first what decides the case, and leave out what does not."));
}

static void
review_checklist (CfoilReview *self)
{
  const CfoilDraft *draft = self->input->draft;
  CfoilReason reason = draft->reason != CFOIL_REASON_UNKNOWN ? draft->reason : self->input->dossier->record->reason;
  g_autoptr (GPtrArray) items = cfoil_checklist_make (reason, draft->product, draft);

  if (draft->product == CFOIL_PRODUCT_UNKNOWN)
    _cfoil_review_add (self, CFOIL_FINDING_WARNING, "no-product", "facts", NULL,
                       g_strdup (_("You have not said what kind of product was sold.")),
                       _("Choose it under Facts: it decides what counts as evidence."));
  for (guint i = 0; i < items->len; i++)
    {
      const CfoilChecklistItem *item = g_ptr_array_index (items, i);

      if (item->weight == CFOIL_WEIGHT_DECISIVE && !item->is_satisfied)
        _cfoil_review_add (self, CFOIL_FINDING_WARNING, "decisive-missing", item->is_fact ? "facts" : "evidence",
                           item->is_fact ? cfoil_fact_get_info (item->fact)->name : item->id,
                           g_strdup_printf (_("Missing, and often decisive: %s"), item->title), item->why);
    }
}

static int
compare_weights (gconstpointer a,
                 gconstpointer b)
{
  const CfoilFinding *one = *(CfoilFinding *const *) a;
  const CfoilFinding *other = *(CfoilFinding *const *) b;

  return (int) one->weight - (int) other->weight;
}

GPtrArray *
cfoil_review (const CfoilReviewInput *input)
{
  CfoilReview self = { input, g_ptr_array_new_with_free_func ((GDestroyNotify) cfoil_finding_free) };

  g_return_val_if_fail (input->dossier != NULL && input->draft != NULL && input->limits != NULL, NULL);

  review_case (&self);
  review_deadline (&self);
  _cfoil_review_files (&self);
  review_packet (&self);
  review_limits (&self);
  _cfoil_review_words (&self);
  review_checklist (&self);
  /* GLib sorts stably: within a weight the order is that of the steps above. */
  g_ptr_array_sort (self.findings, compare_weights);
  return self.findings;
}

gboolean
cfoil_review_has_blockers (GPtrArray *findings)
{
  for (guint i = 0; i < findings->len; i++)
    if (((CfoilFinding *) g_ptr_array_index (findings, i))->weight == CFOIL_FINDING_BLOCKER)
      return TRUE;
  return FALSE;
}
