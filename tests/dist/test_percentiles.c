/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Percentile forms of every distribution: parameters are taken at random around those of the
 * oracles, percentiles read off, and solved for again. What comes back must have these percentiles
 * and, where they say all, be the same distribution. Widening keeps the median and the bounds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "parse_dist.h"

enum { TRIES = 60 };

static uint64_t state_of_noise = 88172645463325252u;

/* In (0, 1). */
static double noise(void) {
    uint64_t s = state_of_noise;
    s ^= s << 13, s ^= s >> 7, s ^= s << 17;
    state_of_noise = s;
    return ((double)(s >> 12) + 0.5) * 0x1p-52;
}

static bool is_percentile(const rc_dist_slot *slot) {
    return strcmp(slot->name, "p*") == 0;
}

static size_t count_percentiles(const rc_dist_form *form) {
    size_t n = 0;
    for (size_t i = 0; i < form->n_slots; i++)
        n += is_percentile(&form->slots[i]);
    return n;
}

/* The instance with its numbers multiplied by something from 1/4 to 4; NULL when that is refused.
 */
static const rc_dist *jittered(const parsed_dist *made, double *numbers, rc_arena *arena) {
    const rc_dist_form *form = &made->type->forms[0];
    rc_dist_value values[RC_DIST_MAX_SLOTS];
    memcpy(values, made->values, sizeof values);
    bool bounds = noise() < 0.5; /* leave what is optional as it is, or not */
    for (size_t i = 0; i < form->n_slots; i++) {
        if (!form->slots[i].optional || bounds)
            values[i].number *= exp2(4 * noise() - 2);
        numbers[i] = values[i].number;
    }
    rc_dist *d = NULL;
    rc_dist_build(made->type, values, arena, &d, NULL);
    return d;
}

/* Sorted, different percentages; at least `apart` from each other. */
static void random_percentages(double *p, size_t n, int apart) {
    for (size_t i = 0; i < n; i++) {
        p[i] = floor(1 + 99 * noise()) / 100;
        for (size_t k = 0; k < i; k++)
            if (!(fabs(p[k] - p[i]) > 0.01 * apart - 1e-9)) {
                i = (size_t)-1; /* from the start */
                break;
            }
    }
    for (size_t i = 1; i < n; i++)
        for (size_t k = i; k > 0 && p[k] < p[k - 1]; k--) {
            double swap = p[k];
            p[k] = p[k - 1];
            p[k - 1] = swap;
        }
}

typedef struct asked {
    double x[RC_DIST_MAX_SLOTS], p[RC_DIST_MAX_SLOTS], out[RC_DIST_MAX_SLOTS];
} asked;

static size_t slot_named(const rc_dist_form *form, const char *name) {
    for (size_t i = 0; i < form->n_slots; i++)
        if (strcmp(form->slots[i].name, name) == 0)
            return i;
    fail_msg("form 0 has no %s", name);
    return 0;
}

/* The form's numbers, read off d. */
static void ask(const rc_dist *d, const double *numbers, const rc_dist_form *form, int apart,
                asked *a) {
    double p[RC_DIST_MAX_SLOTS];
    size_t n = count_percentiles(form), k = 0;
    random_percentages(p, n, apart);
    for (size_t i = 0; i < form->n_slots; i++) {
        bool percentile = is_percentile(&form->slots[i]);
        a->p[i] = percentile ? p[k++] : NAN;
        a->x[i] = percentile ? rc_dist_quantile(d, rc_tail_of(a->p[i]))
                             : numbers[slot_named(&d->type->forms[0], form->slots[i].name)];
    }
}

/* Do the form's numbers say all about d? Each number of form 0 that is not its fallback needs one.
 */
static bool says_all(const rc_dist *d, const double *numbers, const rc_dist_form *form,
                     const asked *a) {
    const rc_dist_form *canonical = &d->type->forms[0];
    size_t needed = 0;
    for (size_t i = 0; i < canonical->n_slots; i++) {
        double fallback = canonical->slots[i].optional ? canonical->slots[i].fallback : NAN;
        needed += !(isnan(numbers[i]) || numbers[i] == fallback);
    }
    if (form->n_slots > 1 && strcmp(form->slots[1].name, "mode") == 0)
        return a->p[0] <= 0.5 && a->p[2] >= 0.5; /* pert wants them on both sides */
    if (strcmp(d->type->name, "triangular") == 0 && isfinite(a->p[1])) {
        double mode = rc_dist_cdf(d, numbers[1], false); /* all on one straight side say less */
        return a->p[0] < mode && mode < a->p[2];
    }
    return form->n_slots >= needed;
}

