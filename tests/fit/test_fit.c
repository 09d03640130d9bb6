/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Laws that every family which is fitted must keep, and what is refused. Families are taken from
 * dist.def: one that arrives with a `fit` needs a row in `known` below, or this fails. */
#include "harness.h"
#include "sanitized.h"

#include "core/math.h"

#include <omp.h>

/* One distribution of each family to draw from and to find again; the bounds go into the options */
static const struct {
    const char *text, *family;
    double lower, upper;
} known[] = {
    {"uniform(3, 9)", "uniform", NAN, NAN},
    {"triangular(2, 5, 12)", "triangular", NAN, NAN},
    {"pert(10, 25, 60)", "pert", NAN, NAN},
    {"normal(-5, 2)", "normal", NAN, NAN},
    {"lognormal(2, 0.5)", "lognormal", NAN, NAN},
    {"lognormal(2, 0.5, shift=3)", "lognormal", 3, NAN},
    {"beta(2, 5, lower=10, upper=20)", "beta", 10, 20},
    {"gamma(2.5, 3)", "gamma", NAN, NAN},
    {"exponential(0.25)", "exponential", NAN, NAN},
    {"weibull(1.7, 7)", "weibull", NAN, NAN},
    {"student_t(4, 10, 2)", "student_t", NAN, NAN},
    {"pareto(2, 3)", "pareto", NAN, NAN},
    {"metalog([10, 2, 0.5])", "metalog", NAN, NAN},
    {"logistic(4, 2)", "logistic", NAN, NAN},
    {"gumbel(4, 2)", "gumbel", NAN, NAN},
    {"laplace(4, 2)", "laplace", NAN, NAN},
    {"cauchy(4, 2)", "cauchy", NAN, NAN},
    {"rayleigh(3)", "rayleigh", NAN, NAN},
    {"chi_squared(5)", "chi_squared", NAN, NAN},
    {"inverse_gaussian(5, 12)", "inverse_gaussian", NAN, NAN},
    {"loguniform(2, 50)", "loguniform", NAN, NAN},
    {"kumaraswamy(2, 4, 10, 20)", "kumaraswamy", 10, 20},
    {"johnson_su(-0.8, 1.2, 5, 2)", "johnson_su", NAN, NAN},
    {"bernoulli(0.3)", "bernoulli", NAN, NAN},
    {"binomial(12, 0.3)", "binomial", NAN, NAN},
    {"poisson(4)", "poisson", NAN, NAN},
    {"geometric(0.2)", "geometric", NAN, NAN},
    {"negative_binomial(3, 0.4)", "negative_binomial", NAN, NAN},
};
enum { N_KNOWN = sizeof known / sizeof *known };

static rc_fit *run(const double *x, size_t n, size_t at, bool all, size_t replicates) {
    rc_fit_options o;
    rc_fit_options_default(&o);
    const char *only[] = {known[at].family};
    o.only = only;
    o.n_only = all ? 0 : 1;
    o.lower = known[at].lower;
    o.upper = known[at].upper;
    o.replicates = replicates;
    o.kind = rc_dist_find(known[at].family)->discrete ? RC_FIT_COUNTS : RC_FIT_CONTINUOUS;
    rc_fit *fit;
    rc_error err = {0};
    if (rc_fit_run(x, n, &o, arena, &fit, &err) != RC_OK)
        fail_msg("%s: %s", known[at].text, err.message);
    return fit;
}

static void every_family_has_its_row(void **state) {
    (void)state;
    for (size_t i = 0; i < rc_dist_count(); i++) {
        const rc_dist_type *type = rc_dist_at(i, RC_ISA_sse2);
        bool found = type->fit == NULL;
        for (size_t k = 0; k < N_KNOWN; k++)
            found |= strcmp(known[k].family, type->name) == 0;
        if (!found)
            fail_msg("%s has a fit, but no row in the list `known` of this test", type->name);
    }
}

/* ---- ln of the density ---- */

static double sum_of_steps(const rc_dist *d, double k) {
    return rc_dist_cdf(d, k, false) - rc_dist_cdf(d, k - 1, false);
}

