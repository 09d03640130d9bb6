/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/options.h"

#include "cli/command.h"
#include "cli/language.h"

#include "core/wrap.h"
#include "model/syntax.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { MAX_OPTIONS = 32 };

static const char *color_choice(size_t index) {
    static const char *const choices[] = {"auto", "always", "never", NULL};
    return choices[index];
}

static const char *language_choice(size_t index) { /* for completion */
    return index < rc_language_count() ? rc_language_at(index)->code : NULL;
}

const rc_option rc_common_options[] = {
    {.name = "color",
     .type = RC_OPTION_CHOICE,
     .unit = "WHEN",
     .choices = color_choice,
     .fallback = "auto",
     .help = RC_TR("colours: auto (on a terminal, unless NO_COLOR is set), always, never")},
    {.name = "lang",
     .type = RC_OPTION_TEXT,
     .unit = "LANG",
     .choices = language_choice,
     .fallback = RC_TR("as LANG in the environment"),
     .help = RC_TR("language of reports and help: en, zh-CN, zh-TW")},
    {.name = "help", .letter = 'h', .type = RC_OPTION_FLAG, .help = RC_TR("show this text")},
};
const size_t rc_common_option_count = sizeof rc_common_options / sizeof *rc_common_options;

const rc_option rc_model_options[] = {
    {.name = "scenario",
     .type = RC_OPTION_NAMES,
     .unit = "NAME",
     .repeats = true,
     .help = RC_TR("lay scenarios of the model over it: a, or a,b in this order")},
    {.name = "over",
     .type = RC_OPTION_TEXT,
     .unit = "FILE",
     .repeats = true,
     .help = RC_TR("lay another file over the model, before scenarios and settings")},
    {.name = "set",
     .type = RC_OPTION_TEXT,
     .unit = "NAME=EXPR",
     .repeats = true,
     .help = RC_TR("change one thing: seats=130, training.growth=3%, timeline.years=4")},
    {.name = "allow-outside",
     .type = RC_OPTION_FLAG,
     .help = RC_TR("the model may extend files outside its folder")},
};
const size_t rc_model_option_count = sizeof rc_model_options / sizeof *rc_model_options;

/* ---- Values ------------------------------------------------------------------------------------
 */

static bool power(uint64_t base, uint64_t exponent, uint64_t *out) {
    uint64_t product = 1;
    for (; exponent > 0; exponent--) {
        if (base != 0 && product > UINT64_MAX / base)
            return false;
        product *= base;
        if (product <= 1)
            break;
    }
    *out = product;
    return true;
}

/** Digits with _ between them. */
static const char *digits(const char *s, uint64_t *value) {
    const char *start = s;
    *value = 0;
    for (; (*s >= '0' && *s <= '9') || (*s == '_' && s > start); s++) {
        if (*s == '_')
            continue;
        uint64_t digit = (uint64_t)(*s - '0');
        if (*value > (UINT64_MAX - digit) / 10)
            return NULL;
        *value = *value * 10 + digit;
    }
    return s == start ? NULL : s;
}

bool rc_count_parse(const char *text, uint64_t *count) {
    static const struct {
        char suffix;
        uint64_t factor;
    } suffixes[] = {{'k', 1000}, {'K', 1000}, {'M', 1000000}, {'G', 1000000000}, {'B', 1000000000}};
    uint64_t whole, part = 0, scale = 1, factor = 1;
    const char *s = digits(text, &whole);
    if (s == NULL)
        return false;
    if (*s == '^') {
        uint64_t exponent;
        s = digits(s + 1, &exponent);
        return s != NULL && *s == '\0' && power(whole, exponent, count);
    }
    if (*s == '.') /* 1.5M */
        for (s++; *s >= '0' && *s <= '9'; s++) {
            if (scale >= 1000000000)
                return false;
            part = part * 10 + (uint64_t)(*s - '0');
            scale *= 10;
        }
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++)
        if (*s == suffixes[i].suffix && s[1] == '\0') {
            factor = suffixes[i].factor;
            s++;
        }
    if (*s != '\0' || factor % scale != 0 || whole > UINT64_MAX / factor)
        return false;
    uint64_t rest = part * (factor / scale);
    *count = whole * factor;
    if (*count > UINT64_MAX - rest)
        return false;
    *count += rest;
    return true;
}

