/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SLEEF's header beside what core/math.h and core/simd.h declare of it: a function that is declared
 * otherwise there does not compile here. */
#include <sleef.h>

#include "core/simd.h"
