/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list of what is wrong with a model, and how it is shown to people:
 *
 *     model.yaml:12:15: error: unknown name `trainig_quality`
 *         12 |   uplift: 2 * trainig_quality
 *            |               ^^^^^^^^^^^^^^^
 *            = did you mean `training_quality`?
 */
#include "model/source.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* ---- Collecting ---- */

static const char *formatted(rc_arena *arena, const char *format, va_list args) {
    va_list again;
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, args);
    char *text = RC_NEW(arena, char, (size_t)length + 1);
    vsnprintf(text, (size_t)length + 1, format, again);
    va_end(again);
    return text;
}

static void keep(rc_diags *d, rc_severity severity, const char *rule, rc_mark mark,
                 const char *hint, const char *format, va_list args) {
    rc_diag *const lists[] = {d->errors, d->warnings, d->notes};
    size_t *const counts[] = {&d->n_errors, &d->n_warnings, &d->n_notes};
    rc_diag *list = lists[severity];
    size_t *n = counts[severity];
    if (*n < RC_DIAG_LIMIT)
        list[*n] = (rc_diag){severity,
                             mark,
                             rule,
                             formatted(d->arena, format, args),
                             hint == NULL ? NULL : rc_arena_strdup(d->arena, hint),
                             d->context};
    ++*n;
}

void rc_diag_error(rc_diags *d, rc_mark mark, const char *hint, const char *format, ...) {
    va_list args;
    va_start(args, format);
    keep(d, RC_ERROR, NULL, mark, hint, format, args);
    va_end(args);
}

void rc_diag_warning(rc_diags *d, const char *rule, rc_mark mark, const char *hint,
                     const char *format, ...) {
    va_list args;
    va_start(args, format);
    keep(d, RC_WARNING, rule, mark, hint, format, args);
    va_end(args);
}

void rc_diag_note(rc_diags *d, rc_mark mark, const char *hint, const char *format, ...) {
    va_list args;
    va_start(args, format);
    keep(d, RC_NOTE, NULL, mark, hint, format, args);
    va_end(args);
}

/* ---- The line of a mark ---- */

enum {
    TAB = 4,        /* a tab is shown as four blanks, wherever it stands */
    WIDEST = 90,    /* terminal columns of a line that are shown */
    MARGIN = 30,    /* of them before the caret when the line is cut */
    LONGEST = 4000, /* code points underlined; more would not be seen */
};

static int code_width(int32_t c) {
    if (c == '\t')
        return TAB;
    if (c < 0x20 || c == 0x7F)
        return 1;
    return rc_utf8_width(c);
}

/* Text that cannot do anything to a terminal: controls and broken UTF-8 become U+FFFD, and so do
 * marks that change the direction of writing. */
static void add_code(rc_text *out, const char *at, size_t bytes, int32_t c) {
    if (c == '\t')
        rc_text_repeat(out, " ", TAB);
    else if (c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x200E && c <= 0x200F) ||
             (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069))
        rc_text_add(out, "\xEF\xBF\xBD");
    else
        rc_text_add_n(out, at, bytes);
}

static void add_clean_n(rc_text *out, const char *text, size_t n) {
    for (size_t bytes; n > 0; text += bytes, n -= bytes) {
        int32_t c = rc_utf8_decode(text, n, &bytes);
        add_code(out, text, bytes, c == '\t' || c == '\n' ? ' ' : c);
    }
}

static void add_clean(rc_text *out, const char *text) {
    add_clean_n(out, text, strlen(text));
}

/* A line ends at LF, CR LF or a lone CR, as in YAML. */
static bool find_line(const rc_source *source, uint32_t line, const char **from, size_t *bytes) {
    const char *at = source->bytes, *end = at + source->length;
    if (source->length >= 3 && memcmp(at, "\xEF\xBB\xBF", 3) == 0)
        at += 3;
    for (uint32_t number = 1;; number++) {
        const char *stop = at;
        while (stop < end && *stop != '\n' && *stop != '\r')
            stop++;
        if (number == line) {
            *from = at;
            *bytes = (size_t)(stop - at);
            return true;
        }
        if (stop >= end)
            return false;
        at = stop + (*stop == '\r' && stop + 1 < end && stop[1] == '\n' ? 2 : 1);
    }
}

/* Width of the code points from..to (counted from 0) of a line. */
typedef struct span {
    int before, under; /* columns before the mark, columns of the mark */
    int total;
} span;

static span measure(const char *line, size_t n, const rc_mark *mark) {
    span s = {0};
    uint32_t first = mark->column > 0 ? mark->column - 1 : 0, at = 0;
    uint32_t length = mark->length > 1 ? mark->length : 1;
    length = length < LONGEST ? length : LONGEST;
    for (size_t bytes; n > 0; line += bytes, n -= bytes, at++) {
        int width = code_width(rc_utf8_decode(line, n, &bytes));
        if (at < first)
            s.before += width;
        else if (at - first < length)
            s.under += width;
        s.total += width;
    }
    if (s.under == 0)
        s.under = 1; /* the end of the line, or something invisible */
    return s;
}

