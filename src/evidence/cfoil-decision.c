/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-decision.h"

#include "cfoil-currency.h"
#include "cfoil-ratio.h"

#include <glib/gi18n.h>

#define PPM 1000000
/* Fewer cases of a scope say less than the next wider one does. */
#define ENOUGH 3
/* Independent figures lie between these; a claim that vendors make is none. */
#define PUBLISHED_LOW (300 * 1000)
#define PUBLISHED_HIGH (540 * 1000)

/* Rounded to the nearest minor unit, halves away from 0. */
static gint64
scale (gint64 minor,
       int    ppm)
{
  __int128 product = (__int128) minor * ppm;

  return (gint64) ((product + (product < 0 ? -PPM / 2 : PPM / 2)) / PPM);
}

/* What contesting gains over accepting, with a chance of PPM:
 * p (A + rF F) - (1 - p rC) C - L. */
typedef struct
{
  gint64 amount, fee, contest_fee, labour;
  gboolean fee_returned, contest_fee_returned;
} Stakes;

static gint64
gain (const Stakes *stakes,
      int           ppm)
{
  gint64 won = stakes->amount + (stakes->fee_returned ? stakes->fee : 0) +
               (stakes->contest_fee_returned ? stakes->contest_fee : 0);

  return scale (won, ppm) - stakes->contest_fee - stakes->labour;
}

static int
break_even (const Stakes *stakes)
{
  __int128 cost = (__int128) stakes->contest_fee + stakes->labour;
  __int128 prize = (__int128) stakes->amount + (stakes->fee_returned ? stakes->fee : 0) +
                   (stakes->contest_fee_returned ? stakes->contest_fee : 0);

  if (prize <= 0 || cost > prize)
    return PPM + 1;
  /* Upwards: at the number that is shown it must really be worth it. */
  return (int) ((cost * PPM + prize - 1) / prize);
}

