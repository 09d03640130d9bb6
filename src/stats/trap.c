/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/trap.h"

#include "stats/order.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { FEWEST = 1024, MANY = 4, ONE_IN = 16 };       /* of a pilot; of one value; ... of a range */
static const double some_ranks = 4, most_kept = 0.5; /* share of all values */

/* ---- Laying it ---- */

/* Ranks of the pilot, both in it. */
typedef struct range {
    size_t from, to;
} range;

static range around(size_t m, unsigned percent, double errors) {
    const double p = percent / 100.0, at = p * (double)(m - 1);
    const double reach = errors * sqrt((double)m * p * (1 - p)) + some_ranks;
    return (range){at - reach > 0 ? (size_t)floor(at - reach) : 0,
                   at + reach < (double)(m - 1) ? (size_t)ceil(at + reach) : m - 1};
}

/* Ranges that touch are one; n of them. */
static size_t find_ranges(size_t m, bool few, double errors, range *ranges) {
    size_t n = 0;
    for (size_t i = 0; i < RC_PERCENTILES; i++) {
        if (few && !rc_is_few(rc_percents[i]))
            continue;
        const range r = around(m, rc_percents[i], errors);
        if (n > 0 && r.from <= ranges[n - 1].to)
            ranges[n - 1].to = r.to;
        else
            ranges[n++] = r;
    }
    return n;
}

/* What the ranges hold is sorted; ranges that touch in value become one, since all that lies
 * between them is that value. */
static size_t sort_ranges(double *pilot, size_t m, range *ranges, size_t n) {
    uint64_t ends[2 * RC_PERCENTILES] = {0};
    size_t left = 0;
    for (size_t i = 0; i < n; i++) {
        ends[2 * i] = ranges[i].from;
        ends[2 * i + 1] = ranges[i].to;
    }
    rc_order_select(pilot, m, ends, 2 * n);
    for (size_t i = 0; i < n; i++) {
        rc_order_sort(pilot + ranges[i].from, ranges[i].to - ranges[i].from + 1);
        if (left > 0 && pilot[ranges[i].from] <= pilot[ranges[left - 1].to])
            ranges[left - 1].to = ranges[i].to;
        else
            ranges[left++] = ranges[i];
    }
    return left;
}

/* `end` of a part that is kept; elsewhere the edge itself, so that nothing is. */
static void edge(rc_trap *t, double at, double end, rc_trap_part part) {
    t->part[t->edges.n] = part;
    t->edges.start[t->edges.n] = at;
    t->edges.end[t->edges.n++] = end;
}

/* Edges of one range: what repeats in it stands apart while there is room for so many edges. */
static size_t lay_range(rc_trap *t, const double *pilot, size_t m, range r, size_t room) {
    const double end = r.to < m - 1 ? nextafter(pilot[r.to], INFINITY) : NAN; /* NaN: no end */
    double at = r.from > 0 ? pilot[r.from] : -INFINITY;
    size_t kept = r.to - r.from + 1;
    const size_t many = kept / ONE_IN > MANY ? kept / ONE_IN : MANY, last = t->edges.n + room;
    for (size_t i = r.from, next; i <= r.to; i = next) {
        for (next = i + 1; next <= r.to && pilot[next] == pilot[i];)
            next++;
        if (next - i < many || t->edges.n + 3 > last)
            continue;
        if (at < pilot[i])
            edge(t, at, pilot[i], RC_TRAP_KEPT);
        edge(t, pilot[i], pilot[i], RC_TRAP_EQUAL);
        at = nextafter(pilot[i], INFINITY);
        kept -= next - i;
    }
    if (at == end)
        edge(t, at, at, RC_TRAP_COUNTED);
    else
        edge(t, at, end, RC_TRAP_KEPT);
    return kept;
}

static bool lay(rc_trap *t, double *pilot, size_t m, bool few, double errors) {
    range ranges[RC_PERCENTILES];
    const size_t n = sort_ranges(pilot, m, ranges, find_ranges(m, few, errors, ranges));
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        kept += lay_range(t, pilot, m, ranges[i], (RC_MAX_WINDOWS - t->edges.n) / (n - i));
    return (double)kept <= most_kept * (double)m;
}

rc_trap *rc_trap_new(double *pilot, size_t m, bool few, double errors) {
    rc_trap *t = m >= FEWEST ? calloc(1, sizeof *t) : NULL;
    bool ok = t != NULL;
    for (size_t i = 0; ok && i < m; i++)
        ok = isfinite(pilot[i]);
    if (ok && lay(t, pilot, m, few, errors))
        return t;
    free(t);
    return NULL;
}

void rc_trap_free(rc_trap *t) {
    if (t == NULL)
        return;
    free(t->value);
    free(t->work);
    free(t);
}

/* ---- While values pass, and after ---- */

bool rc_trap_add(rc_trap *t, const double *x, size_t n, uint64_t at_least[RC_MAX_WINDOWS]) {
    for (size_t i = 0; i < t->edges.n; i++)
        t->at_least[i] += at_least[i];
    memset(at_least, 0, RC_MAX_WINDOWS * sizeof *at_least);
    if (t->n_values + n > t->room) {
        const size_t room = 2 * t->room + n;
        double *more = realloc(t->value, room * sizeof *more);
        if (more == NULL)
            return false;
        t->value = more;
        t->room = room;
    }
    if (n > 0)
        memcpy(t->value + t->n_values, x, n * sizeof *x);
    t->n_values += n;
    return true;
}

bool rc_trap_close(rc_trap *t, uint64_t n) {
    t->n = n;
    t->work = malloc(t->n_values * sizeof *t->work + 1);
    return t->work != NULL;
}

/* Values kept from edge e to its end, in work; their number. */
static size_t pick(rc_trap *t, size_t e) {
    const double from = t->edges.start[e], to = t->edges.end[e];
    if (t->picked == e + 1)
        return t->n_picked;
    size_t n = 0;
    for (size_t i = 0; i < t->n_values; i++) {
        t->work[n] = t->value[i];
        n += t->value[i] >= from && !(t->value[i] >= to);
    }
    t->picked = e + 1;
    return t->n_picked = n;
}

static double value_of(rc_trap *t, uint64_t rank) {
    size_t e = t->edges.n; /* the last edge with no more than `rank` values below */
    while (e > 0 && t->n - t->at_least[e - 1] > rank)
        e--;
    const bool kept = e > 0 && t->part[e - 1] == RC_TRAP_KEPT;
    uint64_t at = kept ? rank - (t->n - t->at_least[e - 1]) : 0;
    if (e == 0 || t->part[e - 1] == RC_TRAP_COUNTED || (kept && at >= pick(t, e - 1))) {
        t->missed = true;
        return 0;
    }
    if (!kept)
        return t->edges.start[e - 1];
    rc_order_select(t->work, t->n_picked, &at, 1);
    return t->work[at];
}

void rc_trap_values(rc_trap *trap, const uint64_t *ranks, size_t n_ranks, double *values) {
    for (size_t i = 0; i < n_ranks; i++)
        values[i] = value_of(trap, ranks[i]);
}
