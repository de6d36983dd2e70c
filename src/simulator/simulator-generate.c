/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "simulator-generate.h"

#include "simulator-catalogue.h"
#include "simulator-ledger.h"

#define MINUTE G_GINT64_CONSTANT (60)

typedef enum {
  SALE_AT_ONCE,
  SALE_SHIPPED,
  SALE_LATE,
  SALE_DECLINED,
  SALE_PENDING,
  SALE_PENDING_STILL,
  SALE_OPEN,
  SALE_EXPIRES,
  SALE_CANCELLED
} Sale;

typedef struct {
  CfoilSimPermission *permission;
  gint64 due;
} Due;

typedef struct {
  CfoilSimMerchant *merchant;
  CfoilSimRandom random;
  GQueue subscriptions;
  CfoilSimPermission *retry;
  guint orders;
  guint soon;
  guint left;
} Generator;

static CfoilSimCurrency
pick_currency (Generator *generator)
{
  const CfoilSimOptions *options = &generator->merchant->options;

  switch (options->region)
    {
    case CFOIL_SIM_REGION_JP:
      return CFOIL_SIM_JPY;
    case CFOIL_SIM_REGION_EU:
      /* The sandbox report is one file, so its merchant has one ledger. */
      return !options->sandbox && cfoil_sim_random_chance (&generator->random, 350) ? CFOIL_SIM_GBP
                                                                                   : CFOIL_SIM_EUR;
    case CFOIL_SIM_REGION_NA:
    default:
      return CFOIL_SIM_USD;
    }
}

static CfoilSimPermission *
new_permission (Generator *generator,
                gint64     at,
                gboolean   recurring)
{
  static const char *const notes[] = { "Thank you for your order", "Leave it with the neighbours, please", "Geschenk – bitte ohne Rechnung", "Line one\nline two, with \"quotes\"" };
  CfoilSimMerchant *merchant = generator->merchant;
  CfoilSimRandom *random = &generator->random;
  const CfoilSimShop *shop = cfoil_sim_shop (merchant->options.region, cfoil_sim_random_below (random, 10) / 3);
  CfoilSimPermission *permission = cfoil_sim_merchant_add_permission (merchant, random, recurring, at);
  guint number = 100000 + 7 * generator->orders++;
  g_autofree char *reference = g_strdup_printf ("%s-%u", shop->prefix, number);

  permission->currency = (guint8) pick_currency (generator);
  permission->limit = cfoil_sim_basket_amount (random, permission->currency);
  permission->buyer = cfoil_sim_random_below (random, MAX (merchant->options.transactions * 7 / 10, 80));
  permission->store = cfoil_sim_random_chance (random, 960) ? shop->name : NULL;
  permission->reference = cfoil_sim_random_chance (random, 950) ? cfoil_sim_merchant_keep (merchant, reference) : NULL;
  if (cfoil_sim_random_chance (random, 60))
    permission->note = notes[cfoil_sim_random_below (random, G_N_ELEMENTS (notes))];
  permission->custom = cfoil_sim_random_chance (random, 250) ? cfoil_sim_product_name (random) : NULL;
  return permission;
}

static CfoilSimCharge *
new_charge (Generator          *generator,
            CfoilSimPermission *permission,
            gint64              at)
{
  CfoilSimMerchant *merchant = generator->merchant;
  CfoilSimCharge *charge = cfoil_sim_merchant_add_charge (merchant, &generator->random, permission, at, permission->limit);
  guint roll = cfoil_sim_random_below (&generator->random, 100);
  g_autofree char *reference = NULL;

  if (roll < 4)
    reference = g_strdup_printf ("%" G_GUINT64_FORMAT, cfoil_sim_random_next (&generator->random));
  else if (roll < 97 && permission->reference != NULL)
    reference = g_strdup_printf ("%s-%u", permission->reference, 1 + roll % 3);
  charge->reference = cfoil_sim_merchant_keep (merchant, reference);
  charge->custom = permission->custom;
  charge->cross_border = cfoil_sim_random_chance (&generator->random, 60);
  return charge;
}

