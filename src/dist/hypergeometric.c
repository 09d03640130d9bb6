/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hypergeometric: successes among n draws without replacement from a population of N that holds K
 * of them. By position the order is that of @RISK and Excel: (draws, successes, population); with
 * failures = N - K instead of the population it is R's.
 *
 * P(X = k) = b(k; K, q) b(n - k; N - K, q) / b(n; N, q) with binomial probabilities b at q = n / N
 * by deviances (C. Loader, Fast and accurate computation of binomial probabilities, 2000). A tail
 * is summed from k away from the mean by the ratio of neighbours, until nothing changes. */
#include "dist/check.h"
#include "dist/dist.h"
#include "dist/normal_quantile.h"
#include "dist/special.h"
#include "dist/step_quantile.h"

static const rc_dist_slot of_population[] = {
    {.name = "draws", .help = RC_TR("how many are drawn, a whole number from 0 to population")},
    {.name = "successes",
     .help = RC_TR("how many in the population count, whole, from 0 to population")},
    {.name = "population", .help = RC_TR("how many there are, a whole number from 1 to 1e9")},
};
static const rc_dist_slot of_failures[] = {
    {.name = "draws",
     .help = RC_TR("how many are drawn, a whole number, at most successes + failures")},
    {.name = "successes", .help = RC_TR("how many there are that count, a whole number")},
    {.name = "failures", .help = RC_TR("how many there are that do not count, a whole number")},
};

static rc_status solve_failures(const double *x, const double *p, double widen, double *out,
                                rc_error *err) {
    (void)p, (void)widen;
    if (!(x[2] >= 0 && x[2] <= 1e9 && x[2] == floor(x[2])))
        return rc_fail(err, RC_INPUT,
                       "hypergeometric: failures is %.10g; it must be a whole number from 0 to 1e9",
                       x[2]);
    out[0] = x[0];
    out[1] = x[1];
    out[2] = x[1] + x[2];
    return RC_OK;
}

static const rc_dist_form forms[] = {
    {of_population, 3, NULL},
    {of_failures, 3, solve_failures},
};

enum { DRAWS, SUCCESSES, POPULATION, LOW, HIGH, MEAN, SD, SIZE };

static size_t size(const rc_dist_value *values) {
    (void)values;
    return SIZE;
}

static rc_status init(const rc_dist_value *values, rc_dist *d, rc_error *err) {
    double n = values[0].number, k = values[1].number, all = values[2].number;
    if (!(all >= 1 && all <= 1e9 && all == floor(all)))
        return rc_fail(err, RC_INPUT,
                       "hypergeometric: population is %.10g; it must be a whole number from 1 to "
                       "1e9",
                       all);
    for (int i = 0; i < 2; i++) {
        double x = values[i].number;
        if (!(x >= 0 && x <= all && x == floor(x)))
            return rc_fail(err, RC_INPUT,
                           "hypergeometric: %s is %.10g; it must be a whole number from 0 to "
                           "population %.10g",
                           of_population[i].name, x, all);
    }
    d->p[DRAWS] = n;
    d->p[SUCCESSES] = k;
    d->p[POPULATION] = all;
    d->p[LOW] = n + k > all ? n + k - all : 0;
    d->p[HIGH] = n < k ? n : k;
    double share = k / all;
    d->p[MEAN] = n * share;
    d->p[SD] = all > 1 ? sqrt(n * share * ((all - k) / all) * ((all - n) / (all - 1))) : 0;
    return RC_OK;
}

/* ln of the binomial probability of k successes in n trials, at q = 1 - r strictly inside (0, 1) */
static double log_binomial(double k, double n, double q, double r) {
    if (k == 0)
        return n * (q < 0.5 ? rc_log1p(-q) : rc_log(r));
    if (k == n)
        return n * (q < 0.5 ? rc_log(q) : rc_log1p(-r));
    double stirling = rc_stirling_error(n) - rc_stirling_error(k) - rc_stirling_error(n - k);
    return stirling - rc_deviance(k, n * q) - rc_deviance(n - k, n * r) +
           0.5 * (rc_log(n / (k * (n - k))) - RC_LN_2PI);
}

static double mass(const rc_dist *d, double k) {
    double n = d->p[DRAWS], s = d->p[SUCCESSES], all = d->p[POPULATION];
    if (d->p[LOW] >= d->p[HIGH])
        return 1;
    double q = n / all, r = (all - n) / all; /* inside (0, 1), since more than one k is possible */
    return rc_exp(log_binomial(k, s, q, r) + log_binomial(n - k, all - s, q, r) -
                  log_binomial(n, all, q, r));
}

/* P(X <= k), k below the mean */
static double sum_down(const rc_dist *d, double k) {
    double n = d->p[DRAWS], s = d->p[SUCCESSES], f = d->p[POPULATION] - s;
    double sum = 1, term = 1;
    for (double i = k; i > d->p[LOW]; i--) {
        term *= i * (f - n + i) / ((n + 1 - i) * (s + 1 - i));
        double next = sum + term;
        if (next == sum)
            break;
        sum = next;
    }
    return sum * mass(d, k);
}

