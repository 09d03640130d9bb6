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

rc_status rc_sensitivity_json(const rc_sensitivity *s, bool color, rc_text *out, rc_error *err) {
    (void)color;
    const rc_result *result = s->study->result;
    json_t *root = json_object(), *model = json_object();
    json_object_set_new(model, "title", rc_json_text(rc_label_text(&result->title, "en", "")));
    json_object_set_new(model, "file", rc_json_text(result->file));
    json_object_set_new(model, "sha256", rc_json_text(result->sha256));
    json_object_set_new(root, "roicast", json_string(ROICAST_VERSION));
    json_object_set_new(root, "model", model);
    json_object_set_new(root, "run", run(result));
    rc_drivers_json(root, s->drivers);
    return rc_json_write(root, 17, out, err);
}
