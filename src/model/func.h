/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The functions that formulas may call: func.def as a table. */
#ifndef RC_MODEL_FUNC_H
#define RC_MODEL_FUNC_H

#include "core/arena.h"
#include "core/op.h"

#include <stdbool.h>
#include <stddef.h>

typedef enum rc_func_kind { RC_FUNC_OP, RC_FUNC_MACRO, RC_FUNC_FORM } rc_func_kind;

typedef enum rc_macro {
    RC_MACRO_CLAMP,
    RC_MACRO_COMBINE,
    RC_MACRO_SATURATE,
    RC_MACRO_SCURVE,
    RC_MACRO_BASS,
    RC_MACRO_DURING,
    RC_MACRO_PER_PERIOD,
} rc_macro;

typedef enum rc_form {
    RC_FORM_EXTREME,
    RC_FORM_LOOKUP,
    RC_FORM_PREV,
    RC_FORM_LAG,
    RC_FORM_CUMULATIVE,
    RC_FORM_SUM,
    RC_FORM_MEAN,
    RC_FORM_FIRST,
    RC_FORM_LAST,
    RC_FORM_AT,
    RC_FORM_NPV,
    RC_FORM_EACH,
    RC_FORM_HAPPENED,
    RC_FORM_COUNT,
    RC_FORM_RATE,
    RC_FORM_GBM,
    RC_FORM_AR1,
    RC_FORM_MEAN_REVERTING,
} rc_form;

enum { RC_FUNC_MAX_PARAMS = 5 };

typedef struct rc_func {
    const char *name;
    rc_func_kind kind;
    int detail;             /**< rc_op, rc_macro or rc_form */
    const char *parameters; /**< "x, midpoint, steepness" */
    const char *help;
} rc_func;

/** The parameters of a row, taken apart. */
typedef struct rc_params {
    char names[RC_FUNC_MAX_PARAMS][16];
    bool optional[RC_FUNC_MAX_PARAMS];
    size_t n, n_required;
    bool variadic; /**< any number of the last one */
} rc_params;

size_t rc_func_count(void);
const rc_func *rc_func_at(size_t index);
const rc_func *rc_func_find(const char *name); /**< NULL when unknown */
rc_params rc_func_params(const rc_func *func);

/** What another name of the trade is called here: ou -> mean_reverting; NULL when it is none. */
const char *rc_func_synonym(const char *name);

#endif
