/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sections and keys, read by the tables of keys.c: every entry becomes a node, every formula of it
 * a field. Names inside formulas mean nothing yet. */
#include "model/check.h"

#include <assert.h>
#include <math.h>
#include <string.h>

/* ---- Fields ---- */

void rc_check_syntax(rc_check *c, rc_node *node, const char *key, const rc_syn *syn,
                     const rc_expr **out, unsigned part, bool series_ok) {
    node->fields = rc_arena_grow(c->arena, node->fields, &node->fields_capacity, node->n_fields + 1,
                                 sizeof *node->fields);
    node->fields[node->n_fields++] =
        (rc_field){.key = key, .syn = syn, .out = out, .part = part, .series_ok = series_ok};
}

void rc_check_field(rc_check *c, rc_node *node, const char *key, const rc_yaml *scalar,
                    const rc_expr **out, unsigned part, bool series_ok) {
    if (!rc_check_scalar(c, key, scalar, "a number or a formula"))
        return;
    const rc_syn *syn = rc_formula_parse(scalar, c->diags);
    if (syn == NULL) {
        node->bad = true;
        return;
    }
    rc_check_syntax(c, node, key, syn, out, part, series_ok);
    if (node->entry->text == NULL && strcmp(key, "value") == 0)
        node->entry->text = scalar->text;
}

/* A value of the top that is a formula: a node of its own, with a name that no entry has. */
static void read_top_formula(rc_check *c, const char *name, const rc_key *key, const rc_yaml *y) {
    rc_node *node = &c->nodes[c->n_nodes++];
    node->entry = RC_NEW(c->arena, rc_entry, 1);
    node->entry->name =
        rc_check_find(c, name) == NULL ? name : rc_arena_printf(c->arena, "top.%s", name);
    node->entry->section = RC_INPUTS;
    node->entry->mark = y->mark;
    node->entry->level = y->level;
    node->top = true;
    node->confidence = c->top.confidence;
    node->overconfidence = c->top.overconfidence;
    rc_node *outer = c->node;
    c->node = node;
    rc_check_field(c, node, name, y, (const rc_expr **)((char *)&c->top + key->offset),
                   RC_PART_MAIN, (key->flags & RC_KEY_SERIES) != 0);
    if (strcmp(name, "discount_rate") == 0)
        c->discount_node = (size_t)(node - c->nodes);
    c->node = outer;
}

/* ---- Keys ---- */

static const char *suggest_key(rc_check *c, const char *name, const rc_keys *keys,
                               const rc_keys *more) {
    const char *names[64] = {0};
    size_t n = 0, n_more = more == NULL ? 0 : more->n;
    for (size_t i = 0; i < keys->n; i++)
        names[n++] = keys->rows[i].name;
    for (size_t i = 0; i < n_more; i++)
        names[n++] = more->rows[i].name;
    const char *near = rc_nearest_name(name, names, n);
    if (near != NULL)
        return rc_arena_printf(c->arena, "did you mean `%s`?", near);
    const char *list = names[0];
    for (size_t i = 1; i < n; i++)
        if (i >= keys->n || keys->rows[i].kind != RC_KEY_UNSUPPORTED)
            list = rc_arena_printf(c->arena, "%s, %s", list, names[i]);
    return rc_arena_printf(c->arena, "%s takes %s", keys->title, list);
}

static void *member(rc_check *c, rc_node *node, const rc_key *key) {
    char *base = NULL;
    switch (key->place) {
    case RC_IN_ENTRY: base = (char *)node->entry; break;
    case RC_IN_FLOW: base = (char *)node->flow; break;
    case RC_IN_RISK: base = (char *)node->risk; break;
    case RC_IN_LEVER: base = (char *)node->lever; break;
    case RC_IN_GROUP:
    case RC_IN_EVIDENCE: base = c->object; break;
    case RC_IN_TOP: base = (char *)&c->top; break;
    }
    return base + key->offset;
}

static void read_top_special(rc_check *c, const rc_key *key, const rc_yaml *y);

