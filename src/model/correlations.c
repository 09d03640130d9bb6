/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `correlations`: a list of [name, name, rho], or a mapping of a copula with its pairs and matrix,
 * or a list of either; triples that stand in a list of their own are one Gaussian group. */
#include "model/dependence.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char example_pair[] = "[training, data_quality, 0.3]";

static bool is_map_(const rc_yaml *y) {
    return y->kind == RC_YAML_MAP;
}

/* ---- Members ---- */

static void refuse(rc_check *c, rc_dependence *g, const rc_yaml *name, const rc_node *node,
                   const char *hint, const char *why) {
    g->bad = true;
    if (g->refused[node - c->nodes])
        return;
    g->refused[node - c->nodes] = true;
    rc_check_error(c, name->mark, hint, "`%s` cannot be correlated: %s", name->text, why);
}

/* An entry that draws nothing takes no part where it is a constant, as when a scenario or --set
 * fixes an input; or where the pair says 0, as an overlay writes to take a pair away. */
static bool is_idle(rc_check *c, rc_dependence *g, const rc_yaml *name, const rc_node *node,
                    size_t n_draws) {
    double value;
    bool constant = n_draws == 0 && rc_is_constant(node->entry->value, &value);
    if (!constant && !(g->zero && n_draws != 1))
        return false;
    if (constant && !g->zero && !g->refused[node - c->nodes]) {
        g->refused[node - c->nodes] = true;
        rc_diag_note(c->diags, name->mark, NULL,
                     "`%s` is the constant %.10g here: its correlations do not count", name->text,
                     value);
    }
    return g->idle = true;
}

/* The one draw of an entry, or NULL. */
static const rc_draw *draw_of(rc_check *c, rc_dependence *g, const rc_yaml *name,
                              const rc_node *node) {
    const rc_draw *found = NULL;
    size_t n = 0;
    for (size_t i = 0; i < node->n_fields; i++) {
        n += node->fields[i].n_draws;
        for (size_t k = 0; k < node->fields[i].n_draws; k++)
            found = found == NULL ? node->fields[i].draws[k] : found;
    }
    if (node->entry->section == RC_RISKS)
        refuse(c, g, name, node, "correlate an input that its chance or impact is computed from",
               "a risk happens or not, and may happen often; it has no single draw");
    else if (is_idle(c, g, name, node, n))
        return NULL;
    else if (n == 0)
        refuse(c, g, name, node,
               "name the inputs that it is computed from; a 0 takes the pair away",
               "no distribution stands in it");
    else if (n > 1)
        refuse(c, g, name, node, "give each distribution a name of its own in `inputs`",
               rc_arena_printf(c->arena,
                               "%zu distributions stand in it, and which one is meant is open", n));
    else if (found != NULL && found->tagged)
        refuse(c, g, name, node, "the data carry their own correlation",
               rc_arena_printf(c->arena, "it shares its row with the other columns of rows=\"%s\"",
                               found->stream + strlen("rows:")));
    else
        return found;
    return NULL;
}

static rc_node *node_named(rc_check *c, rc_dependence *g, const rc_yaml *name) {
    if (name->kind != RC_YAML_SCALAR || name->null) {
        rc_check_error(c, name->mark, example_pair, "the name of an entry is needed here");
        g->bad = true;
        return NULL;
    }
    rc_node *node = rc_check_find(c, name->text);
    if (node != NULL)
        return node;
    const rc_key *top = rc_key_find(&rc_top_keys, name->text);
    g->bad = true;
    if (top != NULL && top->kind == RC_KEY_FORMULA)
        rc_check_error(c, name->mark, "give its distribution a name in `inputs`, and use that name",
                       "`%s` is a setting of the model; entries are correlated", name->text);
    else
        rc_check_error(c, name->mark, rc_check_nearest(c, name->text, false, NULL),
                       "unknown name `%.60s` in `correlations`", name->text);
    return NULL;
}

