/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-command-transactions.h"

#include "cfoil-currency.h"
#include "cfoil-export-columns.h"
#include "cfoil-print-source.h"
#include "cfoil-row-reader.h"
#include "cfoil-time.h"

#include <glib/gi18n.h>
#include <string.h>

/* What a person sees of transactions unless asked; machines get all of it. */
static const char columns_for_people[] =
  "time,type,state,transaction_id,merchant_reference,currency,gross,fee_total,net,settlement_id,account";

/* --- rows of the list --- */

typedef struct
{
  CfoilPrintSource source;
  CfoilRowReader *rows; /* (owned) */
  const gint64 *ids;    /* (borrowed) */
  guint n_ids;
  guint next;
  GArray *fields;       /* (owned) (element-type CfoilField): two more than there are columns */
  GPtrArray *names;     /* (owned) (element-type utf8) */
  GString *text;        /* (owned): of the cell that was asked for last */
} ListSource;

/* As in the views: raw numbers say what they are. */
static char *
dup_name (CfoilField field)
{
  const CfoilFieldInfo *info = cfoil_field_get_info (field);

  switch (info->kind)
    {
    case CFOIL_FIELD_KIND_MONEY:
      return field == CFOIL_FIELD_FEE ? g_strdup ("fee_minor") : g_strconcat (info->name, "_minor", NULL);
    case CFOIL_FIELD_KIND_TIME:
      return field == CFOIL_FIELD_LAST_CHANGED ? g_strdup ("updated_at_us") : g_strconcat (info->name, "_us", NULL);
    case CFOIL_FIELD_KIND_NUMBER:
      return field == CFOIL_FIELD_FEE_RATE ? g_strconcat (info->name, "_ppm", NULL) : g_strdup (info->name);
    case CFOIL_FIELD_KIND_TEXT:
    case CFOIL_FIELD_KIND_ID:
    case CFOIL_FIELD_KIND_CODE:
    case CFOIL_FIELD_KIND_REF:
    case CFOIL_FIELD_KIND_FLAGS:
    default:
      return g_strdup (info->name);
    }
}

static CfoilField
field_at (CfoilPrintSource *source,
          guint             i)
{
  return g_array_index (((ListSource *) source)->fields, CfoilField, i);
}

static const char *
list_get_name (CfoilPrintSource *source,
               guint             i)
{
  return g_ptr_array_index (((ListSource *) source)->names, i);
}

static CfoilStep
list_step (CfoilPrintSource *source,
           GError          **error)
{
  ListSource *self = (ListSource *) source;

  if (self->next == self->n_ids)
    return CFOIL_STEP_DONE;
  return cfoil_row_reader_find (self->rows, self->ids[self->next++], error);
}

static CfoilValueType
list_get_type (CfoilPrintSource *source,
               guint             i)
{
  const CfoilRowValue *value = cfoil_row_reader_get (((ListSource *) source)->rows, i);
  CfoilFieldKind kind = cfoil_field_get_info (field_at (source, i))->kind;

  if (value->text == NULL && value->number == CFOIL_UNKNOWN)
    return CFOIL_VALUE_NULL;
  return value->text != NULL || kind == CFOIL_FIELD_KIND_CODE || kind == CFOIL_FIELD_KIND_FLAGS ? CFOIL_VALUE_TEXT
                                                                                                : CFOIL_VALUE_INTEGER;
}

static void
append_flags (GString *text,
              gint64   flags)
{
  for (guint bit = 0; bit < cfoil_export_n_flags (); bit++)
    if ((flags >> bit & 1) != 0)
      g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", cfoil_export_flag_word (bit));
}

static const char *
list_get_text (CfoilPrintSource *source,
               guint             i)
{
  ListSource *self = (ListSource *) source;
  const CfoilRowValue *value = cfoil_row_reader_get (self->rows, i);
  CfoilField field = field_at (source, i);
  CfoilFieldKind kind = cfoil_field_get_info (field)->kind;

  if (value->text != NULL)
    return value->text;
  if (kind == CFOIL_FIELD_KIND_CODE)
    return cfoil_field_code_name (field, value->number);
  g_string_truncate (self->text, 0);
  if (kind == CFOIL_FIELD_KIND_FLAGS)
    append_flags (self->text, value->number);
  else
    g_string_append_printf (self->text, "%" G_GINT64_FORMAT, value->number);
  return self->text->str;
}

