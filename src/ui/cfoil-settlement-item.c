/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-settlement-item.h"

#include "cfoil-currency.h"
#include "cfoil-types.h"
#include "cfoil-words.h"

#include <glib/gi18n.h>
#include <gtk/gtk.h>
#include <string.h>

struct _CfoilSettlementItem
{
  GObject parent_instance;

  CfoilProof *proof; /* (owned) */
  CfoilSettlementBank bank;
  gint64 bank_difference_minor;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CfoilSettlementItem, cfoil_settlement_item, G_TYPE_OBJECT)

static const struct
{
  const char *icon_name, *css_class;
} looks[] = {
  [CFOIL_PROOF_BALANCED] = { "emblem-ok-symbolic", "success" },
  [CFOIL_PROOF_OPEN] = { "content-loading-symbolic", "dim-label" },
  [CFOIL_PROOF_DIFFERS] = { "dialog-error-symbolic", "error" },
  [CFOIL_PROOF_EXPLAINED] = { "dialog-warning-symbolic", "warning" },
};

static void
cfoil_settlement_item_finalize (GObject *object)
{
  cfoil_proof_free (CFOIL_SETTLEMENT_ITEM (object)->proof);

  G_OBJECT_CLASS (cfoil_settlement_item_parent_class)->finalize (object);
}

