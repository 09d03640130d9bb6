/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Run a model: plan it, evaluate blocks of trials on all threads, summarise. The result's numbers
 * depend on model, seed, trials and sampler alone: not on threads, instruction set or schedule. */
#ifndef RC_ENGINE_RUN_H
#define RC_ENGINE_RUN_H

#include "core/text.h"
#include "model/model.h"
#include "result/result.h"

typedef struct rc_run_options {
    uint64_t trials;            /**< 0: 1,048,576; Sobol rounds up to 16 * 2^m */
    uint64_t seed;              /**< default 1 */
    int threads;                /**< 0: all that OpenMP offers */
    const char *sampler;        /**< NULL: the first in sampler.def */
    const char *isa;            /**< NULL: the best here; "sse2", "avx2", "avx512" for tests */
    const char *const *outputs; /**< names of metrics, outputs, lines, risks, inputs;
                                     NULL: all but inputs */
    size_t n_outputs;
    bool cash;             /**< the table of cash by period, with percentiles */
    bool cash_lines;       /**< with `cash`: also every line by year (rc_result.cash_lines) */
    bool inputs;           /**< also every factor and input that varies, as an output of its own */
    double alpha;          /**< above 0: rc_output.wide gets intervals that miss in this share */
    bool samples;          /**< keep every value of every output: rc_output.samples */
    uint64_t sample_bytes; /**< that these may take, else the run is refused; 0: 4 GB */
    /** With `samples`, told before the run how much it keeps; data is progress_data. */
    void (*keeping)(void *data, size_t n_outputs, uint64_t trials, double bytes);
    uint64_t keep_up_to; /**< for tests: trials above which values are not kept while they are
                              summarised (stats/sieve.h); 0: 2^22 */
    uint64_t net_from; /**< for tests: trials from which nets catch values (stats/net.h); 0: 2^18 */
    double net_errors; /**< for tests: standard errors that their windows reach; 0: 4.5; negative:
                            no nets */
    bool assumptions;  /**< what the model assumes, entry by entry (rc_result.assumptions) */
    bool bars;         /**< with samples: what rankings rank (rc_result.bars) */
    /** Called from one thread about ten times a second with the share done (0 to 1); false stops
     * the run, which then returns RC_INTERRUPTED. */
    bool (*progress)(void *data, double share);
    void *progress_data;
} rc_run_options;

void rc_run_options_default(rc_run_options *options);

/** On success *out is a new result (rc_result_free). Errors: unknown output, sampler or instruction
 * set, too many trials for memory, an interrupted run, a model that needs its own future. */
rc_status rc_run(const rc_model *model, const rc_run_options *options, rc_result **out,
                 rc_error *err);

/** What rc_run() would give, but for the trials: the model, the names and units of the outputs, and
 * the bars. Its trials are 0. Errors: as rc_run's. */
rc_status rc_run_outline(const rc_model *model, const rc_run_options *options, rc_result **out,
                         rc_error *err);

/** What would be computed, step by step, for people: the plan of all outputs. */
rc_status rc_explain(const rc_model *model, rc_text *out, rc_error *err);

/** How many vector operations one block takes for what the options ask (rc_plan_operations): what
 * a trial costs is in proportion to it. Errors: as rc_run's about outputs and the model. */
rc_status rc_run_operations(const rc_model *model, const rc_run_options *options,
                            size_t *operations, rc_error *err);

#endif
