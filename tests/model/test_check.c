/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the checker makes of formulas: values of constants, trees, shapes, draws and their streams.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/math.h"
#include "model/model.h"

#include <float.h>
#include <string.h>

static const rc_model *load(const char *text, rc_arena *arena) {
    rc_diags *diags = RC_NEW(arena, rc_diags, 1);
    diags->arena = arena;
    const rc_source *source = rc_source_text("test.yaml", text, strlen(text), arena);
    const rc_model *model = NULL;
    rc_status status = rc_model_load(source, arena, diags, &model);
    if (status != RC_OK) {
        rc_text out = {0};
        rc_diags_print(diags, false, &out);
        print_error("%s", out.bytes);
        rc_text_free(&out);
    }
    assert_int_equal(status, RC_OK);
    return model;
}

static int setup(void **state) {
    *state = rc_arena_new();
    return 0;
}

static int teardown(void **state) {
    rc_arena_free(*state);
    return 0;
}

#define TIMED "roicast: 1\ntimeline: {years: 2, step: quarter}\n"

/* ---- Constants: every elementwise function and macro against its formula ----------------------
 */

static double constant(const char *formula, rc_arena *arena) {
    const rc_model *m = load(rc_arena_printf(arena,
                                             TIMED "inputs:\n  two: 2\n  x: \"%s\"\n"
                                                   "outputs:\n  y: x\n",
                                             formula),
                             arena);
    double value = NAN;
    assert_true(rc_expr_constant(rc_model_find(m, "x")->value, &value));
    double through_name = NAN; /* names are followed */
    assert_true(rc_expr_constant(rc_model_find(m, "y")->value, &through_name));
    assert_true(value == through_name);
    return value;
}

static void constants_have_their_value(void **state) {
    const struct {
        const char *formula;
        double value;
    } cases[] = {
        {"1 + 2 * 3 - 4 / 8", 6.5},
        {"-2^2", -4},
        {"2^3^2", 512},
        {"10%", 0.1},
        {"7 - two", 5},
        {"(1 < 2) + (2 > 1) * 10 + (1 >= 1) * 100 + (1 <= 0) * 1000", 111},
        {"(1 == 1) + (1 != 1) * 10", 1},
        {"(1 and 0) + (1 or 0) * 10 + (not 0) * 100", 110},
        {"if(2 > 1, 5, 1 / 0)", 5},
        {"true + true - false", 2},
        {"min(3, 1, 2) + 10 * max(3, 1, 2)", 31},
        {"min(5, 4, 3, 2, 1, 0.5)", 0.5},
        {"clamp(5, 0, 3) + clamp(-5, -1, 3) + clamp(x=1, low=0, high=2)", 3},
        {"abs(-3) + sqrt(16)", 7},
        {"floor(-1.5) + 10 * ceil(-1.5) + 100 * round(-1.5)", -212},
        {"mod(7, 3) + 10 * mod(-7, 3)", 21},
        {"saturate(1, half=3)", 0.25},
        {"saturate(1, 3)", 0.25},
        {"scurve(1, midpoint=1, steepness=6)", 0.5},
        {"bass(0, p=0.03, q=0.38) + bass(-9999, 0.03, 0.38)", 0},
        {"lookup(0, [[1, 10], [3, 30]]) + lookup(9, [[1, 10], [3, 30]])", 40},
        {"lookup(two, [[1, 10], [3, 30]])", 20},
        {"lookup(3, [[1, 10], [3, 30]])", 30},
        {"years + dt", 2.25},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double value = constant(cases[i].formula, *state);
        if (value != cases[i].value)
            fail_msg("%s is %.17g, not %.17g", cases[i].formula, value, cases[i].value);
    }
}

/* The same formula written out with the same scalar functions: a few roundings apart. */
static void near(double x, double y) {
    assert_true(fabs(x - y) <= 8 * DBL_EPSILON * fabs(y));
}

