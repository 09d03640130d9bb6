/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Moves (engine/moves.h): what is put together of two halves equals, bit for bit, a full evaluation
 * of the same point by the ordinary plan with streams exchanged, on every model of models.h, for
 * every entry moved alone, all but one, and along walks that move one more at a time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "harness.h"

#include "engine/moves.h"

#include "models.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { TRIALS = 16 * 3, STEPS = 10 };

/* ---- The other way: everything, at the point that the sides make ---- */

typedef struct full {
    rc_moves *m;
    rc_graph graph; /* with streams of either half */
    rc_named_stream *streams;
    rc_plan plan;
    rc_workspace ws;
} full;

static void full_init(full *f, rc_moves *m, rc_arena *arena) {
    rc_node_id *nodes = RC_NEW(arena, rc_node_id, m->n_targets);
    rc_error err = {0};
    f->m = m;
    f->graph = m->running.graph;
    f->streams = RC_NEW(arena, rc_named_stream, m->n_streams);
    f->graph.streams = f->streams;
    for (size_t i = 0; i < m->n_targets; i++)
        nodes[i] = m->running.wanted.nodes[m->targets[i] - m->running.wanted.outputs];
    assert_int_equal(rc_plan_build(&f->graph, nodes, m->n_targets, arena, &f->plan, &err), RC_OK);
    assert_int_equal(rc_plan_operations(&f->plan), m->operations);
    rc_workspace_init(&f->ws, &f->plan, &m->running.sampler, m->running.isa, arena);
}

static void full_eval(full *f, const uint8_t *side, const rc_moves_block *b) {
    for (size_t i = 0; i < f->m->n_streams; i++)
        f->streams[i] = side[i] ? f->m->other[i] : f->m->running.graph.streams[i];
    rc_eval_block(&f->ws, b->replicate, b->first, b->n);
}

static bool same_bits(double a, double b) {
    return memcmp(&a, &b, sizeof a) == 0 || (a != a && b != b);
}

/* ---- Moves of one block ---- */

typedef struct check {
    const char *title;
    rc_moves *m;
    rc_arena *arena;
    full other;
    uint8_t *side;
    rc_move *move[2];
    uint32_t random;
    int failures;
} check;

static uint32_t next(check *c) {
    return (c->random = c->random * 1664525u + 1013904223u) >> 16;
}

static void compare(check *c, rc_moves_block *b, const char *what, const rc_move *move, int half) {
    full_eval(&c->other, c->side, b);
    for (size_t t = 0; t < c->m->n_targets; t++) {
        const double *x = move != NULL ? rc_moves_value(b, move, t) : rc_moves_half(b, half, t);
        rc_lanes y = rc_eval_root(&c->other.ws, t, 0);
        for (size_t i = 0; i < b->n; i++)
            if (!same_bits(x[i], rc_lane(&y, i)) && c->failures++ < 5)
                print_error("%s: %s: %s of trial %zu is %.17g, of a full evaluation %.17g\n",
                            c->title, what, c->m->targets[t]->name, i, x[i], rc_lane(&y, i));
    }
}

static void go(check *c, rc_moves_block *b, const char *what, rc_move *move, const rc_move *after) {
    rc_move_choose(c->m, move, &(rc_move_choice){.side = c->side, .after = after});
    rc_moves_go(b, move);
    compare(c, b, what, move, 0);
}

static void each_alone(check *c, rc_moves_block *b) {
    size_t n = c->m->n_streams;
    for (size_t s = 0; s < n; s++) {
        memset(c->side, 0, n);
        c->side[s] = 1;
        go(c, b, "one of B", c->move[0], NULL);
        memset(c->side, 1, n);
        c->side[s] = 0;
        go(c, b, "one of A", c->move[0], NULL);
    }
}

