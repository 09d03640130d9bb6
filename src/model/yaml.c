/* SPDX-License-Identifier: GPL-3.0-or-later */
/* YAML -> plain tree with places, by the events of libfyaml.
 *
 * libfyaml accepts invalid UTF-8 and NUL bytes, and its check for duplicate keys takes quadratic
 * time; so bytes are checked before, and keys after, here. Its loader is not used: a tree built
 * from events on a stack of our own is bounded in depth, linear in time and lives in one arena. */
#include "model/yaml.h"

#include "model/yaml_traps.h"

#include <libfyaml.h>
#include <string.h>

/* ---- Memory: the arena rounds up to 64 bytes, so small things come from blocks ----------------
 */

enum { NODE_BLOCK = 256, TEXT_BLOCK = 1 << 14 };

static rc_yaml *new_node(rc_yaml_reader *r, rc_yaml_kind kind, rc_mark mark) {
    if (r->n_spare_nodes == 0) {
        r->spare_nodes = RC_NEW(r->arena, rc_yaml, NODE_BLOCK);
        r->n_spare_nodes = NODE_BLOCK;
    }
    rc_yaml *node = &r->spare_nodes[--r->n_spare_nodes];
    node->kind = kind;
    node->mark = mark;
    node->text = "";
    return node;
}

static const char *new_text(rc_yaml_reader *r, const char *text, size_t n) {
    if (n >= TEXT_BLOCK / 4)
        return rc_arena_strndup(r->arena, text, n);
    if (r->n_spare_text < n + 1) {
        r->spare_text = RC_NEW(r->arena, char, TEXT_BLOCK);
        r->n_spare_text = TEXT_BLOCK;
    }
    char *copy = r->spare_text;
    if (n > 0)
        memcpy(copy, text, n);
    copy[n] = '\0';
    r->spare_text += n + 1;
    r->n_spare_text -= n + 1;
    return copy;
}

/* ---- Duplicate keys ---- */

static uint64_t hash(const char *text) {
    uint64_t h = 14695981039346656037u; /* FNV-1a */
    for (; *text != '\0'; text++)
        h = (h ^ (unsigned char)*text) * 1099511628211u;
    return h ^ h >> 29;
}

static void duplicate(rc_yaml_reader *r, const rc_yaml *key, const rc_yaml *first) {
    rc_diag_error(r->diags, key->mark,
                  rc_arena_printf(r->arena, "rename or delete one; the first is at line %u",
                                  (unsigned)first->mark.line),
                  "`%.100s` stands twice", key->text);
}

static void check_duplicates(rc_yaml_reader *r, const rc_yaml *map) {
    if (map->n <= 8) {
        for (size_t i = 1; i < map->n; i++)
            for (size_t j = 0; j < i; j++)
                if (strcmp(map->keys[i]->text, map->keys[j]->text) == 0) {
                    duplicate(r, map->keys[i], map->keys[j]);
                    break;
                }
        return;
    }
    size_t slots = 32;
    while (slots < 2 * map->n)
        slots *= 2;
    const rc_yaml **table = RC_NEW(r->arena, const rc_yaml *, slots);
    for (size_t i = 0; i < map->n; i++) {
        size_t at = hash(map->keys[i]->text) & (slots - 1);
        while (table[at] != NULL && strcmp(table[at]->text, map->keys[i]->text) != 0)
            at = (at + 1) & (slots - 1);
        if (table[at] != NULL)
            duplicate(r, map->keys[i], table[at]);
        else
            table[at] = map->keys[i];
    }
}

/* ---- Building the tree ---- */

enum { DEEPEST = sizeof((rc_yaml_reader *)0)->stack / sizeof(rc_yaml_frame) };

static rc_yaml_frame *top(rc_yaml_reader *r) {
    return r->depth == 0 ? NULL : &r->stack[r->depth - 1];
}

/* Keys whose values are words for people: `label`, `source`, ... of an entry, `title` of a model.
 * An entry may be called `source` too; entries stand one level below their section. */
static bool words_follow(const rc_yaml_reader *r, const rc_yaml_frame *frame) {
    static const char *const keys[] = {"label", "source", "owner", "note", "group", "unit"};
    if (frame->words)
        return true;
    if (frame->key == NULL)
        return false;
    const char *key = frame->key->text;
    if (r->depth == 1)
        return strcmp(key, "title") == 0 || strcmp(key, "extends") == 0 ||
               strcmp(key, "description") == 0;
    for (size_t i = 0; r->depth >= 3 && i < sizeof keys / sizeof *keys; i++)
        if (strcmp(key, keys[i]) == 0)
            return true;
    return false;
}