static void read_allow(rc_check *c, const rc_yaml *y, const rc_allow **out, size_t *n) {
    static const char example[] = "allow: [duplicate-label]";
    if (y->kind != RC_YAML_LIST) {
        rc_check_error(c, y->mark, example, "`allow` must be a list of rules");
        return;
    }
    rc_allow *rows = RC_NEW(c->arena, rc_allow, y->n);
    for (size_t i = 0; i < y->n; i++) {
        const rc_yaml *item = y->items[i];
        if (item->kind == RC_YAML_SCALAR && !item->null)
            rows[(*n)++] = (rc_allow){item->text, item->mark};
        else
            rc_check_error(c, item->mark, example, "`allow` takes names of rules");
    }
    *out = rows;
}

static void read_special(rc_check *c, rc_node *node, const rc_key *key, const rc_yaml *y) {
    if (node == NULL)
        read_top_special(c, key, y);
    else if (strcmp(key->name, "confidence") == 0)
        rc_read_share(c, key->name, y, &node->confidence);
    else if (strcmp(key->name, "overconfidence") == 0)
        rc_read_widening(c, y, &node->overconfidence);
    else if (strcmp(key->name, "hdr") == 0)
        rc_hdr_read(c, node, y);
    else if (strcmp(key->name, "allow") == 0)
        read_allow(c, y, &node->entry->allow, &node->entry->n_allow);
    else if (!rc_flow_key(c, node, key, y))
        rc_risk_key(c, node, key, y);
}

static void read_key(rc_check *c, rc_node *node, const rc_keys *keys, const rc_key *key,
                     const rc_yaml *name, const rc_yaml *y) {
    if ((key->flags & RC_KEY_BENEFITS) != 0 && node->entry->section != RC_BENEFITS) {
        rc_check_error(c, name->mark, NULL, "`%s` belongs to benefits; `%s` is a cost", key->name,
                       node->entry->name);
        return;
    }
    void *to = member(c, node, key);
    switch (key->kind) {
    case RC_KEY_FORMULA:
        if (node == NULL && keys == &rc_realisation_keys)
            read_top_formula(c, rc_arena_printf(c->arena, "realisation.%s", key->name), key, y);
        else if (node == NULL)
            read_top_formula(c, key->name, key, y);
        else
            rc_check_field(c, node, key->name, y, to,
                           (key->flags & RC_KEY_AUX) != 0 ? RC_PART_AUX : RC_PART_MAIN,
                           (key->flags & RC_KEY_SERIES) != 0);
        break;
    case RC_KEY_NUMBER: rc_check_number(c, key->name, y, to); break;
    case RC_KEY_TEXT:
        if (rc_check_scalar(c, key->name, y, "a text"))
            *(const char **)to = y->text;
        break;
    case RC_KEY_LABEL: rc_read_label(c, key, y, to); break;
    case RC_KEY_CHOICE: rc_read_choice(c, key, y, to); break;
    case RC_KEY_SWITCH: {
        int position = 0;
        rc_read_choice(c, key, y, &position);
        *(bool *)to = position == 1;
        break;
    }
    case RC_KEY_BOOL: rc_read_bool(c, key, y, to); break;
    case RC_KEY_IGNORED: break;
    case RC_KEY_SPECIAL: read_special(c, node, key, y); break;
    case RC_KEY_UNSUPPORTED:
        rc_check_error(c, name->mark, NULL, "`%s` (%s) is not supported in this version", key->name,
                       key->help);
        break;
    }
}

void rc_check_keys(rc_check *c, rc_node *node, const rc_yaml *map, const rc_keys *keys,
                   const rc_keys *more) {
    /* `value` first: the numbering of its draws does not depend on where it stands */
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < map->n; i++) {
            const char *name = map->keys[i]->text;
            if ((strcmp(name, "value") == 0) != (pass == 0))
                continue;
            const rc_key *key = rc_key_find(keys, name);
            if (key == NULL && more != NULL)
                key = rc_key_find(more, name);
            if (key != NULL)
                read_key(c, node, keys, key, map->keys[i], map->items[i]);
            else
                rc_check_error(c, map->keys[i]->mark, suggest_key(c, name, keys, more),
                               "unknown key `%.60s` in %s", name, keys->title);
        }
}

