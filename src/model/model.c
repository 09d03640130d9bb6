/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a file to a model: the steps of the checker one after the other, and the model put together
 * from what they leave. */
#include "model/check.h"
#include "model/overlay.h"
#include "model/streams.h"

#include <math.h>
#include <string.h>

/* ---- What only the whole shows ---- */

static void find_flows(rc_check *c) {
    for (size_t i = 0; i < c->n_entries; i++) {
        const rc_node *node = &c->nodes[i];
        bool impact = node->risk != NULL && node->body->kind == RC_YAML_MAP &&
                      rc_yaml_get(node->body, "impact") != NULL;
        c->has_flows = c->has_flows || node->flow != NULL || impact;
    }
}

static void check_rate(rc_check *c, const rc_expr *e, const char *name) {
    double x;
    if (!rc_is_constant(e, &x))
        return;
    if (!(x > -1))
        rc_check_error(c, e->mark, "write 10%", "`%s` is %g; it must be above -1", name, x);
}

static void check_tiers(rc_check *c) {
    for (int i = 0; i < RC_TIER_COUNT; i++) {
        const rc_expr *e = c->top.realisation[i];
        double x;
        if (rc_is_constant(e, &x) && !(x >= 0 && x <= 1))
            rc_check_error(c, e->mark, NULL, "`realisation` is %g; it must lie between 0 and 1", x);
    }
}

static bool varies(const rc_entry *e) {
    double x;
    return (e->section == RC_FACTORS || e->section == RC_INPUTS) && e->value != NULL &&
           !rc_expr_constant(e->value, &x);
}

/* A list of uncertain inputs is a model too: the inputs are what it shows. */
static bool any_varies(const rc_check *c) {
    for (size_t i = 0; i < c->n_entries; i++)
        if (varies(c->nodes[i].entry))
            return true;
    return false;
}

static void check_whole(rc_check *c, const rc_yaml *root) {
    bool outputs = false;
    const rc_entry *target = NULL;
    for (size_t i = 0; i < c->n_entries; i++) {
        const rc_entry *entry = c->nodes[i].entry;
        outputs = outputs || entry->section == RC_OUTPUTS;
        if (entry->target && target != NULL)
            rc_check_error(c, entry->mark, "one output is the target",
                           "`%s` is a target, and so is `%s`", entry->name, target->name);
        if (entry->target)
            target = entry;
    }
    check_rate(c, c->top.discount_rate, "discount_rate");
    check_rate(c, c->top.finance_rate, "finance_rate");
    check_rate(c, c->top.reinvest_rate, "reinvest_rate");
    check_tiers(c);
    if (!outputs && !c->has_flows && !any_varies(c) && c->diags->n_errors == 0)
        rc_check_error(c, root->mark, "add `benefits` and `costs`, or `outputs`",
                       "nothing to compute: the model has no lines of money and no outputs");
}

/* ---- Putting together ---- */

/* A value of the top that is drawn becomes an input (or series) of its own, so that it has a name
 * in rankings; the model then refers to it. */
static const rc_expr *promote(rc_check *c, rc_node *node, const rc_expr *value) {
    node->entry->value = value;
    if (value->shape == RC_SHAPE_PERIOD)
        node->entry->section = RC_SERIES;
    rc_expr *e = rc_expr_new(c, RC_EXPR_ENTRY, value->mark, 0, NULL);
    e->entry = node->entry;
    e->shape = value->shape;
    return e;
}

static bool is_drawn(const rc_node *node) {
    return node->n_fields > 0 && node->fields[0].n_draws > 0;
}

