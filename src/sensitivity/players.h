/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bars as sets of streams, for methods that move them apart (engine/moves.h). */
#ifndef RC_SENSITIVITY_PLAYERS_H
#define RC_SENSITIVITY_PLAYERS_H

#include "engine/moves.h"
#include "sensitivity/method.h"

typedef struct rc_player {
    const rc_study_bar *bar;
    const uint32_t *streams; /**< [n]; of a bar that holds a whole group of correlated draws also
                                  the scale that they share */
    size_t n;
    /** It depends on something outside: what, and how ("is correlated with", "takes the same rows
     * as"). NULL: independent of all others, so it can be moved apart. */
    const char *with, *how;
    const char *note; /**< the same as a message of {one} and {other} */
} rc_player;

/** What the moves of a study run: its target alone, `base` points. Free with rc_moves_free(). */
rc_status rc_players_moves(const rc_study *study, uint64_t base, rc_moves **out, rc_error *err);

/** The players that bars are. */
rc_player *rc_players_of(const rc_study *study, const rc_moves *m, const rc_study_bar *bars,
                         size_t n);

/** sides[s] = 1 for the player's streams. */
void rc_player_choose(const rc_player *player, uint8_t *sides);

#endif
