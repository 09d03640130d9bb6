/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The mathematics of copulas: parameters against other programs, conditional inversion against
 * multiple precision in both tails, columns against single values on every instruction set. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "copula/copula.h"
#include "copula/normal.h"
#include "core/math.h"
#include "dist/normal_quantile.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

extern const rc_copula_type rc_copula_gaussian, rc_copula_student, rc_copula_clayton,
    rc_copula_gumbel, rc_copula_frank;

/* ---- Spearman's rho and the parameter ----------------------------------------------------------
 */

/* scipy 1.10: Student by E[F(X) F(Y)] in polar coordinates (500 Gauss nodes by 2,000 angles; at
 * df 1 to 3 it has converged to the error given only); Clayton by dblquad of C, Gumbel by mpmath of
 * Pickands' form, Frank by quad of Debye's functions. Gaussian in closed form. */
static const struct {
    const rc_copula_type *type;
    double df, parameter, rho, error;
} pairs[] = {
    {&rc_copula_gaussian, 0, 0.5, 0.4825837395309974, 1e-13}, /* 6 / pi asin(1 / 4) */
    {&rc_copula_student, 1, 0.1, 0.084356, 2e-6},
    {&rc_copula_student, 1, 0.8, 0.727748, 4e-6},
    {&rc_copula_student, 2, 0.5, 0.4552077474, 4e-8},
    {&rc_copula_student, 2, 0.95, 0.9312206151, 4e-8},
    {&rc_copula_student, 3, 0.1, 0.09134111595, 1e-9},
    {&rc_copula_student, 3, 0.8, 0.76712262704, 2e-9},
    {&rc_copula_student, 4.5, 0.1, 0.09274677013140353, 1e-11},
    {&rc_copula_student, 4.5, 0.95, 0.9404151732852033, 1e-11},
    {&rc_copula_student, 10, 0.5, 0.4773868915451338, 1e-11},
    {&rc_copula_student, 10, 0.95, 0.9434352581185461, 1e-11},
    {&rc_copula_student, 100, 0.8, 0.7854880156893715, 1e-11},
    {&rc_copula_student, 1000, 0.95, 0.9452954186939513, 1e-11},
    {&rc_copula_clayton, 0, 0.05, 0.03657474251001869, 1e-11},
    {&rc_copula_clayton, 0, 0.5, 0.29494373855392997, 1e-11},
    {&rc_copula_clayton, 0, 1, 0.47841760435743463, 1e-11}, /* 4 pi^2 - 39 */
    {&rc_copula_clayton, 0, 2, 0.6822338332806561, 1e-11},
    {&rc_copula_clayton, 0, 5, 0.8846235347874858, 1e-11},
    {&rc_copula_clayton, 0, 20, 0.9870666364608751, 1e-11},
    {&rc_copula_gumbel, 0, 1.05, 0.07115262344062853, 1e-11},
    {&rc_copula_gumbel, 0, 1.5, 0.47666115559855656, 1e-11},
    {&rc_copula_gumbel, 0, 2, 0.6822338332806561, 1e-11},
    {&rc_copula_gumbel, 0, 3, 0.8488348240512211, 1e-11},
    {&rc_copula_gumbel, 0, 10, 0.9854923538472322, 1e-11},
    {&rc_copula_frank, 0, 0.3, 0.04994010312383246, 1e-11},
    {&rc_copula_frank, 0, 1, 0.16448609818697335, 1e-11},
    {&rc_copula_frank, 0, 5, 0.6434871080559887, 1e-11},
    {&rc_copula_frank, 0, 18, 0.9489699765257572, 1e-11},
    {&rc_copula_frank, 0, -5, -0.6434871080559887, 1e-11},
};

static void spearman_is_as_elsewhere(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        double rho = pairs[i].type->spearman(pairs[i].parameter, pairs[i].df);
        if (!(fabs(rho - pairs[i].rho) < pairs[i].error))
            fail_msg("%s(%g) at %g: rho %.15g, not %.15g", pairs[i].type->name, pairs[i].df,
                     pairs[i].parameter, rho, pairs[i].rho);
    }
}

