/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-account.h"
#include "cfoil-case.h"
#include "cfoil-time.h"
#include "ui-driver.h"

#include <string.h>

/* The inbox of disputes and an opened case, by keys, from outside, and held against what
 * the mirror has of them. */

#define SOON_MS 10000
#define DAY G_TIME_SPAN_DAY
#define HOSTILE "Jack <b>&amp;</b>\xe2\x80\xae\tO'Neil"

static guint n_checks, n_failures;

static gboolean
check (gboolean    ok,
       const char *name)
{
  n_checks++;
  n_failures += !ok;
  g_print ("%s %u - %s\n", ok ? "ok" : "not ok", n_checks, name);
  return ok;
}

/* --- the mirror --- */

static CfoilMirror *
make_mirror (void)
{
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "counterfoil", NULL);
  g_autoptr (CfoilMirror) mirror = cfoil_mirror_open (folder, NULL);
  g_autoptr (CfoilAccount) account = cfoil_account_new ();

  account->name = g_strdup ("Shop");
  account->provider = g_strdup ("amazon-pay");
  account->region = g_strdup ("eu");
  account->environment = g_strdup ("live");
  account->key_storage = g_strdup ("file");
  account->key_file = g_strdup ("/nowhere");
  account->history_days = 1;
  if (mirror == NULL || !cfoil_account_add (mirror, account, NULL))
    return NULL;
  return g_steal_pointer (&mirror);
}

static gint64
add_claim (CfoilMirror *mirror,
           const char  *buyer,
           const char  *order,
           CfoilReason  reason,
           gint64       due_us)
{
  CfoilCaseWords words = {
    .kind = CFOIL_CASE_CLAIM,
    .account = "Shop",
    .state = CFOIL_STATE_NEEDS_RESPONSE,
    .reason = reason,
    .currency = "EUR",
    .amount_minor = 5990,
    .opened_us = cfoil_time_now_us () - 2 * DAY,
    .due_us = due_us,
    .buyer = buyer,
    .reference = order,
  };
  gint64 case_id = 0;

  return cfoil_case_add (mirror, &words, "hand", NULL, &case_id, NULL) ? case_id : 0;
}

static CfoilCase *
read_case (CfoilMirror *mirror,
           gint64       case_id)
{
  g_autoptr (CfoilDatabase) database = cfoil_mirror_open_reader (mirror, NULL);

  return cfoil_case_read (database, case_id, NULL);
}

typedef gboolean (*CaseTest) (const CfoilCase *record);

static gboolean
case_becomes (CfoilMirror *mirror,
              gint64       case_id,
              CaseTest     test)
{
  gint64 end = g_get_monotonic_time () + SOON_MS * 1000;

  do
    {
      g_autoptr (CfoilCase) record = read_case (mirror, case_id);

      if (record != NULL && test (record))
        return TRUE;
      ui_driver_spin (50);
    }
  while (g_get_monotonic_time () < end);
  return FALSE;
}

static gboolean
is_annas (const CfoilCase *record)
{
  return g_strcmp0 (record->handler, "Anna") == 0;
}

static gboolean
is_won (const CfoilCase *record)
{
  return record->state == CFOIL_STATE_WON && record->outcome == CFOIL_CASE_OUTCOME_WON;
}

static gboolean
is_lost (const CfoilCase *record)
{
  return record->state == CFOIL_STATE_LOST && record->outcome == CFOIL_CASE_OUTCOME_LOST;
}

static gboolean
is_open (const CfoilCase *record)
{
  return record->state == CFOIL_STATE_NEEDS_RESPONSE && record->outcome == CFOIL_CASE_OUTCOME_NONE && record->due_us != CFOIL_UNKNOWN;
}

static gboolean
has_event (CfoilMirror *mirror,
           gint64       case_id,
           const char  *kind,
           const char  *part)
{
  gint64 end = g_get_monotonic_time () + SOON_MS * 1000;

  do
    {
      g_autoptr (CfoilDatabase) database = cfoil_mirror_open_reader (mirror, NULL);
      g_autoptr (GPtrArray) events = cfoil_case_list_events (database, case_id, NULL);

      for (guint i = 0; events != NULL && i < events->len; i++)
        {
          const CfoilCaseEvent *event = events->pdata[i];

          if (g_str_equal (event->kind, kind) && strstr (event->text, part) != NULL)
            return TRUE;
        }
      ui_driver_spin (50);
    }
  while (g_get_monotonic_time () < end);
  return FALSE;
}

