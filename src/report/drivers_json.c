/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rankings and what they mean as JSON; docs/json.md documents every key. Numbers read back exactly;
 * what has no value is null. */
#include "report/drivers.h"

#include "core/json.h"
#include "core/language.h"

#include <math.h>
#include <string.h>

static json_t *estimate(const rc_estimate *e) {
    json_t *o = json_object();
    json_object_set_new(o, "value", rc_json_number(e->value));
    json_object_set_new(o, "low", rc_json_number(e->low));
    json_object_set_new(o, "high", rc_json_number(e->high));
    return o;
}

static json_t *series(const rc_ranking *r, const rc_ranked *row) {
    json_t *all = json_array();
    for (size_t k = 0; k < r->n_steps; k++) {
        json_t *o = json_object();
        json_object_set_new(o, "percentile", rc_json_number(r->percent[k]));
        json_object_set_new(o, "input", rc_json_number(row->input[k]));
        json_object_set_new(o, "output", rc_json_number(row->output[k]));
        json_array_append_new(all, o);
    }
    return all;
}

static json_t *standing(const rc_estimate *e, const rc_standing *at) {
    json_t *o = estimate(e), *range = json_array();
    json_object_set_new(o, "rank", rc_json_count(at->rank));
    json_array_append_new(range, rc_json_count(at->best));
    json_array_append_new(range, rc_json_count(at->worst));
    json_object_set_new(o, "rank_interval", range);
    json_object_set_new(o, "rank_probability", rc_json_number(at->probability));
    return o;
}

/* Two scores, each with a rank */
static json_t *both(const rc_measure *m, const rc_ranked *r) {
    json_t *o = json_object();
    const rc_standing first = {r->rank, r->best, r->worst, r->probability};
    json_object_set_new(o, m->scores[0], standing(&r->score[0], &first));
    json_object_set_new(o, m->scores[1], standing(&r->score[1], &r->second));
    json_object_set_new(o, "chance", json_boolean(r->chance));
    return o;
}

static json_t *pairs(const rc_ranking *r) {
    json_t *o = json_object();
    for (size_t i = 0; i < r->n_pairs; i++)
        json_object_set_new(o, r->pairs[i].name, estimate(&r->pairs[i].share));
    return o;
}

static json_t *row(const rc_ranking *ranking, const rc_ranked *r) {
    const rc_measure *m = ranking->method;
    if (m->table == RC_TABLE_BOTH)
        return both(m, r);
    json_t *o = estimate(&r->score[0]), *range = json_array();
    for (size_t c = 1; c < m->n_scores; c++)
        json_object_set_new(o, m->scores[c], estimate(&r->score[c]));
    json_object_set_new(o, "rank", rc_json_count(r->rank));
    json_array_append_new(range, rc_json_count(r->best));
    json_array_append_new(range, rc_json_count(r->worst));
    json_object_set_new(o, "rank_interval", range);
    json_object_set_new(o, "rank_probability", rc_json_number(r->probability));
    json_object_set_new(o, "chance", json_boolean(r->chance));
    if (m->table == RC_TABLE_ENDS)
        json_object_set_new(o, "same_side", json_boolean(r->same_side));
    if (ranking->n_steps > 0)
        json_object_set_new(o, "series", series(ranking, r));
    return o;
}

static json_t *rows(const rc_ranking *r, size_t first, size_t end) {
    json_t *o = json_object();
    for (size_t i = first; i < end; i++)
        json_object_set_new(o, r->rows[i].bar->name, row(r, &r->rows[i]));
    return o;
}

static json_t *child(json_t *o, const char *key) {
    json_t *c = json_object_get(o, key);
    if (c == NULL) {
        c = json_object();
        json_object_set_new(o, key, c);
    }
    return c;
}

