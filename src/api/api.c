/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The public interface (include/roicast/roicast.h) over the inner ones. */
#include "engine/grow.h"
#include "lint/lint.h"
#include "model/model.h"
#include "report/format.h"

#include <roicast/roicast.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

struct rc_study {
    rc_arena *arena;
    const rc_model *model; /* NULL when it has mistakes */
    rc_diags diags;
    rc_status status;
    const char *diagnostics;
};

const char *rc_version(void) {
    return ROICAST_VERSION;
}

static int report(rc_message *message, const rc_error *err, rc_status status) {
    int code = rc_status_exit_code(status);
    if (message != NULL && status != RC_OK) {
        message->code = code;
        snprintf(message->text, sizeof message->text, "%s",
                 err->message[0] != '\0' ? err->message : rc_status_text(status));
    }
    return code;
}

/* ---- Studies ---- */

static rc_study *study_new(void) {
    rc_arena *arena = rc_arena_new();
    rc_study *study = RC_NEW(arena, rc_study, 1);
    study->arena = arena;
    study->diags.arena = arena;
    study->diagnostics = "";
    return study;
}

static const char *const *copy_texts(rc_arena *arena, const char *const *texts, size_t n) {
    const char **copy = RC_NEW(arena, const char *, n);
    for (size_t i = 0; i < n; i++)
        copy[i] = rc_arena_strdup(arena, texts[i]);
    return copy;
}

static void load(rc_study *study, const rc_source *source, const rc_study_options *options) {
    rc_load_options inner = {0};
    if (options != NULL)
        inner = (rc_load_options){
            .scenarios = copy_texts(study->arena, options->scenarios, options->n_scenarios),
            .n_scenarios = options->n_scenarios,
            .sets = copy_texts(study->arena, options->sets, options->n_sets),
            .n_sets = options->n_sets,
            .allow_outside = options->allow_outside};
    study->status = rc_model_load_with(source, &inner, study->arena, &study->diags, &study->model);
    if (study->status == RC_OK) /* warnings as before a run */
        study->status = rc_lint_model(study->model, false, &study->diags);
    if (study->status != RC_OK)
        study->model = NULL;
    rc_text text = {0};
    rc_diags_print(&study->diags, false, &text);
    if (text.length > 0)
        study->diagnostics = rc_arena_strdup(study->arena, text.bytes);
    rc_text_free(&text);
}

void rc_study_options_default(rc_study_options *options) {
    *options = (rc_study_options){0};
}

rc_study *rc_study_open_with(const char *path, const rc_study_options *options) {
    rc_study *study = study_new();
    rc_source *source = NULL;
    rc_error err = {0};
    study->status = rc_source_read(path, study->arena, &source, &err);
    if (study->status == RC_OK)
        load(study, source, options);
    else
        study->diagnostics = rc_arena_printf(study->arena, "%s\n", err.message);
    return study;
}

rc_study *rc_study_open(const char *path) {
    return rc_study_open_with(path, NULL);
}

rc_study *rc_study_parse_with(const char *name, const char *text, size_t length,
                              const rc_study_options *options) {
    rc_study *study = study_new();
    load(study, rc_source_text(rc_arena_strdup(study->arena, name), text, length, study->arena),
         options);
    return study;
}

rc_study *rc_study_parse(const char *name, const char *text, size_t length) {
    return rc_study_parse_with(name, text, length, NULL);
}

size_t rc_study_scenario_count(const rc_study *study) {
    return study->model != NULL ? study->model->n_scenarios : 0;
}

const char *rc_study_scenario(const rc_study *study, size_t index) {
    return index < rc_study_scenario_count(study) ? study->model->scenarios[index] : NULL;
}

void rc_study_free(rc_study *study) {
    if (study != NULL)
        rc_arena_free(study->arena); /* the study itself lies in its arena */
}

int rc_study_status(const rc_study *study) {
    return rc_status_exit_code(study->status);
}

const char *rc_study_diagnostics(const rc_study *study) {
    return study->diagnostics;
}

size_t rc_study_warnings(const rc_study *study) {
    return study->diags.n_warnings;
}

