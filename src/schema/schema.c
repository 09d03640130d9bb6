/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON Schema out of the key tables. Every table becomes an object in $defs in which no other key
 * is allowed; sections become objects whose keys are names. "x-order" is the order of the tables,
 * for forms. Patterns keep to what both ECMAScript and Python read the same way. */
#include "schema/schema.h"

#include "lint/lint.h"
#include "model/func.h"
#include "model/syntax.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

/* Letters of any script: everything that is no ASCII sign, control, blank or punctuation. */
#define NO_NAME                                                                                    \
    "\\u0000-\\u0020!-/:-@\\[-^`{-\\u00A9\\u00AB-\\u00B4\\u00B6-\\u00B9\\u00BB-\\u00BF"            \
    "\\u2000-\\u206F\\u3000-\\u3004\\u3008-\\u3020\\uFF00-\\uFF20"
static const char name_pattern[] = "^[^0-9" NO_NAME "][^" NO_NAME "]*$";
static const char head_pattern[] = "^[^0-9" NO_NAME "][^" NO_NAME "]* *\\(.*\\)$";
#define NUMBER "[-+]?([0-9][0-9_]*\\.?[0-9_]*|\\.[0-9][0-9_]*)([eE][-+]?[0-9]+)?(k|M|B|%|万|亿)?"
static const char number_pattern[] = "^ *" NUMBER " *(/ *" NUMBER " *)?$";

/* ---- Shapes ---- */

static const struct {
    const char *keys, *key, *json;
} shapes[] = {
#define RC_SHAPE(keys, key, json) {#keys, #key, json},
#include "schema/shape.def"
#undef RC_SHAPE
};

const char *rc_schema_shape(const rc_keys *keys, const char *key) {
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        bool here = strcmp(shapes[i].keys, "any") == 0 ||
                    (strcmp(shapes[i].keys, "top") == 0 && keys == &rc_top_keys);
        if (here && strcmp(shapes[i].key, key) == 0)
            return shapes[i].json;
    }
    return NULL;
}

/* JSON written with ' for ". Only texts of this folder come here: they are right, or a test fails.
 */
static json_t *parse(const char *text) {
    rc_text json = {0};
    rc_text_add(&json, text);
    for (char *at = json.bytes; *at != '\0'; at++)
        if (*at == '\'')
            *at = '"';
    json_t *value = json_loads(json.bytes, 0, NULL);
    rc_text_free(&json);
    return value;
}

static json_t *reference(const char *name) {
    return json_pack("{s:s+}", "$ref", "#/$defs/", name);
}

static int section_of(const char *key) {
    for (int s = 0; s <= RC_SECTION_COUNT; s++)
        if (strcmp(rc_section_name[s], key) == 0)
            return s;
    return -1;
}

static json_t *choices(const char *words) {
    json_t *list = json_array();
    for (const char *s = words; *s != '\0';) {
        size_t n = strcspn(s, " ");
        if (*s != '-')
            json_array_append_new(list, json_stringn(s, n));
        s += n + strspn(s + n, " ");
    }
    return json_pack("{s:o}", "enum", list);
}

/* What a key holds; NULL after an error. */
static json_t *value_of(const rc_keys *keys, const rc_key *key, rc_error *err) {
    switch (key->kind) {
    case RC_KEY_FORMULA: return reference("formula");
    case RC_KEY_NUMBER: return reference("number");
    case RC_KEY_TEXT: return reference("text");
    case RC_KEY_LABEL: return reference("label");
    case RC_KEY_CHOICE:
    case RC_KEY_SWITCH: return choices(key->choices);
    case RC_KEY_BOOL: return parse("{'type': 'boolean'}");
    case RC_KEY_IGNORED:
    case RC_KEY_UNSUPPORTED: return json_object();
    case RC_KEY_SPECIAL: break;
    }
    const char *shape = rc_schema_shape(keys, key->name);
    if (shape != NULL)
        return parse(shape);
    if (keys == &rc_top_keys && section_of(key->name) >= 0)
        return reference(key->name);
    rc_fail(err, RC_INPUT, "schema/shape.def has no row for the key `%s` of %s", key->name,
            keys->title);
    return NULL;
}

