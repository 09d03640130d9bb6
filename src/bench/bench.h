/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How fast this machine simulates a model: the same run by numbers of threads, by sampler, by
 * number of trials and by instruction set.
 *
 * All cases are run in turn, round after round, after a warm-up that does not count: other work on
 * the machine falls on all alike. What is reported of a case is the median of its rounds, and of
 * two cases the median of the ratios inside the rounds. */
#ifndef RC_BENCH_BENCH_H
#define RC_BENCH_BENCH_H

#include "core/arena.h"
#include "core/error.h"
#include "core/text.h"
#include "model/model.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** The reference model, models/w1.yaml as it was when the program was built; a NUL follows. */
extern const unsigned char rc_bench_w1[];
extern const size_t rc_bench_w1_length;
#define RC_BENCH_W1 "w1.yaml (built in)"

typedef struct rc_bench_options {
    uint64_t trials;            /**< of the cases that are not about trials; > 0 */
    int rounds;                 /**< >= 1 */
    int threads;                /**< most threads; 0: all that OpenMP offers */
    const char *const *outputs; /**< as rc_run_options.outputs; NULL: all */
    size_t n_outputs;
    bool (*progress)(void *data, double share); /**< as in rc_run_options; may be NULL */
    void *progress_data;
} rc_bench_options;

/** Over the rounds; seconds. */
typedef struct rc_bench_time {
    double median, low, high;
} rc_bench_time;

/** One way to run the model. */
typedef struct rc_bench_case {
    int threads;
    const char *sampler;
    const char *isa;
    uint64_t trials;        /**< done, after rounding */
    rc_bench_time simulate; /**< draw, evaluate, collect */
    rc_bench_time whole;    /**< planning and summaries with intervals too */
    double speedup;         /**< simulate, against one thread; NaN outside the group of threads */
    double whole_speedup;
    /* private to bench.c */
    uint64_t asked;
    double *simulate_rounds, *whole_rounds; /**< [rounds] */
} rc_bench_case;

/** Cases that differ in one thing. A case may stand in several groups: it is run once a round. */
typedef struct rc_bench_group {
    const char *key;             /**< in JSON: "threads" */
    const char *title;           /**< above the table */
    bool speedup;                /**< its cases are compared with the first */
    const rc_bench_case **cases; /**< [n_cases] */
    size_t n_cases;
} rc_bench_group;

enum { RC_BENCH_GROUPS = 4 };

typedef struct rc_bench {
    const char *file;    /**< of the model; RC_BENCH_W1 for the one built in */
    const char *title;   /**< of the model */
    const char *outputs; /**< "roi, npv", or "all" */
    size_t n_inputs;     /**< random streams */
    size_t operations;   /**< vector operations a block: rc_run_operations */
    int rounds, threads;
    const char *isa; /**< the widest here */
    rc_bench_group groups[RC_BENCH_GROUPS];
} rc_bench;

/** What bench.c cannot know. */
typedef struct rc_bench_machine {
    const char *processor; /**< "AMD EPYC", or "" */
    int processors;        /**< that the program may use */
    const char *binding;   /**< of threads: "none", "close", ... */
} rc_bench_machine;

/** Run all. *out lives in the arena. Errors: those of rc_run. */
rc_status rc_bench_run(const rc_model *model, const rc_bench_options *options, rc_arena *arena,
                       rc_bench **out, rc_error *err);

/** Nanoseconds a trial by a case's `simulate`. */
double rc_bench_ns(const rc_bench_case *c);

typedef struct rc_bench_format {
    const char *name;   /**< as in --format */
    const char *ending; /**< of file names, without the dot */
    rc_status (*write)(const rc_bench *bench, const rc_bench_machine *machine, rc_text *out,
                       rc_error *err);
} rc_bench_format;

extern const rc_bench_format rc_bench_text, rc_bench_json;

#endif
