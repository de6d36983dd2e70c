/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-report-watch.h"

#include "cfoil-words.h"

struct _CfoilReportWatch
{
  GtkWidget *view;       /* (borrowed) */
  CfoilBanner *banner;   /* (borrowed) */
  CfoilReaderFunc read;
  GDestroyNotify free_result;
  CfoilReportWatchFunc take;

  CfoilWorkspace *workspace;    /* (owned) (nullable) */
  GSignalGroup *reader_signals; /* (owned) */
  GCancellable *cancellable;    /* (owned) (nullable): of what is read */
  gulong mapped_id;
  gboolean is_stale;
};

/* While it is read the watch may go; then its cancellable was cancelled, and it is not looked at. */
typedef struct
{
  CfoilReportWatch *watch;   /* (borrowed) */
  GtkWidget *view;           /* (owned) */
  GCancellable *cancellable; /* (owned) */
  GDestroyNotify free_result;
} Reading;

static void
reading_free (Reading *reading)
{
  g_object_unref (reading->view);
  g_object_unref (reading->cancellable);
  g_free (reading);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reading, reading_free)

static void read_again (CfoilReportWatch *self);

static void
take_result (CfoilReportWatch *self,
             GtkWidget        *view,
             gpointer          answer,
             const GError     *error)
{
  g_clear_object (&self->cancellable);
  if (answer != NULL)
    self->take (view, answer);
  else
    {
      cfoil_banner_set_text (self->banner, cfoil_words_error (error));
      cfoil_banner_set_tooltip (self->banner, error->message);
    }
  if (self->is_stale && gtk_widget_get_mapped (self->view))
    read_again (self);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (Reading) reading = user_data;
  g_autoptr (GError) error = NULL;
  gpointer answer = cfoil_reader_run_finish (result, &error);

  if (g_cancellable_is_cancelled (reading->cancellable) || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      if (answer != NULL)
        reading->free_result (answer);
      return;
    }
  take_result (reading->watch, reading->view, answer, error);
}

static void
stop (CfoilReportWatch *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

/* What is being read is not given up for what is newer: during a sync that would go on and on. */
static void
read_again (CfoilReportWatch *self)
{
  Reading *reading;

  if (self->workspace == NULL || self->cancellable != NULL)
    return;
  self->is_stale = FALSE;
  self->cancellable = g_cancellable_new ();
  reading = g_new0 (Reading, 1);
  reading->watch = self;
  reading->view = g_object_ref (self->view);
  reading->cancellable = g_object_ref (self->cancellable);
  reading->free_result = self->free_result;
  cfoil_reader_run_async (cfoil_workspace_get_reader (self->workspace), CFOIL_READER_STATUS, self->read,
                          g_object_ref (cfoil_workspace_get_context (self->workspace)), g_object_unref, self->free_result,
                          self->cancellable, read_cb, reading);
}

static void
changed_cb (CfoilReader *reader,
            gpointer     user_data)
{
  CfoilReportWatch *self = user_data;

  self->is_stale = TRUE;
  if (gtk_widget_get_mapped (self->view))
    read_again (self);
}

static void
mapped_cb (GtkWidget *view,
           gpointer   user_data)
{
  CfoilReportWatch *self = user_data;

  if (self->is_stale)
    read_again (self);
}

CfoilReportWatch *
cfoil_report_watch_new (GtkWidget           *view,
                        CfoilBanner         *banner,
                        CfoilReaderFunc      read,
                        GDestroyNotify       free_result,
                        CfoilReportWatchFunc take)
{
  CfoilReportWatch *self = g_new0 (CfoilReportWatch, 1);

  self->view = view;
  self->banner = banner;
  self->read = read;
  self->free_result = free_result;
  self->take = take;
  self->reader_signals = g_signal_group_new (CFOIL_TYPE_READER);
  g_signal_group_connect (self->reader_signals, "changed", G_CALLBACK (changed_cb), self);
  self->mapped_id = g_signal_connect (view, "map", G_CALLBACK (mapped_cb), self);
  return self;
}

void
cfoil_report_watch_free (CfoilReportWatch *self)
{
  stop (self);
  g_signal_group_set_target (self->reader_signals, NULL);
  g_object_unref (self->reader_signals);
  g_signal_handler_disconnect (self->view, self->mapped_id);
  g_clear_object (&self->workspace);
  g_free (self);
}

void
cfoil_report_watch_set_workspace (CfoilReportWatch *self,
                                  CfoilWorkspace   *workspace)
{
  stop (self);
  g_set_object (&self->workspace, workspace);
  g_signal_group_set_target (self->reader_signals, workspace != NULL ? cfoil_workspace_get_reader (workspace) : NULL);
  cfoil_banner_set_text (self->banner, NULL);
  changed_cb (NULL, self);
}
