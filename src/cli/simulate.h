/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Run a model and write what came out: what `run` and `report` share. Both have the options format,
 * output, trials, precision, time-limit, seed, threads, sampler, outputs, cash, drivers,
 * trials-sheet, strict, quiet and isa. */
#ifndef RC_CLI_SIMULATE_H
#define RC_CLI_SIMULATE_H

#include "cli/options.h"

typedef struct rc_simulate_way {
    const char *format; /**< where neither --format nor the ending of -o names one */
    uint64_t trials;    /**< where --trials does not say; 0: 2^20 */
    bool to_file;       /**< without -o into a file named after the model, not to standard output */
} rc_simulate_way;

rc_status rc_simulate(const rc_arguments *arguments, const rc_simulate_way *way);

const char *rc_format_choice(size_t index); /**< names of formats, for RC_OPTION_CHOICE */

#define RC_ROW_TRIALS(usual)                                                                       \
    {                                                                                              \
        .name = "trials", .letter = 'n', .type = RC_OPTION_COUNT, .unit = "N", .low = 1,           \
        .high = UINT64_C(1) << 40, .fallback = usual,                                              \
        .help = RC_TR("how many cases to simulate: 100k, 1M, 2^20")                                \
    }
#define RC_ROW_PRECISION                                                                           \
    {                                                                                              \
        .name = "precision", .type = RC_OPTION_TEXT, .unit = "P",                                  \
        .help = RC_TR("double the trials until each mean, percentile and CVaR is known to P: "     \
                      "0.5% of its range P5 to P95, or an amount such as 5k, and probabilities "   \
                      "to 0.1 points; --trials is then the most [2^30]")                           \
    }
#define RC_ROW_TIME_LIMIT                                                                          \
    {                                                                                              \
        .name = "time-limit", .type = RC_OPTION_TEXT, .unit = "T",                                 \
        .help = RC_TR("double the trials while they end in time: 30s, 5min, 1h")                   \
    }
#define RC_ROW_DRIVERS                                                                                           \
    {                                                                                                            \
        .name = "drivers", .type = RC_OPTION_COUNT, .unit = "N", .low = 0, .high = 1000,                         \
        .fallback = "5",                                                                                         \
        .help = RC_TR(                                                                                           \
            "what the N factors mean that matter most; 0: look for none. None with --outputs, unless asked for") \
    }
#define RC_ROW_KEEP_SAMPLES                                                                        \
    {                                                                                              \
        .name = "keep-samples", .type = RC_OPTION_FLAG,                                            \
        .help = RC_TR("json: every value of every output too (16,384 trials unless --trials says " \
                      "how many); says how much memory that takes, and refuses what does not fit") \
    }
#define RC_ROW_STRICT                                                                              \
    {                                                                                              \
        .name = "strict", .type = RC_OPTION_FLAG,                                                  \
        .help = RC_TR("do not run a model that has warnings: exit code 1")                         \
    }
#define RC_ROW_TRIALS_SHEET                                                                                             \
    {                                                                                                                   \
        .name = "trials-sheet", .type = RC_OPTION_FLAG,                                                                 \
        .help = RC_TR(                                                                                                  \
            "xlsx: a sheet of every trial, inputs too (16,384 unless --trials says how many; a sheet holds 1,048,575)") \
    }

#endif