static gint64
list_get_int64 (CfoilPrintSource *source,
                guint             i)
{
  return cfoil_row_reader_get (((ListSource *) source)->rows, i)->number;
}

static const char *
list_get_currency (CfoilPrintSource *source,
                   guint             i)
{
  guint place = source->n_columns + (field_at (source, i) == CFOIL_FIELD_PRESENTMENT_AMOUNT ? 1 : 0);

  return cfoil_row_reader_get (((ListSource *) source)->rows, place)->text;
}

static void
list_source_clear (ListSource *self)
{
  g_clear_pointer (&self->rows, cfoil_row_reader_free);
  g_clear_pointer (&self->fields, g_array_unref);
  g_clear_pointer (&self->names, g_ptr_array_unref);
  if (self->text != NULL)
    g_string_free (self->text, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ListSource, list_source_clear)

/* COLUMNS NULL: all. */
static gboolean
list_source_init (ListSource    *self,
                  CfoilDatabase *reader,
                  const char    *columns,
                  GError       **error)
{
  static const CfoilField currencies[] = { CFOIL_FIELD_CURRENCY, CFOIL_FIELD_PRESENTMENT_CURRENCY };

  self->names = g_ptr_array_new_with_free_func (g_free);
  self->text = g_string_new (NULL);
  if (columns != NULL)
    self->fields = cfoil_export_columns_parse (columns, error);
  else
    {
      self->fields = g_array_new (FALSE, FALSE, sizeof (CfoilField));
      for (guint i = 0; i < CFOIL_N_FIELDS; i++)
        {
          CfoilField field = (CfoilField) i;

          g_array_append_val (self->fields, field);
        }
    }
  if (self->fields == NULL)
    return FALSE;
  for (guint i = 0; i < self->fields->len; i++)
    g_ptr_array_add (self->names, dup_name (g_array_index (self->fields, CfoilField, i)));
  self->source = (CfoilPrintSource){
    .n_columns = self->fields->len,
    .get_name = list_get_name,
    .step = list_step,
    .get_type = list_get_type,
    .get_text = list_get_text,
    .get_int64 = list_get_int64,
    .get_currency = list_get_currency,
  };
  g_array_append_vals (self->fields, currencies, G_N_ELEMENTS (currencies));
  self->rows = cfoil_row_reader_new (reader, (const CfoilField *) (gpointer) self->fields->data, self->fields->len, error);
  return self->rows != NULL;
}

/* --- the commands --- */

static CfoilScanResult *
scan (CfoilCli            *cli,
      const CfoilCliQuery *query,
      CfoilDatabase       *reader,
      GError             **error)
{
  CfoilScanTime time = { query->zone, cfoil_time_now_us () };

  return cfoil_scan (reader, NULL, query->query, query->has_sort ? &query->sort : &cfoil_sort_default, &time,
                     cli->cancellable, error);
}

/* A reader with one snapshot for all that follows.  NULL: it has said why. */
static CfoilDatabase *
open_reader (CfoilCli     *cli,
             CfoilContext *context)
{
  g_autoptr (CfoilDatabase) reader = NULL;
  g_autoptr (GError) error = NULL;

  reader = cfoil_mirror_open_reader (cfoil_context_get_mirror (context), &error);
  if (reader != NULL)
    cfoil_database_set_cancellable (reader, cli->cancellable);
  if (reader != NULL && cfoil_database_exec (reader, "BEGIN", &error))
    return g_steal_pointer (&reader);
  cfoil_cli_fail (cli, error);
  return NULL;
}

static gboolean
print_list (CfoilCli            *cli,
            const CfoilCliQuery *query,
            CfoilDatabase       *reader,
            const char          *format,
            int                  limit,
            GError             **error)
{
  const char *columns = query->has_columns || !g_str_equal (format, "table") ? query->columns : columns_for_people;
  g_autoptr (CfoilScanResult) result = scan (cli, query, reader, error);
  g_auto (ListSource) source = { .n_ids = 0 };

  if (result == NULL || !list_source_init (&source, reader, columns, error))
    return FALSE;
  source.ids = (const gint64 *) (gpointer) result->ids->data;
  source.n_ids = limit > 0 ? MIN ((guint) limit, result->ids->len) : result->ids->len;
  return cfoil_print_source (cli, &source.source, format, error);
}

int
cfoil_list_transactions (CfoilCli      *cli,
                         CfoilCliQuery *query,
                         const char    *format,
                         int            limit)
{
  g_autoptr (CfoilContext) context = NULL;
  g_autoptr (CfoilDatabase) reader = NULL;
  g_autoptr (GError) error = NULL;
  int exit_code;

  if (!cfoil_cli_query_parse (query))
    return CFOIL_EXIT_USAGE;
  context = cfoil_cli_open (cli);
  if (context == NULL || (reader = open_reader (cli, context)) == NULL)
    return CFOIL_EXIT_FAILED;
  exit_code = cfoil_cli_query_resolve (query, cli, reader);
  if (exit_code != CFOIL_EXIT_DONE)
    return exit_code;
  return print_list (cli, query, reader, format, limit, &error) ? CFOIL_EXIT_DONE : cfoil_cli_fail (cli, error);
}

static void
add_total (CfoilPrintTable  *table,
           const CfoilTotal *total)
{
  const gint64 sums[] = { total->gross_minor, total->fee_minor, total->net_minor, total->refunded_minor };

  cfoil_print_table_add_text (table, total->currency);
  cfoil_print_table_add_number (table, (gint64) total->n_rows);
  for (guint i = 0; i < G_N_ELEMENTS (sums); i++)
    cfoil_print_table_add_number (table, total->is_overflown ? CFOIL_UNKNOWN : sums[i]);
  cfoil_print_table_add_number (table, (gint64) total->n_unknown_fees);
}

static gboolean
print_totals (CfoilCli            *cli,
              const CfoilCliQuery *query,
              CfoilDatabase       *reader,
              const char          *format,
              GError             **error)
{
  static const char *const names[] = { "currency", "row_count", "gross_minor", "fee_minor", "net_minor", "refunded_minor",
                                       "unknown_fee_count", NULL };
  g_autoptr (CfoilScanResult) result = scan (cli, query, reader, error);
  g_autoptr (CfoilPrintTable) table = cfoil_print_table_new (names, 0);

  if (result == NULL)
    return FALSE;
  for (guint i = 0; i < result->totals->len; i++)
    add_total (table, &g_array_index (result->totals, CfoilTotal, i));
  return cfoil_print_source (cli, cfoil_print_table_get_source (table), format, error);
}

int
cfoil_command_totals (CfoilCli *cli,
                      char    **argv)
{
  g_auto (CfoilCliQuery) query = { NULL };
  g_autoptr (CfoilContext) context = NULL;
  g_autoptr (CfoilDatabase) reader = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *format = NULL;
  int exit_code;
  const GOptionEntry entries[] = {
    CFOIL_CLI_QUERY_ENTRY (query),
    CFOIL_CLI_ZONE_ENTRY (query),
    { "format", 0, 0, G_OPTION_ARG_STRING, &format, N_ ("table, csv or json"), N_ ("FORMAT") },
    { NULL }
  };

  if (!cfoil_cli_parse (cli, &argv, "totals",
                        N_ ("Prints how many transactions there are and what they add up to, currency by currency: gross, "
                            "fees and net (what is not known yet is left out and counted), and what was refunded."),
                        entries, &exit_code))
    return exit_code;
  if (argv[0] != NULL)
    return cfoil_cli_usage (_ ("totals takes no further words; which transactions, is said by --query."));
  if (!cfoil_cli_read_format (cli, &format) || !cfoil_cli_query_parse (&query))
    return CFOIL_EXIT_USAGE;
  context = cfoil_cli_open (cli);
  if (context == NULL || (reader = open_reader (cli, context)) == NULL)
    return CFOIL_EXIT_FAILED;
  exit_code = cfoil_cli_query_resolve (&query, cli, reader);
  if (exit_code != CFOIL_EXIT_DONE)
    return exit_code;
  return print_totals (cli, &query, reader, format, &error) ? CFOIL_EXIT_DONE : cfoil_cli_fail (cli, error);
}
