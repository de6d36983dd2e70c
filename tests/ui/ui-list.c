/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui-list.h"

#include <string.h>

#define SOON_MS 15000

/* What the columns are called in the window, in the order of COLUMNS. */
static const char *const titles[] = { "Date", "Type", "State", "Reference", "Gross", "Fee", "Net", "Currency" };
#define COLUMNS "time,type,state,merchant_reference,gross,fee_total,net,currency"

static const struct
{
  const char *name;
  const char *words;
} codes[] = {
  { "charge", "Payment" },
  { "refund", "Refund" },
  { "chargeback", "Chargeback" },
  { "claim", "Buyer claim" },
  { "dispute-fee", "Dispute fee" },
  { "transfer", "Payout" },
  { "reserve", "Reserve" },
  { "carryover", "Carry-over" },
  { "adjustment", "Adjustment" },
  { "captured", "Captured" },
  { "refunded", "Refunded" },
  { "posted", "Posted" },
  { "", "Posted" },
};

static AtspiAccessible *
find_table (UiDriver *driver)
{
  return ui_driver_find_lasting (driver, ATSPI_ROLE_TREE_TABLE, "Transactions", SOON_MS);
}

/* The first label below ACCESSIBLE. */
static AtspiAccessible *
find_label (AtspiAccessible *accessible)
{
  int n;

  if (accessible == NULL || atspi_accessible_get_role (accessible, NULL) == ATSPI_ROLE_LABEL)
    return accessible != NULL ? g_object_ref (accessible) : NULL;
  n = atspi_accessible_get_child_count (accessible, NULL);
  for (int i = 0; i < n; i++)
    {
      g_autoptr (AtspiAccessible) child = atspi_accessible_get_child_at_index (accessible, i, NULL);
      AtspiAccessible *label = find_label (child);

      if (label != NULL)
        return label;
    }
  return NULL;
}

