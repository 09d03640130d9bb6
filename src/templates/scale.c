/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The amounts of a company, for another number of seats: what `roicast new --seats` writes. They
 * are written out, not made a formula of seats, because they are there to be replaced.
 *
 *     amount = amount of the company * (seats / seats of the company)^power
 *
 * Volumes have the power 1. The work of a project has 0.8, a judgement: between the three companies
 * of models/company the same amounts go with the powers 0.7 to 1.2, and half as many users do not
 * halve a tender. */
#include "templates/scale.h"

#include "core/math.h"
#include "core/text.h"
#include "model/syntax.h"
#include "model/yaml.h"

#include <stdio.h>
#include <string.h>

static const struct {
    const char *section, *entry, *key;
    double power;
} sized[] = {
    {"inputs", "new_customers", "value", 1},      {"inputs", "marketing_spend", "value", 1},
    {"inputs", "mailing_spend", "value", 1},      {"costs", "hardware", "value", 1},
    {"costs", "data_hygiene", "value", 1},        {"costs", "selection", "value", 0.8},
    {"costs", "consultants", "value", 0.8},       {"costs", "project_team", "value", 0.8},
    {"costs", "administration", "value", 0.8},    {"costs", "process_redesign", "value", 0.8},
    {"risks", "migration_failed", "impact", 0.8}, {"risks", "wrong_system", "impact", 0.8},
};

/* Two digits, three after a 1, and k or M where the text has them. */
static void add_number(rc_text *out, double x, bool short_form) {
    const char *ending = short_form && x >= 1e6 ? "M" : short_form && x >= 1e3 ? "k" : "";
    x /= ending[0] == 'M' ? 1e6 : ending[0] == 'k' ? 1e3 : 1;
    char text[40];
    snprintf(text, sizeof text, "%.1e", x);
    if (text[0] == '1')
        snprintf(text, sizeof text, "%.2e", x);
    double rounded = 0;
    rc_number_parse(text, &rounded);
    rc_text_addf(out, "%.10g%s", rounded, ending);
}

static bool begins_number(const char *at, const char *start) {
    return *at >= '0' && *at <= '9' && (at == start || strchr(" (,", at[-1]) != NULL);
}

const char *rc_scale_text(const char *formula, double factor, rc_arena *arena) {
    if (strstr(formula, "seats") != NULL)
        return NULL;
    rc_text out = {0};
    size_t n, numbers = 0;
    const char *at = formula;
    rc_text_add(&out, "");
    for (; *at != '\0' && *at != ')' && *at != '*'; at += n) {
        n = 1;
        double x;
        if (begins_number(at, formula)) {
            n = strcspn(at, " ,)*");
            if (rc_number_parse(rc_arena_strndup(arena, at, n), &x)) {
                add_number(&out, x * factor, strpbrk(at, "kM") < at + n && at[n - 1] > '9');
                numbers++;
                continue;
            }
        }
        rc_text_add_n(&out, at, n);
    }
    rc_text_add(&out, at);
    const char *scaled = numbers >= 2 ? rc_arena_strdup(arena, out.bytes) : NULL;
    rc_text_free(&out);
    return scaled;
}

static void add_quoted(rc_text *out, const char *text) {
    rc_text_add(out, "\"");
    for (; *text != '\0'; text++)
        rc_text_addf(out, "%s%c", *text == '"' || *text == '\\' ? "\\" : "", *text);
    rc_text_add(out, "\"");
}

static const rc_yaml *entry_of(const rc_model *model, size_t i) {
    const rc_yaml *section = rc_yaml_get(model->tree, sized[i].section);
    const rc_yaml *entry = section != NULL ? rc_yaml_get(section, sized[i].entry) : NULL;
    return entry != NULL && entry->kind == RC_YAML_MAP ? entry : NULL;
}

static void add_entry(rc_text *out, const rc_yaml *entry, size_t i, size_t before, double ratio,
                      rc_arena *arena) {
    const rc_yaml *value = rc_yaml_get(entry, sized[i].key), *source = rc_yaml_get(entry, "source");
    const char *text =
        value != NULL ? rc_scale_text(value->text, rc_pow(ratio, sized[i].power), arena) : NULL;
    if (text == NULL)
        return;
    rc_text_addf(out, "  %s: {%s: ", sized[i].entry, sized[i].key);
    add_quoted(out, text);
    rc_text_add(out, ", source: ");
    add_quoted(out, rc_arena_printf(arena, "%s; scaled from %zu seats%s",
                                    source != NULL ? source->text : "judgement", before,
                                    sized[i].power < 1 ? " with the power 0.8, a judgement" : ""));
    rc_text_add(out, "}\n");
}

rc_source *rc_scale(const rc_model *model, const char *name, size_t before, size_t seats,
                    rc_arena *arena) {
    rc_text out = {0};
    rc_text_add(&out, "");
    for (size_t i = 0; i < sizeof sized / sizeof *sized; i++) {
        const rc_yaml *entry = entry_of(model, i);
        if (i == 0 || strcmp(sized[i].section, sized[i - 1].section) != 0)
            rc_text_addf(&out, "%s:\n", sized[i].section);
        if (entry != NULL)
            add_entry(&out, entry, i, before, (double)seats / (double)before, arena);
    }
    const char *text = rc_arena_strdup(arena, out.bytes);
    rc_source *source = rc_source_text(name, text, out.length, arena);
    rc_text_free(&out);
    return source;
}
