/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What YAML accepts with a meaning that nobody meant: `{value: pert(1, 2, 3)}` is a mapping with
 * the keys `2` and `3)`, `{a: 1,200}` has a key 200, `a: x #2` is x. Found while the tree is built
 * and answered with what to write. What YAML refuses is in yaml_refused.c. */
#include "model/yaml_traps.h"

#include "model/lexer.h"

#include <stdlib.h>
#include <string.h>

/* ---- Bytes ---- */

bool rc_yaml_check_bytes(rc_yaml_reader *r) {
    const char *bytes = r->source->bytes;
    size_t n = r->source->length, step;
    for (size_t i = r->start; i < n; i += step) {
        step = 1;
        if ((unsigned char)bytes[i] >= 0x20 && (unsigned char)bytes[i] < 0x7F)
            continue;
        int32_t c = rc_utf8_decode(bytes + i, n - i, &step);
        if (c == '\t' || c == '\n' || c == '\r' || c >= 0xA0)
            continue;
        rc_mark mark = rc_places_mark(&r->places, i, i + 1);
        if (c < 0)
            rc_diag_error(
                r->diags, mark,
                i == 0 && (memcmp(bytes, "\xFF\xFE", 2) == 0 || memcmp(bytes, "\xFE\xFF", 2) == 0)
                    ? "the file is UTF-16; save it as UTF-8"
                    : "save the file as UTF-8",
                "byte 0x%02X is not UTF-8 text", (unsigned)(unsigned char)bytes[i]);
        else if (c == 0)
            rc_diag_error(r->diags, mark, "delete it; a model is plain text", "a NUL byte");
        else
            rc_diag_error(r->diags, mark, "delete it; a model is plain text",
                          "control character U+%04X", (unsigned)c);
        return false;
    }
    return true;
}

/* ---- Small questions ---- */

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool digits_only(const char *s, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (!is_digit(s[i]))
            return false;
    return n > 0;
}

/* Bytes of the name at s, 0 when there is none. */
static size_t name_length(const char *s, size_t n) {
    size_t i = 0, bytes;
    for (; i < n; i += bytes) {
        int32_t c = rc_utf8_decode(s + i, n - i, &bytes);
        if (!rc_name_letter(c) && (i == 0 || c < '0' || c > '9'))
            break;
    }
    return i;
}

size_t rc_yaml_tight_colon(const char *s, size_t n, bool *wide) {
    size_t name = name_length(s, n);
    *wide = name + 3 <= n && memcmp(s + name, "\xEF\xBC\x9A", 3) == 0;
    if (name == 0 || name >= n)
        return 0;
    if (*wide)
        return name;
    bool tight = s[name] == ':' && name + 1 < n && strchr(" \t\r\n/", s[name + 1]) == NULL;
    return tight ? name : 0;
}

/* What to write for `a:5` and `a：5`. */
void rc_yaml_say_colon(rc_yaml_reader *r, size_t start, size_t end, size_t name, bool wide) {
    const char *s = r->source->bytes + start;
    size_t colon = wide ? 3 : 1, value = name + colon;
    while (start + value < end && s[value] == ' ')
        value++;
    size_t stop = value;
    while (start + stop < end && s[stop] != '\n' && s[stop] != '\r' && s[stop] != '#')
        stop++;
    while (stop > value && s[stop - 1] == ' ')
        stop--;
    const char *hint = "write a space after the colon";
    if (stop < 80)
        hint = rc_arena_printf(r->arena, "%s: `%.*s: %.*s`",
                               wide ? "write a plain colon and a space" : "space after the colon",
                               (int)name, s, (int)(stop - value), s + value);
    rc_mark mark = rc_places_mark(&r->places, start + name, start + name + colon);
    if (wide)
        rc_diag_error(r->diags, mark, hint, "full-width `：` is no colon for YAML");
    else
        rc_diag_error(r->diags, mark, hint, "`%.*s` has no space after its colon",
                      (int)(stop < 60 ? stop : name + 1), s);
}

/* ---- A formula with commas inside { } or [ ] ---- */

/* Parentheses opened and not closed within s. */
static int open_parentheses(const char *s, size_t n) {
    int open = 0;
    for (size_t i = 0; i < n; i++)
        open += s[i] == '(' ? 1 : s[i] == ')' && open > 0 ? -1 : 0;
    return open;
}