/* ---- Objects ---- */

static bool add_keys(json_t *properties, const rc_keys *table, const rc_keys *keys, rc_error *err) {
    for (size_t i = 0; i < table->n; i++) {
        const rc_key *key = &table->rows[i];
        bool others = (key->flags & RC_KEY_BENEFITS) != 0 && keys == &rc_section_keys[RC_COSTS];
        if (key->kind == RC_KEY_UNSUPPORTED || others)
            continue;
        json_t *value = value_of(keys, key, err);
        if (value == NULL)
            return false;
        json_object_set_new(value, "description", json_string(key->help));
        json_object_set_new(value, "x-order",
                            json_integer((json_int_t)json_object_size(properties)));
        json_object_set_new(properties, key->name, value);
    }
    return true;
}

static json_t *object_of(const rc_keys *keys, const rc_keys *more, rc_error *err) {
    json_t *properties = json_object();
    if (!add_keys(properties, keys, keys, err) ||
        (more != NULL && !add_keys(properties, more, keys, err))) {
        json_decref(properties);
        return NULL;
    }
    return json_pack("{s:s, s:s, s:o, s:b}", "title", keys->title, "type", "object", "properties",
                     properties, "additionalProperties", 0);
}

/* A section: names, each with a formula or a mapping (risks and levers: a mapping). */
static json_t *section(int s, rc_error *err) {
    json_t *entry = object_of(&rc_section_keys[s], &rc_entry_keys, err);
    if (entry == NULL)
        return NULL;
    if (s != RC_RISKS && s != RC_LEVERS)
        entry = json_pack("{s:[o, o]}", "anyOf", reference("formula"), entry);
    return json_pack("{s:s, s:{s:o}, s:b}", "type", "object", "patternProperties",
                     s == RC_FUNCTIONS ? head_pattern : name_pattern, entry, "additionalProperties",
                     0);
}

/* ---- The whole ---- */

static json_t *formula(void) {
    rc_text text = {0};
    rc_text_add(&text, "a number, or a formula; functions:");
    for (size_t i = 0; i < rc_func_count(); i++)
        rc_text_addf(&text, " %s", rc_func_at(i)->name);
    rc_text_add(&text, "; distributions: a to b");
    for (size_t i = 0; i < rc_dist_count(); i++)
        rc_text_addf(&text, " %s", rc_dist_at(i, RC_ISA_sse2)->name);
    json_t *value = parse("{'type': ['number', 'string', 'boolean'], 'minLength': 1}");
    json_object_set_new(value, "description", json_string(text.bytes));
    rc_text_free(&text);
    return value;
}

static json_t *rules(void) {
    json_t *list = json_array();
    for (size_t i = 0; i < rc_lint_rule_count(); i++)
        json_array_append_new(list, json_pack("{s:s, s:s}", "const", rc_lint_rule_at(i)->name,
                                              "description", rc_lint_rule_at(i)->summary));
    return json_pack("{s:o}", "oneOf", list);
}