static json_t *bars(const rc_drivers *d) {
    json_t *all = json_object();
    for (size_t i = 0; i < d->n_bars; i++) {
        const rc_bar *b = &d->bars[i];
        json_t *o = json_object();
        rc_json_label(o, "label", &b->label);
        if (b->label.text == NULL)
            json_object_set_new(o, "label", rc_json_text(b->name));
        json_object_set_new(o, "kind", json_string(rc_bar_kind_name(b->kind)));
        json_object_set_new(o, "draws", rc_json_count(b->n_columns));
        json_object_set_new(o, "group", b->group != NULL ? rc_json_text(b->group) : json_null());
        json_object_set_new(all, b->name, o);
    }
    return all;
}

static json_t *pair(const double *x) {
    json_t *o = json_array();
    json_array_append_new(o, rc_json_number(x[0]));
    json_array_append_new(o, rc_json_number(x[1]));
    return o;
}

static json_t *meaning(const rc_drivers *d) {
    json_t *all = json_object();
    for (size_t i = 0; i < d->n_swings; i++) {
        const rc_swing *w = &d->swings[i];
        json_t *o = json_object();
        json_object_set_new(o, "from", rc_json_number(w->from));
        json_object_set_new(o, "to", rc_json_number(w->to));
        json_object_set_new(o, "below_zero", pair(w->loss));
        json_object_set_new(o, "median", pair(w->median));
        json_object_set_new(o, "worth", rc_json_number(w->tells ? w->worth : NAN));
        json_object_set_new(all, w->bar->name, o);
    }
    return all;
}

static json_t *break_evens(const rc_drivers *d) {
    json_t *all = json_object();
    for (size_t i = 0; i < d->n_break_evens; i++) {
        const rc_break_even *e = &d->break_evens[i];
        json_t *o = json_object();
        json_object_set_new(o, "at", estimate(&e->at));
        json_object_set_new(o, "share_below", estimate(&e->share));
        json_object_set_new(o, "input_median", rc_json_number(e->median));
        json_object_set_new(o, "pays", json_string(e->rising ? "above" : "below"));
        json_object_set_new(o, "whether", json_boolean(e->whether));
        json_object_set_new(all, e->bar->name, o);
    }
    return all;
}

void rc_drivers_json(json_t *into, const rc_drivers *d) {
    json_t *all = json_object(), *groups = json_object(), *bands = json_object();
    json_t *notes = json_array();
    for (size_t i = 0; i < d->n_rankings; i++) {
        const rc_ranking *r = &d->rankings[i];
        json_t *about = child(all, r->about);
        json_object_set_new(about, r->method->name, rows(r, 0, r->n_entries));
        if (r->fact_name != NULL)
            json_object_set_new(about, r->fact_name, estimate(&r->fact));
        if (r->n_pairs > 0)
            json_object_set_new(about, "pairs", pairs(r));
        if (r->n_rows > r->n_entries)
            json_object_set_new(child(groups, r->about), r->method->name,
                                rows(r, r->n_entries, r->n_rows));
        json_object_set_new(bands, r->method->name, rc_json_number(r->null_band));
        for (size_t k = 0; k < r->n_notes; k++) {
            rc_text note = {0};
            rc_fill(&note, r->notes[k].pattern, r->notes[k].pairs, r->notes[k].n);
            json_array_append_new(notes, rc_json_text(note.bytes));
            rc_text_free(&note);
        }
    }
    json_object_set_new(into, "target", rc_json_text(d->target));
    json_object_set_new(into, "given", d->given != NULL ? rc_json_text(d->given) : json_null());
    json_object_set_new(into, "trials", rc_json_count(d->trials));
    json_object_set_new(into, "cases", rc_json_count(d->cases));
    json_object_set_new(into, "bars", bars(d));
    json_object_set_new(into, "sensitivity", all);
    json_object_set_new(into, "groups", groups);
    json_object_set_new(into, "null_bands", bands);
    json_object_set_new(into, "meaning", meaning(d));
    json_object_set_new(into, "break_even", break_evens(d));
    json_object_set_new(into, "undefined", rc_json_number(d->undefined));
    json_object_set_new(into, "notes", notes);
}
