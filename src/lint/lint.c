/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rules of lint.def as a table, and the run of all of them over one model. */
#include "lint/lint.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define RC_LINT(name) extern const rc_lint_rule rc_lint_##name;
#include "lint/lint.def"
#undef RC_LINT

static const rc_lint_rule *const table[] = {
#define RC_LINT(name) &rc_lint_##name,
#include "lint/lint.def"
#undef RC_LINT
};
enum { N_RULES = sizeof table / sizeof *table };

size_t rc_lint_rule_count(void) {
    return N_RULES;
}

const rc_lint_rule *rc_lint_rule_at(size_t index) {
    return table[index];
}

const rc_lint_rule *rc_lint_rule_find(const char *name) {
    for (size_t i = 0; i < N_RULES; i++)
        if (strcmp(table[i]->name, name) == 0)
            return table[i];
    return NULL;
}

/* ---- allow ---- */

/* Position among those who may have an `allow`: entries, functions, the top. */
static size_t holder(const rc_lint *l, const rc_entry *entry) {
    const rc_model *m = l->model;
    if (entry == NULL)
        return m->n_entries + m->n_functions;
    if (entry->index < m->n_entries)
        return entry->index;
    size_t i = 0;
    while (i < m->n_functions && m->functions[i].entry != entry)
        i++;
    return m->n_entries + i; /* the top for a value of it that is drawn */
}

static bool allows(rc_lint *l, const rc_allow *rows, size_t n, size_t first) {
    for (size_t i = 0; i < n; i++)
        if (strcmp(rows[i].rule, l->rule->name) == 0) {
            l->allowed[first + i] = true;
            return true;
        }
    return false;
}

static void check_names(rc_diags *diags, const rc_allow *rows, size_t n) {
    const char *names[N_RULES];
    for (size_t i = 0; i < N_RULES; i++)
        names[i] = table[i]->name;
    for (size_t i = 0; i < n; i++) {
        if (rc_lint_rule_find(rows[i].rule) != NULL)
            continue;
        const char *near = rc_nearest_name(rows[i].rule, names, N_RULES);
        rc_diag_error(diags, rows[i].mark,
                      near != NULL ? rc_arena_printf(diags->arena, "did you mean `%s`?", near)
                                   : "`roicast list lint` shows the rules",
                      "`allow` names the rule `%.60s`, which does not exist", rows[i].rule);
    }
}

void rc_lint_warn(rc_lint *l, const rc_entry *entry, rc_mark mark, const char *hint,
                  const char *format, ...) {
    const rc_model *m = l->model;
    if (entry != NULL && entry->n_allow > 0 &&
        allows(l, entry->allow, entry->n_allow, l->first_allow[holder(l, entry)]))
        return;
    if (allows(l, m->allow, m->n_allow, l->first_allow[holder(l, NULL)]) || l->silent)
        return;
    char text[600];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    rc_diag_warning(l->diags, l->rule->name, mark, hint, "%s", text);
}

/* ---- Run ---- */

/* The rows of one `allow`: are they rules, and which rows of l->allowed are theirs? */
static void register_allow(rc_lint *l, const rc_allow *rows, size_t n, size_t at, size_t *n_rows) {
    check_names(l->diags, rows, n);
    l->first_allow[at] = *n_rows;
    *n_rows += n;
}

static void register_all(rc_lint *l) {
    const rc_model *m = l->model;
    size_t n = 0;
    l->first_allow = RC_NEW(l->arena, size_t, m->n_entries + m->n_functions + 1);
    for (size_t i = 0; i < m->n_entries; i++)
        register_allow(l, m->entries[i]->allow, m->entries[i]->n_allow, i, &n);
    for (size_t i = 0; i < m->n_functions; i++) {
        const rc_entry *f = m->functions[i].entry;
        register_allow(l, f->allow, f->n_allow, m->n_entries + i, &n);
    }
    register_allow(l, m->allow, m->n_allow, m->n_entries + m->n_functions, &n);
    l->allowed = RC_NEW(l->arena, bool, n);
}

rc_status rc_lint_model(const rc_model *model, bool style, rc_diags *diags) {
    size_t errors = diags->n_errors;
    rc_arena *arena = rc_arena_new();
    rc_lint l = {.model = model, .arena = arena, .diags = diags};
    register_all(&l);
    if (diags->n_errors == errors)
        rc_lint_facts(&l);
    for (size_t i = 0; i < N_RULES && diags->n_errors == errors; i++) {
        l.rule = table[i];
        l.silent = table[i]->style && !style;
        table[i]->check(&l);
    }
    rc_arena_free(arena);
    return diags->n_errors == errors ? RC_OK : RC_INPUT;
}

/* ---- Scenarios ---- */

/* A file that others extend is read anew for every scenario. */
static bool same_file(const rc_source *a, const rc_source *b) {
    return a == b || (a != NULL && b != NULL && strcmp(a->name, b->name) == 0);
}

static bool said(const rc_diags *diags, size_t n, const rc_diag *x) {
    for (size_t i = 0; i < n && i < RC_DIAG_LIMIT; i++) {
        const rc_diag *known = &diags->warnings[i];
        if (strcmp(known->message, x->message) == 0 &&
            same_file(known->mark.source, x->mark.source) && known->mark.line == x->mark.line &&
            known->mark.column == x->mark.column)
            return true;
    }
    return false;
}

rc_status rc_lint_scenarios(const rc_model *model, const rc_model *const *scenarios, bool style,
                            rc_diags *diags) {
    size_t known = diags->n_warnings, errors = diags->n_errors;
    const char *context = diags->context;
    for (size_t i = 0; i < model->n_scenarios; i++) {
        if (scenarios[i] == NULL)
            continue;
        rc_diags own = {.arena = diags->arena};
        rc_lint_model(scenarios[i], style, &own);
        diags->context = rc_arena_printf(diags->arena, "scenario %s", model->scenarios[i]);
        for (size_t k = 0; k < own.n_errors && k < RC_DIAG_LIMIT; k++)
            rc_diag_error(diags, own.errors[k].mark, own.errors[k].hint, "%s",
                          own.errors[k].message);
        for (size_t k = 0; k < own.n_warnings && k < RC_DIAG_LIMIT; k++) {
            const rc_diag *x = &own.warnings[k];
            if (!said(diags, known, x))
                rc_diag_warning(diags, x->rule, x->mark, x->hint, "%s", x->message);
        }
    }
    diags->context = context;
    return diags->n_errors == errors ? RC_OK : RC_INPUT;
}
