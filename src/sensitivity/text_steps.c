/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of methods that move one bar at a time: a tornado to both sides of the base case, and
 * lines over percentiles. */
#include "report/document.h"
#include "sensitivity/text_page.h"
#include "sensitivity/words.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { NAME = 22, VALUE = 9, CELLS = 20, COLUMNS = 4 };

/* ---- Numbers ---- */

/* Of all finite values in the table */
static void extent(const rc_ranking *r, double *low, double *high) {
    *low = *high = r->base;
    for (size_t i = 0; i < r->n_rows; i++)
        for (size_t k = 0; k < r->n_steps; k++) {
            double y = r->rows[i].output[k];
            if (!isfinite(y))
                continue;
            *low = y < *low || !isfinite(*low) ? y : *low;
            *high = y > *high || !isfinite(*high) ? y : *high;
        }
}

/* Three digits, none finer than a thousandth of what the table spans */
static const char *value_text(const rc_page *p, const rc_ranking *r, double x, bool narrow,
                              char *out) {
    rc_quantity q = rc_target_quantity(p->s->study, p->language);
    if (narrow)
        q = rc_page_narrow(q);
    double low, high;
    extent(r, &low, &high);
    double error = fmax(fabs(x), high - low) * 1e-3;
    if (q.unit == RC_UNIT_YEARS && x == (double)INFINITY)
        return rc_tr(p->language, "never");
    return rc_number_text(
        out, &q, x, (rc_rounding){.digits = 3, .error = error, .sign = q.unit != RC_UNIT_YEARS});
}

static void add_value(rc_page *p, const rc_ranking *r, double x) {
    char text[RC_NUMBER_TEXT];
    rc_page_right(p->out, value_text(p, r, x, true, text), VALUE);
}

static const char *percent_text(char *out, size_t size, double percent) {
    snprintf(out, size, "P%.3g", percent);
    return out;
}

/* Steps shown of a series: its ends and, of many, what lies about half way to the middle */
static size_t columns_of(const rc_ranking *r, size_t at[COLUMNS]) {
    size_t last = r->n_steps - 1;
    const size_t all[COLUMNS] = {0, last / 4, last - last / 4, last};
    if (r->method->table == RC_TABLE_SERIES) {
        memcpy(at, all, sizeof all);
        return COLUMNS;
    }
    at[0] = 0;
    at[1] = last;
    return 2;
}

/* ---- Pictures ---- */

/* Cells from the base to y, negative to the left */
static int cells_to(double y, double base, double low, double high) {
    double at = (y - base) / (high - low) * CELLS;
    if (isnan(at))
        return 0;
    return at > CELLS ? CELLS : at < -CELLS ? -CELLS : (int)floor(at + 0.5);
}

static void two_sides(rc_text *out, const rc_ranking *r, const rc_ranked *row) {
    double low, high;
    extent(r, &low, &high);
    if (!(high > low))
        return;
    int before = -cells_to(low, r->base, low, high), after = CELLS - before;
    int a = cells_to(row->output[0], r->base, low, high);
    int b = cells_to(row->output[r->n_steps - 1], r->base, low, high);
    for (int i = -before; i <= after; i++) {
        bool in_a = i < 0 ? i >= a : i <= a, in_b = i < 0 ? i >= b : i <= b;
        bool a_first = !in_b || (in_a && (a < 0 ? a > b : a < b)); /* the shorter lies on top */
        rc_text_add(out, i == 0 ? "│" : in_a && a_first ? "░" : in_b ? "█" : " ");
    }
}

