/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A move as a part of the plan. Every node gets bits: does it depend on points of A, of B, and on
 * one that changed since the move before. Steps of nodes that depend on both halves and changed are
 * taken over, with places moved by a whole number of halves: arguments are read where they lie, in
 * half A, in half B or among what moves compute. */
#include "engine/moves.h"

#include <string.h>

rc_move *rc_move_new(const rc_moves *m, rc_arena *arena) {
    rc_move *move = RC_NEW(arena, rc_move, 1);
    move->segments = RC_NEW(arena, rc_segment, m->plan.n_segments);
    move->steps = RC_NEW(arena, rc_step, m->n_steps);
    move->args = RC_NEW(arena, rc_ref, m->n_args);
    move->targets = RC_NEW(arena, rc_ref, m->n_targets);
    move->from = RC_NEW(arena, uint8_t, m->running.graph.n_nodes);
    move->side = RC_NEW(arena, uint8_t, m->n_streams);
    move->given = RC_NEW(arena, bool, m->n_correlated);
    return move;
}

size_t rc_move_operations(const rc_move *move) {
    return move->operations;
}

/* ---- What depends on what ---- */

/* Of a node that reads no other: a stream's point, or a point that is given. Else 0. */
static uint8_t source_bits(const rc_moves *m, const rc_move *move, const rc_move_choice *c,
                           rc_node_id id) {
    const rc_node *n = &m->running.graph.nodes[id];
    uint32_t draw = m->given_of[id];
    if (draw > 0 && move->given[draw - 1]) {
        bool same = c->after != NULL && c->after->given[draw - 1] && c->fresh != NULL &&
                    !c->fresh[draw - 1];
        return RC_FROM_BOTH | (same ? 0 : RC_FROM_CHANGED);
    }
    if (n->kind != RC_NODE_POINT)
        return 0;
    bool same = c->after != NULL && c->after->side[n->stream] == move->side[n->stream] &&
                !(draw > 0 && c->after->given[draw - 1]);
    return (move->side[n->stream] ? RC_FROM_B : RC_FROM_A) | (same ? 0 : RC_FROM_CHANGED);
}

/* A draw's point that was given before and is not now */
static bool taken_back(const rc_moves *m, const rc_move *move, const rc_move *after,
                       rc_node_id id) {
    uint32_t draw = m->given_of[id];
    return draw > 0 && after != NULL && after->given[draw - 1] && !move->given[draw - 1];
}

static bool pass_on(const rc_moves *m, rc_move *move, const rc_move_choice *c) {
    const rc_graph *g = &m->running.graph;
    for (rc_node_id id = 0; id < g->n_nodes; id++) {
        const rc_node *n = &g->nodes[id];
        uint8_t bits = source_bits(m, move, c, id);
        for (uint32_t i = 0; bits == 0 && i < n->n_args; i++)
            move->from[id] |= move->from[n->args[i]];
        move->from[id] |= bits;
        if (taken_back(m, move, c->after, id))
            move->from[id] |= RC_FROM_CHANGED;
        if (n->kind == RC_NODE_PREV)
            move->from[id] |= move->from[g->body[id]];
    }
    bool again = false; /* bodies come after what reads them */
    for (size_t i = 0; i < m->n_prevs; i++)
        again |= (move->from[g->body[m->prevs[i]]] & ~move->from[m->prevs[i]]) != 0;
    return again;
}

/* ---- Steps ---- */

static rc_ref moved(rc_ref r, uint32_t by) {
    if (r.mode == RC_REF_COLUMN || r.mode == RC_REF_ROW || r.mode == RC_REF_RING)
        r.column += by;
    return r;
}

/* Where a node's value lies */
static uint32_t shift_of(const rc_moves *m, const uint8_t *from, rc_node_id id) {
    if (id == RC_NO_NODE)
        return 0;
    if (m->running.graph.nodes[id].repeat != 0 || (from[id] & RC_FROM_BOTH) == RC_FROM_BOTH)
        return 2 * m->half;
    return from[id] & RC_FROM_B ? m->half : 0;
}

static bool computed(const uint8_t *from, rc_node_id id) {
    return from[id] == (RC_FROM_BOTH | RC_FROM_CHANGED);
}

static bool given(const rc_moves *m, const rc_move *move, rc_node_id id) {
    return m->given_of[id] > 0 && move->given[m->given_of[id] - 1];
}

