/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The model at explicit points: as a run has them where the points are a run's, at medians as a
 * model of constants, risks by their switches, the same bytes whatever the machine. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "engine/points.h"
#include "harness.h"

#include <math.h>
#include <string.h>

static const char project[] = "roicast: 1\n"
                              "timeline: {years: 3}\n"
                              "discount_rate: 10%\n"
                              "inputs:\n"
                              "  gain: lognormal(mean=100, sd=40)\n"
                              "  share: pert(0.2, 0.5, 0.9)\n"
                              "  n: poisson(3)\n"
                              "  w: weibull(2, gain)\n"
                              "benefits:\n"
                              "  sales: {value: gain * share + n + w, kind: saving}\n"
                              "costs:\n"
                              "  fees: {value: \"10 * uniform(0.5, 1.5)\"}\n"
                              "risks:\n"
                              "  stopped: {probability: 12%, at: anytime, stop: [sales]}\n"
                              "  fine: {probability: 0.7 * share, impact: 5 to 30, at: 1}\n";

typedef struct points_test {
    rc_arena *arena;
    const rc_model *model;
    rc_run_options o;
    rc_points *p;
    const rc_result *r;
    rc_error err;
} points_test;

static void begin(points_test *t, const char *text, const char *const *outputs, size_t n) {
    memset(t, 0, sizeof *t);
    t->arena = rc_arena_new();
    t->model = harness_model(text, t->arena);
    assert_non_null(t->model);
    rc_run_options_default(&t->o);
    t->o.outputs = outputs;
    t->o.n_outputs = n;
    t->o.bars = true;
    t->o.threads = 2;
    assert_int_equal(rc_points_new(t->model, &t->o, &t->p, &t->err), RC_OK);
    t->r = rc_points_result(t->p);
}

static void end(points_test *t) {
    rc_points_free(t->p);
    rc_arena_free(t->arena);
}

static size_t bar_named(const points_test *t, const char *name) {
    for (size_t i = 0; i < t->r->n_bars; i++)
        if (strcmp(t->r->bars[i].name, name) == 0)
            return i;
    fail_msg("no bar %s", name);
    return 0;
}

static double **columns(const points_test *t, size_t n) {
    double **y = RC_NEW(t->arena, double *, t->r->n_outputs);
    for (size_t i = 0; i < t->r->n_outputs; i++)
        y[i] = RC_NEW(t->arena, double, n);
    return y;
}

/* ---- As a run has them ---- */

typedef struct drawn {
    rc_sampler sampler;
    rc_graph graph;
    uint32_t replicate;
} drawn;

static void place_drawn(void *data, size_t stream, uint64_t first, size_t n, double *w) {
    const drawn *d = data;
    if (stream < d->graph.n_streams)
        d->sampler.type->fill(&d->sampler, &d->graph.streams[stream].stream, d->replicate, first, 0,
                              w, n);
    else
        memset(w, 0, n * sizeof *w); /* switches */
}

static void equal_a_run(void **state) {
    (void)state;
    static const char *const outputs[] = {"roi", "npv", "payback", "stopped", "fine"};
    enum { TRIALS = 1 << 14 };
    points_test t;
    rc_result *run = NULL;
    begin(&t, project, outputs, 5);
    t.o.samples = true;
    t.o.trials = TRIALS;
    assert_int_equal(rc_run(t.model, &t.o, &run, &t.err), RC_OK);
    rc_lower lower = {0};
    drawn d = {0};
    rc_graph_init(&d.graph, t.arena, 3, 1, 3);
    assert_int_equal(rc_lower_model(&lower, t.model, &d.graph, &t.err), RC_OK);
    assert_int_equal(rc_sampler_init(&d.sampler, rc_sampler_find("sobol", RC_ISA_sse2), 1, TRIALS,
                                     d.graph.dimensions, t.arena, &t.err),
                     RC_OK);
    double **y = columns(&t, TRIALS / 16);
    assert_int_equal(t.r->n_outputs, run->n_outputs);
    for (d.replicate = 0; d.replicate < 16; d.replicate += 5) {
        assert_int_equal(rc_points_run(t.p, TRIALS / 16, place_drawn, &d, y, &t.err), RC_OK);
        for (size_t i = 0; i < run->n_outputs; i++) {
            const double *x = run->outputs[i].samples + run->start[d.replicate];
            assert_memory_equal(y[i], x, TRIALS / 16 * sizeof *x);
        }
    }
    rc_result_free(run);
    end(&t);
}

/* ---- At medians ---- */

static void place_median(void *data, size_t stream, uint64_t first, size_t n, double *w) {
    const size_t *streams = data;
    (void)first;
    for (size_t j = 0; j < n; j++)
        w[j] = stream < *streams ? 0.5 : 0;
}

