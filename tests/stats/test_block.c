/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inner loops of summaries against plain loops, and against themselves on every instruction
 * set, bit for bit, for every length and with NaN and infinities anywhere. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "stats/block.h"

#include <math.h>
#include <string.h>

enum { MOST = 70 };

typedef struct answers {
    double sum, power[4], min, max;
    uint64_t defined, all_finite;
} answers;

static answers ask(rc_isa isa, const double *x, size_t n) {
    const rc_block_kernels *k = rc_block_kernels_for(isa);
    answers a;
    memset(&a, 0, sizeof a);
    bool all_finite;
    a.sum = k->sum_from(x, n, 0.1, &all_finite);
    a.all_finite = all_finite;
    if (all_finite)
        k->power_sums(x, n, 0.3, a.power);
    else
        a.sum = 0; /* NaN of either sign */
    a.defined = k->range(x, n, &a.min, &a.max);
    return a;
}

static void compare(const double *x, size_t n) {
    const answers first = ask(RC_ISA_sse2, x, n);
    for (int isa = 0; isa < RC_ISA_COUNT; isa++)
        if (rc_isa_supported((rc_isa)isa)) {
            const answers other = ask((rc_isa)isa, x, n);
            assert_memory_equal(&first, &other, sizeof first);
        }
    double sum = 0, power[4] = {0}, min = INFINITY, max = -INFINITY;
    uint64_t defined = 0, finite = 0;
    for (size_t i = 0; i < n; i++) {
        const double d = x[i] - 0.3;
        sum += x[i] - 0.1;
        for (int k = 0; k < 4; k++)
            power[k] += k == 0 ? d : k == 1 ? d * d : k == 2 ? d * d * d : d * d * d * d;
        defined += x[i] == x[i];
        finite += isfinite(x[i]) != 0;
        min = x[i] < min ? x[i] : min;
        max = x[i] > max ? x[i] : max;
    }
    assert_int_equal(first.defined, defined);
    assert_int_equal(first.all_finite, finite == n);
    assert_true(first.min == min && first.max == max);
    /* |x| <= 4: n sums of at most 4^4 round by 2^-53 each */
    const double rounding = (double)(n * n) * 512 * 0x1p-52;
    for (int k = 0; finite == n && k < 4; k++)
        assert_true(fabs(first.power[k] - power[k]) <= rounding);
    assert_true(finite < n || fabs(first.sum - sum) <= rounding);
}

static void all_lengths(void **state) {
    (void)state;
    static const double odd[] = {NAN, -NAN, INFINITY, -INFINITY, -0.0};
    uint64_t seed = 1;
    for (size_t n = 0; n <= MOST; n++)
        for (size_t at = 0; at <= n; at++) /* at == n: none is odd */
            for (size_t kind = 0; kind < 5; kind++) {
                double x[MOST + 1];
                for (size_t i = 0; i <= n; i++) {
                    seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407;
                    x[i] = (double)(int64_t)seed * 0x1p-61; /* -4 to 4 */
                }
                x[at] = odd[kind];
                compare(x, n);
                if (n > 0)
                    compare(x + 1, n - 1); /* at an address of no vector */
            }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(all_lengths)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
