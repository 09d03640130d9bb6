/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What every distribution in dist.def promises, checked on every instance that its oracles name. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "parse_dist.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_integration.h>

static const double smallest = 0x1p-54; /* the least |w| that a sampler gives */

/* Tail probabilities to look at; each serves both tails. */
static const double tails[] = {0x1p-54, 1e-15, 1e-12, 1e-9, 1e-6, 1e-4, 0.001, 0.01, 0.037, 0.05,
                               0.1,     0.2,   0.25,  0.3,  0.38, 0.42, 0.45,  0.49, 0.4999};
enum { N_TAILS = sizeof tails / sizeof *tails, N_POINTS = 2 * N_TAILS + 1 };

/* All of them as signed tail probabilities, in order of u. */
static void all_points(double w[N_POINTS]) {
    for (int i = 0; i < N_TAILS; i++) {
        w[i] = tails[i];
        w[N_POINTS - 1 - i] = -tails[i];
    }
    w[N_TAILS] = 0.5;
}

typedef void check_instance(const parsed_dist *made, const char *text, rc_arena *arena);

/* Every instance that the oracles name, once; stops the test when one cannot be built. */
static void for_each_instance(check_instance *check) {
    for (size_t t = 0; t < rc_dist_count(); t++) {
        const char *last = "";
        for (const rc_dist_oracle *o = rc_dist_at(t, RC_ISA_sse2)->oracles; o->text != NULL; o++) {
            if (strcmp(o->text, last) == 0)
                continue;
            rc_arena *arena = rc_arena_new();
            rc_error err = {0};
            parsed_dist made;
            const char *s = last = o->text;
            if (parse_dist(&s, arena, &made, &err) != RC_OK)
                fail_msg("%s: %s", o->text, err.message);
            check(&made, o->text, arena);
            rc_arena_free(arena);
        }
    }
}

/* Rows of a file that are drawn by a shared point do not rise with it. */
static bool shares_rows(const char *text) {
    return strstr(text, "rows=") != NULL;
}

/* ---- Known answers ----------------------------------------------------------------------------
 */

static void quantiles_equal_known_answers(void **state) {
    (void)state;
    for (size_t t = 0; t < rc_dist_count(); t++) {
        const rc_dist_type *type = rc_dist_at(t, RC_ISA_sse2);
        int rows = 0, lower = 0, upper = 0;
        for (const rc_dist_oracle *o = type->oracles; o->text != NULL; o++, rows++) {
            rc_arena *arena = rc_arena_new();
            rc_error err = {0};
            parsed_dist made;
            const char *s = o->text;
            if (parse_dist(&s, arena, &made, &err) != RC_OK)
                fail_msg("%s: %s", o->text, err.message);
            assert_ptr_equal(made.type, type);
            double x = rc_dist_quantile(made.dist, rc_tail_of(o->u));
            double tolerance = type->discrete ? 0 : 1e-12 * fabs(o->x);
            if (!(fabs(x - o->x) <= tolerance))
                fail_msg("%s at %.17g: %.17g, but %s has %.17g", o->text, o->u, x, o->source, o->x);
            lower += o->u < 0.5;
            upper += o->u > 0.5;
            rc_arena_free(arena);
        }
        if (rows < 3 || lower == 0 || upper == 0)
            fail_msg("%s needs three oracles and both tails", type->name);
    }
}

/* ---- Quantile and cdf undo each other ---------------------------------------------------------
 */

/* What x may be off by: 1e-13 of itself. truncate and mixture of a shape whose values are of size s
 * inherit its rounding, a few units in the last place of s, where they cut near 0. */
static double rounding(const rc_dist *d, double x) {
    if (d->type->discrete)
        return 0;
    if (d->n_shapes == 0)
        return 1e-13 * fabs(x);
    double size = fabs(rc_dist_quantile(d, 0.25)) + fabs(rc_dist_quantile(d, -0.25));
    return 1e-13 * fabs(x) + 1e-15 * size;
}

/* A quantile x of u has P(X < x) <= u <= P(X <= x). For continuous ones x is allowed its rounding
 * and the cdf 1e-12, both in the tail that is asked for. */
