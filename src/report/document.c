/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Result -> document: which sections there are, which numbers stand in which table. */
#include "report/document_make.h"

#include "core/language.h"
#include "core/text.h"
#include "report/drivers.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { MAX_SECTIONS = 24, MAX_TABLE_ROWS = 256, MAX_NOTES = 32 };

typedef struct maker {
    const rc_result *result;
    const char *language;
    rc_arena *arena;
    rc_section *sections;
    size_t n;
} maker;

/* ---- Shared questions --------------------------------------------------------------------------
 */

rc_quantity rc_output_quantity(const rc_result *result, const rc_output *o, const char *language) {
    return (rc_quantity){.unit = o->unit,
                         .currency = result->currency,
                         .suffix = o->unit_text,
                         .language = language};
}

double rc_output_value(const rc_output *o, const char *key, const char *sub) {
    const rc_row *row = rc_output_row(o, key, sub);
    return row != NULL ? row->estimate.value : NAN;
}

double rc_output_error(const rc_output *o, const char *key, const char *sub) {
    const rc_row *row = rc_output_row(o, key, sub);
    if (row == NULL || !isfinite(row->estimate.low) || !isfinite(row->estimate.high))
        return 0;
    return 0.5 * (row->estimate.high - row->estimate.low);
}

const rc_output *rc_result_target(const rc_result *r) {
    const rc_output *o = r->target != NULL ? rc_result_find(r, r->target) : NULL;
    return o != NULL ? o : r->n_outputs > 0 ? &r->outputs[0] : NULL;
}

const char *rc_clean_text(const char *s, rc_arena *arena) {
    rc_text out = {0};
    for (size_t n = strlen(s), step; n > 0; s += step, n -= step) {
        int32_t c = rc_utf8_decode(s, n, &step);
        if (c < 0)
            rc_text_add(&out, "\uFFFD");
        else if (c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x202A && c <= 0x202E) ||
                 (c >= 0x2066 && c <= 0x2069))
            rc_text_add(&out, " ");
        else
            rc_text_add_n(&out, s, step);
    }
    const char *kept = rc_arena_strdup(arena, out.bytes != NULL ? out.bytes : "");
    rc_text_free(&out);
    return kept;
}

static const char *kept_text(maker *m, rc_text *t) {
    const char *kept = rc_arena_strdup(m->arena, t->bytes != NULL ? t->bytes : "");
    rc_text_free(t);
    return kept;
}

static rc_section *section(maker *m, const char *id, rc_part part, const char *title) {
    rc_section *s = &m->sections[m->n++];
    s->id = id;
    s->part = part;
    s->title = title;
    return s;
}

/* ---- Tables ---- */

typedef struct table_maker {
    maker *m;
    rc_table *table;
    rc_table_cell *cells;
    rc_row_role *roles;
    const char *const *columns;
    size_t capacity_cells, capacity_roles;
} table_maker;

/** Its columns are messages. */
static table_maker table_new(maker *m, const char *const *columns, size_t n) {
    table_maker t = {.m = m, .columns = columns};
    const char **headings = RC_NEW(m->arena, const char *, n);
    for (size_t i = 0; i < n; i++)
        headings[i] = rc_tr(m->language, columns[i]);
    t.table = RC_NEW(m->arena, rc_table, 1);
    t.table->n_columns = n;
    t.table->columns = headings;
    return t;
}

static rc_table_cell *table_row(table_maker *t, const char *label, rc_row_role role) {
    size_t row = t->table->n_rows++, columns = t->table->n_columns;
    t->cells = rc_arena_grow(t->m->arena, t->cells, &t->capacity_cells, (row + 1) * columns,
                             sizeof *t->cells);
    t->roles = rc_arena_grow(t->m->arena, t->roles, &t->capacity_roles, row + 1, sizeof *t->roles);
    t->roles[row] = role;
    t->table->cells = t->cells;
    t->table->roles = t->roles;
    rc_table_cell *cells = t->cells + row * columns;
    for (size_t i = 0; i < columns; i++)
        cells[i] = (rc_table_cell){.value = NAN};
    cells[0].text = rc_clean_text(label, t->m->arena);
    return cells;
}