static void solve_undoes_spearman(void **state) {
    (void)state;
    static const double dfs[] = {1, 1.5, 4, 30, 1e4, 1e6};
    for (size_t i = 0; i < rc_copula_count(); i++) {
        const rc_copula_type *type = rc_copula_at(i);
        for (size_t d = 0; d < (type->takes_df ? sizeof dfs / sizeof *dfs : 1); d++)
            for (double rho = -0.99; rho < 0.9901; rho += 0.11) {
                if (rho < type->least)
                    continue;
                double parameter = type->solve(rho, dfs[d]);
                double back = type->spearman(parameter, dfs[d]);
                if (!(fabs(back - rho) < 1e-11))
                    fail_msg("%s(%g): %.15g becomes %.15g", type->name, dfs[d], rho, back);
            }
    }
    assert_true(rc_copula_gumbel.solve(0.001, 0) > 1);
    assert_true(rc_copula_frank.solve(0, 0) == 0);
    assert_true(rc_copula_student.solve(0, 4) == 0);
}

/* Gaussian's rule where it does not belong: Student's rho at df 3 would be 0.782 for 0.8. */
static void sine_rule_is_wrong_for_student(void **state) {
    (void)state;
    double sine = rc_copula_gaussian.solve(0.8, 0);
    double got = rc_copula_student.spearman(sine, 3);
    assert_true(fabs(got - 0.782) < 0.0005);
    assert_true(rc_copula_student.solve(0.8, 3) > sine + 0.01);
    assert_true(fabs(rc_copula_student.solve(0.8, 1e6) - sine) < 1e-6);
}

/* ---- Conditional inversion --------------------------------------------------------------------
 */