static void check_inverse(const parsed_dist *made, const char *text, rc_arena *arena) {
    (void)arena;
    double w[N_POINTS];
    all_points(w);
    for (int i = 0; i < N_POINTS && !shares_rows(text); i++) {
        bool upper = w[i] < 0;
        double v = fabs(w[i]), x = rc_dist_quantile(made->dist, w[i]);
        double step = rounding(made->dist, x);
        double slack = made->type->discrete ? 0 : 1e-12 * v;
        double below = made->type->discrete ? nextafter(x, -INFINITY) : x - step;
        double at = rc_dist_cdf(made->dist, x + step, upper);
        double before = rc_dist_cdf(made->dist, below, upper);
        bool good =
            upper ? at <= v + slack && before >= v - slack : at >= v - slack && before <= v + slack;
        if (!good)
            fail_msg("%s: quantile(%.17g) = %.17g, but cdf there %.17g, before %.17g", text, w[i],
                     x, at, before);
        double both = rc_dist_cdf(made->dist, x, false) + rc_dist_cdf(made->dist, x, true);
        if (!(fabs(both - 1) <= 1e-12))
            fail_msg("%s: the two tails at %.17g add up to %.17g", text, x, both);
    }
}

static void cdf_undoes_quantile(void **state) {
    (void)state;
    for_each_instance(check_inverse);
}

static void check_order(const parsed_dist *made, const char *text, rc_arena *arena) {
    (void)arena;
    enum { STEPS = 2000 };
    double low, high, last = -INFINITY;
    rc_dist_support(made->dist, &low, &high);
    for (int i = 0; i <= 2 * STEPS && !shares_rows(text); i++) {
        int from_end = i <= STEPS ? STEPS - i : i - STEPS;
        double v = 0.5 * exp2(-53.0 * from_end / STEPS); /* the same spacing in both tails */
        double x = rc_dist_quantile(made->dist, i <= STEPS ? v : -v);
        double slack = rounding(made->dist, x);
        if (!(x >= last - slack))
            fail_msg("%s: the quantile falls from %.17g to %.17g at tail %.17g", text, last, x, v);
        if (!(x >= low - slack && x <= high + slack))
            fail_msg("%s: %.17g lies outside [%.17g, %.17g]", text, x, low, high);
        last = x;
    }
}

static void quantile_rises_within_support(void **state) {
    (void)state;
    for_each_instance(check_order);
}

/* ---- Moments ----------------------------------------------------------------------------------
 */

typedef struct integrand {
    const rc_dist *dist;
    double sign, centre;
    int power;
} integrand;

/* With v = e^-s: (quantile(sign v) - centre)^power v ds, smooth where v has a pole. */
static double moment_density(double s, void *context) {
    const integrand *f = context;
    double v = exp(-s), x = rc_dist_quantile(f->dist, f->sign * v) - f->centre;
    return v * (f->power == 1 ? x : x * x);
}

/* Integral over both halves; *cut grows by a bound on what lies beyond the smallest point: for a
 * tail v^(-1/a) with a moment of this power it is v x^power / (1 - power / a), here up to a = 1.1
 * power. */
static double moment_by_quadrature(const rc_dist *dist, double centre, int power, double *cut) {
    gsl_integration_workspace *work = gsl_integration_workspace_alloc(4000);
    double sum = 0;
    for (int side = -1; side <= 1; side += 2) {
        integrand f = {dist, side, centre, power};
        gsl_function function = {moment_density, &f};
        double part, error, edge = -log(smallest);
        gsl_integration_qag(&function, -log(0.5), edge, 1e-13, 1e-11, 4000, GSL_INTEG_GAUSS21, work,
                            &part, &error);
        sum += part;
        *cut += error + 11 * fabs(moment_density(edge, &f));
    }
    gsl_integration_workspace_free(work);
    return sum;
}

/* Sum over the values of a discrete one, found by stepping just past each of them. */
static double moment_by_sum(const rc_dist *dist, double centre, int power) {
    double sum = 0, w = smallest, before = 0, before_upper = 1, last = -INFINITY;
    for (;;) {
        double x = rc_dist_quantile(dist, w), y = x - centre;
        if (!(x > last))
            fail_msg("%s: the quantile stays at %.17g, point %.17g", dist->type->name, x, w);
        last = x;
        double below = rc_dist_cdf(dist, x, false), above = rc_dist_cdf(dist, x, true);
        double mass = below < 0.5 ? below - before : before_upper - above;
        sum += mass * (power == 1 ? y : y * y);
        before = below;
        before_upper = above;
        if (above < smallest)
            return sum;
        w = below < 0.5 ? below * (1 + 1e-15) : -above * (1 - 1e-15);
    }
}