static rc_table_cell cell(maker *m, rc_quantity q, double value, rc_rounding rounding) {
    char text[RC_NUMBER_TEXT];
    q.suffix = NULL;
    if (q.currency != NULL && rc_currency_sign(q.currency) == NULL)
        q.currency = NULL; /* a code in every cell would be noise: the subtitle names it */
    rc_number_text(text, &q, value, rounding);
    return (rc_table_cell){.text = rc_arena_strdup(m->arena, text), .value = value, .unit = q.unit};
}

static bool constant(const rc_output *o) {
    return rc_output_value(o, "min", NULL) == rc_output_value(o, "max", NULL);
}

static const char *const points[] = {"5", "50", "95"};

/** The rounding that the percentiles of one row share: four digits for the largest of them, none
 * finer than its interval. */
static rc_rounding row_rounding(const rc_output *o) {
    if (constant(o))
        return (rc_rounding){.digits = o->unit == RC_UNIT_RATIO ? 5 : 4};
    double largest = 0, error = 0;
    for (int i = 0; i < 3; i++) {
        double size = fabs(rc_output_value(o, "percentiles", points[i]));
        double e = rc_output_error(o, "percentiles", points[i]);
        largest = size > largest ? size : largest;
        error = e > error ? e : error;
    }
    double finest = o->unit == RC_UNIT_RATIO && largest >= 0.1 ? 1e-3 : largest * 1.0001e-3;
    return (rc_rounding){.digits = 15, .error = fmax(error, finest)};
}

/** P5, P50, P95 and the mean; words where there is no number. */
static void stat_cells(maker *m, const rc_output *o, rc_table_cell *cells) {
    rc_quantity q = rc_output_quantity(m->result, o, m->language);
    for (int i = 0; i < 3; i++) {
        double value = rc_output_value(o, "percentiles", points[i]);
        cells[i] = cell(m, q, value, row_rounding(o));
        if (isnan(value) && o->undefined < 1 && o->infinite > 0)
            cells[i].text = rc_tr(m->language, "never");
    }
    rc_rounding mean = {.digits = 4, .error = rc_output_error(o, "mean", NULL)};
    cells[3] = cell(m, q, rc_output_value(o, "mean", NULL), constant(o) ? row_rounding(o) : mean);
}

static const char *label_of(maker *m, const rc_output *o) {
    const char *label = rc_label_text(&o->label, m->language, o->name);
    return o->unit_text == NULL ? label : rc_arena_printf(m->arena, "%s (%s)", label, o->unit_text);
}

/** One row of an output: three percentiles and the mean, or its one value when nothing varies. */
static rc_table_cell *stat_row(table_maker *t, const rc_output *o, const char *label,
                               rc_row_role role) {
    maker *m = t->m;
    rc_table_cell *cells = table_row(t, label, role);
    if (t->table->n_columns == 2)
        cells[1] = cell(m, rc_output_quantity(m->result, o, m->language),
                        rc_output_value(o, "mean", NULL), row_rounding(o));
    else
        stat_cells(m, o, cells + 1);
    return cells;
}

static const char *const value_columns[] = {"", RC_TR("Value")};

static bool have(const rc_result *r, rc_output_kind kind) {
    for (size_t i = 0; i < r->n_outputs; i++)
        if (r->outputs[i].kind == kind)
            return true;
    return false;
}

static bool nothing_varies(const rc_result *r) {
    for (size_t i = 0; i < r->n_outputs; i++)
        if (!constant(&r->outputs[i]) && r->outputs[i].undefined < 1 && r->outputs[i].infinite < 1)
            return false;
    return true;
}

