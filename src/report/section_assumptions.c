/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Everything that the model assumes: as written, with a picture where it is left to chance, and who
 * says so. */
#include "report/document_make.h"

#include "core/language.h"

#include <math.h>
#include <string.h>

static const char *const titles[RC_ASSUMED_COUNT] = {
    [RC_ASSUMED_SETTING] = RC_TR("Settings"), [RC_ASSUMED_FACTOR] = RC_TR("Factors"),
    [RC_ASSUMED_INPUT] = RC_TR("Inputs"),     [RC_ASSUMED_LEVER] = RC_TR("Levers"),
    [RC_ASSUMED_SERIES] = RC_TR("Series"),    [RC_ASSUMED_BENEFIT] = RC_TR("Benefits"),
    [RC_ASSUMED_COST] = RC_TR("Costs"),       [RC_ASSUMED_RISK] = RC_TR("Risks"),
};

/** "pert(1, 2, 3)", and what else is written on lines of its own. */
static const char *written(const rc_assumption *a, rc_arena *arena) {
    rc_text t = {0};
    for (size_t i = 0; i < a->n_written; i++) {
        bool value = strcmp(a->written[i].key, "value") == 0;
        rc_text_addf(&t, "%s%s%s%s", i > 0 ? "; " : "", value ? "" : a->written[i].key,
                     value ? "" : ": ", a->written[i].text);
    }
    const char *kept = rc_arena_strdup(arena, t.bytes != NULL ? t.bytes : "");
    rc_text_free(&t);
    return kept;
}

static const char *said_by(const rc_assumption *a, const char *language, rc_arena *arena) {
    rc_text t = {0};
    if (a->owner != NULL)
        RC_SAY(&t, language, "Owner: {name}.", "name", a->owner);
    const char *const parts[] = {a->source, a->note};
    for (int i = 0; i < 2; i++)
        if (parts[i] != NULL)
            rc_text_addf(&t, "%s%s", t.length > 0 ? (i == 1 && a->source != NULL ? "; " : " ") : "",
                         parts[i]);
    const char *kept = t.length > 0 ? rc_arena_strdup(arena, t.bytes) : NULL;
    rc_text_free(&t);
    return kept;
}

static rc_table_cell quantile(const rc_maker *m, const rc_assumption *a, int which) {
    double x = a->sketch[which], spread = fabs(a->sketch[RC_SKETCH - 1] - a->sketch[0]);
    return rc_make_cell(m, (rc_quantity){.unit = RC_UNIT_NUMBER}, x,
                        (rc_rounding){.digits = 3, .error = fmax(spread, fabs(x)) * 1e-3});
}

static void row(const rc_maker *m, rc_table_maker *t, const rc_assumption *a) {
    const char *label = rc_label_text(&a->label, m->language, a->name);
    if (a->unit_text != NULL)
        label = rc_arena_printf(m->arena, "%s (%s)", label, rc_clean_text(a->unit_text, m->arena));
    rc_table_cell *cells = rc_table_row(t, label, RC_ROW_BODY);
    cells[1].sketch = a->sketch;
    if (a->sketch != NULL) {
        cells[2] = quantile(m, a, 1); /* 0.05, 0.50, 0.95 */
        cells[3] = quantile(m, a, 10);
        cells[4] = quantile(m, a, 19);
    }
    cells[5] = rc_make_words(m, written(a, m->arena));
    cells[5].code = true;
    cells[6] = rc_make_words(m, said_by(a, m->language, m->arena));
}

void rc_section_assumptions(rc_maker *m) {
    const rc_result *r = m->result;
    if (r->n_assumptions == 0)
        return;
    static const char *const heads[] = {"",    RC_TR("Distribution"), "P5",           "P50",
                                        "P95", RC_TR("As written"),   RC_TR("Source")};
    rc_table_maker t = rc_make_table(m, heads, 7);
    for (size_t i = 0; i < r->n_assumptions; i++) {
        const rc_assumption *a = &r->assumptions[i];
        if (i == 0 || a->section != a[-1].section)
            rc_table_row(&t, rc_tr(m->language, titles[a->section]), RC_ROW_GROUP);
        row(m, &t, a);
    }
    rc_add_section(m, (rc_section){.id = "assumptions",
                                   .title = rc_tr(m->language, "What it assumes"),
                                   .part = RC_PART_ANALYST,
                                   .wide = true,
                                   .table = t.table});
}
