/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Uses the installed library. Benefits are uniform on 100 ... 300 against a cost of 100 without
 * discounting, so ROI is uniform on 0 ... 2: mean 1, P5 0.1. */
#include <roicast/roicast.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int failures;

static void check(int condition, const char *what) {
    if (!condition) {
        fprintf(stderr, "failed: %s\n", what);
        failures++;
    }
}

static bool stop_at_once(void *data, double share) {
    (void)share;
    ++*(int *)data;
    return false;
}

static void good_model(const char *path) {
    rc_study *study = rc_study_open(path);
    rc_options options;
    rc_options_default(&options);
    options.trials = 65536;
    rc_result *result = NULL;
    rc_message message = {0};
    double value = 0, low = 0, high = 0;
    check(rc_study_status(study) == RC_CODE_OK, rc_study_diagnostics(study));
    check(rc_study_run(study, &options, &result, &message) == RC_CODE_OK, message.text);
    if (result != NULL) {
        check(rc_result_trials(result) == 65536, "65536 trials");
        check(rc_result_count(result) > 10 && rc_result_name(result, 0) != NULL, "names");
        check(rc_result_name(result, rc_result_count(result)) == NULL, "no name after the last");
        check(rc_result_read(result, "roi", "mean", &value, &low, &high), "roi has a mean");
        check(fabs(value - 1) <= 1e-3 && low <= value && value <= high, "mean 1");
        check(rc_result_read(result, "roi", "percentiles/5", &value, NULL, NULL), "roi has a P5");
        check(fabs(value - 0.1) <= 1e-2, "P5 0.1");
        check(!rc_result_read(result, "roi", "percentiles/7", &value, NULL, NULL), "no P7");
        check(!rc_result_read(result, "rio", "mean", &value, NULL, NULL), "no such output");
        size_t length = 0;
        char *json = rc_result_write(result, "json", &length, &message);
        check(json != NULL && strlen(json) == length && json[0] == '{', "json");
        free(json);
        check(rc_result_write(result, "pigeon", NULL, &message) == NULL, "no such format");
    }
    check(!rc_result_precision(result, &value, &low) && isnan(value) && isnan(low), "no precision");
    rc_result_free(result);
    options.trials = 0;
    options.precision = 0.02;
    check(rc_study_run(study, &options, &result, &message) == RC_CODE_OK, message.text);
    check(rc_result_precision(result, &value, &low), "a precision of 2%");
    check(value > 0 && value <= 0.02 && low <= 0.001, "as asked");
    rc_result_free(result);
    options.precision = -1;
    check(rc_study_run(study, &options, &result, &message) == RC_CODE_WRONG, "precision -1");
    options.precision = 0;
    int calls = 0;
    options.trials = UINT64_C(1) << 24;
    options.progress = stop_at_once;
    options.progress_data = &calls;
    int code = rc_study_run(study, &options, &result, &message);
    check(code == RC_CODE_INTERRUPTED ? calls == 1 && result == NULL : calls == 0, "stopped");
    rc_result_free(result);
    rc_study_free(study);
}

static void overlays(void) {
    static const char text[] = "roicast: 1\ninputs: {a: 2}\noutputs: {y: a}\n"
                               "scenarios: {high: {a: 5}, higher: {a: 7}}\n";
    static const char *const scenarios[] = {"high"}, *const sets[] = {"inputs.b=3", "y=a * b"};
    rc_study_options options;
    rc_study_options_default(&options);
    options.scenarios = scenarios;
    options.n_scenarios = 1;
    options.sets = sets;
    options.n_sets = 2;
    rc_study *study = rc_study_parse_with("m.yaml", text, sizeof text - 1, &options);
    rc_result *result = NULL;
    double value = 0;
    check(rc_study_status(study) == RC_CODE_OK, rc_study_diagnostics(study));
    check(rc_study_scenario_count(study) == 2, "two scenarios");
    check(strcmp(rc_study_scenario(study, 1), "higher") == 0, "their names");
    check(rc_study_scenario(study, 2) == NULL, "no third");
    check(rc_study_run(study, NULL, &result, NULL) == RC_CODE_OK, "a scenario runs");
    check(result != NULL && rc_result_read(result, "y", "mean", &value, NULL, NULL), "y");
    check(value == 15, "5 * 3");
    rc_result_free(result);
    rc_study_free(study);
    options.n_sets = 0;
    options.scenarios = sets; /* no names of scenarios */
    study = rc_study_parse_with("m.yaml", text, sizeof text - 1, &options);
    check(rc_study_status(study) == RC_CODE_WRONG, "an unknown scenario");
    rc_study_free(study);
}

static void bad_models(void) {
    static const char text[] = "roicast: 1\noutputs:\n  y: 1 +\n";
    rc_study *study = rc_study_parse("bad.yaml", text, sizeof text - 1);
    rc_result *result = NULL;
    rc_message message = {0};
    check(rc_study_status(study) == RC_CODE_WRONG, "a mistake is found");
    check(strstr(rc_study_diagnostics(study), "bad.yaml:3") != NULL, rc_study_diagnostics(study));
    check(rc_study_run(study, NULL, &result, &message) == RC_CODE_WRONG, "it cannot be run");
    check(result == NULL && message.text[0] != '\0', "and says so");
    rc_study_free(study);
    study = rc_study_open("no/such/model.yaml");
    check(rc_study_status(study) == RC_CODE_WRONG, "a missing file");
    rc_study_free(study);
    rc_study_free(NULL);
    rc_result_free(NULL);
}

int main(int argc, char **argv) {
    if (argc != 2)
        return 2;
    check(strcmp(rc_version(), "0.1.0") == 0, "version");
    good_model(argv[1]);
    overlays();
    bad_models();
    return failures != 0;
}