static void add_note(maker *m, rc_section *s, const char **notes, const rc_output *o) {
    char share[RC_NUMBER_TEXT];
    const char *label = rc_clean_text(rc_label_text(&o->label, m->language, o->name), m->arena);
    if (s->n_notes + 2 > MAX_NOTES)
        return;
    if (o->undefined >= 1)
        notes[s->n_notes++] =
            RC_TEXT(m->arena, m->language, "{output} has no value in any case.", "output", label);
    else if (o->undefined > 0)
        notes[s->n_notes++] =
            RC_TEXT(m->arena, m->language,
                    "{output} has no value in {share} of cases; its figures are for the others.",
                    "output", label, "share", rc_share_text(share, o->undefined, m->language));
    if (o->infinite >= 1)
        notes[s->n_notes++] =
            RC_TEXT(m->arena, m->language, "{output}: never within the horizon, in any case.",
                    "output", label);
    else if (o->infinite > 0)
        notes[s->n_notes++] = RC_TEXT(
            m->arena, m->language, "{output}: never within the horizon in {share} of cases.",
            "output", label, "share", rc_share_text(share, o->infinite, m->language));
}

static bool same_group(const rc_output *a, const rc_output *b) {
    return a->group == b->group ||
           (a->group != NULL && b->group != NULL && strcmp(a->group, b->group) == 0);
}

/** Outputs of a kind: those without a group, then group by group as they are first named. */
static const rc_output **in_groups(maker *m, rc_output_kind kind, size_t *n) {
    const rc_result *r = m->result;
    const rc_output **list = RC_NEW(m->arena, const rc_output *, r->n_outputs);
    *n = 0;
    for (size_t i = 0; i < r->n_outputs; i++)
        if (r->outputs[i].kind == kind && r->outputs[i].group == NULL)
            list[(*n)++] = &r->outputs[i];
    for (size_t i = 0; i < r->n_outputs; i++) {
        const rc_output *first = &r->outputs[i];
        bool listed = first->kind != kind || first->group == NULL;
        for (size_t k = 0; k < *n && !listed; k++)
            listed = same_group(list[k], first);
        for (size_t k = i; k < r->n_outputs && !listed; k++)
            if (r->outputs[k].kind == kind && same_group(&r->outputs[k], first))
                list[(*n)++] = &r->outputs[k];
    }
    return list;
}

static void add_stats(maker *m, rc_output_kind kind, const char *id, const char *title) {
    const rc_result *r = m->result;
    static const char *const columns[] = {"", "P5", "P50", "P95", RC_TR("Mean"), ""};
    if (!have(r, kind))
        return;
    table_maker t = nothing_varies(r) ? table_new(m, value_columns, 2) : table_new(m, columns, 6);
    const char **notes = RC_NEW(m->arena, const char *, MAX_NOTES);
    rc_section *s = section(m, id, RC_PART_ANALYST, rc_tr(m->language, title));
    size_t n;
    const rc_output **list = in_groups(m, kind, &n);
    for (size_t i = 0; i < n; i++) {
        const rc_output *o = list[i];
        if (o->group != NULL && (i == 0 || !same_group(list[i - 1], o)))
            table_row(&t, rc_label_text(&o->group_label, m->language, o->group), RC_ROW_GROUP);
        rc_table_cell *cells = stat_row(&t, o, label_of(m, o), RC_ROW_BODY);
        double error = rc_output_error(o, "mean", NULL);
        double shown = fabs(rc_output_value(o, "mean", NULL)) * 1e-4;
        if (t.table->n_columns == 6 && error > shown) { /* else every digit shown is certain */
            cells[5] =
                cell(m, rc_output_quantity(r, o, m->language), error, (rc_rounding){.digits = 1});
            cells[5].text = rc_arena_printf(m->arena, "±%s", cells[5].text);
        }
        add_note(m, s, notes, o);
    }
    s->table = t.table;
    s->notes = notes;
}

/* ---- Lines and risks ---- */