static const rc_dist *build(const rc_dist_type *type, const double *out, rc_arena *arena) {
    rc_dist_value values[RC_DIST_MAX_SLOTS] = {0};
    for (size_t i = 0; i < type->forms[0].n_slots; i++)
        values[i].number = out[i];
    rc_dist *d;
    rc_error err = {0};
    if (rc_dist_build(type, values, arena, &d, &err) != RC_OK)
        fail_msg("%s", err.message);
    return d;
}

static void check_form(const char *text, const rc_dist *d, const double *numbers, size_t f,
                       size_t *solved, rc_arena *arena) {
    static const double others[] = {0.001, 0.03, 0.2, 0.5, 0.7, 0.99, 0.9999};
    const rc_dist_form *form = &d->type->forms[f];
    bool apart = noise() < 0.5;
    asked a;
    ask(d, numbers, form, apart ? 15 : 1, &a);
    bool all = says_all(d, numbers, form, &a);
    rc_error err = {0};
    if (rc_dist_solve(d->type, f, a.x, a.p, 1, a.out, &err) != RC_OK) {
        if (all)
            fail_msg("%s, form %zu: %s", text, f, err.message);
        return;
    }
    const rc_dist *again = build(d->type, a.out, arena);
    for (size_t i = 0; i < form->n_slots; i++)
        if (isfinite(a.p[i]) && !(fabs(rc_dist_cdf(again, a.x[i], false) - a.p[i]) <= 1e-9))
            fail_msg("%s, form %zu: p%g is missed", text, f, 100 * a.p[i]);
    double grain = 0; /* what the rounding of the percentiles may do to probabilities */
    for (size_t i = 0; i < form->n_slots; i++)
        if (isfinite(a.p[i]))
            grain += rc_dist_cdf(d, nextafter(a.x[i], INFINITY), false) -
                     rc_dist_cdf(d, nextafter(a.x[i], -INFINITY), false);
    for (size_t i = 0; all && apart && i < sizeof others / sizeof *others; i++) {
        double x = rc_dist_quantile(d, rc_tail_of(others[i]));
        double u = rc_dist_cdf(d, x, false), v = rc_dist_cdf(again, x, false);
        if (!(fabs(u - v) <= 1e-8 + 100 * grain))
            fail_msg("%s, form %zu: another distribution, %.12g and %.12g at %g", text, f, u, v, x);
    }
    ++*solved;
}

static void solved_percentiles_are_those_given(void **state) {
    (void)state;
    for (size_t t = 0; t < rc_dist_count(); t++) {
        const rc_dist_type *type = rc_dist_at(t, RC_ISA_sse2);
        for (size_t f = 1; f < type->n_forms; f++) {
            if (count_percentiles(&type->forms[f]) == 0)
                continue;
            size_t solved = 0;
            for (const rc_dist_oracle *o = type->oracles; o->text != NULL; o++)
                for (int i = 0; i < TRIES; i++) {
                    rc_arena *arena = rc_arena_new();
                    parsed_dist made;
                    const char *s = o->text;
                    double numbers[RC_DIST_MAX_SLOTS];
                    assert_int_equal(parse_dist(&s, arena, &made, NULL), RC_OK);
                    const rc_dist *d = jittered(&made, numbers, arena);
                    if (d != NULL)
                        check_form(o->text, d, numbers, f, &solved, arena);
                    rc_arena_free(arena);
                }
            if (solved < TRIES)
                fail_msg("%s, form %zu: solved %zu times only", type->name, f, solved);
        }
    }
}

/* ---- Against closed forms ---------------------------------------------------------------------
 */

static const struct {
    const char *text;
    double want[3];
} closed[] = {
    /* gamma with shape 1 is exponential: its p10 and p90 at rate 2 */
    {"gamma(p10=0.052680257828913150, p90=1.1512925464970229)", {1, 0.5}},
    /* beta(1, 1) is uniform; beta(2, 1) has cdf x^2, beta(1, 3) 1 - (1 - x)^3 */
    {"beta(p10=0.1, p90=0.9)", {1, 1}},
    {"beta(p25=2.5, p40=4, lower=0, upper=10)", {1, 1}},
    {"beta(p25=0.5, p81=0.9)", {2, 1}},
    {"beta(p36=0.13822612398724654, p50=0.20629947401590026)", {1, 3}},
    {"triangular(p2=11, mode=15, p98=19)", {10, 15, 20}},
    {"triangular(p8=12, p50=15, p92=18)", {10, 15, 20}},
    {"exponential(p50=1)", {0.69314718055994531}},
    {"pareto(p50=4, p75=8)", {2, 1}},
};