/* From `start` to where the value would end if commas in parentheses did not count. */
static size_t whole_formula(const rc_yaml_reader *r, size_t start) {
    const char *s = r->source->bytes;
    int open = 0;
    size_t i = start;
    for (; i < r->source->length && s[i] != '\n' && s[i] != '\r'; i++) {
        open += s[i] == '(' || s[i] == '[' || s[i] == '{';
        if (s[i] == ')' || s[i] == ']' || s[i] == '}')
            if (--open < 0)
                break;
        if (open == 0 && (s[i] == ',' || (s[i] == ':' && s[i + 1] == ' ')))
            break;
    }
    while (i > start && s[i - 1] == ' ')
        i--;
    return open > 0 ? start : i;
}

static void say_split(rc_yaml_reader *r, rc_yaml_frame *frame, size_t start, size_t end,
                      const char *what, const char *after) {
    const char *s = r->source->bytes;
    size_t stop = whole_formula(r, start);
    const char *brackets = frame->node->kind == RC_YAML_MAP ? "{ }" : "[ ]";
    const char *hint = rc_arena_printf(r->arena, "put quotes around the whole %s", what);
    if (stop > start && stop - start <= 80) {
        const char *quote = memchr(s + start, '"', stop - start) == NULL ? "\"" : "'";
        const char *key = frame->key == NULL ? "" : frame->key->text;
        hint = rc_arena_printf(r->arena, "write %.40s%s%s%.*s%s%s", key, *key == '\0' ? "" : ": ",
                               quote, (int)(stop - start), s + start, quote, after);
    }
    rc_diag_error(r->diags, rc_places_mark(&r->places, start, stop > start ? stop : end), hint,
                  "a %s with commas inside %s needs quotes: YAML cuts it at the commas", what,
                  brackets);
    frame->split = r->split = true;
}

/* ---- 1,200 and 0,3 ---- */

/* A number of digits in front of a comma, and the word behind it that begins with a digit. */
static void say_comma(rc_yaml_reader *r, size_t start, size_t comma, size_t end) {
    const char *s = r->source->bytes;
    size_t stop = end;
    bool thousands = s[start] != '0';
    for (size_t at = comma; at < stop && s[at] == ',';) {
        size_t next = at + 1;
        while (next < r->source->length && is_digit(s[next]))
            next++;
        thousands = thousands && next - at == 4;
        at = next;
        stop = at > stop ? at : stop;
        if (s[at] == ',' && is_digit(s[at + 1]))
            stop = at + 1;
    }
    while (stop < r->source->length && (is_digit(s[stop]) || s[stop] == '.' || s[stop] == '%' ||
                                        s[stop] == 'k' || s[stop] == 'M' || s[stop] == 'B'))
        stop++;
    char plain[64];
    size_t n = 0;
    for (size_t i = start; i < stop && n + 1 < sizeof plain; i++)
        if (s[i] != ',')
            plain[n++] = s[i];
        else if (!thousands)
            plain[n++] = '.';
    plain[n] = '\0';
    const char *hint =
        rc_arena_printf(r->arena, "%s: write %s (if two values are meant: a blank after the comma)",
                        thousands ? "no thousands comma" : "decimal point", plain);
    rc_diag_error(r->diags, rc_places_mark(&r->places, start, stop), hint,
                  "`%.*s` is two values for YAML", (int)(stop - start < 60 ? stop - start : 60),
                  s + start);
}

static bool tight_number(const rc_yaml_reader *r, size_t before, size_t before_end, size_t start) {
    const char *s = r->source->bytes;
    return before_end > before && start == before_end + 1 && s[before_end] == ',' &&
           before_end - before <= 3 && digits_only(s + before, before_end - before) &&
           is_digit(s[start]);
}

void rc_yaml_trap_list(rc_yaml_reader *r, rc_yaml_frame *frame) {
    if (frame->tight_end > 0 && frame->spaced && !frame->split)
        say_comma(r, frame->tight_start, frame->tight_middle, frame->tight_end);
}