static void line_rows(table_maker *t, rc_output_kind kind, bool costs, const char *group,
                      const char *total, const char *total_label) {
    const rc_result *r = t->m->result;
    size_t lines = 0;
    for (size_t i = 0; i < r->n_outputs; i++) {
        const rc_output *o = &r->outputs[i];
        if (o->kind != kind || o->is_cost != costs)
            continue;
        if (lines++ == 0)
            table_row(t, rc_tr(t->m->language, group), RC_ROW_GROUP);
        stat_row(t, o, rc_label_text(&o->label, t->m->language, o->name), RC_ROW_BODY);
    }
    const rc_output *sum = total != NULL ? rc_result_find(r, total) : NULL;
    if (sum != NULL && lines > 0)
        stat_row(t, sum, rc_tr(t->m->language, total_label), RC_ROW_TOTAL);
}

static void add_lines(maker *m) {
    const rc_result *r = m->result;
    static const char *const columns[] = {"", RC_TR("Low"), RC_TR("Middle"), RC_TR("High"),
                                          RC_TR("Mean")};
    if (!have(r, RC_OUTPUT_LINE) && !have(r, RC_OUTPUT_RISK))
        return;
    bool fixed = nothing_varies(r);
    table_maker t = fixed ? table_new(m, value_columns, 2) : table_new(m, columns, 5);
    line_rows(&t, RC_OUTPUT_LINE, false, RC_TR("Benefits"), "benefits_pv", RC_TR("All benefits"));
    line_rows(&t, RC_OUTPUT_LINE, true, RC_TR("Costs"), "costs_pv", RC_TR("All costs"));
    line_rows(&t, RC_OUTPUT_RISK, false, RC_TR("What risks do to the balance"), NULL, NULL);
    line_rows(&t, RC_OUTPUT_LEFT_OUT, false, RC_TR("Benefits not counted above"), NULL, NULL);
    line_rows(&t, RC_OUTPUT_LEFT_OUT, true, RC_TR("Costs not counted above"), NULL, NULL);
    rc_section *s = section(m, "lines", RC_PART_ANALYST,
                            r->discount_rate == 0
                                ? rc_tr(m->language, "Where it comes from")
                                : rc_tr(m->language, "Where it comes from, in today's money"));
    if (!fixed && rc_result_find(r, "npv") != NULL) {
        s->chart = "waterfall";
        s->alt =
            rc_tr(m->language, "Chart of how benefits and costs, line by line on average, add up "
                               "to the gain; lines show where each lies nine times in ten.");
    }
    s->table = t.table;
    const char **notes = RC_NEW(m->arena, const char *, 2);
    if (!fixed)
        notes[s->n_notes++] =
            rc_tr(m->language,
                  "Low and high: one time in twenty it is lower, one time in twenty higher.");
    if (have(r, RC_OUTPUT_RISK))
        notes[s->n_notes++] =
            rc_tr(m->language, "What risks do is already in the lines and sums above.");
    s->notes = notes;
}

/* ---- Cash by year ---- */

static void cash_row(table_maker *t, const char *label, const rc_cash_row *sum,
                     const rc_cash_cell *end, rc_row_role role) {
    maker *m = t->m;
    rc_quantity q = {
        .unit = RC_UNIT_MONEY, .currency = m->result->currency, .language = m->language};
    rc_table_cell *cells = table_row(t, label, role);
    double values[] = {sum->benefits.mean,
                       sum->costs.mean,
                       sum->net.mean,
                       end ? rc_cash_percentile(end, 5) : NAN,
                       end ? rc_cash_percentile(end, 50) : NAN,
                       end ? rc_cash_percentile(end, 95) : NAN};
    for (int i = 0; i < (end != NULL ? 6 : 3); i++) {
        rc_rounding r = {.digits = 3, .error = fabs(values[i]) * 1e-9}; /* keeps zeros: $1.20M */
        cells[1 + i] = cell(m, q, values[i], r);
        if (values[i] == 0)
            cells[1 + i].text = "–";
    }
}

