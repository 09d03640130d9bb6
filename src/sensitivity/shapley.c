/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shapley effects: the variance of the target, shared out among inputs that may depend on each
 * other (Owen 2014; Song, Nelson and Staum 2016). With c(u) the mean variance that is left when all
 * inputs but u are known, the effect of j is the mean, over the orders in which inputs are taken
 * away, of what taking j away adds to c.
 *
 * Goda (2021): walk from f0 = f(x) to a point y, drawing anew in a random order one player after
 * the other given those that stay. With f- before and f+ after player j went,
 *
 *   (f0 - (f- + f+) / 2) (f- - f+)
 *
 * is an unbiased estimate of j's effect, and over a whole walk these add up to (f0 - fk)^2 / 2,
 * whose mean is the variance: the shares sum to 1 in every sample. engine/walks.h does the walking;
 * the orders of two blocks that follow each other are one another's reverse.
 *
 * Players are the bars; a stream that no bar owns (a discount rate that is drawn, the scale that a
 * Student group shares) is one of its own. Bars that draw from the same stream share alike what
 * it is given. */
#include "engine/walks.h"
#include "report/number.h"
#include "sensitivity/players.h"
#include "stats/interval.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { RUNS = 1 << 20, LEAST = 1 << 10, MOST = 1 << 15 }; /* of the model; walks */

typedef struct leaf {
    double n, missing;
    double variance;  /* sum of (f0 - fk)^2 / 2 */
    double effects[]; /* [players] */
} leaf;

typedef struct plan {
    const rc_study *s;
    rc_moves *m;
    rc_walks walks;
    uint32_t *player_of_bar; /* [bars] */
    double *alike;           /* [players] bars that are this player; 0: no bar's */
} plan;

static void merge(unsigned char *into, const unsigned char *from, size_t bytes) {
    double *a = (double *)(void *)into;
    const double *b = (const double *)(const void *)from;
    for (size_t i = 0; i < bytes / sizeof *a; i++)
        a[i] += b[i];
}

/* ---- A block ---- */

typedef struct worker {
    const plan *p;
    rc_walker *walker;
    uint32_t *order;
    double *first, *before, *now; /* [lanes] the target: f0, f-, f+ */
    leaf *out;
} worker;

static void *open_worker(void *data, rc_arena *own) {
    const plan *p = data;
    worker *w = RC_NEW(own, worker, 1);
    w->p = p;
    w->walker = rc_walker_new(&p->walks, own);
    w->order = RC_NEW(own, uint32_t, p->walks.n_players);
    w->first = RC_NEW(own, double, p->m->lanes);
    w->before = RC_NEW(own, double, p->m->lanes);
    w->now = RC_NEW(own, double, p->m->lanes);
    return w;
}

static void target(const plan *p, const double *y, size_t n, double *out) {
    bool below = p->s->statistic == RC_STATISTIC_BELOW_ZERO;
    for (size_t i = 0; i < n; i++)
        out[i] = below ? y[i] < 0 : y[i];
}

static void step(void *data, size_t player, const double *y, size_t n) {
    worker *w = data;
    double sum = 0;
    target(w->p, y, n, w->now);
    for (size_t i = 0; i < n; i++)
        sum += (w->first[i] - 0.5 * (w->before[i] + w->now[i])) * (w->before[i] - w->now[i]);
    w->out->effects[player] += sum;
    double *spare = w->before;
    w->before = w->now;
    w->now = spare;
}

static uint64_t next_random(uint64_t *state) { /* splitmix64 (Steele, Lea and Flood 2014) */
    uint64_t z = *state += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return z ^ z >> 31;
}

/* A random order for two blocks, forwards and backwards (Fisher and Yates) */
static void choose_order(const plan *p, const rc_moves_block *b, uint32_t *order) {
    uint64_t block = b->first / p->m->lanes;
    uint64_t state = p->m->running.sampler.seed;
    state = next_random(&state) ^ (block / 2 * RC_REPLICATES + b->replicate);
    size_t n = p->walks.n_players;
    for (size_t i = 0; i < n; i++) {
        size_t at = (size_t)((next_random(&state) >> 11) % (i + 1));
        order[i] = order[at];
        order[at] = (uint32_t)i;
    }
    for (size_t i = 0; block % 2 != 0 && i < n / 2; i++) {
        uint32_t other = order[n - 1 - i];
        order[n - 1 - i] = order[i];
        order[i] = other;
    }
}