static bool add_defs(json_t *defs, rc_error *err) {
    static const struct {
        const char *name;
        const rc_keys *keys;
    } tables[] = {
        {"timeline", &rc_timeline_keys},       {"hurdle", &rc_hurdle_keys},
        {"realisation", &rc_realisation_keys}, {"group", &rc_group_keys},
        {"evidence", &rc_evidence_keys},       {"correlation", &rc_correlation_keys},
        {"matrix", &rc_matrix_keys},
    };
    json_object_set_new(defs, "formula", formula());
    json_object_set_new(
        defs, "number",
        json_pack("{s:[s, s], s:s}", "type", "number", "string", "pattern", number_pattern));
    json_object_set_new(defs, "text", parse("{'type': ['string', 'number', 'boolean']}"));
    json_object_set_new(defs, "label",
                        parse("{'anyOf': [{'$ref': '#/$defs/text'}, {'type': 'object', "
                              "'additionalProperties': {'$ref': '#/$defs/text'}}]}"));
    json_object_set_new(defs, "name",
                        json_pack("{s:s, s:s}", "type", "string", "pattern", name_pattern));
    json_object_set_new(defs, "names",
                        parse("{'type': 'array', 'items': {'$ref': '#/$defs/name'}}"));
    json_object_set_new(defs, "pair",
                        parse("{'type': 'array', 'items': {'type': ['string', 'number']}, "
                              "'minItems': 3, 'maxItems': 3}"));
    json_object_set_new(defs, "rule", rules());
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        json_t *object = object_of(tables[i].keys, NULL, err);
        if (object == NULL)
            return false;
        json_object_set_new(defs, tables[i].name, object);
    }
    for (int s = 0; s <= RC_SECTION_COUNT; s++) {
        json_t *value = section(s, err);
        if (value == NULL)
            return false;
        json_object_set_new(defs, rc_section_name[s], value);
    }
    return true;
}

/* ---- What must be there ---- */

/* In a mapping of a section; a scalar meets every one of these. */
static const char *needs_of(int section) {
    switch (section) {
    case RC_BENEFITS:
    case RC_COSTS:
        return "{'anyOf': [{'required': ['value']}, {'required': ['yearly']}, "
               "{'required': ['initial']}]}";
    case RC_RISKS:
        return "{'anyOf': [{'required': ['probability']}, {'required': ['rate']}, "
               "{'required': ['when']}]}";
    case RC_LEVERS:
        return "{'required': ['start'], "
               "'anyOf': [{'required': ['range']}, {'required': ['choices']}]}";
    default: return "{'required': ['value']}";
    }
}

/* A file that extends others may leave to them what it does not change. */
static json_t *needs(void) {
    json_t *properties = parse("{'timeline': {'required': ['years']}, "
                               "'evidence': {'items': {'required': ['measure']}}}");
    for (int s = 0; s <= RC_SECTION_COUNT; s++)
        json_object_set_new(properties, rc_section_name[s],
                            json_pack("{s:{s:o}}", "patternProperties",
                                      s == RC_FUNCTIONS ? head_pattern : name_pattern,
                                      parse(needs_of(s))));
    return json_pack("{s:[s], s:o}", "required", "roicast", "properties", properties);
}

static rc_status dump(json_t *json, rc_text *out, rc_error *err) {
    char *text = json_dumps(json, JSON_INDENT(2));
    if (text == NULL)
        return rc_fail(err, RC_MEMORY, "no memory for the schema");
    rc_text_addf(out, "%s\n", text);
    free(text);
    return RC_OK;
}

rc_status rc_schema_keys(const rc_keys *keys, const rc_keys *more, rc_text *out, rc_error *err) {
    json_t *object = object_of(keys, more, err);
    rc_status status = object != NULL ? dump(object, out, err) : RC_INPUT;
    json_decref(object);
    return status;
}

rc_status rc_schema_write(rc_text *out, rc_error *err) {
    json_t *defs = json_object(), *top = object_of(&rc_top_keys, NULL, err);
    rc_status status = RC_INPUT;
    if (top != NULL && add_defs(defs, err)) {
        json_t *schema =
            json_pack("{s:s, s:s}", "$schema", "https://json-schema.org/draft/2020-12/schema",
                      "description", "a model of roicast, language version 1");
        json_object_update(schema, top);
        json_object_set_new(schema, "if", parse("{'not': {'required': ['extends']}}"));
        json_object_set_new(schema, "then", needs());
        json_object_set(schema, "$defs", defs);
        status = dump(schema, out, err);
        json_decref(schema);
    }
    json_decref(top);
    json_decref(defs);
    return status;
}
