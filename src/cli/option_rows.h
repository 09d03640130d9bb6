/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows that several commands have in their tables of options: one wording, one range. */
#ifndef RC_CLI_OPTION_ROWS_H
#define RC_CLI_OPTION_ROWS_H

#include "cli/options.h"

const char *rc_sampler_choice(size_t index);
const char *rc_isa_choice(size_t index);

#define RC_ROW_OUTPUT(what)                                                                        \
    { .name = "output", .letter = 'o', .type = RC_OPTION_TEXT, .unit = "FILE", .help = what }
#define RC_ROW_SEED                                                                                \
    {                                                                                              \
        .name = "seed", .letter = 's', .type = RC_OPTION_COUNT, .unit = "N", .low = 0,             \
        .high = INT64_MAX, .fallback = "1", .help = RC_TR("another seed gives other cases")        \
    }
#define RC_ROW_THREADS(what)                                                                       \
    {                                                                                              \
        .name = "threads", .letter = 't', .type = RC_OPTION_COUNT, .unit = "N", .low = 1,          \
        .high = 4096, .fallback = RC_TR("all cores"), .help = what                                 \
    }
#define RC_ROW_SAMPLER                                                                             \
    {                                                                                              \
        .name = "sampler", .type = RC_OPTION_CHOICE, .unit = "NAME", .choices = rc_sampler_choice, \
        .fallback = "sobol", .help = RC_TR("sobol, random, or hdr (roicast list samplers)")        \
    }
#define RC_ROW_ISA                                                                                 \
    {                                                                                              \
        .name = "isa", .type = RC_OPTION_CHOICE, .unit = "NAME", .choices = rc_isa_choice,         \
        .help = RC_TR("force an instruction set"), .hidden = true                                  \
    }
#define RC_ROW_QUIET(what)                                                                         \
    { .name = "quiet", .letter = 'q', .type = RC_OPTION_FLAG, .help = what }

#endif
