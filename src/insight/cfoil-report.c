/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-report-private.h"

#include "cfoil-error.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>

#define TIMES "day", "week", "month", "quarter", "year"

static const char *const by_time_and_store[] = { TIMES, "store", NULL };
static const char *const by_time_store_and_reason[] = { TIMES, "store", "reason", NULL };
static const char *const by_time_reason_and_outcome[] = { TIMES, "reason", "outcome", NULL };
static const char *const by_settlement[] = { "settlement", NULL };
static const char *const by_month_and_country[] = { "month", "quarter", "year", NULL };
static const char *const by_customer[] = { "customer", NULL };

static const struct
{
  CfoilReportInfo info;
  ReportFunc func;
} reports[CFOIL_N_REPORTS] = {
  [CFOIL_REPORT_SALES] = {
    { "sales", N_ ("Sales Summary"), N_ ("Payments, refunds, fees, dispute losses, and what remains of them."), by_time_and_store },
    _cfoil_report_sales },
  [CFOIL_REPORT_FEES] = {
    { "fees", N_ ("Fees"), N_ ("What the provider charged, what it gave back, and how much that is of the sales."), by_time_and_store },
    _cfoil_report_fees },
  [CFOIL_REPORT_REFUNDS] = {
    { "refunds", N_ ("Refunds"), N_ ("How many refunds were made, how much they were, and which were declined."),
      by_time_store_and_reason },
    _cfoil_report_refunds },
  [CFOIL_REPORT_DISPUTES] = {
    { "disputes", N_ ("Disputes"), N_ ("Disputes by the day on which they were opened, and what became of them."),
      by_time_reason_and_outcome },
    _cfoil_report_disputes },
  [CFOIL_REPORT_SETTLEMENTS] = {
    { "settlements", N_ ("Settlement Proof"), N_ ("What each settlement is made of, and whether it adds up to what was paid out."),
      by_settlement },
    _cfoil_report_settlements },
  [CFOIL_REPORT_TAX] = {
    { "tax", N_ ("Tax Period"), N_ ("Sales and refunds by the customers’ countries, for the tax return."), by_month_and_country },
    _cfoil_report_tax },
  [CFOIL_REPORT_CUSTOMERS] = {
    { "customers", N_ ("Customers"), N_ ("Who bought, was refunded and disputed, the best customers first."), by_customer },
    _cfoil_report_customers },
  [CFOIL_REPORT_RECONCILIATION] = {
    { "reconciliation", N_ ("Reconciliation"), N_ ("From sales to settlements, payouts and the bank account, and where they differ."),
      by_settlement },
    _cfoil_report_reconciliation },
};

const CfoilReportInfo *
cfoil_report_get_info (CfoilReportKind kind)
{
  g_return_val_if_fail ((int) kind >= 0 && kind < CFOIL_N_REPORTS, NULL);

  return &reports[kind].info;
}

gboolean
cfoil_report_from_string (const char      *name,
                          CfoilReportKind *kind)
{
  for (guint i = 0; name != NULL && i < CFOIL_N_REPORTS; i++)
    if (g_str_equal (reports[i].info.name, name))
      {
        *kind = (CfoilReportKind) i;
        return TRUE;
      }
  return FALSE;
}

/* --- definitions --- */

void
cfoil_report_definition_free (CfoilReportDefinition *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_strfreev (self->accounts);
  g_free (self->period);
  g_free (self->group);
  g_free (self->currency);
  g_free (self);
}

CfoilReportDefinition *
cfoil_report_definition_copy (const CfoilReportDefinition *self)
{
  CfoilReportDefinition *copy = g_new0 (CfoilReportDefinition, 1);

  copy->kind = self->kind;
  copy->name = g_strdup (self->name);
  copy->accounts = g_strdupv (self->accounts);
  copy->period = g_strdup (self->period);
  copy->group = g_strdup (self->group);
  copy->currency = g_strdup (self->currency);
  return copy;
}