static void collect_entries(rc_check *c, rc_model *m) {
    const rc_entry **entries = RC_NEW(c->arena, const rc_entry *, c->n_nodes);
    size_t next = 0;
    for (size_t i = c->n_entries; i < c->n_nodes; i++)
        if (is_drawn(&c->nodes[i]))
            *c->nodes[i].fields[0].out = promote(c, &c->nodes[i], *c->nodes[i].fields[0].out);
    for (int section = 0; section < RC_SECTION_COUNT; section++) {
        for (; next < c->n_entries && (int)c->nodes[next].entry->section == section; next++)
            entries[m->n_entries++] = c->nodes[next].entry;
        for (size_t i = c->n_entries; i < c->n_nodes; i++)
            if (is_drawn(&c->nodes[i]) && (int)c->nodes[i].entry->section == section)
                entries[m->n_entries++] = c->nodes[i].entry;
    }
    for (size_t i = 0; i < c->n_nodes; i++)
        c->nodes[i].entry->index = SIZE_MAX;
    for (size_t i = 0; i < m->n_entries; i++)
        ((rc_entry *)entries[i])->index = i;
    m->entries = entries;
}

static void name_streams(rc_check *c, const rc_node *node, const rc_draw **draws, size_t *n) {
    size_t number = 0;
    for (size_t i = 0; i < node->n_fields; i++)
        for (size_t k = 0; k < node->fields[i].n_draws; k++) {
            rc_draw *draw = node->fields[i].draws[k];
            if (draw->stream == NULL && ++number == 1)
                draw->stream = node->entry->name;
            else if (draw->stream == NULL)
                draw->stream = rc_arena_printf(c->arena, "%s#%zu", node->entry->name, number);
            draws[(*n)++] = draw;
        }
}

static void collect_draws(rc_check *c, rc_model *m) {
    size_t n = 0;
    const rc_node **node_of = RC_NEW(c->arena, const rc_node *, m->n_entries);
    for (size_t i = 0; i < c->n_nodes; i++) {
        const rc_node *node = &c->nodes[i];
        for (size_t k = 0; k < node->n_fields; k++)
            n += node->fields[k].n_draws;
        if (node->entry->index != SIZE_MAX)
            node_of[node->entry->index] = node;
    }
    const rc_draw **draws = RC_NEW(c->arena, const rc_draw *, n);
    for (size_t i = 0; i < m->n_entries; i++)
        name_streams(c, node_of[i], draws, &m->n_draws);
    m->draws = draws;
}

/* Every formula with what it became: entries first, then the values of the top. */
static void collect_formulas(rc_check *c, rc_model *m) {
    size_t n = 0;
    for (size_t i = 0; i < c->n_nodes; i++)
        n += c->nodes[i].n_fields;
    rc_formula *formulas = RC_NEW(c->arena, rc_formula, n);
    for (size_t i = 0; i < c->n_nodes; i++) {
        const rc_node *node = &c->nodes[i];
        bool promoted = node->top && is_drawn(node);
        for (size_t k = 0; k < node->n_fields; k++) {
            const rc_field *field = &node->fields[k];
            formulas[m->n_formulas++] = (rc_formula){
                .entry =
                    node->function == NULL && node->entry->index == SIZE_MAX ? NULL : node->entry,
                .key = field->key,
                .syn = field->syn,
                .value = node->function != NULL ? NULL
                         : promoted && k == 0   ? node->entry->value
                                                : *field->out};
        }
    }
    m->formulas = formulas;
}

static void collect_functions(rc_check *c, rc_model *m) {
    rc_own_function *functions = RC_NEW(c->arena, rc_own_function, c->n_nodes);
    for (size_t i = c->n_entries; i < c->n_nodes; i++) {
        const rc_node *node = &c->nodes[i];
        if (node->function != NULL)
            functions[m->n_functions++] = (rc_own_function){.entry = node->entry,
                                                            .used = node->used,
                                                            .unused = node->function->unused,
                                                            .n_unused = node->function->n_unused};
    }
    m->functions = functions;
}

static const rc_expr *or_number(rc_check *c, const rc_expr *e, double x) {
    return e != NULL ? e : rc_expr_number(c, x, (rc_mark){0});
}