static char *
dup_titles (AtspiAccessible *table)
{
  g_autoptr (AtspiAccessible) head = table != NULL ? atspi_accessible_get_child_at_index (table, 0, NULL) : NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  int n = head != NULL ? atspi_accessible_get_child_count (head, NULL) : 0;

  for (int i = 0; i < n; i++)
    {
      g_autoptr (AtspiAccessible) title = atspi_accessible_get_child_at_index (head, i, NULL);
      g_autoptr (AtspiAccessible) label = find_label (title);
      g_autofree char *words = ui_driver_dup_text (label);

      g_string_append_printf (text, "%s%s", i > 0 ? "|" : "", words);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static int
find_title (const char *const *shown,
            const char        *title)
{
  for (int i = 0; shown[i] != NULL; i++)
    if (g_str_equal (shown[i], title))
      return i;
  return -1;
}

/* --- what stands there --- */

static void
append_names (AtspiAccessible *accessible,
              GString         *text)
{
  int n = atspi_accessible_get_child_count (accessible, NULL);

  for (int i = 0; i < n; i++)
    {
      g_autoptr (AtspiAccessible) child = atspi_accessible_get_child_at_index (accessible, i, NULL);
      g_autofree char *name = child != NULL ? atspi_accessible_get_name (child, NULL) : NULL;

      if (child != NULL && atspi_accessible_get_role (child, NULL) == ATSPI_ROLE_IMAGE)
        g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", name);
    }
}

static char *
dup_cell (AtspiAccessible *row,
          int              column)
{
  g_autoptr (AtspiAccessible) cell = row != NULL ? atspi_accessible_get_child_at_index (row, column, NULL) : NULL;
  g_autoptr (AtspiAccessible) child = cell != NULL ? atspi_accessible_get_child_at_index (cell, 0, NULL) : NULL;
  g_autoptr (GString) names = g_string_new (NULL);

  if (child == NULL || atspi_accessible_get_role (child, NULL) == ATSPI_ROLE_LABEL)
    return ui_driver_dup_text (child);
  append_names (child, names);
  return g_string_free (g_steal_pointer (&names), FALSE);
}

static char *
dup_row (AtspiAccessible   *row,
         const char *const *shown)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    {
      int column = find_title (shown, titles[i]);
      g_autofree char *words = column >= 0 ? dup_cell (row, column) : NULL;

      if (column >= 0)
        g_string_append_printf (text, "%s|", words);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* --- what should stand there --- */

static const char *
words_of (const char *code)
{
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_str_equal (codes[i].name, code))
      return codes[i].words;
  return code;
}

static char *
dup_expected_cell (char **values,
                   guint  i)
{
  switch (i)
    {
    case 0:
      return ui_cli_dup_time (values[i]);
    case 1:
    case 2:
      return g_strdup (words_of (values[i]));
    case 4:
    case 5:
    case 6:
      return ui_cli_dup_amount (values[i]);
    default:
      return g_strdup (values[i]);
    }
}

static char *
dup_expected (char             **values,
              const char *const *shown)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    {
      g_autofree char *words = dup_expected_cell (values, i);

      if (find_title (shown, titles[i]) >= 0)
        g_string_append_printf (text, "%s|", words);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* MESSAGE: the first difference. */
static gboolean
is_same (UiDriver   *driver,
         GPtrArray  *rows,
         UiListEnd   end,
         guint       n_rows,
         char      **message)
{
  g_autoptr (AtspiAccessible) table = find_table (driver);
  g_autoptr (AtspiAccessible) list = table != NULL ? atspi_accessible_get_child_at_index (table, 1, NULL) : NULL;
  g_autofree char *title_text = dup_titles (table);
  g_auto (GStrv) shown = g_strsplit (title_text, "|", -1);
  guint n_there = list != NULL ? (guint) MAX (atspi_accessible_get_child_count (list, NULL), 0) : 0;

  if (n_there < n_rows || find_title ((const char *const *) shown, "Reference") < 0)
    {
      *message = g_strdup_printf ("%u rows are there, the columns are %s", n_there, title_text);
      return FALSE;
    }
  for (guint i = 0; i < n_rows; i++)
    {
      guint back = end == UI_LIST_TOP ? 0 : n_rows;
      g_autoptr (AtspiAccessible) row = atspi_accessible_get_child_at_index (list, (int) (back > 0 ? n_there - back + i : i), NULL);
      g_autofree char *have = dup_row (row, (const char *const *) shown);
      g_autofree char *want = dup_expected (rows->pdata[back > 0 ? rows->len - back + i : i], (const char *const *) shown);

      if (!g_str_equal (have, want))
        {
          *message = g_strdup_printf ("row %u is %s and should be %s", i, have, want);
          return FALSE;
        }
    }
  return TRUE;
}

gboolean
ui_list_shows (UiDriver    *driver,
               const UiCli *cli,
               const char  *query,
               const char  *sort,
               UiListEnd    end,
               guint        n_rows)
{
  gint64 deadline = g_get_monotonic_time () + SOON_MS * 1000;
  g_autoptr (GPtrArray) rows = ui_cli_list (cli, query, sort, COLUMNS);
  g_autofree char *message = NULL;

  if (rows->len == 0)
    return FALSE;
  while (!is_same (driver, rows, end, MIN (n_rows, rows->len), &message))
    {
      if (g_get_monotonic_time () > deadline)
        {
          g_print ("# \"%s\": %s\n", query, message);
          return FALSE;
        }
      g_clear_pointer (&message, g_free);
      ui_driver_spin (50);
    }
  return TRUE;
}

/* --- totals --- */

static void
append_labels (AtspiAccessible *accessible,
               GString         *text)
{
  g_autofree char *words = NULL;
  int n;

  if (accessible == NULL)
    return;
  if (atspi_accessible_get_role (accessible, NULL) == ATSPI_ROLE_LABEL)
    {
      words = ui_driver_dup_text (accessible);
      g_string_append_printf (text, "%s%s", text->len > 0 && *words != '\0' ? "|" : "", words);
      return;
    }
  n = atspi_accessible_get_child_count (accessible, NULL);
  for (int i = 0; i < n; i++)
    {
      g_autoptr (AtspiAccessible) child = atspi_accessible_get_child_at_index (accessible, i, NULL);

      append_labels (child, text);
    }
}

gboolean
ui_list_has_totals (UiDriver   *driver,
                    const char *text)
{
  gint64 deadline = g_get_monotonic_time () + SOON_MS * 1000;

  for (;;)
    {
      g_autoptr (AtspiAccessible) bar = ui_driver_find_lasting (driver, ATSPI_ROLE_PANEL, "Totals", 0);
      g_autoptr (GString) have = g_string_new (NULL);

      append_labels (bar, have);
      if (g_strcmp0 (have->str, text) == 0)
        return TRUE;
      if (g_get_monotonic_time () > deadline)
        {
          g_print ("# the totals are %s and should be %s\n", have->str, text);
          return FALSE;
        }
      ui_driver_spin (50);
    }
}

/* --- single things --- */

char *
ui_list_dup_column (UiDriver   *driver,
                    const char *title,
                    guint       n_rows)
{
  g_autoptr (AtspiAccessible) table = find_table (driver);
  g_autoptr (AtspiAccessible) list = table != NULL ? atspi_accessible_get_child_at_index (table, 1, NULL) : NULL;
  g_autofree char *title_text = dup_titles (table);
  g_auto (GStrv) shown = g_strsplit (title_text, "|", -1);
  g_autoptr (GString) text = g_string_new (NULL);
  int column = find_title ((const char *const *) shown, title);

  for (guint i = 0; list != NULL && column >= 0 && i < n_rows; i++)
    {
      g_autoptr (AtspiAccessible) row = atspi_accessible_get_child_at_index (list, (int) i, NULL);
      g_autofree char *words = dup_cell (row, column);

      g_string_append_printf (text, "%s\n", words);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
ui_list_dup_titles (UiDriver *driver)
{
  g_autoptr (AtspiAccessible) table = find_table (driver);

  return dup_titles (table);
}

int
ui_list_find_focus (UiDriver *driver)
{
  g_autoptr (AtspiAccessible) table = find_table (driver);
  g_autoptr (AtspiAccessible) list = table != NULL ? atspi_accessible_get_child_at_index (table, 1, NULL) : NULL;
  int n = list != NULL ? atspi_accessible_get_child_count (list, NULL) : 0;

  for (int i = 0; i < n; i++)
    {
      g_autoptr (AtspiAccessible) row = atspi_accessible_get_child_at_index (list, i, NULL);

      if (ui_driver_has_state (row, ATSPI_STATE_FOCUSED))
        return i;
    }
  return -1;
}

gboolean
ui_list_wait_for_focus (UiDriver *driver,
                        int       row)
{
  gint64 deadline = g_get_monotonic_time () + SOON_MS * 1000;
  int focus;

  while ((focus = ui_list_find_focus (driver)) != row)
    {
      if (g_get_monotonic_time () > deadline)
        {
          g_print ("# the focus is in row %d and should be in row %d\n", focus, row);
          return FALSE;
        }
      ui_driver_spin (30);
    }
  return TRUE;
}