/* Put a finished or just begun node where it belongs. Returns false for a key that is none. */
static bool place_node(rc_yaml_reader *r, rc_yaml *node) {
    rc_yaml_frame *frame = top(r);
    if (frame == NULL) {
        if (r->root == NULL)
            r->root = node;
        return true;
    }
    rc_yaml *in = frame->node;
    if (in->kind == RC_YAML_MAP && frame->key == NULL) {
        if (node->kind != RC_YAML_SCALAR) {
            if (!frame->split)
                rc_diag_error(
                    r->diags, node->mark,
                    "a key is a single name; a formula that begins with [ or { needs quotes",
                    "a %s cannot be a key", node->kind == RC_YAML_MAP ? "mapping" : "list");
            return false;
        }
        frame->key = node;
        return true;
    }
    if (in->kind == RC_YAML_MAP) {
        in->keys =
            rc_arena_grow(r->arena, in->keys, &frame->keys_room, in->n + 1, sizeof *in->keys);
        in->keys[in->n] = frame->key;
        frame->key = NULL;
    }
    in->items =
        rc_arena_grow(r->arena, in->items, &frame->items_room, in->n + 1, sizeof *in->items);
    in->items[in->n++] = node;
    return true;
}

static size_t offset(const rc_yaml_reader *r, const struct fy_mark *mark) {
    return mark == NULL ? r->last_end : mark->input_pos + r->start;
}

/* "`&b`" of an anchor, a tag or an alias: from the sign to the next blank. */
static void refuse(rc_yaml_reader *r, size_t at, const char *what) {
    const char *bytes = r->source->bytes;
    if (at > 0 && (bytes[at - 1] == '&' || bytes[at - 1] == '*' || bytes[at - 1] == '!'))
        at--;
    size_t end = at + 1;
    while (end < r->source->length && end < at + 60 && strchr(" \t\r\n,]}", bytes[end]) == NULL)
        end++;
    rc_mark mark = rc_places_mark(&r->places, at, end);
    const char *hint = rc_arena_printf(
        r->arena,
        "anchors, tags and aliases are not used here; drop the `%c`, or quote the formula",
        bytes[at]);
    rc_diag_error(r->diags, mark, hint, "`%.*s` is %s in YAML", (int)(end - at), bytes + at, what);
}

static void refuse_properties(rc_yaml_reader *r, struct fy_event *event) {
    struct fy_token *anchor = fy_event_get_anchor_token(event);
    struct fy_token *tag = fy_event_get_tag_token(event);
    if (anchor != NULL)
        refuse(r, offset(r, fy_token_start_mark(anchor)), "an anchor");
    if (tag != NULL)
        refuse(r, offset(r, fy_token_start_mark(tag)), "a tag");
}

static bool begin(rc_yaml_reader *r, struct fy_event *event, rc_yaml_kind kind) {
    size_t at = offset(r, fy_event_start_mark(event));
    refuse_properties(r, event);
    rc_yaml *node = new_node(r, kind, rc_places_mark(&r->places, at, at + 1));
    node->flow = fy_event_get_node_style(event) == FYNS_FLOW;
    if (r->depth == DEEPEST) {
        rc_diag_error(r->diags, node->mark, "check the brackets and the indentation",
                      "nested more than %d deep", (int)DEEPEST);
        return false;
    }
    rc_yaml_frame *frame = top(r);
    bool words = frame != NULL && words_follow(r, frame);
    if (!place_node(r, node))
        return false;
    if (frame != NULL)
        frame->last_start = frame->last_end = 0;
    r->stack[r->depth++] = (rc_yaml_frame){.node = node, .words = words};
    r->last_end = at;
    return true;
}

static void end(rc_yaml_reader *r, struct fy_event *event) {
    rc_yaml_frame *frame = top(r);
    if (frame->node->kind == RC_YAML_MAP)
        check_duplicates(r, frame->node);
    else if (frame->node->flow)
        rc_yaml_trap_list(r, frame);
    r->last_end = offset(r, fy_event_end_mark(event));
    r->depth--;
}

