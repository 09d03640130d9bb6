/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one namespace of a model (a hash with open addressing, FNV-1a), what is near an unknown name,
 * and the report of a mistake. */
#include "model/check.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static uint64_t hash(const char *name) {
    uint64_t h = 14695981039346656037u;
    for (; *name != '\0'; name++)
        h = (h ^ (unsigned char)*name) * 1099511628211u;
    return h ^ (h >> 32);
}

/* Where a name is, or would be put. */
static size_t slot(const rc_check *c, const char *name) {
    size_t i = (size_t)hash(name) & (c->table_size - 1);
    while (c->table[i] != 0 && strcmp(c->nodes[c->table[i] - 1].entry->name, name) != 0)
        i = (i + 1) & (c->table_size - 1);
    return i;
}

void rc_names_init(rc_check *c, size_t n) {
    for (c->table_size = 16; c->table_size < 2 * n;)
        c->table_size *= 2;
    c->table = RC_NEW(c->arena, size_t, c->table_size);
}

void rc_names_add(rc_check *c, const rc_node *node) {
    c->table[slot(c, node->entry->name)] = (size_t)(node - c->nodes) + 1;
}

rc_node *rc_check_find(const rc_check *c, const char *name) {
    size_t i = c->table[slot(c, name)];
    return i == 0 ? NULL : &c->nodes[i - 1];
}

/* All names first, then the functions, so that a search may stop before these. */
static void collect(rc_check *c) {
    size_t n_functions = rc_func_count() + rc_dist_count() + (c->n_nodes - c->n_entries);
    c->all_names = RC_NEW(c->arena, const char *, c->n_entries + n_functions);
    for (size_t i = 0; i < c->n_entries; i++)
        c->all_names[c->n_all_names++] = c->nodes[i].entry->name;
    for (size_t i = 0; i < rc_func_count(); i++)
        c->all_names[c->n_all_names++] = rc_func_at(i)->name;
    for (size_t i = 0; i < rc_dist_count(); i++)
        c->all_names[c->n_all_names++] = rc_dist_at(i, RC_ISA_sse2)->name;
    for (size_t i = c->n_entries; i < c->n_nodes; i++)
        if (c->nodes[i].function != NULL)
            c->all_names[c->n_all_names++] = c->nodes[i].entry->name;
}

const char *rc_check_nearest(rc_check *c, const char *name, bool calls, const char *otherwise) {
    if (c->diags->n_errors >= RC_DIAG_LIMIT || strlen(name) < 2)
        return otherwise; /* it would not be shown; or everything is near */
    if (c->all_names == NULL)
        collect(c);
    if (c->frame != NULL && !calls) {
        const rc_function *f = c->frame->function->function;
        const char *near = rc_nearest_name(name, f->names, f->n);
        if (near != NULL)
            return rc_arena_printf(c->arena, "did you mean `%s`?", near);
    }
    size_t skip = calls ? c->n_entries : 0;
    size_t n = calls ? c->n_all_names - skip : c->n_entries;
    const char *near = rc_nearest_name(name, c->all_names + skip, n);
    return near == NULL ? otherwise : rc_arena_printf(c->arena, "did you mean `%s`?", near);
}

/* Which calls led into the function whose body is wrong, as a line below the hint. */
static const char *with_callers(rc_check *c, const char *hint) {
    enum { MOST = 3 }; /* of a longer chain: the first and the last ones */
    const char *text = NULL;
    int n = 0;
    for (const rc_frame *f = c->frame; f != NULL; f = f->outer, n++) {
        if (n >= MOST && f->outer != NULL)
            continue;
        const rc_node *caller = f->outer != NULL ? f->outer->function : c->node;
        text = rc_arena_printf(
            c->arena, "%s`%s`, line %u",
            text == NULL ? "called from "
                         : rc_arena_printf(c->arena, "%s, %sfrom ", text, n > MOST ? "... " : ""),
            caller->entry->name, (unsigned)f->call->mark.line);
    }
    return hint == NULL ? text : rc_arena_printf(c->arena, "%s\n%s", hint, text);
}

static bool same_place(const rc_mark *a, const rc_mark *b) {
    return a->source == b->source && a->line == b->line && a->column == b->column;
}

/* The body of a function is looked at once for every call of it. */
static bool said_before(const rc_check *c, rc_mark mark, const char *text) {
    for (size_t i = 0; i < c->diags->n_errors && i < RC_DIAG_LIMIT; i++)
        if (same_place(&c->diags->errors[i].mark, &mark) &&
            strcmp(c->diags->errors[i].message, text) == 0)
            return true;
    return false;
}

void rc_check_error(rc_check *c, rc_mark mark, const char *hint, const char *format, ...) {
    if (c->node != NULL)
        c->node->bad = true;
    char text[600];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (c->frame != NULL && said_before(c, mark, text))
        return;
    if (c->frame != NULL)
        hint = with_callers(c, hint);
    rc_diag_error(c->diags, mark, hint, "%s", text);
}
