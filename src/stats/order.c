/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Exact order statistics: counting between a pilot's quantiles (as in the super scalar sample sort
 * of Sanders & Winkel 2004), then quickselect for many ranks at once (Hoare's FIND with pivots from
 * samples, Floyd & Rivest 1975) on the few cells that hold them. Only comparisons: no rounding. */
#include "stats/order.h"

#include "stats/net.h"
#include "stats/sieve.h"
#include "stats/trap.h"

#include <assert.h>
#include <math.h>
#include <string.h>

enum { PILOT = RC_SCATTER, SMALL_SAMPLE = 16384, SMALL_RANGE = 24, MAX_PIVOTS = 255 };

/* splitmix64: Steele, Lea & Flood 2014. Places to look at; no result depends on them. */
static uint64_t scatter(uint64_t *state) {
    uint64_t z = (*state += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

static void sort(double *a, size_t n) {
    static const size_t gaps[] = {227011, 100894, 44842, 19930, 8858, 3937, 1750, 701,
                                  301,    132,    57,    23,    10,   4,    1};
    for (size_t g = 0; g < sizeof gaps / sizeof *gaps; g++)
        for (size_t gap = gaps[g], i = gap; i < n; i++) {
            const double x = a[i];
            size_t j = i;
            for (; j >= gap && a[j - gap] > x; j -= gap)
                a[j] = a[j - gap];
            a[j] = x;
        }
}

/* A value of a[0..n) that should have rank near `target`. */
static double choose_pivot(const double *a, size_t n, size_t target) {
    double pivots[MAX_PIVOTS];
    const size_t m = n >= 65536 ? MAX_PIVOTS : n >= 2048 ? 63 : n >= 256 ? 15 : 5;
    uint64_t state = n;
    for (size_t i = 0; i < m; i++)
        pivots[i] = a[scatter(&state) % n];
    sort(pivots, m);
    return pivots[(size_t)((double)target / (double)n * (double)m)];
}

/* Values < pivot to the front; returns how many. No branch depends on the values. */
static size_t part_below(double *a, size_t n, double pivot) {
    size_t k = 0;
    for (size_t i = 0; i < n; i++) {
        const double x = a[i];
        a[i] = a[k];
        a[k] = x;
        k += x < pivot;
    }
    return k;
}

static size_t part_equal(double *a, size_t n, double pivot) {
    size_t k = 0;
    for (size_t i = 0; i < n; i++) {
        const double x = a[i];
        a[i] = a[k];
        a[k] = x;
        k += x == pivot;
    }
    return k;
}

/* a[0] has rank `first` in the whole array. The longer side is looped over, so calls nest at most
 * log2(n) deep. */
static void select_ranks(double *a, size_t n, uint64_t first, const uint64_t *ranks,
                         size_t n_ranks) {
    while (n_ranks > 0 && n > SMALL_RANGE) {
        const double pivot = choose_pivot(a, n, (size_t)(ranks[n_ranks / 2] - first));
        size_t k = part_below(a, n, pivot);
        const bool is_least = k == 0; /* then split off the values equal to it: they are in place */
        if (is_least)
            k = part_equal(a, n, pivot);
        size_t below = 0;
        while (below < n_ranks && ranks[below] < first + k)
            below++;
        const size_t n_left = is_least ? 0 : below;
        const bool loop_right = n - k > k || n_left == 0;
        if (loop_right)
            select_ranks(a, k, first, ranks, n_left);
        else
            select_ranks(a + k, n - k, first + k, ranks + below, n_ranks - below);
        if (loop_right) {
            a += k, n -= k, first += k;
            ranks += below, n_ranks -= below;
        } else {
            n = k, n_ranks = n_left;
        }
    }
    if (n_ranks > 0)
        sort(a, n);
}

void rc_order_select(double *a, size_t n, const uint64_t *ranks, size_t n_ranks) {
    select_ranks(a, n, 0, ranks, n_ranks);
}

static size_t copy_defined(double *out, const double *x, uint64_t n) {
    size_t k = 0;
    for (uint64_t i = 0; i < n; i++) {
        out[k] = x[i];
        k += x[i] == x[i];
    }
    return k;
}

void rc_order_sort(double *a, size_t n) {
    sort(a, n);
}

void rc_order_places(uint64_t n, uint64_t places[RC_SCATTER]) {
    uint64_t state = n;
    for (size_t i = 0; i < RC_SCATTER; i++)
        places[i] = scatter(&state) % n;
}

size_t rc_order_pilot(const rc_sample *sample, double *pilot, size_t room) {
    const uint64_t n = sample->start[RC_STAT_REPLICATES];
    size_t m = 0;
    if (n <= room) {
        for (uint64_t i = 0; i < n; i++)
            if (sample->x[i] == sample->x[i])
                pilot[m++] = sample->x[i];
    } else {
        uint64_t state = n;
        for (size_t i = 0; i < room; i++) {
            pilot[m] = sample->x[scatter(&state) % n];
            m += pilot[m] == pilot[m];
        }
    }
    sort(pilot, m);
    return m;
}

/* Search tree in an array: children of node i are 2i and 2i + 1. */
static void build_tree(const rc_order *order, int levels, double *tree) {
    for (int l = 0; l < levels; l++)
        for (unsigned i = 0; i < 1u << l; i++)
            tree[(1u << l) + i] = order->lower[((2 * i + 1) << levels) >> (l + 1)];
}

/* Cells of eight values: eight searches at a time hide each other's waits. */
static void find_cells(const double *x, const double *tree, int levels, unsigned *node) {
    for (size_t j = 0; j < 8; j++)
        node[j] = 1;
    for (int l = 0; l < levels; l++)
        for (size_t j = 0; j < 8; j++)
            node[j] = 2 * node[j] + (x[j] >= tree[node[j]]);
    for (size_t j = 0; j < 8; j++)
        node[j] = x[j] == x[j] ? node[j] - (1u << levels) : RC_ORDER_CELLS;
}

static void classify(rc_order *order, int levels, unsigned char *cell_of) {
    double tree[RC_ORDER_CELLS], last[8] = {0};
    unsigned cell[8];
    build_tree(order, levels, tree);
    for (int r = 0; r < RC_STAT_REPLICATES; r++) {
        uint32_t *count = order->count[r];
        const uint64_t begin = order->sample->start[r], n = order->sample->start[r + 1] - begin;
        const double *x = order->sample->x + begin;
        unsigned char *out = cell_of + begin;
        uint64_t i = 0;
        for (; i + 8 <= n; i += 8) {
            find_cells(x + i, tree, levels, cell);
            for (size_t j = 0; j < 8; j++) {
                out[i + j] = (unsigned char)cell[j];
                count[cell[j]]++;
            }
        }
        if (i < n) {
            memcpy(last, x + i, (n - i) * sizeof *x);
            find_cells(last, tree, levels, cell);
            for (size_t j = 0; i + j < n; j++) {
                out[i + j] = (unsigned char)cell[j];
                count[cell[j]]++;
            }
        }
        order->n_replicate[r] = n - count[RC_ORDER_CELLS];
        order->n += order->n_replicate[r];
    }
}

static void use_whole(rc_order *order) {
    order->whole = true;
    order->work = order->sample->scratch;
    order->in_order = order->sample->x;
    memcpy(order->start, order->sample->start, sizeof order->start);
    for (int r = 0; r < RC_STAT_REPLICATES; r++)
        memset(order->count[r], 0, sizeof order->count[r]);
    copy_defined(order->work, order->sample->x, order->sample->start[RC_STAT_REPLICATES]);
}

/* A value that the pilot repeats so often that it bounds two cells gets a cell of its own. */
static void isolate_atoms(rc_order *order) {
    for (unsigned c = 1; c + 1 < order->cells; c++) {
        const double a = order->lower[c];
        if (order->lower[c + 1] != a || (c + 2 < order->cells && order->lower[c + 2] == a))
            continue;
        order->lower[c + 1] = nextafter(a, INFINITY);
        order->pure[a < INFINITY ? c : c + 1] = true;
    }
}

void rc_order_open(rc_order *order, const rc_sample *sample, int levels, double from, double to) {
    memset(order, 0, sizeof *order);
    order->sample = sample;
    if (sample->sieve != NULL) {
        order->n = sample->sieve->n;
        memcpy(order->n_replicate, sample->sieve->n_replicate, sizeof order->n_replicate);
        return;
    }
    if (sample->net != NULL) {
        order->n = sample->net->n;
        memcpy(order->n_replicate, sample->net->n_replicate, sizeof order->n_replicate);
        return;
    }
    if (sample->trap != NULL) {
        order->n = sample->trap->n;
        return;
    }
    size_t m = 0;
    if (sample->start[RC_STAT_REPLICATES] >= SMALL_SAMPLE)
        m = rc_order_pilot(sample, sample->scratch, PILOT);
    if (m < PILOT / 2)
        levels = 0;
    order->cells = 1u << levels;
    for (unsigned c = 1; c < order->cells; c++) {
        const double p = from + (to - from) * (c - 1) / (order->cells - 2);
        order->lower[c] = sample->scratch[(size_t)(p * (double)(m - 1))];
    }
    isolate_atoms(order);
    classify(order, levels, (unsigned char *)sample->scratch);
}

static uint64_t cell_total(const rc_order *order, unsigned c) {
    uint64_t total = 0;
    for (int r = 0; r < RC_STAT_REPLICATES; r++)
        total += order->count[r][c];
    return total;
}

void rc_order_keep(rc_order *order, const rc_rank_range *ranges, size_t n_ranges) {
    if (order->sample->sieve != NULL || order->sample->net != NULL || order->sample->trap != NULL)
        return; /* what is kept was settled before */
    uint64_t below = 0, kept = 0;
    for (unsigned c = 0; c < order->cells; c++) {
        const uint64_t total = cell_total(order, c);
        for (size_t i = 0; i < n_ranges && total > 0; i++)
            if (ranges[i].low < below + total && ranges[i].high >= below)
                order->kept[c] = !order->pure[c];
        kept += order->kept[c] ? total : 0;
        below += total;
    }
    const rc_sample *s = order->sample;
    const uint64_t n = s->start[RC_STAT_REPLICATES], ids = n / sizeof(double) + 1;
    if (ids + 2 * (kept + 1) > n) {
        use_whole(order);
        return;
    }
    const unsigned char *cell_of = (const unsigned char *)s->scratch;
    double *out = s->scratch + ids;
    uint64_t k = 0;
    for (int r = 0; r < RC_STAT_REPLICATES; r++) {
        order->start[r] = k;
        for (uint64_t i = s->start[r]; i < s->start[r + 1]; i++) {
            out[k] = s->x[i];
            k += order->kept[cell_of[i]];
        }
    }
    order->start[RC_STAT_REPLICATES] = k;
    order->in_order = out;
    order->work = out + k;
    memcpy(order->work, out, k * sizeof *out);
}

/* Where the value of a rank is: in a pure cell (*value), at work[*local], or not there (false). */
static bool locate(const rc_order *order, uint64_t rank, uint64_t *local, double *value) {
    uint64_t below = 0, skipped = 0;
    *local = UINT64_MAX;
    for (unsigned c = 0; c < order->cells && !order->whole; c++) {
        const uint64_t total = cell_total(order, c);
        if (rank < below + total) {
            if (order->pure[c])
                *value = order->lower[c];
            else
                *local = rank - skipped;
            return order->pure[c] || order->kept[c];
        }
        below += total;
        skipped += order->kept[c] ? 0 : total;
    }
    *local = rank;
    return true;
}

void rc_order_values(rc_order *order, const uint64_t *ranks, size_t n_ranks, double *values) {
    uint64_t local[RC_ORDER_MAX_RANKS], sorted[RC_ORDER_MAX_RANKS];
    size_t n_sorted = 0;
    assert(n_ranks <= RC_ORDER_MAX_RANKS);
    if (order->sample->sieve != NULL) {
        rc_sieve_values(order->sample->sieve, ranks, n_ranks, values);
        return;
    }
    if (order->sample->net != NULL) {
        rc_net_values(order->sample->net, ranks, n_ranks, values);
        return;
    }
    if (order->sample->trap != NULL) {
        rc_trap_values(order->sample->trap, ranks, n_ranks, values);
        return;
    }
    for (size_t i = 0; i < n_ranks; i++) {
        assert(ranks[i] < order->n);
        if (!locate(order, ranks[i], &local[i], &values[i])) {
            use_whole(order);
            rc_order_values(order, ranks, n_ranks, values);
            return;
        }
        if (local[i] == UINT64_MAX)
            continue;
        size_t j = n_sorted++;
        for (; j > 0 && sorted[j - 1] > local[i]; j--)
            sorted[j] = sorted[j - 1];
        sorted[j] = local[i];
    }
    const uint64_t n = order->whole ? order->n : order->start[RC_STAT_REPLICATES];
    rc_order_select(order->work, n, sorted, n_sorted);
    for (size_t i = 0; i < n_ranks; i++)
        if (local[i] != UINT64_MAX)
            values[i] = order->work[local[i]];
}

void rc_order_below(const rc_order *order, double x, uint64_t below[RC_STAT_REPLICATES]) {
    if (order->sample->sieve != NULL) {
        rc_sieve_below(order->sample->sieve, x, below);
        return;
    }
    if (order->sample->net != NULL) {
        rc_net_below(order->sample->net, x, below);
        return;
    }
    for (int r = 0; r < RC_STAT_REPLICATES; r++) {
        uint64_t k = 0;
        if (!order->whole) /* cells that end at or below x and were not kept */
            for (unsigned c = 0; c + 1 < order->cells && order->lower[c + 1] <= x; c++)
                k += order->kept[c] ? 0 : order->count[r][c];
        for (uint64_t i = order->start[r]; i < order->start[r + 1]; i++)
            k += order->in_order[i] < x;
        below[r] = k;
    }
}

void rc_order_beyond(const rc_order *order, double v, double sign,
                     rc_beyond beyond[RC_STAT_REPLICATES]) {
    const rc_sample *s = order->sample;
    if (s->sieve != NULL) {
        rc_sieve_beyond(s->sieve, v, sign, beyond);
        return;
    }
    if (s->net != NULL) {
        rc_net_beyond(s->net, v, sign, beyond);
        return;
    }
    for (int r = 0; r < RC_STAT_REPLICATES; r++)
        beyond[r] = rc_block_kernels_for(RC_ISA_sse2)
                        ->beyond(s->x + s->start[r], s->start[r + 1] - s->start[r], v, sign);
}