static void take(void *data, void *mine, rc_moves_block *b, unsigned char *out) {
    const plan *p = data;
    worker *w = mine;
    w->out = (leaf *)(void *)out;
    const double *y = rc_moves_half(b, 0, 0);
    for (size_t i = 0; i < b->n; i++)
        w->out->missing += !isfinite(y[i]);
    target(p, y, b->n, w->first);
    memcpy(w->before, w->first, b->n * sizeof *w->first);
    choose_order(p, b, w->order);
    rc_walk(w->walker, b, w->order, step, w);
    w->out->n = (double)b->n;
    for (size_t i = 0; i < b->n; i++)
        w->out->variance += 0.5 * (w->first[i] - w->before[i]) * (w->first[i] - w->before[i]);
}

/* ---- Players ---- */

/* Each bar is a player; bars of one stream are one; streams of no bar are players of their own. */
static void find_players(plan *p, const rc_player *bars, size_t n) {
    const rc_study *s = p->s;
    uint32_t *of = RC_NEW(s->arena, uint32_t, p->m->n_streams);
    p->player_of_bar = RC_NEW(s->arena, uint32_t, n);
    p->alike = RC_NEW(s->arena, double, n + p->m->n_streams);
    for (size_t i = 0; i < p->m->n_streams; i++)
        of[i] = UINT32_MAX;
    for (size_t i = 0; i < n; i++) {
        uint32_t player = UINT32_MAX;
        for (size_t k = 0; k < bars[i].n && player == UINT32_MAX; k++)
            player = of[bars[i].streams[k]];
        if (player == UINT32_MAX)
            player = (uint32_t)p->walks.n_players++;
        for (size_t k = 0; k < bars[i].n; k++)
            if (of[bars[i].streams[k]] == UINT32_MAX)
                of[bars[i].streams[k]] = player;
        p->player_of_bar[i] = player;
        p->alike[player]++;
    }
    for (size_t i = 0; i < p->m->n_streams; i++)
        if (of[i] == UINT32_MAX)
            of[i] = (uint32_t)p->walks.n_players++;
    p->walks.player_of = of;
    p->walks.moves = p->m;
}

/* Groups, and the entries that are in none of them: all that there is, once. */
static rc_player *all_players(const plan *p, const rc_study_bar *bars, size_t n, size_t *n_all) {
    const rc_study *s = p->s;
    rc_player *given = rc_players_of(s, p->m, bars, n);
    if (bars == s->entries) {
        *n_all = n;
        return given;
    }
    rc_player *entries = rc_players_of(s, p->m, s->entries, s->n_entries);
    rc_player *all = RC_NEW(s->arena, rc_player, n + s->n_entries);
    memcpy(all, given, n * sizeof *all);
    *n_all = n;
    for (size_t i = 0; i < s->n_entries; i++) {
        bool inside = false;
        for (size_t g = 0; g < n; g++)
            inside |= s->entries[i].bar->group != NULL &&
                      strcmp(s->entries[i].bar->group, bars[g].bar->name) == 0;
        if (!inside)
            all[(*n_all)++] = entries[i];
    }
    return all;
}

/* ---- From sums to shares ---- */

/* A share so small is what x * r / r does with r. */
static const double rounding = 1e-12;

static void fill(const plan *p, const rc_swept *swept, size_t n, rc_scores *out) {
    const leaf *pooled = (const leaf *)(const void *)swept->pooled;
    for (size_t i = 0; i < n; i++) {
        uint32_t player = p->player_of_bar[i];
        double part = p->alike[player];
        double share = pooled->variance > 0 ? pooled->effects[player] / pooled->variance : 0;
        if (!(fabs(share) > rounding)) /* 0 stays in all */
            continue;
        out->all[i][0] = share / part;
        for (int r = 0; r < RC_STAT_REPLICATES; r++) {
            /* the pooled share and its change to first order */
            const leaf *l = (const leaf *)(const void *)swept->replicate[r];
            double change = l->effects[player] - share * l->variance;
            double scale = pooled->variance / pooled->n * l->n;
            out->replicate[r][i][0] = scale > 0 ? (share + change / scale) / part : 0;
        }
    }
}

