/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Libraries of SIPmath 3.0 (probabilitymanagement.org): random numbers of HDR 2.0, a Gaussian
 * copula over them, and sips: Metalog_1_0, Lookup_Table, SIP_Array. Under --sampler hdr an imported
 * model gives the library's own trials.
 *
 * A copula multiplies by a lower Cholesky factor in the order of its layers, and so does the engine
 * in the order of entries: the layers' sips are written first and in that order. A layer that no
 * sip uses still moves those after it, so it becomes an input of its own. */
#include "interop/importer.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

typedef struct library {
    rc_import *im;
    const rc_source *source;
    json_t *root, *rngs, *copulas, *sips;
    const char **first_user; /* [rngs] name of the input that took it, or NULL */
    const char **columns;    /* arrays of numbers for the CSV file */
    json_t **arrays;
    size_t n_columns;
    size_t written;
} library;

static const char *text_of(const json_t *object, const char *key) {
    const char *text = json_string_value(json_object_get(object, key));
    return text != NULL ? text : "";
}

static const char *item(const json_t *list, size_t i) {
    const char *text = json_string_value(json_array_get(list, i));
    return text != NULL ? text : "";
}

static json_t *named(json_t *list, const char *name) {
    for (size_t i = 0; i < json_array_size(list); i++)
        if (strcmp(text_of(json_array_get(list, i), "name"), name) == 0)
            return json_array_get(list, i);
    return NULL;
}

static rc_mark whole(const library *l) {
    return (rc_mark){.source = l->source};
}

/* What is not taken over is said, in the file too. */
static bool left_out(library *l, const char *kind, const char *name, const char *why) {
    rc_diag_warning(l->im->diags, NULL, whole(l), NULL, "%s `%.80s` is left out: %s", kind, name,
                    why);
    return false;
}

/* ---- Random numbers ---- */

/* [entity, variable, seed3, seed4]; false when an id is no plain number. */
static bool add_hdr(library *l, const json_t *rng) {
    static const char *const keys[] = {"entity", "varId", "seed3", "seed4"};
    const json_t *arguments = json_object_get(rng, "arguments");
    rc_text *out = &l->im->model;
    if (strcmp(text_of(rng, "function"), "HDR_2_0") != 0)
        return false;
    for (int i = 0; i < 4; i++) {
        const json_t *id = json_object_get(arguments, keys[i]);
        if (id != NULL && !json_is_number(id))
            return false;
    }
    rc_text_add(out, "    hdr: [");
    for (int i = 0; i < 4; i++) {
        const json_t *id = json_object_get(arguments, keys[i]);
        rc_text_add(out, i > 0 ? ", " : "");
        rc_import_number(out, id != NULL ? json_number_value(id) : 0);
    }
    rc_text_add(out, "]\n");
    return true;
}

/* ---- Sips ---- */

static bool add_metalog(rc_text *out, const json_t *arguments) {
    const json_t *a = json_object_get(arguments, "aCoefficients");
    size_t n = json_array_size(a);
    for (size_t i = 0; i < n; i++)
        if (!json_is_number(json_array_get(a, i)))
            return false;
    if (n < 2 || n > 16)
        return false;
    rc_text_add(out, "metalog([");
    for (size_t i = 0; i < n; i++) {
        rc_text_add(out, i > 0 ? ", " : "");
        rc_import_number(out, json_number_value(json_array_get(a, i)));
    }
    rc_text_add(out, "]");
    static const char *const bounds[][2] = {{"lowerBound", "lower"}, {"upperBound", "upper"}};
    for (int i = 0; i < 2; i++)
        if (json_is_number(json_object_get(arguments, bounds[i][0]))) {
            rc_text_addf(out, ", %s=", bounds[i][1]);
            rc_import_number(out, json_number_value(json_object_get(arguments, bounds[i][0])));
        }
    rc_text_add(out, ")");
    return true;
}

