/* SPDX-License-Identifier: GPL-3.0-or-later */
/* roicast schema: the model language for editors. */
#include "cli/command.h"
#include "cli/terminal.h"

#include "schema/schema.h"

static rc_status schema(const rc_arguments *a) {
    (void)a;
    rc_text text = {0};
    rc_error err = {0};
    rc_status status = rc_schema_write(&text, &err);
    if (status == RC_OK)
        status = rc_output_write(NULL, &text, &err);
    if (status != RC_OK)
        rc_terminal_error(&err);
    rc_text_free(&text);
    return status;
}

const rc_command_type rc_command_schema = {
    .name = "schema",
    .summary = RC_TR("print the JSON Schema of models, for editors"),
    .operands = "",
    .run = schema,
    .details = RC_TR(
        "An editor that knows the schema completes keys, shows what they hold and marks those\n"
        "that do not exist. In the first line of a model:\n"
        "  # yaml-language-server: $schema=roicast.schema.json\n"
        "`roicast check` knows more: what formulas mean, and rules between keys.\n"),
    .examples = "  roicast schema >roicast.schema.json\n",
};
