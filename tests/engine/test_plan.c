/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The plan does what it says: equal subexpressions once, constants folded, what nobody asks for
 * dropped, columns reused, what does not depend on time out of the loop. And the kernels of every
 * instruction set give the bits of the scalar operators. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "harness.h"

#include <math.h>
#include <stdlib.h>

static harness planned(const char *text, rc_arena *arena) {
    harness h;
    rc_error err = {0};
    const rc_model *model = harness_model(text, arena);
    if (harness_prepare(&h, model, "random", 16, 1, RC_ISA_sse2, arena, &err) != RC_OK)
        fail_msg("%s", err.message);
    return h;
}

/* Steps of an operator in segments of a kind. */
static size_t count_ops(const rc_plan *plan, rc_segment_kind kind, rc_op op) {
    size_t n = 0;
    for (size_t s = 0; s < plan->n_segments; s++)
        for (size_t i = 0; i < plan->segments[s].n_steps; i++) {
            const rc_step *step = &plan->segments[s].steps[i];
            n += plan->segments[s].kind == kind && step->kind == RC_STEP_NODE &&
                 step->node->kind == RC_NODE_OP && step->node->op == op;
        }
    return n;
}

static size_t count_nodes(const rc_plan *plan, rc_segment_kind kind, rc_node_kind node) {
    size_t n = 0;
    for (size_t s = 0; s < plan->n_segments; s++)
        for (size_t i = 0; i < plan->segments[s].n_steps; i++) {
            const rc_step *step = &plan->segments[s].steps[i];
            n += plan->segments[s].kind == kind && step->kind == RC_STEP_NODE &&
                 step->node->kind == node;
        }
    return n;
}

static void equal_subexpressions_once(void **state) {
    (void)state;
    rc_arena *arena = rc_arena_new();
    harness h = planned("roicast: 1\ninputs:\n  a: uniform(0, 1)\n  b: uniform(0, 1)\n"
                        "outputs:\n  x: exp(a * b) + 1\n  y: exp(b * a) + 2\n  z: 3 * exp(a * b)\n",
                        arena);
    assert_int_equal(count_ops(&h.plan, RC_ONCE, RC_OP_exp), 1);
    assert_int_equal(count_ops(&h.plan, RC_ONCE, RC_OP_mul), 2); /* a * b, and 3 * */
    assert_int_equal(count_nodes(&h.plan, RC_ONCE, RC_NODE_POINT), 2);
    rc_arena_free(arena);
}

static void constants_folded(void **state) {
    (void)state;
    rc_arena *arena = rc_arena_new();
    harness h = planned("roicast: 1\ntimeline: {years: 3, step: year}\n"
                        "inputs:\n  a: uniform(0, 1)\n  c: 2 * 3 + sqrt(16)\n"
                        "series:\n  s: exp(t / 4) * c\n"
                        "outputs:\n  x: a + c * exp(1)\n  y: sum(s) * a\n",
                        arena);
    assert_int_equal(count_ops(&h.plan, RC_ONCE, RC_OP_exp), 0);
    assert_int_equal(count_ops(&h.plan, RC_PERIODS, RC_OP_exp), 0);
    assert_int_equal(count_ops(&h.plan, RC_ONCE, RC_OP_add), 1);
    assert_int_equal(count_ops(&h.plan, RC_ONCE, RC_OP_mul), 1);
    for (size_t s = 0; s < h.plan.n_segments; s++)
        assert_int_not_equal(h.plan.segments[s].kind, RC_PERIODS);
    rc_arena_free(arena);
}

static void what_nobody_reads_dropped(void **state) {
    (void)state;
    rc_arena *arena = rc_arena_new();
    harness h = planned("roicast: 1\ninputs:\n  a: uniform(0, 1)\n  b: log(uniform(0, 1))\n"
                        "  c: tanh(b)\noutputs:\n  x: a\n",
                        arena);
    assert_int_equal(count_nodes(&h.plan, RC_ONCE, RC_NODE_POINT), 1);
    assert_int_equal(count_ops(&h.plan, RC_ONCE, RC_OP_tanh), 0);
    assert_true(h.graph.n_streams == 2); /* b has its stream all the same */
    rc_arena_free(arena);
}