static void null_scalar(rc_yaml_reader *r) {
    rc_yaml_frame *frame = top(r);
    rc_mark mark = rc_places_mark(&r->places, r->last_end, r->last_end);
    if (frame != NULL && frame->key != NULL)
        mark = frame->key->mark;
    rc_yaml *node = new_node(r, RC_YAML_SCALAR, mark);
    node->null = true;
    if (frame != NULL && frame->node->kind == RC_YAML_MAP && frame->key == NULL)
        rc_diag_error(r->diags, mark, "write a name before the colon", "a key is missing");
    if (frame != NULL && frame->key != NULL)
        rc_yaml_trap_null(r, frame);
    place_node(r, node);
}

static void scalar(rc_yaml_reader *r, struct fy_event *event) {
    struct fy_token *token = fy_event_get_token(event);
    refuse_properties(r, event);
    if (token == NULL || fy_token_start_mark(token) == NULL) {
        null_scalar(r);
        return;
    }
    size_t from = offset(r, fy_token_start_mark(token)), to = offset(r, fy_token_end_mark(token));
    enum fy_scalar_style style = fy_token_scalar_style(token);
    bool quoted = style == FYSS_SINGLE_QUOTED || style == FYSS_DOUBLE_QUOTED;
    bool block = style == FYSS_LITERAL || style == FYSS_FOLDED;
    const char *bytes = r->source->bytes;
    while (block && from < to && strchr(" \t\r\n", bytes[from]) != NULL)
        from++;
    rc_mark mark = rc_places_mark(&r->places, from - quoted, to + quoted);
    rc_yaml *node = new_node(r, RC_YAML_SCALAR, mark);
    node->style = quoted ? RC_YAML_QUOTED : block ? RC_YAML_BLOCK : RC_YAML_PLAIN;
    node->raw = bytes + from;
    node->raw_length = to - from;
    size_t n = 0;
    const char *text = fy_token_get_text(token, &n);
    node->text = new_text(r, text == NULL ? "" : text, text == NULL ? 0 : n);

    rc_yaml_frame *frame = top(r);
    bool is_key = frame != NULL && frame->node->kind == RC_YAML_MAP && frame->key == NULL;
    bool words = frame != NULL && words_follow(r, frame);
    if (style == FYSS_PLAIN)
        rc_yaml_trap_scalar(r, frame, node, from, to, is_key, words);
    if (frame != NULL) {
        frame->last_start = style == FYSS_PLAIN ? from : 0;
        frame->last_end = style == FYSS_PLAIN ? to : 0;
        if (is_key)
            frame->key_start = from;
    }
    r->last_end = to;
    place_node(r, node);
}

/* ---- Reading events ---- */

static void second_document(rc_yaml_reader *r, struct fy_event *event) {
    struct fy_token *token =
        event->type == FYET_DOCUMENT_START ? event->document_start.document_start : NULL;
    size_t at = token == NULL ? r->last_end : offset(r, fy_token_start_mark(token));
    const char *bytes = r->source->bytes;
    if (token == NULL) { /* behind a line of three points */
        const char *dots = strstr(bytes + at, "...");
        at = dots == NULL ? at : (size_t)(dots - bytes);
    }
    rc_diag_error(r->diags, rc_places_mark(&r->places, at, at + 3),
                  "delete the line of --- or ..., or make two files and join them with `extends:`",
                  "one document a file: what stands from here on is not read");
}

/* libfyaml passes over a first line like %5. */
static bool no_directive(rc_yaml_reader *r) {
    const char *s = r->source->bytes;
    size_t at = r->start;
    while (s[at] == '#' || s[at] == '\n' || s[at] == '\r') {
        while (s[at] != '\0' && s[at] != '\n')
            at++;
        at += s[at] == '\n';
    }
    if (s[at] != '%')
        return true;
    rc_yaml_trap_refused(r, at, "directive");
    return false;
}

/* False: stop. */
static bool take_event(rc_yaml_reader *r, struct fy_event *event, int *documents) {
    switch (event->type) {
    case FYET_DOCUMENT_START:
        if (++*documents == 1)
            return no_directive(r);
        second_document(r, event);
        return false;
    case FYET_MAPPING_START: return begin(r, event, RC_YAML_MAP);
    case FYET_SEQUENCE_START: return begin(r, event, RC_YAML_LIST);
    case FYET_MAPPING_END:
    case FYET_SEQUENCE_END: end(r, event); return true;
    case FYET_SCALAR: scalar(r, event); return true;
    case FYET_ALIAS:
        refuse(r, offset(r, fy_event_start_mark(event)), "an alias");
        place_node(r, new_node(r, RC_YAML_SCALAR, (rc_mark){0}));
        return true;
    default: return true;
    }
}