/* Place of an entry in the group, which takes it in; false after a report, or where it is idle. */
static bool member(rc_check *c, rc_dependence *g, const rc_yaml *name, size_t *place) {
    const rc_node *node = node_named(c, g, name);
    if (node == NULL)
        return false;
    size_t at = (size_t)(node - c->nodes);
    if (g->group_of[at] == g->number) {
        *place = g->place_of[at];
        return true;
    }
    if (node->bad) {
        g->bad = true;
        return false;
    }
    if (g->group_of[at] != 0) {
        refuse(c, g, name, node, "an entry is in one group only",
               rc_arena_printf(c->arena, "group %zu of `correlations` has it already",
                               g->group_of[at]));
        return false;
    }
    const rc_draw *draw = draw_of(c, g, name, node);
    if (draw == NULL)
        return false;
    g->members = rc_arena_grow(c->arena, g->members, &g->capacity, g->n + 1, sizeof *g->members);
    g->draws = rc_arena_grow(c->arena, g->draws, &g->draws_capacity, g->n + 1, sizeof *g->draws);
    g->members[g->n] = (rc_node *)node;
    g->draws[g->n] = draw;
    g->group_of[at] = g->number;
    *place = g->place_of[at] = g->n++;
    return true;
}

/* ---- Values ---- */

static bool read_rho(rc_check *c, rc_dependence *g, const rc_yaml *y, double *rho) {
    if (!rc_check_number(c, "a correlation", y, rho)) {
        g->bad = true;
        return false;
    }
    if (*rho >= -1 && *rho <= 1)
        return true;
    const char *hint = fabs(*rho) >= 2 && fabs(*rho) <= 100 && strchr(y->text, '%') == NULL
                           ? rc_arena_printf(c->arena, "%g %% is written %g%%", *rho, *rho)
                           : NULL;
    rc_check_error(c, y->mark, hint, "a correlation of %g; it must lie between -1 and 1", *rho);
    g->bad = true;
    return false;
}

static void add_link(rc_check *c, rc_dependence *g, rc_link link) {
    g->links =
        rc_arena_grow(c->arena, g->links, &g->links_capacity, g->n_links + 1, sizeof *g->links);
    g->links[g->n_links++] = link;
}

static const char *name_of(const rc_dependence *g, size_t place) {
    return g->members[place]->entry->name;
}

static void read_pair(rc_check *c, rc_dependence *g, const rc_yaml *y) {
    rc_link link = {.mark = y->mark};
    double rho;
    if (y->kind != RC_YAML_LIST || y->n != 3) {
        rc_check_error(c, y->mark, example_pair,
                       "a pair is a list of two names and a rank correlation");
        g->bad = true;
        return;
    }
    g->zero =
        y->items[2]->kind == RC_YAML_SCALAR && rc_number_parse(y->items[2]->text, &rho) && rho == 0;
    bool ok = member(c, g, y->items[0], &link.a);
    ok = member(c, g, y->items[1], &link.b) && ok;
    g->zero = false;
    ok = read_rho(c, g, y->items[2], &link.rho) && ok;
    link.mark = y->items[2]->mark;
    if (!ok)
        return;
    if (link.a == link.b) {
        rc_check_error(c, y->items[1]->mark, NULL, "`%s` is correlated with itself",
                       name_of(g, link.a));
        g->bad = true;
        return;
    }
    add_link(c, g, link);
}

/* ---- A matrix ---- */

static const size_t idle = SIZE_MAX; /* place of a name that takes no part */

static bool row_is_right(rc_check *c, rc_dependence *g, size_t i, bool triangle) {
    const rc_yaml *row = g->rows->items[i];
    size_t n = g->names->n, wanted = triangle ? i + 1 : n;
    if (row->kind == RC_YAML_LIST && row->n == wanted)
        return true;
    if (row->kind != RC_YAML_LIST)
        rc_check_error(c, row->mark, NULL, "a row of a matrix is a list of numbers");
    else
        rc_check_error(c, row->mark, NULL, "row %zu has %zu numbers; %zu are needed for %zu names",
                       i + 1, row->n, wanted, n);
    g->bad = true;
    return false;
}

