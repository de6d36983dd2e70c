/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bench-figures.h"
#include "scan-mirror.h"

#include "cfoil-scan.h"
#include "cfoil-time.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* bench-query [--count N] [--seed N] FOLDER: how long queries take over the mirror in
 * FOLDER, which is only read.  With --smoke over a small one of its own.
 *
 * A sample is what happens between a keystroke and an answer: the text is parsed, ids
 * and sums are found, and the first screenful of rows is read.  Warm: within one
 * process, one query after the other.  Cold: each in a process of its own, which has
 * shown the whole list, newest first, after the kernel was asked to forget the file;
 * and that first list, too. */

#define GOAL_MS 50
#define SORT_GOAL_MS 300
#define GOALS_HOLD_UP_TO 1500000 /* rows */
#define SCREENFUL 50
#define N_ORDERS_EACH 5

typedef enum
{
  KIND_WORD,
  KIND_LETTER,
  KIND_TWO_LETTERS,
  KIND_THREE_LETTERS,
  KIND_ID_PART,
  KIND_AMOUNT,
  KIND_DATE,
  KIND_STATE,
  N_KINDS,
} Kind;

static const char *const kind_names[N_KINDS] = {
  "word", "1 letter", "2 letters", "3 letters", "id part", "amount", "date", "state",
};

static const char *const orders[] = {
  "transaction_id", "-gross", "net", "fee_total", "merchant_reference", "-buyer_name", "settlement_id", "description", "state",
};

typedef struct
{
  CfoilMirror *mirror;     /* (owned) */
  CfoilDatabase *database; /* (owned) */
  CfoilScanCache *cache;   /* (owned) */
  CfoilStatement *row;     /* (owned) */
  GTimeZone *zone;         /* (owned) */
  gint64 newest_us;        /* "today" */
} Reader;

/* What queries are made of. */
typedef struct
{
  GRand *random;       /* (owned) */
  GPtrArray *words;    /* (owned) (element-type utf8) */
  GPtrArray *ids;      /* (owned) (element-type utf8) */
  gint64 first_us, last_us;
  gint64 n_rows;
} Pool;

static void
die (const GError *error)
{
  if (error == NULL)
    return;
  fprintf (stderr, "bench-query: %s\n", error->message);
  exit (1);
}

/* --- a mirror --- */

static char *
row_sql (void)
{
  GString *sql = g_string_new ("SELECT t.txn_id");

  for (guint field = 0; field < CFOIL_N_FIELDS; field++)
    {
      const CfoilFieldInfo *info = cfoil_field_get_info (field);

      g_string_append_printf (sql, ", %s", info->shown_sql != NULL ? info->shown_sql : info->value_sql);
    }
  g_string_append (sql, " FROM " CFOIL_FIELD_FROM "WHERE t.txn_id = ?1");
  return g_string_free (sql, FALSE);
}

static gint64
get_number (Reader     *reader,
            const char *sql)
{
  GError *error = NULL;
  gint64 value = 0;

  cfoil_database_get_int64 (reader->database, sql, &value, &error);
  die (error);
  return value;
}

static Reader *
reader_open (const char *folder)
{
  Reader *reader = g_new0 (Reader, 1);
  g_autofree char *sql = row_sql ();
  GError *error = NULL;

  reader->mirror = cfoil_mirror_open (folder, &error);
  die (error);
  reader->database = cfoil_mirror_open_reader (reader->mirror, &error);
  die (error);
  reader->row = cfoil_database_prepare (reader->database, sql, &error);
  die (error);
  reader->cache = cfoil_scan_cache_new (reader->mirror);
  reader->zone = g_time_zone_new_utc ();
  reader->newest_us = get_number (reader, "SELECT coalesce (max (sort_us), 0) FROM txn");
  return reader;
}

static void
reader_close (Reader *reader)
{
  cfoil_statement_free (reader->row);
  cfoil_scan_cache_unref (reader->cache);
  cfoil_database_close (reader->database);
  g_object_unref (reader->mirror);
  g_time_zone_unref (reader->zone);
  g_free (reader);
}

static void
read_rows (Reader *reader,
           GArray *ids)
{
  for (guint i = 0; i < MIN (ids->len, SCREENFUL); i++)
    {
      GError *error = NULL;

      cfoil_statement_bind_int64 (reader->row, 1, g_array_index (ids, gint64, i));
      cfoil_statement_step (reader->row, &error);
      die (error);
      cfoil_statement_reset (reader->row);
    }
}

