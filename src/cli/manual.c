/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Manual pages from the tables that --help is made of: roicast help --man COMMAND. In mdoc(7),
 * which man of Linux, BSD and macOS reads. English only, as the names of files and keys are. */
#include "cli/command.h"
#include "cli/prose.h"

#include "core/wrap.h"

#include <string.h>

enum { WIDTH = 76 };

/* ---- Text ---- */

/** Backquotes become bold; what mdoc would take for its own is escaped. */
static void add_escaped(rc_text *out, const char *s, size_t n) {
    bool bold = false;
    if (n > 0 && (*s == '.' || *s == '\''))
        rc_text_add(out, "\\&");
    for (size_t i = 0; i < n; i++)
        if (s[i] == '\\')
            rc_text_add(out, "\\e");
        else if (s[i] == '`')
            rc_text_add(out, (bold = !bold) ? "\\fB" : "\\fR");
        else if (s[i] == '-')
            rc_text_add(out, "\\-");
        else if (s[i] == '^')
            rc_text_add(out, "\\(ha");
        else if (s[i] == '~')
            rc_text_add(out, "\\(ti");
        else
            rc_text_add_n(out, s + i, 1);
    rc_text_add(out, "\n");
}

static bool ends_sentence(const char *s, size_t i) {
    return (s[i] == '.' || s[i] == '?') && s[i + 1] == ' ' && s[i + 2] >= 'A' && s[i + 2] <= 'Z';
}

/** A paragraph: sentences on lines of their own, as mdoc wants them. `name` within backquotes has
 * no blank, so that bold never crosses a line. */
static void add_prose(rc_text *out, const char *text) {
    rc_text lines = {0}, sentence = {0};
    for (size_t i = 0; text[i] != '\0'; i++) {
        rc_text_add_n(&sentence, text + i, 1);
        if (text[i + 1] != '\0' && !ends_sentence(text, i))
            continue;
        rc_text_wrap(&lines, sentence.bytes + strspn(sentence.bytes, " "), 0, WIDTH);
        sentence.length = 0;
    }
    for (const char *s = lines.bytes; s != NULL && *s != '\0';) {
        size_t n = strcspn(s, "\n");
        add_escaped(out, s, n);
        s += n + (s[n] == '\n');
    }
    rc_text_free(&sentence);
    rc_text_free(&lines);
}

static void add_blocks(rc_text *out, const char *text, bool first) {
    rc_text block = {0};
    for (rc_prose kind; (kind = rc_prose_next(&text, &block)) != RC_PROSE_END; first = false)
        if (kind == RC_PROSE_VERBATIM) {
            rc_text_add(out, ".Dl ");
            add_escaped(out, block.bytes, block.length);
        } else {
            rc_text_add(out, first ? "" : ".Pp\n");
            add_prose(out, block.bytes);
        }
    rc_text_free(&block);
}

static void add_examples(rc_text *out, const char *examples) {
    rc_text line = {0};
    rc_text_add(out, ".Sh EXAMPLES\n.Bd -literal\n");
    while (rc_prose_next(&examples, &line) != RC_PROSE_END)
        add_escaped(out, line.bytes, line.length);
    rc_text_add(out, ".Ed\n");
    rc_text_free(&line);
}

/* ---- Options ---- */

static void add_options(rc_text *out, const rc_option *options, size_t n) {
    for (size_t i = 0; i < n; i++) {
        const rc_option *o = &options[i];
        if (o->hidden)
            continue;
        rc_text_add(out, ".It ");
        if (o->letter != 0)
            rc_text_addf(out, "Fl %c , ", o->letter);
        rc_text_addf(out, "Fl \\-%s", o->name);
        if (o->unit != NULL)
            rc_text_addf(out, " Ar %s", o->unit);
        rc_text_add(out, "\n");
        rc_text help = {0};
        rc_text_add(&help, o->help);
        if (o->fallback != NULL)
            rc_text_addf(&help, "%s[%s]", *o->help != '\0' ? " " : "", o->fallback);
        add_prose(out, help.bytes);
        rc_text_free(&help);
    }
}

static void list_options(rc_text *out, const char *heading, const rc_option *options, size_t n) {
    if (heading != NULL)
        rc_text_addf(out, ".Ss %s\n", heading);
    rc_text_add(out, ".Bl -tag -width Ds\n");
    add_options(out, options, n);
    rc_text_add(out, ".El\n");
}

/* ---- Pages ---- */