static void constants_with_functions(void **state) {
    near(constant("exp(2) + log(3) + log10(5)", *state), rc_exp(2) + rc_log(3) + rc_log10(5));
    near(constant("sin(1) + cos(1) + tan(1) + tanh(1) + erf(1)", *state),
         rc_sin(1) + rc_cos(1) + rc_tan(1) + rc_tanh(1) + rc_erf(1));
    near(constant("combine(10%, 20%, -5%)", *state), 1.1 * 1.2 * 0.95 - 1);
    near(constant("scurve(2, midpoint=0.5, steepness=6)", *state), 1 / (1 + rc_exp(-6 * 1.5)));
    double decay = rc_exp(-0.41 * 3);
    near(constant("bass(3, p=0.03, q=0.38)", *state), (1 - decay) / (1 + 0.38 / 0.03 * decay));
    near(constant("per_period(12%)", *state), 1 - rc_pow(0.88, 0.25));
    near(constant("pi", *state), 3.14159265358979323846);
}

/* ---- Shapes -----------------------------------------------------------------------------------
 */

static const rc_expr *value_of(const rc_model *m, const char *name) {
    const rc_entry *entry = rc_model_find(m, name);
    assert_non_null(entry);
    assert_non_null(entry->value);
    return entry->value;
}

static void shapes_are_known(void **state) {
    const rc_model *m = load(TIMED "inputs:\n"
                                   "  c: 3\n"
                                   "  d: c * 2\n"
                                   "  u: uniform(0, c)\n"
                                   "series:\n"
                                   "  flat: c\n"
                                   "  s: u * t\n"
                                   "  e: each(normal(0, 1))\n"
                                   "outputs:\n"
                                   "  o: sum(s) + c\n"
                                   "  k: c + d\n",
                             *state);
    assert_int_equal(value_of(m, "c")->shape, RC_SHAPE_CONSTANT);
    assert_int_equal(value_of(m, "d")->shape, RC_SHAPE_CONSTANT);
    assert_int_equal(value_of(m, "u")->shape, RC_SHAPE_TRIAL);
    assert_int_equal(value_of(m, "s")->shape, RC_SHAPE_PERIOD);
    assert_int_equal(value_of(m, "e")->shape, RC_SHAPE_PERIOD);
    assert_int_equal(value_of(m, "o")->shape, RC_SHAPE_TRIAL);
    double k;
    assert_true(rc_expr_constant(value_of(m, "k"), &k) && k == 9);
    assert_false(rc_expr_constant(value_of(m, "u"), &k));
    const rc_expr *sum = value_of(m, "o")->args[0];
    assert_int_equal(sum->kind, RC_EXPR_SUM);
    assert_int_equal(sum->args[0]->shape, RC_SHAPE_PERIOD); /* a series is one, even when flat */
    assert_true(value_of(m, "e")->draw->each);
    assert_false(value_of(m, "u")->draw->each);
    assert_non_null(value_of(m, "u")->draw->constant); /* 3 is known through its name */
}

/* ---- Functions over time ----------------------------------------------------------------------
 */

static void functions_over_time_have_their_nodes(void **state) {
    const rc_model *m = load(TIMED "inputs:\n  u: uniform(0, 1)\n"
                                   "series:\n"
                                   "  s: {initial: u, value: prev(s) + 1}\n"
                                   "  l: lag(s, 3)\n"
                                   "  g: lag(l, 2, initial=7)\n"
                                   "  p: prev(rent)\n"
                                   "  c: cumulative(s)\n"
                                   "  h: happened(fire) + count(fire) + rate(rent)\n"
                                   "costs:\n"
                                   "  rent: 5\n"
                                   "risks:\n"
                                   "  fire: {rate: 0.1, impact: 5}\n"
                                   "outputs:\n"
                                   "  a: at(s, 0.1)\n"
                                   "  b: at(2 * s, 1)\n"
                                   "  n: npv(rent)\n"
                                   "  f: first(s) - last(s) + mean(s) + min(s) + max(s)\n",
                             *state);
    const rc_expr *prev = value_of(m, "s")->args[0];
    assert_int_equal(prev->kind, RC_EXPR_PREV);
    assert_ptr_equal(prev->entry, rc_model_find(m, "s"));
    assert_true(prev->number == 1);
    assert_ptr_equal(prev->args[0], rc_model_find(m, "s")->initial);
    assert_true(value_of(m, "l")->number == 3);
    assert_ptr_equal(value_of(m, "l")->args[0], rc_model_find(m, "s")->initial);
    assert_true(value_of(m, "g")->number == 2);
    assert_true(value_of(m, "g")->args[0]->number == 7);
    assert_true(value_of(m, "p")->args[0]->number == 0); /* a line is 0 before period 1 */
    assert_int_equal(value_of(m, "c")->kind, RC_EXPR_CUMULATIVE);
    assert_int_equal(value_of(m, "a")->n_args, 3);
    assert_ptr_equal(value_of(m, "a")->args[2], rc_model_find(m, "s")->initial);
    assert_int_equal(value_of(m, "b")->n_args, 2);
    assert_int_equal(value_of(m, "n")->kind, RC_EXPR_NPV);
    const rc_expr *h = value_of(m, "h");
    assert_int_equal(h->args[1]->kind, RC_EXPR_RATE);
    assert_int_equal(h->args[0]->args[0]->kind, RC_EXPR_HAPPENED);
    assert_int_equal(h->args[0]->args[1]->kind, RC_EXPR_COUNT);
    assert_ptr_equal(h->args[0]->args[0]->entry, rc_model_find(m, "fire"));
}

