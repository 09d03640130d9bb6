/* SPDX-License-Identifier: GPL-3.0-or-later */
/* PERT: the beta distribution on [min, max] with a = 1 + shape (mode - min) / (max - min) and
 * b = 1 + shape (max - mode) / (max - min). shape = 4 is the classical one; mean = (min + shape
 * mode
 * + max) / (shape + 2).
 *
 * From percentiles: pert is a family of location and scale with one free number, the place m of the
 * mode in [0, 1]. Two percentiles and the mode, or three percentiles, fix one ratio of distances,
 * which grows with m (dist/percentiles.h). */
#include "dist/check.h"
#include "dist/fit.h"
#include "dist/percentiles.h"
#include "dist/scaled_beta.h"

#include "core/math.h"

#define SHAPE_SLOT                                                                                 \
    {                                                                                              \
        .name = "shape", .optional = true, .fallback = 4,                                          \
        .help = RC_TR("weight of the mode, 0 or more")                                             \
    }

static const rc_dist_slot parameters[] = {
    {.name = "min", .help = RC_TR("smallest value")},
    {.name = "mode", .help = RC_TR("most likely value, from min to max")},
    {.name = "max", .help = RC_TR("largest value, above min")},
    SHAPE_SLOT,
};
static const rc_dist_slot around_mode[] = {
    {.name = "p*", .help = RC_TR("a low percentile")},
    {.name = "mode", .help = RC_TR("most likely value")},
    {.name = "p*", .help = RC_TR("a high percentile")},
    SHAPE_SLOT,
};
static const rc_dist_slot percentiles[] = {
    {.name = "p*", .help = RC_TR("a low percentile")},
    {.name = "p*", .help = RC_TR("a middle percentile")},
    {.name = "p*", .help = RC_TR("a high percentile")},
    SHAPE_SLOT,
};

static rc_status check_shape(double shape, rc_error *err) {
    if (shape >= 0 && shape <= 1e9)
        return RC_OK;
    return rc_fail(err, RC_INPUT, "pert: shape is %.10g; it must be from 0 to 1e9 (4 is usual)",
                   shape);
}

/* Quantile of pert(0, m, 1) */
static double unit(double m, double shape, double w) {
    rc_beta_shape beta = rc_beta_shape_of(1 + shape * m, 1 + shape * (1 - m));
    double y;
    return rc_beta_inverse(&beta, w, &y);
}

static double unit_mode(double m, double shape) {
    (void)shape;
    return m;
}

static rc_status solve(const double *x, const double *p, double widen, double *out, rc_error *err) {
    static const rc_place_family family = {"pert", unit, unit_mode, 0, 1, 0.5, 0.1};
    double shape = x[3];
    rc_placed at;
    if (isnan(p[1]) && !(p[0] <= 0.5 && p[2] >= 0.5)) /* several perts may have both and the mode */
        return rc_fail(err, RC_INPUT,
                       "pert: beside mode, one percentile must be p50 or below and one p50 or "
                       "above; p%.0f %.10g and p%.0f %.10g are not",
                       100 * p[0], x[0], 100 * p[2], x[2]);
    if (check_shape(shape, err) || rc_percentiles_of_place(&family, shape, x, p, &at, err))
        return RC_INPUT;
    out[0] = at.median + widen * (at.location - at.median);
    out[1] = at.median + widen * (at.location + at.shape * at.scale - at.median);
    out[2] = at.median + widen * (at.location + at.scale - at.median);
    out[3] = shape;
    return RC_OK;
}

static const rc_dist_form forms[] = {
    {parameters, 4, NULL},
    {around_mode, 4, solve},
    {percentiles, 4, solve},
};

static rc_status init(const rc_dist_value *values, rc_dist *d, rc_error *err) {
    double low = values[0].number, mode = values[1].number, high = values[2].number;
    double shape = values[3].number, width = high - low;
    static const char *const names[] = {"min", "mode", "max"};
    for (int i = 0; i < 3; i++)
        if (rc_check_finite("pert", names[i], values[i].number, err))
            return RC_INPUT;
    if (check_shape(shape, err))
        return RC_INPUT;
    if (mode < low)
        return rc_fail(err, RC_INPUT, "pert: mode %.10g lies below minimum %.10g", mode, low);
    if (mode > high)
        return rc_fail(err, RC_INPUT, "pert: mode %.10g lies above maximum %.10g", mode, high);
    if (!(width > 0) || isinf(width))
        return rc_fail(err, RC_INPUT, "pert: maximum %.10g must lie above minimum %.10g", high,
                       low);
    rc_sb_set(low, high, 1 + shape * ((mode - low) / width), 1 + shape * ((high - mode) / width),
              d);
    return RC_OK;
}

/* The classical shape 4. The mode is looked for among the values. */
static rc_status start(const rc_dist_data *data, size_t variant, rc_fit_values *out,
                       rc_error *err) {
    (void)variant, (void)err;
    double first = data->x[0], last = data->x[data->n - 1], beyond = 0.5 * data->sd;
    double centre = data->median > first && data->median < last ? data->median : data->mean;
    out->slot[0] = isnan(data->lower) ? rc_fit_free(first - beyond, -INFINITY, first)
                                      : rc_fit_known(data->lower);
    out->slot[1] = rc_fit_free(centre, first, last);
    out->slot[2] =
        isnan(data->upper) ? rc_fit_free(last + beyond, last, INFINITY) : rc_fit_known(data->upper);
    out->slot[3] = rc_fit_known(4);
    return RC_OK;
}

static const rc_dist_fit fit = {.start = start};

static const rc_dist_oracle oracles[] = {
    {"pert(10, 20, 60)", 0.001, 10.315698708392351, "shared cases"},
    {"pert(10, 20, 60)", 0.05, 12.948869380590862, "shared cases"},
    {"pert(10, 20, 60)", 0.1, 14.495106522962083, "shared cases"},
    {"pert(10, 20, 60)", 0.5, 23.833612969625942, "shared cases"},
    {"pert(10, 20, 60)", 0.9, 37.26670252167909, "shared cases"},
    {"pert(10, 20, 60)", 0.95, 41.063836200809516, "shared cases"},
    {"pert(10, 20, 60)", 0.999, 52.877578436933928, "shared cases"},
    {"pert(0, 1, 10)", 0.001, 0.017582165479350335, "shared cases"},
    {"pert(0, 1, 10)", 0.5, 2.0266485036146617, "shared cases"},
    {"pert(0, 1, 10)", 0.999, 8.0947765224117307, "shared cases"},
    {"pert(p10=14.495106522962083, mode=20, p90=37.26670252167909)", 0.001, 10.315698708392351,
     "shared cases"},
    {"pert(p5=12.948869380590862, p50=23.833612969625942, p95=41.063836200809516)", 0.999,
     52.877578436933928, "shared cases"},
    {0},
};

const rc_dist_type RC_MEMBER(rc_dist_pert) = {
    .name = "pert",
    .summary = RC_TR("an expert's estimate of smallest, most likely and largest: prices, efforts"),
    .forms = forms,
    .n_forms = sizeof forms / sizeof *forms,
    .size = rc_sb_size,
    .init = init,
    .quantile = rc_sb_quantile,
    .cdf = rc_sb_cdf,
    .oracles = oracles,
    .moments = rc_sb_moments,
    .density = rc_sb_density,
    .score = rc_sb_score,
    .support = rc_sb_support,
    .log_density = rc_sb_log_density,
    .fit = &fit,
};
