/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How an output is distributed, for who checks: every number that summarises it, each with the
 * interval of its simulation error. The picture is a histogram over the cumulative curve. */
#include "report/document_make.h"

#include "core/language.h"

#include <math.h>
#include <string.h>

enum { MOST = 2 };

/** An end of an interval is shown to a tenth of its width. */
static rc_table_cell end(const rc_maker *m, rc_quantity q, double x, double half) {
    return rc_make_cell(m, q, x, (rc_rounding){.digits = 6, .error = half / 10});
}

static void row(const rc_maker *m, rc_table_maker *t, const rc_output *o, const rc_row *of) {
    const rc_estimate *e = &of->estimate;
    rc_quantity q = rc_output_quantity(m->result, o, m->language);
    double half = 0.5 * (e->high - e->low);
    if (of->unit != RC_ROW_VALUE)
        q = (rc_quantity){.unit = of->unit == RC_ROW_PLAIN ? RC_UNIT_NUMBER : RC_UNIT_RATIO,
                          .language = m->language};
    half = isfinite(half) ? half : 0;
    rc_table_cell *cells = rc_table_row(t, rc_row_title(of, m->language, m->arena), RC_ROW_BODY);
    cells[1] = rc_make_cell(m, q, e->value, (rc_rounding){.digits = 6, .error = half});
    if (isinf(e->value)) /* a table holds numbers */
        cells[1] = rc_make_words(m, rc_tr(m->language, "never"));
    cells[1].words = false;
    if (isfinite(e->low) && isfinite(e->high)) {
        cells[2] = end(m, q, e->low, half);
        cells[3] = end(m, q, e->high, half);
    }
}

static void add(rc_maker *m, const rc_output *o) {
    static const char *const heads[] = {"", RC_TR("Value"), RC_TR("from"), RC_TR("to")};
    rc_table_maker t = rc_make_table(m, heads, 4);
    for (size_t i = 0; i < o->n_rows; i++)
        if (!isnan(o->rows[i].estimate.value))
            row(m, &t, o, &o->rows[i]);
    const char *label = rc_clean_text(rc_label_text(&o->label, m->language, o->name), m->arena);
    const char **notes = RC_NEW(m->arena, const char *, 1);
    notes[0] = rc_tr(m->language, "From and to: 95% interval of simulation error; it says nothing "
                                  "about whether the model is right.");
    rc_add_section(
        m,
        (rc_section){.id = rc_arena_printf(m->arena, "spread-%s", o->name),
                     .part = RC_PART_ANALYST,
                     .title = RC_TEXT(m->arena, m->language, "{output} in full", "output", label),
                     .chart = "spread",
                     .of = o->name,
                     .alt = RC_TEXT(m->arena, m->language,
                                    "Histogram of {output} above its cumulative curve, with "
                                    "percentiles and the mean marked.",
                                    "output", label),
                     .folded = true,
                     .wide = true,
                     .table = t.table,
                     .notes = notes,
                     .n_notes = 1});
}

static bool drawable(const rc_output *o) {
    return o != NULL && o->histogram.n_bins > 1 && o->histogram.width > 0;
}

/* The target first; beside it the gain, or the return where that is the target, or what comes next
 * in a model without money. */
void rc_section_spread(rc_maker *m) {
    const rc_result *r = m->result;
    const rc_output *target = rc_result_target(r), *shown[MOST] = {NULL};
    size_t n = 0;
    if (drawable(target))
        shown[n++] = target;
    const rc_output *money[] = {rc_result_find(r, "npv"), rc_result_find(r, "roi")};
    for (size_t i = 0; i < 2 && n < MOST; i++)
        if (drawable(money[i]) && money[i] != target && money[i]->kind == RC_OUTPUT_METRIC)
            shown[n++] = money[i];
    for (size_t i = 0; i < r->n_outputs && n < MOST && !rc_has_outputs(r, RC_OUTPUT_METRIC); i++)
        if (r->outputs[i].kind == RC_OUTPUT_USER && drawable(&r->outputs[i]) &&
            &r->outputs[i] != target)
            shown[n++] = &r->outputs[i];
    for (size_t i = 0; i < n; i++)
        add(m, shown[i]);
}
