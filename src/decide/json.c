/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A comparison as JSON: docs/json.md, "roicast compare". */
#include "decide/page.h"

#include "core/json.h"

#include <math.h>
#include <string.h>

static json_t *estimate(rc_estimate e) {
    json_t *o = json_object();
    json_object_set_new(o, "value", rc_json_number(e.value));
    json_object_set_new(o, "low", rc_json_number(e.low));
    json_object_set_new(o, "high", rc_json_number(e.high));
    return o;
}

static json_t *rows(const rc_output *output) {
    json_t *o = json_object();
    for (size_t i = 0; i < output->n_rows; i++) {
        const rc_row *row = &output->rows[i];
        json_t *at = row->sub != NULL ? json_object_get(o, row->key) : NULL;
        if (row->sub != NULL && at == NULL) {
            at = json_object();
            json_object_set_new(o, row->key, at);
        }
        json_object_set_new(row->sub != NULL ? at : o, row->sub != NULL ? row->sub : row->key,
                            estimate(row->estimate));
    }
    return o;
}

static json_t *alternative(const rc_alternative *a) {
    json_t *o = json_object();
    json_object_set_new(o, "name", rc_json_text(a->name));
    json_object_set_new(o, "file", a->nothing ? json_null() : rc_json_text(a->result->file));
    json_object_set_new(o, "sha256", a->nothing ? json_null() : rc_json_text(a->result->sha256));
    json_object_set_new(o, "measure", rows(a->measure));
    json_object_set_new(o, "best", estimate(a->best));
    json_object_set_new(o, "regret", estimate(a->regret));
    return o;
}

static json_t *dominance(const rc_dominance *d) {
    json_t *o = json_object();
    json_object_set_new(o, "first_order", json_boolean(d->first));
    json_object_set_new(o, "second_order", json_boolean(d->second));
    json_object_set_new(o, "first_order_violated", rc_json_number(d->first_share));
    json_object_set_new(o, "second_order_violated", rc_json_number(d->second_share));
    json_object_set_new(o, "violated_from", rc_json_number(d->first_from));
    json_object_set_new(o, "violated_to", rc_json_number(d->first_to));
    json_object_set_new(o, "violated_area", rc_json_number(d->area));
    return o;
}

static json_t *histogram(const rc_histogram *h) {
    json_t *o = json_object(), *counts = json_array();
    for (size_t i = 0; i < h->n_bins; i++)
        json_array_append_new(counts, rc_json_count(h->counts[i]));
    json_object_set_new(o, "first", rc_json_number(h->first));
    json_object_set_new(o, "width", rc_json_number(h->width));
    json_object_set_new(o, "counts", counts);
    json_object_set_new(o, "below", rc_json_count(h->below));
    json_object_set_new(o, "above", rc_json_count(h->above));
    return o;
}

static json_t *pair(const rc_comparison *c, const rc_pair *p) {
    static const char *const keys[] = {"5", "50", "95"};
    json_t *o = json_object(), *percentiles = json_object();
    json_object_set_new(o, "of", rc_json_text(c->alternatives[p->b].name));
    json_object_set_new(o, "against", rc_json_text(c->alternatives[p->a].name));
    json_object_set_new(o, "difference", estimate(p->difference));
    json_object_set_new(o, "better", estimate(p->better));
    for (int i = 0; i < 3; i++)
        json_object_set_new(percentiles, keys[i], estimate(p->percentile[i]));
    json_object_set_new(o, "percentiles", percentiles);
    json_object_set_new(o, "variance_cut", rc_json_number(p->variance_cut));
    json_object_set_new(o, "dominates", dominance(&p->b_over_a));
    json_object_set_new(o, "dominated_by", dominance(&p->a_over_b));
    json_object_set_new(o, "histogram", histogram(&p->histogram));
    return o;
}

/* Entries, or groups, which are ranked among themselves */
static json_t *factors(const rc_comparison *c, bool groups) {
    json_t *o = json_object();
    const rc_drivers *s = c->factors;
    for (size_t m = 0; s != NULL && m < s->n_rankings; m++) {
        const rc_ranking *r = &s->rankings[m];
        json_t *method = json_object();
        for (size_t i = groups ? r->n_entries : 0; i < (groups ? r->n_rows : r->n_entries); i++) {
            const rc_ranked *row = &r->rows[i];
            json_t *e = estimate(row->score[0]);
            json_object_set_new(e, "rank", rc_json_count(row->rank));
            json_object_set_new(e, "rank_probability", rc_json_number(row->probability));
            json_object_set_new(e, "chance", json_boolean(row->chance));
            json_object_set_new(method, row->bar->name, e);
        }
        json_object_set_new(o, r->method->name, method);
    }
    return o;
}

rc_status rc_comparison_json(const rc_comparison *c, const rc_report_style *style, rc_text *out,
                             rc_error *err) {
    (void)style;
    const rc_result *r = c->alternatives[0].result;
    json_t *o = json_object(), *list = json_array(), *pairs = json_array(), *beats = json_array();
    json_object_set_new(o, "roicast", rc_json_text(ROICAST_VERSION));
    json_object_set_new(o, "measure", rc_json_text(c->alternatives[0].measure->name));
    json_object_set_new(o, "better", rc_json_text(c->higher_is_better ? "higher" : "lower"));
    json_object_set_new(o, "currency",
                        *r->currency != '\0' ? rc_json_text(r->currency) : json_null());
    json_object_set_new(o, "trials", rc_json_count(r->trials));
    json_object_set_new(o, "seed", rc_json_count(r->seed));
    json_object_set_new(o, "sampler", rc_json_text(r->sampler));
    for (size_t i = 0; i < c->n; i++) {
        json_array_append_new(list, alternative(&c->alternatives[i]));
        json_t *row = json_array();
        for (size_t k = 0; k < c->n; k++)
            json_array_append_new(row, i == k ? json_null() : estimate(c->beats[i * c->n + k]));
        json_array_append_new(beats, row);
    }
    for (size_t i = 0; i + 1 < c->n; i++)
        json_array_append_new(pairs, pair(c, &c->pairs[i]));
    json_object_set_new(o, "alternatives", list);
    json_object_set_new(o, "pairs", pairs);
    json_object_set_new(o, "beats", beats);
    json_object_set_new(o, "leader", rc_json_text(c->alternatives[c->leader].name));
    json_object_set_new(o, "second", rc_json_text(c->alternatives[c->second].name));
    json_object_set_new(o, "rivals", pair(c, c->rivals));
    json_object_set_new(o, "knowing", estimate(c->knowing));
    json_object_set_new(o, "factors", factors(c, false));
    json_object_set_new(o, "groups", factors(c, true));
    return rc_json_write(o, 17, out, err);
}
