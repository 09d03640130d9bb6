/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every trial as a row of CSV (RFC 4180): its number from 1, the inputs that vary, the outputs.
 * Numbers are the shortest text that reads back as the same double; what has no value is an empty
 * field, a payback that is never reached is Inf (as R and pandas read it). */
#include "report/format.h"
#include "report/number.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void add_name(rc_text *out, const rc_output *o) {
    bool quote = strpbrk(o->name, ",\"\n") != NULL;
    rc_text_add(out, quote ? ",\"" : ",");
    for (const char *c = o->name; *c != '\0'; c++)
        rc_text_add_n(out, *c == '"' ? "\"\"" : c, *c == '"' ? 2 : 1);
    if (o->kind == RC_OUTPUT_LEFT_OUT) /* the line itself bears the bare name */
        rc_text_add(out, " (not counted)");
    if (quote)
        rc_text_add(out, "\"");
}

static void add_value(rc_text *out, double x) {
    char number[RC_NUMBER_TEXT];
    rc_text_add(out, ",");
    if (!isnan(x))
        rc_text_add(out, isinf(x) ? (x > 0 ? "Inf" : "-Inf") : rc_exact_text(number, x));
}

/* Inputs first: what goes in stands before what comes out. */
static const rc_output **in_order(const rc_result *r) {
    const rc_output **order = malloc((r->n_outputs + 1) * sizeof *order);
    size_t n = 0;
    for (int input = 1; order != NULL && input >= 0; input--)
        for (size_t i = 0; i < r->n_outputs; i++)
            if ((r->outputs[i].kind == RC_OUTPUT_INPUT) == input)
                order[n++] = &r->outputs[i];
    return order;
}

static rc_status write_csv(const rc_result *r, const rc_report_style *style, rc_text *out,
                           rc_error *err) {
    (void)style;
    const rc_output **columns = in_order(r);
    if (columns == NULL)
        return rc_fail(err, RC_MEMORY, "not enough memory to write CSV");
    rc_text_add(out, "trial");
    for (size_t i = 0; i < r->n_outputs; i++)
        add_name(out, columns[i]);
    rc_text_add(out, "\n");
    for (uint64_t trial = 0; trial < r->trials; trial++) {
        rc_text_addf(out, "%llu", (unsigned long long)trial + 1);
        for (size_t i = 0; i < r->n_outputs; i++)
            add_value(out, rc_output_sample(r, columns[i], trial));
        rc_text_add(out, "\n");
    }
    free(columns);
    return RC_OK;
}

const rc_format_type rc_format_csv = {
    .name = "csv",
    .ending = "csv",
    .summary = RC_TR("every trial: inputs and outputs, one row a trial"),
    .trials = true,
    .write = write_csv,
};