/* The columns from..to of a line; a wide character that is cut in half becomes blanks. */
static void add_window(rc_text *out, const char *line, size_t n, int from, int to) {
    int column = 0;
    for (size_t bytes; n > 0 && column < to; line += bytes, n -= bytes) {
        int32_t c = rc_utf8_decode(line, n, &bytes);
        int next = column + code_width(c);
        if (column >= from && next <= to && (next > column || column > from))
            add_code(out, line, bytes, c);
        else
            for (int i = column > from ? column : from; i < next && i < to; i++)
                rc_text_add(out, " ");
        column = next;
    }
}

static void add_excerpt(const rc_mark *mark, const char *tint, const char *plain, rc_text *out) {
    const char *line;
    size_t n;
    if (!find_line(mark->source, mark->line, &line, &n))
        return;
    span s = measure(line, n, mark);
    int from = 0, to = s.total;
    if (s.total > WIDEST) {
        from = s.before + s.under + MARGIN <= WIDEST ? 0 : s.before - MARGIN;
        from = from < 0 ? 0 : from;
        to = from + WIDEST < s.total ? from + WIDEST : s.total;
    }
    rc_text_addf(out, "%6u | %s", (unsigned)mark->line, from > 0 ? "…" : "");
    add_window(out, line, n, from, to);
    rc_text_addf(out, "%s\n       | ", to < s.total ? "…" : "");
    rc_text_repeat(out, " ", s.before - from + (from > 0));
    int under = s.before + s.under <= to || s.total <= WIDEST ? s.under : to - s.before;
    rc_text_add(out, tint);
    rc_text_repeat(out, "^", under > 0 ? under : 1);
    rc_text_addf(out, "%s\n", plain);
}

/* ---- Printing ---- */

static void add_diag(const rc_diag *x, bool color, rc_text *out) {
    static const char *const words[] = {"error", "warning", "note"};
    static const char *const tints[] = {"\033[1;31m", "\033[1;35m", "\033[1;36m"};
    const char *tint = color ? tints[x->severity] : "";
    const char *bold = color ? "\033[1m" : "", *plain = color ? "\033[0m" : "";
    if (x->mark.source != NULL) {
        rc_text_add(out, bold);
        add_clean(out, x->mark.source->name);
        if (x->mark.line > 0)
            rc_text_addf(out, ":%u:%u", (unsigned)x->mark.line, (unsigned)x->mark.column);
        rc_text_addf(out, ":%s ", plain);
    }
    rc_text_addf(out, "%s%s:%s ", tint, words[x->severity], plain);
    add_clean(out, x->message);
    if (x->context != NULL) {
        rc_text_add(out, " (");
        add_clean(out, x->context);
        rc_text_add(out, ")");
    }
    if (x->rule != NULL)
        rc_text_addf(out, " [%s]", x->rule);
    rc_text_add(out, "\n");
    if (x->mark.source != NULL && x->mark.line > 0)
        add_excerpt(&x->mark, tint, plain, out);
    for (const char *line = x->hint; line != NULL && *line != '\0';) {
        size_t n = strcspn(line, "\n");
        rc_text_add(out, "       = ");
        add_clean_n(out, line, n);
        rc_text_add(out, "\n");
        line += n + (line[n] == '\n');
    }
}

typedef struct row {
    const rc_diag *diag;
    size_t file; /* files in the order in which they were first complained about */
} row;

static bool stands_before(const row *a, const row *b) {
    if (a->file != b->file)
        return a->file < b->file;
    if (a->diag->mark.line != b->diag->mark.line)
        return a->diag->mark.line < b->diag->mark.line;
    return a->diag->mark.column < b->diag->mark.column;
}

static void add_more(rc_text *out, size_t n, const char *what) {
    if (n > RC_DIAG_LIMIT)
        rc_text_addf(out, "… and %zu more %s%s\n", n - RC_DIAG_LIMIT, what,
                     n - RC_DIAG_LIMIT == 1 ? "" : "s");
}

void rc_diags_print(const rc_diags *d, bool color, rc_text *out) {
    row rows[2 * RC_DIAG_LIMIT];
    size_t n = 0;
    for (size_t i = 0; i < 2 * RC_DIAG_LIMIT; i++) {
        bool error = i < RC_DIAG_LIMIT;
        size_t at = error ? i : i - RC_DIAG_LIMIT;
        if (at >= (error ? d->n_errors : d->n_warnings))
            continue;
        row now = {error ? &d->errors[at] : &d->warnings[at], n};
        for (size_t j = 0; j < n; j++)
            if (rows[j].diag->mark.source == now.diag->mark.source)
                now.file = rows[j].file;
        size_t to = n++;
        for (; to > 0 && stands_before(&now, &rows[to - 1]); to--)
            rows[to] = rows[to - 1];
        rows[to] = now;
    }
    for (size_t i = 0; i < n; i++)
        add_diag(rows[i].diag, color, out);
    add_more(out, d->n_errors, "error");
    add_more(out, d->n_warnings, "warning");
}

void rc_diags_print_notes(const rc_diags *d, bool color, rc_text *out) {
    for (size_t i = 0; i < d->n_notes && i < RC_DIAG_LIMIT; i++)
        add_diag(&d->notes[i], color, out);
    add_more(out, d->n_notes, "note");
}
