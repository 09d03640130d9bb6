/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scenarios: the overlays that a file names. They are kept aside while files are joined, and laid
 * over the model when they are asked for, before the settings of the command line. */
#include "model/overlay.h"

#include <string.h>

void rc_overlay_stamp(const rc_yaml *node, unsigned level, const char *overlay) {
    rc_yaml *own = (rc_yaml *)node; /* trees are fixed once the checker sees them */
    own->level = level;
    own->overlay = overlay;
    for (size_t i = 0; i < node->n; i++) {
        if (node->kind == RC_YAML_MAP)
            rc_overlay_stamp(node->keys[i], level, overlay);
        rc_overlay_stamp(node->items[i], level, overlay);
    }
}

/* ---- What a file offers ---- */

static rc_scenario *scenario_named(rc_overlay *o, const rc_yaml *key) {
    for (size_t i = 0; i < o->n_scenarios; i++)
        if (strcmp(o->scenarios[i].name, key->text) == 0)
            return &o->scenarios[i];
    o->scenarios = rc_arena_grow(o->arena, o->scenarios, &o->scenarios_capacity, o->n_scenarios + 1,
                                 sizeof *o->scenarios);
    o->scenarios[o->n_scenarios] = (rc_scenario){.name = key->text, .mark = key->mark};
    return &o->scenarios[o->n_scenarios++];
}

static void add_part(rc_overlay *o, rc_scenario *s, const rc_yaml *part) {
    if (part->kind != RC_YAML_MAP) {
        rc_diag_error(o->diags, part->mark, "growth: {seats: 150}",
                      part->null ? "the scenario `%.60s` has no value"
                                 : "the scenario `%.60s` must be a mapping of what it changes",
                      s->name);
        return;
    }
    s->parts = rc_arena_grow(o->arena, s->parts, &s->capacity, s->n + 1, sizeof *s->parts);
    s->parts[s->n++] = part;
}

static void take_scenario(rc_overlay *o, const rc_yaml *key, const rc_yaml *body) {
    if (key->text[0] == '\0' || strchr(key->text, ',') != NULL) {
        rc_diag_error(o->diags, key->mark, "commas separate names in --scenario a,b",
                      key->text[0] == '\0' ? "a scenario without a name"
                                           : "the name of a scenario cannot hold a comma");
        return;
    }
    rc_scenario *s = scenario_named(o, key);
    if (body->kind == RC_YAML_LIST)
        for (size_t i = 0; i < body->n; i++)
            add_part(o, s, body->items[i]);
    else
        add_part(o, s, body);
}

const rc_yaml *rc_overlay_scenarios(rc_overlay *o, const rc_yaml *root) {
    if (root->kind != RC_YAML_MAP)
        return root;
    rc_yaml *rest = RC_NEW(o->arena, rc_yaml, 1);
    *rest = *root;
    rest->keys = RC_NEW(o->arena, const rc_yaml *, root->n);
    rest->items = RC_NEW(o->arena, const rc_yaml *, root->n);
    rest->n = 0;
    for (size_t i = 0; i < root->n; i++) {
        const rc_yaml *key = root->keys[i], *item = root->items[i];
        if (strcmp(key->text, "extends") == 0)
            continue;
        if (strcmp(key->text, "scenarios") != 0) {
            rest->keys[rest->n] = key;
            rest->items[rest->n++] = item;
        } else if (item->kind != RC_YAML_MAP) {
            rc_diag_error(o->diags, item->mark, "scenarios: {growth: {seats: 150}}",
                          item->null ? "`scenarios` has no value"
                                     : "`scenarios` must be a mapping from names to what changes");
        } else {
            for (size_t s = 0; s < item->n; s++)
                take_scenario(o, item->keys[s], item->items[s]);
        }
    }
    return rest;
}

/* ---- What is asked for ---- */

static const char *names_of(const rc_overlay *o) {
    enum { MOST = 10 };
    const char *list = "the scenarios are ";
    for (size_t i = 0; i < o->n_scenarios && i < MOST; i++)
        list =
            rc_arena_printf(o->arena, "%s%s`%.60s`", list, i > 0 ? ", " : "", o->scenarios[i].name);
    return o->n_scenarios > MOST ? rc_arena_printf(o->arena, "%s, ...", list) : list;
}

static const rc_scenario *find(rc_overlay *o, const char *name) {
    const char **names = RC_NEW(o->arena, const char *, o->n_scenarios);
    for (size_t i = 0; i < o->n_scenarios; i++) {
        names[i] = o->scenarios[i].name;
        if (strcmp(name, names[i]) == 0)
            return &o->scenarios[i];
    }
    const char *near = rc_nearest_name(name, names, o->n_scenarios);
    const char *hint = near != NULL ? rc_arena_printf(o->arena, "did you mean `%s`?", near)
                       : o->n_scenarios > 0
                           ? names_of(o)
                           : "the model has none: they stand in its section `scenarios`";
    rc_diag_error(o->diags, (rc_mark){.source = o->top}, hint, "there is no scenario `%.60s`",
                  name);
    return NULL;
}

static const rc_yaml *apply_scenario(rc_overlay *o, const rc_yaml *root, const char *name) {
    const rc_scenario *s = find(o, name);
    if (s == NULL)
        return NULL;
    const char *origin = rc_arena_printf(o->arena, "scenario %s", name);
    const char *context = o->diags->context;
    o->diags->context = origin;
    for (size_t i = 0; root != NULL && i < s->n; i++) {
        rc_overlay_stamp(s->parts[i], o->level++, origin);
        const rc_yaml *part = rc_overlay_sort(o, root, s->parts[i]);
        root = part != NULL ? rc_overlay_join(o, root, part) : NULL;
    }
    o->diags->context = context;
    return root;
}

const rc_yaml *rc_overlay_apply(rc_overlay *o, const rc_yaml *root) {
    const rc_load_options *options = o->options;
    size_t errors = o->diags->n_errors;
    if (root->kind != RC_YAML_MAP)
        return root; /* the checker says what is wrong */
    for (size_t i = 0; i < options->n_pieces; i++)
        root = rc_overlay_piece(o, root, options->pieces[i]);
    for (size_t i = 0; i < options->n_overs; i++)
        root = rc_overlay_over(o, root, options->overs[i]);
    for (size_t i = 0; i < options->n_scenarios; i++) {
        const rc_yaml *joined = apply_scenario(o, root, options->scenarios[i]);
        root = joined != NULL ? joined : root;
    }
    for (size_t i = 0; i < options->n_sets; i++) {
        const rc_yaml *over = rc_overlay_setting(o, root, options->sets[i]);
        if (over == NULL)
            continue;
        rc_overlay_stamp(over, o->level++, "--set");
        root = rc_overlay_join(o, root, over);
    }
    return o->diags->n_errors == errors ? root : NULL;
}
