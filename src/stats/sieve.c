/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a sieve answers. Exact where the cells are kept or hold one value only; else the edge of
 * the cell, below which the counts are exact all the same: so the bounds of an interval that follow
 * from them are nearly right, and what is kept for them in the next round mostly suffices. */
#include "stats/sieve.h"

#include "stats/histogram.h"

#include <math.h>
#include <string.h>

/* ---- Order statistics ---- */

static void want(rc_sieve *s, uint64_t rank) {
    for (size_t i = 0; i < s->n_wants; i++)
        if (s->wants[i] == rank)
            return;
    if (s->n_wants < RC_SIEVE_WANTS)
        s->wants[s->n_wants++] = rank;
}

/* The values of replicate r in a kept cell, ascending. */
typedef struct part {
    const double *x;
    uint64_t n;
} part;

static void find_parts(const rc_sieve *s, size_t c, part parts[RC_STAT_REPLICATES]) {
    const uint64_t *below = s->below + c * RC_STAT_REPLICATES, *end = below + RC_STAT_REPLICATES;
    const double *x = s->kept[c];
    for (size_t r = 0; r < RC_STAT_REPLICATES; r++) {
        parts[r] = (part){x, end[r] - below[r]};
        x += parts[r].n;
    }
}

/* How many values of a part are below x, or at most x. */
static uint64_t count_to(part p, double x, bool with_equal) {
    uint64_t low = 0, high = p.n;
    while (low < high) {
        const uint64_t middle = low + (high - low) / 2;
        if (p.x[middle] < x || (with_equal && p.x[middle] == x))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static uint64_t count_all(const part *parts, double x, bool with_equal) {
    uint64_t total = 0;
    for (size_t r = 0; r < RC_STAT_REPLICATES; r++)
        total += count_to(parts[r], x, with_equal);
    return total;
}

/* The value at `place` among all parts: the part that has it finds it by halving. */
static double select_in(const rc_sieve *s, size_t c, uint64_t place) {
    part parts[RC_STAT_REPLICATES];
    find_parts(s, c, parts);
    for (size_t r = 0; r < RC_STAT_REPLICATES; r++) {
        uint64_t low = 0, high = parts[r].n;
        while (low < high) {
            const uint64_t middle = low + (high - low) / 2;
            const double x = parts[r].x[middle];
            if (count_all(parts, x, false) > place)
                high = middle;
            else if (count_all(parts, x, true) <= place)
                low = middle + 1;
            else
                return x;
        }
    }
    return NAN; /* not reached: some part has it */
}

static double value_of(rc_sieve *s, uint64_t rank) {
    if (rank == 0)
        return s->min;
    if (rank == s->n - 1)
        return s->max;
    const size_t c = rc_sieve_cell_of_rank(s, rank);
    if (rc_sieve_pure(s, c))
        return s->low[c];
    if (s->state[c] == RC_CELL_KEPT)
        return select_in(s, c, rank - rc_sieve_rank(s, c));
    want(s, rank);
    return s->low[c];
}

/* Is all known about the values of a cell? */
static bool settled(const rc_sieve *s, size_t c) {
    return s->state[c] == RC_CELL_KEPT || rc_sieve_pure(s, c) ||
           rc_sieve_rank(s, c) == rc_sieve_rank(s, c + 1);
}

void rc_sieve_values(rc_sieve *s, const uint64_t *ranks, size_t n_ranks, double *values) {
    for (size_t i = 0; i < n_ranks; i++)
        values[i] = value_of(s, ranks[i]);
}

/* Where neighbouring order statistics lie on both sides of x, cells between them that were not kept
 * are empty; so only the cell of x needs a look inside. */
void rc_sieve_below(rc_sieve *s, double x, uint64_t below[RC_STAT_REPLICATES]) {
    const size_t c = rc_sieve_cell(s, x);
    part parts[RC_STAT_REPLICATES];
    const bool known = settled(s, c) || x == s->low[c];
    if (!known)
        want(s, rc_sieve_rank(s, c));
    if (s->state[c] == RC_CELL_KEPT)
        find_parts(s, c, parts);
    for (size_t r = 0; r < RC_STAT_REPLICATES; r++)
        below[r] = s->below[c * RC_STAT_REPLICATES + r] +
                   (s->state[c] == RC_CELL_KEPT ? count_to(parts[r], x, false) : 0);
}

/* ---- The tail ---- */

static void add_part(part p, double v, double sign, rc_beyond *b) {
    for (uint64_t i = 0; i < p.n; i++) {
        const double d = sign * (v - p.x[i]);
        b->sum += d > 0 ? d : 0;
        b->square += d > 0 ? d * d : 0;
        b->at_boundary += p.x[i] == v;
    }
}

static bool ready(rc_sieve *s, size_t c, double sign) {
    const bool lower = sign > 0 || rc_sieve_pure(s, c);
    const double edge = lower ? s->low[c] : s->low[c + 1];
    const bool is_same = edge == s->edge || (isnan(edge) && isnan(s->edge));
    if (s->has_tail && is_same)
        return true;
    s->tail_wanted = true;
    s->wanted_edge = edge;
    s->wanted_sign = sign;
    return false;
}

/* With `edge` an end of the cell of v, the tail's one: terms |v - x| of the values beyond the edge
 * are |v - edge| + |edge - x|, whose sums over |edge - x| the round made. */
void rc_sieve_beyond(rc_sieve *s, double v, double sign, rc_beyond beyond[RC_STAT_REPLICATES]) {
    memset(beyond, 0, RC_STAT_REPLICATES * sizeof *beyond);
    if (!isfinite(v))
        return;
    const size_t c = rc_sieve_cell(s, v);
    const bool pure = rc_sieve_pure(s, c);
    part parts[RC_STAT_REPLICATES] = {{0}};
    if (!settled(s, c))
        want(s, rc_sieve_rank(s, c));
    if (!ready(s, c, sign) || !settled(s, c))
        return;
    if (s->state[c] == RC_CELL_KEPT)
        find_parts(s, c, parts);
    const double more = sign * (v - s->edge);
    for (size_t r = 0; r < RC_STAT_REPLICATES; r++) {
        const uint64_t below = s->below[c * RC_STAT_REPLICATES + r];
        const uint64_t end = s->below[(c + 1) * RC_STAT_REPLICATES + r];
        const double n = (double)(sign > 0 ? below : s->n_replicate[r] - end);
        beyond[r].sum = s->tail_sum[r];
        beyond[r].square = s->tail_square[r];
        if (n > 0 && more > 0) {
            beyond[r].square += 2 * more * s->tail_sum[r] + n * more * more;
            beyond[r].sum += n * more;
        }
        if (pure)
            beyond[r].at_boundary = end - below;
        else
            add_part(parts[r], v, sign, &beyond[r]);
    }
}

/* ---- The histogram ---- */

void rc_sieve_lay_bins(rc_sieve *s, double *scattered, size_t m) {
    uint64_t unused[RC_HISTOGRAM_BINS];
    s->histogram.counts = unused;
    s->bins = rc_histogram_choose(scattered, m, &s->histogram);
    s->histogram.counts = NULL;
}

void rc_sieve_histogram(const rc_sieve *s, rc_histogram *h) {
    uint64_t *counts = h->counts;
    *h = s->histogram;
    h->counts = counts;
    rc_histogram_take(h, s->slots);
}