static void columns_reused(void **state) {
    (void)state;
    rc_arena *arena = rc_arena_new();
    rc_text text = {0};
    rc_text_add(&text, "roicast: 1\ninputs:\n  x0: uniform(0, 1)\n");
    for (int i = 1; i <= 200; i++)
        rc_text_addf(&text, "  x%d: sin(x%d) + %d\n", i, i - 1, i);
    rc_text_add(&text, "outputs:\n  y: x200\n");
    harness h = planned(text.bytes, arena);
    assert_true(count_ops(&h.plan, RC_ONCE, RC_OP_sin) == 200);
    assert_true(h.plan.n_columns <= 4); /* the point, a value or two, the output */
    rc_text_free(&text);
    rc_arena_free(arena);
}

static void still_things_leave_the_loop(void **state) {
    (void)state;
    rc_arena *arena = rc_arena_new();
    harness h = planned("roicast: 1\ntimeline: {years: 3, step: quarter}\n"
                        "inputs:\n  a: uniform(0, 1)\n  b: uniform(0, 1)\n"
                        "series:\n  s: exp(a) * log(b) * sin(a * t)\noutputs:\n  x: sum(s)\n",
                        arena);
    assert_int_equal(count_ops(&h.plan, RC_ONCE, RC_OP_exp), 1);
    assert_int_equal(count_ops(&h.plan, RC_ONCE, RC_OP_log), 1);
    assert_int_equal(count_ops(&h.plan, RC_PERIODS, RC_OP_exp), 0);
    assert_int_equal(count_ops(&h.plan, RC_PERIODS, RC_OP_log), 0);
    assert_int_equal(count_ops(&h.plan, RC_PERIODS, RC_OP_sin), 1);
    assert_int_equal(count_nodes(&h.plan, RC_PERIODS, RC_NODE_POINT), 0);
    rc_arena_free(arena);
}

/* A risk that can happen in one known year is asked about once, not in every period. */
static void known_times_leave_the_loop(void **state) {
    (void)state;
    rc_arena *arena = rc_arena_new();
    harness h = planned("roicast: 1\ntimeline: {years: 3, step: year}\ndiscount_rate: 10%\n"
                        "inputs:\n  loss: uniform(1, 2)\n  gain: uniform(8, 9)\n"
                        "benefits:\n  b: {value: gain, growth: loss, kind: saving}\n"
                        "costs:\n  c: {value: 3}\n"
                        "risks:\n  r: {probability: 20%, impact: loss, at: 2}\n",
                        arena);
    assert_int_equal(count_nodes(&h.plan, RC_ONCE, RC_NODE_EVENT), 1);
    assert_int_equal(count_ops(&h.plan, RC_ONCE, RC_OP_if), 1);
    assert_int_equal(count_ops(&h.plan, RC_PERIODS, RC_OP_if), 1); /* of a known condition */
    assert_int_equal(count_ops(&h.plan, RC_PERIODS, RC_OP_eq), 0);
    assert_int_equal(count_ops(&h.plan, RC_ONCE, RC_OP_ceil), 0);
    assert_int_equal(count_ops(&h.plan, RC_ONCE, RC_OP_le), 0);
    rc_arena_free(arena);
}

/* ---- Kernels ----------------------------------------------------------------------------------
 */

enum { LANES = 80 };

static double any_double(uint64_t *seed) {
    static const double special[] = {
        0.0,    -0.0,     NAN,        INFINITY, -INFINITY, 1.0,
        -1.0,   0.5,      -0.5,       2.0,      5e-324,    -5e-324,
        1e-310, 0x1p1023, -0x1p-1022, 1e300,    -1e300,    4503599627370497.5,
        -2.5,   1e16,     64.0,       -64.0,    3.0,       0.49999999999999994};
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    uint64_t bits = *seed ^ *seed >> 29;
    switch (bits >> 61) {
    case 0:
    case 1: return special[(bits >> 8) % (sizeof special / sizeof *special)];
    case 2: { /* any bits at all */
        double x;
        bits *= UINT64_C(0x9E3779B97F4A7C15);
        memcpy(&x, &bits, sizeof x);
        return x;
    }
    default: return ((double)(int64_t)(bits >> 3 & 0xFFFFFFFFFFF) / 0x1p43 - 1) * 40;
    }
}

static bool same(double a, double b) {
    return memcmp(&a, &b, sizeof a) == 0 || (a != a && b != b);
}