/* Of an option that repeats, earlier names stay. */
static void split_names(rc_option_value *v, rc_arena *arena) {
    char *copy = rc_arena_strdup(arena, v->text);
    const char **names = RC_NEW(arena, const char *, v->n_names + strlen(copy) + 1);
    size_t n = 0;
    for (; v->option->repeats && n < v->n_names; n++)
        names[n] = v->names[n];
    for (char *name = strtok(copy, ","); name != NULL; name = strtok(NULL, ","))
        names[n++] = name;
    v->names = names;
    v->n_names = n;
}

static void keep_text(rc_option_value *v, rc_arena *arena) {
    const char **texts = RC_NEW(arena, const char *, v->n_texts + 1);
    for (size_t i = 0; i < v->n_texts; i++)
        texts[i] = v->texts[i];
    texts[v->n_texts++] = v->text;
    v->texts = texts;
}

static rc_status check_choice(const rc_option *o, const char *text, rc_error *err) {
    const char *known[MAX_OPTIONS];
    size_t n = 0;
    rc_text list = {0};
    for (const char *c; n < MAX_OPTIONS && (c = o->choices(n)) != NULL; n++) {
        if (strcmp(c, text) == 0) {
            rc_text_free(&list);
            return RC_OK;
        }
        rc_text_addf(&list, "%s%s", n > 0 ? ", " : "", c);
        known[n] = c;
    }
    const char *near = rc_nearest_name(text, known, n);
    rc_status status = near != NULL
                           ? rc_fail(err, RC_USAGE, "--%s %.60s: did you mean %s? (one of %.100s)",
                                     o->name, text, near, list.bytes)
                           : rc_fail(err, RC_USAGE, "--%s %.60s: must be one of %.100s", o->name,
                                     text, list.bytes);
    rc_text_free(&list);
    return status;
}

static rc_status take_value(rc_option_value *v, const char *text, rc_arena *arena, rc_error *err) {
    const rc_option *o = v->option;
    v->given = true;
    v->text = text;
    if (o->repeats)
        keep_text(v, arena);
    if (o->type == RC_OPTION_CHOICE)
        return check_choice(o, text, err);
    if (o->type == RC_OPTION_NAMES) {
        split_names(v, arena);
        if (v->n_names == 0)
            return rc_fail(err, RC_USAGE, "--%s needs at least one name", o->name);
    }
    if (o->type == RC_OPTION_REAL && !rc_number_parse(text, &v->real))
        return rc_fail(err, RC_USAGE, "--%s %.60s: must be a number, such as 1200, 0.35 or -2k",
                       o->name, text);
    if (o->type != RC_OPTION_COUNT)
        return RC_OK;
    if (!rc_count_parse(text, &v->count))
        return rc_fail(err, RC_USAGE,
                       "--%s %.60s: must be a whole number, such as 100000, 1M or 2^20", o->name,
                       text);
    if (v->count < o->low || v->count > o->high)
        return rc_fail(err, RC_USAGE, "--%s %.60s: must lie between %llu and %llu", o->name, text,
                       (unsigned long long)o->low, (unsigned long long)o->high);
    return RC_OK;
}

/* ---- Words ---- */

typedef struct parser {
    rc_arguments *out;
    rc_arena *arena;
    char **argv;
    int argc, at;
    rc_error *err;
} parser;

static rc_status unknown(const parser *p, const char *word, const char *name) {
    const char *names[MAX_OPTIONS];
    size_t n = 0;
    for (size_t i = 0; i < p->out->n_values; i++)
        if (!p->out->values[i].option->hidden)
            names[n++] = p->out->values[i].option->name;
    const char *near = rc_nearest_name(name, names, n);
    if (near != NULL)
        return rc_fail(p->err, RC_USAGE, "unknown option %.60s; did you mean --%s?", word, near);
    return rc_fail(p->err, RC_USAGE, "unknown option %.60s", word);
}

/** The word after an option, or its part after '='. */
static rc_status set_option(parser *p, rc_option_value *v, const char *attached) {
    if (v->option->type == RC_OPTION_FLAG) {
        v->given = true;
        return attached == NULL ? RC_OK
                                : rc_fail(p->err, RC_USAGE, "--%s takes no value", v->option->name);
    }
    if (attached == NULL && p->at + 1 >= p->argc)
        return rc_fail(p->err, RC_USAGE, "--%s needs a value: --%s %s", v->option->name,
                       v->option->name, v->option->unit);
    return take_value(v, attached != NULL ? attached : p->argv[++p->at], p->arena, p->err);
}

