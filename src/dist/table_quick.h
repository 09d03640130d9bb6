/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows that most draws from a table take: polynomials of degree 4 on smaller parts than the
 * table's own (dist/table.h), half as long. Loading and transposing rows is most of what a draw
 * costs, so short rows pay for their number.
 *
 * A row is four words: c0, c1, c2 and both c3 and c4 in one word, which as it stands is c3 (what
 * stands in its low half was known when it was chosen) and shifted up by 32 bits is c4. */
#ifndef RC_DIST_TABLE_QUICK_H
#define RC_DIST_TABLE_QUICK_H

#include "dist/table.h"

enum { RC_QUICK_ROW = 4 /**< doubles */ };

/** Make t->quick from t->rows, or leave it NULL where more than one draw in 1,024 would find no row
 * in it. Its own error in probability is at most half of what rc_dist_table_build() allows. */
void rc_table_quick(rc_dist_table *t, rc_arena *arena);

#endif
