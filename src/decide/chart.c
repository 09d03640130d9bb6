/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Curves and bars of a comparison. Curves and tables count the cases themselves; the range of an
 * axis is that of histograms, about P0.5 to P99.5. */
#include "decide/chart.h"

#include "core/language.h"
#include "decide/page.h"
#include "report/html.h"
#include "report/table.h"

#include <math.h>

enum { LEFT = 62, RIGHT = 14, TOP = 14, BOTTOM = 26, STYLES = 6, MOST_TICKS = 9 };

/* ---- Axes ---- */

static double step_for(double span, int most) {
    static const double steps[] = {1, 2, 2.5, 5, 10};
    double power = 1;
    while (span / power > most)
        power *= 10;
    while (span / power < most / 10.0 && power > 1e-12)
        power /= 10;
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        if (steps[i] * power / 10 * most >= span)
            return steps[i] * power / 10;
    return power;
}

static void make_axis(rc_axis *axis, double low, double high, const rc_quantity *unit,
                      rc_arena *arena) {
    if (!(high > low)) {
        double room = low != 0 ? 0.5 * fabs(low) : 1;
        high = low + room;
        low -= room;
    }
    double step = step_for(high - low, MOST_TICKS - 1);
    *axis = (rc_axis){.low = low, .high = high};
    for (double k = ceil(low / step - 1e-9); axis->n < RC_CHART_TICKS; k += 1) {
        char text[RC_NUMBER_TEXT];
        double x = k * step;
        if (x > high + 1e-9 * step)
            break;
        axis->at[axis->n] = x;
        axis->text[axis->n++] = rc_arena_strdup(
            arena, rc_number_text(text, unit, x == 0 ? 0 : x, (rc_rounding){.digits = 3}));
    }
}

static double x_of(const rc_axis *axis, double value) {
    double share = (value - axis->low) / (axis->high - axis->low);
    return LEFT + fmin(fmax(share, 0), 1) * (RC_CHART_WIDTH - LEFT - RIGHT);
}

static double y_of(double share) {
    return RC_CHART_HEIGHT - BOTTOM - share * (RC_CHART_HEIGHT - TOP - BOTTOM);
}

static void draw_line(rc_text *out, const char *class, double x0, double y0, double x1, double y1) {
    rc_text_addf(out, "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>\n",
                 class, x0, y0, x1, y1);
}

static void draw_axis(const rc_axis *axis, rc_text *out) {
    size_t zero = 0;
    while (zero < axis->n && axis->at[zero] != 0)
        zero++;
    for (size_t i = 0; i < axis->n; i++) {
        double x = x_of(axis, axis->at[i]);
        const char *anchor = x < LEFT + 20                     ? "start"
                             : x > RC_CHART_WIDTH - RIGHT - 20 ? "end"
                                                               : "middle";
        draw_line(out, "axis", x, y_of(0), x, y_of(0) + 4);
        rc_text_addf(out, "<text%s x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">",
                     (i + zero) % 2 > 0 ? " class=\"odd\"" : "", x, y_of(0) + 18, anchor);
        rc_html_text(out, axis->text[i]); /* the unit is the user's */
        rc_text_add(out, "</text>\n");
        if (axis->at[i] == 0)
            draw_line(out, "axis", x, y_of(1), x, y_of(0));
    }
    draw_line(out, "axis", LEFT, y_of(0), RC_CHART_WIDTH - RIGHT, y_of(0));
}

/* ---- Curves ---- */

static double share_of(const rc_comparison *c, size_t alternative, double x) {
    const rc_alternative *a = &c->alternatives[alternative];
    uint64_t n = 0;
    for (uint64_t i = 0; i < a->result->trials; i++)
        n += c->higher_is_better ? a->measure->samples[i] >= x : a->measure->samples[i] <= x;
    return (double)n / (double)a->result->trials;
}

static const rc_table *table_of_curves(const rc_curves *k, const char *language, rc_arena *arena) {
    const char **columns = RC_NEW(arena, const char *, k->n + 1);
    columns[0] = rc_tr(language, k->c->higher_is_better ? RC_TR("At least") : RC_TR("At most"));
    for (size_t i = 0; i < k->n; i++)
        columns[i + 1] = rc_alternative_name(&k->c->alternatives[k->order[i]], language, arena);
    rc_table_maker t = rc_table_begin(columns, k->n + 1, arena);
    for (size_t r = 0; r < k->axis.n; r++) {
        rc_table_cell *cells = rc_table_row(&t, k->axis.text[r], RC_ROW_BODY);
        for (size_t i = 0; i < k->n; i++)
            cells[i + 1] =
                rc_cell_share(share_of(k->c, k->order[i], k->axis.at[r]), language, arena);
    }
    return t.table;
}

