/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Functions of the model's own: `functions: {f(x, y=1): formula}`. A call is written out: the body
 * is resolved with every parameter standing for the tree of its argument, one and the same tree
 * however often the parameter occurs, so that an argument that is drawn is drawn once. What is
 * drawn in the body belongs to the entry that calls, afresh for every call. A function is a vertex
 * of the graph of graph.c, which finds those that call themselves. */
#include "model/check.h"

#include "finance/metric.h"

#include <string.h>

enum {
    DEEPEST = 4000,   /* of rc_resolve, bodies within bodies: it recurses */
    HIGHEST = 2000,   /* tree of a call: whoever walks it may recurse */
    LONGEST = 500000, /* steps of all calls together: 60 functions that each double the last */
};

/* ---- Headers: name(x, y=1) ---- */

static bool parameter_ok(rc_check *c, const rc_function *f, size_t n, const rc_syn *given,
                         const char *name) {
    if (rc_name_reserved(name))
        rc_check_error(c, given->mark, "choose another name",
                       "the parameter `%s` has a meaning of its own in formulas", name);
    else if (rc_function_parameter(f, name) < n)
        rc_check_error(c, given->mark, NULL, "two parameters are called `%s`", name);
    else
        return true;
    return false;
}

static void read_parameters(rc_check *c, rc_node *node, const rc_syn *header) {
    rc_function *f = node->function;
    f->names = RC_NEW(c->arena, const char *, header->n);
    f->defaults = RC_NEW(c->arena, const rc_syn *, header->n);
    for (size_t i = 0; i < header->n; i++) {
        const rc_syn *given = header->args[i];
        bool has_default = header->arg_names[i] != NULL;
        if (!has_default && given->kind != RC_SYN_NAME) {
            rc_check_error(c, given->mark, "f(x, y=1): formula",
                           "a parameter is a name, or a name with a default");
            return;
        }
        if (!has_default && i > 0 && f->defaults[i - 1] != NULL) {
            rc_check_error(c, given->mark, "put it first, or give it a default",
                           "`%s` without a default stands after one that has one", given->name);
            return;
        }
        const char *name = has_default ? header->arg_names[i] : given->name;
        if (!parameter_ok(c, f, i, given, name))
            return;
        f->names[i] = name;
        f->defaults[i] = has_default ? given : NULL;
        f->n = i + 1;
    }
}

/* "x, y=1": what stands between the parentheses. */
static const char *parameters_text(rc_check *c, const char *key) {
    const char *open = strchr(key, '('), *close = strrchr(key, ')');
    if (open == NULL || close == NULL || close < open)
        return "";
    return rc_arena_strndup(c->arena, open + 1, (size_t)(close - open - 1));
}

static void check_name(rc_check *c, rc_node *node, rc_mark mark) {
    const char *name = node->entry->name;
    const char *taken = rc_dist_find(name) != NULL     ? "a distribution"
                        : rc_func_find(name) != NULL   ? "built in"
                        : rc_metric_find(name) != NULL ? "always among the outputs"
                                                       : NULL;
    if (taken == NULL)
        rc_check_new_name(c, node, mark);
    else
        rc_check_error(c, mark, "choose another name",
                       "`%s` is %s; a function cannot take its name", name, taken);
}

static void read_header(rc_check *c, rc_node *node, const rc_yaml *key) {
    const rc_syn *header = rc_formula_parse(key, c->diags);
    if (header == NULL) {
        node->bad = true;
    } else if (header->kind != RC_SYN_CALL) {
        rc_check_error(c, key->mark,
                       header->kind == RC_SYN_NAME
                           ? rc_arena_printf(c->arena, "write %s(x): formula", header->name)
                           : "f(x, y=1): formula",
                       "`%.60s` is not the head of a function, name(parameters)", key->text);
    } else {
        node->entry->name = header->name;
        node->entry->mark = header->mark;
        check_name(c, node, header->mark);
        read_parameters(c, node, header);
    }
}

static void read_body(rc_check *c, rc_node *node) {
    const rc_yaml *body = node->body;
    if (body->kind == RC_YAML_MAP) {
        rc_check_keys(c, node, body, &rc_section_keys[RC_FUNCTIONS], &rc_entry_keys);
        if (!node->bad && rc_yaml_get(body, "value") == NULL)
            rc_check_error(c, node->entry->mark, NULL, "the function `%s` has no `value`",
                           node->entry->name);
    } else if (body->kind == RC_YAML_SCALAR && body->null) {
        rc_check_error(c, node->entry->mark, NULL, "the function `%s` has no formula",
                       node->entry->name);
    } else {
        rc_check_field(c, node, "value", body, &node->entry->value, RC_PART_MAIN, true);
    }
}

