/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Radix sort on 64-bit keys that order as the doubles do (Herf's trick), 11 bits a pass. The upper
 * 33 bits tell nearly all values of a sample apart, so three passes go by them, and what is left is
 * inserted into its place; where that would be much, three passes by the lower bits come first.
 * Passes in which all keys agree are left out. Ranks within replicates come from the same order, so
 * that one sort serves both. */
#include "sensitivity/grade.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { BITS = 11, CELLS = 1 << BITS, LOW_BITS = 31, PASSES = 3, MOVES = 4 };

bool rc_grader_init(rc_grader *g, size_t n) {
    for (int i = 0; i < 2; i++) {
        g->key[i] = malloc((n + 1) * sizeof *g->key[i]);
        g->index[i] = malloc((n + 1) * sizeof *g->index[i]);
    }
    return g->key[0] != NULL && g->key[1] != NULL && g->index[0] != NULL && g->index[1] != NULL;
}

void rc_grader_free(rc_grader *g) {
    for (int i = 0; i < 2; i++) {
        free(g->key[i]);
        free(g->index[i]);
    }
}

static uint64_t key_of(double x) {
    uint64_t bits;
    if (isnan(x))
        return UINT64_MAX;
    x += 0.0; /* -0 equals 0 */
    memcpy(&bits, &x, sizeof bits);
    return bits >> 63 ? ~bits : bits | UINT64_C(1) << 63;
}

/* Returns which of the two buffers holds the keys now. */
static int sort_by(rc_grader *g, int at, size_t n, int shift) {
    size_t start[CELLS] = {0}, sum = 0;
    const uint64_t *key = g->key[at];
    const uint32_t *index = g->index[at];
    uint64_t *to_key = g->key[!at];
    uint32_t *to_index = g->index[!at];
    for (size_t i = 0; i < n; i++)
        start[key[i] >> shift & (CELLS - 1)]++;
    if (n == 0 || start[key[0] >> shift & (CELLS - 1)] == n)
        return at;
    for (size_t b = 0; b < CELLS; b++) {
        const size_t here = start[b];
        start[b] = sum;
        sum += here;
    }
    for (size_t i = 0; i < n; i++) {
        const uint64_t k = key[i];
        const size_t to = start[k >> shift & (CELLS - 1)]++;
        to_key[to] = k;
        to_index[to] = index[i];
    }
    return !at;
}

/* False: more moves than that are to do; some have been done. */
static bool insert_all(uint64_t *key, uint32_t *index, size_t n) {
    size_t left = MOVES * n;
    for (size_t i = 1; i < n; i++) {
        const uint64_t k = key[i];
        if (key[i - 1] <= k)
            continue;
        const uint32_t which = index[i];
        size_t j = i;
        for (; j > 0 && key[j - 1] > k; j--) {
            key[j] = key[j - 1];
            index[j] = index[j - 1];
        }
        key[j] = k;
        index[j] = which;
        if (i - j > left)
            return false;
        left -= i - j;
    }
    return true;
}

/* Which of the two buffers holds the sorted keys */
static int sort(rc_grader *g, const double *x, size_t n) {
    int at = 0;
    for (size_t i = 0; i < n; i++) {
        g->key[0][i] = key_of(x[i]);
        g->index[0][i] = (uint32_t)i;
    }
    for (int p = 0; p < PASSES; p++)
        at = sort_by(g, at, n, LOW_BITS + p * BITS);
    if (insert_all(g->key[at], g->index[at], n))
        return at;
    for (int p = 0; p < 2 * PASSES; p++)
        at = sort_by(g, at, n, p < PASSES ? p * BITS : LOW_BITS + (p - PASSES) * BITS);
    return at;
}

const uint32_t *rc_grader_order(rc_grader *g, const double *x, size_t n) {
    return g->index[sort(g, x, n)];
}

/* log2 of the size of replicates where all have the same, a power of two; else -1. */
static int even_size(const size_t *start) {
    int log2 = 0;
    while (log2 < 31 && (size_t)1 << log2 < start[1])
        log2++;
    for (size_t r = 0; r <= RC_STAT_REPLICATES; r++)
        if (start[r] != r << log2)
            return -1;
    return log2;
}

static void replicate_of_all(const size_t *start, const uint32_t *index, size_t n,
                             uint32_t *replicate) {
    const int even = even_size(start);
    if (even >= 0) {
        for (size_t i = 0; i < n; i++)
            replicate[i] = index[i] >> even;
        return;
    }
    for (size_t i = 0; i < n; i++) {
        uint32_t r = 0;
        for (uint32_t half = RC_STAT_REPLICATES / 2; half > 0; half /= 2)
            r += index[i] >= start[r + half] ? half : 0;
        replicate[i] = r;
    }
}

double rc_grade(rc_grader *g, const double *x, size_t n, const size_t start[RC_STAT_REPLICATES + 1],
                double *grade, double *own) {
    int at = sort(g, x, n);
    const uint64_t *key = g->key[at];
    const uint32_t *index = g->index[at];
    uint32_t *replicate = g->index[!at];
    size_t before[RC_STAT_REPLICATES] = {0}, most = n / 50;
    double atom = NAN;
    replicate_of_all(start, index, n, replicate);
    for (size_t first = 0, end; first < n; first = end) {
        end = first + 1;
        if (end == n || key[end] != key[first]) { /* the same for a value of which there is one */
            const uint32_t r = replicate[first];
            grade[index[first]] = ((double)first + 0.5) / (double)n;
            if (own != NULL)
                own[index[first]] = ((double)before[r] + 0.5) / (double)(start[r + 1] - start[r]);
            before[r]++;
            if (1 > most) {
                most = 1;
                atom = grade[index[first]];
            }
            continue;
        }
        size_t here[RC_STAT_REPLICATES] = {0};
        for (end = first; end < n && key[end] == key[first]; end++)
            here[replicate[end]]++;
        double middle = ((double)first + 0.5 * (double)(end - first)) / (double)n;
        for (size_t i = first; i < end; i++) {
            uint32_t r = replicate[i];
            grade[index[i]] = middle;
            if (own != NULL)
                own[index[i]] =
                    ((double)before[r] + 0.5 * (double)here[r]) / (double)(start[r + 1] - start[r]);
        }
        for (int r = 0; r < RC_STAT_REPLICATES; r++)
            before[r] += here[r];
        if (end - first > most) {
            most = end - first;
            atom = middle;
        }
    }
    return atom;
}
