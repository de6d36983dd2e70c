/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cfoil-query.h"

G_BEGIN_DECLS

/* What the files of the query share.  Everything is in bytes of the clean text. */

/* --- vocabularies (cfoil-query-words.c) --- */

typedef struct
{
  const char *word;
  CfoilField field;
} CfoilFieldWord;

/* What has:WORD asks beside the fields. */
typedef struct
{
  const char *word;
  CfoilIs is;
} CfoilIsWord;

/* Another word for one or two codes of a field. */
typedef struct
{
  CfoilField field;
  const char *word;
  const char *names[3];
} CfoilCodeWord;

/* Its "fields" and "properties" are numbers of its own, from 0. */
struct _CfoilVocabulary
{
  guint n_fields;
  const char *const *usual_words;  /* n_fields: shown and offered; NULL: the name */
  const CfoilFieldWord *aliases;
  guint n_aliases;
  guint n_is;
  const char *const *is_words;
  const CfoilIsWord *has_words;
  guint n_has_words;
  const CfoilCodeWord *code_words;
  guint n_code_words;
  const CfoilField *hinted;        /* fields whose codes people write behind is: */
  guint n_hinted;
  CfoilField percent_field;        /* n_fields: none */
  CfoilField deadline_field;       /* takes hours from now; n_fields: none */
  CfoilField long_has_field;       /* whose usual word means a property behind has:; n_fields: none */

  const char *(*get_name) (CfoilField field);  /* stable */
  const char *(*get_title) (CfoilField field); /* marked for translation */
  CfoilFieldKind (*get_kind) (CfoilField field);
  guint (*get_n_codes) (CfoilField field);
  const char *(*get_code_name) (CfoilField field,
                                gint64     code);
  /* Whether the code ever occurs, and so is worth an offer. */
  gboolean (*code_is_usual) (CfoilField field,
                             gint64     code);

  /* Marked for translation; nullable: offers do not say what they mean. */
  const char *const *is_titles;
  const char *(*get_code_title) (CfoilField  field,
                                 const char *name);

  /* Marked for translation. */
  const char *expected_has;
  const char *no_such_has;   /* with one %s */
  const char *no_such_field; /* with one %s */
};

/* That of transactions for NULL. */
const CfoilVocabulary *cfoil_vocabulary_of (const CfoilVocabulary *vocabulary);

/* --- cutting text into tokens (cfoil-query-lex.c) --- */

/* What stands before a colon. */
typedef enum
{
  CFOIL_PREFIX_NONE, /* no colon: a word */
  CFOIL_PREFIX_FIELD,
  CFOIL_PREFIX_HAS,
  CFOIL_PREFIX_NO,
  CFOIL_PREFIX_IS,
  CFOIL_PREFIX_WEEKDAY,
  CFOIL_PREFIX_HOUR,
  CFOIL_PREFIX_UNKNOWN,
} CfoilPrefix;

/* One value: what stands between commas. */
typedef struct
{
  guint start, end; /* with its quotes */
  char *text;       /* without them */
  gboolean is_quoted;
  gboolean is_open; /* the closing quote is missing */
} CfoilPiece;

typedef struct
{
  guint start, end;
  gboolean is_negated;
  guint word_start; /* behind the "-" */
  CfoilPrefix prefix;
  CfoilField field;  /* of CFOIL_PREFIX_FIELD; CFOIL_FIELD_FLAGS too, although nobody can ask for it */
  guint colon;       /* where the colon is, if there is a prefix */
  GPtrArray *pieces; /* (element-type CfoilPiece): one or more */
} CfoilToken;

/* TEXT, valid and not too long.  IS_CUT (nullable) tells whether it was too long. */
char *cfoil_query_clean (const char *text,
                         gboolean   *is_cut);

/* The token that begins at or behind POSITION, which moves behind it; NULL: none. */
CfoilToken *cfoil_token_next (const CfoilVocabulary *vocabulary,
                              const char            *text,
                              guint                 *position);
void cfoil_token_free (CfoilToken *self);
const CfoilPiece *cfoil_token_get_piece (const CfoilToken *self,
                                         guint             i);

/* Whether C stands between words: blanks and control characters. */
gboolean cfoil_query_is_blank (gunichar c);
/* A word as names are compared: lower case, "-" is "_", without invisible marks. */
char *cfoil_query_normalize (const char *text,
                             gssize      length);
