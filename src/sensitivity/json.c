/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rankings as JSON; docs/json.md documents every key. */
#include "sensitivity/sensitivity.h"

#include "core/json.h"
#include "report/drivers.h"

static json_t *run(const rc_result *r) {
    json_t *o = json_object();
    json_object_set_new(o, "trials", rc_json_count(r->trials));
    json_object_set_new(o, "replicates", rc_json_count(r->replicates));
    json_object_set_new(o, "sampler", rc_json_text(r->sampler));
    json_object_set_new(o, "seed", rc_json_count(r->seed));
    return o;
}

static json_t *estimate(rc_estimate e) {
    json_t *o = json_object();
    json_object_set_new(o, "value", rc_json_number(e.value));
    json_object_set_new(o, "low", rc_json_number(e.low));
    json_object_set_new(o, "high", rc_json_number(e.high));
    return o;
}

static json_t *stressed(const rc_sensitivity *s) {
    static const char *const keys[] = {"5", "50", "95"};
    json_t *all = json_object();
    for (size_t i = 0; i < s->n_stressed; i++) {
        const rc_stressed *x = &s->stressed[i];
        json_t *o = json_object(), *percentiles = json_object();
        json_object_set_new(o, "mean", estimate(x->mean));
        for (int k = 0; k < 3; k++)
            json_object_set_new(percentiles, keys[k], estimate(x->percentile[k]));
        json_object_set_new(o, "percentiles", percentiles);
        json_object_set_new(o, "below_zero", estimate(x->below_zero));
        json_object_set_new(o, "undefined", rc_json_number(x->undefined));
        json_object_set_new(all, x->output->name, o);
    }
    return all;
}

rc_status rc_sensitivity_json(const rc_sensitivity *s, const rc_report_style *style, rc_text *out,
                              rc_error *err) {
    (void)style;
    const rc_result *result = s->study->result;
    json_t *root = json_object(), *model = json_object();
    json_object_set_new(model, "title", rc_json_text(rc_label_text(&result->title, "en", "")));
    json_object_set_new(model, "file", rc_json_text(result->file));
    json_object_set_new(model, "sha256", rc_json_text(result->sha256));
    json_object_set_new(root, "roicast", json_string(ROICAST_VERSION));
    json_object_set_new(root, "model", model);
    json_object_set_new(root, "run", run(result));
    rc_drivers_json(root, s->drivers);
    if (s->study->given != NULL)
        json_object_set_new(root, "outputs_given", stressed(s));
    return rc_json_write(root, 17, out, err);
}
