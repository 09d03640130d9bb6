/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Distributions: how a uniform point becomes a value.
 *
 * A family member is one const struct (rc_dist_type) in one file; dist.def lists them. An instance
 * (rc_dist) is a type with its numbers. Everything is sampled by inversion, so that every sampler
 * and every copula serves every distribution.
 *
 * Points reach a distribution as a SIGNED TAIL PROBABILITY w in (-1/2, 0) or (0, 1/2):
 *     w > 0: the value x with P(X <= x) = w        (lower half)
 *     w < 0: the value x with P(X >  x) = -w       (upper half)
 * so both tails keep their digits, and 0 and 1 cannot occur. |w| >= 2^-54. */
#ifndef RC_DIST_DIST_H
#define RC_DIST_DIST_H

#include "core/arena.h"
#include "core/error.h"
#include "core/isa.h"
#include "core/language.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct rc_dist rc_dist;
typedef struct rc_dist_type rc_dist_type;
typedef struct rc_dist_table
    rc_dist_table; /* dist/table.h: a fast inverse, made for one instance */

/* ---- How a distribution is written --------------------------------------------------------- */

typedef enum rc_slot_kind {
    RC_SLOT_NUMBER, /**< a number, or a formula: may differ from trial to trial */
    RC_SLOT_LIST,   /**< [1, 2, 3]: numbers or formulas */
    RC_SLOT_PAIRS,  /**< [[x, F], ...]: x in `list`, F in `list2` */
    RC_SLOT_SHAPE,  /**< another distribution, not drawn: truncate(normal(0, 1), ...) */
    RC_SLOT_SHAPES, /**< [normal(0, 1), 3, ...]: several; a number stands for a constant */
    RC_SLOT_TEXT,   /**< "file.csv" */
} rc_slot_kind;

typedef struct rc_dist_slot {
    const char *name; /**< "mean"; "p*" in a form stands for any percentile p1 ... p99 */
    rc_slot_kind kind;
    bool optional; /**< may be left out: then `fallback` (a NUMBER), or absent */
    double fallback;
    const char *help; /**< RC_TR: a few words, "smallest value", with the range that is allowed */
} rc_dist_slot;

/** One way to give the parameters. forms[0] is the canonical one, whose slots may also be given by
 * position. The others are chosen by the names used, and are turned into values for form 0. */
typedef struct rc_dist_form {
    const rc_dist_slot *slots;
    size_t n_slots; /**< at most RC_DIST_MAX_SLOTS */
    /** Turn this form's numbers into form 0's. x[n_slots]: values; p[n_slots]: probabilities in
     * (0, 1) for "p*" slots, NaN for others, increasing; widen: factor (1 = none) by which the
     * spread about the median is multiplied, within bounds (`overconfidence`). out: form 0's
     * numbers, in its order, NaN for a slot that is absent or no NUMBER. NULL for form 0 itself.
     * A form 0 whose first slot is a LIST may offer the same numbers as optional NUMBER slots, so
     * that other forms can be solved for them: metalog's a, or a1, a2, a3. */
    rc_status (*solve)(const double *x, const double *p, double widen, double *out, rc_error *err);
} rc_dist_form;

/** The value for one slot of form 0 when an instance is built. */
typedef struct rc_dist_value {
    double number;                /**< NUMBER; NaN for an absent optional without fallback */
    const double *list, *list2;   /**< LIST, PAIRS */
    size_t n;                     /**< elements of list, list2 or shapes */
    const rc_dist *const *shapes; /**< SHAPE (n = 1), SHAPES */
} rc_dist_value;

enum { RC_DIST_MAX_SLOTS = 8, RC_DIST_MAX_FORMS = 6 };

/* ---- A family member ------------------------------------------------------------------------ */

/** A known answer: quantile of the instance that form 0 numbers (or `text`) give. Either tail. */
typedef struct rc_dist_oracle {
    const char *text;   /**< as in a model file: "pert(10, 20, 60)" */
    double u;           /**< probability, in (0, 1) */
    double x;           /**< quantile, 15 or more digits */
    const char *source; /**< where x comes from: "shared cases", "R 4.2 qgamma", "closed form" */
} rc_dist_oracle;

struct rc_dist_type {
    /* REQUIRED */
    const char *name;
    const char *summary; /**< RC_TR: one line, what it is for */
    const rc_dist_form *forms;
    size_t n_forms;
    bool discrete; /**< takes separate values; its quantile is a step function */
    /** Doubles of state (rc_dist.p) that an instance needs; depends only on list lengths. */
    size_t (*size)(const rc_dist_value *values);
    /** Check the values of form 0 and fill d->p (size() doubles, given). Allocates nothing. Errors
     * name the parameter and both values: "pert: mode 2 lies below minimum 3". Must refuse NaN. */
    rc_status (*init)(const rc_dist_value *values, rc_dist *d, rc_error *err);
    /** The exact inverse, scalar: relative error about 1e-13 or better, tails included. */
    double (*quantile)(const rc_dist *d, double w);
    /** P(X <= x), or P(X > x) when upper: for tests, truncate, mixture and mid-ranks. */
    double (*cdf)(const rc_dist *d, double x, bool upper);
    const rc_dist_oracle *oracles; /**< at least three, ended by a row with text NULL */

