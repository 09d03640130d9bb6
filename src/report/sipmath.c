/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A SIPmath 3.0 library (probabilitymanagement.org): inputs that other tools can draw themselves as
 * Metalog_1_0 or Lookup_Table over HDR 2.0, with their Gaussian copula; everything else as
 * SIP_Array, the trials themselves. The two belong together trial by trial, because such a run
 * draws by HDR 2.0 itself (rc_format_type.sampler); under another sampler all are arrays. */
#include "report/format.h"

#include "core/json.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { DENSITY = 25 }; /* bars of the picture in metadata, as other libraries have it */

typedef struct library {
    const rc_result *r;
    bool generates; /* the run drew by HDR 2.0 */
    json_t *rngs, *sips;
} library;

static const char *name_of(const rc_output *o, char *room, size_t size) {
    snprintf(room, size, "%s%s", rc_label_text(&o->label, "en", o->name),
             o->kind == RC_OUTPUT_LEFT_OUT ? " (not counted)" : "");
    return room;
}

/* ---- Random numbers ---- */

static void add_rng(library *l, const char *name, const uint32_t ids[4]) {
    json_array_append_new(l->rngs,
                          json_pack("{s:s, s:s, s:{s:s, s:I, s:I, s:I, s:I}}", "name", name,
                                    "function", "HDR_2_0", "arguments", "counter", "PM_Index",
                                    "entity", (json_int_t)ids[0], "varId", (json_int_t)ids[1],
                                    "seed3", (json_int_t)ids[2], "seed4", (json_int_t)ids[3]));
}

/* ---- Sips ---- */

static json_t *metalog(const rc_origin *o) {
    json_t *arguments = json_object(), *a = json_array();
    if (isfinite(o->lower))
        json_object_set_new(arguments, "lowerBound", json_real(o->lower));
    if (isfinite(o->upper))
        json_object_set_new(arguments, "upperBound", json_real(o->upper));
    for (size_t i = 0; i < o->n; i++)
        json_array_append_new(a, json_real(o->a[i]));
    json_object_set_new(arguments, "aCoefficients", a);
    return arguments;
}

/* Sums of weights carry rounding in their last digits: 15 of them are what was meant. */
static double tidy(double x) {
    char text[32];
    double y;
    snprintf(text, sizeof text, "%.15g", x);
    return sscanf(text, "%lf", &y) == 1 ? y : x;
}

static json_t *lookup(const rc_origin *o) {
    json_t *rows = json_array();
    for (size_t i = 0; i < o->n; i++)
        json_array_append_new(rows, json_pack("[f, f]", tidy(o->below[i]), o->values[i]));
    return json_pack("{s:o}", "value", rows);
}

static json_t *array(const rc_result *r, const rc_output *o) {
    json_t *values = json_array();
    for (uint64_t i = 0; i < r->trials; i++) {
        double x = rc_output_sample(r, o, i);
        json_array_append_new(values, isfinite(x) ? json_real(x) : json_null());
    }
    return json_pack("{s:s, s:o}", "type", "array", "value", values);
}

/* Smallest, mean and largest value, and shares of 25 equal bins between them */
static json_t *metadata(const rc_result *r, const rc_output *o) {
    double low = INFINITY, high = -INFINITY, sum = 0;
    uint64_t counts[DENSITY] = {0}, n = 0;
    for (uint64_t i = 0; i < r->trials; i++) {
        double x = rc_output_sample(r, o, i);
        if (!isfinite(x))
            continue;
        low = x < low ? x : low;
        high = x > high ? x : high;
        sum += x;
        n++;
    }
    for (uint64_t i = 0; i < r->trials; i++) {
        double x = rc_output_sample(r, o, i);
        double at = (x - low) / (high - low) * DENSITY;
        if (isfinite(x))
            counts[at < DENSITY ? (int)at : DENSITY - 1]++;
    }
    if (n == 0)
        return json_object();
    json_t *density = json_array();
    for (int i = 0; i < DENSITY; i++)
        json_array_append_new(density, json_real((double)counts[i] / (double)n));
    return json_pack("{s:f, s:f, s:f, s:o}", "min", low, "mean", sum / (double)n, "max", high,
                     "density", density);
}

static void add_sip(library *l, const rc_output *o, json_t *ref) {
    const rc_origin *origin = ref != NULL ? o->origin : NULL;
    char name[256];
    json_t *sip = json_object();
    json_object_set_new(sip, "name", json_string(name_of(o, name, sizeof name)));
    if (origin == NULL)
        ref = json_pack("{s:s, s:s}", "source", "rng", "name", "trial");
    json_object_set_new(sip, "ref", ref);
    json_object_set_new(sip, "function",
                        json_string(origin == NULL      ? "SIP_Array"
                                    : origin->a != NULL ? "Metalog_1_0"
                                                        : "Lookup_Table"));
    json_object_set_new(sip, "arguments",
                        origin == NULL      ? array(l->r, o)
                        : origin->a != NULL ? metalog(origin)
                                            : lookup(origin));
    json_object_set_new(sip, "metadata", metadata(l->r, o));
    json_array_append_new(l->sips, sip);
}