static void check_moments(const parsed_dist *made, const char *text, rc_arena *arena) {
    (void)arena;
    double mean = NAN, sd = NAN, cut = 0;
    if (made->type->moments == NULL || shares_rows(text))
        return;
    made->type->moments(made->dist, &mean, &sd);
    if (!isfinite(mean))
        return;
    double spread = isfinite(sd) ? sd : fabs(mean);
    double m = made->type->discrete ? moment_by_sum(made->dist, mean, 1)
                                    : moment_by_quadrature(made->dist, mean, 1, &cut);
    if (!(fabs(m) <= 1e-9 * spread + 1e-12 * fabs(mean) + cut))
        fail_msg("%s: mean %.17g, but quadrature gives %.17g more", text, mean, m);
    if (!isfinite(sd))
        return;
    cut = 0;
    double variance = made->type->discrete ? moment_by_sum(made->dist, mean, 2)
                                           : moment_by_quadrature(made->dist, mean, 2, &cut);
    if (!(fabs(variance - sd * sd) <= 1e-9 * sd * sd + cut))
        fail_msg("%s: sd %.17g, but quadrature gives %.17g", text, sd, sqrt(variance));
}

static void moments_equal_quadrature(void **state) {
    (void)state;
    gsl_set_error_handler_off();
    for_each_instance(check_moments);
}

/* ---- Lanes ------------------------------------------------------------------------------------
 */

enum { MOST_LANES = 1000, ROOM = RC_PADDED(MOST_LANES) + 64 };

static void random_points(double *w, size_t n) {
    uint64_t s = 88172645463325252u;
    for (size_t i = 0; i < n; i++) {
        s ^= s << 13, s ^= s >> 7, s ^= s << 17;
        double v = ((double)(s >> 12) + 0.5) * 0x1p-53; /* in (0, 1/2) */
        if (i % 8 == 3)
            v = ldexp(v, -(int)(i % 40)) + smallest;
        w[i] = s & 1 ? v : -v;
    }
    all_points(w + n / 2);
}

/* A block kernel has 1e-13; a table has 1e-10 in probability. */
static bool agrees(const rc_dist *d, double w, double x, double exact) {
    double spread = rc_dist_quantile(d, -0.25) - rc_dist_quantile(d, 0.25);
    if (d->type->discrete)
        return x == exact;
    if (fabs(x - exact) <= 1e-13 * fabs(exact) + 1e-15 * fabs(spread))
        return true;
    return d->table != NULL && fabs(rc_dist_cdf(d, x, w < 0) - fabs(w)) <= 1e-10;
}

static void check_lanes(const parsed_dist *made, const char *text, rc_arena *arena) {
    static const size_t counts[] = {0, 1, 7, 8, 9, 73, 512, MOST_LANES};
    double *w = RC_NEW(arena, double, ROOM), *x = RC_NEW(arena, double, ROOM);
    double *points = RC_NEW(arena, double, ROOM), *first = RC_NEW(arena, double, ROOM);
    const double canary = -987.25;
    random_points(points, MOST_LANES);
    rc_dist *dist = made->dist;
    rc_dist_prepare(&dist, 1, 1, arena);
    for (size_t c = 0; c < sizeof counts / sizeof *counts; c++)
        for (int isa = 0; isa < RC_ISA_COUNT; isa++) {
            size_t n = counts[c];
            if (!rc_isa_supported((rc_isa)isa))
                continue;
            for (size_t i = 0; i < ROOM; i++) {
                w[i] = i < n ? points[i] : NAN; /* what pads a column is anything */
                x[i] = canary;
            }
            rc_dist_draw(made->dist, (rc_isa)isa, w, x, n);
            for (size_t i = 0; i < n; i++) {
                double exact = rc_dist_quantile(made->dist, w[i]);
                if (!agrees(made->dist, w[i], x[i], exact))
                    fail_msg("%s on %s, lane %zu of %zu, point %.17g: %.17g, but alone %.17g", text,
                             rc_isa_name((rc_isa)isa), i, n, w[i], x[i], exact);
            }
            for (size_t i = RC_PADDED(n); i < ROOM; i++)
                if (x[i] != canary)
                    fail_msg("%s on %s wrote lane %zu for %zu lanes", text,
                             rc_isa_name((rc_isa)isa), i, n);
            if (isa == 0)
                memcpy(first, x, n * sizeof *x);
            if (memcmp(first, x, n * sizeof *x) != 0)
                fail_msg("%s differs on %s", text, rc_isa_name((rc_isa)isa));
            rc_dist_draw(made->dist, (rc_isa)isa, w, w, n);
            if (memcmp(w, x, n * sizeof *x) != 0)
                fail_msg("%s differs in place on %s", text, rc_isa_name((rc_isa)isa));
        }
}