    /* OPTIONAL */
    /** x[i] = quantile(w[i]) for n lanes, vectorised, bit for bit the same on every instruction set
     * (it need not have the scalar's last bits: within 1e-13 relative). May be in place. NULL:
     * instances get a table (dist/table.h), or where none can be made a loop over quantile(). */
    void (*quantile_block)(const rc_dist *d, const double *w, double *x, size_t n);
    /** Give instances a table although there is a quantile_block: that takes longer than the dozen
     * instructions a draw of a table. Its values come from quantile(), which is cheap then. */
    bool tabulate;
    /** x[i] = quantile(w), bit for bit, where z[i] is the standard normal quantile of w: for types
     * with `tabulate` that are functions of it. Their tables share its values. */
    void (*from_normal)(const rc_dist *d, const double *z, double *x, size_t n);
    /** Mean and standard deviation if known in closed form; NaN or +inf where there is none. */
    void (*moments)(const rc_dist *d, double *mean, double *sd);
    /** Probability density at x, relative error 1e-10 or better: makes the table of a continuous
     * type without quantile_block (dist/table.h) several times faster to build. */
    double (*density)(const rc_dist *d, double x);
    /** Where the score f'/f is a ratio of quadratics: their Taylor coefficients at x, f'/f at x + h
     * = (num[0] + num[1] h + num[2] h^2) / (den[0] + den[1] h + den[2] h^2). False: not with these
     * children. With a density: makes tables ten times faster to build (dist/table_series.c). */
    bool (*score)(const rc_dist *d, double x, double num[3], double den[3]);
    /** Endpoints of the support; default -inf, +inf. */
    void (*support)(const rc_dist *d, double *low, double *high);
    /** ln of the density, or of a discrete type's probability of the whole number x; -inf outside
     * of the support. Finite where the density underflows. Without it: ln of `density`. */
    double (*log_density)(const rc_dist *d, double x);
    /** How it is fitted to data (dist/fit.h). NULL: `roicast fit` passes it over. */
    const struct rc_dist_fit *fit;
};

struct rc_dist {
    const rc_dist_type *type;
    double *p;                    /**< [n_p] checked parameters and derived constants */
    size_t n_p;                   /**< type->size() */
    const rc_dist *const *shapes; /**< [n_shapes] children of mixture, truncate, shift, scale */
    size_t n_shapes;
    const rc_dist_table *table; /**< goes first; NULL: evaluate by quantile_block or quantile */
};

/* ---- Using them (dist.c) --------------------------------------------------------------------- */

size_t rc_dist_count(void);
const rc_dist_type *rc_dist_at(size_t index, rc_isa isa);
const rc_dist_type *rc_dist_find(const char *name); /**< baseline set; NULL when unknown */
/** The same type for another instruction set; one that is not in the table itself. */
const rc_dist_type *rc_dist_type_for(const rc_dist_type *baseline, rc_isa isa);

/** Match the arguments of a call to a form. names[i] is NULL for a positional argument. On success
 * *form is its index and slot_of[i] the slot of argument i; for "p*" slots prob[i] is the
 * probability (else NaN). Percentiles may come in any order; slots are filled in increasing order.
 * Errors: unknown name (nearest one suggested), missing parameter, too many, one given twice, names
 * that fit no form together. */
rc_status rc_dist_match(const rc_dist_type *type, const char *const *names, size_t n, size_t *form,
                        size_t *slot_of, double *prob, rc_error *err);

/** How far the cdf may be off at a percentile that parameters were solved from. */
#define RC_DIST_SOLVED 1e-9

/** Values of a form's number slots -> form 0's. x and p in that form's slot order; the caller has
 * put fallbacks where optional slots are absent. Only percentile forms are widened; what they give
 * is checked by the cdf to RC_DIST_SOLVED and refused where that fails. */
rc_status rc_dist_solve(const rc_dist_type *type, size_t form, const double *x, const double *p,
                        double widen, double *out, rc_error *err);

/** Build an instance in an arena (state and children pointers; children are not copied). */
rc_status rc_dist_build(const rc_dist_type *type, const rc_dist_value *values, rc_arena *arena,
                        rc_dist **out, rc_error *err);

/** Make draws fast: a table (dist/table.h) for each instance whose type has no quantile_block, or
 * asks for one; equal instances share one. Built on that many threads, the same for any number of
 * them. */
void rc_dist_prepare(rc_dist *const *d, size_t n, int threads, rc_arena *arena);

/** Would rc_dist_prepare() try to make one? */
bool rc_dist_wants_table(const rc_dist *d);

/** x[i] = quantile of w[i], by the fastest exact way the instance has. In place is fine. */
void rc_dist_draw(const rc_dist *d, rc_isa isa, const double *w, double *x, size_t n);

double rc_dist_quantile(const rc_dist *d, double w);
double rc_dist_cdf(const rc_dist *d, double x, bool upper);
void rc_dist_support(const rc_dist *d, double *low, double *high);
/** Does the instance, with all shapes inside it, have moments in closed form? Then NaN means that
 * there are none. */
bool rc_dist_knows_moments(const rc_dist *d);
/** Mean and standard deviation; NaN where the type does not tell, or there is none. */
void rc_dist_moments(const rc_dist *d, double *mean, double *sd);

/** u in (0, 1) to the signed tail probability; for tests and percentile displays. */
static inline double rc_tail_of(double u) {
    return u <= 0.5 ? u : u - 1.0;
}

#endif
