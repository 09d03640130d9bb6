/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bins for a picture: about 20 to 40 of a round width between about P0.5 and P99.5, all edges whole
 * multiples of the width, so that zero is one. The range comes from a pilot of the sample. */
#include "stats/histogram.h"
#include "stats/net.h"
#include "stats/order.h"
#include "stats/sieve.h"

#include "core/math.h"

enum { MAX_BINS = 40 };

/* width = digit * 10^exponent. Values are scaled by exact factors: 0.3 lies on the edge 3 * 0.1. */
typedef struct scale {
    double times, over; /* value in widths = x * times / over */
} scale;

static double ten_to(int exponent) {
    double power = 1; /* exact up to 10^22 */
    while (exponent-- > 0)
        power *= 10;
    return power;
}

static scale scale_of(int step, int exponent) {
    static const double digit[] = {1, 2, 2.5, 5}, inverse[] = {10, 5, 4, 2}; /* 10 / digit */
    return exponent < 0 ? (scale){inverse[step] * ten_to(-exponent - 1), 1}
                        : (scale){1, digit[step] * ten_to(exponent)};
}

static double in_widths(scale s, double x) {
    return x * s.times / s.over;
}

static double from_widths(scale s, double k) {
    return k * s.over / s.times;
}

static scale choose(double low, double high) {
    int exponent = (int)floor(rc_log10((high - low) / MAX_BINS)) - 1;
    for (;; exponent++)
        for (int step = 0; step < 4; step++) {
            const scale s = scale_of(step, exponent);
            if (floor(in_widths(s, high)) - floor(in_widths(s, low)) + 1 <= MAX_BINS)
                return s;
        }
}

/* Finite values of the sorted pilot: a[*from .. *to]; false when there are none. */
static bool finite_part(const double *a, size_t n, size_t *from, size_t *to) {
    size_t i = 0;
    while (i < n && !isfinite(a[i]))
        i++;
    while (n > i && !isfinite(a[n - 1]))
        n--;
    *from = i;
    *to = n - 1;
    return n > i;
}

rc_bins rc_histogram_choose(double *values, size_t n, rc_histogram *h) {
    size_t from, to;
    uint64_t *counts = h->counts;
    *h = (rc_histogram){.counts = counts};
    rc_order_sort(values, n);
    if (n == 0 || !finite_part(values, n, &from, &to))
        return (rc_bins){0};
    const size_t cut = (to - from) / 200;
    double low = values[from + cut], high = values[to - cut];
    if (low == high)
        low = values[from], high = values[to];
    const double size = fabs(low) > fabs(high) ? fabs(low) : fabs(high);
    scale s;
    if (high - low > 1e-12 * size) {
        s = choose(low, high);
    } else { /* one value: one bin, of the size of its first digit */
        s = scale_of(0, size > 0 ? (int)floor(rc_log10(size)) : 0);
        high = low;
    }
    const double first = floor(in_widths(s, low));
    h->n_bins = (size_t)(floor(in_widths(s, high)) - first) + 1;
    h->first = from_widths(s, first) + 0.0;
    h->width = from_widths(s, 1);
    return (rc_bins){s.times, s.over, first, h->n_bins};
}

void rc_histogram_take(rc_histogram *h, const uint64_t slots[RC_BIN_SLOTS]) {
    h->below = slots[0];
    h->above = slots[h->n_bins + 1];
    for (size_t i = 0; i < RC_HISTOGRAM_BINS; i++)
        h->counts[i] = i < h->n_bins ? slots[1 + i] : 0;
}

void rc_histogram_fill(const rc_sample *sample, rc_histogram *h) {
    uint64_t slots[RC_BIN_SLOTS] = {0};
    if (sample->sieve != NULL) {
        rc_sieve_histogram(sample->sieve, h);
        return;
    }
    if (sample->net != NULL) {
        rc_net_histogram(sample->net, h);
        return;
    }
    const uint64_t n = sample->start[RC_STAT_REPLICATES];
    double *pilot = sample->scratch;
    const size_t m = rc_order_pilot(sample, pilot, n < RC_SCATTER ? n : RC_SCATTER);
    const rc_bins bins = rc_histogram_choose(pilot, m, h);
    if (bins.n > 0)
        rc_block_kernels_for(RC_ISA_sse2)->bin(&bins, sample->x, n, slots);
    rc_histogram_take(h, slots);
}
