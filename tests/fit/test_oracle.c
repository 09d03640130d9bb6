/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Estimates, log-likelihoods and distances against R: tests/data/fit/oracle.csv, made by oracle.R
 * with fitdistrplus and MASS. */
#include "harness.h"

static const double *data;
static size_t n_data;

/* R's optimiser is within 1e-6 of its maximum; ours is not below it but for rounding. Where lnL is
 * within 1e-6, an estimate is within sqrt(2e-6) = .0014 standard errors. */
static void compare_estimate(const rc_fit_row *r, const char *name, double value, double se) {
    for (size_t i = 0; i < r->n_parameters; i++)
        if (strcmp(r->parameters[i].name, name) == 0) {
            double room = isnan(se) ? 1e-4 * fabs(value) : 0.003 * se;
            if (!(fabs(r->parameters[i].value - value) <= room))
                fail_msg("%s: %s is %.9g, R has %.9g (se %g)", r->name, name,
                         r->parameters[i].value, value, se);
            return;
        }
    fail_msg("%s has no parameter %s", r->name, name);
}

static void compare(char *line) {
    char *set = strtok(line, ","), *family = strtok(NULL, ",");
    data = read_data(set, &n_data);
    const rc_fit_row *r = fit_only(data, n_data, family, 0, NULL);
    double log_likelihood = strtod(strtok(NULL, ","), NULL), n = (double)n_data;
    double k = (double)r->n_parameters;
    if (!(r->log_likelihood >= log_likelihood - 1e-8 && /* R's figure has 12 digits */
          r->log_likelihood <= log_likelihood + 1e-6))
        fail_msg("%s of %s: lnL %.10g, R has %.10g", family, set, r->log_likelihood,
                 log_likelihood);
    assert_true(fabs(r->aic - (2 * k - 2 * r->log_likelihood)) < 1e-9);
    assert_true(fabs(r->bic - (k * log(n) - 2 * r->log_likelihood)) < 1e-9);
    double ks = strtod(strtok(NULL, ","), NULL), ad = strtod(strtok(NULL, ",\n"), NULL);
    /* F moves by at most .4 (its largest slope per sd) times .003 / sqrt(n) */
    if (!isnan(ks) && !(fabs(r->ks - ks) <= 0.0012 * k / sqrt(n)))
        fail_msg("%s of %s: KS %.9g, R has %.9g", family, set, r->ks, ks);
    if (isfinite(ad) && !(fabs(r->ad - ad) <= 1e-3 * (0.1 + ad)))
        fail_msg("%s of %s: AD %.9g, R has %.9g", family, set, r->ad, ad);
    for (char *name = strtok(NULL, ",\n"); name != NULL; name = strtok(NULL, ",\n")) {
        double value = strtod(strtok(NULL, ",\n"), NULL);
        compare_estimate(r, name, value, strtod(strtok(NULL, ",\n"), NULL));
    }
}

static void fits_agree_with_r(void **state) {
    (void)state;
    char path[512], line[512];
    snprintf(path, sizeof path, "%s/fit/oracle.csv", RC_TEST_DATA);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    int rows = 0;
    for (; fgets(line, sizeof line, file) != NULL; rows++)
        compare(line);
    fclose(file);
    assert_true(rows >= 30);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(fits_agree_with_r, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