/* Does the body take the value of this parameter, and not its past alone? */
static bool takes_value(const rc_syn *syn, const char *name) {
    bool past = syn->kind == RC_SYN_CALL &&
                (strcmp(syn->name, "prev") == 0 || strcmp(syn->name, "lag") == 0);
    if (syn->kind == RC_SYN_NAME && strcmp(syn->name, name) == 0)
        return true;
    for (size_t i = 0; i < syn->n; i++)
        if (!(past && i == 0 && syn->args[0]->kind == RC_SYN_NAME) &&
            takes_value(syn->args[i], name))
            return true;
    return false;
}

static void find_past_only(rc_check *c, const rc_node *node) {
    rc_function *f = node->function;
    f->past_only = RC_NEW(c->arena, bool, f->n);
    for (size_t i = 0; i < f->n && node->n_fields > 0; i++) {
        f->past_only[i] = !takes_value(node->fields[0].syn, f->names[i]);
        for (size_t k = i + 1; k < f->n; k++)
            if (f->defaults[k] != NULL && takes_value(f->defaults[k], f->names[i]))
                f->past_only[i] = false;
    }
}

void rc_functions_read(rc_check *c, const rc_yaml *map) {
    rc_node *outer = c->node;
    for (size_t i = 0; map != NULL && map->kind == RC_YAML_MAP && i < map->n; i++) {
        rc_node *node = &c->nodes[c->n_nodes++];
        node->entry = RC_NEW(c->arena, rc_entry, 1);
        node->entry->name = map->keys[i]->text;
        node->entry->section = (rc_model_section)RC_FUNCTIONS;
        node->entry->mark = map->keys[i]->mark;
        node->function = RC_NEW(c->arena, rc_function, 1);
        node->function->parameters = parameters_text(c, map->keys[i]->text);
        node->entry->body = node->body = map->items[i];
        c->node = node;
        read_header(c, node, map->keys[i]);
        read_body(c, node);
        find_past_only(c, node);
    }
    c->node = outer;
}

/* ---- Parameters ---- */

size_t rc_function_parameter(const rc_function *f, const char *name) {
    size_t i = 0;
    while (i < f->n && strcmp(f->names[i], name) != 0)
        i++;
    return i;
}

const rc_expr *rc_frame_find(const rc_check *c, const char *name, bool *later) {
    *later = false;
    if (c->frame == NULL)
        return NULL;
    const rc_function *f = c->frame->function->function;
    size_t i = rc_function_parameter(f, name);
    if (i == f->n)
        return NULL;
    *later = c->frame->args[i] == NULL;
    return c->frame->args[i];
}

static bool body_holds(const rc_yaml *body, rc_mark mark) {
    if (body != NULL && body->kind == RC_YAML_MAP)
        body = rc_yaml_get(body, "value");
    if (body == NULL || body->mark.source != mark.source || mark.line < body->mark.line)
        return false;
    uint32_t last = body->mark.line;
    for (size_t i = 0; body->raw != NULL && i < body->raw_length; i++)
        last += body->raw[i] == '\n';
    return mark.line <= last;
}

const rc_node *rc_function_at(const rc_check *c, rc_mark mark) {
    for (size_t i = c->n_entries; i < c->n_nodes; i++)
        if (c->nodes[i].function != NULL && body_holds(c->nodes[i].body, mark))
            return &c->nodes[i];
    return NULL;
}

/* ---- Calls ---- */

static bool too_large(rc_check *c, rc_mark mark, const char *what) {
    if (!c->too_large)
        rc_check_error(c, mark, "let fewer functions call one another, or name a part in `inputs`",
                       "the functions of this formula, written out, %s", what);
    c->too_large = true;
    c->node->bad = true;
    return false;
}

bool rc_frame_allows(rc_check *c, const rc_syn *syn) {
    if (c->too_large)
        return false;
    if (c->depth > DEEPEST)
        return too_large(c, syn->mark,
                         rc_arena_printf(c->arena, "nest more than %d deep", DEEPEST));
    if (++c->inlined > LONGEST)
        return too_large(c, syn->mark,
                         rc_arena_printf(c->arena, "have more than %d parts", LONGEST));
    return true;
}

