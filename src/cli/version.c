/* SPDX-License-Identifier: GPL-3.0-or-later */
/* roicast version: the same as roicast --version. */
#include "cli/command.h"
#include "cli/terminal.h"

static rc_status version(const rc_arguments *a) {
    (void)a;
    rc_text text = {0};
    rc_error err = {0};
    rc_text_addf(&text, "roicast %s\n", ROICAST_VERSION);
    rc_status status = rc_output_write(NULL, &text, &err);
    if (status != RC_OK)
        rc_terminal_error(&err);
    rc_text_free(&text);
    return status;
}

const rc_command_type rc_command_version = {
    .name = "version",
    .summary = RC_TR("print the version"),
    .operands = "",
    .run = version,
};
