/* SPDX-License-Identifier: GPL-3.0-or-later */
/* roicast new: a starting model out of the template, by flags or by a few questions. */
#define _POSIX_C_SOURCE 200809L /* lstat, poll */
#include "cli/command.h"
#include "cli/option_rows.h"
#include "cli/terminal.h"

#include "core/language.h"
#include "model/model.h"
#include "templates/templates.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST_SEATS = 100000 };

static const char *choice_of(const char *kind, size_t index) {
    for (size_t i = 0; i < rc_template_count; i++)
        if (strcmp(rc_templates[i].kind, kind) == 0 && index-- == 0)
            return rc_templates[i].name;
    return NULL;
}
static const char *company_choice(size_t i) {
    return choice_of("company", i);
}
static const char *vendor_choice(size_t i) {
    return choice_of("vendor", i);
}
static const char *type_choice(size_t i) {
    return choice_of("type", i);
}

static const char *pitfall_choice(size_t i) { /* for completion */
    return choice_of("pitfall", i);
}

static const rc_option options[] = {
    {.name = "company",
     .type = RC_OPTION_CHOICE,
     .unit = "SIZE",
     .choices = company_choice,
     .help = RC_TR("startup (12 seats), midsize (120) or enterprise (1,500)")},
    {.name = "seats",
     .type = RC_OPTION_COUNT,
     .unit = "N",
     .low = 1,
     .high = MOST_SEATS,
     .help = RC_TR("users; without --company the size that is nearest")},
    {.name = "vendor",
     .type = RC_OPTION_CHOICE,
     .unit = "NAME",
     .choices = vendor_choice,
     .fallback = RC_TR("an ordinary product"),
     .help = RC_TR("whose prices and scores: roicast list templates")},
    {.name = "type",
     .type = RC_OPTION_CHOICE,
     .unit = "NAME",
     .choices = type_choice,
     .fallback = RC_TR("a mixture"),
     .help = RC_TR("operational, analytical, collaborative or strategic")},
    {.name = "pitfall",
     .type = RC_OPTION_NAMES,
     .unit = "A,B",
     .choices = pitfall_choice,
     .repeats = true,
     .help = RC_TR("what goes wrong: roicast list templates")},
    RC_ROW_OUTPUT("write to FILE (- for standard output), not to crm.yaml"),
    {.name = "force", .type = RC_OPTION_FLAG, .help = RC_TR("FILE may exist: it is written anew")},
    RC_ROW_QUIET("say nothing of what comes next"),
};

/* ---- Flags ---- */

static void add_piece(rc_starter *s, const rc_template *piece) {
    if (piece != NULL && s->n < sizeof s->pieces / sizeof *s->pieces)
        s->pieces[s->n++] = piece;
}

static rc_status add_pitfall(rc_starter *s, const char *name, rc_error *err) {
    const char *names[32];
    size_t n = 0;
    const rc_template *piece = rc_template_find("pitfall", name);
    for (const char *one; n < 32 && (one = choice_of("pitfall", n)) != NULL;)
        names[n++] = one;
    const char *near = piece == NULL ? rc_nearest_name(name, names, n) : NULL;
    if (piece == NULL)
        return rc_fail(err, RC_USAGE, "there is no pitfall %.60s%s%s%s", name,
                       near != NULL ? "; did you mean " : "", near != NULL ? near : "",
                       near != NULL ? "?" : " (roicast list templates)");
    for (size_t i = 0; i < s->n; i++)
        if (s->pieces[i] == piece)
            return RC_OK;
    add_piece(s, piece);
    return RC_OK;
}

