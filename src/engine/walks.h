/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Walks from one base point to another that is independent of it, a player at a time: what Shapley
 * effects are made of (moves.h has the base points).
 *
 * A player is a set of streams. A walk in the order p1, p2, ... passes points in which p1 ... pm
 * are drawn anew given what the others keep: independent players change from half A to half B;
 * those of a group of correlated draws follow the conditional law of their copula. For that the
 * latent normals z of a Gaussian or Student group are written by the Cholesky factor of another
 * order, z = L e, that in which players leave, the last first: then who stays keeps z, and who goes
 * gets e anew (Song, Nelson and Staum 2016, sec. 4; Goda 2021). Of a pair of another copula the one
 * who goes is drawn from the conditional law given the other.
 *
 * All trials of a block walk in the same order. */
#ifndef RC_ENGINE_WALKS_H
#define RC_ENGINE_WALKS_H

#include "engine/moves.h"

typedef struct rc_walks {
    const rc_moves *moves;
    const uint32_t *player_of; /**< [moves->n_streams] of every stream that a target depends on */
    size_t n_players;
} rc_walks;

/** One thread's own. */
typedef struct rc_walker rc_walker;
rc_walker *rc_walker_new(const rc_walks *walks, rc_arena *arena);

/** After m players have gone (m = 1 ... n_players), the target's values y[b->n]; `player` is the
 * m-th. y is good until the call returns. */
typedef void rc_walk_step(void *data, size_t player, const double *y, size_t n);

/** Walk in block b: order[n_players] holds every player once. */
void rc_walk(rc_walker *walker, rc_moves_block *b, const uint32_t *order, rc_walk_step *step,
             void *data);

#endif
