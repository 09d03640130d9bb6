/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A fit for people: the families in order, the parameters and a Q-Q picture of one of them, and as
 * last line what a model needs. */
#include "fit/work.h"

#include "core/math.h"
#include "report/number.h"

#include <stdio.h>
#include <string.h>

static const char *short_number(char out[RC_NUMBER_TEXT], double x, int digits) {
    rc_quantity plain = {.unit = RC_UNIT_NUMBER};
    return rc_number_text(out, &plain, x, (rc_rounding){.digits = digits, .error = 0});
}

static void add_right(rc_text *out, const char *text, int width) {
    int blanks = width - rc_text_width(text);
    rc_text_repeat(out, " ", blanks > 0 ? blanks : 0);
    rc_text_add(out, text);
}

static void add_left(rc_text *out, const char *text, int width) {
    rc_text_add(out, text);
    int blanks = width - rc_text_width(text);
    rc_text_repeat(out, " ", blanks > 0 ? blanks : 0);
}

/* ---- The data ---- */

static void add_data(const rc_fit *f, const rc_fit_show *show, rc_text *out) {
    char n[RC_NUMBER_TEXT], low[RC_NUMBER_TEXT], high[RC_NUMBER_TEXT], mean[RC_NUMBER_TEXT];
    char sd[RC_NUMBER_TEXT], different[RC_NUMBER_TEXT];
    const rc_dist_data *d = &f->data;
    rc_text_addf(out, "%s: %s %s", show->source, rc_count_text(n, d->n),
                 f->counts ? "counts" : "values");
    if (d->n_values < d->n)
        rc_text_addf(out, " (%s different)", rc_count_text(different, d->n_values));
    rc_text_addf(out, " from %s to %s, mean %s, sd %s\n", short_number(low, d->x[0], 4),
                 short_number(high, d->x[d->n - 1], 4), short_number(mean, d->mean, 4),
                 short_number(sd, d->sd * sqrt((double)d->n / ((double)d->n - 1)), 4));
}

/* ---- The table ---- */

enum { NAME = 17, P = 7 };

/* 0.03 has two digits that matter, 0.62 as well; never finer than the replicates can tell */
static void add_p(rc_text *out, double p, size_t replicates) {
    char text[32] = "";
    if (!isnan(p) && p * (double)(replicates + 1) < 1.5)
        snprintf(text, sizeof text, "<%.3f", 1.0 / (double)replicates);
    else if (!isnan(p))
        snprintf(text, sizeof text, p < 0.0995 ? "%.3f" : "%.2f", p);
    add_right(out, text, P);
}

/* With two decimals, fewer where they have no room */
static void add_measure(rc_text *out, double x, int digits, int width) {
    char text[64];
    if (!isfinite(x)) {
        add_right(out, isnan(x) ? "–" : "∞", width);
        return;
    }
    do
        snprintf(text, sizeof text, "%.*f", digits, x);
    while ((int)strlen(text) >= width && --digits >= 0);
    if (digits < 0)
        snprintf(text, sizeof text, "%.3g", x);
    add_right(out, text, width);
}

static void add_table(const rc_fit *f, rc_text *out) {
    static const struct {
        const char *name;
        int width;
    } columns[] = {{"lnL", 10}, {"AIC", 10}, {"BIC", 10}, {"KS", 8}, {"p", P}, {"AD", 8}, {"p", P}};
    bool p = f->replicates > 0;
    rc_text_add(out, "\n     ");
    add_left(out, "family", NAME);
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        if (p || columns[i].name[0] != 'p')
            add_right(out, columns[i].name, columns[i].width);
    rc_text_add(out, "\n");
    for (size_t i = 0; i < f->n_rows; i++) {
        const rc_fit_row *r = &f->rows[i];
        rc_text_addf(out, "%3zu  ", i + 1);
        add_left(out, r->name, NAME);
        add_measure(out, r->log_likelihood, 2, 10);
        add_measure(out, r->aic, 2, 10);
        add_measure(out, r->bic, 2, 10);
        add_measure(out, r->ks, 4, 8);
        if (p)
            add_p(out, r->ks_p, f->replicates);
        add_measure(out, r->ad, 3, 8);
        if (p)
            add_p(out, r->ad_p, f->replicates);
        rc_text_addf(out, "%s\n", r->rough ? "  *" : "");
    }
}

static void add_notes(const rc_fit *f, rc_text *out) {
    bool rough = false;
    char count[RC_NUMBER_TEXT];
    for (size_t i = 0; i < f->n_rows; i++)
        rough |= f->rows[i].rough;
    if (f->n_more > 0)
        rc_text_addf(out, "     and %zu more\n", f->n_more);
    for (size_t i = 0; i < f->n_refusals; i++)
        rc_text_addf(out, "  –  %s: %s\n", f->refusals[i].name, f->refusals[i].reason);
    if (rough)
        rc_text_add(out, "  *  the likelihood is flat or has an edge here: best values found\n");
    if (f->replicates > 0) {
        rc_text_addf(out, "p: parametric bootstrap, %s replicates",
                     rc_count_text(count, f->replicates));
        if (f->replicate_n < f->data.n)
            rc_text_addf(out, " of %s values", rc_count_text(count, f->replicate_n));
        rc_text_add(out, "; a small p speaks against the family\n");
    }
    if (!f->counts && f->data.n_values * 2 < f->data.n)
        rc_text_add(out,
                    "The values look rounded: most stand there several times. KS, AD and their "
                    "p take them as exact.\n");
}

