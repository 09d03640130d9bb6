/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Elementwise operators by name and by number; see op.def. */
#ifndef RC_CORE_OP_H
#define RC_CORE_OP_H

typedef enum rc_op {
#define RC_OP1(name, expression)        RC_OP_##name,
#define RC_OP2(name, expression)        RC_OP_##name,
#define RC_OP3(name, expression)        RC_OP_##name,
#define RC_OPM1(name, expression, vmap) RC_OP_##name,
#define RC_OPM2(name, expression, vmap) RC_OP_##name,
#include "core/op.def"
#undef RC_OP1
#undef RC_OP2
#undef RC_OP3
#undef RC_OPM1
#undef RC_OPM2
    RC_OP_COUNT
} rc_op;

const char *rc_op_name(rc_op op);
int rc_op_arity(rc_op op);                                 /**< 1, 2 or 3 */
double rc_op_eval(rc_op op, double a, double b, double c); /**< unused operands are ignored */

#endif