/* [[cumulative probability, value], ...] as values with weights */
static bool add_lookup(rc_text *out, const json_t *arguments) {
    const json_t *table = json_object_get(arguments, "value");
    size_t n = json_array_size(table);
    double last = 0;
    for (size_t i = 0; i < n; i++) {
        const json_t *row = json_array_get(table, i);
        double p = json_number_value(json_array_get(row, 0));
        if (json_array_size(row) != 2 || !json_is_number(json_array_get(row, 1)) || !(p >= last))
            return false;
        last = p;
    }
    if (n == 0 || !(last > 0))
        return false;
    for (int part = 0; part < 2; part++) {
        rc_text_add(out, part == 0 ? "discrete([" : "], [");
        double before = 0;
        for (size_t i = 0; i < n; i++) {
            const json_t *row = json_array_get(table, i);
            double p = json_number_value(json_array_get(row, 0));
            rc_text_add(out, i > 0 ? ", " : "");
            rc_import_number(out,
                             part == 0 ? json_number_value(json_array_get(row, 1)) : p - before);
            before = p;
        }
    }
    rc_text_add(out, "])");
    return true;
}

/* Numbers go into a column of the CSV file; columns share their rows. */
static bool add_array(library *l, const char *name, const json_t *arguments) {
    json_t *values = json_object_get(arguments, "value");
    if (strcmp(text_of(arguments, "type"), "array") != 0 || json_array_size(values) == 0)
        return false;
    for (size_t i = 0; i < json_array_size(values); i++)
        if (!json_is_number(json_array_get(values, i)))
            return false;
    l->columns[l->n_columns] = name;
    l->arrays[l->n_columns++] = values;
    rc_text *out = &l->im->model;
    rc_text_add(out, "empirical(file=");
    rc_import_quoted(out, l->im->data_name);
    rc_text_addf(out, ", column=\"%s\", rows=\"trials\")", name);
    return true;
}

/* The random number that a sip takes: its own, or a layer's of a copula. */
static json_t *rng_of(library *l, const json_t *ref, const char **why) {
    const char *name = text_of(ref, "name");
    *why = "its random number is not in the library";
    if (strcmp(text_of(ref, "source"), "copula") != 0)
        return named(l->rngs, name);
    json_t *copula = named(l->copulas, name);
    if (copula == NULL || strcmp(text_of(copula, "function"), "GaussianCopula") != 0) {
        *why = "only a Gaussian copula is taken over";
        return NULL;
    }
    json_t *layers = json_object_get(copula, "copulaLayer");
    json_t *rngs = json_object_get(json_object_get(copula, "arguments"), "rng");
    for (size_t i = 0; i < json_array_size(layers); i++)
        if (strcmp(item(layers, i), text_of(ref, "copulaLayer")) == 0)
            return named(l->rngs, item(rngs, i));
    *why = "its copula has no such layer";
    return NULL;
}

/* Two sips of one random number would move together; inputs of a model do not. */
static void note_user(library *l, const json_t *rng, const char *name) {
    for (size_t i = 0; i < json_array_size(l->rngs); i++) {
        if (json_array_get(l->rngs, i) != rng)
            continue;
        if (l->first_user[i] != NULL)
            rc_diag_warning(l->im->diags, NULL, whole(l), NULL,
                            "`%s` and `%s` share the random number `%s`: they move together only "
                            "under --sampler hdr",
                            l->first_user[i], name, text_of(rng, "name"));
        else
            l->first_user[i] = name;
    }
}

static bool add_value(library *l, const json_t *sip, const char *name) {
    const char *function = text_of(sip, "function");
    const json_t *arguments = json_object_get(sip, "arguments");
    rc_text *out = &l->im->model;
    if (strcmp(function, "Metalog_1_0") == 0)
        return add_metalog(out, arguments);
    if (strcmp(function, "Lookup_Table") == 0)
        return add_lookup(out, arguments);
    return strcmp(function, "SIP_Array") == 0 && add_array(l, name, arguments);
}

