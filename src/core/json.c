/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/json.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

json_t *rc_json_number(double x) {
    return isfinite(x) ? json_real(x) : json_null();
}

json_t *rc_json_count(uint64_t n) {
    return json_integer((json_int_t)n);
}

json_t *rc_json_text(const char *text) {
    if (text == NULL)
        return json_null();
    rc_text clean = {0};
    rc_text_add(&clean, "");
    for (size_t n = strlen(text), step; n > 0; text += step, n -= step)
        if (rc_utf8_decode(text, n, &step) < 0)
            rc_text_add(&clean, "\uFFFD");
        else
            rc_text_add_n(&clean, text, step);
    json_t *json = json_string(clean.bytes);
    rc_text_free(&clean);
    return json;
}

void rc_json_label(json_t *o, const char *key, const rc_label *label) {
    json_object_set_new(o, key, rc_json_text(rc_label_text(label, "en", NULL)));
    if (label->n == 0)
        return;
    json_t *all = json_object();
    for (size_t i = 0; i < label->n; i++)
        json_object_set_new(all, label->languages[i], rc_json_text(label->texts[i]));
    char plural[16];
    snprintf(plural, sizeof plural, "%ss", key);
    json_object_set_new(o, plural, all);
}

static int append(const char *bytes, size_t n, void *out) {
    rc_text_add_n(out, bytes, n);
    return 0;
}

rc_status rc_json_write(json_t *root, int digits, rc_text *out, rc_error *err) {
    size_t flags = JSON_INDENT(1) | JSON_REAL_PRECISION((size_t)digits);
    int failed = root == NULL ? -1 : json_dump_callback(root, append, out, flags);
    json_decref(root);
    if (failed != 0)
        return rc_fail(err, RC_MEMORY, "not enough memory to write JSON, or a text is no UTF-8");
    rc_text_add(out, "\n");
    return RC_OK;
}
