/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A group of correlations between reading (correlations.c) and the model (dependence.c). */
#ifndef RC_MODEL_DEPENDENCE_H
#define RC_MODEL_DEPENDENCE_H

#include "model/check.h"

/** What the file says of two members. */
typedef struct rc_link {
    size_t a, b; /**< places in group.members */
    double rho;
    rc_mark mark;
} rc_link;

typedef struct rc_dependence {
    rc_mark mark;
    const rc_copula_type *type;
    double df;
    bool bad;          /**< a mistake was reported: it is not built */
    bool idle;         /**< a member is a constant: without pairs that is no mistake */
    bool zero;         /**< the pair being read is a 0 */
    rc_node **members; /**< in order of mention */
    const rc_draw **draws;
    size_t n, capacity, draws_capacity;
    rc_link *links;
    size_t n_links, links_capacity;
    const rc_yaml *names, *rows; /**< of a matrix */

    /* of all groups together, [c->n_entries] */
    size_t number;    /**< of this group, from 1 */
    size_t *group_of; /**< number of the group that has the entry, or 0 */
    size_t *place_of; /**< its place there */
    bool *refused;    /**< the entry was reported */
} rc_dependence;

enum { RC_DEPENDENCE_MOST = 2000, RC_DEPENDENCE_MOST_REPAIRED = 150 };

/** Order, matrices, repair: from a group without mistakes to *out. */
void rc_dependence_build(rc_check *c, const rc_dependence *g, rc_correlated *out);

#endif