static size_t count_kind(const rc_expr *e, rc_expr_kind kind) {
    size_t n = e->kind == kind;
    for (size_t i = 0; i < e->n_args; i++)
        n += count_kind(e->args[i], kind);
    return n;
}

static void a_draw_in_a_macro_is_one_draw(void **state) {
    const rc_model *m = load("roicast: 1\ninputs:\n  a: saturate(uniform(1, 2), half=0.3)\n"
                             "outputs:\n  y: a\n",
                             *state);
    const rc_expr *a = value_of(m, "a");
    assert_int_equal(count_kind(a, RC_EXPR_DRAW), 2); /* x / (x + half) */
    assert_ptr_equal(a->args[0], a->args[1]->args[0]);
    assert_int_equal(m->n_draws, 1);
}

/* ---- Draws and streams ------------------------------------------------------------------------
 */

static void streams_are_named_by_entry_value_first(void **state) {
    const rc_model *m = load(TIMED "discount_rate: pert(5%, 8%, 12%)\n"
                                   "inputs:\n"
                                   "  a: uniform(0, 1) + normal(uniform(0, 1), 1)\n"
                                   "factors:\n"
                                   "  z: 1 to 2\n"
                                   "costs:\n"
                                   "  rent: {growth: \"uniform(1%, 2%)\", value: 10 to 20}\n"
                                   "risks:\n"
                                   "  fire: {impact: 5 to 6, probability: \"uniform(0, 0.1)\"}\n",
                             *state);
    static const char *const names[] = {"z",    "a",      "a#2",  "a#3",   "discount_rate",
                                        "rent", "rent#2", "fire", "fire#2"};
    assert_int_equal(m->n_draws, sizeof names / sizeof *names);
    for (size_t i = 0; i < m->n_draws; i++)
        assert_string_equal(m->draws[i]->stream, names[i]);
    assert_string_equal(m->draws[2]->type->name, "normal"); /* before what stands inside it */
    assert_string_equal(m->draws[5]->type->name, "interval");
    assert_ptr_equal(m->draws[6]->entry, rc_model_find(m, "rent"));
    assert_int_equal(m->discount_rate->kind, RC_EXPR_ENTRY);
    assert_ptr_equal(m->discount_rate->entry, rc_model_find(m, "discount_rate"));
    for (size_t i = 0; i < m->n_entries; i++)
        assert_int_equal(m->entries[i]->index, i);
}

static void a_range_is_an_interval(void **state) {
    const rc_model *m = load("roicast: 1\nconfidence: 80%\noverconfidence: 1.5\ninputs:\n"
                             "  a: 10 to 40\n"
                             "  b: {value: 10 to 40, confidence: 50%}\n"
                             "  c: 10 to 2 * 20 + 5\n"
                             "outputs:\n  y: a\n",
                             *state);
    const rc_draw *a = value_of(m, "a")->draw, *b = value_of(m, "b")->draw;
    assert_string_equal(a->type->name, "interval");
    assert_true(a->numbers[2]->number == 0.8 && b->numbers[2]->number == 0.5);
    assert_true(a->numbers[3]->number == 1.5 && a->widen == 1.5);
    double high;
    assert_true(rc_expr_constant(value_of(m, "c")->draw->numbers[1], &high) && high == 45);
    /* sqrt(10 * 40) is the median, whatever the width */
    near(rc_dist_quantile(a->constant, 0.5), 20);
    near(rc_dist_quantile(b->constant, 0.5), 20);
    assert_true(rc_dist_quantile(a->constant, 0.1) < 10);
}

