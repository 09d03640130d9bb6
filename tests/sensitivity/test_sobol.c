/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sobol indices by pick-freeze: published closed forms (Ishigami and Homma 1990; Sobol's G;
 * Bratley, Fox and Niederreiter 1992) within four of their own standard errors, the reference
 * workload, intervals that hold the truth, inputs that do nothing, groups, correlations, and what
 * is refused.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "study.h"

#include "engine/moves.h"

#include <stdio.h>

#define PI "3.141592653589793"

static const char ishigami[] = "roicast: 1\n"
                               "inputs:\n"
                               "  x1: uniform(-" PI ", " PI ")\n"
                               "  x2: uniform(-" PI ", " PI ")\n"
                               "  x3: uniform(-" PI ", " PI ")\n"
                               "  idle: normal(0, 1)\n"
                               "outputs:\n"
                               "  y: sin(x1) + 7 * sin(x2)^2 + 0.1 * x3^4 * sin(x1) + 0 * idle\n"
                               "  far: 1e9 + y\n";

typedef struct truth {
    const char *name;
    double total, first;
} truth;

static const truth of_ishigami[] = {{"x1", 0.557588855209959185, 0.313905191147811452},
                                    {"x2", 0.442411144790040815, 0.442411144790040815},
                                    {"x3", 0.243683664062147733, 0}};

static double error_of(const rc_estimate *e) {
    return (e->high - e->low) / 2 / 2.1314495455597742;
}

/* Within four standard errors, and `more` */
static void assert_share(const rc_estimate *e, double t, const char *what, double more) {
    double half = fmax(e->high - e->value, e->value - e->low);
    if (!(fabs(e->value - t) <= 4 * half / 2.1314495455597742 + more + 1e-15)) {
        print_error("%s: %.17g, truth %.17g, interval %g\n", what, e->value, t, half);
        fail();
    }
}

static void assert_truths(const rc_ranking *r, const truth *t, size_t n) {
    for (size_t i = 0; i < n; i++) {
        const rc_ranked *row = study_row(r, t[i].name);
        assert_share(&row->score[0], t[i].total, t[i].name, 0);
        assert_share(&row->score[1], t[i].first, t[i].name, 0);
    }
}

static void test_ishigami(void **state) {
    (void)state;
    static const char *const samplers[] = {"sobol", "random"};
    static const char *const pairs[] = {"x1:x3", "x2:x1", "x3:idle"};
    for (int k = 0; k < 2; k++) {
        studied x;
        assert_int_equal(study_outline(&x, ishigami, "y"), RC_OK);
        x.o.sampler = samplers[k];
        x.rerun.pairs = pairs;
        x.rerun.n_pairs = 3;
        rc_ranking r = study_rank(&x, "sobol");
        assert_truths(&r, of_ishigami, 3);
        assert_true(study_notes(&r, "16,384 base points, 147,456 runs")); /* 2 + 4 + 3 each */
        assert_share(&r.pairs[0].share, 0.243683664062147733, "x1:x3", 0);
        assert_share(&r.pairs[1].share, 0, "x2:x1", 1e-9);
        assert_share(&r.pairs[2].share, 0, "x3:idle", 1e-9);
        assert_share(&r.fact, 0.313905191147811452 + 0.442411144790040815, "sum", 0);
        const rc_ranked *idle = study_row(&r, "idle"); /* exactly nothing */
        for (int c = 0; c < 2; c++)
            assert_true(idle->score[c].value == 0 && idle->score[c].low == 0 &&
                        idle->score[c].high == 0);
        assert_true(idle->chance && idle->rank == 4 && !study_row(&r, "x3")->chance);
        assert_true(study_row(&r, "x1")->rank == 1 && study_row(&r, "x2")->second.rank == 1);
        study_end(&x);
    }
}

/* A thousand million more on everything takes no digit that counts */
static void test_far_from_zero(void **state) {
    (void)state;
    studied x;
    assert_int_equal(study_outline(&x, ishigami, "far"), RC_OK);
    rc_ranking r = study_rank(&x, "sobol");
    assert_truths(&r, of_ishigami, 3);
    assert_true(error_of(&study_row(&r, "x2")->score[1]) < 0.003);
    study_end(&x);
}

