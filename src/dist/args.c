/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the arguments of a call, normal(mean=10, sd=3) or normal(p10=6, p90=14), to a form of the
 * distribution and its slots; and from a form's numbers to those of form 0. */
#include "core/text.h"
#include "dist/dist.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { USAGE_BYTES = 192, MAX_NAMES = RC_DIST_MAX_SLOTS * RC_DIST_MAX_FORMS };

static bool is_percentile_slot(const rc_dist_slot *slot) {
    return strcmp(slot->name, "p*") == 0;
}

/* p1 ... p99, without leading zeros: the percentage; 0 for any other name. */
static int percentage(const char *name) {
    if (name[0] != 'p' || name[1] < '1' || name[1] > '9')
        return 0;
    if (name[2] == '\0')
        return name[1] - '0';
    if (name[2] < '0' || name[2] > '9' || name[3] != '\0')
        return 0;
    return 10 * (name[1] - '0') + name[2] - '0';
}

static size_t count_percentiles(const rc_dist_form *form) {
    size_t n = 0;
    for (size_t i = 0; i < form->n_slots; i++)
        n += is_percentile_slot(&form->slots[i]);
    return n;
}

/* ---- Texts for messages -----------------------------------------------------------------------
 */

typedef struct usage_text {
    char bytes[USAGE_BYTES];
    size_t length;
} usage_text;

__attribute__((format(printf, 2, 3))) static void add(usage_text *text, const char *format, ...) {
    va_list args;
    va_start(args, format);
    int n = vsnprintf(text->bytes + text->length, USAGE_BYTES - text->length, format, args);
    va_end(args);
    text->length += n < 0 ? 0 : (size_t)n;
    if (text->length > USAGE_BYTES - 1)
        text->length = USAGE_BYTES - 1;
}

/* "mean, sd" or "two percentiles such as p10, p90" */
static void add_form(usage_text *text, const rc_dist_form *form) {
    static const char *const counts[] = {"", "one percentile", "two percentiles",
                                         "three percentiles"};
    static const char *const examples[4][3] = {{0}, {"p50"}, {"p10", "p90"}, {"p10", "p50", "p90"}};
    size_t n = count_percentiles(form), k = 0;
    if (n > 0 && n < 4)
        add(text, n == form->n_slots ? "%s such as " : "with %s such as ", counts[n]);
    for (size_t i = 0; i < form->n_slots; i++) {
        const rc_dist_slot *slot = &form->slots[i];
        const char *comma = i > 0 ? ", " : "";
        if (is_percentile_slot(slot))
            add(text, "%s%s", comma, n < 4 ? examples[n][k++] : "p..");
        else if (slot->optional)
            add(text, "%s[%s]", comma, slot->name);
        else
            add(text, "%s%s", comma, slot->name);
    }
}

static usage_text usage(const rc_dist_type *type) {
    usage_text text = {0};
    for (size_t f = 0; f < type->n_forms; f++) {
        add(&text, "%s", f == 0 ? "" : f + 1 < type->n_forms ? "; " : " or ");
        add_form(&text, &type->forms[f]);
    }
    return text;
}

/* "mean, p90" */
static usage_text given(const char *const *names, size_t n) {
    usage_text text = {0};
    for (size_t i = 0; i < n; i++)
        add(&text, "%s%s", i > 0 ? ", " : "", names[i] != NULL ? names[i] : "(unnamed)");
    return text;
}

/* ---- Which form -------------------------------------------------------------------------------
 */

static size_t find_slot(const rc_dist_form *form, const char *name) {
    for (size_t i = 0; i < form->n_slots; i++)
        if (!is_percentile_slot(&form->slots[i]) && strcmp(form->slots[i].name, name) == 0)
            return i;
    return form->n_slots;
}

static bool takes_name(const rc_dist_form *form, const char *name) {
    return find_slot(form, name) < form->n_slots ||
           (percentage(name) > 0 && count_percentiles(form) > 0);
}

static rc_status check_names(const rc_dist_type *type, const char *const *names, size_t n,
                             rc_error *err) {
    for (size_t i = 0; i < n; i++) {
        bool known = names[i] == NULL;
        for (size_t f = 0; f < type->n_forms && !known; f++)
            known = takes_name(&type->forms[f], names[i]);
        if (!known) {
            const char *all[MAX_NAMES];
            size_t count = 0;
            for (size_t f = 0; f < type->n_forms; f++)
                for (size_t s = 0; s < type->forms[f].n_slots && count < MAX_NAMES; s++)
                    if (!is_percentile_slot(&type->forms[f].slots[s]))
                        all[count++] = type->forms[f].slots[s].name;
            const char *near = rc_nearest_name(names[i], all, count);
            usage_text text = usage(type);
            if (near != NULL)
                return rc_fail(err, RC_INPUT, "%s has no parameter %.40s; did you mean %s?",
                               type->name, names[i], near);
            return rc_fail(err, RC_INPUT, "%s has no parameter %.40s; it takes %s", type->name,
                           names[i], text.bytes);
        }
        for (size_t j = 0; j < i; j++)
            if (names[i] != NULL && names[j] != NULL && strcmp(names[i], names[j]) == 0)
                return rc_fail(err, RC_INPUT, "%s: %s is given twice", type->name, names[i]);
    }
    return RC_OK;
}