/* What the model says and nothing in this version makes use of. */
static void note_unused(rc_check *c, const rc_model *m) {
    const rc_entry *lever = NULL;
    size_t n = 0;
    for (size_t i = m->n_entries; i-- > 0;)
        if (m->entries[i]->section == RC_LEVERS) {
            lever = m->entries[i];
            n++;
        }
    if (n > 0)
        rc_diag_note(c->diags, lever->mark, NULL,
                     "%zu %s fixed at %s: optimize and sliders are not in this version", n,
                     n == 1 ? "lever is" : "levers are",
                     n == 1 ? "its start value" : "their start values");
    if (m->n_evidence > 0)
        rc_diag_note(c->diags, m->evidence[0].mark, NULL,
                     "%zu %s of evidence %s kept for update, which is not in this version",
                     m->n_evidence, m->n_evidence == 1 ? "item" : "items",
                     m->n_evidence == 1 ? "is" : "are");
}

static rc_model *put_together(rc_check *c) {
    static const double tiers[RC_TIER_COUNT] = {
        [RC_DIRECT] = 1, [RC_INDIRECT] = 1, [RC_STRATEGIC] = 0};
    rc_model *m = RC_NEW(c->arena, rc_model, 1);
    m->arena = c->arena;
    m->source = c->source;
    m->dimensions = c->top.dimensions;
    m->n_dimensions = c->top.n_dimensions;
    collect_entries(c, m);
    collect_draws(c, m);
    collect_formulas(c, m);
    collect_functions(c, m);
    m->allow = c->top.allow;
    m->n_allow = c->top.n_allow;
    m->title = c->top.title;
    m->currency = c->top.currency != NULL ? c->top.currency : "";
    m->has_flows = c->has_flows;
    m->years = c->top.years;
    m->per_year = c->per_year;
    m->n_periods = c->n_periods;
    m->dt = c->dt;
    m->discounting = (rc_discounting)c->top.discounting;
    m->discount_rate = or_number(c, c->top.discount_rate, 0);
    m->finance_rate = c->top.finance_rate;
    m->reinvest_rate = c->top.reinvest_rate;
    m->hurdle = c->top.hurdle;
    m->hurdle_is_irr = c->top.hurdle_is_irr;
    for (int i = 0; i < RC_TIER_COUNT; i++)
        m->tier_realisation[i] = or_number(c, c->top.realisation[i], tiers[i]);
    for (size_t i = m->n_entries; i-- > 0;)
        if (m->entries[i]->section == RC_OUTPUTS &&
            (m->entries[i]->target || (!m->has_flows && (m->target == NULL || !m->target->target))))
            m->target = m->entries[i];
    for (size_t i = m->n_entries; i-- > 0 && !m->has_flows;)
        if (varies(m->entries[i]) && (m->target == NULL || m->target->section != RC_OUTPUTS))
            m->target = m->entries[i];
    m->groups = c->groups;
    m->n_groups = c->n_groups;
    m->evidence = c->evidence;
    m->n_evidence = c->n_evidence;
    m->correlated = c->correlated;
    m->n_correlated = c->n_correlated;
    m->diags = c->diags;
    note_unused(c, m);
    return m;
}

/* ---- Interface ---- */

static void check(rc_check *c, const rc_yaml *root) {
    rc_check_read(c, root);
    if (c->nodes == NULL)
        return;
    find_flows(c);
    size_t n;
    const size_t *order = rc_check_order(c, &n);
    for (size_t i = 0; i < n; i++)
        rc_check_resolve(c, &c->nodes[order[i] / RC_PARTS], order[i] % RC_PARTS);
    rc_functions_finish(c);
    for (size_t i = 0; i < c->n_nodes; i++) {
        if (c->nodes[i].flow != NULL)
            rc_flow_finish(c, &c->nodes[i]);
        if (c->nodes[i].risk != NULL)
            rc_risk_finish(c, &c->nodes[i]);
        if (c->nodes[i].entry->hdr != NULL)
            rc_hdr_finish(c, &c->nodes[i]);
    }
    rc_groups_finish(c);
    rc_dimensions_finish(c);
    rc_evidence_finish(c);
    rc_correlations_check(c);
    check_whole(c, root);
}

/* A tree as a model; NULL after errors. */
static rc_model *model_of(const rc_yaml *root, const rc_source *source, rc_arena *arena,
                          rc_diags *diags) {
    size_t errors = diags->n_errors;
    rc_check c = {.arena = arena,
                  .source = source,
                  .diags = diags,
                  .discount_node = SIZE_MAX,
                  .metrics_node = SIZE_MAX,
                  .top = {.confidence = 0.9, .overconfidence = 1, .hurdle = NAN}};
    check(&c, root);
    if (diags->n_errors > errors)
        return NULL;
    rc_model *m = put_together(&c);
    m->tree = root;
    return m;
}

