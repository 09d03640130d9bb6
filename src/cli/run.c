/* SPDX-License-Identifier: GPL-3.0-or-later */
/* roicast run: simulate a model and report. */
#include "cli/command.h"
#include "cli/option_rows.h"
#include "cli/simulate.h"

static const rc_option options[] = {
    {.name = "format",
     .letter = 'f',
     .type = RC_OPTION_CHOICE,
     .unit = "NAME",
     .choices = rc_format_choice,
     .fallback = "text",
     .help = RC_TR(
         "text, json, csv or another of `roicast list formats`; by -o's ending if not given")},
    RC_ROW_OUTPUT("write to FILE instead of standard output"),
    RC_ROW_TRIALS("2^20"),
    RC_ROW_PRECISION,
    RC_ROW_TIME_LIMIT,
    RC_ROW_SEED,
    RC_ROW_THREADS("never changes the result"),
    RC_ROW_SAMPLER,
    {.name = "outputs",
     .type = RC_OPTION_NAMES,
     .unit = "A,B",
     .help = RC_TR("only these outputs")},
    {.name = "cash",
     .type = RC_OPTION_FLAG,
     .help = RC_TR("also the money by year (JSON has it unless --outputs chooses)")},
    RC_ROW_DRIVERS,
    RC_ROW_KEEP_SAMPLES,
    RC_ROW_TRIALS_SHEET,
    RC_ROW_STRICT,
    RC_ROW_QUIET("no warnings, notices or progress"),
    RC_ROW_ISA,
};

static rc_status run(const rc_arguments *a) {
    return rc_simulate(a, &(rc_simulate_way){.format = "text"});
}

const rc_command_type rc_command_run = {
    .name = "run",
    .summary = RC_TR("simulate a model and report what it may return"),
    .operands = "MODEL",
    .least = 1,
    .most = 1,
    .run = run,
    .options = options,
    .n_options = sizeof options / sizeof *options,
    .reads_models = true,
    .details = RC_TR(
        "MODEL is a file, or - for standard input. Results go to standard output; warnings,\n"
        "notices and progress to standard error. The same model, seed and number of trials give\n"
        "the same bytes on every machine and with any number of threads (all but \"machine\" in\n"
        "JSON). Sobol points come in 16 times a power of two: --trials is rounded up to it.\n"),
    .examples = "  roicast run model.yaml\n"
                "  roicast run model.yaml --cash --trials 4M\n"
                "  roicast run model.yaml --precision 0.5% --time-limit 2min\n"
                "  roicast run model.yaml --format json | jq .outputs.roi.percentiles\n"
                "  roicast run model.yaml -o result.json --seed 7\n"
                "  roicast run model.yaml --scenario growth --set discount_rate=12%\n",
};
