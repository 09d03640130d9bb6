/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sobol direction numbers. Dimension 0 is van der Corput's sequence. Any other has a primitive
 * polynomial x^s + a_1 x^(s-1) + ... + a_(s-1) x + 1 and initial numbers m_1 ... m_s; those after
 * follow from
 *     m_k = 2 a_1 m_(k-1) ^ 4 a_2 m_(k-2) ^ ... ^ 2^s m_(k-s) ^ m_(k-s),
 * which in the form v_k = m_k * 2^(64-k) is v_k = XOR of a_i v_(k-i) ^ v_(k-s) ^ v_(k-s) >> s.
 *
 * S. Joe, F. Y. Kuo: Constructing Sobol sequences with better two-dimensional projections. SIAM J.
 * Sci. Comput. 30, 2635 (2008). */
#include "sample/sobol.h"

#include <assert.h>

static const uint16_t table[] = {
#include "sample/joe_kuo.inc"
};

/* Rows of each degree, from 1. */
static const uint16_t rows[] = {1, 1, 2, 2, 6, 6, 18, 16, 48, 60, 176, 144, 630, 756, 181};

/* The row of dimension dim >= 1 and its degree */
static const uint16_t *find_row(uint32_t dim, uint32_t *degree) {
    const uint16_t *row = table;
    uint32_t s = 1, first = 1;
    for (; dim - first >= rows[s - 1]; s++) {
        row += (size_t)rows[s - 1] * (s + 1);
        first += rows[s - 1];
    }
    *degree = s;
    return row + (size_t)(dim - first) * (s + 1);
}

void rc_sobol_directions(uint32_t dim, uint64_t v[RC_SOBOL_BITS]) {
    assert(dim < RC_SOBOL_DIMENSIONS);
    if (dim == 0) {
        for (uint32_t k = 0; k < RC_SOBOL_BITS; k++)
            v[k] = UINT64_C(1) << (63 - k);
        return;
    }
    uint32_t s;
    const uint16_t *row = find_row(dim, &s);
    for (uint32_t k = 0; k < s; k++)
        v[k] = (uint64_t)row[1 + k] << (63 - k);
    for (uint32_t k = s; k < RC_SOBOL_BITS; k++) {
        v[k] = v[k - s] ^ v[k - s] >> s;
        for (uint32_t i = 1; i < s; i++) /* a_1 is the highest of the s - 1 bits */
            v[k] ^= v[k - i] & (0 - (uint64_t)(row[0] >> (s - 1 - i) & 1));
    }
}

double rc_sobol_point(uint32_t dim, uint64_t gray_index) {
    uint64_t v[RC_SOBOL_BITS], digits = 0, gray = gray_index ^ gray_index >> 1;
    rc_sobol_directions(dim, v);
    for (uint32_t b = 0; b < RC_SOBOL_BITS; b++)
        digits ^= v[b] & (0 - (gray >> b & 1));
    return (double)(digits >> 11) * 0x1p-53;
}