typedef struct lanes {
    _Alignas(64) double a[LANES], b[LANES], c[LANES], d[LANES];
} lanes;

typedef void binary(double *d, const double *a, const double *b, size_t n);

/* Lanes in which a kernel of two columns and an operator differ. */
static size_t differ(binary *kernel, rc_op op, lanes *x, size_t n) {
    size_t wrong = 0;
    kernel(x->d, x->a, x->b, n);
    for (size_t i = 0; i < n; i++)
        wrong += !same(x->d[i], rc_op_eval(op, x->a[i], x->b[i], 0));
    return wrong;
}

/* A power with a fixed exponent is made by squaring or by exp and ln: as exact as pow to a few ulps
 * (fixed_powers below), not its bits; it must agree between instruction sets instead. */
static bool own_way(rc_op op, double e) {
    return op == RC_OP_pow && fabs(e) <= 64;
}

static size_t check_binary(const rc_kernels *k, const rc_kernels *sse2, rc_op op, lanes *x,
                           size_t n) {
    size_t wrong = differ(k->vv[op], op, x, n);
    double s = x->b[0];
    _Alignas(64) double first[LANES];
    k->vs[op](x->d, x->a, s, n);
    sse2->vs[op](first, x->a, s, n);
    for (size_t i = 0; i < n; i++)
        wrong += !same(x->d[i], own_way(op, s) ? first[i] : rc_op_eval(op, x->a[i], s, 0));
    k->sv[op](x->d, s, x->a, n);
    for (size_t i = 0; i < n; i++)
        wrong += !same(x->d[i], rc_op_eval(op, s, x->a[i], 0));
    return wrong;
}

static size_t check_ternary(const rc_kernels *k, rc_op op, lanes *x, size_t n) {
    size_t wrong = 0;
    double b = x->b[0], c = x->c[0];
    k->vvv[op](x->d, x->a, x->b, x->c, n);
    for (size_t i = 0; i < n; i++)
        wrong += !same(x->d[i], rc_op_eval(op, x->a[i], x->b[i], x->c[i]));
    k->vvs[op](x->d, x->a, x->b, c, n);
    for (size_t i = 0; i < n; i++)
        wrong += !same(x->d[i], rc_op_eval(op, x->a[i], x->b[i], c));
    k->vsv[op](x->d, x->a, b, x->c, n);
    for (size_t i = 0; i < n; i++)
        wrong += !same(x->d[i], rc_op_eval(op, x->a[i], b, x->c[i]));
    k->vss[op](x->d, x->a, b, c, n);
    for (size_t i = 0; i < n; i++)
        wrong += !same(x->d[i], rc_op_eval(op, x->a[i], b, c));
    return wrong;
}

/* exp and log have kernels without double-double steps: two units in the last place, and the same
 * bits on every instruction set. */
static bool near_by(double x, double exact) {
    return same(x, exact) || fabs(x - exact) <= 4 * 0x1p-53 * fabs(exact);
}

static size_t check_unary(const rc_kernels *k, const rc_kernels *sse2, rc_op op, lanes *x,
                          size_t n) {
    size_t wrong = 0;
    bool own = op == RC_OP_exp || op == RC_OP_log;
    k->v[op](x->d, x->a, n);
    sse2->v[op](x->c, x->a, n);
    for (size_t i = 0; i < n; i++) {
        double exact = rc_op_eval(op, x->a[i], 0, 0);
        wrong += !same(x->d[i], own ? x->c[i] : exact) || !near_by(x->d[i], exact);
    }
    memcpy(x->c, x->a, sizeof x->c); /* in place */
    k->v[op](x->c, x->c, n);
    for (size_t i = 0; i < n; i++)
        wrong += !same(x->c[i], x->d[i]);
    return wrong;
}

static void fill_lanes(lanes *x, uint64_t *seed) {
    for (size_t i = 0; i < LANES; i++) {
        x->a[i] = any_double(seed);
        x->b[i] = any_double(seed);
        x->c[i] = any_double(seed);
    }
}