static void cash_pv(table_maker *t) {
    const rc_result *r = t->m->result;
    const rc_output *b = rc_result_find(r, "benefits_pv"), *c = rc_result_find(r, "costs_pv");
    const rc_output *n = rc_result_find(r, "npv");
    if (b == NULL || c == NULL || n == NULL)
        return;
    rc_cash_row pv = {.benefits.mean = rc_output_value(b, "mean", NULL),
                      .costs.mean = rc_output_value(c, "mean", NULL),
                      .net.mean = rc_output_value(n, "mean", NULL)};
    cash_row(t, rc_tr(t->m->language, "Present value"), &pv, NULL, RC_ROW_BODY);
}

static void add_cash(maker *m) {
    const rc_result *r = m->result;
    static const char *const columns[] = {"", RC_TR("Benefits"), RC_TR("Costs"), RC_TR("Net"),
                                          RC_TR("So far: low"),
                                          /* TRANSLATORS: "So far: low", "middle", "high" are
                                             headings of neighbouring columns */
                                          RC_TR("middle"), RC_TR("high")};
    if (r->n_cash == 0)
        return;
    table_maker t = table_new(m, columns, 7);
    cash_row(&t, rc_tr(m->language, "Initial"), &r->cash[0], &r->cash[0].cumulative, RC_ROW_BODY);
    rc_cash_row total = r->cash[0], year = {0};
    unsigned per_year = r->per_year > 0 ? r->per_year : 1;
    for (size_t k = 1; k < r->n_cash; k++) {
        const rc_cash_row *row = &r->cash[k];
        rc_cash_row *sums[] = {&year, &total};
        for (int i = 0; i < 2; i++) {
            sums[i]->benefits.mean += row->benefits.mean;
            sums[i]->costs.mean += row->costs.mean;
            sums[i]->net.mean += row->net.mean;
        }
        if (k % per_year != 0 && k + 1 != r->n_cash)
            continue;
        char n[32];
        snprintf(n, sizeof n, "%zu", (k + per_year - 1) / per_year);
        const char *label =
            RC_TEXT(m->arena, m->language,
                    k % per_year != 0 ? RC_TR("Year {n} (part)") : RC_TR("Year {n}"), "n", n);
        cash_row(&t, label, &year, &row->cumulative, RC_ROW_BODY);
        year = (rc_cash_row){0};
    }
    cash_row(&t, rc_tr(m->language, "Total"), &total, NULL, RC_ROW_TOTAL);
    cash_pv(&t);
    rc_section *s = section(m, "cash", RC_PART_EXECUTIVE, rc_tr(m->language, "Money by year"));
    s->narrow = true;
    s->table = t.table;
    const char **notes = RC_NEW(m->arena, const char *, 1);
    notes[0] = rc_tr(
        m->language,
        "Benefits, costs and net are averages over all cases. So far: all money in less all money out "
        "until then; one time in twenty it is lower than low, one time in twenty higher than high.");
    s->notes = notes;
    s->n_notes = 1;
}

/* ---- The picture ---- */

static double edge(const rc_histogram *h, long j) {
    /* edges are whole multiples of the width: 3 * 0.1 rather than 0.1 + 0.1 + 0.1 */
    return (rint(h->first / h->width) + (double)j) * h->width;
}

/** Is x 1, 2, 2.5 or 5 times a power of ten (up to rounding)? */
static bool is_round(double x) {
    char text[RC_NUMBER_TEXT];
    snprintf(text, sizeof text, "%.3e", x);
    return (strchr("125", text[0]) != NULL && memcmp(text + 2, "000", 3) == 0) ||
           (text[0] == '2' && memcmp(text + 2, "500", 3) == 0);
}

