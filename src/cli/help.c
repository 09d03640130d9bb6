/* SPDX-License-Identifier: GPL-3.0-or-later */
/* roicast help [COMMAND], and the texts of --help. */
#include "cli/command.h"
#include "cli/completion.h"
#include "cli/prose.h"
#include "cli/terminal.h"

#include "core/wrap.h"

enum { WIDTH = 80 };

static void print_options(const char *heading, const rc_option *options, size_t n,
                          const char *language, rc_text *out) {
    rc_text_addf(out, "\n%s\n", rc_tr(language, heading));
    rc_options_help(options, n, language, out);
}

static void print_details(const char *details, rc_text *out) {
    rc_text block = {0};
    for (rc_prose kind; (kind = rc_prose_next(&details, &block)) != RC_PROSE_END;) {
        if (kind == RC_PROSE_VERBATIM)
            rc_text_addf(out, "  %s\n", block.bytes);
        else
            rc_text_wrap(out, block.bytes, 0, WIDTH);
    }
    rc_text_free(&block);
}

void rc_command_print_help(const rc_command_type *c, const char *language, rc_text *out) {
    RC_SAY(out, language,
           "roicast {command}: {summary}\n\nUsage: roicast {command} [options] {operands}",
           "command", c->name, "summary", rc_tr(language, c->summary), "operands", c->operands);
    while (out->bytes[out->length - 1] == ' ')
        out->bytes[--out->length] = '\0';
    rc_text_add(out, "\n");
    if (c->n_options > 0)
        print_options("Options:", c->options, c->n_options, language, out);
    if (c->reads_models)
        print_options(RC_TR("Changes to the model, before it is read:"), rc_model_options,
                      rc_model_option_count, language, out);
    print_options(c->n_options > 0 ? RC_TR("Every command has:") : RC_TR("Options:"),
                  rc_common_options, rc_common_option_count, language, out);
    if (c->details != NULL) {
        rc_text_add(out, "\n");
        print_details(rc_tr(language, c->details), out);
    }
    if (c->examples != NULL)
        rc_text_addf(out, "\n%s\n%s", rc_tr(language, "Examples:"), c->examples);
}

static const char about[] =
    RC_TR("roicast: what may a project return, and how sure is that? Monte Carlo\n"
          "simulation of benefits, costs and risks from one model file.\n\n"
          "Usage: roicast COMMAND [options] ...\n\nCommands:\n");
static const rc_program_texts texts = {
    .exit_codes =
        RC_TR("\n  roicast COMMAND --help shows the options of a command.\n"
              "\nExit codes:\n"
              "  0    done\n"
              "  1    the model has warnings and --strict was given\n"
              "  2    wrong use, a mistake in the model, a file that cannot be read or written\n"
              "  3    not enough memory\n"
              "  130  interrupted (Ctrl-C)\n"),
    .examples = "  roicast new -o model.yaml\n"
                "  roicast report model.yaml\n"
                "  roicast run model.yaml --format json -o result.json\n"
                "  roicast check model.yaml\n",
};

void rc_program_print_help(const char *language, rc_text *out) {
    rc_text_add(out, rc_tr(language, about));
    for (size_t i = 0; i < rc_command_count(); i++)
        rc_text_addf(out, "  %-12s %s\n", rc_command_at(i)->name,
                     rc_tr(language, rc_command_at(i)->summary));
    rc_text_add(out, rc_tr(language, texts.exit_codes));
    rc_text_addf(out, "\n%s\n", rc_tr(language, "Examples:"));
    rc_text_add(out, texts.examples);
}

static void print(const rc_arguments *a, const rc_command_type *command, rc_text *out) {
    const rc_option_value *shell = rc_option_get(a, "completion");
    bool man = rc_option_get(a, "man")->given;
    if (shell->given)
        rc_shell_completion(shell->text, out);
    else if (man && command != NULL)
        rc_command_print_manual(command, out);
    else if (man)
        rc_program_print_manual(&texts, out);
    else if (command != NULL)
        rc_command_print_help(command, a->language, out);
    else
        rc_program_print_help(a->language, out);
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
    } else {
        print(a, command, &text);
    }
    if (status == RC_OK)
        status = rc_output_write(NULL, &text, &err);
    if (status != RC_OK)
        rc_terminal_error(&err);
    rc_text_free(&text);
    return status;
}

static const rc_option options[] = {
    {.name = "man",
     .type = RC_OPTION_FLAG,
     .help = RC_TR("print the manual page, for man; it is installed as roicast-COMMAND(1)")},
    {.name = "completion",
     .type = RC_OPTION_CHOICE,
     .unit = "SHELL",
     .choices = rc_shell_choice,
     .help = RC_TR("print what completes commands and options in bash, zsh or fish")},
};

const rc_command_type rc_command_help = {
    .name = "help",
    .summary = RC_TR("show help for the program or a command"),
    .operands = "[COMMAND]",
    .most = 1,
    .run = help,
    .options = options,
    .n_options = sizeof options / sizeof *options,
    .examples = "  roicast help run\n"
                "  roicast help --man run | man -l -\n"
                "  eval \"$(roicast help --completion bash)\"\n",
};
