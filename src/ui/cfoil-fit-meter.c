/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-fit-meter.h"

#include "cfoil-fit-words.h"
#include "cfoil-words.h"

#include <glib/gi18n.h>

/* From here on, in per cent, a limit is nearly reached. */
#define NEARLY 90

typedef enum { BYTES, PAGES, CHARACTERS, FILES, N_CELLS } Kind;

typedef struct
{
  GtkWidget *box;
  GtkLabel *value;
  GtkProgressBar *bar;
} Cell;

struct _CfoilFitMeter
{
  AdwBin parent_instance;

  GtkFlowBox *cells;
  GtkMenuButton *about;
  GtkLabel *destination;
  GtkLabel *rules;
  GtkLabel *source;

  Cell parts[N_CELLS];
};

static const char *const titles[N_CELLS] = { N_ ("Size"), N_ ("Pages"), N_ ("Longest Text"), N_ ("Files") };

G_DEFINE_FINAL_TYPE (CfoilFitMeter, cfoil_fit_meter, ADW_TYPE_BIN)

/* --- words --- */

static char *
dup_amount (Kind     kind,
            gint64   amount,
            gboolean is_used)
{
  return kind == BYTES ? cfoil_fit_words_bytes (amount, is_used) : cfoil_words_number (amount);
}

/* "About 1.2 MB of 10 MB" */
static char *
dup_use (Kind            kind,
         gint64          used,
         gint64          max,
         gboolean        is_exact)
{
  g_autofree char *amount = dup_amount (kind, used, TRUE);
  g_autofree char *limit = max != CFOIL_UNKNOWN ? dup_amount (kind, max, FALSE) : NULL;

  if (limit == NULL)
    /* Translators: how much of something there is, not known exactly. */
    return is_exact ? g_steal_pointer (&amount) : g_strdup_printf (_("About %s"), amount);
  /* Translators: how much is used, and how much may be. */
  return g_strdup_printf (is_exact ? _("%s of %s") : _("About %s of %s"), amount, limit);
}

static void
show_cell (CfoilFitMeter *self,
           Kind           kind,
           gint64         used,
           gint64         max,
           gboolean       is_exact)
{
  Cell *cell = &self->parts[kind];
  gboolean is_over = max != CFOIL_UNKNOWN && used > max;
  gboolean is_near = max != CFOIL_UNKNOWN && !is_over && used > max / 100 * NEARLY + max % 100 * NEARLY / 100;
  g_autofree char *use = dup_use (kind, used, max, is_exact);
  g_autofree char *text = NULL;

  if (is_over)
    /* Translators: %s is for instance "12 MB of 10 MB". */
    text = g_strdup_printf (_("Too much: %s"), use);
  else if (is_near)
    text = g_strdup_printf (_("Nearly full: %s"), use);
  else
    text = g_steal_pointer (&use);
  gtk_label_set_text (cell->value, text);
  gtk_widget_set_tooltip_text (cell->box, text);
  gtk_progress_bar_set_fraction (cell->bar, max > 0 ? CLAMP ((double) used / (double) max, 0, 1) : 0);
  gtk_widget_set_visible (GTK_WIDGET (cell->bar), max != CFOIL_UNKNOWN);
  gtk_widget_remove_css_class (cell->box, "over");
  gtk_widget_remove_css_class (cell->box, "near");
  if (is_over || is_near)
    gtk_widget_add_css_class (cell->box, is_over ? "over" : "near");
  gtk_accessible_update_property (GTK_ACCESSIBLE (cell->bar), GTK_ACCESSIBLE_PROPERTY_LABEL, _(titles[kind]),
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, text, -1);
}

static void
add_rule (GString    *rules,
          const char *format,
          Kind        kind,
          gint64      limit)
{
  g_autofree char *amount = limit != CFOIL_UNKNOWN ? dup_amount (kind, limit, FALSE) : NULL;

  if (amount == NULL)
    return;
  if (rules->len > 0)
    g_string_append_c (rules, '\n');
  g_string_append_printf (rules, format, amount);
}