/* Overlays must not move the draws of what they leave alone: the dimensions are those of the model
 * without them. When that is no model by itself, additions still come last. */
static void keep_dimensions(rc_model *m, const rc_yaml *plain) {
    rc_diags unheard = {.arena = m->arena};
    const rc_model *before = model_of(plain, m->source, m->arena, &unheard);
    if (before != NULL)
        m->dimensions = rc_model_dimensions(before, m->arena, &m->n_dimensions);
}

static void describe(rc_model *m, const rc_overlay *o) {
    const char **names = RC_NEW(m->arena, const char *, o->n_scenarios);
    for (size_t i = 0; i < o->n_scenarios; i++)
        names[i] = o->scenarios[i].name;
    m->files = o->files;
    m->n_files = o->n_files;
    m->scenarios = names;
    m->overlays = o->scenarios;
    m->n_scenarios = o->n_scenarios;
    m->overs = o->options->overs;
    m->n_overs = o->options->n_overs;
    m->applied = o->options->scenarios;
    m->n_applied = o->options->n_scenarios;
    m->sets = o->options->sets;
    m->n_sets = o->options->n_sets;
    m->allow_outside = o->options->allow_outside;
}

rc_status rc_model_load_with(const rc_source *source, const rc_load_options *options,
                             rc_arena *arena, rc_diags *diags, const rc_model **out) {
    static const rc_load_options nothing = {0};
    *out = NULL;
    if (diags->arena == NULL)
        diags->arena = arena;
    rc_overlay o = {.arena = arena,
                    .diags = diags,
                    .top = source,
                    .options = options != NULL ? options : &nothing};
    const rc_yaml *plain = rc_overlay_files(&o);
    const rc_yaml *root = plain != NULL ? rc_overlay_apply(&o, plain) : NULL;
    rc_model *m = root != NULL ? model_of(root, source, arena, diags) : NULL;
    if (m == NULL)
        return RC_INPUT;
    if (root != plain)
        keep_dimensions(m, plain);
    describe(m, &o);
    *out = m;
    return RC_OK;
}

rc_status rc_model_load(const rc_source *source, rc_arena *arena, rc_diags *diags,
                        const rc_model **out) {
    return rc_model_load_with(source, NULL, arena, diags, out);
}

static void add(rc_diags *to, const rc_diags *from) {
    for (size_t i = 0; i < from->n_errors && i < RC_DIAG_LIMIT; i++)
        rc_diag_error(to, from->errors[i].mark, from->errors[i].hint, "%s",
                      from->errors[i].message);
}

const rc_model *const *rc_model_scenarios(const rc_model *model, const rc_load_options *options,
                                          rc_arena *arena, rc_diags *diags) {
    static const rc_load_options nothing = {0};
    options = options != NULL ? options : &nothing;
    const rc_model **models = RC_NEW(arena, const rc_model *, model->n_scenarios);
    const char *context = diags->context;
    for (size_t i = 0; i < model->n_scenarios; i++) {
        rc_load_options with = *options;
        const char **names = RC_NEW(arena, const char *, options->n_scenarios + 1);
        for (size_t k = 0; k < options->n_scenarios; k++)
            names[k] = options->scenarios[k];
        names[with.n_scenarios++] = model->scenarios[i];
        with.scenarios = names;
        rc_diags own = {.arena = arena};
        rc_model_load_with(model->source, &with, arena, &own, &models[i]);
        diags->context = rc_arena_printf(arena, "scenario %s", model->scenarios[i]);
        add(diags, &own);
    }
    diags->context = context;
    return models;
}

const rc_entry *rc_model_find(const rc_model *model, const char *name) {
    for (size_t i = 0; i < model->n_entries; i++)
        if (strcmp(model->entries[i]->name, name) == 0)
            return model->entries[i];
    return NULL;
}
