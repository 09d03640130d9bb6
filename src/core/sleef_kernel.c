/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SLEEF's header beside what core/math.h and core/simd.h declare of it: a function that is declared
 * otherwise there does not compile here. By GCC alone: the header's functions return `const
 * double`, which Clang takes for another type than `double`. */
#if !defined(__clang__)
#    include <sleef.h>
#endif

#include "core/simd.h"
