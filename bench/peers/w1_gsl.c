/* SPDX-License-Identifier: GPL-3.0-or-later */
/* W1 in C with GSL. Plain: as most write it. -DTUNED: as somebody writes it who looked for the
 * fastest generator and sampler that GSL has. See README.md for what is timed. */
#define _POSIX_C_SOURCE 200809L
#include "peer.h"

#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <gsl/gsl_version.h>
#include <omp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef TUNED
#    define NAME      "GSL tuned"
#    define GENERATOR gsl_rng_taus2
#    define GAUSSIAN  gsl_ran_gaussian_ziggurat
#else
#    define NAME      "GSL"
#    define GENERATOR gsl_rng_mt19937
#    define GAUSSIAN  gsl_ran_gaussian
#endif

static double shape[PERTS][2], log_median[LOGNORMALS], risk_log_median[RISKS];

static void prepare(void) {
    for (int i = 0; i < PERTS; i++) {
        const double *p = pert_of[i];
        shape[i][0] = 1 + 4 * (p[1] - p[0]) / (p[2] - p[0]);
        shape[i][1] = 1 + 4 * (p[2] - p[1]) / (p[2] - p[0]);
    }
    for (int i = 0; i < LOGNORMALS; i++)
        log_median[i] = log(lognormal_of[i][0]);
    for (int i = 0; i < RISKS; i++)
        risk_log_median[i] = log(risk_of[i][1]);
}

static double lognormal(const gsl_rng *r, double mu, double sigma) {
#ifdef TUNED
    return exp(mu + GAUSSIAN(r, sigma));
#else
    return gsl_ran_lognormal(r, mu, sigma);
#endif
}

static void draw(const gsl_rng *r, draws *d) {
    for (int i = 0; i < PERTS; i++)
        d->pert[i] = pert_of[i][0] +
                     (pert_of[i][2] - pert_of[i][0]) * gsl_ran_beta(r, shape[i][0], shape[i][1]);
    for (int i = 0; i < TRIANGLES; i++)
        d->triangle[i] = triangle(gsl_rng_uniform(r), triangle_of[i]);
    for (int i = 0; i < LOGNORMALS; i++)
        d->lognormal[i] = lognormal(r, log_median[i], lognormal_of[i][1]);
    for (int i = 0; i < NORMALS; i++) {
        double x = normal_of[i][0] + GAUSSIAN(r, normal_of[i][1]);
        d->normal[i] = x > 0 ? x : 0;
    }
    for (int i = 0; i < RISKS; i++)
        d->risk[i] = gsl_rng_uniform(r) < risk_of[i][0]
                         ? lognormal(r, risk_log_median[i], risk_of[i][2])
                         : 0;
}

static void simulate(size_t n, int threads, unsigned long seed, double *roi, double *npv,
                     double *payback) {
#pragma omp parallel num_threads(threads)
    {
        gsl_rng *r = gsl_rng_alloc(GENERATOR);
        gsl_rng_set(r, 1000 * seed + (unsigned long)omp_get_thread_num() + 1);
#pragma omp for schedule(static)
        for (size_t i = 0; i < n; i++) {
            draws d;
            draw(r, &d);
            answer a = w1(&d);
            roi[i] = a.roi;
            npv[i] = a.npv;
            payback[i] = a.payback;
        }
        gsl_rng_free(r);
    }
}

typedef struct summary {
    double mean, sd, negative, percentile[9];
} summary;

static summary summarise(double *x, size_t n) {
    static const double levels[9] = {0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99};
    summary s = {.mean = gsl_stats_mean(x, 1, n)};
    s.sd = gsl_stats_sd_m(x, 1, n, s.mean);
    gsl_sort(x, 1, n);
    for (int i = 0; i < 9; i++)
        s.percentile[i] = gsl_stats_quantile_from_sorted_data(x, 1, n, levels[i]);
    size_t below = 0;
    while (below < n && x[below] < 0)
        below++;
    s.negative = (double)below / (double)n;
    return s;
}

static void print(const char *name, const summary *s) {
    printf(", \"%s\": {\"mean\": %.17g, \"sd\": %.17g, \"negative\": %.17g, \"percentiles\": [",
           name, s->mean, s->sd, s->negative);
    for (int i = 0; i < 9; i++)
        printf("%s%.17g", i > 0 ? ", " : "", s->percentile[i]);
    printf("]}");
}

int main(int argc, char **argv) {
    if (argc != 4)
        return 2;
    size_t n = strtoul(argv[1], NULL, 10);
    int threads = atoi(argv[2]);
    double *x[3];
    for (int i = 0; i < 3; i++)
        x[i] = malloc(n * sizeof(double));
    double start = now();
    prepare();
    simulate(n, threads, strtoul(argv[3], NULL, 10), x[0], x[1], x[2]);
    double simulated = now();
    summary s[3];
    for (int i = 0; i < 3; i++)
        s[i] = summarise(x[i], n);
    double end = now();
    printf("{\"peer\": \"%s\", \"version\": \"%s\", \"trials\": %zu, \"threads\": %d, "
           "\"draw_model\": %.6f, \"statistics\": %.6f",
           NAME, gsl_version, n, threads, simulated - start, end - simulated);
    print("roi", &s[0]);
    print("npv", &s[1]);
    print("payback_years", &s[2]);
    printf("}\n");
    for (int i = 0; i < 3; i++)
        free(x[i]);
    return 0;
}