/* How much a sample touched. */
typedef struct
{
  double wall_ms, cpu_ms;
  CfoilScanCost cost;
  guint n_found;
} Sample;

static Sample
ask (Reader     *reader,
     const char *text,
     const char *order)
{
  BenchClock start = bench_clock_now (), took;
  g_autoptr (CfoilQuery) query = cfoil_query_parse (text);
  CfoilScanTime time = { reader->zone, reader->newest_us };
  g_autoptr (CfoilScanResult) result = NULL;
  CfoilSort sort = cfoil_sort_default;
  GError *error = NULL;
  Sample sample;

  if (order != NULL && !cfoil_sort_from_string (order, &sort))
    g_error ("There is no field for “%s”.", order);
  result = cfoil_scan (reader->database, reader->cache, query, &sort, &time, NULL, &error);
  die (error);
  read_rows (reader, result->ids);
  took = bench_clock_since (&start);
  sample = (Sample){ .wall_ms = took.wall_ms, .cpu_ms = took.cpu_ms, .n_found = result->ids->len };
  cfoil_scan_get_last_cost (&sample.cost);
  return sample;
}

/* --- queries --- */

static void
add_words (GPtrArray  *words,
           const char *text)
{
  g_auto (GStrv) parts = g_strsplit_set (text != NULL ? text : "", " -/.,;:@\"'()<>&", -1);

  for (char **part = parts; *part != NULL; part++)
    if (g_utf8_strlen (*part, -1) >= 4)
      g_ptr_array_add (words, g_strdup (*part));
}

static Pool *
pool_new (Reader *reader,
          guint   seed)
{
  static const char sql[] = "SELECT t.transaction_id, t.description, coalesce (t.merchant_reference, p.merchant_reference), "
                            "coalesce (t.buyer_name, p.buyer_name), coalesce (t.buyer_email, p.buyer_email) "
                            "FROM " CFOIL_FIELD_FROM "WHERE t.txn_id >= ?1 LIMIT 1";
  Pool *pool = g_new0 (Pool, 1);
  GError *error = NULL;
  g_autoptr (CfoilStatement) row = cfoil_database_prepare (reader->database, sql, &error);
  gint64 highest = get_number (reader, "SELECT coalesce (max (txn_id), 0) FROM txn");

  die (error);
  pool->random = g_rand_new_with_seed (seed);
  pool->words = g_ptr_array_new_with_free_func (g_free);
  pool->ids = g_ptr_array_new_with_free_func (g_free);
  pool->n_rows = get_number (reader, "SELECT count (*) FROM txn");
  pool->first_us = get_number (reader, "SELECT coalesce (min (sort_us), 0) FROM txn");
  pool->last_us = reader->newest_us;
  for (guint i = 0; i < 500; i++)
    {
      cfoil_statement_bind_int64 (row, 1, 1 + (gint64) (g_rand_double (pool->random) * (double) highest));
      if (cfoil_statement_step (row, &error) == CFOIL_STEP_ROW)
        {
          g_ptr_array_add (pool->ids, g_strdup (cfoil_statement_column_text (row, 0)));
          for (int column = 1; column < 5; column++)
            add_words (pool->words, cfoil_statement_column_text (row, column));
        }
      die (error);
      cfoil_statement_reset (row);
    }
  if (pool->ids->len == 0)
    g_error ("The mirror is empty.");
  if (pool->words->len == 0)
    g_ptr_array_add (pool->words, g_strdup ("nothing"));
  return pool;
}

static void
pool_free (Pool *pool)
{
  g_rand_free (pool->random);
  g_ptr_array_unref (pool->words);
  g_ptr_array_unref (pool->ids);
  g_free (pool);
}

static guint
below (Pool *pool,
       guint n)
{
  return (guint) g_rand_int_range (pool->random, 0, (gint32) n);
}

static char *
random_prefix (Pool *pool,
               guint n_letters)
{
  const char *word = pool->words->pdata[below (pool, pool->words->len)];

  return g_utf8_substring (word, 0, MIN ((glong) n_letters, g_utf8_strlen (word, -1)));
}

static char *
random_id_part (Pool *pool)
{
  const char *id = pool->ids->pdata[below (pool, pool->ids->len)];
  guint length = (guint) strlen (id), n = 4 + below (pool, 4);

  if (length <= n + 1)
    return g_strdup (id);
  return g_strndup (id + below (pool, length - n), n);
}

