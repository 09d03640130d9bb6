/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scalar mathematics that may reach a result. libm may not: its last bits depend on the processor.
 * These are SLEEF's deterministic functions, bit for bit what simd.h computes in a lane. sqrt,
 * floor, fabs, fmin-like comparisons are exact in IEEE 754 and need no wrapper. */
#ifndef RC_CORE_MATH_H
#define RC_CORE_MATH_H

#include <math.h>
#include <stdbool.h>

#define RC_PI     3.14159265358979323846
#define RC_SQRT2  1.41421356237309504880
#define RC_LN10   2.30258509299404568402
#define RC_LN_2PI 1.83787706640934548356 /* ln(2*pi) */

/* Declared here, because <sleef.h> brings all of the compiler's intrinsics, a third of a second for
 * each file; core/sleef_kernel.c holds these lines to it. */
#define RC_SLEEF_(name)  double Sleef_cinz_##name(double)
#define RC_SLEEF2_(name) double Sleef_cinz_##name(double, double)
RC_SLEEF_(expd1_u10purec);
RC_SLEEF_(expm1d1_u10purec);
RC_SLEEF_(logd1_u10purec);
RC_SLEEF_(log1pd1_u10purec);
RC_SLEEF_(log10d1_u10purec);
RC_SLEEF2_(powd1_u10purec);
RC_SLEEF_(sind1_u10purec);
RC_SLEEF_(cosd1_u10purec);
RC_SLEEF_(tand1_u10purec);
RC_SLEEF_(atand1_u10purec);
RC_SLEEF_(tanhd1_u10purec);
RC_SLEEF_(erfd1_u10purec);
RC_SLEEF_(erfcd1_u15purec);
RC_SLEEF_(lgammad1_u10purec);
RC_SLEEF_(sinhd1_u10purec);
RC_SLEEF_(coshd1_u10purec);
RC_SLEEF_(asind1_u10purec);
RC_SLEEF_(asinhd1_u10purec);
#undef RC_SLEEF_
#undef RC_SLEEF2_

static inline double rc_exp(double x) {
    return Sleef_cinz_expd1_u10purec(x);
}
static inline double rc_expm1(double x) {
    return Sleef_cinz_expm1d1_u10purec(x);
}
static inline double rc_log(double x) {
    return x < 0 ? NAN : Sleef_cinz_logd1_u10purec(x);
}
static inline double rc_log1p(double x) {
    return x < -1 ? NAN : Sleef_cinz_log1pd1_u10purec(x);
}
static inline double rc_log10(double x) {
    return x < 0 ? NAN : Sleef_cinz_log10d1_u10purec(x);
}
static inline double rc_pow(double x, double y) {
    return Sleef_cinz_powd1_u10purec(x, y);
}
static inline double rc_sin(double x) {
    return Sleef_cinz_sind1_u10purec(x);
}
static inline double rc_cos(double x) {
    return Sleef_cinz_cosd1_u10purec(x);
}
static inline double rc_tan(double x) {
    return Sleef_cinz_tand1_u10purec(x);
}
static inline double rc_atan(double x) {
    return Sleef_cinz_atand1_u10purec(x);
}
static inline double rc_tanh(double x) {
    return Sleef_cinz_tanhd1_u10purec(x);
}
static inline double rc_erf(double x) {
    return Sleef_cinz_erfd1_u10purec(x);
}
static inline double rc_erfc(double x) {
    return Sleef_cinz_erfcd1_u15purec(x);
}
static inline double rc_lgamma(double x) {
    return Sleef_cinz_lgammad1_u10purec(x);
}
static inline double rc_sinh(double x) {
    return Sleef_cinz_sinhd1_u10purec(x);
}
static inline double rc_cosh(double x) {
    return Sleef_cinz_coshd1_u10purec(x);
}
static inline double rc_asin(double x) {
    return Sleef_cinz_asind1_u10purec(x);
}
static inline double rc_asinh(double x) {
    return Sleef_cinz_asinhd1_u10purec(x);
}

#endif
