/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a net caught, and the answers. Kept values are sorted by slot alone, by counting; within a
 * slot an answer selects from a copy, or counts, since a slot holds few. */
#include "stats/net.h"

#include "stats/histogram.h"
#include "stats/order.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- While values pass ---- */

void rc_net_gather(rc_net *net, uint32_t *counts, uint32_t replicate) {
    uint32_t *into = net->count + replicate * net->n_slots;
    for (size_t c = 0; c < net->n_slots; c++)
        into[c] += counts[c];
    memset(counts, 0, net->n_slots * sizeof *counts);
}

bool rc_net_add(rc_net *net, const rc_catch *caught) {
    if (net->n_catches == net->room) {
        const size_t room = 2 * net->room + 64;
        rc_catch *more = realloc(net->catches, room * sizeof *more);
        if (more == NULL)
            return false;
        net->catches = more;
        net->room = room;
    }
    net->catches[net->n_catches++] = *caught;
    return true;
}

/* ---- After them ---- */

static int by_place(const void *a_, const void *b_) {
    const rc_catch *a = a_, *b = b_;
    return (a->at > b->at) - (a->at < b->at);
}

static size_t replicate_of(const rc_net *net, const rc_catch *c) {
    size_t r = 0;
    while (c->at >= net->start[r + 1])
        r++;
    return r;
}

static void add_up(rc_net *net) {
    const size_t slots = net->n_slots;
    net->rank[0] = 0;
    for (size_t c = 0; c < slots; c++) {
        uint64_t total = 0;
        for (size_t r = 0; r < RC_STAT_REPLICATES; r++)
            total += net->count[r * slots + c];
        net->rank[c + 1] = net->rank[c] + total;
    }
    net->n = net->rank[slots - 1]; /* the last slot: undefined */
    for (size_t r = 0; r < RC_STAT_REPLICATES; r++)
        net->n_replicate[r] = net->start[r + 1] - net->start[r] - net->count[r * slots + slots - 1];
}

/* first[c + 1] := kept values in slots 0 ... c; returns how many one slot holds at most. */
static size_t count_kept(rc_net *net) {
    size_t most = 0;
    for (size_t i = 0; i < net->n_catches; i++)
        for (size_t j = 0; j < net->catches[i].n; j++)
            net->first[net->catches[i].tags[j] / RC_MESH_TAG + 1]++;
    for (size_t c = 0; c < net->n_slots; c++) {
        most = net->first[c + 1] > most ? net->first[c + 1] : most;
        net->first[c + 1] += net->first[c];
    }
    return most;
}

static bool sort_by_slot(rc_net *net) {
    uint32_t next[RC_NET_SLOTS];
    const size_t most = count_kept(net), kept = net->first[net->n_slots];
    net->value = malloc(kept * sizeof *net->value + 1);
    net->replicate = malloc(kept + 1);
    net->work = malloc(most * sizeof *net->work + 1);
    if (net->value == NULL || net->replicate == NULL || net->work == NULL)
        return false;
    memcpy(next, net->first, net->n_slots * sizeof *next);
    for (size_t i = 0; i < net->n_catches; i++) {
        const rc_catch *c = &net->catches[i];
        const unsigned char r = (unsigned char)replicate_of(net, c);
        for (size_t j = 0; j < c->n; j++) {
            const uint32_t at = next[c->tags[j] / RC_MESH_TAG]++;
            net->value[at] = c->x[j];
            net->replicate[at] = r;
        }
    }
    return true;
}

bool rc_net_close(rc_net *net, const uint64_t start[RC_STAT_REPLICATES + 1], rc_ends ends) {
    memcpy(net->start, start, sizeof net->start);
    net->rank = malloc((net->n_slots + 1) * sizeof *net->rank);
    net->first = calloc(net->n_slots + 1, sizeof *net->first);
    if (net->rank == NULL || net->first == NULL)
        return false;
    add_up(net);
    net->min = ends.min;
    net->max = ends.max;
    if (net->n_catches > 0)
        qsort(net->catches, net->n_catches, sizeof *net->catches, by_place);
    return sort_by_slot(net);
}

/* ---- Answers ---- */

static size_t slot_of_rank(const rc_net *net, uint64_t rank) {
    size_t at = 0; /* the last slot with no more than `rank` values below */
    for (size_t left = net->n_slots; left > 1;) {
        const size_t half = left / 2;
        at = net->rank[at + half] <= rank ? at + half : at;
        left -= half;
    }
    return at;
}

static size_t slot_of(const rc_net *net, double x) {
    uint32_t counts[RC_NET_SLOTS] = {0};
    unsigned char all[RC_NET_SLOTS];
    double kept[2];
    uint16_t tags[2];
    memset(all, 1, sizeof all);
    const rc_meshes meshes = {net->meshes.bins, all, NULL};
    rc_block_kernels_for(RC_ISA_sse2)->cast(&meshes, &x, 1, counts, kept, tags);
    return tags[0] / RC_MESH_TAG;
}

/* Values of a slot that were counted only: all equal to its atom. */
static uint64_t atoms_in(const rc_net *net, size_t c) {
    return net->rank[c + 1] - net->rank[c] - (net->first[c + 1] - net->first[c]);
}

