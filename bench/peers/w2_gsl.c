/* SPDX-License-Identifier: GPL-3.0-or-later */
/* W2 in C with GSL: Sobol's first and total order of the ROI of W1, from matrices A and B of N
 * points and, for each input, A with that column of B: N (k + 2) evaluations. First order: Saltelli
 * et al. 2010 on centred values; total: Jansen 1999. See README.md for what is timed. */
#define _POSIX_C_SOURCE 200809L
#include "peer.h"

#include <gsl/gsl_version.h>
#include <omp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { OWN = PERTS + TRIANGLES + LOGNORMALS + NORMALS, INPUTS = OWN + 2 * RISKS };

static void draw(const gsl_rng *r, double x[INPUTS]) {
    for (int i = 0; i < PERTS; i++) {
        const double *p = pert_of[i];
        double a = 1 + 4 * (p[1] - p[0]) / (p[2] - p[0]);
        *x++ = p[0] + (p[2] - p[0]) * gsl_ran_beta(r, a, 6 - a);
    }
    for (int i = 0; i < TRIANGLES; i++)
        *x++ = triangle(gsl_rng_uniform(r), triangle_of[i]);
    for (int i = 0; i < LOGNORMALS; i++)
        *x++ = exp(log(lognormal_of[i][0]) + gsl_ran_gaussian_ziggurat(r, lognormal_of[i][1]));
    for (int i = 0; i < NORMALS; i++)
        *x++ = fmax(normal_of[i][0] + gsl_ran_gaussian_ziggurat(r, normal_of[i][1]), 0);
    for (int i = 0; i < RISKS; i++)
        *x++ = gsl_rng_uniform(r);
    for (int i = 0; i < RISKS; i++)
        *x++ = exp(log(risk_of[i][1]) + gsl_ran_gaussian_ziggurat(r, risk_of[i][2]));
}

static double roi(const double x[INPUTS]) {
    draws d;
    memcpy(d.pert, x, sizeof d.pert);
    memcpy(d.triangle, x + PERTS, sizeof d.triangle);
    memcpy(d.lognormal, x + PERTS + TRIANGLES, sizeof d.lognormal);
    memcpy(d.normal, x + PERTS + TRIANGLES + LOGNORMALS, sizeof d.normal);
    for (int i = 0; i < RISKS; i++)
        d.risk[i] = x[OWN + i] < risk_of[i][0] ? x[OWN + RISKS + i] : 0;
    return w1(&d).roi;
}

typedef double point[INPUTS];

static void evaluate(size_t n, int threads, unsigned long seed, point *a, point *b, double *ya,
                     double *yb, double *(*mixed)) {
#pragma omp parallel num_threads(threads)
    {
        gsl_rng *r = gsl_rng_alloc(gsl_rng_taus2);
        gsl_rng_set(r, 1000 * seed + (unsigned long)omp_get_thread_num() + 1);
#pragma omp for schedule(static)
        for (size_t i = 0; i < n; i++) {
            draw(r, a[i]);
            draw(r, b[i]);
            ya[i] = roi(a[i]);
            yb[i] = roi(b[i]);
            for (int k = 0; k < INPUTS; k++) {
                double keep = a[i][k];
                a[i][k] = b[i][k];
                mixed[k][i] = roi(a[i]);
                a[i][k] = keep;
            }
        }
        gsl_rng_free(r);
    }
}

static void indices(size_t n, const double *ya, const double *yb, const double *y, double *first,
                    double *total) {
    double mean = 0, variance = 0, s = 0, t = 0;
    for (size_t i = 0; i < n; i++)
        mean += (ya[i] + yb[i]) / (2 * (double)n);
    for (size_t i = 0; i < n; i++) {
        variance += (ya[i] - mean) * (ya[i] - mean) + (yb[i] - mean) * (yb[i] - mean);
        s += (yb[i] - mean) * (y[i] - ya[i]);
        t += (ya[i] - y[i]) * (ya[i] - y[i]);
    }
    variance /= 2 * (double)n;
    *first = s / (double)n / variance;
    *total = t / (2 * (double)n) / variance;
}

int main(int argc, char **argv) {
    if (argc != 4)
        return 2;
    size_t n = strtoul(argv[1], NULL, 10);
    int threads = atoi(argv[2]);
    double start = now();
    point *a = malloc(n * sizeof *a), *b = malloc(n * sizeof *b);
    double *ya = malloc(n * sizeof *ya), *yb = malloc(n * sizeof *yb), *mixed[INPUTS];
    for (int k = 0; k < INPUTS; k++)
        mixed[k] = malloc(n * sizeof(double));
    evaluate(n, threads, strtoul(argv[3], NULL, 10), a, b, ya, yb, mixed);
    double first[INPUTS], total[INPUTS];
    for (int k = 0; k < INPUTS; k++)
        indices(n, ya, yb, mixed[k], &first[k], &total[k]);
    double end = now();
    printf("{\"peer\": \"GSL\", \"version\": \"%s\", \"trials\": %zu, \"threads\": %d, "
           "\"seconds\": %.6f, \"total\": {\"midpoint\": %.6f, \"ceiling\": %.6f, "
           "\"training_quality\": %.6f, \"up1\": %.6f}, \"first\": {\"midpoint\": %.6f}}\n",
           gsl_version, n, threads, end - start, total[17], total[20], total[5], total[12],
           first[17]);
    for (int k = 0; k < INPUTS; k++)
        free(mixed[k]);
    free(ya);
    free(yb);
    free(a);
    free(b);
    return 0;
}