static void read_rows(rc_check *c, rc_dependence *g, const size_t *place) {
    size_t n = g->names->n;
    const rc_yaml *first = g->rows->items[0];
    bool triangle = n > 1 && first->kind == RC_YAML_LIST && first->n == 1;
    double *x = RC_NEW(c->arena, double, n *n);
    for (size_t i = 0; i < n; i++) {
        if (!row_is_right(c, g, i, triangle))
            return;
        for (size_t j = 0; j < (triangle ? i + 1 : n); j++) {
            const rc_yaml *y = g->rows->items[i]->items[j];
            if (!read_rho(c, g, y, &x[i * n + j]))
                return;
            if (i == j && x[i * n + i] != 1) {
                rc_check_error(c, y->mark, NULL, "row %zu says %g for `%s` with itself; that is 1",
                               i + 1, x[i * n + i], g->names->items[i]->text);
                g->bad = true;
            } else if (j < i && !triangle && x[i * n + j] != x[j * n + i]) {
                rc_check_error(c, y->mark, "a matrix of correlations is symmetric",
                               "`%s` and `%s`: %g here, but %g in row %zu",
                               g->names->items[j]->text, g->names->items[i]->text, x[i * n + j],
                               x[j * n + i], j + 1);
                g->bad = true;
            } else if (j < i && place[i] != idle && place[j] != idle) {
                add_link(c, g, (rc_link){place[i], place[j], x[i * n + j], y->mark});
            }
        }
    }
}

static bool is_list(rc_check *c, rc_dependence *g, const rc_yaml *y, const char *key,
                    const char *example) {
    if (y->kind == RC_YAML_LIST)
        return true;
    rc_check_error(c, y->mark, example, "`%s` must be a list", key);
    g->bad = true;
    return false;
}

static void read_matrix(rc_check *c, rc_dependence *g, const rc_yaml *y) {
    static const char example[] = "matrix: {names: [a, b], rows: [[1, 0.3], [0.3, 1]]}";
    g->names = g->rows = NULL;
    if (is_map_(y))
        rc_check_keys(c, NULL, y, &rc_matrix_keys, NULL);
    if (!is_map_(y) || rc_yaml_get(y, "names") == NULL || rc_yaml_get(y, "rows") == NULL) {
        rc_check_error(c, y->mark, example, "a matrix has `names` and `rows`");
        g->bad = true;
        return;
    }
    if (g->names == NULL || g->rows == NULL)
        return;
    size_t n = g->names->n, *place = RC_NEW(c->arena, size_t, n);
    bool ok = true;
    for (size_t i = 0; i < n; i++) {
        bool bad = g->bad;
        g->bad = false;
        if (!member(c, g, g->names->items[i], &place[i])) {
            place[i] = idle;
            ok = ok && !g->bad;
        }
        g->bad = g->bad || bad;
        for (size_t j = 0; ok && j < i; j++)
            if (place[j] == place[i] && place[i] != idle) {
                rc_check_error(c, g->names->items[i]->mark, NULL, "`%s` stands twice in `names`",
                               name_of(g, place[i]));
                g->bad = true;
                ok = false;
            }
    }
    if (g->rows->n != n || n == 0) {
        rc_check_error(c, g->rows->mark, NULL, "%zu rows for %zu names", g->rows->n, n);
        g->bad = true;
        ok = false;
    }
    if (ok)
        read_rows(c, g, place);
}

/* ---- The copula ---- */

static void read_copula(rc_check *c, rc_dependence *g, const rc_yaml *y) {
    const char *names[16] = {0}, *list = "";
    size_t n = rc_copula_count();
    for (size_t i = 0; i < n; i++) {
        names[i] = rc_copula_at(i)->name;
        list = rc_arena_printf(c->arena, "%s%s%s%s", list, i > 0 ? ", " : "", names[i],
                               rc_copula_at(i)->takes_df ? "(df)" : "");
    }
    const char *text = y->kind == RC_YAML_SCALAR ? y->text : "";
    size_t length = strcspn(text, "( ");
    const char *name = rc_arena_printf(c->arena, "%.*s", (int)(length < 60 ? length : 60), text);
    const char *rest = text + length + strspn(text + length, " ");
    const rc_copula_type *type = rc_copula_find(name);
    g->bad = true; /* until all is well */
    if (type == NULL) {
        const char *near = rc_nearest_name(name, names, n);
        rc_check_error(c, y->mark,
                       near != NULL ? rc_arena_printf(c->arena, "did you mean `%s`?", near) : list,
                       "unknown copula `%.40s`", text);
        return;
    }
    g->type = type;
    if (!type->takes_df) {
        if (rest[0] == '\0')
            g->bad = false;
        else
            rc_check_error(c, y->mark, NULL,
                           "%s takes nothing: what it needs follows from the correlation", name);
        return;
    }
    size_t bytes = strlen(rest);
    char *inside = bytes > 2 && rest[0] == '(' && rest[bytes - 1] == ')'
                       ? rc_arena_printf(c->arena, "%.*s", (int)(bytes - 2), rest + 1)
                       : NULL;
    if (inside != NULL && strncmp(inside, "df=", 3) == 0)
        inside += 3;
    if (inside == NULL || !rc_number_parse(inside, &g->df))
        rc_check_error(c, y->mark, "student(4)", "`%.40s`: %s takes its degrees of freedom", text,
                       name);
    else if (!(g->df >= RC_COPULA_LEAST_DF && g->df <= RC_COPULA_MOST_DF))
        rc_check_error(c, y->mark, NULL, "%s: df is %g; it must be from %g to %g", name, g->df,
                       RC_COPULA_LEAST_DF, RC_COPULA_MOST_DF);
    else
        g->bad = false;
}