static void line(rc_text *out, const rc_ranking *r, const rc_ranked *row) {
    static const char *const heights[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    double low, high;
    extent(r, &low, &high);
    for (size_t k = 0; k<r->n_steps; k += r->n_steps> 11 ? 2 : 1) {
        double at = high > low ? (row->output[k] - low) / (high - low) * 8 : 4;
        int h = at > 7 ? 7 : at > 0 ? (int)at : 0;
        rc_text_add(out, isnan(row->output[k]) ? " " : heights[h]);
    }
}

/* ---- The table ---- */

static bool any_risk(const rc_study *s) {
    for (size_t i = 0; i < s->n_entries; i++)
        if (s->entries[i].bar->kind == RC_BAR_RISK)
            return true;
    return false;
}

void rc_page_steps_head(rc_page *p, const rc_ranking *r) {
    char text[RC_NUMBER_TEXT], percent[32];
    size_t at[COLUMNS], n = columns_of(r, at);
    rc_page_wrap(p->out, "",
                 RC_TEXT(p->s->study->arena, p->language,
                         any_risk(p->s->study)
                             ? RC_TR("Base case {value}: every input at its median, no risk that "
                                     "is less likely than not.")
                             : RC_TR("Base case {value}: every input at its median."),
                         "value", value_text(p, r, r->base, false, text)));
    rc_page_right(p->out, rc_tr(p->language, "Rank"), RC_PAGE_RANK);
    rc_text_add(p->out, "  ");
    rc_page_left(p->out, rc_tr(p->language, "Input"), NAME);
    for (size_t i = 0; i < n; i++)
        rc_page_right(p->out, percent_text(percent, sizeof percent, r->percent[at[i]]), VALUE);
    if (r->method->table == RC_TABLE_ENDS)
        rc_page_right(p->out, rc_tr_in(p->language, "score", "swing"), VALUE);
    rc_text_add(p->out, "\n");
}

void rc_page_steps_row(rc_page *p, const rc_ranking *r, const rc_ranked *row) {
    char text[RC_NUMBER_TEXT];
    size_t at[COLUMNS], n = columns_of(r, at);
    rc_quantity q = rc_page_narrow(rc_target_quantity(p->s->study, p->language));
    double swing = row->score[0].value;
    rc_page_right(p->out, rc_page_rank(row, text, sizeof text), RC_PAGE_RANK);
    rc_text_add(p->out, "  ");
    rc_page_left(p->out, rc_page_name(p, row->bar), NAME);
    for (size_t i = 0; i < n; i++)
        add_value(p, r, row->output[at[i]]);
    if (r->method->table == RC_TABLE_ENDS) {
        rc_number_text(text, &q, swing, (rc_rounding){.digits = 3, .error = fabs(swing) * 1e-3});
        rc_page_right(p->out,
                      rc_arena_printf(p->s->study->arena, "%s%s", text, row->same_side ? "*" : ""),
                      VALUE);
        rc_text_add(p->out, row->same_side ? " " : "  ");
        two_sides(p->out, r, row);
    } else {
        rc_text_add(p->out, "  ");
        line(p->out, r, row);
    }
    rc_page_end_line(p->out);
}

/* ---- Under it ---- */

void rc_page_steps_notes(rc_page *p, const rc_ranking *r) {
    char low[32], high[32];
    bool ends = r->method->table == RC_TABLE_ENDS, same_side = false, risk = false;
    for (size_t i = 0; i < r->n_rows; i++) {
        same_side |= r->rows[i].same_side;
        risk |= r->rows[i].bar->kind == RC_BAR_RISK && !r->rows[i].chance;
    }
    percent_text(low, sizeof low, r->percent[0]);
    percent_text(high, sizeof high, r->percent[r->n_steps - 1]);
    const char *scale =
        ends ? risk ? RC_TR("░ at {low}, █ at {high}, │ the base case; of a risk: ░ without it, █ "
                            "with it. Exact: nothing is drawn.")
                    : RC_TR("░ at {low}, █ at {high}, │ the base case. Exact: nothing is drawn.")
        : risk ? RC_TR("Lines from {low} to {high}, all on one scale; a risk: away in the lower "
                       "half, there in the upper. Exact: nothing is drawn.")
               : RC_TR("Lines from {low} to {high}, all on one scale. Exact: nothing is drawn.");
    rc_page_wrap(p->out, "· ",
                 RC_TEXT(p->s->study->arena, p->language, scale, "low", low, "high", high));
    if (same_side)
        rc_page_wrap(p->out, "· ",
                     rc_tr(p->language, "* both ends lie on the same side of the base case: the "
                                        "effect turns back in between, or the parts of a group "
                                        "pull against each other."));
}

static const char *input_text(const rc_page *p, const rc_bar *b, double x, char *out) {
    rc_quantity q = {.unit = b->unit, .suffix = b->unit_text, .language = p->language};
    return rc_number_text(out, &q, x, (rc_rounding){.digits = 3, .error = fabs(x) * 1e-3});
}

static void story(rc_page *p, const rc_ranking *r, const rc_ranked *row) {
    rc_arena *arena = p->s->study->arena;
    const rc_bar *b = row->bar;
    char percent[2][32], y[2][RC_NUMBER_TEXT], x[2][RC_NUMBER_TEXT];
    const char *end[2], *at[2];
    for (int side = 0; side < 2; side++) {
        size_t step = side == 0 ? 0 : r->n_steps - 1;
        percent_text(percent[side], sizeof percent[side], r->percent[step]);
        end[side] = value_text(p, r, row->output[step], false, y[side]);
        at[side] = isnan(row->input[step]) ? percent[side]
                                           : RC_TEXT(arena, p->language, "{percentile} ({value})",
                                                     "percentile", percent[side], "value",
                                                     input_text(p, b, row->input[step], x[side]));
    }
    const char *name = rc_clean_text(rc_label_text(&b->label, p->language, b->name), arena);
    rc_page_wrap(
        p->out, "· ",
        RC_TEXT(arena, p->language,
                b->kind == RC_BAR_RISK
                    ? RC_TR("{input}, without it and with it, all else as in the base case: "
                            "{output} {from} → {to}.")
                    : RC_TR("{input}, from its {low} to its {high}, all else as in the base case: "
                            "{output} {from} → {to}."),
                "input", name, "low", at[0], "high", at[1], "output", p->s->study->output->name,
                "from", end[0], "to", end[1]));
}

void rc_page_steps_stories(rc_page *p, const rc_ranking *r, size_t n) {
    for (size_t i = 0; i < r->n_entries && i < n && !r->rows[i].chance; i++) {
        if (i == 0) {
            rc_text_add(p->out, "\n");
            rc_page_heading(p, rc_tr(p->language, "What that means"));
            rc_text_add(p->out, "\n");
        }
        story(p, r, &r->rows[i]);
    }
}