/* P(X >= k), k above the mean */
static double sum_up(const rc_dist *d, double k) {
    double n = d->p[DRAWS], s = d->p[SUCCESSES], f = d->p[POPULATION] - s;
    double sum = 1, term = 1;
    for (double i = k; i < d->p[HIGH]; i++) {
        term *= (n - i) * (s - i) / ((i + 1) * (f - n + i + 1));
        double next = sum + term;
        if (next == sum)
            break;
        sum = next;
    }
    return sum * mass(d, k);
}

static double cdf(const rc_dist *d, double x, bool upper) {
    double k = floor(x);
    if (k < d->p[LOW] || k >= d->p[HIGH])
        return (k < d->p[LOW]) == upper ? 1 : 0;
    bool below = k < d->p[MEAN];
    double tail = below ? sum_down(d, k) : sum_up(d, k + 1);
    tail = tail < 1 ? tail : 1;
    return below == upper ? 1 - tail : tail;
}

static double quantile(const rc_dist *d, double w) {
    double z = rc_normal_quantile(w), all = d->p[POPULATION];
    double lean = (all - 2 * d->p[SUCCESSES]) / all * (all - 2 * d->p[DRAWS]) / all;
    double start = d->p[MEAN] + z * d->p[SD] + (z * z - 1) * lean / 6;
    return rc_step_quantile(d, w, start, d->p[LOW], d->p[HIGH]);
}

static void moments(const rc_dist *d, double *mean, double *sd) {
    *mean = d->p[MEAN];
    *sd = d->p[SD];
}

static void support(const rc_dist *d, double *low, double *high) {
    *low = d->p[LOW];
    *high = d->p[HIGH];
}

static const rc_dist_oracle oracles[] = {
    {"hypergeometric(10, 40, 100)", 0.001, 0, "SciPy 1.10.1"},
    {"hypergeometric(10, 40, 100)", 0.05, 2, "SciPy 1.10.1"},
    {"hypergeometric(10, 40, 100)", 0.5, 4, "SciPy 1.10.1"},
    {"hypergeometric(10, 40, 100)", 0.95, 6, "SciPy 1.10.1"},
    {"hypergeometric(10, 40, 100)", 0.999, 8, "SciPy 1.10.1"},
    {"hypergeometric(10, 40, 100)", 0.999999, 10, "SciPy 1.10.1"},
    {"hypergeometric(90, 40, 100)", 0.001, 32, "SciPy 1.10.1"},
    {"hypergeometric(90, 40, 100)", 0.05, 34, "SciPy 1.10.1"},
    {"hypergeometric(90, 40, 100)", 0.5, 36, "SciPy 1.10.1"},
    {"hypergeometric(90, 40, 100)", 0.95, 38, "SciPy 1.10.1"},
    {"hypergeometric(90, 40, 100)", 0.999, 40, "SciPy 1.10.1"},
    {"hypergeometric(90, 40, 100)", 0.999999, 40, "SciPy 1.10.1"},
    {"hypergeometric(draws=500, successes=3000, failures=97000)", 0.001, 5, "SciPy 1.10.1"},
    {"hypergeometric(draws=500, successes=3000, failures=97000)", 0.05, 9, "SciPy 1.10.1"},
    {"hypergeometric(draws=500, successes=3000, failures=97000)", 0.5, 15, "SciPy 1.10.1"},
    {"hypergeometric(draws=500, successes=3000, failures=97000)", 0.95, 21, "SciPy 1.10.1"},
    {"hypergeometric(draws=500, successes=3000, failures=97000)", 0.999, 28, "SciPy 1.10.1"},
    {"hypergeometric(draws=500, successes=3000, failures=97000)", 0.999999, 36, "SciPy 1.10.1"},
    {"hypergeometric(50000, 400000, 1000000)", 0.001, 19670, "SciPy 1.10.1"},
    {"hypergeometric(50000, 400000, 1000000)", 0.05, 19824, "SciPy 1.10.1"},
    {"hypergeometric(50000, 400000, 1000000)", 0.5, 20000, "SciPy 1.10.1"},
    {"hypergeometric(50000, 400000, 1000000)", 0.95, 20176, "SciPy 1.10.1"},
    {"hypergeometric(50000, 400000, 1000000)", 0.999, 20330, "SciPy 1.10.1"},
    {"hypergeometric(50000, 400000, 1000000)", 0.999999, 20508, "SciPy 1.10.1"},
    {0},
};

const rc_dist_type RC_MEMBER(rc_dist_hypergeometric) = {
    .name = "hypergeometric",
    .summary = RC_TR("how many in a sample from a finite lot are of one kind: audits, inspections"),
    .forms = forms,
    .n_forms = sizeof forms / sizeof *forms,
    .discrete = true,
    .size = size,
    .init = init,
    .quantile = quantile,
    .cdf = cdf,
    .oracles = oracles,
    .moments = moments,
    .support = support,
};
