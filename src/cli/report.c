/* SPDX-License-Identifier: GPL-3.0-or-later */
/* roicast report: simulate a model and write the page to forward. */
#include "cli/command.h"
#include "cli/option_rows.h"
#include "cli/simulate.h"

static const rc_option options[] = {
    {.name = "format",
     .letter = 'f',
     .type = RC_OPTION_CHOICE,
     .unit = "NAME",
     .choices = rc_format_choice,
     .fallback = "html",
     .help = RC_TR("html or another of `roicast list formats`; by -o's ending if not given")},
    RC_ROW_OUTPUT("write to FILE (- for standard output), not to MODEL.html here"),
    RC_ROW_TRIALS("2^18"),
    RC_ROW_PRECISION,
    RC_ROW_TIME_LIMIT,
    RC_ROW_SEED,
    RC_ROW_THREADS("never changes the result"),
    RC_ROW_SAMPLER,
    {.name = "outputs",
     .type = RC_OPTION_NAMES,
     .unit = "A,B",
     .help = RC_TR("only these"),
     .hidden = true},
    {.name = "cash", .type = RC_OPTION_FLAG, .help = RC_TR("money by year"), .hidden = true},
    RC_ROW_DRIVERS,
    RC_ROW_KEEP_SAMPLES,
    RC_ROW_TRIALS_SHEET,
    RC_ROW_STRICT,
    RC_ROW_QUIET("no warnings, notices or progress"),
    RC_ROW_ISA,
};

static rc_status run(const rc_arguments *a) {
    /* a page rounds its numbers: what four times as many cases would say costs four times the wait
     */
    return rc_simulate(
        a, &(rc_simulate_way){.format = "html", .trials = UINT64_C(1) << 18, .to_file = true});
}

const rc_command_type rc_command_report = {
    .name = "report",
    .summary = RC_TR("simulate a model and write a page to forward"),
    .operands = "MODEL",
    .least = 1,
    .most = 1,
    .run = run,
    .options = options,
    .n_options = sizeof options / sizeof *options,
    .reads_models = true,
    .details = RC_TR(
        "One HTML file that needs no network: a page for who decides (it prints on one sheet), and\n"
        "one click below what analysts ask for, with charts, tables and the result as JSON. Without\n"
        "-o it is named after the model and written here.\n"),
    .examples = "  roicast report model.yaml\n"
                "  roicast report model.yaml -o board.html --scenario growth\n"
                "  roicast report model.yaml -o - | gzip >report.html.gz\n",
};