void rc_yaml_trap_null(rc_yaml_reader *r, rc_yaml_frame *frame) {
    const rc_yaml *key = frame->key;
    if (!frame->node->flow || frame->split || key->style != RC_YAML_PLAIN || key->raw == NULL)
        return;
    size_t start = (size_t)(key->raw - r->source->bytes), end = start + key->raw_length;
    bool wide;
    size_t name = rc_yaml_tight_colon(key->raw, key->raw_length, &wide);
    if (name > 0) {
        rc_yaml_say_colon(r, start, end, name, wide);
        frame->said = end;
    } else if (frame->said > 0 && frame->said + 1 >= start) {
        frame->said = end; /* the third part of 1,200,000 */
    } else if (tight_number(r, frame->value_start, frame->value_end, start)) {
        say_comma(r, frame->value_start, frame->value_end, end);
        frame->said = end;
    }
}

/* ---- Scalars ---- */

static bool say_invisible(rc_yaml_reader *r, size_t start, size_t end) {
    const char *s = r->source->bytes;
    for (size_t i = start, bytes; i < end; i += bytes) {
        int32_t c = rc_utf8_decode(s + i, end - i, &bytes);
        if (c < 0x80 || !rc_code_invisible(c))
            continue;
        rc_diag_error(r->diags, rc_places_mark(&r->places, i, i + bytes),
                      "use a space, or delete it", "invisible U+%04X (%s)", (unsigned)c,
                      rc_code_name(c));
        return true;
    }
    return false;
}

/* ` #2 * 3` behind a formula: a comment, but it does not look like one. */
static void look_for_comment(rc_yaml_reader *r, size_t end) {
    const char *s = r->source->bytes;
    size_t at = end;
    while (s[at] == ' ' || s[at] == '\t')
        at++;
    if (at == end || s[at] != '#' || !is_digit(s[at + 1]))
        return;
    size_t i = at + 1;
    while (is_digit(s[i]))
        i++;
    while (s[i] == ' ')
        i++;
    if (s[i] != '\0' && strchr("\r\n+-*/^),<>=", s[i]) == NULL)
        return; /* #1 in the list of ... */
    size_t stop = i;
    while (s[stop] != '\0' && s[stop] != '\n' && s[stop] != '\r')
        stop++;
    rc_diag_error(r->diags, rc_places_mark(&r->places, at, stop),
                  "write the name alone, or begin a comment with `# ` and a word",
                  "` #` starts a comment: `%.*s` is not read",
                  (int)(stop - at < 60 ? stop - at : 60), s + at);
}

static bool in_split(const rc_yaml_frame *frame) {
    return frame != NULL && frame->split;
}

void rc_yaml_trap_scalar(rc_yaml_reader *r, rc_yaml_frame *frame, const rc_yaml *scalar,
                         size_t start, size_t end, bool is_key, bool words) {
    const char *s = r->source->bytes + start;
    bool flow = frame != NULL && frame->node->flow, wide;
    if (in_split(frame))
        return;
    if (flow && open_parentheses(s, end - start) > 0) {
        size_t next = end;
        while (next < r->source->length && strchr(" \t\r\n", r->source->bytes[next]) != NULL)
            next++;
        if (r->source->bytes[next] == ',') {
            say_split(r, frame, start, end,
                      is_key  ? "name"
                      : words ? "text"
                              : "formula",
                      is_key ? ": ..." : "");
            return;
        }
    }
    if (!is_key && frame != NULL)
        frame->value_start = start, frame->value_end = end;
    if (is_key && strcmp(scalar->text, "<<") == 0)
        rc_diag_error(r->diags, scalar->mark,
                      "to build on another model write extends: [base.yaml]",
                      "`<<` does not merge anything here");
    if (flow && start > 0 && frame->node->kind == RC_YAML_LIST && frame->node->n > 0) {
        char before = r->source->bytes[start - 1];
        frame->spaced |= before == ' ' || before == '\n' || before == '\t';
        if (frame->tight_end == 0 && tight_number(r, frame->last_start, frame->last_end, start)) {
            frame->tight_start = frame->last_start;
            frame->tight_middle = frame->last_end;
            frame->tight_end = end;
        }
    }
    if (words || say_invisible(r, start, end) || is_key)
        return;
    size_t name = rc_yaml_tight_colon(s, end - start, &wide);
    if (name > 0)
        rc_yaml_say_colon(r, start, end, name, wide);
    look_for_comment(r, end);
}
