/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Empirical: a column of data, each row equally likely, drawn as it stands. The reader of the model
 * has loaded the file: slot 0's list is the column, slot 2's number is 1 when the rows are tagged.
 *
 * Untagged: the quantile of the sorted data, the smallest x with F(x) >= u. Tagged: row ceil(u n)
 * in the file's order, so that columns drawn with the same u stay together; then the value does not
 * rise with u, and only cdf and support speak of the sorted data.
 * State: n, where the drawn rows start, then the sorted data and, when tagged, the file's order. */
#include "core/simd.h"
#include "dist/check.h"
#include "dist/dist.h"

#include <stdlib.h>

static const rc_dist_slot slots[] = {
    {.name = "file", .kind = RC_SLOT_TEXT, .help = RC_TR("a CSV file with a header line")},
    {.name = "column",
     .kind = RC_SLOT_TEXT,
     .optional = true,
     .fallback = NAN,
     .help = RC_TR("name of the column; not needed when there is one")},
    {.name = "rows",
     .kind = RC_SLOT_TEXT,
     .optional = true,
     .fallback = NAN,
     .help = RC_TR("a tag: columns with the same tag share the row")},
};
static const rc_dist_form forms[] = {{slots, 3, NULL}};

enum { COUNT, DRAWN, DATA };

static bool is_tagged(const rc_dist_value *values) {
    return values[2].number == 1;
}

static size_t size(const rc_dist_value *values) {
    return DATA + values[0].n * (is_tagged(values) ? 2 : 1);
}

static int increasing(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static rc_status init(const rc_dist_value *values, rc_dist *d, rc_error *err) {
    size_t n = values[0].n;
    if (n == 0 || values[0].list == NULL)
        return rc_fail(err, RC_INPUT, "empirical: file has no data; at least one value is needed");
    for (size_t i = 0; i < n; i++) {
        double x = values[0].list[i];
        if (!isfinite(x))
            return rc_fail(err, RC_INPUT,
                           "empirical: row %zu of file is %g; it must be a finite "
                           "number",
                           i + 1, x);
        d->p[DATA + i] = x + 0.0; /* -0 is 0 */
    }
    if (is_tagged(values))
        memcpy(d->p + DATA + n, d->p + DATA, n * sizeof *d->p);
    qsort(d->p + DATA, n, sizeof *d->p, increasing);
    d->p[COUNT] = (double)n;
    d->p[DRAWN] = (double)(is_tagged(values) ? DATA + n : DATA);
    return RC_OK;
}

static inline double inverse(const double *p, const double *rows, double w) {
    double n = p[COUNT];
    double row = w > 0 ? ceil(w * n) - 1 : n - floor(-w * n) - 1;
    row = row < 0 ? 0 : row > n - 1 ? n - 1 : row;
    return rows[(size_t)row];
}

static double quantile(const rc_dist *d, double w) {
    return inverse(d->p, d->p + (size_t)d->p[DRAWN], w);
}

static void quantile_block(const rc_dist *d, const double *w, double *x, size_t n) {
    const double *rows = d->p + (size_t)d->p[DRAWN];
    for (size_t i = 0; i < n; i++)
        x[i] = inverse(d->p, rows, w[i]);
}

static double cdf(const rc_dist *d, double x, bool upper) {
    size_t n = (size_t)d->p[COUNT], low = 0, high = n; /* the number of values <= x */
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (d->p[DATA + middle] <= x)
            low = middle + 1;
        else
            high = middle;
    }
    return (double)(upper ? n - low : low) / (double)n;
}

static void moments(const rc_dist *d, double *mean, double *sd) {
    size_t n = (size_t)d->p[COUNT];
    double sum = 0, squares = 0;
    for (size_t i = 0; i < n; i++)
        sum += d->p[DATA + i];
    *mean = sum / (double)n;
    for (size_t i = 0; i < n; i++)
        squares += (d->p[DATA + i] - *mean) * (d->p[DATA + i] - *mean);
    *sd = sqrt(squares / (double)n);
}

static void support(const rc_dist *d, double *low, double *high) {
    *low = d->p[DATA];
    *high = d->p[DATA + (size_t)d->p[COUNT] - 1];
}

/* In these texts the data stand where the file's name stands in a model. */
static const rc_dist_oracle oracles[] = {
    {"empirical([7, 1, 4, 2, 11])", 0.001, 1, "closed form"},
    {"empirical([7, 1, 4, 2, 11])", 0.41, 4, "closed form"},
    {"empirical([7, 1, 4, 2, 11])", 0.79, 7, "closed form"},
    {"empirical([7, 1, 4, 2, 11])", 0.81, 11, "closed form"},
    {"empirical([3, 3, -1])", 0.34, 3, "closed form"},
    {"empirical([7, 1, 4, 2, 11], rows=1)", 0.001, 7, "closed form"},
    {"empirical([7, 1, 4, 2, 11], rows=1)", 0.3, 1, "closed form"},
    {"empirical([7, 1, 4, 2, 11], rows=1)", 0.79, 2, "closed form"},
    {"empirical([7, 1, 4, 2, 11], rows=1)", 0.999, 11, "closed form"},
    {0},
};

const rc_dist_type RC_MEMBER(rc_dist_empirical) = {
    .name = "empirical",
    .summary = RC_TR("a column of observed data, drawn as it stands"),
    .forms = forms,
    .n_forms = sizeof forms / sizeof *forms,
    .discrete = true,
    .size = size,
    .init = init,
    .quantile = quantile,
    .cdf = cdf,
    .oracles = oracles,
    .quantile_block = quantile_block,
    .moments = moments,
    .support = support,
};
