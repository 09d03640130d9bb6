/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far the data lie from a distribution F. With F_n the share of values up to x:
 *     Kolmogorov-Smirnov   D   = sup |F_n - F|
 *     Anderson-Darling     A^2 = n int (F_n - F)^2 / (F (1 - F)) dF
 * For counts the integral is a sum over the whole numbers (V. Choulakian, R. A. Lockhart, M. A.
 * Stephens: Cramer-von Mises statistics for discrete distributions, Canadian J. Statistics 22,
 * 1994), and D is taken at the whole numbers.
 *
 * A family whose ends are the extremes of the data (uniform, pareto) has F = 0 or 1 there, and no
 * A^2: such values are left out. Given the extremes, the values between are again independent. */
#include "fit/work.h"

#include "core/math.h"

#include <string.h>

/* F(x) and 1 - F(x), the smaller one with all its digits */
static void both_tails(const rc_dist *d, double x, double median, double *below, double *above) {
    if (x <= median) {
        *below = rc_dist_cdf(d, x, false);
        *above = 1 - *below;
    } else {
        *above = rc_dist_cdf(d, x, true);
        *below = 1 - *above;
    }
}

static double square(double x) {
    return x * x;
}

/* ---- Continuous ---- */

/* A^2 = -n - 1/n sum (2i - 1) ln F(x_i) + (2 (n - i) + 1) ln(1 - F(x_i)): a value that stands there
 * c times, after a others, has the weights (a + c)^2 - a^2 and (n - a)^2 - (n - a - c)^2. */
static double ad_continuous(const rc_dist *d, const rc_dist_data *data, const double *below,
                            const double *above) {
    double low, high, n = 0, a = 0, sum = 0;
    rc_dist_support(d, &low, &high);
    size_t from = 0, to = data->n_values;
    if (data->value[0] <= low)
        from++;
    if (data->value[to - 1] >= high)
        to--;
    for (size_t i = from; i < to; i++)
        n += data->count[i];
    for (size_t i = from; i < to; i++) {
        double c = data->count[i];
        sum += (square(a + c) - square(a)) * rc_log(below[i]) +
               (square(n - a) - square(n - a - c)) * rc_log(above[i]);
        a += c;
    }
    double result = -n - sum / n;
    return n > 0 ? (result > 0 ? result : 0) : NAN;
}

static double ks_continuous(const rc_dist_data *data, const double *below) {
    double n = (double)data->n, a = 0, most = 0;
    for (size_t i = 0; i < data->n_values; i++) {
        double under = below[i] - a / n;
        a += data->count[i];
        double over = a / n - below[i];
        most = under > most ? under : most;
        most = over > most ? over : most;
    }
    return most;
}

/* ---- Counts ---- */

enum { WIDEST = 10000 }; /* beyond so many whole numbers the sum becomes an integral again */

static double ks_counts(const rc_dist *d, const rc_dist_data *data) {
    double n = (double)data->n, a = 0, most = 0;
    for (size_t i = 0; i < data->n_values; i++) {
        double before = fabs(a / n - rc_dist_cdf(d, data->value[i] - 1, false));
        a += data->count[i];
        double here = fabs(a / n - rc_dist_cdf(d, data->value[i], false));
        most = before > most ? before : most;
        most = here > most ? here : most;
    }
    return most;
}

static double ad_counts(const rc_dist *d, const rc_dist_data *data) {
    double n = (double)data->n, a = 0, sum = 0, last = data->value[data->n_values - 1];
    double median = rc_dist_quantile(d, 0.5), before = 0;
    size_t next = 0;
    for (double k = 0; k < last + WIDEST; k++) {
        double below, above;
        both_tails(d, k, median, &below, &above);
        if (next < data->n_values && data->value[next] == k)
            a += data->count[next++];
        double gap = k < last ? a / n - below : above;
        if (below > 0 && above > 0)
            sum += gap * gap / (below * above) * (below - before);
        else if (a < n && above <= 0)
            return INFINITY;
        before = below;
        if (k >= last && above < 1e-10)
            break;
    }
    return n * sum;
}

/* The integral between the values, where F_n = c: the antiderivative of (c - u)^2 / (u (1 - u)) is
 * c^2 ln u - (1 - c)^2 ln(1 - u) - u. */
static double ad_counts_wide(const rc_dist *d, const rc_dist_data *data) {
    double n = (double)data->n, a = 0, sum = 0, median = rc_dist_quantile(d, 0.5);
    double below0 = 0, above0 = 1;
    for (size_t i = 0; i <= data->n_values; i++) {
        double c = a / n, below1 = 1, above1 = 0;
        if (i < data->n_values)
            both_tails(d, data->value[i], median, &below1, &above1);
        sum -= below1 - below0;
        sum += c > 0 ? c * c * rc_log(below1 / below0) : 0;
        sum -= c < 1 ? (1 - c) * (1 - c) * rc_log(above1 / above0) : 0;
        a += i < data->n_values ? data->count[i] : 0;
        below0 = below1;
        above0 = above1;
    }
    return n * sum;
}

void rc_fit_distance(const rc_dist *d, const rc_dist_data *data, double *scratch, double *ks,
                     double *ad) {
    if (d->type->discrete) {
        *ks = ks_counts(d, data);
        *ad = data->x[data->n - 1] < WIDEST ? ad_counts(d, data) : ad_counts_wide(d, data);
        return;
    }
    size_t n = data->n_values;
    double *below = scratch, *above = scratch + n, median = rc_dist_quantile(d, 0.5);
#pragma omp parallel for schedule(static) if (n > 4096)
    for (size_t i = 0; i < n; i++)
        both_tails(d, data->value[i], median, &below[i], &above[i]);
    *ks = ks_continuous(data, below);
    *ad = ad_continuous(d, data, below, above);
}