/* --- the window --- */

/* The name of the N-th row of the inbox. */
static char *
dup_row (UiDriver *driver,
         int       n)
{
  g_autoptr (AtspiAccessible) list = ui_driver_find (driver->frame, ATSPI_ROLE_LIST, "Disputes", SOON_MS);
  g_autoptr (AtspiAccessible) row = list != NULL ? atspi_accessible_get_child_at_index (list, n, NULL) : NULL;

  return row != NULL ? atspi_accessible_get_name (row, NULL) : NULL;
}

static gboolean
row_has (UiDriver   *driver,
         int         n,
         const char *part)
{
  gint64 end = g_get_monotonic_time () + SOON_MS * 1000;
  g_autofree char *name = NULL;

  do
    {
      g_free (name);
      name = dup_row (driver, n);
      if (name != NULL && strstr (name, part) != NULL)
        return TRUE;
      ui_driver_spin (50);
    }
  while (g_get_monotonic_time () < end);
  g_print ("# row %d is “%s”, expected “%s”\n", n, name, part);
  return FALSE;
}

static gboolean
shows (UiDriver   *driver,
       const char *text)
{
  g_autoptr (AtspiAccessible) label = ui_driver_find_text (driver->frame, text, SOON_MS);

  return label != NULL;
}

static void
test_inbox (UiDriver *driver)
{
  check (ui_driver_activate (driver, "show-page", g_variant_new_string ("disputes")), "the page of disputes opens");
  check (row_has (driver, 0, "Not Received") && row_has (driver, 0, "Critical"), "what is due first stands first, and how much it presses");
  check (row_has (driver, 0, "Jack <b>&amp;</b> O'Neil"), "what the buyer is called is text, without what controls");
  check (row_has (driver, 1, "ORDER-2") && row_has (driver, 2, "ORDER-3"), "the others stand behind it");
  check (row_has (driver, 2, "estimated"), "an estimated deadline says so");
  ui_driver_keys ("Down");
  ui_driver_keys ("Return");
  check (shows (driver, "Answer due in"), "arrows work at once: Down and Return open the second case");
  ui_driver_spin (300);
  ui_driver_keys ("alt+Left");
  check (row_has (driver, 0, "Critical"), "Alt+Left goes back");

  ui_driver_keys ("Return");
  check (shows (driver, "Answer due in"), "the case opens again");
  ui_driver_keys ("F10");
  ui_driver_keys ("Escape");
  ui_driver_spin (300);
  ui_driver_keys ("alt+Left");
  check (row_has (driver, 0, "Critical"), "Alt+Left goes back from the header bar, too");
  ui_driver_take_picture ("disputes-inbox");

  ui_driver_keys ("ctrl+f");
  check (ui_driver_wait_for_focus (driver, ATSPI_ROLE_TEXT, "Search disputes", SOON_MS), "Ctrl+F goes to the search");
  ui_driver_type ("due:<72h order-2");
  check (row_has (driver, 0, "ORDER-2"), "the search narrows the list");
  ui_driver_keys ("ctrl+a");
  ui_driver_type ("due:<3d order-2");
  check (row_has (driver, 0, "ORDER-2"), "so it does by days");
  ui_driver_keys ("Escape");
  check (row_has (driver, 0, "Critical"), "Escape clears it");
}

