/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-application.h"
#include "cfoil-log.h"
#include "cfoil-ui-resources.h"

#include <glib/gi18n.h>
#include <locale.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

/* Lists of a million ids come and go.  By default the allocator learns from them to
 * keep such pieces for ever; here they are given back. */
static void
give_back_large_pieces (void)
{
#ifdef __GLIBC__
  mallopt (M_MMAP_THRESHOLD, 256 * 1024);
  mallopt (M_TRIM_THRESHOLD, 1024 * 1024);
  mallopt (M_ARENA_MAX, 4);
#endif
}

/* Without its settings the program would end in the middle of something. */
static gboolean
has_settings (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, CFOIL_APPLICATION_ID, TRUE);
  return schema != NULL;
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (CfoilApplication) application = NULL;
  int status;

  give_back_large_pieces ();
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, CFOIL_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  cfoil_log_init ();
  g_set_application_name ("Counterfoil");

  if (!has_settings ())
    {
      g_printerr (_("Counterfoil is not installed completely: its settings schema is missing.\n"));
      return 1;
    }
  g_resources_register (cfoil_ui_get_resource ());
  application = cfoil_application_new ();
  status = g_application_run (G_APPLICATION (application), argc, argv);
  return cfoil_application_has_failed (application) ? 1 : status;
}