/* Medians: mean / sqrt(1 + cv^2), scale * sqrt(ln 2), and from R 4.2 qpois(.5, 3) and the pert's,
 * .2 + .7 * qbeta(.5, 1 + 12/7, 1 + 16/7) */
static void medians(void **state) {
    (void)state;
    static const char *const outputs[] = {"gain", "share", "n", "w", "npv"};
    points_test t;
    begin(&t, project, outputs, 5);
    size_t switches = 2, streams = rc_points_streams(t.p) - switches;
    double **y = columns(&t, 1);
    assert_int_equal(rc_points_run(t.p, 1, place_median, &streams, y, &t.err), RC_OK);
    double gain = 100 / sqrt(1.16), share = 0, n = 3, w = gain * sqrt(0.69314718055994530942);
    double npv = 0;
    for (size_t i = 0; i < t.r->n_outputs; i++) {
        const char *name = t.r->outputs[i].name;
        if (strcmp(name, "gain") == 0)
            assert_true(fabs(y[i][0] - gain) < 1e-9 * gain);
        if (strcmp(name, "n") == 0)
            assert_true(y[i][0] == n);
        if (strcmp(name, "w") == 0)
            assert_true(fabs(y[i][0] - w) < 1e-9 * w);
        if (strcmp(name, "share") == 0)
            share = y[i][0];
        if (strcmp(name, "npv") == 0)
            npv = y[i][0];
    }
    assert_true(fabs(share - 0.51273320676429945) < 1e-9);
    double annuity = 1 / 1.1 + 1 / 1.21 + 1 / 1.331;
    assert_true(fabs(npv - annuity * (gain * share + n + w - 10)) < 1e-9 * npv);
    end(&t);
}

/* ---- Risks ---- */

static const char risks[] = "roicast: 1\n"
                            "timeline: {years: 2}\n"
                            "inputs: {level: \"uniform(0, 1)\"}\n"
                            "benefits:\n"
                            "  sales: {value: 100, kind: saving}\n"
                            "risks:\n"
                            "  rare: {probability: 1%, impact: \"uniform(10, 30)\", at: 1}\n"
                            "  likely: {probability: 60%, impact: 7, at: 1}\n"
                            "  never: {probability: 0%, impact: 1000, at: 1}\n"
                            "  some: {rate: 0.1, impact: \"uniform(2, 6)\", at: anytime}\n"
                            "  often: {rate: 2, impact: 1, at: anytime}\n"
                            "  gate: {when: level < 0.2, impact: \"uniform(40, 60)\", at: 1}\n";

typedef struct turned {
    uint32_t stream;
    double to;
    size_t streams;
} turned;

static void place_turned(void *data, size_t stream, uint64_t first, size_t n, double *w) {
    const turned *d = data;
    (void)first;
    for (size_t j = 0; j < n; j++)
        w[j] = stream == d->stream ? d->to : stream < d->streams ? 0.5 : 0;
}

/* Harm to npv at discount rate 0: what is lost of 200 */
static double harm(points_test *t, const char *risk, double to) {
    double **y = columns(t, 1);
    turned d = {UINT32_MAX, to, rc_points_streams(t->p) - 6};
    if (risk != NULL) {
        rc_points_bar bar = rc_points_of_bar(t->p, bar_named(t, risk));
        assert_int_equal(bar.n_switches, 1);
        d.stream = bar.switches[0];
    }
    assert_int_equal(rc_points_run(t->p, 1, place_turned, &d, y, &t->err), RC_OK);
    return 200 - y[0][0];
}

static void switches(void **state) {
    (void)state;
    static const char *const outputs[] = {"npv"};
    points_test t;
    begin(&t, risks, outputs, 1);
    /* likely happens at its median, often has 4 at its median (qpois(.5, 4) = 4) */
    assert_true(fabs(harm(&t, NULL, 0) - 11) < 1e-9);
    assert_true(fabs(harm(&t, "rare", -1) - 11) < 1e-9);
    assert_true(fabs(harm(&t, "rare", 1) - 31) < 1e-9);
    assert_true(fabs(harm(&t, "likely", -1) - 4) < 1e-9);
    assert_true(fabs(harm(&t, "likely", 1) - 11) < 1e-9);
    assert_true(fabs(harm(&t, "never", 1) - 11) < 1e-9); /* it cannot */
    assert_true(fabs(harm(&t, "some", 1) - 15) < 1e-9);  /* once */
    assert_true(fabs(harm(&t, "often", -1) - 7) < 1e-9);
    assert_true(fabs(harm(&t, "often", 1) - 11) < 1e-9); /* its median */
    assert_true(fabs(harm(&t, "gate", 1) - 61) < 1e-9);
    end(&t);
}

