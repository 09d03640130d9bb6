/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The schema covers the key tables: no key without a shape, no shape without a key. Whether it
 * judges files rightly is for validate.py. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "schema/schema.h"

#include <jansson.h>
#include <string.h>

static const struct {
    const rc_keys *keys;
    const char *name; /* in $defs; NULL: the top */
} tables[] = {
    {&rc_top_keys, NULL},
    {&rc_timeline_keys, "timeline"},
    {&rc_hurdle_keys, "hurdle"},
    {&rc_realisation_keys, "realisation"},
    {&rc_group_keys, "group"},
    {&rc_evidence_keys, "evidence"},
    {&rc_correlation_keys, "correlation"},
    {&rc_matrix_keys, "matrix"},
    {&rc_section_keys[RC_FACTORS], "factors"},
    {&rc_section_keys[RC_INPUTS], "inputs"},
    {&rc_section_keys[RC_LEVERS], "levers"},
    {&rc_section_keys[RC_SERIES], "series"},
    {&rc_section_keys[RC_BENEFITS], "benefits"},
    {&rc_section_keys[RC_COSTS], "costs"},
    {&rc_section_keys[RC_RISKS], "risks"},
    {&rc_section_keys[RC_OUTPUTS], "outputs"},
    {&rc_section_keys[RC_FUNCTIONS], "functions"},
};
enum { N_TABLES = sizeof tables / sizeof *tables };

static json_t *schema(void) {
    rc_text text = {0};
    rc_error err = {0};
    if (rc_schema_write(&text, &err) != RC_OK)
        fail_msg("%s", err.message);
    json_t *json = json_loads(text.bytes, JSON_REJECT_DUPLICATES, NULL);
    rc_text_free(&text);
    assert_non_null(json);
    return json;
}

/* The properties of a table in the schema, through the wrapping of sections. */
static const json_t *properties_of(const json_t *root, const char *name) {
    const json_t *at = name == NULL ? root : json_object_get(json_object_get(root, "$defs"), name);
    const json_t *names = json_object_get(at, "patternProperties");
    if (names != NULL)
        at = json_object_iter_value(json_object_iter((json_t *)names));
    const json_t *any = json_object_get(at, "anyOf");
    if (json_object_get(at, "properties") == NULL)
        at = json_array_get(any, 1);
    return json_object_get(at, "properties");
}

static void check_rows(const json_t *properties, const rc_keys *keys, bool costs) {
    for (size_t i = 0; i < keys->n; i++) {
        const rc_key *key = &keys->rows[i];
        bool wanted = key->kind != RC_KEY_UNSUPPORTED && !(costs && (key->flags & RC_KEY_BENEFITS));
        const json_t *p = json_object_get(properties, key->name);
        if ((p != NULL) != wanted)
            fail_msg("`%s` of %s %s the schema", key->name, keys->title,
                     wanted ? "is missing in" : "stands in");
        if (wanted)
            assert_string_equal(json_string_value(json_object_get(p, "description")), key->help);
    }
}

static void every_key_is_there(void **state) {
    (void)state;
    json_t *root = schema();
    for (size_t i = 0; i < N_TABLES; i++) {
        const json_t *properties = properties_of(root, tables[i].name);
        assert_non_null(properties);
        bool costs = tables[i].keys == &rc_section_keys[RC_COSTS];
        check_rows(properties, tables[i].keys, costs);
        if (tables[i].keys >= rc_section_keys &&
            tables[i].keys <= &rc_section_keys[RC_SECTION_COUNT])
            check_rows(properties, &rc_entry_keys, costs);
    }
    json_decref(root);
}

static bool is_special(const char *name, bool top) {
    const rc_key *key = rc_key_find(&rc_entry_keys, name);
    for (size_t i = 0; i < N_TABLES && !(key != NULL && key->kind == RC_KEY_SPECIAL); i++)
        if (!top || tables[i].keys == &rc_top_keys)
            key = rc_key_find(tables[i].keys, name);
    return key != NULL && key->kind == RC_KEY_SPECIAL;
}

static void every_shape_has_a_key_and_is_json(void **state) {
    (void)state;
#define RC_SHAPE(keys, key, json)                                                                  \
    if (!is_special(#key, strcmp(#keys, "top") == 0))                                              \
        fail_msg("shape.def: no special key is called %s", #key);
#include "schema/shape.def"
#undef RC_SHAPE
}

static void a_key_without_a_shape_is_named(void **state) {
    (void)state;
    static const rc_key rows[] = {
        {"good", RC_KEY_TEXT, RC_IN_TOP, 0, 0, NULL, "text"},
        {"novel", RC_KEY_SPECIAL, RC_IN_TOP, 0, 0, NULL, "read by a function"},
    };
    const rc_keys keys = {"a thing", rows, 2};
    rc_text text = {0};
    rc_error err = {0};
    assert_int_equal(rc_schema_keys(&keys, NULL, &text, &err), RC_INPUT);
    assert_string_equal(err.message, "schema/shape.def has no row for the key `novel` of a thing");
    rc_text_free(&text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_key_is_there),
        cmocka_unit_test(every_shape_has_a_key_and_is_json),
        cmocka_unit_test(a_key_without_a_shape_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