static void shapes_stand_in_mixture_and_truncate(void **state) {
    const rc_model *m = load("roicast: 1\ninputs:\n  m: 5\n"
                             "  a: mixture([normal(0, 1), 3, truncate(normal(m, 1), lower=4)], "
                             "[2, 1, 1])\n"
                             "  u: uniform(0, 1)\n"
                             "  b: truncate(normal(u, 1), lower=0)\n"
                             "outputs:\n  y: a\n",
                             *state);
    const rc_draw *a = value_of(m, "a")->draw, *b = value_of(m, "b")->draw;
    assert_int_equal(m->n_draws, 3); /* children are not drawn */
    assert_int_equal(a->shapes_n[0], 3);
    assert_null(a->shapes[0][0]->stream);
    assert_string_equal(a->shapes[0][1]->type->name, "discrete");
    assert_string_equal(a->shapes[0][2]->type->name, "truncate");
    assert_non_null(a->constant);
    assert_int_equal(a->list_n[1], 3);
    assert_null(b->constant); /* u varies: the engine builds it */
    assert_null(b->shapes[0][0]->constant);
}

static void percentile_forms_are_solved(void **state) {
    const rc_model *m = load("roicast: 1\ninputs:\n  a: normal(p5=1, p95=3)\n"
                             "outputs:\n  y: a\n",
                             *state);
    const rc_draw *a = value_of(m, "a")->draw;
    assert_true(a->form != 0);
    assert_true(a->prob[0] == 0.05 && a->prob[1] == 0.95);
    near(rc_dist_quantile(a->constant, 0.05), 1);
    near(rc_dist_quantile(a->constant, rc_tail_of(0.5)), 2);
}

/* ---- Lines and risks --------------------------------------------------------------------------
 */

static void lines_carry_their_keys(void **state) {
    const rc_model *m =
        load(TIMED "realisation: {strategic: 0.2}\n"
                   "benefits:\n"
                   "  sales: {value: 100, kind: revenue, margin: 40%, tier: strategic,\n"
                   "    per: month, from: 0.5, until: 1.5, growth: 5%, realisation: 90%}\n"
                   "  hours: {value: 10, net_of: {sales: 10%}}\n"
                   "  off: {value: 1, enabled: false}\n"
                   "costs:\n"
                   "  setup: {value: 5, per: once, at: 1}\n"
                   "  staged: {yearly: [1, 2], initial: 7}\n"
                   "  rent: 12k\n",
             *state);
    const rc_flow *sales = rc_model_find(m, "sales")->flow;
    assert_int_equal(sales->kind, RC_KIND_REVENUE);
    assert_int_equal(sales->tier, RC_STRATEGIC);
    assert_int_equal(sales->per, RC_PER_MONTH);
    assert_true(sales->from->number == 0.5 && sales->until->number == 1.5);
    assert_true(sales->growth->number == 0.05 && sales->margin->number == 0.4);
    assert_true(sales->realisation->number == 0.9);
    assert_true(m->tier_realisation[RC_DIRECT]->number == 1);
    assert_true(m->tier_realisation[RC_STRATEGIC]->number == 0.2);
    const rc_flow *hours = rc_model_find(m, "hours")->flow;
    assert_int_equal(hours->n_net_of, 1);
    assert_ptr_equal(hours->net_of[0].line, rc_model_find(m, "sales"));
    assert_true(hours->net_of[0].share->number == 0.1);
    assert_true(hours->enabled && !rc_model_find(m, "off")->flow->enabled);
    const rc_flow *staged = rc_model_find(m, "staged")->flow;
    assert_int_equal(staged->n_yearly, 2);
    assert_true(staged->yearly[1]->number == 2 && staged->initial->number == 7);
    assert_null(rc_model_find(m, "staged")->value);
    assert_int_equal(rc_model_find(m, "setup")->flow->per, RC_PER_ONCE);
    assert_string_equal(rc_model_find(m, "rent")->text, "12k");
    assert_null(m->target);
    assert_true(m->has_flows && m->hurdle != m->hurdle);
}