/* One more of them from B at a time, now and then one back */
static void walk(check *c, rc_moves_block *b) {
    size_t n = c->m->n_streams;
    memset(c->side, 0, n);
    for (int k = 0; k < STEPS; k++) {
        size_t s = next(c) % n;
        c->side[s] = next(c) % 8 > 0;
        go(c, b, "walk", c->move[k % 2], k > 0 ? c->move[(k + 1) % 2] : NULL);
    }
}

static void take(void *data, void *mine, rc_moves_block *b, unsigned char *leaf) {
    check *c = data;
    (void)mine;
    (void)leaf;
    if (b->replicate % 9 != 0 || c->m->n_streams == 0)
        return;
    for (int half = 0; half < 2; half++) {
        memset(c->side, half, c->m->n_streams);
        compare(c, b, "half", NULL, half);
    }
    each_alone(c, b);
    walk(c, b);
}

static void merge(unsigned char *into, const unsigned char *from, size_t bytes) {
    (void)into;
    (void)from;
    (void)bytes;
}

/* ---- Models ---- */

/* Names of all outputs and risks, each once */
static size_t names_of(const rc_model *model, rc_arena *arena, const char **names, size_t most) {
    harness h;
    rc_error err = {0};
    size_t n = 0;
    if (harness_prepare(&h, model, "random", 16, 1, rc_isa_best(), arena, &err) != RC_OK)
        fail_msg("%s", err.message);
    for (size_t i = 0; i < h.wanted.n_outputs && n < most; i++)
        if (h.wanted.outputs[i].kind != RC_OUTPUT_LEFT_OUT)
            names[n++] = h.wanted.outputs[i].name;
    return n;
}

static rc_moves *moves_of(const char *text, const char *sampler, const char *isa, int threads,
                          uint64_t trials, rc_arena *arena) {
    rc_run_options *o = RC_NEW(arena, rc_run_options, 1);
    const rc_model *model = harness_model(text, arena);
    assert_non_null(model);
    const char **names = RC_NEW(arena, const char *, 64);
    rc_moves *m = NULL;
    rc_error err = {0};
    rc_run_options_default(o);
    o->n_outputs = names_of(model, arena, names, 64);
    o->outputs = names;
    o->trials = trials;
    o->sampler = sampler;
    o->isa = isa;
    o->threads = threads;
    if (rc_moves_new(model, o, &m, &err) != RC_OK)
        fail_msg("%s", err.message);
    return m;
}

static void check_model(const char *title, const char *text, const char *sampler) {
    rc_arena *arena = rc_arena_new();
    check c = {.title = title, .arena = arena, .random = 1};
    c.m = moves_of(text, sampler, NULL, 1, TRIALS, arena);
    full_init(&c.other, c.m, arena);
    c.side = RC_NEW(arena, uint8_t, c.m->n_streams);
    c.move[0] = rc_move_new(c.m, arena);
    c.move[1] = rc_move_new(c.m, arena);
    rc_moves_client client = {.data = &c, .take = take, .merge = merge, .leaf_bytes = 16};
    rc_moves_done done;
    rc_error err = {0};
    assert_int_equal(rc_moves_run(c.m, &client, arena, &done, &err), RC_OK);
    rc_moves_free(c.m);
    if (c.failures > 0)
        fail_msg("%s, %s: %d values differ", title, sampler, c.failures);
    rc_arena_free(arena);
}

static void test_models(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof models / sizeof *models; i++) {
        check_model(models[i].title, models[i].text, "sobol");
        if (i % 4 == 0)
            check_model(models[i].title, models[i].text, "random");
    }
}

/* ---- Given points ---- */

typedef struct given_check {
    rc_moves *m;
    rc_move *move[6];
    int failures;
} given_check;

/* Own values of half A or B, given as columns, make that half of what depends on them */
static void give(const given_check *c, rc_moves_block *b, int side) {
    const rc_moves *m = c->m;
    for (size_t i = 0; i < m->n_correlated; i++)
        for (unsigned k = 1; k <= m->correlated[i].points; k++) {
            unsigned row = m->correlated[i].points > 1 ? k : 0;
            double *w = rc_moves_given(b, i, row);
            if (w == NULL)
                continue;
            rc_lanes own = rc_eval_lanes(&b->ws, &m->plan.places[m->correlated[i].node], row);
            /* halves lie one after the other */
            const double *x = own.column + (side ? (size_t)m->half * b->ws.stride : 0);
            memcpy(w, x, b->n * sizeof *w);
        }
}

