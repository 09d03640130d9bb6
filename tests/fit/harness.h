/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests of fits share. */
#ifndef RC_TEST_FIT_HARNESS_H
#define RC_TEST_FIT_HARNESS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../dist/parse_dist.h"
#include "fit/fit.h"
#include "sample/sampler.h"

static rc_arena *arena;

static inline int begin(void **state) {
    (void)state;
    arena = rc_arena_new();
    return 0;
}

static inline int end(void **state) {
    (void)state;
    rc_arena_free(arena);
    return 0;
}

/* A column of tests/data/fit: a header, then numbers */
static inline const double *read_data(const char *name, size_t *n) {
    char path[512], line[256];
    snprintf(path, sizeof path, "%s/fit/%s.csv", RC_TEST_DATA, name);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    double *x = RC_NEW(arena, double, 4096);
    *n = 0;
    assert_non_null(fgets(line, sizeof line, file));
    while (fgets(line, sizeof line, file) != NULL)
        x[(*n)++] = strtod(line, NULL);
    fclose(file);
    return x;
}

static inline const rc_dist *distribution(const char *text) {
    parsed_dist parsed;
    rc_error err = {0};
    if (parse_dist(&text, arena, &parsed, &err) != RC_OK)
        fail_msg("%s", err.message);
    rc_dist_prepare(&parsed.dist, 1, 1, arena);
    return parsed.dist;
}

/* n draws; another stream for another seed */
static inline double *draw(const rc_dist *d, size_t n, uint32_t seed) {
    double *x = RC_NEW(arena, double, n + 8);
    for (size_t i = 0; i < n; i++) {
        uint32_t counter[4] = {(uint32_t)i, seed, 77, 0}, key[2] = {1, 2}, words[4];
        rc_philox4x32(counter, key, words);
        x[i] = rc_dist_quantile(d, rc_tail_from_bits(((uint64_t)words[1] << 32 | words[0]) >> 11));
    }
    return x;
}

/* One family alone */
static inline const rc_fit_row *fit_only(const double *x, size_t n, const char *family,
                                         size_t replicates, const rc_fit **whole) {
    rc_fit_options o;
    rc_fit_options_default(&o);
    const char *only[] = {family};
    o.only = only;
    o.n_only = 1;
    o.replicates = replicates;
    o.kind = rc_dist_find(family)->discrete ? RC_FIT_COUNTS : RC_FIT_CONTINUOUS;
    rc_fit *fit;
    rc_error err = {0};
    if (rc_fit_run(x, n, &o, arena, &fit, &err) != RC_OK)
        fail_msg("%s: %s", family, err.message);
    if (whole != NULL)
        *whole = fit;
    return &fit->rows[0];
}

#endif
