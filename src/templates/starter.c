/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A starting model out of the template and pieces: read as `--over` would, then written as the
 * template's text with what the pieces change. */
#include "templates/blend.h"
#include "templates/scale.h"
#include "templates/templates.h"

#include <stdlib.h>
#include <string.h>

enum { WIDTH = 98 };

/* ---- The head of the file ---- */

/* A comment, wrapped: the first line begins with `first`, the others with `more`. */
static void add_comment(rc_text *out, const char *first, const char *more, const char *text) {
    size_t column = strlen(first);
    rc_text_add(out, first);
    for (bool begun = false; *text != '\0'; begun = true) {
        size_t n = strcspn(text, " ");
        if (begun && column + 1 + n > WIDTH) {
            rc_text_addf(out, "\n%s", more);
            column = strlen(more);
        } else if (begun) {
            rc_text_add(out, " ");
            column++;
        }
        rc_text_add_n(out, text, n);
        column += n;
        text += n + (text[n] == ' ');
    }
    rc_text_add(out, "\n");
}

static const rc_template *company_of(const rc_starter *s) {
    for (size_t i = 0; i < s->n; i++)
        if (strcmp(s->pieces[i]->kind, "company") == 0)
            return s->pieces[i];
    return NULL;
}

/* What scaled amounts are from, in comments of the file. */
static const char *scaled_name(size_t seats, rc_arena *arena) {
    return rc_arena_printf(arena, "scaled to %zu seat%s", seats, seats == 1 ? "" : "s");
}

/* What the pieces say of themselves; it takes the place of the template's first paragraph. */
static void add_head(const rc_starter *s, size_t seats, rc_arena *arena, rc_text *out) {
    add_comment(out, "# ", "# ",
                rc_arena_printf(arena,
                                "A CRM for a sales team of %zu: is it worth it, how sure is that, "
                                "and what decides it? Five years in quarters, US dollars.",
                                seats));
    if (s->n == 0 && s->seats == 0)
        return;
    rc_text_add(out, "#\n# WHAT IT WAS MADE OF. `roicast new` worked these into its template; a "
                     "comment at each figure says\n# from which of them it is.\n");
    for (size_t i = 0; i < s->n; i++)
        add_comment(out,
                    rc_arena_printf(arena, "#   %s/%s: ", s->pieces[i]->kind, s->pieces[i]->name),
                    "#     ", rc_template_head(s->pieces[i], arena));
    if (rc_starter_scaled_from(s) != 0)
        add_comment(out, "#   ", "#     ",
                    rc_arena_printf(
                        arena,
                        "your answers: %zu seats. Amounts that go with size (new customers, "
                        "marketing, work on the project, administrators, cleaning of data) are "
                        "those of a company with %zu seats, marked `%s`: look at them first. "
                        "Prices, wages, hours and revenue a seat are still that company's.",
                        s->seats, rc_template_seats(company_of(s)), scaled_name(s->seats, arena)));
}

/* ---- The pieces ---- */

static size_t managers_of(const rc_template *company, size_t seats) {
    const char *at = company != NULL ? strstr(company->text, "\n  managers: ") : NULL;
    size_t managers = at != NULL ? strtoul(at + strlen("\n  managers: "), NULL, 10) : 12;
    size_t own = rc_template_seats(company), n = (seats * managers + own / 2) / own;
    return n > 0 ? n : 1;
}

static const rc_source *answers(const rc_starter *s, size_t seats, rc_arena *arena) {
    const rc_template *company = company_of(s);
    const char *title =
        rc_arena_printf(arena,
                        "title: {en: CRM for a %zu-seat sales team, zh: %zu 席位销售团队的 CRM, "
                        "zh-TW: %zu 席業務團隊的 CRM}\n",
                        seats, seats, seats);
    if (seats != rc_template_seats(company))
        title = rc_arena_printf(arena, "%sinputs: {seats: %zu, managers: %zu}\n", title, seats,
                                managers_of(company, seats));
    return rc_source_text("your answers", title, strlen(title), arena);
}

static rc_status load_pieces(const rc_source *const *pieces, size_t n, rc_arena *arena,
                             const rc_model **model, rc_error *err) {
    const rc_template *base = &rc_templates[0];
    rc_diags *diags = RC_NEW(arena, rc_diags, 1);
    diags->arena = arena;
    rc_load_options o = {.pieces = pieces, .n_pieces = n};
    rc_status status = rc_model_load_with(
        rc_source_text(base->name, base->text, base->length, arena), &o, arena, diags, model);
    return status == RC_OK ? RC_OK
                           : rc_fail(err, RC_INPUT, "these do not fit together: %s",
                                     diags->n_errors > 0 ? diags->errors[0].message : "");
}

/* With another number of seats the model is read twice: what is scaled depends on the pieces. */
static rc_status load(const rc_starter *s, size_t seats, rc_arena *arena, const rc_model **model,
                      rc_error *err) {
    enum { MOST = sizeof s->pieces / sizeof *s->pieces };
    const rc_source *pieces[MOST + 2];
    size_t before = rc_template_seats(company_of(s)), n = 0;
    for (; n < s->n; n++)
        pieces[n] =
            rc_source_text(rc_arena_printf(arena, "%s/%s", s->pieces[n]->kind, s->pieces[n]->name),
                           s->pieces[n]->text, s->pieces[n]->length, arena);
    pieces[n++] = answers(s, seats, arena);
    rc_status status = load_pieces(pieces, n, arena, model, err);
    if (status != RC_OK || seats == before)
        return status;
    pieces[n++] = rc_scale(*model, scaled_name(seats, arena), before, seats, arena);
    return load_pieces(pieces, n, arena, model, err);
}

size_t rc_starter_scaled_from(const rc_starter *s) {
    size_t own = rc_template_seats(company_of(s));
    return s->seats == 0 || s->seats == own ? 0 : own;
}

rc_status rc_starter_write(const rc_starter *s, rc_text *out, rc_error *err) {
    rc_arena *arena = rc_arena_new();
    rc_text text = {0};
    const rc_model *model;
    size_t seats = s->seats != 0 ? s->seats : rc_template_seats(company_of(s));
    rc_status status = load(s, seats, arena, &model, err);
    if (status == RC_OK)
        status = rc_blend(model, &text, err);
    if (status == RC_OK) {
        const char *rest = strstr(text.bytes, "\n#\n");
        add_head(s, seats, arena, out);
        rc_text_add(out, rest != NULL ? rest + 1 : text.bytes);
    }
    rc_text_free(&text);
    rc_arena_free(arena);
    return status;
}
