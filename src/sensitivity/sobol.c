/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sobol indices by pick-freeze. Two independent halves A, B of the base points; AB_i takes player i
 * from B and the rest from A (engine/moves.h evaluates what that changes). With f centred at c, the
 * mean of both halves:
 *
 *   V   = mean of (f(A) - c)^2 and (f(B) - c)^2
 *   S_i = mean (f(B) - c) (f(AB_i) - f(A)) / V         first order: i alone
 *   T_i = mean (f(A) - f(AB_i))^2 / (2 V)              total: i with all it acts together with
 *   S_ij = the first formula for i and j at once, less S_i and S_j
 *
 * (Saltelli et al. 2010, Computer Physics Communications 181, formulas (b) and (f), the latter
 * Jansen's 1999.) T of an input that does nothing is exactly 0. The shares speak of independent
 * players: what depends on another one has none. Each replicate's score is the pooled one plus its
 * deviation to first order (of a ratio: of its numerator and denominator), so their mean is the
 * pooled score. */
#include "sensitivity/players.h"
#include "sensitivity/sensitivity.h"

#include "stats/block.h"
#include "stats/interval.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { BASE = 1 << 14 };

/* ---- Sums ---- */

typedef struct sums { /* of a move: d = f(AB) - f(A) */
    double d, bd, dd; /* of d, (f(B) - its mean) d, d^2 */
} sums;

typedef struct leaf {
    double n, mean[2], square[2]; /* of A and B: mean, and squares about it */
    double missing;               /* base points without a finite value */
    sums moves[];
} leaf;

typedef struct half {
    double sum, square;
} half;

static void merge(unsigned char *into, const unsigned char *from, size_t bytes) {
    leaf *a = (leaf *)(void *)into;
    const leaf *b = (const leaf *)(const void *)from;
    size_t n_moves = (bytes - sizeof *a) / sizeof *a->moves;
    double n = a->n + b->n;
    if (!(b->n > 0))
        return;
    double both = a->n * b->n / n, shift = b->mean[1] - a->mean[1];
    for (size_t i = 0; i < n_moves; i++) {
        sums *x = &a->moves[i];
        const sums *y = &b->moves[i];
        double d = y->d / b->n - (a->n > 0 ? x->d / a->n : 0);
        x->bd += y->bd + both * shift * d;
        x->d += y->d;
        x->dd += y->dd;
    }
    for (int h = 0; h < 2; h++) {
        double by = b->mean[h] - a->mean[h];
        a->square[h] += b->square[h] + both * by * by;
        a->mean[h] += by * (b->n / n);
    }
    a->n = n;
    a->missing += b->missing;
}

typedef struct plan {
    const rc_study *s;
    rc_moves *m;
    rc_move **moves; /* [n_moves] */
    size_t n_moves;
    const rc_study_bar *bars; /* [n_bars] that are scored; */
    size_t n_bars, *move_of;  /* [n_bars] the move of each, or SIZE_MAX */
    const rc_block_kernels *kernels;
} plan;

/* What the target is of the output's values */
static const double *target(const plan *p, const double *x, size_t n, double *room) {
    if (p->s->statistic != RC_STATISTIC_BELOW_ZERO)
        return x;
    for (size_t i = 0; i < n; i++)
        room[i] = x[i] < 0;
    return room;
}

static void *open_room(void *data, rc_arena *own) {
    const plan *p = data;
    return RC_NEW(own, double, 3 * p->m->lanes);
}

static void take(void *data, void *mine, rc_moves_block *b, unsigned char *out) {
    const plan *p = data;
    leaf *l = (leaf *)(void *)out;
    double *room = mine, power[4], change[3];
    const double *f[2];
    size_t n = b->n, lanes = b->m->lanes;
    l->n = (double)n;
    for (int h = 0; h < 2; h++) {
        bool finite;
        const double *x = rc_moves_half(b, h, 0);
        p->kernels->sum_from(x, n, 0, &finite);
        for (size_t i = 0; i < n && !finite; i++)
            l->missing += !isfinite(x[i]);
        f[h] = target(p, x, n, room + (size_t)h * lanes);
        l->mean[h] = p->kernels->sum_from(f[h], n, 0, &finite) / (double)n;
        p->kernels->power_sums(f[h], n, l->mean[h], power);
        l->square[h] = power[1];
    }
    for (size_t i = 0; i < p->n_moves; i++) {
        rc_moves_go(b, p->moves[i]);
        const double *x = target(p, rc_moves_value(b, p->moves[i], 0), n, room + 2 * lanes);
        p->kernels->change_sums(x, f[0], f[1], n, l->mean[1], change);
        l->moves[i] = (sums){change[0], change[1], change[2]};
    }
}

/* ---- From sums to shares ---- */

static double variance(const leaf *l, double centre) {
    double a = l->mean[0] - centre, b = l->mean[1] - centre;
    return (l->square[0] + l->square[1]) / (2 * l->n) + (a * a + b * b) / 2;
}

/* V S or V T of the leaf */
static double numerator(const leaf *l, size_t i, bool total, double centre) {
    const sums *x = &l->moves[i];
    return total ? x->dd / (2 * l->n) : (x->bd + (l->mean[1] - centre) * x->d) / l->n;
}

/* Does the move change nothing but the last digits, as x * r / r does with r? */
static bool only_rounding(const leaf *l, size_t i, double centre, double v) {
    const double digits = 1e-14;
    return l->moves[i].dd <= digits * digits * l->n * (centre * centre + v);
}

typedef struct shares {
    double all, replicate[RC_STAT_REPLICATES];
} shares;

static shares shares_of(const rc_swept *swept, size_t i, bool total) {
    const leaf *pooled = (const leaf *)(const void *)swept->pooled;
    double centre = (pooled->mean[0] + pooled->mean[1]) / 2, v = variance(pooled, centre);
    shares x = {0};
    if (!(v > 0) || only_rounding(pooled, i, centre, v))
        return x;
    x.all = numerator(pooled, i, total, centre) / v;
    for (int r = 0; r < RC_STAT_REPLICATES; r++) {
        const leaf *l = (const leaf *)(const void *)swept->replicate[r];
        x.replicate[r] =
            l->n > 0 ? x.all + (numerator(l, i, total, centre) - x.all * variance(l, centre)) / v
                     : NAN;
    }
    return x;
}

/* ---- Who can be moved apart ---- */

static bool in_group(const rc_study *s, const rc_player *p, const rc_player *groups) {
    for (size_t g = 0; g < s->n_groups; g++)
        if (groups[g].with == NULL && p->bar->bar->group != NULL &&
            strcmp(groups[g].bar->bar->name, p->bar->bar->group) == 0)
            return true;
    return false;
}

static rc_status check_apart(const rc_study *s, const rc_moves *m, rc_error *err) {
    const rc_player *entries = rc_players_of(s, m, s->entries, s->n_entries);
    const rc_player *groups = rc_players_of(s, m, s->groups, s->n_groups);
    for (size_t i = 0; i < s->n_entries; i++)
        if (entries[i].with != NULL && !in_group(s, &entries[i], groups))
            return rc_fail(err, RC_INPUT,
                           "`%s` %s `%s`: Sobol indices speak of independent inputs; take --method "
                           "shapley, or give both the same `group`, which is then one input",
                           entries[i].bar->bar->name, entries[i].how, entries[i].with);
    return RC_OK;
}

/* ---- Pairs ---- */

typedef struct pair {
    size_t first, second, both; /* moves */
} pair;

static const rc_study_bar *bar_named(const rc_study *s, const char *name) {
    for (size_t i = 0; i < s->n_entries + s->n_groups; i++)
        if (strcmp(s->entries[i].bar->name, name) == 0) /* groups stand behind entries */
            return &s->entries[i];
    return NULL;
}

static rc_status unknown(const rc_study *s, const char *name, const char *text, rc_error *err) {
    const char **names = RC_NEW(s->arena, const char *, s->n_entries + s->n_groups);
    for (size_t i = 0; i < s->n_entries + s->n_groups; i++)
        names[i] = s->entries[i].bar->name;
    const char *near = rc_nearest_name(name, names, s->n_entries + s->n_groups);
    return rc_fail(err, RC_USAGE, "--pairs `%s`: no input, risk or group `%s`%s%s%s", text, name,
                   near != NULL ? "; did you mean `" : "", near != NULL ? near : "",
                   near != NULL ? "`?" : "");
}

static size_t add_move(plan *p, const rc_player *a, const rc_player *b) {
    uint8_t *side = RC_NEW(p->s->arena, uint8_t, p->m->n_streams);
    rc_player_choose(a, side);
    if (b != NULL)
        rc_player_choose(b, side);
    rc_move *move = p->moves[p->n_moves] = rc_move_new(p->m, p->s->arena);
    rc_move_choose(p->m, move, &(rc_move_choice){.side = side});
    return p->n_moves++;
}

/* The one that is there already, or a new one */
static size_t move_of(plan *p, const rc_player *player) {
    size_t i = (size_t)(player->bar - p->s->entries); /* groups stand behind entries */
    if (p->bars == p->s->entries && i < p->n_bars && p->move_of[i] != SIZE_MAX)
        return p->move_of[i];
    return add_move(p, player, NULL);
}

static rc_status add_pair(plan *p, const char *text, pair *out, rc_error *err) {
    const rc_study *s = p->s;
    const rc_player *players[2];
    const char *colon = strchr(text, ':');
    if (colon == NULL)
        return rc_fail(err, RC_USAGE, "--pairs `%s`: write a:b, two names with a colon", text);
    const char *names[2] = {rc_arena_strndup(s->arena, text, (size_t)(colon - text)), colon + 1};
    for (int k = 0; k < 2; k++) {
        const rc_study_bar *bar = bar_named(s, names[k]);
        if (bar == NULL)
            return unknown(s, names[k], text, err);
        players[k] = rc_players_of(s, p->m, bar, 1);
        if (players[k]->with != NULL)
            return rc_fail(err, RC_INPUT, "--pairs `%s`: `%s` %s `%s`", text, names[k],
                           players[k]->how, players[k]->with);
    }
    for (size_t i = 0; i < players[0]->n; i++)
        for (size_t k = 0; k < players[1]->n; k++)
            if (players[0]->streams[i] == players[1]->streams[k])
                return rc_fail(err, RC_USAGE, "--pairs `%s`: the two are not apart", text);
    *out =
        (pair){move_of(p, players[0]), move_of(p, players[1]), add_move(p, players[0], players[1])};
    return RC_OK;
}

static rc_estimate second_order(const rc_swept *swept, const pair *p) {
    shares a = shares_of(swept, p->first, false), b = shares_of(swept, p->second, false);
    shares x = shares_of(swept, p->both, false);
    for (int r = 0; r < RC_STAT_REPLICATES; r++)
        x.replicate[r] -= a.replicate[r] + b.replicate[r];
    return rc_estimate_around(x.all - a.all - b.all, rc_replicate_half(x.replicate));
}

/* ---- The method ---- */

static void fill_bars(const rc_player *players, size_t n, const rc_swept *swept, rc_scores *out) {
    double sum = 0, parts[RC_STAT_REPLICATES] = {0};
    for (size_t i = 0, move = 0; i < n; i++) {
        bool apart = players[i].with == NULL;
        for (size_t c = 0; c < 2; c++) {
            shares x = {.all = NAN};
            if (apart)
                x = shares_of(swept, move, c == 0);
            out->all[i][c] = x.all;
            for (int r = 0; r < RC_STAT_REPLICATES; r++) {
                out->replicate[r][i][c] = apart ? x.replicate[r] : NAN;
                parts[r] += c == 1 && apart ? x.replicate[r] : 0;
            }
            sum += c == 1 && apart ? x.all : 0;
        }
        move += apart;
    }
    out->fact_name = "first_sum";
    out->fact = rc_estimate_around(sum, rc_replicate_half(parts));
    out->null_band = 0;
}

static const char *count(const rc_study *s, uint64_t n) {
    char digits[32];
    int length = snprintf(digits, sizeof digits, "%llu", (unsigned long long)n);
    char *out = RC_NEW(s->arena, char, 48), *to = out;
    for (int i = 0; i < length; i++) {
        if (i > 0 && (length - i) % 3 == 0)
            *to++ = ',';
        *to++ = digits[i];
    }
    return out;
}

static void add_note(const rc_study *s, const plan *p, const rc_moves_done *done,
                     const rc_player *players, size_t n, rc_scores *out) {
    const rc_player *dependent = NULL;
    for (size_t i = 0; i < n; i++)
        if (players[i].with != NULL && dependent == NULL)
            dependent = &players[i];
    rc_scores_note(
        s, out,
        RC_PHRASE("{points} base points, {runs} runs. Only what an input changes was computed "
                  "again: {operations} vector operations (of {lanes} cases); as many full runs "
                  "take {full}.",
                  "points", count(s, p->m->trials), "runs", count(s, done->runs), "operations",
                  count(s, done->operations), "lanes", count(s, p->m->lanes), "full",
                  count(s, done->black_box)));
    if (dependent != NULL)
        rc_scores_note(
            s, out,
            RC_PHRASE(dependent->note, "one", dependent->bar->bar->name, "other", dependent->with));
}

static rc_status run(plan *p, const rc_player *players, size_t n, const pair *pairs, rc_scores *out,
                     rc_error *err) {
    const rc_study *s = p->s;
    rc_moves_done done;
    const rc_moves_client client = {.data = p,
                                    .take = take,
                                    .merge = merge,
                                    .leaf_bytes = sizeof(leaf) + p->n_moves * sizeof(sums),
                                    .open = open_room};
    rc_status status = rc_moves_run(p->m, &client, s->arena, &done, err);
    if (status != RC_OK)
        return status;
    const leaf *pooled = (const leaf *)(const void *)done.swept.pooled;
    bool undefined = pooled->missing > 0;
    for (size_t i = 0; i < p->n_moves; i++)
        undefined |= !isfinite(pooled->moves[i].dd);
    if (undefined && s->statistic != RC_STATISTIC_BELOW_ZERO)
        return rc_refuse_missing(s, "sobol", pooled->missing / (2 * pooled->n), "--method rank",
                                 err);
    fill_bars(players, n, &done.swept, out);
    add_note(s, p, &done, players, n, out);
    rc_pair_score *scores = RC_NEW(s->arena, rc_pair_score, out->n_pairs);
    for (size_t i = 0; i < out->n_pairs; i++)
        scores[i] = (rc_pair_score){rc_arena_strdup(s->arena, s->rerun->pairs[i]),
                                    second_order(&done.swept, &pairs[i])};
    out->pairs = scores;
    return RC_OK;
}

/* The moves of bars and pairs, from `base` points */
static rc_status set_up(plan *p, const rc_study_bar *bars, size_t n, pair *pairs, size_t n_pairs,
                        uint64_t base, const rc_player **players, rc_error *err) {
    const rc_study *s = p->s;
    rc_status status = rc_players_moves(s, base, &p->m, err);
    if (status != RC_OK)
        return status;
    p->kernels = rc_block_kernels_for(p->m->running.isa);
    p->moves = RC_NEW(s->arena, rc_move *, n + 3 * n_pairs);
    p->n_moves = 0;
    *players = rc_players_of(s, p->m, bars, n);
    if (bars == s->entries)
        status = check_apart(s, p->m, err);
    p->bars = bars;
    p->n_bars = n;
    p->move_of = RC_NEW(s->arena, size_t, n);
    for (size_t i = 0; i < n; i++)
        p->move_of[i] = (*players)[i].with == NULL ? add_move(p, &(*players)[i], NULL) : SIZE_MAX;
    for (size_t i = 0; i < n_pairs && status == RC_OK; i++)
        status = add_pair(p, s->rerun->pairs[i], &pairs[i], err);
    return status;
}

/* Base points where none were asked for: fewer where runs take long, some seconds in all. Of the
 * model alone, not of the machine. */
static uint64_t usual_base(const plan *p, uint64_t base) {
    enum { LEAST = 1 << 10, STEP = 100 }; /* lanes that starting an operation is worth */
    const double most = 1e10;             /* lanes computed */
    size_t operations = rc_move_operations(p->m->base[0]) + rc_move_operations(p->m->base[1]);
    for (size_t i = 0; i < p->n_moves; i++)
        operations += rc_move_operations(p->moves[i]);
    double cost = (double)operations * (double)(p->m->lanes + STEP) / (double)p->m->lanes;
    while (base > LEAST && cost * (double)base > most)
        base /= 2;
    return base;
}

static rc_status compute(const rc_study *s, const rc_study_bar *bars, size_t n, rc_scores *out,
                         rc_error *err) {
    plan p = {.s = s};
    const rc_player *players;
    uint64_t asked = s->rerun->base, most = s->rerun->most, fewer;
    uint64_t usual = most > 0 && most < BASE ? most : BASE;
    size_t n_pairs = bars == s->entries ? s->rerun->n_pairs : 0;
    pair *pairs = RC_NEW(s->arena, pair, n_pairs);
    if (s->given != NULL)
        return rc_fail(err, RC_USAGE, "sobol chooses its own cases: --given does not go with it");
    rc_status status =
        set_up(&p, bars, n, pairs, n_pairs, asked > 0 ? asked : usual, &players, err);
    if (status == RC_OK && asked == 0 && (fewer = usual_base(&p, usual)) < usual) {
        rc_moves_free(p.m);
        p.m = NULL;
        status = set_up(&p, bars, n, pairs, n_pairs, fewer, &players, err);
    }
    out->n_pairs = n_pairs;
    if (status == RC_OK)
        status = run(&p, players, n, pairs, out, err);
    rc_moves_free(p.m);
    return status;
}

static const char *const scores[] = {RC_TR_IN("score", "total"), RC_TR_IN("score", "first")};

const rc_method_type rc_method_sobol = {
    .name = "sobol",
    .title = RC_TR("Sobol indices"),
    .summary =
        RC_TR("what share of the target's variance an input makes, alone and with all others"),
    .unit = RC_SCORE_SHARE,
    .n_scores = 2,
    .scores = scores,
    .compute = compute,
    .nonnegative = true,
    .runs = true,
    .table = RC_TABLE_BOTH,
};
