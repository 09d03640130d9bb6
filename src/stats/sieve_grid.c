/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The grid of a sieve. At first its edges are the values of the pilot near the wanted percentiles:
 * a percentile of the whole lies within some binomial standard errors of the pilot's, and so do the
 * bounds of its interval, which are nearer. A value that the pilot repeats gets a cell of its own,
 * that holds nothing else. What lies between those windows is one cell each, counted by comparing
 * alone. Later, cells that hold too many values are divided: evenly, or, every second time and
 * where there is no finite width, evenly in the binary representation, so that any division ends.
 */
#include "stats/sieve.h"

#include "stats/order.h"
#include "stats/percentiles.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* 5 standard errors for the percentile, and some ranks for small pilots */
static const double standard_errors = 5, some_ranks = 4;

bool rc_sieve_resize(rc_sieve *s, size_t n) {
    double *low = realloc(s->low, (n + 1) * sizeof *low);
    s->low = low != NULL ? low : s->low;
    unsigned char *state = realloc(s->state, n);
    s->state = state != NULL ? state : s->state;
    uint64_t *below = realloc(s->below, (n + 1) * RC_STAT_REPLICATES * sizeof *below);
    s->below = below != NULL ? below : s->below;
    double **kept = realloc(s->kept, n * sizeof *kept);
    s->kept = kept != NULL ? kept : s->kept;
    int32_t *slot = realloc(s->slot, n * sizeof *slot);
    s->slot = slot != NULL ? slot : s->slot;
    return low != NULL && state != NULL && below != NULL && kept != NULL && slot != NULL;
}

size_t rc_sieve_cell(const rc_sieve *s, double x) {
    size_t at = 0;
    for (size_t left = s->n_cells; left > 1;) {
        const size_t half = left / 2;
        at = s->low[at + half] <= x ? at + half : at;
        left -= half;
    }
    return at;
}

bool rc_sieve_pure(const rc_sieve *s, size_t c) {
    return s->low[c] == INFINITY || s->low[c + 1] == nextafter(s->low[c], INFINITY);
}

uint64_t rc_sieve_rank(const rc_sieve *s, size_t c) {
    uint64_t total = 0;
    for (int r = 0; r < RC_STAT_REPLICATES; r++)
        total += s->below[c * RC_STAT_REPLICATES + (size_t)r];
    return total;
}

size_t rc_sieve_cell_of_rank(const rc_sieve *s, uint64_t rank) {
    size_t at = 0; /* the last cell with no more than `rank` values below */
    for (size_t left = s->n_cells; left > 1;) {
        const size_t half = left / 2;
        at = rc_sieve_rank(s, at + half) <= rank ? at + half : at;
        left -= half;
    }
    return at;
}

/* ---- From the pilot ---- */

typedef struct span {
    size_t from, to; /* of the sorted pilot; to = m: without end */
    bool from_start;
} span;

static size_t find_spans(size_t m, span *spans) {
    size_t n = 0;
    for (size_t i = 0; i < RC_PERCENTILES && m > 0; i++) {
        const double p = rc_percents[i] / 100.0, at = p * (double)(m - 1);
        const double reach = standard_errors * sqrt((double)m * p * (1 - p)) + some_ranks;
        const double from = floor(at - reach), to = ceil(at + reach);
        span s = {from > 0 ? (size_t)from : 0, to < (double)(m - 1) ? (size_t)to : m, from <= 0};
        if (n > 0 && s.from <= spans[n - 1].to)
            spans[n - 1].to = s.to;
        else
            spans[n++] = s;
    }
    return n;
}

/* Edges at the pilot's values from ... to, ascending, each once; behind a repeated one another. */
static size_t add_edges(const double *pilot, size_t m, span s, double *edges) {
    size_t n = 0;
    for (size_t i = s.from; i < m && i <= s.to; i++) {
        const double x = pilot[i];
        if (n > 0 && edges[n - 1] > x)
            continue; /* the edge behind an atom */
        if (n == 0 || edges[n - 1] < x)
            edges[n++] = x;
        const bool repeated = (i > 0 && pilot[i - 1] == x) || (i + 1 < m && pilot[i + 1] == x);
        if (repeated && x < INFINITY)
            edges[n++] = nextafter(x, INFINITY);
    }
    return n;
}

static void add_cells(rc_sieve *s, const double *edges, size_t n, bool counted) {
    for (size_t i = 0; i < n; i++) {
        if (edges[i] <= s->low[s->n_cells - 1])
            continue; /* -inf, or the edge behind the last window's last atom */
        s->low[s->n_cells] = edges[i];
        s->state[s->n_cells++] = i + 1 < n || counted ? RC_CELL_COUNT : RC_CELL_COUNTED;
    }
}

bool rc_sieve_open(rc_sieve *s, double *pilot, size_t m) {
    span spans[RC_PERCENTILES];
    memset(s, 0, sizeof *s);
    rc_order_sort(pilot, m);
    s->n_pilot = m;
    const size_t n_spans = find_spans(m, spans);
    size_t most = 2;
    for (size_t i = 0; i < n_spans; i++)
        most += 2 * (spans[i].to - spans[i].from + 2);
    double *edges = malloc(most * sizeof *edges);
    if (edges == NULL || !rc_sieve_resize(s, most)) {
        free(edges);
        return false;
    }
    s->low[0] = -INFINITY;
    s->state[0] = n_spans > 0 && spans[0].from_start ? RC_CELL_COUNT : RC_CELL_COUNTED;
    s->n_cells = 1;
    for (size_t i = 0; i < n_spans; i++)
        add_cells(s, edges, add_edges(pilot, m, spans[i], edges), spans[i].to >= m);
    free(edges);
    s->low[s->n_cells] = NAN;
    memset(s->below, 0, (s->n_cells + 1) * RC_STAT_REPLICATES * sizeof *s->below);
    for (size_t c = 0; c < s->n_cells; c++) {
        s->kept[c] = NULL;
        s->slot[c] = -1;
    }
    for (size_t c = 1; c < s->n_cells; c++) /* every edge starts a counted cell or ends one */
        if (s->state[c] == RC_CELL_COUNTED && s->state[c - 1] == RC_CELL_COUNTED)
            s->state[c] = RC_CELL_COUNT;
    s->counts_cells = true;
    rc_sieve_lay_windows(s);
    return rc_sieve_resize(s, s->n_cells);
}