static char *
random_date (Pool *pool)
{
  gint64 us = pool->first_us + (gint64) (g_rand_double (pool->random) * (double) (pool->last_us - pool->first_us));
  g_autoptr (GDateTime) day = g_date_time_new_from_unix_utc (us / G_USEC_PER_SEC);
  guint n = 1 + below (pool, 90);

  switch (below (pool, 4))
    {
    case 0:
      return g_date_time_format (day, "date:%Y-%m");
    case 1:
      return g_date_time_format (day, "date:%Y-%m-%d");
    case 2:
      return g_strdup_printf ("date:last%ud", n);
    default:
      {
        g_autoptr (GDateTime) end = g_date_time_add_days (day, (int) n);
        g_autofree char *from = g_date_time_format (day, "%Y-%m-%d"), *until = g_date_time_format (end, "%Y-%m-%d");

        return g_strdup_printf ("date:%s..%s", from, until);
      }
    }
}

static char *
random_query (Pool *pool,
              Kind  kind)
{
  static const char *const states[] = {
    "state:captured", "state:captured,refunded", "state:pending", "state:declined", "type:refund", "-type:charge", "is:uncaptured", "is:disputed",
    "is:unsettled", "has:dispute",
  };
  guint amount = 1 + below (pool, 400);

  switch (kind)
    {
    case KIND_WORD:
      return g_strdup (pool->words->pdata[below (pool, pool->words->len)]);
    case KIND_LETTER:
      return random_prefix (pool, 1);
    case KIND_TWO_LETTERS:
      return random_prefix (pool, 2);
    case KIND_THREE_LETTERS:
      return random_prefix (pool, 3);
    case KIND_ID_PART:
      return random_id_part (pool);
    case KIND_AMOUNT:
      return below (pool, 2) ? g_strdup_printf ("amount:>%u", amount) : g_strdup_printf ("amount:%u..%u.50", amount, amount + below (pool, 50));
    case KIND_DATE:
      return random_date (pool);
    case KIND_STATE:
      return g_strdup (states[below (pool, G_N_ELEMENTS (states))]);
    case N_KINDS:
    default:
      return g_strdup ("");
    }
}

/* One of each; N_KINDS: none. */
static char *
random_pair (Pool *pool,
             Kind  one,
             Kind  other)
{
  g_autofree char *first = random_query (pool, one), *second = random_query (pool, other);

  return g_strstrip (g_strconcat (first, " ", second, NULL));
}

/* --- cold --- */

static void
forget_file (const char *folder)
{
  static const char *const names[] = { "mirror.sqlite", "mirror.sqlite-wal" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);
      int descriptor = open (path, O_RDONLY | O_CLOEXEC);

      if (descriptor < 0)
        continue;
      posix_fadvise (descriptor, 0, 0, POSIX_FADV_DONTNEED);
      close (descriptor);
    }
}

/* Before any thread or connection of this process. */
static Sample
ask_in_new_process (const char *folder,
                    const char *text,
                    const char *order)
{
  Sample sample = { 0 };
  int ends[2], status;
  pid_t child;

  if (pipe (ends) != 0 || (child = fork ()) < 0)
    g_error ("bench-query: no new process");
  if (child == 0)
    {
      Reader *reader;

      forget_file (folder);
      reader = reader_open (folder);
      if (*text != '\0' || order != NULL)
        ask (reader, "", NULL);
      sample = ask (reader, text, order);
      _exit (write (ends[1], &sample, sizeof sample) == sizeof sample ? 0 : 1);
    }
  close (ends[1]);
  if (read (ends[0], &sample, sizeof sample) != sizeof sample)
    g_error ("bench-query: “%s” gave no answer", text);
  close (ends[0]);
  waitpid (child, &status, 0);
  return sample;
}

/* --- the tables --- */

typedef struct
{
  const char *folder;
  Reader *reader; /* (nullable): cold */
  Pool *pool;
  guint n_samples;
  gboolean has_goals;
  BenchFigure *all; /* (owned): of keystrokes */
} Run;

static void
measure (Run        *run,
         const char *name,
         Kind        one,
         Kind        other,
         const char *order,
         double      goal_ms)
{
  g_autoptr (BenchFigure) figure = bench_figure_new ();
  guint64 n_rows = 0, n_bytes = 0;
  char note[64];

  for (guint i = 0; i < run->n_samples; i++)
    {
      g_autofree char *text = random_pair (run->pool, one, other);
      Sample sample;

      if (run->reader != NULL && order != NULL)
        {
          /* an order that nobody has made before */
          cfoil_scan_cache_unref (run->reader->cache);
          run->reader->cache = cfoil_scan_cache_new (run->reader->mirror);
        }
      sample = run->reader != NULL ? ask (run->reader, text, order) : ask_in_new_process (run->folder, text, order);
      bench_figure_add (figure, sample.wall_ms, sample.cpu_ms);
      if (order == NULL)
        bench_figure_add (run->all, sample.wall_ms, sample.cpu_ms);
      n_rows += sample.cost.n_rows_compared;
      n_bytes += sample.cost.n_bytes;
    }
  g_snprintf (note, sizeof note, "%7.0f k rows %6.1f MiB", (double) n_rows / run->n_samples / 1e3, (double) n_bytes / run->n_samples / 1048576);
  bench_print_figure (name, figure, note, run->has_goals ? goal_ms : 0);
}