/* TEXT without marks that nobody sees, such as those of direction. */
char *cfoil_query_strip_marks (const char *text);

/* --- words (cfoil-query-words.c) --- */

/* NAME: normalized.  FIELD is set for CFOIL_PREFIX_FIELD. */
CfoilPrefix cfoil_query_prefix_from_name (const CfoilVocabulary *vocabulary,
                                          const char            *name,
                                          CfoilField            *field);
gboolean cfoil_query_is_from_name (const CfoilVocabulary *vocabulary,
                                   const char            *name,
                                   CfoilIs               *is);
/* What has:NAME asks: for a field, or (IS_TERM) for a property. */
gboolean cfoil_query_has_from_name (const CfoilVocabulary *vocabulary,
                                    const char            *name,
                                    CfoilField            *field,
                                    CfoilIs               *is,
                                    gboolean              *is_property);
/* The word by which FIELD is called; NULL: it cannot be asked for. */
const char *cfoil_vocabulary_get_word (const CfoilVocabulary *vocabulary,
                                       CfoilField             field);
/* The word that has: and no: call FIELD by. */
const char *cfoil_query_has_name (const CfoilVocabulary *vocabulary,
                                  CfoilField             field);
/* The code names that NAME stands for, "fee" for several; NULL: none. */
char **cfoil_query_codes_from_name (const CfoilVocabulary *vocabulary,
                                    CfoilField             field,
                                    const char            *name);
/* Whether FIELD has another word than its usual one that begins with PREFIX. */
gboolean cfoil_query_field_has_alias (const CfoilVocabulary *vocabulary,
                                      CfoilField             field,
                                      const char            *prefix);
/* The word for a field that looks most like NAME; NULL: none does. */
const char *cfoil_query_suggest_field (const CfoilVocabulary *vocabulary,
                                       const char            *name);

/* --- numbers (cfoil-query-value.c) and dates (cfoil-query-date.c) --- */

typedef enum
{
  CFOIL_SHAPE_EXACT,
  CFOIL_SHAPE_ABOVE,    /* > */
  CFOIL_SHAPE_AT_LEAST, /* >= */
  CFOIL_SHAPE_BELOW,    /* < */
  CFOIL_SHAPE_AT_MOST,  /* <= */
  CFOIL_SHAPE_RANGE,    /* a..b, each of them may be missing */
} CfoilShape;

/* A and B get what stands on both sides of "..", or A alone. */
CfoilShape cfoil_query_take_apart (const char *text,
                                   char      **a,
                                   char      **b);

/* Fill the bounds of TERM.  FALSE: MESSAGE (nullable) tells what is wrong, beyond
 * that it is no range at all. */
gboolean cfoil_query_parse_range (const char *text,
                                  CfoilTerm  *term,
                                  char      **message);
gboolean cfoil_query_parse_span (const char *text,
                                 CfoilTerm  *term,
                                 char      **message);
void cfoil_query_append_range (GString         *text,
                               const CfoilTerm *term);
void cfoil_query_append_span (GString         *text,
                              const CfoilTerm *term);
gboolean cfoil_query_days_are_equal (const CfoilDay *a,
                                     const CfoilDay *b);

/* --- weekdays and hours (cfoil-query-clock.c) --- */

/* Adds what TEXT says to SLOTS; FALSE: nothing that there is. */
gboolean cfoil_query_parse_slots (CfoilTermKind  kind,
                                  const char    *text,
                                  guint32       *slots);
/* With the word in front of it. */
void cfoil_query_append_slots (GString         *text,
                               const CfoilTerm *term);

/* --- the query (cfoil-query.c) --- */

struct _CfoilQuery
{
  gatomicrefcount ref_count;
  const CfoilVocabulary *vocabulary;
  char *text;
  GPtrArray *terms;    /* (element-type CfoilTerm) */
  GPtrArray *mistakes; /* (element-type CfoilQueryMistake) */
};

CfoilQuery *cfoil_query_new_for_text (char                  *text,
                                      const CfoilVocabulary *vocabulary);
/* Takes MESSAGE. */
void cfoil_query_add_mistake (CfoilQuery *self,
                              guint       start,
                              guint       end,
                              char       *message);

/* --- text (cfoil-query-text.c) --- */

void cfoil_query_append_value (GString    *text,
                               const char *value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfoilToken, cfoil_token_free)

G_END_DECLS
