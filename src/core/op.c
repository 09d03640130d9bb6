/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/op.h"
#include "core/math.h"

static const struct {
    const char *name;
    int arity;
} ops[] = {
#define RC_OP1(name, expression)        {#name, 1},
#define RC_OP2(name, expression)        {#name, 2},
#define RC_OP3(name, expression)        {#name, 3},
#define RC_OPM1(name, expression, vmap) {#name, 1},
#define RC_OPM2(name, expression, vmap) {#name, 2},
#include "core/op.def"
#undef RC_OP1
#undef RC_OP2
#undef RC_OP3
#undef RC_OPM1
#undef RC_OPM2
};

const char *rc_op_name(rc_op op) {
    return ops[op].name;
}

int rc_op_arity(rc_op op) {
    return ops[op].arity;
}

double rc_op_eval(rc_op op, double a, double b, double c) {
    switch (op) {
        /* clang-format off */
#define RC_OP1(name, expression)        case RC_OP_##name: return expression;
#define RC_OP2(name, expression)        case RC_OP_##name: return expression;
#define RC_OP3(name, expression)        case RC_OP_##name: return expression;
#define RC_OPM1(name, expression, vmap) case RC_OP_##name: return expression;
#define RC_OPM2(name, expression, vmap) case RC_OP_##name: return expression;
        /* clang-format on */
#include "core/op.def"
#undef RC_OP1
#undef RC_OP2
#undef RC_OP3
#undef RC_OPM1
#undef RC_OPM2
    default: return NAN;
    }
}