static void risks_carry_their_effects(void **state) {
    const rc_model *m =
        load(TIMED "benefits:\n  a: 1\n  b: 2\ncosts:\n  c: 3\nrisks:\n"
                   "  stops: {probability: 10%, at: 1, stop: all, except: [b]}\n"
                   "  both: {probability: 10%, stop: [c], multiply: {a: 2, b: 3}}\n"
                   "  shared: {rate: 1, multiply: [a, c], by: \"uniform(1, 2)\"}\n"
                   "  gate: {when: a < 1, at: 0.5, impact: -5, side: benefits}\n"
                   "  any: {probability: 0.5, at: anytime, impact: 1}\n"
                   "  absent: {probability: 0.5, impact: 1}\n"
                   "  seen: {probability: 0.5, at: 1}\noutputs:\n  y: last(happened(seen))\n",
             *state);
    const rc_risk *stops = rc_model_find(m, "stops")->risk;
    assert_int_equal(stops->n_effects, 2);
    assert_ptr_equal(stops->effects[1].line, rc_model_find(m, "c"));
    assert_null(stops->effects[0].factor);
    const rc_risk *both = rc_model_find(m, "both")->risk;
    assert_int_equal(both->n_effects, 3);
    assert_true(both->effects[0].factor->number == 2 && both->effects[1].factor->number == 3);
    assert_ptr_equal(both->effects[2].line, rc_model_find(m, "c"));
    assert_false(both->anytime); /* acts throughout */
    const rc_risk *shared = rc_model_find(m, "shared")->risk;
    assert_ptr_equal(shared->effects[0].factor, shared->effects[1].factor);
    assert_int_equal(shared->trigger, RC_RATE);
    assert_true(shared->anytime);
    const rc_risk *gate = rc_model_find(m, "gate")->risk;
    assert_int_equal(gate->trigger, RC_WHEN);
    assert_true(gate->impact_is_benefit && gate->impact->number == -5 && !gate->anytime);
    assert_true(rc_model_find(m, "any")->risk->anytime);
    assert_true(rc_model_find(m, "absent")->risk->anytime);
    assert_int_equal(rc_model_find(m, "seen")->risk->n_effects, 0);
}

static void what_looks_like_a_cycle_may_be_none(void **state) {
    /* a line that stops after a risk whose impact is its own loss; prev both ways round */
    const rc_model *m = load(TIMED "series:\n"
                                   "  a: {initial: 1, value: prev(b) + 1}\n"
                                   "  b: {initial: first(c), value: a * 2}\n"
                                   "  c: t\n"
                                   "benefits:\n  sales: 100 * (1 - happened(fire))\n"
                                   "risks:\n"
                                   "  fire: {probability: 10%, at: 1, impact: 0.1 * sales}\n"
                                   "outputs:\n  best: roi\n  twice: 2 * best\n",
                             *state);
    assert_int_equal(value_of(m, "best")->kind, RC_EXPR_METRIC);
    assert_string_equal(value_of(m, "best")->metric->name, "roi");
}

static void outputs_name_their_target(void **state) {
    const rc_model *m = load("roicast: 1\ninputs:\n  roi: uniform(0, 1)\noutputs:\n"
                             "  a: roi\n  b: {value: 2 * a, better: lower}\n",
                             *state);
    assert_string_equal(m->target->name, "a");
    assert_int_equal(value_of(m, "a")->kind, RC_EXPR_ENTRY); /* a user's name comes first */
    assert_true(rc_model_find(m, "b")->lower_is_better);
    m = load("roicast: 1\noutputs:\n  a: 1\n  b: {value: 2, target: true}\n  c: 3\n", *state);
    assert_string_equal(m->target->name, "b");
    assert_false(m->has_flows);
    assert_int_equal(m->n_periods, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
#define T(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
        T(constants_have_their_value),
        T(constants_with_functions),
        T(shapes_are_known),
        T(functions_over_time_have_their_nodes),
        T(a_draw_in_a_macro_is_one_draw),
        T(streams_are_named_by_entry_value_first),
        T(a_range_is_an_interval),
        T(shapes_stand_in_mixture_and_truncate),
        T(percentile_forms_are_solved),
        T(lines_carry_their_keys),
        T(risks_carry_their_effects),
        T(what_looks_like_a_cycle_may_be_none),
        T(outputs_name_their_target),
#undef T
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