static size_t offset_of_line(const rc_yaml_reader *r, int line, int column) {
    size_t at = r->start, length = r->source->length;
    const char *bytes = r->source->bytes;
    for (int i = 1; i < line && at < length; at++)
        i += bytes[at] == '\n' || (bytes[at] == '\r' && bytes[at + 1] != '\n');
    for (size_t step = 0; column > 1 && at < length && bytes[at] != '\n'; column--, at += step)
        rc_utf8_decode(bytes + at, length - at, &step);
    return at;
}

static void report_refusal(rc_yaml_reader *r, struct fy_diag *diag) {
    void *at = NULL;
    const struct fy_diag_error *error = fy_diag_errors_iterate(diag, &at);
    if (error == NULL) {
        rc_yaml_trap_refused(r, r->last_end, "");
        return;
    }
    const struct fy_mark *mark = error->fyt == NULL ? NULL : fy_token_start_mark(error->fyt);
    size_t place = mark != NULL ? offset(r, mark) : offset_of_line(r, error->line, error->column);
    rc_yaml_trap_refused(r, place, error->msg == NULL ? "" : error->msg);
}

static void silent(struct fy_diag *diag, void *user, const char *text, size_t n) {
    (void)diag, (void)user, (void)text, (void)n;
}

static void read_events(rc_yaml_reader *r, struct fy_diag *diag) {
    struct fy_parse_cfg cfg = {
        .flags = FYPCF_QUIET | FYPCF_COLLECT_DIAG | FYPCF_ALLOW_DUPLICATE_KEYS, .diag = diag};
    struct fy_parser *parser = fy_parser_create(&cfg);
    if (parser == NULL || fy_parser_set_string(parser, r->source->bytes + r->start,
                                               r->source->length - r->start) != 0) {
        rc_diag_error(r->diags, (rc_mark){.source = r->source}, NULL, "not enough memory");
        fy_parser_destroy(parser);
        return;
    }
    int documents = 0;
    bool going = true;
    struct fy_event *event;
    while (going && (event = fy_parser_parse(parser)) != NULL) {
        going = take_event(r, event, &documents);
        fy_parser_event_free(parser, event);
    }
    if (going && fy_parser_get_stream_error(parser))
        report_refusal(r, diag);
    fy_parser_destroy(parser);
}

const rc_yaml *rc_yaml_parse(const rc_source *source, rc_diags *d) {
    size_t errors = d->n_errors;
    rc_yaml_reader *r = RC_NEW(d->arena, rc_yaml_reader, 1);
    r->source = source;
    r->diags = d;
    r->arena = d->arena;
    rc_places_build(&r->places, source, d->arena);
    r->start = source->length >= 3 && memcmp(source->bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    r->last_end = r->start;
    if (!rc_yaml_check_bytes(r))
        return NULL;
    struct fy_diag_cfg cfg;
    fy_diag_cfg_default(&cfg);
    cfg.fp = NULL;
    cfg.output_fn = silent;
    cfg.level = FYET_ERROR;
    struct fy_diag *diag = fy_diag_create(&cfg);
    if (diag == NULL) {
        rc_diag_error(d, (rc_mark){.source = source}, NULL, "not enough memory");
        return NULL;
    }
    fy_diag_set_collect_errors(diag, true);
    read_events(r, diag);
    fy_diag_destroy(diag);
    if (d->n_errors == errors && (r->root == NULL || r->root->null))
        rc_diag_error(d, (rc_mark){.source = source}, "a model begins with `roicast: 1`",
                      "the file is empty");
    return d->n_errors == errors ? r->root : NULL;
}

const rc_yaml *rc_yaml_get(const rc_yaml *map, const char *key) {
    if (map == NULL || map->kind != RC_YAML_MAP)
        return NULL;
    for (size_t i = 0; i < map->n; i++)
        if (strcmp(map->keys[i]->text, key) == 0)
            return map->items[i];
    return NULL;
}