/* ---- One family ---- */

static void add_parameters(const rc_fit *f, const rc_fit_row *r, rc_text *out) {
    char value[RC_NUMBER_TEXT], low[RC_NUMBER_TEXT], high[RC_NUMBER_TEXT];
    rc_text_addf(out, "\n%s, %s", r->name,
                 r->type->fit->method != NULL ? r->type->fit->method : "maximum likelihood");
    rc_text_add(out, f->replicates > 0 ? ", with 95 % intervals by the bootstrap:\n" : ":\n");
    for (size_t i = 0; i < r->n_parameters; i++) {
        const rc_fit_parameter *p = &r->parameters[i];
        rc_text_add(out, "     ");
        add_left(out, p->name, 12);
        add_right(out, short_number(value, p->value, 5), 12);
        if (!isnan(p->low))
            rc_text_addf(out, "   %s to %s", short_number(low, p->low, 5),
                         short_number(high, p->high, 5));
        rc_text_add(out, "\n");
    }
    double first, last;
    rc_dist_support(r->dist, &first, &last);
    if (first == f->data.x[0] || last == f->data.x[f->data.n - 1])
        rc_text_add(out, "     It ends where the data end: nothing beyond can happen. AIC and BIC "
                         "flatter such a family.\n");
    if (r->failed > 0)
        rc_text_addf(out, "     %zu of %zu replicates could not be fitted and are left out\n",
                     r->failed, f->replicates);
}

enum { COLUMNS = 61, LINES = 19 };

/* Row and column of a value on an axis from low to high */
static int cell(double x, double low, double high, int n) {
    double at = floor((x - low) / (high - low) * (n - 1) + 0.5);
    return at < 0 ? 0 : at > n - 1 ? n - 1 : (int)at;
}

/* Data against fitted quantiles at the same probability; dots mark where both are equal. */
static void add_picture(const rc_fit *f, const rc_fit_row *r, rc_text *out) {
    enum { POINTS = 400 };
    char grid[LINES][COLUMNS] = {{0}}, label[RC_NUMBER_TEXT];
    const rc_dist_data *d = &f->data;
    size_t n = d->n < POINTS ? d->n : POINTS;
    double fitted[POINTS], found[POINTS], low = INFINITY, high = -INFINITY;
    for (size_t i = 0; i < n; i++) {
        double u = ((double)i + 0.5) / (double)n;
        fitted[i] = rc_dist_quantile(r->dist, rc_tail_of(u));
        found[i] = d->x[(size_t)(u * (double)d->n)];
        low = fitted[i] < low ? fitted[i] : low;
        low = found[i] < low ? found[i] : low;
        high = fitted[i] > high ? fitted[i] : high;
        high = found[i] > high ? found[i] : high;
    }
    if (!(high > low) || !isfinite(high - low))
        return;
    for (int c = 0; c < COLUMNS; c++)
        grid[cell(c, 0, COLUMNS - 1, LINES)][c] = '.';
    for (size_t i = 0; i < n; i++)
        grid[cell(found[i], low, high, LINES)][cell(fitted[i], low, high, COLUMNS)] = 'o';
    rc_text_addf(out, "\nQuantiles of the data (up) against %s (right):\n", r->name);
    for (int line = LINES - 1; line >= 0; line--) {
        bool named = line == 0 || line == LINES - 1 || line == LINES / 2;
        double at = low + (high - low) * line / (LINES - 1);
        add_right(out, named ? short_number(label, at, 3) : "", 10);
        rc_text_add(out, named ? " ┤" : " │");
        int last = COLUMNS - 1;
        while (last >= 0 && grid[line][last] == 0)
            last--;
        for (int c = 0; c <= last; c++)
            rc_text_add(out, grid[line][c] == 'o' ? "•" : grid[line][c] == '.' ? "·" : " ");
        rc_text_add(out, "\n");
    }
    rc_text_repeat(out, " ", 11);
    rc_text_add(out, "└");
    rc_text_repeat(out, "─", COLUMNS);
    rc_text_add(out, "\n");
    rc_text_repeat(out, " ", 12);
    add_left(out, short_number(label, low, 3), COLUMNS / 2 - 2);
    add_left(out, short_number(label, 0.5 * (low + high), 3), COLUMNS / 2 - 2);
    add_right(out, short_number(label, high, 3), COLUMNS - 2 * (COLUMNS / 2 - 2));
    rc_text_add(out, "\n");
}

/* A comment must end with its line, whatever the file is called. */
static void add_comment(rc_text *out, const char *text) {
    for (size_t n = strlen(text), step; n > 0; text += step, n -= step) {
        int32_t c = rc_utf8_decode(text, n, &step);
        if (c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029)
            rc_text_add(out, "?");
        else
            rc_text_add_n(out, text, step);
    }
}

rc_status rc_fit_text(const rc_fit *f, const rc_fit_show *show, rc_text *out, rc_error *err) {
    const rc_fit_row *r = rc_fit_find(f, show->family, err);
    if (r == NULL)
        return RC_USAGE;
    add_data(f, show, out);
    add_table(f, out);
    add_notes(f, out);
    add_parameters(f, r, out);
    add_picture(f, r, out);
    rc_text_addf(out, "\nvalue: %s   # fitted to ", r->call);
    add_comment(out, show->source);
    rc_text_addf(out, ", n = %zu\n", f->data.n);
    return RC_OK;
}