static bool any_given(const rc_arguments *a) {
    static const char *const names[] = {"company", "seats", "vendor", "type", "pitfall"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (rc_option_get(a, names[i])->given)
            return true;
    return false;
}

static rc_status by_flags(const rc_arguments *a, rc_starter *s, rc_error *err) {
    const rc_option_value *company = rc_option_get(a, "company"),
                          *seats = rc_option_get(a, "seats");
    const rc_option_value *vendor = rc_option_get(a, "vendor"), *type = rc_option_get(a, "type");
    const rc_option_value *pitfalls = rc_option_get(a, "pitfall");
    rc_status status = RC_OK;
    s->seats = seats->given ? seats->count : 0;
    if (company->given)
        add_piece(s, rc_template_find("company", company->text));
    else if (seats->given)
        add_piece(s, rc_template_company_for(s->seats));
    if (vendor->given)
        add_piece(s, rc_template_find("vendor", vendor->text));
    if (type->given)
        add_piece(s, rc_template_find("type", type->text));
    for (size_t i = 0; i < pitfalls->n_names && status == RC_OK; i++)
        status = add_pitfall(s, pitfalls->names[i], err);
    return status;
}

/* ---- Questions ---- */

typedef struct talk {
    const char *language;
    rc_arena *arena;
    bool ended; /**< Ctrl-D or Ctrl-C */
} talk;

/* EOF at the end and after Ctrl-C, which may come at any moment: a plain read would miss one that
 * comes just before it. */
static int read_char(void) {
    struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
    while (!rc_interrupted()) {
        unsigned char c;
        if (poll(&input, 1, 100) > 0)
            return read(STDIN_FILENO, &c, 1) == 1 ? c : EOF;
    }
    return EOF;
}

/* One line without blanks around it; false at the end of input. Too long a line is no answer. */
static bool read_line(talk *t, char *line, size_t room) {
    int c;
    size_t n = 0;
    bool fits = true;
    fflush(stderr);
    while ((c = read_char()) != EOF && c != '\n')
        if (n + 1 < room && (n > 0 || c != ' '))
            line[n++] = (char)c;
        else
            fits = n + 1 < room;
    while (n > 0 && (line[n - 1] == ' ' || line[n - 1] == '\r' || line[n - 1] == '\t'))
        n--;
    line[n] = '\0';
    if (!fits)
        strcpy(line, "?");
    t->ended = (c == EOF && n == 0) || rc_interrupted();
    if (t->ended)
        fputs("\n", stderr);
    return !t->ended;
}

/* 1,500 is 1500; 1,50 stays what it is. */
static void without_commas(char *line) {
    size_t digits = 0;
    for (size_t i = strlen(line); i-- > 0; digits++)
        if ((digits + 1) % 4 == 0 ? line[i] != ',' || i == 0 : line[i] < '0' || line[i] > '9')
            return;
    char *to = line;
    for (const char *at = line; *at != '\0'; at++)
        if (*at != ',')
            *to++ = *at;
    *to = '\0';
}

static size_t ask_count(talk *t, const char *question, size_t fallback) {
    char line[64];
    uint64_t n;
    for (;;) {
        fprintf(stderr, "%s [%zu] ", question, fallback);
        if (!read_line(t, line, sizeof line))
            return 0;
        if (line[0] == '\0')
            return fallback;
        without_commas(line);
        if (rc_count_parse(line, &n) && n >= 1 && n <= MOST_SEATS)
            return (size_t)n;
        fprintf(stderr, "  %s\n", rc_tr(t->language, "A whole number from 1 to 100,000, please."));
    }
}

static void show_choices(talk *t, const char *kind, const char *none) {
    if (none != NULL)
        fprintf(stderr, "  0  %s\n", none);
    size_t n = 0;
    for (size_t i = 0; i < rc_template_count; i++)
        if (strcmp(rc_templates[i].kind, kind) == 0)
            fprintf(stderr, "  %zu  %-14s %s\n", ++n, rc_templates[i].name,
                    rc_template_summary(&rc_templates[i], t->language, t->arena));
}

static bool begins_with(const char *name, const char *answer) {
    for (; *answer != '\0'; name++, answer++)
        if (*name != (*answer >= 'A' && *answer <= 'Z' ? *answer - 'A' + 'a' : *answer))
            return false;
    return true;
}

/* By number or name (or how it begins); NULL with `none`, or at the end. */
static const rc_template *ask_choice(talk *t, const char *question, const char *kind,
                                     const char *none, const char *fallback) {
    char line[64];
    show_choices(t, kind, none);
    for (;;) {
        fprintf(stderr, "%s [%s] ", question, fallback);
        if (!read_line(t, line, sizeof line))
            return NULL;
        const char *answer = line[0] == '\0' ? fallback : line;
        if (none != NULL && strcmp(answer, "0") == 0)
            return NULL;
        size_t found = 0;
        const char *name = NULL;
        for (size_t i = 0; choice_of(kind, i) != NULL; i++) {
            char number[24];
            snprintf(number, sizeof number, "%zu", i + 1);
            if (strcmp(answer, number) != 0 && !begins_with(choice_of(kind, i), answer))
                continue;
            name = choice_of(kind, i);
            found++;
        }
        if (found == 1)
            return rc_template_find(kind, name);
        fprintf(stderr, "  %s\n", rc_tr(t->language, "One of the numbers or names above, please."));
    }
}

static rc_status by_questions(talk *t, rc_starter *s) {
    const char *l = t->language;
    rc_interrupt_watch();
    fprintf(stderr, "%s\n\n",
            rc_tr(l, "A few questions; Enter takes what stands in brackets, Ctrl-D leaves."));
    s->seats = ask_count(t, rc_tr(l, "How many people will use the CRM?"), 120);
    if (!t->ended)
        add_piece(s, ask_choice(t, rc_tr(l, "Which company is most like yours?"), "company", NULL,
                                rc_template_company_for(s->seats)->name));
    if (!t->ended)
        add_piece(s, ask_choice(t, rc_tr(l, "Whose CRM?"), "vendor",
                                rc_tr(l, "not decided: an ordinary product"), "0"));
    if (!t->ended)
        add_piece(s, ask_choice(t, rc_tr(l, "What is it for above all?"), "type",
                                rc_tr(l, "a mixture of these"), "0"));
    fputs(t->ended ? "" : "\n", stderr);
    return t->ended ? RC_INTERRUPTED : RC_OK;
}

/* ---- The file ---- */

static rc_status may_write(const rc_arguments *a, const char *file, rc_error *err) {
    struct stat there;
    if (strcmp(file, "-") == 0 || rc_option_get(a, "force")->given || lstat(file, &there) != 0)
        return RC_OK;
    return rc_fail(err, RC_IO, "`%.150s` exists: give another name by -o, or --force to replace it",
                   file);
}

static rc_status write_model(const char *file, const rc_starter *s, rc_error *err) {
    rc_text text = {0};
    rc_status status = rc_starter_write(s, &text, err);
    if (status == RC_OK)
        status = rc_output_write(file, &text, err);
    rc_text_free(&text);
    return status;
}

/* What was scaled from one number of seats to another is to be looked at first. */
static void tell_scaled(const rc_starter *s, const char *language) {
    rc_text text = {0};
    char from[24], to[24];
    if (rc_starter_scaled_from(s) == 0)
        return;
    snprintf(from, sizeof from, "%zu", rc_starter_scaled_from(s));
    snprintf(to, sizeof to, "%zu", s->seats);
    RC_SAY(&text, language,
           "Customers, marketing and the work of the project are scaled from {from} seats to {to}: "
           "check these first (search for \"scaled to\"). Prices, wages, hours and revenue a seat "
           "are not scaled.",
           "from", from, "to", to);
    rc_terminal_say("%s", text.bytes);
    rc_text_free(&text);
}

static void tell(const char *file, const char *language) {
    static const struct {
        const char *command, *what;
    } next[] = {
        {"check", RC_TR("what is doubtful in it")},
        {"run", RC_TR("what it may return")},
        {"report", RC_TR("the page to forward")},
        {"sensitivity", RC_TR("what decides it")},
    };
    rc_text text = {0};
    RC_SAY(&text, language,
           "{file} is written. Open it and put your own figures in, \"Your company\" first. Then:",
           "file", file);
    fprintf(stderr, "%s\n", text.bytes);
    for (size_t i = 0; i < sizeof next / sizeof *next; i++)
        fprintf(stderr, "  roicast %-11s %s   # %s\n", next[i].command, file,
                rc_tr(language, next[i].what));
    rc_text_free(&text);
}

static rc_status run(const rc_arguments *a) {
    const char *file = rc_option_get(a, "output")->text;
    talk t = {.language = a->language, .arena = rc_arena_new()};
    rc_starter s = {.n = 0};
    rc_error err = {0};
    file = file != NULL ? file : "crm.yaml";
    rc_status status = may_write(a, file, &err);
    if (status == RC_OK && any_given(a))
        status = by_flags(a, &s, &err);
    else if (status == RC_OK && rc_terminal_is(0))
        status = by_questions(&t, &s);
    else if (status == RC_OK)
        status =
            rc_fail(&err, RC_USAGE,
                    "say what it is for: --company startup, midsize or enterprise, or --seats; "
                    "on a terminal it asks");
    if (status == RC_OK)
        status = write_model(file, &s, &err);
    bool quiet = rc_option_get(a, "quiet")->given;
    if (status == RC_OK && !quiet)
        tell_scaled(&s, t.language);
    if (status == RC_OK && !quiet && strcmp(file, "-") != 0)
        tell(file, t.language);
    if (status == RC_INTERRUPTED)
        rc_terminal_say("%s", rc_tr(t.language, "nothing was written"));
    else if (status != RC_OK)
        rc_terminal_error(&err);
    rc_arena_free(t.arena);
    return status;
}

const rc_command_type rc_command_new = {
    .name = "new",
    .summary = RC_TR("write a model to start from, for a company like yours"),
    .operands = "",
    .run = run,
    .options = options,
    .n_options = sizeof options / sizeof *options,
    .details = RC_TR(
        "Writes the CRM template with the figures of a company, a vendor, a type of CRM and of\n"
        "pitfalls worked into it: one file with comments, to be filled in with your own figures.\n"
        "Without these options it asks, on a terminal. A file that exists is left alone.\n"),
    .examples = "  roicast new\n"
                "  roicast new --company startup --vendor hubspot --type operational\n"
                "  roicast new --seats 60 --vendor zoho --pitfall poor-data,no-strategy\n",
};
