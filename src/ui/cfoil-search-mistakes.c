/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-search-mistakes.h"

#include "cfoil-shown-text.h"

static PangoAttribute *
new_underline_color (GtkWidget *widget,
                     guint      start,
                     guint      end)
{
  GdkRGBA color = { 0.75f, 0.1f, 0.16f, 1 };
  PangoAttribute *attribute;

  gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), "error_color", &color);
  attribute = pango_attr_underline_color_new ((guint16) (color.red * 65535), (guint16) (color.green * 65535),
                                              (guint16) (color.blue * 65535));
  attribute->start_index = start;
  attribute->end_index = end;
  return attribute;
}

static void
underline (PangoAttrList *attributes,
           GtkWidget     *widget,
           guint          start,
           guint          end)
{
  PangoAttribute *line = pango_attr_underline_new (PANGO_UNDERLINE_ERROR);

  line->start_index = start;
  line->end_index = end;
  pango_attr_list_insert (attributes, line);
  pango_attr_list_insert (attributes, new_underline_color (widget, start, end));
}

static void
tell (GtkEntry   *entry,
      GtkLabel   *label,
      const char *message)
{
  GtkAccessible *accessible = GTK_ACCESSIBLE (entry);

  if (message == NULL && !gtk_widget_get_visible (GTK_WIDGET (label)))
    return;
  gtk_label_set_text (label, message != NULL ? message : "");
  gtk_widget_set_visible (GTK_WIDGET (label), message != NULL);
  if (message != NULL)
    {
      gtk_accessible_update_property (accessible, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, message, -1);
      gtk_accessible_update_state (accessible, GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_TRUE, -1);
      return;
    }
  gtk_accessible_reset_property (accessible, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
  gtk_accessible_reset_state (accessible, GTK_ACCESSIBLE_STATE_INVALID);
}

gboolean
cfoil_search_mistakes_show (GtkEntry         *entry,
                            GtkLabel         *label,
                            const CfoilQuery *query,
                            guint             cursor,
                            const char       *extra)
{
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  g_autofree char *message = NULL;
  gboolean is_partial = FALSE;

  for (guint i = 0; i < cfoil_query_get_n_mistakes (query); i++)
    {
      const CfoilQueryMistake *mistake = cfoil_query_get_mistake (query, i);

      if (mistake->start <= cursor && cursor <= mistake->end)
        {
          is_partial = TRUE;
          continue;
        }
      underline (attributes, GTK_WIDGET (entry), mistake->start, mistake->end);
      if (message == NULL)
        message = cfoil_shown_text (mistake->message);
    }
  gtk_entry_set_attributes (entry, attributes);
  tell (entry, label, message != NULL ? message : extra);
  return is_partial;
}
