/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was run and how to redo it, as a sheet and as properties of the document. */
#include "report/xlsx_book.h"

#include <math.h>

typedef struct page {
    rc_book *b;
    lxw_worksheet *sheet;
    size_t row;
} page;

static void text(page *p, const char *topic, const char *value) {
    if (value == NULL || *value == '\0')
        return;
    rc_book_text(p->b, p->sheet, p->row, 0, rc_tr(p->b->language, topic),
                 RC_LOOK_BOLD | RC_LOOK_WRAP);
    rc_book_text(p->b, p->sheet, p->row++, 1, value, RC_LOOK_WRAP);
}

static void number(page *p, const char *topic, double value, const char *format) {
    if (isnan(value))
        return;
    rc_book_text(p->b, p->sheet, p->row, 0, rc_tr(p->b->language, topic),
                 RC_LOOK_BOLD | RC_LOOK_WRAP);
    rc_book_number(p->b, p->sheet, p->row++, 1, value, format, RC_LOOK_WRAP | RC_LOOK_LEFT);
}

static void files(page *p) {
    const rc_result *r = p->b->result;
    text(p, RC_TR("Model file"), r->file);
    text(p, RC_TR("SHA-256 of the model file"), r->sha256);
    for (size_t i = 1; i < r->n_files; i++)
        text(p, RC_TR("It extends"),
             rc_arena_printf(p->b->arena, "%s, SHA-256 %s", r->files[i].name, r->files[i].sha256));
    for (size_t i = 0; i < r->n_scenarios; i++)
        text(p, RC_TR("Scenario"), r->scenarios[i]);
    for (size_t i = 0; i < r->n_sets; i++)
        text(p, RC_TR("Set"), r->sets[i]);
}

static void run(page *p) {
    const rc_result *r = p->b->result;
    text(p, RC_TR("Currency"), r->currency);
    if (r->years > 0) {
        number(p, RC_TR("Horizon, years"), r->years, "General");
        number(p, RC_TR("Periods a year"), r->per_year, "0");
        text(p, RC_TR("Discounting"), r->discounting);
        number(p, RC_TR("Discount rate a year"), r->discount_rate, "0.00%");
    }
    number(p,
           r->hurdle_is_irr ? RC_TR("Hurdle, return a year")
                            : RC_TR("Hurdle, return over the horizon"),
           r->hurdle, "0.00%");
    number(p, RC_TR("Simulated cases"), (double)r->trials, "#,##0");
    text(p, RC_TR("Sampler"), r->sampler);
    /* as text: a number of 64 bits does not fit a cell */
    text(p, RC_TR("Seed"), rc_arena_printf(p->b->arena, "%llu", (unsigned long long)r->seed));
    text(p, RC_TR("Intervals from"), r->replicated ? "replicates" : "independent trials");
    number(p, RC_TR("Random inputs"), (double)r->n_inputs, "0");
    text(p, "roicast", ROICAST_VERSION);
}

void rc_book_about(rc_book *b) {
    page p = {b, rc_book_sheet(b, RC_TR("About")), 3};
    worksheet_set_column(p.sheet, 0, 0, 30, NULL);
    worksheet_set_column(p.sheet, 1, 1, 100, NULL);
    rc_book_text(b, p.sheet, 0, 0, rc_tr(b->language, "What was run"), RC_LOOK_TITLE);
    rc_book_text(b, p.sheet, 1, 0, b->document->subtitle, RC_LOOK_QUIET);
    files(&p);
    run(&p);
    for (size_t i = 0; i < b->result->n_notes; i++)
        text(&p, RC_TR("Note"), b->result->notes[i]);
    for (size_t i = 0; i < b->document->n_footer; i++) /* one to be copied, not wrapped */
        rc_book_text(b, p.sheet, p.row + 1 + i, 0, b->document->footer[i], 0);
}