static void
choose_sample (CfoilDecision      *self,
               const CfoilDossier *dossier)
{
  const struct
  {
    const CfoilTrackRecord *record;
    const char *title;
  } scopes[] = {
    { &dossier->same, _("your decided cases of this kind and reason") },
    { &dossier->reason, _("your decided cases of this reason") },
    { &dossier->provider, _("all your decided cases at this provider") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (scopes); i++)
    {
      guint n = scopes[i].record->n_won + scopes[i].record->n_lost;

      self->n_won = scopes[i].record->n_won;
      self->n_lost = scopes[i].record->n_lost;
      self->scope = scopes[i].title;
      if (n >= ENOUGH || (i == G_N_ELEMENTS (scopes) - 1 && n > 0))
        {
          self->chance_ppm = (int) ((guint64) PPM * (self->n_won + 1) / (n + 3));
          cfoil_ratio_interval (self->n_won, self->n_lost, &self->low_ppm, &self->high_ppm);
          /* The estimate is more cautious than the sample. */
          self->low_ppm = MIN (self->low_ppm, self->chance_ppm);
          self->high_ppm = MAX (self->high_ppm, self->chance_ppm);
          return;
        }
    }
  self->is_published = TRUE;
  self->scope = _("published figures for contested chargebacks of others");
  self->low_ppm = PUBLISHED_LOW;
  self->high_ppm = PUBLISHED_HIGH;
  self->chance_ppm = (PUBLISHED_LOW + PUBLISHED_HIGH) / 2;
}

/* An unauthorised chargeback on goods that were sent may be Amazon's to bear. */
static gboolean
may_be_protected (const CfoilCase *record,
                  CfoilProduct     product)
{
  return g_strcmp0 (record->provider, "amazon-pay") == 0 && record->kind == CFOIL_CASE_CHARGEBACK &&
         (record->reason == CFOIL_REASON_FRAUD || record->reason == CFOIL_REASON_UNRECOGNIZED) &&
         (product == CFOIL_PRODUCT_PHYSICAL || product == CFOIL_PRODUCT_SEVERAL);
}

static CfoilAdvice
judge (const CfoilDecision *self,
       const CfoilDossier  *dossier,
       CfoilProduct         product)
{
  if (may_be_protected (dossier->record, product))
    return CFOIL_ADVICE_PROTECTION;
  if (self->low_ppm >= self->break_even_ppm)
    return CFOIL_ADVICE_CONTEST;
  if (self->high_ppm < self->break_even_ppm)
    return CFOIL_ADVICE_ACCEPT;
  return CFOIL_ADVICE_CLOSE_CALL;
}

static int
percent (int ppm)
{
  return (ppm + 5000) / 10000;
}

static char *
describe_chance (const CfoilDecision *self)
{
  if (self->is_published)
    /* Translators: two percentages */
    return g_strdup_printf (_("You have no decided case of your own yet; others win between %d %% and %d %%."),
                            percent (self->low_ppm), percent (self->high_ppm));
  /* Translators: won cases, all cases, "your decided cases of this reason", two percentages */
  return g_strdup_printf (_("You won %u of %u of %s, which makes %d %% to %d %% likely."), self->n_won,
                          self->n_won + self->n_lost, self->scope, percent (self->low_ppm), percent (self->high_ppm));
}

static char *
describe_break_even (const CfoilDecision *self)
{
  if (self->break_even_ppm > PPM)
    return g_strdup (_("Contesting costs more than could be won."));
  /* Translators: a percentage */
  return g_strdup_printf (_("Contesting pays from a chance of %d %% on."), (self->break_even_ppm + 9999) / 10000);
}

static void
put_in_words (CfoilDecision *self)
{
  static const char *const heads[] = {
    [CFOIL_ADVICE_CONTEST] = N_ ("Contest:"),
    [CFOIL_ADVICE_ACCEPT] = N_ ("Accept:"),
    [CFOIL_ADVICE_CLOSE_CALL] = N_ ("A close call:"),
    [CFOIL_ADVICE_PROTECTION] = N_ ("Check the Payment Protection Policy first: it may cover this chargeback."),
  };
  g_autofree char *chance = describe_chance (self);
  g_autofree char *pays = describe_break_even (self);
  gint64 difference = self->contest_minor - self->accept_minor;
  g_autofree char *amount = cfoil_currency_format (ABS (difference), self->currency);

  self->text = g_strjoin (" ", _(heads[self->advice]), pays, chance, NULL);
  /* Translators: an amount of money */
  self->changes = g_strdup_printf (difference >= 0
                                     ? _("On average contesting is worth %s more than accepting. Weaker evidence, "
                                         "a higher fee or more time spent would change that.")
                                     : _("On average contesting is worth %s less than accepting. Stronger evidence, "
                                         "a lower fee or less time spent would change that."), amount);
}

CfoilDecision *
cfoil_decision_make (const CfoilDossier       *dossier,
                     CfoilProduct              product,
                     const CfoilDecisionCosts *costs)
{
  CfoilDecision *self;
  Stakes stakes = { 0 };

  g_return_val_if_fail (dossier != NULL && costs != NULL, NULL);

  if (dossier->record->amount_minor == CFOIL_UNKNOWN || dossier->record->currency == NULL)
    return NULL;
  stakes.amount = dossier->record->amount_minor;
  stakes.fee = MAX (dossier->fee_charged_minor, 0);
  stakes.contest_fee = costs->contest_fee_minor != CFOIL_UNKNOWN ? costs->contest_fee_minor
                       : dossier->last_fee_minor != CFOIL_UNKNOWN ? dossier->last_fee_minor : 0;
  stakes.labour = (gint64) (((__int128) costs->hourly_minor * costs->labour_minutes + 30) / 60);
  stakes.fee_returned = costs->fee_returned;
  stakes.contest_fee_returned = costs->contest_fee_returned;

  self = g_new0 (CfoilDecision, 1);
  self->currency = g_strdup (dossier->record->currency);
  self->amount_minor = stakes.amount;
  choose_sample (self, dossier);
  self->break_even_ppm = break_even (&stakes);
  self->accept_minor = -stakes.amount - stakes.fee;
  self->contest_minor = self->accept_minor + gain (&stakes, self->chance_ppm);
  self->contest_low_minor = self->accept_minor + gain (&stakes, self->low_ppm);
  self->contest_high_minor = self->accept_minor + gain (&stakes, self->high_ppm);
  self->can_refund = !dossier->refund_is_blocked;
  self->refund_minor = -stakes.amount + costs->goods_minor;
  self->advice = judge (self, dossier, product);
  put_in_words (self);
  return self;
}

void
cfoil_decision_free (CfoilDecision *self)
{
  if (self == NULL)
    return;
  g_free (self->currency);
  g_free (self->text);
  g_free (self->changes);
  g_free (self);
}
