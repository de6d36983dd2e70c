/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-list-menu.h"

#include "cfoil-record-text.h"
#include "cfoil-words.h"

#include <glib/gi18n.h>

/* Of a value in a label, in letters. */
#define MAX_VALUE 30

static void
append (GMenu      *menu,
        const char *label,
        const char *action,
        const char *accelerator)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, action);

  if (accelerator != NULL)
    g_menu_item_set_attribute (item, "accel", "s", accelerator);
  g_menu_append_item (menu, item);
}

static void
append_term (GMenu      *menu,
             const char *label,
             const char *term,
             const char *accelerator)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, "page.add-term", "s", term);
  if (accelerator != NULL)
    g_menu_item_set_attribute (item, "accel", "s", accelerator);
  g_menu_append_item (menu, item);
}

/* "State: Captured", short enough for a menu, where an underscore would mark a key. */
static char *
dup_label (const CfoilRecord *record,
           CfoilField         field,
           GTimeZone         *zone)
{
  g_autofree char *shown = cfoil_record_dup_shown (record, field, zone);
  g_autofree char *start = NULL;
  g_autoptr (GString) label = g_string_new (cfoil_field_get_title (field));

  if (g_utf8_strlen (shown, -1) > MAX_VALUE)
    {
      start = g_utf8_substring (shown, 0, MAX_VALUE);
      /* What was isolated for its direction must not reach beyond. */
      g_string_append_printf (label, ": \u2068%s\u2069…", start);
    }
  else
    g_string_append_printf (label, ": %s", *shown != '\0' ? shown : CFOIL_WORDS_NONE);
  g_string_replace (label, "_", "__", 0);
  return g_string_free (g_steal_pointer (&label), FALSE);
}

static GMenuModel *
new_terms (const CfoilRecord *record,
           CfoilFieldSet      fields,
           GTimeZone         *zone,
           gboolean           is_negated)
{
  GMenu *menu = g_menu_new ();

  for (guint i = 0; i < CFOIL_N_FIELDS; i++)
    if ((fields & CFOIL_FIELD_BIT (i)) != 0)
      {
        g_autofree char *term = cfoil_record_dup_term (record, i, zone, is_negated);
        g_autofree char *label = dup_label (record, i, zone);

        if (term != NULL)
          append_term (menu, label, term, NULL);
      }
  return G_MENU_MODEL (menu);
}

static void
append_filters (GMenu             *menu,
                const CfoilRecord *record,
                CfoilField         field,
                CfoilFieldSet      fields,
                GTimeZone         *zone)
{
  g_autoptr (GMenu) section = g_menu_new ();
  g_autoptr (GMenuModel) included = new_terms (record, fields, zone, FALSE);
  g_autoptr (GMenuModel) excluded = new_terms (record, fields, zone, TRUE);
  g_autofree char *term = cfoil_record_dup_term (record, field, zone, FALSE);
  g_autofree char *negated = cfoil_record_dup_term (record, field, zone, TRUE);
  g_autofree char *value = dup_label (record, field, zone);

  if (term != NULL && negated != NULL)
    {
      /* Translators: %s is a column and its value: "State: Captured". */
      g_autofree char *filter = g_strdup_printf (_("_Filter by %s"), value);
      /* Translators: %s is a column and its value: "State: Captured". */
      g_autofree char *exclude = g_strdup_printf (_("E_xclude %s"), value);

      append_term (section, filter, term, "<Control><Shift>f");
      append_term (section, exclude, negated, "<Control><Shift>x");
    }
  g_menu_append_submenu (section, _("Filter by _Value"), included);
  g_menu_append_submenu (section, _("Exclude V_alue"), excluded);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
}

static GMenuModel *
new_sorts (CfoilFieldSet fields)
{
  GMenu *menu = g_menu_new ();

  for (guint i = 0; i < CFOIL_N_FIELDS; i++)
    if ((fields & CFOIL_FIELD_BIT (i)) != 0)
      {
        g_autoptr (GMenuItem) item = g_menu_item_new (cfoil_field_get_title (i), NULL);

        g_menu_item_set_action_and_target (item, "page.sort-by", "s", cfoil_field_get_info (i)->name);
        g_menu_append_item (menu, item);
      }
  return G_MENU_MODEL (menu);
}

GMenuModel *
cfoil_list_menu_new (const CfoilRecord *record,
                     CfoilField         field,
                     CfoilFieldSet      fields,
                     GTimeZone         *zone,
                     gboolean           has_selection)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) open = g_menu_new ();
  g_autoptr (GMenu) sort = g_menu_new ();
  g_autoptr (GMenuModel) sorts = new_sorts (fields);
  g_autoptr (GMenu) copy = g_menu_new ();
  g_autoptr (GMenu) export = g_menu_new ();

  if (record != NULL)
    {
      append (open, _("Open _Details"), "page.details", "<Alt>Return");
      g_menu_append_section (menu, NULL, G_MENU_MODEL (open));
      append_filters (menu, record, field, fields, zone);
    }
  g_menu_append_submenu (sort, _("So_rt By"), sorts);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (sort));
  append (copy, _("_Copy"), "page.copy", "<Control>c");
  append (copy, _("Copy as CS_V"), "page.copy-csv", "<Control><Shift>c");
  append (copy, _("Select _All"), "page.select-all", "<Control>a");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (copy));
  if (has_selection)
    append (export, _("Export _Selected…"), "page.export-selected", "<Control><Shift>e");
  append (export, _("_Export These…"), "page.export", "<Control>e");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (export));
  return G_MENU_MODEL (menu);
}