/* ---- Windows ---- */

/* Cells that this round is about, with what lies between them where that is little: `most` windows
 * at most, the widest gaps (in cells) left out of them. */
void rc_sieve_lay_windows(rc_sieve *s) {
    rc_windows *w = &s->windows;
    size_t last[RC_MAX_WINDOWS];
    w->n = 0;
    for (size_t c = 0; c < s->n_cells; c++) {
        if (s->state[c] != RC_CELL_COUNT && s->state[c] != RC_CELL_KEEP)
            continue;
        if (w->n > 0) { /* near enough to join? what is not counted yet joins only its neighbour */
            const size_t end = last[w->n - 1] + 1;
            const bool near =
                s->round > 0 && rc_sieve_rank(s, c) - rc_sieve_rank(s, end) <= s->n / 512;
            if (c == end || near || w->n == RC_MAX_WINDOWS) {
                last[w->n - 1] = c;
                continue;
            }
        }
        s->first_cell[w->n] = c;
        last[w->n++] = c;
    }
    for (size_t i = 0; i < w->n; i++) {
        w->start[i] = s->low[s->first_cell[i]];
        w->end[i] = s->low[last[i] + 1];
    }
}

/* ---- Division ---- */

/* The doubles in order, as integers. */
static int64_t key_of(double x) {
    int64_t k;
    x += 0.0;
    memcpy(&k, &x, sizeof k);
    return k >= 0 ? k : INT64_MIN - k;
}

static double from_key(int64_t k) {
    double x;
    k = k >= 0 ? k : INT64_MIN - k;
    memcpy(&x, &k, sizeof x);
    return x;
}

/* The edge before part i of `parts` of a cell. */
static double edge_between(double from, double to, size_t i, size_t parts, bool by_value) {
    if (by_value)
        return from + (to - from) * ((double)i / (double)parts);
    const uint64_t width = (uint64_t)key_of(to) - (uint64_t)key_of(from);
    const uint64_t share = width / parts * i + width % parts * i / parts;
    return from_key((int64_t)((uint64_t)key_of(from) + share));
}

static void put_cell(rc_sieve *s, double low, rc_cell_state state, double *kept) {
    memset(s->below + s->n_cells * RC_STAT_REPLICATES, 0, RC_STAT_REPLICATES * sizeof *s->below);
    s->low[s->n_cells] = low;
    s->state[s->n_cells] = (unsigned char)state;
    s->kept[s->n_cells] = kept;
    s->slot[s->n_cells++] = -1;
}

/* Cell c of `old` in at most `parts` parts. What is below the last one and not below its end is in
 * it: only the others are counted. Infinity is a part of its own. */
static void copy_cell(rc_sieve *s, const rc_sieve *old, size_t c, size_t parts) {
    const bool is_last = c + 1 == old->n_cells;
    const double from = old->low[c], to = is_last ? INFINITY : old->low[c + 1];
    const uint64_t width = (uint64_t)key_of(to) - (uint64_t)key_of(from);
    const bool by_value = s->round % 2 == 1 && width > parts && isfinite(to - from);
    const size_t first = s->n_cells, n = width < parts ? (size_t)width : parts;
    put_cell(s, from, old->state[c], old->kept[c]);
    memcpy(s->below + first * RC_STAT_REPLICATES, old->below + c * RC_STAT_REPLICATES,
           RC_STAT_REPLICATES * sizeof *s->below);
    for (size_t i = 1; i < n; i++) {
        const double edge = edge_between(from, to, i, n, by_value);
        if (edge > s->low[s->n_cells - 1] && edge < to)
            put_cell(s, edge, RC_CELL_COUNT, NULL);
    }
    if (parts > 1 && is_last)
        put_cell(s, INFINITY, RC_CELL_COUNT, NULL);
    if (parts > 1)
        s->state[s->n_cells - 1] = RC_CELL_COUNTED;
}

bool rc_sieve_divide(rc_sieve *s, size_t parts) {
    size_t n = 0;
    for (size_t c = 0; c < s->n_cells; c++)
        n += s->state[c] == RC_CELL_COUNT ? parts + 1 : 1;
    rc_sieve old = *s;
    s->low = NULL, s->state = NULL, s->below = NULL, s->kept = NULL, s->slot = NULL;
    if (!rc_sieve_resize(s, n)) {
        free(s->low), free(s->state), free(s->below), free((void *)s->kept), free(s->slot);
        *s = old;
        return false;
    }
    s->n_cells = 0;
    for (size_t c = 0; c < old.n_cells; c++)
        copy_cell(s, &old, c, old.state[c] == RC_CELL_COUNT ? parts : 1);
    s->low[s->n_cells] = NAN;
    memcpy(s->below + s->n_cells * RC_STAT_REPLICATES, old.below + old.n_cells * RC_STAT_REPLICATES,
           RC_STAT_REPLICATES * sizeof *s->below);
    free(old.low), free(old.state), free(old.below), free((void *)old.kept), free(old.slot);
    return true;
}