static void
measure_all (Run        *run,
             const char *title,
             guint       n_of_kind,
             guint       n_of_pair,
             guint       n_of_order)
{
  run->all = bench_figure_new ();
  bench_print_head (title, "touched, on average");
  run->n_samples = n_of_kind;
  for (Kind kind = 0; kind < N_KINDS; kind++)
    measure (run, kind_names[kind], kind, N_KINDS, NULL, GOAL_MS);
  run->n_samples = n_of_pair;
  for (Kind one = 0; one < N_KINDS; one++)
    for (Kind other = one + 1; other < N_KINDS; other++)
      {
        g_autofree char *name = g_strdup_printf ("%s, %s", kind_names[one], kind_names[other]);

        measure (run, name, one, other, NULL, GOAL_MS);
      }
  bench_print_figure ("all of these keystrokes", run->all, NULL, run->has_goals ? GOAL_MS : 0);
  run->n_samples = n_of_kind;
  measure (run, "everything, and its sums", N_KINDS, N_KINDS, NULL, GOAL_MS);
  run->n_samples = n_of_order;
  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      g_autofree char *name = g_strconcat ("order by ", orders[i], NULL);

      measure (run, name, N_KINDS, N_KINDS, orders[i], SORT_GOAL_MS);
    }
  g_clear_pointer (&run->all, bench_figure_free);
}

static void
run_bench (const char *folder,
           guint       seed,
           guint       count)
{
  Run run = { .folder = folder };
  BenchMemory before, after;

  /* What is cold comes first: forking and threads do not go together. */
  run.reader = reader_open (folder);
  run.pool = pool_new (run.reader, seed);
  run.has_goals = run.pool->n_rows <= GOALS_HOLD_UP_TO;
  printf ("Queries over %" G_GINT64_FORMAT " rows, seed %u.%s\n", run.pool->n_rows, seed,
          run.has_goals ? "" : "  The goals are for a million rows.");
  g_clear_pointer (&run.reader, reader_close);
  measure_all (&run, "cold, each in a new process", MAX (count / 20, 1), MAX (count / 50, 1), 1);

  before = bench_memory_now ();
  run.reader = reader_open (folder);
  ask (run.reader, "", NULL);
  measure_all (&run, "warm", count, count, MIN (count, N_ORDERS_EACH));
  after = bench_memory_now ();
  printf ("\nresident %.1f MiB, of it anonymous %.1f MiB; %.1f MiB and %.1f MiB before; at most %.1f MiB\n", after.resident, after.anonymous,
          before.resident, before.anonymous, after.highest);
  reader_close (run.reader);
  pool_free (run.pool);
}

static void
run_smoke (void)
{
  char *words[] = { (char *) "bench-query", NULL }, **argv = words;
  int argc = 1;
  TestMirror *mirror;

  g_test_init (&argc, &argv, NULL); /* the random numbers of tests */
  mirror = scan_mirror_new (300);
  run_bench (cfoil_mirror_get_folder (mirror->mirror), 1, 1);
  test_mirror_free (mirror);
}

int
main (int    argc,
      char **argv)
{
  int count = 100, seed = 1;
  gboolean is_smoke = FALSE;
  const GOptionEntry entries[] = {
    { "count", 0, 0, G_OPTION_ARG_INT, &count, "Samples of each kind", "N" },
    { "seed", 0, 0, G_OPTION_ARG_INT, &seed, "Other queries", "N" },
    { "smoke", 0, 0, G_OPTION_ARG_NONE, &is_smoke, "A small mirror, one sample of each kind", NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("[FOLDER]");
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    die (error);
  if (is_smoke)
    run_smoke ();
  else if (argc == 2 && count > 0)
    run_bench (argv[1], (guint) seed, (guint) count);
  else
    {
      g_autofree char *help = g_option_context_get_help (context, TRUE, NULL);

      fputs (help, stderr);
      return 2;
    }
  return 0;
}