static void logarithms_are_those_of_densities(void **state) {
    (void)state;
    for (size_t k = 0; k < N_KNOWN; k++) {
        const rc_dist *d = distribution(known[k].text);
        assert_non_null(d->type->log_density);
        for (double u = 0.002; u < 1; u += 0.0831) {
            double x = rc_dist_quantile(d, rc_tail_of(u)), l = d->type->log_density(d, x), h;
            double density = d->type->discrete  ? sum_of_steps(d, x)
                             : d->type->density ? d->type->density(d, x)
                                                : NAN;
            if (isnan(density)) { /* by the slope of the cdf: error h^2, and rounding / h */
                h = 1e-4 * (1 + fabs(x));
                density = (rc_dist_cdf(d, x + h, false) - rc_dist_cdf(d, x - h, false)) / (2 * h);
                if (!(fabs(l - log(density)) < 1e-5))
                    fail_msg("%s at %g: ln density %.12g, not %.12g", known[k].text, x, l,
                             log(density));
            } else if (!(fabs(l - log(density)) < 1e-9)) {
                fail_msg("%s at %g: ln density %.15g, not %.15g", known[k].text, x, l,
                         log(density));
            }
        }
        double low, high;
        rc_dist_support(d, &low, &high);
        if (isfinite(low))
            assert_true(d->type->log_density(d, low - 1) == -INFINITY);
        if (isfinite(high))
            assert_true(d->type->log_density(d, high + 1) == -INFINITY);
        if (d->type->discrete)
            assert_true(d->type->log_density(d, 0.5) == -INFINITY);
    }
}

/* ---- Estimates ---- */

static double likelihood(const rc_dist *d, const rc_dist_data *data) {
    double sum = 0;
    for (size_t i = 0; i < data->n; i++)
        sum += d->type->log_density(d, data->x[i]);
    return sum;
}

/* The maximum is not below the truth (least squares may be, by little), and 2 (lnL - lnL of the
 * truth) is about chi-squared with at most 5 degrees of freedom: above 35 once in a million. The
 * intervals are 3.92 standard errors wide; 4.5 standard errors on either side hold the truth for
 * all 27 families but once in 2,000. */
static void parameters_are_found_again(void **state) {
    (void)state;
    enum { N = 2000 };
    for (size_t k = 0; k < N_KNOWN; k++) {
        const rc_dist *truth = distribution(known[k].text);
        const double *x = draw(truth, N, (uint32_t)k);
        const rc_fit *fit = run(x, N, k, false, 40);
        const rc_fit_row *r = &fit->rows[0];
        double gain = r->log_likelihood - likelihood(truth, &fit->data);
        bool exact = r->type->fit->method == NULL;
        if (!(gain > (exact ? -1e-6 : -5) && gain < 17.5) && strcmp(r->name, "metalog-5") != 0)
            fail_msg("%s: lnL %.6f, %.6f above the truth's", known[k].text, r->log_likelihood,
                     gain);
        const char *text = known[k].text;
        parsed_dist parsed;
        assert_int_equal(parse_dist(&text, arena, &parsed, NULL), RC_OK);
        for (size_t s = 0, p = r->values.n_list; s < r->type->forms[0].n_slots; s++) {
            if (r->values.slot[s].role == RC_FIT_KNOWN)
                continue;
            const rc_fit_parameter *q = &r->parameters[p++];
            double width = q->high - q->low, true_value = parsed.values[s].number;
            double room = 4.5 / 3.92 * width;
            if (strcmp(r->type->name, "binomial") == 0)
                continue; /* n and p are found together; the likelihood above says so */
            if (!(q->low <= q->high && fabs(q->value - true_value) <= room))
                fail_msg("%s: %s is %g (%g to %g)", known[k].text, q->name, q->value, q->low,
                         q->high);
        }
    }
}

/* The family that made the data is at most 10 behind the best one. */
static void the_true_family_is_near_the_top(void **state) {
    (void)state;
    enum { N = 400 };
    for (size_t k = 0; k < N_KNOWN; k++) {
        const double *x = draw(distribution(known[k].text), N, 1000 + (uint32_t)k);
        const rc_fit *fit = run(x, N, k, true, 0);
        rc_error err = {0};
        const rc_fit_row *r = rc_fit_find(fit, known[k].family, &err);
        if (r == NULL)
            fail_msg("%s: %s", known[k].text, err.message);
        if (!(r->aic < fit->rows[0].aic + 10))
            fail_msg("%s: AIC %.2f, %s has %.2f", known[k].text, r->aic, fit->rows[0].name,
                     fit->rows[0].aic);
        for (size_t i = 1; i < fit->n_rows; i++)
            assert_true(fit->rows[i - 1].aic <= fit->rows[i].aic);
    }
}

