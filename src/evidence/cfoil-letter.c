/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-letter.h"

const char *const cfoil_letter_sections[] = {
  "address", "subject", "opening", "payment", "argument", "history", "policy", "contact", "closing", "exhibits", NULL,
};

CfoilLetter *
cfoil_letter_compose (const CfoilDraft *draft,
                      CfoilReason       case_reason,
                      CfoilCaseKind     kind,
                      const char       *provider_name)
{
  CfoilLetter *self = g_new0 (CfoilLetter, 1);

  (void) draft;
  (void) case_reason;
  (void) kind;
  (void) provider_name;
  self->sentences = g_ptr_array_new ();
  self->available = g_ptr_array_new ();
  return self;
}

void
cfoil_letter_free (CfoilLetter *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->sentences);
  g_ptr_array_unref (self->available);
  g_free (self);
}

char *
cfoil_letter_to_text (const CfoilLetter *self)
{
  (void) self;
  return g_strdup ("");
}

const char *
cfoil_letter_section_get_title (const char *section)
{
  return section;
}

void
cfoil_letter_foreach_sentence (CfoilReason       reason,
                               CfoilProduct      product,
                               CfoilSentenceFunc each,
                               gpointer          user_data)
{
  (void) reason;
  (void) product;
  (void) each;
  (void) user_data;
}

GPtrArray *
cfoil_letter_find_contradictions (const CfoilDraft *draft)
{
  (void) draft;
  return g_ptr_array_new_with_free_func (g_free);
}