static void kernels_equal_operators(void **state) {
    (void)state;
    static const size_t sizes[] = {1, 7, 8, 9, 64};
    uint64_t seed = 12345;
    lanes x;
    const rc_kernels *sse2 = rc_kernels_for(RC_ISA_sse2);
    for (rc_isa isa = 0; isa < RC_ISA_COUNT; isa++) {
        if (!rc_isa_supported(isa))
            continue;
        const rc_kernels *k = rc_kernels_for(isa);
        for (int round = 0; round < 400; round++)
            for (rc_op op = 0; op < RC_OP_COUNT; op++) {
                fill_lanes(&x, &seed);
                size_t n = sizes[(size_t)round % (sizeof sizes / sizeof *sizes)];
                size_t wrong = rc_op_arity(op) == 1   ? check_unary(k, sse2, op, &x, n)
                               : rc_op_arity(op) == 2 ? check_binary(k, sse2, op, &x, n)
                                                      : check_ternary(k, op, &x, n);
                if (wrong > 0)
                    fail_msg("%s on %s: %zu lanes differ", rc_op_name(op), rc_isa_name(isa), wrong);
            }
    }
}

/* Powers with a fixed exponent e against pow. Whole e: a product of roundings, half an ulp each.
 * Halves: pow's own bits, so that roots of perfect squares are exact. Others: exp(e ln x), where ln
 * and the product are off by 1.5 ulps of |e ln x| and exp by 2; or pow's bits where |e ln x| > 16
 * or x is no ordinary positive number. */
static void fixed_powers(void **state) {
    (void)state;
    static const double special[] = {0,      -0.0,  -2, NAN, INFINITY,  -INFINITY, 0x1p-1074,
                                     1e-300, 1e300, 1,  4,   0x1p-1022, 1e301,     2.5};
    lanes x;
    for (rc_isa isa = 0; isa < RC_ISA_COUNT; isa++)
        for (int step = -640; step <= 640 && rc_isa_supported(isa); step++) {
            double e = step / 10.0;
            for (size_t i = 0; i < 64; i++)
                x.a[i] = i < 50 ? exp2((double)i / 2 - 12.3) : special[i - 50];
            rc_kernels_for(isa)->vs[RC_OP_pow](x.d, x.a, e, 64);
            for (size_t i = 0; i < 64; i++) {
                double other = rc_op_eval(RC_OP_pow, x.a[i], e, 0), power = e * log(x.a[i]);
                bool halves = e != floor(e) && 2 * e == floor(2 * e);
                bool whole = e == floor(e), far = fabs(power) > 16.01;
                if (same(x.d[i], other))
                    continue;
                assert_false(halves || (!whole && far)); /* those are pow's own bits */
                double ulps = whole ? fabs(e) + 2 : 3 * fabs(power) + 6;
                assert_true(fabs(x.d[i] - other) <= ulps * 0x1p-53 * fabs(other));
            }
        }
    x.a[0] = 4;
    rc_kernels_for(RC_ISA_sse2)->vs[RC_OP_pow](x.d, x.a, 1.5, 1);
    assert_true(x.d[0] == 8);
}

static void events_and_clamps(void **state) {
    (void)state;
    lanes x;
    uint64_t seed = 4;
    for (rc_isa isa = 0; isa < RC_ISA_COUNT; isa++)
        for (int round = 0; round < 200 && rc_isa_supported(isa); round++) {
            const rc_kernels *k = rc_kernels_for(isa);
            fill_lanes(&x, &seed);
            size_t outside = 0, n = 1 + (size_t)round % 64;
            uint64_t counted = k->clamp01(x.d, x.a, n);
            for (size_t i = 0; i < n; i++) {
                bool inside = x.a[i] >= 0 && x.a[i] <= 1;
                outside += !inside;
                assert_true(x.d[i] == (inside ? x.a[i] : x.a[i] > 1 ? 1 : 0));
            }
            assert_int_equal(counted, outside);
            for (size_t i = 0; i < LANES; i++) { /* points, and shares of chances */
                double u = ((double)i + 0.5) / LANES;
                x.a[i] = u < 0.5 ? u : u - 1;
                x.b[i] = fabs(sin((double)i));
            }
            k->event(x.d, x.a, x.b, 0, n);
            for (size_t i = 0; i < n; i++)
                assert_true(x.d[i] == (((double)i + 0.5) / LANES > 1 - x.b[i]));
            k->event(x.d, x.a, NULL, 0.25, n);
            for (size_t i = 0; i < n; i++)
                assert_true(x.d[i] == (((double)i + 0.5) / LANES > 0.75));
        }
}