static void add_head(rc_text *out, const char *command, const char *summary) {
    char upper[32];
    size_t n = 0;
    for (; command[n] != '\0' && n + 1 < sizeof upper; n++)
        upper[n] = command[n] == '-' ? '-' : (char)(command[n] - 'a' + 'A');
    upper[n] = '\0';
    rc_text_addf(out,
                 ".\\\" Made by roicast help --man from its tables of options.\n"
                 ".Dd " ROICAST_DATE "\n.Dt %s 1\n.Os\n"
                 ".Sh NAME\n.Nm %s\n.Nd ",
                 upper, command);
    size_t end = strlen(summary); /* one line, without a stop */
    while (end > 0 && strchr(". ", summary[end - 1]) != NULL)
        end--;
    add_escaped(out, summary, end);
}

/** Names of the pages of commands by the alphabet. */
static void add_references(rc_text *out) {
    const char *last = "";
    for (size_t n = rc_command_count(); n > 0; n--) {
        const char *next = NULL;
        for (size_t i = 0; i < rc_command_count(); i++) {
            const char *name = rc_command_at(i)->name;
            if (strcmp(name, last) > 0 && (next == NULL || strcmp(name, next) < 0))
                next = name;
        }
        rc_text_addf(out, ".Xr roicast-%s 1%s\n", next, n > 1 ? " ," : "");
        last = next;
    }
}

void rc_command_print_manual(const rc_command_type *c, rc_text *out) {
    char title[32] = "roicast-";
    strncat(title, c->name, sizeof title - sizeof "roicast-");
    add_head(out, title, c->summary);
    rc_text_addf(out, ".Sh SYNOPSIS\n.Nm roicast %s\n.Op Ar options\n", c->name);
    if (*c->operands != '\0')
        rc_text_addf(out, ".Ar %s\n", c->operands);
    rc_text_add(out, ".Sh DESCRIPTION\n");
    if (c->details != NULL) {
        add_blocks(out, c->details, true);
    } else {
        rc_text_addf(out, ".Nm roicast %s\ndoes one thing:\n", c->name);
        rc_text_addf(out, "%s.\n", c->summary);
    }
    rc_text_add(out, ".Sh OPTIONS\n");
    if (c->n_options > 0)
        list_options(out, NULL, c->options, c->n_options);
    if (c->reads_models)
        list_options(out, "Changes to the model, before it is read", rc_model_options,
                     rc_model_option_count);
    list_options(out, c->n_options > 0 ? "Every command has" : NULL, rc_common_options,
                 rc_common_option_count);
    rc_text_add(out, ".Sh EXIT STATUS\nSee\n.Xr roicast 1 .\n");
    if (c->examples != NULL)
        add_examples(out, c->examples);
    rc_text_add(out, ".Sh SEE ALSO\n.Xr roicast 1\n");
}

/** The rows "  2    text" of a list of exit codes. */
static void add_exit_codes(rc_text *out, const char *text) {
    rc_text_add(out, ".Sh EXIT STATUS\n.Bl -tag -width Ds\n");
    for (const char *s = text; *s != '\0';) {
        size_t n = strcspn(s, "\n"), code = strspn(s, " "), digits = strspn(s + code, "0123456789");
        if (code > 0 && digits > 0) {
            size_t words = code + digits + strspn(s + code + digits, " ");
            rc_text_addf(out, ".It %.*s\n", (int)digits, s + code);
            add_escaped(out, s + words, n - words);
        }
        s += n + (s[n] == '\n');
    }
    rc_text_add(out, ".El\n");
}

void rc_program_print_manual(const rc_program_texts *texts, rc_text *out) {
    add_head(out, "roicast", "Monte Carlo simulation of what a project may return");
    rc_text_add(out,
                ".Sh SYNOPSIS\n.Nm\n.Ar COMMAND\n.Op Ar options\n.Ar ...\n"
                ".Sh DESCRIPTION\n.Nm\nsimulates benefits, costs and risks of a project by "
                "Monte Carlo from one\nmodel file.\n"
                "Each command has a page of its own:\n.Bl -tag -width roicast-sensitivity(1)\n");
    for (size_t i = 0; i < rc_command_count(); i++) {
        const rc_command_type *c = rc_command_at(i);
        rc_text_addf(out, ".It Xr roicast-%s 1\n", c->name);
        add_prose(out, c->summary);
    }
    rc_text_add(out, ".El\n.Sh OPTIONS\nEvery command has:\n");
    list_options(out, NULL, rc_common_options, rc_common_option_count);
    rc_text_add(out,
                ".Sh ENVIRONMENT\n.Bl -tag -width Ds\n"
                ".It Ev LC_ALL , LC_MESSAGES , LANG , LANGUAGE\nThe language, unless\n.Fl \\-lang\n"
                "says it.\n"
                ".It Ev NO_COLOR\nNo colours, unless\n.Fl \\-color\nsays so.\n"
                ".It Ev OMP_PROC_BIND , OMP_PLACES\nBind threads to cores.\n.El\n");
    add_exit_codes(out, texts->exit_codes);
    add_examples(out, texts->examples);
    rc_text_add(out, ".Sh SEE ALSO\n");
    add_references(out);
}
