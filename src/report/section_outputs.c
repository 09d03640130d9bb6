/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of what the model puts out: results, outputs of its own, inputs that were asked for. */
#include "report/document_make.h"

#include "core/language.h"

#include <math.h>
#include <string.h>

enum { MAX_NOTES = 32 };

static void add_note(rc_maker *m, rc_section *s, const char **notes, const rc_output *o) {
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

static const char *const value_columns[] = {"", RC_TR("Value")};

static void add_stats(rc_maker *m, rc_output_kind kind, const char *id, const char *title) {
    const rc_result *r = m->result;
    static const char *const columns[] = {"", "P5", "P50", "P95", RC_TR("Mean"), ""};
    if (!rc_has_outputs(r, kind))
        return;
    rc_table_maker t =
        rc_nothing_varies(r) ? rc_make_table(m, value_columns, 2) : rc_make_table(m, columns, 6);
    const char **notes = RC_NEW(m->arena, const char *, MAX_NOTES);
    rc_section *s = rc_add_section(
        m, (rc_section){.id = id, .part = RC_PART_ANALYST, .title = rc_tr(m->language, title)});
    size_t n;
    const rc_output **list = rc_outputs_in_groups(r, kind, m->arena, &n);
    for (size_t i = 0; i < n; i++) {
        const rc_output *o = list[i];
        if (o->group != NULL && (i == 0 || !rc_output_same_group(list[i - 1], o)))
            rc_table_row(&t, rc_label_text(&o->group_label, m->language, o->group), RC_ROW_GROUP);
        rc_table_cell *cells =
            rc_make_output_row(m, &t, o, rc_make_output_label(m, o), RC_ROW_BODY);
        double error = rc_output_error(o, "mean", NULL);
        double shown = fabs(rc_output_value(o, "mean", NULL)) * 1e-4;
        if (t.table->n_columns == 6 && error > shown) { /* else every digit shown is certain */
            cells[5] = rc_make_cell(m, rc_output_quantity(r, o, m->language), error,
                                    (rc_rounding){.digits = 1});
            cells[5].text = rc_arena_printf(m->arena, "±%s", cells[5].text);
        }
        add_note(m, s, notes, o);
    }
    s->table = t.table;
    s->notes = notes;
}

void rc_section_outputs(rc_maker *m) {
    add_stats(m, RC_OUTPUT_METRIC, "metrics", RC_TR("Results"));
    add_stats(m, RC_OUTPUT_USER, "outputs",
              rc_has_outputs(m->result, RC_OUTPUT_METRIC) ? RC_TR("Outputs of the model")
                                                          : RC_TR("Results"));
    add_stats(m, RC_OUTPUT_INPUT, "inputs", RC_TR("Inputs"));
}