char *
cfoil_report_definition_to_title (const CfoilReportDefinition *self,
                                  gint32                       today)
{
  const char *title = _ (reports[self->kind].info.title);
  g_autofree char *of = NULL;
  CfoilPeriod period;

  if (self->name != NULL)
    return g_strdup (self->name);
  if (!cfoil_period_parse (self->period, today, &period, NULL))
    return g_strdup (title);
  of = cfoil_period_to_title (&period);
  /* Translators: a report and its period: "Sales Summary – October 2026" */
  return g_strdup_printf (C_ ("report", "%s – %s"), title, of);
}

static void
add_member (JsonBuilder *builder,
            const char  *name,
            const char  *text)
{
  if (text == NULL)
    return;
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, text);
}

char *
cfoil_report_definition_to_json (const CfoilReportDefinition *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  add_member (builder, "report", reports[self->kind].info.name);
  add_member (builder, "period", self->period);
  add_member (builder, "group", self->group);
  add_member (builder, "currency", self->currency);
  if (self->accounts != NULL)
    {
      json_builder_set_member_name (builder, "accounts");
      json_builder_begin_array (builder);
      for (guint i = 0; self->accounts[i] != NULL; i++)
        json_builder_add_string_value (builder, self->accounts[i]);
      json_builder_end_array (builder);
    }
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}

static char *
dup_member (JsonObject *object,
            const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING ? g_strdup (json_node_get_string (node)) : NULL;
}

static char **
dup_accounts (JsonObject *object)
{
  JsonNode *node = json_object_get_member (object, "accounts");
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  if (array == NULL)
    return NULL;
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *name = json_array_get_element (array, i);

      if (json_node_get_value_type (name) == G_TYPE_STRING)
        g_ptr_array_add (names, g_strdup (json_node_get_string (name)));
    }
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_steal (names, NULL);
}

CfoilReportDefinition *
cfoil_report_definition_from_json (const char *json,
                                   GError    **error)
{
  g_autoptr (CfoilReportDefinition) self = g_new0 (CfoilReportDefinition, 1);
  g_autoptr (JsonNode) root = json_from_string (json, NULL);
  JsonObject *object = root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  g_autofree char *report = object != NULL ? dup_member (object, "report") : NULL;

  if (!cfoil_report_from_string (report, &self->kind))
    {
      g_set_error_literal (error, CFOIL_INPUT_ERROR, CFOIL_INPUT_ERROR_SYNTAX, "This is not the definition of a report");
      return NULL;
    }
  self->period = dup_member (object, "period");
  if (self->period == NULL)
    self->period = g_strdup ("lastmonth");
  self->group = dup_member (object, "group");
  self->currency = dup_member (object, "currency");
  self->accounts = dup_accounts (object);
  return g_steal_pointer (&self);
}

/* --- running --- */

CfoilTable *
cfoil_report_run (CfoilDatabase               *database,
                  const CfoilReportDefinition *definition,
                  gint64                       now_us,
                  GCancellable                *cancellable,
                  GError                     **error)
{
  CfoilReportRun run = { 0 };
  g_autoptr (CfoilTable) table = NULL;
  gboolean is_snapshot;

  /* All of it tells of one moment. */
  is_snapshot = !cfoil_database_in_transaction (database);
  if (is_snapshot && !cfoil_database_exec (database, "BEGIN", error))
    return NULL;
  cfoil_database_set_cancellable (database, cancellable);
  if (_cfoil_report_run_init (&run, database, definition, now_us, cancellable, error))
    table = reports[definition->kind].func (&run, error);
  if (table != NULL && !_cfoil_report_run_add_notes (&run, table, error))
    g_clear_pointer (&table, cfoil_table_unref);
  _cfoil_report_run_clear (&run);
  cfoil_database_set_cancellable (database, NULL);
  if (is_snapshot)
    cfoil_database_exec (database, "ROLLBACK", NULL);
  return g_steal_pointer (&table);
}