/* The second point given the first and its own: mpmath, 60 digits. */
static const struct {
    const rc_copula_type *type;
    double parameter, first, own, second;
} tails[] = {
    {&rc_copula_clayton, 0.5, 0.3, 0.2, 0.18965668964949724},
    {&rc_copula_clayton, 0.5, 0.3, -0.25, -0.28635510358239524},
    {&rc_copula_clayton, 0.5, 0.3, 1e-09, 3.0027155067597486e-7},
    {&rc_copula_clayton, 0.5, 0.3, -1e-09, -1.217161238600699e-9},
    {&rc_copula_clayton, 0.5, -0.001, 0.2, 0.34185313183185358},
    {&rc_copula_clayton, 0.5, -0.001, -0.25, -0.17459372106315977},
    {&rc_copula_clayton, 0.5, -0.001, 1e-09, 9.9900099925062462e-7},
    {&rc_copula_clayton, 0.5, -0.001, -1e-09, -6.6700025031951566e-10},
    {&rc_copula_clayton, 0.5, 9.094947017729282e-13, 0.2, 1.804312408185741e-12},
    {&rc_copula_clayton, 0.5, 9.094947017729282e-13, -0.25, 8.9790384781694479e-11},
    {&rc_copula_clayton, 0.5, 9.094947017729282e-13, -1e-09, -0.00069868433398487893},
    {&rc_copula_clayton, 0.5, -9.094947017729282e-13, 0.2, 0.34199518933521027},
    {&rc_copula_clayton, 0.5, -9.094947017729282e-13, -0.25, -0.17451818777641198},
    {&rc_copula_clayton, 0.5, -9.094947017729282e-13, 1e-09, 9.9999999999909146e-7},
    {&rc_copula_clayton, 0.5, -9.094947017729282e-13, -1e-09, -6.6666666677808098e-10},
    {&rc_copula_clayton, 8, 0.3, 0.2, 0.25959440156629332},
    {&rc_copula_clayton, 8, 0.3, -0.25, 0.34998555953250624},
    {&rc_copula_clayton, 8, 0.3, 1e-09, 0.030000000037497539},
    {&rc_copula_clayton, 8, 0.3, -1e-09, -1.6934958766923218e-6},
    {&rc_copula_clayton, 8, -0.001, 0.2, -0.16438590416337721},
    {&rc_copula_clayton, 8, -0.001, -0.25, -0.031678508441137699},
    {&rc_copula_clayton, 8, -0.001, 1e-09, 0.099900000000995511},
    {&rc_copula_clayton, 8, -0.001, -1e-09, -1.1200401341941772e-10},
    {&rc_copula_clayton, 8, 9.094947017729282e-13, 0.2, 7.8700113830721049e-13},
    {&rc_copula_clayton, 8, 9.094947017729282e-13, -0.25, 1.0610632340009795e-12},
    {&rc_copula_clayton, 8, 9.094947017729282e-13, 1e-09, 9.0949470290979663e-14},
    {&rc_copula_clayton, 8, 9.094947017729282e-13, -1e-09, 1.2308191329694615e-11},
    {&rc_copula_clayton, 8, -9.094947017729282e-13, 0.2, -0.16374896905020517},
    {&rc_copula_clayton, 8, -9.094947017729282e-13, -0.25, -0.031459204547475685},
    {&rc_copula_clayton, 8, -9.094947017729282e-13, 1e-09, 0.099999999999909051},
    {&rc_copula_clayton, 8, -9.094947017729282e-13, -1e-09, -1.1111111116130227e-10},
    {&rc_copula_gumbel, 1.25, 0.3, 0.2, 0.16692777149026842},
    {&rc_copula_gumbel, 1.25, 0.3, -0.25, -0.3338588088876818},
    {&rc_copula_gumbel, 1.25, 0.3, 1e-09, 9.848110232502739e-10},
    {&rc_copula_gumbel, 1.25, 0.3, -1e-09, -6.7313108462566961e-8},
    {&rc_copula_gumbel, 1.25, -0.001, 0.2, -0.21336775659948395},
    {&rc_copula_gumbel, 1.25, -0.001, -0.25, -0.0025144106644592545},
    {&rc_copula_gumbel, 1.25, -0.001, 1e-09, 1.1614015095953781e-8},
    {&rc_copula_gumbel, 1.25, -0.001, -1e-09, -2.2803713679345837e-10},
    {&rc_copula_gumbel, 1.25, 9.094947017729282e-13, 0.2, 0.033533384188544306},
    {&rc_copula_gumbel, 1.25, 9.094947017729282e-13, -0.25, 0.42644542571670947},
    {&rc_copula_gumbel, 1.25, 9.094947017729282e-13, 1e-09, 8.7189344045702183e-13},
    {&rc_copula_gumbel, 1.25, 9.094947017729282e-13, -1e-09, -1.4554132905786505e-7},
    {&rc_copula_gumbel, 1.25, -9.094947017729282e-13, 0.2, -5.682886633468854e-10},
    {&rc_copula_gumbel, 1.25, -9.094947017729282e-13, -0.25, -2.3143870024569365e-12},
    {&rc_copula_gumbel, 1.25, -9.094947017729282e-13, 1e-09, 1.9499014626658729e-6},
    {&rc_copula_gumbel, 6, 0.3, 0.2, 0.2259778915298632},
    {&rc_copula_gumbel, 6, 0.3, -0.25, 0.36962266479595895},
    {&rc_copula_gumbel, 6, 0.3, 1e-09, 1.8312597216111678e-5},
    {&rc_copula_gumbel, 6, 0.3, -1e-09, -0.037153637642539117},
    {&rc_copula_gumbel, 6, -0.001, 0.2, -0.0013438333983322069},
    {&rc_copula_gumbel, 6, -0.001, -0.25, -0.00086274175759406246},
    {&rc_copula_gumbel, 6, -0.001, 1e-09, -0.060452946846465253},
    {&rc_copula_gumbel, 6, -0.001, -1e-09, -3.261313498258948e-5},
    {&rc_copula_gumbel, 6, 9.094947017729282e-13, 0.2, 9.2079905623319308e-11},
    {&rc_copula_gumbel, 6, 9.094947017729282e-13, -0.25, 3.9642194772440403e-8},
    {&rc_copula_gumbel, 6, 9.094947017729282e-13, -1e-09, -0.48358193115090986},
    {&rc_copula_gumbel, 6, -9.094947017729282e-13, 0.2, -1.2225283075575335e-12},
    {&rc_copula_gumbel, 6, -9.094947017729282e-13, -0.25, -7.8463701375380571e-13},
    {&rc_copula_gumbel, 6, -9.094947017729282e-13, 1e-09, -5.7385236182525016e-11},
    {&rc_copula_gumbel, 6, -9.094947017729282e-13, -1e-09, -2.964811236005119e-14},
    {&rc_copula_frank, 3, 0.3, 0.2, 0.14970622395444415},
    {&rc_copula_frank, 3, 0.3, -0.25, -0.39572761454799879},
    {&rc_copula_frank, 3, 0.3, 1e-09, 7.7904889407459619e-10},
    {&rc_copula_frank, 3, 0.3, -1e-09, -2.586533409108712e-9},
    {&rc_copula_frank, 3, -0.001, 0.2, -0.47657608379144471},
    {&rc_copula_frank, 3, -0.001, -0.25, -0.090641461373723054},
    {&rc_copula_frank, 3, -0.001, 1e-09, 6.3427886435104542e-9},
    {&rc_copula_frank, 3, -0.001, -1e-09, -3.1768928370523254e-10},
    {&rc_copula_frank, 3, 9.094947017729282e-13, 0.2, 0.070257869469984825},
    {&rc_copula_frank, 3, 9.094947017729282e-13, -0.25, 0.41569601563404195},
    {&rc_copula_frank, 3, 9.094947017729282e-13, 1e-09, 3.1673764402872702e-10},
    {&rc_copula_frank, 3, 9.094947017729282e-13, -1e-09, -6.3618455803355789e-9},
    {&rc_copula_frank, 3, -9.094947017729282e-13, 0.2, -0.47594212658548996},
    {&rc_copula_frank, 3, -9.094947017729282e-13, -0.25, -0.090407528862724967},
    {&rc_copula_frank, 3, -9.094947017729282e-13, 1e-09, 6.3618455803355789e-9},
    {&rc_copula_frank, 3, -9.094947017729282e-13, -1e-09, -3.1673764402872702e-10},
    {&rc_copula_frank, -20, 0.3, 0.2, -0.3693455265563681},
    {&rc_copula_frank, -20, 0.3, -0.25, -0.24543980890199853},
    {&rc_copula_frank, -20, 0.3, 1e-09, 6.0094086679547026e-5},
    {&rc_copula_frank, -20, 0.3, -1e-09, -2.0171435584363057e-8},
    {&rc_copula_frank, -20, -0.001, 0.2, 0.011358783941440649},
    {&rc_copula_frank, -20, -0.001, -0.25, 0.070066586482919187},
    {&rc_copula_frank, -20, -0.001, 1e-09, 5.1010066921188007e-11},
    {&rc_copula_frank, -20, -0.001, -1e-09, -0.01945182065155948},
    {&rc_copula_frank, -20, 9.094947017729282e-13, 0.2, -0.080471895210201889},
    {&rc_copula_frank, -20, 9.094947017729282e-13, -0.25, -0.01438410358846386},
    {&rc_copula_frank, -20, 9.094947017729282e-13, 1e-09, 0.019776300404429008},
    {&rc_copula_frank, -20, 9.094947017729282e-13, -1e-09, -4.9999999922851817e-11},
    {&rc_copula_frank, -20, -9.094947017729282e-13, 0.2, 0.011157177540127967},
    {&rc_copula_frank, -20, -9.094947017729282e-13, -0.25, 0.06931471774750361},
    {&rc_copula_frank, -20, -9.094947017729282e-13, 1e-09, 4.9999999922851817e-11},
    {&rc_copula_frank, -20, -9.094947017729282e-13, -1e-09, -0.019776300404429008},
};