/* From the list, by keys alone. */
static void
test_case (UiDriver    *driver,
           CfoilMirror *mirror,
           gint64       case_id)
{
  ui_driver_keys ("Escape");
  ui_driver_spin (300);
  ui_driver_keys ("Home");
  ui_driver_spin (300);
  ui_driver_keys ("Return");
  check (shows (driver, "Answer due in 11 hours"), "Return opens the case");
  check (shows (driver, "The provider awaits your answer on its own site."), "it says what is asked for now");
  ui_driver_take_picture ("disputes-case");

  check (ui_driver_set_text (driver, "Who handles this dispute", "Anna", SOON_MS) &&
           ui_driver_move_to (driver, "Tab", ATSPI_ROLE_TEXT, "Who handles this dispute"),
         "somebody handles it");
  ui_driver_keys ("Return");
  check (case_becomes (mirror, case_id, is_annas), "the mirror has who handles it");

  check (ui_driver_move_to (driver, "Tab", ATSPI_ROLE_TEXT, "What to write down"), "keys come to the log");
  ui_driver_type ("Parcel was left with the neighbour");
  check (ui_driver_press (driver, "Add to the Log", SOON_MS), "a note is added");
  check (has_event (mirror, case_id, "note", "left with the neighbour"), "the mirror has the note");
  check (shows (driver, "Parcel was left with the neighbour"), "the note is shown");

  check (ui_driver_press (driver, "Mark as Lost", SOON_MS), "the claim is lost");
  check (case_becomes (mirror, case_id, is_lost), "the mirror has that it is lost");
  check (ui_driver_press (driver, "Undo", SOON_MS), "that was a mistake");
  check (case_becomes (mirror, case_id, is_open), "the mirror has that it waits for an answer, with its deadline");

  check (ui_driver_press (driver, "Mark as Won", SOON_MS), "the claim is won");
  check (case_becomes (mirror, case_id, is_won), "the mirror has that it is won");
  ui_driver_keys ("alt+Left");
  check (row_has (driver, 0, "ORDER-2"), "Alt+Left goes back to a list without it");
}

static void
test_record (UiDriver *driver)
{
  ui_driver_keys ("ctrl+f");
  ui_driver_wait_for_focus (driver, ATSPI_ROLE_TEXT, "Search disputes", SOON_MS);
  ui_driver_spin (500);
  ui_driver_keys ("Tab");
  ui_driver_spin (300);
  ui_driver_keys ("space");
  check (ui_driver_choose (driver, "Record a Claim…", SOON_MS), "the dialog for a claim opens");
  check (ui_driver_set_text (driver, "Order", "ORDER-4", SOON_MS), "the order is entered");
  check (ui_driver_set_text (driver, "Amount, Such as 59.90 EUR", "12,345 EUR", SOON_MS), "an amount that is none is entered");
  ui_driver_take_picture ("disputes-claim");
  check (ui_driver_set_text (driver, "Amount, Such as 59.90 EUR", "12.34 EUR", SOON_MS), "an amount is entered");
  check (ui_driver_press (driver, "Record", SOON_MS), "the claim is recorded");
  check (shows (driver, "Answer due in"), "it is opened");
  ui_driver_keys ("Escape");
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (CfoilMirror) mirror = NULL;
  const char *program[] = { argc > 1 ? argv[1] : NULL, NULL };
  gint64 now_us = cfoil_time_now_us ();
  gint64 case_id;
  UiDriver *driver;

  if (program[0] == NULL)
    return 2;
  atspi_init ();
  mirror = make_mirror ();
  case_id = mirror != NULL ? add_claim (mirror, HOSTILE, "ORDER-1", CFOIL_REASON_NOT_RECEIVED, now_us + DAY / 2) : 0;
  if (case_id == 0 || add_claim (mirror, "Emma", "ORDER-2", CFOIL_REASON_FRAUD, now_us + 2 * DAY) == 0 ||
      add_claim (mirror, "Noah", "ORDER-3", CFOIL_REASON_GENERAL, CFOIL_UNKNOWN) == 0)
    g_error ("No mirror");
  driver = ui_driver_start_argv (program, "");
  if (!check (driver != NULL, "the program comes up"))
    return 1;
  test_inbox (driver);
  test_case (driver, mirror, case_id);
  test_record (driver);
  ui_driver_keys ("ctrl+q");
  check (ui_driver_wait_for_end (driver, SOON_MS), "the program ends");
  ui_driver_free (driver);
  g_print ("1..%u\n", n_checks);
  return n_failures > 0 ? 1 : 0;
}