/* NULL when the sip is left out. */
static const char *add_sip(library *l, const json_t *sip) {
    const char *written = text_of(sip, "name"), *why;
    if (json_object_get(sip, "environment") != NULL) /* the same again in a spreadsheet's words */
        return NULL;
    const json_t *rng = rng_of(l, json_object_get(sip, "ref"), &why);
    bool array = strcmp(text_of(sip, "function"), "SIP_Array") == 0;
    if (rng == NULL) {
        left_out(l, "the sip", written, why);
        return NULL;
    }
    rc_text *out = &l->im->model;
    size_t start = out->length;
    const char *name = rc_import_name(l->im, written);
    rc_text_addf(out, "  %s:\n    value: ", name);
    size_t value = out->length;
    bool good = add_value(l, sip, name);
    const char *refused = good && !array ? rc_import_refused(l->im, out->bytes + value) : NULL;
    rc_text_add(out, "\n");
    if (!good)
        why = rc_arena_printf(l->im->diags->arena,
                              "its function %.40s with these arguments is not "
                              "supported",
                              text_of(sip, "function"));
    else if (!array && !add_hdr(l, rng)) {
        good = false;
        why = "its random number has parameters, or is no HDR_2_0";
    }
    if (good && refused != NULL) {
        good = false;
        why = refused;
    }
    if (!good) {
        out->bytes[out->length = start] = '\0';
        l->im->n_names--;
        left_out(l, "the sip", written, why);
        return NULL;
    }
    if (strcmp(name, written) != 0)
        rc_import_line(out, 4, "label", written);
    if (!array)
        note_user(l, rng, name);
    l->written++;
    return name;
}

/* ---- Copulas ---- */

static bool uses(const json_t *sip, const char *copula, const char *layer) {
    const json_t *ref = json_object_get(sip, "ref");
    return json_object_get(sip, "environment") == NULL &&
           strcmp(text_of(ref, "source"), "copula") == 0 &&
           strcmp(text_of(ref, "name"), copula) == 0 &&
           strcmp(text_of(ref, "copulaLayer"), layer) == 0;
}

static const char *add_layer(library *l, const char *copula, const char *layer, const json_t *rng) {
    for (size_t i = 0; i < json_array_size(l->sips); i++) {
        const json_t *sip = json_array_get(l->sips, i);
        const char *name = uses(sip, copula, layer) ? add_sip(l, sip) : NULL;
        if (name != NULL)
            return name;
    }
    const char *name = rc_import_name(l->im, layer);
    rc_text_addf(&l->im->model, "  %s:\n    value: uniform(0, 1)\n", name);
    rc_import_line(&l->im->model, 4, "note",
                   "layer of a copula that no sip uses; it moves those after it");
    add_hdr(l, rng);
    return name;
}

static double correlation(const json_t *matrix, const char *a, const char *b) {
    const json_t *cells = json_object_get(matrix, "matrix");
    for (size_t i = 0; i < json_array_size(cells); i++) {
        const json_t *c = json_array_get(cells, i);
        const char *row = text_of(c, "row"), *column = text_of(c, "col");
        if ((strcmp(row, a) == 0 && strcmp(column, b) == 0) ||
            (strcmp(row, b) == 0 && strcmp(column, a) == 0))
            return json_number_value(json_object_get(c, "value"));
    }
    return 0;
}

static void add_pairs(const json_t *matrix, const char *const *names, size_t n, rc_text *pairs) {
    const json_t *rows = json_object_get(matrix, "rows");
    if (json_array_size(rows) != n)
        rows = json_object_get(matrix, "columns");
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < i; j++) {
            double r = correlation(matrix, item(rows, i), item(rows, j));
            if (r == 0)
                continue;
            rc_text_addf(pairs, "  - [%s, %s, ", names[j], names[i]);
            rc_import_number(pairs, rc_import_rank_correlation(r));
            rc_text_add(pairs, "]\n");
        }
}

static bool add_copula(library *l, const json_t *copula, rc_text *pairs) {
    const char *name = text_of(copula, "name");
    const json_t *arguments = json_object_get(copula, "arguments");
    const json_t *layers = json_object_get(copula, "copulaLayer");
    const json_t *rngs = json_object_get(arguments, "rng");
    const json_t *ref = json_object_get(arguments, "correlationMatrix");
    json_t *variable = named(json_object_get(l->root, "globalVariables"), text_of(ref, "value"));
    size_t n = json_array_size(layers);
    if (strcmp(text_of(copula, "function"), "GaussianCopula") != 0)
        return left_out(l, "the copula", name, "only Gaussian ones are taken over");
    if (variable == NULL || n == 0 || json_array_size(rngs) != n)
        return left_out(l, "the copula", name, "its matrix or its random numbers are missing");
    const char **names = RC_NEW(l->im->diags->arena, const char *, n);
    for (size_t i = 0; i < n; i++) {
        const json_t *rng = named(l->rngs, item(rngs, i));
        if (rng == NULL)
            return left_out(l, "the copula", name, "a random number of it is not in the library");
        names[i] = add_layer(l, name, item(layers, i), rng);
    }
    add_pairs(json_object_get(variable, "value"), names, n, pairs);
    return true;
}