static void closed_forms_come_back(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof closed / sizeof *closed; i++) {
        rc_arena *arena = rc_arena_new();
        rc_error err = {0};
        parsed_dist made;
        const char *s = closed[i].text;
        if (parse_dist(&s, arena, &made, &err) != RC_OK)
            fail_msg("%s", err.message);
        for (size_t k = 0; k < 3 && closed[i].want[k] != 0; k++)
            if (!(fabs(made.values[k].number - closed[i].want[k]) <= 1e-9 * closed[i].want[k]))
                fail_msg("%s: number %zu is %.15g, not %.15g", closed[i].text, k,
                         made.values[k].number, closed[i].want[k]);
        rc_arena_free(arena);
    }
}

/* ---- Widening ---------------------------------------------------------------------------------
 */

static void check_widened(const rc_dist_type *type, size_t f, const asked *a, const char *text,
                          rc_arena *arena) {
    const rc_dist_form *form = &type->forms[f];
    double out[RC_DIST_MAX_SLOTS], low, high, wide_low, wide_high;
    rc_error err = {0};
    if (count_percentiles(form) == 1) { /* no spread to widen: refused, not ignored */
        assert_int_equal(rc_dist_solve(type, f, a->x, a->p, 1.3, out, &err), RC_INPUT);
        return;
    }
    bool widened = rc_dist_solve(type, f, a->x, a->p, 1.3, out, &err) == RC_OK;
    if (!widened && strstr(err.message, "too far apart") != NULL)
        return; /* inverse_gaussian's ratio of percentiles has a limit */
    if (!widened)
        fail_msg("%s, form %zu, widened: %s", text, f, err.message);
    const rc_dist *d = build(type, a->out, arena), *wide = build(type, out, arena);
    double median = rc_dist_quantile(d, 0.5);
    assert_true(fabs(rc_dist_cdf(wide, median, false) - 0.5) <= 1e-9);
    bool wider = rc_dist_quantile(wide, 0.05) < rc_dist_quantile(d, 0.05) &&
                 rc_dist_quantile(wide, -0.05) > rc_dist_quantile(d, -0.05);
    if (!wider)
        fail_msg("%s, form %zu is not widened", text, f);
    rc_dist_support(d, &low, &high);
    rc_dist_support(wide, &wide_low, &wide_high);
    for (size_t i = 0; i < form->n_slots; i++) { /* bounds that were given are kept */
        if (strcmp(form->slots[i].name, "lower") == 0 && isfinite(a->x[i]))
            assert_true(wide_low == low);
        if (strcmp(form->slots[i].name, "upper") == 0 && isfinite(a->x[i]))
            assert_true(wide_high == high);
    }
}

static void widening_keeps_median_and_bounds(void **state) {
    (void)state;
    for (size_t t = 0; t < rc_dist_count(); t++) {
        const rc_dist_type *type = rc_dist_at(t, RC_ISA_sse2);
        for (size_t f = 1; f < type->n_forms; f++)
            for (const rc_dist_oracle *o = type->oracles; o->text != NULL; o++) {
                if (count_percentiles(&type->forms[f]) == 0)
                    break;
                rc_arena *arena = rc_arena_new();
                parsed_dist made;
                const char *s = o->text;
                double numbers[RC_DIST_MAX_SLOTS];
                asked a;
                assert_int_equal(parse_dist(&s, arena, &made, NULL), RC_OK);
                for (size_t i = 0; i < type->forms[0].n_slots; i++)
                    numbers[i] = made.values[i].number;
                ask(made.dist, numbers, &type->forms[f], 20, &a);
                if (rc_dist_solve(type, f, a.x, a.p, 1, a.out, NULL) == RC_OK)
                    check_widened(type, f, &a, o->text, arena);
                rc_arena_free(arena);
            }
    }
}

/* ---- Verification -----------------------------------------------------------------------------
 */

static rc_status solve_wrongly(const double *x, const double *p, double widen, double *out,
                               rc_error *err) {
    (void)p, (void)widen, (void)err;
    out[0] = x[0];
    out[1] = x[1];
    return RC_OK;
}

static void a_wrong_solution_is_refused(void **state) {
    (void)state;
    const rc_dist_type *uniform = rc_dist_find("uniform");
    rc_dist_form forms[2] = {uniform->forms[0], uniform->forms[1]};
    rc_dist_type wrong = *uniform;
    forms[1].solve = solve_wrongly;
    wrong.forms = forms;
    double x[2] = {3, 5}, p[2] = {0.1, 0.9}, out[2];
    rc_error err = {0};
    assert_int_equal(rc_dist_solve(&wrong, 1, x, p, 1, out, &err), RC_INPUT);
    assert_string_equal(err.message, "uniform: p10 3 cannot be met in double precision: the "
                                     "nearest solution has a probability of 0 there");
    assert_int_equal(rc_dist_solve(uniform, 1, x, p, 1, out, &err), RC_OK);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(solved_percentiles_are_those_given),
        cmocka_unit_test(closed_forms_come_back),
        cmocka_unit_test(widening_keeps_median_and_bounds),
        cmocka_unit_test(a_wrong_solution_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