/** Multiples of a round step over the histogram's range: about five to nine of them. */
static void add_levels(maker *m, rc_picture *p) {
    const rc_histogram *h = p->histogram;
    static const long steps[] = {1, 2, 4, 5, 8, 10, 20, 25, 40, 50};
    long n = (long)h->n_bins, offset = (long)rint(h->first / h->width), step = 50;
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        if (n / steps[i] <= 9 && is_round((double)steps[i] * h->width)) {
            step = steps[i];
            break;
        }
    double *levels = RC_NEW(m->arena, double, n + 1), *shares = RC_NEW(m->arena, double, n + 1);
    const char **ticks = RC_NEW(m->arena, const char *, n + 1);
    uint64_t all = h->below + h->above, reached;
    for (long j = 0; j < n; j++)
        all += h->counts[j];
    reached = all - h->below;
    for (long j = 0; j <= n; j++) {
        if ((offset + j) % step == 0 && all > 0) {
            char text[RC_NUMBER_TEXT];
            rc_quantity q = p->quantity;
            q.suffix = NULL;
            levels[p->n_levels] = edge(h, j);
            shares[p->n_levels] = (double)reached / (double)all;
            rc_number_text(text, &q, edge(h, j),
                           (rc_rounding){.digits = 6, .sign = q.unit == RC_UNIT_RATIO});
            ticks[p->n_levels++] = rc_arena_strdup(m->arena, text);
        }
        if (j < n)
            reached -= h->counts[j];
    }
    p->levels = levels;
    p->at_least = shares;
    p->ticks = ticks;
}

static void add_picture(maker *m) {
    const rc_output *o = rc_result_target(m->result);
    if (o == NULL || o->histogram.n_bins < 2 || !(o->histogram.width > 0))
        return;
    rc_picture *p = RC_NEW(m->arena, rc_picture, 1);
    p->histogram = &o->histogram;
    p->quantity = rc_output_quantity(m->result, o, m->language);
    p->border = NAN;
    if (o->kind == RC_OUTPUT_METRIC &&
        (strcmp(o->name, "roi") == 0 || strcmp(o->name, "npv") == 0)) {
        p->border = 0;
        p->bad = rc_tr_in(m->language, "side of a picture", "loss");
        p->good = rc_tr_in(m->language, "side of a picture", "gain");
        p->bad_share = rc_output_value(o, "below_zero", NULL);
    }
    add_levels(m, p);
    const char *label = rc_clean_text(rc_label_text(&o->label, m->language, o->name), m->arena);
    rc_section *s =
        section(m, "distribution", RC_PART_EXECUTIVE,
                RC_TEXT(m->arena, m->language, "How likely is what · {output}", "output", label));
    s->picture = p;
    s->chart = "distribution";
    s->of = o->name;
    s->folded = true;
}

/* ---- Notes and the whole ---- */

static void add_notes(maker *m, bool flows) {
    const rc_result *r = m->result;
    const char **notes = RC_NEW(m->arena, const char *, r->n_notes + 4);
    size_t n = 0;
    for (size_t i = 0; i < r->n_notes; i++)
        notes[n++] = rc_clean_text(r->note_phrases != NULL
                                       ? rc_phrase_text(&r->note_phrases[i], m->language, m->arena)
                                       : r->notes[i],
                                   m->arena);
    if (rc_result_find(r, "roi") != NULL && flows)
        notes[n++] = rc_tr(
            m->language,
            "Return on investment is (benefits - costs) / costs, both as present values. Where "
            "others quote benefits / costs, that is exactly 100 points more (the gross "
            "return).");
    if (flows)
        notes[n++] =
            rc_tr(m->language, "Amounts are nominal and before tax, in one currency, without "
                               "depreciation.");
    if (!nothing_varies(r))
        notes[n++] = rc_tr(
            m->language,
            "P5, P50, P95: one case in twenty is lower, half are, all but one in twenty are. ±: "
            "how far the mean may be off because the number of simulated cases is finite (95% "
            "interval); without it, every digit shown is certain.");
    rc_section *s = section(m, "notes", RC_PART_ANALYST, rc_tr(m->language, "Notes"));
    s->notes = notes;
    s->n_notes = n;
}

