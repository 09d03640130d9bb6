/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each column shows the probability between its edges, from whichever tail of the cdf keeps its
 * digits; so poles and atoms do no harm. Separate values get a bar each where there is room. */
#include "cli/density_picture.h"

#include "core/language.h"
#include "report/number.h"

#include <math.h>

enum { MARGIN = 6, COLUMNS = 64, ROWS = 8, CDF_ROWS = 4, MOST_TICKS = 7 };

static const char *const eighths[] = {" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};

typedef struct picture {
    const rc_dist *d;
    double low, high; /* edges of the first and last column */
    int columns;      /* in use */
    double step;      /* least distance of ticks */
    double mass[COLUMNS], below[COLUMNS];
    bool gap[COLUMNS]; /* between bars */
    rc_text *out;
} picture;

bool rc_takes_steps(const rc_dist *d) {
    if (d->type->discrete)
        return true;
    for (size_t i = 0; i < d->n_shapes; i++)
        if (!rc_takes_steps(d->shapes[i]))
            return false;
    return d->n_shapes > 0;
}

/* ---- What is shown --------------------------------------------------------------------------- */

/* From 0.5 % to 99.5 %, less where tails are heavy, up to the ends where they are near. */
static void choose_range(picture *p) {
    double low, high, q10 = rc_dist_quantile(p->d, 0.1), q90 = rc_dist_quantile(p->d, -0.1);
    double reach = 1.5 * (q90 - q10);
    p->low = rc_dist_quantile(p->d, 0.005);
    p->high = rc_dist_quantile(p->d, -0.005);
    if (reach > 0) {
        p->low = p->low > q10 - reach ? p->low : q10 - reach;
        p->high = p->high < q90 + reach ? p->high : q90 + reach;
    }
    rc_dist_support(p->d, &low, &high);
    double near = 0.2 * (p->high - p->low);
    p->low = low > p->low - near ? low : p->low;
    p->high = high < p->high + near ? high : p->high;
}

static double mass_between(const rc_dist *d, double a, double b) {
    double below = rc_dist_cdf(d, b, false), above = rc_dist_cdf(d, a, true);
    double mass = below < 0.5 ? below - rc_dist_cdf(d, a, false) : above - rc_dist_cdf(d, b, true);
    return mass > 0 ? mass : 0;
}

static void fill_columns(picture *p) {
    double width = (p->high - p->low) / COLUMNS;
    p->columns = COLUMNS;
    for (int i = 0; i < COLUMNS; i++) {
        double a = p->low + i * width, b = p->low + (i + 1) * width;
        p->mass[i] = mass_between(p->d, i == 0 ? nextafter(a, -INFINITY) : a, b);
        p->below[i] = rc_dist_cdf(p->d, b, false);
    }
}

/* The smallest distance of neighbouring values in the range; 0 when it holds one value. */
static double spacing(const picture *p) {
    double last = p->low, least = INFINITY;
    for (int i = 0; i < 4096 && last < p->high; i++) {
        double u = rc_dist_cdf(p->d, last, false);
        double w = u < 0.5 ? nextafter(u, 1) : -nextafter(rc_dist_cdf(p->d, last, true), 0);
        double x = w != 0 ? rc_dist_quantile(p->d, w) : last;
        if (!(x > last))
            break;
        least = x - last < least ? x - last : least;
        last = x;
    }
    return least < INFINITY ? least : 0;
}

/* Separate values: columns whose edges lie between them, as many to each. */
static void fill_bars(picture *p) {
    double gap = spacing(p);
    gap = gap > 0 ? gap : 1;
    double steps = rint((p->high - p->low) / gap) + 1;
    if (steps > 100 * COLUMNS) {
        fill_columns(p);
        return;
    }
    int per_value = (int)(COLUMNS / steps), values = 1; /* of them in a column group */
    if (per_value < 1) {
        per_value = 1;
        values = (int)ceil(steps / COLUMNS);
    }
    per_value = per_value > 8 ? 8 : per_value;
    int groups = (int)ceil(steps / values);
    p->columns = groups * per_value;
    p->step = gap;
    p->low -= 0.5 * gap;
    p->high = p->low + groups * (values * gap);
    for (int i = 0; i < p->columns; i++) {
        int group = i / per_value;
        double a = p->low + group * (values * gap), b = p->low + (group + 1) * (values * gap);
        p->mass[i] = mass_between(p->d, a, b);
        p->below[i] = rc_dist_cdf(p->d, b, false);
        p->gap[i] = per_value > 1 && i % per_value == per_value - 1;
    }
}

/* ---- Drawing --------------------------------------------------------------------------------- */

/* Rows of blocks for heights from 0 to 1, with a text before the top one and the bottom one. */
static void draw(const picture *p, const double *height, int rows, const char *top,
                 const char *bottom) {
    for (int row = rows - 1; row >= 0; row--) {
        int blanks = 0;
        rc_text_addf(p->out, "%*s ", MARGIN - 1, row == rows - 1 ? top : row == 0 ? bottom : "");
        for (int i = 0; i < p->columns; i++) {
            int level = (int)ceil(height[i] * rows * 8 - 1e-9) - row * 8;
            if (level <= 0 || p->gap[i]) {
                blanks++;
                continue;
            }
            rc_text_repeat(p->out, " ", blanks);
            rc_text_add(p->out, eighths[level > 8 ? 8 : level]);
            blanks = 0;
        }
        while (p->out->length > 0 && p->out->bytes[p->out->length - 1] == ' ')
            p->out->bytes[--p->out->length] = '\0';
        rc_text_add(p->out, "\n");
    }
}

/* 1, 2 or 5 times a power of ten: at most MOST_TICKS of them in the range. */
static double tick_step(double range) {
    static const double nice[] = {0.1, 0.2, 0.5};
    double unit = 1;
    while (range > MOST_TICKS * unit)
        unit *= 10;
    while (unit > 1e-300 && range <= 0.1 * MOST_TICKS * unit)
        unit /= 10;
    for (int i = 0; i < 3; i++)
        if (range <= MOST_TICKS * nice[i] * unit)
            return nice[i] * unit;
    return unit;
}

static void axis(const picture *p) {
    static const rc_quantity number = {.unit = RC_UNIT_NUMBER};
    double step = tick_step(p->high - p->low), width = (p->high - p->low) / p->columns;
    step = step > p->step ? step : p->step;
    rc_text line = {0}, labels = {0};
    int at = 0, text_at = 0;
    rc_text_repeat(&line, " ", MARGIN);
    for (double t = ceil(p->low / step); t * step <= p->high; t++) {
        char text[RC_NUMBER_TEXT];
        int column = (int)floor((t * step - p->low) / width);
        column = column < p->columns ? column : p->columns - 1;
        if (fabs(t) < 5000)
            rc_number_text(text, &number, t * step, (rc_rounding){.digits = 5});
        else /* large numbers near each other */
            rc_exact_text(text, t * step);
        int start = MARGIN + column - (rc_text_width(text) - 1) / 2;
        rc_text_repeat(&line, "─", column - at);
        rc_text_add(&line, "┴");
        at = column + 1;
        if (start < text_at + (text_at > 0))
            continue;
        rc_text_repeat(&labels, " ", start - text_at);
        rc_text_add(&labels, text);
        text_at = start + rc_text_width(text);
    }
    rc_text_repeat(&line, "─", p->columns - at);
    rc_text_addf(p->out, "%s\n%s\n", line.bytes, labels.length > 0 ? labels.bytes : "");
    rc_text_free(&line);
    rc_text_free(&labels);
}

static void beyond(const picture *p, const char *language) {
    double left = rc_dist_cdf(p->d, nextafter(p->low, -INFINITY), false);
    double right = rc_dist_cdf(p->d, p->high, true);
    char a[RC_NUMBER_TEXT], b[RC_NUMBER_TEXT];
    if (left + right <= 0)
        return;
    rc_text_repeat(p->out, " ", MARGIN);
    RC_SAY(p->out, language,
           left > 0 && right > 0
               ? RC_TR("beyond the picture: {left} to the left, {right} to the right")
           : left > 0 ? RC_TR("beyond the picture: {left} to the left")
                      : RC_TR("beyond the picture: {right} to the right"),
           "left", rc_share_text(a, left, language), "right", rc_share_text(b, right, language));
    rc_text_add(p->out, "\n");
}

void rc_density_picture(const rc_dist *d, const char *language, rc_text *out) {
    picture p = {.d = d, .out = out};
    double most = 0;
    choose_range(&p);
    bool steps = rc_takes_steps(d);
    if (!(p.high > p.low) && !steps)
        return;
    if (steps)
        fill_bars(&p);
    else
        fill_columns(&p);
    for (int i = 0; i < COLUMNS; i++)
        most = p.mass[i] > most ? p.mass[i] : most;
    for (int i = 0; i < COLUMNS; i++)
        p.mass[i] /= most;
    draw(&p, p.mass, ROWS, "", "");
    axis(&p);
    for (int i = 0; i < COLUMNS; i++)
        p.gap[i] = false; /* the steps below touch */
    draw(&p, p.below, CDF_ROWS, "100%", "0%");
    rc_text_repeat(out, " ", MARGIN);
    rc_text_repeat(out, "─", p.columns);
    rc_text_add(out, "\n");
    beyond(&p, language);
}