static Sale
pick_sale (Generator *generator,
           gint64     at)
{
  static const Sale last[] = {
    SALE_PENDING_STILL, SALE_OPEN, SALE_OPEN, SALE_PENDING_STILL, SALE_DECLINED, SALE_OPEN, SALE_AT_ONCE, SALE_OPEN
  };
  static const struct {
    guint upto;
    Sale sale;
  } usual[] = {
    { 520, SALE_AT_ONCE }, { 850, SALE_SHIPPED }, { 870, SALE_LATE }, { 915, SALE_DECLINED },
    { 960, SALE_PENDING }, { 982, SALE_EXPIRES }, { 1000, SALE_CANCELLED }
  };
  gint64 age = generator->merchant->options.until - at;
  guint roll = cfoil_sim_random_below (&generator->random, 1000);
  guint i = 0;

  if (generator->left < G_N_ELEMENTS (last) && generator->merchant->options.transactions >= 40)
    return last[generator->left];
  /* Somebody always forgets to capture in time. */
  if (age > 27 * CFOIL_SIM_DAY && age < 30 * CFOIL_SIM_DAY - CFOIL_SIM_HOUR && generator->soon < 5 &&
      (age > 29 * CFOIL_SIM_DAY || generator->soon < 3))
    {
      generator->soon++;
      return SALE_EXPIRES;
    }
  while (roll >= usual[i].upto)
    i++;
  return usual[i].sale;
}

static void
refund_some (Generator      *generator,
             CfoilSimCharge *charge,
             gint64          captured)
{
  CfoilSimMerchant *merchant = generator->merchant;
  CfoilSimRandom *random = &generator->random;
  gint64 until = merchant->options.until;
  gint64 left = charge->captured;
  gint64 at = captured;
  guint rounds = cfoil_sim_random_chance (random, 66) ? 1 + cfoil_sim_random_below (random, 5) / 4 : 0;

  for (guint i = 0; i < rounds && left > 1; i++)
    {
      gboolean full = rounds == 1 && cfoil_sim_random_chance (random, 600);
      gint64 amount = full ? left : MAX (left * (20 + (gint64) cfoil_sim_random_below (random, 40)) / 100, 1);
      CfoilSimRefund *refund;
      gboolean declined;

      at += CFOIL_SIM_HOUR * cfoil_sim_random_between (random, 12, 24 * 24);
      if (at >= until)
        return;
      refund = cfoil_sim_merchant_add_refund (merchant, random, charge, at, amount);
      refund->buyer_initiated = cfoil_sim_random_chance (random, 40);
      declined = cfoil_sim_random_chance (random, 35);
      at += MINUTE * cfoil_sim_random_between (random, 40, 400);
      cfoil_sim_history_add (&refund->history, at, declined ? CFOIL_SIM_STATE_Declined : CFOIL_SIM_STATE_Refunded,
                             !declined ? 0 : i % 2 == 0 ? CFOIL_SIM_REASON_AmazonRejected
                                                        : CFOIL_SIM_REASON_ProcessingFailure);
      if (!declined)
        left -= amount;
    }
}

static void
capture (Generator      *generator,
         CfoilSimCharge *charge,
         gint64          at,
         gboolean        slowly)
{
  CfoilSimRandom *random = &generator->random;
  CfoilSimPermission *permission = charge->permission;

  if (at >= generator->merchant->options.until)
    return;
  charge->captured = cfoil_sim_random_chance (random, 40) ? charge->amount * 8 / 10 : charge->amount;
  charge->descriptor = cfoil_sim_random_chance (random, 100) ? "AMZ*Shop" : NULL;
  if (slowly)
    {
      cfoil_sim_history_add (&charge->history, at, CFOIL_SIM_STATE_CaptureInitiated, 0);
      at += MINUTE * cfoil_sim_random_between (random, 60, 900);
    }
  cfoil_sim_history_add (&charge->history, at, CFOIL_SIM_STATE_Captured, 0);
  if (!permission->recurring && charge->captured == charge->amount)
    cfoil_sim_history_add (&permission->history, at, CFOIL_SIM_STATE_Closed, 0);
  refund_some (generator, charge, at);
}

