/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One setting of the command line as a tree: `seats=130`, `training.growth=3%`,
 * `costs.support.yearly=[1, 2, 3]`, `timeline.years=4`, `inputs.new=5`.
 *
 * Its text is a source of its own, "--set", so that mistakes in it get a caret. A value that begins
 * with a bracket or a quote is YAML; anything else is taken as it stands. */
#include "model/overlay.h"

#include "model/place.h"

#include <string.h>

enum { MAX_PARTS = 16 };

typedef struct setting {
    rc_overlay *o;
    rc_source *source;
    rc_places places;
    size_t from[MAX_PARTS], to[MAX_PARTS]; /* bytes of the parts between dots */
    size_t n;
    size_t value, end; /* bytes of the value */
} setting;

static rc_mark mark_at(const setting *s, size_t from, size_t to) {
    return rc_places_mark(&s->places, from, to);
}

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool check_bytes(setting *s) {
    const char *bytes = s->source->bytes;
    for (size_t i = 0, step; i < s->source->length; i += step) {
        int32_t c = rc_utf8_decode(bytes + i, s->source->length - i, &step);
        if (c >= 0x20 || is_blank((char)c))
            continue;
        rc_diag_error(s->o->diags, mark_at(s, i, i + 1), "type it as UTF-8 text",
                      c < 0 ? "byte 0x%02X is not UTF-8 text" : "control character U+%04X",
                      (unsigned)(unsigned char)bytes[i]);
        return false;
    }
    return true;
}

/* "a.b.c = value" */
static bool split(setting *s) {
    const char *bytes = s->source->bytes, *equals = strchr(bytes, '=');
    rc_diags *d = s->o->diags;
    size_t stop = equals == NULL ? s->source->length : (size_t)(equals - bytes);
    if (equals == NULL) {
        rc_diag_error(d, mark_at(s, 0, stop), "--set seats=130", "`%.60s` has no `=`", bytes);
        return false;
    }
    for (size_t at = 0; at <= stop; at++) {
        size_t from = at;
        while (at < stop && bytes[at] != '.')
            at++;
        size_t to = at;
        while (from < to && is_blank(bytes[from]))
            from++;
        while (to > from && is_blank(bytes[to - 1]))
            to--;
        if (from == to || s->n == MAX_PARTS) {
            rc_diag_error(d, mark_at(s, from, to + 1), "--set training.growth=3%",
                          from == to ? "a name is missing here" : "too many names");
            return false;
        }
        s->from[s->n] = from;
        s->to[s->n++] = to;
    }
    s->value = stop + 1;
    s->end = s->source->length;
    while (s->value < s->end && is_blank(bytes[s->value]))
        s->value++;
    while (s->end > s->value && is_blank(bytes[s->end - 1]))
        s->end--;
    if (s->value < s->end)
        return true;
    rc_diag_error(d, mark_at(s, stop, stop + 1), "write an expression behind the `=`",
                  "`%.*s` has no value", (int)(stop < 60 ? stop : 60), bytes);
    return false;
}

static rc_yaml *scalar(const setting *s, size_t from, size_t to) {
    rc_arena *arena = s->o->arena;
    rc_yaml *node = RC_NEW(arena, rc_yaml, 1);
    *node = (rc_yaml){.kind = RC_YAML_SCALAR,
                      .mark = mark_at(s, from, to),
                      .text = rc_arena_strndup(arena, s->source->bytes + from, to - from),
                      .raw = s->source->bytes + from,
                      .raw_length = to - from};
    return node;
}

/* The value is read as YAML behind blanks, so that columns are those of the whole text; its places
 * are then shown in that text. */
static const rc_yaml *parse(const setting *s) {
    rc_arena *arena = s->o->arena;
    const char *bytes = s->source->bytes;
    size_t blanks = mark_at(s, s->value, s->value).column - 1;
    const char *text = rc_arena_printf(arena, "%*s%s", (int)blanks, "", bytes + s->value);
    rc_source *source = rc_source_text(s->source->name, text, strlen(text), arena);
    const rc_yaml *root = rc_yaml_parse(source, s->o->diags);
    source->bytes = bytes;
    source->length = s->source->length;
    source->beside = s->source->beside;
    return root;
}

/* The value under its names from the part `first` on. */
static const rc_yaml *wrapped(const setting *s, size_t first, const rc_yaml *value) {
    for (size_t i = s->n; i-- > first;)
        value = rc_overlay_wrap(s->o, scalar(s, s->from[i], s->to[i]), value);
    return value;
}

static const rc_yaml *placed(const setting *s, const rc_yaml *root, const rc_yaml *value) {
    rc_overlay *o = s->o;
    const rc_yaml *first = scalar(s, s->from[0], s->to[0]);
    const char *name = first->text;
    if (rc_overlay_is_section(name) && s->n == 1) {
        rc_diag_error(o->diags, first->mark,
                      rc_arena_printf(o->arena, "name an entry: --set %s.name=...", name),
                      "`%s` is a section", name);
        return NULL;
    }
    if (rc_key_find(&rc_top_keys, name) != NULL) {
        const rc_yaml *over = wrapped(s, 0, value);
        return rc_overlay_sort(o, root, over);
    }
    const rc_yaml *section = rc_overlay_section_of(root, name);
    if (section == NULL) {
        const char *near = rc_overlay_nearest(o, root, name);
        rc_diag_error(
            o->diags, first->mark,
            near != NULL ? near : "for a new entry name its section: --set inputs.name=expression",
            "unknown name `%.60s`", name);
        return NULL;
    }
    return rc_overlay_wrap(o, section, wrapped(s, 0, value));
}

const rc_yaml *rc_overlay_setting(rc_overlay *o, const rc_yaml *root, const char *text) {
    setting s = {.o = o, .source = rc_source_text("--set", text, strlen(text), o->arena)};
    s.source->beside = o->top->name;
    rc_places_build(&s.places, s.source, o->arena);
    if (!check_bytes(&s) || !split(&s))
        return NULL;
    bool yaml = strchr("[{\"'", s.source->bytes[s.value]) != NULL;
    const rc_yaml *value = yaml ? parse(&s) : scalar(&s, s.value, s.end);
    return value == NULL ? NULL : placed(&s, root, value);
}
