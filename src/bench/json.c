/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The measurements as JSON; docs/performance.md documents the keys. */
#include "bench/bench.h"

#include <jansson.h>
#include <math.h>

static json_t *number(double x) {
    return isfinite(x) ? json_real(x) : json_null();
}

/** null for bytes that are not UTF-8, which file names may hold. */
static json_t *string(const char *s) {
    json_t *json = json_string(s);
    return json != NULL ? json : json_null();
}

static json_t *time_object(const rc_bench_time *t) {
    json_t *o = json_object();
    json_object_set_new(o, "median", number(t->median));
    json_object_set_new(o, "low", number(t->low));
    json_object_set_new(o, "high", number(t->high));
    return o;
}

static json_t *case_object(const rc_bench *b, const rc_bench_group *g, const rc_bench_case *c) {
    json_t *o = json_object();
    double ns = rc_bench_ns(c);
    json_object_set_new(o, "threads", json_integer(c->threads));
    json_object_set_new(o, "sampler", string(c->sampler));
    json_object_set_new(o, "isa", string(c->isa));
    json_object_set_new(o, "trials", json_integer((json_int_t)c->trials));
    json_object_set_new(o, "simulate_seconds", time_object(&c->simulate));
    json_object_set_new(o, "seconds", time_object(&c->whole));
    json_object_set_new(o, "trials_per_second", number(1e9 / ns));
    json_object_set_new(o, "ns_per_trial", number(ns));
    json_object_set_new(o, "ns_per_operation", number(ns / (double)b->operations));
    if (g->speedup) {
        json_object_set_new(o, "speedup", number(c->speedup));
        json_object_set_new(o, "efficiency", number(c->speedup / c->threads));
        json_object_set_new(o, "whole_speedup", number(c->whole_speedup));
    }
    return o;
}

static json_t *machine_object(const rc_bench *b, const rc_bench_machine *m) {
    json_t *o = json_object();
    json_object_set_new(o, "processor", string(m->processor));
    json_object_set_new(o, "processors", json_integer(m->processors));
    json_object_set_new(o, "isa", string(b->isa));
    json_object_set_new(o, "threads", json_integer(b->threads));
    json_object_set_new(o, "binding", string(m->binding));
    return o;
}

static int append(const char *bytes, size_t n, void *out) {
    rc_text_add_n(out, bytes, n);
    return 0;
}

static rc_status write(const rc_bench *b, const rc_bench_machine *m, rc_text *out, rc_error *err) {
    json_t *root = json_object(), *model = json_object();
    json_object_set_new(root, "roicast", string(ROICAST_VERSION));
    json_object_set_new(model, "file", string(b->file));
    json_object_set_new(model, "title", string(b->title));
    json_object_set_new(model, "outputs", string(b->outputs));
    json_object_set_new(model, "inputs", json_integer((json_int_t)b->n_inputs));
    json_object_set_new(model, "operations", json_integer((json_int_t)b->operations));
    json_object_set_new(root, "model", model);
    json_object_set_new(root, "machine", machine_object(b, m));
    json_object_set_new(root, "rounds", json_integer(b->rounds));
    for (size_t g = 0; g < RC_BENCH_GROUPS; g++) {
        json_t *cases = json_array();
        for (size_t i = 0; i < b->groups[g].n_cases; i++)
            json_array_append_new(cases, case_object(b, &b->groups[g], b->groups[g].cases[i]));
        json_object_set_new(root, b->groups[g].key, cases);
    }
    int failed = json_dump_callback(root, append, out, JSON_INDENT(1) | JSON_REAL_PRECISION(6));
    json_decref(root);
    if (failed != 0)
        return rc_fail(err, RC_MEMORY, "not enough memory to write JSON");
    rc_text_add(out, "\n");
    return RC_OK;
}

const rc_bench_format rc_bench_json = {.name = "json", .ending = "json", .write = write};