static void
decline (Generator      *generator,
         CfoilSimCharge *charge,
         gint64          at)
{
  static const guint reasons[] = {
    CFOIL_SIM_REASON_SoftDeclined, CFOIL_SIM_REASON_SoftDeclined, CFOIL_SIM_REASON_HardDeclined,
    CFOIL_SIM_REASON_AmazonRejected, CFOIL_SIM_REASON_TransactionTimedOut, CFOIL_SIM_REASON_ProcessingFailure
  };
  guint reason = reasons[cfoil_sim_random_below (&generator->random, G_N_ELEMENTS (reasons))];

  cfoil_sim_history_add (&charge->history, at, CFOIL_SIM_STATE_Declined, reason);
  if (reason == CFOIL_SIM_REASON_SoftDeclined && !charge->permission->recurring)
    generator->retry = charge->permission;
  else if (reason == CFOIL_SIM_REASON_HardDeclined)
    cfoil_sim_history_add (&charge->permission->history, at, CFOIL_SIM_STATE_NonChargeable,
                           CFOIL_SIM_REASON_PaymentMethodInvalid);
}

static void
live_through (Generator      *generator,
              CfoilSimCharge *charge,
              Sale            sale)
{
  CfoilSimRandom *random = &generator->random;
  gint64 until = generator->merchant->options.until;
  gint64 at = charge->created;

  if (sale == SALE_DECLINED || sale == SALE_PENDING || sale == SALE_PENDING_STILL)
    {
      cfoil_sim_history_add (&charge->history, at, CFOIL_SIM_STATE_AuthorizationInitiated, 0);
      at += MINUTE * cfoil_sim_random_between (random, 1, sale == SALE_DECLINED ? 20 : 1300);
      if (sale == SALE_PENDING_STILL)
        at = MAX (at, until) + MINUTE * cfoil_sim_random_between (random, 120, 900);
    }
  if (sale == SALE_DECLINED)
    {
      decline (generator, charge, at);
      return;
    }
  cfoil_sim_history_add (&charge->history, at, CFOIL_SIM_STATE_Authorized, 0);
  if (sale == SALE_AT_ONCE)
    capture (generator, charge, at + 1, FALSE);
  else if (sale == SALE_SHIPPED || sale == SALE_PENDING)
    capture (generator, charge, at + MINUTE * cfoil_sim_random_between (random, 300, 6 * 1440), FALSE);
  else if (sale == SALE_LATE)
    capture (generator, charge, at + MINUTE * cfoil_sim_random_between (random, 8 * 1440, 20 * 1440), TRUE);
  else if (sale == SALE_CANCELLED && at + 2 * CFOIL_SIM_DAY < until)
    cfoil_sim_history_add (&charge->history, at + CFOIL_SIM_HOUR * cfoil_sim_random_between (random, 1, 47),
                           CFOIL_SIM_STATE_Canceled, CFOIL_SIM_REASON_MerchantCanceled);

  /* Whatever is still open lapses when its thirty days are over. */
  if (charge->history.steps[charge->history.n - 1].state == CFOIL_SIM_STATE_Authorized)
    cfoil_sim_history_add (&charge->history, charge->expires, CFOIL_SIM_STATE_Canceled, CFOIL_SIM_REASON_ExpiredUnused);
}

