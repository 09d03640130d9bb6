/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The measurements as JSON; docs/performance.md documents the keys. */
#include "bench/bench.h"

#include "core/json.h"

#include <math.h>

static json_t *time_object(const rc_bench_time *t) {
    json_t *o = json_object();
    json_object_set_new(o, "median", rc_json_number(t->median));
    json_object_set_new(o, "low", rc_json_number(t->low));
    json_object_set_new(o, "high", rc_json_number(t->high));
    return o;
}

static json_t *case_object(const rc_bench *b, const rc_bench_group *g, const rc_bench_case *c) {
    json_t *o = json_object();
    double ns = rc_bench_ns(c);
    json_object_set_new(o, "threads", json_integer(c->threads));
    json_object_set_new(o, "sampler", rc_json_text(c->sampler));
    json_object_set_new(o, "isa", rc_json_text(c->isa));
    json_object_set_new(o, "trials", json_integer((json_int_t)c->trials));
    json_object_set_new(o, "simulate_seconds", time_object(&c->simulate));
    json_object_set_new(o, "seconds", time_object(&c->whole));
    json_object_set_new(o, "trials_per_second", rc_json_number(1e9 / ns));
    json_object_set_new(o, "ns_per_trial", rc_json_number(ns));
    json_object_set_new(o, "ns_per_operation", rc_json_number(ns / (double)b->operations));
    if (g->speedup) {
        json_object_set_new(o, "speedup", rc_json_number(c->speedup));
        json_object_set_new(o, "efficiency", rc_json_number(c->speedup / c->threads));
        json_object_set_new(o, "whole_speedup", rc_json_number(c->whole_speedup));
    }
    return o;
}

static json_t *machine_object(const rc_bench *b, const rc_bench_machine *m) {
    json_t *o = json_object();
    json_object_set_new(o, "processor", rc_json_text(m->processor));
    json_object_set_new(o, "processors", json_integer(m->processors));
    json_object_set_new(o, "isa", rc_json_text(b->isa));
    json_object_set_new(o, "threads", json_integer(b->threads));
    json_object_set_new(o, "binding", rc_json_text(m->binding));
    return o;
}

static rc_status write(const rc_bench *b, const rc_bench_machine *m, rc_text *out, rc_error *err) {
    json_t *root = json_object(), *model = json_object();
    json_object_set_new(root, "roicast", rc_json_text(ROICAST_VERSION));
    json_object_set_new(model, "file", rc_json_text(b->file));
    json_object_set_new(model, "title", rc_json_text(b->title));
    json_object_set_new(model, "outputs", rc_json_text(b->outputs));
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
    return rc_json_write(root, 6, out, err);
}

const rc_bench_format rc_bench_json = {.name = "json", .ending = "json", .write = write};
