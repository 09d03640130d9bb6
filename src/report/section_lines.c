/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where it comes from: benefits, costs and risks, line by line. */
#include "report/document_make.h"

#include "core/language.h"

static void line_rows(const rc_maker *m, rc_table_maker *t, rc_output_kind kind, bool costs,
                      const char *group, const char *total, const char *total_label) {
    const rc_result *r = m->result;
    size_t lines = 0;
    for (size_t i = 0; i < r->n_outputs; i++) {
        const rc_output *o = &r->outputs[i];
        if (o->kind != kind || o->is_cost != costs)
            continue;
        if (lines++ == 0)
            rc_table_row(t, rc_tr(m->language, group), RC_ROW_GROUP);
        rc_make_output_row(m, t, o, rc_label_text(&o->label, m->language, o->name), RC_ROW_BODY);
    }
    const rc_output *sum = total != NULL ? rc_result_find(r, total) : NULL;
    if (sum != NULL && lines > 0)
        rc_make_output_row(m, t, sum, rc_tr(m->language, total_label), RC_ROW_TOTAL);
}

void rc_section_lines(rc_maker *m) {
    static const char *const value_columns[] = {"", RC_TR("Value")};
    const rc_result *r = m->result;
    static const char *const columns[] = {"", RC_TR("Low"), RC_TR("Middle"), RC_TR("High"),
                                          RC_TR("Mean")};
    if (!rc_has_outputs(r, RC_OUTPUT_LINE) && !rc_has_outputs(r, RC_OUTPUT_RISK))
        return;
    bool fixed = rc_nothing_varies(r);
    rc_table_maker t = fixed ? rc_make_table(m, value_columns, 2) : rc_make_table(m, columns, 5);
    line_rows(m, &t, RC_OUTPUT_LINE, false, RC_TR("Benefits"), "benefits_pv",
              RC_TR("All benefits"));
    line_rows(m, &t, RC_OUTPUT_LINE, true, RC_TR("Costs"), "costs_pv", RC_TR("All costs"));
    line_rows(m, &t, RC_OUTPUT_RISK, false, RC_TR("What risks do to the balance"), NULL, NULL);
    line_rows(m, &t, RC_OUTPUT_LEFT_OUT, false, RC_TR("Benefits not counted above"), NULL, NULL);
    line_rows(m, &t, RC_OUTPUT_LEFT_OUT, true, RC_TR("Costs not counted above"), NULL, NULL);
    rc_section *s = rc_add_section(
        m, (rc_section){.id = "lines",
                        .part = RC_PART_ANALYST,
                        .title = r->discount_rate == 0
                                     ? rc_tr(m->language, "Where it comes from")
                                     : rc_tr(m->language, "Where it comes from, in today's money"),
                        .table = t.table});
    if (!fixed && rc_result_find(r, "npv") != NULL) {
        s->chart = "waterfall";
        s->alt =
            rc_tr(m->language, "Chart of how benefits and costs, line by line on average, add up "
                               "to the gain; lines show where each lies nine times in ten.");
    }
    const char **notes = RC_NEW(m->arena, const char *, 2);
    if (!fixed)
        notes[s->n_notes++] =
            rc_tr(m->language,
                  "Low and high: one time in twenty it is lower, one time in twenty higher.");
    if (rc_has_outputs(r, RC_OUTPUT_RISK))
        notes[s->n_notes++] =
            rc_tr(m->language, "What risks do is already in the lines and sums above.");
    s->notes = notes;
}
