/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The standard normal quantile as piecewise polynomials (dist/rows.h), shared by all instances of
 * normal, lognormal and interval. The numbers are written and checked by
 * tests/dist/test_normal_rows.c: relative to AS 241 they are good to 1e-15 or so. */
#include "dist/normal_quantile.h"

#include <math.h>

_Alignas(64) const double rc_normal_rows[][8] = {
#include "dist/normal_rows.inc"
};
