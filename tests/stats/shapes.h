/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Samples of every kind that ways of counting them are tried on. */
#ifndef RC_TEST_STATS_SHAPES_H
#define RC_TEST_STATS_SHAPES_H

#include "stats/fixture.h"

enum { SHAPES = 14 };

static inline double draw(int shape, uint64_t *seed, size_t i, size_t n) {
    const double u = random_uniform(seed), w = random_uniform(seed);
    switch (shape) {
    case 0: return u + w;                                           /* smooth */
    case 1: return tan(3.14159265 * (u - .5));                      /* Cauchy: heavy tails */
    case 2: return exp(700 * (u - .5)) * (w < .5 ? -1 : 1);         /* over 600 powers of ten */
    case 3: return floor(100 * u);                                  /* whole numbers */
    case 4: return floor(3 * u) - 1;                                /* three atoms */
    case 5: return u < .93 ? 0 : w;                                 /* a clamp */
    case 6: return u < .2 ? -INFINITY : u > .6 ? INFINITY : w;      /* both infinities */
    case 7: return u < .4 ? INFINITY : floor(w * 30) / 4;           /* a payback */
    case 8: return 42.5;                                            /* constant */
    case 9: return u < .3 ? NAN : w - .5;                           /* undefined lanes */
    case 10: return (double)i / (double)n;                          /* ascending */
    case 11: return u < .5 ? NAN : INFINITY;                        /* nothing finite */
    case 12: return u < .05 ? -1 - w * 1e-15 : 1e9 + w * 1e-6;      /* two tight clusters */
    default: return (double)(i % 2) * -0.0 + (u < .5 ? 0.0 : -0.0); /* zeros of either sign */
    }
}

#endif
