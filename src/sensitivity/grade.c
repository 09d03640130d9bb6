/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Radix sort on 64-bit keys that order as the doubles do (Herf's trick), 11 bits a pass; passes in
 * which all keys agree are left out. Ranks within replicates come from the same order, so that one
 * sort serves both. */
#include "sensitivity/grade.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { BITS = 11, CELLS = 1 << BITS, PASSES = 6 };

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

/* Which of the two buffers holds the sorted keys */
static int sort(rc_grader *g, const double *x, size_t n) {
    static const int shift[PASSES] = {0, 11, 22, 33, 44, 55};
    size_t(*count)[CELLS] = calloc(PASSES, sizeof *count);
    int at = 0;
    if (count == NULL)
        abort(); /* 96 KiB */
    for (size_t i = 0; i < n; i++) {
        uint64_t k = key_of(x[i]);
        g->key[0][i] = k;
        g->index[0][i] = (uint32_t)i;
        for (int p = 0; p < PASSES; p++)
            count[p][k >> shift[p] & (CELLS - 1)]++;
    }
    for (int p = 0; p < PASSES && n > 0; p++) {
        size_t *c = count[p], sum = 0;
        if (c[g->key[at][0] >> shift[p] & (CELLS - 1)] == n)
            continue;
        for (size_t b = 0; b < CELLS; b++) {
            size_t here = c[b];
            c[b] = sum;
            sum += here;
        }
        for (size_t i = 0; i < n; i++) {
            uint64_t k = g->key[at][i];
            size_t to = c[k >> shift[p] & (CELLS - 1)]++;
            g->key[!at][to] = k;
            g->index[!at][to] = g->index[at][i];
        }
        at = !at;
    }
    free(count);
    return at;
}

static void replicate_of_all(const size_t *start, const uint32_t *index, size_t n,
                             uint32_t *replicate) {
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
