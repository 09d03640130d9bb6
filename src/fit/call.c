/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An estimate as a model writes it. Numbers have as many digits as keep the log-likelihood within
 * 0.01: more would claim what the data do not say, fewer would be another distribution (or one
 * that ends short of the largest value). */
#include "fit/work.h"

#include "core/math.h"

#include <stdio.h>
#include <stdlib.h>

enum { NUMBER = 40 };
static const double loss = 0.01;

/* Rounded to `digits` significant digits, as text without a useless exponent */
static void write(char out[NUMBER], double x, int digits) {
    snprintf(out, NUMBER, "%.*g", digits, x);
    double magnitude = fabs(x);
    if (magnitude >= 10 && magnitude < 1e15) { /* 123000, not 1.23e+05 */
        double read = strtod(out, NULL);
        if (read == floor(read))
            snprintf(out, NUMBER, "%.0f", read);
    }
    for (char *c = out; *c != '\0'; c++) /* a locale's decimal comma */
        if (*c == ',')
            *c = '.';
}

static double rounded(double x, int digits) {
    char text[NUMBER];
    if (!isfinite(x))
        return x;
    snprintf(text, sizeof text, "%.*g", digits, x);
    return strtod(text, NULL);
}

static rc_fit_values with_digits(const rc_fit_values *values, int digits) {
    rc_fit_values r = *values;
    for (size_t i = 0; i < RC_DIST_MAX_SLOTS; i++)
        if (r.slot[i].role != RC_FIT_KNOWN)
            r.slot[i].value = rounded(r.slot[i].value, digits);
    for (size_t i = 0; i < r.n_list; i++)
        r.list[i] = rounded(r.list[i], digits);
    return r;
}

static bool good_enough(const rc_dist_type *type, const rc_fit_values *values,
                        const rc_dist_data *data, double log_likelihood) {
    rc_fit_instance instance;
    return rc_fit_instance_set(&instance, type, values) &&
           fabs(rc_fit_log_likelihood(&instance.dist, data) - log_likelihood) < loss;
}

static void add_list(const rc_fit_values *v, int digits, rc_text *out) {
    char number[NUMBER];
    for (size_t i = 0; i < v->n_list; i++) {
        write(number, v->list[i], digits);
        rc_text_addf(out, "%s%s", i > 0 ? ", " : "[", number);
    }
    rc_text_add(out, "]");
}

/* Slots that need no mention: absent, or a default that was not estimated */
static bool silent(const rc_dist_slot *slot, const rc_fit_slot *value) {
    return value->role == RC_FIT_KNOWN && slot->optional &&
           (isnan(value->value) || value->value == slot->fallback);
}

const char *rc_fit_call(const rc_dist_type *type, const rc_fit_values *values,
                        const rc_dist_data *data, double log_likelihood, rc_arena *arena) {
    int digits = 3;
    while (digits < 17) {
        rc_fit_values r = with_digits(values, digits);
        if (good_enough(type, &r, data, log_likelihood))
            break;
        digits++;
    }
    const rc_dist_form *form = &type->forms[0];
    rc_text text = {0};
    rc_text_addf(&text, "%s(", type->name);
    for (size_t i = 0, n = 0; i < form->n_slots; i++) {
        const rc_fit_slot *v = &values->slot[i];
        bool list = i == 0 && values->n_list > 0;
        char number[NUMBER];
        if (!list && silent(&form->slots[i], v))
            continue;
        rc_text_addf(&text, "%s%s=", n++ > 0 ? ", " : "", form->slots[i].name);
        if (list) {
            add_list(values, digits, &text);
        } else {
            write(number, v->value, v->role == RC_FIT_KNOWN ? 17 : digits);
            if (v->role == RC_FIT_KNOWN) /* the shortest that reads back */
                for (int few = 1; few < 17; few++)
                    if (rounded(v->value, few) == v->value) {
                        write(number, v->value, few);
                        break;
                    }
            rc_text_add(&text, number);
        }
    }
    rc_text_add(&text, ")");
    const char *call = rc_arena_strdup(arena, text.bytes);
    rc_text_free(&text);
    return call;
}
