/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a net keeps what it catches: meshes that a pilot's quantiles near the wanted percentiles
 * lie in, and the worse tail. A value that a mesh of the pilot mostly holds is only counted there
 * (found by the majority vote of Boyer & Moore 1981); if it is not what the mesh mostly holds in
 * the end, nothing is wrong, more is kept. */
#include "stats/histogram.h"
#include "stats/net.h"
#include "stats/percentiles.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { FEWEST = 1024, MANY_VOTES = 3, TAIL_PERCENT = 5 };
static const double some_ranks = 4, most_kept = 0.4; /* share of all values */

typedef struct survey {
    const rc_net *net;
    size_t m;
    uint16_t *slot;               /* [m] */
    uint32_t count[RC_NET_SLOTS]; /* of the pilot's values */
    uint32_t votes[RC_NET_SLOTS];
    double candidate[RC_NET_SLOTS];
} survey;

static void count_pilot(survey *s, const double *pilot) {
    enum { PIECE = 512 };
    const rc_block_kernels *block = rc_block_kernels_for(RC_ISA_sse2);
    unsigned char all[RC_NET_SLOTS];
    double kept[PIECE + 1];
    uint16_t tags[PIECE + 1];
    memset(all, 1, sizeof all);
    const rc_meshes meshes = {s->net->meshes.bins, all, NULL};
    for (size_t i = 0; i < s->m; i += PIECE) {
        const size_t n = s->m - i < PIECE ? s->m - i : PIECE;
        block->cast(&meshes, pilot + i, n, s->count, kept, tags);
        for (size_t j = 0; j < n; j++)
            s->slot[i + j] = tags[j] / RC_MESH_TAG;
    }
}

static size_t slot_of_rank(const survey *s, double rank) {
    double below = 0;
    for (size_t c = 0; c < s->net->n_slots; c++) {
        below += s->count[c];
        if (rank < below)
            return c;
    }
    return s->net->n_slots - 2;
}

/* Slots that may hold what is wanted near a percentile. */
static void find_window(const survey *s, unsigned percent, double errors, size_t *from,
                        size_t *to) {
    const double p = percent / 100.0, m = (double)s->m, at = p * (m - 1);
    const double reach = errors * sqrt(m * p * (1 - p)) + some_ranks;
    *from = at - reach <= 0 ? 0 : slot_of_rank(s, floor(at - reach));
    *to = at + reach >= m - 1 ? s->net->n_slots - 2 : slot_of_rank(s, ceil(at + reach));
}

static void vote(survey *s, const double *pilot) {
    for (size_t i = 0; i < s->m; i++) {
        const size_t c = s->slot[i];
        if (s->votes[c] == 0)
            s->candidate[c] = pilot[i];
        s->votes[c] = s->candidate[c] == pilot[i] ? s->votes[c] + 1 : s->votes[c] - 1;
    }
}

/* In the tail all values are summed; a repeated one can be left out at its edge alone, where it is
 * the edge. */
static bool may_count(const rc_net *net, const survey *s, size_t c, size_t edge_from,
                      size_t edge_to) {
    if (s->votes[c] < MANY_VOTES)
        return false;
    if (c < net->tail_from || c > net->tail_to)
        return true;
    return c == edge_from && c == edge_to && 4 * s->votes[c] > 3 * s->count[c];
}

static bool lay(rc_net *net, survey *s, const double *pilot, double errors) {
    size_t from, to, edge_from, edge_to;
    count_pilot(s, pilot);
    for (size_t i = 0; i < RC_PERCENTILES; i++) {
        find_window(s, rc_percents[i], errors, &from, &to);
        memset(net->keep + from, 1, to - from + 1);
    }
    const bool lower = net->sign > 0;
    find_window(s, lower ? TAIL_PERCENT : 100 - TAIL_PERCENT, errors, &edge_from, &edge_to);
    net->tail_from = lower ? 0 : edge_from;
    net->tail_to = lower ? edge_to : net->n_slots - 2;
    memset(net->keep + net->tail_from, 1, net->tail_to - net->tail_from + 1);
    vote(s, pilot);
    double kept = 0;
    bool has_atoms = false;
    for (size_t c = 0; c < net->n_slots; c++) {
        net->atom[c] = NAN;
        if (!net->keep[c])
            continue;
        const bool counted = may_count(net, s, c, edge_from, edge_to);
        net->atom[c] = counted ? s->candidate[c] : NAN;
        has_atoms = has_atoms || counted;
        kept += s->count[c] - (counted ? s->votes[c] : 0);
    }
    net->meshes.keep = net->keep;
    net->meshes.atom = has_atoms ? net->atom : NULL;
    return kept <= most_kept * (double)s->m;
}

rc_net *rc_net_new(const double *pilot, size_t m, double *scattered, size_t m_scattered,
                   bool higher_is_better, double errors) {
    uint64_t unused[RC_HISTOGRAM_BINS];
    rc_net *net = calloc(1, sizeof *net);
    survey *s = calloc(1, sizeof *s);
    bool ok = net != NULL && s != NULL && m >= FEWEST;
    if (ok) {
        net->sign = higher_is_better ? 1 : -1;
        net->histogram.counts = unused;
        net->meshes.bins = rc_histogram_choose(scattered, m_scattered, &net->histogram);
        net->histogram.counts = NULL;
        net->n_slots = 1 + net->meshes.bins.n * RC_MESHES + 2;
        *s = (survey){.net = net, .m = m, .slot = malloc(m * sizeof *s->slot)};
        net->count = calloc(RC_STAT_REPLICATES * net->n_slots, sizeof *net->count);
        ok = net->meshes.bins.n > 0 && s->slot != NULL && net->count != NULL &&
             lay(net, s, pilot, errors);
        free(s->slot);
    }
    free(s);
    if (ok)
        return net;
    rc_net_free(net);
    return NULL;
}

void rc_net_empty(rc_net *net) {
    free(net->rank);
    free(net->first);
    free(net->value);
    free(net->replicate);
    free(net->work);
    net->rank = NULL;
    net->first = NULL;
    net->value = net->work = NULL;
    net->replicate = NULL;
}

void rc_net_free(rc_net *net) {
    if (net == NULL)
        return;
    rc_net_empty(net);
    free(net->count);
    free(net->catches);
    free(net);
}