/* What is printed is the estimate: read back, lnL moves by less than .01. */
static void calls_read_back(void **state) {
    (void)state;
    for (size_t k = 0; k < N_KNOWN; k++)
        for (uint32_t seed = 0; seed < 3; seed++) {
            size_t n = seed == 2 ? 5000 : 60;
            const double *x = draw(distribution(known[k].text), n, 2000 + seed);
            const rc_fit *fit = run(x, n, k, false, 0);
            for (size_t i = 0; i < fit->n_rows; i++) {
                double there = likelihood(distribution(fit->rows[i].call), &fit->data);
                if (!(fabs(there - fit->rows[i].log_likelihood) < 0.011))
                    fail_msg("%s: lnL %.6f, not %.6f", fit->rows[i].call, there,
                             fit->rows[i].log_likelihood);
            }
        }
}

/* ---- Bootstrap ---- */

/* p-values of the family that made the data are uniform: their mean is 1/2 within 4 standard errors
 * of .29/sqrt(120), and the share below .1 is .1 within 4 of .3/sqrt(120), also for the counts,
 * whose p-values come in steps. */
static void p_values_are_uniform(void **state) {
    (void)state;
    enum { RUNS = SANITIZED ? 4 : 120, N = 40 };
    static const char *const families[] = {"normal", "gamma", "uniform", "negative_binomial"};
    for (size_t f = 0; f < 4; f++) {
        size_t k = 0;
        while (strcmp(known[k].family, families[f]) != 0)
            k++;
        const rc_dist *truth = distribution(known[k].text);
        double ks = 0, ad = 0, low_ks = 0, low_ad = 0;
        for (uint32_t i = 0; i < RUNS; i++) {
            const rc_fit_row *r = &run(draw(truth, N, 3000 + i), N, k, false, 60)->rows[0];
            ks += r->ks_p / RUNS;
            ad += r->ad_p / RUNS;
            low_ks += (r->ks_p < 0.1) / (double)RUNS;
            low_ad += (r->ad_p < 0.1) / (double)RUNS;
        }
        if (!SANITIZED && !(fabs(ks - 0.5) < 0.11 && fabs(ad - 0.5) < 0.11 &&
                            fabs(low_ks - 0.1) < 0.11 && fabs(low_ad - 0.1) < 0.11))
            fail_msg("%s: mean p %.3f (KS), %.3f (AD); below .1: %.3f, %.3f", families[f], ks, ad,
                     low_ks, low_ad);
    }
}

static const char *json(const double *x, size_t n, uint64_t seed, int threads, size_t replicates) {
    rc_fit_options o;
    rc_fit_options_default(&o);
    o.replicates = replicates;
    o.seed = seed;
    int before = omp_get_max_threads();
    omp_set_num_threads(threads);
    rc_fit *fit;
    assert_int_equal(rc_fit_run(x, n, &o, arena, &fit, NULL), RC_OK);
    omp_set_num_threads(before);
    rc_text text = {0};
    rc_fit_show show = {"data", NULL};
    assert_int_equal(rc_fit_json(fit, &show, &text, NULL), RC_OK);
    const char *copy = rc_arena_strdup(arena, text.bytes);
    rc_text_free(&text);
    return copy;
}

static void threads_change_nothing(void **state) {
    (void)state;
    const double *small = draw(distribution("weibull(1.7, 7)"), 200, 9);
    const char *one = json(small, 200, 1, 1, 70);
    assert_string_equal(one, json(small, 200, 1, 3, 70));
    assert_string_not_equal(one, json(small, 200, 2, 3, 70));
    enum { LARGE = 34000 }; /* more than PARALLEL_FROM of likelihood.c */
    const double *large = draw(distribution("lognormal(2, 0.5)"), LARGE, 9);
    assert_string_equal(json(large, LARGE, 1, 1, 3), json(large, LARGE, 1, 4, 3));
}

/* ---- What is refused ---- */

static void refused(const double *x, size_t n, const rc_fit_options *o, const char *message) {
    rc_fit *fit;
    rc_error err = {0};
    rc_status status = rc_fit_run(x, n, o, arena, &fit, &err);
    assert_true(status == RC_INPUT || status == RC_USAGE);
    assert_null(fit);
    if (strstr(err.message, message) == NULL)
        fail_msg("\"%s\", not \"%s\"", err.message, message);
}