static void lanes_equal_scalars_on_every_instruction_set(void **state) {
    (void)state;
    for_each_instance(check_lanes);
}

/* ---- Refusals ---------------------------------------------------------------------------------
 */

static const char *const refused[] = {
    "uniform(3, 2)",
    "uniform(2, 2)",
    "uniform(nan, 2)",
    "uniform(0, inf)",
    "uniform(p10=5, p90=1)",
    "loguniform(0, 5)",
    "loguniform(3, 2)",
    "loguniform(2, inf)",
    "loguniform(p10=-1, p90=4)",
    "triangular(3, 2, 5)",
    "triangular(1, 7, 5)",
    "triangular(2, 2, 2)",
    "triangular(1, nan, 3)",
    "triangular(p10=5, mode=4, p90=8)",
    "triangular(p10=5, mode=9, p90=8)",
    "pert(3, 2, 1)",
    "pert(1, 9, 5)",
    "pert(1, 2, nan)",
    "pert(1, 1, 1)",
    "normal(0, -1)",
    "normal(0, 0)",
    "normal(inf, 1)",
    "normal(p10=3, p90=3)",
    "lognormal(0, 0)",
    "lognormal(median=-1, sigma=1)",
    "lognormal(mean=1, sd=-1)",
    "lognormal(p10=-3, p90=5)",
    "lognormal(p10=0, p90=5)",
    "lognormal(p10=9, p90=5)",
    "interval(5, 3)",
    "interval(4, 4)",
    "interval(1, 2, confidence=1)",
    "interval(1, 2, widen=0)",
    "beta(-1, 2)",
    "beta(1, 0)",
    "beta(nan, 2)",
    "kumaraswamy(0, 1)",
    "kumaraswamy(2, -1)",
    "kumaraswamy(2, 3, low=5, high=4)",
    "kumaraswamy(2, 3, high=inf)",
    "gamma(0, 1)",
    "gamma(2, -1)",
    "gamma(nan, 1)",
    "exponential(0)",
    "exponential(-2)",
    "exponential(mean=0)",
    "exponential(mean=inf)",
    "weibull(0, 1)",
    "weibull(1, -1)",
    "weibull(p10=-1, p90=2)",
    "weibull(p10=3, p90=2)",
    "rayleigh(0)",
    "rayleigh(-2)",
    "rayleigh(mean=0)",
    "rayleigh(p90=-3)",
    "inverse_gaussian(0, 1)",
    "inverse_gaussian(1, -1)",
    "inverse_gaussian(mean=2, sd=0)",
    "inverse_gaussian(1, 1e-7)",
    "inverse_gaussian(nan, 1)",
    "chi_squared(0)",
    "chi_squared(nan)",
    "chi_squared(-4)",
    "f_ratio(0, 3)",
    "f_ratio(3, -1)",
    "f_ratio(3, inf)",
    "student_t(0)",
    "student_t(-3)",
    "student_t(nan)",
    "logistic(0, 0)",
    "logistic(nan, 1)",
    "logistic(mean=1, sd=-1)",
    "logistic(p10=5, p90=4)",
    "laplace(0, -1)",
    "laplace(inf, 1)",
    "laplace(mean=1, sd=0)",
    "laplace(p10=5, p90=5)",
    "cauchy(0, 0)",
    "cauchy(nan, 1)",
    "cauchy(p25=3, p75=2)",
    "johnson_su(0, 0)",
    "johnson_su(nan, 1)",
    "johnson_su(0, 1, location=inf)",
    "johnson_su(0, 1, scale=-1)",
    "johnson_su(0, 0.01)",
    "gumbel(0, -2)",
    "gumbel(inf, 1)",
    "gumbel(mean=1, sd=-1)",
    "gumbel(p10=5, p90=4)",
    "pareto(0, 1)",
    "pareto(1, -1)",
    "pareto(2, 1, cap=1)",
    "pareto(2, 1, cap=inf)",
    "metalog([])",
    "metalog([1, -1])",
    "metalog([1, nan])",
    "bernoulli(1.4)",
    "bernoulli(-0.1)",
    "bernoulli(nan)",
    "binomial(-1, 0.5)",
    "binomial(10, 1.5)",
    "binomial(2.5, 0.5)",
    "binomial(10, nan)",
    "poisson(-1)",
    "poisson(nan)",
    "poisson(inf)",
    "discrete([])",
    "discrete([1, 2], [1])",
    "discrete([1, 2], [1, -1])",
    "discrete([1], [0])",
    "discrete([1, nan])",
    "discrete([1, 2], [1, inf])",
    "histogram([1], [])",
    "histogram([1, 2], [1, 1])",
    "histogram([1, 2, 2], [1, 1])",
    "histogram([1, 2, 3], [1, -1])",
    "histogram([1, 2, 3], [0, 0])",
    "histogram([1, 2, inf], [1, 1])",
    "cumulative([[1, 0]])",
    "cumulative([[1, 0], [1, 1]])",
    "cumulative([[1, 0], [2, 0.9]])",
    "cumulative([[1, 0], [2, 0.6], [3, 0.5], [4, 1]])",
    "cumulative([[1, 0], [nan, 1]])",
    "empirical([])",
    "empirical([1, nan])",
    "empirical([inf])",
    "mixture([normal(0, 1)], [1, 2])",
    "mixture([normal(0, 1), 3], [1, -1])",
    "mixture([], [])",
    "truncate(normal(0, 1), lower=2, upper=1)",
    "truncate(uniform(0, 1), lower=2, upper=3)",
    "triangular(p10=1, p50=9, p90=10)",
    "triangular(p10=1, p50=2, p90=10)",
    "pert(p10=1, p50=9.9, p90=10)",
    "pert(p10=1, mode=2, p40=3)",
    "lognormal(p10=1, p50=6, p90=10)",
    "lognormal(p10=1, p50=5.5, p90=10)",
    "lognormal(0, 1, shift=inf)",
    "beta(p10=-0.1, p90=0.5)",
    "beta(p10=0.1, p90=1)",
    "beta(p10=0.5, p90=0.2)",
    "beta(p10=0.5, p90=0.50000000001)",
    "beta(p10=3, p90=4, lower=3.5, upper=5)",
    "gamma(p10=0, p90=3)",
    "gamma(p10=5, p90=3)",
    "gamma(p10=1e-300, p90=3)",
    "gamma(p10=3, p90=3.0000000001)",
    "exponential(p50=-1)",
    "inverse_gaussian(p10=1, p90=1000)",
    "inverse_gaussian(p10=-1, p90=2)",
    "student_t(df=0, p10=1, p90=2)",
    "student_t(df=4, p10=2, p90=2)",
    "pareto(p10=-1, p90=2)",
    "normal(p10=1e16, p90=10000000000000002)",
    "geometric(0)",
    "geometric(1.5)",
    "geometric(nan)",
    "geometric(mean=-1)",
    "geometric(mean=1e12)",
    "negative_binomial(0, 0.5)",
    "negative_binomial(2, 0)",
    "negative_binomial(2, 1.5)",
    "negative_binomial(5, 1e-12)",
    "negative_binomial(mean=-1, r=2)",
    "negative_binomial(mean=3, r=0)",
    "negative_binomial(mean=9, sd=3)",
    "negative_binomial(mean=0, sd=3)",
    "negative_binomial(mean=9, sd=-9)",
    "hypergeometric(5, 3, 2)",
    "hypergeometric(5, 12, 10)",
    "hypergeometric(-1, 3, 10)",
    "hypergeometric(2.5, 3, 10)",
    "hypergeometric(2, 3, 0)",
    "hypergeometric(2, 3, 1e10)",
    "hypergeometric(draws=2, successes=3, failures=-1)",
    "hypergeometric(draws=7, successes=3, failures=3)",
    "shift(normal(0, 1), inf)",
    "shift(normal(0, 1), nan)",
    "scale(normal(0, 1), 0)",
    "scale(normal(0, 1), inf)",
};