static rc_node_id node_of(const rc_moves *m, const rc_step *step) {
    return (rc_node_id)(step->node - m->running.graph.nodes);
}

/* What is made for each occurrence is not kept: all of it again if any of its sums is wanted */
static bool wanted_group(const rc_moves *m, const rc_move *move, const rc_segment *s) {
    for (size_t i = 0; i < s->n_steps; i++)
        if (s->steps[i].node->kind == RC_NODE_SCATTER &&
            computed(move->from, node_of(m, &s->steps[i])))
            return true;
    return false;
}

static bool taken(const rc_moves *m, const rc_move *move, const rc_step *step, bool group) {
    rc_node_id id = node_of(m, step);
    if (step->node->repeat != 0)
        return group;
    return computed(move->from, id) && !given(m, move, id);
}

static void add_segment(const rc_moves *m, rc_move *move, size_t s, size_t *n_steps,
                        size_t *n_args) {
    const rc_segment *whole = &m->plan.segments[s];
    rc_segment part = *whole;
    part.steps = move->steps + *n_steps;
    part.n_steps = 0;
    bool group = whole->kind == RC_REPEAT && wanted_group(m, move, whole);
    for (size_t i = 0; i < whole->n_steps; i++) {
        const rc_step *from = &whole->steps[i];
        const rc_node_id *owners = m->owners[s][i];
        if (!taken(m, move, from, group))
            continue;
        rc_step *step = &part.steps[part.n_steps++];
        *step = *from;
        step->out = moved(from->out, 2 * m->half);
        step->args = move->args + *n_args;
        step->other = from->node->kind == RC_NODE_POINT && move->side[from->node->stream];
        for (uint32_t k = 0; k < from->n_args; k++)
            move->args[(*n_args)++] = moved(from->args[k], shift_of(m, move->from, owners[k]));
        if (whole->kind == RC_REPEAT && from->node->kind == RC_NODE_SCATTER)
            part.number = moved(whole->number, shift_of(m, move->from, from->node->args[0]));
    }
    if (part.n_steps == 0)
        return;
    *n_steps += part.n_steps;
    move->segments[move->n_segments++] = part;
    move->operations +=
        part.n_steps * (part.kind == RC_PERIODS ? m->running.graph.n_periods : (size_t)1);
}

void rc_move_choose(const rc_moves *m, rc_move *move, const rc_move_choice *c) {
    size_t n_steps = 0, n_args = 0;
    memcpy(move->side, c->side, m->n_streams * sizeof *move->side);
    for (size_t i = 0; i < m->n_correlated; i++)
        move->given[i] = c->given != NULL && c->given[i];
    memset(move->from, 0, m->running.graph.n_nodes * sizeof *move->from);
    while (pass_on(m, move, c))
        continue;
    move->n_segments = move->operations = 0;
    for (size_t s = 0; s < m->plan.n_segments; s++)
        add_segment(m, move, s, &n_steps, &n_args);
    for (size_t i = 0; i < m->n_targets; i++) {
        rc_node_id node = m->running.wanted.nodes[m->targets[i] - m->running.wanted.outputs];
        move->targets[i] = moved(m->plan.roots[i], shift_of(m, move->from, node));
    }
}

/* ---- Halves ---- */

/* The whole plan, in columns of half A or B */
const rc_move *rc_move_base(const rc_moves *m, int side, rc_arena *arena) {
    rc_move *move = rc_move_new(m, arena);
    uint32_t by = side ? m->half : 0;
    rc_step *step = move->steps;
    rc_ref *arg = move->args;
    for (size_t s = 0; s < m->plan.n_segments; s++) {
        rc_segment *part = &move->segments[move->n_segments++];
        *part = m->plan.segments[s];
        part->number = moved(part->number, by);
        for (size_t i = 0; i < part->n_steps; i++) {
            const rc_step *from = &m->plan.segments[s].steps[i];
            step[i] = *from;
            step[i].out = moved(from->out, by);
            step[i].other = side != 0;
            step[i].args = arg;
            for (uint32_t k = 0; k < from->n_args; k++)
                *arg++ = moved(from->args[k], by);
        }
        part->steps = step;
        step += part->n_steps;
        move->operations +=
            part->n_steps * (part->kind == RC_PERIODS ? m->running.graph.n_periods : (size_t)1);
    }
    for (size_t i = 0; i < m->n_targets; i++)
        move->targets[i] = moved(m->plan.roots[i], by);
    return move;
}
