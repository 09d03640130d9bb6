/* SPDX-License-Identifier: GPL-3.0-or-later */
/* roicast, the program: finds the command, parses its options, turns a status into an exit code. */
#define _POSIX_C_SOURCE 200809L
#include "cli/command.h"
#include "cli/language.h"
#include "cli/terminal.h"

#include <gsl/gsl_errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

static rc_status usage(const char *word) {
    const char *near = rc_command_nearest(word);
    rc_terminal_say("unknown command \"%.60s\"%s%s%s", word, near != NULL ? "; did you mean " : "",
                    near != NULL ? near : "", near != NULL ? "?" : "");
    fputs("Try: roicast --help\n", stderr);
    return RC_USAGE;
}

static rc_status run_command(const rc_command_type *command, int argc, char **argv) {
    rc_arena *arena = rc_arena_new();
    rc_arguments arguments;
    rc_error err = {0};
    rc_status status = rc_options_parse(command, argc, argv, arena, &arguments, &err);
    if (status != RC_OK) {
        fprintf(stderr, "roicast %s: %s\nTry: roicast %s --help\n", command->name, err.message,
                command->name);
    } else if (rc_option_get(&arguments, "help")->given) {
        rc_text text = {0};
        rc_command_print_help(command, arguments.language, &text);
        status = rc_output_write(NULL, &text, &err);
        if (status != RC_OK)
            rc_terminal_error(&err);
        rc_text_free(&text);
    } else {
        status = command->run(&arguments);
    }
    rc_arena_free(arena);
    return status;
}

int main(int argc, char **argv) {
    signal(SIGPIPE, SIG_IGN); /* a reader that goes away is seen by write() */
    gsl_set_error_handler_off();
    if (argc < 2) {
        rc_text text = {0};
        rc_program_print_help(rc_language_of_environment(), &text);
        fputs(text.bytes, stderr);
        rc_text_free(&text);
        return rc_status_exit_code(RC_USAGE);
    }
    const char *word = argv[1];
    if (strcmp(word, "--version") == 0 || strcmp(word, "-V") == 0)
        word = "version";
    else if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0)
        word = "help";
    const rc_command_type *command = rc_command_find(word);
    rc_status status = command != NULL ? run_command(command, argc - 2, argv + 2) : usage(word);
    return rc_status_exit_code(status);
}