static void nonsense_is_refused(void **state) {
    (void)state;
    rc_fit_options o;
    rc_fit_options_default(&o);
    o.replicates = 0;
    const double x[] = {1.5, 2, 3, 5, 8, 13}, constant[] = {2, 2, 2, 2, 2, 2};
    const double two[] = {1.5, 2, 2, 2, 1.5, 2}, nan_[] = {1, 2, NAN, 4, 5, 6};
    const double wide[] = {-1e308, 1, 2, 3, 1e308, 1.7e308}, whole[] = {1, 2, 3, 0, 1, 2};
    refused(x, 4, &o, "4 values; at least 5 are needed");
    refused(x, 0, &o, "0 values");
    refused(constant, 6, &o, "all 6 values are 2");
    refused(two, 6, &o, "only 2 different values, 1.5 and 2; at least 3");
    refused(nan_, 6, &o, "value 3 is nan");
    refused(wide, 6, &o, "too far apart");
    o.lower = 2;
    refused(x, 6, &o, "the value 1.5 lies below --low 2");
    o.lower = 20, o.upper = 10;
    refused(x, 6, &o, "--high 10 must lie above --low 20");
    o.lower = NAN, o.upper = 10;
    refused(x, 6, &o, "the value 13 lies above --high 10");
    o.upper = NAN;
    o.kind = RC_FIT_COUNTS;
    refused(x, 6, &o, "some values are not whole numbers");
    o.kind = RC_FIT_AUTO;
    const char *only[] = {"exponental"};
    o.only = only;
    o.n_only = 1;
    refused(x, 6, &o, "no family exponental; did you mean exponential?");
    only[0] = "mixture";
    refused(x, 6, &o, "mixture is not among the families that are fitted");
    only[0] = "poisson";
    refused(x, 6, &o, "poisson is for counts");
    only[0] = "normal";
    refused(whole, 6, &o, "normal is for measurements");
    only[0] = "beta";
    refused(x, 6, &o, "no family fits: beta needs values between 0 and 1");
}

/* What a column of a spreadsheet may hold must neither crash nor hang, and gives finite figures. */
static void hard_data_are_survived(void **state) {
    (void)state;
    static const double sets[][6] = {
        {1e-100, 2e-100, 3e-100, 5e-100, 8e-100, 1.3e-99},
        {1e15, 1e15 + 1, 1e15 + 3, 1e15 + 2, 1e15 + 8, 1e15 + 0.5},
        {-1e150, 1e150, 3, 4, 5, 6.5},
        {0.1, 0.1, 0.1, 0.1, 0.2, 0.3},
        {0, 0, 0, 0, 0.5, 1e9},
        {-3, -2, -1, -0.5, -0.25, 1e-12},
    };
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
        rc_fit_options o;
        rc_fit_options_default(&o);
        o.replicates = 20;
        rc_fit *fit;
        rc_error err = {0};
        if (rc_fit_run(sets[i], 6, &o, arena, &fit, &err) != RC_OK)
            fail_msg("set %zu: %s", i, err.message);
        rc_text text = {0};
        rc_fit_show show = {"data", NULL};
        assert_int_equal(rc_fit_text(fit, &show, &text, &err), RC_OK);
        rc_text_free(&text);
        for (size_t r = 0; r < fit->n_rows; r++) {
            assert_true(isfinite(fit->rows[r].log_likelihood));
            assert_true(fit->rows[r].ks >= 0 && fit->rows[r].ks <= 1);
            distribution(fit->rows[r].call);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_family_has_its_row, begin, end),
        cmocka_unit_test_setup_teardown(logarithms_are_those_of_densities, begin, end),
        cmocka_unit_test_setup_teardown(parameters_are_found_again, begin, end),
        cmocka_unit_test_setup_teardown(the_true_family_is_near_the_top, begin, end),
        cmocka_unit_test_setup_teardown(calls_read_back, begin, end),
        cmocka_unit_test_setup_teardown(p_values_are_uniform, begin, end),
        cmocka_unit_test_setup_teardown(threads_change_nothing, begin, end),
        cmocka_unit_test_setup_teardown(nonsense_is_refused, begin, end),
        cmocka_unit_test_setup_teardown(hard_data_are_survived, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
