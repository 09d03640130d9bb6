/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libFuzzer: a model, and lines laid over it. The input is a file; behind a line of `%%%` stand
 * lines that are each given as --set, or as --scenario where they begin with a `+`. Without such a
 * line the bytes are laid over a model of our own. Whatever comes, there is a model or an error;
 * and a model that was read, written as one file (explain --merged), reads again with as many
 * entries, draws and correlations. */
#include "lint/lint.h"
#include "model/merged.h"
#include "model/model.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char own[] =
    "roicast: 1\n"
    "currency: EUR\n"
    "timeline: {years: 2, step: quarter}\n"
    "discount_rate: 10%\n"
    "factors:\n"
    "  q: {value: \"pert(0.2, 0.5, 0.9)\", label: Quality, source: talks, group: people}\n"
    "inputs:\n"
    "  seats: normal(100, 5)\n"
    "  price: 80 to 120\n"
    "levers:\n"
    "  h: {range: [0, 10], start: 4, step: 2}\n"
    "series:\n"
    "  cust: {initial: 10, value: prev(cust) * 0.9 + 5 * dt}\n"
    "  shock: each(normal(0, 1))\n"
    "benefits:\n"
    "  saved: {value: seats * price * q * f(t), kind: saving}\n"
    "  rev: {value: 1000 * cust + shock, kind: revenue, margin: 40%, net_of: {saved: 10%}}\n"
    "costs:\n"
    "  lic: {value: seats * 20 * (1 + h / 10), growth: 3%}\n"
    "  setup: {value: 3k to 5k, per: once}\n"
    "  help: {yearly: [1k, 2k]}\n"
    "risks:\n"
    "  fail: {probability: 20%, at: 1, stop: all, except: [lic]}\n"
    "  over: {probability: 30%, multiply: [setup], by: 1.5}\n"
    "functions:\n"
    "  f(x, y=normal(1, 0.1)): clamp(x / 2, 0, 1) * y\n"
    "outputs:\n"
    "  x: last(cust)\n"
    "scenarios:\n"
    "  big: {seats: 200}\n"
    "  hard: {fail: {probability: 0.5}, inputs: {extra: 3}, lic: {value: seats * extra}}\n"
    "groups: {money: [price, setup]}\n"
    "evidence:\n"
    "  - {measure: q, observed: 0.4, sd: 0.1}\n"
    "correlations:\n"
    "  - [q, price, 0.4]\n"
    "  - {copula: student(4), pairs: [[seats, setup, 0.2]]}\n";

static void expect(bool truth) {
    if (!truth)
        abort();
}

/* A line may be huge, a file long: what matters is found with little. */
enum { MOST_LINES = 8 };

static void split(char *lines, rc_load_options *o, const char **sets, const char **scenarios) {
    for (char *line = lines, *end; line != NULL && o->n_sets + o->n_scenarios < MOST_LINES;
         line = end) {
        end = strchr(line, '\n');
        if (end != NULL)
            *end++ = '\0';
        if (line[0] == '+')
            scenarios[o->n_scenarios++] = line + 1;
        else if (line[0] != '\0')
            sets[o->n_sets++] = line;
    }
}

static void reads_again(const rc_model *model, rc_arena *arena) {
    rc_text text = {0}, said = {0};
    rc_model_merged(model, &text);
    rc_source *source = rc_source_text("merged.yaml", text.bytes, text.length, arena);
    rc_diags *d = RC_NEW(arena, rc_diags, 1);
    d->arena = arena;
    const rc_model *again;
    rc_status status = rc_model_load(source, arena, d, &again);
    if (status != RC_OK) {
        rc_diags_print(d, false, &said);
        fprintf(stderr, "%s\n%s", text.bytes, said.bytes);
    }
    expect(status == RC_OK);
    expect(again->n_entries == model->n_entries && again->n_draws == model->n_draws &&
           again->n_correlated == model->n_correlated && again->n_groups == model->n_groups);
    rc_text_free(&text);
    rc_text_free(&said);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const char border[] = "\n%%%\n";
    rc_arena *arena = rc_arena_new();
    char *bytes = rc_arena_strndup(arena, (const char *)data, size);
    char *lines = strstr(bytes, border);
    const char *model_text = lines != NULL ? bytes : own;
    if (lines != NULL) {
        *lines = '\0';
        lines += sizeof border - 1;
    } else {
        lines = bytes;
    }
    const char *sets[MOST_LINES], *scenarios[MOST_LINES];
    rc_load_options options = {.sets = sets, .scenarios = scenarios};
    split(lines, &options, sets, scenarios);
    rc_source *source = rc_source_text("fuzz.yaml", model_text, strlen(model_text), arena);
    rc_diags *d = RC_NEW(arena, rc_diags, 1);
    d->arena = arena;
    const rc_model *model;
    rc_status status = rc_model_load_with(source, &options, arena, d, &model);
    expect((status == RC_OK) == (model != NULL));
    expect((status == RC_OK) == (d->n_errors == 0));
    if (status == RC_OK) {
        rc_lint_model(model, true, d);
        reads_again(model, arena);
    }
    rc_text out = {0};
    rc_diags_print(d, true, &out);
    rc_text_free(&out);
    rc_arena_free(arena);
    return 0;
}