/* ---- The file ---- */

static bool recognises(const rc_source *source) {
    return source->bytes[strspn(source->bytes, " \t\r\n\xEF\xBB\xBF")] == '{' &&
           strstr(source->bytes, "\"sips\"") != NULL;
}

/* Columns may differ in length: as many rows as the shortest has. */
static void write_data(library *l) {
    size_t rows = SIZE_MAX;
    rc_text *out = &l->im->data;
    for (size_t c = 0; c < l->n_columns; c++) {
        rc_text_addf(out, "%s%s", c > 0 ? "," : "", l->columns[c]);
        size_t n = json_array_size(l->arrays[c]);
        if (rows != SIZE_MAX && n != rows)
            rc_diag_warning(
                l->im->diags, NULL, whole(l), NULL,
                "the array of `%s` has %zu values, not %zu: the shorter number is taken",
                l->columns[c], n, rows);
        rows = n < rows ? n : rows;
    }
    for (size_t i = 0; i < rows && l->n_columns > 0; i++)
        for (size_t c = 0; c < l->n_columns; c++) {
            rc_text_add(out, c > 0 ? "," : "\n");
            rc_import_number(out, json_number_value(json_array_get(l->arrays[c], i)));
        }
    if (l->n_columns > 0)
        rc_text_add(out, "\n");
}

static void write_model(library *l) {
    rc_text *out = &l->im->model, pairs = {0};
    rc_text_add(out, "roicast: 1\n");
    rc_import_line(out, 0, "title", text_of(l->root, "name"));
    rc_import_line(out, 0, "description", text_of(l->root, "provenance"));
    rc_text_add(out, "inputs:\n");
    for (size_t i = 0; i < json_array_size(l->copulas); i++)
        add_copula(l, json_array_get(l->copulas, i), &pairs);
    for (size_t i = 0; i < json_array_size(l->sips); i++) {
        const json_t *sip = json_array_get(l->sips, i);
        const char *why;
        const json_t *ref = json_object_get(sip, "ref");
        bool by_copula = strcmp(text_of(ref, "source"), "copula") == 0;
        if (!by_copula || rng_of(l, ref, &why) == NULL) /* the others stand above */
            add_sip(l, sip);
    }
    if (pairs.length > 0)
        rc_text_addf(out, "correlations: # rank correlations, from those of normals\n%s",
                     pairs.bytes);
    rc_text_free(&pairs);
    write_data(l);
}

static bool read_library(rc_import *im, const rc_source *source) {
    json_error_t error;
    library l = {.im = im, .source = source};
    l.root = json_loadb(source->bytes, source->length, 0, &error);
    if (l.root == NULL) {
        uint32_t column = error.column > 0 ? (uint32_t)error.column : 1;
        rc_mark mark = {source, (uint32_t)error.line, column, 1};
        rc_diag_error(im->diags, mark, NULL, "this is no JSON: %s", error.text);
        return false;
    }
    l.rngs = json_object_get(json_object_get(l.root, "U01"), "rng");
    l.copulas = json_object_get(json_object_get(l.root, "U01"), "copula");
    l.sips = json_object_get(l.root, "sips");
    size_t n = json_array_size(l.sips);
    l.first_user = RC_NEW(im->diags->arena, const char *, json_array_size(l.rngs));
    l.columns = RC_NEW(im->diags->arena, const char *, n);
    l.arrays = RC_NEW(im->diags->arena, json_t *, n);
    write_model(&l);
    if (l.written == 0)
        rc_diag_error(im->diags, whole(&l), NULL, "the library has no sip that can be taken over");
    json_decref(l.root);
    return l.written > 0;
}

const rc_importer_type rc_importer_sipmath = {
    .name = "sipmath",
    .summary = "SIPmath 3.0 library (JSON): metalogs, tables and arrays, Gaussian copula",
    .recognises = recognises,
    .read = read_library,
};
