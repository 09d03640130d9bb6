/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cases as JSON; docs/json.md documents every key. */
#include "report/cases_json.h"

#include "core/json.h"

static json_t *values(const rc_case_values *v, size_t n) {
    json_t *o = json_object(), *at = json_array();
    for (size_t i = 0; i < n; i++)
        json_array_append_new(at, json_integer(v->at[i]));
    json_object_set_new(o, "low", rc_json_number(v->low));
    json_object_set_new(o, "step", rc_json_number(v->step));
    json_object_set_new(o, "steps", at);
    return o;
}

static json_t *split(const rc_split *s) {
    if (s == NULL)
        return json_null();
    json_t *o = json_object(), *names = json_array(), *borders = json_array();
    json_t *counts = json_array();
    for (int b = 0; b < 2; b++) {
        json_t *list = json_array();
        for (unsigned k = 0; k + 1 < s->states[b] && s->states[b] == RC_CASE_STATES; k++)
            json_array_append_new(list, rc_json_number(s->borders[b][k]));
        json_array_append_new(names, rc_json_text(s->of[b].name));
        json_array_append_new(borders, list);
    }
    for (unsigned c = 0; c < s->states[0] * s->states[1]; c++) {
        json_t *list = json_array();
        for (size_t i = 0; i < s->n_bins; i++)
            json_array_append_new(list, json_integer(s->counts[c * s->n_bins + i]));
        json_array_append_new(counts, list);
    }
    json_object_set_new(o, "inputs", names);
    json_object_set_new(o, "borders", borders);
    json_object_set_new(o, "first", rc_json_number(s->first));
    json_object_set_new(o, "width", rc_json_number(s->width));
    json_object_set_new(o, "counts", counts);
    return o;
}

static json_t *settling(const rc_settling *s) {
    json_t *o = json_object();
    json_object_set_new(o, "cases", rc_json_count(s->cases));
    json_object_set_new(o, "mean", rc_json_number(s->mean));
    json_object_set_new(o, "p5", rc_json_number(s->p5));
    json_object_set_new(o, "p50", rc_json_number(s->p50));
    json_object_set_new(o, "p95", rc_json_number(s->p95));
    return o;
}

json_t *rc_cases_json(const rc_cases *c) {
    if (c == NULL)
        return json_null();
    json_t *o = json_object(), *inputs = json_object(), *list = json_array();
    for (size_t i = 0; i < c->n_inputs; i++)
        json_object_set_new(inputs, c->inputs[i].of.name, values(&c->inputs[i], c->n_shown));
    for (size_t i = 0; i < c->n_settling; i++)
        json_array_append_new(list, settling(&c->settling[i]));
    json_object_set_new(o, "cases", rc_json_count(c->n));
    json_object_set_new(o, "shown", rc_json_count(c->n_shown));
    json_object_set_new(o, "target", values(c->target, c->n_shown));
    json_object_set_new(o, "inputs", inputs);
    json_object_set_new(o, "split", split(c->split));
    json_object_set_new(o, "settling", list);
    return o;
}
