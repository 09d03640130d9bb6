/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a distribution's forms ask for, and one instance of it: figures and a picture. A text is
 * read as the only output of a model, so that it may be anything that may stand there. */
#include "cli/show_distribution.h"

#include "cli/density_picture.h"

#include "core/language.h"
#include "model/model.h"
#include "report/number.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const char *number(char *out, double x) {
    static const rc_quantity plain = {.unit = RC_UNIT_NUMBER};
    return rc_number_text(out, &plain, x, (rc_rounding){.digits = 4});
}

/* ---- Forms ----------------------------------------------------------------------------------- */

/** "pert(min, mode, max, shape=4)" */
static void add_form(rc_text *out, const rc_dist_type *d, const rc_dist_form *form) {
    rc_text_addf(out, "  %s(", d->name);
    for (size_t i = 0; i < form->n_slots; i++) {
        const rc_dist_slot *s = &form->slots[i];
        char text[RC_NUMBER_TEXT];
        rc_text_addf(out, "%s%s", i > 0 ? ", " : "", s->name);
        if (s->optional)
            rc_text_addf(out, "=%s",
                         isfinite(s->fallback) && s->kind == RC_SLOT_NUMBER
                             ? rc_exact_text(text, s->fallback)
                             : "");
    }
    rc_text_add(out, ")\n");
}

void rc_add_distribution(rc_text *out, const rc_dist_type *d, const char *language) {
    bool interval = strcmp(d->name, "interval") == 0;
    rc_text_addf(out, "%-17s %s\n", interval ? "a to b" : d->name, rc_tr(language, d->summary));
    for (size_t k = 0; k < d->n_forms; k++)
        add_form(out, d, &d->forms[k]);
}

/* What the parameters mean; a name that several forms share is told once. */
static void add_parameters(rc_text *out, const rc_dist_type *d, const char *language) {
    enum { MOST = RC_DIST_MAX_SLOTS * RC_DIST_MAX_FORMS };
    const rc_dist_slot *told[MOST];
    size_t n = 0;
    rc_text_add(out, "\n");
    for (size_t f = 0; f < d->n_forms; f++)
        for (size_t i = 0; i < d->forms[f].n_slots; i++) {
            const rc_dist_slot *s = &d->forms[f].slots[i];
            bool known = false;
            for (size_t k = 0; k < n && !known; k++)
                known = strcmp(told[k]->name, s->name) == 0;
            if (known)
                continue;
            told[n++] = s;
            bool percentile = strcmp(s->name, "p*") == 0;
            rc_text_addf(out, "  %-15s %s\n", s->name,
                         rc_tr(language, percentile ? RC_TR("any percentile from p1 to p99: p10=6")
                                                    : s->help));
        }
}

/* ---- One instance ---------------------------------------------------------------------------- */

/** "25", "infinite", "does not exist" */
static const char *moment(char *text, double x, const char *language) {
    if (!isnan(x) && !isinf(x))
        return number(text, x);
    snprintf(text, RC_NUMBER_TEXT, "%s",
             isnan(x) ? rc_tr_in(language, "a moment", "does not exist")
                      : rc_tr_in(language, "a moment", "infinite"));
    return text;
}

/* From p<least> to p<100 - least>; false where that is too wide for a narrow terminal. */
static bool add_percentiles(rc_text *out, const rc_dist *d, int least) {
    static const int percents[] = {1, 5, 10, 25, 50, 75, 90, 95, 99};
    rc_text head = {0}, row = {0};
    for (size_t i = 0; i < sizeof percents / sizeof *percents; i++) {
        char name[8], text[RC_NUMBER_TEXT];
        if (percents[i] < least || percents[i] > 100 - least)
            continue;
        const char *x = number(text, rc_dist_quantile(d, rc_tail_of(percents[i] / 100.0)));
        snprintf(name, sizeof name, "p%d", percents[i]);
        int wide = rc_text_width(x) > 6 ? rc_text_width(x) : 6;
        rc_text_addf(&head, "  %*s", wide, name);
        rc_text_repeat(&row, " ", 2 + wide - rc_text_width(x));
        rc_text_add(&row, x);
    }
    bool fits = rc_text_width(head.bytes) <= 72 || least > 1;
    if (fits)
        rc_text_addf(out, "%s\n%s\n", head.bytes, row.bytes);
    rc_text_free(&head);
    rc_text_free(&row);
    return fits;
}

