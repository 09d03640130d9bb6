/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looking templates up, and what their first comment says. */
#include "templates/templates.h"

#include "core/language.h"

#include <stdlib.h>
#include <string.h>

const rc_template *rc_template_find(const char *kind, const char *name) {
    for (size_t i = 0; i < rc_template_count; i++)
        if (strcmp(rc_templates[i].kind, kind) == 0 && strcmp(rc_templates[i].name, name) == 0)
            return &rc_templates[i];
    return NULL;
}

/* The text of a line of the first comment in another language; NULL: it is not in that one. */
static const char *said_in(const char *line, const char *language) {
    size_t n = strlen(language);
    bool is = strncmp(line + 2, language, n) == 0 && strncmp(line + 2 + n, ": ", 2) == 0;
    return is ? line + 2 + n + 2 : NULL;
}

static bool in_english(const char *line) {
    for (size_t i = 1; i < rc_language_count(); i++)
        if (said_in(line, rc_language_at(i)->code) != NULL)
            return false;
    return true;
}

const char *rc_template_head(const rc_template *t, rc_arena *arena) {
    rc_text text = {0};
    rc_text_add(&text, "");
    for (const char *line = t->text; line[0] == '#' && line[1] == ' ';) {
        size_t n = strcspn(line, "\n");
        if (in_english(line)) {
            rc_text_add(&text, text.length > 0 ? " " : "");
            rc_text_add_n(&text, line + 2, n - 2);
        }
        line += n + (line[n] == '\n');
    }
    const char *kept = rc_arena_strdup(arena, text.bytes);
    rc_text_free(&text);
    return kept;
}

const char *rc_template_summary(const rc_template *t, const char *language, rc_arena *arena) {
    for (const char *line = t->text; language != NULL && line[0] == '#' && line[1] == ' ';) {
        const char *said = said_in(line, language);
        size_t n = strcspn(line, "\n");
        if (said != NULL)
            return rc_arena_strndup(arena, said, n - (size_t)(said - line));
        line += n + (line[n] == '\n');
    }
    const char *head = rc_template_head(t, arena);
    size_t n = 0;
    while (head[n] != '\0' &&
           !(strchr(".?!", head[n]) != NULL && (head[n + 1] == ' ' || head[n + 1] == '\0')))
        n++;
    return rc_arena_strndup(arena, head, n + (head[n] == '?' || head[n] == '!'));
}

/* ---- Sizes ---- */

size_t rc_template_seats(const rc_template *company) {
    const char *at = strstr(company != NULL ? company->text : rc_templates[0].text, "\n  seats: ");
    while (at != NULL && *at != '\0' && (*at < '0' || *at > '9'))
        at++;
    return at != NULL ? strtoul(at, NULL, 10) : 0;
}

/* The nearest by ratio: 12, 120 and 1,500 part at 38 and 424. */
const rc_template *rc_template_company_for(size_t seats) {
    const rc_template *best = NULL;
    double least = 0;
    for (size_t i = 0; i < rc_template_count; i++) {
        if (strcmp(rc_templates[i].kind, "company") != 0)
            continue;
        double own = (double)rc_template_seats(&rc_templates[i]), n = (double)seats;
        double ratio = own > n ? own / n : n / own;
        if (best == NULL || ratio < least) {
            best = &rc_templates[i];
            least = ratio;
        }
    }
    return best;
}