/** "18 months", "5 years by quarter" */
static const char *horizon(maker *m) {
    const rc_result *r = m->result;
    const char *l = m->language;
    char n[RC_NUMBER_TEXT];
    const rc_quantity plain = {.unit = RC_UNIT_NUMBER, .language = l};
    double periods = r->years * r->per_year;
    if (r->per_year > 1 && r->n_periods % r->per_year != 0) {
        uint64_t form = periods == 1 ? 1 : 2;
        snprintf(n, sizeof n, "%.0f", periods);
        return r->per_year == 12
                   ? RC_TEXT_N(m->arena, l, "{n} month", "{n} months", form, "n", n)
                   : RC_TEXT_N(m->arena, l, "{n} quarter", "{n} quarters", form, "n", n);
    }
    rc_number_text(n, &plain, r->years, (rc_rounding){.digits = 4});
    const char *years =
        RC_TEXT_N(m->arena, l, "{n} year", "{n} years", r->years == 1 ? 1 : 2, "n", n);
    if (r->per_year == 12)
        return RC_TEXT(m->arena, l, "{years} by month", "years", years);
    return r->per_year == 4 ? RC_TEXT(m->arena, l, "{years} by quarter", "years", years) : years;
}

static void add_item(rc_text *t, const char *text) {
    rc_text_add(t, t->length > 0 ? " · " : "");
    rc_text_add(t, text);
}

/** "a, b" */
static const char *joined(maker *m, const char *const *names, size_t n) {
    rc_text t = {0};
    for (size_t i = 0; i < n; i++) {
        rc_text_add(&t, i > 0 ? rc_tr_in(m->language, "between items of a list", ", ") : "");
        rc_text_add(&t, rc_clean_text(names[i], m->arena));
    }
    return kept_text(m, &t);
}

static const char *subtitle(maker *m) {
    const rc_result *r = m->result;
    const char *l = m->language;
    rc_text t = {0};
    char n[RC_NUMBER_TEXT];
    const rc_quantity percent = {.unit = RC_UNIT_RATIO};
    if (r->n_scenarios > 0)
        add_item(&t, RC_TEXT(m->arena, l, "scenario {names}", "names",
                             joined(m, r->scenarios, r->n_scenarios)));
    if (r->n_overs > 0)
        add_item(&t,
                 RC_TEXT(m->arena, l, "over it {files}", "files", joined(m, r->overs, r->n_overs)));
    if (r->n_sets > 0)
        add_item(
            &t, RC_TEXT(m->arena, l, "with {settings}", "settings", joined(m, r->sets, r->n_sets)));
    if (r->years > 0)
        add_item(&t, horizon(m));
    if (r->years > 0 && isnan(r->discount_rate))
        add_item(&t, rc_tr(l, "discounted at a varying rate"));
    else if (r->years > 0 && r->discount_rate != 0)
        add_item(
            &t, RC_TEXT(m->arena, l, "discounted at {rate} a year", "rate",
                        rc_number_text(n, &percent, r->discount_rate, (rc_rounding){.digits = 4})));
    if (r->currency != NULL && *r->currency != '\0')
        add_item(&t, RC_TEXT(m->arena, l, "in {currency}", "currency",
                             rc_clean_text(rc_currency_name(r->currency, l), m->arena)));
    add_item(&t, RC_TEXT_N(m->arena, l, "{n} simulated case", "{n} simulated cases", r->trials, "n",
                           rc_count_text(n, r->trials)));
    return kept_text(m, &t);
}