static const char *alt_of_curves(const rc_curves *k, const rc_quantity *unit, const char *language,
                                 rc_arena *arena) {
    rc_text t = {0};
    rc_text_add(&t, k->c->higher_is_better
                        ? rc_tr(language, "Curves: how likely each is to reach at least an amount.")
                        : rc_tr(language, "Curves: how likely each is to need at most an amount."));
    for (size_t i = 0; i < k->n && i < STYLES; i++) {
        const rc_alternative *a = &k->c->alternatives[k->order[i]];
        char text[RC_NUMBER_TEXT];
        rc_next_sentence(&t);
        RC_SAY(&t, language, "{one}: half of the cases are above {amount}.", "one",
               rc_alternative_name(a, language, arena), "amount",
               rc_number_text(text, unit, rc_output_value(a->measure, "percentiles", "50"),
                              (rc_rounding){.digits = 3}));
    }
    const char *alt = rc_arena_strdup(arena, t.bytes);
    rc_text_free(&t);
    return alt;
}

size_t rc_curve_style(size_t i) {
    return i < STYLES ? i : STYLES - 1;
}

void rc_curves_make(rc_curves *k, const rc_comparison *c, const char *language, rc_arena *arena) {
    const rc_alternative *first = &c->alternatives[0];
    const rc_quantity unit = rc_output_quantity(first->result, first->measure, language);
    double low = INFINITY, high = -INFINITY;
    *k = (rc_curves){.c = c, .order = c->order, .n = c->n};
    for (size_t i = 0; i < c->n; i++) {
        const rc_output *o = c->alternatives[i].measure;
        const rc_histogram *h = &o->histogram;
        double mean = rc_output_value(o, "mean", NULL);
        low = fmin(low, h->n_bins > 0 ? h->first : mean);
        high = fmax(high, h->n_bins > 0 ? h->first + (double)h->n_bins * h->width : mean);
    }
    make_axis(&k->axis, low, high, &unit, arena);
    k->table = table_of_curves(k, language, arena);
    k->alt = alt_of_curves(k, &unit, language, arena);
}

enum { POINTS = 180 };

/* How often the i-th reaches each of the places of the axis: exact, one pass over the cases. */
static void measure_curve(const rc_curves *k, size_t i, double share[POINTS + 1]) {
    const rc_alternative *a = &k->c->alternatives[k->order[i]];
    uint64_t less[POINTS + 2] = {0}, sum = 0, all = a->result->trials;
    double scale = POINTS / (k->axis.high - k->axis.low);
    for (uint64_t t = 0; t < all; t++) {
        double at = (a->measure->samples[t] - k->axis.low) * scale;
        less[(size_t)fmin(fmax(ceil(at), 0), POINTS + 1)]++;
    }
    for (size_t n = 0; n <= POINTS; n++) {
        sum += less[n];
        share[n] = (double)sum / (double)all;
        if (k->c->higher_is_better)
            share[n] = 1 - share[n];
    }
}

static double place_of(const rc_curves *k, size_t n) {
    return x_of(&k->axis, k->axis.low + (double)n / POINTS * (k->axis.high - k->axis.low));
}

static void draw_curve(const rc_curves *k, size_t i, const double *share, rc_text *out) {
    rc_text_addf(out, "<path class=\"curve a%zu\" d=\"", rc_curve_style(i));
    for (size_t n = 0; n <= POINTS; n++)
        rc_text_addf(out, "%s%.1f %.1f", n == 0 ? "M" : "L", place_of(k, n), y_of(share[n]));
    rc_text_add(out, "\"/>\n");
}

/* From the first to the last place of a run in which the second lies above the best */
static void fill_run(const rc_curves *k, const double *best, const double *second, size_t first,
                     size_t last, rc_text *out) {
    rc_text_add(out, "<path class=\"under\" d=\"");
    for (size_t n = first; n <= last; n++)
        rc_text_addf(out, "%s%.1f %.1f", n == first ? "M" : "L", place_of(k, n), y_of(second[n]));
    for (size_t n = last + 1; n-- > first;)
        rc_text_addf(out, "L%.1f %.1f", place_of(k, n), y_of(best[n]));
    rc_text_add(out, "Z\"/>\n");
}

/* What the lines hide is left out */
static bool fill_under(const rc_curves *k, const double *best, const double *second, rc_text *out) {
    const double least = 3.0 / (RC_CHART_HEIGHT - TOP - BOTTOM);
    bool any = false;
    for (size_t n = 0; n <= POINTS; n++) {
        size_t first = n;
        double most = 0;
        for (; n <= POINTS && second[n] > best[n]; n++)
            most = fmax(most, second[n] - best[n]);
        if (most < least)
            continue;
        any = true;
        fill_run(k, best, second, first > 0 ? first - 1 : 0, n <= POINTS ? n : POINTS, out);
    }
    return any;
}

