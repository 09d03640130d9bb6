/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RC_DIST_TABLE_STEPS_H
#define RC_DIST_TABLE_STEPS_H

#include "dist/table.h"

/** Table of a discrete distribution, exact in every draw; NULL with more atoms than it has room
 * for. */
const rc_dist_table *rc_table_steps(const rc_dist *d, rc_arena *arena);

#endif