static const char g_function[] =
    "roicast: 1\n"
    "functions:\n  g(x, a): (abs(4 * x - 2) + a) / (1 + a)\n"
    "inputs:\n"
    "  x1: uniform(0, 1)\n  x2: uniform(0, 1)\n  x3: uniform(0, 1)\n  x4: uniform(0, 1)\n"
    "  x5: uniform(0, 1)\n  x6: uniform(0, 1)\n  x7: uniform(0, 1)\n  x8: uniform(0, 1)\n"
    "outputs:\n"
    "  y: g(x1, 0) * g(x2, 1) * g(x3, 4.5) * g(x4, 9) * g(x5, 99) * g(x6, 99) * g(x7, 99) "
    "* g(x8, 99)\n";

static void test_g(void **state) {
    (void)state;
    static const char *const pairs[] = {"x1:x2"};
    static const truth t[] = {{"x1", 0.78714412665927498, 0.71619216887903331},
                              {"x2", 0.24219819281823846, 0.17904804221975833},
                              {"x3", 0.034316910154082833, 0.023675774177819283},
                              {"x4", 0.010460387065239535, 0.0071619216887903331},
                              {"x5", 1.0494905191950601e-4, 7.1619216887903331e-5},
                              {"x8", 1.0494905191950601e-4, 7.1619216887903331e-5}};
    studied x;
    assert_int_equal(study_outline(&x, g_function, "y"), RC_OK);
    x.rerun.pairs = pairs;
    x.rerun.n_pairs = 1;
    rc_ranking r = study_rank(&x, "sobol");
    assert_truths(&r, t, 6);
    /* V12 / V = V1 V2 / V, V1 = 1/3, V2 = 1/12; V1 / V = S1 */
    assert_share(&r.pairs[0].share, 0.71619216887903331 / 12, "x1:x2", 0);
    study_end(&x);
}

static void test_bratley(void **state) {
    (void)state;
    static const char text[] = "roicast: 1\n"
                               "inputs:\n  x1: uniform(0, 1)\n  x2: uniform(0, 1)\n"
                               "  x3: uniform(0, 1)\n"
                               "outputs:\n  y: x1 * x2 - x1 - x1 * x2 * x3\n";
    static const truth t[] = {{"x1", 88 / 109.0, 81 / 109.0},
                              {"x2", 16 / 109.0, 9 / 109.0},
                              {"x3", 16 / 109.0, 9 / 109.0}};
    studied x;
    assert_int_equal(study_outline(&x, text, "y"), RC_OK);
    rc_ranking r = study_rank(&x, "sobol");
    assert_truths(&r, t, 3);
    study_end(&x);
}

/* Each of 30 seeds gives six intervals: at 95 % 171 of 180 hold; fewer than 158 have odds of one in
 * fifty thousand */
static void test_intervals(void **state) {
    (void)state;
    int hold = 0;
    for (uint64_t seed = 1; seed <= 30; seed++) {
        studied x;
        assert_int_equal(study_outline(&x, ishigami, "y"), RC_OK);
        x.o.seed = seed;
        x.rerun.base = 2048;
        rc_ranking r = study_rank(&x, "sobol");
        for (int i = 0; i < 3; i++)
            for (int c = 0; c < 2; c++) {
                const rc_estimate *e = &study_row(&r, of_ishigami[i].name)->score[c];
                double t = c == 0 ? of_ishigami[i].total : of_ishigami[i].first;
                hold += e->low <= t && t <= e->high;
            }
        study_end(&x);
    }
    if (hold < 158)
        fail_msg("%d of 180 intervals hold the truth", hold);
}

/* ---- The same formulas on values that are kept ---- */

enum { KEPT = 16 * 1000, PLAYERS = 3 };

typedef struct kept {
    rc_moves *m;
    rc_move *moves[PLAYERS];
    double f[2 + PLAYERS][KEPT];
} kept;

static void keep(void *data, void *mine, rc_moves_block *b, unsigned char *leaf) {
    kept *k = data;
    size_t at = k->m->start[b->replicate] + b->first;
    (void)mine;
    (void)leaf;
    for (int h = 0; h < 2; h++)
        memcpy(k->f[h] + at, rc_moves_half(b, h, 0), b->n * sizeof(double));
    for (int i = 0; i < PLAYERS; i++) {
        rc_moves_go(b, k->moves[i]);
        memcpy(k->f[2 + i] + at, rc_moves_value(b, k->moves[i], 0), b->n * sizeof(double));
    }
}