/* ---- What all of a group must satisfy ---- */

static int by_place(const void *x, const void *y) {
    const rc_link *a = x, *b = y;
    size_t low[2] = {a->a < a->b ? a->a : a->b, b->a < b->b ? b->a : b->b};
    size_t high[2] = {a->a + a->b - low[0], b->a + b->b - low[1]};
    if (low[0] != low[1])
        return low[0] < low[1] ? -1 : 1;
    if (high[0] != high[1])
        return high[0] < high[1] ? -1 : 1;
    if (a->mark.line != b->mark.line)
        return a->mark.line < b->mark.line ? -1 : 1;
    return (a->mark.column > b->mark.column) - (a->mark.column < b->mark.column);
}

static void check_twice(rc_check *c, rc_dependence *g) {
    if (g->n_links > 1)
        qsort(g->links, g->n_links, sizeof *g->links, by_place);
    for (size_t i = 1; i < g->n_links; i++) {
        const rc_link *a = &g->links[i - 1], *b = &g->links[i];
        if (a->a + a->b != b->a + b->b || (a->a != b->a && a->a != b->b))
            continue;
        g->bad = true;
        if (a->rho == b->rho)
            rc_check_error(c, b->mark, "leave one of them out",
                           "`%s` and `%s` are correlated twice, here and in line %u",
                           name_of(g, b->a), name_of(g, b->b), a->mark.line);
        else
            rc_check_error(c, b->mark, "leave one of them out",
                           "`%s` and `%s`: %g here, but %g in line %u", name_of(g, b->a),
                           name_of(g, b->b), b->rho, a->rho, a->mark.line);
    }
}

static void check_each(rc_check *c, rc_dependence *g, const rc_link *link) {
    bool afresh = g->draws[link->a]->each;
    if (afresh == g->draws[link->b]->each || (link->rho == 0 && !g->type->takes_df))
        return;
    g->bad = true;
    rc_check_error(c, link->mark, "write each(...) in both or in none",
                   "`%s` is drawn afresh every period and `%s` once: they cannot be correlated",
                   name_of(g, afresh ? link->a : link->b), name_of(g, afresh ? link->b : link->a));
}

static void check_rho(rc_check *c, rc_dependence *g, const rc_link *link) {
    const rc_copula_type *type = g->type;
    const char *a = name_of(g, link->a), *b = name_of(g, link->b);
    if (type->elliptical && fabs(link->rho) == 1)
        rc_check_error(c, link->mark, "use one of them in the formula of the other",
                       "`%s` and `%s` at %g are one quantity", a, b, link->rho);
    else if (link->rho < 0 && type->least > 0)
        rc_check_error(
            c, link->mark,
            "mirror one: draw its negative, or 1 - x; or take student, frank or gaussian",
            "%s has no negative dependence; `%s` and `%s` are at %g", type->name, a, b, link->rho);
    else if (!(link->rho >= type->least && link->rho <= type->most))
        rc_check_error(c, link->mark, NULL, "%s takes a correlation from %g to %g; this is %g",
                       type->name, type->least, type->most, link->rho);
    else
        return;
    g->bad = true;
}