/* A message names the distribution and one of its parameters (or a percentile). */
static bool names_parameter(const rc_dist_type *type, const char *message) {
    for (size_t f = 0; f < type->n_forms; f++)
        for (size_t s = 0; s < type->forms[f].n_slots; s++) {
            const char *name = type->forms[f].slots[s].name;
            const char *after = message + strlen(type->name); /* "beta" is also a parameter */
            const char *found = strstr(after, strcmp(name, "p*") == 0 ? " p" : name);
            if (found != NULL)
                return true;
        }
    return false;
}

static void check_message(const rc_dist_type *type, const char *text, const rc_error *err) {
    if (strncmp(err->message, type->name, strlen(type->name)) != 0 ||
        !names_parameter(type, err->message))
        fail_msg("%s: the message does not name it and a parameter: %s", text, err->message);
}

static void bad_parameters_are_refused(void **state) {
    (void)state;
    for (size_t t = 0; t < rc_dist_count(); t++) {
        const rc_dist_type *type = rc_dist_at(t, RC_ISA_sse2);
        size_t length = strlen(type->name), rows = 0;
        for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
            if (strncmp(refused[i], type->name, length) != 0 || refused[i][length] != '(')
                continue;
            rc_arena *arena = rc_arena_new();
            rc_error err = {0};
            parsed_dist made;
            const char *s = refused[i];
            if (parse_dist(&s, arena, &made, &err) != RC_INPUT)
                fail_msg("%s is not refused", refused[i]);
            assert_null(made.dist);
            check_message(type, refused[i], &err);
            rc_arena_free(arena);
            rows++;
        }
        if (rows < 2)
            fail_msg("%s needs two bad calls in this test", type->name);
    }
}