/* Put the n arguments into the form's slots; false when one has no place. */
static bool place(const rc_dist_form *form, const char *const *names, size_t n, size_t *slot_of,
                  double *prob) {
    size_t n_percentiles = 0;
    for (size_t i = 0; i < n; i++) {
        prob[i] = NAN;
        slot_of[i] = names[i] == NULL ? i : find_slot(form, names[i]);
        if (slot_of[i] < form->n_slots)
            continue;
        if (names[i] == NULL || percentage(names[i]) == 0)
            return false;
        n_percentiles++;
        prob[i] = percentage(names[i]) / 100.0;
    }
    if (n_percentiles > count_percentiles(form))
        return false;
    for (size_t i = 0; i < n; i++) {
        if (!(prob[i] > 0))
            continue;
        size_t below = 0, s = 0; /* how many percentiles lie below: the rank among "p*" slots */
        for (size_t j = 0; j < n; j++)
            below += prob[j] < prob[i];
        for (;; s++)
            if (is_percentile_slot(&form->slots[s]) && below-- == 0)
                break;
        slot_of[i] = s;
    }
    return true;
}

/* The first slot that must be given and is not, or n_slots. */
static size_t missing_slot(const rc_dist_form *form, const size_t *slot_of, size_t n) {
    for (size_t s = 0; s < form->n_slots; s++) {
        bool there = form->slots[s].optional;
        for (size_t i = 0; i < n; i++)
            there = there || slot_of[i] == s;
        if (!there)
            return s;
    }
    return form->n_slots;
}

static rc_status fail_by_position(const rc_dist_type *type, const char *const *names, size_t n,
                                  size_t n_unnamed, rc_error *err) {
    const rc_dist_form *form = &type->forms[0];
    usage_text text = usage(type);
    if (n_unnamed > form->n_slots || n_unnamed == n)
        return rc_fail(err, RC_INPUT, "%s: %zu arguments are too many; it takes %s", type->name, n,
                       text.bytes);
    for (size_t i = n_unnamed; i < n; i++)
        if (find_slot(form, names[i]) >= form->n_slots)
            return rc_fail(err, RC_INPUT,
                           "%s: %s cannot follow unnamed arguments; name them all: %s", type->name,
                           names[i], text.bytes);
    return RC_OK;
}

static rc_status match_by_position(const rc_dist_type *type, const char *const *names, size_t n,
                                   size_t *slot_of, double *prob, rc_error *err) {
    const rc_dist_form *form = &type->forms[0];
    size_t unnamed = 0;
    while (unnamed < n && names[unnamed] == NULL)
        unnamed++;
    for (size_t i = unnamed; i < n; i++)
        if (names[i] == NULL)
            return rc_fail(err, RC_INPUT, "%s: unnamed arguments come before named ones",
                           type->name);
    if (unnamed > form->n_slots || !place(form, names, n, slot_of, prob))
        return fail_by_position(type, names, n, unnamed, err);
    for (size_t i = unnamed; i < n; i++)
        if (slot_of[i] < unnamed)
            return rc_fail(err, RC_INPUT, "%s: %s is given twice, by position %zu and by name",
                           type->name, names[i], slot_of[i] + 1);
    size_t missing = missing_slot(form, slot_of, n);
    if (missing < form->n_slots) {
        usage_text text = usage(type);
        return rc_fail(err, RC_INPUT, "%s: %s is missing; it takes %s", type->name,
                       form->slots[missing].name, text.bytes);
    }
    return RC_OK;
}

static rc_status fail_by_name(const rc_dist_type *type, const char *const *names, size_t n,
                              size_t *slot_of, double *prob, rc_error *err) {
    usage_text text = usage(type), got = given(names, n);
    if (n == 0)
        return rc_fail(err, RC_INPUT, "%s: no parameters are given; it takes %s", type->name,
                       text.bytes);
    size_t fitting = 0, last = 0; /* forms that take all of these names but want more */
    for (size_t f = 0; f < type->n_forms; f++)
        if (place(&type->forms[f], names, n, slot_of, prob)) {
            fitting++;
            last = f;
        }
    if (fitting == 1) {
        const rc_dist_form *form = &type->forms[last];
        place(form, names, n, slot_of, prob);
        const rc_dist_slot *slot = &form->slots[missing_slot(form, slot_of, n)];
        return rc_fail(err, RC_INPUT, "%s: %s is missing; it takes %s", type->name,
                       is_percentile_slot(slot) ? "a percentile" : slot->name, text.bytes);
    }
    return rc_fail(err, RC_INPUT, "%s takes %s; got %.50s", type->name, text.bytes, got.bytes);
}

