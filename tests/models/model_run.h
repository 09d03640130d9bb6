/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Run a model of models/ through the public interface. After cmocka.h. */
#ifndef ROICAST_TESTS_MODELS_MODEL_RUN_H
#define ROICAST_TESTS_MODELS_MODEL_RUN_H

#include <roicast/roicast.h>
#include <stdio.h>

static inline rc_result *run_model(const char *name, uint64_t trials, uint64_t seed,
                                   const char *sampler) {
    char path[4096];
    snprintf(path, sizeof path, "%s/models/%s", RC_SOURCE_DIR, name);
    rc_study *study = rc_study_open(path);
    if (rc_study_status(study) != 0 || rc_study_warnings(study) != 0)
        fail_msg("%s", rc_study_diagnostics(study));
    rc_options options;
    rc_options_default(&options);
    options.trials = trials;
    options.seed = seed;
    options.sampler = sampler;
    rc_result *result = NULL;
    rc_message message = {0};
    if (rc_study_run(study, &options, &result, &message) != 0)
        fail_msg("%s: %s", name, message.text);
    rc_study_free(study);
    assert_true(rc_result_trials(result) >= trials);
    return result;
}

static inline double read_value(const rc_result *result, const char *output, const char *key) {
    double value;
    if (!rc_result_read(result, output, key, &value, NULL, NULL))
        fail_msg("no %s of %s", key, output);
    return value;
}

#endif
