/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a document is about and how to redo it: its subtitle and its footer. */
#include "report/document_make.h"

#include "core/language.h"
#include "core/text.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const char *kept_text(const rc_maker *m, rc_text *t) {
    const char *kept = rc_arena_strdup(m->arena, t->bytes != NULL ? t->bytes : "");
    rc_text_free(t);
    return kept;
}

/** "18 months", "5 years by quarter" */
static const char *horizon(const rc_maker *m) {
    const rc_result *r = m->result;
    const char *l = m->language;
    char n[RC_NUMBER_TEXT];
    const rc_quantity plain = {.unit = RC_UNIT_NUMBER, .language = l};
    double periods = r->years * r->per_year;
    if (r->per_year > 1 && r->n_periods % r->per_year != 0) {
        uint64_t form = periods == 1 ? 1 : 2;
        snprintf(n, sizeof n, "%.0f", periods);
        return r->per_year == 12
                   ? RC_TEXT_N(m->arena, l, "{n} month", "{n} months", form, "n", n)
                   : RC_TEXT_N(m->arena, l, "{n} quarter", "{n} quarters", form, "n", n);
    }
    rc_number_text(n, &plain, r->years, (rc_rounding){.digits = 4});
    const char *years =
        RC_TEXT_N(m->arena, l, "{n} year", "{n} years", r->years == 1 ? 1 : 2, "n", n);
    if (r->per_year == 12)
        return RC_TEXT(m->arena, l, "{years} by month", "years", years);
    return r->per_year == 4 ? RC_TEXT(m->arena, l, "{years} by quarter", "years", years) : years;
}

static void add_item(rc_text *t, const char *text) {
    rc_text_add(t, t->length > 0 ? " · " : "");
    rc_text_add(t, text);
}

/** "a, b" */
static const char *joined(const rc_maker *m, const char *const *names, size_t n) {
    rc_text t = {0};
    for (size_t i = 0; i < n; i++) {
        rc_text_add(&t, i > 0 ? rc_tr_in(m->language, "between items of a list", ", ") : "");
        rc_text_add(&t, rc_clean_text(names[i], m->arena));
    }
    return kept_text(m, &t);
}

const char *rc_subtitle(const rc_maker *m) {
    const rc_result *r = m->result;
    const char *l = m->language;
    rc_text t = {0};
    char n[RC_NUMBER_TEXT];
    const rc_quantity percent = {.unit = RC_UNIT_RATIO};
    if (r->n_scenarios > 0)
        add_item(&t, RC_TEXT(m->arena, l, "scenario {names}", "names",
                             joined(m, r->scenarios, r->n_scenarios)));
    if (r->n_overs > 0)
        add_item(&t,
                 RC_TEXT(m->arena, l, "over it {files}", "files", joined(m, r->overs, r->n_overs)));
    if (r->n_sets > 0)
        add_item(
            &t, RC_TEXT(m->arena, l, "with {settings}", "settings", joined(m, r->sets, r->n_sets)));
    if (r->years > 0)
        add_item(&t, horizon(m));
    if (r->years > 0 && isnan(r->discount_rate))
        add_item(&t, rc_tr(l, "discounted at a varying rate"));
    else if (r->years > 0 && r->discount_rate != 0)
        add_item(
            &t, RC_TEXT(m->arena, l, "discounted at {rate} a year", "rate",
                        rc_number_text(n, &percent, r->discount_rate, (rc_rounding){.digits = 4})));
    if (r->currency != NULL && *r->currency != '\0')
        add_item(&t, RC_TEXT(m->arena, l, "in {currency}", "currency",
                             rc_clean_text(rc_currency_name(r->currency, l), m->arena)));
    add_item(&t, RC_TEXT_N(m->arena, l, "{n} simulated case", "{n} simulated cases", r->trials, "n",
                           rc_count_text(n, r->trials)));
    return kept_text(m, &t);
}

static void add_option(const rc_maker *m, rc_text *t, const char *option, const char *value) {
    rc_text_add(t, option);
    rc_text_add_shell_word(t, rc_clean_text(value, m->arena));
}

void rc_add_footer(const rc_maker *m, rc_document *d) {
    const rc_result *r = m->result;
    const char **lines = RC_NEW(m->arena, const char *, 2);
    rc_text t = {0};
    rc_text_add(&t, "roicast run ");
    const char *file = r->file == NULL || strcmp(r->file, "<stdin>") == 0 ? "-" : r->file;
    rc_text_add_shell_word(&t, rc_clean_text(file, m->arena));
    for (size_t i = 0; i < r->n_overs; i++)
        add_option(m, &t, " --over ", r->overs[i]);
    for (size_t i = 0; i < r->n_scenarios; i++)
        add_option(m, &t, " --scenario ", r->scenarios[i]);
    for (size_t i = 0; i < r->n_sets; i++)
        add_option(m, &t, " --set ", r->sets[i]);
    if (r->allow_outside)
        rc_text_add(&t, " --allow-outside");
    rc_text_addf(&t, " --trials %llu --seed %llu --sampler %s", (unsigned long long)r->trials,
                 (unsigned long long)r->seed, r->sampler);
    lines[0] = RC_TEXT(m->arena, m->language, "Redo: {command}", "command", kept_text(m, &t));
    lines[1] = RC_TEXT(m->arena, m->language, "roicast {version} · model sha256 {hash}", "version",
                       ROICAST_VERSION, "hash", rc_files_hash(r, 16, m->arena));
    d->footer = lines;
    d->n_footer = 2;
}