/* ---- Runs ---- */

void rc_options_default(rc_options *options) {
    *options = (rc_options){.seed = 1};
}

int rc_study_run(const rc_study *study, const rc_options *options, rc_result **result,
                 rc_message *message) {
    rc_error err = {0};
    *result = NULL;
    if (study->model == NULL)
        return report(message, &err,
                      rc_fail(&err, RC_INPUT, "the model has mistakes: see its diagnostics"));
    rc_options defaults;
    if (options == NULL) {
        rc_options_default(&defaults);
        options = &defaults;
    }
    if (options->seed > INT64_MAX)
        return report(message, &err,
                      rc_fail(&err, RC_USAGE, "seed %llu: at most 2^63 - 1",
                              (unsigned long long)options->seed));
    rc_run_options inner;
    rc_run_options_default(&inner);
    inner.trials = options->trials;
    inner.seed = options->seed;
    inner.threads = options->threads;
    inner.sampler = options->sampler;
    inner.outputs = options->n_outputs > 0 ? options->outputs : NULL;
    inner.n_outputs = options->n_outputs;
    inner.cash = inner.cash_lines = options->cash;
    inner.assumptions = true;
    inner.progress = options->progress;
    inner.progress_data = options->progress_data;
    const rc_grow_options grow = {.share = options->precision,
                                  .amount = options->precision_amount,
                                  .seconds = options->time_limit};
    const bool grows = grow.share != 0 || grow.amount != 0 || grow.seconds != 0;
    return report(message, &err,
                  grows ? rc_grow(study->model, &inner, &grow, result, &err)
                        : rc_run(study->model, &inner, result, &err));
}

/* ---- Results ---- */

uint64_t rc_result_trials(const rc_result *result) {
    return result->trials;
}

bool rc_result_precision(const rc_result *result, double *reached, double *probability) {
    const rc_growth *g = result->growth;
    if (reached != NULL)
        *reached = g != NULL ? g->reached : NAN;
    if (probability != NULL)
        *probability = g != NULL ? g->reached_probability : NAN;
    return g != NULL && strcmp(g->ended, "precision") == 0;
}

size_t rc_result_count(const rc_result *result) {
    return result->n_outputs;
}

const char *rc_result_name(const rc_result *result, size_t index) {
    return index < result->n_outputs ? result->outputs[index].name : NULL;
}

static bool give(const rc_estimate *e, double *value, double *low, double *high) {
    if (value != NULL)
        *value = e->value;
    if (low != NULL)
        *low = e->low;
    if (high != NULL)
        *high = e->high;
    return true;
}

bool rc_result_read(const rc_result *result, const char *output, const char *key, double *value,
                    double *low, double *high) {
    const rc_output *o = rc_result_find(result, output);
    if (o == NULL)
        return false;
    if (strcmp(key, "undefined") == 0)
        return give(&(rc_estimate){o->undefined, NAN, NAN}, value, low, high);
    if (strcmp(key, "infinite") == 0)
        return give(&(rc_estimate){o->infinite, NAN, NAN}, value, low, high);
    char first[32];
    const char *slash = strchr(key, '/');
    size_t n = slash != NULL ? (size_t)(slash - key) : strlen(key);
    if (n >= sizeof first)
        return false;
    memcpy(first, key, n);
    first[n] = '\0';
    const rc_row *row = rc_output_row(o, first, slash != NULL ? slash + 1 : NULL);
    return row != NULL && give(&row->estimate, value, low, high);
}

char *rc_result_write(const rc_result *result, const char *format, size_t *length,
                      rc_message *message) {
    rc_error err = {0};
    rc_text text = {0};
    rc_report_style style = {0};
    const rc_format_type *type = rc_format_find(format);
    rc_status status = type != NULL ? type->write(result, &style, &text, &err)
                                    : rc_fail(&err, RC_USAGE, "no format named \"%.60s\"", format);
    if (status != RC_OK) {
        rc_text_free(&text);
        report(message, &err, status);
        return NULL;
    }
    if (length != NULL)
        *length = text.length;
    return text.bytes;
}