rc_status rc_dist_match(const rc_dist_type *type, const char *const *names, size_t n, size_t *form,
                        size_t *slot_of, double *prob, rc_error *err) {
    rc_status status = check_names(type, names, n, err);
    if (status != RC_OK)
        return status;
    *form = 0;
    for (size_t i = 0; i < n; i++)
        if (names[i] == NULL)
            return match_by_position(type, names, n, slot_of, prob, err);
    for (size_t f = 0; f < type->n_forms; f++)
        if (place(&type->forms[f], names, n, slot_of, prob) &&
            missing_slot(&type->forms[f], slot_of, n) == type->forms[f].n_slots) {
            *form = f;
            return RC_OK;
        }
    return fail_by_name(type, names, n, slot_of, prob, err);
}

/* ---- Solving ----------------------------------------------------------------------------------
 */

static rc_status fail_not_finite(const rc_dist_type *type, const rc_dist_slot *slot, double x,
                                 double p, rc_error *err) {
    if (is_percentile_slot(slot))
        return rc_fail(err, RC_INPUT, "%s: p%.0f is %g; it must be a finite number", type->name,
                       100 * p, x);
    return rc_fail(err, RC_INPUT, "%s: %s is %g; it must be a finite number", type->name,
                   slot->name, x);
}

/* Numbers so small or large that what is solved from them is no number */
static rc_status check_solved(const rc_dist_type *type, const rc_dist_form *f, const double *x,
                              const double *p, const double *out, rc_error *err) {
    const rc_dist_form *canonical = &type->forms[0];
    for (size_t i = 0; i < canonical->n_slots; i++) {
        if (canonical->slots[i].optional || isfinite(out[i]))
            continue;
        char given[160] = "";
        size_t used = 0;
        for (size_t k = 0; k < f->n_slots && used < sizeof given; k++) {
            const rc_dist_slot *slot = &f->slots[k];
            if (slot->optional)
                continue;
            char percentile[8];
            snprintf(percentile, sizeof percentile, "p%.0f", 100 * p[k]);
            used += (size_t)snprintf(given + used, sizeof given - used, "%s%s %.10g",
                                     used > 0 ? ", " : "",
                                     is_percentile_slot(slot) ? percentile : slot->name, x[k]);
        }
        return rc_fail(err, RC_INPUT, "%s: %s cannot be met in double precision: %s would be %s",
                       type->name, given, canonical->slots[i].name,
                       isnan(out[i]) ? "no number" : "infinite");
    }
    return RC_OK;
}

/* The instance that was solved for must have the percentiles that were given: solvers may rely on
 * it. Bad numbers are refused by init as if they had been written. */
static rc_status verify(const rc_dist_type *type, const rc_dist_form *f, const double *x,
                        const double *p, const double *out, rc_error *err) {
    enum { ROOM = 64 };
    double state[ROOM];
    rc_dist_value values[RC_DIST_MAX_SLOTS] = {0};
    for (size_t i = 0; i < type->forms[0].n_slots; i++)
        values[i].number = out[i];
    rc_dist d = {.type = type, .p = state};
    if (type->init == NULL || type->size(values) > ROOM)
        return RC_OK;
    rc_status status = type->init(values, &d, err);
    for (size_t i = 0; i < f->n_slots && status == RC_OK; i++) {
        if (!is_percentile_slot(&f->slots[i]))
            continue;
        double u = type->cdf(&d, x[i], false);
        if (!(fabs(u - p[i]) <= RC_DIST_SOLVED))
            status = rc_fail(err, RC_INPUT,
                             "%s: p%.0f %.10g cannot be met in double precision: the nearest "
                             "solution has a probability of %.10g there",
                             type->name, 100 * p[i], x[i], u);
    }
    return status;
}

rc_status rc_dist_solve(const rc_dist_type *type, size_t form, const double *x, const double *p,
                        double widen, double *out, rc_error *err) {
    const rc_dist_form *f = &type->forms[form];
    if (f->solve == NULL) {
        memcpy(out, x, f->n_slots * sizeof *out);
        return RC_OK;
    }
    if (!(widen > 0 && widen < INFINITY))
        return rc_fail(err, RC_INPUT,
                       "%s: a spread cannot be widened by %g, only by a factor above 0", type->name,
                       widen);
    size_t last = f->n_slots; /* the percentile before this one */
    for (size_t i = 0; i < f->n_slots; i++) {
        const rc_dist_slot *slot = &f->slots[i];
        if (!isfinite(x[i]) && !slot->optional)
            return fail_not_finite(type, slot, x[i], p[i], err);
        if (!is_percentile_slot(slot))
            continue;
        if (last < f->n_slots && !(x[last] < x[i]))
            return rc_fail(err, RC_INPUT, "%s: p%.0f %.10g must lie above p%.0f %.10g", type->name,
                           100 * p[i], x[i], 100 * p[last], x[last]);
        last = i;
    }
    rc_status status = f->solve(x, p, 1, out, err);
    if (status == RC_OK)
        status = check_solved(type, f, x, p, out, err);
    if (status != RC_OK || last == f->n_slots)
        return status;
    status = verify(type, f, x, p, out, err);
    if (status != RC_OK || widen == 1)
        return status;
    status = f->solve(x, p, widen, out, err);
    return status != RC_OK ? status : check_solved(type, f, x, p, out, err);
}
