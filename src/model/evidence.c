/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Evidence: what was observed, and the formula that says what the model would have measured. Read
 * and checked like an output; a run never looks at it. */
#include "model/check.h"

#include <math.h>
#include <string.h>

static const char example[] = "- {measure: \"at(adoption, 0.5)\", observed: 0.4, sd: 0.05}";

/* ---- Reading ---- */

static void read_one(rc_check *c, size_t number, rc_evidence *evidence, const rc_yaml *y) {
    rc_node *node = &c->nodes[c->n_nodes++];
    node->entry = RC_NEW(c->arena, rc_entry, 1);
    node->entry->name = rc_arena_printf(c->arena, "evidence %zu", number);
    node->entry->section = RC_OUTPUTS; /* so that it may name the always-there ones */
    node->entry->mark = evidence->mark = y->mark;
    node->body = y;
    node->confidence = c->top.confidence;
    node->overconfidence = c->top.overconfidence;
    c->node = node;
    if (y->kind != RC_YAML_MAP) {
        rc_check_error(c, y->mark, example, "an item of `evidence` must be a mapping");
        return;
    }
    c->object = evidence;
    rc_node *outer = c->node;
    c->node = NULL; /* these keys belong to no entry */
    size_t errors = c->diags->n_errors;
    rc_check_keys(c, NULL, y, &rc_evidence_keys, NULL);
    c->node = outer;
    node->bad = c->diags->n_errors > errors;
    const rc_yaml *measure = rc_yaml_get(y, "measure");
    if (measure == NULL && node->bad)
        return;
    if (measure == NULL) {
        rc_check_error(c, y->mark, example, "this item of `evidence` has no `measure`");
        return;
    }
    rc_check_field(c, node, "measure", measure, &evidence->measure, RC_PART_MAIN, false);
    evidence->text = measure->text;
}

void rc_evidence_read(rc_check *c, const rc_yaml *list) {
    rc_node *outer = c->node;
    if (list->kind != RC_YAML_LIST) {
        rc_check_error(c, list->mark, example, "`evidence` must be a list");
        return;
    }
    c->evidence = RC_NEW(c->arena, rc_evidence, list->n);
    c->evidence_items = RC_NEW(c->arena, const rc_yaml *, list->n);
    c->n_evidence = list->n;
    c->first_evidence = c->n_nodes;
    for (size_t i = 0; i < list->n; i++) {
        c->evidence_items[i] = list->items[i];
        read_one(c, i + 1, &c->evidence[i], list->items[i]);
    }
    c->node = outer;
}

/* ---- What belongs together ---- */

static bool both_or_none(rc_check *c, const rc_yaml *y, const char *one, const char *two) {
    const rc_yaml *a = rc_yaml_get(y, one), *b = rc_yaml_get(y, two);
    if ((a == NULL) == (b == NULL))
        return true;
    rc_check_error(c, a != NULL ? a->mark : b->mark, NULL, "`%s` needs `%s` beside it",
                   a != NULL ? one : two, a != NULL ? two : one);
    return false;
}

static bool is_whole(double x) {
    return x == floor(x) && x < 1e15;
}

static void check_counts(rc_check *c, const rc_evidence *e, const rc_yaml *y) {
    double p;
    if (!(e->of >= 1 && is_whole(e->of)))
        rc_check_error(c, rc_yaml_get(y, "of")->mark, NULL,
                       "`of` is %.10g; it must be a whole number from 1", e->of);
    else if (!(e->successes >= 0 && e->successes <= e->of && is_whole(e->successes)))
        rc_check_error(c, rc_yaml_get(y, "successes")->mark, NULL,
                       "`successes` is %.10g; it must be a whole number from 0 to %.10g",
                       e->successes, e->of);
    if (rc_is_constant(e->measure, &p) && !(p >= 0 && p <= 1))
        rc_check_error(c, rc_yaml_get(y, "measure")->mark, NULL,
                       "`measure` is %g; the probability of a success lies between 0 and 1", p);
}

static void check_numbers(rc_check *c, rc_evidence *e, const rc_yaml *y) {
    bool measured = rc_yaml_get(y, "observed") != NULL || rc_yaml_get(y, "sd") != NULL;
    bool counted = rc_yaml_get(y, "successes") != NULL || rc_yaml_get(y, "of") != NULL;
    e->counts = counted;
    if (measured && counted)
        rc_check_error(
            c, y->mark, "keep one of the two",
            "`observed` with `sd`, and `successes` with `of`, are two kinds of evidence");
    else if (!measured && !counted)
        rc_check_error(
            c, y->mark, example,
            "this item of `evidence` has neither `observed` and `sd` nor `successes` and "
            "`of`");
    else if (!both_or_none(c, y, "observed", "sd") || !both_or_none(c, y, "successes", "of"))
        return;
    else if (counted)
        check_counts(c, e, y);
    else if (!(e->sd > 0))
        rc_check_error(c, rc_yaml_get(y, "sd")->mark, NULL, "`sd` is %g; it must be above 0",
                       e->sd);
}

void rc_evidence_finish(rc_check *c) {
    for (size_t i = 0; i < c->n_evidence; i++) {
        rc_node *node = &c->nodes[c->first_evidence + i];
        c->node = node;
        if (!node->bad)
            check_numbers(c, &c->evidence[i], c->evidence_items[i]);
        const rc_field *field = node->fields;
        if (!node->bad && field->n_draws > 0)
            rc_check_error(c, field->draws[0]->mark, "the error of a measurement goes into `sd`",
                           "`measure` cannot draw: it compares what the model has drawn");
    }
    c->node = NULL;
}
