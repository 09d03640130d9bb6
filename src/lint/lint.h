/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lint: what the language accepts and an analyst would question.
 *
 * A rule is one const struct in one file; lint.def lists them. A rule looks at the finished model,
 * at its formulas as written (rc_model.formulas) and at the keys of the file (rc_entry.body), and
 * reports with rc_lint_warn, which asks the entry's and the file's `allow` first. Every warning of
 * the program comes from here and has the name of its rule. */
#ifndef RC_LINT_LINT_H
#define RC_LINT_LINT_H

#include "core/language.h"
#include "model/model.h"
#include "model/syntax.h"
#include "model/yaml.h"

typedef struct rc_lint rc_lint;

typedef struct rc_lint_rule {
    const char *name;    /**< in kebab case: part of the language, never changed */
    const char *summary; /**< RC_TR: what it reports, a few words */
    const char *advice;  /**< one sentence: what to do */
    bool style;          /**< about how the model is written, not about its figures: shown by
                              `check`, not before a run */
    void (*check)(rc_lint *l);
} rc_lint_rule;

size_t rc_lint_rule_count(void);
const rc_lint_rule *rc_lint_rule_at(size_t index);
const rc_lint_rule *rc_lint_rule_find(const char *name); /**< NULL when unknown */

/** Warnings about a model, in order of the rules, go to `diags`; style: those of style too. A rule
 * in `allow` that does not exist is an error there: RC_INPUT. Takes time and memory in proportion
 * to the model. */
rc_status rc_lint_model(const rc_model *model, bool style, rc_diags *diags);

/** The same for the scenarios of a model (rc_model_scenarios), of which those that have mistakes
 * are NULL: only what `diags` does not say about the model itself already. */
rc_status rc_lint_scenarios(const rc_model *model, const rc_model *const *scenarios, bool style,
                            rc_diags *diags);

/* ---- For rules ------------------------------------------------------------------------------ */

struct rc_lint {
    const rc_model *model;
    rc_arena *arena; /**< for what a rule needs while it works */
    rc_diags *diags;
    const rc_lint_rule *rule; /**< at work */
    bool silent;              /**< its warnings are not wanted, but what it allows is noted */
    /* facts.c; one element an entry */
    bool *random; /**< a distribution or an event can change it */
    bool *used;   /**< a formula of another entry, or of the top, names it */
    bool *money;  /**< it is an amount, or an amount or the effect of a risk is made from it */
    bool any_random;
    const rc_entry **by_name; /**< sorted */
    /* lint.c: rows of `allow`, of all entries in order, of functions, of the top */
    size_t *first_allow;           /**< [n_entries + n_functions + 1] first row of each */
    bool *allowed;                 /**< that silenced a warning */
    struct rc_seen *seen;          /**< tree.c */
    struct rc_lint_course *course; /**< median.c */
};

/** Report, unless `entry` (may be NULL) or the file allows the rule. */
void rc_lint_warn(rc_lint *l, const rc_entry *entry, rc_mark mark, const char *hint,
                  const char *format, ...) __attribute__((format(printf, 5, 6)));

void rc_lint_facts(rc_lint *l);
const rc_entry *rc_lint_find(const rc_lint *l, const char *name); /**< NULL when unknown */

/** Place of a key of an entry (or of the top where entry is NULL), or of the entry. */
rc_mark rc_lint_key_mark(const rc_lint *l, const rc_entry *entry, const char *key);

/* ---- tree.c: walks ---- */

/** Return false to leave out what is below. */
typedef bool rc_lint_see_syn(void *data, const rc_syn *syn);
typedef bool rc_lint_see_expr(void *data, const rc_expr *e);

void rc_lint_each_syn(const rc_syn *syn, rc_lint_see_syn *see, void *data);
/** Every expression once, however many share it; the parameters of draws too. */
void rc_lint_each_expr(rc_lint *l, const rc_expr *e, rc_lint_see_expr *see, void *data);

bool rc_lint_is_op(const rc_syn *syn, const char *symbol); /**< of two arguments */
bool rc_lint_is_call(const rc_syn *syn, const char *name);
bool rc_lint_is_draw(const rc_syn *syn); /**< a distribution, `a to b` too */
bool rc_lint_is_past(const rc_syn *syn); /**< prev(s) or lag(s, n) */

/* ---- words.c: what names and labels say ---- */

/** Does the name or a label hold one of the words? `english`: words separated by blanks, compared
 * with whole words, plural allowed; `chinese`: parts of a word. */
bool rc_lint_says(const rc_entry *entry, const char *english, const char *chinese);

/* ---- median.c: a value when every draw is at its median ---- */

/** Value in period k (from 1); NaN when it depends on the past or on what a run alone knows. */
double rc_lint_median(rc_lint *l, const rc_expr *e, unsigned k);
/** The instance of a draw whose parameters are at their medians; NULL when it has none. */
const rc_dist *rc_lint_typical(rc_lint *l, const rc_draw *draw);

#endif