static void check_group(rc_check *c, rc_dependence *g) {
    if (g->bad || (g->n_links == 0 && g->idle))
        return;
    if (g->n_links == 0) {
        rc_check_error(c, g->mark, "pairs: [[a, b, 0.3]]",
                       "this group of correlations has no pairs");
        g->bad = true;
        return;
    }
    check_twice(c, g);
    for (size_t i = 0; i < g->n_links; i++) {
        check_rho(c, g, &g->links[i]);
        check_each(c, g, &g->links[i]);
    }
    for (size_t i = 1; g->type->takes_df && !g->bad && i < g->n; i++)
        check_each(c, g, &(rc_link){.a = 0, .b = i, .mark = g->mark});
    if (!g->type->elliptical && g->n != 2) {
        rc_check_error(c, g->mark, "a group of its own for each pair: - {copula: ..., pairs: ...}",
                       "%s joins two entries; this group has %zu", g->type->name, g->n);
        g->bad = true;
    }
    if (g->n > RC_DEPENDENCE_MOST) {
        rc_check_error(c, g->mark, NULL, "a group of %zu entries; at most %d are allowed", g->n,
                       RC_DEPENDENCE_MOST);
        g->bad = true;
    }
}

/* ---- Groups ---- */

void rc_correlation_key(rc_check *c, const rc_key *key, const rc_yaml *y) {
    rc_dependence *g = c->dependence;
    if (strcmp(key->name, "copula") == 0) {
        read_copula(c, g, y);
    } else if (strcmp(key->name, "pairs") == 0) {
        for (size_t i = 0; is_list(c, g, y, "pairs", "pairs: [[a, b, 0.3]]") && i < y->n; i++)
            read_pair(c, g, y->items[i]);
    } else if (strcmp(key->name, "matrix") == 0) {
        read_matrix(c, g, y);
    } else if (strcmp(key->name, "names") == 0) {
        g->names = is_list(c, g, y, "names", "names: [a, b]") ? y : NULL;
    } else if (strcmp(key->name, "rows") == 0) {
        g->rows = is_list(c, g, y, "rows", "rows: [[1, 0.3], [0.3, 1]]") ? y : NULL;
    }
}

static rc_dependence *new_group(rc_check *c, const rc_dependence *shared, size_t number,
                                rc_mark mark) {
    rc_dependence *g = RC_NEW(c->arena, rc_dependence, 1);
    g->mark = mark;
    g->type = rc_copula_at(0);
    g->number = number;
    g->group_of = shared->group_of;
    g->place_of = shared->place_of;
    g->refused = shared->refused;
    return g;
}

static void finish(rc_check *c, rc_dependence *g, rc_correlated *list) {
    check_group(c, g);
    if (!g->bad && g->n_links > 0)
        rc_dependence_build(c, g, &list[c->n_correlated++]);
    for (size_t i = 0; g->bad && i < g->n; i++) /* no complaints that follow from a mistake */
        g->group_of[g->members[i] - c->nodes] = 0;
}

static void read_mapping(rc_check *c, rc_dependence *g, const rc_yaml *y) {
    size_t errors = c->diags->n_errors;
    c->dependence = g;
    rc_check_keys(c, NULL, y, &rc_correlation_keys, NULL);
    c->dependence = NULL;
    g->bad = g->bad || c->diags->n_errors > errors;
}

void rc_correlations_check(rc_check *c) {
    const rc_yaml *y = c->correlations;
    if (y == NULL)
        return;
    if (y->kind == RC_YAML_SCALAR) {
        rc_check_error(c, y->mark, "correlations: [[training, data_quality, 0.3]]",
                       "`correlations` must be a list");
        return;
    }
    rc_dependence shared = {.number = 0};
    shared.group_of = RC_NEW(c->arena, size_t, c->n_entries);
    shared.place_of = RC_NEW(c->arena, size_t, c->n_entries);
    shared.refused = RC_NEW(c->arena, bool, c->n_entries);
    bool one = is_map_(y);
    size_t n = one ? 1 : y->n, number = 0;
    rc_correlated *list = RC_NEW(c->arena, rc_correlated, n);
    rc_dependence *triples = NULL;
    c->correlated = list;
    for (size_t i = 0; i < n; i++) {
        const rc_yaml *item = one ? y : y->items[i];
        if (is_map_(item)) {
            rc_dependence *g = new_group(c, &shared, ++number, item->mark);
            read_mapping(c, g, item);
            finish(c, g, list);
        } else {
            if (triples == NULL)
                triples = new_group(c, &shared, ++number, y->mark);
            read_pair(c, triples, item);
        }
    }
    if (triples != NULL)
        finish(c, triples, list);
}