static void nothing(unsigned char *into, const unsigned char *from, size_t bytes) {
    (void)into;
    (void)from;
    (void)bytes;
}

static void test_formulas(void **state) {
    (void)state;
    studied x;
    assert_int_equal(study_outline(&x, ishigami, "y"), RC_OK);
    x.o.sampler = "random"; /* halves of a few trials more or less: means differ most */
    x.rerun.base = KEPT;
    rc_ranking r = study_rank(&x, "sobol");
    kept *k = RC_NEW(x.arena, kept, 1);
    rc_run_options o = x.o;
    o.trials = KEPT;
    o.n_outputs = 1;
    o.bars = o.samples = false;
    assert_int_equal(rc_moves_new(x.rerun.model, &o, &k->m, &x.err), RC_OK);
    for (int i = 0; i < PLAYERS; i++) {
        size_t n;
        uint8_t *side = RC_NEW(x.arena, uint8_t, k->m->n_streams);
        side[*rc_moves_streams(k->m, of_ishigami[i].name, false, x.arena, &n)] = 1;
        k->moves[i] = rc_move_new(k->m, x.arena);
        rc_move_choose(k->m, k->moves[i], &(rc_move_choice){.side = side});
    }
    rc_moves_client client = {.data = k, .take = keep, .merge = nothing, .leaf_bytes = 8};
    rc_moves_done done;
    assert_int_equal(rc_moves_run(k->m, &client, x.arena, &done, &x.err), RC_OK);
    double c = 0, v = 0;
    for (int i = 0; i < KEPT; i++)
        c += (k->f[0][i] + k->f[1][i]) / (2.0 * KEPT);
    for (int i = 0; i < KEPT; i++)
        v += ((k->f[0][i] - c) * (k->f[0][i] - c) + (k->f[1][i] - c) * (k->f[1][i] - c)) /
             (2.0 * KEPT);
    for (int j = 0; j < PLAYERS; j++) {
        double s = 0, t = 0;
        for (int i = 0; i < KEPT; i++) {
            double d = k->f[2 + j][i] - k->f[0][i];
            s += (k->f[1][i] - c) * d / KEPT;
            t += d * d / (2.0 * KEPT);
        }
        const rc_ranked *row = study_row(&r, of_ishigami[j].name);
        assert_true(fabs(row->score[0].value - t / v) < 1e-12);
        assert_true(fabs(row->score[1].value - s / v) < 1e-12);
    }
    rc_moves_free(k->m);
    study_end(&x);
}

/* ---- The reference workload ---- */

/* Totals of eight programs at N = 2^14: two digits, +-.003 (peers' own errors) */
static void test_w1(void **state) {
    (void)state;
    static const struct {
        const char *name;
        double total, digit;
    } t[] = {{"midpoint", 0.16, 0.005},
             {"ceiling", 0.14, 0.005},
             {"training_quality", 0.14, 0.005},
             {"up1", 0.074, 0.0005}};
    studied x = {.arena = rc_arena_new()};
    static char bytes[1 << 14];
    FILE *f = fopen(RC_SOURCE_DIR "/models/w1.yaml", "rb");
    assert_non_null(f);
    size_t n = fread(bytes, 1, sizeof bytes, f);
    fclose(f);
    const rc_source *source = rc_source_text("w1.yaml", bytes, n, x.arena);
    const rc_run_options o = {.seed = 1, .threads = 2};
    const rc_model *model = study_load(&x, source, "roi", &o);
    assert_int_equal(rc_run_outline(model, &x.o, &x.result, &x.err), RC_OK);
    assert_int_equal(rc_study_new(x.result, "roi", NULL, &x.rerun, 2, x.arena, &x.study, &x.err),
                     RC_OK);
    rc_ranking r = study_rank(&x, "sobol");
    for (size_t i = 0; i < 4; i++)
        assert_share(&study_row(&r, t[i].name)->score[0], t[i].total, t[i].name,
                     t[i].digit + 4 * 0.003);
    assert_string_equal(r.rows[0].bar->name, "midpoint");
    study_end(&x);
}

/* ---- Groups, risks, correlations ---- */

