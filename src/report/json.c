/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The result as JSON; docs/json.md documents every key. Keys come in a fixed order, numbers have 17
 * significant digits and read back exactly, what has no value is null. All that may differ between
 * machines stands in the last key, "machine". */
#include "report/drivers.h"
#include "report/format.h"

#include "core/json.h"
#include "report/cases_json.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static json_t *estimate(const rc_estimate *e) {
    json_t *o = json_object();
    json_object_set_new(o, "value", rc_json_number(e->value));
    json_object_set_new(o, "low", rc_json_number(e->low));
    json_object_set_new(o, "high", rc_json_number(e->high));
    return o;
}

static json_t *histogram(const rc_histogram *h) {
    if (h->n_bins == 0)
        return json_null();
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

static const char *unit_name(rc_unit unit) {
    static const char *const names[] = {[RC_UNIT_NUMBER] = "number",
                                        [RC_UNIT_RATIO] = "ratio",
                                        [RC_UNIT_MONEY] = "money",
                                        [RC_UNIT_YEARS] = "years"};
    return names[unit];
}

static json_t *output(const rc_output *out) {
    json_t *o = json_object();
    rc_json_label(o, "label", &out->label);
    json_object_set_new(o, "unit", json_string(unit_name(out->unit)));
    if (out->unit_text != NULL)
        json_object_set_new(o, "unit_text", rc_json_text(out->unit_text));
    if (out->group != NULL) {
        json_object_set_new(o, "group", rc_json_text(out->group));
        if (out->group_label.text != NULL)
            rc_json_label(o, "group_label", &out->group_label);
    }
    if (out->kind == RC_OUTPUT_LINE || out->kind == RC_OUTPUT_LEFT_OUT)
        json_object_set_new(o, "side", json_string(out->is_cost ? "costs" : "benefits"));
    json_object_set_new(o, "better", json_string(out->higher_is_better ? "higher" : "lower"));
    json_object_set_new(o, "hurdle", rc_json_number(out->hurdle));
    for (size_t i = 0; i < out->n_rows; i++) {
        const rc_row *row = &out->rows[i];
        json_t *into = o;
        if (row->sub != NULL) {
            into = json_object_get(o, row->key);
            if (into == NULL) {
                into = json_object();
                json_object_set_new(o, row->key, into);
            }
        }
        json_object_set_new(into, row->sub != NULL ? row->sub : row->key, estimate(&row->estimate));
        if (strcmp(row->key, "below_zero") == 0 && isnan(out->hurdle)) /* the key is always there */
            json_object_set_new(o, "at_least_hurdle", json_null());
    }
    json_object_set_new(o, "undefined", rc_json_number(out->undefined));
    json_object_set_new(o, "infinite", rc_json_number(out->infinite));
    json_object_set_new(o, "histogram", histogram(&out->histogram));
    return o;
}

static json_t *outputs(const rc_result *r, rc_output_kind first, rc_output_kind second) {
    json_t *o = json_object();
    for (size_t i = 0; i < r->n_outputs; i++)
        if (r->outputs[i].kind == first || r->outputs[i].kind == second)
            json_object_set_new(o, r->outputs[i].name, output(&r->outputs[i]));
    return o;
}

static json_t *cell(const rc_cash_cell *c) {
    json_t *o = json_object(), *percentiles = json_object();
    json_object_set_new(o, "mean", rc_json_number(c->mean));
    for (int i = 0; i < RC_CASH_PERCENTILES; i++) {
        char key[16];
        snprintf(key, sizeof key, "%d", rc_cash_percentiles[i]);
        json_object_set_new(percentiles, key, rc_json_number(c->percentile[i]));
    }
    json_object_set_new(o, "percentiles", percentiles);
    return o;
}

static json_t *cash_row(const rc_cash_row *row) {
    json_t *o = json_object();
    json_object_set_new(o, "t", rc_json_number(row->t));
    json_object_set_new(o, "benefits", cell(&row->benefits));
    json_object_set_new(o, "costs", cell(&row->costs));
    json_object_set_new(o, "net", cell(&row->net));
    json_object_set_new(o, "cumulative", cell(&row->cumulative));
    return o;
}

static json_t *cash(const rc_cash_row *list, size_t n) {
    if (n == 0)
        return json_null();
    json_t *rows = json_array();
    for (size_t k = 0; k < n; k++)
        json_array_append_new(rows, cash_row(&list[k]));
    return rows;
}

/* Of a line by years: now, each year, the total, the present value. */
static json_t *line_cells(const rc_result *r, const rc_cash_line *line, int percentile) {
    json_t *list = json_array();
    for (size_t k = 0; k < r->n_cash_years + 2; k++) {
        const rc_cash_cell *c = rc_cash_line_cell(r, line, k);
        const double x = percentile < 0 ? c->mean : c->percentile[percentile];
        json_array_append_new(list, rc_json_number(x));
    }
    return list;
}

static json_t *cash_lines(const rc_result *r) {
    if (r->n_cash_lines == 0)
        return json_null();
    json_t *lines = json_object();
    for (size_t i = 0; i < r->n_cash_lines; i++) {
        const rc_cash_line *line = &r->cash_lines[i];
        json_t *o = json_object(), *percentiles = json_object();
        for (int p = 0; p < RC_CASH_PERCENTILES; p++) {
            char key[16];
            snprintf(key, sizeof key, "%d", rc_cash_percentiles[p]);
            if (strcmp(key, "5") == 0 || strcmp(key, "50") == 0 || strcmp(key, "95") == 0)
                json_object_set_new(percentiles, key, line_cells(r, line, p));
        }
        json_object_set_new(o, "side", json_string(line->is_cost ? "costs" : "benefits"));
        json_object_set_new(o, "mean", line_cells(r, line, -1));
        json_object_set_new(o, "percentiles", percentiles);
        json_object_set_new(lines, line->name, o);
    }
    return lines;
}

static json_t *files(const rc_result *r) {
    json_t *list = json_array();
    for (size_t i = 0; i < r->n_files; i++) {
        json_t *o = json_object();
        json_object_set_new(o, "file", rc_json_text(r->files[i].name));
        json_object_set_new(o, "sha256", rc_json_text(r->files[i].sha256));
        json_array_append_new(list, o);
    }
    return list;
}

static json_t *texts(const char *const *list, size_t n) {
    json_t *o = json_array();
    for (size_t i = 0; i < n; i++)
        json_array_append_new(o, rc_json_text(list[i]));
    return o;
}

static json_t *model(const rc_result *r) {
    json_t *o = json_object();
    rc_json_label(o, "title", &r->title);
    json_object_set_new(o, "file", rc_json_text(r->file));
    json_object_set_new(o, "sha256", rc_json_text(r->sha256));
    json_object_set_new(o, "files", files(r));
    json_object_set_new(o, "over", texts(r->overs, r->n_overs));
    json_object_set_new(o, "scenarios", texts(r->scenarios, r->n_scenarios));
    json_object_set_new(o, "set", texts(r->sets, r->n_sets));
    json_object_set_new(o, "currency",
                        r->currency != NULL && *r->currency ? rc_json_text(r->currency)
                                                            : json_null());
    json_object_set_new(o, "years", rc_json_number(r->years));
    json_object_set_new(o, "periods", rc_json_count(r->n_periods));
    json_object_set_new(o, "periods_per_year", rc_json_count(r->per_year));
    json_object_set_new(o, "discounting", rc_json_text(r->discounting));
    json_object_set_new(o, "discount_rate", rc_json_number(r->discount_rate));
    json_object_set_new(o, "hurdle", rc_json_number(r->hurdle));
    json_object_set_new(o, "hurdle_on",
                        isfinite(r->hurdle) ? json_string(r->hurdle_is_irr ? "irr" : "roi")
                                            : json_null());
    return o;
}

static json_t *assumption(const rc_assumption *a) {
    json_t *o = json_object(), *written = json_object(), *sketch = json_null();
    for (size_t i = 0; i < a->n_written; i++)
        json_object_set_new(written, a->written[i].key, rc_json_text(a->written[i].text));
    if (a->sketch != NULL)
        sketch = json_array();
    for (size_t i = 0; a->sketch != NULL && i < RC_SKETCH; i++)
        json_array_append_new(sketch, rc_json_number(a->sketch[i]));
    json_object_set_new(o, "name", rc_json_text(a->name));
    json_object_set_new(o, "section", json_string(rc_assumed_name[a->section]));
    rc_json_label(o, "label", &a->label);
    json_object_set_new(o, "unit_text", rc_json_text(a->unit_text));
    json_object_set_new(o, "source", rc_json_text(a->source));
    json_object_set_new(o, "owner", rc_json_text(a->owner));
    json_object_set_new(o, "note", rc_json_text(a->note));
    json_object_set_new(o, "group", rc_json_text(a->group));
    json_object_set_new(o, "written", written);
    json_object_set_new(o, "drawn", json_boolean(a->drawn));
    json_object_set_new(o, "each", json_boolean(a->each));
    json_object_set_new(o, "value", rc_json_number(a->value));
    json_object_set_new(o, "sketch", sketch);
    return o;
}

static json_t *assumptions(const rc_result *r) {
    json_t *list = json_array();
    for (size_t i = 0; i < r->n_assumptions; i++)
        json_array_append_new(list, assumption(&r->assumptions[i]));
    return list;
}

static json_t *worst(const char *output, const rc_row *row) {
    if (output == NULL)
        return json_null();
    rc_text key = {0};
    rc_text_addf(&key, row->sub != NULL ? "%s/%s" : "%s", row->key, row->sub);
    json_t *o = json_object();
    json_object_set_new(o, "output", rc_json_text(output));
    json_object_set_new(o, "key", rc_json_text(key.bytes));
    rc_text_free(&key);
    return o;
}

static json_t *growth(const rc_growth *g) {
    json_t *o = json_object();
    json_object_set_new(o, "measure", json_string(g->amount > 0 ? "amount" : "range"));
    json_object_set_new(o, "asked",
                        rc_json_number(g->amount > 0  ? g->amount
                                       : g->share > 0 ? g->share
                                                      : NAN));
    json_object_set_new(o, "reached", rc_json_number(g->reached));
    json_object_set_new(o, "least", worst(g->output, g->row));
    json_object_set_new(o, "probability_asked",
                        rc_json_number(g->probability > 0 ? g->probability : NAN));
    json_object_set_new(o, "probability_reached", rc_json_number(g->reached_probability));
    json_object_set_new(o, "probability_least", worst(g->output_probability, g->row_probability));
    json_object_set_new(o, "outputs", rc_json_count(g->n_outputs));
    json_object_set_new(o, "ended", rc_json_text(g->ended));
    json_object_set_new(o, "rounds", rc_json_count(g->rounds));
    json_object_set_new(o, "rounds_possible", rc_json_count(g->rounds_possible));
    json_object_set_new(o, "most_trials", rc_json_count(g->most));
    json_object_set_new(o, "round_confidence", rc_json_number(1 - g->alpha));
    json_object_set_new(o, "time_limit", rc_json_number(g->seconds > 0 ? g->seconds : NAN));
    return o;
}

static json_t *run(const rc_result *r) {
    json_t *o = json_object();
    json_object_set_new(o, "trials", rc_json_count(r->trials));
    json_object_set_new(o, "trials_asked", rc_json_count(r->trials_asked));
    json_object_set_new(o, "replicates", rc_json_count(r->replicates));
    json_object_set_new(o, "sampler", rc_json_text(r->sampler));
    json_object_set_new(o, "seed", rc_json_count(r->seed));
    json_object_set_new(o, "intervals",
                        json_string(r->replicated ? "replicates" : "independent trials"));
    json_object_set_new(o, "inputs", rc_json_count(r->n_inputs));
    json_object_set_new(o, "target", rc_json_text(r->target));
    if (r->growth != NULL)
        json_object_set_new(o, "precision", growth(r->growth));
    return o;
}

static json_t *drivers(const rc_result *r) {
    if (r->drivers == NULL)
        return json_null();
    json_t *o = json_object();
    rc_drivers_json(o, r->drivers);
    return o;
}

static json_t *machine(const rc_result *r) {
    json_t *o = json_object();
    json_object_set_new(o, "threads", rc_json_count((uint64_t)r->threads));
    json_object_set_new(o, "isa", rc_json_text(r->isa));
    json_object_set_new(o, "seconds", rc_json_number(r->seconds));
    json_object_set_new(o, "simulate_seconds", rc_json_number(r->simulate_seconds));
    return o;
}

/* By name, in the order of trials, as CSV has them. */
static json_t *samples(const rc_result *r) {
    json_t *all = json_object();
    for (size_t k = 0; k < r->n_outputs; k++) {
        if (r->outputs[k].samples == NULL || r->outputs[k].kind == RC_OUTPUT_DRAWN)
            continue;
        json_t *list = json_array();
        for (uint64_t i = 0; i < r->trials; i++)
            json_array_append_new(list, rc_json_number(rc_output_sample(r, &r->outputs[k], i)));
        json_object_set_new(all, r->outputs[k].name, list);
    }
    return all;
}

static rc_status write_json(const rc_result *r, const rc_report_style *style, rc_text *out,
                            rc_error *err) {
    json_t *notes = json_array();
    for (size_t i = 0; i < r->n_notes; i++)
        json_array_append_new(notes, rc_json_text(r->notes[i]));
    json_t *root = json_object();
    json_object_set_new(root, "roicast", json_string(ROICAST_VERSION));
    json_object_set_new(root, "model", model(r));
    json_object_set_new(root, "assumptions", assumptions(r));
    json_object_set_new(root, "run", run(r));
    json_object_set_new(root, "outputs", outputs(r, RC_OUTPUT_METRIC, RC_OUTPUT_USER));
    json_object_set_new(root, "lines", outputs(r, RC_OUTPUT_LINE, RC_OUTPUT_LINE));
    json_object_set_new(root, "risks", outputs(r, RC_OUTPUT_RISK, RC_OUTPUT_RISK));
    json_object_set_new(root, "not_counted", outputs(r, RC_OUTPUT_LEFT_OUT, RC_OUTPUT_LEFT_OUT));
    json_object_set_new(root, "inputs", outputs(r, RC_OUTPUT_INPUT, RC_OUTPUT_INPUT));
    json_object_set_new(root, "cash", cash(r->cash, r->n_cash));
    json_object_set_new(root, "cash_years", cash(r->cash_years, r->n_cash_years));
    json_object_set_new(root, "cash_total",
                        r->cash_total != NULL ? cash_row(r->cash_total) : json_null());
    json_object_set_new(root, "cash_lines", cash_lines(r));
    json_object_set_new(root, "drivers", drivers(r));
    json_object_set_new(root, "cases", rc_cases_json(r->cases));
    if (style != NULL && style->samples)
        json_object_set_new(root, "samples", samples(r));
    json_object_set_new(root, "notes", notes);
    json_object_set_new(root, "machine", machine(r));
    return rc_json_write(root, 17, out, err);
}

const rc_format_type rc_format_json = {
    .name = "json",
    .ending = "json",
    .summary = RC_TR("everything as numbers that read back exactly (docs/json.md)"),
    .whole = true,
    .write = write_json,
};