/* Put a NaN or an infinity where a number of a good call was; it must be refused. */
static void check_spoilt(const parsed_dist *made, const char *text, const rc_dist_value *values,
                         size_t slot, rc_arena *arena) {
    rc_error err = {0};
    rc_dist *built;
    if (rc_dist_build(made->type, values, arena, &built, &err) != RC_INPUT)
        fail_msg("%s: a NaN or infinite %s is not refused", text,
                 made->type->forms[0].slots[slot].name);
    check_message(made->type, text, &err);
}

static void check_not_numbers(const parsed_dist *made, const char *text, rc_arena *arena) {
    for (size_t s = 0; s < made->type->forms[0].n_slots; s++) {
        const rc_dist_slot *slot = &made->type->forms[0].slots[s];
        rc_dist_value values[RC_DIST_MAX_SLOTS];
        memcpy(values, made->values, sizeof values);
        if (slot->kind == RC_SLOT_NUMBER && !(slot->optional && isnan(slot->fallback))) {
            values[s].number = NAN;
            check_spoilt(made, text, values, s, arena);
            values[s].number = INFINITY;
            if (!slot->optional)
                check_spoilt(made, text, values, s, arena);
        }
        for (size_t i = 0; i < values[s].n; i++)
            for (int second = 0; second < 2; second++) {
                const double **list = second ? &values[s].list2 : &values[s].list, *old = *list;
                if (old == NULL)
                    continue;
                double *spoilt = RC_NEW(arena, double, values[s].n);
                memcpy(spoilt, old, values[s].n * sizeof *spoilt);
                spoilt[i] = NAN;
                *list = spoilt;
                check_spoilt(made, text, values, s, arena);
                *list = old;
            }
    }
}

static void not_a_number_is_refused(void **state) {
    (void)state;
    for_each_instance(check_not_numbers);
}

static void tables_agree(void **state) {
    (void)state;
    for (size_t t = 0; t < rc_dist_count(); t++) {
        const rc_dist_type *type = rc_dist_at(t, RC_ISA_sse2);
        assert_ptr_equal(rc_dist_find(type->name), type);
        assert_true(strlen(type->summary) > 10);
        assert_true(type->n_forms >= 1 && type->n_forms <= RC_DIST_MAX_FORMS);
        assert_null(type->forms[0].solve);
        for (size_t f = 0; f < type->n_forms; f++) {
            assert_true(type->forms[f].n_slots <= RC_DIST_MAX_SLOTS);
            assert_true(f == 0 || type->forms[f].solve != NULL);
            for (size_t s = 0; s < type->forms[f].n_slots; s++)
                assert_non_null(type->forms[f].slots[s].help);
        }
        for (int isa = 0; isa < RC_ISA_COUNT; isa++)
            assert_string_equal(rc_dist_at(t, (rc_isa)isa)->name, type->name);
    }
    assert_null(rc_dist_find("nrmal"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables_agree),
        cmocka_unit_test(quantiles_equal_known_answers),
        cmocka_unit_test(cdf_undoes_quantile),
        cmocka_unit_test(quantile_rises_within_support),
        cmocka_unit_test(moments_equal_quadrature),
        cmocka_unit_test(lanes_equal_scalars_on_every_instruction_set),
        cmocka_unit_test(bad_parameters_are_refused),
        cmocka_unit_test(not_a_number_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