/* All steps are stable in both tails; t^(-a / (1 + a)) and the like multiply a rounding by the size
 * of a logarithm, at most 40, by parameters up to 20, and by what the point is steep in them. */
static void second_point_in_both_tails(void **state) {
    (void)state;
    double worst = 0;
    for (size_t i = 0; i < sizeof tails / sizeof *tails; i++) {
        rc_copula c = rc_copula_init(tails[i].type, 0, tails[i].parameter);
        double w;
        tails[i].type->second(&c, &tails[i].first, &tails[i].own, &w, 1);
        double error = fabs(w / tails[i].second - 1);
        worst = error > worst ? error : worst;
        if (!(error < 1e-12) && !(fabs(tails[i].second) > 0.49 && fabs(fabs(w) - 0.5) < 0.01))
            fail_msg("%s %g at %g, %g: %.17g, not %.17g", tails[i].type->name, tails[i].parameter,
                     tails[i].first, tails[i].own, w, tails[i].second);
    }
    print_message("largest relative error %.2g\n", worst);
}

/* Rising in the own point; in range at the ends; independent of the column. */
static void second_point_is_monotone(void **state) {
    (void)state;
    for (size_t i = 0; i < rc_copula_count(); i++) {
        const rc_copula_type *type = rc_copula_at(i);
        if (type->elliptical)
            continue;
        for (double rho = -0.98; rho < 0.99; rho += 0.14) {
            if (rho < type->least)
                continue;
            rc_copula c = rc_copula_init(type, 0, type->solve(rho, 0));
            static const double firsts[] = {0x1p-54, 1e-9,  0.3,     0.5 - 0x1p-54,
                                            -0.4,    -1e-9, -0x1p-54};
            for (size_t f = 0; f < sizeof firsts / sizeof *firsts; f++) {
                double before = 0;
                for (int k = 0; k <= 400; k++) { /* u by steps, dense at both ends */
                    double e = exp2(-54 + 0.2655 * (k <= 200 ? k : 400 - k));
                    double own = k <= 200 ? e : -e, w;
                    type->second(&c, &firsts[f], &own, &w, 1);
                    assert_true(fabs(w) >= 0x1p-54 && fabs(w) < 0.5);
                    double u = w > 0 ? w : 1 + w;
                    if (!(u >= before - 1e-13))
                        fail_msg("%s %g: falls at %g, %g", type->name, c.parameter, firsts[f], own);
                    before = u;
                }
            }
        }
    }
}

