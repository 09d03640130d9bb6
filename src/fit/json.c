/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A fit as JSON; docs/fit.md documents every key. Numbers have 17 significant digits and read back
 * exactly, what has no value is null. */
#include "fit/work.h"

#include "core/json.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static json_t *data(const rc_fit *f, const rc_fit_show *show) {
    json_t *o = json_object();
    const rc_dist_data *d = &f->data;
    json_object_set_new(o, "source", rc_json_text(show->source));
    json_object_set_new(o, "kind", json_string(f->counts ? "counts" : "continuous"));
    json_object_set_new(o, "n", rc_json_count(d->n));
    json_object_set_new(o, "different", rc_json_count(d->n_values));
    json_object_set_new(o, "min", rc_json_number(d->x[0]));
    json_object_set_new(o, "max", rc_json_number(d->x[d->n - 1]));
    json_object_set_new(o, "mean", rc_json_number(d->mean));
    json_object_set_new(o, "sd", rc_json_number(d->sd * sqrt((double)d->n / ((double)d->n - 1))));
    json_object_set_new(o, "low", rc_json_number(d->lower));
    json_object_set_new(o, "high", rc_json_number(d->upper));
    return o;
}

static json_t *parameters(const rc_fit_row *r) {
    json_t *all = json_object();
    for (size_t i = 0; i < r->n_parameters; i++) {
        json_t *o = json_object();
        json_object_set_new(o, "value", rc_json_number(r->parameters[i].value));
        json_object_set_new(o, "low", rc_json_number(r->parameters[i].low));
        json_object_set_new(o, "high", rc_json_number(r->parameters[i].high));
        json_object_set_new(all, r->parameters[i].name, o);
    }
    return all;
}

static json_t *distance(double statistic, double p) {
    json_t *o = json_object();
    json_object_set_new(o, "statistic", rc_json_number(statistic));
    json_object_set_new(o, "p", rc_json_number(p));
    return o;
}

static json_t *family(const rc_fit_row *r) {
    json_t *o = json_object();
    const char *method = r->type->fit->method;
    json_object_set_new(o, "name", json_string(r->name));
    json_object_set_new(o, "value", json_string(r->call));
    json_object_set_new(o, "method", json_string(method != NULL ? method : "maximum likelihood"));
    json_object_set_new(o, "parameters", parameters(r));
    json_object_set_new(o, "log_likelihood", rc_json_number(r->log_likelihood));
    json_object_set_new(o, "aic", rc_json_number(r->aic));
    json_object_set_new(o, "bic", rc_json_number(r->bic));
    json_object_set_new(o, "ks", distance(r->ks, r->ks_p));
    json_object_set_new(o, "ad", distance(r->ad, r->ad_p));
    json_object_set_new(o, "failed_replicates", rc_json_count(r->failed));
    json_object_set_new(o, "rough", json_boolean(r->rough));
    return o;
}

static json_t *quantiles(const rc_fit *f, const rc_fit_row *r) {
    enum { POINTS = 99 };
    json_t *all = json_array();
    for (int i = 1; i <= POINTS; i++) {
        double u = i / 100.0;
        json_t *o = json_object();
        json_object_set_new(o, "p", rc_json_number(u));
        json_object_set_new(o, "data", rc_json_number(f->data.x[(size_t)(u * (double)f->data.n)]));
        json_object_set_new(o, "fitted", rc_json_number(rc_dist_quantile(r->dist, rc_tail_of(u))));
        json_array_append_new(all, o);
    }
    return all;
}

rc_status rc_fit_json(const rc_fit *f, const rc_fit_show *show, rc_text *out, rc_error *err) {
    static const char *const orders[] = {"aic", "bic", "ks", "ad"};
    const rc_fit_row *shown = rc_fit_find(f, show->family, err);
    if (shown == NULL)
        return RC_USAGE;
    json_t *o = json_object(), *families = json_array(), *refused = json_object();
    json_t *bootstrap = json_object();
    json_object_set_new(o, "data", data(f, show));
    json_object_set_new(bootstrap, "replicates", rc_json_count(f->replicates));
    json_object_set_new(bootstrap, "values", rc_json_count(f->replicate_n));
    json_object_set_new(o, "bootstrap", bootstrap);
    json_object_set_new(o, "by", json_string(orders[f->by]));
    for (size_t i = 0; i < f->n_rows; i++)
        json_array_append_new(families, family(&f->rows[i]));
    json_object_set_new(o, "families", families);
    for (size_t i = 0; i < f->n_refusals; i++)
        json_object_set_new(refused, f->refusals[i].name, json_string(f->refusals[i].reason));
    json_object_set_new(o, "refused", refused);
    json_object_set_new(o, "shown", json_string(shown->name));
    json_object_set_new(o, "quantiles", quantiles(f, shown));
    return rc_json_write(o, 17, out, err);
}