/* ---- The top ---- */

static void read_timeline(rc_check *c, const rc_yaml *y) {
    static const char example[] = "timeline: {years: 5, step: quarter}";
    static const unsigned per_year[] = {1, 4, 12};
    enum { MAX_PERIODS = 1200 };
    c->has_timeline = true; /* be it a broken one: no complaints about what it lacks */
    if (!rc_check_map(c, "timeline", y, example))
        return;
    size_t errors = c->diags->n_errors;
    rc_check_keys(c, NULL, y, &rc_timeline_keys, NULL);
    const rc_yaml *years = rc_yaml_get(y, "years");
    c->per_year = per_year[c->top.step];
    c->dt = 1.0 / c->per_year;
    double periods = c->top.years * c->per_year;
    if (errors != c->diags->n_errors)
        return;
    if (years == NULL)
        rc_check_error(c, y->mark, example, "`timeline` has no `years`");
    else if (!(c->top.years > 0))
        rc_check_error(c, years->mark, NULL, "`years` is %g; it must be above 0", c->top.years);
    else if (periods > MAX_PERIODS)
        rc_check_error(c, years->mark, NULL, "%g years have %.0f periods; at most %d are allowed",
                       c->top.years, periods, MAX_PERIODS);
    else if (fabs(periods - rint(periods)) > 1e-9)
        rc_check_error(c, years->mark, "change `years`, or take a finer `step`",
                       "%g years hold %g periods; a whole number is needed", c->top.years, periods);
    else
        c->n_periods = (unsigned)rint(periods);
}

static void read_top_special(rc_check *c, const rc_key *key, const rc_yaml *y) {
    if (strcmp(key->name, "hurdle") == 0) {
        c->top.hurdle_is_irr = y->kind == RC_YAML_MAP;
        if (y->kind == RC_YAML_MAP)
            rc_check_keys(c, NULL, y, &rc_hurdle_keys, NULL);
        else
            rc_check_number(c, "hurdle", y, &c->top.hurdle);
    } else if (strcmp(key->name, "confidence") == 0) {
        rc_read_share(c, "confidence", y, &c->top.confidence);
    } else if (strcmp(key->name, "dimensions") == 0) {
        rc_dimensions_read(c, y);
    } else if (strcmp(key->name, "overconfidence") == 0) {
        rc_read_widening(c, y, &c->top.overconfidence);
    } else if (strcmp(key->name, "groups") == 0) {
        rc_groups_read(c, y);
    } else if (strcmp(key->name, "allow") == 0) {
        read_allow(c, y, &c->top.allow, &c->top.n_allow);
    } else if (strcmp(key->name, "realisation") == 0) {
        if (rc_check_map(c, "realisation", y,
                         "realisation: {direct: 1, indirect: 1, strategic: 0}"))
            rc_check_keys(c, NULL, y, &rc_realisation_keys, NULL);
    } else if (strcmp(key->name, "correlations") == 0) {
        c->correlations = y; /* read when draws are known */
    } else {
        rc_correlation_key(c, key, y);
    }
}

bool rc_check_version(const rc_yaml *root, bool needed, rc_diags *d) {
    const rc_yaml *y = rc_yaml_get(root, "roicast");
    double version = 0;
    if (y == NULL) {
        if (needed)
            rc_diag_error(d, root->mark, "write `roicast: 1` in the first line",
                          "the key `roicast`, the version of the model language, is missing");
        return true; /* the rest can still be looked at */
    }
    if (y->kind == RC_YAML_SCALAR && rc_number_parse(y->text, &version) && version == 1)
        return true;
    if (y->kind == RC_YAML_SCALAR && version > 0)
        rc_diag_error(d, y->mark, NULL, "this file says version %.40s; this program reads 1",
                      y->text);
    else
        rc_diag_error(d, y->mark, "write `roicast: 1`",
                      "`roicast` is the version of the model language, a number");
    return false;
}