/* ---- Copulas ---- */

static const rc_output *input_of(const rc_result *r, const char *name) {
    for (size_t i = 0; i < r->n_outputs; i++)
        if (r->outputs[i].kind == RC_OUTPUT_INPUT && strcmp(r->outputs[i].name, name) == 0)
            return &r->outputs[i];
    return NULL;
}

static json_t *matrix_of(const rc_dependence *d) {
    json_t *names = json_array(), *cells = json_array();
    for (size_t i = 0; i < d->n; i++) {
        json_array_append_new(names, json_string(d->names[i]));
        for (size_t j = 0; j <= i; j++)
            json_array_append_new(cells,
                                  json_pack("{s:s, s:s, s:f}", "row", d->names[i], "col",
                                            d->names[j], "value", tidy(d->latent[i * d->n + j])));
    }
    return json_pack("{s:O, s:o, s:o}", "columns", names, "rows", names, "matrix", cells);
}

/* All members, in their order: also one that is handed on as trials moves those after it. */
static void add_copula(library *l, const rc_dependence *d, size_t number, json_t *copulas,
                       json_t *variables) {
    char copula[32], matrix[48], rng[300];
    snprintf(copula, sizeof copula, "Gaussian%zu", number);
    snprintf(matrix, sizeof matrix, "correlationMatrix%zu", number);
    json_t *rngs = json_array(), *layers = json_array();
    for (size_t i = 0; i < d->n; i++) {
        snprintf(rng, sizeof rng, "hdr %.250s", d->names[i]);
        add_rng(l, rng, d->hdr[i]);
        json_array_append_new(rngs, json_string(rng));
        json_array_append_new(layers, json_string(d->names[i]));
        const rc_output *o = input_of(l->r, d->names[i]);
        if (o != NULL && o->origin != NULL)
            add_sip(l, o,
                    json_pack("{s:s, s:s, s:s}", "source", "copula", "name", copula, "copulaLayer",
                              d->names[i]));
    }
    json_array_append_new(variables,
                          json_pack("{s:s, s:o}", "name", matrix, "value", matrix_of(d)));
    json_array_append_new(copulas, json_pack("{s:s, s:s, s:{s:{s:s, s:s}, s:o}, s:o}", "name",
                                             copula, "function", "GaussianCopula", "arguments",
                                             "correlationMatrix", "type", "globalVariables",
                                             "value", matrix, "rng", rngs, "copulaLayer", layers));
}

static bool in_copula(const rc_result *r, const char *name) {
    for (size_t g = 0; g < r->n_dependence; g++)
        for (size_t i = 0; i < r->dependence[g].n; i++)
            if (strcmp(r->dependence[g].names[i], name) == 0)
                return true;
    return false;
}

/* ---- The file ---- */

static json_t *build(library *l) {
    const rc_result *r = l->r;
    json_t *copulas = json_array(), *variables = json_array();
    char rng[300];
    json_array_append_new(l->rngs, json_pack("{s:s, s:s, s:{s:s}}", "name", "trial", "function",
                                             "Index", "arguments", "counter", "PM_Index"));
    for (size_t g = 0; l->generates && g < r->n_dependence; g++)
        add_copula(l, &r->dependence[g], g + 1, copulas, variables);
    for (size_t i = 0; i < r->n_outputs; i++) {
        const rc_output *o = &r->outputs[i];
        bool drawn = l->generates && o->origin != NULL;
        if (drawn && in_copula(r, o->name))
            continue;
        snprintf(rng, sizeof rng, "hdr %.250s", o->name);
        if (drawn)
            add_rng(l, rng, o->origin->hdr);
        add_sip(l, o, drawn ? json_pack("{s:s, s:s}", "source", "rng", "name", rng) : NULL);
    }
    char provenance[160];
    snprintf(provenance, sizeof provenance, "roicast %s, model sha256 %.64s", ROICAST_VERSION,
             r->sha256 != NULL ? r->sha256 : "");
    return json_pack("{s:s, s:s, s:s, s:s, s:s, s:o, s:{s:o, s:o}, s:o}", "name",
                     rc_label_text(&r->title, "en", "model"), "objectType", "sipModel",
                     "libraryType", "SIPmath_3_0", "version", "1", "provenance", provenance,
                     "globalVariables", variables, "U01", "rng", l->rngs, "copula", copulas, "sips",
                     l->sips);
}

static rc_status write_sipmath(const rc_result *r, const rc_report_style *style, rc_text *out,
                               rc_error *err) {
    (void)style;
    library l = {r, strcmp(r->sampler, "hdr") == 0, json_array(), json_array()};
    json_t *root = build(&l);
    return rc_json_write(root, 17, out, err);
}

const rc_format_type rc_format_sipmath = {
    .name = "sipmath",
    .ending = "SIPmath",
    .summary = RC_TR("SIPmath 3.0 library: inputs as metalogs over HDR 2.0, all else as trials"),
    .trials = true,
    .sampler = "hdr",
    .write = write_sipmath,
};