/** A word for a shell: in single quotes when it needs them. */
static void add_shell_word(rc_text *t, const char *word) {
    static const char plain[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./-+:@%,=";
    if (*word != '\0' && word[strspn(word, plain)] == '\0') {
        rc_text_add(t, word);
        return;
    }
    rc_text_add(t, "'");
    for (; *word != '\0'; word++)
        if (*word == '\'')
            rc_text_add(t, "'\\''");
        else
            rc_text_add_n(t, word, 1);
    rc_text_add(t, "'");
}

static void add_option(maker *m, rc_text *t, const char *option, const char *value) {
    rc_text_add(t, option);
    add_shell_word(t, rc_clean_text(value, m->arena));
}

static void add_footer(maker *m, rc_document *d) {
    const rc_result *r = m->result;
    const char **lines = RC_NEW(m->arena, const char *, 2);
    rc_text t = {0};
    rc_text_add(&t, "roicast run ");
    const char *file = r->file == NULL || strcmp(r->file, "<stdin>") == 0 ? "-" : r->file;
    add_shell_word(&t, rc_clean_text(file, m->arena));
    for (size_t i = 0; i < r->n_overs; i++)
        add_option(m, &t, " --over ", r->overs[i]);
    for (size_t i = 0; i < r->n_scenarios; i++)
        add_option(m, &t, " --scenario ", r->scenarios[i]);
    for (size_t i = 0; i < r->n_sets; i++)
        add_option(m, &t, " --set ", r->sets[i]);
    if (r->allow_outside)
        rc_text_add(&t, " --allow-outside");
    rc_text_addf(&t, " --trials %llu --seed %llu --sampler %s", (unsigned long long)r->trials,
                 (unsigned long long)r->seed, r->sampler);
    lines[0] = RC_TEXT(m->arena, m->language, "Redo: {command}", "command", kept_text(m, &t));
    lines[1] = RC_TEXT(m->arena, m->language, "roicast {version} · model sha256 {hash}", "version",
                       ROICAST_VERSION, "hash",
                       rc_arena_printf(m->arena, "%.16s", r->sha256 != NULL ? r->sha256 : ""));
    d->footer = lines;
    d->n_footer = 2;
}

/* A section that another file makes, if there is something in it. */
static void add(maker *m, bool (*make)(const rc_result *, const char *, rc_arena *, rc_section *)) {
    m->n += make(m->result, m->language, m->arena, &m->sections[m->n]);
}

const rc_document *rc_document_new(const rc_result *result, const char *language, rc_arena *arena) {
    rc_document *d = RC_NEW(arena, rc_document, 1);
    maker m = {.result = result, .language = language, .arena = arena};
    m.sections = RC_NEW(arena, rc_section, MAX_SECTIONS);
    d->title =
        rc_clean_text(rc_label_text(&result->title, language,
                                    result->file != NULL ? result->file : rc_tr(language, "Model")),
                      arena);
    d->subtitle = subtitle(&m);
    d->currency = result->currency != NULL ? rc_clean_text(result->currency, arena) : "";
    d->n_figures = rc_figures(result, language, arena, &d->figures);
    rc_section *top = section(&m, "answers", RC_PART_EXECUTIVE, NULL);
    top->n_sentences = rc_words(result, language, arena, &top->sentences);
    add_picture(&m);
    add(&m, rc_section_fan);
    add(&m, rc_drivers_section);
    add(&m, rc_break_even_section);
    add_stats(&m, RC_OUTPUT_METRIC, "metrics", RC_TR("Results"));
    add_stats(&m, RC_OUTPUT_USER, "outputs",
              have(result, RC_OUTPUT_METRIC) ? RC_TR("Outputs of the model") : RC_TR("Results"));
    add_stats(&m, RC_OUTPUT_INPUT, "inputs", RC_TR("Inputs"));
    add_lines(&m);
    add_cash(&m);
    add(&m, rc_section_money);
    m.n += rc_section_rankings(result, language, arena, &m.sections[m.n], 4);
    m.n += rc_section_cases(result, language, arena, &m.sections[m.n], 3);
    add(&m, rc_section_assumptions);
    add_notes(&m, have(result, RC_OUTPUT_METRIC) || have(result, RC_OUTPUT_LINE));
    d->sections = m.sections;
    d->n_sections = m.n;
    add_footer(&m, d);
    return d;
}
