/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-details-tags.h"

#include "cfoil-annotation.h"
#include "cfoil-search-flow.h"

#include <glib/gi18n.h>

struct _CfoilDetailsTags
{
  AdwBin parent_instance;

  CfoilSearchFlow *flow;
  GtkEntry *entry;
  GtkLabel *mistake;

  char **tags;      /* (owned) */
  GPtrArray *chips; /* (owned): GtkWidget, borrowed */
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void fill (CfoilDetailsTags *self);

G_DEFINE_FINAL_TYPE (CfoilDetailsTags, cfoil_details_tags, ADW_TYPE_BIN)

static void
take_tags (CfoilDetailsTags *self,
           char            **tags) /* (transfer full) */
{
  g_strfreev (self->tags);
  self->tags = tags;
  fill (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
remove_cb (GtkWidget        *chip,
           CfoilDetailsTags *self)
{
  const char *tag = g_object_get_data (G_OBJECT (chip), "tag");
  g_autoptr (GStrvBuilder) rest = g_strv_builder_new ();

  for (guint i = 0; self->tags[i] != NULL; i++)
    if (!g_str_equal (self->tags[i], tag))
      g_strv_builder_add (rest, self->tags[i]);
  /* The chip goes away, the focus not. */
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  take_tags (self, g_strv_builder_end (rest));
}

static GtkWidget *
chip_new (CfoilDetailsTags *self,
          const char       *tag)
{
  GtkWidget *chip = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (tag);
  GtkWidget *icon = gtk_image_new_from_icon_name ("window-close-symbolic");
  /* Translators: %s is a tag. */
  g_autofree char *text = g_strdup_printf (_("Remove the tag “%s”"), tag);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_button_set_child (GTK_BUTTON (chip), box);
  gtk_widget_add_css_class (chip, "tag-chip");
  gtk_widget_set_tooltip_text (chip, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (chip), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  g_object_set_data_full (G_OBJECT (chip), "tag", g_strdup (tag), g_free);
  g_signal_connect_object (chip, "clicked", G_CALLBACK (remove_cb), self, 0);
  return chip;
}

static void
fill (CfoilDetailsTags *self)
{
  for (guint i = 0; i < self->chips->len; i++)
    cfoil_search_flow_remove (self->flow, self->chips->pdata[i]);
  g_ptr_array_set_size (self->chips, 0);
  for (guint i = 0; self->tags[i] != NULL; i++)
    {
      GtkWidget *chip = chip_new (self, self->tags[i]);

      cfoil_search_flow_append (self->flow, chip);
      g_ptr_array_add (self->chips, chip);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->flow), self->chips->len > 0);
}

static void
set_mistake (CfoilDetailsTags *self,
             const char       *text)
{
  gtk_label_set_text (self->mistake, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->mistake), text != NULL);
  if (text != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->entry), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->entry), "error");
}

static void
add_cb (CfoilDetailsTags *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  g_autofree char *before = cfoil_tags_to_text (self->tags);
  g_autofree char *all = g_strconcat (before, ",", text, NULL);
  g_auto (GStrv) tags = cfoil_tags_parse (all, NULL);

  if (tags == NULL)
    {
      g_autofree char *mistake = g_strdup_printf (_("A tag has at most %d characters, and a transaction at most %d tags."),
                                                  CFOIL_TAG_MAX_LENGTH, CFOIL_MAX_TAGS);

      set_mistake (self, mistake);
      return;
    }
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  if (!g_strv_equal ((const char *const *) tags, (const char *const *) self->tags))
    take_tags (self, g_steal_pointer (&tags));
}

static void
typed_cb (CfoilDetailsTags *self)
{
  set_mistake (self, NULL);
}

static void
cfoil_details_tags_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), CFOIL_TYPE_DETAILS_TAGS);

  G_OBJECT_CLASS (cfoil_details_tags_parent_class)->dispose (object);
}

static void
cfoil_details_tags_finalize (GObject *object)
{
  CfoilDetailsTags *self = CFOIL_DETAILS_TAGS (object);

  g_strfreev (self->tags);
  g_ptr_array_unref (self->chips);

  G_OBJECT_CLASS (cfoil_details_tags_parent_class)->finalize (object);
}

static void
cfoil_details_tags_class_init (CfoilDetailsTagsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = cfoil_details_tags_dispose;
  object_class->finalize = cfoil_details_tags_finalize;

  signals[CHANGED] = g_signal_new ("changed", CFOIL_TYPE_DETAILS_TAGS, G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (CFOIL_TYPE_SEARCH_FLOW);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/counterfoil/Counterfoil/ui/cfoil-details-tags.ui");
  gtk_widget_class_bind_template_child (widget_class, CfoilDetailsTags, flow);
  gtk_widget_class_bind_template_child (widget_class, CfoilDetailsTags, entry);
  gtk_widget_class_bind_template_child (widget_class, CfoilDetailsTags, mistake);
  gtk_widget_class_bind_template_callback (widget_class, add_cb);
  gtk_widget_class_bind_template_callback (widget_class, typed_cb);
}

static void
cfoil_details_tags_init (CfoilDetailsTags *self)
{
  self->tags = g_new0 (char *, 1);
  self->chips = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
cfoil_details_tags_set_tags (CfoilDetailsTags *self,
                             char            **tags)
{
  g_return_if_fail (CFOIL_IS_DETAILS_TAGS (self));
  g_return_if_fail (tags != NULL);

  if (g_strv_equal ((const char *const *) tags, (const char *const *) self->tags))
    return;
  g_strfreev (self->tags);
  self->tags = g_strdupv (tags);
  fill (self);
}

char **
cfoil_details_tags_get_tags (CfoilDetailsTags *self)
{
  g_return_val_if_fail (CFOIL_IS_DETAILS_TAGS (self), NULL);

  return self->tags;
}

void
cfoil_details_tags_flush (CfoilDetailsTags *self)
{
  g_return_if_fail (CFOIL_IS_DETAILS_TAGS (self));

  add_cb (self);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  set_mistake (self, NULL);
}
