/* SPDX-License-Identifier: GPL-3.0-or-later */
/* W1 for the programs that use GSL: one trial, as a formula of its draws. */
#ifndef PEER_H
#define PEER_H

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <math.h>
#include <time.h>

enum { PERTS = 6, TRIANGLES = 6, LOGNORMALS = 6, NORMALS = 4, RISKS = 2 };

/* base1 ... base5, training */
static const double pert_of[PERTS][3] = {{80, 120, 200}, {60, 100, 150}, {40, 70, 130},
                                         {30, 50, 110},  {20, 45, 90},   {0.4, 0.75, 1}};
/* drv1 ... drv5, data quality */
static const double triangle_of[TRIANGLES][3] = {{0.6, 1, 1.3},   {0.5, 1, 1.4}, {0.7, 0.95, 1.2},
                                                 {0.4, 0.9, 1.5}, {0.6, 1, 1.2}, {0.5, 0.8, 1}};
/* up1 ... up5, midpoint: median and sigma */
static const double lognormal_of[LOGNORMALS][2] = {{120, 0.25}, {90, 0.30}, {60, 0.35},
                                                   {40, 0.40},  {30, 0.20}, {1.5, 0.25}};
/* growth, steepness, ceiling, admin: mean and standard deviation, cut at 0 */
static const double normal_of[NORMALS][2] = {{0.04, 0.02}, {1.6, 0.3}, {0.85, 0.08}, {60, 12}};
static const double risk_of[RISKS][3] = {{0.2, 100, 0.5}, {0.1, 150, 0.6}};

typedef struct answer {
    double roi, npv, payback;
} answer;

typedef struct draws {
    double pert[PERTS], triangle[TRIANGLES], lognormal[LOGNORMALS], normal[NORMALS], risk[RISKS];
} draws;

static inline double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static inline double triangle(double u, const double p[3]) {
    double width = p[2] - p[0], c = (p[1] - p[0]) / width;
    return u < c ? p[0] + sqrt(u * width * (p[1] - p[0]))
                 : p[2] - sqrt((1 - u) * width * (p[2] - p[1]));
}

static inline answer w1(const draws *d) {
    static const double share[5] = {0.20, 0.15, 0.10, 0.10, 0.05};
    double gain = 0, up = 0, running = d->normal[3];
    for (int i = 0; i < 5; i++) {
        gain += d->pert[i] * d->triangle[i];
        up += d->lognormal[i];
        running += share[i] * d->lognormal[i];
    }
    gain *= pow(d->pert[5], 0.6) * pow(d->triangle[5], 0.4);
    double benefits = 0, costs = up, cumulative = -up, payback = 6, discount = 1;
    for (int t = 1; t <= 5; t++) {
        double benefit = gain * d->normal[2] / (1 + exp(-d->normal[1] * (t - d->lognormal[5])));
        double cost = running + (t == 1 ? d->risk[0] : t == 3 ? d->risk[1] : 0);
        running *= 1 + d->normal[0];
        discount /= 1.1;
        benefits += benefit * discount;
        costs += cost * discount;
        cumulative += benefit - cost;
        if (cumulative >= 0 && payback == 6)
            payback = t;
    }
    return (answer){(benefits - costs) / costs, benefits - costs, payback};
}

#endif