static const rc_signature *signature_of(rc_check *c, const rc_node *node) {
    const rc_function *f = node->function;
    rc_signature *s = RC_NEW(c->arena, rc_signature, 1);
    bool *optional = RC_NEW(c->arena, bool, f->n);
    for (size_t i = 0; i < f->n; i++)
        optional[i] = f->defaults[i] != NULL;
    *s = (rc_signature){.name = node->entry->name,
                        .parameters = f->parameters,
                        .n = f->n,
                        .names = f->names,
                        .optional = optional};
    return s;
}

/* What was given, in the caller's words; then the defaults, in the function's. */
static bool fill_frame(rc_check *c, rc_frame *frame, const rc_syn *const *given) {
    const rc_function *f = frame->function->function;
    bool ok = true;
    for (size_t i = 0; i < f->n; i++)
        if (given[i] != NULL)
            ok = (frame->args[i] = rc_resolve(c, given[i])) != NULL && ok;
    c->frame = frame;
    for (size_t i = 0; ok && i < f->n; i++)
        if (given[i] == NULL)
            ok = (frame->args[i] = rc_resolve(c, f->defaults[i])) != NULL;
    c->frame = frame->outer;
    return ok;
}

const rc_expr *rc_function_call(rc_check *c, const rc_syn *syn, const rc_node *node) {
    const rc_function *f = node->function;
    if (node->bad || node->n_fields == 0) {
        c->node->bad = true; /* what is wrong with the function has been said */
        return NULL;
    }
    const rc_syn **given = RC_NEW(c->arena, const rc_syn *, f->n);
    if (!rc_bind(c, syn, signature_of(c, node), given))
        return NULL;
    rc_frame frame = {.outer = c->frame,
                      .function = node,
                      .call = syn,
                      .args = RC_NEW(c->arena, const rc_expr *, f->n)};
    if (!fill_frame(c, &frame, given))
        return NULL;
    c->frame = &frame;
    const rc_expr *e = rc_resolve(c, node->fields[0].syn);
    c->frame = frame.outer;
    if (e != NULL && e->height > HIGHEST) {
        too_large(c, syn->mark,
                  rc_arena_printf(c->arena, "have more than %d operations in a row", HIGHEST));
        return NULL;
    }
    return e;
}

/* ---- What no call shows ---- */

typedef struct walk {
    rc_check *c;
    const rc_function *f;
    bool *named;   /**< [f->n] the body names the parameter */
    bool complain; /**< about names that mean nothing */
} walk;

static bool call_known(const rc_check *c, const char *name) {
    const rc_node *own = rc_check_find(c, name);
    return rc_func_find(name) != NULL || rc_dist_find(name) != NULL ||
           (own != NULL && own->function != NULL);
}

static void look(walk *w, const rc_syn *syn) {
    size_t i = syn->kind == RC_SYN_NAME ? rc_function_parameter(w->f, syn->name) : w->f->n;
    if (i < w->f->n)
        w->named[i] = true;
    else if (syn->kind == RC_SYN_NAME && w->complain && rc_check_find(w->c, syn->name) == NULL &&
             !rc_name_reserved(syn->name) && rc_metric_find(syn->name) == NULL)
        rc_check_error(w->c, syn->mark, rc_check_nearest(w->c, syn->name, false, NULL),
                       "unknown name `%.60s`", syn->name);
    if (syn->kind == RC_SYN_CALL && w->complain && !call_known(w->c, syn->name))
        rc_check_error(w->c, syn->mark, rc_check_nearest(w->c, syn->name, true, NULL),
                       "unknown function `%.60s`", syn->name);
    for (size_t k = 0; k < syn->n; k++)
        look(w, syn->args[k]);
}

static void finish(rc_check *c, rc_node *node) {
    rc_function *f = node->function;
    walk w = {.c = c, .f = f, .named = RC_NEW(c->arena, bool, f->n), .complain = !node->used};
    if (node->bad || node->n_fields == 0)
        return;
    look(&w, node->fields[0].syn);
    for (size_t i = 0; i < f->n; i++)
        if (f->defaults[i] != NULL)
            look(&w, f->defaults[i]);
    f->unused = RC_NEW(c->arena, const char *, f->n);
    for (size_t i = 0; i < f->n; i++)
        if (!w.named[i])
            f->unused[f->n_unused++] = f->names[i];
}

void rc_functions_finish(rc_check *c) {
    rc_node *outer = c->node;
    for (size_t i = c->n_entries; i < c->n_nodes; i++)
        if (c->nodes[i].function != NULL) {
            c->node = &c->nodes[i];
            finish(c, c->node);
        }
    c->node = outer;
}
