/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Correlated draws: the point of a draw's own stream becomes one that depends on the points of the
 * draws before it in its group (copula/copula.h). A draw that depends on none of them keeps its
 * own point, bit for bit: so does the first of a group, unless all share a scale. */
#include "engine/lower.h"

static rc_node_id own_point(rc_lower *l, const rc_draw *draw) {
    return rc_lower_point(l, rc_lower_stream_of(l, draw), draw->each, 0);
}

static rc_node_id latent(rc_lower *l, const rc_draw *draw) {
    rc_node_id point = own_point(l, draw);
    return rc_graph_node(l->g, &(rc_node){.kind = RC_NODE_LATENT, .n_args = 1, .args = &point});
}

/* sqrt(chi^2 / df), which all of a Student group are divided by; W = df / chi^2. A large chi^2 goes
 * with a high point. */
static rc_node_id shared_scale(rc_lower *l, const rc_correlated *group) {
    rc_graph *g = l->g;
    double df = group->copula.df;
    rc_dist_value values[RC_DIST_MAX_SLOTS] = {{.number = 0.5 * df}, {.number = 2 / df}};
    rc_dist *ratio = NULL;
    size_t index = (size_t)(group - l->model->correlated);
    rc_node_id point = rc_lower_point(l, l->shared_stream[index], group->draws[0]->each, 0);
    if (l->shared_ratio[index] == NULL) {
        if (rc_dist_build(rc_dist_find("gamma"), values, g->arena, &ratio, l->err) != RC_OK)
            return point;
        rc_lower_needs_table(l, ratio);
        l->shared_ratio[index] = ratio;
    }
    rc_node_id mean_square = rc_graph_node(g, &(rc_node){.kind = RC_NODE_QUANTILE,
                                                         .dist = l->shared_ratio[index],
                                                         .n_args = 1,
                                                         .args = &point});
    return rc_graph_op1(g, RC_OP_sqrt, mean_square);
}

static rc_node_id dependent(rc_lower *l, const rc_member *member, const rc_node_id *args,
                            size_t n) {
    return rc_graph_node(l->g, &(rc_node){.kind = RC_NODE_DEPENDENT,
                                          .member = member,
                                          .n_args = (uint32_t)n,
                                          .args = args});
}

rc_node_id rc_lower_dependent(rc_lower *l, const rc_correlated *group, size_t place) {
    rc_arena *arena = l->g->arena;
    rc_member *member = RC_NEW(arena, rc_member, 1);
    member->copula = group->copula;
    if (group->lower == NULL) {
        rc_node_id first = own_point(l, group->draws[0]);
        if (place == 0)
            return first;
        rc_node_id args[2] = {first, own_point(l, group->draws[place])};
        return dependent(l, member, args, 2);
    }
    const double *row = group->lower + place * group->n;
    bool shares = group->shared != NULL, alone = true;
    for (size_t j = 0; j < place; j++)
        alone = alone && row[j] == 0;
    if (alone && !shares)
        return own_point(l, group->draws[place]);
    double *weights = RC_NEW(arena, double, place + 1);
    rc_node_id *args = RC_NEW(arena, rc_node_id, place + 2);
    size_t n = 0;
    for (size_t j = 0; j <= place; j++)
        if (row[j] != 0) {
            weights[n] = row[j];
            args[n++] = latent(l, group->draws[j]);
        }
    member->weights = weights;
    member->n_weights = (uint32_t)n;
    if (shares)
        args[n++] = shared_scale(l, group);
    return dependent(l, member, args, n);
}
