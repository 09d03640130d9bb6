/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One round of a sieve: values pass by, and what falls into the cells that the round is about is
 * counted or kept. A comparison with the windows' edges leaves a few values in a hundred, and only
 * those look for their cell. */
#include "stats/sieve.h"

#include "stats/order.h"

#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

bool rc_sieve_counts_open(rc_sieve_counts *counts, const rc_sieve *s) {
    memset(counts, 0, sizeof *counts);
    counts->cells = s->counts_cells ? calloc(s->n_cells, sizeof *counts->cells) : NULL;
    return counts->cells != NULL || !s->counts_cells;
}

void rc_sieve_counts_close(rc_sieve_counts *counts) {
    free(counts->cells);
}

void rc_sieve_take(rc_sieve *s, rc_sieve_counts *counts, rc_isa isa, uint32_t replicate,
                   const double *x, size_t n) {
    const rc_block_kernels *block = rc_block_kernels_for(isa);
    double inside[RC_SIFT_MOST];
    const size_t m = block->sift(&s->windows, x, n, inside, counts->at_least);
    if (s->round == 0 && s->bins.n > 0)
        block->bin(&s->bins, x, n, counts->slots);
    for (size_t i = 0; i < m; i++) {
        const size_t c = rc_sieve_cell(s, inside[i]);
        if (s->state[c] == RC_CELL_COUNT) {
            counts->cells[c]++;
        } else if (s->state[c] == RC_CELL_KEEP) {
            _Atomic uint64_t *cursor =
                &s->cursors[(size_t)s->slot[c] * RC_STAT_REPLICATES + replicate];
            s->kept[c][atomic_fetch_add_explicit(cursor, 1, memory_order_relaxed)] = inside[i];
        }
    }
}

void rc_sieve_gather(rc_sieve *s, rc_sieve_counts *counts, uint32_t replicate) {
    for (size_t c = 0; s->counts_cells && c < s->n_cells; c++)
        if (counts->cells[c] > 0)
            s->below[(c + 1) * RC_STAT_REPLICATES + replicate] += counts->cells[c];
    for (size_t w = 0; w < s->windows.n; w++)
        s->at_least[w * RC_STAT_REPLICATES + replicate] += counts->at_least[w];
    for (size_t i = 0; i < RC_BIN_SLOTS; i++)
        s->slots[i] += counts->slots[i];
    if (counts->cells != NULL)
        memset(counts->cells, 0, s->n_cells * sizeof *counts->cells);
    memset(counts->at_least, 0, sizeof counts->at_least);
    memset(counts->slots, 0, sizeof counts->slots);
}

void rc_sieve_tail(const rc_sieve *s, rc_isa isa, const double *x, size_t n, rc_tail *tail) {
    const rc_beyond b = rc_block_kernels_for(isa)->beyond(x, n, s->edge, s->sign);
    tail->sum = b.sum;
    tail->square = b.square;
}

/* ---- The end ---- */

/* Counts of cells become numbers of values below. After the first round the values below a window
 * are those that do not reach its start. */
static void add_up(rc_sieve *s) {
    size_t w = 0;
    for (size_t c = 0; c < s->n_cells; c++) {
        uint64_t *below = s->below + c * RC_STAT_REPLICATES, *next = below + RC_STAT_REPLICATES;
        if (s->round == 0 && w < s->windows.n && s->first_cell[w] == c) {
            for (size_t r = 0; c > 0 && r < RC_STAT_REPLICATES; r++)
                below[r] = s->n_replicate[r] - s->at_least[w * RC_STAT_REPLICATES + r];
            w++;
        }
        for (size_t r = 0; s->state[c] == RC_CELL_COUNT && r < RC_STAT_REPLICATES; r++)
            next[r] += below[r];
    }
    for (size_t r = 0; r < RC_STAT_REPLICATES; r++)
        s->below[s->n_cells * RC_STAT_REPLICATES + r] = s->n_replicate[r];
}

static void sort_kept(rc_sieve *s, size_t c) {
    double *x = s->kept[c];
    for (size_t r = 0; r < RC_STAT_REPLICATES; r++) {
        const uint64_t n =
            s->below[(c + 1) * RC_STAT_REPLICATES + r] - s->below[c * RC_STAT_REPLICATES + r];
        rc_order_sort(x, n);
        x += n;
    }
}

void rc_sieve_end_round(rc_sieve *s, const rc_ends ends[RC_STAT_REPLICATES], const rc_ends *pooled,
                        const rc_tail tails[RC_STAT_REPLICATES]) {
    if (s->round == 0) {
        s->n = pooled->n;
        s->min = pooled->min;
        s->max = pooled->max;
        for (int r = 0; r < RC_STAT_REPLICATES; r++)
            s->n_replicate[r] = ends[r].n;
    }
    if (s->counts_cells)
        add_up(s);
    for (size_t c = 0; c < s->n_cells; c++) {
        if (s->state[c] == RC_CELL_KEEP)
            sort_kept(s, c);
        s->state[c] = s->state[c] == RC_CELL_COUNT  ? RC_CELL_COUNTED
                      : s->state[c] == RC_CELL_KEEP ? RC_CELL_KEPT
                                                    : s->state[c];
        s->slot[c] = -1;
    }
    if (s->sign != 0) {
        for (int r = 0; r < RC_STAT_REPLICATES; r++) {
            s->tail_sum[r] = tails[r].sum;
            s->tail_square[r] = tails[r].square;
        }
        s->has_tail = true;
    }
    free((void *)s->cursors);
    s->cursors = NULL;
    s->counts_cells = false;
    s->round++;
}

