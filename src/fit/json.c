/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A fit as JSON; docs/fit.md documents every key. Numbers have 17 significant digits and read back
 * exactly, what has no value is null. */
#include "fit/work.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static json_t *number(double x) {
    return isfinite(x) ? json_real(x) : json_null();
}

static json_t *count(size_t n) {
    return json_integer((json_int_t)n);
}

/* Bytes that are not UTF-8 (file names may hold them) become U+FFFD. */
static json_t *string(const char *s) {
    rc_text clean = {0};
    rc_text_add(&clean, "");
    for (size_t n = strlen(s), step; n > 0; s += step, n -= step)
        if (rc_utf8_decode(s, n, &step) < 0)
            rc_text_add(&clean, "\uFFFD");
        else
            rc_text_add_n(&clean, s, step);
    json_t *json = json_string(clean.bytes);
    rc_text_free(&clean);
    return json;
}

static json_t *data(const rc_fit *f, const rc_fit_show *show) {
    json_t *o = json_object();
    const rc_dist_data *d = &f->data;
    json_object_set_new(o, "source", string(show->source));
    json_object_set_new(o, "kind", json_string(f->counts ? "counts" : "continuous"));
    json_object_set_new(o, "n", count(d->n));
    json_object_set_new(o, "different", count(d->n_values));
    json_object_set_new(o, "min", number(d->x[0]));
    json_object_set_new(o, "max", number(d->x[d->n - 1]));
    json_object_set_new(o, "mean", number(d->mean));
    json_object_set_new(o, "sd", number(d->sd * sqrt((double)d->n / ((double)d->n - 1))));
    json_object_set_new(o, "low", number(d->lower));
    json_object_set_new(o, "high", number(d->upper));
    return o;
}

static json_t *parameters(const rc_fit_row *r) {
    json_t *all = json_object();
    for (size_t i = 0; i < r->n_parameters; i++) {
        json_t *o = json_object();
        json_object_set_new(o, "value", number(r->parameters[i].value));
        json_object_set_new(o, "low", number(r->parameters[i].low));
        json_object_set_new(o, "high", number(r->parameters[i].high));
        json_object_set_new(all, r->parameters[i].name, o);
    }
    return all;
}

static json_t *distance(double statistic, double p) {
    json_t *o = json_object();
    json_object_set_new(o, "statistic", number(statistic));
    json_object_set_new(o, "p", number(p));
    return o;
}

static json_t *family(const rc_fit_row *r) {
    json_t *o = json_object();
    const char *method = r->type->fit->method;
    json_object_set_new(o, "name", json_string(r->name));
    json_object_set_new(o, "value", json_string(r->call));
    json_object_set_new(o, "method", json_string(method != NULL ? method : "maximum likelihood"));
    json_object_set_new(o, "parameters", parameters(r));
    json_object_set_new(o, "log_likelihood", number(r->log_likelihood));
    json_object_set_new(o, "aic", number(r->aic));
    json_object_set_new(o, "bic", number(r->bic));
    json_object_set_new(o, "ks", distance(r->ks, r->ks_p));
    json_object_set_new(o, "ad", distance(r->ad, r->ad_p));
    json_object_set_new(o, "failed_replicates", count(r->failed));
    json_object_set_new(o, "rough", json_boolean(r->rough));
    return o;
}

static json_t *quantiles(const rc_fit *f, const rc_fit_row *r) {
    enum { POINTS = 99 };
    json_t *all = json_array();
    for (int i = 1; i <= POINTS; i++) {
        double u = i / 100.0;
        json_t *o = json_object();
        json_object_set_new(o, "p", number(u));
        json_object_set_new(o, "data", number(f->data.x[(size_t)(u * (double)f->data.n)]));
        json_object_set_new(o, "fitted", number(rc_dist_quantile(r->dist, rc_tail_of(u))));
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
    json_object_set_new(bootstrap, "replicates", count(f->replicates));
    json_object_set_new(bootstrap, "values", count(f->replicate_n));
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
    char *text = json_dumps(o, JSON_INDENT(2) | JSON_REAL_PRECISION(17));
    json_decref(o);
    if (text == NULL)
        return rc_fail(err, RC_MEMORY, "not enough memory for the JSON text");
    rc_text_add(out, text);
    rc_text_add(out, "\n");
    free(text);
    return RC_OK;
}