static void test_groups_and_risks(void **state) {
    (void)state;
    static const char text[] = "roicast: 1\ntimeline: {years: 1}\n"
                               "inputs:\n  a: {value: \"normal(0, 1)\", group: g}\n"
                               "  b: {value: \"normal(0, 2) + uniform(0, 1)\", group: g}\n"
                               "  c: normal(100, 3)\n"
                               "benefits:\n  gain: {value: a + b + c}\n"
                               "costs:\n  spend: {value: 10, per: once}\n"
                               "risks:\n  r: {probability: 50%, impact: 8, at: 1}\n";
    double v = 1 + 4 + 1 / 12.0 + 9 + 16; /* a sum: total = first */
    const truth t[] = {{"a", 1 / v, 1 / v},
                       {"b", (4 + 1 / 12.0) / v, (4 + 1 / 12.0) / v},
                       {"c", 9 / v, 9 / v},
                       {"r", 16 / v, 16 / v},
                       {"g", (5 + 1 / 12.0) / v, (5 + 1 / 12.0) / v}};
    studied x;
    assert_int_equal(study_outline(&x, text, "npv"), RC_OK);
    rc_ranking r = study_rank(&x, "sobol");
    assert_truths(&r, t, 5);
    assert_true(r.n_rows == r.n_entries + 1);
    study_end(&x);
}

static const char correlated[] = "roicast: 1\n"
                                 "inputs:\n  a: {value: \"normal(0, 1)\"%s}\n"
                                 "  b: {value: \"normal(0, 1)\"%s}\n  c: normal(0, 1)\n"
                                 "correlations:\n  - {copula: %s, pairs: [[a, b, %s]]}\n"
                                 "outputs:\n  y: a + b + c\n  z: c\n  p: a^2 * b^2 + c\n";

static void test_correlated(void **state) {
    (void)state;
    studied x;
    char text[600];
    snprintf(text, sizeof text, correlated, ", group: g", "", "gaussian", "0.5");
    assert_int_equal(study_outline(&x, text, "y"), RC_OK);
    rc_ranking r;
    assert_int_equal(rc_rank(x.study, rc_method_find("sobol"), &r, &x.err), RC_INPUT);
    assert_non_null(strstr(x.err.message, "`a` is correlated with `b`"));
    assert_non_null(strstr(x.err.message, "--method shapley"));
    study_end(&x);
    /* what the target does not depend on may be correlated */
    assert_int_equal(study_outline(&x, text, "z"), RC_OK);
    r = study_rank(&x, "sobol");
    assert_true(study_row(&r, "c")->score[0].value > 0.99 && study_row(&r, "a")->chance);
    study_end(&x);
    /* one group: one input */
    static const char *const copulas[] = {"gaussian", "student(4)", "clayton"};
    for (int k = 0; k < 3; k++) {
        snprintf(text, sizeof text, correlated, ", group: g", ", group: g", copulas[k], "0.5");
        /* a product shows a shared scale that is left behind */
        assert_int_equal(study_outline(&x, text, k == 0 ? "y" : "p"), RC_OK);
        r = study_rank(&x, "sobol");
        double corr = 2 * sin(3.141592653589793 / 12), v = 3 + 2 * corr;
        const truth t[] = {{"g", (v - 1) / v, (v - 1) / v}, {"c", 1 / v, 1 / v}};
        if (k == 0)
            assert_truths(&r, t, 2);
        const rc_ranked *g = study_row(&r, "g"), *c = study_row(&r, "c");
        assert_true(fabs(g->score[0].value + c->score[0].value - 1) <
                    4 * (error_of(&g->score[0]) + error_of(&c->score[0])));
        assert_true(isnan(study_row(&r, "a")->score[0].value) && !study_row(&r, "a")->chance);
        assert_true(study_notes(&r, "`a` is correlated with `b`"));
        study_end(&x);
    }
    /* a correlation of 0 is none, but of a copula that shares a scale */
    snprintf(text, sizeof text, correlated, "", "", "gaussian", "0");
    assert_int_equal(study_outline(&x, text, "y"), RC_OK);
    r = study_rank(&x, "sobol");
    assert_share(&study_row(&r, "a")->score[0], 1 / 3.0, "a", 0);
    study_end(&x);
}

/* ---- Targets and refusals ---- */