/* The subscription that is due, or a new one. */
static CfoilSimPermission *
take_subscription (Generator *generator,
                   gint64     at)
{
  Due *due = g_queue_peek_head (&generator->subscriptions);
  CfoilSimPermission *permission;

  if (due != NULL && due->due <= at)
    {
      due = g_queue_pop_head (&generator->subscriptions);
      permission = due->permission;
    }
  else
    {
      due = g_new0 (Due, 1);
      permission = due->permission = new_permission (generator, at, TRUE);
      permission->limit = MIN (permission->limit, permission->currency == CFOIL_SIM_JPY ? 9800 : 9900);
    }
  if (cfoil_sim_random_chance (&generator->random, 120))
    {
      cfoil_sim_history_add (&permission->history, at + 9 * CFOIL_SIM_DAY, CFOIL_SIM_STATE_Closed,
                             CFOIL_SIM_REASON_BuyerClosed);
      g_free (due);
    }
  else
    {
      due->due = at + 30 * CFOIL_SIM_DAY;
      permission->expires = at + 395 * CFOIL_SIM_DAY;
      g_queue_push_tail (&generator->subscriptions, due);
    }
  return permission;
}

static void
make_sale (Generator *generator,
           gint64     at)
{
  CfoilSimPermission *permission = g_steal_pointer (&generator->retry);
  CfoilSimCharge *charge;

  if (permission == NULL && cfoil_sim_random_chance (&generator->random, 90))
    permission = take_subscription (generator, at);
  else if (permission == NULL)
    permission = new_permission (generator, at - 40, FALSE);
  charge = new_charge (generator, permission, at);
  live_through (generator, charge, pick_sale (generator, at));

  /* Some buyers place an order that is never charged. */
  if (cfoil_sim_random_chance (&generator->random, 15))
    new_permission (generator, at, FALSE);
}

/* Refunds whose end lies ahead, and one that was refused just now. */
static void
make_late_refunds (Generator *generator)
{
  CfoilSimMerchant *merchant = generator->merchant;
  gint64 until = merchant->options.until;
  guint made = 0;

  for (guint i = merchant->charges->len; i > 0 && made < 4; i -= MIN (i, 7))
    {
      CfoilSimCharge *charge = g_ptr_array_index (merchant->charges, i - 1);
      CfoilSimRefund *refund;

      if (charge->captured == 0 || charge->refunds != NULL ||
          cfoil_sim_charge_captured_at (charge) > until - 3 * CFOIL_SIM_HOUR)
        continue;
      refund = cfoil_sim_merchant_add_refund (merchant, &generator->random, charge,
                                              until - (1 + made) * 37 * MINUTE, charge->captured / (1 + made));
      if (made == 3)
        cfoil_sim_history_add (&refund->history, until - 5 * MINUTE, CFOIL_SIM_STATE_Declined, CFOIL_SIM_REASON_AmazonRejected);
      else
        cfoil_sim_history_add (&refund->history, until + (3 + made) * CFOIL_SIM_HOUR, CFOIL_SIM_STATE_Refunded, 0);
      made++;
    }
}

gint64
cfoil_sim_charge_captured_at (const CfoilSimCharge *charge)
{
  for (guint i = 0; i < charge->history.n; i++)
    if (charge->history.steps[i].state == CFOIL_SIM_STATE_Captured)
      return charge->history.steps[i].at;
  return G_MAXINT64;
}

void
cfoil_sim_generate (CfoilSimMerchant *merchant)
{
  guint n = merchant->options.transactions;
  g_autofree gint64 *times = g_new (gint64, MAX (n, 1));
  Generator generator = { merchant, { { 0 } }, G_QUEUE_INIT, NULL, 0, 0, n };

  cfoil_sim_random_init (&generator.random, merchant->options.seed, "history");
  cfoil_sim_generate_times (merchant, &generator.random, times, n);
  for (guint i = 0; i < n; i++)
    {
      generator.left = n - i - 1;
      make_sale (&generator, times[i]);
    }
  make_late_refunds (&generator);
  g_queue_clear_full (&generator.subscriptions, g_free);
  cfoil_sim_generate_disputes (merchant);
  cfoil_sim_ledger_write_history (merchant);
}
