/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Commands of the program: a member is one const struct with its options in a table. */
#ifndef RC_CLI_COMMAND_H
#define RC_CLI_COMMAND_H

#include "cli/options.h"

#include "core/error.h"

#include <stdbool.h>

typedef struct rc_command_type {
    /* REQUIRED */
    const char *name;
    const char *summary;  /**< a message: one line */
    const char *operands; /**< "MODEL", as in the usage line; "" when there are none */
    size_t least, most;   /**< operands */
    rc_status (*run)(const rc_arguments *arguments);
    /* OPTIONAL */
    const rc_option *options; /**< [n_options]; --help and --color belong to every command */
    size_t n_options;
    bool reads_models;    /**< takes --scenario, --set, ... too, which rc_command_model follows */
    bool lints;           /**< show every warning about its models; else those about style only
                               when --strict is given */
    const char *details;  /**< a message: paragraphs for --help, in lines */
    const char *examples; /**< lines "  roicast ..." for --help */
} rc_command_type;

size_t rc_command_count(void);
const rc_command_type *rc_command_at(size_t index);
const rc_command_type *rc_command_find(const char *name); /**< NULL when unknown */
const char *rc_command_nearest(const char *name);         /**< NULL when none is near */

/** The text of --help for one command, and the page of the program. */
void rc_command_print_help(const rc_command_type *command, const char *language, rc_text *out);
void rc_program_print_help(const char *language, rc_text *out);

/** What stands on the page of the program beside its commands. */
typedef struct rc_program_texts {
    const char *exit_codes; /**< a message: rows "  CODE  meaning" among others */
    const char *examples;
} rc_program_texts;

/** Their manual pages, in mdoc(7) and English. */
void rc_command_print_manual(const rc_command_type *command, rc_text *out);
void rc_program_print_manual(const rc_program_texts *texts, rc_text *out);

/** Read and check a model; diagnostics go to stderr. NULL after errors. `warnings` gets their
 * number. The arena holds everything. */
struct rc_model;
const struct rc_model *rc_command_model(const rc_arguments *arguments, const char *path,
                                        rc_arena *arena, size_t *warnings, rc_status *status);

/** What --scenario, --set, ... ask for; the arguments must outlive it. */
struct rc_load_options;
void rc_command_load_options(const rc_arguments *arguments, const char *model, rc_arena *arena,
                             struct rc_load_options *options);

/** The same model with options of the caller's own. */
const struct rc_model *rc_command_model_with(const rc_arguments *arguments, const char *path,
                                             const struct rc_load_options *options, rc_arena *arena,
                                             size_t *warnings, rc_status *status);

/** A model that was read, with other options; without warnings. */
const struct rc_model *rc_command_model_again(const rc_arguments *arguments,
                                              const struct rc_model *model,
                                              const struct rc_load_options *options,
                                              rc_arena *arena, rc_status *status);

/** A path of the command line as rc_load_options.overs has it: found from the folder of the model
 * too. A model above this folder, or with an absolute path, needs an absolute one. */
const char *rc_command_found_from(const char *model, const char *file, rc_arena *arena);

/** The same, and every scenario of the model is looked at too: (*scenarios)[model->n_scenarios]
 * models. */
const struct rc_model *rc_command_model_all(const rc_arguments *arguments, const char *path,
                                            rc_arena *arena, size_t *warnings, rc_status *status,
                                            const struct rc_model *const **scenarios);

#endif