bool rc_curves_draw(const rc_curves *k, rc_text *out) {
    double share[POINTS + 1], best[POINTS + 1], second[POINTS + 1];
    for (int q = 0; q <= 4; q++) {
        draw_line(out, "grid", LEFT, y_of(q / 4.0), RC_CHART_WIDTH - RIGHT, y_of(q / 4.0));
        rc_text_addf(out, "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%d%%</text>\n", LEFT - 6,
                     y_of(q / 4.0) + 4, 25 * q);
    }
    measure_curve(k, 0, best);
    measure_curve(k, 1, second);
    bool filled = fill_under(k, best, second, out);
    draw_axis(&k->axis, out);
    for (size_t i = k->n; i-- > 0;) { /* the best on top */
        measure_curve(k, i, share);
        draw_curve(k, i, share, out);
    }
    return filled;
}

/* ---- Bars ---- */

static const rc_table *table_of_bars(const rc_bars *b, const char *language, rc_arena *arena) {
    const rc_alternative *x = &b->c->alternatives[b->pair->b], *y = &b->c->alternatives[b->pair->a];
    const char **columns = RC_NEW(arena, const char *, 2);
    columns[0] = rc_tr(language, "At least");
    columns[1] = rc_tr(language, "Chance");
    rc_table_maker t = rc_table_begin(columns, 2, arena);
    for (size_t r = 0; r < b->axis.n; r++) {
        uint64_t n = 0, trials = x->result->trials;
        for (uint64_t i = 0; i < trials; i++)
            n += x->measure->samples[i] - y->measure->samples[i] >= b->axis.at[r];
        rc_table_row(&t, b->axis.text[r], RC_ROW_BODY)[1] =
            rc_cell_share((double)n / (double)trials, language, arena);
    }
    return t.table;
}

void rc_bars_make(rc_bars *b, const rc_comparison *c, const rc_pair *pair, const char *language,
                  rc_arena *arena) {
    const rc_alternative *first = &c->alternatives[0];
    const rc_quantity unit = rc_output_quantity(first->result, first->measure, language);
    const rc_histogram *h = &pair->histogram;
    char low[RC_NUMBER_TEXT], high[RC_NUMBER_TEXT];
    *b = (rc_bars){.c = c, .pair = pair};
    make_axis(&b->axis, fmin(h->first, 0), fmax(h->first + (double)h->n_bins * h->width, 0), &unit,
              arena);
    b->table = table_of_bars(b, language, arena);
    b->alt = RC_TEXT(
        arena, language,
        "Bars: how often which difference occurs, {one} less {other}. Nine in ten cases lie between "
        "{low} and {high}.",
        "one", rc_alternative_name(&c->alternatives[pair->b], language, arena), "other",
        rc_alternative_name(&c->alternatives[pair->a], language, arena), "low",
        rc_number_text(low, &unit, pair->percentile[0].value, (rc_rounding){.digits = 3}), "high",
        rc_number_text(high, &unit, pair->percentile[2].value, (rc_rounding){.digits = 3}));
}

void rc_bars_draw(const rc_bars *b, rc_text *out) {
    const rc_histogram *h = &b->pair->histogram;
    uint64_t all = h->below + h->above, most = 1, less = h->below;
    for (size_t i = 0; i < h->n_bins; i++) {
        all += h->counts[i];
        most = h->counts[i] > most ? h->counts[i] : most;
    }
    for (size_t i = 0; i < h->n_bins; less += h->counts[i++]) {
        double from = h->first + (double)i * h->width, middle = from + 0.5 * h->width;
        double share = ((double)less + 0.5 * (double)h->counts[i]) / (double)all;
        double x0 = x_of(&b->axis, from), x1 = x_of(&b->axis, from + h->width);
        double top = y_of((double)h->counts[i] / (double)most);
        bool good = (middle > 0) == b->c->higher_is_better, tail = share < 0.1 || share > 0.9;
        if (h->counts[i] > 0)
            rc_text_addf(out,
                         "<rect class=\"%s%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" "
                         "height=\"%.1f\"/>\n",
                         good ? "good" : "bad", tail ? " tail" : "", x0, fmin(top, y_of(0) - 1),
                         fmax(x1 - x0 - (x1 - x0 > 4), 0.5), fmax(y_of(0) - top, 1));
    }
    draw_axis(&b->axis, out);
}