/* Two wrong kernels: min that takes the other of a pair with NaN, and a sum that is off in its last
 * bit in one lane of sixty-four. */
static void wrong_min(double *d, const double *a, const double *b, size_t n) {
    for (size_t i = 0; i < n; i++)
        d[i] = a[i] < b[i] ? a[i] : b[i];
}

static void wrong_add(double *d, const double *a, const double *b, size_t n) {
    for (size_t i = 0; i < n; i++)
        d[i] = i == 37 ? nextafter(a[i] + b[i], INFINITY) : a[i] + b[i];
}

static void wrong_kernels_are_caught(void **state) {
    (void)state;
    lanes x;
    uint64_t seed = 1;
    fill_lanes(&x, &seed);
    const rc_kernels *k = rc_kernels_for(RC_ISA_sse2);
    for (size_t i = 0; i < 64; i++)
        x.a[i] = (double)i;
    x.b[5] = NAN;
    x.a[6] = NAN;
    x.b[6] = 1;
    x.b[37] = 1;
    assert_true(differ(k->vv[RC_OP_min], RC_OP_min, &x, 64) == 0);
    assert_true(differ(wrong_min, RC_OP_min, &x, 64) > 0);
    assert_true(differ(k->vv[RC_OP_add], RC_OP_add, &x, 64) == 0);
    assert_true(differ(wrong_add, RC_OP_add, &x, 64) == 1);
}

/* Trials from anywhere have the values that they have in their block: every output, draws afresh in
 * every period, occurrences of a risk, ends of replicates. */
static void scattered_trials_have_the_same_values(void **state) {
    (void)state;
    static const char text[] =
        "roicast: 1\ntimeline: {years: 3}\ndiscount_rate: 8%\n"
        "inputs:\n  a: pert(80, 100, 150)\n  b: lognormal(3, 0.4)\n"
        "series:\n  c: each(normal(1, 0.2))\n"
        "benefits:\n  gain: a * c\ncosts:\n  price: {value: 5 * b, per: once}\n"
        "risks:\n  loss: {rate: 0.7, impact: b, at: anytime}\n";
    static const char *const samplers[] = {"sobol", "random"};
    for (size_t s = 0; s < 2; s++) {
        rc_arena *arena = rc_arena_new();
        const rc_model *model = harness_model(text, arena);
        assert_non_null(model);
        harness h;
        rc_error err = {0};
        if (harness_prepare(&h, model, samplers[s], 3001, 1, rc_isa_best(), arena, &err) != RC_OK)
            fail_msg("%s", err.message);
        harness_run(&h);
        rc_workspace ws;
        rc_workspace_init(&ws, &h.plan, &h.sampler, h.isa, arena);
        rc_trial trials[RC_BLOCK];
        uint64_t places[RC_BLOCK];
        const size_t n = 301;
        for (size_t i = 0; i < n; i++) {
            uint32_t r = 0;
            places[i] = i == 0 ? h.sampler.trials - 1 : i * 7919 % h.sampler.trials;
            while (places[i] >= h.start[r + 1])
                r++;
            trials[i] = (rc_trial){r, places[i] - h.start[r]};
        }
        rc_eval_trials(&ws, trials, n);
        for (size_t c = 0; c < h.n; c++) {
            size_t root = h.names[c] != NULL ? c : h.wanted.n_outputs + (size_t)h.row[c];
            rc_lanes x = rc_eval_root(&ws, root, h.k[c]);
            for (size_t i = 0; i < n; i++) {
                double value = rc_lane(&x, i), right = h.x[c][places[i]];
                assert_memory_equal(&value, &right, sizeof value);
            }
        }
        rc_arena_free(arena);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_subexpressions_once),
        cmocka_unit_test(constants_folded),
        cmocka_unit_test(what_nobody_reads_dropped),
        cmocka_unit_test(columns_reused),
        cmocka_unit_test(still_things_leave_the_loop),
        cmocka_unit_test(known_times_leave_the_loop),
        cmocka_unit_test(kernels_equal_operators),
        cmocka_unit_test(fixed_powers),
        cmocka_unit_test(events_and_clamps),
        cmocka_unit_test(wrong_kernels_are_caught),
        cmocka_unit_test(scattered_trials_have_the_same_values),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
