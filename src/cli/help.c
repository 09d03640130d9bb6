/* SPDX-License-Identifier: GPL-3.0-or-later */
/* roicast help [COMMAND], and the texts of --help. */
#include "cli/command.h"
#include "cli/terminal.h"

void rc_command_print_help(const rc_command_type *c, const char *language, rc_text *out) {
    RC_SAY(out, language,
           "roicast {command}: {summary}\n\nUsage: roicast {command} [options] {operands}",
           "command", c->name, "summary", rc_tr(language, c->summary), "operands", c->operands);
    while (out->bytes[out->length - 1] == ' ')
        out->bytes[--out->length] = '\0';
    rc_text_addf(out, "\n\n%s\n", rc_tr(language, "Options:"));
    rc_options_help(c->options, c->n_options, language, out);
    if (c->reads_models)
        rc_options_help(rc_model_options, rc_model_option_count, language, out);
    rc_options_help(rc_common_options, rc_common_option_count, language, out);
    if (c->details != NULL)
        rc_text_addf(out, "\n%s", rc_tr(language, c->details));
    if (c->examples != NULL)
        rc_text_addf(out, "\n%s\n%s", rc_tr(language, "Examples:"), c->examples);
}

void rc_program_print_help(const char *language, rc_text *out) {
    rc_text_add(
        out,
        rc_tr(
            language,
            "roicast: what may a project return, and how sure is that? Monte Carlo simulation of\n"
            "benefits, costs and risks from one model file.\n\n"
            "Usage: roicast COMMAND [options] ...\n\nCommands:\n"));
    for (size_t i = 0; i < rc_command_count(); i++)
        rc_text_addf(out, "  %-12s %s\n", rc_command_at(i)->name,
                     rc_tr(language, rc_command_at(i)->summary));
    rc_text_add(
        out,
        rc_tr(language,
              "\n  roicast COMMAND --help shows the options of a command.\n"
              "\nExit codes:\n"
              "  0    done\n"
              "  1    the model has warnings and --strict was given\n"
              "  2    wrong use, a mistake in the model, or a file that cannot be read or written\n"
              "  3    not enough memory\n"
              "  130  interrupted (Ctrl-C)\n"));
    rc_text_addf(out, "\n%s\n", rc_tr(language, "Examples:"));
    rc_text_add(out, "  roicast run models/crm-midmarket.yaml\n"
                     "  roicast run model.yaml --format json -o result.json\n"
                     "  roicast check model.yaml\n");
}

static rc_status help(const rc_arguments *a) {
    rc_text text = {0};
    rc_error err = {0};
    rc_status status = RC_OK;
    const rc_command_type *command = NULL;
    if (a->n_operands > 0 && (command = rc_command_find(a->operands[0])) == NULL) {
        const char *near = rc_command_nearest(a->operands[0]);
        status = rc_fail(&err, RC_USAGE, "unknown command %.60s%s%s", a->operands[0],
                         near != NULL ? "; did you mean " : "", near != NULL ? near : "");
    } else if (command != NULL) {
        rc_command_print_help(command, a->language, &text);
    } else {
        rc_program_print_help(a->language, &text);
    }
    if (status == RC_OK)
        status = rc_output_write(NULL, &text, &err);
    if (status != RC_OK)
        rc_terminal_error(&err);
    rc_text_free(&text);
    return status;
}

const rc_command_type rc_command_help = {
    .name = "help",
    .summary = RC_TR("show help for the program or a command"),
    .operands = "[COMMAND]",
    .most = 1,
    .run = help,
    .examples = "  roicast help run\n",
};