/* ---- The next ---- */

void rc_sieve_ask(rc_sieve *s) {
    s->n_wants = 0;
    s->tail_wanted = false;
}

static uint64_t size_of(const rc_sieve *s, size_t c) {
    return rc_sieve_rank(s, c + 1) - rc_sieve_rank(s, c);
}

static void mark(rc_sieve *s, size_t c) {
    if (s->state[c] == RC_CELL_COUNTED && !rc_sieve_pure(s, c))
        s->state[c] = RC_CELL_KEEP;
}

/* Mark cells of at most `little` values beside cell c, in steps of `step`, up to `slack` ranks
 * away. */
static void mark_beside(rc_sieve *s, size_t c, int step, uint64_t slack, uint64_t little) {
    enum { MOST_CELLS = 16 };
    uint64_t passed = 0;
    for (int i = 0; i < MOST_CELLS && passed < slack; i++) {
        if (step < 0 ? c == 0 : c + 1 == s->n_cells)
            return;
        c = step < 0 ? c - 1 : c + 1;
        const uint64_t size = size_of(s, c);
        if (size > 0 && size <= little)
            mark(s, c);
        passed += size;
    }
}

/* Cells of the wanted ranks. Ranks that follow from near answers are near themselves, off by about
 * the root of what a cell holds between two values of the pilot: also what lies a little to their
 * left and right, where it is not much. */
static void mark_wanted(rc_sieve *s, uint64_t room) {
    const double spacing = (double)s->n / (double)(s->n_pilot + 1);
    const uint64_t slack = 6 * (uint64_t)sqrt(spacing) + 8, little = room / (4 * RC_SIEVE_WANTS);
    for (size_t i = 0; i < s->n_wants; i++) {
        const size_t c = rc_sieve_cell_of_rank(s, s->wants[i]);
        const uint64_t at = s->wants[i] - rc_sieve_rank(s, c), size = size_of(s, c);
        mark(s, c);
        if (at < slack)
            mark_beside(s, c, -1, slack - at, little);
        if (size - at < slack)
            mark_beside(s, c, 1, slack - (size - at), little);
    }
}

/* Of the marked cells, those with too much become cells to count; returns how many. */
static size_t choose_divided(rc_sieve *s, uint64_t room) {
    uint64_t total = 0;
    size_t marked = 0, divided = 0;
    for (size_t c = 0; c < s->n_cells; c++)
        if (s->state[c] == RC_CELL_KEEP) {
            total += size_of(s, c);
            marked++;
        }
    for (size_t c = 0; total > room && c < s->n_cells; c++)
        if (s->state[c] == RC_CELL_KEEP && size_of(s, c) > room / marked) {
            s->state[c] = RC_CELL_COUNT;
            divided++;
        }
    return divided;
}

static bool make_room(rc_sieve *s) {
    uint64_t total = 0;
    size_t n = 0;
    for (size_t c = 0; c < s->n_cells; c++)
        if (s->state[c] == RC_CELL_KEEP) {
            total += size_of(s, c);
            s->slot[c] = (int32_t)n++;
        }
    if (n == 0)
        return true;
    double *values = malloc(total * sizeof *values + 1);
    s->cursors = calloc(n * RC_STAT_REPLICATES, sizeof *s->cursors);
    if (values == NULL || s->cursors == NULL || s->n_blocks == RC_SIEVE_BLOCKS) {
        free(values);
        return false;
    }
    s->blocks[s->n_blocks++] = values;
    for (size_t c = 0; c < s->n_cells; c++) {
        if (s->state[c] != RC_CELL_KEEP)
            continue;
        uint64_t at = 0;
        for (size_t r = 0; r < RC_STAT_REPLICATES; r++) {
            atomic_init(&s->cursors[(size_t)s->slot[c] * RC_STAT_REPLICATES + r], at);
            at += s->below[(c + 1) * RC_STAT_REPLICATES + r] - s->below[c * RC_STAT_REPLICATES + r];
        }
        s->kept[c] = values;
        values += at;
    }
    return true;
}

bool rc_sieve_next_round(rc_sieve *s, uint64_t room, bool *ok) {
    enum { PARTS_IN_ALL = 16384, MOST_PARTS = 1024, LEAST_PARTS = 64 };
    *ok = true;
    if (s->n_wants == 0 && !s->tail_wanted)
        return false;
    mark_wanted(s, room);
    const size_t divided = choose_divided(s, room);
    if (divided > 0) {
        size_t parts = PARTS_IN_ALL / divided;
        parts = parts > MOST_PARTS ? MOST_PARTS : parts < LEAST_PARTS ? LEAST_PARTS : parts;
        *ok = rc_sieve_divide(s, parts);
        s->counts_cells = true;
    }
    *ok = *ok && make_room(s);
    s->sign = s->tail_wanted ? s->wanted_sign : 0;
    s->edge = s->wanted_edge;
    s->has_tail = s->has_tail && !s->tail_wanted;
    rc_sieve_lay_windows(s);
    return true;
}

void rc_sieve_close(rc_sieve *s) {
    for (size_t i = 0; i < s->n_blocks; i++)
        free(s->blocks[i]);
    free(s->low);
    free(s->state);
    free(s->below);
    free((void *)s->kept);
    free(s->slot);
    free((void *)s->cursors);
    memset(s, 0, sizeof *s);
}