static void same_as_half(given_check *c, rc_moves_block *b, const rc_move *move, int side,
                         const char *what) {
    for (size_t t = 0; t < c->m->n_targets; t++) {
        const double *x = rc_moves_value(b, move, t), *y = rc_moves_half(b, side, t);
        for (size_t i = 0; i < b->n; i++)
            if (!same_bits(x[i], y[i]) && c->failures++ < 5)
                print_error("%s, %s: %.17g, not %.17g\n", what, c->m->targets[t]->name, x[i], y[i]);
    }
}

static void take_given(void *data, void *mine, rc_moves_block *b, unsigned char *leaf) {
    given_check *c = data;
    (void)mine;
    (void)leaf;
    give(c, b, 0);
    rc_moves_go(b, c->move[0]); /* all streams of A, given those of A */
    same_as_half(c, b, c->move[0], 0, "given A");
    rc_moves_go(b, c->move[1]); /* the others of B; columns as they were */
    give(c, b, 1);
    rc_moves_go(b, c->move[2]); /* given those of B now */
    same_as_half(c, b, c->move[2], 1, "given B");
    rc_moves_go(b, c->move[3]); /* every second stream of B; given those of B still */
    rc_moves_go(b, c->move[4]); /* the same, and nothing given any more */
    double *kept = malloc(c->m->n_targets * b->n * sizeof *kept);
    for (size_t t = 0; t < c->m->n_targets; t++)
        memcpy(kept + t * b->n, rc_moves_value(b, c->move[4], t), b->n * sizeof *kept);
    rc_moves_go(b, c->move[5]); /* the same anew */
    for (size_t t = 0; t < c->m->n_targets; t++)
        for (size_t i = 0; i < b->n; i++)
            c->failures += !same_bits(kept[t * b->n + i], rc_moves_value(b, c->move[5], t)[i]);
    free(kept);
}

static void test_given(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof models / sizeof *models; i++) {
        if (strncmp(models[i].title, "correlated", 10) != 0)
            continue;
        rc_arena *arena = rc_arena_new();
        given_check c = {.m = moves_of(models[i].text, "sobol", NULL, 1, TRIALS, arena)};
        assert_true(c.m->n_correlated > 2);
        uint8_t *side = RC_NEW(arena, uint8_t, c.m->n_streams);
        bool *given = RC_NEW(arena, bool, c.m->n_correlated);
        bool *fresh = RC_NEW(arena, bool, c.m->n_correlated);
        memset(given, true, c.m->n_correlated);
        for (int k = 0; k < 6; k++)
            c.move[k] = rc_move_new(c.m, arena);
        rc_move_choose(c.m, c.move[0], &(rc_move_choice){.side = side, .given = given});
        memset(side, 1, c.m->n_streams);
        rc_move_choose(
            c.m, c.move[1],
            &(rc_move_choice){.side = side, .given = given, .after = c.move[0], .fresh = fresh});
        rc_move_choose(
            c.m, c.move[2],
            &(rc_move_choice){.side = side, .given = given, .after = c.move[1], .fresh = NULL});
        for (size_t s = 0; s < c.m->n_streams; s++)
            side[s] = s % 2;
        rc_move_choose(
            c.m, c.move[3],
            &(rc_move_choice){.side = side, .given = given, .after = c.move[2], .fresh = fresh});
        rc_move_choose(c.m, c.move[4], &(rc_move_choice){.side = side, .after = c.move[3]});
        rc_move_choose(c.m, c.move[5], &(rc_move_choice){.side = side});
        rc_moves_client client = {.data = &c, .take = take_given, .merge = merge, .leaf_bytes = 16};
        rc_moves_done done;
        rc_error err = {0};
        assert_int_equal(rc_moves_run(c.m, &client, arena, &done, &err), RC_OK);
        assert_int_equal(c.failures, 0);
        rc_moves_free(c.m);
        rc_arena_free(arena);
    }
}

