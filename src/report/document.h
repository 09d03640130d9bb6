/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A document: a result turned once into what there is to say, show and tabulate. Formats for people
 * (text, and pages and workbooks alike) render this and decide nothing about content. Plain values
 * in the caller's arena; texts are UTF-8 without control characters. */
#ifndef RC_REPORT_DOCUMENT_H
#define RC_REPORT_DOCUMENT_H

#include "core/text.h"
#include "report/number.h"
#include "result/result.h"

/** One thing to know, in plain words. */
typedef struct rc_sentence {
    const char *topic; /**< "Losing money" */
    const char *text;
} rc_sentence;

/** One number to see first. */
typedef struct rc_figure {
    const char *topic; /**< "Chance of losing money" */
    const char *value; /**< "45%" */
    const char *more;  /**< what goes with it: "nine times in ten between ..."; NULL: nothing */
    bool bad;          /**< it speaks of a loss */
} rc_figure;

typedef struct rc_table_cell {
    const char *text;     /**< as printed; NULL for an empty cell */
    const char *range;    /**< "$1.2M to $3.4M": stands with it where there is room, or NULL */
    double value;         /**< the number behind it; NaN when it is only text */
    bool words;           /**< text to read, not a number: aligned as such, and may be long */
    bool code;            /**< ... as written in a model */
    const double *sketch; /**< [RC_SKETCH] quantiles at rc_sketch_points: how it is distributed;
                               NULL: not known */
    rc_unit unit;
} rc_table_cell;

typedef enum rc_row_role { RC_ROW_BODY, RC_ROW_GROUP, RC_ROW_TOTAL } rc_row_role;

/** Column 0 holds row labels (left-aligned); the others hold numbers (right-aligned). */
typedef struct rc_table {
    const char *const *columns; /**< [n_columns] */
    size_t n_columns, n_rows;
    const rc_table_cell *cells; /**< [n_rows][n_columns] */
    const rc_row_role *roles;   /**< [n_rows] GROUP: a heading among rows; TOTAL: after a rule */
} rc_table;

/** How often each range of values occurs, and how often a value is reached. */
typedef struct rc_picture {
    const rc_histogram *histogram;
    rc_quantity quantity;
    double border;            /**< values below are bad (0 for a return); NaN: no such border */
    const char *bad, *good;   /**< "loss", "gain": names of the two sides; NULL without a border */
    double bad_share;         /**< share of cases below the border */
    size_t n_levels;          /**< rounded values ... */
    const double *levels;     /**< [n_levels] ... in increasing order */
    const double *at_least;   /**< [n_levels] share of cases at or above each */
    const char *const *ticks; /**< [n_levels] levels as text */
} rc_picture;

/** Whom a section is for. Formats that show both keep them apart. */
typedef enum rc_part {
    RC_PART_EXECUTIVE, /**< plain words and few figures: one page */
    RC_PART_ANALYST,
} rc_part;

/** Any of the parts may be missing; they are shown in this order. */
typedef struct rc_section {
    const char *id;    /**< the same in every language: "metrics", "cash"; formats may know some */
    const char *title; /**< NULL: no heading */
    rc_part part;
    const char *chart; /**< what shows its numbers where pictures can be drawn: "fan",
                            "waterfall", ...; NULL: nothing does */
    const char *of;    /**< name of the output that the chart is about, or NULL */
    const char *alt;   /**< what the chart shows, in words; with `chart` */
    bool folded;       /**< where there is a chart its table need not be in sight */
    bool narrow;       /**< for a terminal: pages have a wide section in its place */
    bool told;         /**< the sentences say what the table does: a page of text leaves it out */
    bool wide;         /**< for pages and workbooks; a terminal has no room for it */
    const rc_sentence *sentences;
    size_t n_sentences;
    const rc_picture *picture;
    const rc_table *table;
    const char *const *notes;
    size_t n_notes;
} rc_section;

typedef struct rc_document {
    const char *title;
    const char *subtitle;     /**< horizon, discounting, number of cases */
    const char *currency;     /**< code, where money is shown without one; "" when there is none */
    const rc_figure *figures; /**< [n_figures] the few numbers to see first */
    size_t n_figures;
    const rc_section *sections;
    size_t n_sections;
    const char *const *footer; /**< how to redo it */
    size_t n_footer;
} rc_document;

/** In a language of core/language.h ("en"). */
const rc_document *rc_document_new(const rc_result *result, const char *language, rc_arena *arena);

/* ---- Shared by the makers of a document's parts ---- */

rc_quantity rc_output_quantity(const rc_result *result, const rc_output *output,
                               const char *language);
/** Value of a row, or NaN; half the width of its interval, or 0. */
double rc_output_value(const rc_output *output, const char *key, const char *sub);
double rc_output_error(const rc_output *output, const char *key, const char *sub);
/** "P95", "Mean": what a row of an output is called. */
const char *rc_row_title(const rc_row *row, const char *language, rc_arena *arena);
const rc_output *rc_result_target(const rc_result *result); /**< NULL without outputs */

bool rc_output_same_group(const rc_output *a, const rc_output *b);
/** Outputs of a kind, [*n]: those without a group, then group by group as they are first named. */
const rc_output **rc_outputs_in_groups(const rc_result *result, rc_output_kind kind,
                                       rc_arena *arena, size_t *n);

/** "a2e058e8e9a3": the first digits of the hash of the model's file; of several files each with its
 * name. */
const char *rc_files_hash(const rc_result *result, int digits, rc_arena *arena);

/** The sentences at the top (words.c). */
size_t rc_words(const rc_result *result, const char *language, rc_arena *arena,
                const rc_sentence **out);
/** "about one in four (24%)", "more likely than not: three in five (58%)", ... for 0 < p < 1. */
void rc_words_chance(rc_text *out, double p, const char *language);

/** How a run that grew came to its size, and what it reached (precision.c); NULL for others. */
const char *rc_words_precision(const rc_result *result, const char *language, rc_arena *arena);

/** Text of a user with control characters and invalid bytes replaced. */
const char *rc_clean_text(const char *text, rc_arena *arena);

#endif