static void add_figures(rc_text *out, const rc_dist *d, const char *language) {
    char a[RC_NUMBER_TEXT], b[RC_NUMBER_TEXT];
    double mean, sd, low, high;
    rc_dist_moments(d, &mean, &sd);
    rc_dist_support(d, &low, &high);
    rc_text_add(out, "\n  ");
    if (rc_dist_knows_moments(d)) {
        RC_SAY(out, language, "mean {mean}, sd {sd}", "mean", moment(a, mean, language), "sd",
               moment(b, sd, language));
        rc_text_add(out, rc_tr_in(language, "between items of a list", ", "));
    }
    const char *ends = isinf(low) && isinf(high) ? RC_TR("no ends")
                       : isinf(high)             ? RC_TR("from {low} up")
                       : isinf(low)              ? RC_TR("up to {high}")
                                                 : RC_TR("from {low} to {high}");
    RC_SAY(out, language, ends, "low", number(a, low), "high", number(b, high));
    rc_text_add(out, "\n");
    if (!add_percentiles(out, d, 1))
        add_percentiles(out, d, 5);
}

/* The instance that a text stands for; NULL after what is wrong was said. */
static const rc_dist *read_instance(const char *what, rc_arena *arena, rc_error *err) {
    rc_text yaml = {0};
    rc_text_add(&yaml, "roicast: 1\noutputs:\n  it: '");
    for (const char *s = what; *s != '\0'; s++)
        rc_text_addf(&yaml, *s == '\'' ? "''" : "%c", *s);
    rc_text_add(&yaml, "'\n");
    rc_diags *diags = RC_NEW(arena, rc_diags, 1);
    diags->arena = arena;
    const rc_model *model = NULL;
    rc_source *source = rc_source_text("distribution", yaml.bytes, yaml.length, arena);
    rc_status status = rc_model_load(source, arena, diags, &model);
    rc_text_free(&yaml);
    if (status != RC_OK) {
        rc_text text = {0};
        rc_diags_print(diags, false, &text);
        fputs(text.bytes, stderr);
        rc_text_free(&text);
        return NULL;
    }
    const rc_expr *value = model->entries[0]->value;
    if (value->kind != RC_EXPR_DRAW || value->draw->constant == NULL) {
        rc_fail(err, RC_USAGE, "\"%.60s\" is not one distribution with constant parameters", what);
        return NULL;
    }
    return value->draw->constant;
}

static rc_status add_instance(const char *what, const char *language, rc_text *out, rc_error *err) {
    rc_arena *arena = rc_arena_new();
    const rc_dist *d = read_instance(what, arena, err);
    if (d != NULL) {
        rc_text_addf(out, "%s\n\n", what);
        rc_density_picture(d, language, out);
        add_figures(out, d, language);
    }
    rc_arena_free(arena);
    return d != NULL ? RC_OK : err->status != RC_OK ? err->status : RC_INPUT;
}

/* A name, and nothing else? */
static bool is_name(const char *what) {
    return what[strspn(what, "abcdefghijklmnopqrstuvwxyz_")] == '\0';
}

rc_status rc_show_distribution(const char *what, const char *language, rc_text *out,
                               rc_error *err) {
    const rc_dist_type *d = rc_dist_find(strcmp(what, "to") == 0 ? "interval" : what);
    if (d == NULL && !is_name(what))
        return add_instance(what, language, out, err);
    if (d == NULL) {
        const char *near = NULL, *names[100];
        size_t n = rc_dist_count() < 100 ? rc_dist_count() : 100;
        for (size_t i = 0; i < n; i++)
            names[i] = rc_dist_at(i, RC_ISA_sse2)->name;
        near = rc_nearest_name(what, names, n);
        return rc_fail(err, RC_USAGE, "there is no distribution %.60s%s%s%s", what,
                       near != NULL ? "; did you mean " : "", near != NULL ? near : "",
                       near != NULL ? "?" : " (roicast list distributions shows which there are)");
    }
    rc_add_distribution(out, d, language);
    add_parameters(out, d, language);
    if (strcmp(d->name, "empirical") == 0) /* what it looks like is in a file */
        return RC_OK;
    rc_text_addf(out, "\n%s ", rc_tr(language, "For example"));
    return add_instance(d->oracles[0].text, language, out, err);
}