/* ---- Latent values and back -------------------------------------------------------------------
 */

static void normal_points_on_every_instruction_set(void **state) {
    (void)state;
    enum { N = 512 };
    static _Alignas(64) double z[N], w[N], other[N], back[N];
    for (size_t i = 0; i < N; i++)
        z[i] = -9.2 + 18.4 * (double)i / (N - 1);
    z[100] = 0;
    rc_copula c = rc_copula_init(&rc_copula_gaussian, 0, 0);
    rc_copula_gaussian.tail(&c, RC_ISA_sse2, z, w, N);
    for (size_t i = 0; i < N; i++) {
        double size = rc_normal_cdf(z[i], z[i] > 0);
        size = fmin(fmax(size, 0x1p-54), 0.5 - 0x1p-54);
        assert_true(z[i] == 0 || (w[i] < 0) == (z[i] > 0));
        assert_true(fabs(fabs(w[i]) / size - 1) < 2e-14);
    }
    rc_copula_latent(RC_ISA_sse2, w, back, N);
    for (size_t i = 0; i < N; i++)
        if (fabs(z[i]) < 8.2)
            assert_true(fabs(back[i] - z[i]) < 1e-14 * fmax(1, fabs(z[i])));
    for (int isa = RC_ISA_avx2; isa < RC_ISA_COUNT; isa++) {
        if (!rc_isa_supported((rc_isa)isa))
            continue;
        rc_copula_gaussian.tail(&c, (rc_isa)isa, z, other, N);
        assert_memory_equal(w, other, sizeof w);
        rc_copula_latent((rc_isa)isa, w, other, N);
        assert_memory_equal(back, other, sizeof w);
    }
}

/* Known quantiles of t at df 4 (R 4.2 qt), both sides. */
static void student_points(void **state) {
    (void)state;
    static const double t[] = {-7.1731822197823085, -2.1318467863266499, 0, 2.1318467863266499,
                               7.1731822197823085};
    static const double u[] = {0.001, 0.05, 0.5, -0.05, -0.001};
    double w[5];
    rc_copula c = rc_copula_init(&rc_copula_student, 4, 0);
    rc_copula_student.tail(&c, RC_ISA_sse2, t, w, 5);
    for (size_t i = 0; i < 5; i++)
        assert_true(fabs(w[i] / u[i] - 1) < 1e-12);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spearman_is_as_elsewhere),
        cmocka_unit_test(solve_undoes_spearman),
        cmocka_unit_test(sine_rule_is_wrong_for_student),
        cmocka_unit_test(second_point_in_both_tails),
        cmocka_unit_test(second_point_is_monotone),
        cmocka_unit_test(normal_points_on_every_instruction_set),
        cmocka_unit_test(student_points),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