static rc_status long_option(parser *p, const char *word) {
    const char *name = word + 2, *equals = strchr(name, '=');
    size_t n = equals != NULL ? (size_t)(equals - name) : strlen(name);
    for (size_t i = 0; i < p->out->n_values; i++) {
        rc_option_value *v = &p->out->values[i];
        if (strlen(v->option->name) == n && strncmp(v->option->name, name, n) == 0)
            return set_option(p, v, equals != NULL ? equals + 1 : NULL);
    }
    return unknown(p, word, rc_arena_strndup(p->arena, name, n));
}

static rc_status short_option(parser *p, const char *word) {
    for (size_t i = 0; i < p->out->n_values; i++) {
        rc_option_value *v = &p->out->values[i];
        if (v->option->letter != 0 && v->option->letter == word[1]) {
            const char *rest = word[2] != '\0' ? word + 2 : NULL;
            return set_option(p, v, rest);
        }
    }
    return unknown(p, word, word + 1);
}

static bool wants_help(const rc_arguments *a) {
    return rc_option_get(a, "help")->given;
}

rc_status rc_options_parse(const rc_command_type *command, int argc, char **argv, rc_arena *arena,
                           rc_arguments *out, rc_error *err) {
    *out = (rc_arguments){.command = command};
    size_t n_model = command->reads_models ? rc_model_option_count : 0;
    assert(command->n_options + n_model + rc_common_option_count <= MAX_OPTIONS);
    out->values =
        RC_NEW(arena, rc_option_value, command->n_options + n_model + rc_common_option_count);
    for (size_t i = 0; i < command->n_options; i++)
        out->values[out->n_values++].option = &command->options[i];
    for (size_t i = 0; i < n_model; i++)
        out->values[out->n_values++].option = &rc_model_options[i];
    for (size_t i = 0; i < rc_common_option_count; i++)
        out->values[out->n_values++].option = &rc_common_options[i];
    for (size_t i = 0; i < out->n_values; i++)
        out->values[i].real = NAN;
    out->operands = RC_NEW(arena, const char *, (size_t)argc + 1);
    parser p = {.out = out, .arena = arena, .argv = argv, .argc = argc, .err = err};
    bool only_operands = false;
    for (; p.at < argc; p.at++) {
        const char *word = argv[p.at];
        rc_status status = RC_OK;
        if (only_operands || word[0] != '-' || word[1] == '\0')
            out->operands[out->n_operands++] = word;
        else if (strcmp(word, "--") == 0)
            only_operands = true;
        else
            status = word[1] == '-' ? long_option(&p, word) : short_option(&p, word);
        if (status != RC_OK)
            return status;
    }
    const rc_option_value *lang = rc_option_get(out, "lang");
    out->language =
        lang->given ? rc_language_option(lang->text, err) : rc_language_of_environment();
    if (out->language == NULL)
        return RC_USAGE;
    if (wants_help(out))
        return RC_OK;
    if (out->n_operands < command->least)
        return rc_fail(err, RC_USAGE, "%s is missing: roicast %s %s", command->operands,
                       command->name, command->operands);
    if (out->n_operands > command->most)
        return rc_fail(err, RC_USAGE, "unexpected \"%.60s\"", out->operands[command->most]);
    return RC_OK;
}

const rc_option_value *rc_option_find(const rc_arguments *a, const char *name) {
    for (size_t i = 0; i < a->n_values; i++)
        if (strcmp(a->values[i].option->name, name) == 0)
            return &a->values[i];
    return NULL;
}

const rc_option_value *rc_option_get(const rc_arguments *a, const char *name) {
    const rc_option_value *value = rc_option_find(a, name);
    assert(value != NULL);
    return value;
}

/* ---- Help ---- */

void rc_options_help(const rc_option *options, size_t n, const char *language, rc_text *out) {
    enum { NAMES = 27, WIDTH = 80 };
    for (size_t i = 0; i < n; i++) {
        const rc_option *o = &options[i];
        if (o->hidden)
            continue;
        char name[64], letter[8] = "    ";
        if (o->letter != 0)
            snprintf(letter, sizeof letter, "-%c, ", o->letter);
        snprintf(name, sizeof name, "  %s--%s%s%s", letter, o->name, o->unit != NULL ? " " : "",
                 o->unit != NULL ? o->unit : "");
        rc_text help = {0};
        rc_text_add(&help, rc_tr(language, o->help));
        if (o->fallback != NULL)
            rc_text_addf(&help, " [%s]", rc_tr(language, o->fallback));
        rc_text_addf(out, "%-*s ", NAMES - 1, name);
        rc_text_wrap(out, help.bytes, NAMES, WIDTH);
        rc_text_free(&help);
    }
}