/* ---- Correlated draws move apart; each period stands at the same point ---- */

static const char correlated[] =
    "roicast: 1\n"
    "timeline: {years: 4}\n"
    "inputs:\n"
    "  a: normal(0, 1)\n"
    "  b: {value: \"normal(0, 1)\", group: both}\n"
    "  c: normal(0, 1)\n"
    "series: {s: \"each(normal(0, 1))\"}\n"
    "correlations: [[a, b, 0.8], [a, c, 0.8], [b, c, 0.8]]\n"
    "outputs: {y: a + 10 * b + 100 * c, z: sum(s), d: max(s) - min(s)}\n";

static void marginal(void **state) {
    (void)state;
    static const char *const outputs[] = {"y", "z", "d"};
    points_test t;
    begin(&t, correlated, outputs, 3);
    double **y = columns(&t, 1), z90 = 1.2815515655446004;
    size_t n = rc_points_streams(t.p);
    static const char *const names[] = {"a", "b", "c"};
    double one = 1;
    for (int i = 0; i < 3; i++, one *= 10) {
        rc_points_bar bar = rc_points_of_bar(t.p, bar_named(&t, names[i]));
        assert_int_equal(bar.n_streams, 1);
        turned d = {bar.streams[0], -0.1, n};
        assert_int_equal(rc_points_run(t.p, 1, place_turned, &d, y, &t.err), RC_OK);
        assert_true(fabs(y[0][0] - one * z90) < 1e-9);
    }
    assert_int_equal(rc_points_of_bar(t.p, bar_named(&t, "both")).n_streams, 1);
    turned d = {rc_points_of_bar(t.p, bar_named(&t, "s")).streams[0], -0.1, n};
    assert_int_equal(rc_points_run(t.p, 1, place_turned, &d, y, &t.err), RC_OK);
    assert_true(fabs(y[1][0] - 4 * z90) < 1e-9 && y[2][0] == 0);
    end(&t);
}

/* ---- The same bytes ---- */

/* Any place in (-1/2, 1/2), a function of stream and point */
static void place_spread(void *data, size_t stream, uint64_t first, size_t n, double *w) {
    (void)data;
    for (size_t j = 0; j < n; j++) {
        uint64_t z = (first + j + 1) * UINT64_C(0x9E3779B97F4A7C15) ^
                     (stream + 1) * UINT64_C(0xBF58476D1CE4E5B9);
        z = (z ^ z >> 30) * UINT64_C(0x94D049BB133111EB);
        w[j] = rc_tail_from_bits((z ^ z >> 31) >> 11);
    }
}

static void same_bytes(void **state) {
    (void)state;
    static const char *const outputs[] = {"npv", "irr"};
    static const char *const isas[] = {"sse2", "avx2", "avx512"};
    enum { POINTS = 5000 };
    points_test t;
    begin(&t, project, outputs, 2);
    double **base = columns(&t, POINTS), **y = columns(&t, POINTS);
    assert_int_equal(rc_points_run(t.p, POINTS, place_spread, NULL, base, &t.err), RC_OK);
    for (int k = 0; k < 6; k++) {
        rc_isa isa;
        t.o.isa = isas[k / 2];
        t.o.threads = k % 2 == 0 ? 1 : 7;
        assert_true(rc_isa_parse(t.o.isa, &isa));
        if (!rc_isa_supported(isa))
            continue;
        rc_points_free(t.p);
        assert_int_equal(rc_points_new(t.model, &t.o, &t.p, &t.err), RC_OK);
        assert_int_equal(rc_points_run(t.p, POINTS, place_spread, NULL, y, &t.err), RC_OK);
        for (int i = 0; i < 2; i++)
            assert_memory_equal(y[i], base[i], POINTS * sizeof **y);
    }
    end(&t);
}

static bool refuse(void *data, double share) {
    (void)data;
    (void)share;
    return false;
}

static void interrupted(void **state) {
    (void)state;
    static const char *const outputs[] = {"npv"};
    points_test t;
    begin(&t, project, outputs, 1);
    double **y = columns(&t, 5000);
    t.o.progress = refuse;
    t.o.threads = 1;
    rc_points_free(t.p);
    assert_int_equal(rc_points_new(t.model, &t.o, &t.p, &t.err), RC_OK);
    assert_int_equal(rc_points_run(t.p, 5000, place_spread, NULL, y, &t.err), RC_INTERRUPTED);
    end(&t);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_a_run), cmocka_unit_test(medians),    cmocka_unit_test(switches),
        cmocka_unit_test(marginal),    cmocka_unit_test(same_bytes), cmocka_unit_test(interrupted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