/* ---- What it takes ---- */

typedef struct counted {
    rc_moves *m;
    rc_move **moves; /* one a stream */
} counted;

static void take_all(void *data, void *mine, rc_moves_block *b, unsigned char *leaf) {
    counted *c = data;
    (void)mine;
    for (size_t s = 0; s < c->m->n_streams; s++) {
        rc_moves_go(b, c->moves[s]);
        const double *x = rc_moves_value(b, c->moves[s], 0), *y = rc_moves_half(b, 1, 0);
        for (size_t i = 0; i < b->n; i++) {
            *(double *)(void *)leaf += x[i] * y[i];
            ((double *)(void *)leaf)[1] += 1;
        }
    }
}

static void add_doubles(unsigned char *into, const unsigned char *from, size_t bytes) {
    for (size_t i = 0; i < bytes / sizeof(double); i++)
        ((double *)(void *)into)[i] += ((const double *)(const void *)from)[i];
}

static void run_counted(const char *isa, int threads, const char *sampler, rc_moves_done *done,
                        double sums[2], rc_arena *arena) {
    static const char text[] =
        YEARLY "inputs:\n  a: pert(1, 2, 4)\n  b: uniform(1, 2)\n  rest: normal(0, 1)\n"
               "series:\n  s: {initial: 1, value: prev(s) * b}\n"
               "benefits:\n  gain: {value: 100 * a * s}\n" SPEND
               "risks:\n  r: {rate: 0.5, impact: 20 * a}\n";
    rc_error err = {0};
    counted c = {.m = moves_of(text, sampler, isa, threads, 16 * 2000, arena)};
    assert_string_equal(c.m->targets[0]->name, "roi");
    c.moves = RC_NEW(arena, rc_move *, c.m->n_streams);
    uint8_t *side = RC_NEW(arena, uint8_t, c.m->n_streams);
    for (size_t s = 0; s < c.m->n_streams; s++) {
        memset(side, 0, c.m->n_streams);
        side[s] = 1;
        c.moves[s] = rc_move_new(c.m, arena);
        rc_move_choose(c.m, c.moves[s], &(rc_move_choice){.side = side});
        bool nothing = strcmp(c.m->running.graph.streams[s].name, "rest") == 0;
        assert_true((rc_move_operations(c.moves[s]) == 0) == nothing);
    }
    rc_moves_client client = {
        .data = &c, .take = take_all, .merge = add_doubles, .leaf_bytes = 2 * sizeof(double)};
    assert_int_equal(rc_moves_run(c.m, &client, arena, done, &err), RC_OK);
    memcpy(sums, done->swept.pooled, 2 * sizeof(double));
    rc_moves_free(c.m);
}

static void test_counts_and_identity(void **state) {
    (void)state;
    static const char *const samplers[] = {"sobol", "random"};
    static const char *const isas[] = {"sse2", "avx2", "avx512"};
    for (size_t s = 0; s < 2; s++) {
        rc_arena *arena = rc_arena_new();
        double first[2], sums[2];
        rc_moves_done one, done;
        run_counted("sse2", 1, samplers[s], &one, first, arena);
        /* a, b, rest, spend; of the risk event, time: k = 6 */
        assert_true(one.runs >= 8 * 16 * 2000 && first[1] == 6.0 / 8 * (double)one.runs);
        assert_true(one.operations < one.black_box);
        for (int k = 0; k < 4; k++) {
            rc_isa isa;
            if (!rc_isa_parse(isas[k % 3], &isa) || !rc_isa_supported(isa))
                continue;
            run_counted(isas[k % 3], k + 1, samplers[s], &done, sums, arena);
            assert_memory_equal(first, sums, sizeof sums);
            assert_int_equal(one.operations, done.operations);
            assert_int_equal(one.black_box, done.black_box);
        }
        rc_arena_free(arena);
    }
}