static void
cfoil_settlement_item_class_init (CfoilSettlementItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cfoil_settlement_item_finalize;
  signals[CHANGED] = g_signal_new ("changed", CFOIL_TYPE_SETTLEMENT_ITEM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cfoil_settlement_item_init (CfoilSettlementItem *self)
{
}

CfoilSettlementItem *
cfoil_settlement_item_new (CfoilProof *proof)
{
  CfoilSettlementItem *self = g_object_new (CFOIL_TYPE_SETTLEMENT_ITEM, NULL);

  self->proof = proof;
  return self;
}

const CfoilProof *
cfoil_settlement_item_get_proof (CfoilSettlementItem *self)
{
  g_return_val_if_fail (CFOIL_IS_SETTLEMENT_ITEM (self), NULL);

  return self->proof;
}

void
cfoil_settlement_item_set_bank (CfoilSettlementItem *self,
                                CfoilSettlementBank  bank,
                                gint64               difference_minor)
{
  g_return_if_fail (CFOIL_IS_SETTLEMENT_ITEM (self));

  self->bank = bank;
  self->bank_difference_minor = difference_minor;
}

void
cfoil_settlement_item_take_over_bank (CfoilSettlementItem *self,
                                      CfoilSettlementItem *other)
{
  cfoil_settlement_item_set_bank (self, other->bank, other->bank_difference_minor);
}

CfoilSettlementBank
cfoil_settlement_item_get_bank (CfoilSettlementItem *self)
{
  g_return_val_if_fail (CFOIL_IS_SETTLEMENT_ITEM (self), CFOIL_SETTLEMENT_BANK_UNKNOWN);

  return self->bank;
}

char *
cfoil_settlement_item_dup_bank (CfoilSettlementItem *self)
{
  g_autofree char *difference = NULL;

  switch (self->bank)
    {
    case CFOIL_SETTLEMENT_BANK_MATCHED:
      return g_strdup (_ ("Arrived"));
    case CFOIL_SETTLEMENT_BANK_MISSING:
      return g_strdup (_ ("Not on the Statement"));
    case CFOIL_SETTLEMENT_BANK_DIFFERS:
      difference = cfoil_settlement_item_dup_amount (self, ABS (self->bank_difference_minor));
      /* Translators: an amount. */
      return g_strdup_printf (self->bank_difference_minor < 0 ? _ ("%s too little") : _ ("%s too much"), difference);
    case CFOIL_SETTLEMENT_BANK_UNKNOWN:
    default:
      return NULL;
    }
}

const char *
cfoil_settlement_item_get_bank_css_class (CfoilSettlementItem *self)
{
  return self->bank == CFOIL_SETTLEMENT_BANK_MATCHED ? "success" : "warning";
}

gboolean
cfoil_settlement_item_is_same (CfoilSettlementItem *self,
                               CfoilSettlementItem *other)
{
  return self->proof->settlement_pk == other->proof->settlement_pk && strcmp (self->proof->currency, other->proof->currency) == 0;
}

static gboolean
has_same_causes (const CfoilProof *a,
                 const CfoilProof *b)
{
  gboolean is_same = a->causes->len == b->causes->len;

  for (guint i = 0; is_same && i < a->causes->len; i++)
    {
      const CfoilCause *one = g_ptr_array_index (a->causes, i), *other = g_ptr_array_index (b->causes, i);

      is_same = one->kind == other->kind && one->minor == other->minor && g_strcmp0 (one->text, other->text) == 0;
    }
  return is_same;
}

static gboolean
is_equal (CfoilSettlementItem *self,
          CfoilSettlementItem *other)
{
  const CfoilProof *a = self->proof, *b = other->proof;

  return self->bank == other->bank &&
         self->bank_difference_minor == other->bank_difference_minor && a->state == b->state &&
         a->start_us == b->start_us && a->end_us == b->end_us &&
         a->opening_minor == b->opening_minor && a->captures_minor == b->captures_minor && a->refunds_minor == b->refunds_minor &&
         a->fees_minor == b->fees_minor && a->chargebacks_minor == b->chargebacks_minor && a->claims_minor == b->claims_minor &&
         a->reserve_minor == b->reserve_minor && a->adjustments_minor == b->adjustments_minor && a->other_minor == b->other_minor &&
         a->rounding_minor == b->rounding_minor && a->transfer_minor == b->transfer_minor &&
         a->former_transfer_minor == b->former_transfer_minor && a->closing_minor == b->closing_minor &&
         a->disbursed_minor == b->disbursed_minor && a->disbursed_us == b->disbursed_us && a->remainder_minor == b->remainder_minor &&
         a->n_lines == b->n_lines && has_same_causes (a, b) && g_strcmp0 (a->account, b->account) == 0 &&
         g_strcmp0 (a->settlement_id, b->settlement_id) == 0 && g_strcmp0 (a->bank_reference, b->bank_reference) == 0;
}

gboolean
cfoil_settlement_item_update (CfoilSettlementItem *self,
                              CfoilSettlementItem *other)
{
  CfoilProof *proof;

  g_return_val_if_fail (CFOIL_IS_SETTLEMENT_ITEM (self), FALSE);
  g_return_val_if_fail (cfoil_settlement_item_is_same (self, other), FALSE);

  if (is_equal (self, other))
    return FALSE;
  proof = self->proof;
  self->proof = other->proof;
  other->proof = proof;
  cfoil_settlement_item_take_over_bank (self, other);
  g_signal_emit (self, signals[CHANGED], 0);
  return TRUE;
}

/* Of two days of a month or a year the rest is said once. */
static char *
start_beside (gint64     start_us,
              gint64     end_us,
              GTimeZone *zone)
{
  g_autoptr (GDateTime) start_utc = g_date_time_new_from_unix_utc (start_us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) end_utc = g_date_time_new_from_unix_utc (end_us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) start = start_utc != NULL ? g_date_time_to_timezone (start_utc, zone) : NULL;
  g_autoptr (GDateTime) end = end_utc != NULL ? g_date_time_to_timezone (end_utc, zone) : NULL;

  if (start == NULL || end == NULL || g_date_time_get_year (start) != g_date_time_get_year (end))
    return NULL;
  if (g_date_time_get_month (start) == g_date_time_get_month (end))
    /* Translators: the first day of a period, before "– 21 Nov 2026"; see g_date_time_format (). */
    return g_date_time_format (start, C_ ("first day of a period in a month", "%-e"));
  /* Translators: the first day of a period, before "– 21 Nov 2026"; see g_date_time_format (). */
  return g_date_time_format (start, C_ ("first day of a period in a year", "%-e %b"));
}

char *
cfoil_settlement_item_dup_period (CfoilSettlementItem *self,
                                  GTimeZone           *zone)
{
  gint64 start_us = self->proof->start_us;
  gint64 end_us = self->proof->end_us != CFOIL_UNKNOWN ? self->proof->end_us : self->proof->disbursed_us;
  g_autofree char *start = start_us != CFOIL_UNKNOWN ? cfoil_words_date (start_us, zone) : NULL;
  g_autofree char *beside = start_us != CFOIL_UNKNOWN && end_us != CFOIL_UNKNOWN ? start_beside (start_us, end_us, zone) : NULL;
  g_autofree char *end = end_us != CFOIL_UNKNOWN ? cfoil_words_date (end_us, zone) : NULL;

  if (start == NULL || end == NULL || g_str_equal (start, end))
    return end != NULL ? g_steal_pointer (&end) : start != NULL ? g_steal_pointer (&start) : g_strdup (CFOIL_WORDS_NONE);
  /* Translators: two dates. */
  return g_strdup_printf (_ ("%s – %s"), beside != NULL ? beside : start, end);
}

char *
cfoil_settlement_item_isolate (const char *amount)
{
  return gtk_widget_get_default_direction () == GTK_TEXT_DIR_RTL ? g_strdup_printf ("\u2066%s\u2069", amount) : g_strdup (amount);
}

char *
cfoil_settlement_item_dup_amount (CfoilSettlementItem *self,
                                  gint64               minor)
{
  g_autofree char *text = NULL;

  if (minor == CFOIL_UNKNOWN)
    return g_strdup (CFOIL_WORDS_NONE);
  text = cfoil_currency_format (minor, self->proof->currency);
  return cfoil_settlement_item_isolate (text);
}

const char *
cfoil_settlement_item_get_icon_name (CfoilSettlementItem *self)
{
  return looks[self->proof->state].icon_name;
}

const char *
cfoil_settlement_item_get_css_class (CfoilSettlementItem *self)
{
  return looks[self->proof->state].css_class;
}

const char *
cfoil_settlement_item_get_state_title (CfoilSettlementItem *self)
{
  return gettext (cfoil_proof_state_get_title (self->proof->state));
}
