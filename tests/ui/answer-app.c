/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-answer-window.h"
#include "cfoil-case.h"
#include "cfoil-log.h"
#include "cfoil-sender.h"
#include "cfoil-ui-resources.h"

#include <glib/gi18n.h>
#include <locale.h>

/* The window of one answer and nothing else: answer-app FOLDER CASE [STEP], where CASE is
 * what cfoil_case_find () takes. */

typedef struct
{
  const char *folder;
  const char *id;
  const char *step; /* (nullable) */
  GtkApplication *application;
  CfoilWorkspace *workspace;
} App;

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  App *app = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CfoilDatabase) database = NULL;
  g_autoptr (CfoilCase) record = NULL;

  app->workspace = cfoil_workspace_open_finish (result, &error);
  if (app->workspace != NULL)
    database = cfoil_mirror_open_reader (cfoil_context_get_mirror (cfoil_workspace_get_context (app->workspace)), &error);
  if (database != NULL)
    record = cfoil_case_find (database, app->id, &error);
  if (record == NULL)
    g_printerr ("%s\n", error->message);
  else
    {
      cfoil_sender_get (app->workspace);
      cfoil_workspace_set_time_zone_name (app->workspace, "UTC");
      cfoil_answer_window_open (app->application, app->workspace, record->case_id, app->step);
    }
  g_application_release (G_APPLICATION (app->application));
}

static void
activate_cb (App *app)
{
  g_application_hold (G_APPLICATION (app->application));
  cfoil_workspace_open_async (app->folder, FALSE, NULL, opened_cb, app);
}

int
main (int    argc,
      char **argv)
{
  App app = { 0 };
  int status;

  if (argc < 3)
    return 2;
  setlocale (LC_ALL, "");
  textdomain (GETTEXT_PACKAGE);
  cfoil_log_init ();
  g_set_prgname ("counterfoil");
  g_set_application_name ("Counterfoil");
  g_resources_register (cfoil_ui_get_resource ());
  app.folder = argv[1];
  app.id = argv[2];
  app.step = argv[3];
  app.application = GTK_APPLICATION (g_object_new (ADW_TYPE_APPLICATION, "application-id", CFOIL_APPLICATION_ID, "flags",
                                                   G_APPLICATION_NON_UNIQUE, "resource-base-path",
                                                   "/io/github/counterfoil/Counterfoil", NULL));
  g_signal_connect_swapped (app.application, "activate", G_CALLBACK (activate_cb), &app);
  status = g_application_run (G_APPLICATION (app.application), 1, argv);
  if (app.workspace != NULL)
    cfoil_workspace_close (app.workspace);
  g_clear_object (&app.workspace);
  g_object_unref (app.application);
  return status;
}
