/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Nanoseconds a draw: every distribution and sampler on every instruction set that this machine
 * has, and the time to build each table. Prints a Markdown table.
 *
 *     draws [TEXT ...]      distributions as in a model file; without any, all of them
 *
 * Blocks of 512 draws, as in the engine. Everything is measured in turn, ROUNDS times, and the
 * median is shown: other work on the machine falls on all alike and drops out. */
#include "core/arena.h"
#include "core/isa.h"
#include "dist/dist.h"
#include "dist/parse_dist.h"
#include "dist/table.h"
#include "sample/sampler.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { ROUNDS = 41, BLOCK = 512, REPEAT = 16, MOST = 64 };

static const char *const all[] = {
    "uniform(0, 1)",
    "triangular(12, 16, 18)",
    "pert(80, 120, 200)",
    "normal(100, 15)",
    "lognormal(median=120, sigma=0.25)",
    "interval(10, 40)",
    "beta(2, 5)",
    "gamma(2.5)",
    "exponential(0.2)",
    "weibull(1.5, 2)",
    "student_t(4)",
    "pareto(2.5, 1)",
    "metalog([10, 2, 1])",
    "bernoulli(0.3)",
    "binomial(10, 0.3)",
    "poisson(3.5)",
    "discrete([1, 2, 5], [2, 1, 1])",
    "cumulative([[1, 0], [2, 0.6], [4, 1]])",
    "empirical([1, 2, 3, 5, 8, 13, 21])",
    "mixture([normal(5, 1), lognormal(1, 0.5)], [2, 1])",
    "truncate(normal(10, 4), lower=0, upper=25)",
};

typedef struct subject {
    const char *text;
    const rc_dist *dist; /* NULL: a sampler */
    const rc_sampler *sampler[RC_ISA_COUNT];
    double build; /* microseconds */
    double times[RC_ISA_COUNT][ROUNDS];
} subject;

static double now(void) {
    struct timespec t;
    timespec_get(&t, TIME_UTC);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static int by_size(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *x, size_t n) {
    qsort(x, n, sizeof *x, by_size);
    return x[n / 2];
}

static void die(const char *text, const char *message) {
    fprintf(stderr, "%s: %s\n", text, message);
    exit(2);
}

static void make_dist(subject *s, const char *text, rc_arena *arena) {
    double build[9];
    s->text = text;
    for (size_t i = 0; i < sizeof build / sizeof *build; i++) {
        parsed_dist parsed;
        rc_error err = {0};
        const char *p = text;
        if (parse_dist(&p, arena, &parsed, &err) != RC_OK)
            die(text, err.message);
        double start = now();
        rc_dist_prepare(&parsed.dist, 1, 1, arena);
        build[i] = 1e6 * (now() - start);
        s->dist = parsed.dist;
    }
    s->build = median(build, sizeof build / sizeof *build);
}

static void make_sampler(subject *s, const char *name, rc_arena *arena) {
    s->text = name;
    for (int isa = 0; isa < RC_ISA_COUNT; isa++) {
        rc_sampler *sampler = RC_NEW(arena, rc_sampler, 1);
        rc_error err = {0};
        const rc_sampler_type *type = rc_sampler_find(name, (rc_isa)isa);
        if (rc_sampler_init(sampler, type, 1, 1 << 20, 1, arena, &err) != RC_OK)
            die(name, err.message);
        s->sampler[isa] = sampler;
    }
}

/* One measurement: nanoseconds a draw. */
static double measure(const subject *s, rc_isa isa, const double *w, double *x) {
    const rc_stream stream = {.hash = 1, .dim = 0, .dims = 1};
    double start = now();
    for (size_t i = 0; i < REPEAT; i++)
        if (s->dist != NULL)
            rc_dist_draw(s->dist, isa, w + BLOCK * i, x, BLOCK);
        else
            s->sampler[isa]->type->fill(s->sampler[isa], &stream, 0, BLOCK * i, 0, x, BLOCK);
    return 1e9 * (now() - start) / (REPEAT * BLOCK);
}

static void print(subject *s) {
    printf("| %s |", s->text);
    if (s->dist != NULL && s->dist->table != NULL)
        printf(" table, %.0f us |", s->build);
    else
        printf(s->dist != NULL ? " formula |" : " points |");
    for (int isa = 0; isa < RC_ISA_COUNT; isa++)
        if (rc_isa_supported((rc_isa)isa))
            printf(" %.2f |", median(s->times[isa], ROUNDS));
    printf("\n");
}

int main(int argc, char **argv) {
    static subject subjects[MOST];
    static const char *const samplers[] = {"sobol", "random"};
    rc_arena *arena = rc_arena_new();
    size_t n = 0, n_texts = argc > 1 ? (size_t)argc - 1 : sizeof all / sizeof *all;
    for (size_t i = 0; i < sizeof samplers / sizeof *samplers; i++)
        make_sampler(&subjects[n++], samplers[i], arena);
    for (size_t i = 0; i < n_texts && n < MOST; i++)
        make_dist(&subjects[n++], argc > 1 ? argv[i + 1] : all[i], arena);
    double *w = RC_NEW(arena, double, REPEAT *BLOCK), *x = RC_NEW(arena, double, BLOCK);
    const rc_stream stream = {.hash = 7, .dim = 0, .dims = 0};
    const rc_sampler *random = subjects[1].sampler[RC_ISA_sse2];
    random->type->fill(random, &stream, 0, 0, 0, w, (size_t)REPEAT * BLOCK);
    for (size_t round = 0; round < ROUNDS; round++)
        for (size_t i = 0; i < n; i++)
            for (int isa = 0; isa < RC_ISA_COUNT; isa++)
                if (rc_isa_supported((rc_isa)isa))
                    subjects[i].times[isa][round] = measure(&subjects[i], (rc_isa)isa, w, x);
    printf("| ns a draw | made by |");
    for (int isa = 0; isa < RC_ISA_COUNT; isa++)
        if (rc_isa_supported((rc_isa)isa))
            printf(" %s |", rc_isa_name((rc_isa)isa));
    printf("\n|---|---|");
    for (int isa = 0; isa < RC_ISA_COUNT; isa++)
        if (rc_isa_supported((rc_isa)isa))
            printf("---|");
    printf("\n");
    for (size_t i = 0; i < n; i++)
        print(&subjects[i]);
    rc_arena_free(arena);
    return 0;
}
