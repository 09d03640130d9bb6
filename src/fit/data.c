/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The data as the families see them: sorted, the different values and how often each stands there,
 * and a few figures. Sums are compensated (Neumaier), so their order hardly matters. */
#include "fit/work.h"

#include "core/math.h"

#include <stdlib.h>

rc_fit_room rc_fit_room_new(size_t n, rc_arena *arena) {
    return (rc_fit_room){RC_NEW(arena, double, n), RC_NEW(arena, double, n),
                         RC_NEW(arena, double, n)};
}

static int by_size(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

typedef struct total {
    double sum, lost;
} total;

static void add(total *t, double x) {
    double sum = t->sum + x;
    t->lost += fabs(t->sum) >= fabs(x) ? (t->sum - sum) + x : (x - sum) + t->sum;
    t->sum = sum;
}

static double plain(double x) {
    return x;
}

static double logarithm(double x) {
    return rc_log(x);
}

static void moments(const rc_dist_data *d, double (*of)(double), double *mean, double *sd) {
    total first = {0}, second = {0};
    for (size_t i = 0; i < d->n_values; i++)
        add(&first, d->count[i] * of(d->value[i]));
    *mean = (first.sum + first.lost) / (double)d->n;
    for (size_t i = 0; i < d->n_values; i++) {
        double gap = of(d->value[i]) - *mean;
        add(&second, d->count[i] * gap * gap);
    }
    *sd = sqrt((second.sum + second.lost) / (double)d->n);
}

/* Linear between order statistics: type 7 */
static double quantile(const double *x, size_t n, double p) {
    double place = p * (double)(n - 1);
    size_t below = (size_t)place;
    double rest = place - (double)below;
    return rest > 0 ? x[below] + rest * (x[below + 1] - x[below]) : x[below];
}

void rc_fit_data_arrange(rc_fit_room *room, size_t n, double lower, double upper,
                         rc_dist_data *out) {
    qsort(room->x, n, sizeof *room->x, by_size);
    size_t m = 0;
    for (size_t i = 0; i < n; i++) {
        double x = room->x[i] == 0 ? 0 : room->x[i]; /* -0 is 0 */
        room->x[i] = x;
        if (m == 0 || room->value[m - 1] != x) {
            room->value[m] = x;
            room->count[m++] = 0;
        }
        room->count[m - 1]++;
    }
    *out = (rc_dist_data){.x = room->x,
                          .n = n,
                          .value = room->value,
                          .count = room->count,
                          .n_values = m,
                          .mean_log = NAN,
                          .sd_log = NAN,
                          .lower = lower,
                          .upper = upper};
    moments(out, plain, &out->mean, &out->sd);
    if (room->x[0] > 0)
        moments(out, logarithm, &out->mean_log, &out->sd_log);
    out->median = quantile(room->x, n, 0.5);
    double quartiles = quantile(room->x, n, 0.75) - quantile(room->x, n, 0.25);
    out->spread = quartiles > 0 ? quartiles / 1.3489795003921634 : out->sd;
}

void rc_fit_data_thin(const rc_dist_data *data, size_t most, rc_arena *arena, rc_dist_data *out) {
    rc_fit_room room = rc_fit_room_new(most, arena);
    double gap = (double)(data->n - 1) / (double)(most - 1);
    for (size_t i = 0; i < most; i++)
        room.x[i] = data->x[(size_t)((double)i * gap + 0.5)];
    rc_fit_data_arrange(&room, most, data->lower, data->upper, out);
}