static double value_of(rc_net *net, uint64_t rank) {
    if (rank == 0)
        return net->min;
    if (rank == net->n - 1)
        return net->max;
    const size_t c = slot_of_rank(net, rank);
    if (!net->keep[c]) {
        net->missed = true;
        return net->min;
    }
    const size_t n = net->first[c + 1] - net->first[c];
    const double *x = net->value + net->first[c];
    uint64_t at = rank - net->rank[c], less = 0;
    const uint64_t atoms = atoms_in(net, c);
    for (size_t i = 0; atoms > 0 && i < n; i++)
        less += x[i] < net->atom[c];
    if (at >= less && at < less + atoms)
        return net->atom[c];
    at -= at >= less ? atoms : 0;
    memcpy(net->work, x, n * sizeof *x);
    rc_order_select(net->work, n, &at, 1);
    return net->work[at];
}

void rc_net_values(rc_net *net, const uint64_t *ranks, size_t n_ranks, double *values) {
    for (size_t i = 0; i < n_ranks; i++)
        values[i] = value_of(net, ranks[i]);
}

/* x lies between two neighbouring order statistics, or is one. Where a slot was not kept it must
 * not hold values on both sides: then its edge has been passed, or not. */
void rc_net_below(rc_net *net, double x, uint64_t below[RC_STAT_REPLICATES]) {
    const size_t slots = net->n_slots, c = slot_of(net, x);
    const bool atom_below = net->atom[c] < x;
    if (!net->keep[c] && net->rank[c + 1] > net->rank[c])
        net->missed = true;
    memset(below, 0, RC_STAT_REPLICATES * sizeof *below);
    uint64_t kept[RC_STAT_REPLICATES] = {0};
    for (size_t i = net->first[c]; i < net->first[c + 1]; i++) {
        below[net->replicate[i]] += net->value[i] < x;
        kept[net->replicate[i]]++;
    }
    for (size_t r = 0; r < RC_STAT_REPLICATES; r++) {
        const uint32_t *count = net->count + r * slots;
        below[r] += atom_below ? count[c] - kept[r] : 0;
        for (size_t k = 0; k < c; k++)
            below[r] += count[k];
    }
}

static void fold(rc_beyond *b, double sum[8], double square[8]) {
    b->sum += rc_fold8(sum);
    b->square += rc_fold8(square);
}

/* What is not beyond v, kept or not, adds nothing: the sums are those of all values. */
static void sum_tail(const rc_net *net, double v, double sign,
                     rc_beyond beyond[RC_STAT_REPLICATES]) {
    double sum[8] = {0}, square[8] = {0};
    size_t r = 0;
    for (size_t i = 0; i < net->n_catches; i++) {
        const rc_catch *c = &net->catches[i];
        const size_t mine = replicate_of(net, c);
        if (mine != r) {
            fold(&beyond[r], sum, square);
            memset(sum, 0, sizeof sum);
            memset(square, 0, sizeof square);
            r = mine;
        }
        for (size_t j = 0; j < c->n; j++) {
            const double d = sign * (v - c->x[j]), e = d > 0 ? d : 0;
            sum[c->tags[j] % RC_MESH_TAG] += e;
            square[c->tags[j] % RC_MESH_TAG] += e * e;
            beyond[r].at_boundary += c->x[j] == v;
        }
    }
    fold(&beyond[r], sum, square);
}

void rc_net_beyond(rc_net *net, double v, double sign, rc_beyond beyond[RC_STAT_REPLICATES]) {
    const size_t slots = net->n_slots;
    memset(beyond, 0, RC_STAT_REPLICATES * sizeof *beyond);
    if (!isfinite(v))
        return;
    const size_t c = slot_of(net, v);
    if (sign != net->sign || c < net->tail_from || c > net->tail_to)
        net->missed = true;
    sum_tail(net, v, sign, beyond);
    for (size_t k = net->tail_from; k <= net->tail_to; k++)
        if (atoms_in(net, k) > 0 && sign * (v - net->atom[k]) > 0)
            net->missed = true; /* beyond v, and not kept */
    if (net->atom[c] != v)
        return;
    for (size_t r = 0; r < RC_STAT_REPLICATES; r++)
        beyond[r].at_boundary += net->count[r * slots + c];
    for (size_t i = net->first[c]; i < net->first[c + 1]; i++)
        beyond[net->replicate[i]].at_boundary--; /* another value */
}

void rc_net_histogram(const rc_net *net, rc_histogram *h) {
    uint64_t slots[RC_BIN_SLOTS] = {0};
    uint64_t *counts = h->counts;
    *h = net->histogram;
    h->counts = counts;
    slots[0] = net->rank[1];
    for (size_t b = 0; b <= h->n_bins; b++) { /* the last one: above */
        const size_t from = 1 + b * RC_MESHES, to = b < h->n_bins ? from + RC_MESHES : from + 1;
        slots[1 + b] = net->rank[to] - net->rank[from];
    }
    rc_histogram_take(h, slots);
}