static void test_chance_of_loss(void **state) {
    (void)state;
    static const char text[] = "roicast: 1\n"
                               "inputs:\n  a: uniform(-1, 1)\n  b: uniform(-1, 1)\n"
                               "outputs:\n  y: max(a, b)\n";
    studied x; /* 1 where both are below 0: V = 3/16, E[.|a] is 1/2 or 0: 1/16 */
    assert_int_equal(study_outline(&x, text, "below_zero(y)"), RC_OK);
    rc_ranking r = study_rank(&x, "sobol");
    const truth t[] = {{"a", 2 / 3.0, 1 / 3.0}, {"b", 2 / 3.0, 1 / 3.0}};
    assert_truths(&r, t, 2);
    study_end(&x);
}

static void assert_refused(const char *target, const char *pair, const char *words) {
    static const char text[] = "roicast: 1\ntimeline: {years: 2}\n"
                               "inputs:\n  a: uniform(-1, 1)\n  big: uniform(-1, 1)\n"
                               "benefits:\n  gain: {value: 1 + a}\n"
                               "costs:\n  spend: {value: 2 + big, per: once}\n"
                               "outputs:\n  hole: log(a)\n";
    studied x;
    rc_ranking r;
    assert_int_equal(study_outline(&x, text, target), RC_OK);
    x.rerun.pairs = &pair;
    x.rerun.n_pairs = pair != NULL;
    assert_int_not_equal(rc_rank(x.study, rc_method_find("sobol"), &r, &x.err), RC_OK);
    if (strstr(x.err.message, words) == NULL)
        fail_msg("%s", x.err.message);
    study_end(&x);
}

static void test_refused(void **state) {
    (void)state;
    assert_refused("hole", NULL, "take --target npv");
    assert_refused("payback", NULL, "take --target npv");
    assert_refused("roi.p5", NULL, "percentile");
    assert_refused("roi", "a", "write a:b");
    assert_refused("roi", "a:bog", "did you mean `big`");
    assert_refused("roi", "a:a", "not apart");
}

/* ---- The same bytes ---- */

static void write_all(rc_text *out, int threads, const char *isa) {
    studied x;
    static const char *const pairs[] = {"x1:x3"};
    assert_int_equal(study_outline(&x, ishigami, "y"), RC_OK);
    x.o.threads = threads;
    x.o.isa = isa;
    x.rerun.base = 5000; /* rounded up; blocks that are not full with other samplers */
    x.rerun.pairs = pairs;
    x.rerun.n_pairs = 1;
    rc_ranking r = study_rank(&x, "sobol");
    rc_sensitivity s = {x.study, &r, 1, 10, rc_drivers_of(x.study, &r, 1, 3, x.arena), NULL, 0};
    const rc_report_style style = {.language = "en"};
    assert_int_equal(rc_sensitivity_json(&s, &style, out, &x.err), RC_OK);
    assert_int_equal(rc_sensitivity_csv(&s, &style, out, &x.err), RC_OK);
    assert_int_equal(rc_sensitivity_text(&s, &style, out, &x.err), RC_OK);
    study_end(&x);
}

static void test_same_bytes(void **state) {
    (void)state;
    static const char *const isas[] = {"sse2", "avx2", "avx512"};
    rc_text first = {0};
    write_all(&first, 1, "sse2");
    assert_non_null(strstr(first.bytes, "\"pairs\""));
    for (int k = 0; k < 3; k++) {
        rc_isa isa;
        rc_text text = {0};
        if (!rc_isa_parse(isas[k], &isa) || !rc_isa_supported(isa))
            continue;
        write_all(&text, k + 2, isas[k]);
        assert_string_equal(first.bytes, text.bytes);
        rc_text_free(&text);
    }
    rc_text_free(&first);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ishigami),   cmocka_unit_test(test_far_from_zero),
        cmocka_unit_test(test_g),          cmocka_unit_test(test_bratley),
        cmocka_unit_test(test_formulas),   cmocka_unit_test(test_intervals),
        cmocka_unit_test(test_w1),         cmocka_unit_test(test_groups_and_risks),
        cmocka_unit_test(test_correlated), cmocka_unit_test(test_chance_of_loss),
        cmocka_unit_test(test_refused),    cmocka_unit_test(test_same_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