static void
show_rules (CfoilFitMeter     *self,
            const CfoilLimits *limits)
{
  g_autoptr (GString) rules = g_string_new (NULL);
  g_autofree char *types = g_strjoinv (", ", limits->file_types);
  g_autofree char *source = NULL;

  add_rule (rules, _("One file: at most %s"), BYTES, limits->file_bytes);
  add_rule (rules, _("All files together: at most %s"), BYTES, limits->packet_bytes);
  add_rule (rules, _("Pages of the packet: at most %s"), PAGES, limits->pages);
  add_rule (rules, _("Characters of one text: at most %s"), CHARACTERS, limits->text_characters);
  add_rule (rules, _("Characters of all texts: at most %s"), CHARACTERS, limits->all_characters);
  add_rule (rules, _("Files: at most %s"), FILES, limits->files);
  if (rules->len > 0)
    g_string_append_c (rules, '\n');
  /* Translators: %s is a list of names such as "pdf, jpg, png". */
  g_string_append_printf (rules, _("Types of files: %s"), types);
  if (limits->is_changed)
    source = g_strdup_printf (_("Some were changed in the preferences. As shipped: %s, %s."), _(limits->source), limits->date);
  else if (limits->is_confirmed)
    source = g_strdup_printf (_("Source: %s, %s. They can be changed in the preferences."), _(limits->source), limits->date);
  else
    source = g_strdup_printf (_("A cautious guess: %s, %s. They can be changed in the preferences."),
                              _(limits->source), limits->date);
  gtk_label_set_text (self->destination, _(limits->title));
  gtk_label_set_text (self->rules, rules->str);
  gtk_label_set_text (self->source, source);
}

/* --- GObject --- */

static void
build_cell (CfoilFitMeter *self,
            Kind           kind)
{
  Cell *cell = &self->parts[kind];
  GtkWidget *title = gtk_label_new (_(titles[kind]));
  GtkWidget *child = gtk_flow_box_child_new ();

  cell->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  cell->value = GTK_LABEL (gtk_label_new ("\u2014"));
  cell->bar = GTK_PROGRESS_BAR (gtk_progress_bar_new ());
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_add_css_class (title, "caption");
  gtk_widget_add_css_class (title, "dim-label");
  gtk_label_set_xalign (cell->value, 0);
  gtk_label_set_ellipsize (cell->value, PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (GTK_WIDGET (cell->value), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (cell->value), "numeric");
  gtk_widget_add_css_class (cell->box, "fit-cell");
  gtk_box_append (GTK_BOX (cell->box), title);
  gtk_box_append (GTK_BOX (cell->box), GTK_WIDGET (cell->value));
  gtk_box_append (GTK_BOX (cell->box), GTK_WIDGET (cell->bar));
  gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child), cell->box);
  gtk_widget_set_focusable (child, FALSE);
  gtk_flow_box_append (self->cells, child);
}

static void
cfoil_fit_meter_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), CFOIL_TYPE_FIT_METER);

  G_OBJECT_CLASS (cfoil_fit_meter_parent_class)->dispose (object);
}

static void
cfoil_fit_meter_class_init (CfoilFitMeterClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cfoil_fit_meter_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/counterfoil/Counterfoil/ui/cfoil-fit-meter.ui");
  gtk_widget_class_bind_template_child (widget_class, CfoilFitMeter, cells);
  gtk_widget_class_bind_template_child (widget_class, CfoilFitMeter, about);
  gtk_widget_class_bind_template_child (widget_class, CfoilFitMeter, destination);
  gtk_widget_class_bind_template_child (widget_class, CfoilFitMeter, rules);
  gtk_widget_class_bind_template_child (widget_class, CfoilFitMeter, source);
}

static void
cfoil_fit_meter_init (CfoilFitMeter *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < N_CELLS; i++)
    build_cell (self, i);
}

void
cfoil_fit_meter_show (CfoilFitMeter     *self,
                      const CfoilFit    *fit,
                      const CfoilLimits *limits)
{
  g_return_if_fail (CFOIL_IS_FIT_METER (self));

  gtk_widget_set_sensitive (GTK_WIDGET (self->about), limits != NULL);
  if (limits != NULL)
    show_rules (self, limits);
  if (fit == NULL)
    return;
  show_cell (self, BYTES, fit->bytes, fit->max_bytes, fit->bytes_are_exact);
  show_cell (self, PAGES, fit->pages, fit->max_pages, TRUE);
  show_cell (self, CHARACTERS, fit->characters, fit->max_characters, TRUE);
  show_cell (self, FILES, fit->files, fit->max_files, TRUE);
}
