/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "cfoil-case.h"
#include <gio/gio.h>
#define NO(type, value) { g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "Cases are not there yet"); return value; }
#define UNUSED __attribute__ ((unused))
GPtrArray *cfoil_case_list_sources (CfoilDatabase *d UNUSED, gint64 id UNUSED, GError **error) NO (,NULL)
GPtrArray *cfoil_case_list_events (CfoilDatabase *d UNUSED, gint64 id UNUSED, GError **error) NO (,NULL)
const char *cfoil_case_who (void) { return g_get_user_name (); }
gboolean cfoil_case_add_event (CfoilMirror *m UNUSED, gint64 id UNUSED, const char *k UNUSED, const char *t UNUSED, const char *d UNUSED, GError **error) NO (,FALSE)
gboolean cfoil_case_set_handler (CfoilMirror *m UNUSED, gint64 id UNUSED, const char *h UNUSED, GError **error) NO (,FALSE)
gboolean cfoil_case_add (CfoilMirror *m UNUSED, const CfoilCaseWords *w UNUSED, const char *r UNUSED, const char *d UNUSED, gint64 *id UNUSED, GError **error) NO (,FALSE)
gboolean cfoil_case_say (CfoilMirror *m UNUSED, gint64 id UNUSED, const CfoilCaseWords *w UNUSED, GError **error) NO (,FALSE)
gboolean cfoil_case_set_dispute_id (CfoilMirror *m UNUSED, gint64 id UNUSED, const char *d UNUSED, gint64 *o UNUSED, GError **error) NO (,FALSE)
gboolean cfoil_case_set_product (CfoilMirror *m UNUSED, gint64 id UNUSED, CfoilProduct p UNUSED, GError **error) NO (,FALSE)
gboolean cfoil_case_remove (CfoilMirror *m UNUSED, gint64 id UNUSED, GError **error) NO (,FALSE)
const guint cfoil_reminder_stages[] = { 120, 72, 24, 4, 0 };
void cfoil_reminder_free (CfoilReminder *r) { if (r == NULL) return; cfoil_case_unref (r->record); g_free (r); }
GPtrArray *cfoil_reminder_list_due (CfoilDatabase *d UNUSED, gint64 n UNUSED, gint64 *next, GError **error UNUSED) { *next = CFOIL_UNKNOWN; return g_ptr_array_new_with_free_func ((GDestroyNotify) cfoil_reminder_free); }
gboolean cfoil_reminder_mark_shown (CfoilMirror *m UNUSED, gint64 id UNUSED, guint s UNUSED, gint64 n UNUSED, GError **error) NO (,FALSE)
gboolean cfoil_reminder_snooze (CfoilMirror *m UNUSED, gint64 id UNUSED, gint64 n UNUSED, GError **error) NO (,FALSE)
void cfoil_case_source_free (CfoilCaseSource *s) { if (s == NULL) return; g_free (s->route); g_free (s->detail); g_free (s); }
void cfoil_case_event_free (CfoilCaseEvent *e) { if (e == NULL) return; g_free (e->who); g_free (e->kind); g_free (e->text); g_free (e->detail); g_free (e); }