static const char *count(rc_arena *arena, uint64_t n) {
    char text[RC_NUMBER_TEXT];
    return rc_arena_strdup(arena, rc_count_text(text, n));
}

static void add_note(const plan *p, const rc_swept *swept, const rc_moves_done *done, size_t n,
                     rc_scores *out) {
    const leaf *pooled = (const leaf *)(const void *)swept->pooled;
    double others = 0;
    bool alike = false;
    for (size_t i = 0; i < p->walks.n_players; i++)
        others +=
            p->alike[i] == 0 && pooled->variance > 0 ? pooled->effects[i] / pooled->variance : 0;
    for (size_t i = 0; i < n; i++)
        alike |= p->alike[p->player_of_bar[i]] > 1;
    rc_arena *arena = p->s->arena;
    rc_scores_note(p->s, out,
                   RC_PHRASE("{walks} walks through {players} players, {runs} runs.", "walks",
                             count(arena, p->m->trials), "players",
                             count(arena, p->walks.n_players), "runs", count(arena, done->runs)));
    if (fabs(others) >= 0.0005)
        rc_scores_note(p->s, out,
                       RC_PHRASE("{share}% belongs to what is no input.", "share",
                                 rc_arena_printf(arena, "%.1f", 100 * others)));
    if (alike)
        rc_scores_note(p->s, out, RC_SENTENCE("Inputs that share their rows of data share alike."));
}

/* ---- The method ---- */

static rc_status run(plan *p, size_t n, rc_scores *out, rc_error *err) {
    rc_moves_done done;
    const rc_moves_client client = {.data = p,
                                    .take = take,
                                    .merge = merge,
                                    .leaf_bytes =
                                        sizeof(leaf) + p->walks.n_players * sizeof(double),
                                    .open = open_worker};
    rc_status status = rc_moves_run(p->m, &client, p->s->arena, &done, err);
    if (status != RC_OK)
        return status;
    const leaf *pooled = (const leaf *)(const void *)done.swept.pooled;
    if (pooled->missing > 0 && p->s->statistic != RC_STATISTIC_BELOW_ZERO)
        return rc_refuse_missing(p->s, "shapley", pooled->missing / pooled->n, "--method rank",
                                 err);
    fill(p, &done.swept, n, out);
    out->null_band = 0;
    add_note(p, &done.swept, &done, n, out);
    return RC_OK;
}

/* As many walks as a million runs allow */
static uint64_t walks_for(const rc_study *s) {
    uint64_t most = s->rerun->most, walks = most > 0 && most < MOST ? most : MOST;
    if (s->rerun->base > 0)
        return s->rerun->base;
    while (walks > LEAST && walks * (s->n_entries + 2) > RUNS)
        walks /= 2;
    return walks;
}

static rc_status compute(const rc_study *s, const rc_study_bar *bars, size_t n, rc_scores *out,
                         rc_error *err) {
    plan p = {.s = s};
    size_t n_all;
    if (s->given != NULL)
        return rc_fail(err, RC_USAGE, "shapley chooses its own cases: --given does not go with it");
    rc_status status = rc_players_moves(s, walks_for(s), &p.m, err);
    if (status != RC_OK)
        return status;
    const rc_player *players = all_players(&p, bars, n, &n_all);
    find_players(&p, players, n_all);
    status = run(&p, n, out, err);
    rc_moves_free(p.m);
    return status;
}

static const char *const scores[] = {RC_TR_IN("score", "share")};

const rc_method_type rc_method_shapley = {
    .name = "shapley",
    .title = RC_TR("Shapley effects"),
    .summary =
        RC_TR("how the target's variance is shared out, correlated inputs too; adds up to 100%"),
    .unit = RC_SCORE_SHARE,
    .n_scores = 1,
    .scores = scores,
    .compute = compute,
    .nonnegative = true,
    .runs = true,
};