/* ---- Entries ---- */

/* my seats -> my_seats */
static const char *better_name(rc_check *c, const char *name) {
    char *better = rc_arena_strdup(c->arena, name);
    for (char *s = better; *s != '\0'; s++)
        if (strchr(" -./", *s) != NULL)
            *s = '_';
    if (rc_name_valid(better) && strlen(better) < 60)
        return rc_arena_printf(c->arena, "write %s", better);
    return "names have letters, digits and _, and do not start with a digit";
}

void rc_check_new_name(rc_check *c, rc_node *node, rc_mark mark) {
    const char *name = node->entry->name;
    if (rc_name_reserved(name))
        rc_check_error(c, mark, "choose another name", "`%s` has a meaning of its own in formulas",
                       name);
    else if (!rc_name_valid(name))
        rc_check_error(c, mark, better_name(c, name), "`%.60s` is not a name", name);
    else if (node->entry->section == RC_OUTPUTS && rc_metric_find(name) != NULL)
        rc_check_error(c, mark, "choose another name",
                       "`%s` is always among the outputs; this one would hide it", name);
    const rc_node *other = rc_check_find(c, name);
    if (other == NULL) {
        rc_names_add(c, node);
        return;
    }
    const rc_mark *first = &other->entry->mark;
    bool here = first->source == mark.source;
    rc_check_error(c, mark, "names are unique in the whole file",
                   "`%s` is already in `%s`, %s%sline %u", name,
                   rc_section_name[other->entry->section], here ? "" : first->source->name,
                   here ? "" : ", ", first->line);
}

static void register_section(rc_check *c, rc_model_section section, const rc_yaml *map) {
    for (size_t i = 0; map != NULL && map->kind == RC_YAML_MAP && i < map->n; i++) {
        rc_node *node = &c->nodes[c->n_nodes++];
        rc_entry *entry = RC_NEW(c->arena, rc_entry, 1);
        entry->name = map->keys[i]->text;
        entry->section = section;
        entry->mark = map->keys[i]->mark;
        entry->level = map->keys[i]->level;
        node->entry = entry;
        entry->body = node->body = map->items[i];
        c->node = node;
        rc_check_new_name(c, node, map->keys[i]->mark);
    }
    c->node = NULL;
}

/* A series that is nothing but a process begins with the initial value of that. */
static void read_process(rc_check *c, rc_node *node) {
    const rc_syn *syn = node->n_fields > 0 ? node->fields[0].syn : NULL;
    if (syn == NULL || syn->kind != RC_SYN_CALL || !rc_is_process(rc_func_find(syn->name)) ||
        strcmp(node->fields[0].key, "value") != 0)
        return;
    const rc_syn *initial = rc_process_initial(syn);
    const rc_yaml *key =
        node->body->kind == RC_YAML_MAP ? rc_yaml_get(node->body, "initial") : NULL;
    if (key != NULL) {
        rc_check_error(c, key->mark, "keep that one",
                       "the initial value of `%s` stands in %s(...) already", node->entry->name,
                       syn->name);
    } else if (initial != NULL) {
        node->process = true;
        rc_check_syntax(c, node, "initial", initial, &node->entry->initial, RC_PART_AUX, false);
    }
}

