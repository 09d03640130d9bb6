/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * roicast: Monte Carlo simulation of what a project may return.
 *
 *     rc_study *study = rc_study_open("model.yaml");
 *     if (rc_study_status(study) != 0)
 *         fputs(rc_study_diagnostics(study), stderr);
 *     rc_options options;
 *     rc_options_default(&options);
 *     rc_result *result = NULL;
 *     rc_message message;
 *     if (rc_study_run(study, &options, &result, &message) == 0) {
 *         double mean, low, high;
 *         rc_result_read(result, "roi", "mean", &mean, &low, &high);
 *         printf("ROI %.1f %% (%.1f to %.1f)\n", 100 * mean, 100 * low, 100 * high);
 *     }
 *     rc_result_free(result);
 *     rc_study_free(study);
 *
 * Numbers. Ratios (roi, irr, shares) are fractions: 0.08 is 8 %. Money is in the model's currency,
 * time in years. A number that does not exist (IRR without a sign change, payback never reached) is
 * NaN. The numbers of a result depend on the model, the seed, the number of trials and the sampler
 * alone: not on threads, instruction set or schedule.
 *
 * Threads. A study and a result never change once made: any number of threads may read and run one
 * study at the same time. Each function may be called from any thread.
 *
 * Errors. Functions return 0 or one of the codes below, and never print. Running out of memory
 * while a model or a result is built ends the program with exit code 3. GSL is used inside: its
 * default error handler ends the program, so switch it off (gsl_set_error_handler_off) at start.
 *
 * Texts are UTF-8 and NUL-terminated.
 */
#ifndef ROICAST_ROICAST_H
#define ROICAST_ROICAST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What functions return: 0, or the exit code that the program would have. */
enum {
    RC_CODE_OK = 0,
    RC_CODE_WRONG = 2, /**< wrong use, a mistake in the model, a file that cannot be read */
    RC_CODE_MEMORY = 3,
    RC_CODE_INTERRUPTED = 130 /**< the progress function asked to stop */
};

/** Why something failed; filled only on failure. Owned by the caller. */
typedef struct rc_message {
    int code;
    char text[512]; /**< one line, says what would be right */
} rc_message;

/** "0.1.0" */
const char *rc_version(void);

/* ---- A model -----------------------------------------------------------------------------------
 */

/** A model file as read and checked. */
typedef struct rc_study rc_study;

/** Read a file ("-": standard input). Never NULL, also when the model has mistakes: then it cannot
 * be run and rc_study_diagnostics() says why. Free it with rc_study_free(). */
rc_study *rc_study_open(const char *path);

/** The same from `length` bytes in memory; `name` stands in messages. The bytes are copied. Data
 * files and other models that it names are looked for relative to the folder of `name`. */
rc_study *rc_study_parse(const char *name, const char *text, size_t length);

/** What is laid over a model file. The texts are copied. */
typedef struct rc_study_options {
    const char *const *scenarios; /**< [n_scenarios] of the model, applied in this order */
    size_t n_scenarios;
    const char *const *sets; /**< [n_sets] "seats=130", applied after them */
    size_t n_sets;
    bool allow_outside; /**< `extends` may name files outside the folder of the model file */
} rc_study_options;

/** Fill in the defaults: nothing. Always start from these: later versions may add fields. */
void rc_study_options_default(rc_study_options *options);

/** rc_study_open() and rc_study_parse() with overlays; options NULL: the defaults. An unknown
 * scenario is a mistake in the model. */
rc_study *rc_study_open_with(const char *path, const rc_study_options *options);
rc_study *rc_study_parse_with(const char *name, const char *text, size_t length,
                              const rc_study_options *options);

void rc_study_free(rc_study *study); /**< NULL is fine */

/** Names of the scenarios that the model offers: 0 when it cannot be run; NULL when `index` is out
 * of range. Owned by the study. */
size_t rc_study_scenario_count(const rc_study *study);
const char *rc_study_scenario(const rc_study *study, size_t index);

/** 0 when the model can be run. */
int rc_study_status(const rc_study *study);

/** Mistakes and warnings, a few lines each, with places and carets; "" when there are none. Owned
 * by the study. */
const char *rc_study_diagnostics(const rc_study *study);
size_t rc_study_warnings(const rc_study *study); /**< how many */

/* ---- A run -------------------------------------------------------------------------------------
 */

typedef struct rc_options {
    uint64_t trials;            /**< 0: 1,048,576; the sampler may round up */
    uint64_t seed;              /**< default 1; at most 2^63 - 1 */
    int threads;                /**< 0: all cores */
    const char *sampler;        /**< "sobol", "random"; NULL: sobol */
    const char *const *outputs; /**< [n_outputs] names of the only outputs wanted; NULL: all */
    size_t n_outputs;
    bool cash; /**< also the cash by period and of each line by year, with percentiles */
    /** Called about ten times a second, from one of the threads of the run, with the share done
     * (0 to 1); returning false stops the run. NULL: none. */
    bool (*progress)(void *data, double share);
    void *progress_data;
    /** Above 0: the trials double, from 16,384 up to `trials` (0: 2^30), until each mean,
     * percentile and CVaR of the outputs is known, with 95 % certainty, to this share of the
     * output's range from P5 to P95 (0.005 is 0.5 %), and probabilities to 0.1 point. */
    double precision;
    double precision_amount; /**< the same in money instead of a share; or in the one unit that
                                  outputs without money have */
    double time_limit;       /**< seconds above 0: the trials double while that ends in time */
} rc_options;

/** Fill in the defaults. Always start from these: later versions may add fields. */
void rc_options_default(rc_options *options);

typedef struct rc_result rc_result;

/** Simulate. On success *result is new (rc_result_free); else it is NULL and *message (if not NULL)
 * says why. options NULL: the defaults. The study must outlive the call only. */
int rc_study_run(const rc_study *study, const rc_options *options, rc_result **result,
                 rc_message *message);

void rc_result_free(rc_result *result); /**< NULL is fine */

/* ---- What came out -----------------------------------------------------------------------------
 */

uint64_t rc_result_trials(const rc_result *result); /**< after rounding */

/** Of a run that was given a precision or a time limit: half the width of the widest interval, in
 * the measure asked (NaN: a number that counts has none), and of the widest one of a probability.
 * Either may be NULL. True when what was asked was reached; false also for other runs, which leave
 * NaN. */
bool rc_result_precision(const rc_result *result, double *reached, double *probability);

/** Names of outputs: the always-there ones ("roi", "npv", ...), those that the model adds, its
 * lines and its risks. Owned by the result; NULL when `index` is out of range. */
size_t rc_result_count(const rc_result *result);
const char *rc_result_name(const rc_result *result, size_t index);

/** One number of one output and its 95 % interval of simulation error. `key`: "mean", "sd",
 * "skewness", "kurtosis", "min", "max", "below_zero", "at_least_hurdle", "cvar_5",
 * "percentiles/5" (1, 5, 10, 25, 50, 75, 90, 95, 99), "undefined", "infinite" (shares). Any of
 * value, low, high may be NULL. False when there is no such output or key; NaN where there is no
 * such number. */
bool rc_result_read(const rc_result *result, const char *output, const char *key, double *value,
                    double *low, double *high);

/** The report in a format ("text", "json"): allocated with malloc, NUL-terminated; release with
 * free(). *length (if not NULL) gets its length. NULL on failure, with *message. */
char *rc_result_write(const rc_result *result, const char *format, size_t *length,
                      rc_message *message);

#ifdef __cplusplus
}
#endif

#endif