/* ---- Halves are two points ---- */

static double as_u(double w) {
    return w > 0 ? w : 1 + w;
}

/* Sums over all trials, by pair of streams of A and B, of (u_a - 1/2) (u_b - 1/2) */
static void take_points(void *data, void *mine, rc_moves_block *b, unsigned char *leaf) {
    const rc_moves *m = data;
    double *a = aligned_alloc(64, 2 * m->lanes * sizeof *a), *z = a + m->lanes;
    (void)mine;
    for (size_t s = 0; s < m->n_streams; s++)
        for (size_t t = 0; t < m->n_streams; t++) {
            double *sum = (double *)(void *)leaf + s * m->n_streams + t;
            rc_moves_point(b, 0, (uint32_t)s, 0, a);
            rc_moves_point(b, 1, (uint32_t)t, 0, z);
            for (size_t i = 0; i < b->n; i++)
                *sum += (as_u(a[i]) - 0.5) * (as_u(z[i]) - 0.5);
        }
    free(a);
}

/* Their mean has standard deviation 1 / (12 sqrt(n)) if the halves are independent */
static void test_halves(void **state) {
    (void)state;
    static const char *const samplers[] = {"sobol", "random", "hdr"};
    for (int k = 0; k < 3; k++) {
        rc_arena *arena = rc_arena_new();
        rc_moves *m = moves_of(YEARLY "inputs:\n  a: normal(0, 1)\n  b: uniform(1, 2)\n" GAIN SPEND
                                      "risks:\n  r: {rate: 1, impact: 2}\n",
                               samplers[k], NULL, 2, 1 << 14, arena);
        size_t pairs = m->n_streams * m->n_streams;
        rc_moves_client client = {.data = m,
                                  .take = take_points,
                                  .merge = add_doubles,
                                  .leaf_bytes = pairs * sizeof(double)};
        rc_moves_done done;
        rc_error err = {0};
        assert_int_equal(rc_moves_run(m, &client, arena, &done, &err), RC_OK);
        const double *sums = (const double *)(const void *)done.swept.pooled;
        for (size_t i = 0; i < pairs; i++)
            assert_true(fabs(sums[i]) / (1 << 14) < 5 / (12 * sqrt(1 << 14)));
        rc_moves_free(m);
        rc_arena_free(arena);
    }
}

/* ---- Bars ---- */

static void test_streams_of_bars(void **state) {
    (void)state;
    rc_arena *arena = rc_arena_new();
    rc_moves *m =
        moves_of(YEARLY "groups:\n  g: [a, r]\n"
                        "inputs:\n  a: normal(0, uniform(1, 2))\n  b: uniform(1, 2)\n" GAIN SPEND
                        "risks:\n  r: {probability: 20%, at: anytime, impact: \"uniform(1, 2)\"}\n",
                 NULL, NULL, 1, TRIALS, arena);
    static const struct {
        const char *name;
        bool group;
        size_t n;
    } known[] = {{"a", false, 2}, {"b", false, 1}, {"r", false, 3},
                 {"g", true, 5},  {"g", false, 0}, {"gain", false, 1}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        size_t n;
        const uint32_t *streams = rc_moves_streams(m, known[i].name, known[i].group, arena, &n);
        if (n != known[i].n)
            fail_msg("%s: %zu streams, not %zu", known[i].name, n, known[i].n);
        for (size_t k = 0; k < n; k++)
            assert_true(streams[k] < m->n_streams);
    }
    rc_moves_free(m);
    rc_arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_models),
        cmocka_unit_test(test_given),
        cmocka_unit_test(test_counts_and_identity),
        cmocka_unit_test(test_halves),
        cmocka_unit_test(test_streams_of_bars),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