static void read_entry(rc_check *c, rc_node *node) {
    rc_entry *entry = node->entry;
    rc_model_section section = entry->section;
    const rc_yaml *body = node->body;
    node->confidence = c->top.confidence;
    node->overconfidence = c->top.overconfidence;
    c->node = node;
    if (section == RC_BENEFITS || section == RC_COSTS)
        rc_flow_start(c, node);
    else if (section == RC_RISKS)
        rc_risk_start(c, node);
    else if (section == RC_LEVERS)
        rc_lever_start(c, node);
    if (section == RC_LEVERS) {
        if (body->kind == RC_YAML_MAP)
            rc_check_keys(c, node, body, &rc_section_keys[section], &rc_entry_keys);
        rc_lever_finish(c, node);
    } else if (body->kind == RC_YAML_LIST) {
        rc_check_error(c, body->mark, NULL,
                       "`%s` is a list; %s is a number, a formula or a mapping", entry->name,
                       rc_section_keys[section].title);
    } else if (body->kind == RC_YAML_MAP) {
        rc_check_keys(c, node, body, &rc_section_keys[section], &rc_entry_keys);
        if (section != RC_BENEFITS && section != RC_COSTS && section != RC_RISKS && !node->bad &&
            rc_yaml_get(body, "value") == NULL)
            rc_check_error(c, entry->mark, NULL, "`%s` has no `value`", entry->name);
    } else if (section == RC_RISKS) {
        rc_check_map(c, entry->name, body, "name: {probability: 10%, impact: 50k, at: 1}");
    } else if (body->null) {
        rc_check_error(c, body->mark, NULL, "`%s` has no value", entry->name);
    } else {
        rc_check_field(c, node, "value", body, &entry->value, RC_PART_MAIN,
                       section == RC_SERIES || section == RC_BENEFITS || section == RC_COSTS);
    }
    if (section == RC_SERIES)
        read_process(c, node);
    c->node = NULL;
}

static void check_timeline_present(rc_check *c, const rc_yaml *root) {
    static const rc_model_section sections[] = {RC_SERIES, RC_BENEFITS, RC_COSTS, RC_RISKS};
    for (size_t i = 0; !c->has_timeline && i < sizeof sections / sizeof *sections; i++) {
        const char *name = rc_section_name[sections[i]];
        const rc_yaml *map = rc_yaml_get(root, name);
        if (map == NULL || map->kind != RC_YAML_MAP || map->n == 0)
            continue;
        rc_check_error(c, map->mark, "timeline: {years: 5, step: quarter}",
                       "`%s` needs a timeline, and this model has none", name);
        c->has_timeline = true; /* said once */
        return;
    }
}

void rc_check_read(rc_check *c, const rc_yaml *root) {
    if (!rc_check_map(c, "the model", root, "a model begins with `roicast: 1`") ||
        !rc_check_version(root, true, c->diags))
        return;
    enum { TOP_FORMULAS = 8 };
    size_t n = 0;
    for (int s = 0; s < RC_SECTION_COUNT; s++) {
        const rc_yaml *map = rc_yaml_get(root, rc_section_name[s]);
        if (map != NULL && rc_check_map(c, rc_section_name[s], map, NULL))
            n += map->n;
    }
    const rc_yaml *functions = rc_yaml_get(root, "functions");
    if (functions != NULL &&
        rc_check_map(c, "functions", functions, "functions: {\"f(x)\": 2 * x}"))
        n += functions->n;
    const rc_yaml *evidence = rc_yaml_get(root, "evidence");
    n += evidence != NULL ? evidence->n : 0;
    c->nodes = RC_NEW(c->arena, rc_node, n + TOP_FORMULAS);
    rc_names_init(c, n);
    for (int s = 0; s < RC_SECTION_COUNT; s++)
        register_section(c, s, rc_yaml_get(root, rc_section_name[s]));
    c->n_entries = c->n_nodes;
    const rc_yaml *timeline = rc_yaml_get(root, "timeline");
    if (timeline != NULL)
        read_timeline(c, timeline);
    rc_check_keys(c, NULL, root, &rc_top_keys, NULL);
    rc_functions_read(c, functions);
    check_timeline_present(c, root);
    if (evidence != NULL)
        rc_evidence_read(c, evidence);
    for (size_t i = 0; i < c->n_entries; i++)
        read_entry(c, &c->nodes[i]);
    for (size_t i = c->n_entries; i < c->n_nodes; i++) {
        c->nodes[i].confidence = c->top.confidence;
        c->nodes[i].overconfidence = c->top.overconfidence;
    }
}
